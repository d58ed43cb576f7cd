/* SPDX-License-Identifier: MIT */
/* link.c: resolves every link of every page against the addresses of the portal. */
#include "publish/link.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "text/html.h"

/* As much of a malformed tag as a message shows, in bytes. */
#define EXCERPT_MAX 60

/* A declared output file. */
struct address {
    struct str path;
    size_t page;
    struct place made_from;
};

/* One thing that is wrong, on however many pages. */
struct problem {
    enum diag_id id;
    struct str detail;           /* the link, id or image as it stands in the page */
    struct str extra;            /* for the third hole of the text or hint */
    size_t count;                /* of pages */
    size_t pages[LINKS_REPEATS]; /* the least of them, in order; `count` says how many are filled */
    size_t last;                 /* the last page counted */
};

/* A link to a fragment of another page: wrong or not, once that page has been checked. */
struct awaited {
    struct problem problem; /* as it will be reported */
    size_t target;
    uint32_t hash; /* of the id */
};

/* The ids of a page that was checked, hashed and sorted. Two ids of one hash cost no more than a broken
 * fragment that goes unnoticed, once in a hundred million. */
struct page_ids {
    const uint32_t *hashes;
    size_t count;
    bool known; /* else the page was not checked, or is malformed, and may have any id */
};

/* An id, or what refers to one on the same page. */
struct mention {
    struct str id;
    struct str detail; /* as reported */
    enum diag_id missing;
    uint32_t hash;
};

struct mentions {
    struct mention *items;
    size_t count;
    size_t room;
};

/* What one thread has found, in an arena of its own: problems, and what is awaited, by what they say. */
struct worker {
    struct arena arena;
    struct arena scratch; /* rewound after each page */
    struct map problems;
    struct map awaited;
    struct map led_to; /* paths of files that are not pages */
};

/* Addresses once more, by a 64-bit hash of the exact path that is trusted without comparing: sixty links a
 * page and thousands of pages ask nothing else, and each comparison would wait for memory that is in no
 * cache. A broken link goes unnoticed by it once in a hundred million million. */
struct slot {
    uint64_t hash;
    const struct address *address; /* NULL where it is free */
};

struct links {
    struct arena *arena;
    struct str base_path;
    struct map addresses; /* by path in lower case */
    struct slot *slots;   /* at most half of them taken; their number is a power of two */
    size_t slot_count;
    const struct address **pages;
    struct page_ids *ids;
    size_t page_count;
    struct worker *workers;
    size_t worker_count;
};

/* One page being checked. */
struct check {
    const struct links *links;
    struct worker *worker;
    size_t page;
    struct str path, folder;
    bool rooted; /* 404.html */
    struct mentions ids;
    struct mentions references;
};

struct links *links_new(struct arena *arena, size_t pages, size_t workers, struct str base_path) {
    struct links *l = arena_new(arena, struct links);
    *l = (struct links){
        .arena = arena,
        .base_path = base_path,
        .addresses = {.arena = arena},
        .pages = arena_array(arena, const struct address *, pages),
        .ids = arena_array(arena, struct page_ids, pages),
        .page_count = pages,
        .workers = arena_array(arena, struct worker, workers),
        .worker_count = workers,
    };
    map_reserve(&l->addresses, pages);
    for (size_t i = 0; i < workers; i++)
        l->workers[i].problems.arena = l->workers[i].awaited.arena = l->workers[i].led_to.arena =
            &l->workers[i].arena;
    return l;
}

void links_release(struct links *l) {
    for (size_t i = 0; i < l->worker_count; i++) {
        arena_release(&l->workers[i].arena);
        arena_release(&l->workers[i].scratch);
    }
}

/* ---- addresses ----------------------------------------------------------------------------------------- */

