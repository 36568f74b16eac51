# test-sway.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The side panel under Sway: a layer where the program was built with the layer
shell, and otherwise an ordinary window that says what to do."""

import functools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / "support"),
                str(pathlib.Path(__file__).resolve().parent)]

import taptest  # noqa: E402

PATIENCE = 30.0
SCREEN = (1280, 800)
WIDTH = 360
NOBODY = 65534  # Sway refuses to run as root
CONFIG = f"""
output HEADLESS-1 mode {SCREEN[0]}x{SCREEN[1]}
output HEADLESS-1 background #808080 solid_color
default_border none
xwayland disable
"""
HAS_LAYER_SHELL = os.environ.get("CM_HAVE_LAYER_SHELL") == "1"


def wait(condition, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"waited in vain for {what}")


class Sway:
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sway", dir="/tmp"))
        (self.folder / "config").write_text(CONFIG, encoding="utf-8")
        (self.folder / "config").chmod(0o644)
        root = os.geteuid() == 0
        if root:
            os.chown(self.folder, NOBODY, NOBODY)
        environment = {name: value for name, value in os.environ.items()
                       if name not in ("DISPLAY", "WAYLAND_DISPLAY", "G_DEBUG")}
        environment |= {"XDG_RUNTIME_DIR": str(self.folder), "WLR_BACKENDS": "headless",
                        "WLR_LIBINPUT_NO_DEVICES": "1", "WLR_RENDERER": "pixman",
                        "LIBSEAT_BACKEND": "noop", "HOME": str(self.folder)}
        self.process = subprocess.Popen(
            ["sway", "-c", str(self.folder / "config")], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            **({"user": NOBODY, "group": NOBODY, "extra_groups": []} if root else {}))
        try:
            self.display = wait(lambda: self._find("wayland-?"), "Sway's display")
            self.socket = wait(lambda: self._find("sway-ipc.*.sock"), "Sway's socket")
        except AssertionError:
            self.end()
            raise

    def _find(self, pattern):
        if self.process.poll() is not None:
            raise unittest.SkipTest("Sway does not run here")
        return next(self.folder.glob(pattern), None)

    def end(self):
        self.process.terminate()
        self.process.wait(PATIENCE)
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, what):
        done = subprocess.run(["swaymsg", "-s", str(self.socket), "-r", "-t", what],
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
        return json.loads(done.stdout) if done.returncode == 0 else []

    def tell(self, command):
        subprocess.run(["swaymsg", "-s", str(self.socket), command], check=True,
                       timeout=PATIENCE, stdout=subprocess.DEVNULL)

    def work_area(self):
        """x and width of what tiled windows have."""
        found = self.ask("get_workspaces")
        return (found[0]["rect"]["x"], found[0]["rect"]["width"]) if found else None

    def windows(self):
        found, stack = [], [self.ask("get_tree") or {}]
        while stack:
            node = stack.pop()
            stack.extend(node.get("nodes", []) + node.get("floating_nodes", []))
            if node.get("app_id"):
                found.append(node)
        return found

    def environment(self):
        return {name: value for name, value in os.environ.items() if name != "DISPLAY"} | {
            "WAYLAND_DISPLAY": str(self.display), "GDK_BACKEND": "wayland",
            "XDG_CURRENT_DESKTOP": "sway", "G_DEBUG": "fatal-criticals"}

    def press(self, *keys):
        subprocess.run(["wtype", *keys], env=self.environment(), check=True, timeout=PATIENCE)

    def picture(self):
        """What is on the screen: width, height, and the bytes of its pixels."""
        done = subprocess.run(["grim", "-t", "ppm", "-"], env=self.environment(), check=True,
                              timeout=PATIENCE, capture_output=True)
        head, size, _, pixels = done.stdout.split(b"\n", 3)
        assert head == b"P6"
        width, height = (int(number) for number in size.split())
        return width, height, pixels


def again_where_sway_dies(test):
    """Sway 1.7 now and then crashes over a virtual keyboard, whatever runs in it."""
    @functools.wraps(test)
    def tried(self):
        for _ in range(2):
            try:
                test(self)
                return
            except Exception:
                if self.sway.process.poll() is None:
                    raise
                type(self).sway = Sway()
                self.doCleanups()
        self.skipTest("Sway crashed twice")
    return tried


@unittest.skipUnless(shutil.which("sway") and shutil.which("wtype") and shutil.which("grim"),
                     "sway, wtype or grim is not installed")
class Panel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sway = Sway()

    @classmethod
    def tearDownClass(cls):
        cls.sway.end()

    def start(self, *arguments):
        program = subprocess.Popen([os.environ["CM_MONITOR"], "--demo", "--at=16", *arguments],
                                   env=self.sway.environment())

        def end():
            program.kill()
            program.wait(PATIENCE)
            wait(lambda: self.sway.work_area() == (0, SCREEN[0]), "the room to be given back")

        self.addCleanup(end)
        return program

    def background(self):
        """How many pixels of a row of the screen nothing covers."""
        width, height, pixels = self.sway.picture()
        row = pixels[width * 3 * (height // 2):][:width * 3]
        return sum(row[i:i + 3] == b"\x80\x80\x80" for i in range(0, len(row), 3))

    @unittest.skipUnless(HAS_LAYER_SHELL, "built without the layer shell")
    @again_where_sway_dies
    def test_is_a_layer(self):
        self.start("--pin=right")
        wait(lambda: self.sway.work_area() == (0, SCREEN[0] - WIDTH), "room at the right")
        wait(lambda: self.background() == SCREEN[0] - WIDTH, "the panel in the picture")
        self.assertEqual(self.sway.windows(), [])

    @unittest.skipUnless(HAS_LAYER_SHELL, "built without the layer shell")
    @again_where_sway_dies
    def test_pins_and_unpins(self):
        self.start("--pin=left")
        wait(lambda: self.sway.work_area() == (WIDTH, SCREEN[0] - WIDTH), "room at the left")
        self.sway.tell("seat seat0 cursor set 100 10")
        self.sway.tell("seat seat0 cursor press button1")
        self.sway.tell("seat seat0 cursor release button1")

        def unpin():
            self.sway.press("-M", "ctrl", "-k", "p", "-m", "ctrl")
            return len(self.sway.windows()) == 1

        wait(unpin, "an ordinary window")
        wait(lambda: self.sway.work_area() == (0, SCREEN[0]), "the room")
        self.sway.press("-M", "ctrl", "-k", "p", "-m", "ctrl")
        wait(lambda: self.sway.work_area() == (WIDTH, SCREEN[0] - WIDTH), "room at the left again")
        wait(lambda: self.sway.windows() == [], "no ordinary window")

    @unittest.skipIf(HAS_LAYER_SHELL, "built with the layer shell")
    @again_where_sway_dies
    def test_says_what_to_do(self):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self.start("--pin=right")
        wait(lambda: len(self.sway.windows()) == 1, "an ordinary window")
        self.sway.press("-M", "ctrl", "-k", "p", "-m", "ctrl")

        def has_tip(item):
            item.clear_cache()
            return "Sway" in (item.get_name() or "") or any(
                has_tip(child) for child in (item.get_child_at_index(i)
                                             for i in range(item.get_child_count())) if child)

        wait(lambda: has_tip(Atspi.get_desktop(0)), "the tip for Sway")
        self.assertEqual(self.sway.work_area(), (0, SCREEN[0]))


if __name__ == "__main__":
    taptest.main()
