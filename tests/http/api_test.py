"""The JSON:API over the host's own records, and what of HTTP is refused."""

import unittest
from base64 import b64encode
from urllib.parse import urlencode

from support.browser import Browser, log_in, raw
from support.host import Host


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")

    def list(self, path, **parameters):
        answer = self.admin.api("GET", f"/admin/api/{path}?{urlencode({'page[size]': 100, **parameters})}")
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json["data"]

    def numbers(self, **parameters):
        return [order["attributes"]["number"] for order in self.list("orders", **parameters)]

    def test_without_a_login_it_is_401_with_an_error_object(self):
        answer = Browser(self.host).api("GET", "/admin/api/orders")
        self.assertEqual(answer.status, 401)
        self.assertIn("Basic", answer.headers["www-authenticate"])
        self.assertEqual(answer.json["errors"][0]["status"], "401")
        answer = Browser(self.host).api("GET", "/api/orders", Sec_Fetch_Site="same-origin")
        self.assertNotIn("Basic", answer.headers["www-authenticate"], "no browser asks for a password because of a script")

    def test_every_type_can_be_listed_and_fetched(self):
        for kind, title in (("organizations", "name"), ("websites", "name"), ("users", "username"),
                            ("businessunits", "name"), ("customers", "name"), ("customerusers", "email"),
                            ("orders", "number"), ("rfqs", "number"), ("quotes", "number")):
            documents = self.list(kind)
            self.assertTrue(documents, kind)
            one = self.admin.api("GET", f"/admin/api/{kind}/{documents[0]['id']}").json["data"]
            self.assertEqual(one["attributes"][title], documents[0]["attributes"][title])

    def test_the_demo_data_that_others_rely_on(self):
        users = {u["attributes"]["username"]: u for u in self.list("users")}
        self.assertEqual((users["admin"]["id"], users["admin"]["attributes"]["name"]), ("1", "John Doe"))
        self.assertEqual((users["charlie"]["id"], users["charlie"]["attributes"]["name"]), ("2", "Charlie Stone"))
        self.assertEqual((users["dana"]["id"], users["dana"]["attributes"]["name"]), ("3", "Dana Reyes"))
        people = {p["attributes"]["email"]: (p["id"], p["attributes"]["name"]) for p in self.list("customerusers")}
        self.assertEqual(people["amanda@example.com"], ("1", "Amanda Cole"))
        self.assertEqual(people["brian@example.com"], ("2", "Brian Lee"))
        self.assertEqual(people["nora@example.com"], ("3", "Nora Falk"))
        for kind, expected in (("orders", {"ORD-1001": ("1", "1"), "ORD-1002": ("2", "2"), "ORD-1003": ("3", "3")}),
                               ("rfqs", {"RFQ-2001": ("1", "1"), "RFQ-2002": ("2", "3")}),
                               ("quotes", {"QUO-3001": ("1", "1"), "QUO-3002": ("2", "3")})):
            found = {d["attributes"]["number"]: (d["id"], d["relationships"]["customerUser"]["data"]["id"])
                     for d in self.list(kind)}
            for number, value in expected.items():
                self.assertEqual(found[number], value)
        self.assertEqual(len(self.list("websites")), 2)

    def test_filters(self):
        self.assertEqual(self.numbers(**{"filter[number]": "ORD-1002"}), ["ORD-1002"])
        self.assertEqual(self.numbers(**{"filter[number]": "ORD-1002,ORD-1001", "sort": "number"}), ["ORD-1001", "ORD-1002"])
        self.assertEqual(len(self.numbers(**{"filter[customerUser]": "3"})), 3)
        self.assertEqual(self.numbers(**{"filter[total][greater]": "6000"}), ["ORD-1016"])
        self.assertEqual(self.numbers(**{"filter[createdAt][greaterOrEqual]": "2026-11-16T00:00:00Z"}), ["ORD-1001"])
        self.assertEqual(self.numbers(**{"filter[number][contains]": "ord-1005"}), ["ORD-1005"])
        self.assertNotIn("ORD-1001", self.numbers(**{"filter[number][not]": "ORD-1001"}))
        self.assertEqual(self.numbers(**{"filter[customerUser][exists]": "false"}), [])

    def test_wrong_questions_are_400(self):
        for query in ("filter[nothing]=1", "sort=nothing", "filter[createdAt][greater]=soon", "filter[total][less]=much",
                      "page[after]=xyz", "include=nothing", "page[size]=0"):
            self.assertEqual(self.admin.api("GET", "/admin/api/orders?" + query).status, 400, query)

    def test_cursors_walk_there_and_back(self):
        for sort in ("-createdAt", "customer,-total", "status,number", "-poNumber"):
            whole = self.numbers(sort=sort)
            pages, answer = [], self.admin.api("GET", f"/admin/api/orders?page[size]=5&sort={sort}")
            while True:
                pages.append([d["attributes"]["number"] for d in answer.json["data"]])
                if not answer.json["links"].get("next"):
                    break
                answer = self.admin.api("GET", answer.json["links"]["next"])
            self.assertEqual(sum(pages, []), whole, sort)
            back = []
            while answer.json["links"].get("prev"):
                answer = self.admin.api("GET", answer.json["links"]["prev"])
                back.insert(0, [d["attributes"]["number"] for d in answer.json["data"]])
            self.assertEqual(back, pages[:-1], sort)

    def test_sorting_by_what_is_related(self):
        names = [d["relationships"]["customer"]["data"]["id"] for d in self.list("orders", sort="customer")]
        titles = {c["id"]: c["attributes"]["name"].lower() for c in self.list("customers")}
        self.assertEqual([titles[i] for i in names], sorted(titles[i] for i in names))

    def test_include_and_fieldsets(self):
        answer = self.admin.api("GET", "/admin/api/orders/1?include=customer,owner&fields[orders]=number,customer")
        self.assertEqual(set(answer.json["data"]["attributes"]), {"number"})
        self.assertEqual(set(answer.json["data"]["relationships"]), {"customer"})
        self.assertIn(("customers", "1"), {(d["type"], d["id"]) for d in answer.json["included"]})

    def test_what_is_not_offered_is_405(self):
        document = {"data": {"type": "orders", "attributes": {}}}
        self.assertEqual(self.admin.api("POST", "/admin/api/orders", document).status, 405)
        self.assertEqual(self.admin.api("PATCH", "/admin/api/orders/1", document).status, 405)
        self.assertEqual(self.admin.api("GET", "/admin/api/nothing").status, 404)

    def test_every_line_of_a_header_reaches_the_library(self):
        basic = b64encode(b"admin:parley-demo")
        for lines in (b"Idempotency-Key: a\r\nIdempotency-Key: b\r\n", b"Idempotency-Key:\r\n"):
            answer = raw(self.host, b"POST /admin/api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
                         + basic + b"\r\nContent-Type: application/vnd.api+json\r\n" + lines + b"Content-Length: 2\r\n\r\n{}")
            self.assertIn("400", answer.splitlines()[0], answer)
            self.assertIn("bad-idempotency-key", answer)
        answer = raw(self.host, b"GET /admin/api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Basic "
                     + basic + b"\r\nAccept:\r\nContent-Type:\r\n\r\n")
        self.assertIn("200", answer.splitlines()[0], answer)

    def test_a_large_body_is_413(self):
        answer = raw(self.host, b"POST /admin/api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 1048577\r\n\r\n")
        self.assertIn("413", answer.splitlines()[0])

    def test_doubtful_http_is_refused(self):
        for request, status in (
            (b"GET /login HTTP/1.1\r\n\r\n", "400"),
            (b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"),
            (b"POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400"),
            (b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400"),
            (b"GET /login HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", "400"),
            (b"GET /login HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\nabc", "400"),
            (b"GET /login HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc", "400"),
            (b"GET /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", "400"),
            (b"POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc", "400"),
        ):
            self.assertIn(status, raw(self.host, request).splitlines()[0], request)

    def test_every_answer_has_a_request_id(self):
        ids = {self.admin.api("GET", "/admin/api/orders").headers["x-request-id"] for _ in range(3)}
        self.assertEqual(len(ids), 3)


if __name__ == "__main__":
    unittest.main(verbosity=2)
