# ucwa.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for the UCWA of a Skype for Business server, faults included."""

import http.server
import json
import re
import threading
import time

TOKEN = "a-token-of-ana"


class Ucwa:
    """One user's conversations, and whoever asks for them."""

    def __init__(self):
        self.lock = threading.Condition()
        self.token = TOKEN
        self.number = 100          # of the application
        self.resources = {}        # path below the application → resource
        self.events = []           # (ack, senders)
        self.ack = 1
        self.faults = []           # what the next questions for events are answered with
        self.asked, self.posted, self.tokens = [], [], set()
        self.refusal = None
        self.redirects = 0
        self.people = {}           # conversation → {address: (role, lobby)}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def answer(self, status, body=None):
                data = json.dumps(body).encode() if body is not None else b""
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                outer.get(self)

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.post(self, json.loads(body) if body else None)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # one who has hung up is none
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        self.closing = False

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        with self.lock:
            self.closing = True
            self.lock.notify_all()
        self.server.shutdown()
        self.server.server_close()

    @property
    def root(self):
        return f"/ucwa/oauth/v1/applications/{self.number}"

    def link(self, path):
        return {"href": f"{self.root}{path}"}

    def communication(self):
        return {"rel": "communication", "_links": {
            "self": self.link("/communication"), "conversations": self.link("/communication/conversations"),
            "joinOnlineMeeting": self.link("/communication/onlineMeetingInvitations")}}

    def get(self, request):
        path = request.path
        with self.lock:
            self.asked.append(path)
            self.tokens.add(request.headers.get("Authorization"))
        if path == "/":
            request.answer(200, {"_links": {"user": {"href": "/Autodiscover/oauth/user"}}})
        elif request.headers.get("Authorization") != f"Bearer {self.token}":
            request.answer(401, {"code": "Unauthorized"})
        elif path == "/Autodiscover/oauth/user" and self.redirects > 0:
            self.redirects -= 1
            request.answer(200, {"_links": {"redirect": {"href": f"{self.address}Autodiscover/oauth/user"}}})
        elif path == "/Autodiscover/oauth/user":
            request.answer(200, {"_links": {"applications": {"href": "/ucwa/oauth/v1/applications"}}})
        elif not path.startswith(self.root):
            request.answer(404, {"code": "NotFound"})
        elif path.startswith(f"{self.root}/events"):
            self.get_events(request)
        else:
            self.get_resource(request, path[len(self.root):])

    def get_resource(self, request, path):
        with self.lock:
            if path == "/communication":
                answer = self.communication()
            elif path == "/communication/conversations":
                answer = {"rel": "conversations", "_links": {"self": self.link(path), "conversation": [
                    self.link(each) for each in self.resources if re.fullmatch(r".*/conversations/\w+", each)]}}
            else:
                answer = self.resources.get(path)
        request.answer(200 if answer else 404, answer or {"code": "NotFound"})

    def get_events(self, request):
        asked = int(re.search(r"ack=(\d+)", request.path)[1])
        with self.lock:
            fault = self.faults.pop(0) if self.faults else None
            if fault == "drop":
                request.close_connection = True
                return
            if isinstance(fault, tuple):
                request.answer(*fault)
                return
            end = time.monotonic() + 1
            while not self.closing and asked > len(self.events) and time.monotonic() < end and not self.faults:
                self.lock.wait(0.05)
            # What was not acknowledged is told again, all that has come since at once.
            senders = [sender for each in self.events[asked - 1:] for sender in each]
            links = {"self": self.link(f"/events?ack={asked}"), "next": self.link(f"/events?ack={len(self.events) + 1}")}
            if fault == "resync":
                links = {"self": links["self"], "resync": links["next"]}
                senders = []
        request.answer(200, {"_links": links, "sender": senders})

    def post(self, request, body):
        path = request.path
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            request.answer(401, {})
            return
        with self.lock:
            if path == "/ucwa/oauth/v1/applications":
                self.number += 1
                self.events = []
                request.answer(201, {"rel": "application", "_links": {
                    "self": self.link(""), "events": self.link("/events?ack=1")},
                    "_embedded": {"communication": self.communication(), "me": {
                        "rel": "me", "_links": {"makeMeAvailable": self.link("/me/makeMeAvailable")}}}})
                self.rebase()
                return
            self.posted.append((path[len(self.root):], body))
            refusal = self.refusal
        if refusal:
            request.answer(*refusal)
        else:
            request.answer(204 if "participants" in path else 201, None)

    def rebase(self):
        """Another application: all has another address."""
        text = re.sub(r"/applications/\d+", f"/applications/{self.number}", json.dumps(self.resources))
        self.resources = json.loads(text)

    def say(self, *events):
        """Events, each (sender, rel, path, type, more)."""
        with self.lock:
            senders = []
            for sender, rel, path, kind, more in events:
                event = {"link": {"rel": rel, **self.link(path)}, "type": kind, **more}
                senders.append({"rel": sender, **self.link("/communication" if sender == "communication" else
                                                           re.match(r".*/conversations/\w+", path)[0]), "events": [event]})
            self.events.append(senders)
            self.lock.notify_all()

    def open(self, name, audio="Connected", state="Connected", uri=None):
        base = f"/communication/conversations/{name}"
        links = {"self": self.link(base), "participants": self.link(f"{base}/participants"),
                 "localParticipant": self.link(f"{base}/participants/me"), "audioVideo": self.link(f"{base}/audioVideo"),
                 "phoneAudio": self.link(f"{base}/phoneAudio"), "addParticipant": self.link(f"{base}/invitations"),
                 "leaders": self.link(f"{base}/leaders"), "attendees": self.link(f"{base}/attendees"),
                 "lobby": self.link(f"{base}/lobby")}
        with self.lock:
            if uri:
                links["onlineMeeting"] = self.link(f"{base}/onlineMeeting")
                self.resources[f"{base}/onlineMeeting"] = {
                    "rel": "onlineMeeting", "onlineMeetingUri": uri, "subject": name,
                    "_links": {"self": links["onlineMeeting"], "conversation": links["self"]}}
            self.resources[base] = {"rel": "conversation", "state": state, "subject": name,
                                    "activeModalities": ["Audio"], "_links": links}
            self.resources[f"{base}/audioVideo"] = {"rel": "audioVideo", "state": audio, "_links": {
                "self": links["audioVideo"], "conversation": links["self"]}}
            self.resources[f"{base}/phoneAudio"] = {"rel": "phoneAudio", "state": "Disconnected", "_links": {
                "self": links["phoneAudio"], "conversation": links["self"],
                "addPhoneAudio": self.link(f"{base}/phoneAudio/add")}}
            for group in ("participants", "leaders", "attendees", "lobby"):
                self.resources[f"{base}/{group}"] = {"rel": group, "_links": {"self": self.link(f"{base}/{group}"),
                                                                              "participant": []}}
        self.people[name] = {}
        self.person(name, "me", "ana", "attendees", local=True)
        self.say(("communication", "conversation", base, "added", {}))

    def person(self, name, key, user, group, **more):
        """Somebody comes; only links to him are told."""
        base = f"/communication/conversations/{name}"
        path = f"{base}/participants/{key}"
        with self.lock:
            self.resources[path] = {
                "rel": "participant", "uri": f"sip:{user}@example.org", "name": user.title(), "_links": {
                    "self": self.link(path), "conversation": self.link(base), "eject": self.link(f"{path}/eject"),
                    "participantAudio": self.link(f"{path}/audio")}, **more}
            self.resources[f"{path}/audio"] = {"rel": "participantAudio", "audioMuted": False, "_links": {
                "self": self.link(f"{path}/audio"), "participant": self.link(path),
                "muteAudio": self.link(f"{path}/audio/mute")}}
            if not more.get("local"):
                self.resources[f"{base}/participants"]["_links"]["participant"].append(self.link(path))
            self.resources[f"{base}/{group}"]["_links"]["participant"].append(self.link(path))
        self.people[name][f"sip:{user}@example.org"] = {"leaders": "presenter", "lobby": "lobby"}.get(group, "attendee")
        self.say(("conversation", "localParticipant" if more.get("local") else "participant", path, "added", {}),
                 ("conversation", "participant", path, "added", {"in": {"rel": group, **self.link(f"{base}/{group}")}}))

    def leave(self, name, key, user):
        base = f"/communication/conversations/{name}"
        path = f"{base}/participants/{key}"
        with self.lock:
            del self.resources[path]
            for group in ("participants", "leaders", "attendees", "lobby"):
                links = self.resources[f"{base}/{group}"]["_links"]
                links["participant"] = [each for each in links["participant"] if not each["href"].endswith(path)]
        del self.people[name][f"sip:{user}@example.org"]
        self.say(("conversation", "participant", path, "deleted", {}))

    def change(self, name, state=None, audio=None):
        base = f"/communication/conversations/{name}"
        events = []
        with self.lock:
            if audio:
                self.resources[f"{base}/audioVideo"]["state"] = audio
                events.append(("conversation", "audioVideo", f"{base}/audioVideo", "updated", {}))
            if state:
                self.resources[base]["state"] = state
                events.append(("communication", "conversation", base, "updated", {}))
        self.say(*events)

    def close(self, name):
        base = f"/communication/conversations/{name}"
        with self.lock:
            self.resources = {path: each for path, each in self.resources.items() if not path.startswith(base)}
        del self.people[name]
        self.say(("communication", "conversation", base, "deleted", {}))
