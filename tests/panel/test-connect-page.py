# test-connect-page.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page that connects to a tracker: what is checked, what is said, and what is kept."""

import contextlib
import datetime
import http.server
import json
import os
import pathlib
import shutil
import socket
import stat
import subprocess
import sys
import threading
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from certificates import Authority  # noqa: E402
from monitor import SETTINGS, Monitor, is_sensitive, kept_settings, press  # noqa: E402
from watcher import Server, line  # noqa: E402

STEPS = ["Address", "Certificate", "Sign-in", "Rights", "Clock"]
CONFIG = pathlib.Path(os.environ["XDG_CONFIG_HOME"])
KEPT = CONFIG / "conference-monitor" / "secrets.conf"


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


class Impostor(http.server.BaseHTTPRequestHandler):
    """Something that is not quite a tracker."""

    answer = b"<html>Welcome</html>"

    def do_GET(self):  # noqa: N802
        if self.path != "/v1/me":
            self.send_error(503)
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.answer)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def impostor(answer):
    handler = type("Handler", (Impostor,), {"answer": answer})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def me(ahead=0.0, role="engineer"):
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=ahead)
    return json.dumps({"token": "desk", "role": role, "at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z")}).encode()


def find_step(sentences, name, state, *words):
    """The sentence of a step among those, if it stands so and has these words in it."""
    return next((sentence for sentence in sentences
                 if sentence.startswith(f"{name}: {state}") and all(word in sentence for word in words)), None)


def checked(monitor):
    """The sentences of all steps."""
    return monitor.names("list item", monitor.find("What was checked", "list"))


def step(monitor, name, state, *words):
    """The sentence of a step, once it stands so and has these words in it."""
    return monitor.wait(lambda: find_step(checked(monitor), name, state, *words), f"{name} {state}: {words}")


def expect_failure(test, monitor, name, *words):
    """That step has failed, and those after it wait."""
    def failed():
        sentences = checked(monitor)
        return (all(find_step(sentences, other, "waiting") for other in STEPS[STEPS.index(name) + 1:]) and
                find_step(sentences, name, "failed", *words))

    sentence = monitor.wait(failed, f"{name} failed: {words}")
    test.assertIsNone(monitor.find("Calls", "list"))
    return sentence


def entry(monitor, name):
    for item in monitor.everything():
        if item.get_name() == name and item.get_role_name() in ("text", "entry", "password text"):
            return item
    return None


def fill(monitor, address=None, token=None):
    for name, text in (("Address", address), ("Token", token)):
        if text is not None:
            item = monitor.wait(lambda name=name: entry(monitor, name), f"the entry {name}")
            item.set_text_contents(text)
    button = monitor.expect("Connect", "push button")
    monitor.wait(lambda: is_sensitive(button), "the button")
    button.do_action(0)


def call(subject="Budget review"):
    return line("ConversationAdded", subject=subject, source="lync/ana@contoso.com")


