{ printf 'name: '; head -c 65 /dev/zero | tr '\0' '['; head -c 65 /dev/zero | tr '\0' ']'; echo; } > schools/birch.yaml
