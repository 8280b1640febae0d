"""Writes come from our own pages: every form and every writing operation needs the token of its session; sessions cannot be
planted, end when they should, and nobody guesses passwords at leisure."""

import html
import os
import re
import sqlite3
import unittest
from contextlib import closing

from support.api import Api
from support.both_sides import BothSides
from support.browser import Browser, basic, log_in
from support.doors import WRITING, doors

LINKS = r'(?:href|action|return-url)="(/[^"#]*)'
FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*?\bname="([^"]*)"(?:[^>]*?\bvalue="([^"]*)")?')
LOGINS = {"/admin": "admin", "": "amanda@example.com"}


def stored(host):
    """Every row of both databases but those of sessions, in which each request may leave a time."""
    rows = []
    for file in ("host.db", "parley.db"):
        with closing(sqlite3.connect(os.path.join(host.folder, file), timeout=20)) as database:
            names = [name for (name,) in database.execute("select name from sqlite_master where type = 'table' order by 1")]
            rows += [(file, name, row) for name in names if name != "sessions" and "_fts" not in name
                     for row in database.execute(f'select * from "{name}"')]
    return sorted(rows, key=repr)


def forms_of(person, base):
    """Every form that posts, on every page that links lead to: {address that it goes to: its fields}. One of a kind is enough."""
    forms, seen, todo = {}, set(), [base or "/"]
    while todo:
        address = todo.pop()
        kind = re.sub(r"/\d[\w-]*", "/{id}", address.partition("?")[0])
        if kind in seen or not address.startswith(base + "/") and address != (base or "/"):
            continue
        page = person.get(address)
        if page.status != 200:
            continue
        seen.add(kind)
        for attributes, content in FORM.findall(page.text):
            if 'method="post"' in attributes:
                target = html.unescape(re.search(r'action="([^"]*)"', attributes).group(1))
                forms.setdefault(re.sub(r"/\d[\w-]*", "/{id}", target.partition("?")[0]),
                                 (target, [(name, html.unescape(value)) for name, value in FIELD.findall(content)]))
        todo += [link for link in map(html.unescape, re.findall(LINKS, page.text))
                 if not link.startswith(("/assets", f"{base}/logout")) and not link.endswith("/export")]
    return forms


class Forgery(BothSides):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amanda.create("conversations", {"name": "Written once", "firstMessage": "Hello"}, source=("orders", "1"))
        cls.people = {base: log_in(cls.host, login) for base, login in LOGINS.items()}
        office = cls.people["/admin"]
        office.submit(office.get("/admin/api-tokens"), "/admin/api-tokens", {"name": "ERP", "login": "admin", "days": "30"})
        office.get("/admin/api-tokens")  # shown once

    def wrong_tokens(self, base):
        """None, a wrong one, that of another session of the same person, of another person, of the other application."""
        other_side = {"/admin": "", "": "/admin"}[base]
        colleague = {"/admin": "charlie", "": "brian@example.com"}[base]
        return [None, "", "0" * 64, "x", log_in(self.host, LOGINS[base]).csrf_token(), log_in(self.host, colleague).csrf_token(),
                self.people[other_side].csrf_token(), self.people[base].cookies["parley_storefront" if base == "" else "parley_backoffice"]]

    def test_every_writing_operation_of_the_api(self):
        for base, person in self.people.items():
            api = base + "/api"
            document = person.api("GET", api + "/openapi.json").json
            writes = [door for door in doors(document) if door.method in WRITING]
            self.assertGreater(len(writes), 5)
            tokens, before = self.wrong_tokens(base), stored(self.host)
            for door in writes:
                path = api + door.at(*("orders" if "Type" in name else "close" if name == "name" else "1" for name in door.parameters))
                for token in tokens:
                    headers = {} if token is None else {"X_CSRF_Token": token}
                    answer = person.api(door.method, path, door.example(lambda _: "1"), token=False, **headers)
                    self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (403, "csrf"), f"{door} {token}")
            self.assertEqual(stored(self.host), before)
            for door in writes:  # with its own token it is not this that is refused
                answer = person.api(door.method, api + door.at(*["987654"] * len(door.parameters)), None)
                self.assertNotIn("csrf", answer.text, str(door))

    def test_a_page_of_another_session_reads_nothing(self):
        """Somebody else has logged in since in the same browser. Who shows no token at all is no page of ours."""
        for base, person in self.people.items():
            path = base + "/api/conversations"
            for token in self.wrong_tokens(base):
                answer = person.api("GET", path, token=False, **({} if token is None else {"X_CSRF_Token": token}))
                if token:
                    self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (403, "csrf"), token)
                else:
                    self.assertEqual(answer.status, 200)
            self.assertEqual(person.api("GET", path, token=False, X_CSRF_Token=person.csrf_token()).status, 200)

    def test_operations_that_nobody_offers(self):
        for base, person in self.people.items():
            for method in (*WRITING, "QUERY"):
                for path in ("/orders/1", "/nothing", "/", "/conversations/1/nothing", "/openapi.json"):
                    answer = person.api(method, base + "/api" + path, token=False)
                    self.assertEqual((answer.status, answer.json["errors"][0]["code"]), (403, "csrf"), f"{method} {base}{path}")

    def test_every_form(self):
        expected = {"/admin": {"/admin/logout", "/admin/language", "/admin/sessions", "/admin/api-tokens",
                               "/admin/api-tokens/{id}/revoke", "/admin/orders/columns", "/admin/conversations/delete",
                               "/admin/conversations/{id}/delete", "/admin/roles/{id}"},
                    "": {"/logout", "/language", "/sessions", "/orders/columns"}}
        for base, person in self.people.items():
            log_in(self.host, LOGINS[base])  # elsewhere, so that there is something to end
            forms = forms_of(person, base)
            self.assertLessEqual(expected[base], set(forms), "the walk finds the forms")
            tokens, before = self.wrong_tokens(base), stored(self.host)
            for kind, (target, fields) in sorted(forms.items()):
                self.assertIn("csrf_token", dict(fields), kind)
                rest = [(name, value) for name, value in fields if name != "csrf_token"]
                for token in tokens:
                    sent = rest + ([] if token is None else [("csrf_token", token)])
                    answer = person.post_form(target, sent, follow=False)
                    self.assertEqual(answer.status, 403, f"{kind} {token}")
                    self.assertNotIn("set-cookie", answer.headers)
                in_address = person.post_form(f"{target}{'&' if '?' in target else '?'}csrf_token={person.csrf_token()}", rest, follow=False)
                self.assertEqual(in_address.status, 403, f"{kind}: a token in an address is in logs")
            self.assertEqual(stored(self.host), before)
            self.assertEqual(person.get(base or "/", follow=False).status, 200, "still logged in")

    def test_addresses_of_forms_that_no_page_shows(self):
        """What takes a form here, or never did: without the token none is told from the other."""
        for base, person in self.people.items():
            for target in ("/", "/orders", "/orders/new", "/orders/1/edit", "/orders/1/delete", "/orders/delete", "/nothing",
                           "/workflows/conversation_flow/deactivate", "/conversations/1/transitions/close", "/configuration"):
                self.assertEqual(person.post_form(base + target, {}, follow=False).status, 403, base + target)

    def test_reading_pages_writes_nothing(self):
        before = stored(self.host)
        for base, person in self.people.items():
            forms_of(person, base)
            for target in ("/logout", "/orders/1/delete", "/conversations/1/delete", "/conversations/1/transitions/close",
                           "/workflows/conversation_flow/deactivate", "/sessions?everywhere=1"):
                person.get(base + target, follow=False)
            self.assertEqual(person.get(base or "/", follow=False).status, 200)
        self.assertEqual(stored(self.host), before)


