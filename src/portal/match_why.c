/* SPDX-License-Identifier: MIT */
/* match_why.c: why a group is proposed, in words, and how it meets the rules. */
#include "policy/words.h"
#include "portal/match_inside.h"
#include "portal/partnership.h"

void match_say(struct match_words *words, struct arena *arena, struct str sentence) {
    words->items = arena_grow(arena, words->items, words->count * sizeof(struct str),
                              (words->count + 1) * sizeof(struct str), alignof(struct str));
    words->items[words->count++] = sentence;
}

struct match_texts match_said(const struct match_school *school, const char *from) {
    const struct policy_kind *kind = school->subject->kind;
    for (size_t i = 0; i < kind->fact_count; i++) {
        const struct given *given = &school->subject->given[i];
        if (str_eq(kind->facts[i]->from, str_from(from)) && given->state == GIVEN_VALUE)
            return (struct match_texts){given->texts, given->count};
    }
    return (struct match_texts){0};
}

static bool says(const struct match_school *school, const char *from, struct str id) {
    struct match_texts texts = match_said(school, from);
    for (size_t i = 0; i < texts.count; i++)
        if (str_eq(texts.items[i], id))
            return true;
    return false;
}

bool match_refuses(const struct match_school *a, const struct match_school *b) {
    return says(a, "wishes.not_with", b->id) || says(b, "wishes.not_with", a->id);
}

/* ---- wishes and links ---- */

/* Pairs that have something in common, as a sentence: at most so many by name. */
#define PAIRS_NAMED 6

struct pairs {
    struct buf named;
    size_t count, shown;
};

static void add_pair(struct pairs *pairs, const struct match_school *a, const char *between,
                     const struct match_school *b) {
    if (pairs->count++ >= PAIRS_NAMED)
        return;
    buf_printf(&pairs->named, "%s" STR_FMT "%s" STR_FMT, pairs->named.len ? "; " : "", STR_ARG(a->name),
               between, STR_ARG(b->name));
    pairs->shown++;
}

static void say_pairs(const struct pairs *pairs, const char *what, struct match_words *out,
                      struct arena *arena) {
    struct buf b = {.arena = arena};
    if (!pairs->count)
        return;
    buf_add(&b, str_from(what));
    buf_lit(&b, ": ");
    buf_add(&b, buf_str(&pairs->named));
    if (pairs->shown < pairs->count)
        buf_printf(&b, "; and %zu more", pairs->count - pairs->shown);
    match_say(out, arena, buf_str(&b));
}

/* Only pairs in which somebody is new: what members of a partnership are to each other is no reason to enlarge it. */
static void say_wishes(const struct match_proposal *proposal, struct match_words *out, struct arena *arena) {
    struct pairs both = {.named = {.arena = arena}}, one = both, links = both, strangers = both;
    for (size_t i = 0; i < proposal->member_count; i++)
        for (size_t j = i + 1; j < proposal->member_count; j++) {
            const struct match_school *a = proposal->members[i], *b = proposal->members[j];
            if (!match_joins(proposal, a) && !match_joins(proposal, b))
                continue;
            bool there = says(a, "wishes.schools", b->id), back = says(b, "wishes.schools", a->id);
            bool linked = says(a, "wishes.existing_links", b->id) || says(b, "wishes.existing_links", a->id);
            if (there && back)
                add_pair(&both, a, " and ", b);
            else if (there || back)
                add_pair(&one, there ? a : b, " for ", there ? b : a);
            if (linked)
                add_pair(&links, a, " and ", b);
            if (!there && !back && !linked)
                add_pair(&strangers, a, " and ", b);
        }
    say_pairs(&both, "Wish for each other", out, arena);
    say_pairs(&one, "Wish that is not returned", out, arena);
    say_pairs(&links, "Work together already", out, arena);
    if (strangers.count)
        match_say(out, arena,
                  strangers.count == 1
                      ? str_join(arena, STR("Strangers: "), buf_str(&strangers.named))
                      : str_join(arena, str_whole(arena, (long long)strangers.count),
                                 STR(" pairs are strangers: neither has wished for the other")));
}

bool match_joins(const struct match_proposal *proposal, const struct match_school *school) {
    for (size_t i = 0; i < proposal->joining_count; i++)
        if (proposal->joining[i] == school)
            return true;
    return false;
}

/* ---- kinds ---- */

static const char *const places[] = {"first", "second", "third", "fourth", "fifth"};
#define PLACES (sizeof(places) / sizeof(places[0]))

static size_t place_of_kind(const struct match_school *school, struct str kind) {
    struct match_texts kinds = match_said(school, "wishes.kinds");
    for (size_t i = 0; i < kinds.count; i++)
        if (str_eq(kinds.items[i], kind))
            return i;
    return PLACES;
}

