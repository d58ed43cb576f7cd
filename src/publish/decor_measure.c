/* SPDX-License-Identifier: MIT */
/*
 * decor_measure.c: what is printed with a table of measures: figures, tags, arrows, and the picture of it.
 *
 * What is compared stands first: the measure, its value, and what the row says beside it. What is counted comes
 * after that in one column, since it explains the value and four would leave the figures no room. Percentages are
 * whole; the range of what is not known is part of the figure and not a footnote to it.
 */
#include "policy/words.h"
#include "portal/coverage.h"
#include "portal/measure.h"
#include "publish/chart.h"
#include "publish/decor_inside.h"
#include "publish/lexicon.h"
#include "publish/plan.h"
#include "text/html.h"

struct printing {
    const struct site *site;
    const struct measure_table *table;
    const struct measure_result *results; /* one a row */
    struct arena *arena;
};

/* ---- numbers ---- */

/* To the nearest whole number, but 100% of all and 0% of none alone. */
static void add_percent(struct buf *out, struct decimal share) {
    struct decimal whole = share;
    int64_t n = 0;
    decimal_round(share, 0, DECIMAL_HALF_UP, &whole);
    decimal_to_int64(whole, &n);
    if (n == 100 && decimal_cmp(share, decimal_whole(100)) < 0)
        buf_lit(out, "over 99%");
    else if (n == 0 && decimal_sign(share) > 0)
        buf_lit(out, "under 1%");
    else
        buf_printf(out, "%d%%", (int)n);
}

static void add_range(struct buf *out, int64_t low, int64_t high) {
    buf_add(out, str_grouped(out->arena, low));
    if (high > low) {
        buf_lit(out, " to ");
        buf_add(out, str_grouped(out->arena, high));
    }
}

static void add_percents(struct buf *out, const struct measure_result *r) {
    struct buf high = {.arena = out->arena};
    size_t from = out->len;
    add_percent(out, r->share_low);
    add_percent(&high, r->share_high);
    if (str_eq(str_sub(buf_str(out), from, out->len), buf_str(&high))) /* rounded to the same */
        return;
    buf_lit(out, " to ");
    buf_add(out, buf_str(&high));
}

static void add_noun(struct buf *out, const struct measure_result *r, int64_t count) {
    if (r->pupils)
        buf_add(out, count == 1 ? STR(" pupil") : STR(" pupils"));
    else
        buf_add(out, count == 1 ? STR(" school") : STR(" schools"));
}

static void add_schools(struct buf *out, size_t count) {
    buf_add(out, str_grouped(out->arena, (long long)count));
    buf_add(out, count == 1 ? STR(" school") : STR(" schools"));
}

/* ---- the value ---- */

/* "20 to 23 of 25 schools (80% to 92%)" */
static void add_count(struct buf *out, const struct measure_result *r) {
    add_range(out, r->low, r->high);
    buf_lit(out, " of ");
    add_range(out, r->whole_low, r->whole_high);
    add_noun(out, r, r->whole_high);
    buf_lit(out, " (");
    add_percents(out, r);
    buf_byte(out, ')');
}

/* To one decimal. */
static void add_rounded(struct buf *out, const struct measure_result *r) {
    struct decimal rounded = r->average;
    decimal_round(r->average, 1, DECIMAL_HALF_UP, &rounded);
    words_number(out, r->measure->average, rounded);
}

/* "66.3%, average of 20 schools" */
static void add_average(struct buf *out, const struct measure_result *r) {
    add_rounded(out, r);
    buf_lit(out, ", average of ");
    add_range(out, r->whole_low, r->whole_low);
    add_noun(out, r, r->whole_low);
}

static void add_value(struct buf *out, const struct measure_result *r) {
    if (r->nobody)
        buf_lit(out, "No such school");
    else if (!r->known)
        buf_lit(out, "Not known");
    else if (r->measure->average)
        add_average(out, r);
    else
        add_count(out, r);
}

struct str decor_measure_words(const struct measure_result *r, struct arena *arena) {
    struct buf out = {.arena = arena};
    add_value(&out, r);
    return buf_str(&out);
}

static struct str left_out_words(const struct measure_result *r) {
    if (!r->measure->average)
        return STR(" without a count of pupils left out");
    return r->pupils ? STR(" without a figure or a count of pupils left out")
                     : STR(" without a figure left out");
}

