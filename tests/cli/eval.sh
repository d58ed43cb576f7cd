#!/bin/sh
# SPDX-License-Identifier: MIT
# eval.sh: expressions on the command line: their values, one a line, and what is wrong with them.
. tests/lib.sh
test_begin "eval: values, JSON, today, mistakes"

# gives EXPECTED arguments...: what standard output is.
gives() {
    expected=$1
    shift
    run 0 eval "$@"
    check "eval $* prints $expected" test "$(cat "$OUT")" = "$expected"
}

gives 0.3 '0.1 + 0.2'
gives 'date("2021-02-28")' 'date("2020-02-29") + @"P1Y"'
gives '"Ash"' '"As" + "h"'
gives '[1, {of two: null}]' '[1, {of two: null}]'
gives '"2021-02-28"' --format json 'date("2020-02-29") + @"P1Y"'
gives '{"a": ["P1D", 0.5, null]}' --format=json '{a: [@"PT24H", 1/2, null]}'

# An expression may begin with a hyphen; options may come after it.
gives -10 -10
gives 'duration("-P1D")' '-@"P1D"'
gives '"2026-05-01"' 'today()' --as-of 2026-05-01 --format json
SOURCE_DATE_EPOCH=1777593600 gives 'date("2026-05-01")' 'today()'

# One line an expression; in JSON also for one that cannot be read.
run 1 eval --format json '1 + 1' '1 +' 'null' '"10" * 2'
check "there is a line for each" test "$(tr '\n' ' ' <"$OUT")" = "2 null null null "
says "$ERR" "expression:1:4: error: a value is expected here [feel-syntax]"
says "$ERR" "expression:1:6: error: a text and a number cannot be put together by * [feel-operand]"
run 1 eval '1 + 1' '1 +'
check "as text only what has a value" test "$(cat "$OUT")" = 2
run 1 eval "$(printf '"\377"')"
says "$ERR" "not-utf8"
run 2 eval
run 2 eval --format sarif 1
says "$ERR" "--format must be text or json"
run 2 eval --strict 1

test_end
