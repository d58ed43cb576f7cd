/* SPDX-License-Identifier: MIT */
/*
 * lexicon.h: the words that a portal's policy uses, and which tables use them.
 *
 * A word is a fact or the output of a decision. What counts is what the tables of pages that the audience has read,
 * by themselves or through derived facts, and what its offers ask of a school: the words of a page that it has not are
 * not told by their definitions either.
 */
#ifndef SIGNPOST_PUBLISH_LEXICON_H
#define SIGNPOST_PUBLISH_LEXICON_H

#include "portal/release.h"

/* The page where each of them is defined. */
#define LEXICON_ADDRESS "policy/definitions.html"

/* The page of what is released of results that are kept private; see release.h. */
#define RELEASED_ADDRESS "released.html"

struct word {
    const struct fact *fact;         /* one of the two */
    const struct output *output;     /* of a decision with a table to be seen */
    const struct variable *variable; /* of a derived fact: its rule */
    struct policy_table **tables;    /* that read it; of a fact that nothing reads, none */
    size_t table_count, table_room;
    const struct page **offers; /* whose `for` reads it */
    size_t offer_count, offer_room;
    bool read;
    size_t seen; /* by the walk of that number */
};

/* The words of a kind of record: its facts as in framework.yaml, then its outputs. */
struct lexicon_kind_words {
    const struct policy_kind *kind;
    struct word *items;
    size_t count;
};

struct lexicon {
    struct lexicon_kind_words *kinds; /* as policy.kinds */
    size_t kind_count;
};

/* Whether the audience has a page with a table that runs, or an offer that says by facts whom it is for. */
bool lexicon_used(const struct site *site);

/* The page that a table stands on, or NULL where the audience does not have it. */
const struct page *lexicon_page(const struct site *site, const struct policy_table *table);

void lexicon_make(struct lexicon *lexicon, const struct site *site, struct arena *arena);

/* Whether all that a condition reads is among the words that were found. */
bool lexicon_knows(const struct lexicon *lexicon, const struct policy *policy,
                   const struct condition *condition);

/* The words that a derived fact reads itself, in the order of its rule; gives their number. */
size_t lexicon_rule(const struct lexicon *lexicon, const struct policy *policy, const struct word *word,
                    const struct word **out, size_t most);

/* The words that a condition reads, in its order. */
size_t lexicon_condition(const struct lexicon *lexicon, const struct policy *policy,
                         const struct condition *condition, const struct word **out, size_t most);

/* Ids on that page, which stay the same as long as the policy's own ids do. */
struct str lexicon_id_fact(struct arena *arena, const struct fact *fact); /* "fact-school-ofsted-overall" */
struct str lexicon_id_item(struct arena *arena, const struct fact *fact, struct str item);
struct str lexicon_id_output(struct arena *arena, const struct output *output); /* "result-chart-category" */
struct str lexicon_id_scale(struct arena *arena, const struct scale *scale);    /* "scale-ofsted" */
struct str lexicon_id_value(struct arena *arena, const struct scale *scale,
                            struct str value); /* "value-ofsted-good" */

struct str lexicon_id_release(struct arena *arena,
                              const struct release *release); /* "release-category-category" */

/* What a table is called among those of its portal: its decision, and what tells it from others of that. */
struct str lexicon_table_title(struct arena *arena, const struct policy_table *table);

/* Its address from the portal's root: "policy/chart.html#table-2". */
struct str lexicon_table_address(struct arena *arena, const struct policy_table *table);

/* The tone of a tag with that one answer, by the `colours:` of its scale: "ok", "warn" ... */
struct str lexicon_tone(const struct site *site, const struct output *output, values answer);

/* Kinds of record: "School", "Schools". */
struct str lexicon_kind(const struct site *site, struct arena *arena, struct str kind, bool several);

#endif
