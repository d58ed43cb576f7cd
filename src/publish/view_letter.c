/* SPDX-License-Identifier: MIT */
/*
 * view_letter.c: letters to schools about what was decided, and the list of them.
 *
 * The words of a letter stand in the theme, where a portal puts its own in their place. This file gives the facts: what
 * was agreed or is suggested, what follows, the rows that decided, the school's groups and whom to ring. Notes are not
 * among them, since they are officers' to each other.
 */
#include "portal/explain.h"
#include "portal/recorded.h"
#include "publish/agenda.h"
#include "publish/group_list.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"

/* What is due next, of a year that may have dozens: a letter is one sheet. */
#define LETTER_DATES_MAX 5
#define LETTER_GROUPS_MAX 4

/* ---- tags ---- */

void view_overlays(const struct view *view, struct value_map *m, const struct overlays *overlays) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < overlays->count; i++) {
        const struct overlay *o = &overlays->items[i];
        struct str tone = o->output ? lexicon_tone(view->site, o->output, o->answer) : STR("plain");
        struct value_map tag = part_map(view);
        map_text(&tag, "label", o->label);
        map_text(&tag, "tone", str_eq(tone, STR("plain")) ? STR("info") : tone);
        list_add(&list, map_done(&tag));
    }
    part_list(view, m, "overlays", &list);
}

/* ---- what it is about ---- */

static values told_of(const struct output_result *r) {
    values supposed = letter_supposes(r);
    return letter_agrees(r) ? r->recorded : supposed ? supposed : r->candidates;
}

/* `confirms`: whether the letter tells what was agreed; then what the tables settle beside it is no mere suggestion. */
static struct value about_output(const struct view *view, const struct output *o,
                                 const struct output_result *r, bool confirms) {
    struct value_map m = part_map(view);
    const struct value *record = r->record ? r->record->record : NULL;
    bool agreed = letter_agrees(r);
    values told = told_of(r);
    map_text(&m, "label", o->label);
    map_text(&m, "value", part_alone(view, o, told));
    map_text(&m, "tone", values_is_answer(told) ? lexicon_tone(view->site, o, told) : STR("open"));
    map_bool(&m, "agreed", agreed);
    map_bool(&m, "automatic", r->automatic);
    map_bool(&m, "open", !agreed && !letter_supposes(r));
    map_bool(&m, "suggested", !agreed && letter_supposes(r) && !(confirms && values_is_answer(r->stands)));
    map_set(&m, "since", agreed ? part_date(view, r->record->from) : value_null());
    map_text(&m, "by", part_field(record, "by"));
    map_text(&m, "how",
             record ? recorded_how(&view->site->vocabulary, o, record, view->arena) : (struct str){0});
    map_text(&m, "reason", part_field(record, "reason"));
    map_bool(&m, "differs", agreed && r->suggestion && r->suggestion != r->recorded);
    map_text(&m, "suggestion", r->suggestion ? part_answers(view, o, r->suggestion) : (struct str){0});
    return map_done(&m);
}

/* What the tables say of a school, and what they would say if what they suggest were recorded: what was agreed is there
 * already, and both are the same. */
struct runs {
    const struct decided *now, *then;
};

static struct runs run(const struct view *view, const struct school *school) {
    struct runs runs = {view_decide(view, school), NULL};
    const struct named *first = &view->site->letters_about.items[0];
    const struct output_result *r = named_result(runs.now, first);
    struct policy_record record = record_of_school(school);
    runs.then = runs.now;
    if (letter_agrees(r) || !letter_supposes(r))
        return runs;
    struct arena scratch = {0};
    struct decided *then = arena_new(view->arena, struct decided);
    struct decided_change change = decided_no_change(runs.now->subject.kind, view->arena);
    change.supposed = named_output(first);
    change.answer = letter_supposes(r);
    if (decided_run_with(view->site, &record, view->site->as_of, &change, view->arena, &scratch, then))
        runs.then = then;
    arena_release(&scratch);
    return runs;
}

