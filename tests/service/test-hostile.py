# test-hostile.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Input that nobody would send in good faith, and line ends of every kind."""

import pathlib
import random
import sys
import unicodedata
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import RECORDINGS, documents, line, run, states

MERGED = (RECORDINGS / "escalation-merged.jsonl").read_bytes()

# What a terminal would obey: escapes, C1 controls, bidirectional overrides.
OBEYED = ["\x1b[31m", "\x1b]0;owned\x07", "\x9b2J", "\x00", "\x08", "\r", "\u202e", "\u2066", "\u2028", "\u2029", "\x7f"]


def is_plain(text):
    return all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text)


class LineEnds(unittest.TestCase):
    def test_of_every_kind(self):
        want = documents("-", stdin=MERGED)
        for name, data in {"CRLF": MERGED.replace(b"\n", b"\r\n"), "no last": MERGED.rstrip(b"\n"),
                           "blank lines": MERGED.replace(b"\n", b"\n\n"),
                           "blanks": MERGED.replace(b"\n", b" \t\n")}.items():
            with self.subTest(name):
                self.assertEqual(documents("-", stdin=data), want)

    def test_carriage_returns_alone_end_no_line(self):
        out, err, status = run("replay", "-", stdin=line("ConversationAdded").replace(b"\n", b"\r") * 2)
        self.assertEqual((out, status), (b"", 0))
        self.assertIn("-:1: ", err)


class Terminals(unittest.TestCase):
    def test_nothing_is_obeyed(self):
        for text in OBEYED:
            raw = text.encode()
            lines = [
                raw,
                b'{"at":"2011-11-09T09:00:00Z","source":"' + raw + b'"}',
                line("ModalityStateChanged", source=f"a{text}b", modality="AudioVideo"),
                line("ConversationAdded", source=f"a{text}b", conversation=5),
                line(f"{text}", conversation=None, extra=[text]),
                line("ConversationPropertyChanged", property=text, value=text),
                line("ModalityStateChanged", modality=text, state=text),
                b'{"' + raw + b'":1}',
            ]
            for data in lines:
                for command in ("replay", "check"):
                    with self.subTest([command, data]):
                        _, err, status = run(command, "-", stdin=data + b"\n")
                        self.assertTrue(is_plain(err), ascii(err))
                        self.assertIn(status, (0, 1))


class Conferences(unittest.TestCase):
    def test_addresses_that_are_none(self):
        for uri in ("sip:", "conf:", " ", "?", ";", "@", "meet:?", "https://", "sip:;opaque=app:conf:focus:id:1"):
            with self.subTest(uri):
                got = documents("-", stdin=line("ConversationAdded", conferencingUri=uri)
                                + line("ConversationPropertyChanged", property="Inviter", value=uri)
                                + line("ParticipantAdded", participant=uri))
                self.assertEqual(list(got), ["s#c"])


class Garbage(unittest.TestCase):
    def test_bytes(self):
        dice = random.Random(11)
        for _ in range(20):
            data = dice.randbytes(20_000)
            out, err, status = run("replay", "-", stdin=data + b"\n" + line("ConversationAdded"))
            self.assertEqual((status, len(out.splitlines())), (0, 1))
            self.assertTrue(is_plain(err), ascii(err))

    def test_a_recording_with_flipped_bytes(self):
        dice = random.Random(12)
        for _ in range(60):
            data = bytearray(MERGED)
            for _ in range(dice.randrange(1, 60)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            whole = {}
            for _, whole in states("-", stdin=bytes(data)):
                pass
            self.assertEqual(whole, documents("-", stdin=bytes(data)))

    def test_shuffled_recordings(self):
        dice = random.Random(13)
        lines = MERGED.splitlines(keepends=True)
        for _ in range(40):
            dice.shuffle(lines)
            data = b"".join(lines[:dice.randrange(1, len(lines))])
            whole = {}
            for _, whole in states("-", stdin=data):
                pass
            self.assertEqual(whole, documents("-", stdin=data))

    def test_two_mebibytes_without_an_end(self):
        out, err, status = run("replay", "-", stdin=b'{"at":"' + b"x" * (2 << 20))
        self.assertEqual((out, status), (b"", 0))
        self.assertIn("-:1: ", err)
        self.assertLess(len(err), 1000)


if __name__ == "__main__":
    taptest.main()
