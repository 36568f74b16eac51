# test-teams.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Microsoft Graph: what it posts, and what it is asked about a bot's calls."""

import json
import os
import pathlib
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from envelope import Key
from following import eventually, secret
from meetings import SECRET, Graph, participant
from watcher import Server

STATE = "client state"
CALL = "421f6d00-6c6b-4a30-a5c2-6f2f6ef0a1b2"
OTHER = "521f6d00-6c6b-4a30-a5c2-6f2f6ef0a1b3"
PLACE = f"/v1/hooks/teams?key={urllib.parse.quote(STATE)}"


def server(system, **more):
    return Server(journal=True, **{"feed teams": {
        "secret_file": secret(STATE), "client_secret_file": secret(SECRET), "snapshot_seconds": 3600,
        **system.options, **more}})


def post(service, call, data, rest="", change="updated"):
    body = json.dumps({"value": [{"changeType": change, "resourceUrl": f"/communications/calls/{call}{rest}",
                                  "resourceData": data}]})
    return service.request("POST", PLACE, body)[0]


def people(service):
    """Who is in calls that go on, as (role, state, muted)."""
    return {address.split(":", 1)[1]: (person["role"], person.get("state"), person.get("muted", False))
            for document in service.conversations().values() if document["phase"] != "ended"
            for address, person in document["participants"].items() if "left" not in person}


def phases(service):
    return sorted(document["phase"] for document in service.conversations().values())


def status(service):
    with service.watch() as watcher:
        watcher.until(lambda w: w.live)
        return next((source["status"] for source in watcher.sources.values()), None)


def meeting_event(kind, *joined, at="2026-03-01T10:00:00Z"):
    return json.dumps({
        "id": "communications/onlineMeetings?$filter=joinWebUrl+eq+'https%3A%2F%2Fteams.example.org%2F1'",
        "eventType": f"Microsoft.Communication.{kind}", "eventDateTime": at,
        "activeParticipants@joined": [{"Id": f"s-{name}", "Identity": {"User": {"Id": name}}} for name in joined]})


def sealed(*contents, tokens=None, state=STATE):
    return json.dumps({"value": [{"clientState": state, "resource": "communications/onlineMeetings", "encryptedContent": content}
                                 for content in contents], **({"validationTokens": tokens} if tokens is not None else {})})


ANA, BEN = ("presenter", "Connected", False), ("attendee", "Connected", True)


