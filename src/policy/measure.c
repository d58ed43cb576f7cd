/* SPDX-License-Identifier: MIT */
/* measure.c: reading tables of measures. */
#include "policy/measure.h"

#include "policy/condition.h"
#include "policy/table.h"

/* ---- figures ---- */

#define NUMBER_LONGEST DECIMAL_DIGITS

static bool is_digit(struct str s, size_t i) {
    return i < s.len && s.at[i] >= '0' && s.at[i] <= '9';
}

/* A comma between thousands. */
static bool is_comma(struct str s, size_t i) {
    return i && is_digit(s, i - 1) && i < s.len && s.at[i] == ',' && is_digit(s, i + 1) &&
           is_digit(s, i + 2) && is_digit(s, i + 3) && !is_digit(s, i + 4);
}

static bool take_word(struct str *s, struct str word) {
    bool begins = str_starts(*s, word);
    if (begins)
        *s = str_sub(*s, word.len, s->len);
    return begins;
}

/* Takes a sign off; *out says whether there is one. */
static bool take_sign(struct str *s, bool *negative) {
    *negative = take_word(s, STR("-")) || take_word(s, STR("\u2212"));
    return *negative || take_word(s, STR("+"));
}

static bool take_number(struct str *s, bool negative, struct decimal *out) {
    char digits[NUMBER_LONGEST + 2];
    size_t n = 0, i = 0;
    bool point = false;
    if (negative)
        digits[n++] = '-';
    for (; is_digit(*s, i) || is_comma(*s, i) ||
           (!point && i && i < s->len && s->at[i] == '.' && is_digit(*s, i + 1));
         i++) {
        if (n > NUMBER_LONGEST)
            return false;
        point = point || s->at[i] == '.';
        if (s->at[i] != ',')
            digits[n++] = s->at[i];
    }
    if (!i || !decimal_parse((struct str){digits, n}, out))
        return false;
    *s = str_sub(*s, i, s->len);
    return true;
}

/* Whether what comes after a figure says of it no more than when it was. A year or a month: "1 in 5" is no 1. */
static bool is_aside(struct str rest) {
    static const struct str begins[] = {{" in ", 4}, {" at ", 4}, {" by ", 4}};
    if (!rest.len || str_starts(rest, STR(", ")) || str_starts(rest, STR("; ")) ||
        str_starts(rest, STR(" (")))
        return true;
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
        if (take_word(&rest, begins[i]))
            return !is_digit(rest, 0) || (is_digit(rest, 1) && is_digit(rest, 2) && is_digit(rest, 3));
    return false;
}

/* The part was taken: "of 61". */
static struct measure_figure take_whole(struct str rest, struct decimal part) {
    struct measure_figure f = {0};
    struct decimal whole, share;
    if (!take_number(&rest, false, &whole) || (rest.len && rest.at[0] != ' ' && !is_aside(rest)))
        return f;
    f.kind = FIGURE_WRONG;
    if (decimal_cmp(part, whole) <= 0 && decimal_multiply(part, decimal_whole(100), &share) &&
        decimal_divide(share, whole, &f.number))
        f.kind = FIGURE_SHARE;
    return f;
}

struct measure_figure measure_figure(struct str text) {
    struct str rest = str_trim(text);
    struct measure_figure f = {0};
    bool negative, sign = take_sign(&rest, &negative);
    if (!take_number(&rest, negative, &f.number))
        return (struct measure_figure){0};
    if (!sign && take_word(&rest, STR(" of ")))
        return take_whole(rest, f.number);
    f.kind = FIGURE_NUMBER;
    if (take_word(&rest, STR("%")) || take_word(&rest, STR(" %")))
        f.kind = sign ? FIGURE_NUMBER : FIGURE_SHARE; /* +9% says how much more, and not how much */
    else if (take_word(&rest, STR(" percentage")) || str_starts(rest, STR(" point")))
        f.kind = take_word(&rest, STR(" points")) || take_word(&rest, STR(" point")) ? f.kind : FIGURE_WORDS;
    return is_aside(rest) ? f : (struct measure_figure){0};
}

