# tap.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the checks here share: the files of the project, and their outcome in TAP."""

import os
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_OURS = {"_build", "build", "__pycache__"}
TEXT = {
    ".build", ".c", ".css", ".h", ".in", ".json", ".jsonl", ".md", ".po", ".py", ".sh", ".svg",
    ".txt", ".ui", ".xml", ".1", ".js",
}


def project_files(*suffixes, under="."):
    """All files that are the project's own, in a fixed order."""
    for folder, folders, names in os.walk(ROOT / under):
        folders[:] = sorted(
            name for name in folders
            if name not in NOT_OURS and (not name.startswith(".") or name == ".ci"))
        for name in sorted(names):
            path = pathlib.Path(folder) / name
            if not suffixes or path.suffix in suffixes:
                yield path


def name_of(path):
    return str(pathlib.Path(path).relative_to(ROOT))


class Tap:
    """Every check is one case; all that is wrong with it is told."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, faults):
        faults = list(faults)
        self.count += 1
        self.failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {self.count} {name}")
        # On the standard error, since meson shows nothing else of a failed test.
        for fault in faults:
            print(f"{name}: {fault}", file=sys.stderr)

    def skip(self, name, reason):
        self.count += 1
        print(f"ok {self.count} {name} # SKIP {reason}")

    def done(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)
