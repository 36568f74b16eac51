# test-watch.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Those who watch: snapshot, resume, the slow, and the commands that are clients."""

import json
import os
import pathlib
import random
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from hostile import each_leaves_it_serving
from watcher import TRACKER, Server, line, merge, now


def busy(server, stop, count, pause=0.02):
    """Events of @count conversations for as long as it is wanted."""
    source = random.Random(1)
    while not stop.is_set():
        lines = []
        for _ in range(10):
            conversation = f"c{source.randrange(count)}"
            kind = source.randrange(4)
            if kind == 0:
                lines.append(line("ConversationAdded", conversation=conversation, subject=f"s{source.random()}"))
            elif kind == 1:
                lines.append(line("ModalityStateChanged", conversation=conversation, modality="AudioVideo",
                                  state=source.choice(["Notified", "Connecting", "Connected", "OnHold", "Disconnected"])))
            elif kind == 2:
                lines.append(line("ParticipantAdded", conversation=conversation,
                                  participant=f"sip:p{source.randrange(5)}@x", name="P"))
            else:
                lines.append(line("ConversationRemoved", conversation=conversation))
        server.send(*lines)
        time.sleep(pause)


def after(seconds):
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


class Watch(unittest.TestCase):
    def test_snapshot_then_updates(self):
        with Server() as server:
            server.send(line("ConversationAdded", subject="Hello"))
            with server.watch() as watcher:
                watcher.until(lambda w: w.live)
                self.assertEqual([kind for kind, _ in watcher.seen], ["snapshot", "live"])
                server.send(line("ModalityStateChanged", modality="AudioVideo", state="Connected"))
                watcher.until(lambda w: w.seen[-1][0] == "update")
                self.assertEqual(watcher.documents, server.conversations())
                self.assertEqual(watcher.documents["s#c"]["phase"], "in-call")
                watcher.until(lambda w: w.seen[-1][0] == "alive")
                self.assertEqual(json.loads(watcher.raw)["sources"]["s"]["status"], "Connected")

    def test_parts(self):
        with Server() as server:
            server.send(*(line("ConversationAdded", conversation=f"c{i}", subject="x" * 200) for i in range(3000)))
            with server.watch() as watcher:
                parts = []
                while not watcher.live:
                    watcher.message()
                    parts.append(len(watcher.raw))
                self.assertGreater(len(parts), 3)
                self.assertLessEqual(max(parts), 256 * 1024)
                self.assertEqual(len(watcher.documents), 3000)
                self.assertEqual(watcher.documents, server.conversations())

    def test_resume(self):
        with Server() as server:
            with server.watch() as watcher:
                watcher.until(lambda w: w.live)
                watcher.close()
                for i in range(5):
                    server.send(line("ConversationAdded", conversation=f"c{i}"))
                    time.sleep(0.07)
                watcher.seen.clear()
                watcher.connect()
                watcher.until(lambda w: w.live)
                self.assertNotIn("snapshot", [kind for kind, _ in watcher.seen])
                self.assertEqual(watcher.documents, server.conversations())
                self.assertEqual(len(watcher.documents), 5)
            self.assertEqual(server.metric("resumed_total"), 1)

    def test_what_cannot_be_resumed(self):
        with Server() as server:
            server.send(line("ConversationAdded"))
            for query in ("epoch=none&since=1", "epoch=&since=1", "since=1", "epoch=x&since=-1", "epoch=x"):
                with self.subTest(query), server.watch(f"/v1/watch?{query}") as watcher:
                    watcher.until(lambda w: w.live)
                    self.assertEqual(watcher.seen[0][0], "snapshot")
            with server.watch() as watcher:
                watcher.until(lambda w: w.live)
                epoch = watcher.epoch
            with server.watch(f"/v1/watch?epoch={epoch}&since=999999999") as watcher:
                watcher.until(lambda w: w.live)
                self.assertEqual(watcher.seen[0][0], "snapshot")

    def test_many_who_come_and_go(self):
        with Server(watch={"ring-kib": 256}) as server:
            stop, over = threading.Event(), threading.Event()
            writer = threading.Thread(target=busy, args=(server, stop, 40))
            watchers, faults = [server.watch() for _ in range(200)], []

            def follow(watcher, seed):
                source = random.Random(seed)
                try:
                    while not over.is_set():
                        if watcher.ready():
                            watcher.message()
                        elif source.random() < 0.05 and not stop.is_set():
                            watcher.close()
                            time.sleep(source.random() * 0.5)
                            watcher.connect()
                        else:
                            time.sleep(0.01)
                except Exception as fault:  # pylint: disable=broad-except
                    faults.append(repr(fault))

            threads = [threading.Thread(target=follow, args=(w, i)) for i, w in enumerate(watchers)]
            for thread in [*threads, writer]:
                thread.start()
            time.sleep(8)
            stop.set()
            writer.join()
            time.sleep(0.3)
            final = server.conversations()
            end = time.monotonic() + 60
            while not all(w.documents == final and w.live for w in watchers) and not faults and time.monotonic() < end:
                time.sleep(0.2)
            over.set()
            for thread in threads:
                thread.join()
            self.assertEqual(faults, [])
            self.assertGreater(len(final), 20)
            self.assertEqual(server.conversations(), final)
            self.assertEqual([i for i, w in enumerate(watchers) if w.documents != final or not w.live], [])
            self.assertGreater(server.metric("resumed_total"), 200)
            for watcher in watchers:
                watcher.close()

    def test_one_who_stops(self):
        """Costs the others nothing, and the tracker no more than its ring and 1 MiB."""
        with Server(watch={"ring-kib": 1024, "stuck-seconds": 2}) as server:
            stop = threading.Event()
            writer = threading.Thread(target=busy, args=(server, stop, 300, 0.0))
            with server.watch() as watcher:
                watcher.until(lambda w: w.live)
                writer.start()

                def follow(until):
                    """The longest between two messages, until something is so."""
                    longest, begin = 0.0, time.monotonic()
                    while not until():
                        last = time.monotonic()
                        watcher.message()
                        longest = max(longest, time.monotonic() - last)
                        self.assertLess(last - begin, 90)
                    return longest

                # All conversations are there, and the ring is full, before it is measured.
                sent = server.metric("sent_bytes_total")
                follow(lambda: server.metric("sent_bytes_total") - sent > 3 << 20)
                before, undisturbed = server.memory(), follow(after(3))
                stopped = server.watch()
                longest = follow(lambda: server.metric("gone_total") > 0 or server.metric("stuck_total") > 0)
                grown = server.memory() - before
                longest = max(longest, follow(lambda: server.metric("stuck_total") > 0))
                stop.set()
                writer.join()
                time.sleep(0.3)
                final = server.conversations()
                watcher.until(lambda w: w.documents == final)
                self.assertTrue(watcher.live)
                self.assertNotIn("gone", [kind for kind, _ in watcher.seen])
                print(f"# longest {longest:.2f} s beside {undisturbed:.2f} s; {grown / 1024:.0f} KiB")
                # The sanitizer keeps what is freed for a while.
                if "ASAN_OPTIONS" not in os.environ:
                    self.assertLess(grown, (1024 + 1024) * 1024)
                self.assertLess(longest, 2 * undisturbed + 1)
            stopped.close()

    def test_one_who_is_slow(self):
        """Falls out of the ring, begins anew, and in the end has the same."""
        with Server(watch={"ring-kib": 128}) as server:
            stop = threading.Event()
            writer = threading.Thread(target=busy, args=(server, stop, 300, 0.0))
            slow = server.watch()
            writer.start()
            end = time.monotonic() + 60
            while server.metric("gone_total") == 0 and time.monotonic() < end:
                time.sleep(0.1)
            stop.set()
            writer.join()
            time.sleep(0.3)
            final = server.conversations()
            slow.until(lambda w: w.live and w.documents == final and "gone" in [kind for kind, _ in w.seen])
            slow.close()

    def test_control_frames(self):
        with Server() as server, server.watch() as watcher:
            watcher.until(lambda w: w.live)
            watcher.send(9, b"hello")
            watcher.send(1, b"nobody listens")
            kinds = []
            while "frame-10" not in kinds:
                kinds.append(watcher.message()["type"])
            watcher.send(8, b"\x03\xe8")
            while kinds[-1] != "frame-8":
                kinds.append(watcher.message()["type"])
            with self.assertRaises(ConnectionResetError):
                watcher.frame()

    def test_frames_that_are_not_lawful(self):
        source = random.Random(3)
        kinds = {
            "no mask": lambda: b"\x81\x05hello",
            "reserved bits": lambda: b"\xf1\x80\0\0\0\0",
            "opcode": lambda: b"\x83\x80\0\0\0\0",
            "long control": lambda: b"\x89\xfe\x01\x00\0\0\0\0",
            "size": lambda: b"\x82\xff" + b"\xff" * 8 + b"\0\0\0\0",
            "bytes": lambda: source.randbytes(400),
        }
        with Server() as server:
            each_leaves_it_serving(self, server, kinds, server.watch, lambda watcher, data: watcher.socket.sendall(data))
            with server.watch() as watcher:
                watcher.until(lambda w: w.live)


