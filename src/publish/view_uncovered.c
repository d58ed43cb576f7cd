/* SPDX-License-Identifier: MIT */
/* view_uncovered.c: for officers, why each other school is not covered. Of a long list each letter has a page. */
#include "portal/consent.h"
#include "portal/coverage.h"
#include "publish/view_page.h"

/* ---- reasons ---- */

static const struct {
    const char *id, *heading;
} gap_words[GAP_COUNT] = {
    [GAP_UNKNOWN] = {"not-known", "Not known"},
    [GAP_TO_OPEN] = {"to-open", "Not open yet, and not counted"},
    [GAP_BEGINS] = {"to-begin", "To join a partnership that is formed"},
    [GAP_PROPOSED] = {"proposed", "A proposal is under way"},
    [GAP_MEMBER] = {"does-not-count", "In a partnership that does not count"},
    [GAP_ASSOCIATE] = {"associates", "Associate only"},
    [GAP_DECLINED] = {"declined", "Declined"},
    [GAP_WISHES] = {"wishes", "In none, and wishes are recorded"},
    [GAP_SILENT] = {"no-wishes", "In none, and no wish is recorded"},
};

static void add_line(const struct view *view, struct value_list *lines, struct str term,
                     const struct page *group, struct str text) {
    struct value_map m = part_map(view);
    map_text(&m, "term", term);
    map_set(&m, "link", part_page_link(view, group));
    map_text(&m, "text", text);
    list_add(lines, map_done(&m));
}

static struct str kind_of(const struct view *view, const struct page *group) {
    const struct choice *c = choice_find(partnership_kinds, part_field(&group->front, "kind"));
    return c ? part_lower_first(view, str_from(c->label)) : (struct str){0};
}

/* "structured; formed, once Birch and Cedar agree" */
static struct str awaited(const struct view *view, const struct page *group) {
    struct arena scratch = {0};
    struct consent consent;
    consent_of(view->site, group, view->arena, &scratch, &consent);
    arena_release(&scratch);
    struct str next = part_lower_first(view, consent_next_words(&consent, view->arena));
    return str_join(view->arena, kind_of(view, group), STR("; "),
                    next.len ? next : STR("no decision is awaited"));
}

static void add_proposal(const struct view *view, struct value_list *lines, const struct page *group) {
    const struct schema *schema = schema_content[CONTENT_PARTNERSHIP];
    struct value state = part_choice_of(view, &group->front, "state", schema);
    add_line(view, lines, part_told(&state, "label"), group, awaited(view, group));
}

static struct str on_day(const struct view *view, date day, const char *otherwise) {
    return day == DATE_NONE ? str_from(otherwise)
                            : str_join(view->arena, STR("on "), date_long(view->arena, day));
}

static void add_wishes(const struct view *view, struct value_list *lines, const struct school *school) {
    struct value wishes = view_wishes(view, school, true);
    const struct value *facts = value_get(&wishes, STR("facts"));
    for (uint32_t i = 0; facts && i < facts->count; i++)
        add_line(view, lines, part_told(&facts->items[i], "term"), NULL, part_told(&facts->items[i], "text"));
}

static void add_reason(const struct view *view, struct value_list *lines, const struct coverage_gap *gap,
                       const struct coverage_reason *r) {
    struct arena *arena = view->arena;
    switch (r->kind) {
    case GAP_UNKNOWN: add_line(view, lines, STR("Not recorded"), NULL, r->missing->label); break;
    case GAP_TO_OPEN:
        add_line(view, lines, STR("Opens"), NULL, on_day(view, r->on, "on a day not recorded"));
        break;
    case GAP_BEGINS: add_line(view, lines, STR("Joins"), r->group, on_day(view, r->on, "")); break;
    case GAP_PROPOSED: add_proposal(view, lines, r->group); break;
    case GAP_MEMBER:
        add_line(view, lines, STR("Member of"), r->group,
                 str_join(arena, kind_of(view, r->group), STR("; "),
                          part_count_of(view, r->group->member_count, "member", "members")));
        break;
    case GAP_ASSOCIATE: add_line(view, lines, STR("Associate of"), r->group, kind_of(view, r->group)); break;
    case GAP_DECLINED: add_line(view, lines, STR("Declined"), r->group, on_day(view, r->on, "")); break;
    case GAP_WISHES: add_wishes(view, lines, gap->school); break;
    default: add_line(view, lines, STR("Wishes"), NULL, STR("none recorded")); break;
    }
}

