# One byte more than 1 MiB.
{ printf '# '; head -c 1048574 /dev/zero | tr '\0' x; printf '\n'; } > schools/birch.yaml
