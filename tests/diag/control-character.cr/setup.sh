printf 'urn: "900002"\rname: Birch School\r' > schools/birch.yaml
