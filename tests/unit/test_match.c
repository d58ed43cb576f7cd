/* SPDX-License-Identifier: MIT */
/* test_match.c: proposals of partners, held against an exhaustive search that knows nothing of how they are found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match_fixture.h"
#include "random.h"
#include "text.h"

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

static bool chance(struct random *r, size_t of_hundred) {
    return random_below(r, 100) < of_hundred;
}

/* Most wish for neighbours in a circle of three or four, so that there is something to find. */
static void invent_wishes(struct random *r, struct plain *p) {
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

static void invent(uint64_t seed, struct plain *p) {
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
static void tell_lists(const struct plain *p, struct network *n, size_t i) {
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

static void tell(const struct plain *p, struct portal *portal, size_t turn, struct network *n) {
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

static bool free_school(const struct plain *p, size_t i) {
    return !p->block[i] && (!p->secondary[i] || p->brokering[i]);
}

/* Whether "enters" says yes of it: it is looked at by trusts that must stay whole. One that a structured or hard partnership
 * holds does not. */
static bool enters(const struct plain *p, size_t i) {
    if (p->block[i] && p->block_form[p->block[i] - 1] != LOOSE)
        return false;
    return !p->secondary[i] || p->brokering[i];
}

static bool accepts(const struct plain *p, size_t i, size_t form) {
    for (size_t k = 0; k < p->kind_count[i]; k++)
        if (p->kinds[i][k] == form)
            return true;
    return !p->kind_count[i] && p->block[i] && p->block_form[p->block[i] - 1] == form;
}

static bool trust_is_whole(const struct plain *p, size_t i, unsigned group) {
    for (size_t j = 0; j < p->count && p->trust[i]; j++)
        if (p->trust[j] == p->trust[i] && enters(p, j) && !(group >> j & 1))
            return false;
    return true;
}

static bool allowed(const struct plain *p, unsigned group, size_t form) {
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

static int64_t metres(const struct plain *p, size_t i, size_t j) {
    int64_t x = p->east[i] - p->east[j], y = p->north[i] - p->north[j], root = 0;
    if (!p->located[i] || !p->located[j])
        return 0;
    while ((2 * root + 1) * (2 * root + 1) <= 4 * (x * x + y * y)) /* rounded to the nearest */
        root++;
    return root;
}

/* What a group adds: newcomers, and pairs with a newcomer in them. */
static void worth(const struct plain *p, unsigned group, size_t form, int64_t *out) {
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

static void list_nodes(struct brute *b) {
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

static void try_groups(struct brute *b) {
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
static int compare_groups(unsigned a, unsigned b) {
    if (a == b)
        return 0;
    unsigned lowest = (a ^ b) & -(a ^ b);
    bool in_a = a & lowest;
    unsigned other = in_a ? b : a;
    bool goes_on = other & ~(lowest | (lowest - 1)); /* else it is the beginning of the one with the lowest */
    return goes_on == in_a ? -1 : 1;
}

static int compare_values(const int64_t *a, const int64_t *b) {
    for (size_t i = 0; i < STEPS; i++)
        if (a[i] != b[i])
            return a[i] > b[i] ? -1 : 1;
    return 0;
}

static bool is_better(const struct best *a, const struct best *b) {
    int value = b->set ? compare_values(a->value, b->value) : -1;
    if (value || !b->group != !a->group)
        return value ? value < 0 : b->group == 0;
    int order = compare_groups(a->group, b->group);
    return order ? order < 0 : a->form < b->form;
}

static void solve_all(struct brute *b) {
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

static void brute_make(struct brute *b, const struct plain *p, struct arena *arena) {
    *b = (struct brute){.plain = p};
    list_nodes(b);
    b->fits = arena_array(arena, bool, FORMS << b->nodes);
    b->points = arena_array(arena, int64_t, STEPS * FORMS << b->nodes);
    b->best = arena_array(arena, struct best, (size_t)1 << b->nodes);
    try_groups(b);
    solve_all(b);
}

/* "a b hard; c d e structured" */
static struct str brute_words(const struct brute *b, struct arena *arena) {
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

static struct str result_words(const struct match_result *r, struct arena *arena) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < r->proposal_count; i++) {
        for (size_t j = 0; j < r->proposals[i].member_count; j++)
            buf_printf(&out, STR_FMT " ", STR_ARG(r->proposals[i].members[j]->id));
        buf_printf(&out, STR_FMT "; ", STR_ARG(r->proposals[i].kind));
    }
    return buf_str(&out);
}

/* ---- each against each ---- */

#ifdef __SANITIZE_ADDRESS__
#define SEEDS 40
#define SEARCHES 10
#else
#define SEEDS 320
#define SEARCHES 80 /* each goes as many steps as one of a borough */
#endif

static int portal_setup(void **state) {
    struct portal *p = malloc(sizeof(*p));
    if (!p)
        return -1;
    match_portal_make(p);
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    *state = p;
    return 0;
}

static int portal_teardown(void **state) {
    portal_release(*state);
    free(*state);
    return 0;
}

static int64_t step_value(const struct match_result *r, size_t step, bool bound) {
    int64_t whole = 0;
    assert_true(decimal_to_int64(bound ? r->steps[step].bound : r->steps[step].value, &whole));
    return r->steps[step].measure == MATCH_DISTANCE ? -whole : whole;
}

static void same_as_brute(const struct match_result *r, const struct brute *b, uint64_t seed,
                          struct arena *arena) {
    const struct best *best = &b->best[(1u << b->nodes) - 1];
    struct str is = result_words(r, arena), expected = brute_words(b, arena);
    for (size_t i = 0; i < STEPS; i++)
        if (b->nodes && step_value(r, i, false) != best->value[i])
            fail_msg("seed %lu, step %zu: %ld is not %ld (" STR_FMT "| " STR_FMT ")", (unsigned long)seed, i,
                     (long)step_value(r, i, false), (long)best->value[i], STR_ARG(is), STR_ARG(expected));
    if (!str_eq(is, expected))
        fail_msg("seed %lu: " STR_FMT "is not " STR_FMT, (unsigned long)seed, STR_ARG(is), STR_ARG(expected));
    assert_true(r->exact);
    for (size_t i = 0; i < STEPS; i++) {
        assert_true(r->steps[i].bounded);
        assert_int_equal(step_value(r, i, true), step_value(r, i, false));
    }
}

static void every_small_network_is_matched_as_an_exhaustive_search_does(void **state) {
    struct plain *p = malloc(sizeof(*p));
    struct network *n = malloc(sizeof(*n));
    size_t placed = 0, left = 0, joined = 0;
    assert_true(p && n);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct arena arena = {0};
        struct brute b;
        struct match_result r;
        struct match_options options = {.brief = true, .threads = 1 + seed % 3};
        invent(seed, p);
        tell(p, *state, seed % p->count, n);
        brute_make(&b, p, &arena);
        match_network_run(&n->network, &options, &arena, &r);
        same_as_brute(&r, &b, seed, &arena);
        placed += r.proposal_count;
        left += r.left_count;
        for (size_t i = 0; i < r.proposal_count; i++)
            joined += r.proposals[i].joining_count < r.proposals[i].member_count;
        network_release(n);
        arena_release(&arena);
    }
    assert_true(placed > SEEDS && left > SEEDS / 2 &&
                joined > SEEDS / 80); /* or there was little to be wrong about */
    free(n);
    free(p);
}

static void a_search_proves_no_bound_below_what_there_is(void **state) {
    struct plain *p = malloc(sizeof(*p));
    struct network *n = malloc(sizeof(*n));
    size_t most = 0;
    assert_true(p && n);
    for (uint64_t seed = 1; seed <= SEARCHES; seed++) {
        struct arena arena = {0};
        struct brute b;
        struct match_result r, one;
        struct match_options options = {.brief = true, .inexact = true, .threads = 2};
        invent(seed, p);
        tell(p, *state, 0, n);
        brute_make(&b, p, &arena);
        const struct best *best = &b.best[(1u << b.nodes) - 1];
        match_network_run(&n->network, &options, &arena, &r);
        options.threads = 1;
        match_network_run(&n->network, &options, &arena, &one);
        assert_text(result_words(&r, &arena), str_z(&arena, result_words(&one, &arena)));
        for (size_t i = 0; i < STEPS && b.nodes; i++) {
            if (r.steps[i].bounded && step_value(&r, i, true) < best->value[i])
                fail_msg("seed %lu, step %zu: bound %ld, and there is %ld", (unsigned long)seed, i,
                         (long)step_value(&r, i, true), (long)best->value[i]);
            if (step_value(&r, i, false) != best->value[i]) {
                assert_true(step_value(&r, i, false) < best->value[i]);
                break;
            }
            most += i == STEPS - 1;
        }
        network_release(n);
        arena_release(&arena);
    }
    assert_true(most * 10 >= SEARCHES * 9);
    free(n);
    free(p);
}

/* ---- a portal's own schools ---- */

/* A school that leads or does not, and what its record says besides. */
static void put_school(struct portal *p, const char *slug, const char *more) {
    struct buf text = {.arena = &p->arena}, path = {.arena = &p->arena};
    buf_printf(&text, "urn: \"9%05u\"\nname: %s\nphase: primary\ntype: community\n",
               str_hash(str_from(slug)) % 100000, slug);
    buf_lit(&text, "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n");
    buf_add(&text, str_from(more));
    buf_printf(&path, "schools/%s.yaml", slug);
    portal_put(p, str_z(&p->arena, buf_str(&path)), str_z(&p->arena, buf_str(&text)));
}

#define LEADER "facts: {leads: yes, risk: no}\n"
#define PLAIN "facts: {risk: no}\n"
#define CONCERN "facts: {ri: yes}\n"
#define WISHES(kinds, schools) "wishes: {kinds: [" kinds "], schools: [" schools "]}\n"
#define IN(slug, body) "memberships: [{partnership: " slug ", governing_body: " body "}]\n"

static void run(struct portal *p, enum match_keep keep, struct match_result *out) {
    struct match_options options = {.keep = keep, .threads = 2, .explain = true, .alternatives = true};
    portal_bind(p, "2026-05-01", AUDIENCE_OFFICERS);
    match_run(&p->site, &options, &p->arena, out);
}

static void assert_found(struct portal *p, const struct match_result *r, const char *words) {
    struct str found = result_words(r, &p->arena);
    assert_text(str_trim(found), words);
}

static struct str ids(struct portal *p, const struct match_school **schools, size_t count) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s" STR_FMT, i ? " " : "", STR_ARG(schools[i]->id));
    return buf_str(&out);
}

static struct str said(struct portal *p, const struct str *items, size_t count) {
    struct buf out = {.arena = &p->arena};
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, STR_FMT "\n", STR_ARG(items[i]));
    return buf_str(&out);
}

/* A partnership of oak and pine that works, one of elm and fir that is talked about, and two more schools. */
static void put_partnerships(struct portal *p) {
    match_portal_make(p);
    portal_put(p, "content/partnerships/old.md", PARTNERSHIP("Old", "formed") "---\n");
    portal_put(p, "content/partnerships/new.md",
               "---\ntitle: New\nkind: structured\nstate: proposed\naudience: officers\n---\n");
    put_school(p, "oak", LEADER IN("old", "agreed"));
    put_school(p, "pine", PLAIN IN("old", "agreed"));
    put_school(p, "elm", LEADER IN("new", "pending") WISHES("structured", "fir"));
    put_school(p, "fir", PLAIN IN("new", "declined") WISHES("structured", "elm, ash"));
    put_school(p, "ash", PLAIN WISHES("structured", "oak"));
    put_school(p, "bay", PLAIN WISHES("structured", "elm"));
}

static void a_partnership_that_works_is_kept_and_may_be_joined(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    put_partnerships(&p);
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_int_equal(r.pool, 4);
    assert_int_equal(r.kept_count, 1);
    assert_text(r.kept[0]->slug, "old");
    assert_found(&p, &r, "ash oak pine structured; bay elm fir structured;");
    assert_text(r.proposals[0].id, "old");
    assert_text(r.proposals[0].extends->slug, "old");
    assert_text(ids(&p, r.proposals[0].joining, r.proposals[0].joining_count), "ash");
    assert_int_equal(step_value(&r, 0, false), 4);
    assert_int_equal(step_value(&r, 1, false), 2 - 1 + 4 + 2 - 1);
    portal_release(&p);
}

static void a_partnership_that_is_talked_about_is_kept_where_all_are(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    put_partnerships(&p);
    run(&p, MATCH_KEEP_ALL, &r);
    assert_int_equal(r.pool, 3); /* fir declined, and so is held by nobody */
    assert_int_equal(r.kept_count, 2);
    assert_found(&p, &r, "ash oak pine structured; bay elm fir structured;");
    assert_text(r.proposals[1].extends->slug, "new");
    assert_text(ids(&p, r.proposals[1].joining, r.proposals[1].joining_count), "bay fir");
    portal_release(&p);
}

static void nothing_is_kept_where_none_is(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    put_partnerships(&p);
    run(&p, MATCH_KEEP_NONE, &r);
    assert_int_equal(r.pool, 6);
    assert_int_equal(r.kept_count, 0);
    assert_found(
        &p, &r,
        "ash bay elm fir structured;"); /* oak and pine have named no kind, and are in no partnership */
    assert_int_equal(r.left_count, 2);
    assert_text(r.left[0].reasons[0], "Every kind is ruled out by Kind (Every school accepts the kind)");
    portal_release(&p);
}

static void a_proposal_has_its_reasons_and_its_numbers(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", LEADER "wishes: {kinds: [structured], schools: [bay], existing_links: [cob]}\n");
    put_school(&p, "bay", CONCERN "wishes: {kinds: [hard, structured], schools: [ash, cob]}\n");
    put_school(&p, "cob", PLAIN WISHES("structured", ""));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay cob structured;");
    assert_text(r.proposals[0].id, "ash-bay-and-cob");
    struct str reasons = said(&p, r.proposals[0].reasons, r.proposals[0].reason_count);
    assert_has(reasons, "Wish for each other: ash and bay\n");
    assert_has(reasons, "Wish that is not returned: bay for cob\n");
    assert_has(reasons, "Work together already: ash and cob\n");
    assert_has(reasons, "Structured is the first choice of ash and cob, the second of bay\n");
    assert_lacks(reasons, "stranger");
    struct buf checks = {.arena = &p.arena};
    for (size_t i = 0; i < r.proposals[0].check_count; i++) {
        const struct match_check *c = &r.proposals[0].checks[i];
        assert_true(c->state == CHECK_MET);
        buf_printf(&checks, STR_FMT ": " STR_FMT "\n", STR_ARG(c->row->label), STR_ARG(c->words));
    }
    assert_has(buf_str(&checks), "Leadership: Leader schools 1 (ash)\n");
    assert_has(buf_str(&checks), "Balance: Schools causing concern 1 (bay); Size 3\n");
    assert_lacks(buf_str(&checks), "Joint governance"); /* of hard ones alone */
    assert_text(r.proposals[0].neighbour, "No move or swap of one school keeps to the rules");
    portal_release(&p);
}

static void the_best_neighbour_is_told_with_its_cost(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", LEADER WISHES("loose", "bay"));
    put_school(&p, "bay", PLAIN WISHES("loose", "ash"));
    put_school(&p, "cob", LEADER WISHES("loose", "dun, eve"));
    put_school(&p, "dun", PLAIN WISHES("loose", "cob"));
    put_school(&p, "eve", PLAIN WISHES("loose", "dun"));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay loose; cob dun eve loose;");
    assert_text(r.proposals[1].neighbour,
                "Moving eve to ash and bay would place as many schools, with 6 fewer "
                "points of affinity");
    portal_release(&p);
}

static void a_school_that_is_left_over_is_told_what_stands_in_its_way(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", LEADER WISHES("structured", "bay, cob"));
    put_school(&p, "bay", PLAIN WISHES("structured", "ash"));
    put_school(&p, "cob", CONCERN WISHES("structured", "ash"));
    put_school(&p, "dun", CONCERN "wishes: {kinds: [structured, loose], schools: [ash]}\n");
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay cob structured;");
    assert_int_equal(r.left_count, 1);
    struct str reasons = said(&p, r.left[0].reasons, r.left[0].reason_count);
    assert_has(reasons, "Of 7 groups that it could be in, ");
    assert_has(reasons, "3 break Leadership (Leader schools at least 1)");
    assert_has(reasons, "break Balance (At most a third causing concern or Size 2)");
    assert_has(reasons, "1 keeps every rule, and the best set of proposals is without it");
    assert_has(reasons, "No other school may be in the kind that is left");
    assert_has(reasons, "Hard is ruled out by Kind (Every school accepts the kind)");
    assert_ptr_equal(r.left[0].proposal, &r.proposals[0]); /* outside the counts */
    assert_text(ids(&p, r.proposals[0].associates, r.proposals[0].associate_count), "dun");
    portal_release(&p);
}

static void a_school_is_no_associate_of_one_that_it_refuses(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", LEADER WISHES("hard", "bay"));
    put_school(&p, "bay", PLAIN "wishes: {kinds: [hard], schools: [ash], not_with: [cob]}\n");
    put_school(&p, "cob", PLAIN WISHES("hard", "ash"));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay hard;");
    assert_has(said(&p, r.left[0].reasons, r.left[0].reason_count), "break Refusal");
    assert_null(r.left[0].proposal);
    assert_null(r.left[0].partnership);
    portal_release(&p);
}

static void where_no_group_is_possible_each_school_is_told_why(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", PLAIN WISHES("hard, structured, loose", "bay"));
    put_school(&p, "bay", PLAIN WISHES("hard, structured, loose", "ash"));
    put_school(&p, "cob", PLAIN);
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_int_equal(r.proposal_count, 0);
    assert_int_equal(r.left_count, 3);
    assert_true(r.exact);
    for (size_t i = 0; i < r.left_count; i++)
        assert_true(r.left[i].reason_count > 0);
    assert_text(r.left[0].reasons[0], "Every kind is ruled out by Leadership (Leader schools at least 1)");
    assert_text(r.left[2].reasons[0], "Every kind is ruled out by Kind (Every school accepts the kind)");
    portal_release(&p);
}

static void a_portal_without_schools_has_no_proposals(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_int_equal(r.pool + r.proposal_count + r.left_count, 0);
    portal_release(&p);
}

static void what_is_not_known_is_said_with_what_it_would_change(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", LEADER WISHES("structured", "bay, cob"));
    put_school(&p, "bay", WISHES("structured", "ash, cob"));
    put_school(&p, "cob", CONCERN WISHES("structured", "ash, bay"));
    put_school(&p, "dun", PLAIN WISHES("structured", "eve, ash"));
    put_school(&p, "eve", LEADER WISHES("structured", "dun, fay"));
    put_school(&p, "fay", PLAIN WISHES("structured", "eve"));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay cob dun eve fay structured;");
    assert_int_equal(r.condition_count, 2);
    assert_text(r.conditions[0],
                "“Causes concern” is not known of bay: a proposal keeps to the rules either way");
    assert_text(r.conditions[1],
                "If it were known of bay that “Causes concern” is no, these would be proposed: ash, "
                "bay and cob (structured); dun, eve and fay (structured)");
    portal_release(&p);
}

static void points_may_be_fractions_and_count_with_the_least_that_they_may_be(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    portal_put(&p, "content/policy/rules.md",
               MATCH_RULES "**Affinity**\n\n"
                           "<!-- decision: affinity\nsubject: pair\nhit: sum\n"
                           "outputs: {points: number}\n-->\n\n"
                           "| Wishes between them | Points |\n|---|---|\n| 1 | 0.25 |\n| 2 | 1.5 |\n"
                           "| *otherwise* | 0 |\n\n"
                           "**Preferred kind**\n\n"
                           "<!-- decision: choice\nlabel: Preferred kind\nsubject: member\n"
                           "outputs: {points: number}\n-->\n\n"
                           "| In doubt | Points |\n|---|---|\n| yes | 0.5 |\n| no | 3 |\n\n" MATCH_TABLE);
    put_school(&p, "ash", LEADER WISHES("loose", "bay"));
    put_school(&p, "bay", WISHES("loose", "ash, cob"));
    put_school(&p, "cob", PLAIN WISHES("loose", ""));
    run(&p, MATCH_KEEP_FORMED, &r);
    struct buf value = {.arena = &p.arena};
    assert_found(&p, &r, "ash bay cob loose;");
    decimal_print(&value, r.steps[1].value);
    assert_text(buf_str(&value), "1.75");
    buf_clear(&value);
    decimal_print(&value, r.steps[2].value);
    assert_text(buf_str(&value), "6.5"); /* of bay it is not known whether it is at risk */
    portal_release(&p);
}

static void points_that_are_too_large_to_compare_are_not_taken_for_none(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    portal_put(&p, "content/policy/rules.md",
               MATCH_RULES "**Affinity**\n\n"
                           "<!-- decision: affinity\nsubject: pair\nhit: sum\n"
                           "outputs: {points: number}\n-->\n\n"
                           "| Wishes between them | Points |\n|---|---|\n| 1 | 999999999999999999999 |\n"
                           "| *otherwise* | 0 |\n\n" MATCH_CHOICE MATCH_TABLE);
    put_school(&p, "ash", LEADER WISHES("loose", "bay"));
    put_school(&p, "bay", WISHES("loose", ""));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_true(r.too_large);
    assert_int_equal(r.proposal_count, 0);
    portal_release(&p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_network_is_matched_as_an_exhaustive_search_does),
        cmocka_unit_test(a_search_proves_no_bound_below_what_there_is),
        cmocka_unit_test(a_partnership_that_works_is_kept_and_may_be_joined),
        cmocka_unit_test(a_partnership_that_is_talked_about_is_kept_where_all_are),
        cmocka_unit_test(nothing_is_kept_where_none_is),
        cmocka_unit_test(a_proposal_has_its_reasons_and_its_numbers),
        cmocka_unit_test(the_best_neighbour_is_told_with_its_cost),
        cmocka_unit_test(a_school_that_is_left_over_is_told_what_stands_in_its_way),
        cmocka_unit_test(a_school_is_no_associate_of_one_that_it_refuses),
        cmocka_unit_test(where_no_group_is_possible_each_school_is_told_why),
        cmocka_unit_test(a_portal_without_schools_has_no_proposals),
        cmocka_unit_test(what_is_not_known_is_said_with_what_it_would_change),
        cmocka_unit_test(points_may_be_fractions_and_count_with_the_least_that_they_may_be),
        cmocka_unit_test(points_that_are_too_large_to_compare_are_not_taken_for_none),
    };
    return cmocka_run_group_tests(tests, portal_setup, portal_teardown);
}
