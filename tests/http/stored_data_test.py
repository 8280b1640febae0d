"""O2: whatever people do in the demo, "parley-migrate verify --data" finds what is stored sound, while the host runs and after."""

import os
import subprocess
import tempfile
import unittest

from support.browser import log_in
from support.host import Host, run


class StoredData(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_PLUGIN"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.amanda = log_in(cls.host, "amanda@example.com")

    def verify(self):
        done = subprocess.run(
            [os.environ["PARLEY_MIGRATE"], "verify", "--data", "--database", self.host.database],
            capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()[-1]

    def send(self, person, method, path, document=None):
        answer = person.api(method, ("/admin/api/" if person is self.admin else "/api/") + path, document)
        self.assertEqual(answer.status // 100, 2, answer.text)
        return answer.json["data"] if answer.json else None

    def say(self, person, conversation, body):
        self.send(person, "POST", "conversationmessages", {"data": {
            "type": "conversationmessages", "attributes": {"body": body},
            "relationships": {"conversation": {"data": {"type": "conversations", "id": conversation}}}}})

    def test_a_story(self):
        self.assertIn("ok: 0 conversations with 0 messages", self.verify())
        order = {"data": {"type": "orders", "id": "1"}}
        asked = self.send(self.amanda, "POST", "conversations", {"data": {
            "type": "conversations", "attributes": {"name": "Where is it?", "firstMessage": "Has it been sent?"},
            "relationships": {"source": order}}})["id"]
        begun = self.send(self.admin, "POST", "conversations", {"data": {
            "type": "conversations", "attributes": {"name": ""}, "relationships": {"source": order}}})["id"]
        self.say(self.admin, asked, "It leaves today.")
        self.say(self.amanda, asked, "Thank you")
        self.send(self.admin, "POST", f"conversations/{asked}/mark-read", {"meta": {"index": 3}})
        self.send(self.admin, "PATCH", f"conversations/{asked}", {"data": {
            "type": "conversations", "id": asked, "attributes": {"name": "About ORD-1001"},
            "relationships": {"owner": {"data": {"type": "users", "id": "3"}},
                              "activityTargets": {"data": [order["data"], {"type": "rfqs", "id": "1"}]}}}})
        self.send(self.admin, "POST", f"conversations/{asked}/transitions/close")
        self.send(self.admin, "POST", f"conversations/{asked}/transitions/reopen")
        self.say(self.amanda, asked, "One more thing")
        self.assertIn("ok: 2 conversations with ", self.verify())
        self.send(self.admin, "DELETE", f"conversations/{begun}")
        self.assertIn("ok: 1 conversations with ", self.verify())

    def test_its_connection_string_may_stand_in_a_file(self):
        """A password on a command line shows in the list of processes."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
            file.write(self.host.database + "\n")
            file.flush()
            job = ["--data", self.host.folder, "--plugin", os.environ["PARLEY_PLUGIN"], "--run-job", "inactivity"]
            status, _, errors = run(*job, "--database", f"@{file.name}")
            self.assertEqual(status, 0, errors)
            status, _, errors = run(*job, "--database", file.name)
            self.assertEqual(status, 1, "a path is no connection string")
            done = subprocess.run(
                [os.environ["PARLEY_MIGRATE"], "verify", "--data", "--database", f"@{file.name}"],
                capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    unittest.main()
