/* SPDX-License-Identifier: MIT */
/*
 * review.h: what a change does before it is agreed.
 *
 * Two revisions of a portal, the base and the head, are loaded whole, each as of its own day, and bound for the
 * audience of the report. Sections compare the two, each one thing: whose decisions change, the totals, the tables,
 * the pages, the records, the diagnostics. All that a section sees is bound for the audience, so a report cannot tell
 * what its readers may not know; whether something was withheld is worked out here (`withheld`), as a yes or no.
 *
 * A section is two functions in a file of its own, src/edge/review_X.{h,c}, whose header documents the value's shape:
 *
 *     struct value review_X(struct review *review);                          // what it found, as JSON has it
 *     void review_X_write(const struct value *value, struct document *out);  // the same in words; begins at level 2
 *
 * What finds nothing gives an empty list or map, and writes nothing, not even its heading. Beside its value a section
 * counts what it found in `found`, which the summary and --fail-on read. Rows, facts and answers of the two sides are
 * matched by id, label or slug and never by index: orders of bits differ between the two. A section may use every
 * thread (pool_run) and `scratch`, which is emptied after it; its value is in `arena`.
 *
 * Where to look, from what comes first; the parts of X are in review_X_*.c, and what they share in review_X_inside.h:
 *
 *     review_load      both sides out of git, bound;  review_check  their pages' errors;  review_withheld  a yes or no
 *     review_match     which page and which school of one side is which of the other
 *     review_fields    two records, field by field;   review_text   words, numbers and spans of a section's value
 *     review_schools, review_totals, review_tables, review_pages, review_records, review_diags    the sections
 *     review_vocabulary    framework.yaml, for the records
 *     review_edit -> review_outcome -> review_why    for schools and checks: each change of the policy apart, what a
 *                      policy with some of them decides, and so which of them is the cause
 */
#ifndef SIGNPOST_EDGE_REVIEW_H
#define SIGNPOST_EDGE_REVIEW_H

#include "base/diag.h"
#include "base/map.h"
#include "portal/site.h"
#include "text/document.h"
#include "text/value.h"

/* One revision. */
struct review_side {
    const struct site
        *site; /* bound for the audience (release_bind); where it is not `complete`, only projected: of
                              * schools and pages `source`, `slug`, `address`, `record` or `front`, `name` or `title` and
                              * `visible` are there, and nothing that joins them (site_project) */
    const struct diags *diags; /* of loading, tests, proofs and links; sorted */
    bool complete; /* it could be computed: it has no errors but of proofs, tests and what was recorded */
    const struct str
        *addresses; /* of every page and file that the audience has (review_check.h); NULL: not known */
    size_t address_count;
    struct str name; /* as people say it: "main", "the working tree", "what is staged" */
    struct str id;   /* of the revision, short; empty: it is none */
};

/* What a section may find, in the order of the summary; the names are those of --fail-on. */
#define REVIEW_FINDINGS(X)                                                                                   \
    /* review_schools: open schools, each counted once in each; the first are all of them */                 \
    X(DECISION_CHANGE, "decision-change", "school with changed decisions", "schools with changed decisions") \
    X(CATEGORY_CHANGE, "category-change", "school with a changed category",                                  \
      "schools with a changed category")                                                                     \
    X(UNDETERMINED, "undetermined", "school with something no longer settled",                               \
      "schools with something no longer settled")                                                            \
    X(SETTLED, "settled", "school with something now settled", "schools with something now settled")         \
    /* review_totals */                                                                                      \
    X(TOTAL_CHANGE, "total-change", "changed total", "changed totals")                                       \
    X(CHECK_FAILS, "check-fails", "check that now fails", "checks that now fail")                            \
    X(CHECK_PASSES, "check-passes", "check that now passes", "checks that now pass")                         \
    X(COVERAGE_CHANGE, "coverage-change", "school with changed coverage", "schools with changed coverage")   \
    X(MEASURE_CHANGE, "measure-change", "changed measure", "changed measures")                               \
    /* review_tables */                                                                                      \
    X(TABLE_CHANGE, "table-change", "changed decision table", "changed decision tables")                     \
    X(PROOF_FAILS, "proof-fails", "proof that no longer holds", "proofs that no longer hold")                \
    X(PROOF_HOLDS, "proof-holds", "proof that now holds", "proofs that now hold")                            \
    X(TEST_FAILS, "test-fails", "policy test that now fails", "policy tests that now fail")                  \
    X(TEST_PASSES, "test-passes", "policy test that no longer fails", "policy tests that no longer fail")    \
    /* review_pages */                                                                                       \
    X(TEXT_CHANGE, "text-change", "changed page", "changed pages")                                           \
    X(PAGE_ADDED, "page-added", "new page", "new pages")                                                     \
    X(PAGE_REMOVED, "page-removed", "removed page", "removed pages")                                         \
    X(PAGE_RENAMED, "page-renamed", "renamed page", "renamed pages")                                         \
    X(LOST_ADDRESS, "lost-address", "lost address without a redirect", "lost addresses without a redirect")  \
    X(BROKEN_LINK, "broken-link", "broken link", "broken links")                                             \
    /* review_records */                                                                                     \
    X(RECORD_CHANGE, "record-change", "changed record", "changed records")                                   \
    X(RECORD_ADDED, "record-added", "new record", "new records")                                             \
    X(RECORD_REMOVED, "record-removed", "removed record", "removed records")                                 \
    X(VOCABULARY_CHANGE, "vocabulary-change", "changed entry of framework.yaml or portal.yaml",              \
      "changed entries of framework.yaml or portal.yaml")                                                    \
    /* review_diags */                                                                                       \
    X(NEW_ERROR, "new-error", "new error", "new errors")                                                     \
    X(NEW_WARNING, "new-warning", "new warning", "new warnings")                                             \
    X(FIXED, "fixed", "mended error or warning", "mended errors and warnings")

enum review_finding {
#define REVIEW_FINDING(id, name, one, many) REVIEW_##id,
    REVIEW_FINDINGS(REVIEW_FINDING)
#undef REVIEW_FINDING
        REVIEW_FINDING_COUNT
};

struct review {
    struct review_side base, head;
    enum audience audience;
    size_t threads;
    struct arena *arena;   /* of what is found */
    struct arena *scratch; /* emptied after each section */
    struct map differs;    /* what is recorded and no longer what the tables say, as review_schools tells it:
                            * "schools/ash.yaml" and, on a line of its own, the label of the output */
    bool withheld;         /* the two differ in something that the audience may not see */
    size_t found[REVIEW_FINDING_COUNT];
};

/* Whether both sides could be computed, so that what was worked out of either can be compared. */
static inline bool review_is_complete(const struct review *review) {
    return review->base.complete && review->head.complete;
}

struct review_finding_name {
    const char *name;       /* for --fail-on and JSON */
    const char *one, *many; /* "new page", "new pages" */
};
extern const struct review_finding_name review_finding_names[REVIEW_FINDING_COUNT];

/* Runs every section. What is computed (decisions, totals, tables) is only compared where both sides are complete.
 *
 *     {base: {name, revision, id, as_of, complete}, head: likewise, audience, withheld,
 *                                       `revision`: it is one, and no folder
 *      found: {"category-change": 7, ...},              every one of REVIEW_FINDINGS
 *      schools, totals, tables, pages, records, diagnostics}    see review_X.h; null where it could not be compared
 *
 * Below officers there is no id of a revision and no line: both depend on what is restricted.
 */
struct value review_run(struct review *review);

/* The report of that value: a title, the summary, and each section that has something to say. */
void review_write(const struct value *value, struct document *out);

#endif
