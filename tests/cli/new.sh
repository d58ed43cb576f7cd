#!/bin/sh
# SPDX-License-Identifier: MIT
# new.sh: what `new` writes is a portal that is whole, and nothing that is there is ever lost.
. tests/lib.sh
test_begin "new: starting points that work"

mkdir "$T/portal"
run 0 new portal -C "$T/portal"
says "$OUT" "wrote portal.yaml"
run 0 check -C "$T/portal" --strict
check "nothing is wrong in a new portal" test ! -s "$ERR"
run 0 build -C "$T/portal" -o "$T/first" --no-sync
check "it has a home page" test -f "$T/first/index.html"

for kind in page policy cluster partnership offer role person body; do
    run 0 new $kind "St Éanna's & Co. $kind" -C "$T/portal"
    says "$OUT" "st-eannas-co-$kind.md"
done
run 0 new school "St Éanna's & Co." -C "$T/portal"
says "$OUT" "schools/st-eannas-co.yaml"
run 0 check -C "$T/portal"
for audience in public schools officers; do
    run 0 build -C "$T/portal" --audience $audience -o "$T/$audience" --no-sync
done
check "the school has a page" test -f "$T/public/schools/st-eannas-co.html"
check "it bears its name" grep -q 'St Éanna' "$T/public/schools/st-eannas-co.html"
for page in pages policy clusters partnerships offers roles people bodies; do
    [ $page = pages ] && where=. || where=$page
    check "there is a page of the kind: $page" test -n "$(find "$T/public/$where" -maxdepth 1 -name 'st-eannas-co-*.html')"
done

# A second school has a URN of its own to give; the message says so, and where.
run 0 new school "Weir School" -C "$T/portal"
"$SIGNPOST" check -C "$T/portal" >"$OUT" 2>"$ERR"
code=$?
if [ $code -eq 1 ]; then says "$ERR" "[duplicate-urn]"; else check "two new schools agree with each other" test $code -eq 0; fi
sed -i 's/^urn: .*/urn: "900002"/' "$T/portal/schools/weir-school.yaml"
run 0 check -C "$T/portal"

# Nothing is replaced.
find "$T/portal" -type f -exec cksum {} + | sort >"$T/before"
run 2 new portal -C "$T/portal"
says "$ERR" "portal.yaml: is there already"
run 2 new school "Weir School" -C "$T/portal"
says "$ERR" "is there already; nothing was changed"
run 2 new school "weir SCHOOL" -C "$T/portal"
run 2 new page "St Éanna's & Co. page" -C "$T/portal"
ln -s nowhere "$T/portal/schools/linked.yaml"
run 2 new school linked -C "$T/portal"
check_not "nothing is written through a link" test -e "$T/portal/schools/nowhere"
rm "$T/portal/schools/linked.yaml"
find "$T/portal" -type f -exec cksum {} + | sort >"$T/after"
check "every file is as it was" cmp "$T/before" "$T/after"

# Half of a portal is no reason to stop half way through.
mkdir -p "$T/half/content"
printf 'mine\n' >"$T/half/content/framework.yaml"
run 2 new portal -C "$T/half"
says "$ERR" "content/framework.yaml: is there already"
check "a file that was there is as it was" test "$(cat "$T/half/content/framework.yaml")" = mine

# Names that would be paths, or nothing.
for name in "../../x" "a/b" ".hidden"; do
    "$SIGNPOST" new page "$name" -C "$T/portal" >"$OUT" 2>"$ERR"
    check "a name cannot lead elsewhere: $name" test -z "$(find "$T" -name 'x.md' ! -path "$T/portal/content/*" -o -name '.hidden*')"
done
for name in "" "///" "…"; do run 2 new page "$name" -C "$T/portal"; done

# A name with everything in it that YAML takes for something.
rm -rf "$T/odd"
mkdir "$T/odd"
run 0 new portal -C "$T/odd"
n=0
for name in 'no' '12' '- dash: and # hash' 'say "when" \ now' "it's" '{brace} [bracket]' '*star &and !bang %per @at `tick' '~ tilde' 'null' '2026-05-01'; do
    run 0 new -C "$T/odd" -- school "$name"
    n=$((n + 1))
    file=$(sed -n 's/^wrote //p' "$OUT")
    sed -i "s/^urn: .*/urn: \"90010$((n % 10))\"/" "$T/odd/$file"
    run 0 check -C "$T/odd"
done

mkdir "$T/closed"
chmod 555 "$T/closed"
as_nobody "$SIGNPOST" new portal -C "$T/closed" >"$OUT" 2>"$ERR"
case $? in
3) says "$ERR" "portal.yaml: Permission denied" ;;
77) skip "a folder that cannot be written: root writes everywhere" ;;
*) fail "a folder that cannot be written gives 3" "$(cat "$OUT" "$ERR")" ;;
esac
test_end
