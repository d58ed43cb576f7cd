#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh: the ready files for CI in share/ci, held against the published schemas. What their scripts do is tested by
# tests/cli/ci.sh, without any package.
# The npm packages are fetched when they are missing or not those of the lock file; otherwise no network is used.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for tool in node npm; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: make test installs it" >&2; exit 3; }
done
installed=$here/node_modules/.signpost-lock
if ! cmp -s "$here/package-lock.json" "$installed"; then
  (cd "$here" && npm ci --ignore-scripts --silent)
  cp "$here/package-lock.json" "$installed"
fi
node "$here/schemas.mjs" "$here/../../share/ci"
echo "ci: the workflow and the pipeline are as their schemas ask"
