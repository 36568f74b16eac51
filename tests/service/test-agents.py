# test-agents.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Agents over a WebSocket: what is acknowledged, and who has fallen silent."""

import json
import os
import pathlib
import random
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

try:
    import jsonschema
except ImportError:
    jsonschema = None

import taptest
from following import eventually
from hostile import each_leaves_it_serving
from watcher import Server, line


def wait(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)


def status(watcher, source="s"):
    return watcher.sources.get(source, {}).get("status")


class Agents(unittest.TestCase):
    def test_lines_are_acknowledged_once_they_are_kept(self):
        with Server(journal=True) as server, server.agent(sources=["s"], heartbeat=60) as agent:
            self.assertEqual(agent.seen[-1], {"type": "welcome", "lines": 0, "seq": {}})
            answer = agent.report(line("ConversationAdded", seq=5, subject="Hello"), line("ConversationAdded", conversation="d", seq=6))
            self.assertEqual(answer, {"type": "ack", "lines": 2, "seq": {"s": 6}})
            text = (server.folder / "journal" / "0000000001.jsonl").read_text()
            self.assertIn("Hello", text)
            self.assertEqual(sorted(server.conversations()), ["s#c", "s#d"])
            answer = agent.report(line("ConversationAdded", source="t"))
            self.assertEqual(answer, {"type": "ack", "lines": 3, "seq": {}})

    def test_bad_lines(self):
        with Server() as server, server.agent() as agent:
            agent.send(1, line("ConversationAdded") + b"{}\n" + line("ConversationAdded", conversation="d"))
            fault = agent.message()
            self.assertEqual([one["line"] for one in fault["faults"]], [2])
            self.assertEqual(agent.message()["lines"], 3)
            self.assertEqual(len(server.conversations()), 2)

    def test_after_a_restart_it_goes_on_from_what_is_kept(self):
        server = Server(journal=True).start()
        agent = server.agent(sources=["s"])
        agent.report(*(line("ConversationAdded", conversation=f"c{i}", seq=i) for i in range(1, 8)))
        server.kill()
        with server:
            agent = server.agent(sources=["s", "unknown"])
            self.assertEqual(agent.seen[-1]["seq"], {"s": 7})
            answer = agent.report(line("ConversationAdded", conversation="c9", seq=9))
            self.assertEqual(answer["seq"], {"s": 7}, "what is missing is still to come")
            answer = agent.report(line("ConversationAdded", conversation="c8", seq=8))
            self.assertEqual(answer["seq"], {"s": 9})
            agent.close()

    def test_one_who_breaks_his_promise(self):
        with Server() as server, server.watch() as watcher, server.agent(sources=["s"], heartbeat=2) as agent:
            agent.report(line("ConversationAdded"), line("ModalityStateChanged", modality="AudioVideo", state="Connected"))
            watcher.until(lambda w: status(w) == "Connected")
            begin = time.monotonic()
            while time.monotonic() - begin < 4:
                agent.say(type="heartbeat")
                watcher.message()
                self.assertEqual(status(watcher), "Connected")
                time.sleep(0.2)
            begin = time.monotonic()
            watcher.until(lambda w: status(w) == "Lost")
            self.assertGreater(time.monotonic() - begin, 1)
            watcher.until(lambda w: w.documents["s#c"]["legs"]["s#c"]["confirmed"] is False)
            agent.say(type="heartbeat")
            watcher.until(lambda w: status(w) == "Connected")
            watcher.until(lambda w: w.documents["s#c"]["legs"]["s#c"]["confirmed"])

    def test_one_who_goes_and_comes_back(self):
        with Server() as server, server.watch() as watcher:
            agent = server.agent(sources=["s"])
            agent.report(line("ConversationAdded"))
            watcher.until(lambda w: status(w) == "Connected")
            agent.close()
            watcher.until(lambda w: status(w) == "Lost")
            with server.agent(sources=["s"]):
                watcher.until(lambda w: status(w) == "Connected")

    def test_what_it_says_itself_stands(self):
        """A lost client stays lost, and an announcement goes on where it broke off."""
        with Server() as server, server.watch() as watcher:
            agent = server.agent(sources=["s"])
            agent.report(line("ConversationAdded"), line("ConversationAdded", conversation="d"),
                         line("SourceStatusChanged", conversation=None, status="Resync"), line("ConversationAdded"))
            agent.close()
            watcher.until(lambda w: status(w) == "Lost")
            with server.agent(sources=["s"]) as agent:
                agent.report(line("ConversationAdded", conversation="d"))
                self.assertNotEqual(server.conversations()["s#c"]["phase"], "ended")
                agent.report(line("SourceStatusChanged", conversation=None, status="Connected"))
                watcher.until(lambda w: status(w) == "Connected")
                phases = {one["phase"] for one in server.conversations().values()}
                self.assertNotIn("ended", phases)

    def test_a_tracker_that_was_killed_knows_nobody_is_there(self):
        server = Server(journal=True).start()
        server.agent(sources=["s"]).report(line("ConversationAdded"))
        server.send(line("ConversationAdded", source="posted"))
        server.kill()
        with server, server.watch() as watcher:
            watcher.until(lambda w: status(w) == "Lost" and status(w, "posted") == "Connected")
            with server.agent(sources=["s"]):
                watcher.until(lambda w: status(w) == "Connected")

    def test_rights(self):
        with Server(tcp=True) as server:
            for role in ("watcher", "supporter", "engineer"):
                with self.assertRaises(ConnectionRefusedError):
                    server.agent(server.token(role, role))
            with self.assertRaises(ConnectionRefusedError):
                server.agent("cm.none.0")
            token = server.token("desk", "agent", "--sources=lync/*")
            with server.agent(token) as agent:
                agent.say(type="hello", sources=["lync/a", "zoom"])
                self.assertEqual(agent.message()["type"], "fault")
                self.assertEqual(agent.message()["type"], "welcome")
                agent.send(1, line("ConversationAdded", source="zoom"))
                self.assertEqual(agent.message()["type"], "fault")
                # The line that was refused is answered as well.
                agent.report(line("ConversationAdded", source="lync/a"))
                eventually(lambda: list(server.conversations()) == ["lync/a#c"])

    def test_a_token_that_is_revoked(self):
        with Server(tcp=True) as server:
            agent = server.agent(server.token("desk", "agent"), sources=["s"])
            server.tokens.write_text("")
            server.reload()
            with self.assertRaises(ConnectionResetError):
                while True:
                    agent.message()

    def test_hostile(self):
        source = random.Random(5)
        kinds = {
            "bytes": lambda: source.randbytes(50), "empty": lambda: b"", "nested": lambda: b"[" * 100,
            "type": lambda: source.choice([b'{"type":1}', b'{"type":"x"}', b'{"type":"hello","type":"hello"}', b"{}"]),
            "heartbeat": lambda: b'{"type":"hello","heartbeat":%s}' % source.choice([b"-1", b"1e99", b'"x"', b"[]"]),
            "sources": lambda: b'{"type":"hello","sources":%s}' % source.choice([b'"x"', b'[""]', b"[1]", b'["' + b"x" * 300 + b'"]']),
            "refused": lambda: b'{"type":"refused"%s}' % source.choice([b"", b',"id":"x"', b',"id":7,"reason":[]']),
            "cut": lambda: b'{"type":"hello","sources":["a"],"heartbeat":5}'[:source.randrange(46)],
        }

        def send(agent, data):
            agent.send(source.choice([1, 2]), data)
            agent.socket.sendall(source.randbytes(20))

        with Server() as server:
            each_leaves_it_serving(self, server, kinds, server.agent, send)
            wait(lambda: server.metric("agents") == 0)


