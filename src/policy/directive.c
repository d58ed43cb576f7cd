/* SPDX-License-Identifier: MIT */
/* directive.c: the comment above a table: its keys, and the decision that it declares. */
#include "policy/table.h"
#include "text/yaml.h"

/* ---- keys ---- */

#define DECISION 1u
#define CHECK 2u
#define MATCH 4u
#define MEASURES 8u
#define LATER 16u /* in a later table of the same id too */

static const struct {
    const char *key;
    unsigned in;
    enum directive_shape shape;
} keys[] = {
    {"decision", DECISION | LATER, SHAPE_ANY},
    {"check", CHECK | LATER, SHAPE_ANY},
    {"match", MATCH | LATER, SHAPE_ANY},
    {"measures", MEASURES, SHAPE_ANY},
    {"given", DECISION | CHECK | LATER, SHAPE_ANY},
    {"notes", DECISION | CHECK | MATCH | MEASURES | LATER, SHAPE_LIST},
    {"label", DECISION | CHECK | MATCH | MEASURES, SHAPE_WORDS},
    {"subject", DECISION | CHECK | MATCH, SHAPE_WORDS},
    {"hit", DECISION, SHAPE_WORDS},
    {"id", DECISION | CHECK | MATCH, SHAPE_WORDS},
    {"applies", DECISION | CHECK, SHAPE_CONDITION},
    {"outputs", DECISION | CHECK, SHAPE_ANY},
    {"must", CHECK | MATCH, SHAPE_LIST},
    {"stands", DECISION, SHAPE_WORDS},
    {"visible", DECISION | CHECK | MATCH, SHAPE_WORDS},
    {"pool", MATCH, SHAPE_WORDS},
    {"kinds", MATCH, SHAPE_LIST},
    {"columns", MEASURES, SHAPE_ANY},
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

/* The key that begins a directive of each kind, and what it is called. */
static const char *const kind_names[] = {"decision", "check", "match", "measures"};
static const char *const kind_nouns[] = {"decision", "check", "match", "table of measures"};

static bool has_shape(const struct value *v, enum directive_shape shape) {
    bool words = v->kind == VALUE_TEXT && v->count > 0, list = shape == SHAPE_LIST && v->kind == VALUE_LIST;
    for (uint32_t i = 0; list && i < v->count; i++)
        list = has_shape(&v->items[i], SHAPE_WORDS);
    return words || list || shape == SHAPE_ANY || (shape == SHAPE_CONDITION && v->kind == VALUE_MAP);
}

bool directive_holds(const struct field *f, enum directive_shape shape, struct diags *diags) {
    static const char *const nouns[] = {
        [SHAPE_WORDS] = "words",
        [SHAPE_LIST] = "words or a list of them",
        [SHAPE_CONDITION] = "an expression or a map of headers and cells",
    };
    const struct value *v = &f->value;
    if (has_shape(v, shape))
        return true;
    if (v->kind == VALUE_NULL || (v->kind == VALUE_TEXT && !v->count))
        diag(diags, DIAG_SCHEMA_EMPTY, place_at(v->source, f->key_offset), f->key);
    else
        diag(diags, DIAG_SCHEMA_TYPE, value_place(v), f->key, str_from(nouns[shape]),
             v->kind == VALUE_MAP  ? STR("a map")
             : shape == SHAPE_LIST ? STR("a list of other things")
                                   : STR("a list"),
             STR(""));
    return false;
}

/* Whether each key holds what such a key may; reported where not. */
static bool check_shapes(const struct value *root, struct diags *diags) {
    bool ok = true;
    for (uint32_t i = 0; i < root->count; i++)
        for (size_t j = 0; j < KEYS; j++)
            if (str_eq(root->fields[i].key, str_from(keys[j].key)))
                ok = directive_holds(&root->fields[i], keys[j].shape, diags) && ok;
    return ok;
}

/* Reports the keys that a directive of this kind, or a later one of its id, does not have. */
static void check_keys(const struct directive *d, unsigned in, struct diags *diags) {
    struct str names[KEYS];
    size_t n = 0;
    for (size_t i = 0; i < KEYS; i++)
        if ((keys[i].in & in) == in)
            names[n++] = str_from(keys[i].key);
    for (uint32_t i = 0; i < d->root->count; i++) {
        const struct field *f = &d->root->fields[i];
        bool known = false;
        for (size_t j = 0; j < n; j++)
            known = known || str_eq(names[j], f->key);
        struct place at = place_at(d->root->source, f->key_offset);
        if (!known && (in & LATER))
            diag(diags, DIAG_DIRECTIVE_LATER, at, f->key, d->id);
        else if (!known)
            diag(diags, DIAG_DIRECTIVE_KEY, at, f->key,
                 noun_phrase(diags->arena, str_from(kind_nouns[d->kind])), str_nearest(f->key, names, n));
    }
}

static bool is_id(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!((s.at[i] >= 'a' && s.at[i] <= 'z') || (i && s.at[i] >= '0' && s.at[i] <= '9') ||
              (i && s.at[i] == '_')))
            return false;
    return s.len > 0;
}

