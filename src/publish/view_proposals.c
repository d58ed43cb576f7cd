/* SPDX-License-Identifier: MIT */
/*
 * view_proposals.c: the officers' page of proposed partnerships, as advice that can be taken to headteachers.
 *
 * Why a group is proposed quotes what schools wished in confidence, so all of it is for officers.
 */
#include "portal/match.h"
#include "portal/match_draft.h"
#include "publish/lexicon.h"
#include "publish/proposals.h"
#include "publish/view_page.h"

static const struct match_result *match_of(const struct view *view) {
    return view->plan->match;
}

/* ---- words ---- */

static struct str number_words(const struct view *view, struct decimal n) {
    struct buf out = {.arena = view->arena};
    int64_t whole;
    bool minus = decimal_sign(n) < 0;
    buf_add(&out, minus ? STR("\u2212") : STR(""));
    n = decimal_abs(n);
    if (decimal_is_whole(n) && decimal_to_int64(n, &whole))
        buf_add(&out, str_grouped(view->arena, whole));
    else
        decimal_print(&out, n);
    return buf_str(&out);
}

/* Kilometres with one decimal: nobody walks to the metre. */
static struct str distance_words(const struct view *view, struct decimal metres) {
    struct buf out = {.arena = view->arena};
    struct decimal km;
    if (!decimal_divide(metres, decimal_whole(1000), &km) || !decimal_round(km, 1, DECIMAL_HALF_UP, &km))
        return number_words(view, metres);
    decimal_print(&out, km);
    buf_lit(&out, " km");
    return buf_str(&out);
}

static struct str amount(const struct view *view, const struct match_step_result *step,
                         struct decimal value) {
    return step->measure == MATCH_DISTANCE ? distance_words(view, value) : number_words(view, value);
}

/* What a reader calls it: a distance is of all pairs of a group together. */
static struct str step_label(const struct match_step_result *step) {
    return step->measure == MATCH_DISTANCE ? STR("Distance, in straight lines") : step->label;
}

/* "No set has more", "None can have more than 14", or that nothing is proved. From the second step on, only sets are compared
 * that are as good at the steps before. */
static struct str bound_words(const struct view *view, const struct match_result *r, size_t index) {
    const struct match_step_result *step = &r->steps[index];
    struct str than = step->measure == MATCH_DISTANCE ? STR("less") : STR("more");
    if (match_step_proved(r, index))
        return str_join(view->arena, index ? STR("No set that is as good so far has ") : STR("No set has "),
                        than);
    if (step->bounded)
        return str_join(view->arena,
                        index ? STR("None that is as good so far can have ") : STR("None can have "), than,
                        STR(" than "), amount(view, step, step->bound));
    return STR("How much better there might be is not proved");
}

static struct value id_of(const struct view *view, size_t index) {
    return value_text(str_join(view->arena, STR("proposal-"), str_whole(view->arena, (long long)index + 1)));
}

/* What stands between one item of a sentence and the next. */
static struct str after(size_t i, size_t count) {
    return i + 1 < count ? str_joint(i + 1, count) : STR("");
}

/* ---- what was asked ---- */

static struct value decision_link(const struct view *view, const struct decision *d) {
    return part_link(view, d->label, lexicon_table_address(view->arena, d->tables[0]));
}

