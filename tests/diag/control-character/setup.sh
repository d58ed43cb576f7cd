printf 'name: Birch \033[31mSchool\n' > schools/birch.yaml
