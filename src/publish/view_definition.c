/* SPDX-License-Identifier: MIT */
/*
 * view_definition.c: what each word of the policy means, where it comes from and who may see it.
 *
 * All of it is framework.yaml in other words, so that nobody needs to read that to know what a table says. Names are
 * public where a table that uses them is; values never stand here.
 */
#include "portal/fact.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* A rule that reads more than this is read in its own words. */
#define RULE_READS_MAX 64

static void add_row(const struct view *view, struct value_list *rows, const char *term, struct str text) {
    if (text.len)
        list_add(rows, part_row(view, str_from(term), text));
}

static struct value here(const struct view *view, struct str title, struct str id) {
    struct value_map m = part_map(view);
    map_text(&m, "title", title);
    map_text(&m, "href", str_join(view->arena, STR("#"), id));
    return map_done(&m);
}

static struct str word_label(const struct word *word) {
    return word->fact ? word->fact->label : word->output->label;
}

static struct str word_id(const struct view *view, const struct word *word) {
    return word->fact ? lexicon_id_fact(view->arena, word->fact)
                      : lexicon_id_output(view->arena, word->output);
}

static struct value word_link(const struct view *view, const struct word *word) {
    return here(view, word_label(word), word_id(view, word));
}

/* ---- what it is ---- */

static const char *const fact_types[] = {
    [FACT_YES_NO] = "Yes or no",          [FACT_SCALE] = "A value of the scale",
    [FACT_SET] = "Any number of",         [FACT_NUMBER] = "A number",
    [FACT_WHOLE] = "A whole number",      [FACT_DATE] = "A date",
    [FACT_DURATION] = "A length of time", [FACT_TEXT] = "Words",
    [FACT_DATES] = "A list of dates",     [FACT_LIST] = "A list",
    [FACT_SCHOOLS] = "A list of schools",
};

static const char *const output_types[] = {
    [OUTPUT_SCALE] = "A value of the scale",
    [OUTPUT_YES_NO] = "Yes or no",
    [OUTPUT_QUANTITY] = "An amount",
    [OUTPUT_NUMBER] = "A number",
    [OUTPUT_TEXT] = "Words",
    [OUTPUT_OFFER] = "A support offer",
    [OUTPUT_DUE] = "When it is due",
};

/* "A number, in %, from 0 to 100". */
static struct str what(const struct view *view, const struct word *word) {
    struct buf out = {.arena = view->arena};
    if (word->output) {
        buf_add(&out, str_from(output_types[word->output->type]));
        if (word->output->type == OUTPUT_QUANTITY) {
            buf_lit(&out, ": ");
            buf_add(&out, word->output->unit.text);
        }
        return buf_str(&out);
    }
    struct str unit = part_field(word->fact->source, "unit"), range = part_field(word->fact->source, "range");
    buf_add(&out, str_from(fact_types[word->fact->type]));
    if (unit.len) {
        buf_lit(&out, ", in ");
        buf_add(&out, unit);
    }
    if (range.len) {
        buf_lit(&out, ", from ");
        buf_add(&out, range);
    }
    return buf_str(&out);
}

/* A scale has no label, so what it is used for names it; where that is much, its id in words. */
#define SCALE_NAMES_MAX 2

static bool is_on(const struct word *word, const struct scale *scale) {
    return word->read && (word->fact ? word->fact->scale : word->output->scale) == scale;
}

static struct str scale_title(const struct view *view, const struct lexicon *lexicon,
                              const struct scale *scale) {
    struct str labels[SCALE_NAMES_MAX];
    size_t count = 0;
    for (size_t k = 0; k < lexicon->kind_count; k++)
        for (size_t i = 0; i < lexicon->kinds[k].count; i++) {
            const struct word *word = &lexicon->kinds[k].items[i];
            if (is_on(word, scale) && count++ < SCALE_NAMES_MAX)
                labels[count - 1] = word_label(word);
        }
    if (count <= SCALE_NAMES_MAX)
        return str_listed(view->arena, labels, count);
    struct str words = words_of_id(view->arena, scale->id);
    char *copy = str_z(view->arena, words);
    if (words.len && copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - ('a' - 'A'));
    return (struct str){copy, words.len};
}

static struct value scale_link(const struct view *view, const struct lexicon *lexicon,
                               const struct scale *scale) {
    return scale ? here(view, scale_title(view, lexicon, scale), lexicon_id_scale(view->arena, scale))
                 : value_null();
}

static struct str item_label(const struct word *word, struct str id) {
    return fact_label(word->fact, id);
}

/* `implies: {sharp_decline: declining}`: who says the one says the other. */
static struct str implied(const struct word *word, struct str id) {
    struct str other = value_words(value_get(value_at(word->fact->source, "implies"), id));
    return other.len ? item_label(word, other) : other;
}

