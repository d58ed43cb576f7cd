/* SPDX-License-Identifier: MIT */
/* review_text.c: what several sections of a review have in their values, and how it is written. */
#include "edge/review_text.h"

/* Of words that are kept, so many bytes are shown beside a mark: enough to find the place by. */
#define BESIDE 80

static const char *const parts[] = {
    [REDLINE_KEPT] = "kept", [REDLINE_ADDED] = "added", [REDLINE_REMOVED] = "removed"};

struct value review_spans(const struct redline_change *change, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < change->span_count; i++) {
        struct value_map m = {.arena = arena};
        map_text(&m, parts[change->spans[i].part], change->spans[i].text);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* The first word boundary at or after `from`. */
static size_t word_after(struct str text, size_t from) {
    size_t space = str_find(text, ' ', from);
    return space < text.len ? space + 1 : text.len;
}

static size_t word_before(struct str text, size_t to) {
    while (to && text.at[to - 1] != ' ')
        to--;
    return to ? to - 1 : 0;
}

struct str review_cut(struct arena *arena, struct str text, size_t most) {
    if (text.len <= most)
        return text;
    size_t end = word_before(text, most);
    for (end = end ? end : most; end && ((unsigned char)text.at[end] & 0xC0) == 0x80;)
        end--; /* a word of its own length is cut at a character */
    return str_join(arena, str_sub(text, 0, end), STR(" …"));
}

/* Before the first mark only its end is of use, after the last only its beginning, between two marks both. */
static void write_kept(struct document *out, struct str text, bool first, bool last) {
    size_t head = first ? 0 : BESIDE, tail = last ? 0 : BESIDE;
    if (text.len <= head + tail + 8) {
        document_span(out, SPAN_TEXT, text);
        return;
    }
    size_t from = first ? 0 : word_before(text, head),
           to = last ? text.len : word_after(text, text.len - tail);
    document_span(out, SPAN_TEXT, str_sub(text, 0, from));
    document_span(out, SPAN_TEXT, first ? STR("… ") : last ? STR(" …") : STR(" … "));
    document_span(out, SPAN_TEXT, str_sub(text, to, text.len));
}

void review_spans_write(const struct value *spans, struct document *out) {
    for (uint32_t i = 0; spans && i < spans->count; i++) {
        const struct field *span = &spans->items[i].fields[0];
        struct str text = value_str(&span->value);
        if (i)
            document_span(out, SPAN_TEXT, STR(" "));
        if (str_eq(span->key, STR("kept")))
            write_kept(out, text, i == 0, i + 1 == spans->count);
        else
            document_span(out, str_eq(span->key, STR("added")) ? SPAN_ADDED : SPAN_REMOVED, text);
    }
}

struct str review_words(const struct value *value, const char *path) {
    return value_words(value_at(value, path));
}

size_t review_whole(const struct value *value, const char *path) {
    const struct value *v = value_at(value, path);
    struct str digits = v && v->kind == VALUE_NUMBER ? value_str(v) : (struct str){0};
    size_t n = 0;
    for (size_t i = 0; i < digits.len && digits.at[i] >= '0' && digits.at[i] <= '9'; i++)
        n = n * 10 + (size_t)(digits.at[i] - '0');
    return n;
}
