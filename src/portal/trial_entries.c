/* SPDX-License-Identifier: MIT */
/* trial_entries.c: what a policy test expects of the entries of a table that collects. */
#include "policy/words.h"
#include "portal/trial_inside.h"
#include "text/source.h"

/* The keys of what is certain, or of what is only possible. */
static values keys_of(const struct decision_result *r, bool certain) {
    values keys = 0;
    for (size_t i = 0; i < r->entry_count; i++)
        if (r->entries[i].certain == certain)
            keys |= r->entries[i].key;
    return keys;
}

static struct str key_list(struct trial *t, const struct output *o, values keys) {
    struct buf out = {.arena = &t->arena};
    for (size_t i = 0; i < o->answer_count; i++)
        if (keys & VALUE_BIT(i))
            buf_printf(&out, "%s" STR_FMT, out.len ? ", " : "", STR_ARG(o->answers[i].label));
    return buf_str(&out);
}

/* These and no others, in any order, of which only what differs is told; or how many they are. */
static void expect_all(struct trial *t, const struct decision_result *r, bool certain,
                       const struct value *v) {
    const struct output *o = &r->decision->outputs[0];
    values is = keys_of(r, certain), expected;
    struct decimal count;
    struct str number = str_whole(&t->arena, __builtin_popcountll(is));
    struct str what =
        str_join(&t->arena, r->decision->label, certain ? STR(", certain") : STR(", only possible"));
    if (v->kind == VALUE_TEXT && decimal_parse(value_words(v), &count)) {
        if (!str_eq(number, value_words(v)))
            trial_fail(t, v, what,
                       is ? str_join(&t->arena, number, STR(" ("), key_list(t, o, is), STR(")")) : number,
                       value_words(v));
    } else if (trial_answers(t, o, v, &expected) && is != expected) {
        trial_fail(t, v, what, key_list(t, o, is & ~expected), key_list(t, o, expected & ~is));
    }
}

/* These among others; or none of these, not even as what may be. */
static void expect_some(struct trial *t, const struct decision_result *r, bool there, const struct value *v) {
    const struct output *o = &r->decision->outputs[0];
    values certain = keys_of(r, true), possible = keys_of(r, false), expected;
    values wrong = 0;
    if (trial_answers(t, o, v, &expected))
        wrong = there ? expected & ~certain : expected & (certain | possible);
    for (size_t i = 0; i < o->answer_count; i++) {
        values key = wrong & VALUE_BIT(i);
        struct str is = key & certain ? STR("certain") : key & possible ? STR("possible") : STR("no entry");
        if (key)
            trial_fail(t, v, str_join(&t->arena, r->decision->label, STR(", "), o->answers[i].label), is,
                       there ? STR("certain") : STR("no entry"));
    }
}

/* What one entry gives beside its key. */
static void expect_answer_of(struct trial *t, const struct decision_result *r, const struct collected *entry,
                             const struct field *f, const struct value *map, struct str key) {
    const struct decision *d = r->decision;
    struct str *ids = arena_array(t->diags->arena, struct str, d->output_count);
    size_t found = 0;
    for (size_t i = 1; i < d->output_count; i++) {
        ids[i - 1] = d->outputs[i].id;
        found = str_eq(ids[i - 1], f->key) ? i : found;
    }
    if (!found) {
        diag(t->diags, DIAG_UNKNOWN_KEY, place_at(map->source, f->key_offset), f->key,
             STR("what an entry gives"), str_nearest(f->key, ids, d->output_count - 1));
        return;
    }
    const struct output *o = &d->outputs[found];
    const struct outcome *outcome = &entry->outcomes[found];
    struct buf is = {.arena = &t->arena};
    struct str expected = value_words(&f->value);
    words_answers(&is, o, outcome->set);
    struct str what = str_join(&t->arena, d->label, STR(", "), key);
    values mask = trial_mask(t, o, expected);
    bool same = str_eq_fold(buf_str(&is), expected) || (mask && trial_same(o, mask, outcome->set));
    if (!same)
        trial_fail(t, &f->value, str_join(&t->arena, what, STR(": "), o->label), buf_str(&is), expected);
}

/* A list or a word where a map is meant would be passed over. */
static bool is_map(struct trial *t, const struct value *v, struct str what) {
    if (v->kind != VALUE_MAP)
        diag(t->diags, DIAG_SCHEMA_TYPE, value_place(v), what, STR("a map"),
             v->kind == VALUE_LIST ? STR("a list") : STR("text"), STR(""));
    return v->kind == VALUE_MAP;
}

static void expect_answers(struct trial *t, const struct decision_result *r, const struct value *map) {
    const struct output *o = &r->decision->outputs[0];
    for (uint32_t i = 0; i < map->count; i++) {
        const struct field *f = &map->fields[i];
        struct value name = value_text(f->key);
        const struct collected *entry = NULL;
        values key;
        name.source = map->source;
        name.offset = f->key_offset;
        if (!trial_answers(t, o, &name, &key))
            continue;
        for (size_t j = 0; j < r->entry_count; j++)
            entry = r->entries[j].key == key ? &r->entries[j] : entry;
        if (!entry)
            trial_fail(t, &name, str_join(&t->arena, r->decision->label, STR(", "), f->key), STR("no entry"),
                       STR("an entry"));
        if (!is_map(t, &f->value, f->key))
            continue;
        for (uint32_t j = 0; entry && j < f->value.count; j++)
            expect_answer_of(t, r, entry, &f->value.fields[j], &f->value, f->key);
    }
}

/* ---- all that is expected ---- */

static const char *const parts[] = {"certain", "possible", "with", "without", "answers", NULL};

void trial_entries(struct trial *t, const struct decision_result *r, const struct value *v) {
    const struct value *certain = value_at(v, "certain"), *possible = value_at(v, "possible");
    const struct value *with = value_at(v, "with"), *without = value_at(v, "without");
    const struct value *given = value_at(v, "answers");
    if (!is_map(t, v, str_join(&t->arena, r->decision->id, STR(" entries"))))
        return;
    trial_known(t, v, parts, STR("what is expected of entries"));
    if (certain)
        expect_all(t, r, true, certain);
    if (possible)
        expect_all(t, r, false, possible);
    if (with)
        expect_some(t, r, true, with);
    if (without)
        expect_some(t, r, false, without);
    if (given && is_map(t, given, STR("answers")))
        expect_answers(t, r, given);
}
