/* SPDX-License-Identifier: MIT */
/* part.c: dates, links, contacts and lists in the shapes that templates know. */
#include "publish/part.h"

#include <stdlib.h>

#include "publish/lexicon.h"
#include "text/json.h"

/* ---- small shapes ---- */

struct value_map part_map(const struct view *view) {
    return (struct value_map){.arena = view->arena};
}

struct value_list part_list_new(const struct view *view) {
    return (struct value_list){.arena = view->arena};
}

static struct value dated(const struct view *view, struct str iso, struct str text) {
    struct value_map m = part_map(view);
    map_text(&m, "iso", iso);
    map_text(&m, "text", text);
    return map_done(&m);
}

struct value part_date(const struct view *view, date d) {
    return d == DATE_NONE ? value_null() : dated(view, date_iso(view->arena, d), date_long(view->arena, d));
}

struct value part_date_at(const struct view *view, const struct value *map, const char *path) {
    return part_date(view, value_date(value_at(map, path)));
}

struct value part_month(const struct view *view, struct str iso) {
    return iso.len ? dated(view, iso, words_for_month(view->arena, iso)) : value_null();
}

struct value part_choice(const struct view *view, const struct choice *choice) {
    if (!choice)
        return value_null();
    struct value_map m = part_map(view);
    map_text(&m, "id", str_from(choice->id));
    map_text(&m, "label", str_from(choice->label));
    return map_done(&m);
}

struct value part_choice_of(const struct view *view, const struct value *map, const char *path,
                            const struct schema *schema) {
    const struct schema_field *field = schema_find(schema, str_from(path));
    struct str id = part_field(map, path);
    return id.len && field ? part_choice(view, choice_find(field->choices, id)) : value_null();
}

struct value part_tag(const struct view *view, struct str label, const char *tone) {
    struct value_map m = part_map(view);
    map_text(&m, "label", label);
    map_text(&m, "tone", str_from(tone));
    return map_done(&m);
}

struct value part_tag_of(const struct view *view, const struct tag_word *words, struct str id) {
    while (words->id && !str_eq(id, str_from(words->id)))
        words++;
    return part_tag(view, words->id ? str_from(words->label) : id, words->id ? words->tone : "plain");
}

struct value part_link(const struct view *view, struct str title, struct str address) {
    struct value_map m = part_map(view);
    map_text(&m, "title", title);
    map_text(&m, "href", part_href(view, address));
    return map_done(&m);
}

struct value part_page_link(const struct view *view, const struct page *page) {
    return page ? part_link(view, page->title, page->address) : value_null();
}

static struct str section_address(const struct view *view, enum content_kind kind) {
    return str_join(view->arena, content_folder(kind), STR("/index.html"));
}

/* One part of a portal, one name: what the menu calls it is what readers have just pressed. */
struct str part_section(const struct view *view, enum content_kind kind) {
    static const char *const names[CONTENT_COUNT] = {
        [CONTENT_POLICY] = "Policy",
        [CONTENT_CLUSTER] = "Clusters",
        [CONTENT_PARTNERSHIP] = "Partnerships",
        [CONTENT_OFFER] = "Support",
        [CONTENT_ROLE] = "Roles",
        [CONTENT_PERSON] = "People and roles",
        [CONTENT_BODY] = "Bodies and networks",
    };
    struct str address = section_address(view, kind);
    for (size_t i = 0; i < view->plan->menu_count; i++)
        if (str_eq(view->plan->menu[i].address, address))
            return view->plan->menu[i].title;
    return str_from(names[kind]);
}

struct value part_section_link(const struct view *view, enum content_kind kind) {
    return part_link(view, part_section(view, kind), section_address(view, kind));
}

bool part_has(const struct view *view, enum content_kind kind) {
    return view->site->pages[kind].count > 0;
}

struct value part_definitions(const struct view *view) {
    return lexicon_used(view->site) ? part_link(view, STR("Words this policy uses"), STR(LEXICON_ADDRESS))
                                    : value_null();
}

