/* SPDX-License-Identifier: MIT */
/*
 * json.c: RFC 8259 in and out.
 *
 * Reading is recursive descent over bytes that were checked to be UTF-8 once, at the door. After a syntax error
 * nothing more is read: what would follow is guesswork. Duplicate names and halves of surrogate pairs leave the
 * structure sound, so they are reported and the rest is read.
 */
#include "text/json.h"

#include <assert.h>

#include "base/map.h"

struct reader {
    struct arena *arena;
    const struct source *source;
    struct str text;
    size_t at;
    int depth;
    struct diags *diags;
};

static bool fail(struct reader *r, enum diag_id id, size_t at) {
    diag_plain(r->diags, id, place_at(r->source, at));
    return false;
}

static bool expected(struct reader *r, struct str what) {
    diag(r->diags, DIAG_JSON_SYNTAX, place_at(r->source, r->at), what);
    return false;
}

/* The byte at the cursor, or 0 at the end: a NUL in the text is as wrong as the end wherever this is asked. */
static char peek(const struct reader *r) {
    return r->at < r->text.len ? r->text.at[r->at] : 0;
}

static bool take(struct reader *r, char c) {
    if (peek(r) != c)
        return false;
    r->at++;
    return true;
}

static void skip_space(struct reader *r) {
    while (take(r, ' ') || take(r, '\n') || take(r, '\t') || take(r, '\r'))
        ;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool take_digits(struct reader *r) {
    size_t from = r->at;
    while (is_digit(peek(r)))
        r->at++;
    return r->at > from;
}

/* ---- scalars ---- */

static bool number_follows(struct reader *r) {
    take(r, '-');
    if (!take(r, '0') && !take_digits(r))
        return false;
    if (take(r, '.') && !take_digits(r))
        return false;
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        return take_digits(r);
    }
    return true;
}

static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' ||
           c == '.';
}

/* Everything that is written without quotes or brackets. Reading a whole word first lets the message name it. */
static bool read_word(struct reader *r, struct value *out) {
    size_t from = r->at, end = r->at;
    while (end < r->text.len && is_word(r->text.at[end]))
        end++;
    struct str word = str_sub(r->text, from, end);
    if (str_eq(word, STR("null")) || str_eq(word, STR("true")) || str_eq(word, STR("false"))) {
        *out = word.at[0] == 'n' ? value_null() : value_bool(word.at[0] == 't');
        r->at = end;
        return true;
    }
    if (!word.len || !(is_digit(word.at[0]) || word.at[0] == '-' || word.at[0] == '+' || word.at[0] == '.'))
        return expected(r, STR("a value"));
    if (!number_follows(r) || r->at != end) {
        diag(r->diags, DIAG_JSON_NUMBER, place_at(r->source, from), word);
        return false;
    }
    *out = value_number(word);
    return true;
}

static bool read_hex(struct reader *r, uint32_t *unit) {
    *unit = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        char c = peek(r);
        if (is_digit(c))
            *unit = *unit << 4 | (uint32_t)(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            *unit = *unit << 4 | (uint32_t)((c | 0x20) - 'a' + 10);
        else
            return false;
    }
    return true;
}

/* What follows `\u`. A half pair has no UTF-8; it is reported, and U+FFFD stands for it. */
static bool read_unit(struct reader *r, struct buf *out) {
    size_t from = r->at - 2;
    uint32_t unit, low;
    if (!read_hex(r, &unit))
        return fail(r, DIAG_JSON_ESCAPE, from);
    size_t after = r->at;
    if (unit >= 0xD800 && unit < 0xDC00 && take(r, '\\') && take(r, 'u') && read_hex(r, &low) &&
        low >= 0xDC00 && low < 0xE000) {
        buf_code_point(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
        return true;
    }
    r->at = after;
    if (unit >= 0xD800 && unit < 0xE000) {
        fail(r, DIAG_JSON_SURROGATE, from);
        unit = 0xFFFD;
    }
    buf_code_point(out, unit);
    return true;
}

static const struct {
    char written;
    char meant;
} escapes[] = {
    {'"', '"'}, {'\\', '\\'}, {'/', '/'}, {'b', '\b'}, {'f', '\f'}, {'n', '\n'}, {'r', '\r'}, {'t', '\t'},
};

static bool read_escape(struct reader *r, struct buf *out) {
    r->at++; /* the backslash */
    if (take(r, 'u'))
        return read_unit(r, out);
    for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
        if (take(r, escapes[i].written)) {
            buf_byte(out, escapes[i].meant);
            return true;
        }
    }
    return fail(r, DIAG_JSON_ESCAPE, r->at - 1);
}

