#!/bin/sh
# SPDX-License-Identifier: MIT
# same.sh: the same sources and the same day make the same bytes, whatever else is different.
. tests/lib.sh
test_begin "same: nothing but sources and day gets into a portal"

for audience in public schools officers; do
    run 0 build --audience $audience -o "$T/$audience" --no-sync --threads 1
done

# Threads, and again.
for round in 1 2 3; do
    for threads in 1 8; do
        for audience in public officers; do
            rm -rf "$T/site" "$T/.site.signpost"
            run 0 build --audience $audience -o "$T/site" --no-sync --threads $threads
            same "$T/$audience" "$T/site" "$audience, $threads threads, round $round"
        done
    done
done

# again SENTENCE command...: the command builds the public portal into $T/site.
again() {
    that=$1
    shift
    rm -rf "$T/site" "$T/.site.signpost"
    if "$@" >"$OUT" 2>"$ERR"; then
        same "$T/public" "$T/site" "$that"
        check "$that: and the same permissions" test -z "$(find "$T/site" -type f ! -perm 644 -o -type d ! -perm 755)"
    else
        fail "$that: it is built" "$(head -5 "$ERR")"
    fi
}
build="build --no-sync -o $T/site"
here=$(pwd)
again "from another folder" sh -c "cd / && '$SIGNPOST' $build -C '$here'"
again "in Auckland" env TZ=Pacific/Auckland "$SIGNPOST" $build
again "in a zone that is none" env TZ=:nowhere "$SIGNPOST" $build
for locale in de_DE.UTF-8 de_DE tr_TR.UTF-8 C POSIX; do
    again "in the language $locale" env LANG=$locale LC_ALL=$locale "$SIGNPOST" $build
done
for mask in 000 022 077; do
    again "with umask $mask" sh -c "umask $mask; '$SIGNPOST' $build"
done
again "at another time" env SOURCE_DATE_EPOCH=1 "$SIGNPOST" $build
again "with nothing in the environment" env -i "$SIGNPOST" $build
again "with another home and no terminal" env HOME=/nowhere TERM=dumb COLUMNS=20 "$SIGNPOST" $build </dev/null

# The sources elsewhere, with other times and in an order of their own.
mkdir "$T/copy"
for name in schools content portal.yaml; do cp -R $name "$T/copy"; done
find "$T/copy" -exec touch -d 2001-02-03 {} +
again "from sources elsewhere, of another time" "$SIGNPOST" $build -C "$T/copy"

# The day is a source: without one in portal.yaml it is SOURCE_DATE_EPOCH's, or --as-of's.
sed -i '/^as_of:/d' "$T/copy/portal.yaml"
again "with the day of the environment" env SOURCE_DATE_EPOCH=1777593600 "$SIGNPOST" $build -C "$T/copy"
again "with the day of the command line" "$SIGNPOST" $build -C "$T/copy" --as-of 2026-05-01
rm -rf "$T/site" "$T/.site.signpost"
run 0 build -C "$T/copy" --as-of 2026-05-02 -o "$T/site" --no-sync
differs "$T/public" "$T/site" "another day makes another portal"

# What a build leaves in place is what a build from nothing makes.
run 0 build -C "$T/copy" --as-of 2026-05-01 -o "$T/site" --no-sync
same "$T/public" "$T/site" "built over another day's portal"
fingerprint "$T/site" >"$T/before"
run 0 build -C "$T/copy" --as-of 2026-05-01 -o "$T/site" --no-sync
says "$OUT" "is up to date"
fingerprint "$T/site" >"$T/after"
check "a build without changes changes no inode and no time" cmp "$T/before" "$T/after"
test_end
