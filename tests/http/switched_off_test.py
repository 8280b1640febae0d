"""C2: off in one website hides everything there, at every door, and nowhere else; on again, all is as it was."""

import html
import os
import re
import sqlite3
import unittest
from contextlib import closing
from urllib.parse import quote

from support.api import Api, varying
from support.both_sides import BothSides
from support.browser import log_in
from support.doors import WRITING, all_of, doors
from support.host import Host, run

PARTNERS = "website:2"
DAY = 86_400_000_000  # microseconds
LINKS = r'(?:href|action|src|return-url)="(/[^"#]*)'


def bare(page):
    """A page without what differs between any two sessions."""
    return re.sub(r'(csrf[_-]token" (?:type="hidden" )?value="|csrf-token=")\w+', r"\1", page.text)


def pages_of(host, login):
    """Every page that links, forms and elements lead somebody to, by address; but for sessions, which are of each host."""
    person, found, todo = log_in(host, login), {}, ["/", "/api-reference"]
    while todo:
        address = todo.pop()
        if address in found:
            continue
        found[address] = person.get(address, follow=False)
        for link in map(html.unescape, re.findall(LINKS, found[address].text)):
            if "?" not in link and link not in ("/logout", "/sessions") and not link.endswith("/columns"):
                todo.append(link)
    return found


