# test-feeds.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Raw recordings of telephone exchanges, from the wire to documents."""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import merge, passes, run

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
FREESWITCH = ["freeswitch-meeting.raw", "freeswitch-meeting.ndjson"]
ASTERISK = ["asterisk-meeting.txt", "asterisk-meeting.ndjson"]


def replay(feed, file, *options, stdin=b""):
    out, err, status = run("replay", f"--feed={feed}", *options, file, stdin=stdin)
    assert status == 0, err
    return [json.loads(line) for line in out.splitlines()], err


def only(feed, file):
    (document,), err = replay(feed, file)
    assert not err, err
    return document


def people(document):
    return {address.removeprefix("tel:"): person for address, person in document["participants"].items()}


def states(feed, file):
    whole = {"conversations": {}}
    for change in replay(feed, file, "--output=changes")[0]:
        whole = merge(whole, change["patch"])
        yield from whole["conversations"].values()


class Meeting:
    """What both recorded meetings have in common."""

    def documents(self):
        for name in self.files:
            with self.subTest(name):
                yield only(self.feed, DATA / name)

    def test_people(self):
        for document in self.documents():
            self.assertEqual({number: person["leftReason"] for number, person in people(document).items()},
                             self.reasons)

    def test_room(self):
        for document in self.documents():
            self.assertEqual((document["kind"], document["phase"], document["live"], document["subject"]),
                             ("conference", "ended", False, "4711"))
            self.assertEqual(people(document)["1001"]["role"], "presenter")
            self.assertNotIn("joined", people(document)["1004"])

    def test_names(self):
        for document in self.documents():
            self.assertEqual({number: person.get("name") for number, person in people(document).items()},
                             self.names)

    def test_way_of_the_dialled(self):
        for name in self.files:
            with self.subTest(name):
                way = passes(people(document).get("1005", {}).get("state")
                             for document in states(self.feed, DATA / name))
                self.assertEqual(way[:4], ["Notified", "Connecting", "Joining", "Connected"])

    def test_steps(self):
        for name in self.files:
            with self.subTest(name):
                steps = passes(leg["escalation"]["step"] for document in states(self.feed, DATA / name)
                               for leg in document["legs"].values() if leg["phase"] == "escalating")
                self.assertEqual(steps, [1, 2])

    def test_hold(self):
        for name in self.files:
            with self.subTest(name):
                way = passes(people(document).get("1003", {}).get("state")
                             for document in states(self.feed, DATA / name))
                self.assertEqual(way, ["Connecting", "Joining", "Connected", "OnHold", "Connected", "Disconnected"])

    def test_removed_and_back(self):
        for name in self.files:
            with self.subTest(name):
                reasons = passes(people(document).get("1002", {}).get("leftReason", "there")
                                 for document in states(self.feed, DATA / name))
                self.assertEqual(reasons, ["there", "removed", "there", "removed"])

    def test_converted_is_the_same(self):
        for name in self.files:
            with self.subTest(name):
                lines, err, status = run("convert", f"--feed={self.feed}", DATA / name)
                self.assertEqual((err, status), ("", 0))
                self.assertEqual(run("replay", "-", stdin=lines)[0],
                                 run("replay", f"--feed={self.feed}", DATA / name)[0])
                self.assertEqual(run("replay", f"--feed={self.feed}", "-", stdin=(DATA / name).read_bytes())[0],
                                 run("replay", f"--feed={self.feed}", DATA / name)[0])


class Freeswitch(Meeting, unittest.TestCase):
    feed = "freeswitch"
    files = FREESWITCH
    reasons = {"1001": "removed", "1002": "removed", "1003": "left", "1004": "busy", "1005": "removed"}
    names = {"1001": "Alice", "1002": "Bob", "1003": "Carol", "1004": None, "1005": None}

    def test_lock(self):
        locked = passes(document["conference"].get("locked")
                        for document in states(self.feed, DATA / self.files[0]))
        self.assertEqual(locked, [True, False])

    def test_equals_the_list(self):
        """Who is in the room, and how, is what the server's own lists say."""
        snapshot = json.loads((DATA / "freeswitch-snapshot.json").read_text(encoding="utf-8"))
        (room,) = json.loads(snapshot["conference_json_list"])
        held = {row["uuid"] for row in json.loads(snapshot["show_channels"])["rows"] if row["callstate"] == "HELD"}
        listed = {member["caller_id_number"]: ("presenter" if member["flags"]["is_moderator"] else "attendee",
                                               "OnHold" if member["uuid"] in held else "Connected")
                  for member in room["members"]}

        lines = (DATA / "freeswitch-meeting.ndjson").read_bytes().splitlines(keepends=True)
        for recording in (b"".join(lines[:34]), (DATA / "freeswitch-snapshot.json").read_bytes()):
            (document,), err = replay(self.feed, "-", stdin=recording)
            self.assertEqual(err, "")
            self.assertEqual({number: (person["role"], person["state"])
                              for number, person in people(document).items() if "left" not in person}, listed)


class Asterisk(Meeting, unittest.TestCase):
    feed = "asterisk"
    files = ASTERISK
    reasons = {"1001": "left", "1002": "removed", "1003": "left", "1004": "busy", "1005": "removed"}
    names = {"1001": "Alice", "1002": "Bob", "1003": "Carol", "1004": "Dave", "1005": "Erin"}

    def test_lobby(self):
        phases = passes(document["phase"] for document in states(self.feed, DATA / self.files[1]))
        self.assertEqual(phases[-2:], ["lobby", "ended"])

    def test_equals_each_list(self):
        lines = (DATA / "asterisk-meeting.ndjson").read_bytes().splitlines(keepends=True)
        records = [json.loads(line)["msg"] for line in lines]
        ends = [i for i, record in enumerate(records) if record.get("Event") == "ConfbridgeListComplete"]
        self.assertEqual(len(ends), 2)
        for end in ends:
            items = [record for record in records if record.get("Event") == "ConfbridgeList"
                     and record["ActionID"] == records[end]["ActionID"]]
            (document,), _ = replay(self.feed, "-", stdin=b"".join(lines[:end + 1]))
            self.assertEqual({number: person["role"] for number, person in people(document).items()
                              if "left" not in person},
                             {item["CallerIDNum"]: "lobby" if item["Waiting"] == "Yes" else
                              "presenter" if "Yes" in (item["Admin"], item["MarkedUser"]) else "attendee"
                              for item in items})


class Faults(unittest.TestCase):
    def test_garbage_is_told(self):
        for feed, name in (("freeswitch", FREESWITCH[1]), ("asterisk", ASTERISK[1])):
            lines = (DATA / name).read_bytes().splitlines(keepends=True)
            (document,), err = replay(feed, "-", stdin=b"".join([*lines[:20], b"{nonsense}\n", *lines[20:]]))
            self.assertEqual(err.count("\n"), 1)
            self.assertTrue(err.startswith("-:21: "), err)
            self.assertEqual(document, only(feed, DATA / name))


if __name__ == "__main__":
    taptest.main()
