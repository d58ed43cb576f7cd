#!/bin/sh
# SPDX-License-Identifier: MIT
# history.sh: the portal as it stood in any revision, and every repository that there is no reading.
. tests/lib.sh
. tests/cli/repository.inc
test_begin "history: --rev, and repositories of every kind"
command -v git >/dev/null || {
    skip "git is not installed"
    test_end
}
repository_begin
SOURCE_DATE_EPOCH=1793836800 # 5 November 2026
export SOURCE_DATE_EPOCH

# A portal with three states: as it is shipped, with another school's name, and with a page renamed.
R=$T/r
repository_init "$R"
cp -R tests/golden/small/portal "$T/small"
sed 's/^history: none/history: dates/' tests/golden/small/portal/portal.yaml >"$T/small/portal.yaml"
cp -R "$T/small/." "$R"
printf 'site*\n' >"$R/.gitignore"
repository_commit "$R" 2026-04-01 "Begin"
git -C "$R" tag first
record=$(ls "$R"/schools/*.yaml | head -1)
sed 's/^name: .*/name: Zebra Lane Primary School/' "$record" >"$T/record" && cp "$T/record" "$record"
page=$(ls "$R"/content/policy/*.md | head -1)
printf '\nOne more sentence.\n' >>"$page"
repository_commit "$R" 2026-04-20 "Rename a school"
run 0 build -C "$R" -o "$T/then" --no-sync
check "pages say when they were last changed" grep -rq "20 April 2026" "$T/then/policy"
git -C "$R" tag second

# ---- as it stood

echo "# not a record" >>"$record"
rm "$R"/schools/[b-z]*.yaml
run 0 build -C "$R" --rev second -o "$T/later" --no-sync
same "$T/then" "$T/later" "an old revision is rebuilt byte for byte, whatever the working tree holds"
run 0 build -C "$R" --rev first -o "$T/first" --no-sync
check_not "and another is another" grep -rq "Zebra Lane" "$T/first"
run 0 build -C "$R" --rev HEAD --no-sync
check "the folder to publish is where it always was" test -f "$R/site/index.html"
git -C "$R" checkout -q -- .
for who in schools officers; do
    run 0 build -C "$R" --audience $who -o "$T/then-$who" --no-sync
    run 0 build -C "$R" --audience $who --rev main -o "$T/later-$who" --no-sync
    same "$T/then-$who" "$T/later-$who" "and for $who"
done
run 0 build -C "$R" -o "$T/day" --as-of 2026-09-01 --no-sync
run 0 build -C "$R" --rev main --as-of 2026-09-01 -o "$T/day-later" --no-sync
same "$T/day" "$T/day-later" "and for any day"

# Without a day of the portal's own it is the day of the revision, not the day on which somebody asks.
sed '/^as_of:/d' "$R/portal.yaml" >"$T/portal.yaml" && cp "$T/portal.yaml" "$R/portal.yaml"
repository_commit "$R" 2026-05-03 "As of today"
run 0 build -C "$R" --rev main -o "$T/today" --no-sync
says "$OUT" "as of 3 May 2026"
run 0 build -C "$R" --rev second -o "$T/today" --no-sync

run 0 check -C "$R" --rev first
slug=$(basename "$record" .yaml)
run 0 explain -C "$R" --rev second "$slug"
says "$OUT" "Zebra Lane"
run 0 explain -C "$R" --rev first "$slug"
says_not "$OUT" "Zebra Lane"

# ---- where the portal lies

mkdir -p "$T/sub/portals/small"
repository_init "$T/sub"
cp -R "$T/small/." "$T/sub/portals/small"
echo "not a portal" >"$T/sub/portal.yaml"
repository_commit "$T/sub" 2026-04-01 "A portal in a folder"
run 0 build -C "$T/sub/portals/small" --rev main -o "$T/in-sub" --no-sync
same "$T/first" "$T/in-sub" "a portal may lie in a folder of its repository"
git -C "$R" worktree add -q "$T/tree" first
run 0 build -C "$T/tree" --rev HEAD -o "$T/in-tree" --no-sync
same "$T/first" "$T/in-tree" "and in a worktree"
git clone -q --bare "$R" "$T/bare.git"
run 0 build -C "$T/bare.git" --rev first -o "$T/in-bare" --no-sync
same "$T/first" "$T/in-bare" "and in a bare repository"
repository_init "$T/super"
git -C "$T/super" submodule --quiet add "$R" portal 2>"$T/log"
repository_commit "$T/super" 2026-05-01 "A portal as a submodule"
run 0 build -C "$T/super/portal" --rev first -o "$T/in-module" --no-sync
same "$T/first" "$T/in-module" "and in a submodule"
run 0 build -C "$R/content/.." --rev first -o "$T/in-dots" --no-sync
ln -s "$R" "$T/link"
run 0 build -C "$T/link" --rev first -o "$T/in-link" --no-sync

# ---- names of revisions

# refuses CODE SLUG WORDS DIR REV: says so, with what to do.
refuses() {
    run "$1" build -C "$4" --rev "$5" -o "$T/none" --no-sync
    says "$ERR" "[$2]"
    says "$ERR" "$3"
    says "$ERR" "hint: "
    says "$ERR" "nothing was published"
}

refuses 1 unknown-revision 'there is no revision "secnd"' "$R" secnd
says "$ERR" 'did you mean "second"?'
refuses 1 unknown-revision 'there is no revision "HEAD~9"' "$R" HEAD~9
refuses 1 unknown-revision 'there is no revision "first..main"' "$R" first..main
refuses 1 unknown-revision 'there is no revision "-x"' "$R" -x
refuses 1 not-a-revision 'names a tree, not a commit' "$R" 'HEAD^{tree}'
run 0 build -C "$R" --rev "$(git -C "$R" rev-parse --short first)" -o "$T/in-dots" --no-sync
git -C "$R" checkout -q --detach first
run 0 build -C "$R" --rev HEAD -o "$T/in-dots" --no-sync
same "$T/first" "$T/in-dots" "a detached HEAD is a revision"
git -C "$R" checkout -q main

# ---- repositories that cannot be read, or not whole

mkdir "$T/plain"
cp -R "$T/small/." "$T/plain"
refuses 1 no-repository 'the portal lies in no git repository' "$T/plain" HEAD
repository_init "$T/plain"
refuses 1 repository-empty 'nothing has been committed' "$T/plain" HEAD
repository_init "$T/sha256" --object-format=sha256
cp -R "$T/small/." "$T/sha256"
repository_commit "$T/sha256" 2026-05-01 "By another hash"
refuses 1 repository-hash 'names its objects by sha256' "$T/sha256" HEAD
git clone -q --depth 1 "file://$R" "$T/shallow"
refuses 1 unknown-revision 'there is no revision "HEAD~1"' "$T/shallow" HEAD~1
says "$ERR" "fetch-depth: 0"
run 0 build -C "$T/shallow" --rev HEAD -o "$T/in-shallow" --no-sync
git -C "$R" config uploadpack.allowFilter true
git clone -q --filter=blob:none "file://$R" "$T/partial"
refuses 1 partial-clone 'is not in this clone, which is partial' "$T/partial" first
says "$ERR" "without --filter"
run 0 build -C "$T/partial" --rev HEAD -o "$T/in-partial" --no-sync
git -C "$T/sub" tag start && git -C "$T/sub" mv portals/small elsewhere && repository_commit "$T/sub" 2026-05-02 "Move"
refuses 1 revision-without-portal 'has no folder "elsewhere/"' "$T/sub/elsewhere" start
git clone -q "$R" "$T/damaged"
rm -f "$T"/damaged/.git/objects/pack/*.pack "$T"/damaged/.git/objects/[0-9a-f][0-9a-f]/*
refuses 3 repository-unreadable 'revision "HEAD" cannot be read' "$T/damaged" HEAD
if [ "$(id -u)" -eq 0 ]; then
    cp -R "$R" "$T/theirs"
    chown -R 65534 "$T/theirs"
    refuses 3 repository-owner "\"$T/theirs\" belongs to another user" "$T/theirs" first
    git config --global --add safe.directory "$T/theirs"
    run 0 build -C "$T/theirs" --rev first -o "$T/in-theirs" --no-sync
    same "$T/first" "$T/in-theirs" "whom the user trusts, Signpost trusts"
else
    skip "only root can give a repository to somebody else"
fi

# ---- what a revision may hold

printf 'name: [\n' >"$record"
repository_commit "$R" 2026-05-04 "Does not parse"
git -C "$R" checkout -q second -- . && repository_commit "$R" 2026-05-05 "Mended"
run 1 build -C "$R" --rev HEAD~1 -o "$T/none" --no-sync
says "$ERR" "${record#"$R"/}:1:"
run 0 build -C "$R" --rev HEAD -o "$T/mended" --no-sync
same "$T/then" "$T/mended" "a revision that does not parse is in nobody's way"

printf 'a link that leads out\n' >"$T/secret.md"
ln -s ../../secret.md "$R/content/out.md"
repository_commit "$R" 2026-05-06 "A link that leads out"
run 1 build -C "$R" --rev HEAD -o "$T/none" --no-sync
says "$ERR" "[file-outside]"
run 1 build -C "$R" -o "$T/none" --no-sync
says "$ERR" "[file-outside]"
rm "$R/content/out.md"

name=$(basename "$page")
mkdir "$R/shared" && mv "$page" "$R/shared/$name" && ln -s "../../shared/$name" "$page"
repository_commit "$R" 2026-05-07 "A link that stays"
run 0 build -C "$R" -o "$T/linked" --no-sync
run 0 build -C "$R" --rev HEAD -o "$T/linked-later" --no-sync
same "$T/linked" "$T/linked-later" "a link that stays within the portal is followed"

git -C "$R" checkout -q second -- .
sed 's/$/\r/' "$R/portal.yaml" >"$T/crlf" && cp "$T/crlf" "$R/portal.yaml"
git -C "$R" config core.autocrlf false
repository_commit "$R" 2026-05-08 "CR LF"
run 0 build -C "$R" --rev HEAD -o "$T/crlf-site" --no-sync
says "$ERR" "[crlf]"

# Ten thousand files that change, with names that no shell likes.
mkdir "$T/many" && cp -R "$T/small/." "$T/many"
repository_init "$T/many"
repository_commit "$T/many" 2026-04-01 "Small"
mkdir -p "$T/many/notes/été"
awk -v folder="$T/many/notes/été" 'BEGIN { for (i = 0; i < 10000; i++) { f = folder "/a b " i ".txt"; print i > f; close(f) } }'
repository_commit "$T/many" 2026-05-02 "Ten thousand files"
run 0 build -C "$T/many" --rev HEAD -o "$T/in-many" --no-sync
same "$T/first" "$T/in-many" "what no portal reads makes no difference"

# ---- the repository is as it was

repository_state "$R" >"$T/before"
touch "$R/portal.yaml"
run 0 build -C "$R" --rev first -o "$T/in-dots" --no-sync
run 0 check -C "$R" --rev second
repository_state "$R" >"$T/after"
check "no byte and no time beneath .git has changed" cmp "$T/before" "$T/after"

test_end
