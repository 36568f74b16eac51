#!/bin/sh
# screenshots.sh FOLDER
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Draws every page at three widths, light, dark, in high contrast, in German, in Arabic
# and with text of twice the size into FOLDER. Builds and installs into FOLDER too, for
# translations are only found where they are installed. LOOKS in the environment names
# some of them only.

set -eu

folder=${1:?a folder for the pictures}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
recordings=$root/data/recordings
states=$root/tests/data

if [ -z "${DISPLAY_OF_ITS_OWN:-}" ]; then
  [ -f "$folder/build/build.ninja" ] ||
    meson setup "$folder/build" "$root" --prefix="$folder/installed" -Dtests=false -Dpanel=enabled
  meson compile -C "$folder/build"
  meson install -C "$folder/build" --no-rebuild --quiet
  DISPLAY_OF_ITS_OWN=1 exec xvfb-run -a -s "-noreset -screen 0 1400x900x24" dbus-run-session -- \
    sh "$root/tests/panel/screenshots.sh" "$folder"
fi

# What was opened before is what was opened here.
export XDG_DATA_HOME="$folder/data"
export XDG_DATA_DIRS="$folder/installed/share:/usr/local/share:/usr/share"
export GSETTINGS_BACKEND=keyfile GSK_RENDERER=cairo GDK_BACKEND=x11 GTK_A11Y=none TZ=UTC
unset WAYLAND_DISPLAY GTK_THEME

# settings FOLDER [LINE…]: a configuration with the theme of the look and these settings.
settings ()
{
  export XDG_CONFIG_HOME="$folder/$1"
  shift
  mkdir -p "$XDG_CONFIG_HOME/gtk-4.0" "$XDG_CONFIG_HOME/glib-2.0/settings"
  printf '[Settings]\ngtk-theme-name=%s\n' "$theme" >"$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
  # On X11 what a file says of it is not looked at.
  echo "Xft.dpi: $((96 * scale))" | xrdb -merge
  { echo '[org/conferencemonitor/Monitor]'; [ $# -eq 0 ] || printf '%s\n' "$@"; } \
    >"$XDG_CONFIG_HOME/glib-2.0/settings/keyfile"
}

# draw NAME ARGUMENT…: one page at each width.
draw ()
{
  name=$look-$1
  shift
  for width in 320 720 1280; do
    LC_ALL=C.UTF-8 LANGUAGE=$language "$folder/installed/bin/conference-monitor" $dark "$@" \
      --size="${width}x640" --screenshot="$folder/$name-$width.png" 2>"$folder/$name.log" ||
      [ -s "$folder/$name-$width.png" ] || cat "$folder/$name.log" >&2
  done
}

# pages LOOK LANGUAGE THEME [OPTION [SCALE]]: every page in one look.
pages ()
{
  look=$1
  language=$2
  theme=$3
  dark=${4:-}
  scale=${5:-1}

  settings plain
  draw start
  draw fault /nowhere/meeting.jsonl
  draw connect --show=app.connect
  draw unreachable http://127.0.0.1:9/
  draw demo --demo --at=16
  draw escalating "$recordings/escalation-user2.jsonl" --at=63
  draw left "$recordings/escalation-merged.jsonl" --at=330
  draw rejoined "$recordings/escalation-merged.jsonl" --at=345
  draw rejoinable "$recordings/escalation-user2.jsonl" --at=400
  draw call "$recordings/escalation-user2.jsonl" --at=70 --show=win.open-call
  draw call-left "$recordings/escalation-user2.jsonl" --at=400 --show=win.open-call
  draw lobby "$states/lobby.jsonl" --at=20
  draw lobby-call "$states/lobby.jsonl" --at=20 --show=win.open-call
  draw fallen-back "$states/failed-escalation.jsonl" --at=6
  draw removed "$states/removed-and-back.jsonl" --at=10 --show=win.open-call
  draw rejoining "$states/long-roster.jsonl" --at=70 --show=win.open-call
  draw prompts "$states/prompts.jsonl" --at=9
  draw failed "$states/prompts.jsonl" --at=30
  draw many-people "$states/long-roster.jsonl" --at=30
  draw unknown "$states/unknown-values.jsonl" --show=win.open-call
  draw history --demo --at=16 --show=win.history
  draw search --demo --at=16 --show=win.search
  draw empty "$recordings/escalation-user2.jsonl" --at=0
  draw ended --demo --at=200 --show=win.ended
  draw preferences --show=app.preferences
  draw keys --show=win.keys
  draw about --show=app.about
  settings filtered "filter-phase='on-hold'"
  draw filtered "$recordings/escalation-user2.jsonl" --at=70
  settings compact "density='compact'" 'safe-mode=true'
  draw safe --demo --at=16
}

for look in ${LOOKS:-light dark contrast german arabic large}; do
  case $look in
    light) pages light en Default ;;
    dark) pages dark en Default --dark ;;
    contrast) pages contrast en Default-hc ;;
    german) pages german de Default ;;
    arabic) pages arabic ar Default ;;
    large) pages large en Default '' 2 ;;
  esac
done
