#!/bin/sh
# SPDX-License-Identifier: MIT
# match.sh: proposals of partners as text, as JSON and as drafts that can be pasted; what is kept; what cannot be asked.
. tests/lib.sh
test_begin "match"
P=$T/portal
mkdir -p "$P/tests"
cp -R portal.yaml content schools "$P"
cp -R tests/policy "$P/tests"
cd "$T" || exit 1

# Text.
run 0 match -C portal --as-of 2026-05-01
says "$OUT" "Proposals of partners, as of 1 May 2026"
says "$OUT" "schools take part, and"
says "$OUT" "Wish for each other: 14 Acres and Marling Heath"
says "$OUT" "met  Leadership: Leader schools: 1 (Oakwell)"
says "$OUT" "It counts: 3 schools placed; affinity 13; preferred kind 9;"
says "$OUT" "Best left as they are"
says "$OUT" "Common and Teilo, loose: Common Lane, St Teilo"
says "$OUT" "Eastern Common, structured, not formed yet: Eastern Common Infants"
says "$OUT" "Left over: 2"
says "$OUT" "It stays an associate of Old Hartmere"
says "$OUT" "ruled out by Kind (Every school accepts the kind)"
says "$OUT" "not known for Quarry Hill"
says "$OUT" "If “Causes concern” turns out to be no for Quarry Hill"
says "$OUT" "Sir Ambrose Fell is in North Sixth Forms, which works already and goes on beside this"
says "$OUT" "New to it: Hartmere High"
says_not "$OUT" "fewer points"
cp "$OUT" "$T/text"
run 0 match -C portal --as-of 2026-05-01 --explain
says "$OUT" "fewer points of affinity"

# The same, whatever the threads and the order in which the files came to be.
run 0 match -C portal --as-of 2026-05-01 --threads 1
check "one thread proposes the same" cmp -s "$OUT" "$T/text"
mkdir -p reversed/tests
cp -R portal/portal.yaml reversed
cp -R portal/tests/policy reversed/tests
find portal/schools portal/content -type d | sort | while read -r d; do mkdir -p "reversed/${d#portal/}"; done
find portal/schools portal/content -type f | sort -r | while read -r f; do cp "$f" "reversed/${f#portal/}"; done
run 0 match -C reversed --as-of 2026-05-01 --threads 7
check "the order of the files changes nothing" cmp -s "$OUT" "$T/text"

# What is kept.
run 0 match -C portal --as-of 2026-05-01 --keep formed
check "what works is kept unless something else is asked" cmp -s "$OUT" "$T/text"
run 0 match -C portal --as-of 2026-05-01 --keep all
says_not "$OUT" "Eastern Common Infants"
run 0 match -C portal --as-of 2026-05-01 --keep none
says "$OUT" "and 0 partnerships stay"

# A network too large to compare every set: what a search finds depends on nothing else either.
says "$OUT" "the best set of groups that a search found"
cp "$OUT" "$T/searched"
for threads in 1 2 8; do
    run 0 match -C portal --as-of 2026-05-01 --keep none --threads $threads
    check "a search on $threads threads proposes the same" cmp -s "$OUT" "$T/searched"
done
LC_ALL=C.UTF-8
export LC_ALL
run 0 match -C reversed --as-of 2026-05-01 --keep none --threads 2
check "nor does a search hang on the order of the files, or on the locale" cmp -s "$OUT" "$T/searched"
LC_ALL=C

# JSON: render's reader is strict, and its templates say what is there.
cat >"$T/match.mustache" <<'T'
pool={{pool}} exact={{exact}} placed={{objective.placed}} of {{bound.placed}}
{{#proposals}}
{{kind}} {{#members}}{{.}} {{/members}}score={{score.placed}},{{score.affinity}},{{score.choice}},{{score.distance}}
{{#associates}}associate={{.}}{{/associates}}
{{#reasons}}reason={{.}}
{{/reasons}}
{{#checks}}{{row}} {{state}} {{found}}
{{/checks}}
{{/proposals}}
{{#left_over}}left={{school}}{{#reasons}} {{.}}{{/reasons}}
{{/left_over}}
T
run 0 match -C portal --as-of 2026-05-01 --format json
cp "$OUT" "$T/match.json"
run 0 render --lenient "$T/match.mustache" "$T/match.json"
says "$OUT" "placed=18 of 18"
says "$OUT" "structured 14-acres marling-heath oakwell score=3,13,9,"
says "$OUT" "reason=Structured is the first choice of all 3"
says "$OUT" "principles-leadership met Leader schools: 1 (Oakwell)"
says "$OUT" "left=archbishop-davison Structured and Loose are ruled out by Kind"

# Drafts: each block goes where it says, and the portal is as right as it was.
run 0 match -C portal --as-of 2026-05-01 --format drafts
cp "$OUT" "$T/drafts"
says "$OUT" "# schools/hartmere-high-school.yaml, among its memberships, once it has agreed: the partnership works"
cp -R portal pasted
awk '
    /^# content\/partnerships\// { page = "pasted/" substr($0, 3); school = ""; next }
    /, once it has agreed/ { page = ""; school = ""; next }
    /^# schools\// { split(substr($0, 3), path, ","); school = "pasted/" path[1]; page = ""; next }
    page != "" { print > page }
    school != "" && /^ / { print > (school ".add") }' "$T/drafts"
for add in pasted/schools/*.add; do
    record=${add%.add}
    grep -q '^memberships:' "$record" || echo 'memberships:' >>"$record"
    sed -i "/^memberships:/r $add" "$record"
    rm "$add"
done
check "there are drafts" test -f pasted/content/partnerships/14-acres-marling-heath-and-oakwell.md
run 0 check -C pasted --as-of 2026-05-01
run 0 match -C pasted --as-of 2026-05-01 --keep all
says_not "$OUT" "A new structured partnership of 3"
run 0 explain -C pasted 14-acres-marling-heath-and-oakwell --as-of 2026-05-01
says "$OUT" "Principles of a partnership: passes"
run 0 build -C portal --no-sync --as-of 2026-05-01 -o "$T/before"
run 0 build -C pasted --no-sync --as-of 2026-05-01 -o "$T/after"
rm -f before/.signpost after/.signpost
check "the public learns nothing of drafts" diff -r before after

# What cannot be asked.
run 2 match -C portal --keep some
says "$ERR" '--keep must be formed, all or none, not "some"'
run 2 match -C portal --format xml
says "$ERR" '--format must be text, json or drafts, not "xml"'
run 2 match -C portal --audience public
run 2 match -C portal oakwell
cp -R "$ROOT/tests/diag/base" plain
run 1 match -C plain
says "$ERR" "no policy page has a match"

test_end
