/* SPDX-License-Identifier: MIT */
/* preview.c: views of a portal, each a site and its edition, made anew when the sources change. */
#include "edge/preview.h"

#include "base/pool.h"
#include "edge/chronicle_read.h"
#include "portal/release.h"
#include "portal/store.h"
#include "portal/trial.h"
#include "publish/edition.h"

/* A portal as its sources said at one moment, for one view. */
struct print {
    struct arena arena; /* and everything in it, this too */
    struct site site;
    struct chronicle_reader *chronicle; /* NULL: there is no history, or none is told */
    struct edition *edition;            /* NULL: the sources are wrong */
    struct diags diags;                 /* of loading, and of making the edition */
    struct diags others;                /* of attachments and the policy's tests */
    size_t next;                        /* the first page that may not have been checked */
    bool finished;                      /* pages, attachments and tests were */
    struct arena told_arena;
    struct diags told; /* all of them, sorted */
    bool fresh;        /* nothing was found since they were */
    uint64_t generation;
};

struct slot {
    struct preview_view view;
    uint64_t used;        /* when it was asked for last; 0: never */
    struct print *now;    /* of what the sources said last */
    struct print *gone;   /* nobody's any more: given back when there is time */
    struct print *before; /* the last that could be shown, until one is known to be as good; or NULL */
};

struct preview {
    struct arena arena;
    struct preview_options options;
    struct store *store;
    struct chronicle_reader *chronicle; /* that was read last, or NULL */
    struct slot slots[PREVIEW_VIEWS_MAX];
    uint64_t generation, clock;
};

/* ---- one print ---- */

/* Reading a long history takes a while: what was read is used again as long as nothing is committed. */
static void print_chronicle(struct preview *p, struct print *print) {
    if (p->chronicle && chronicle_again(p->chronicle, &print->site)) {
        print->chronicle = p->chronicle;
        return;
    }
    chronicle_close(p->chronicle);
    p->chronicle = chronicle_open(&print->site, p->options.path, (struct str){0}, &print->diags);
    if (p->chronicle && chronicle_again(p->chronicle, &print->site))
        print->chronicle = p->chronicle;
}

static struct print *print_new(struct preview *p, struct preview_view view) {
    struct arena arena = {0};
    struct print *print = arena_new(&arena, struct print);
    print->arena = arena;
    print->generation = p->generation;
    print->diags.arena = print->others.arena = &print->arena;
    print->told.arena = &print->told_arena;
    struct site_options options = {.path = p->options.path,
                                   .as_of = view.as_of != DATE_NONE ? view.as_of : p->options.as_of,
                                   .today = p->options.today,
                                   .threads = p->options.threads,
                                   .store = p->store};
    site_load(&print->site, &print->arena, &options, &print->diags);
    if (!print->diags.errors)
        print_chronicle(p, print);
    if (print->diags.errors)
        return print;
    release_bind(&print->site, view.audience);
    struct edition_options how = {.threads = p->options.threads};
    print->edition = edition_new(&print->arena, &print->site, &how, &print->diags);
    return print;
}

static void print_release(struct print *print) {
    if (!print)
        return;
    if (print->edition)
        edition_release(print->edition);
    chronicle_close(print->chronicle);
    site_release(&print->site);
    arena_release(&print->told_arena);
    struct arena arena = print->arena;
    arena_release(&arena);
}

static const struct diags *print_tell(struct print *print) {
    if (print->fresh)
        return &print->told;
    arena_release(&print->told_arena);
    print->told = (struct diags){.arena = &print->told_arena};
    diags_take(&print->told, &print->diags);
    diags_take(&print->told, &print->others);
    chronicle_report(print->chronicle, &print->told);
    if (print->edition)
        edition_report(print->edition, &print->told);
    diags_sort(&print->told);
    print->fresh = true;
    return &print->told;
}

/* ---- checking ---- */

struct checking {
    struct print *print;
    const size_t *pages;
};

static void check_page(void *context, size_t task, size_t worker) {
    const struct checking *c = context;
    struct edition_file file = edition_file(c->print->edition, EDITION_PAGE, c->pages[task]);
    struct str bytes;
    edition_render(c->print->edition, &file, worker, &bytes, &c->print->others);
}

