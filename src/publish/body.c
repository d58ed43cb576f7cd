/* SPDX-License-Identifier: MIT */
/* body.c: rendering Markdown with links that are checked where they were typed. */
#include "publish/body.h"

#include "base/pool.h"
#include "portal/measure.h"
#include "portal/reference.h"
#include "publish/decor.h"
#include "publish/part.h"
#include "publish/view.h"

/* A fragment of another page, to be looked up when all ids are known. */
struct fragment {
    const struct page *to;
    struct str id;
    struct place at;
};

struct body_worker {
    struct arena *arena;
    struct diags diags;
    struct fragment *fragments;
    size_t count, room;
};

struct body_job {
    struct bodies *bodies;
    struct body_worker *workers;
};

/* Who is writing: what the resolver needs to know of the text it is resolving for. */
struct writer {
    const struct site *site;
    const struct bodies *bodies; /* set when all are rendered: fragments are then looked up at once */
    struct body_worker *worker;  /* else they are kept here */
    struct arena *arena;
    struct str from, address;
    enum audience audience;
};

static bool has_id(const struct markdown *m, struct str id) {
    for (size_t i = 0; i < m->id_count; i++)
        if (str_eq(m->ids[i], id))
            return true;
    return false;
}

static void check_fragment(const struct bodies *bodies, const struct fragment *f, struct diags *diags) {
    const struct markdown *m = bodies_of(bodies, f->to);
    if (!has_id(m, f->id))
        diag(diags, DIAG_PATH_FRAGMENT, f->at, f->to->source->path, f->id,
             str_nearest(f->id, m->ids, m->id_count));
}

static void keep_fragment(struct body_worker *w, struct fragment f) {
    if (w->count == w->room) {
        size_t room = w->room ? w->room * 2 : 32;
        w->fragments = arena_grow(w->arena, w->fragments, w->room * sizeof(f), room * sizeof(f),
                                  alignof(struct fragment));
        w->room = room;
    }
    w->fragments[w->count++] = f;
}

static void report_target(struct str to, bool image, struct place at, struct diags *diags) {
    if (image)
        diag(diags, DIAG_IMAGE_UNKNOWN, at, to);
    else
        diag(diags, DIAG_LINK_UNKNOWN, at, to);
}

static struct str readers(enum audience audience) {
    return audience == AUDIENCE_PUBLIC ? STR("the public") : audience_name(audience);
}

/* ---- numbers of members ---- */

/* Groups list their members under this id, which their templates write. */
static bool leads_to_members(const struct target *t) {
    bool group =
        t->kind == TARGET_PAGE && (t->page->kind == CONTENT_CLUSTER || t->page->kind == CONTENT_PARTNERSHIP ||
                                   t->page->kind == CONTENT_BODY);
    return group && str_eq(t->fragment, STR("members"));
}

static bool is_digit(struct str s, size_t i) {
    return i < s.len && s.at[i] >= '0' && s.at[i] <= '9';
}

/* The number that words begin with, as they write it: "19 schools", "1,204 members", and to be refused "19.5" and "-3".
 * Empty where they begin with none. */
static struct str leading_number(struct str words) {
    size_t sign = str_starts(words, STR("-")) ? 1 : str_starts(words, STR("\u2212")) ? 3 : 0, i = sign;
    while (is_digit(words, i) || (i > sign && i < words.len && (words.at[i] == ',' || words.at[i] == '.') &&
                                  is_digit(words, i + 1)))
        i++;
    return str_sub(words, 0, i > sign ? i : 0);
}

/* Commas between thousands are read over. */
static bool same_number(struct str said, struct str number) {
    size_t n = 0;
    for (size_t i = 0; i < said.len; i++) {
        if (said.at[i] == ',')
            continue;
        if (n == number.len || said.at[i] != number.at[n++])
            return false;
    }
    return n == number.len;
}

enum sort { SCHOOLS, PEOPLE, BODIES, ASSOCIATES, SORTS };

static const char *const sort_nouns[SORTS][2] = {[SCHOOLS] = {"school", "schools"},
                                                 [PEOPLE] = {"person", "people"},
                                                 [BODIES] = {"organisation", "organisations"},
                                                 [ASSOCIATES] = {"associate", "associates"}};

/* As its page lists them. Associates are beside a cluster or a partnership, a body counts them in; one without any members
 * but seats, or that states a number, has as many people. */
