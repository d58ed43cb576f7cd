/* SPDX-License-Identifier: MIT */
/* table.c: headers, rows with their ids and tiers, and the words of their cells. */
#include "policy/table.h"

#include "policy/condition.h"

static bool same_words(struct str a, struct str b) {
    return str_eq_fold(str_trim(a), str_trim(b));
}

/* ---- columns ---- */

/* Whether a directive, or the first of its id, names a header under a key. */
static bool named_under(const struct directive *d, const char *key, struct str header) {
    const struct directive first = {.root = d->decision->directive};
    for (size_t i = 0; i < directive_words_count(d, key); i++)
        if (same_words(value_words(directive_words(d, key, i)), header))
            return true;
    for (size_t i = 0; i < directive_words_count(&first, key); i++)
        if (same_words(value_words(directive_words(&first, key, i)), header))
            return true;
    return false;
}

static bool own_output(const struct decision *d, struct str header, size_t *out) {
    for (*out = 0; *out < d->output_count; ++*out)
        if (same_words(d->outputs[*out].label, header) || same_words(d->outputs[*out].id, header))
            return true;
    return false;
}

/* A fact or another decision's output; two of one label are an error that names both. */
static const struct thing *named_thing(struct tables *t, const struct directive *d,
                                       const struct markdown_cell *header) {
    const struct policy_kind *kind = policy_kind(t->policy, d->decision->record);
    struct arena *arena = t->diags->arena;
    const struct thing *chain = kind ? thing_find(kind, arena, header->text) : NULL;
    if (chain && chain->next)
        diag(t->diags, DIAG_CELL_TWO, header->at, header->text, thing_describe(arena, chain),
             thing_describe(arena, chain->next));
    return chain;
}

static struct table_column column_of(struct tables *t, const struct directive *d,
                                     const struct markdown_cell *header) {
    struct table_column c = {.role = COLUMN_INPUT};
    if (named_under(d, "id", header->text))
        c.role = COLUMN_ID;
    else if (named_under(d, "notes", header->text))
        c.role = COLUMN_NOTES;
    else if (own_output(d->decision, header->text, &c.output))
        c.role = COLUMN_OUTPUT;
    else
        c.thing = named_thing(t, d, header);
    c.must = c.role == COLUMN_INPUT && d->kind == TABLE_CHECK && named_under(d, "must", header->text);
    return c;
}

/* Whether the table has a column of that header. */
static bool has_header(const struct directive *d, struct str header) {
    for (size_t i = 0; i < d->table->columns; i++)
        if (same_words(d->table->header.cells[i].text, header))
            return true;
    return false;
}

static struct str header_nearest(const struct directive *d, struct arena *arena, struct str name) {
    struct str *headers = arena_array(arena, struct str, d->table->columns);
    for (size_t i = 0; i < d->table->columns; i++)
        headers[i] = d->table->header.cells[i].text;
    return str_nearest(name, headers, d->table->columns);
}

/* What a directive's own keys name must be there, and so must the id's column of the first one. */
static void check_headers(struct tables *t, const struct directive *d) {
    static const char *const keys[] = {"id", "notes", "must"};
    for (size_t k = 0; k < (d->kind == TABLE_MATCH ? 2 : 3); k++)
        for (size_t i = 0; i < directive_words_count(d, keys[k]); i++) {
            const struct value *v = directive_words(d, keys[k], i);
            if (!has_header(d, value_words(v)))
                diag(t->diags, DIAG_TABLE_NO_COLUMN, value_place(v), value_words(v),
                     header_nearest(d, t->diags->arena, value_words(v)));
        }
    struct str id = value_words(value_at(d->decision->directive, "id"));
    if (id.len && d->root != d->decision->directive && !has_header(d, id))
        diag(t->diags, DIAG_TABLE_NO_COLUMN, d->table->header.at, id, header_nearest(d, t->diags->arena, id));
}

