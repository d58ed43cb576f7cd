# 64 columns and 1,563 rows are 100,032 cells.
{
    printf -- '---\ntitle: Birch\n---\n\n**Many**\n\n'
    awk 'BEGIN {
        for (r = 0; r < 1564; r++) {
            for (c = 0; c < 64; c++) printf "|%s", r == 1 ? "-" : "a"
            print "|"
        }
    }'
} > content/birch.md
