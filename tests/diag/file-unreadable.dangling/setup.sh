ln -s nowhere.yaml schools/birch.yaml
