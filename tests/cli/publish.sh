#!/bin/sh
# SPDX-License-Identifier: MIT
# publish.sh: what a build replaces, and all that it refuses to replace.
. tests/lib.sh
test_begin "publish: refusals, the removal guard, the lock, a full disk"
cp -R tests/golden/small/portal "$T/portal"

# publish CODE FOLDER options...
publish() {
    code=$1 folder=$2
    shift 2
    run "$code" build -C "$T/portal" -o "$folder" --no-sync "$@"
}

# refuses SLUG FOLDER options...: nothing changes, and the message says why.
refuses() {
    slug=$1 folder=$2
    shift 2
    find "$T/www" -name '.*.signpost' -prune -o -printf '%P %i %s %T@ %l\n' | sort >"$T/before"
    "$SIGNPOST" build -C "$T/portal" -o "$folder" --no-sync "$@" >"$OUT" 2>"$ERR"
    check_not "it is refused: $slug" test $? -eq 0
    says "$ERR" "[$slug]"
    says "$ERR" "nothing was published"
    find "$T/www" -name '.*.signpost' -prune -o -printf '%P %i %s %T@ %l\n' | sort >"$T/after"
    check "nothing changed: $slug" cmp "$T/before" "$T/after"
}

mkdir "$T/www"
publish 0 "$T/www/site"
check "the default theme is with it" test -f "$T/www/site/assets/portal.css"
check "readable by a web server" test "$(stat -c %a "$T/www/site")" = 755
check "what lies beside it is not" test "$(stat -c %a "$T/www/.site.signpost")" = 700

mkdir "$T/www/empty"
publish 0 "$T/www/empty"
publish 0 "$T/www/slashes///"
publish 0 "$T/www/./dots"

# Folders that are not ours to replace.
mkdir "$T/www/foreign"
echo letter >"$T/www/foreign/letter.txt"
refuses tree-foreign "$T/www/foreign"
refuses tree-audience "$T/www/site" --audience officers
publish 0 "$T/www/officers" --audience officers
refuses tree-audience "$T/www/officers"
refuses tree-audience "$T/www/officers" --audience schools
ln -s site "$T/www/link"
refuses tree-symlink "$T/www/link"
ln -s nowhere "$T/www/dangling"
refuses tree-symlink "$T/www/dangling"
echo file >"$T/www/file"
refuses tree-not-folder "$T/www/file"
refuses tree-parent "$T/www/nowhere/site"
mkdir "$T/www/site/.git"
refuses tree-repository "$T/www/site"
rmdir "$T/www/site/.git"
cp -a "$T/www/site" "$T/www/copied"
publish 0 "$T/www/copied"

# Withdrawn pages go; many at once only when somebody says so.
rm "$T/portal/content/policy/measures.md"
publish 0 "$T/www/site"
says "$OUT" "1 removed"
check_not "a withdrawn page is not there any more" test -e "$T/www/site/policy/measures.html"
mv "$T/portal/schools" "$T/schools"
mkdir "$T/portal/schools"
cp "$T/schools/bare.yaml" "$T/portal/schools"
sed -i '/^school: weir$/d; /^deployments:/,/^  - /d' "$T/portal/content/people/bo-lind.md"
sed -i '/Weir School/d' "$T/portal/content/policy/working-together.md"
rm "$T/portal/officers/weir.yaml"
refuses tree-removals "$T/www/site"
says "$ERR" "--allow-removals"
publish 0 "$T/www/site" --allow-removals
check_not "then they go" test -e "$T/www/site/schools/weir.html"
rm -rf "$T/portal"
cp -R tests/golden/small/portal "$T/portal"
publish 0 "$T/www/site"

# What somebody else put into the folder goes too: the tree is what the sources say.
echo stray >"$T/www/site/stray.txt"
chmod 600 "$T/www/site/index.html"
publish 0 "$T/www/site"
check_not "a stray file is gone" test -e "$T/www/site/stray.txt"
check "a changed mode is put right" test "$(stat -c %a "$T/www/site/index.html")" = 644

