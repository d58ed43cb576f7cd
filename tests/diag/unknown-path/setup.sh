sed 's|to: schools/|to: school/|' portal.yaml > copy
mv copy portal.yaml
