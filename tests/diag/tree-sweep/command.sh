# What a build that was stopped left behind holds something that is not ours to remove.
mkdir -p .site.signpost/new/schools
unshare -m mount -t tmpfs none .site.signpost/new/schools 2>/dev/null || exit 77
exec unshare -m sh -c 'mount -t tmpfs none .site.signpost/new/schools && exec "$SIGNPOST" build'
