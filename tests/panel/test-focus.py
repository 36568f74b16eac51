# test-focus.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of the keyboard through every page: in what order Tab goes, that Shift+Tab
goes the same way back, that there is a way out of everything, and what has the focus
once something has been closed."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from monitor import Atspi, Monitor, press  # noqa: E402

RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])
CALL = str(RECORDINGS / "escalation-user2.jsonl")
MEETING = str(RECORDINGS / "escalation-merged.jsonl")

SILENT = str(HERE.parent / "data" / "silent-source.jsonl")

HEADER = ["Menu", "Pin", "Search"]
ACCESS = ["https://meet.contoso.com/user2/AB12CD34", "Copy: Join link", "48213", "Copy: Conference id",
          "+1 555 0100", "Copy: Dial-in numbers"]
TIMELINE = ["Zoom out", "Zoom in", "Show all of it", "Timeline"]
PLAYBACK = ["Play", "Position", "15.6 ×"]
SPEEDS = [f"{speed} ×" for speed in (0.5, 1, 2, 5, 10, 30, 60)]
FILTER = ["Only what needs attention", "Kind: All calls", "Source: All sources", "State: All states",
          "Order: As they came", "Show All Calls"]
RULES = ["The source does not answer", "The escalation does not move on", "The escalation failed",
         "Somebody waits in the lobby", "Alone in the call", "No presenter", "On hold for long", "Ringing for long",
         "Somebody comes and goes", "Left, the call is still on", "Not confirmed", "A long call"]

# Of the page that asks for a system.
JANUS = ["Kind: Janus", "Address", "API: admin", "Secret: where it is: Entered here", "Secret",
         "Admin key: where it is: Entered here", "Admin key", "More settings", "Name", "Cancel", "Follow", "Menu", "Pin"]
OFFICE = ["Host", "Port", "Encrypted with TLS", "File of trusted authorities", "User",
          "Password: where it is: In the environment", "Password", "More settings", "Cancel", "Follow", "Remove",
          "Menu", "Pin"]

# Page: its arguments, and what Tab comes to, by name, from anywhere on; a list is there
# once, by what the name of its row begins with.
PAGES = {
    "start": ([], ["Try the Demo", "Open a Recording", "Connect to a Tracker", "Follow a System", "Menu", "Pin"]),
    "fault": (["/nowhere/meeting.jsonl"],
              ["Try the Demo", "Open a Recording", "Connect to a Tracker", "Follow a System", "Menu", "Pin"]),
    "connect": (["--show=app.connect"],
                ["Address", "Token", "Choose a File…", "Cancel", "Follow a System Without a Tracker", "Menu", "Pin"]),
    "follow": (["--show=app.follow-add"], JANUS),
    "list": ([CALL, "--at=400", "--size=340x600"], [*HEADER, "User One, User Three", *PLAYBACK]),
    "call": ([CALL, "--at=400", "--size=1280x700"],
             [*HEADER, "User One, User Three", "User One, presenter", "User Two, left", *ACCESS, *TIMELINE, *PLAYBACK]),
    "narrow call": ([CALL, "--at=400", "--size=340x600", "--show=win.open-call"],
                    ["Back", *HEADER, "User One, presenter", "User Two, left", *ACCESS, *TIMELINE, *PLAYBACK]),
    "meeting": ([MEETING, "--at=345", "--size=1280x700"],
                [*HEADER, "User One, User Two, User Three", "User Two, presenter", *ACCESS, "User One, In a conference",
                 *TIMELINE, "Play", "Position", "25.2 ×"]),
    "search": ([CALL, "--at=70", "--size=340x600", "--show=win.search"],
               [*HEADER, "Search calls", "Filter and order", "User One, User Three", *PLAYBACK]),
    "empty": ([CALL, "--at=0", "--size=340x600"], [*HEADER, *PLAYBACK]),
    "ended": ([CALL, "--at=312", "--show=win.ended"], ["Search the ended calls"]),
    "ended of the demo": (["--demo", "--at=200", "--show=win.ended"], ["Search the ended calls", "User "]),
    "about": (["--show=app.about"], ["This program comes with absolutely no warranty."]),
    "keys": ([CALL, "--at=70", "--show=win.keys"], ["Previous call, Up"]),
    "preferences": (["--show=app.preferences"],
                    ["Connect to a Tracker", "My stations", "Notifications of the desktop", "Names in notifications",
                     "Safe mode", "Compact list", "Colors: As the Desktop", "Edge of the side panel: Right",
                     "Start at sign-in", *[f"{rule}: {what}" for rule in RULES
                                           for what in ("notice after", "warning after", "notify")]]),
}


def walk(monitor, key, start, limit):
    """The names of what it comes to from where that begins so, until it is there again."""
    monitor.wait(monitor.focused, "a focus")
    for _ in range(limit):
        if monitor.focused()[1].startswith(start):
            break
        monitor.tab(key)
    first = monitor.focused()
    names = [first[1]]
    while len(names) <= limit:
        now = monitor.tab(key)
        if now == first:
            return names
        names.append(now[1])
    return names


