# test-ucwa-feed.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service follows a user of Skype for Business, on a server that stands in for one."""

import json
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from following import eventually, secret
from ucwa import TOKEN, Ucwa
from watcher import TRACKER, Server

MEETING = "sip:ana@example.org;gruu;opaque=app:conf:focus:id:K7Q2"
KEY = "conf:ana@example.org/k7q2"


def following(ucwa, **more):
    if "token_command" not in more:
        more.setdefault("token_file", secret(TOKEN))
    return Server(**{"feed ana": {"type": "ucwa", "address": ucwa.address, **more}})


def people(service):
    """Subject → address → role, of who is in, of all that is not over."""
    return {document.get("subject"): {address: person["role"] for address, person in document["participants"].items()
                                      if "left" not in person}
            for document in service.conversations().values() if document["phase"] != "ended"}


class Follow(unittest.TestCase):
    def same(self, service, ucwa):
        eventually(lambda: people(service) == ucwa.people, f"{ucwa.people}, but {people(service)}")

    def status(self, service):
        """How the source is, as those who watch are told."""
        with service.watch() as watcher:
            watcher.until(lambda w: w.live and w.sources)
            return watcher.sources["ucwa/ana"]["status"]

    def document(self, service, subject="review"):
        return next(each for each in service.conversations().values() if each.get("subject") == subject)

    def test_meeting(self):
        """Only links come with the events; all else is asked for."""
        with Ucwa() as ucwa:
            ucwa.redirects = 2
            ucwa.open("before")
            ucwa.person("before", "2", "ben", "attendees")
            with following(ucwa) as service:
                self.same(service, ucwa)
                ucwa.open("review")
                ucwa.person("review", "2", "cem", "attendees")
                self.same(service, ucwa)
                eventually(lambda: self.document(service)["phase"] == "in-call")
                ucwa.change("review", state="Conferencing")
                eventually(lambda: self.document(service)["phase"] == "escalating")
                ucwa.open("review", state="Conferenced", uri=MEETING)
                ucwa.person("review", "2", "cem", "leaders")
                ucwa.person("review", "3", "dia", "lobby")
                self.same(service, ucwa)
                eventually(lambda: service.conversations().get(KEY, {}).get("phase") == "in-conference")
                ucwa.leave("review", "2", "cem")
                ucwa.close("before")
                self.same(service, ucwa)
                ucwa.change("review", state="Disconnected", audio="Disconnected")
                eventually(lambda: service.conversations()[KEY]["phase"] == "left")
                (leg,) = service.conversations()[KEY]["legs"].values()
                self.assertEqual(leg["banner"], "left-call")

    def test_available(self):
        """Others see it: it is only done where it is asked for."""
        for flag, number in (("yes", 1), ("no", 0)):
            with self.subTest(flag), Ucwa() as ucwa:
                ucwa.open("review")
                with following(ucwa, make_available=flag) as service:
                    self.same(service, ucwa)
                    eventually(lambda wanted=number: len(ucwa.posted) == wanted)
                self.assertEqual([(path, "PhoneAudio" in body["supportedModalities"]) for path, body in ucwa.posted],
                                 [("/me/makeMeAvailable", True)] * number)

    def test_token_runs_out(self):
        """It is read anew, and nothing is lost meanwhile."""
        with Ucwa() as ucwa:
            file = secret(TOKEN)
            ucwa.open("review")
            with following(ucwa, token_file=file) as service:
                self.same(service, ucwa)
                file.write_text("another-token")
                ucwa.token = "another-token"
                ucwa.person("review", "2", "ben", "attendees")
                self.same(service, ucwa)
                self.assertEqual(ucwa.number, 101)

    def test_token_of_a_program(self):
        with Ucwa() as ucwa:
            ucwa.open("review")
            with following(ucwa, token_command=f"/bin/echo {TOKEN}") as service:
                self.same(service, ucwa)

    def test_wrong_token(self):
        with Ucwa() as ucwa:
            ucwa.open("review")
            file = secret("wrong-token")
            with following(ucwa, token_file=file) as service:
                eventually(lambda: "Bearer wrong-token" in ucwa.tokens)
                self.assertEqual(people(service), {})
                file.write_text(TOKEN)
                self.same(service, ucwa)
            log = service.errors.read_text()
            self.assertNotIn(TOKEN, log)
            self.assertNotIn("wrong-token", log)

    def test_faults(self):
        """Whatever is answered for events: it comes back to what is so, each once."""
        for fault in ("drop", "resync", (500, {}), (404, {}), (409, {"code": "Conflict", "subcode": "PGetReplaced"}),
                      (200, {"_links": {}, "sender": 7}), (503, None)):
            with self.subTest(fault), Ucwa() as ucwa:
                ucwa.open("review", state="Conferenced", uri=MEETING)
                ucwa.person("review", "2", "ben", "leaders")
                ucwa.open("other")
                with following(ucwa) as service:
                    self.same(service, ucwa)
                    ucwa.faults.append(fault)
                    eventually(lambda: not ucwa.faults)
                    ucwa.leave("review", "2", "ben")
                    ucwa.close("other")
                    ucwa.open("third")
                    self.same(service, ucwa)
                    self.assertEqual(self.document(service)["phase"], "in-conference")
                    self.assertEqual(len([each for each in service.conversations().values()
                                          if each["phase"] != "ended"]), 2)

    def test_server_is_away(self):
        with Ucwa() as ucwa:
            ucwa.open("review")
            with following(ucwa) as service:
                self.same(service, ucwa)
                ucwa.faults += [(500, {})] * 3
                ucwa.token = "nobody's"
                eventually(lambda: self.status(service) == "Lost")
                self.assertEqual(people(service), ucwa.people)
                ucwa.token = TOKEN
                eventually(lambda: self.status(service) == "Connected")

    def command(self, service, action, participant=None):
        document = self.document(service)
        (leg,) = document["legs"]
        return service.command(conversation=document["id"], leg=leg, action=action,
                               **({"participant": participant} if participant else {}))

    def test_commands(self):
        """Along the server's own links; what it does not link may not be done."""
        with Ucwa() as ucwa:
            ucwa.open("review", state="Conferenced", uri=MEETING)
            ucwa.person("review", "2", "ben", "leaders")
            with following(ucwa) as service:
                self.same(service, ucwa)
                for action, path in (("mute", "/participants/2/audio/mute"), ("remove", "/participants/2/eject")):
                    self.assertEqual(self.command(service, action, "sip:ben@example.org")[0], 202)
                    place = f"/communication/conversations/review{path}"
                    eventually(lambda at=place: at in [where for where, _ in ucwa.posted], path)
                self.assertEqual(self.command(service, "invite", "sip:dia@example.org")[0], 202)
                eventually(lambda: any(body and body.get("to") == "sip:dia@example.org" for _, body in ucwa.posted))

    def outcome(self, service, *arguments):
        with service.watch() as watcher:
            watcher.until(lambda w: w.live)
            status, answer = self.command(service, *arguments)
            self.assertEqual(status, 202)
            while True:
                message = watcher.message()
                if message["type"] == "command" and message["id"] == answer["id"] and \
                        message["state"] not in ("accepted", "sent"):
                    return message["state"], message.get("reason", "")

    def test_refusals(self):
        with Ucwa() as ucwa:
            ucwa.open("review", state="Conferenced", uri=MEETING)
            ucwa.person("review", "2", "ben", "leaders")
            ucwa.person("review", "3", "dia", "lobby")
            with following(ucwa) as service:
                self.same(service, ucwa)
                ucwa.refusal = (403, {"code": "Forbidden", "message": "Only leaders may."})
                state, reason = self.outcome(service, "remove", "sip:ben@example.org")
                self.assertEqual((state, "Only leaders may." in reason), ("refused", True), reason)
                state, reason = self.outcome(service, "admit", "sip:dia@example.org")
                self.assertEqual((state, "may not" in reason), ("refused", True), reason)

    def test_rejoin(self):
        with Ucwa() as ucwa:
            ucwa.open("review", state="Conferenced", uri=MEETING)
            ucwa.person("review", "2", "ben", "leaders")
            with following(ucwa, phone_number="tel:+12025550101") as service:
                self.same(service, ucwa)
                ucwa.change("review", state="Disconnected", audio="Disconnected")
                eventually(lambda: self.document(service)["phase"] == "left")
                self.assertEqual(self.command(service, "rejoin")[0], 202)
                eventually(lambda: [body["onlineMeetingUri"] for path, body in ucwa.posted
                                    if path.endswith("onlineMeetingInvitations")] == [MEETING])
                ucwa.open("again", state="Conferenced", audio="Disconnected", uri=MEETING)
                eventually(lambda: [body["phoneNumber"] for path, body in ucwa.posted
                                    if path.endswith("again/phoneAudio/add")] == ["tel:+12025550101"])
                ucwa.change("again", audio="Connected")
                eventually(lambda: service.conversations().get(KEY, {}).get("phase") == "in-conference")

    def test_configuration(self):
        for address in ("http://example.org/", "https://ana:secret@example.org/", "ftp://example.org/", "x"):
            with self.subTest(address):
                file = pathlib.Path(secret("x")).parent / "serve.conf"
                file.write_text(f"[feed ana]\ntype=ucwa\naddress={address}\ntoken-file={secret()}\n")
                outcome = subprocess.run([TRACKER, "check", file], capture_output=True, text=True, check=False)
                self.assertIn(f"{file}:3:", outcome.stdout + outcome.stderr)


if __name__ == "__main__":
    taptest.main()
