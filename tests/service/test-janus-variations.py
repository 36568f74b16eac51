# test-janus-variations.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Recordings of Janus as other installations would have made them: told twice, in
groups, out of order, with words for numbers, without handles, by another clock."""

import copy
import json
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import run

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
FILES = ("janus-audiobridge.ndjson", "janus-videoroom.ndjson")


def recording(name):
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


def documents(records):
    """What is so at the end: of each conversation its phase, and how each person is."""
    text = "".join(json.dumps(record) + "\n" for record in records)
    out, err, status = run("replay", "--feed=janus", "-", stdin=text.encode())
    assert (err, status) == ("", 0), err
    return [(document["phase"], {address: tuple(person.get(key) for key in ("name", "role", "state", "leftReason", "muted"))
                                 for address, person in document.get("participants", {}).items()})
            for document in map(json.loads, out.splitlines())]


def events(records, change):
    """Each event, changed in place, inside groups as well."""
    records = copy.deepcopy(records)
    for record in records:
        for event in record if isinstance(record, list) else [record]:
            change(event)
    return records


def data_of(event):
    inner = event.get("event")
    return inner.get("data") if isinstance(inner, dict) and isinstance(inner.get("data"), dict) else None


class Variations(unittest.TestCase):
    def each(self, vary, expect=lambda same: same):
        for name in FILES:
            with self.subTest(name):
                records = recording(name)
                self.assertEqual(documents(vary(records)), expect(documents(records)))

    def test_posted_twice(self):
        self.each(lambda records: [record for record in records for _ in range(2)])

    def test_all_of_it_once_more(self):
        """A handler that was not sure posts what it has again."""
        for name in FILES:
            records = recording(name)
            for number in range(4, len(records), 9):
                with self.subTest(name, number=number):
                    again = records[:number] + records[max(0, number - 8):]
                    self.assertEqual(documents(again), documents(records))

    def test_grouped(self):
        for size in (2, 5, 50):
            self.each(lambda records: [records[i:i + size] for i in range(0, len(records), size)])

    def test_out_of_order(self):
        """Its threads overtake each other; what happened when is in the stamps. Whether the
        last has left before the room was destroyed, or when, is a race in Janus itself."""
        draw = random.Random(1102)

        def leaving(found):
            return [(phase, {address: tuple("left" if value == "ended" else value for value in person)
                             for address, person in people.items()}) for phase, people in found]

        def vary(records):
            records = records[:]
            for i in range(len(records) - 1):
                near = abs(records[i + 1]["timestamp"] - records[i]["timestamp"]) < 20000
                if near and draw.random() < 0.5:
                    records[i], records[i + 1] = records[i + 1], records[i]
            return records
        for name in FILES:
            for attempt in range(10):
                records = recording(name)
                with self.subTest(name, attempt=attempt):
                    self.assertEqual(leaving(documents(vary(records))), leaving(documents(records)))

    def test_by_another_clock(self):
        day = 24 * 3600 * 1000000
        for shift in (-day, day):
            self.each(lambda records: events(records, lambda event: event.update(timestamp=event["timestamp"] + shift)))

    def test_the_clock_jumps_ahead(self):
        for name in FILES:
            records = recording(name)
            for part in (3, 2):
                late = len(records) // part
                jumped = records[:late] + events(records[late:], lambda event: event.update(
                    timestamp=event["timestamp"] + 3600 * 1000000))
                with self.subTest(name, part=part):
                    self.assertEqual(documents(jumped), documents(records))

    def test_words_for_numbers(self):
        """string_ids = true"""
        def change(event):
            data = data_of(event)
            for key in ("room", "id"):
                if data is not None and key in data:
                    data[key] = str(data[key])
        self.each(lambda records: events(records, change))

    def test_two_of_a_room(self):
        """The same numbers in two rooms, and in two Janus that post to one address."""
        def twin(event):
            data = data_of(event)
            event["emitter"] = "twin"
            for key in ("session_id", "handle_id"):
                if key in event:
                    event[key] += 1
            if data is not None and "room" in data:
                data["description"] = "twin"
        self.each(lambda records: [record for pair in zip(records, events(records, twin)) for record in pair],
                  expect=lambda same: sorted(same * 2, key=repr) if len(same) > 1 else same * 2)

    def test_without_handles(self):
        """Those who come by RTP, or by another plugin's forwarding, have none. Who is in is
        the same; what a handle alone tells is not known."""
        def change(event):
            if event.get("type") == 64:
                for key in ("session_id", "handle_id", "opaque_id"):
                    event.pop(key, None)
        for name in FILES:
            records = recording(name)
            with self.subTest(name):
                def names(found):
                    return [(phase, {address: person[3] for address, person in people.items()}) for phase, people in found]
                self.assertEqual(names(documents(events(records, change))), names(documents(records)))

    def test_only_what_plugins_say(self):
        """events = "plugins,core" """
        for name in FILES:
            records = [record for record in recording(name) if record["type"] in (64, 256)]
            with self.subTest(name):
                self.assertEqual([{address for address in people} for _, people in documents(records)],
                                 [{address for address in people} for _, people in documents(recording(name))])


if __name__ == "__main__":
    taptest.main()
