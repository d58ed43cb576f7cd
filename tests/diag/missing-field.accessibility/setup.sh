sed '/^accessibility/,$d' portal.yaml > copy
mv copy portal.yaml
