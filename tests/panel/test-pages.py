# test-pages.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every page as a screen reader finds it: what can be used has a name of its own, and
in safe mode no page says a real name or number."""

import os
import pathlib
import sys
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / "support"),
                str(pathlib.Path(__file__).resolve().parent)]

import taptest  # noqa: E402
from monitor import Monitor  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])
CALL = [str(RECORDINGS / "escalation-user2.jsonl"), "--at=400"]
MEETING = [str(RECORDINGS / "escalation-merged.jsonl"), "--at=345"]

# What the page is known to be there by: its role and its name.
PAGES = {
    "start": ([], "heading", "Watch live calls"),
    "fault": (["/nowhere/meeting.jsonl"], "heading", "Could not open meeting.jsonl"),
    "list": (["--demo", "--at=16"], "list", "Calls"),
    "call": ([*CALL, "--size=1280x700"], "list", "Presenters (2)"),
    "meeting": ([*MEETING, "--size=1280x700"], "list", "Stations"),
    "narrow call": ([*CALL, "--size=340x600", "--show=win.open-call"], "list", "Presenters (2)"),
    "history": (["--demo", "--at=16", "--show=win.history"], "slider", None),
    "search": (["--demo", "--at=16", "--show=win.search"], "entry", "Search calls"),
    "ended": (["--demo", "--at=200", "--show=win.ended"], "frame", "Ended Calls"),
    "preferences": (["--demo", "--at=16", "--show=app.preferences"], "frame", "Preferences"),
    "keys": (["--demo", "--at=16", "--show=win.keys"], "frame", "Keyboard Shortcuts"),
    "about": (["--show=app.about"], "dialog", None),
}
USABLE = {"push button", "toggle button", "check box", "radio button", "slider", "spin button",
          "text", "entry", "combo box", "list", "link"}
REAL = ("User One", "User Two", "User Three", "user1", "user2", "user3", "contoso", "AB12CD34",
        "48213", "555")


def texts(monitor):
    for item in monitor.everything():
        try:
            yield item, item.get_role_name(), item.get_name() or "", item.get_description() or ""
        except GLib.Error:
            continue


def is_shown(item):
    states = item.get_state_set()
    return states.contains(Atspi.StateType.VISIBLE)


class Names(unittest.TestCase):
    """A test for each page is added below."""


def add_test(page, arguments, role, name):
    def test(self):
        with Monitor(*arguments) as monitor:
            if role == "dialog":
                monitor.wait(lambda: "Conference Monitor" in monitor.names("label"), page)
            else:
                monitor.expect(name, role)
            for item, of_role, of_name, _ in texts(monitor):
                if of_role in USABLE and is_shown(item) and item.get_child_count() >= 0:
                    self.assertTrue(of_name.strip() or of_role in ("list", "entry", "text")
                                    and not is_focusable(item), f"{of_role} without a name")
                # GTK names a menu button by its class: what is pressed is the one within.
                if of_role in USABLE:
                    self.assertNotRegex(of_name, r"^Cm[A-Z]", of_role)
                self.assertFalse(of_name.startswith("_"), of_name)

    setattr(Names, "test_" + page.replace(" ", "_"), test)


def is_focusable(item):
    return item.get_state_set().contains(Atspi.StateType.FOCUSABLE)


for page_name, values in PAGES.items():
    add_test(page_name, *values)


class SafeMode(unittest.TestCase):
    """With safe mode on from the start no page has a real name, address or number."""

    def setUp(self):
        os.environ["GSETTINGS_BACKEND"] = "keyfile"
        folder = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "keyfile").write_text("[org/conferencemonitor/Monitor]\nsafe-mode=true\n",
                                        encoding="utf-8")

    def tearDown(self):
        os.environ["GSETTINGS_BACKEND"] = "memory"

    def check(self, arguments, role, name):
        with Monitor(*arguments) as monitor:
            monitor.expect(name, role)
            monitor.wait(lambda: "Person 1" in monitor.describe(), "a person without a name")
            found = [(role, text) for _, role, *both in texts(monitor) for text in both
                     for word in REAL if word in text]
            self.assertEqual(found, [], found)

    def test_call(self):
        self.check(*PAGES["call"])

    def test_meeting(self):
        self.check(*PAGES["meeting"])

    def test_list(self):
        self.check([*MEETING, "--size=340x600"], "list", "Calls")

    def test_ended(self):
        self.check([*CALL[:1], "--at=312", "--show=win.ended"], "frame", "Ended Calls")


if __name__ == "__main__":
    taptest.main()
