"""JSON:API 1.1, "Document Structure" and "Fetching Data", and the cursor pagination profile."""

import base64
import json
import re
import unittest

from support.api import places
from support.both_sides import BothSides

NAME = re.compile(r"^[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?$")
TOP = {"data", "errors", "meta", "jsonapi", "links", "included"}


class Fetching(BothSides):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conversations = [cls.admin.create("conversations", {"name": f"Talk {i}", "firstMessage": "Hello"},
                                              source=("orders", "1"), owner=("users", "2")) for i in range(7)]
        cls.id = cls.conversations[0]["id"]
        for person, body in ((cls.amanda, "two"), (cls.admin, "three"), (cls.admin, "four")):
            person.create("conversationmessages", {"body": body}, conversation=("conversations", cls.id))
        cls.bare = cls.admin.create("conversations", {"name": "Bare"}, owner=None)

    def resources(self, document):
        data = document.get("data")
        primary = data if isinstance(data, list) else [data] if data else []
        return primary, document.get("included", [])

    def check_names(self, value, where):
        if isinstance(value, dict):
            for name, inner in value.items():
                self.assertRegex(name, NAME, where)
                self.check_names(inner, where)
        elif isinstance(value, list):
            for inner in value:
                self.check_names(inner, where)

    def check(self, document, where):
        """What holds for each document: top level, members, links, linkage, nothing twice."""
        self.assertLessEqual(set(document), TOP, where)
        self.assertTrue({"data", "errors", "meta"} & set(document), where)
        self.assertFalse({"data", "errors"} <= set(document), where)
        self.assertTrue("data" in document or "included" not in document, where)
        primary, included = self.resources(document)
        refs = [(r["type"], r["id"]) for r in primary + included]
        self.assertEqual(len(refs), len(set(refs)), f"{where}: a resource twice")
        linked = set(refs[:len(primary)])
        for each in primary + included:
            self.assertLessEqual(set(each), {"type", "id", "attributes", "relationships", "links", "meta"}, where)
            self.assertIsInstance(each["id"], str)
            attributes, relationships = each.get("attributes", {}), each.get("relationships", {})
            self.assertFalse(set(attributes) & set(relationships), f"{where}: one name for two fields")
            self.assertFalse({"type", "id"} & (set(attributes) | set(relationships)), where)
            self.check_names({**attributes, **dict.fromkeys(relationships)}, where)
            for name, relationship in relationships.items():
                self.assertTrue({"links", "data", "meta"} & set(relationship), f"{where}: {name}")
                data = relationship.get("data") or []
                for ref in data if isinstance(data, list) else [data]:
                    self.assertEqual(set(ref), {"type", "id"}, where)
                    linked.add((ref["type"], ref["id"]))
        for each in included:
            self.assertIn((each["type"], each["id"]), linked, f"{where}: no full linkage")
        return primary, included

    def test_every_document_has_the_form(self):
        for person, paths in ((self.admin, (
                "/conversations", f"/conversations/{self.id}", "/conversationmessages", "/conversationparticipants",
                "/conversationstatuses", "/conversationmessagetypes", "/conversationevents", "/workflows",
                "/workflows/conversation_flow", "/activity/orders/1", "/conversations/unread", "/orders", "/users",
                f"/conversations/{self.id}/transitions", f"/conversations/{self.id}/owner",
                f"/conversations/{self.id}/relationships/owner", "/conversations/999",
                "/conversations?include=owner,source,status,lastMessage.participant.author,activityTargets",
                "/conversationmessages?include=conversation.owner,participant.author,messageType,sender,postedBy",
                "/conversationevents?include=conversation.lastMessage,actor")),
                (self.amanda, ("/conversations?include=owner,source,lastMessage.participant", "/conversationmessages",
                               "/conversationparticipants?include=author,lastReadMessage", "/conversations/unread"))):
            for path in paths:
                answer = person.get(path)
                self.assertIn(answer.status, (200, 404), path)
                self.check(answer.json, path)

    def test_links_can_be_followed(self):
        primary, included = self.check(self.admin.get("/conversations?include=owner,source,lastMessage,status").json, "")
        for each in primary[:2] + included:
            link = each["links"]["self"]
            found = self.admin.get(link).json
            self.assertEqual((found["data"]["type"], found["data"]["id"]), (each["type"], each["id"]))
        for path in ("/conversations?page[size]=2&sort=name", f"/conversations/{self.id}",
                     f"/conversations/{self.id}?include=owner&fields[users]=name", f"/conversations/{self.id}/owner",
                     f"/conversations/{self.id}/relationships/messages?page[size]=2", "/activity/orders/1?page[size]=1"):
            document = self.admin.get(path).json
            again = self.admin.get(document["links"]["self"]).json
            self.assertEqual(again, document, "self is what generated the document")

    def test_relationship_documents(self):
        for name, data in (("owner", {"type": "users", "id": "2"}), ("source", {"type": "orders", "id": "1"}),
                           ("status", {"type": "conversationstatuses", "id": "active"}),
                           ("lastMessage", {"type": "conversationmessages", "id": f"{self.id}-4"})):
            document = self.admin.get(f"/conversations/{self.id}/relationships/{name}").json
            self.assertEqual(document["data"], data)
            self.assertEqual(document["links"]["self"], f"/admin/api/conversations/{self.id}/relationships/{name}")
            related = self.admin.get(document["links"]["related"]).json["data"]
            self.assertEqual((related["type"], related["id"]), (data["type"], data["id"]))
        many = self.admin.get(f"/conversations/{self.id}/relationships/messages").json
        self.assertEqual([ref["id"] for ref in many["data"]], [f"{self.id}-{i}" for i in (4, 3, 2, 1)],
                         "A1: newest first")
        self.assertEqual(set(many["data"][0]), {"type", "id"} | ({"meta"} & set(many["data"][0])))

    def test_what_is_empty_is_null_or_an_empty_list(self):
        id = self.bare["id"]
        for name in ("source", "customer", "customerUser", "lastMessage"):
            for path in (f"/conversations/{id}/{name}", f"/conversations/{id}/relationships/{name}"):
                answer = self.admin.get(path)
                self.assertEqual((answer.status, answer.json["data"]), (200, None), path)
        for path in (f"/conversations/{id}/messages", f"/conversations/{id}/relationships/messages",
                     "/conversations?filter[name]=nothing"):
            self.assertEqual(self.admin.get(path).json["data"], [], path)

    def test_what_is_not_there_is_404(self):
        for path in ("/conversations/999", "/conversations/999/owner", "/conversations/999/messages",
                     "/conversations/999/relationships/owner", "/conversations/999/relationships/messages",
                     f"/conversations/{self.id}/nothing", f"/conversations/{self.id}/relationships/nothing",
                     "/nothing", "/nothing/1", "/conversations/999/transitions", "/activity/nothing/1",
                     "/workflows/nothing", "/conversations/", f"/conversations/{self.id}/", "//conversations"):
            answer = self.admin.get(path)
            self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (404, "not-found"), path)

    def test_include(self):
        base = f"/conversations/{self.id}?include="
        primary, included = self.check(self.admin.get(base + "owner,lastMessage.participant.author").json, "include")
        self.assertEqual({each["type"] for each in included},
                         {"users", "conversationmessages", "conversationparticipants"}, "steps between come along")
        self.assertEqual(len(primary), 1)
        self.assertNotIn("included", self.admin.get(f"/conversations/{self.id}").json)
        empty = self.admin.get(f"/conversations/{self.bare['id']}?include=source").json
        self.assertEqual(empty["included"], [], "asked for, and nothing there")
        for wrong in ("friends", "owner.friends", "name", "messages", "participants", "owner,friends", ",", "owner.",
                      ".owner", "owner,,source"):
            answer = self.admin.get(base + wrong)
            self.assertEqual((answer.status, set(places(answer))), (400, {"include"}), wrong)
        self.assertEqual(self.admin.get(f"/conversations/{self.id}/relationships/owner?include=owner").status, 400)

    def test_a_resource_that_several_point_to_is_included_once(self):
        _, included = self.check(self.admin.get(
            "/conversations?include=owner,source,lastMessage.participant.author,activityTargets").json, "once")
        self.assertEqual(len([each for each in included if each["type"] == "orders"]), 1)
        primary, included = self.check(self.admin.get(
            "/conversationmessages?include=conversation.lastMessage&page[size]=100").json, "primary")
        self.assertFalse({each["id"] for each in included if each["type"] == "conversationmessages"})
        self.assertGreater(len(primary), 9)

    def test_sparse_fieldsets(self):
        def fields(each):
            return set(each.get("attributes", {})) | set(each.get("relationships", {}))

        document = self.admin.get(f"/conversations/{self.id}?include=owner,lastMessage&fields[conversations]=name,owner"
                                  "&fields[users]=username&fields[conversationmessages]=").json
        self.assertEqual(fields(document["data"]), {"name", "owner"})
        shown = {each["type"]: fields(each) for each in document["included"]}
        self.assertEqual(shown, {"users": {"username"}, "conversationmessages": set()})
        for path, person in ((f"/conversations/{self.id}", self.admin), ("/conversations", self.admin),
                             ("/activity/orders/1", self.admin), ("/conversations/unread", self.amanda)):
            for value, expected in (("", set()), ("name", {"name"}), ("name,name", {"name"}), ("status", {"status"})):
                answer = person.get(f"{path}?fields[conversations]={value}")
                primary, _ = self.check(answer.json, path)
                self.assertEqual(fields(primary[0]), expected, (path, value))
                self.assertNotIn('"name":"Talk 0","name"', answer.text)
        for query in ("fields[conversations]=colour", "fields[conversations]=firstMessage", "fields[colours]=a",
                      "fields[conversations]=name,,status", "fields[users]=password"):
            self.assertEqual(self.admin.get("/conversations?" + query).status, 400, query)
        self.assertEqual(self.amanda.get("/conversationmessages?fields[conversationmessages]=visibility").status, 400,
                         "the storefront has no such field")

    def test_fields_count_for_the_answer_to_a_write(self):
        created = self.admin.send("POST", "/conversations?fields[conversations]=name&include=owner",
                                  {"data": {"type": "conversations", "attributes": {"name": "Sparse"}}}).json
        self.assertEqual(created["data"]["attributes"], {"name": "Sparse"})
        self.assertNotIn("relationships", created["data"])
        self.assertEqual([each["type"] for each in created["included"]], ["users"])

    def test_fields_count_for_operations_and_transitions(self):
        made = self.admin.create("conversations", {"name": "Sparse", "firstMessage": "Hello"}, source=("orders", "1"),
                                 owner=("users", "2"))
        path = f"/conversations/{made['id']}"
        for step, body in (("mark-read", {"meta": {"index": 0}}), ("mark-unread", None),
                           ("transitions/close", None), ("transitions/reopen", None)):
            answer = self.admin.send("POST", f"{path}/{step}?fields[conversations]=name,owner&include=source", body)
            self.assertEqual(answer.status, 200, answer.text)
            data = answer.json["data"]
            self.assertEqual((data["id"], data["attributes"]), (made["id"], {"name": "Sparse"}), step)
            self.assertEqual(set(data["relationships"]), {"owner"}, step)
            self.assertEqual([each["type"] for each in answer.json["included"]], ["orders"], step)
            self.assertEqual(data, self.admin.get(f"{path}?fields[conversations]=name,owner").json["data"], step)
        for query in ("fields[conversations]=name", "include=owner"):
            answer = self.admin.send("POST", "/conversations/mark-all-read?" + query)
            self.assertEqual((answer.status, places(answer)), (400, [query.split("=")[0]]), "it answers no documents")

    def test_sorting(self):
        names = [each["attributes"]["name"] for each in self.admin.get("/conversations?sort=name").json["data"]]
        self.assertEqual(names, sorted(names, key=str.lower))
        down = [each["attributes"]["name"] for each in self.admin.get("/conversations?sort=-name").json["data"]]
        self.assertEqual(down, names[::-1])
        both = self.admin.get("/conversations?sort=-messagesNumber,name").json["data"]
        keys = [(-each["attributes"]["messagesNumber"], each["attributes"]["name"].lower()) for each in both]
        self.assertEqual(keys, sorted(keys))
        for wrong in ("colour", "", "-", "name,", "--name", "source", "Name"):
            answer = self.admin.get("/conversations?sort=" + wrong)
            self.assertEqual((answer.status, set(places(answer))), (400, {"sort"}), wrong)

    def test_numbered_pages_have_first_last_prev_next_and_the_total(self):
        total = self.admin.get("/conversations?page[number]=1&page[size]=1").json["meta"]["page"]["total"]
        last = (total + 2) // 3
        seen, link = [], "/admin/api/conversations?page[number]=1&page[size]=3&sort=name"
        number = 1
        while link:
            document = self.admin.get(link).json
            links = document["links"]
            self.assertEqual(document["meta"]["page"]["total"], total)
            self.assertIn("page%5Bnumber%5D=1", links["first"])
            self.assertTrue(links["last"].endswith(f"page%5Bnumber%5D={last}"), links["last"])
            self.assertEqual((links["prev"] is None, links["next"] is None), (number == 1, number == last))
            seen += [each["id"] for each in document["data"]]
            link, number = links["next"], number + 1
        self.assertEqual((len(seen), len(set(seen)), number - 1), (total, total, last))
        beyond = self.admin.get("/conversations?page[number]=1000&page[size]=3").json
        self.assertEqual((beyond["data"], beyond["links"]["next"]), ([], None))
        self.assertEqual(beyond["links"]["prev"], beyond["links"]["last"], "back to what is there")
        self.assertEqual([each["id"] for each in self.admin.get(beyond["links"]["last"]).json["data"]],
                         [each["id"] for each in self.admin.get(
                             f"/conversations?page[number]={last}&page[size]=3").json["data"]])
        empty = self.admin.get("/conversations?page[number]=1&filter[name]=nothing").json
        self.assertEqual((empty["meta"]["page"]["total"], empty["links"]["first"]), (0, empty["links"]["last"]))

    def test_cursors_walk_there_and_back_on_every_list(self):
        for path in ("/conversations?sort=name", "/conversations?sort=-lastMessageAt", "/conversations?sort=owner",
                     "/conversationmessages?sort=index", f"/conversations/{self.id}/messages?sort=-index",
                     f"/conversations/{self.id}/relationships/messages?sort=index", "/conversationevents?sort=createdAt",
                     "/conversationparticipants?include=author", "/activity/orders/1?include=owner",
                     "/conversationstatuses?sort=", "/conversationmessagetypes?sort=", f"/conversations/{self.id}/participants?sort="):
            path = path.removesuffix("?sort=")
            glue = "&" if "?" in path else "?"
            whole = [each["id"] for each in self.admin.get(f"{path}{glue}page[size]=1000").json["data"]]
            pages, document = [], self.admin.get(f"{path}{glue}page[size]=2").json
            self.assertIsNone(document["links"]["prev"], path)
            while True:
                pages.append([each["id"] for each in document["data"]])
                if document["links"]["next"] is None:
                    break
                document = self.admin.get(document["links"]["next"]).json
            self.assertEqual(sum(pages, []), whole, path)
            self.assertTrue(all(len(page) == 2 for page in pages[:-1]), path)
            self.assertLessEqual(len(pages[-1]), 2, path)
            back = []
            while document["links"]["prev"] is not None:
                document = self.admin.get(document["links"]["prev"]).json
                back.insert(0, [each["id"] for each in document["data"]])
            self.assertEqual(back, pages[:-1], path)

    def test_wrong_pages(self):
        for query, place in (("page[size]=0", "page[size]"), ("page[size]=-1", "page[size]"),
                             ("page[size]=1001", "page[size]"), ("page[size]=1.5", "page[size]"),
                             ("page[size]=", "page[size]"), ("page[size]=99999999999999999999", "page[size]"),
                             ("page[number]=0", "page[number]"), ("page[number]=x", "page[number]"),
                             ("page[after]=x", "page[after]"), ("page[before]=x", "page[before]"),
                             ("page[after]=", "page[after]"), ("page[total]=maybe", "page[total]"),
                             ("page[after]=a&page[before]=b", "page[before]"),
                             ("page[number]=1&page[after]=a", "page[number]")):
            for path in ("/conversations", "/conversationmessages", f"/conversations/{self.id}/messages",
                         "/activity/orders/1", "/conversationevents", "/orders", "/conversationstatuses"):
                answer = self.admin.get(f"{path}?{query}")
                self.assertEqual((answer.status, places(answer)), (400, [place]), (path, query))
        error = self.admin.get("/conversations?page[size]=1001").json["errors"][0]
        self.assertTrue(error["links"]["type"].endswith("/cursor-pagination/max-size-exceeded"))
        self.assertEqual(error["meta"]["page"]["maxSize"], 1000)
        self.assertEqual(self.admin.get("/conversations?page[size]=1000").status, 200)

    def test_a_filter_narrows_what_a_relationship_leads_to(self):
        first, second = (self.admin.create("conversations", {"name": name, "firstMessage": "Hello"},
                                           source=("orders", "1"))["id"] for name in ("One", "Two"))
        for name in ("messages", "participants"):
            found = {other: self.admin.get(f"/conversations/{first}/{name}?filter[conversation]={other}").json["data"]
                     for other in (first, second, "999")}
            self.assertTrue(found[first], name)
            self.assertEqual((found[second], found["999"]), ([], []), name)

    def test_a_cursor_of_another_order_or_list_is_refused(self):
        link = self.admin.get("/conversations?sort=name&page[size]=1").json["links"]["next"]
        cursor = re.search(r"page%5Bafter%5D=([^&]+)", link).group(1)
        for path in ("/conversations?sort=-name&", "/conversations?", "/conversationmessages?"):
            answer = self.admin.get(f"{path}page[after]={cursor}")
            self.assertEqual((answer.status, places(answer)), (400, ["page[after]"]), path)

    def test_A4_a_cursor_of_other_filters_is_refused(self):
        """It stands for a place in one list: what is filtered or searched for makes another one of it."""
        def cursor(path):
            link = self.admin.get(f"{path}&page[size]=1").json["links"]["next"]
            return re.search(r"page%5Bafter%5D=([^&]+)", link).group(1)

        self.admin.create("conversations", {"name": "About a needle", "firstMessage": "One"})
        self.admin.create("conversations", {"name": "About a needle, again", "firstMessage": "Two"})
        lists = ["/conversations?filter[status]=active", "/conversations?filter[status][not]=closed",
                 "/conversations?filter[search]=needle", "/conversations?filter[search]=about",
                 "/conversations?filter[mine]=true", "/conversations?sort=-lastMessageAt",
                 "/conversations?filter[search]=needle&filter[status]=active",
                 f"/conversationmessages?filter[conversation]={self.id}", "/conversationmessages?filter[search]=t"]
        for one in lists:
            found = cursor(one)
            for other in lists:
                for side in ("after", "before"):
                    answer = self.admin.get(f"{other}&page[{side}]={found}")
                    expected = (200, None) if one == other else (400, [f"page[{side}]"])
                    self.assertEqual((answer.status, None if answer.status == 200 else places(answer)), expected, (one, other))

    def test_B10_mine_or_not_mine(self):
        def ids(query):
            return {each["id"] for each in self.admin.get(f"/conversations?page[size]=1000{query}").json["data"]}
        other = self.admin.create("conversations", {"name": "Of Charlie"}, owner=("users", "2"))["id"]
        mine, others = ids("&filter[mine]=true"), ids("&filter[mine]=false")
        self.assertEqual((mine | others, mine & others), (ids(""), set()))
        self.assertIn(self.id, mine)
        self.assertIn(other, others)
        document = self.admin.get("/openapi.json").json
        schema = document["components"]["parameters"]["conversations.filter.mine"]["schema"]
        self.assertEqual(schema, {"type": "boolean"}, "as it is described")

    def test_a_handmade_cursor_is_refused(self):
        """What looks like one of ours but for one thing, on lists of the plugin and of the host."""
        def cursors(path):
            link = self.admin.get(f"{path}&page[size]=1").json["links"]["next"]
            return base64.urlsafe_b64decode(re.search(r"page%5Bafter%5D=([^&]+)", link).group(1) + "==")

        def handmade(path, contents):
            for content in contents:
                cursor = base64.urlsafe_b64encode(content).decode().rstrip("=")
                for side in ("after", "before"):
                    answer = self.admin.get(f"{path}&page[{side}]={cursor}")
                    self.assertEqual((answer.status, places(answer)), (400, [f"page[{side}]"]), (path, content))

        path = "/conversations?sort=name"
        real = cursors(path)
        mark, (size, rest) = real[:4], real[4:].split(b":", 1)
        text, number = rest[:int(size)], rest[int(size):]
        self.assertEqual(mark + b"%d:" % len(text) + text + number, real)
        self.assertEqual(self.admin.get(f"{path}&page[after]={base64.urlsafe_b64encode(real).decode().rstrip('=')}").status, 200)
        handmade(path, [mark + b"%d:" % len(each) + each + number
                        for each in (b"a\0b", b"\0", b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"a\xe2\x82", b"\xf5\x80\x80\x80")])
        handmade(path, [mark + size + b":" + text + each for each in
                        (b"0" + number, b"+" + number, b" " + number, number + b";", number + b"1", b"1", b";", b"x;", b"-0;", b"1.5;",
                         b"9223372036854775808;", b"")]
                 + [mark + each + b":" + text + number for each in (b"0" + size, b"-1", b"", b"99999999999999999999")]
                 + [mark[::-1] + real[4:], mark, b""])
        handmade("/conversationmessages?sort=createdAt", [cursors("/conversationmessages?sort=createdAt") + b"\0"])
        real = json.loads(cursors("/orders?sort=number"))
        handmade("/orders?sort=number", [json.dumps(each, separators=(",", ":")).encode() for each in
                                         (["a\0b"] + real[1:], [1] + real[1:], [None] + real[1:], real + ["1"], real[1:], {}, "x")]
                 + [json.dumps(real, indent=1).encode(), b'["\xff"]', b"", b"["])

    def test_A8_an_etag_that_is_known_is_304(self):
        path = f"/conversations/{self.bare['id']}"
        answer = self.admin.get(path)
        etag = answer.headers["etag"]
        for known in (etag, f'"9", {etag}', "W/" + etag, "*"):
            again = self.admin.get(path, If_None_Match=known)
            self.assertEqual((again.status, again.text, again.headers["etag"]), (304, "", etag), known)
            self.assertIn("vary", again.headers)
        for other in ('"9"', "9", "", etag.strip('"')):
            self.assertEqual(self.admin.get(path, If_None_Match=other).status, 200, other)
        self.assertEqual(self.admin.get("/conversations/999", If_None_Match="*").status, 404)
        self.assertNotIn("etag", self.amanda.get(f"/conversations/{self.id}").headers)
        self.assertEqual(self.amanda.get(f"/conversations/{self.id}", If_None_Match="*").status, 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
