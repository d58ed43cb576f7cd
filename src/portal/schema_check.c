/* SPDX-License-Identifier: MIT */
/* schema_check.c: a value against the tables, reporting everything that is wrong in it. */
#include <string.h>

#include "portal/framework.h"
#include "portal/schema.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool all_digits(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.at[i]))
            return false;
    return s.len > 0;
}

/* ---- formats: does a text mean a thing of this type? ---- */

static bool is_text(struct str s) {
    return s.len && str_find(s, '\n', 0) == s.len;
}

static bool is_any(struct str s) {
    return s.len > 0;
}

static bool is_yes_no(struct str s) {
    return str_eq(s, STR("yes")) || str_eq(s, STR("no"));
}

static bool is_whole(struct str s) {
    return all_digits(s) && s.len <= 9;
}

static bool is_number(struct str s) {
    if (str_starts(s, STR("\xE2\x88\x92"))) /* a true minus */
        s = str_sub(s, 3, s.len);
    else if (str_starts(s, STR("-")))
        s = str_sub(s, 1, s.len);
    size_t point = str_find(s, '.', 0);
    return all_digits(str_sub(s, 0, point)) && s.len <= 18 &&
           (point == s.len || all_digits(str_sub(s, point + 1, s.len)));
}

static bool is_figure(struct str s) {
    return is_number(s) || choice_find(figure_reasons, s);
}

static bool is_date(struct str s) {
    return date_parse_iso(s) != DATE_NONE;
}

static bool is_month(struct str s) {
    if (s.len != 7)
        return is_date(s);
    char day[10];
    memcpy(day, s.at, 7);
    memcpy(day + 7, "-01", 3);
    return is_date((struct str){day, sizeof(day)});
}

static bool is_year(struct str s) {
    return s.len == 4 && all_digits(s) && str_cmp(s, STR("1990")) >= 0 && str_cmp(s, STR("2100")) < 0;
}

/* "3 to 11": at most two digits each, the younger first. */
static bool is_ages(struct str s) {
    struct str from, to = s;
    if (!str_cut(&to, ' ', &from) || !str_starts(to, STR("to ")))
        return false;
    to = str_sub(to, 3, to.len);
    if (!all_digits(from) || !all_digits(to) || from.len > 2 || to.len > 2)
        return false;
    return from.len < to.len || (from.len == to.len && str_cmp(from, to) <= 0);
}

static bool is_urn(struct str s) {
    return s.len == 6 && all_digits(s);
}

static bool is_laestab(struct str s) {
    return s.len == 8 && all_digits(str_sub(s, 0, 3)) && s.at[3] == '/' && all_digits(str_sub(s, 4, 8));
}

static bool is_identifier(struct str s) {
    return s.len <= 12 && all_digits(s);
}

static bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/* One or two letters, a digit, perhaps a letter or digit; a space; a digit and two letters. */
static bool is_postcode(struct str s) {
    size_t space = str_find(s, ' ', 0);
    if (space < 2 || space > 4 || s.len != space + 4 || !is_upper(s.at[0]))
        return false;
    bool digit = false;
    for (size_t i = 1; i < space; i++) {
        if (!is_digit(s.at[i]) && !is_upper(s.at[i]))
            return false;
        digit = digit || is_digit(s.at[i]);
    }
    return digit && is_digit(s.at[space + 1]) && is_upper(s.at[space + 2]) && is_upper(s.at[space + 3]);
}

static bool is_telephone(struct str s) {
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_digit(s.at[i]) && s.at[i] != ' ' && !(i == 0 && s.at[i] == '+'))
            return false;
        count += is_digit(s.at[i]);
    }
    return count >= 10 && count <= 15;
}

static bool is_address_byte(char c) {
    return (unsigned char)c > 0x20 && !strchr("<>\"'`\\^{}|", c) && c != 0x7F;
}

static bool is_email(struct str s) {
    size_t at = str_find(s, '@', 0);
    struct str host = str_sub(s, at + 1, s.len);
    for (size_t i = 0; i < s.len; i++)
        if (!is_address_byte(s.at[i]) || strchr(",;:()[]?&#%/", s.at[i]))
            return false;
    return at > 0 && str_find(host, '@', 0) == host.len && str_find(host, '.', 1) < host.len &&
           !str_ends(host, STR("."));
}