class Sessions(BothSides):
    def names(self, login):
        return ("/login", "parley_storefront", "/") if "@" in login else ("/admin/login", "parley_backoffice", "/admin")

    def is_in(self, login, token):
        _, cookie, home = self.names(login)
        browser = Browser(self.host)
        browser.cookies[cookie] = token
        return browser.get(home, follow=False).status == 200

    def test_a_session_begins_with_the_login(self):
        for login in LOGINS.values():
            page, _, home = self.names(login)
            for address in (page, home):
                self.assertNotIn("set-cookie", Browser(self.host).get(address, follow=False).headers, "nothing to be planted")

    def test_an_id_that_the_client_chose_is_not_taken(self):
        for login in LOGINS.values():
            page, cookie, _ = self.names(login)
            for chosen in ("A" * 43, "", "x", "parley_session", log_in(self.host, "greta").cookies["parley_backoffice"],
                           log_in(self.host, login).cookies[cookie]):
                browser = Browser(self.host)
                browser.cookies[cookie] = chosen
                browser.post_form(page, {"username": login, "password": "parley-demo"}, follow=False)
                self.assertNotEqual(browser.cookies[cookie], chosen)
                self.assertTrue(self.is_in(login, browser.cookies[cookie]))
                self.assertFalse(self.is_in(login, chosen), "who planted it has nothing of it")

    def test_an_id_in_an_address_or_a_form_is_none(self):
        token = log_in(self.host, "admin").cookies["parley_backoffice"]
        for address in (f"/admin/orders?parley_backoffice={token}", f"/admin/orders;parley_backoffice={token}"):
            self.assertNotEqual(Browser(self.host).get(address, follow=False).status, 200)

    def test_ids_are_long_and_never_the_same(self):
        tokens = {log_in(self.host, "admin").cookies["parley_backoffice"] for _ in range(20)}
        self.assertEqual((len(tokens), {len(one) for one in tokens}), (20, {43}))

    def test_logging_out_everywhere_else(self):
        for login, colleague in (("dana", "charlie"), ("wendy@example.com", "brian@example.com")):
            page, cookie, home = self.names(login)
            address = home.rstrip("/") + "/sessions"
            here, elsewhere = log_in(self.host, login), [log_in(self.host, login) for _ in range(3)]
            other = log_in(self.host, colleague)
            self.assertEqual(here.get(address).text.count("Another one</td>"), 3)
            self.assertEqual(here.get(address).text.count("This one"), 1)
            self.assertIn(f'href="{address}"', here.get(home).text)
            answer = here.submit(here.get(address), address)
            self.assertIn("You have been logged out everywhere else.", answer.text)
            self.assertIn("You are logged in nowhere else.", answer.text)
            self.assertEqual(here.get(home, follow=False).status, 200)
            self.assertEqual(other.get(home, follow=False).status, 200, "others stay")
            for browser in elsewhere:
                self.assertEqual(browser.get(home, follow=False).status, 303)
                api = "/api/orders" if home == "/" else "/admin/api/orders"
                self.assertEqual(browser.api("GET", api, token=False).status, 401)
            self.assertTrue(self.is_in(login, here.cookies[cookie]))
            again = here.post_form(address, {"csrf_token": here.csrf_token()})
            self.assertIn("You were logged in nowhere else.", again.text)

    def test_api_tokens_and_the_other_application_stay(self):
        office = log_in(self.host, "admin")
        page = office.submit(office.get("/admin/api-tokens"), "/admin/api-tokens", {"name": "ERP", "login": "charlie", "days": "30"})
        token = re.search(r'readonly value="([^"]+)"', page.text).group(1)
        charlie = log_in(self.host, "charlie")
        charlie.post_form("/login", {"username": "nora@example.com", "password": "parley-demo"})
        nora = log_in(self.host, "nora@example.com")
        log_in(self.host, "charlie")
        self.assertIn("You have been logged out everywhere else.", charlie.submit(charlie.get("/admin/sessions"), "/admin/sessions").text)
        answer = Browser(self.host).api("GET", "/admin/api/orders", token=False, Authorization="Bearer " + token)
        self.assertEqual(answer.status, 200)
        self.assertEqual(nora.get("/", follow=False).status, 200)
        self.assertEqual(charlie.get("/", follow=False).status, 200)


