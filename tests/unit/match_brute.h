/* SPDX-License-Identifier: MIT */
/*
 * match_brute.h: invented networks in plain arrays, and the best of all ways to put their schools into groups.
 *
 * The rules of the worked cases are said here a second time, and every set of groups is gone through: nothing is shared with
 * what finds proposals, so that both are wrong only where both are.
 */
#ifndef SIGNPOST_TESTS_MATCH_BRUTE_H
#define SIGNPOST_TESTS_MATCH_BRUTE_H

#include "match_fixture.h"
#include "random.h"

/* ---- an invented network, in plain arrays ---- */

enum { HARD, STRUCTURED, LOOSE, FORMS };
static const char *const kind_names[] = {"hard", "structured", "loose"};
static const char *const faith_names[] = {"none", "rc", "jewish"};
static const char *const trust_names[] = {NULL, "t1", "t2"};

struct plain {
    size_t count;
    bool secondary[NETWORK_MAX], brokering[NETWORK_MAX], cross[NETWORK_MAX];
    bool leader[NETWORK_MAX], objects[NETWORK_MAX];
    int concern[NETWORK_MAX]; /* 0 no, 1 yes, 2 not known */
    size_t faith[NETWORK_MAX], trust[NETWORK_MAX];
    size_t kinds[NETWORK_MAX][FORMS], kind_count[NETWORK_MAX];
    bool wish[NETWORK_MAX][NETWORK_MAX], link[NETWORK_MAX][NETWORK_MAX], refuse[NETWORK_MAX][NETWORK_MAX];
    bool located[NETWORK_MAX];
    long east[NETWORK_MAX], north[NETWORK_MAX];
    size_t block[NETWORK_MAX]; /* 0: none; else 1 + the number of the kept partnership that holds it */
    size_t blocks, block_form[NETWORK_MAX];
};

static inline bool chance(struct random *r, size_t of_hundred) {
    return random_below(r, 100) < of_hundred;
}

/* Most wish for neighbours in a circle of three or four, so that there is something to find. */
static inline void invent_wishes(struct random *r, struct plain *p) {
    size_t circle = 3 + random_below(r, 2);
    for (size_t i = 0; i < p->count; i++)
        for (size_t j = 0; j < p->count; j++) {
            bool near = i / circle == j / circle;
            if (i == j)
                continue;
            p->wish[i][j] = chance(r, near ? 55 : 7);
            p->link[i][j] = chance(r, near ? 15 : 3);
            p->refuse[i][j] = !p->wish[i][j] && chance(r, 3);
        }
}

static inline void invent(uint64_t seed, struct plain *p) {
    struct random r = {seed};
    *p = (struct plain){.count = 8 + random_below(&r, 6)};
    bool trusts = chance(&r, 40), faiths = chance(&r, 50), map = chance(&r, 60), few = chance(&r, 40);
    for (size_t i = 0; i < p->count; i++) {
        p->secondary[i] = chance(&r, 12);
        p->brokering[i] = chance(&r, 60);
        p->cross[i] = chance(&r, 50);
        p->leader[i] = chance(&r, few ? 15 : 40);
        p->concern[i] = p->leader[i] ? 0 : chance(&r, 30) ? 1 : chance(&r, 12) ? 2 : 0;
        p->faith[i] = faiths && chance(&r, 30) ? 1 + random_below(&r, 2) : 0;
        p->objects[i] = p->faith[i] && chance(&r, 50);
        p->trust[i] = trusts && chance(&r, 25) ? 1 + random_below(&r, 2) : 0;
        p->located[i] = map && chance(&r, 90);
        p->east[i] = (long)random_below(&r, 5000);
        p->north[i] = (long)random_below(&r, 5000);
        size_t first = random_below(&r, FORMS), step = 1 + random_below(&r, 2);
        p->kind_count[i] = chance(&r, 5) ? 0 : 1 + random_below(&r, FORMS);
        for (size_t k = 0; k < p->kind_count[i]; k++)
            p->kinds[i][k] = (first + k * step) % FORMS;
    }
    invent_wishes(&r, p);
    p->blocks = chance(&r, 35) ? 1 + random_below(&r, 2) : 0;
    for (size_t b = 0; b < p->blocks; b++) {
        p->block_form[b] = random_below(&r, FORMS);
        for (size_t n = 1 + random_below(&r, 3); n > 0; n--)
            p->block[random_below(&r, p->count)] = b + 1;
    }
}