static void members_of(const struct page *page, size_t of[SORTS]) {
    const struct value *seats = value_at(&page->front, "seats");
    long stated = value_whole(value_at(&page->front, "members"));
    of[ASSOCIATES] = page->associate_count;
    of[SCHOOLS] = page->kind == CONTENT_BODY ? page->members.count : page->member_count;
    for (size_t i = 0; i < page->trust_count; i++)
        of[SCHOOLS] += school_is_listed(page->trust_schools[i]);
    of[PEOPLE] = part_other_count(page, CONTENT_PERSON);
    of[BODIES] = part_other_count(page, CONTENT_BODY);
    if (!of[SCHOOLS] && !of[PEOPLE] && !of[BODIES])
        of[PEOPLE] = seats && seats->kind == VALUE_LIST ? seats->count : stated > 0 ? (size_t)stated : 0;
}

/* The sort that the words after a number speak of: "19 primary schools" are schools. SORTS where they name none. */
static enum sort sort_of(struct str words) {
    struct str word;
    while (str_cut(&words, ' ', &word))
        for (int i = 0; i < SORTS; i++)
            if (str_eq(word, str_from(sort_nouns[i][0])) || str_eq(word, str_from(sort_nouns[i][1])))
                return (enum sort)i;
    return SORTS;
}

/* A number in prose is true on the day it was written. Linked to the members, it is held against them: on the portal whose
 * readers the page is for, as others may see more of them. "12 leaders" may be people, or all of them: any number is right
 * that some sort has. */
static void check_members(const struct writer *w, const struct target *t, const struct markdown_link *link,
                          struct diags *diags) {
    struct str said = leading_number(link->text);
    if (w->site->audience != w->audience || !leads_to_members(t) || !said.len)
        return;
    size_t of[SORTS];
    members_of(t->page, of);
    enum sort sort = sort_of(str_sub(link->text, said.len, link->text.len));
    size_t count = sort < SORTS ? of[sort] : of[SCHOOLS] + of[PEOPLE] + of[BODIES];
    bool same = same_number(said, str_whole(w->arena, (long long)count));
    for (int i = 0; i < SORTS && sort == SORTS; i++)
        same = same || (of[i] && same_number(said, str_whole(w->arena, (long long)of[i])));
    if (!same)
        diag(diags, DIAG_LINK_COUNT, link->at, said, t->page->source->path,
             str_whole(w->arena, (long long)count),
             sort < SORTS ? str_from(sort_nouns[sort][1]) : STR("members"));
}

/* ---- numbers that are measured ---- */

/* The row of a table of measures that a link leads to, where it counts; else NULL. */
static const struct measure_result *measured_at(const struct site *site, const struct target *t) {
    for (size_t i = 0; t->page && site->measures && i < site->measures->count; i++) {
        const struct measure_result *r = &site->measures->items[i];
        if (r->page == t->page && r->measure->counts && str_eq(r->measure->address, t->fragment))
            return r;
    }
    return NULL;
}

static struct str count_text(struct arena *arena, int64_t low, int64_t high) {
    struct str text = str_grouped(arena, low);
    return low == high ? text : str_join(arena, text, STR(" to "), str_grouped(arena, high));
}

/* "33 of 52 schools", or "33 schools", linked to a row of a table of measures, is held against it. A percentage is not: it is
 * rounded as its sentence needs. */
static void check_measured(const struct writer *w, const struct target *t, const struct markdown_link *link,
                           struct diags *diags) {
    const struct measure_result *r = measured_at(w->site, t);
    struct str said = leading_number(link->text);
    struct str rest = str_sub(link->text, said.len, link->text.len);
    if (w->site->audience != w->audience || !r || !said.len || str_starts(rest, STR("%")))
        return;
    struct str all =
        str_starts(rest, STR(" of ")) ? leading_number(str_sub(rest, 4, rest.len)) : (struct str){0};
    bool same = same_number(said, str_whole(w->arena, r->low)) &&
                (!all.len || same_number(all, str_whole(w->arena, r->whole_low)));
    if (!r->certain) /* then its words are a range too */
        same = str_starts(link->text, count_text(w->arena, r->low, r->high));
    if (!same)
        diag(diags, DIAG_LINK_MEASURED, link->at,
             str_sub(link->text, 0, all.len ? said.len + 4 + all.len : said.len), r->measure->label,
             str_join(w->arena, count_text(w->arena, r->low, r->high), STR(" of "),
                      count_text(w->arena, r->whole_low, r->whole_high)));
}

/* ---- links ---- */

