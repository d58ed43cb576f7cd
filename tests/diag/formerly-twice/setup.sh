sed 's|^title:.*|&\nformerly: [policy/old.html, content/policy/old.md]|' content/policy/principles.md > copy
mv copy content/policy/principles.md
