/* SPDX-License-Identifier: MIT */
/* site.c: the model for one audience, joined up from what was loaded. */
#include "portal/site.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/pool.h"
#include "portal/chronicle.h"
#include "portal/decided.h"
#include "portal/member.h"
#include "portal/partnership.h"
#include "portal/store.h"

/* ---- projection: first of all, and of everything ---- */

static void project_pages(struct site *site) {
    for (size_t i = 0; i < site->all.count; i++) {
        struct page *page = site->all.items[i];
        page->visible = audience_may_see(site->audience, page->audience);
        schema_project(&page->front, schema_content[page->kind], site->audience, &site->vocabulary,
                       site->shared ? site->arena : NULL);
    }
    schema_project(&site->portal, &schema_portal, site->audience, &site->vocabulary, NULL);
}

/* ---- pages ---- */

/* Partnerships are numbered on maps: those that work come first, then those still talked about, then the dissolved. */
static int rank_of(const struct page *page) {
    static const int ranks[] = {[PARTNERSHIP_FORMED] = 0,
                                [PARTNERSHIP_UNDER_WAY] = 1,
                                [PARTNERSHIP_DECLINED] = 1,
                                [PARTNERSHIP_DISSOLVED] = 2};
    return page->kind == CONTENT_PARTNERSHIP ? ranks[partnership_stage(page)] : 0;
}

static int compare_pages(const void *x, const void *y) {
    const struct page *a = *(struct page *const *)x, *b = *(struct page *const *)y;
    if (rank_of(a) != rank_of(b))
        return rank_of(a) - rank_of(b);
    long i = value_whole(value_at(&a->front, "order")), j = value_whole(value_at(&b->front, "order"));
    if (i != j)
        return i < 0 ? 1 : j < 0 ? -1 : i < j ? -1 : 1; /* those without an order come last */
    int order = str_collate(a->title, b->title);
    return order ? order : str_cmp(a->slug, b->slug);
}

static struct str first_of(struct str a, struct str b) {
    return a.len ? a : b;
}

static void name_page(struct page *page) {
    page->title = value_words(value_at(&page->front, "title"));
    page->short_title = first_of(value_words(value_at(&page->front, "short_title")), page->title);
    page->summary = value_words(value_at(&page->front, "summary"));
}

static void bind_pages(struct site *site) {
    for (int k = 0; k < CONTENT_COUNT; k++) {
        site->pages[k].items = arena_array(site->arena, struct page *, site->all.count);
        site->pages[k].count = 0;
    }
    for (size_t i = 0; i < site->all.count; i++) {
        struct page *page = site->all.items[i];
        name_page(page);
        page->members = page->former = page->others = page->former_others = (struct memberships){0};
        page->current = page->past = (struct memberships){0};
        page->member_count = page->associate_count = page->trust_count = 0;
        if (page->visible)
            site->pages[page->kind].items[site->pages[page->kind].count++] = page;
    }
    for (int k = 0; k < CONTENT_COUNT; k++) {
        if (site->pages[k].count)
            qsort(site->pages[k].items, site->pages[k].count, sizeof(struct page *), compare_pages);
        for (size_t i = 0; i < site->pages[k].count; i++)
            site->pages[k].items[i]->index = i;
    }
}

const struct page *site_any_page(const struct site *site, enum content_kind kind, struct str slug) {
    char path[320];
    struct buf b = {.at = path, .size = sizeof(path)}; /* no arena: what does not fit is not known */
    struct str folder = content_folder(kind);
    if (!slug.len || slug.len + folder.len + 16 > sizeof(path))
        return NULL;
    buf_lit(&b, "content/");
    buf_add(&b, folder);
    buf_add(&b, folder.len ? STR("/") : STR(""));
    buf_add(&b, slug);
    buf_lit(&b, ".md");
    return map_get(&site->page_by_path, buf_str(&b));
}

bool school_is_listed(const struct school *school) {
    return !str_eq(school->status, STR("closed"));
}

bool school_is_open(const struct school *school) {
    return !str_eq(school->status, STR("proposed_to_open")) && !str_eq(school->status, STR("closed"));
}

size_t school_pupils(const struct school *school, date day) {
    const struct value *list = value_at(&school->record, "pupils"), *latest = NULL;
    date best = DATE_NONE;
    for (uint32_t i = 0; list && i < list->count; i++) {
        date on = value_date(value_at(&list->items[i], "on"));
        if (on <= day && on > best)
            best = on, latest = &list->items[i];
    }
    long count = latest ? value_whole(value_at(latest, "count")) : 0;
    return count > 0 ? (size_t)count : 0;
}

