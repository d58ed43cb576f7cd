/* SPDX-License-Identifier: MIT */
/*
 * fact_path.c: `from:` of a fact, resolved against the tables of its record.
 *
 * A path is read once, from left to right, with the schema of what it has reached so far in hand. What the tables
 * cannot say (which lists are events, which names reach into other records) stands in two small tables here.
 */
#include "portal/fact_inside.h"

#include <assert.h>
#include <string.h>

struct resolving {
    const struct vocabulary *vocabulary;
    const struct fact *fact;
    struct fact_path *path;
    struct arena *arena;
    struct diags *diags;
    struct place from; /* of the path's first byte */
    struct str rest;   /* of the path, what is still to be read; `at` is NULL when nothing is */
    struct str name;   /* the part in hand, without its index */
    struct str index;  /* "[-2]", or empty */
};

static struct place place_of(const struct resolving *r, struct str part) {
    struct place at = r->from;
    at.offset += (uint32_t)(part.at - r->fact->from.at);
    return at;
}

/* Takes the next part of the path. */
static bool next_part(struct resolving *r) {
    struct str part;
    if (!str_cut(&r->rest, '.', &part))
        return false;
    size_t bracket = str_find(part, '[', 0);
    r->name = str_sub(part, 0, bracket);
    r->index = str_sub(part, bracket, part.len);
    return true;
}

static struct fact_step *add_step(struct resolving *r, enum step_kind kind, struct str name) {
    assert(r->path->count < FACT_STEPS_MAX); /* the tables are not so deep */
    struct fact_step *step = &r->path->steps[r->path->count++];
    *step = (struct fact_step){.kind = kind, .name = name, .hash = str_hash(name)};
    return step;
}

static bool unknown(struct resolving *r, const struct schema *schema, const struct schema *also) {
    struct str names[96];
    size_t n = 0;
    for (const struct schema_field *f = schema->fields; f->name && n < 64; f++)
        names[n++] = str_from(f->name);
    for (const struct schema_field *f = also ? also->fields : NULL; f && f->name && n < 96; f++)
        names[n++] = str_from(f->name);
    diag(r->diags, DIAG_FACT_PATH, place_of(r, r->name), r->name,
         noun_phrase(r->diags->arena, str_from(schema->name)), str_nearest(r->name, names, n));
    return false;
}

static bool wrong_type(struct resolving *r, struct str found) {
    diag(r->diags, DIAG_FACT_PATH_TYPE, r->from, r->fact->id, fact_type_noun(r->fact), r->fact->from, found);
    return false;
}

/* ---- lists ---- */

/* Lists whose entries are events. */
static const struct {
    const char *schema;
    enum event_day day;
} event_lists[] = {
    {"inspection", EVENT_INSPECTED}, {"pupils", EVENT_COUNTED},      {"early_years", EVENT_RELEASED},
    {"phonics", EVENT_RELEASED},     {"ks2", EVENT_RELEASED},        {"ks4", EVENT_RELEASED},
    {"post_16", EVENT_RELEASED},     {"attendance", EVENT_RELEASED},
};

static bool is_event_list(const struct schema *schema, enum event_day *day) {
    for (size_t i = 0; i < sizeof(event_lists) / sizeof(event_lists[0]); i++)
        if (strcmp(schema->name, event_lists[i].schema) == 0) {
            *day = event_lists[i].day;
            return true;
        }
    return false;
}

/* "[-2]" is one event before the latest. */
static bool read_index(struct resolving *r, struct fact_step *step) {
    struct str s = r->index;
    bool ok = s.len == 4 && s.at[1] == '-' && s.at[2] >= '1' && s.at[2] <= '9' && s.at[3] == ']';
    if (s.len && ok)
        step->back = s.at[2] - '1';
    if (s.len && !ok)
        diag(r->diags, DIAG_FACT_INDEX, place_of(r, s), s);
    return !s.len || ok;
}

static bool takes_all(const struct fact *fact) {
    return fact->type == FACT_LIST || fact->type == FACT_DATES;
}

static bool enter_events(struct resolving *r, const struct schema *schema, enum event_day day) {
    struct fact_step *step = add_step(r, STEP_EVENTS, r->name);
    step->day = day;
    step->published = strcmp(schema->name, "attendance") == 0 ? "absence" : "results";
    r->path->events = r->path->count - 1;
    return read_index(r, step);
}

