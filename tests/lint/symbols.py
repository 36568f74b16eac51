# symbols.py CORE-LIBRARY [PROGRAM]
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the built core asks of others, and what it keeps for itself."""

import re
import subprocess
import sys

from tap import Tap

TOOLKIT = re.compile(r"^_?(gtk|gdk|gsk|adw|graphene|pango|cairo)_")
CLOCK = re.compile(r"^(g_get_real_time|g_get_monotonic_time|g_date_time_new_now\w*|time|clock_gettime|gettimeofday)$")
OUTSIDE = re.compile(r"^(f?open(64)?|freopen|socket|connect|g_file_\w+|g_getenv|getenv|g_spawn\w*|fork)$")

# What GObject keeps of every type and GLib of every quark, and the tables of
# properties and signals, which are filled once when the class is made.
KEPT = re.compile(
    r"(_parent_class|_private_offset|^static_g_define_type_id|^g_define_type_id|^gtype_id|type_id"
    r"|^quark|^q$|^properties|^signals|^once|^initialized|^__asan|^__ubsan|^__func__)")


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def undefined(library, pattern):
    for line in output("nm", "--undefined-only", "--format=posix", library).splitlines():
        name = line.split(" ")[0].split("@")[0]
        if pattern.match(name):
            yield name


def writable(library):
    """What lies in a section that can be written to once the program runs."""
    for line in output("objdump", "--syms", library).splitlines():
        symbol = re.match(r"[0-9a-f]+ .{6}O (\.data|\.bss|\*COM\*)(\.\S+)?\t[0-9a-f]+ +(\S+)$", line)
        if not symbol or (symbol[2] or "").startswith(".rel.ro"):
            continue
        if not KEPT.search(symbol[3].split(".")[0]):
            yield f"{symbol[3]} can be written to"


def needed(program):
    for name in re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "--dynamic", program)):
        if re.match(r"lib(gtk|gdk|adwaita|graphene|X11|wayland|pango|cairo)", name):
            yield f"is linked to {name}"


def main():
    tap = Tap()
    library, *programs = sys.argv[1:]
    tap.check("the core calls no toolkit", undefined(library, TOOLKIT))
    tap.check("the core reads no clock", undefined(library, CLOCK))
    tap.check("the core opens nothing", undefined(library, OUTSIDE))
    tap.check("the core holds no globals", writable(library))
    for program in programs:
        tap.check("the tracker needs no toolkit", needed(program))
    tap.done()


if __name__ == "__main__":
    main()