/* "Chart category" is chart_category. */
static struct str id_of_words(struct arena *arena, struct str words) {
    char *s = str_z(arena, str_slug(arena, words));
    struct str id = str_from(s);
    for (size_t i = 0; i < id.len; i++)
        if (s[i] == '-')
            s[i] = '_';
    return id;
}

bool directive_id(struct str id, struct place at, struct diags *diags) {
    if (!is_id(id))
        diag(diags, DIAG_DIRECTIVE_ID, at, id, id_of_words(diags->arena, id));
    return is_id(id);
}

bool directive_read(struct tables *tables, const struct policy_page *page, const struct markdown_table *table,
                    struct directive *out) {
    struct arena *arena = tables->policy->arena;
    struct value *root = arena_new(arena, struct value);
    size_t from = table->directive_at.offset;
    *out = (struct directive){.page = page, .table = table, .root = root, .links = {.arena = arena}};
    if (!yaml_read(arena, page->source, from, from + table->directive.len, tables->diags, root))
        return false;
    for (size_t i = 0; i < sizeof(kind_names) / sizeof(kind_names[0]); i++) {
        const struct value *id = value_at(root, kind_names[i]);
        if (!id)
            continue;
        out->kind = (enum table_kind)i;
        out->id = value_words(id);
        out->at = value_place(id);
        if (!out->id.len)
            break;
        check_keys(out, 1u << i, tables->diags);
        return check_shapes(root, tables->diags) && directive_id(out->id, out->at, tables->diags);
    }
    diag_plain(tables->diags, DIAG_DIRECTIVE_NONE, table->directive_at);
    return false;
}

size_t directive_words_count(const struct directive *d, const char *key) {
    const struct value *v = value_at(d->root, key);
    return !v ? 0 : v->kind == VALUE_LIST ? v->count : 1;
}

const struct value *directive_words(const struct directive *d, const char *key, size_t i) {
    const struct value *v = value_at(d->root, key);
    return v->kind == VALUE_LIST ? &v->items[i] : v;
}

/* ---- declaring ---- */

static const char *const hits[] = {"any", "unique", "priority", "guide", "collect",
                                   "sum", "min",    "max",      "count"};
static const char *const stands[] = {"when settled", "when recorded"};
static const char *const audiences[] = {"officers", "schools", "public"};

