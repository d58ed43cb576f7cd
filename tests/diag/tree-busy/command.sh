"$SIGNPOST" build --no-sync > /dev/null || exit 1
command -v flock > /dev/null || exit 77
exec flock .site.signpost/lock "$SIGNPOST" build
