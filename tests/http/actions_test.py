"""The action tables of the API (features A, A1-A3, A6): each resource of both applications, each method on its collection, on one
and on its relationships. 405 with Allow for what an application does not have, 404 for what one may not see, to the byte as for
what does not exist, 403 for what one sees and may not do."""

import os
import re
import unittest

from support.api import Api, places, resource, varying
from support.host import Host

READ = "GET, HEAD"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CHANGE")

# Resource: methods of the collection, of one, of each relationship.
CONVERSATION_LINKS = {"organization": READ, "lastMessage": READ, "messages": READ, "participants": READ}
WRITABLE = ("owner", "customer", "customerUser", "status", "source")
BACKOFFICE = {
    "conversations": ("GET, HEAD, POST, DELETE", "GET, HEAD, PATCH, DELETE", {
        **CONVERSATION_LINKS, **dict.fromkeys(WRITABLE, "GET, HEAD, PATCH"),
        "activityTargets": "GET, HEAD, PATCH, POST, DELETE"}),
    "conversationmessages": ("GET, HEAD, POST", READ, dict.fromkeys(
        ("conversation", "participant", "messageType", "sender", "postedBy"), READ)),
    "conversationparticipants": (READ, "GET, HEAD, PATCH", {
        "conversation": READ, "author": READ, "lastReadMessage": "GET, HEAD, PATCH"}),
    "conversationstatuses": (READ, READ, {}),
    "conversationmessagetypes": (READ, READ, {}),
    "conversationevents": (READ, READ, {"conversation": READ, "actor": READ}),
}
STOREFRONT = {
    "conversations": ("GET, HEAD, POST", READ, {**CONVERSATION_LINKS, **dict.fromkeys(WRITABLE, READ)}),
    "conversationmessages": ("GET, HEAD, POST", READ, dict.fromkeys(
        ("conversation", "participant", "messageType", "sender"), READ)),
    "conversationparticipants": BACKOFFICE["conversationparticipants"],
    "conversationstatuses": (READ, READ, {}),
    "conversationmessagetypes": (READ, READ, {}),
}
# What an application does not know at all: 404 for each method.
NOWHERE = ("/conversations/{id}/relationships/firstMessageSender", "/conversations/{id}/firstMessageSender",
           "/conversations/{id}/name", "/conversations/{id}/relationships/name", "/conversation", "/workflows/nothing",
           "/conversationparticipants/1/transitions", "/nothing/conversations")
ELSEWHERE = ("/conversationevents", "/conversationevents/1", "/conversations/{id}/relationships/activityTargets",
             "/conversations/{id}/activityTargets", "/conversations/{id}/transitions",
             "/conversations/{id}/transitions/close", "/workflows", "/workflows/conversation_flow",
             "/workflows/conversation_flow/activate", "/conversationmessages/{id}-1/relationships/postedBy",
             "/conversationmessages/{id}-1/postedBy", "/activity/counts", "/activity/orders/1", "/users")


