/* SPDX-License-Identifier: MIT */
/*
 * match.h: which schools should be partners: proposals from what the schools wish, within the rules of the portal's policy.
 *
 * A table `<!-- match: ... -->` says who takes part (`pool`), what a group may be (`kinds`), which checks it must meet (`must`)
 * and, row by row, what makes one set of groups better than another. Nothing of that is in C. A proposal is a group
 * that *certainly* meets every row of those checks with the strength breach, whatever the facts turn out to be that nobody has
 * recorded; together the proposals are the best that was found, and what `bound` says is how much better any set could be.
 *
 *     struct match_options options = {.keep = MATCH_KEEP_FORMED, .threads = 2};
 *     struct match_result result;
 *     match_run(&site, &options, &arena, &result);        the site is bound for officers
 *
 * What schools wish and refuse, and who causes concern, is for officers: so is everything here.
 */
#ifndef SIGNPOST_PORTAL_MATCH_H
#define SIGNPOST_PORTAL_MATCH_H

#include "policy/decide.h"
#include "policy/table.h"
#include "portal/site.h"

/* What happens to partnerships that there are. */
enum match_keep {
    MATCH_KEEP_FORMED, /* those that work, or are agreed, stay, and may be joined */
    MATCH_KEEP_ALL,    /* those that are being talked about too */
    MATCH_KEEP_NONE,   /* as if there were none */
};

struct match_options {
    enum match_keep keep;
    size_t threads;
    uint64_t effort;   /* how many times the usual number of steps; 0: once */
    uint64_t seed;     /* of the search: for measuring how good it is */
    bool brief;        /* only the groups, what they are worth and who is left over: no words */
    bool inexact;      /* search even where the network is small: for testing the search */
    bool alternatives; /* also what would be proposed if something were known, where that is quick */
    bool explain;      /* also how each group compares with its best neighbour */

    /* Is told of each subject that the tables were asked about: pairs, members in groups of each kind, groups proposed. For
     * whoever wants to know which rows were reached. May be NULL. */
    void (*asked)(void *context, const struct subject *subject);
    void *context;
};

/* A school as the match sees it: one of the portal, or of a policy test. */
struct match_school {
    struct str id, name;
    const struct school *school;   /* NULL: of a policy test */
    const struct subject *subject; /* its facts, and what stands of its decisions */
    bool takes_part;               /* the pool certainly says yes */
    bool located;
    long easting, northing;
};

/* ---- what comes of it ---- */

struct match_check {
    const struct row *row;
    enum check_state state;
    struct str words; /* what was found: "Size: 4" */
};

struct match_proposal {
    struct str id, title;       /* of the draft page: a slug that no partnership has */
    const struct page *extends; /* the partnership that this makes larger, or NULL */
    struct str kind, kind_label;
    const struct match_school **members; /* by id */
    size_t member_count;
    const struct match_school **joining; /* those placed: all, unless it extends a partnership */
    size_t joining_count;
    const struct match_school **associates; /* suggested, of those left over */
    size_t associate_count;
    struct decimal *score; /* [step]: what this group adds */
    struct str *reasons;
    size_t reason_count;
    struct match_check *checks;
    size_t check_count;
    struct str neighbour; /* with `explain`: what the best single move or swap would cost, in words */
};

/* A school that takes part and has no place. */
struct match_left {
    const struct match_school *school;
    struct str *reasons;
    size_t reason_count;
    const struct match_proposal *proposal; /* which it might join as an associate; */
    const struct page *partnership;        /* or this one; or neither */
};

struct match_step_result {
    struct str id; /* "placed", "distance", or that of the decision */
    struct str label;
    enum match_measure measure;
    struct decimal value; /* of distances, metres: less is better */
    struct decimal
        bound; /* no set of proposals that is as good at the steps before has better, where `bounded` */
    bool bounded;
};

struct match_result {
    const struct decision *match;     /* NULL: the portal's policy has none */
    struct match_proposal *proposals; /* those that somebody joins, then those that stay as they are */
    size_t proposal_count;
    struct match_left *left;
    size_t left_count;
    const struct page **kept; /* partnerships that stay */
    size_t kept_count;
    struct str *conditions; /* what else would be best if something that is not known were known, in words */
    size_t condition_count;
    size_t pool; /* schools that take part */
    struct match_step_result *steps;
    size_t step_count;
    bool exact;
    bool slow;      /* some rules can be asked of whole groups alone, so fewer were compared than usual */
    bool too_large; /* more schools, or larger numbers, than can be compared: there are no proposals */
    uint64_t counted;
};

/* The site's schools as they stand on its day. Everything is in the arena. */
void match_run(const struct site *site, const struct match_options *options, struct arena *arena,
               struct match_result *out);

/* How many of the proposals take in somebody: they come first. */
size_t match_joined(const struct match_result *result);

/* Whether it is proved that no set has more at a step, of those that are as good at the steps before; and at any. */
bool match_step_proved(const struct match_result *result, size_t step);
bool match_proved(const struct match_result *result);

/* Whether anything better was looked for everywhere, is ruled out by proof, or was searched for: a sentence. */
struct str match_how_good(const struct match_result *result);

/* Whether what it extends works already; what is only talked about does not. */
bool match_is_formed(const struct match_proposal *proposal);

/* ---- a network that stands in no file ---- */

/* A partnership that is kept, or that a proposal may turn out to extend. */
struct match_group {
    const struct page *page;
    struct str title;
    size_t form;           /* among the kinds of the match; its kind_count: none of them */
    const size_t *schools; /* standing members: indices of the network's schools, ascending */
    size_t count;
    const size_t *held; /* those of them that stay in it */
    size_t held_count;
    const size_t *associates;
    size_t associate_count;
    bool kept;
};

struct match_network {
    const struct policy *policy;
    const struct decision *match;
    const struct match_school *schools; /* by id */
    size_t count;
    const struct match_group *groups;
    size_t group_count;
    const struct subject_world *world; /* may be NULL */
    const struct site *site;           /* whose pages a draft's id must not have; NULL: none */
    date as_of;
};

void match_network_run(const struct match_network *network, const struct match_options *options,
                       struct arena *arena, struct match_result *out);

/* The match of a policy; NULL where no page declares one. */
const struct decision *match_declared(const struct policy *policy);

#endif
