/* SPDX-License-Identifier: MIT */
/* str.c: comparing, cutting and naming text. */
#include "base/str.h"

#include <string.h>

#include "base/buf.h"

static unsigned char lower(unsigned char c) {
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

bool str_eq_fold(struct str a, struct str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower((unsigned char)a.at[i]) != lower((unsigned char)b.at[i]))
            return false;
    return true;
}

int str_cmp(struct str a, struct str b) {
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.at, b.at, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_eq(str_sub(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, s.len), suffix);
}

bool str_has(struct str s, struct str part) {
    return !part.len || (s.len && memmem(s.at, s.len, part.at, part.len));
}

uint32_t str_hash(struct str s) {
    uint32_t h = STR_HASH_FIRST;
    for (size_t i = 0; i < s.len; i++)
        h = str_hash_next(h, s.at[i]);
    return h;
}

struct str str_trim(struct str s) {
    while (s.len && is_space(s.at[s.len - 1]))
        s.len--;
    while (s.len && is_space(s.at[0]))
        s = str_sub(s, 1, s.len);
    return s;
}

size_t str_find(struct str s, char c, size_t from) {
    if (from >= s.len)
        return s.len;
    const char *p = memchr(s.at + from, c, s.len - from);
    return p ? (size_t)(p - s.at) : s.len;
}

bool str_cut(struct str *rest, char sep, struct str *part) {
    if (!rest->at)
        return false;
    size_t i = str_find(*rest, sep, 0);
    *part = str_sub(*rest, 0, i);
    *rest = i < rest->len ? (struct str){rest->at + i + 1, rest->len - i - 1} : (struct str){0};
    return true;
}

struct str str_copy(struct arena *arena, struct str s) {
    return str_concat(arena, &s, 1);
}

char *str_z(struct arena *arena, struct str s) {
    char *z = arena_alloc(arena, s.len + 1, 1);
    if (s.len)
        memcpy(z, s.at, s.len);
    return z;
}

struct str str_concat(struct arena *arena, const struct str *parts, size_t count) {
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        len += parts[i].len;
    char *at = arena_alloc(arena, len, 1);
    size_t to = 0;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len)
            memcpy(at + to, parts[i].at, parts[i].len);
        to += parts[i].len;
    }
    return (struct str){at, len};
}

struct str str_lower(struct arena *arena, struct str s) {
    size_t i = 0;
    while (i < s.len && (unsigned char)s.at[i] == lower((unsigned char)s.at[i]))
        i++;
    if (i == s.len)
        return s;
    char *low = arena_alloc(arena, s.len, 1);
    for (i = 0; i < s.len; i++)
        low[i] = (char)lower((unsigned char)s.at[i]);
    return (struct str){low, s.len};
}

struct str str_capital(struct arena *arena, struct str s) {
    if (!s.len || s.at[0] < 'a' || s.at[0] > 'z')
        return s;
    char *copy = str_z(arena, s);
    copy[0] = (char)(copy[0] - ('a' - 'A'));
    return (struct str){copy, s.len};
}

struct str str_uncapital(struct arena *arena, struct str s) {
    if (!s.len || s.at[0] < 'A' || s.at[0] > 'Z' || (s.len > 1 && s.at[1] >= 'A' && s.at[1] <= 'Z'))
        return s;
    char *copy = str_z(arena, s);
    copy[0] = (char)(copy[0] + ('a' - 'A'));
    return (struct str){copy, s.len};
}

struct str str_whole(struct arena *arena, long long n) {
    struct buf b = {.arena = arena};
    buf_whole(&b, n);
    return buf_str(&b);
}

struct str str_grouped(struct arena *arena, long long n) {
    struct str digits = str_whole(arena, n);
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < digits.len; i++) {
        if (i && (digits.len - i) % 3 == 0)
            buf_byte(&out, ',');
        buf_byte(&out, digits.at[i]);
    }
    return buf_str(&out);
}

struct str str_counted(struct arena *arena, size_t n, const char *one, const char *many) {
    return str_join(arena, str_grouped(arena, (long long)n), STR(" "), str_from(n == 1 ? one : many));
}

struct str str_joint(size_t index, size_t count) {
    return !index ? STR("") : index + 1 == count ? STR(" and ") : STR(", ");
}

struct str str_listed(struct arena *arena, const struct str *items, size_t count) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < count; i++) {
        buf_add(&out, str_joint(i, count));
        buf_add(&out, items[i]);
    }
    return buf_str(&out);
}

