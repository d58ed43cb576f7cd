printf 'name: Birch \302\233School\n' > schools/birch.yaml
