/* SPDX-License-Identifier: MIT */
/* vocabulary.c: content/framework.yaml into scales and facts. */
#include "policy/vocabulary.h"

#include <string.h>

/* The keys each part may have, with the words of the manual. What an expression means is read where it is
 * evaluated. */
static const struct vocabulary_key root_keys[] = {
    {"title", "What the framework is called."},
    {"scales", "Scales by id, from least to most."},
    {"facts", "Kinds of record, each with its facts by id."},
    {"groups", "Kinds of group that a school's groups may have, by id, each with its label or with a map."},
    {"category",
     "The decision, or its output as decision.output, by which officers' lists and totals group "
     "schools. Without it the first decision of hit guide or priority that gives a value of a scale, "
     "else the first decision that gives one."},
    {"overlays", "Decisions, or their outputs as decision.output, whose answers stand as tags beside what "
                 "was decided."},
    {"partnership", "Decisions that pages of partnerships use, by provides and outcome."},
    {"priority",
     "The decision, or its output as decision.output, that says yes of a school that comes first for a "
     "system leader."},
    {"never", "Kinds of record, each with a list of what cannot be true together."},
    {"releases", "A list of what lower audiences are told of what they may not see."},
    {"units", "Units of quantities, in the singular: [visit, report]."},
    {"calendar", "How often periods come in a school year, and when its half-terms are."},
    {"totals", "What officers' totals are made by, beside phase, cluster and link officer."},
    {"coverage",
     "What counts as being in a partnership, and the day by which every school should be in one."},
    {0},
};
static const struct vocabulary_key scale_keys[] = {
    {"values", "Ids, each with its label or a list of labels, from least to most; required."},
    {"last", "best or worst: what the last value is."},
    {"beside", "Values that are neither above nor below any, as values."},
    {"colours", "A colour for values by id: green, yellow, amber, red, blue."},
    {"same", "Ids that records use, each with the id here that it means."},
    {0},
};
static const struct vocabulary_key fact_keys[] = {
    {"label", "What tables call it; by default the id in words."},
    {"scale", "The scale that has its values."},
    {"type", "yes/no, number, whole, date, dates, duration, text, list or schools."},
    {"set of", "The items of which it may have several, as ids and labels."},
    {"from", "The path in the record: inspections.overall, inspections[-2].overall, judgements, "
             "groups.board.endorsed, partnership.kind. Without it, facts or judgements under its id."},
    {"is", "The expression, or for a yes/no fact the cells, that it is worked out from."},
    {"when", "For a yes/no fact: the expression or the cells that make it yes."},
    {"missing", "What silence in a record may mean: a value, a list of values, no, none or not applicable; "
                "any value without it."},
    {"none", "The value that an explicit none in the record stands for."},
    {"absent", "The value that an event without the field stands for."},
    {"applies", "The expression or the cells without which the fact is not applicable."},
    {"visible", "The widest audience that may see it: public, schools or officers. Without it that of the "
                "fields on its path, and officers in facts and judgements; a fact that is worked out shows "
                "what follows from what each audience may see."},
    {"implies", "Of a set: items, each with the item that it implies."},
    {"unit", "What a number is printed with: %, points. A duration with the unit days counts days, else "
             "months and years."},
    {"range", "The least and the most it may be: 0 to 100."},
    {"source", "Where it comes from, in words, for the page of definitions."},
    {0},
};
static const struct vocabulary_key group_keys[] = {
    {"label", "What a group of this kind is called; required."},
    {"terms", "Its terms of reference: a place of the policy by source path, policy/groups.md#terms."},
    {"stages", "yes where it is recommended and endorsed before it begins; its page then says which of "
               "these steps is not recorded."},
    {0},
};
static const struct vocabulary_key calendar_keys[] = {
    {"terms", "Terms in a school year; 3 without it."},
    {"half-terms", "Half-terms in a school year; 6 without it."},
    {"years", "School years by name (2025 to 2026), each a list of its half-terms as [first day, last day]."},
    {0},
};
static const struct vocabulary_key totals_keys[] = {
    {"by", "Facts and results of schools that are on a scale, or yes or no: [category, maintained]."},
    {0},
};
static const struct vocabulary_key partnership_keys[] = {
    {"provides", "The decision about schools that says, by their kind of partnership, who provides what."},
    {"outcome",
     "The decision about partnerships that says what the decisions of their governing bodies come to."},
    {0},
};
static const struct vocabulary_key coverage_keys[] = {
    {"of",
     "The output that says where a school stands with partnerships, as decision.output; required, and on a "
     "scale."},
    {"counted", "The output that says whether that counts, yes or no; required."},
    {"kinds",
     "The fact or output by whose values those that count are told apart; by those of `of` without it."},
    {"by", "Facts and results of schools that are on a scale, or yes or no: a table for each."},
    {"subtotals", "Facts and results of schools that are yes or no: a row for the schools of each."},
    {"target", "What should be so, and by when; required."},
    {0},
};
static const struct vocabulary_key target_keys[] = {
    {"day", "The day by which it should be so; required."},
    {"words", "What should be so by then; required."},
    {0},
};
static const struct vocabulary_key never_keys[] = {
    {"when", "The expression or the cells that are never true."},
    {"because", "The reason, in words."},
    {0},
};
static const struct vocabulary_key release_keys[] = {
    {"of", "The check; the decision about schools; or decision.output where it gives several answers."},
    {"as",
     "The form in which it is told. Of a check of partnerships, clusters or bodies: met or not met. Of a "
     "decision: count, the open schools by answer; counts of 1 to 5 are withheld, and as many others as it "
     "takes that none can be worked out."},
    {"for",
     "The audience that is told: schools or public. Two releases that somebody reads must not rest on the "
     "same restricted fact or decision."},
    {"because", "The reason, in words; published with it, and required."},
    {0},
};

