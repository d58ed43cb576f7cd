/* SPDX-License-Identifier: MIT */
/* lexicon.c: which facts and outputs the tables read, and what they are called. */
#include "publish/lexicon.h"

#include "policy/cell.h"
#include "policy/measure.h"

/* ---- ids and titles ---- */

/* Dots and underscores too become hyphens. */
static struct str id_of(struct arena *arena, const char *what, struct str of, struct str part) {
    struct str words = str_join(arena, str_from(what), of, STR("-"), part);
    return str_slug(arena, words_of_id(arena, words));
}

struct str lexicon_id_fact(struct arena *arena, const struct fact *fact) {
    return id_of(arena, "fact-", fact->record, fact->id);
}

struct str lexicon_id_item(struct arena *arena, const struct fact *fact, struct str item) {
    return id_of(arena, "fact-", fact->record, str_join(arena, fact->id, STR("-"), item));
}

struct str lexicon_id_output(struct arena *arena, const struct output *output) {
    return id_of(arena, "result-", output->decision->id, output->id);
}

struct str lexicon_id_scale(struct arena *arena, const struct scale *scale) {
    return id_of(arena, "scale-", scale->id, (struct str){0});
}

struct str lexicon_id_value(struct arena *arena, const struct scale *scale, struct str value) {
    return id_of(arena, "value-", scale->id, value);
}

struct str lexicon_id_release(struct arena *arena, const struct release *release) {
    return release->output ? id_of(arena, "release-", release->decision->id, release->output->id)
                           : id_of(arena, "release-", release->decision->id, (struct str){0});
}

struct str lexicon_table_title(struct arena *arena, const struct policy_table *table) {
    const struct decision *d = table->decision;
    if (table->measures)
        return table->measures->label;
    if (d->table_count < 2)
        return d->label;
    if (table->given.len)
        return str_join(arena, d->label, STR(" ("), table->given, STR(")"));
    size_t at = 0;
    while (at < d->table_count && d->tables[at] != table)
        at++;
    return str_join(arena, d->label, STR(", table "), str_whole(arena, (long long)at + 1));
}

struct str lexicon_table_address(struct arena *arena, const struct policy_table *table) {
    return str_join(arena, table->page, STR("#table-"), str_whole(arena, (long long)table->ordinal));
}

