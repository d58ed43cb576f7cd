/* SPDX-License-Identifier: MIT */
/* test_match.c: proposals of partners, held against an exhaustive search that knows nothing of how they are found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "match_brute.h"
#include "text.h"

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
    assert_true(placed > SEEDS && left > SEEDS / 2 && joined > 0); /* or there was little to be wrong about */
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

/* What all governing bodies have agreed to is not taken apart again, though the law has still to be followed. */
static void a_partnership_that_is_agreed_is_kept_as_one_that_works(void **state) {
    (void)state;
    static const char *const states[] = {"governing_bodies_agreed", "statutory_step"};
    for (size_t i = 0; i < 2; i++) {
        struct portal p;
        struct match_result r;
        put_partnerships(&p);
        struct str page =
            str_join(&p.arena, STR("---\ntitle: New\nkind: structured\naudience: officers\nstate: "),
                     str_from(states[i]), STR("\n---\n"));
        portal_put(&p, "content/partnerships/new.md", str_z(&p.arena, page));
        run(&p, MATCH_KEEP_FORMED, &r);
        assert_int_equal(r.pool, 3);
        assert_int_equal(r.kept_count, 2);
        assert_text(r.proposals[1].extends->slug, "new");
        portal_release(&p);
    }
}

static void what_is_new_comes_first_and_says_what_it_would_replace(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    portal_put(&p, "content/partnerships/old.md",
               "---\ntitle: Old\nkind: loose\nstate: formed\nformed: 2020-01-01\n---\n");
    portal_put(&p, "content/partnerships/new.md",
               "---\ntitle: New\nkind: hard\nstate: proposed\naudience: officers\n---\n");
    put_school(&p, "ash", LEADER IN("old", "agreed") WISHES("loose", "bay"));
    put_school(&p, "bay", PLAIN IN("old", "agreed") WISHES("loose", "ash"));
    put_school(&p, "cob", LEADER IN("new", "pending") WISHES("structured", "dun"));
    put_school(&p, "dun", PLAIN IN("new", "pending") WISHES("structured", "cob, eve"));
    put_school(&p, "eve", PLAIN WISHES("structured", "dun"));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "cob dun eve structured; ash bay loose;");
    assert_int_equal(match_joined(&r), 1);
    assert_text(r.proposals[0].reasons[0], "cob and dun are in New, which is not formed yet (proposed): "
                                           "decide first which of the two goes on");
    assert_text(r.proposals[1].extends->slug, "old");
    assert_true(match_is_formed(&r.proposals[1]));
    assert_int_equal(r.proposals[1].reason_count, 0);
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
    assert_text(r.left[0].reasons[0], "It has not said which kinds it accepts");
    assert_text(r.left[0].reasons[1], "Every kind is ruled out by Kind (Every school accepts the kind)");
    portal_release(&p);
}

/* Nobody is held by what was declined, an associate is no member, and who is closed takes no part. */
static void who_is_held_is_a_member_of_what_still_stands(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    put_partnerships(&p);
    portal_put(&p, "content/partnerships/new.md",
               "---\ntitle: New\nkind: structured\nstate: declined\naudience: officers\n---\n");
    put_school(&p, "ash", PLAIN "memberships: [{partnership: old, role: associate}]\n");
    put_school(&p, "cob", PLAIN WISHES("structured", "oak"));
    put_school(&p, "yew", PLAIN WISHES("structured", "oak") "status: closed\nclosed: 2024-08-31\n");
    run(&p, MATCH_KEEP_ALL, &r);
    assert_int_equal(r.pool, 4);
    assert_int_equal(r.kept_count, 1);
    assert_found(&p, &r, "bay elm fir structured; cob oak pine structured;");
    assert_text(ids(&p, r.proposals[1].joining, r.proposals[1].joining_count), "cob");
    assert_null(r.proposals[0].extends);
    portal_release(&p);
}

