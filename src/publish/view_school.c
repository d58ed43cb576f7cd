/* SPDX-License-Identifier: MIT */
/* view_school.c: a school's page. */
#include "publish/view_page.h"

static const struct value *field(const struct school *s, const char *path) {
    return value_at(&s->record, path);
}

static struct str text(const struct school *s, const char *path) {
    return value_words(field(s, path));
}

static struct str choice_label(const struct school *s, const struct view *view, const char *name) {
    const struct schema_field *f = schema_find(&schema_school, str_from(name));
    const struct value *v = value_on(field(s, name), view->site->as_of);
    const struct choice *c = v ? choice_find(f->choices, value_words(v)) : NULL;
    return c ? str_from(c->label) : (struct str){0};
}

/* ---- who and where ---- */

/* "Primary, community school, maintained by Hartmere Council". */
static struct str kind_text(const struct view *view, const struct school *s) {
    static const char *const not_maintained[] = {"academy", "academy_special", "academy_ap", "free",
                                                 "independent"};
    struct str phase = s->phase ? str_from(s->phase->label) : STR("School");
    struct str type = s->type ? str_from(s->type->label) : (struct str){0};
    bool maintained = s->type != NULL;
    for (size_t i = 0; s->type && i < sizeof(not_maintained) / sizeof(not_maintained[0]); i++)
        maintained = maintained && !str_eq(str_from(s->type->id), str_from(not_maintained[i]));
    bool same = str_eq_fold(phase, type);
    struct str by = maintained ? str_join(view->arena, STR(", maintained by "),
                                          part_field(&view->site->portal, "authority.name"))
                               : (struct str){0};
    return str_join(view->arena, phase, same ? STR("") : STR(", "),
                    same ? STR("") : part_lower_first(view, type), by);
}

/* "Nursery classes. Sixth form. Resourced provision for ...": what the record says it has. */
static struct str provision(const struct view *view, const struct school *s) {
    struct str parts[3];
    size_t n = 0;
    struct str resourced = text(s, "resourced_provision");
    if (value_yes(field(s, "nursery")))
        parts[n++] = STR("nursery classes");
    if (value_yes(field(s, "sixth_form")))
        parts[n++] = STR("sixth form");
    if (resourced.len)
        parts[n++] =
            str_join(view->arena, STR("resourced provision for "), part_lower_first(view, resourced));
    struct str listed = str_listed(view->arena, parts, n);
    if (!listed.len)
        return listed;
    char *sentence = str_z(view->arena, listed);
    sentence[0] = (char)(sentence[0] >= 'a' && sentence[0] <= 'z' ? sentence[0] - ('a' - 'A') : sentence[0]);
    return (struct str){sentence, listed.len};
}

static struct str address_text(const struct view *view, const struct school *s) {
    struct buf out = {.arena = view->arena};
    static const char *const keys[] = {"street", "locality", "town"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        struct str line = part_field(field(s, "address"), keys[i]);
        buf_add(&out, line.len && out.len ? STR(", ") : STR(""));
        buf_add(&out, line);
    }
    buf_byte(&out, ' ');
    buf_add(&out, s->postcode);
    return buf_str(&out);
}

static struct value status(const struct view *view, const struct school *s) {
    date opened = value_date(field(s, "opened")), closed = value_date(field(s, "closed"));
    struct value_map m = part_map(view);
    struct str on = {0};
    if (str_eq(s->status, STR("proposed_to_open"))) {
        map_text(&m, "tone", STR("info"));
        map_text(&m, "title", STR("Not open yet"));
        on = opened == DATE_NONE
                 ? STR("This school is proposed to open.")
                 : str_join(view->arena, STR("Opens on "), date_long(view->arena, opened), STR("."));
    } else if (str_eq(s->status, STR("proposed_to_close"))) {
        map_text(&m, "tone", STR("alert"));
        map_text(&m, "title", STR("Proposed to close"));
        on = closed == DATE_NONE
                 ? STR("This school is open, but proposed to close.")
                 : str_join(view->arena, STR("Closes on "), date_long(view->arena, closed), STR("."));
    } else if (str_eq(s->status, STR("closed"))) {
        map_text(&m, "tone", STR("alert"));
        map_text(&m, "title", STR("Closed"));
        on = str_join(view->arena, STR("Closed on "), date_long(view->arena, closed), STR("."));
    } else {
        return value_null();
    }
    map_text(&m, "text", on);
    return map_done(&m);
}

