/* SPDX-License-Identifier: MIT */
/* chronicle.c: on which day the text that an audience reads last changed, and in which versions. */
#include "portal/chronicle.h"

#include "base/pool.h"
#include "portal/content.h"
#include "portal/partnership.h"
#include "text/markdown.h"
#include "text/source.h"

/* ---- the published text of a version ---- */

/* The fields as they are found. */
struct gatherer {
    struct arena *arena;
    struct str *labels;
    struct str *texts;
    size_t count, room;
};

static void add_field(struct gatherer *g, struct str label, struct str text) {
    if (!text.len)
        return;
    if (g->count == g->room) {
        size_t room = g->room ? g->room * 2 : 16, old = g->room * sizeof(struct str);
        g->labels = arena_grow(g->arena, g->labels, old, room * sizeof(struct str), alignof(struct str));
        g->texts = arena_grow(g->arena, g->texts, old, room * sizeof(struct str), alignof(struct str));
        g->room = room;
    }
    g->labels[g->count] = label;
    g->texts[g->count++] = text;
}

/* What a page says of itself rather than of its subject, and what puts it into its place. */
static const char *const asides[] = {"audience",  "order",   "owner",    "reviewed",
                                     "review_by", "changes", "numbered", "short_title"};

/* What is told by other pages' names, or worked out: those change by themselves. */
static bool is_words(const struct schema_field *field) {
    for (size_t i = 0; i < sizeof(asides) / sizeof(asides[0]); i++)
        if (str_eq(str_from(field->name), str_from(asides[i])))
            return false;
    return field->type != TYPE_SLUG && field->type != TYPE_PATH && field->type != TYPE_FACTS &&
           field->type != TYPE_DECISIONS && field->type != TYPE_CONDITION && field->type != TYPE_ANY;
}

static struct str scalar_words(struct arena *arena, const struct schema_field *field, const struct value *v) {
    struct str text = value_words(v);
    const struct choice *choice = field->type == TYPE_CHOICE ? choice_find(field->choices, text) : NULL;
    date day = field->type == TYPE_DATE ? date_parse_iso(text) : DATE_NONE;
    return choice ? str_from(choice->label) : day != DATE_NONE ? date_long(arena, day) : text;
}

/* "Priya Venning, Coordinator, 020 7946 0150" */
static void join_record(struct buf *out, struct arena *arena, const struct schema *schema,
                        const struct value *map) {
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        const struct value *v = value_get(map, str_from(f->name));
        struct str text = v && is_words(f) ? scalar_words(arena, f, v) : (struct str){0};
        if (!text.len)
            continue;
        buf_add(out, out->len ? STR(", ") : STR(""));
        buf_add(out, text);
    }
}

static void add_value(struct gatherer *g, const struct schema_field *field, const struct value *v) {
    struct str label = str_from(field->label);
    struct buf out = {.arena = g->arena};
    if (v->kind == VALUE_LIST) {
        for (uint32_t i = 0; i < v->count; i++)
            add_value(g, field, &v->items[i]);
    } else if (field->type == TYPE_RECORD) {
        join_record(&out, g->arena, field->record, v);
        add_field(g, label, buf_str(&out));
    } else {
        add_field(g, label, scalar_words(g->arena, field, v));
    }
}

static void add_fields(struct gatherer *g, const struct page *page) {
    for (const struct schema_field *f = schema_content[page->kind]->fields; f->name; f++) {
        const struct value *v = value_get(&page->front, str_from(f->name));
        if (v && is_words(f))
            add_value(g, f, v);
    }
}

static void gather(const struct page *page, struct arena *arena, struct page_text *out) {
    struct gatherer g = {.arena = arena};
    struct markdown_prose body;
    add_fields(&g, page);
    markdown_prose(arena, page->source, page->body, &body);
    out->labels = g.labels;
    out->fields = g.count;
    out->prose.blocks = arena_array(arena, struct markdown_block, g.count + body.count);
    for (size_t i = 0; i < g.count; i++)
        out->prose.blocks[out->prose.count++] = (struct markdown_block){.text = g.texts[i]};
    for (size_t i = 0; i < body.count; i++) {
        struct markdown_block *block = &out->prose.blocks[out->prose.count++];
        *block = body.blocks[i];
        block->above += block->above ? g.count : 0;
    }
}

/* A class that cannot be read is the strictest, and so is that of a partnership that was not formed: a portal that would
 * have shown it was never published. */