static void what_has_another_kind_is_not_the_partnership_that_it_was(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    put_partnerships(&p);
    portal_put(&p, "content/partnerships/new.md",
               "---\ntitle: New\nkind: loose\nstate: proposed\naudience: officers\n---\n");
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash oak pine structured; bay elm fir structured;");
    assert_null(r.proposals[1].extends);
    assert_int_equal(r.proposals[1].joining_count, 3);
    portal_release(&p);
}

static void of_two_partnerships_in_a_group_the_larger_goes_on(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    portal_put(&p, "content/partnerships/few.md", PARTNERSHIP("Few", "proposed") "audience: officers\n---\n");
    portal_put(&p, "content/partnerships/many.md",
               PARTNERSHIP("Many", "proposed") "audience: officers\n---\n");
    put_school(&p, "ash", LEADER WISHES("structured", "bay") "memberships: [{partnership: many}]\n");
    put_school(&p, "bay",
               PLAIN WISHES("structured", "ash") "memberships: [{partnership: few}, {partnership: many}]\n");
    put_school(&p, "cob",
               PLAIN WISHES("structured", "ash") "memberships: [{partnership: few}, {partnership: many}]\n");
    run(&p, MATCH_KEEP_NONE, &r);
    assert_null(r.proposals[0].extends); /* nothing goes on where nothing is kept */
    site_release(&p.site);
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay cob structured;");
    assert_text(r.proposals[0].extends->slug, "many");
    portal_release(&p);
}

/* Short names, of many the first two; and an address that no partnership has, not even one that is over. */
static void a_proposal_is_called_by_its_schools(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", "short_name: Ash\n" LEADER WISHES("structured", "bay"));
    put_school(&p, "bay", PLAIN WISHES("structured", "ash"));
    put_school(&p, "cob", PLAIN WISHES("structured", "ash"));
    put_school(&p, "dun", PLAIN WISHES("structured", "ash"));
    portal_put(&p, "content/partnerships/ash-bay-and-2-others.md",
               PARTNERSHIP("Old", "dissolved") "ended: 2020-02-29\n---\n");
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay cob dun structured;");
    assert_text(r.proposals[0].title, "Ash, bay and 2 others");
    assert_text(r.proposals[0].id, "ash-bay-and-2-others-2");
    portal_release(&p);
}

