/* SPDX-License-Identifier: MIT */
/* review_records.c: what changes in records. */
#include "edge/review_records.h"

#include "edge/review_fields.h"
#include "edge/review_match.h"
#include "edge/review_text.h"
#include "edge/review_vocabulary.h"

struct telling {
    struct review *review;
    bool alike; /* the same record is projected alike on both sides */
    struct value_list list;
    size_t told, more; /* records, in all lists */
};

static struct review_fields fields_new(const struct review *review) {
    return (struct review_fields){
        .arena = review->arena,
        .scratch = review->scratch,
        .base = review->base.site,
        .head = review->head.site,
        .list = {.arena = review->arena},
    };
}

/* Counts the record, and says whether there is room to tell it. */
static bool tell(struct telling *t, enum review_finding finding) {
    t->review->found[finding]++;
    if (t->told == REVIEW_RECORDS_MAX)
        t->more++;
    else
        t->told++;
    return !t->more;
}

static void add_fields(struct value_map *m, struct review_fields *fields) {
    map_set(m, "fields", list_done(&fields->list));
    map_whole(m, "more", (long long)fields->more);
}

/* ---- schools ---- */

static bool same_text(const struct source *a, const struct source *b) {
    return a == b || (a && b && str_eq(a->text, b->text));
}

static struct str school_status(const struct review_school_pair *p) {
    if (!p->base)
        return STR("new");
    if (!p->head)
        return STR("gone");
    if (school_is_listed(p->base) != school_is_listed(p->head))
        return school_is_listed(p->base) ? STR("closed") : STR("reopened");
    bool renamed = !str_eq(p->base->slug, p->head->slug) || !str_eq(p->base->name, p->head->name);
    return renamed ? STR("renamed") : STR("changed");
}

/* "Primary, Community school". */
static struct str school_about(const struct school *school, struct arena *arena) {
    struct str phase = school->phase ? str_from(school->phase->label) : STR("");
    struct str type = school->type ? str_from(school->type->label) : STR("");
    return phase.len && type.len ? str_join(arena, phase, STR(", "), type) : phase.len ? phase : type;
}

static struct str title_of(const struct page *page) {
    return page ? page->title : (struct str){0};
}

/* Where it belongs on the day, which entries of its record say less plainly; each side as far as it was joined up. */
static void compare_places(const struct review_school_pair *p, struct review_fields *fields) {
    struct place base = place_file(p->base->source), head = place_file(p->head->source);
    review_fields_add(fields, STR("Cluster now"), title_of(p->base->cluster), title_of(p->head->cluster),
                      base, head);
    review_fields_add(fields, STR("Partnership now"), title_of(p->base->partnership),
                      title_of(p->head->partnership), base, head);
}

static void tell_school(struct telling *t, const struct review_school_pair *p) {
    struct review *r = t->review;
    const struct school *school = p->head ? p->head : p->base;
    struct review_fields fields = fields_new(r);
    bool both = p->base && p->head;
    if (both) {
        bool same =
            same_text(p->base->source, p->head->source) && same_text(p->base->overlay, p->head->overlay);
        if (same && t->alike && str_eq(p->base->slug, p->head->slug))
            return;
        if (!same && review_is_complete(r))
            compare_places(p, &fields);
        review_fields_compare(&fields, &p->base->record, &p->head->record, &schema_school, NULL);
        if (!fields.list.count && str_eq(p->base->slug, p->head->slug))
            return;
    }
    if (!tell(t, !p->base ? REVIEW_RECORD_ADDED : !p->head ? REVIEW_RECORD_REMOVED : REVIEW_RECORD_CHANGE))
        return;
    struct value_map m = {.arena = r->arena};
    map_text(&m, "name", school->name);
    map_text(&m, "slug", school->slug);
    map_text(&m, "path", school->source->path);
    map_text(&m, "status", school_status(p));
    if (both && !str_eq(p->base->name, p->head->name))
        map_text(&m, "was", p->base->name);
    else if (both && !str_eq(p->base->slug, p->head->slug))
        map_text(&m, "was", p->base->source->path);
    map_text(&m, "about", both ? STR("") : school_about(school, r->arena));
    add_fields(&m, &fields);
    list_add(&t->list, map_done(&m));
}

/* ---- pages that are records ---- */

static bool is_own(const struct schema_field *field) {
    static const struct str common[] = {{"title", 5},    {"summary", 7},   {"short_title", 11},
                                        {"audience", 8}, {"owner", 5},     {"order", 5},
                                        {"reviewed", 8}, {"review_by", 9}, {"changes", 7}};
    for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
        if (str_eq(common[i], str_from(field->name)))
            return false;
    return true;
}

static void tell_page(struct telling *t, const struct review_page_pair *p) {
    struct review *r = t->review;
    const struct page *page = p->head ? p->head : p->base;
    struct review_fields fields = fields_new(r);
    bool both = p->base && p->head;
    if (page->kind == CONTENT_PAGE || page->kind == CONTENT_POLICY)
        return;
    if (both) {
        review_fields_compare(&fields, &p->base->front, &p->head->front, schema_content[page->kind], is_own);
        if (!fields.list.count)
            return; /* that it was renamed is told with its words */
    }
    if (!tell(t, !p->base ? REVIEW_RECORD_ADDED : !p->head ? REVIEW_RECORD_REMOVED : REVIEW_RECORD_CHANGE))
        return;
    struct value_map m = {.arena = r->arena};
    map_text(&m, "title", page->title);
    map_text(&m, "kind", content_noun(page->kind));
    map_text(&m, "path", page->source->path);
    map_text(&m, "status", !p->base ? STR("new") : !p->head ? STR("gone") : STR("changed"));
    map_text(&m, "about", both ? STR("") : page->summary);
    add_fields(&m, &fields);
    list_add(&t->list, map_done(&m));
}