const struct vocabulary_part vocabulary_parts[] = {
    {"The file", root_keys},
    {"A scale", scale_keys},
    {"A fact", fact_keys},
    {"A kind of group", group_keys},
    {"What is never true", never_keys},
    {"A release", release_keys},
    {"The calendar", calendar_keys},
    {"Totals", totals_keys},
    {"Partnerships", partnership_keys},
    {"Coverage", coverage_keys},
    {"The target of coverage", target_keys},
    {0},
};

static const struct {
    const char *name;
    enum fact_type type;
} type_names[] = {
    {"yes/no", FACT_YES_NO}, {"number", FACT_NUMBER},     {"whole", FACT_WHOLE},
    {"date", FACT_DATE},     {"duration", FACT_DURATION}, {"text", FACT_TEXT},
    {"dates", FACT_DATES},   {"list", FACT_LIST},         {"schools", FACT_SCHOOLS},
};

struct reading {
    struct vocabulary *out;
    struct diags *diags;
};

/* What the keys hold whose value would be passed over if it were something else. */
static const struct {
    const char *key;
    enum value_kind kind;
    const char *noun;
} shapes[] = {
    {"scales", VALUE_MAP, "a map of scales"},
    {"facts", VALUE_MAP, "a map of kinds of record"},
    {"groups", VALUE_MAP, "a map of kinds of group"},
    {"category", VALUE_TEXT, "the id of a decision"},
    {"overlays", VALUE_LIST, "a list"},
    {"partnership", VALUE_MAP, "a map of decisions"},
    {"priority", VALUE_TEXT, "the id of a decision"},
    {"never", VALUE_MAP, "a map of kinds of record"},
    {"releases", VALUE_LIST, "a list"},
    {"units", VALUE_LIST, "a list"},
    {"by", VALUE_LIST, "a list"},
    {"subtotals", VALUE_LIST, "a list"},
    {"target", VALUE_MAP, "a map of day and words"},
    {"day", VALUE_TEXT, "a day"},
    {"words", VALUE_TEXT, "text"},
    {"same", VALUE_MAP, "a map"},
    {"colours", VALUE_MAP, "a map"},
    {"implies", VALUE_MAP, "a map"},
    {"label", VALUE_TEXT, "text"},
    {"from", VALUE_TEXT, "a path"},
    {"unit", VALUE_TEXT, "text"},
    {"because", VALUE_TEXT, "text"},
    {"years", VALUE_MAP, "a map of school years"},
    {"terms", VALUE_TEXT, "text"},
    {"half-terms", VALUE_TEXT, "text"},
    {"stages", VALUE_TEXT, "yes or no"},
};

