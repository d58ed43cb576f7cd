#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh [RUNNER...]: the portals that ship, in a real browser. Builds the one at the root for each audience, and the
# examples for the public and for officers, into a folder that goes again, and runs nu, axe, journeys, authorities and serve
# over them, or only the runners named ("sh tests/browser/run.sh journeys").
# The npm packages are fetched when they are missing or not those of the lock file; otherwise no network is used.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
signpost=${SIGNPOST:-$root/build/signpost}
[ $# -gt 0 ] || set -- nu axe journeys authorities serve

for tool in node npm java "${CHROMIUM:-/usr/bin/chromium}"; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: make test installs it" >&2; exit 3; }
done

# The lock file as it was installed is kept beside what it installed: times of files say nothing after a checkout.
installed=$here/node_modules/.signpost-lock
if ! cmp -s "$here/package-lock.json" "$installed"; then
  (cd "$here" && npm ci --ignore-scripts --silent)
  cp "$here/package-lock.json" "$installed"
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
for audience in public schools officers; do
  "$signpost" build -C "$root" --audience "$audience" -o "$work/$audience" --no-sync
done
for example in "$root"/examples/*; do
  name=${example##*/}
  mkdir -p "$work/examples/$name"
  for audience in public officers; do
    "$signpost" build -C "$example" --audience "$audience" -o "$work/examples/$name/$audience" --no-sync
  done
done

# A portal with a history, which those that ship do not tell: their commits are not a council's. In a shell of its own,
# since whose git it is matters to nobody else here.
(
  T=$work/history
  mkdir -p "$T" "$work/examples/history"
  . "$root/tests/cli/repository.inc"
  repository_begin
  repository_init "$T/portal"
  cp -R "$root/examples/merton/." "$T/portal"
  sed -i 's/^history: none/history: public/' "$T/portal/portal.yaml"
  repository_commit "$T/portal" 2026-01-12 "The strategy as it was agreed"
  for page in "$T/portal/content/policy"/*.md; do
    sed -i '/^[A-Z]/s/ school / school or nursery /; s/^summary: .*/& In short./' "$page"
    printf '\n## What is new\n\nNurseries are in.\n' >> "$page"
  done
  repository_commit "$T/portal" 2026-03-31 "Take nurseries in"
  for audience in public officers; do
    "$signpost" build -C "$T/portal" --audience "$audience" -o "$work/examples/history/$audience" --no-sync
  done
)

failed=0
for runner in "$@"; do
  echo "browser: $runner"
  node "$here/$runner.mjs" "$work" || failed=1
done
exit $failed
