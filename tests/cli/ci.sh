#!/bin/sh
# SPDX-License-Identifier: MIT
# ci.sh: what the ready files for CI run, in a pull request and a merge request of the test's own. gh and curl are stand-ins
# that write down what they are asked and keep the comments; tests/ci holds the files against their schemas.
. tests/lib.sh
. tests/cli/repository.inc
test_begin "ci: the workflow's and the pipeline's commands, and the comment they make"
command -v git >/dev/null || {
    skip "git is not installed"
    test_end
}
repository_begin
SOURCE_DATE_EPOCH=1793836800 # 5 November 2026
export SOURCE_DATE_EPOCH

# A change to one page, as GitHub checks out a pull request: the commit that merging it would make.
R=$T/r
repository_init "$R"
cp -R tests/golden/small/portal/. "$R"
repository_commit "$R" 2026-04-01 "Begin"
base=$(git -C "$R" rev-parse HEAD)
git -C "$R" checkout -q -b change
page=$(ls "$R"/content/policy/*.md | head -1)
printf '\nSchools will write to us by the end of term.\n' >>"$page"
repository_commit "$R" 2026-04-02 "Ask schools to write"
git -C "$R" checkout -q main
on_day 2026-04-03 git -C "$R" merge -q --no-ff -m "Merge the change" change

# ---- stand-ins

mkdir "$T/bin" "$T/comments"
ln -s "$SIGNPOST" "$T/bin/signpost"
cat >"$T/bin/gh" <<'END'
#!/bin/sh
# Comments are files in $COMMENTS named after their ids.
printf '%s\n' "gh $*" >>"$ASKED"
[ -z "${REFUSED:-}" ] || exit 1
method= place= body=
for word; do
    case $word in
        repos/*) place=$word ;;
        PATCH | POST) method=$word ;;
        body=@*) body=${word#body=@} ;;
    esac
done
case $method in
    POST) cp "$body" "$COMMENTS/101" ;;
    PATCH) cp "$body" "$COMMENTS/${place##*/}" ;;
    *) for c in "$COMMENTS"/*; do [ ! -f "$c" ] || [ "$(head -n 1 "$c")" != "$MARK" ] || echo "${c##*/}"; done ;;
esac
END
cat >"$T/bin/curl" <<'END'
#!/bin/sh
printf '%s\n' "curl $*" >>"$ASKED"
grep -q '^header = "PRIVATE-TOKEN: secret-token"$' || exit 22
method= body=
for word; do
    case $word in
        http*) place=$word ;;
        PUT | POST) method=$word ;;
        body@*) body=${word#body@} ;;
    esac
done
case $method in
    POST) cp "$body" "$COMMENTS/101" ;;
    PUT) cp "$body" "$COMMENTS/${place##*/}" ;;
    *)
        list=
        for c in "$COMMENTS"/*; do
            [ ! -f "$c" ] || list="$list${list:+,}$(jq -Rs --arg id "${c##*/}" '{id: ($id | tonumber), body: .}' <"$c")"
        done
        printf '[%s]\n' "$list"
        ;;
esac
END
chmod +x "$T/bin/gh" "$T/bin/curl"
PATH=$T/bin:$PATH
ASKED=$T/asked COMMENTS=$T/comments
export PATH ASKED COMMENTS

# steps FILE: the commands that the ready file runs once Signpost is installed, as it has them.
steps() {
    case $1 in
        github.yml) sed -n 's/^        run: //p' share/ci/github.yml | grep -v '^|' ;;
        *) awk '/^    - \|/ { on = 1; next } /^  artifacts:/ { on = 0 } on' share/ci/gitlab-ci.yml | sed 's/^      //' ;;
    esac | sed "s|/usr/local/share/signpost|$ROOT/share|"
}

check "the workflow has a check, a build and a review" test "$(steps github.yml | wc -l)" -eq 3
steps github.yml | grep -v review.sh >"$T/github-check"
steps github.yml | grep review.sh >"$T/github-review"
steps gitlab-ci.yml >"$T/gitlab"

in_portal() {
    (cd "$R" && sh -e "$1") >"$OUT" 2>"$ERR"
}

# ---- GitHub

SIGNPOST_PORTAL=. RUNNER_TEMP=$T/runner GITHUB_ACTIONS=true GITHUB_REPOSITORY=council/portal
GITHUB_STEP_SUMMARY=$T/summary SIGNPOST_REPORT=$T/runner/review
export SIGNPOST_PORTAL RUNNER_TEMP GITHUB_ACTIONS GITHUB_REPOSITORY GITHUB_STEP_SUMMARY SIGNPOST_REPORT
mkdir "$T/runner"
unset SIGNPOST
check "the portal is checked and built" in_portal "$T/github-check"
check "the site is where the workflow keeps it" test -f "$T/runner/site/index.html"
sed 's/^\( *risk: \)middling/\1CANARY/' "$R/officers/weir.yaml" >"$T/edited" && cp "$T/edited" "$R/officers/weir.yaml"
check_not "a mistake fails the check" in_portal "$T/github-check"
says "$OUT" "::error file=officers/weir.yaml,line="
says_not "$OUT" "CANARY"
says_not "$ERR" "CANARY"
git -C "$R" checkout -q -- .

