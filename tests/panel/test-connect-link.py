# test-connect-link.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window as the subscriber of a tracker elsewhere: live, lost, and back."""

import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
import watcher  # noqa: E402
from certificates import Authority  # noqa: E402
from monitor import Monitor, kept_settings, press  # noqa: E402
from watcher import Server, line  # noqa: E402

LOST = re.compile(r"^No connection to the tracker, showing (\d\d:\d\d:\d\d)$")

# The window is to say it within 3 s; a busy machine may draw it later.
WITHIN = 3.0
GRACE = 2.0


def talk(name, source="lync/ana@contoso.com"):
    """A call that goes on."""
    own = {"source": source, "conversation": name}
    return b"".join([
        line("ConversationAdded", subject=name, inviter="sip:bob@contoso.com", **own),
        line("ParticipantAdded", participant="sip:bob@contoso.com", name="Bob Baker", **own),
        line("ModalityStateChanged", modality="AudioVideo", state="Connected", **own),
    ])


def rows(monitor):
    return monitor.names("list item", monitor.expect("Calls", "list"))


def expect_row(monitor, start):
    return monitor.wait(lambda: [name for name in rows(monitor) if name.startswith(start)], f"a row {start!r}")


def banner(monitor):
    for name in monitor.names("label"):
        found = LOST.match(name or "")
        if found:
            return found[1]
    return None


def status(monitor):
    return monitor.wait(lambda: [name for name in monitor.names("label")
                                 if name and re.match(r"(Live|No connection|Connecting) · ", name)], "the status")[0]


class Live(unittest.TestCase):
    def test_addresses(self):
        """A path, with and without its scheme, and a port of this computer."""
        with Server() as server:
            server.send(talk("Budget review"))
            for address in (server.socket, "unix:" + server.socket):
                with self.subTest(address), Monitor(address) as monitor:
                    expect_row(monitor, "Budget review")
                    self.assertRegex(status(monitor), "^Live · 1 source")

    def test_live(self):
        with Server() as server, Monitor(server.socket) as monitor:
            monitor.expect("No calls", "label")
            server.send(talk("Budget review"))
            expect_row(monitor, "Budget review")
            server.send(line("ConversationRemoved", source="lync/ana@contoso.com", conversation="Budget review"),
                        talk("Stand-up"))
            expect_row(monitor, "Stand-up")

    def test_disk_full(self):
        """What cannot be saved is live all the same, and the window says so."""
        words = "The tracker is live but cannot save: its disk may be full"
        server = Server(journal=True)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (800, limits[1]))
        try:
            server.start()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        with Monitor(server.socket) as monitor:
            monitor.expect("No calls", "label")
            server.request("POST", "/v1/events", talk("Budget review") + talk("Stand-up"))
            expect_row(monitor, "Stand-up")
            monitor.expect(words, "label")
            self.assertRegex(status(monitor), "^Live · 1 source.* · not saved")
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limits)
            monitor.wait(lambda: words not in monitor.names("label"), "the banner to go")
            self.assertNotIn("not saved", status(monitor))
        self.assertEqual(server.stop(), 0)

    def test_what_was(self):
        """What this window saw can be looked back at."""
        with Server() as server, Monitor(server.socket) as monitor:
            server.send(talk("Budget review"))
            expect_row(monitor, "Budget review")
            time.sleep(1.5)
            server.send(line("ConversationPropertyChanged", property="Subject", value="Crisis",
                             source="lync/ana@contoso.com", conversation="Budget review"))
            expect_row(monitor, "Crisis")
            press(monitor, "ctrl+h")
            slider = monitor.expect("Moment", "slider")
            slider.set_current_value(slider.get_minimum_value())
            expect_row(monitor, "Budget review")

    def test_the_last_one(self):
        """Without arguments it is the tracker that was watched last."""
        with Server() as server:
            server.send(talk("Budget review"))
            with kept_settings():
                with Monitor(server.socket) as monitor:
                    expect_row(monitor, "Budget review")
                with Monitor() as monitor:
                    expect_row(monitor, "Budget review")