static void asked(const struct view *view, struct value_map *m) {
    const struct match_result *r = match_of(view);
    const struct match_plan *plan = r->match->match;
    struct value_list rules = part_list_new(view), steps = part_list_new(view);
    for (size_t i = 0; i < plan->must_count; i++) {
        const struct decision *d = plan->must[i]->decision;
        struct value_map rule = part_map(view);
        map_text(&rule, "title", d->label);
        map_text(&rule, "href", part_href(view, lexicon_table_address(view->arena, d->tables[0])));
        map_text(&rule, "after", after(i, plan->must_count));
        list_add(&rules, map_done(&rule));
    }
    for (size_t i = 0; i < r->step_count; i++) {
        const struct match_step_result *step = &r->steps[i];
        const struct decision *counted = plan->steps[i].decision;
        struct value_map s = part_map(view);
        map_text(&s, "number", str_whole(view->arena, (long long)i + 1));
        map_text(&s, "label", step_label(step));
        map_text(&s, "href",
                 counted ? part_href(view, lexicon_table_address(view->arena, counted->tables[0]))
                         : (struct str){0});
        map_text(&s, "value", amount(view, step, step->value));
        map_text(&s, "bound", bound_words(view, r, i));
        list_add(&steps, map_done(&s));
    }
    map_set(m, "match", decision_link(view, r->match));
    map_set(m, "pool", decision_link(view, plan->pool->decision));
    map_text(m, "pool_text", part_count_of(view, r->pool, "school takes part", "schools take part"));
    part_list(view, m, "rules", &rules);
    part_list(view, m, "steps", &steps);
    map_text(m, "how_good", match_how_good(r));
    map_bool(m, "too_large", r->too_large);
}

/* ---- members ---- */

static bool is_in(const struct match_school *const *schools, size_t count, struct str id) {
    for (size_t i = 0; i < count; i++)
        if (str_eq(schools[i]->id, id))
            return true;
    return false;
}

/* The schools that it wished for: those of the group, or the others. */
static void wishes(const struct view *view, struct value_map *m, const struct match_proposal *p,
                   const struct match_school *school, bool here) {
    struct value_list list = part_list_new(view);
    const struct value *wished = school->school ? value_at(&school->school->record, "wishes.schools") : NULL;
    for (uint32_t i = 0; wished && wished->kind == VALUE_LIST && i < wished->count; i++) {
        struct str id = value_words(&wished->items[i]);
        const struct school *other = map_get(&view->site->school_by_slug, id);
        if (other && is_in(p->members, p->member_count, id) == here)
            list_add(&list, part_link(view, other->short_name, other->address));
    }
    part_list(view, m, here ? "wished" : "elsewhere", &list);
}

/* "Structured, then loose" */
static struct str kinds_words(const struct view *view, const struct match_school *school) {
    struct buf out = {.arena = view->arena};
    const struct value *kinds = school->school ? value_at(&school->school->record, "wishes.kinds") : NULL;
    for (uint32_t i = 0; kinds && kinds->kind == VALUE_LIST && i < kinds->count; i++) {
        const struct choice *c = choice_find(partnership_kinds, value_words(&kinds->items[i]));
        struct str label = c ? str_from(c->label) : value_words(&kinds->items[i]);
        buf_add(&out, i ? STR(", then ") : STR(""));
        buf_add(&out, i ? part_lower_first(view, label) : label);
    }
    return buf_str(&out);
}

static struct value member(const struct view *view, const struct match_proposal *p,
                           const struct match_school *school) {
    struct value_map m = part_map(view);
    map_text(&m, "name", school->name);
    map_text(&m, "href", school->school ? part_href(view, school->school->address) : (struct str){0});
    map_set(&m, "phase", part_choice(view, school->school ? school->school->phase : NULL));
    map_set(&m, "officer",
            school->school ? part_page_link(view, school->school->link_officer) : value_null());
    map_bool(&m, "joins", is_in(p->joining, p->joining_count, school->id));
    wishes(view, &m, p, school, true);
    wishes(view, &m, p, school, false);
    map_text(&m, "kinds", kinds_words(view, school));
    return map_done(&m);
}

static struct value school_link(const struct view *view, const struct match_school *school) {
    struct value_map m = part_map(view);
    map_text(&m, "title", school->name);
    map_text(&m, "href", school->school ? part_href(view, school->school->address) : (struct str){0});
    return map_done(&m);
}

/* ---- the map ---- */

