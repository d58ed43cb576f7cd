#!/bin/sh
# SPDX-License-Identifier: MIT
# why.sh: why a record is as it is, as text and as JSON; what if; query; overlaps; exit codes.
. tests/lib.sh
test_begin "explain, query, check --overlaps"
cp -R "$ROOT/tests/diag/base" "$T/portal"
P=$T/portal
cat >"$P/content/framework.yaml" <<'YAML'
scales:
  support: {values: {low: Low, medium: Medium, high: High}, last: worst}
facts:
  school:
    at_risk: {label: At risk, type: yes/no}
    score: {label: Score, type: number}
    large: {label: Large, type: yes/no, missing: no}
YAML
cat >"$P/content/policy/visits.md" <<'PAGE'
---
title: Visits
---

## Visits

<!-- decision: visits
hit: priority
id: Row
outputs: {level: {label: Support level, scale: support}}
-->

| Row | Score | At risk | Large | Support level |
|---|---|---|---|---|
| risk | | yes | | High |
| low | below 65 | | | Medium |
| large | | | yes | Medium |
| *otherwise* | | | | Low |
PAGE
cat >"$P/schools/ash.yaml" <<'YAML'
urn: "900009"
name: Ash
phase: primary
type: community
address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}
facts:
  score: 60
decisions:
  visits:
    - {value: high, from: 2026-01-10, how: agreed, reason: a new head}
YAML
cp "$P/schools/ash.yaml" "$P/schools/elm.yaml"
sed -i 's/900009/900010/; s/name: Ash/name: Elm/; s/score: 60/score: 70\n  at_risk: no/; /^decisions/,$d' "$P/schools/elm.yaml"
cd "$P" || exit 1

# Text.
run 0 explain ash --as-of 2026-05-01
says "$OUT" "Visits: candidates (content/policy/visits.md:7)"
says "$OUT" "Support level: Medium or High (candidates)"
says "$OUT" "High since 10 January 2026, agreed, a new head (schools/ash.yaml:10)"
says "$OUT" "settled by   At risk - no: Medium; yes: High"
run 0 explain ash --set at_risk=no --as-of 2026-05-01
says "$OUT" "Visits: settled"
says "$OUT" "this differs from the suggestion"
run 0 explain elm --why-not medium --as-of 2026-05-01
says "$OUT" "70; asks for below 65; 5 away"

# JSON: render's reader is strict, and its templates say what is there.
cat >"$T/why.mustache" <<'T'
school={{school}} as_of={{as_of}}
{{#decisions}}
decision={{id}} status={{status}} value={{value.level}} suggestion={{suggestion.level}} stands={{stands.level}}
candidates={{#candidates.level}}[{{.}}]{{/candidates.level}}
recorded={{recorded.level.value}} {{recorded.level.from}} {{recorded.level.page}}:{{recorded.level.line}}
{{#rows}}
row={{id}} {{page}}:{{line}} {{href}} {{verdict}}{{#cells}} ({{column}} {{text}} {{verdict}}){{/cells}}
{{/rows}}
{{#missing}}
missing={{id}}{{#if}} {{value}}->{{then}}{{/if}}
{{/missing}}
{{/decisions}}
T
json() {
    run 0 explain "$@" --format json --as-of 2026-05-01
    cp "$OUT" "$T/why.json"
    run 0 render --lenient "$T/why.mustache" "$T/why.json"
}
json ash
says "$OUT" "school=ash as_of=2026-05-01"
says "$OUT" "decision=visits status=candidates value= suggestion=Medium stands=High"
says "$OUT" "candidates=[Medium][High]"
says "$OUT" "recorded=High 2026-01-10 schools/ash.yaml:10"
says "$OUT" "row=risk content/policy/visits.md:15 policy/visits.html#visits-risk not known (Score any any) (At risk yes not known) (Large any any)"
says "$OUT" "row=low content/policy/visits.md:16 policy/visits.html#visits-low"
says "$OUT" "row=large content/policy/visits.md:17 policy/visits.html#visits-large fails"
says "$OUT" "missing=at_risk no->Medium yes->High"
json ash --set at_risk=no
says "$OUT" "decision=visits status=settled value=Medium suggestion=Medium stands=High"
says "$OUT" "row=low content/policy/visits.md:16 policy/visits.html#visits-low decides (Score below 65 holds)"
says_not "$OUT" "missing="
json elm
says "$OUT" "decision=visits status=settled value=Low"
says "$OUT" "recorded="
json ash --audience public
says "$OUT" "recorded= "
says_not "$OUT" "2026-01-10"

# What cannot be answered.
run 2 explain
run 2 explain asch
says "$ERR" 'did you mean "ash"?'
run 2 explain ash visit
says "$ERR" 'did you mean "visits"?'
run 2 explain ash --set at_risk
says "$ERR" "--set needs FACT=VALUE"
run 1 explain ash --set at_rsk=no
says "$ERR" 'did you mean "at_risk"?'
run 1 explain ash --set score=many
run 2 explain ash --why-not purple
says "$ERR" 'no table gives "purple"'
run 2 explain ash --format xml

# Query: what is true, and what is not known.
run 0 query 'score < 65'
says "$OUT" "ash"
says_not "$OUT" "elm"
run 0 query 'at_risk'
says "$OUT" "not known"
run 0 query 'visits = "high"' --format json
cp "$OUT" "$T/found.json"
printf '{{#.}}{{record}}={{known}} {{/.}}' >"$T/q.mustache"
run 0 render --lenient "$T/q.mustache" "$T/found.json"
says "$OUT" "ash=true"
run 1 query 'scor < 65'
says "$ERR" 'did you mean "score"?'

# Overlaps: rows that hold together, and which of them wins.
run 0 check --overlaps
says "$OUT" '"risk"'
run 0 check
says_not "$OUT" '"risk"'

# What readers can work out of results that are hidden from them.
run 0 check --audience-report
says "$OUT" "Hidden results that readers can work out from the facts and tables they have, of"
run 0 check
says_not "$OUT" "Hidden results"
test_end