/* The first decision is as it is; the others are what they would be with it. */
static const struct decided *run_of(const struct runs *runs, const struct decision *d,
                                    const struct decision *first) {
    return d == first ? runs->now : runs->then;
}

static void about(const struct view *view, struct value_map *m, const struct runs *runs, bool confirms) {
    struct value_list list = part_list_new(view);
    const struct names *names = &view->site->letters_about;
    struct str *labels = arena_array(view->arena, struct str, names->count);
    for (size_t i = 0; i < names->count; i++) {
        const struct decision *d = names->items[i].decision;
        const struct decided *decided = run_of(runs, d, names->items[0].decision);
        const struct decision_result *r = decision_result_of(decided->subject.kind, decided->results, d);
        labels[i] = names->items[i].output ? names->items[i].output->label : d->label;
        labels[i] = i ? part_lower_first(view, labels[i]) : labels[i];
        for (size_t j = 0; r && !r->hidden && j < d->output_count; j++)
            if (!names->items[i].output || names->items[i].output == &d->outputs[j])
                list_add(&list, about_output(view, &d->outputs[j], &r->outputs[j], confirms));
    }
    map_text(m, "subject", str_listed(view->arena, labels, names->count));
    part_list(view, m, "about", &list);
}

/* ---- the rows that decided ---- */

static const struct page *page_at(const struct view *view, struct str address) {
    const struct pages *pages = &view->site->pages[CONTENT_POLICY];
    for (size_t i = 0; i < pages->count; i++)
        if (str_eq(pages->items[i]->address, address))
            return pages->items[i];
    return NULL;
}

/* The number of the paragraph before a place on its page, "12"; empty where paragraphs are not numbered. Ids stand in
 * the order of the text. */
static struct str paragraph_of(const struct view *view, const struct page *page, struct str id) {
    const struct markdown *body = bodies_of(view->bodies, page);
    struct str number = {0};
    for (size_t i = 0; i < body->id_count && !str_eq(body->ids[i], id); i++)
        if (str_starts(body->ids[i], STR("p-")) && markdown_id_reserved(body->ids[i]))
            number = str_sub(body->ids[i], 2, body->ids[i].len);
    return number;
}

/* "Part 7, paragraph 12, row R3" */
static struct str place_of(const struct view *view, const struct page *page, struct str id, struct str row) {
    struct str part = part_field(&page->front, "part"), paragraph = paragraph_of(view, page, id);
    struct buf out = {.arena = view->arena};
    buf_add(&out, part.len ? str_join(view->arena, STR("part "), part) : page->title);
    if (paragraph.len)
        buf_add(&out, str_join(view->arena, STR(", paragraph "), paragraph));
    buf_add(&out, str_join(view->arena, STR(", row "), row));
    return buf_str(&out);
}

static struct value because_row(const struct view *view, const struct value *row) {
    struct str href = part_told(row, "href"), found = part_told(row, "because");
    size_t sign = str_find(href, '#', 0);
    const struct page *page = page_at(view, str_sub(href, 0, sign));
    struct value_map m = part_map(view);
    map_text(&m, "found", found.len ? found : part_told(row, "label"));
    map_text(&m, "answer", part_told(row, "answer"));
    map_text(&m, "title", page ? page->title : (struct str){0});
    map_text(&m, "place",
             page ? place_of(view, page, str_sub(href, sign + 1, href.len), part_told(row, "label"))
                  : part_told(row, "label"));
    map_text(&m, "href", part_href(view, href));
    return map_done(&m);
}

/* Of a decision of which the letter has an answer to tell; each once, also where several of its outputs are named. */
static bool is_told(const struct names *names, size_t i, const struct decided *decided) {
    const struct output_result *r = named_result(decided, &names->items[i]);
    for (size_t j = 0; j < i; j++)
        if (names->items[j].decision == names->items[i].decision)
            return false;
    return r && (letter_agrees(r) || letter_supposes(r));
}

