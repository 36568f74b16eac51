# exchanges.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Stand-ins for telephone exchanges: they know the truth, tell it, and do what they are told."""

import contextlib
import hashlib
import json
import socket
import socketserver
import ssl
import threading
import time
import uuid


class Exchange:
    """Serves its own protocol on a port of this machine, to whoever knows the password."""

    def __init__(self, password="secret", context=None):
        self.password, self.context = password, context
        self.lock = threading.RLock()
        self.sessions, self.heard, self.refusals = [], [], 0
        self.limit = None
        exchange = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError, ssl.SSLError):
                    exchange.serve(Session(exchange, self.request))

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads, allow_reuse_address = True, True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.drop()

    def serve(self, session):
        with contextlib.closing(session):
            self.greet(session)
            for command in session.commands():
                with self.lock:
                    self.heard.append(command)
                    if not self.answer(session, command):
                        return

    def drop(self):
        """All connections are gone, without a word."""
        with self.lock:
            for session in list(self.sessions):
                session.close()

    def drop_after(self, size):
        """So many bytes more come through, and then the link is gone."""
        with self.lock:
            self.limit = size

    def follows(self):
        with self.lock:
            return any(session.subscribed for session in self.sessions)


class Session:
    def __init__(self, exchange, connection):
        self.exchange, self.subscribed, self.buffer = exchange, False, b""
        self.connection = exchange.context.wrap_socket(connection, server_side=True) if exchange.context else connection
        self.connection.settimeout(60)
        self.challenge = None
        with exchange.lock:
            exchange.sessions.append(self)

    def close(self):
        with self.exchange.lock:
            if self in self.exchange.sessions:
                self.exchange.sessions.remove(self)
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self.connection.close()

    def commands(self):
        """Blocks up to an empty line."""
        while True:
            while b"\n\n" not in self.buffer.replace(b"\r", b""):
                data = self.connection.recv(65536)
                if not data:
                    return
                self.buffer += data
            block, self.buffer = self.buffer.replace(b"\r", b"").split(b"\n\n", 1)
            yield block.decode().lstrip("\n")

    def send(self, data):
        with self.exchange.lock:
            limit = self.exchange.limit
            if limit is not None and len(data) >= limit:
                self.exchange.limit = None
                with contextlib.suppress(OSError):
                    self.connection.sendall(data[:limit])
                self.close()
                return
            if limit is not None:
                self.exchange.limit -= len(data)
        with contextlib.suppress(OSError):
            self.connection.sendall(data)