static void report_no_output(struct tables *t, const struct directive *d, const struct output *output) {
    struct arena *arena = t->diags->arena;
    struct str near = header_nearest(d, arena, output->label);
    struct str hint =
        near.len
            ? str_join(arena, STR("if it is \""), near, STR("\", write its label or id there"))
            : str_join(arena, STR("head its column with its label, or its id \""), output->id, STR("\""));
    diag(t->diags, DIAG_TABLE_OUTPUT_MISSING, d->table->header.at, output->label, hint);
}

/* An output without a column needs `blank:`; one with two is an error. */
static void check_outputs(struct tables *t, const struct directive *d) {
    for (size_t o = 0; o < d->decision->output_count; o++) {
        const struct output *output = &d->decision->outputs[o];
        size_t n = 0;
        for (size_t i = 0; i < d->table->columns; i++) {
            const struct table_column *c = &d->to->columns[i];
            bool mine = c->role == COLUMN_OUTPUT && c->output == o;
            n += mine;
            if (mine && n == 2)
                diag(t->diags, DIAG_TABLE_OUTPUT_TWICE, d->table->header.cells[i].at, output->label);
        }
        if (!n && !output->blank_stated)
            report_no_output(t, d, output);
    }
}

static void read_columns(struct tables *t, struct directive *d) {
    struct table_column *columns = arena_array(t->policy->arena, struct table_column, d->table->columns);
    for (size_t i = 0; i < d->table->columns; i++) {
        columns[i] = column_of(t, d, &d->table->header.cells[i]);
        const struct output *o =
            columns[i].role == COLUMN_OUTPUT ? &d->decision->outputs[columns[i].output] : NULL;
        struct cell_scope scope = {.links = &d->links};
        if (o || columns[i].thing)
            cell_link_header(&scope, cell_of(&d->table->header.cells[i], COLUMN_LINK_HEADER, i),
                             columns[i].thing, o);
    }
    d->to->columns = columns;
    size_t errors = t->diags->errors;
    check_headers(t, d);
    check_outputs(t, d);
    for (size_t i = 0; i < d->table->columns; i++) /* the missing one may be among those that name nothing */
        columns[i].misnamed =
            t->diags->errors > errors && columns[i].role == COLUMN_INPUT && !columns[i].thing;
}

/* ---- one row ---- */

static bool is_otherwise(const struct markdown_cell *cell) {
    struct str word = STR("otherwise");
    struct str begins = str_sub(cell->text, 0, word.len);
    char next = cell->text.len > word.len ? cell->text.at[word.len] : ' ';
    return str_eq_fold(begins, word) &&
           (next == ' ' || next == ',' || next == ':' || next == '.' || next == ';');
}

/* Whether all cells of the columns of a role are blank, but for the first column. */
static bool all_blank(const struct directive *d, const struct markdown_row *row, enum column_role role) {
    for (size_t i = 1; i < d->table->columns; i++)
        if (d->to->columns[i].role == role && row->cells[i].text.len)
            return false;
    return true;
}

static void add_words(struct buf *out, struct str words, const char *between) {
    if (!words.len)
        return;
    if (out->len)
        buf_add(out, str_from(between));
    buf_add(out, words);
}

/* The words that make a row what it is: its `given`, its input cells and, under collect, its key. */
static struct str row_words(const struct directive *d, const struct markdown_row *row, bool otherwise,
                            struct buf *out) {
    for (size_t i = 0; i < d->table->columns; i++) {
        const struct table_column *c = &d->to->columns[i];
        bool key = c->role == COLUMN_OUTPUT && c->output == 0 && d->decision->hit == HIT_COLLECT;
        bool input = c->role == COLUMN_INPUT && !cell_is_dash(row->cells[i].text);
        if ((otherwise && i == 0) || (!otherwise && (key || input)))
            add_words(out, row->cells[i].text, "; ");
    }
    if (!out->len)
        buf_lit(out, "any");
    return buf_str(out);
}

