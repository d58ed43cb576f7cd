#!/bin/sh
# SPDX-License-Identifier: MIT
# interference.sh: whatever changes in what an audience may not see, its portal stays the same, byte for byte.
#
# The portal that comes with Signpost is put to it, the one that plant.c makes, which holds every restricted field there is,
# and all of examples/. vary.c changes, removes, renames and adds; what it may touch it reads off the tables.
#
# The one exception is a release: where what is told of restricted values is another, released.html is another page, in the
# rows of its tables and the line below them, and so is the line on a partnership's page that links to it; no other byte is.
. tests/lib.sh
test_begin "interference: restricted values change, lower portals do not"
TOOLS=${TOOLS:-build/privacy}
case $TOOLS in /*) ;; *) TOOLS=$ROOT/$TOOLS ;; esac

# publish PORTAL OUT AUDIENCE: quietly, since there are hundreds.
publish() {
    if ! "$SIGNPOST" build -C "$1" --audience "$3" -o "$2" --no-sync --as-of 2026-05-01 >"$OUT" 2>"$ERR"; then
        fail "the $3 portal of $1 is built" "$(head -20 "$ERR")"
        return 1
    fi
}

# lower CLASS: the audiences that may not see what is of the class.
lower() {
    if [ "$1" = officers ]; then echo public schools; else echo public; fi
}

# unsaid PORTAL: released.html without what it says: the rows of its tables, and the line below on what is withheld.
unsaid() {
    sed -e '/^<tr>/d' -e '/^<p class="small">/d' "$1/released.html"
}

# untold NAME AUDIENCE SENTENCE: $T/site is the portal's tree for the audience, or differs in what is released to it alone.
untold() {
    told=
    if diff -rq "$T/$1/$2" "$T/site" >/dev/null 2>&1 || [ ! -f "$T/$1/$2/released.html" ]; then
        same "$T/$1/$2" "$T/site" "$3"
        return
    fi
    told=yes
    if diff -r --exclude=released.html -I '^<div><dt><a href="\.\./released\.html#release-' "$T/$1/$2" "$T/site" >"$T/.diff" 2>&1 &&
        [ "$(unsaid "$T/$1/$2")" = "$(unsaid "$T/site")" ]; then
        pass "$3, but for what is released"
        RELEASED=$((RELEASED + 1))
    else
        fail "$3, but for what is released" "$(head -c 2000 "$T/.diff" | cut -c1-300)"
    fi
}
RELEASED=0

# vary NAME CLASS HOW [CLASS [KIND]]: one varied portal, and the portals of all who may not see the difference.
vary() {
    name=$1 class=$2
    shift 2
    rm -rf "$T/varied"
    mkdir "$T/varied"
    how=$1
    shift
    if ! "$TOOLS/vary" "$how" "$T/$name/portal" "$T/varied" "$@" 2>"$ERR"; then
        fail "$name: $how $*" "$(cat "$ERR")"
        return
    fi
    for audience in $(lower "$class"); do
        rm -rf "$T/site" "$T/.site.signpost"
        publish "$T/varied" "$T/site" "$audience" &&
            untold "$name" "$audience" "$name: $how $* does not show in the $audience portal"
    done
}

# again NAME CLASS: built over the first portal, the varied one writes nothing for those who may not see it.
again() {
    for audience in $(lower "$2"); do
        rm -rf "$T/site" "$T/.site.signpost"
        cp -a "$T/$1/$audience" "$T/site"
        fingerprint "$T/site" >"$T/before"
        publish "$T/varied" "$T/site" "$audience" || continue
        fingerprint "$T/site" >"$T/after"
        untold "$1" "$audience" "$1: built over the first portal it is the same for $audience"
        if [ "$told" ]; then
            says "$OUT" "($(diff -rq "$T/$1/$audience" "$T/site" | wc -l) files written"
            continue
        fi
        check "$1: no inode and no time of the $audience portal changes" cmp "$T/before" "$T/after"
        says "$OUT" "is up to date"
    done
}

# unplaced DIR COPY: a copy without the files and lines in which, as officers are told, the facts of a decision stand.
unplaced() {
    rm -rf "$2"
    cp -R "$1" "$2"
    find "$2" -name '*.html' -exec sed -i -E 's#<code>(schools|officers|content)/[^<]*:[0-9]+</code>##g' {} +
}

# alike A B SENTENCE: the same but for those places.
alike() {
    unplaced "$1" "$T/a"
    unplaced "$2" "$T/b"
    same "$T/a" "$T/b" "$3"
}

# seen NAME: the varied portal does differ for those who may see it, so the test tests something.
seen() {
    rm -rf "$T/site" "$T/.site.signpost"
    publish "$T/varied" "$T/site" officers &&
        differs "$T/$1/officers" "$T/site" "$1: officers see the difference"
}

prepare() {
    for audience in public schools officers; do publish "$T/$1/portal" "$T/$1/$audience" "$audience"; done
}

mkdir -p "$T/ours/portal" "$T/planted/portal"
check "the portal at the root is written anew" "$TOOLS/vary" copy . "$T/ours/portal"
"$TOOLS/plant" "$T/planted/portal" >/dev/null || fail "a portal is planted"
prepare ours
prepare planted
for audience in public schools officers; do
    publish . "$T/root-$audience" "$audience" &&
        alike "$T/root-$audience" "$T/ours/$audience" "written anew it is the same portal for $audience"
done

# The portals of examples/ are put to the same, all at once: their tables run over restricted facts of every kind.
examples=
for example in examples/*/portal.yaml; do
    [ -f "$example" ] || continue
    name=$(basename "${example%/portal.yaml}")
    mkdir -p "$T/$name/portal"
    check "$name is written anew" "$TOOLS/vary" copy "${example%/portal.yaml}" "$T/$name/portal"
    prepare "$name"
    examples="$examples $name"
