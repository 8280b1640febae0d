"""S8: one customer's people try every identifier of another's at every door. What is not theirs is as if it did not exist."""

import html
import json
import re
import unittest
from functools import partial
from urllib.parse import quote, unquote

from support.api import Api, identifier, resource, varying
from support.both_sides import BothSides
from support.browser import Browser, log_in
from support.doors import WRITING, all_of, canonical, doors, references_in, texts_of

NOBODYS = "987654"
ACME = ("customers", "1")
MINE = "Shelving for Globex"  # a conversation of Nora's, about an order of Acme's that she may not see
BEFORE_AN_ID = r"(?:(?<=/)|(?<=]=)|(?<=%5D=)|(?<=%2F)|(?<=id=))"
ALL_METHODS = ("GET", "HEAD", *WRITING)


def made_up(one):
    """An identifier of the same shape that belongs to nothing: "1-2" has a conversation, and a number or hash in it."""
    head, dash, tail = one.partition("-")
    return NOBODYS + dash + tail if head.isdigit() else NOBODYS


def without(text, asked):
    """What an answer says, without the value that was asked for where it repeats the question."""
    if not asked:
        return text
    for value in {asked, quote(asked), quote(asked, safe=""), quote(asked, safe=","), quote(asked, safe="@"), html.escape(asked)}:
        if not value[0].isdigit() or len(value) > 8:
            text = text.replace(value, "?")
        else:  # a number may stand for other things as well
            text = re.sub(BEFORE_AN_ID + re.escape(value) + r'(?=["&?/]|%2F|$)', "?", text)
    return text


def door_takes(all_doors, method, path):
    """Does it ask for a document?"""
    return any((door.method, door.path) == (method, path) and door.body_schema for door in all_doors)


def told(answer, asked):
    """Everything that an answer tells, its length and its repetition of the question apart."""
    status, headers, text = varying(answer)
    own = ("content-length", "etag", "keep-alive", "connection")  # the last two come and go with the connection's age
    headers = [(name, without(value, asked)) for name, value in headers if name not in own]
    return status, headers, without(text, asked)


class Stranger:
    """Somebody of another customer, or nobody at all, in a browser."""

    def __init__(self, name, browser):
        self.name = name
        self.browser = browser
        self.token = browser.csrf_token() if browser.cookies else "0" * 64

    def api(self, method, path, document=None, base="/api"):
        return self.browser.api(method, base + path, document, token=False, X_CSRF_Token=self.token)


