/* SPDX-License-Identifier: MIT */
/* cell_words.c: labels, numbers and days in the text of a cell, and what is said of words that are none of these. */
#include "policy/cell_priv.h"

/* ---- words ---- */

static char small(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c) {
    return is_digit(c) || (small(c) >= 'a' && small(c) <= 'z') || (unsigned char)c >= 0x80 || c == '_';
}

/* Whether the word before `i` goes on there: `2` is no word of `2a`, `2.5` or `2-3`, nor `GREEN` of `GREEN*`. */
static bool goes_on(struct str text, size_t i) {
    if (i >= text.len)
        return false;
    char c = text.at[i], next = i + 1 < text.len ? text.at[i + 1] : ' ';
    return is_alnum(c) || c == '*' || c == '+' || ((c == '-' || c == '\'') && is_alnum(next)) ||
           (c == '.' && is_digit(next));
}

size_t cursor_match(struct str text, size_t at, struct str label) {
    if (!label.len || label.len > text.len - at)
        return 0;
    for (size_t i = 0; i < label.len; i++)
        if (small(text.at[at + i]) != small(label.at[i]))
            return 0;
    bool word = is_alnum(label.at[label.len - 1]);
    return word && goes_on(text, at + label.len) ? 0 : label.len;
}

struct cursor cursor_of(const struct cell_scope *scope, struct cell_text in) {
    return (struct cursor){.scope = scope, .in = in, .text = in.text};
}

void cursor_skip(struct cursor *w) {
    while (w->at < w->text.len && w->text.at[w->at] == ' ')
        w->at++;
}

bool cursor_take(struct cursor *w, const char *phrase) {
    size_t n = cursor_match(w->text, w->at, str_from(phrase));
    w->at += n;
    cursor_skip(w);
    return n > 0;
}

bool cursor_end(const struct cursor *w) {
    return w->at >= w->text.len || w->text.at[w->at] == ';';
}

static bool item_ends_at(const struct cursor *w, size_t at) {
    return at >= w->text.len || w->text.at[at] == ';' || w->text.at[at] == ',' ||
           cursor_match(w->text, at, STR("or")) || cursor_match(w->text, at, STR("in the last"));
}

bool cursor_item_ends(const struct cursor *w) {
    return item_ends_at(w, w->at);
}

struct str cursor_phrase(const struct cursor *w) {
    size_t end = w->at;
    bool begins = true;
    while (end < w->text.len && !((begins || w->text.at[end] == ',' || w->text.at[end] == ';') &&
                                  end > w->at && item_ends_at(w, end))) {
        begins = w->text.at[end] == ' ';
        end++;
    }
    return str_trim(str_sub(w->text, w->at, end));
}

struct str cursor_from(const struct cursor *w, size_t from) {
    return str_trim(str_sub(w->text, from, w->at));
}

struct place cursor_place(const struct cursor *w, size_t at) {
    if (w->in.cell)
        return markdown_cell_place(w->in.cell, at);
    bool known = w->in.at.source && w->in.at.offset != DIAG_NOWHERE;
    return known ? place_at(w->in.at.source, w->in.at.offset + at) : w->in.at;
}

/* ---- messages ---- */

bool cursor_fail(const struct cursor *w, size_t at, enum diag_id id, struct str one, struct str two,
                 struct str three) {
    diag(w->scope->diags, id, cursor_place(w, at), one, two, three);
    return false;
}

/* Up to this many values are listed where none is near. */
#define HINT_VALUES 12

static struct str values_hint(struct arena *arena, const struct thing *thing, struct str phrase) {
    size_t n = thing_value_count(thing);
    struct str *labels = arena_array(arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        labels[i] = thing_value_label(thing, i);
    struct str near = str_nearest(phrase, labels, n);
    if (near.len)
        return str_join(arena, STR("did you mean \""), near, STR("\"?"));
    struct buf out = {.arena = arena};
    buf_lit(&out, "it is one of: ");
    for (size_t i = 0; i < n && i < HINT_VALUES; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, labels[i]);
    }
    buf_add(&out, n > HINT_VALUES ? STR(" ...") : STR(""));
    return n ? buf_str(&out) : STR("");
}

/* The fact that was meant by words of which the last may be its test: `Ofsted grad: Good`. */
static struct str name_hint(const struct cursor *w, struct str phrase) {
    struct arena *arena = w->scope->diags->arena;
    struct str near = thing_nearest(w->scope->kind, arena, phrase);
    for (size_t end = phrase.len; !near.len && end > 0; end--)
        if (phrase.at[end - 1] == ' ' || phrase.at[end - 1] == ':')
            near = thing_nearest(w->scope->kind, arena, str_trim(str_sub(phrase, 0, end - 1)));
    return near.len ? str_join(arena, STR("did you mean \""), near, STR("\"?")) : near;
}

