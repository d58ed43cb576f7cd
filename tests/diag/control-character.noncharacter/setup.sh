printf 'name: Birch \357\277\277School\n' > schools/birch.yaml
