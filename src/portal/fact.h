/* SPDX-License-Identifier: MIT */
/*
 * fact.h: from records to facts.
 *
 * framework.yaml says for each fact where it stands: `from: inspections.overall`. When the portal is loaded each such path
 * is resolved against the tables of the schema, once: a path into nowhere or into another kind of thing is an error at
 * its place, and the class of the fact is known, which is that of the strictest field on the path and its own
 * `visible:`. After that, reading a record follows the resolved steps and looks nothing up but keys by their hashes.
 *
 *     inspections.overall           of a list of events the latest one not after the day
 *     inspections[-2].overall       the one before it
 *     results.ks2.rwm_expected      of a list of years the latest that was released by the day
 *     members.role                  of a list of maps all of them
 *     groups.tib.endorsed           the latest group of that kind that has not ended
 *     partnership.kind              the partnership the school is in, and `partnership.role` its part in it
 *     partnership.size              how many schools that has, without its associates
 *     formal_elsewhere              of a member, whether it is one of another formal partnership too
 *     members, associates, schools  schools, of a group's page and of the network
 *     judgements                    judgements.<id of the fact>; without a path, facts.<id> or judgements.<id>
 *
 * What is restricted is hidden by its class, not by its absence: projection has taken it out of the record, and a fact
 * that read as silence there would be presumed to be what silence means.
 */
#ifndef SIGNPOST_PORTAL_FACT_H
#define SIGNPOST_PORTAL_FACT_H

#include "policy/subject.h"
#include "portal/record.h"

struct facts_reader;
struct facts;

/* What a school is in FEEL, alone and as the member of a group: records of the policy are subjects, which only who runs it
 * has. False: nothing is known of it. */
struct facts_world {
    bool (*school)(void *context, const struct school *school, const struct membership *as,
                   struct feel_value *out);
    void *context;
    const struct value
        *membership; /* of the school's own, one that is taken to be of a partnership that works; or NULL */
    bool alone;      /* the school is taken to be in no partnership, now or before */
};

/* Resolves the facts of every kind of record, and reports what is wrong with their paths. The site needs no records
 * yet. */
const struct facts *facts_new(const struct site *site, struct arena *arena, struct diags *diags);

/* The reader of a kind of record; NULL where the vocabulary has no facts of it. */
const struct facts_reader *facts_reader(const struct facts *facts, struct str kind);

/* Fills out[] with one `given` for each fact of the kind, in the order of framework.yaml: what the record said on `day`, as
 * far as `viewer` may see it. Derived facts are not given. `world` may be NULL: then lists of schools are not. */
void facts_read(const struct facts_reader *reader, const struct policy_record *record, date day,
                enum audience viewer, const struct facts_world *world, struct arena *arena,
                struct given *out);

/* One value of a fact, as the maps of facts in a record have it, whatever its path: of a policy test or a what-if. */
void facts_read_value(const struct facts *facts, const struct fact *fact, const struct value *v, date day,
                      struct arena *arena, struct given *out);

/* Who may see a fact at the widest: of a derived fact what it states, else everybody. */
enum audience facts_class(const struct facts_reader *reader, size_t index);

/* Whether the audience may see a fact, by that class; of a kind that no record is of, nobody may. */
bool facts_show(const struct facts *facts, const struct fact *fact, enum audience viewer);

/* Reports every value in a checked record that its fact's scale does not have: the schema's choices and framework.yaml's
 * scales are two lists, and a value of one alone would be read as not recorded. */
void facts_check_school(const struct facts *facts, const struct value *record, struct diags *diags);
void facts_check_page(const struct facts *facts, const struct page *page, struct diags *diags);

#endif
