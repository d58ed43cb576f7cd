sed 's/$/\r/' schools/ashdown.yaml > copy
mv copy schools/ashdown.yaml
sed 's/$/\r/' content/policy/principles.md > copy
mv copy content/policy/principles.md
