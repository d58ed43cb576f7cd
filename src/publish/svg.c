/* SPDX-License-Identifier: MIT */
/* svg.c: how every picture begins. */
#include "publish/svg.h"

#include "text/html.h"

void svg_open(struct buf *out, const char *class, int width, int height, struct str id, struct str title,
              struct str desc) {
    buf_printf(out, "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"", class, width,
               height);
    html_escape(out, id);
    buf_lit(out, "-t ");
    html_escape(out, id);
    buf_lit(out, "-d\">\n<title id=\"");
    html_escape(out, id);
    buf_lit(out, "-t\">");
    html_escape(out, title);
    buf_lit(out, "</title><desc id=\"");
    html_escape(out, id);
    buf_lit(out, "-d\">");
    html_escape(out, desc);
    buf_lit(out, "</desc>\n");
}