/* What keeps the value from being the whole of it. */
static void add_aside(struct buf *out, const struct measure_result *r) {
    if (r->hidden && (r->unknown || !r->known)) {
        buf_lit(out, "This portal does not show what it is counted from");
        return;
    }
    if (r->unknown) {
        buf_add(out, r->known ? STR("Not known of ") : STR("Not recorded of "));
        add_schools(out, r->unknown);
    }
    if (r->tally.left_out) {
        buf_add(out, r->unknown ? STR("; ") : STR(""));
        add_schools(out, r->tally.left_out);
        buf_add(out, left_out_words(r));
    }
}

/* Words, and a smaller line of what must be known with them. */
static struct markdown_made made_of(struct arena *arena, struct str words, struct str aside) {
    struct buf html = {.arena = arena};
    struct str text = words;
    html_escape(&html, words);
    if (aside.len) {
        buf_lit(&html, " <span class=\"aside\">");
        html_escape(&html, aside);
        buf_lit(&html, "</span>");
        text = str_join(arena, words, STR(" "), aside);
    }
    return (struct markdown_made){buf_str(&html), text};
}

/* A part of a whole: with the share, which the picture shows and tables read. */
static bool is_part(const struct measure *m) {
    return m->figures[MEASURE_VALUE].kind == FIGURE_SHARE && str_has(m->words[MEASURE_VALUE], STR(" of ")) &&
           !str_has(m->words[MEASURE_VALUE], STR("%"));
}

static struct markdown_made stated_made(const struct printing *p, const struct measure *m) {
    struct buf words = {.arena = p->arena};
    if (!is_part(m))
        return (struct markdown_made){0};
    buf_add(&words, m->words[MEASURE_VALUE]);
    buf_lit(&words, " (");
    add_percent(&words, m->figures[MEASURE_VALUE].number);
    buf_byte(&words, ')');
    return made_of(p->arena, buf_str(&words), (struct str){0});
}

static struct markdown_made value_made(const struct printing *p, const struct measure_result *r) {
    struct buf words = {.arena = p->arena}, aside = {.arena = p->arena};
    if (!measure_computed(r->measure))
        return stated_made(p, r->measure);
    add_value(&words, r);
    add_aside(&aside, r);
    return made_of(p->arena, buf_str(&words), buf_str(&aside));
}

/* ---- marks ---- */

static struct markdown_made tag_made(struct arena *arena, struct str words, struct str tone) {
    struct buf html = {.arena = arena};
    buf_lit(&html, "<span class=\"tag ");
    html_escape(&html, tone);
    buf_lit(&html, "\">");
    html_escape(&html, words);
    buf_lit(&html, "</span>");
    return (struct markdown_made){buf_str(&html), words};
}

/* The word is said, and the arrow is for those who look along the column. */
static struct markdown_made trend_made(const struct printing *p, const struct measure *m) {
    static const char *const arrows[] = {[TREND_IMPROVING] = "M8 14V2M3 7l5-5 5 5",
                                         [TREND_STEADY] = "M2 8h12M9 3l5 5-5 5",
                                         [TREND_DECLINING] = "M8 2v12M3 9l5 5 5-5"};
    struct buf html = {.arena = p->arena};
    struct str words = str_capital(p->arena, m->words[MEASURE_TREND]);
    if (m->trend == TREND_WORDS)
        return (struct markdown_made){0};
    buf_printf(
        &html,
        "<span class=\"trend\"><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"%s\"/></svg> ",
        arrows[m->trend]);
    html_escape(&html, words);
    buf_lit(&html, "</span>");
    return (struct markdown_made){buf_str(&html), words};
}

static struct markdown_made rating_made(const struct printing *p, const struct measure *m) {
    static const char *const tones[] = {
        [RATING_RED] = "stop", [RATING_AMBER] = "warn", [RATING_GREEN] = "ok"};
    if (m->rating == RATING_NONE)
        return (struct markdown_made){0};
    return tag_made(p->arena, str_capital(p->arena, m->words[MEASURE_RATING]), str_from(tones[m->rating]));
}

/* ---- columns ---- */

static size_t column_of(const struct measure_table *t, enum measure_role role) {
    size_t i = 0;
    while (i < t->table.markdown->columns && t->roles[i] != role)
        i++;
    return i;
}

static bool is_computed(const struct measure_table *t) {
    bool computed = false;
    for (size_t i = 0; i < t->count; i++)
        computed = computed || measure_computed(&t->items[i]);
    return computed;
}

/* Columns that are added, by their cells. */
struct added {
    struct markdown_column *items;
    size_t count;
};