class Guessing(BothSides):
    def tried(self, login, password="wrong", path=None):
        fields = {"username": login, "password": password}
        return Browser(self.host).post_form(path or ("/login" if "@" in login else "/admin/login"), fields, follow=False)

    def lock(self, login, path=None):
        statuses = [self.tried(login, path=path).status for _ in range(9)]
        self.assertEqual(statuses, [401] * 8 + [429], login)

    def test_one_persons_failures_lock_nobody_else_out(self):
        self.lock("charlie")
        answer = self.tried("charlie", "parley-demo")
        self.assertEqual(answer.status, 429, "the right password is not told from a wrong one meanwhile")
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertEqual(self.tried("dana", "parley-demo").status, 303)
        self.assertEqual(self.tried("amanda@example.com", "parley-demo").status, 303)

    def test_who_is_logged_in_stays(self):
        erin = log_in(self.host, "erin")
        self.lock("erin")
        self.assertEqual(erin.get("/admin", follow=False).status, 200)

    def test_a_success_begins_the_count_again(self):
        for _ in range(2):
            for _ in range(7):
                self.assertEqual(self.tried("walter").status, 401)
            self.assertEqual(self.tried("walter", "parley-demo").status, 303)

    def test_nobody_learns_who_has_an_account(self):
        self.lock("nobody")
        self.lock("admin@example.com")

    def test_ways_to_write_a_login_are_one_login(self):
        logins = ["jonas@example.com", "Jonas@Example.com", " jonas@example.com", "JONAS@EXAMPLE.COM "] * 2
        self.assertEqual([self.tried(login).status for login in logins], [401] * 8)
        self.assertEqual(self.tried("jonas@example.com").status, 429)

    def test_the_api_is_no_way_around(self):
        self.lock("oscar@example.com")
        answer = Browser(self.host).api("GET", "/api/orders", Authorization=basic("oscar@example.com"))
        self.assertEqual(answer.status, 429)
        statuses = [Browser(self.host).api("GET", "/api/orders", Authorization=basic("wendy@example.com", f"wrong{i}")).status
                    for i in range(9)]
        self.assertEqual(statuses, [401] * 8 + [429])
        self.assertEqual(self.tried("wendy@example.com", "parley-demo").status, 429)


if __name__ == "__main__":
    unittest.main(verbosity=2)
