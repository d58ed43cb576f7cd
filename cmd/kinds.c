/* SPDX-License-Identifier: MIT */
/* kinds.c: the kinds of record by the names that `new` and `schema` take. */
#include "kinds.h"

#include <string.h>

#include "command.h"

static const struct {
    const char *name;
    enum content_kind kind; /* CONTENT_COUNT: not content */
} kinds[] = {
    {"portal", CONTENT_COUNT},  {"school", CONTENT_COUNT},    {"page", CONTENT_PAGE},
    {"policy", CONTENT_POLICY}, {"cluster", CONTENT_CLUSTER}, {"partnership", CONTENT_PARTNERSHIP},
    {"offer", CONTENT_OFFER},   {"role", CONTENT_ROLE},       {"person", CONTENT_PERSON},
    {"body", CONTENT_BODY},
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

const struct schema *kind_schema(const char *kind) {
    struct str names[KIND_COUNT];
    for (size_t i = 0; i < KIND_COUNT; i++) {
        names[i] = str_from(kinds[i].name);
        if (strcmp(kinds[i].name, kind) != 0)
            continue;
        if (kinds[i].kind != CONTENT_COUNT)
            return schema_content[kinds[i].kind];
        return strcmp(kind, "portal") == 0 ? &schema_portal : &schema_school;
    }
    struct str nearest = str_nearest(str_from(kind), names, KIND_COUNT);
    say_error("there is no kind \"%s\"%s" STR_FMT "%s", kind, nearest.len ? "; did you mean \"" : "",
              STR_ARG(nearest), nearest.len ? "\"?" : "; --help lists them");
    return NULL;
}
