/* SPDX-License-Identifier: MIT */
/*
 * mustache_html.c: where in HTML a piece of template text leaves off.
 *
 * It follows the HTML standard's tokenizer as far as templates need: what is text, a tag, a quoted value, a comment,
 * a script. What a tag means also depends on the elements around it, which a template cannot know of its caller; so
 * where that would matter the text is refused, and the rest reads the same everywhere. A name, a `<` with what
 * follows it, and a script's type must stand in one piece of text: half of one, with a template tag between, could
 * become anything.
 */
#include "text/mustache_priv.h"

/* What a reader returns when it cannot follow the text any further than `at`: more than any length. */
#define LOST(at) (~(at))

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t skip_space(struct str text, size_t at) {
    while (at < text.len && is_space(text.at[at]))
        at++;
    return at;
}

/* ---- special elements and attributes ---- */

/* Elements whose content is not read as tags. The first entry stands for all the others. */
static const struct {
    const char *name;
    enum where inside;
} elements[] = {
    {"", IN_TEXT},   {"script", IN_RAW}, {"style", IN_RAW},   {"title", IN_TITLE},  {"textarea", IN_TITLE},
    {"xmp", IN_RAW}, {"iframe", IN_RAW}, {"noembed", IN_RAW}, {"noframes", IN_RAW},
};

#define ELEMENT_SCRIPT 1

static uint8_t element_named(struct str name) {
    for (uint8_t i = 1; i < sizeof(elements) / sizeof(elements[0]); i++)
        if (str_eq_fold(name, str_from(elements[i].name)))
            return i;
    return 0;
}

/* Attributes that are more than text. All that begin with `on` hold scripts. */
static const struct {
    const char *name;
    enum html_attribute kind;
} attributes[] = {
    {"href", ATTRIBUTE_ADDRESS},       {"src", ATTRIBUTE_ADDRESS},        {"action", ATTRIBUTE_ADDRESS},
    {"formaction", ATTRIBUTE_ADDRESS}, {"poster", ATTRIBUTE_ADDRESS},     {"cite", ATTRIBUTE_ADDRESS},
    {"data", ATTRIBUTE_ADDRESS},       {"srcset", ATTRIBUTE_ADDRESS},     {"imagesrcset", ATTRIBUTE_ADDRESS},
    {"ping", ATTRIBUTE_ADDRESS},       {"xlink:href", ATTRIBUTE_ADDRESS}, {"background", ATTRIBUTE_ADDRESS},
    {"longdesc", ATTRIBUTE_ADDRESS},   {"manifest", ATTRIBUTE_ADDRESS},   {"style", ATTRIBUTE_STYLE},
    {"srcdoc", ATTRIBUTE_PAGE},
};

static enum html_attribute attribute_named(struct str name, uint8_t element) {
    if (name.len > 2 && str_eq_fold(str_sub(name, 0, 2), STR("on")))
        return ATTRIBUTE_SCRIPT;
    if (element == ELEMENT_SCRIPT && str_eq_fold(name, STR("type")))
        return ATTRIBUTE_TYPE;
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
        if (str_eq_fold(name, str_from(attributes[i].name)))
            return attributes[i].kind;
    return ATTRIBUTE_PLAIN;
}

/* ---- one function a place: reads on from text[at], returns where it stopped, or LOST(where) ---- */

/* At the `>` of a tag. */
static size_t close_tag(struct html_state *s, size_t at) {
    enum where inside = elements[s->element].inside;
    if (s->script == SCRIPT_LINKED)
        inside = IN_LINKED;
    *s = (struct html_state){.where = (uint8_t)inside, .element = inside == IN_TEXT ? 0 : s->element};
    return at + 1;
}

static size_t read_tag_name(struct html_state *s, struct str text, size_t at) {
    size_t from = at;
    while (at < text.len && !is_space(text.at[at]) && text.at[at] != '/' && text.at[at] != '>')
        if (text.at[at++] == '<')
            return LOST(at - 1);
    *s = (struct html_state){.where = at < text.len ? IN_TAG : IN_NAME};
    s->element = element_named(str_sub(text, from, at));
    return at;
}

/* Whether a browser may take the `<` at text[at] for the beginning of something. At the end of a text it may. */
static bool opens_markup(struct str text, size_t at) {
    char next = at + 1 < text.len ? text.at[at + 1] : '/';
    return is_letter(next) || next == '/' || next == '!' || next == '?';
}

