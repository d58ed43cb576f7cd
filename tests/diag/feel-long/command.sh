"$SIGNPOST" eval "1$(printf '%04100d' 0 | tr 0 ' ')+ 1"
