/* SPDX-License-Identifier: MIT */
/*
 * site.h: a portal's sources, loaded, checked and joined up.
 *
 * site_load reads every file beneath a portal's folder, checks each against its schema and all against each other,
 * and reports everything wrong in one run. site_bind then makes the model for one audience: it first takes out of
 * every record what that audience may not see, and only then joins schools to groups, people and trusts. So what is
 * restricted is gone before anything is computed, sorted, counted or named. Binding goes one way, from officers to
 * the public: a later call may only be for a narrower view, since what was taken out does not come back.
 *
 * After site_bind the model is const, and threads share it without locks.
 */
#ifndef SIGNPOST_PORTAL_SITE_H
#define SIGNPOST_PORTAL_SITE_H

#include "base/file.h"
#include "base/map.h"
#include "policy/subject.h"
#include "portal/framework.h"
#include "portal/named.h"
#include "portal/schema.h"

struct school;
struct page;
struct facts;          /* fact.h */
struct coverage_terms; /* coverage.h */
struct releases;       /* release.h */
struct store;          /* store.h */
struct stored;
struct chronicle; /* chronicle.h */
struct page_history;

/* The part taken in a group, in the order of member_role_choices (schema.h). */
enum part { PART_MEMBER, PART_LEAD, PART_ASSOCIATE };

/* One membership of one group; seen from both sides. */
struct membership {
    const struct school *school; /* NULL: a person or a body belongs */
    const struct page *page;     /* that person or body; NULL: a school */
    const struct page *group;
    enum part part;
    date from; /* DATE_NONE: not known */
    date
        to; /* DATE_NONE: still, or over since nobody knows when; what ended its group or closed its school ended it */
    const struct value *record; /* NULL: of a trust that the school was in, which its own field says */
};

struct memberships {
    const struct membership **items;
    size_t count;
};

struct school {
    struct str slug;
    struct str address; /* "schools/ashdown.html" */
    const struct source *source;
    const struct source *overlay; /* officers/<slug>.yaml, or NULL */
    struct value record;          /* checked, and projected for the audience */
    struct stored *stored;        /* what is kept of it from load to load */

    /* filled by site_bind, as things stand on the as-of date */
    struct str name, short_name;
    const struct choice *phase, *type;
    struct str status; /* "open", "closed" ... */
    struct str postcode;
    bool located;
    long easting, northing;
    struct memberships current; /* in the record's order */
    struct memberships past;
    const struct page *cluster;     /* the first geographic one, or NULL */
    const struct page *partnership; /* as member or lead, or NULL */
    const struct page *trust;
    const struct page *link_officer;
    size_t index;                 /* among site->schools */
    const struct subject *stands; /* what stands of its decisions; NULL in a portal without any */
    const unsigned char *answers; /* to policy.questions about schools: an enum truth each; or NULL */
};

struct page {
    enum content_kind kind;
    struct str slug;
    struct str address; /* "policy/principles.html" */
    const struct source *source;
    size_t body;           /* where the Markdown begins in the source */
    struct value front;    /* checked, and projected for the audience */
    struct stored *stored; /* what is kept of it from load to load; NULL of a page that was */
    enum audience audience;
    size_t number;                         /* its place in site->all */
    const struct policy_question *open_to; /* of an offer: its `for`, or NULL */

    /* filled by site_bind */
    bool visible; /* to the audience; what is not is left out of every list */
    struct str title, short_title, summary;
    struct memberships members; /* schools, current, of a group: lead first, then by name; associates last */
    struct memberships former;
    struct memberships
        others; /* people, then bodies, each in the order of their index and as schools by part */
    struct memberships former_others;
    struct memberships current; /* of a person or a body: what it belongs to, in its own order */
    struct memberships past;
    const struct school **trust_schools; /* of a trust or federation: its schools, by name */
    size_t trust_count;
    size_t member_count; /* of `members`, without associates */
    size_t associate_count;
    size_t index;                       /* among its kind's visible pages */
    const struct page_history *history; /* NULL: nothing is told of it */
};

struct pages {
    struct page **items;
    size_t count;
};

/* A picture or a document in content/files: published as it is, for officers and for whoever has a page that leads to
 * it. */
struct attachment {
    struct str path;    /* "content/files/plan.pdf" */
    struct str address; /* "files/plan.pdf" */
    bool picture;
};

