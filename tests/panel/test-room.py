# test-room.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""At 320 px every page has room for its words: in longer languages, at 200 % and in high contrast."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "support"), str(HERE)]

import pseudo  # noqa: E402
import taptest  # noqa: E402
from monitor import Monitor  # noqa: E402
from gi.repository import GLib  # noqa: E402

RECORDINGS = pathlib.Path(os.environ["CM_RECORDINGS"])
TRANSLATIONS = pathlib.Path(os.environ["CM_TRANSLATIONS"])
WIDTH = 320
CALL = str(RECORDINGS / "escalation-user2.jsonl")
STATES = HERE.parent / "data"
MEETING = str(RECORDINGS / "escalation-merged.jsonl")

PAGES = {
    "start": [],
    "fault": ["/nowhere/meeting.jsonl"],
    "connect": ["--show=app.connect"],
    "follow": ["--show=app.follow"],
    "unreachable": ["http://127.0.0.1:9/"],
    "demo": ["--demo", "--at=16"],
    "escalating": [CALL, "--at=63"],
    "left": [MEETING, "--at=330"],
    "call": [CALL, "--at=70", "--show=win.open-call"],
    "escalating call": [CALL, "--at=63", "--show=win.open-call"],
    "left call": [CALL, "--at=400", "--show=win.open-call"],
    "meeting": [MEETING, "--at=330", "--show=win.open-call"],
    "lobby": [str(STATES / "lobby.jsonl"), "--at=20", "--show=win.open-call"],
    "fallen back": [str(STATES / "failed-escalation.jsonl"), "--at=6"],
    "removed": [str(STATES / "removed-and-back.jsonl"), "--at=10", "--show=win.open-call"],
    "history": ["--demo", "--at=16", "--show=win.history"],
    "search": ["--demo", "--at=16", "--show=win.search"],
    "empty": [CALL, "--at=0"],
    "ended": ["--demo", "--at=200", "--show=win.ended"],
    "preferences": ["--show=app.preferences"],
    "keys": ["--show=win.keys"],
    "about": ["--show=app.about"],
}


def narrowest(widgets):
    """The innermost that needs more than there is."""
    wide = [widget["path"] for widget in widgets if widget["least"] > WIDTH - 60]
    return [path for path in wide if not any(other.startswith(path + "/") for other in wide)]


class Pages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def look(self, arguments, language="en", locales=TRANSLATIONS, **settings):
        """Every widget of the page, and where it is."""
        theme = self.folder / "gtk-4.0" / "settings.ini"
        theme.parent.mkdir(exist_ok=True)
        theme.write_text("[Settings]\n" + "".join(f"{key.replace('_', '-')}={value}\n"
                                                   for key, value in settings.items()), encoding="utf-8")
        out = self.folder / "widgets.json"
        out.unlink(missing_ok=True)
        subprocess.run([os.environ["CM_MEASURED_MONITOR"], f"--size={WIDTH}x640", f"--screenshot={out}", *arguments],
                       env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": language, "CM_LOCALE_DIR": str(locales),
                                         "XDG_CONFIG_HOME": str(self.folder), "GTK_A11Y": "none"},
                       timeout=120, check=False, stderr=subprocess.DEVNULL)
        return json.loads(out.read_text(encoding="utf-8"))

    def assert_room(self, widgets):
        faults = []
        for widget in widgets:
            where, text = widget["path"].split("/")[-4:], widget.get("text")
            if widget["path"].count("/") == 1 and widget["width"] > WIDTH:
                faults.append(f"{where} is {widget['width']} px wide, for this needs {widget['least']}: "
                              f"{narrowest(widgets)}")
            if text is None:
                continue
            if widget["cut"] and not widget["explained"] and "GtkHeaderBar/" not in widget["path"]:
                faults.append(f"{where} is cut, and nothing says all of it: {text!r}")
            if not widget["cut"] and (widget["text-width"] > widget["width"] + 1 or
                                      widget["text-height"] > widget["height"] + 1):
                faults.append(f"{where} is clipped to {widget['width']}x{widget['height']}: {text!r}")
            if widget["x"] < -1 or widget["x"] + widget["width"] > WIDTH + 1:
                faults.append(f"{where} is at {widget['x']}, {widget['width']} px wide: {text!r}")
        if faults:
            self.fail("\n".join(faults))

    def check(self, **look):
        for page, arguments in PAGES.items():
            with self.subTest(page=page):
                self.assert_room(self.look(arguments, **look))

    def test_pseudo(self):
        pseudo.make(TRANSLATIONS / "de" / "LC_MESSAGES" / "conference-monitor.mo", self.folder)
        self.check(language=pseudo.LANGUAGE, locales=self.folder)

    def test_german(self):
        self.check(language="de")

    def test_arabic(self):
        self.check(language="ar")

    def test_twice_the_size_in_high_contrast(self):
        self.check(gtk_xft_dpi=2 * 96 * 1024, gtk_theme_name="Default-hc")