struct str row_slug(struct arena *arena, struct str words) {
    static const char minus[] = "\xe2\x88\x92";
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < words.len; i++) {
        bool begins = i == 0 || words.at[i - 1] == ' ';
        bool sign = words.at[i] == '-' && begins && i + 1 < words.len && words.at[i + 1] != ' ';
        bool true_sign = str_starts(str_sub(words, i, words.len), str_from(minus));
        if (words.at[i] == '*' || words.at[i] == '+')
            buf_add(&out, words.at[i] == '*' ? STR(" star ") : STR(" plus "));
        else if (sign || true_sign)
            buf_lit(&out, " minus ");
        else
            buf_byte(&out, words.at[i]);
        i += true_sign ? sizeof(minus) - 2 : 0;
    }
    return str_slug(arena, buf_str(&out));
}

/* The id of a row is the slug of its id cell, else of its words. */
static void row_name(struct tables *t, const struct directive *d, const struct markdown_row *from,
                     bool otherwise, struct row *row) {
    struct arena *arena = t->policy->arena;
    const struct markdown_cell *id = NULL;
    for (size_t i = 0; i < d->table->columns; i++)
        if (d->to->columns[i].role == COLUMN_ID)
            id = &from->cells[i];
    struct buf words = {.arena = arena};
    row->label = id ? id->text : row_words(d, from, otherwise, &words);
    struct str given = id ? STR("") : d->to->given;
    row->id = row_slug(arena, str_join(arena, given, STR(" "), row->label));
    row->address = str_join(arena, str_slug(arena, d->decision->id), STR("-"), row->id);
    if (!row->id.len)
        diag_plain(t->diags, DIAG_ROW_ID, id ? id->at : from->at);
    else if (markdown_id_reserved(row->address))
        diag(t->diags, DIAG_ROW_RESERVED, id ? id->at : from->at, row->address);
}

static void check_address(struct tables *t, const struct directive *d, const struct row *row) {
    for (size_t i = 0; i + 1 < d->decision->row_count; i++) {
        const struct row *other = d->decision->rows[i];
        if (other->marker || !row->id.len || !str_eq(other->id, row->id))
            continue;
        bool named = value_at(d->decision->directive, "id");
        diag(t->diags, DIAG_ROW_TWICE, row->at, row->id,
             str_whole(t->diags->arena, place_position(other->at).line),
             named ? STR("give one of the two another")
                   : STR("name a column of row names in the directive: \"id: Row\""));
        return;
    }
}

static const struct markdown_cell *output_cell(const struct directive *d, const struct markdown_row *row,
                                               size_t output, size_t *column) {
    for (*column = 0; *column < d->table->columns; ++*column) {
        const struct table_column *c = &d->to->columns[*column];
        if (c->role == COLUMN_OUTPUT && c->output == output)
            return &row->cells[*column];
    }
    return NULL;
}

/* What is added up or compared is one number in each row: a word, or a choice of numbers, would count as something else. */
static void check_number(const struct tables *t, const struct decision *d, const struct row *row) {
    const struct cell_answer *a = &row->answers[0];
    struct decimal number;
    if (d->hit <= HIT_COLLECT || d->hit == HIT_COUNT || d->output_count != 1 || !a->set ||
        d->outputs[0].type != OUTPUT_NUMBER)
        return;
    bool one = values_single(a->set) && !(a->set & VALUES_IMPROPER);
    if (!one || !decimal_parse(d->outputs[0].answers[__builtin_ctzll(a->set)].id, &number))
        diag(t->diags, DIAG_CELL_ONE_NUMBER, a->at, a->text.len ? a->text : STR("blank"));
}

