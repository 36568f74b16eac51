# test-webhooks.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Systems that post to the tracker: each with its own signature, wrong ones, and many."""

import hashlib
import hmac
import json
import pathlib
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from following import secret
from posts import SECRET, STAMP, counted, people, signed_by_zoom, token, zoom
from watcher import TRACKER, Server

CALLBACK = "https://monitor.example.org/v1/hooks/school"


def server(name, kind, **more):
    return Server(journal=True, **{f"feed {name}": {"type": kind, "secret_file": secret(SECRET), **more}})


class Webhooks(unittest.TestCase):
    def refused(self, service, path, *requests, status=401, why="signature"):
        """None of these changes anything, and each is counted."""
        name = path.split("/")[3].split("?")[0]
        total, (before, at) = service.metric("hooks_refused_total"), counted(service, name)
        for body, headers in requests:
            with self.subTest(headers):
                self.assertEqual(service.request("POST", path, body, headers=headers)[0], status)
        self.assertEqual(service.conversations(), {})
        self.assertEqual(service.metric("hooks_refused_total"), total + len(requests))
        self.assertEqual(counted(service, name), ({**before, why: before.get(why, 0) + len(requests)}, at))

    def test_zoom(self):
        with server("office", "zoom") as service:
            ana = {"participant_uuid": "U1", "email": "ana@example.org"}
            good = zoom("meeting.participant_joined", **ana)
            old = zoom("meeting.participant_joined", at=time.time() - 310, **ana)
            early = zoom("meeting.participant_joined", at=time.time() + 400, **ana)
            other = zoom("meeting.participant_joined", key="wrong", **ana)
            changed = (good[0].replace("ana", "eve"), good[1])
            forged = zoom("meeting.participant_joined", key="wrong", at=time.time() - 400, **ana)
            self.refused(service, "/v1/hooks/office", other, changed, forged, (good[0], {}),
                         (good[0], {**good[1], "x-zm-request-timestamp": "soon"}),
                         (good[0], {**good[1], "x-zm-request-timestamp": "9" * 30}),
                         (good[0], {**good[1], "x-zm-signature": ""}))
            self.refused(service, "/v1/hooks/office", old, early, why="old")
            self.assertEqual(service.request("POST", "/v1/hooks/nobody", good[0], headers=good[1])[0], 404)

            self.assertEqual(service.request("POST", "/v1/hooks/office", good[0], headers=good[1])[0], 200)
            self.assertEqual(people(service), {"sip:ana@example.org": ("attendee", False)})
            body, headers = zoom("meeting.participant_left", STAMP + 9, **ana)
            self.assertEqual(service.request("POST", "/v1/hooks/office", body, headers=headers)[0], 200)
            self.assertEqual(people(service), {"sip:ana@example.org": ("attendee", True)})

            # The first once more, as whoever has seen it would send it: he stays away.
            before, _ = counted(service, "office")
            self.assertEqual(service.request("POST", "/v1/hooks/office", good[0], headers=good[1])[0], 200)
            self.assertEqual(people(service), {"sip:ana@example.org": ("attendee", True)})
            after, at = counted(service, "office")
            self.assertEqual(after, {**before, "replayed": 1})
            self.assertEqual(after["taken"], 2)
            self.assertGreater(after["events"], 2)
            self.assertLess(abs(at - time.time()), 3600)

    def test_limits(self):
        """What is too much, or comes too often, is not taken at all; the rest is, and whole."""
        feed = {"type": "zoom", "secret_file": secret(SECRET)}
        service = Server(tcp=True, journal=True, limits={"hooks-per-second": 2}, **{"feed office": feed})
        path = "/v1/hooks/office"
        with service:
            self.assertEqual(service.request("POST", path, b"x" * (1 << 20) + b"x")[0], 413)
            self.assertEqual(service.request("POST", path, iter([b"x" * (1 << 19)] * 3))[0], 413)
            taken = 0
            for i in range(30):
                body, headers = zoom("meeting.participant_joined", STAMP + i, participant_uuid=f"U{i}",
                                     email=f"p{i}@example.org")
                status = service.request("POST", path, body, headers=headers, tcp=True)[0]
                self.assertIn(status, (200, 429))
                taken += status == 200
            self.assertLess(taken, 30)
            self.assertEqual(len(people(service)), taken)
            self.assertEqual(service.metric("hooks_accepted_total"), taken)
            self.assertEqual(service.metric("hooks_limited_total"), 30 - taken)
            counts, _ = counted(service, "office")
            self.assertGreater(counts.pop("events"), taken)
            self.assertEqual(counts, {"taken": taken, "rate": 30 - taken, "too_large": 2})
            # Over TCP nobody learns which feeds there are.
            for method, other in (("POST", "nobody"), ("GET", "nobody"), ("POST", "")):
                self.assertEqual(service.request(method, f"/v1/hooks/{other}", b"{}", tcp=True)[0], 401, other)

    def test_zoom_asks(self):
        with server("office", "zoom") as service:
            body = json.dumps({"event": "endpoint.url_validation", "payload": {"plainToken": "abc"}})
            status, text = service.request("POST", "/v1/hooks/office", body,
                                           headers=signed_by_zoom(body)[1])
            self.assertEqual(status, 200)
            self.assertEqual(json.loads(text), {
                "plainToken": "abc", "encryptedToken": hmac.new(SECRET.encode(), b"abc", hashlib.sha256).hexdigest()})
            # Nobody else has anything signed by us.
            self.assertEqual(service.request("POST", "/v1/hooks/office", body)[0], 401)
            self.assertEqual(counted(service, "office"), ({"answered": 1, "signature": 1}, None))

    def test_livekit(self):
        with server("rooms", "livekit", api_key="APIkey") as service:
            body = json.dumps({"event": "participant_joined", "id": "EV_1", "createdAt": "1800000000",
                               "room": {"sid": "RM_1", "name": "case"},
                               "participant": {"sid": "PA_1", "identity": "ana", "permission": {"canPublish": True}}})
            wrong = [token(body, "wrong"), token(body + " "), token(body, iss="other"), "", "a.b.c", "..", "Bearer",
                     token(body, algorithm="none"), token(body) + ".x", token(body, sha256=7), token(body, "wrong", exp=1)]
            old = [token(body, exp=1), token(body, nbf=int(time.time()) + 4000), token(body, exp=-2 ** 63),
                   token(body, nbf=2 ** 63 - 1), token(body, exp="tomorrow")]
            self.refused(service, "/v1/hooks/rooms", *((body, {"Authorization": each}) for each in wrong))
            self.refused(service, "/v1/hooks/rooms", *((body, {"Authorization": each}) for each in old), why="old")
            for header in (token(body), f"Bearer {token(body)}"):
                self.assertEqual(service.request("POST", "/v1/hooks/rooms", body, headers={"Authorization": header})[0], 200)
            self.assertEqual(people(service), {"livekit:ana": ("presenter", False)})

    def test_bigbluebutton(self):
        with server("school", "bigbluebutton", callback_url=CALLBACK) as service:
            event = {"data": {"id": "user-joined", "attributes": {
                "meeting": {"internal-meeting-id": "m1", "moderator-pass": "open sesame", "viewer-pass": "let me in"},
                "user": {"internal-user-id": "w_1", "name": "Ana", "role": "MODERATOR"}}, "event": {"ts": STAMP}}}
            body = urllib.parse.urlencode({"domain": "bbb.example.org", "event": json.dumps([event]), "timestamp": STAMP})
            place = "/v1/hooks/school?checksum="

            def checksum(algorithm, key=SECRET, callback=CALLBACK):
                return hashlib.new(algorithm, (callback + body + key).encode()).hexdigest()

            for wrong in (checksum("sha1", "wrong"), checksum("sha256", callback="x"), "", "00" * 20, "00" * 7):
                self.refused(service, place + wrong, (body, {}), status=403)
            self.refused(service, "/v1/hooks/school", (body, {"Authorization": "Bearer wrong"}), (body, {}), status=403)
            for algorithm in ("sha1", "sha256", "sha384", "sha512"):
                self.assertEqual(service.request("POST", place + checksum(algorithm), body)[0], 200)
            self.assertEqual(service.request("POST", "/v1/hooks/school", body,
                                             headers={"Authorization": f"Bearer {SECRET}"})[0], 200)
            self.assertEqual(people(service), {"bbb:w_1": ("presenter", False)})
            self.assertNotIn("sesame", json.dumps(service.conversations()))
            # What is not one of its records is told, without a word of it.
            self.assertEqual(service.request("POST", "/v1/hooks/school", '{"moderator-pass":"open sesame"',
                                             headers={"Authorization": f"Bearer {SECRET}"})[0], 200)
            broken = json.dumps({"data": {"id": "meeting-created", "attributes": {"meeting": {
                "internal-meeting-id": ["open sesame"], "name": {"moderator-pass": "let me in"}}}}})
            self.assertEqual(service.request("POST", "/v1/hooks/school", broken,
                                             headers={"Authorization": f"Bearer {SECRET}"})[0], 200)
            self.assertEqual(service.request("POST", place + checksum("sha1", "open sesame"), body + "&x=let+me+in")[0], 403)
        # Neither in a log nor in what is kept; the configuration names only where secrets are.
        kept = {file: file.read_bytes() for file in service.folder.rglob("*") if file.is_file()}
        self.assertTrue(any(b"bbb:w_1" in text for text in kept.values()))
        for file, text in kept.items():
            for word in (b"sesame", b"let me in", b"let+me+in", SECRET.encode()):
                self.assertNotIn(word, text, file)

    def test_teams(self):
        with server("teams", "graph") as service:
            call = {"changeType": "updated", "resourceUrl": "/communications/calls/c1",
                    "resourceData": {"state": "established", "chatInfo": {"threadId": "19:x@thread.v2"}}}
            roster = {"changeType": "updated", "resourceUrl": "/communications/calls/c1/participants",
                      "resourceData": [{"id": "p1", "info": {"identity": {"user": {"id": "u1", "displayName": "Ana"}}}}]}

            def body(*notifications, state=SECRET):
                return json.dumps({"value": [{**each, "clientState": state} for each in notifications]})

            half = json.dumps({"value": [{**call, "clientState": SECRET}, roster]})
            self.refused(service, "/v1/hooks/teams", (body(call, state="wrong"), {}), (half, {}), (body(), {}), ("x", {}))
            self.refused(service, "/v1/hooks/teams?key=wrong", (body(call, state="wrong"), {}))
            self.assertEqual(service.request("POST", "/v1/hooks/teams", body(call))[0], 200)
            place = f"/v1/hooks/teams?key={urllib.parse.quote(SECRET)}"
            self.assertEqual(service.request("POST", place, json.dumps({"value": [roster]}))[0], 200)
            self.assertEqual(people(service), {"teams:u1": ("attendee", False)})
            self.assertEqual(service.request("POST", "/v1/hooks/teams?validationToken=a%20b", ""), (200, b"a b"))

    def test_sdn(self):
        with server("front", "sdn") as service:
            xml = ('<LyncDiagnostics Version="C"><ConnectionInfo><CallId>p1</CallId><CSEQ>1 INVITE</CSEQ>'
                   '<TimeStamp>2026-03-01T10:00:00Z</TimeStamp></ConnectionInfo><Invite><Caller><URI>sip:ana@example.org</URI>'
                   '</Caller><Callee><URI>sip:ben@example.org</URI></Callee></Invite></LyncDiagnostics>')
            self.refused(service, "/v1/hooks/front", (xml, {}))
            self.refused(service, "/v1/hooks/front?key=wrong", (xml, {}))
            self.assertEqual(service.request("POST", f"/v1/hooks/front?key={urllib.parse.quote(SECRET)}", xml)[0], 200)
            (document,) = service.conversations().values()
            self.assertEqual(set(document["participants"]), {"sip:ana@example.org", "sip:ben@example.org"})

    def test_strange_signatures(self):
        """Cut from one byte on, doubled, swapped, of other letters: none of it is taken, and nothing falls over."""
        def strange(good, separator):
            first, rest = good.split(separator, 1)
            yield from (good[:size] for size in range(1, len(good)))
            yield from (good[size:] for size in range(1, len(good), 3))
            yield from (good * 2, separator.join((rest, first)), separator * 3, first + separator, separator + rest,
                        good.swapcase(), good.replace(good[10], "\xff"), "=" * 8, "Bearer", "Bearer ", "x" * 9000, good[:-1] + "\t")

        with server("rooms", "livekit", api_key="APIkey") as service:
            body = json.dumps({"event": "participant_joined", "room": {"sid": "R"}, "participant": {"sid": "P", "identity": "i"}})
            self.refused(service, "/v1/hooks/rooms", *((body, {"Authorization": each}) for each in strange(token(body), ".")))
        with server("office", "zoom") as service:
            body, headers = zoom("meeting.started")
            self.refused(service, "/v1/hooks/office", *(
                (body, {**headers, "x-zm-signature": each}) for each in strange(headers["x-zm-signature"], "=")))
        with server("school", "bigbluebutton", callback_url=CALLBACK) as service:
            good = hashlib.sha256(f"{CALLBACK}{{}}{SECRET}".encode()).hexdigest()
            for each in [good[:size] for size in range(1, len(good))] + [good * 2, good.upper(), good[::-1], "%00", "%ff", "&checksum=" + good[:-1]]:
                self.refused(service, f"/v1/hooks/school?checksum={each}", ("{}", {}), status=403)

    def test_behind_a_firewall(self):
        """The same bodies over a pipe, or by a tracker outside: they come to the same."""
        posts = [zoom("meeting.participant_joined", participant_uuid="U1", email="ana@example.org"),
                 zoom("meeting.participant_joined", STAMP + 1, participant_uuid="U2", email="ben@example.org"),
                 zoom("meeting.participant_left", STAMP + 2, participant_uuid="U2", email="ben@example.org")]
        wanted = {"sip:ana@example.org": ("attendee", False), "sip:ben@example.org": ("attendee", True)}
        outside = server("office", "zoom")
        with outside, Server() as inside:
            for body, headers in posts:
                self.assertEqual(outside.request("POST", "/v1/hooks/office", body, headers=headers)[0], 200)
            lines = b"".join(sorted(file.read_bytes() for file in (outside.folder / "journal").glob("*.jsonl")))
            inside.send(lines)
            self.assertEqual(people(inside), people(outside))
            self.assertEqual(people(inside), wanted)
        with Server() as inside:
            lines = subprocess.run([TRACKER, "convert", "--feed=zoom", "-"], capture_output=True, check=True,
                                   input="".join(body + "\n" for body, _ in posts).encode()).stdout
            inside.send(lines)
            self.assertEqual(people(inside), wanted)

    def test_other_methods(self):
        with server("office", "zoom") as service:
            for method in ("GET", "PUT", "DELETE"):
                self.assertEqual(service.request(method, "/v1/hooks/office", "{}")[0], 405)
            # What is never a hook of any feed does not get as far as one.
            self.assertEqual(counted(service, "office"), ({"malformed": 1}, None))

    def test_secret_is_gone(self):
        """What cannot be checked is not taken, and the system is to send it again."""
        with server("office", "zoom") as service:
            path = pathlib.Path(service.config.read_text().split("secret-file=")[1].split()[0])
            path.unlink()
            body, headers = zoom("meeting.started")
            self.assertEqual(service.request("POST", "/v1/hooks/office", body, headers=headers)[0], 503)
            path.write_text(SECRET)
            path.chmod(0o600)
            self.assertEqual(service.request("POST", "/v1/hooks/office", body, headers=headers)[0], 200)


if __name__ == "__main__":
    taptest.main()
