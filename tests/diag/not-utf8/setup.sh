printf 'name: Caf\351\n' > schools/birch.yaml
