awk 'BEGIN { for (i = 0; i < 65; i++) printf "{{#a}}"; for (i = 0; i < 65; i++) printf "{{/a}}"; print "" }' > t.mustache
