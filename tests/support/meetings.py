# meetings.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stand-ins for servers of meetings: they list who is there, to whoever knows the secret."""

import base64
import hashlib
import hmac
import http.server
import json
import re
import threading
import time
import urllib.parse
from xml.sax.saxutils import escape

SECRET = "correct horse"
KEY = "APIkey"


class Meetings:
    """Rooms by name, and in each of them people by the id of their stay."""

    def __init__(self, secret=SECRET):
        self.secret, self.lock = secret, threading.RLock()
        self.rooms, self.refusals, self.looks = {}, 0, 0
        self.answer_with = None    # (status, body, {header: value}) in place of every answer
        self.asked = 0
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
                    outer.asked += 1
                    status, text, *headers = outer.answer_with or outer.answer(self, body)
                data = text.encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                for name, value in (headers[0] if headers else {}).items():
                    self.send_header(name, value)
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


class Graph(Meetings):
    """Microsoft Graph, and the login of its applications: calls of a bot, by their ids."""

    tenant, client, lifetime, page = "contoso.example", "11111111-2222-3333-4444-555555555555", 3600, 2

    def __init__(self, *args):
        self.tokens, self.logins, self.calls = set(), 0, {}
        super().__init__(*args)

    @property
    def options(self):
        return {"type": "graph", "address": f"http://127.0.0.1:{self.port}/v1.0", "tenant": self.tenant,
                "client_id": self.client, "login_address": f"http://127.0.0.1:{self.port}/login/"}

    def answer(self, request, body):
        path, _, query = request.path.partition("?")
        if path == "/login/common/discovery/v2.0/keys":
            return 200, json.dumps({"keys": self.keys})
        if path == f"/login/{self.tenant}/oauth2/v2.0/token" and request.command == "POST":
            return self.log_in(dict(urllib.parse.parse_qsl(body.decode())))
        if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            self.refusals += 1
            return 401, '{"error":{"code":"InvalidAuthenticationToken"}}'
        match = re.fullmatch(r"/v1\.0/communications/calls/([\w-]+)(/participants)?", path)
        call = self.calls.get(match[1].replace("-", "").lower()) if match else None
        if call is None:
            return 404, '{"error":{"code":"UnknownError","message":"Call not found."}}'
        self.looks += 1
        if match[2] and call["people"] is None:
            return 400, '{"error":{"code":"BadRequest"}}'
        return 200, json.dumps(self.people(path, call, query) if match[2] else call["call"])

    def log_in(self, form):
        wanted = {"grant_type": "client_credentials", "client_id": self.client, "client_secret": self.secret,
                  "scope": f"http://127.0.0.1:{self.port}/.default"}
        self.logins += 1
        if form != wanted:
            self.refusals += 1
            return 401, json.dumps({"error": "invalid_client", "error_description": f"{form} is not {wanted}"})
        token = f"token-{self.logins}"
        self.tokens.add(token)
        return 200, json.dumps({"token_type": "Bearer", "expires_in": self.lifetime, "access_token": token})

    def people(self, path, call, query):
        skip = int(query.removeprefix("$skip=") or 0)
        people = list(call["people"].values())
        more = {"@odata.nextLink": f"{self.elsewhere or f'http://127.0.0.1:{self.port}'}{path}?$skip={skip + self.page}"}
        return {"value": people[skip:skip + self.page], **(more if skip + self.page < len(people) else {})}

    elsewhere = None    # an address that the next page is said to be at
    keys = []           # by which validation tokens are signed

    def begin(self, call, organizer="ana", state="established"):
        with self.lock:
            self.calls[call.replace("-", "").lower()] = {"people": {}, "call": {
                "id": call, "state": state, "subject": "Case", "chatInfo": {"threadId": f"19:meeting_{call}@thread.v2"},
                "meetingInfo": {"organizer": {"user": {"id": organizer}}}}}

    def enter(self, call, stay, identity, lobby=False, muted=False):
        with self.lock:
            self.calls[call.replace("-", "").lower()]["people"][stay] = participant(stay, identity, lobby, muted)


def participant(stay, identity, lobby=False, muted=False):
    """As Graph tells of one, in lists and in posts."""
    return {"@odata.type": "#microsoft.graph.participant", "id": stay, "isInLobby": lobby, "isMuted": muted,
            "info": {"identity": {"user": {"id": identity, "displayName": identity.title()}, "application": None}}}
