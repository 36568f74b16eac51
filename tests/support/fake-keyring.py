# fake-keyring.py MODE
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""As much of the Secret Service as a program needs that keeps passwords (the
specification of freedesktop.org, 0.2): "open"; "locked", whose owner unlocks it when
asked; "shut", whose owner does not; "full", which takes nothing. Secrets travel plain,
on a bus of the test."""

import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

MODE = sys.argv[1]
ROOT = "/org/freedesktop/secrets"
LOGIN = ROOT + "/collection/login"
DEFAULT = ROOT + "/aliases/default"
SERVICE = "org.freedesktop.Secret"

INTERFACES = Gio.DBusNodeInfo.new_for_xml("""
<node>
  <interface name="org.freedesktop.Secret.Service">
    <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
      <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
    <method name="SearchItems"><arg type="a{ss}" direction="in"/>
      <arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
    <method name="Unlock"><arg type="ao" direction="in"/>
      <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
    <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/>
      <arg type="a{o(oayays)}" direction="out"/></method>
    <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
    <property name="Collections" type="ao" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Collection">
    <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/>
      <arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
    <property name="Items" type="ao" access="read"/>
    <property name="Label" type="s" access="read"/>
    <property name="Locked" type="b" access="read"/>
    <property name="Created" type="t" access="read"/>
    <property name="Modified" type="t" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Item">
    <method name="Delete"><arg type="o" direction="out"/></method>
    <method name="GetSecret"><arg type="o" direction="in"/><arg type="(oayays)" direction="out"/></method>
    <property name="Locked" type="b" access="read"/>
    <property name="Attributes" type="a{ss}" access="read"/>
    <property name="Label" type="s" access="read"/>
    <property name="Created" type="t" access="read"/>
    <property name="Modified" type="t" access="read"/>
  </interface>
  <interface name="org.freedesktop.Secret.Session"><method name="Close"/></interface>
  <interface name="org.freedesktop.Secret.Prompt">
    <method name="Prompt"><arg type="s" direction="in"/></method>
    <method name="Dismiss"/>
    <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
  </interface>
</node>""")


class Keyring:
    def __init__(self, bus):
        self.bus, self.items, self.count = bus, {}, 0
        self.locked = MODE in ("locked", "shut")
        self.register(ROOT, "Service")
        self.register(LOGIN, "Collection")
        self.register(DEFAULT, "Collection")

    def register(self, path, interface):
        return self.bus.register_object(path, INTERFACES.lookup_interface(f"{SERVICE}.{interface}"),
                                        self.call, self.get, None)

    def new_path(self, kind):
        self.count += 1
        return f"{ROOT}/{kind}/{self.count}"

    def get(self, _bus, _sender, path, _interface, name):
        item = self.items.get(path)
        return {"Collections": lambda: GLib.Variant("ao", [LOGIN]),
                "Items": lambda: GLib.Variant("ao", list(self.items)),
                "Label": lambda: GLib.Variant("s", item["label"] if item else "Login"),
                "Attributes": lambda: GLib.Variant("a{ss}", item["attributes"]),
                "Locked": lambda: GLib.Variant("b", self.locked)}.get(name, lambda: GLib.Variant("t", 0))()

    def call(self, _bus, _sender, path, _interface, method, arguments, invocation):
        answer = getattr(self, "do_" + method)(path, *arguments.unpack())
        if isinstance(answer, tuple):
            invocation.return_dbus_error(*answer)
        else:
            invocation.return_value(answer)

    def do_OpenSession(self, _path, algorithm, _input):
        if algorithm != "plain":
            return "org.freedesktop.DBus.Error.NotSupported", "only plain"
        session = self.new_path("session")
        self.register(session, "Session")
        return GLib.Variant("(vo)", (GLib.Variant("s", ""), session))

    def do_Close(self, _path):
        return None

    def do_SearchItems(self, _path, wanted):
        found = [path for path, item in self.items.items() if wanted.items() <= item["attributes"].items()]
        return GLib.Variant("(aoao)", ([], found) if self.locked else (found, []))

    def do_ReadAlias(self, _path, name):
        return GLib.Variant("(o)", (LOGIN if name == "default" else "/",))

    def do_Unlock(self, _path, objects):
        if not self.locked:
            return GLib.Variant("(aoo)", (objects, "/"))
        prompt = self.new_path("prompt")
        self.register(prompt, "Prompt")
        self.wanted = objects
        return GLib.Variant("(aoo)", ([], prompt))

    def do_Prompt(self, path, _window):
        refuses = MODE == "shut"
        self.locked = refuses
        result = GLib.Variant("ao", [] if refuses else self.wanted)
        GLib.idle_add(lambda: self.bus.emit_signal(None, path, SERVICE + ".Prompt", "Completed",
                                                   GLib.Variant("(bv)", (refuses, result))) and False)

    def do_Dismiss(self, _path):
        return None

    def do_GetSecrets(self, _path, objects, session):
        return GLib.Variant("(a{o(oayays)})", ({one: self.secret(one, session) for one in objects},))

    def do_GetSecret(self, path, session):
        return GLib.Variant("((oayays))", (self.secret(path, session),))

    def secret(self, path, session):
        return session, b"", self.items[path]["secret"], "text/plain"

    def do_CreateItem(self, _path, properties, secret, replace):
        if self.locked:
            return "org.freedesktop.Secret.Error.IsLocked", "it is locked"
        if MODE == "full":
            return "org.freedesktop.DBus.Error.Failed", "it takes nothing"
        attributes = properties[SERVICE + ".Item.Attributes"]
        for path, item in self.items.items():
            if replace and item["attributes"] == attributes:
                item["secret"] = bytes(secret[2])
                return GLib.Variant("(oo)", (path, "/"))
        path = self.new_path("collection/login")
        self.items[path] = {"attributes": attributes, "label": properties[SERVICE + ".Item.Label"],
                            "secret": bytes(secret[2])}
        self.items[path]["id"] = self.register(path, "Item")
        return GLib.Variant("(oo)", (path, "/"))

    def do_Delete(self, path):
        if MODE == "full":
            return "org.freedesktop.DBus.Error.Failed", "it gives nothing away"
        self.bus.unregister_object(self.items.pop(path)["id"])
        return GLib.Variant("(o)", ("/",))


Gio.bus_own_name(Gio.BusType.SESSION, "org.freedesktop.secrets", Gio.BusNameOwnerFlags.NONE,
                 lambda bus, _name: Keyring(bus), lambda *_: print("ready", flush=True), None)
GLib.MainLoop().run()