/* The fact that was meant where another's name was read out of the first of its words: `Kind of parnership: Loose`. */
static struct str begun_hint(const struct cursor *w, struct str phrase) {
    size_t from = w->at, colon = 0;
    while (colon < phrase.len && phrase.at[colon] != ':')
        colon++;
    if (colon == phrase.len)
        return (struct str){0};
    while (from > 0 && w->text.at[from - 1] != ';')
        from--;
    return name_hint(w, str_trim(str_sub(w->text, from, w->at + colon)));
}

/* A header that is nearly a fact's is one mistake, however many cells stand under it. */
static bool header_misnamed(const struct cell_scope *scope) {
    struct arena *arena = scope->diags->arena;
    if (scope->misnamed && *scope->misnamed)
        return true;
    struct str near = scope->misnamed ? thing_nearest(scope->kind, arena, scope->header) : STR("");
    if (near.len)
        diag(scope->diags, DIAG_CELL_HEADER, scope->header_at, scope->header,
             noun_phrase(arena, scope->kind->id), near);
    return near.len && (*scope->misnamed = true);
}

bool cursor_ends_short(const struct cursor *w) {
    if (!cursor_phrase(w).len)
        return !cursor_fail(w, w->at, DIAG_CELL_ENDS, STR(""), STR(""), STR(""));
    return false;
}

bool cursor_unknown(const struct cursor *w, const struct thing *thing) {
    struct str phrase = cursor_phrase(w);
    if (cursor_ends_short(w))
        return false;
    if (!thing && header_misnamed(w->scope))
        return false;
    if (!thing) {
        struct str hint = name_hint(w, phrase);
        return cursor_fail(
            w, w->at, DIAG_CELL_NO_FACT, phrase,
            hint.len ? hint
                     : STR("its column's header names none either, so it names its own: Phase: infant"),
            STR(""));
    }
    struct str hint = values_hint(w->scope->diags->arena, thing, phrase);
    if (thing->output && thing->output->decision == w->scope->decision)
        return cursor_fail(w, w->at, DIAG_CELL_ANSWER, phrase, thing->label, hint);
    struct str name = str_starts(hint, STR("did")) ? STR("") : name_hint(w, phrase);
    if (!name.len && !str_starts(hint, STR("did")))
        name = begun_hint(w, phrase);
    return cursor_fail(w, w->at, DIAG_CELL_UNKNOWN, phrase, thing->label, name.len ? name : hint);
}

void cursor_link(const struct cursor *w, size_t from, const struct thing *thing, struct str value) {
    struct cell_links *links = w->scope->links;
    if (!links)
        return;
    if (links->count == links->room) {
        size_t room = links->room ? 2 * links->room : 32;
        links->items = arena_grow(links->arena, links->items, links->count * sizeof(struct column_link),
                                  room * sizeof(struct column_link), alignof(struct column_link));
        links->room = room;
    }
    links->items[links->count++] = (struct column_link){.row = w->in.row,
                                                        .column = w->in.column,
                                                        .from = from,
                                                        .to = from + cursor_from(w, from).len,
                                                        .fact = thing->fact,
                                                        .output = thing->output,
                                                        .value = value};
}

void cell_link_header(const struct cell_scope *scope, struct cell_text in, const struct thing *thing,
                      const struct output *output) {
    struct cursor w = cursor_of(scope, in);
    struct thing named = {.fact = thing ? thing->fact : NULL, .output = thing ? thing->output : output};
    w.at = w.text.len;
    cursor_link(&w, 0, &named, STR(""));
}

/* ---- values ---- */

size_t thing_value_count(const struct thing *t) {
    if (t->item_count)
        return t->item_count;
    if (t->output)
        return t->output->answer_count;
    if (t->scale)
        return t->scale->count;
    return t->fact->type == FACT_YES_NO ? 2 : 0;
}

struct str thing_value_id(const struct thing *t, size_t i) {
    if (t->item_count)
        return t->items[i]->item;
    if (t->output)
        return t->output->answers[i].id;
    if (t->scale)
        return t->scale->values[i].id;
    return i ? STR("yes") : STR("no");
}

struct str thing_value_label(const struct thing *t, size_t i) {
    if (t->item_count)
        return t->items[i]->label;
    if (t->output)
        return t->output->answers[i].label;
    if (t->scale)
        return scale_value_label(&t->scale->values[i]);
    return i ? STR("yes") : STR("no");
}

