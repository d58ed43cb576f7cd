/* SPDX-License-Identifier: MIT */
/*
 * group.h: the rows that a group must certainly meet, asked of very many groups.
 *
 * Whoever looks for good groups asks of hundreds of thousands whether they break a rule. Running the check tables over a
 * record made of each group takes a tenth of a millisecond, so the rows are compiled once: what depends on one member is
 * asked once of each by the ordinary evaluator, what depends on two once of each pair, and what is left are sets of
 * bits: counts are bits counted, `every m in ... satisfies` is a set that must be empty.
 *
 *     struct group_rules *rules = group_rules_new(&field, &arena, &scratch);
 *     if (group_admits(rules, members, form, &scratch) == TRUTH_YES) ...
 *
 * **The answer is that of subject_check** over the whole group: yes where every breach row is met or not concerned, no
 * where one is not met, else maybe. An expression of a shape that cannot be compiled is not guessed at: then the whole group
 * is assembled and checked, as it is where the program's answer is maybe and the search over completions might know
 * better. Only what the evaluator gives up for the steps it takes (a group of hundreds, each compared with each) is
 * answered here.
 *
 * A *form* is what kind of group it would be: the facts of the group itself, without members. The program is compiled
 * for each form, so that rows which do not concern it cost nothing.
 *
 * Which fact is the list of members is told by its `from:`, which is `members`, and associates alike: there are none of
 * these in the groups asked about.
 */
#ifndef SIGNPOST_POLICY_GROUP_H
#define SIGNPOST_POLICY_GROUP_H

#include "policy/subject.h"

struct group_field {
    const struct policy *policy;
    const struct policy_kind *kind;   /* of the group */
    const struct output *const *must; /* strengths of checks over that kind; their breach rows are asked */
    size_t must_count;
    const struct subject *const *forms; /* [form]: the group with its own facts and no members */
    size_t form_count;
    /* [form * member_count + m]: as a member of a group of that form, decided; in the order of ids. Its `base`, where it has
     * one, is what the world knows it as. */
    const struct subject *const *members;
    size_t member_count;

    /* The group of these members, whole and decided as subject_check wants it; in the arena. Called from any thread. */
    const struct subject *(*assemble)(void *context, const uint64_t *members, size_t form,
                                      struct arena *arena);
    void *context;
};

/* Sets of members are words of 64 bits, as many as hold field.member_count. Const once made: threads share it. */
struct group_rules;

/* The field and what it points to must outlive the rules, and so must both arenas' memory for `arena`; `scratch` is left as
 * it was. */
struct group_rules *group_rules_new(const struct group_field *field, struct arena *arena,
                                    struct arena *scratch);

/* Whether a group certainly meets (yes), certainly fails (no), or neither. `scratch` is the thread's own. */
enum truth group_admits(const struct group_rules *rules, const uint64_t *members, size_t form,
                        struct arena *scratch);

/* Whether m is certainly in no group of that form which group_admits says yes of; whether two never are in one; whether a
 * never is in one without b, as schools of one trust where none may be split. False says nothing. */
bool group_bars(const struct group_rules *rules, size_t m, size_t form);
bool group_parts(const struct group_rules *rules, size_t a, size_t b, size_t form);
bool group_needs(const struct group_rules *rules, size_t a, size_t b, size_t form);

/* Whether every group of that form is assembled and checked to answer: whoever asks of very many should ask of fewer. */
bool group_slow(const struct group_rules *rules, size_t form);

/* ---- what a few counts tell, for bounds ---- */

/* How many counts of members the rows of a form speak of. Count 0 is the group's size, whether they speak of it or
 * not. */
size_t group_counts(const struct group_rules *rules, size_t form);

/* Whether m, in a group of that form, is certainly counted; `possibly`, whether it may be: true too where it is
 * certain. */
bool group_counted(const struct group_rules *rules, size_t form, size_t count, size_t m, bool *possibly);

/* False: no group is admitted of whose members `sure[i]` are certainly and `possible[i]` (at least as many) possibly counted
 * in count i. */
bool group_may(const struct group_rules *rules, size_t form, const size_t *sure, const size_t *possible);

#endif
