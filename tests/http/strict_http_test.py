"""HTTP as the sample host reads it, over raw sockets: what two readers could understand in two ways is refused, limits hold,
and nobody who is slow keeps others waiting."""

import json
import re
import select
import socket
import threading
import unittest
from base64 import b64encode

from support.browser import raw
from support.host import Host, run
from support.waiting import LONGEST, PAUSE, wait_until

BASIC = b"Authorization: Basic " + b64encode(b"admin:parley-demo") + b"\r\n"
GET = b"GET /login HTTP/1.1\r\nHost: x\r\n"
POST = b"POST /admin/api/orders HTTP/1.1\r\nHost: x\r\n" + BASIC + b"Content-Type: application/vnd.api+json\r\n"


class Wire:
    """One connection; reads one answer after the other."""

    def __init__(self, host, sent=b""):
        self.socket = socket.create_connection(("127.0.0.1", host.port), timeout=LONGEST)
        self.file = self.socket.makefile("rb")
        self.socket.sendall(sent)

    def send(self, data):
        self.socket.sendall(data)

    def answer(self, has_body=True):
        """Status, headers and body of the next answer; None where the connection ends."""
        line = self.file.readline()
        if not line:
            return None
        assert re.match(rb"HTTP/1\.1 \d{3} [^\r\n]*\r\n$", line), line
        headers = {}
        while (field := self.file.readline()) != b"\r\n":
            name, _, value = field.decode().partition(":")
            headers[name.lower()] = value.strip()
        size = int(headers.get("content-length", 0)) if has_body else 0
        return int(line.split()[1]), headers, self.file.read(size).decode()

    def is_open(self):
        """Nothing came, not even the end."""
        return not select.select([self.socket], [], [], 0)[0]

    def rest(self):
        """What comes until the end; nothing where the connection was torn down."""
        try:
            return self.file.read()
        except ConnectionError:
            return b""

    def close(self):
        self.file.close()
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def drip(wire, data, filler):
    """Sends byte by byte, and `filler` without end, until the other side has had enough; answers what it said."""
    at = 0
    waited = 0.0
    while waited < LONGEST:
        if select.select([wire.socket], [], [], PAUSE)[0]:
            return wire.rest()
        waited += PAUSE
        try:
            wire.send(data[at:at + 1] or filler)
        except ConnectionError:
            return wire.rest()
        at += 1
    raise AssertionError("the server waits for ever")


