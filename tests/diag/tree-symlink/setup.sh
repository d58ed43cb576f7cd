mkdir real
ln -s real site
