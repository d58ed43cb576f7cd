/* SPDX-License-Identifier: MIT */
/* text.h: what a text is, has and lacks. A failure shows both texts. */
#ifndef SIGNPOST_TESTS_TEXT_H
#define SIGNPOST_TESTS_TEXT_H

#include "base/str.h"

static inline void assert_text(struct str s, const char *text) {
    if (!str_eq(s, str_from(text)))
        fail_msg("\"" STR_FMT "\" is not \"%s\"", STR_ARG(s), text);
}

static inline void assert_has(struct str s, const char *part) {
    if (!str_has(s, str_from(part)))
        fail_msg("|" STR_FMT "|\nlacks |%s|", STR_ARG(s), part);
}

static inline void assert_lacks(struct str s, const char *part) {
    if (str_has(s, str_from(part)))
        fail_msg("|" STR_FMT "|\nhas |%s|", STR_ARG(s), part);
}

#endif
