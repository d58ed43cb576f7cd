#!/bin/sh
# SPDX-License-Identifier: MIT
# formats.sh: what machines read of the program's findings; `schema`; and `render`, which reads it all back.
. tests/lib.sh
test_begin "formats: json, sarif, github, schema, render"
SMALL=$ROOT/tests/golden/small/portal

cp -R "$SMALL" "$T/wrong"
printf 'colour: green\ngender: "say \\"no\\" \\\\ 100%%"\n' >>"$T/wrong/schools/bare.yaml"
printf 'x: 1\n' >"$T/wrong/schools/a,b:c%d.yaml"
mkdir "$T/none"

# render proves that it is JSON: its reader is strict.
cat >"$T/list.mustache" <<'END'
{{#.}}
{{level}}|{{slug}}|{{path}}|{{line}}|{{column}}|{{{message}}}
{{/.}}
END
cp "$T/list.mustache" "$T/t.mustache"
for portal in wrong none; do
    run 1 check -C "$T/$portal" --format json
    check "nothing goes to standard error" test ! -s "$ERR"
    cp "$OUT" "$T/found.json"
    run 0 render --lenient "$T/t.mustache" "$T/found.json"
    found=$(grep -c . "$OUT")
    run 1 check -C "$T/$portal"
    check "json has as many findings as text" test "$(grep -c ': error: \|: warning: ' "$ERR")" = "$found"
done
run 1 check -C "$T/wrong" --format json
cp "$OUT" "$T/found.json"
run 0 render --lenient "$T/t.mustache" "$T/found.json"
says "$OUT" "error|unknown-key|schools/bare.yaml|6|1|"
says "$OUT" 'say "no" \ 100%'
run 0 check -C "$SMALL" --format json
cp "$OUT" "$T/found.json"
run 0 render --lenient "$T/t.mustache" "$T/found.json"
check "nothing found is an empty list" test "$(tr -d ' \n' <"$T/found.json")" = "[]"

cat >"$T/t.mustache" <<'END'
{{version}}{{#runs}} by {{tool.driver.name}} in {{columnKind}}
{{#results}}
{{ruleId}}|{{level}}|{{#locations}}{{physicalLocation.artifactLocation.uri}}:{{physicalLocation.region.startLine}}:{{physicalLocation.region.startColumn}}{{/locations}}
{{/results}}{{/runs}}
END
run 1 check -C "$T/wrong" --format sarif
cp "$OUT" "$T/found.json"
run 0 render --lenient "$T/t.mustache" "$T/found.json"
says "$OUT" "2.1.0 by signpost in unicodeCodePoints"
says "$OUT" "unknown-key|error|schools/bare.yaml:6:1"
run 0 check -C "$SMALL" --format sarif
cp "$OUT" "$T/found.json"
run 0 render --lenient "$T/t.mustache" "$T/found.json"
run 1 check -C "$T/none" --format sarif
cp "$OUT" "$T/found.json"
run 0 render --lenient "$T/t.mustache" "$T/found.json"

run 1 check -C "$T/wrong" --format github
strange=$(grep -v '^::\(error\|warning\) \(file=[^:,]*\(,line=[0-9]*,col=[0-9]*\)\{0,1\},\)\{0,1\}title=[a-z0-9-]*::[^[:cntrl:]]*$' "$OUT")
check "every line is a workflow command" test -z "$strange"
says "$OUT" "::error file=schools/bare.yaml,line=6,col=1,title=unknown-key::"
run 0 check -C "$SMALL" --format github
check "nothing found is nothing said" test ! -s "$OUT"

# The other commands speak the same forms.
run 1 build -C "$T/wrong" --format json -o "$T/site"
cp "$OUT" "$T/found.json"
cp "$T/list.mustache" "$T/t.mustache"
run 0 render --lenient "$T/t.mustache" "$T/found.json"
says "$OUT" "error|unknown-key|schools/bare.yaml|6|1|"

# Schemas are JSON, and describe what the program checks.
printf '{{#allOf}}{{type}} {{#properties.urn}}urn{{/properties.urn}}{{#properties.title}}title{{/properties.title}}{{/allOf}}' >"$T/t.mustache"
for kind in portal school page policy cluster partnership offer role person body; do
    run 0 schema $kind
    cp "$OUT" "$T/schema.json"
    run 0 render --lenient "$T/t.mustache" "$T/schema.json"
    case $kind in school) says "$OUT" "object urn" ;; *) says "$OUT" "object title" ;; esac
done

# render: data, partials, strictness.
printf 'name: Weir & Mill\nschools:\n  - {name: Weir, pupils: 0205}\n  - {name: Mill, pupils: no}\n' >"$T/data.yaml"
printf '{"name": "Weir & Mill", "schools": [{"name": "Weir", "pupils": "0205"}, {"name": "Mill", "pupils": "no"}]}' >"$T/data.json"
mkdir "$T/partials"
printf '{{name}} ({{pupils}})\n' >"$T/partials/school.mustache"
printf '{{name}}\n{{#schools}}\n{{>school}}\n{{/schools}}\n' >"$T/main.mustache"
printf 'Weir &amp; Mill\nWeir (0205)\nMill (no)\n' >"$T/expected"
for data in yaml json; do
    run 0 render --partials "$T/partials" "$T/main.mustache" "$T/data.$data"
    check "$data is filled in" cmp "$OUT" "$T/expected"
done
cp "$T/partials/school.mustache" "$T/school.mustache"
run 0 render "$T/main.mustache" "$T/data.yaml"
check "partials are looked for beside the template" cmp "$OUT" "$T/expected"
(cd "$T" && "$SIGNPOST" render main.mustache data.json) >"$OUT" 2>"$ERR"
check "and in the current folder" cmp "$OUT" "$T/expected"
printf 'a{{nmae}}b' >"$T/t.mustache"
run 1 render "$T/t.mustache" "$T/data.yaml"
says "$ERR" "t.mustache:1:"
check "with an error nothing is printed" test ! -s "$OUT"
run 0 render --lenient "$T/t.mustache" "$T/data.yaml"
check "leniently an unknown name is nothing" test "$(cat "$OUT")" = ab
printf '{{>missing}}x' >"$T/t.mustache"
run 1 render "$T/t.mustache" "$T/data.yaml"
says "$ERR" "missing"
run 0 render --lenient "$T/t.mustache" "$T/data.yaml"
printf '{{{name}}}' >"$T/t.mustache"
run 1 render "$T/t.mustache" "$T/data.yaml"
run 0 render --lenient "$T/t.mustache" "$T/data.yaml"
check "leniently any text is taken as it is" test "$(cat "$OUT")" = "Weir & Mill"
printf '{{#name}}' >"$T/t.mustache"
run 1 render --lenient "$T/t.mustache" "$T/data.yaml"
printf 'a: [1' >"$T/bad.yaml"
run 1 render "$T/main.mustache" "$T/bad.yaml"
says "$ERR" "bad.yaml:1:"
printf '{"a": 1,}' >"$T/bad.json"
run 1 render "$T/main.mustache" "$T/bad.json"
says "$ERR" "[json-comma]"
run 3 render "$T/main.mustache" "$T/nowhere.json"
says "$ERR" "nowhere.json"
run 3 render "$T/nowhere.mustache" "$T/data.json"
run 3 render --partials "$T/nowhere" "$T/main.mustache" "$T/data.json"
: >"$T/t.mustache"
run 0 render "$T/t.mustache" "$T/data.json"
check "nothing makes nothing" test ! -s "$OUT"
test_end