struct site {
    struct arena *arena;
    struct arena *worker_arenas;
    size_t workers;
    struct folder folder;
    struct store *store; /* what was read lies in it */
    uint64_t lease, names;
    bool shared; /* with other sites: what was read is never altered */
    date as_of;
    enum audience audience;
    const struct source *portal_source;
    struct value portal;
    struct vocabulary vocabulary;
    struct policy policy; /* of its policy pages' tables */
    const struct output
        *category;         /* by which officers' lists group schools; NULL: framework.yaml names none */
    struct names overlays; /* what stands beside it */
    const struct output *priority; /* which schools come first for a system leader: yes or no; or NULL */
    struct names letters_about, letters_follow;
    const struct decision *provides; /* about schools: who provides what, by kind of partnership; or NULL */
    const struct decision *outcome;  /* about partnerships: what members' decisions come to; or NULL */
    const struct coverage_terms *coverage; /* what counts as being in a partnership (coverage.h); or NULL */
    const struct facts *facts;             /* how each kind's facts are read */
    const struct measures *measures; /* what its measures are, for the audience (measure.h); NULL: none */
    struct releases *releases; /* what lower audiences are told of what they may not see; NULL: nothing */
    const struct chronicle
        *chronicle;          /* what somebody read of its pages' history before it is bound; or NULL */
    struct school **schools; /* by name, as a directory lists them */
    size_t school_count;
    struct pages all;                  /* every page, hidden ones too */
    size_t of_kind[CONTENT_COUNT];     /* how many there are, hidden ones too */
    struct pages pages[CONTENT_COUNT]; /* visible, by order and title */
    struct attachment *attachments;
    size_t attachment_count;
    struct map school_by_slug;
    struct map page_by_path; /* "content/policy/principles.md" -> page, hidden ones too */
    struct map attachment_by_path;
};

struct site_options {
    const char *path;          /* the portal's folder */
    const struct files *files; /* its sources in memory, used instead; they outlive the site */
    date as_of;                /* DATE_NONE: what portal.yaml says, else `today` */
    date today;
    size_t threads;
    struct store *store; /* NULL: nothing is kept. Outlives the site */
};

/* Loads everything. The site is usable only when no errors were added. Always release it. */
void site_load(struct site *site, struct arena *arena, const struct site_options *options,
               struct diags *diags);

void site_bind(struct site *site, enum audience audience);

/* Of a portal with errors, which cannot be bound: takes the same out of its records, pages and portal.yaml, and reads what
 * each school and page says of itself. Nothing is joined, sorted or decided. */
void site_project(struct site *site, enum audience audience);

void site_release(struct site *site);

bool school_is_listed(const struct school *school); /* open, or about to open */
bool school_is_open(const struct school *school);   /* today; false of one that is still to open */

/* Its pupils at the latest census of the day; 0: not known. */
size_t school_pupils(const struct school *school, date day);

/* What the portal calls the officer of a school: "Link officer" unless portal.yaml says otherwise. */
struct str site_officer(const struct site *site);

/* The visible page of a kind by its slug, or NULL; and any page, which only checks may ask for. */
const struct page *site_page(const struct site *site, enum content_kind kind, struct str slug);
const struct page *site_any_page(const struct site *site, enum content_kind kind, struct str slug);

/* Where a link written in `from` leads, by source path: "principles.md#sizes", "../offers/x.md", "offers/" for an
 * index. Paths are relative to the folder of `from`; where it is empty, to content/. */
enum target_kind { TARGET_NONE, TARGET_PAGE, TARGET_SCHOOL, TARGET_INDEX, TARGET_FILE };
struct target {
    enum target_kind kind;
    const struct page *page;
    const struct school *school;
    const struct attachment *attachment;
    enum content_kind index; /* of TARGET_INDEX: whose pages it lists */
    struct str address;      /* from the portal's root */
    struct str fragment;     /* without its sign; may be empty */
};
struct target site_target(const struct site *site, struct arena *arena, struct str from, struct str link);

/* Whether the bound audience has the page that a link leads to. */
bool site_shows(const struct site *site, const struct target *target);

/* Text of an ISO date or month in the record, as GOV.UK writes it. */
struct str words_for_month(struct arena *arena, struct str iso);

#endif