class Freeswitch(Exchange):
    """The event socket of FreeSWITCH (mod_event_socket, mod_conference)."""

    options = {"type": "freeswitch", "dial": "sofia/gateway/trunk/{number}"}

    def __init__(self, user=None, **more):
        super().__init__(**more)
        self.user, self.core = user, str(uuid.uuid4())
        self.sequence, self.next_member = 1000, 1
        self.rooms, self.channels, self.outcomes = {}, {}, {}

    # What is so.

    def people(self):
        """Room → number → (role, state, muted), of who is in."""
        with self.lock:
            return {room["name"]: {member["number"]: (
                "presenter" if member["moderator"] else "attendee",
                "OnHold" if member["hold"] or self.channels.get(key, {}).get("callstate") == "HELD" else "Connected",
                not member["speaks"]) for key, member in room["members"].items()} for room in self.rooms.values()}

    def take(self, event):
        """An event is what has happened."""
        key, room_id, action = event.get("Unique-ID"), event.get("Conference-Unique-ID"), event.get("Action")
        name = event["Event-Name"]
        if name == "CHANNEL_CREATE":
            self.channels[key] = {"uuid": key, "direction": event["Call-Direction"], "callstate": "DOWN",
                                  "cid_num": event["Caller-Caller-ID-Number"],
                                  "cid_name": event.get("Caller-Caller-ID-Name", ""),
                                  "dest": event["Caller-Destination-Number"],
                                  "created_epoch": str(int(int(event["Event-Date-Timestamp"]) / 1e6))}
        elif name == "CHANNEL_HANGUP_COMPLETE":
            self.channels.pop(key, None)
        elif name == "CHANNEL_CALLSTATE" and event["Channel-Call-State"] != "HANGUP" and key in self.channels:
            state = event["Channel-Call-State"]
            self.channels[key]["callstate"] = "ACTIVE" if state == "UNHELD" else state
        elif action == "conference-create":
            self.rooms[room_id] = {"name": event["Conference-Name"], "locked": False, "wait_mod": False, "members": {}}
        elif action == "conference-destroy":
            self.rooms.pop(room_id, None)
        elif action in ("lock", "unlock"):
            self.rooms[room_id]["locked"] = action == "lock"
        elif action == "add-member":
            moderator = event["Member-Type"] == "moderator"
            self.rooms[room_id]["wait_mod"] &= not moderator
            self.rooms[room_id]["members"][key] = {
                "id": int(event["Member-ID"]), "number": event["Caller-Caller-ID-Number"],
                "name": event.get("Caller-Caller-ID-Name", ""), "moderator": moderator,
                "speaks": event.get("Speak") != "false", "hold": event.get("Hold") == "true"}
        elif action == "del-member":
            self.rooms[room_id]["members"].pop(key, None)
        elif action in ("mute-member", "unmute-member"):
            self.rooms[room_id]["members"][key]["speaks"] = action == "unmute-member"
        elif action in ("hold-member", "unhold-member"):
            self.rooms[room_id]["members"][key]["hold"] = action == "hold-member"

    def json_list(self):
        if not self.rooms:
            return "+OK No active conferences.\n"
        return json.dumps([{
            "conference_name": room["name"], "conference_uuid": key, "member_count": len(room["members"]),
            "locked": room["locked"], "wait_mod": room["wait_mod"], "members": [{
                "type": "caller", "id": member["id"], "uuid": channel, "caller_id_name": member["name"],
                "caller_id_number": member["number"],
                "flags": {"can_speak": member["speaks"], "can_hear": True, "hold": member["hold"],
                          "is_moderator": member["moderator"]}}
                for channel, member in reversed(room["members"].items())]}
            for key, room in self.rooms.items()])

    def show_channels(self):
        rows = list(self.channels.values())
        return json.dumps({"row_count": len(rows), **({"rows": rows} if rows else {})})

    # What is said.

    def say(self, event):
        with self.lock:
            self.take(event)
            body = json.dumps(event).encode()
            frame = f"Content-Length: {len(body)}\nContent-Type: text/event-json\n\n".encode() + body
            for session in list(self.sessions):
                if session.subscribed:
                    session.send(frame)

    def tell(self, name, **fields):
        with self.lock:
            self.sequence += 1
            self.say({"Event-Name": name, "Core-UUID": self.core, "Event-Sequence": str(self.sequence),
                      "Event-Date-Timestamp": str(int(time.time() * 1e6)),
                      **{key.replace("_", "-"): value for key, value in fields.items()}})

    def tell_room(self, action, room, member=None, **fields):
        key = next(key for key, one in self.rooms.items() if one["name"] == room) if action != "conference-create" \
            else fields.pop("key")
        if member is not None:
            one = self.rooms[key]["members"].get(member)
            fields = {"Unique_ID": member, **({
                "Member_ID": str(one["id"]), "Caller_Caller_ID_Number": one["number"],
                "Member_Type": "moderator" if one["moderator"] else "member"} if one else {}), **fields}
        self.tell("CUSTOM", Event_Subclass="conference::maintenance", Conference_Name=room, Conference_Unique_ID=key,
                  Action=action, **fields)

    # What happens.

    def open(self, room, wait_mod=False):
        with self.lock:
            key = str(uuid.uuid4())
            self.tell_room("conference-create", room, key=key)
            self.rooms[key]["wait_mod"] = wait_mod
            return key

    def enter(self, room, key, number, moderator=False):
        with self.lock:
            if not any(one["name"] == room for one in self.rooms.values()):
                self.open(room)
            self.tell_room("add-member", room, Unique_ID=key, Call_Direction=self.channels[key]["direction"],
                           Caller_Caller_ID_Number=number, Caller_Caller_ID_Name=f"Person {number}",
                           Caller_Destination_Number=self.channels[key]["dest"], Member_ID=str(self.next_member),
                           Member_Type="moderator" if moderator else "member", Speak="true", Hold="false")
            self.next_member += 1

    def channel(self, number, dest, direction="inbound", **more):
        key = str(uuid.uuid4())
        person = {"Unique_ID": key, "Call_Direction": direction, "Caller_Caller_ID_Number": number,
                  "Caller_Destination_Number": dest, **more}
        self.tell("CHANNEL_CREATE", Channel_Call_State="DOWN", **person)
        self.tell("CHANNEL_CALLSTATE", Channel_Call_State="RINGING", **person)
        return key, person

    def join(self, number, room, moderator=False):
        with self.lock:
            key, person = self.channel(number, room)
            self.tell("CHANNEL_ANSWER", Channel_Call_State="RINGING", **person)
            self.tell("CHANNEL_CALLSTATE", Channel_Call_State="ACTIVE", **person)
            self.enter(room, key, number, moderator)
            return key

    def leave(self, room, key, cause="NORMAL_CLEARING", kicked=False):
        with self.lock:
            number = next(one["members"][key]["number"] for one in self.rooms.values() if key in one["members"])
            if kicked:
                self.tell_room("kick-member", room, key)
            self.tell_room("del-member", room, key)
            self.tell("CHANNEL_HANGUP_COMPLETE", Unique_ID=key, Caller_Caller_ID_Number=number, Hangup_Cause=cause)
            if not any(one["members"] for one in self.rooms.values() if one["name"] == room):
                self.tell_room("conference-destroy", room)

    def hold(self, key, held=True):
        self.tell("CHANNEL_CALLSTATE", Unique_ID=key, Channel_Call_State="HELD" if held else "UNHELD")
        self.tell("CHANNEL_HOLD" if held else "CHANNEL_UNHOLD", Unique_ID=key)

    def dial(self, room, number, job):
        """As conference_outcall_run() does it, with the outcome that was arranged."""
        outcome = self.outcomes.get(number, "SUCCESS")
        if outcome == "INVALID_GATEWAY":
            self.tell_room("bgdial-result", room, Result=outcome, Job_UUID=job)
            return
        key, person = self.channel("0000", number, "outbound", Caller_Orig_Caller_ID_Number="0000",
                                   variable_conference_bgdial_jobid=job)
        self.tell("CHANNEL_PROGRESS", **person)
        if outcome == "RINGS":
            return
        if outcome == "SUCCESS":
            self.tell("CHANNEL_ANSWER", **person)
            self.tell("CHANNEL_CALLSTATE", Channel_Call_State="ACTIVE", **person)
            self.tell_room("bgdial-result", room, Result="SUCCESS", Job_UUID=job, Peer_UUID=key)
            self.enter(room, key, number)
            return
        self.tell("CHANNEL_HANGUP_COMPLETE", Hangup_Cause=outcome, **person)
        self.tell_room("bgdial-result", room, Result=outcome, Job_UUID=job)

    # What is asked.

    def greet(self, session):
        session.send(b"Content-Type: auth/request\n\n")

    def reply(self, session, text):
        session.send(f"Content-Type: command/reply\nReply-Text: {text}\n\n".encode())

    def respond(self, session, text):
        body = text.encode()
        session.send(f"Content-Type: api/response\nContent-Length: {len(body)}\n\n".encode() + body)

    def answer(self, session, command):
        entry = f"userauth {self.user}:{self.password}" if self.user else f"auth {self.password}"
        if not session.challenge:
            session.challenge = command == entry
            if not session.challenge:
                self.refusals += 1
                self.reply(session, "-ERR invalid")
                session.send(b"Content-Type: text/disconnect-notice\nContent-Length: 4\n\nBye\n")
                return False
            self.reply(session, "+OK accepted")
        elif command.startswith("event json "):
            session.subscribed = True
            self.reply(session, "+OK event listener enabled json")
        elif command == "api show channels as json":
            self.respond(session, self.show_channels())
        elif command == "api conference json_list":
            self.respond(session, self.json_list())
        elif command.startswith("api conference "):
            self.respond(session, self.order(*command.removeprefix("api conference ").split(" ")))
        elif command == "nolog":
            self.reply(session, "-ERR not loging")
        else:
            self.reply(session, "-ERR command not found")
        return True

    def order(self, room, verb, *words):
        found = next((one for one in self.rooms.values() if one["name"] == room), None)
        if found is None:
            return f"Conference {room} not found\n"
        if verb in ("lock", "unlock"):
            self.tell_room(verb, room)
            return f"+OK {room} {verb}ed\n"
        if verb == "bgdial":
            job = str(uuid.uuid4())
            threading.Timer(0.05, self.dial, (room, words[0].rsplit("/", 1)[1], job)).start()
            return f"+OK Job-UUID: {job}\n"
        keys = [key for key, one in found["members"].items() if words[0] in ("all", str(one["id"]))]
        if not keys:
            return f"Non-Existant ID {words[0]}\n"
        said = ""
        for key in keys:
            said += f"OK {'kicked' if verb == 'kick' else verb} {found['members'][key]['id']}\n"
            if verb == "kick":
                self.leave(room, key, kicked=True)
            else:
                self.tell_room(f"{verb}-member", room, key)
        return said


