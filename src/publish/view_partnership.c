/* SPDX-License-Identifier: MIT */
/* view_partnership.c: one partnership: its members, who provides what, its state, and how it stands to the principles. */
#include "portal/partnership.h"
#include "portal/release.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* What the governing body decided; the record of a lower audience no longer has it. */
static struct value governing_body(const struct view *view, const struct membership *of) {
    const struct choice *decision = membership_decision(of->record);
    if (!decision)
        return value_null();
    struct value_map m = part_map(view);
    map_text(&m, "text", str_from(decision->label));
    map_set(&m, "date", part_date_at(view, of->record, "decided"));
    return map_done(&m);
}

static void members(const struct view *view, struct value_map *m, const struct page *p) {
    struct value_list list = part_list_new(view), associates = part_list_new(view);
    bool decided = false, since = false;
    for (size_t i = 0; i < p->members.count; i++) {
        const struct membership *of = p->members.items[i];
        struct value_map v = part_map(view);
        map_text(&v, "name", of->school->name);
        map_text(&v, "href", part_href(view, of->school->address));
        map_set(&v, "phase", part_choice(view, of->school->phase));
        map_set(&v, "since", part_date(view, of->from));
        since = since || of->from != DATE_NONE;
        if (of->part == PART_ASSOCIATE) {
            list_add(&associates, map_done(&v));
            continue;
        }
        size_t pupils = school_pupils(of->school, view->site->as_of);
        map_set(&v, "role", part_choice(view, &member_role_choices[of->part]));
        map_bool(&v, "is_lead", of->part == PART_LEAD);
        map_text(&v, "pupils", pupils ? part_count(view, pupils) : (struct str){0});
        struct value body = governing_body(view, of);
        decided = decided || body.kind != VALUE_NULL;
        map_set(&v, "governing_body", body);
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "members", &list);
    map_bool(m, "shows_since", since);
    map_bool(m, "shows_governing_body", decided);
    part_list(view, m, "associates", &associates);
}

/* Each cluster that has a member of the partnership, once. */
static void clusters(const struct view *view, struct value_map *m, const struct page *p) {
    struct value_list list = part_list_new(view);
    const struct pages *pages = &view->site->pages[CONTENT_CLUSTER];
    for (size_t c = 0; c < pages->count; c++)
        for (size_t i = 0; i < p->members.count; i++)
            if (p->members.items[i]->school->cluster == pages->items[c]) {
                list_add(&list, part_page_link(view, pages->items[c]));
                break;
            }
    part_list(view, m, "clusters", &list);
}

static struct value with_tone(const struct view *view, struct value choice, const char *tone) {
    struct value_map m = part_map(view);
    map_text(&m, "id", value_words(value_at(&choice, "id")));
    map_text(&m, "label", value_words(value_at(&choice, "label")));
    map_text(&m, "tone", str_from(tone));
    return map_done(&m);
}

static struct value kind_with_href(const struct view *view, const struct page *p) {
    struct value choice = part_choice_of(view, &p->front, "kind", schema_content[CONTENT_PARTNERSHIP]);
    struct value_map m = part_map(view);
    map_text(&m, "id", value_words(value_at(&choice, "id")));
    map_text(&m, "label", value_words(value_at(&choice, "label")));
    map_text(&m, "href", part_kind_href(view, value_words(value_at(&choice, "id"))));
    return map_done(&m);
}

/* ---- the principles ---- */

static const struct tag_word verdicts[] = {[CHECK_PASSES] = {"", "Met", "ok"},
                                           [CHECK_FAILS] = {"", "Not met", "warn"},
                                           [CHECK_UNCERTAIN] = {"", "Not known", "open"}};

static void add_released(const struct view *view, struct value_list *list, const struct release *x,
                         const struct page *p) {
    for (size_t i = 0; i < x->verdict_count; i++) {
        const struct release_verdict *v = &x->verdicts[i];
        struct value_map m = part_map(view);
        if (v->page != p)
            continue;
        map_text(&m, "label", x->decision->label);
        map_text(&m, "href",
                 part_href(view, str_join(view->arena, STR(RELEASED_ADDRESS "#"),
                                          lexicon_id_release(view->arena, x))));
        map_set(&m, "tag",
                v->concerned ? part_tag(view, str_from(verdicts[v->verdict].label), verdicts[v->verdict].tone)
                             : part_tag(view, STR("Does not apply"), "plain"));
        list_add(list, map_done(&m));
    }
}

/* Officers have the checks themselves; others what is released of them, which has neither numbers nor names. */
static void principles(const struct view *view, struct value_map *m, const struct page *p) {
    const struct releases *all = view->site->releases;
    struct policy_record record = record_of_page(p);
    bool officers = view->site->audience == AUDIENCE_OFFICERS;
    struct value_list list = part_list_new(view);
    for (size_t i = 0; all && !officers && i < all->count; i++)
        if (all->items[i].form == RELEASE_MET && release_told(&all->items[i], view->site->audience))
            add_released(view, &list, &all->items[i], p);
    part_list(view, m, "released", &list);
    view_group_checks(view, m, officers ? view_run(view, &record) : NULL);
    map_set(m, "as_of", part_date(view, view->site->as_of));
}

struct value view_partnership(const struct view *view, struct page_words *words) {
    const struct page *p = view->output->page;
    const struct schema *schema = schema_content[CONTENT_PARTNERSHIP];
    date formed = value_date(value_at(&p->front, "formed")), ended = value_date(value_at(&p->front, "ended"));
    words->title = p->title;
    words->description = p->summary;
    words->ld_json = value_null();
    list_add(&words->crumbs, part_section_link(view, CONTENT_PARTNERSHIP));
    struct str facts[] = {
        p->associate_count
            ? str_join(view->arena, part_count_of(view, p->member_count, "member", "members"), STR(", "),
                       part_count_of(view, p->associate_count, "associate", "associates"))
        : p->member_count ? part_count_of(view, p->member_count, "member", "members")
                          : (struct str){0},
        part_group_pupils(view, p),
        formed == DATE_NONE  ? (struct str){0}
        : ended == DATE_NONE ? str_join(view->arena, STR("Since "), date_month(view->arena, formed))
                             : str_join(view->arena, date_month(view->arena, formed), STR(" to "),
                                        date_month(view->arena, ended)),
    };
    struct value_map m = part_map(view);
    map_text(&m, "title", p->title);
    map_text(&m, "lead", p->summary);
    map_text(&m, "number", part_number(view, p));
    map_text(&m, "colour", part_colour(view, p));
    map_set(&m, "kind", kind_with_href(view, p));
    map_set(&m, "state",
            with_tone(view, part_choice_of(view, &p->front, "state", schema), part_state_tone(p)));
    map_set(&m, "facts", part_group_facts(view, facts, 3));
    map_set(&m, "ended", part_date_at(view, &p->front, "ended"));
    members(view, &m, p);
    part_members(view, &m, p);
    map_set(&m, "consent", view_consent(view, p));
    map_set(&m, "provides", view_provides(view, p));
    principles(view, &m, p);
    map_set(&m, "body",
            part_page_link(view, site_page(view->site, CONTENT_BODY, part_field(&p->front, "body"))));
    clusters(view, &m, p);
    part_group_map(view, &m, p);
    part_group_keys(view, &m, p);
    return map_done(&m);
}
