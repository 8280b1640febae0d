"""The pages of the host, without any plugin."""

import re
import unittest
from urllib.parse import quote

from support.browser import Browser, log_in
from support.host import Host

TOTAL = r'data-label="Total" class="number">([^<]+)'


def numbers(page):
    return re.findall(r">(ORD-\d+)</a>", page.text)


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.amanda = log_in(cls.host, "amanda@example.com")

    def test_pages_of_the_back_office(self):
        for path in ("", "/orders", "/orders/1", "/rfqs", "/rfqs/1", "/quotes", "/quotes/1", "/users", "/users/2",
                     "/businessunits", "/businessunits/2", "/customers", "/customers/1", "/customerusers",
                     "/customerusers/1", "/organizations/1", "/websites/1", "/orders/1/delete"):
            answer = self.admin.get("/admin" + path)
            self.assertEqual(answer.status, 200, path)
            self.assertTrue(answer.heading)

    def test_pages_of_the_storefront(self):
        for path in ("/", "/orders", "/orders/1", "/rfqs", "/rfqs/1", "/quotes", "/quotes/1", "/profile"):
            answer = self.amanda.get(path)
            self.assertEqual(answer.status, 200, path)
            self.assertTrue(answer.heading)

    def test_every_page_protects_itself(self):
        for answer in (self.admin.get("/admin/orders"), self.amanda.get("/"), Browser(self.host).get("/login"),
                       self.admin.get("/admin/nothing"), self.admin.api("GET", "/admin/api/orders")):
            policy = answer.headers["content-security-policy"]
            self.assertIn("default-src 'self'", policy)
            self.assertIn("frame-ancestors 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(answer.headers["x-content-type-options"], "nosniff")
            self.assertIn("referrer-policy", answer.headers)

    def test_no_script_or_style_stands_in_a_page(self):
        for answer in (self.admin.get("/admin/orders/1"), self.amanda.get("/orders/1")):
            self.assertNotRegex(answer.text, r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+=\"")

    def test_what_is_not_there_is_404(self):
        for path in ("/admin/nothing", "/admin/orders/999", "/admin/orders/1/nothing", "/admin/orders/x",
                     "/admin/pages/nothing", "/admin/orders/1/actions/nothing", "/admin/a/b/c/d/e"):
            answer = self.admin.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertEqual(answer.heading, "Page not found")
        for path in ("/nothing", "/orders/999", "/users", "/users/1", "/customers", "/orders/1/delete", "/orders/1/edit"):
            self.assertEqual(self.amanda.get(path).status, 404, path)
        self.assertEqual(self.admin.get("/assets/host/nothing.js").status, 404)
        self.assertEqual(self.admin.get("/assets/host/../data/demo.json").status, 404)

    def test_without_plugins_nothing_stands_for_them(self):
        page = self.admin.get("/admin/orders/1")
        for word in ("Activities", "Activity", "More Actions"):
            self.assertNotIn(word, page.text)

    def test_the_menus(self):
        page = self.admin.get("/admin")
        for label in ("Customers", "Customer Users", "Orders", "Requests for Quote", "Quotes", "Users", "Business Units"):
            self.assertRegex(page.text, rf'<a href="/admin/\w+"[^>]*>{label}</a>')
        page = self.amanda.get("/")
        self.assertIn("Profiles &amp; Addresses", page.text)

    def test_an_order_shows_its_facts_and_links(self):
        page = self.admin.get("/admin/orders/1")
        self.assertEqual(page.heading, "Order ORD-1001")
        for text in ("Amanda Cole", 'href="/admin/customers/1">Acme Industries', 'href="/admin/users/3">Dana Reyes',
                     "PP-8815", "489.00"):
            self.assertIn(text, page.text)

    def test_the_storefront_links_only_to_what_has_a_page(self):
        page = self.amanda.get("/orders/1")
        self.assertIn("Dana Reyes", page.text)
        self.assertNotIn('href="/users', page.text)
        self.assertNotIn("parley-supply.example", page.text, "no e-mail address of a user")

    def test_sorting(self):
        rising = numbers(self.admin.get("/admin/orders?sort=number"))
        self.assertEqual(rising, sorted(rising))
        self.assertEqual(numbers(self.admin.get("/admin/orders?sort=-number")), rising[::-1])
        self.assertIn('aria-sort="ascending"', self.admin.get("/admin/orders?sort=number").text)
        by_total = self.admin.get("/admin/orders?sort=total").text
        totals = [float(total.replace(",", "")) for total in re.findall(TOTAL, by_total)]
        self.assertEqual(len(totals), 18)
        self.assertEqual(totals, sorted(totals))
        self.assertEqual(self.admin.get("/admin/orders?sort=nothing").status, 400)

    def test_money_is_drawn_by_its_type_and_found_by_its_value(self):
        page = self.admin.get("/admin/orders")
        self.assertRegex(page.text, r'<th scope="col" class="number">(<a[^>]*>)?Total')
        totals = re.findall(TOTAL, page.text)
        self.assertTrue(all(re.fullmatch(r"(\d{1,3},)*\d{1,3}\.\d\d", total) for total in totals), totals)
        self.assertIn("1,089.00", totals)
        answer = self.admin.api("GET", "/admin/api/orders?filter[total][greater]=489.00&page[size]=100")
        found = [float(order["attributes"]["total"]) for order in answer.json["data"]]
        self.assertTrue(found and all(total > 489 for total in found), found)
        self.assertEqual(self.admin.api("GET", "/admin/api/orders?filter[total]=much").status, 400)

    def test_only_the_title_of_a_row_is_strong(self):
        page = self.admin.get("/admin/orders")
        row = re.search(r"<tbody>\s*<tr>.*?</tr>", page.text, re.S).group(0)
        self.assertEqual(re.findall(r'<a class="title" href="[^"]*">([^<]*)</a>', row), [numbers(page)[0]])
        self.assertIn('<a href="/admin/customers/', row)

    def test_paging(self):
        whole = numbers(self.admin.get("/admin/orders"))
        walked, page = [], self.admin.get("/admin/orders?page[size]=7")
        while True:
            walked += numbers(page)
            following = re.search(r'href="([^"]*)" rel="next"', page.text)
            if not following:
                break
            page = self.admin.get(following.group(1).replace("&amp;", "&"))
        self.assertEqual(walked, whole)
        self.assertIn('rel="prev"', page.text)

    def test_searching(self):
        self.assertEqual(numbers(self.admin.get("/admin/orders?filter[search]=1003")), ["ORD-1003"])
        self.assertIn("ORD-1001", numbers(self.admin.get("/admin/orders?filter[search]=amanda")))
        self.assertEqual(numbers(self.admin.get("/admin/orders?filter[search]=" + quote("%' or 1=1 --"))), [])

    def test_what_was_searched_for_is_escaped(self):
        page = self.admin.get("/admin/orders?filter[search]=" + quote('"><script>alert(1)</script>'))
        self.assertEqual(page.status, 200)
        self.assertNotIn("<script>alert", page.text)

    def test_a_broken_address_is_400(self):
        self.assertEqual(self.admin.get("/admin/%ff").status, 400)
        self.assertEqual(self.admin.get("/admin/orders/%00").status, 400)

    def test_assets_are_kept_by_the_browser(self):
        page = self.admin.get("/admin")
        address = re.search(r'<link rel="stylesheet" href="([^"]+)"', page.text).group(1)
        answer = self.admin.get(address)
        self.assertEqual(answer.status, 200)
        self.assertIn("immutable", answer.headers["cache-control"])
        again = self.admin.get(address, If_None_Match=answer.headers["etag"])
        self.assertEqual((again.status, again.text), (304, ""))
        self.assertNotIn("immutable", self.admin.get(address.split("?")[0]).headers["cache-control"])

    def test_deleting_asks_first(self):
        page = self.admin.get("/admin/rfqs/6/delete")
        self.assertEqual(page.heading, "Delete request for quote “RFQ-2006”?")
        after = self.admin.submit(page, "/admin/rfqs/6/delete")
        self.assertEqual(after.heading, "Requests for Quote")
        self.assertIn("Request for Quote deleted", after.text)
        self.assertNotIn("deleted", self.admin.get("/admin/rfqs").text, "the message is shown once")
        self.assertEqual(self.admin.get("/admin/rfqs/6").status, 404)

    def test_head_is_get_without_the_body(self):
        answer = self.admin.send("HEAD", "/admin/orders")
        self.assertEqual((answer.status, answer.text), (200, ""))
        self.assertEqual(self.admin.send("PUT", "/admin/orders").status, 405)


if __name__ == "__main__":
    unittest.main(verbosity=2)
