printf 'name: Birch\000School\n' > schools/birch.yaml
