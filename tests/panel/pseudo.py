# pseudo.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""A language that nobody speaks, made of the program's own texts: with accents, 40 %
longer and in brackets, so that what is not marked or has no room is plain to see."""

import re
import struct

LANGUAGE = "en_XA"

# What a text has to keep: directives, markup, entities and the key of a menu item.
KEPT = re.compile(r"(%(?:\d+\$)?[-+ #0']*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j|t)?[a-zA-Z%]|<[^>]*>|&\w+;|\n)")
ACCENTS = str.maketrans("ACDEGHIJLNORSTUWYZacdeghijlnorstuwyz",
                        "ÅÇÐÉĜĤÎĴĻÑÖŔŠŢÛŴÝŽåçðéĝĥîĵļñöŕšţûŵýž")
LONGER = 1.4
VOWELS = "AEIOUaeiou"


def _lengthen(text, wanted):
    """Vowels are held for longer, from the first on, as often as it takes."""
    longer = []
    for letter in text:
        longer.append(letter)
        if wanted > 0 and letter in VOWELS:
            longer.append(letter.lower())
            wanted -= 1
    return "".join(longer), wanted


def translate(text):
    parts = KEPT.split(text)
    wanted = round(sum(len(part) for part in parts[::2]) * (LONGER - 1))
    for i in range(0, len(parts), 2):
        parts[i], wanted = _lengthen(parts[i], wanted)
        parts[i] = parts[i].translate(ACCENTS)
    return f"[{''.join(parts)}{'~' * max(0, wanted)}]"


def _read(data):
    """The texts of a compiled catalogue, as GNU gettext's manual has it in "The Format of GNU MO Files"."""
    magic, _, n, originals, translations = struct.unpack_from("<5I", data)
    assert magic == 0x950412de
    for i in range(n):
        yield tuple(data[offset:offset + length] for length, offset in
                    (struct.unpack_from("<2I", data, table + 8 * i) for table in (originals, translations)))


def _write(pairs):
    pairs = sorted(pairs)
    tables = 28
    at = tables + 16 * len(pairs)
    index, texts = [b"", b""], b""
    for which in (0, 1):
        for pair in pairs:
            index[which] += struct.pack("<2I", len(pair[which]), at + len(texts))
            texts += pair[which] + b"\0"
    return struct.pack("<7I", 0x950412de, 0, len(pairs), tables, tables + 8 * len(pairs), 0, 0) + b"".join(index) + texts


def make(complete, folder):
    """Writes into a folder of locales the catalogue with every text that a complete one has."""
    pairs = []
    for original, _ in _read(complete.read_bytes()):
        if original:
            forms = original.split(b"\4")[-1].decode().split("\0")
            pairs.append((original, "\0".join(map(translate, forms)).encode()))
    pairs.append((b"", b"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"))
    path = folder / LANGUAGE / "LC_MESSAGES" / complete.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_write(pairs))
