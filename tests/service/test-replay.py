# test-replay.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The recorded meetings, from event lines to documents."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import RECORDINGS, documents, merge, passes, run, states


def only(conversations):
    (document,) = conversations.values()
    return document


def leg_of(document, source):
    legs = [leg for leg in document["legs"].values() if leg["source"] == source]
    return legs[-1] if legs else None


def steps(conversations):
    """"phase step/steps" while escalating, else the phase."""
    for _, documents_now in conversations:
        for document in documents_now.values():
            leg = next(iter(document["legs"].values()))
            if leg["phase"] == "escalating":
                escalation = leg["escalation"]
                yield f"escalating {escalation['step']}/{escalation['steps']}"
            else:
                yield leg["phase"]


class Escalator(unittest.TestCase):
    file = RECORDINGS / "escalation-user2.jsonl"

    def test_end(self):
        document = only(documents(self.file))
        (leg,) = document["legs"].values()
        self.assertEqual(document["kind"], "conference")
        self.assertEqual(document["phase"], "left")
        self.assertEqual(leg["banner"], "left-call")
        self.assertEqual(leg["role"], "escalator")
        self.assertEqual((leg["escalation"]["step"], leg["escalation"]["steps"]), (4, 4))
        self.assertEqual(set(document["participants"]),
                         {f"sip:user{n}@contoso.com" for n in (1, 2, 3)})

    def test_way(self):
        way = passes(steps(states(self.file)))
        wanted = ["ringing", "connecting", "in-call", "escalating 1/4", "escalating 2/4",
                  "escalating 3/4", "in-conference", "left"]
        self.assertEqual([turn for turn in way if turn not in ("idle", "message", "escalating 4/4")],
                         wanted)
        self.assertNotIn("on-hold", way)

    def test_banner(self):
        banners = passes(leg.get("banner", "none") for _, now in states(self.file)
                         for document in now.values() for leg in document["legs"].values())
        self.assertEqual(banners, ["none", "left-call"])


class Invited(unittest.TestCase):
    file = RECORDINGS / "escalation-user3.jsonl"

    def test_end(self):
        document = only(documents(self.file))
        (leg,) = document["legs"].values()
        self.assertEqual(document["kind"], "conference")
        self.assertEqual(document["phase"], "in-conference")
        self.assertEqual(leg["role"], "invited")
        self.assertEqual((leg["escalation"]["step"], leg["escalation"]["steps"]), (3, 3))
        self.assertEqual(leg["inviter"], "sip:user2@contoso.com")

    def test_conference_before_it_rings(self):
        kinds = [document["kind"] for _, now in states(self.file) for document in now.values()
                 if document["phase"] == "ringing"]
        self.assertTrue(kinds)
        self.assertEqual(set(kinds), {"conference"})

    def test_way(self):
        way = [turn for turn in passes(steps(states(self.file)))
               if turn not in ("idle", "message", "escalating 3/3")]
        self.assertEqual(way, ["ringing", "connecting", "escalating 1/3", "escalating 2/3",
                               "in-conference"])


class Merged(unittest.TestCase):
    file = RECORDINGS / "escalation-merged.jsonl"

    def test_end(self):
        document = only(documents(self.file))
        self.assertEqual(document["phase"], "ended")
        self.assertFalse(document["live"])
        self.assertEqual({leg["source"] for leg in document["legs"].values()},
                         {f"lync/user{n}@contoso.com" for n in (1, 2, 3)})
        self.assertTrue(document["id"].startswith("conf:"))

    def test_banner_comes_and_goes(self):
        banners = []
        for _, now in states(self.file):
            legs = [leg_of(document, "lync/user2@contoso.com") for document in now.values()]
            banners += [leg.get("banner", "none") for leg in legs if leg]
        # Left and rejoined; then left for good, until the conversation is removed.
        self.assertEqual(passes(banners),
                         ["none", "left-call", "rejoining", "none", "left-call", "none"])

    def test_never_ends_while_somebody_is_in_it(self):
        phases = passes(document["phase"] for _, now in states(self.file)
                        for document in now.values() if document["kind"] == "conference")
        self.assertEqual(phases[-1], "ended")
        self.assertEqual(phases.count("ended"), 1)


class Changes(unittest.TestCase):
    def test_add_up_to_the_documents(self):
        for path in sorted(RECORDINGS.glob("*.jsonl")):
            with self.subTest(path.name):
                whole = {}
                for _, whole in states(path):
                    pass
                self.assertEqual(whole, documents(path))

    def test_lines_only_grow(self):
        for path in sorted(RECORDINGS.glob("*.jsonl")):
            numbers = [change["line"] for change, _ in states(path)]
            self.assertEqual(numbers, sorted(numbers))
            self.assertLessEqual(numbers[-1], path.read_bytes().count(b"\n"))

    def test_nothing_is_null(self):
        def has_null(value):
            if isinstance(value, dict):
                return any(map(has_null, value.values()))
            if isinstance(value, list):
                return any(map(has_null, value))
            return value is None

        for path in sorted(RECORDINGS.glob("*.jsonl")):
            self.assertFalse(has_null(documents(path)))

    def test_standard_input(self):
        path = RECORDINGS / "escalation-user2.jsonl"
        self.assertEqual(run("replay", path)[0], run("replay", "-", stdin=path.read_bytes())[0])

    def test_merge_patch_of_the_test_itself(self):
        self.assertEqual(merge({"a": {"b": 1, "c": 2}}, {"a": {"b": None, "d": {"e": None}}}),
                         {"a": {"c": 2, "d": {}}})


if __name__ == "__main__":
    taptest.main()