struct str lexicon_tone(const struct site *site, const struct output *output, values answer) {
    static const char *const tones[][2] = {
        {"green", "ok"}, {"yellow", "info"}, {"blue", "info"}, {"amber", "warn"}, {"red", "stop"}};
    const struct value *scales = value_at(&site->vocabulary.root, "scales");
    const struct value *scale = output->scale ? value_get(scales, output->scale->id) : NULL;
    struct str id = output->answers[__builtin_ctzll(answer)].id;
    struct str colour = value_words(value_get(value_at(scale, "colours"), id));
    for (size_t i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
        if (str_eq(colour, str_from(tones[i][0])))
            return str_from(tones[i][1]);
    return STR("plain");
}

/* Kinds that are no content of their own, or whose plural is not an s. */
static const struct {
    const char *id, *one, *many;
} kind_names[] = {
    {"body", "Body", "Bodies"},
    {"member", "Member of a partnership", "Members of partnerships"},
    {"network", "The network", "The network"},
    {"pair", "Pair of schools", "Pairs of schools"},
    {"person", "Person", "People"},
};

struct str lexicon_kind(const struct site *site, struct arena *arena, struct str kind, bool several) {
    for (size_t i = 0; i < sizeof(kind_names) / sizeof(kind_names[0]); i++)
        if (str_eq(kind, str_from(kind_names[i].id)))
            return str_from(several ? kind_names[i].many : kind_names[i].one);
    bool group = vocabulary_group(&site->vocabulary, kind) != NULL;
    struct str label = group ? vocabulary_group_label(&site->vocabulary, kind)
                             : str_capital(arena, words_of_id(arena, kind));
    return several ? str_join(arena, label, STR("s")) : label;
}

/* ---- tables that the audience has ---- */

const struct page *lexicon_page(const struct site *site, const struct policy_table *table) {
    const struct page *page = table->source ? map_get(&site->page_by_path, table->source->path) : NULL;
    return page && page->visible ? page : NULL;
}

static bool is_seen(const struct site *site, const struct decision *d) {
    for (size_t i = 0; i < d->table_count; i++)
        if (lexicon_page(site, d->tables[i]))
            return true;
    return false;
}

bool lexicon_used(const struct site *site) {
    for (size_t i = 0; i < site->policy.decision_count; i++)
        if (is_seen(site, site->policy.decisions[i]))
            return true;
    for (size_t i = 0; i < site->policy.measure_count; i++) /* stated values need no words */
        if (site->policy.measures[i]->table.link_count &&
            lexicon_page(site, &site->policy.measures[i]->table))
            return true;
    for (size_t i = 0; i < site->pages[CONTENT_OFFER].count; i++)
        if (site->pages[CONTENT_OFFER].items[i]->open_to)
            return true;
    return false;
}

/* ---- what is read ---- */

/* A walk over conditions: what it meets it hands on, once each time it is met. */
struct walk {
    const struct lexicon *lexicon;
    const struct policy *policy;
    void (*meet)(struct walk *walk, struct word *word);
    size_t number;
    struct policy_table *table; /* that reads it, or else */
    const struct page *offer;
    struct arena *arena;
    const struct word **found;
    size_t count, most;
    bool known;
};

static struct word *word_of(const struct lexicon *lexicon, const struct variable *v) {
    struct str record = v->fact ? v->fact->record : v->output ? v->output->decision->record : (struct str){0};
    for (size_t k = 0; k < lexicon->kind_count; k++) {
        const struct lexicon_kind_words *of = &lexicon->kinds[k];
        if (!str_eq(of->kind->id, record))
            continue;
        for (size_t i = 0; i < of->count; i++)
            if (v->fact ? of->items[i].fact == v->fact : of->items[i].output == v->output)
                return &of->items[i];
    }
    return NULL;
}

static void walk_variable(struct walk *walk, const struct variable *v) {
    while (v && v->of)
        v = v->of;
    struct word *word = v ? word_of(walk->lexicon, v) : NULL;
    if (word)
        walk->meet(walk, word);
}

/* A name may be of this kind of record or, in a filter, of another; what is bound to no variable is a list of records
 * or a side of a pair. */
static void walk_node(struct walk *walk, const struct feel_node *n) {
    bool names = (n->op == FEEL_NAME || n->op == FEEL_PATH) && n->bound;
    for (size_t k = 0; names && k < walk->policy->kind_count; k++)
        if (map_get(&walk->policy->kinds[k]->by_id, n->name) == n->bound) {
            walk_variable(walk, n->bound);
            break;
        }
    for (size_t i = 0; i < n->count; i++)
        walk_node(walk, n->kids[i]);
}

static void walk_condition(struct walk *walk, const struct condition *c) {
    if (!c)
        return;
    if (c->op == CONDITION_TEST)
        walk_variable(walk, c->variable);
    if (c->op == CONDITION_FEEL && c->feel)
        walk_node(walk, c->feel);
    for (size_t i = 0; i < c->count; i++)
        walk_condition(walk, c->kids[i]);
}

static void walk_rule(struct walk *walk, const struct word *word) {
    if (!word->variable)
        return;
    walk_condition(walk, word->variable->when);
    walk_condition(walk, word->variable->applies);
    if (word->variable->is)
        walk_node(walk, word->variable->is);
}

/* The end of a list in which there is room for one more. */
static void *one_more(struct arena *arena, void *items, size_t count, size_t *room) {
    size_t was = *room, size = sizeof(void *);
    if (count < was)
        return items;
    *room = was ? 2 * was : 4;
    return arena_grow(arena, items, was * size, *room * size, alignof(void *));
}

/* The table or the offer reads it, and what its rule reads. */
static void note_reader(struct walk *walk, struct word *word) {
    if (word->seen == walk->number)
        return;
    word->seen = walk->number;
    word->read = true;
    if (walk->table) {
        word->tables = one_more(walk->arena, word->tables, word->table_count, &word->table_room);
        word->tables[word->table_count++] = walk->table;
    } else {
        word->offers = one_more(walk->arena, word->offers, word->offer_count, &word->offer_room);
        word->offers[word->offer_count++] = walk->offer;
    }
    walk_rule(walk, word);
}

/* A header may name a fact that none of its cells asks for, and its link leads there all the same. */
static void walk_links(struct walk *walk, const struct column_link *links, size_t count) {
    const struct decision *own = walk->table ? walk->table->decision : NULL;
    for (size_t i = 0; i < count; i++) {
        struct variable named = {.fact = links[i].fact, .output = links[i].output};
        if (links[i].fact || links[i].output->decision != own)
            walk_variable(walk, &named);
    }
}

static void walk_offer(struct walk *walk, const struct page *offer) {
    walk->table = NULL;
    walk->offer = offer;
    walk->number++;
    walk_condition(walk, offer->open_to->when);
    walk_links(walk, offer->open_to->links, offer->open_to->link_count);
}

static void walk_table(struct walk *walk, struct policy_table *table) {
    const struct decision *d = table->decision;
    walk->table = table;
    walk->number++;
    walk_condition(walk, d->applies);
    for (size_t i = table->first_row; i < table->first_row + table->row_count && i < d->row_count; i++)
        for (size_t j = 0; j < d->rows[i]->cell_count; j++)
            walk_condition(walk, d->rows[i]->cells[j].condition);
    walk_links(walk, table->links, table->link_count);
}

static void walk_measures(struct walk *walk, struct measure_table *of) {
    walk->table = &of->table;
    walk->offer = NULL;
    walk->number++;
    for (size_t i = 0; i < of->count; i++) {
        walk_condition(walk, of->items[i].among);
        walk_condition(walk, of->items[i].counts);
        walk_variable(walk, of->items[i].average);
    }
    walk_links(walk, of->table.links, of->table.link_count);
}

/* The variable that stands for a fact, or for the first item of a set. */
static const struct variable *variable_of(const struct policy_kind *kind, const struct fact *fact) {
    for (size_t i = 0; i < kind->variable_count; i++)
        if (kind->variables[i]->kind == VARIABLE_FACT && kind->variables[i]->fact == fact)
            return kind->variables[i];
    return NULL;
}

static void kind_words(struct lexicon_kind_words *of, const struct site *site, struct arena *arena,
                       const struct policy_kind *kind) {
    *of = (struct lexicon_kind_words){
        kind, arena_array(arena, struct word, kind->fact_count + kind->output_count), 0};
    for (size_t i = 0; i < kind->fact_count; i++)
        of->items[of->count++] =
            (struct word){.fact = kind->facts[i], .variable = variable_of(kind, kind->facts[i])};
    for (size_t i = 0; i < kind->output_count; i++)
        if (is_seen(site, kind->outputs[i]->decision))
            of->items[of->count++] = (struct word){.output = kind->outputs[i], .read = true};
}

void lexicon_make(struct lexicon *lexicon, const struct site *site, struct arena *arena) {
    const struct policy *policy = &site->policy;
    *lexicon = (struct lexicon){arena_array(arena, struct lexicon_kind_words, policy->kind_count),
                                policy->kind_count};
    for (size_t i = 0; i < policy->kind_count; i++)
        kind_words(&lexicon->kinds[i], site, arena, policy->kinds[i]);
    struct walk walk = {.lexicon = lexicon, .policy = policy, .meet = note_reader, .arena = arena};
    for (size_t i = 0; i < policy->decision_count; i++)
        for (size_t j = 0; j < policy->decisions[i]->table_count; j++)
            if (lexicon_page(site, policy->decisions[i]->tables[j]))
                walk_table(&walk, policy->decisions[i]->tables[j]);
    for (size_t i = 0; i < policy->measure_count; i++)
        if (lexicon_page(site, &policy->measures[i]->table))
            walk_measures(&walk, policy->measures[i]);
    for (size_t i = 0; i < site->pages[CONTENT_OFFER].count; i++)
        if (site->pages[CONTENT_OFFER].items[i]->open_to)
            walk_offer(&walk, site->pages[CONTENT_OFFER].items[i]);
}

/* ---- what one condition reads ---- */

static void note_unknown(struct walk *walk, struct word *word) {
    walk->known = walk->known && word->read;
}

bool lexicon_knows(const struct lexicon *lexicon, const struct policy *policy,
                   const struct condition *condition) {
    struct walk walk = {.lexicon = lexicon, .policy = policy, .meet = note_unknown, .known = true};
    walk_condition(&walk, condition);
    return walk.known;
}

static void note_found(struct walk *walk, struct word *word) {
    for (size_t i = 0; i < walk->count; i++)
        if (walk->found[i] == word)
            return;
    if (walk->count < walk->most)
        walk->found[walk->count++] = word;
}

size_t lexicon_condition(const struct lexicon *lexicon, const struct policy *policy,
                         const struct condition *condition, const struct word **out, size_t most) {
    struct walk walk = {.lexicon = lexicon, .policy = policy, .meet = note_found, .found = out, .most = most};
    walk_condition(&walk, condition);
    return walk.count;
}

size_t lexicon_rule(const struct lexicon *lexicon, const struct policy *policy, const struct word *word,
                    const struct word **out, size_t most) {
    struct walk walk = {.lexicon = lexicon, .policy = policy, .meet = note_found, .found = out, .most = most};
    walk_rule(&walk, word);
    return walk.count;
}