class Commands(unittest.TestCase):
    LEFT = [line("ConversationAdded"),
            line("ConversationPropertyChanged", property="ConferencingUri",
                 value="sip:a@x.org;gruu;opaque=app:conf:focus:id:K1"),
            line("ParticipantAdded", participant="sip:b@x.org", name="B"),
            line("ModalityStateChanged", modality="AudioVideo", state="Connected"),
            line("ModalityStateChanged", modality="AudioVideo", state="Disconnected")]
    WHERE = {"conversation": "conf:a@x.org/k1", "leg": "s#c"}

    def test_rejoin(self):
        with Server() as server, server.watch() as watcher, \
             server.agent(sources=["s"], actions=["rejoin", "mute", "fly"]) as agent:
            agent.report(*self.LEFT)
            watcher.until(lambda w: w.sources.get("s", {}).get("actions") == ["rejoin", "mute"])
            status, answer = server.command(action="rejoin", **self.WHERE)
            self.assertEqual(status, 202, answer)
            command = agent.until("command")
            self.assertEqual(command, {"type": "command", "id": answer["id"], "source": "s", "conversation": "c",
                                       "action": "rejoin"})
            watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent"])
            self.assertEqual(server.command(action="rejoin", **self.WHERE)[0], 409)
            agent.report(line("ModalityStateChanged", modality="AudioVideo", state="Connecting"))
            watcher.until(lambda w: w.commands[answer["id"]] == ["sent", "done"])
            self.assertEqual(watcher.documents["conf:a@x.org/k1"]["phase"], "rejoining")
            # Who comes later, or comes back, is told too.
            with server.watch() as other:
                other.until(lambda w: w.commands.get(answer["id"]) == ["sent", "done"])
                self.assertEqual(other.sources["s"]["actions"], ["rejoin", "mute"])

    def test_rejoin_in_another_conversation(self):
        with Server() as server, server.watch() as watcher, server.agent(sources=["s"], actions=["rejoin"]) as agent:
            agent.report(*self.LEFT)
            answer = server.command(action="rejoin", **self.WHERE)[1]
            agent.report(*(one.replace(b'"c"', b'"c2"') for one in self.LEFT[:4]))
            watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent", "done"])

    def test_refused(self):
        with Server() as server, server.watch() as watcher, server.agent(sources=["s"], actions=["rejoin"]) as agent:
            agent.report(*self.LEFT)
            answer = server.command(action="rejoin", **self.WHERE)[1]
            with server.agent(sources=["other"]) as other:
                other.say(type="refused", id=answer["id"], reason="not mine")
                other.say(type="heartbeat")
                other.report(line("ConversationAdded", source="other"))
            self.assertNotEqual(watcher.commands.get(answer["id"]), ["sent", "refused"])
            agent.say(type="refused", id=answer["id"], reason="the client is busy")
            watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent", "refused"])
            self.assertEqual(json.loads(watcher.raw)["reason"], "the client is busy")

    def test_times_out(self):
        with Server() as server, server.watch() as watcher, server.agent(sources=["s"], actions=["rejoin"]) as agent:
            agent.report(*self.LEFT)
            answer = server.command(action="rejoin", **self.WHERE)[1]
            begin = time.monotonic()
            watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent", "timed-out"], 60)
            self.assertGreater(time.monotonic() - begin, 25)

    def test_persons(self):
        with Server() as server, server.watch() as watcher, \
             server.agent(sources=["s"], actions=["mute", "unmute", "remove", "admit", "lock", "unlock", "invite", "end", "mute-all", "unmute-all"]) as agent:
            agent.report(*self.LEFT[:4])
            person = {"participant": "sip:b@x.org"}
            change = lambda name, value: line("ParticipantPropertyChanged", property=name, value=value, **person)
            conference = lambda name, value: line("ConversationPropertyChanged", property=name, value=value)
            for action, more, event in (
                ("mute", person, change("IsMuted", True)), ("unmute", person, change("IsMuted", False)),
                ("mute-all", {}, change("IsMuted", True)), ("unmute-all", {}, change("IsMuted", False)),
                ("lock", {}, conference("ConferencingLocked", True)), ("unlock", {}, conference("ConferencingLocked", False)),
                ("remove", {"participant": "SIP:B@x.org"}, line("ParticipantRemoved", **person)),
                ("invite", {"number": "+49 30 123"}, line("ParticipantAdded", participant="tel:+4930123")),
                ("end", {}, line("ConversationRemoved")),
            ):
                with self.subTest(action):
                    status, answer = server.command(action=action, **more, **self.WHERE)
                    self.assertEqual(status, 202, answer)
                    watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent"])
                    asked = agent.until("command")
                    self.assertEqual((asked["action"], asked["id"]), (action, answer["id"]))
                    agent.report(event)
                    watcher.until(lambda w: w.commands[answer["id"]] == ["sent", "done"])
                    if action != "invite":
                        self.assertEqual(server.command(action=action, **more, **self.WHERE)[0], 409)

    def test_what_cannot_be(self):
        with Server() as server:
            agent = server.agent(sources=["s"], actions=["rejoin"])
            agent.report(*self.LEFT)
            server.send(*(one.replace(b'"s"', b'"posted"') for one in self.LEFT[:1]))
            for status, command in (
                (404, {"action": "rejoin", "conversation": "none", "leg": "s#c"}),
                (404, {"action": "rejoin", "conversation": "conf:a@x.org/k1", "leg": "s#none"}),
                (501, {"action": "rejoin", "conversation": "posted#c", "leg": "posted#c"}),
                (501, {"action": "mute", "participant": "sip:b@x.org", **self.WHERE}),
                (400, {"action": "mute", **self.WHERE}), (400, {"action": "fly", **self.WHERE}), (400, dict(self.WHERE)),
                (400, {"action": "rejoin", "leg": "s#c"}), (400, {"action": "rejoin", "conversation": "c"}),
                (400, {"action": "rejoin", "colour": "red", **self.WHERE}),
                (409, {"action": "rejoin", "participant": "sip:b@x.org", **self.WHERE}),
                (400, {"action": "rejoin", "number": "1", **self.WHERE}), (400, {"action": 5, **self.WHERE}),
                (400, {"action": "invite", "number": "call me", **self.WHERE}),
            ):
                with self.subTest(command):
                    got, answer = server.command(**command)
                    self.assertEqual(got, status, answer)
                    self.assertGreater(len(answer["error"]), 10)
            agent.report(line("ModalityStateChanged", modality="AudioVideo", state="Connected"))
            self.assertEqual(server.command(action="rejoin", **self.WHERE)[0], 409)
            agent.close()
            wait(lambda: server.metric("agents") == 0)
            self.assertEqual(server.command(action="rejoin", **self.WHERE)[0], 409)

    def test_malformed(self):
        source = random.Random(11)
        whole = json.dumps({"action": "rejoin", **self.WHERE}).encode()
        with Server() as server:
            for body, place in ((b"", "byte 1"), (b"{", "byte 2"), (b"[]", "byte 1"), (whole + b"x", f"byte {len(whole) + 1}"),
                                (b'{"action":"rejoin","action":"rejoin"}', "byte")):
                status, text = server.request("POST", "/v1/commands", body)
                self.assertEqual(status, 400)
                self.assertIn(place, json.loads(text)["error"])
            self.assertEqual(server.request("POST", "/v1/commands", b" " * 20000)[0], 413)
            for _ in range(1000):
                cut = source.randrange(len(whole))
                body = source.choice([whole[:cut], whole[:cut] + source.randbytes(3) + whole[cut:], source.randbytes(cut + 1)])
                self.assertIn(server.request("POST", "/v1/commands", body)[0], (400, 404))
            self.assertEqual(server.request("GET", "/v1/commands")[0], 405)

    def test_roles(self):
        with Server(tcp=True) as server:
            tokens = {role: server.token(role, role) for role in ("watcher", "supporter", "engineer", "agent")}
            agent = server.agent(tokens["agent"], sources=["s"], actions=["rejoin", "lock"])
            agent.report(*self.LEFT)
            for role in ("watcher", "agent"):
                self.assertEqual(server.command(tokens[role], action="rejoin", **self.WHERE)[0], 403)
            # A supporter has other names for it all, those of what he has asked for.
            for path in ("", "?person=sip:b@x.org"):
                with server.watch("/v1/watch" + path, token=tokens["supporter"]) as watcher:
                    watcher.until(lambda w: w.live)
                    (conversation, document), = watcher.documents.items()
                    leg, = document["legs"]
                    self.assertEqual([one.get("actions") for one in watcher.sources.values()], [["rejoin"]])
                    where = {"conversation": conversation, "leg": leg, "path": "/v1/commands" + path}
                    self.assertEqual(server.command(tokens["supporter"], action="rejoin", **self.WHERE)[0], 404)
                    self.assertEqual(server.command(tokens["supporter"], action="lock", **where)[0], 403)
                    status, answer = server.command(tokens["supporter"], action="rejoin", **where)
                    self.assertEqual(status, 202, answer)
                    watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent"])
                    self.assertEqual(json.loads(watcher.raw)["leg"], leg)
                    agent.say(type="refused", id=answer["id"], reason="B is angry")
                    watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent", "refused"])
                    self.assertNotIn(b"angry", watcher.raw)
            with server.watch(token=tokens["watcher"]) as watcher:
                watcher.until(lambda w: w.live and w.sources)
                self.assertEqual([one.get("actions") for one in watcher.sources.values()], [None])
            self.assertEqual(server.command(tokens["engineer"], action="lock", **self.WHERE)[0], 202)

    def test_audit(self):
        server = Server(tcp=True)
        audit = server.folder / "audit.jsonl"
        with server.config.open("a", encoding="utf-8") as config:
            config.write(f"[access]\naudit={audit}\n")
        with server:
            token = server.token("me", "engineer")
            with server.agent(sources=["s"], actions=["rejoin"]) as agent, server.watch(token=token) as watcher:
                agent.report(*self.LEFT)
                answer = server.command(token, action="rejoin", **self.WHERE)[1]
                watcher.until(lambda w: w.commands.get(answer["id"]) == ["sent"])
                self.assertEqual(server.command(token, action="rejoin", **self.WHERE)[0], 409)
                agent.report(line("ModalityStateChanged", modality="AudioVideo", state="Connecting"))
                watcher.until(lambda w: w.commands[answer["id"]] == ["sent", "done"])
            server.conversations(token=token)
            lines = [json.loads(one) for one in audit.read_text().splitlines()]
            self.assertEqual([one["what"] for one in lines], ["watch", "command", "command-refused", "outcome", "list"])
            self.assertTrue(all(one["token"] == "me" and one["role"] == "engineer" for one in lines))
            self.assertEqual((lines[1]["leg"], lines[3]["state"]), ("s#c", "done"))
            self.assertEqual(audit.stat().st_mode & 0o777, 0o600)
            # Put aside by whoever rotates it.
            audit.rename(server.folder / "audit.1")
            server.reload()
            server.conversations(token=token)
            self.assertEqual(len(audit.read_text().splitlines()), 1)


