# test-journal.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was acknowledged is on disk, once."""

import json
import pathlib
import random
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from watcher import TRACKER, Server, line

KILLS = 50


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
            self.assertGreater(count, 20)
            self.assertTrue({(source, seq) for seq in range(count)} <= set(events))


if __name__ == "__main__":
    taptest.main()
