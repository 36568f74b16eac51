# test-follow.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Systems that the window follows by itself: several at a time, switched off, edited,
removed, and out of a tracker's configuration."""

import contextlib
import os
import pathlib
import shutil
import stat
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import taptest  # noqa: E402
from exchanges import Asterisk, Freeswitch  # noqa: E402
from monitor import Monitor, is_checked, is_sensitive, kept_settings, press  # noqa: E402

CONFIG = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "conference-monitor"
FEEDS = CONFIG / "feeds.conf"
PASSWORD = "open sesame"


def entry(monitor, name):
    return next((item for item in monitor.everything() if item.get_name() == name and
                 item.get_role_name() in ("text", "entry", "password text")), None)


def fill(monitor, **texts):
    for name, text in texts.items():
        monitor.wait(lambda name=name: entry(monitor, name), f"the entry {name}").set_text_contents(text)
    monitor.expect("Follow", "push button").do_action(0)


def rows(monitor):
    calls = monitor.find("Calls", "list")
    return {name.split(",")[0]: name for name in monitor.names("list item", calls) if name} if calls else {}


def expect_rows(monitor, *names):
    monitor.wait(lambda: set(rows(monitor)) == set(names), f"the rows {names}")


def step(monitor, name, state, *words):
    def found():
        steps = monitor.find("What was checked", "list")
        return steps and [item for item in monitor.names("list item", steps)
                          if item.startswith(f"{name}: {state}") and all(word in item for word in words)]
    return monitor.wait(found, f"{name} {state}: {words}")


def system(monitor, words):
    """The row of a system, once it says this."""
    return monitor.wait(lambda: next((item for item in monitor.everything() if item.get_role_name() == "list item" and
                                      (item.get_name() or "").startswith(words)), None), words)


def choose(monitor, number):
    """A kind, by its place in the list that drops down."""
    for key in ("space", "Home", *["Down"] * number, "Return"):
        press(monitor, key)


