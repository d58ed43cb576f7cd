/* SPDX-License-Identifier: MIT */
/*
 * mustache_token.c: a template's bytes to tokens.
 *
 * Two passes. The first cuts text at each line's end, so that every token belongs to one line. The second looks at
 * each line as a whole: a line that holds nothing but white space and tags that print nothing vanishes, and its tags
 * are standalone. Doing this while scanning would need to look back and ahead from each tag, again and again.
 */
#include <string.h>

#include "text/mustache_priv.h"

struct scanner {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    struct str text;
    size_t at;
    struct str open, close; /* the delimiters */
    int depth;              /* sections, parents and blocks that are open */
    struct token *items;
    size_t count, room;
};

static struct token *push(struct scanner *s, struct token token) {
    if (s->count == s->room) {
        size_t room = s->room ? s->room * 2 : 64;
        s->items = arena_grow(s->arena, s->items, s->room * sizeof(token), room * sizeof(token),
                              alignof(struct token));
        s->room = room;
    }
    s->items[s->count] = token;
    return &s->items[s->count++];
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_blank(struct str s) {
    return !str_trim(s).len;
}

/* ---- tags ---- */

static size_t find(struct str text, struct str part, size_t from) {
    if (from > text.len)
        return text.len;
    const char *p =
        part.len && text.len > from ? memmem(text.at + from, text.len - from, part.at, part.len) : NULL;
    return p ? (size_t)(p - text.at) : text.len;
}

static void push_text(struct scanner *s, size_t to) {
    while (s->at < to) {
        size_t end = str_find(s->text, '\n', s->at) + 1;
        if (end > to)
            end = to;
        push(s, (struct token){
                    .kind = TOKEN_TEXT, .offset = (uint32_t)s->at, .text = str_sub(s->text, s->at, end)});
        s->at = end;
    }
}

/* `<% %>`: two runs without white space or equals sign. */
static bool set_delimiters(struct scanner *s, struct str content) {
    struct str both = str_trim(content);
    size_t i = 0;
    while (i < both.len && !is_space(both.at[i]))
        i++;
    struct str open = str_sub(both, 0, i), close = str_trim(str_sub(both, i, both.len));
    for (i = 0; i < close.len; i++)
        if (is_space(close.at[i]))
            return false;
    if (!open.len || !close.len || str_has(both, STR("=")))
        return false;
    s->open = open;
    s->close = close;
    return true;
}

/* What the tag at the cursor ends with, by the sign it begins with. `=` and `{` are said again at the end. */
static struct str ending(struct scanner *s, char sign) {
    struct str again = sign == '=' ? STR("=") : STR("}");
    return sign == '=' || sign == '{' ? str_join(s->arena, again, s->close) : s->close;
}

static bool is_sign(char c) {
    return c && strchr("&!=#^/><$", c);
}

static bool opens(uint8_t kind) {
    return kind == TOKEN_SECTION || kind == TOKEN_INVERTED || kind == TOKEN_PARENT || kind == TOKEN_BLOCK;
}

/* Nesting is bounded here, at the door, so that looking for what closes a tag costs no more than the bound. */
static bool nesting_fits(struct scanner *s, uint8_t kind, struct place at) {
    s->depth += opens(kind);
    s->depth -= kind == TOKEN_CLOSE && s->depth > 0;
    if (s->depth > MUSTACHE_DEPTH_MAX)
        diag_plain(s->diags, DIAG_TEMPLATE_NESTING, at);
    return s->depth <= MUSTACHE_DEPTH_MAX;
}

/* Reads the tag that opens at the cursor. */
static bool read_tag(struct scanner *s) {
    size_t open = s->at, from = open + s->open.len;
    char sign = from < s->text.len ? s->text.at[from] : 0;
    while (sign && is_space(sign)) /* a sign may stand off from its delimiter, but for the third brace */
        sign = ++from < s->text.len && s->text.at[from] != '{' ? s->text.at[from] : 0;
    struct str ends = ending(s, sign);
    bool signed_tag = sign == '{' || is_sign(sign);
    size_t to = find(s->text, ends, from + signed_tag);
    struct place at = place_at(s->source, open);
    if (to == s->text.len) {
        diag(s->diags, DIAG_TEMPLATE_UNCLOSED_TAG, at, ends);
        return false;
    }
    struct str content = str_sub(s->text, from + signed_tag, to);
    if (sign == '=' && !set_delimiters(s, content)) {
        diag(s->diags, DIAG_TEMPLATE_DELIMITERS, at, str_trim(content));
        return false;
    }
    uint8_t kind = sign == '{' ? TOKEN_RAW : signed_tag ? (uint8_t)sign : TOKEN_VALUE;
    if (!nesting_fits(s, kind, at))
        return false;
    push(s, (struct token){.kind = kind, .offset = (uint32_t)open, .text = str_trim(content)});
    s->at = to + ends.len;
    return true;
}

/* ---- lines ---- */

static bool is_tag(const struct token *t) {
    return t->kind != TOKEN_TEXT && t->kind != TOKEN_BLANK;
}

/* One past the token after which the next line begins. */
static size_t line_end(const struct token *items, size_t count, size_t from) {
    while (from < count) {
        const struct token *t = &items[from++];
        if (!is_tag(t) && str_ends(t->text, STR("\n")))
            break;
    }
    return from;
}

/* The token that closes the one at `from`, if it stands before `to`; else `to`. */
static size_t closing(const struct token *items, size_t from, size_t to) {
    int depth = 0;
    for (size_t i = from; i < to; i++) {
        depth += opens(items[i].kind);
        if (items[i].kind == TOKEN_CLOSE && --depth == 0)
            return i;
    }
    return to;
}

/*
 * Whether a line vanishes. Tags that print nothing of their own do, in any number. One that prints (a partial, or a
 * parent that is closed on the same line) must be alone, or its neighbours would be glued to the next line. A block
 * that is closed on its own line keeps the line: its text goes where the tag stands.
 */
static bool line_vanishes(const struct token *items, size_t from, size_t to) {
    size_t tags = 0, printing = 0;
    for (size_t i = from; i < to; i++) {
        const struct token *t = &items[i];
        if (!is_tag(t)) {
            if (!is_blank(t->text))
                return false;
            continue;
        }
        tags++;
        if (t->kind == TOKEN_VALUE || t->kind == TOKEN_RAW)
            return false;
        printing += t->kind == TOKEN_PARTIAL;
        if (t->kind != TOKEN_PARENT && t->kind != TOKEN_BLOCK)
            continue;
        size_t close = closing(items, i, to);
        if (close == to)
            continue;
        if (t->kind == TOKEN_BLOCK)
            return false;
        printing++;
        i = close; /* what stands inside is the parent's affair */
    }
    return tags && (!printing || (printing == 1 && tags == 1));
}

static bool takes_indent(const struct token *t) {
    return t->kind == TOKEN_PARTIAL || t->kind == TOKEN_PARENT || t->kind == TOKEN_BLOCK;
}

static struct str leading_space(struct str s) {
    size_t i = 0;
    while (i < s.len && (s.at[i] == ' ' || s.at[i] == '\t'))
        i++;
    return str_sub(s, 0, i);
}

static struct str line_indent(const struct token *first) {
    return is_tag(first) ? (struct str){0} : leading_space(first->text);
}

/* A line that vanishes: its white space goes, its tags are standalone. */
static void mark_vanishing(struct token *items, size_t from, size_t to) {
    struct str indent = line_indent(&items[from]);
    for (size_t i = from; i < to; i++) {
        struct token *t = &items[i];
        if (!is_tag(t)) {
            t->kind = TOKEN_BLANK;
            continue;
        }
        t->standalone = t->fresh = takes_indent(t);
        t->indent = t->standalone ? indent : (struct str){0};
        size_t close = t->kind == TOKEN_PARENT ? closing(items, i, to) : to;
        if (close < to)
            i = close;
    }
}

/* Any other line: its first token begins a line of output, and a block that comes first passes the indentation on. */
static void mark_line(struct token *items, size_t from, size_t to) {
    items[from].fresh = true;
    size_t first = from + !is_tag(&items[from]);
    if (first < to && items[first].kind == TOKEN_BLOCK && (first == from || is_blank(items[from].text)))
        items[first].indent = line_indent(&items[from]);
}

/* How deep the lines inside a standalone block stand: as its first line that is not blank, or as the tag itself when
 * nothing is inside. */
static struct str inner_indent(const struct token *items, size_t count, size_t block) {
    for (size_t from = line_end(items, count, block); from < count;) {
        size_t to = line_end(items, count, from);
        size_t first = from + (!is_tag(&items[from]) && is_blank(items[from].text));
        bool blank = first == to;
        if (!blank && items[first].kind == TOKEN_CLOSE && str_eq(items[first].text, items[block].text))
            break;
        if (!blank)
            return line_indent(&items[from]);
        from = to;
    }
    return items[block].indent;
}

static void mark_lines(struct token *items, size_t count) {
    for (size_t from = 0, to; from < count; from = to) {
        to = line_end(items, count, from);
        if (line_vanishes(items, from, to))
            mark_vanishing(items, from, to);
        else
            mark_line(items, from, to);
    }
    for (size_t i = count; i-- > 0;)
        if (items[i].kind == TOKEN_BLOCK && items[i].standalone)
            items[i].indent = inner_indent(items, count, i);
}

bool mustache_tokens(struct arena *arena, const struct source *source, struct diags *diags,
                     struct tokens *out) {
    struct scanner s = {.arena = arena, .source = source, .diags = diags, .text = source->text};
    s.open = STR("{{");
    s.close = STR("}}");
    bool ok = true;
    while (ok && s.at < s.text.len) {
        push_text(&s, find(s.text, s.open, s.at));
        ok = s.at == s.text.len || read_tag(&s);
    }
    mark_lines(s.items, s.count);
    *out = (struct tokens){s.items, s.count};
    return ok;
}
