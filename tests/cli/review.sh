#!/bin/sh
# SPDX-License-Identifier: MIT
# review.sh: what `signpost review` says of one change at a time, in every form.
#
#   sh tests/cli/review.sh            each report is the one that is kept in tests/review/<change>
#   sh tests/cli/review.sh --golden   keeps the reports of now; `git diff` shows what that changes
#
# The repository is made here, of tests/review/portal, so that the ids of its commits are the same everywhere.
. tests/lib.sh
test_begin "review: one change at a time, in every form"
. tests/cli/repository.inc
repository_begin
KEPT=$ROOT/tests/review
R=$T/repository
P=$R/portal

# The portal lies in a folder of its repository, beside things that are none of its business.
repository_init "$R"
mkdir "$P"
cp -R "$KEPT/portal/." "$P"
echo "Minutes of a meeting" >"$R/minutes.txt"
repository_commit "$R" 2026-03-02 "The portal as it is"
git -C "$R" tag base

# change NAME sed-script FILE...: a branch on which that is all that differs from the base.
change() {
    change_name=$1 change_script=$2
    shift 2
    git -C "$R" checkout -q -b "$change_name" base
    for change_file in "$@"; do
        sed -i "$change_script" "$P/$change_file"
        git -C "$R" diff --quiet -- "portal/$change_file" && fail "$change_name changes $change_file"
    done
    repository_commit "$R" 2026-04-01 "$change_name"
}

# moved NAME FROM TO: the same for a file that is renamed.
moved() {
    git -C "$R" checkout -q -b "$1" base
    mv "$P/$2" "$P/$3"
    repository_commit "$R" 2026-04-01 "$1"
}

# kept NAME REPORT: the report of standard output is the one in tests/review/NAME.
kept() {
    if [ "$GOLDEN" = --golden ]; then
        mkdir -p "$KEPT/$1"
        cp "$OUT" "$KEPT/$1/$2"
    fi
    if diff "$KEPT/$1/$2" "$OUT" >"$T/.diff" 2>&1; then
        pass "$1: $2 is the report that is kept"
    else
        fail "$1: $2 is the report that is kept; if it is better now: make golden" "$(head -40 "$T/.diff")"
    fi
}

# reported NAME RANGE: all forms for officers, who see everything, and what the public is told.
reported() {
    for reported_form in text markdown html json; do
        run 0 review -C "$P" "$2" --audience officers --format $reported_form --threads 2
        kept "$1" "officers.$reported_form"
    done
    run 0 review -C "$P" "$2"
    kept "$1" public.text
}

GOLDEN=${1:-}
run 0 review -C "$P" base..base
says "$OUT" "Nothing changes that the public can see."
run 0 review -C "$P" base
says "$OUT" "Nothing changes that the public can see."

change cell 's/| Amber | no | 3 |/| Amber | no | 5 |/' content/policy/category.md
change threshold 's/| C3 | below 65 |/| C3 | below 63 |/' content/policy/category.md
change vocabulary 's/score < 70/score < 63/' content/framework.yaml
change record 's/score: 62/score: 48/' schools/birch.yaml
change date 's/from: 2026-02-01/from: 2026-06-01/' schools/ashdown.yaml
change page 's/is put into a partnership/is ever put into a partnership against its will/' content/policy/principles.md
change hidden 's/Began well/Began badly/' schools/birch.yaml
change broken 's/^facts:.*/facts: {score: 62/' schools/birch.yaml
moved address content/policy/principles.md content/policy/together.md
git -C "$R" checkout -q -b school base
rm "$P/schools/elm.yaml"
repository_commit "$R" 2026-04-01 "Elm goes"
git -C "$R" checkout -q -b elsewhere base
echo "and what was decided" >>"$R/minutes.txt"
repository_commit "$R" 2026-04-01 "Minutes"
git -C "$R" checkout -q base

repository_state "$R" >"$T/before"
for name in cell threshold vocabulary record date page hidden address school broken; do reported $name base..$name; done
repository_state "$R" >"$T/after"
check "nothing in the repository is written" cmp "$T/before" "$T/after"

# What is not the portal's is no change of it; nor is which way it is asked.
run 0 review -C "$P" base..elsewhere --audience officers
says "$OUT" "Nothing changes that officers can see."
for form in text json html; do
    "$SIGNPOST" review -C "$P" base..threshold --audience officers --threads 1 --format $form >"$T/one"
    "$SIGNPOST" review -C "$P" base..threshold --audience officers --threads 8 --format $form >"$T/eight"
    check "eight threads say the same as one ($form)" cmp "$T/one" "$T/eight"
done