# What nobody translates: what the recordings have, examples of it, and paths.
DATA = re.compile(r"User (One|Two|Three|\d+)|Ana Marić|\b[UO][OTR]\b|"
                  r"\S*@contoso\.com\S*|(https://)?meet\.contoso\.com\S*|tracker\.example\.com:8085|"
                  r"\b(AB12CD34|measured-monitor|Janus|admin)\b|\S+\.jsonl")
# What is GTK's to translate, and the types that it names nameless widgets by.
KEY = r"(Alt|Ctrl|Down|End|Escape|F\d+|Home|Left|Menu|Return|Right|Shift|Space|Up|.)"
OF_GTK = re.compile(rf"^((Gtk|Cm)\w+|\(None\)|Show Text|About|Credits|License|System|(Close|Minimize|Maximize)( the window)?|{KEY}(\+{KEY})*|"
                    r"This program comes with [^\[]*|Error [^\[]*file [^\[]*)$")


def unmarked(text):
    """What is left of a text without what was translated."""
    before = None
    while text != before:
        before, text = text, re.sub(r"\[[^\[\]]*\]", "\t", text)
    parts = [re.sub(r"^[ ,·]+|[ ·]+$", "", DATA.sub("", part)) for part in text.split("\t")]
    return " ".join(part for part in parts if re.search(r"[^\W\d_]", part) and not OF_GTK.match(part))


class Words(unittest.TestCase):
    """In a language that nobody speaks, what is said in English is not marked for translation."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        pseudo.make(TRANSLATIONS / "de" / "LC_MESSAGES" / "conference-monitor.mo", pathlib.Path(folder.name))
        before = dict(os.environ)
        self.addCleanup(lambda: os.environ.update(before))
        os.environ.update({"LC_ALL": "C.UTF-8", "LANGUAGE": pseudo.LANGUAGE, "CM_LOCALE_DIR": folder.name,
                           "CM_MONITOR": os.environ["CM_MEASURED_MONITOR"]})

    def said(self, monitor):
        texts = set()
        for item in monitor.everything():
            try:
                role = item.get_role_name()
                texts |= {(role, item.get_name()), (role, item.get_description())}
            except GLib.Error:
                continue
        return texts

    def all_said(self, monitor):
        """What is said until it stays, or, where it is alive, for some rounds."""
        rounds = []

        def settled():
            rounds.append(self.said(monitor))
            full = [texts for texts in rounds if any("[" in text for _, text in texts)]
            return len(full) > 3 or (len(full) > 1 and full[-1] == full[-2])

        monitor.wait(settled, "a page that stays")
        return set().union(*rounds)

    def check(self, arguments):
        with Monitor("--size=1280x700", *arguments) as monitor:
            faults = sorted((role, text) for role, text in self.all_said(monitor) if text and unmarked(text))
        if faults:
            self.fail("\n".join(f"{role}: {text!r}" for role, text in faults))

    def test_every_page(self):
        for page, arguments in PAGES.items():
            with self.subTest(page=page):
                self.check(arguments)


if __name__ == "__main__":
    taptest.main()