static bool starts_fold(struct str s, struct str prefix) {
    return str_eq_fold(str_sub(s, 0, prefix.len), prefix);
}

/* From a `<`; one that opens nothing is text. Of all that begins with `<!` only comments and document types are read
 * alike in HTML and in the SVG inside it. */
static size_t read_markup(struct html_state *s, struct str text, size_t at) {
    struct str rest = str_sub(text, at, text.len);
    if (!opens_markup(text, at))
        return at + 1;
    if (rest.len > 1 && is_letter(rest.at[1]))
        return read_tag_name(s, text, at + 1);
    bool comment = str_starts(rest, STR("<!--"));
    if (rest.len < 3 || (rest.at[1] == '!' && !comment && !starts_fold(rest, STR("<!doctype"))))
        return LOST(at);
    bool end_tag = rest.at[1] == '/' && is_letter(rest.at[2]);
    s->where = comment ? IN_COMMENT : end_tag ? IN_END_TAG : IN_DECLARATION;
    return at + 2; /* the hyphens that open a comment may close it too, as in `<!-->` */
}

static size_t read_text(struct html_state *s, struct str text, size_t at) {
    at = str_find(text, '<', at);
    return at < text.len ? read_markup(s, text, at) : at;
}

/*
 * Inside an element whose content is not tags, up to its own end tag. Browsers do read tags there in some places (in
 * SVG, in a <select>), so nothing that looks like one is let in: then all readings agree. And so that they agree about
 * <noscript>, whose content is tags or not as scripts are off or on, its end tag may not hide in a comment or value.
 */
static size_t read_raw(struct html_state *s, struct str text, size_t at) {
    struct str name = str_from(elements[s->element].name);
    at = str_find(text, '<', at);
    if (at == text.len)
        return at;
    struct str rest = str_sub(text, at + 1, text.len);
    char after = rest.len > 1 + name.len ? rest.at[1 + name.len] : 0;
    bool own = str_starts(rest, STR("/")) && starts_fold(str_sub(rest, 1, rest.len), name);
    if (own && (is_space(after) || after == '/' || after == '>')) {
        *s = (struct html_state){.where = IN_END_TAG};
        return at;
    }
    return opens_markup(text, at) ? LOST(at) : at + 1;
}

/* Passes over text[at..to), in which no browser may find the end of a <noscript>. */
static size_t pass_to(struct str text, size_t at, size_t to) {
    for (size_t i = str_find(text, '<', at); i < to; i = str_find(text, '<', i + 1))
        if (starts_fold(str_sub(text, i, text.len), STR("</noscript")))
            return LOST(i);
    return to;
}

static size_t read_comment(struct html_state *s, struct str text, size_t at) {
    for (size_t i = at; i < text.len; i++) {
        struct str rest = str_sub(text, i, text.len);
        if (str_starts(rest, STR("-->")) || str_starts(rest, STR("--!>"))) {
            s->where = IN_TEXT;
            return pass_to(text, at, str_find(text, '>', i) + 1);
        }
    }
    bool half = str_ends(text, STR("-")) && text.len - at > 2;
    return half ? LOST(text.len - 1) : pass_to(text, at, text.len);
}

static size_t read_to_bracket(struct html_state *s, struct str text, size_t at) {
    size_t end = str_find(text, '>', at);
    if (s->where == IN_DECLARATION && str_find(text, '<', at) < end)
        return LOST(at);
    if (end == text.len)
        return end;
    *s = (struct html_state){0};
    return end + 1;
}

/* An attribute's name and, if it is there, the equals sign after it. */
static size_t read_attribute(struct html_state *s, struct str text, size_t at) {
    size_t from = at;
    for (; at < text.len && !is_space(text.at[at]); at++) {
        char c = text.at[at];
        if (c == '"' || c == '\'' || c == '<')
            return LOST(at);
        if (c == '/' || c == '>' || c == '=')
            break;
    }
    if (at == from)
        return LOST(at);
    enum html_attribute kind = attribute_named(str_sub(text, from, at), s->element);
    s->where = at < text.len ? IN_TAG : IN_NAME;
    at = skip_space(text, at);
    if (at < text.len && text.at[at] == '=') {
        s->where = IN_EQUALS;
        s->attribute = (uint8_t)kind;
        at++;
    }
    return at;
}

