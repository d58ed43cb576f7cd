/* SPDX-License-Identifier: MIT */
/* outsider.c: the tables run over the facts of an audience, as if it saw what comes of them. */
#include "portal/outsider.h"

#include "base/pool.h"

static const struct page *page_of(const struct site *site, const struct policy_table *table) {
    return map_get(&site->page_by_path, table->source->path);
}

/* Whether the audience has the page of every table that a decision is made with. */
static bool has_tables(const struct site *site, const struct rests *rests, enum audience audience) {
    for (size_t i = 0; i < rests->decision_count; i++)
        for (size_t j = 0; j < rests->decisions[i]->table_count; j++) {
            const struct page *page = page_of(site, rests->decisions[i]->tables[j]);
            if (!page || !audience_may_see(audience, page->audience))
                return false;
        }
    return true;
}

static bool waits_for_records(const struct rests *rests) {
    for (size_t i = 0; i < rests->decision_count; i++)
        if (rests->decisions[i]->when_recorded)
            return true;
    return false;
}

/* ---- every school ---- */

struct finding_job {
    struct site as; /* the site, for whose facts are read */
    const struct output *output;
    struct arena *arenas; /* two for each worker */
    values *found;
};

/* The facts are the audience's, and the tables are run as officers do: what they hide is their results. */
static void find(void *context, size_t task, size_t worker) {
    struct finding_job *job = context;
    struct arena *arena = &job->arenas[2 * worker], *scratch = &job->arenas[2 * worker + 1];
    struct arena_mark mark = arena_mark(arena);
    const struct school *school = job->as.schools[task];
    struct policy_record record = record_of_school(school);
    struct decided d;
    if (school_is_open(school) && decided_facts(&job->as, &record, job->as.as_of, NULL, arena, scratch, &d)) {
        d.subject.audience = AUDIENCE_OFFICERS;
        decided_finish(&d, arena, scratch);
        job->found[task] = d.subject.domain[job->output->variable->index];
    }
    arena_rewind(arena, mark);
}

values *outsider_finds(const struct site *site, const struct output *output, const struct rests *rests,
                       enum audience audience, struct arena *arena) {
    values *found = arena_array(arena, values, site->school_count);
    if (rests->others || waits_for_records(rests) || !has_tables(site, rests, audience))
        return found;
    struct finding_job job = {.as = *site, .output = output, .found = found};
    job.as.audience = audience;
    job.arenas = arena_array(arena, struct arena, 2 * site->workers);
    pool_run(site->workers, site->school_count, find, &job);
    for (size_t i = 0; i < 2 * site->workers; i++)
        arena_release(&job.arenas[i]);
    return found;
}

/* ---- the report ---- */

static size_t open_schools(const struct site *site) {
    size_t n = 0;
    for (size_t i = 0; i < site->school_count; i++)
        n += school_is_open(site->schools[i]);
    return n;
}

/* Of how many schools it is one answer. */
static size_t count_found(const struct site *site, const values *found) {
    size_t n = 0;
    for (size_t i = 0; i < site->school_count; i++)
        n += values_single(found[i]);
    return n;
}

static void report_output(const struct site *site, const struct output *o, struct buf *out,
                          struct arena *scratch) {
    static const char *const readers[] = {[AUDIENCE_SCHOOLS] = "schools", [AUDIENCE_PUBLIC] = "the public"};
    struct rests rests;
    bool any = false;
    rests_on(&rests, &site->policy, o->decision, scratch);
    for (int a = AUDIENCE_SCHOOLS; a < AUDIENCE_COUNT; a++) {
        if (output_visible(o, (enum audience)a))
            continue;
        size_t found = count_found(site, outsider_finds(site, o, &rests, (enum audience)a, scratch));
        if (!found)
            continue;
        if (!any)
            buf_printf(out, "  " STR_FMT "." STR_FMT ": ", STR_ARG(o->decision->id), STR_ARG(o->id));
        buf_printf(out, "%s%s %zu", any ? ", " : "", readers[a], found);
        any = true;
    }
    if (any)
        buf_byte(out, '\n');
}

void outsider_report(const struct site *site, struct buf *out) {
    const struct policy_kind *kind = policy_kind(&site->policy, STR("school"));
    struct arena scratch = {0};
    buf_printf(
        out, "Hidden results that readers can work out from the facts and tables they have, of %zu schools\n",
        open_schools(site));
    size_t heading = out->len;
    for (size_t i = 0; kind && i < kind->output_count; i++) {
        struct arena_mark mark = arena_mark(&scratch);
        report_output(site, kind->outputs[i], out, &scratch);
        arena_rewind(&scratch, mark);
    }
    if (out->len == heading)
        buf_lit(out, "  none\n");
    arena_release(&scratch);
}
