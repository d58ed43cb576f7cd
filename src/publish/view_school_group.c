/* SPDX-License-Identifier: MIT */
/* view_school_group.c: the groups set up for schools: the page of each, the lists of all, and what a school's page says. */
#include "publish/group_list.h"
#include "publish/view_page.h"

/* ---- one group in a few words ---- */

static struct value stage_tag(const struct view *view, const struct school_group *group) {
    static const char *const tones[GROUP_STAGE_COUNT] = {[GROUP_IN_PLACE] = "info",
                                                         [GROUP_ENDORSED] = "info",
                                                         [GROUP_RECOMMENDED] = "open",
                                                         [GROUP_PLANNED] = "open",
                                                         [GROUP_ENDED] = "plain"};
    return part_tag(view, group_stage_label(group->stage), tones[group->stage]);
}

/* "2 checks fail, 1 not known"; nothing where all pass. */
static struct value checks_tag(const struct view *view, const struct group_item *item) {
    struct str unknown = str_join(view->arena, part_count(view, item->unknown), STR(" not known"));
    if (!item->failing && !item->unknown)
        return value_null();
    if (!item->failing)
        return part_tag(view, unknown, "open");
    struct str failing = part_count_of(view, item->failing, "check fails", "checks fail");
    return part_tag(view, item->unknown ? str_join(view->arena, failing, STR(", "), unknown) : failing,
                    "stop");
}

static struct value in_short(const struct view *view, const struct group_item *item) {
    const struct school_group *g = &item->group;
    const struct value *record = g->record.record;
    struct value_map m = part_map(view);
    map_text(&m, "title", g->record.label);
    map_text(&m, "href", part_href(view, g->address));
    map_text(&m, "school", g->record.school->name);
    map_set(&m, "stage", stage_tag(view, g));
    map_set(&m, "since", part_date(view, g->since));
    map_set(&m, "planned_end",
            g->stage == GROUP_ENDED ? value_null() : part_date_at(view, record, "planned_end"));
    map_bool(&m, "overdue", g->overdue);
    map_bool(&m, "unendorsed", g->stage == GROUP_IN_PLACE && !g->endorsed);
    map_text(&m, "reason", part_field(record, "reason"));
    map_set(&m, "next", part_date(view, g->next));
    map_set(&m, "last", part_date(view, g->last));
    map_set(&m, "checks", checks_tag(view, item));
    return map_done(&m);
}

void view_groups_of(const struct view *view, struct value_map *m, const struct school *school) {
    struct value_list list = part_list_new(view);
    const struct group_item *items;
    size_t count = school_is_listed(school) ? group_items_of(view->plan->groups, school, &items) : 0;
    for (size_t i = 0; i < count; i++)
        list_add(&list, in_short(view, &items[i]));
    part_list(view, m, "groups", &list);
}

/* ---- one group ---- */

/* Each step that has a day; of a kind that goes through all of them, those without one too. */
static void steps(const struct view *view, struct value_map *m, const struct school_group *group) {
    static const struct {
        const char *key, *label;
        bool expected; /* of a kind with stages */
    } keys[] = {{"recommended", "Recommended", true},
                {"endorsed", "Endorsed", true},
                {"start", "Began", true},
                {"planned_end", "Planned to end", false},
                {"ended", "Ended", false}};
    struct value_list list = part_list_new(view);
    bool all = value_yes(value_get(group->kind, STR("stages")));
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        date on = value_date(value_at(group->record.record, keys[i].key));
        struct value_map step = part_map(view);
        if (on == DATE_NONE && !(all && keys[i].expected))
            continue;
        map_text(&step, "label", str_from(keys[i].label));
        map_set(&step, "date", part_date(view, on));
        list_add(&list, map_done(&step));
    }
    part_list(view, m, "steps", &list);
}

/* What framework.yaml calls a role, where a fact of that kind of record reads them; else the role in words. */
static struct str role_words(const struct view *view, struct str record, const char *key, struct str role) {
    const struct map *facts = &view->site->vocabulary.facts;
    struct str path = str_join(view->arena, str_from(key), STR(".role"));
    for (size_t i = 0; i < facts->count; i++) {
        const struct fact *fact = facts->items[i].value;
        struct str label =
            str_eq(fact->record, record) && str_eq(fact->from, path) ? fact_label(fact, role) : role;
        if (!str_eq(label, role))
            return label;
    }
    return part_id_words(view, role);
}

