sed 's|^title:.*|&\nformerly: [policy/principles.md]|' content/policy/principles.md > copy
mv copy content/policy/principles.md
