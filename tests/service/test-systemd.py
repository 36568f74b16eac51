# test-systemd.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a service manager sees: readiness, the watchdog, sockets it hands over, and SIGHUP."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import TRACKER, Server, line

ROOT = pathlib.Path(os.environ["CM_SOURCE_ROOT"])


class Manager(socket.socket):
    """The socket that states are told to."""

    def __init__(self, path):
        super().__init__(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.bind(str(path))
        self.settimeout(20)

    def until(self, state):
        while True:
            text = self.recv(4096).decode()
            if state in text.splitlines():
                return text


class Systemd(unittest.TestCase):
    def setUp(self):
        self.before = dict(os.environ)

    def tearDown(self):
        os.environ.clear()
        os.environ.update(self.before)

    def test_states(self):
        server = Server()
        with Manager(server.folder / "notify") as manager:
            os.environ.update(NOTIFY_SOCKET=str(server.folder / "notify"), WATCHDOG_USEC="400000")
            with server:
                manager.until("READY=1")
                self.assertEqual(server.request("GET", "/readyz")[0], 200)
                begin = time.monotonic()
                for _ in range(5):
                    manager.until("WATCHDOG=1")
                self.assertGreater(time.monotonic() - begin, 0.5)
                server.process.send_signal(signal.SIGHUP)
                self.assertIn("MONOTONIC_USEC=", manager.until("RELOADING=1"))
                manager.until("READY=1")
                server.process.send_signal(signal.SIGTERM)
                manager.until("STOPPING=1")
                self.assertEqual(server.process.wait(20), 0)

    def test_nobody_listens_to_states(self):
        for path in ("/nonexistent", "@nobody", "x", ""):
            os.environ.update(NOTIFY_SOCKET=path, WATCHDOG_USEC="x")
            with self.subTest(path), Server() as server:
                self.assertEqual(server.request("GET", "/healthz")[0], 200)

    def hand_over(self, server, listener):
        """Starts the tracker as a service manager does, with the socket as the first."""
        code = "import os,sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True);" \
               "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1'); os.execv(sys.argv[2], sys.argv[2:])"
        return subprocess.Popen([sys.executable, "-c", code, str(listener.fileno()), TRACKER, "serve",
                                 f"--config={server.config}"], pass_fds=[listener.fileno()],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def test_sockets(self):
        server = Server()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            server.port = listener.getsockname()[1]
            token = server.token("me", "engineer")
            for _ in range(2):
                server.process = self.hand_over(server, listener)
                self.assertIn(f"http://127.0.0.1:{server.port}", server.process.stdout.readline().decode())
                self.assertEqual(server.request("GET", "/healthz", token=token)[0], 200)
                self.assertEqual(server.request("GET", "/healthz")[0], 200, "its own socket is there too")
                self.assertEqual(server.stop(), 0)
                server.process.stderr.close()
            # Who comes meanwhile waits.
            with socket.create_connection(("127.0.0.1", server.port)) as early:
                early.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                server.process = self.hand_over(server, listener)
                early.settimeout(20)
                self.assertIn(b" 401 ", early.recv(100))
                server.stop()
                server.process.stderr.close()

    def test_a_local_socket(self):
        server = Server()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(server.folder / "handed"))
            listener.listen()
            server.process = self.hand_over(server, listener)
            self.assertIn("handed", server.process.stdout.readline().decode())
            server.socket = str(server.folder / "handed")
            self.assertEqual(server.request("GET", "/healthz")[0], 200)
            self.assertEqual(server.stop(), 0)
            server.process.stderr.close()
            self.assertTrue(os.path.exists(server.socket))

    def test_what_others_can_reach_needs_a_certificate(self):
        server = Server()
        with socket.create_server(("0.0.0.0", 0)) as listener:
            process = self.hand_over(server, listener)
            _, errors = process.communicate(timeout=20)
            self.assertEqual((process.returncode, len(errors.splitlines())), (1, 1))
            self.assertIn(b"certificate", errors)

    def test_reload_drops_nobody(self):
        with Server(tcp=True) as server:
            token, second = server.token("me", "engineer"), None
            with server.watch(token=token) as watcher, server.agent(sources=["s"]) as agent:
                watcher.until(lambda w: w.live)
                text = server.config.read_text()
                audit, tokens = server.folder / "audit", server.folder / "tokens2"
                shutil.copy2(server.tokens, tokens)
                server.tokens = tokens
                server.config.write_text(text.replace("/tokens\n", "/tokens2\n") +
                                         f"[access]\naudit={audit}\n[limits]\nrequests-per-second=3\n")
                second = server.token("other", "watcher")
                watcher.seen.clear()
                agent.report(line("ConversationAdded"))
                watcher.until(lambda w: "s#c" in w.documents)
                self.assertNotIn("snapshot", [kind for kind, _ in watcher.seen])
                self.assertEqual(server.request("GET", "/v1/conversations", token=second)[0], 200)
                self.assertIn('"token":"other"', audit.read_text())
                statuses = [server.request("GET", "/healthz", token=second)[0] for _ in range(40)]
                self.assertIn(429, statuses)
                # What has faults changes nothing.
                server.config.write_text("[limits]\nrequests-per-second=many\n")
                server.reload()
                self.assertIn(":2: ", server.errors.read_text())
                agent.report(line("ConversationAdded", conversation="d"))
                watcher.until(lambda w: "s#d" in w.documents)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd is not installed")
    def test_the_unit(self):
        server = Server()
        unit = server.folder / "conference-tracker.service"
        text = (ROOT / "data" / "systemd" / "conference-tracker.service.in").read_text()
        unit.write_text(text.replace("@bindir@/conference-tracker", TRACKER))
        shutil.copy(ROOT / "data" / "systemd" / "conference-tracker.socket", server.folder)
        outcome = subprocess.run(["systemd-analyze", "verify", "--man=no", unit, server.folder / "conference-tracker.socket"],
                                 capture_output=True, text=True, check=False)
        self.assertNotIn("conference-tracker", outcome.stderr)
        outcome = subprocess.run(["systemd-analyze", "security", "--offline=yes", "--threshold=20", unit],
                                 capture_output=True, text=True, check=False)
        self.assertEqual(outcome.returncode, 0, outcome.stdout[-200:] + outcome.stderr)


if __name__ == "__main__":
    taptest.main()
