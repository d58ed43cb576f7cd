/* SPDX-License-Identifier: MIT */
/* view_decisions.c: the officers' pages about all schools: caseloads, findings, and the page that leads to them. */
#include "publish/group_list.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"
#include "publish/worklist.h"

/* Facts that a page of data gaps names at its top. */
#define MISSING_MAX 12

static const struct caseload *caseload_of(const struct view *view) {
    return view->plan->worklists->caseload;
}

/* ---- the lists ---- */

static const struct {
    const char *lead, *one, *many;
} kinds[FINDING_COUNT] = {
    [FINDING_GAP] = {"Decisions that are not settled because something is not recorded. What most decisions "
                     "wait for comes first.",
                     "school", "schools"},
    [FINDING_SUGGESTED] =
        {"The policy suggests an answer, and nobody has recorded one. These schools are kept "
         "out of the totals of what is agreed.",
         "decision", "decisions"},
    [FINDING_DIFFERS] =
        {"What was recorded stands. Where it is not what the policy suggests, the reason should "
         "be recorded beside it.",
         "decision", "decisions"},
    [FINDING_AUTOMATIC] =
        {"A rule of the policy has raised what stands above what was recorded. Until somebody "
         "records it, it starts no minimum stay.",
         "decision", "decisions"},
    [FINDING_CHECK] =
        {"What the policy asks for of schools, groups, meetings and records, where it is not met "
         "or where too little is recorded to tell.",
         "check", "checks"},
};

static struct str count_text(const struct view *view, const struct worklist *list, size_t count) {
    return list->of_cases ? part_count_of(view, count, "school", "schools")
                          : part_count_of(view, count, kinds[list->finding].one, kinds[list->finding].many);
}

static struct value list_link(const struct view *view, const struct worklist *list) {
    struct value_map m = part_map(view);
    struct str address = worklist_address(view->arena, list, -1);
    map_text(&m, "title", worklist_title(view->arena, view->site, list));
    map_text(&m, "href", part_href(view, address));
    map_text(&m, "current", view->output->worklist == list ? STR("page") : (struct str){0});
    map_text(&m, "count", part_count(view, list->count));
    map_text(&m, "count_text", count_text(view, list, list->count));
    map_text(&m, "text", list->of_cases ? (struct str){0} : str_from(kinds[list->finding].lead));
    return map_done(&m);
}

static struct value list_links(const struct view *view, bool of_cases) {
    struct value_list list = part_list_new(view);
    const struct worklists *lists = view->plan->worklists;
    for (size_t i = 0; i < lists->count; i++)
        if (lists->items[i].of_cases == of_cases)
            list_add(&list, list_link(view, &lists->items[i]));
    return list_done(&list);
}

static struct value_list letters(const struct view *view, const struct worklist *list) {
    struct str hrefs[PLAN_LETTERS] = {0};
    for (int l = 0; list->split && l < PLAN_LETTERS; l++)
        if (list->by_letter[l] != list->by_letter[l + 1])
            hrefs[l] = part_href(view, worklist_address(view->arena, list, l));
    return part_letters(view, hrefs);
}

/* The items of the page, each made by `make`. */
typedef struct value list_item(const struct view *view, size_t item);

static void items(const struct view *view, struct value_map *m, const struct worklist *list,
                  list_item *make) {
    struct value_list made = part_list_new(view);
    size_t from, to;
    part_shown(view, list->by_letter, list->split, &from, &to);
    for (size_t i = from; i < to; i++)
        list_add(&made, make(view, list->items[i]));
    part_list(view, m, "items", &made);
}

static void list_words(const struct view *view, struct value_map *m, struct page_words *words) {
    const struct worklist *list = view->output->worklist;
    int letter = view->output->letter;
    size_t count = letter >= 0 ? list->by_letter[letter + 1] - list->by_letter[letter] : list->count;
    struct str title = worklist_title(view->arena, view->site, list);
    list_add(&words->crumbs, part_link(view, STR("Decisions"), STR(WORKLISTS_ADDRESS)));
    if (letter >= 0) {
        list_add(&words->crumbs, part_link(view, title, worklist_address(view->arena, list, -1)));
        title = str_join(view->arena, title, STR(": "), plan_letter_text(view->arena, letter));
    }
    words->title = title;
    words->ld_json = value_null();
    map_text(m, "heading", title);
    map_text(m, "count_text", count_text(view, list, count));
    struct value_list found = letters(view, list);
    part_list(view, m, "letters", &found);
    map_set(m, "lists", list_links(view, false));
}

