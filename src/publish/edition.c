/* SPDX-License-Identifier: MIT */
/* edition.c: what all pages need, made once; then any page by itself. */
#include "publish/edition.h"

#include <errno.h>

#include "publish/agenda.h"
#include "publish/index.h"
#include "publish/link.h"
#include "publish/theme.h"
#include "publish/view.h"

/* Pictures and documents that people download. */
#define ATTACHMENT_SIZE_MAX ((size_t)20 * 1024 * 1024)
#define ATTACHMENT_SIZE_WORDS "20 MiB"

/* What one thread keeps from page to page. */
struct edition_worker {
    struct arena arena;   /* the page's data: rewound for each */
    struct arena frame;   /* the renderer's */
    struct arena lasting; /* diagnostics, and the buffer */
    struct arena file;    /* an attachment, which would make the buffer large for good */
    struct diags diags;
    struct buf out;
};

struct edition {
    const struct site *site;
    struct arena *arena;
    struct plan plan;
    struct bodies bodies;
    struct figures figures;
    struct theme theme;
    struct mustache_set templates;
    const struct mustache *compiled[TEMPLATE_COUNT];
    struct agenda_files calendars;
    struct index_files index;
    struct links *links;
    bool *checked;        /* by page; each is written by the worker that renders it */
    struct str proposals; /* a page that takes so long to make that it is kept */
    struct edition_worker *workers;
    size_t threads;
};

/* ---- before the pages ---- */

static void compile_templates(struct edition *e, struct diags *diags) {
    theme_load(&e->theme, e->arena, e->site, diags);
    e->templates =
        (struct mustache_set){.arena = e->arena, .loader = theme_loader(&e->theme), .diags = diags};
    for (int k = 0; k < TEMPLATE_COUNT; k++)
        e->compiled[k] = mustache_compile(&e->templates, template_name((enum template_kind)k));
}

/* Pages and files that the program makes itself come first: where an author's file wants the address of one, it is the
 * author's that is reported. */
static void declare_addresses(struct edition *e, struct diags *diags) {
    struct str base = view_root(e->arena, e->site, STR("404.html"));
    struct place portal = place_file(e->site->portal_source);
    e->links = links_new(e->arena, e->plan.count, e->threads, base);
    for (size_t i = 0; i < e->index.count; i++)
        links_address(e->links, e->index.items[i].address, LINKS_FILE, portal, diags);
    for (size_t i = 0; i < e->calendars.count; i++)
        links_address(e->links, e->calendars.items[i].address, LINKS_FILE,
                      agenda_file_place(&e->calendars.items[i], portal), diags);
    for (size_t i = 0; i < e->site->attachment_count; i++)
        links_address(e->links, e->site->attachments[i].address, LINKS_FILE, portal, diags);
    for (int authors = 0; authors < 2; authors++)
        for (size_t i = 0; i < e->plan.count; i++)
            if ((e->plan.outputs[i].made_from.source != portal.source) == authors)
                links_address(e->links, e->plan.outputs[i].address, i, e->plan.outputs[i].made_from, diags);
    for (size_t i = e->theme.assets.count; i-- > 0;) { /* the portal's own are the first in the map */
        struct source *named = arena_new(e->site->arena, struct source);
        named->path = str_join(e->site->arena, STR("templates/"), e->theme.assets.items[i].key);
        links_address(e->links, e->theme.assets.items[i].key, LINKS_FILE, place_file(named), diags);
    }
}

static void make_workers(struct edition *e) {
    e->checked = arena_array(e->arena, bool, e->plan.count);
    e->workers = arena_array(e->arena, struct edition_worker, e->threads);
    for (size_t i = 0; i < e->threads; i++)
        e->workers[i].diags.arena = e->workers[i].out.arena = &e->workers[i].lasting;
}

static void enter(const struct edition_options *options, const char *stage) {
    if (options->stage)
        options->stage(options->context, stage);
}

/* Each stage only where those before it, and what the site went through before, left no errors. */
static bool make(struct edition *e, const struct edition_options *options, struct diags *diags) {
    enter(options, "templates");
    compile_templates(e, diags);
    enter(options, "markdown");
    bodies_render(&e->bodies, e->site, e->site->worker_arenas, e->threads, diags);
    if (diags->errors)
        return false;
    enter(options, "plan");
    plan_make(&e->plan, e->arena, e->site);
    figures_make(&e->figures, e->arena, e->site);
    index_make(&e->index, e->arena, &e->plan);
    if (e->plan.agenda)
        agenda_files_make(&e->calendars, e->plan.agenda, e->arena);
    declare_addresses(e, diags);
    make_workers(e);
    return !diags->errors;
}

struct edition *edition_new(struct arena *arena, const struct site *site,
                            const struct edition_options *options, struct diags *diags) {
    struct edition *e = arena_new(arena, struct edition);
    *e = (struct edition){.site = site, .arena = arena, .threads = options->threads};
    if (make(e, options, diags))
        return e;
    edition_release(e);
    return NULL;
}

void edition_release(struct edition *e) {
    for (size_t i = 0; e->workers && i < e->threads; i++) {
        arena_release(&e->workers[i].arena);
        arena_release(&e->workers[i].frame);
        arena_release(&e->workers[i].lasting);
        arena_release(&e->workers[i].file);
    }
    if (e->links)
        links_release(e->links);
}

/* ---- which files there are ---- */

