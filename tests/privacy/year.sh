#!/bin/sh
# SPDX-License-Identifier: MIT
# year.sh: the school year is the officers', page by page and file by file.
#
# Lower audiences may read a table of the year where its page is theirs; what it comes to for a school, they do not get. Words
# of a page for officers, and names that only the year would give to a file, are searched for in their portals; and nothing
# there may change by a byte when what officers know of a school does.
. tests/lib.sh
test_begin "year: nothing of what is due is in a lower portal"

P=$T/portal
mkdir "$P"
cp -R tests/golden/small/portal/. "$P"
cat >"$P/content/policy/quiet.md" <<'END'
---
title: Quiet plans
audience: officers
---

**Canary table**

<!-- decision: quiet
label: Canary plans
hit: collect
outputs: {what: {label: Canary thing, type: text}, when: {label: Canary time, type: due}, who: {label: Canary who, type: text}}
-->

| Judged at risk | Canary thing | Canary time | Canary who |
|---|---|---|---|
| any | Canaryvisit | by 17 January | Canaryofficer |
| yes | Canaryboard | half-termly | Canarychair |
END

for audience in public schools officers; do
    run 0 build -C "$P" --audience $audience -o "$T/$audience" --no-sync
done
check "officers have the year" test -f "$T/officers/year/index.html"
check "and its words" grep -rqi canaryvisit "$T/officers/year"
for audience in public schools; do
    check "$audience: no folder of the year" test ! -e "$T/$audience/year"
    check "$audience: no calendar file" test -z "$(find "$T/$audience" -name '*.ics')"
    grep -rliE 'canary|17 January|year/index|\.ics' "$T/$audience" --include='*.html' --include='*.txt' --include='*.xml' --include='*.json' >"$T/found"
    check "$audience: none of its words" test ! -s "$T/found"
    check "$audience: no name of it" test -z "$(find "$T/$audience" -iname '*canary*' -o -iname '*quiet*')"
done

# What officers judge of a school moves its year, and nothing in a lower portal.
printf 'judgements: {at_risk: yes}\n' >>"$P/schools/mill.yaml"
for audience in public schools officers; do
    run 0 build -C "$P" --audience $audience -o "$T/$audience-moved" --no-sync
done
for audience in public schools; do
    same "$T/$audience" "$T/$audience-moved" "$audience: a judgement changes nothing"
done
check "officers: it changes the year" sh -c '! cmp -s "$1" "$2"' - "$T/officers/year/index.html" "$T/officers-moved/year/index.html"
check "officers: and the school's file" sh -c '! cmp -s "$1" "$2"' - "$T/officers/year/schools/mill.ics" "$T/officers-moved/year/schools/mill.ics"
test_end
