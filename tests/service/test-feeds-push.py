# test-feeds-push.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What systems push to us, from their own records to documents."""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import run

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
SAMPLES = os.environ.get("CM_SAMPLES")


def replay(feed, file):
    out, err, status = run("replay", f"--feed={feed}", file)
    assert status == 0, err
    return {document["id"]: document for document in map(json.loads, out.splitlines())}


def reasons(document):
    return {address: person.get("leftReason")
            for address, person in document["participants"].items()}


class Janus(unittest.TestCase):
    def test_audiobridge(self):
        (document,) = replay("janus", DATA / "janus-audiobridge.ndjson").values()
        self.assertEqual((document["kind"], document["phase"]), ("conference", "ended"))
        self.assertEqual(reasons(document), {"janus:101": "ended", "janus:102": "removed",
                                             "janus:103": "ended", "janus:104": "left"})
        self.assertEqual(document["participants"]["janus:101"]["name"], "Alice (presenting)")

    def test_lines_are_the_same(self):
        file = DATA / "janus-videoroom.ndjson"
        lines, err, status = run("convert", "--feed=janus", file)
        self.assertEqual(status, 0, err)
        self.assertEqual(run("replay", "-", stdin=lines)[0], run("replay", "--feed=janus", file)[0])


class Sdn(unittest.TestCase):
    def test_conference(self):
        (document,) = replay("sdn", DATA / "sdn-conference.xml").values()
        self.assertEqual(document["id"], "conf:ana@example.org/k7q2")
        self.assertEqual(document["phase"], "ended")
        self.assertEqual(reasons(document), {"sip:ana@example.org": "left",
                                             "sip:ben@example.org": "conference-ending",
                                             "sip:cleo@example.org": "conference-ending"})

    @unittest.skipUnless(SAMPLES and pathlib.Path(SAMPLES, "sdn").is_dir(),
                         "CM_SAMPLES tells where the recordings are")
    def test_recorded_calls(self):
        for name in ("p2p-ed15a4-2015-10-06.xml", "p2p-2c8d5d-branch-2015-10-06.xml"):
            (document,) = replay("sdn", pathlib.Path(SAMPLES, "sdn", name)).values()
            self.assertEqual((document["kind"], document["phase"]), ("call", "ended"))
            self.assertEqual(set(reasons(document).values()), {"left"})


if __name__ == "__main__":
    taptest.main()
