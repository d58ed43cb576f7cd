#!/bin/sh
# SPDX-License-Identifier: MIT
# usage.sh: what the program says to those who ask and to those who mistype; exit codes; output that cannot be written.
. tests/lib.sh
test_begin "usage: help, options, exit codes, output that cannot be written"
SMALL=$ROOT/tests/golden/small/portal
cp -R "$SMALL" "$T/portal"

# Help is asked for and goes to standard output; no command at all is a mistake, and the same words go to the other.
run 2
check "nothing goes to standard output" test ! -s "$OUT"
says "$ERR" "usage: signpost COMMAND"
for word in --help -h help; do
    run 0 $word
    says "$OUT" "usage: signpost COMMAND"
    check "nothing goes to standard error" test ! -s "$ERR"
done
for command in $(sed -n 's/^  \([a-z][a-z]*\)  *[A-Z].*/\1/p' "$OUT"); do
    run 0 $command --help
    says "$OUT" "usage: signpost $command"
    says "$OUT" "--help"
    run 0 $command -h
    says "$T/.out" "options:"
    wide=$(awk 'length($0) > 110' "$OUT")
    check "the help of $command fits a terminal" test -z "$wide"
done
for command in build check explain query render new schema eval; do run 0 $command --help; done

# What was probably meant.
run 2 biuld
says "$ERR" 'did you mean "build"?'
run 2 qqqqqq
says "$ERR" 'signpost --help'
says_not "$ERR" "did you mean"
run 2 build --lenient
says "$ERR" "build does not take the option --lenient"
run 2 build --asof 2026-05-01
says "$ERR" "--asof"
run 2 build --as-of
says "$ERR" "needs a value"
run 2 build --strict=yes
says "$ERR" "takes no value"
run 2 build surplus
says "$ERR" 'does not take "surplus"'
run 2 render only-one
says "$ERR" "usage: signpost render"
run 2 schema
run 2 new
run 2 schema shcool
says "$ERR" 'did you mean "school"?'
run 2 new shcool X
says "$ERR" 'did you mean "school"?'
run 2 new school
run 2 new school "!!!"

# Values of options.
for day in 2026-02-30 2026-5-1 20260501 tomorrow "" 2026-05-01x; do
    run 2 check -C "$T/portal" --as-of "$day"
    says "$ERR" "--as-of must be a day that exists"
done
run 0 check -C "$T/portal" --as-of 2024-02-29
run 0 check -C "$T/portal" --as-of=2024-02-29
for number in 0 -1 x 1x 100000 "" 99999999999999999999; do
    run 2 check -C "$T/portal" --threads "$number"
    says "$ERR" "--threads must be a number"
done
run 0 check -C "$T/portal" --threads 3
run 2 build -C "$T/portal" --audience everybody -o "$T/site"
says "$ERR" "--audience must be public, schools or officers"
run 2 check -C "$T/portal" --format xml
says "$ERR" "--format must be"
for asks in "eval 1" "explain ashdown" "query 1"; do
    # shellcheck disable=SC2086 # a command and what it is asked
    run 2 $asks --format sarif
    says "$ERR" "--format must be text or json"
done
SOURCE_DATE_EPOCH=yesterday
export SOURCE_DATE_EPOCH
run 2 check -C "$T/portal"
says "$ERR" "SOURCE_DATE_EPOCH"
unset SOURCE_DATE_EPOCH
run 2 check -C "$T/nowhere"
says "$ERR" "nowhere"
run 2 check -C "$T/portal/portal.yaml"

# Any folder will do, and -C means all of them.
(cd "$T/portal" && "$SIGNPOST" check) >"$OUT" 2>"$ERR"
check "a portal is checked from inside" test $? -eq 0
says "$OUT" "9 schools"
run 0 check --directory "$T/portal"
run 0 build -C "$T/portal" -o ../beside --no-sync
check "an output folder is relative to the portal" test -f "$T/beside/index.html"
run 0 build -C "$T/portal" -o "$T/-strange name" --no-sync
check "an output folder may have any name" test -f "$T/-strange name/index.html"

# 1: the author's files. 3: the machine.
cp -R "$T/portal" "$T/wrong"
printf 'colour: green\n' >>"$T/wrong/schools/bare.yaml"
run 1 check -C "$T/wrong"
says "$ERR" 'schools/bare.yaml:6:1: error: "colour" is not a field of a school [unknown-key]'
check "nothing goes to standard output" test ! -s "$OUT"
run 1 build -C "$T/wrong" -o "$T/none"
says "$ERR" "nothing was published"
check_not "nothing was published" test -e "$T/none"
mkdir "$T/empty"
run 1 check -C "$T/empty"
says "$ERR" "[no-portal]"
cp -R "$T/portal" "$T/warned"
printf '\ntext[^1]\n\n[^1]: used\n\n[^2]: not used\n' >>"$T/warned/content/about.md"
run 0 check -C "$T/warned"
says "$ERR" "warning:"
run 1 check -C "$T/warned" --strict
run 1 build -C "$T/warned" --strict -o "$T/none"
check_not "warnings can fail a build" test -e "$T/none"
run 0 build -C "$T/warned" -o "$T/warned-site" --no-sync
chmod 000 "$T/warned/schools/bare.yaml"
as_nobody "$SIGNPOST" check -C "$T/warned" >"$OUT" 2>"$ERR"
case $? in
3) says "$ERR" "schools/bare.yaml" && says "$ERR" "[file-unreadable]" ;;
77) skip "an unreadable file: root reads everything, and there is no way to be somebody else" ;;
*) fail "an unreadable file gives 3" "$(cat "$OUT" "$ERR")" ;;
esac

# Output that cannot be written is the machine's trouble, whatever else went well.
printf '{"a": 1}\n' >"$T/data.json"
printf '{{a}}' >"$T/t.mustache"
streams() {
    "$SIGNPOST" "$@" >&- 2>"$ERR"
    check "a closed standard output gives 3: $1" test $? -eq 3
    says "$ERR" "standard output cannot be written"
    "$SIGNPOST" "$@" >/dev/full 2>"$ERR"
    check "a full standard output gives 3: $1" test $? -eq 3
    says "$ERR" "standard output cannot be written"
}
streams --help
streams build --help
streams schema school
streams check -C "$T/portal"
streams check -C "$T/wrong" --format json
streams render "$T/t.mustache" "$T/data.json"
streams build -C "$T/portal" -o "$T/closed" --no-sync
check "with a closed standard output nothing strange is published" diff -r "$T/beside" "$T/closed"
"$SIGNPOST" build -C "$T/portal" -o "$T/closed-2" --no-sync >&- 2>&- <&-
check "nor with all three closed" diff -r "$T/beside" "$T/closed-2"
code=$({ "$SIGNPOST" schema school 2>/dev/null; echo $? >&3; } 3>&1 >&4 4>&- | cat) 4>/dev/full
check "a reader who has gone gives 3" test "$code" = 3
"$SIGNPOST" check -C "$T/wrong" 2>/dev/full
check "a full standard error changes no exit code" test $? -eq 1
test_end