static void items(const struct view *view, struct value_map *m, const struct word *word) {
    struct value_list list = part_list_new(view);
    const struct value *of = word->fact && word->fact->type == FACT_SET ? word->fact->items : NULL;
    for (uint32_t i = 0; of && of->kind == VALUE_MAP && i < of->count; i++) {
        struct str id = of->fields[i].key, also = implied(word, id);
        struct value_map item = part_map(view);
        map_text(&item, "id", lexicon_id_item(view->arena, word->fact, id));
        map_text(&item, "label", item_label(word, id));
        map_text(&item, "text",
                 also.len ? str_join(view->arena, STR("counts as “"), also, STR("” too")) : also);
        list_add(&list, map_done(&item));
    }
    part_list(view, m, "items", &list);
}

/* ---- where it comes from, and what silence means ---- */

static const struct {
    const char *value, *words;
} silences[] = {
    {"no", "No"},
    {"yes", "Yes"},
    {"none", "None"},
    {"not applicable", "It does not apply"},
};

static struct str silence_words(const struct word *word, struct str value) {
    struct str label = fact_label(word->fact, value);
    bool named = word->fact->type == FACT_SCALE && !str_eq(label, value);
    for (size_t i = 0; !named && i < sizeof(silences) / sizeof(silences[0]); i++)
        if (str_eq(value, str_from(silences[i].value)))
            return str_from(silences[i].words);
    return label;
}

static struct str silence(const struct view *view, const struct word *word) {
    const struct value *missing = value_at(word->fact->source, "missing");
    struct buf out = {.arena = view->arena};
    if (word->fact->derived)
        return (struct str){0};
    if (!missing)
        return STR("Not known: it may be any of its values");
    if (missing->kind != VALUE_LIST)
        return silence_words(word, value_words(missing));
    buf_lit(&out, "Not known: it may be ");
    for (uint32_t i = 0; i < missing->count; i++) {
        buf_add(&out, !i ? STR("") : i + 1 == missing->count ? STR(" or ") : STR(", "));
        buf_add(&out, silence_words(word, value_words(&missing->items[i])));
    }
    return buf_str(&out);
}

static struct str stands_for(const struct word *word, const char *key) {
    struct str value = part_field(word->fact->source, key);
    return value.len ? silence_words(word, value) : value;
}

static struct str see(enum audience audience) {
    static const char *const words[AUDIENCE_COUNT] = {
        [AUDIENCE_OFFICERS] = "Officers",
        [AUDIENCE_SCHOOLS] = "Schools and officers",
        [AUDIENCE_PUBLIC] = "Everybody",
    };
    return str_from(words[audience]);
}

/* The class of a fact is that of the strictest field on its path too. */
static struct str fact_audience(const struct view *view, const struct fact *fact) {
    if (fact->derived && !fact->classed)
        return STR("Whoever may see what it follows from");
    const struct facts_reader *reader =
        view->site->facts ? facts_reader(view->site->facts, fact->record) : NULL;
    const struct policy_kind *kind = policy_kind(&view->site->policy, fact->record);
    for (size_t i = 0; reader && kind && i < kind->fact_count; i++)
        if (kind->facts[i] == fact)
            return see(facts_class(reader, i));
    return see(fact->audience);
}

static struct str output_audience(const struct output *output) {
    if (!output->classed && !output->decision->classed)
        return STR("Whoever may see what it follows from");
    enum audience own = output->classed ? output->audience : AUDIENCE_PUBLIC;
    enum audience all = output->decision->classed ? output->decision->audience : AUDIENCE_PUBLIC;
    return see(audience_stricter(own, all));
}

static struct value word_rows(const struct view *view, const struct word *word) {
    struct value_list rows = part_list_new(view);
    if (word->fact) {
        add_row(view, &rows, "Where it comes from", part_field(word->fact->source, "source"));
        add_row(view, &rows, "Recorded as none", stands_for(word, "none"));
        add_row(view, &rows, "Absent from the latest entry", stands_for(word, "absent"));
        add_row(view, &rows, "If a record is silent", silence(view, word));
    } else if (word->output->decision->when_recorded) {
        add_row(view, &rows, "Counts", STR("Once a person has recorded it"));
    }
    add_row(view, &rows, "Who may see it",
            word->fact ? fact_audience(view, word->fact) : output_audience(word->output));
    return list_done(&rows);
}

/* ---- rules ---- */

/* Cells in words, or FEEL. */
static struct value rule(const struct view *view, const struct value *of) {
    if (!of)
        return value_null();
    struct value_map m = part_map(view);
    struct value_list cells = part_list_new(view);
    for (uint32_t i = 0; of->kind == VALUE_MAP && i < of->count; i++)
        list_add(&cells, part_row(view, of->fields[i].key, value_words(&of->fields[i].value)));
    map_text(&m, "code", value_words(of));
    part_list(view, &m, "cells", &cells);
    return map_done(&m);
}

