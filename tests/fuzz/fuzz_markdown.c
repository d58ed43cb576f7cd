/* SPDX-License-Identifier: MIT */
/*
 * fuzz_markdown.c: whatever the text, the HTML is well formed, its ids are unique, no address has a scheme that runs
 * a script, and every place is in the source. The first byte chooses the options.
 */
#include <stdlib.h>

#include "../markup.h"
#include "text/markdown.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    markdown_setup();
    return 0;
}

static void must(bool fact) {
    if (!fact)
        abort();
}

static struct str resolve(void *context, struct str to, bool image, struct place at, struct diags *diags) {
    (void)context;
    must(at.source && at.offset <= at.source->text.len);
    must(!str_starts(to, STR("javascript:")));
    if (str_starts(to, STR("no"))) {
        diag(diags, image ? DIAG_IMAGE_ALT : DIAG_LINK_SCHEME, at, to);
        return (struct str){0};
    }
    return to;
}

static void check(const struct markdown *page, const struct diags *diags, const struct source *source) {
    must(markup_well_formed(page->html));
    must(!str_has(page->html, STR("=\"javascript:")));
    for (size_t i = 0; i < page->id_count && i < 64; i++)
        for (size_t j = 0; j < i; j++)
            must(!str_eq(page->ids[i], page->ids[j]));
    for (size_t i = 0; i < diags->count; i++)
        must(diags->items[i].at.offset <= source->text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size)
        return 0;
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct source source = {STR("fuzz.md"), {(const char *)data, size}};
    struct markdown_options options = {
        .links.resolve = data[0] & 1 ? resolve : NULL,
        .numbered = data[0] & 2,
        .heading_shift = data[0] & 4 ? 1 : 0,
        .id_prefix = data[0] & 8 ? STR("a-") : STR(""),
    };
    struct markdown page = markdown_render(&arena, &source, 1, &options, &diags);
    check(&page, &diags, &source);
    arena_release(&arena);
    return 0;
}
