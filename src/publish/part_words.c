/* SPDX-License-Identifier: MIT */
/* part_words.c: numbers, names and answers in words. */
#include "policy/words.h"
#include "publish/part.h"

struct str part_href(const struct view *view, struct str address) {
    return str_join(view->arena, view->root, address);
}

struct str part_count(const struct view *view, size_t n) {
    return str_grouped(view->arena, (long long)n);
}

struct str part_count_of(const struct view *view, size_t n, const char *one, const char *many) {
    return str_join(view->arena, part_count(view, n), STR(" "), str_from(n == 1 ? one : many));
}

size_t part_percent(size_t part, size_t of) {
    size_t percent = (200 * part + of) / (2 * of);
    return part && !percent ? 1 : part < of && percent == 100 ? 99 : percent;
}

struct str part_lower_first(const struct view *view, struct str s) {
    return str_uncapital(view->arena, s);
}

struct str part_id_words(const struct view *view, struct str id) {
    return str_capital(view->arena, words_of_id(view->arena, id));
}

struct str part_field(const struct value *map, const char *path) {
    return value_words(value_at(map, path));
}

struct str part_told(const struct value *map, const char *path) {
    const struct value *v = value_at(map, path);
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

const struct value *part_told_list(const struct value *map, const char *key) {
    static const struct value none;
    const struct value *v = value_at(map, key);
    return v && v->kind == VALUE_LIST ? v : &none;
}

struct str part_answers(const struct view *view, const struct output *output, values mask) {
    struct buf out = {.arena = view->arena};
    words_answers_in_full(&out, output, mask);
    return buf_str(&out);
}

/* Words, and what amounts begin with; of a label no letter is changed. */
struct str part_answer(const struct view *view, struct str words) {
    static const char *const whole[] = {"yes",
                                        "no",
                                        "no or yes",
                                        "none",
                                        "not stated",
                                        "not recorded",
                                        "not applicable",
                                        "not determined",
                                        "to be agreed",
                                        "to be confirmed"};
    static const char *const first[] = {"termly",   "half-termly", "monthly", "weekly", "yearly",
                                        "annually", "daily",       "none or", "up to",  "at least"};
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
        if (str_eq(words, str_from(whole[i])))
            return str_capital(view->arena, words);
    for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
        if (str_starts(words, str_from(first[i])))
            return str_capital(view->arena, words);
    return words;
}

struct str part_alone(const struct view *view, const struct output *output, values mask) {
    return part_answer(view, part_answers(view, output, mask));
}
