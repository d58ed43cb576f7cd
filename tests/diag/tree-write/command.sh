# A disk that is full.
mkdir out
unshare -m mount -t tmpfs -o size=4k none out 2>/dev/null || exit 77
exec unshare -m sh -c 'mount -t tmpfs -o size=4k none out && exec "$SIGNPOST" build --threads 1 -o out/site'
