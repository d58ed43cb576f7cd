/* SPDX-License-Identifier: MIT */
/*
 * wishes.c: writes schools that look for partners into a portal, for measuring match-making.
 *
 *     wishes FOLDER SCHOOLS
 *
 * The schools are those of invent.h, none in a partnership, with what the policy of the portal in the repository's root
 * asks of a school that takes part: an inspection, two judgements, and wishes, mostly for schools nearby. One in six can
 * lead, and nearly one in three causes concern.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "invent.h"

#define TRIES 12 /* the nearest of so many is wished for */

static unsigned below(uint64_t *state, unsigned limit) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(*state >> 33) % limit;
}

static uint64_t apart(const struct school *a, const struct school *b) {
    int64_t x = (int64_t)a->easting - b->easting, y = (int64_t)a->northing - b->northing;
    return (uint64_t)(x * x + y * y);
}

static size_t nearest(const struct school *schools, size_t count, size_t i, uint64_t *state) {
    size_t best = i;
    for (int tries = 0; tries < TRIES; tries++) {
        size_t other = below(state, (unsigned)count);
        if (other != i &&
            (best == i || apart(&schools[i], &schools[other]) < apart(&schools[i], &schools[best])))
            best = other;
    }
    return best;
}

static void write_list(FILE *f, const char *key, const struct school *schools, const size_t *items,
                       size_t count) {
    fprintf(f, "  %s: [", key);
    for (size_t k = 0; k < count; k++)
        fprintf(f, "%s%s", k ? ", " : "", schools[items[k]].slug);
    fputs("]\n", f);
}

/* The first of them are worked with already. */
static void write_wishes(FILE *f, const struct school *schools, size_t count, size_t i, uint64_t *state) {
    static const char *const kinds[] = {
        "hard, structured, loose", "structured, hard",       "structured, loose", "loose", "structured",
        "hard, structured",        "structured, loose, hard"};
    size_t wished[5], wishes = 0;
    for (unsigned left = 1 + below(state, 5); left > 0; left--) {
        size_t other = nearest(schools, count, i, state), k = 0;
        while (k < wishes && wished[k] != other)
            k++;
        if (k == wishes && other != i)
            wished[wishes++] = other;
    }
    fputs("wishes:\n", f);
    write_list(f, "existing_links", schools, wished, wishes / 2);
    write_list(f, "schools", schools, wished, wishes);
    fprintf(f, "  kinds: [%s]\n  accepts_cross_phase: %s\n  wants_brokering: yes\n", kinds[below(state, 7)],
            below(state, 4) ? "no" : "yes");
    fprintf(f, "  objects_joint_governance: %s\n  by: Headteacher\n  on: 2026-03-04\n",
            strcmp(schools[i].form->faith, "none") != 0 && below(state, 2) ? "yes" : "no");
}

static void write_school(FILE *f, const struct school *schools, size_t count, size_t i) {
    const struct school *s = &schools[i];
    uint64_t state = s->urn;
    bool leads = below(&state, 6) == 0, concern = !leads && below(&state, 10) < 3;
    fprintf(f, "urn: \"%u\"\nlaestab: 999/%u\nname: %s\nphase: %s\ntype: %s\nages: %s\n", s->urn,
            2000 + s->number % 7000, s->name, s->form->phase, s->form->type, s->form->ages);
    if (strcmp(s->form->faith, "none") != 0)
        fprintf(f, "religious_character: %s\n", s->form->faith);
    fprintf(f, "address: {street: %s, town: %s, postcode: ZZ99 1AA}\n", s->street, s->place);
    fprintf(f, "location: {easting: %u, northing: %u}\n", s->easting, s->northing);
    fputs("inspections:\n  - {date: 2023-02-07, framework: eif, overall: good}\njudgements:\n", f);
    fprintf(f, "  la_at_risk:\n    - {value: %s, from: 2025-11-18, by: Link officer}\n",
            concern ? "yes" : "no");
    fprintf(f, "  outstanding_leadership:\n    - {value: %s, from: 2025-11-18, by: Link officer}\n",
            leads ? "yes" : "no");
    write_wishes(f, schools, count, i, &state);
}

int main(int argc, char **argv) {
    unsigned long count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    struct school *schools = count >= 2 && count <= INVENT_MOST ? calloc(count, sizeof(*schools)) : NULL;
    if (!schools) {
        fputs("usage: wishes FOLDER SCHOOLS\n", stderr);
        return 2;
    }
    for (unsigned i = 0; i < count; i++)
        invent_school(i, &schools[i]);
    for (size_t i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s/schools/%s.yaml", argv[1], schools[i].slug);
        FILE *f = fopen(path, "wx");
        if (!f) {
            fprintf(stderr, "wishes: %s: %s\n", path, strerror(errno));
            return 1;
        }
        write_school(f, schools, count, i);
        if (fclose(f))
            return 1;
    }
    free(schools);
    return 0;
}
