#!/bin/sh
# SPDX-License-Identifier: MIT
# serve.sh: `signpost serve` as browsers, editors and strangers meet it. Nothing here depends on how long anything takes:
# what is waited for is waited for until it is there, and given up only when nobody would wait any longer.
. tests/lib.sh
. tests/cli/repository.inc
test_begin "serve: pages, bar, errors, saves, and visitors of all kinds"
HELPERS=${HELPERS:-build/cli}
case $HELPERS in /*) ;; *) HELPERS=$ROOT/$HELPERS ;; esac
SMALL=$ROOT/tests/golden/small/portal
SERVER=

# start PORTAL [options]: serves it at $PORT.
start() {
    portal=$1
    shift
    : >"$T/said"
    : >"$T/told"
    "$SIGNPOST" serve -C "$portal" --port 0 "$@" >"$T/said" 2>"$T/told" &
    SERVER=$!
    await "it says where the portal is" grep -q 'http://localhost:[0-9]' "$T/said"
    PORT=$(sed -n 's|.*http://localhost:\([0-9]*\)/.*|\1|p' "$T/said")
}

# stop SIGNAL: ends it; the exit code must be 0.
stop() {
    kill -s "$1" "$SERVER"
    wait "$SERVER"
    code=$?
    SERVER=
    if [ "$code" -eq 0 ]; then pass "SIG$1 ends it"; else fail "SIG$1 ends it with 0, not $code" "$(tail -n 40 "$T/told")"; fi
}
trap 'if [ -n "$SERVER" ]; then kill "$SERVER"; fi; test_sweep' EXIT

# await "sentence" command...: until it succeeds, for at most a minute.
await() {
    await_that=$1
    shift
    await_left=600
    until "$@" >/dev/null 2>&1; do
        await_left=$((await_left - 1))
        if [ "$await_left" -eq 0 ]; then
            fail "$await_that" "$*"
            return 1
        fi
        sleep 0.1
    done
    pass "$await_that"
}

visit() { "$HELPERS/visitor" "$PORT" "$@"; }

# get TARGET [HEADER...]: the head of the answer in $HEAD, its body in $BODY.
HEAD=$T/.head BODY=$T/.body
get() {
    visit ask GET "$@" >"$T/.answer"
    answer_parts
}
answer_parts() {
    sed '/^\r$/,$d' "$T/.answer" | tr -d '\r' >"$HEAD"
    sed '1,/^\r$/d' "$T/.answer" >"$BODY"
}
status() { head -n 1 "$HEAD" | cut -d' ' -f2; }
shows() { get "$1" && grep -qF -- "$2" "$BODY"; }
shows_not() { get "$1" && ! grep -qF -- "$2" "$BODY"; }
is_status() { get "$2" && [ "$(status)" = "$1" ]; }

cp -R "$SMALL" "$T/portal"
start "$T/portal"

# Who never finishes a request must not be waited for: this one is looked at again at the end.
visit slow &
SLOW=$!

# ---- pages ----

get /
check "/ leads to the public's portal" test "$(status) $(sed -n 's/^Location: //p' "$HEAD")" = "303 /public/"
get /public/
check "a page is there" test "$(status)" = 200
for header in 'Cache-Control: no-store' 'Content-Type: text/html; charset=utf-8' 'X-Content-Type-Options: nosniff' \
    'Referrer-Policy: no-referrer' "Content-Security-Policy: default-src 'self'; base-uri 'none'" \
    'Cross-Origin-Resource-Policy: same-origin'; do
    says "$HEAD" "$header"
done
says "$BODY" '<aside id="signpost-preview"'
says "$BODY" 'As of <time datetime="2026-05-01">1 May 2026</time>'
says_not "$BODY" '<style'
size=$(sed -n 's/^Content-Length: //p' "$HEAD")
check "the length is right" test "$size" -eq "$(wc -c <"$BODY")"
visit ask HEAD /public/ >"$T/.answer"
answer_parts
check "HEAD gives the same length and no body" test "$(sed -n 's/^Content-Length: //p' "$HEAD") $(wc -c <"$BODY")" = "$size 0"

# Without its bar each page is what is published, and every other file is, byte for byte; and nothing of the bar is.
for audience in public schools officers; do
    run 0 build -C "$T/portal" --audience $audience --no-sync -o "$T/built-$audience"
    check_not "nothing of the bar is published for $audience" grep -rqe signpost-preview -e '/-/' "$T/built-$audience"
    (cd "$T/built-$audience" && find . -type f ! -name '.*' ! -name 404.html | sed 's|^\./||') >"$T/files"
    while read -r file; do
        get "/$audience/$file"
        case $file in
            *.html) sed -e '/^<link rel="stylesheet" href="\/-\/serve.css">$/d' -e '/^<script src="\/-\/serve.js"/d' \
                -e '/^<aside id="signpost-preview"/,/^<\/aside>$/d' "$BODY" >"$T/bare" ;;
            *) cp "$BODY" "$T/bare" ;;
        esac
        if cmp -s "$T/bare" "$T/built-$audience/$file"; then
            pass "$file is as it is published"
        else
            fail "$audience: $file is as it is published" "$(diff "$T/bare" "$T/built-$audience/$file" | head -5)"
        fi
    done <"$T/files"
done

get /public/assets/portal.css
says "$HEAD" 'Content-Type: text/css; charset=utf-8'
get /-/serve.js
says "$HEAD" 'Content-Type: text/javascript; charset=utf-8'
get /public/policy
check "a folder without its slash leads to it" test "$(sed -n 's/^Location: //p' "$HEAD")" = /public/policy/
get /public
check "so does a portal" test "$(sed -n 's/^Location: //p' "$HEAD")" = /public/
get /public/no/such/page.html
check "no such page" test "$(status)" = 404
says "$BODY" 'Page not found'
says "$BODY" 'href="/public/assets/portal.css"'
says_not "$BODY" 'href="/schools/assets/portal.css"'
get /public/404.html
says_not "$BODY" 'href="/schools/assets/portal.css"'

# ---- audience and day ----

get /officers/
says "$BODY" '<a href="/officers/" aria-current="true">Officers</a>'
says "$BODY" '<a href="/public/">Public</a>'
get '/public/policy/measures.html?as-of=2025-09-01'
check "the form leads to the same page on that day" \
    test "$(sed -n 's/^Location: //p' "$HEAD")" = /public/2025-09-01/policy/measures.html
get /officers/2025-09-01/policy/letters.html
says "$BODY" '<time datetime="2025-09-01">1 September 2025</time>'
says "$BODY" '<a href="/public/2025-09-01/policy/letters.html">'
says "$BODY" '<a href="/officers/policy/letters.html">'
get '/public/2025-09-01/?as-of='
check "an empty day leads back" test "$(sed -n 's/^Location: //p' "$HEAD")" = /public/
get '/public/?as-of=2025-02-30'
check "a day that is none is refused" test "$(status)" = 400
check "in place of a day it is no address" is_status 404 /public/2025-02-30/

# ---- what the tables catch ----

get /officers/policy/levels.html
says "$BODY" '<a href="/-/tables/officers/policy/levels.html">'
get /-/tables/officers/policy/levels.html
says "$BODY" 'officers’ figures'
says "$BODY" '<a href="/officers/policy/levels.html#days-intensive">intensive</a></th><td class="num">1</td><td class="num">6</td>'
says "$BODY" 'of 7 open schools'
says "$BODY" '<span>of 1 scg record, all certain</span>'
says "$BODY" '<th scope="col" class="num">Concerns</th><th scope="col" class="num">Not met</th></tr>'
check "a page without tables has none" is_status 404 /-/tables/public/index.html

# ---- strangers ----

for target in /../../etc/passwd /public/../../../../etc/passwd /public/%2e%2e/%2e%2e/etc/passwd \
    /public/..%2f..%2fportal.yaml '/public/..\..\portal.yaml' /public/%252e%252e/portal.yaml /public/..%5c..%5cportal.yaml \
    /public//portal.yaml /public/./portal.yaml /public/../portal.yaml /portal.yaml /public/portal.yaml \
    /schools/../schools/bare.yaml /public/%00 /public/index.html%00.css /public/a%zz /public/% /public/%f /officers/%ff '*' \
    /-/ /-/bar.mustache /-/../serve.css /-/tables/ /-/tables/public/../x //evil.example/ /public/%0d%0aX:%20y \
    "/public/$(printf '%3000s' '' | tr ' ' a)"; do
    get "$target"
    check "$(echo "$target" | cut -c1-60) is no address" test "$(status)" = 404
    check_not "and tells nothing" grep -qe '^root:' -e '^title: Working' "$BODY"
done
get /public/%250d%250aLocation:%20x/
check_not "nothing that was asked for becomes a header" grep -qi '^Location: x' "$HEAD"

for host in evil.example "evil.example:$PORT" localhost localhost:1 "localhost:$PORT.evil.example" "127.0.0.1.evil.example:$PORT" \
    "2130706433:$PORT" "0x7f.1:$PORT" "[::2]:$PORT" "localhost:$PORT,evil.example" "" "localhost.evil.example:$PORT"; do
    get /officers/ "Host: $host"
    check "the host \"$host\" is not answered" test "$(status)" = 421
done
get /officers/ "Host: localhost:$PORT" "Host: localhost:$PORT"
check "nor are two" test "$(status)" = 421
for host in "127.0.0.1:$PORT" "[::1]:$PORT" "LocalHost:$PORT" "127.8.9.1:$PORT"; do
    get /public/ "Host: $host"
    check "the host \"$host\" is" test "$(status)" = 200
done
get "http://localhost:$PORT/public/"
check "an absolute address is answered" test "$(status)" = 200
get "http://evil.example/public/"
check "of another host it is not" test "$(status)" = 421

for method in POST PUT DELETE OPTIONS TRACE CONNECT PATCH BREW get; do
    visit ask "$method" /public/ >"$T/.answer"
    answer_parts
    check "$method is not allowed" test "$(status)" = 405
    check "and it says what is" grep -q '^Allow: GET, HEAD$' "$HEAD"
done
visit ask POST /public/ 'Content-Length: 1000000000' >"$T/.answer"
answer_parts
check "a body is not waited for" test "$(status)" = 405

# What is no HTTP at all: whatever it says to these, it is still there.
{
    printf 'GET / HTTP/1.0\r\n\r\n' | visit raw
    printf 'GET /\r\n\r\n' | visit raw
    printf '\r\n\r\n\r\n' | visit raw
    printf ' GET / HTTP/1.1\r\n\r\n' | visit raw
    printf 'GET /public/ HTTP/9.9\r\nHost: localhost:%s\r\n\r\n' "$PORT" | visit raw
    printf 'GET /public\0/x HTTP/1.1\r\nHost: localhost:%s\r\n\r\n' "$PORT" | visit raw
    printf 'GET /public/ HTTP/1.1\r\nHost: localhost:%s\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' "$PORT" | visit raw
    printf 'GET /public/ HTTP/1.1\r\nHost: localhost:%s\r\nContent-Length: -1\r\n\r\n' "$PORT" | visit raw
    printf 'GET /-/events HTTP/1.1\r\nHost: localhost:%s\r\nContent-Length: 5\r\n\r\nabcde' "$PORT" | visit raw
    printf 'GET /-/events HTTP/1.1\r\nHost: localhost:%s\r\n\r\nGET /public/ HTTP/1.1\r\n' "$PORT" | visit raw
    head -c 300000 /dev/zero | visit raw
    head -c 300000 /dev/zero | tr '\0' 'G' | visit raw
    { printf 'GET / HTTP/1.1\r\nX: ' && head -c 300000 /dev/zero | tr '\0' 'a'; } | visit raw
    { printf 'GET / HTTP/1.1\r\n' && yes 'X: y' | head -n 20000; } | visit raw
    for size in 15000 15600 15800 15900 16000 16100 16200 16300; do # little memory is left to answer with
        printf 'GET /-/events HTTP/1.1\r\nHost: localhost:%s\r\nX: %s\r\n\r\n' "$PORT" "$(printf "%${size}s" '' | tr ' ' a)" | visit raw
        printf 'GET /public/ HTTP/1.1\r\nHost: localhost:%s\r\nX: %s\r\n\r\n' "$PORT" "$(printf "%${size}s" '' | tr ' ' a)" | visit raw
    done
    seed=1
    while [ $seed -le 40 ]; do # the same bytes each time, of all kinds
        awk -v s=$seed 'BEGIN { srand(s); for (i = 0; i < 400; i++) printf "%c", int(rand() * 256) }' | visit raw
        seed=$((seed + 1))
    done
} >"$T/odd" 2>&1
check "it is still there" is_status 200 /public/
{
    printf 'GET /public/ HTTP/1.1\r\nHost: localhost:%s\r\n\r\n' "$PORT"
    printf 'GET /public/about.html HTTP/1.1\r\nHost: localhost:%s\r\nConnection: close\r\n\r\n' "$PORT"
} | visit raw >"$T/two"
check "two requests at once are answered in turn" test "$(grep -ac '^HTTP/1.1 200' "$T/two")" = 2

# ---- crowds ----

for crowd in 500 900; do
    if visit hold $crowd "$HELPERS/visitor" "$PORT" ask GET /public/ >"$T/.answer" 2>"$ERR"; then
        answer_parts
        check "beside $crowd others it answers" test "$(status)" = 200
    else
        fail "beside $crowd others it answers" "$(head -3 "$ERR")"
    fi
done
check "and afterwards too" is_status 200 /officers/

run 3 serve -C "$T/portal" --port "$PORT"
says "$ERR" "port $PORT is in use"
run 2 serve -C "$T/portal" --port 65536
run 2 serve -C "$T/portal" --port x

# ---- saves ----

seen() { get /public/about.html && sed -n 's/.*data-seen="\([^"]*\)".*/\1/p' "$BODY"; }

