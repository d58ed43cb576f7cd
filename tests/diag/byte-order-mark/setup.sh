{ printf '\357\273\277'; cat schools/ashdown.yaml; } > copy
mv copy schools/ashdown.yaml
