#!/bin/sh
# run-tests.sh
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs what is missing on Debian 12, builds with every warning an error, and
# runs all suites; then once more without the panel under the address and the
# undefined-behaviour sanitizer. The last line is "N passed, N failed". All that
# is built goes to _build/, or to $BUILD_ROOT.

set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build_root=${BUILD_ROOT:-$root/_build}
faults=0
logs=

sh "$root/app/install-missing.sh" \
  build-essential meson ninja-build pkg-config gettext \
  libglib2.0-dev libjson-glib-dev libsoup-3.0-dev glib-networking libgtk-4-dev libsecret-1-dev libssl-dev \
  libglib2.0-bin libgtk-4-bin desktop-file-utils libxml2-utils \
  adwaita-icon-theme librsvg2-common fonts-dejavu-core shared-mime-info \
  appstream cppcheck python3 python3-gi python3-jsonschema openssl iproute2 \
  sway grim wtype janus \
  xvfb xauth openbox xfwm4 mutter xdotool wmctrl x11-utils x11-xserver-utils dbus at-spi2-core gir1.2-atspi-2.0

mkdir -p "$build_root"

# build NAME OPTION…: sets a build up, or brings it up to date.
build ()
{
  name=$1
  shift
  dir=$build_root/$name
  rm -f "$dir/meson-logs/testlog.json"
  if [ -f "$dir/build.ninja" ]; then
    set -- --reconfigure "$@"
  fi
  echo "Building ($name)"
  if ! { meson setup "$dir" "$root" -Dwerror=true "$@" && meson compile -C "$dir"; } \
       >"$build_root/$name.log" 2>&1; then
    cat "$build_root/$name.log" >&2
    echo "The build \"$name\" failed; the reason is above." >&2
    faults=$((faults + 1))
    return 1
  fi
  # Under werror nothing the compiler warns of is left; what meson warns of is.
  grep '^WARNING' "$build_root/$name.log" >&2 || true
}

# run NAME OPTION…: the tests of a build. What failed is counted from its log.
run ()
{
  name=$1
  shift
  logs="$logs $name/meson-logs/testlog.json"
  echo "Testing ($name)"
  meson test -C "$build_root/$name" --no-rebuild --print-errorlogs "$@" || true
}

build_sanitized ()
{
  build sanitized -Dpanel=disabled -Db_sanitize=address,undefined -Db_lundef=false
}

# Most tests wait for something most of the time.
n_tests=$(($(nproc) + 1))
sanitized=false

if build plain -Dpanel=enabled; then
  # Compiled meanwhile, and at the back of the queue.
  build_sanitized &
  compiler=$!
  renice -n 10 -p "$compiler" >/dev/null 2>&1 || true
  run plain --num-processes "$n_tests"
  if wait "$compiler"; then
    sanitized=true
  else
    faults=$((faults + 1))
  fi
elif build_sanitized; then
  sanitized=true
fi

if $sanitized; then
  export ASAN_OPTIONS=detect_leaks=1:halt_on_error=1:abort_on_error=1
  export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
  run sanitized --suite core --suite service --timeout-multiplier 3 --num-processes "$n_tests"
fi

cd "$build_root"
# The words are file names of this script's own, and split on purpose.
# shellcheck disable=SC2086
exec python3 "$root/tests/support/count-results.py" \
  --faults "$faults" --expect "core service panel live lint" $logs
