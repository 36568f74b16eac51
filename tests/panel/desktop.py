# desktop.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the program has told the desktop, and how that answers: see fake-desktop.py."""

import json
import os
import pathlib
import subprocess
import time

RECORD = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "desktop.jsonl"
NAME = "org.freedesktop.Notifications"


def _record():
    if not RECORD.is_file():
        return []
    # What follows the last line's end is still being written.
    lines = RECORD.read_text(encoding="utf-8").split("\n")[:-1]
    return [json.loads(line) for line in lines]


def calls(method):
    """The arguments of every call of a method so far."""
    return [call["values"] for call in _record() if call["method"] == method]


def _tell(method, *arguments):
    subprocess.run(
        ["gdbus", "call", "--session", "--dest", NAME,
         "--object-path", "/org/freedesktop/Notifications",
         "--method", f"org.conferencemonitor.Test.{method}", *map(str, arguments)],
        check=True, timeout=20, stdout=subprocess.DEVNULL)


def answer(response):
    """What the portal says from now on: 0 yes, 1 the user refused."""
    _tell("Answer", response)


class Notifications:
    """What the desktop has been told to show since this was made."""

    def __init__(self):
        self.start = len(_record())

    def _calls(self):
        return [call for call in _record()[self.start:] if call["method"] in ("Notify", "CloseNotification")]

    @property
    def told(self):
        """All there ever was, as (title, body)."""
        return [tuple(call["values"][3:5]) for call in self._calls() if call["method"] == "Notify"]

    @property
    def shown(self):
        """What is to be seen now, by its number."""
        shown = {}
        for call in self._calls():
            if call["method"] == "CloseNotification":
                shown.pop(call["values"][0], None)
                continue
            _, _, _, title, body, actions, hints, _ = call["values"]
            shown[call["number"]] = {"title": title, "body": body, "urgency": hints.get("urgency"),
                                     "actions": dict(zip(actions[1::2], actions[::2]))}
        return shown

    def titles(self):
        return sorted(one["title"] for one in self.shown.values())

    def find(self, title):
        return next((number for number, one in self.shown.items() if one["title"] == title), None)

    def wait_for_none(self, patience=20.0):
        """Once there is no program left to wait with."""
        end = time.monotonic() + patience
        while self.shown and time.monotonic() < end:
            time.sleep(0.05)
        return not self.shown

    def press(self, number, button):
        _tell("Invoke", number, self.shown[number]["actions"][button])
