# test-meetings.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Systems that post and can be asked: what no webhook has told is known all the same."""

import base64
import hashlib
import hmac
import itertools
import json
import pathlib
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from following import eventually, secret
from meetings import KEY, SECRET, Bigbluebutton, Livekit
from watcher import Server


def server(system, **more):
    return Server(journal=True, **{"feed school": {
        "secret_file": secret(SECRET), "snapshot_seconds": 1, "join_link": "https://meet.example.org/{room}/in",
        **system.options, **more}})


def people(service):
    """Subject → address → (role, muted), of those who are in meetings that go on."""
    return {document["subject"]: {
        address.split(":", 1)[1]: (person["role"], person.get("muted", False))
        for address, person in document["participants"].items() if "left" not in person}
        for document in service.conversations().values() if document["phase"] != "ended"}


def status(service):
    """How the source is, as those who watch are told."""
    with service.watch() as watcher:
        watcher.until(lambda w: w.live)
        return next((source["status"] for source in watcher.sources.values()), None)


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def livekit_hook(service, event, room, sid, identity, at):
    body = json.dumps({"event": event, "id": f"EV_{event}_{sid}_{at}", "createdAt": str(int(at)),
                       "room": {"sid": f"RM_{room}", "name": room}, "participant": {"sid": sid, "identity": identity}})
    claims = {"iss": KEY, "exp": int(time.time()) + 300,
              "sha256": base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}
    head = f'{part(json.dumps({"alg": "HS256"}).encode())}.{part(json.dumps(claims).encode())}'
    token = f"{head}.{part(hmac.new(SECRET.encode(), head.encode(), hashlib.sha256).digest())}"
    return service.request("POST", "/v1/hooks/school", body, headers={"Authorization": token})[0]


def bigbluebutton_hook(service, event, meeting, key, external, at):
    body = json.dumps({"data": {"id": event, "attributes": {
        "meeting": {"internal-meeting-id": meeting, "external-meeting-id": "case"},
        "user": {"internal-user-id": key, "external-user-id": external, "name": external, "role": "VIEWER"}},
        "event": {"ts": int(at * 1000)}}})
    return service.request("POST", "/v1/hooks/school", body, headers={"Authorization": f"Bearer {SECRET}"})[0]


