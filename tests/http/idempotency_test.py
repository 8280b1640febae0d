"""A8: Idempotency-Key on every POST, over HTTP: the same again, another request, another person, keys that are none."""

import itertools
import os
import unittest
from concurrent.futures import ThreadPoolExecutor

from support.api import Api, places, resource, varying
from support.browser import MEDIA_TYPE, raw
from support.host import Host

USED = ("422", "idempotency-key-used", "This Idempotency-Key was used for another request.")


class Idempotency(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin, cls.charlie = Api(cls.host, "admin"), Api(cls.host, "charlie")
        cls.amanda, cls.brian = Api(cls.host, "amanda@example.com"), Api(cls.host, "brian@example.com")
        cls.keys = (f"key-{number}" for number in itertools.count())

    def setUp(self):
        self.id = self.admin.create("conversations", {"name": "Keys", "firstMessage": "Hello"},
                                    source=("orders", "1"), owner=("users", "2"))["id"]

    def conversation(self, name):
        return resource("conversations", {"name": name}, source=("orders", "1"))

    def message(self, body):
        return resource("conversationmessages", {"body": body}, conversation=("conversations", self.id))

    def posts(self):
        """Every POST there is: what, who, path, document, another document, status."""
        one = f"/conversations/{self.id}"
        targets = f"{one}/relationships/activityTargets"
        rfq, quote = {"data": [{"type": "rfqs", "id": "1"}]}, {"data": [{"type": "quotes", "id": "1"}]}
        for person in (self.admin, self.amanda):
            yield "create", person, "/conversations", self.conversation("A"), self.conversation("B"), 201
            yield "say", person, "/conversationmessages", self.message("A"), self.message("B"), 201
            yield "mark-read", person, f"{one}/mark-read", {"meta": {"index": 1}}, {"meta": {"index": 0}}, 200
            yield "mark-unread", person, f"{one}/mark-unread", None, {"meta": {}}, 200
            yield "mark-all", person, "/conversations/mark-all-read", None, {"meta": {}}, 200
        yield "add", self.admin, targets, rfq, quote, 200
        yield "transition", self.admin, f"{one}/transitions/close", None, None, 200
        yield "workflow", self.admin, "/workflows/conversation_flow/activate", None, None, 200

    def state(self):
        data = self.admin.get(f"/conversations/{self.id}").json["data"]
        totals = [self.admin.get(f"/{kind}?page[total]=true&page[size]=1").json["meta"]["page"]["total"]
                  for kind in ("conversations", "conversationmessages")]
        return data, totals

    def test_the_same_again_gives_the_same_and_does_nothing(self):
        for what, person, path, document, _, status in self.posts():
            key = next(self.keys)
            first = person.send("POST", path, document, Idempotency_Key=key)
            self.assertEqual(first.status, status, (what, first.text))
            before = self.state()
            second = person.send("POST", path, document, Idempotency_Key=key)
            self.assertEqual(second.status, status, (what, second.text))
            self.assertEqual(second.headers.get("location"), first.headers.get("location"), what)
            data, again = first.json.get("data"), second.json.get("data")
            if isinstance(data, dict):
                self.assertEqual((again["type"], again["id"]), (data["type"], data["id"]), what)
            else:
                self.assertEqual(again, data, what)
            self.assertEqual(self.state(), before, what)

    def test_another_request_under_the_key_is_422(self):
        for what, person, path, document, other, status in self.posts():
            key = next(self.keys)
            self.assertEqual(person.send("POST", path, document, Idempotency_Key=key).status, status, what)
            before = self.state()
            others = [("/conversations", self.conversation("C")), ("/conversationmessages", self.message("C")),
                      (f"/conversations/{self.id}/mark-read", {"meta": {"index": 0}}),
                      ("/conversations/mark-all-read", {"meta": {"x": 1}})]
            if other is not None and "mark-unread" not in path:
                others.append((path, other))
            if person is self.admin:
                others += [(f"/conversations/{self.id}/transitions/reopen", None),
                           ("/activity/counts", {"data": [{"type": "orders", "id": "2"}]}),
                           ("/workflows/conversation_flow/deactivate", None),
                           (f"/conversations/{self.id}/relationships/activityTargets",
                            {"data": [{"type": "orders", "id": "3"}]})]
            for address, sent in others:
                answer = person.send("POST", address, sent, Idempotency_Key=key)
                self.assertEqual(answer.status, 422, (what, address, answer.text))
                error = answer.json["errors"][0]
                self.assertEqual((error["status"], error["code"], error["detail"]), USED)
                self.assertEqual(error["source"], {"header": "Idempotency-Key"})
            self.assertEqual(self.state(), before, what)

    def test_counting_keeps_its_key_and_counts_anew(self):
        """It makes nothing: the same request answers what there is now, and its key is for no other request."""
        key = next(self.keys)
        counts = {"data": [{"type": "orders", "id": "1"}]}

        def counted():
            answer = self.admin.send("POST", "/activity/counts", counts, Idempotency_Key=key)
            self.assertEqual(answer.status, 200)
            return next(iter(answer.json["meta"]["counts"][0]["panels"].values()))
        before = counted()
        self.assertEqual(counted(), before)
        self.admin.create("conversations", {"name": "One more"}, source=("orders", "1"))
        self.assertEqual(counted(), before + 1)
        taken = next(self.keys)
        self.assertEqual(self.admin.send("POST", "/conversations", self.conversation("A"), Idempotency_Key=taken).status, 201)
        others = [("/conversations", self.conversation("A"), key), ("/activity/counts", counts, taken)]
        for document in ({"data": []}, {"data": [{"type": "orders", "id": "2"}]}, {"data": [{"type": "nothing", "id": "1"}]}):
            others += [("/activity/counts", document, key), ("/activity/counts", document, taken)]
        for path, document, used in others:
            answer = self.admin.send("POST", path, document, Idempotency_Key=used)
            self.assertEqual((answer.status, answer.json["errors"][0].get("code")), (422, USED[1]), (path, document))
        self.assertEqual(counted(), before + 2)

    def test_the_key_of_another_person_leaves_no_trace(self):
        """What somebody gets under a key that others used is what it gets under a fresh one, to the byte."""
        used, taken = next(self.keys), next(self.keys)
        self.assertEqual(self.admin.send("POST", "/conversations", self.conversation("A"), Idempotency_Key=taken).status, 201)
        for what, person, path, document, _, status in self.posts():
            if what == "create":
                self.assertEqual(person.send("POST", path, document, Idempotency_Key=used).status, status)
        counts = {"data": [{"type": "orders", "id": "1"}]}
        for person in (self.charlie, self.brian):
            self.assertEqual(person.send("POST", "/conversations/mark-all-read").status, 200, "nothing is left to mark")
            for path, document in (("/conversations", resource("conversations", {"name": " "})),
                                   ("/conversations", resource("orders", {})),
                                   ("/conversationmessages", self.message(" ")),
                                   (f"/conversations/{self.id}/transitions/nothing", None),
                                   ("/conversations/99999/mark-unread", None),
                                   ("/workflows/conversation_flow/activate", None),
                                   ("/conversations/mark-all-read", None)):  # last: it keeps the key
                fresh = varying(person.send("POST", path, document, Idempotency_Key=next(self.keys)))
                self.assertEqual(varying(person.send("POST", path, document, Idempotency_Key=used)), fresh, path)
            # What keeps the key, too: each under one of its own.
            counted = [person.send("POST", "/activity/counts", counts, Idempotency_Key=key) for key in (taken, next(self.keys))]
            self.assertEqual(varying(counted[0]), varying(counted[1]))
        third = Api(self.host, "dana")
        made = third.send("POST", "/conversations", self.conversation("Mine"), Idempotency_Key=used)
        self.assertEqual(made.status, 201, made.text)
        self.assertNotEqual(made.json["data"]["id"], self.id)

    def test_a_refused_request_keeps_no_key(self):
        key = next(self.keys)
        self.assertEqual(self.admin.send("POST", "/conversationmessages", self.message(" "),
                                         Idempotency_Key=key).status, 422)
        self.assertEqual(self.admin.send("POST", "/conversationmessages", self.message("mended"),
                                         Idempotency_Key=key).status, 201)

    def test_a_key_that_is_none_is_400_on_every_post_and_names_the_header(self):
        before = self.state()
        for key in ("", " ", "a" * 256, "a\tb", "schl\xfcssel"):
            for what, person, path, document, _, _ in self.posts():
                answer = person.send("POST", path, document, Idempotency_Key=key)
                self.assertEqual((answer.status, places(answer)), (400, ["Idempotency-Key"]), (what, key))
                self.assertEqual(answer.json["errors"][0]["code"], "bad-idempotency-key")
        self.assertEqual(self.state(), before)

    def test_two_keys_are_400(self):
        for second in ("a", "b"):
            answer = raw(self.host, f"POST /admin/api/conversations/mark-all-read HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                    f"Authorization: {self.admin.headers['Authorization']}\r\nAccept: {MEDIA_TYPE}\r\n"
                                    f"Idempotency-Key: a\r\nIdempotency-Key: {second}\r\nContent-Length: 0\r\n\r\n".encode())
            self.assertIn(" 400 ", answer.splitlines()[0])
            self.assertIn('"source":{"header":"Idempotency-Key"}', answer)

    def test_requests_at_once_under_one_key_name_the_header_too(self):
        key = next(self.keys)
        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(lambda number: self.admin.send(
                "POST", "/conversationmessages", self.message(f"At once {number}"), Idempotency_Key=key), range(12)))
        refused = [answer for answer in answers if answer.status != 201]
        self.assertEqual(len(refused), 11)
        for answer in refused:
            self.assertEqual((answer.status, places(answer)), (422, ["Idempotency-Key"]), answer.text)

    def test_keys_of_all_allowed_lengths_and_characters(self):
        for key in ("x", "a" * 255, "".join(map(chr, range(0x21, 0x7f))), "with a blank"):
            for _ in range(2):
                answer = self.admin.send("POST", "/conversationmessages", self.message("same"), Idempotency_Key=key)
                self.assertEqual(answer.status, 201, (key, answer.text))
        self.assertEqual(self.state()[0]["attributes"]["messagesNumber"], 5)


if __name__ == "__main__":
    unittest.main(verbosity=2)
