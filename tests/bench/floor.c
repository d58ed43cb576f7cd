/* SPDX-License-Identifier: MIT */
/*
 * floor.c: what the job costs if nothing is kept, checked or decided.
 *
 *     floor PORTAL SITE FRESH
 *
 * Bare libyaml passes over every record and every page's front matter; bare cmark-gfm, with its tables, renders every
 * profile and every page's body; and the bytes of SITE, a portal built before from PORTAL, are written to the same
 * paths in FRESH, which must not exist. (SITE and FRESH lie outside PORTAL.) One thread. Reading PORTAL counts, reading
 * SITE does not. Prints the seconds of each part and of the whole: by the wall's clock and by the processor's.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <errno.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <yaml.h>

struct file {
    char *path; /* beneath the folder that was walked */
    char *bytes;
    size_t len;
    bool folder;
};

struct files {
    struct file *items;
    size_t count, room;
};

struct seconds {
    double wall, processor;
};

/* What the walk adds to: nftw takes no context. */
static struct files *walked;
static size_t walked_prefix;

static void *must(void *p, const char *what) {
    if (p)
        return p;
    fprintf(stderr, "floor: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int add_file(const char *path, const struct stat *st, int type, struct FTW *ftw) {
    (void)ftw;
    if (type != FTW_F && type != FTW_D)
        return 0;
    if (walked->count == walked->room) {
        walked->room = walked->room ? walked->room * 2 : 1024;
        walked->items = must(realloc(walked->items, walked->room * sizeof(struct file)), "memory");
    }
    size_t skip = strlen(path) > walked_prefix ? walked_prefix + 1 : walked_prefix;
    walked->items[walked->count++] = (struct file){
        .path = must(strdup(path + skip), "memory"), .len = (size_t)st->st_size, .folder = type == FTW_D};
    return 0;
}

static struct files list(const char *folder) {
    struct files files = {0};
    walked = &files;
    walked_prefix = strlen(folder);
    if (nftw(folder, add_file, 32, FTW_PHYS))
        must(NULL, folder);
    return files;
}

static void join(char *out, size_t size, const char *folder, const char *path) {
    if ((size_t)snprintf(out, size, "%s/%s", folder, path) >= size) {
        errno = ENAMETOOLONG;
        must(NULL, path);
    }
}

static void read_file(const char *folder, struct file *file) {
    char path[4096];
    join(path, sizeof(path), folder, file->path);
    FILE *f = must(fopen(path, "rb"), path);
    file->bytes = must(malloc(file->len + 1), "memory");
    file->len = fread(file->bytes, 1, file->len, f);
    fclose(f);
}

static double clock_now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct seconds now(void) {
    return (struct seconds){clock_now(CLOCK_MONOTONIC), clock_now(CLOCK_PROCESS_CPUTIME_ID)};
}

static void add_since(struct seconds *sum, struct seconds start) {
    struct seconds end = now();
    sum->wall += end.wall - start.wall;
    sum->processor += end.processor - start.processor;
}

/* ---- the two parsers ---- */

static bool ends(const char *s, const char *suffix) {
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

/* Where the front matter ends: after its second line of dashes. */
static size_t front_matter(const struct file *file) {
    const char *end = memmem(file->bytes, file->len, "\n---\n", 5);
    return end && strncmp(file->bytes, "---\n", 4) == 0 ? (size_t)(end - file->bytes) + 5 : 0;
}

/* Passes over every event. A record's profile is its last field, so the last scalar is kept for cmark. */
static void pass_yaml(const char *at, size_t len, char **last, size_t *last_len) {
    yaml_parser_t parser;
    yaml_event_t event;
    bool done = false;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_string(&parser, (const unsigned char *)at, len);
    while (!done) {
        if (!yaml_parser_parse(&parser, &event)) {
            fprintf(stderr, "floor: %s\n", parser.problem);
            exit(1);
        }
        done = event.type == YAML_STREAM_END_EVENT;
        if (last && event.type == YAML_SCALAR_EVENT) {
            free(*last);
            *last = (char *)event.data.scalar.value;
            *last_len = event.data.scalar.length;
            event.data.scalar.value = NULL;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static size_t render(const char *at, size_t len, cmark_syntax_extension *table) {
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    cmark_parser_attach_syntax_extension(parser, table);
    cmark_parser_feed(parser, at, len);
    cmark_node *document = cmark_parser_finish(parser);
    char *html = cmark_render_html(document, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
    size_t made = strlen(html);
    free(html);
    cmark_node_free(document);
    cmark_parser_free(parser);
    return made;
}

struct parsing {
    cmark_syntax_extension *table;
    struct seconds reading, yaml, markdown;
    size_t documents, bodies, html;
};

static void parse_file(struct parsing *p, const char *folder, struct file *file) {
    char *profile = NULL;
    size_t profile_len = 0;
    struct seconds start = now();
    read_file(folder, file);
    add_since(&p->reading, start);
    bool page = ends(file->path, ".md"), record = strncmp(file->path, "schools/", 8) == 0;
    size_t front = page ? front_matter(file) : file->len, from = page && front ? 4 : 0;
    start = now();
    if (front)
        pass_yaml(file->bytes + from, front - from - (page ? 4 : 0), record ? &profile : NULL, &profile_len);
    add_since(&p->yaml, start);
    p->documents += front > 0;
    start = now();
    if (page || profile)
        p->html += page ? render(file->bytes + front, file->len - front, p->table)
                        : render(profile, profile_len, p->table);
    add_since(&p->markdown, start);
    p->bodies += page || profile;
    free(profile);
    free(file->bytes);
}

/* ---- writing ---- */

static size_t write_all(const char *folder, const struct files *files) {
    char path[4096];
    size_t bytes = 0;
    for (size_t i = 0; i < files->count; i++) {
        const struct file *file = &files->items[i];
        join(path, sizeof(path), folder, file->path);
        if (file->folder) {
            if (mkdir(path, 0755))
                must(NULL, path);
            continue;
        }
        FILE *f = must(fopen(path, "wbx"), path);
        setbuf(f, NULL);
        if (fwrite(file->bytes, 1, file->len, f) != file->len || fclose(f))
            must(NULL, path);
        bytes += file->len;
    }
    return bytes;
}

static void say(const char *name, struct seconds s) {
    printf("%s %.4f %.4f\n", name, s.wall, s.processor);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fputs("usage: floor PORTAL SITE FRESH\n", stderr);
        return 2;
    }
    struct seconds total = {0}, writing = {0}, start = now();
    struct files sources = list(argv[1]);
    struct parsing parsing = {0};
    cmark_gfm_core_extensions_ensure_registered();
    parsing.table = must(cmark_find_syntax_extension("table"), "the table extension of cmark-gfm");
    for (size_t i = 0; i < sources.count; i++) {
        struct file *file = &sources.items[i];
        if (!file->folder && (ends(file->path, ".md") || ends(file->path, ".yaml")))
            parse_file(&parsing, argv[1], file);
    }
    add_since(&total, start);
    struct files site = list(argv[2]);
    for (size_t i = 0; i < site.count; i++)
        if (!site.items[i].folder)
            read_file(argv[2], &site.items[i]);
    start = now();
    size_t bytes = write_all(argv[3], &site);
    add_since(&writing, start);
    total.wall += writing.wall;
    total.processor += writing.processor;
    say("reading", parsing.reading);
    say("yaml", parsing.yaml);
    say("markdown", parsing.markdown);
    say("writing", writing);
    say("total", total);
    printf("documents %zu\nbodies %zu\nbytes %zu\n", parsing.documents, parsing.bodies, bytes);
    return 0;
}