static bool is_deciding(const struct value *row) {
    return str_eq(part_told(row, "verdict"), STR("decides"));
}

/* Whether the answer that the letter tells is among those that the row gives. */
static bool is_for(const struct named *named, values told, const struct value *explained) {
    const struct decision *d = named->decision;
    size_t output = (size_t)(named_output(named) - d->outputs);
    struct str href = part_told(explained, "href");
    struct str address = str_sub(href, str_find(href, '#', 0) + 1, href.len);
    for (size_t i = 0; i < d->row_count; i++)
        if (str_eq(d->rows[i]->address, address))
            return d->rows[i]->answers[output].set & told;
    return false;
}

/* Rows of a guide speak for several answers: those for the one that is told are why, and what speaks for another would
 * puzzle the school. All of them where none is for it, since it is not what they suggest. */
static void add_because(const struct view *view, struct value_list *list, const struct named *named,
                        values told, const struct value *rows) {
    bool some = false;
    for (uint32_t i = 0; i < rows->count; i++)
        some = some || (is_deciding(&rows->items[i]) && is_for(named, told, &rows->items[i]));
    for (uint32_t i = 0; i < rows->count; i++)
        if (is_deciding(&rows->items[i]) && (!some || is_for(named, told, &rows->items[i])))
            list_add(list, because_row(view, &rows->items[i]));
}

static void because(const struct view *view, struct value_map *m, const struct runs *runs) {
    struct arena scratch = {0};
    struct value_list list = part_list_new(view);
    const struct names *names = &view->site->letters_about;
    for (size_t i = 0; i < names->count; i++) {
        const struct decision *d = names->items[i].decision;
        const struct decided *decided = run_of(runs, d, names->items[0].decision);
        if (!is_told(names, i, decided))
            continue;
        const struct output_result *r = named_result(decided, &names->items[i]);
        struct value tree = explain_record(decided, d->id, view->arena, &scratch);
        const struct value *decisions = value_get(&tree, STR("decisions"));
        const struct value *rows = decisions->count ? value_get(&decisions->items[0], STR("rows")) : NULL;
        if (rows && rows->kind == VALUE_LIST)
            add_because(view, &list, &names->items[i], told_of(r), rows);
    }
    arena_release(&scratch);
    part_list(view, m, "because", &list);
}

/* ---- whom it is from and to ---- */

static struct value texts(const struct view *view, const struct value *list) {
    struct value_list lines = part_list_new(view);
    for (uint32_t i = 0; list && list->kind == VALUE_LIST && i < list->count; i++)
        list_add(&lines, value_text(value_words(&list->items[i])));
    return list_done(&lines);
}

static struct value sender(const struct view *view) {
    const struct value *from = value_at(&view->site->portal, "letters.from");
    struct value_map m = part_map(view);
    map_text(&m, "authority", part_field(&view->site->portal, "authority.name"));
    map_text(&m, "name", part_field(from, "name"));
    map_text(&m, "post", part_field(from, "post"));
    map_set(&m, "address", texts(view, value_at(from, "address")));
    map_set(&m, "telephone", part_telephone(view, part_field(from, "telephone")));
    map_set(&m, "email", part_email(view, part_field(from, "email")));
    return map_done(&m);
}

static struct value addressee(const struct view *view, const struct school *s) {
    static const char *const keys[] = {"address.street", "address.locality", "address.town",
                                       "address.postcode"};
    struct value_map m = part_map(view), head = part_map(view);
    struct value_list lines = part_list_new(view);
    const struct value *heads = value_at(&s->record, "head");
    const struct value *first = heads && heads->kind == VALUE_LIST && heads->count ? &heads->items[0] : NULL;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        if (part_field(&s->record, keys[i]).len)
            list_add(&lines, value_text(part_field(&s->record, keys[i])));
    struct str post = part_field(first, "post");
    map_text(&head, "name", part_field(first, "name"));
    map_text(&head, "post", post.len ? post : STR("Headteacher"));
    map_text(&m, "name", s->name);
    map_text(&m, "short_name", s->short_name);
    map_text(&m, "href", part_href(view, s->address));
    map_text(&m, "urn", part_field(&s->record, "urn"));
    map_set(&m, "head", part_field(first, "name").len ? map_done(&head) : value_null());
    map_set(&m, "address", list_done(&lines));
    return map_done(&m);
}