/* `groups.tib.endorsed`: the next part names a kind of group. */
static bool enter_group(struct resolving *r) {
    if (!next_part(r))
        return wrong_type(r, STR("a list of groups"));
    const struct value *groups = vocabulary_groups(r->vocabulary);
    if (groups && value_get(groups, r->name)) {
        add_step(r, STEP_GROUP, r->name);
        return true;
    }
    struct str *ids = arena_array(r->arena, struct str, groups ? groups->count : 0);
    for (uint32_t i = 0; groups && i < groups->count; i++)
        ids[i] = groups->fields[i].key;
    diag(r->diags, DIAG_FACT_GROUP, place_of(r, r->name), r->name,
         str_nearest(r->name, ids, groups ? groups->count : 0));
    return false;
}

/* After a field that holds a record or a list of them. False after a diagnostic. */
static bool enter_record(struct resolving *r, const struct schema_field *field) {
    enum event_day day;
    bool list = field->flags & FIELD_LIST, more = r->rest.at != NULL;
    if (list && field->record == schema_find(&schema_school, STR("groups"))->record && more)
        return enter_group(r);
    bool events = list && is_event_list(field->record, &day) && (r->index.len || !takes_all(r->fact));
    if (more && events)
        return enter_events(r, field->record, day);
    if (r->index.len) {
        diag(r->diags, DIAG_FACT_INDEX, place_of(r, r->index), r->index);
        return false;
    }
    if (more && list) {
        add_step(r, STEP_EACH, r->name);
        r->path->each = true;
    } else if (!more) {
        r->path->leaf = LEAF_RECORDS;
        r->path->item = field->record;
    }
    return true;
}

/* ---- the parts of a path ---- */

static void restrict_to(struct resolving *r, const struct schema_field *field) {
    r->path->class = audience_stricter(r->path->class, field->audience);
}

/* A map of facts: below it is the fact's own id, which the path need not say. */
static bool enter_facts(struct resolving *r) {
    struct str rest = r->rest;
    if (rest.at && !str_eq(rest, r->fact->id)) {
        diag(r->diags, DIAG_FACT_PATH, place_of(r, rest), rest, STR("this map of facts"), r->fact->id);
        return false;
    }
    r->rest = (struct str){0};
    add_step(r, STEP_FIELD, r->fact->id);
    r->path->leaf = LEAF_VALUE;
    if (!r->fact->classed)
        r->path->class = AUDIENCE_OFFICERS;
    return true;
}

/* One name of the path, in a record of `*schema`; afterwards that of what it leads to, NULL at the end. */
static bool enter_field(struct resolving *r, const struct schema **schema) {
    const struct schema_field *field = schema_find(*schema, r->name);
    if (!field)
        return unknown(r, *schema, NULL);
    restrict_to(r, field);
    add_step(r, STEP_FIELD, str_from(field->name))->or_none = field->flags & FIELD_OR_NONE;
    r->path->member_unless =
        *schema == schema_find(&schema_school, STR("memberships"))->record && str_eq(r->name, STR("role"));
    *schema = field->record;
    r->path->field = field;
    if (field->type == TYPE_FACTS) {
        r->path->field = NULL;
        return enter_facts(r);
    }
    if (field->type == TYPE_RECORD)
        return enter_record(r, field);
    if (r->rest.at) {
        next_part(r);
        diag(r->diags, DIAG_FACT_PATH, place_of(r, r->name), r->name, schema_type_noun(field->type), STR(""));
        return false;
    }
    if (r->index.len) {
        diag(r->diags, DIAG_FACT_INDEX, place_of(r, r->index), r->index);
        return false;
    }
    bool schools = field->type == TYPE_SLUG && field->content == CONTENT_SCHOOL;
    r->path->leaf = schools && r->fact->type == FACT_SCHOOLS ? LEAF_SLUGS : LEAF_VALUE;
    return true;
}

/* `partnership.role` is the membership's, `partnership.kind` the page's. */
static bool enter_partnership(struct resolving *r, const struct schema **schema) {
    const struct schema_field *memberships = schema_find(&schema_school, STR("memberships"));
    const struct schema *page = schema_content[CONTENT_PARTNERSHIP];
    restrict_to(r, memberships);
    add_step(r, STEP_FIELD, str_from(memberships->name));
    add_step(r, STEP_MEMBERSHIP, (struct str){0});
    *schema = memberships->record;
    if (!next_part(r))
        return wrong_type(r, STR("a partnership"));
    if (!schema_find(memberships->record, r->name)) {
        if (!schema_find(page, r->name))
            return unknown(r, page, memberships->record);
        add_step(r, STEP_PARTNERSHIP, (struct str){0});
        *schema = page;
    }
    return enter_field(r, schema);
}

