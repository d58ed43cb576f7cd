#!/bin/sh
# SPDX-License-Identifier: MIT
# review.sh: what a review tells a lower audience does not depend on what that may not see, in any form.
#
# A repository is made in which every restricted value changes from one revision to the next: no report for a lower
# audience has a canary, and the report is the same whatever the values became. And the same change of what everybody
# sees, made to two portals that differ in restricted values alone, is told in the same bytes.
. tests/lib.sh
test_begin "review: restricted values change, reports for lower audiences do not"
. tests/cli/repository.inc
repository_begin
TOOLS=${TOOLS:-build/privacy}
case $TOOLS in /*) ;; *) TOOLS=$ROOT/$TOOLS ;; esac

# lower CLASS: the audiences that may not see what is of the class.
lower() {
    if [ "$1" = officers ]; then echo public schools; else echo public; fi
}

# put REPOSITORY BRANCH FOLDER: a branch on the base that holds the folder's files.
put() {
    git -C "$1" checkout -q -B "$2" base 2>/dev/null || git -C "$1" checkout -q -b "$2"
    find "$1" -mindepth 1 -maxdepth 1 ! -name .git -exec rm -rf {} +
    cp -R "$3/." "$1"
    repository_commit "$1" 2026-04-01 "$2"
}

# base REPOSITORY FOLDER
base() {
    repository_init "$1"
    cp -R "$2/." "$1"
    repository_commit "$1" 2026-03-02 base
    git -C "$1" tag base
}

# tell REPOSITORY AUDIENCE OUT: base..head in every form, one after the other.
tell() {
    : >"$3"
    for form in text markdown html json; do
        if ! "$SIGNPOST" review -C "$1" base..head --audience "$2" --format $form --as-of 2026-05-01 >"$T/form" 2>"$ERR"; then
            fail "base..head of $1 is reviewed for $2" "$(head -5 "$ERR")"
        fi
        cat "$T/form" >>"$3"
    done
}

# Every restricted field of the tables holds a canary, and each of them changes.
mkdir "$T/planted" "$T/copied"
"$TOOLS/plant" "$T/planted" >"$T/canaries"
"$TOOLS/vary" copy "$T/planted" "$T/copied" || fail "the planted portal is written anew"
base "$T/r" "$T/copied"
for class in officers schools; do
    rm -f "$T"/first-*
    for how in change remove add; do
        rm -rf "$T/varied"
        mkdir "$T/varied"
        # what is for schools is varied with what is for officers, which refers to it
        if [ $class = schools ]; then all=; else all=$class; fi
        "$TOOLS/vary" $how "$T/planted" "$T/varied" $all || fail "$how $class"
        put "$T/r" head "$T/varied"
        tell "$T/r" officers "$T/told"
        check "$how $class: officers are told" grep -q "^Records" "$T/told"
        for audience in $(lower $class); do
            tell "$T/r" $audience "$T/told"
            says "$T/told" "is withheld from this report"
            says "$T/told" "Nothing changes that"
            [ -f "$T/first-$audience" ] || cp "$T/told" "$T/first-$audience"
            check "$how $class: the report for $audience is the same whatever the values became" \
                cmp "$T/first-$audience" "$T/told"
            for hidden in officers schools; do
                [ "$audience" = schools ] && [ $hidden = schools ] && continue
                grep "^$hidden " "$T/canaries"
            done | cut -d' ' -f3- >"$T/patterns"
            check "there are canaries to search for" test "$(wc -l <"$T/patterns")" -gt 100
            check_not "no canary is in the report for $audience" grep -iEq -f "$T/patterns" "$T/told"
        done
    done
done

# A record under another name is the same record: what it keeps from its readers has not changed, and does not show.
for kept in judgements notes; do
    rm -rf "$T/moved"
    base "$T/moved" tests/review/portal
    [ $kept = judgements ] || sed -i '/^judgements:/d; /^notes:/,$d' "$T/moved/schools/birch.yaml"
    repository_commit "$T/moved" 2026-03-03 "As it is kept"
    git -C "$T/moved" mv schools/birch.yaml schools/birch-lane.yaml
    repository_commit "$T/moved" 2026-03-04 "Another name"
    run 0 review -C "$T/moved" HEAD~1..HEAD
    says_not "$OUT" "is withheld"
done

# One public change, on portals that differ in what is restricted alone.
# public DIR: words on a page, a cell of a table, a value of a record; sed finds what there is.
public() {
    find "$1/content/policy" -name '*.md' -exec sed -i '0,/^[A-Z][a-z].*\.$/s/^\([A-Z][a-z].*\)\.$/\1, as agreed./' {} +
    find "$1/content/policy" -name '*.md' -exec sed -i '0,/^| .*| 2 |/s/^\(| .*\)| 2 |/\1| 3 |/' {} +
    find "$1/schools" -name 'a*.yaml' -exec sed -i 's/"telephone": "[^"]*"/"telephone": "020 7946 0999"/; s/"pupils": \[{"count": [0-9]*/"pupils": [{"count": 111/' {} +
}

for portal in . examples/*; do
    [ -f "$portal/portal.yaml" ] || continue
    name=$(basename "$(cd "$portal" && pwd)")
    rm -rf "$T/x" "$T/y" "$T/one" "$T/two"
    mkdir "$T/x" "$T/y"
    check "$name is written anew" "$TOOLS/vary" copy "$portal" "$T/x"
    check "$name is varied" "$TOOLS/vary" change "$portal" "$T/y" officers
    base "$T/one" "$T/x"
    base "$T/two" "$T/y"
    public "$T/x"
    public "$T/y"
    put "$T/one" head "$T/x"
    put "$T/two" head "$T/y"
    for audience in public schools; do
        tell "$T/one" $audience "$T/told-one"
        tell "$T/two" $audience "$T/told-two"
        check_not "$name: $audience are told of the change" grep -q "Nothing changes" "$T/told-one"
        check "$name: $audience are told the same of it, whatever is restricted" cmp "$T/told-one" "$T/told-two"
    done
done
test_end
