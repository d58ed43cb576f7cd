/* SPDX-License-Identifier: MIT */
/*
 * prove.c: how long the proof of a portal's tables takes.
 *
 *     prove FOLDER
 *
 * Prints the least of five times in milliseconds, and how many tables and runs there were.
 */
#include <stdio.h>
#include <time.h>

#include "policy/prove.h"
#include "portal/site.h"

static double prove_once(const struct site *site, size_t *runs) {
    struct arena arena = {0}, scratch = {0};
    struct proofs proofs;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    policy_prove(&site->policy, site->as_of, &arena, &scratch, &proofs);
    clock_gettime(CLOCK_MONOTONIC, &end);
    *runs = 0;
    for (size_t i = 0; i < proofs.count; i++)
        *runs += proofs.items[i].runs;
    arena_release(&arena);
    arena_release(&scratch);
    return (double)(end.tv_sec - start.tv_sec) * 1e3 + (double)(end.tv_nsec - start.tv_nsec) / 1e6;
}

int main(int argc, char **argv) {
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct site site;
    double least = 1e9;
    size_t runs = 0;
    if (argc != 2) {
        fputs("usage: prove FOLDER\n", stderr);
        return 2;
    }
    site_load(&site, &arena, &(struct site_options){.path = argv[1], .threads = 1, .today = 20000}, &diags);
    for (int i = 0; i < 5 && !diags.errors; i++) {
        double took = prove_once(&site, &runs);
        least = took < least ? took : least;
    }
    if (!diags.errors)
        printf("%.2f %zu %zu\n", least, site.policy.decision_count, runs);
    bool wrong = diags.errors > 0;
    site_release(&site);
    arena_release(&arena);
    return wrong;
}
