# test-keyring.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The token of a tracker is in the keyring where there is one that takes it, else in a file."""

import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))

import taptest  # noqa: E402

PROGRAM = os.environ["CM_CONNECT_SECRET"]
ADDRESS = "https://tracker.example.org:8085"
TOKEN = "cm.desk.0123456789"
FILE = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "conference-monitor" / "secrets.conf"
OLD = FILE.with_name("tokens")  # as it was called once, and as the tracker's own is

# A bus that starts nothing by itself: what is installed here is no part of the test.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


class Desktop:
    """A session's bus, and the keyring on it."""

    def __init__(self, *keyring, ready=b"ready\n"):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        (self.folder / "bus.conf").write_text(BUS.format(folder=self.folder), encoding="utf-8")
        self.bus = subprocess.Popen(["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--print-address"],
                                    stdout=subprocess.PIPE)
        self.env = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.bus.stdout.readline().decode().strip()}
        self.keyring = None
        if keyring:
            # Its warnings are not ours to die of.
            env = {name: value for name, value in self.env.items() if name != "G_DEBUG"}
            self.keyring = subprocess.Popen(keyring, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            if ready:
                assert self.keyring.stdout.readline() == ready

    def run(self, *arguments):
        out = subprocess.run([PROGRAM, *arguments], env=self.env, capture_output=True, check=True, timeout=100, text=True)
        return out.stdout.strip()

    def lookup(self):
        return self.run("lookup", ADDRESS)

    def store(self, token=TOKEN):
        return self.run("store", ADDRESS, token)

    def forget(self):
        return self.run("forget", ADDRESS)

    def __enter__(self):
        for file in (FILE, OLD):
            file.unlink(missing_ok=True)
        return self

    def __exit__(self, *_):
        for process in (self.keyring, self.bus):
            if process:
                process.kill()
                process.wait()
                for stream in (process.stdin, process.stdout):
                    if stream:
                        stream.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def fake(mode):
    return Desktop("/usr/bin/python3", str(HERE.parent / "support" / "fake-keyring.py"), mode)


class Keyring(unittest.TestCase):
    def in_keyring(self, desktop):
        self.assertEqual(desktop.lookup(), "nowhere -")
        self.assertEqual(desktop.store(), "done")
        self.assertEqual(desktop.lookup(), f"keyring {TOKEN}")
        self.assertFalse(FILE.exists())
        self.assertEqual(desktop.run("lookup", "https://other.example.org:8085"), "nowhere -")
        self.assertEqual(desktop.store("another"), "done")
        self.assertEqual(desktop.lookup(), "keyring another")
        self.assertEqual(desktop.forget(), "done")
        self.assertEqual(desktop.lookup(), "nowhere -")

    def in_file(self, desktop, told):
        self.assertEqual(desktop.store(), told)
        self.assertEqual(desktop.lookup(), f"file {TOKEN}")
        self.assertEqual(stat.S_IMODE(FILE.stat().st_mode), 0o600)

    def test_open(self):
        with fake("open") as desktop:
            self.in_keyring(desktop)

    def test_what_the_keyring_has_the_file_has_no_longer(self):
        with Desktop() as desktop:
            self.in_file(desktop, "done")
            kept = FILE.read_bytes()
        with fake("open") as desktop:
            FILE.write_bytes(kept)
            FILE.chmod(0o600)
            self.assertEqual(desktop.lookup(), f"file {TOKEN}")
            self.assertEqual(desktop.store("new"), "done")
            self.assertNotIn(TOKEN, FILE.read_text())
            self.assertEqual(desktop.lookup(), "keyring new")

    def test_locked_and_unlocked(self):
        with fake("locked") as desktop:
            self.in_keyring(desktop)

    def test_stays_locked(self):
        with fake("shut") as desktop:
            self.in_file(desktop, "refused")
            self.assertEqual(desktop.forget(), "done")
            self.assertEqual(desktop.lookup(), "nowhere -")

    def test_refuses(self):
        with fake("full") as desktop:
            self.in_file(desktop, "refused")

    def test_absent(self):
        with Desktop() as desktop:
            self.in_file(desktop, "done")
            self.assertEqual(desktop.forget(), "done")
            self.assertEqual(desktop.lookup(), "nowhere -")

    def test_no_bus(self):
        with Desktop() as desktop:
            desktop.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
            self.in_file(desktop, "done")

    def test_old_name(self):
        """What was kept under the old name is found, and is under the new one from then on."""
        with Desktop() as desktop:
            self.in_file(desktop, "done")
            FILE.rename(OLD)
            self.assertEqual(desktop.lookup(), f"file {TOKEN}")
            self.assertFalse(OLD.exists())
            self.assertEqual(stat.S_IMODE(FILE.stat().st_mode), 0o600)
            # What comes there later is another's.
            OLD.write_bytes(FILE.read_bytes().replace(TOKEN.encode(), b"later"))
            OLD.chmod(0o600)
            self.assertEqual(desktop.lookup(), f"file {TOKEN}")
            self.assertEqual(desktop.forget(), "done")
            self.assertEqual(desktop.lookup(), "nowhere -")
            self.assertIn("later", OLD.read_text())

    def test_old_name_that_others_can_read(self):
        with Desktop() as desktop:
            self.in_file(desktop, "done")
            FILE.rename(OLD)
            OLD.chmod(0o644)
            self.assertIn("chmod 600", desktop.lookup())
            self.assertIn(TOKEN, OLD.read_text())
            self.assertFalse(FILE.exists())

    def test_file_of_a_tracker(self):
        """It has the same name as ours once had, and is left alone."""
        made = subprocess.run([os.environ["CM_TRACKER"], "token", "add", "desk", "--role=engineer"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(made.returncode, 0, made.stderr)
        trackers = OLD.read_bytes()
        for data in (trackers, b"# tokens\n" + trackers, b"", b"# nothing\n", b"[tokens]\n", b"[other]\na=b\n",
                     b"[tokens]\na=b\n[other]\na=b\n", b"[tokens]\na=b\n" + trackers, b"\xff\x00", b"x" * 300000):
            with self.subTest(data[:20]), Desktop() as desktop:
                OLD.write_bytes(data)
                OLD.chmod(0o600)
                before = OLD.stat()
                self.assertEqual(desktop.lookup(), "nowhere -")
                self.in_file(desktop, "done")
                self.assertEqual(desktop.forget(), "done")
                self.assertEqual(OLD.read_bytes(), data)
                self.assertEqual(OLD.stat().st_ino, before.st_ino)

    @unittest.skipUnless(shutil.which("gnome-keyring-daemon"), "there is no gnome-keyring-daemon")
    def test_gnome_keyring(self):
        daemon = shutil.which("gnome-keyring-daemon")
        with Desktop(daemon, "--foreground", "--unlock", "--components=secrets", ready=None) as desktop:
            desktop.keyring.stdin.write(b"a password")
            desktop.keyring.stdin.close()
            desktop.keyring.stdin = None
            subprocess.run(["gdbus", "wait", "--session", "--timeout", "30", "org.freedesktop.secrets"], env=desktop.env, check=True)
            self.in_keyring(desktop)


if __name__ == "__main__":
    taptest.main()