static struct value fact(const struct view *view, struct str words, struct str address) {
    struct value_map m = part_map(view);
    map_text(&m, "text", words);
    map_text(&m, "href", address.len ? part_href(view, address) : (struct str){0});
    return map_done(&m);
}

static struct value facts(const struct view *view, const struct school *s) {
    struct value_list list = part_list_new(view);
    struct str ages = text(s, "ages");
    struct str phase = s->phase ? str_from(s->phase->label) : STR("School");
    struct str words = ages.len ? str_join(view->arena, phase, STR(", ages "), ages) : phase;
    list_add(&list, fact(view, words, (struct str){0}));
    if (s->cluster)
        list_add(&list, fact(view,
                             str_ends(s->cluster->short_title, STR("cluster"))
                                 ? s->cluster->short_title
                                 : str_join(view->arena, s->cluster->short_title, STR(" cluster")),
                             s->cluster->address));
    if (s->partnership)
        list_add(&list, fact(view, s->partnership->title, s->partnership->address));
    list_add(&list, fact(view, str_join(view->arena, STR("URN "), text(s, "urn")), (struct str){0}));
    return list_done(&list);
}

static void heads(const struct view *view, struct value_map *m, const struct school *s) {
    struct value_list list = part_list_new(view);
    const struct value *items = field(s, "head");
    for (uint32_t i = 0; items && i < items->count; i++) {
        struct value_map h = part_map(view);
        struct str post = part_field(&items->items[i], "post");
        map_text(&h, "name", part_field(&items->items[i], "name"));
        map_text(&h, "post", post.len ? part_lower_first(view, post) : STR("headteacher"));
        map_set(&h, "since", part_month(view, part_field(&items->items[i], "from")));
        list_add(&list, map_done(&h));
    }
    part_list(view, m, "heads", &list);
}

static const struct value *latest_census(const struct view *view, const struct school *s) {
    const struct value *list = field(s, "pupils"), *latest = NULL;
    date best = DATE_NONE;
    for (uint32_t i = 0; list && i < list->count; i++) {
        date on = value_date(value_at(&list->items[i], "on"));
        if (on <= view->site->as_of && on > best)
            best = on, latest = &list->items[i];
    }
    return latest;
}

/* A figure with its unit, or its reason in words. */
static struct str percent(const struct view *view, struct str s) {
    const struct choice *reason = choice_find(figure_reasons, s);
    if (!s.len)
        return s;
    return reason ? part_lower_first(view, str_from(reason->label)) : str_join(view->arena, s, STR("%"));
}

static struct value pupils(const struct view *view, const struct school *s) {
    const struct value *census = latest_census(view, s);
    if (!census)
        return value_null();
    struct str count = part_count(view, (size_t)value_whole(value_at(census, "count")));
    long places = value_whole(value_on(field(s, "capacity"), view->site->as_of));
    struct value_map m = part_map(view);
    map_text(&m, "text",
             places > 0 ? str_join(view->arena, count, STR(" pupils for "), part_count(view, (size_t)places),
                                   STR(" places"))
                        : str_join(view->arena, count, STR(" pupils")));
    date on = value_date(value_at(census, "on"));
    struct value_map d = part_map(view);
    map_text(&d, "iso", date_iso(view->arena, on));
    map_text(&d, "text", date_month(view->arena, on));
    map_set(&m, "date", map_done(&d));
    map_text(&m, "free_meals", percent(view, part_field(census, "free_meals")));
    map_text(&m, "sen_support", percent(view, part_field(census, "sen_support")));
    return map_done(&m);
}

