"""JSON:API 1.1, "Creating, Updating and Deleting Resources", and versions (A8): ETag, If-Match, 412."""

import unittest

from support.api import Api, places, resource
from support.both_sides import BothSides


def version_of(etag):
    return etag.strip('"').partition("-")[0]


class Writing(BothSides):
    def setUp(self):
        self.conversation = self.admin.create("conversations", {"name": "One", "firstMessage": "Hello"},
                                              source=("orders", "1"), owner=("users", "2"))
        self.id = self.conversation["id"]
        self.path = f"/conversations/{self.id}"

    def refused(self, answer, status, *pointers):
        self.assertEqual((answer.status, places(answer)), (status, sorted(pointers)), answer.text)
        for error in answer.json["errors"]:
            self.assertTrue(error["code"] and error["title"] and error["detail"] and error["status"], error)

    def patch(self, attributes=None, headers=None, **relationships):
        return self.admin.send("PATCH", self.path, resource("conversations", attributes, id=self.id, **relationships),
                               **(headers or {}))

    def now(self):
        return self.admin.get(self.path)

    def targets(self):
        return [(ref["type"], ref["id"])
                for ref in self.admin.get(f"{self.path}/relationships/activityTargets").json["data"]]

    # Creating

    def test_201_has_location_self_and_the_whole_resource(self):
        for person in (self.admin, self.amanda):
            for kind, document in (("conversations", resource("conversations", {"name": "Two"})),
                                   ("conversationmessages", resource("conversationmessages", {"body": "Two"},
                                                                     conversation=("conversations", self.id)))):
                answer = person.send("POST", f"/{kind}", document)
                self.assertEqual(answer.status, 201, answer.text)
                data = answer.json["data"]
                self.assertEqual(answer.headers["location"], f"{person.base}/{kind}/{data['id']}")
                self.assertEqual(data["links"]["self"], answer.headers["location"])
                self.assertEqual(answer.json["links"]["self"], answer.headers["location"])
                self.assertEqual(person.get(answer.headers["location"]).json["data"], data)

    def test_an_id_of_the_client_is_403(self):
        for id in ("5", "550e8400-e29b-41d4-a716-446655440000", "", 5, None):
            document = resource("conversations", {"name": "Mine"})
            document["data"]["id"] = id
            self.refused(self.admin.send("POST", "/conversations", document), 403, "/data/id")

    def test_a_local_id_is_a_text_and_no_more(self):
        document = resource("conversations", {"name": "Local"})
        document["data"]["lid"] = "conversation-1"
        answer = self.admin.send("POST", "/conversations", document)
        self.assertEqual(answer.status, 201, answer.text)
        self.assertNotIn("lid", answer.json["data"])
        document["data"]["lid"] = 7
        self.refused(self.admin.send("POST", "/conversations", document), 422, "/data/lid")
        document = resource("conversations", {"name": "Local"})
        document["data"]["relationships"]["owner"] = {"data": {"type": "users", "lid": "user-1"}}
        self.refused(self.admin.send("POST", "/conversations", document), 422, "/data/relationships/owner/data/id")

    def test_another_type_is_409(self):
        for method, path in (("POST", "/conversations"), ("PATCH", self.path)):
            document = resource("orders", {"name": "x"}, id=self.id if method == "PATCH" else None)
            self.refused(self.admin.send(method, path, document), 409, "/data/type")
        document = resource("orders", {"colour": "red", "name": ""})
        self.refused(self.admin.send("POST", "/conversations", document), 409, "/data/attributes/colour",
                     "/data/attributes/name", "/data/type")
        for wrong in (None, 7, {}):
            document = resource("conversations", {"name": "x"})
            document["data"]["type"] = wrong
            self.refused(self.admin.send("POST", "/conversations", document), 422, "/data/type")
        self.refused(self.admin.send("POST", "/conversations", {"data": {"attributes": {"name": "x"}}}), 422, "/data/type")

    def test_what_is_no_resource_object(self):
        for document in ({}, {"data": None}, {"data": []}, {"data": "x"}, {"meta": {}}, {"errors": []},
                         {"data": [{"type": "conversations"}]}):
            for method, path in (("POST", "/conversations"), ("PATCH", self.path)):
                self.refused(self.admin.send(method, path, document), 422, "/data")
        for body in ("", "{", "[]", "null", "7", '"x"', '{"data":{"type":"conversations","type":"conversations"}}'):
            answer = self.admin.send("POST", "/conversations", body)
            self.assertEqual(answer.status, 400, body)
        for part in ("attributes", "relationships"):
            for wrong in (None, [], "x", 7):
                document = {"data": {"type": "conversations", "id": self.id, part: wrong}}
                self.refused(self.admin.send("PATCH", self.path, document), 422, f"/data/{part}")

    def test_members_that_the_format_does_not_know_are_overlooked(self):
        document = resource("conversations", {"name": "Extra", "@type": "x"}, owner=("users", "3"))
        document.update({"jsonapi": {"version": "1.1"}, "included": [], "colour": "red", "@context": {"x": [1]},
                         "links": {"self": "/x"}, "meta": {"a": 1}})
        document["data"].update({"colour": "red", "@id": 7, "links": {"self": "/x"}, "meta": {"a": 1}})
        document["data"]["relationships"]["@friends"] = 7
        document["data"]["relationships"]["owner"].update({"@a": 1, "colour": 2, "links": {}, "meta": {}})
        document["data"]["relationships"]["owner"]["data"].update({"@a": 1, "colour": 2, "meta": {"b": 1}})
        answer = self.admin.send("POST", "/conversations", document)
        self.assertEqual(answer.status, 201, answer.text)
        self.assertEqual(answer.json["data"]["attributes"]["name"], "Extra")
        self.assertNotIn("@", answer.text.replace("@example", ""))
        document["data"]["id"] = self.id
        self.assertEqual(self.admin.send("PATCH", self.path, document).status, 200)
        linkage = {"data": {"type": "users", "id": "1", "@a": 1, "colour": 2, "meta": {"b": 1}}, "colour": 1, "@b": 2}
        self.assertEqual(self.admin.send("PATCH", self.path + "/relationships/owner", linkage).status, 200)
        marked = self.admin.send("POST", self.path + "/mark-read", {"meta": {"index": 1, "@a": 1}, "colour": 1})
        self.assertEqual(marked.status, 200, marked.text)

    def test_a_relationship_needs_data_of_its_kind(self):
        for name, wrong, pointer in (
            ("owner", None, ""), ("owner", [], ""), ("owner", {}, ""), ("owner", {"links": {}}, ""),
            ("owner", {"data": []}, "/data"), ("owner", {"data": "x"}, "/data"),
            ("owner", {"data": {"type": "users"}}, "/data/id"), ("owner", {"data": {"id": "1"}}, "/data/type"),
            ("owner", {"data": {"type": "users", "id": 1}}, "/data/id"),
            ("owner", {"data": {"type": "users", "id": ""}}, "/data/id"),
            ("owner", {"data": {"type": "orders", "id": "1"}}, "/data/type"),
            ("status", {"data": None}, "/data"), ("activityTargets", {"data": None}, "/data"),
            ("activityTargets", {"data": {"type": "orders", "id": "1"}}, "/data"),
            ("activityTargets", {"data": [None]}, "/data/0"),
        ):
            document = resource("conversations", {"name": "x"}, id=self.id)
            document["data"]["relationships"][name] = wrong
            self.refused(self.admin.send("PATCH", self.path, document), 422, f"/data/relationships/{name}{pointer}")
            del document["data"]["id"]
            self.refused(self.admin.send("POST", "/conversations", document), 422, f"/data/relationships/{name}{pointer}")

    # Updating

    def test_what_a_patch_leaves_out_stays(self):
        before = self.now().json["data"]
        answer = self.patch({"name": "Renamed"})
        self.assertEqual(answer.status, 200, answer.text)
        after = answer.json["data"]
        self.assertEqual(after, self.now().json["data"], "as a GET would show it")
        self.assertEqual(after["relationships"], before["relationships"])
        self.assertEqual({**after["attributes"], "name": "", "updatedAt": ""},
                         {**before["attributes"], "name": "", "updatedAt": ""})
        answer = self.patch(owner=("users", "3"))
        self.assertEqual(answer.json["data"]["attributes"]["name"], "Renamed")
        self.assertEqual(answer.json["data"]["relationships"]["owner"]["data"]["id"], "3")
        unchanged = self.patch()
        self.assertEqual((unchanged.status, unchanged.headers["etag"]), (200, answer.headers["etag"]))

    def test_another_id_than_that_of_the_address_is_409(self):
        for id in ("999", "", self.id + " "):
            self.refused(self.admin.send("PATCH", self.path, resource("conversations", {"name": "x"}, id=id)), 409, "/data/id")
        for document in (resource("conversations", {"name": "x"}), {"data": {"type": "conversations", "id": 1}}):
            self.refused(self.admin.send("PATCH", self.path, document), 422, "/data/id")
        self.assertEqual(self.now().json["data"]["attributes"]["name"], "One")

    def test_what_is_not_there_cannot_be_changed(self):
        for id in ("999", "x", "0", "-1"):
            for method, path, document in (("PATCH", "", resource("conversations", {"name": "x"}, id=id)),
                                           ("DELETE", "", None),
                                           ("PATCH", "/relationships/owner", {"data": None}),
                                           ("POST", "/relationships/activityTargets", {"data": []}),
                                           ("DELETE", "/relationships/activityTargets", {"data": []}),
                                           ("POST", "/transitions/close", None), ("POST", "/mark-unread", None)):
                self.assertEqual(self.admin.send(method, f"/conversations/{id}{path}", document).status, 404, (id, path))

    def test_nothing_of_a_refused_update_is_done(self):
        before = self.now().json
        self.refused(self.patch({"name": "Half"}, owner=("users", "99")), 422, "/data/relationships/owner")
        self.refused(self.patch({"name": "x" * 256}, owner=("users", "3")), 422, "/data/attributes/name")
        self.assertEqual(self.now().json, before)

    # Relationships

    def test_to_one(self):
        path = self.path + "/relationships/owner"
        answer = self.admin.send("PATCH", path, {"data": {"type": "users", "id": "3"}})
        self.assertEqual((answer.status, answer.json["data"]), (200, {"type": "users", "id": "3"}))
        self.assertEqual(version_of(answer.headers["etag"]), version_of(self.now().headers["etag"]))
        self.assertEqual(self.admin.get(path).json["data"], {"type": "users", "id": "3"})
        source = self.path + "/relationships/source"
        answer = self.admin.send("PATCH", source, {"data": None})
        self.assertEqual((answer.status, answer.json["data"]), (200, None))
        self.assertIsNone(self.now().json["data"]["relationships"]["source"]["data"])
        self.refused(self.admin.send("PATCH", path, {"data": None}), 422, "/data")  # somebody is responsible
        for document, status, pointer in (({}, 422, "/data"), ({"data": []}, 422, "/data"), ({"data": "x"}, 422, "/data"),
                                          ({"data": {"type": "users"}}, 422, "/data/id"),
                                          ({"data": {"id": "1"}}, 422, "/data/type"),
                                          ({"data": {"type": "orders", "id": "1"}}, 409, "/data/type"),
                                          ({"data": {"type": "nothing", "id": "1"}}, 409, "/data/type"),
                                          ({"data": {"type": "users", "id": "99"}}, 422, "/data")):
            self.refused(self.admin.send("PATCH", path, document), status, pointer)
        for name in ("status", "source", "customer", "customerUser"):
            self.refused(self.admin.send("PATCH", f"{self.path}/relationships/{name}",
                                         {"data": {"type": "websites", "id": "1"}}), 409, "/data/type")
        self.refused(self.admin.send("PATCH", self.path + "/relationships/status", {"data": None}), 422, "/data")

    def test_to_many(self):
        path = self.path + "/relationships/activityTargets"

        def send(method, *refs):
            answer = self.admin.send(method, path, {"data": [{"type": type, "id": id} for type, id in refs]})
            self.assertEqual(answer.status, 200, answer.text)
            shown = [(ref["type"], ref["id"]) for ref in answer.json["data"]]
            self.assertEqual(shown, self.targets(), "the answer shows the relationship as it is now")
            self.assertEqual(len(shown), len(set(shown)))
            return set(shown)

        self.assertEqual(send("PATCH", ("orders", "1")), {("orders", "1")})
        self.assertEqual(send("POST", ("orders", "2"), ("rfqs", "1")), {("orders", "1"), ("orders", "2"), ("rfqs", "1")})
        self.assertEqual(send("POST", ("orders", "2"), ("orders", "2")), {("orders", "1"), ("orders", "2"), ("rfqs", "1")},
                         "what is there is not added again")
        self.assertEqual(send("DELETE", ("orders", "2"), ("quotes", "2")), {("orders", "1"), ("rfqs", "1")},
                         "what is missing already is no fault")
        self.assertEqual(send("DELETE", ("orders", "2")), {("orders", "1"), ("rfqs", "1")})
        self.assertEqual(send("POST"), {("orders", "1"), ("rfqs", "1")})
        self.assertEqual(send("PATCH", ("orders", "3"), ("orders", "3")), {("orders", "3")}, "replaced wholly")
        self.assertEqual(send("PATCH"), set())

    def test_to_many_whole_or_not_at_all(self):
        path = self.path + "/relationships/activityTargets"
        before = self.targets()
        good = {"type": "orders", "id": "2"}
        for method in ("POST", "PATCH", "DELETE"):
            for data, status, pointers in (
                (None, 422, ["/data"]), (good, 422, ["/data"]), ("x", 422, ["/data"]),
                ([good, None], 422, ["/data/1"]), ([good, {"type": "orders"}], 422, ["/data/1/id"]),
                ([good, {"id": "1"}], 422, ["/data/1/type"]),
                ([good, {"type": "websites", "id": "1"}], 409, ["/data/1/type"]),
                ([{"type": "websites", "id": "1"}, {"type": "orders"}], 400, ["/data/0/type", "/data/1/id"])):
                self.refused(self.admin.send(method, path, {"data": data}), status, *pointers)
            self.refused(self.admin.send(method, path, {}), 422, "/data")
        for method in ("POST", "PATCH"):
            answer = self.admin.send(method, path, {"data": [good, {"type": "orders", "id": "999"}]})
            self.refused(answer, 422, "/data/1")
        self.assertEqual(self.targets(), before)

    # Versions

    def test_A8_if_match(self):
        etag = self.now().headers["etag"]
        answer = self.patch({"name": "Two"}, {"If_Match": etag})
        self.assertEqual(answer.status, 200)
        newer = answer.headers["etag"]
        self.assertNotEqual(newer, etag)
        self.assertEqual(newer, self.now().headers["etag"])
        writes = (("PATCH", "", resource("conversations", {"name": "Late"}, id=self.id)),
                  ("PATCH", "/relationships/owner", {"data": None}),
                  ("POST", "/relationships/activityTargets", {"data": [{"type": "orders", "id": "3"}]}),
                  ("DELETE", "/relationships/activityTargets", {"data": [{"type": "orders", "id": "1"}]}),
                  ("POST", "/transitions/close", None), ("DELETE", "", None))
        before = self.now().json
        for method, path, document in writes:
            answer = self.admin.send(method, self.path + path, document, If_Match=etag)
            self.assertEqual(answer.status, 412, (method, path, answer.text))
            error = answer.json["errors"][0]
            self.assertEqual((error["status"], error["code"], error["detail"]),
                             ("412", "stale", "Somebody has changed this meanwhile."))
            self.assertEqual(str(error["meta"]["version"]), version_of(newer), "D16: the newer version comes along")
            for none in ("W/" + newer, newer.strip('"'), "x", '"x"', '""', '"0"', '"-1"', '"99999999999999999999"'):
                answer = self.admin.send(method, self.path + path, document, If_Match=none)
                self.assertEqual((answer.status, places(answer)), (412, ["If-Match"]), (method, path, none))
        self.assertEqual(self.now().json, before, "nothing lost")
        self.assertEqual(self.patch({"name": "Any"}, {"If_Match": "*"}).status, 200)
        self.assertEqual(self.admin.send("PATCH", "/conversations/999", resource("conversations", {}, id="999"),
                                         If_Match="*").status, 404)
        last = self.now().headers["etag"]
        self.assertEqual(self.admin.send("DELETE", self.path, If_Match=last).status, 204)

    def test_A8_any_tag_of_a_list_will_do(self):
        one = self.now().headers["etag"]
        two = self.patch({"name": "Two"}).headers["etag"]
        for tags in (f'{one}, {two}', f'"x,y" ,,{two}', f'{two},{one}', f'"x", "y", {version_of(two).join(chr(34) * 2)}'):
            answer = self.patch({"name": "Two"}, {"If_Match": tags})
            self.assertEqual((answer.status, version_of(answer.headers["etag"])), (200, version_of(two)), tags)
            self.assertEqual(self.admin.get(self.path, If_Match=tags).status, 200, tags)
        for tags in (f'{one}, "x"', f'W/{two}, {one}', f'"x", {two} y', f'"x,{version_of(two)}"', "*, x"):
            self.assertEqual(self.patch({"name": "Late"}, {"If_Match": tags}).status, 412, tags)
            self.assertEqual(self.admin.get(self.path, If_Match=tags).status, 412, tags)
        both = f"{one}, {two}"
        self.assertEqual(self.admin.send("POST", f"{self.path}/transitions/close", If_Match=both).status, 200)
        self.assertEqual(self.admin.send("DELETE", self.path, If_Match=both).status, 412, "a transition is an edit")
        self.assertEqual(self.admin.send("DELETE", self.path, If_Match=f"{both}, {self.now().headers['etag']}").status, 204)
        self.assertEqual(self.admin.send("DELETE", self.path, If_Match=both).status, 404)

    def test_A8_if_none_match_of_a_write_is_412_for_what_is_there(self):
        tag = self.now().headers["etag"]
        before = self.now().json
        for none in ("*", tag, f'"x", W/{tag}'):
            for method, path, document in (("PATCH", "", resource("conversations", {"name": "Two"}, id=self.id)),
                                           ("PATCH", "/relationships/owner", {"data": None}), ("DELETE", "", None)):
                answer = self.admin.send(method, self.path + path, document, If_None_Match=none)
                self.refused(answer, 412, "If-None-Match")
        self.assertEqual(self.now().json, before)
        for method in ("PATCH", "DELETE"):
            document = resource("conversations", {}, id="999") if method == "PATCH" else None
            self.assertEqual(self.admin.send(method, "/conversations/999", document, If_None_Match="*").status, 404)
        self.assertEqual(self.patch({"name": "Two"}, {"If_None_Match": '"99"'}).status, 200)

    def test_A8_what_is_not_there_or_not_allowed_is_said_before_412(self):
        theirs = self.admin.create("conversations", {"name": "Theirs"}, owner=("users", "1"))["id"]
        seen = Api(self.host, "charlie")
        unseen = Api(self.host, "dana")
        participant = self.admin.get(f"/conversations/{theirs}/participants").json["data"][0]["id"]
        mark = resource("conversationparticipants", id=participant, lastReadMessage=("conversationmessages", f"{theirs}-1"))
        one = f"/conversations/{theirs}"
        for person, status in ((seen, 403), (unseen, 404)):
            for method, path, document in (
                ("PATCH", one, resource("conversations", {"name": "Mine"}, id=theirs)), ("DELETE", one, None),
                ("PATCH", f"{one}/relationships/owner", {"data": None}),
                ("POST", f"{one}/relationships/activityTargets", {"data": [{"type": "orders", "id": "3"}]}),
                ("PATCH", f"/conversationparticipants/{participant}", mark),
            ):
                for condition in ({"If_Match": "x"}, {"If_Match": '"99"'}, {"If_Match": '"98", "99"'},
                                  {"If_None_Match": "*"}):
                    if "participants" in path and "If_None_Match" in condition:
                        continue
                    answer = person.send(method, path, document, **condition)
                    self.assertEqual(answer.status, status, (method, path, condition, answer.text))
        self.refused(unseen.send("DELETE", "/conversations?filter[name]=One", If_Match='"99"'), 403, "")
        self.refused(self.admin.send("POST", "/conversations", resource("conversations", {"name": ""}), If_Match='"99"'),
                     422, "/data/attributes/name")
        total = "/conversations?page[total]=true&page[size]=1"
        before = self.admin.get(total).json["meta"]
        answer = self.admin.send("POST", "/conversations", resource("conversations", {"name": "Late"}), If_Match='"99"')
        self.refused(answer, 412, "If-Match")
        self.assertEqual(self.admin.get(total).json["meta"], before)

    def test_A8_a_version_that_is_expected_where_there_is_none_is_412(self):
        mine = next(each["id"] for each in self.admin.get(self.path + "/participants").json["data"]
                    if each["attributes"]["isMe"])
        mark = ("conversationmessages", f"{self.id}-1")
        before = self.now().json
        total = self.admin.get("/conversations?page[number]=1&page[size]=1").json["meta"]
        for method, path, document in (
            ("POST", "/conversations", resource("conversations", {"name": "Late"})),
            ("POST", "/conversationmessages", resource("conversationmessages", {"body": "Late"},
                                                       conversation=("conversations", self.id))),
            ("DELETE", "/conversations?filter[name]=One", None), ("POST", "/conversations/mark-all-read", None),
            ("POST", "/workflows/conversation_flow/deactivate", None),
            ("POST", self.path + "/mark-unread", None), ("POST", self.path + "/mark-read", {"meta": {"index": 1}}),
            ("PATCH", f"/conversationparticipants/{mine}",
             resource("conversationparticipants", id=mine, lastReadMessage=mark)),
            ("PATCH", f"/conversationparticipants/{mine}/relationships/lastReadMessage",
             {"data": {"type": mark[0], "id": mark[1]}}), ("GET", self.path, None), ("HEAD", self.path, None),
        ):
            answer = self.admin.send(method, path, document, If_Match='"99"')
            self.assertEqual(answer.status, 412, (method, path, answer.text))
        self.assertEqual(self.now().json, before)
        self.assertEqual(self.admin.get("/conversations?page[number]=1&page[size]=1").json["meta"], total)
        for method, path in (("GET", self.path), ("HEAD", self.path), ("POST", self.path + "/mark-unread"),
                             ("POST", "/conversations/mark-all-read")):
            self.assertEqual(self.admin.send(method, path, If_Match="*").status, 200, (path, "any version will do"))
        etag = self.now().headers["etag"]
        self.assertEqual(self.admin.get(self.path, If_Match=etag).status, 200)
        self.assertEqual(self.admin.send("POST", self.path + "/mark-unread", If_Match=etag).status, 200)
        answer = self.amanda.send("POST", self.path + "/mark-unread", If_Match=etag)
        self.assertEqual((answer.status, answer.json["errors"][0]["meta"]), (412, {"header": "If-Match"}),
                         "the storefront learns of no version")

    def test_a_message_is_no_edit(self):
        etag = self.now().headers["etag"]
        self.amanda.create("conversationmessages", {"body": "More"}, conversation=("conversations", self.id))
        self.assertNotEqual(self.now().headers["etag"], etag, "what is shown has changed")
        self.assertEqual(self.admin.get(self.path, If_None_Match=etag).status, 200)
        self.assertEqual(self.patch({"name": "Two"}, {"If_Match": etag}).status, 200)

    def test_A7_an_operation_on_one_answers_one_and_says_so(self):
        document = self.admin.get("/openapi.json").json
        for name, body in (("mark-read", {"meta": {"index": 1}}), ("mark-unread", None)):
            data = self.admin.send("POST", f"{self.path}/{name}", body).json["data"]
            self.assertEqual((data["type"], data["id"]), ("conversations", self.id))
            answer = document["paths"][f"/conversations/{{id}}/{name}"]["post"]["responses"]["200"]
            promised = next(iter(answer["content"].values()))["schema"]["properties"]["data"]
            self.assertEqual(list(promised), ["$ref"], "a resource, and no list")

    # What people read

    def test_D6_D8_D14_W6_sentences(self):
        blank = "This value should not be blank."
        say = ("conversationmessages", self.id)

        def details(answer, status):
            self.assertEqual(answer.status, status, answer.text)
            return [error["detail"] for error in answer.json["errors"]]

        def message(body):
            return resource("conversationmessages", {"body": body}, conversation=("conversations", say[1]))

        self.assertEqual(details(self.admin.send("POST", "/conversations", resource("conversations", {"name": " "})), 422),
                         [blank])
        self.assertEqual(details(self.patch({"name": ""}, source=None), 422), [blank])
        named = self.admin.create("conversations", {}, source=("orders", "1"))
        self.assertEqual(named["attributes"]["name"], "Order ORD-1001")
        for body in ("", " \n\t", "\u00a0\u200b"):
            self.assertEqual(details(self.amanda.send("POST", "/conversationmessages", message(body)), 422), [blank])
        self.assertEqual(details(self.patch({"name": "x" * 256}), 422),
                         ["This value is too long. It should have 255 characters or less."])
        self.assertEqual(self.patch({"name": "\U0001f600" * 255}).status, 200, "characters, not bytes")
        self.assertEqual(details(self.admin.send("POST", "/conversationmessages", message("x" * 65537)), 422),
                         ["This message is too long. It should have 65,536 bytes or less."])
        self.assertEqual(self.admin.send("POST", "/conversationmessages", message("x" * 65536)).status, 201)
        self.assertEqual(details(self.admin.send("POST", "/conversationmessages", message("a\0b")), 422),
                         ["This value must not contain a NUL character."])
        self.assertEqual(details(self.patch(customer=("customers", "1"), customerUser=("customerusers", "3")), 422),
                         ["The customer user does not belong to the customer."])
        self.assertEqual(details(self.patch(status=("conversationstatuses", "closed")), 422),
                         ["The status is directed by the workflow."])
        self.assertEqual(self.admin.send("POST", self.path + "/transitions/close").status, 200)
        self.assertEqual(details(self.admin.send("POST", self.path + "/transitions/close"), 409),
                         ["This transition does not apply. The status is now Closed."])
        for person in (self.admin, self.amanda):
            self.assertEqual(details(person.send("POST", "/conversationmessages", message("x")), 409),
                             ["This conversation is closed."])


if __name__ == "__main__":
    unittest.main(verbosity=2)
