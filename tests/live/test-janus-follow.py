# test-janus-follow.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The window follows a real Janus by itself: no tracker runs, and what it is told is
entered in it, as a screen reader sees it."""

import contextlib
import os
import pathlib
import signal
import stat
import sys
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE.parent / "panel"), str(HERE)]

import taptest  # noqa: E402
from janus import ROOM, Janus, Person, find  # noqa: E402
from monitor import SETTINGS, Monitor, kept_settings  # noqa: E402

TITLE = "Weekly all hands"
CONFIG = pathlib.Path(os.environ["XDG_CONFIG_HOME"])
FEEDS = CONFIG / "conference-monitor" / "feeds.conf"
STEPS = ("Settings", "Secrets", "Address", "Sign-in", "Calls")


def entry(monitor, name):
    for item in monitor.everything():
        if item.get_name() == name and item.get_role_name() in ("text", "entry", "password text"):
            return item
    return None


class Follow(unittest.TestCase):
    def setUp(self):
        if isinstance(find(), str):
            self.skipTest(find())
        self.janus = Janus()
        self.addCleanup(self.janus.close)
        self.janus.configure("127.0.0.1:9/", "not at all")
        self.janus.start()
        self.people = [Person(self.janus, name) for name in ("Ana Lind", "Ben Roth", "Cy Marsh")]
        self.people[0].create()
        self.stayed = 0

    def join(self):
        for number, person in enumerate(self.people, 101):
            person.join(number)

    def stay(self):
        """Janus ends the sessions of those who say nothing for 20 s."""
        if time.monotonic() - self.stayed > 3:
            self.stayed = time.monotonic()
            for person in self.people:
                with contextlib.suppress(OSError):
                    person.say("keepalive")
        return True

    def until(self, monitor, condition, what):
        begin = time.monotonic()
        found = monitor.wait(lambda: self.stay() and condition(), what)
        print(f"# {what}: {time.monotonic() - begin:.2f} s", flush=True)
        return found

    def rows(self, monitor, words=""):
        calls = monitor.find("Calls", "list")
        return calls and [name for name in monitor.names("list item", calls)
                          if name and name.startswith(TITLE) and words in name]

    def listed(self, monitor):
        """Who is listed as being there, and whether muted."""
        return {name.split(", ")[0]: "muted" in name.lower() for item in monitor.everything()
                if (item.get_name() or "").startswith(("Attendees", "Presenters")) and item.get_role_name() == "list"
                for name in monitor.names("list item", item)}

    def is_as_janus_says(self, monitor):
        return self.listed(monitor) == {name: bool(muted) for name, muted in self.janus.people().values()}

    def is_back(self, monitor):
        """It is the same call, or where Janus was asked before anybody had joined again, another one in a
        row of its own."""
        return any(all(person in row for person in ("Dee Olsen", "Eve Park")) and "Ana Lind" not in row
                   and "as of" not in row for row in self.rows(monitor) or [])

    def fill(self, monitor, **texts):
        for name, text in texts.items():
            item = monitor.wait(lambda name=name: entry(monitor, name), f"the entry {name}")
            item.set_text_contents(text)
        monitor.expect("Follow", "push button").do_action(0)

    def step(self, monitor, name, state, *words):
        def found():
            steps = monitor.find("What was checked", "list")
            return steps and [item for item in monitor.names("list item", steps)
                              if item.startswith(f"{name}: {state}") and all(word in item for word in words)]
        return monitor.wait(found, f"{name} {state}: {words}")

    def press_of(self, monitor, name, label):
        """A button in the menu of a person's row."""
        def row():
            return next((item for item in monitor.everything() if item.get_role_name() == "list item" and
                         (item.get_name() or "").startswith(name)), None)
        menu = monitor.wait(lambda: next((item for item in monitor.everything(row()) if
                                          item.get_name() == "Commands" and item.get_n_actions() > 0), None),
                            f"the menu of {name}")
        menu.do_action(0)
        monitor.expect(label, "push button").do_action(0)

    def test_follow(self):
        with kept_settings():
            self.addCleanup(lambda: FEEDS.unlink(missing_ok=True))
            with Monitor() as monitor:
                monitor.expect("Follow a System", "push button").do_action(0)
                monitor.expect("Kind")
                self.enter(monitor)
                self.follow(monitor)
                monitor.quit()
            self.assert_nothing_secret()
            with Monitor() as monitor:
                self.until(monitor, lambda: self.rows(monitor), "it goes on by itself when it is started again")
                self.until(monitor, lambda: self.is_as_janus_says(monitor), "and all are listed again")

    def enter(self, monitor):
        address = f"http://127.0.0.1:{self.janus.admin_http}/admin"
        self.fill(monitor, Address="http://127.0.0.1:9/admin", Secret="wrong", Name="bridge")
        self.step(monitor, "Secrets", "good")
        self.step(monitor, "Address", "failed", "Check what was entered")
        self.step(monitor, "Sign-in", "waiting")
        monitor.expect("Follow Anyway", "push button")
        self.fill(monitor, Address=address)
        self.step(monitor, "Sign-in", "failed", "Janus refuses", "Unauthorized")
        self.fill(monitor, Address="janus", Secret=self.janus.secrets["admin"])
        self.step(monitor, "Settings", "failed", "address")
        self.fill(monitor, Address=address)
        monitor.expect("Calls", "list")

    def follow(self, monitor):
        self.join()
        self.until(monitor, lambda: self.rows(monitor), "the room is a row")
        self.until(monitor, lambda: self.is_as_janus_says(monitor), "all who joined are listed")
        self.command(monitor)
        self.people[1].message("leave")
        self.until(monitor, lambda: self.is_as_janus_says(monitor), "who has left is not")

        self.janus.end(signal.SIGKILL)
        self.until(monitor, lambda: self.rows(monitor, "as of "), "Janus is killed: its row is as of then")
        self.janus.start()
        self.people = [Person(self.janus, name) for name in ("Dee Olsen", "Eve Park")]
        self.people[0].create()
        self.join()
        self.until(monitor, lambda: self.is_back(monitor), "Janus is back, and so is what it knows")

    def command(self, monitor):
        """What Janus refuses is said; once it is told the room's secret it does it."""
        self.press_of(monitor, "Ana Lind", "Mute")
        self.until(monitor, lambda: self.says(monitor, "Could not mute Ana Lind", "Janus refuses"),
                   "the room has a secret: that is said")
        monitor.action("follow-edit", "bridge")
        monitor.expect("More settings", "push button").do_action(0)
        secrets = self.janus.secret_file("rooms", f"audiobridge/{ROOM}={self.janus.secrets['room']}")
        self.fill(monitor, **{"File of room secrets": str(secrets)})
        monitor.expect("Calls", "list")
        self.until(monitor, lambda: self.is_as_janus_says(monitor), "edited, all are listed again")
        self.press_of(monitor, "Ana Lind", "Mute")
        self.until(monitor, lambda: self.janus.people()["janus:101"][1], "Janus has muted who was muted here")
        self.until(monitor, lambda: self.is_as_janus_says(monitor), "and so it is listed")
        self.mute_all(monitor)
        self.press_of(monitor, "Cy Marsh", "Remove")
        self.until(monitor, lambda: "janus:103" not in self.janus.people(), "Janus has put out who was removed here")
        self.until(monitor, lambda: self.is_as_janus_says(monitor), "and so it is listed")

    def mute_all(self, monitor):
        """Janus says so of the room, and not of the people in it."""
        def is_muted():
            return self.janus.ask("audiobridge", request="list")["list"][0]["muted"]
        monitor.expect("Mute All", "push button").do_action(0)
        self.until(monitor, is_muted, "Janus has muted the room")
        self.until(monitor, lambda: len(listed := self.listed(monitor)) == 3 and all(listed.values()),
                   "everybody is listed as muted")
        monitor.expect("Unmute All", "push button").do_action(0)
        self.until(monitor, lambda: not is_muted(), "Janus lets the room be heard again")
        self.until(monitor, lambda: self.is_as_janus_says(monitor), "but for who was muted before")

    def says(self, monitor, *words):
        return [name for item in monitor.everything() if all(word in (name := item.get_name() or "") for word in words)]

    def assert_nothing_secret(self):
        """What is kept of the system says where its secret is, and not what."""
        self.assertEqual(stat.S_IMODE(FEEDS.stat().st_mode), 0o600)
        self.assertIn("secret-kept=yes", FEEDS.read_text(encoding="utf-8"))
        for place in (FEEDS, SETTINGS):
            self.assertNotIn(self.janus.secrets["admin"], place.read_text(encoding="utf-8"))


if __name__ == "__main__":
    taptest.main()