static void shown_schools(const struct match_result *r, bool *shown) {
    for (size_t i = 0; i < r->proposal_count; i++)
        for (size_t j = 0; j < r->proposals[i].member_count; j++)
            if (r->proposals[i].members[j]->school)
                shown[r->proposals[i].members[j]->school->index] = true;
    for (size_t i = 0; i < r->left_count; i++)
        if (r->left[i].school->school)
            shown[r->left[i].school->school->index] = true;
}

/* An associate is drawn as what it is, left over: a spoke would make it look placed. */
static struct figure_groups groups_of(const struct site *site, const struct match_result *r,
                                      struct arena *arena) {
    struct figure_group *items = arena_array(arena, struct figure_group, r->proposal_count);
    bool *shown = arena_array(arena, bool, site->school_count);
    shown_schools(r, shown);
    for (size_t i = 0; i < r->proposal_count; i++) {
        const struct match_proposal *p = &r->proposals[i];
        items[i] = (struct figure_group){.name = p->title, .kind = p->kind};
        items[i].members = arena_array(arena, const struct school *, p->member_count);
        for (size_t j = 0; j < p->member_count; j++)
            if (p->members[j]->school)
                items[i].members[items[i].member_count++] = p->members[j]->school;
    }
    return (struct figure_groups){site, items, r->proposal_count, shown, STR("Left over")};
}

const struct atlas *proposals_atlas(const struct site *site, const struct match_result *match,
                                    struct arena *arena) {
    struct figure_groups groups = groups_of(site, match, arena);
    return figures_groups(&groups, arena);
}

static void set_map(const struct view *view, const struct figure_groups *groups, struct value_map *m) {
    struct str svg =
        figures_groups_map(view->plan->proposals, groups, STR("Map of the proposals"),
                           STR("The list on this page gives the same information."), view->arena);
    map_set(m, "map_html", svg.len ? value_html(svg) : value_null());
    map_text(m, "map_caption",
             svg.len ? STR("Only schools that take part are shown, and those that they would join. Each "
                           "proposal has a number.")
                     : (struct str){0});
}

static struct value near_map(const struct view *view, const struct figure_groups *groups, size_t index) {
    struct str id = str_join(view->arena, STR("near-"), str_whole(view->arena, (long long)index + 1));
    struct str title = str_join(view->arena, groups->items[index].name, STR(" on the map"));
    struct str svg =
        figures_group_near(view->plan->proposals, index, id, title,
                           STR("The schools named on the map are listed with links beside it."), view->arena);
    return svg.len ? value_html(svg) : value_null();
}

/* ---- a proposal ---- */

static struct value check_tag(const struct view *view, enum check_state state) {
    static const struct {
        const char *label, *tone;
    } words[] = {[CHECK_MET] = {"Met", "ok"},
                 [CHECK_NOT_MET] = {"Advice", "warn"}, /* what would be a breach is not proposed */
                 [CHECK_NOT_KNOWN] = {"Not known", "open"},
                 [CHECK_NOT_CONCERNED] = {"Does not concern it", "plain"}};
    return part_tag(view, str_from(words[state].label), words[state].tone);
}

static void checks(const struct view *view, struct value_map *m, const struct match_proposal *p) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < p->check_count; i++) {
        const struct row *row = p->checks[i].row;
        struct value_map v = part_map(view);
        map_text(&v, "label", row->label);
        map_text(&v, "href",
                 part_href(view, str_join(view->arena, row->table->page, STR("#"), row->address)));
        map_set(&v, "verdict", check_tag(view, p->checks[i].state));
        map_set(&v, "answer", value_null());
        map_text(&v, "because", p->checks[i].words);
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "rows", &list);
}

static void texts(const struct view *view, struct value_map *m, const char *key, const struct str *items,
                  size_t count) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < count; i++)
        list_add(&list, value_text(items[i]));
    part_list(view, m, key, &list);
}

static struct str draft(const struct view *view, const struct match_proposal *p) {
    struct buf out = {.arena = view->arena};
    match_draft(p, view->arena, &out);
    return str_trim(buf_str(&out));
}

