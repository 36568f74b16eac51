# translations.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""That every text can be translated, and that every translation fits.

With --write, po/POTFILES.in is written anew instead.
"""

import re
import subprocess
import sys
import tempfile

from tap import ROOT, Tap, name_of, project_files

MARKED = {
    ".c": re.compile(r"\b(_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?)\s*\("),
    ".ui": re.compile(r'translatable="(yes|true)"'),
}


def listed():
    lines = (ROOT / "po" / "POTFILES.in").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def languages():
    lines = (ROOT / "po" / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def with_texts():
    for folder in ("app", "ui"):
        for path in project_files(*MARKED, under=folder):
            if MARKED[path.suffix].search(path.read_text(encoding="utf-8")):
                yield name_of(path)
    for path in project_files(".in", under="data"):
        if path.name.endswith((".desktop.in", ".metainfo.xml.in")):
            yield name_of(path)
    for path in project_files(".xml", under="data"):
        if path.name.endswith(".gschema.xml"):
            yield name_of(path)


def potfiles():
    have = listed()
    want = set(with_texts())
    if have != sorted(set(have)):
        yield "not sorted, or a file is listed twice"
    for name in have:
        if not (ROOT / name).is_file():
            yield f"{name} is listed and does not exist"
        elif name not in want:
            yield f"{name} is listed and has nothing to translate"
    for name in sorted(want - set(have)):
        yield f"{name} is not listed"


def extract(output):
    """The texts as xgettext finds them: it warns of what it cannot read."""
    command = [
        "xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
        "--keyword=NC_:1c,2", f"--output={output}", "--directory", str(ROOT), *listed(),
    ]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    if outcome.returncode or outcome.stderr:
        yield outcome.stderr.strip()


def missing(language, template):
    """What is in the program, and not in the translation."""
    merged = subprocess.run(
        ["msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=-",
         str(ROOT / "po" / f"{language}.po"), template],
        capture_output=True, text=True, check=True).stdout
    left = subprocess.run(
        ["msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", "-"], input=merged,
        capture_output=True, text=True, check=True).stdout
    for text in re.findall(r'^msgid (?:""\n)?"(.+)"$', left, re.MULTILINE):
        yield f"not translated: {text}"


def whole():
    """xgettext knows no macros within a text but those of inttypes.h."""
    text = r'(?:"(?:[^"\\]|\\.)*"\s*)+'
    for path in project_files(".c", under="app"):
        source = path.read_text(encoding="utf-8")
        for broken in re.finditer(rf"\b[A-Z]?_\s*\({text}(?!PRI)([A-Z]\w+)", source):
            number = source.count("\n", 0, broken.start()) + 1
            yield f"{name_of(path)}:{number}: {broken[1]} within a text; use one of PRIu64"


def translation(language):
    path = ROOT / "po" / f"{language}.po"
    if not path.is_file():
        return [f"po/{language}.po does not exist"]
    outcome = subprocess.run(
        ["msgfmt", "--check", "--check-accelerators=_", "--output-file=/dev/null", str(path)],
        capture_output=True, text=True, check=False)
    return [outcome.stderr.strip()] if outcome.returncode or outcome.stderr else []


def write():
    lines = "".join(f"{name}\n" for name in sorted(with_texts()))
    (ROOT / "po" / "POTFILES.in").write_text(lines, encoding="utf-8")


def main():
    if sys.argv[1:] == ["--write"]:
        write()
        return
    tap = Tap()
    tap.check("POTFILES.in lists what has texts", potfiles())
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        tap.check("xgettext reads all of it", extract(template.name))
        for language in languages():
            tap.check(f"{language}.po has all of it", missing(language, template.name))
    tap.check("no text is cut by a macro", whole())
    have = {path.stem for path in project_files(".po", under="po")}
    tap.check("LINGUAS lists every translation",
              (f"{name} is not listed" for name in sorted(have - set(languages()))))
    for language in languages():
        tap.check(f"{language}.po is right", translation(language))
    tap.done()


if __name__ == "__main__":
    main()
