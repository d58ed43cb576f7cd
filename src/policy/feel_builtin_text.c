/* SPDX-License-Identifier: MIT */
/* feel_builtin_text.c: FEEL's functions on text. Positions and lengths count code points. */
#include "policy/feel_priv.h"

/* Where `part` begins in `s`, or SIZE_MAX. */
static size_t find(struct str s, struct str part) {
    for (size_t i = 0; i + part.len <= s.len; i++)
        if (str_eq(str_sub(s, i, i + part.len), part))
            return i;
    return SIZE_MAX;
}

struct feel_value feel_fn_contains(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_bool(find(args[0].text, args[1].text) != SIZE_MAX);
}

struct feel_value feel_fn_starts_with(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_bool(str_starts(args[0].text, args[1].text));
}

struct feel_value feel_fn_ends_with(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_bool(str_ends(args[0].text, args[1].text));
}

struct feel_value feel_fn_substring_before(struct feel_run *run, const struct feel_value *args,
                                           size_t count) {
    (void)run, (void)count;
    size_t at = find(args[0].text, args[1].text);
    return feel_text(at == SIZE_MAX ? STR("") : str_sub(args[0].text, 0, at));
}

struct feel_value feel_fn_substring_after(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    size_t at = find(args[0].text, args[1].text);
    return feel_text(at == SIZE_MAX ? STR("")
                                    : str_sub(args[0].text, at + args[1].text.len, args[0].text.len));
}

struct feel_value feel_fn_string_length(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return feel_number(decimal_whole((int64_t)str_count(args[0].text)));
}

/* The byte at which code point `n` begins; the length where there are fewer. */
static size_t byte_of(struct str s, int64_t n) {
    size_t at = 0;
    for (; n > 0 && at < s.len; n--)
        str_next(s, &at);
    return at;
}

/* A start below 0 counts from the end; one that is not in the text, and a length below 1, give null. */
struct feel_value feel_fn_substring(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    struct str s = args[0].text;
    int64_t start, length = INT64_MAX, all = (int64_t)str_count(s);
    if (!decimal_to_int64(args[1].number, &start) ||
        (count > 2 && !decimal_to_int64(args[2].number, &length)))
        return feel_null();
    if (start == 0 || start > all || start < -all || length < 1)
        return feel_null();
    int64_t from = start > 0 ? start - 1 : all + start;
    int64_t to = length > all - from ? all : from + length;
    return feel_text(str_sub(s, byte_of(s, from), byte_of(s, to)));
}

/* ---- case ---- */

/* Runs of letters whose other case is a fixed distance away, or is their neighbour. Western, Central European, Greek and
 * Cyrillic letters: the names that British registers hold. What is not here keeps its case. */
static const struct {
    uint32_t first, last; /* the capitals */
    uint32_t distance;    /* 1: capitals and small letters take turns */
} cases[] = {
    {'A', 'Z', 32},     {0xc0, 0xd6, 32},   {0xd8, 0xde, 32},    {0x100, 0x12e, 1},   {0x132, 0x136, 1},
    {0x139, 0x147, 1},  {0x14a, 0x176, 1},  {0x179, 0x17d, 1},   {0x391, 0x3a1, 32},  {0x3a3, 0x3a9, 32},
    {0x400, 0x40f, 80}, {0x410, 0x42f, 32}, {0x1e00, 0x1e94, 1}, {0x1ea0, 0x1efe, 1},
};

static uint32_t change_case(uint32_t c, bool upper) {
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint32_t distance = cases[i].distance, first = upper ? cases[i].first + distance : cases[i].first;
        uint32_t last = upper ? cases[i].last + distance : cases[i].last;
        if (c < first || c > last || (distance == 1 && (c - first) % 2))
            continue;
        return upper ? c - distance : c + distance;
    }
    return c;
}

static struct feel_value in_case(struct arena *arena, struct str s, bool upper) {
    struct buf out = {.arena = arena};
    for (size_t at = 0; at < s.len;)
        buf_code_point(&out, change_case(str_next(s, &at), upper));
    return feel_text(buf_str(&out));
}

struct feel_value feel_fn_upper_case(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    return in_case(run->arena, args[0].text, true);
}

struct feel_value feel_fn_lower_case(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    return in_case(run->arena, args[0].text, false);
}

/* ---- of other values ---- */

struct feel_value feel_fn_string(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)count;
    struct buf out = {.arena = run->arena};
    feel_print_bare(&out, args[0]);
    return feel_text(buf_str(&out));
}

static struct str text_at(const struct feel_value *args, size_t count, size_t i) {
    return i < count && args[i].type == FEEL_TEXT ? args[i].text : STR("");
}

/* Nulls are passed over; anything else that is no text makes it null. */
struct feel_value feel_fn_string_join(struct feel_run *run, const struct feel_value *args, size_t count) {
    const struct feel_list *list = args[0].list;
    struct buf out = {.arena = run->arena};
    buf_add(&out, text_at(args, count, 2));
    bool first = true;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i].type == FEEL_NULL)
            continue;
        if (list->items[i].type != FEEL_TEXT || out.len > FEEL_ITEMS_MAX)
            return feel_null();
        if (!first)
            buf_add(&out, text_at(args, count, 1));
        buf_add(&out, list->items[i].text);
        first = false;
    }
    buf_add(&out, text_at(args, count, 3));
    return feel_text(buf_str(&out));
}
