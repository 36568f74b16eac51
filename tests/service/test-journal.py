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
from watcher import TRACKER, Server, line

# All of them take a while: CM_KILLS=50.
KILLS = int(os.environ.get("CM_KILLS", "15"))


def kept(server):
    text = b"".join(path.read_bytes() for path in sorted((server.folder / "journal").glob("*.jsonl")))
    return [json.loads(one) for one in text.splitlines()]


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
        """Two agents send and send again what was not acknowledged; each event is there once."""
        server = Server(journal=True)
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
        for _ in range(KILLS):
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
            self.assertGreater(count, KILLS // 3)
            self.assertTrue({(source, seq) for seq in range(count)} <= set(events))


if __name__ == "__main__":
    taptest.main()