/* Schools that this one came from or became; linked where they have a page. */
static void relatives(const struct view *view, struct value_map *m, const struct school *s, const char *key) {
    struct value_list list = part_list_new(view);
    const struct value *items = field(s, key);
    for (uint32_t i = 0; items && i < items->count; i++) {
        struct value_map r = part_map(view);
        date on = value_date(value_at(&items->items[i], "on"));
        struct str how = part_field(&items->items[i], "how");
        struct str when = on == DATE_NONE ? (struct str){0} : date_long(view->arena, on);
        map_text(&r, "name", part_field(&items->items[i], "name"));
        map_text(&r, "urn", part_field(&items->items[i], "urn"));
        map_set(&r, "href", value_null());
        map_text(&r, "text", str_join(view->arena, how, how.len && when.len ? STR(", ") : STR(""), when));
        list_add(&list, map_done(&r));
    }
    part_list(view, m, key, &list);
}

static struct str former_names(const struct view *view, const struct school *s) {
    const struct value *list = field(s, "former_names");
    struct str *names = arena_array(view->arena, struct str, list ? list->count : 0);
    for (uint32_t i = 0; list && i < list->count; i++)
        names[i] = value_words(&list->items[i]);
    return str_listed(view->arena, names, list ? list->count : 0);
}

static void about(const struct view *view, struct value_map *m, const struct school *s) {
    static const char *const plain[] = {"laestab", "ukprn", "uprn", "ages", "diocese"};
    struct str faith = choice_label(s, view, "religious_character");
    map_text(m, "name", s->name);
    map_text(m, "short_name", s->short_name);
    map_text(m, "urn", text(s, "urn"));
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        map_text(m, plain[i], text(s, plain[i]));
    map_text(m, "former_names", former_names(view, s));
    map_text(m, "gender", choice_label(s, view, "gender"));
    map_text(m, "religious_character", str_starts(faith, STR("No ")) ? (struct str){0} : faith);
    map_text(m, "provision", provision(view, s));
    map_set(m, "facts", facts(view, s));
    map_set(m, "status", status(view, s));
    date opened = value_date(field(s, "opened"));
    map_set(m, "opened", opened <= view->site->as_of ? part_date(view, opened) : value_null());
    map_set(m, "converted", part_date_at(view, &s->record, "converted_on"));
    heads(view, m, s);
    map_set(m, "telephone", part_telephone(view, text(s, "telephone")));
    map_set(m, "email", part_email(view, text(s, "email")));
    map_set(m, "website", part_website(view, text(s, "website")));
    map_text(m, "address", address_text(view, s));
    map_text(m, "kind_text", kind_text(view, s));
    map_set(m, "phase", part_choice(view, s->phase));
    map_set(m, "type", part_choice(view, s->type));
    map_set(m, "trust", part_page_link(view, s->trust));
    map_set(m, "pupils", pupils(view, s));
    relatives(view, m, s, "predecessors");
    relatives(view, m, s, "successors");
}

/* What a fact is on the portal's day: a list of plain values is no dated list, and always is. */
static const struct value *fact_now(const struct view *view, const struct value *v) {
    bool plain = v->kind == VALUE_LIST && v->count && v->items[0].kind != VALUE_MAP;
    return plain ? v : value_on(v, view->site->as_of);
}

/* Facts that framework.yaml declares and this audience may see. */
static struct value facts_more(const struct view *view, const struct school *s) {
    struct value_list list = part_list_new(view);
    const struct value *map = field(s, "facts");
    for (uint32_t i = 0; map && map->kind == VALUE_MAP && i < map->count; i++) {
        const struct fact *f = vocabulary_fact(&view->site->vocabulary, map->fields[i].key);
        const struct value *v = f ? fact_now(view, &map->fields[i].value) : NULL;
        struct str words = v ? view_given(view, f, f->id, v) : (struct str){0};
        if (words.len)
            list_add(&list, part_row(view, f->label, words));
    }
    return list_done(&list);
}

static void contacts(const struct view *view, struct value_map *m, const struct school *s) {
    struct value_list list = part_list_new(view);
    struct value_map office = part_map(view);
    map_text(&office, "heading", STR("School office"));
    map_set(&office, "name", value_null());
    map_set(&office, "href", value_null());
    map_set(&office, "post", value_null());
    map_set(&office, "telephone", part_telephone(view, text(s, "telephone")));
    map_set(&office, "email", part_email(view, text(s, "email")));
    if (text(s, "telephone").len || text(s, "email").len)
        list_add(&list, map_done(&office));
    if (s->link_officer)
        list_add(&list, part_officer_contact(view, s->link_officer));
    part_list(view, m, "contacts", &list);
}

