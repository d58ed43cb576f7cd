#!/bin/sh
# SPDX-License-Identifier: MIT
# manual.sh: signpost-policy(7) says what the program does: its examples are a portal, and what it shows is what is said.
#
# A comment above a display of the page says what the display is: `file PATH` and `add PATH` make up the portal, `run ARGS`
# is what the program prints in it; `cells`, `answers` and `feel` are lines of two columns, `functions` names.
. tests/lib.sh
test_begin "manual: the examples of signpost-policy(7)"
PAGE=$ROOT/man/signpost-policy.7
P=$T/portal
mkdir -p "$P" "$T/displays"

# One file a display, in the order of the page, and its comment beside it.
awk -v to="$T/displays" '
    /^\.\\" (file|add|run|cells|answers|feel|functions)/ { said = substr($0, 5) }
    /^\.Ed/ { shows = 0 }
    shows { line = $0; sub(/^\\&/, "", line); print line > name }
    /^\.Bd/ && said != "" {
        name = sprintf("%s/%02d", to, ++n); shows = 1
        print said > (name ".said"); printf "" > name; said = ""
    }' "$PAGE"
check "the page has displays" test -s "$T/displays/01"

run 0 new portal -C "$P"
run 0 new school -C "$P" "Ashdown Primary School"

# What makes up the portal, in order; what the program is asked is asked of it as it stands then.
for said in "$T"/displays/*.said; do
    display=${said%.said}
    read -r what rest <"$said"
    case $what in
    file)
        mkdir -p "$(dirname "$P/$rest")"
        cp "$display" "$P/$rest"
        ;;
    add) cat "$display" >>"$P/$rest" ;;
    run)
        # shellcheck disable=SC2086 # they are words
        run 0 $rest -C "$P"
        check "signpost $rest prints what the page shows" diff "$display" "$OUT"
        ;;
    esac
done
run 0 check -C "$P" --strict --as-of 2026-05-01
says "$OUT" "no errors, 0 warnings"

# Each cell is one of a table whose header it stands beside, in a decision that has an entry for each.
cells() {
    printf '\n## Cells\n\n'
    awk '{ i = index($0, "  "); header = substr($0, 1, i - 1); cell = substr($0, i); sub(/^ +/, "", cell)
           if (header == "-") { sub(/^- +/, "", cell); header = "In words" }
           if (header != last) printf "\n<!-- decision: cells%s -->\n\n| Row | %s | Text |\n|---|---|---|\n", \
               NR == 1 ? "\nid: Row\nhit: collect\noutputs: {text: text}\n" : "", header
           last = header
           printf "| c%d | %s | t%d |\n", NR, cell, NR }' "$1"
}

# Each answer is one of an output of the type that stands beside it.
answers() {
    printf '\n## Answers\n\n'
    awk 'BEGIN { types["scale"] = "category"; types["quantity"] = "visits a year"; types["number"] = "number"
                 types["yes/no"] = "yes/no"; types["text"] = "text"
                 types["due"] = "due" }
         { i = index($0, "  "); type = substr($0, 1, i - 1); cell = substr($0, i); sub(/^ +/, "", cell)
           if (type != last) printf "\n<!-- decision: a%d\nid: Row\nhit: collect\noutputs: {word: text, answer: %s}\n-->\n\n| Row | Word | Answer |\n|---|---|---|\n", NR, types[type]
           last = type
           printf "| c%d | w%d | %s |\n", NR, NR, cell }' "$1"
}

for said in "$T"/displays/*.said; do
    display=${said%.said}
    read -r what rest <"$said"
    case $what in
    cells | answers) $what "$display" >>"$P/content/policy/categories.md" ;;
    feel)
        while read -r line; do
            expression=$(printf '%s' "$line" | sed 's/   *.*//')
            run 0 eval "$expression"
            check "$expression is what the page says" test "$(cat "$OUT")" = "$(printf '%s' "$line" | sed 's/^.*   *//')"
        done <"$display"
        ;;
    functions)
        tr ',' '\n' <"$display" | sed 's/^ *//; s/\.$//; /^$/d' | sort >"$T/named"
        awk -F'"' '/^    \{"/ { print $2 }' src/policy/feel_call.c | sort -u >"$T/there"
        check "the functions are those that there are" diff "$T/there" "$T/named"
        ;;
    esac
done
run 0 check -C "$P" --as-of 2026-05-01
if grep 'warning:' "$ERR" | grep -vF '[row-unreached]' >"$T/others"; then
    fail "every cell says something" "$(cat "$T/others")"
else
    pass "every cell says something"
fi
run 0 explain -C "$P" ashdown-primary-school cells --as-of 2026-05-01 --format json
lines=$(cat "$(grep -l '^cells' "$T"/displays/*.said | sed 's/\.said$//')" | wc -l)
check "every cell is a row's" test "$(grep -c '"answer": "Text: t' "$OUT")" = "$lines"

# Where a page is wrong, the messages that it speaks of are those that come.
sed 's/^| Yellow .*$//' "$P/content/policy/categories.md" >"$T/gap.md"
awk 'NF || !table { print } { table = /^\|/ }' "$T/gap.md" >"$P/content/policy/categories.md"
run 1 check -C "$P"
says "$ERR" "no row covers: Category Yellow [policy-gap]"

# Limits are those of the headers.
flat=$(tr '\n' ' ' <"$PAGE")
limit() { check "$1 is in the page" test "$(printf '%s' "$flat" | grep -c "$2")" -gt 0; }
number() { awk -v name="$2" '$1 == "#define" && $2 == name { print $3 }' "src/policy/$1"; }
limit "the values of a scale" "at most $(number vocabulary.h VOCABULARY_VALUES_MAX) values"
limit "the outputs of a decision" "1 to $(number policy.h DECISION_OUTPUTS_MAX) ids"
limit "the rows of a decision" "and $(number policy.h DECISION_ROWS_MAX | sed 's/000$/,000/') rows"
limit "the alternatives of a cell" "a cell $(number cell.h CELL_ITEMS_MAX) alternatives"
limit "the depth of an expression" "nested $(number feel.h FEEL_DEPTH_MAX) deep"
test_end
