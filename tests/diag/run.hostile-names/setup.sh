# A file's name may hold anything; what is printed must not drive the terminal.
printf 'urn: "900002"\n' > "$(printf 'schools/\033[2Jbirch.yaml')"
printf 'urn: "900003"\n' > "$(printf 'schools/a\nb.yaml')"
