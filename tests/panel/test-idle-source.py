# test-idle-source.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A source that has no call and does not answer: the window tells it, and claims no quiet day."""

import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from desktop import Notifications  # noqa: E402
from monitor import Monitor, kept_settings  # noqa: E402
from watcher import Server, line, now  # noqa: E402

ANA = "lync/ana@contoso.com"
BEN = "lync/ben@contoso.com"


def status(word, source, at=None):
    return line("SourceStatusChanged", source=source, conversation=None, status=word, at=at)


def banner(monitor, name="ana@contoso.com"):
    return [label for label in monitor.names("label") if label and label.startswith(f"{name} has not answered for")]


def labels_with(monitor, text):
    return [label for label in monitor.names("label") if label and text in label]


class Idle(unittest.TestCase):
    def expect_told(self, monitor):
        monitor.wait(lambda: banner(monitor), "the banner")
        monitor.expect("No calls known", "label")
        monitor.expect_none("No calls", "label")
        monitor.expect("Details", "push button").do_action(0)
        monitor.expect("ana@contoso.com does not answer", "label")
        monitor.wait(lambda: labels_with(monitor, "It had no call then"), "what is known of it")

    def test_tracker_elsewhere(self):
        with Server() as server, Monitor(server.socket) as monitor:
            server.send(status("Connected", ANA), status("Connected", BEN))
            monitor.wait(lambda: labels_with(monitor, "2 sources"), "the sources")
            monitor.expect("No calls", "label")

            server.send(status("Lost", ANA))
            monitor.wait(lambda: labels_with(monitor, "2 sources · 1 does not answer"), "the status line")
            self.expect_told(monitor)

            # The other one goes too: then nothing at all is known, and nothing is live.
            server.send(status("Lost", BEN))
            monitor.expect("No source answers", "label")
            self.assertFalse(labels_with(monitor, "Live"))

            server.send(status("Connected", ANA), status("Connected", BEN))
            monitor.expect("No calls", "label")
            monitor.expect_none("No calls known", "label")
            monitor.wait(lambda: not banner(monitor), "the banner to go")
            monitor.wait(lambda: labels_with(monitor, "Live · 2 sources"), "the status line")

    def test_promise_that_is_not_kept(self):
        """It says nothing of it, and is missed."""
        with Server() as server, Monitor(server.socket) as monitor:
            server.send(line("SourceStatusChanged", source=ANA, conversation=None, status="Connected", heartbeat=500))
            monitor.wait(lambda: labels_with(monitor, "1 source"), "the source")
            monitor.wait(lambda: labels_with(monitor, "No source answers"), "the status line")
            monitor.wait(lambda: banner(monitor), "the banner")

    def test_comes_back_with_the_connection(self):
        """Who came too late to hear of it is told, and who reconnects is told again."""
        with Server() as server:
            server.send(status("Lost", ANA, at=now(-60)))
            with Monitor(server.socket) as monitor:
                monitor.wait(lambda: banner(monitor), "the banner")
                server.kill()
                monitor.wait(lambda: labels_with(monitor, "No connection"), "the loss of the tracker")
                monitor.wait(lambda: labels_with(monitor, "Whether there is one now is not known"), "the empty list")
                server.start()
                server.send(status("Lost", ANA, at=now(-60)))
                monitor.wait(lambda: banner(monitor), "the banner again")

    def test_tracker_within(self):
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(line("SourceStatusChanged", source=ANA, conversation=None, status="Connected",
                            at="2011-11-09T09:00:00.000Z"))
            file.write(status("Lost", ANA, at="2011-11-09T09:00:10.000Z"))
            file.write(status("Connected", BEN, at="2011-11-09T09:01:00.000Z"))
            file.flush()
            with Monitor(file.name, "--at=40") as monitor:
                self.expect_told(monitor)
                monitor.expect("ana@contoso.com has not answered for 30 s", "label")

    def test_notification(self):
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(status("Connected", ANA), status("Lost", BEN))
            (number,) = monitor.wait(lambda: desk.shown, "the notification")
            self.assertEqual(desk.shown[number]["title"], "ben@contoso.com")
            self.assertEqual(desk.shown[number]["body"], "The source does not answer")
            server.send(status("Connected", BEN))
            monitor.wait(lambda: not desk.shown, "the notification to go")

    def test_rule_off(self):
        """Who has switched the rule off is not called, but the status line stays true."""
        with kept_settings(notification_names=False, rule_source_silent=(-1, -1)), \
                Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(status("Connected", ANA), status("Lost", BEN, at=now(-60)))
            monitor.wait(lambda: labels_with(monitor, "1 does not answer"), "the status line")
            monitor.expect("No calls known", "label")
            self.assertFalse(banner(monitor, "ben@contoso.com"))
            self.assertFalse(desk.told)


if __name__ == "__main__":
    taptest.main()
