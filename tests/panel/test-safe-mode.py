# test-safe-mode.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""One key hides names, addresses and numbers wherever they are, and shows them again."""

import pathlib
import subprocess
import sys
import tempfile
import unittest
import os

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from desktop import Notifications  # noqa: E402
from monitor import Monitor, kept_settings, press  # noqa: E402
from watcher import Server, line  # noqa: E402
from gi.repository import GLib  # noqa: E402

RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])
CALL = str(RECORDINGS / "escalation-user2.jsonl")
MEETING = str(RECORDINGS / "escalation-merged.jsonl")
REAL = ("User One", "User Two", "User Three", "user1", "user2@", "user3", "contoso", "AB12CD34", "48213", "555")
KEY = "ctrl+shift+m"
BUS = ["gdbus", "call", "--session", "--dest", "org.conferencemonitor.Monitor", "--object-path",
       "/org/conferencemonitor/Monitor"]
STATION = {"source": "lync/ana@contoso.com", "conversation": "Budget review"}


def told(monitor):
    """Everything that a screen reader can read: labels, names, descriptions, the windows' titles."""
    texts = []
    for item in monitor.everything():
        try:
            texts += [item.get_name() or "", item.get_description() or ""]
        except GLib.Error:
            continue
    return texts


def real(texts):
    return sorted({text for text in texts for word in REAL if word in text})


class Window(unittest.TestCase):
    def hide(self, monitor):
        monitor.wait(lambda: real(told(monitor)), "real names")
        press(monitor, KEY)
        try:
            monitor.wait(lambda: not real(told(monitor)), "no real name")
        except AssertionError:
            self.assertEqual(real(told(monitor)), [])
            raise

    def test_call(self):
        for at in ("63", "70", "400"):
            with self.subTest(at=at), Monitor(CALL, f"--at={at}", "--size=1280x700") as monitor:
                monitor.expect("Calls", "list")
                self.hide(monitor)
                self.assertIn("Person 1", " ".join(told(monitor)))
                press(monitor, KEY)
                monitor.wait(lambda: "User One" in " ".join(told(monitor)), "the names again")

    def test_meeting(self):
        with Monitor(MEETING, "--at=330", "--size=1280x700") as monitor:
            monitor.expect("Stations", "list")
            self.hide(monitor)
            monitor.wait(lambda: [name for name in monitor.names("alert") if name.startswith("Person ")],
                         "a banner without a name")

    def test_timeline(self):
        """What the keyboard finds there is read out too."""
        with Monitor(CALL, "--at=400", "--size=1280x700") as monitor:
            monitor.expect("Timeline", "image")
            self.hide(monitor)
            monitor.tab_to("Timeline", "image")
            for key in ("Down", "Left", "Down"):
                press(monitor, key)
            self.assertEqual(real(told(monitor)), [])
            monitor.wait(lambda: "Person" in monitor.expect("Timeline", "image").get_description(), "a lane's words")

    def test_ended(self):
        with Monitor("--demo", "--at=200", "--show=win.ended") as monitor:
            monitor.expect("Ended Calls", "frame")
            self.hide(monitor)
            monitor.expect("Search the ended calls", "entry").set_text_contents("User Two")
            monitor.expect("No ended calls", "label")

    def test_search(self):
        """Who is hidden is not to be found by the name either."""
        with Monitor(CALL, "--at=70", "--show=win.search") as monitor:
            monitor.expect("Search calls", "entry").set_text_contents("User Three")
            monitor.wait(lambda: monitor.names("list item", monitor.expect("Calls", "list")), "the call")
            press(monitor, KEY)
            monitor.expect("No call found", "label")
            monitor.expect("Search calls", "entry").set_text_contents("Person 1")
            monitor.wait(lambda: monitor.names("list item", monitor.expect("Calls", "list")), "the call")

    def test_title_and_bus(self):
        with Monitor(CALL, "--at=70") as monitor:
            monitor.expect("Calls", "list")
            self.hide(monitor)
            windows = subprocess.run(["wmctrl", "-l"], capture_output=True, text=True, check=True).stdout
            actions = subprocess.run([*BUS, "--method", "org.gtk.Actions.DescribeAll"], capture_output=True,
                                     text=True, check=True).stdout
            self.assertIn("safe-mode", actions)
            self.assertEqual(real([windows, actions]), [])

    def test_my_stations(self):
        """The preferences show at once what it does, and hide whose stations they are."""
        with kept_settings(my_stations=["lync/user2@contoso.com"]), \
                Monitor(MEETING, "--at=330", "--show=app.preferences") as monitor:
            entry = monitor.expect("My stations", "text")
            monitor.wait(lambda: entry.get_text(0, entry.get_character_count()) == "lync/user2@contoso.com", "them")
            monitor.expect("Safe mode", "check box").do_action(0)
            monitor.expect("Shown now: “Person 1, •••123”", "label")