/* The same network for the program, whole road. */
static inline void tell_lists(const struct plain *p, struct network *n, size_t i) {
    struct str *lists = arena_array(&n->arena, struct str, 4 * NETWORK_MAX);
    struct str *wishes = lists, *links = wishes + NETWORK_MAX, *refused = links + NETWORK_MAX;
    struct str *kinds = refused + NETWORK_MAX;
    size_t wish_count = 0, link_count = 0, refuse_count = 0;
    for (size_t j = 0; j < p->count; j++) {
        if (p->wish[i][j])
            wishes[wish_count++] = n->schools[j].id;
        if (p->link[i][j])
            links[link_count++] = n->schools[j].id;
        if (p->refuse[i][j])
            refused[refuse_count++] = n->schools[j].id;
    }
    for (size_t k = 0; k < p->kind_count[i]; k++)
        kinds[k] = str_from(kind_names[p->kinds[i][k]]);
    network_list(n, i, "wishes", wishes, wish_count);
    network_list(n, i, "links", links, link_count);
    network_list(n, i, "not_with", refused, refuse_count);
    network_list(n, i, "kinds", kinds, p->kind_count[i]);
}

static inline void tell(const struct plain *p, struct portal *portal, size_t turn, struct network *n) {
    network_make(n, portal, p->count);
    for (size_t i = 0; i < p->count; i++) {
        network_say(n, i, "phase", p->secondary[i] ? "secondary" : "primary");
        network_say(n, i, "faith", faith_names[p->faith[i]]);
        network_say(n, i, "leads", p->leader[i] ? "yes" : "no");
        network_say(n, i, "ri", p->concern[i] == 1 ? "yes" : "no");
        if (p->concern[i] != 2)
            network_say(n, i, "risk", "no");
        network_say(n, i, "objects", p->objects[i] ? "yes" : "no");
        network_say(n, i, "cross_phase", p->cross[i] ? "yes" : "no");
        network_say(n, i, "brokering", p->brokering[i] ? "yes" : "no");
        if (p->trust[i])
            network_say(n, i, "trust", trust_names[p->trust[i]]);
        if (p->block[i])
            network_say(n, i, "kind", kind_names[p->block_form[p->block[i] - 1]]);
        tell_lists(p, n, i);
        n->schools[i].located = p->located[i];
        n->schools[i].easting = p->east[i];
        n->schools[i].northing = p->north[i];
    }
    network_decide(n, turn);
    for (size_t b = 0; b < p->blocks; b++) {
        size_t *held = arena_array(&n->arena, size_t, p->count), count = 0;
        for (size_t i = 0; i < p->count; i++)
            if (p->block[i] == b + 1) {
                held[count++] = i;
                n->schools[i].takes_part = false;
            }
        if (count)
            n->groups[n->network.group_count++] = (struct match_group){.form = p->block_form[b],
                                                                       .title = STR("kept"),
                                                                       .schools = held,
                                                                       .count = count,
                                                                       .held = held,
                                                                       .held_count = count,
                                                                       .kept = true};
    }
}

/* ---- the rules, said a second time ---- */

static inline bool free_school(const struct plain *p, size_t i) {
    return !p->block[i] && (!p->secondary[i] || p->brokering[i]);
}

/* Whether "enters" says yes of it: it is looked at by trusts that must stay whole. One that a structured or hard partnership
 * holds does not. */
static inline bool enters(const struct plain *p, size_t i) {
    if (p->block[i] && p->block_form[p->block[i] - 1] != LOOSE)
        return false;
    return !p->secondary[i] || p->brokering[i];
}