/* A string without escapes, which is nearly every one, is a view of the source. */
static bool read_string(struct reader *r, struct str *out) {
    size_t open = r->at++, from = r->at;
    struct buf text = {.arena = r->arena};
    bool copied = false;
    while (r->at < r->text.len) {
        unsigned char c = (unsigned char)r->text.at[r->at];
        if (c == '"' || c == '\\') {
            struct str run = str_sub(r->text, from, r->at);
            if (c == '"' && !copied) {
                r->at++;
                *out = run;
                return true;
            }
            buf_add(&text, run);
            copied = true;
            if (take(r, '"')) {
                *out = buf_str(&text);
                return true;
            }
            if (!read_escape(r, &text))
                return false;
            from = r->at;
        } else if (c < 0x20) {
            return fail(r, DIAG_JSON_CONTROL, r->at);
        } else {
            r->at++;
        }
    }
    return fail(r, DIAG_JSON_UNCLOSED, open);
}

/* ---- lists and objects ---- */

static bool read_value(struct reader *r, struct value *out);

/* After an item: true when another follows; `*closed` when the bracket came instead. */
static bool read_comma(struct reader *r, char close, size_t open, bool *closed) {
    skip_space(r);
    *closed = take(r, close);
    if (*closed)
        return true;
    size_t comma = r->at;
    if (take(r, ',')) {
        skip_space(r);
        return peek(r) == close ? fail(r, DIAG_JSON_COMMA, comma) : true;
    }
    if (r->at == r->text.len)
        return fail(r, DIAG_JSON_UNCLOSED, open);
    return expected(r, close == ']' ? STR("a comma or \"]\"") : STR("a comma or \"}\""));
}

static bool read_list(struct reader *r, struct value *out) {
    struct value_list list = {.arena = r->arena};
    size_t open = r->at++;
    skip_space(r);
    bool closed = take(r, ']');
    while (!closed) {
        struct value item;
        if (!read_value(r, &item))
            return false;
        list_add(&list, item);
        if (!read_comma(r, ']', open, &closed))
            return false;
    }
    *out = list_done(&list);
    return true;
}

/* Objects in data are small, so a scan of hashes beats a table; beyond this many fields a table takes over, or a
 * hostile file would cost the square of its size. */
#define SCAN_MAX 32

/* The place of the field of the same name, or DIAG_NOWHERE; the new one is remembered. */
static uint32_t place_of_first(struct reader *r, const struct value_map *map, struct map *table,
                               const struct field *field) {
    if (map->count < SCAN_MAX) {
        for (uint32_t i = 0; i < map->count; i++)
            if (map->fields[i].hash == field->hash && str_eq(map->fields[i].key, field->key))
                return map->fields[i].key_offset;
        return DIAG_NOWHERE;
    }
    table->arena = r->arena;
    for (uint32_t i = (uint32_t)table->count; i < map->count; i++)
        map_add(table, map->fields[i].key, NULL, NULL);
    bool fresh;
    struct map_item *item = map_add(table, field->key, NULL, &fresh);
    return fresh ? DIAG_NOWHERE : map->fields[item - table->items].key_offset;
}

static bool read_field(struct reader *r, struct value_map *map, struct map *table) {
    struct field field = {.key_offset = (uint32_t)r->at};
    if (peek(r) != '"')
        return expected(r, STR("a name in double quotes"));
    if (!read_string(r, &field.key))
        return false;
    field.hash = str_hash(field.key);
    skip_space(r);
    if (!take(r, ':'))
        return expected(r, STR("a colon"));
    if (!read_value(r, &field.value))
        return false;
    uint32_t first = place_of_first(r, map, table, &field);
    if (first == DIAG_NOWHERE) {
        map_add_field(map, field);
        return true;
    }
    uint32_t line = place_position(place_at(r->source, first)).line;
    diag(r->diags, DIAG_JSON_DUPLICATE, place_at(r->source, field.key_offset), field.key,
         str_whole(r->arena, line));
    return true;
}

static bool read_object(struct reader *r, struct value *out) {
    struct value_map map = {.arena = r->arena};
    struct map table = {0};
    size_t open = r->at++;
    skip_space(r);
    bool closed = take(r, '}');
    while (!closed)
        if (!read_field(r, &map, &table) || !read_comma(r, '}', open, &closed))
            return false;
    *out = map_done(&map);
    return true;
}

static bool read_nested(struct reader *r, bool (*read)(struct reader *, struct value *), struct value *out) {
    if (r->depth == JSON_DEPTH_MAX)
        return fail(r, DIAG_JSON_DEPTH, r->at);
    r->depth++;
    bool ok = read(r, out);
    r->depth--;
    return ok;
}

