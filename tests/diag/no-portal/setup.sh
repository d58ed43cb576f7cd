rm portal.yaml
