#!/bin/sh
# SPDX-License-Identifier: MIT
# partnership.sh: a partnership's page tells lower audiences nothing of what its checks rest on.
#
# The checks and the decision of what consent comes to state no `visible:` here, so that each audience has a run of its own
# over what it may see. Judgements and wishes of members are varied, and the lower portals stay the same byte for byte; a
# governing body's decision is for schools, and the public's stays the same.
. tests/lib.sh
. tests/privacy/audiences.inc
test_begin "partnerships: why their checks come out as they do is for those who may see it"

P=$T/portal
mkdir -p "$P/content/policy" "$P/content/partnerships" "$P/schools"
cp tests/diag/base/portal.yaml "$P"
cp tests/diag/base/content/about.md "$P/content"
cat >"$P/content/framework.yaml" <<'END'
scales:
  strength: {last: worst, values: {advice: Advice, breach: Breach}}
  body: {values: {not_asked: Not asked, pending: Pending, agreed: Agreed, declined: Declined}}
  kind: {values: {hard: Hard, structured: Structured, loose: Loose}, beside: {alone: In none}}
  outcome: {values: {blocked: Not with these, waiting: Waiting, done: Formed}}
  who: {values: {they: The partnership, we: The council}}
partnership: {provides: provides, outcome: outcome}
facts:
  school:
    care: {label: Zqcare, type: yes/no, from: judgements, visible: officers}
    objects: {label: Zqobjects, type: yes/no, from: wishes.objects_joint_governance, missing: no, visible: officers}
    kind: {label: Kind of partnership, scale: kind, from: partnership.kind, none: alone, missing: alone, visible: public}
  member:
    body: {label: Governing body, scale: body, from: governing_body, missing: not_asked}
  partnership:
    kind: {label: Kind, scale: kind, from: kind, visible: public}
    members: {label: Members, type: schools, from: members, visible: public}
    standing: {label: Standing members, type: schools, is: 'members[body != "declined"]'}
    size: {label: Size, type: whole, range: 0 to 60, is: count(standing)}
    cares: {label: Cares, type: whole, range: 0 to 60, is: 'count(standing[care])'}
    third: {label: At most a third, type: yes/no, is: 3 * cares <= size}
    calm: {label: Nobody objects, type: yes/no, is: every m in standing satisfies not(m.objects)}
    waiting: {label: Outstanding, type: whole, range: 0 to 60, is: 'count(members[body = "pending"])'}
    refused: {label: Refusals, type: whole, range: 0 to 60, is: 'count(members[body = "declined"])'}
END
cat >"$P/content/policy/rules.md" <<'END'
---
title: Rules
---

## Rules

<!-- decision: provides
outputs: {challenge: {label: Challenge, scale: who}}
-->

| Kind of partnership | Challenge |
|---|---|
| Hard or Structured | The partnership |
| Loose or In none | The council |

<!-- decision: outcome
label: What follows
subject: partnership
outputs: {outcome: {label: What follows, scale: outcome}}
-->

| Refusals | Outstanding | What follows |
|---|---|---|
| at least 1 | | Not with these |
| 0 | at least 1 | Waiting |
| 0 | 0 | Formed |

<!-- check: rules
label: Rules
subject: partnership
id: Row
must: [Must have]
outputs: {strength: {label: If not, scale: strength}}
-->

| Row | Must have | If not |
|---|---|---|
| size | Size: at least 3 | breach |
| third | At most a third | breach |
| calm | Nobody objects | breach |
END
printf -- '---\ntitle: Lanes\nkind: structured\nstate: formed\nformed: 2020-01-01\n---\n' >"$P/content/partnerships/lanes.md"
printf -- '---\ntitle: Zqplan\nkind: structured\nstate: proposed\naudience: officers\n---\n' >"$P/content/partnerships/plan.md"

# school NUMBER NAME GROUP BODY LINES: a member of a partnership.
school() {
    name=$(echo "$2" | tr 'A-Z' 'a-z')
    printf 'urn: "90000%s"\nname: %s\nphase: primary\ntype: community\naddress: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\nmemberships: [{partnership: %s, from: 2020-01-01, governing_body: %s}]\n%s\n' \
        "$1" "$2" "$3" "$4" "$5" >"$P/schools/$name.yaml"
}
# schools CARE OBJECTS BODY: what is recorded of one member of each partnership.
schools() {
    for group in lanes plan; do
        [ $group = lanes ] && base=0 || base=4
        school $((base + 1)) "$group-a" $group agreed 'judgements: {care: no}'
        school $((base + 2)) "$group-b" $group agreed 'judgements: {care: no}'
        school $((base + 3)) "$group-c" $group "$3" "judgements: {care: $1}
wishes: {objects_joint_governance: $2}"
        school $((base + 4)) "$group-d" $group agreed 'judgements: {care: yes}'
    done
}
schools no no pending
for audience in public schools officers; do publish $audience "was-$audience"; done
page=partnerships/lanes.html
for audience in public schools officers; do
    says "$T/was-$audience/$page" 'Who provides what'
    says "$T/was-$audience/$page" 'The partnership</dd>'
done
says_not "$T/was-public/$page" 'State of consent'
says "$T/was-schools/$page" 'has still to decide'
says "$T/was-officers/$page" 'has still to decide'
says "$T/was-officers/$page" '1 of 4'
for audience in public schools; do
    for word in Zqcare Zqobjects '1 of 4' 'id="checks-h"' 'What would settle it'; do
        says_not "$T/was-$audience/$page" "$word"
    done
    check_not "$audience: no page of a proposal" test -e "$T/was-$audience/partnerships/plan.html"
    if grep -rqi zqplan "$T/was-$audience"; then fail "$audience: nothing of a proposal"; else pass "$audience: nothing of a proposal"; fi
done
says "$T/was-officers/partnerships/plan.html" 'aria-current="step"'
says "$T/was-officers/partnerships/plan.html" 'If it declines'

schools yes no pending
unseen 'a judgement that breaks a rule'
schools 'not recorded' no pending
unseen 'a judgement that is not recorded'
schools no yes pending
unseen 'an objection'

# What a governing body decided is for schools.
schools no no declined
publish public now
same "$T/was-public" "$T/now" "a governing body's decision does not show in public"
publish schools now
says "$T/now/$page" 'Declined'
says_not "$T/now/$page" 'has still to decide'

# On the command line each audience has a run of its own, too.
run 0 explain lanes -C "$P" --audience schools --as-of 2026-05-01
says_not "$OUT" "Zqcare yes"
says_not "$OUT" "Zqcare no "
says "$OUT" "not for this audience"
run 0 explain lanes -C "$P" --audience public --as-of 2026-05-01
says_not "$OUT" "Declined"
test_end
