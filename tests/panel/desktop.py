# desktop.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the program has told the desktop, and how that answers: see fake-desktop.py."""

import json
import os
import pathlib
import subprocess

RECORD = pathlib.Path(os.environ["XDG_RUNTIME_DIR"]) / "desktop.jsonl"
NAME = "org.freedesktop.Notifications"


def calls(method):
    """The arguments of every call of a method so far."""
    if not RECORD.is_file():
        return []
    lines = RECORD.read_text(encoding="utf-8").splitlines()
    return [call["values"] for call in map(json.loads, lines) if call["method"] == method]


def _tell(method, *arguments):
    subprocess.run(
        ["gdbus", "call", "--session", "--dest", NAME,
         "--object-path", "/org/freedesktop/Notifications",
         "--method", f"org.conferencemonitor.Test.{method}", *map(str, arguments)],
        check=True, timeout=20, stdout=subprocess.DEVNULL)


def invoke(number, action):
    """Presses a button of the notification with this number, or "default" itself."""
    _tell("Invoke", number, action)


def answer(response):
    """What the portal says from now on: 0 yes, 1 the user refused."""
    _tell("Answer", response)
