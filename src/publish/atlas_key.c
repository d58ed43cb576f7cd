/* SPDX-License-Identifier: MIT */
/* atlas_key.c: what the signs of a map mean. */
#include "publish/atlas_inside.h"
#include "text/html.h"

static void add_sign(struct buf *out, bool used, struct str word, const char *drawing) {
    if (!used || !word.len)
        return;
    buf_printf(out, "<li><svg viewBox=\"0 0 28 16\" aria-hidden=\"true\">%s</svg>", drawing);
    html_escape(out, word);
    buf_lit(out, "</li>\n");
}

void atlas_key(const struct atlas_used *used, const struct atlas_words *words, struct buf *out) {
    static const char *const signs[ATLAS_SIGNS] = {
        [ATLAS_CIRCLE] = "<circle class=\"mark\" cx=\"14\" cy=\"8\" r=\"6\"/>",
        [ATLAS_SQUARE] = "<rect class=\"mark\" x=\"8\" y=\"2\" width=\"12\" height=\"12\"/>",
        [ATLAS_DIAMOND] = "<path class=\"mark\" d=\"M14 1l7 7-7 7-7-7z\"/>",
        [ATLAS_TRIANGLE] = "<path class=\"mark\" d=\"M14 1l8 14H6z\"/>",
    };
    static const char *const kinds[ATLAS_KINDS] = {
        [ATLAS_HARD] = "<g class=\"hard\"><path class=\"spoke\" d=\"M0 8h28\"/></g>",
        [ATLAS_STRUCTURED] = "<path class=\"spoke\" d=\"M0 8h28\"/>",
        [ATLAS_LOOSE] = "<g class=\"loose\"><path class=\"spoke\" d=\"M0 8h28\"/></g>",
    };
    size_t before = out->len;
    buf_lit(out, "<ul class=\"signs\" aria-label=\"");
    html_escape(out, words->label);
    buf_lit(out, "\">\n");
    size_t opened = out->len;
    for (int i = 0; i < ATLAS_SIGNS; i++)
        add_sign(out, used->signs[i], words->signs[i], signs[i]);
    add_sign(out, used->lead, words->lead,
             "<circle class=\"mark\" cx=\"14\" cy=\"8\" r=\"4\"/><circle class=\"ring\" cx=\"14\" cy=\"8\" "
             "r=\"7\"/>");
    add_sign(out, used->alone, words->alone,
             "<g class=\"none\"><circle class=\"mark\" cx=\"14\" cy=\"8\" r=\"6\"/></g>");
    for (int i = 0; i < ATLAS_KINDS; i++)
        add_sign(out, used->kinds[i], words->kinds[i], kinds[i]);
    add_sign(out, used->associate, words->associate, "<path class=\"spoke assoc\" d=\"M2 8h26\"/>");
    if (out->len == opened)
        out->len = before; /* a list of nothing is not a list */
    else
        buf_lit(out, "</ul>\n");
}
