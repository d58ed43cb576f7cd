/* SPDX-License-Identifier: MIT */
/* decor_inside.h: what the decor files share. Nobody else includes it. */
#ifndef SIGNPOST_PUBLISH_DECOR_INSIDE_H
#define SIGNPOST_PUBLISH_DECOR_INSIDE_H

#include "policy/measure.h"
#include "publish/decor.h"

/* Links the words of a table's header and cells to what defines them. A row without links stays NULL. */
void decor_phrases(struct markdown_phrases **rows, struct markdown_phrases *header, const struct site *site,
                   const struct policy_table *table, struct str root, struct arena *arena);

/* Adds a sentence that leads elsewhere. */
void decor_add_link(struct markdown_words *below, struct str sentence, struct str href, struct arena *arena);

/* The line, and after it the way to the definitions. */
struct markdown_words decor_below(struct str line, struct str root, struct arena *arena);

/* ---- decor_measure.c ---- */

struct markdown_decor decor_measures(const struct site *site, const struct measure_table *table,
                                     struct str root, struct arena *arena);

#endif