static uint64_t hash_path(struct str path) {
    uint64_t h = path.len, word;
    for (; path.len >= sizeof(word); path = str_sub(path, sizeof(word), path.len)) {
        memcpy(&word, path.at, sizeof(word));
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    word = 0;
    if (path.len)
        memcpy(&word, path.at, path.len);
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 32;
}

/* Where the hash is, or the free slot where it belongs. */
static struct slot *slot_of(const struct links *l, uint64_t hash) {
    size_t mask = l->slot_count - 1, i = hash & mask;
    while (l->slots[i].address && l->slots[i].hash != hash)
        i = (i + 1) & mask;
    return &l->slots[i];
}

static void slot_add(struct links *l, const struct address *address) {
    if (l->slot_count <= l->addresses.count * 2) {
        struct slot *old = l->slots;
        size_t count = l->slot_count;
        l->slot_count = count ? count * 2 : 64;
        l->slots = arena_array(l->arena, struct slot, l->slot_count);
        for (size_t i = 0; i < count; i++)
            if (old[i].address)
                *slot_of(l, old[i].hash) = old[i];
    }
    uint64_t hash = hash_path(address->path);
    *slot_of(l, hash) = (struct slot){hash, address};
}

static const struct address *exact_address(const struct links *l, struct str path) {
    return l->slot_count ? slot_of(l, hash_path(path))->address : NULL;
}

void links_address(struct links *l, struct str path, size_t page, struct place made_from,
                   struct diags *diags) {
    struct address *address = arena_new(l->arena, struct address);
    bool added;
    *address = (struct address){path, page, made_from};
    if (page != LINKS_FILE) {
        assert(page < l->page_count);
        l->pages[page] = address;
    }
    const struct address *first = map_add(&l->addresses, str_lower(l->arena, path), address, &added)->value;
    if (added) {
        slot_add(l, address);
        return;
    }
    struct str by = first->made_from.source ? first->made_from.source->path : STR("the program itself");
    if (str_eq(first->path, path))
        diag(diags, DIAG_LINK_DUPLICATE, made_from, path, by);
    else
        diag(diags, DIAG_LINK_DUPLICATE_CASE, made_from, path, first->path, by);
}

/* ---- noting what is wrong ------------------------------------------------------------------------------ */

static void problem_count(struct problem *p, size_t page) {
    if (p->count && p->last == page)
        return;
    size_t at = p->count < LINKS_REPEATS ? p->count : LINKS_REPEATS;
    for (; at && p->pages[at - 1] > page; at--)
        if (at < LINKS_REPEATS)
            p->pages[at] = p->pages[at - 1];
    if (at < LINKS_REPEATS)
        p->pages[at] = page;
    p->last = page;
    p->count++;
}

/* What makes two problems the same: their kind and their words. */
static struct str problem_key(struct arena *arena, enum diag_id id, struct str detail, struct str extra) {
    struct buf key = {.arena = arena};
    buf_whole(&key, id);
    buf_byte(&key, ' ');
    buf_add(&key, detail);
    buf_byte(&key, '\n');
    buf_add(&key, extra);
    return buf_str(&key);
}

static void wrong(struct check *c, enum diag_id id, struct str detail, struct str extra) {
    struct arena *arena = &c->worker->arena;
    struct str key = problem_key(&c->worker->scratch, id, detail, extra);
    struct problem *p = map_get(&c->worker->problems, key);
    if (!p) {
        p = arena_new(arena, struct problem);
        *p = (struct problem){.id = id, .detail = str_copy(arena, detail), .extra = str_copy(arena, extra)};
        map_add(&c->worker->problems, str_copy(arena, key), p, NULL);
    }
    problem_count(p, c->page);
}

/* The same link on another folder's page may have another target, which is therefore part of the key. */
static void await(struct check *c, const struct address *target, struct str fragment, struct str link) {
    struct arena *arena = &c->worker->arena;
    struct str key = problem_key(&c->worker->scratch, DIAG_LINK_FRAGMENT, link, target->path);
    struct awaited *a = map_get(&c->worker->awaited, key);
    if (!a) {
        a = arena_new(arena, struct awaited);
        a->problem = (struct problem){
            .id = DIAG_LINK_FRAGMENT, .detail = str_copy(arena, link), .extra = target->path};
        a->target = target->page;
        a->hash = str_hash(fragment);
        map_add(&c->worker->awaited, str_copy(arena, key), a, NULL);
    }
    problem_count(&a->problem, c->page);
}

/* ---- ids and references within a page ------------------------------------------------------------------ */

static void mention(struct check *c, struct mentions *m, struct str id, enum diag_id missing,
                    struct str detail) {
    if (m->count == m->room) {
        size_t old = m->room * sizeof(*m->items);
        m->room = m->room ? m->room * 2 : 64;
        m->items = arena_grow(&c->worker->scratch, m->items, old, m->room * sizeof(*m->items),
                              alignof(struct mention));
    }
    m->items[m->count++] = (struct mention){id, detail, missing, str_hash(id)};
}

static int compare_mentions(const void *x, const void *y) {
    const struct mention *a = x, *b = y;
    int order = (a->hash > b->hash) - (a->hash < b->hash);
    return order ? order : str_cmp(a->id, b->id);
}

static void check_ids(struct check *c) {
    struct mentions *ids = &c->ids;
    if (ids->count)
        qsort(ids->items, ids->count, sizeof(*ids->items), compare_mentions);
    for (size_t i = 1; i < ids->count; i++)
        if (str_eq(ids->items[i].id, ids->items[i - 1].id))
            wrong(c, DIAG_LINK_ID_TWICE, ids->items[i].id, (struct str){0});
    for (size_t i = 0; i < c->references.count; i++) {
        const struct mention *r = &c->references.items[i];
        if (!ids->count || !bsearch(r, ids->items, ids->count, sizeof(*ids->items), compare_mentions))
            wrong(c, r->missing, r->detail, (struct str){0});
    }
}

static struct page_ids keep_ids(struct check *c) {
    uint32_t *hashes = arena_array(&c->worker->arena, uint32_t, c->ids.count);
    for (size_t i = 0; i < c->ids.count; i++)
        hashes[i] = c->ids.items[i].hash;
    return (struct page_ids){hashes, c->ids.count, true};
}

/* ---- links --------------------------------------------------------------------------------------------- */

/* What a link may begin with besides a path. All else is a slip, or a script where an address should be. */
static const struct str schemes[] = {
    {"http", 4}, {"https", 5}, {"mailto", 6}, {"tel", 3}, {"sms", 3}, {"geo", 3}, {"webcal", 6},
};

/* The part before a colon that stands before any `/`, `?` or `#`; empty where there is none. */
static struct str scheme_of(struct str link) {
    for (size_t i = 0; i < link.len; i++) {
        if (link.at[i] == ':')
            return str_sub(link, 0, i);
        if (link.at[i] == '/' || link.at[i] == '?' || link.at[i] == '#')
            break;
    }
    return (struct str){0};
}

static bool is_known_scheme(struct str scheme) {
    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
        if (str_eq_fold(schemes[i], scheme))
            return true;
    return false;
}

static int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes %xx. False where a % is followed by anything else, or stands for a NUL. */
static bool decode(struct arena *arena, struct str *s) {
    if (str_find(*s, '%', 0) == s->len)
        return true;
    char *out = arena_alloc(arena, s->len, 1);
    size_t len = 0;
    for (size_t i = 0; i < s->len; i++) {
        out[len] = s->at[i];
        if (s->at[i] == '%') {
            if (s->len - i < 3 || hex(s->at[i + 1]) < 0 || hex(s->at[i + 2]) < 0)
                return false;
            out[len] = (char)(hex(s->at[i + 1]) * 16 + hex(s->at[i + 2]));
            i += 2;
        }
        if (!out[len++])
            return false;
    }
    *s = (struct str){out, len};
    return true;
}

/* A path being put together. */
struct target {
    char at[LINKS_PATH_MAX];
    size_t len;
    bool folder; /* it ends where a folder does: `schools/`, `..` */
};

/* Walks `path` from where the target stands. DIAG_COUNT where it stays within the portal. */
static enum diag_id walk(struct target *t, struct str path) {
    struct str name;
    while (str_cut(&path, '/', &name)) {
        t->folder = true;
        if (!name.len || str_eq(name, STR(".")))
            continue;
        if (str_eq(name, STR(".."))) {
            if (!t->len)
                return DIAG_LINK_OUTSIDE;
            while (t->len && t->at[--t->len] != '/')
                continue;
            continue;
        }
        if (t->len + (t->len > 0) + name.len > sizeof(t->at))
            return DIAG_LINK_BROKEN;
        if (t->len)
            t->at[t->len++] = '/';
        memcpy(t->at + t->len, name.at, name.len);
        t->len += name.len;
        t->folder = false;
    }
    return DIAG_COUNT;
}

/* Where a page's links start from: its folder; for the rooted page the root, which its links must name. */
static enum diag_id start(const struct check *c, struct target *t, struct str *path) {
    t->len = 0;
    t->folder = false;
    if (c->rooted) {
        if (!str_starts(*path, c->links->base_path))
            return DIAG_LINK_UNROOTED;
        *path = str_sub(*path, c->links->base_path.len, path->len);
        if (!path->len)
            t->folder = true;
        return DIAG_COUNT;
    }
    if (path->at[0] == '/')
        return DIAG_LINK_ROOTED;
    if (c->folder.len > sizeof(t->at))
        return DIAG_LINK_BROKEN;
    if (c->folder.len)
        memcpy(t->at, c->folder.at, c->folder.len);
    t->len = c->folder.len;
    return DIAG_COUNT;
}

/* Whatever its capitals. */
static const struct address *address_at(const struct check *c, struct str path) {
    return map_get(&c->links->addresses, str_lower(&c->worker->scratch, path));
}

static struct str in_folder(const struct check *c, const struct target *t) {
    struct str folder = {t->at, t->len};
    return t->len ? str_join(&c->worker->scratch, folder, STR("/index.html")) : STR("index.html");
}

/* Reports a link that leads to no file: to a folder perhaps, or by another spelling to a file after all. */
static void report_missing(struct check *c, const struct target *t, struct str link) {
    struct str path = {t->at, t->len}, index = in_folder(c, t);
    const struct address *nearest = address_at(c, path);
    if (!t->folder && nearest)
        wrong(c, DIAG_LINK_CASE, link, nearest->path);
    else if (t->folder || address_at(c, index))
        wrong(c, DIAG_LINK_FOLDER, link, address_at(c, index) ? index : (struct str){0});
    else
        wrong(c, DIAG_LINK_BROKEN, link, path);
}

/* Resolves the path of a link; NULL and a report where there is no such file. */
static const struct address *resolve(struct check *c, struct str path, struct str link) {
    struct target target;
    enum diag_id id = start(c, &target, &path);
    if (id == DIAG_COUNT && !decode(&c->worker->scratch, &path))
        id = DIAG_LINK_PERCENT;
    if (id == DIAG_COUNT)
        id = walk(&target, path);
    if (id != DIAG_COUNT) {
        wrong(c, id, link, id == DIAG_LINK_UNROOTED ? c->links->base_path : (struct str){0});
        return NULL;
    }
    const struct address *address = exact_address(c->links, (struct str){target.at, target.len});
    if (address && !target.folder)
        return address;
    report_missing(c, &target, link);
    return NULL;
}

/* A fragment that no id answers: none at all, or the top of the page. */
static bool is_top(struct str fragment) {
    return !fragment.len || str_eq_fold(fragment, STR("top"));
}

static void check_link(struct check *c, struct str link) {
    size_t hash = str_find(link, '#', 0), query = str_find(link, '?', 0);
    struct str fragment = str_sub(link, hash + 1, link.len);
    struct str path = str_sub(link, 0, query < hash ? query : hash), scheme = scheme_of(link);
    if (scheme.len || str_starts(link, STR("//"))) {
        if (scheme.len && !is_known_scheme(scheme))
            wrong(c, DIAG_PAGE_LINK_SCHEME, link, scheme);
        return;
    }
    if (!link.len) {
        wrong(c, DIAG_LINK_EMPTY, STR("a link"), (struct str){0});
        return;
    }
    const struct address *target = path.len ? resolve(c, path, link) : c->links->pages[c->page];
    if (target && target->page == LINKS_FILE)
        map_add(&c->worker->led_to, target->path, c->worker, NULL);
    if (!target || is_top(fragment) || target->page == LINKS_FILE)
        return;
    if (!decode(&c->worker->scratch, &fragment))
        wrong(c, DIAG_LINK_PERCENT, link, (struct str){0});
    else if (target->page == c->page)
        mention(c, &c->references, fragment, DIAG_LINK_FRAGMENT, link);
    else
        await(c, target, fragment, link);
}

/* ---- pages --------------------------------------------------------------------------------------------- */

static void visit(void *context, const struct html_found *found) {
    struct check *c = context;
    switch (found->fact) {
    case HTML_ID: mention(c, &c->ids, found->value, DIAG_COUNT, found->value); break;
    case HTML_LINK: check_link(c, found->value); break;
    case HTML_REFERENCE: mention(c, &c->references, found->value, DIAG_LINK_REFERENCE, found->value); break;
    case HTML_IMAGE:
        if (!found->present)
            wrong(c, DIAG_LINK_IMAGE, found->value, (struct str){0});
        break;
    }
}

/* The malformed tag, as far as it tells where to look. */
static struct str excerpt(struct str page, size_t at) {
    struct str rest = str_sub(page, at, page.len);
    size_t end = rest.len < EXCERPT_MAX ? rest.len : EXCERPT_MAX;
    for (size_t i = 0; i < end; i++)
        if (rest.at[i] == '>' || rest.at[i] == '\n')
            end = rest.at[i] == '>' ? i + 1 : i;
    while (end && end < rest.len && ((unsigned char)rest.at[end] & 0xC0) == 0x80) /* not within a character */
        end--;
    return str_sub(rest, 0, end);
}

void links_check_page(struct links *l, size_t worker, size_t page, struct str bytes) {
    assert(worker < l->worker_count && page < l->page_count && l->pages[page]);
    struct worker *w = &l->workers[worker];
    struct arena_mark mark = arena_mark(&w->scratch);
    struct check c = {.links = l, .worker = w, .page = page, .path = l->pages[page]->path};
    c.rooted = str_eq(c.path, STR("404.html"));
    size_t slash = c.path.len;
    while (slash && c.path.at[slash - 1] != '/')
        slash--;
    c.folder = str_sub(c.path, 0, slash ? slash - 1 : 0);
    size_t end = html_scan(bytes, &w->scratch, visit, &c);
    if (end < bytes.len) { /* half of what half a page seems to lack would be in its other half */
        wrong(&c, DIAG_LINK_MALFORMED, excerpt(bytes, end), (struct str){0});
    } else {
        check_ids(&c);
        l->ids[page] = keep_ids(&c);
    }
    arena_rewind(&w->scratch, mark);
}

/* ---- the end ------------------------------------------------------------------------------------------- */

static int compare_hashes(const void *x, const void *y) {
    const uint32_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

static bool has_id(const struct page_ids *ids, uint32_t hash) {
    return !ids->known ||
           (ids->count && bsearch(&hash, ids->hashes, ids->count, sizeof(hash), compare_hashes));
}

/* The first pages of two lists that are each in order. */
static void problem_merge(struct problem *into, const struct problem *from) {
    struct problem both = *into;
    size_t i = 0, j = 0;
    both.count = into->count + from->count;
    for (size_t k = 0; k < LINKS_REPEATS && k < both.count; k++) {
        bool first = j == from->count || (i < into->count && into->pages[i] < from->pages[j]);
        both.pages[k] = first ? into->pages[i++] : from->pages[j++];
    }
    *into = both;
}

static void gather(struct map *all, struct arena *arena, const struct map_item *item,
                   const struct problem *p) {
    struct problem *first = map_get(all, item->key);
    if (first) {
        problem_merge(first, p);
        return;
    }
    first = arena_new(arena, struct problem);
    *first = *p;
    map_add(all, item->key, first, NULL);
}

static struct str more_pages(struct arena *arena, size_t more) {
    struct buf note = {.arena = arena};
    if (!more)
        return (struct str){0};
    buf_lit(&note, "and the same on ");
    buf_whole(&note, (long long)more);
    buf_add(&note, more == 1 ? STR(" more page") : STR(" more pages"));
    return buf_str(&note);
}

static void report(const struct links *l, const struct problem *p, struct diags *diags) {
    size_t shown = p->count < LINKS_REPEATS ? p->count : LINKS_REPEATS;
    for (size_t i = 0; i < shown; i++) {
        const struct address *page = l->pages[p->pages[i]];
        struct diag *d = diag(diags, p->id, page->made_from, p->detail, page->path, p->extra);
        if (i + 1 == shown)
            d->note = more_pages(diags->arena, p->count - shown);
    }
}

/* Workers share nothing until here. Which of them found a problem depends on who was free; so all are joined
 * by what they say, and the order in which they are reported is that of diags_sort. */
void links_finish(const struct links *l, struct diags *diags) {
    struct arena arena = {0};
    struct map all = {.arena = &arena};
    for (size_t i = 0; i < l->worker_count; i++) {
        const struct worker *w = &l->workers[i];
        for (size_t j = 0; j < w->problems.count; j++)
            gather(&all, &arena, &w->problems.items[j], w->problems.items[j].value);
        for (size_t j = 0; j < w->awaited.count; j++) {
            const struct awaited *a = w->awaited.items[j].value;
            if (!has_id(&l->ids[a->target], a->hash))
                gather(&all, &arena, &w->awaited.items[j], &a->problem);
        }
    }
    for (size_t i = 0; i < all.count; i++)
        report(l, all.items[i].value, diags);
    arena_release(&arena);
}

bool links_find(const struct links *l, struct str path, size_t *page) {
    const struct address *address = exact_address(l, path);
    if (!address || !str_eq(address->path, path)) /* whoever asks from without may ask for anything */
        return false;
    *page = address->page;
    return true;
}

bool links_lead_to(const struct links *l, struct str path) {
    for (size_t i = 0; i < l->worker_count; i++)
        if (map_get(&l->workers[i].led_to, path))
            return true;
    return false;
}
