printf -- '---\ntitle: Birch\342\200\251School\n---\n' > content/birch.md