static void read_answers(struct tables *t, struct directive *d, const struct markdown_row *from, size_t index,
                         struct row *row) {
    struct decision *to = d->decision;
    struct cell_scope scope = {.policy = t->policy,
                               .kind = policy_kind(t->policy, to->record),
                               .decision = to,
                               .links = &d->links,
                               .diags = t->diags};
    for (size_t o = 0; o < to->output_count; o++) {
        struct output *output = &to->outputs[o];
        size_t column;
        const struct markdown_cell *cell = output_cell(d, from, o, &column);
        if (cell && cell->text.len) {
            cell_answer(&scope, output, cell_of(cell, index, column), &row->answers[o]);
        } else if (output->blank_stated) {
            bool single = !(output->blank & (output->blank - 1));
            row->answers[o] =
                (struct cell_answer){.set = output->blank,
                                     .preferred = single ? output->blank & ~VALUES_NOT_DETERMINED : 0,
                                     .at = cell ? cell->at : from->at};
        } else if (cell) {
            diag(t->diags, DIAG_CELL_BLANK, cell->at, output->label);
        }
    }
}

static struct row *row_add(struct tables *t, struct decision *d) {
    struct arena *arena = t->policy->arena;
    struct row *row = arena_new(arena, struct row);
    size_t n = d->row_count;
    if (!(n & (n - 1)))
        d->rows = arena_grow(arena, d->rows, n * sizeof(struct row *), (n ? 2 * n : 1) * sizeof(struct row *),
                             alignof(struct row *));
    d->rows[d->row_count++] = row;
    return row;
}

static void read_row(struct tables *t, struct directive *d, size_t index, size_t *tier) {
    const struct markdown_row *from = &d->table->rows[index];
    if (from->refused)
        return;
    bool otherwise = is_otherwise(&from->cells[0]) && d->kind != TABLE_MATCH &&
                     d->to->columns[0].role != COLUMN_OUTPUT && d->to->columns[0].role != COLUMN_NOTES;
    *tier += otherwise;
    struct row *row = row_add(t, d->decision);
    *row =
        (struct row){.at = from->at,
                     .table = d->to,
                     .index = index,
                     .tier = *tier,
                     .marker = otherwise && all_blank(d, from, COLUMN_OUTPUT),
                     .answers = arena_array(t->policy->arena, struct cell_answer, d->decision->output_count)};
    row_name(t, d, from, otherwise, row);
    if (otherwise && !all_blank(d, from, COLUMN_INPUT))
        diag_plain(t->diags, DIAG_ROW_OTHERWISE, from->cells[0].at);
    if (row->marker)
        return;
    check_address(t, d, row);
    read_answers(t, d, from, index, row);
    check_number(t, d->decision, row);
}

/* ---- the rows of a table ---- */

static struct str given_words(struct arena *arena, const struct value *given) {
    struct buf out = {.arena = arena};
    for (uint32_t i = 0; given && given->kind == VALUE_MAP && i < given->count; i++) {
        add_words(&out, given->fields[i].key, "; ");
        buf_lit(&out, ": ");
        buf_add(&out, value_words(&given->fields[i].value));
    }
    return buf_str(&out);
}

/* `blank:` of the outputs, read once, before the rows of the first table. */
static void read_blanks(struct tables *t, struct directive *d) {
    struct decision *to = d->decision;
    struct cell_scope scope = {
        .policy = t->policy, .kind = policy_kind(t->policy, to->record), .decision = to, .diags = t->diags};
    const struct value *outputs = value_at(to->directive, "outputs");
    for (size_t i = 0; i < to->output_count; i++) {
        const struct value *v = &outputs->fields[i].value;
        const struct value *blank = v->kind == VALUE_MAP ? value_at(v, "blank") : NULL;
        struct cell_answer answer;
        if (blank && cell_answer(&scope, &to->outputs[i], cell_of_value(blank), &answer))
            to->outputs[i].blank = answer.set;
    }
}

