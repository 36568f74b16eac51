# test-freeswitch-feed.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service follows a FreeSWITCH that is not there, over its real event socket."""

import json
import os
import pathlib
import random
import re
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from exchanges import Freeswitch
from following import command, eventually, following, memory, room, rooms, same, secret, server

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"
SAFE = "api (show channels as json|conference json_list|conference 4711 bgdial sofia/gateway/trunk/[0-9a-z+*#._-]+)"


def recording():
    return [json.loads(line)["msg"] for line in (DATA / "freeswitch-meeting.ndjson").read_text().splitlines()]


class Follow(unittest.TestCase):
    def test_recording(self):
        exchange = Freeswitch()
        with following(exchange) as service:
            for number, event in enumerate(recording()):
                exchange.say(event)
                if number % 12 == 0:
                    same(self, service, exchange)
            same(self, service, exchange)
            (document,) = service.conversations().values()
            self.assertEqual({address.split(":")[1]: person["leftReason"]
                              for address, person in document["participants"].items()},
                             {"1001": "removed", "1002": "removed", "1003": "left", "1004": "busy", "1005": "removed"})
            self.assertEqual(document["phase"], "ended")

    def test_what_was_there_before(self):
        exchange = Freeswitch()
        for number in ("1001", "1002", "1003"):
            key = exchange.join(number, "4711", moderator=number == "1001")
        exchange.hold(key)
        exchange.tell_room("mute-member", "4711", key)
        exchange.join("2001", "4712")
        with following(exchange) as service:
            same(self, service, exchange)

    def test_lost_at_any_byte(self):
        """What happens while the link is down is told when it is there again."""
        draw = random.Random(20111109)
        exchange = Freeswitch()
        with following(exchange) as service:
            drops = 0
            for number, event in enumerate(recording()):
                if number % 3 == 0 and exchange.follows():
                    exchange.drop_after(draw.randrange(1, 6000))
                    drops += 1
                exchange.say(event)
                if draw.random() < 0.4:
                    eventually(exchange.follows, "the subscription")
                if number % 18 == 0:
                    exchange.limit = None
                    eventually(exchange.follows, "the subscription")
                    same(self, service, exchange)
            exchange.limit = None
            eventually(exchange.follows, "the subscription")
            same(self, service, exchange)
            self.assertGreater(drops, 8)
            self.assertEqual([document["phase"] for document in service.conversations().values()],
                             ["ended"] * len(service.conversations()))

    def test_lost_while_signing_in(self):
        for size in (1, 10, 26, 27, 40, 61, 80, 110, 128, 140, 200, 400):
            with self.subTest(size):
                exchange = Freeswitch()
                exchange.join("1001", "4711")
                exchange.drop_after(size)
                with following(exchange) as service:
                    same(self, service, exchange)

    def test_a_server_that_was_started_anew(self):
        exchange = Freeswitch()
        with following(exchange) as service:
            exchange.join("1001", "4711")
            same(self, service, exchange)
            exchange.drop()
            exchange.core, exchange.sequence = "another", 0
            exchange.rooms.clear()
            exchange.channels.clear()
            exchange.join("1002", "4711")
            same(self, service, exchange)

    def test_waiting_for_the_moderator(self):
        exchange = Freeswitch()
        with following(exchange) as service:
            exchange.open("4711", wait_mod=True)
            exchange.join("1002", "4711")
            eventually(lambda: room(service).get("phase") == "lobby", "the lobby")
            self.assertEqual(room(service)["participants"]["tel:1002"]["role"], "lobby")
            exchange.join("1001", "4711", moderator=True)
            same(self, service, exchange)

    def test_tracker_that_was_started_anew(self):
        exchange = Freeswitch()
        with exchange:
            service = server(exchange)
            service.config.write_text(service.config.read_text() + f"[journal]\nfolder={service.folder}/journal\n")
            with service:
                eventually(exchange.follows, "the subscription")
                first, second = exchange.join("1001", "4711"), exchange.join("1002", "4711")
                same(self, service, exchange)
            exchange.leave("4711", second)
            exchange.join("1003", "4711")
            with service:
                same(self, service, exchange)
                self.assertEqual(len(service.conversations()), 1)
                self.assertIn("left", room(service)["participants"]["tel:1002"])
            exchange.leave("4711", first)


