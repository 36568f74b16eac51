# test-restarts.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Systems that only post, and a tracker that is started anew: what began before ends."""

import json
import pathlib
import sys
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from following import secret
from posts import SECRET, STAMP, people, token, zoom
from watcher import Server


class Restarts(unittest.TestCase):
    def tracker(self, kind, **more):
        """A tracker that keeps what it takes, and follows one such feed."""
        return Server(journal=True, **{"feed office": {"type": kind, "secret_file": secret(SECRET), **more}})

    def test_zoom_restart(self):
        """Who came before the tracker was started anew leaves, and the meeting ends."""
        ana, ben = ({"participant_uuid": f"U{name}", "email": f"{name}@example.org"} for name in ("ana", "ben"))

        def post(event, stamp, **person):
            body, headers = zoom(f"meeting.{event}", stamp, **person)
            self.assertEqual(service.request("POST", "/v1/hooks/office", body, headers=headers)[0], 200)

        with self.tracker("zoom") as service:
            for person in (ana, ben):
                post("participant_joined", STAMP, **person)
            service.stop()
            service.start()
            post("participant_left", STAMP + 1000, **ana)
            self.assertEqual(people(service), {"sip:ana@example.org": ("attendee", True), "sip:ben@example.org": ("attendee", False)})
            # He is here once, whatever is told of him.
            post("participant_joined", STAMP + 2000, **ben)
            post("participant_role_changed", STAMP + 2500, **ben, new_role="host")
            self.assertEqual(people(service)["sip:ben@example.org"], ("presenter", False))
            service.stop()
            service.start()
            post("ended", STAMP + 3000)
            (document,) = service.conversations().values()
            self.assertEqual(document["phase"], "ended")
            self.assertEqual(people(service), {"sip:ana@example.org": ("attendee", True), "sip:ben@example.org": ("presenter", True)})

    def test_livekit_restart(self):
        def post(event, seconds, name, sid):
            body = json.dumps({"event": event, "id": f"EV{seconds}", "createdAt": str(1_800_000_000 + seconds),
                               "room": {"sid": "RM_1", "name": "case"}, "participant": {"sid": sid, "identity": name}})
            self.assertEqual(service.request("POST", "/v1/hooks/office", body, headers={"Authorization": token(body)})[0], 200)

        with self.tracker("livekit", api_key="APIkey") as service:
            post("participant_joined", 1, "ana", "PA_1")
            post("participant_joined", 2, "ben", "PA_2")
            service.stop()
            service.start()
            post("participant_left", 3, "ana", "PA_1")
            self.assertEqual(people(service), {"livekit:ana": ("attendee", True), "livekit:ben": ("attendee", False)})
            post("room_finished", 4, "", "")
            (document,) = service.conversations().values()
            self.assertEqual((document["phase"], document["participants"]["livekit:ben"]["leftReason"]), ("ended", "ended"))

    def test_bigbluebutton_restart(self):
        def post(event, stamp, name, **more):
            body = json.dumps({"data": {"id": event, "attributes": {
                "meeting": {"internal-meeting-id": "m1"},
                "user": {"internal-user-id": f"w_{name}", "external-user-id": f"site-{name}", **more}}, "event": {"ts": STAMP + stamp}}})
            headers = {"Authorization": f"Bearer {SECRET}"}
            self.assertEqual(service.request("POST", "/v1/hooks/office", body, headers=headers)[0], 200)

        with self.tracker("bigbluebutton") as service:
            post("user-joined", 1, "ana", role="MODERATOR")
            post("user-joined", 2, "ben", role="VIEWER")
            service.stop()
            service.start()
            # Whether she is a moderator is not known here any more, and so not taken from her.
            post("user-presenter-assigned", 3, "ana")
            post("user-presenter-unassigned", 4, "ana")
            post("user-left", 5, "ben")
            self.assertEqual(people(service), {"bbb:site-ana": ("presenter", False), "bbb:site-ben": ("attendee", True)})
            post("meeting-ended", 6, "ana")
            (document,) = service.conversations().values()
            self.assertEqual(document["phase"], "ended")

    def test_sdn_restart(self):
        def person(name):
            return f"<URI>sip:{name}@example.org</URI>"

        def post(call, second, body, conference=None):
            where = f"<ConferenceId>{conference}</ConferenceId>" if conference else ""
            text = (f'<LyncDiagnostics Version="D"><ConnectionInfo><CallId>{call}</CallId>{where}'
                    f"<TimeStamp>2026-03-01T10:00:{second:02}Z</TimeStamp></ConnectionInfo>{body}</LyncDiagnostics>")
            self.assertEqual(service.request("POST", f"/v1/hooks/office?key={urllib.parse.quote(SECRET)}", text)[0], 200)

        def media(name, what="Update", kind="audio", to=None):
            return f'<{what} Type="{kind}"><From>{person(name)}</From><To>{to or focus}</To><Properties/></{what}>'

        def states():
            return {one["id"].rpartition("#")[2].rpartition("/")[2]: one["phase"] for one in service.conversations().values()}

        focus = "<URI>sip:ana@example.org;gruu;opaque=app:conf:audio-video:id:K1</URI>"
        invite = f"<Invite><Caller>{person('ana')}</Caller><Callee>{person('ben')}</Callee></Invite>"
        with self.tracker("sdn") as service:
            for call in ("p1", "p2"):
                post(call, 1, invite)
                post(call, 2, media("ana", to=person("ben")))
            for name in ("ana", "ben"):
                post(f"leg-{name}", 3, media(name), "k1")
            self.assertEqual(states(), {"p1": "in-call", "p2": "in-call", "k1": "in-conference"})
            service.stop()
            service.start()
            # An invitation within the call does not let it ring, and a camera is not all of it.
            post("p1", 4, invite)
            post("p1", 5, media("ana", "Ended", "video", person("ben")))
            post("p2", 6, "<Bye/>")
            self.assertEqual(states(), {"p1": "in-call", "p2": "ended", "k1": "in-conference"})
            post("p1", 7, media("ana", "Ended", to=person("ben")))
            # Whoever comes and goes does not leave it without audio, and it ends with the last.
            post("leg-cy", 8, media("cy"), "k1")
            post("leg-cy", 9, media("cy", "Ended"), "k1")
            self.assertEqual(states(), {"p1": "ended", "p2": "ended", "k1": "in-conference"})
            service.stop()
            service.start()
            post("leg-ana", 10, media("ana", "Ended"), "k1")
            self.assertEqual(states()["k1"], "in-conference")
            post("leg-ben", 11, media("ben", "Ended"), "k1")
            self.assertEqual(states(), {"p1": "ended", "p2": "ended", "k1": "ended"})


if __name__ == "__main__":
    taptest.main()