static bool is_web(struct str s) {
    size_t skip = str_starts(s, STR("https://")) ? 8 : str_starts(s, STR("http://")) ? 7 : 0;
    for (size_t i = 0; i < s.len; i++)
        if (!is_address_byte(s.at[i]))
            return false;
    return skip && s.len > skip && s.at[skip] != '/';
}

static bool is_colour(struct str s) {
    for (size_t i = 1; i < s.len; i++)
        if (!is_digit(s.at[i]) && !(s.at[i] >= 'a' && s.at[i] <= 'f') && !(s.at[i] >= 'A' && s.at[i] <= 'F'))
            return false;
    return s.len == 7 && s.at[0] == '#';
}

/* In the order of enum schema_type: what a text of the type is called, how to write one, and the test. */
static const struct {
    const char *noun, *hint;
    bool (*is)(struct str);
} types[] = {
    [TYPE_TEXT] = {"one line of text", "", is_text},
    [TYPE_MARKDOWN] = {"text", "", is_any},
    [TYPE_YES_NO] = {"yes or no", "write yes or no", is_yes_no},
    [TYPE_WHOLE] = {"a whole number", "write digits only, without commas", is_whole},
    [TYPE_NUMBER] = {"a number", "write digits with at most one point, without commas or units", is_number},
    [TYPE_FIGURE] = {"a figure",
                     "write a number, or a reason: suppressed, not_applicable, not_available, no_entries, "
                     "not_published, low_coverage, new, redacted or rounds_to_zero",
                     is_figure},
    [TYPE_DATE] = {"a date", "write a day that exists as 2019-09-01", is_date},
    [TYPE_MONTH] = {"a month or a date", "write it as 2019-09 or 2019-09-01", is_month},
    [TYPE_YEAR] = {"a year", "write the year in which the school year ended, as 2025", is_year},
    [TYPE_AGES] = {"a range of ages", "write it as 3 to 11, the younger first", is_ages},
    [TYPE_CHOICE] = {"one of the choices", "", is_any},
    [TYPE_URN] = {"a URN", "a URN has 6 digits", is_urn},
    [TYPE_LAESTAB] = {"a LAESTAB", "write the authority's 3 digits, a slash and the school's 4, as 302/2000",
                      is_laestab},
    [TYPE_DIGITS] = {"an identifier of digits", "", is_identifier},
    [TYPE_POSTCODE] = {"a postcode", "write it in capitals with one space, as ZZ99 1AB", is_postcode},
    [TYPE_TELEPHONE] = {"a telephone number", "write digits and spaces, as 020 7946 0102", is_telephone},
    [TYPE_EMAIL] = {"an email address", "", is_email},
    [TYPE_WEB] = {"a web address", "begin it with https://", is_web},
    [TYPE_COLOUR] = {"a colour", "write it in quotes as \"#0b5351\"", is_colour},
    [TYPE_SLUG] = {"the name of a page",
                   "use the file's name without its ending: lower case, digits and hyphens", str_is_slug},
    [TYPE_PATH] = {"the path of a page", "", is_any},
    [TYPE_RECORD] = {"a map of keys and values", "", NULL},
    [TYPE_FACTS] = {"a map of facts", "", NULL},
    [TYPE_DECISIONS] = {"a map of decisions", "", NULL},
    [TYPE_CONDITION] = {"a condition", "write facts and cells, as {Ofsted grade: Good or better}", NULL},
    [TYPE_ANY] = {"a value", "", is_any},
};

struct str schema_type_noun(enum schema_type type) {
    return str_from(types[type].noun);
}

static struct str kind_noun(const struct value *v) {
    switch (v->kind) {
    case VALUE_NULL: return STR("nothing");
    case VALUE_LIST: return STR("a list");
    case VALUE_MAP: return STR("a map");
    default: return STR("text");
    }
}

