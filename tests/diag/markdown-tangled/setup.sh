{
    printf -- '---\ntitle: Birch\n---\n\n'
    awk 'BEGIN { for (i = 0; i < 32000; i++) printf "*]"; print "" }'
} > content/birch.md