@unittest.skipUnless(jsonschema, "python3-jsonschema is not installed")
class Schema(unittest.TestCase):
    def validator(self):
        folder = pathlib.Path(os.environ["CM_SOURCE_ROOT"]) / "data" / "schema"
        base = "https://schemas.example/"
        schemas = {base + name: json.loads((folder / name).read_text())
                   for name in ("watch.schema.json", "document.schema.json")}
        whole = schemas[base + "watch.schema.json"]
        resolver = jsonschema.RefResolver(base + "watch.schema.json", whole, store=schemas)
        return jsonschema.Draft202012Validator(whole, resolver=resolver)

    def test_frames(self):
        validator, kinds = self.validator(), set()

        def take(watcher):
            message = watcher.message()
            kinds.add(message["type"])
            faults = [fault.message for fault in validator.iter_errors(json.loads(watcher.raw))]
            self.assertEqual(faults, [], watcher.raw[:300])

        with Server(tcp=True, watch={"ring-kib": 64}) as server, \
             server.agent(sources=["s"], actions=["rejoin"]) as agent:
            agent.report(*Commands.LEFT)
            watchers = [server.watch(), server.watch(token=server.token("s", "supporter")),
                        server.watch(token=server.token("w", "watcher"))]
            answer = server.command(action="rejoin", **Commands.WHERE)[1]
            agent.say(type="refused", id=answer["id"], reason="busy")
            for watcher in watchers:
                while not (watcher.live and watcher.seen[-1][0] == "alive" and watcher.commands):
                    take(watcher)
            slow = watchers[0]
            end = time.monotonic() + 60
            while server.metric("gone_total") == 0 and time.monotonic() < end:
                agent.report(*(line("ConversationAdded", conversation=f"c{i}", subject="x" * 500) for i in range(500)))
                agent.report(*(line("ConversationRemoved", conversation=f"c{i}") for i in range(500)))
            while "gone" not in kinds or not slow.live:
                take(slow)
            self.assertEqual(kinds, {"snapshot", "update", "live", "alive", "gone", "command"})
            for wrong in ({}, {"type": "alive"}, {"type": "alive", "rev": 1, "at": "now", "count": 0, "sources": {}}):
                self.assertFalse(validator.is_valid(wrong))
            for watcher in watchers:
                watcher.close()


if __name__ == "__main__":
    taptest.main()
