"""With a plugin that knows nothing of this project's own: what it registers shows up, and the host tells it things."""

import html
import json
import os
import re
import tempfile
import unittest

from support.browser import log_in
from support.host import Host, run
from support.waiting import wait_until


class ForeignPlugin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(os.environ["PARLEY_NOTE"])
        cls.addClassCleanup(cls.host.stop)
        cls.admin = log_in(cls.host, "admin")
        cls.amanda = log_in(cls.host, "amanda@example.com")

    def add_note(self, text, record=None):
        document = {"data": {"type": "notes", "attributes": {"text": text}}}
        if record:
            document["data"]["relationships"] = {"record": {"data": {"type": record[0], "id": record[1]}}}
        answer = self.admin.api("POST", "/admin/api/notes", document)
        self.assertEqual(answer.status, 201, answer.text)
        return answer.json["data"]["id"]

    def test_its_menu_item_and_page(self):
        page = self.admin.get("/admin")
        self.assertRegex(page.text, r'<summary[^>]*>Activities</summary>\s*<ul>\s*<li><a href="/admin/pages/notes">Notes</a>')
        page = self.admin.get("/admin/pages/notes")
        self.assertEqual((page.status, page.heading), (200, "Notes"))
        self.assertIn('href="/admin/pages/notes/new">Create Note</a>', page.text)

    def test_its_elements_get_what_they_need(self):
        page = self.admin.get("/admin/orders/1/actions/add-note")
        self.assertEqual(page.heading, "Add Note")
        element = re.search(r"<note-form[^>]*>", page.text).group(0)
        for attribute in ('api-base="/admin/api"', 'application="backoffice"', 'record-type="orders"', 'record-id="1"',
                          'return-url="/admin/orders/1"', 'csrf-header="X-CSRF-Token"', 'locale="en"', 'actor-type="users"',
                          'actor-id="1"', '{&quot;label&quot;:&quot;Orders&quot;,&quot;type&quot;:&quot;orders&quot;}', 'url-template="/admin/{type}/{id}"', 'page-template="/admin/pages/{page}"'):
            self.assertIn(attribute, element)
        self.assertIn(f'csrf-token="{self.admin.csrf_token()}"', element)

    def test_its_workflow_has_pages(self):
        """W1: listed, drawn from the descriptor, deactivated and activated; a system workflow has no other button."""
        with Host(os.environ["PARLEY_NOTE"]) as host:
            admin, charlie, amanda = (log_in(host, name) for name in ("admin", "charlie", "amanda@example.com"))
            self.assertIn('<a href="/admin/workflows">Workflows</a>', admin.get("/admin").text)
            link = re.search(r'href="(/admin/workflows/[^"]+)">([^<]+)</a>', admin.get("/admin/workflows").text)
            page = admin.get(link.group(1))
            self.assertEqual(page.heading, link.group(2))
            self.assertEqual(set(re.findall(r'class="step-label"[^>]*>([^<]+)<', page.text)), {"Open", "Done"})
            self.assertIn(">Deactivate</button>", page.text)
            self.assertNotRegex(page.text, r">(Edit|Delete)<")
            switched = admin.submit(page, link.group(1) + "/deactivate")
            self.assertIn("has been deactivated", switched.text)
            self.assertIn(">Activate</button>", switched.text)
            self.assertIn("has been activated", admin.submit(switched, link.group(1) + "/activate").text)
            self.assertNotIn("Deactivate", charlie.get(link.group(1)).text)
            token = charlie.csrf_token()
            self.assertEqual(charlie.post_form(link.group(1) + "/deactivate", {"csrf_token": token}).status, 403)
            self.assertEqual(admin.get("/admin/workflows/nothing").status, 404)
            self.assertEqual(amanda.get("/workflows").status, 404)

    def test_its_assets(self):
        page = self.admin.get("/admin/orders/1")
        address = re.search(r'<script type="module" src="(/assets/plugins/[^"]+)"', page.text).group(1)
        answer = self.admin.get(address)
        self.assertEqual(answer.status, 200)
        self.assertIn("javascript", answer.headers["content-type"])
        self.assertIn("immutable", answer.headers["cache-control"])
        self.assertEqual(self.admin.get(address, If_None_Match=answer.headers["etag"]).status, 304)
        self.assertEqual(self.admin.get("/assets/plugins/nothing/notes.js").status, 404)

    def test_its_assets_come_only_where_its_elements_stand(self):
        self.assertIn("/assets/plugins/", self.admin.get("/admin").text, "the indicator stands on every page")
        self.assertNotIn("/assets/plugins/", self.amanda.get("/orders/1").text)
        self.assertNotIn("/assets/plugins/", log_in(self.host, "walter").get("/admin/orders/1").text)

    def test_elements_may_search_what_one_may_list(self):
        def types(browser):
            element = re.search(r"<note-indicator[^>]*>", browser.get("/admin").text).group(0)
            return json.loads(html.unescape(re.search(r'record-types="([^"]*)"', element).group(1)))
        self.assertEqual([one["type"] for one in types(self.admin)], ["users", "customerusers", "orders", "rfqs", "quotes"])
        self.assertEqual(types(self.admin)[2], {"type": "orders", "label": "Orders"})

    def test_what_is_no_record_and_has_no_page_is_404_in_the_storefront(self):
        note = self.add_note("In the shop", ("orders", "1"))
        for path in ("/notes", f"/notes/{note}"):
            self.assertEqual(self.amanda.get(path).status, 404, path)
        self.assertEqual(self.amanda.api("GET", "/api/notes").status, 200, "the API has it all the same")

    def test_its_action_panel_and_indicator_stand_on_records(self):
        for path in ("/admin/orders/1", "/admin/rfqs/1", "/admin/quotes/1", "/admin/users/2", "/admin/customerusers/1"):
            page = self.admin.get(path)
            self.assertIn("More Actions", page.text, path)
            self.assertRegex(page.text, r'<a href="[^"]*/actions/add-note">Add Note</a>', path)
            self.assertIn("<note-panel", page.text, path)
            self.assertIn("<note-indicator", page.text, path)
        self.assertNotIn("<note-panel", self.admin.get("/admin/customers/1").text)

    def test_a_record_of_it_has_a_generic_page_with_its_workflow(self):
        note = self.add_note("Call <b>back</b>", ("orders", "1"))
        page = self.admin.get(f"/admin/notes/{note}")
        self.assertEqual(page.heading, "Call &lt;b&gt;back&lt;/b&gt;")
        self.assertIn('href="/admin/orders/1">ORD-1001', page.text)
        self.assertIn(">Open</span>", page.text)
        after = self.admin.submit(page, f"/admin/notes/{note}/transitions/finish")
        self.assertIn("Note has been saved", after.text)
        self.assertIn(">Done</span>", after.text)
        self.assertNotIn(">Finish</button>", after.text)
        again = self.admin.post_form(f"/admin/notes/{note}/transitions/finish", {"csrf_token": self.admin.csrf_token()})
        self.assertEqual(again.status, 200)
        self.assertIn("flash", again.text, "who was late reads why")

    def test_its_records_stand_in_the_grid_and_can_be_deleted(self):
        note = self.add_note("Not for long")
        self.assertIn("Not for long", self.admin.get("/admin/notes").text)
        page = self.admin.get(f"/admin/notes/{note}/delete")
        self.admin.submit(page, f"/admin/notes/{note}/delete")
        self.assertEqual(self.admin.get(f"/admin/notes/{note}").status, 404)

    def test_the_host_tells_it_of_a_deletion(self):
        note = self.add_note("About an order", ("orders", "5"))
        self.assertEqual(self.admin.api("DELETE", "/admin/api/orders/5").status, 204)
        answer = self.admin.api("GET", f"/admin/api/notes/{note}")
        record = answer.json["data"]["relationships"]["record"]["data"] if answer.status == 200 else None
        self.assertIsNone(record, "the note forgot the order, or went with it")

    def test_a_user_without_the_permission_sees_nothing_of_it(self):
        walter = log_in(self.host, "walter")
        page = walter.get("/admin/orders/1")
        for word in ("Activities", "Activity", "More Actions", "note-"):
            self.assertNotIn(word, page.text)
        self.assertEqual(walter.get("/admin/pages/notes").status, 404)
        self.assertEqual(walter.get("/admin/orders/1/actions/add-note").status, 404)
        self.assertEqual(walter.api("GET", "/admin/api/notes").status, 404)

    def test_the_storefront_has_its_own_share(self):
        page = self.amanda.get("/orders/1")
        self.assertNotIn("Add Note", page.text)
        self.assertNotIn("<note-panel", page.text)
        self.assertEqual(self.amanda.api("GET", "/api/notes").status, 200)
        document = {"data": {"type": "notes", "attributes": {"text": "No"}}}
        self.assertEqual(self.amanda.api("POST", "/api/notes", document).status, 405)

    def test_the_host_runs_its_job(self):
        self.add_note("obsolete")
        wait_until(lambda: "obsolete" not in self.admin.api("GET", "/admin/api/notes").text, "the job drops the note")

    def test_its_job_is_run_from_the_command_line(self):
        with tempfile.TemporaryDirectory() as folder:
            arguments = ("--data", folder, "--plugin", os.environ["PARLEY_NOTE"], "--run-job")
            self.assertEqual(run(*arguments, "tidy"), (0, "", ""))
            status, _, errors = run(*arguments, "mow")
            self.assertEqual(status, 2)
            self.assertIn("no plugin has the job mow; there are: tidy", errors)

    def test_it_stops_with_the_host(self):
        host = Host(os.environ["PARLEY_NOTE"])
        log_in(host, "admin").get("/admin/orders/1")
        self.assertEqual(host.stop(), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
