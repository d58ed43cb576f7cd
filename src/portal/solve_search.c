/* SPDX-License-Identifier: MIT */
/* solve_search.c: good groups of many nodes. */
#include "portal/solve_inside.h"

void solve_by_search(const struct solve_field *field, const size_t *nodes, size_t count,
                     struct arena *scratch, struct solve_list *list, uint64_t *steps) {
    size_t few = count;
    while (few && !solve_exactly(field, nodes, few, 1000000, 0, scratch, list, steps))
        few = few > 8 ? 8 : few - 1;
}