/* ---- what is to come ---- */

/* What is due of the school and not over, from the tables that `follows` names: an author says what of the authority's year
 * a school is told. What is only possible is left out. */
static bool is_told_next(const struct view *view, const struct year_event *e) {
    return e->certain && e->days.first != DATE_NONE && e->days.last >= view->site->as_of && e->entry->due &&
           names_have(&view->site->letters_follow, e->entry->due);
}

/* What comes next: by the day by which it will be over. */
struct coming {
    struct str what, text;
    date by;
};

struct comings {
    struct coming items[LETTER_DATES_MAX + 2 * LETTER_GROUPS_MAX];
    size_t count;
};

static void add_coming(const struct view *view, struct comings *all, struct str what, date first, date last) {
    bool begun =
        first < view->site->as_of && last > first; /* of a year that is nearly over, its end is news */
    struct str text = begun ? str_join(view->arena, STR("by "), date_long(view->arena, last))
                            : date_span(view->arena, first, last);
    size_t at = all->count++;
    for (; at && all->items[at - 1].by > last; at--)
        all->items[at] = all->items[at - 1];
    all->items[at] = (struct coming){what, text, last};
}

/* Of what is due several times, the next. */
static void add_due(const struct view *view, struct comings *all, const struct school *s) {
    const struct agenda *a = view->plan->agenda;
    for (size_t i = a ? a->school_from[s->index] : 0; a && i < a->school_from[s->index + 1]; i++) {
        const struct year_event *e = &a->year->events[a->of_schools[i]];
        bool again = !is_told_next(view, e) || all->count == LETTER_DATES_MAX;
        for (size_t j = 0; j < all->count; j++)
            again = again || str_eq(all->items[j].what, e->entry->what);
        if (!again)
            add_coming(view, all, e->entry->what, e->days.first, e->days.last);
    }
}

/* Its next meeting, and the end that is planned, where these are still to come. */
static void add_group(const struct view *view, struct comings *all, const struct school_group *g) {
    date end = value_date(value_at(g->record.record, "planned_end"));
    if (g->next != DATE_NONE)
        add_coming(view, all, str_join(view->arena, STR("Next meeting of the "), g->record.label), g->next,
                   g->next);
    if (end != DATE_NONE && end > view->site->as_of)
        add_coming(view, all, str_join(view->arena, STR("Planned end of the "), g->record.label), end, end);
}

/* Groups that have not ended, and days that are still to come. */
static void groups(const struct view *view, struct value_map *m, const struct school *s) {
    struct value_list list = part_list_new(view), dates = part_list_new(view);
    struct comings all = {.count = 0};
    const struct group_item *items;
    size_t count = group_items_of(view->plan->groups, s, &items);
    add_due(view, &all, s);
    for (size_t i = 0; i < count && list.count < LETTER_GROUPS_MAX; i++) {
        const struct school_group *g = &items[i].group;
        if (g->stage == GROUP_ENDED)
            continue;
        struct value_map v = part_map(view);
        map_text(&v, "title", g->record.label);
        map_text(&v, "stage", part_lower_first(view, group_stage_label(g->stage)));
        map_set(&v, "since", part_date(view, g->since));
        list_add(&list, map_done(&v));
        add_group(view, &all, g);
    }
    for (size_t i = 0; i < all.count; i++) {
        struct value_map v = part_map(view), day = part_map(view);
        map_text(&day, "iso", date_iso(view->arena, all.items[i].by));
        map_text(&day, "text", all.items[i].text);
        map_set(&v, "date", map_done(&day));
        map_text(&v, "what", all.items[i].what);
        list_add(&dates, map_done(&v));
    }
    part_list(view, m, "groups", &list);
    part_list(view, m, "dates", &dates);
}

