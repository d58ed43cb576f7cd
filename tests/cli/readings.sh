#!/bin/sh
# SPDX-License-Identifier: MIT
# readings.sh: where the source of a strategy can be read in two ways, the other way is the edit of one cell or word.
#
# Each edit is made in a copy of the portal at the root, whose own reading fails the test of the other, and afterwards meets it.
. tests/lib.sh
test_begin "readings: the other way to read the strategy is one edit"
P=$T/portal
mkdir -p "$P/tests/policy"
cp -R "$ROOT/portal.yaml" "$ROOT/content" "$ROOT/schools" "$P"
cp -R "$P/content" "$T/content"

# reading NAME FILE SED: standard input is a policy test that holds after the edit alone.
reading() {
    cat >"$P/tests/policy/reading.yaml"
    run 1 check -C "$P"
    says "$ERR" '[policy-test]'
    sed "$3" "$T/content/$2" >"$P/content/$2"
    edited=$(diff "$T/content/$2" "$P/content/$2" | grep -c '^>')
    check "$1: one line of $2 is edited" test "$edited" = 1
    run 0 check -C "$P"
    cp "$T/content/$2" "$P/content/$2"
}

LEADER='phase: primary, ofsted.overall: good, ofsted.category: none, outstanding_leadership: yes, la_at_risk: no'
NEITHER='phase: primary, ofsted.overall: good, ofsted.category: none, outstanding_leadership: no, la_at_risk: no'
CONCERN='phase: primary, ofsted.overall: requires_improvement, outstanding_leadership: no'

# Sizes warn instead of barring.
reading A27 policy/kinds.md '/^| Hard | Hard/s/Breach | Breach/Advice | Advice/' <<END
- name: seven in a hard partnership
  subject: partnership
  facts: {kind: hard, state: proposed}
  members: [{facts: {$LEADER}}, {times: 6, facts: {$NEITHER}}]
  expect:
    sizes: {result: passes, rows: {Hard: not met}}
    sizes.proposed: passes
END

# Associates are counted for the size.
reading A28 framework.yaml 's/is: count(standing)$/is: count(standing) + count(associates)/' <<END
- name: ten and two associates are twelve
  subject: partnership
  facts: {kind: structured, state: formed}
  members: [{facts: {$LEADER}}, {times: 9, facts: {$NEITHER}}]
  associates: [{times: 2, facts: {$NEITHER}}]
  expect: {size: 12, sizes: fails}
END

# The judgement of its leadership alone makes a school one that can lead.
reading A29 policy/principles.md 's/^| Good or Outstanding | any | yes |/| not No overall grade | any | yes |/' <<END
- name: requires improvement, and is led outstandingly
  facts: {ofsted.overall: requires_improvement, outstanding_leadership: yes}
  expect: {leader: yes}
END

# An objection to joint governance binds in a structured partnership too.
reading A30 policy/principles.md 's/^| Joint governance | Hard |/| Joint governance | Hard or Structured |/' <<END
- name: an objection in a structured partnership
  subject: partnership
  facts: {kind: structured, state: proposed}
  members:
    - {facts: {faith: rc, objects: yes, $LEADER}}
    - {times: 2, facts: {faith: none, $NEITHER}}
  expect: {principles: {result: fails, rows: {Joint governance: not met}}}
END

# A loose partnership does not count.
reading A31 policy/measures.md 's/| In a loose partnership | yes |/| In a loose partnership | no |/' <<END
- name: 85 formal, 3 loose, 1 associate, 1 alone
  subject: network
  schools:
    - {times: 85, facts: {phase: primary, kind: structured, role: member}}
    - {times: 3, facts: {phase: primary, kind: loose, role: member}}
    - {facts: {phase: primary, kind: structured, role: associate}}
    - {facts: {phase: primary, kind: no_partnership, role: no_role}}
  expect: {primaries: 90, covered: 85, formal: 85, uncovered: 5}
END

# Silence means that a school is not at risk.
reading A32 framework.yaml '/label: Judged at risk by the council/s/$/\
      missing: no/' <<END
- name: good, and nobody has said whether it is at risk
  facts: {ofsted.overall: good, ofsted.category: none}
  expect: {scc: no}
- name: a balance that hung on it
  subject: partnership
  facts: {kind: structured, state: formed}
  members:
    - {facts: {$LEADER}}
    - {facts: {$CONCERN}}
    - {facts: {phase: primary, ofsted.overall: good, ofsted.category: none, outstanding_leadership: no}}
  expect: {concerns: 1, principles: {rows: {Balance: met}}}
END

# Being in two formal partnerships is advised against.
reading A33 policy/principles.md '/^| One formal membership/s/Breach | Breach/Advice | Advice/' <<END
- name: a member of another formal partnership
  subject: partnership
  facts: {kind: structured, state: proposed}
  members:
    - {facts: {$LEADER}, member: {formal_elsewhere: yes}}
    - {times: 2, facts: {$NEITHER}}
  expect:
    principles: {result: passes, rows: {One formal membership: not met}}
    principles.proposed: passes
END

# The copy is as it was: nothing above held because something else was wrong.
rm "$P/tests/policy/reading.yaml"
run 0 check -C "$P"
test_end
