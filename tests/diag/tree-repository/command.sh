"$SIGNPOST" build --no-sync > /dev/null || exit 1
mkdir site/.git
exec "$SIGNPOST" build