static struct str resolve(void *context, const struct markdown_link *link, struct diags *diags) {
    struct writer *w = context;
    struct str to = link->to;
    struct place at = link->at;
    struct target t = site_target(w->site, w->arena, w->from, to);
    check_measured(w, &t, link, diags);
    if (str_starts(to, STR("#"))) /* the page's own ids are checked in its HTML */
        return to;
    bool picture = t.kind == TARGET_FILE && t.attachment->picture;
    if (t.kind == TARGET_NONE || (link->image && !picture)) {
        report_target(to, link->image, at, diags);
        return (struct str){0};
    }
    if (t.kind == TARGET_PAGE && t.page->audience < w->audience) {
        diag(diags, DIAG_LINK_RESTRICTED, at, to, readers(t.page->audience), readers(w->audience));
        return (struct str){0};
    }
    check_members(w, &t, link, diags);
    if (t.kind == TARGET_PAGE && t.fragment.len && !leads_to_members(&t)) {
        struct fragment f = {t.page, str_copy(w->arena, t.fragment), at};
        if (w->bodies)
            check_fragment(w->bodies, &f, diags);
        else
            keep_fragment(w->worker, f);
    }
    return str_join(w->arena, view_root(w->arena, w->site, w->address), t.address,
                    t.fragment.len ? STR("#") : STR(""), t.fragment);
}

static void render_body(void *context, size_t task, size_t worker) {
    struct body_job *job = context;
    struct body_worker *w = &job->workers[worker];
    const struct site *site = job->bodies->site;
    const struct page *page = site->all.items[task];
    if (!page->visible)
        return;
    struct writer writer = {.site = site,
                            .worker = w,
                            .arena = w->arena,
                            .from = page->source->path,
                            .address = page->address,
                            .audience = page->audience};
    bool numbered =
        page->kind == CONTENT_POLICY && !str_eq(value_words(value_at(&page->front, "numbered")), STR("no"));
    struct decors decors = decor_page(site, page, view_root(w->arena, site, page->address), w->arena);
    struct markdown_options options = {.links = {resolve, &writer},
                                       .decors = decors.items,
                                       .decor_count = decors.count,
                                       .numbered = numbered};
    job->bodies->items[task] = markdown_render(w->arena, page->source, page->body, &options, &w->diags);
}

/* ---- fragments that portal.yaml and front matter name ---- */

struct field_paths {
    const struct bodies *bodies;
    struct arena *arena;
    struct diags *diags;
};

static void check_field_path(void *context, const struct value *path) {
    const struct field_paths *of = context;
    struct target t = site_target(of->bodies->site, of->arena, (struct str){0}, value_str(path));
    struct fragment f = {t.page, t.fragment, value_place(path)};
    if (t.page && t.page->visible && t.fragment.len)
        check_fragment(of->bodies, &f, of->diags);
}

void bodies_render(struct bodies *bodies, const struct site *site, struct arena *arenas, size_t threads,
                   struct diags *diags) {
    *bodies =
        (struct bodies){.items = arena_array(&arenas[0], struct markdown, site->all.count), .site = site};
    struct body_job job = {bodies, arena_array(&arenas[0], struct body_worker, threads)};
    for (size_t i = 0; i < threads; i++) {
        job.workers[i].arena = &arenas[i];
        job.workers[i].diags.arena = &arenas[i];
    }
    pool_run(threads, site->all.count, render_body, &job);
    for (size_t i = 0; i < threads; i++) {
        diags_take(diags, &job.workers[i].diags);
        for (size_t j = 0; j < job.workers[i].count; j++)
            check_fragment(bodies, &job.workers[i].fragments[j], diags);
    }
    struct field_paths fields = {bodies, &arenas[0], diags};
    reference_paths(site, check_field_path, &fields);
}

const struct markdown *bodies_of(const struct bodies *bodies, const struct page *page) {
    return &bodies->items[page->number];
}

struct str body_text(const struct bodies *bodies, const struct body_field *field, struct arena *arena,
                     struct diags *diags) {
    if (!field->text || field->text->kind != VALUE_TEXT)
        return (struct str){0};
    struct writer writer = {.site = bodies->site,
                            .bodies = bodies,
                            .arena = arena,
                            .from = field->from,
                            .address = field->address,
                            .audience = field->audience};
    struct markdown_options options = {
        .links = {resolve, &writer}, .heading_shift = 1, .id_prefix = field->prefix};
    return markdown_render_text(arena, value_str(field->text), value_place(field->text), &options, diags)
        .html;
}
