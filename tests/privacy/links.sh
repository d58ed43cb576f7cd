#!/bin/sh
# SPDX-License-Identifier: MIT
# links.sh: text that an audience reads must not lead it to a page that it may not know of.
. tests/lib.sh
test_begin "links: no text leads to a page that its readers may not see"

mkdir "$T/portal"
cp -R portal.yaml content schools "$T/portal"
cat >"$T/portal/content/policy/quiet.md" <<'END'
---
title: Quiet matters
audience: officers
---

## Matters

What officers say among themselves.
END
run 0 check -C "$T/portal"

# with SENTENCE: the sentence stands at the end of a public policy page.
with() {
    cp content/policy/joining.md "$T/portal/content/policy/joining.md"
    printf '\n%s\n' "$1" >>"$T/portal/content/policy/joining.md"
}

for link in 'quiet.md' 'quiet.md#matters' '../policy/quiet.md' '../partnerships/eastern-common.md'; do
    with "See [what is said]($link)."
    run 1 check -C "$T/portal"
    says "$ERR" "[restricted-link]"
    says "$ERR" "content/policy/joining.md:"
    for audience in public schools; do
        run 1 build -C "$T/portal" --audience $audience -o "$T/site"
        check_not "nothing is published with a link to $link" test -e "$T/site"
    done
done
with 'See [what is said][quiet].

[quiet]: quiet.md'
run 1 check -C "$T/portal"
says "$ERR" "[restricted-link]"

# The other way round is fine.
cp content/policy/joining.md "$T/portal/content/policy/joining.md"
printf '\nSee [joining](joining.md).\n' >>"$T/portal/content/policy/quiet.md"
run 0 check -C "$T/portal"

# A school's profile is public text too.
cp schools/common-lane.yaml "$T/portal/schools/common-lane.yaml"
sed -i 's|^profile: .*|&\n  See [what is said](../content/policy/quiet.md).\n|' "$T/portal/schools/common-lane.yaml"
run 1 check -C "$T/portal"
says "$ERR" "[restricted-link]"
says "$ERR" "schools/common-lane.yaml:"
cp schools/common-lane.yaml "$T/portal/schools/common-lane.yaml"

# Menus and routes lead every reader somewhere: to a page that only some may see they are wrong, or are left out.
sed 's|^navigation:|&\n  - {title: Zqmatters, to: policy/quiet.md}|' portal.yaml >"$T/portal/portal.yaml"
"$SIGNPOST" build -C "$T/portal" -o "$T/site" --no-sync >"$OUT" 2>"$ERR"
if [ -d "$T/site" ]; then
    check_not "a menu does not lead the public to an officers' page" grep -rq 'Zqmatters\|quiet\.html' "$T/site"
else
    says "$ERR" "portal.yaml:"
fi
rm -rf "$T/site" "$T/.site.signpost"
cp portal.yaml "$T/portal/portal.yaml"

# Who belongs to a partnership that is still talked about is nobody else's business.
run 0 build -C "$T/portal" -o "$T/site" --no-sync
check_not "an officers' partnership is not named in public" grep -rqi 'eastern-common\.html\|>Eastern Common<' "$T/site/partnerships"
check_not "nor does it have a page" test -e "$T/site/partnerships/eastern-common.html"
run 0 build -C "$T/portal" -o "$T/officers" --no-sync --audience officers
check "officers have its page" test -e "$T/officers/partnerships/eastern-common.html"
check "with its members" grep -q 'schools/eastern-common-infant-school.html' "$T/officers/partnerships/eastern-common.html"

# A file is for those who have a page that leads to it.
rm -rf "$T/site" "$T/.site.signpost" "$T/officers" "$T/.officers.signpost"
mkdir -p "$T/portal/content/files"
for name in open quiet unlinked; do echo "a,b" >"$T/portal/content/files/zq-$name.csv"; done
printf '\nThe [figures](../files/zq-quiet.csv).\n' >>"$T/portal/content/policy/quiet.md"
echo picture >"$T/portal/content/files/zq-shown.png"
printf '\nThe [figures](../files/zq-open.csv).\n\n![A plan of the valley](../files/zq-shown.png)\n' >>"$T/portal/content/policy/joining.md"
for audience in public schools officers; do
    run 0 build -C "$T/portal" -o "$T/files-$audience" --no-sync --audience $audience
    check "$audience: a file that a public page leads to" test -f "$T/files-$audience/files/zq-open.csv"
    check "$audience: a picture that it shows" test -f "$T/files-$audience/files/zq-shown.png"
done
for audience in public schools; do
    check_not "$audience: no file that only officers' pages lead to" test -e "$T/files-$audience/files/zq-quiet.csv"
    check_not "$audience: no file that nothing leads to" test -e "$T/files-$audience/files/zq-unlinked.csv"
    check_not "$audience: nor a word of them" grep -rqi 'zq-quiet\|zq-unlinked' "$T/files-$audience"
done
check "officers: the file that their page leads to" test -f "$T/files-officers/files/zq-quiet.csv"
cp -R "$T/files-public" "$T/kept"
echo "c,d" >"$T/portal/content/files/zq-quiet.csv"
mv "$T/portal/content/files/zq-unlinked.csv" "$T/portal/content/files/zq-other.csv"
run 0 build -C "$T/portal" -o "$T/files-public" --no-sync
says "$OUT" "is up to date"
same "$T/kept" "$T/files-public" "a change of such a file changes nothing"

# Officers' and schools' portals say whom they are for and ask to be left alone by search engines.
run 0 build -C "$T/portal" -o "$T/officers" --no-sync --audience officers
run 0 build -C "$T/portal" -o "$T/schools" --no-sync --audience schools
for audience in schools officers; do
    find "$T/$audience" -name '*.html' >"$T/pages"
    without=$(xargs grep -L 'name="robots" content="noindex' <"$T/pages")
    check "every page for $audience asks not to be indexed" test -z "$without"
    check_not "there is no site map for machines for $audience" test -e "$T/$audience/sitemap.xml"
    check "the folder for $audience is closed to others" test "$(stat -c %a "$T/$audience")" = 750
    open=$(find "$T/$audience" ! -type d -perm /007)
    check "so are its files" test -z "$open"
done
test_end
