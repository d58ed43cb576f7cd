rm content/framework.yaml