static void match_add(const struct cursor *w, struct str label, size_t index, bool by_id,
                      struct match *best) {
    size_t n = cursor_match(w->text, w->at, label);
    if (!n || n < best->length || (n == best->length && by_id && !best->by_id))
        return;
    bool same = n == best->length && by_id == best->by_id;
    if (same && best->index != index) {
        best->two = true;
        best->other = index;
    } else if (!same) {
        *best = (struct match){.length = n, .index = index, .by_id = by_id};
    }
}

/* `labels` is one text, a list of them, or a map with a label. */
static void match_labels(const struct cursor *w, const struct value *labels, size_t index,
                         struct match *best) {
    if (labels && labels->kind == VALUE_LIST)
        for (uint32_t i = 0; i < labels->count; i++)
            match_add(w, value_words(&labels->items[i]), index, false, best);
    else if (labels && labels->kind == VALUE_MAP)
        match_labels(w, value_at(labels, "label"), index, best);
    else if (labels)
        match_add(w, value_words(labels), index, false, best);
}

struct match cursor_value(const struct cursor *w, const struct thing *t) {
    struct match best = {0};
    size_t n = thing_value_count(t);
    for (size_t i = 0; i < n; i++) {
        if (t->item_count)
            match_labels(w, &t->fact->items->fields[i].value, i, &best);
        else if (t->scale && i < t->scale->count)
            match_labels(w, t->scale->values[i].labels, i, &best);
        else
            match_add(w, thing_value_label(t, i), i, false, &best);
        match_add(w, thing_value_id(t, i), i, true, &best);
    }
    return best;
}

static const struct thing *longest_of(const struct cursor *w, const struct map *map, size_t *length) {
    const struct thing *found = NULL;
    for (size_t i = 0; i < map->count; i++) {
        size_t n = cursor_match(w->text, w->at, map->items[i].key);
        if (n > *length) {
            *length = n;
            found = map->items[i].value;
        }
    }
    return found;
}

const struct thing *cursor_thing(const struct cursor *w, size_t *length) {
    *length = 0;
    const struct thing *by_label = longest_of(w, &w->scope->kind->by_label, length);
    const struct thing *by_name = longest_of(w, &w->scope->kind->by_name, length);
    return by_name ? by_name : by_label;
}

/* ---- numbers, days and durations ---- */

#define TRUE_MINUS "\xe2\x88\x92"

size_t cursor_number_length(const struct cursor *w) {
    size_t i = w->at;
    if (str_starts(str_sub(w->text, i, w->text.len), STR(TRUE_MINUS)))
        i += sizeof(TRUE_MINUS) - 1;
    else if (i < w->text.len && w->text.at[i] == '-')
        i++;
    size_t digits = i;
    while (i < w->text.len && is_digit(w->text.at[i]))
        i++;
    if (i + 1 < w->text.len && w->text.at[i] == '.' && is_digit(w->text.at[i + 1]))
        for (i++; i < w->text.len && is_digit(w->text.at[i]);)
            i++;
    return i > digits && !goes_on(w->text, i) ? i - w->at : 0;
}

bool cursor_number(struct cursor *w, struct decimal *out) {
    size_t n = cursor_number_length(w);
    struct str text = str_sub(w->text, w->at, w->at + n), minus = STR(TRUE_MINUS);
    if (str_starts(text, minus))
        text = str_join(w->scope->policy->arena, STR("-"), str_sub(text, minus.len, text.len));
    if (!n)
        return false;
    if (!decimal_parse(text, out)) /* of more digits than an exponent can count */
        return cursor_fail(w, w->at, DIAG_CELL_NUMBER,
                           str_join(w->scope->diags->arena, str_sub(text, 0, 20), STR("...")),
                           w->scope->column ? w->scope->column->label : w->scope->header, STR(""));
    size_t end = w->at + n;
    if (end + 1 < w->text.len && w->text.at[end] == ',' && is_digit(w->text.at[end + 1])) {
        while (end < w->text.len && (is_digit(w->text.at[end]) || w->text.at[end] == ','))
            end++;
        return cursor_fail(w, w->at, DIAG_CELL_COMMA, str_sub(w->text, w->at, end), STR(""), STR(""));
    }
    w->at = end;
    return true;
}

/* `65%`, `3 points`: the unit of a fact, in the singular or plural. */
static void take_unit(struct cursor *w, const struct fact *fact) {
    struct str unit = fact ? value_words(value_at(fact->source, "unit")) : (struct str){0};
    struct arena *arena = w->scope->policy->arena;
    struct str one =
        str_ends(unit, STR("s")) ? str_sub(unit, 0, unit.len - 1) : str_join(arena, unit, STR("s"));
    cursor_skip(w);
    if (unit.len && !cursor_take(w, str_z(arena, unit)))
        cursor_take(w, str_z(arena, one));
}

