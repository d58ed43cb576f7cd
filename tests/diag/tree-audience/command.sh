"$SIGNPOST" build --no-sync --audience officers -o site > /dev/null || exit 1
exec "$SIGNPOST" build -o site