/* "3 schools, new", "2 schools join, 5 members then" */
static struct str count_words(const struct view *view, const struct match_proposal *p) {
    if (!p->joining_count)
        return match_is_formed(p) ? STR("stays as it is") : STR("not formed yet, and best left as it is");
    if (!p->extends)
        return part_count_of(view, p->member_count, "school, new", "schools, new");
    return str_join(view->arena, part_count_of(view, p->joining_count, "school joins", "schools join"),
                    STR(", "), part_count_of(view, p->member_count, "member", "members"), STR(" then"));
}

static void headings(const struct view *view, struct value_map *m, size_t index) {
    const struct match_proposal *p = &match_of(view)->proposals[index];
    map_set(m, "id", id_of(view, index));
    map_text(m, "number", str_whole(view->arena, (long long)index + 1));
    map_text(
        m, "colour",
        str_join(view->arena, STR("p"), str_whole(view->arena, atlas_colour(view->plan->proposals, index))));
    map_text(m, "title", p->title);
    map_text(m, "kind", p->kind_label);
    map_set(m, "extends", part_page_link(view, p->extends));
    map_text(m, "count_text", count_words(view, p));
}

static struct value proposal(const struct view *view, const struct figure_groups *groups, size_t index) {
    const struct match_result *r = match_of(view);
    const struct match_proposal *p = &r->proposals[index];
    struct value_map m = part_map(view);
    struct value_list members = part_list_new(view), associates = members, scores = members;
    for (size_t i = 0; i < p->member_count; i++)
        list_add(&members, member(view, p, p->members[i]));
    for (size_t i = 0; i < p->associate_count; i++)
        list_add(&associates, school_link(view, p->associates[i]));
    for (size_t i = 0; i < r->step_count; i++)
        list_add(&scores, part_row(view, step_label(&r->steps[i]), amount(view, &r->steps[i], p->score[i])));
    headings(view, &m, index);
    part_list(view, &m, "members", &members);
    texts(view, &m, "reasons", p->reasons, p->reason_count);
    checks(view, &m, p);
    part_list(view, &m, "scores", &scores);
    map_text(&m, "neighbour", p->neighbour);
    part_list(view, &m, "associates", &associates);
    map_text(&m, "draft", draft(view, p));
    map_set(&m, "near_html", near_map(view, groups, index));
    return map_done(&m);
}

/* A group that is best left as it is has no reasons to weigh and nobody to ask: who is in it is enough. */
static struct value staying(const struct view *view, size_t index) {
    const struct match_proposal *p = &match_of(view)->proposals[index];
    struct value_map m = part_map(view);
    struct value_list members = part_list_new(view);
    headings(view, &m, index);
    for (size_t i = 0; i < p->member_count; i++) {
        const struct school *school = p->members[i]->school;
        struct value_map link = part_map(view);
        map_text(&link, "title", p->members[i]->name);
        map_text(&link, "href", school ? part_href(view, school->address) : (struct str){0});
        map_text(&link, "after", after(i, p->member_count));
        list_add(&members, map_done(&link));
    }
    part_list(view, &m, "members", &members);
    return map_done(&m);
}

/* ---- who is left over, and what stays ---- */

static size_t index_of(const struct match_result *r, const struct match_proposal *p) {
    return (size_t)(p - r->proposals);
}

static struct value left_over(const struct view *view, const struct match_left *left) {
    const struct match_result *r = match_of(view);
    const struct school *s = left->school->school;
    struct value_map m = part_map(view);
    map_text(&m, "name", left->school->name);
    map_text(&m, "href", s ? part_href(view, s->address) : (struct str){0});
    map_set(&m, "phase", part_choice(view, s ? s->phase : NULL));
    map_set(&m, "officer", s ? part_page_link(view, s->link_officer) : value_null());
    texts(view, &m, "reasons", left->reasons, left->reason_count);
    if (left->proposal) {
        struct value_map link = part_map(view);
        map_text(&link, "title", left->proposal->title);
        map_text(&link, "href",
                 str_join(view->arena, STR("#proposal-"),
                          str_whole(view->arena, (long long)index_of(r, left->proposal) + 1)));
        map_set(&m, "associate", map_done(&link));
    } else {
        map_set(&m, "associate", part_page_link(view, left->partnership));
    }
    return map_done(&m);
}