class Actions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.people = {name: Api(cls.host, name) for name in ("admin", "charlie", "dana", "walter")}
        for name in ("amanda", "brian", "nora"):
            cls.people[name] = Api(cls.host, f"{name}@example.com")
        cls.admin, cls.amanda = cls.people["admin"], cls.people["amanda"]

    def start(self, name="Actions", **relationships):
        relationships = {"source": ("orders", "1"), "owner": ("users", "1"), **relationships}
        return self.admin.create("conversations", {"name": name, "firstMessage": "Hello"}, **relationships)["id"]

    def tables(self):
        yield self.admin, BACKOFFICE
        yield self.amanda, STOREFRONT

    def ids(self, person, id):
        """The id of one resource of each type."""
        found = {"conversations": id, "conversationmessages": f"{id}-1", "conversationstatuses": "closed",
                 "conversationmessagetypes": "text"}
        found["conversationparticipants"] = next(
            each["id"] for each in person.get(f"/conversations/{id}/participants").json["data"]
            if each["attributes"]["isMe"])
        if person is self.admin:
            found["conversationevents"] = person.get(f"/conversationevents?filter[conversation]={id}").json["data"][0]["id"]
        return found

    def addresses(self, person, table, ids):
        for kind, (collection, one, relationships) in table.items():
            yield f"/{kind}", collection
            yield f"/{kind}/{ids[kind]}", one
            for name, methods in relationships.items():
                yield f"/{kind}/{ids[kind]}/{name}", READ
                yield f"/{kind}/{ids[kind]}/relationships/{name}", methods

    def test_each_application_has_exactly_these_methods(self):
        id = self.start()
        for person, table in self.tables():
            for path, allowed in self.addresses(person, table, self.ids(person, id)):
                with self.subTest(path=person.base + path):
                    self.assertEqual(person.send("OPTIONS", path).headers.get("allow"), allowed)
                    for method in METHODS:
                        # Where it is offered, something that changes nothing: 400 for what it is, and not 405.
                        answer = person.send(method, path + "?colour=red", {})
                        if method in allowed.split(", "):
                            self.assertEqual(answer.status, 400, method)
                        else:
                            self.assertEqual((answer.status, answer.headers.get("allow")), (405, allowed), method)
                    self.assertEqual(person.get(path).status, 200)

    def test_what_only_the_back_office_has_answers_405_in_the_storefront(self):
        """Whoever asks, and whether the conversation is one that it may see: it says nothing of what there is."""
        id = self.start()
        for path in ELSEWHERE:
            self.assertNotEqual(self.admin.send("OPTIONS", path.format(id=id)).headers.get("allow", ""), "", path)
            for person, known in ((self.amanda, id), (self.people["nora"], id), (self.amanda, 99999)):
                for method in METHODS + ("OPTIONS",):
                    answer = person.send(method, path.format(id=known), {"data": None})
                    self.assertEqual((answer.status, answer.headers.get("allow")),
                                     (204 if method == "OPTIONS" else 405, ""), (path, method))
        self.assertEqual(self.amanda.get("/users/1").status, 200, "who takes part")
        self.assertEqual(self.amanda.send("PATCH", "/users/1", {"data": None}).headers["allow"], "GET, HEAD")

    def test_what_nobody_has_is_404(self):
        id = self.start()
        for person, _ in self.tables():
            for path in NOWHERE:
                for method in METHODS + ("OPTIONS",):
                    answer = person.send(method, path.format(id=id), {"data": None})
                    self.assertEqual(answer.status, 404, (person.base, path, method))

    def test_the_document_names_exactly_what_is_there(self):
        """A7: of the addresses without an id, those that are no 404 are those of the OpenAPI document."""
        documents = {person: person.get("/openapi.json").json["paths"] for person, _ in self.tables()}
        addresses = {"/" + path.split("/")[1] for named in documents.values() for path in named} | {"/activity/counts"}
        for person, named in documents.items():
            for path in sorted(addresses):
                allowed = person.send("OPTIONS", path).headers.get("allow", "")
                methods = {method.lower() for method in allowed.split(", ")} - {"", "head"}
                self.assertEqual(methods, set(named.get(path, {})) - {"parameters"}, person.base + path)

    def test_a_type_of_the_other_application_does_not_exist_for_fields(self):
        answers = [self.amanda.get(f"/conversations?fields[{kind}]=name") for kind in ("conversationevents", "nothing")]
        self.assertEqual([(answer.status, places(answer), [detail.replace(kind, "x") for detail in answer.details])
                          for answer, kind in zip(answers, ("conversationevents", "nothing"))],
                         [(400, [f"fields[{kind}]"], ['There is no type "x".']) for kind in ("conversationevents", "nothing")])
        self.assertEqual(self.amanda.get("/conversations?fields[users]=name").status, 200)
        self.assertEqual(self.admin.get("/conversations?fields[conversationevents]=").status, 200)

    def test_what_is_offered_does_what_it_says(self):
        id = self.start()
        for person, table in self.tables():
            ids = self.ids(person, id)
            for kind in table:
                self.assertEqual(person.get(f"/{kind}").json["data"][0]["type"], kind)
                self.assertEqual(person.get(f"/{kind}/{ids[kind]}").json["data"]["id"], ids[kind])
            made = person.send("POST", "/conversations", resource("conversations", {"name": "Made"}))
            self.assertEqual((made.status, made.headers["location"]), (201, made.json["data"]["links"]["self"]))
            self.assertEqual(person.get(made.headers["location"]).json["data"]["attributes"]["name"], "Made")
            said = person.send("POST", "/conversationmessages", resource(
                "conversationmessages", {"body": "Said"}, conversation=("conversations", id)))
            self.assertEqual((said.status, said.headers["location"]), (201, said.json["data"]["links"]["self"]))
            mine = ids["conversationparticipants"]
            marked = person.send("PATCH", f"/conversationparticipants/{mine}", resource(
                "conversationparticipants", id=mine, lastReadMessage=("conversationmessages", said.json["data"]["id"])))
            self.assertEqual(marked.status, 200, marked.text)
            self.assertEqual(marked.json["data"]["attributes"]["lastReadMessageIndex"],
                             said.json["data"]["attributes"]["index"])
        changed = self.admin.send("PATCH", f"/conversations/{id}", resource("conversations", {"name": "New"}, id=id))
        self.assertEqual((changed.status, changed.json["data"]["attributes"]["name"]), (200, "New"))
        gone = self.admin.send("DELETE", f"/conversations/{id}")
        self.assertEqual((gone.status, gone.text), (204, ""))
        self.assertNotIn("content-type", gone.headers)
        self.assertEqual(self.admin.get(f"/conversations/{id}").status, 404)
        self.assertEqual(self.admin.send("DELETE", f"/conversations/{id}").status, 404)

    def test_delete_many_needs_a_filter(self):
        ids = [self.start("Many"), self.start("Many"), self.start("Other")]
        for query in ("", "?sort=name", "?page[size]=1", "?filter", "?filter=", "?filter[]=1", "?include=owner",
                      "?filter[colour]=red", "?filter[name]=Many&sort=name"):
            answer = self.admin.send("DELETE", "/conversations" + query)
            self.assertEqual(answer.status, 400, (query, answer.text))
        for name in ("filter[search]", "filter[name][contains]", "filter[name]", "filter[name][not]", "filter[status]"):
            for value in ("", "%20", "%09"):
                answer = self.admin.send("DELETE", f"/conversations?{name}={value}")
                self.assertEqual(answer.status, 400, (name, value, answer.text))
        self.assertEqual([self.admin.get(f"/conversations/{id}").status for id in ids], [200] * 3)
        answer = self.admin.send("DELETE", "/conversations")
        self.assertEqual((places(answer), answer.json["errors"][0]["detail"]), (["filter"], "Deleting many needs a filter."))
        answer = self.admin.send("DELETE", "/conversations?filter[name]=Many")
        self.assertEqual((answer.status, answer.json["meta"]), (200, {"removed": 2}))
        self.assertEqual([self.admin.get(f"/conversations/{id}").status for id in ids], [404, 404, 200])
        for person in (self.amanda, self.people["nora"]):
            self.assertEqual(person.send("DELETE", "/conversations?filter[name]=Other").status, 405)
        self.assertEqual(self.people["charlie"].send("DELETE", "/conversations?filter[name]=Other").status, 403)
        self.assertEqual(self.admin.get(f"/conversations/{ids[2]}").status, 200)

    def requests_for(self, person, id):
        """Every request about the conversation of that id."""
        one = f"/conversations/{id}"
        for path in (one, f"{one}?include=owner", f"{one}/owner", f"{one}/messages", f"{one}/relationships/owner",
                     f"{one}/relationships/messages", f"{one}/relationships/participants", f"/conversationmessages/{id}-1",
                     f"/conversationmessages/{id}-1/participant", f"/conversationmessages/{id}-1/relationships/conversation",
                     f"/conversations?filter[name]=N{id}", f"/conversationmessages?filter[conversation]={id}",
                     f"/conversationparticipants?filter[conversation]={id}"):
            yield "GET", path, None
        for index in (1, -1, "x"):
            yield "POST", f"{one}/mark-read", {"meta": {"index": index}}
        yield "POST", f"{one}/mark-unread", None
        for body in ("Hello", " "):
            yield "POST", "/conversationmessages", resource("conversationmessages", {"body": body, "colour": 1} if body == " "
                                                            else {"body": body}, conversation=("conversations", id))
        if person.base == "/api":
            return
        yield "GET", f"{one}/transitions", None
        yield "GET", f"/conversationevents?filter[conversation]={id}", None
        for name in ("close", "reopen", "activate"):
            yield "POST", f"{one}/transitions/{name}", None
        for attributes in ({"name": "Seen"}, {"name": " "}, {"colour": "red"}):
            yield "PATCH", one, resource("conversations", attributes, id=id)
        yield "DELETE", one, None
        yield "DELETE", f"/conversations?filter[name]=N{id}", None
        yield "PATCH", f"{one}/relationships/owner", {"data": {"type": "users", "id": "3"}}
        for method in ("PATCH", "POST", "DELETE"):
            yield method, f"{one}/relationships/activityTargets", {"data": [{"type": "orders", "id": "2"}]}

    def test_what_one_may_not_see_answers_like_what_is_not_there(self):
        hidden = self.start()
        absent = str(int(hidden) + 40)
        self.admin.send("PATCH", f"/conversations/{hidden}", resource("conversations", {"name": f"N{hidden}"}, id=hidden))
        for name in ("dana", "walter", "nora"):
            person = self.people[name]
            for (method, path, document), (_, other, similar) in zip(self.requests_for(person, hidden),
                                                                     self.requests_for(person, absent)):
                with self.subTest(who=name, method=method, path=path):
                    for headers in ({}, {"If_Match": '"1"'}, {"If_Match": "*"}, {"If_None_Match": "*"}):
                        seen = varying(person.send(method, path, document, **headers))
                        unseen = varying(person.send(method, other, similar, **headers))
                        own_address = re.compile(rf"(?<=[=/N])({hidden}|{absent})\b")
                        self.assertEqual((*seen[:2], own_address.sub("ID", seen[2])),
                                         (*unseen[:2], own_address.sub("ID", unseen[2])))
                        self.assertTrue(seen[0] >= 400 or '"data":[]' in seen[2] or '"removed":0' in seen[2], seen)
        data = self.admin.get(f"/conversations/{hidden}").json["data"]
        self.assertEqual((data["attributes"]["name"], data["attributes"]["messagesNumber"]), (f"N{hidden}", 1))
        self.assertEqual(data["relationships"]["status"]["data"]["id"], "active")

    def test_who_may_not_see_conversations_at_all_finds_no_such_thing(self):
        id = self.start()
        walter = self.people["walter"]
        for kind in BACKOFFICE:
            nowhere = varying(walter.get("/nothing"))
            for method in ("GET", "POST", "DELETE", "OPTIONS"):
                self.assertEqual(varying(walter.send(method, f"/{kind}")),
                                 varying(walter.send(method, "/nothing")), (kind, method))
            self.assertEqual(varying(walter.get(f"/{kind}/{id}")), nowhere, kind)
        self.assertEqual(varying(walter.get("/workflows/conversation_flow")), nowhere)
        self.assertNotIn("conversations", walter.get("/openapi.json").text)

    def test_what_one_sees_and_may_not_do_is_403(self):
        id = self.start()
        charlie, dana = self.people["charlie"], self.people["dana"]
        self.assertEqual(charlie.get(f"/conversations/{id}").status, 200)
        targets = f"/conversations/{id}/relationships/activityTargets"
        order = {"data": [{"type": "orders", "id": "2"}]}
        for method, path, document in (
            ("PATCH", f"/conversations/{id}", resource("conversations", {"name": "No"}, id=id)),
            ("PATCH", f"/conversations/{id}", resource("conversations", {"name": " ", "colour": 1}, id=id)),
            ("DELETE", f"/conversations/{id}", None), ("DELETE", "/conversations?filter[name]=Actions", None),
            ("PATCH", f"/conversations/{id}/relationships/owner", {"data": {"type": "users", "id": "2"}}),
            ("PATCH", targets, order), ("POST", targets, order), ("DELETE", targets, order),
            ("POST", "/conversationmessages", resource("conversationmessages", {"body": "No"},
                                                       conversation=("conversations", id))),
            ("POST", "/workflows/conversation_flow/activate", None),
            ("POST", "/workflows/conversation_flow/deactivate", None),
        ):
            answer = charlie.send(method, path, document)
            self.assertEqual(answer.status, 403, (method, path, answer.text))
            self.assertEqual(answer.json["errors"][0]["code"], "forbidden")
        hers = dana.create("conversations", {"name": "Dana's"})["id"]
        self.assertEqual(dana.send("DELETE", f"/conversations/{hers}").json["errors"][0]["detail"],
                         "You may not delete this conversation.")
        other = next(each["id"] for each in self.admin.get(f"/conversations/{id}/participants").json["data"]
                     if not each["attributes"]["isMe"])
        answer = self.admin.send("PATCH", f"/conversationparticipants/{other}", resource(
            "conversationparticipants", id=other, lastReadMessage=("conversationmessages", f"{id}-1")))
        self.assertEqual((answer.status, answer.json["errors"][0]["detail"]),
                         (403, "You may only change your own read mark."))
        self.assertEqual(self.admin.get(f"/conversations/{id}").json["data"]["attributes"]["name"], "Actions")

    def test_A1_read_only_members_that_are_sent_are_ignored(self):
        id = self.start()
        for junk in (7, "x", None, {"data": None}, [1]):
            ignored = {"messagesNumber": junk}
            document = resource("conversations", {"name": "Ignoring", **ignored}, id=id)
            for name in ("lastMessage", "participants", "messages"):
                document["data"]["relationships"][name] = junk if not isinstance(junk, int) else {"data": []}
            answer = self.admin.send("PATCH", f"/conversations/{id}", document)
            self.assertEqual((answer.status, answer.json.get("errors")), (200, None), junk)
            data = answer.json["data"]
            self.assertEqual((data["attributes"]["messagesNumber"], data["relationships"]["lastMessage"]["data"]["id"]),
                             (1, f"{id}-1"))
            del document["data"]["id"]
            for person in (self.admin, self.amanda):
                answer = person.send("POST", "/conversations", document)
                self.assertEqual((answer.status, answer.json.get("errors")), (201, None), junk)
                self.assertEqual(answer.json["data"]["attributes"]["messagesNumber"], 0)

    def test_A6_the_storefront_takes_customer_and_customer_user_from_the_session(self):
        for customer, user, owner in ((("customers", "2"), ("customerusers", "3"), ("users", "1")), (None, None, None)):
            answer = self.amanda.send("POST", "/conversations", resource(
                "conversations", {"name": "Mine"}, customer=customer, customerUser=user, owner=owner))
            self.assertEqual(answer.status, 201, answer.text)
            relationships = answer.json["data"]["relationships"]
            self.assertEqual(relationships["customer"]["data"], {"type": "customers", "id": "1"})
            self.assertEqual(relationships["customerUser"]["data"], {"type": "customerusers", "id": "1"})

    def test_nobody_in_the_storefront_chooses_its_clerk_by_naming_one_as_the_source(self):
        usual = self.people["nora"].create("conversations", {"name": "Usual"})["relationships"]["owner"]["data"]
        for user in ("1", "2", "3"):
            answer = self.people["nora"].send("POST", "/conversations", resource(
                "conversations", {"name": "For one"}, source=("users", user)))
            if answer.status == 201:
                self.assertEqual(answer.json["data"]["relationships"]["owner"]["data"], usual, user)

    def test_D6_a_customer_stays_as_long_as_its_customer_user(self):
        one = f"/conversations/{self.start()}"
        answer = self.admin.send("PATCH", f"{one}/relationships/customer", {"data": None})
        self.assertEqual(answer.status, 422, answer.text)
        self.assertEqual(answer.json["errors"][0]["code"], "customer-mismatch")
        for name in ("customerUser", "customer"):
            answer = self.admin.send("PATCH", f"{one}/relationships/{name}", {"data": None})
            self.assertEqual((answer.status, answer.json["data"]), (200, None), name)

    def test_A5_every_wrong_member_at_once_with_its_pointer(self):
        document = resource("conversations", {"name": "a" * 256, "colour": 1, "createdAt": "2026-01-01T00:00:00Z"},
                            owner=("orders", "1"), customer=("customers", "99"), friend=("users", "1"),
                            activityTargets=[("orders", "1"), ("users", "x" * 65), ("nothing", "1")])
        document["data"]["relationships"]["source"] = {}
        answer = self.admin.send("POST", "/conversations", document)
        self.assertEqual(answer.status, 422, answer.text)
        self.assertEqual(places(answer), [
            "/data/attributes/colour", "/data/attributes/createdAt", "/data/attributes/name",
            "/data/relationships/activityTargets/data/1/id", "/data/relationships/activityTargets/data/2/type",
            "/data/relationships/customer", "/data/relationships/friend", "/data/relationships/owner/data/type",
            "/data/relationships/source"])
        for error in answer.json["errors"]:
            self.assertEqual(error["status"], "422")
            self.assertTrue(error["code"] and error["title"] and error["detail"].endswith("."), error)
        answer = self.amanda.send("POST", "/conversationmessages", resource(
            "conversationmessages", {"body": 7, "visibility": "internal", "index": 4},
            conversation=("orders", "1"), postedBy=("users", "1")))
        self.assertEqual((answer.status, places(answer)), (422, [
            "/data/attributes/body", "/data/attributes/index", "/data/attributes/visibility",
            "/data/relationships/conversation/data/type", "/data/relationships/postedBy"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