static void check_kind(const struct reading *r, const struct field *f, enum value_kind kind,
                       const char *noun) {
    const struct value *v = &f->value;
    if (v->kind == VALUE_NULL)
        diag(r->diags, DIAG_SCHEMA_EMPTY, place_at(v->source, f->key_offset), f->key);
    else if (v->kind != kind)
        diag(r->diags, DIAG_SCHEMA_TYPE, value_place(v), f->key, str_from(noun),
             v->kind == VALUE_MAP    ? STR("a map")
             : v->kind == VALUE_LIST ? STR("a list")
                                     : STR("text"),
             STR(""));
}

static void check_shape(const struct reading *r, const struct field *f) {
    for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
        if (str_eq(f->key, str_from(shapes[i].key)))
            check_kind(r, f, shapes[i].kind, shapes[i].noun);
}

/* Reports the keys of a map that are not among those known, and what they cannot hold. False when it is no map. */
static bool check_keys(const struct reading *r, const struct value *map, const char *what,
                       const struct vocabulary_key *known) {
    struct str names[24];
    size_t n = 0;
    for (; known[n].key; n++)
        names[n] = str_from(known[n].key);
    if (map->kind != VALUE_MAP) {
        diag(r->diags, DIAG_FRAMEWORK_MAP, value_place(map), noun_phrase(r->diags->arena, str_from(what)));
        return false;
    }
    for (uint32_t i = 0; i < map->count; i++) {
        bool found = false;
        for (size_t j = 0; j < n; j++)
            found = found || str_eq(names[j], map->fields[i].key);
        if (!found)
            diag(r->diags, DIAG_UNKNOWN_KEY, place_at(map->source, map->fields[i].key_offset),
                 map->fields[i].key, noun_phrase(r->diags->arena, str_from(what)),
                 str_nearest(map->fields[i].key, names, n));
        else
            check_shape(r, &map->fields[i]);
    }
    return true;
}

/* ---- scales ---- */

static void scale_value_add(struct reading *r, struct scale *scale, struct str id, const struct value *labels,
                            struct place at) {
    struct arena *arena = r->out->arena;
    for (size_t i = 0; i < scale->count; i++)
        if (str_eq(scale->values[i].id, id)) {
            diag(r->diags, DIAG_REPEATED, at, scale->id, id);
            return;
        }
    scale->values = arena_grow(arena, scale->values, scale->count * sizeof(struct scale_value),
                               (scale->count + 1) * sizeof(struct scale_value), alignof(struct scale_value));
    scale->values[scale->count++] = (struct scale_value){id, labels};
}

/* `values: {good: [Good, 2], ...}`, or a list of ids. */
static void scale_values(struct reading *r, struct scale *scale, const struct value *values) {
    if (values && values->kind == VALUE_MAP) {
        for (uint32_t i = 0; i < values->count; i++)
            scale_value_add(r, scale, values->fields[i].key, &values->fields[i].value,
                            place_at(values->source, values->fields[i].key_offset));
    } else if (values && values->kind == VALUE_LIST) {
        for (uint32_t i = 0; i < values->count; i++)
            scale_value_add(r, scale, value_words(&values->items[i]), NULL, value_place(&values->items[i]));
    }
    bool listed = values && (values->kind == VALUE_MAP || values->kind == VALUE_LIST) && values->count;
    if (values && !listed)
        diag(r->diags, DIAG_SCALE_EMPTY, value_place(values), scale->id);
}

static void read_scale(struct reading *r, struct str id, const struct value *v) {
    struct scale *scale = arena_new(r->out->arena, struct scale);
    scale->id = id;
    if (!check_keys(r, v, "scale", scale_keys))
        return;
    const struct value *values = value_at(v, "values"), *last = value_at(v, "last");
    if (!values)
        diag(r->diags, DIAG_MISSING_FIELD, value_place(v), STR("scale"), STR("values"),
             STR("\"values: {low: Low, high: High}\""));
    scale_values(r, scale, values);
    size_t on = scale->count;
    scale_values(r, scale, value_at(v, "beside"));
    scale->beside = scale->count - on;
    if (scale->count > VOCABULARY_VALUES_MAX) {
        diag(r->diags, DIAG_SCALE_LONG, value_place(v), STR("the scale"), id,
             str_whole(r->diags->arena, VOCABULARY_VALUES_MAX));
        scale->count = VOCABULARY_VALUES_MAX;
        scale->beside = on < scale->count ? scale->count - on : 0;
    }
    scale->same = value_at(v, "same");
    scale->last_best = str_eq(value_words(last), STR("best"));
    scale->last_worst = str_eq(value_words(last), STR("worst"));
    if (last && !scale->last_best && !scale->last_worst)
        diag(r->diags, DIAG_SCHEMA_CHOICE, value_place(last), value_words(last), STR("last"),
             STR("one of: best, worst"));
    map_add(&r->out->scales, id, scale, NULL);
}

