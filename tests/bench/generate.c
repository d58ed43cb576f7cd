/* SPDX-License-Identifier: MIT */
/*
 * generate.c: writes the schools and groups of a portal for measuring into a folder.
 *
 *     generate FOLDER SCHOOLS [long | judged]
 *
 * The facts of a record come to 1.2 to 1.5 KB and its profile is beside them, so that a file has about 2 KB; with
 * `long` the facts come to about 4 KB; with `judged` a record has the judgements that Milton Keynes's chart reads in
 * place of a decision. What the portal says of itself is in tests/bench/portal.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "invent.h"

/* Bytes written so far. */
struct sizes {
    long facts, profiles;
};

static FILE *create(const char *folder, const char *kind, const char *slug, const char *extension) {
    char path[512];
    snprintf(path, sizeof(path), "%s/%s/%s%s", folder, kind, slug, extension);
    FILE *f = fopen(path, "wx");
    if (!f) {
        fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return f;
}

static void finish(FILE *f) {
    if (ferror(f) || fclose(f)) {
        fprintf(stderr, "generate: %s\n", strerror(errno));
        exit(1);
    }
}

static void make_folder(const char *folder, const char *name) {
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    if (mkdir(path, 0755) && errno != EEXIST) {
        fprintf(stderr, "generate: %s: %s\n", path, strerror(errno));
        exit(1);
    }
}

static void write_identity(FILE *f, const struct school *s) {
    fprintf(f, "urn: \"%u\"\nlaestab: 999/%u\nname: %s\n", s->urn, 2000 + s->number % 7000, s->name);
    fprintf(f, "phase: %s\ntype: %s\nages: %s\n", s->form->phase, s->form->type, s->form->ages);
    if (strcmp(s->form->faith, "none") != 0)
        fprintf(f, "religious_character: %s\n", s->form->faith);
    fprintf(f, "capacity: %u\npupils:\n  - {count: %u, on: 2026-01-15, free_meals: %u.%u}\n", s->places,
            s->pupils, s->meals_tenths / 10, s->meals_tenths % 10);
    fprintf(f, "address:\n  street: %s\n  town: %s\n  postcode: ZZ99 %u%c%c\n", s->street, s->place,
            s->postcode % 9 + 1, "ABDEFGHJLN"[s->postcode / 9 % 10], "PQRSTUWXYZ"[s->postcode / 90 % 10]);
    fprintf(f, "location: {easting: %u, northing: %u}\ntelephone: %s\n", s->easting, s->northing,
            s->telephone);
    fprintf(f, "email: office@%s.example\nhead:\n  - {name: %s, from: %s}\n", s->slug, s->head, s->since);
}

static void write_memberships(FILE *f, const struct school *s) {
    fprintf(f, "memberships:\n  - cluster: %s\n  - partnership: %s\n    role: %s\n    from: %s\n",
            s->cluster.slug, s->partnership.slug, s->lead ? "lead" : "member", s->joined);
    fprintf(f, "    governing_body: agreed\n    decided: %s\n", s->decided);
}

static void write_inspection(FILE *f, const struct school *s, const struct inspection *i, bool more) {
    fprintf(f, "  - date: %s\n    framework: %s\n", i->date, i->report_card ? "report_card" : "eif");
    if (i->overall)
        fprintf(f, "    overall: %s\n", i->overall);
    if (more)
        fprintf(f, "    published: %s\n    kind: %s\n    safeguarding: met\n    report: %s/%u/%s\n",
                i->published, i->report_card ? "full" : "graded", "https://reports.example", s->urn, i->date);
    fprintf(f, "    %s: {", i->report_card ? "areas" : "grades");
    for (int g = 0; g < GRADES; g++)
        fprintf(f, "%s%s: %s", g ? ", " : "", (i->report_card ? area_names : grade_names)[g], i->grades[g]);
    fputs("}\n", f);
}

static void write_stage(FILE *f, const struct school *s) {
    const struct form *form = s->form;
    bool two = strcmp(form->measures[0], form->measures[1]) != 0;
    fprintf(f, "results:\n  %s:\n", form->stage);
    for (unsigned y = 0; y < YEARS; y++) {
        fprintf(f, "    - {year: %u, pupils: %u, %s: %u", 2023 + y, s->cohort[y], form->measures[0],
                s->first[y]);
        if (two)
            fprintf(f, ", %s: %u", form->measures[1], s->second[y]);
        fputs("}\n", f);
    }
    fputs("  attendance:\n", f);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f, "    - {year: %u, overall: %u.%u, persistent: %u.%u}\n", 2023 + y,
                s->absence_tenths[y] / 10, s->absence_tenths[y] % 10, s->persistent_tenths[y] / 10,
                s->persistent_tenths[y] % 10);
}

static void write_decision(FILE *f, const struct school *s) {
    fprintf(f,
            "decisions:\n  support:\n    level:\n      - {value: %s, from: %s, by: Director of Education, "
            "how: agreed, letter: %s}\n",
            s->support, s->agreed, s->letter);
}

/* What a record has that has been kept for years: earlier stages and censuses, dates of sources, judgements. */
static void write_more_results(FILE *f, const struct school *s) {
    fputs("  early_years:\n", f);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f, "    - {year: %u, status: final, pupils: %u, good_level: %u}\n", 2023 + y,
                s->cohort[y] - 3, s->first[y] - 2);
    fputs("  post_16:\n", f);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f, "    - {year: %u, status: final, pupils: %u, points_per_entry: %u.%u, level_3: %u}\n",
                2023 + y, s->cohort[y] + 9, 28 + y, y + 3, s->first[y] - 9);
}