void view_seats(const struct view *view, struct value_map *m, const char *key, struct str record,
                const struct value *seats) {
    struct value_list list = part_list_new(view);
    for (uint32_t i = 0; seats && seats->kind == VALUE_LIST && i < seats->count; i++) {
        struct value_map v = part_map(view);
        map_text(&v, "role", role_words(view, record, key, part_field(&seats->items[i], "role")));
        map_text(&v, "name", part_field(&seats->items[i], "name"));
        map_bool(&v, "chair", value_yes(value_at(&seats->items[i], "chair")));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, key, &list);
}

struct value view_place_link(const struct view *view, struct str path) {
    struct target t =
        path.len ? site_target(view->site, view->arena, (struct str){0}, path) : (struct target){0};
    if (t.kind != TARGET_PAGE || !t.page->visible)
        return value_null();
    return part_link(view, t.page->title,
                     t.fragment.len ? str_join(view->arena, t.address, STR("#"), t.fragment) : t.address);
}

static void meetings(const struct view *view, struct value_map *m, const struct school_group *group) {
    struct value_list list = part_list_new(view);
    const struct value *items = value_at(group->record.record, "meetings");
    for (uint32_t i = 0; items && items->kind == VALUE_LIST && i < items->count; i++) {
        const struct value *meeting = &items->items[i];
        struct policy_record record = record_of_meeting(&group->record, i, view->arena);
        struct value_map v = part_map(view);
        map_text(&v, "id", str_join(view->arena, STR("meeting-"), str_whole(view->arena, (long long)i + 1)));
        map_set(&v, "date", part_date_at(view, meeting, "on"));
        map_bool(&v, "next", group->next != DATE_NONE && value_date(value_at(meeting, "on")) == group->next);
        map_set(&v, "agenda", part_date_at(view, meeting, "agenda_sent"));
        map_set(&v, "minutes", part_date_at(view, meeting, "minutes_sent"));
        map_text(&v, "note", part_field(meeting, "note"));
        view_checks(view, &v, view_run(view, &record));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "meetings", &list);
}

static void exits(const struct view *view, struct value_map *m, const struct school_group *group) {
    struct value_list list = part_list_new(view);
    const struct value *map = value_at(group->record.record, "exit");
    const struct vocabulary *vocabulary = &view->site->vocabulary;
    const struct schema *schema = schema_find(&schema_school, STR("groups"))->record;
    struct str record = vocabulary_record(vocabulary, schema, group->record.record);
    for (uint32_t i = 0; map && map->kind == VALUE_MAP && i < map->count; i++) {
        const struct fact *fact = vocabulary_fact_of(vocabulary, record, map->fields[i].key);
        struct value_map v = part_map(view);
        map_text(&v, "label", fact ? fact->label : part_id_words(view, map->fields[i].key));
        map_text(&v, "value", view_given(view, fact, map->fields[i].key, &map->fields[i].value));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "exit", &list);
}

static void crumbs(const struct view *view, struct page_words *words) {
    if (view->plan->worklists)
        list_add(&words->crumbs, part_link(view, STR("Decisions"), STR(WORKLISTS_ADDRESS)));
}

struct value view_school_group(const struct view *view, struct page_words *words) {
    const struct group_item *item = view->output->group;
    const struct school_group *g = &item->group;
    struct value_map m = part_map(view);
    words->title = str_join(view->arena, g->record.label, STR(": "), g->record.school->name);
    words->description = str_join(view->arena, words->title, STR(", with members, meetings and checks."));
    words->ld_json = value_null();
    crumbs(view, words);
    list_add(&words->crumbs, part_link(view, STR("Groups"), STR(GROUPS_ADDRESS)));
    map_text(&m, "title", g->record.label);
    map_set(&m, "school", part_school_link(view, g->record.school));
    map_set(&m, "officer", part_page_link(view, g->record.school->link_officer));
    map_set(&m, "short", in_short(view, item));
    map_set(&m, "terms", view_place_link(view, part_field(g->kind, "terms")));
    steps(view, &m, g);
    view_seats(view, &m, "members", g->record.kind, value_at(g->record.record, "members"));
    meetings(view, &m, g);
    exits(view, &m, g);
    map_set(&m, "decided", view_decided(view, view_run(view, &g->record)));
    return map_done(&m);
}

