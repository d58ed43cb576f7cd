/* SPDX-License-Identifier: MIT */
/* solve_bound.c: how much better any solution could be. */
#include "portal/solve_inside.h"

void solve_bounds(const struct solve_field *field, struct arena *scratch, struct solve_result *result) {
    (void)field, (void)scratch;
    for (size_t s = 0; s < field->problem->step_count; s++)
        result->bounded[s] = false;
}