class Refuse(unittest.TestCase):
    def test_wrong_password(self):
        exchange = Freeswitch()
        with exchange, server(exchange, password_file=secret("wrong")) as service:
            eventually(lambda: exchange.refusals, "the refusal")
            time.sleep(2)
            self.assertEqual(exchange.refusals, 1)
            self.assertEqual(service.conversations(), {})
            self.assertNotIn("wrong", service.errors.read_text())

    def test_user(self):
        exchange = Freeswitch(user="monitor@example.org")
        exchange.join("1001", "4711")
        with following(exchange, user="monitor@example.org") as service:
            same(self, service, exchange)

    def test_flood(self):
        """However much comes, no more is kept than there is to know."""
        exchange = Freeswitch()
        with following(exchange) as service:
            exchange.join("1001", "4711")
            same(self, service, exchange)
            before = memory(service)
            talk = {"Event-Name": "CUSTOM", "Event-Subclass": "conference::maintenance", "Core-UUID": exchange.core,
                    "Conference-Name": "4711", "Conference-Unique-ID": next(iter(exchange.rooms)),
                    "Action": "energy-level", "Filler": "x" * 20000}
            for session in list(exchange.sessions):
                session.send(b"y" * 9_000_000 + b"\n")
            for _ in range(2000):
                exchange.say(talk)
            key = exchange.join("1002", "4711")
            same(self, service, exchange)
            # The address sanitizer keeps what was freed.
            if "ASAN_OPTIONS" not in os.environ:
                self.assertLess(memory(service) - before, 60_000)
            exchange.leave("4711", key)


class Command(unittest.TestCase):
    def run(self, result=None):
        self.exchange = Freeswitch()
        with following(self.exchange) as self.service:
            self.keys = {number: self.exchange.join(number, "4711") for number in ("1001", "1002")}
            same(self, self.service, self.exchange)
            return super().run(result)

    def command(self, action, participant=None):
        return command(self.service, action, participant)

    def orders(self):
        return [one for one in self.exchange.heard if one.startswith("api conference 4711")]

    def test_mute(self):
        self.assertEqual(self.command("mute", "tel:1002"), ("done", None))
        self.assertEqual(self.orders(), ["api conference 4711 mute 2"])
        same(self, self.service, self.exchange)
        self.assertEqual(self.command("unmute", "tel:1002"), ("done", None))
        same(self, self.service, self.exchange)

    def test_mute_all(self):
        self.assertEqual(self.command("mute-all"), ("done", None))
        self.assertEqual(self.orders(), ["api conference 4711 mute all"])
        same(self, self.service, self.exchange)
        self.assertTrue(all(one["muted"] for one in room(self.service)["participants"].values()))
        self.assertEqual(self.command("unmute-all"), ("done", None))
        same(self, self.service, self.exchange)

    def test_remove(self):
        self.assertEqual(self.command("remove", "tel:1002"), ("done", None))
        self.assertEqual(room(self.service)["participants"]["tel:1002"]["leftReason"], "removed")

    def test_lock(self):
        self.assertEqual(self.command("lock"), ("done", None))
        self.assertTrue(room(self.service)["conference"]["locked"])
        self.assertEqual(self.command("unlock"), ("done", None))

    def test_end(self):
        self.assertEqual(self.command("end"), ("done", None))
        self.assertEqual(rooms(self.service), {})

    def test_invite(self):
        self.assertEqual(self.command("invite", "tel:1005"), ("done", None))
        self.assertEqual(self.orders(), ["api conference 4711 bgdial sofia/gateway/trunk/1005"])
        same(self, self.service, self.exchange)

    def test_invite_in_vain(self):
        for number, outcome, words in (("1004", "USER_BUSY", "busy"), ("1006", "NO_ANSWER", "answer"),
                                       ("1007", "INVALID_GATEWAY", "reach")):
            with self.subTest(outcome):
                self.exchange.outcomes[number] = outcome
                state, reason = self.command("invite", f"tel:{number}")
                self.assertEqual(state, "refused")
                self.assertIn(words, reason.lower())

    def test_invite_what_is_no_number(self):
        for number in ("tel:1005 kick all", "sip:x\n\napi fsctl shutdown", "tel:{a}", "sip:a'b", "tel:1,2", "tel:&x",
                       "sip:$${password}", "tel:1|2", "sip:[x]1", "sip:<x>", "sip:a\\b"):
            with self.subTest(number):
                state, _ = self.command("invite", number)
                self.assertNotEqual(state, "done")
        self.assertEqual([one for one in self.exchange.heard
                          if one.startswith("api ") and not re.fullmatch(SAFE, one)], [])

    def test_rejoin(self):
        self.exchange.leave("4711", self.keys["1002"])
        same(self, self.service, self.exchange)
        self.assertEqual(self.command("rejoin", "tel:1002"), ("done", None))
        self.assertEqual(self.orders(), ["api conference 4711 bgdial sofia/gateway/trunk/1002"])
        same(self, self.service, self.exchange)

    def test_in_its_own_words(self):
        """The member has gone meanwhile, and nothing has told."""
        with self.exchange.lock:
            self.exchange.rooms[next(iter(self.exchange.rooms))]["members"][self.keys["1002"]]["id"] = 99
        state, reason = self.command("mute", "tel:1002")
        self.assertEqual((state, reason), ("refused", "Non-Existant ID 2"))

    def test_lost_in_between(self):
        self.exchange.outcomes["1008"] = "RINGS"
        self.exchange.order = lambda *words: time.sleep(0.1) or self.exchange.drop() or ""
        state, reason = self.command("mute", "tel:1002")
        self.assertEqual(state, "refused")
        self.assertIn("lost", reason)


if __name__ == "__main__":
    taptest.main()
