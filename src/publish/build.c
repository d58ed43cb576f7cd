/* SPDX-License-Identifier: MIT */
/* build.c: the stages from a bound site to a published tree. */
#include "publish/build.h"

#include <errno.h>

#include "base/pool.h"
#include "publish/agenda.h"
#include "publish/index.h"
#include "publish/link.h"
#include "publish/theme.h"
#include "publish/view.h"

/* Pictures and documents that people download. */
#define ATTACHMENT_SIZE_MAX ((size_t)20 * 1024 * 1024)

/* What one thread keeps from page to page. */
struct build_worker {
    struct arena arena;   /* the page's data: rewound for each */
    struct arena frame;   /* the renderer's */
    struct arena lasting; /* diagnostics, and the buffer */
    struct diags diags;
    struct buf out;
};

struct build {
    const struct site *site;
    struct arena arena;
    struct plan plan;
    struct bodies bodies;
    struct figures figures;
    struct theme theme;
    struct mustache_set templates;
    const struct mustache *compiled[TEMPLATE_COUNT];
    struct agenda_files calendars;
    struct links *links;
    struct tree *tree; /* NULL: check only */
    struct build_worker *workers;
    size_t threads;
};

static void enter(const struct build_options *options, const char *stage) {
    if (options->stage)
        options->stage(options->context, stage);
}

/* ---- before the pages ---- */

static void compile_templates(struct build *b, struct diags *diags) {
    theme_load(&b->theme, &b->arena, b->site, diags);
    b->templates =
        (struct mustache_set){.arena = &b->arena, .loader = theme_loader(&b->theme), .diags = diags};
    for (int k = 0; k < TEMPLATE_COUNT; k++)
        b->compiled[k] = mustache_compile(&b->templates, template_name((enum template_kind)k));
}

/* Pages and files that the program makes itself come first: where an author's file wants the address of one, it is the
 * author's that is reported. */
static void declare_addresses(struct build *b, const struct index_files *index, struct diags *diags) {
    struct str base = view_root(&b->arena, b->site, STR("404.html"));
    struct place portal = place_file(b->site->portal_source);
    b->links = links_new(&b->arena, b->plan.count, b->threads, base);
    for (size_t i = 0; i < index->count; i++)
        links_address(b->links, index->items[i].address, LINKS_FILE, portal, diags);
    for (size_t i = 0; i < b->calendars.count; i++)
        links_address(b->links, b->calendars.items[i].address, LINKS_FILE,
                      agenda_file_place(&b->calendars.items[i], portal), diags);
    for (size_t i = 0; i < b->site->attachment_count; i++)
        links_address(b->links, b->site->attachments[i].address, LINKS_FILE, portal, diags);
    for (int authors = 0; authors < 2; authors++)
        for (size_t i = 0; i < b->plan.count; i++)
            if ((b->plan.outputs[i].made_from.source != portal.source) == authors)
                links_address(b->links, b->plan.outputs[i].address, i, b->plan.outputs[i].made_from, diags);
    for (size_t i = b->theme.assets.count; i-- > 0;) { /* the portal's own are the first in the map */
        struct source *named = arena_new(b->site->arena, struct source);
        named->path = str_join(b->site->arena, STR("templates/"), b->theme.assets.items[i].key);
        links_address(b->links, b->theme.assets.items[i].key, LINKS_FILE, place_file(named), diags);
    }
}

/* ---- the pages ---- */

static void render_page(void *context, size_t task, size_t worker) {
    struct build *b = context;
    struct build_worker *w = &b->workers[worker];
    const struct plan_page *output = &b->plan.outputs[task];
    struct arena_mark mark = arena_mark(&w->arena), frame = arena_mark(&w->frame);
    struct value data = view_make(&b->plan, &b->bodies, &b->figures, output, &w->arena, &w->diags);
    struct str note = str_join(&w->arena, STR("while rendering "), output->address);
    buf_clear(&w->out);
    if (mustache_render(&b->templates, b->compiled[output->kind], &data, &w->frame, &w->out, &w->diags,
                        note)) {
        links_check_page(b->links, worker, task, buf_str(&w->out));
        if (b->tree)
            tree_put(b->tree, output->address, buf_str(&w->out));
    }
    arena_rewind(&w->arena, mark);
    arena_rewind(&w->frame, frame);
}

static void write_calendar(void *context, size_t task, size_t worker) {
    struct build *b = context;
    struct build_worker *w = &b->workers[worker];
    struct arena_mark mark = arena_mark(&w->arena);
    const struct agenda_file *file = &b->calendars.items[task];
    buf_clear(&w->out);
    agenda_file_write(b->plan.agenda, file, &w->arena, &w->out);
    tree_put(b->tree, file->address, buf_str(&w->out));
    arena_rewind(&w->arena, mark);
}

