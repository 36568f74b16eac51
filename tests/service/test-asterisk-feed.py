# test-asterisk-feed.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The service follows an Asterisk that is not there, over its real manager interface."""

import json
import os
import pathlib
import random
import shutil
import ssl
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from exchanges import Asterisk
from following import command, eventually, following, memory, room, rooms, same, secret, server

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def recording():
    """The events: what was asked when it was recorded is asked anew, by the service."""
    for line in (DATA / "asterisk-meeting.ndjson").read_text().splitlines():
        fields = json.loads(line)["msg"]
        if "Event" in fields and "ActionID" not in fields:
            yield fields


def certificate(folder):
    """A certificate of its own for localhost, and its key."""
    paths = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-out", paths[0], "-keyout", paths[1]],
                   check=True, capture_output=True)
    return paths


class Follow(unittest.TestCase):
    def test_recording(self):
        exchange = Asterisk()
        with following(exchange) as service:
            for number, event in enumerate(recording()):
                exchange.say(event)
                if number % 24 == 0:
                    same(self, service, exchange)
            same(self, service, exchange)
            (document,) = service.conversations().values()
            self.assertEqual({address.split(":")[1]: person["leftReason"]
                              for address, person in document["participants"].items()},
                             {"1001": "left", "1002": "removed", "1003": "left", "1004": "busy", "1005": "removed"})

    def test_what_was_there_before(self):
        exchange = Asterisk()
        for number in ("1001", "1002", "1003"):
            key = exchange.join(number, "4711", admin=number == "1001")
        exchange.tell_room("ConfbridgeMute", "4711", key)
        exchange.join("2001", "4712", admin=True)
        with following(exchange) as service:
            same(self, service, exchange)

    def test_lost_at_any_byte(self):
        draw = random.Random(20111109)
        exchange = Asterisk()
        held = False
        with following(exchange) as service:
            for number, event in enumerate(recording()):
                if number % 7 == 0 and exchange.follows():
                    exchange.drop_after(draw.randrange(1, 4000))
                if event["Event"] in ("Hold", "Unhold"):
                    # No list has it: what is missed here comes with the next one.
                    exchange.limit = None
                    eventually(exchange.follows, "the subscription")
                    same(self, service, exchange)
                    held = True
                exchange.say(event)
                if draw.random() < 0.2:
                    eventually(exchange.follows, "the subscription")
            exchange.limit = None
            eventually(exchange.follows, "the subscription")
            same(self, service, exchange)
            self.assertTrue(held)
            self.assertEqual({document["phase"] for document in service.conversations().values()}, {"ended"})

    def test_lost_while_signing_in(self):
        for size in (1, 28, 29, 60, 90, 120, 160, 200, 300, 500):
            with self.subTest(size):
                exchange = Asterisk()
                exchange.join("1001", "4711", admin=True)
                exchange.drop_after(size)
                with following(exchange) as service:
                    same(self, service, exchange)

    def test_waiting_for_who_is_marked(self):
        """Asterisk tells neither who waits nor when he does no more: only its list does."""
        exchange = Asterisk()
        with following(exchange) as service:
            exchange.join("1002", "4711")
            eventually(lambda: room(service).get("phase") == "lobby", "the lobby")
            leader = exchange.join("1001", "4711", admin=True)
            same(self, service, exchange)
            exchange.leave("4711", leader)
            eventually(lambda: room(service).get("phase") == "lobby", "the lobby")
            self.assertEqual(room(service)["participants"]["tel:1002"]["role"], "lobby")

    def test_another_person_on_the_same_channel(self):
        """After an attended transfer."""
        exchange = Asterisk()
        with following(exchange) as service:
            exchange.join("1001", "4711", admin=True)
            key = exchange.join("1002", "4711")
            same(self, service, exchange)
            exchange.tell("NewCallerid", key, CallerIDNum="1003", CallerIDName="Carol")
            same(self, service, exchange)


class Entry(unittest.TestCase):
    def test_wrong_password(self):
        for login in ("plain", "challenge"):
            with self.subTest(login):
                exchange = Asterisk()
                with exchange, server(exchange, password_file=secret("wrong"), login=login) as service:
                    eventually(lambda: exchange.refusals, "the refusal")
                    time.sleep(2)
                    self.assertEqual(exchange.refusals, 1)
                    self.assertEqual(service.conversations(), {})
                    self.assertNotIn("wrong", service.errors.read_text())

    def test_plain(self):
        exchange = Asterisk()
        exchange.join("1001", "4711", admin=True)
        with following(exchange, login="plain") as service:
            same(self, service, exchange)

    def test_the_password_stays_here(self):
        exchange = Asterisk(password="a-secret-of-our-own")
        with following(exchange):
            self.assertNotIn(exchange.password, "".join(exchange.heard))

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_tls(self):
        paths = certificate(pathlib.Path(tempfile.mkdtemp()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*paths)
        exchange = Asterisk(context=context)
        exchange.join("1001", "4711", admin=True)
        with following(exchange, tls="yes", host="localhost", authority=paths[0]) as service:
            same(self, service, exchange)

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_tls_that_nobody_vouches_for(self):
        paths = certificate(pathlib.Path(tempfile.mkdtemp()))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*paths)
        exchange = Asterisk(context=context)
        with exchange, server(exchange, tls="yes", host="localhost") as service:
            time.sleep(2)
            self.assertEqual((exchange.heard, service.conversations()), ([], {}))

    def test_flood(self):
        exchange = Asterisk()
        with following(exchange) as service:
            exchange.join("1001", "4711", admin=True)
            same(self, service, exchange)
            before = memory(service)
            for session in list(exchange.sessions):
                session.send(b"y" * 9_000_000 + b"\r\n")
            for number in range(20000):
                exchange.tell_room("ConfbridgeTalking", "4711", TalkingStatus="on", Filler="x" * 1000)
            exchange.join("1002", "4711")
            same(self, service, exchange)
            # The address sanitizer keeps what was freed.
            if "ASAN_OPTIONS" not in os.environ:
                self.assertLess(memory(service) - before, 60_000)