/* "Structured is the first choice of Ash and Birch, the second of Cedar". */
static void say_kinds(const struct match_proposal *proposal, struct match_words *out, struct arena *arena) {
    struct buf b = {.arena = arena};
    for (size_t place = 0; place < PLACES; place++) {
        size_t of = 0, said = 0;
        for (size_t i = 0; i < proposal->joining_count; i++)
            of += place_of_kind(proposal->joining[i], proposal->kind) == place;
        if (!of)
            continue;
        if (b.len)
            buf_printf(&b, ", the %s of ", places[place]);
        else
            buf_printf(&b, STR_FMT " is the %s choice of ", STR_ARG(proposal->kind_label), places[place]);
        if (of == proposal->joining_count && of > 2) {
            buf_printf(&b, "all %zu", of);
            continue;
        }
        for (size_t i = 0; i < proposal->joining_count; i++) {
            if (place_of_kind(proposal->joining[i], proposal->kind) != place)
                continue;
            buf_add(&b, str_joint(said++, of));
            buf_add(&b, proposal->joining[i]->name);
        }
    }
    if (b.len)
        match_say(out, arena, buf_str(&b));
}

/* ---- where they are already ---- */

static struct str members_of(const struct match_problem *p, const struct match_proposal *proposal,
                             const struct match_group *group, size_t *count, struct arena *arena) {
    uint64_t *shared = arena_array(arena, uint64_t, p->words);
    *count = 0;
    for (size_t i = 0; i < group->count; i++)
        for (size_t m = 0; m < p->count; m++) {
            const struct match_school *school = &p->network->schools[group->schools[i]];
            if (p->schools[m] != school || !match_joins(proposal, school))
                continue;
            bits_add(shared, m);
            ++*count;
        }
    return match_names(p, shared, PAIRS_NAMED, arena);
}

/* A partnership that works may go on beside the group; of two that are talked about somebody has to choose, and should not
 * learn it from the schools. */
static void say_elsewhere(const struct match_problem *p, const struct match_proposal *proposal,
                          struct match_words *out, struct arena *arena) {
    for (size_t i = 0; i < p->network->group_count; i++) {
        const struct match_group *group = &p->network->groups[i];
        struct buf b = {.arena = arena};
        size_t count;
        if (!group->page || group->page == proposal->extends)
            continue;
        struct str names = members_of(p, proposal, group, &count, arena);
        struct str state = value_words(value_at(&group->page->front, "state"));
        const struct choice *said = choice_find(partnership_states, state);
        if (!count)
            continue;
        buf_printf(&b, STR_FMT " %s in " STR_FMT, STR_ARG(names), count == 1 ? "is" : "are",
                   STR_ARG(group->title));
        if (partnership_is_formed(group->page))
            buf_lit(&b, ", which works already and goes on beside this");
        else
            buf_printf(&b, ", which is not formed yet (" STR_FMT "): decide first which of the two goes on",
                       STR_ARG(str_uncapital(arena, said ? str_from(said->label) : state)));
        match_say(out, arena, buf_str(&b));
    }
}

/* ---- rules ---- */

/* What is found of one group: which numbers and which schools a row rests on. */
struct finding {
    const struct match_problem *problem;
    struct state state;
    struct arena *arena;
    const struct variable *told[32];
    size_t told_count;
    struct buf words;
};

static struct str name_of(const struct finding *f, const struct feel_value *item) {
    const struct subject *s = item->type == FEEL_RECORD ? item->record.object : NULL;
    s = s && s->base ? s->base : s;
    for (size_t m = 0; s && m < f->problem->count; m++)
        if (f->problem->schools[m]->subject == s)
            return f->problem->schools[m]->name;
    return s ? s->id : (struct str){0};
}

/* Names some of a list: those that certainly are in it, or only perhaps. */
static void name_items(const struct finding *f, const struct feel_list *list, bool perhaps, struct buf *out) {
    bool any = false;
    for (size_t i = 0; i < list->count; i++) {
        if ((list->possible && list->possible[i]) != perhaps)
            continue;
        buf_add(out, any ? STR(", ") : perhaps ? STR("perhaps ") : STR(""));
        buf_add(out, name_of(f, &list->items[i]));
        any = true;
    }
}

/* `count(standing[scc])`: the schools that are counted, where a condition picks them out of more. */
static struct str counted_names(struct finding *f, const struct variable *v) {
    const struct feel_node *node = v->is;
    struct buf out = {.arena = f->arena};
    if (!node || node->op != FEEL_CALL || node->count != 1 || node->kids[0]->op != FEEL_FILTER)
        return (struct str){0};
    struct feel_value list = state_eval(&f->state, node->kids[0]);
    if (list.type != FEEL_LIST)
        return (struct str){0};
    name_items(f, list.list, false, &out);
    if (list.list->possible && list.list->sure < list.list->count) {
        buf_add(&out, out.len ? STR("; ") : STR(""));
        name_items(f, list.list, true, &out);
    }
    return buf_str(&out);
}

