/* SPDX-License-Identifier: MIT */
/*
 * str.h: string views, and the few things done with them.
 *
 * A view is a pointer and a length into bytes that somebody else keeps: a source file, a string literal, an arena.
 * It is passed by value, never freed, and not terminated by a zero. Text is UTF-8 throughout; what is not, is
 * refused where it comes in.
 *
 *     struct str line, rest = file;
 *     while (str_cut(&rest, '\n', &line)) ...
 */
#ifndef SIGNPOST_BASE_STR_H
#define SIGNPOST_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* Zero is the empty string. `at` may be NULL only when `len` is 0. */
struct str {
    const char *at;
    size_t len;
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).len, (s).at ? (s).at : ""

/* These three are asked for millions of times in a build, mostly of literals and of strings that differ in length. */

/* A view of a zero-terminated string; NULL is empty. */
static inline struct str str_from(const char *z) {
    return (struct str){z, z ? strlen(z) : 0};
}

static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (!a.len || memcmp(a.at, b.at, a.len) == 0);
}

/* The bytes [from, to), clamped to the string. */
static inline struct str str_sub(struct str s, size_t from, size_t to) {
    to = to > s.len ? s.len : to;
    return (struct str){from < to ? s.at + from : s.at, from < to ? to - from : 0};
}

bool str_eq_fold(struct str a, struct str b); /* ASCII letters without their case */
int str_cmp(struct str a, struct str b);      /* by bytes, which for UTF-8 is by code point */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str part);
uint32_t str_hash(struct str s); /* FNV-1a: the same on every machine, so it may decide an order of buckets */

/* The hash of a string byte by byte, for who is reading it anyway. */
#define STR_HASH_FIRST 2166136261u
static inline uint32_t str_hash_next(uint32_t hash, char c) {
    return (hash ^ (unsigned char)c) * 16777619u;
}

struct str str_trim(struct str s); /* without white space (space, tab, CR, LF) at either end */

/* Index of the first `c` at or after `from`, or s.len. */
size_t str_find(struct str s, char c, size_t from);

/* Takes the part before `sep` off the front of *rest (all of it where there is none). False when *rest has been
 * used up, which is marked by a NULL `at`. */
bool str_cut(struct str *rest, char sep, struct str *part);

/* Copies, in the arena. str_z adds the zero that system calls want. */
struct str str_copy(struct arena *arena, struct str s);
char *str_z(struct arena *arena, struct str s);
struct str str_concat(struct arena *arena, const struct str *parts, size_t count);
#define str_join(arena, ...)                               \
    str_concat((arena), (const struct str[]){__VA_ARGS__}, \
               sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str str_whole(struct arena *arena, long long n);   /* in decimal */
struct str str_grouped(struct arena *arena, long long n); /* not below 0, with commas: "24,000" */

/* "1 page", "1,204 pages". */
struct str str_counted(struct arena *arena, size_t n, const char *one, const char *many);

/* "a, b and c"; and what stands in it before the item at `index`, for who writes the items as they come. */
struct str str_listed(struct arena *arena, const struct str *items, size_t count);
struct str str_joint(size_t index, size_t count);

/* A noun as messages have it: "a cluster", "an offer", "wishes". */
struct str noun_phrase(struct arena *arena, struct str noun);

/* With ASCII capitals made small; the same bytes where there are none. */
struct str str_lower(struct arena *arena, struct str s);

/* With a capital where it begins with a small letter of ASCII. */
struct str str_capital(struct arena *arena, struct str s);
struct str str_uncapital(struct arena *arena, struct str s); /* "SEND" and "Émile" stay as they are */

/* A name for files and addresses: ASCII lower case, digits and single hyphens. Accented Latin letters lose their
 * accent, apostrophes vanish, everything else parts words. "St Mary's, Café" is "st-marys-cafe". May be empty. */
struct str str_slug(struct arena *arena, struct str s);
bool str_is_slug(struct str s); /* is what str_slug would give, and not empty */

/* The order of a British directory: letters before case and accents, "St" as it is written, numbers by value,
 * ties by bytes so that the order is total. */
int str_collate(struct str a, struct str b);

/* UTF-8. str_utf8_bad gives the offset of the first byte that is not part of a well-formed sequence, or s.len.
 * str_next decodes the code point at *at (which must be well formed) and steps over it. */
bool str_is_ascii(struct str s);
size_t str_utf8_bad(struct str s);
uint32_t str_next(struct str s, size_t *at);
size_t str_count(struct str s); /* code points */

/* Damerau-Levenshtein distance by code units, without case, given up (SIZE_MAX) beyond `most`. For "did you mean". */
size_t str_distance(struct str a, struct str b, size_t most);

/* The candidate nearest to `s` that is near enough to be a slip of the pen, else the empty string. */
struct str str_nearest(struct str s, const struct str *candidates, size_t count);

#endif