class Command(unittest.TestCase):
    def run(self, result=None):
        self.exchange = Asterisk()
        with following(self.exchange) as self.service:
            self.keys = {number: self.exchange.join(number, "4711", admin=number == "1001") for number in ("1001", "1002")}
            same(self, self.service, self.exchange)
            return super().run(result)

    def command(self, action, participant=None):
        return command(self.service, action, participant)

    def orders(self, action):
        return [dict(line.split(": ", 1) for line in one.split("\n")) for one in self.exchange.heard
                if one.startswith(f"Action: {action}\n")]

    def test_mute(self):
        self.assertEqual(self.command("mute", "tel:1002"), ("done", None))
        (order,) = self.orders("ConfbridgeMute")
        self.assertEqual((order["Conference"], order["Channel"]), ("4711", "PJSIP/trunk-00000002"))
        same(self, self.service, self.exchange)
        self.assertEqual(self.command("unmute", "tel:1002"), ("done", None))

    def test_mute_all(self):
        self.assertEqual(self.command("mute-all"), ("done", None))
        (order,) = self.orders("ConfbridgeMute")
        self.assertEqual((order["Conference"], order["Channel"]), ("4711", "all"))
        same(self, self.service, self.exchange)
        self.assertTrue(all(one["muted"] for one in room(self.service)["participants"].values()))
        self.assertEqual(self.command("unmute-all"), ("done", None))
        same(self, self.service, self.exchange)

    def test_remove(self):
        self.assertEqual(self.command("remove", "tel:1002"), ("done", None))
        self.assertEqual(room(self.service)["participants"]["tel:1002"]["leftReason"], "removed")

    def test_lock(self):
        """No event tells of it: the list is asked for."""
        self.assertEqual(self.command("lock"), ("done", None))
        self.assertTrue(room(self.service)["conference"]["locked"])
        self.assertEqual(self.command("unlock"), ("done", None))

    def test_end(self):
        self.assertEqual(self.command("end"), ("done", None))
        self.assertEqual(rooms(self.service), {})

    def test_invite(self):
        self.assertEqual(self.command("invite", "tel:1005"), ("done", None))
        (order,) = self.orders("Originate")
        self.assertEqual([order[name] for name in ("Channel", "Context", "Exten", "CallerID")],
                         ["PJSIP/1005@trunk", "rooms", "4711", "<1005>"])
        same(self, self.service, self.exchange)

    def test_invite_in_vain(self):
        for number, outcome, words in (("1004", "BUSY", "busy"), ("1006", "NOANSWER", "answer"),
                                       ("1007", "CHANUNAVAIL", "reach")):
            with self.subTest(outcome):
                self.exchange.outcomes[number] = outcome
                state, reason = self.command("invite", f"tel:{number}")
                self.assertEqual(state, "refused")
                self.assertIn(words, reason.lower())

    def test_invite_what_is_no_number(self):
        for number in ("sip:x\r\nAction: Command", "tel:1&PJSIP/2", "sip:a/b", "tel:1,2", "sip:a\nb", "tel:(((", "sip:<1>"):
            with self.subTest(number):
                self.assertNotEqual(self.command("invite", number)[0], "done")
        self.assertEqual(self.orders("Command"), [])
        self.assertEqual([order for order in self.orders("Originate") if set(order["Channel"]) & set("&,(<")], [])

    def test_rejoin(self):
        self.exchange.leave("4711", self.keys["1002"])
        same(self, self.service, self.exchange)
        self.assertEqual(self.command("rejoin", "tel:1002"), ("done", None))
        same(self, self.service, self.exchange)

    def test_in_its_own_words(self):
        with self.exchange.lock:
            self.exchange.channels[self.keys["1002"]]["Channel"] = "PJSIP/renamed"
        self.assertEqual(self.command("mute", "tel:1002"), ("refused", "No Channel by that name found in Conference."))


if __name__ == "__main__":
    taptest.main()
