#!/bin/sh
# SPDX-License-Identifier: MIT
# decisions.sh: tables that run over restricted facts tell lower audiences nothing of them.
#
# One school's judgements, recorded decisions and groups are varied under tables that nobody's `visible:` hides. Each
# audience has a run of its own, in which these are not known: what follows without them is printed, and nothing else
# may change by a byte. `recorded`, `in the last` and a date that is there or not read the record and not the value; each
# has a table here.
. tests/lib.sh
. tests/privacy/audiences.inc
test_begin "decisions: what tables make of restricted facts stays with those who may see them"

P=$T/portal
mkdir "$P"
cp -R tests/golden/small/portal/. "$P"
rm -rf "$P/officers" "$P/content/policy/letters.md" "$P/content/policy/measures.md" "$P/content/policy/levels.md"
sed -i '/^letters:/,$d' "$P/portal.yaml"

cat >"$P/content/framework.yaml" <<'END'
scales:
  colour:
    last: worst
    values: {blue: Blue, amber: Amber, red: Red}
    colours: {blue: blue, amber: amber, red: red}
units: [visit, day]
groups: {board: {label: Improvement board, stages: yes}}
overlays: [category, at_risk]
facts:
  school:
    green: {label: Green school, type: yes/no, from: facts, visible: public}
    trial: {label: In the reading trial, type: yes/no, from: facts, visible: schools}
    at_risk: {label: Judged at risk, type: yes/no, from: judgements, visible: officers, missing: no}
    told: {label: Told to governors, type: yes/no, from: judgements, visible: schools, missing: no}
    board: {label: Board under way, type: yes/no, from: groups.board.start, missing: no}
    cost: {label: Cost of support, type: number, visible: officers}
  measure:
    value: {label: Value, type: number, from: value}
END

# table ID LABEL OUTPUT ROWS: a decision that states no `visible:`.
table() {
    printf '\n**%s**\n\n<!-- decision: %s\nlabel: %s\noutputs:\n  %s: {label: %s, type: days a year}\n-->\n\n' "$2" "$1" "$2" "$1" "$3"
    printf '| School | %s |\n|---|---|\n%s\n' "$3" "$4"
}
{
    cat <<'END'
---
title: Categories and support
---

## Category

**Category**

<!-- decision: category
label: Category
hit: guide
stands: when recorded
visible: officers
outputs:
  category: {label: Category, scale: colour}
-->

| School | Category |
|---|---|
| Judged at risk | normally amber, or red |
| Board under way | at least amber |
| *otherwise* | blue |

## Support

**Visits**

<!-- decision: visits
label: Visits
outputs:
  visits: {label: Partner visits, type: visits a year}
-->

| Category | Partner visits |
|---|---|
| blue | 2 |
| amber | 6 |
| red | 9 |
| not determined | not determined |

**Offers**

<!-- decision: offers
label: Offers
hit: collect
outputs:
  offer: {label: Offer, type: offer}
-->

| School | Offer |
|---|---|
| | [Head start](../offers/head-start.md) |
| Category: red | [Standing beside](../offers/standing-beside.md) |
END
    table was_recorded 'Whether it was recorded' 'Days when recorded' '| Category: recorded | 1 |
| *otherwise* | 5 |'
    table was_red 'Whether it was red' 'Days after red' '| Category: Red in the last 5 years | 3 |
| *otherwise* | 7 |'
    table was_judged 'Whether it was judged' 'Days when judged' '| Judged at risk: recorded | 4 |
| *otherwise* | 8 |'
    table has_board 'Whether there is a board' 'Days with a board' '| Board under way | 10 |
| *otherwise* | 12 |'
    table was_told 'Whether governors were told' 'Days when told' '| Told to governors | 14 |
| *otherwise* | 16 |'
    cat <<'END'

**What all of it comes to**

<!-- measures: risks
label: Risks
-->

| Measure | Counts | Among | Counted in | Average of |
|---|---|---|---|---|
| Judged at risk | Judged at risk | | | |
| Pupils judged at risk | Judged at risk | | pupils | |
| Amber or worse | Category: amber or worse | | | |
| Amber or worse, of those at risk | Category: amber or worse | Judged at risk | | |
| Recorded | Category: recorded | | | |
| Red of late | Category: Red in the last 5 years | | | |
| With a board | Board under way | | | |
| Nine visits | Partner visits: 9 | | | |
| Governors told | Told to governors | | | |
| Cost | | | | Cost of support |

**What follows from that**

<!-- decision: worry
subject: measure
outputs: {worry: {label: Worry, type: yes/no}}
-->

| Value | Worry |
|---|---|
| above 0 | yes |
| at most 0 | no |
END
} >"$P/content/policy/categories.md"

# offer NAME LEVEL FOR: one that says by restricted facts whom it is for.
offer() {
    printf -- '---\ntitle: Zqoffer %s\nneed: leadership\nlevel: %s\nfor: %s\nprovider: The council\nfunding: Free\n---\n' \
        "$1" "$2" "$3" >"$P/content/offers/$1.md"
}
offer risk targeted '{Judged at risk: yes}'
offer calm universal '{Judged at risk: no}'
offer judged intensive '{Judged at risk: recorded}'
offer red targeted "'category = \"red\"'"
offer board intensive '{Board under way: yes}'
offer visits targeted '{Partner visits: at least 6}'
offer told universal '{Told to governors: yes}'
cat >"$P/content/policy/quiet.md" <<'END'
---
title: Zqquiet
audience: officers
---

## Quiet