static struct markdown_made *added_column(const struct printing *p, struct added *to, struct str header) {
    size_t size = sizeof(struct markdown_column);
    struct markdown_made *cells =
        arena_array(p->arena, struct markdown_made, p->table->table.markdown->row_count);
    to->items = arena_grow(p->arena, to->items, to->count * size, (to->count + 1) * size,
                           alignof(struct markdown_column));
    to->items[to->count++] = (struct markdown_column){made_of(p->arena, header, (struct str){0}), cells};
    return cells;
}

/* ---- what tables make of the rows ---- */

static struct markdown_made answer_made(const struct printing *p, const struct output *o,
                                        const struct output_result *result) {
    struct buf words = {.arena = p->arena};
    values proper = result->stands & ~VALUES_IMPROPER;
    bool says = proper && proper != (o->variable->all & ~VALUES_IMPROPER); /* else any answer may be */
    if (result->status == DECISION_NOT_APPLICABLE) /* as of a row that has nothing beside it */
        return (struct markdown_made){0};
    if (result->status != DECISION_SETTLED && !says)
        return made_of(p->arena, STR("Not known"), (struct str){0});
    words_answers(&words, o, proper);
    struct str label = str_capital(p->arena, buf_str(&words));
    bool tag = values_single(result->stands) && o->scale;
    return tag ? tag_made(p->arena, label, lexicon_tone(p->site, o, proper))
               : made_of(p->arena, label, (struct str){0});
}

/* A table that applies to no row of this one says nothing of it. */
static bool says_something(const struct printing *p, size_t decision, size_t output) {
    bool says = false;
    for (size_t i = 0; i < p->table->count; i++)
        if (p->results[i].is_decided && !p->results[i].decided.results[decision].hidden)
            says = says ||
                   p->results[i].decided.results[decision].outputs[output].status != DECISION_NOT_APPLICABLE;
    return says;
}

static void add_answers(const struct printing *p, struct added *to) {
    const struct policy_kind *kind = policy_kind(&p->site->policy, STR("measure"));
    for (size_t d = 0; kind && d < kind->decision_count; d++)
        for (size_t o = 0; o < kind->decisions[d]->output_count; o++) {
            const struct output *output = &kind->decisions[d]->outputs[o];
            if (!output_visible(output, p->site->audience) || !says_something(p, d, o))
                continue;
            struct markdown_made *cells = added_column(p, to, output->label);
            for (size_t i = 0; i < p->table->count; i++)
                cells[p->table->items[i].index] =
                    answer_made(p, output, &p->results[i].decided.results[d].outputs[o]);
        }
}

/* ---- the order of columns ---- */

static bool explains(enum measure_role role) {
    return role == MEASURE_COUNTS || role == MEASURE_AMONG || role == MEASURE_BY || role == MEASURE_AVERAGE;
}

/* What compares, then what tables make of it, then notes. What is counted is in the one column that was added for it. */
static void lay_out(const struct printing *p, struct markdown_decor *decor, bool value_added) {
    const struct measure_table *t = p->table;
    size_t columns = t->table.markdown->columns, n = 0, name = column_of(t, MEASURE_NAME);
    size_t *order = arena_array(p->arena, size_t, columns + decor->added_count);
    struct str *classes = arena_array(p->arena, struct str, columns + decor->added_count);
    order[n++] = name;
    if (value_added)
        order[n++] = columns;
    else if (t->headers[MEASURE_VALUE].len)
        order[n++] = column_of(t, MEASURE_VALUE);
    for (size_t i = 0; i < columns; i++)
        if (i != name && t->roles[i] != MEASURE_VALUE && t->roles[i] != MEASURE_NOTE &&
            !explains(t->roles[i]))
            order[n++] = i;
    for (size_t i = value_added; i < decor->added_count; i++)
        order[n++] = columns + i;
    for (size_t i = 0; i < columns; i++)
        if (t->roles[i] == MEASURE_NOTE) {
            order[n++] = i;
            classes[i] = STR("note-col");
        }
    if (is_computed(t))
        classes[columns + decor->added_count - 1] = STR("note-col");
    decor->order = order;
    decor->printed = n;
    decor->classes = classes;
}

/* ---- what is counted ---- */