/* The letter without its accent, lower case, for the letters of European names; one or two ASCII letters. Codes are
 * those of Latin-1 Supplement and Latin Extended-A, where upper and lower case pair up. */
static const char *const latin[] = {
    [0xC0] = "a", [0xC1] = "a",  [0xC2] = "a",  [0xC3] = "a", [0xC4] = "a",  [0xC5] = "a", [0xC6] = "ae",
    [0xC7] = "c", [0xC8] = "e",  [0xC9] = "e",  [0xCA] = "e", [0xCB] = "e",  [0xCC] = "i", [0xCD] = "i",
    [0xCE] = "i", [0xCF] = "i",  [0xD0] = "d",  [0xD1] = "n", [0xD2] = "o",  [0xD3] = "o", [0xD4] = "o",
    [0xD5] = "o", [0xD6] = "o",  [0xD8] = "o",  [0xD9] = "u", [0xDA] = "u",  [0xDB] = "u", [0xDC] = "u",
    [0xDD] = "y", [0xDE] = "th", [0xDF] = "ss", [0xE0] = "a", [0xE1] = "a",  [0xE2] = "a", [0xE3] = "a",
    [0xE4] = "a", [0xE5] = "a",  [0xE6] = "ae", [0xE7] = "c", [0xE8] = "e",  [0xE9] = "e", [0xEA] = "e",
    [0xEB] = "e", [0xEC] = "i",  [0xED] = "i",  [0xEE] = "i", [0xEF] = "i",  [0xF0] = "d", [0xF1] = "n",
    [0xF2] = "o", [0xF3] = "o",  [0xF4] = "o",  [0xF5] = "o", [0xF6] = "o",  [0xF8] = "o", [0xF9] = "u",
    [0xFA] = "u", [0xFB] = "u",  [0xFC] = "u",  [0xFD] = "y", [0xFE] = "th", [0xFF] = "y",
};

/* The plain letter of each code point from U+0100 to U+017F. */
static const char latin_extended[128 + 1] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
                                            "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuww"
                                            "yyyzzzzzzs";

/* Folds a code point to at most two ASCII letters or digits; returns how many (0: it is no letter or digit). */
static size_t fold(uint32_t c, char out[2]) {
    if (c < 0x80) {
        out[0] = (char)lower((unsigned char)c);
        return is_digit(c) || (out[0] >= 'a' && out[0] <= 'z') ? 1 : 0;
    }
    if (c >= 0x100 && c < 0x180) {
        out[0] = latin_extended[c - 0x100];
        return 1;
    }
    const char *plain = c < sizeof(latin) / sizeof(latin[0]) ? latin[c] : NULL;
    size_t n = plain ? strlen(plain) : 0;
    for (size_t i = 0; i < n; i++)
        out[i] = plain[i];
    return n;
}

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC;
}

struct str str_slug(struct arena *arena, struct str s) {
    struct buf out = {.arena = arena};
    bool gap = false;
    for (size_t i = 0; i < s.len;) {
        uint32_t c = str_next(s, &i);
        char letters[2];
        size_t n = fold(c, letters);
        if (!n) {
            gap = gap || !is_apostrophe(c);
            continue;
        }
        if (gap && out.len)
            buf_byte(&out, '-');
        gap = false;
        buf_add(&out, (struct str){letters, n});
    }
    return buf_str(&out);
}

bool str_is_slug(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        bool letter = is_digit(c) || (c >= 'a' && c <= 'z');
        bool hyphen = c == '-' && i > 0 && i + 1 < s.len && s.at[i - 1] != '-';
        if (!letter && !hyphen)
            return false;
    }
    return s.len > 0;
}

/* A reader of a name's sort keys: letters and numbers, one at a time, with a 0 between words and at the end. */
struct collation {
    struct str s;
    size_t at;
    char pending; /* second letter of æ, ß, þ */
};

static uint64_t collation_next(struct collation *c) {
    if (c->pending) {
        char p = c->pending;
        c->pending = 0;
        return UINT64_C(2) << 40 | (unsigned char)p;
    }
    while (c->at < c->s.len) {
        if (is_digit((unsigned char)c->s.at[c->at])) { /* a number sorts before letters and by its value */
            uint64_t n = 0;
            while (c->at < c->s.len && is_digit((unsigned char)c->s.at[c->at]) && n < 1000000000)
                n = n * 10 + (uint64_t)(c->s.at[c->at++] - '0');
            return UINT64_C(1) << 40 | n;
        }
        uint32_t code = str_next(c->s, &c->at);
        char letters[2];
        size_t n = fold(code, letters);
        if (n == 2)
            c->pending = letters[1];
        if (n)
            return UINT64_C(2) << 40 | (unsigned char)letters[0];
        if (!is_apostrophe(code))
            return 1;
    }
    return 0;
}

