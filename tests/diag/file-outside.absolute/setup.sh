ln -s /etc/passwd content/birch.md
