/* SPDX-License-Identifier: MIT */
/* phrase.c: the words of amounts and of times. */
#include "policy/phrase.h"

struct str phrase_peek(const struct phrase *p) {
    return str_sub(p->rest, 0, str_find(p->rest, ' ', 0));
}

struct str phrase_next(struct phrase *p) {
    struct str word = phrase_peek(p);
    p->rest = str_trim(str_sub(p->rest, word.len, p->rest.len));
    return word;
}

bool phrase_take(struct phrase *p, const char *words) {
    struct phrase trial = *p, wanted = {str_from(words)};
    while (wanted.rest.len)
        if (!str_eq_fold(phrase_next(&trial), phrase_next(&wanted)))
            return false;
    *p = trial;
    return true;
}
