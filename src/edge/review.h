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
    /* review_schools: open schools, each counted once in each */                                            \
    X(CATEGORY_CHANGE, "category-change", "school whose category changes", "schools whose category changes") \
    X(DECISION_CHANGE, "decision-change", "school for which some decision changes",                          \
      "schools for which some decision changes")                                                             \
    X(UNDETERMINED, "undetermined", "school for which something becomes undetermined",                       \
      "schools for which something becomes undetermined")                                                    \
    X(SETTLED, "settled", "school for which something becomes settled",                                      \
      "schools for which something becomes settled")                                                         \
    /* review_totals */                                                                                      \
    X(TOTAL_CHANGE, "total-change", "total that changes", "totals that change")                              \
    X(CHECK_FAILS, "check-fails", "check that starts to fail", "checks that start to fail")                  \
    X(CHECK_PASSES, "check-passes", "check that starts to pass", "checks that start to pass")                \
    X(COVERAGE_CHANGE, "coverage-change", "school in another state of coverage",                             \
      "schools in another state of coverage")                                                                \
    X(MEASURE_CHANGE, "measure-change", "measure that changes", "measures that change")                      \
    /* review_tables */                                                                                      \
    X(TABLE_CHANGE, "table-change", "decision table that changes", "decision tables that change")            \
    X(PROOF_FAILS, "proof-fails", "proof that no longer holds", "proofs that no longer hold")                \
    X(PROOF_HOLDS, "proof-holds", "proof that holds now", "proofs that hold now")                            \
    X(TEST_FAILS, "test-fails", "policy test that fails now", "policy tests that fail now")                  \
    X(TEST_PASSES, "test-passes", "policy test that fails no longer", "policy tests that fail no longer")    \
    /* review_pages */                                                                                       \
    X(TEXT_CHANGE, "text-change", "page whose text changes", "pages whose text changes")                     \
    X(PAGE_ADDED, "page-added", "page that is new", "pages that are new")                                    \
    X(PAGE_REMOVED, "page-removed", "page that goes", "pages that go")                                       \
    X(LOST_ADDRESS, "lost-address", "address that is lost, without a redirect",                              \
      "addresses that are lost, without a redirect")                                                         \
    X(BROKEN_LINK, "broken-link", "link that breaks", "links that break")                                    \
    /* review_records */                                                                                     \
    X(RECORD_CHANGE, "record-change", "record that changes", "records that change")                          \
    X(RECORD_ADDED, "record-added", "record that is new", "records that are new")                            \
    X(RECORD_REMOVED, "record-removed", "record that goes", "records that go")                               \
    X(VOCABULARY_CHANGE, "vocabulary-change", "entry of framework.yaml or portal.yaml that changes",         \
      "entries of framework.yaml or portal.yaml that change")                                                \
    /* review_diags */                                                                                       \
    X(NEW_ERROR, "new-error", "new error", "new errors")                                                     \
    X(NEW_WARNING, "new-warning", "new warning", "new warnings")                                             \
    X(FIXED, "fixed", "error or warning that is mended", "errors and warnings that are mended")

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
    bool withheld;         /* the two differ in something that the audience may not see */
    size_t found[REVIEW_FINDING_COUNT];
};

/* Whether both sides could be computed, so that what was worked out of either can be compared. */
static inline bool review_is_complete(const struct review *review) {
    return review->base.complete && review->head.complete;
}

struct review_finding_name {
    const char *name;       /* for --fail-on and JSON */
    const char *one, *many; /* "school whose category changes", "schools whose category changes" */
};
extern const struct review_finding_name review_finding_names[REVIEW_FINDING_COUNT];

/* Runs every section. What is computed (decisions, totals, tables) is only compared where both sides are complete.
 *
 *     {base: {name, id, as_of, complete}, head: likewise, audience, withheld,
 *      found: {"category-change": 7, ...},              every one of REVIEW_FINDINGS
 *      schools, totals, tables, pages, records, diagnostics}    see review_X.h; null where it could not be compared
 *
 * Below officers there is no id of a revision and no line: both depend on what is restricted.
 */
struct value review_run(struct review *review);

/* The report of that value: a title, the summary, and each section that has something to say. */
void review_write(const struct value *value, struct document *out);

#endif
