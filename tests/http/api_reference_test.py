"""The API Reference: the OpenAPI document as pages, for whoever is logged in on either side. (A7)"""

import html
import os
import re
import unittest

from support.browser import Browser, log_in
from support.host import Host


def text_of(page):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page.text)))


class ApiReference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.sides = {"/admin": log_in(cls.host, "admin"), "": log_in(cls.host, "amanda@example.com")}

    def walk(self):
        """Each side with its OpenAPI document."""
        for base, browser in self.sides.items():
            yield base, browser, browser.api("GET", base + "/api/openapi.json").json

    def test_every_operation_stands_on_the_page_of_its_resource(self):
        for base, browser, document in self.walk():
            pages = {tag["name"]: browser.get(f"{base}/api-reference/{tag['name']}") for tag in document["tags"]}
            overview = browser.get(base + "/api-reference")
            for path, item in document["paths"].items():
                for method, operation in item.items():
                    page, name = pages[operation["tags"][0]], operation["operationId"]
                    self.assertEqual(page.status, 200)
                    found = re.search(rf'<details class="operation" id="{name}">(.*?)</summary>', page.text, re.DOTALL)
                    self.assertIsNotNone(found, name)
                    for part in (method.upper(), f"{base}/api{path}", operation["summary"]):
                        self.assertIn(part, html.unescape(found.group(1)))
                    self.assertIn(f'/api-reference/{operation["tags"][0]}#{name}"', overview.text)

    def test_every_parameter_stands_there_with_its_meaning(self):
        for base, browser, document in self.walk():
            page = text_of(browser.get(base + "/api-reference/orders"))
            for entry in document["paths"]["/orders"]["get"]["parameters"]:
                parameter = document["components"]["parameters"][entry["$ref"].rsplit("/", 1)[1]]
                self.assertIn(" " + parameter["name"] + " ", page)
            for words in ("list of string Number is one of these.", "integer (at least 1, at most 1000) Rows of a page."):
                self.assertIn(words, page)

    def test_every_member_of_a_document_stands_there(self):
        for base, browser, document in self.walk():
            for tag in document["tags"]:
                schema = document["components"]["schemas"].get(tag["name"])
                page = text_of(browser.get(f"{base}/api-reference/{tag['name']}"))
                for part in ("attributes", "relationships"):
                    for name in (schema or {}).get("properties", {}).get(part, {}).get("properties", {}):
                        self.assertRegex(page, rf" {part}\.{name}(\[\]\.\w+)? ", tag["name"])

    def test_bodies_answers_and_errors(self):
        page = self.sides["/admin"].get("/admin/api-reference/workflows").text
        operation = re.search(r'id="activateWorkflow">.*?</details>', page, re.DOTALL).group(0)
        for words in ("Idempotency-Key", "<code>200</code>", "<code>409</code>", "<code>503</code>"):
            self.assertIn(words, operation)
        counted = text_of(self.sides["/admin"].get("/admin/api-reference/activity"))
        self.assertIn(" data[].type required string ", counted)
        self.assertIn(" meta.counts[].panels ", counted)
        overview = text_of(self.sides["/admin"].get("/admin/api-reference"))
        for words in ("errors[].detail required string What is wrong, for people.", "Authorization: Bearer …",
                      "429 Too many attempts to log in."):
            self.assertIn(words, overview)

    def test_each_side_has_its_own(self):
        self.assertNotIn("deleteManyC", self.sides[""].get("/api-reference").text)
        self.assertIn("deleteManyC", self.sides["/admin"].get("/admin/api-reference").text)

    def test_each_side_names_its_own_cookie(self):
        for (base, browser), cookie in zip(self.sides.items(), ("parley_backoffice", "parley_storefront")):
            self.assertIn(cookie, browser.cookies)
            document = browser.api("GET", base + "/api/openapi.json").json
            self.assertEqual(document["components"]["securitySchemes"]["session"]["name"], cookie)
            self.assertIn(f"Cookie: {cookie}=…", text_of(browser.get(base + "/api-reference")))

    def test_it_is_linked(self):
        self.assertIn('href="/admin/api-reference">API Reference</a>', self.sides["/admin"].get("/admin").text)
        self.assertIn('href="/admin/api-reference"', self.sides["/admin"].get("/admin/api-tokens").text)
        self.assertIn('href="/api-reference"', self.sides[""].get("/profile").text)

    def test_what_is_not_there_and_who_is_nobody(self):
        for base, browser in self.sides.items():
            for path in ("/api-reference/nothing", "/api-reference/orders/more", "/api-reference/%3Cb%3E"):
                self.assertEqual(browser.get(base + path).status, 404, path)
            answer = Browser(self.host).get(base + "/api-reference", follow=False)
            self.assertEqual(answer.status, 303)
            self.assertIn("/login", answer.headers["location"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