static size_t digits_at(const struct cursor *w, size_t at, int *out) {
    size_t n = 0;
    *out = 0;
    while (n < 5 && at + n < w->text.len && is_digit(w->text.at[at + n]))
        *out = *out * 10 + (w->text.at[at + n++] - '0');
    return n;
}

/* `1 September 2019`: how long it is, or 0. */
static size_t long_date(const struct cursor *w, date *out) {
    struct cursor at = *w;
    int day, year;
    size_t n = digits_at(&at, at.at, &day);
    at.at += n;
    cursor_skip(&at);
    for (int month = 0; n && month < 12; month++) {
        if (!cursor_take(&at, date_months[month]))
            continue;
        n = digits_at(&at, at.at, &year);
        *out = n == 4 ? date_make(year, month + 1, day) : DATE_NONE;
        return n == 4 ? at.at + 4 - w->at : 0;
    }
    return 0;
}

static bool take_date(struct cursor *w, struct decimal *out) {
    date day = DATE_NONE;
    struct str iso = str_sub(w->text, w->at, w->at + 10);
    size_t n = long_date(w, &day);
    bool shape = iso.len == 10 && iso.at[4] == '-' && iso.at[7] == '-' && is_digit(iso.at[0]);
    if (!n && shape) {
        day = date_parse_iso(iso);
        n = 10;
    }
    if (!n)
        return cursor_fail(w, w->at, DIAG_CELL_DATE_FORM, cursor_phrase(w), STR(""), STR(""));
    if (day == DATE_NONE)
        return cursor_fail(w, w->at, DIAG_CELL_DATE, str_sub(w->text, w->at, w->at + n), STR(""), STR(""));
    *out = decimal_whole(day);
    w->at += n;
    return true;
}

static const struct {
    const char *one, *many;
    int months, days;
} spans[] = {
    {"year", "years", 12, 0}, {"month", "months", 1, 0}, {"week", "weeks", 0, 7}, {"day", "days", 0, 1}};

static bool take_span_unit(struct cursor *w, size_t *out) {
    for (*out = 0; *out < sizeof(spans) / sizeof(spans[0]); ++*out)
        if (cursor_take(w, spans[*out].many) || cursor_take(w, spans[*out].one))
            return true;
    return false;
}

/* A day has 86,400 seconds, which is how FEEL counts durations of days. */
#define DAY_SECONDS 86400

static bool take_duration(struct cursor *w, const struct variable *v, struct decimal *out) {
    size_t from = w->at, unit;
    struct decimal n;
    if (!cursor_number(w, &n))
        return cursor_fail(w, from, DIAG_CELL_DURATION, cursor_phrase(w), v->label,
                           v->line == LINE_MONTHS ? STR("1 year") : STR("10 days"));
    cursor_skip(w);
    bool known = take_span_unit(w, &unit);
    int factor = !known ? 0 : v->line == LINE_MONTHS ? spans[unit].months : spans[unit].days * DAY_SECONDS;
    if (!factor)
        return cursor_fail(w, from, DIAG_CELL_DURATION, cursor_from(w, from), v->label,
                           v->line == LINE_MONTHS ? STR("1 year") : STR("10 days"));
    return decimal_multiply(n, decimal_whole(factor), out);
}

bool cursor_amount(struct cursor *w, const struct thing *t, struct decimal *out) {
    const struct variable *v = t->variable;
    if (cursor_ends_short(w))
        return false;
    if (v->line == LINE_DATE)
        return take_date(w, out);
    if (v->line == LINE_MONTHS || v->line == LINE_DAYS)
        return take_duration(w, v, out);
    if (!cursor_number_length(w))
        return cursor_fail(w, w->at, DIAG_CELL_NUMBER, cursor_phrase(w), t->label,
                           STR("write it as 65, 60 to 65, below 65, above 65, at least 65 or at most 65"));
    if (!cursor_number(w, out))
        return false;
    take_unit(w, t->fact);
    return true;
}

bool cursor_in_last(struct cursor *w, struct span *out) {
    struct cursor trial = *w;
    size_t unit;
    int64_t n = 1;
    struct decimal number;
    if (!cursor_take(&trial, "in the last"))
        return false;
    if (cursor_number_length(&trial)) {
        cursor_number(&trial, &number);
        cursor_skip(&trial);
        if (!decimal_is_whole(number) || !decimal_to_int64(number, &n) || n < 1 || n > 1000)
            return false;
    }
    if (!take_span_unit(&trial, &unit))
        return false;
    *out = (struct span){.months = (int)n * spans[unit].months, .days = (int)n * spans[unit].days};
    *w = trial;
    return true;
}