/* What a check says of a rule that is not met, where the framework has no scale of that name. It is a scale like
 * the others from here on, so that pages can define its values. */
static void built_in_scale(struct reading *r) {
    if (map_get(&r->out->scales, STR("strength")))
        return;
    struct scale *scale = arena_new(r->out->arena, struct scale);
    *scale = (struct scale){.id = STR("strength"), .last_worst = true};
    scale_value_add(r, scale, STR("advice"), NULL, (struct place){0});
    scale_value_add(r, scale, STR("breach"), NULL, (struct place){0});
    map_add(&r->out->scales, scale->id, scale, NULL);
}

static bool label_is(const struct value *labels, struct str text) {
    if (!labels)
        return false;
    if (labels->kind == VALUE_TEXT)
        return str_eq_fold(value_str(labels), text);
    for (uint32_t i = 0; labels->kind == VALUE_LIST && i < labels->count; i++)
        if (str_eq_fold(value_words(&labels->items[i]), text))
            return true;
    return false;
}

/* What a record calls a value, where the scale has another name for it. */
static struct str scale_same(const struct scale *scale, struct str text) {
    struct str same = value_words(value_get(scale->same, text));
    return same.len ? same : text;
}

const struct scale_value *scale_find(const struct scale *scale, struct str given) {
    struct str text = scale_same(scale, given);
    for (size_t i = 0; i < scale->count; i++)
        if (str_eq_fold(scale->values[i].id, text) || label_is(scale->values[i].labels, text))
            return &scale->values[i];
    return NULL;
}

static struct str first_label(const struct value *labels, struct str id) {
    if (labels && labels->kind == VALUE_LIST && labels->count)
        labels = &labels->items[0];
    if (labels && labels->kind == VALUE_MAP)
        labels = value_get(labels, STR("label"));
    struct str s = value_words(labels);
    return s.len ? s : id;
}

/* ---- facts ---- */

struct str words_of_id(struct arena *arena, struct str id) {
    char *s = str_z(arena, id);
    for (size_t i = 0; i < id.len; i++)
        if (s[i] == '_' || s[i] == '.')
            s[i] = ' ';
    return (struct str){s, id.len};
}

static void fact_read_type(struct reading *r, struct fact *fact, const struct value *v) {
    const struct value *scale = value_at(v, "scale"), *set = value_get(v, STR("set of")),
                       *type = value_at(v, "type");
    if (scale) {
        fact->type = FACT_SCALE;
        fact->scale = map_get(&r->out->scales, value_words(scale));
        struct str names[128];
        size_t n = 0;
        for (; n < r->out->scales.count && n < 128; n++)
            names[n] = r->out->scales.items[n].key;
        if (!fact->scale)
            diag(r->diags, DIAG_SCALE_UNKNOWN, value_place(scale), value_words(scale),
                 str_nearest(value_words(scale), names, n));
    } else if (set) {
        fact->type = set->kind == VALUE_MAP ? FACT_SET : FACT_TEXT;
        fact->items = set;
        if (set->kind != VALUE_MAP)
            diag(r->diags, DIAG_FRAMEWORK_MAP, value_place(set), STR("a set"));
        else if (set->count > VOCABULARY_VALUES_MAX)
            diag(r->diags, DIAG_SCALE_LONG, value_place(set), STR("the set"), fact->id,
                 str_whole(r->diags->arena, VOCABULARY_VALUES_MAX));
    } else if (type) {
        for (size_t i = 0; i < sizeof(type_names) / sizeof(type_names[0]); i++)
            if (str_eq(value_words(type), str_from(type_names[i].name))) {
                fact->type = type_names[i].type;
                return;
            }
        diag(r->diags, DIAG_SCHEMA_CHOICE, value_place(type), value_words(type), STR("type"),
             STR("one of: yes/no, number, whole, date, dates, duration, text, list, schools"));
    } else {
        diag(r->diags, DIAG_FACT_TYPE, value_place(v), fact->id);
    }
}

