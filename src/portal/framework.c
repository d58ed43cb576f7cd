/* SPDX-License-Identifier: MIT */
/* framework.c: values of the vocabulary's facts, as records give them. */
#include "portal/framework.h"

const struct fact *vocabulary_fact(const struct vocabulary *vocabulary, struct str name) {
    return vocabulary_fact_of(vocabulary, STR("school"), name);
}

static bool is_special(struct str s) {
    return str_eq(s, STR("not recorded")) || str_eq(s, STR("not applicable"));
}

/* The type of a record's field that a fact's declaration stands for. */
static bool fact_text_ok(const struct fact *fact, struct str s) {
    switch (fact->type) {
    case FACT_YES_NO: return str_eq(s, STR("yes")) || str_eq(s, STR("no"));
    case FACT_DATE: return date_parse_iso(s) != DATE_NONE;
    case FACT_NUMBER:
    case FACT_WHOLE: {
        bool digit = false;
        size_t points = 0;
        for (size_t i = 0; i < s.len; i++) {
            if (s.at[i] == '-' && i == 0)
                continue;
            if (s.at[i] == '.' && fact->type == FACT_NUMBER && digit && !points++)
                continue;
            if (s.at[i] < '0' || s.at[i] > '9')
                return false;
            digit = true;
        }
        return digit;
    }
    default: return s.len > 0;
    }
}

static struct str type_noun(const struct fact *fact) {
    switch (fact->type) {
    case FACT_YES_NO: return STR("yes or no");
    case FACT_DATE: return STR("a date");
    case FACT_NUMBER: return STR("a number");
    case FACT_WHOLE: return STR("a whole number");
    case FACT_SCALE: return STR("one value of its scale");
    case FACT_SET: return STR("one of its set");
    default: return STR("text");
    }
}

static struct str fact_hint(struct arena *arena, const struct fact *fact, struct str given) {
    size_t n = fact->type == FACT_SET ? fact->items->count : fact->scale ? fact->scale->count : 0;
    struct str *ids = arena_array(arena, struct str, n);
    for (size_t i = 0; i < n; i++)
        ids[i] = fact->type == FACT_SET ? fact->items->fields[i].key : fact->scale->values[i].id;
    return schema_hint(arena, given, ids, n);
}

void fact_check(const struct schema_check *check, const struct fact *fact, struct value *v) {
    if (v->kind == VALUE_LIST && (fact->type == FACT_SET || fact->type == FACT_LIST)) {
        for (uint32_t i = 0; i < v->count; i++)
            fact_check(check, fact, &v->items[i]);
        return;
    }
    if (v->kind == VALUE_NULL) {
        diag(check->diags, DIAG_SCHEMA_EMPTY, value_place(v), fact->id);
        return;
    }
    if (v->kind != VALUE_TEXT) {
        diag(check->diags, DIAG_SCHEMA_TYPE, value_place(v), fact->id, type_noun(fact),
             v->kind == VALUE_LIST ? STR("a list") : STR("a map"), STR(""));
        return;
    }
    struct str s = value_str(v);
    if (is_special(s))
        return;
    struct str id = s;
    if (fact->type == FACT_SCALE && fact->scale) {
        const struct scale_value *found = scale_find(fact->scale, s);
        id = found ? found->id : (struct str){0};
    } else if (fact->type == FACT_SET) {
        const struct field *found = fact_item(fact, s);
        id = found ? found->key : (struct str){0};
    }
    if (!id.len)
        diag(check->diags, DIAG_SCHEMA_CHOICE, value_place(v), s, fact->id,
             fact_hint(check->diags->arena, fact, s));
    else if (!fact_text_ok(fact, id))
        diag(check->diags, DIAG_SCHEMA_FORMAT, value_place(v), s, type_noun(fact), STR(""));
    v->text = id.len ? id.at : v->text;
    v->count = id.len ? (uint32_t)id.len : v->count;
}