done

# Everything at once: what is for officers, and then what is for officers and schools.
for name in ours planted; do
    for how in change remove rename add; do
        vary $name officers $how officers
        seen $name
        again $name officers
        vary $name schools $how
        seen $name
        again $name schools
    done
done
for name in $examples; do # which may have no restricted page to rename, and nothing for schools alone
    for how in change remove; do
        vary $name officers $how officers
        seen $name
        again $name officers
        vary $name schools $how
    done
done

# One kind after the other.
for name in ours planted; do
    "$TOOLS/vary" list "$T/$name/portal" >"$T/kinds"
    check "$name: there is something to vary" test -s "$T/kinds"
    while read -r class kind; do
        vary $name "$class" change "$class" "$kind"
    done <"$T/kinds"
done

# A few kinds of each example, others with another SEED: there are more portals than minutes.
for name in $examples; do
    "$TOOLS/vary" list "$T/$name/portal" |
        awk -v seed="${SEED:-1}" 'BEGIN { srand(seed) } { print rand() "\t" $0 }' | sort | head -6 | cut -f2 >"$T/kinds"
    while read -r class kind; do
        vary "$name" "$class" change "$class" "$kind"
    done <"$T/kinds"
done

# Releases are not put to this in vain: some variations change what they say, and most do not.
check "something that is varied is released" test "$RELEASED" -gt 0
check "most that is varied is not" test $((RELEASED * 4)) -lt "$PASSED"

# What is for schools may change what schools see, and changes it.
vary ours schools change schools school.memberships.governing_body
rm -rf "$T/site" "$T/.site.signpost"
publish "$T/varied" "$T/site" schools && differs "$T/ours/schools" "$T/site" "schools see what is for schools"

# Judgements may lie in a folder of their own: not a byte changes for anybody, but for the places that officers are told.
for name in ours planted; do
    rm -rf "$T/varied"
    mkdir "$T/varied"
    check "$name: restricted fields are moved to officers/" "$TOOLS/vary" overlay "$T/$name/portal" "$T/varied"
    check "$name: there is an overlay" test -d "$T/varied/officers"
    for audience in public schools officers; do
        rm -rf "$T/site" "$T/.site.signpost"
        publish "$T/varied" "$T/site" $audience &&
            alike "$T/$name/$audience" "$T/site" "$name: with an overlay the $audience portal is the same"
    done
done
rm -rf "$T/varied/schools/first.yaml"
cp "$T/planted/portal/schools/first.yaml" "$T/varied/schools/first.yaml"
run 1 check -C "$T/varied"
says "$ERR" "[overlay-twice]"
test_end