/* Names that no table has, since they reach into other records: as the whole path, of a fact of that type. Who may see
 * them follows from what they are worked out from. */
static const struct {
    const char *record, *name;
    enum fact_leaf leaf;
    enum fact_type type;
    enum audience class;
} reaching[] = {
    {"partnership", "members", LEAF_MEMBERS, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"partnership", "associates", LEAF_ASSOCIATES, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"cluster", "members", LEAF_MEMBERS, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"cluster", "associates", LEAF_ASSOCIATES, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"body", "members", LEAF_MEMBERS, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"body", "associates", LEAF_ASSOCIATES, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"partnership", "people", LEAF_PEOPLE, FACT_LIST, AUDIENCE_PUBLIC},
    {"partnership", "bodies", LEAF_BODIES, FACT_LIST, AUDIENCE_PUBLIC},
    {"cluster", "people", LEAF_PEOPLE, FACT_LIST, AUDIENCE_PUBLIC},
    {"cluster", "bodies", LEAF_BODIES, FACT_LIST, AUDIENCE_PUBLIC},
    {"body", "people", LEAF_PEOPLE, FACT_LIST, AUDIENCE_PUBLIC},
    {"body", "bodies", LEAF_BODIES, FACT_LIST, AUDIENCE_PUBLIC},
    {"network", "schools", LEAF_SCHOOLS, FACT_SCHOOLS, AUDIENCE_PUBLIC},
    {"school", "partnership.size", LEAF_SIZE, FACT_WHOLE, AUDIENCE_PUBLIC},
    {"member", "formal_elsewhere", LEAF_FORMAL, FACT_YES_NO, AUDIENCE_PUBLIC},
    {"deployment", "leader.schools", LEAF_LEADER_SCHOOLS, FACT_WHOLE, AUDIENCE_OFFICERS},
    {"deployment", "leader.days", LEAF_LEADER_DAYS, FACT_NUMBER, AUDIENCE_OFFICERS},
    {"deployment", "leader.partnership", LEAF_LEADER_PARTNERSHIP, FACT_SCALE, AUDIENCE_OFFICERS},
};

static bool reach(struct resolving *r) {
    for (size_t i = 0; i < sizeof(reaching) / sizeof(reaching[0]); i++)
        if (r->fact->type == reaching[i].type && str_eq(r->fact->record, str_from(reaching[i].record)) &&
            str_eq(r->fact->from, str_from(reaching[i].name))) {
            r->path->leaf = reaching[i].leaf;
            r->path->class = audience_stricter(r->path->class, reaching[i].class);
            return true;
        }
    return false;
}

static bool resolve(struct resolving *r, const struct schema *schema) {
    if (reach(r))
        return true;
    for (bool first = true; next_part(r); first = false) {
        bool partnership = first && schema == &schema_school && str_eq(r->name, STR("partnership"));
        if (!(partnership ? enter_partnership(r, &schema) : enter_field(r, &schema)))
            return false;
    }
    return r->path->leaf || wrong_type(r, STR("a map"));
}

/* Without a path a fact stands in one of the record's maps of facts: all of those are steps, and then its id. */
static bool resolve_own(struct resolving *r, const struct schema *schema) {
    for (const struct schema_field *f = schema ? schema->fields : NULL; f && f->name; f++)
        if (f->type == TYPE_FACTS)
            add_step(r, STEP_FIELD, str_from(f->name));
    r->path->own = r->path->count > 0;
    r->path->leaf = LEAF_VALUE;
    r->path->class = r->fact->classed ? AUDIENCE_PUBLIC : AUDIENCE_OFFICERS;
    for (const struct schema_field *f = schema ? schema->fields : NULL; f && f->name; f++)
        if (f->type == TYPE_FACTS)
            restrict_to(r, f);
    add_step(r, STEP_FIELD, r->fact->id);
    if (!r->path->own)
        diag(r->diags, DIAG_FACT_NOWHERE, value_place(r->fact->source), r->fact->id, r->fact->record);
    return r->path->own;
}

/* ---- what the field at its end may hold ---- */

#define BIT(type) (1u << (type))
#define WORDS                                                                                     \
    (BIT(TYPE_TEXT) | BIT(TYPE_CHOICE) | BIT(TYPE_SLUG) | BIT(TYPE_PATH) | BIT(TYPE_URN) |        \
     BIT(TYPE_LAESTAB) | BIT(TYPE_DIGITS) | BIT(TYPE_POSTCODE) | BIT(TYPE_WEB) | BIT(TYPE_AGES) | \
     BIT(TYPE_ANY))

