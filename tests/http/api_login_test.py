"""Who may talk to the API: wrong and missing credentials of each way, guessing, and writes that a browser was talked into."""

import json
import os
import unittest
from concurrent.futures import ThreadPoolExecutor

from support.api import Api, resource
from support.browser import MEDIA_TYPE, Browser, basic, log_in
from support.host import Host


class ApiLogin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin = Api(cls.host, "admin")
        cls.id = cls.admin.create("conversations", {"name": "One", "firstMessage": "Hello"})["id"]

    def test_missing_and_wrong_credentials_of_each_way_are_401(self):
        routes = (("GET", "/conversations"), ("POST", "/conversations"), ("GET", "/nothing"), ("GET", "/openapi.json"),
                  ("DELETE", "/conversations/1"))
        for side, login, number in (("/admin/api", "admin", 9001), ("/api", "amanda@example.com", 9002)):
            person = Api(self.host, login, side)
            cookie = "parley_backoffice" if side == "/admin/api" else "parley_storefront"
            for headers in ({"Authorization": None}, {"Authorization": ""}, {"Authorization": "Basic"},
                            {"Authorization": "Basic %%%"}, {"Authorization": "Basic YWRtaW4="},
                            {"Authorization": "Bearer"}, {"Authorization": f"Bearer {number}.wrong"},
                            {"Authorization": "Bearer nonsense"}, {"Authorization": "Digest x"},
                            {"Authorization": None, "Cookie": cookie + "=wrong"},
                            {"Authorization": None, "Cookie": cookie + "="}):
                for method, path in routes:
                    self.unauthenticated(person.send(method, path, **headers), (side, headers, method, path))
            for authorization in (basic(login, "wrong"), basic("nobody")):  # a password takes its time
                self.unauthenticated(person.get("/conversations", Authorization=authorization), authorization)

    def unauthenticated(self, answer, what):
        self.assertEqual(answer.status, 401, what)
        self.assertRegex(answer.headers["www-authenticate"],
                         r'Basic realm="[^"]+", charset="UTF-8", Bearer realm="[^"]+"')
        self.assertEqual(answer.headers["content-type"], MEDIA_TYPE)
        error = answer.json["errors"][0]
        self.assertEqual((error["status"], error["code"]), ("401", "unauthenticated"), what)

    def test_a_401_says_nothing_of_what_is_there(self):
        bodies = {self.admin.get(path, Authorization=None).text
                  for path in (f"/conversations/{self.id}", "/conversations/999", "/nothing", "/workflows")}
        self.assertEqual(len(bodies), 1)

    def test_people_of_the_other_side_are_401(self):
        self.assertEqual(Api(self.host, "admin", "/api").get("/conversations").status, 401)
        self.assertEqual(Api(self.host, "amanda@example.com", "/admin/api").get("/conversations").status, 401)

    def statuses_at_once(self, people):
        with ThreadPoolExecutor(len(people)) as pool:
            return list(pool.map(lambda person: Browser(self.host).api(
                "GET", "/admin/api/orders", Authorization=basic(*person)).status, people))

    def test_guesses_made_at_once_are_counted_before_the_next_is_tried(self):
        statuses = self.statuses_at_once([("walter", f"wrong {i}") for i in range(16)])
        self.assertEqual(set(statuses), {401, 429})
        self.assertLess(statuses.count(401), 12)

    def test_many_logins_at_once_leave_threads_for_others(self):
        statuses = self.statuses_at_once([(f"nobody{i}", "x") for i in range(60)])
        self.assertEqual(set(statuses), {401, 429}, "those that find too many before them are sent away")

    def test_guessing_with_http_basic_is_slowed_down(self):
        person = Api(self.host, "erin")
        statuses = [person.get("/orders", Authorization=basic("erin", f"wrong {i}")).status for i in range(9)]
        self.assertEqual(statuses, [401] * 8 + [429])
        answer = person.get("/orders")
        self.assertEqual(answer.status, 429, "also the right one has to wait")
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertEqual(answer.json["errors"][0]["code"], "too-many-attempts")
        self.assertEqual(self.admin.get("/orders").status, 200, "nobody else does")

    def test_a_write_with_the_cookie_alone_is_403(self):
        browser = log_in(self.host, "admin")
        document = json.dumps(resource("conversations", {"name": "Forged"}))
        for kind in (MEDIA_TYPE, "application/json", "text/plain", "application/x-www-form-urlencoded",
                     "multipart/form-data; boundary=x"):
            for origin in ({}, {"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
                for method, path, body in (("POST", "/conversations", document),
                                           ("PATCH", f"/conversations/{self.id}", document),
                                           ("DELETE", f"/conversations/{self.id}", None),
                                           ("POST", f"/conversations/{self.id}/transitions/close", ""),
                                           ("POST", "/conversations/mark-all-read", "")):
                    answer = browser.send(method, "/admin/api" + path, body, {"Content-Type": kind, **origin})
                    self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (403, "csrf"), (kind, path))
                    self.assertIn("X-CSRF-Token", answer.json["errors"][0]["detail"])
        self.unharmed()

    def test_with_the_token_a_form_is_still_no_document(self):
        browser = log_in(self.host, "admin")
        headers = {"X-CSRF-Token": browser.csrf_token()}
        for kind in ("text/plain", "application/x-www-form-urlencoded"):
            for body in ("a=b", ""):
                answer = browser.send("POST", f"/admin/api/conversations/{self.id}/transitions/close", body,
                                      {**headers, "Content-Type": kind})
                self.assertEqual(answer.status, 415, (kind, body))
        self.unharmed()

    def test_the_token_of_another_session_is_no_token(self):
        browser, other = log_in(self.host, "admin"), log_in(self.host, "charlie")
        for token in ("", "x", other.csrf_token()):
            answer = browser.api("DELETE", f"/admin/api/conversations/{self.id}", token=False, X_CSRF_Token=token)
            self.assertEqual(answer.status, 403)
        self.unharmed()

    def test_basic_that_a_browser_remembers_does_not_write_for_another_site(self):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                        {"Origin": "https://evil.example"}, {"Origin": "null"}):
            for method, path in (("POST", f"/conversations/{self.id}/transitions/close"),
                                 ("POST", "/conversations/mark-all-read"), ("DELETE", f"/conversations/{self.id}")):
                answer = self.admin.send(method, path, **headers)
                self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (403, "csrf"), (headers, path))
        self.unharmed()

    def test_programs_need_no_token_of_a_page(self):
        self.assertEqual(self.admin.send("POST", "/conversations/mark-all-read").status, 200)
        own = {"Origin": f"http://127.0.0.1:{self.host.port}", "Sec-Fetch-Site": "same-origin"}
        self.assertEqual(self.admin.send("POST", "/conversations/mark-all-read", **own).status, 200)

    def test_who_only_asks_needs_no_token(self):
        browser = log_in(self.host, "admin")
        for method in ("GET", "HEAD", "OPTIONS"):
            self.assertIn(browser.send(method, "/admin/api/conversations").status, (200, 204), method)

    def test_no_other_site_may_read_the_answers(self):
        answer = self.admin.get("/conversations", Origin="https://evil.example")
        self.assertFalse([name for name in answer.headers if name.startswith("access-control-")])
        answer = Browser(self.host).send("OPTIONS", "/admin/api/conversations", headers={
            "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
        self.assertEqual(answer.status, 401)

    def unharmed(self):
        data = self.admin.get(f"/conversations/{self.id}").json["data"]
        self.assertEqual(data["attributes"]["name"], "One")
        self.assertEqual(data["relationships"]["status"]["data"]["id"], "active")
        self.assertEqual(self.admin.get("/conversations?filter[name]=Forged").json["data"], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
