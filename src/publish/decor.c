/* SPDX-License-Identifier: MIT */
/* decor.c: what is printed with tables that run. */
#include "publish/decor.h"

#include <string.h>

#include "policy/table.h"
#include "portal/coverage.h"
#include "publish/decor_inside.h"
#include "publish/lexicon.h"
#include "publish/plan.h"

/* ---- the line below ---- */

/* How the rows that fit give one result. Of a match nothing is said: its rows are steps, one after the other. */
static const char *const hit_words[] = {
    [HIT_ANY] = "All rows that fit say the same",
    [HIT_UNIQUE] = "At most one row fits",
    [HIT_PRIORITY] = "Where several rows fit, the answer that ranks highest decides",
    [HIT_GUIDE] = "What any row that fits names is possible, and the most severe of it is suggested",
    [HIT_COLLECT] = "Every row that fits adds an entry",
    [HIT_SUM] = "The answers of all rows that fit are added up",
    [HIT_MIN] = "Of the rows that fit, the least answer counts",
    [HIT_MAX] = "Of the rows that fit, the greatest answer counts",
    [HIT_COUNT] = "The rows that fit are counted",
};

static const char *const audience_words[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] = "Only officers see its results.",
    [AUDIENCE_SCHOOLS] = "Schools and officers see its results.",
    [AUDIENCE_PUBLIC] = "Everybody sees its results.",
};

static void line_begin(struct buf *out, const struct site *site, const struct decision *d) {
    struct str kind = lexicon_kind(site, out->arena, d->record, false);
    bool group = value_get(value_at(&site->vocabulary.root, "groups"), d->record);
    if (d->table_count > 1)
        buf_printf(out, "One of %zu tables that the portal runs together as “", d->table_count);
    else
        buf_lit(out, "The portal runs this table as “");
    buf_add(out, d->label);
    buf_lit(out, "”");
    if (d->kind == TABLE_MATCH || str_eq(d->record, STR("network"))) {
        buf_lit(out, ". ");
        return;
    }
    buf_lit(out, ", for each ");
    buf_add(out, group ? kind : str_lower(out->arena, kind));
    buf_lit(out, ". ");
}

/* The line below a table, without its link. */
static struct str line_below(const struct site *site, const struct policy_table *table, struct arena *arena) {
    const struct decision *d = table->decision;
    struct buf out = {.arena = arena};
    line_begin(&out, site, d);
    if (d->kind == TABLE_CHECK)
        buf_lit(&out, "Each row is checked where it applies. ");
    if (d->kind == TABLE_DECISION) {
        buf_add(&out, str_from(hit_words[d->hit]));
        buf_lit(&out, ". ");
    }
    if (d->tiers > 1)
        buf_lit(&out, "Rows below “otherwise” count only where no row above fits. ");
    if (d->when_recorded)
        buf_lit(&out, "A result stands once a person has recorded it. ");
    buf_add(&out, str_from(d->classed ? audience_words[d->audience]
                                      : "Each portal shows what follows from what its readers may see."));
    return buf_str(&out);
}

struct markdown_words decor_below(struct str line, struct str root, struct arena *arena) {
    struct str text = str_join(arena, line, STR(" "), STR("What its words mean."));
    struct markdown_phrase *phrase = arena_new(arena, struct markdown_phrase);
    *phrase =
        (struct markdown_phrase){line.len + 1, text.len - 1, str_join(arena, root, STR(LEXICON_ADDRESS))};
    return (struct markdown_words){text, {phrase, 1}};
}

/* What the audience is told of a decision's results, or NULL. */
static const struct release *told_of(const struct site *site, const struct decision *d) {
    for (size_t i = 0; site->releases && i < site->releases->count; i++)
        if (site->releases->items[i].decision == d && release_told(&site->releases->items[i], site->audience))
            return &site->releases->items[i];
    return NULL;
}

void decor_add_link(struct markdown_words *below, struct str sentence, struct str href, struct arena *arena) {
    struct markdown_phrase *phrases = arena_array(arena, struct markdown_phrase, below->phrases.count + 1);
    struct str text = str_join(arena, below->text, STR(" "), sentence);
    memcpy(phrases, below->phrases.items, below->phrases.count * sizeof(*phrases));
    phrases[below->phrases.count] = (struct markdown_phrase){below->text.len + 1, text.len - 1, href};
    *below = (struct markdown_words){text, {phrases, below->phrases.count + 1}};
}