/* ---- the letter ---- */

static struct value kind_tag(const struct view *view, enum letter_kind kind) {
    return kind == LETTER_AGREED ? part_tag(view, STR("Confirms what was agreed"), "ok")
                                 : part_tag(view, STR("For discussion"), "open");
}

struct value view_letter(const struct view *view, struct page_words *words) {
    const struct school *s = view->output->school;
    const struct school_case *c = caseload_case(view->plan->worklists->caseload, s);
    const struct runs runs = run(view, s);
    const struct output_result *r = named_result(runs.now, &view->site->letters_about.items[0]);
    struct value_map m = part_map(view);
    words->title = str_join(view->arena, STR("Letter to "), s->name);
    words->description = str_join(view->arena, words->title, STR(" about what was decided."));
    words->ld_json = value_null();
    list_add(&words->crumbs, part_link(view, STR("Decisions"), STR(WORKLISTS_ADDRESS)));
    list_add(&words->crumbs, part_link(view, STR("Letters"), STR(LETTERS_ADDRESS)));
    struct str how =
        str_slug(view->arena, r->record ? part_field(r->record->record, "how") : (struct str){0});
    map_bool(&m, "agreed", c->letter == LETTER_AGREED);
    map_bool(&m, "without_agreement", str_eq(how, STR("without-agreement")));
    map_bool(&m, "automatic", str_eq(how, STR("automatic")) || r->automatic);
    map_set(&m, "tag", kind_tag(view, c->letter));
    map_set(&m, "sent", r->record ? part_date_at(view, r->record->record, "letter") : value_null());
    map_set(&m, "date", part_date(view, view->site->as_of));
    map_set(&m, "from", sender(view));
    map_set(&m, "to", addressee(view, s));
    about(view, &m, &runs, c->letter == LETTER_AGREED);
    view_overlays(view, &m, &c->overlays);
    map_set(&m, "follows", view_gets(view, s, runs.then, &view->site->letters_follow));
    because(view, &m, &runs);
    groups(view, &m, s);
    map_set(&m, "officer", s->link_officer ? part_officer_contact(view, s->link_officer) : value_null());
    return map_done(&m);
}

struct value view_letter_link(const struct view *view, const struct school *school) {
    const struct school_case *c =
        view->plan->letters ? caseload_case(view->plan->worklists->caseload, school) : NULL;
    if (!c || !c->letter)
        return value_null();
    struct value_map m = part_map(view);
    map_text(&m, "title", STR("Letter to the school"));
    map_text(&m, "href", part_href(view, plan_letter_to(view->arena, school)));
    map_set(&m, "tag", kind_tag(view, c->letter));
    return map_done(&m);
}

/* ---- all letters ---- */

/* Why there is no letter, in words. */
static struct str why_not(const struct view *view, const struct decided *decided) {
    const struct named *named = &view->site->letters_about.items[0];
    const struct output *o = named_output(named);
    const struct output_result *r = decided ? named_result(decided, named) : NULL;
    if (!r)
        return STR("Nothing is decided about it");
    if (r->status == DECISION_NOT_APPLICABLE)
        return str_join(view->arena, o->label, STR(" does not apply to it"));
    if (!(r->candidates & ~VALUES_IMPROPER))
        return STR("Nothing in the tables answers it yet");
    return str_join(view->arena, STR("One of these, and none suggested: "),
                    part_answers(view, o, r->candidates));
}