/* A cell's words under their header, with the links that they have in any table. */
static void add_part(struct buf *html, struct buf *text, struct str header, struct str words,
                     const struct markdown_phrases *phrases) {
    size_t at = 0;
    buf_lit(html, "<span><b>");
    html_escape(html, header);
    buf_lit(html, ":</b> ");
    for (size_t i = 0; i < phrases->count; i++) {
        const struct markdown_phrase *phrase = &phrases->items[i];
        html_escape(html, str_sub(words, at, phrase->from));
        buf_lit(html, "<a class=\"term\" href=\"");
        html_escape(html, phrase->href);
        buf_lit(html, "\">");
        html_escape(html, str_sub(words, phrase->from, phrase->to));
        buf_lit(html, "</a>");
        at = phrase->to;
    }
    html_escape(html, str_sub(words, at, words.len));
    buf_lit(html, "</span> ");
    buf_printf(text, STR_FMT ": " STR_FMT " ", STR_ARG(header), STR_ARG(words));
}

static struct markdown_made counted_made(const struct printing *p, const struct measure *m,
                                         const struct markdown_phrases *cells) {
    static const struct markdown_phrases none = {0};
    struct buf html = {.arena = p->arena}, text = {.arena = p->arena};
    for (size_t i = 0; i < p->table->table.markdown->columns; i++) {
        enum measure_role role = p->table->roles[i];
        if (role != MEASURE_NOTE && explains(role) && m->words[role].len)
            add_part(&html, &text, p->table->headers[role], m->words[role], cells ? &cells[i] : &none);
    }
    return (struct markdown_made){buf_str(&html), buf_str(&text)};
}

static void add_values(const struct printing *p, struct added *to) {
    struct markdown_made *made = added_column(p, to, STR("Value"));
    for (size_t i = 0; i < p->table->count; i++)
        made[p->table->items[i].index] = value_made(p, &p->results[i]);
}

static void add_counted(const struct printing *p, struct added *to, struct markdown_phrases **cells) {
    struct markdown_made *made = added_column(p, to, STR("What is counted"));
    for (size_t i = 0; i < p->table->count; i++) {
        const struct measure *m = &p->table->items[i];
        made[m->index] = counted_made(p, m, cells[m->index]);
    }
}

/* ---- the picture ---- */

static int tenths(struct decimal share) {
    int64_t n = 0;
    if (decimal_multiply(share, decimal_whole(10), &share) &&
        decimal_round(share, 0, DECIMAL_HALF_UP, &share))
        decimal_to_int64(share, &n);
    return (int)n;
}

/* A mark of a row that is a share itself. */
static struct chart_mark mark_of(const struct measure *m, enum measure_role role) {
    const struct measure_figure *f = &m->figures[role];
    bool known = f->kind == FIGURE_SHARE && decimal_cmp(f->number, decimal_whole(100)) <= 0;
    return (struct chart_mark){known, known ? tenths(f->number) : 0};
}

/* An average of percentages that lie between none and all. */
static bool is_average_share(const struct measure_result *r) {
    const struct variable *v = r->measure->average;
    return v && r->known && str_eq(value_words(value_at(v->fact->source, "unit")), STR("%")) &&
           decimal_sign(r->average) >= 0 && decimal_cmp(r->average, decimal_whole(100)) <= 0;
}

static bool share_of(const struct printing *p, const struct measure_result *r, struct chart_share *out) {
    const struct measure *m = r->measure;
    const struct measure_figure *f = &m->figures[MEASURE_VALUE];
    struct buf value = {.arena = p->arena};
    *out = (struct chart_share){.label = m->label,
                                .marks = {mark_of(m, MEASURE_COMPARATOR), mark_of(m, MEASURE_AIM)}};
    if (m->counts && r->known) {
        out->low = tenths(r->share_low);
        out->high = tenths(r->share_high);
        add_percents(&value, r);
    } else if (is_average_share(r)) {
        out->low = out->high = tenths(r->average);
        add_rounded(&value, r);
    } else if (f->kind == FIGURE_SHARE && decimal_cmp(f->number, decimal_whole(100)) <= 0) {
        out->low = out->high = tenths(f->number);
        if (is_part(m)) {
            add_percent(&value, f->number);
        } else {
            decimal_print(&value, f->number);
            buf_byte(&value, '%');
        }
    }
    out->value = buf_str(&value);
    return value.len > 0;
}

static void describe(struct buf *out, const struct printing *p, const struct measure_result *r,
                     const struct chart_share *share) {
    static const enum measure_role roles[] = {MEASURE_COMPARATOR, MEASURE_AIM};
    buf_add(out, out->len ? STR("; ") : STR(""));
    buf_add(out, share->label);
    buf_lit(out, " ");
    buf_add(out, share->value);
    for (size_t i = 0; i < CHART_MARKS; i++)
        if (share->marks[i].known) {
            buf_lit(out, ", ");
            buf_add(out, p->table->headers[roles[i]]);
            buf_lit(out, " ");
            buf_add(out, r->measure->words[roles[i]]);
        }
}

