#!/bin/sh
# SPDX-License-Identifier: MIT
# review-clones.sh: a review in every kind of clone and of every kind of history. What it says of a change is tested by
# review.sh; here that it can be made, that what cannot is said, and that nothing in the repository is touched.
. tests/lib.sh
. tests/cli/repository.inc
test_begin "review: clones and histories of every kind"
command -v git >/dev/null || {
    skip "git is not installed"
    test_end
}
repository_begin
SOURCE_DATE_EPOCH=1793836800 # 5 November 2026
export SOURCE_DATE_EPOCH

R=$T/r
repository_init "$R"
cp -R tests/golden/small/portal/. "$R"
repository_commit "$R" 2026-03-01 "Before"
git -C "$R" tag before
page=$(cd "$R" && ls content/policy/*.md | head -1)
printf '\nSchools will write to us by the end of term.\n' >>"$R/$page"
repository_commit "$R" 2026-03-02 "Change a page"
git -C "$R" tag base

# reviewed DIR RANGE: can be made, in words and as data.
reviewed() {
    run 0 review -C "$1" "$2" --format json
    cp "$OUT" "$T/report.json"
    run 0 review -C "$1" "$2"
}

# silent DIR RANGE: finds nothing at all.
silent() {
    reviewed "$1" "$2"
    check "nothing is found in $2" sh -c "! sed -n '/\"found\"/,/}/p' '$T/report.json' | grep -q ': [1-9]'"
}

refuses() {
    run "$1" review -C "$3" "$4"
    says "$ERR" "[$2]"
    says "$ERR" "hint: "
    check "nothing is printed" test ! -s "$OUT"
}

reviewed "$R" before..base
says "$OUT" "by the end of term"
cp "$OUT" "$T/expected"

# ---- clones

git -C "$R" checkout -q --detach base
run 0 review -C "$R" before..HEAD
says "$OUT" "by the end of term"
silent "$R" HEAD
git -C "$R" checkout -q main
git -C "$R" worktree add -q "$T/tree" base
reviewed "$T/tree" before..base
check "in a worktree the same is said" cmp "$OUT" "$T/expected"
git clone -q --bare "$R" "$T/bare.git"
reviewed "$T/bare.git" before..base
check "and in a bare repository" cmp "$OUT" "$T/expected"
git clone -q --depth 1 "file://$R" "$T/shallow"
refuses 1 unknown-revision "$T/shallow" HEAD~1..HEAD
says "$ERR" "fetch-depth: 0"
silent "$T/shallow" HEAD
git -C "$R" config uploadpack.allowFilter true
git clone -q --filter=blob:none "file://$R" "$T/partial"
refuses 1 partial-clone "$T/partial" before..HEAD
silent "$T/partial" HEAD
repository_init "$T/sha256" --object-format=sha256
cp -R tests/golden/small/portal/. "$T/sha256"
repository_commit "$T/sha256" 2026-03-01 "Before"
refuses 1 repository-hash "$T/sha256" HEAD
refuses 1 unknown-revision "$R" before..bse
says "$ERR" 'did you mean "base"?'
git -C "$R" checkout -q --orphan other && repository_commit "$R" 2026-03-03 "Another beginning"
refuses 1 no-merge-base "$R" base...other
silent "$R" base..other
git -C "$R" checkout -q main
if [ "$(id -u)" -eq 0 ]; then
    cp -R "$R" "$T/theirs" && chown -R 65534 "$T/theirs"
    refuses 3 repository-owner "$T/theirs" before..base
else
    skip "only root can give a repository to somebody else"
fi

# ---- histories

# A merge: three dots compare with where the branch began, two with the branch it is for.
git -C "$R" checkout -q -b topic base
printf '\nOfficers will answer within a week.\n' >>"$R/$page"
repository_commit "$R" 2026-03-04 "Topic"
git -C "$R" checkout -q main
record=$(cd "$R" && ls schools/*.yaml | head -1)
sed 's/^name: .*/name: Zebra Lane/' "$R/$record" >"$T/edited" && cp "$T/edited" "$R/$record"
repository_commit "$R" 2026-03-05 "Meanwhile"
reviewed "$R" main...topic
says "$OUT" "What changes from main as it was when topic parted from it"
says "$OUT" "within a week"
says_not "$OUT" "Zebra Lane"
reviewed "$R" main..topic
says "$OUT" "Zebra Lane"
on_day 2026-03-06 git -C "$R" merge -q --no-ff -m "Merge" topic
reviewed "$R" HEAD^1..HEAD
says "$OUT" "within a week"
says_not "$OUT" "Zebra Lane"

# A folder of the repository that is no portal is said to be none, rather than that nothing changes in it.
refuses 1 no-portal "$R/schools" HEAD
refuses 1 no-portal "$R/schools" main..topic

# A revision that does not parse is reported as a finding, with what can still be compared.
git -C "$R" checkout -q -b broken main
printf 'name: [\n' >"$R/$record"
printf '\nA sentence beside it.\n' >>"$R/$page"
repository_commit "$R" 2026-03-07 "Does not parse"
reviewed "$R" main..broken
says "$OUT" "A sentence beside it"
says "$T/report.json" '"new-error": '
reviewed "$R" broken..main
git -C "$R" checkout -q main

# Line ends are no change of a page's words, nor is who may execute a file.
git -C "$R" config core.autocrlf false
git -C "$R" checkout -q -b ends main
sed 's/$/\r/' "$R/$page" >"$T/edited" && cp "$T/edited" "$R/$page"
chmod +x "$R/$record"
repository_commit "$R" 2026-03-08 "CR LF"
reviewed "$R" main..ends
check "line ends change no text" grep -q '"text-change": 0' "$T/report.json"
git -C "$R" checkout -q main

# What is not the portal's: a submodule, names that are not ASCII, ten thousand files.
repository_init "$T/module" && echo x >"$T/module/x" && repository_commit "$T/module" 2026-03-01 "Module"
git -C "$R" checkout -q -b beside main
git -C "$R" submodule --quiet add "$T/module" module 2>"$T/log"
mkdir -p "$R/notes/été"
awk -v folder="$R/notes/été" 'BEGIN { for (i = 0; i < 10000; i++) { f = folder "/a b " i ".txt"; print i > f; close(f) } }'
repository_commit "$R" 2026-03-09 "Ten thousand files"
silent "$R" main..beside
git -C "$R" checkout -q main 2>"$T/log"
rm -rf "$R/module"

# Ten thousand of the portal's own.
git -C "$R" checkout -q -b many main
# many CAPACITY: ten thousand records like that of bare.yaml, each with that capacity.
many() {
    awk -v capacity="$1" -v folder="$R/schools" '
        { line[NR] = $0 }
        END {
            for (i = 0; i < 10000; i++) {
                file = folder "/many-" i ".yaml"
                for (j = 1; j <= NR; j++) {
                    if (line[j] ~ /^urn:/) print "urn: \"" 910000 + i "\"" > file
                    else if (line[j] ~ /^name:/) print "name: School " i > file
                    else print line[j] > file
                }
                print "capacity: " capacity > file
                close(file)
            }
        }' "$R/schools/bare.yaml"
}
many 200
repository_commit "$R" 2026-03-10 "Ten thousand schools"
many 210
repository_commit "$R" 2026-03-11 "And all of them change"
run 0 review -C "$R" main..many --format json
check "all are counted" grep -q '"record-added": 10000' "$OUT"
run 0 review -C "$R" many~1..many --format json
check "all are counted" grep -q '"record-change": 10000' "$OUT"
git -C "$R" checkout -q main

# ---- the repository is as it was

repository_state "$R" >"$T/before"
touch "$R/portal.yaml"
for range in before..base main...topic main before; do run 0 review -C "$R" "$range"; done
run 0 review -C "$R" --staged
repository_state "$R" >"$T/after"
check "no byte and no time beneath .git has changed" cmp "$T/before" "$T/after"
test_end
