"""Bad input at the border of the conversations, through the whole way: HTTP, router, plugin, store.

Each answer names what is wrong and where, all of it at once; and nothing is stored.
"""

import json
import os
import unittest

from support.browser import MEDIA_TYPE, log_in
from support.host import Host

BLANK = "This value should not be blank."


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.amanda = log_in(cls.host, "amanda@example.com")
        cls.token = {cls.admin: cls.admin.csrf_token(), cls.amanda: cls.amanda.csrf_token()}
        created = cls.send(cls.admin, "/admin/api/conversations", cls.conversation(source={"type": "orders", "id": "1"}))
        assert created.status == 201, created.text
        cls.id = created.json["data"]["id"]

    @classmethod
    def send(cls, person, path, document, method="POST"):
        body = document if isinstance(document, (bytes, str)) else json.dumps(document)
        return person.send(method, path, body, {
            "Accept": MEDIA_TYPE, "Content-Type": MEDIA_TYPE, "X-CSRF-Token": cls.token[person]})

    @staticmethod
    def conversation(attributes=None, **relationships):
        return {"data": {"type": "conversations", "attributes": attributes or {},
                         "relationships": {name: {"data": linkage} for name, linkage in relationships.items()}}}

    @classmethod
    def message(cls, body, **members):
        return {"data": {"type": "conversationmessages", "attributes": {"body": body, **members},
                         "relationships": {"conversation": {"data": {"type": "conversations", "id": cls.id}}}}}

    def counts(self):
        conversations = self.admin.api("GET", "/admin/api/conversations?page[total]=true&page[size]=1").json
        messages = self.admin.api("GET", "/admin/api/conversationmessages?page[total]=true&page[size]=1").json
        return conversations["meta"]["page"]["total"], messages["meta"]["page"]["total"]

    def setUp(self):
        self.before = self.counts()

    def tearDown(self):
        self.assertEqual(self.counts(), self.before, "something was stored")

    def refused(self, answer, status, *faults):
        """Each fault: pointer or parameter, and words of its detail (None: any)."""
        self.assertEqual(answer.status, status, answer.text)
        found = []
        for error in answer.json["errors"]:
            self.assertTrue(error["detail"] and error["code"] and error["title"], error)
            source = error.get("source", {})
            found.append((source.get("pointer", source.get("parameter")), error["detail"], error["status"]))
        self.assertEqual(sorted(place or "" for place, _, _ in found), sorted(place or "" for place, _ in faults), found)
        for place, words in faults:
            if words:
                self.assertIn(words, [detail for where, detail, _ in found if where == place])

    def start(self, document, person=None):
        base = "/api" if person is self.amanda else "/admin/api"
        return self.send(person or self.admin, base + "/conversations", document)

    def write(self, document, person=None):
        base = "/api" if person is self.amanda else "/admin/api"
        return self.send(person or self.admin, base + "/conversationmessages", document)

    def test_D8_an_empty_name_without_a_source(self):
        for name in ("", "  \t\n", "\u200b\u2003"):
            self.refused(self.start(self.conversation({"name": name})), 422, ("/data/attributes/name", BLANK))
        self.refused(self.start(self.conversation({"name": ""}), self.amanda), 422, ("/data/attributes/name", BLANK))

    def test_D1_a_name_of_256_characters(self):
        self.refused(self.start(self.conversation({"name": "ä" * 256})), 422, ("/data/attributes/name", None))

    def test_D14_a_blank_message(self):
        for person in (self.admin, self.amanda):
            for body in ("", "   ", "\n\u00a0\u200b"):
                self.refused(self.write(self.message(body), person), 422, ("/data/attributes/body", BLANK))

    def test_D14_a_message_that_is_missing(self):
        document = self.message("")
        del document["data"]["attributes"]
        self.refused(self.write(document), 422, ("/data/attributes/body", None))

    def test_D14_a_message_of_65537_bytes(self):
        self.refused(self.write(self.message("a" * 65537)), 422, ("/data/attributes/body", None))
        self.refused(self.write(self.message("ä" * 32768 + "a"), self.amanda), 422, ("/data/attributes/body", None))

    def test_D14_invalid_utf8(self):
        document = json.dumps(self.message("BODY")).encode().replace(b"BODY", b"caf\xe9")
        self.refused(self.write(document), 400, (None, None))

    def test_D14_a_lone_surrogate(self):
        document = json.dumps(self.message("BODY")).replace("BODY", "\\ud800")
        self.assertIn(self.write(document).status, (400, 422))

    def test_D14_nul(self):
        self.refused(self.write(self.message("a\0b")), 422, ("/data/attributes/body", None))
        self.refused(self.start(self.conversation({"name": "a\0b"})), 422, ("/data/attributes/name", None))

    def test_D6_an_unknown_record(self):
        answer = self.start(self.conversation(source={"type": "orders", "id": "99999"}))
        self.refused(answer, 422, ("/data/relationships/source", None))

    def test_S8_another_customers_record_reads_like_an_unknown_one(self):
        unknown = self.start(self.conversation({"name": "a"}, source={"type": "orders", "id": "99999"}), self.amanda)
        foreign = self.start(self.conversation({"name": "a"}, source={"type": "orders", "id": "3"}), self.amanda)
        self.refused(unknown, 422, ("/data/relationships/source", None))
        self.assertEqual(foreign.json["errors"], unknown.json["errors"])

    def test_D6_a_customer_user_of_another_customer(self):
        orders = self.admin.api("GET", "/admin/api/orders/3?include=customerUser,customer").json
        nora = orders["data"]["relationships"]["customerUser"]["data"]
        acme = self.admin.api("GET", "/admin/api/orders/1").json["data"]["relationships"]["customer"]["data"]
        answer = self.start(self.conversation({"name": "a"}, customer=acme, customerUser=nora))
        self.refused(answer, 422,
                     ("/data/relationships/customerUser", "The customer user does not belong to the customer."))

    def test_a_wrong_type(self):
        answer = self.start({"data": {"type": "orders", "attributes": {"name": "a"}}})
        self.refused(answer, 409, ("/data/type", None))
        answer = self.start(self.conversation({"name": 7}, owner={"type": "orders", "id": "1"}))
        self.refused(answer, 422, ("/data/attributes/name", None), ("/data/relationships/owner/data/type", None))

    def test_an_unknown_member(self):
        answer = self.start(self.conversation({"name": "a", "colour": "red"}, friend={"type": "users", "id": "1"}))
        self.refused(answer, 422, ("/data/attributes/colour", None), ("/data/relationships/friend", None))

    def test_A5_every_fault_at_once(self):
        answer = self.start(self.conversation(
            {"name": " ", "colour": "red"}, owner={"type": "users", "id": "99999"}, customer={"type": "customers", "id": "x"}))
        self.refused(answer, 422, ("/data/attributes/name", BLANK), ("/data/attributes/colour", None),
                     ("/data/relationships/owner", None), ("/data/relationships/customer", None))

    def test_A6_a_wrong_first_message_stores_no_conversation(self):
        self.refused(self.start(self.conversation({"name": "a", "firstMessage": " "}), self.amanda), 422,
                     ("/data/attributes/firstMessage", BLANK))

    def test_unreadable_json(self):
        for body in ("", "{", "[1,2", '{"data":', "null", "7", '"a"', '{"data":{}}garbage'):
            answer = self.start(body)
            self.assertIn(answer.status, (400, 422), body)
            self.assertTrue(answer.json["errors"][0]["detail"], body)

    def test_nesting_over_64(self):
        for depth in (65, 100000):
            self.refused(self.start('{"data":' + "[" * depth + "]" * depth + "}"), 400, (None, None))

    def test_another_media_type(self):
        answer = self.admin.send("POST", "/admin/api/conversations", "{}", {
            "Content-Type": "text/plain", "X-CSRF-Token": self.token[self.admin]})
        self.assertEqual(answer.status, 415)

    def test_an_id_of_the_client(self):
        document = self.conversation({"name": "a"})
        document["data"]["id"] = "5"
        self.refused(self.start(document), 403, ("/data/id", None))

    def test_D2_a_status_that_the_workflow_directs(self):
        answer = self.start(self.conversation({"name": "a"}, status={"type": "conversationstatuses", "id": "closed"}))
        self.refused(answer, 422, ("/data/relationships/status", None))

    def test_unknown_conversations(self):
        for id in ("99999", "0", "-1", "x", "1.0", "9223372036854775808", "%00"):
            self.assertIn(self.admin.api("GET", f"/admin/api/conversations/{id}").status, (404, 400), id)

    def test_wrong_queries(self):
        for query, parameter in (("sort=colour", "sort"), ("filter[colour]=red", "filter[colour]"),
                                 ("include=friends", "include"), ("page[size]=0", "page[size]"),
                                 ("page[size]=x", "page[size]"), ("page[after]=x", "page[after]"),
                                 ("colour=red", "colour"), ("fields[conversations]=colour", "fields[conversations]")):
            self.refused(self.admin.api("GET", "/admin/api/conversations?" + query), 400, (parameter, None))


if __name__ == "__main__":
    unittest.main()
