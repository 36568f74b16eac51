# test-call-in-full.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Timeline and history, as a screen reader finds them."""

import os
import pathlib
import subprocess
import sys
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


if __name__ == "__main__":
    taptest.main()