class Lost(unittest.TestCase):
    def wait_for_loss(self, monitor, since):
        moment = monitor.wait(lambda: banner(monitor), "the banner")
        took = time.monotonic() - since
        self.assertLess(took, WITHIN + GRACE)
        return moment

    def test_a_tracker_that_stands_still(self):
        with Server() as server, Monitor(server.socket) as monitor:
            server.send(talk("Budget review"), talk("Stand-up"))
            expect_row(monitor, "Budget review")
            expect_row(monitor, "Stand-up")
            server.process.send_signal(signal.SIGSTOP)
            since = time.monotonic()
            try:
                moment = self.wait_for_loss(monitor, since)
                monitor.expect("Reconnect", "push button")
                monitor.wait(lambda: all(name.endswith(f"as of {moment}") for name in rows(monitor)),
                             "the time on all rows")
                self.assertRegex(status(monitor), "^No connection · ")
            finally:
                server.process.send_signal(signal.SIGCONT)
            monitor.wait(lambda: banner(monitor) is None, "the end of the banner")
            monitor.wait(lambda: not [name for name in rows(monitor) if "as of" in name], "no time on the rows")
            self.assertRegex(status(monitor), "^Live · 1 source")

    def test_a_tracker_that_is_started_anew(self):
        """What happened meanwhile is there; search and selection are kept."""
        server = Server(journal=True).start()
        try:
            server.send(talk("Budget review"), talk("Budget talks"), talk("Stand-up"))
            with Monitor(server.socket) as monitor:
                expect_row(monitor, "Stand-up")
                monitor.wait(lambda: self.search(monitor, "budget"), "the search")
                monitor.wait(lambda: len(rows(monitor)) == 2, "what was found")
                calls = monitor.expect("Calls", "list")
                monitor.wait(lambda: self.select(calls, "Budget talks"), "the row")
                monitor.expect("Budget talks", "heading")
                server.kill()
                self.wait_for_loss(monitor, time.monotonic())
                server.start()
                server.send(talk("Budget meeting"), line("ConversationRemoved", conversation="Budget review",
                                                         source="lync/ana@contoso.com"))
                expect_row(monitor, "Budget meeting")
                monitor.wait(lambda: banner(monitor) is None, "the end of the banner")
                self.assertFalse([name for name in rows(monitor) if name.startswith("Stand-up")])
                monitor.expect("Budget talks", "heading")
        finally:
            server.stop()

    def search(self, monitor, text):
        button = monitor.find("Search", "toggle button")
        entry = monitor.find(role="entry") or monitor.find(role="text")
        if entry is None:
            button.do_action(0)
            return False
        return entry.set_text_contents(text)

    def select(self, calls, start):
        for i in range(calls.get_child_count()):
            if calls.get_child_at_index(i).get_name().startswith(start):
                return calls.select_child(i)
        return False

    def test_reconnect(self):
        """The button does at once what would come by itself."""
        server = Server(journal=True).start()
        server.send(talk("Budget review"))
        try:
            with Monitor(server.socket) as monitor:
                expect_row(monitor, "Budget review")
                server.kill()
                self.wait_for_loss(monitor, time.monotonic())
                server.start()
                button = monitor.find("Reconnect", "push button")
                if button is not None:
                    button.do_action(0)
                monitor.wait(lambda: banner(monitor) is None, "the end of the banner")
        finally:
            server.stop()


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


class Cut(unittest.TestCase):
    """Two computers and the line between them: the tracker has a network of its own."""

    HERE, THERE = "198.18.85.1", "198.18.85.2"

    def setUp(self):
        self.name = f"cm{os.getpid()}"
        if not shutil.which("ip") or not shutil.which("openssl"):
            self.skipTest("ip or openssl is not installed")
        try:
            ip("netns", "add", self.name)
            self.addCleanup(ip, "netns", "delete", self.name)
            ip("link", "add", self.name, "type", "veth", "peer", "name", "there", "netns", self.name)
            ip("address", "add", f"{self.HERE}/30", "dev", self.name)
            ip("link", "set", self.name, "up")
            ip("-netns", self.name, "address", "add", f"{self.THERE}/30", "dev", "there")
            ip("-netns", self.name, "link", "set", "there", "up")
            ip("netns", "exec", self.name, "true")
        except subprocess.CalledProcessError as fault:
            self.skipTest(f"two computers cannot be had here: {fault.stderr.decode().strip()}")

    def there(self, server):
        """Runs the programs of the tracker on the other computer."""
        program = server.folder / "there.sh"
        program.write_text(f'#!/bin/sh\nexec ip netns exec {self.name} {os.environ["CM_TRACKER"]} "$@"\n', encoding="utf-8")
        program.chmod(0o700)
        self.addCleanup(setattr, watcher, "TRACKER", watcher.TRACKER)
        watcher.TRACKER = str(program)

    def test_a_cut_line(self):
        authority = Authority("The authority of Contoso")
        server = Server(server={"listen": f"{self.THERE}:8085", **authority.issue(f"IP:{self.THERE}")})
        self.there(server)
        with server, kept_settings(tracker_authority=authority.file):
            server.send(talk("Budget review"))
            os.environ["CONFERENCE_TRACKER_TOKEN"] = server.token("desk", "engineer")
            self.addCleanup(os.environ.pop, "CONFERENCE_TRACKER_TOKEN")
            with Monitor(f"{self.THERE}:8085") as monitor:
                expect_row(monitor, "Budget review")
                ip("link", "set", self.name, "down")
                since = time.monotonic()
                monitor.wait(lambda: banner(monitor), "the banner")
                self.assertLess(time.monotonic() - since, WITHIN + GRACE)
                server.send(talk("Stand-up"))
                ip("link", "set", self.name, "up")
                expect_row(monitor, "Stand-up")
                monitor.wait(lambda: banner(monitor) is None, "the end of the banner")


if __name__ == "__main__":
    taptest.main()