<!-- decision: quiet
label: Zqquiet
hit: collect
outputs: {what: {label: What, type: offer}}
-->

| School | What |
|---|---|
| Green school | [Head start](../offers/head-start.md) |
END

cat >>"$P/portal.yaml" <<'END'
letters:
  about: [category]
  follows: [visits, offers]
  from: {name: Zqsender, post: Zqsender, address: [Zqsender], telephone: 0207 700 700, email: zqsender@teasel.example}
END

# with FILE: the officers' part of one school's record.
with() {
    mkdir -p "$P/officers"
    cat >"$P/officers/heron.yaml"
}
without() { rm -rf "$P/officers"; }

without
for audience in public schools officers; do publish $audience "was-$audience"; done
page=$T/was-public/schools/heron.html
for words in '2 to 9 visits a year' '1 or 5 days a year' '3 or 7 days a year' '4 or 8 days a year' \
    '10 or 12 days a year' '14 or 16 days a year'; do
    says "$page" "$words"
done
says "$T/was-schools/schools/heron.html" '16 days a year'
says_not "$page" 'id="decided"'
check_not "the public portal counts no school by them" \
    grep -q 'data-label="Value">[0-9]' "$T/was-public/policy/categories.html"
check "each measure is not known to the public" \
    test "$(grep -c 'data-label="Value">Not known <span class="aside">This portal does not show' "$T/was-public/policy/categories.html")" -eq 10
says "$T/was-schools/policy/categories.html" '0 of 7 schools (0%)'
says "$T/was-officers/policy/categories.html" '0 of 7 schools (0%)'
for offer in risk calm judged red board visits told; do
    says "$page" "offers/$offer.html"
    check_not "the public portal lists no school for $offer" \
        grep -q 'id="open-to"\|schools/heron' "$T/was-public/offers/$offer.html"
done
check "each of them may be open, and none is" \
    test "$(grep -c 'May be open to schools like this' "$page")" = "$(grep -c 'id="gets-' "$page")"
says "$T/was-officers/offers/calm.html" 'id="open-to"'
says "$T/was-public/offers/head-start.html" 'categories.html#offers-head-start'
says_not "$T/was-public/offers/head-start.html" quiet
says "$T/was-officers/offers/head-start.html" 'quiet.html#quiet-'
check_not "the public has no page of decisions" test -e "$T/was-public/decisions"
check_not "nor have schools" test -e "$T/was-schools/decisions"
check "officers have" test -f "$T/was-officers/decisions/index.html"
for audience in public schools; do
    check_not "$audience: no letters" test -e "$T/was-$audience/letters"
    check_not "$audience: no groups" test -e "$T/was-$audience/groups"
    if grep -rqi 'zqsender\|7 *700 *700' "$T/was-$audience"; then fail "$audience: who signs letters is not told"; else pass "not told"; fi
done
check "officers have letters" test -f "$T/was-officers/letters/index.html"

# told_officers SENTENCE: lower audiences see nothing of what the record now says, and officers read its words.
told_officers() {
    unseen "$1"
    if grep -rqi zqword "$T/now"; then pass "$1: words are shown to officers"; else fail "$1: words are shown to officers"; fi
}

with <<'END'
judgements:
  at_risk: [{value: yes, from: 2026-01-12, by: Zqword, note: Zqword}]
END
told_officers 'a judgement'

with <<'END'
judgements:
  at_risk: [{value: no, from: 2026-01-12, by: Zqword}]
END
told_officers 'a judgement that says no'

with <<'END'
decisions:
  category: [{value: red, from: 2025-09-20, how: agreed, letter: 2025-09-27, by: Zqword, reason: Zqword, note: Zqword}]
END
told_officers 'a recorded decision'

with <<'END'
decisions:
  category:
    - {value: red, from: 2021-09-20, to: 2022-03-01, by: Zqword}
    - {value: blue, from: 2025-09-20, by: Zqword}
END
told_officers 'a history'

with <<'END'
decisions:
  visits: [{value: 9, from: 2025-09-20, by: Zqword}]
END
told_officers 'a decision of a table that is not hidden'

with <<'END'
groups:
  - {kind: board, recommended: 2025-11-01, start: 2025-12-01, planned_end: 2026-12-01, reason: Zqword,
     members: [{role: chair, name: Zqword, chair: yes}], meetings: [{on: 2026-06-02, note: Zqword}]}
END
told_officers 'a group'

with <<'END'
facts: {cost: 12000}
judgements:
  at_risk: [{value: yes, from: 2026-01-12, by: Zqword}]
END
told_officers 'a figure that is averaged'

with <<'END'
judgements:
  at_risk: [{value: yes, from: 2026-01-12, by: Zqword}]
decisions:
  category: [{value: amber, from: 2025-09-20, by: Zqword, note: Zqnote}]
groups:
  - {kind: board, start: 2025-12-01, reason: Zqword}
END
told_officers 'all of them'

# A letter tells what was recorded, and officers' notes to each other are not in it.
letter=$T/now/letters/heron.html
says "$letter" 'This letter confirms'
says "$letter" 'Zqsender'
says "$letter" 'Improvement board'
says_not "$letter" 'Zqnote'
says "$T/now/groups/heron-board-1.html" 'Began without being endorsed'

# What is for schools is seen by schools, and by nobody below.
with <<'END'
judgements:
  told: [{value: yes, from: 2026-01-12}]
END
publish public now
same "$T/was-public" "$T/now" "what is for schools does not show in public"
publish schools now
says "$T/now/schools/heron.html" '14 days a year'
test_end
