"""B7: grids, drawn for any entity: filters, chosen columns, rows that are deleted together; all in the address or kept for the person."""

import re
import unittest
from urllib.parse import quote, urlencode

from support.browser import log_in
from support.host import Host


def numbers(page):
    return re.findall(r">(ORD-\d+)</a>", page.text)


def headings(page):
    return re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([A-Z][^<]*?)(?: <span|<)', page.text)


def chips(page):
    return re.findall(r'<a class="chip" href="([^"]*)"><span[^>]*>Remove filter </span>(.*?)<span', page.text)


class Grids(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.charlie = log_in(cls.host, "charlie")

    def grid(self, **filters):
        return self.admin.get("/admin/orders?" + urlencode(filters))

    def test_records_are_filtered_by_what_one_knows_of_them(self):
        noras = numbers(self.grid(**{"find[customerUser]": "Nora"}))
        self.assertIn("ORD-1003", noras)
        self.assertNotIn("ORD-1001", noras)
        page = self.grid(**{"find[customerUser]": "Nobody At All"})
        self.assertEqual(numbers(page), [])
        self.assertIn("Nothing found.", page.text)

    def test_texts_and_days_are_filtered(self):
        self.assertEqual(numbers(self.grid(**{"filter[number][contains]": "1002"})), ["ORD-1002"])
        created = self.admin.api("GET", "/admin/api/orders?filter[number]=ORD-1001").json["data"][0]["attributes"]["createdAt"]
        day = created[:10]
        both = {"filter[createdAt][greaterOrEqual]": day, "filter[createdAt][lessOrEqual]": day}
        self.assertIn("ORD-1001", numbers(self.grid(**both)))
        self.assertEqual(numbers(self.grid(**{"filter[createdAt][greaterOrEqual]": "2199-01-01"})), [])

    def test_what_is_filtered_is_said_and_can_be_taken_away(self):
        page = self.grid(**{"find[customerUser]": "Nora", "filter[number][contains]": "ORD", "sort": "-number"})
        self.assertEqual([text for _, text in chips(page)], ["Number: ORD", "Customer User: Nora"])
        without = chips(page)[1][0].replace("&amp;", "&")
        orders = numbers(self.admin.get(without))
        self.assertIn("ORD-1001", orders)
        self.assertEqual(orders, sorted(orders, reverse=True))

    def test_a_filter_that_no_control_shows_is_said_too(self):
        page = self.grid(**{"filter[customerUser][customerusers]": "3"})
        self.assertEqual(numbers(page), numbers(self.grid(**{"find[customerUser]": "Nora"})))
        self.assertEqual([text for _, text in chips(page)], ["Customer User: Customer User 3"])
        self.assertIn("ORD-1001", numbers(self.admin.get(chips(page)[0][0].replace("&amp;", "&"))))

    def test_an_address_that_cannot_be_read_shows_nothing(self):
        for wrong in ("%00", "%ff", "%zz"):
            page = self.admin.get("/admin/orders?filter[number][contains]=1002" + wrong)
            self.assertEqual(page.status, 400)
            self.assertIn("This address cannot be read.", page.text)
            self.assertNotIn("ORD-1001", page.text)

    def test_a_filter_that_is_not_understood_is_said_beside_the_filters(self):
        page = self.grid(**{"filter[createdAt][greaterOrEqual]": "yesterday"})
        self.assertEqual(page.status, 400)
        self.assertRegex(page.text, r'role="alert">The filter (&quot;|")Created: from yesterday(&quot;|") cannot be used here.')
        self.assertIn('value="yesterday"', page.text)

    def test_what_people_wrote_is_escaped(self):
        page = self.grid(**{"find[customerUser]": '"><script>alert(1)</script>'})
        self.assertNotIn("<script>alert", page.text)

    def test_columns_are_chosen_for_oneself(self):
        self.assertIn("Total", headings(self.admin.get("/admin/orders")))
        chosen = self.admin.submit(self.admin.get("/admin/orders?sort=number"), "/admin/orders/columns", {"column": "status"})
        self.assertEqual(headings(chosen), ["Number", "Status"])
        self.assertIn('aria-sort="ascending"', chosen.text)
        self.assertEqual(headings(self.admin.get("/admin/orders")), ["Number", "Status"])
        self.assertIn("Total", headings(self.charlie.get("/admin/orders")))
        self.assertIn("Name", headings(self.admin.get("/admin/customers")))

    def test_the_way_back_stays_on_this_host(self):
        token = self.admin.csrf_token()
        for back in ("https://example.org/", "//example.org", "/\\example.org", "/admin/\tx"):
            answer = self.admin.post_form("/admin/customers/columns", {"csrf_token": token, "column": "name", "back": back},
                                          follow=False)
            self.assertEqual(answer.headers["location"], "/admin", back)

    def test_rows_are_deleted_together_after_a_question(self):
        with Host() as host:
            admin = log_in(host, "admin")
            page = admin.get("/admin/orders")
            asked = admin.submit(page, "/admin/orders/delete", {"row": "1"})
            self.assertEqual(asked.heading, "Delete 1 order?")
            self.assertIn("ORD-1001", asked.text)
            self.assertIn("ORD-1001", numbers(admin.get("/admin/orders")))
            done = admin.submit(asked, "/admin/orders/delete", {"row": "1"})
            self.assertIn("1 order deleted", done.text)
            self.assertNotIn("ORD-1001", numbers(done))
            none = admin.submit(admin.get("/admin/orders"), "/admin/orders/delete")
            self.assertIn("No row was chosen", none.text)

    def test_who_may_not_delete_is_not_asked(self):
        page = self.charlie.get("/admin/orders")
        self.assertNotIn("/admin/orders/delete", page.text)
        token = self.charlie.csrf_token()
        answer = self.charlie.post_form("/admin/orders/delete", {"csrf_token": token, "row": "1", "confirmed": "yes"})
        self.assertIn("ORD-1001", numbers(self.admin.get("/admin/orders")))
        self.assertIn(answer.status, (200, 404))

    def test_page_sizes(self):
        page = self.admin.get("/admin/orders?" + urlencode({"page[size]": "10", "filter[number][contains]": "ORD"}))
        self.assertRegex(page.text, r'page%5Bsize%5D=50[^>]*>50</a>')
        self.assertIn(quote("filter[number][contains]"), page.text)


if __name__ == "__main__":
    unittest.main()
