"$SIGNPOST" build --no-sync > /dev/null || exit 1
find site -printf '%p %i %s %T@\n' | sort > before
sed 's/^phase: .*/phase: primry/' schools/ashdown.yaml > copy
mv copy schools/ashdown.yaml
"$SIGNPOST" build
code=$?
find site -printf '%p %i %s %T@\n' | sort | diff before - >&2 || exit 1
exit $code