/* ---- columns ---- */

/* What a column may be: its key under `columns`, and the header that needs none. */
static const struct {
    const char *key, *header;
} roles[MEASURE_ROLES] = {
    [MEASURE_NAME] = {"measure", "Measure"},
    [MEASURE_COUNTS] = {"counts", "Counts"},
    [MEASURE_AMONG] = {"among", "Among"},
    [MEASURE_BY] = {"by", "Counted in"},
    [MEASURE_AVERAGE] = {"average", "Average of"},
    [MEASURE_VALUE] = {"value", "Value"},
    [MEASURE_COMPARATOR] = {"comparator", "Comparator"},
    [MEASURE_AIM] = {"aim", "Aim"},
    [MEASURE_EARLIER] = {"earlier", "Earlier"},
    [MEASURE_QUARTILE] = {"quartile", "Quartile"},
    [MEASURE_RATING] = {"rating", "Rating"},
    [MEASURE_TREND] = {"trend", "Trend"},
};

static bool same_words(struct str a, struct str b) {
    return str_eq_fold(str_trim(a), str_trim(b));
}

/* "did you mean "aim"? It is one of: ..." */
static struct str role_hint(struct arena *arena, struct str given) {
    struct str keys[MEASURE_ROLES];
    struct buf hint = {.arena = arena};
    for (size_t i = 0; i < MEASURE_ROLES; i++)
        keys[i] = str_from(roles[i].key);
    struct str near = str_nearest(given, keys, MEASURE_ROLES);
    if (near.len)
        return str_join(arena, STR("did you mean \""), near, STR("\"?"));
    for (size_t i = 0; i < MEASURE_ROLES; i++) {
        buf_add(&hint, i ? STR(", ") : STR("it is one of: "));
        buf_add(&hint, keys[i]);
    }
    return buf_str(&hint);
}

static struct str header_hint(struct arena *arena, struct str given) {
    struct str headers[MEASURE_ROLES];
    for (size_t i = 0; i < MEASURE_ROLES; i++)
        headers[i] = str_from(roles[i].header);
    struct str near = str_nearest(given, headers, MEASURE_ROLES);
    if (same_words(near, given))
        return STR("\"columns\" says that another column is that, or that this one is two things");
    if (near.len)
        return str_join(arena, STR("did you mean \""), near, STR("\"?"));
    return str_join(arena, STR("say what it is, as in columns: {comparator: "), given,
                    STR("}, or name it under \"notes\""));
}

/* Whether the table has such a header; reported where not. */
static bool check_named(struct tables *t, const struct directive *d, const struct value *header) {
    struct str *headers = arena_array(t->diags->arena, struct str, d->table->columns);
    for (size_t i = 0; i < d->table->columns; i++) {
        headers[i] = d->table->header.cells[i].text;
        if (same_words(headers[i], value_words(header)))
            return true;
    }
    diag(t->diags, DIAG_TABLE_NO_COLUMN, value_place(header), value_words(header),
         str_nearest(value_words(header), headers, d->table->columns));
    return false;
}

/* What `columns` and `notes` say of headers that there are not, or of what there is not. */
static void check_keys(struct tables *t, const struct directive *d) {
    const struct value *columns = value_at(d->root, "columns");
    if (columns && columns->kind != VALUE_MAP) {
        diag_plain(t->diags, DIAG_MEASURES_COLUMNS, value_place(columns));
        columns = NULL;
    }
    for (uint32_t i = 0; columns && i < columns->count; i++) {
        const struct field *f = &columns->fields[i];
        bool known = false;
        for (size_t r = 0; r < MEASURE_ROLES; r++)
            known = known || str_eq(f->key, str_from(roles[r].key));
        if (!known)
            diag(t->diags, DIAG_MEASURES_ROLE, place_at(columns->source, f->key_offset), f->key,
                 role_hint(t->diags->arena, f->key));
        else if (directive_holds(f, SHAPE_WORDS, t->diags))
            check_named(t, d, &f->value);
    }
    for (size_t i = 0; i < directive_words_count(d, "notes"); i++)
        check_named(t, d, directive_words(d, "notes", i));
}