static void write_more(FILE *f, const struct school *s) {
    fprintf(f, "ukprn: \"1009%04u\"\nuprn: \"10000%07u\"\nshort_name: %s\nformer_names:\n", s->number % 10000,
            s->number, s->place);
    fprintf(f, "  - %s Board School\n  - %s County School\nstatus: open\ngender: mixed\nnursery: yes\n",
            s->place, s->place);
    fprintf(f, "resourced_provision: Speech, language and communication\nwebsite: https://%s.example/\n",
            s->slug);
    fprintf(f,
            "predecessors:\n  - urn: \"%u\"\n    name: %s County School\n    on: 2004-09-01\n    how: %s\n",
            s->urn + 60000, s->place, "amalgamated with the infant school");
    fputs(
        "sources:\n  gias: 2026-04-24\n  ofsted: 2026-03-31\n  results: 2025-12-11\n  absence: 2026-03-19\n",
        f);
    fputs("judgements:\n  la_at_risk:\n", f);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f,
                "    - value: no\n      from: %u-10-07\n      by: Link officer\n      note: Seen in autumn; "
                "leaders know what is still weak and have begun with it.\n",
                2023 + y);
    fputs("notes:\n", f);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f,
                "  - on: %u-03-%02u\n    by: Link officer\n    text: Half a day in classrooms with the head. "
                "Books in history now match the plan; writing at length is still rare in year 4, and the new "
                "leader of writing has asked %s for a visitor.\n",
                2023 + y, s->cohort[y] % 28 + 1, s->partnership.title);
}

static void write_profile(FILE *f, const struct school *s) {
    fprintf(f, "profile: |\n  %s\n\n  %s\n\n  %s It belongs to the\n  [%s](../content/partnerships/%s.md).\n",
            s->profile[0], s->profile[1], s->profile[2], s->partnership.title, s->partnership.slug);
}

/* Most know how their data run; every eleventh does not say, so that some categories stay open. */
static void write_judgements(FILE *f, const struct school *s) {
    static const char *const trends[] = {"consistent", "improving", "inconsistent", "small_decline",
                                         "declining"};
    fputs("judgements:\n", f);
    if (s->number % 11)
        fprintf(f, "  trend: [%s]\n", trends[s->number % 5]);
    else
        fputs("  trend: not recorded\n", f);
    fprintf(f, "  sef: %s\n", s->number % 3 ? "good" : "outstanding");
}

static void write_school(const char *folder, unsigned number, bool more, bool judged, struct sizes *sizes) {
    struct school s;
    invent_school(number, &s);
    FILE *f = create(folder, "schools", s.slug, ".yaml");
    write_identity(f, &s);
    write_memberships(f, &s);
    fputs("inspections:\n", f);
    for (unsigned i = 0; i < 2; i++)
        write_inspection(f, &s, &s.inspections[i], more);
    write_stage(f, &s);
    if (more) {
        write_more_results(f, &s);
        write_more(f, &s);
    }
    if (judged)
        write_judgements(f, &s);
    else
        write_decision(f, &s);
    long facts = ftell(f);
    write_profile(f, &s);
    sizes->facts += facts;
    sizes->profiles += ftell(f) - facts;
    finish(f);
}

static void write_group(const char *folder, const char *kind, const struct group *group, unsigned number) {
    char text[1200], formed[11];
    bool cluster = strcmp(kind, "content/clusters") == 0;
    FILE *f = create(folder, kind, group->slug, ".md");
    invent_text(group, number, text);
    invent_formed(number, formed);
    fprintf(f,
            "---\ntitle: %s\nsummary: Schools in and round %s that work together.\nowner: Network office\n",
            group->title, group->place);
    if (cluster)
        fputs("kind: geographic\n", f);
    else
        fprintf(f, "kind: %s\nstate: formed\nformed: %s\n", number % 3 ? "structured" : "hard", formed);
    fprintf(f,
            "reviewed: 2026-02-02\ncontacts:\n  - {name: %s office, post: Clerk, telephone: 020 7946 0%03u}\n"
            "---\n\n%s",
            group->place, number % 1000, text);
    finish(f);
}

int main(int argc, char **argv) {
    char *end;
    unsigned long count = argc > 2 ? strtoul(argv[2], &end, 10) : 0;
    bool more = argc > 3 && strcmp(argv[3], "long") == 0, judged = argc > 3 && strcmp(argv[3], "judged") == 0;
    if (argc < 3 || argc > 3 + (more || judged) || *end || count < IN_CLUSTER || count > INVENT_MOST) {
        fprintf(stderr, "usage: generate FOLDER SCHOOLS [long | judged]   (%u to %u schools)\n", IN_CLUSTER,
                INVENT_MOST);
        return 2;
    }
    static const char *const folders[] = {"schools", "content", "content/partnerships", "content/clusters"};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        make_folder(argv[1], folders[i]);
    struct sizes sizes = {0};
    for (unsigned i = 0; i < count; i++)
        write_school(argv[1], i, more, judged, &sizes);
    struct group group;
    unsigned partnerships = ((unsigned)count + IN_PARTNERSHIP - 1) / IN_PARTNERSHIP;
    unsigned clusters = ((unsigned)count + IN_CLUSTER - 1) / IN_CLUSTER;
    for (unsigned i = 0; i < partnerships; i++) {
        invent_partnership(i, &group);
        write_group(argv[1], "content/partnerships", &group, i);
    }
    for (unsigned i = 0; i < clusters; i++) {
        invent_cluster(i, &group);
        write_group(argv[1], "content/clusters", &group, i);
    }
    printf("%lu schools, %u partnerships, %u clusters; facts %ld bytes and profile %ld bytes a record\n",
           count, partnerships, clusters, sizes.facts / (long)count, sizes.profiles / (long)count);
    return 0;
}
