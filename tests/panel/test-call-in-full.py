# test-call-in-full.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Timeline, history, commands and damaged files, as a screen reader finds them."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import taptest
from monitor import Monitor, is_sensitive

RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])


class Timeline(unittest.TestCase):
    def test_described(self):
        recording = RECORDINGS / "escalation-user2.jsonl"
        with Monitor("--at=70", "--size=1280x780", str(recording)) as monitor:
            timeline = monitor.expect("Timeline", "image")
            monitor.wait(lambda: "User One: Connected since" in timeline.get_description(), "the lanes")
            self.assertIn("Escalation: ", timeline.get_description())

    def test_below_the_page(self):
        recording = RECORDINGS / "escalation-user2.jsonl"
        with Monitor("--at=70", "--size=720x780", str(recording)) as monitor:
            monitor.expect("Timeline", "image")


class History(unittest.TestCase):
    def test_back_and_return(self):
        with Monitor("--demo", "--at=40", "--size=1040x720") as monitor:
            monitor.expect("Menu")
            window = monitor.wait(lambda: subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--pid", str(monitor.process.pid)],
                capture_output=True, text=True).stdout.split(), "the window")[-1]
            subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "ctrl+h"], check=True)
            slider = monitor.expect("Moment", "slider")
            button = monitor.expect("Return to Live", "push button")
            self.assertFalse(is_sensitive(button))
            slider.set_current_value(slider.get_minimum_value() + 5000)
            monitor.wait(lambda: any(name.startswith("Showing ") for name in monitor.names("label")),
                         "the moment in words")
            button.do_action(0)
            monitor.expect("Live", "label")


class Damaged(unittest.TestCase):
    def test_tells_what_was_skipped(self):
        good = (RECORDINGS / "escalation-user2.jsonl").read_text(encoding="utf-8").splitlines()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "damaged.jsonl"
            path.write_text("\n".join([*good[:3], "not JSON", *good[3:], "[]"]) + "\n", encoding="utf-8")
            with Monitor("--at=70", str(path)) as monitor:
                monitor.expect("2 lines were skipped", "frame")
                text = monitor.wait(lambda: next((name for name in monitor.names("label")
                                                  if name.startswith("Line 4: ")), None), "the list")
                self.assertIn(f"\nLine {len(good) + 2}: ", text)
                self.assertEqual(monitor.people("Presenters (2)"), ["User One", "User Two"])


class Commands(unittest.TestCase):
    """The demo's stations do what they are asked to."""

    def test_ends_and_takes_back(self):
        with Monitor("--demo", "--at=9", "--size=720x780") as monitor:
            monitor.expect("End for All", "push button").do_action(0)
            monitor.wait(lambda: monitor.nearest("Undo", "push button"), "Undo").do_action(0)
            monitor.wait(lambda: monitor.nearest("Undo", "push button") is None, "no Undo")
            self.assertIsNotNone(monitor.find("In a conference", "label"))

    def test_locks(self):
        with Monitor("--demo", "--at=9", "--size=720x780") as monitor:
            monitor.expect("Lock", "push button").do_action(0)
            monitor.expect("Unlock", "push button")


if __name__ == "__main__":
    taptest.main()