/* ---- cluster and partnership ---- */

static struct value member(const struct view *view, const struct school *here, const struct membership *m) {
    struct value_map v = part_map(view);
    map_text(&v, "name", m->school->name);
    map_text(&v, "href", part_href(view, m->school->address));
    map_bool(&v, "current", m->school == here);
    map_text(&v, "note",
             m->part == PART_LEAD        ? STR("lead")
             : m->part == PART_ASSOCIATE ? STR("associate: joins some activities")
                                         : (struct str){0});
    return map_done(&v);
}

static struct value partnership(const struct view *view, const struct school *here,
                                const struct membership *of) {
    const struct page *p = of->group;
    struct value_map m = part_map(view);
    struct value_list members = part_list_new(view);
    for (size_t i = 0; i < p->members.count; i++)
        list_add(&members, member(view, here, p->members.items[i]));
    map_text(&m, "title", p->title);
    map_text(&m, "href", part_href(view, p->address));
    map_text(&m, "number", part_number(view, p));
    map_text(&m, "colour", part_colour(view, p));
    map_set(&m, "kind", part_choice_of(view, &p->front, "kind", schema_content[CONTENT_PARTNERSHIP]));
    map_set(&m, "role", part_choice(view, &member_role_choices[of->part]));
    map_text(&m, "count_text", part_members_text(view, p));
    map_set(&m, "members", list_done(&members));
    return map_done(&m);
}

/* No word of what the portal does not have. */
static struct str groups_heading(const struct view *view, const struct school *s) {
    bool clusters = part_has(view, CONTENT_CLUSTER), partnerships = part_has(view, CONTENT_PARTNERSHIP);
    return clusters && partnerships           ? STR("Cluster and partnership")
           : clusters                         ? STR("Clusters and networks")
           : partnerships                     ? STR("Partnership")
           : s->current.count + s->past.count ? STR("Networks")
                                              : (struct str){0};
}

static void groups(const struct view *view, struct value_map *m, const struct school *s) {
    struct value_list partnerships = part_list_new(view), bodies = part_list_new(view),
                      past = part_list_new(view);
    for (size_t i = 0; i < s->current.count; i++) {
        const struct membership *of = s->current.items[i];
        if (of->group->kind == CONTENT_PARTNERSHIP)
            list_add(&partnerships, partnership(view, s, of));
        else if (of->group != s->cluster)
            list_add(&bodies, part_group(view, of, false));
    }
    for (size_t i = 0; i < s->past.count; i++)
        list_add(&past, part_group(view, s->past.items[i], true));
    struct value_map cluster = part_map(view);
    if (s->cluster) {
        map_text(&cluster, "title", s->cluster->title);
        map_text(&cluster, "href", part_href(view, s->cluster->address));
        map_text(&cluster, "count_text", part_members_text(view, s->cluster));
    }
    map_text(m, "groups_heading", groups_heading(view, s));
    map_set(m, "cluster", s->cluster ? map_done(&cluster) : value_null());
    part_list(view, m, "partnerships", &partnerships);
    part_list(view, m, "bodies", &bodies);
    part_list(view, m, "past", &past);
}

static void near_map(const struct view *view, struct value_map *m, const struct school *s) {
    struct figure_focus focus = {s, s->partnership, NULL};
    struct str title = s->partnership
                           ? str_join(view->arena, s->short_name, STR(" and "), s->partnership->title)
                           : str_join(view->arena, STR("Where "), s->short_name, STR(" is"));
    struct str svg =
        s->located ? figures_near(view->figures, &focus, title,
                                  STR("The schools named on the map are listed with links on this page."),
                                  view->arena)
                   : (struct str){0};
    map_set(m, "map_html", svg.len ? value_html(svg) : value_null());
    map_text(m, "map_caption",
             svg.len && s->partnership ? str_join(view->arena, s->short_name, STR(" and its partnership."))
                                       : (struct str){0});
}

/* ---- where it comes from ---- */