/* ---- columns ---- */

enum role { ROLE_ASKS, ROLE_MUST, ROLE_ANSWERS, ROLE_NOTE };

static const char *const band_words[][4] = {
    [TABLE_DECISION] = {"If", "Must hold", "Then", "Not applied"},
    [TABLE_CHECK] = {"If", "Must hold", "Else", "Not applied"},
    [TABLE_MATCH] = {NULL},
};
static const char *const role_classes[] = {"", "then", "then", "note-col"};

static enum role role_of(const struct table_column *column) {
    if (column->role == COLUMN_INPUT)
        return column->must ? ROLE_MUST : ROLE_ASKS;
    return column->role == COLUMN_NOTES ? ROLE_NOTE : ROLE_ANSWERS;
}

/* The column that names the rows; the number of columns where none does. */
static size_t id_column(const struct policy_table *table) {
    size_t i = 0;
    while (i < table->markdown->columns && table->columns[i].role != COLUMN_ID)
        i++;
    return i;
}

struct layout {
    size_t *order;
    enum role *roles; /* by column as printed */
    size_t columns;
};

/* The column that names the rows comes first, under the band of the next. */
static void lay_out(struct layout *l, const struct policy_table *table, struct arena *arena) {
    size_t n = table->markdown->columns, id = id_column(table), at = 0;
    *l = (struct layout){arena_array(arena, size_t, n), arena_array(arena, enum role, n), n};
    if (id < n)
        l->order[at++] = id;
    for (size_t i = 0; i < n; i++)
        if (i != id)
            l->order[at++] = i;
    for (size_t i = 0; i < n; i++)
        l->roles[i] = role_of(&table->columns[l->order[i]]);
    if (id < n && n > 1)
        l->roles[0] = l->roles[1];
}

static void add_bands(struct markdown_decor *decor, const struct layout *l, enum table_kind kind,
                      struct arena *arena) {
    struct markdown_band *bands = arena_array(arena, struct markdown_band, l->columns);
    struct str *classes = arena_array(arena, struct str, l->columns);
    size_t count = 0;
    for (size_t i = 0; i < l->columns; i++) {
        bool begins = !i || l->roles[i] != l->roles[i - 1];
        if (begins)
            bands[count++].words = str_from(band_words[kind][l->roles[i]]);
        bands[count - 1].columns++;
        if ((begins && i) || l->roles[i] == ROLE_NOTE)
            classes[l->order[i]] = str_from(role_classes[l->roles[i]]);
    }
    decor->bands = bands;
    decor->band_count = count;
    decor->classes = classes;
}

/* ---- phrases ---- */

static const struct scale *scale_of(const struct column_link *link) {
    return link->fact ? link->fact->scale : link->output->scale;
}

static struct str defined_at(const struct column_link *link, struct arena *arena) {
    const struct scale *scale = scale_of(link);
    if (link->value.len && scale)
        return lexicon_id_value(arena, scale, link->value);
    if (link->value.len && link->fact && link->fact->type == FACT_SET)
        return lexicon_id_item(arena, link->fact, link->value);
    return link->fact ? lexicon_id_fact(arena, link->fact) : lexicon_id_output(arena, link->output);
}

/* An output whose tables the audience does not have is not defined for it. `to be confirmed` and its like are answers
 * that no scale has. */
static bool is_defined(const struct site *site, const struct column_link *link) {
    const struct decision *d = link->fact ? NULL : link->output->decision;
    const struct scale *scale = scale_of(link);
    if (scale && link->value.len && !scale_find(scale, link->value))
        return false;
    for (size_t i = 0; d && i < d->table_count; i++)
        if (lexicon_page(site, d->tables[i]))
            return true;
    return link->fact != NULL;
}

struct str decor_link(const struct site *site, const struct column_link *link, struct str root,
                      struct arena *arena) {
    return is_defined(site, link) ? str_join(arena, root, STR(LEXICON_ADDRESS "#"), defined_at(link, arena))
                                  : (struct str){0};
}

/* A cell's phrases, in the order of its words. */
static void add_phrase(struct markdown_phrases *cell, struct markdown_phrase phrase, struct arena *arena) {
    struct markdown_phrase *items = arena_array(arena, struct markdown_phrase, cell->count + 1);
    size_t at = cell->count;
    for (; at > 0 && cell->items[at - 1].from > phrase.from; at--)
        items[at] = cell->items[at - 1];
    items[at] = phrase;
    for (size_t i = 0; i < at; i++)
        items[i] = cell->items[i];
    *cell = (struct markdown_phrases){items, cell->count + 1};
}