/* Where the policy asks what is not recorded, nobody is taken for willing. */
static void who_only_may_take_part_does_not(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    portal_put(&p, "content/policy/rules.md",
               MATCH_RULES MATCH_AFFINITY MATCH_CHOICE
               "**Who is free**\n\n<!-- decision: free\noutputs: {free: {label: Free, type: yes/no}}\n-->\n\n"
               "| At risk | Free |\n|---|---|\n| no | yes |\n| yes | no |\n\n"
               "**The match**\n\n<!-- match: partnerships\npool: free\nkinds: [loose]\nmust: "
               "[rules.proposed]\n-->\n\n| Counted by |\n|---|\n| Schools placed |\n");
    put_school(&p, "ash", LEADER WISHES("loose", ""));
    put_school(&p, "bay", PLAIN WISHES("loose", ""));
    put_school(&p, "cob", WISHES("loose", ""));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_int_equal(r.pool, 2);
    assert_found(&p, &r, "ash bay loose;");
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
    assert_has(buf_str(&checks), "Leadership: Leader schools: 1 (ash)\n");
    assert_has(buf_str(&checks), "Balance: Schools causing concern: 1 (bay); Size: 3\n");
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

/* Of a partnership that grows it is an associate of all, and not of those who were there before. */
static void an_associate_joins_what_is_proposed(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    put_partnerships(&p);
    put_school(&p, "ash", PLAIN WISHES("structured", "oak, pine"));
    put_school(&p, "rue", PLAIN IN("old", "agreed"));
    put_school(&p, "yew", PLAIN WISHES("hard", "oak"));
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash oak pine rue structured; bay elm fir structured;");
    assert_int_equal(r.left_count, 1);
    assert_ptr_equal(r.left[0].proposal, &r.proposals[0]);
    assert_null(r.left[0].partnership);
    portal_release(&p);
}

/* What is only advised stands in nobody's way. */
static void advice_is_no_reason_to_be_left_over(void **state) {
    (void)state;
    struct portal p;
    struct match_result r;
    match_portal_make(&p);
    put_school(&p, "ash", LEADER WISHES("loose", "bay, cob, eve"));
    put_school(&p, "bay", PLAIN WISHES("loose", "ash, cob, eve"));
    put_school(&p, "cob", PLAIN WISHES("loose", "ash, bay, eve"));
    put_school(&p, "eve", PLAIN WISHES("loose", "ash, bay, cob"));
    put_school(&p, "dun", PLAIN "wishes: {kinds: [loose], not_with: [ash]}\n");
    run(&p, MATCH_KEEP_FORMED, &r);
    assert_found(&p, &r, "ash bay cob eve loose;");
    struct str reasons = said(&p, r.left[0].reasons, r.left[0].reason_count);
    assert_has(reasons, "break Refusal");
    assert_lacks(reasons, "Likely size");
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
    assert_text(r.left[2].reasons[0], "It has not said which kinds it accepts");
    assert_text(r.left[2].reasons[1], "Every kind is ruled out by Kind (Every school accepts the kind)");
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
                "“Causes concern” is not known for bay: each proposal keeps to the rules either way");
    assert_text(r.conditions[1],
                "If “Causes concern” turns out to be no for bay, these would be proposed instead: ash, "
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
                           "| Wishes between them | Points |\n|---|---|\n| 1 | 0.2500009 |\n| 2 | 1.5 |\n"
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
    assert_text(buf_str(&value), "1.75"); /* what is finer than a millionth is not promised */
    buf_clear(&value);
    decimal_print(&value, r.steps[2].value);
    assert_text(buf_str(&value), "6.5"); /* of bay it is not known whether it is at risk */
    assert_text(r.proposals[0].neighbour, "Leaving cob out would mean 1 fewer school placed");
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
        cmocka_unit_test(a_partnership_that_is_agreed_is_kept_as_one_that_works),
        cmocka_unit_test(what_is_new_comes_first_and_says_what_it_would_replace),
        cmocka_unit_test(nothing_is_kept_where_none_is),
        cmocka_unit_test(who_is_held_is_a_member_of_what_still_stands),
        cmocka_unit_test(what_has_another_kind_is_not_the_partnership_that_it_was),
        cmocka_unit_test(of_two_partnerships_in_a_group_the_larger_goes_on),
        cmocka_unit_test(a_proposal_is_called_by_its_schools),
        cmocka_unit_test(who_only_may_take_part_does_not),
        cmocka_unit_test(a_proposal_has_its_reasons_and_its_numbers),
        cmocka_unit_test(the_best_neighbour_is_told_with_its_cost),
        cmocka_unit_test(a_school_that_is_left_over_is_told_what_stands_in_its_way),
        cmocka_unit_test(a_school_is_no_associate_of_one_that_it_refuses),
        cmocka_unit_test(an_associate_joins_what_is_proposed),
        cmocka_unit_test(advice_is_no_reason_to_be_left_over),
        cmocka_unit_test(where_no_group_is_possible_each_school_is_told_why),
        cmocka_unit_test(a_portal_without_schools_has_no_proposals),
        cmocka_unit_test(what_is_not_known_is_said_with_what_it_would_change),
        cmocka_unit_test(points_may_be_fractions_and_count_with_the_least_that_they_may_be),
        cmocka_unit_test(points_that_are_too_large_to_compare_are_not_taken_for_none),
    };
    return cmocka_run_group_tests(tests, portal_setup, portal_teardown);
}