def keyboard_window():
    """The title of the window that has the keyboard."""
    return subprocess.run(["xdotool", "getwindowfocus", "getwindowname"], capture_output=True, text=True,
                          check=False).stdout.strip()


class Pages(unittest.TestCase):
    """A test for each page is added below."""

    def setUp(self):
        # What was opened before is offered too.
        (pathlib.Path(os.environ["XDG_DATA_HOME"]) / "recently-used.xbel").unlink(missing_ok=True)


def check_walk(test, monitor, expected):
    there = walk(monitor, "Tab", expected[0], len(expected) + 5)
    test.assertEqual(len(there), len(expected), there)
    for name, start in zip(there, expected):
        test.assertTrue(name.startswith(start), f"{name!r} instead of {start!r}: {there}")

    # Whoever goes back comes by all of it, and nowhere else.
    back = walk(monitor, "shift+Tab", expected[0], len(expected) + 5)
    test.assertEqual([back[0], *back[:0:-1]], there)


def add_test(page, arguments, expected):
    def test(self):
        with Monitor(*arguments) as monitor:
            check_walk(self, monitor, expected)

    setattr(Pages, "test_" + page.replace(" ", "_"), test)


for page_name, values in PAGES.items():
    add_test(page_name, *values)


class Follow(unittest.TestCase):
    def setUp(self):
        folder = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "conference-monitor"
        folder.mkdir(parents=True)
        self.addCleanup(shutil.rmtree, folder)
        (folder / "feeds.conf").write_text("[feed office]\ntype=asterisk\nuser=monitor\npassword-env=OFFICE\nenabled=no\n",
                                           encoding="utf-8")

    def test_list_and_form(self):
        with Monitor("--show=app.follow") as monitor:
            monitor.wait(lambda: monitor.focused() == ("push button", "Show Calls"), "the button")
            check_walk(self, monitor, ["Follow office", "Edit office", "Add a System", "Show Calls", "Menu", "Pin"])
            monitor.tab_to("Edit office")
            press(monitor, "space")
            monitor.wait(lambda: monitor.focused() == ("text", "Host"), "the first field")
            check_walk(self, monitor, OFFICE)


class Lists(unittest.TestCase):
    def test_arrows(self):
        """Within a list the arrows go, and Tab comes back to where they were."""
        with Monitor(CALL, "--at=400", "--size=1280x700") as monitor:
            monitor.tab_to("User One, presenter, connected, organizer")
            self.assertEqual(monitor.tab("Down")[1], "User Three, presenter, connected")
            self.assertEqual(monitor.tab("Tab")[1], "User Two, left, Hung up")

    def test_buttons_of_a_row(self):
        with Monitor("--demo", "--at=16", "--size=1280x700") as monitor:
            monitor.tab_to("User One, presenter, connected, organizer")
            self.assertEqual(monitor.tab()[1], "Commands")
            self.assertNotEqual(monitor.tab()[1], "Commands")


