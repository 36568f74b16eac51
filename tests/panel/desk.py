# desk.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A desktop that shows notifications, and settings that outlive the program."""

import contextlib
import os
import pathlib
import shutil
import time

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PATH = "/org/freedesktop/Notifications"
NAME = "org.freedesktop.Notifications"

# As in the Desktop Notifications Specification 1.2, section 9.
INTERFACE = Gio.DBusNodeInfo.new_for_xml(f"""
<node><interface name="{NAME}">
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>""").interfaces[0]


class Notifications:
    """shown: what is to be seen now, by its number; told: all there ever was, as (title, body)."""

    def __init__(self):
        self.shown = {}
        self.told = []
        self.next = 1

    def __enter__(self):
        self.connection = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.registration = self.connection.register_object(PATH, INTERFACE, self.handle, None, None)
        self.name = Gio.bus_own_name_on_connection(self.connection, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
        return self

    def __exit__(self, *_):
        Gio.bus_unown_name(self.name)
        self.connection.unregister_object(self.registration)

    def handle(self, _connection, _sender, _path, _interface, method, parameters, invocation):
        answer = None
        if method == "GetCapabilities":
            answer = GLib.Variant("(as)", (["actions", "body"],))
        elif method == "GetServerInformation":
            answer = GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))
        elif method == "Notify":
            _, replaces, _, title, body, actions, hints, _ = parameters.unpack()
            number = replaces or self.next
            self.next = max(self.next, number) + 1
            self.shown[number] = {"title": title, "body": body, "urgency": hints.get("urgency"),
                                  "actions": dict(zip(actions[1::2], actions[::2]))}
            self.told.append((title, body))
            answer = GLib.Variant("(u)", (number,))
        elif method == "CloseNotification":
            self.shown.pop(parameters.unpack()[0], None)
        invocation.return_value(answer)

    def titles(self):
        return sorted(one["title"] for one in self.shown.values())

    def wait_for_none(self, patience=20.0):
        """Once there is no program left to wait with."""
        end = time.monotonic() + patience
        while self.shown and time.monotonic() < end:
            GLib.MainContext.default().iteration(False)
            time.sleep(0.01)
        return not self.shown

    def find(self, title):
        return next((number for number, one in self.shown.items() if one["title"] == title), None)

    def press(self, number, button):
        key = self.shown[number]["actions"][button]
        self.connection.emit_signal(None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (number, key)))


@contextlib.contextmanager
def settings(**values):
    """The program's settings on disk; the values as GVariant texts."""
    folder = pathlib.Path(os.environ["XDG_CONFIG_HOME"]) / "glib-2.0" / "settings"
    before = os.environ.get("GSETTINGS_BACKEND")
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keyfile").write_text("[org/conferencemonitor/Monitor]\n" + "".join(
        f"{key.replace('_', '-')}={value}\n" for key, value in values.items()), encoding="utf-8")
    try:
        yield folder / "keyfile"
    finally:
        os.environ["GSETTINGS_BACKEND"] = before or "memory"
        shutil.rmtree(folder.parent, ignore_errors=True)