static struct str picture(const struct printing *p) {
    const struct measure_table *t = p->table;
    struct chart_share *shares = arena_array(p->arena, struct chart_share, t->count);
    struct buf desc = {.arena = p->arena}, svg = {.arena = p->arena};
    struct str marks[CHART_MARKS] = {t->headers[MEASURE_COMPARATOR], t->headers[MEASURE_AIM]};
    size_t count = 0;
    bool ranges = false;
    for (size_t i = 0; i < t->count; i++)
        if (share_of(p, &p->results[i], &shares[count])) {
            describe(&desc, p, &p->results[i], &shares[count]);
            ranges = ranges || shares[count].low < shares[count].high;
            count++;
        }
    struct chart_caption caption = {
        .id = str_join(p->arena, STR("measures-"), str_slug(p->arena, t->id)),
        .title = str_join(p->arena, t->label, STR(": shares as bars")),
        .desc = buf_str(&desc),
    };
    buf_lit(&svg, "<figure>");
    if (!chart_shares(&caption, shares, count, marks, &svg))
        return (struct str){0};
    if (ranges)
        buf_lit(&svg,
                "<figcaption>Of the outlined part of a bar it is not known whether it counts.</figcaption>");
    buf_lit(&svg, "</figure>\n");
    return buf_str(&svg);
}

/* ---- the table ---- */

static struct str line_of(const struct printing *p) {
    struct buf line = {.arena = p->arena};
    buf_lit(&line, "Counted from the records of this portal as they stand on ");
    buf_add(&line, date_long(p->arena, p->site->as_of));
    buf_lit(&line, ", over schools that are open. Shares are in whole per cent, with 100% for all and 0% for "
                   "none alone; averages have one decimal.");
    return buf_str(&line);
}

static void add_rows(const struct printing *p, struct markdown_decor *decor,
                     struct markdown_phrases **cells) {
    const struct markdown_table *from = p->table->table.markdown;
    struct markdown_row_decor *rows = arena_array(p->arena, struct markdown_row_decor, from->row_count);
    for (size_t i = 0; i < p->table->count; i++) {
        const struct measure *m = &p->table->items[i];
        struct markdown_made *made = arena_array(p->arena, struct markdown_made, from->columns);
        if (p->table->headers[MEASURE_VALUE].len)
            made[column_of(p->table, MEASURE_VALUE)] = value_made(p, &p->results[i]);
        if (p->table->headers[MEASURE_RATING].len)
            made[column_of(p->table, MEASURE_RATING)] = rating_made(p, m);
        if (p->table->headers[MEASURE_TREND].len)
            made[column_of(p->table, MEASURE_TREND)] = trend_made(p, m);
        rows[m->index] =
            (struct markdown_row_decor){.id = m->address, .cells = cells[m->index], .made = made};
    }
    decor->rows = rows;
    decor->row_count = from->row_count;
}

struct markdown_decor decor_measures(const struct site *site, const struct measure_table *table,
                                     struct str root, struct arena *arena) {
    const struct markdown_table *from = table->table.markdown;
    struct printing p = {site, table, measures_of(site, table), arena};
    struct markdown_decor decor = {
        .ordinal = table->table.ordinal, .columns = from->columns, .class = STR("decision measures")};
    struct markdown_phrases **cells = arena_array(arena, struct markdown_phrases *, from->row_count);
    struct markdown_phrases *header = arena_array(arena, struct markdown_phrases, from->columns);
    struct added added = {0};
    bool computed = is_computed(table), value_added = computed && !table->headers[MEASURE_VALUE].len;
    decor_phrases(cells, header, site, &table->table, root, arena);
    add_rows(&p, &decor, cells);
    if (value_added)
        add_values(&p, &added);
    add_answers(&p, &added);
    if (computed) {
        add_counted(&p, &added, cells);
        decor.after = decor_below(line_of(&p), root, arena);
        if (coverage_measured(site, table))
            decor_add_link(&decor.after, STR("Coverage by phase and kind."),
                           str_join(arena, root, STR(COVERAGE_ADDRESS)), arena);
    }
    decor.added = added.items;
    decor.added_count = added.count;
    lay_out(&p, &decor, value_added);
    decor.before = picture(&p);
    return decor;
}