class Copies(unittest.TestCase):
    """What leaves the program."""

    def paste(self, monitor):
        """Into the search, which says what it does not find."""
        press(monitor, "ctrl+f")
        monitor.expect("Search calls", "entry")
        press(monitor, "ctrl+v")
        return monitor.wait(lambda: next((name for name in monitor.names("label")
                                          if name.startswith("Nothing here has")), None), "what was copied")

    def test_note(self):
        with Monitor(CALL, "--at=70", "--size=1280x700") as monitor:
            monitor.expect("Calls", "list")
            press(monitor, "ctrl+c")
            self.assertIn("User One", self.paste(monitor))
        with kept_settings(safe_mode=True), Monitor(CALL, "--at=70", "--size=1280x700") as monitor:
            monitor.wait(lambda: "Person 1" in " ".join(told(monitor)), "no names")
            press(monitor, "ctrl+c")
            note = self.paste(monitor)
            self.assertIn("Person 1", note)
            self.assertEqual(real([note]), [])

    def test_link(self):
        """There is nothing to copy of a link that nobody may see."""
        with Monitor(CALL, "--at=70", "--size=1280x700") as monitor:
            monitor.expect("Copy: Join link", "push button")
            press(monitor, KEY)
            monitor.expect_none("Copy: Join link", "push button")
            press(monitor, "ctrl+l")
            press(monitor, "ctrl+c")
            self.assertEqual(real([self.paste(monitor)]), [])

    def test_file(self):
        """A recording that is saved then has other names in it, without being asked for that."""
        with tempfile.TemporaryDirectory() as folder, kept_settings(safe_mode=True), \
                Monitor(CALL, "--at=70", "--show=win.save-recording") as monitor:
            path = pathlib.Path(folder) / "saved.jsonl"
            monitor.wait(lambda: "Save as a Recording" in subprocess.run(
                ["wmctrl", "-l"], capture_output=True, text=True, check=True).stdout, "the dialog")
            subprocess.run(["wmctrl", "-a", "Save as a Recording"], check=True)
            monitor.wait(lambda: "Save as a Recording" in subprocess.run(
                ["xdotool", "getwindowfocus", "getwindowname"], capture_output=True, text=True,
                check=False).stdout, "its focus")
            subprocess.run(["xdotool", "key", "ctrl+a", "type", "--delay", "30", str(path)], check=True)
            subprocess.run(["xdotool", "key", "Return"], check=True)
            monitor.wait(lambda: path.is_file() and path.stat().st_size, "the file")
            self.assertEqual([word for word in ("User One", "user1@", "AB12CD34", "48213") if
                              word in path.read_text(encoding="utf-8")], [])


class Desk(unittest.TestCase):
    def test_notifications(self):
        """One that is shown already says no name any more, and there are not two."""
        with Server() as server, Monitor(server.socket) as monitor:
            desk = Notifications()
            server.send(line("ConversationAdded", subject="Budget review", **STATION),
                        *[line("ModalityStateChanged", modality="AudioVideo", state=state, **STATION)
                          for state in ("Connecting", "Connected")],
                        *[line("ConversationPropertyChanged", property="ConferenceEscalationProgress", value=value,
                               **STATION) for value in (2, 8)])
            monitor.wait(lambda: desk.find("Budget review"), "the notification")
            press(monitor, KEY)
            monitor.wait(lambda: desk.titles() == ["Two-party call"], "another title")
            press(monitor, KEY)
            monitor.wait(lambda: desk.titles() == ["Budget review"], "its title again")


if __name__ == "__main__":
    taptest.main()