static void read_fact(struct reading *r, struct str record, struct str id, const struct value *v) {
    if (!check_keys(r, v, "fact", fact_keys))
        return;
    struct fact *fact = arena_new(r->out->arena, struct fact);
    *fact = (struct fact){.id = id, .record = record, .source = v, .from = value_words(value_at(v, "from"))};
    struct str label = value_words(value_at(v, "label"));
    fact->label = label.len ? label : words_of_id(r->out->arena, id);
    fact->derived = value_at(v, "is") || value_at(v, "when");
    fact_read_type(r, fact, v);
    const struct value *visible = value_at(v, "visible");
    fact->classed = visible && audience_parse(value_words(visible), &fact->audience);
    if (visible && !fact->classed)
        diag(r->diags, DIAG_SCHEMA_CHOICE, value_place(visible), value_words(visible), STR("visible"),
             STR("one of: public, schools, officers"));
    struct str key = str_join(r->out->arena, record, STR("."), id);
    map_add(&r->out->facts, key, fact, NULL);
}

static void read_list_of(struct reading *r, const struct value *list, const char *what,
                         const struct vocabulary_key *keys) {
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
        check_keys(r, &list->items[i], what, keys);
}

/* A label alone, or a map. */
static void read_group(struct reading *r, const struct field *group) {
    const struct value *v = &group->value;
    if (v->kind != VALUE_MAP) {
        check_kind(r, group, VALUE_TEXT, "a label or a map");
        return;
    }
    const struct value *stages = value_get(v, STR("stages"));
    if (check_keys(r, v, "kind of group", group_keys) && !value_get(v, STR("label")))
        diag(r->diags, DIAG_MISSING_FIELD, value_place(v), STR("kind of group"), STR("label"),
             STR("\"label: Monitoring Board\""));
    if (stages && stages->kind == VALUE_TEXT && !str_eq(value_str(stages), STR("yes")) &&
        !str_eq(value_str(stages), STR("no")))
        diag(r->diags, DIAG_SCHEMA_CHOICE, value_place(stages), value_str(stages), STR("stages"),
             STR("one of: yes, no"));
}

/* One or two digits, else what is usual. */
static int small_number(struct str s, int usual) {
    int n = 0;
    for (size_t i = 0; i < s.len; i++)
        n = s.at[i] >= '0' && s.at[i] <= '9' && s.len <= 2 ? n * 10 + (s.at[i] - '0') : -1;
    return n > 0 ? n : usual;
}

/* A number that is none would be passed over, and the usual one stand in its place. */
static void check_count(const struct reading *r, const struct value *v) {
    if (v && v->kind == VALUE_TEXT && !small_number(value_str(v), 0))
        diag(r->diags, DIAG_SCHEMA_FORMAT, value_place(v), value_str(v), STR("a number from 1 to 99"),
             STR("write in digits how many there are in a school year"));
}

static void read_calendar(struct reading *r, const struct value *calendar) {
    struct vocabulary *out = r->out;
    if (!check_keys(r, calendar, "calendar", calendar_keys))
        return;
    check_count(r, value_at(calendar, "terms"));
    check_count(r, value_get(calendar, STR("half-terms")));
    out->year_count = calendar_read(out->arena, value_at(calendar, "years"), vocabulary_calendar(out),
                                    &out->years, r->diags);
}