class StrictHttp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(arguments=("--limit", "body-bytes=4096"))
        cls.addClassCleanup(cls.host.stop)

    def status(self, request):
        answer = raw(self.host, request)
        self.assertTrue(answer, request)
        return int(answer.split()[1])

    def refused(self, status, *requests):
        for request in requests:
            with Wire(self.host, request) as wire:
                found, headers, text = wire.answer()
                self.assertEqual((found, headers["connection"]), (status, "close"), (request, text))
                if headers["content-type"].startswith("text/plain"):
                    self.assertTrue(text.endswith(".\n"), text)
                else:
                    self.assertEqual(json.loads(text)["errors"][0]["status"], str(status))
                self.assertEqual(wire.rest(), b"", request)

    def test_more_than_one_length(self):
        self.refused(400,
                     POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                     POST + b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}",
                     POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                     POST + b"Content-Length: 2\r\ncontent-length: 3\r\n\r\n{}",
                     POST + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")

    def test_a_length_that_is_no_number(self):
        self.refused(400, *(POST + b"Content-Length: " + length + b"\r\n\r\n{}"
                            for length in (b"", b"-2", b"+2", b"2, 2", b"0x2", b"2.0", b"2 2", b"two", b"2,",
                                          b"99999999999999999999")))

    def test_hosts(self):
        self.refused(400, b"GET /login HTTP/1.1\r\n\r\n", GET + b"Host: x\r\n\r\n", GET + b"host: y\r\n\r\n",
                     *(b"GET /login HTTP/1.1\r\nHost: " + name + b"\r\n\r\n"
                       for name in (b"", b"a b", b"a/b", b"a@b", b"a,b")))
        self.assertEqual(self.status(b"GET /login HTTP/1.0\r\n\r\n"), 200)

    def test_other_transfer_encodings(self):
        self.refused(501, *(POST + b"Transfer-Encoding: " + encoding + b"\r\n\r\n0\r\n\r\n"
                            for encoding in (b"gzip", b"gzip, chunked", b"identity", b"chunked, chunked", b"xchunked", b"")))
        self.refused(400, b"POST /login HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")

    def test_malformed_chunks(self):
        chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n"
        self.refused(400, *(chunked + body for body in (
            b"zz\r\n", b"-2\r\n{}\r\n", b"+2\r\n{}\r\n", b" 2\r\n{}\r\n", b"2 \r\n{}\r\n", b"0x2\r\n{}\r\n", b"\r\n", b";a=b\r\n",
            b"2\n{}\r\n0\r\n\r\n", b"2\r\n{}\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n", b"1\r\n{}\r\n0\r\n\r\n", b"2\r\n{}\r\n0\n\r\n",
            b"2;\0\r\n{}\r\n", b"0" * 9 + b"2\r\n", b"2;" + b"a" * 300, b"2;" + b"a" * 300 + b"\r\n", b"fffffffffffffffff\r\n",
            b"2;a=\"\r\n{}\r\n0\r\n\r\n", b"2;a=\"\r\n",
            b"0\r\na b: c\r\n\r\n", b"0\r\n folded\r\n\r\n", b"0\r\nA: b\r\n folded\r\n\r\n", b"0\r\nA: b\n\r\n")))

    def test_a_refusal_speaks_as_the_address_does(self):
        for head, kind in ((POST, "application/vnd.api+json"), (b"POST /login HTTP/1.1\r\nHost: x\r\n", "text/plain")):
            with Wire(self.host, head + b"Content-Length: 4097\r\n\r\n") as wire:
                status, headers, _ = wire.answer()
                self.assertEqual((status, headers["content-type"].partition(";")[0]), (413, kind))

    def test_chunks_are_joined(self):
        document = json.dumps({"data": {"type": "orders", "attributes": {}}}).encode()
        chunks = b"".join(b"1;x=y\r\n" + document[i:i + 1] + b"\r\n" for i in range(len(document)))
        whole = raw(self.host, POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(document) + document)
        joined = raw(self.host, POST + b"Connection: close\r\nTransfer-Encoding: Chunked\r\n\r\n" + chunks
                     + b"0\r\nTrailer: x\r\n\r\n")
        self.assertEqual(whole.split("\r\n\r\n")[1], joined.split("\r\n\r\n")[1])
        self.assertIn("405", whole.splitlines()[0])

    def test_a_body_over_the_limit_is_refused_before_it_comes(self):
        self.refused(413, POST + b"Content-Length: 4097\r\n\r\n",
                     POST + b"Expect: 100-continue\r\nContent-Length: 4097\r\n\r\n",
                     POST + b"Transfer-Encoding: chunked\r\n\r\n1001\r\n",
                     POST + b"Transfer-Encoding: chunked\r\n\r\n123456789\r\n",
                     POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"800\r\n" + b"a" * 2048 + b"\r\n801\r\n")
        self.assertEqual(self.status(POST + b"Connection: close\r\nContent-Length: 4096\r\n\r\n" + b" " * 4096), 405)

    def test_the_refusal_can_be_read_by_who_sends_on(self):
        with Wire(self.host, POST + b"Content-Length: 200000\r\n\r\n" + b"a" * 200000) as wire:
            self.assertEqual(wire.answer()[0], 413)
            self.assertEqual(wire.rest(), b"")

    def test_headers_over_the_limit(self):
        self.refused(431, GET + b"A: " + b"a" * 40000, GET + b"".join(b"A%d: b\r\n" % i for i in range(101)) + b"\r\n",
                     POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"A: " + b"a" * 40000)
        self.refused(414, b"GET /" + b"a" * 20000)
        self.assertEqual(self.status(GET + b"Connection: close\r\nA: " + b"a" * 30000 + b"\r\n\r\n"), 200)

    def test_lines_and_names(self):
        self.refused(400, GET + b"A: b\r\n folded\r\n\r\n", GET + b"A: b\r\n\tfolded\r\n\r\n", GET + b"A: b\nB: c\r\n\r\n",
                     GET + b"A: b\r\n\n", b"GET /login HTTP/1.1\nHost: x\r\n\r\n", GET + b"A: b\rB: c\r\n\r\n",
                     GET + b"A: a\0b\r\n\r\n", GET + b"A\0: b\r\n\r\n", GET + b"A: \x7f\r\n\r\n", GET + b"A : b\r\n\r\n",
                     GET + b": b\r\n\r\n", GET + b"A\r\n\r\n", GET + b"A(: b\r\n\r\n")

    def test_request_lines(self):
        self.refused(400, b"GET /login\r\n\r\n", b"GET /login x\r\n\r\n", b"GET  /login HTTP/1.1\r\n\r\n",
                     b"GET /a b HTTP/1.1\r\n\r\n",
                     b"GET /login HTTP/1.1 \r\n\r\n", b"GET /login http/1.1\r\n\r\n", b"GET /login HTTP/1\r\n\r\n",
                     b"G(T /login HTTP/1.1\r\n\r\n", b" GET /login HTTP/1.1\r\n\r\n", b"GET login HTTP/1.1\r\n\r\n",
                     b"GET /a\0b HTTP/1.1\r\n\r\n", b"GET /a\xffb HTTP/1.1\r\n\r\n", b"GET /a#b HTTP/1.1\r\n\r\n",
                     b"GET * HTTP/1.1\r\nHost: x\r\n\r\n", b"GET ftp://x/ HTTP/1.1\r\n\r\n", b"GET http:///a HTTP/1.1\r\n\r\n",
                     b"GET http://u@x/login HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\r\n")
        self.refused(505, b"GET /login HTTP/2.0\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        self.refused(501, b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertEqual(self.status(b"\r\n" + GET + b"Connection: close\r\n\r\n"), 200)

    def test_an_absolute_address_is_its_path(self):
        for target in (b"http://x/admin/api/orders/1", b"HTTP://x:80/admin/api/orders/1?fields[orders]=number"):
            answer = raw(self.host, b"GET " + target + b" HTTP/1.1\r\nHost: y\r\nConnection: close\r\n" + BASIC + b"\r\n")
            self.assertIn(" 200 ", answer.splitlines()[0])
            self.assertIn("ORD-1001", answer)
        self.refused(400, b"GET http://x/login HTTP/1.1\r\n\r\n")

    def test_the_asterisk_is_the_server(self):
        answer = raw(self.host, b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        self.assertIn(" 204 ", answer.splitlines()[0])
        self.assertIn("\r\nAllow: GET, HEAD, POST, PATCH, DELETE, OPTIONS\r\n", answer)

    def test_what_comes_behind_a_body_is_the_next_request(self):
        body = b"GET /stolen HTTP/1.1\r\nHost: x\r\n\r\n"
        first = POST + b"Content-Length: %d\r\n\r\n" % len(body) + body
        second = POST + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
        third = b"GET /admin/api/orders/1 HTTP/1.1\r\nHost: x\r\n" + BASIC + b"\r\n"
        fourth = b"GET /nothing-here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        with Wire(self.host, first + second + third + fourth + GET + b"\r\n") as wire:
            self.assertEqual([wire.answer()[0] for _ in range(2)], [405, 405])
            status, _, text = wire.answer()
            self.assertEqual((status, json.loads(text)["data"]["attributes"]["number"]), (200, "ORD-1001"))
            self.assertEqual(wire.answer()[0], 303)
            self.assertEqual(wire.rest(), b"", "nothing is answered behind \"close\"")

    def test_in_single_bytes_it_is_the_same(self):
        body = POST + b"Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nTrailer: x\r\n\r\n"
        with Wire(self.host) as wire:
            wire.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in b"\r\n" + body + GET + b"Connection: close\r\n\r\n":
                wire.send(bytes([byte]))
            self.assertEqual([wire.answer()[0], wire.answer()[0], wire.rest()], [405, 200, b""])

    def test_many_pipelined_requests_are_answered_in_order(self):
        numbers = [1, 2, 3] * 40
        with Wire(self.host, b"".join(b"GET /admin/api/orders/%d HTTP/1.1\r\nHost: x\r\n%s\r\n" % (number, BASIC)
                                      for number in numbers)) as wire:
            found = [json.loads(wire.answer()[2])["data"]["id"] for _ in numbers]
        self.assertEqual(found, [str(number) for number in numbers])

    def test_head_is_get_without_the_body(self):
        with Wire(self.host, b"GET /login HTTP/1.1\r\nHost: x\r\n\r\n") as wire:
            _, got, text = wire.answer()
            wire.send(b"HEAD /login HTTP/1.1\r\nHost: x\r\n\r\n" + GET + b"\r\n")
            status, headers, _ = wire.answer(has_body=False)
            self.assertEqual((status, headers["content-length"]), (200, str(len(text.encode()))))
            self.assertEqual(set(headers), set(got))
            self.assertEqual(wire.answer()[0], 200, "the next answer begins right behind the head")

    def test_head_is_refused_without_a_body(self):
        for request, status in ((b"HEAD /login HTTP/1.1\r\n\r\n", 400), (b"HEAD /a b HTTP/1.1\r\n\r\n", 400),
                                (b"HEAD /login HTTP/2.0\r\n\r\n", 505), (b"\r\nHEAD /" + b"a" * 20000, 414),
                                (b"HEAD /login HTTP/1.1\r\nA: " + b"a" * 40000, 431),
                                (b"HEAD /admin/api/orders HTTP/1.1\r\nHost: x\r\nContent-Length: 4097\r\n\r\n", 413)):
            with Wire(self.host, request) as wire:
                found, headers, _ = wire.answer(has_body=False)
                self.assertEqual((found, headers["connection"]), (status, "close"), request)
                self.assertGreater(int(headers["content-length"]), 0, "of the body that GET would have")
                self.assertEqual(wire.rest(), b"", request)

    def test_one_header_in_two_lines_is_refused_where_only_one_can_count(self):
        for twice in (BASIC + BASIC, BASIC + b"authorization: Bearer 1.x\r\n"):
            answer = raw(self.host, b"GET /admin/api/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + twice + b"\r\n")
            self.assertIn(" 400 ", answer.splitlines()[0])
            self.assertIn('"source":{"header":"Authorization"}', answer)
        for kind in (b"application/vnd.api+json", b"text/plain"):
            answer = raw(self.host, POST + b"Connection: close\r\nContent-Type: " + kind + b"\r\nContent-Length: 2\r\n\r\n{}")
            self.assertIn(" 400 ", answer.splitlines()[0])
            self.assertIn('"source":{"header":"Content-Type"}', answer)

    def test_expect_continue(self):
        with Wire(self.host, POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n") as wire:
            self.assertEqual(wire.answer()[0], 100)
            wire.send(b"{}")
            self.assertEqual(wire.answer()[0], 405)
            wire.send(POST + b"Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n")
            self.assertEqual(wire.answer()[0], 100)
            wire.send(b"2\r\n{}\r\n0\r\n\r\n")
            self.assertEqual(wire.answer()[0], 405)
            wire.send(POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}")
            self.assertEqual(wire.answer()[0], 405, "who did not wait for it does not get it")
        self.refused(417, POST + b"Expect: a miracle\r\nContent-Length: 2\r\n\r\n{}")

    def test_connections_stay_or_end_as_the_client_says(self):
        for request, stays in ((GET, True), (GET + b"Connection: foo, Close\r\n", False),
                               (b"GET /login HTTP/1.0\r\n", False),
                               (b"GET /login HTTP/1.0\r\nConnection: Keep-Alive\r\n", True)):
            with Wire(self.host, request + b"\r\n") as wire:
                status, headers, _ = wire.answer()
                self.assertEqual((status, headers["connection"]), (200, "keep-alive" if stays else "close"), request)
                if stays:
                    wire.send(request + b"\r\n")
                    self.assertEqual(wire.answer()[0], 200)
                else:
                    self.assertEqual(wire.rest(), b"")

    def test_a_request_that_ends_too_soon(self):
        for request in (b"GET /log", GET, GET + b"A: b\r\n", POST + b"Content-Length: 3\r\n\r\n{}",
                        POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"):
            self.assertEqual(self.status(request), 400, request)
        self.assertEqual(raw(self.host, b""), "")


class SlowClients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.host = Host(arguments=[word for limit in ("head-seconds=1", "body-seconds=1", "answer-seconds=1", "idle-seconds=1")
                                   for word in ("--limit", limit)])
        cls.addClassCleanup(cls.host.stop)

    def timed_out(self, answer, words):
        self.assertIn(b" 408 ", answer.split(b"\r\n")[0], answer)
        self.assertIn(words, answer)

    def test_headers_byte_by_byte(self):
        with Wire(self.host) as wire:
            self.timed_out(drip(wire, GET + b"A: ", b"a"), b"The headers took too long.")

    def test_headers_that_stop(self):
        with Wire(self.host, GET) as wire:
            self.timed_out(wire.rest(), b"The headers took too long.")

    def test_a_body_byte_by_byte(self):
        with Wire(self.host) as wire:
            wire.send(POST + b"Content-Length: 100000\r\n\r\n")
            self.timed_out(drip(wire, b"", b" "), b"The body took too long.")
        with Wire(self.host) as wire:
            wire.send(POST + b"Transfer-Encoding: chunked\r\n\r\n")
            self.timed_out(drip(wire, b"", b"1\r\n \r\n"), b"The body took too long.")

    def test_a_body_that_stops(self):
        with Wire(self.host, POST + b"Content-Length: 3\r\n\r\n{}") as wire:
            self.timed_out(wire.rest(), b"The body took too long.")

    def test_nothing_at_all(self):
        with Wire(self.host) as wire:
            self.assertEqual(wire.rest(), b"")

    def test_a_second_request_that_does_not_come(self):
        with Wire(self.host, GET + b"\r\n") as wire:
            self.assertEqual(wire.answer()[0], 200)
            self.assertEqual(wire.rest(), b"")

    def test_an_answer_that_is_not_read(self):
        with Wire(self.host) as wire:
            wire.socket.settimeout(PAUSE)
            request = b"GET /assets/host.css HTTP/1.1\r\nHost: x\r\n\r\n" * 100

            def is_closed():
                try:
                    wire.send(request)
                except TimeoutError:
                    return False  # the server takes no more while we take nothing
                except ConnectionError:
                    return True
                return False
            wait_until(is_closed, "the server ends the connection of who does not read")

    def test_an_empty_line_behind_an_answer_is_no_request(self):
        """RFC 9112, 2.2. The connection is as idle as before; nobody waits for headers, for ten minutes here."""
        with Host(arguments=("--limit", "idle-seconds=1", "--limit", "head-seconds=600")) as host, Wire(host) as wire:
            wire.send(GET + b"\r\n")
            self.assertEqual(wire.answer()[0], 200)
            wire.send(b"\r\n")
            self.assertEqual(wire.rest(), b"")


class ManySlowClients(unittest.TestCase):
    """More of them than there are threads: somebody else is answered *while* they wait."""

    @classmethod
    def setUpClass(cls):
        arguments = [word for limit in ("head-seconds=600", "body-seconds=600", "answer-seconds=600", "idle-seconds=600",
                                        "workers=4", "connections=200") for word in ("--limit", limit)]
        cls.host = Host(arguments=arguments)
        cls.addClassCleanup(cls.host.stop)

    def others_are_answered(self, wires):
        for _ in range(20):
            self.assertIn(" 200 ", raw(self.host, GET + b"Connection: close\r\n\r\n").splitlines()[0])
        return [wire for wire in wires if wire.is_open()]

    def crowd(self, count, sent):
        wires = [Wire(self.host, sent) for _ in range(count)]
        for wire in wires:
            self.addCleanup(wire.close)
        return wires

    def test_they_hold_nobody_up(self):
        for sent in (b"", b"GET /lo", GET, POST + b"Content-Length: 1000\r\n\r\n{"):
            wires = self.crowd(40, sent)
            self.assertEqual(len(self.others_are_answered(wires)), 40, sent)
            for wire in wires:
                wire.close()

    def test_who_does_not_read_holds_nobody_up(self):
        wires = self.crowd(40, b"GET /assets/host.css HTTP/1.1\r\nHost: x\r\n\r\n" * 1000)
        self.others_are_answered(wires)
        for wire in wires:
            wire.close()

    def test_one_too_many_takes_the_place_of_who_waited_longest(self):
        first = self.crowd(1, GET)[0]
        self.others_are_answered([])
        crowd = self.crowd(199, GET)
        self.others_are_answered(crowd)
        self.assertEqual(first.rest(), b"")
        self.assertTrue(crowd[-1].is_open())

    def test_the_host_stops_while_they_wait(self):
        with Host() as host:
            wires = [Wire(host, sent) for sent in (b"", GET, POST + b"Content-Length: 9\r\n\r\n{")] * 10
            self.assertIn(" 200 ", raw(host, GET + b"Connection: close\r\n\r\n").splitlines()[0])
            self.assertEqual(host.stop(), 0)
            self.assertEqual([wire.rest() for wire in wires], [b""] * len(wires))
            for wire in wires:
                wire.close()

    def test_many_at_once_get_their_own_answers(self):
        wrong = []

        def ask(number):
            with Wire(self.host) as wire:
                for _ in range(25):
                    wire.send(b"GET /admin/api/orders/%d HTTP/1.1\r\nHost: x\r\n%s\r\n" % (number, BASIC))
                    if json.loads(wire.answer()[2])["data"]["id"] != str(number):
                        wrong.append(number)
        threads = [threading.Thread(target=ask, args=(1 + number % 3,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])


class Limits(unittest.TestCase):
    def test_wrong_limits_are_refused(self):
        for limit, words in (("colour=1", 'there is no limit "colour"'), ("workers", 'not "workers"'),
                             ("workers=0", 'not "workers=0"'), ("workers=x", 'not "workers=x"'),
                             ("workers=1000000001", "number from 1 to 1000000000")):
            status, _, errors = run("--data", "/nonexistent", "--limit", limit)
            self.assertEqual(status, 2, limit)
            self.assertIn(words, errors)

    def test_the_usage_names_them(self):
        self.assertIn("head-seconds=10", run("--help")[1])


if __name__ == "__main__":
    unittest.main(verbosity=2)
