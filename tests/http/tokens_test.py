"""API tokens: an administrator makes and revokes them, programs act with them in a person's name."""

import os
import re
import sqlite3
import tempfile
import unittest
from contextlib import closing

from support.browser import Browser, basic, log_in
from support.host import Host

PAGE = "/admin/api-tokens"


class Tokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")

    def made(self, login, name="ERP", days="90"):
        page = self.admin.submit(self.admin.get(PAGE), PAGE, {"name": name, "login": login, "days": days})
        self.assertEqual(page.status, 200, page.text)
        self.assertEqual(page.headers["cache-control"], "no-store")
        return re.search(r'readonly value="([^"]+)"', page.text).group(1)

    def asked(self, token, path="/admin/api/orders", method="GET", document=None):
        return Browser(self.host).api(method, path, document, token=False, Authorization="Bearer " + token)

    def test_a_token_acts_as_its_person(self):
        token = self.made("charlie")
        answer = self.asked(token)
        self.assertEqual(answer.status, 200)
        self.assertIn("charlie", self.admin.get(PAGE).text)
        mine = Browser(self.host).api("GET", "/admin/api/orders", Authorization=basic("charlie"))
        self.assertEqual(answer.json["data"], mine.json["data"], "it sees what the person sees")

    def test_a_token_of_a_customer_user_opens_the_storefront_only(self):
        token = self.made("Amanda@example.com ")
        self.assertEqual(self.asked(token, "/api/orders").status, 200)
        self.assertEqual(self.asked(token).status, 401)

    def test_a_write_needs_no_token_of_a_page(self):
        self.assertEqual(self.asked(self.made("admin"), "/admin/api/orders/999", "DELETE").status, 404)

    def test_it_is_shown_once(self):
        token = self.made("admin", "shown once")
        self.assertNotIn(token, self.admin.get(PAGE).text)
        self.assertNotIn(token.partition(".")[2], self.admin.get(PAGE).text)

    def test_loading_the_page_again_makes_no_second_one(self):
        answer = self.admin.submit(self.admin.get(PAGE), PAGE, {"name": "made once", "login": "admin", "days": "30"}, follow=False)
        self.assertEqual((answer.status, answer.headers["location"], answer.text), (303, PAGE, ""))
        self.assertEqual(self.admin.send("HEAD", PAGE).status, 200, "shows nothing, and takes nothing away")
        other = log_in(self.host, "admin")
        self.assertNotIn("readonly", other.get(PAGE).text, "it is of this session alone")
        first, second = self.admin.get(PAGE).text, self.admin.get(PAGE).text
        self.assertIn("The new token: made once", first)
        self.assertRegex(first, r'readonly value="\d+\.')
        self.assertNotIn("readonly", second)
        self.assertEqual(second.count("made once</td>"), 1)

    def test_names_are_trimmed_and_kept_as_they_are_within(self):
        self.made("admin", " \t two  blanks – “ü” \n")
        self.assertIn('data-label="Name">two  blanks – “ü”</td>', self.admin.get(PAGE).text)
        for character in "\x01\t\n\r\x1b\x7f\x80\x85\x9f":
            self.assertEqual(self.refused(name=f"a{character}b")[1],
                             {"name": "A name has no control characters, such as tabs."}, repr(character))
        self.made("admin", "a\xa0b")

    def test_a_revoked_one_is_refused(self):
        token = self.made("admin", "for a moment")
        number = token.partition(".")[0]
        question = self.admin.get(f"{PAGE}/{number}/revoke")
        self.assertEqual(question.heading, "Revoke the token “for a moment”?")
        self.assertEqual(self.asked(token).status, 200, "a question revokes nothing")
        page = self.admin.submit(question, f"{PAGE}/{number}/revoke")
        self.assertIn("The token was revoked.", page.text)
        self.assertEqual(self.admin.get(f"{PAGE}/{number}/revoke").status, 404)
        self.assertNotIn("for a moment", page.text)
        answer = self.asked(token)
        self.assertEqual(answer.status, 401)
        self.assertIn("Bearer", answer.headers["www-authenticate"])
        fields = {"csrf_token": self.admin.csrf_token()}
        self.assertEqual(self.admin.post_form(f"{PAGE}/{number}/revoke", fields).status, 404)

    def test_guessing_is_slowed_down(self):
        token = self.made("admin", "guessed at")
        number = token.partition(".")[0]
        statuses = [self.asked(f"{number}.wrong{i}").status for i in range(8)]
        self.assertEqual(statuses, [401] * 8)
        answer = self.asked(f"{number}.wrong")
        self.assertEqual(answer.status, 429)
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertEqual(self.asked(token).status, 200, "a stranger does not lock its owner out")
        self.assertEqual(self.asked(self.made("admin", "another")).status, 200)

    def test_what_is_no_token_is_401(self):
        for token in ("", "1", "1.", ".x", "x.y", "999999.secret", "1.é"):
            self.assertEqual(self.asked(token.encode().decode("latin-1")).status, 401, token)
        answer = Browser(self.host).api("GET", "/admin/api/orders", Authorization="Digest x")
        self.assertEqual(answer.status, 401)
        answer = self.admin.api("GET", "/admin/api/orders", Authorization="Bearer 1.wrong")
        self.assertEqual(answer.status, 401, "who names credentials is not taken for the session's person")

    def refused(self, **fields):
        """What stands at the fields of the form."""
        page = self.admin.submit(self.admin.get(PAGE), PAGE, {"name": "ERP", "login": "admin", "days": "30", **fields})
        self.assertEqual(page.status, 422)
        return page, dict(re.findall(r'<p class="field-error" id="error-(\w+)">(.*?)</p>', page.text))

    def test_wrong_input_is_named_at_its_field_and_kept(self):
        page, faults = self.refused(name=" ", login="nobody")
        self.assertEqual(faults, {"name": "Give the token a name.",
                                  "login": "There is nobody with this user name or e-mail address."})
        self.assertIn('value="nobody"', page.text)
        self.assertIn('<option value="30" selected>', page.text)
        self.assertEqual(list(self.refused(name="x" * 101)[1]), ["name"])
        for days in ("", "31", "-1", "x"):
            self.assertEqual(self.refused(days=days)[1], {"days": "Choose when the token expires."})

    def test_it_expires(self):
        token, other = self.made("admin", "for 30 days", "30"), self.made("admin", "for ever", "0")
        number = token.partition(".")[0]
        self.assertEqual(self.asked(token).status, 200)
        file = os.path.join(self.host.folder, "host.db")
        with closing(sqlite3.connect(file, timeout=20)) as database:
            [(made, expires)] = database.execute("select created_at, expires_at from api_tokens where id = ?", (number,))
            self.assertAlmostEqual(expires - made, 30 * 86400 * 10**6, delta=60 * 10**6)
            with database:
                database.execute("update api_tokens set expires_at = created_at where id = ?", (number,))
        answer = self.asked(token)
        self.assertEqual(answer.status, 401)
        self.assertIn("Bearer", answer.headers["www-authenticate"])
        self.assertEqual(self.asked(other).status, 200)
        self.assertEqual(re.findall(r'data-label="Name">([^<]*)</td>(?:(?!</tr>).)*Expired', self.admin.get(PAGE).text,
                                    re.DOTALL), ["for 30 days"])

    def test_tokens_of_an_older_folder_go_on_without_an_end(self):
        with tempfile.TemporaryDirectory() as folder:
            with Host(folder=folder) as host:
                admin = log_in(host, "admin")
                page = admin.submit(admin.get(PAGE), PAGE, {"name": "old", "login": "admin", "days": "30"})
                token = re.search(r'readonly value="([^"]+)"', page.text).group(1)
            with closing(sqlite3.connect(os.path.join(folder, "host.db"))) as database, database:
                database.execute("drop table preferences")
                database.execute("alter table api_tokens drop column expires_at")
                database.execute("pragma user_version = 2")
            with Host(folder=folder) as host:
                answer = Browser(host).api("GET", "/admin/api/orders", Authorization="Bearer " + token)
                self.assertEqual(answer.status, 200)

    def test_who_is_no_administrator_has_no_such_page(self):
        for login in ("charlie", "dana"):
            person = log_in(self.host, login)
            self.assertEqual(person.get(PAGE).status, 404)
            self.assertNotIn(PAGE, person.get("/admin").text)
            fields = {"csrf_token": person.csrf_token(), "name": "x", "login": "admin", "days": "30"}
            self.assertEqual(person.post_form(PAGE, fields).status, 404)
            self.assertEqual(person.get(f"{PAGE}/1/revoke").status, 404)
            self.assertEqual(person.post_form(f"{PAGE}/1/revoke", fields).status, 404)
        self.assertIn(PAGE, self.admin.get("/admin").text)


if __name__ == "__main__":
    unittest.main()
