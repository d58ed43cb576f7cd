#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh: a small portal's whole trees, as a person has read and accepted them.
#
#   sh tests/golden/run.sh            the trees built now, on one thread and on eight, are those that are kept
#   sh tests/golden/run.sh --golden   keeps the trees built now; `git diff` shows what that changes
#
# tests/golden/small/portal has a page of every kind and a school in every state. What the theme's own files hold is
# not kept a second time: they are compared with templates/assets.
. tests/lib.sh
test_begin "golden: whole trees of a small portal"
KEPT=tests/golden/small

# Takes the theme's own files out of a tree, having compared them.
without_theme() {
    for file in templates/assets/*; do
        check "$file is published as it is" cmp -s "$file" "$1/assets/${file##*/}"
        rm -f "$1/assets/${file##*/}"
    done
}

for audience in public officers; do
    for threads in 1 8; do
        run 0 build -C $KEPT/portal --audience $audience -o "$T/$audience-$threads" --threads $threads --no-sync
    done
    same "$T/$audience-1" "$T/$audience-8" "eight threads make the same $audience tree as one"
    without_theme "$T/$audience-1"
    if [ "${1:-}" = --golden ]; then
        rm -rf "$KEPT/$audience"
        cp -R "$T/$audience-1" "$KEPT/$audience"
        chmod -R u=rwX,go=rX "$KEPT/$audience"
    fi
    diff -r "$KEPT/$audience" "$T/$audience-1" >"$T/.diff"
    if [ -s "$T/.diff" ]; then
        fail "the $audience tree is the one that is kept; if it is better now: make golden" \
            "$(head -60 "$T/.diff" | cut -c1-300)" "($(grep -c '^diff\|^Only' "$T/.diff") files differ)"
    else
        pass "the $audience tree is the one that is kept"
    fi
done
test_end
