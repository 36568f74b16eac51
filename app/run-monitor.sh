#!/bin/sh
# run-monitor.sh [FILE | OPTION…]
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# From a fresh checkout on Debian 12 to the open window: installs what is
# missing, builds, and starts the monitor with the demo or with what is given.
# All that is built goes to _build/, or to $BUILD_ROOT.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build_root=${BUILD_ROOT:-$root/_build}
build=$build_root/monitor
installed=$build_root/installed

sh "$root/app/install-missing.sh" \
  build-essential meson ninja-build pkg-config gettext \
  libglib2.0-dev libjson-glib-dev libsoup-3.0-dev glib-networking libgtk-4-dev \
  libglib2.0-bin libgtk-4-bin desktop-file-utils libxml2-utils \
  adwaita-icon-theme librsvg2-common fonts-dejavu-core shared-mime-info dbus at-spi2-core

log=$build_root/monitor.log
mkdir -p "$build_root"

build_monitor ()
{
  # An own prefix: the program finds its translations, icons and settings as on
  # a system that it is installed on.
  if [ -f "$build/build.ninja" ]; then
    set -- --reconfigure
  else
    set --
  fi
  meson setup "$@" "$build" "$root" --prefix="$installed" --libdir=lib \
    -Dpanel=enabled -Dtests=false &&
  meson compile -C "$build" &&
  meson install -C "$build" --no-rebuild
}

echo "Building Conference Monitor"
if ! build_monitor >"$log" 2>&1; then
  cat "$log" >&2
  echo "Conference Monitor could not be built; the reason is above." >&2
  exit 1
fi

export XDG_DATA_DIRS="$installed/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
monitor=$installed/bin/conference-monitor

case ${1:-} in
  -h | --help | --version) exec "$monitor" "$@" ;;
esac

if [ -z "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; then
  cat >&2 <<END
Conference Monitor is built, but there is no display to open its window on.
Run this on a desktop, or come with "ssh -X", or have a picture drawn without a display:
  apt-get install xvfb xauth
  xvfb-run -a sh $0 --demo --screenshot=monitor.png
END
  exit 1
fi

[ $# -gt 0 ] || set -- --demo
exec "$monitor" "$@"
