/* SPDX-License-Identifier: MIT */
/*
 * markup.h: whether a piece of HTML is well formed: what opens closes, in order, and nothing stands bare. It is for
 * tests, and strict: it knows only what the Markdown renderer writes, and the pictures that stand in that.
 */
#ifndef SIGNPOST_TESTS_MARKUP_H
#define SIGNPOST_TESTS_MARKUP_H

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

#define MARKUP_DEPTH 1024

static inline bool markup_void(struct str name) {
    return str_eq(name, STR("br")) || str_eq(name, STR("hr")) || str_eq(name, STR("img"));
}

/* Of an element or an attribute; `viewBox` has the one capital. */
static inline size_t markup_name(struct str s, size_t i) {
    size_t from = i;
    while (i < s.len &&
           ((s.at[i] >= 'a' && s.at[i] <= 'z') ||
            (i > from && ((s.at[i] >= '0' && s.at[i] <= '9') || s.at[i] == '-' || s.at[i] == 'B'))))
        i++;
    return i;
}

/* ` name="value"`, repeated; gives where the `>` should stand. */
static inline size_t markup_attributes(struct str s, size_t i) {
    while (i < s.len && s.at[i] == ' ') {
        size_t end = markup_name(s, i + 1);
        if (end == i + 1 || end + 1 >= s.len || s.at[end] != '=' || s.at[end + 1] != '"')
            return s.len;
        i = str_find(s, '"', end + 2) + 1;
        if (i <= s.len && str_find(str_sub(s, end + 2, i - 1), '<', 0) != i - 1 - (end + 2))
            return s.len;
    }
    return i;
}

static inline bool markup_well_formed(struct str s) {
    struct str open[MARKUP_DEPTH];
    size_t depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '>' || s.at[i] == '"')
            return false;
        if (s.at[i] == '&') {
            size_t end = str_find(s, ';', i);
            if (end == s.len || end > i + 6)
                return false;
            i = end;
        }
        if (s.at[i] != '<')
            continue;
        bool close = i + 1 < s.len && s.at[i + 1] == '/';
        size_t from = i + 1 + close, end = markup_name(s, from);
        struct str name = str_sub(s, from, end);
        i = close ? end : markup_attributes(s, end);
        bool empty = !close && i + 1 < s.len && s.at[i] == '/'; /* as in pictures */
        i += empty;
        if (!name.len || i >= s.len || s.at[i] != '>')
            return false;
        if (close && (!depth || !str_eq(open[--depth], name)))
            return false;
        if (!close && !empty && !markup_void(name)) {
            if (depth == MARKUP_DEPTH)
                return false;
            open[depth++] = name;
        }
    }
    return depth == 0;
}

#endif
