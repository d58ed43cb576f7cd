/* SPDX-License-Identifier: MIT */
/* audience.c: the names of the three audiences. */
#include "policy/audience.h"

static const char *const names[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] = "officers",
    [AUDIENCE_SCHOOLS] = "schools",
    [AUDIENCE_PUBLIC] = "public",
};

struct str audience_name(enum audience audience) {
    return str_from(names[audience]);
}

bool audience_parse(struct str name, enum audience *out) {
    for (int i = 0; i < AUDIENCE_COUNT; i++)
        if (str_eq(name, str_from(names[i]))) {
            *out = (enum audience)i;
            return true;
        }
    return false;
}