class Clients(unittest.TestCase):
    def test_status(self):
        server = Server().start()
        run = lambda *more: subprocess.run([TRACKER, "status", *more], capture_output=True, text=True, check=False)
        outcome = run(server.socket)
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))
        self.assertRegex(outcome.stdout, r"^live: 0 conversations")
        server.process.send_signal(19)
        outcome = run(server.socket)
        server.process.send_signal(18)
        self.assertIn(outcome.returncode, (1, 2))
        self.assertEqual(server.stop(), 0)
        outcome = run(server.socket)
        self.assertEqual(outcome.returncode, 2)
        self.assertRegex(outcome.stdout, r"^unreachable: ")
        self.assertEqual(run("/nonexistent/socket").returncode, 2)

    def test_status_names_nobody(self):
        """A bar is seen by whoever passes: it has numbers only, also for one who may see all."""
        with Server() as server:
            call = {"source": "lync/ana@contoso.com", "conversation": "Budget review"}
            server.send(line("ConversationAdded", subject="Budget review", **call),
                        line("ModalityStateChanged", modality="AudioVideo", state="Connected", **call),
                        *[line("ConversationPropertyChanged", property="ConferenceEscalationProgress", value=value,
                               **call) for value in (2, 8)])
            with server.watch() as watcher:
                watcher.until(lambda w: w.live and "Budget review" in json.dumps(w.documents))
            outcome = subprocess.run([TRACKER, "status", server.socket], capture_output=True, text=True, check=False)
        self.assertEqual((outcome.returncode, outcome.stderr), (0, ""))
        self.assertEqual(outcome.stdout, "live: 1 conversations, 1 need attention, 1 sources\n")

    def test_changes(self):
        """The command is cut off, comes back by itself, and has all."""
        server = Server(journal=True).start()
        server.send(line("ConversationAdded", subject="before"))
        with subprocess.Popen([TRACKER, "watch", server.socket, "--output=changes"], stdout=subprocess.PIPE) as command:
            documents, kinds = {}, []

            def take(kind):
                while True:
                    message = json.loads(command.stdout.readline())
                    kinds.append(message["type"])
                    if message["type"] == "snapshot":
                        if message["first"]:
                            documents.clear()
                        documents.update(message["conversations"])
                    elif message["type"] == "update":
                        merge(documents, message["patch"]["conversations"])
                    if message["type"] == kind:
                        return

            take("live")
            server.send(line("ConversationAdded", conversation="d"))
            take("update")
            self.assertEqual(documents, server.conversations())
            server.kill()
            server.start()
            server.send(line("ConversationAdded", conversation="e"))
            take("live")
            while documents != server.conversations():
                take("update")
            self.assertEqual(len(documents), 3)
            command.terminate()
            self.assertEqual(command.wait(10), 0)
        server.stop()

    def test_table(self):
        with Server() as server:
            server.send(line("ConversationAdded", subject="The weekly meeting"))
            with subprocess.Popen([TRACKER, "watch", server.socket], stdout=subprocess.PIPE) as command:
                self.assertEqual(command.stdout.readline(), b"1 conversation\n")
                self.assertIn(b"The weekly meeting", command.stdout.readline())
                command.terminate()
                self.assertEqual(command.wait(10), 0)

    def test_addresses(self):
        for address in ("http://", "https://[", "ftp//:x"):
            outcome = subprocess.run([TRACKER, "status", address], capture_output=True, text=True, check=False, timeout=30)
            self.assertEqual(outcome.returncode, 2, address)

    def test_a_clock_that_is_ahead(self):
        with Server() as server:
            server.send(line("ConversationAdded", at=now(ahead=3600)))
            self.assertEqual(server.metric("clock_ahead_total"), 1)
            started = server.conversations()["s#c"]["started"]
            self.assertLess(started, now(ahead=3))


if __name__ == "__main__":
    taptest.main()