void vocabulary_read(struct arena *arena, const struct value *root, struct vocabulary *out,
                     struct diags *diags) {
    *out = (struct vocabulary){.root = *root, .arena = arena};
    out->scales.arena = out->facts.arena = arena;
    struct reading r = {out, diags};
    if (!check_keys(&r, root, "framework", root_keys))
        return;
    const struct value *scales = value_at(root, "scales"), *facts = value_at(root, "facts");
    const struct value *never = value_at(root, "never"), *calendar = value_at(root, "calendar");
    const struct value *totals = value_at(root, "totals"), *coverage = value_at(root, "coverage");
    const struct value *groups = value_at(root, "groups"), *partnership = value_at(root, "partnership");
    for (uint32_t i = 0; scales && scales->kind == VALUE_MAP && i < scales->count; i++)
        read_scale(&r, scales->fields[i].key, &scales->fields[i].value);
    built_in_scale(&r);
    for (uint32_t i = 0; facts && facts->kind == VALUE_MAP && i < facts->count; i++) {
        const struct value *of = &facts->fields[i].value;
        if (of->kind != VALUE_MAP)
            diag(diags, DIAG_FRAMEWORK_MAP, value_place(of), noun_phrase(diags->arena, facts->fields[i].key));
        for (uint32_t j = 0; of->kind == VALUE_MAP && j < of->count; j++)
            read_fact(&r, facts->fields[i].key, of->fields[j].key, &of->fields[j].value);
    }
    for (uint32_t i = 0; groups && groups->kind == VALUE_MAP && i < groups->count; i++)
        read_group(&r, &groups->fields[i]);
    for (uint32_t i = 0; never && never->kind == VALUE_MAP && i < never->count; i++) {
        check_kind(&r, &never->fields[i], VALUE_LIST, "a list");
        read_list_of(&r, &never->fields[i].value, "never", never_keys);
    }
    read_list_of(&r, value_at(root, "releases"), "release", release_keys);
    if (calendar)
        read_calendar(&r, calendar);
    if (totals)
        check_keys(&r, totals, "totals", totals_keys);
    if (partnership && partnership->kind == VALUE_MAP)
        check_keys(&r, partnership, "partnership", partnership_keys);
    if (coverage && check_keys(&r, coverage, "coverage", coverage_keys) && value_at(coverage, "target"))
        check_keys(&r, value_at(coverage, "target"), "target", target_keys);
}

/* ---- using them ---- */

bool fact_range(const struct fact *fact, struct decimal *low, struct decimal *high) {
    struct str text = value_words(value_at(fact->source, "range"));
    struct str to = STR(" to ");
    for (size_t i = 0; i + to.len < text.len; i++)
        if (str_eq(str_sub(text, i, i + to.len), to))
            return decimal_parse(str_trim(str_sub(text, 0, i)), low) &&
                   decimal_parse(str_trim(str_sub(text, i + to.len, text.len)), high) &&
                   decimal_cmp(*low, *high) <= 0;
    return false;
}

const struct fact *vocabulary_fact_of(const struct vocabulary *vocabulary, struct str record,
                                      struct str name) {
    char key[160];
    if (record.len + name.len + 1 > sizeof(key))
        return NULL;
    if (record.len)
        memcpy(key, record.at, record.len);
    key[record.len] = '.';
    if (name.len)
        memcpy(key + record.len + 1, name.at, name.len);
    return map_get(&vocabulary->facts, (struct str){key, record.len + 1 + name.len});
}

struct calendar vocabulary_calendar(const struct vocabulary *vocabulary) {
    const struct value *calendar = value_at(&vocabulary->root, "calendar");
    struct str terms = value_words(value_at(calendar, "terms"));
    struct str halves = value_words(value_get(calendar, STR("half-terms")));
    return (struct calendar){small_number(terms, 3), small_number(halves, 6), vocabulary->years,
                             vocabulary->year_count};
}

struct str scale_value_label(const struct scale_value *value) {
    return first_label(value->labels, value->id);
}

const struct field *fact_item(const struct fact *fact, struct str text) {
    for (uint32_t i = 0; fact->items->kind == VALUE_MAP && i < fact->items->count; i++) {
        const struct field *f = &fact->items->fields[i];
        if (str_eq_fold(f->key, text) || str_eq_fold(first_label(&f->value, f->key), text))
            return f;
    }
    return NULL;
}

struct str fact_label(const struct fact *fact, struct str value) {
    if (fact->type == FACT_YES_NO)
        return str_eq(value, STR("yes")) ? STR("Yes") : str_eq(value, STR("no")) ? STR("No") : value;
    if (fact->type == FACT_SCALE && fact->scale) {
        const struct scale_value *found = scale_find(fact->scale, value);
        return found ? first_label(found->labels, found->id) : value;
    }
    if (fact->type == FACT_SET) {
        const struct field *found = fact_item(fact, value);
        return found ? first_label(&found->value, found->key) : value;
    }
    return value;
}

struct str scale_label(const struct vocabulary *vocabulary, struct str scale, struct str value) {
    const struct scale *s = map_get(&vocabulary->scales, scale);
    const struct scale_value *found = s ? scale_find(s, value) : NULL;
    return found ? first_label(found->labels, found->id) : value;
}
