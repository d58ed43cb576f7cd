mkdir ../elsewhere
ln -s ../../elsewhere content/bodies-too
rmdir ../elsewhere