/* The header of a role: its own, unless `columns` gives another. */
static struct str header_of(const struct directive *d, size_t role) {
    const struct value *columns = value_at(d->root, "columns");
    struct str named = value_words(value_get(columns, str_from(roles[role].key)));
    return named.len ? named : str_from(roles[role].header);
}

static enum measure_role role_of(struct tables *t, const struct directive *d,
                                 const struct markdown_cell *header) {
    for (size_t i = 0; i < directive_words_count(d, "notes"); i++)
        if (same_words(value_words(directive_words(d, "notes", i)), header->text))
            return MEASURE_NOTE;
    for (size_t r = 0; r < MEASURE_ROLES; r++)
        if (same_words(header_of(d, r), header->text))
            return (enum measure_role)r;
    if (header->text.len) /* what has no header is said of every table */
        diag(t->diags, DIAG_MEASURES_HEADER, header->at, header->text,
             header_hint(t->diags->arena, header->text));
    return MEASURE_NOTE;
}

static void read_columns(struct tables *t, struct directive *d) {
    struct measure_table *m = d->measures;
    m->roles = arena_array(t->policy->arena, enum measure_role, d->table->columns);
    size_t errors = t->diags->errors;
    check_keys(t, d);
    for (size_t i = 0; i < d->table->columns; i++) {
        const struct markdown_cell *header = &d->table->header.cells[i];
        enum measure_role role = m->roles[i] = role_of(t, d, header);
        if (role != MEASURE_NOTE && m->headers[role].len)
            diag(t->diags, DIAG_MEASURES_SAME, header->at, str_from(roles[role].key));
        else if (role != MEASURE_NOTE)
            m->headers[role] = header->text;
    }
    if (!m->headers[MEASURE_NAME].len &&
        t->diags->errors == errors) /* else it may be the one that is misspelt */
        diag_plain(t->diags, DIAG_MEASURES_NAME, d->table->header.at);
}

/* ---- rows ---- */

static void check_address(struct tables *t, const struct measure *m) {
    if (!m->id.len)
        diag_plain(t->diags, DIAG_ROW_ID, m->at);
    else if (markdown_id_reserved(m->address))
        diag(t->diags, DIAG_ROW_RESERVED, m->at, m->address);
    for (const struct measure *other = m->table->items; m->id.len && other < m; other++)
        if (str_eq(other->id, m->id)) {
            diag(t->diags, DIAG_ROW_TWICE, m->at, m->id,
                 str_whole(t->diags->arena, place_position(other->at).line),
                 STR("give one of the two another name"));
            return;
        }
}

/* Which of a few words a cell has, from 1; 0 where it is blank, or none of them. */
static size_t choice_of(const struct measure *m, enum measure_role role, const char *const *words,
                        size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_eq_fold(m->words[role], str_from(words[i])))
            return i + 1;
    return 0;
}

static void read_marks(struct tables *t, struct measure *m) {
    static const char *const quartiles[] = {"A", "B", "C", "D"};
    static const char *const ratings[] = {"red", "amber", "green"};
    static const char *const trends[] = {"improving", "steady", "declining"};
    m->rating = (enum measure_rating)choice_of(m, MEASURE_RATING, ratings, 3);
    m->trend = (enum measure_trend)choice_of(m, MEASURE_TREND, trends, 3);
    if (m->words[MEASURE_QUARTILE].len && !choice_of(m, MEASURE_QUARTILE, quartiles, 4))
        diag(t->diags, DIAG_MEASURE_CHOICE, m->places[MEASURE_QUARTILE], m->words[MEASURE_QUARTILE],
             STR("quartile"), STR("write A, B, C or D, or leave the cell blank"));
    if (m->words[MEASURE_RATING].len && !m->rating)
        diag(t->diags, DIAG_MEASURE_CHOICE, m->places[MEASURE_RATING], m->words[MEASURE_RATING],
             STR("rating"), STR("write red, amber or green, or leave the cell blank"));
}