static void report_type(const struct schema_check *check, const struct schema_field *field,
                        const struct value *v) {
    diag(check->diags, DIAG_SCHEMA_TYPE, value_place(v), str_from(field->name),
         str_from(types[field->type].noun), kind_noun(v), str_from(types[field->type].hint));
}

/* Everything that a choice may be; for a slip of the pen, what was meant comes first. */
static struct str choices_hint(struct arena *arena, const struct choice *choices, struct str given) {
    struct str ids[64];
    size_t n = 0;
    for (const struct choice *c = choices; c->id && n < 64; c++)
        ids[n++] = str_from(c->id);
    return schema_hint(arena, given, ids, n);
}

static void check_choice(const struct schema_check *check, const struct schema_field *field,
                         struct value *v) {
    const struct choice *c = choice_find(field->choices, value_str(v));
    if (!c) {
        diag(check->diags, DIAG_SCHEMA_CHOICE, value_place(v), value_str(v), str_from(field->name),
             choices_hint(check->diags->arena, field->choices, value_str(v)));
        return;
    }
    v->text = c->id;
    v->count = (uint32_t)strlen(c->id);
}

static void check_scalar(const struct schema_check *check, const struct schema_field *field,
                         struct value *v) {
    if (v->kind != VALUE_TEXT) {
        report_type(check, field, v);
        return;
    }
    struct str s = value_str(v);
    if (!types[field->type].is(s))
        diag(check->diags, DIAG_SCHEMA_FORMAT, value_place(v), s, str_from(types[field->type].noun),
             str_from(types[field->type].hint));
    else if (field->type == TYPE_CHOICE)
        check_choice(check, field, v);
    else if (field->type == TYPE_FIGURE && !is_number(s))
        v->text = choice_find(figure_reasons, s)->id, v->count = (uint32_t)strlen(v->text);
}

/* Reports a list or map that is longer than records have; what is beyond is not looked at. */
static void limit_items(const struct schema_check *check, struct value *v) {
    struct arena *arena = check->diags->arena;
    if ((v->kind != VALUE_LIST && v->kind != VALUE_MAP) || v->count <= SCHEMA_ITEMS_MAX)
        return;
    diag(check->diags, DIAG_TOO_MANY_ITEMS, value_place(v), str_whole(arena, v->count),
         str_whole(arena, SCHEMA_ITEMS_MAX));
    v->count = SCHEMA_ITEMS_MAX;
}

/* ---- dated lists ---- */

/* The entries must be in order: two of one day, or days that run backwards, leave it open which is in force. */
static void check_dated_order(const struct schema_check *check, const struct value *list) {
    date last = DATE_NONE;
    for (uint32_t i = 0; i < list->count; i++) {
        const struct value *from = value_get(&list->items[i], STR("from"));
        date d = value_date(from);
        if (d == DATE_NONE)
            continue;
        if (last != DATE_NONE && d <= last)
            diag(check->diags, d == last ? DIAG_DATED_SAME_DAY : DIAG_DATED_ORDER, value_place(from),
                 value_words(from));
        last = d;
    }
}

static void check_fields(const struct schema_check *check, struct value *map, const struct schema *schema);

static void check_dated_entry(const struct schema_check *check, struct value *entry) {
    if (entry->kind != VALUE_MAP) {
        diag(check->diags, DIAG_DATED_ENTRY, value_place(entry), kind_noun(entry));
        return;
    }
    check_fields(check, entry, &schema_dated);
}

static struct value *field_value(struct value *map, const char *key) {
    for (uint32_t i = 0; map->kind == VALUE_MAP && i < map->count; i++)
        if (str_eq(map->fields[i].key, str_from(key)))
            return &map->fields[i].value;
    return NULL;
}

static void check_dated(const struct schema_check *check, const struct schema_field *field,
                        struct value *list) {
    limit_items(check, list);
    for (uint32_t i = 0; i < list->count; i++) {
        struct value *entry = &list->items[i];
        check_dated_entry(check, entry);
        struct value *v = field_value(entry, "value");
        if (v && v->kind != VALUE_NULL)
            check_scalar(check, field, v);
    }
    check_dated_order(check, list);
}

/* ---- facts and decisions ---- */

