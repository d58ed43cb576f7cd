#!/bin/sh
# SPDX-License-Identifier: MIT
# kill9.sh: KILLS builds (200) killed at random moments; SEED chooses them.
. tests/lib.sh
test_begin "kill -9: the served folder is one whole portal at every moment"
HELPERS=${HELPERS:-build/cli}

small=tests/golden/small/portal
for generation in Amber Beryl; do
    mkdir "$T/$generation"
    cp -R $small/* "$T/$generation"
    sed -i "s/^title: .*/title: Generation $generation/" "$T/$generation/portal.yaml"
    run 0 build -C "$T/$generation" -o "$T/tree-$generation" --no-sync
done
alike=$(cd "$T/tree-Amber" && find . -name '*.html' -exec cmp -s {} "$T/tree-Beryl/{}" \; -print)
check "every page of one generation differs from that of the other" test -z "$alike"

mkdir "$T/www"
if "$HELPERS/kill9" "$SIGNPOST" "$T/Amber" "$T/Beryl" "$T/tree-Amber" "$T/tree-Beryl" "$T/www/site" \
    "${KILLS:-200}" "${SEED:-1}" >"$OUT" 2>"$ERR"; then
    pass "one whole portal at every moment"
else
    fail "one whole portal at every moment" "$(head -5 "$ERR")"
fi
sed 's/^/  /' "$OUT"
check "the last build has swept up" test "$(ls -A "$T/www/.site.signpost")" = lock
check "nothing else was left" test "$(ls -A "$T/www" | sort | tr '\n' ' ')" = ".site.signpost site "
test_end