# An error leaves everything as it was.
fingerprint "$T/www/site" >"$T/before"
echo 'colour: green' >>"$T/portal/schools/bare.yaml"
publish 1 "$T/www/site"
fingerprint "$T/www/site" >"$T/after"
check "an error in a record changes nothing" cmp "$T/before" "$T/after"
cp tests/golden/small/portal/schools/bare.yaml "$T/portal/schools/bare.yaml"
mkdir "$T/portal/templates"
printf '<p id="a"></p><p id="a"></p>{{> missing}}' >"$T/portal/templates/school.mustache"
publish 1 "$T/www/site"
says "$ERR" "school.mustache"
printf '<!doctype html><html lang="en-GB"><title>x</title><p id="a">x</p><p id="a">x</p><a href="gone.html">gone</a></html>' >"$T/portal/templates/school.mustache"
publish 1 "$T/www/site"
says "$ERR" "[duplicate-id]"
says "$ERR" "[broken-link]"
rm -r "$T/portal/templates"
fingerprint "$T/www/site" >"$T/after"
check "an error in a template or a page changes nothing" cmp "$T/before" "$T/after"
check "nothing is left beside it" test "$(ls -A "$T/www/.site.signpost")" = lock

# Two builds of one folder: the second says so and goes. The first is held by what `flock` holds.
if command -v flock >/dev/null; then
    flock "$T/www/.site.signpost/lock" sh -c "'$SIGNPOST' build -C '$T/portal' -o '$T/www/site' --no-sync" >"$OUT" 2>"$ERR"
    code=$?
    if [ $code -eq 0 ]; then
        skip "the lock is not one that flock takes"
    else
        check_not "a folder that is being built is not built again" test $code -eq 0
        says "$ERR" "[tree-busy]"
    fi
fi
for i in 1 2 3 4 5 6; do
    cp -R tests/golden/small/portal "$T/portal-$i"
    sed -i "s/^title: .*/title: Portal $i/" "$T/portal-$i/portal.yaml"
done
for i in 1 2 3 4 5 6; do
    "$SIGNPOST" build -C "$T/portal-$i" -o "$T/www/site" --no-sync >"$T/out-$i" 2>"$T/err-$i" &
    pids="${pids:-} $!"
done
won=0
for pid in $pids; do
    wait "$pid"
    case $? in 0) won=$((won + 1)) ;; 1 | 3) ;; *) fail "a build that lost ended well" ;; esac
done
check "of six builds at once at least one publishes" test "$won" -ge 1
check "every other says why not" test "$(cat "$T"/err-? | grep -c 'tree-busy\|tree-changed')" -eq $((6 - won))
titles=$(find "$T/www/site" -name '*.html' -exec grep -ho '<title>.*</title>' {} + | grep -o 'Portal [1-6]' | sort -u | grep -c .)
check "what is published is of one of them" test "$titles" -eq 1

# A folder that may not be written.
mkdir "$T/shut"
chmod 555 "$T/shut"
chmod -R a+rX "$T/portal"
as_nobody "$SIGNPOST" build -C "$T/portal" -o "$T/shut/site" --no-sync >"$OUT" 2>"$ERR"
case $? in
3)
    says "$ERR" "$T/shut"
    says "$ERR" "nothing was published"
    check "nothing was made" test -z "$(ls -A "$T/shut")"
    ;;
77) skip "a folder that cannot be written: root writes everywhere" ;;
*) fail "a folder that cannot be written gives 3" "$(cat "$OUT" "$ERR")" ;;
esac

# A disk that fills up, if one may be made.
mkdir "$T/disk"
if mount -t tmpfs -o size=1100k tmpfs "$T/disk" 2>/dev/null; then
    trap 'umount "$T/disk" 2>/dev/null; test_sweep' EXIT
    cp tests/golden/small/portal/portal.yaml "$T/portal/portal.yaml"
    mkdir "$T/disk/in"
    publish 0 "$T/disk/in/site"
    fingerprint "$T/disk/in/site" >"$T/before"
    sed -i 's/^title: .*/title: A portal of which every page is another/' "$T/portal/portal.yaml"
    head -c 300000 /dev/zero >"$T/disk/filler" 2>/dev/null
    publish 3 "$T/disk/in/site"
    says "$ERR" "$T/disk/in/site/"
    says "$ERR" "is full"
    fingerprint "$T/disk/in/site" >"$T/after"
    check "on a full disk the published portal is as it was" cmp "$T/before" "$T/after"
    check "and nothing is left of the new one" test "$(ls -A "$T/disk/in/.site.signpost")" = lock
    rm "$T/disk/filler"
    publish 0 "$T/disk/in/site"
    refuses tree-mount "$T/disk"
    umount "$T/disk"
else
    skip "a full disk: no file system may be mounted here"
    skip "a mount point: no file system may be mounted here"
fi
test_end
