"$SIGNPOST" build --no-sync > /dev/null || exit 1
unshare -m mount -t tmpfs none site/schools 2>/dev/null || exit 77
exec unshare -m sh -c 'mount -t tmpfs none site/schools && exec "$SIGNPOST" build'