static void check_pages(const struct preview *p, struct print *print, const size_t *pages, size_t count) {
    struct checking c = {print, pages};
    if (!count)
        return;
    pool_run(p->options.threads, count, check_page, &c);
    print->fresh = false;
}

/* An attachment that cannot be read would not be published. */
static void check_attachments(struct print *print) {
    struct str bytes;
    for (size_t i = 0; i < edition_count(print->edition, EDITION_ATTACHMENT); i++) {
        struct edition_file file = edition_file(print->edition, EDITION_ATTACHMENT, i);
        if (edition_attaches(print->edition, i))
            edition_render(print->edition, &file, 0, &bytes, &print->others);
    }
}

/* What is wrong with no page: looked for after them, since tests run every record and every table. */
static void print_finish(struct print *print) {
    check_attachments(print);
    if (print->site.audience == AUDIENCE_OFFICERS)
        trials_check(&print->site, &print->arena, &print->others);
    print->finished = true;
    print->fresh = false;
}

/* Gives how many pages it checked. */
static size_t print_check(const struct preview *p, struct print *print, size_t most) {
    struct arena scratch = {0};
    size_t *pages = arena_array(&scratch, size_t, most), n = 0;
    size_t count = edition_count(print->edition, EDITION_PAGE);
    for (; print->next < 2 * count && n < most; print->next++) {
        size_t page = print->next % count;
        if (edition_is_slow(print->edition, page) == (print->next >= count) &&
            !edition_checked(print->edition, page))
            pages[n++] = page;
    }
    check_pages(p, print, pages, n);
    if (print->next == 2 * count)
        print_finish(print);
    arena_release(&scratch);
    return n;
}

/* ---- slots ---- */

static bool same_view(struct preview_view a, struct preview_view b) {
    return a.audience == b.audience && a.as_of == b.as_of;
}

static void slot_empty(struct slot *slot) {
    print_release(slot->now);
    print_release(slot->before);
    print_release(slot->gone);
    *slot = (struct slot){0};
}

/* What was shown last stays as long as what comes now may turn out not to be fit to be shown. */
static void slot_print(struct preview *p, struct slot *slot) {
    struct print *last = slot->now;
    bool shown = last && last->edition;
    print_release(slot->gone);
    slot->gone = shown ? slot->before : last;
    slot->before = shown ? last : slot->before;
    slot->now = print_new(p, slot->view);
}

static void slot_settle(struct slot *slot) {
    if (slot->now->finished && !print_tell(slot->now)->errors) {
        print_release(slot->before);
        slot->before = NULL;
    }
}

static struct slot *slot_of(struct preview *p, struct preview_view view) {
    struct slot *slot = &p->slots[0];
    for (size_t i = 0; i < PREVIEW_VIEWS_MAX; i++) {
        struct slot *s = &p->slots[i];
        if (s->used && same_view(s->view, view)) {
            slot = s;
            break;
        }
        if (s->used < slot->used)
            slot = s;
    }
    if (!slot->used || !same_view(slot->view, view)) {
        slot_empty(slot);
        slot->view = view;
    }
    slot->used = ++p->clock;
    if (!slot->now || slot->now->generation != p->generation)
        slot_print(p, slot);
    return slot;
}

static struct slot *slot_last(struct preview *p) {
    struct slot *last = &p->slots[0];
    for (size_t i = 1; i < PREVIEW_VIEWS_MAX; i++)
        if (p->slots[i].used > last->used)
            last = &p->slots[i];
    return last->used ? last : NULL;
}

/* ---- the whole ---- */

struct preview *preview_new(const struct preview_options *options) {
    struct arena arena = {0};
    struct preview *p = arena_new(&arena, struct preview);
    p->arena = arena;
    p->options = *options;
    p->options.threads = options->threads ? options->threads : 1;
    p->store = store_new();
    p->generation = 1;
    return p;
}

void preview_release(struct preview *p) {
    if (!p)
        return;
    for (size_t i = 0; i < PREVIEW_VIEWS_MAX; i++)
        slot_empty(&p->slots[i]);
    chronicle_close(p->chronicle);
    store_release(p->store);
    struct arena arena = p->arena;
    arena_release(&arena);
}

/* What every page is made from shows in those that are made from nothing else. */
static bool is_shared(struct str path) {
    return str_starts(path, STR("templates/")) || str_eq(path, STR("content/framework.yaml"));
}