class Asterisk(Exchange):
    """The manager interface of Asterisk (manager.c, app_confbridge.c)."""

    options = {"type": "asterisk", "user": "monitor", "dial": "PJSIP/{number}@trunk"}

    def __init__(self, user="monitor", **more):
        super().__init__(**more)
        self.user = user
        self.next_channel = 0
        self.rooms, self.channels, self.outcomes = {}, {}, {}

    # What is so.

    def waits(self, room, member):
        return member["wait_marked"] and not any(other["marked"] for other in room["members"].values())

    def people(self):
        """Room → number → (role, state, muted), of who is in and does not wait."""
        with self.lock:
            return {room["name"]: {self.channels[key]["CallerIDNum"]: (
                "presenter" if member["marked"] or member["admin"] else "attendee",
                "OnHold" if self.channels[key].get("held") else "Connected", member["muted"])
                for key, member in room["members"].items() if not self.waits(room, member)}
                for room in self.rooms.values()}

    def take(self, event):
        """An event is what has happened."""
        name, key, room_id = event["Event"], event.get("Uniqueid"), event.get("BridgeUniqueid")
        if name == "Newchannel":
            self.channels[key] = {}
        if key in self.channels and "Channel" in event:
            self.channels[key].update({field: event[field] for field in (
                "Channel", "CallerIDNum", "CallerIDName", "Context", "Exten", "ChannelState", "Linkedid") if field in event})
        if name == "Newexten" and event.get("Application") == "ConfBridge":
            self.channels[key]["AppData"] = event["AppData"]
        elif name == "Hangup":
            self.channels.pop(key, None)
        elif name in ("Hold", "Unhold"):
            self.channels[key]["held"] = name == "Hold"
        elif name == "ConfbridgeStart":
            self.rooms[room_id] = {"name": event["Conference"], "locked": False, "members": {}}
        elif name == "ConfbridgeEnd":
            self.rooms.pop(room_id, None)
        elif name == "ConfbridgeJoin":
            self.rooms[room_id]["members"][key] = {
                "admin": event["Admin"] == "Yes", "marked": event["Admin"] == "Yes",
                "wait_marked": event["Admin"] != "Yes", "muted": event.get("Muted") == "Yes"}
        elif name == "ConfbridgeLeave" and room_id in self.rooms:
            self.rooms[room_id]["members"].pop(key, None)
        elif name in ("ConfbridgeMute", "ConfbridgeUnmute"):
            self.rooms[room_id]["members"][key]["muted"] = name == "ConfbridgeMute"

    # What is said.

    @staticmethod
    def block(fields):
        return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n"

    def say(self, event):
        with self.lock:
            self.take(event)
            for session in list(self.sessions):
                if session.subscribed:
                    session.send(self.block(event))

    def tell(self, name, key=None, **fields):
        with self.lock:
            own = {field: value for field, value in self.channels.get(key, {}).items() if field not in ("held", "AppData")}
            self.say({"Event": name, **own, **({"Uniqueid": key} if key else {}), **fields})

    def tell_room(self, name, room, key=None, **fields):
        room_id = next(one for one, other in self.rooms.items() if other["name"] == room)
        self.tell(name, key, Conference=room, BridgeUniqueid=room_id, **fields)

    # What happens.

    def channel(self, number, exten, state="4"):
        with self.lock:
            key = f"{int(time.time())}.{self.next_channel}"
            self.next_channel += 1
            self.tell("Newchannel", key, Channel=f"PJSIP/trunk-{self.next_channel:08x}", ChannelState=state,
                      CallerIDNum=number, CallerIDName=f"Person {number}", Context="rooms", Exten=exten, Linkedid=key)
            return key

    def enter(self, room, key, admin=False):
        with self.lock:
            self.tell("Newstate", key, ChannelState="6")
            self.tell("Newexten", key, Extension=room, Application="ConfBridge", AppData=f"{room},default,user")
            if not any(one["name"] == room for one in self.rooms.values()):
                self.tell("ConfbridgeStart", Conference=room, BridgeUniqueid=str(uuid.uuid4()))
            self.tell_room("ConfbridgeJoin", room, key, Admin="Yes" if admin else "No", Muted="No")

    def join(self, number, room, admin=False):
        with self.lock:
            key = self.channel(number, room)
            self.enter(room, key, admin)
            return key

    def leave(self, room, key, kicked=False):
        with self.lock:
            if kicked:
                self.tell("VarSet", key, Variable="CONFBRIDGE_RESULT", Value="KICKED")
            self.tell_room("ConfbridgeLeave", room, key, Admin="No")
            self.tell("Hangup", key, Cause="16")
            if not any(one["members"] for one in self.rooms.values() if one["name"] == room):
                self.tell_room("ConfbridgeEnd", room)

    def hold(self, key, held=True):
        self.tell("Hold" if held else "Unhold", key)

    def originate(self, fields):
        """As app_dial tells it, with the outcome that was arranged."""
        number = fields["CallerID"].strip("<>")
        outcome = self.outcomes.get(number, "ANSWER")
        response = {"ActionID": fields["ActionID"], "Exten": fields["Exten"], "CallerIDNum": number}
        if outcome == "CHANUNAVAIL":
            self.tell("OriginateResponse", Response="Failure", Reason="0", Uniqueid="<unknown>", **response)
            return
        key = self.channel("<unknown>", "s", "0")
        dest = {"DestUniqueid": key, "DestCallerIDNum": number, "DestCallerIDName": "<unknown>"}
        self.tell("NewCallerid", key, CallerIDNum=number)
        self.tell("DialBegin", DialString=fields["Channel"].split("/", 1)[1], **dest)
        self.tell("DialState", DialStatus="RINGING", **dest)
        if outcome == "RINGS":
            return
        self.tell("DialEnd", DialStatus=outcome, **dest)
        if outcome == "ANSWER":
            with self.lock:
                self.channels[key].update(Context=fields["Context"], Exten=fields["Exten"])
            self.enter(fields["Exten"], key)
            self.tell("OriginateResponse", key, Response="Success", Reason="4", ActionID=fields["ActionID"])
            return
        self.tell("OriginateResponse", Response="Failure", Reason="5", Uniqueid="<unknown>", **response)
        self.tell("Hangup", key, Cause="17")

    # What is asked.

    def greet(self, session):
        session.send(b"Asterisk Call Manager/11.0.0\r\n")

    def respond(self, session, fields, response, **more):
        session.send(self.block({"Response": response, "ActionID": fields.get("ActionID", ""), **more}))

    def error(self, session, fields, message):
        self.respond(session, fields, "Error", Message=message)

    def complete(self, session, fields, name, items):
        self.respond(session, fields, "Success", EventList="start", Message="It will follow")
        for item in items:
            session.send(self.block({"Event": name, "ActionID": fields["ActionID"], **item}))
        end = "CoreShowChannelsComplete" if name == "CoreShowChannel" else f"{name}Complete"
        session.send(self.block({"Event": end, "ActionID": fields["ActionID"], "EventList": "Complete",
                                 "ListItems": len(items)}))

    def log_in(self, session, fields):
        if fields["Action"] == "Challenge":
            session.challenge = "840415273"
            self.respond(session, fields, "Success", Challenge=session.challenge)
            return True
        key = hashlib.md5(((session.challenge or "") + self.password).encode()).hexdigest()
        good = fields.get("Key") == key if fields.get("AuthType") == "MD5" and session.challenge \
            else fields.get("Secret") == self.password
        if not good or fields.get("Username") != self.user:
            self.refusals += 1
            self.error(session, fields, "Authentication failed")
            return False
        session.subscribed = True
        self.respond(session, fields, "Success", Message="Authentication accepted")
        return True

    def answer(self, session, command):
        fields = dict(line.split(": ", 1) for line in command.split("\n"))
        action, name = fields["Action"], fields.get("Conference")
        if not session.subscribed:
            return self.log_in(session, fields)
        room = next((one for one in self.rooms.values() if one["name"] == name), None)
        if action == "Ping":
            self.respond(session, fields, "Success", Ping="Pong")
        elif action == "ConfbridgeListRooms":
            self.list_rooms(session, fields)
        elif action == "CoreShowChannels":
            self.list_channels(session, fields)
        elif action == "Originate":
            self.respond(session, fields, "Success", Message="Originate successfully queued")
            threading.Timer(0.05, self.originate, (fields,)).start()
        elif room is None:
            self.error(session, fields, "No Conference by that name found.")
        elif action == "ConfbridgeList":
            self.list_members(session, fields, room)
        else:
            self.order(session, fields, room)
        return True

    def list_rooms(self, session, fields):
        if not self.rooms:
            self.error(session, fields, "No active conferences.")
            return
        self.complete(session, fields, "ConfbridgeListRooms", [
            {"Conference": room["name"], "Parties": len(room["members"]), "Locked": "Yes" if room["locked"] else "No"}
            for room in self.rooms.values()])

    def list_members(self, session, fields, room):
        self.complete(session, fields, "ConfbridgeList", [
            {"Conference": room["name"], "Admin": "Yes" if member["admin"] else "No",
             "MarkedUser": "Yes" if member["marked"] else "No", "Waiting": "Yes" if self.waits(room, member) else "No",
             "Muted": "Yes" if member["muted"] else "No", "Uniqueid": key,
             **{field: self.channels[key][field] for field in ("Channel", "CallerIDNum", "CallerIDName", "Context", "Exten")}}
            for key, member in room["members"].items()])

    def list_channels(self, session, fields):
        bridges = {key: (room_id, room["name"]) for room_id, room in self.rooms.items() for key in room["members"]}
        self.complete(session, fields, "CoreShowChannel", [
            {**{field: value for field, value in channel.items() if field not in ("held", "AppData")}, "Uniqueid": key,
             "BridgeId": bridges.get(key, ("",))[0], "Application": "ConfBridge" if key in bridges else "",
             "ApplicationData": channel.get("AppData", "")} for key, channel in self.channels.items()])

    def order(self, session, fields, room):
        action, verb = fields["Action"], fields["Action"].removeprefix("Confbridge")
        if verb in ("Lock", "Unlock"):
            room["locked"] = verb == "Lock"
            self.respond(session, fields, "Success", Message=f"Conference {verb.lower()}ed")
            return
        keys = [key for key in room["members"] if fields["Channel"] in ("all", self.channels[key]["Channel"])]
        if not keys:
            self.error(session, fields, "No Channel by that name found in Conference.")
            return
        self.respond(session, fields, "Success", Message="User " + verb.lower())
        for key in keys:
            if verb == "Kick":
                self.leave(room["name"], key, kicked=True)
            else:
                self.tell_room(action, room["name"], key)
