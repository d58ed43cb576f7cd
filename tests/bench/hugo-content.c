/* SPDX-License-Identifier: MIT */
/*
 * hugo-content.c: writes the same schools and groups as generate.c, as content for Hugo.
 *
 *     hugo-content FOLDER SCHOOLS
 *
 * A record's facts become JSON front matter, which Hugo reads faster than YAML, and its profile the body. Clusters,
 * partnerships and the lists by letter are taxonomies. The templates are in tests/bench/hugo.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "invent.h"

static void make_folder(const char *path) {
    if (mkdir(path, 0755) && errno != EEXIST) {
        fprintf(stderr, "hugo-content: %s: %s\n", path, strerror(errno));
        exit(1);
    }
}

static FILE *create(const char *path) {
    FILE *f = fopen(path, "wx");
    if (!f) {
        fprintf(stderr, "hugo-content: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    return f;
}

static void finish(FILE *f) {
    if (ferror(f) || fclose(f)) {
        fprintf(stderr, "hugo-content: %s\n", strerror(errno));
        exit(1);
    }
}

static void write_identity(FILE *f, const struct school *s) {
    fprintf(f, "{\"title\": \"%s\", \"urn\": \"%u\", \"laestab\": \"999/%u\",\n", s->name, s->urn,
            2000 + s->number % 7000);
    fprintf(f, "\"aliases\": [\"/urn/%u.html\"],\n", s->urn);
    fprintf(f, "\"phase\": \"%s\", \"school_type\": \"%s\", \"ages\": \"%s\", \"faith\": \"%s\",\n",
            s->form->phase, s->form->type, s->form->ages, s->form->faith);
    fprintf(f,
            "\"capacity\": %u, \"pupils\": {\"count\": %u, \"on\": \"2026-01-15\", \"free_meals\": %u.%u},\n",
            s->places, s->pupils, s->meals_tenths / 10, s->meals_tenths % 10);
    fprintf(f, "\"address\": {\"street\": \"%s\", \"town\": \"%s\", \"postcode\": \"ZZ99 %u%c%c\"},\n",
            s->street, s->place, s->postcode % 9 + 1, "ABDEFGHJLN"[s->postcode / 9 % 10],
            "PQRSTUWXYZ"[s->postcode / 90 % 10]);
    fprintf(f, "\"location\": {\"easting\": %u, \"northing\": %u}, \"telephone\": \"%s\",\n", s->easting,
            s->northing, s->telephone);
    fprintf(f, "\"email\": \"office@%s.example\", \"head\": {\"name\": \"%s\", \"from\": \"%s\"},\n", s->slug,
            s->head, s->since);
}

static void write_groups(FILE *f, const struct school *s) {
    char letter = (char)(s->name[0] | 0x20);
    fprintf(f, "\"clusters\": [\"%s\"], \"partnerships\": [\"%s\"],\n", s->cluster.slug, s->partnership.slug);
    fprintf(f, "\"role\": \"%s\", \"joined\": \"%s\", \"governing_body\": \"agreed\", \"decided\": \"%s\",\n",
            s->lead ? "lead" : "member", s->joined, s->decided);
    fprintf(f, "\"letters\": [\"%c\", \"%s-%c\"],\n", letter, s->form->phase_letter, letter);
}

static void write_inspections(FILE *f, const struct school *s) {
    fputs("\"inspections\": [", f);
    for (int n = 0; n < 2; n++) {
        const struct inspection *i = &s->inspections[n];
        fprintf(f, "%s{\"date\": \"%s\", \"framework\": \"%s\", \"overall\": \"%s\", \"grades\": {",
                n ? ",\n" : "", i->date, i->report_card ? "report_card" : "eif",
                i->overall ? i->overall : "");
        for (int g = 0; g < GRADES; g++)
            fprintf(f, "%s\"%s\": \"%s\"", g ? ", " : "", (i->report_card ? area_names : grade_names)[g],
                    i->grades[g]);
        fputs("}}", f);
    }
    fputs("],\n", f);
}

static void write_results(FILE *f, const struct school *s) {
    fprintf(f, "\"stage\": \"%s\", \"results\": [", s->form->stage);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f, "%s{\"year\": %u, \"pupils\": %u, \"first\": %u, \"second\": %u}", y ? ",\n" : "",
                2023 + y, s->cohort[y], s->first[y], s->second[y]);
    fputs("],\n\"attendance\": [", f);
    for (unsigned y = 0; y < YEARS; y++)
        fprintf(f, "%s{\"year\": %u, \"overall\": %u.%u, \"persistent\": %u.%u}", y ? ",\n" : "", 2023 + y,
                s->absence_tenths[y] / 10, s->absence_tenths[y] % 10, s->persistent_tenths[y] / 10,
                s->persistent_tenths[y] % 10);
    fputs("],\n", f);
}

static void write_school(const char *folder, unsigned number) {
    char path[512];
    struct school s;
    invent_school(number, &s);
    snprintf(path, sizeof(path), "%s/content/schools/%s.md", folder, s.slug);
    FILE *f = create(path);
    write_identity(f, &s);
    write_groups(f, &s);
    write_inspections(f, &s);
    write_results(f, &s);
    fprintf(f, "\"decision\": {\"value\": \"%s\", \"from\": \"%s\", \"letter\": \"%s\"}}\n\n", s.support,
            s.agreed, s.letter);
    fprintf(f, "%s\n\n%s\n\n%s It belongs to the\n[%s](/partnerships/%s.html).\n", s.profile[0], s.profile[1],
            s.profile[2], s.partnership.title, s.partnership.slug);
    finish(f);
}

static void write_group(const char *folder, const char *kind, const struct group *group, unsigned number) {
    char path[512], text[1200], formed[11];
    invent_text(group, number, text);
    invent_formed(number, formed);
    snprintf(path, sizeof(path), "%s/content/%s/%s", folder, kind, group->slug);
    make_folder(path);
    snprintf(path, sizeof(path), "%s/content/%s/%s/_index.md", folder, kind, group->slug);
    FILE *f = create(path);
    fprintf(f, "{\"title\": \"%s\", \"summary\": \"Schools in and round %s that work together.\",\n",
            group->title, group->place);
    fprintf(f,
            "\"owner\": \"Network office\", \"kind_of\": \"%s\", \"formed\": \"%s\", \"reviewed\": "
            "\"2026-02-02\",\n",
            number % 3 ? "Structured" : "Hard", formed);
    fprintf(f,
            "\"contact\": {\"name\": \"%s office\", \"post\": \"Clerk\", \"telephone\": \"020 7946 "
            "0%03u\"}}\n\n%s",
            group->place, number % 1000, text);
    finish(f);
}

int main(int argc, char **argv) {
    char *end, path[512];
    unsigned long count = argc == 3 ? strtoul(argv[2], &end, 10) : 0;
    if (argc != 3 || *end || count < IN_CLUSTER || count > INVENT_MOST) {
        fprintf(stderr, "usage: hugo-content FOLDER SCHOOLS   (%u to %u schools)\n", IN_CLUSTER, INVENT_MOST);
        return 2;
    }
    static const char *const folders[] = {"content", "content/schools", "content/partnerships",
                                          "content/clusters"};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", argv[1], folders[i]);
        make_folder(path);
    }
    for (unsigned i = 0; i < count; i++)
        write_school(argv[1], i);
    struct group group;
    for (unsigned i = 0; i * IN_PARTNERSHIP < count; i++) {
        invent_partnership(i, &group);
        write_group(argv[1], "partnerships", &group, i);
    }
    for (unsigned i = 0; i * IN_CLUSTER < count; i++) {
        invent_cluster(i, &group);
        write_group(argv[1], "clusters", &group, i);
    }
    return 0;
}