static void render_pages(struct build *b, struct diags *diags) {
    b->workers = arena_array(&b->arena, struct build_worker, b->threads);
    for (size_t i = 0; i < b->threads; i++)
        b->workers[i].diags.arena = b->workers[i].out.arena = &b->workers[i].lasting;
    pool_run(b->threads, b->plan.count, render_page, b);
    if (b->tree)
        pool_run(b->threads, b->calendars.count, write_calendar, b);
    for (size_t i = 0; i < b->threads; i++) {
        diags_take(diags, &b->workers[i].diags);
        arena_release(&b->workers[i].arena);
        arena_release(&b->workers[i].frame);
        arena_release(&b->workers[i].lasting);
    }
}

static void put_files(struct build *b, const struct index_files *index) {
    for (size_t i = 0; b->tree && i < b->theme.assets.count; i++)
        tree_put(b->tree, b->theme.assets.items[i].key, *(struct str *)b->theme.assets.items[i].value);
    for (size_t i = 0; b->tree && i < index->count; i++)
        tree_put(b->tree, index->items[i].address, index->items[i].bytes);
}

/* A file says nothing of whom it is for, so it is as public as the pages that lead to it: what only an officers' page
 * shows must not be on another portal, not even by its name. Officers get all, since they may see all. */
static bool is_for_audience(const struct build *b, const struct attachment *a) {
    return b->site->audience == AUDIENCE_OFFICERS || links_lead_to(b->links, a->address);
}

/* One at a time, since some are large. Gives their number. */
static size_t put_attachments(struct build *b, struct diags *diags) {
    size_t count = 0;
    for (size_t i = 0; i < b->site->attachment_count; i++) {
        const struct attachment *a = &b->site->attachments[i];
        if (!is_for_audience(b, a))
            continue;
        count++;
        struct arena_mark mark = arena_mark(&b->arena);
        struct str bytes;
        if (!file_read(&b->arena, &b->site->folder, str_z(&b->arena, a->path), ATTACHMENT_SIZE_MAX, &bytes))
            diag(diags, errno == EFBIG ? DIAG_FILE_TOO_LARGE : DIAG_FILE_UNREADABLE, (struct place){0},
                 a->path, errno == EFBIG ? STR("20 MiB") : file_reason(errno));
        else if (b->tree)
            tree_put(b->tree, a->address, bytes);
        arena_rewind(&b->arena, mark);
    }
    return count;
}

/* ---- the whole ---- */

static bool run(struct build *b, const struct build_options *options, struct build_outcome *outcome,
                struct diags *diags) {
    struct index_files index = {0};
    enter(options, "templates");
    compile_templates(b, diags);
    enter(options, "markdown");
    bodies_render(&b->bodies, b->site, b->site->worker_arenas, b->threads, diags);
    if (diags->errors)
        return false;
    enter(options, "plan");
    plan_make(&b->plan, &b->arena, b->site);
    figures_make(&b->figures, &b->arena, b->site);
    index_make(&index, &b->arena, &b->plan);
    if (b->plan.agenda)
        agenda_files_make(&b->calendars, b->plan.agenda, &b->arena);
    declare_addresses(b, &index, diags);
    if (diags->errors)
        return false;
    if (options->tree && !(b->tree = tree_open(&b->arena, options->tree, diags)))
        return false;
    enter(options, "pages");
    render_pages(b, diags);
    enter(options, "links");
    links_finish(b->links, diags);
    enter(options, "files");
    size_t attached = put_attachments(b, diags);
    outcome->pages = b->plan.count;
    outcome->files = b->plan.count + b->theme.assets.count + index.count + b->calendars.count + attached;
    if (diags->errors || (options->strict && diags_warnings(diags)))
        return false;
    enter(options, "publish");
    put_files(b, &index);
    struct tree *tree = b->tree;
    b->tree = NULL; /* published or not, it is done with */
    return !tree || tree_publish(tree, &outcome->tree, diags);
}

bool build(const struct site *site, const struct build_options *options, struct build_outcome *outcome,
           struct diags *diags) {
    struct build b = {.site = site, .threads = options->threads};
    *outcome = (struct build_outcome){0};
    bool done = run(&b, options, outcome, diags);
    if (b.tree)
        tree_abandon(b.tree);
    if (b.links)
        links_release(b.links);
    arena_release(&b.arena);
    return done;
}
