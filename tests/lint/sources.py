# sources.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be read off the files themselves."""

import re
import statistics

from tap import ROOT, TEXT, Tap, name_of, project_files

MAX_LINES = 500

# Who may include whom: only what stands before it, and its own folder.
LAYERS = ["core", "model", "tracker", "feeds", "journal", "watch"]
TOPS = ["service", "agent", "panel"]

# Put together here, so that this file is not among what it looks for.
WORKPLACE = re.compile("/wo" "rk/|\\bfa" "rm-")
UNFINISHED = re.compile("\\b(TO" "DO|FIX" "ME|XX" "X)\\b")


def text_files():
    for path in project_files():
        # What the tests read may be wrong on purpose.
        if path.is_relative_to(ROOT / "tests" / "data"):
            continue
        if path.suffix in TEXT or path.name in {"LINGUAS", "POTFILES.in", "run"}:
            yield path


def c_files():
    yield from project_files(".c", ".h", under="app")
    yield from project_files(".c", ".h", under="tests")


def white_space():
    for path in text_files():
        data = path.read_bytes()
        if data and not data.endswith(b"\n"):
            yield f"{name_of(path)}: no line end at the end"
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.rstrip() != line and path.suffix != ".po":
                yield f"{name_of(path)}:{number}: white space at the end"
            if b"\t" in line:
                yield f"{name_of(path)}:{number}: tab"


def headers():
    for path in c_files():
        want = f"/* {path.name}\n *\n * SPDX-License-Identifier: GPL-3.0-or-later\n */\n"
        text = path.read_text(encoding="utf-8")
        if not text.startswith(want):
            yield f"{name_of(path)}: not the project's file header"
        if path.suffix == ".h" and "#pragma once" not in text:
            yield f"{name_of(path)}: no #pragma once"
    for path in project_files(".py", ".sh"):
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text(encoding="utf-8")[:400]:
            yield f"{name_of(path)}: no licence in its head"


def sizes():
    for path in c_files():
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MAX_LINES:
            yield f"{name_of(path)}: {lines} lines, at most {MAX_LINES}"


def function_lengths():
    """Of the C files in app/: the lines between the braces in the first column."""
    for path in project_files(".c", under="app"):
        start = None
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if line == "{":
                start = number
            elif line == "}" and start is not None:
                yield number - start - 1
                start = None


def functions():
    lengths = sorted(function_lengths())
    if not lengths:
        return
    median = statistics.median(lengths)
    ninth = lengths[len(lengths) * 9 // 10]
    print(f"# {len(lengths)} functions, median {median:g} lines, nine of ten at most {ninth}")
    if median > 8 or ninth > 32:
        yield f"median {median:g} and nine of ten at most {ninth}: wanted are 8 and 32"


def words(pattern):
    for path in text_files():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{name_of(path)}:{number}: {line.strip()}"


def calls(folders, pattern, but=()):
    for folder in folders:
        for path in project_files(".c", ".h", under=f"app/{folder}"):
            if path.name in but:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(pattern, line):
                    yield f"{name_of(path)}:{number}: {line.strip()}"


def includes():
    for folder in LAYERS + TOPS:
        below = LAYERS if folder in TOPS else LAYERS[:LAYERS.index(folder)]
        for path in project_files(".c", ".h", under=f"app/{folder}"):
            for other in re.findall(r'^#include "(\w+)/', path.read_text(encoding="utf-8"), re.M):
                if other in LAYERS + TOPS and other != folder and other not in below:
                    yield f"{name_of(path)}: {folder} must not know {other}"


def gtk_includes():
    return calls(LAYERS + ["service", "agent"], r"#\s*include\s*<(gtk|gdk|gsk|adwaita|graphene)\b")


def unlisted():
    """What stands in a folder and not in its meson.build is built and run by nobody."""
    for path in [*project_files(".c", under="app"), *project_files(".c", ".py", under="tests")]:
        if path.suffix == ".py" and not path.name.startswith("test-"):
            continue
        build = path.with_name("meson.build").read_text(encoding="utf-8")
        if "run_command" not in build and path.stem not in re.findall(r"'([\w-]+)(?:\.\w+)?'", build) \
                and path.name != "main.c":
            yield f"{name_of(path)} is not in its meson.build"


def main():
    tap = Tap()
    tap.check("no tabs, no white space at line ends", white_space())
    tap.check("every file has its head", headers())
    tap.check(f"no C file has more than {MAX_LINES} lines", sizes())
    tap.check("every source and test is listed", unlisted())
    tap.check("functions are short", functions())
    tap.check("nothing is left unfinished", words(UNFINISHED))
    tap.check("nothing names the place it was made at", words(WORKPLACE))
    # The window's program has a command line too, and answers to it in one file.
    tap.check("no library prints", calls(LAYERS + ["panel"], r"\b(g_print|g_printerr|printf|puts) \(",
                                         but={"cm-application.c"}))
    tap.check("every folder includes only those below it", includes())
    tap.check("GTK is included in the panel only", gtk_includes())
    tap.check("core, model and tracker read no clock",
              calls(LAYERS[:3], r"\b(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|time) \("))
    tap.done()


if __name__ == "__main__":
    main()
