#!/bin/sh
# SPDX-License-Identifier: MIT
#
# run.sh BUILD [SCHOOLS]: what building a portal of 24,000 invented schools costs, and what it is measured against.
#
# Everything lies in memory-backed storage, so that no disk is measured. All figures come from one run; those that
# repeat are the best of three. Each target is printed beside its figure with `ok` or `missed`, and a missed target
# fails nothing: another machine, or a busy one, is not a fault of the program.
set -eu

bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
n=${2:-24000}
[ "$n" -ge 1440 ] || { echo "bench: $n schools cannot be divided by 48 into clusters of 30; take 1440 or more" >&2; exit 2; }

shm=/dev/shm
if [ ! -d $shm ] || [ ! -w $shm ]; then
    echo "bench: $shm, which is memory-backed, cannot be written here; nothing was measured" >&2
    exit 0
fi
work=$(mktemp -d $shm/signpost-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# calc EXPRESSION: with two decimals.
calc() { awk "BEGIN { printf \"%.2f\", $1 }"; }
mib() { awk "BEGIN { printf \"%.0f\", $1 / 1048576 }"; }

# verdict FIGURE RELATION TARGET
verdict() { awk "BEGIN { print ($1 $2 $3) ? \"ok\" : \"missed\" }"; }

# line NAME FIGURE [TARGET VERDICT]
line() { printf '  %-42s %22s   %-26s %s\n' "$1" "$2" "${3:+to reach: $3}" "${4:-}"; }

# best FILE COLUMN: the least of what measure has noted.
best() { sort -n -k "$2" "$1" | awk "NR == 1 { print \$$2 }"; }

# cost FILE: the least of both clocks.
cost() { printf '%.2f s (%.2f s)' "$(best "$1" 1)" "$(best "$1" 2)"; }

# portal NAME SCHOOLS [long]
portal() {
    name=$1
    shift
    mkdir "$work/$name"
    cp -r "$here/portal/." "$work/$name"
    "$bin/bench/generate" "$work/$name" "$@"
}

# build NAME COST: once, noted in COST.
build() {
    "$bin/bench/measure" "$work/$2" "$bin/signpost" build -C "$work/$1" -o "../$1.site" --no-sync > "$work/$1.said"
}

# build_anew NAME: three times from nothing, noted in NAME.cost; the last stays as NAME.site.
build_anew() {
    for _ in 1 2 3; do
        rm -rf "$work/$1.site" "$work/.$1.site.signpost"
        build "$1" "$1.cost"
    done
    ours=$(best "$work/$1.cost" 1)
    line "signpost build --no-sync" "$(cost "$work/$1.cost")"
}

# floor NAME: three times, for what build_anew has left; prints it, and how far we are from it.
floor() {
    for _ in 1 2 3; do
        rm -rf "$work/fresh"
        "$bin/bench/floor" "$work/$1" "$work/$1.site" "$work/fresh" > "$work/$1.parts"
        awk '$1 == "total" { print $2, $3 }' "$work/$1.parts" >> "$work/$1.floor"
    done
    rm -rf "$work/fresh"
    least=$(best "$work/$1.floor" 1)
    line "floor, one thread" "$(cost "$work/$1.floor")"
    ratio=$(calc "$ours / $least")
    both="$ratio ($(calc "$(best "$work/$1.cost" 2) / $(best "$work/$1.floor" 2)"))"
}

drop() { rm -rf "$work/$1" "$work/$1.site" "$work/.$1.site.signpost"; }

part() { awk "\$1 == \"$2\" { print \$2 }" "$work/$1.parts"; }

echo "Signpost, measured in memory-backed storage ($shm) on $(nproc) processors. Load: $(cut -d ' ' -f 1 /proc/loadavg)."
echo "Seconds are the wall's; in brackets the processors', user and system, which other work disturbs less: on two"
echo "processors our times in theirs come to about twice what they are on the wall. Best of three."

echo
portal all "$n"
build_anew all
whole=$ours processor=$(best "$work/all.cost" 2)
floor all
line "  reading" "$(part all reading) s"
line "  libyaml" "$(part all yaml) s"
line "  cmark-gfm" "$(part all markdown) s"
line "  writing the same $(mib "$(part all bytes)") MiB" "$(part all writing) s"
line "times the floor" "$both" "at most 2.0" "$(verdict "$ratio" '<=' 2.0)"
memory=$(calc "$(best "$work/all.cost" 3) / 1024")
line "peak memory" "$memory MiB" "at most 300" "$(verdict "$memory" '<=' 300)"

# Every file and folder with its inode, size, mode and times: what a build without changes must leave as it is.
stamp() { (cd "$work/all.site" && find . -printf '%p %i %s %m %T@ %C@\n' | sort); }
stamp > "$work/before"
build all again.cost
stamp > "$work/after"
kept=missed
cmp -s "$work/before" "$work/after" && grep -q 'is up to date' "$work/all.said" && kept=ok
line "again, with nothing changed" "$(cost "$work/again.cost")" "no inode or time" "$kept"

# saved NAME AUDIENCE TARGET WHAT FILE ADDRESS: from a file that was saved to the message that a browser has from `signpost
# serve`, which waits a few milliseconds for more of the same save.
saved() {
    "$bin/bench/saved" "$bin/signpost" "$work/$1" "$2" "$5" "$6" 15 > "$work/$1.saved"
    read -r least took < "$work/$1.saved"
    line "  saved to reload message: a $4" "$took ms (best $least)" "at most $3 ms" "$(verdict "$took" '<=' "$3")"
}

# From a file that was saved to a preview that shows it; `signpost serve` then tells the browser.
# serve NAME TARGET MESSAGE: for the public, and for officers.
serve() {
    school=$(find "$work/$1/schools" -name '*.yaml' | LC_ALL=C sort | head -n 1)
    school=$(basename "$school" .yaml)
    for audience in public officers; do
        "$bin/bench/serve" "$work/$1" "$audience" 15 > "$work/$1.serve"
        for what in record page; do
            took=$(awk "\$1 == \"$what\" { print \$3 }" "$work/$1.serve")
            least=$(awk "\$1 == \"$what\" { print \$2 }" "$work/$1.serve")
            line "preview for $audience: a $what" "$took ms (best $least)" "at most $2 ms" "$(verdict "$took" '<=' "$2")"
        done
        saved "$1" $audience "$3" record "schools/$school.yaml" "schools/$school.html"
        saved "$1" $audience "$3" page content/policy/support.md policy/support.html
        line "  first view; peak memory" "$(awk '$1 == "first" { print $2 " ms" }' "$work/$1.serve"); $(awk '$1 == "peak" { print $2 " MiB" }' "$work/$1.serve")"
    done
}
serve all 400 500
drop all

echo
portal six 600
serve six 35 50
drop six

few=$((n / 12))
echo
portal few $few
build_anew few
ratio=$(calc "$whole / $ours")
line "$n schools : $few" "$ratio" "at most 13" "$(verdict "$ratio" '<=' 13)"
drop few

least_count=$((n / 48))
echo
portal least $least_count
build_anew least
floor least
line "times the floor" "$both" "at most 2.5" "$(verdict "$ratio" '<=' 2.5)"
drop least

echo
portal long "$n" long
build_anew long
floor long
line "times the floor" "$both"
line "peak memory" "$(calc "$(best "$work/long.cost" 3) / 1024") MiB"
drop long

# A framework of Milton Keynes's size: the tables of its demonstration over as many schools, and the same pages with the
# directives taken out. `below_all_measures` reads two of the tables, so without them it is false.
examples=$here/../../examples
framework() {
    portal "$1" "${2:-$n}" judged
    sed 's/terms: [^,]*, //; /^overlays:/d; /^priority:/d; /^totals:/d' "$examples/milton-keynes/content/framework.yaml" \
        > "$work/$1/content/framework.yaml"
    for page in floor-standards chart categories standing support; do
        awk -v title="$page" 'BEGIN { print "---\ntitle: " title "\nnumbered: no\n---\n" }
            /^<!-- decision: offers|^<!-- check:/ { skip = 1 }
            /^<!-- decision:/ && !skip { on = 1; print "## Table " ++t "\n" }
            on && /^\|/ { gsub(/\[|\]\([^)]*\)/, "") }
            on { print }
            on && /^$/ && seen { on = seen = 0 }
            on && /^\|/ { seen = 1 }
            /^$/ && !on { skip = 0 }' "$examples/milton-keynes/content/policy/$page.md" > "$work/$1/content/policy/$page.md"
    done
}
echo
framework judged
build_anew judged
with=$ours
drop judged
framework plain
sed -i 's/^<!-- decision:/<!-- the decision/' "$work"/plain/content/policy/*.md
sed -i 's/is: floor_ks2.all_measures.*/is: "false"/' "$work/plain/content/framework.yaml"
build_anew plain
more=$(calc "$with - $ours")
line "deciding for $n schools" "$more s" "at most 0.50 s" "$(verdict "$more" '<=' 0.5)"
drop plain
proofs=0
for portal in "$examples/.." "$examples"/*; do
    "$bin/bench/prove" "$portal" > "$work/proof"
    proofs=$(calc "$proofs + $(awk '{ print $1 }' "$work/proof")")
    line "proof of $(basename "$(realpath "$portal")"), $(awk '{ print $2 " tables, " $3 " runs" }' "$work/proof")" \
        "$(awk '{ print $1 }' "$work/proof") ms"
done
line "all proofs together" "$proofs ms" "under 300 ms" "$(verdict "$proofs" '<' 300)"

# What a change of one cell does, from two revisions in git.
# reviewed NAME SCHOOLS SECONDS
reviewed() {
    framework "$1" "$2"
    at=$work/$1
    git init -q "$at"
    for side in base head; do
        git -C "$at" add -A
        git -C "$at" -c user.name=Bench -c user.email=bench@council.example -c gc.auto=0 commit -qm $side
        git -C "$at" tag $side
        sed -i 's/^| R6 \(.*\)| no | 2b |/| R6 \1| yes | 2c |/' "$at/content/policy/chart.md"
    done
    for audience in public officers; do
        for _ in 1 2 3; do
            "$bin/bench/measure" "$work/$1.$audience" "$bin/signpost" review -C "$at" base..head --audience $audience \
                > "$work/said"
        done
        took=$(best "$work/$1.$audience" 1)
        line "review of $2 schools, for $audience" "$(cost "$work/$1.$audience")" "at most $3 s" "$(verdict "$took" '<=' "$3")"
    done
    grep -q 'changed decision table' "$work/said"
    rm -rf "$at"
}
if command -v git > /dev/null; then
    echo
    reviewed review-few 600 0.5
    reviewed review-all "$n" 6
fi

# Proposals for partnerships: how long they take with the policy of the portal in the root and invented schools in place of
# its own, and without the people who serve at these.
echo
for match in "14 1" "90 5" "600 60"; do
    schools=${match% *} most=${match#* }
    mkdir -p "$work/wishes/schools"
    cp -r "$here/../../portal.yaml" "$here/../../content" "$work/wishes"
    grep -l 'school:' "$work"/wishes/content/people/*.md | xargs rm
    "$bin/bench/wishes" "$work/wishes" "$schools"
    "$bin/bench/measure" "$work/match$schools.cost" "$bin/signpost" match -C "$work/wishes" > "$work/said"
    took=$(best "$work/match$schools.cost" 1)
    line "match of $schools schools" "$(cost "$work/match$schools.cost")" "at most $most s" "$(verdict "$took" '<=' "$most")"
    sed -n 's/^  \([12]\)\. /    /p' "$work/said"
    rm -rf "$work/wishes"
done

# How near they come to the best of longer runs, on networks that a program of its own invents. BENCH_MATCH=20 makes as many
# runs of ten times the steps for each network, which takes an hour and a half; else there is one of three times the steps.
runs=${BENCH_MATCH:-1}
longer=${BENCH_MATCH:+10}
longer=${longer:-3}
for seed in 1 2 3 4 5; do
    "$bin/bench/match" 90 $seed "$runs" "$longer" > "$work/match"
    read -r took how placed most affinity rest ratio < "$work/match"
    line "network $seed: placed $placed of at most $most, affinity" "$affinity"
    case $ratio in -) ratio=0 ;; esac
    ratio=$(calc "$ratio / 100")
    line "  of the best, $runs more $longer times as long" "$ratio %" "at least 98" "$(verdict "$ratio" '>=' 98)"
done

echo
if ! command -v hugo > /dev/null; then
    echo "Hugo is not installed: skipped."
    exit 0
fi
hugo version
cp -r "$here/hugo" "$work/hugo"
"$bin/bench/hugo-content" "$work/hugo" "$n"
mkdir "$work/hugo/content/policy"
cp "$here"/portal/content/policy/*.md "$work/hugo/content/policy"
cp "$here/portal/content/about.md" "$work/hugo/content"
"$bin/bench/measure" "$work/hugo.cost" hugo --quiet --source "$work/hugo" --destination "$work/hugo.site"
bytes=$(find "$work/hugo.site" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum }')
theirs=$(best "$work/hugo.cost" 1)
line "the same schools and groups, $(mib "$bytes") MiB" "$(cost "$work/hugo.cost")"
line "peak memory" "$(calc "$(best "$work/hugo.cost" 3) / 1024") MiB"
ratio=$(calc "$theirs / $whole")
line "times as long as Signpost" "$ratio ($(calc "$(best "$work/hugo.cost" 2) / $processor"))" "at least 6" "$(verdict "$ratio" '>=' 6)"
echo "Load: $(cut -d ' ' -f 1 /proc/loadavg)."