class Identifiers(BothSides):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login in ("amanda@example.com", "brian@example.com"):
            person = Api(cls.host, login)
            for kind in ("orders", "rfqs", "quotes"):
                source = (kind, "1" if login.startswith("amanda") else {"orders": "2"}.get(kind, "3"))
                person.create("conversations", {"name": f"Cardamom {kind} of {login}", "firstMessage": f"Turmeric {kind}"},
                              source=source)
        about = ("conversations", "1")
        for attributes in ({"body": "Saffron for all"}, {"body": "Vanilla within", "visibility": "internal"}):
            cls.admin.create("conversationmessages", attributes, conversation=about)
        mine = cls.admin.send("POST", "/conversations", resource("conversations", {"name": MINE, "firstMessage": "Hello"},
                                                                 source=("orders", "1"), customerUser=("customerusers", "3")))
        cls.mine = mine.json["data"]["id"]
        cls.admin.create("conversationmessages", {"body": "For us only", "visibility": "internal"},
                         conversation=("conversations", cls.mine))
        cls.strangers = [Stranger("nora", log_in(cls.host, "nora@example.com")),
                         Stranger("jonas", log_in(cls.host, "jonas@example.com")), Stranger("a guest", Browser(cls.host))]
        cls.nora = cls.strangers[0]
        cls.shop_document = cls.amanda.get("/openapi.json").json
        cls.office_document = cls.admin.get("/openapi.json").json
        cls.shop_doors = doors(cls.shop_document)
        cls.collect()

    @classmethod
    def collect(cls):
        """What belongs to Acme: its identifiers by type, and the texts that occur nowhere else."""
        everything = cls.everything()
        found = {ACME}
        while True:
            more = {(one["type"], one["id"]) for one in everything
                    for name, kind, id in references_in(one)
                    if name in ("customer", "customerUser", "conversation") and (kind, id) in found}
            if more <= found:
                break
            found |= more
        theirs, others = set(), set()
        for one in everything:
            (theirs if (one["type"], one["id"]) in found else others).update(texts_of(one))
        cls.texts = sorted(text for text in theirs - others if re.search("[^\\W\\d_]{3}", text))
        cls.ids = {}
        for kind, id in sorted(found):
            cls.ids.setdefault(kind, []).append(id)

    @classmethod
    def everything(cls):
        return [one for door in doors(cls.office_document) if door.method == "GET" and door.queries.get("page[size]")
                and not door.parameters for one in all_of(cls.admin, door.path)]

    def of_acme(self):
        """What is stored of it, to see that nothing was changed; with the read marks of its people."""
        theirs = [one for one in self.everything() if one["id"] in self.ids.get(one["type"], [])]
        return [canonical(one) for one in theirs] + [self.amanda.get("/conversations/unread").text]

    def assert_tells_nothing(self, person, answer, asked=""):
        text = without(answer.text, asked)
        for secret in self.texts:
            self.assertNotIn(secret, text, f"{person.name} learns it at {answer.url}")

    def assert_same(self, person, ask, one, other=None):
        """`ask(identifier)` is answered as for one that belongs to nothing. Answers the answer."""
        other = other or made_up(one)
        answer, nothing = ask(one), ask(other)
        self.assertEqual(told(answer, one), told(nothing, other), f"{person.name}: {one} at {answer.url}")
        self.assert_tells_nothing(person, answer, one)
        return answer

    def test_there_is_something_to_be_found(self):
        for kind in ("conversations", "conversationmessages", "conversationparticipants", "conversationevents", "orders",
                     "rfqs", "quotes", "customerusers", "customers"):
            self.assertIn(kind, self.ids)
        for text in ("Acme Industries", "ORD-1001", "amanda@example.com", "Turmeric orders", "Vanilla within"):
            self.assertIn(text, self.texts)
        self.assertNotIn(MINE, self.texts)

    def test_direct_addresses(self):
        """Also those of the back office, below the storefront's base, and methods that are not offered."""
        known = {(door.method, door.path) for door in self.shop_doors}
        paths = {door.path: door for door in [*doors(self.office_document), *self.shop_doors]}
        before, walked = self.of_acme(), set()
        for path, door in sorted(paths.items()):
            if not door.parameters:
                continue
            if path == "/activity/{recordType}/{recordId}":
                targets = [(kind, id) for kind in self.ids for id in self.ids[kind]]
            else:
                targets = [(door.kind, id) for id in self.ids.get(door.kind, [])]
            for kind, id in targets:
                for method in ALL_METHODS:
                    for number, make in enumerate(self.bodies(path) if method in WRITING else [lambda _: None]):
                        for person in self.strangers:
                            def ask(one):
                                values = (kind, one) if "recordType" in path else (one, "close")
                                return person.api(method, door.at(*values), make(one))
                            answer = self.assert_same(person, ask, id)
                            whole = number or not door_takes(self.shop_doors, method, path)
                            if person.browser.cookies and (method, path) in known and whole:
                                # A document that could be about none is refused for what is wrong in it.
                                expected = (404,) if method == "GET" else (404, 422)
                                self.assertIn(answer.status, expected, f"{person.name}: {method} {answer.url}")
                                walked.add((method, path))
        self.assertEqual(self.of_acme(), before)
        unknown = {(method, path) for method, path in known
                   if "{" in path and not path.startswith(("/organizations", "/websites", "/users", "/conversationstatuses",
                                                          "/conversationmessagetypes"))}
        self.assertEqual(unknown - walked, set(), "every door of one of theirs was tried")

    def bodies(self, path):
        """What a write there may bear, for a record: nothing; all that it takes; and a linkage alone."""
        def full(one, door):
            message = f"{one.partition('-')[0]}-1"
            document = door.example(lambda kind: message if kind == "conversationmessages" else one if kind == door.kind else "1")
            if "relationships" in document.get("data", {}):
                document["data"]["id"] = one
            return document

        def bare(one, door):
            document = full(one, door)
            document["data"].pop("attributes", None)
            return document

        takers = [door for door in self.shop_doors if door.path == path and door.body_schema]
        return [lambda _: None, *(partial(full, door=door) for door in takers),
                *(partial(bare, door=door) for door in takers if isinstance(full("1", door).get("data"), dict))]

    def test_their_own_people_find_it_there(self):
        """Else the walk above would prove nothing."""
        brian = Api(self.host, "brian@example.com")
        for door in self.shop_doors:
            if door.method == "GET" and door.parameters:
                for id in self.ids.get(door.kind, []):
                    found = self.admin.get(door.at(id)).status == 200
                    internal = door.kind in ("conversationmessages", "conversationparticipants")
                    self.assertIn(brian.get(door.at(id)).status, (200, 404) if internal or not found else (200,), door.at(id))

    def test_filters_and_search(self):
        tried = set()
        for door in self.shop_doors:
            if door.method != "GET" or door.parameters:
                continue
            for name in sorted({*door.queries, *self.office_queries(door.path)}):
                for value, other in self.values_of(door, name):
                    for person in self.strangers[:2]:
                        self.assert_same(person, lambda one: person.api("GET", f"{door.path}?{quote(name)}={quote(one, safe=',')}"),
                                         value, other)
                    tried.add(name)
        self.assertLess({"filter[search]", "filter[name][contains]", "filter[conversation]", "filter[customer][not]",
                         "filter[activityTargets][orders]"}, tried)

    def values_of(self, door, name):
        """What the filter may find of theirs, each with what it may not find."""
        if name.endswith(("[contains]", "[search]")):
            return [(text, "Qyzzx") for text in self.texts if not re.match(r"\d{4}-", text)]
        field, _, kind = name.removesuffix("[not]").removeprefix("filter[").removesuffix("]").partition("][")
        kinds = [door.kind] if field == "id" else [kind] if kind else self.kinds_of(door.kind, field)
        return [(",".join(ids), ",".join(map(made_up, ids))) for ids in (self.ids.get(each) for each in kinds) if ids]

    def kinds_of(self, kind, relationship):
        """The types of the records that a relationship can lead to."""
        members = self.office_document["components"]["schemas"][kind]["properties"].get("relationships", {}).get("properties", {})
        return {one for place in re.findall(r'"enum": \[([^]]*)\]', json.dumps(members.get(relationship)))
                for one in re.findall(r"\w+", place)}

    def office_queries(self, path):
        return {name for door in doors(self.office_document) if door.method == "GET" and door.path == path
                for name in door.queries}

    def test_includes(self):
        schemas = self.shop_document["components"]["schemas"]
        names = {kind: list(schemas[kind]["properties"].get("relationships", {}).get("properties", {}))
                 for kind in {door.kind for door in self.shop_doors} if kind in schemas}
        every = sorted({name for each in names.values() for name in each} | {"activityTargets"})
        for door in self.shop_doors:
            if door.method != "GET" or "include" not in door.queries:
                continue
            for first in names[door.kind]:
                for path in [first, *(f"{first}.{second}" for second in every)]:
                    for person in self.strangers:
                        if not door.parameters:
                            self.assert_tells_nothing(person, person.api("GET", f"{door.path}?include={path}"))
                        elif door.kind == "conversations" and "include" in door.queries:
                            self.assert_tells_nothing(person, person.api("GET", f"{door.at(self.mine)}?include={path}"))

    def test_documents_that_name_them(self):
        """In every place of a document where a record can be named, one at a time."""
        before = self.of_acme()
        tried = set()
        for door in self.shop_doors:
            if door.method not in WRITING or door.body_schema is None or door.parameters:
                continue
            full = door.example(lambda kind: self.mine if kind == "conversations" else "1")
            places = full.get("data", {}).get("relationships", {})
            for place in {*places, "source", "sender", "conversation", "activityTargets", "customer", "customerUser", "owner"}:
                for kind in sorted(self.ids):
                    for id in self.ids[kind]:
                        def document(one):
                            named = identifier((kind, one))
                            mine = {"conversation": identifier(("conversations", self.mine))}
                            others = mine if door.kind == "conversationmessages" else {}
                            data = {**others, place: [named] if place == "activityTargets" else named}
                            return {"data": {"type": door.kind, "attributes": full["data"]["attributes"],
                                             "relationships": {name: {"data": one} for name, one in data.items()}}}
                        for person in self.strangers:
                            answers = [person.api(door.method, door.path, document(one)) for one in (id, made_up(id))]
                            self.assertEqual(*[self.fresh(answer) for answer in answers],
                                             f"{person.name}: {place} {kind} {id} at {door}")
                            self.assert_tells_nothing(person, answers[0])
                            tried.add((door.path, place, answers[0].status))
        self.assertIn(("/conversations", "source", 422), tried)
        self.assertIn(("/conversationmessages", "conversation", 422), tried)
        self.assertEqual(self.of_acme(), before)

    @staticmethod
    def fresh(answer):
        """An answer without what is new in each resource: numbers, times, identifiers."""
        return answer.status, re.sub(r'\d{4}-\d\d-\d\dT[\d:.]+Z|[0-9a-f]{32}|(?<=[/"])\d+(-\d+)?(?=[/"])|(?<=":)\d+', "?", answer.text)

    def test_pages(self):
        """Every address that their own people are led to, by links, forms and elements, and what can be made of these."""
        seen = set()
        for login in ("amanda@example.com", "brian@example.com"):
            person = log_in(self.host, login)
            todo = ["/"]
            while todo:
                page = person.get(todo.pop(), follow=False)
                for address in map(html.unescape, re.findall(r'(?:href|action|src|return-url)="(/[^"#]*)', page.text)):
                    if address not in seen and not address.startswith(("/assets", "/language", "/logout")):
                        seen.add(address)
                        if "?" not in address:
                            todo.append(address)
        self.assertIn("/orders/1", seen)
        seen |= {f"/{kind}/{id}{rest}" for kind in self.ids for id in self.ids[kind]
                 for rest in ("", "/edit", "/delete", "/actions/ask-a-question", "/actions/start-conversation")}
        seen |= {f"/pages/my-conversations?id={id}" for id in self.ids["conversations"]}
        seen |= {f"/{kind}{rest}" for kind in ("orders", "rfqs", "quotes") for text in self.texts
                 for rest in (f"?filter[search]={quote(text)}", f"/export?filter[search]={quote(text)}")}
        for address in sorted(seen):
            asked = re.search(r"(?<=[/=])\d[\w-]*(?=$|/)", address.partition("?page")[0])
            for person in self.strangers:
                answer = person.browser.get(address, follow=False)
                self.assert_tells_nothing(person, answer, unquote(address.partition("=")[2]))
                if asked and asked.group() in self.ids.get(address.split("/")[1], []):
                    self.assert_same(person, lambda one: person.browser.get(address.replace(asked.group(), one), follow=False),
                                     asked.group())
                    self.assertIn(answer.status, (404,) if person.browser.cookies else (303,), address)

    def test_a_source_that_one_may_not_see_is_not_named(self):
        for person in self.strangers[:2]:
            self.source_of(person, self.mine, title=None)
        theirs = self.admin.get(f"/conversations/{self.mine}").json["data"]["relationships"]["source"]["data"]
        self.assertEqual(theirs, {"type": "orders", "id": "1"}, "the back office sees it")

    def test_a_source_of_a_colleague_has_a_title_and_no_id(self):
        """Amanda takes part in a conversation about an order of Brian's, which is her customer's, but not hers."""
        conversation = self.admin.create("conversations", {"name": "Between colleagues", "firstMessage": "Hello"},
                                         source=("orders", "2"), customerUser=("customerusers", "1"))
        self.source_of(Stranger("amanda", log_in(self.host, "amanda@example.com")), conversation["id"], "Order ORD-1002", "2")
        shown = Api(self.host, "brian@example.com").get(f"/conversations/{conversation['id']}").json["data"]
        self.assertEqual(shown["relationships"]["source"]["data"], {"type": "orders", "id": "2"}, "who sees it has it")
        self.assertEqual(self.admin.send("DELETE", f"/conversations/{conversation['id']}").status, 204)

    def source_of(self, person, conversation, title, order="1"):
        address = f"/conversations/{conversation}"
        for answer in (person.api("GET", address), person.api("GET", f"{address}?include=source"),
                       person.api("GET", "/conversations?include=source")):
            found = answer.json["data"]
            data = next(one for one in found if one["id"] == conversation) if isinstance(found, list) else found
            self.assertIsNone(data["relationships"]["source"]["data"], answer.url)
            self.assertEqual((data["meta"]["labels"]["source"], data["meta"]["pages"]["source"]), (title, False))
            self.assertNotIn(order, [one["id"] for one in answer.json.get("included", [])], answer.url)
        for rest in ("/source", "/relationships/source"):
            answer = person.api("GET", address + rest)
            self.assertEqual((answer.status, answer.json["data"]), (200, None), rest)
        for name, found in (("filter[source][orders]", False), ("filter[source][orders][not]", True)):
            answers = [person.api("GET", f"/conversations?{quote(name)}={one}").json["data"] for one in (order, NOBODYS)]
            self.assertEqual(answers[0], answers[1], "a filter does not tell it either")
            self.assertEqual(conversation in [one["id"] for one in answers[0]], found, name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
