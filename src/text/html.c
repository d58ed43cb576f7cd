/* SPDX-License-Identifier: MIT */
/* html.c: escaping, and reading back the HTML that was written. */
#include "text/html.h"

#include <assert.h>
#include <string.h>

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

/* Of all that a portal prints nearly nothing is: a table answers faster than five comparisons. */
static const bool is_special[256] = {['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};

/* The first special byte at or after `i`, or the length. Four at a time, for most texts have none. */
static size_t find_special(struct str s, size_t i) {
    const unsigned char *p = (const unsigned char *)s.at;
    while (s.len - i >= 4 &&
           !(is_special[p[i]] | is_special[p[i + 1]] | is_special[p[i + 2]] | is_special[p[i + 3]]))
        i += 4;
    while (i < s.len && !is_special[p[i]])
        i++;
    return i;
}

void html_escape(struct buf *out, struct str s) {
    size_t from = 0;
    for (size_t i = find_special(s, 0); i < s.len; i = find_special(s, i + 1)) {
        struct str e = entity(s.at[i]);
        buf_add(out, str_sub(s, from, i));
        buf_add(out, e);
        from = i + 1;
    }
    buf_add(out, str_sub(s, from, s.len));
}

/* ---- unescaping ---------------------------------------------------------------------------------------- */

static const struct {
    struct str name;
    uint32_t code_point;
} references[] = {
    {{"amp", 3}, '&'},  {{"lt", 2}, '<'},    {{"gt", 2}, '>'},
    {{"quot", 4}, '"'}, {{"apos", 4}, '\''}, {{"nbsp", 4}, 0xA0},
};

static uint32_t digit_value(char c) {
    if (c >= '0' && c <= '9')
        return (uint32_t)(c - '0');
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        return (uint32_t)((c | 0x20) - 'a' + 10);
    return 16;
}

/* `#39` or `#x27`. What is no number gives 0, and what is no character U+FFFD, as in browsers. */
static uint32_t numeric(struct str name) {
    bool hex = name.len > 1 && (name.at[1] | 0x20) == 'x';
    uint32_t base = hex ? 16 : 10, c = 0;
    size_t from = hex ? 2 : 1;
    if (from >= name.len)
        return 0;
    for (size_t i = from; i < name.len; i++) {
        uint32_t digit = digit_value(name.at[i]);
        if (digit >= base)
            return 0;
        if (c <= 0x10FFFF)
            c = c * base + digit;
    }
    return !c || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? 0xFFFD : c;
}

static uint32_t code_point_of(struct str name) {
    if (name.len && name.at[0] == '#')
        return numeric(name);
    for (size_t i = 0; i < sizeof(references) / sizeof(*references); i++)
        if (str_eq(references[i].name, name))
            return references[i].code_point;
    return 0;
}

struct str html_unescape(struct arena *arena, struct str s) {
    size_t at = str_find(s, '&', 0);
    if (at == s.len)
        return s;
    struct buf out = {.arena = arena};
    size_t from = 0;
    for (; at < s.len; at = str_find(s, '&', at + 1)) {
        size_t end = str_find(s, ';', at);
        uint32_t c = end < s.len ? code_point_of(str_sub(s, at + 1, end)) : 0;
        if (!c)
            continue;
        buf_add(&out, str_sub(s, from, at));
        buf_code_point(&out, c);
        from = end + 1;
    }
    buf_add(&out, str_sub(s, from, s.len));
    return buf_str(&out);
}

/* ---- scanning ------------------------------------------------------------------------------------------ */

/* Elements that have no end tag, by the length of their names: this is asked of every tag of a portal. */
#define VOID_LENGTH_MAX 6
static const char *const void_names[VOID_LENGTH_MAX + 1][5] = {
    [2] = {"br", "hr"},
    [3] = {"img", "col", "wbr"},
    [4] = {"meta", "link", "area", "base"},
    [5] = {"input", "embed", "track"},
    [6] = {"source"},
};

/* Elements whose content is text up to their end tag, whatever it looks like. */
static const struct str raw_names[] = {{"title", 5}, {"style", 5}, {"script", 6}, {"textarea", 8}};

enum attribute {
    ATTRIBUTE_OTHER,
    ATTRIBUTE_ID,
    ATTRIBUTE_LINK,
    ATTRIBUTE_SRC,
    ATTRIBUTE_SRCSET,
    ATTRIBUTE_ALT,
    ATTRIBUTE_IDS,
    ATTRIBUTE_CONTENT,
    ATTRIBUTE_HTTP_EQUIV,
};

/* In the order of their lengths, at which looking stops. */
static const struct {
    struct str name;
    enum attribute attribute;
} attributes[] = {
    {{"id", 2}, ATTRIBUTE_ID},
    {{"src", 3}, ATTRIBUTE_SRC},
    {{"alt", 3}, ATTRIBUTE_ALT},
    {{"for", 3}, ATTRIBUTE_IDS},
    {{"href", 4}, ATTRIBUTE_LINK},
    {{"form", 4}, ATTRIBUTE_IDS},
    {{"list", 4}, ATTRIBUTE_IDS},
    {{"action", 6}, ATTRIBUTE_LINK},
    {{"poster", 6}, ATTRIBUTE_LINK},
    {{"srcset", 6}, ATTRIBUTE_SRCSET},
    {{"headers", 7}, ATTRIBUTE_IDS},
    {{"content", 7}, ATTRIBUTE_CONTENT},
    {{"aria-owns", 9}, ATTRIBUTE_IDS},
    {{"formaction", 10}, ATTRIBUTE_LINK},
    {{"xlink:href", 10}, ATTRIBUTE_LINK},
    {{"http-equiv", 10}, ATTRIBUTE_HTTP_EQUIV},
    {{"aria-details", 12}, ATTRIBUTE_IDS},
    {{"aria-controls", 13}, ATTRIBUTE_IDS},
    {{"aria-labelledby", 15}, ATTRIBUTE_IDS},
    {{"aria-describedby", 16}, ATTRIBUTE_IDS},
};

static enum attribute attribute_named(struct str name) {
    /* The lengths that occur above, one bit each: most attributes are `class`, and need no look at the table.
     * */
    const uint32_t lengths = 1u << 2 | 1u << 3 | 1u << 4 | 1u << 6 | 1u << 7 | 1u << 9 | 1u << 10 | 1u << 12 |
                             1u << 13 | 1u << 15 | 1u << 16;
    if (name.len > 16 || !(lengths >> name.len & 1))
        return ATTRIBUTE_OTHER;
    for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes) && attributes[i].name.len <= name.len;
         i++)
        if (attributes[i].name.at[0] == name.at[0] && str_eq(attributes[i].name, name))
            return attributes[i].attribute;
    return ATTRIBUTE_OTHER;
}