/* ---- one school of a caseload ---- */

static struct str standing_text(const struct view *view, const struct output *o,
                                const struct school_case *c) {
    if (c->automatic)
        return STR("automatic, not yet recorded");
    if (c->recorded && c->since != DATE_NONE)
        return str_join(view->arena, STR("recorded, since "), date_long(view->arena, c->since));
    if (c->recorded)
        return STR("recorded");
    if (values_is_answer(c->stands))
        return STR("settled by the tables");
    if (c->suggestion)
        return str_join(view->arena, STR("suggested: "), part_answers(view, o, c->suggestion));
    if ((c->candidates & ~VALUES_IMPROPER) && o->type != OUTPUT_YES_NO) /* yes or no it is anyway */
        return str_join(view->arena, STR("one of: "), part_answers(view, o, c->candidates));
    return (struct str){0};
}

static struct value standing_of(const struct view *view, const struct school_case *c) {
    const struct output *o = caseload_of(view)->main;
    struct value_map m = part_map(view);
    bool stands = o && values_is_answer(c->stands);
    bool differs = o && c->recorded && c->suggestion && c->recorded != c->suggestion;
    if (!o)
        return value_null();
    map_text(&m, "label",
             stands                               ? part_alone(view, o, c->stands)
             : c->stands == VALUES_NOT_APPLICABLE ? STR("Not applicable")
             : c->suggestion                      ? STR("Not agreed")
                                                  : STR("Not determined"));
    map_text(&m, "tone", stands ? lexicon_tone(view->site, o, c->stands) : STR("open"));
    map_text(&m, "text", standing_text(view, o, c));
    map_text(&m, "suggestion", differs ? part_answers(view, o, c->suggestion) : (struct str){0});
    return map_done(&m);
}

struct value view_standing(const struct view *view, const struct school *school) {
    const struct school_case *c = view->plan->worklists ? caseload_case(caseload_of(view), school) : NULL;
    const struct output *o = c ? caseload_of(view)->main : NULL;
    struct value_map m = part_map(view);
    if (!o)
        return value_null();
    map_text(&m, "title", output_title(o));
    map_set(&m, "of", standing_of(view, c));
    return map_done(&m);
}

