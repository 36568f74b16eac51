# contrast.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""That every text and mark can be told from its ground (WCAG 2.1, 1.4.3 and 1.4.11)."""

import re

from tap import ROOT, Tap

SHEETS = ("light", "dark", "hc", "hc-dark")
MARKS = ("cm_live", "cm_escalating", "cm_hold", "cm_left", "cm_failed", "cm_idle")
TEXTS = ("cm_text", "cm_text_second", "cm_link")
GROUNDS = ("cm_ground", "cm_ground_side", "cm_hover", "cm_selected", "cm_attention")
DISCS = tuple(f"cm_disc_{i}" for i in range(8))
TEXT_RATIO = 4.5
MARK_RATIO = 3.0

PAIRS = [(text, back, TEXT_RATIO) for text in TEXTS for back in GROUNDS]
# Words may stand in a state's colour; in a list's row only its icon does.
PAIRS += [(mark, back, TEXT_RATIO) for mark in MARKS for back in GROUNDS[:2]]
PAIRS += [(mark, back, MARK_RATIO) for mark in MARKS for back in GROUNDS[2:]]
PAIRS += [("cm_banner_text", "cm_banner", TEXT_RATIO)]
PAIRS += [("cm_banner_text_hover", "cm_banner", TEXT_RATIO)]
PAIRS += [("cm_disc_text", disc, TEXT_RATIO) for disc in DISCS]
PAIRS += [("cm_selected_bar", back, MARK_RATIO) for back in ("cm_ground", "cm_selected")]


def colors_of(sheet):
    text = (ROOT / "ui" / f"style-{sheet}.css").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return dict(re.findall(r"@define-color\s+(\w+)\s+([^;]+);", text))


def channels(colors, name, seen=()):
    value = colors[name].strip()
    if value.startswith("@") and value[1:] not in seen:
        return channels(colors, value[1:], (*seen, name))
    digits = value.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if not re.fullmatch(r"[0-9a-fA-F]{6}", digits):
        raise ValueError(f"{name} is {value}, not an opaque colour like #1a7f4b")
    return [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(rgb):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(sheet):
    colors = colors_of(sheet)
    for front, back, least in PAIRS:
        missing = [name for name in (front, back) if name not in colors]
        if missing:
            yield f"{', '.join(missing)} is not defined"
            continue
        have = ratio(channels(colors, front), channels(colors, back))
        if have < least:
            yield f"{front} on {back}: {have:.2f}, wanted {least}"


def used():
    """Every named colour that the style uses is defined in every sheet."""
    text = (ROOT / "ui" / "style.css").read_text(encoding="utf-8")
    for sheet in SHEETS:
        for name in sorted(set(re.findall(r"@(cm_\w+)", text)) - set(colors_of(sheet))):
            yield f"{name} is not defined in style-{sheet}.css"


def main():
    tap = Tap()
    for sheet in SHEETS:
        tap.check(f"{sheet}: contrast", pairs(sheet))
    tap.check("every colour that is used is defined", used())
    tap.done()


if __name__ == "__main__":
    main()
