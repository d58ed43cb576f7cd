#!/bin/sh
# SPDX-License-Identifier: MIT
# history.sh: what git knows of a portal tells lower audiences nothing of what they may not see.
#
# In a repository made here, commits that change only restricted values, comments or blank lines come and go, with other dates,
# authors and messages, and the portals of the public and of schools stay the same by the byte, whether their history is
# told by its dates or by its versions. Then what histories are like: pages that were for officers, renames, merges, other
# clocks, 29 February, and clones that are not whole.
. tests/lib.sh
. tests/privacy/audiences.inc
. tests/cli/repository.inc
test_begin "history: no byte of lower portals depends on what was committed for officers alone"
repository_begin

P=$T/portal

# begin MODE: the smallest portal, committed twice.
begin() {
    rm -rf "$P"
    repository_init "$P"
    cp -R tests/diag/base/. "$P"
    printf 'history: %s\n' "$1" >>"$P/portal.yaml"
    repository_commit "$P" 2026-01-12 "Zqbegin"
    sed -i 's/A second one/A second paragraph/' "$P/content/policy/principles.md"
    repository_commit "$P" 2026-02-10 "Zqpublic: say what the second one is"
}

# day AUDIENCE PAGE: the ISO day on which the page says that its text last changed; or nothing.
day() {
    sed -n 's/.*Text last changed <time datetime="\([0-9-]*\)".*/\1/p' "$T/$1/$2"
}
dated() {
    seen=$(day "$1" "$2")
    if [ "$seen" = "$3" ]; then pass "$1: $2 changed on ${3:-no day}"; else fail "$1: $2 changed on ${3:-no day}" "$seen"; fi
}

# restrict: values, a comment and blank lines that no lower audience reads.
restrict() {
    sed -i 's/^state: formed/&\nofficers_note: Zqnote of officers/' "$P/content/partnerships/heath.md"
    sed -i 's/^title: Principles/&\norder: 7/; s/A first paragraph./&\n\n\n<!-- Zqcomment -->/' "$P/content/policy/principles.md"
    sed -i 's/^post:.*/&\ndeployments: [{role: link-officer, school: ashdown, from: 2026-01-05, aim: Zqaim}]/' \
        "$P/content/people/jo-penhallow.md"
    printf 'judgements: {at_risk: yes}\n' >>"$P/schools/ashdown.yaml"
}

for mode in dates public; do
    begin $mode
    for audience in public schools officers; do publish $audience "was-$audience"; done
    dated was-public policy/principles.html 2026-02-10
    dated was-public about.html 2026-01-12
    check "$mode: the site map says so too" grep -qF \
        'policy/principles.html</loc><lastmod>2026-02-10</lastmod>' "$T/was-public/sitemap.xml"
    restrict
    unseen "$mode: restricted values that are not committed"
    repository_commit "$P" 2026-03-03 "Zqrestricted"
    unseen "$mode: a commit of restricted values"
    check "$mode: officers read its message" grep -q Zqrestricted "$T/now/history/policy/principles.html"
    GIT_AUTHOR_NAME="Zqauthor" on_day 2026-04-04 git -C "$P" commit -q --amend --reset-author -m "Zqamended"
    unseen "$mode: the same with another day, author and message"
    check "$mode: officers read that" grep -q Zqauthor "$T/now/history/policy/principles.html"
    sed -i 's/at_risk: yes/at_risk: no/; s/Zqnote of officers/Zqother note/' "$P/schools/ashdown.yaml" "$P/content/partnerships/heath.md"
    on_day 2026-04-05 git -C "$P" commit -q -a --amend -m "Zqamended"
    unseen "$mode: the same with other values"
    git -C "$P" log --format=%H >"$T/ids"
    for audience in public schools; do
        publish $audience now
        cut -c1-7 "$T/ids" >"$T/patterns"
        check_not "$mode: no id of a commit is in the $audience portal" grep -rqF -f "$T/patterns" "$T/now"
        check_not "$mode: no address of an author is" grep -rqF alex.morgan@ "$T/now"
        check_not "$mode: nothing that only officers read is" grep -rqE 'Zq(restricted|amended|author|note|aim|comment|other)' "$T/now"
    done
    publish officers now
    check_not "$mode: no address of an author is in the officers' portal" grep -rqF alex.morgan@ "$T/now"
done

# What is told in public is told in words, and with dates alone in none.
publish public now
says "$T/now/history/policy/principles.html" "Zqpublic: say what the second one is"
says "$T/now/history/policy/principles.html" "Alex Morgan"
begin dates
publish public now
check_not "dates: no page of the public portal is a history" test -e "$T/now/history"
check_not "dates: no message is in it" grep -rq 'Zq\|Alex Morgan' "$T/now"
sed -i 's/^history: .*/history: none/' "$P/portal.yaml"
for audience in public officers; do
    publish $audience now
    dated now policy/principles.html ""
    check_not "none: the $audience portal has no history" test -e "$T/now/history"
done

# A page that was for officers and one that became theirs.
begin public
cp "$P/content/about.md" "$P/content/was-secret.md"
sed -i 's/^title: .*/title: Was secret\naudience: officers/; s/^A page/Zqearlier words/' "$P/content/was-secret.md"
sed 's/^title: .*/title: Was public/; s/^A page/Zqwithdrawn words/' "$P/content/about.md" >"$P/content/was-public.md"
repository_commit "$P" 2026-03-01 "Zqboth: two pages"
printf -- '---\ntitle: Was secret\n---\n\nOpen words.\n' >"$P/content/was-secret.md"
sed -i 's/^title: .*/&\naudience: officers/' "$P/content/was-public.md"
repository_commit "$P" 2026-03-02 "The other way round"
publish public now
dated now was-secret.html 2026-03-02
says "$T/now/history/was-secret.html" "The page was published."
check_not "nothing is left of what was secret then or is now" grep -rqE 'Zq(earlier|withdrawn|both)' "$T/now"
check_not "a page that is the officers' now has no history for others" test -e "$T/now/history/was-public.html"
publish officers now
check "officers have both, with the words" grep -q Zqearlier "$T/now/history/was-secret.html"