static enum audience class_of(const struct page *page) {
    const struct value *stated = value_at(&page->front, "audience");
    enum audience class = AUDIENCE_PUBLIC;
    if (stated && !audience_parse(value_words(stated), &class))
        return AUDIENCE_OFFICERS;
    bool worked =
        partnership_stage(page) == PARTNERSHIP_FORMED || partnership_stage(page) == PARTNERSHIP_DISSOLVED;
    return page->kind == CONTENT_PARTNERSHIP && !worked ? AUDIENCE_OFFICERS : class;
}

/* Its complaints are dropped: they were made when it was new. */
static struct page *read_page(const struct site *site, struct str path, struct str bytes,
                              struct arena *arena) {
    struct diags dropped = {.arena = arena};
    struct schema_check check = {arena, &site->vocabulary, &dropped};
    if (!str_starts(path, STR("content/")) || !str_ends(path, STR(".md")) || bytes.len > SOURCE_SIZE_MAX)
        return NULL;
    const struct source *source = source_new(arena, path, bytes, &dropped);
    return source ? content_read(&check, source) : NULL;
}

/* What the bound audience could read of a version; of NULL, of the page as it is. */
static void text_of_version(const struct site *site, const struct page *page,
                            const struct chronicle_version *version, struct arena *arena,
                            struct page_text *out) {
    const struct chronicle *chronicle = site->chronicle;
    struct str bytes;
    *out = (struct page_text){.state = TEXT_SHOWN};
    if (!version) {
        gather(page, arena, out);
        return;
    }
    if (!chronicle->read(chronicle->context, version, arena, &bytes)) {
        out->state = TEXT_MISSING;
        return;
    }
    struct page *then = read_page(site, version->path, bytes, arena);
    if (!then) {
        out->state = TEXT_UNREAD;
    } else if (!audience_may_see(site->audience, audience_stricter(class_of(then), page->audience))) {
        out->state = TEXT_HIDDEN;
    } else {
        schema_project(&then->front, schema_content[then->kind], site->audience, &site->vocabulary, NULL);
        gather(then, arena, out);
    }
}

bool chronicle_same(const struct page_text *a, const struct page_text *b) {
    if (a->state != b->state || a->prose.count != b->prose.count)
        return false;
    for (size_t i = 0; i < a->prose.count; i++)
        if (!str_eq(a->prose.blocks[i].text, b->prose.blocks[i].text))
            return false;
    return true;
}

/* ---- what an audience is told ---- */

enum history_mode chronicle_mode(const struct site *site) {
    struct str mode = value_words(value_at(&site->portal, "history"));
    return str_eq(mode, STR("none"))     ? HISTORY_NONE
           : str_eq(mode, STR("public")) ? HISTORY_PUBLIC
                                         : HISTORY_DATES;
}

/* Whether the bound audience is told which versions there are. */
static bool lists_versions(const struct site *site) {
    return site->audience == AUDIENCE_OFFICERS || chronicle_mode(site) == HISTORY_PUBLIC;
}

/* One page's work. A text that was read is kept: whoever asks for a version asks for the one before it next. */
struct reading {
    const struct site *site;
    const struct page *page;
    struct arena *arena; /* for texts */
    struct page_history *of;
    struct page_text *texts; /* of each version, once it was read */
    bool *read;
    date from;
};

static struct reading reading_new(const struct site *site, const struct page *page, struct page_history *of,
                                  struct arena *arena) {
    return (struct reading){.site = site,
                            .page = page,
                            .arena = arena,
                            .of = of,
                            .texts = arena_array(arena, struct page_text, of->version_count),
                            .read = arena_array(arena, bool, of->version_count),
                            .from = value_date(value_at(&site->portal, "history_from"))};
}

static struct page_text text_of(const struct reading *r, size_t i) {
    if (!r->read[i])
        text_of_version(r->site, r->page, r->of->versions[i], r->arena, &r->texts[i]);
    r->read[i] = true;
    return r->texts[i];
}

/* The text of version i; what was never published is passed over, so it is that of the next older one that was. */
static struct page_text text_from(const struct reading *r, size_t *i) {
    for (; *i < r->of->version_count; ++*i)
        if (text_of(r, *i).state != TEXT_UNREAD)
            return text_of(r, *i);
    return (struct page_text){.state = TEXT_UNREAD};
}

