/* SPDX-License-Identifier: MIT */
/* markdown_inline.c: the words of a block: emphasis, code, links, images. */
#include "text/markdown_priv.h"

/* ---- addresses ---- */

/* The scheme of an address without its colon, or "//" of one that names a host and no scheme; else empty. */
static struct str address_scheme(struct str to) {
    if (str_starts(to, STR("//")))
        return str_sub(to, 0, 2);
    for (size_t i = 0; i < to.len; i++) {
        char c = to.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
        if (c == ':' && i > 0)
            return str_sub(to, 0, i);
        if (!letter && !(other && i > 0))
            break;
    }
    return (struct str){0};
}

static bool scheme_allowed(struct str scheme) {
    static const struct str allowed[] = {{"http", 4}, {"https", 5}, {"mailto", 6}, {"tel", 3}};
    for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
        if (str_eq_fold(scheme, allowed[i]))
            return true;
    return false;
}

static bool is_hex(struct str s, size_t i) {
    if (i >= s.len)
        return false;
    char c = s.at[i];
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* What may stand in an address as it is (RFC 3986), a % only before two hexadecimal digits. */
static bool address_safe(struct str to, size_t i) {
    static const struct str marks = {"-._~:/?#@!$&'()*+,;=", 20};
    char c = to.at[i];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
        return true;
    if (c == '%')
        return is_hex(to, i + 1) && is_hex(to, i + 2);
    return str_find(marks, c, 0) < marks.len;
}

static void write_address(struct buf *out, struct str to) {
    static const char hex[] = "0123456789ABCDEF";
    size_t from = 0;
    for (size_t i = 0; i < to.len; i++) {
        if (address_safe(to, i))
            continue;
        html_escape(out, str_sub(to, from, i));
        unsigned char c = (unsigned char)to.at[i];
        buf_byte(out, '%');
        buf_byte(out, hex[c >> 4]);
        buf_byte(out, hex[c & 15]);
        from = i + 1;
    }
    html_escape(out, str_sub(to, from, to.len));
}

/* Where the address is written. That of an autolink to a mailbox has no "mailto:" in the source. */
static struct place address_place(struct md *md, cmark_node *node, struct str to) {
    struct str words = md_literal(cmark_node_first_child(node));
    bool mailbox = str_starts(to, STR("mailto:")) && str_eq(words, str_sub(to, 7, to.len));
    return md_place_of(md, node, mailbox ? words : to);
}

/* What is printed as the address; a NULL `at` where it may not be, or leads nowhere. */
static struct str address_resolve(struct md *md, struct markdown_link link) {
    struct str to = link.to;
    struct str scheme = address_scheme(to);
    if (scheme.len) {
        if (!scheme_allowed(scheme))
            diag(md->diags, DIAG_LINK_SCHEME, link.at,
                 str_eq(scheme, STR("//")) ? scheme : str_join(md->arena, scheme, STR(":")));
        else if (link.image)
            diag(md->diags, DIAG_IMAGE_REMOTE, link.at, to);
        else
            return to;
        return (struct str){0};
    }
    if (str_starts(to, STR("#")) && md->options->id_prefix.len)
        link.to = str_join(md->arena, STR("#"), md->options->id_prefix, str_sub(to, 1, to.len));
    if (!md->options->links.resolve)
        return link.to.at ? link.to : STR("");
    /* cppcheck-suppress returnDanglingLifetime ; the text is in an arena, and no view of the struct */
    return md->options->links.resolve(md->options->links.context, &link, md->diags);
}

/* ---- links and images ---- */

/* Words that say nothing out of their sentence, as a screen reader's list of links gives them. */
static bool is_vague(struct str text) {
    static const char *const vague[] = {"here",      "click here", "read more", "more", "link",
                                        "this link", "this page",  "this",      "page", "learn more"};
    while (text.len && (text.at[text.len - 1] == '.' || text.at[text.len - 1] == ':'))
        text.len--;
    for (size_t i = 0; i < sizeof(vague) / sizeof(*vague); i++)
        if (str_eq_fold(text, str_from(vague[i])))
            return true;
    return false;
}

static void write_title(struct md *md, cmark_node *node) {
    struct str title = str_from(cmark_node_get_title(node));
    if (!title.len)
        return;
    buf_lit(&md->out, " title=\"");
    html_escape(&md->out, title);
    buf_byte(&md->out, '"');
}

/* The address is written after the words, in which more may be looked for: hence `searched` goes back for them. An
 * autolink in the words of a link is words. */
static void link_enter(struct md *md, cmark_node *node) {
    if (md->link_depth++)
        return;
    struct str to = str_from(cmark_node_get_url(node));
    size_t before = md->searched;
    struct place at = address_place(md, node, to);
    md->link_end = md->searched;
    md->searched = before;
    struct str text = md_text(md, node);
    if (!text.len)
        diag_plain(md->diags, DIAG_LINK_TEXT_EMPTY, at);
    else if (is_vague(text))
        diag(md->diags, DIAG_LINK_TEXT_VAGUE, at, text);
    to = address_resolve(md, (struct markdown_link){to, text, false, at});
    md->in_link = to.at != NULL;
    if (!md->in_link)
        return;
    buf_lit(&md->out, "<a href=\"");
    write_address(&md->out, to);
    buf_byte(&md->out, '"');
    write_title(md, node);
    buf_byte(&md->out, '>');
}

static void link_exit(struct md *md) {
    if (--md->link_depth)
        return;
    if (md->in_link)
        buf_lit(&md->out, "</a>");
    md->in_link = false;
    md->searched = md->link_end;
}

/* What stands in the brackets is the image's text, without markup. */
static void image(struct md *md, cmark_node *node) {
    struct str to = str_from(cmark_node_get_url(node));
    struct place at = address_place(md, node, to);
    struct str alt = md_text(md, node);
    if (!alt.len)
        diag(md->diags, DIAG_IMAGE_ALT, at, to);
    to = address_resolve(md, (struct markdown_link){to, alt, true, at});
    if (!to.at)
        return;
    buf_lit(&md->out, "<img src=\"");
    write_address(&md->out, to);
    buf_lit(&md->out, "\" alt=\"");
    md_write(md, alt);
    buf_byte(&md->out, '"');
    write_title(md, node);
    buf_byte(&md->out, '>');
}

/* ---- the walk ---- */

static void text(struct md *md, cmark_node *node) {
    struct str words = md_literal(node);
    if (md->has_notes)
        md_footnotes_missing(md, words);
    if (md->phrasing)
        md_phrase_text(md, words);
    else
        md_write(md, words);
}

static void code(struct md *md, cmark_node *node) {
    struct str words = md_literal(node);
    if (md->has_notes)
        md_find(md, md_node_line(md, node), words,
                words.len + 1); /* passes over what looks like a footnote */
    md_phrase_enter(md, node);
    buf_lit(&md->out, "<code>");
    md_write(md, words);
    buf_lit(&md->out, "</code>");
    md_phrase_pass(md, node);
}

bool md_is_inline_comment(cmark_node *node) {
    return md_is(node, CMARK_NODE_HTML_INLINE) && str_starts(md_literal(node), STR("<!--"));
}

static void raw_html(struct md *md, cmark_node *node) {
    struct str html = md_literal(node);
    if (md_is_inline_comment(node))
        md_directive_inline(md, node);
    else
        diag_plain(md->diags, DIAG_RAW_HTML,
                   md_place_of(md, node, str_sub(html, 0, str_find(html, '\n', 0))));
}

/* Prints the node, or its beginning; true where what is in it follows. */
static bool inline_enter(struct md *md, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT: text(md, node); return false;
    case CMARK_NODE_SOFTBREAK: md_write(md, STR("\n")); return false;
    case CMARK_NODE_LINEBREAK:
        buf_lit(&md->out, "<br>");
        md_write(md, STR("\n"));
        return false;
    case CMARK_NODE_CODE: code(md, node); return false;
    case CMARK_NODE_HTML_INLINE: raw_html(md, node); return false;
    case CMARK_NODE_FOOTNOTE_REFERENCE:
        md_phrase_leave(md);
        md_footnote_reference(md, node);
        return false;
    case CMARK_NODE_IMAGE:
        md_phrase_enter(md, node);
        image(md, node);
        md_phrase_pass(md, node);
        return false;
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
        md_phrase_enter(md, node);
        buf_add(&md->out, md_is(node, CMARK_NODE_EMPH) ? STR("<em>") : STR("<strong>"));
        return true;
    case CMARK_NODE_LINK: link_enter(md, node); return true;
    default: return true;
    }
}