static void say_number(struct finding *f, const struct variable *v) {
    struct feel_value n;
    if (v->is) /* whose bounds are those of the schools, and not of the cuts that tables make */
        n = state_eval(&f->state, v->is);
    else
        state_value(&f->state, v, &n);
    struct str names = counted_names(f, v);
    buf_printf(&f->words, "%s" STR_FMT ": ", f->words.len ? "; " : "", STR_ARG(v->label));
    if (n.type == FEEL_NUMBER)
        decimal_print(&f->words, n.number);
    else if (n.type == FEEL_UNKNOWN && n.unknown.bounded)
        buf_printf(&f->words, "%d to %d", n.unknown.least, n.unknown.most);
    else
        buf_lit(&f->words, "not known");
    if (names.len)
        buf_printf(&f->words, " (" STR_FMT ")", STR_ARG(names));
}

/* Numbers that a fact rests on tell more than its yes: "Schools causing concern: 1 (Birch); Size: 4". */
static void find_variable(struct finding *f, const struct variable *v, unsigned depth) {
    /* What is true is said as it is called: "No trust is split". */
    static const char *const truths[] = {
        [TRUTH_NO] = ": no", [TRUTH_YES] = "", [TRUTH_MAYBE] = ": not known"};
    size_t before = f->words.len;
    for (size_t i = 0; i < f->told_count; i++)
        if (f->told[i] == v)
            return;
    if (f->told_count < sizeof(f->told) / sizeof(f->told[0]))
        f->told[f->told_count++] = v;
    if (v->line == LINE_NUMBER && v->kind == VARIABLE_FACT) {
        say_number(f, v);
        return;
    }
    for (size_t i = 0; i < v->read_count && depth < 4; i++)
        if (v->reads[i]->line == LINE_NUMBER)
            find_variable(f, v->reads[i], depth + 1);
    if (v->when)
        for (size_t i = 0; i < v->when->read_count && depth < 4; i++)
            if (v->when->reads[i]->line == LINE_NUMBER)
                find_variable(f, v->when->reads[i], depth + 1);
    if (f->words.len > before || v->kind != VARIABLE_FACT)
        return;
    values mask = state_mask(&f->state, v);
    enum truth t = mask == VALUES_YES ? TRUTH_YES : mask == VALUES_NO ? TRUTH_NO : TRUTH_MAYBE;
    if (v->fact && v->fact->type == FACT_YES_NO)
        buf_printf(&f->words, "%s" STR_FMT "%s", f->words.len ? "; " : "", STR_ARG(v->label), truths[t]);
}

static void find_condition(struct finding *f, const struct condition *c) {
    if (c->op == CONDITION_TEST)
        find_variable(f, c->variable, 0);
    for (size_t i = 0; i < c->read_count; i++)
        find_variable(f, c->reads[i], 0);
    for (size_t i = 0; i < c->count; i++)
        find_condition(f, c->kids[i]);
}

static struct str found_in_row(struct finding *f, const struct row *row) {
    f->words = (struct buf){.arena = f->arena};
    f->told_count = 0;
    for (size_t i = 0; i < row->cell_count; i++)
        if (row->cells[i].must)
            find_condition(f, row->cells[i].condition);
    return buf_str(&f->words);
}

static void say_checks(const struct match_problem *p, const struct subject *group, struct arena *arena,
                       struct match_proposal *out) {
    struct arena scratch = {0};
    struct finding f = {.problem = p, .arena = arena};
    size_t rows = 0;
    for (size_t i = 0; i < p->plan->must_count; i++)
        rows += p->plan->must[i]->decision->row_count;
    out->checks = arena_array(arena, struct match_check, rows);
    state_init(&f.state, group, arena);
    for (size_t i = 0; i < p->plan->must_count; i++) {
        const struct output *must = p->plan->must[i];
        struct check_result result;
        subject_check(group, must->decision, (size_t)(must - must->decision->outputs), arena, &scratch,
                      &result);
        for (size_t j = 0; j < result.count; j++)
            if (result.rows[j].applied && result.rows[j].state != CHECK_NOT_CONCERNED)
                out->checks[out->check_count++] = (struct match_check){
                    result.rows[j].row, result.rows[j].state, found_in_row(&f, result.rows[j].row)};
    }
    arena_release(&scratch);
}

/* ---- all of it ---- */

void match_why(const struct match_problem *p, const struct solve_group *group, struct arena *arena,
               struct match_proposal *out) {
    struct match_words words = {0};
    uint64_t *schools = arena_array(arena, uint64_t, p->words);
    match_schools_of(p, group->members, schools);
    say_elsewhere(p, out, &words, arena);
    say_wishes(out, &words, arena);
    say_kinds(out, &words, arena);
    say_checks(p, match_assemble(p, schools, NULL, group->form, arena), arena, out);
    out->reasons = words.items;
    out->reason_count = words.count;
}