struct scan {
    const char *page;
    const char *end;
    struct arena *scratch;
    html_visit *visit;
    void *context;
    struct str open[HTML_DEPTH_MAX]; /* names of the open elements, as they stand in their start tags */
    size_t depth;
    size_t svg; /* the depth within which the rules are SVG's: 0, or that of the <svg> and more */
};

/* What a start tag says, collected while its attributes are read. */
struct tag {
    const char *at; /* its `<` */
    struct str name;
    struct str src;
    struct str content;
    bool has_alt;
    bool refreshes;
    bool closed; /* `/>` */
};

static void found(const struct scan *s, const struct tag *tag, enum html_fact fact, struct str value,
                  bool present) {
    struct html_found f = {fact, html_unescape(s->scratch, value), present, (uint32_t)(tag->at - s->page)};
    s->visit(s->context, &f);
}

static void found_ids(const struct scan *s, const struct tag *tag, struct str ids) {
    struct str id;
    while (str_cut(&ids, ' ', &id))
        if (id.len)
            found(s, tag, HTML_REFERENCE, id, false);
}

/* `small.png 1x, large.png 2x` */
static void found_sizes(const struct scan *s, const struct tag *tag, struct str sizes) {
    struct str size, address;
    while (str_cut(&sizes, ',', &size)) {
        size = str_trim(size);
        if (str_cut(&size, ' ', &address))
            found(s, tag, HTML_LINK, address, false);
    }
}

/* `0; url=../schools/ashdown.html` */
static void found_refresh(const struct scan *s, const struct tag *tag) {
    size_t at = str_find(tag->content, '=', 0);
    if (at < tag->content.len)
        found(s, tag, HTML_LINK, str_trim(str_sub(tag->content, at + 1, tag->content.len)), false);
}