# hear N: listens as a browser does that has loaded the page; `heard` waits for the end.
hear() {
    : >"$T/heard"
    "$HELPERS/visitor" "$PORT" events "$(seen)" "$1" >"$T/heard" &
    LISTENER=$!
    await "a browser listens" grep -q open "$T/heard"
}
heard() {
    wait "$LISTENER"
    code=$?
    check "it is told of $1" test "$code" -eq 0
}

about=$T/portal/content/about.md
hear 1
printf '\nWritten in place.\n' >>"$about"
heard "a file that was written in place"
check "the page has changed" shows /public/about.html 'Written in place.'

hear 1
sed 's/Written in place/Renamed over/' "$about" >"$T/portal/content/.about.md.swp"
mv "$T/portal/content/.about.md.swp" "$about"
heard "a file that was renamed over it"
check "the page has changed" shows /public/about.html 'Renamed over.'

hear 1
mkdir "$T/new"
sed 's/^title: .*/title: Quite new/' "$about" >"$T/new/quite-new.md"
cp "$T/new/quite-new.md" "$T/portal/content/quite-new.md"
heard "a new file"
await "the new page is there" shows /public/quite-new.html 'Quite new'
hear 1
rm "$T/portal/content/quite-new.md"
heard "a file that has gone"
await "its page is gone" is_status 404 /public/quite-new.html