struct str site_officer(const struct site *site) {
    struct str own = value_words(value_at(&site->portal, "link_officer"));
    return own.len ? own : STR("Link officer");
}

const struct page *site_page(const struct site *site, enum content_kind kind, struct str slug) {
    const struct page *page = site_any_page(site, kind, slug);
    return page && page->visible ? page : NULL;
}

/* ---- schools ---- */

static int compare_schools(const void *x, const void *y) {
    const struct school *a = *(struct school *const *)x, *b = *(struct school *const *)y;
    int order = str_collate(a->name, b->name);
    return order ? order : str_cmp(a->slug, b->slug);
}

static const struct choice *choice_on(const struct value *v, date day, const struct choice *choices) {
    return choice_find(choices, value_words(value_on(v, day)));
}

static void bind_facts(const struct site *site, struct school *school) {
    const struct value *r = &school->record;
    school->name = value_words(value_at(r, "name"));
    school->short_name = first_of(value_words(value_at(r, "short_name")), school->name);
    school->phase = choice_on(value_at(r, "phase"), site->as_of, phase_choices);
    school->type = choice_on(value_at(r, "type"), site->as_of, school_type_choices);
    school->status = first_of(value_words(value_at(r, "status")), STR("open"));
    school->postcode = value_words(value_at(r, "address.postcode"));
    school->located = value_at(r, "location") != NULL;
    school->easting = value_whole(value_at(r, "location.easting"));
    school->northing = value_whole(value_at(r, "location.northing"));
    school->trust = site_page(site, CONTENT_BODY, value_words(value_on(value_at(r, "trust"), site->as_of)));
    school->link_officer = site_page(site, CONTENT_PERSON, value_words(value_at(r, "link_officer")));
    school->cluster = school->partnership = NULL;
}

/* A shared record is projected once for each audience: what recorded_check may have made the site's own of it, decisions, is
 * for officers alone. */
static void project_record(struct site *site, struct school *school, size_t worker) {
    const struct projected *kept = site->shared ? school->stored->projected[site->audience] : NULL;
    if (site->audience == AUDIENCE_OFFICERS)
        return;
    if (kept) {
        school->record = kept->value;
        return;
    }
    struct arena *arena = site->shared ? store_arena(site->store, worker) : NULL;
    schema_project(&school->record, &schema_school, site->audience, &site->vocabulary, arena);
    if (site->shared)
        store_project(site->store, school->stored, site->audience, &school->record, worker);
}

static void project_school(void *context, size_t task, size_t worker) {
    struct site *site = context;
    struct school *school = site->schools[task];
    project_record(site, school, worker);
    bind_facts(site, school);
}

/* All that depends on the school and on pages alone. */
static void bind_school(void *context, size_t task, size_t worker) {
    struct site *site = context;
    struct school *school = site->schools[task];
    project_school(context, task, worker);
    member_bind_school(site, school, &site->worker_arenas[worker]);
}

/* Schools come by name, so each trust's list does too. */
static void bind_trusts(struct site *site) {
    const struct pages *bodies = &site->pages[CONTENT_BODY];
    for (size_t i = 0; i < site->school_count; i++)
        if (site->schools[i]->trust)
            bodies->items[site->schools[i]->trust->index]->trust_count++;
    for (size_t i = 0; i < bodies->count; i++) {
        bodies->items[i]->trust_schools =
            arena_array(site->arena, const struct school *, bodies->items[i]->trust_count);
        bodies->items[i]->trust_count = 0;
    }
    for (size_t i = 0; i < site->school_count; i++) {
        const struct school *s = site->schools[i];
        if (s->trust) {
            struct page *body = bodies->items[s->trust->index];
            body->trust_schools[body->trust_count++] = s;
        }
    }
}

void site_project(struct site *site, enum audience audience) {
    site->audience = audience;
    project_pages(site);
    for (size_t i = 0; i < site->all.count; i++)
        name_page(site->all.items[i]);
    pool_run(site->workers, site->school_count, project_school, site);
}

void site_bind(struct site *site, enum audience audience) {
    site->audience = audience;
    project_pages(site);
    bind_pages(site);
    pool_run(site->workers, site->school_count, bind_school, site);
    if (site->school_count)
        qsort(site->schools, site->school_count, sizeof(struct school *), compare_schools);
    for (size_t i = 0; i < site->school_count; i++)
        site->schools[i]->index = i;
    member_bind_groups(site);
    bind_trusts(site);
    decided_bind(site);
    chronicle_bind(site);
}

