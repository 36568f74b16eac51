# test-serve.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service over HTTP: intake, what is malformed, and how it starts and ends."""

import gzip
import json
import os
import pathlib
import random
import re
import socket
import stat
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import TRACKER, Server, Unix, leaks_of_others, line

MANY = 1000


def raw(path, data, wait=True):
    """What comes back for some bytes; nothing where the connection is just closed."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(path)
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return connection.recv(4096) if wait else b""
        except OSError:
            return b""


class Serve(unittest.TestCase):
    def test_places(self):
        with Server() as server:
            for path, status in (("/healthz", 200), ("/readyz", 200), ("/metrics", 200), ("/v1/conversations", 200),
                                 ("/", 404), ("/v1", 404), ("/v1/events", 405), ("/v1/watch", 400), ("/../etc/passwd", 404)):
                with self.subTest(path):
                    self.assertEqual(server.request("GET", path)[0], status)
            self.assertEqual(server.request("POST", "/v1/conversations")[0], 405)
            self.assertEqual(server.request("DELETE", "/v1/events")[0], 405)

    def test_only_this_user(self):
        with Server() as server:
            self.assertEqual(stat.S_IMODE(os.stat(server.socket).st_mode), 0o600)
            self.assertEqual(stat.S_IMODE(os.stat(os.path.dirname(server.socket)).st_mode), 0o700)
            self.assertIsNone(server.port)
        self.assertFalse(os.path.exists(server.socket))

    @unittest.skipUnless(os.geteuid() == 0, "only root can become somebody else")
    def test_another_user(self):
        with Server() as server:
            for path in (server.folder, os.path.dirname(server.socket)):
                os.chmod(path, 0o755)
            os.chmod(server.socket, 0o666)
            top = server.folder
            while str(top) != "/":
                top = top.parent
                mode = os.stat(top).st_mode
                if not mode & 1:
                    os.chmod(top, mode | 0o011)
            code = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]);" \
                   "s.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'); print(s.recv(100))"
            outcome = subprocess.run(["/usr/bin/python3", "-c", code, server.socket], user=65534, group=65534,
                                     extra_groups=[], capture_output=True, text=True, check=False, cwd="/")
            self.assertNotIn("200", outcome.stdout)
            self.assertTrue(outcome.stdout == "b''\n" or "Reset" in outcome.stderr or "Broken" in outcome.stderr,
                            outcome)

    def test_compressed(self):
        with Server() as server:
            for count in (0, 3000):
                server.send(*(line("ConversationAdded", conversation=f"c{i}", subject="x" * 300) for i in range(count)))
                plain = server.conversations()
                self.assertEqual(len(plain), count)
                for accepted, is_wanted in (("gzip", True), ("br, GZIP;q=0.5", True), ("gzip;q=0", False), ("br", False)):
                    status, text = server.request("GET", "/v1/conversations", headers={"Accept-Encoding": accepted})
                    self.assertEqual((status, text.startswith(b"\x1f\x8b")), (200, is_wanted), accepted)
                    if is_wanted:
                        self.assertEqual(json.loads(gzip.decompress(text))["conversations"], plain)
                        self.assertTrue(count == 0 or len(text) < 300000)

    def test_counts(self):
        with Server() as server:
            first = line("ConversationAdded", seq=1)
            answer = server.send(first, b"oops\n", line("ConversationAdded", source="t"), b"{}")
            self.assertEqual((answer["accepted"], answer["refused"], answer["duplicates"]), (2, 2, 0))
            self.assertEqual([fault["line"] for fault in answer["faults"]], [2, 4])
            self.assertEqual(server.send(first)["duplicates"], 1)
            self.assertEqual(server.send()["accepted"], 0)

    def test_too_large(self):
        with Server() as server:
            body = b"x" * (8 * 1024 * 1024 + 1)
            self.assertEqual(server.request("POST", "/v1/events", body)[0], 413)
            self.assertEqual(server.request("POST", "/v1/events", iter([body[:1 << 20]] * 9))[0], 413)
            self.assertEqual(server.send(line("ConversationAdded", subject="x" * 1100000))["refused"], 1)
            self.assertEqual(server.send(body[:-1])["refused"], 1)

    def test_malformed(self):
        source = random.Random(7)
        head = b"Host: x\r\n\r\n"
        kinds = {
            "no HTTP": lambda: source.randbytes(source.randrange(1, 300)),
            "method": lambda: bytes(source.choices(range(33, 127), k=20)) + b" /healthz HTTP/1.1\r\n" + head,
            "path": lambda: b"GET " + source.randbytes(30) + b" HTTP/1.1\r\n" + head,
            "version": lambda: b"GET /healthz HTTP/" + source.randbytes(3) + b"\r\n" + head,
            "header": lambda: b"GET /healthz HTTP/1.1\r\n" + source.randbytes(100) + b"\r\n" + head,
            "length": lambda: b"POST /v1/events HTTP/1.1\r\nContent-Length: " +
                      source.choice([b"-1", b"x", b"99999999999999999999", b"5", b""]) + b"\r\n" + head + b"abc",
            "chunk": lambda: b"POST /v1/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + head +
                     source.choice([b"zz\r\n", b"ffffffffffffffff\r\nx", b"-1\r\n", b"5\r\nab", b"\0"]),
            "body": lambda: b"POST /v1/events HTTP/1.1\r\nContent-Length: 200\r\n" + head + source.randbytes(200),
            "handshake": lambda: b"GET /v1/watch HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                         b"Sec-WebSocket-Key: " + source.choice([b"", b"x", b"=" * 400]) + b"\r\nSec-WebSocket-Version: " +
                         source.choice([b"13", b"8", b"x"]) + b"\r\n" + head,
            "query": lambda: b"GET /v1/watch?" + bytes(source.choices(b"%&=epochsince0123", k=40)) + b" HTTP/1.1\r\n" + head,
        }
        # libsoup 3.2 keeps the path of a request whose length is no number.
        with leaks_of_others(), Server() as server:
            for name, make in kinds.items():
                with self.subTest(name):
                    for _ in range(MANY):
                        raw(server.socket, make(), wait=False)
                    self.assertEqual(server.request("GET", "/healthz")[0], 200)
            # A header without an end takes no more than one connection.
            raw(server.socket, b"GET / HTTP/1.1\r\n" + b"x: " + b"y" * 1000000, wait=False)
            self.assertEqual(server.request("GET", "/healthz")[0], 200)
            end = time.monotonic() + 10
            while server.metric("connections") > 1:
                self.assertLess(time.monotonic(), end)

    def test_one_socket_one_tracker(self):
        with Server() as server:
            second = subprocess.run([TRACKER, "serve", f"--config={server.config}"], capture_output=True, text=True,
                                    check=False, timeout=20)
            self.assertEqual(second.returncode, 1)
            self.assertIn("another tracker", second.stderr)
            self.assertEqual(len(second.stderr.splitlines()), 1)
            self.assertEqual(server.request("GET", "/healthz")[0], 200)

    def test_a_socket_that_is_left_over(self):
        server = Server().start()
        server.kill()
        with server:
            self.assertEqual(server.request("GET", "/healthz")[0], 200)

    def test_a_connection_is_kept(self):
        """One request after another on one connection, refused ones among them."""
        requests = [("GET", "/healthz", None, 200), ("POST", "/v1/events", line("ConversationAdded"), 200),
                    ("GET", "/v1/conversations", None, 200), ("POST", "/v1/events", b"oops\n", 200),
                    ("GET", "/nothing", None, 404), ("POST", "/v1/hooks/none", b"{}", 404),
                    ("POST", "/v1/commands", b"oops", 400), ("GET", "/metrics", None, 200)]
        for journal in (False, True):
            with self.subTest(journal=journal), Server(journal=journal) as server:
                connection = Unix(server.socket)
                connection.connect()
                first = connection.sock
                for method, path, body, expected in requests * 3:
                    connection.request(method, path, body)
                    answer = connection.getresponse()
                    answer.read()
                    self.assertEqual((path, answer.status), (path, expected))
                    self.assertIs(connection.sock, first, path)
                # It ends with the tracker, which does not wait for it.
                self.assertEqual(server.stop(), 0)
                self.assertEqual(first.recv(1), b"")

    def test_requests_ahead_of_the_answers(self):
        """Each is answered, in order, until the connection is said to end."""
        with Server() as server, socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(20)
            connection.connect(server.socket)
            paths = ["/healthz", "/nothing"] * 50
            connection.sendall(b"".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for path in paths))
            text = b""
            while (got := connection.recv(65536)):
                text += got
            got = [int(one) for one in re.findall(rb"HTTP/1.1 (\d+) ", text)]
            self.assertGreater(len(got), 10)
            self.assertEqual(got, ([200, 404] * 50)[:len(got)])
            self.assertEqual(text.count(b"Connection: close"), 1)
            self.assertEqual(server.metric("connections"), 1)

    def test_connections_that_are_kept_are_limited(self):
        with Server(server={"max-connections": 2}) as server:
            connections = [Unix(server.socket) for _ in range(2)]
            for connection in connections:
                connection.request("GET", "/healthz")
                self.assertEqual(connection.getresponse().read(), b'{"healthy":true}\n')
            with self.assertRaises(OSError):
                server.request("GET", "/healthz")
            for connection in connections:
                connection.close()

    def test_connections_are_limited(self):
        with Server(server={"max-connections": 5}) as server:
            watchers = [server.watch() for _ in range(5)]
            with self.assertRaises(OSError):
                server.watch()
            for watcher in watchers:
                watcher.close()
            end = time.monotonic() + 10
            while True:
                try:
                    self.assertEqual(server.request("GET", "/healthz")[0], 200)
                    break
                except OSError:
                    self.assertLess(time.monotonic(), end)


class Configuration(unittest.TestCase):
    def check(self, text):
        server = Server()
        server.config.write_text(text, encoding="utf-8")
        outcome = subprocess.run([TRACKER, "check", server.config], capture_output=True, text=True, check=False)
        return outcome.returncode, outcome.stderr.replace(str(server.config), "CONF")

    def test_good(self):
        self.assertEqual(self.check("# nothing\n\n[server]\nlisten=127.0.0.1:8085\n[watch]\nframe-ms = 20\n"), (0, ""))

    def test_faults(self):
        for text, told in (
            ("[nowhere]\n", "CONF:1: "), ("[server]\nlisten=somewhere\n", "CONF:2: "), ("listen=x\n", "CONF:1: "),
            ("[server]\n\ncolour=red\n", "CONF:3: "), ("[watch]\nframe-ms=soon\n", "CONF:2: "),
            ("[watch]\nframe-ms=0\n", "CONF:2: "), ("[server]\nsocket=relative\n", "CONF:2: "),
            ("[server\n", "CONF:1: "), ("[server]\noops\n", "CONF:2: "), ("[server]\nkey=/x\n", "CONF:2: "),
            ("[server]\nlisten=0.0.0.0:80\n", "CONF:2: "), ("[server]\nsocket=\n", "CONF:2: "),
            ("[server]\nclient-authority=/x\n", "CONF:2: client-authority= needs a certificate"),
            ("[journal]\ncheckpoint-kib=-1\n", "CONF:2: checkpoint-kib must be a number from 0"),
            ("[server]\n\ncertificate=/nowhere.pem\n", "CONF:3: certificate=/nowhere.pem must be a PEM file"),
            ("[server]\ncertificate=/etc/passwd\n", "CONF:2: certificate=/etc/passwd must be a PEM file"),
            ("[access]\ntokens=/etc/passwd\n", "CONF:2: tokens=/etc/passwd must be a file that"),
            ("[access]\ntokens=/proc/self\n", "CONF:2: tokens=/proc/self must be a file that"),
        ):
            with self.subTest(text):
                status, errors = self.check(text)
                self.assertEqual(status, 1)
                self.assertTrue(errors.startswith(told), errors)

    def test_feeds(self):
        good = "[feed b]\ntype=janus\naddress=unix:/run/janus/admin.sock\n"
        self.assertEqual(self.check(good), (0, ""))
        for text, told in (
            ("[feed b]\n", "CONF:1: "), ("[feed b]\ntype=none\n", "CONF:2: "), ("[feed a b]\ntype=janus\n", "CONF:1: "),
            (good + "colour=1\n", "CONF:4: "), (good + "snapshot-seconds=0\n", "CONF:4: "), (good + good, "CONF:4: "),
            ("[feed b]\ntype=janus\naddress=http://u:p@h/\n", "CONF:3: "), (good + "secret-file=x\n", "CONF:4: "),
            (good + "secret=hush-hush\n", "CONF:4: "), (good + "secret-file=/nowhere/at/all\n", "CONF:4: "),
        ):
            with self.subTest(text):
                status, errors = self.check(text)
                self.assertEqual(status, 1)
                self.assertTrue(errors.startswith(told), errors)
                self.assertNotIn("hush-hush", errors)

    def test_the_example(self):
        root = pathlib.Path(os.environ["CM_SOURCE_ROOT"])
        outcome = subprocess.run([TRACKER, "check", root / "data" / "conference-tracker.conf"], capture_output=True,
                                 text=True, check=False)
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))

    def test_what_cannot_start(self):
        """Each is one line that says what to do."""
        for more, told in (
            ("[server]\nsocket=/proc/nowhere/socket", "must be a folder that nobody else may write to: chmod 700"),
            ("[journal]\nfolder=/proc/nowhere", "the journal needs a folder in which this user can write: /proc/nowhere"),
            ("[server]\nlisten=127.0.0.1:0\ncertificate=/nonexistent.pem", "must be a PEM file"),
            ("[server]\nlisten=203.0.113.1:1", "needs a certificate"),
            ("[access]\ntokens=/proc/self", "“conference-tracker token add”")):
            server = Server()
            with server.config.open("a", encoding="utf-8") as config:
                config.write(more + "\n")
            outcome = subprocess.run([TRACKER, "serve", f"--config={server.config}"], capture_output=True, text=True,
                                     check=False, timeout=20)
            self.assertEqual((outcome.returncode, len(outcome.stderr.splitlines())), (1, 1), outcome.stderr)
            self.assertIn(told, outcome.stderr)


if __name__ == "__main__":
    taptest.main()