hear 1
mv "$T/portal/content/offers" "$T/offers"
heard "a folder that was moved away"
await "what led there leads nowhere" shows /public/ 'in the portal’s sources'
mv "$T/offers" "$T/portal/content/offers"
await "moved back, all is well" shows /public/ 'No errors'
printf '\nAfter the move.\n' >>"$T/portal/content/offers/peer-review.md"
await "and a file in it is watched again" shows /public/offers/peer-review.html 'After the move.'

mkdir -p "$T/portal/templates/partials"
printf '<footer class="foot"><p>Quite another footer</p></footer>\n' >"$T/portal/templates/partials/footer.mustache"
await "a folder that was not there before is watched" shows /public/ 'Quite another footer'
rm -r "$T/portal/templates"
await "and that it went" shows_not /public/ 'Quite another footer'

# What is published, and what is no source, is nobody's business.
hear 2
run 0 build -C "$T/portal" --no-sync
mkdir "$T/portal/notes" && printf 'x' >"$T/portal/notes/x.md" && printf 'x' >"$T/portal/notes.txt"
printf '\nLast of all.\n' >>"$about"
await "a save is heard" grep -q '^id:' "$T/heard"
await "its page is there" shows /public/about.html 'Last of all.'
check "once" test "$(grep -c '^id:' "$T/heard")" = 1
printf '\nAnd again.\n' >>"$about"
heard "the next save"

