# The mistake is found when pages are rendered, long after the new generation was begun.
"$SIGNPOST" build --no-sync > /dev/null || exit 1
find site -printf '%p %i %s %T@\n' | sort > before
mkdir templates
printf '<!DOCTYPE html>\n<html lang="en"><title>A</title><p><a href="nowhere.html">A</a></p></html>\n' \
    > templates/page.mustache
"$SIGNPOST" build
code=$?
find site -printf '%p %i %s %T@\n' | sort | diff before - >&2 || exit 1
[ ! -e .site.signpost/new ] || echo 'the new generation was left behind' >&2
exit $code