static void read_attribute(const struct scan *s, struct tag *tag, struct str name, struct str value) {
    switch (attribute_named(name)) {
    case ATTRIBUTE_OTHER: break;
    case ATTRIBUTE_ID: found(s, tag, HTML_ID, value, false); break;
    case ATTRIBUTE_LINK: found(s, tag, HTML_LINK, value, false); break;
    case ATTRIBUTE_SRC:
        tag->src = value;
        found(s, tag, HTML_LINK, value, false);
        break;
    case ATTRIBUTE_SRCSET: found_sizes(s, tag, value); break;
    case ATTRIBUTE_ALT: tag->has_alt = true; break;
    case ATTRIBUTE_IDS: found_ids(s, tag, value); break;
    case ATTRIBUTE_CONTENT: tag->content = value; break;
    case ATTRIBUTE_HTTP_EQUIV: tag->refreshes = str_eq_fold(value, STR("refresh")); break;
    }
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool ends_name(char c) {
    return (unsigned char)c <= ' ' || c == '>' || c == '/' || c == '=' || c == '"' || c == '\'' || c == '<';
}

static struct str read_name(const struct scan *s, const char *p) {
    const char *from = p;
    while (p < s->end && !ends_name(*p))
        p++;
    return (struct str){from, (size_t)(p - from)};
}

/* Reads attributes to the end of the tag; gives what follows it, or NULL where it is malformed. */
static const char *read_attributes(const struct scan *s, struct tag *tag, const char *p) {
    for (;;) {
        const char *before = p;
        while (p < s->end && is_space(*p))
            p++;
        if (p == s->end)
            return NULL;
        if (*p == '>')
            return p + 1;
        if (*p == '/') {
            tag->closed = true;
            return s->end - p > 1 && p[1] == '>' ? p + 2 : NULL;
        }
        struct str name = read_name(s, p), value = {0};
        if (!name.len || p == before)
            return NULL;
        p += name.len;
        if (p < s->end && *p == '=') {
            const char *quote =
                s->end - p > 2 && p[1] == '"' ? memchr(p + 2, '"', (size_t)(s->end - p - 2)) : NULL;
            if (!quote)
                return NULL;
            value = (struct str){p + 2, (size_t)(quote - p - 2)};
            p = quote + 1;
        }
        read_attribute(s, tag, name, value);
    }
}

static bool is_void(struct str name) {
    if (name.len > VOID_LENGTH_MAX)
        return false;
    for (const char *const *v = void_names[name.len]; *v; v++)
        if ((*v)[0] == name.at[0] && !memcmp(*v, name.at, name.len))
            return true;
    return false;
}

/* After the start tag of an element of raw text: what follows its end tag. */
static const char *skip_raw(const struct scan *s, struct str name, const char *p) {
    while ((p = memmem(p, (size_t)(s->end - p), "</", 2))) {
        p += 2;
        if ((size_t)(s->end - p) > name.len && !memcmp(p, name.at, name.len) && p[name.len] == '>')
            return p + name.len + 1;
    }
    return NULL;
}

static bool is_raw(struct str name) {
    if (name.len < 5)
        return false;
    for (size_t i = 0; i < sizeof(raw_names) / sizeof(*raw_names); i++)
        if (str_eq(raw_names[i], name))
            return true;
    return false;
}

static bool push(struct scan *s, struct str name) {
    if (s->depth == HTML_DEPTH_MAX)
        return false;
    s->open[s->depth++] = name;
    if (s->svg || str_eq(name, STR("svg")))
        s->svg++;
    return true;
}

static const char *start_tag(struct scan *s, const char *at) {
    struct tag tag = {.at = at, .name = read_name(s, at + 1)};
    if (!tag.name.len)
        return NULL;
    const char *p = read_attributes(s, &tag, at + 1 + tag.name.len);
    if (!p)
        return NULL;
    if (tag.refreshes)
        found_refresh(s, &tag);
    if (s->svg ||
        str_eq(tag.name, STR("svg"))) /* where every element may close itself, and none is void or raw */
        return tag.closed || push(s, tag.name) ? p : NULL;
    if (str_eq(tag.name, STR("img")))
        found(s, &tag, HTML_IMAGE, tag.src, tag.has_alt);
    if (is_void(tag.name))
        return p;
    if (tag.closed)
        return NULL;
    if (is_raw(tag.name))
        return skip_raw(s, tag.name, p);
    return push(s, tag.name) ? p : NULL;
}

static const char *end_tag(struct scan *s, const char *at) {
    if (!s->depth)
        return NULL;
    struct str name = s->open[s->depth - 1];
    const char *p = at + 2;
    if ((size_t)(s->end - p) <= name.len || p[name.len] != '>' || p[0] != name.at[0] ||
        (name.len > 1 && memcmp(p, name.at, name.len) != 0))
        return NULL;
    s->depth--;
    s->svg -= s->svg > 0;
    return p + name.len + 1;
}

/* A comment or a document type. */
static const char *declaration(const struct scan *s, const char *at) {
    size_t left = (size_t)(s->end - at);
    bool comment = left >= 4 && !memcmp(at, "<!--", 4);
    const char *p = comment ? memmem(at + 4, left - 4, "-->", 3) : memchr(at, '>', left);
    return p ? p + (comment ? 3 : 1) : NULL;
}

size_t html_scan(struct str page, struct arena *scratch, html_visit *visit, void *context) {
    struct scan s = {
        .page = page.at, .end = page.at + page.len, .scratch = scratch, .visit = visit, .context = context};
    const char *p = page.at;
    assert(page.len <= UINT32_MAX);
    while (p < s.end && (p = memchr(p, '<', (size_t)(s.end - p)))) {
        int next = s.end - p > 1 ? p[1] : 0;
        const char *after = next == '/'   ? end_tag(&s, p)
                            : next == '!' ? declaration(&s, p)
                                          : start_tag(&s, p);
        if (!after)
            return (size_t)(p - page.at);
        p = after;
    }
    return s.depth ? (size_t)(s.open[s.depth - 1].at - 1 - page.at) : page.len;
}
