"""Logging in and out, sessions, forms that come from elsewhere."""

import unittest

from support.browser import Browser, basic, log_in
from support.host import Host


class Login(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)

    def cookie(self, path, login):
        answer = Browser(self.host).post_form(path, {"username": login, "password": "parley-demo"}, follow=False)
        self.assertEqual(answer.status, 303)
        return answer.headers["set-cookie"]

    def test_everybody_of_the_demo_gets_in(self):
        for login in ("admin", "charlie", "dana"):
            self.assertEqual(log_in(self.host, login).get("/admin").status, 200)
        for login in ("amanda@example.com", "brian@example.com", "nora@example.com"):
            self.assertEqual(log_in(self.host, login).get("/").status, 200)

    def test_a_wrong_password_is_refused_like_an_unknown_login(self):
        for login, password in (("admin", "wrong"), ("nobody", "parley-demo")):
            browser = Browser(self.host)
            answer = browser.post_form("/admin/login", {"username": login, "password": password})
            self.assertEqual(answer.status, 401)
            self.assertIn("The username or the password is wrong.", answer.text)
            self.assertEqual(browser.cookies, {})

    def test_each_side_has_its_own_people(self):
        browser = Browser(self.host)
        self.assertEqual(browser.post_form("/login", {"username": "admin", "password": "parley-demo"}).status, 401)
        fields = {"username": "amanda@example.com", "password": "parley-demo"}
        self.assertEqual(browser.post_form("/admin/login", fields).status, 401)

    def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(self):
        for path, login in (("/admin/login", "admin"), ("/login", "amanda@example.com")):
            cookie = self.cookie(path, login)
            for attribute in ("HttpOnly", "SameSite=Lax", "Path=/"):
                self.assertIn(attribute, cookie)

    def test_one_browser_holds_both_sides(self):
        browser = log_in(self.host, "admin")
        fields = {"username": "amanda@example.com", "password": "parley-demo"}
        self.assertEqual(browser.post_form("/login", fields).status, 200)
        self.assertEqual(browser.get("/admin", follow=False).status, 200)
        self.assertEqual(browser.get("/", follow=False).status, 200)

    def test_a_session_of_one_side_opens_nothing_on_the_other(self):
        browser = log_in(self.host, "amanda@example.com")
        browser.cookies["parley_backoffice"] = browser.cookies["parley_storefront"]
        self.assertEqual(browser.get("/admin/orders", follow=False).status, 303)
        self.assertEqual(browser.api("GET", "/admin/api/orders").status, 401)

    def test_logging_in_again_ends_the_session_before(self):
        browser = log_in(self.host, "admin")
        old = browser.cookies["parley_backoffice"]
        browser.post_form("/admin/login", {"username": "admin", "password": "parley-demo"})
        self.assertNotEqual(browser.cookies["parley_backoffice"], old)
        browser.cookies["parley_backoffice"] = old
        self.assertEqual(browser.get("/admin", follow=False).status, 303)

    def test_logging_out_ends_the_session(self):
        browser = log_in(self.host, "admin")
        token = browser.cookies["parley_backoffice"]
        answer = browser.submit(browser.get("/admin"), "/admin/logout", follow=False)
        self.assertEqual(answer.headers["location"], "/admin/login")
        self.assertEqual(browser.cookies, {})
        browser.cookies["parley_backoffice"] = token
        self.assertEqual(browser.get("/admin", follow=False).status, 303)

    def test_who_is_not_logged_in_is_asked_to_and_comes_back(self):
        browser = Browser(self.host)
        answer = browser.get("/admin/orders?sort=number", follow=False)
        self.assertEqual(answer.status, 303)
        page = browser.get(answer.headers["location"])
        answer = browser.submit(page, "/admin/login", {"username": "admin", "password": "parley-demo"}, follow=False)
        self.assertEqual(answer.headers["location"], "/admin/orders?sort=number")

    def test_the_way_back_leads_nowhere_else(self):
        for target in ("https://example.org/", "//example.org/", "/\\example.org", "/\t/example.org",
                       "/admin/../../x\r\nSet-Cookie: a=b"):
            fields = {"username": "amanda@example.com", "password": "parley-demo", "next": target}
            answer = Browser(self.host).post_form("/login", fields, follow=False)
            location = answer.headers["location"]
            self.assertTrue(location == "/" or location.startswith("/admin/../"), location)
            self.assertNotIn("\n", location)

    def test_a_form_of_another_site_does_not_log_in(self):
        fields = {"username": "admin", "password": "parley-demo"}
        for headers in ({"Origin": "https://example.org"}, {"Sec-Fetch-Site": "cross-site"}):
            self.assertEqual(Browser(self.host).post_form("/admin/login", fields, headers=headers).status, 403)

    def test_a_form_without_its_token_is_refused(self):
        admin = log_in(self.host, "admin")
        for fields in ({}, {"csrf_token": "0" * 64}, {"csrf_token": log_in(self.host, "admin").csrf_token()}):
            self.assertEqual(admin.post_form("/admin/orders/4/delete", fields, follow=False).status, 403)
        self.assertEqual(admin.get("/admin/orders/4").status, 200)

    def test_a_write_to_the_api_needs_the_token(self):
        admin = log_in(self.host, "admin")
        answer = admin.api("DELETE", "/admin/api/orders/4", token=False)
        self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (403, "csrf"))
        self.assertEqual(admin.api("DELETE", "/admin/api/orders/4", token=False, X_CSRF_Token="x").status, 403)
        self.assertEqual(admin.api("GET", "/admin/api/orders/4").status, 200)

    def test_http_basic_opens_the_api(self):
        browser = Browser(self.host)
        self.assertEqual(browser.api("GET", "/admin/api/orders", Authorization=basic("dana")).status, 200)
        self.assertEqual(browser.api("GET", "/api/orders", Authorization=basic("amanda@example.com")).status, 200)
        self.assertEqual(browser.api("GET", "/api/orders", Authorization=basic("dana")).status, 401)
        self.assertEqual(browser.api("GET", "/admin/api/orders", Authorization=basic("dana", "wrong")).status, 401)
        self.assertEqual(browser.api("GET", "/admin/api/orders", Authorization="Basic !!!").status, 401)

    def test_guessing_gets_slow(self):
        browser = Browser(self.host)
        fields = {"username": "erin", "password": "wrong"}
        statuses = [browser.post_form("/admin/login", fields).status for _ in range(9)]
        self.assertEqual(statuses, [401] * 8 + [429])
        self.assertEqual(browser.post_form("/admin/login", {**fields, "password": "parley-demo"}).status, 429)
        log_in(self.host, "charlie")


if __name__ == "__main__":
    unittest.main(verbosity=2)