class SwitchedOff(BothSides):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tomas = Api(cls.host, "tomas@example.com")
        cls.office = log_in(cls.host, "admin")
        plain = Host()
        cls.addClassCleanup(plain.stop)
        cls.plain = plain
        cls.tomas.create("conversations", {"name": "From a partner", "firstMessage": "Is it there?"}, source=("orders", "6"))
        cls.amanda.create("conversations", {"name": "Elsewhere", "firstMessage": "Hello"}, source=("orders", "1"))
        for id in ("1", "2"):
            cls.admin.create("conversationmessages", {"body": "It is"}, conversation=("conversations", id))
        known = {str(door) for door in doors(Api(plain, "tomas@example.com").get("/openapi.json").json)}
        cls.doors = [door for door in doors(cls.tomas.get("/openapi.json").json) if str(door) not in known]
        cls.office_doors = [door for door in doors(cls.admin.get("/openapi.json").json)
                            if door.method == "GET" and door.queries.get("page[size]") and not door.parameters]

    def tearDown(self):
        self.switch(PARTNERS, None)
        self.switch("system", "on")

    def switch(self, level, on, **more):
        address = f"/admin/configuration?level={quote(level, safe='')}&group=Commerce%2FCustomer%2FInteractions"
        fields = [("csrf_token", self.office.csrf_token())]
        for name, value in {"enabled": on, **more}.items():
            name = f"conversations.{name}"
            fields += [("shown", name), (f"default.{name}", "on") if value is None else (f"value.{name}", value)]
        self.assertEqual(self.office.post_form(address, fields, follow=False).status, 303)

    def ids(self, person, kind):
        """Of what this person sees."""
        return [one["id"] for one in all_of(person, f"/{kind}")] if kind != "conversationstatuses" else ["active"]

    def readings(self, person):
        """The addresses of everything that the plugin's doors show to somebody; each door at one place at least."""
        found = []
        for door in self.doors:
            if door.method == "GET":
                places = [door.at(id) for id in self.ids(person, door.kind)] if door.parameters else [door.path]
                self.assertTrue(places, f"nothing to be read at {door}")
                found += places
        return found

    def read(self, person, addresses):
        return {address: varying(person.get(address)) for address in addresses}

    def test_there_are_doors(self):
        self.assertGreater(len(self.doors), 40)
        for door in ("GET /conversations", "POST /conversationmessages", "GET /conversations/unread",
                     "POST /conversations/{id}/mark-read", "PATCH /conversationparticipants/{id}"):
            self.assertIn(door, [str(one) for one in self.doors])

    def test_the_api_of_that_website_has_none_of_it(self):
        addresses = self.readings(self.tomas)
        before, elsewhere = self.read(self.tomas, addresses), self.read(self.amanda, self.readings(self.amanda))
        office = self.in_the_office()
        self.assertEqual({answer[0] for answer in before.values()}, {200})
        self.switch(PARTNERS, "")
        for address in addresses:
            answer = self.tomas.get(address)
            self.assertEqual(answer.status, 404, address)
            self.assertNotIn("partner", answer.text)
        self.assertEqual([str(door) for door in doors(self.tomas.get("/openapi.json").json)],
                         [str(door) for door in doors(Api(self.plain, "tomas@example.com").get("/openapi.json").json)])
        self.assertEqual(self.read(self.amanda, elsewhere), elsewhere, "the other website goes on")
        self.assertEqual(self.in_the_office(), office, "the back office goes on")
        self.switch(PARTNERS, None)
        self.assertEqual(self.read(self.tomas, addresses), before, "all is as it was")

    def in_the_office(self):
        return [one for door in self.office_doors for one in all_of(self.admin, door.path)]

    def test_nothing_is_written_there(self):
        kept = {kind: self.ids(self.tomas, kind)[0] for kind in ("conversations", "conversationparticipants", "conversationmessages")}
        before = self.in_the_office()
        writing = [door for door in self.doors if door.method in WRITING]
        bodies = {str(door): door.example(lambda kind: kept.get(kind, "6" if kind == "orders" else "1")) for door in writing}
        self.assertTrue(writing)
        self.switch(PARTNERS, "")
        for door in writing:
            for body in (bodies[str(door)], None):
                answer = self.tomas.send(door.method, door.at(kept.get(door.kind, "1")), body)
                self.assertEqual(answer.status, 404, f"{door}: {answer.text}")
        self.assertEqual(self.in_the_office(), before)
        self.switch(PARTNERS, None)
        for door in writing:
            answer = self.tomas.send(door.method, door.at(kept.get(door.kind, "1")), bodies[str(door)])
            self.assertNotEqual(answer.status, 404, f"{door} is open again: {answer.text}")
        self.assertNotEqual(self.in_the_office(), before, "they write when it is on")

    def test_pages_are_those_of_a_host_without_the_plugin(self):
        """Menu, buttons, indicator, elements and the pages themselves: not a byte of the plugin is left in any page."""
        before, others = pages_of(self.host, "tomas@example.com"), pages_of(self.host, "amanda@example.com")
        plain = pages_of(self.plain, "tomas@example.com")
        own = set(before) - set(plain)
        self.assertIn("/pages/my-conversations", own)
        self.assertIn("parley-questions", before["/orders/6"].text)
        self.switch(PARTNERS, "")
        off = pages_of(self.host, "tomas@example.com")
        self.assertEqual({address: (page.status, bare(page)) for address, page in off.items()},
                         {address: (page.status, bare(page)) for address, page in plain.items()})
        person = log_in(self.host, "tomas@example.com")
        for address in sorted(own):
            if not address.startswith("/assets/"):
                self.assertEqual(person.get(address, follow=False).status, 404, address)
        for members in ("?id=1", "?conversation=1", "?page[size]=10"):
            self.assertEqual(person.get("/pages/my-conversations" + members, follow=False).status, 404, members)
        self.assertEqual(self.bare_pages(pages_of(self.host, "amanda@example.com")), self.bare_pages(others))
        self.switch(PARTNERS, None)
        self.assertEqual(self.bare_pages(pages_of(self.host, "tomas@example.com")), self.bare_pages(before))

    @staticmethod
    def bare_pages(pages):
        return {address: (page.status, bare(page)) for address, page in pages.items() if not address.startswith("/assets/")}

    def test_jobs_leave_that_website_alone(self):
        with closing(sqlite3.connect(f"{self.host.folder}/parley.db", timeout=30)) as database:
            table = next(name for (name,) in database.execute("select name from sqlite_master where type = 'table'")
                         if name.endswith("conversation"))
            old = []
            for person, order in ((self.tomas, "6"), (self.amanda, "1")):
                old.append(person.create("conversations", {"firstMessage": "Long ago"}, source=("orders", order))["id"])
                database.execute(f"update {table} set created_at = created_at - ?, all_last_text_at = all_last_text_at - ?"
                                 " where id = ?", (8 * DAY, 8 * DAY, old[-1]))
                database.commit()

        def statuses_after_the_job():
            status, _, errors = run("--data", self.host.folder, "--plugin", os.environ["PARLEY_PLUGIN"],
                                    "--database", self.host.database, "--run-job", "inactivity")
            self.assertEqual(status, 0, errors)
            return [self.admin.get(f"/conversations/{id}").json["data"]["relationships"]["status"]["data"]["id"] for id in old]

        self.addCleanup(self.switch, "system", "on", inactivity_days=None)
        self.switch("system", "on", inactivity_days="7")
        self.switch(PARTNERS, "")
        self.assertEqual(statuses_after_the_job(), ["active", "inactive"])
        self.switch(PARTNERS, None)
        self.assertEqual(statuses_after_the_job(), ["inactive", "inactive"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
