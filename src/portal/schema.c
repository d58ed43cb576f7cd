/* SPDX-License-Identifier: MIT */
/* schema.c: finding things in the tables, and reading checked values. */
#include "portal/schema.h"

/* In the order of enum content_kind. */
static const struct {
    const char *folder, *noun;
} contents[CONTENT_COUNT] = {
    [CONTENT_PAGE] = {"", "page"},
    [CONTENT_POLICY] = {"policy", "policy page"},
    [CONTENT_CLUSTER] = {"clusters", "cluster"},
    [CONTENT_PARTNERSHIP] = {"partnerships", "partnership"},
    [CONTENT_OFFER] = {"offers", "offer"},
    [CONTENT_ROLE] = {"roles", "role"},
    [CONTENT_PERSON] = {"people", "person"},
    [CONTENT_BODY] = {"bodies", "body"},
};

struct str content_folder(enum content_kind kind) {
    return kind == CONTENT_SCHOOL ? STR("schools") : str_from(contents[kind].folder);
}

struct str content_noun(enum content_kind kind) {
    return kind == CONTENT_SCHOOL ? STR("school") : str_from(contents[kind].noun);
}

const struct schema_field *schema_find(const struct schema *schema, struct str name) {
    char first = name.len ? name.at[0] : 0; /* of most other names the first letter tells */
    for (const struct schema_field *f = schema->fields; f->name; f++)
        if (f->name[0] == first && str_eq(str_from(f->name), name))
            return f;
    return NULL;
}

/* Words alike but for case, and for a hyphen, an underscore or a space between them. */
static bool same_words(struct str a, struct str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.at[i] == '_' || a.at[i] == '-' ? ' ' : a.at[i];
        char y = b.at[i] == '_' || b.at[i] == '-' ? ' ' : b.at[i];
        if (!str_eq_fold((struct str){&x, 1}, (struct str){&y, 1}))
            return false;
    }
    return true;
}

const struct choice *choice_find(const struct choice *choices, struct str text) {
    for (const struct choice *c = choices; c->id; c++) /* as it is written nearly always */
        if (text.len && c->id[0] == text.at[0] && str_eq(text, str_from(c->id)))
            return c;
    for (const struct choice *c = choices; c->id; c++) {
        if (same_words(text, str_from(c->id)) || same_words(text, str_from(c->label)))
            return c;
        struct str other, rest = str_from(c->also);
        while (str_cut(&rest, '|', &other))
            if (same_words(text, other))
                return c;
    }
    return NULL;
}

date value_date(const struct value *v) {
    return date_parse_iso(value_words(v));
}

long value_whole(const struct value *v) {
    struct str s = value_words(v);
    long n = s.len && s.len <= 9 ? 0 : -1;
    for (size_t i = 0; i < s.len && s.len <= 9; i++)
        n = n * 10 + (s.at[i] - '0');
    return n;
}

bool value_yes(const struct value *v) {
    return str_eq(value_words(v), STR("yes"));
}

const struct value *value_on(const struct value *v, date day) {
    if (!v || v->kind != VALUE_LIST)
        return v;
    const struct value *entry = NULL;
    date best = DATE_NONE;
    for (uint32_t i = 0; i < v->count; i++) {
        date from = value_date(value_get(&v->items[i], STR("from")));
        if (from != DATE_NONE && from <= day && (best == DATE_NONE || from > best)) {
            entry = &v->items[i];
            best = from;
        }
    }
    date to = entry ? value_date(value_get(entry, STR("to"))) : DATE_NONE;
    if (!entry || (to != DATE_NONE && to <= day))
        return NULL;
    return value_get(entry, STR("value"));
}
