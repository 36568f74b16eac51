# meetings.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stand-ins for servers of meetings: they list who is there, to whoever knows the secret."""

import base64
import hashlib
import hmac
import http.server
import json
import threading
import time
from xml.sax.saxutils import escape

SECRET = "correct horse"
KEY = "APIkey"


class Meetings:
    """Rooms by name, and in each of them people by the id of their stay."""

    def __init__(self, secret=SECRET):
        self.secret, self.lock = secret, threading.RLock()
        self.rooms, self.refusals, self.looks = {}, 0, 0
        self.answer_with = None    # (status, body) in place of every answer
        self.server, self.port = None, 0
        self.start()

    def start(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def reply(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with outer.lock:
                    status, text = outer.answer_with or outer.answer(self, body)
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)
                # Each connection serves once: who is away answers nobody.
                self.close_connection = True

            do_GET = do_POST = reply

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def go_away(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.go_away()


def decode(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


class Livekit(Meetings):
    """The RoomService of LiveKit, as Twirp writes JSON."""

    @property
    def options(self):
        return {"type": "livekit", "api_key": KEY, "address": f"http://127.0.0.1:{self.port}"}

    def grants(self, request):
        """Of a token that is good, else nothing."""
        head, claims, signature = request.headers["Authorization"].removeprefix("Bearer ").split(".")
        expected = hmac.new(self.secret.encode(), f"{head}.{claims}".encode(), hashlib.sha256).digest()
        claims = json.loads(decode(claims))
        good = (json.loads(decode(head))["alg"] == "HS256" and decode(signature) == expected
                and claims["iss"] == KEY and claims["nbf"] <= time.time() < claims["exp"])
        return claims["video"] if good else {}

    def answer(self, request, body):
        grants, asked = self.grants(request), json.loads(body)
        call = request.path.removeprefix("/twirp/livekit.RoomService/")
        if call == "ListRooms" and grants == {"roomList": True}:
            self.looks += 1
            return 200, json.dumps({"rooms": [
                {"sid": room["sid"], "name": name, "empty_timeout": 300, "num_participants": len(room["people"])}
                for name, room in self.rooms.items()]})
        if call == "ListParticipants" and grants == {"roomAdmin": True, "room": asked["room"]}:
            if asked["room"] not in self.rooms:
                return 404, '{"code":"not_found","msg":"requested room does not exist"}'
            return 200, json.dumps({"participants": [
                {"sid": sid, "identity": identity, "state": "ACTIVE", "name": identity.title(), "attributes": {},
                 "permission": {"can_subscribe": True, "can_publish": presents},
                 "tracks": [{"sid": f"TR_{sid}", "source": "MICROPHONE", "muted": muted}]}
                for sid, (identity, presents, muted) in self.rooms[asked["room"]]["people"].items()]})
        self.refusals += 1
        return 401, '{"code":"unauthenticated","msg":"permissions denied"}'

    def enter(self, room, sid, identity, presents=False, muted=False):
        with self.lock:
            self.rooms.setdefault(room, {"sid": f"RM_{room}", "people": {}})["people"][sid] = (identity, presents, muted)


class Bigbluebutton(Meetings):
    """The API of BigBlueButton."""

    algorithm = "sha256"

    @property
    def options(self):
        return {"type": "bigbluebutton", "address": f"http://127.0.0.1:{self.port}/bigbluebutton/api/"}

    def answer(self, request, body):
        expected = hashlib.new(self.algorithm, f"getMeetings{self.secret}".encode()).hexdigest()
        if request.path != f"/bigbluebutton/api/getMeetings?checksum={expected}":
            self.refusals += 1
            return 200, ("<response><returncode>FAILED</returncode><messageKey>checksumError</messageKey>"
                         "<message>Checksums do not match</message></response>")
        self.looks += 1
        return 200, (f"<response><returncode>SUCCESS</returncode><meetings>"
                     f"{''.join(self.meeting(name, room) for name, room in self.rooms.items())}</meetings></response>")

    def meeting(self, name, room):
        return (f"<meeting><meetingName><![CDATA[{name}]]></meetingName><meetingID>{escape(name)}</meetingID>"
                f"<internalMeetingID>{room['sid']}</internalMeetingID><attendeePW>let me in</attendeePW>"
                f"<moderatorPW>open sesame</moderatorPW><voiceBridge>71347</voiceBridge><running>true</running>"
                f"<hasBeenForciblyEnded>false</hasBeenForciblyEnded><attendees>"
                f"{''.join(self.attendee(key, person) for key, person in room['people'].items())}</attendees>"
                f"<metadata><meetingID>other</meetingID></metadata></meeting>")

    def attendee(self, key, person):
        identity, presents, _ = person
        return (f"<attendee><userID>{key}</userID><fullName>{identity.title()}</fullName><role>VIEWER</role>"
                f"<isPresenter>{str(presents).lower()}</isPresenter><isListeningOnly>false</isListeningOnly>"
                f"<hasJoinedVoice>true</hasJoinedVoice><customdata><userID>other</userID></customdata></attendee>")

    def enter(self, room, sid, identity, presents=False, muted=False):
        with self.lock:
            self.rooms.setdefault(room, {"sid": f"m-{len(room)}", "people": {}})["people"][sid] = (identity, presents, muted)
