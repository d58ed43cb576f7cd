#!/bin/sh
# SPDX-License-Identifier: MIT
# partnerships.sh: heads learn whether a partnership keeps to its principles, and nobody but officers which school it hangs on.
#
# The portal at the root, in which the council comes to think otherwise of a school: in a partnership of two, where the balance does
# not bind, and in one of three, where one school of three is the most. Whatever leaves the verdict as it is leaves the lower portals as
# they are, byte for byte; what changes it changes that one word, to the same word for whichever school and whichever principle.
. tests/lib.sh
. tests/privacy/audiences.inc
test_begin "partnerships: a verdict for heads, and never what it hangs on"
P=$T/portal
mkdir "$P"
cp -R "$ROOT/portal.yaml" "$ROOT/content" "$ROOT/schools" "$P"

# judge SCHOOL JUDGEMENT yes|no: what the council thinks of it since the same day, on the same word.
judge() {
    sed -i "/^  $2:/{n;s/value: .*/value: $3/;}" "$P/schools/$1.yaml"
}
judged() {
    rm -rf "$P/schools"
    cp -R "$ROOT/schools" "$P"
    for change in "$@"; do
        # shellcheck disable=SC2086 # school, judgement, answer
        judge $change
    done
}

# row TREE TITLE: what released.html says of a partnership.
row() {
    sed -n "s#^<tr><th scope=\"row\"><a href=\"partnerships/$2.html\">[^<]*</a></th><td>\(.*\)</td></tr>#\1#p" "$1/released.html" |
        sed 's/<[^>]*>//g'
}
told() {
    seen=$(row "$T/$1" "$2")
    if [ "$seen" = "$3" ]; then pass "$2: $3"; else fail "$2 is told as $3" "$seen"; fi
}

for audience in public schools officers; do publish $audience "was-$audience"; done
told was-schools common-and-teilo Met
told was-schools trinity-catholic Met

# The verdict is all that heads are told: of no partnership a number, or which principle.
sed -n '/<th scope="row"><a href="partnerships/p' "$T/was-schools/released.html" | sed 's/<a [^>]*>[^<]*<.a>//; s/<[^>]*>//g' |
    sort -u >"$T/words"
printf '%s\n' 'Does not apply' Met | cmp -s - "$T/words" || fail "a verdict is one of few words" "$(cat "$T/words")"
says "$T/was-schools/released.html" 'No number is given, because in a small group it would point to a school.'
says_not "$T/was-public/released.html" 'partnerships/trinity-catholic.html'

# judged_unseen SENTENCE JUDGEMENTS...: after these judgements.
judged_unseen() {
    sentence=$1
    shift
    judged "$@"
    unseen "$sentence"
}
judged_unseen 'of two, one causes concern' 'st-teilos la_at_risk yes'
judged_unseen 'of two, both do' 'st-teilos la_at_risk yes' 'common-lane la_at_risk yes'
judged_unseen 'of three, one does' 'holy-family la_at_risk yes'
judged_unseen 'of three, another does' 'sacre-coeur la_at_risk yes'
judged_unseen 'of three, the one that leads them does' 'st-bronaghs la_at_risk yes'
judged_unseen 'of three, a second one can lead' 'holy-family outstanding_leadership yes'

# failing TREE PARTNERSHIP TITLE SENTENCE CHANGE...: heads are told "Not met", and nothing else of either lower portal is another.
failing() {
    tree=$1 partnership=$2 title=$3 sentence=$4
    shift 4
    judged "$@"
    publish public now
    same "$T/was-public" "$T/now" "$sentence: the public portal is the same"
    publish schools "$tree"
    told "$tree" "$partnership" 'Not met'
    diff -r "$T/was-schools" "$T/$tree" >"$T/.diff"
    check "$sentence: two pages of the schools’ portal are others" test "$(grep -c '^diff' "$T/.diff")" = 2
    grep '^>' "$T/.diff" | sed 's/<[^>]*>/ /g; s/^> *//; s/ *$//; s/  */ /g' | sort >"$T/words"
    printf '%s\n' "$title Not met" 'Principles of a partnership Not met' | sort >"$T/expected"
    check "$sentence: by a word that says so, in its row and on its page" cmp "$T/expected" "$T/words"
}
failing trio-1 trinity-catholic 'Trinity Catholic Partnership' 'of three, two cause concern' 'holy-family la_at_risk yes' 'sacre-coeur la_at_risk yes'
failing trio-2 trinity-catholic 'Trinity Catholic Partnership' 'of three, another two do' 'holy-family la_at_risk yes' 'st-bronaghs la_at_risk yes'
failing trio-3 trinity-catholic 'Trinity Catholic Partnership' 'of three, none can lead' 'st-bronaghs outstanding_leadership no'
failing trio-4 trinity-catholic 'Trinity Catholic Partnership' 'of three, all do and none can lead' 'holy-family la_at_risk yes' 'sacre-coeur la_at_risk yes' \
    'st-bronaghs la_at_risk yes' 'st-bronaghs outstanding_leadership no'
for other in 2 3 4; do same "$T/trio-1" "$T/trio-$other" "heads cannot tell cause 1 from cause $other"; done
failing pair-1 common-and-teilo 'Common Lane and St Teilo’s' 'of two, none can lead' 'common-lane outstanding_leadership no'
failing pair-2 common-and-teilo 'Common Lane and St Teilo’s' 'of two, none can lead and one causes concern' 'common-lane outstanding_leadership no' \
    'common-lane la_at_risk yes'
same "$T/pair-1" "$T/pair-2" 'of two, heads cannot tell whether one causes concern'
test_end