static const unsigned accepted[] = {
    [FACT_YES_NO] = BIT(TYPE_YES_NO) | BIT(TYPE_DATE) | BIT(TYPE_ANY),
    [FACT_SCALE] = BIT(TYPE_CHOICE) | BIT(TYPE_TEXT) | BIT(TYPE_SLUG) | BIT(TYPE_ANY),
    [FACT_SET] = BIT(TYPE_CHOICE) | BIT(TYPE_TEXT) | BIT(TYPE_SLUG) | BIT(TYPE_ANY),
    [FACT_NUMBER] = BIT(TYPE_WHOLE) | BIT(TYPE_NUMBER) | BIT(TYPE_FIGURE) | BIT(TYPE_YEAR) | BIT(TYPE_ANY),
    [FACT_WHOLE] = BIT(TYPE_WHOLE) | BIT(TYPE_FIGURE) | BIT(TYPE_YEAR) | BIT(TYPE_ANY),
    [FACT_DATE] = BIT(TYPE_DATE) | BIT(TYPE_MONTH) | BIT(TYPE_ANY),
    [FACT_DURATION] = BIT(TYPE_TEXT) | BIT(TYPE_ANY),
    [FACT_TEXT] = WORDS | BIT(TYPE_EMAIL) | BIT(TYPE_TELEPHONE),
    [FACT_DATES] = BIT(TYPE_DATE),
    [FACT_LIST] = WORDS | BIT(TYPE_DATE) | BIT(TYPE_YEAR),
    [FACT_SCHOOLS] = 0,
};

static bool check_type(struct resolving *r) {
    const struct fact_path *path = r->path;
    const struct schema_field *field = path->field;
    if (path->leaf == LEAF_RECORDS) {
        bool list = field->flags & FIELD_LIST;
        return (list && r->fact->type == FACT_LIST) ||
               wrong_type(r, list ? STR("a list of maps") : STR("a map"));
    }
    if (path->leaf != LEAF_VALUE || !field || (accepted[r->fact->type] & BIT(field->type)))
        return true;
    return wrong_type(r, schema_type_noun(field->type));
}

/* What each choice of the field is called on the fact's scale. */
static void map_choices(struct resolving *r) {
    const struct schema_field *field = r->path->field;
    if (r->fact->type != FACT_SCALE || !r->fact->scale || !field || !field->choices)
        return;
    size_t n = 0;
    while (field->choices[n].id)
        n++;
    struct str *ids = arena_array(r->arena, struct str, n);
    r->path->complete = true;
    for (size_t i = 0; i < n; i++) {
        const struct scale_value *value = scale_find(r->fact->scale, str_from(field->choices[i].id));
        ids[i] = value ? value->id : (struct str){0};
        r->path->complete = r->path->complete && value;
    }
    r->path->ids = ids;
}

/* A class that is stated may be stricter than that of the path, and never wider. */
static void check_class(struct resolving *r) {
    const struct fact *fact = r->fact;
    if (!fact->classed)
        return;
    if (!audience_may_see(fact->audience, r->path->class))
        diag(r->diags, DIAG_FACT_VISIBLE, value_place(value_get(fact->source, STR("visible"))), fact->id,
             audience_name(fact->audience), audience_name(r->path->class));
    r->path->class = audience_stricter(r->path->class, fact->audience);
}

void fact_path_resolve(const struct vocabulary *vocabulary, const struct fact *fact,
                       const struct schema *schema, struct arena *arena, struct fact_path *out,
                       struct diags *diags) {
    const struct value *from = value_get(fact->source, STR("from"));
    *out = (struct fact_path){.fact = fact, .class = AUDIENCE_PUBLIC};
    struct resolving r = {vocabulary, fact, out, arena, diags, .rest = fact->from};
    out->events = FACT_STEPS_MAX;
    if (fact->derived) {
        out->class = fact->classed ? fact->audience : AUDIENCE_PUBLIC;
        return;
    }
    if (from) {
        r.from = value_place(from);
        r.from.offset += !from->plain; /* after its quote */
    }
    bool ok = !fact->from.len ? resolve_own(&r, schema)
              : schema        ? resolve(&r, schema) && check_type(&r)
                              : false;
    if (fact->from.len && !schema)
        diag(diags, DIAG_FACT_NOWHERE, r.from, fact->id, fact->record);
    if (!ok)
        out->leaf = LEAF_NOTHING;
    map_choices(&r);
    check_class(&r);
}
