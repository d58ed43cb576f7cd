#!/bin/sh
# SPDX-License-Identifier: MIT
# rooms.sh: the one-way rule and the capabilities of files, each a grep.
#
# A file includes its own room and those before it: base < text < policy < portal < publish < edge < cmd. Some abilities
# belong to one file alone, so that one grep shows who can do what. Prints every line that breaks a rule; fails if any.
set -eu
cd "$(dirname "$0")/../.."
bad=$(mktemp)
trap 'rm -f "$bad"' EXIT

rank() {
  case $1 in
    base) echo 1 ;; text) echo 2 ;; policy) echo 3 ;; portal) echo 4 ;; publish) echo 5 ;; edge) echo 6 ;; *) echo 7 ;;
  esac
}

grep -Hn '^#include "[a-z]*/' src/*/*.[ch] | while IFS=: read -r file line text; do
  from=$(echo "$file" | cut -d/ -f2)
  to=$(echo "$text" | sed 's/#include "\([a-z]*\)\/.*/\1/')
  [ "$(rank "$to")" -le "$(rank "$from")" ] || echo "$file:$line: $from includes $to, which looks the wrong way" >>"$bad"
done

# only FILES PATTERN WHAT: the pattern stands in those files and in no other of the library.
only() {
  grep -HnE "$2" src/*/*.[ch] | grep -vE "^($1):" | grep -vE '^[^:]*:[0-9]+: *(/\*|\*|//)' |
    sed "s|\$|  <- $3|" >>"$bad" || true
}
only 'src/base/arena.c' '\b(malloc|calloc|realloc|free)\(' 'only arena.c has malloc and free'
only 'src/base/file.c' '\b(openat?|openat2|renameat2?|unlinkat?|linkat?|mkdirat?|fsync|syncfs|fdopendir|opendir)\(' \
  'only file.c opens, renames and removes'
only 'src/text/yaml.c' '#include <yaml.h>' 'only yaml.c includes <yaml.h>'
only 'src/text/markdown[a-z_]*\.[ch]' '#include <cmark' 'only markdown includes cmark'
only 'src/base/decimal.c' '#include <decnumber/' 'only decimal.c includes decNumber'
only 'src/base/pool.[ch]' '#include <(pthread|threads|stdatomic|sched)\.h>' 'only pool.c has threads'
only 'src/edge/history[a-z_]*\.[ch]' '#include <git2' 'only history has git'
only 'src/edge/serve[a-z_]*\.[ch]' '#include <(microhttpd|sys/socket|netinet/in|arpa/inet)\.h>|\b(socket|listen|accept|bind)\(' \
  'only serve has sockets'
only 'src/edge/watch.c' '#include <sys/inotify.h>' 'only watch.c is told of changed files'
only 'src/base/arena.c' '\b(printf|puts|putchar|fputs|fprintf|exit|_Exit|abort)\(' 'the library never prints or exits'
only 'none' '\b(time|clock_gettime|gettimeofday|getenv|setlocale)\(' 'the library reads no clock and no environment'
only 'none' '\b(strcpy|strcat|strncpy|sprintf|strtok|gmtime|localtime|ctime|atoi|atof|strtod|scanf)\(' 'a banned function'

# no state: a static that is not const is a global in disguise
grep -HnE '^ *static [^(]*(;|=)' src/*/*.c cmd/*.c | grep -vE 'static (const|inline)|static [a-z_]+ .*\) *[{;]|const ' |
  sed 's|$|  <- no state but const tables|' >>"$bad" || true

for file in src/*/*.[ch] cmd/*.[ch] src/diagnostics.def tests/*/*.[ch]; do
  [ -f "$file" ] || continue
  head -n 1 "$file" | grep -q '^/\* SPDX-License-Identifier: MIT \*/$' || echo "$file:1: the first line is the SPDX line" >>"$bad"
done

if [ -s "$bad" ]; then
  cat "$bad"
  exit 1
fi
echo "rooms: one way, each ability in its place"