static void check_changed(const struct preview *p, struct print *print, const struct str *paths,
                          size_t count) {
    struct arena scratch = {0};
    struct map changed = {.arena = &scratch};
    for (size_t i = 0; i < count; i++)
        map_add(&changed, is_shared(paths[i]) ? print->site.portal_source->path : paths[i], print, NULL);
    size_t all = edition_count(print->edition, EDITION_PAGE), n = 0;
    size_t *pages = arena_array(&scratch, size_t, all);
    for (size_t i = 0; i < all; i++) {
        const struct source *source = edition_page(print->edition, i)->made_from.source;
        if (source && map_get(&changed, source->path) && !edition_is_slow(print->edition, i))
            pages[n++] = i;
    }
    check_pages(p, print, pages, n);
    arena_release(&scratch);
}

void preview_update(struct preview *p, const struct str *paths, size_t count) {
    struct slot *slot = slot_last(p);
    p->generation++;
    store_suspect(p->store, paths, count);
    if (!slot)
        return;
    slot_print(p, slot);
    if (slot->now->edition)
        check_changed(p, slot->now, paths, paths ? count : 0);
}

bool preview_check(struct preview *p, size_t pages) {
    size_t left = pages ? pages : 1;
    for (size_t i = 0; i < PREVIEW_VIEWS_MAX; i++) {
        struct slot *slot = &p->slots[i];
        struct print *print = slot->now;
        print_release(slot->gone);
        slot->gone = NULL;
        if (!print || print->generation != p->generation || !print->edition || print->finished)
            continue;
        left -= print_check(p, print, left);
        if (!print->finished || !left)
            return true;
        slot_settle(slot);
    }
    return false;
}

struct preview_state preview_state(struct preview *p, struct preview_view view) {
    struct slot *slot = slot_of(p, view);
    const struct print *shown = slot->now->edition ? slot->now : slot->before;
    return (struct preview_state){.generation = p->generation,
                                  .diags = print_tell(slot->now),
                                  .good = slot->now->edition,
                                  .shown = shown,
                                  .checked = slot->now->finished,
                                  .as_of = (shown ? shown : slot->now)->site.as_of};
}

/* ---- files ---- */

static const struct {
    const char *ending, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".xml", "application/xml; charset=utf-8"},
    {".txt", "text/plain; charset=utf-8"},
    {".ics", "text/calendar; charset=utf-8"},
    {".csv", "text/csv; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".pdf", "application/pdf"},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
};

static struct str type_of(struct str address) {
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_ends(address, str_from(types[i].ending)))
            return str_from(types[i].type);
    return STR("application/octet-stream");
}

/* Whether the audience gets an attachment is certain once all pages are checked; mostly a page that shows it was. */
static bool is_attached(const struct preview *p, struct print *print, size_t attachment) {
    if (!edition_attaches(print->edition, attachment) && !print->finished)
        print_check(p, print, edition_count(print->edition, EDITION_PAGE) + 1);
    return edition_attaches(print->edition, attachment);
}

/* False where the print has no such file, or cannot make it: then `*there`. */
static bool print_get(const struct preview *p, struct print *print, struct str address, struct arena *arena,
                      struct preview_file *out, bool *there) {
    struct edition_file file;
    struct diags unheard = {.arena = arena};
    if (!edition_find(print->edition, address, &file) ||
        (file.kind == EDITION_ATTACHMENT && !is_attached(p, print, file.number)))
        return false;
    *there = true;
    bool page = file.kind == EDITION_PAGE;
    if (page && !edition_checked(print->edition, file.number))
        print->fresh = false;
    struct str bytes;
    if (!edition_render(print->edition, &file, 0, &bytes, &unheard))
        return false;
    *out = (struct preview_file){.bytes = str_copy(arena, bytes),
                                 .type = type_of(address),
                                 .page = page ? edition_page(print->edition, file.number)->page : NULL,
                                 .site = &print->site};
    return true;
}

bool preview_get(struct preview *p, struct preview_view view, struct str address, struct arena *arena,
                 struct preview_file *out) {
    struct slot *slot = slot_of(p, view);
    bool there = false;
    if (slot->now->edition && print_get(p, slot->now, address, arena, out, &there))
        return true;
    if (!slot->before || (slot->now->edition && !there))
        return false;
    bool old = print_get(p, slot->before, address, arena, out, &there);
    if (old)
        out->old = true;
    return old;
}
