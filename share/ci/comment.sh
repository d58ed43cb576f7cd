#!/bin/sh
# SPDX-License-Identifier: MIT
# comment.sh FILE: puts a Markdown file on the pull or merge request that is being checked.
#
# One comment, which every run brings up to date. It is known by the file's first line, so that line must be the same each
# time and stand in no other comment.
#
#   GitHub Actions   SIGNPOST_REQUEST, the pull request's number, and GH_TOKEN, which may write to pull requests
#   GitLab CI        SIGNPOST_TOKEN, a project's access token with the scope api: CI_JOB_TOKEN may not write notes
#
# Elsewhere, and on a push, there is nowhere to put it, and nothing is done.
set -eu

file=$1
mark=$(head -n 1 "$file")

on_github() {
    notes=repos/$GITHUB_REPOSITORY/issues
    # The mark is data here: it goes in by the environment, never into the program.
    id=$(MARK=$mark gh api --paginate "$notes/$SIGNPOST_REQUEST/comments?per_page=100" \
        --jq '.[] | select(.body | startswith(env.MARK)) | .id' | head -n 1)
    if [ -n "$id" ]; then
        gh api --silent --method PATCH "$notes/comments/$id" --field "body=@$file"
    else
        gh api --silent --method POST "$notes/$SIGNPOST_REQUEST/comments" --field "body=@$file"
    fi
}

# The token goes to curl by standard input: an argument is seen by whoever lists processes.
on_gitlab() {
    notes=$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes
    id=$(gitlab_asks "$notes?per_page=100&sort=desc" |
        jq -r --arg mark "$mark" 'map(select(.body | startswith($mark))) | .[0].id // empty')
    if [ -n "$id" ]; then
        gitlab_asks --request PUT --data-urlencode "body@$file" "$notes/$id" >/dev/null
    else
        gitlab_asks --request POST --data-urlencode "body@$file" "$notes" >/dev/null
    fi
}

gitlab_asks() {
    printf 'header = "PRIVATE-TOKEN: %s"\n' "$SIGNPOST_TOKEN" | curl --fail --silent --show-error --config - "$@"
}

if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then cat "$file" >>"$GITHUB_STEP_SUMMARY"; fi

if [ -n "${GITHUB_ACTIONS:-}" ] && [ -n "${SIGNPOST_REQUEST:-}" ]; then
    on_github
elif [ -n "${GITLAB_CI:-}" ] && [ -n "${CI_MERGE_REQUEST_IID:-}" ]; then
    [ -n "${SIGNPOST_TOKEN:-}" ] || {
        echo "comment.sh: SIGNPOST_TOKEN is not set, so there is no comment" >&2
        exit 0
    }
    on_gitlab
fi
