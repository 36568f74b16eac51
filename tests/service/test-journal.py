# test-journal.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was acknowledged is on disk, once."""

import json
import os
import pathlib
import random
import resource
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import TRACKER, Server, line, now

# All of them take a while: CM_KILLS=50.
KILLS = int(os.environ.get("CM_KILLS", "15"))


def other_version(good):
    """The same of a format that is yet to come: the number behind the first text, and the sum."""
    place = 1 + good[0] - 1
    body = bytearray(good[:-8])
    assert body[place] == 2, body[:40]
    body[place] = 4
    total = 0xcbf29ce484222325
    for i in range(0, len(body), 8):
        part = bytes(body[i:i + 8])
        total = mix(total, int.from_bytes(part.ljust(8, b"\0"), "little"))
        if len(part) < 8:
            total = mix(total, len(part))
    return bytes(body) + total.to_bytes(8, "little")


def mix(total, word):
    total = (total ^ word) * 0x100000001b3 % 2 ** 64
    return total ^ total >> 32


def kept(server):
    text = b"".join(path.read_bytes() for path in sorted((server.folder / "journal").glob("*.jsonl")))
    return [json.loads(one) for one in text.splitlines()]


def small(**settings):
    """A server with a journal of which little is a lot."""
    server = Server(journal=True)
    with server.config.open("a", encoding="utf-8") as config:
        config.write("[journal]\n" + "".join(f"{key.replace('_', '-')}={value}\n" for key, value in settings.items()))
    return server


def checkpoint(server):
    return server.folder / "journal" / "checkpoint"


