# test-snooze.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reasons that are put to sleep and woken, by the keyboard alone, and what the list shows."""

import pathlib
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from monitor import Atspi, Monitor  # noqa: E402

RECORDING = str(HERE.parent / "data" / "silent-source.jsonl")


def press(monitor, *keys):
    window = monitor.wait(lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(monitor.process.pid)],
        capture_output=True, text=True, check=False).stdout.split(), "the window")[-1]
    subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", *keys], check=True)


def focus(monitor):
    for item in monitor.everything():
        if item.get_state_set().contains(Atspi.StateType.FOCUSED):
            return item.get_role_name(), item.get_name()
    return None, ""


def click(monitor, name):
    """Of a button and what is around it, only one can be pressed."""
    monitor.wait(lambda: [item for item in monitor.everything()
                          if item.get_name() == name and item.get_n_actions() > 0], name)[0].do_action(0)


def items(monitor):
    return monitor.names("menu item")


def open_menu(monitor, keys):
    press(monitor, keys)
    return monitor.wait(lambda: items(monitor), "the menu")


def go_to_row(monitor):
    press(monitor, "ctrl+f")
    monitor.wait(lambda: focus(monitor)[0] == "entry", "the search")
    press(monitor, "Down")
    monitor.wait(lambda: focus(monitor)[1].startswith("Budget review"), "the row to have the focus")


class Snooze(unittest.TestCase):
    def choose(self, monitor, number):
        """By the keys: the item of that number, from 0 on."""
        for _ in range(number):
            press(monitor, "Down")
        press(monitor, "Return")
        monitor.wait(lambda: not items(monitor), "the menu to go")

    def test_one_call(self):
        with Monitor(RECORDING, "--at=45") as monitor:
            monitor.expect("Needs attention", "heading")
            go_to_row(monitor)
            self.assertEqual(open_menu(monitor, "shift+F10"),
                             ["Snooze 15 min", "Snooze in all calls: The source does not answer"])
            press(monitor, "Escape")
            monitor.wait(lambda: not items(monitor), "the menu to go")
            monitor.wait(lambda: focus(monitor)[1].startswith("Budget review"), "the row to have the focus again")

            open_menu(monitor, "Menu")
            self.choose(monitor, 0)
            monitor.expect_none("Needs attention", "heading")
            monitor.expect_none("1 needs attention", "label")

            # What sleeps says until when, and can be woken.
            monitor.wait(lambda: focus(monitor)[1].startswith("Budget review"), "the row to have the focus again")
            (wake,) = open_menu(monitor, "shift+F10")
            self.assertRegex(wake, r"^Wake, snoozed until 09:1[56]:\d\d$")
            click(monitor, wake)
            monitor.expect("Needs attention", "heading")
            monitor.expect("1 needs attention", "label")

    def test_all_calls(self):
        with Monitor(RECORDING, "--at=45") as monitor:
            monitor.expect("Needs attention", "heading")
            go_to_row(monitor)
            open_menu(monitor, "Menu")
            self.choose(monitor, 1)
            monitor.expect_none("Needs attention", "heading")

            # From any call, also one that it is not about.
            monitor.wait(lambda: focus(monitor)[1].startswith("Budget review"), "the row to have the focus again")
            press(monitor, "Down")
            monitor.wait(lambda: focus(monitor)[1].startswith("Stand-up"), "the other row to have the focus")
            (wake,) = open_menu(monitor, "Menu")
            self.assertRegex(wake, r"^Wake: The source does not answer, snoozed in all calls until 09:1[56]:\d\d$")
            self.choose(monitor, 0)
            monitor.expect("Needs attention", "heading")


if __name__ == "__main__":
    taptest.main()
