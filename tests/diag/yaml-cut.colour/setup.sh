echo 'brand: #0b5351' >> portal.yaml
