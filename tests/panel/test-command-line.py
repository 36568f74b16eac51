# test-command-line.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What conference-monitor does for what stands on its command line."""

import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / "support")]

import taptest  # noqa: E402

RECORDING = str(pathlib.Path(os.environ["CM_RECORDINGS"]) / "escalation-user2.jsonl")


def run(*arguments):
    return subprocess.run([os.environ["CM_MONITOR"], *arguments], capture_output=True, text=True,
                          timeout=60, check=False)


def size_of(path):
    data = path.read_bytes()
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise AssertionError("not a PNG")
    return struct.unpack(">II", data[16:24])


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.picture = pathlib.Path(self.folder.name) / "picture.png"

    def tearDown(self):
        self.folder.cleanup()

    def test_version(self):
        done = run("--version")
        self.assertEqual(done.returncode, 0)
        self.assertRegex(done.stdout, r"^conference-monitor \d+\.\d+\.\d+\n$")

    def test_help(self):
        done = run("--help")
        self.assertEqual(done.returncode, 0)
        for option in ("--demo", "--speed", "--at", "--size", "--dark", "--screenshot"):
            self.assertIn(option, done.stdout)

    def test_what_cannot_be(self):
        for arguments in (["--speed=0"], ["--speed=61"], ["--at=-1"], ["--at=nan"],
                          ["--size=10x10"], ["--size=wide"], ["--demo", RECORDING],
                          [RECORDING, RECORDING], ["--no-such-option"]):
            with self.subTest(arguments):
                done = run(*arguments, f"--screenshot={self.picture}")
                self.assertNotEqual(done.returncode, 0)
                self.assertTrue(done.stderr.strip())
                self.assertFalse(self.picture.exists())

    def test_pictures(self):
        for arguments in ([RECORDING], [RECORDING, "--at=63", "--dark"], ["--demo", "--at=5"], []):
            with self.subTest(arguments):
                done = run(*arguments, "--size=640x480", f"--screenshot={self.picture}")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(size_of(self.picture), (640, 480))
                self.picture.unlink()

    def test_smallest_picture(self):
        done = run(RECORDING, "--size=320x294", f"--screenshot={self.picture}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(size_of(self.picture), (320, 294))

    def test_picture_of_what_is_not_there(self):
        done = run("/nowhere.jsonl", f"--screenshot={self.picture}")
        self.assertEqual(done.returncode, 2)
        self.assertTrue(self.picture.exists())

    def test_picture_that_cannot_be_written(self):
        done = run(RECORDING, "--screenshot=/nowhere/picture.png")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nowhere/picture.png", done.stderr)


if __name__ == "__main__":
    taptest.main()