struct value_list part_letters(const struct view *view, const struct str hrefs[PLAN_LETTERS]) {
    struct value_list list = part_list_new(view);
    bool any = false;
    for (int l = 0; l < PLAN_LETTERS; l++)
        any = any || hrefs[l].len;
    for (int l = 0; any && l < PLAN_LETTERS; l++) {
        struct value_map m = part_map(view);
        if (l == PLAN_LETTERS - 1 && !hrefs[l].len)
            continue;
        map_text(&m, "letter", plan_letter_text(view->arena, l));
        map_text(&m, "href", hrefs[l]);
        map_text(&m, "current", view->output->letter == l ? STR("page") : (struct str){0});
        list_add(&list, map_done(&m));
    }
    return list;
}

void part_shown(const struct view *view, const size_t by_letter[PLAN_LETTERS + 1], bool split, size_t *from,
                size_t *to) {
    int letter = view->output->letter;
    *from = letter >= 0 ? by_letter[letter] : 0;
    *to = letter >= 0 ? by_letter[letter + 1] : split ? 0 : by_letter[PLAN_LETTERS];
}

struct value part_school_link(const struct view *view, const struct school *school) {
    return school ? part_link(view, school->name, school->address) : value_null();
}

struct value part_row(const struct view *view, struct str term, struct str text) {
    struct value_map m = part_map(view);
    map_text(&m, "term", term);
    map_text(&m, "text", text);
    return map_done(&m);
}

/* ---- how to reach somebody ---- */

/* 020 7946 0102 is tel:+442079460102. */
struct value part_telephone(const struct view *view, struct str number) {
    if (!number.len)
        return value_null();
    struct buf href = {.arena = view->arena};
    buf_lit(&href, "tel:");
    size_t from = str_starts(number, STR("0")) ? 1 : 0;
    if (from)
        buf_lit(&href, "+44");
    for (size_t i = from; i < number.len; i++)
        if (number.at[i] != ' ')
            buf_byte(&href, number.at[i]);
    struct value_map m = part_map(view);
    map_text(&m, "text", number);
    map_text(&m, "href", buf_str(&href));
    return map_done(&m);
}

struct value part_email(const struct view *view, struct str address) {
    if (!address.len)
        return value_null();
    size_t at = str_find(address, '@', 0);
    struct value_map m = part_map(view);
    map_text(&m, "text", address);
    map_text(&m, "href", str_join(view->arena, STR("mailto:"), address));
    map_text(&m, "user", str_sub(address, 0, at));
    map_text(&m, "host", str_sub(address, at + 1, address.len));
    return map_done(&m);
}

struct value part_website(const struct view *view, struct str address) {
    if (!address.len)
        return value_null();
    struct str text = str_sub(address, str_starts(address, STR("https://")) ? 8 : 7, address.len);
    if (str_find(text, '/', 0) + 1 == text.len) /* a bare host reads better without its slash */
        text = str_sub(text, 0, text.len - 1);
    struct value_map m = part_map(view);
    map_text(&m, "text", text);
    map_text(&m, "href", address);
    return map_done(&m);
}

static struct value contact(const struct view *view, struct str heading, struct str name, struct str href,
                            struct str post, struct str telephone, struct str email) {
    struct value_map m = part_map(view);
    map_text(&m, "heading", heading);
    map_text(&m, "name", name);
    map_text(&m, "href", href);
    map_text(&m, "post", post);
    map_set(&m, "telephone", part_telephone(view, telephone));
    map_set(&m, "email", part_email(view, email));
    return map_done(&m);
}

/* A contact of a record. Its post heads it where there is one, since that is what a reader looks for. */
struct value part_contact(const struct view *view, struct str heading, const struct value *c) {
    struct str post = part_field(c, "post");
    bool heads = post.len && !heading.len;
    return contact(view,
                   heads         ? post
                   : heading.len ? heading
                                 : STR("Contact"),
                   part_field(c, "name"), (struct str){0}, heads ? (struct str){0} : post,
                   part_field(c, "telephone"), part_field(c, "email"));
}

struct value part_officer_contact(const struct view *view, const struct page *person) {
    return contact(view, site_officer(view->site), person->title, part_href(view, person->address),
                   (struct str){0}, part_field(&person->front, "telephone"),
                   part_field(&person->front, "email"));
}

/* ---- lists ---- */

void part_list(const struct view *view, struct value_map *map, const char *key, struct value_list *list) {
    bool any = list->count > 0;
    map_set(map, key, list_done(list));
    map_bool(map, str_z(view->arena, str_join(view->arena, STR("has_"), str_from(key))), any);
}