def await_checkpoint(server, of=None):
    """Waits for one that is newer than what it was of, and stands for all there is."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if checkpoint(server).exists() and checkpoint(server).stat().st_mtime_ns != of:
            return checkpoint(server).stat().st_mtime_ns
        time.sleep(0.02)
    raise AssertionError("there is no checkpoint")


class Journal(unittest.TestCase):
    def test_restart(self):
        server = Server(journal=True).start()
        server.send(line("ConversationAdded", subject="Hello"),
                    line("ModalityStateChanged", modality="AudioVideo", state="Connected"), b"oops\n")
        before = server.conversations()
        self.assertEqual(server.stop(), 0)
        with server:
            self.assertEqual(server.conversations(), before)
            self.assertEqual(len(kept(server)), 2)

    def test_torn_tail(self):
        server = Server(journal=True).start()
        server.send(line("ConversationAdded", conversation="a"))
        server.kill()
        path = server.folder / "journal" / "0000000001.jsonl"
        whole = path.read_bytes()
        for torn in (b"{", line("ConversationAdded")[:-1], b"\0" * 100000):
            path.write_bytes(whole + torn)
            with server:
                self.assertEqual(list(server.conversations()), ["s#a"])
                self.assertEqual(path.read_bytes(), whole)
            self.assertIn(f"{len(torn)} bytes", server.errors.read_text())

    def test_rotation(self):
        server = Server(journal=True)
        with server.config.open("a", encoding="utf-8") as config:
            config.write("[journal]\nfile-kib=4\n")
        with server:
            for i in range(100):
                server.send(line("ConversationAdded", conversation=f"c{i}", subject="x" * 100))
            before = server.conversations()
        self.assertGreater(len(list((server.folder / "journal").iterdir())), 3)
        with server:
            self.assertEqual(server.conversations(), before)
            self.assertEqual(len(before), 100)

    def test_disk_full(self):
        """The tracker goes on, says so, and catches up when there is room."""
        server = Server(journal=True)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, limits[1]))
        try:
            server.start()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        lines = [line("ConversationAdded", conversation=f"c{seq}", seq=seq, subject="x" * 100) for seq in range(200)]
        with server.watch() as watcher:
            watcher.until(lambda w: w.live and w.seen[-1][0] == "alive")
            self.assertNotIn("journal", json.loads(watcher.raw))
            server.send(*lines[:20])
            status, text = server.request("POST", "/v1/events", b"".join(lines[20:]))
            self.assertEqual(status, 503, text)
            self.assertEqual(server.request("GET", "/readyz")[0], 503)
            self.assertEqual(server.request("GET", "/healthz")[0], 200)
            self.assertEqual(server.metric("journal_failing"), 1)
            self.assertEqual(len(server.conversations()), 200, "what is not on disk is live all the same")
            watcher.until(lambda w: w.seen[-1][0] == "alive" and json.loads(w.raw).get("journal") == "failing")
            self.assertIn("cannot be written", server.errors.read_text())
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, limits)
            watcher.until(lambda w: w.seen[-1][0] == "alive" and "journal" not in json.loads(w.raw))
            self.assertEqual(server.request("GET", "/readyz")[0], 200)
            self.assertEqual(server.send(*lines)["duplicates"], 200)
            self.assertIn("written again", server.errors.read_text())
        documents = server.conversations()
        server.kill()
        self.assertEqual([one["seq"] for one in kept(server)], list(range(200)))
        with server:
            self.assertEqual(server.conversations(), documents)

    def test_kept_for_so_long(self):
        server = Server(journal=True)
        with server.config.open("a", encoding="utf-8") as config:
            config.write("[journal]\nfile-kib=4\nkeep-days=2\n")
        with server:
            for i in range(100):
                server.send(line("ConversationAdded", conversation=f"c{i}", subject="x" * 100))
        files = sorted((server.folder / "journal").glob("*.jsonl"))
        for path in files[:3]:
            os.utime(path, (time.time() - 3 * 86400,) * 2)
        gone = {json.loads(one)["conversation"] for path in files[:3] for one in path.read_text().splitlines()}
        with server:
            there = {name.removeprefix("s#") for name in server.conversations()}
            self.assertFalse(gone & there)
            self.assertEqual(len(there), 100 - len(gone))
        self.assertEqual(sorted((server.folder / "journal").glob("*.jsonl"))[:len(files) - 3], files[3:])

    def test_so_much_is_kept(self):
        server = Server(journal=True)
        with server.config.open("a", encoding="utf-8") as config:
            config.write("[journal]\nfile-kib=128\nkeep-mib=1\n")
        with server:
            for i in range(40):
                server.send(*(line("ConversationAdded", conversation=f"c{i}-{j}", subject="x" * 1000) for j in range(64)))
            sizes = [path.stat().st_size for path in (server.folder / "journal").glob("*.jsonl")]
            self.assertLess(sum(sizes), 1536 * 1024)
            self.assertGreater(sum(sizes), 768 * 1024)
        with server:
            self.assertIn("s#c39-63", server.conversations())

    def meeting(self, server, numbers):
        """A conference with people who come and go, its lines numbered on."""
        for i in numbers:
            server.send(line("ConversationAdded", conversation=f"c{i % 7}", seq=4 * i, subject=f"Talk {i} " + "x" * 300),
                        line("ModalityStateChanged", conversation=f"c{i % 7}", seq=4 * i + 1, modality="AudioVideo",
                             state=("Connected", "OnHold", "Disconnected")[i % 3]),
                        line("ParticipantAdded", conversation=f"c{i % 7}", seq=4 * i + 2, participant=f"sip:p{i % 11}@x"),
                        line("ConversationRemoved", conversation=f"c{(i + 3) % 7}", seq=4 * i + 3))

    def test_checkpoint(self):
        """A restart from a checkpoint is the same as one from all lines."""
        server = small(checkpoint_kib=4, file_kib=16)
        with server:
            self.meeting(server, range(100))
            await_checkpoint(server)
            self.meeting(server, range(100, 103))
            before = server.conversations()
            server.kill()
            server.start()
            self.assertIn("in its checkpoint, and need not be read", server.errors.read_text())
            self.assertEqual(server.conversations(), before)
            again = [line("ConversationAdded", conversation="c1", seq=seq) for seq in range(412)]
            self.assertEqual(server.send(*again)["duplicates"], 412)
            self.assertEqual(server.conversations(), before)
            server.kill()
            checkpoint(server).unlink()
            server.start()
            self.assertEqual(server.conversations(), before)
            self.assertEqual(server.send(*again)["duplicates"], 412)

    def test_checkpoint_that_cannot_be_used(self):
        """It is told why, all lines are read, and there is a good one again."""
        server = small(checkpoint_kib=4)
        server.start()
        self.meeting(server, range(60))
        await_checkpoint(server)
        before = server.conversations()
        server.kill()
        good = checkpoint(server).read_bytes()
        middle = len(good) // 2
        for bad, reason in ((good[:middle] + bytes([good[middle] ^ 1]) + good[middle + 1:], "it is damaged"),
                            (good[:-20], "it is damaged"), (b"", "it is damaged"), (b"\0" * 5000, "it is damaged"),
                            (other_version(good), "it was written by another version")):
            checkpoint(server).write_bytes(bad)
            written = checkpoint(server).stat().st_mtime_ns
            server.errors.write_text("")
            with server:
                self.assertEqual(server.conversations(), before)
                told = server.errors.read_text()
                self.assertIn("checkpoint is not used, and all lines are read: " + reason, told)
                self.assertEqual(server.send(line("ConversationAdded", conversation="c1", seq=7))["duplicates"], 1)
                await_checkpoint(server, of=written)
            server.errors.write_text("")
            with server:
                self.assertIn("need not be read", server.errors.read_text())
                self.assertEqual(server.conversations(), before)

    def test_checkpoint_of_another_journal(self):
        server = small(checkpoint_kib=4)
        with server:
            self.meeting(server, range(60))
            await_checkpoint(server)
        path = server.folder / "journal" / "0000000001.jsonl"
        path.write_bytes(b"".join(line("ConversationAdded", conversation=f"other{i}", subject="x" * 400) for i in range(300)))
        with server:
            self.assertIn("it is not one of these files", server.errors.read_text())
            self.assertEqual(set(server.conversations()), {f"s#other{i}" for i in range(300)})

    def test_checkpoint_keeps_nothing_longer(self):
        """Whose lines are gone stands in no checkpoint either."""
        server = small(checkpoint_kib=1, file_kib=4)
        with server:
            for i in range(40):
                at = now(-3 * 86400 if i < 30 else 0)
                server.send(line("ConversationAdded", at=at, conversation=f"c{i}", subject="x" * 100),
                            line("ParticipantAdded", at=at, conversation=f"c{i}", participant=f"sip:name{i}@x"),
                            line("ContactInformationChanged", at=at, conversation=None, contact=f"sip:seen{i}@x", availability=3500))
            await_checkpoint(server)
        files = sorted((server.folder / "journal").glob("*.jsonl"))
        for path in files:
            if b'"c30"' in path.read_bytes():
                break
            os.utime(path, (time.time() - 3 * 86400,) * 2)
        before = checkpoint(server).read_bytes()
        self.assertIn(b"sip:name0@x", before)
        self.assertIn(b"sip:seen0@x", before)
        with server.config.open("a", encoding="utf-8") as config:
            config.write("keep-days=2\n")
        written = checkpoint(server).stat().st_mtime_ns
        with server:
            self.assertFalse(files[0].exists())
            self.assertIn("need not be read", server.errors.read_text())
            there = set(server.conversations())
            self.assertNotIn("s#c0", there)
            self.assertIn("s#c39", there)
            await_checkpoint(server, of=written)
            after = checkpoint(server).read_bytes()
            self.assertNotIn(b"sip:name0@x", after)
            self.assertNotIn(b"sip:seen0@x", after)
            self.assertIn(b"sip:name39@x", after)

    def test_an_old_file_ends(self):
        """What is too old goes, also where nothing has come since."""
        server = small(keep_days=1)
        with server:
            server.send(line("ConversationAdded", subject="a name"))
        path = server.folder / "journal" / "0000000001.jsonl"
        os.utime(path, (time.time() - 2 * 86400,) * 2)
        with server:
            self.assertEqual(server.conversations(), {})
            self.assertFalse(path.exists())
            server.send(line("ConversationAdded", conversation="d"))
        path = server.folder / "journal" / "0000000002.jsonl"
        path.write_text(path.read_text().replace(now()[:10], now(-86400 / 2)[:10]).replace(now()[:13], now(-86400 / 2)[:13]))
        with server:
            server.send(line("ConversationAdded", conversation="e"))
            self.assertTrue((server.folder / "journal" / "0000000003.jsonl").exists(), "a file spans an eighth of what is kept")
            self.assertEqual(set(server.conversations()), {"s#d", "s#e"})

    def test_checkpoint_that_cannot_be_written(self):
        """It is told, and all else goes on: there are the lines."""
        server = small(checkpoint_kib=1)
        (server.folder / "journal" / "checkpoint.new").mkdir(parents=True)
        with server:
            server.send(*(line("ConversationAdded", conversation=f"c{seq}", seq=seq) for seq in range(60)))
            deadline = time.monotonic() + 60
            while not server.errors.read_text() and time.monotonic() < deadline:
                time.sleep(0.02)
            self.assertIn("The checkpoint of the journal cannot be written", server.errors.read_text())
            self.assertEqual(server.request("GET", "/readyz")[0], 200)
            server.kill()
            server.start()
            self.assertEqual(len(server.conversations()), 60)

    def test_one_folder_one_tracker(self):
        with Server(journal=True) as server:
            other = Server()
            other.config.write_text(f"[server]\nsocket={other.socket}\n[journal]\nfolder={server.folder}/journal\n",
                                    encoding="utf-8")
            outcome = subprocess.run([TRACKER, "serve", f"--config={other.config}"], capture_output=True, text=True,
                                     check=False, timeout=20)
            self.assertEqual(outcome.returncode, 1)
            self.assertIn("another tracker", outcome.stderr)

    def test_a_clock_that_is_ahead_is_kept_as_it_was_taken(self):
        server = Server(journal=True).start()
        server.send(line("ConversationAdded", at="2999-01-01T00:00:00Z"))
        before = server.conversations()
        server.kill()
        with server:
            self.assertEqual(server.conversations(), before)

    def test_killed_at_any_moment(self):
        self.kill_at_any_moment(Server(journal=True), KILLS)

    def test_killed_while_there_are_checkpoints(self):
        """They are written all the time, and files are ended."""
        server = small(checkpoint_kib=1, file_kib=8)
        self.kill_at_any_moment(server, KILLS)
        self.assertIn("in its checkpoint", server.errors.read_text())
        with server:
            before = server.conversations()
        checkpoint(server).unlink()
        with server:
            self.assertEqual(server.conversations(), before)

    def kill_at_any_moment(self, server, kills):
        """Two agents send and send again what was not acknowledged; each event is there once."""
        server.start()
        stop = threading.Event()
        sent, acknowledged = {"a": 0, "b": 0}, {"a": 0, "b": 0}

        def agent(source):
            chance = random.Random(source)
            while not stop.is_set():
                begin = acknowledged[source]
                end = begin + chance.randrange(1, 20)
                lines = [line("ConversationAdded", source=source, conversation=f"c{seq}", seq=seq)
                         for seq in range(begin, end)]
                sent[source] = max(sent[source], end)
                try:
                    status, text = server.request("POST", "/v1/events", b"".join(lines))
                except OSError:
                    time.sleep(0.02)
                    continue
                except Exception:  # pylint: disable=broad-except
                    continue
                if status == 200 and json.loads(text)["refused"] == 0:
                    acknowledged[source] = end

        agents = [threading.Thread(target=agent, args=(source,)) for source in sent]
        for one in agents:
            one.start()
        chance = random.Random(1)
        for _ in range(kills):
            time.sleep(chance.random() * 0.3)
            least = dict(acknowledged)
            server.kill()
            server.start()
            there = set(server.conversations())
            for source, count in least.items():
                self.assertTrue({f"{source}#c{seq}" for seq in range(count)} <= there)
        time.sleep(0.3)
        stop.set()
        for one in agents:
            one.join()
        self.assertEqual(server.stop(), 0)
        events = [(one["source"], one["seq"]) for one in kept(server)]
        self.assertEqual(len(events), len(set(events)))
        for source, count in acknowledged.items():
            self.assertGreater(count, kills // 3)
            self.assertTrue({(source, seq) for seq in range(count)} <= set(events))


if __name__ == "__main__":
    taptest.main()
