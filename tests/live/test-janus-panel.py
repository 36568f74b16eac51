# test-janus-panel.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window on a tracker that follows a real Janus, as a screen reader sees it."""

import pathlib
import signal
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "panel"), str(HERE)]

import taptest  # noqa: E402
from janus import ROOM, Janus, Person, find, free_ports  # noqa: E402
from monitor import Monitor  # noqa: E402
from watcher import Server  # noqa: E402

TITLE = "Weekly all hands"


class Panel(unittest.TestCase):
    def setUp(self):
        if isinstance(find(), str):
            self.skipTest(find())
        self.janus = Janus()
        self.addCleanup(self.janus.close)
        (port,) = free_ports(1)
        feed = {"type": "janus", "address": f"unix:{self.janus.admin}", "reply-folder": self.janus.replies,
                "secret-file": self.janus.secret_file("admin"), "hook-password-file": self.janus.secret_file("hook")}
        self.server = Server(server={"listen": f"127.0.0.1:{port}"}, **{"feed bridge": feed}).start()
        self.addCleanup(self.server.__exit__)
        self.janus.configure(f"127.0.0.1:{port}/v1/hooks/bridge", "posted")
        self.janus.start()

    def rows(self, monitor):
        return [name for name in monitor.names("list item", monitor.expect("Calls", "list")) if name]

    def until(self, monitor, condition, what):
        begin = time.monotonic()
        found = monitor.wait(condition, what)
        print(f"# {what}: {time.monotonic() - begin:.2f} s", flush=True)
        return found

    def people(self, monitor):
        """Who is listed as being there."""
        names = {name.split(", ")[0] for role in ("Attendees", "Presenters") for item in monitor.everything()
                 if (item.get_name() or "").startswith(role) and item.get_role_name() == "list"
                 for name in monitor.names("list item", item)}
        return names == {name for name, _ in self.janus.people().values()}

    def test_people(self):
        ana, ben, cy = (Person(self.janus, name) for name in ("Ana Lind", "Ben Roth", "Cy Marsh"))
        ana.create()
        with Monitor(self.server.socket) as monitor:
            for number, person in enumerate((ana, ben, cy), 101):
                person.join(number)
            self.until(monitor, lambda: [name for name in self.rows(monitor) if name.startswith(TITLE)],
                       "the room is a row")
            self.until(monitor, lambda: self.people(monitor), "all who joined are listed")
            ben.message("leave")
            self.until(monitor, lambda: self.people(monitor), "who has left is not")
            ana.message("kick", room=ROOM, id=103, secret=self.janus.secrets["room"])
            self.until(monitor, lambda: self.people(monitor), "nor who was put out")
            self.janus.end(signal.SIGKILL)
            self.until(monitor, lambda: [name for name in self.rows(monitor)
                                         if name.startswith(TITLE) and "as of " in name],
                       "Janus is killed: its row is as of then")


if __name__ == "__main__":
    taptest.main()
