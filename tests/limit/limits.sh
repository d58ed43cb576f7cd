#!/bin/sh
# SPDX-License-Identifier: MIT
# limits.sh: every limit that an author can meet, from both sides, by the program itself.
. tests/lib.sh
test_begin "limits: the last that is accepted, and the first that is not"
SMALL=tests/golden/small/portal

# repeat N TEXT: the text N times.
repeat() { awk -v n="$1" -v s="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", s }'; }

# refused SLUG: the last run said so, and quickly.
refused() { says "$ERR" "[$1]"; }

printf x >"$T/x.mustache"
for n in 64 65; do
    code=$((n / 65))
    { repeat $n '['; repeat $n ']'; } >"$T/flow.yaml"
    { i=0; while [ $i -lt $n ]; do repeat $i '  '; echo 'a:'; i=$((i + 1)); done; repeat $n '  '; echo x; } >"$T/block.yaml"
    { repeat $n '['; repeat $n ']'; } >"$T/deep.json"
    for file in flow.yaml block.yaml deep.json; do
        run $code render "$T/x.mustache" "$T/$file"
        [ $code -eq 0 ] || case $file in *.json) refused json-depth ;; *) refused yaml-depth ;; esac
    done
done
repeat 200000 '[' >"$T/bomb.yaml"
cp "$T/bomb.yaml" "$T/bomb.json"
run 1 render "$T/x.mustache" "$T/bomb.yaml"
run 1 render "$T/x.mustache" "$T/bomb.json"

# Templates: sections in each other, partials in each other, a partial in itself.
printf '{"a": {"b": 1}}' >"$T/a.json"
for n in 64 65; do
    code=$((n / 65))
    { repeat $n '{{#a}}'; repeat $n '{{/a}}'; } >"$T/sections.mustache"
    run $code render --lenient "$T/sections.mustache" "$T/a.json"
    mkdir "$T/chain-$n"
    i=0
    while [ $i -lt $n ]; do
        i=$((i + 1))
        printf '{{>p%d}}' $((i + 1)) >"$T/chain-$n/p$i.mustache"
    done
    printf 'the end' >"$T/chain-$n/p$((n + 1)).mustache"
    # p1 is the template, so p2 to p(n+1) are n partials in each other.
    run $code render --partials "$T/chain-$n" "$T/chain-$n/p1.mustache" "$T/a.json"
    [ $code -eq 0 ] && check "the innermost of $n partials is printed" test "$(cat "$OUT")" = "the end"
done
printf '{{>self}}' >"$T/self.mustache"
run 1 render "$T/self.mustache" "$T/a.json"

# Sizes of files: one mebibyte, and a byte more.
cp -R $SMALL "$T/portal"
# pad FILE SIZE: with a comment, to that many bytes.
pad() {
    cp "$SMALL/$1" "$T/portal/$1"
    have=$(wc -c <"$T/portal/$1")
    case $1 in
    *.md) { printf '\n<!--\n'; yes 'words that nobody reads' | head -c $(($2 - have - 11)); printf '\n-->\n'; } ;;
    *) { printf '#\n'; yes '# words that nobody reads' | head -c $(($2 - have - 3)); echo; } ;;
    esac >>"$T/portal/$1"
    check "$1 has $2 bytes" test "$(wc -c <"$T/portal/$1")" -eq "$2"
}
for file in portal.yaml content/framework.yaml content/policy/letters.md schools/bare.yaml officers/weir.yaml; do
    pad $file 1048576
    run 0 check -C "$T/portal"
    pad $file 1048577
    run 1 check -C "$T/portal"
    refused file-too-large
    says "$ERR" "$file"
    cp "$SMALL/$file" "$T/portal/$file"
done
mkdir "$T/portal/content/files"
head -c 20971520 /dev/zero >"$T/portal/content/files/large.pdf"
printf '\n[Large](files/large.pdf)\n' >>"$T/portal/content/about.md"
run 0 build -C "$T/portal" -o "$T/site" --no-sync
check "a document of 20 MiB is published" test -f "$T/site/files/large.pdf"
printf x >>"$T/portal/content/files/large.pdf"
run 1 check -C "$T/portal"
refused file-too-large
rm -r "$T/portal/content/files"
cp $SMALL/content/about.md "$T/portal/content/about.md"

