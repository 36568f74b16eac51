# test-desktop.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the program does with the desktop around it, as a screen reader finds it."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / "support"),
                str(pathlib.Path(__file__).resolve().parent)]

import desktop  # noqa: E402
import taptest  # noqa: E402
from gi.repository import Atspi  # noqa: E402
from monitor import Monitor, is_checked, is_sensitive  # noqa: E402

RECORDING = pathlib.Path(os.environ["CM_RECORDINGS"]) / "escalation-user2.jsonl"
NAME = "org.conferencemonitor.Monitor"


def press(keys):
    subprocess.run(["xdotool", "key", keys], check=True)


def focus(monitor):
    """Keys go to the window that has them."""
    def is_focused():
        name = subprocess.run(["xdotool", "getactivewindow", "getwindowpid"],
                              capture_output=True, text=True, check=False).stdout
        return name.strip() == str(monitor.process.pid)

    monitor.wait(is_focused, "the focus")


def await_window(name):
    """The accessible tree is not looked at while a window is still being built."""
    subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{name}$"],
                   check=True, timeout=20, stdout=subprocess.DEVNULL)
    time.sleep(0.3)


def call(method, *arguments):
    return subprocess.run(
        ["gdbus", "call", "--session", "--dest", NAME, "--object-path",
         "/org/conferencemonitor/Monitor", "--method", f"org.freedesktop.Application.{method}",
         *arguments], capture_output=True, text=True, check=True)


class SafeMode(unittest.TestCase):
    """One key hides names and numbers, and shows them again."""

    def test_hides_and_shows(self):
        with Monitor(str(RECORDING), "--at=80") as monitor:
            monitor.expect("https://meet.contoso.com/user2/AB12CD34", "link")
            focus(monitor)
            press("ctrl+shift+m")
            monitor.wait(lambda: "Person 1" in monitor.describe(), "a person without a name")
            monitor.wait(lambda: not [word for word in ("User One", "User Three", "user2",
                                                        "contoso", "AB12CD34", "+1")
                                      if word in monitor.describe()],
                         "names and numbers to be gone")
            press("ctrl+shift+m")
            monitor.expect("User One, presenter, connected, organizer", "list item")
            monitor.expect("https://meet.contoso.com/user2/AB12CD34", "link")