struct value part_event(const struct view *view, const struct value *event, struct str address) {
    struct value_map m = part_map(view);
    map_set(&m, "date", part_date_at(view, event, "on"));
    map_text(&m, "time", part_field(event, "time"));
    map_text(&m, "what", part_field(event, "what"));
    map_text(&m, "where", part_field(event, "where"));
    map_text(&m, "href", address.len ? part_href(view, address) : (struct str){0});
    return map_done(&m);
}

/* A number of one or two digits at *at, which is moved behind it; -1 where there is none. */
static int clock_digits(struct str s, size_t *at) {
    int n = -1;
    for (size_t end = *at + 2; *at < s.len && *at < end && s.at[*at] >= '0' && s.at[*at] <= '9'; ++*at)
        n = (n < 0 ? 0 : n * 10) + (s.at[*at] - '0');
    return n;
}

/* Times are text, since people write "4pm for 4:30pm"; only their order is wanted of them. */
int part_minute(struct str time) {
    if (str_has(time, STR("midnight")))
        return 0;
    if (str_starts(time, STR("noon")) || str_starts(time, STR("midday")))
        return 12 * 60;
    size_t at = 0;
    while (at < time.len && (time.at[at] < '0' || time.at[at] > '9'))
        at++;
    int hour = clock_digits(time, &at), minutes = 0;
    if (hour < 0)
        return -1;
    if (at < time.len && (time.at[at] == ':' || time.at[at] == '.')) {
        at++;
        int m = clock_digits(time, &at);
        minutes = m < 0 ? 0 : m;
    }
    struct str rest = str_trim(str_sub(time, at, time.len));
    if (str_starts(rest, STR("pm")) && hour < 12)
        hour += 12;
    else if (str_starts(rest, STR("am")) && hour == 12)
        hour = 0;
    return hour * 60 + minutes;
}

static int sooner(const void *x, const void *y) {
    const struct value *a = *(const struct value *const *)x, *b = *(const struct value *const *)y;
    date on = value_date(value_at(a, "on")), other = value_date(value_at(b, "on"));
    if (on != other)
        return on < other ? -1 : 1;
    int difference = part_minute(part_field(a, "time")) - part_minute(part_field(b, "time"));
    return difference ? difference : (a > b) - (a < b);
}

/* Events from the as-of day on; what is over is not news. */
void part_events(const struct view *view, struct value_map *map, const struct page *page) {
    struct value_list events = part_list_new(view);
    const struct value *list = value_at(&page->front, "events");
    size_t count = 0;
    const struct value **coming = arena_array(view->arena, const struct value *, list ? list->count : 0);
    for (uint32_t i = 0; list && i < list->count; i++)
        if (value_date(value_at(&list->items[i], "on")) >= view->site->as_of)
            coming[count++] = &list->items[i];
    if (count)
        qsort(coming, count, sizeof(*coming), sooner);
    for (size_t i = 0; i < count; i++)
        list_add(&events, part_event(view, coming[i], (struct str){0}));
    part_list(view, map, "events", &events);
}

void part_contacts(const struct view *view, struct value_map *map, const struct page *page) {
    struct value_list contacts = part_list_new(view);
    const struct value *list = value_at(&page->front, "contacts");
    const struct page *officer =
        site_page(view->site, CONTENT_PERSON, part_field(&page->front, "link_officer"));
    for (uint32_t i = 0; list && i < list->count; i++)
        if (!officer || !str_eq(part_field(&list->items[i], "name"), officer->title))
            list_add(&contacts, part_contact(view, (struct str){0}, &list->items[i]));
    if (officer) /* with a link to the person's page, and once, though the page names the same person as a contact */
        list_add(&contacts, part_officer_contact(view, officer));
    part_list(view, map, "contacts", &contacts);
}

struct value part_json(const struct view *view, struct value v) {
    struct buf out = {.arena = view->arena};
    json_write(&out, &v, -1);
    return value_json(buf_str(&out));
}

struct value part_body_html(const struct view *view, const struct page *page) {
    struct str html = bodies_of(view->bodies, page)->html;
    return html.len ? value_html(html) : value_null();
}

