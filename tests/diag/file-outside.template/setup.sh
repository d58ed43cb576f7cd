mkdir templates
ln -s /etc/passwd templates/page.mustache
