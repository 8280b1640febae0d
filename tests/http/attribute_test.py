"""One more attribute in a plugin's own source: the same host has it in the API, on its screens and in its documents."""

import os
import re
import unittest

from support.browser import log_in
from support.host import Host

PLAIN = os.environ["PARLEY_NOTE"]
WITH_PRIORITY = os.environ["PARLEY_NOTE_PRIORITY"]
WRONG = "This value should be one of low, normal, high."


def note(text, **attributes):
    return {"data": {"type": "notes", "attributes": {"text": text, **attributes}}}


def change(number, **attributes):
    return {"data": {"type": "notes", "id": number, "attributes": attributes}}


def columns(page):
    """Of fields: that of the boxes and that of the actions have classes of their own."""
    cells = re.findall(r'<th scope="col"(?! class="(?:choose|row-actions)").*?</th>', page.text)
    return [re.sub(r"<[^>]*>|\s*[▲▼]", "", cell).strip() for cell in cells]


class WithTheAttribute(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(WITH_PRIORITY)
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.made = {}
        for text, attributes in (("a", {"priority": "high"}), ("b", {"priority": "low"}), ("c", {})):
            answer = cls.admin.api("POST", "/admin/api/notes", note(text, **attributes))
            assert answer.status == 201, answer.text
            cls.made[text] = answer.json["data"]

    def get(self, path):
        answer = self.admin.api("GET", "/admin/api" + path)
        self.assertEqual(answer.status, 200, answer.text)
        return answer.json["data"]

    def texts(self, query):
        return [one["attributes"]["text"] for one in self.get("/notes?filter[text]=a,b,c&" + query)]

    def test_it_is_created_listed_and_got(self):
        self.assertEqual([self.made[name]["attributes"]["priority"] for name in "abc"], ["high", "low", "normal"])
        for one in self.get("/notes"):
            self.assertIn(one["attributes"]["priority"], ("low", "normal", "high"))
        self.assertEqual(self.get("/notes/" + self.made["a"]["id"])["attributes"]["priority"], "high")

    def test_it_is_updated(self):
        number = self.admin.api("POST", "/admin/api/notes", note("to be changed")).json["data"]["id"]
        for sent, kept in (({"priority": "high"}, "high"), ({"text": "changed"}, "high"), ({"priority": "low"}, "low")):
            answer = self.admin.api("PATCH", f"/admin/api/notes/{number}", change(number, **sent))
            self.assertEqual(answer.status, 200, answer.text)
            self.assertEqual(self.get(f"/notes/{number}")["attributes"]["priority"], kept)

    def test_it_filters_and_sorts_by_rank(self):
        self.assertEqual(self.texts("filter[priority]=high"), ["a"])
        self.assertEqual(self.texts("filter[priority]=high,low&sort=priority"), ["b", "a"])
        self.assertEqual(self.texts("filter[priority][not]=low&sort=priority"), ["c", "a"])
        self.assertEqual(self.texts("sort=priority"), ["b", "c", "a"])
        self.assertEqual(self.texts("sort=-priority"), ["a", "c", "b"])
        self.assertEqual(self.admin.api("GET", "/admin/api/notes?filter[priority]=urgent").status, 400)
        self.assertEqual(self.admin.api("GET", "/admin/api/notes?filter[priority][greater]=low").status, 400)

    def test_it_can_be_chosen_alone_and_left_out(self):
        path = "/notes/" + self.made["b"]["id"]
        self.assertEqual(self.get(path + "?fields[notes]=priority")["attributes"], {"priority": "low"})
        self.assertEqual(self.get(path + "?fields[notes]=text")["attributes"], {"text": "b"})

    def test_a_wrong_value_is_named_with_the_other_faults(self):
        for wrong in ("urgent", "", 3, None, ["high"]):
            answer = self.admin.api("POST", "/admin/api/notes", note("", priority=wrong))
            self.assertEqual(answer.status, 422, answer.text)
            faults = {error["source"]["pointer"]: error["detail"] for error in answer.json["errors"]}
            self.assertIn("/data/attributes/priority", faults)
            if wrong in ("urgent", ""):
                self.assertEqual(faults, {"/data/attributes/text": "This value should not be blank.",
                                          "/data/attributes/priority": WRONG})
        number = self.made["a"]["id"]
        answer = self.admin.api("PATCH", f"/admin/api/notes/{number}", change(number, priority="urgent"))
        self.assertEqual((answer.status, answer.details), (422, [WRONG]))
        self.assertEqual(self.get(f"/notes/{number}")["attributes"]["priority"], "high", "nothing was changed")

    def test_it_is_a_column_of_the_grid_and_a_line_of_the_page(self):
        page = self.admin.get("/admin/notes?sort=priority")
        self.assertEqual(columns(page), ["Text", "Record", "Pinned", "Priority", "Created"])
        self.assertRegex(page.text, r'aria-sort="ascending"><a href="/admin/notes\?sort=-priority">Priority')
        self.assertRegex(page.text, r'<td data-label="Priority">high</td>')
        page = self.admin.get("/admin/notes/" + self.made["a"]["id"])
        self.assertRegex(page.text, r"<dt>Priority</dt>\s*<dd>high</dd>")

    def test_it_is_in_the_openapi_document_of_both_applications(self):
        amanda = log_in(self.host, "amanda@example.com")
        for browser, base in ((self.admin, "/admin/api"), (amanda, "/api")):
            document = browser.api("GET", base + "/openapi.json").json
            parameters = document["paths"]["/notes"]["get"]["parameters"]
            text = str(document)
            self.assertIn("filter[priority]", text)
            self.assertIn("'priority': {", text)
            self.assertTrue(parameters)


class WithoutIt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(PLAIN)
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")

    def test_it_is_nowhere(self):
        made = self.admin.api("POST", "/admin/api/notes", note("plain"))
        number = made.json["data"]["id"]
        answers = [made, self.admin.api("GET", "/admin/api/notes"), self.admin.api("GET", f"/admin/api/notes/{number}"),
                   self.admin.api("GET", "/admin/api/openapi.json"), self.admin.get("/admin/notes"),
                   self.admin.get(f"/admin/notes/{number}")]
        for answer in answers:
            self.assertLess(answer.status, 300)
            self.assertNotIn("priority", answer.text.lower(), answer.url)
        self.assertEqual(columns(answers[4]), ["Text", "Record", "Pinned", "Created"])

    def test_who_names_it_is_refused(self):
        for query in ("filter[priority]=high", "sort=priority", "fields[notes]=priority"):
            self.assertEqual(self.admin.api("GET", "/admin/api/notes?" + query).status, 400, query)
        answer = self.admin.api("POST", "/admin/api/notes", note("x", priority="high"))
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.json["errors"][0]["source"]["pointer"], "/data/attributes/priority")


if __name__ == "__main__":
    unittest.main(verbosity=2)