/* A value, or a dated list of values. */
void fact_check_given(const struct schema_check *check, const struct fact *fact, struct value *v) {
    limit_items(check, v);
    if (v->kind != VALUE_LIST || !v->count || v->items[0].kind != VALUE_MAP) {
        fact_check(check, fact, v);
        return;
    }
    for (uint32_t i = 0; i < v->count; i++) {
        check_dated_entry(check, &v->items[i]);
        struct value *of = field_value(&v->items[i], "value");
        if (of && of->kind != VALUE_NULL)
            fact_check(check, fact, of);
    }
    if (fact->type != FACT_SET) /* entries of a set stand side by side */
        check_dated_order(check, v);
}

/* A kind of record that declares no facts of its own takes nothing here. */
static void report_fact(const struct schema_check *check, struct str record, struct str name,
                        struct place at) {
    struct str names[256];
    size_t n = 0;
    const struct map *facts = &check->vocabulary->facts;
    for (size_t i = 0; i < facts->count && n < 256; i++) {
        const struct fact *f = facts->items[i].value;
        if (!f->derived && str_eq(f->record, record))
            names[n++] = f->id;
    }
    diag(check->diags, DIAG_FACT_UNKNOWN, at, name, str_nearest(name, names, n));
}

/* Whether a fact is read from this map of facts. Without a path it is read from whichever of them has it. A group of no
 * declared kind has no facts: what must be met before it ends is said in the school's, and read from nowhere. */
static bool fact_stands_in(const struct fact *fact, struct str in) {
    bool aim = str_eq(in, STR("exit")) && str_eq(fact->record, STR("school"));
    if (!fact->from.len || aim)
        return true;
    struct str own = str_sub(fact->from, in.len + 1, fact->from.len);
    return str_eq(fact->from, in) ||
           (str_starts(fact->from, in) && fact->from.at[in.len] == '.' && str_eq(own, fact->id));
}

/* The facts of a record that stand in its field `in`. A value beside the place that a fact is read from would be lost
 * without a word. */
static void check_facts(const struct schema_check *check, struct str record, struct str in,
                        struct value *map) {
    if (!check->vocabulary)
        return;
    limit_items(check, map);
    for (uint32_t i = 0; i < map->count; i++) {
        struct field *f = &map->fields[i];
        const struct fact *fact = vocabulary_fact_of(check->vocabulary, record, f->key);
        struct place at = place_at(f->value.source, f->key_offset);
        if (!fact)
            report_fact(check, record, f->key, at);
        else if (fact->derived)
            diag(check->diags, DIAG_FACT_DERIVED, at, f->key);
        else if (!fact_stands_in(fact, in))
            diag(check->diags, DIAG_FACT_ELSEWHERE, at, f->key, fact->from);
        else
            fact_check_given(check, fact, &f->value);
    }
}

/* decision -> dated list, or decision -> output -> dated list. */
static void check_decisions(const struct schema_check *check, struct value *map, int depth) {
    limit_items(check, map);
    for (uint32_t i = 0; i < map->count; i++) {
        struct value *v = &map->fields[i].value;
        limit_items(check, v);
        if (v->kind == VALUE_MAP && depth == 0) {
            check_decisions(check, v, 1);
        } else if (v->kind == VALUE_LIST) {
            for (uint32_t j = 0; j < v->count; j++)
                check_dated_entry(check, &v->items[j]);
            check_dated_order(check, v);
        } else {
            diag(check->diags, DIAG_DECISION_SHAPE, value_place(v), map->fields[i].key);
        }
    }
}

/* ---- records ---- */

/* Days of which the first must not be after the second, in any record that has both. */
static const char *const ordered[][2] = {
    {"from", "to"},           {"date", "end"},           {"date", "published"},
    {"opened", "closed"},     {"reviewed", "review_by"}, {"start", "ended"},
    {"start", "planned_end"}, {"formed", "ended"},       {"prepared", "reviewed"},
};

