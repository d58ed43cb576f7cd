#!/bin/sh
# SPDX-License-Identifier: MIT
# review.sh RANGE: what a change does, as a comment on its pull or merge request and as files.
#
# RANGE is what `signpost review` takes: BASE..HEAD, or BASE...HEAD from where the two lines part. The whole history has
# to be there (fetch-depth: 0, GIT_DEPTH: 0). Set in the environment, or left as it is:
#
#   SIGNPOST            the program                                    signpost
#   SIGNPOST_PORTAL     the portal's folder                            .
#   SIGNPOST_AUDIENCE   whose eyes the comment is for                  public
#   SIGNPOST_FAIL_ON    what fails the job, words parted by commas     new-error,broken-link,lost-address
#   SIGNPOST_REPORT     the folder for review.html, .json and .md      signpost-review
#
# The exit code is that of the review: 0, 1 where it found something of SIGNPOST_FAIL_ON, 2 or 3 where it could not be made.
# A comment that cannot be made is said and does not fail the job: whoever forks a repository may not write in it.
set -eu

range=${1:?usage: review.sh BASE..HEAD}
signpost=${SIGNPOST:-signpost}
portal=${SIGNPOST_PORTAL:-.}
audience=${SIGNPOST_AUDIENCE:-public}
fail_on=${SIGNPOST_FAIL_ON-new-error,broken-link,lost-address}
report=${SIGNPOST_REPORT:-signpost-review}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$report"

# The mark by which the next run finds its comment: a definition of a link that nobody uses, so no reader sees it.
code=0
{
    printf '[//]: # (signpost-review)\n\n'
    "$signpost" review -C "$portal" --audience "$audience" --format markdown ${fail_on:+--fail-on "$fail_on"} -- "$range"
} >"$report/review.md" || code=$?
[ "$code" -le 1 ] && [ "$(wc -l <"$report/review.md")" -gt 2 ] || {
    rm -f "$report/review.md"
    exit "$code"
}
for form in html json; do
    "$signpost" review -C "$portal" --audience "$audience" --format $form -- "$range" >"$report/review.$form"
done

sh "$here/comment.sh" "$report/review.md" || echo "review.sh: there is no comment; the report is in $report" >&2
exit "$code"
