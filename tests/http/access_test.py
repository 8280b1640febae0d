"""Who sees and deletes what of the host's own records."""

import unittest

from support.browser import log_in
from support.host import Host



class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        cls.people = {name: log_in(cls.host, name)
                      for name in ("admin", "dana", "walter")}
        for name in ("amanda", "brian", "nora", "oscar", "wendy"):
            cls.people[name] = log_in(cls.host, f"{name}@example.com")

    def orders(self, name):
        answer = self.people[name].api("GET", "/api/orders?include=customerUser&page[size]=100")
        return answer.json

    def test_a_buyer_sees_its_own(self):
        self.assertEqual({d["id"] for d in self.orders("amanda")["included"]}, {"1"})
        self.assertEqual({d["id"] for d in self.orders("nora")["included"]}, {"3"})

    def test_an_administrator_of_a_customer_sees_the_customer(self):
        self.assertEqual({d["id"] for d in self.orders("brian")["included"]}, {"1", "2", "5"})

    def test_an_administrator_of_a_group_sees_the_subsidiaries(self):
        self.assertEqual({d["id"] for d in self.orders("oscar")["included"]}, {"1", "2", "4", "5"})

    def test_a_record_of_another_customer_is_not_found(self):
        for path in ("/orders/3", "/rfqs/2", "/quotes/2"):
            self.assertEqual(self.people["amanda"].get(path).status, 404, path)
            self.assertEqual(self.people["amanda"].api("GET", "/api" + path).status, 404, path)
        self.assertEqual(self.people["nora"].get("/orders/1").status, 404)
        self.assertEqual(self.people["nora"].api("GET", "/api/customers/1").status, 404)
        self.assertEqual(self.people["nora"].api("GET", "/api/customerusers/1").status, 404)

    def test_an_order_of_a_colleague_is_not_a_buyers_but_the_administrators(self):
        self.assertEqual(self.people["amanda"].get("/orders/2").status, 404)
        self.assertEqual(self.people["brian"].get("/orders/1").status, 200)
        self.assertEqual(self.people["brian"].get("/orders/4").status, 404)
        self.assertEqual(self.people["oscar"].get("/orders/4").status, 200)

    def test_a_filter_opens_no_other_door(self):
        answer = self.people["amanda"].api("GET", "/api/orders?filter[customer]=2")
        self.assertEqual(answer.json["data"], [])

    def test_the_storefront_knows_no_e_mail_address_of_a_user(self):
        answer = self.people["amanda"].api("GET", "/api/users/3")
        self.assertEqual(answer.json["data"]["attributes"], {"name": "Dana Reyes", "firstName": "Dana", "lastName": "Reyes"})
        self.assertEqual(self.people["amanda"].api("GET", "/api/users").status, 405)

    def test_users_see_all_of_the_organization(self):
        self.assertEqual(len(self.people["dana"].api("GET", "/admin/api/orders?page[size]=100").json["data"]), 18)

    def test_without_a_permission_there_is_no_page(self):
        self.assertEqual(self.people["walter"].get("/admin/orders/1").status, 200)
        self.assertEqual(self.people["walter"].get("/admin/rfqs").status, 404)
        self.assertNotIn('href="/admin/rfqs"', self.people["walter"].get("/admin").text)

    def test_deleting_is_for_administrators(self):
        for name in ("dana", "walter"):
            self.assertEqual(self.people[name].api("DELETE", "/admin/api/orders/7").status, 403)
            self.assertNotIn("/delete", self.people[name].get("/admin/orders/7").text)
        self.assertEqual(self.people["brian"].api("DELETE", "/api/orders/1").status, 405)

    def test_what_one_may_do_stands_in_the_document(self):
        can = self.people["dana"].api("GET", "/admin/api/orders/7").json["data"]["meta"]["can"]
        self.assertEqual(can, {"delete": "You may not delete this record."})
        can = self.people["admin"].api("GET", "/admin/api/orders/7").json["data"]["meta"]["can"]
        self.assertEqual(can, {"delete": True})

    def test_nobody_deletes_itself(self):
        answer = self.people["admin"].api("DELETE", "/admin/api/users/1")
        self.assertEqual((answer.status, answer.details), (409, ["You cannot delete your own account."]))

    def test_who_was_deleted_is_logged_out_and_its_orders_stay(self):
        tomas = log_in(self.host, "tomas@example.com")
        self.assertEqual(self.people["admin"].api("DELETE", "/admin/api/customerusers/6").status, 204)
        self.assertEqual(tomas.get("/", follow=False).status, 303)
        order = self.people["admin"].api("GET", "/admin/api/orders/6")
        self.assertIsNone(order.json["data"]["relationships"]["customerUser"]["data"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