static void read_figures(struct tables *t, struct measure *m) {
    static const enum measure_role stated[] = {MEASURE_VALUE, MEASURE_COMPARATOR, MEASURE_AIM,
                                               MEASURE_EARLIER};
    for (size_t i = 0; i < sizeof(stated) / sizeof(stated[0]); i++) {
        enum measure_role role = stated[i];
        m->figures[role] = measure_figure(m->words[role]);
        if (m->figures[role].kind == FIGURE_WRONG)
            diag(t->diags, DIAG_MEASURE_SHARE, m->places[role], m->words[role]);
    }
}

/* A row has one value: stated, counted or averaged. What is said of counting goes with the last two. */
static void check_value(struct tables *t, const struct measure *m) {
    static const enum measure_role ways[] = {MEASURE_VALUE, MEASURE_COUNTS, MEASURE_AVERAGE};
    static const enum measure_role ofs[] = {MEASURE_AMONG, MEASURE_BY};
    const struct str *headers = m->table->headers;
    size_t first = 3;
    for (size_t i = 0; i < 3; i++) {
        if (!m->words[ways[i]].len)
            continue;
        if (first < 3) {
            diag(t->diags, DIAG_MEASURE_TWO, m->places[ways[i]], headers[ways[first]], headers[ways[i]]);
            return;
        }
        first = i;
    }
    if (first == 3)
        diag_plain(t->diags, DIAG_MEASURE_NONE, m->at);
    for (size_t i = 0; first == 0 && i < 2; i++)
        if (m->words[ofs[i]].len)
            diag(t->diags, DIAG_MEASURE_STATED, m->places[ofs[i]], headers[ofs[i]]);
}

static void read_row(struct tables *t, const struct directive *d, size_t index) {
    const struct markdown_row *from = &d->table->rows[index];
    if (from->refused)
        return;
    struct measure_table *table = d->measures;
    struct arena *arena = t->policy->arena;
    struct measure *m = &table->items[table->count++];
    *m = (struct measure){.table = table, .index = index, .at = from->at};
    for (size_t i = d->table->columns; i-- > 0;) { /* the first of two alike is the one that counts */
        const struct markdown_cell *cell = &from->cells[i];
        if (table->roles[i] == MEASURE_NOTE)
            continue;
        m->words[table->roles[i]] = cell_is_dash(cell->text) ? (struct str){0} : cell->text;
        m->places[table->roles[i]] = cell->at;
    }
    m->label = m->words[MEASURE_NAME];
    m->id = row_slug(arena, m->label);
    m->address = str_join(arena, str_slug(arena, table->id), STR("-"), m->id);
    if (table->headers[MEASURE_NAME].len)
        check_address(t, m);
    check_value(t, m);
    read_figures(t, m);
    read_marks(t, m);
}

/* ---- the table ---- */

bool measures_declared(struct tables *t, const struct directive *d) {
    struct place at = {0};
    const struct decision *decision =
        d->kind == TABLE_MEASURES ? map_get(&t->policy->decision_by_id, d->id) : NULL;
    if (decision)
        at = decision->at;
    for (size_t i = 0; i < t->policy->measure_count; i++)
        if (str_eq(t->policy->measures[i]->id, d->id))
            at = t->policy->measures[i]->at;
    if (!at.source)
        return false;
    struct str line = str_whole(t->diags->arena, place_position(at).line);
    diag(t->diags, DIAG_MEASURES_TWICE, d->at, d->id,
         str_join(t->diags->arena, at.source->path, STR(":"), line));
    return true;
}

static size_t count_all(const struct policy *p) {
    size_t count = 0;
    for (size_t i = 0; i < p->measure_count; i++)
        count += p->measures[i]->count;
    return count;
}

