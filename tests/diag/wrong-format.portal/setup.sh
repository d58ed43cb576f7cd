echo 'brand: teal' >> portal.yaml