# Tables: columns, and cells.
row() { repeat "$1" '| a '; echo '|'; }
rule() { repeat "$1" '|---'; echo '|'; }
# page: what is on standard input is the end of a page.
page() { { cat $SMALL/content/policy/letters.md; cat; } >"$T/portal/content/policy/letters.md"; }
for n in 64 65; do
    code=$((n / 65))
    { printf '\n**A wide table**\n\n'; row $n; rule $n; row $n; } | page
    run $code check -C "$T/portal"
    [ $code -eq 0 ] || refused table-columns
done
# 50 columns and 2,000 rows, of which the header is one: 100,000 cells.
for rows in 2000 2001; do
    line=$(row 50)
    { printf '\n**A long table**\n\n'; row 50; rule 50; yes "$line" | head -n $((rows - 1)); } | page
    run $((rows - 2000)) check -C "$T/portal"
    [ $rows -eq 2000 ] || refused table-large
done

# Markdown in itself.
for n in 64 65; do
    { printf '\n'; repeat $n '> '; echo deep; } | page
    run $((n / 65)) check -C "$T/portal"
    [ $n -eq 64 ] || refused markdown-depth
    { printf '\n'; i=0; while [ $i -lt $n ]; do repeat $i '  '; echo "- deep"; i=$((i + 1)); done; } | page
    run $((n / 65)) check -C "$T/portal"
    [ $n -eq 64 ] || refused markdown-depth
done
# What would take cmark minutes is refused in a moment.
for bomb in '[' '*a ' '![' '> ' '- ' '`' '<' '**a _b ' '[a](' '|'; do
    { printf '\n'; repeat 100000 "$bomb"; echo; } | page
    timeout 60 "$SIGNPOST" check -C "$T/portal" >"$OUT" 2>"$ERR"
    check "100,000 times \"$bomb\" ends in time" test $? -lt 2
done
cp $SMALL/content/policy/letters.md "$T/portal/content/policy/letters.md"

# HTML in itself: a portal's own template.
mkdir "$T/portal/templates"
for n in 254 255; do
    { printf '<!doctype html><html lang="en-GB"><head><title>x</title></head><body>'; repeat $n '<div>'; repeat $n '</div>'; printf '</body></html>\n'; } >"$T/portal/templates/role.mustache"
    run $((n - 254)) check -C "$T/portal"
done
rm -r "$T/portal/templates"

# Numbers and days.
for whole in 999999999 1000000000; do
    sed "s/^  - {count: 205,/  - {count: $whole,/" $SMALL/schools/weir.yaml >"$T/portal/schools/weir.yaml"
    run $((whole / 1000000000)) check -C "$T/portal"
done
cp $SMALL/schools/weir.yaml "$T/portal/schools/weir.yaml"
for day in 0999-12-31 1000-01-01 9999-12-31 10000-01-01; do
    { cat $SMALL/schools/bare.yaml; echo "opened: $day"; } >"$T/portal/schools/bare.yaml"
    case $day in 1000-* | 9999-*) run 0 check -C "$T/portal" ;; *) run 1 check -C "$T/portal" ;; esac
