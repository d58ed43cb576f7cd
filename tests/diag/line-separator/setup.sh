printf 'name: Birch\342\200\250School\n' > schools/birch.yaml