int str_collate(struct str a, struct str b) {
    struct collation x = {.s = a}, y = {.s = b};
    for (;;) {
        uint64_t p = collation_next(&x), q = collation_next(&y);
        if (p != q)
            return p < q ? -1 : 1;
        if (!p)
            return str_cmp(a, b);
    }
}

/* Length of the well-formed sequence at s[i], or 0: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t utf8_length(const unsigned char *s, size_t left) {
    if (s[0] < 0x80)
        return 1;
    if (left >= 2 && s[0] >= 0xC2 && s[0] <= 0xDF && (s[1] & 0xC0) == 0x80)
        return 2;
    if (left >= 3 && (s[0] & 0xF0) == 0xE0 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 &&
        !(s[0] == 0xE0 && s[1] < 0xA0) && !(s[0] == 0xED && s[1] >= 0xA0))
        return 3;
    if (left >= 4 && s[0] >= 0xF0 && s[0] <= 0xF4 && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 &&
        (s[3] & 0xC0) == 0x80 && !(s[0] == 0xF0 && s[1] < 0x90) && !(s[0] == 0xF4 && s[1] >= 0x90))
        return 4;
    return 0;
}

/* How many bytes are ASCII before the first that is not, eight at a time. */
static size_t ascii_length(const unsigned char *s, size_t len) {
    size_t i = 0;
    for (uint64_t eight; len - i >= sizeof(eight); i += sizeof(eight)) {
        memcpy(&eight, s + i, sizeof(eight));
        if (eight & 0x8080808080808080u)
            break;
    }
    while (i < len && s[i] < 0x80)
        i++;
    return i;
}

bool str_is_ascii(struct str s) {
    return ascii_length((const unsigned char *)s.at, s.len) == s.len;
}

size_t str_utf8_bad(struct str s) {
    const unsigned char *p = (const unsigned char *)s.at;
    for (size_t i = 0; i < s.len;) { /* not even a zero may be added to a NULL */
        i += ascii_length(p + i, s.len - i);
        size_t n = i < s.len ? utf8_length(p + i, s.len - i) : 0;
        if (!n)
            return i;
        i += n;
    }
    return s.len;
}

uint32_t str_next(struct str s, size_t *at) {
    const unsigned char *p = (const unsigned char *)s.at + *at;
    size_t n = utf8_length(p, s.len - *at);
    *at += n ? n : 1;
    switch (n) {
    case 2: return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3: return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    case 4:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 |
               (p[3] & 0x3F);
    default: return p[0]; /* ASCII, or a stray byte that a reader has refused already */
    }
}

size_t str_count(struct str s) {
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    return n;
}

/* Names are short; longer ones are not slips of the pen. */
#define DISTANCE_MAX 64

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t str_distance(struct str a, struct str b, size_t most) {
    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return SIZE_MAX;
    size_t rows[3][DISTANCE_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = i;
        unsigned char x = lower((unsigned char)a.at[i - 1]);
        for (size_t j = 1; j <= b.len; j++) {
            unsigned char y = lower((unsigned char)b.at[j - 1]);
            row[j] = least(least(last[j], row[j - 1]) + 1, last[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower((unsigned char)b.at[j - 2]) &&
                y == lower((unsigned char)a.at[i - 2]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b.len] <= most ? last[b.len] : SIZE_MAX;
}

struct str str_nearest(struct str s, const struct str *candidates, size_t count) {
    size_t best = s.len / 3 + 1; /* one slip in a short word, more in a long one */
    struct str nearest = {0};
    for (size_t i = 0; i < count; i++) {
        size_t d = str_distance(s, candidates[i], best);
        if (d < best || (d == best && !nearest.at)) {
            best = d;
            nearest = candidates[i];
        }
    }
    return nearest;
}

struct str noun_phrase(struct arena *arena, struct str noun) {
    bool plural = str_ends(noun, STR("s")) && !str_ends(noun, STR("ss"));
    bool vowel = noun.len && str_find(STR("aeiou"), noun.at[0], 0) < 5;
    return plural ? noun : str_join(arena, vowel ? STR("an ") : STR("a "), noun);
}