static bool read_text(struct reader *r, struct value *out) {
    struct str text;
    if (!read_string(r, &text))
        return false;
    *out = value_text(text);
    return true;
}

static bool read_value(struct reader *r, struct value *out) {
    skip_space(r);
    uint32_t offset = (uint32_t)r->at;
    bool ok = peek(r) == '{'   ? read_nested(r, read_object, out)
              : peek(r) == '[' ? read_nested(r, read_list, out)
              : peek(r) == '"' ? read_text(r, out)
                               : read_word(r, out);
    if (ok) {
        out->source = r->source;
        out->offset = offset;
    }
    return ok;
}

bool json_read(struct arena *arena, const struct source *source, struct diags *diags, struct value *out) {
    struct reader r = {.arena = arena, .source = source, .text = source->text, .diags = diags};
    size_t errors = diags->errors;
    *out = value_null();
    assert(source->text.len < UINT32_MAX); /* whoever opened the file bounded it far below */
    size_t bad = str_utf8_bad(source->text);
    if (bad < source->text.len)
        return fail(&r, DIAG_TEXT_NOT_UTF8, bad);
    if (!read_value(&r, out))
        return false;
    skip_space(&r);
    if (r.at < r.text.len)
        return fail(&r, DIAG_JSON_TRAILING, r.at);
    return diags->errors == errors;
}

/* ---- writing ---- */

/* Short escapes for what has one, \u for what must not stand in a string or in a script element. */
static void write_escape(struct buf *out, uint32_t c) {
    for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
        if ((uint32_t)escapes[i].meant == c && c != '/') {
            buf_byte(out, '\\');
            buf_byte(out, escapes[i].written);
            return;
        }
    }
    buf_lit(out, "\\u");
    for (int shift = 12; shift >= 0; shift -= 4)
        buf_byte(out, "0123456789abcdef"[c >> shift & 0xF]);
}

/* Whether the character at s[i] may not stand as it is; then also its code point and its length. */
static bool must_escape(struct str s, size_t i, uint32_t *c, size_t *len) {
    unsigned char byte = (unsigned char)s.at[i];
    *c = byte;
    *len = 1;
    if (byte != 0xE2 || s.len - i < 3 || (unsigned char)s.at[i + 1] != 0x80)
        return byte < 0x20 || byte == '"' || byte == '\\' || byte == '<' || byte == '>' || byte == '&';
    unsigned char last = (unsigned char)s.at[i + 2];
    if (last != 0xA8 && last != 0xA9) /* U+2028 and U+2029 end a line in older scripts */
        return false;
    *c = 0x2000 | (last & 0x3F);
    *len = 3;
    return true;
}

void json_string(struct buf *out, struct str s) {
    buf_byte(out, '"');
    size_t from = 0, len;
    for (size_t i = 0; i < s.len; i += len) {
        uint32_t c;
        if (!must_escape(s, i, &c, &len))
            continue;
        buf_add(out, str_sub(s, from, i));
        write_escape(out, c);
        from = i + len;
    }
    buf_add(out, str_sub(s, from, s.len));
    buf_byte(out, '"');
}

static void write_line(struct buf *out, int indent, int level) {
    if (indent < 0)
        return;
    buf_byte(out, '\n');
    for (int i = 0; i < indent * level; i++)
        buf_byte(out, ' ');
}

static void write_value(struct buf *out, const struct value *v, int indent, int level);

static void write_items(struct buf *out, const struct value *v, int indent, int level) {
    bool map = v->kind == VALUE_MAP;
    buf_byte(out, map ? '{' : '[');
    for (uint32_t i = 0; i < v->count; i++) {
        if (i)
            buf_byte(out, ',');
        write_line(out, indent, level + 1);
        if (map) {
            json_string(out, v->fields[i].key);
            buf_add(out, indent < 0 ? STR(":") : STR(": "));
        }
        write_value(out, map ? &v->fields[i].value : &v->items[i], indent, level + 1);
    }
    if (v->count)
        write_line(out, indent, level);
    buf_byte(out, map ? '}' : ']');
}

static void write_value(struct buf *out, const struct value *v, int indent, int level) {
    switch ((enum value_kind)v->kind) {
    case VALUE_NULL: buf_lit(out, "null"); break;
    case VALUE_BOOL: buf_add(out, v->truth ? STR("true") : STR("false")); break;
    case VALUE_TEXT:
    case VALUE_HTML: json_string(out, value_str(v)); break;
    case VALUE_NUMBER:
    case VALUE_JSON: buf_add(out, value_str(v)); break;
    case VALUE_LIST:
    case VALUE_MAP: write_items(out, v, indent, level); break;
    }
}

void json_write(struct buf *out, const struct value *v, int indent) {
    write_value(out, v, indent, 0);
}
