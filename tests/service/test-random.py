# test-random.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Traces that follow no plan: every state may follow every state, and what holds of a
document holds of all of them."""

import json
import os
import pathlib
import random
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from tracker import documents, run, states

try:
    import jsonschema
except ImportError:
    jsonschema = None

TRACES = 40
LENGTH = 400

ORDER = ["failed", "lobby", "escalating", "ringing", "left", "rejoining", "on-hold",
         "transferring", "connecting", "in-conference", "in-call", "message", "hung-up", "missed",
         "idle", "ended"]

SOURCES = ["lync/user1@contoso.com", "lync/user2@contoso.com", "lync/user3@contoso.com"]
PEOPLE = ["sip:user1@contoso.com", "SIP:User2@Contoso.com", "sip:user3@contoso.com",
          "tel:+15550100", "sip:user1@contoso.com;gruu;opaque=app:conf:focus:id:AB12CD"]
CONFERENCES = [
    "sip:user1@contoso.com;gruu;opaque=app:conf:focus:id:ab12cd",
    "conf:SIP:USER1@CONTOSO.COM;GRUU;OPAQUE=app:conf:focus:id:AB12CD?conversation-id=7",
    "sip:user1@contoso.com;gruu;opaque=app:conf:audio-video:id:ab12cd",
    "https://meet.contoso.com/user1/AB12CD",
    "sip:user2@contoso.com;gruu;opaque=app:conf:focus:id:ef34gh",
    "sip:user2@contoso.com",
]
STATES = ["Disconnected", "Connecting", "Notified", "Joining", 4, "Connected", 6, "OnHold",
          "Forwarding", "Transferring", 10, -1, "Dreaming", 77]
CODES = [0, "0x80F30C2E", -2132603858, 2147500037, "0x00EE000C", 51004]


def property_of_conversation(chance):
    return chance.choice([
        ("ConferenceEscalationProgress", chance.randint(-1, 12)),
        ("ConferenceEscalationProgress", chance.choice(["Completed", "Failed", "WaitingForPeer"])),
        ("ConferenceEscalationResult", chance.choice(CODES)),
        ("ConferencingUri", chance.choice(CONFERENCES + [None])),
        ("Inviter", chance.choice(PEOPLE)),
        ("Subject", chance.choice(["Budget review", "", "ü \u202e\n", None])),
        ("Direction", chance.choice([0, 1, "Outgoing", "Sideways"])),
        ("AcceptanceState", chance.randint(0, 5)),
        ("ConferencingLocked", chance.choice([True, False, None])),
        ("ConferencingAccessType", chance.choice([0, 1, 16, 256, 4096, 5, "Closed"])),
        ("ConferenceAccessInformation",
         chance.choice([{"Id": "123", "AutoAttendantNumbers": ["+1 555 0100"]}, {}, None])),
        ("Mood", {"of": ["the", "day"]}),
    ])


def person_property(chance):
    name = chance.choice(["Name", "IsPresenter", "IsLeader", "IsInLobby", "IsMuted", "Shoes"])
    return name, "User" if name == "Name" else chance.choice([True, False, None])


def event(chance):
    kind = chance.choice(
        ["ConversationAdded", "ConversationStateChanged", "SourceStatusChanged",
         "ContactInformationChanged", "ParticipantRemoved", "SomethingElse"]
        + 2 * ["ParticipantAdded", "ParticipantPropertyChanged"]
        + 6 * ["ModalityStateChanged", "ConversationPropertyChanged"])
    if chance.random() < 0.01:
        kind = "ConversationRemoved"
    fields = {"event": kind}
    if kind == "SourceStatusChanged":
        return fields | {"status": chance.choice(["Connected", "Connected", "Lost", "Resync"])}
    if kind == "ContactInformationChanged":
        return fields | {"contact": chance.choice(PEOPLE), "availability": chance.randint(0, 19000)}
    fields["conversation"] = f"c{chance.randint(1, 3)}"
    if kind in ("ConversationStateChanged",):
        fields["state"] = chance.choice([0, 1, 1, 1, 2, "Active", "Inactive", "Purple"])
    if kind == "ModalityStateChanged":
        fields |= {"modality": chance.choice(["AudioVideo", 2, 2, 1, "Smell"]),
                   "state": chance.choice(STATES)}
        if chance.random() < 0.3:
            fields["participant"] = chance.choice(PEOPLE)
    if kind.startswith("Participant"):
        fields["participant"] = chance.choice(PEOPLE)
    if kind == "ParticipantPropertyChanged":
        fields["property"], fields["value"] = person_property(chance)
    if kind == "ConversationPropertyChanged":
        fields["property"], fields["value"] = property_of_conversation(chance)
    if kind != "ConversationAdded" and chance.random() < 0.1:
        fields["statusCode"] = chance.choice(CODES)
    return fields


def trace(seed):
    """Events with doubled and missing numbers, and clocks that jump."""
    chance = random.Random(seed)
    now, numbers, lines = 0, dict.fromkeys(SOURCES, 0), []
    for _ in range(LENGTH):
        now += chance.choice([0, 0, 7, 250, 1500, 20_000, -3_000])
        source = chance.choice(SOURCES)
        numbers[source] += chance.choice([0, 1, 1, 1, 1, 1, 1, 1, 2])
        minutes, milliseconds = divmod(max(now, 0), 60_000)
        hours, minutes = divmod(minutes, 60)
        at = f"2011-11-09T{9 + hours:02}:{minutes:02}:{milliseconds / 1000:06.3f}+01:00"
        whole = {"at": at, "source": source} | event(chance)
        if chance.random() < 0.9:
            whole["seq"] = numbers[source]
        lines.append(json.dumps(whole, ensure_ascii=chance.random() < 0.5) + "\n")
    return "".join(lines).encode()


def complaints(document):
    """What must hold of every document."""
    legs = list(document["legs"].values())
    phases = {leg["phase"] for leg in legs}
    if document["phase"] not in phases:
        yield f"{document['phase']} is the phase of no leg: {phases}"
    counted = [ORDER.index(phase) for phase in phases if phase != "left"]
    if counted and ORDER.index(document["phase"]) > min(counted):
        yield f"{document['phase']} with legs that are {phases}"
    for leg in legs:
        escalation = leg.get("escalation")
        if escalation and escalation["step"] > escalation["steps"]:
            yield f"step {escalation['step']} of {escalation['steps']}"
        if leg.get("banner") == "left-call" and leg["phase"] != "left":
            yield f"the banner left-call in the phase {leg['phase']}"
    if (document["phase"] == "ended") != all(leg["phase"] == "ended" for leg in legs):
        yield f"{document['phase']} with legs that are {phases}"
    for address in document["participants"]:
        if "app:conf:" in address.lower():
            yield f"the conference {address} is in the roster"
    if document["id"].startswith("conf:") != ("key" in document.get("conference", {})):
        yield f"{document['id']} and its conference {document.get('conference')}"


class Random(unittest.TestCase):
    def validator(self):
        if jsonschema is None:
            return None
        path = pathlib.Path(os.environ["CM_SOURCE_ROOT"]) / "data/schema/document.schema.json"
        return jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))

    def test_traces(self):
        validator = self.validator()
        for seed in range(TRACES):
            lines = trace(seed)
            with self.subTest(seed=seed):
                now = {}
                for change, now in states("-", stdin=lines):
                    for id_ in change["patch"]["conversations"]:
                        if id_ in now:
                            self.assertEqual(list(complaints(now[id_])), [], change["line"])
                final = documents("-", stdin=lines)
                self.assertEqual(now, final)
                for document in final.values() if validator else ():
                    self.assertEqual([error.message for error in validator.iter_errors(document)], [])

    def test_same_trace_same_bytes(self):
        lines = trace(1)
        self.assertEqual(run("replay", "--output=changes", "-", stdin=lines),
                         run("replay", "--output=changes", "-", stdin=lines))


if __name__ == "__main__":
    taptest.main()
