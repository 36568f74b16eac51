# test-at-spi.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window at the moments of a recorded meeting, as a screen reader finds it."""

import os
import pathlib
import sys
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / "support"),
                str(pathlib.Path(__file__).resolve().parent)]

import taptest  # noqa: E402
from monitor import Monitor, is_sensitive  # noqa: E402

RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])
LEFT = "You have left the call"


def play(name, at, *more):
    return Monitor(str(RECORDINGS / f"{name}.jsonl"), f"--at={at}", *more)


class Escalation(unittest.TestCase):
    """The call of user2, who makes a conference of it and then leaves."""

    def test_rings(self):
        with play("escalation-user2", 3) as monitor:
            monitor.expect("User One, Two-party call, Ringing, incoming", "list item")
            self.assertEqual(monitor.people("In the call (2)"), ["User One", "User Two"])
            self.assertIsNone(monitor.find(LEFT))
            self.assertIsNone(monitor.find("Rejoin", "push button"))
            self.assertIsNone(monitor.find(role="progress bar"))

    def test_escalates(self):
        with play("escalation-user2", 63) as monitor:
            for at, fraction, words in ((61.5, 0.25, "Step 1 of 4: connecting to the conference"),
                                        (63, 0.5, "Step 2 of 4: joining audio"),
                                        (65, 0.75, "Step 3 of 4: waiting for the other side")):
                monitor.expect("Position", "slider").set_current_value(at * 1000)
                monitor.expect(words, "label")
                bar = monitor.expect("Escalation", "progress bar")
                self.assertAlmostEqual(bar.get_current_value(), fraction)
                self.assertEqual(bar.get_maximum_value(), 1)
                self.assertEqual(bar.get_description(), words)

    def test_becomes_a_conference(self):
        with play("escalation-user2", 70) as monitor:
            self.assertEqual(monitor.people("Presenters (2)"), ["User One", "User Two"])
            self.assertEqual(monitor.people("Attendees (1)"), ["User Three"])
            monitor.expect("User One, presenter, connected, organizer", "list item")
            monitor.expect_none(role="progress bar")

    def test_who_accepts_is_a_presenter(self):
        with play("escalation-user2", 80) as monitor:
            self.assertEqual(monitor.people("Presenters (3)"),
                             ["User One", "User Three", "User Two"])
            self.assertIsNone(monitor.find("Attendees (1)"))
            monitor.expect("https://meet.contoso.com/user2/AB12CD34", "link")
            monitor.expect("Copy: Conference id", "push button")
            self.assertIsNone(monitor.find(LEFT))

    def test_leaves(self):
        with play("escalation-user2", 400) as monitor:
            monitor.expect(LEFT, "alert")
            button = monitor.expect("Rejoin", "push button")
            self.assertFalse(is_sensitive(button))
            self.assertIn("recording", button.get_description())
            self.assertEqual(monitor.people("Presenters (2)"), ["User One", "User Three"])
            self.assertEqual(monitor.people("Left (1)"), ["User Two"])

    def test_goes_back_in_time(self):
        with play("escalation-user2", 400) as monitor:
            monitor.expect(LEFT, "alert")
            monitor.expect("Position", "slider").set_current_value(80000)
            monitor.expect("Presenters (3)", "list")
            monitor.expect_none(LEFT)


class Invitation(unittest.TestCase):
    def test_rings_as_a_conference(self):
        with play("escalation-user3", 10) as monitor:
            row = monitor.wait(lambda: next((name for name in monitor.names("list item")
                                             if "Incoming conference call" in name), None),
                               "the incoming conference call")
            self.assertIn("Conference", row)


class Stations(unittest.TestCase):
    """The same meeting, told by three stations: nobody of them is "you"."""

    def test_another_station_leaves(self):
        with play("escalation-merged", 330) as monitor:
            monitor.expect("User Two has left the call", "alert")
            self.assertEqual(len(monitor.names("list item", monitor.expect("Calls", "list"))), 1)
            self.assertEqual([name.split(", ")[0] for name in
                              monitor.names("list item", monitor.expect("Stations", "list"))],
                             ["User One", "User Two", "User Three"])

    def test_rejoins(self):
        with play("escalation-merged", 345) as monitor:
            self.assertEqual(len(monitor.people("Presenters (3)")), 3)
            self.assertIsNone(monitor.find("User Two has left the call"))


class Demo(unittest.TestCase):
    def test_rejoin(self):
        with Monitor("--demo", "--at=16") as monitor:
            monitor.expect(LEFT, "alert")
            button = monitor.expect("Rejoin", "push button")
            self.assertTrue(is_sensitive(button))
            button.do_action(0)
            monitor.expect_none(LEFT, "alert")
            monitor.wait(lambda: "User Two" in [name.split(", ")[0]
                                                for name in monitor.names("list item")
                                                if ", presenter, connected" in name],
                         "User Two among the presenters")
            monitor.expect_none(role="alert")


class Start(unittest.TestCase):
    def test_without_arguments(self):
        with Monitor() as monitor:
            monitor.expect("Watch live calls", "heading")
            monitor.expect("Open a Recording", "push button")
            monitor.expect("Try the Demo", "push button").do_action(0)
            monitor.expect("Calls", "list")
            monitor.expect_none("Watch live calls")

    def test_file_that_is_not_there(self):
        with Monitor("/nowhere/meeting.jsonl") as monitor:
            monitor.expect("Could not open meeting.jsonl", "heading")
            self.assertTrue([name for name in monitor.names("label")
                             if "No such file" in name])


class Narrow(unittest.TestCase):
    def test_one_thing_at_a_time(self):
        with play("escalation-user2", 400, "--size=360x600") as monitor:
            monitor.expect(LEFT, "alert")
            self.assertEqual(len([item for item in monitor.everything()
                                  if item.get_role_name() == "alert"]), 1)
            self.assertIsNone(monitor.find("Presenters (2)", "list"))


if __name__ == "__main__":
    taptest.main()
