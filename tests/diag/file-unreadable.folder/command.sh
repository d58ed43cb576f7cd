chmod 000 content/policy
[ "$(id -u)" -eq 0 ] || exec "$SIGNPOST" check
setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null || exit 77
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$SIGNPOST" check
