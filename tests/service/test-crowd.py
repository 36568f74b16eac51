# test-crowd.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Thousands who join one conference at once: exact, and each costs as much as the next."""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import TRACKER, Server, line, merge

MEETING = "conf:boss@contoso.com/all"
URI = "sip:boss@contoso.com;gruu;opaque=app:conf:focus:id:ALL"

# A little and much of the same, and what much may cost in times of a little: as many
# times as it is more, twice over. Were each to cost as much as all before it, it were 16.
LITTLE, MUCH, TIMES = 2000, 8000, 8

OUTPUTS = ["none", "documents", "changes"]


def crowd(count):
    """In no order of their names, as people come."""
    yield line("ConversationAdded", "zoom/acme", "all", subject="All hands", conferencingUri=URI)
    for i in range(count):
        who = f"sip:p{i * 7919 % count}@contoso.com"
        yield line("ParticipantAdded", "zoom/acme", "all", participant=who, name=f"Person {i}", isPresenter=i % 50 == 0)
        yield line("ModalityStateChanged", "zoom/acme", "all", participant=who, modality="AudioVideo", state="Connected")


def stations(count):
    """Each of them reports for himself."""
    for i in range(count):
        source, who = f"lync/p{i * 7919 % count}@contoso.com", f"sip:p{i * 7919 % count}@contoso.com"
        yield line("ConversationAdded", source, "c", conferencingUri=URI)
        yield line("ParticipantAdded", source, "c", participant=who, name=f"Person {i}", isSelf=True)
        yield line("ModalityStateChanged", source, "c", modality="AudioVideo", state="Connected")


def leavers(count):
    """The same, and all are put on hold, come back and leave, so late that the rules have something to say."""
    begin = datetime.datetime(2011, 11, 9, 9, tzinfo=datetime.timezone.utc)
    steps = [("ConversationAdded", {"conferencingUri": URI})]
    steps += [("ModalityStateChanged", {"modality": "AudioVideo", "state": state})
              for state in ("Connected", "OnHold", "Connected", "Disconnected")]
    steps += [("ConversationRemoved", {})]
    for number, (event, more) in enumerate(steps):
        for i in range(count):
            at = begin + datetime.timedelta(hours=number, milliseconds=i * 100)
            yield line(event, f"lync/p{i * 7919 % count}@contoso.com", "c", at=at.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z", **more)


def work(pid):
    """Seconds of processor time, which does not pass while others are served."""
    return sum(int((task / "schedstat").read_text().split()[0])
               for task in pathlib.Path(f"/proc/{pid}/task").iterdir()) / 1e9


def replay(lines, output):
    with tempfile.NamedTemporaryFile() as file:
        file.writelines(lines)
        file.flush()
        out = subprocess.run([TRACKER, "replay", f"--output={output}", file.name], check=True, capture_output=True).stdout
    return [json.loads(text) for text in out.splitlines()]


def replay_work(lines, output):
    with tempfile.NamedTemporaryFile() as file:
        file.writelines(lines)
        file.flush()
        code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); " \
               "used = resource.getrusage(resource.RUSAGE_CHILDREN); print(used.ru_utime + used.ru_stime)"
        command = [sys.executable, "-c", code, TRACKER, "replay", f"--output={output}", file.name]
        return min(float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(3))


class Crowd(unittest.TestCase):
    def assert_linear(self, little, much, what):
        print(f"# {what}: {LITTLE} in {little * 1000:.0f} ms of work, {MUCH} in {much * 1000:.0f} ms")
        # What a start costs is in both.
        self.assertLess(much, TIMES * (little + 0.02), what)

    def serve(self, count):
        """Work for all of them, with one watcher of each role."""
        with Server(tcp=True, journal=True, watch={"ring-kib": 16384}) as server:
            tokens = [None, server.token("help", "supporter"), server.token("count", "watcher")]
            watchers = [server.watch(token=token) for token in tokens]
            for watcher in watchers:
                watcher.until(lambda w: w.live)
            before = work(server.process.pid)
            self.assertEqual(server.send(*crowd(count)),
                             {"accepted": 2 * count + 1, "duplicates": 0, "refused": 0, "faults": []})
            for token, watcher in zip(tokens, watchers):
                final = server.conversations(token=token)
                watcher.until(lambda w, final=final: w.documents == final)
                self.assertNotIn("gone", [kind for kind, _ in watcher.seen])
                (document,) = final.values()
                self.assertEqual(len(document["participants"]), count)
            spent = work(server.process.pid) - before
            persons = server.conversations()[MEETING]["participants"]
            self.assertEqual({person["state"] for person in persons.values()}, {"Connected"})
            self.assertEqual(sum(person["role"] == "presenter" for person in persons.values()), (count + 49) // 50)
            for watcher in watchers:
                watcher.close()
        return spent

    def test_served(self):
        self.serve(10_000)
        self.assert_linear(min(self.serve(LITTLE) for _ in range(2)), min(self.serve(MUCH) for _ in range(2)), "serve")

    def test_replayed(self):
        for many, outputs in (crowd, OUTPUTS), (stations, OUTPUTS), (leavers, OUTPUTS[:2]):
            for output in outputs:
                with self.subTest(many.__name__, output=output):
                    self.assert_linear(replay_work(many(LITTLE), output), replay_work(many(MUCH), output),
                                       f"{many.__name__}, {output}")

    def test_changes_add_up(self):
        for many in crowd, stations, leavers:
            with self.subTest(many.__name__):
                lines = list(many(1000))
                whole = {}
                for change in replay(lines, "changes"):
                    merge(whole, change["patch"]["conversations"])
                self.assertEqual(list(whole.values()), replay(lines, "documents"))
                if many != leavers:
                    self.assertEqual(len(whole[MEETING]["participants"]), 1000)


if __name__ == "__main__":
    taptest.main()