# Against the merge base: what main has done since is not what the branch does.
git -C "$R" checkout -q -b later base
sed -i 's/A page\./A page, revised./' "$P/content/about.md"
repository_commit "$R" 2026-04-02 "Main goes on"
run 0 review -C "$P" later...cell
says "$OUT" "What changes from later as it was when cell parted from it"
says_not "$OUT" "revised"
run 0 review -C "$P" later..cell
says "$OUT" "revised"

# Files as they are, and as they are staged.
git -C "$R" checkout -q base
sed -i 's/| Amber | no | 3 |/| Amber | no | 5 |/' "$P/content/policy/category.md"
run 0 review -C "$P" HEAD --audience officers
says "$OUT" "to the working tree"
sed 1,5d "$OUT" >"$T/tree"
sed 1,5d "$KEPT/cell/officers.text" >"$T/commit"
check "the working tree is reported as a commit of it would be" cmp "$T/tree" "$T/commit"
run 0 review -C "$P" --staged
says "$OUT" "Nothing changes that the public can see."
git -C "$R" add -A
git -C "$R" show base:portal/content/policy/category.md >"$P/content/policy/category.md"
run 0 review -C "$P" --staged --audience officers
says "$OUT" "to what is staged"
sed 1,5d "$OUT" >"$T/staged"
check "what is staged is reported as a commit of it would be" cmp "$T/staged" "$T/commit"
run 0 review -C "$P" --staged base
run 0 review -C "$P" base
says "$OUT" "Nothing changes that the public can see."
git -C "$R" reset -q --hard base

# --fail-on.
run 1 review -C "$P" base..cell --audience officers --fail-on table-change
says "$ERR" "signpost: --fail-on table-change: 1 changed decision table"
run 0 review -C "$P" base..cell --fail-on broken-link,lost-address
check "where no condition met, nothing is said" test ! -s "$ERR"
run 1 review -C "$P" base..address --fail-on "category-change, lost-address"
says "$ERR" "--fail-on lost-address: 1 lost address"
run 1 review -C "$P" base..threshold --audience officers --fail-on category-change
run 1 review -C "$P" base..broken --audience officers --fail-on new-error
run 1 review -C "$P" base..page --fail-on text-change
run 1 review -C "$P" base..record --fail-on record-change
for word in $("$SIGNPOST" review -C "$P" base..base --format json | sed -n '/"found"/,/}/s/^ *"\([a-z-]*\)": 0,*$/\1/p'); do
    run 0 review -C "$P" base..base --fail-on "$word"
    check "the help has $word" sh -c "'$SIGNPOST' review --help | grep -qw -- '$word'"
    check "the manual has $word" grep -qw -- "$word" man/signpost.1
done
run 2 review -C "$P" base..cell --fail-on broken-links
says "$ERR" "--fail-on has no \"broken-links\"; did you mean \"broken-link\"?"

# The day is each side's own, unless one is asked for.
change day 's/as_of: 2026-05-01/as_of: 2026-06-02/' portal.yaml
git -C "$R" checkout -q base
run 0 review -C "$P" base..day
says "$OUT" "as of 1 May 2026 and of 2 June 2026"
run 0 review -C "$P" base..day --as-of 2026-05-01
says "$OUT" "as of 1 May 2026, for the public"

# Forms.
run 0 review -C "$P" base..cell --format html
style=$(sed -n "s/.*style-src '\(sha256-[^']*\)'.*/\1/p" "$OUT")
hash=$(tr '\n' '\001' <"$OUT" | sed 's/.*<style>//; s/<\/style>.*//' | tr '\001' '\n' | openssl dgst -sha256 -binary | base64)
check "the page's policy allows its own style and nothing else" test "$style" = "sha256-$hash"
run 0 review -C "$P" base..cell --audience officers --format markdown --limit 600
check "a comment is cut to its limit" test "$(wc -c <"$OUT")" -le 600
says "$OUT" "the rest of it is left out here"
run 2 review -C "$P" base..cell --limit -1
run 2 review -C "$P" base..cell --format pdf

# What cannot be compared at all.
run 2 review -C "$P"
says "$ERR" "usage: signpost review"
run 2 review -C "$P" --staged base..cell
run 2 review -C "$P" base cell
run 1 review -C "$P" base..nowhere
says "$ERR" "there is no revision \"nowhere\""
cp -R "$KEPT/portal" "$T/loose"
run 1 review -C "$T/loose" HEAD
says "$ERR" "no-repository"
git clone -q --bare "$R" "$T/bare.git" 2>/dev/null
git -C "$T/bare.git" config core.bare true
run 1 review -C "$T/bare.git" base
says "$ERR" "bare-repository"
test_end
