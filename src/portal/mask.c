/* SPDX-License-Identifier: MIT */
/* mask.c: what of each message an audience may be told. */
#include "portal/mask.h"

#include "portal/school.h"

#define WITHHELD "(withheld)"

/* Messages that speak only of what stands in the place they name, or of the machine. */
static const struct {
    enum diag_id first, last;
} plain[] = {
    {DIAG_FILE_UNREADABLE, DIAG_PATH_FRAGMENT},  /* files, YAML, Markdown, FEEL, records, framework, facts */
    {DIAG_LINK_UNKNOWN, DIAG_IMAGE_UNKNOWN},     /* as they are written on a page */
    {DIAG_TEMPLATE_UNKNOWN, DIAG_TREE_REMOVALS}, /* templates, and the folder that is published */
    {DIAG_POLICY_CUTS, DIAG_OUTPUT_PREFER},      /* cells and directives */
    {DIAG_MEASURES_TWICE, DIAG_MATCH_SECOND},    /* tables */
    {DIAG_POLICY_GAP, DIAG_POLICY_UNPROVED},     /* proofs, which follow from the tables alone */
    {DIAG_REVIEW_AHEAD, DIAG_REVIEW_OWNER},      /* what a page says, or does not say, of its review */
    {DIAG_HISTORY_UNREAD, DIAG_HISTORY_UNREAD},  {DIAG_GIT_NONE, DIAG_GIT_CUT},
};

static bool is_plain(enum diag_id id) {
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (id >= plain[i].first && id <= plain[i].last)
            return true;
    return false;
}

/* ---- places -------------------------------------------------------------------------------------------- */

/* Where the last key or value begins that begins no later than the offset; 0: none does. */
static uint32_t last_before(const struct value *v, uint32_t offset) {
    uint32_t last = v->offset <= offset ? v->offset : 0;
    for (uint32_t i = 0; (v->kind == VALUE_LIST || v->kind == VALUE_MAP) && i < v->count; i++) {
        const struct field *field = v->kind == VALUE_MAP ? &v->fields[i] : NULL;
        uint32_t inner = last_before(field ? &field->value : &v->items[i], offset);
        if (field && field->key_offset <= offset && field->key_offset > last)
            last = field->key_offset;
        last = inner > last ? inner : last;
    }
    return last;
}

/* Whether what stands at an offset of a record is still there once it is projected. A key that no schema knows never
 * is: what states no class is for officers. */
static bool is_kept(const struct site *site, const struct value *record, const struct schema *schema,
                    enum audience audience, uint32_t offset) {
    struct arena scratch = {0};
    struct value left = *record;
    schema_project(&left, schema, audience, &site->vocabulary, &scratch);
    bool kept = offset != DIAG_NOWHERE && last_before(&left, offset) == last_before(record, offset);
    arena_release(&scratch);
    return kept;
}

enum place_class {
    PLACE_HIDDEN,
    PLACE_FIELD, /* of a record: what it quotes may be told, and not the line around it */
    PLACE_OPEN,
};

static enum place_class class_of(const struct site *site, enum audience audience, struct place at) {
    struct str path = at.source ? at.source->path : (struct str){0};
    bool school = str_starts(path, STR("schools/")) && str_ends(path, STR(".yaml"));
    if (!at.source || str_eq(path, STR("portal.yaml")) || str_eq(path, STR("content/framework.yaml")) ||
        str_starts(path, STR("templates/")))
        return PLACE_OPEN;
    const struct page *page = map_get(&site->page_by_path, path);
    if (page && audience_may_see(audience, page->audience) && at.offset >= page->body)
        return PLACE_OPEN;
    if (page && audience_may_see(audience, page->audience) &&
        is_kept(site, &page->front, schema_content[page->kind], audience, at.offset))
        return PLACE_FIELD;
    const struct school *of =
        school ? map_get(&site->school_by_slug, str_sub(path, strlen("schools/"), path.len - strlen(".yaml")))
               : NULL;
    return of && is_kept(site, &of->record, &schema_school, audience, at.offset) ? PLACE_FIELD : PLACE_HIDDEN;
}

/* ---- words --------------------------------------------------------------------------------------------- */

/* The catalogue's words, with what a message of that kind quotes left out. */
static struct str without_subjects(struct arena *arena, const char *text) {
    struct buf out = {.arena = arena};
    for (const char *p = text; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '9' && p[2] == '}') {
            buf_lit(&out, WITHHELD);
            p += 2;
        } else {
            buf_byte(&out, *p);
        }
    }
    return buf_str(&out);
}

static void withhold_subjects(struct diag *d, struct arena *arena) {
    const struct diag_kind *kind = &diag_catalogue[d->id];
    d->text = without_subjects(arena, kind->text);
    d->hint = strchr(kind->hint, '{') ? (struct str){0} : str_from(kind->hint);
    d->note = (struct str){0};
    d->unquoted = true;
}

/* All of a level become one, since diags_sort keeps what says the same of the same place once. */
static void withhold_all(struct diag *d, enum audience audience, struct arena *arena) {
    bool warning = diag_catalogue[d->id].level == DIAG_WARNING;
    struct diags one = {.arena = arena};
    struct str who = audience == AUDIENCE_PUBLIC ? STR("the public") : STR("schools");
    *d = *diag(&one, warning ? DIAG_WITHHELD_WARNING : DIAG_WITHHELD_ERROR, (struct place){0}, who);
}

void diags_mask(const struct site *site, enum audience audience, size_t from, struct diags *diags) {
    size_t kept = from;
    if (audience == AUDIENCE_OFFICERS)
        return;
    for (size_t i = from; i < diags->count; i++) {
        struct diag d = diags->items[i];
        enum place_class class = class_of(site, audience, d.at);
        bool told = is_plain(d.id), note = diag_catalogue[d.id].level == DIAG_NOTE;
        if (!told && note) /* a remark that is not for the reader is no remark */
            continue;
        if (!told)
            withhold_all(&d, audience, diags->arena);
        else if (class == PLACE_HIDDEN)
            withhold_subjects(&d, diags->arena);
        if (d.id == DIAG_REFERENCE_UNKNOWN) /* the nearest name may be that of a page for others */
            d.hint = (struct str){0};
        d.unquoted = d.unquoted || class != PLACE_OPEN;
        d.note = (struct str){0};
        diags->items[kept++] = d;
    }
    diags->notes -= diags->count - kept;
    diags->count = kept;
}

void diags_unquote(size_t from, struct diags *diags) {
    for (size_t i = from; i < diags->count; i++)
        diags->items[i].unquoted = true;
}