static void rules(const struct view *view, const struct lexicon *lexicon, struct value_map *m,
                  const struct word *word) {
    const struct value *of = word->fact ? word->fact->source : NULL;
    const struct value *when = value_at(of, "when");
    struct value_list list = part_list_new(view);
    const struct word *reads[RULE_READS_MAX];
    size_t count = lexicon_rule(lexicon, &view->site->policy, word, reads, RULE_READS_MAX);
    for (size_t i = 0; i < count; i++)
        list_add(&list, word_link(view, reads[i]));
    map_set(m, "rule", rule(view, when ? when : value_at(of, "is")));
    map_set(m, "applies", rule(view, value_at(of, "applies")));
    part_list(view, m, "reads", &list);
}

/* ---- words ---- */

static void tables(const struct view *view, struct value_map *m, const char *key,
                   struct policy_table *const *of, size_t count) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < count; i++)
        if (lexicon_page(view->site, of[i]))
            list_add(&list, part_link(view, lexicon_table_title(view->arena, of[i]),
                                      lexicon_table_address(view->arena, of[i])));
    part_list(view, m, key, &list);
}

static void offers(const struct view *view, struct value_map *m, const struct word *word) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < word->offer_count; i++)
        list_add(&list, part_page_link(view, word->offers[i]));
    part_list(view, m, "offers", &list);
}

static struct value word_value(const struct view *view, const struct lexicon *lexicon,
                               const struct word *word) {
    struct value_map m = part_map(view);
    const struct scale *scale = word->fact ? word->fact->scale : word->output->scale;
    const struct decision *d = word->output ? word->output->decision : NULL;
    map_text(&m, "id", word_id(view, word));
    map_text(&m, "label", word_label(word));
    map_text(&m, "name", d ? str_join(view->arena, d->id, STR("."), word->output->id) : word->fact->id);
    map_text(&m, "what", what(view, word));
    map_set(&m, "scale", scale_link(view, lexicon, scale));
    items(view, &m, word);
    map_set(&m, "rows", word_rows(view, word));
    rules(view, lexicon, &m, word);
    tables(view, &m, "decided", d ? d->tables : NULL, d ? d->table_count : 0);
    tables(view, &m, "tables", word->tables, word->table_count);
    offers(view, &m, word);
    return map_done(&m);
}

/* Whether all that it speaks of is defined here: what else is never true is nobody's business who has no table of it. */
static bool never_is_known(const struct view *view, const struct lexicon *lexicon,
                           const struct policy_kind *kind, struct str because) {
    for (size_t i = 0; i < kind->never_count; i++)
        if (str_eq(kind->nevers[i]->because, because))
            return lexicon_knows(lexicon, &view->site->policy, kind->nevers[i]->when);
    return false;
}

/* As framework.yaml has them: among those of the kind there are also what its sets imply. */
static void nevers(const struct view *view, const struct lexicon *lexicon, struct value_map *m,
                   const struct policy_kind *kind) {
    const struct value *of = value_get(value_at(&view->site->vocabulary.root, "never"), kind->id);
    struct value_list list = part_list_new(view);
    for (uint32_t i = 0; of && of->kind == VALUE_LIST && i < of->count; i++) {
        struct str because = part_field(&of->items[i], "because");
        if (!never_is_known(view, lexicon, kind, because))
            continue;
        struct value_map never = part_map(view);
        map_text(&never, "because", because);
        map_set(&never, "rule", rule(view, value_at(&of->items[i], "when")));
        list_add(&list, map_done(&never));
    }
    part_list(view, m, "nevers", &list);
}

static void add_contents(const struct view *view, struct value_list *contents, struct str id,
                         struct str title) {
    struct value_map m = part_map(view);
    map_text(&m, "id", id);
    map_text(&m, "title", title);
    list_add(contents, map_done(&m));
}

static struct value kinds(const struct view *view, const struct lexicon *lexicon,
                          struct value_list *contents) {
    struct value_list list = part_list_new(view);
    for (size_t k = 0; k < lexicon->kind_count; k++) {
        const struct lexicon_kind_words *of = &lexicon->kinds[k];
        struct value_list words = part_list_new(view);
        for (size_t i = 0; i < of->count; i++)
            if (of->items[i].read)
                list_add(&words, word_value(view, lexicon, &of->items[i]));
        if (!words.count)
            continue;
        struct value_map m = part_map(view);
        struct str id =
            str_join(view->arena, STR("of-"), str_slug(view->arena, words_of_id(view->arena, of->kind->id)));
        struct str heading = lexicon_kind(view->site, view->arena, of->kind->id, true);
        map_text(&m, "id", id);
        map_text(&m, "heading", heading);
        map_set(&m, "words", list_done(&words));
        nevers(view, lexicon, &m, of->kind);
        list_add(&list, map_done(&m));
        add_contents(view, contents, id, heading);
    }
    return list_done(&list);
}

