sed 's|^title:.*|&\nformerly: [Policy/Old page.html]|' content/policy/principles.md > copy
mv copy content/policy/principles.md
