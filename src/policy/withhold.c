/* SPDX-License-Identifier: MIT */
/* withhold.c: bars, from the lowest, until what is withheld is in doubt. */
#include "policy/withhold.h"

static bool is_small(size_t cell) {
    return cell && cell <= WITHHOLD_MAX;
}

/* Whether what lies up to the bar is in doubt: `least` is what it must come to at least. */
static bool is_enough(const size_t *cells, size_t count, size_t bar, size_t least) {
    size_t withheld = 0, sum = 0;
    for (size_t i = 0; i < count; i++)
        if (cells[i] <= bar) {
            withheld++;
            sum += cells[i];
        }
    return sum >= least && sum <= bar * (withheld - 1) + 1;
}

bool withhold(const size_t *cells, size_t count, bool *withheld) {
    size_t greatest = 0;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        greatest = cells[i] > greatest ? cells[i] : greatest;
        any = any || is_small(cells[i]);
    }
    size_t bar = WITHHOLD_MAX, least = WITHHOLD_MAX;
    while (any && bar < greatest && !is_enough(cells, count, bar, least)) {
        least = bar + WITHHOLD_MAX;
        bar = 2 * bar + 1;
    }
    for (size_t i = 0; i < count; i++)
        withheld[i] = any && cells[i] <= bar;
    return any;
}
