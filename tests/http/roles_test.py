"""Roles: what System > Roles saves, and who may save."""

import os
import sqlite3
import unittest
from contextlib import closing

from support.api import Api
from support.browser import log_in
from support.host import Host

CLERK = 4
ADMINISTRATOR = 1


def address(role):
    return f"/admin/roles/{role}"


class Roles(unittest.TestCase):
    def setUp(self):
        self.host = Host(os.environ["PARLEY_PLUGIN"])
        self.addCleanup(self.host.stop)
        self.admin = log_in(self.host, "admin")

    def post(self, role, person=None, **levels):
        """Levels: subject__permission="was level"; everything="on", had_everything="on"."""
        person = person or self.admin
        fields = [("csrf_token", person.csrf_token())]
        for name, change in levels.items():
            if name.endswith("everything"):
                fields.append((name.replace("had_", "was."), change))
                continue
            was, level = change.split()
            key = name.replace("__", ".")
            fields += [(f"was.{key}", was), (f"level.{key}", level)]
        return person.post_form(address(role), fields, follow=False)

    def kept(self, role):
        with closing(sqlite3.connect(f"{self.host.folder}/host.db")) as database:
            return {f"{subject}.{permission}": level for subject, permission, level in database.execute(
                "select subject, permission, level from role_permissions where role_id = ?", (role,))}

    def test_only_what_was_changed_is_saved(self):
        """Two people edit a role at once: neither undoes what the other changed."""
        before = self.kept(CLERK)
        self.assertEqual(self.post(CLERK, orders__view="organization none", customers__view="none none").status, 303)
        del before["orders.view"]
        self.assertEqual(self.kept(CLERK), before)

    def test_a_second_person_has_it_at_the_next_request(self):
        walter = Api(self.host, "walter")
        self.assertEqual(walter.get("/conversations").status, 404)
        self.assertEqual(self.post(CLERK, conversations__view="none global").status, 303)
        self.assertEqual(walter.get("/conversations").status, 200)
        self.assertEqual(self.post(CLERK, conversations__view="global none").status, 303)
        self.assertEqual(walter.get("/conversations").status, 404)

    def test_permissions_of_plugins_that_are_not_loaded_stay(self):
        self.assertEqual(self.kept(2)["notes.view"], 4)
        self.assertEqual(self.post(2, orders__view="organization user").status, 303)
        self.assertEqual((self.kept(2)["notes.view"], self.kept(2)["orders.view"]), (4, 1))

    def test_a_level_that_is_not_offered_is_refused(self):
        before = self.kept(CLERK)
        for wrong in ("roles__manage", "conversation_flow__configure"):
            answer = self.post(CLERK, orders__view="organization none", **{wrong: "none user"})
            self.assertEqual(answer.status, 422, wrong)
            self.assertIn("Choose among the levels.", answer.text)
        self.assertEqual(self.post(5, orders__view="user organization").status, 422, "not in the storefront")
        self.assertEqual(self.kept(CLERK), before)

    def test_every_permission_is_given_and_taken_by_who_changes_it_alone(self):
        """A page that was opened before somebody else changed it leaves it as it is now."""
        self.assertEqual(self.post(CLERK, everything="on").status, 303)
        self.assertIn("*.*", self.kept(CLERK))
        self.assertEqual(self.post(CLERK, orders__view="organization none").status, 303, "a page from before")
        self.assertIn("*.*", self.kept(CLERK))
        self.assertEqual(self.post(CLERK, had_everything="on", orders__view="global organization").status, 303)
        self.assertNotIn("*.*", self.kept(CLERK))
        self.assertEqual(self.post(CLERK, everything="on", had_everything="on").status, 303, "a page from between")
        self.assertNotIn("*.*", self.kept(CLERK))

    def test_a_role_of_the_storefront_never_has_everything(self):
        self.assertEqual(self.post(5, everything="on").status, 303)
        self.assertNotIn("*.*", self.kept(5))

    def test_nobody_locks_itself_out(self):
        before = self.kept(ADMINISTRATOR)
        self.assertEqual(self.post(ADMINISTRATOR, had_everything="on").status, 422, "nothing would be left")
        self.assertEqual(self.post(ADMINISTRATOR, had_everything="on", roles__manage="global none").status, 422)
        self.assertEqual(self.kept(ADMINISTRATOR), before)
        self.assertEqual(self.admin.get(address(ADMINISTRATOR)).status, 200)

    def test_who_may_not_manage_roles_finds_nothing(self):
        charlie = log_in(self.host, "charlie")
        before = self.kept(2)
        self.assertEqual(charlie.get("/admin/roles").status, 404)
        self.assertEqual(self.post(2, person=charlie, roles__manage="none global").status, 404)
        self.assertEqual(self.kept(2), before)
        for missing in ("99", "x", "99999999999999999999"):
            self.assertEqual(self.admin.get(f"/admin/roles/{missing}").status, 404)
        self.assertEqual(log_in(self.host, "amanda@example.com").get("/roles").status, 404)

    def test_no_token_no_change(self):
        before = self.kept(CLERK)
        answer = self.admin.post_form(address(CLERK), [("was.orders.view", "organization"), ("level.orders.view", "none")])
        self.assertEqual(answer.status, 403)
        self.assertEqual(self.kept(CLERK), before)


if __name__ == "__main__":
    unittest.main()
