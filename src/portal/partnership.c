/* SPDX-License-Identifier: MIT */
/* partnership.c: states, kinds and decisions of governing bodies. */
#include "portal/partnership.h"

static struct str word_of(const struct page *partnership, const char *key) {
    return value_words(value_at(&partnership->front, key));
}

/* ---- kinds ---- */

/* A loose partnership is agreed by headteachers; a hard one changes who governs, for which the law asks a procedure. */
enum binding { BINDING_NONE, BINDING_FORMAL, BINDING_STATUTORY };

static const struct {
    const char *id;
    enum binding binding;
} kinds[] = {{"hard", BINDING_STATUTORY}, {"structured", BINDING_FORMAL}, {"loose", BINDING_NONE}};

static enum binding binding_of(const struct page *partnership) {
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (str_eq(word_of(partnership, "kind"), str_from(kinds[i].id)))
            return kinds[i].binding;
    return BINDING_NONE;
}

bool partnership_is_formal(const struct page *partnership) {
    return binding_of(partnership) >= BINDING_FORMAL;
}

/* ---- states ---- */

static const struct partnership_state {
    const char *id;
    enum partnership_stage stage;
    enum binding least; /* only partnerships that bind so much pass through it */
    bool agreed;
} states[] = {
    {"consulted", PARTNERSHIP_UNDER_WAY, BINDING_NONE, false},
    {"proposed", PARTNERSHIP_UNDER_WAY, BINDING_NONE, false},
    {"agreed_in_principle", PARTNERSHIP_UNDER_WAY, BINDING_NONE, false},
    {"governing_bodies_agreed", PARTNERSHIP_UNDER_WAY, BINDING_FORMAL, true},
    {"statutory_step", PARTNERSHIP_UNDER_WAY, BINDING_STATUTORY, true},
    {"formed", PARTNERSHIP_FORMED, BINDING_NONE, true},
    {"declined", PARTNERSHIP_DECLINED, BINDING_NONE, false},
    {"dissolved", PARTNERSHIP_DISSOLVED, BINDING_NONE, false},
};

/* One that is not recorded is as one that has only begun. */
static const struct partnership_state *find_state(struct str id) {
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (str_eq(id, str_from(states[i].id)))
            return &states[i];
    return &states[0];
}

enum partnership_stage partnership_stage(const struct page *partnership) {
    return find_state(word_of(partnership, "state"))->stage;
}

bool partnership_is_formed(const struct page *partnership) {
    return partnership_stage(partnership) == PARTNERSHIP_FORMED;
}

bool partnership_is_over(const struct page *partnership) {
    return partnership_stage(partnership) >= PARTNERSHIP_DECLINED;
}

bool partnership_is_agreed(const struct page *partnership) {
    return find_state(word_of(partnership, "state"))->agreed;
}

bool partnership_passes(const struct page *partnership, struct str id) {
    const struct partnership_state *state = find_state(id);
    return state->stage < PARTNERSHIP_DECLINED && binding_of(partnership) >= state->least;
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
