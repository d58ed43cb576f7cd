#!/bin/sh
# SPDX-License-Identifier: MIT
# files.sh: no lower portal holds a file that is the officers' alone, not even by its name.
#
# Calendars, letters, caseloads, totals and the pages of groups name the school they are about, and so do their addresses.
# Every portal that comes with Signpost is published for each audience; what only officers have is read off their own
# tree too, so that a page that is made for them tomorrow is looked for without a word here.
. tests/lib.sh
test_begin "files: what is made for officers is in no lower portal, by name or by link"

# What is theirs by what it is.
theirs='^(decisions|groups|letters|reviews|year)/|\.ics$|(^|/)totals\.html$'

for portal in . tests/golden/small/portal examples/*; do
    name=$(echo "$portal" | tr '/.' '--')
    for audience in public schools officers; do
        run 0 build -C "$portal" --audience $audience -o "$T/$name-$audience" --no-sync
        (cd "$T/$name-$audience" && find . -type f | sed 's#^\./##' | sort) >"$T/$name-$audience.list"
    done
    for audience in public schools; do
        grep -E "$theirs" "$T/$name-$audience.list" >"$T/found"
        if [ -s "$T/found" ]; then
            fail "$portal: nothing of the officers' is in the $audience portal" "$(head -20 "$T/found")"
        else
            pass "$portal: nothing of the officers' is in the $audience portal"
        fi
        # Officers see everything that others do; the site map is for search engines, which see the public's.
        comm -23 "$T/$name-$audience.list" "$T/$name-officers.list" | grep -v '^sitemap.*\.xml$' >"$T/found"
        if [ -s "$T/found" ]; then
            fail "$portal: the officers have every page of the $audience portal" "$(head -20 "$T/found")"
        else
            pass "$portal: the officers have every page of the $audience portal"
        fi
        # The officers' files are not spoken of: neither as a link nor as words.
        comm -13 "$T/$name-$audience.list" "$T/$name-officers.list" >"$T/$name-alone"
        if [ -s "$T/$name-alone" ] && grep -rlF -f "$T/$name-alone" "$T/$name-$audience" >"$T/found"; then
            fail "$portal: no officers' file is named in the $audience portal" "$(head -20 "$T/found")"
        else
            pass "$portal: no officers' file is named in the $audience portal"
        fi
    done
    check "$portal: officers have files of their own" grep -qE "$theirs" "$T/$name-officers.list"
done
test_end