# ---- errors ----

await "no errors are said" shows /public/ 'No errors'
page=$T/portal/content/policy/levels.md
cp "$page" "$T/levels.md"
hear 1
sed 's/^| targeted | 3 to 5 |$/| targetted <b> | 3 to 5 |/' "$T/levels.md" >"$page"
heard "a table that was broken"
await "the error is shown" shows /officers/policy/levels.html 'error in the portal’s sources'
says "$BODY" '<code>content/policy/levels.md</code>, line '
says "$BODY" '  | targetted &lt;b&gt; | 3 to 5 |'
says "$BODY" '    ^'
says_not "$BODY" 'targetted <b>'
says "$BODY" 'The page below is as it was before.'
says "$BODY" '<h1>Days and groups</h1>'
check "on every page" shows /public/index.html 'in the portal’s sources'
await "in the terminal too" grep -q 'content/policy/levels.md:[0-9]*:[0-9]*: error: ' "$T/told"
hear 1
cp "$T/levels.md" "$page"
heard "the mended table"
await "the panel is gone" shows_not /officers/policy/levels.html 'in the portal’s sources'
await "the terminal says so" grep -q 'no errors' "$T/told"

# A browser that comes back with an old version, or from another run, is told at once.
check "who is behind is told at once" visit events 1-1 1

