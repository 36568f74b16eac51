# test-stop.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tracker ends while all kinds of callers are at work."""

import json
import os
import pathlib
import random
import sys
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))

import taptest
from following import secret
from watcher import Server, Unix, line

# All of them take a while: CM_STOPS=100.
STOPS = int(os.environ.get("CM_STOPS", "6"))


def until_it_ends(work):
    """Calls it again and again; it ends when nobody listens any more."""
    def run():
        try:
            while True:
                work()
        except Exception:  # pylint: disable=broad-except
            return
    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


class Stop(unittest.TestCase):
    def callers(self, server):
        """Each does something else, on one connection or on many."""
        events = b"".join(line("ConversationAdded", conversation=f"c{i}", subject="x" * 200) for i in range(200))
        kept, hooks = Unix(server.socket), Unix(server.socket)
        agent = server.agent(sources=["s"])
        watcher = server.watch()

        def send(connection, path, body):
            connection.request("POST", path, body)
            return connection.getresponse().read()

        return [lambda: send(kept, "/v1/events", events),
                lambda: send(hooks, "/v1/hooks/office", b"{}"),
                lambda: server.request("POST", "/v1/hooks/office", b"{}"),
                lambda: server.request("GET", "/v1/conversations"),
                lambda: server.command(conversation="s#c1", leg="s#c1", action="rejoin"),
                lambda: agent.report(line("ConversationAdded", source="s", conversation="a")),
                lambda: server.watch().close(),
                watcher.message]

    def test_under_load(self):
        chance = random.Random(3)
        server = Server(journal=True, **{"feed office": {"type": "zoom", "secret_file": secret("x")}})
        with server.config.open("a", encoding="utf-8") as config:
            config.write("[journal]\ncommit-ms=50\n")
        for _ in range(STOPS):
            server.start()
            threads = [until_it_ends(work) for work in self.callers(server)]
            time.sleep(0.2 + chance.random() * 0.2)
            self.assertEqual(server.stop(), 0, server.errors.read_text()[-2000:])
            for thread in threads:
                thread.join(20)
                self.assertFalse(thread.is_alive())
        self.assertNotIn("CRITICAL", server.errors.read_text())

    def test_what_comes_while_it_ends(self):
        """What it answers with yes is there after the next start."""
        server = Server(journal=True).start()
        acknowledged = []

        def send():
            name = f"c{len(acknowledged)}"
            if json.loads(server.request("POST", "/v1/events", line("ConversationAdded", conversation=name))[1])["accepted"]:
                acknowledged.append(name)

        thread = until_it_ends(send)
        while len(acknowledged) < 5:
            time.sleep(0.01)
        self.assertEqual(server.stop(), 0)
        thread.join(20)
        with server:
            self.assertTrue({f"s#{name}" for name in acknowledged} <= set(server.conversations()))


if __name__ == "__main__":
    taptest.main()