class Follow(unittest.TestCase):
    def setUp(self):
        self.files = contextlib.ExitStack()
        self.addCleanup(self.files.close)
        self.files.callback(shutil.rmtree, CONFIG, ignore_errors=True)
        self.folder = pathlib.Path(self.files.enter_context(tempfile.TemporaryDirectory()))
        self.pbx = self.files.enter_context(Freeswitch(password=PASSWORD))
        self.office = self.files.enter_context(Asterisk(password="secret"))
        for number in ("1001", "1002"):
            self.pbx.join(number, "4711")
            self.office.join(number, "5000")

    def configure(self, path=FEEDS, more=""):
        secret = self.folder / "secret"
        secret.write_text("secret\n", encoding="utf-8")
        secret.chmod(0o600)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{more}[feed office]\ntype=asterisk\nuser=monitor\nport={self.office.port}\n"
                        f"password-file={secret}\n", encoding="utf-8")

    def test_entered_by_keyboard(self):
        """What is said of each kind is what its feed can be told."""
        with kept_settings(last_address="follow:"):
            self.configure()
            with Monitor() as monitor:
                expect_rows(monitor, "5000")
                monitor.action("follow-add")
                monitor.expect("Kind")
                choose(monitor, 2)
                monitor.wait(lambda: entry(monitor, "Password"), "what FreeSWITCH is told")
                self.assertIsNone(entry(monitor, "Address"))
                fill(monitor, Port=str(self.pbx.port), Password="wrong", Name="pbx")
                step(monitor, "Address", "good")
                step(monitor, "Sign-in", "failed")
                fill(monitor, Password=PASSWORD, Name="office")
                monitor.expect("There is a system of this name already; choose another one.")
                fill(monitor, Name="pbx")
                expect_rows(monitor, "4711", "5000")
                monitor.quit()
            self.assert_kept_well()
            with Monitor() as monitor:
                expect_rows(monitor, "4711", "5000")

    def assert_kept_well(self):
        """The password is in no settings and in no configuration, but where tokens are."""
        text = FEEDS.read_text(encoding="utf-8")
        self.assertIn("[feed pbx]\ntype=freeswitch\n", text)
        self.assertIn("password-kept=yes", text)
        holders = [path for path in CONFIG.parent.rglob("*") if path.is_file() and
                   PASSWORD in path.read_text(encoding="utf-8", errors="replace")]
        self.assertEqual([path.parent for path in holders], [CONFIG])
        self.assertEqual({stat.S_IMODE(path.stat().st_mode) for path in [*holders, FEEDS]}, {0o600})

    def test_what_can_only_be_posted(self):
        with Monitor("--show=app.follow") as monitor:
            monitor.expect("Kind")
            choose(monitor, 8)
            monitor.wait(lambda: any("Zoom cannot be asked" in (item.get_name() or "") for item in monitor.everything()),
                         "Zoom posts")
            self.assertFalse(is_sensitive(monitor.expect("Follow", "push button")))
            monitor.expect("Connect to a Tracker", "push button").do_action(0)
            monitor.wait(lambda: entry(monitor, "Token"), "the page of trackers")

    def test_switched_off_edited_and_removed(self):
        self.configure(more=f"[feed pbx]\ntype=freeswitch\nport={self.pbx.port}\npassword-env=PBX\n\n")
        os.environ["PBX"] = PASSWORD
        self.addCleanup(os.environ.pop, "PBX")
        with kept_settings(last_address="follow:"), Monitor() as monitor:
            expect_rows(monitor, "4711", "5000")
            monitor.action("follow")
            system(monitor, "pbx (FreeSWITCH): Live")
            system(monitor, "office (Asterisk): Live")
            monitor.action("follow-toggle", "pbx")
            self.assertFalse(is_checked(monitor.wait(lambda: monitor.find("Follow pbx"), "the switch")))
            system(monitor, "pbx (FreeSWITCH): Switched off")
            monitor.expect("Show Calls", "push button").do_action(0)
            expect_rows(monitor, "5000")
            self.assertIn("enabled=no", FEEDS.read_text(encoding="utf-8"))

            monitor.action("follow-toggle", "pbx")
            expect_rows(monitor, "4711", "5000")
            self.pbx.drop()
            self.pbx.password = "changed"
            monitor.action("follow")
            system(monitor, "pbx (FreeSWITCH): Not connected")
            system(monitor, "office (Asterisk): Live")
            monitor.action("follow-edit", "pbx")
            monitor.expect("Remove", "push button").do_action(0)
            monitor.wait(lambda: "pbx" not in FEEDS.read_text(encoding="utf-8"), "it is forgotten")
            monitor.expect("Show Calls", "push button").do_action(0)
            expect_rows(monitor, "5000")

    def test_the_configuration_of_a_tracker(self):
        path = self.folder / "conference-tracker.conf"
        self.configure(path, more="[watch]\nframe-ms=40\n\n[feed hooks]\ntype=zoom\nsecret-file=/nowhere\n\n")
        with Monitor(str(path)) as monitor:
            expect_rows(monitor, "5000")
            monitor.action("follow")
            system(monitor, "office (Asterisk): Live")
            system(monitor, "hooks (Zoom): ")
            self.assertIsNone(monitor.find("Add a System", "push button"))
            self.assertFalse(FEEDS.exists())

    def test_faults_have_their_places(self):
        path = self.folder / "bad.conf"
        path.write_text("[feed a]\ntype=janus\n\n[feed b]\ntype=asterisk\nport=many\n", encoding="utf-8")
        with Monitor(str(path)) as monitor:
            monitor.expect("Could not open bad.conf")
            words = monitor.wait(lambda: next((item.get_name() for item in monitor.everything()
                                               if f"{path}:" in (item.get_name() or "")), None), "the faults")
            self.assertIn(f"{path}:1: ", words)
            self.assertIn(f"{path}:6: port must be a number", words)


if __name__ == "__main__":
    taptest.main()