if ! "$T/bin/signpost" review --help >/dev/null 2>&1; then
    skip "this program has no review"
    test_end
fi

SIGNPOST_REQUEST=7
export SIGNPOST_REQUEST
echo "somebody's own words" >"$COMMENTS/55"
check "a pull request is reviewed" in_portal "$T/github-review"
check "there is one comment more" test -f "$COMMENTS/101"
says "$COMMENTS/101" "by the end of term"
check "the mark that finds it is its first line" test "$(head -n 1 "$COMMENTS/101")" = "[//]: # (signpost-review)"
check "it is in the job's summary too" grep -q "by the end of term" "$T/summary"
for file in review.md review.html review.json; do
    check "$file is kept" test -s "$T/runner/review/$file"
done
says "$T/asked" "repos/council/portal/issues/7/comments"

printf '\nAnd again by the end of the year.\n' >>"$page"
git -C "$R" add -A && on_day 2026-04-04 git -C "$R" commit -q --amend -m "Merge the change"
check "a second run" in_portal "$T/github-review"
check "brings the comment up to date" grep -q "end of the year" "$COMMENTS/101"
check "and makes no other" test "$(ls "$COMMENTS" | wc -l)" -eq 2
check "nobody else's is touched" test "$(cat "$COMMENTS/55")" = "somebody's own words"
REFUSED=1
export REFUSED
check "where writing is refused, as to a fork, the review still stands" in_portal "$T/github-review"
says "$ERR" "there is no comment"
unset REFUSED

# What fails the job.
printf '\n[Gone](gone.md)\n' >>"$page"
git -C "$R" add -A && on_day 2026-04-04 git -C "$R" commit -q --amend -m "Merge the change"
check_not "a link that breaks fails the job" in_portal "$T/github-review"
says "$COMMENTS/101" "gone.md"
SIGNPOST_FAIL_ON=
export SIGNPOST_FAIL_ON
check "unless nobody minds" in_portal "$T/github-review"
unset SIGNPOST_FAIL_ON
git -C "$R" checkout -q -- . && git -C "$R" reset -q --hard change

# A clone that is not deep enough has no parent to compare with, and no comment says otherwise.
git clone -q --depth 1 "file://$R" "$T/shallow"
rm -f "$COMMENTS/101"
(cd "$T/shallow" && sh -e "$T/github-review") >"$OUT" 2>"$ERR"
check_not "a shallow clone cannot be reviewed" test $? -eq 0
says "$ERR" "fetch-depth: 0"
check_not "and no comment says that it was" test -f "$COMMENTS/101"

# ---- GitLab

unset GITHUB_ACTIONS GITHUB_STEP_SUMMARY SIGNPOST_REQUEST SIGNPOST_REPORT SIGNPOST_PORTAL
if command -v jq >/dev/null; then
    GITLAB_CI=true CI_API_V4_URL=https://gitlab.example/api/v4 CI_PROJECT_ID=9 CI_MERGE_REQUEST_IID=3
    CI_MERGE_REQUEST_DIFF_BASE_SHA=$base CI_PROJECT_DIR=$R SIGNPOST_TOKEN=secret-token
    export GITLAB_CI CI_API_V4_URL CI_PROJECT_ID CI_MERGE_REQUEST_IID CI_MERGE_REQUEST_DIFF_BASE_SHA CI_PROJECT_DIR SIGNPOST_TOKEN
    : >"$T/asked"
    check "a merge request is reviewed, checked and built" in_portal "$T/gitlab"
    says "$COMMENTS/101" "by the end of term"
    says "$T/asked" "https://gitlab.example/api/v4/projects/9/merge_requests/3/notes"
    says_not "$T/asked" "secret-token"
    check "the site is where the pipeline keeps it" test -f "$R/public/index.html"
    check "and the review" test -s "$R/signpost-review/review.html"
    check "a second run" in_portal "$T/gitlab"
    check "makes no other comment" test "$(ls "$COMMENTS" | wc -l)" -eq 2
    says "$T/asked" "--request PUT"
    rm "$COMMENTS/101"
    unset SIGNPOST_TOKEN
    check "without a token there is a report and no comment" in_portal "$T/gitlab"
    says "$ERR" "SIGNPOST_TOKEN is not set"
    check_not "none" test -f "$COMMENTS/101"
    echo '# A second title' >>"$page"
    check_not "a mistake fails the pipeline" in_portal "$T/gitlab"
else
    skip "jq is not installed"
fi

# ---- a push has nobody to comment to

unset GITLAB_CI CI_MERGE_REQUEST_IID
git -C "$R" checkout -q -- .
: >"$T/asked"
(cd "$R" && SIGNPOST_REPORT=$T/push sh "$ROOT/share/ci/review.sh" HEAD~1..HEAD) >"$OUT" 2>"$ERR"
check "a push is reviewed" test $? -eq 0
check "and nobody is asked to comment" test ! -s "$T/asked"

test_end