static void check_order(const struct schema_check *check, const struct value *map) {
    for (size_t i = 0; i < sizeof(ordered) / sizeof(ordered[0]); i++) {
        date from = value_date(value_get(map, str_from(ordered[i][0])));
        const struct value *b = from == DATE_NONE ? NULL : value_get(map, str_from(ordered[i][1]));
        date to = value_date(b);
        if (to != DATE_NONE && to < from)
            diag(check->diags, DIAG_DATES_BACKWARDS, value_place(b), str_from(ordered[i][1]),
                 str_from(ordered[i][0]));
    }
}

/* What its words mean is found when the policy is read. One that says nothing would hold of everybody. */
static void check_condition(const struct schema_check *check, const struct schema_field *field,
                            const struct value *v) {
    bool said = (v->kind == VALUE_MAP || v->kind == VALUE_TEXT) && v->count;
    if (!said)
        report_type(check, field, v);
}

/* `record` is the kind of record whose facts a map of facts in it holds. */
static void check_one(const struct schema_check *check, struct str record, const struct schema_field *field,
                      struct value *v) {
    bool map = field->type == TYPE_RECORD || field->type == TYPE_FACTS || field->type == TYPE_DECISIONS;
    if (map && v->kind != VALUE_MAP)
        report_type(check, field, v);
    else if (field->type == TYPE_RECORD)
        check_fields(check, v, field->record);
    else if (field->type == TYPE_FACTS)
        check_facts(check, record, str_from(field->name), v);
    else if (field->type == TYPE_DECISIONS)
        check_decisions(check, v, 0);
    else if (field->type == TYPE_CONDITION)
        check_condition(check, field, v);
    else if (field->type != TYPE_ANY)
        check_scalar(check, field, v);
}

static void check_list(const struct schema_check *check, struct str record, const struct schema_field *field,
                       struct value *v) {
    if (v->kind != VALUE_LIST) { /* one may stand for a list of one */
        struct value *only = arena_new(check->arena, struct value);
        *only = *v;
        *v = (struct value){
            .kind = VALUE_LIST, .offset = only->offset, .source = only->source, .count = 1, .items = only};
    }
    limit_items(check, v);
    for (uint32_t i = 0; i < v->count; i++)
        check_one(check, record, field, &v->items[i]);
}

/* Nothing at all; or a list without entries where that would leave open whether there is none or it is not known. */
static bool is_empty(const struct schema_field *field, const struct value *v) {
    unsigned must = FIELD_REQUIRED | FIELD_DATED | FIELD_OR_NONE;
    return v->kind == VALUE_NULL || (v->kind == VALUE_LIST && !v->count && (field->flags & must));
}

static void check_field(const struct schema_check *check, struct str record, const struct schema_field *field,
                        struct value *v) {
    if (is_empty(field, v)) {
        diag(check->diags, DIAG_SCHEMA_EMPTY, value_place(v), str_from(field->name));
        return;
    }
    if ((field->flags & FIELD_OR_NONE) && str_eq(value_words(v), STR("none")))
        return;
    if (field->flags & FIELD_LIST)
        check_list(check, record, field, v);
    else if ((field->flags & FIELD_DATED) && v->kind == VALUE_LIST)
        check_dated(check, field, v);
    else
        check_one(check, record, field, v);
}

static void report_unknown(const struct schema_check *check, const struct field *f,
                           const struct schema *schema) {
    struct str names[64];
    size_t n = 0;
    for (const struct schema_field *g = schema->fields; g->name && n < 64; g++)
        names[n++] = str_from(g->name);
    diag(check->diags, DIAG_UNKNOWN_KEY, place_at(f->value.source, f->key_offset), f->key,
         noun_phrase(check->diags->arena, str_from(schema->name)), str_nearest(f->key, names, n));
}

/* How a field that is missing is written: with its example, or for a record with the fields that it needs. */
static struct str field_example(struct arena *arena, const struct schema_field *field) {
    struct str name = str_from(field->name);
    if (field->example[0])
        return str_join(arena, STR("\""), name, STR(": "), str_from(field->example), STR("\""));
    struct buf b = {.arena = arena};
    buf_printf(&b, "\"%s:\"", field->name);
    const char *before = " with ";
    for (const struct schema_field *f = field->record ? field->record->fields : NULL; f && f->name; f++)
        if (f->flags & FIELD_REQUIRED) {
            buf_printf(&b, "%s%s", before, f->name);
            before = ", ";
        }
    return buf_str(&b);
}

