#!/bin/sh
# SPDX-License-Identifier: MIT
# messages.sh: with --audience, what is said of a mistake holds nothing that this audience may not know.
. tests/lib.sh
test_begin "messages: mistakes in restricted places, told to lower audiences"

# mistaken SLUG FILE SED: a copy of the small portal with that mistake, which officers are told of with its words.
mistaken() {
    rm -rf "$T/portal"
    cp -R tests/golden/small/portal "$T/portal"
    sed "$3" "$T/portal/$2" >"$T/edited" && cp "$T/edited" "$T/portal/$2"
    "$SIGNPOST" check -C "$T/portal" >"$OUT" 2>"$ERR"
    says "$ERR" "[$1]"
}

# withheld WHO SLUG FILE SED: the canary is in no form of any message for them, and the mistake still counts.
withheld() {
    whom=$1
    shift
    mistaken "$@"
    says "$ERR" "CANARY"
    for who in $whom; do
        for form in text json sarif github; do
            run 1 check -C "$T/portal" --audience "$who" --format $form
            says_not "$OUT" "CANARY"
            says_not "$ERR" "CANARY"
        done
        run 1 build -C "$T/portal" --audience "$who" -o "$T/site" --no-sync
        says_not "$ERR" "CANARY"
    done
}

withheld "public" wrong-format schools/weir.yaml 's/decided: 2019-03-12/decided: CANARY/'
withheld "public" unknown-choice schools/weir.yaml 's/governing_body: agreed/governing_body: CANARY/'
withheld "public schools" unknown-key schools/weir.yaml 's/note: Agreed by one vote./canary_CANARY: 1/'
withheld "public schools" unknown-key officers/weir.yaml '$a\CANARY: 1'
withheld "public schools" wrong-format officers/weir.yaml 's/from: 2026-02-20/from: CANARY/'
withheld "public schools" yaml-duplicate-key officers/weir.yaml 's/^  risk: middling/&\n  CANARY: 1\n  CANARY: 2/'
withheld "public schools" yaml-colon officers/weir.yaml 's/reason: Leadership needs attention./reason: CANARY: CANARY/'
withheld "public schools" wrong-format schools/weir.yaml 's/^link_officer: .*/&\nwishes: {schools: [canary-CANARY]}/'

# What the audience may read is told in full, but for the line, on which other values stand.
mistaken unknown-choice schools/weir.yaml 's/^phase: primary/phase: primarily/'
run 1 check -C "$T/portal" --audience public
says "$ERR" 'schools/weir.yaml:3:8: error: "primarily" is not one of the values of "phase"'
says_not "$ERR" "phase: primarily"
mistaken unknown-choice schools/weir.yaml 's/role: lead, from: 2019-09-01/role: leader, from: 2019-09-01/'
run 1 check -C "$T/portal" --audience public
says "$ERR" '"leader" is not one of the values'
says_not "$ERR" "Agreed by one vote"
page=$(cd tests/golden/small/portal && ls content/policy/*.md | head -1)
mistaken heading-title "$page" '$a\\n# A second title'
run 1 check -C "$T/portal" --audience public
says "$ERR" "  # A second title"

# A page for officers is told of to nobody else.
mistaken heading-title "$page" 's/^title:/audience: officers\n&/;$a\\n# CANARY'
run 1 check -C "$T/portal" --audience public
says_not "$ERR" "CANARY"
run 1 check -C "$T/portal" --audience officers
says "$ERR" "# CANARY"

# A name that nobody has is told as it is written, but not the name nearest to it.
rm -rf "$T/portal" && cp -R tests/diag/base "$T/portal"
sed -i 's/partnership: heath/partnership: canari/' "$T/portal/schools/ashdown.yaml"
sed 's/^state: formed/&\naudience: officers/; s/^title: .*/title: Hidden/' "$T/portal/content/partnerships/heath.md" \
    >"$T/portal/content/partnerships/canary.md"
run 1 check -C "$T/portal" --audience officers
says "$ERR" 'did you mean "canary"?'
run 1 check -C "$T/portal" --audience public
says "$ERR" '"canari"'
says_not "$ERR" 'did you mean "canary"?'

# Without --audience the reader is whoever writes the sources.
rm -rf "$T/portal" && cp -R tests/golden/small/portal "$T/portal"
run 0 check -C "$T/portal" --audience public

test_end
