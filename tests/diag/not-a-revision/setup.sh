command -v git || exit 77
git init -q
git add .
git -c user.name="Alex Morgan" -c user.email=alex.morgan@council.example commit -q -m "Begin"