struct value part_note_html(const struct view *view, const struct page *page) {
    const struct value *note = value_at(&page->front, "officers_note");
    struct body_field field = {note, page->source->path, page->address, STR("note-"), AUDIENCE_OFFICERS};
    struct str html = body_text(view->bodies, &field, view->arena, view->diags);
    return html.len ? value_html(html) : value_null();
}

void part_officers_note(const struct view *view, struct value_map *map, const struct page *page) {
    struct value_map m = part_map(view);
    map_set(&m, "note_html", part_note_html(view, page));
    map_set(map, "officers", view->site->audience == AUDIENCE_OFFICERS ? map_done(&m) : value_null());
}

void part_group_keys(const struct view *view, struct value_map *map, const struct page *page) {
    map_set(map, "body_html", part_body_html(view, page));
    part_contacts(view, map, page);
    part_events(view, map, page);
    map_set(map, "meta", part_meta(view, page));
    part_officers_note(view, map, page);
}

/* ---- schools, offers, people in lists ---- */

/* What the filter searches: lower case, the postcode with and without its space. */
static struct str search_words(const struct view *view, const struct school *s) {
    struct buf out = {.arena = view->arena};
    const struct value *former = value_at(&s->record, "former_names");
    struct str parts[] = {s->name, s->short_name, part_field(&s->record, "urn"), s->postcode};
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        if (i == 1 && str_eq(s->name, s->short_name))
            continue;
        buf_add(&out, i ? STR(" ") : STR(""));
        buf_add(&out, parts[i]);
    }
    for (uint32_t i = 0; former && i < former->count; i++) {
        buf_byte(&out, ' ');
        buf_add(&out, value_words(&former->items[i]));
    }
    buf_byte(&out, ' ');
    for (size_t i = 0; i < s->postcode.len; i++)
        if (s->postcode.at[i] != ' ')
            buf_byte(&out, s->postcode.at[i]);
    for (size_t i = 0; i < out.len; i++)
        if (out.at[i] >= 'A' && out.at[i] <= 'Z')
            out.at[i] = (char)(out.at[i] + ('a' - 'A'));
    return buf_str(&out);
}

/* "closes 31 August 2026", "opens 1 September 2026". */
static struct str school_note(const struct view *view, const struct school *s) {
    date opened = value_date(value_at(&s->record, "opened")),
         closed = value_date(value_at(&s->record, "closed"));
    if (str_eq(s->status, STR("proposed_to_open")))
        return opened == DATE_NONE ? STR("proposed to open")
                                   : str_join(view->arena, STR("opens "), date_long(view->arena, opened));
    if (str_eq(s->status, STR("proposed_to_close")))
        return closed == DATE_NONE ? STR("proposed to close")
                                   : str_join(view->arena, STR("closes "), date_long(view->arena, closed));
    return str_eq(s->status, STR("closed")) ? STR("closed") : (struct str){0};
}

static struct value school_partnerships(const struct view *view, const struct school *s) {
    struct value_list list = part_list_new(view);
    for (size_t i = 0; i < s->current.count; i++) {
        const struct membership *m = s->current.items[i];
        if (m->group->kind != CONTENT_PARTNERSHIP)
            continue;
        struct value_map p = part_map(view);
        map_text(&p, "title", m->group->short_title);
        map_text(&p, "note", m->part == PART_ASSOCIATE ? STR("associate") : (struct str){0});
        list_add(&list, map_done(&p));
    }
    return list_done(&list);
}

static struct value school_item(const struct view *view, const struct school *s, struct str note) {
    struct value_map m = part_map(view);
    map_text(&m, "name", s->name);
    map_text(&m, "href", part_href(view, s->address));
    map_text(&m, "urn", part_field(&s->record, "urn"));
    map_set(&m, "phase", part_choice(view, s->phase));
    struct value_map cluster = part_map(view);
    if (s->cluster) {
        map_text(&cluster, "id", s->cluster->slug);
        map_text(&cluster, "label", s->cluster->short_title);
    }
    map_set(&m, "cluster", s->cluster ? map_done(&cluster) : value_null());
    map_set(&m, "partnerships", school_partnerships(view, s));
    map_text(&m, "postcode", s->postcode);
    map_text(&m, "words", search_words(view, s));
    map_text(&m, "note", note);
    return map_done(&m);
}

struct value part_school(const struct view *view, const struct school *s) {
    return school_item(view, s, school_note(view, s));
}

