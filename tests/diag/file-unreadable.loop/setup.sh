ln -s elm.yaml schools/birch.yaml
ln -s birch.yaml schools/elm.yaml
