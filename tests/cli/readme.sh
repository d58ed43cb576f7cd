#!/bin/sh
# SPDX-License-Identifier: MIT
# readme.sh: the ten minutes of README.md, step by step: what the page says to write is written, and what it shows is said.
#
#   sh tests/cli/readme.sh            each block of the page that begins with `$ build/signpost` is what is said now
#   sh tests/cli/readme.sh --golden   writes what is said now into the page; `git diff` shows what that changes
. tests/lib.sh
test_begin "readme: the ten minutes for a policy author"
P=$T/portal
mkdir -p "$P/tests" "$T/blocks"
cp -R portal.yaml content schools "$P"
cp -R tests/policy "$P/tests"

# Blocks in the order of the page, without the indent of their list: NN.markdown, NN.yaml, NN.console.
awk -v to="$T/blocks" '
    /^## / { ours = $0 ~ /Ten minutes/ }
    ours && /^   ```/ { inside = !inside; if (inside) name = sprintf("%s/%02d.%s", to, ++n, substr($0, 7)); next }
    inside { line = $0; sub(/^   /, "", line); print line > name }' README.md
block() { find "$T/blocks" -name "*.$1" | sort | sed -n "$2p"; }

# shows N: the Nth console block is what its command says; under --golden it becomes that.
shows() {
    shown=$(block console "$1")
    command=$(sed -n '1s/^\$ build.signpost //p' "$shown")
    check "block $1 of the page is a command" test -n "$command"
    (cd "$P" && eval "\"\$SIGNPOST\" $command") >"$T/said" 2>&1
    { head -1 "$shown" && cat "$T/said"; } >"$T/now"
    [ "${GOLDEN:-}" ] && cp "$T/now" "$shown"
    check "$command says what the page shows" diff "$shown" "$T/now"
}
GOLDEN=${1:-}
PAGE=$P/content/policy/visits-by-the-link-officer.md

sed -i 's/^phase: primary$/phase: primery/' "$P/schools/windmill-rise.yaml"
shows 1
cp schools/windmill-rise.yaml "$P/schools"

run 0 new policy "Visits by the link officer" -C "$P"
sed -i '/^## First section/,$d' "$PAGE"
cat "$(block markdown 1)" >>"$PAGE"
shows 2
cat "$(block markdown 2)" >>"$PAGE"
shows 3
shows 4
shows 5
run 0 explain windmill-rise visits --set "Last Ofsted=Inadequate" -C "$P"
says "$OUT" "Visits: half-termly"
run 0 query 'visits = "half-termly"' -C "$P"
cp "$(block yaml 1)" "$P/tests/policy/visits.yaml"
shows 6
sed -i 's/visits: 2/visits: 1 a term/' "$P/tests/policy/visits.yaml"
shows 7

# The school that is added, and the judgement that nobody but officers sees.
run 0 new school "Ashdown Primary School" -C "$P"
sed -i 's/^urn: .*/urn: "900777"/' "$P/schools/ashdown-primary-school.yaml"
cat "$(block yaml 2)" >>"$P/schools/ashdown-primary-school.yaml"
run 0 build -C "$P" -o "$T/before" --no-sync
cat "$(block yaml 3)" >>"$P/schools/ashdown-primary-school.yaml"
run 0 build -C "$P" -o "$T/after" --no-sync
same "$T/before" "$T/after" "a judgement changes no byte for the public"
run 0 build -C "$P" -o "$T/officers" --audience officers --no-sync
check "officers read it" grep -rqF "two acting heads in a year" "$T/officers/schools"
check "every block of the page was looked at" test "$(find "$T/blocks" -name '*.console' | wc -l)" = 7

if [ "$GOLDEN" ]; then
    awk -v from="$T/blocks" '
        /^## / { ours = $0 ~ /Ten minutes/ }
        ours && /^   ```/ {
            print
            inside = !inside
            kind = substr($0, 7)
            if (inside) name = sprintf("%s/%02d.%s", from, ++n, kind)
            said = inside && kind == "console"
            while (said && (getline line < name) > 0) print line == "" ? "" : "   " line
            next
        }
        !said { print }' README.md >"$T/README.md"
    cp "$T/README.md" README.md
fi
test_end
