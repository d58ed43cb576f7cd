rm -r content schools portal.yaml