class Preferences(unittest.TestCase):
    def test_everything_has_a_name(self):
        with Monitor("--demo", "--at=16") as monitor:
            focus(monitor)
            press("ctrl+comma")
            await_window("Preferences")
            monitor.expect("Preferences", "frame")
            monitor.expect("My stations", "text")
            for name in ("Safe mode", "Compact list", "Start at sign-in", "Names in notifications",
                         "Notifications of the desktop"):
                monitor.expect(name, "check box")
            for role in ("spin button", "check box"):
                names = [name for name in monitor.names(role) if name != "Pin"]
                self.assertEqual(len(names), len(set(names)))
                self.assertNotIn("", names)
            self.assertEqual(len(monitor.names("spin button")), 24)

    def test_acts_at_once(self):
        with Monitor(str(RECORDING), "--at=80") as monitor:
            focus(monitor)
            press("ctrl+comma")
            await_window("Preferences")
            monitor.expect("Safe mode", "check box").do_action(0)
            monitor.wait(lambda: "Person 1" in monitor.describe(), "a person without a name")

    def test_autostart(self):
        path = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "autostart" / f"{NAME}.desktop"
        with Monitor("--demo", "--at=16") as monitor:
            focus(monitor)
            press("ctrl+comma")
            await_window("Preferences")
            switch = monitor.expect("Start at sign-in", "check box")
            switch.do_action(0)
            monitor.wait(path.is_file, "the file in the autostart folder")
            self.assertIn("Exec=conference-monitor", path.read_text(encoding="utf-8"))
            switch.do_action(0)
            monitor.wait(lambda: not path.exists(), "the file to be gone")


    def test_autostart_by_the_portal(self):
        """In a sandbox the portal is asked, and what it refuses is not shown as done."""
        os.environ["SNAP"] = "/snap/conference-monitor"
        self.addCleanup(os.environ.pop, "SNAP")
        self.addCleanup(desktop.answer, 0)
        with Monitor("--demo", "--at=16") as monitor:
            focus(monitor)
            press("ctrl+comma")
            await_window("Preferences")
            switch = monitor.expect("Start at sign-in", "check box")
            switch.do_action(0)
            asked = monitor.wait(lambda: desktop.calls("RequestBackground"), "the portal to be asked")
            self.assertEqual(asked[-1][1]["autostart"], True)
            self.assertEqual(asked[-1][1]["commandline"], ["conference-monitor"])
            monitor.wait(lambda: is_checked(switch), "the switch to be on")
            switch.do_action(0)
            monitor.wait(lambda: desktop.calls("RequestBackground")[-1][1]["autostart"] is False,
                         "the portal to be asked again")
            monitor.wait(lambda: not is_checked(switch), "the switch to be off")
            desktop.answer(1)
            switch.do_action(0)
            monitor.wait(lambda: len(desktop.calls("RequestBackground")) == 3, "a third request")
            monitor.wait(lambda: not is_checked(switch), "the switch to go back")

    def test_my_stations(self):
        """The banner says "you" of whom the user says he is."""
        with Monitor(str(RECORDING.parent / "escalation-merged.jsonl"), "--at=330") as monitor:
            monitor.expect("User Two has left the call", "alert")
            focus(monitor)
            press("ctrl+comma")
            await_window("Preferences")
            monitor.expect("My stations", "text").set_text_contents("lync/user2@contoso.com")
            monitor.expect("You have left the call", "alert")
            monitor.expect("My stations", "text").set_text_contents("")
            monitor.expect("User Two has left the call", "alert")

    def test_colors_and_density(self):
        """What is drawn changes at once: seen on the screen, where no words tell of it."""
        with Monitor("--demo", "--at=16") as monitor:
            focus(monitor)
            press("ctrl+comma")
            await_window("Preferences")
            choice = monitor.expect("Colors", "combo box")
            self.assertIn("As the Desktop", [item.get_name() for item in monitor.everything(choice)])
            row = monitor.expect("Calls", "list").get_child_at_index(0)

            def height():
                row.clear_cache()
                return row.get_extents(Atspi.CoordType.WINDOW).height

            before = monitor.wait(height, "the height of a row")
            monitor.expect("Compact list", "check box").do_action(0)
            monitor.wait(lambda: 0 < height() < before, f"rows less high than {before}")