/* ---- scales ---- */

/* What else a value may be written as: all its labels but the first, which is printed. */
static struct str other_labels(const struct view *view, const struct scale_value *value) {
    struct buf out = {.arena = view->arena};
    const struct value *labels = value->labels;
    for (uint32_t i = 1; labels && labels->kind == VALUE_LIST && i < labels->count; i++) {
        buf_add(&out, i == 1 ? STR("also ") : STR(", "));
        buf_add(&out, value_words(&labels->items[i]));
    }
    return buf_str(&out);
}

static void scale_values(const struct view *view, struct value_map *m, const char *key,
                         const struct scale *scale, size_t from, size_t to) {
    struct value_list list = part_list_new(view);
    for (size_t i = from; i < to; i++) {
        struct value_map v = part_map(view);
        map_text(&v, "id", lexicon_id_value(view->arena, scale, scale->values[i].id));
        map_text(&v, "label", scale_value_label(&scale->values[i]));
        map_text(&v, "text", other_labels(view, &scale->values[i]));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, key, &list);
}

static struct value scale_value_map(const struct view *view, const struct lexicon *lexicon,
                                    const struct scale *scale) {
    struct value_map m = part_map(view);
    struct value_list uses = part_list_new(view);
    for (size_t k = 0; k < lexicon->kind_count; k++)
        for (size_t i = 0; i < lexicon->kinds[k].count; i++) {
            const struct word *w = &lexicon->kinds[k].items[i];
            if (is_on(w, scale))
                list_add(&uses, word_link(view, w));
        }
    size_t on = scale->count - scale->beside;
    map_text(&m, "id", lexicon_id_scale(view->arena, scale));
    map_text(&m, "title", scale_title(view, lexicon, scale));
    map_text(&m, "order",
             scale->last_best    ? STR("From worst to best")
             : scale->last_worst ? STR("From least to most severe")
                                 : (struct str){0});
    scale_values(view, &m, "values", scale, 0, on);
    scale_values(view, &m, "beside", scale, on, scale->count);
    part_list(view, &m, "uses", &uses);
    return map_done(&m);
}

/* Those of the words that are listed, in the order of framework.yaml; one that stands nowhere there is built in. */
static struct value scales(const struct view *view, const struct lexicon *lexicon) {
    struct value_list list = part_list_new(view);
    const struct map *all = &view->site->vocabulary.scales;
    for (size_t s = 0; s < all->count; s++) {
        struct value v = scale_value_map(view, lexicon, all->items[s].value);
        if (value_get(&v, STR("has_uses"))->truth)
            list_add(&list, v);
    }
    return list_done(&list);
}

/* ---- counting ---- */

static struct str units(const struct view *view) {
    struct buf out = {.arena = view->arena};
    const struct value *of = value_at(&view->site->vocabulary.root, "units");
    for (uint32_t i = 0; of && of->kind == VALUE_LIST && i < of->count; i++) {
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, value_words(&of->items[i]));
    }
    return buf_str(&out);
}

static struct value counting(const struct view *view) {
    struct calendar calendar = vocabulary_calendar(&view->site->vocabulary);
    struct value_list rows = part_list_new(view);
    struct buf year = {.arena = view->arena};
    buf_printf(&year, "%d terms and %d half-terms", calendar.terms, calendar.half_terms);
    add_row(view, &rows, "A school year", buf_str(&year));
    add_row(view, &rows, "What is counted", units(view));
    return list_done(&rows);
}

struct value view_definitions(const struct view *view, struct page_words *words) {
    struct lexicon lexicon;
    struct value_list contents = part_list_new(view);
    struct value_map m = part_map(view);
    lexicon_make(&lexicon, view->site, view->arena);
    words->title = STR("Words this policy uses");
    words->description =
        STR("What each word in the tables of the policy means, where it comes from and who may see it.");
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_POLICY));
    map_text(&m, "title", words->title);
    map_text(&m, "lead", words->description);
    map_set(&m, "kinds", kinds(view, &lexicon, &contents));
    struct value list = scales(view, &lexicon);
    if (list.count)
        add_contents(view, &contents, STR("scales"), STR("Scales"));
    map_bool(&m, "has_scales", list.count > 0);
    map_set(&m, "scales", list);
    map_set(&m, "released",
            release_any(view->site) ? part_link(view, STR("What is released"), STR(RELEASED_ADDRESS))
                                    : value_null());
    add_contents(view, &contents, STR("counting"), STR("Counting"));
    map_set(&m, "counting", counting(view));
    map_set(&m, "contents", list_done(&contents));
    return map_done(&m);
}
