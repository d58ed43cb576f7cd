# The warning comes with the Markdown, when everything was loaded without one.
"$SIGNPOST" build --strict
code=$?
[ ! -e site ] || echo 'site is there' >&2
exit $code