void table_rows(struct tables *t, struct directive *d) {
    const struct value *given = value_at(d->root, "given");
    size_t tier = 0;
    d->to->given = given_words(t->policy->arena, given);
    if (given && given->kind != VALUE_MAP)
        diag_plain(t->diags, DIAG_GIVEN_MAP, value_place(given));
    read_columns(t, d);
    if (d->root == d->decision->directive)
        read_blanks(t, d);
    d->to->first_row = d->decision->row_count;
    size_t room = DECISION_ROWS_MAX - d->decision->row_count;
    if (d->table->row_count > room)
        diag(t->diags, DIAG_TABLE_ROWS, d->table->rows[room].at, d->decision->id,
             str_whole(t->diags->arena, DECISION_ROWS_MAX));
    for (size_t i = 0; i < d->table->row_count && i < room; i++)
        read_row(t, d, i, &tier);
    d->to->row_count = d->decision->row_count - d->to->first_row;
    if (tier >= d->decision->tiers)
        d->decision->tiers = tier + 1;
}

/* ---- conditions ---- */

/* The conditions of `given`, one for each of its keys, which all rows of the table share. */
static struct row_cell *given_cells(struct tables *t, struct directive *d, const struct cell_scope *scope,
                                    size_t *count) {
    const struct value *given = value_at(d->root, "given");
    *count = given && given->kind == VALUE_MAP ? given->count : 0;
    struct row_cell *cells = arena_array(t->policy->arena, struct row_cell, *count);
    for (size_t i = 0; i < *count; i++) {
        struct value one = *given;
        one.fields = &given->fields[i];
        one.count = 1;
        cells[i] = (struct row_cell){.condition = cell_conditions(scope, &one),
                                     .text = value_words(&given->fields[i].value),
                                     .at = place_at(given->source, given->fields[i].key_offset),
                                     .column = ROW_CELL_GIVEN};
    }
    return cells;
}

static void read_inputs(struct tables *t, struct directive *d, struct cell_scope *scope, struct row *row,
                        const struct row_cell *given, size_t given_count) {
    const struct markdown_row *from = &d->table->rows[row->index];
    row->cells = arena_array(t->policy->arena, struct row_cell, given_count + d->table->columns);
    for (size_t i = 0; i < given_count; i++)
        row->cells[row->cell_count++] = given[i];
    for (size_t i = 0; i < d->table->columns; i++) {
        struct table_column *c = &d->to->columns[i];
        if (c->role != COLUMN_INPUT)
            continue;
        bool otherwise = i == 0 && is_otherwise(&from->cells[0]);
        scope->column = c->thing;
        scope->header = d->table->header.cells[i].text;
        scope->header_at = d->table->header.cells[i].at;
        scope->misnamed = &c->misnamed;
        struct condition *condition = otherwise
                                          ? condition_constant(t->policy, true)
                                          : cell_condition(scope, cell_of(&from->cells[i], row->index, i));
        row->cells[row->cell_count++] = (struct row_cell){.condition = condition,
                                                          .text = from->cells[i].text,
                                                          .at = from->cells[i].at,
                                                          .column = i,
                                                          .must = c->must};
    }
}

void table_conditions(struct tables *t, struct directive *d) {
    struct decision *to = d->decision;
    struct cell_scope scope = {
        .policy = t->policy, .kind = policy_kind(t->policy, to->record), .decision = to, .diags = t->diags};
    const struct value *applies = value_at(d->root, "applies");
    if (applies)
        to->applies = cell_or_expression(&scope, applies);
    size_t given_count;
    struct row_cell *given = given_cells(t, d, &scope, &given_count);
    scope.links = &d->links;
    for (size_t i = 0; i < d->to->row_count; i++) {
        struct row *row = to->rows[d->to->first_row + i];
        if (!row->marker)
            read_inputs(t, d, &scope, row, given, given_count);
    }
    d->to->links = d->links.items;
    d->to->link_count = d->links.count;
}