static size_t read_tag(struct html_state *s, struct str text, size_t at) {
    while (at < text.len && (is_space(text.at[at]) || text.at[at] == '/'))
        at++;
    if (at == text.len)
        return at;
    return text.at[at] == '>' ? close_tag(s, at) : read_attribute(s, text, at);
}

static size_t read_after_name(struct html_state *s, struct str text, size_t at) {
    char c = text.at[at];
    if (!is_space(c) && c != '/' && c != '>')
        return LOST(at);
    s->where = IN_TAG;
    return at;
}

/* A script's type must be there whole: it decides what everything after it is. Browsers take the first. */
static size_t read_type(struct html_state *s, struct str text, size_t at) {
    char quote = text.at[at] == '"' || text.at[at] == '\'' ? text.at[at] : 0;
    size_t from = at + (quote != 0), to = from;
    while (to < text.len && (quote ? text.at[to] != quote : !is_space(text.at[to]) && text.at[to] != '>'))
        to++;
    if (to == text.len)
        return LOST(at);
    bool linked = str_eq_fold(str_trim(str_sub(text, from, to)), STR("application/ld+json"));
    if (s->script == SCRIPT_UNKNOWN)
        s->script = linked ? SCRIPT_LINKED : SCRIPT_OTHER;
    s->where = IN_TAG;
    s->attribute = 0;
    return to + (quote != 0);
}

static size_t read_equals(struct html_state *s, struct str text, size_t at) {
    at = skip_space(text, at);
    if (at == text.len)
        return at;
    if (text.at[at] == '>')
        return close_tag(s, at);
    if (s->attribute == ATTRIBUTE_TYPE)
        return read_type(s, text, at);
    bool quoted = text.at[at] == '"' || text.at[at] == '\'';
    s->where = text.at[at] == '"' ? IN_DOUBLE : quoted ? IN_SINGLE : IN_UNQUOTED;
    return at + quoted;
}

static size_t read_value(struct html_state *s, struct str text, size_t at) {
    size_t end = str_find(text, s->where == IN_DOUBLE ? '"' : '\'', at);
    if (end == text.len)
        return pass_to(text, at, end);
    s->where = IN_TAG;
    s->attribute = 0;
    return pass_to(text, at, end + 1);
}

static size_t read_unquoted(struct html_state *s, struct str text, size_t at) {
    while (at < text.len && !is_space(text.at[at]) && text.at[at] != '>')
        if (text.at[at++] == '<')
            return LOST(at - 1);
    if (at == text.len)
        return at;
    s->where = IN_TAG;
    s->attribute = 0;
    return at;
}

static const struct {
    size_t (*read)(struct html_state *, struct str, size_t);
    const char *words;
} places[] = {
    [IN_TEXT] = {read_text, "plain text"},
    [IN_TITLE] = {read_raw, ""},
    [IN_RAW] = {read_raw, ""},
    [IN_LINKED] = {read_raw, ""},
    [IN_COMMENT] = {read_comment, "a comment"},
    [IN_DECLARATION] = {read_to_bracket, "a declaration"},
    [IN_END_TAG] = {read_to_bracket, "an end tag"},
    [IN_TAG] = {read_tag, "a tag"},
    [IN_NAME] = {read_after_name, "a tag"},
    [IN_EQUALS] = {read_equals, "an attribute before its quotes"},
    [IN_DOUBLE] = {read_value, "an attribute's value"},
    [IN_SINGLE] = {read_value, "an attribute's value"},
    [IN_UNQUOTED] = {read_unquoted, "an attribute without quotes"},
};

size_t html_state_read(struct html_state *state, struct str text) {
    size_t at = 0;
    while (at < text.len) {
        size_t next = places[state->where].read(state, text, at);
        if (next > text.len)
            return ~next;
        at = next;
    }
    return at;
}

bool html_state_eq(struct html_state a, struct html_state b) {
    return a.where == b.where && a.element == b.element && a.attribute == b.attribute && a.script == b.script;
}

struct str html_state_words(struct arena *arena, struct html_state state) {
    struct str words = str_from(places[state.where].words);
    if (state.where == IN_TAG && state.script)
        return STR("the tag of a script with a type");
    if (words.len)
        return words;
    return str_join(arena, STR("a <"), str_from(elements[state.element].name), STR("> element"));
}
