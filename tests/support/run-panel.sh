#!/bin/sh
# run-panel.sh [--outside] PROGRAM [ARGUMENT…]
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test on a display and a bus of its own. With --outside the program has
# the desktop's real accessibility bus, a window manager and who shows notifications
# beside it, as on a desktop; without, GTK keeps what it would tell a screen reader for the test.

set -eu

here=$(cd "$(dirname "$0")" && pwd)

export FAKE_DESKTOP="$here/fake-desktop.py"
export GSK_RENDERER=cairo
export GDK_BACKEND=x11
unset GTK_THEME GTK_A11Y WAYLAND_DISPLAY

# The bus and what it starts talk on the standard output too: only the test has
# the real one, kept as 3. Their warnings, and those of a screen reader whose
# program has just gone, are not ours to die of.
session='exec env -u G_DEBUG -u G_ENABLE_DIAGNOSTIC dbus-run-session -- sh -c "$0" "$@" 3>&1 >&2'
inside='GTK_A11Y=test G_DEBUG=fatal-warnings G_ENABLE_DIAGNOSTIC=1 exec "$0" "$@" >&3 3>&-'
outside='openbox 3>&- & /usr/bin/python3 "$FAKE_DESKTOP" "$XDG_RUNTIME_DIR/desktop.jsonl" 3>&- &
gdbus wait --session --timeout 30 org.freedesktop.Notifications; exec "$0" "$@" >&3 3>&-'

command=$inside
if [ "${1:-}" = --outside ]; then
  shift
  command=$outside
fi

exec "$here/run-isolated.sh" \
  xvfb-run -a -s "-screen 0 1280x800x24" \
  sh -c "$session" "$command" "$@"
