#!/bin/sh
# SPDX-License-Identifier: MIT
# explain.sh: what `explain` and `query` say to those who ask for what is not there, and what they keep to.
. tests/lib.sh
test_begin "explain and query: what is asked in vain, and what is left out"

run 2 explain windmil-rise
says "$ERR" 'did you mean "windmill-rise"?'
run 2 explain windmill-rise coverag
says "$ERR" 'did you mean "coverage"?'
run 2 explain windmill-rise qqqq
says "$ERR" 'there is no decision "qqqq"'
run 2 explain windmill-rise --why-not qqqq
says "$ERR" 'no table gives "qqqq"'
run 2 explain windmill-rise --set phase
says "$ERR" "--set needs FACT=VALUE"
run 1 explain windmill-rise --set qqqq=1
says "$ERR" "[unknown-fact]"
run 1 explain windmill-rise --set phase=qqqq
says "$ERR" "[unknown-choice]"
run 2 query scc qqqq
says "$ERR" "qqqq"
run 1 query 'scc and'
says "$ERR" "[feel-syntax]"

# A fact by its label is the fact by its id.
run 0 explain windmill-rise scc --set ofsted.overall=inadequate
cp "$OUT" "$T/by-id"
says "$OUT" "Causes concern: yes"
run 0 explain windmill-rise scc --set "last ofsted=Inadequate"
check "a fact goes by its label too" diff "$T/by-id" "$OUT"

# Only the decision that was named.
run 0 explain windmill-rise scc
says_not "$OUT" "Coverage"
run 0 explain windmill-rise scc --why-not yes
says "$OUT" "(School causing concern)"
says_not "$OUT" "(Leader school)"
run 0 explain windmill-rise scc --audience public
says "$OUT" "not for this audience"
says_not "$OUT" "Judged at risk"

# A row of a later tier is not known while one of an earlier tier may hold.
run 0 explain windmill-rise scc --set "la_at_risk=not recorded"
says "$OUT" "not known    otherwise -> Causes concern: no"

# Answers as JSON, which the strict reader of `render` reads back.
printf '{{name}}: {{#decisions}}{{id}} {{status}}{{/decisions}}' >"$T/t.mustache"
run 0 explain windmill-rise coverage --format json
cp "$OUT" "$T/data.json"
run 0 render --lenient "$T/t.mustache" "$T/data.json"
says "$OUT" "Windmill Rise Primary School: coverage settled"
printf '{{#.}}{{record}} {{/.}}' >"$T/t.mustache"
run 0 query 'phase = "secondary"' --format json
cp "$OUT" "$T/data.json"
run 0 render --lenient "$T/t.mustache" "$T/data.json"
check "somebody is a secondary school" test -s "$OUT"
# A school and a partnership may share a name; then the file says which is meant.
run 0 explain old-hartmere scc
says "$OUT" "Old Hartmere Primary School, as of"
run 0 explain content/partnerships/old-hartmere.md principles
says "$OUT" "Old Hartmere Partnership, as of"
run 0 explain schools/old-hartmere.yaml scc
says "$OUT" "Old Hartmere Primary School, as of"
test_end
