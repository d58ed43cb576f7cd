/* SPDX-License-Identifier: MIT */
/*
 * portal_fixture.h: a small portal in a folder of its own.
 *
 *     struct portal p;
 *     portal_make(&p);                                  // portal.yaml and content/framework.yaml
 *     portal_put(&p, "schools/ash.yaml", SCHOOL("900001", "Ash"));
 *     portal_load(&p, "2026-05-01");                    // p.site, p.diags
 *     portal_release(&p);
 */
#ifndef SIGNPOST_TESTS_PORTAL_FIXTURE_H
#define SIGNPOST_TESTS_PORTAL_FIXTURE_H

#include <stdlib.h>
#include <string.h>

#include "portal/site.h"

/* A record with what every record has; more lines may follow. */
#define SCHOOL(urn, name)                                                 \
    "urn: \"" urn "\"\nname: " name "\nphase: primary\ntype: community\n" \
    "address: {street: 1 High Street, town: Testing, postcode: ZZ99 1AB}\n"
#define PAGE(title) "---\ntitle: " title "\n---\n\nText.\n"
#define CLUSTER(title) "---\ntitle: " title "\nkind: geographic\n---\n"
#define PARTNERSHIP(title, state) "---\ntitle: " title "\nkind: structured\nstate: " state "\n"

struct portal {
    struct arena arena;
    struct diags diags;
    struct folder folder;
    struct site site;
    char path[40];
};

static inline void portal_put(struct portal *p, const char *path, const char *text) {
    char *parent = str_z(&p->arena, str_from(path));
    char *slash = strrchr(parent, '/');
    if (slash) {
        *slash = '\0';
        assert_true(folder_make(&p->folder, parent, 0755));
    }
    folder_remove(&p->folder, path);
    assert_true(file_write(&p->folder, path, str_from(text), 0644));
}

#define PORTAL                                                                                           \
    "title: Testing\nauthority: {name: Testing Council}\nbase: https://schools.example/\n"               \
    "home: {heading: Schools, lead: Some.}\nnavigation: [{title: Schools, to: schools/}]\n"              \
    "contacts: [{name: Office}]\n"                                                                       \
    "accessibility: {status: full, email: a@testing.example, prepared: 2026-03-02, tested: 2026-04-16, " \
    "tested_by: Testing}\n"

static inline void portal_make(struct portal *p) {
    *p = (struct portal){.path = "/tmp/signpost-portal-XXXXXX"};
    p->diags.arena = &p->arena;
    assert_non_null(mkdtemp(p->path));
    assert_true(folder_open(&p->folder, p->path));
    portal_put(p, "portal.yaml", PORTAL);
    portal_put(
        p, "content/framework.yaml",
        "facts:\n  school:\n    at_risk: {type: yes/no}\n    open_day: {type: date, visible: public}\n");
}

/* `as_of` may be NULL. Threads are two, so that order cannot come from the order of reading. */
static inline void portal_load(struct portal *p, const char *as_of) {
    struct site_options options = {.path = p->path,
                                   .as_of = date_parse_iso(str_from(as_of)),
                                   .today = date_make(2026, 5, 1),
                                   .threads = 2};
    site_load(&p->site, &p->arena, &options, &p->diags);
    diags_sort(&p->diags);
}

/* Loads without an error, and binds. */
static inline void portal_bind(struct portal *p, const char *as_of, enum audience audience) {
    portal_load(p, as_of);
    if (p->diags.errors)
        fail_msg("%s", str_z(&p->arena, p->diags.items[0].text));
    site_bind(&p->site, audience);
}

/* The slugs of what is wrong, with the files: "duplicate-urn schools/b.yaml". */
static inline const char *portal_says(struct portal *p) {
    struct buf said = {.arena = &p->arena};
    for (size_t i = 0; i < p->diags.count; i++) {
        const struct source *source = p->diags.items[i].at.source;
        buf_printf(&said, "%s%s ", i ? ", " : "", diag_catalogue[p->diags.items[i].id].slug);
        buf_add(&said, source ? source->path : STR("-"));
    }
    return str_z(&p->arena, buf_str(&said));
}

static inline void portal_release(struct portal *p) {
    struct folder tmp;
    site_release(&p->site);
    folder_close(&p->folder);
    assert_true(folder_open(&tmp, "/tmp"));
    assert_true(folder_remove(&tmp, p->path + strlen("/tmp/")));
    folder_close(&tmp);
    arena_release(&p->arena);
}

#endif
