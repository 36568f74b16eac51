# test-rules.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Each attention rule in a recording of its own: when it comes, and when not yet.

The recordings have lines of another source half a second before each threshold and half a
second after it, for between two lines nothing is told.
"""

import datetime
import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import taptest
from tracker import run, states

RULES = HERE.parent / "data" / "rules"
START = datetime.datetime(2011, 11, 9, 9, tzinfo=datetime.timezone.utc)

# Seconds: since when the rule's state lasts, its notice and its warning after that.
TIMES = {
    "source-silent": (10, 5, 15),
    "escalation-stuck": (10, 10, 30),
    "escalation-failed": (12, 0, None),
    "lobby-wait": (10, 60, 120),
    "alone": (10, 120, 600),
    "no-presenter": (10, 60, 180),
    "on-hold": (10, 120, 300),
    "ringing": (10, 30, 60),
    "flapping": (20, 40, 80),  # at the third going and at the fifth
    "left-not-rejoined": (10, 60, None),
    "unconfirmed": (10, 10, 60),
    "long-call": (2, None, None),
}


# Two rules count goings and doings of their own, and one is off.
LASTING = sorted(set(TIMES) - {"flapping", "long-call"})

LATER = b"""{"at":"2011-11-09T12:00:00.000Z","source":"clock","event":"ContactInformationChanged","contact":"sip:clock@contoso.com"}
"""


def seconds(text):
    return (datetime.datetime.fromisoformat(text.replace("Z", "+00:00")) - START).total_seconds()


def levels(name):
    """When each level of the rule came, in seconds, and since when it is said to last."""
    came, since = {}, None
    for change, conversations in states(RULES / f"{name}.jsonl"):
        for document in conversations.values():
            for attention in document.get("attention", []):
                if attention["rule"] == name:
                    came.setdefault(attention["level"], seconds(change["at"]))
                    since = seconds(attention["since"])
    return came, since


class Rules(unittest.TestCase):
    def test_every_rule_has_a_recording(self):
        self.assertEqual({path.stem for path in RULES.glob("*.jsonl")}, set(TIMES))

    def test_thresholds(self):
        for name, (begin, notice, warning) in TIMES.items():
            with self.subTest(name):
                came, since = levels(name)
                wanted = {level: begin + span for level, span in (("notice", notice), ("warning", warning))
                          if span is not None}
                self.assertEqual(set(came), set(wanted))
                for level, moment in wanted.items():
                    self.assertGreaterEqual(came[level], moment)
                    self.assertLessEqual(came[level], moment + 1)
                if wanted:
                    self.assertEqual(since, begin)


class Gaps(unittest.TestCase):
    """Nothing is heard for three hours: what time alone changes is told with its own time."""

    def test_each_moment(self):
        for name in LASTING:
            with self.subTest(name):
                begin, notice, warning = TIMES[name]
                lines = [line for line in (RULES / f"{name}.jsonl").read_bytes().splitlines(keepends=True)
                         if b'"clock"' not in line]
                changes = [json.loads(line) for line in
                           run("replay", "--output=changes", "-", stdin=b"".join(lines) + LATER)[0].splitlines()]
                told = {}
                for change in changes:
                    for patch in change["patch"]["conversations"].values():
                        for attention in (patch or {}).get("attention", []):
                            if attention["rule"] == name:
                                told.setdefault(attention["level"], (change["line"], seconds(change["at"])))
                last = len(lines) + 1
                self.assertEqual(told.get("notice"), (last if notice else len(lines), begin + notice))
                self.assertEqual(told.get("warning"), (last, begin + warning) if warning else None)

    def test_before_what_the_line_says(self):
        """It lasted until the line that ends it, and clears when it was over for five seconds."""
        lines = [line for line in (RULES / "on-hold.jsonl").read_bytes().splitlines(keepends=True)
                 if b'"clock"' not in line]
        again = json.loads(lines[-1]) | {"at": "2011-11-09T10:00:00.000Z", "state": "Connected"}
        lines += [json.dumps(again).encode() + b"\n", LATER]
        changes = [json.loads(line) for line in
                   run("replay", "--output=changes", "-", stdin=b"".join(lines))[0].splitlines()]
        told = [(change["line"], seconds(change["at"]), [one["level"] for one in patch["attention"]])
                for change in changes for patch in change["patch"]["conversations"].values()
                if "attention" in (patch or {})][1:]
        self.assertEqual(told, [(len(lines) - 1, 130, ["notice"]), (len(lines) - 1, 310, ["warning"]),
                                (len(lines), 3605, [])])


if __name__ == "__main__":
    taptest.main()
