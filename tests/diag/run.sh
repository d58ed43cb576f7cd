#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Every diagnostic's smallest failing example, and what its author is told, word for word.
#
#   tests/diag/run.sh [--golden] [CASE...]
#
# A case is a folder named after the slug it shows, `unknown-key`, or `unknown-key.front-matter` where a slug has
# several. It is laid over a copy of base/, the smallest portal that has one page of each kind:
#
#   files/         files that take the place of the base's, or join them
#   setup.sh       what git cannot hold (links, bytes that are no text, permissions); runs in the copy; 77 is "skipped"
#   args           the command line, `check` without
#   command.sh     instead of args: runs "$SIGNPOST" in the copy its own way; 77 is "skipped"
#   expected.txt   all that the program wrote to standard error, and its exit code
#
# Every slug of src/diagnostics.def has a case, or a line in `elsewhere` that says which test shows it. Cases whose
# names begin with "run." show whole runs rather than one slug. --golden writes what was found into expected.txt.
#
# SIGNPOST names the program; build/signpost without.
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
golden=no
if [ "${1-}" = --golden ]; then
    golden=yes
    shift
fi

work=$(mktemp -d)
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
chmod 755 "$work"
# A copy, since users without rights to the build folder run it too.
cp "${SIGNPOST:-$root/build/signpost}" "$work/signpost" || exit 1
SIGNPOST=$work/signpost
export SIGNPOST
SOURCE_DATE_EPOCH=1777593600 # 1 May 2026
export SOURCE_DATE_EPOCH
LC_ALL=C
export LC_ALL

passed=0 failed=0 skipped=0

fail() {
    failed=$((failed + 1))
    echo "failed: $*"
}

# Runs one case; its output and exit code are left in $work/found.
run_case() {
    rm -rf "$work/portal"
    cp -R "$here/base" "$work/portal" || return 1
    [ ! -d "$1/files" ] || cp -R "$1/files/." "$work/portal/" || return 1
    cd "$work/portal" || return 1
    if [ -f "$1/setup.sh" ]; then
        sh -e "$1/setup.sh" > "$work/log" 2>&1
        code=$?
        [ $code -eq 0 ] || return $code
    fi
    if [ -f "$1/command.sh" ]; then
        sh "$1/command.sh" > "$work/out" 2> "$work/found"
    elif [ -f "$1/args" ]; then
        eval "set -- $(cat "$1/args")"
        "$SIGNPOST" "$@" > "$work/out" 2> "$work/found"
    else
        "$SIGNPOST" check > "$work/out" 2> "$work/found"
    fi
    code=$?
    cd "$root" || return 1
    [ $code -ne 77 ] || return 77
    echo "exit $code" >> "$work/found"
}

check_case() {
    name=$(basename "$1")
    slug=${name%%.*}
    run_case "$1"
    code=$?
    chmod -R u+rwx "$work/portal" 2>/dev/null
    if [ $code -eq 77 ]; then
        skipped=$((skipped + 1))
        echo "skipped: $name"
    elif [ $code -ne 0 ]; then
        fail "$name: the case could not be set up"
        cat "$work/log"
    elif [ "$slug" != run ] && ! grep -q "\[$slug\]$" "$work/found"; then
        fail "$name: does not show its slug"
        cat "$work/found"
    elif [ $golden = yes ]; then
        cp "$work/found" "$1/expected.txt"
        passed=$((passed + 1))
    elif diff -u "$1/expected.txt" "$work/found" > "$work/diff" 2>&1; then
        passed=$((passed + 1))
    else
        fail "$name"
        cat "$work/diff"
    fi
}

# A slug without a case is a message that nobody has read.
check_catalogue() {
    sed -n 's/^DIAG([A-Z0-9_]*, [A-Z]*, "\([a-z0-9-]*\)".*/\1/p' "$root/src/diagnostics.def" > "$work/slugs"
    sed -e '/^#/d' -e '/^$/d' -e 's/ .*//' "$here/elsewhere" > "$work/elsewhere"
    while read -r slug; do
        if grep -qx "$slug" "$work/elsewhere"; then
            continue
        fi
        found=no
        for dir in "$here/$slug" "$here/$slug".*; do
            [ ! -d "$dir" ] || found=yes
        done
        [ $found = yes ] || fail "$slug: the catalogue has it, and no case shows it"
    done < "$work/slugs"
    while read -r slug; do
        grep -qx "$slug" "$work/slugs" || fail "$slug: is in elsewhere, and not in the catalogue"
    done < "$work/elsewhere"
}

if [ $# -gt 0 ]; then
    for name in "$@"; do
        check_case "$here/$name"
    done
else
    for dir in "$here"/*/; do
        dir=${dir%/}
        [ "$dir" = "$here/base" ] || check_case "$dir"
    done
    check_catalogue
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ $failed -eq 0 ]
