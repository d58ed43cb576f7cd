printf '\000u\000r\000n' > schools/birch.yaml
