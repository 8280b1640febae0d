"""C1-C3: what System > Configuration saves is what plugins get, and who may save."""

import os
import sqlite3
import unittest
from contextlib import closing
from urllib.parse import quote

from support.api import Api, resource
from support.browser import Browser, log_in
from support.host import Host, run

PAGE = "/admin/configuration"
DAY = 86_400_000_000  # microseconds
ENABLED = "conversations.enabled"
DAYS = "conversations.inactivity_days"


def address(level, group="Commerce/Customer/Interactions"):
    return f"{PAGE}?level={quote(level, safe='')}&group={quote(group, safe='')}"


def values(**changes):
    """Fields of the form: a value, or None for "Use default"; those that are named are those that it showed."""
    fields = []
    for name, value in changes.items():
        name = "conversations." + name
        fields.append(("shown", name))
        fields.append((f"default.{name}", "on") if value is None else (f"value.{name}", value))
    return fields


class Configuration(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.api = Api(cls.host, "admin")
        cls.amanda = Api(cls.host, "amanda@example.com")

    def save(self, level, follow=False, **changes):
        fields = [("csrf_token", self.admin.csrf_token()), *values(**changes)]
        return self.admin.post_form(address(level), fields, follow)

    def saved(self, level, **changes):
        answer = self.save(level, **changes)
        self.assertEqual(answer.status, 303, answer.text)

    def kept(self):
        with closing(sqlite3.connect(f"{self.host.folder}/host.db")) as database:
            rows = database.execute("select scope, scope_id, name, value from settings order by 1, 2, 3").fetchall()
        return {(scope + ":" + place).rstrip(":") + " " + name.rpartition(".")[2]: value for scope, place, name, value in rows}

    def tearDown(self):
        for level in ("organization:1", "website:1", "website:2"):
            self.saved(level, enabled=None, inactivity_days=None)
        self.saved("system", enabled="on", inactivity_days=None)

    def test_c1_values_are_kept_by_level_and_use_default_forgets_them(self):
        self.saved("system", inactivity_days="30")
        self.saved("website:2", inactivity_days=" 10 ", enabled="")
        self.assertEqual(self.kept(), {"system enabled": "true", "system inactivity_days": "30",
                                       "website:2 enabled": "false", "website:2 inactivity_days": "10"})
        self.saved("website:2", inactivity_days=None, enabled=None)
        self.assertEqual(self.kept(), {"system enabled": "true", "system inactivity_days": "30"})

    def test_c1_what_the_form_did_not_show_stays(self):
        self.saved("system", inactivity_days="30")
        self.saved("system")
        self.assertEqual(self.kept(), {"system enabled": "true", "system inactivity_days": "30"})

    def test_c1_two_people_who_change_different_settings_undo_nothing(self):
        self.saved("system", inactivity_days="30")
        fields = [("csrf_token", self.admin.csrf_token()), *values(inactivity_days=None, longest_message="500")]
        fields.append(("was.conversations.inactivity_days", "default"))  # as it was drawn before
        self.assertEqual(self.admin.post_form(address("system"), fields, False).status, 303)
        self.assertEqual(self.kept(), {"system enabled": "true", "system inactivity_days": "30",
                                       "system longest_message": "500"})
        self.saved("system", longest_message=None)

    def test_c1_a_setting_has_values_on_its_own_levels_only(self):
        self.saved("website:1", event_retention_days="5")
        self.assertEqual(self.kept(), {"system enabled": "true"})

    def test_c2_the_narrower_level_wins_at_the_next_request(self):
        self.assertEqual(self.amanda.get("/conversations").status, 200)
        self.saved("website:1", enabled="")
        self.assertEqual(self.amanda.get("/conversations").status, 404)
        self.assertEqual(self.api.get("/conversations").status, 200)
        self.saved("organization:1", enabled="")
        self.assertEqual(self.api.get("/conversations").status, 404)
        self.saved("website:1", enabled="on")
        self.assertEqual(self.amanda.get("/conversations").status, 200)

    def test_c3_one_wrong_value_saves_none(self):
        before = self.kept()
        for wrong in ("abc", "-1", "36501", "1.5", "", "9223372036854775808", "0x10", "1 0", "true"):
            answer = self.save("system", enabled="", inactivity_days=wrong)
            self.assertEqual(answer.status, 422, wrong)
            self.assertIn("This value should be a whole number from 0 to 36500.", answer.text)
            self.assertIn(f'value="{wrong}"', answer.text, "it is not lost")
            self.assertEqual(self.kept(), before)

    def test_c3_messages_have_no_more_bytes_than_was_set(self):
        def say(person, body):
            return person.send("POST", "/conversations", resource("conversations", {"name": "Long", "firstMessage": body}))

        self.saved("website:1", longest_message="1000")
        self.assertEqual(say(self.amanda, "x" * 1000).status, 201)
        refused = say(self.amanda, "x" * 1001)
        self.assertEqual(refused.status, 422)
        self.assertEqual(refused.details, ["This message is too long. It should have 1,000 bytes or less."])
        self.assertEqual(say(self.api, "x" * 1001).status, 201, "the back office has no website")
        self.saved("website:1", longest_message=None)
        self.assertEqual(say(self.amanda, "x" * 1001).status, 201)

    def test_w3_the_job_acts_by_what_was_set(self):
        order = ("orders", "1")
        old = self.api.create("conversations", {"name": "Old", "firstMessage": "Hello"}, source=order)["id"]
        young = self.api.create("conversations", {"name": "Young", "firstMessage": "Hello"}, source=order)["id"]
        with closing(sqlite3.connect(f"{self.host.folder}/parley.db", timeout=30)) as database:
            table = next(name for (name,) in database.execute("select name from sqlite_master where type = 'table'")
                         if name.endswith("conversation"))
            database.execute(f"update {table} set created_at = created_at - ?, all_last_text_at = all_last_text_at - ?"
                             " where id = ?", (8 * DAY, 8 * DAY, old))
            database.commit()

        def statuses_after_the_job():
            status, _, errors = run("--data", self.host.folder, "--plugin", os.environ["PARLEY_PLUGIN"],
                                    "--database", self.host.database, "--run-job", "inactivity")
            self.assertEqual(status, 0, errors)
            return [self.api.get(f"/conversations/{one}").json["data"]["relationships"]["status"]["data"]["id"]
                    for one in (old, young)]

        self.assertEqual(statuses_after_the_job(), ["active", "active"], "0 is never")
        self.saved("system", inactivity_days="9")
        self.assertEqual(statuses_after_the_job(), ["active", "active"])
        self.saved("website:1", inactivity_days="7")
        self.assertEqual(statuses_after_the_job(), ["inactive", "active"])

    def test_c1_who_may_not_configure_finds_nothing(self):
        charlie = log_in(self.host, "charlie")
        self.assertEqual(charlie.get(PAGE).status, 404)
        fields = [("csrf_token", charlie.csrf_token()), *values(enabled="")]
        self.assertEqual(charlie.post_form(address("system"), fields).status, 404)
        amanda = log_in(self.host, "amanda@example.com")
        self.assertEqual(amanda.get("/configuration").status, 404)
        self.assertIn("/admin/login", Browser(self.host).get(PAGE, follow=False).headers["location"])
        self.assertEqual(self.kept(), {"system enabled": "true"})

    def test_c1_no_token_no_change(self):
        answer = self.admin.post_form(address("system"), values(enabled=""), follow=False)
        self.assertEqual(answer.status, 403)
        self.assertEqual(self.kept(), {"system enabled": "true"})

    def test_c1_levels_and_groups_that_are_not_there(self):
        for wrong in (address("website:99"), address("planet:1"), address("system", "Commerce"), address("system", "X")):
            self.assertEqual(self.admin.get(wrong).status, 404, wrong)
            fields = [("csrf_token", self.admin.csrf_token()), *values(enabled="")]
            self.assertEqual(self.admin.post_form(wrong, fields).status, 404, wrong)

    def test_c1_the_host_without_plugins_has_its_own(self):
        with Host() as host:
            page = log_in(host, "admin").get(PAGE)
            self.assertEqual((page.status, page.heading), (200, "Configuration"))
            self.assertIn("Rows per Page", page.text)
            self.assertNotIn("Commerce", page.text)

    def test_c3_a_choice_is_one_of_its_values(self):
        def post(value):
            fields = [("csrf_token", self.admin.csrf_token()), ("shown", "grids.rows_per_page"),
                      ("value.grids.rows_per_page", value)]
            return self.admin.post_form(address("website:1", "General/Display"), fields, follow=False)

        for wrong in ("11", "", "ten"):
            answer = post(wrong)
            self.assertEqual(answer.status, 422, wrong)
            self.assertIn("Choose one of the values.", answer.text)
        self.assertEqual(post("10").status, 303)
        self.addCleanup(self.admin.post_form, address("website:1", "General/Display"), [
            ("csrf_token", self.admin.csrf_token()), ("shown", "grids.rows_per_page"), ("default.grids.rows_per_page", "on")])
        self.assertEqual(self.kept()["website:1 rows_per_page"], "10")


if __name__ == "__main__":
    unittest.main()
