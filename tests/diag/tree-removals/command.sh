for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    printf -- '---\ntitle: Page %s\n---\n\nText.\n' $i > content/page-$i.md
done
"$SIGNPOST" build --no-sync > /dev/null || exit 1
rm content/page-*.md
exec "$SIGNPOST" build --no-sync
