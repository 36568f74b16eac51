#!/bin/sh
# screenshots.sh FOLDER
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws the window at three widths, light, dark, in high contrast, in German and in
# Arabic into FOLDER. Builds and installs into FOLDER too, for translations are only
# found where they are installed.

set -eu

folder=${1:?a folder for the pictures}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
recordings=$root/data/recordings

if [ ! -f "$folder/build/build.ninja" ]; then
  meson setup "$folder/build" "$root" --prefix="$folder/installed" -Dtests=false -Dpanel=enabled
fi
meson compile -C "$folder/build"
meson install -C "$folder/build" --no-rebuild --quiet

export XDG_DATA_DIRS="$folder/installed/share:/usr/local/share:/usr/share"
export GSETTINGS_BACKEND=memory GSK_RENDERER=cairo GDK_BACKEND=x11 GTK_A11Y=none TZ=UTC
unset WAYLAND_DISPLAY GTK_THEME

# draw NAME LANGUAGE ARGUMENT…: one page at each width.
draw ()
{
  name=$1
  language=$2
  shift 2
  for width in 320 720 1280; do
    LC_ALL=C.UTF-8 LANGUAGE=$language xvfb-run -a -s "-screen 0 1400x900x24" \
      "$folder/installed/bin/conference-monitor" "$@" \
      --size="${width}x640" --screenshot="$folder/$name-$width.png" 2>/dev/null ||
      [ -s "$folder/$name-$width.png" ] || echo "no $name-$width.png" >&2
  done
}

# pages NAME LANGUAGE ARGUMENT…
pages ()
{
  look=$1
  language=$2
  shift 2
  draw "$look-start" "$language" "$@"
  draw "$look-demo" "$language" --demo --at=16 "$@"
  draw "$look-escalating" "$language" "$recordings/escalation-user2.jsonl" --at=63 "$@"
  draw "$look-left" "$language" "$recordings/escalation-merged.jsonl" --at=330 "$@"
  draw "$look-fault" "$language" /nowhere/meeting.jsonl "$@"
}

pages light en
pages dark en --dark
# As the desktop would say it: of $GTK_THEME the program is told nothing.
mkdir -p "$folder/contrast/gtk-4.0"
printf '[Settings]\ngtk-theme-name=Default-hc\n' >"$folder/contrast/gtk-4.0/settings.ini"
export XDG_CONFIG_HOME="$folder/contrast"
pages contrast en
unset XDG_CONFIG_HOME
pages german de
pages arabic ar
