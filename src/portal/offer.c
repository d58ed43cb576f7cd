/* SPDX-License-Identifier: MIT */
/* offer.c: whom an offer of support is open to, and the tables that name it. */
#include "portal/offer.h"

/* ---- `for` ---- */

void offers_ask(struct site *site) {
    for (size_t i = 0; i < site->all.count; i++) {
        struct page *page = site->all.items[i];
        const struct value *source = page->kind == CONTENT_OFFER ? value_at(&page->front, "for") : NULL;
        if (source && (source->kind == VALUE_MAP || source->kind == VALUE_TEXT))
            page->open_to = policy_ask(&site->policy, STR("school"), source);
    }
}

/* Whether a list of ids names a choice; an empty one names all. */
static bool lists(const struct value *list, const struct choice *choice) {
    if (!list || !list->count)
        return true;
    for (uint32_t i = 0; i < list->count; i++)
        if (choice && str_eq(value_words(&list->items[i]), str_from(choice->id)))
            return true;
    return false;
}

enum truth offer_open_to(const struct page *offer, const struct school *school) {
    bool universal = str_eq(value_words(value_at(&offer->front, "level")), STR("universal"));
    if (!lists(value_at(&offer->front, "phases"), school->phase) ||
        !lists(value_at(&offer->front, "types"), school->type))
        return TRUTH_NO;
    if (!offer->open_to)
        return universal ? TRUTH_YES : TRUTH_NO;
    return school->answers ? (enum truth)school->answers[offer->open_to->index] : TRUTH_MAYBE;
}

/* ---- tables that name offers ---- */

const struct page *offer_of_answer(const struct site *site, const struct output *output,
                                   const struct answer *answer, struct arena *arena) {
    struct str from = output->decision->tables[0]->source->path;
    if (output->type != OUTPUT_OFFER)
        return NULL;
    const struct page *page = site_target(site, arena, from, answer->id).page;
    return page && page->kind == CONTENT_OFFER ? page : NULL;
}

/* The first answer of the output that leads to the page. */
static const struct answer *first_answer(const struct site *site, const struct output *output,
                                         const struct page *page, struct arena *arena) {
    size_t i = 0;
    while (offer_of_answer(site, output, &output->answers[i], arena) != page)
        i++;
    return &output->answers[i];
}

/* The words of one cell against the page that it leads to. A link that leads nowhere is reported with all others. */
static void check_cell(const struct site *site, const struct output *output, const struct cell_answer *cell,
                       struct arena *arena, struct diags *diags) {
    const struct answer *answer = &output->answers[__builtin_ctzll(cell->set)];
    const struct page *page = offer_of_answer(site, output, answer, arena);
    bool away = str_find(answer->id, ':', 0) < answer->id.len;
    if (!page) {
        if (away || site_target(site, arena, cell->at.source->path, answer->id).kind != TARGET_NONE)
            diag(diags, DIAG_OFFER_PAGE, cell->at, cell->text, answer->id);
        return;
    }
    struct str title = value_words(value_at(&page->front, "title"));
    struct str brief = value_words(value_at(&page->front, "short_title"));
    const struct answer *first = first_answer(site, output, page, arena);
    if (!str_eq_fold(cell->text, title) && !(brief.len && str_eq_fold(cell->text, brief)))
        diag(diags, DIAG_OFFER_TITLE, cell->at, cell->text, title);
    else if (first != answer)
        diag(diags, DIAG_OFFER_LINK, cell->at, cell->text, answer->id, first->id);
}

static void check_output(const struct site *site, const struct output *output, struct arena *arena,
                         struct diags *diags) {
    const struct decision *d = output->decision;
    size_t index = (size_t)(output - d->outputs);
    for (size_t i = 0; i < d->row_count; i++) {
        const struct cell_answer *cell = &d->rows[i]->answers[index];
        struct arena_mark mark = arena_mark(arena);
        if (values_is_answer(cell->set))
            check_cell(site, output, cell, arena, diags);
        arena_rewind(arena, mark);
    }
}

void offers_check(const struct site *site, struct diags *diags) {
    struct arena arena = {0};
    for (size_t i = 0; i < site->policy.decision_count; i++) {
        const struct decision *d = site->policy.decisions[i];
        for (size_t j = 0; j < d->output_count; j++)
            if (d->outputs[j].type == OUTPUT_OFFER)
                check_output(site, &d->outputs[j], &arena, diags);
    }
    arena_release(&arena);
}