/* Which of several words a key has; reported where it is none of them. */
static size_t one_of(const struct directive *d, const char *key, const char *const *words, size_t count,
                     struct diags *diags) {
    const struct value *v = value_at(d->root, key);
    struct str names[16], given = value_words(v);
    for (size_t i = 0; i < count; i++) {
        names[i] = str_from(words[i]);
        if (str_eq(names[i], given))
            return i;
    }
    if (!v)
        return 0;
    struct str near = str_nearest(given, names, count);
    struct buf hint = {.arena = diags->arena};
    for (size_t i = 0; i < count && !near.len; i++) {
        buf_add(&hint, i ? STR(", ") : STR("it is one of: "));
        buf_add(&hint, names[i]);
    }
    diag(diags, DIAG_SCHEMA_CHOICE, value_place(v), given, str_from(key),
         near.len ? str_join(diags->arena, STR("did you mean \""), near, STR("\"?")) : buf_str(&hint));
    return 0;
}

/* "in_force" is "In force". */
struct str directive_label(struct arena *arena, struct str id) {
    return str_capital(arena, words_of_id(arena, id));
}

/* The kind of record that a table is about. */
static struct policy_kind *subject_of(struct tables *t, const struct directive *d) {
    const struct value *v = value_at(d->root, "subject");
    struct str id = v ? value_words(v) : POLICY_SUBJECT;
    struct policy_kind *kind = policy_kind(t->policy, id);
    if (kind || d->kind == TABLE_MATCH)
        return kind;
    diag(t->diags, DIAG_DIRECTIVE_SUBJECT, v ? value_place(v) : d->at, id,
         policy_kind_nearest(t->policy, t->diags->arena, id));
    return NULL;
}

static void check_guide(const struct decision *d, struct diags *diags) {
    const struct output *o = d->outputs;
    const struct value *hit = value_at(d->directive, "hit");
    struct place at = hit ? value_place(hit) : d->at;
    if (d->hit == HIT_GUIDE && (d->output_count != 1 || !o->scale || !o->scale->last_worst))
        diag_plain(diags, DIAG_HIT_GUIDE, at);
    if (d->hit > HIT_COLLECT && (d->output_count != 1 || o->type != OUTPUT_NUMBER))
        diag(diags, DIAG_HIT_NUMBER, at, str_from(hits[d->hit]));
    bool ordered = false;
    for (size_t i = 0; i < d->output_count; i++)
        ordered = ordered || d->outputs[i].ordered;
    if (d->hit == HIT_PRIORITY && !ordered)
        diag_plain(diags, DIAG_HIT_PRIORITY, at);
}

static void check_strengths(const struct decision *d, struct diags *diags) {
    const struct value *outputs = value_at(d->directive, "outputs");
    for (size_t i = 0; i < d->output_count; i++) {
        const struct scale *s = d->outputs[i].scale;
        if (!s || !str_eq(s->id, STR("strength")) || s->count != 2 || !str_eq(s->values[0].id, STR("advice")))
            diag(diags, DIAG_CHECK_STRENGTH, place_at(outputs->source, outputs->fields[i].key_offset),
                 d->outputs[i].id);
    }
}

/* Appends to the policy's decisions, and to the checks of the kind. */
static void decision_add(struct policy *p, struct policy_kind *kind, struct decision *d) {
    size_t n = p->decision_count, size = sizeof(struct decision *), align = alignof(struct decision *);
    d->index = n;
    p->decisions = arena_grow(p->arena, p->decisions, n * size, (n + 1) * size, align);
    p->decisions[p->decision_count++] = d;
    map_add(&p->decision_by_id, d->id, d, NULL);
    if (d->kind != TABLE_CHECK)
        return;
    n = kind->check_count;
    kind->checks = arena_grow(p->arena, kind->checks, n * size, (n + 1) * size, align);
    kind->checks[kind->check_count++] = d;
}