static inline bool accepts(const struct plain *p, size_t i, size_t form) {
    for (size_t k = 0; k < p->kind_count[i]; k++)
        if (p->kinds[i][k] == form)
            return true;
    return !p->kind_count[i] && p->block[i] && p->block_form[p->block[i] - 1] == form;
}

static inline bool trust_is_whole(const struct plain *p, size_t i, unsigned group) {
    for (size_t j = 0; j < p->count && p->trust[i]; j++)
        if (p->trust[j] == p->trust[i] && enters(p, j) && !(group >> j & 1))
            return false;
    return true;
}

static inline bool allowed(const struct plain *p, unsigned group, size_t form) {
    static const size_t least[] = {2, 3, 2}, most[] = {6, 10, 99};
    size_t size = 0, leaders = 0, concerns = 0;
    bool mixed = false, unwilling = false;
    for (size_t i = 0; i < p->count; i++) {
        if (!(group >> i & 1))
            continue;
        size++;
        leaders += p->leader[i];
        concerns += p->concern[i] != 0;
        mixed = mixed || p->secondary[i];
        unwilling = unwilling || (!p->secondary[i] && !p->cross[i]);
        if (!accepts(p, i, form) || !trust_is_whole(p, i, group))
            return false;
        for (size_t j = 0; j < p->count; j++)
            if ((group >> j & 1) &&
                (p->refuse[i][j] || (form == HARD && p->objects[i] && p->faith[i] != p->faith[j])))
                return false;
    }
    return size >= least[form] && size <= most[form] && leaders && (3 * concerns <= size || size == 2) &&
           !(mixed && unwilling);
}

#define STEPS 4

static inline int64_t metres(const struct plain *p, size_t i, size_t j) {
    int64_t x = p->east[i] - p->east[j], y = p->north[i] - p->north[j], root = 0;
    if (!p->located[i] || !p->located[j])
        return 0;
    while ((2 * root + 1) * (2 * root + 1) <= 4 * (x * x + y * y)) /* rounded to the nearest */
        root++;
    return root;
}

/* What a group adds: newcomers, and pairs with a newcomer in them. */
static inline void worth(const struct plain *p, unsigned group, size_t form, int64_t *out) {
    memset(out, 0, STEPS * sizeof(*out));
    for (size_t i = 0; i < p->count; i++) {
        if (!(group >> i & 1))
            continue;
        if (!p->block[i]) {
            out[0]++;
            for (size_t k = 0; k < p->kind_count[i]; k++)
                out[2] += p->kinds[i][k] == form ? (int64_t)(3 - k) : 0;
        }
        for (size_t j = i + 1; j < p->count; j++) {
            if (!(group >> j & 1) || (p->block[i] && p->block[j]))
                continue;
            bool linked = p->link[i][j] || p->link[j][i];
            int wishes = p->wish[i][j] + p->wish[j][i];
            out[1] += 2 * wishes + linked - (!wishes && !linked);
            out[3] -= metres(p, i, j);
        }
    }
}

/* ---- the best of all ways, by going through all of them ---- */

struct best {
    bool set;
    int64_t value[STEPS];
    unsigned group; /* of nodes: the one with the lowest node; 0: that node is left as it is */
    size_t form;
};

struct brute {
    const struct plain *plain;
    unsigned schools[NETWORK_MAX]; /* of each node */
    size_t block[NETWORK_MAX];     /* of each node: 0, or 1 + its form */
    size_t nodes;
    bool *fits;      /* [form << nodes | group] */
    int64_t *points; /* STEPS of each */
    struct best *best;
};

static inline void list_nodes(struct brute *b) {
    const struct plain *p = b->plain;
    for (size_t i = 0; i < p->count; i++) {
        bool first = p->block[i];
        for (size_t j = 0; j < i; j++)
            first = first && p->block[j] != p->block[i];
        if (!first && !free_school(p, i))
            continue;
        b->schools[b->nodes] = 1u << i;
        for (size_t j = 0; j < p->count; j++)
            if (p->block[i] && p->block[j] == p->block[i])
                b->schools[b->nodes] |= 1u << j;
        b->block[b->nodes++] = first ? 1 + p->block_form[p->block[i] - 1] : 0;
    }
}

