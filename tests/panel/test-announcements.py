# test-announcements.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a screen reader says without being asked: it hears of the new name of the active
window, or of an announcement where GTK knows those."""

import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from monitor import Monitor, press  # noqa: E402
from watcher import Server, line  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

STATION = {"source": "lync/ana@contoso.com", "conversation": "Budget review"}
INTERVAL = 5.0


def hear(heard):
    def event(occurred):
        try:
            if occurred.source.get_role_name() == "frame" and occurred.any_data:
                heard.append((time.monotonic(), str(occurred.any_data)))
        except GLib.Error:
            pass

    listener = Atspi.EventListener.new(event)
    for name in ("object:property-change:accessible-name", "object:announcement"):
        listener.register(name)
    return listener


def call():
    return [line("ConversationAdded", subject="Budget review", **STATION),
            *[line("ModalityStateChanged", modality="AudioVideo", state=state, **STATION)
              for state in ("Connecting", "Connected")]]


def person(i):
    return line("ParticipantAdded", participant=f"sip:user{i}@contoso.com", **STATION)


class Announcements(unittest.TestCase):
    def setUp(self):
        self.heard = []
        self.listener = hear(self.heard)
        self.addCleanup(self.listener.deregister, "object:property-change:accessible-name")
        self.addCleanup(self.listener.deregister, "object:announcement")

    def texts(self):
        return [text for _, text in self.heard]

    def test_burst(self):
        """A hundred changes at once are one announcement, and what it says is so."""
        with Server() as server, Monitor(server.socket) as monitor:
            server.send(*call(), person(0))
            monitor.wait(lambda: "1 call" in " ".join(self.texts()), "the first announcement")
            monitor.wait(lambda: time.monotonic() - self.heard[-1][0] > INTERVAL + 2, "time to pass")
            self.heard.clear()
            server.send(*[person(i) for i in range(1, 50)],
                        *[line("ParticipantRemoved", participant=f"sip:user{i}@contoso.com", **STATION)
                          for i in range(1, 49)],
                        line("ConversationPropertyChanged", property="Subject", value="Yearly review", **STATION))
            monitor.wait(lambda: [text for text in self.texts() if "Yearly review" in text and "user49" in text],
                         "an announcement of how it is in the end")
            monitor.wait(lambda: time.monotonic() - self.heard[-1][0] > INTERVAL + 2, "time to pass")
            self.assertLessEqual(len(self.heard), 2, self.texts())
            self.assertIn("Yearly review", self.texts()[-1])

    def test_leaves(self):
        with Monitor("--demo", "--at=10") as monitor:
            monitor.wait(lambda: [text for text in self.texts() if "You have left the call" in text],
                         "that the call was left")

    def test_title_comes_back(self):
        """Who leaves the window and comes back is told where he is, and no old news."""
        with Monitor("--demo", "--at=16") as monitor:
            monitor.wait(lambda: self.heard, "an announcement")
            monitor.wait(lambda: monitor.find(self.texts()[-1], "frame"), "a window named by it")
            press(monitor, "ctrl+comma")
            monitor.expect("Preferences", "frame")
            monitor.expect("Conference Monitor", "frame")


if __name__ == "__main__":
    taptest.main()
