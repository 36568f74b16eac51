#!/bin/sh
# install-missing.sh PACKAGE…
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs those of the Debian packages that are not there yet. Asks the network
# for nothing, and nobody for a password, when all of them are.

set -eu

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "This system has no apt, so what is needed must be there already. By its Debian names: $*" >&2
  exit 0
fi

missing=
for package; do
  case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true) in
    installed*) ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "Not all that is needed is installed, and there is no sudo. As root, run: apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi

echo "Installing$missing"
export DEBIAN_FRONTEND=noninteractive
# What is not needed to tell of progress goes to a log that is shown on failure.
log=$(mktemp)
trap 'rm -f "$log"' EXIT

apt ()
{
  # The lock may be held by the system's own daily run.
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1 && return
  cat "$log" >&2
  return 1
}

apt update || echo "The package lists could not be brought up to date; trying with those that are there." >&2
# The words are package names, and split on purpose.
# shellcheck disable=SC2086
apt install --no-install-recommends $missing