static bool is_extended(const struct match_result *r, const struct page *partnership) {
    for (size_t i = 0; i < r->proposal_count; i++)
        if (r->proposals[i].extends == partnership)
            return true;
    return false;
}

static void rest(const struct view *view, struct value_map *m) {
    const struct match_result *r = match_of(view);
    struct value_list left = part_list_new(view), kept = left;
    for (size_t i = 0; i < r->left_count; i++)
        list_add(&left, left_over(view, &r->left[i]));
    for (size_t i = 0; i < r->kept_count; i++)
        if (!is_extended(r, r->kept[i])) /* said with its group */
            list_add(&kept, part_page_link(view, r->kept[i]));
    part_list(view, m, "left", &left);
    part_list(view, m, "kept", &kept);
    texts(view, m, "conditions", r->conditions, r->condition_count);
    map_text(m, "left_text", part_count_of(view, r->left_count, "school left over", "schools left over"));
    map_text(m, "kept_text", part_count_of(view, r->kept_count, "partnership stays", "partnerships stay"));
}

/* ---- the page ---- */

struct value view_proposals_link(const struct view *view) {
    return view->plan->proposes ? part_link(view, STR("Proposals of partners"), STR(PROPOSALS_ADDRESS))
                                : value_null();
}

static struct value page_of(const struct view *view, struct page_words *words) {
    const struct match_result *r = match_of(view);
    struct value_map m = part_map(view);
    struct value_list list = part_list_new(view), stay = list;
    struct figure_groups groups = groups_of(view->site, r, view->arena);
    size_t joined = match_joined(r), new = 0;
    size_t placed = r->pool > r->left_count ? r->pool - r->left_count : 0;
    words->title = STR("Proposals of partners");
    words->description = STR(
        "Groups of schools that fit best within the rules of the policy. This is advice: schools decide.");
    words->ld_json = value_null();
    if (part_has(view, CONTENT_PARTNERSHIP))
        list_add(&words->crumbs, part_section_link(view, CONTENT_PARTNERSHIP));
    for (size_t i = 0; i < joined; new += r->proposals[i++].joining_count)
        list_add(&list, proposal(view, &groups, i));
    for (size_t i = joined; i < r->proposal_count; i++)
        list_add(&stay, staying(view, i));
    map_text(&m, "lead", words->description);
    map_text(&m, "count_text", part_count_of(view, joined, "proposal", "proposals"));
    map_text(&m, "placed_text",
             part_count_of(view, new, "school has a new place", "schools have a new place"));
    map_text(&m, "stay_text",
             placed > new ? part_count_of(view, placed - new, "school best stays", "schools best stay")
                          : (struct str){0});
    asked(view, &m);
    set_map(view, &groups, &m);
    part_list(view, &m, "proposals", &list);
    part_list(view, &m, "staying", &stay);
    map_bool(&m, "has_groups", r->proposal_count);
    rest(view, &m);
    return map_done(&m);
}

/* The match is made when its page is, by which no other page has to wait: it may be a search of seconds. */
struct value view_proposals(const struct view *view, struct page_words *words) {
    const struct site *site = view->site;
    struct match_options options = {.threads = site->workers, .explain = true, .alternatives = true};
    struct match_result result;
    struct plan plan = *view->plan;
    struct view matched = *view;
    if (!plan.match) {
        match_run(site, &options, view->arena, &result);
        plan.match = &result;
        plan.proposals = proposals_atlas(site, &result, view->arena);
        matched.plan = &plan;
    }
    return page_of(&matched, words);
}
