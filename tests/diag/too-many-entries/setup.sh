# One more than SCHEMA_ITEMS_MAX.
cat >> schools/ashdown.yaml << 'END'
former_names:
END
awk 'BEGIN { for (i = 0; i < 1001; i++) print "  - Elm School" }' >> schools/ashdown.yaml
