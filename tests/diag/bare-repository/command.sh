git init -q && git add -A
git -c user.name="Alex Morgan" -c user.email=alex.morgan@council.example commit -qm "The portal"
git clone -q --bare . ../bare.git
"$SIGNPOST" review -C ../bare.git HEAD