/* ---- links by source path ---- */

/* Joins `link` to the folder of `from`, with . and .. taken out; empty when it climbs out of the portal. */
static struct str path_join(struct arena *arena, struct str from, struct str link) {
    struct buf out = {.arena = arena};
    size_t slash = from.len;
    while (slash && from.at[slash - 1] != '/')
        slash--;
    struct str parts[2] = {str_sub(from, 0, slash), link};
    for (int p = 0; p < 2; p++) {
        struct str part, rest = parts[p];
        while (str_cut(&rest, '/', &part)) {
            if (!part.len || str_eq(part, STR(".")))
                continue;
            if (str_eq(part, STR(".."))) {
                if (!out.len)
                    return (struct str){0};
                while (out.len && out.at[out.len - 1] != '/')
                    out.len--;
                out.len -= out.len ? 1 : 0;
                continue;
            }
            if (out.len)
                buf_byte(&out, '/');
            buf_add(&out, part);
        }
    }
    return buf_str(&out);
}

/* "content/offers" is the folder whose index is offers/index.html; "schools" is the directory. Roles are listed with
 * the people who hold them, and a folder without pages has no index. */
static void index_target(const struct site *site, struct arena *arena, struct str path, struct target *t) {
    if (str_eq(path, STR("schools")) || str_eq(path, STR("content"))) {
        *t = (struct target){.kind = TARGET_INDEX, .index = CONTENT_SCHOOL};
        t->address = str_eq(path, STR("schools")) ? STR("schools/index.html") : STR("index.html");
        return;
    }
    for (int k = 1; k < CONTENT_COUNT; k++) {
        struct str folder = content_folder((enum content_kind)k);
        if (k == CONTENT_ROLE || !str_eq(path, str_join(arena, STR("content/"), folder)) || !site->of_kind[k])
            continue;
        *t = (struct target){.kind = TARGET_INDEX, .index = (enum content_kind)k};
        t->address = str_join(arena, folder, STR("/index.html"));
    }
}

/* The school whose record is at "schools/<slug>.yaml". */
static const struct school *school_at(const struct site *site, struct str path) {
    bool record = str_starts(path, STR("schools/")) && str_ends(path, STR(".yaml"));
    return record ? map_get(&site->school_by_slug, str_sub(path, 8, path.len - 5)) : NULL;
}

bool site_shows(const struct site *site, const struct target *t) {
    if (t->kind == TARGET_PAGE)
        return t->page->visible;
    return t->kind == TARGET_SCHOOL || t->kind == TARGET_FILE ||
           (t->kind == TARGET_INDEX && (t->index == CONTENT_SCHOOL || site->pages[t->index].count));
}

struct target site_target(const struct site *site, struct arena *arena, struct str from, struct str link) {
    size_t sign = str_find(link, '#', 0);
    struct target t = {.fragment = str_sub(link, sign + 1, link.len)};
    struct str file = str_sub(link, 0, sign);
    if (!file.len && from.len)
        file = from, from = (struct str){0};
    if (str_starts(file, STR("/"))) /* of the host, or of a disk: a portal has neither */
        return t;
    struct str path = path_join(arena, from.len ? from : STR(""), file);
    if (!from.len && file.len && !str_starts(path, STR("content/"))) {
        /* from portal.yaml or front matter: from content/, or schools/ */
        struct str inside = str_join(arena, STR("content/"), path);
        bool school = str_eq(path, STR("schools")) || str_starts(path, STR("schools/"));
        path = school || str_starts(path, STR("content/")) ? path : inside;
    }
    const struct page *page = map_get(&site->page_by_path, path);
    const struct school *school = school_at(site, path);
    const struct attachment *attachment = map_get(&site->attachment_by_path, path);
    if (page)
        t.kind = TARGET_PAGE, t.page = page, t.address = page->address;
    else if (school)
        t.kind = TARGET_SCHOOL, t.school = school, t.address = school->address;
    else if (attachment)
        t.kind = TARGET_FILE, t.attachment = attachment, t.address = attachment->address;
    else if (str_ends(file, STR("/")))
        index_target(site, arena, path, &t);
    return t;
}

struct str words_for_month(struct arena *arena, struct str iso) {
    date whole = date_parse_iso(iso);
    if (whole != DATE_NONE)
        return date_long(arena, whole);
    date first = date_parse_iso(str_join(arena, iso, STR("-01")));
    return first != DATE_NONE ? date_month(arena, first) : iso;
}
