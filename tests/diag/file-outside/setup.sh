cp schools/ashdown.yaml ../birch.yaml
ln -s ../../birch.yaml schools/birch.yaml
