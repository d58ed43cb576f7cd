#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh: `make install` puts the program and its manual where it is told, and nothing anywhere else.
. tests/lib.sh
test_begin "install: DESTDIR and PREFIX"

if make -s install DESTDIR="$T/root" PREFIX=/opt/signpost >"$OUT" 2>"$ERR"; then
    pass "it is installed"
else
    fail "it is installed" "$(tail -5 "$ERR")"
fi
(cd "$T/root" && find . -type f | sort) >"$T/files"
cat >"$T/expected" <<'END'
./opt/signpost/bin/signpost
./opt/signpost/share/man/man1/signpost.1
./opt/signpost/share/man/man5/signpost-formats.5
./opt/signpost/share/man/man7/signpost-policy.7
./opt/signpost/share/signpost/ci/comment.sh
./opt/signpost/share/signpost/ci/github.yml
./opt/signpost/share/signpost/ci/gitlab-ci.yml
./opt/signpost/share/signpost/ci/review.sh
END
check "these files and no others" diff "$T/expected" "$T/files"
check "anybody may run it" test "$(stat -c %a "$T/root/opt/signpost/bin/signpost")" = 755
check "the theme is in the program: it needs no file of its own" \
    sh -c "cd / && '$T/root/opt/signpost/bin/signpost' build -C '$ROOT/tests/golden/small/portal' -o '$T/site' --no-sync"
check "it builds what the one in the build folder builds" \
    "$SIGNPOST" build -C "$ROOT/tests/golden/small/portal" -o "$T/other" --no-sync
same "$T/site" "$T/other" "byte for byte"
for page in man1/signpost.1 man5/signpost-formats.5 man7/signpost-policy.7; do
    file=$T/root/opt/signpost/share/man/$page
    check "$page is a manual page" grep -q '^\.Dt' "$file"
    check "$page can be read by anybody" test "$(stat -c %a "$file")" = 644
done
check_not "no path of the machine that built it is in the program" grep -qF "$ROOT" "$T/root/opt/signpost/bin/signpost"
test_end
