# The other pages state what is asked for.
for page in content/*/*.md; do
    sed -i '1a owner: A team\nreviewed: 2026-04-20' "$page"
done
