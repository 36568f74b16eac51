# test-restarts.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Systems that only post, and a tracker that is started anew: what began before ends."""

import json
import pathlib
import sys
import unittest

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


if __name__ == "__main__":
    taptest.main()
