"""Starting and stopping the sample host."""

import os
import shutil
import signal
import socket
import tempfile
import unittest

from support.browser import Browser, log_in
from support.host import Host, run


class CommandLine(unittest.TestCase):
    def test_help(self):
        status, output, _ = run("--help")
        self.assertEqual(status, 0)
        for option in ("--port", "--data", "--plugin", "--database", "--fresh"):
            self.assertIn(option, output)

    def test_what_is_wrong_is_said_and_ends_with_2(self):
        for arguments, word in (
            (["--bogus"], "--bogus"),
            ([], "--data"),
            (["--data"], "--data"),
            (["--data", "x", "--port", "many"], "--port"),
            (["--data", "x", "--port", "70000"], "--port"),
            (["--data", "x", "--plugin="], "--plugin"),
        ):
            status, _, errors = run(*arguments)
            self.assertEqual(status, 2, arguments)
            self.assertIn(word, errors)

    def test_a_file_that_names_no_database_ends_with_2(self):
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as file:
            for content in ("", "sqlite:a\nsqlite:b\n"):
                file.truncate(0)
                file.write(content)
                file.flush()
                status, _, errors = run("--data", "x", "--database", f"@{file.name}")
                self.assertEqual(status, 2, content)
                self.assertIn(file.name, errors)
        status, _, errors = run("--data", "x", "--database=@/there/is/none")
        self.assertEqual(status, 2)
        self.assertIn("/there/is/none", errors)

    def test_a_plugin_that_does_not_load_ends_with_1(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        for plugin in ("/there/is/no.so", __file__):
            status, _, errors = run("--port", "0", "--data", folder, "--plugin", plugin)
            self.assertEqual(status, 1)
            self.assertIn(plugin, errors)

    def test_a_port_that_is_taken_ends_with_1(self):
        with Host() as host:
            folder = tempfile.mkdtemp()
            self.addCleanup(shutil.rmtree, folder)
            status, _, errors = run("--port", str(host.port), "--data", folder)
            self.assertEqual(status, 1)
            self.assertIn(str(host.port), errors)


class Life(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def test_sigterm_and_sigint_end_it_cleanly(self):
        for which in (signal.SIGTERM, signal.SIGINT):
            host = Host(folder=self.folder)
            Browser(host).get("/login")
            host.process.send_signal(which)
            self.assertEqual(host.stop(), 0)

    def test_an_idle_connection_does_not_hold_it_up(self):
        host = Host(folder=self.folder)
        with socket.create_connection(("127.0.0.1", host.port)) as connection:
            connection.sendall(b"GET /login HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertTrue(connection.recv(100))
            self.assertEqual(host.stop(), 0)

    def test_the_second_start_keeps_the_data(self):
        with Host(folder=self.folder) as host:
            admin = log_in(host, "admin")
            self.assertEqual(admin.api("DELETE", "/admin/api/orders/4").status, 204)
        with Host(folder=self.folder) as host:
            admin.host = host
            self.assertEqual(admin.get("/admin").status, 200, "the session is still there")
            self.assertEqual(admin.get("/admin/orders/4").status, 404)
            self.assertEqual(admin.get("/admin/orders/5").status, 200)

    def test_fresh_starts_with_the_demo_data_again(self):
        with Host(folder=self.folder) as host:
            self.assertEqual(log_in(host, "admin").api("DELETE", "/admin/api/orders/4").status, 204)
        with Host(folder=self.folder, arguments=["--fresh"]) as host:
            self.assertEqual(log_in(host, "admin").get("/admin/orders/4").status, 200)

    def test_two_hosts_share_one_folder(self):
        with Host(folder=self.folder) as first, Host(folder=self.folder) as second:
            admin = log_in(first, "admin")
            self.assertEqual(admin.api("DELETE", "/admin/api/orders/4").status, 204)
            admin.host = second
            self.assertEqual(admin.get("/admin/orders/4").status, 404)

    def test_the_folder_holds_no_password(self):
        with Host(folder=self.folder) as host:
            admin = log_in(host, "admin")
            token = admin.cookies["parley_backoffice"]
        for name in os.listdir(self.folder):
            with open(os.path.join(self.folder, name), "rb") as file:
                content = file.read()
            self.assertNotIn(b"parley-demo", content)
            self.assertNotIn(token.encode(), content, "only the digest of a session's token is kept")


if __name__ == "__main__":
    unittest.main(verbosity=2)
