# test-ask.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who asks for some of all conversations gets just those, and learns nothing of what he may not see."""

import json
import pathlib
import random
import sys
import unittest
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import Server, line, now


def ask(**filters):
    return "/v1/conversations?" + urllib.parse.urlencode(filters)


def desk(server):
    server.send(
        line("ConversationAdded", conversation="call", subject="Budget of Ana"),
        line("ModalityStateChanged", conversation="call", modality="AudioVideo", state="Connected"),
        line("ParticipantAdded", conversation="call", participant="sip:ana@contoso.com", name="Ana Ärmel"),
        line("ConversationAdded", conversation="meeting", source="t", subject="Review",
             conferencingUri="sip:bob@x;gruu;opaque=app:conf:focus:id:zq9"),
        line("ModalityStateChanged", conversation="meeting", source="t", modality="AudioVideo", state="Connected"),
        line("ConversationAdded", at=now(-400), conversation="ringing", source="late/1"),
        line("ModalityStateChanged", at=now(-400), conversation="ringing", source="late/1", modality="AudioVideo", state="Notified"),
        line("ConversationAdded", conversation="over"),
        line("ConversationRemoved", conversation="over"),
    )


CALL, MEETING, RINGING, OVER = "s#call", "conf:bob@x/zq9", "late/1#ringing", "s#over"

WANTED = (
    ({"attention": "notice"}, {RINGING}),
    ({"attention": "warning"}, {RINGING}),
    ({"kind": "conference"}, {MEETING}),
    ({"kind": "call"}, {CALL, RINGING}),
    ({"kind": "call,conference"}, {CALL, MEETING, RINGING}),
    ({"live": "true"}, {CALL, MEETING, RINGING}),
    ({"live": "false"}, {OVER}),
    ({"phase": "ringing"}, {RINGING}),
    ({"phase": "ringing,ended"}, {RINGING, OVER}),
    ({"source": "s"}, {CALL, OVER}),
    ({"source": "late/*,t"}, {MEETING, RINGING}),
    ({"source": "nobody"}, set()),
    ({"text": "BUDGET"}, {CALL}),
    ({"text": "ärmel ana"}, {CALL}),
    ({"text": "ana review"}, set()),
    ({"source": "s", "live": "true", "text": "ana"}, {CALL}),
)

BAD = (
    ({"attention": "loud"}, "attention is notice or warning"),
    ({"kind": "talk"}, "kind is one or more of message, call, conference"),
    ({"kind": "call,"}, "kind is one or more of"),
    ({"phase": "Ringing"}, "phase is one or more of failed, lobby"),
    ({"live": "1"}, "live is true or false"),
    ({"live": ""}, "live has from 1 to 256 bytes"),
    ({"text": "x" * 257}, "text has from 1 to 256 bytes"),
    ({"text": "a " * 20}, "text has at most 16 words"),
    ({"source": "a," * 40}, "source names at most 32 sources"),
    ({"source": "a*b*c*"}, "at most 2 stars"),
    ({"colour": "red"}, "there is no “colour” to ask for"),
    ({"Text": "x"}, "there is no “Text” to ask for"),
)


