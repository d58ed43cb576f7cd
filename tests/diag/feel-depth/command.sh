"$SIGNPOST" eval "$(printf '%065d' 0 | tr 0 '[')1$(printf '%065d' 0 | tr 0 ']')"
