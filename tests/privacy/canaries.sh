#!/bin/sh
# SPDX-License-Identifier: MIT
# canaries.sh: what is planted in every restricted field is found in no lower audience's files or file names.
#
# The portal is made by plant.c from the schema's tables, so a restricted field that is added to them is in it at once.
. tests/lib.sh
test_begin "canaries: every restricted field planted, every lower portal searched"
TOOLS=${TOOLS:-build/privacy}

mkdir "$T/portal" "$T/site"
check "a portal is planted" "$TOOLS/plant" "$T/portal"
rm -rf "$T/portal"
mkdir "$T/portal"
"$TOOLS/plant" "$T/portal" >"$T/canaries"
for audience in public schools officers; do
    run 0 build -C "$T/portal" --audience $audience -o "$T/site/$audience" --no-sync --as-of 2026-05-01
done

# That the tables' every restricted field is in the portal is proved by the walk that varies portals. Letters are about decisions,
# of which the planted portal has none: interference.sh varies those of others.
"$TOOLS/vary" list "$T/portal" | sort >"$T/planted"
"$TOOLS/vary" tables | sort >"$T/tables"
grep -v -e '\*$' -e ' portal\.letters' "$T/tables" >"$T/named"
comm -23 "$T/named" "$T/planted" >"$T/missed"
if [ -s "$T/missed" ]; then fail "every restricted field of the tables is planted" "$(cat "$T/missed")"; else pass "planted"; fi

# search AUDIENCE CLASS...: no canary of these classes is in the audience's tree.
search() {
    searched=$1
    shift
    for class in "$@"; do grep "^$class " "$T/canaries"; done >"$T/hidden"
    cut -d' ' -f3- "$T/hidden" >"$T/patterns"
    check "there are canaries to search for" test "$(wc -l <"$T/patterns")" -gt 100
    (cd "$T/site/$searched" && find . -type f -exec grep -iEoHn -f "$T/patterns" {} +) >"$T/found" 2>&1
    if [ -s "$T/found" ]; then
        fail "no canary for $* is in the $searched portal" "$(head -20 "$T/found")"
    else
        pass "none in the files"
    fi
    find "$T/site/$searched" -printf '%P\n' | grep -iE -f "$T/patterns" >"$T/found"
    if [ -s "$T/found" ]; then
        fail "no canary for $* is in the names of the $searched portal's files" "$(head -20 "$T/found")"
    else
        pass "none in the names of files"
    fi
}
search public schools officers
search schools officers

# A page that is made of what is restricted alone is not there for anybody else, not even empty.
check "officers have a page of system leaders" test -f "$T/site/officers/deployments.html"
for audience in public schools; do
    check_not "the $audience portal has none" test -e "$T/site/$audience/deployments.html"
done

# A canary that nobody finds proves nothing: each must be in the portal of those who may see it, or be named in
# unshown.txt with those that no page shows.
# An address that a page had is nowhere but in a file's name.
find "$T/site/officers" -type f -exec cat {} + -printf '%P\n' | tr '[:upper:]' '[:lower:]' | tr '\n' ' ' >"$T/all"
awk 'NR == FNR { all = all $0; next }
     { pattern = $3; for (i = 4; i <= NF; i++) pattern = pattern " " $i
       if (all !~ pattern) print $2 }' "$T/all" "$T/canaries" | sort -u >"$T/unshown"
grep -v '^#' tests/privacy/unshown.txt | sort >"$T/expected"
comm -23 "$T/unshown" "$T/expected" >"$T/new"
if [ -s "$T/new" ]; then
    fail "officers see what is planted for them, or unshown.txt says that they do not" "$(cat "$T/new")"
else
    pass "officers see it"
fi
comm -13 "$T/unshown" "$T/expected" | sed 's/^/  shown by now, take it out of unshown.txt: /'
test_end
