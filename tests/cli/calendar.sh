#!/bin/sh
# SPDX-License-Identifier: MIT
# calendar.sh: calendar files, read by a reader that shares nothing with the writer.
#
# The reader goes by RFC 5545: lines end with CR LF and have 75 octets at most, those that begin with a space go on with the
# one before, and every component is closed. Of what an event must have, nothing is there twice; no event has the
# identifier of another; days are days, and the end comes after the start.
. tests/lib.sh
test_begin "calendar: every file is one that RFC 5545 allows"

# read_calendar FILE: one line an event, "uid|start|end|status|summary", or what is wrong.
read_calendar() {
    awk '
        function wrong(what) { print "wrong: " FILENAME ": line " NR ": " what; bad = 1 }
        function is_day(s) { return s ~ /^[12][0-9][0-9][0-9](0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$/ }
        function end_line(    i, name) {
            if (line == "") return
            i = index(line, ":")
            if (!i) { wrong("no colon"); return }
            name = substr(line, 1, i - 1)
            value = substr(line, i + 1)
            if (name == "BEGIN") {
                open[++depth] = value
                if (value == "VEVENT") { split("", has); events++ }
            } else if (name == "END") {
                if (open[depth] != value) wrong("END:" value " closes " open[depth])
                depth--
                if (value == "VEVENT") end_event()
                if (value == "VCALENDAR") { calendars++; if (!prod || !version) wrong("no PRODID or VERSION") }
            } else {
                if (open[depth] == "VEVENT" && name in has) wrong(name " twice")
                has[name] = value
                prod += name == "PRODID"; version += name == "VERSION" && value == "2.0"
                if (name ~ /^(SUMMARY|DESCRIPTION|UID|X-WR-CALNAME)$/) {
                    gsub(/\\\\/, "", value); gsub(/\\[;,nN]/, "", value)
                    if (value ~ /[\\;,]/) wrong("an escape is missing in " name)
                }
            }
            line = ""
        }
        function end_event() {
            if (has["UID"] == "" || has["UID"] in uids) wrong("the identifier is missing or of another event")
            uids[has["UID"]] = 1
            if (has["DTSTAMP"] !~ /^[0-9]+T000000Z$/) wrong("DTSTAMP")
            if (!is_day(has["DTSTART;VALUE=DATE"]) || !is_day(has["DTEND;VALUE=DATE"])) wrong("a day is none")
            if (has["DTEND;VALUE=DATE"] <= has["DTSTART;VALUE=DATE"]) wrong("it ends before it begins")
            if (has["STATUS"] !~ /^(CONFIRMED|TENTATIVE)$/) wrong("STATUS")
            if (has["SUMMARY"] == "" || has["URL"] !~ /^https:\/\/[^ ]+$/) wrong("SUMMARY or URL")
            print has["UID"] "|" has["DTSTART;VALUE=DATE"] "|" has["DTEND;VALUE=DATE"] "|" has["STATUS"] "|" has["SUMMARY"]
        }
        {
            if (!sub(/\r$/, "")) wrong("no CR")
            if (length($0) > 75) wrong(length($0) " octets")
            if (/^[ \t]/) line = line substr($0, 2)
            else { end_line(); line = $0 }
        }
        END { end_line(); if (depth || calendars != 1 || !events) wrong("not one calendar with events"); exit bad }' "$1"
}

for portal in "$ROOT" tests/golden/small/portal; do
    rm -rf "$T/site"
    run 0 build -C "$portal" --audience officers -o "$T/site" --no-sync
    find "$T/site/year" -name '*.ics' | sort >"$T/files"
    check "there are calendar files" test "$(wc -l <"$T/files")" -gt 5
    while read -r file; do
        if read_calendar "$file" >"$T/events" 2>&1; then pass "read"; else fail "$file" "$(grep wrong "$T/events" | head -5)"; fi
        # Each line alone is UTF-8: none is cut within a character.
        tr -d '\r' <"$file" | while IFS= read -r line; do printf '%s\n' "$line" | iconv -f UTF-8 -t UTF-8 || echo cut; done >"$T/lines" 2>&1
        check "${file##*/}: no character is cut" sh -c '! grep -q "^cut$" "$1"' - "$T/lines"
    done <"$T/files"
done

# What the table says, with its commas and quotation marks.
read_calendar "$T/site/year/schools/weir.ics" >"$T/events"
says "$T/events" '|20250901|20251025|CONFIRMED|First visit\, with “the pack”\; and tea: Weir School'
says "$T/events" '|20260228|20260301|CONFIRMED|Letter to governors: Weir School'
says "$T/events" '|20260601|20260723|CONFIRMED|Review: Weir School'
read_calendar "$T/site/year/schools/mill.ics" >"$T/events"
says "$T/events" '|20260722|20260723|TENTATIVE|Review: '

# Identifiers stay as they are when the portal is built on another day of the year.
cut -d'|' -f1 "$T/events" >"$T/first"
run 0 build -C tests/golden/small/portal --audience officers -o "$T/later" --no-sync --as-of 2026-06-30
read_calendar "$T/later/year/schools/mill.ics" | cut -d'|' -f1 >"$T/second"
check "identifiers stay" cmp -s "$T/first" "$T/second"
test_end
