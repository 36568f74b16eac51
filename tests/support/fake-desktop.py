# fake-desktop.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a desktop has on the session's bus and a test has not: who shows notifications,
and the portal's Background and Settings. What they are told is appended to the file that is named on
the command line, one JSON object a line; the method Invoke of org.conferencemonitor.Test
presses a button of a notification, and Answer tells what the portal says next."""

import json
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

INTERFACES = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <method name="Notify">
      <arg type="s" name="program" direction="in"/><arg type="u" name="replaces" direction="in"/>
      <arg type="s" name="icon" direction="in"/><arg type="s" name="title" direction="in"/>
      <arg type="s" name="body" direction="in"/><arg type="as" name="actions" direction="in"/>
      <arg type="a{sv}" name="hints" direction="in"/><arg type="i" name="time" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" name="id" direction="in"/></method>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  </interface>
  <interface name="org.freedesktop.portal.Background">
    <method name="RequestBackground">
      <arg type="s" name="window" direction="in"/><arg type="a{sv}" name="options" direction="in"/>
      <arg type="o" direction="out"/>
    </method>
  </interface>
  <interface name="org.freedesktop.portal.Settings">
    <method name="ReadAll">
      <arg type="as" direction="in"/><arg type="a{sa{sv}}" direction="out"/>
    </method>
    <method name="Read">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
    </method>
  </interface>
  <interface name="org.conferencemonitor.Test">
    <method name="Invoke">
      <arg type="u" name="id" direction="in"/><arg type="s" name="action" direction="in"/>
    </method>
    <method name="Answer"><arg type="u" name="response" direction="in"/></method>
  </interface>
</node>
"""
NOTIFICATIONS = "/org/freedesktop/Notifications"
PORTAL = "/org/freedesktop/portal/desktop"


class Desktop:
    def __init__(self, record):
        self.record = record
        self.last_id = 0
        self.response = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.loop = GLib.MainLoop()
        self.bus.connect("closed", lambda *_: self.loop.quit())
        node = Gio.DBusNodeInfo.new_for_xml(INTERFACES)
        for path in (NOTIFICATIONS, PORTAL):
            for interface in node.interfaces:
                self.bus.register_object(path, interface, self.called, None, None)
        for name in ("org.freedesktop.Notifications", "org.freedesktop.portal.Desktop"):
            Gio.bus_own_name_on_connection(self.bus, name, Gio.BusNameOwnerFlags.NONE, None, None)

    def called(self, _bus, sender, _path, _interface, method, parameters, invocation):
        values = parameters.unpack()
        call = {"method": method, "values": values}
        if method == "Notify":
            self.last_id += not values[1]
            call["number"] = values[1] or self.last_id
        with open(self.record, "a", encoding="utf-8") as file:
            print(json.dumps(call, default=str), file=file)
        answer = getattr(self, f"on_{method}")(sender, *values)
        invocation.return_value(answer)

    def emit(self, path, interface, signal, value):
        self.bus.emit_signal(None, path, interface, signal, value)

    def on_GetCapabilities(self, _sender):
        return GLib.Variant("(as)", (["actions", "body"],))

    def on_GetServerInformation(self, _sender):
        return GLib.Variant("(ssss)", ("test", "test", "1", "1.2"))

    def on_Notify(self, _sender, _program, replaces, *_):
        return GLib.Variant("(u)", (replaces or self.last_id,))

    def on_ReadAll(self, _sender, _spaces):
        return GLib.Variant("(a{sa{sv}})", ({},))

    def on_Read(self, _sender, _space, _key):
        return GLib.Variant("(v)", (GLib.Variant("u", 0),))

    def on_CloseNotification(self, _sender, number):
        self.emit(NOTIFICATIONS, "org.freedesktop.Notifications", "NotificationClosed",
                  GLib.Variant("(uu)", (number, 3)))

    def on_Invoke(self, _sender, number, action):
        self.emit(NOTIFICATIONS, "org.freedesktop.Notifications", "ActionInvoked",
                  GLib.Variant("(us)", (number, action)))

    def on_Answer(self, _sender, response):
        self.response = response

    def on_RequestBackground(self, sender, _window, options):
        request = "/".join((PORTAL, "request", sender[1:].replace(".", "_"),
                            options["handle_token"]))
        granted = self.response == 0 and options["autostart"]
        results = {"background": GLib.Variant("b", True), "autostart": GLib.Variant("b", granted)}
        self.emit(request, "org.freedesktop.portal.Request", "Response",
                  GLib.Variant("(ua{sv})", (self.response, results)))
        return GLib.Variant("(o)", (request,))


Desktop(sys.argv[1]).loop.run()