class Teams(unittest.TestCase):
    def become(self, service, wanted):
        eventually(lambda: people(service) == wanted, f"{wanted}, not {people(service)},")

    def test_asked(self):
        """Of a call of which one change was posted all is known, and again after each loss."""
        system = Graph()
        system.begin(CALL)
        for stay, identity, lobby, muted in (("p1", "ana", False, False), ("p2", "ben", False, True), ("p3", "eve", True, False)):
            system.enter(CALL, stay, identity, lobby, muted)
        with system, server(system, snapshot_seconds=1) as service:
            eventually(lambda: status(service) == "Connected")
            delta = {"sequenceNumber": 7, "participants": [participant("p3", "eve", True)]}
            self.assertEqual(post(service, CALL.upper(), delta, "/participants"), 200)
            self.become(service, {"ana": ANA, "ben": BEN, "eve": ("lobby", "Joining", False)})
            with system.lock:
                people_there = system.calls[CALL.replace("-", "")]["people"]
                del people_there["p2"]
                people_there["p3"]["isInLobby"] = False
                system.calls[CALL.replace("-", "")]["call"]["state"] = "hold"
            self.become(service, {"ana": ANA, "eve": ("attendee", "Connected", False)})
            eventually(lambda: phases(service) == ["on-hold"])

            # Away, and back.
            system.go_away()
            eventually(lambda: status(service) == "Lost")
            system.enter(CALL, "p4", "dora")
            system.start()
            eventually(lambda: status(service) == "Connected")
            dora = {"ana": ANA, "eve": ("attendee", "Connected", False), "dora": ("attendee", "Connected", False)}
            self.become(service, dora)

            # The token runs out there: a new one is made, and nobody notices.
            logins = system.logins
            with system.lock:
                system.tokens.clear()
            eventually(lambda: system.logins > logins)
            self.assertEqual(status(service), "Connected")

            # Answers that are none change nothing.
            for answer in ((200, "{"), (200, "[]"), (200, "{}"), (500, ""), (302, ""), (403, "{}"), (429, "")):
                system.answer_with = answer
                eventually(lambda: status(service) == "Lost", str(answer))
                self.assertEqual(people(service), dora)
                system.answer_with = None
                eventually(lambda: status(service) == "Connected", "life")

            # Nobody else gets the token.
            system.elsewhere = "http://localhost:1"
            eventually(lambda: "goes on at another address" in service.errors.read_text())
            system.elsewhere = None
            eventually(lambda: status(service) == "Connected", "life")

            with system.lock:
                system.calls.clear()
            eventually(lambda: phases(service) == ["ended"])
        for word in (SECRET, STATE, "token-1"):
            self.assertNotIn(word, service.errors.read_text())

    def test_busy(self):
        """Graph limits how often it is asked; what it posts meanwhile is known, and is no old news."""
        system = Graph()
        system.begin(CALL)
        system.enter(CALL, "p1", "ana")
        with system, server(system, snapshot_seconds=1) as service:
            eventually(lambda: status(service) == "Connected")
            system.answer_with = 429, "", {"Retry-After": "100"}
            eventually(lambda: status(service) == "Lost")
            end, number = time.monotonic() + 5, 0
            while time.monotonic() < end:
                number += 1
                delta = {"sequenceNumber": number, "participants": [participant(f"s{number}", f"ben{number}")]}
                self.assertEqual(post(service, CALL, delta, "/participants"), 200)
                self.assertEqual(status(service), "Connected")
                self.assertIn(f"ben{number}", people(service))

    def test_restart(self):
        """What has come about while the tracker was away: who left, who came, what is over."""
        system = Graph()
        for call in (CALL, OTHER):
            system.begin(call)
            system.enter(call, "p1", "ana")
            system.enter(call, "p2", "ben", muted=True)
        with system, server(system) as service:
            eventually(lambda: status(service) == "Connected")
            for call in (CALL, OTHER):
                self.assertEqual(post(service, call, {"state": "established"}), 200)
            eventually(lambda: len(service.conversations()) == 2)
            self.become(service, {"ana": ANA, "ben": BEN})
            meeting = {"id": "communications/onlineMeetings?$filter=joinWebUrl+eq+'https%3A%2F%2Fteams.example.org%2F1'",
                       "eventType": "Microsoft.Communication.CallRosterUpdate",
                       "activeParticipants@joined": [{"Id": "s1", "Identity": {"User": {"Id": "zoe"}}}]}
            self.assertEqual(service.request("POST", PLACE, json.dumps(meeting))[0], 200)
            before = set(service.conversations())
            service.stop()
            with system.lock:
                del system.calls[OTHER.replace("-", "")]
                del system.calls[CALL.replace("-", "")]["people"]["p2"]
            system.enter(CALL, "p9", "carl")
            service.start()
            here = {"ana": ANA, "carl": ("attendee", "Connected", False), "zoe": ("attendee", "Connected", False)}
            self.become(service, here)
            eventually(lambda: phases(service) == ["ended", "in-conference", "in-conference"])
            self.assertEqual(set(service.conversations()), before)

            # What was followed before is ended by what is posted now.
            self.assertEqual(post(service, CALL, [participant("p1", "ana")], "/participants"), 200)
            event = {**meeting, "activeParticipants@joined": [],
                     "activeParticipants@exited": [{"Id": "s1", "Identity": {"User": {"Id": "zoe"}}}]}
            self.assertEqual(service.request("POST", PLACE, json.dumps(event))[0], 200)
            self.assertEqual(people(service), {"ana": ANA})

    def test_call_of_two(self):
        """Graph does not list who is in one; what is posted of it stands."""
        system = Graph()
        system.begin(CALL)
        call = system.calls[CALL.replace("-", "")]
        call["people"] = None
        call["call"] = {"id": CALL, "state": "established", "source": {"identity": {"user": {"id": "ana"}}}}
        with system, server(system, snapshot_seconds=1) as service:
            self.assertEqual(post(service, CALL, {**call["call"], "state": "incoming"}, change="created"), 200)
            self.assertEqual(phases(service), ["ringing"])
            eventually(lambda: phases(service) == ["in-call"])
            looks = system.looks
            eventually(lambda: system.looks > looks + 2)
            self.assertEqual(([*people(service)], status(service)), (["ana"], "Connected"))

    def refused(self, service, *bodies, status=401):
        before = service.metric("hooks_refused_total")
        for body in bodies:
            with self.subTest(body):
                self.assertEqual(service.request("POST", "/v1/hooks/teams", body)[0], status)
        self.assertEqual(people(service), {})
        self.assertEqual(service.metric("hooks_refused_total"), before + len(bodies))

    @unittest.skipUnless("CM_LIBCRYPTO" in os.environ, "built without libcrypto")
    def test_encrypted(self):
        """What openssl has encrypted is opened, with an old key or a new one; what was changed is not."""
        old, new, other = Key(), Key(), Key()
        keys = secret((old.file.read_text() + new.file.read_text()).strip())
        joined = meeting_event("CallRosterUpdate", "ana")
        good = old.seal(joined)
        flipped = [{**good, name: ("B" if good[name][0] == "A" else "A") + good[name][1:]}
                   for name in ("data", "dataKey", "dataSignature")]
        lacking = [{name: value for name, value in good.items() if name != gone} for gone in ("data", "dataKey", "dataSignature")]
        strange = [{**good, name: value} for name in ("data", "dataKey", "dataSignature") for value in ("", "=", 7, None, "AA==")]
        with Server(**{"feed teams": {"type": "graph", "secret_file": secret(STATE), "private_key_file": keys}}) as service:
            self.refused(service, sealed(good, state="wrong"), sealed(other.seal(joined)), sealed({**good, "dataKey": new.seal("")["dataKey"]}),
                         sealed(old.seal(joined, os.urandom(16) * 2)).replace("dataSignature", "signature"),
                         *map(sealed, flipped + lacking + strange),
                         # All of it or nothing.
                         sealed(good, flipped[0]))
            self.assertEqual(service.request("POST", "/v1/hooks/teams", sealed(good, new.seal(meeting_event("CallRosterUpdate", "ben"))))[0], 200)
            self.assertEqual([*people(service)], ["ana", "ben"])
            over = new.seal(meeting_event("CallEnded", at="2026-03-01T11:00:00Z"))
            self.assertEqual(service.request("POST", "/v1/hooks/teams", sealed(over))[0], 200)
            self.assertEqual(phases(service), ["ended"])
            # What is in it need not be an event, nor even JSON.
            for text in ("{", "", "[]", '{"eventType":7}', "x" * 1000):
                self.assertEqual(service.request("POST", "/v1/hooks/teams", sealed(new.seal(text)))[0], 200)
            self.assertEqual(phases(service), ["ended"])

            # A key that is none is told, and what came meanwhile is to be sent again.
            before = keys.read_text()
            keys.write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
            again = sealed(new.seal(meeting_event("CallRosterUpdate", "eve", at="2026-03-01T12:00:00Z")))
            self.assertEqual(service.request("POST", "/v1/hooks/teams", again)[0], 503)
            keys.write_text(before)
            self.assertEqual(service.request("POST", "/v1/hooks/teams", again)[0], 200)
            self.assertEqual([*people(service)], ["eve"])

    @unittest.skipUnless("CM_LIBCRYPTO" in os.environ, "built without libcrypto")
    def test_validation_tokens(self):
        """Where the login tells its public keys, Graph itself has to have sent it."""
        system, key, signer, other = Graph(), Key(), Key("k1"), Key("k1")
        content = key.seal(meeting_event("CallRosterUpdate", "ana"))
        client = {"aud": system.client}
        good = signer.sign(**client)
        system.answer_with = 503, ""
        with system, server(system, private_key_file=key.file, snapshot_seconds=1) as service:
            eventually(lambda: status(service) == "Lost")
            self.refused(service, sealed(content, tokens=[good]), status=503)
            system.keys, system.answer_with = [{"kty": "EC", "kid": "k0"}, signer.public()], None
            eventually(lambda: status(service) == "Connected")
            wrong = [signer.sign(), signer.sign(aud="other"), other.sign(**client), signer.sign(**client, appid="other"),
                     signer.sign(**client, iss="https://sts.windows.net/t2/"), signer.sign(**client, iss="https://evil.example/t1/"),
                     signer.sign("HS256", **client), signer.sign("none", **client), good + "x", good[1:], good.rsplit(".", 1)[0] + ".",
                     "..", "", "a.b.c", 7, None, {}]
            old = [signer.sign(**client, exp=int(time.time()) - 400), signer.sign(**client, nbf=int(time.time()) + 400)]
            self.refused(service, sealed(content), sealed(content, tokens=[]), *(sealed(content, tokens=[each]) for each in wrong),
                         sealed(content, tokens=[good, wrong[2]]), *(sealed(content, tokens=[each]) for each in old))
            self.assertEqual(service.request("POST", "/v1/hooks/teams", sealed(content, tokens=[good]))[0], 200)
            self.assertEqual([*people(service)], ["ana"])

            # Keys are changed every day.
            later, change = Key("k9"), key.seal(meeting_event("CallEnded", at="2026-03-01T11:00:00Z"))
            system.keys = [later.public()]
            body = sealed(change, tokens=[later.sign(**client, iss="https://login.microsoftonline.com/t1/v2.0")])
            eventually(lambda: service.request("POST", "/v1/hooks/teams", body)[0] == 200, "the new key")
            self.assertEqual(phases(service), ["ended"])

    def test_wrong_secret(self):
        system = Graph()
        with system, server(system, client_secret_file=secret("battery staple")) as service:
            eventually(lambda: status(service) == "Lost")
            eventually(lambda: "refuses the application: invalid_client" in service.errors.read_text())
        self.assertNotIn("staple", service.errors.read_text())
        self.assertGreater(system.refusals, 0)

    def test_token_of_a_program(self):
        system = Graph()
        system.begin(CALL)
        system.enter(CALL, "p1", "ana")
        system.tokens.add("made elsewhere")
        program = pathlib.Path(secret("#!/bin/sh\necho made elsewhere"))
        program.chmod(0o700)
        options = {name: value for name, value in system.options.items() if name in ("type", "address")}
        with system, Server(**{"feed teams": {"secret_file": secret(STATE), "token_command": program, **options}}) as service:
            self.assertEqual(post(service, CALL, {"state": "established"}), 200)
            self.become(service, {"ana": ANA})
        self.assertEqual(system.logins, 0)
        file = secret("made elsewhere")
        system.start()
        with system, Server(**{"feed teams": {"secret_file": secret(STATE), "token_file": file, **options,
                                              "address": system.options["address"]}}) as service:
            self.assertEqual(post(service, CALL, {"state": "established"}), 200)
            self.become(service, {"ana": ANA})


if __name__ == "__main__":
    taptest.main()
