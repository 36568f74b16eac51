# test-pin.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The side panel under window managers of X11, as the other windows find it."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent.parent / "support"),
                str(pathlib.Path(__file__).resolve().parent)]

import taptest  # noqa: E402

PATIENCE = 20.0
SCREEN = 1280
WIDTH = 360
MANAGERS = {
    "openbox": ["openbox", "--replace"],
    "xfwm4": ["xfwm4", "--replace", "--compositor=off"],
    "mutter": ["mutter", "--x11", "--replace"],
}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE,
                          check=False).stdout


def wait(condition, what, instead=lambda: ""):
    """What condition returns once that is true; instead() says what there is, where not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}, {instead()}")


def numbers(window, name):
    line = run("xprop", "-id", window, name)
    return [int(number) for number in re.findall(r"\d+", line.partition("=")[2])]


def words(window, name):
    return re.findall(r"_NET_\w+", run("xprop", "-id", window, name).partition("=")[2])


def geometry(window):
    """x, y, width, height of what is inside any frame."""
    text = run("xwininfo", "-id", window)
    return tuple(int(re.search(rf"{name}:\s*(-?\d+)", text)[1]) for name in
                 ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height"))


class Program:
    """The program on a bus of its own, so that two can run side by side."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c",
             'echo "$$ $DBUS_SESSION_BUS_ADDRESS"; exec "$@"', "sh",
             os.environ["CM_MONITOR"], *arguments],
            stdout=subprocess.PIPE, text=True, start_new_session=True)
        pid, self.address = self.process.stdout.readline().split()
        self.pid = int(pid)
        self.window = wait(self._find, "the window")

    def _find(self):
        for line in run("wmctrl", "-lp").splitlines():
            if line.split()[2] == str(self.pid):
                return line.split()[0]
        return None

    def set_state(self, action, value):
        """As the menu does it."""
        run("gdbus", "call", "--address", self.address, "--dest",
            "org.conferencemonitor.Monitor", "--object-path", "/org/conferencemonitor/Monitor",
            "--method", "org.gtk.Actions.SetState", action, value, "{}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end(signal.SIGTERM)

    def end(self, number):
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            pass
        self.process.wait(PATIENCE)
        self.process.stdout.close()


def use_mode(name):
    run("xrandr", "--output", "screen", "--mode", name)


def pinned(*arguments):
    return Program("--demo", "--at=16", *arguments)


def maximized():
    other = Program("--size=500x400")
    run("wmctrl", "-i", "-r", other.window, "-b", "add,maximized_vert,maximized_horz")
    return other


def expect_width(window, width):
    wait(lambda: abs(geometry(window)[2] - width) <= 12, f"a width of {width}",
         lambda: geometry(window))


def expect_place(window, x, width):
    wait(lambda: geometry(window)[0] == x and geometry(window)[2] == width,
         f"x {x} and width {width}", lambda: geometry(window))


def has_focus(program):
    return run("xdotool", "getwindowfocus").strip() == str(int(program.window, 16))


class Managed:
    """What holds under every manager. A manager that is not there is told."""

    name = None

    @classmethod
    def setUpClass(cls):
        cls.manager = None
        if not shutil.which(cls.name):
            raise unittest.SkipTest(f"{cls.name} is not installed")
        cls.manager = subprocess.Popen(MANAGERS[cls.name], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        pattern = re.compile(rf'_NET_WM_NAME.*"(?i:{cls.name}|mutter)')

        def is_there():
            if cls.manager.poll() is not None:
                return True
            owner = re.search(r"0x[0-9a-f]+", run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"))
            return owner and pattern.search(run("xprop", "-id", owner[0], "_NET_WM_NAME"))

        wait(is_there, cls.name)
        # Modes of a screen end with the server, which ends with the last manager.
        run("xrandr", "--newmode", "small", "60", "1024", "1040", "1060", "1080",
            "700", "710", "720", "730")
        run("xrandr", "--addmode", "screen", "small")
        if cls.manager.poll() is not None:
            raise unittest.SkipTest(f"{cls.name} does not run here")

    @classmethod
    def tearDownClass(cls):
        if cls.manager:
            cls.manager.terminate()
            cls.manager.wait(PATIENCE)

    def test_is_a_dock(self):
        with pinned("--pin=right") as panel:
            expect_place(panel.window, SCREEN - WIDTH, WIDTH)
            self.assertEqual(words(panel.window, "_NET_WM_WINDOW_TYPE"),
                             ["_NET_WM_WINDOW_TYPE_DOCK"])
            height = geometry(panel.window)[3]
            self.assertEqual(numbers(panel.window, "_NET_WM_STRUT_PARTIAL"),
                             [0, WIDTH, 0, 0, 0, 0, 0, height - 1, 0, 0, 0, 0])
            self.assertEqual(numbers(panel.window, "_NET_WM_STRUT"), [0, WIDTH, 0, 0])
            wait(lambda: "_NET_WM_STATE_ABOVE" in words(panel.window, "_NET_WM_STATE"), "above")

    def test_of_two_pixels_each(self):
        """X counts pixels of the screen, of which there are more here than the window counts."""
        os.environ["GDK_SCALE"] = "2"
        try:
            with pinned("--pin=right") as panel:
                expect_place(panel.window, SCREEN - 2 * WIDTH, 2 * WIDTH)
                wait(lambda: numbers(panel.window, "_NET_WM_STRUT") == [0, 2 * WIDTH, 0, 0], "the strut",
                     lambda: numbers(panel.window, "_NET_WM_STRUT"))
        finally:
            del os.environ["GDK_SCALE"]

    def test_keeps_room(self):
        """A maximized window leaves the panel its room until it is unpinned."""
        with maximized() as other, pinned("--pin=right") as panel:
            expect_width(other.window, SCREEN - WIDTH)
            self.focus(panel)
            run("xdotool", "key", "ctrl+p")
            wait(lambda: not numbers(panel.window, "_NET_WM_STRUT_PARTIAL"), "no strut")
            expect_width(other.window, SCREEN)
            self.assertEqual(words(panel.window, "_NET_WM_WINDOW_TYPE"),
                             ["_NET_WM_WINDOW_TYPE_NORMAL"])
            run("xdotool", "key", "ctrl+p")
            expect_width(other.window, SCREEN - WIDTH)

    def test_gives_room_back(self):
        for number in (signal.SIGTERM, signal.SIGKILL):
            with self.subTest(number), maximized() as other:
                panel = pinned("--pin=left")
                try:
                    expect_width(other.window, SCREEN - WIDTH)
                    expect_place(panel.window, 0, WIDTH)
                finally:
                    panel.end(number)
                expect_width(other.window, SCREEN)

    def focus(self, panel):
        """A dock gets the keyboard by a click, not from its manager. The status line
        does nothing else with it."""
        def click():
            x, y, width, height = geometry(panel.window)
            run("xdotool", "mousemove", str(x + width // 2), str(y + height - 12), "click", "1")
            return has_focus(panel)

        wait(click, "the focus")

    def test_takes_keys(self):
        with maximized(), pinned("--pin=right") as panel:
            self.focus(panel)
            run("xdotool", "key", "ctrl+plus")
            expect_place(panel.window, SCREEN - WIDTH - 40, WIDTH + 40)
            wait(lambda: numbers(panel.window, "_NET_WM_STRUT") == [0, WIDTH + 40, 0, 0],
                 "a wider strut")

    def test_changes_edge(self):
        with pinned("--pin=right") as panel:
            expect_place(panel.window, SCREEN - WIDTH, WIDTH)
            panel.set_state("panel-edge", "<'left'>")
            expect_place(panel.window, 0, WIDTH)
            wait(lambda: numbers(panel.window, "_NET_WM_STRUT") == [WIDTH, 0, 0, 0],
                 "the strut at the left")

    def test_follows_the_screen(self):
        """The screen becomes smaller and large again, and the panel stays at its edge."""
        small = 1024
        with maximized() as other, pinned("--pin=right") as panel:
            expect_place(panel.window, SCREEN - WIDTH, WIDTH)
            try:
                use_mode("small")
                expect_place(panel.window, small - WIDTH, WIDTH)
                wait(lambda: geometry(panel.window)[3] <= 700, "its height")
                expect_width(other.window, small - WIDTH)
            finally:
                use_mode(f"{SCREEN}x800")
            expect_place(panel.window, SCREEN - WIDTH, WIDTH)
            expect_width(other.window, SCREEN - WIDTH)

    def test_comes_back_as_it_was(self):
        with Program("--demo", "--at=16", "--size=700x500") as window:
            wait(lambda: geometry(window.window)[2] >= 700, "its size")
            # A window that has the focus has been placed before.
            run("wmctrl", "-i", "-a", window.window)
            wait(lambda: has_focus(window), "the focus")
            before = wait(lambda: geometry(window.window), "its place")
            run("xdotool", "key", "ctrl+p")
            expect_place(window.window, SCREEN - WIDTH, WIDTH)
            self.focus(window)
            run("xdotool", "key", "ctrl+p")
            wait(lambda: geometry(window.window) == before, before,
                 lambda: geometry(window.window))


class Openbox(Managed, unittest.TestCase):
    name = "openbox"


class Xfwm4(Managed, unittest.TestCase):
    name = "xfwm4"


class Mutter(Managed, unittest.TestCase):
    name = "mutter"


class CommandLine(unittest.TestCase):
    def test_no_such_edge(self):
        done = subprocess.run([os.environ["CM_MONITOR"], "--pin=top"], capture_output=True,
                              text=True, timeout=PATIENCE, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("left or right", done.stderr)


if __name__ == "__main__":
    taptest.main()
