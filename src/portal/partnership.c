/* SPDX-License-Identifier: MIT */
/* partnership.c: states, kinds and decisions of governing bodies. */
#include "portal/partnership.h"

static struct str word_of(const struct page *partnership, const char *key) {
    return value_words(value_at(&partnership->front, key));
}

/* ---- states ---- */

/* Every other state is one on the way. */
static const struct {
    const char *id;
    enum partnership_stage stage;
} ends[] = {
    {"formed", PARTNERSHIP_FORMED}, {"declined", PARTNERSHIP_DECLINED}, {"dissolved", PARTNERSHIP_DISSOLVED}};

enum partnership_stage partnership_stage_of(struct str state) {
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (str_eq(state, str_from(ends[i].id)))
            return ends[i].stage;
    return PARTNERSHIP_UNDER_WAY;
}

enum partnership_stage partnership_stage(const struct page *partnership) {
    return partnership_stage_of(word_of(partnership, "state"));
}

bool partnership_is_formed(const struct page *partnership) {
    return partnership_stage(partnership) == PARTNERSHIP_FORMED;
}

bool partnership_is_over(const struct page *partnership) {
    enum partnership_stage stage = partnership_stage(partnership);
    return stage == PARTNERSHIP_DECLINED || stage == PARTNERSHIP_DISSOLVED;
}

/* ---- kinds ---- */

/* A loose partnership is agreed by headteachers; a hard one changes who governs, for which the law asks a procedure. */
static const struct kind {
    const char *id;
    bool formal, statutory;
} kinds[] = {
    {"hard", true, true}, {"structured", true, false}, {"loose", false, false}, {NULL, false, false}};

static const struct kind *kind_of(const struct page *partnership) {
    const struct kind *kind = kinds;
    while (kind->id && !str_eq(word_of(partnership, "kind"), str_from(kind->id)))
        kind++;
    return kind;
}

bool partnership_is_formal(const struct page *partnership) {
    return kind_of(partnership)->formal;
}

bool partnership_passes(const struct page *partnership, struct str state) {
    if (str_eq(state, STR("governing_bodies_agreed")))
        return kind_of(partnership)->formal;
    if (str_eq(state, STR("statutory_step")))
        return kind_of(partnership)->statutory;
    enum partnership_stage stage = partnership_stage_of(state);
    return stage == PARTNERSHIP_UNDER_WAY || stage == PARTNERSHIP_FORMED;
}

/* ---- governing bodies ---- */

const struct choice *membership_decision(const struct value *membership) {
    const struct schema *schema = schema_find(&schema_school, STR("memberships"))->record;
    const struct choice *choices = schema_find(schema, STR("governing_body"))->choices;
    return choice_find(choices, value_words(value_at(membership, "governing_body")));
}

bool membership_is_declined(const struct value *membership) {
    return str_eq(value_words(value_at(membership, "governing_body")), STR("declined"));
}