void measures_declare(struct tables *t, struct directive *d) {
    struct policy *p = t->policy;
    if (measures_declared(t, d))
        return;
    struct str label = value_words(value_at(d->root, "label"));
    size_t room = MEASURES_MAX - count_all(p), n = p->measure_count, size = sizeof(struct measure_table *);
    d->measures = arena_new(p->arena, struct measure_table);
    *d->measures = (struct measure_table){
        .id = d->id,
        .label = label.len ? label : directive_label(p->arena, d->id),
        .at = d->at,
        .table = {.measures = d->measures,
                  .source = d->page->source,
                  .ordinal = d->table->ordinal,
                  .page = d->page->address,
                  .markdown = d->table},
        .items = arena_array(p->arena, struct measure, d->table->row_count),
    };
    p->measures =
        arena_grow(p->arena, p->measures, n * size, (n + 1) * size, alignof(struct measure_table *));
    p->measures[p->measure_count++] = d->measures;
    read_columns(t, d);
    if (d->table->row_count > room)
        diag(t->diags, DIAG_TABLE_ROWS, d->table->rows[room].at, d->id,
             str_whole(t->diags->arena, MEASURES_MAX));
    for (size_t i = 0; i < d->table->row_count && i < room; i++)
        read_row(t, d, i);
}

/* ---- what is counted ---- */

/* The column of a role, and so the cell. */
static struct cell_text cell_at(const struct directive *d, const struct measure *m, enum measure_role role) {
    size_t column = 0;
    while (d->measures->roles[column] != role)
        column++;
    return cell_of(&d->table->rows[m->index].cells[column], m->index, column);
}

static const struct variable *read_average(const struct cell_scope *scope, const struct directive *d,
                                           const struct measure *m) {
    struct arena *arena = scope->diags->arena;
    struct str name = m->words[MEASURE_AVERAGE];
    struct place at = m->places[MEASURE_AVERAGE];
    const struct thing *thing = thing_find(scope->kind, arena, name);
    if (!thing)
        diag(scope->diags, DIAG_MEASURE_FACT, at, name, noun_phrase(arena, scope->kind->id),
             thing_nearest(scope->kind, arena, name));
    else if (thing->next)
        diag(scope->diags, DIAG_CELL_TWO, at, name, thing_describe(arena, thing),
             thing_describe(arena, thing->next));
    else if (!thing->fact || (thing->fact->type != FACT_NUMBER && thing->fact->type != FACT_WHOLE))
        diag(scope->diags, DIAG_MEASURE_NUMBER, at, name);
    else {
        cell_link_header(scope, cell_at(d, m, MEASURE_AVERAGE), thing, NULL);
        return thing->variable;
    }
    return NULL;
}

static struct condition *read_condition(struct cell_scope *scope, const struct directive *d,
                                        const struct measure *m, enum measure_role role) {
    scope->header = d->measures->headers[role];
    return m->words[role].len ? cell_condition(scope, cell_at(d, m, role))
                              : condition_constant(scope->policy, true);
}

void measures_conditions(struct tables *t, struct directive *d) {
    struct policy_kind *kind = policy_kind(t->policy, POLICY_SUBJECT);
    struct cell_scope scope = {.policy = t->policy, .kind = kind, .links = &d->links, .diags = t->diags};
    d->links.arena = t->policy->arena;
    for (size_t i = 0; i < d->measures->count; i++) {
        struct measure *m = &d->measures->items[i];
        bool counts = m->words[MEASURE_COUNTS].len, averages = m->words[MEASURE_AVERAGE].len;
        if (!counts && !averages)
            continue;
        if (!kind) {
            diag(t->diags, DIAG_DIRECTIVE_SUBJECT, m->at, POLICY_SUBJECT, STR(""));
            return;
        }
        m->among = read_condition(&scope, d, m, MEASURE_AMONG);
        if (counts)
            m->counts = read_condition(&scope, d, m, MEASURE_COUNTS);
        if (averages)
            m->average = read_average(&scope, d, m);
    }
    d->measures->table.links = d->links.items;
    d->measures->table.link_count = d->links.count;
}