static void check_present(const struct schema_check *check, const struct value *map,
                          const struct schema *schema) {
    size_t one_of = 0, given = 0;
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        bool asked = f->flags & (FIELD_REQUIRED | FIELD_ONE_OF);
        const struct value *v = asked ? value_get(map, str_from(f->name)) : NULL;
        if ((f->flags & FIELD_REQUIRED) && !v)
            diag(check->diags, DIAG_MISSING_FIELD, value_place(map), str_from(schema->name),
                 str_from(f->name), field_example(check->diags->arena, f));
        one_of += (f->flags & FIELD_ONE_OF) != 0;
        given += (f->flags & FIELD_ONE_OF) && v;
    }
    if (one_of && given != 1) {
        struct buf names = {.arena = check->diags->arena};
        for (const struct schema_field *f = schema->fields; f->name; f++)
            if (f->flags & FIELD_ONE_OF) {
                buf_add(&names, names.len ? STR(", ") : STR(""));
                buf_add(&names, str_from(f->name));
            }
        diag(check->diags, DIAG_ONE_OF, value_place(map),
             noun_phrase(check->diags->arena, str_from(schema->name)), buf_str(&names));
    }
}

/* A group's kind becomes an id of `groups:`, where framework.yaml declares any. */
static void check_group(const struct schema_check *check, struct value *kind) {
    const struct value *groups = check->vocabulary ? vocabulary_groups(check->vocabulary) : NULL;
    if (!groups || !kind || kind->kind != VALUE_TEXT)
        return;
    const struct field *found = vocabulary_group(check->vocabulary, value_str(kind));
    if (found) {
        kind->text = found->key.at;
        kind->count = (uint32_t)found->key.len;
        return;
    }
    struct str *ids = arena_array(check->diags->arena, struct str, groups->count);
    for (uint32_t i = 0; i < groups->count; i++)
        ids[i] = groups->fields[i].key;
    diag(check->diags, DIAG_SCHEMA_CHOICE, value_place(kind), value_str(kind), STR("kind"),
         schema_hint(check->diags->arena, value_str(kind), ids, groups->count));
}

static void check_fields(const struct schema_check *check, struct value *map, const struct schema *schema) {
    limit_items(check, map);
    if (schema == schema_find(&schema_school, STR("groups"))->record)
        check_group(check, field_value(map, "kind"));
    struct str record = check->vocabulary ? vocabulary_record(check->vocabulary, schema, map) : STR("school");
    for (uint32_t i = 0; i < map->count; i++) {
        const struct schema_field *field = schema_find(schema, map->fields[i].key);
        if (field)
            check_field(check, record, field, &map->fields[i].value);
        else
            report_unknown(check, &map->fields[i], schema);
    }
    check_present(check, map, schema);
    check_order(check, map);
}

struct str schema_hint(struct arena *arena, struct str given, const struct str *choices, size_t count) {
    struct buf b = {.arena = arena};
    struct str nearest = str_nearest(given, choices, count);
    if (nearest.len) {
        buf_lit(&b, "did you mean \"");
        buf_add(&b, nearest);
        buf_lit(&b, "\"? It is ");
    }
    buf_lit(&b, "one of: ");
    for (size_t i = 0; i < count; i++) {
        buf_add(&b, i ? STR(", ") : STR(""));
        buf_add(&b, choices[i]);
    }
    return buf_str(&b);
}

void schema_check(const struct schema_check *check, struct value *map, const struct schema *schema) {
    struct str what = noun_phrase(check->diags->arena, str_from(schema->name));
    if (map->kind == VALUE_MAP)
        check_fields(check, map, schema);
    else if (map->kind == VALUE_NULL)
        diag(check->diags, DIAG_RECORD_EMPTY, place_file(map->source), what);
    else
        diag(check->diags, DIAG_RECORD_SHAPE, value_place(map), what, kind_noun(map),
             map->kind == VALUE_LIST ? STR("take the hyphens away, or move each record to a file of its own")
                                     : STR("write each thing on a line of its own, as \"title: Birch\""));
}