class Without(unittest.TestCase):
    """A network that needs neither name nor certificate."""

    def setUp(self):
        KEPT.unlink(missing_ok=True)

    def test_first_run(self):
        """From nothing to the first row, with an address to paste."""
        with Server() as server, Monitor() as monitor:
            server.send(call())
            monitor.expect("Connect to a Tracker", "push button").do_action(0)
            monitor.expect("Connect to a Tracker", "heading")
            self.assertFalse(is_sensitive(monitor.expect("Connect", "push button")))
            fill(monitor, server.socket)
            monitor.wait(lambda: [name for name in monitor.names("list item") if name.startswith("Budget review")],
                         "the first row")

    def test_cancel(self):
        with Monitor() as monitor:
            monitor.expect("Connect to a Tracker", "push button").do_action(0)
            monitor.expect("Cancel", "push button").do_action(0)
            monitor.expect("Try the Demo", "push button")

    def test_addresses_that_are_none(self):
        with Monitor() as monitor:
            monitor.expect("Connect to a Tracker", "push button").do_action(0)
            for address, words in (("ftp://tracker", "begins with https://"), ("https://", "names no computer"),
                                   ("https://me:secret@tracker", "no name or password"), ("a b c", "names no computer"),
                                   ("tracker:0", "port 0"), ("tracker:99999", "not an address"),
                                   ("unix:", "path of a socket"), ("tracker/?x=1", "before “?”")):
                with self.subTest(address):
                    fill(monitor, address)
                    expect_failure(self, monitor, "Address", words)

    def test_nobody_there(self):
        port = free_port()
        for address, words in ((f"127.0.0.1:{port}", (f"nothing listens on its port {port}", "Check")),
                               ("/nowhere/tracker.sock", ("No tracker listens at /nowhere", "conference-tracker serve")),
                               ("tracker.invalid:8085", ("tracker.invalid", "Check"))):
            with self.subTest(address), Monitor(address if "/" not in address else f"unix:{address}") as monitor:
                expect_failure(self, monitor, "Address", *words)
                monitor.expect("Trying again every few seconds.", "status bar")

    def test_somebody_comes(self):
        """A tracker that is started later is found without a click."""
        server = Server()
        with Monitor(f"unix:{server.socket}") as monitor:
            expect_failure(self, monitor, "Address")
            with server:
                server.send(call())
                monitor.wait(lambda: [name for name in monitor.names("list item") if name.startswith("Budget review")],
                             "the first row")

    def test_not_a_tracker(self):
        for answer in (b"<html>Welcome</html>", b"{}", b'{"token":1}', b"[" * 5000, me() + b"x", b'"' + b"x" * 100000):
            with self.subTest(answer[:20]), impostor(answer) as address, Monitor(address) as monitor:
                expect_failure(self, monitor, "Sign-in", "not a conference tracker")

    def test_clocks(self):
        for ahead, words in ((3600, "ahead"), (-3600, "behind")):
            with self.subTest(ahead), impostor(me(ahead)) as address, Monitor(address) as monitor:
                self.assertRegex(step(monitor, "Clock", "note"), f"The tracker’s clock is (1 h|59 min|60 min).* {words}")
                step(monitor, "Rights", "good. Engineer")
                # What then does not work is said, and tried again.
                monitor.wait(lambda: [name for name in monitor.names("status bar")
                                      if name.startswith("The tracker cannot be watched: ")], "the reason")

    def test_a_role_that_is_not_known(self):
        with impostor(me(role="king")) as address, Monitor(address) as monitor:
            expect_failure(self, monitor, "Rights", "“king”")

    def test_tokens(self):
        """Over TCP of this computer a token is needed, and what it is for is said."""
        with Server(tcp=True) as server:
            server.send(call())
            address = f"http://127.0.0.1:{server.port}"
            agent, watcher = server.token("robot", "agent"), server.token("desk", "watcher")
            with Monitor(address) as monitor:
                expect_failure(self, monitor, "Sign-in", "wants a token", "conference-tracker token add")
                step(monitor, "Address", "good")
                self.assertIn("Not needed", step(monitor, "Certificate", "good"))
                fill(monitor, token=watcher[:-1] + ("0" if watcher[-1] != "0" else "1"))
                expect_failure(self, monitor, "Sign-in", "does not know this token")
                fill(monitor, token=agent)
                expect_failure(self, monitor, "Rights", "agent", "Ask")
                self.assertFalse(KEPT.exists())
                fill(monitor, token=watcher)
                # Subjects are not for watchers.
                monitor.wait(lambda: monitor.find("Calls", "list") and
                             monitor.names("list item", monitor.find("Calls", "list")), "the first row")
                monitor.wait(KEPT.exists, "the token in its file")
        self.assertEqual(stat.S_IMODE(KEPT.stat().st_mode), 0o600)
        self.assertIn(watcher, KEPT.read_text(encoding="utf-8"))


@unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.authority = Authority("The authority of Contoso")
        cls.other = Authority("Another authority")
        cls.good = cls.authority.issue("DNS:localhost,IP:127.0.0.1")

    def setUp(self):
        KEPT.unlink(missing_ok=True)

    def expect_distrust(self, certificate, authority, *words, address="localhost"):
        with kept_settings(**({"tracker_authority": authority.file} if authority else {})), \
             Server(tcp=True, server=certificate) as server, Monitor(f"{address}:{server.port}") as monitor:
            sentence = expect_failure(self, monitor, "Certificate", *words)
            self.assertRegex(sentence, r"Fingerprint \(SHA-256\): ([0-9A-F]{2}:){31}[0-9A-F]{2}")
            self.assertEqual(server.metric("unauthorized_total"), 0)

    def test_an_authority_that_is_not_known(self):
        self.expect_distrust(self.good, None, "issued by The authority of Contoso", "does not know", "choose it above")

    def test_not_the_chosen_authority(self):
        self.expect_distrust(self.good, self.other, "issued by The authority of Contoso", "not in the file")

    def test_expired(self):
        old = self.authority.issue("DNS:localhost", end="20200201000000Z")
        self.expect_distrust(old, self.authority, "expired", "1 February 2020", "renew")

    def test_not_yet(self):
        new = self.authority.issue("DNS:localhost", start="20480101000000Z")
        self.expect_distrust(new, self.authority, "not valid yet", "1 January 2048", "clock of this computer")

    def test_another_name(self):
        other = self.authority.issue("DNS:tracker.contoso.com")
        self.expect_distrust(other, self.authority, "is for tracker.contoso.com, not for localhost")

    def test_no_tls(self):
        with Server(tcp=True) as server, Monitor(f"localhost:{server.port}") as monitor:
            expect_failure(self, monitor, "Certificate", "does not speak TLS")

    def test_a_file_that_is_none(self):
        with kept_settings(tracker_authority="/nowhere.pem"), Server(tcp=True, server=self.good) as server, \
             Monitor(f"localhost:{server.port}") as monitor:
            expect_failure(self, monitor, "Certificate", "file of authorities cannot be used")

    def test_good(self):
        """Connects, says with what, and knows all of it at the next start."""
        with kept_settings(tracker_authority=self.authority.file), Server(tcp=True, server=self.good) as server:
            server.send(call())
            token = server.token("desk", "engineer")
            with Monitor(f"localhost:{server.port}") as monitor:
                expect_failure(self, monitor, "Sign-in", "wants a token")
                sentence = step(monitor, "Certificate", "good")
                for words in ("localhost, 127.0.0.1", "The authority of Contoso", "31 December 2049", "Fingerprint"):
                    self.assertIn(words, sentence)
                fill(monitor, token=token)
                monitor.wait(lambda: [name for name in monitor.names("list item") if name.startswith("Budget review")],
                             "the first row")
                monitor.wait(KEPT.exists, "the token in its file")
            self.assertNotIn(token, SETTINGS.read_text(encoding="utf-8"))
            self.assertIn(f"last-address='https://localhost:{server.port}'", SETTINGS.read_text(encoding="utf-8"))

            with Monitor() as monitor:
                monitor.wait(lambda: [name for name in monitor.names("list item") if name.startswith("Budget review")],
                             "the row of the tracker that is remembered")

            with Monitor() as monitor:
                monitor.expect("Calls", "list")
                press(monitor, "ctrl+comma")
                monitor.expect(f"https://localhost:{server.port}", "label")
                monitor.expect("Token: in a file that only you can read", "label")
                monitor.expect("Forget the Token", "push button").do_action(0)
                monitor.expect("Token: none is kept", "label")
                self.assertNotIn(token, KEPT.read_text(encoding="utf-8"))

            # What others can read is no secret.
            KEPT.chmod(0o644)
            with Monitor() as monitor:
                expect_failure(self, monitor, "Sign-in", "wants a token")
                monitor.wait(lambda: [name for name in monitor.names("status bar") if "chmod 600" in name],
                             "the reason")

    def test_choose_the_authority(self):
        """From the page that says what is wrong to the first row."""
        with Server(tcp=True, server=self.good) as server:
            server.send(call())
            token = server.token("desk", "engineer")
            with Monitor(f"localhost:{server.port}") as monitor:
                expect_failure(self, monitor, "Certificate", "does not know")
                monitor.expect("Choose a File…", "push button").do_action(0)
                monitor.wait(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name",
                                                     "Choose the Authorities to Trust", "windowfocus", "--sync"],
                                                    capture_output=True, check=False).returncode == 0, "the dialog")
                subprocess.run(["xdotool", "type", "--delay", "20", str(self.authority.file)], check=True)
                subprocess.run(["xdotool", "key", "Return"], check=True)
                monitor.wait(lambda: monitor.find(str(self.authority.file), "label"), "the chosen file")
                fill(monitor, token=token)
                monitor.wait(lambda: [name for name in monitor.names("list item") if name.startswith("Budget review")],
                             "the first row")


if __name__ == "__main__":
    taptest.main()