void decor_phrases(struct markdown_phrases **rows, struct markdown_phrases *header, const struct site *site,
                   const struct policy_table *table, struct str root, struct arena *arena) {
    for (size_t i = 0; i < table->link_count; i++) {
        const struct column_link *link = &table->links[i];
        struct str href = decor_link(site, link, root, arena);
        if (!href.len)
            continue;
        struct markdown_phrases *cells = link->row == COLUMN_LINK_HEADER ? header : rows[link->row];
        if (!cells)
            cells = rows[link->row] = arena_array(arena, struct markdown_phrases, table->markdown->columns);
        add_phrase(&cells[link->column], (struct markdown_phrase){link->from, link->to, href}, arena);
    }
}

/* ---- the table ---- */

static void add_rows(struct markdown_decor *decor, const struct site *site, const struct policy_table *table,
                     struct str root, struct arena *arena) {
    const struct markdown_table *m = table->markdown;
    const struct decision *d = table->decision;
    struct markdown_row_decor *rows = arena_array(arena, struct markdown_row_decor, m->row_count);
    struct markdown_phrases **cells = arena_array(arena, struct markdown_phrases *, m->row_count);
    struct markdown_phrases *header = arena_array(arena, struct markdown_phrases, m->columns);
    decor_phrases(cells, header, site, table, root, arena);
    for (size_t i = 0; i < m->row_count; i++)
        rows[i].cells = cells[i];
    size_t tier = 0;
    for (size_t i = table->first_row; i < table->first_row + table->row_count; i++) {
        const struct row *row = d->rows[i];
        rows[row->index].id = row->marker ? (struct str){0} : row->address;
        rows[row->index].tier = row->marker || row->tier > tier;
        tier = row->tier;
    }
    decor->rows = rows;
    decor->row_count = m->row_count;
    decor->header = header;
}

static struct markdown_decor decor_table(const struct site *site, const struct policy_table *table,
                                         struct str root, struct arena *arena) {
    struct layout layout;
    struct markdown_decor decor = {.ordinal = table->ordinal,
                                   .columns = table->markdown->columns,
                                   .class = STR("decision"),
                                   .after = decor_below(line_below(site, table, arena), root, arena)};
    if (table->given.len)
        decor.given.text = str_join(arena, STR("Where "), table->given);
    const struct release *release = told_of(site, table->decision);
    if (release)
        decor_add_link(&decor.after, STR("What is released of its results."),
                       str_join(arena, root, STR(RELEASED_ADDRESS "#"), lexicon_id_release(arena, release)),
                       arena);
    if (coverage_shown(site) && site->coverage->counted->decision == table->decision)
        decor_add_link(&decor.after, STR("How many schools are covered."),
                       str_join(arena, root, STR(COVERAGE_ADDRESS)), arena);
    lay_out(&layout, table, arena);
    decor.order = layout.order;
    if (table->decision->kind != TABLE_MATCH)
        add_bands(&decor, &layout, table->decision->kind, arena);
    add_rows(&decor, site, table, root, arena);
    return decor;
}

/* Into its place among those that are there already. */
static void decors_add(struct decors *all, struct markdown_decor decor, struct arena *arena) {
    size_t size = sizeof(struct markdown_decor), at = all->count;
    struct markdown_decor *items = arena_grow(arena, all->items, all->count * size, (all->count + 1) * size,
                                              alignof(struct markdown_decor));
    for (; at > 0 && items[at - 1].ordinal > decor.ordinal; at--)
        items[at] = items[at - 1];
    items[at] = decor;
    *all = (struct decors){items, all->count + 1};
}

struct decors decor_page(const struct site *site, const struct page *page, struct str root,
                         struct arena *arena) {
    const struct policy *policy = &site->policy;
    struct decors all = {0};
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->table_count; j++)
            if (policy->decisions[i]->tables[j]->source == page->source)
                decors_add(&all, decor_table(site, policy->decisions[i]->tables[j], root, arena), arena);
    for (size_t i = 0; i < policy->measure_count; i++)
        if (policy->measures[i]->table.source == page->source)
            decors_add(&all, decor_measures(site, policy->measures[i], root, arena), arena);
    return all;
}
