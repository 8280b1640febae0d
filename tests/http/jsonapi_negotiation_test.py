"""JSON:API 1.1, "Content Negotiation" and "Query Parameters": media types, profiles, what a query may hold."""

import unittest

from support.api import places, resource
from support.both_sides import BothSides
from support.browser import MEDIA_TYPE

PROFILE = "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/"


class Negotiation(BothSides):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conversation = cls.admin.create("conversations", {"name": "One", "firstMessage": "Hello"},
                                            source=("orders", "1"))
        cls.id = cls.conversation["id"]

    def test_every_answer_is_of_the_media_type_without_parameters(self):
        for answer in (self.admin.get("/conversations"), self.admin.get(f"/conversations/{self.id}"),
                       self.admin.get("/conversations/999"), self.admin.get("/workflows"),
                       self.admin.get("/conversations?colour=red"), self.admin.get("/activity/orders/1"),
                       self.admin.get("/conversations", Authorization=None)):
            self.assertEqual(answer.headers["content-type"], MEDIA_TYPE, answer.url)
            self.assertEqual(answer.json["jsonapi"], {"version": "1.1"})

    def test_vary_names_accept(self):
        for answer in (self.admin.get("/conversations"), self.admin.get("/conversations", Accept="text/html"),
                       self.admin.get(f"/conversations/{self.id}")):
            self.assertIn("Accept", [part.strip() for name, value in answer.all_headers if name == "Vary"
                                     for part in value.split(",")])

    def test_a_body_with_another_media_type_or_parameters_is_415(self):
        document = resource("conversations", {"name": "Two"})
        for kind in ("application/json", "text/plain", f"{MEDIA_TYPE}; charset=utf-8", f"{MEDIA_TYPE};version=1",
                     f'{MEDIA_TYPE}; ext="https://jsonapi.org/ext/atomic"', f'{MEDIA_TYPE}; profile="x"; charset=utf-8',
                     "application/x-www-form-urlencoded", "", "nonsense", None):
            for path in ("/conversations", f"/conversations/{self.id}/relationships/activityTargets",
                         f"/conversations/{self.id}/mark-unread", f"/conversations/{self.id}/transitions/close",
                         "/activity/counts", "/workflows/conversation_flow/activate", "/conversations/mark-all-read"):
                answer = self.admin.send("POST", path, document, Content_Type=kind)
                self.assertEqual((answer.status, places(answer)), (415, ["Content-Type"]), (kind, path))
            answer = self.admin.send("PATCH", f"/conversations/{self.id}", document, Content_Type=kind)
            self.assertEqual(answer.status, 415, kind)
        self.assertEqual(self.admin.get(f"/conversations/{self.id}").json["data"]["attributes"]["name"], "One")

    def test_an_empty_form_is_no_request_either(self):
        for path in (f"/conversations/{self.id}/transitions/close", "/conversations/mark-all-read",
                     "/workflows/conversation_flow/deactivate"):
            for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
                answer = self.admin.send("POST", path, "", Content_Type=kind)
                self.assertEqual(answer.status, 415, (path, kind))

    def test_profiles_of_a_body_are_ignored(self):
        for kind in (f'{MEDIA_TYPE}; profile="https://example.com/a https://example.com/b"',
                     f"{MEDIA_TYPE};profile=https://example.com/a", MEDIA_TYPE.upper()):
            answer = self.admin.send("POST", "/conversations", resource("conversations", {"name": "P"}),
                                     Content_Type=kind)
            self.assertEqual(answer.status, 201, kind)

    def test_accept(self):
        for accept, status in (
            (None, 200), ("", 200), (MEDIA_TYPE, 200), ("*/*", 200), ("application/*", 200), ("application/json", 200),
            (f'{MEDIA_TYPE}; profile="https://example.com/a,b"', 200), (f"{MEDIA_TYPE};q=0.5", 200),
            (f"{MEDIA_TYPE}; charset=utf-8, {MEDIA_TYPE}", 200), (f'{MEDIA_TYPE};ext="https://e.com", {MEDIA_TYPE}', 200),
            ("text/html, */*;q=0.1", 200),
            ("text/html", 406), (f"{MEDIA_TYPE}; charset=utf-8", 406), (f'{MEDIA_TYPE}; ext="https://e.com"', 406),
            (f'{MEDIA_TYPE}; charset=utf-8, {MEDIA_TYPE}; ext="https://e.com"', 406),
            # "If all instances of that media type are modified": whatever else would do.
            (f"{MEDIA_TYPE}; charset=utf-8, */*", 406), (f"{MEDIA_TYPE};q=0", 406), ("*/*;q=0", 406),
        ):
            for path in ("/conversations", f"/conversations/{self.id}", "/workflows", "/activity/orders/1"):
                answer = self.admin.get(path, Accept=accept)
                self.assertEqual(answer.status, status, (accept, path))
                if status == 406:
                    self.assertEqual(places(answer), ["Accept"])

    def test_the_cursor_pagination_profile_is_named_where_it_is_asked_for(self):
        wanted = f'{MEDIA_TYPE}; profile="{PROFILE}"'
        self.assertEqual(self.admin.get("/conversations", Accept=wanted).headers["content-type"], wanted)
        both = f'{MEDIA_TYPE}; profile="https://example.com/a {PROFILE}"'
        self.assertEqual(self.admin.get("/conversations", Accept=both).headers["content-type"], wanted)
        for other in ("https://example.com/" + PROFILE, PROFILE + "max"):
            answer = self.admin.get("/conversations", Accept=f'{MEDIA_TYPE}; profile="{other}"')
            self.assertEqual((answer.status, answer.headers["content-type"]), (200, MEDIA_TYPE), other)

    ROUTES = ("/conversations", "/conversations/{id}", "/conversations/{id}/owner", "/conversations/{id}/messages",
              "/conversations/{id}/lastMessage", "/conversations/{id}/relationships/owner",
              "/conversations/{id}/relationships/messages", "/conversations/{id}/relationships/activityTargets",
              "/conversations/{id}/transitions", "/conversations/unread", "/conversationmessages",
              "/conversationmessages/{id}-1", "/conversationparticipants", "/conversationstatuses",
              "/conversationstatuses/active", "/conversationmessagetypes", "/conversationevents", "/workflows",
              "/workflows/conversation_flow", "/activity/orders/1", "/openapi.json")

    def test_an_unknown_parameter_is_400_on_every_route(self):
        for route in self.ROUTES:
            path = route.format(id=self.id)
            self.assertEqual(self.admin.get(path).status, 200, path)
            for name in ("colour", "camelCase", "include[x]", "sort[x]", "page", "fields", "profile", "filter[]",
                         "page[colour]", "filter[colour]", "fields[colours]"):
                answer = self.admin.get(f"{path}?{name}=1")
                self.assertEqual((answer.status, places(answer)), (400, [name]), path)

    def test_an_unknown_parameter_is_400_on_every_write_and_nothing_happens(self):
        for method, path, document in (
            ("POST", "/conversations", resource("conversations", {"name": "Never"})),
            ("PATCH", f"/conversations/{self.id}", resource("conversations", {"name": "Never"}, id=self.id)),
            ("DELETE", f"/conversations/{self.id}", None),
            ("DELETE", f"/conversations?filter[id]={self.id}", None),
            ("PATCH", f"/conversations/{self.id}/relationships/owner", {"data": None}),
            ("POST", f"/conversations/{self.id}/relationships/activityTargets", {"data": []}),
            ("DELETE", f"/conversations/{self.id}/relationships/activityTargets", {"data": []}),
            ("POST", f"/conversations/{self.id}/transitions/close", None),
            ("POST", f"/conversations/{self.id}/mark-unread", None),
            ("POST", "/conversations/mark-all-read", None),
            ("POST", "/workflows/conversation_flow/deactivate", None),
            ("POST", "/activity/counts", {"data": []}),
        ):
            answer = self.admin.send(method, path + ("&" if "?" in path else "?") + "colour=red", document)
            self.assertEqual(answer.status, 400, (method, path))
            self.assertIn("colour", places(answer))
        data = self.admin.get(f"/conversations/{self.id}").json["data"]
        self.assertEqual(data["attributes"]["name"], "One")
        self.assertEqual(data["relationships"]["status"]["data"]["id"], "active")

    def test_every_wrong_parameter_is_named_at_once(self):
        answer = self.admin.get("/conversations?sort=colour&include=friends&page[size]=x&fields[conversations]=a&x=1")
        self.assertEqual((answer.status, places(answer)),
                         (400, ["fields[conversations]", "include", "page[size]", "sort", "x"]))
        for error in answer.json["errors"]:
            self.assertEqual(error["status"], "400")
            self.assertTrue(error["code"] and error["title"] and error["detail"])

    def test_a_parameter_that_is_there_twice_is_400(self):
        for query in ("sort=name&sort=name", "page[size]=1&page[size]=1", "page%5Bsize%5D=1&page[size]=1",
                      "filter[name]=a&filter[name]=a", "include=owner&include=owner",
                      "fields[users]=name&fields[users]=name"):
            answer = self.admin.get("/conversations?" + query)
            self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (400, "duplicate-parameter"), query)

    def test_an_unsupported_sort_is_named_by_the_profile_too(self):
        error = self.admin.get("/conversations?sort=source").json["errors"][0]
        self.assertEqual((error["status"], error["source"], error["links"]["type"]),
                         ("400", {"parameter": "sort"}, PROFILE + "unsupported-sort"))

    def test_options_and_405_name_the_methods(self):
        for person, path, methods in (
            (self.admin, "/conversations", "GET, HEAD, POST, DELETE"),
            (self.amanda, "/conversations", "GET, HEAD, POST"),
            (self.admin, f"/conversations/{self.id}", "GET, HEAD, PATCH, DELETE"),
            (self.amanda, f"/conversations/{self.id}", "GET, HEAD"),
            (self.admin, "/conversationmessages", "GET, HEAD, POST"),
            (self.admin, f"/conversationmessages/{self.id}-1", "GET, HEAD"),
            (self.admin, f"/conversations/{self.id}/relationships/owner", "GET, HEAD, PATCH"),
            (self.admin, f"/conversations/{self.id}/relationships/activityTargets", "GET, HEAD, PATCH, POST, DELETE"),
            (self.admin, f"/conversations/{self.id}/relationships/messages", "GET, HEAD"),
            (self.admin, f"/conversations/{self.id}/messages", "GET, HEAD"),
            (self.admin, f"/conversations/{self.id}/transitions", "GET, HEAD"),
            (self.admin, f"/conversations/{self.id}/transitions/close", "POST"),
            (self.admin, "/conversations/unread", "GET, HEAD"), (self.admin, "/conversations/mark-all-read", "POST"),
            (self.admin, "/workflows", "GET, HEAD"), (self.admin, "/workflows/conversation_flow", "GET, HEAD"),
            (self.admin, "/workflows/conversation_flow/activate", "POST"),
            (self.admin, "/activity/orders/1", "GET, HEAD"), (self.admin, "/activity/counts", "POST"),
            (self.admin, "/openapi.json", "GET, HEAD"),
        ):
            answer = person.send("OPTIONS", path)
            self.assertEqual((answer.status, answer.headers["allow"], answer.text), (204, methods, ""), path)
            answer = person.send("PUT", path, {"data": None})
            self.assertEqual((answer.status, answer.headers["allow"]), (405, methods), path)
            self.assertEqual(answer.json["errors"][0]["code"], "method-not-allowed")
        self.assertEqual(self.admin.send("OPTIONS", "/nothing").status, 404)

    def test_head_is_get_without_the_body(self):
        own = {"date", "x-request-id"}
        for route in self.ROUTES:
            for path in (route.format(id=self.id), route.format(id=self.id) + "?colour=red"):
                get, head = self.admin.get(path), self.admin.send("HEAD", path)
                self.assertEqual((head.status, head.text), (get.status, ""), path)
                self.assertEqual([h for h in head.all_headers if h[0].lower() not in own],
                                 [h for h in get.all_headers if h[0].lower() not in own], path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