class Returns(unittest.TestCase):
    """What is closed gives the focus back."""

    def test_call(self):
        with Monitor(CALL, "--at=400", "--size=340x600") as monitor:
            row = monitor.names("list item", monitor.expect("Calls", "list"))[0]
            for key in ("Escape", "alt+Left"):
                monitor.tab_to(row)
                press(monitor, "Return")
                monitor.expect("Presenters (2)", "list")
                monitor.wait(lambda: monitor.focused() and monitor.focused()[1] != row, "the focus in the call")
                press(monitor, key)
                monitor.wait(lambda: monitor.focused() == ("list item", row), "the row again")

    def test_search(self):
        with Monitor(CALL, "--at=400", "--size=340x600") as monitor:
            row = monitor.names("list item", monitor.expect("Calls", "list"))[0]
            monitor.tab_to(row)
            press(monitor, "ctrl+f")
            monitor.wait(lambda: monitor.focused() and monitor.focused()[1] == "Search calls", "the search")
            press(monitor, "Escape")
            monitor.wait(lambda: monitor.focused() == ("list item", row), "the row again")

    def test_windows(self):
        for key, window in (("ctrl+comma", "Preferences"), ("ctrl+question", "Keyboard Shortcuts")):
            with self.subTest(window=window), Monitor(CALL, "--at=400", "--size=340x600") as monitor:
                monitor.tab_to("Search")
                press(monitor, key)
                monitor.expect(window, "frame")
                monitor.wait(lambda: monitor.focused() and monitor.focused()[1] != "Search", "the focus in the window")
                monitor.wait(lambda: press(monitor, "Escape") or monitor.find(window, "frame") is None, "its end")
                monitor.wait(lambda: monitor.focused() == ("push button", "Search"), "the button again")

    def test_popovers(self):
        """The menu and the speed: the keyboard opens them, goes within, and closes them."""
        with Monitor(CALL, "--at=70", "--size=340x600", "--show=win.search") as monitor:
            for name in ("Menu", "15.6 ×"):
                monitor.tab_to(name)
                press(monitor, "space")
                inside = monitor.wait(lambda: (monitor.focused() or ("", name))[1] != name and monitor.focused(),
                                      f"the focus in what {name} opens")
                self.assertTrue(re.search(r"\w", inside[1]), inside)
                press(monitor, "Escape")
                monitor.wait(lambda: monitor.focused() and monitor.focused()[1] == name, f"{name} again")

    def test_filter(self):
        with Monitor(CALL, "--at=70", "--size=340x600", "--show=win.search") as monitor:
            monitor.tab_to("Filter and order")
            press(monitor, "space")
            monitor.wait(lambda: monitor.focused() == ("check box", "Only what needs attention"), "the first of it")
            check_walk(self, monitor, FILTER)
            monitor.tab_to("Kind: All calls")
            for key in ("space", "Down", "Return"):
                press(monitor, key)
            monitor.wait(lambda: monitor.focused() == ("push button", "Kind: Conferences only"), "what was chosen")
            press(monitor, "Escape")
            monitor.wait(lambda: monitor.focused() and monitor.focused()[1] == "Filter and order", "the button again")

    def test_details_of_a_silence(self):
        with Monitor(SILENT, "--at=45", "--size=340x600") as monitor:
            monitor.tab_to("Details")
            press(monitor, "space")
            monitor.wait(lambda: monitor.focused() == ("push button", "Budget review"), "the call in it")
            press(monitor, "Escape")
            monitor.wait(lambda: monitor.focused() == ("push button", "Details"), "the button again")

    def test_speed(self):
        """Every item of the menu can be come to, and what is chosen is what the button then says."""
        with Monitor(CALL, "--at=70", "--size=340x600") as monitor:
            monitor.tab_to("15.6 ×")
            # What the pointer is over takes the focus: it is not to be where the menu comes.
            subprocess.run(["xdotool", "mousemove", "0", "0"], check=True)
            press(monitor, "space")
            monitor.wait(lambda: monitor.focused() and monitor.focused()[0] == "menu item", "the first item")
            items = walk(monitor, "Down", "0.5 ×", 20)
            self.assertEqual(items, [*SPEEDS, "Step Forward", "Step Back", "Next That Needs Attention",
                                     "Skipped Lines"])
            while monitor.focused()[1] != "2 ×":
                monitor.tab("Down")
            press(monitor, "Return")
            monitor.wait(lambda: monitor.focused() == ("push button", "2 ×"), "the speed")

    def test_position(self):
        with Monitor(CALL, "--at=70", "--size=340x600") as monitor:
            monitor.tab_to("Position")
            slider = monitor.expect("Position", "slider")
            before = slider.get_current_value()
            for key, way in (("Right", 1), ("Left", -1), ("Page_Up", 1), ("Page_Down", -1)):
                press(monitor, key)
                monitor.wait(lambda way=way: (slider.get_current_value() - before) * way > 0, key)
                before = slider.get_current_value()
            self.assertEqual(monitor.focused(), ("slider", "Position"))

    def test_save(self):
        """The file is chosen in a dialog of GTK's: it opens on the name, and Escape is back at the menu."""
        with Monitor(CALL, "--at=70", "--size=340x600") as monitor:
            monitor.tab_to("Menu")
            press(monitor, "space")
            monitor.wait(lambda: monitor.focused() and monitor.focused()[0] == "menu item", "the first item")
            for _ in range(30):
                if monitor.focused()[1].startswith("Save as a Recording"):
                    break
                monitor.tab("Down")
            press(monitor, "Return")
            monitor.wait(lambda: keyboard_window() == "Save as a Recording", "the dialog")
            name = monitor.expect("Name:", "text")
            monitor.wait(lambda: name.get_state_set().contains(Atspi.StateType.FOCUSED), "the name of the file")
            subprocess.run(["xdotool", "key", "Escape"], check=True)
            monitor.wait(lambda: keyboard_window() == "Conference Monitor", "the end of the dialog")
            monitor.wait(lambda: monitor.focused() and monitor.focused()[1] == "Menu", "the menu's button again")

    def test_history(self):
        with Monitor("--demo", "--at=16", "--size=340x600") as monitor:
            monitor.tab_to("Search")
            press(monitor, "ctrl+h")
            monitor.wait(lambda: monitor.focused() == ("slider", "Moment"), "the slider")
            monitor.tab_to("Close the history")
            press(monitor, "space")
            monitor.expect_none("Close the history")
            monitor.wait(monitor.focused, "something that has the focus")


if __name__ == "__main__":
    taptest.main()