static void inline_exit(struct md *md, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
        md_phrase_leave(md);
        buf_add(&md->out, md_is(node, CMARK_NODE_EMPH) ? STR("</em>") : STR("</strong>"));
        md_phrase_left(md);
        break;
    case CMARK_NODE_LINK: link_exit(md); break;
    default: break;
    }
}

/* Emphasis in emphasis is not bounded by cmark. What is deeper than the limit is left out, with an error. */
static bool inline_fits(struct md *md, cmark_node *node, int depth) {
    if (depth <= MARKDOWN_DEPTH_MAX)
        return true;
    if (!md->too_deep)
        diag(md->diags, DIAG_MARKDOWN_DEPTH, md_place_line(md, md_node_line(md, node)),
             str_whole(md->arena, MARKDOWN_DEPTH_MAX));
    md->too_deep = true;
    return false;
}

/* Not cmark_iter, which walks whole trees: a caption or an entry of key facts begins in the middle of its paragraph.
 * Not recursion either. */
void md_inlines(struct md *md, cmark_node *first) {
    cmark_node *end = cmark_node_parent(first), *node = first;
    int depth = 0;
    while (node) {
        if (inline_enter(md, node)) {
            cmark_node *child = cmark_node_first_child(node);
            if (child && inline_fits(md, node, depth + 1)) {
                node = child;
                depth++;
                continue;
            }
            inline_exit(md, node);
        }
        while (!cmark_node_next(node)) {
            node = cmark_node_parent(node);
            if (node == end)
                return;
            depth--;
            inline_exit(md, node);
        }
        node = cmark_node_next(node);
    }
}
