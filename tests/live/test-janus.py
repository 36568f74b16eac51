# test-janus.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A real Janus, followed in every way that there is: what the tracker knows after
each step is what Janus itself says."""

import pathlib
import signal
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from janus import NAME, ROOM, Janus, Person, find, free_ports  # noqa: E402
from watcher import Server  # noqa: E402

# What is wanted is told beside how long it took; a busy machine may take longer.
WANTED = 3.0
PATIENCE = 30.0

RTP = {"codec": "pcmu", "rtp": {"ip": "127.0.0.1", "port": 9, "payload_type": 0}}


def commanded(janus):
    """What a feed needs that is to do something."""
    return {"room-secrets-file": janus.secret_file("rooms", f"*={janus.secrets['room']}"),
            "join-link": "https://meet.example.org/{plugin}/{room}"}


def posted(janus):
    """A Janus that posts its events, asked in every way that there is."""
    admin = {"secret-file": janus.secret_file("admin"), "admin-key-file": janus.secret_file("key")}
    client = {"api": "client", "secret-file": janus.secret_file("api"), "snapshot-seconds": 1}
    return {
        "posted": {"address": f"unix:{janus.admin}", "reply-folder": janus.replies, **admin,
                   "hook-password-file": janus.secret_file("hook"), **commanded(janus)},
        "admin-ws": {"address": f"ws://127.0.0.1:{janus.admin_ws}", "snapshot-seconds": 1, **admin},
        "admin-http": {"address": f"http://127.0.0.1:{janus.admin_http}/admin", "snapshot-seconds": 1, **admin},
        "client-unix": {"address": f"unix:{janus.api}", **client},
        "client-http": {"address": f"http://127.0.0.1:{janus.http}/janus", **client},
        "client-ws": {"address": f"ws://127.0.0.1:{janus.ws}", **client},
    }


def dialled(janus):
    """A Janus that brings its events over a WebSocket."""
    return {
        "dialled": {"address": f"unix:{janus.admin}", "reply-folder": janus.replies,
                    "secret-file": janus.secret_file("admin"), "hook-protocol-file": janus.secret_file("protocol"),
                    **commanded(janus)},
    }


class Live(unittest.TestCase):
    configured = staticmethod(posted)

    def setUp(self):
        if isinstance(find(), str):
            self.skipTest(find())
        self.janus = Janus()
        self.addCleanup(self.janus.close)
        self.feeds = self.configured(self.janus)
        self.first = next(iter(self.feeds))
        (port,) = free_ports(1)
        groups = {f"feed {name}": {"type": "janus", **keys} for name, keys in self.feeds.items()}
        self.server = Server(journal=True, server={"listen": f"127.0.0.1:{port}"},
                             access={"audit": self.janus.folder / "audit"}, **groups).start()
        self.addCleanup(self.stop_server)
        self.janus.configure(f"127.0.0.1:{port}/v1/hooks/{self.first}", self.first)
        self.watcher = self.server.watch()
        self.addCleanup(self.watcher.close)

    def stop_server(self):
        """Whatever happened, nobody was told a secret."""
        self.server.__exit__()
        kept = b"".join(path.read_bytes() for path in self.server.folder.rglob("*") if path.is_file())
        for name, secret in self.janus.secrets.items():
            self.assertNotIn(secret.encode(), kept, name)

    def until(self, condition, what):
        """How long it took until it was so, in seconds."""
        begin = time.monotonic()
        while True:
            found = condition()
            took = time.monotonic() - begin
            if found is True:
                print(f"# {what}: {took:.2f} s" + (f", more than {WANTED:g} s" if took > WANTED else ""), flush=True)
                return took
            self.assertLess(took, PATIENCE, f"{what}: {found}")
            time.sleep(0.02)

    def conversations(self, source):
        return [document for document in self.server.conversations().values()
                if any(leg["source"] == f"janus/{source}" for leg in document["legs"].values())]

    def leg(self, source, plugin="audiobridge"):
        """The leg of the room as it is now, with its document."""
        for document in self.conversations(source):
            for leg in document["legs"].values():
                if leg["phase"] != "ended" and leg["conversation"].startswith(f"{NAME}/{plugin}/{ROOM}"):
                    return document, leg
        return None, None

    def people(self, source, plugin="audiobridge"):
        document, _ = self.leg(source, plugin)
        return {address: (person.get("name"), person.get("muted", False))
                for address, person in (document or {"participants": {}})["participants"].items()
                if "left" not in person}

    def agrees(self, plugin="audiobridge"):
        listed = self.janus.people(plugin)
        for source in self.feeds:
            known = self.people(source, plugin)
            if known != listed:
                return f"{source} knows {known}, Janus {listed}"
        return True

    def step(self, what, plugin="audiobridge"):
        self.until(lambda: self.agrees(plugin), what)

    def confirmed(self, wanted):
        for source in self.feeds:
            _, leg = self.leg(source)
            if leg is None or leg["confirmed"] is not wanted:
                return f"{source}: {leg}"
        return True

    def join_three(self):
        ana, ben, cy = (Person(self.janus, name) for name in ("Ana", "Ben", "Cy"))
        ana.create(allow_rtp_participants=True)
        ana.join(101)
        ben.join(102, **RTP)
        cy.join(103, muted=True)
        self.assertEqual(len(self.janus.people()), 3)
        self.step("three people join")
        # Who is forgotten is cut off.
        self.present = ana, ben, cy
        return self.present

    def command(self, action, address, **more):
        document, leg = self.leg(self.first)
        (name,) = (name for name, value in document["legs"].items() if value == leg)
        status, answer = self.server.command(conversation=document["id"], leg=name, action=action,
                                             **({"participant": address} if address else {}), **more)
        self.assertEqual(status, 202, answer)

    def test_audiobridge(self):
        self.janus.start()
        ana, ben, cy = self.join_three()
        secret = {"room": ROOM, "secret": self.janus.secrets["room"]}
        ana.message("mute", id=102, **secret)
        self.assertTrue(self.janus.people()["janus:102"][1])
        self.step("one is muted")
        ana.message("configure", display="Ana Lind")
        self.step("one has another name")
        ben.message("leave")
        self.step("one leaves")
        ben.join(102, **RTP)
        self.step("and is back")
        ana.message("kick", id=103, **secret)
        self.step("one is put out")
        left = self.leg(self.first)[0]["participants"]["janus:103"]
        self.assertEqual(left["leftReason"], "removed")
        dora = Person(self.janus, "Dora")
        dora.join(104)
        self.step("another one comes")
        dora.cut()
        self.until(lambda: "janus:104" not in self.janus.people() or "Janus has it still", "Janus misses the cut one")
        self.step("one is cut off")
        ana.message("destroy", **secret)
        self.until(lambda: all(self.leg(source)[1] is None for source in self.feeds) or "it is there", "the room ends")
        ana.create()
        ana.join(101)
        self.step("the same number is another room")
        self.assertGreater(len(self.conversations(self.first)), 1)

    def test_videoroom(self):
        self.janus.start()
        ana, ben = (Person(self.janus, name, "videoroom") for name in ("Ana", "Ben"))
        ana.create(publishers=4)
        ana.join(1, ptype="publisher")
        ben.join(2, ptype="publisher")
        self.step("two publishers join", "videoroom")
        self.assertEqual({person["role"] for person in self.leg(self.first, "videoroom")[0]["participants"].values()},
                         {"attendee"})
        ana.message("kick", room=ROOM, id=2, secret=self.janus.secrets["room"])
        self.step("one is put out", "videoroom")
        ben = Person(self.janus, "Ben", "videoroom")
        ben.join(2, ptype="publisher")
        self.step("and is back", "videoroom")
        ben.message("leave")
        self.step("one leaves", "videoroom")
        ana.message("destroy", room=ROOM, secret=self.janus.secrets["room"])
        self.until(lambda: all(self.leg(source, "videoroom")[1] is None for source in self.feeds) or "it is there",
                   "the room ends")

    def test_commands(self):
        self.janus.start()
        self.join_three()
        self.until(self.sees_actions, "what Janus can be asked to do is told")
        self.command("mute", "janus:101")
        self.until(lambda: self.janus.people()["janus:101"][1] or "not muted", "Janus mutes")
        self.step("and says so")
        self.command("unmute", "janus:101")
        self.until(lambda: not self.janus.people()["janus:101"][1] or "muted", "Janus unmutes")
        self.step("and says so")
        self.command("mute-all", None)
        self.until(lambda: self.is_room_muted() or "not muted", "Janus mutes the room")
        self.until(lambda: all(person.get("muted") for person in self.leg(self.first)[0]["participants"].values()) or
                   "somebody is heard", "and says so")
        self.command("unmute-all", None)
        self.until(lambda: not self.is_room_muted() or "muted", "Janus unmutes the room")
        self.step("and says so")
        self.command("remove", "janus:102")
        self.until(lambda: "janus:102" not in self.janus.people() or "there", "Janus removes")
        self.step("and says so")
        self.assertEqual(self.leg(self.first)[0]["conference"]["access"]["joinUrl"],
                         f"https://meet.example.org/audiobridge/{ROOM}")
        self.command("end", None)
        self.until(lambda: self.leg(self.first)[1] is None or "it is there", "Janus ends the room")

    def is_room_muted(self):
        return self.janus.ask("audiobridge", request="list")["list"][0]["muted"]

    def sees_actions(self):
        self.drain()
        source = self.watcher.sources.get(f"janus/{self.first}", {})
        return set(source.get("actions", ())) == {"mute", "unmute", "remove", "end", "mute-all", "unmute-all"} or source

    def test_stops_and_starts(self):
        self.janus.start()
        self.join_three()
        self.janus.end()
        self.until(self.lost, "Janus stops")
        self.janus.start()
        self.until(self.connected, "Janus starts again")
        self.until(lambda: all(self.leg(source)[1] is None for source in self.feeds) or "it is there",
                   "nobody is in a room of before")
        self.join_three()

    def test_is_killed(self):
        self.janus.start()
        self.join_three()
        self.janus.end(signal.SIGKILL)
        self.until(lambda: self.confirmed(False), "Janus is killed: what is known is not confirmed")
        self.janus.start()
        self.until(self.connected, "Janus starts again")
        self.join_three()

    def test_stands_still(self):
        self.janus.start()
        self.join_three()
        self.janus.process.send_signal(signal.SIGSTOP)
        try:
            self.until(lambda: self.confirmed(False), "Janus stands still: what is known is not confirmed")
        finally:
            self.janus.process.send_signal(signal.SIGCONT)
        self.until(lambda: self.confirmed(True), "Janus goes on")
        self.step("and all are there")

    def test_tracker_starts_later(self):
        """Who came before is known from the list alone."""
        self.server.stop()
        self.janus.start()
        people = [Person(self.janus, name) for name in ("Ana", "Ben")]
        people[0].create()
        for number, person in enumerate(people, 101):
            person.join(number)
        self.server.start()
        self.step("the tracker starts")
        self.server.kill()
        people[1].message("leave")
        self.server.start()
        self.step("the tracker is killed, and starts again")

    def drain(self):
        while self.watcher.ready():
            self.watcher.message()

    def statuses(self):
        self.drain()
        return {source: self.watcher.sources.get(f"janus/{source}", {}).get("status") for source in self.feeds}

    def lost(self):
        return set(self.statuses().values()) == {"Lost"} or self.statuses()

    def connected(self):
        return set(self.statuses().values()) == {"Connected"} or self.statuses()


class Dialled(Live):
    configured = staticmethod(dialled)


if __name__ == "__main__":
    taptest.main()