static inline void try_groups(struct brute *b) {
    for (unsigned group = 1; group < 1u << b->nodes; group++)
        for (size_t form = 0; form < FORMS; form++) {
            unsigned schools = 0;
            size_t blocks = 0, size = 0, at = form << b->nodes | group;
            bool wrong = false;
            for (size_t n = 0; n < b->nodes; n++) {
                if (!(group >> n & 1))
                    continue;
                size++;
                schools |= b->schools[n];
                blocks += b->block[n] != 0;
                wrong = wrong || (b->block[n] && b->block[n] != 1 + form);
            }
            b->fits[at] = blocks <= 1 && size > blocks && !wrong && allowed(b->plain, schools, form);
            if (b->fits[at])
                worth(b->plain, schools, form, &b->points[STEPS * at]);
        }
}

/* Which of two groups of nodes comes first, as the sequences of their nodes. */
static inline int compare_groups(unsigned a, unsigned b) {
    if (a == b)
        return 0;
    unsigned lowest = (a ^ b) & -(a ^ b);
    bool in_a = a & lowest;
    unsigned other = in_a ? b : a;
    bool goes_on = other & ~(lowest | (lowest - 1)); /* else it is the beginning of the one with the lowest */
    return goes_on == in_a ? -1 : 1;
}

static inline int compare_values(const int64_t *a, const int64_t *b) {
    for (size_t i = 0; i < STEPS; i++)
        if (a[i] != b[i])
            return a[i] > b[i] ? -1 : 1;
    return 0;
}

static inline bool is_better(const struct best *a, const struct best *b) {
    int value = b->set ? compare_values(a->value, b->value) : -1;
    if (value || !b->group != !a->group)
        return value ? value < 0 : b->group == 0;
    int order = compare_groups(a->group, b->group);
    return order ? order < 0 : a->form < b->form;
}

static inline void solve_all(struct brute *b) {
    for (unsigned left = 1; left < 1u << b->nodes; left++) {
        unsigned low = left & -left, rest = left & ~low;
        struct best *best = &b->best[left];
        *best = b->best[rest];
        best->set = true;
        best->group = 0;
        for (unsigned with = rest;; with = (with - 1) & rest) {
            for (size_t form = 0; form < FORMS; form++) {
                unsigned group = low | with;
                size_t at = form << b->nodes | group;
                struct best tried = b->best[left & ~group];
                if (!b->fits[at])
                    continue;
                tried.set = true;
                for (size_t i = 0; i < STEPS; i++)
                    tried.value[i] += b->points[STEPS * at + i];
                tried.group = group;
                tried.form = form;
                if (is_better(&tried, best))
                    *best = tried;
            }
            if (!with)
                break;
        }
    }
}

static inline void brute_make(struct brute *b, const struct plain *p, struct arena *arena) {
    *b = (struct brute){.plain = p};
    list_nodes(b);
    b->fits = arena_array(arena, bool, (size_t)FORMS << b->nodes);
    b->points = arena_array(arena, int64_t, STEPS * (size_t)FORMS << b->nodes);
    b->best = arena_array(arena, struct best, (size_t)1 << b->nodes);
    try_groups(b);
    solve_all(b);
}

/* "a b hard; c d e structured" */
static inline struct str brute_words(const struct brute *b, struct arena *arena) {
    struct buf out = {.arena = arena};
    for (unsigned left = (1u << b->nodes) - 1; left;) {
        const struct best *best = &b->best[left];
        unsigned schools = 0;
        for (size_t n = 0; n < b->nodes; n++)
            schools |= best->group >> n & 1 ? b->schools[n] : 0;
        for (size_t i = 0; i < b->plain->count; i++)
            if (schools >> i & 1) {
                buf_byte(&out, "abcdefghijklmnop"[i]);
                buf_byte(&out, ' ');
            }
        if (best->group)
            buf_printf(&out, "%s; ", kind_names[best->form]);
        left &= best->group ? ~best->group : ~(left & -left);
    }
    return buf_str(&out);
}

#endif
