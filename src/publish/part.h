/* SPDX-License-Identifier: MIT */
/*
 * part.h: the shapes that many views share, as templates/README.md names them.
 *
 * For the files view*.c only. Each returns a value in the view's arena; "or null" where the thing may be missing.
 */
#ifndef SIGNPOST_PUBLISH_PART_H
#define SIGNPOST_PUBLISH_PART_H

#include "publish/view.h"

/* Text; part_words.c. */
struct str part_href(const struct view *view, struct str address); /* from the page */
struct str part_count(const struct view *view, size_t n);          /* "24,000" */
struct str part_count_of(const struct view *view, size_t n, const char *one,
                         const char *many); /* "1 school" */
size_t part_percent(size_t part,
                    size_t of); /* half up, as measures have it; 0 is none of them, and 100 all */
struct str part_lower_first(const struct view *view, struct str s);
struct str part_id_words(const struct view *view, struct str id); /* "review_meetings": "Review meetings" */
struct str part_field(const struct value *map, const char *path); /* the text at a path, or empty */
struct str part_told(const struct value *map, const char *path); /* a number, too: of what the program made */
const struct value *part_told_list(const struct value *map, const char *key); /* or an empty one */

/* Answers as they stand in a sentence: "Amber or Red", "no", "2 or 6 visits a year, or to be agreed". And as they stand
 * alone: "No", "To be agreed"; of a label no letter is changed. */
struct str part_answers(const struct view *view, const struct output *output, values mask);
struct str part_alone(const struct view *view, const struct output *output, values mask);
struct str part_answer(const struct view *view, struct str words);

/* Shapes. */
struct value part_date(const struct view *view, date d); /* or null */
struct value part_date_at(const struct view *view, const struct value *map, const char *path);
struct value part_month(const struct view *view, struct str iso); /* of a month or a day; or null */
struct value part_choice(const struct view *view, const struct choice *choice); /* or null */
struct value part_choice_of(const struct view *view, const struct value *map, const char *path,
                            const struct schema *schema);
struct value part_tag(const struct view *view, struct str label, const char *tone);
/* A word as a tag: what people read for it, and the tone. The last of a table is empty. */
struct tag_word {
    const char *id, *label, *tone;
};
struct value part_tag_of(const struct view *view, const struct tag_word *words, struct str id);
struct value part_link(const struct view *view, struct str title, struct str address);
struct value part_page_link(const struct view *view, const struct page *page);   /* or null */
struct value part_definitions(const struct view *view);                          /* or null */
struct str part_section(const struct view *view, enum content_kind kind);        /* its index's name */
struct value part_section_link(const struct view *view, enum content_kind kind); /* to its index */
bool part_has(const struct view *view, enum content_kind kind); /* has the portal any of them */
struct value part_school_link(const struct view *view, const struct school *school); /* or null */
struct value part_row(const struct view *view, struct str term, struct str text);
struct value part_telephone(const struct view *view, struct str number); /* or null */
struct value part_email(const struct view *view, struct str address);    /* or null */
struct value part_website(const struct view *view, struct str address);  /* or null */
struct value part_contact(const struct view *view, struct str heading, const struct value *contact);
struct value part_officer_contact(const struct view *view, const struct page *person);
struct value part_event(const struct view *view, const struct value *event, struct str address);
/* Minutes from midnight of the first time of day in it ("9:15am", "1pm to 3pm", "12 noon"); -1: none, as of a whole day. */
int part_minute(struct str time);
struct value part_meta(const struct view *view, const struct page *page);
struct value part_school(const struct view *view, const struct school *school);
struct value part_member_school(const struct view *view,
                                const struct membership *membership); /* and its part */
struct value part_offer(const struct view *view, const struct page *offer);
struct value part_holder(const struct view *view, const struct page *person);
struct value part_json(const struct view *view, struct value v); /* as text that a script element may hold */
struct value part_body_html(const struct view *view, const struct page *page); /* or null */

/* The letters of a list, each with where it leads, empty where nothing begins so; none where no letter leads anywhere. And
 * what of such a list stands on the page: all, a letter's, or nothing where the letters lead on. */
struct value_list part_letters(const struct view *view, const struct str hrefs[PLAN_LETTERS]);
void part_shown(const struct view *view, const size_t by_letter[PLAN_LETTERS + 1], bool split, size_t *from,
                size_t *to);

/* Sets `key` to a list and `has_<key>` to whether it has any. */
void part_list(const struct view *view, struct value_map *map, const char *key, struct value_list *list);

/* The keys that pages of a group share: contacts, events, meta, body_html, officers. */
void part_group_keys(const struct view *view, struct value_map *map, const struct page *page);
void part_contacts(const struct view *view, struct value_map *map, const struct page *page);
void part_events(const struct view *view, struct value_map *map, const struct page *page);
void part_officers_note(const struct view *view, struct value_map *map, const struct page *page);

struct value_map part_map(const struct view *view);
struct value_list part_list_new(const struct view *view);

/* Numbers and colours of partnerships: the order of the index. */
struct str part_number(const struct view *view, const struct page *partnership);
struct str part_colour(const struct view *view, const struct page *partnership);

/* Where the kinds of partnership are explained: a policy page with a heading {#kinds}, and for one kind its own heading
   there ({#hard}). Null or empty where no page does. */
struct value part_kinds(const struct view *view);
struct str part_kind_href(const struct view *view, struct str kind);

struct value part_note_html(const struct view *view, const struct page *page); /* officers_note, or null */

/* The pupils of those schools that have a count, and " at 3 of 5 schools" where some open ones have none: what is not
 * known is not 0. */
struct str part_pupils_total(const struct view *view, const struct school *const *schools, size_t count,
                             size_t *pupils);

/* A membership in words: "lead, since April 2015"; of one that is `over` "April 2015 to August 2025". part_member.c has these. */
struct str part_membership(const struct view *view, const struct membership *membership, bool over);
struct value part_group(const struct view *view, const struct membership *membership,
                        bool over); /* title, href, text */

/* Pages of clusters and of partnerships; part_group.c. `map_html` and `map_caption`; texts of which the empty are left out; the
 * pupils of its members; and the tone of a tag with the state of a partnership. */
void part_group_map(const struct view *view, struct value_map *m, const struct page *group);
struct value part_group_facts(const struct view *view, const struct str *facts, size_t count);
struct str part_group_pupils(const struct view *view, const struct page *group);
const char *part_state_tone(const struct page *partnership);

/* What a person or a body belongs to: `memberships`, `memberships_past`. Who belongs to a group beside its schools: `people`,
 * `bodies`; and who did of any sort: `past`. */
void part_groups(const struct view *view, struct value_map *map, const struct page *page);
void part_members(const struct view *view, struct value_map *map, const struct page *group);
size_t part_other_count(const struct page *group, enum content_kind kind);

/* "19 schools and 2 people"; empty of a body without members. */
struct str part_body_count(const struct view *view, const struct page *body);

/* How many schools are in a trust or federation, or belong to another body; adds them to `list` unless it is NULL. */
size_t part_body_schools(const struct view *view, const struct page *body, struct value_list *list);

/* "4 schools and 1 associate". */
struct str part_members_text(const struct view *view, const struct page *group);

#endif