class Listed(unittest.TestCase):
    def become(self, service, wanted):
        eventually(lambda: people(service) == wanted, f"{wanted}, not {people(service)},")

    def changes(self, system):
        """Nothing is posted here at all."""
        system.enter("case", "s1", "ana", presents=True)
        system.enter("case", "s2", "ben")
        system.enter("other room", "s3", "eve")
        ana, ben, eve = ("s1", "s2", "s3") if isinstance(system, Bigbluebutton) else ("ana", "ben", "eve")
        with system, server(system) as service:
            both = {ana: ("presenter", False), ben: ("attendee", False)}
            self.become(service, {"case": both, "other room": {eve: ("attendee", False)}})
            (case,) = (one for one in service.conversations().values() if one["subject"] == "other room")
            self.assertEqual(case["conference"]["access"]["joinUrl"], "https://meet.example.org/other%20room/in")
            with system.lock:
                del system.rooms["other room"], system.rooms["case"]["people"]["s1"]
            self.become(service, {"case": {ben: ("attendee", False)}})

            # Away, and back with another who is there.
            system.go_away()
            eventually(lambda: status(service) == "Lost")
            system.enter("case", "s4", "dora")
            dora = "s4" if isinstance(system, Bigbluebutton) else "dora"
            system.start()
            eventually(lambda: status(service) == "Connected")
            self.become(service, {"case": {ben: ("attendee", False), dora: ("attendee", False)}})

            # Answers that are none change nothing.
            for answer in ((200, "<!DOCTYPE x><response/>"), (200, "{"), (500, ""), (302, ""), (200, "[]")):
                system.answer_with = answer
                eventually(lambda: status(service) == "Lost", str(answer))
                self.assertEqual(people(service), {"case": {ben: ("attendee", False), dora: ("attendee", False)}})
                system.answer_with = None
                eventually(lambda: status(service) == "Connected", "life")
            before = service.conversations()
            service.stop()

            # What has come about while we were away.
            with system.lock:
                del system.rooms["case"]["people"]["s2"]
            system.enter("new", "s5", "carl")
            carl = "s5" if isinstance(system, Bigbluebutton) else "carl"
            service.start()
            self.become(service, {"case": {dora: ("attendee", False)}, "new": {carl: ("attendee", False)}})
            self.assertEqual(set(before) - set(service.conversations()), set())
        text = service.errors.read_text() + json.dumps(before)
        for word in (SECRET, "sesame", "let me in"):
            self.assertNotIn(word, text)

    def test_livekit(self):
        self.changes(Livekit())

    def test_bigbluebutton(self):
        self.changes(Bigbluebutton())

    def wrong(self, system):
        system.enter("case", "s1", "ana")
        with system, server(system, secret_file=secret("battery staple")) as service:
            eventually(lambda: status(service) == "Lost")
            eventually(lambda: "refuses" in service.errors.read_text())
            self.assertEqual(people(service), {})
        self.assertNotIn("staple", service.errors.read_text())
        self.assertGreater(system.refusals, 0)

    def test_wrong_secret(self):
        self.wrong(Livekit())
        self.wrong(Bigbluebutton())

    def test_sha1(self):
        system = Bigbluebutton()
        system.algorithm = "sha1"
        system.enter("case", "s1", "ana")
        with system, server(system, checksum="sha1") as service:
            self.become(service, {"case": {"s1": ("attendee", False)}})

    def keeps_posting(self, system, post):
        """A list that cannot be had is no lost source as long as that posts."""
        numbers = itertools.count()

        def posting(service, seconds):
            """Posts all the while; how the source was after each."""
            end, seen = time.monotonic() + seconds, set()
            while time.monotonic() < end:
                self.assertEqual(post(service, f"p{next(numbers)}"), 200)
                seen.add(status(service))
            return seen

        system.enter("case", "s1", "ana")
        with system, server(system) as service:
            eventually(lambda: "case" in people(service))
            asked = system.asked
            with system.lock:
                system.answer_with = (429, "", {"Retry-After": "100"})
                asked = system.asked
            # Longer than it is taken for there without a word.
            self.assertEqual(posting(service, 6), {"Connected"})
            self.assertEqual(system.asked, asked + 1)
            self.assertGreater(len(people(service)["case"]), 2)
            self.assertIn("only what is posted is known: the address answers with HTTP status 429", service.errors.read_text())
            # Nothing comes any more; and again.
            eventually(lambda: status(service) == "Lost")
            self.assertIn("not connected: the address answers with HTTP status 429", service.errors.read_text())
            self.assertEqual(post(service, "again"), 200)
            eventually(lambda: status(service) == "Connected")
            self.assertEqual(system.asked, asked + 1)

        system = type(system)()
        system.enter("case", "s1", "ana")
        with system, server(system) as service:
            eventually(lambda: "case" in people(service))
            system.answer_with = (503, "")
            self.assertEqual(posting(service, 4), {"Connected"})
            # What was not told meanwhile is seen by the next look.
            system.enter("new", "s5", "carl")
            system.answer_with = None
            eventually(lambda: "new" in people(service))
            self.assertEqual(status(service), "Connected")

    def test_livekit_busy(self):
        self.keeps_posting(Livekit(), lambda service, key: livekit_hook(
            service, "participant_joined", "case", f"s-{key}", key, time.time() + 2))

    def test_bigbluebutton_busy(self):
        self.keeps_posting(Bigbluebutton(), lambda service, key: bigbluebutton_hook(
            service, "user-joined", "m-4", f"w-{key}", key, time.time()))

    def test_busy_at_first(self):
        """What began before is not known, so it is not said that it is."""
        system = Livekit()
        system.answer_with = (503, "")
        with system, server(system) as service:
            eventually(lambda: status(service) == "Lost")
            self.assertEqual(livekit_hook(service, "participant_joined", "case", "s1", "ana", time.time()), 200)
            self.assertEqual(status(service), "Lost")
            system.enter("case", "s1", "ana")
            system.answer_with = None
            eventually(lambda: status(service) == "Connected")

    def test_livekit_late(self):
        """Webhooks that are older than the list change nothing; those that are newer do."""
        system = Livekit()
        system.enter("case", "s1", "ana", muted=True)
        with system, server(system) as service:
            ana = {"ana": ("attendee", True)}
            self.become(service, {"case": ana})
            long_ago = time.time() - 60
            self.assertEqual(livekit_hook(service, "participant_joined", "case", "s9", "ben", long_ago), 200)
            self.assertEqual(livekit_hook(service, "participant_joined", "gone", "s8", "eve", long_ago), 200)
            self.assertEqual(livekit_hook(service, "participant_left", "case", "s1", "ana", long_ago), 200)
            self.assertEqual(people(service), {"case": ana})
            system.enter("case", "s2", "dora")
            self.assertEqual(livekit_hook(service, "participant_joined", "case", "s2", "dora", time.time() + 2), 200)
            self.assertIn("dora", people(service)["case"])

    def test_bigbluebutton_again(self):
        """Who is listed by one id and told by the other is one person."""
        system = Bigbluebutton()
        system.enter("case", "site-7", "ana")
        with system, server(system) as service:
            self.become(service, {"case": {"site-7": ("attendee", False)}})
            self.assertEqual(bigbluebutton_hook(service, "user-joined", "m-4", "w_1", "site-7", time.time()), 200)
            looks = system.looks
            eventually(lambda: system.looks > looks + 1)
            self.assertEqual(people(service), {"case": {"site-7": ("attendee", False)}})


if __name__ == "__main__":
    taptest.main()
