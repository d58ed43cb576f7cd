#!/bin/sh
# SPDX-License-Identifier: MIT
# releases.sh: what is released of restricted values says what it says, and not a byte more.
#
# Sixty schools, of which most are told apart by a judgement alone. Judgements change in ways that change no published
# number, and the lower portals stay the same byte for byte; then in ways that do, and released.html alone is another.
. tests/lib.sh
. tests/privacy/audiences.inc
test_begin "releases: what they say, and nothing that they do not"

P=$T/portal
mkdir -p "$P/content/policy" "$P/content/partnerships" "$P/schools"
cp tests/diag/base/portal.yaml "$P"
cp tests/diag/base/content/about.md "$P/content"

cat >"$P/content/framework.yaml" <<'END'
scales:
  level: {last: worst, values: {low: Low, middling: Middling, high: High}}
  strength: {last: worst, values: {advice: Advice, breach: Breach}}
facts:
  school:
    poor: {label: Poor results, type: yes/no, from: facts, visible: public, missing: no}
    care: {label: Needs care, type: yes/no, from: judgements, visible: officers, missing: no}
    help: {label: Needs help, type: yes/no, from: judgements, visible: officers, missing: no}
    calm: {label: Calm, type: yes/no, from: judgements, visible: officers, missing: no}
  partnership:
    members: {label: Members, type: schools, from: members}
    calm_ones: {label: Calm members, type: whole, is: "count(members[calm])"}
releases:
  - {of: level, as: count, for: public, because: People should know how many schools need help.}
  - {of: rules, as: met or not met, for: schools, because: Heads should know where they stand.}
END
cat >"$P/content/policy/levels.md" <<'END'
---
title: Levels
---

## Levels

**Levels**

<!-- decision: level
label: Level
visible: officers
outputs: {level: {label: Level, scale: level}}
-->

| Poor results | Needs help | Needs care | Level |
|---|---|---|---|
| yes | any | any | High |
| no | yes | any | High |
| no | no | yes | Middling |
| no | no | no | Low |

## Rules

**Rules**

<!-- check: rules
label: Rules
subject: partnership
visible: officers
id: Rule
must: [Must have]
outputs: {strength: {label: If not, scale: strength}}
-->

| Rule | Must have | If not |
|---|---|---|
| Calm | Calm members at least 1 | Breach |
END
cat >"$P/content/partnerships/lanes.md" <<'END'
---
title: Lanes
kind: structured
state: formed
formed: 2020-01-01
---
END

# school NUMBER LINES: one more school.
school() {
    {
        printf 'urn: "%d"\nname: School %d\nphase: primary\ntype: community\n' $((900000 + $1)) "$1"
        printf 'address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n%s\n' "$2"
    } >"$P/schools/s$1.yaml"
}

# schools POOR HELP CARE MEMBER: so many of sixty, one after the other; and what is judged of the one in the partnership.
schools() {
    i=0
    while [ $i -lt 59 ]; do
        if [ $i -lt "$1" ]; then
            school $i 'facts: {poor: yes}'
        elif [ $i -lt $(($1 + $2)) ]; then
            school $i 'judgements: {help: yes}'
        elif [ $i -lt $(($1 + $2 + $3)) ]; then
            school $i 'judgements: {care: yes}'
        else
            school $i ''
        fi
        i=$((i + 1))
    done
    school 59 "memberships: [{partnership: lanes, role: member, from: 2020-01-01}]
$4"
}

# cells AUDIENCE-TREE: the numbers of the table, in a line: "w w 40 60".
cells() {
    sed -n 's#^<tr><th scope="row">[^<]*</th><td class="num">\([^<]*\).*#\1#p' "$1/released.html" |
        sed 's/^$/w/' | tr -s ' \n' ' ' | sed 's/ $//'
}
told() {
    seen=$(cells "$T/$1")
    if [ "$seen" = "$2" ]; then pass "$1 is told $2"; else fail "$1 is told $2" "$seen"; fi
}

# Rows: Low, Middling, High, not determined, all. Six are High for results that everybody has, and two for judgements.
schools 6 2 10 'judgements: {calm: yes}'
for audience in public schools officers; do publish $audience "was-$audience"; done
told was-public '42 w w w 60'
told was-schools '42 w w w 60'
told was-officers '42 10 8 0 60'
says "$T/was-public/released.html" 'People should know how many schools need help.'
says_not "$T/was-public/released.html" 'Heads should know'
says "$T/was-schools/released.html" '<span class="tag ok">Met</span>'
says_not "$T/was-public/policy/levels.html" 'release-rules'
says "$T/was-public/policy/levels.html" 'href="../released.html#release-level-level"'
says "$T/was-schools/policy/levels.html" 'href="../released.html#release-rules"'

schools 6 3 9 'judgements: {calm: yes}'
unseen 'one needs help that needed care'
schools 6 4 8 'judgements: {calm: yes}'
unseen 'two more do'
schools 6 0 12 'judgements: {calm: yes}'
publish public now
differs "$T/was-public" "$T/now" "that nobody else needs help may be told"
told now '42 12 6 0 60'

# seen TREE SENTENCE [PAGE]: released.html is another, one line of the page that says the same of a group, and nothing else.
seen() {
    publish "$1" now
    differs "$T/was-$1/released.html" "$T/now/released.html" "$2: $1 are told"
    rm "$T/now/released.html"
    if [ -n "${3-}" ]; then
        check "$2: one line of $3 is another" \
            test "$(diff "$T/was-$1/$3" "$T/now/$3" | grep -c '^>')" -eq 1
        cp "$T/was-$1/$3" "$T/now/$3"
    fi
    diff -r "$T/was-$1" "$T/now" >"$T/.diff"
    if [ "$(cat "$T/.diff")" = "Only in $T/was-$1: released.html" ]; then
        pass "$2: nothing else of the $1 portal is another"
    else
        fail "$2: nothing else of the $1 portal is another" "$(head -20 "$T/.diff")"
    fi
}
schools 6 2 11 'judgements: {calm: yes}'
seen public 'one more needs care'
schools 6 2 10 'judgements: {calm: no}'
seen schools 'the partnership is not calm' partnerships/lanes.html
publish public now
same "$T/was-public" "$T/now" "the public is not told of the partnership"

# A portal that releases nothing has no page of it, and its readers are not told that there could be one.
sed -i '/^releases:/,$d' "$P/content/framework.yaml"
for audience in public schools officers; do
    publish $audience now
    check_not "nothing is released to $audience" test -e "$T/now/released.html"
    check_not "nor spoken of to $audience" grep -rq 'eleased' "$T/now"
done
test_end