static struct value gap_of(const struct view *view, const struct coverage_gap *gap) {
    const struct school *s = gap->school;
    struct value_map m = part_map(view);
    struct value_list lines = part_list_new(view);
    for (size_t i = 0; i < gap->count && gap->kind != GAP_SILENT; i++) /* whose heading says all */
        add_reason(view, &lines, gap, &gap->reasons[i]);
    map_text(&m, "name", s->name);
    map_text(&m, "href", part_href(view, s->address));
    map_set(&m, "phase", part_choice(view, s->phase));
    map_set(&m, "officer", part_page_link(view, s->link_officer));
    part_list(view, &m, "lines", &lines);
    return map_done(&m);
}

/* ---- sections ---- */

static bool is_split(const struct view *view) {
    return view->plan->coverage->gap_count > PLAN_LIST_MAX;
}

/* Whether the page lists it: all, those of its letter, or of a long list none where letters lead on. */
static bool is_listed(const struct view *view, const struct coverage_gap *gap) {
    int letter = view->output->letter;
    return letter < 0 ? !is_split(view) : plan_letter(view->arena, gap->school->name) == letter;
}

static struct value section(const struct view *view, const struct coverage_gap *gaps, size_t count) {
    struct value_map v = part_map(view);
    struct value_list items = part_list_new(view);
    for (size_t i = 0; i < count; i++)
        if (is_listed(view, &gaps[i]))
            list_add(&items, gap_of(view, &gaps[i]));
    if (view->output->letter >= 0 && !items.count)
        return value_null();
    map_text(&v, "id", str_join(view->arena, STR("why-"), str_from(gap_words[gaps->kind].id)));
    map_text(&v, "heading", str_from(gap_words[gaps->kind].heading));
    map_text(&v, "count", part_count(view, view->output->letter < 0 ? count : items.count));
    part_list(view, &v, "items", &items);
    return map_done(&v);
}

static struct value_list letters(const struct view *view) {
    const struct coverage *c = view->plan->coverage;
    struct str hrefs[PLAN_LETTERS] = {0};
    for (size_t i = 0; is_split(view) && i < c->gap_count; i++) {
        int l = plan_letter(view->arena, c->gaps[i].school->name);
        if (!hrefs[l].len)
            hrefs[l] = part_href(view, plan_uncovered_address(view->arena, l));
    }
    return part_letters(view, hrefs);
}

void view_uncovered_sections(const struct view *view, struct value_map *m) {
    const struct coverage *c = view->plan->coverage;
    struct value_list list = part_list_new(view), az = letters(view);
    for (size_t from = 0, to; from < c->gap_count; from = to) {
        for (to = from; to < c->gap_count && c->gaps[to].kind == c->gaps[from].kind; to++)
            continue;
        struct value v = section(view, &c->gaps[from], to - from);
        if (v.kind != VALUE_NULL)
            list_add(&list, v);
    }
    part_list(view, m, "letters", &az);
    part_list(view, m, "sections", &list);
}

struct value view_uncovered(const struct view *view, struct page_words *words) {
    struct value_map m = part_map(view);
    words->title = str_join(view->arena, STR("Why schools are not covered: "),
                            plan_letter_text(view->arena, view->output->letter));
    words->description = STR("Schools in no partnership that counts, by what stands in the way.");
    words->ld_json = value_null();
    list_add(&words->crumbs, view_coverage_link(view));
    map_text(&m, "heading", words->title);
    map_text(&m, "lead", words->description);
    view_uncovered_sections(view, &m);
    return map_done(&m);
}
