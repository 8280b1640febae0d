"""The host speaks the language of whoever reads: of the account, and before there is one, of the browser."""

import re
import unittest

from support.browser import Browser, log_in
from support.host import Host


class Language(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.greta = log_in(cls.host, "greta")
        cls.jonas = log_in(cls.host, "jonas@example.com")

    def test_login_speaks_what_the_browser_asks_for(self):
        for accepted, language, heading in (
            ("", "en", "Log In"),
            ("de", "de", "Anmelden"),
            ("de-AT, en;q=0.8", "de", "Anmelden"),
            ("en;q=0.4, fr, DE;q=0.5", "de", "Anmelden"),
            ("en-GB,en;q=0.9,de;q=0.8", "en", "Log In"),
            ("fr, it;q=0.5", "en", "Log In"),
            ("de;q=0, en;q=0", "en", "Log In"),
            (";q=x, de;q=nothing,,", "en", "Log In"),
        ):
            for path in ("/login", "/admin/login"):
                with self.subTest(accepted=accepted, path=path):
                    page = Browser(self.host).get(path, Accept_Language=accepted)
                    self.assertIn(f'<html lang="{language}"', page.text)
                    self.assertEqual(page.heading, heading)

    def test_what_is_refused_before_login_is_said_in_that_language(self):
        wrong = {"username": "greta", "password": "wrong"}
        answer = Browser(self.host).post_form("/admin/login", wrong, headers={"Accept-Language": "de"})
        self.assertEqual(answer.status, 401)
        self.assertIn("Der Benutzername oder das Passwort ist falsch.", answer.text)
        answer = Browser(self.host).post_form("/login", wrong, headers={"Accept-Language": "de", "Sec-Fetch-Site": "cross-site"})
        self.assertEqual((answer.status, answer.heading), (403, "Nicht erlaubt"))

    def test_pages_speak_the_language_of_the_account_and_not_of_the_browser(self):
        for path, heading in (("/admin", "Hallo, Greta"), ("/admin/orders/1/delete", "Bestellung „ORD-1001“ löschen?"),
                              ("/admin/nothing", "Seite nicht gefunden"), ("/admin/api-tokens", "API-Tokens")):
            page = self.greta.get(path, Accept_Language="en")
            self.assertIn('<html lang="de"', page.text)
            self.assertEqual(page.heading, heading)
        page = self.admin.get("/admin", Accept_Language="de")
        self.assertIn('<html lang="en"', page.text)
        self.assertEqual(page.heading, "Hello, John")
        self.assertNotIn("data-words", page.text)
        self.assertEqual(self.jonas.get("/").heading, "Willkommen zurück, Jonas")

    def test_a_form_that_is_out_of_date_is_refused_in_the_language_of_the_account(self):
        answer = self.greta.post_form("/admin/orders/1/delete", {"csrf_token": "old"})
        self.assertEqual((answer.status, answer.heading), (403, "Nicht erlaubt"))
        self.assertIn("Das Formular ist veraltet.", answer.text)

    def test_what_stands_in_no_dictionary_is_not_taken_for_a_word(self):
        """Names of records are nobody's words, even where they are called like a button."""
        page = self.greta.get("/admin/businessunits?filter[name][contains]=Sales")
        self.assertRegex(page.text, r'<a class="title" href="[^"]*">Sales</a>')

    def test_refusals_of_the_hosts_records(self):
        answer = self.greta.api("DELETE", "/admin/api/users/6")
        self.assertEqual((answer.status, answer.details), (409, ["Sie können Ihr eigenes Konto nicht löschen."]))
        answer = self.admin.api("DELETE", "/admin/api/users/1")
        self.assertEqual((answer.status, answer.details), (409, ["You cannot delete your own account."]))

    def test_statuses_are_shown_and_filtered_in_the_language(self):
        statuses = re.compile(r'<span class="badge \w+">(.*?)</span>')
        found = self.greta.get("/admin/orders?filter[status][contains]=Offen")
        self.assertEqual(set(statuses.findall(found.text)), {"offen"})
        several = self.greta.get("/admin/orders?filter[status][contains]=n")
        self.assertIn("in Bearbeitung", statuses.findall(several.text))
        self.assertEqual(statuses.findall(self.greta.get("/admin/orders?filter[status][contains]=xyz").text), [])
        english = self.admin.get("/admin/orders?filter[status][contains]=op")
        self.assertEqual(set(statuses.findall(english.text)), {"open"})

    def test_people_choose_language_and_time_zone(self):
        for login, base in (("erin", "/admin"), ("oscar@example.com", "")):
            with self.subTest(login):
                person = log_in(self.host, login)
                page = person.get(base + "/language")
                self.assertEqual(page.heading, "Language and Time Zone")
                self.assertIn('<option value="UTC" selected>', page.text)
                saved = person.submit(page, base + "/language", {"language": "de", "zone": "America/New_York"})
                self.assertIn("Sprache und Zeitzone gespeichert", saved.text)
                self.assertIn('<html lang="de"', saved.text)
                self.assertIn('data-time-zone="America/New_York"', saved.text)
                self.assertIn('<option value="America/New_York" selected>', saved.text)
                self.assertEqual(log_in(self.host, login).get(base + "/language").heading, "Sprache und Zeitzone")

    def test_what_cannot_be_chosen_is_said_at_its_field_and_changes_nothing(self):
        person = log_in(self.host, "dana")
        page = person.get("/admin/language")
        for fields, errors in (({"language": "fr", "zone": "UTC"}, ["Choose a language."]),
                               ({"language": "", "zone": "Mars/Base"}, ["Choose a language.", "Choose a time zone."])):
            answer = person.submit(page, "/admin/language", fields)
            self.assertEqual(answer.status, 422)
            self.assertEqual(re.findall(r'<p class="field-error" id="[^"]*">(.*?)</p>', answer.text), errors)
        self.assertIn('<html lang="en" class="backoffice">', person.get("/admin").text)
        self.assertIn('data-time-zone="UTC"', person.get("/admin").text)

    def test_numbers_and_times_for_people_and_for_programs(self):
        page = self.greta.get("/admin/orders/1")
        self.assertIn(">978,00<", page.text)
        self.assertIn('datetime="2026-11-16T09:12:00Z">16.11.2026, 09:12 UTC<', page.text)
        self.assertIn(">978.00<", self.admin.get("/admin/orders/1").text)
        lines = self.greta.get("/admin/orders/export?sort=number").text.splitlines()
        self.assertIn('"Nummer"', lines[0])
        self.assertIn(",978.00,", lines[1])
        self.assertIn('"2026-11-16 10:12:00"', lines[1])  # in Berlin


if __name__ == "__main__":
    unittest.main()
