#!/bin/sh
# SPDX-License-Identifier: MIT
# reviews.sh: on each of the five portals, a change that its council might well make, reviewed for officers and for the
# public: the reports are in tests/review.
#
#   sh tests/cli/reviews.sh             compares
#   sh tests/cli/reviews.sh --golden    rewrites them
#
# Each change is a script in tests/review/changes, of edits that must each change something.
. tests/lib.sh
. tests/cli/repository.inc
test_begin "review: a change of policy on each portal reads as expected"
repository_begin
GOLDEN=${1:-}

# edit FILE EDIT...: each is a command of sed.
edit() {
    edited=$1
    shift
    for command in "$@"; do
        sed "$command" "$P/$edited" > "$T/edited"
        cmp -s "$T/edited" "$P/$edited" && fail "$portal: an edit changes $edited" "$command"
        cat "$T/edited" > "$P/$edited"
    done
}

# The sources of a portal and nothing else: the root's lie among the program's.
copy_portal() {
    mkdir -p "$2/tests"
    for part in portal.yaml content schools officers templates; do
        [ ! -e "$1/$part" ] || cp -R "$1/$part" "$2/$part"
    done
    [ ! -e "$1/tests/policy" ] || cp -R "$1/tests/policy" "$2/tests/policy"
}

for change in tests/review/changes/*.sh; do
    portal=$(basename "$change" .sh)
    P=$T/$portal
    source=examples/$portal
    [ -d "$source" ] || source=.
    copy_portal "$source" "$P"
    repository_init "$P"
    repository_commit "$P" 2026-05-01 "As it is"
    . "$ROOT/$change"
    repository_commit "$P" 2026-05-02 "$words"
    for audience in officers public; do
        expected=tests/review/$portal-$audience.md
        run 0 review HEAD~1..HEAD -C "$P" --audience "$audience" --format markdown
        # Ids follow from every byte of a portal, and would change with each word in it.
        sed '3s/`[0-9a-f]\{10\}`/`id`/g' "$OUT" > "$T/said"
        [ -z "$GOLDEN" ] || cp "$T/said" "$expected"
        if cmp -s "$T/said" "$expected"; then
            pass "$portal: the report for $audience is $expected"
        else
            fail "$portal: the report for $audience is $expected" "$(diff "$expected" "$T/said" | head -n 30)"
        fi
    done
done
test_end