static void find_day(const struct reading *r) {
    struct page_history *of = r->of;
    struct page_text now;
    size_t i = 0, count = of->version_count, oldest = count;
    text_of_version(r->site, r->page, NULL, r->arena, &now);
    for (; i < count; i++) {
        struct page_text text = text_from(r, &i);
        if (i < count && text.state == TEXT_MISSING)
            of->state = HISTORY_CUT;
        if (i == count || !chronicle_same(&text, &now))
            break;
        oldest = i;
    }
    if (of->state == HISTORY_CUT || (i >= count && of->cut)) {
        of->state = HISTORY_CUT;
    } else if (oldest == count) {
        of->state = HISTORY_PENDING;
    } else if (r->from == DATE_NONE || of->versions[oldest]->day >= r->from) {
        of->state = HISTORY_DATED;
        of->changed = of->versions[oldest]->day;
    }
}

static void list(struct page_history *of, size_t i) {
    if (of->count < HISTORY_LISTED_MAX)
        of->listed[of->count++] = i;
    else
        of->more++;
}

/* For lower audiences: those in which their text changed, as far as that is known. */
static void list_changes(const struct reading *r) {
    struct page_history *of = r->of;
    size_t i = 0, count = of->version_count;
    struct page_text text = text_from(r, &i), before;
    for (size_t next; i < count; i = next, text = before) {
        next = i + 1;
        before = text_from(r, &next);
        bool known = next < count ? before.state != TEXT_MISSING : !of->cut;
        bool told = r->from == DATE_NONE || of->versions[i]->day >= r->from;
        if (told && text.state == TEXT_SHOWN && known && (next == count || !chronicle_same(&text, &before)))
            list(of, i);
    }
}

/* A commit of a later day than the portal speaks of has not been made yet. */
static void take_versions(struct page_history *of, const struct chronicle_trail *trail, date day,
                          struct arena *arena) {
    of->versions = arena_array(arena, const struct chronicle_version *, trail->count);
    of->listed = arena_array(arena, size_t, trail->count);
    of->cut = trail->cut;
    for (size_t i = 0; i < trail->count; i++)
        if (trail->versions[i].day <= day)
            of->versions[of->version_count++] = &trail->versions[i];
    of->later = of->version_count < trail->count;
}

static void bind_page(void *context, size_t task, size_t worker) {
    struct site *site = context;
    struct page *page = site->all.items[task];
    struct arena *arena = &site->worker_arenas[worker], scratch = {0};
    page->history = NULL;
    if (!page->visible)
        return;
    struct page_history *of = arena_new(arena, struct page_history);
    of->changed = DATE_NONE;
    take_versions(of, &site->chronicle->trails[page->number], site->as_of, arena);
    struct reading r = reading_new(site, page, of, &scratch);
    find_day(&r);
    for (size_t i = 0; site->audience == AUDIENCE_OFFICERS && i < of->version_count; i++)
        list(of, i);
    if (site->audience != AUDIENCE_OFFICERS && lists_versions(site))
        list_changes(&r);
    page->history = of;
    arena_release(&scratch);
}

void chronicle_bind(struct site *site) {
    if (site->chronicle)
        pool_run(site->workers, site->all.count, bind_page, site);
}

/* ---- what a history lists ---- */

static struct history_entry entry_of(const struct reading *r, size_t n) {
    const struct page_history *of = r->of;
    size_t i = of->listed[n] + 1;
    struct history_entry e = {.version = of->versions[of->listed[n]], .text = text_of(r, of->listed[n])};
    e.text_before = text_from(r, &i);
    if (i == of->version_count) {
        e.before = of->cut ? BEFORE_UNKNOWN : BEFORE_NOTHING;
        return e;
    }
    bool told =
        r->site->audience == AUDIENCE_OFFICERS || r->from == DATE_NONE || of->versions[i]->day >= r->from;
    e.before = e.text_before.state == TEXT_HIDDEN          ? BEFORE_HIDDEN
               : told && e.text_before.state == TEXT_SHOWN ? BEFORE_TOLD
                                                           : BEFORE_UNKNOWN;
    return e;
}

const struct history_entry *chronicle_entries(const struct site *site, const struct page *page,
                                              struct arena *arena) {
    struct page_history of = *page->history;
    struct reading r = reading_new(site, page, &of, arena);
    struct history_entry *entries = arena_array(arena, struct history_entry, of.count);
    for (size_t n = 0; n < of.count; n++)
        entries[n] = entry_of(&r, n);
    return entries;
}
