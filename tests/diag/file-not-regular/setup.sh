mkfifo schools/birch.yaml