/* ---- the whole ---- */

static struct value portal_fields(struct review *r) {
    struct review_fields fields = fields_new(r);
    review_fields_compare(&fields, &r->base.site->portal, &r->head.site->portal, &schema_portal, NULL);
    r->found[REVIEW_VOCABULARY_CHANGE] += fields.list.count + fields.more;
    return list_done(&fields.list);
}

static struct value vocabulary_fields(struct review *r) {
    struct review_fields fields = fields_new(r);
    review_vocabulary(r, &fields);
    r->found[REVIEW_VOCABULARY_CHANGE] += fields.list.count + fields.more;
    return list_done(&fields.list);
}

struct value review_records(struct review *r) {
    struct telling t = {.review = r, .alike = review_projected_alike(r), .list = {.arena = r->arena}};
    struct review_schools_matched schools;
    struct review_pages_matched pages;
    struct value_map m = {.arena = r->arena};
    review_match_schools(r, r->scratch, &schools);
    for (size_t i = 0; i < schools.count; i++)
        tell_school(&t, &schools.items[i]);
    struct value told_schools = list_done(&t.list);
    t.list = (struct value_list){.arena = r->arena};
    review_match_pages(r, r->scratch, &pages);
    for (size_t i = 0; i < pages.count; i++)
        tell_page(&t, &pages.items[i]);
    struct value told_pages = list_done(&t.list), portal = portal_fields(r),
                 vocabulary = vocabulary_fields(r);
    if (!told_schools.count && !told_pages.count && !portal.count && !vocabulary.count)
        return map_done(&m);
    map_set(&m, "schools", told_schools);
    map_set(&m, "pages", told_pages);
    map_whole(&m, "more", (long long)t.more);
    map_set(&m, "portal", portal);
    map_set(&m, "vocabulary", vocabulary);
    return map_done(&m);
}

/* ---- in words ---- */

static const struct {
    struct str status;
    const char *words;
} statuses[] = {{{"new", 3}, "is new"},
                {{"gone", 4}, "goes"},
                {{"closed", 6}, "closes"},
                {{"reopened", 8}, "is no longer closed"},
                {{"renamed", 7}, "is renamed"}};

static const char *status_words(struct str status) {
    for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++)
        if (str_eq(statuses[i].status, status))
            return statuses[i].words;
    return "";
}

static struct str text_at(const struct value *v, const char *key) {
    return value_words(value_get(v, str_from(key)));
}

static void write_record(const struct value *record, struct document *out) {
    const struct value *fields = value_get(record, STR("fields"));
    struct str name = text_at(record, "name"), kind = text_at(record, "kind"), was = text_at(record, "was");
    struct str about = text_at(record, "about");
    const char *status = status_words(text_at(record, "status"));
    size_t more = review_whole(record, "more");
    document_item(out, 0);
    document_span(out, SPAN_STRONG, name.len ? name : text_at(record, "title"));
    if (kind.len)
        document_printf(out, ", " STR_FMT, STR_ARG(kind));
    if (*status)
        document_printf(out, kind.len ? ", %s" : " %s", status);
    if (was.len)
        document_printf(out, ", was " STR_FMT, STR_ARG(was));
    if (about.len)
        document_printf(out, ": " STR_FMT, STR_ARG(about));
    document_place(out, text_at(record, "path"), 0);
    for (uint32_t i = 0; fields && i < fields->count; i++)
        review_field_write(&fields->items[i], 1, out);
    if (more) {
        document_item(out, 1);
        document_printf(out, "and " STR_FMT " more",
                        STR_ARG(str_grouped(document_arena(out), (long long)more)));
    }
}

static void write_list(const struct value *list, struct str heading, struct document *out,
                       void (*write)(const struct value *item, struct document *out)) {
    if (!list || !list->count)
        return;
    document_heading(out, 3, heading);
    for (uint32_t i = 0; i < list->count; i++)
        write(&list->items[i], out);
}

static void write_field(const struct value *change, struct document *out) {
    review_field_write(change, 0, out);
}

void review_records_write(const struct value *value, struct document *out) {
    size_t more = review_whole(value, "more");
    if (!value_get(value, STR("schools")))
        return;
    document_heading(out, 2, STR("Records"));
    write_list(value_get(value, STR("schools")), STR("Schools"), out, write_record);
    write_list(value_get(value, STR("pages")), STR("Clusters, partnerships, offers, people and bodies"), out,
               write_record);
    if (more) {
        document_paragraph(out);
        document_printf(
            out, "And " STR_FMT ".",
            STR_ARG(str_counted(document_arena(out), more, "more record changes", "more records change")));
    }
    write_list(value_get(value, STR("portal")), STR("The portal"), out, write_field);
    write_list(value_get(value, STR("vocabulary")), STR("The vocabulary"), out, write_field);
}
