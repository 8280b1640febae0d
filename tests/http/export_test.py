"""B7: a grid as a CSV file: what is filtered, in the columns that are chosen, of any size, and harmless in a spreadsheet."""

import csv
import http.client
import io
import os
import re
import socket
import sqlite3
import unittest
from contextlib import closing
from urllib.parse import urlencode

from support.browser import log_in, raw
from support.host import Host
from support.waiting import wait_until

MANY = 3000
FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1", "＠1"]
PLAIN = ['a "quoted" name', "a, comma", "two\r\nlines", "semi; colon", "Größe 数 🎉", " =with a blank"]


def database(host):
    return closing(sqlite3.connect(os.path.join(host.folder, "host.db"), timeout=20))


def copies(opened, table, unique, values):
    """More rows of a table: as its first, but for one column."""
    columns = [row[1] for row in opened.execute(f"pragma table_info({table})") if row[1] not in ("id", unique)]
    names = ", ".join(columns)
    opened.executemany(f"insert into {table} ({unique}, {names}) select ?, {names} from {table} where id = 1",
                       ((value,) for value in values))


def copy_orders(opened, prefix, count):
    copies(opened, "orders", "number", (f"{prefix}{number:05}" for number in range(count)))


def rows_of(answer):
    text = answer.read().decode("utf-8")
    assert text.startswith("\ufeff"), "spreadsheets need the mark to read UTF-8"
    return list(csv.reader(io.StringIO(text[1:], newline=""), strict=True))


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host()
        cls.addClassCleanup(cls.host.stop)
        with database(cls.host) as opened, opened:
            copy_orders(opened, "BULK-", MANY)
            copies(opened, "customers", "name", FORMULAS + PLAIN + ['semi;=1+1;"=2"', "line\n=1+1\r@2"])
        cls.admin = log_in(cls.host, "admin")

    def connect(self, path, browser=None, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=60)
        self.addCleanup(connection.close)
        cookies = "; ".join(f"{name}={value}" for name, value in (browser or self.admin).cookies.items())
        connection.request(method, path, headers={"Cookie": cookies})
        return connection.getresponse()

    def export(self, type="orders", browser=None, **query):
        answer = self.connect(f"/admin/{type}/export?" + urlencode(query), browser)
        self.assertEqual(answer.status, 200)
        return rows_of(answer)

    def test_all_rows_come_in_pieces_and_each_once(self):
        answer = self.connect("/admin/orders/export?" + urlencode({"filter[number][contains]": "BULK-", "sort": "number"}))
        self.assertEqual(answer.headers["Transfer-Encoding"], "chunked")
        self.assertEqual(answer.headers["Content-Type"], "text/csv; charset=utf-8; header=present")
        self.assertRegex(answer.headers["Content-Disposition"], r'^attachment; filename="orders-\d{4}-\d\d-\d\d\.csv"$')
        rows = rows_of(answer)
        self.assertEqual(rows[0][0], "Number")
        self.assertEqual([row[0] for row in rows[1:]], [f"BULK-{number:05}" for number in range(MANY)])

    def test_what_is_filtered_and_the_columns_that_are_chosen(self):
        rows = self.export(**{"filter[number][contains]": "ORD-100", "sort": "-number"})
        self.assertEqual([row[0] for row in rows[1:4]], sorted((row[0] for row in rows[1:4]), reverse=True))
        self.assertTrue(all(row[0].startswith("ORD-100") for row in rows[1:]))
        dana = log_in(self.host, "dana")
        dana.submit(dana.get("/admin/orders"), "/admin/orders/columns", {"column": "status"})
        self.assertEqual(self.export(browser=dana)[0], ["Number", "Status"])
        self.assertGreater(len(self.export()[0]), 2)
        self.assertEqual(len(self.export(**{"find[customerUser]": "Nobody At All"})), 1, "the heading alone")
        link = re.search(r'href="(/admin/orders/export[^"]*)"', self.admin.get("/admin/orders?filter[number]=ORD-1001").text)
        self.assertEqual([row[0] for row in rows_of(self.connect(link.group(1).replace("&amp;", "&")))[1:]], ["ORD-1001"])

    def test_times_are_those_of_the_screen(self):
        [time] = {row[-1] for row in self.export(**{"filter[number]": "ORD-1001"})[1:]}
        self.assertRegex(time, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$")

    def test_no_name_becomes_a_formula_and_none_breaks_a_row(self):
        names = [row[0] for row in self.export("customers")[1:]]
        for name in FORMULAS:
            self.assertIn("'" + re.sub(r"([\t\r\n])=", r"\1'=", name), names)
            self.assertNotIn(name, names)
        for name in PLAIN:
            self.assertIn(name, names)
        self.assertIn("semi;'=1+1;\"'=2\"", names, "some spreadsheets take it for what separates")
        self.assertIn("line\n'=1+1\r'@2", names, "and every line for a row")
        text = self.connect("/admin/customers/export").read().decode("utf-8")
        self.assertNotRegex(text.replace("\r\n", ""), r"[^\r]\n(?!'=1)")

    def test_who_asks_wrongly_gets_a_page_that_says_so(self):
        for path, status in (("/admin/orders/export?filter[nothing]=1", 400), ("/admin/nothing/export", 404),
                             ("/admin/orders/export?page=nothing", 404)):
            answer = self.connect(path)
            self.assertEqual((answer.status, answer.headers["Content-Type"]), (status, "text/html; charset=utf-8"), path)
        self.assertEqual(self.connect("/admin/orders/export", log_in(self.host, "amanda@example.com")).status, 303)

    def test_head_and_http_1_0(self):
        answer = self.connect("/admin/orders/export", method="HEAD")
        self.assertEqual((answer.status, answer.read()), (200, b""))
        cookies = "; ".join(f"{name}={value}" for name, value in self.admin.cookies.items())
        text = raw(self.host, f"GET /admin/orders/export HTTP/1.0\r\nConnection: keep-alive\r\nCookie: {cookies}\r\n\r\n".encode())
        head, _, body = text.partition("\r\n\r\n")
        self.assertNotIn("chunked", head.lower())
        self.assertIn("connection: close", head.lower())
        self.assertEqual(body.count('"BULK-'), MANY)


class Large(unittest.TestCase):
    """More than sockets hold, so that the server has to wait for its client."""

    def setUp(self):
        self.host = Host()
        self.addCleanup(self.host.stop)
        with database(self.host) as opened, opened:
            copy_orders(opened, "BULK-", 20 * MANY)
        admin = log_in(self.host, "admin")
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=60)
        connection.sock = socket.socket()
        connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sock.settimeout(60)
        connection.sock.connect(("127.0.0.1", self.host.port))
        self.addCleanup(connection.close)
        cookies = "; ".join(f"{name}={value}" for name, value in admin.cookies.items())
        connection.request("GET", "/admin/orders/export?sort=number", headers={"Cookie": cookies})
        self.answer = connection.getresponse()
        self.assertTrue(self.answer.read(1000))

    def test_it_is_not_made_before_it_is_taken(self):
        with database(self.host) as opened, opened:
            copy_orders(opened, "LAST-", 1)
        self.assertIn("LAST-00000", self.answer.read().decode())

    def test_what_changes_its_place_meanwhile_is_there_once(self):
        with database(self.host) as opened, opened:
            opened.execute(f"update orders set number = 'AAA' where number = 'BULK-{20 * MANY - 1:05}'")
            opened.execute("update orders set number = 'ZZZ' where number = 'BULK-00000'")
        text = self.answer.read().decode()
        self.assertEqual(text.count('"AAA"'), 1, "it went from behind what was read to before it")
        self.assertEqual(text.count('"ZZZ"'), 0, "it was taken under its name before")

    def test_what_breaks_off_is_not_taken_for_the_whole(self):
        with database(self.host) as opened, opened:
            opened.execute("alter table orders rename to orders_elsewhere")
        with self.assertRaises((http.client.IncompleteRead, ConnectionResetError)):
            self.answer.read()
        wait_until(lambda: "page.broken-off" in "".join(self.host.log), "the log says why")

    def test_the_server_stops_without_waiting_for_it(self):
        self.assertEqual(self.host.stop(), 0)


if __name__ == "__main__":
    unittest.main()