# Whether a new page was a page for officers before is git's guess from what that one held: nobody else is told.
for earlier in 'Words that both have, and many of them.' 'Zqdifferent.'; do
    begin public
    printf -- '---\ntitle: News\naudience: officers\n---\n\n%s\n' "$earlier" >"$P/content/zq-draft.md"
    repository_commit "$P" 2026-03-01 "Zqdraft"
    rm "$P/content/zq-draft.md"
    printf -- '---\ntitle: News\n---\n\nWords that both have, and many of them.\n' >"$P/content/news.md"
    repository_commit "$P" 2026-03-02 "News"
    publish public now
    says "$T/now/history/news.html" "The page was added."
    [ -d "$T/was-news" ] || cp -R "$T/now" "$T/was-news"
done
same "$T/was-news" "$T/now" "what a page for officers held does not tell where a new page came from"

# A page is found again under its new name by what everybody reads, whatever became of the rest in the same commit.
for note in kept rewritten; do
    begin dates
    seq 1 400 | sed 's/^/word/' | tr '\n' ' ' >"$T/words"
    sed -i "s/^state: formed/&\nofficers_note: $(cat "$T/words")/" "$P/content/partnerships/heath.md"
    repository_commit "$P" 2026-03-01 "A long note"
    git -C "$P" mv content/partnerships/heath.md content/partnerships/heathland.md
    sed -i 's/partnership: heath/&land/' "$P"/schools/*.yaml
    [ $note = kept ] || sed -i '/^officers_note/s/word\([0-9]*\)/\1other/g' "$P/content/partnerships/heathland.md"
    repository_commit "$P" 2026-03-02 "Heathland"
    publish public now
    dated now partnerships/heathland.html 2026-01-12
    [ -d "$T/was-heathland" ] || cp -R "$T/now" "$T/was-heathland"
done
same "$T/was-heathland" "$T/now" "a note that is rewritten does not part a page from its old name"

# The history begins where the portal says.
printf 'history_from: 2026-02-11\n' >>"$P/portal.yaml"
publish public now
dated now policy/principles.html ""
check_not "nothing of an earlier commit is told" grep -rqE 'Zqpublic|Zqbegin' "$T/now"

# Renamed, merged, by other clocks, on 29 February.
begin dates
git -C "$P" mv content/policy/principles.md content/policy/aims.md
repository_commit "$P" 2026-03-05 "Call it aims"
publish public now
dated now policy/aims.html 2026-02-10
publish officers now
says "$T/now/history/policy/aims.html" "Zqbegin"
git -C "$P" checkout -q -b draft
sed -i 's/A page/A longer page/' "$P/content/about.md"
repository_commit "$P" 2026-03-10 "Draft"
git -C "$P" checkout -q main
on_day 2026-03-20 git -C "$P" merge -q --no-ff -m "Take the draft" draft
publish public now
dated now about.html 2026-03-20

# at STAMP PAGE WORD: a commit at that moment by that clock.
at() {
    printf '\n%s words.\n' "$3" >>"$P/content/$2"
    git -C "$P" add -A
    GIT_AUTHOR_DATE=2020-01-01T00:00:00+0000 GIT_COMMITTER_DATE=$1 git -C "$P" commit -q -m "$3"
}
begin dates
at 2026-03-31T23:30:00-1100 about.md West
at 2026-04-01T00:30:00+1400 policy/principles.md East
publish public now
dated now about.html 2026-03-31
dated now policy/principles.html 2026-04-01
begin dates
rm -rf "$P/.git"
repository_init "$P"
repository_commit "$P" 2024-02-29 "On the leap day"
publish public now
dated now about.html 2024-02-29
says "$T/now/about.html" "29 February 2024"

# What is not committed, what was committed after the day the portal speaks of, and no repository at all.
printf '\nMore.\n' >>"$P/content/about.md"
publish public now
dated now about.html ""
publish officers now
says "$T/now/about.html" "Changed, not yet committed"
repository_commit "$P" 2026-05-02 "Too late"
publish officers now
dated now about.html ""
says "$T/now/about.html" "Changed after the day that the portal speaks of"
rm -rf "$P/.git"
publish public now
dated now about.html ""
check "without a repository there is nothing to warn of" test ! -s "$ERR"

# Of a clone that is not whole only what it has is told.
begin dates
git clone -q --depth 1 "file://$P" "$T/shallow"
Q=$P
P=$T/shallow
publish public now
says "$ERR" "[history-cut]"
dated now about.html ""
publish officers now
says "$T/now/about.html" "Changed before the history begins that this clone has"
P=$Q
git -C "$P" config uploadpack.allowFilter true
git clone -q --filter=blob:none "file://$P" "$T/partial"
P=$T/partial
publish public now
says "$ERR" "[history-cut]"
dated now policy/principles.html ""
publish officers now
says "$T/now/history/policy/principles.html" "Zqpublic"
says "$T/now/policy/principles.html" "Changed before the history begins that this clone has"
P=$Q
test_end