class Ask(unittest.TestCase):
    def test_each(self):
        with Server() as server:
            desk(server)
            for filters, wanted in WANTED:
                self.assertEqual(set(server.conversations(ask(**filters))), wanted, filters)
                with server.watch(ask(**filters).replace("conversations", "watch")) as watcher:
                    self.assertEqual(set(watcher.until(lambda w: w.live).documents), wanted, filters)
            self.assertEqual(server.conversations(ask(text="ana"))[CALL], server.conversations()[CALL])

    def test_what_cannot_be_understood(self):
        with Server() as server:
            desk(server)
            for filters, reason in BAD:
                status, text = server.request("GET", ask(**filters))
                self.assertEqual(status, 400, filters)
                self.assertIn(reason, json.loads(text)["error"])
                with self.assertRaises(ConnectionRefusedError) as refused:
                    server.watch(ask(**filters).replace("conversations", "watch"))
                self.assertIn("400", str(refused.exception))
            self.assertEqual(server.request("GET", "/v1/conversations?text=%ff%fe")[0], 400)
            self.assertEqual(len(server.conversations()), 4)

    def test_changes_come_and_go(self):
        """A conversation that begins to fit comes whole; one that no longer does is no more."""
        with Server() as server, server.watch("/v1/watch?phase=on-hold") as watcher:
            watcher.until(lambda w: w.live)
            server.send(line("ConversationAdded", subject="Hello"),
                        line("ModalityStateChanged", modality="AudioVideo", state="Connected"))
            server.send(line("ModalityStateChanged", modality="AudioVideo", state="OnHold"))
            watcher.until(lambda w: w.documents)
            self.assertEqual(watcher.documents, server.conversations())
            server.send(line("ModalityStateChanged", modality="AudioVideo", state="Connected"))
            watcher.until(lambda w: not w.documents)

    def test_the_same_question_is_answered_once(self):
        with Server() as server:
            desk(server)
            watchers = [server.watch("/v1/watch?kind=call&live=true") for _ in range(5)]
            watchers += [server.watch("/v1/watch?live=true&kind=call") for _ in range(5)]
            for watcher in watchers:
                watcher.until(lambda w: w.live)
            self.assertEqual(len({watcher.epoch for watcher in watchers}), 1)
            watcher = watchers[0]
            watcher.close()
            server.send(line("ConversationStateChanged", conversation="call", state="Active"))
            watcher.connect()
            watcher.until(lambda w: w.live and w.documents[CALL]["legs"]["s#call"]["state"] == "Active")
            self.assertEqual(server.metric("resumed_total"), 1)
            for one in watchers:
                one.close()

    def test_random(self):
        """After anything whatever each holds just what fits of all there is."""
        chance = random.Random(5)
        questions = {
            "kind=call": lambda d: d["kind"] == "call",
            "live=true": lambda d: d["live"],
            "phase=on-hold,ended": lambda d: d["phase"] in ("on-hold", "ended"),
            "source=s1": lambda d: any(leg["source"] == "s1" for leg in d["legs"].values()),
            "text=blue&live=true": lambda d: d["live"] and "blue" in d.get("subject", ""),
        }
        with Server() as server:
            watchers = {question: server.watch("/v1/watch?" + question) for question in questions}
            for _ in range(60):
                lines = []
                for _ in range(10):
                    own = {"source": f"s{chance.randrange(3)}", "conversation": f"c{chance.randrange(6)}"}
                    lines.append(chance.choice((
                        line("ConversationAdded", subject=chance.choice(("red", "blue")), **own),
                        line("ConversationRemoved", **own),
                        line("ConversationPropertyChanged", property="Subject", value=chance.choice(("red", "blue")), **own),
                        line("ModalityStateChanged", modality="AudioVideo",
                             state=chance.choice(("Connected", "OnHold", "Disconnected")), **own))))
                server.send(*lines)
            documents = server.conversations()
            for question, fits in questions.items():
                wanted = {name: one for name, one in documents.items() if fits(one)}
                watchers[question].until(lambda w: w.live and w.documents == wanted)
                self.assertEqual(server.conversations("/v1/conversations?" + question), wanted)
                watchers[question].close()

    def test_nothing_is_found_out(self):
        """What is hidden cannot be asked for; and what stands for a name is the same in every answer."""
        with Server(tcp=True) as server:
            supporter = server.token("sam", "supporter")
            watcher = server.token("will", "watcher")
            engineer = server.token("eve", "engineer")
            desk(server)
            for token in (supporter, watcher):
                for word in ("ana", "Ärmel", "budget", "contoso", "review", "bob", "zq9"):
                    self.assertEqual(server.conversations(ask(text=word), token=token), {}, word)
                status, text = server.request("GET", ask(source="s"), token=token)
                self.assertEqual(status, 403)
                self.assertIn("not shown the names of sources", json.loads(text)["error"])
                self.assertEqual(len(server.conversations(ask(live="true"), token=token)), 3)
            named = server.conversations(ask(text="Ärmel", person="sip:ana@contoso.com"), token=supporter)
            self.assertEqual([one["participants"]["sip:ana@contoso.com"]["name"] for one in named.values()], ["Ana Ärmel"])
            self.assertEqual(len(server.conversations(ask(text="External"), token=supporter)), 1)
            everything = server.conversations(token=supporter)
            self.assertTrue(set(server.conversations(ask(kind="call"), token=supporter)) < set(everything))
            self.assertEqual(set(server.conversations(ask(source="s", text="ana"), token=engineer)), {CALL})

    def test_not_too_many_questions(self):
        with Server() as server:
            desk(server)
            watchers = [server.watch(f"/v1/watch?text=word{i}") for i in range(64)]
            status, text = server.request("GET", ask(text="one more"))
            self.assertEqual(status, 503)
            self.assertIn("too many different questions", json.loads(text)["error"])
            for watcher in watchers:
                watcher.close()


if __name__ == "__main__":
    taptest.main()