done
cp $SMALL/schools/*.yaml "$T/portal/schools"
for seconds in 253402300799 253402300800; do
    SOURCE_DATE_EPOCH=$seconds "$SIGNPOST" check -C "$T/portal" >"$OUT" 2>"$ERR"
    check "the last second of the year 9999 is the last day: $seconds" test $? -eq $((2 * (seconds - 253402300799)))
done
for threads in 256 257; do run $((2 * (threads - 256))) check -C "$T/portal" --threads $threads; done

# The policy: expressions, facts that rest on facts, lists of values, cells, answers and rows.
cp -R tests/diag/base "$T/policy"
# framework: what is on standard input follows a scale and two facts.
framework() {
    { printf 'scales:\n  support: {last: worst, values: {low: Low, high: High}}\nfacts:\n  school:\n'
      printf '    level: {label: Level, type: number}\n    name: {label: Name, type: text, from: name}\n'
      cat; } >"$T/policy/content/framework.yaml"
}
# decided KEYS: a table on standard input, under a directive with these keys.
decided() {
    { printf -- '---\ntitle: Visits\n---\n\n**Visits**\n\n<!-- decision: visits\n%s\n-->\n\n' "$1"; cat; } \
        >"$T/policy/content/policy/visits.md"
}
# each FORMAT FROM TO BETWEEN: numbers, written so, with something between them.
each() { awk -v f="$1" -v a="$2" -v b="$3" -v s="$4" 'BEGIN { for (i = a; i <= b; i++) printf f (i < b ? s : ""), i }'; }
# side N SLUG: N is 0 on the side that is accepted, and 1 on the other.
side() {
    run "$1" check -C "$T/policy"
    [ "$1" -eq 0 ] || refused "$2"
}
for n in 0 1; do
    { printf "    named: {type: yes/no, is: 'name = \""; repeat $((4087 + n)) x; printf "\"'}\n"; } | framework
    side $n feel-long
    { printf '    high: {type: yes/no, is: '; repeat $((63 + n)) '('; printf level; repeat $((63 + n)) ')'; echo ' > 1}'; } | framework
    side $n feel-depth
    { each '    f%d: ' 0 0 ''; echo '{type: yes/no}'
      awk -v n=$((200 + n)) 'BEGIN { for (i = 1; i <= n; i++) printf "    f%d: {type: yes/no, is: f%d}\n", i, i - 1 }'; } | framework
    side $n policy-chain
    { echo '    area:'; echo '      set of:'; each '        a%d: Area' 1 $((56 + n)) '\n'; echo; } | framework
    side $n scale-long
done
framework </dev/null
for n in 0 1; do
    support='outputs: {support: support}'
    { printf '| Level | Support |\n|---|---|\n| '; each 1 1 $((64 + n)) ', '; printf ' | High |\n| *otherwise* | Low |\n'; } | decided "$support"
    side $n cell-long
    { printf '| Level | Support |\n|---|---|\n| '; each %d 1 $((27 + n)) ', '; printf ' | High |\n| *otherwise* | Low |\n'; } | decided "$support"
    side $n policy-cuts
    { printf '| Row | Level | Words |\n|---|---|---|\n'
      awk -v n=$((56 + n)) 'BEGIN { for (i = 1; i <= n; i++) printf "| r%d | | word %d |\n", i, i }'; } |
        decided "$(printf 'hit: collect\nid: Row\noutputs: {words: text}')"
    side $n cell-answers
    { printf '| Level | O1 |\n|---|---|\n| 1 | High |\n| *otherwise* | Low |\n'; } |
        decided "outputs: {$(each 'o%d: {scale: support, blank: low}' 1 $((24 + n)) ', ')}"
    side $n outputs-map
    { printf '| Row | Level | Support |\n|---|---|---|\n'; each '| r%d | 1 | at least High |' 1 $((1000 + n)) '\n'; echo; } |
        decided "$(printf 'hit: guide\nid: Row\n%s' "$support")"
    side $n table-rows
done

# Lists of schools: 300 are one page, 301 are a page a letter.
for n in 300 301; do
    rm -rf "$T/many" "$T/site" "$T/.site.signpost"
    cp -R $SMALL "$T/many"
    rm -r "$T/many/schools" "$T/many/officers"
    mkdir "$T/many/schools"
    sed -i '/^school: weir$/d; /^deployments:/,/^  - /d' "$T/many/content/people/bo-lind.md"
    sed -i '/Weir School/d' "$T/many/content/policy/working-together.md"
    i=0
    while [ $i -lt $n ]; do
        letter=$(printf "\\$(printf %o $((97 + i % 26)))")
        { printf 'urn: "%d"\nname: %s School %d\nphase: primary\ntype: community\n' $((900001 + i)) "$(echo "$letter" | tr a-z A-Z)" $i
            printf 'address: {street: 1 Long Road, town: Teasel Bridge, postcode: ZZ99 1AA}\n'; } >"$T/many/schools/$letter-$i.yaml"
        i=$((i + 1))
    done
    run 0 build -C "$T/many" -o "$T/site" --no-sync
    listed=$(grep -o 'schools/[a-z]-[0-9]*\.html' "$T/site/schools/index.html" | sort -u | grep -c .)
    if [ $n -eq 300 ]; then
        check "300 schools are listed on one page" test "$listed" -eq 300
    else
        check "301 schools are listed by letter" test "$listed" -eq 0
        all=$(find "$T/site/schools" -name '[a-z].html' -exec grep -oh 'schools/[a-z]-[0-9]*\.html' {} + | sort -u | grep -c .)
        check "and none is lost" test "$all" -eq 301
    fi
done
test_end
