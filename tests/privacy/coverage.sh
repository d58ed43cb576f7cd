#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh: the page of coverage tells lower audiences nothing of what they may not see.
#
# interference.sh varies the portal at the root, whose coverage rests on public facts. Here what counts rests on a restricted fact
# too, a school has a wish, and a proposal is made: the portals of the public and of schools stay the same by the byte, while
# the page of officers follows.
. tests/lib.sh
. tests/privacy/audiences.inc
test_begin "coverage: restricted facts, wishes and proposals stay out of what is counted for others"

P=$T/portal
mkdir "$P"
cp -R tests/golden/small/portal/. "$P"
rm -rf "$P/officers" "$P/content/policy/letters.md" "$P/content/policy/measures.md" "$P/content/policy/levels.md"
sed -i '/^letters:/,$d' "$P/portal.yaml"

cat >"$P/content/framework.yaml" <<'END'
scales:
  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {alone: Alone}}
  where: {values: {in: In one, few: In too small a one, out: In none}}
  phase: {values: {nursery: Nursery, infant: Infant, junior: Junior, primary: Primary, middle: Middle, secondary: Secondary, all_through: All-through, special: Special, pru: Pupil referral unit}}
coverage:
  of: coverage.coverage
  counted: coverage.counted
  kinds: kind
  by: [phase, coverage.coverage]
  subtotals: [young]
  target: {day: 2027-04-01, words: Every school is in a partnership}
units: [day]
groups: {scg: Group}
facts:
  school:
    phase: {label: Phase, scale: phase, from: phase, visible: public}
    kind: {label: Kind, scale: kind, from: partnership.kind, none: alone, missing: alone, visible: public}
    too_few: {label: Too few, type: yes/no, from: facts, missing: no, visible: officers}
    young: {label: Primary schools, type: yes/no, is: phase = "primary"}
    green: {label: Green school, type: yes/no, from: facts, visible: public}
    trial: {label: In the reading trial, type: yes/no, from: facts, visible: schools}
    at_risk: {label: Judged at risk, type: yes/no, from: judgements, visible: officers}
    risk: {label: Risk, type: text, from: judgements, visible: officers}
END

cat >"$P/content/policy/coverage.md" <<'END'
---
title: Coverage
---

## What counts

<!-- decision: coverage
label: Coverage
outputs: {coverage: {label: Where, scale: where}, counted: {label: Counted, type: yes/no}}
-->

| Kind | Too few | Where | Counted |
|---|---|---|---|
| not Alone | no | In one | yes |
| not Alone | yes | In too small a one | no |
| Alone | any | In none | no |
END

# counted SENTENCE: lower audiences see nothing of what the records now say, and the officers' page of coverage follows.
counted() {
    unseen "$1"
    check_not "$1: officers are told another coverage" cmp -s "$T/was-officers/coverage.html" "$T/now/coverage.html"
}

for audience in public schools officers; do publish $audience was-$audience; done
says "$T/was-public/coverage.html" 'Coverage is not known here for'
says_not "$T/was-public/coverage.html" 'Why schools are not covered'
says_not "$T/was-officers/coverage.html" 'it is not known'
says "$T/was-officers/coverage.html" 'Why schools are not covered'

cp "$P/schools/mill.yaml" "$T/kept"
echo 'facts: {too_few: yes}' >>"$P/schools/mill.yaml"
counted 'a restricted fact that decides what counts'
cp "$T/kept" "$P/schools/mill.yaml"

cp "$P/schools/bare.yaml" "$T/kept"
echo 'wishes: {kinds: [loose], note: Zqword}' >>"$P/schools/bare.yaml"
counted 'a wish'
says "$T/now/coverage.html" 'Zqword'
cp "$T/kept" "$P/schools/bare.yaml"

printf -- '---\ntitle: Zqword Partnership\nkind: loose\nstate: proposed\naudience: officers\n---\n' \
    >"$P/content/partnerships/zqword.md"
echo 'memberships: [{partnership: zqword}]' >>"$P/schools/bare.yaml"
counted 'a proposal'
says "$T/now/coverage.html" 'Zqword Partnership'
test_end