/* Groups that have not ended, each with the first of its days that is not past. */
static struct value case_groups(const struct view *view, const struct school *s) {
    struct value_list list = part_list_new(view);
    const struct group_item *items;
    size_t count = group_items_of(view->plan->groups, s, &items);
    for (size_t i = 0; i < count; i++) {
        const struct school_group *g = &items[i].group;
        date end = value_date(value_at(g->record.record, "planned_end"));
        bool meets = g->next != DATE_NONE && (end == DATE_NONE || g->next < end || end < view->site->as_of);
        date next = meets ? g->next : end != DATE_NONE && end >= view->site->as_of ? end : DATE_NONE;
        if (g->stage == GROUP_ENDED)
            continue;
        struct value_map m = part_map(view);
        map_text(&m, "title", g->record.label);
        map_text(&m, "href", part_href(view, g->address));
        map_text(&m, "what",
                 next == DATE_NONE ? (struct str){0}
                 : meets           ? STR("next meeting")
                                   : STR("planned to end"));
        map_set(&m, "date", part_date(view, next));
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* What there is to look at, each with its number and the page that lists it. */
static struct value case_findings(const struct view *view, const struct school_case *c) {
    static const struct {
        const char *one, *many;
    } names[FINDING_COUNT] = {
        [FINDING_GAP] = {"Data gaps", NULL},
        [FINDING_SUGGESTED] = {"suggestion not agreed", "suggestions not agreed"},
        [FINDING_DIFFERS] = {"differs from the suggestion", "differ from the suggestion"},
        [FINDING_AUTOMATIC] = {"automatic change", "automatic changes"},
        [FINDING_CHECK] = {"check", "checks"},
    };
    struct value_list list = part_list_new(view);
    for (int k = 0; k < FINDING_COUNT; k++) {
        if (!c->findings[k])
            continue;
        const struct worklist *of = worklist_of_findings(view->plan->worklists, (enum finding_kind)k);
        int letter = plan_letter(view->arena, c->school->name);
        struct str text = names[k].many ? part_count_of(view, c->findings[k], names[k].one, names[k].many)
                                        : str_from(names[k].one);
        list_add(&list, part_link(view, text, worklist_address(view->arena, of, letter)));
    }
    return list_done(&list);
}

static struct value case_item(const struct view *view, size_t item) {
    const struct school_case *c = &caseload_of(view)->cases[item];
    struct value_map m = part_map(view);
    map_text(&m, "name", c->school->name);
    map_text(&m, "href", part_href(view, c->school->address));
    map_set(&m, "phase", part_choice(view, c->school->phase));
    map_set(&m, "standing", standing_of(view, c));
    view_overlays(view, &m, &c->overlays);
    struct value of_groups = case_groups(view, c->school), findings = case_findings(view, c);
    map_bool(&m, "has_groups", of_groups.count);
    map_bool(&m, "has_findings", findings.count);
    map_set(&m, "groups", of_groups);
    map_set(&m, "findings", findings);
    return map_done(&m);
}

struct value view_caseload(const struct view *view, struct page_words *words) {
    const struct worklist *list = view->output->worklist;
    const struct output *o = caseload_of(view)->main;
    struct value_map m = part_map(view);
    list_words(view, &m, words);
    words->description =
        str_join(view->arena, words->title, STR(": what stands, what is suggested, groups and dates."));
    map_set(&m, "officer", part_page_link(view, list->officer));
    map_text(&m, "decision", o ? output_title(o) : STR("Standing"));
    map_set(&m, "officers", list_links(view, true));
    items(view, &m, list, case_item);
    return map_done(&m);
}

/* ---- findings ---- */

static struct value finding_line(const struct view *view, const struct finding_line *line) {
    struct value_map m = part_map(view);
    bool decided = line->variable && line->variable->output;
    map_text(&m, "term", decided ? str_join(view->arena, line->term, STR(" (to be decided)")) : line->term);
    map_text(&m, "text",
             line->settles ? str_join(view->arena, STR("Would help to settle: "), line->text) : line->text);
    map_text(&m, "href", line->address.len ? part_href(view, line->address) : (struct str){0});
    return map_done(&m);
}

static struct value finding_tag(const struct view *view, const struct finding *f) {
    if (!f->state.len)
        return value_null();
    return part_tag(view, f->state,
                    str_eq(f->state, STR("Fails"))    ? "stop"
                    : str_eq(f->state, STR("Advice")) ? "warn"
                                                      : "open");
}

/* Where what was found is to be seen: a group's page, a page of its own, or the school's. */
static struct str finding_href(const struct view *view, const struct finding *f) {
    const struct group_item *group = f->group ? group_item_of(view->plan->groups, f->school, f->group) : NULL;
    if (group) {
        const struct value *meetings = f->meeting ? value_at(f->group, "meetings") : NULL;
        struct str place = meetings ? str_join(view->arena, STR("#meeting-"),
                                               str_whole(view->arena, f->meeting - meetings->items + 1))
                                    : STR("#decided");
        return str_join(view->arena, part_href(view, group->group.address), place);
    }
    struct str address = f->school ? f->school->address : f->page ? f->page->address : (struct str){0};
    struct str fragment = f->school && !f->record.len ? STR("#decided") : (struct str){0};
    return address.len ? str_join(view->arena, part_href(view, address), fragment) : address;
}

/* "Targeted improvement board, meeting of 9 March 2026" */
static struct str finding_record(const struct view *view, const struct finding *f) {
    const struct group_item *group =
        f->meeting ? group_item_of(view->plan->groups, f->school, f->group) : NULL;
    if (!f->school)
        return (struct str){0};
    return group ? str_join(view->arena, group->group.record.label, STR(", meeting of "), f->record)
                 : f->record;
}

static struct value finding_item(const struct view *view, size_t item) {
    const struct finding *f = &caseload_of(view)->findings[view->output->worklist->finding].items[item];
    struct value_map m = part_map(view);
    struct value_list lines = part_list_new(view);
    for (size_t i = 0; i < f->count; i++)
        list_add(&lines, finding_line(view, &f->lines[i]));
    map_text(&m, "name", f->school ? f->school->name : f->record);
    map_text(&m, "href", finding_href(view, f));
    map_text(&m, "record", finding_record(view, f));
    map_set(&m, "officer", f->school ? part_page_link(view, f->school->link_officer) : value_null());
    map_set(&m, "decision",
            f->decision
                ? part_link(view, f->title, lexicon_table_address(view->arena, f->decision->tables[0]))
                : value_null());
    map_set(&m, "tag", finding_tag(view, f));
    map_set(&m, "lines", list_done(&lines));
    return map_done(&m);
}

static void missing(const struct view *view, struct value_map *m) {
    struct value_list list = part_list_new(view);
    const struct caseload *c = caseload_of(view);
    bool here = view->output->worklist->finding == FINDING_GAP && view->output->letter < 0;
    for (size_t i = 0; here && i < c->missing_count && i < MISSING_MAX; i++) {
        struct value_map v = part_map(view);
        map_text(&v, "label", c->missing[i].variable->label);
        map_bool(&v, "decided", c->missing[i].variable->output != NULL);
        map_text(&v, "schools", part_count(view, c->missing[i].schools));
        map_text(&v, "decisions", part_count(view, c->missing[i].decisions));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "missing", &list);
}

struct value view_findings(const struct view *view, struct page_words *words) {
    const struct worklist *list = view->output->worklist;
    struct value_map m = part_map(view);
    list_words(view, &m, words);
    words->description = str_from(kinds[list->finding].lead);
    map_text(&m, "lead", words->description);
    missing(view, &m);
    items(view, &m, list, finding_item);
    return map_done(&m);
}

/* ---- the page that leads to them ---- */

/* What the home page says of them, too. */
struct value view_decision_lists(const struct view *view) {
    struct value_map m = part_map(view);
    if (!view->plan->worklists)
        return value_null();
    map_text(&m, "href", part_href(view, STR(WORKLISTS_ADDRESS)));
    map_set(&m, "lists", list_links(view, false));
    map_set(&m, "officers", list_links(view, true));
    return map_done(&m);
}

struct value view_decisions(const struct view *view, struct page_words *words) {
    const struct caseload *c = caseload_of(view);
    const struct output *o = c->main;
    struct value_map m = part_map(view);
    words->title = STR("Decisions");
    words->description =
        STR("What the policy decides about schools, what stands, and what there is to look at.");
    words->ld_json = value_null();
    map_text(&m, "lead", words->description);
    map_text(&m, "count_text", part_count_of(view, c->count, "open school", "open schools"));
    map_set(
        &m, "main",
        o ? part_link(view, o->decision->label, lexicon_table_address(view->arena, o->decision->tables[0]))
          : value_null());
    map_set(&m, "lists", list_links(view, false));
    map_set(&m, "officers", list_links(view, true));
    map_set(&m, "letters", view_letter_lists(view));
    struct value_list groups = view_group_lists(view);
    part_list(view, &m, "groups", &groups);
    map_set(&m, "totals",
            worklists_total(view->plan->worklists) ? part_link(view, STR("Totals"), STR(TOTALS_ADDRESS))
                                                   : value_null());
    map_set(&m, "year", view_year_link(view));
    map_set(&m, "leaders", view_leaders_link(view));
    map_set(&m, "proposals", view_proposals_link(view));
    return map_done(&m);
}
