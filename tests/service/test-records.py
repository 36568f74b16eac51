# test-records.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Call records (RFC 4180) and simulated event lines."""

import collections
import csv
import io
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import RECORDINGS, line, run

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def records(*files, stdin=b""):
    out, err, status = run("replay", "--output=records", *files, stdin=stdin)
    assert (err, status) == ("", 0), err
    return list(csv.DictReader(io.StringIO(out.decode(), newline=""), strict=True))


class Records(unittest.TestCase):
    def test_one_a_leg(self):
        rows = records(RECORDINGS / "escalation-merged.jsonl")
        self.assertEqual({row["source"] for row in rows}, {f"lync/user{n}@contoso.com" for n in (1, 2, 3)})
        self.assertEqual({row["type"] for row in rows}, {"conference"})
        (row,) = [row for row in rows if row["role"] == "escalator"]
        self.assertEqual(row["organizer"], "sip:user2@contoso.com")
        self.assertEqual(row["ring_ms"], "3800")
        self.assertEqual(row["ended"], "2011-11-09T09:08:23.000Z")

    def test_lines_end_as_the_rfc_has_it(self):
        out = run("replay", "--output=records", RECORDINGS / "escalation-merged.jsonl")[0]
        self.assertEqual(out.count(b"\r\n"), 4)
        self.assertEqual(out.count(b"\n"), 4)

    def test_what_has_to_be_quoted(self):
        for subject in ('a "quoted" one', "a, b", "two\nlines", "cr\r\nlf", 'x"', ",", "ü 🎉"):
            with self.subTest(subject):
                (row,) = records("-", stdin=line("ConversationAdded", subject=subject))
                self.assertEqual(row["subject"], subject)

    def test_no_formula(self):
        for start in ("=", "+", "-", "@", "\t", "\r", "\n", "'", '"', "  ="):
            subject = start + "HYPERLINK(1)"
            with self.subTest(subject):
                (row,) = records("-", stdin=line("ConversationAdded", subject=subject, source=start.strip() + "s",
                                                 conversation="=1+1"))
                for name, value in row.items():
                    self.assertFalse(value.strip(" ").startswith(tuple('=+-@\t\r\n"')), (name, value))
                self.assertEqual(row["subject"], "'" + subject)

    def check_sums(self, recording):
        """Returns the sums of all times."""
        documents = [json.loads(one) for one in run("replay", recording)[0].splitlines()]
        legs = {name: leg for document in documents for name, leg in document["legs"].items()}
        rows = records(recording)
        self.assertEqual({row["leg"] for row in rows}, set(legs))
        sums = collections.Counter()
        for row in rows:
            timing = legs[row["leg"]]["timing"]
            for column in ("added", "rang", "answered", "joined", "left", "ended"):
                self.assertEqual(row[column], timing.get(column, ""))
            for column in ("ring", "talk", "hold"):
                self.assertEqual(int(row[column + "_ms"] or 0), timing.get(column + "Ms", 0))
                sums[column] += timing.get(column + "Ms", 0)
            stages = timing.get("escalationMs", {}).values()
            self.assertEqual(int(row["escalation_ms"] or 0), sum(stages))
            sums["escalation"] += sum(stages)
        return sums

    def test_adds_up_with_the_documents(self):
        recordings = [*RECORDINGS.glob("*.jsonl"), *DATA.glob("*.jsonl"), *(DATA / "rules").glob("*.jsonl")]
        self.assertGreater(len(recordings), 15)
        for recording in sorted(recordings):
            with self.subTest(recording.name):
                self.check_sums(recording)

    def test_adds_up_over_a_long_time(self):
        lines, err, status = run("simulate", "--stations=40", "--conversations=30", "--rate=10",
                                 "--duration=1500", "--seed=11")
        self.assertEqual((err, status), ("", 0))
        self.assertGreater(lines.count(b"\n"), 5000)
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(lines)
            file.flush()
            sums = self.check_sums(file.name)
        for column in ("ring", "talk", "hold", "escalation"):
            self.assertGreater(sums[column], 0, column)

    def test_nothing(self):
        self.assertEqual(records("-"), [])


class Simulate(unittest.TestCase):
    def lines(self, *options):
        out, err, status = run("simulate", "--stations=5", "--conversations=8", "--seed=3", *options)
        self.assertEqual((err, status), ("", 0))
        return out

    def test_lawful(self):
        events = [json.loads(one) for one in self.lines("--rate=50", "--duration=40").splitlines()]
        self.assertEqual([event["at"] for event in events], sorted(event["at"] for event in events))
        seqs = collections.defaultdict(list)
        for event in events:
            seqs[event["source"]].append(event["seq"])
        for numbers in seqs.values():
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))))

    def test_check_has_nothing_to_say(self):
        for options in (("--rate=50", "--duration=40"), (), ("--rate=0.5", "--duration=100")):
            out, err, status = run("check", "-", stdin=self.lines(*options))
            self.assertEqual((err, status), ("", 0))

    def test_ends_by_itself(self):
        out = run("replay", "-", stdin=self.lines())[0]
        self.assertEqual({json.loads(one)["phase"] for one in out.splitlines()}, {"ended"})

    def test_what_cannot_be_simulated(self):
        for option in ("--stations=0", "--conversations=-1", "--rate=0", "--rate=nan", "--stations=99999999999"):
            with self.subTest(option):
                out, err, status = run("simulate", option)
                self.assertEqual((out, status), (b"", 1))
                self.assertTrue(err)


if __name__ == "__main__":
    taptest.main()