/* ---- all of them ---- */

/* Those of one kind that stand on this page, by stage, then by school. */
static struct value_list rows(const struct view *view, const struct group_list *list) {
    const struct group_item *items = view->plan->groups->items;
    struct value_list made = part_list_new(view);
    size_t from, to;
    part_shown(view, list->by_letter, list->split, &from, &to);
    for (int stage = 0; stage < GROUP_STAGE_COUNT; stage++)
        for (size_t i = from; i < to; i++)
            if (items[list->items[i]].group.stage == (enum group_stage)stage)
                list_add(&made, in_short(view, &items[list->items[i]]));
    return made;
}

/* "3 in place, 1 recommended, 2 ended" */
static struct str counts(const struct view *view, const struct group_list *list) {
    struct buf out = {.arena = view->arena};
    for (int stage = 0; stage < GROUP_STAGE_COUNT; stage++) {
        size_t n = 0;
        for (size_t i = 0; i < list->count; i++)
            n += view->plan->groups->items[list->items[i]].group.stage == (enum group_stage)stage;
        if (!n)
            continue;
        buf_add(&out, out.len ? STR(", ") : STR(""));
        buf_add(&out, part_count(view, n));
        buf_byte(&out, ' ');
        buf_add(&out, part_lower_first(view, group_stage_label((enum group_stage)stage)));
    }
    return buf_str(&out);
}

static struct value_list letters(const struct view *view, const struct group_list *list) {
    struct str hrefs[PLAN_LETTERS] = {0};
    for (int l = 0; list->split && l < PLAN_LETTERS; l++)
        if (list->by_letter[l] != list->by_letter[l + 1])
            hrefs[l] = part_href(view, group_list_address(view->arena, list, l));
    return part_letters(view, hrefs);
}

static struct value kind_section(const struct view *view, const struct group_list *list) {
    struct value_map m = part_map(view);
    struct value_list found = letters(view, list), items = rows(view, list);
    const struct field *declared = vocabulary_group(&view->site->vocabulary, list->label);
    map_text(&m, "id", str_join(view->arena, STR("kind-"), list->slug));
    map_text(&m, "label", list->label);
    map_text(&m, "counts", counts(view, list));
    map_set(&m, "terms",
            view_place_link(view, declared ? part_field(&declared->value, "terms") : (struct str){0}));
    part_list(view, &m, "letters", &found);
    part_list(view, &m, "items", &items);
    return map_done(&m);
}

struct value view_school_groups(const struct view *view, struct page_words *words) {
    const struct group_lists *all = view->plan->groups;
    const struct group_list *of = view->output->groups;
    struct value_map m = part_map(view);
    struct value_list kinds = part_list_new(view);
    words->title = STR("Groups");
    words->description =
        STR("Groups set up to support and challenge schools, by kind: how far each has come, "
            "when it should end, and what is not as the policy asks.");
    words->ld_json = value_null();
    crumbs(view, words);
    if (of) {
        list_add(&words->crumbs, part_link(view, STR("Groups"), STR(GROUPS_ADDRESS)));
        words->title =
            str_join(view->arena, of->label, STR(": "), plan_letter_text(view->arena, view->output->letter));
    }
    for (size_t i = 0; i < all->list_count; i++)
        if (!of || of == &all->lists[i])
            list_add(&kinds, kind_section(view, &all->lists[i]));
    map_text(&m, "heading", words->title);
    map_text(&m, "lead", words->description);
    map_text(&m, "count_text", part_count_of(view, of ? of->count : all->count, "group", "groups"));
    map_set(&m, "kinds", list_done(&kinds));
    return map_done(&m);
}

struct value_list view_group_lists(const struct view *view) {
    const struct group_lists *all = view->plan->groups;
    struct value_list list = part_list_new(view);
    for (size_t i = 0; all && i < all->list_count; i++) {
        struct value_map m = part_map(view);
        map_text(&m, "title", all->lists[i].label);
        map_text(&m, "href", part_href(view, group_list_address(view->arena, &all->lists[i], -1)));
        map_text(&m, "text", all->lists[i].count ? counts(view, &all->lists[i]) : STR("none"));
        list_add(&list, map_done(&m));
    }
    return list;
}