struct value part_member_school(const struct view *view, const struct membership *m) {
    struct str note = school_note(view, m->school), member = part_membership(view, m, false);
    return school_item(view, m->school,
                       str_join(view->arena, note, note.len && member.len ? STR("; ") : STR(""), member));
}

struct value part_holder(const struct view *view, const struct page *person) {
    struct str slug = part_field(&person->front, "school");
    const struct school *school = slug.len ? map_get(&view->site->school_by_slug, slug) : NULL;
    struct str post = part_field(&person->front, "post");
    struct str tail = school ? str_join(view->arena, STR(", "), school->name) : (struct str){0};
    if (tail.len &&
        str_ends(post, tail)) /* "Headteacher, Ropewalk Primary School": the school follows as a link */
        post = str_sub(post, 0, post.len - tail.len);
    struct value_map m = part_map(view);
    map_text(&m, "name", person->title);
    map_text(&m, "href", part_href(view, person->address));
    map_text(&m, "post", post);
    map_set(&m, "school", part_school_link(view, school));
    map_set(&m, "telephone", part_telephone(view, part_field(&person->front, "telephone")));
    map_set(&m, "email", part_email(view, part_field(&person->front, "email")));
    return map_done(&m);
}

/* ---- partnerships ---- */

struct str part_number(const struct view *view, const struct page *partnership) {
    return str_whole(view->arena, (long long)partnership->index + 1);
}

struct str part_colour(const struct view *view, const struct page *partnership) {
    return str_join(view->arena, STR("p"),
                    str_whole(view->arena, figures_colour(view->figures, partnership)));
}

struct str part_members_text(const struct view *view, const struct page *group) {
    struct str members = part_count_of(view, group->member_count, "school", "schools");
    if (!group->associate_count)
        return members;
    return str_join(view->arena, members, STR(" and "),
                    part_count_of(view, group->associate_count, "associate", "associates"));
}

/* The section "kinds" of the first part of the strategy that has one. */
static bool has_heading(const struct view *view, const struct page *page, struct str id) {
    const struct markdown *m = bodies_of(view->bodies, page);
    for (size_t i = 0; i < m->heading_count; i++)
        if (str_eq(m->headings[i].id, id))
            return true;
    return false;
}

/* The policy page with a heading {#kinds}; NULL: none explains them. */
static const struct page *kinds_page(const struct view *view) {
    const struct pages *pages = &view->site->pages[CONTENT_POLICY];
    for (size_t i = 0; i < pages->count; i++)
        if (has_heading(view, pages->items[i], STR("kinds")))
            return pages->items[i];
    return NULL;
}

struct value part_kinds(const struct view *view) {
    const struct page *page = kinds_page(view);
    return page ? part_link(view, STR("What hard, structured and loose mean"),
                            str_join(view->arena, page->address, STR("#kinds")))
                : value_null();
}

struct str part_kind_href(const struct view *view, struct str kind) {
    const struct page *page = kinds_page(view);
    if (!page)
        return (struct str){0};
    struct str id = has_heading(view, page, kind) ? kind : STR("kinds");
    return part_href(view, str_join(view->arena, page->address, STR("#"), id));
}

struct str part_pupils_total(const struct view *view, const struct school *const *schools, size_t count,
                             size_t *pupils) {
    size_t known = 0, open = 0;
    *pupils = 0;
    for (size_t i = 0; i < count; i++) {
        size_t n = school_pupils(schools[i], view->site->as_of);
        *pupils += n;
        known += n > 0;
        open += n > 0 || !str_eq(schools[i]->status, STR("proposed_to_open"));
    }
    if (known == open)
        return (struct str){0};
    return str_join(view->arena, STR(" at "), part_count(view, known), STR(" of "),
                    part_count_of(view, open, "school", "schools"));
}

size_t part_body_schools(const struct view *view, const struct page *body, struct value_list *list) {
    size_t count = 0;
    for (size_t i = 0; i < body->trust_count; i++) {
        if (!school_is_listed(body->trust_schools[i]))
            continue;
        count++;
        if (list)
            list_add(list, part_school(view, body->trust_schools[i]));
    }
    for (size_t i = 0; i < body->members.count; i++) {
        count++;
        if (list)
            list_add(list, part_member_school(view, body->members.items[i]));
    }
    return count;
}
