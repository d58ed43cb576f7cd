printf 'name: Birch\302\205School\n' > schools/birch.yaml