class Start(unittest.TestCase):
    """What was watched last is there again; with settings that outlive the program."""

    def setUp(self):
        self.before = os.environ.get("GSETTINGS_BACKEND")
        os.environ["GSETTINGS_BACKEND"] = "keyfile"

    def tearDown(self):
        os.environ["GSETTINGS_BACKEND"] = self.before or "memory"
        shutil.rmtree(pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0",
                      ignore_errors=True)

    def test_recording_again(self):
        with Monitor(str(RECORDING), "--at=80") as monitor:
            monitor.expect("Calls", "list")
            monitor.wait(lambda: (pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0"
                                  / "settings" / "keyfile").is_file(), "the settings' file")
            time.sleep(0.5)  # GSettings writes when it is idle, and tells nobody
        with Monitor() as monitor:
            monitor.expect("Position", "slider")
            self.assertIsNone(monitor.find("Watch live calls"))

    def test_demo_again(self):
        with Monitor("--demo", "--at=16") as monitor:
            monitor.expect("Calls", "list")
            time.sleep(0.5)
        with Monitor() as monitor:
            monitor.wait(lambda: [name for name in monitor.names("label")
                                  if name.startswith("Demo")], "what says that it is the demo")
            self.assertIsNone(monitor.find("Watch live calls"))

    def test_opened_before(self):
        """A recording that was opened is offered where nothing is watched."""
        with Monitor(str(RECORDING), "--at=80") as monitor:
            monitor.expect("Calls", "list")
            xbel = pathlib.Path(os.environ["XDG_DATA_HOME"]) / "recently-used.xbel"
            monitor.wait(lambda: xbel.is_file() and RECORDING.name in
                         xbel.read_text(encoding="utf-8"), "the desktop's list of recent files")
        with Monitor("/nowhere/meeting.jsonl") as monitor:
            monitor.expect("Opened before", "heading")
            monitor.expect(RECORDING.name, "push button").do_action(0)
            monitor.expect("Position", "slider")

    def test_recording_that_is_gone(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "meeting.jsonl"
            shutil.copy(RECORDING, path)
            with Monitor(str(path), "--at=80") as monitor:
                monitor.expect("Calls", "list")
                time.sleep(0.5)
        with Monitor() as monitor:
            monitor.expect("Watch live calls", "heading")


class Pinned(unittest.TestCase):
    """A side panel, which gets no keyboard from its window manager."""

    def test_searches_by_typing(self):
        with Monitor("--demo", "--at=16", "--pin=left", "--size=400x500") as monitor:
            monitor.expect("Calls", "list")
            before = len(monitor.names("list item", monitor.expect("Calls", "list")))

            def click():
                subprocess.run(["xdotool", "mousemove", "200", "788", "click", "1"], check=True)
                time.sleep(0.2)
                return subprocess.run(["xdotool", "getwindowfocus", "getwindowpid"],
                                      capture_output=True, text=True,
                                      check=False).stdout.strip() == str(monitor.process.pid)

            monitor.wait(click, "the focus")
            subprocess.run(["xdotool", "type", "--delay", "60", "user 13"], check=True)
            monitor.expect("Search calls", "entry")
            monitor.wait(lambda: 0 < len(monitor.names(
                "list item", monitor.expect("Calls", "list"))) < before, "fewer calls")
            press("Escape")
            monitor.wait(lambda: len(monitor.names(
                "list item", monitor.expect("Calls", "list"))) >= before, "all calls")


class Once(unittest.TestCase):
    def test_second_start_presents(self):
        with Monitor(str(RECORDING), "--at=80") as monitor:
            monitor.expect("Position", "slider")
            done = subprocess.run([os.environ["CM_MONITOR"]], timeout=20, check=False)
            self.assertEqual(done.returncode, 0)
            self.assertEqual(len(monitor.names("frame")), 1)
            monitor.expect("Position", "slider")

    def test_activation_by_the_desktop(self):
        def activate():
            subprocess.run(["gdbus", "wait", "--session", "--timeout", "20", NAME], check=True)
            call("Activate", "{}")

        with Monitor("--gapplication-service", begin=activate) as monitor:
            monitor.expect("Watch live calls", "heading")
            call("Open", f"['{RECORDING.as_uri()}']", "{}")
            monitor.expect("Position", "slider")
            call("ActivateAction", "demo", "[]", "{}")
            monitor.expect_none("Position", "slider")
            self.assertEqual(len(monitor.names("frame")), 1)


class Menu(unittest.TestCase):
    def test_pin_button(self):
        with Monitor("--demo", "--at=16") as monitor:
            pin = monitor.expect("Pin", "push button")
            self.assertTrue(is_sensitive(pin))

    def test_keys(self):
        with Monitor("--demo", "--at=16") as monitor:
            focus(monitor)
            press("ctrl+question")
            await_window("Keyboard Shortcuts")
            monitor.expect("Hide names and numbers, or show them, Shift+Ctrl+M", "list item")
            monitor.expect("Pin to the edge of the screen, or unpin, Ctrl+P", "list item")


if __name__ == "__main__":
    taptest.main()
