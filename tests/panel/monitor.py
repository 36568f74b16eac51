# monitor.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole program, run for a test and seen as a screen reader sees it."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# The program dies of its own warnings; the reader of the bus does not of its.
STRICT = {"G_DEBUG": "fatal-warnings", "G_ENABLE_DIAGNOSTIC": "1"}

PATIENCE = 20.0  # seconds; a wait ends as soon as what is waited for is there
STILL = 3.0  # seconds; what a key has not moved by then stays where it is


SETTINGS = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings" / "keyfile"


@contextlib.contextmanager
def kept_settings(**keys):
    """Settings that outlive a program; otherwise they are in its memory only.
    The values are truths, texts, lists of texts or pairs of numbers."""
    def text(value):
        return str(value).lower() if isinstance(value, bool) else repr(value if isinstance(value, (list, tuple)) else str(value))

    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    SETTINGS.parent.mkdir(parents=True, exist_ok=True)
    SETTINGS.write_text("[org/conferencemonitor/Monitor]\n" +
                        "".join(f"{name.replace('_', '-')}={text(value)}\n" for name, value in keys.items()),
                        encoding="utf-8")
    try:
        yield
    finally:
        os.environ["GSETTINGS_BACKEND"] = "memory"
        shutil.rmtree(SETTINGS.parent)


class Focus:
    """The object that was last told to have the keyboard. To look for it among all there are takes
    a third of a second, and a test of keys asks a few times for each."""

    EVENT = "object:state-changed:focused"

    def __init__(self):
        self.item = None
        self.listener = Atspi.EventListener.new(self._hear)
        self.listener.register(self.EVENT)

    def _hear(self, event):
        if event.detail1:
            self.item = event.source

    def close(self):
        self.item = None
        self.listener.deregister(self.EVENT)


class Monitor:
    def __init__(self, *arguments, begin=None):
        """What a start by these does not show is shown by begin."""
        self.focus = Focus()
        self.process = subprocess.Popen([os.environ["CM_MONITOR"], *arguments],
                                        env=os.environ | STRICT)
        if begin:
            begin()
        self.application = self.wait(self._find_application, "the program on the accessibility bus")
        # Objects that have gone are not kept: libatspi ends on them; nor is what others once said.
        self.application.set_cache_mask(Atspi.Cache.NONE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.focus.close()
        self.process.terminate()
        self.process.wait(PATIENCE)

    def action(self, name, *parameters):
        """What a menu item or a key would do."""
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.conferencemonitor.Monitor", "--object-path",
                        "/org/conferencemonitor/Monitor", "--method", "org.freedesktop.Application.ActivateAction",
                        name, "[" + ", ".join(f"<'{each}'>" for each in parameters) + "]", "{}"],
                       check=True, stdout=subprocess.DEVNULL)

    def quit(self):
        """As its user would, so that it can clear up."""
        self.action("quit")
        self.process.wait(PATIENCE)

    def _find_application(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def wait(self, condition, what):
        """What condition returns once that is true; a test fails that waits in vain."""
        end = time.monotonic() + PATIENCE
        context = GLib.MainContext.default()
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}")
            try:
                value = condition()
            except GLib.Error:  # what was asked has just gone
                value = None
            if value:
                return value
            while context.iteration(False):
                pass
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what}; there is:\n{self.describe()}")

    def everything(self, root=None):
        stack = [root or self.application]
        while stack:
            item = stack.pop()
            if item is None:
                continue
            yield item
            try:
                stack.extend(item.get_child_at_index(i)
                             for i in reversed(range(item.get_child_count())))
            except GLib.Error:
                continue

    def find(self, name=None, role=None, root=None):
        for item in self.everything(root):
            try:
                if ((name is None or item.get_name() == name) and
                        (role is None or item.get_role_name() == role)):
                    return item
            except GLib.Error:
                continue
        return None

    def nearest(self, name, role):
        """As find(), but what is right in the window first: what is there for seconds only
        is found on a busy machine too."""
        items = [self.application]
        while items:
            for item in items:
                if item.get_name() == name and item.get_role_name() == role:
                    return item
            items = [item.get_child_at_index(i) for item in items for i in range(item.get_child_count())]
            items = [item for item in items if item is not None]
        return None

    def expect(self, name=None, role=None):
        return self.wait(lambda: self.find(name, role), f"{role or 'anything'} named {name!r}")

    def expect_none(self, name=None, role=None):
        self.wait(lambda: self.find(name, role) is None, f"no {role or 'thing'} named {name!r}")

    def names(self, role, root=None):
        names = []
        for item in self.everything(root):
            try:
                if item.get_role_name() == role:
                    names.append(item.get_name())
            except GLib.Error:
                continue
        return names

    def people(self, group):
        """The names in a group of the roster."""
        return [name.split(", ")[0] for name in self.names("list item", self.expect(group, "list"))]

    def _focus_of(self, item):
        """The object, its role and its name if that has the keyboard."""
        try:
            if (item.get_process_id() == self.process.pid and
                    item.get_state_set().contains(Atspi.StateType.FOCUSED) and
                    item.get_role_name() not in ("frame", "dialog", "window")):
                return item, item.get_role_name(), item.get_name()
        except GLib.Error:  # it has just gone
            pass
        return None

    def _told_focus(self):
        """As the program has told it; it is asked whether that is still so."""
        while GLib.MainContext.default().iteration(False):
            pass
        return self.focus.item and self._focus_of(self.focus.item)

    def _find_focus(self):
        """As told, or else wherever it is."""
        return self._told_focus() or next(filter(None, map(self._focus_of, self.everything())), None)

    def focused(self):
        """The role and the name of what has the keyboard."""
        focus = self._find_focus()
        return focus and focus[1:]

    def tab(self, key="Tab"):
        """What has the keyboard once the key has taken it on, or has not."""
        before = self._find_focus()
        subprocess.run(["xdotool", "key", key], check=True)
        end = time.monotonic() + STILL
        while time.monotonic() < end:
            now = self._told_focus()
            if now not in (before, None):
                return now[1:]
            time.sleep(0.01)
        return self.focused()

    def tab_to(self, name, role=None, key="Tab"):
        """Goes on until that has the keyboard."""
        seen = []
        while len(seen) < 120:
            now = self.focused()
            if now is not None and now[1] == name and role in (None, now[0]):
                return
            seen.append(now)
            self.tab(key)
        raise AssertionError(f"no way to {name!r} by {key}: {seen}")

    def describe(self):
        lines = []
        for item in self.everything():
            try:
                lines.append(f"  {item.get_role_name()}: {item.get_name()!r}")
            except GLib.Error:
                continue
        return "\n".join(lines)


def is_sensitive(item):
    return item.get_state_set().contains(Atspi.StateType.SENSITIVE)


def is_checked(item):
    return item.get_state_set().contains(Atspi.StateType.CHECKED)


def get_window(monitor):
    return monitor.wait(lambda: subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(monitor.process.pid)],
        capture_output=True, text=True, check=False).stdout.split(), "the window")[-1]


def press(monitor, keys):
    subprocess.run(["xdotool", "windowfocus", "--sync", get_window(monitor), "key", keys], check=True)


def press_at(monitor, item, button):
    """In the middle of an item."""
    place = item.get_extents(Atspi.CoordType.WINDOW)
    subprocess.run(["xdotool", "mousemove", "--window", get_window(monitor), str(place.x + place.width // 2),
                    str(place.y + place.height // 2), "click", str(button)], check=True)
