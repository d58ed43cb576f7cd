#!/bin/sh
# SPDX-License-Identifier: MIT
# explain.sh: what `explain` says of a partnership of the portal at the root, as a person has read and accepted it.
#
#   sh tests/golden/explain.sh            what is said now is what is kept
#   sh tests/golden/explain.sh --golden   keeps what is said now; `git diff` shows what that changes
. tests/lib.sh
test_begin "golden: why a partnership's checks come out as they do"
KEPT=tests/golden/explain

# kept NAME ARGUMENT...: what explain says is in NAME.txt.
kept() {
    name=$1
    shift
    run 0 explain "$@" --as-of 2026-05-01
    if [ "$GOLDEN" = --golden ]; then
        mkdir -p "$KEPT"
        cp "$OUT" "$KEPT/$name.txt"
    fi
    if diff "$KEPT/$name.txt" "$OUT" >"$T/.diff" 2>&1; then
        pass "explain $* says what is kept"
    else
        fail "explain $* says what is kept; if it is better now: make golden" "$(head -20 "$T/.diff")"
    fi
}
GOLDEN=${1:-}

kept proposal eastern-common
kept open eastern-common principles --set "har-rai.la_at_risk=not recorded" \
    --set eastern-common-infant-school.la_at_risk=yes
kept refused eastern-common sizes --set har-rai.governing_body=declined
kept why-not eastern-common principles --why-not passes --set eastern-common-junior-school.outstanding_leadership=no
test_end
