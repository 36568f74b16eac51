# test-commands.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The commands, their options and their exit statuses."""

import csv
import io
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import RECORDINGS, TRACKER, line, run

RECORDING = RECORDINGS / "escalation-merged.jsonl"
SIMULATION = ("simulate", "--stations=6", "--conversations=4", "--rate=20", "--duration=60")


class General(unittest.TestCase):
    def test_version(self):
        out, err, status = run("--version")
        self.assertRegex(out.decode(), r"^conference-tracker \d+\.\d+\.\d+\n$")
        self.assertEqual((err, status), ("", 0))

    def test_help(self):
        out, _, status = run("--help")
        self.assertEqual(status, 0)
        for word in ("replay", "check", "simulate"):
            self.assertIn(word, out.decode())
            self.assertEqual(run(word, "--help")[2], 0)

    def test_no_command(self):
        out, err, status = run()
        self.assertIn("replay", out.decode() + err)
        self.assertEqual(status, 1)

    def test_what_is_not_understood(self):
        for arguments in (["dance"], ["replay", "--output=song", RECORDING],
                          ["replay", "--no-such-option", RECORDING], ["replay"], ["check"],
                          ["simulate", "--stations=many"]):
            with self.subTest(arguments):
                out, err, status = run(*arguments)
                self.assertEqual((out, status), (b"", 1))
                self.assertTrue(err)


class Replay(unittest.TestCase):
    def test_documents_is_what_it_does_unasked(self):
        self.assertEqual(run("replay", RECORDING), run("replay", "--output=documents", RECORDING))

    def test_none(self):
        self.assertEqual(run("replay", "--output=none", RECORDING), (b"", "", 0))

    def test_documents_are_sorted(self):
        lines = b"".join(line("ConversationAdded", conversation=c) for c in ("b", "c", "a", "B"))
        ids = [json.loads(one)["id"] for one in run("replay", "-", stdin=lines)[0].splitlines()]
        self.assertEqual(ids, sorted(ids))
        self.assertEqual(len(ids), 4)

    def test_several_files(self):
        files = [RECORDINGS / f"escalation-user{n}.jsonl" for n in (2, 3)]
        self.assertEqual(len(run("replay", *files)[0].splitlines()), 2)

    def test_records(self):
        out, _, status = run("replay", "--output=records", RECORDING)
        self.assertEqual(status, 0)
        rows = list(csv.reader(io.StringIO(out.decode())))
        self.assertEqual(len({len(row) for row in rows}), 1)
        self.assertGreaterEqual(len(rows), 2)

    def test_a_file_that_is_not_there(self):
        out, err, status = run("replay", "/nonexistent/meeting.jsonl", RECORDING)
        self.assertEqual(status, 2)
        self.assertIn("/nonexistent/meeting.jsonl", err)
        self.assertEqual(len(out.splitlines()), 1)

    def test_a_full_disk(self):
        for output in ("documents", "changes", "records"):
            with self.subTest(output), open("/dev/full", "wb") as full:
                outcome = subprocess.run([TRACKER, "replay", f"--output={output}", RECORDING],
                                         stdout=full, stderr=subprocess.PIPE, check=False)
                self.assertEqual(outcome.returncode, 2)
                self.assertTrue(outcome.stderr)

    def test_a_folder(self):
        self.assertEqual(run("replay", RECORDINGS)[2], 2)


class Check(unittest.TestCase):
    def test_good(self):
        for path in sorted(RECORDINGS.glob("*.jsonl")):
            self.assertEqual(run("check", path)[2], 0)

    def test_bad(self):
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            file.write(line("ConversationAdded") + b"oops\n" + b"{}\n")
            file.flush()
            out, err, status = run("check", file.name)
        self.assertEqual(status, 1)
        self.assertIn(f"{file.name}:2: ", out.decode() + err)
        self.assertIn(f"{file.name}:3: ", out.decode() + err)

    def test_a_file_that_is_not_there(self):
        self.assertEqual(run("check", "/nonexistent/meeting.jsonl")[2], 2)


class Simulate(unittest.TestCase):
    def test_same_seed_same_bytes(self):
        first = run(*SIMULATION, "--seed=7")
        self.assertEqual(first[1:], ("", 0))
        self.assertTrue(first[0])
        self.assertEqual(run(*SIMULATION, "--seed=7"), first)
        self.assertNotEqual(run(*SIMULATION, "--seed=8")[0], first[0])

    def test_is_lawful(self):
        lines = run(*SIMULATION, "--seed=1")[0]
        out, err, status = run("replay", "-", stdin=lines)
        self.assertEqual((err, status), ("", 0))
        self.assertGreaterEqual(len(out.splitlines()), 4)

    def test_rate_and_duration(self):
        lines = run(*SIMULATION, "--seed=1")[0].splitlines()
        self.assertAlmostEqual(len(lines), 20 * 60, delta=20 * 60 * 0.25)


if __name__ == "__main__":
    taptest.main()
