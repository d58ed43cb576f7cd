# A disk that is full before the first page, which is made longer than the disk, is written.
mkdir out
unshare -m mount -t tmpfs -o size=4k none out 2>/dev/null || exit 77
sed "s/^  lead: .*/  lead: $(head -c 5000 /dev/zero | tr '\0' x)/" portal.yaml > copy
mv copy portal.yaml
exec unshare -m sh -c 'mount -t tmpfs -o size=4k none out && exec "$SIGNPOST" build --threads 1 -o out/site'
