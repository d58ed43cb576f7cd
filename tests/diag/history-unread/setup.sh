command -v git || exit 77
git init -q --object-format=sha256
