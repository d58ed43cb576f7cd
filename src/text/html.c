/* SPDX-License-Identifier: MIT */
/* html.c: escaping, and reading back the HTML that was written. */
#include "text/html.h"

static struct str entity(char c) {
    switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&quot;");
    case '\'': return STR("&#39;");
    default: return (struct str){0};
    }
}

void html_escape(struct buf *out, struct str s) {
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        struct str e = entity(s.at[i]);
        if (!e.len)
            continue;
        buf_add(out, str_sub(s, from, i));
        buf_add(out, e);
        from = i + 1;
    }
    buf_add(out, str_sub(s, from, s.len));
}
