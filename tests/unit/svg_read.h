/* SPDX-License-Identifier: MIT */
/* svg_read.h: just enough reading of SVG to hold a picture to its promises. For tests of what draws one. */
#ifndef SIGNPOST_TESTS_SVG_READ_H
#define SIGNPOST_TESTS_SVG_READ_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "publish/label.h"

struct svg_element {
    char tag[16];
    char attributes[600];
    bool closed;        /* ends with a slash */
    struct str content; /* up to the next tag */
};

/* Steps over one tag; false at the end. Attributes must be quoted, as a browser's XML reader wants them. */
static inline bool svg_next(struct str *rest, struct svg_element *e) {
    size_t open = str_find(*rest, '<', 0), end = open;
    if (open == rest->len)
        return false;
    for (bool quoted = false; end < rest->len && (quoted || rest->at[end] != '>'); end++)
        quoted ^= rest->at[end] == '"';
    struct str tag = str_sub(*rest, open + 1, end), name = {0}, attributes = tag;
    str_cut(&attributes, ' ', &name);
    snprintf(e->tag, sizeof e->tag, STR_FMT, STR_ARG(name));
    snprintf(e->attributes, sizeof e->attributes, " " STR_FMT, STR_ARG(attributes));
    e->closed = str_ends(tag, STR("/"));
    *rest = str_sub(*rest, end + 1, rest->len);
    e->content = str_sub(*rest, 0, str_find(*rest, '<', 0));
    return true;
}

static inline bool svg_attribute(const struct svg_element *e, const char *name, char *value, size_t size) {
    char key[40];
    snprintf(key, sizeof key, " %s=\"", name);
    const char *at = strstr(e->attributes, key);
    value[0] = 0;
    if (!at)
        return false;
    at += strlen(key);
    snprintf(value, size, "%.*s", (int)strcspn(at, "\""), at);
    return true;
}

static inline int svg_whole(const struct svg_element *e, const char *name) {
    char value[80];
    return svg_attribute(e, name, value, sizeof value) ? (int)strtol(value, NULL, 10) : -9999;
}

static inline bool svg_class(const struct svg_element *e, const char *class) {
    char value[80];
    return svg_attribute(e, "class", value, sizeof value) && strcmp(value, class) == 0;
}

/* Every tag that opens closes, in order, and no bare < > & is left in the text. */
static inline bool svg_well_formed(struct str svg) {
    char stack[32][16];
    int depth = 0;
    struct str rest = svg;
    struct svg_element e;
    while (svg_next(&rest, &e)) {
        if (strchr(e.tag, '>') || memchr(e.content.at ? e.content.at : "", '>', e.content.len))
            return false;
        for (size_t i = 0; i < e.content.len; i++)
            if (e.content.at[i] == '&' && str_find(e.content, ';', i) > i + 6)
                return false;
        if (e.tag[0] == '/') {
            if (depth == 0 || strcmp(stack[--depth], e.tag + 1) != 0)
                return false;
        } else if (!e.closed) {
            if (depth == 32)
                return false;
            memcpy(stack[depth++], e.tag, sizeof e.tag);
        }
    }
    return depth == 0;
}

static inline size_t svg_count(struct str svg, const char *part) {
    size_t count = 0, len = strlen(part);
    for (size_t i = 0; i + len <= svg.len; i++)
        count += memcmp(svg.at + i, part, len) == 0;
    return count;
}

/* As wide as it shows: a character reference stands for one character, taken to be an n. */
static inline int svg_width(struct str content, int size) {
    char plain[400];
    size_t len = 0;
    for (size_t i = 0; i < content.len && len < sizeof plain; i++) {
        if (content.at[i] == '&')
            i = str_find(content, ';', i);
        plain[len++] = i < content.len && content.at[i] == ';' ? 'n' : content.at[i];
    }
    return label_width(str_trim((struct str){plain, len}), size);
}

/* The boxes of what hides what: texts of a class ("" for none) with their size, and marks and hubs. Returns the new
 * count. */
static inline size_t svg_texts(struct str svg, const char *class, int size, struct box *out, size_t count,
                               size_t most) {
    struct str rest = svg;
    struct svg_element e;
    char value[80];
    bool more = svg_next(&rest, &e);
    while (more && count < most) {
        bool has = svg_attribute(&e, "class", value, sizeof value);
        if (strcmp(e.tag, "text") != 0 || (class[0] ? !svg_class(&e, class) : has)) {
            more = svg_next(&rest, &e);
            continue;
        }
        int x = svg_whole(&e, "x"), y = svg_whole(&e, "y"), lines = 1, width = svg_width(e.content, size);
        while ((more = svg_next(&rest, &e)) && strcmp(e.tag, "/text") != 0)
            if (strcmp(e.tag, "tspan") == 0) {
                int w = svg_width(e.content, size);
                width = w > width ? w : width;
                lines++;
            }
        out[count++] = box_about(x, y, width, lines * size * 112 / 100);
    }
    return count;
}

static inline size_t svg_marks(struct str svg, struct box *out, size_t count, size_t most) {
    struct str rest = svg;
    struct svg_element e;
    while (count < most && svg_next(&rest, &e)) {
        if (!svg_class(&e, "mark") && !svg_class(&e, "hub"))
            continue;
        char d[80];
        int x, y;
        if (strcmp(e.tag, "circle") == 0)
            out[count++] = box_about(svg_whole(&e, "cx"), svg_whole(&e, "cy"), 2 * svg_whole(&e, "r"),
                                     2 * svg_whole(&e, "r"));
        else if (strcmp(e.tag, "rect") == 0)
            out[count++] = (struct box){svg_whole(&e, "x"), svg_whole(&e, "y"),
                                        svg_whole(&e, "x") + svg_whole(&e, "width"),
                                        svg_whole(&e, "y") + svg_whole(&e, "height")};
        else if (svg_attribute(&e, "d", d, sizeof d) && sscanf(d, "M%d,%d", &x, &y) == 2)
            out[count++] = box_about(x, y + 10, 16, 16);
    }
    return count;
}

#endif
