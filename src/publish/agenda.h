/* SPDX-License-Identifier: MIT */
/*
 * agenda.h: the school year as the officers' portal lists it, and the pages and files it is split into.
 *
 * The year's own page has counts. Each officer has a page of schools; one with more events than a page should hold is
 * split by the parts of the year, and a part that is still too long by the letter of the school. Each officer, each
 * school and the whole year have a calendar file.
 */
#ifndef SIGNPOST_PUBLISH_AGENDA_H
#define SIGNPOST_PUBLISH_AGENDA_H

#include "portal/year.h"
#include "publish/plan.h"

#define AGENDA_ADDRESS "year/index.html"
#define AGENDA_PHASES 16
#define AGENDA_NAMES 12                            /* records that are no schools, which a page names */
#define AGENDA_ANSWERS (VOCABULARY_VALUES_MAX + 1) /* the last: no answer stands */

/* One thing in one part of the year, over all records of which it is due there. */
struct agenda_item {
    const struct year_event *event; /* the first */
    struct days days;               /* from the first day of any to the last of any */
    bool various;                   /* not all of them are on the same days */
    size_t certain, possible;       /* schools, or else other records */
    size_t by_phase[AGENDA_PHASES], by_answer[AGENDA_ANSWERS]; /* of schools */
    const struct year_event *last;                             /* that was counted */
};

/* The events of one part of the year among those of a list. */
struct agenda_part {
    size_t from, count; /* in agenda_list.events */
    bool split;
    size_t by_letter[PLAN_LETTERS + 1]; /* where each letter of a school begins, from the part's first */
};

struct agenda_list {
    const struct page *officer; /* NULL: schools without a link officer */
    struct str stem;            /* of its addresses: "year/jo-penhallow" */
    size_t *events;             /* places in year->events: by part, letter, school and day */
    size_t count, dated;
    size_t schools;
    struct agenda_part *parts; /* as year->sections */
    bool split;
};

struct agenda {
    const struct site *site;
    const struct year *year;
    const struct output *main; /* by whose answers schools are counted; or NULL */
    struct agenda_item *items;
    size_t item_count;
    uint32_t *item_of; /* of each event */
    struct agenda_list *lists;
    size_t list_count;
    size_t *of_schools;  /* places of events, by school and day; those of no school last */
    size_t *school_from; /* of each school, by its index; one more than there are schools */
};

/* NULL where there is no year. `main` may be NULL. */
const struct agenda *agenda_make(const struct site *site, const struct output *main, struct arena *arena);

struct str agenda_title(struct arena *arena, const struct agenda *agenda,
                        const struct agenda_list *list); /* "The year of Jo Penhallow" */

/* The page of a list; of a part, and of a letter in it, where the list is split so far; else the page that has them. */
struct str agenda_address(struct arena *arena, const struct agenda *agenda, const struct agenda_list *list,
                          int part, int letter);

/* The list that a school is in, or NULL where nothing is due of any of its officer's schools. */
const struct agenda_list *agenda_list_of(const struct agenda *agenda, const struct school *school);

/* "Link officer", of one of the outputs beside the thing and its time; empty: it says nothing. */
struct str agenda_answer(const struct year_entry *entry, size_t output, struct arena *arena);

/* Where the table says so, from the portal's root; empty: no row does. */
struct str agenda_row_address(const struct year_entry *entry, struct arena *arena);

/* ---- calendar files; agenda_file.c ---- */

/* One for each officer, each school and the whole year, where it has a day in it. */
struct agenda_file {
    struct str address;
    const struct agenda_list *list; /* or */
    const struct school *school;    /* or neither: of the whole year */
};

struct agenda_files {
    struct agenda_file *items;
    size_t count;
};

void agenda_files_make(struct agenda_files *files, const struct agenda *agenda, struct arena *arena);

/* The file of the officer or of the school that it is of, by whose name it is called; `portal` for the whole year's. */
struct place agenda_file_place(const struct agenda_file *file, struct place portal);

/* Writes one; `arena` is for what writing makes, is rewound after each event, and is not that of `out`. */
void agenda_file_write(const struct agenda *agenda, const struct agenda_file *file, struct arena *arena,
                       struct buf *out);

/* The address of the file of a list, of a school or of the whole year (both NULL); empty: it has none. */
struct str agenda_file_address(const struct agenda *agenda, const struct agenda_list *list,
                               const struct school *school, struct arena *arena);

#endif