static struct value sources(const struct view *view, const struct school *s) {
    struct value_list list = part_list_new(view);
    const struct schema *schema = schema_find(&schema_school, STR("sources"))->record;
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        const struct value *v = value_get(field(s, "sources"), str_from(f->name));
        if (!v)
            continue;
        bool release = str_eq(str_from(f->name), STR("results")) || str_eq(str_from(f->name), STR("absence"));
        struct value_map m = part_map(view);
        map_text(&m, "title", str_from(f->label));
        map_set(&m, "date", part_date(view, value_date(v)));
        map_text(&m, "text", release ? STR("released") : STR("as at"));
        list_add(&list, map_done(&m));
    }
    struct value_map m = part_map(view);
    map_text(&m, "title",
             part_has(view, CONTENT_PARTNERSHIP) ? STR("Partnerships and contacts") : STR("Contacts"));
    map_set(&m, "date", part_date(view, view->site->as_of));
    map_text(&m, "text", STR("the network’s own record, as at"));
    list_add(&list, map_done(&m));
    return list_done(&list);
}

static struct value ld_json(const struct view *view, const struct school *s) {
    struct str phase = s->phase ? str_from(s->phase->id) : (struct str){0};
    bool primary =
        str_eq(phase, STR("primary")) || str_eq(phase, STR("infant")) || str_eq(phase, STR("junior"));
    struct value_map m = part_map(view), address = part_map(view), identifier = part_map(view);
    map_text(&address, "@type", STR("PostalAddress"));
    map_text(&address, "streetAddress", part_field(field(s, "address"), "street"));
    map_text(&address, "addressLocality", part_field(field(s, "address"), "town"));
    map_text(&address, "postalCode", s->postcode);
    map_text(&identifier, "@type", STR("PropertyValue"));
    map_text(&identifier, "propertyID", STR("URN"));
    map_text(&identifier, "value", text(s, "urn"));
    map_text(&m, "@context", STR("https://schema.org"));
    map_text(&m, "@type",
             primary                           ? STR("ElementarySchool")
             : str_eq(phase, STR("nursery"))   ? STR("Preschool")
             : str_eq(phase, STR("secondary")) ? STR("HighSchool")
                                               : STR("School"));
    map_text(&m, "name", s->name);
    map_set(&m, "identifier", map_done(&identifier));
    map_set(&m, "address", map_done(&address));
    if (text(s, "website").len)
        map_text(&m, "url", text(s, "website"));
    return part_json(view, map_done(&m));
}

struct value view_school(const struct view *view, struct page_words *words) {
    const struct school *s = view->output->school;
    struct str area = part_field(&view->site->portal, "authority.area");
    words->title = s->name;
    words->description = str_join(view->arena, s->name, area.len ? STR(", ") : STR(""), area,
                                  part_has(view, CONTENT_PARTNERSHIP)
                                      ? STR(": contacts, inspections, results, partnership and support.")
                                      : STR(": contacts, inspections, results and support."));
    list_add(&words->crumbs, part_link(view, STR("Schools"), STR("schools/index.html")));
    if (s->cluster)
        list_add(&words->crumbs, part_link(view, s->cluster->short_title, s->cluster->address));
    words->ld_json = ld_json(view, s);
    struct value_map m = part_map(view);
    about(view, &m, s);
    map_set(&m, "facts_more", facts_more(view, s));
    struct body_field profile = {field(s, "profile"), s->source->path, s->address, STR("profile-"),
                                 AUDIENCE_PUBLIC};
    struct str html = body_text(view->bodies, &profile, view->arena, view->diags);
    map_set(&m, "profile_html", html.len ? value_html(html) : value_null());
    contacts(view, &m, s);
    map_set(&m, "inspections", view_inspections(view, s));
    view_results(view, &m, s);
    groups(view, &m, s);
    near_map(view, &m, s);
    const struct decided *decided = view_decide(view, s);
    map_set(&m, "gets", view_gets(view, s, decided, NULL));
    map_set(&m, "sources", sources(view, s));
    map_set(&m, "data", value_null());
    map_set(&m, "officers", view_officers(view, s, decided));
    return map_done(&m);
}