static struct decision *declare(struct tables *t, const struct directive *d, struct policy_kind *kind) {
    struct arena *arena = t->policy->arena;
    struct decision *out = arena_new(arena, struct decision);
    const struct value *visible = value_at(d->root, "visible");
    struct str label = value_words(value_at(d->root, "label"));
    *out = (struct decision){
        .kind = d->kind,
        .id = d->id,
        .label = label.len ? label : directive_label(arena, d->id),
        .record = kind ? kind->id : STR(""),
        .hit = (enum hit)one_of(d, "hit", hits, sizeof(hits) / sizeof(hits[0]), t->diags),
        .when_recorded = one_of(d, "stands", stands, 2, t->diags) == 1,
        .classed = visible != NULL,
        .audience = (enum audience)one_of(d, "visible", audiences, AUDIENCE_COUNT, t->diags),
        .tiers = 1,
        .at = d->at,
        .directive = d->root,
    };
    decision_add(t->policy, kind, out);
    if (d->kind == TABLE_MATCH)
        return out;
    outputs_read(t, out, value_at(d->root, "outputs"));
    for (size_t i = 0; i < out->output_count; i++)
        thing_add_output(t->policy, kind, &out->outputs[i], out->at, t->diags);
    if (d->kind == TABLE_CHECK)
        check_strengths(out, t->diags);
    else
        check_guide(out, t->diags);
    if (d->kind == TABLE_CHECK && !directive_words_count(d, "must"))
        diag_plain(t->diags, DIAG_CHECK_MUST, d->at);
    return out;
}

/* The page of the decision's first table, and the line of its directive. */
static void later_directive(struct tables *t, struct directive *d, struct decision *first) {
    struct str line = str_whole(t->diags->arena, place_position(first->at).line);
    struct str where = str_join(t->diags->arena, first->at.source->path, STR(":"), line);
    if (value_at(d->root, "outputs") || first->kind == TABLE_MATCH) {
        diag(t->diags, DIAG_DECISION_TWICE, d->at, d->id, where);
    } else if (first->at.source != d->at.source || first->kind != d->kind) {
        diag(t->diags, DIAG_DIRECTIVE_PAGE, d->at, d->id, where);
    } else {
        check_keys(d, LATER, t->diags);
        d->decision = first;
    }
}

static struct str decision_nearest(const struct policy *p, struct arena *arena, struct str id) {
    struct str *names = arena_array(arena, struct str, p->decision_count);
    for (size_t i = 0; i < p->decision_count; i++)
        names[i] = p->decisions[i]->id;
    return str_nearest(id, names, p->decision_count);
}

void directive_declare(struct tables *t, struct directive *d) {
    struct decision *first = map_get(&t->policy->decision_by_id, d->id);
    struct policy_kind *kind = NULL;
    if (measures_declared(t, d))
        return;
    if (first) {
        later_directive(t, d, first);
    } else if (!value_at(d->root, "outputs") && d->kind != TABLE_MATCH) {
        struct str near = decision_nearest(t->policy, t->diags->arena, d->id);
        diag(
            t->diags, DIAG_DIRECTIVE_OUTPUTS, d->at, d->id,
            near.len
                ? str_join(t->diags->arena, STR("did you mean \""), near, STR("\"?"))
                : STR("the first table of an id says what it gives: outputs: {category: {scale: category}}"));
    } else if ((kind = subject_of(t, d)) || d->kind == TABLE_MATCH) {
        d->decision = declare(t, d, kind);
    }
    if (!d->decision || (!d->decision->output_count && d->kind != TABLE_MATCH)) {
        d->decision = NULL; /* without outputs its headers would all be read as something else */
        return;
    }
    struct decision *to = d->decision;
    struct arena *arena = t->policy->arena;
    d->to = arena_new(arena, struct policy_table);
    *d->to = (struct policy_table){.decision = to,
                                   .source = d->page->source,
                                   .ordinal = d->table->ordinal,
                                   .page = d->page->address,
                                   .markdown = d->table};
    to->tables =
        arena_grow(arena, to->tables, to->table_count * sizeof(struct policy_table *),
                   (to->table_count + 1) * sizeof(struct policy_table *), alignof(struct policy_table *));
    to->tables[to->table_count++] = d->to;
}
