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
from monitor import Atspi, Monitor, kept_settings, press, press_at  # noqa: E402
from watcher import TRACKER, Server, line  # noqa: E402

RECORDING = str(HERE.parent / "data" / "silent-source.jsonl")


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


def wait_for_row(monitor, call):
    monitor.wait(lambda: focus(monitor)[1].startswith(call), f"the row of {call} to have the focus")


def go_to_row(monitor):
    press(monitor, "ctrl+f")
    monitor.wait(lambda: focus(monitor)[0] == "entry", "the search")
    press(monitor, "Down")
    wait_for_row(monitor, "Budget review")


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
            wait_for_row(monitor, "Budget review")

            open_menu(monitor, "Menu")
            self.choose(monitor, 0)
            monitor.expect_none("Needs attention", "heading")
            monitor.expect_none("1 needs attention", "label")

            # What sleeps says until when, and can be woken.
            wait_for_row(monitor, "Budget review")
            (wake,) = open_menu(monitor, "shift+F10")
            self.assertRegex(wake, r"^Wake, snoozed until 09:1[56]:\d\d$")
            click(monitor, wake)
            monitor.expect("Needs attention", "heading")
            monitor.expect("1 needs attention", "label")

    def test_by_pointer(self):
        """Where the second button is pressed is the call that it is about."""
        with Monitor(RECORDING, "--at=45") as monitor:
            monitor.expect("Needs attention", "heading")
            (row,) = monitor.wait(lambda: [item for item in monitor.everything()
                                           if item.get_role_name() == "list item"
                                           and item.get_name().startswith("Budget review")], "the row")
            press_at(monitor, row, 3)
            self.assertEqual(monitor.wait(lambda: items(monitor), "the menu"),
                             ["Snooze 15 min", "Snooze in all calls: The source does not answer"])

    def test_all_calls(self):
        with Monitor(RECORDING, "--at=45") as monitor:
            monitor.expect("Needs attention", "heading")
            go_to_row(monitor)
            open_menu(monitor, "Menu")
            self.choose(monitor, 1)
            monitor.expect_none("Needs attention", "heading")

            # From any call, also one that it is not about.
            wait_for_row(monitor, "Budget review")
            press(monitor, "Down")
            wait_for_row(monitor, "Stand-up")
            (wake,) = open_menu(monitor, "Menu")
            self.assertRegex(wake, r"^Wake: The source does not answer, snoozed in all calls until 09:1[56]:\d\d$")
            self.choose(monitor, 0)
            monitor.expect("Needs attention", "heading")


def call(name, user, *more):
    own = {"source": f"lync/{user}@contoso.com", "conversation": name}
    return b"".join(line(event, **own, **fields) for event, fields in [
        ("ConversationAdded", {"subject": name}),
        ("ModalityStateChanged", {"modality": "AudioVideo", "state": "Connected"}), *more])


def fail(name, user):
    """It needs attention at once."""
    return call(name, user, *[("ConversationPropertyChanged",
                               {"property": "ConferenceEscalationProgress", "value": value}) for value in (2, 8)])


def status(server):
    """What others see."""
    return subprocess.run([TRACKER, "status", server.socket], capture_output=True, text=True, check=False).stdout


class Elsewhere(unittest.TestCase):
    """Of a tracker that others look at too: quiet for this viewer, and for nobody else."""

    def test_one_call(self):
        with Server(journal=True) as server, Monitor(server.socket) as monitor:
            server.send(fail("Budget review", "ana"))
            monitor.expect("1 needs attention", "label")
            go_to_row(monitor)
            open_menu(monitor, "Menu")
            press(monitor, "Return")
            monitor.expect_none("1 needs attention", "label")
            self.assertIn("1 need attention", status(server))

            # It sleeps on when the tracker comes back, be it another one that knows the same.
            server.kill()
            monitor.wait(lambda: [name for name in monitor.names("label") if name and "No connection" in name],
                         "the loss of the tracker")
            server.start()
            server.send(fail("Stand-up", "ben"))
            monitor.expect("1 needs attention", "label")
            monitor.expect("2 calls", "label")
            self.assertIn("2 need attention", status(server))

            # The row has kept the focus, and its place.
            wait_for_row(monitor, "Budget review")
            (wake,) = [item for item in open_menu(monitor, "Menu") if item.startswith("Wake")]
            click(monitor, wake)
            monitor.expect("2 need attention", "label")

    def test_thresholds(self):
        """One who wants to hear of it later does, and one who does not want to does not."""
        with kept_settings(rule_escalation_failed=(8, -1), rule_on_hold=(-1, -1)), Server() as server, \
                Monitor(server.socket) as monitor:
            server.send(fail("Budget review", "ana"),
                        call("Stand-up", "ben", ("ModalityStateChanged", {"modality": "AudioVideo", "state": "OnHold"})))
            monitor.expect("2 calls", "label")
            self.assertIn("1 need attention", status(server))
            self.assertIsNone(monitor.find("1 needs attention", "label"))
            monitor.expect("1 needs attention", "label")


if __name__ == "__main__":
    taptest.main()
