#!/bin/sh
# run-isolated.sh PROGRAM [ARGUMENT…]
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs a test in a home of its own, so that nothing of the person who runs it
# goes in and nothing of the test stays behind. $CM_WRAPPER, such as valgrind and its
# options, goes before the program.

set -eu

home=$(mktemp -d "${TMPDIR:-/tmp}/conference-monitor-test.XXXXXX")
child=

# What the test had started may still be writing there while it ends.
clean_up ()
{
  for _ in 1 2 3 4 5; do
    rm -rf "$home" 2>/dev/null && return
    sleep 1
  done
  echo "$home stays behind" >&2
}

stop ()
{
  [ -z "$child" ] || kill "$child" 2>/dev/null || true
  clean_up
  exit 143
}

trap clean_up EXIT
trap stop HUP INT TERM

mkdir -m 700 "$home/run" "$home/config" "$home/data" "$home/cache" "$home/state" "$home/tmp"

export HOME="$home"
export XDG_RUNTIME_DIR="$home/run"
export XDG_CONFIG_HOME="$home/config"
export XDG_DATA_HOME="$home/data"
export XDG_CACHE_HOME="$home/cache"
export XDG_STATE_HOME="$home/state"
export TMPDIR="$home/tmp"
export GSETTINGS_BACKEND=memory
export GIO_USE_VFS=local
export LC_ALL=C.UTF-8
export LANGUAGE=
export PYTHONDONTWRITEBYTECODE=1
export TZ=UTC
export G_DEBUG="${G_DEBUG:-fatal-warnings}"
export G_ENABLE_DIAGNOSTIC=1
if [ -z "${CM_SAMPLES:-}" ] && [ -n "${CM_SAMPLES_DEFAULT:-}" ]; then
  export CM_SAMPLES="$CM_SAMPLES_DEFAULT"
fi

# In the background, so that a signal from the test runner is acted on at once.
# shellcheck disable=SC2086
${CM_WRAPPER:-} "$@" &
child=$!
status=0
wait "$child" || status=$?
exit "$status"
