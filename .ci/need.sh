#!/bin/sh
# SPDX-License-Identifier: MIT
# need.sh [COMMAND=]PACKAGE...: makes sure that Debian packages are there. With COMMAND, the package is needed only where
# there is no such command: a newer node or java from elsewhere is as good. Calls apt-get only when one is missing, as root
# or through `sudo -n`; never asks. Where it may not install, it prints the one line to run. With all present it needs no
# network.
set -eu
missing=
for need in "$@"; do
  package=${need#*=}
  if [ "$package" != "$need" ]; then
    command -v "${need%%=*}" >/dev/null && continue
  else
    state=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$state" = 'install ok installed' ] && continue
  fi
  missing="$missing $package"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ]; then
  as_root=
elif sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  echo "Some packages are missing. Run this, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
echo "installing$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # the lists are words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
