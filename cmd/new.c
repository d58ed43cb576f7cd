/* SPDX-License-Identifier: MIT */
/* new.c: `signpost new KIND [NAME]`, a commented starting point. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "kinds.h"
#include "portal/schema_out.h"

/* Where a record of each kind goes. */
static const struct {
    const char *kind, *folder;
    bool page; /* front matter and Markdown */
} places[] = {
    {"school", "schools/", false},
    {"page", "content/", true},
    {"policy", "content/policy/", true},
    {"cluster", "content/clusters/", true},
    {"partnership", "content/partnerships/", true},
    {"offer", "content/offers/", true},
    {"role", "content/roles/", true},
    {"person", "content/people/", true},
    {"body", "content/bodies/", true},
};

static const char framework_start[] =
    "# The vocabulary of this portal's policy: scales, facts, and who may see them.\n"
    "title: My framework\n"
    "scales: {}\n"
    "facts:\n"
    "  school:\n"
    "    # A judgement is for officers unless it says otherwise.\n"
    "    la_at_risk: {label: Judged at risk, type: yes/no, from: judgements, visible: officers}\n"
    "calendar: {terms: 3, half-terms: 6}\n";

static const char about_start[] =
    "---\ntitle: About this portal\n---\n\n"
    "Say here, in a few sentences, what the network is for and who it serves.\n\n"
    "> [!IMPORTANT]\n"
    "> A repository that holds judgements about schools is private. Or keep them in a folder of its\n"
    "> own that comes from a second, private repository: `officers/<slug>.yaml` adds to\n"
    "> `schools/<slug>.yaml`.\n";

/* Every folder on the way to a file; those that are there already are as good. */
static bool make_folders(struct arena *arena, const char *path) {
    struct str all = str_from(path);
    for (size_t i = str_find(all, '/', 0); i < all.len; i = str_find(all, '/', i + 1))
        if (mkdir(str_z(arena, str_sub(all, 0, i)), 0777) != 0 && errno != EEXIST)
            return false;
    return true;
}

/* Writes a file that must not be there yet. */
static enum exit_code write_new(struct arena *arena, const char *path, struct str text) {
    if (!make_folders(arena, path)) {
        say_error("%s: %s", path, strerror(errno));
        return EXIT_MACHINE;
    }
    FILE *f = fopen(path, "wx");
    if (!f) {
        say_error("%s: %s", path,
                  errno == EEXIST ? "is there already; nothing was changed" : strerror(errno));
        return errno == EEXIST ? EXIT_USAGE : EXIT_MACHINE;
    }
    bool written = (!text.len || fwrite(text.at, 1, text.len, f) == text.len);
    written = fclose(f) == 0 && written;
    if (!written) {
        say_error("%s: %s", path, strerror(errno));
        unlink(path);
        return EXIT_MACHINE;
    }
    printf("wrote %s\n", path);
    return EXIT_FINE;
}

static enum exit_code new_portal(struct arena *arena) {
    struct buf portal = {.arena = arena};
    buf_lit(&portal, "# The portal as a whole. `man signpost-formats` describes every key.\n");
    schema_write_start(&portal, &schema_portal, (struct str){0});
    enum exit_code code = write_new(arena, "portal.yaml", buf_str(&portal));
    if (code == EXIT_FINE)
        code = write_new(arena, "content/framework.yaml", str_from(framework_start));
    return code == EXIT_FINE ? write_new(arena, "content/about.md", str_from(about_start)) : code;
}

static void write_page(struct buf *out, const struct schema *schema, struct str name) {
    buf_lit(out, "---\n");
    schema_write_start(out, schema, name);
    buf_lit(out, "---\n\n## First section\n\nWrite here, in Markdown.\n");
}

static enum exit_code new_record(struct arena *arena, const char *kind, const struct schema *schema,
                                 struct str name) {
    size_t i = 0;
    while (strcmp(places[i].kind, kind) != 0)
        i++;
    struct buf text = {.arena = arena};
    struct str end = places[i].page ? STR(".md") : STR(".yaml");
    struct str path = str_join(arena, str_from(places[i].folder), str_slug(arena, name), end);
    if (places[i].page)
        write_page(&text, schema, name);
    else
        schema_write_start(&text, schema, name);
    return write_new(arena, str_z(arena, path), buf_str(&text));
}

static enum exit_code run(const struct invocation *invocation) {
    const char *kind = invocation->operands[0];
    const struct schema *schema = kind_schema(kind);
    if (!schema)
        return EXIT_USAGE;
    struct arena arena = {0};
    enum exit_code code = EXIT_USAGE;
    struct str name = str_from(invocation->operands[1]);
    struct str slug = str_slug(&arena, name);
    if (schema == &schema_portal)
        code = new_portal(&arena);
    else if (slug.len)
        code = new_record(&arena, kind, schema, name);
    else
        say_error("new %s needs a name with letters in it: signpost new %s \"Ashdown\"", kind, kind);
    arena_release(&arena);
    return code;
}

const struct command command_new = {
    .name = "new",
    .operands = "KIND [NAME]",
    .operands_min = 1,
    .operands_max = 2,
    .summary = "Write a commented starting point for a portal, a school or a page",
    .help = "KIND is portal, school, page, policy, cluster, partnership, offer, role, person or body. The "
            "file is named\n"
            "after NAME and never replaces one that is there.",
    .options = OPTION(DIRECTORY),
    .run = run,
};
