# test-states.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The page of a call in each of its states, as a screen reader finds it: the words of the
banner, the steps, the people and why they left."""

import json
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from monitor import Monitor, is_sensitive  # noqa: E402

DATA = HERE.parent / "data"


def play(name, at, *more):
    return Monitor(str(DATA / f"{name}.jsonl"), f"--at={at}", "--size=1280x780", *more)


class States(unittest.TestCase):
    def test_lobby(self):
        with play("lobby", 20) as monitor:
            monitor.expect("1 person is waiting in the lobby", "label")
            monitor.expect("See Lobby", "push button")
            self.assertEqual(monitor.people("Lobby (1)"), ["cleo@contoso.com"])
            monitor.expect("Step 2 of 4: waiting in lobby", "label")
            self.assertEqual(len(monitor.names("list item", monitor.expect("Stations", "list"))), 2)

    def test_failed_and_fallen_back(self):
        with play("failed-escalation", 6) as monitor:
            words = "Could not join the conference: Something else in this call is still being set up"
            monitor.expect(words, "label")
            self.assertEqual(monitor.people("In the call (2)"), ["ana@contoso.com", "ben@contoso.com"])
            monitor.expect("In a call", "label")

    def test_removed(self):
        with play("removed-and-back", 10) as monitor:
            monitor.expect("You have been removed from the call", "label")
            self.assertNotIn("You have left the call", monitor.names("label"))
            self.assertIsNone(monitor.find("Rejoin", "push button"))
            (left,) = monitor.names("list item", monitor.expect("Left (1)", "list"))
            self.assertIn("emoved by a presenter", left)

    def test_comes_back(self):
        with play("long-roster", 70) as monitor:
            monitor.expect("Rejoining the call", "label")
        with play("long-roster", 72.5) as monitor:
            monitor.expect("In a conference", "label")
            monitor.expect_none("Rejoining the call", "label")

    def test_prompts(self):
        with play("prompts", 9) as monitor:
            monitor.expect("Step 1 of 3: waiting for an answer to the disclaimer", "label")
            rows = monitor.names("list item", monitor.expect("Calls", "list"))
            self.assertTrue(any("waiting for an answer to the audio prompt" in row for row in rows), rows)

    def test_many_people(self):
        with play("long-roster", 30) as monitor:
            monitor.expect("Ben has left the call", "label")
            self.assertEqual(len(monitor.people("Lobby (4)")), 4)
            self.assertEqual(len(monitor.people("Presenters (5)")), 5)
            self.assertEqual(len(monitor.people("Attendees (29)")), 29)
            (row,) = monitor.names("list item", monitor.expect("Calls", "list"))
            self.assertIn(", 5 presenters, 29 attendees, 4 in lobby, ", row)
            self.assertFalse(is_sensitive(monitor.expect("Rejoin", "push button")))
            heading = next(name for name in monitor.names("heading") if name.startswith("Quarterly review"))
            self.assertTrue(heading.endswith("Donaudampfschifffahrtsgesellschaft"))
            monitor.expect("Conference · Organized by Annabell Katharina Freifrau von Oettingen-Wallerstein zu "
                           "Hohenlohe · invited by chair@contoso.example.com", "label")

    def test_since_one_left(self):
        with play("long-roster", 65) as monitor:
            monitor.expect("1 joined since Ben left · 1 left since Ben left", "label")


class SlowerThanUsual(unittest.TestCase):
    def lines(self):
        """A call that joins for long, while six others need a second for that."""
        def step(second, call, event, **fields):
            return json.dumps({"at": f"2024-03-04T09:00:{second:02}.000Z", "source": f"lync/u{call}@contoso.com",
                               "conversation": f"c{call}", "event": event, **fields})

        def escalation(second, call, value):
            return step(second, call, "ConversationPropertyChanged", property="ConferenceEscalationProgress", value=value)

        def begin(second, call):
            yield step(second, call, "ConversationAdded", subject=f"Call {call}", inviter="sip:ana@contoso.com")
            yield step(second, call, "ModalityStateChanged", modality="AudioVideo", state="Connecting")
            yield escalation(second, call, 2)
            yield escalation(second + 1, call, 4)

        def join(second, call):
            yield step(second, call, "ModalityStateChanged", modality="AudioVideo", state="Connected")
            yield escalation(second, call, 7)

        yield from begin(0, 0)
        for call in range(1, 7):
            yield from begin(2 + 3 * call, call)
            yield from join(4 + 3 * call, call)
        yield from join(40, 0)

    def test_named_on_the_page(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "slow.jsonl"
            path.write_text("\n".join(self.lines()) + "\n", encoding="utf-8")
            with Monitor(str(path), "--at=40", "--size=1280x780") as monitor:
                words = monitor.wait(lambda: next((name for name in monitor.names("label")
                                                   if "slower than usual" in name), None), "what was slow")
                self.assertEqual(words, "Joining audio: slower than usual (1.0\u00a0s)")


if __name__ == "__main__":
    taptest.main()
