/* SPDX-License-Identifier: MIT */
/*
 * fuzz_markdown.c: whatever the text, the HTML is well formed, its ids are unique, no address has a scheme that runs
 * a script, and every place is in the source; of a table that is a program every cell is where it says, and whatever
 * is printed with it is well formed too. The first byte chooses the options.
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

static struct str resolve(void *context, const struct markdown_link *link, struct diags *diags) {
    struct str to = link->to;
    struct place at = link->at;
    (void)context;
    must(at.source && at.offset <= at.source->text.len);
    must(!str_starts(to, STR("javascript:")));
    if (str_starts(to, STR("no"))) {
        diag(diags, link->image ? DIAG_IMAGE_ALT : DIAG_LINK_SCHEME, at, to);
        return (struct str){0};
    }
    return to;
}

static void check(const struct markdown *page, const struct diags *diags, const struct source *source) {
    must(markup_well_formed(page->html));
    must(!str_has(page->html, STR("href=\"javascript:")) && !str_has(page->html, STR("src=\"javascript:")));
    for (size_t i = 0; i < page->id_count && i < 64; i++)
        for (size_t j = 0; j < i; j++)
            must(!str_eq(page->ids[i], page->ids[j]));
    for (size_t i = 0; i < diags->count; i++)
        must(diags->items[i].at.offset <= source->text.len);
}

/* Every few bytes of the cell lead somewhere. */
static struct markdown_phrases phrases_of(struct arena *arena, const struct source *source,
                                          const struct markdown_cell *cell) {
    size_t count = cell->text.len / 3;
    struct markdown_phrase *phrases = arena_array(arena, struct markdown_phrase, count);
    must(cell->raw.at == source->text.at + cell->at.offset);
    must(cell->at.offset + cell->raw.len <= source->text.len);
    for (size_t i = 0; i < count; i++) {
        phrases[i] = (struct markdown_phrase){3 * i + i % 2, 3 * i + 3, STR("d.html")};
        size_t offset = markdown_cell_place(cell, phrases[i].from).offset;
        must(offset >= cell->at.offset && offset <= cell->at.offset + cell->raw.len);
    }
    return (struct markdown_phrases){phrases, count};
}

static struct markdown_phrases *phrases_of_row(struct arena *arena, const struct source *source,
                                               const struct markdown_row *row, size_t columns) {
    struct markdown_phrases *phrases = arena_array(arena, struct markdown_phrases, columns);
    for (size_t i = 0; i < columns; i++)
        phrases[i] = phrases_of(arena, source, &row->cells[i]);
    return phrases;
}

static struct markdown_decor decorate(struct arena *arena, const struct source *source,
                                      const struct markdown_table *table) {
    struct markdown_row_decor *rows = arena_array(arena, struct markdown_row_decor, table->row_count);
    size_t *order = arena_array(arena, size_t, table->columns);
    struct markdown_made *made = arena_array(arena, struct markdown_made, table->row_count);
    struct markdown_column *added = arena_new(arena, struct markdown_column);
    must(table->directive.at == source->text.at + table->directive_at.offset);
    for (size_t i = 0; i < table->columns; i++)
        order[i] = table->columns - 1 - i;
    for (size_t i = 0; i < table->row_count; i++)
        rows[i] = (struct markdown_row_decor){
            .id = str_slug(arena, table->rows[i].cells[0].text),
            .cells = phrases_of_row(arena, source, &table->rows[i], table->columns),
            .tier = i % 2,
        };
    for (size_t i = 0; i < table->row_count; i += 2)
        made[i] = (struct markdown_made){STR("<b>made</b>"), STR("made")};
    *added = (struct markdown_column){{STR("Added"), STR("Added")}, made};
    if (table->ordinal % 3 == 0) /* it stands first, in place of the last */
        order[0] = table->columns;
    return (struct markdown_decor){
        .ordinal = table->ordinal,
        .columns = table->columns,
        .given.text = table->directive,
        .order = table->ordinal % 2 || table->ordinal % 3 == 0 ? order : NULL,
        .printed = table->ordinal % 3 == 0 ? table->columns : 0,
        .added = added,
        .added_count = table->ordinal % 3 == 0,
        .header = phrases_of_row(arena, source, &table->header, table->columns),
        .rows = rows,
        .row_count = table->row_count,
    };
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
    struct markdown_tables tables = markdown_tables(&arena, &source, 1, &diags);
    struct markdown_decor *decors = arena_array(&arena, struct markdown_decor, tables.count);
    for (size_t i = 0; i < tables.count; i++)
        decors[i] = decorate(&arena, &source, &tables.items[i]);
    options.decors = decors;
    options.decor_count = data[0] & 16 ? tables.count : 0;
    struct markdown page = markdown_render(&arena, &source, 1, &options, &diags);
    check(&page, &diags, &source);
    arena_release(&arena);
    return 0;
}
