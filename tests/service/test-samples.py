# test-samples.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What systems of meetings really send, as far as it lies beside the project."""

import json
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import documents, run

SAMPLES = pathlib.Path(os.environ.get("CM_SAMPLES", "/nonexistent"))


def replay(feed, *bodies):
    """The documents of what was posted, and what was said about it."""
    lines, faults, status = run("convert", f"--feed={feed}", "-", stdin=b"".join(body + b"\n" for body in bodies))
    assert status == 0, faults
    return documents("-", stdin=lines), faults


def people(document):
    return {person.get("name"): (person["role"], person.get("leftReason")) for person in document["participants"].values()}


@unittest.skipUnless(SAMPLES.is_dir(), "CM_SAMPLES tells where the samples are")
class Samples(unittest.TestCase):
    def one(self, feed, *bodies):
        found, faults = replay(feed, *bodies)
        self.assertFalse(faults)
        (document,) = found.values()
        return document

    def test_bigbluebutton(self):
        folder = SAMPLES / "bigbluebutton"
        posts = [line for line in (folder / "http_requests.txt").read_bytes().splitlines() if line.startswith(b"domain=")]
        for bodies in ((folder / "webhook_events.ndjson").read_bytes().splitlines(),
                       (folder / "mapped-events.ndjson").read_bytes().splitlines(), posts):
            document = self.one("bigbluebutton", *bodies)
            self.assertEqual((document["phase"], document["subject"]), ("ended", "random-9019868"))
            self.assertEqual(people(document), {"John Doe": ("presenter", "left"), "Mary Sue": ("attendee", "left")})
            text = json.dumps(document)
            self.assertIn("613-555-1234", text)
            self.assertNotIn('"mp"', text)
        self.assertEqual(len(posts), 24)

    def test_livekit(self):
        document = self.one("livekit", *(SAMPLES / "livekit" / "session.ndjson").read_bytes().splitlines())
        self.assertEqual((document["phase"], document["subject"]), ("ended", "case-77"))
        self.assertEqual(people(document), {"Alice": ("presenter", "conference-ending"), "Bob": ("attendee", "ended"),
                                            "+15550100": ("attendee", "ended")})
        for file in (SAMPLES / "livekit").glob("*.json"):
            _, faults = replay("livekit", json.dumps(json.loads(file.read_bytes())).encode())
            self.assertFalse(faults, file)

    def test_zoom(self):
        events = {file.stem: json.loads(file.read_bytes()) for file in (SAMPLES / "zoom").glob("*.json")}
        _, faults = replay("zoom", *(json.dumps(event).encode() for event in events.values()))
        self.assertFalse(faults)

        def told(*names):
            """One after the other, a second apart."""
            return [json.dumps({**events[f"meeting.{name}"], "event_ts": 1626230691572 + 1000 * i}).encode()
                    for i, name in enumerate(names)]

        # All of them are about one person in one meeting.
        story = ["participant_joined_waiting_room", "participant_admitted", "participant_joined", "participant_role_changed"]
        document = self.one("zoom", *told(*story))
        self.assertEqual((document["phase"], people(document)), ("in-conference", {"Jill Chill": ("presenter", None)}))
        document = self.one("zoom", *told(*story, "participant_left"))
        self.assertEqual(people(document), {"Jill Chill": ("presenter", "conference-ending")})
        document = self.one("zoom", *told(*story, "participant_put_in_waiting_room"))
        self.assertEqual(people(document), {"Jill Chill": ("lobby", None)})
        # As it was recorded: the end comes first.
        document = self.one("zoom", *told(*story, "ended", "participant_left"))
        self.assertEqual((document["phase"], people(document)), ("ended", {"Jill Chill": ("presenter", "ended")}))
        document = self.one("zoom", *told("invitation_dispatched", "invitation_rejected"))
        self.assertEqual([person.get("leftReason") for person in document["participants"].values()], ["rejected"])

    def test_graph(self):
        bot, faults = replay("graph", *(SAMPLES / "graph" / "bot_call_p2p_answer.ndjson").read_bytes().splitlines())
        self.assertFalse(faults)
        answered = next(document for id_, document in bot.items() if "57dab8b1" in id_)
        self.assertEqual((answered["phase"], people(answered)), ("ended", {"Test User": ("attendee", "left"), "Bob": ("attendee", "ended")}))
        document = self.one("graph", *(SAMPLES / "graph" / "meeting_call_events.ndjson").read_bytes().splitlines())
        self.assertEqual((document["phase"], people(document)), ("ended", {"user display name": ("attendee", "ended")}))
        # Without a private key it is told that it is encrypted.
        envelope = (SAMPLES / "graph" / "meeting_call_events_envelope.json").read_bytes()
        found, faults = replay("graph", json.dumps(json.loads(envelope)).encode())
        self.assertEqual(found, {})
        self.assertIn("encrypted", str(faults))


if __name__ == "__main__":
    taptest.main()
