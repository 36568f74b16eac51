# test-faults.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is wrong in a recording is told, and stops nothing."""

import itertools
import json
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import documents, line, run

MADE = "2011-11-09T09:00:00.000Z"

# Every way of being wrong that the event line's definition names, and then some.
BROKEN = [
    b"not json at all",
    b"[1,2]",
    b'"text"',
    b"null",
    b"{}",
    b'{"at":"%s","source":"s"}' % MADE.encode(),
    b'{"at":"%s","event":"ConversationAdded","conversation":"c"}' % MADE.encode(),
    b'{"source":"s","event":"ConversationAdded","conversation":"c"}',
    b'{"at":"yesterday","source":"s","event":"ConversationAdded","conversation":"c"}',
    b'{"at":"2011-02-30T09:00:00Z","source":"s","event":"ConversationAdded","conversation":"c"}',
    b'{"at":1,"source":"s","event":"ConversationAdded","conversation":"c"}',
    b'{"at":"%s","source":"","event":"ConversationAdded","conversation":"c"}' % MADE.encode(),
    b'{"at":"%s","source":"s","event":"ConversationAdded"}' % MADE.encode(),
    b'{"at":"%s","source":"s","event":"ConversationAdded","conversation":7}' % MADE.encode(),
    b'{"at":"%s","source":"s","event":"ModalityStateChanged","conversation":"c","modality":"AudioVideo"}' % MADE.encode(),
    b'{"at":"%s","source":"s","event":"ParticipantAdded","conversation":"c"}' % MADE.encode(),
    line("ConversationAdded").rstrip() + b"}",
    line("ConversationAdded").rstrip() + b" {}",
    line("ConversationAdded").rstrip()[:-1] + b',"source":"again"}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":\'single\'}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":01}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":1e999}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":"\\u0000"}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":"\xff"}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":"\\ud800"}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":"\x00"}',
    line("ConversationAdded").rstrip()[:-1] + b',"x":' + b"[" * 65 + b"]" * 65 + b"}",
    b"// a comment",
    b"var x = {}",
    b"\xef\xbb\xbf{}",
    line("ConversationAdded", source=7).rstrip(),
    line("ConversationAdded", source="x" * 257).rstrip(),
    line("ConversationAdded", conversation="").rstrip(),
    line("ConversationAdded", seq="1").rstrip(),
    line("ConversationAdded", seq=1.5).rstrip(),
    line("ConversationAdded", subject=7).rstrip(),
    line("ConversationStateChanged", state=[]).rstrip(),
    line("ConversationStateChanged").rstrip(),
    line("ConversationPropertyChanged", value=1).rstrip(),
    line("ConversationPropertyChanged", property="ConferencingLocked", value="yes").rstrip(),
    line("ParticipantAdded", participant="sip:a@x", isMuted="no").rstrip(),
    line("ParticipantRemoved", participant="sip:a@x", statusCode="eleven").rstrip(),
    line("ParticipantPropertyChanged", participant="sip:a@x", property="IsMuted").rstrip(),
    line("ContactInformationChanged", conversation=None, contact=5).rstrip(),
    line("SourceStatusChanged", conversation=None).rstrip(),
]


def told(err):
    """The numbers of the lines that were told."""
    return [int(number) for number in re.findall(r"^[^\n]*?:(\d+): ", err, re.M)]


class Faults(unittest.TestCase):
    def test_every_tenth_line_is_broken(self):
        broken = itertools.cycle(BROKEN)
        lines, bad = [], []
        for number in range(1, 10_001):
            if number % 10 == 0:
                lines.append(next(broken) + b"\n")
                bad.append(number)
            else:
                lines.append(line("ConversationAdded", conversation=f"c{number}"))
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(b"".join(lines))
            file.flush()
            out, err, status = run("replay", file.name)
        self.assertEqual(status, 0)
        self.assertEqual(len(out.splitlines()), 9000)
        self.assertEqual(told(err)[:len(bad)], bad)

    def test_each_of_them_is_told_and_skipped(self):
        for fault in BROKEN:
            with self.subTest(fault):
                out, err, status = run("replay", "-", stdin=fault + b"\n" + line("ConversationAdded"))
                self.assertEqual(status, 0)
                self.assertEqual(len(out.splitlines()), 1)
                self.assertEqual(told(err)[:1], [1])

    def test_deep_nesting(self):
        deep = b"[" * 100_000
        _, err, status = run("replay", "-", stdin=deep + b"\n" + line("ConversationAdded"))
        self.assertEqual(status, 0)
        self.assertEqual(told(err)[:1], [1])
        self.assertLess(len(err), 1000)

    def test_a_line_of_more_than_a_mebibyte(self):
        long = line("ConversationAdded", subject="x" * (1 << 20))
        out, err, status = run("replay", "-", stdin=long + line("ConversationAdded", conversation="d"))
        self.assertEqual(status, 0)
        self.assertEqual([json.loads(one)["id"] for one in out.splitlines()], ["s#d"])
        self.assertEqual(told(err)[:1], [1])

    def test_a_line_without_its_end(self):
        self.assertEqual(list(documents("-", stdin=line("ConversationAdded").rstrip())), ["s#c"])

    def test_unknown_events_are_no_faults(self):
        got = documents("-", stdin=line("SomethingNew") + line("ConversationAdded")
                        + line("ConversationPropertyChanged", property="Mood", value={"a": [1]}))
        self.assertEqual(list(got), ["s#c"])

    def test_nothing_at_all(self):
        self.assertEqual(run("replay", "-"), (b"", "", 0))


if __name__ == "__main__":
    taptest.main()