static struct value letter_item(const struct view *view, const struct school *s,
                                const struct decided *decided) {
    const struct school_case *c = caseload_case(view->plan->worklists->caseload, s);
    const struct named *named = &view->site->letters_about.items[0];
    const struct output_result *r = decided ? named_result(decided, named) : NULL;
    struct value_map m = part_map(view);
    map_text(&m, "name", s->name);
    map_text(&m, "href", part_href(view, c->letter ? plan_letter_to(view->arena, s) : s->address));
    map_set(&m, "tag", c->letter ? kind_tag(view, c->letter) : value_null());
    map_set(&m, "about", c->letter ? about_output(view, named_output(named), r, true) : value_null());
    map_set(&m, "sent",
            c->letter && r->record ? part_date_at(view, r->record->record, "letter") : value_null());
    map_text(&m, "why_not", c->letter ? (struct str){0} : why_not(view, decided));
    return map_done(&m);
}

/* A run is large, and an item keeps nothing of it: the next takes its place. */
static void items(const struct view *view, struct value_map *m) {
    const struct listing *all = &view->plan->all;
    struct value_list with = part_list_new(view), without = part_list_new(view), letters;
    struct arena runs = {0};
    struct view aside = *view;
    struct arena_mark mark = arena_mark(&runs);
    struct str hrefs[PLAN_LETTERS] = {0};
    size_t from, to;
    aside.arena = &runs;
    part_shown(view, all->by_letter, all->split, &from, &to);
    for (size_t i = from; i < to; i++) {
        const struct school *s = all->schools[i];
        const struct school_case *c = caseload_case(view->plan->worklists->caseload, s);
        list_add(c->letter ? &with : &without, letter_item(view, s, view_decide(&aside, s)));
        arena_rewind(&runs, mark);
    }
    arena_release(&runs);
    for (int l = 0; all->split && l < PLAN_LETTERS; l++)
        if (all->by_letter[l] != all->by_letter[l + 1])
            hrefs[l] = part_href(view, plan_letters_address(view->arena, view->plan, l));
    letters = part_letters(view, hrefs);
    part_list(view, m, "letters", &letters);
    part_list(view, m, "items", &with);
    part_list(view, m, "without", &without);
}

/* "23 confirmed, 1 for discussion, 2 without a letter" */
static struct str count_text(const struct view *view) {
    const struct caseload *c = view->plan->worklists->caseload;
    size_t kinds[] = {[LETTER_NONE] = 0, [LETTER_DISCUSSION] = 0, [LETTER_AGREED] = 0};
    for (size_t i = 0; i < c->count; i++)
        kinds[c->cases[i].letter]++;
    return str_join(view->arena, part_count(view, kinds[LETTER_AGREED]), STR(" confirmed, "),
                    part_count(view, kinds[LETTER_DISCUSSION]), STR(" for discussion, "),
                    part_count(view, kinds[LETTER_NONE]), STR(" without a letter"));
}

struct value view_letters(const struct view *view, struct page_words *words) {
    struct value_map m = part_map(view);
    words->title = STR("Letters");
    words->description =
        STR("A letter for each open school of which something is recorded or suggested, ready to "
            "print, and why others have none yet.");
    words->ld_json = value_null();
    list_add(&words->crumbs, part_link(view, STR("Decisions"), STR(WORKLISTS_ADDRESS)));
    if (view->output->letter >= 0) {
        list_add(&words->crumbs, part_link(view, STR("Letters"), STR(LETTERS_ADDRESS)));
        words->title =
            str_join(view->arena, STR("Letters: "), plan_letter_text(view->arena, view->output->letter));
    }
    map_text(&m, "heading", words->title);
    map_text(&m, "lead", words->description);
    map_text(&m, "count_text", count_text(view));
    items(view, &m);
    return map_done(&m);
}

struct value view_letter_lists(const struct view *view) {
    struct value_map m = part_map(view);
    if (!view->plan->letters)
        return value_null();
    map_text(&m, "href", part_href(view, STR(LETTERS_ADDRESS)));
    map_text(&m, "text", count_text(view));
    return map_done(&m);
}
