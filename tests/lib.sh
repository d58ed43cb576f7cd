# SPDX-License-Identifier: MIT
# lib.sh: what the end-to-end tests share. Read with `.` by a POSIX sh script that runs from the repository's root.
#
#   test_begin "what is tested"
#   pass "a sentence that is true" / fail "the same, but it is not" "what was seen" / skip "why"
#   run 0 build -C "$T/portal"       runs the program, expects that exit code, keeps $OUT and $ERR
#   says "$ERR" "words"              one of the two holds these words
#   test_end                         prints `N passed, N failed, N skipped`, and is the script's exit code
#
# SIGNPOST names the program under test, so that a sanitizer build can be put to the same tests.
set -u
LC_ALL=C
export LC_ALL

ROOT=$(pwd)
SIGNPOST=${SIGNPOST:-build/signpost}
case $SIGNPOST in /*) ;; *) SIGNPOST=$ROOT/$SIGNPOST ;; esac
export SIGNPOST

PASSED=0 FAILED=0 SKIPPED=0

# Work in memory where there is some: hundreds of builds need no disk.
test_begin() {
    [ -x "$SIGNPOST" ] || { echo "$SIGNPOST is not there: run make first" >&2; exit 1; }
    [ -f portal.yaml ] || { echo "run this from the root of the repository" >&2; exit 1; }
    base=${TMPDIR:-/tmp}
    if [ -z "${TMPDIR:-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ]; then base=/dev/shm; fi
    T=$(mktemp -d "$base/signpost-test.XXXXXX") || exit 1
    T=$(cd "$T" && pwd -P)
    trap 'test_sweep' EXIT
    trap 'exit 1' HUP INT TERM
    OUT=$T/.out ERR=$T/.err
    echo "$1"
}

test_sweep() {
    chmod -R u+rwx "$T" 2>/dev/null
    rm -rf "$T"
}

pass() {
    PASSED=$((PASSED + 1))
    [ -z "${VERBOSE:-}" ] || echo "  ok: $1"
}

fail() {
    FAILED=$((FAILED + 1))
    echo "  FAILED: $1"
    shift
    for line in "$@"; do printf '%s\n' "$line" | sed 's/^/      /'; done
}

skip() {
    SKIPPED=$((SKIPPED + 1))
    echo "  skipped: $1"
}

test_end() {
    echo "$PASSED passed, $FAILED failed, $SKIPPED skipped"
    [ "$FAILED" -eq 0 ] || exit 1
    exit 0
}

# check "sentence" command...: passes when the command succeeds.
check() {
    check_that=$1
    shift
    if check_seen=$("$@" 2>&1); then pass "$check_that"; else fail "$check_that" "$*" "$check_seen"; fi
}

# check_not "sentence" command...: passes when the command fails.
check_not() {
    check_that=$1
    shift
    if check_seen=$("$@" 2>&1); then fail "$check_that" "$*" "$check_seen"; else pass "$check_that"; fi
}

# run CODE arguments...: the program, in the current folder.
run() {
    run_want=$1
    shift
    "$SIGNPOST" "$@" >"$OUT" 2>"$ERR"
    run_got=$?
    if [ "$run_got" -eq "$run_want" ]; then
        pass "signpost $* gives $run_want"
    else
        fail "signpost $* gives $run_want, not $run_got" "$(head -20 "$OUT")" "$(head -20 "$ERR")"
    fi
}

says() {
    if grep -qF -- "$2" "$1"; then
        pass "it says: $2"
    else
        fail "it says: $2" "$(head -20 "$1")"
    fi
}

says_not() {
    if grep -qF -- "$2" "$1"; then fail "it does not say: $2" "$(grep -F -- "$2" "$1" | head -5)"; else pass "it does not say: $2"; fi
}

# same A B "sentence": two trees are equal, byte for byte and name for name.
same() {
    if diff -r "$1" "$2" >"$T/.diff" 2>&1; then pass "$3"; else fail "$3" "$(head -c 2000 "$T/.diff" | cut -c1-300)"; fi
}

differs() {
    if diff -r "$1" "$2" >/dev/null 2>&1; then fail "$3"; else pass "$3"; fi
}

# fingerprint DIR: every name with inode, mode and times; equal only if nothing was written.
fingerprint() {
    find "$1" -printf '%P %i %m %s %T@ %C@\n' | sort
}

# as_nobody command...: runs it as a user who owns nothing, for root may do everything; 77 where that cannot be.
as_nobody() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
        return
    fi
    chmod 711 "$T"
    setpriv --reuid=65534 --regid=65534 --clear-groups "$SIGNPOST" --help >/dev/null 2>&1 || return 77
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
}