# ---- files that come and go ----

i=0
while [ $i -lt 60 ]; do
    cp "$T/new/quite-new.md" "$T/portal/content/quite-new.md"
    visit ask GET /public/quite-new.html >/dev/null
    rm "$T/portal/content/quite-new.md"
    i=$((i + 1))
done
await "in the end it is what it is" is_status 404 /public/quite-new.html
await "without errors" shows /public/ 'No errors'

# ---- branches, and folders that take each other's place ----

stop TERM
check_not "nobody is there any more" visit ask GET /public/
repository_begin
repository_init "$T/portal"
repository_commit "$T/portal" 2026-05-01 "Begin"
git -C "$T/portal" checkout -q -b other
mkdir "$T/portal/content/files"
i=0
while [ $i -lt 1500 ]; do
    echo "$i" >"$T/portal/content/files/note-$i.csv"
    i=$((i + 1))
done
printf '\nOn the other branch.\n' >>"$about"
repository_commit "$T/portal" 2026-05-02 "Much that is new"
git -C "$T/portal" checkout -q main
start "$T/portal"
check "the branch is shown" shows_not /public/about.html 'On the other branch.'
hear 1
git -C "$T/portal" checkout -q other
heard "another branch"
await "that is shown" shows /public/about.html 'On the other branch.'
git -C "$T/portal" checkout -q main
await "and the first again" shows_not /public/about.html 'On the other branch.'

mv "$T/portal" "$T/away"
cp -R "$SMALL" "$T/next"
printf '\nAnother folder.\n' >>"$T/next/content/about.md"
mv "$T/next" "$T/portal"
await "another folder in the portal's place is shown" shows /public/about.html 'Another folder.'
printf '\nAnd watched.\n' >>"$T/portal/content/about.md"
await "and watched" shows /public/about.html 'And watched.'
rm -r "$T/portal"
await "that there is no folder is an error" shows /public/about.html 'in the portal’s sources'
says "$BODY" 'And watched.'
mv "$T/away" "$T/portal"
await "until there is one" shows /public/ 'No errors'
stop INT

# ---- without ever a good page ----

printf '{{ nothing\n' >"$T/portal/portal.yaml"
start "$T/portal" --audience officers
get /
check "/ leads to the audience that was chosen" test "$(sed -n 's/^Location: //p' "$HEAD")" = /officers/
get /officers/
check "there is no page, and an error" test "$(status)" = 500
says "$BODY" 'There is nothing to show yet'
says "$BODY" '<code>portal.yaml</code>, line 1'
cp "$SMALL/portal.yaml" "$T/portal/portal.yaml"
await "mended, there is" is_status 200 /officers/
hear 1
stop TERM
wait "$LISTENER"

wait "$SLOW"
check "the slow visitor was not waited for" test $? -eq 0
test_end
