/* SPDX-License-Identifier: MIT */
/* build.c: the stages from a bound site to a published tree. */
#include "publish/build.h"

#include "base/pool.h"
#include "publish/edition.h"

struct build {
    struct edition *edition;
    struct tree *tree;      /* NULL: check only */
    struct diags *diags;    /* of the files that are made one at a time */
    enum edition_kind kind; /* that is being put */
};

static void enter(const struct build_options *options, const char *stage) {
    if (options->stage)
        options->stage(options->context, stage);
}

static void put(void *context, size_t task, size_t worker) {
    struct build *b = context;
    struct edition_file file = edition_file(b->edition, b->kind, task);
    struct str bytes;
    if (edition_render(b->edition, &file, worker, &bytes, b->diags) && b->tree)
        tree_put(b->tree, file.address, bytes);
}

/* Gives their number. Without a tree only pages need to be made, since only they can be wrong. */
static size_t put_all(struct build *b, enum edition_kind kind, size_t threads) {
    size_t count = edition_count(b->edition, kind);
    b->kind = kind;
    if (b->tree || kind == EDITION_PAGE)
        pool_run(threads, count, put, b);
    return count;
}

/* One at a time, since some are large; and read in any case, since they may not be readable. Gives their number. */
static size_t put_attachments(struct build *b) {
    size_t count = 0;
    b->kind = EDITION_ATTACHMENT;
    for (size_t i = 0; i < edition_count(b->edition, EDITION_ATTACHMENT); i++) {
        if (!edition_attaches(b->edition, i))
            continue;
        put(b, i, 0);
        count++;
    }
    return count;
}

static bool run(struct build *b, const struct site *site, const struct build_options *options,
                struct arena *arena, struct build_outcome *outcome) {
    struct edition_options how = {
        .threads = options->threads, .stage = options->stage, .context = options->context};
    b->edition = edition_new(arena, site, &how, b->diags);
    if (!b->edition)
        return false;
    if (options->tree && !(b->tree = tree_open(arena, options->tree, b->diags)))
        return false;
    enter(options, "pages");
    outcome->pages = put_all(b, EDITION_PAGE, options->threads);
    outcome->files = outcome->pages + put_all(b, EDITION_CALENDAR, options->threads);
    enter(options, "links");
    edition_report(b->edition, b->diags);
    enter(options, "files");
    outcome->files += put_attachments(b);
    if (b->diags->errors || (options->strict && diags_warnings(b->diags)))
        return false;
    enter(options, "publish");
    outcome->files += put_all(b, EDITION_ASSET, 1) + put_all(b, EDITION_INDEX, 1);
    struct tree *tree = b->tree;
    b->tree = NULL; /* published or not, it is done with */
    return !tree || tree_publish(tree, &outcome->tree, b->diags);
}

bool build(const struct site *site, const struct build_options *options, struct build_outcome *outcome,
           struct diags *diags) {
    struct arena arena = {0};
    struct build b = {.diags = diags};
    *outcome = (struct build_outcome){0};
    bool done = run(&b, site, options, &arena, outcome);
    if (b.tree)
        tree_abandon(b.tree);
    if (b.edition)
        edition_release(b.edition);
    arena_release(&arena);
    return done;
}