size_t edition_count(const struct edition *e, enum edition_kind kind) {
    const size_t counts[EDITION_KINDS] = {[EDITION_PAGE] = e->plan.count,
                                          [EDITION_CALENDAR] = e->calendars.count,
                                          [EDITION_INDEX] = e->index.count,
                                          [EDITION_ASSET] = e->theme.assets.count,
                                          [EDITION_ATTACHMENT] = e->site->attachment_count};
    return counts[kind];
}

struct edition_file edition_file(const struct edition *e, enum edition_kind kind, size_t n) {
    struct edition_file file = {kind, n, {0}};
    switch (kind) {
    case EDITION_PAGE: file.address = e->plan.outputs[n].address; break;
    case EDITION_CALENDAR: file.address = e->calendars.items[n].address; break;
    case EDITION_INDEX: file.address = e->index.items[n].address; break;
    case EDITION_ASSET: file.address = e->theme.assets.items[n].key; break;
    case EDITION_ATTACHMENT: file.address = e->site->attachments[n].address; break;
    case EDITION_KINDS: break;
    }
    return file;
}

/* Pages are known to the links by their addresses. Of other files there are few, but for calendars; and none is asked for
 * as often as pages are. */
bool edition_find(const struct edition *e, struct str address, struct edition_file *out) {
    size_t page;
    if (!links_find(e->links, address, &page))
        return false;
    if (page != LINKS_FILE) {
        *out = edition_file(e, EDITION_PAGE, page);
        return true;
    }
    for (int kind = EDITION_PAGE + 1; kind < EDITION_KINDS; kind++)
        for (size_t i = 0; i < edition_count(e, (enum edition_kind)kind); i++) {
            *out = edition_file(e, (enum edition_kind)kind, i);
            if (str_eq(out->address, address))
                return true;
        }
    return false;
}

const struct plan_page *edition_page(const struct edition *e, size_t number) {
    return &e->plan.outputs[number];
}

bool edition_is_slow(const struct edition *e, size_t page) {
    return e->plan.outputs[page].kind == TEMPLATE_PROPOSALS;
}

bool edition_checked(const struct edition *e, size_t page) {
    return e->checked[page];
}

bool edition_attaches(const struct edition *e, size_t attachment) {
    return e->site->audience == AUDIENCE_OFFICERS ||
           links_lead_to(e->links, e->site->attachments[attachment].address);
}

/* ---- one file ---- */

/* What is wrong with a page is noted once, however often it is rendered. */
static bool render_page(struct edition *e, size_t page, size_t worker, struct str *out) {
    struct edition_worker *w = &e->workers[worker];
    const struct plan_page *output = &e->plan.outputs[page];
    struct arena_mark mark = arena_mark(&w->arena), frame = arena_mark(&w->frame);
    bool slow = edition_is_slow(e, page);
    if (slow && e->proposals.at) {
        *out = e->proposals;
        return true;
    }
    struct diags again = {.arena = &w->arena};
    struct diags *diags = e->checked[page] ? &again : &w->diags;
    struct value data = view_make(&e->plan, &e->bodies, &e->figures, output, &w->arena, diags);
    struct str note = str_join(&w->arena, STR("while rendering "), output->address);
    bool made =
        mustache_render(&e->templates, e->compiled[output->kind], &data, &w->frame, &w->out, diags, note);
    *out = buf_str(&w->out);
    if (made && !e->checked[page])
        links_check_page(e->links, worker, page, *out);
    e->checked[page] = true;
    if (slow && made)
        e->proposals = str_copy(&w->lasting, *out);
    arena_rewind(&w->arena, mark);
    arena_rewind(&w->frame, frame);
    return made;
}

static void write_calendar(struct edition *e, size_t number, size_t worker, struct str *out) {
    struct edition_worker *w = &e->workers[worker];
    struct arena_mark mark = arena_mark(&w->arena);
    agenda_file_write(e->plan.agenda, &e->calendars.items[number], &w->arena, &w->out);
    *out = buf_str(&w->out);
    arena_rewind(&w->arena, mark);
}

static bool read_attachment(struct edition *e, size_t number, size_t worker, struct str *out,
                            struct diags *diags) {
    struct arena *arena = &e->workers[worker].file;
    const struct attachment *a = &e->site->attachments[number];
    arena_release(arena);
    if (file_read(arena, &e->site->folder, str_z(arena, a->path), ATTACHMENT_SIZE_MAX, out))
        return true;
    diag(diags, errno == EFBIG ? DIAG_FILE_TOO_LARGE : DIAG_FILE_UNREADABLE, (struct place){0}, a->path,
         errno == EFBIG ? STR(ATTACHMENT_SIZE_WORDS) : file_reason(errno));
    return false;
}

bool edition_render(struct edition *e, const struct edition_file *file, size_t worker, struct str *out,
                    struct diags *diags) {
    buf_clear(&e->workers[worker].out);
    switch (file->kind) {
    case EDITION_PAGE: return render_page(e, file->number, worker, out);
    case EDITION_CALENDAR: write_calendar(e, file->number, worker, out); break;
    case EDITION_INDEX: *out = e->index.items[file->number].bytes; break;
    case EDITION_ASSET: *out = *(const struct str *)e->theme.assets.items[file->number].value; break;
    case EDITION_ATTACHMENT: return read_attachment(e, file->number, worker, out, diags);
    case EDITION_KINDS: return false;
    }
    return true;
}

void edition_report(const struct edition *e, struct diags *diags) {
    for (size_t i = 0; i < e->threads; i++)
        diags_take(diags, &e->workers[i].diags);
    links_finish(e->links, diags);
}
