/* SPDX-License-Identifier: MIT */
/*
 * serve.c: how long a writer waits: from a file that was saved to a preview that is ready to be shown.
 *
 *     serve PORTAL AUDIENCE EDITS
 *
 * Changes as many records in turn, and as many pages, and after each brings the preview up to date as `signpost serve`
 * does. Prints for both the best and the median in milliseconds, then how long the first view took, and the peak of
 * memory. The portal is altered, and is left as it was.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/pool.h"
#include "edge/preview.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static struct str read_all(struct arena *arena, const char *path) {
    FILE *f = fopen(path, "rb");
    struct buf out = {.arena = arena};
    int c;
    while (f && (c = getc(f)) != EOF)
        buf_byte(&out, (char)c);
    if (f)
        fclose(f);
    return buf_str(&out);
}

static bool write_all(const char *path, struct str bytes, const char *more) {
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len && fputs(more, f) >= 0;
    return f && !fclose(f) && ok;
}

static int by_time(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

struct bench {
    const char *portal;
    struct preview *preview;
    struct preview_view view;
    struct arena arena;
};

/* One edit and its undoing, both timed as one: the mean of the two. */
static double edit(struct bench *b, struct str path, const char *more) {
    struct arena scratch = {0};
    const char *file = str_z(&scratch, str_join(&scratch, str_from(b->portal), STR("/"), path));
    struct str bytes = read_all(&scratch, file);
    double took = 0;
    for (int undo = 0; undo < 2; undo++) {
        if (!write_all(file, bytes, undo ? "" : more)) {
            fprintf(stderr, "serve: %s cannot be written\n", file);
            exit(1);
        }
        double begin = now();
        preview_update(b->preview, &path, 1);
        struct preview_state state = preview_state(b->preview, b->view);
        took += now() - begin;
        if (!state.good) {
            fprintf(stderr, "serve: the portal has errors after %s was changed\n", file);
            exit(1);
        }
    }
    arena_release(&scratch);
    return took / 2;
}

static void measure(struct bench *b, const char *name, struct preview_file *file, size_t edits, bool school) {
    double *times = arena_array(&b->arena, double, edits);
    const struct site *site = file->site;
    size_t count = school ? site->school_count : site->all.count, n = 0;
    struct str *paths = arena_array(&b->arena, struct str, edits);
    for (size_t i = 0; i < edits; i++) {
        size_t at = (i * 7919) % count;
        paths[i] =
            str_copy(&b->arena, school ? site->schools[at]->source->path : site->all.items[at]->source->path);
    }
    for (; n < edits; n++)
        times[n] = edit(b, paths[n], school ? "# \n" : "\nOne more line.\n");
    qsort(times, n, sizeof(double), by_time);
    printf("%-8s %8.1f %8.1f ms\n", name, times[0], times[n / 2]);
}

int main(int argc, char **argv) {
    struct bench b = {.view = {.as_of = DATE_NONE}};
    if (argc != 4 || !audience_parse(str_from(argv[2]), &b.view.audience)) {
        fprintf(stderr, "usage: serve PORTAL AUDIENCE EDITS\n");
        return 2;
    }
    size_t edits = strtoul(argv[3], NULL, 10);
    struct preview_options options = {.path = argv[1],
                                      .as_of = DATE_NONE,
                                      .today = date_parse_iso(STR("2026-05-01")),
                                      .threads = pool_cores()};
    b.portal = argv[1];
    b.preview = preview_new(&options);
    struct preview_file file;
    double begin = now();
    if (!preview_get(b.preview, b.view, STR("index.html"), &b.arena, &file)) {
        fprintf(stderr, "serve: %s cannot be shown\n", argv[1]);
        return 1;
    }
    double first = now() - begin;
    measure(&b, "record", &file, edits, true);
    preview_get(b.preview, b.view, STR("index.html"), &b.arena, &file);
    measure(&b, "page", &file, edits, false);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%-8s %8.1f ms\n%-8s %8.1f MiB\n", "first", first, "peak", (double)usage.ru_maxrss / 1024.0);
    preview_release(b.preview);
    arena_release(&b.arena);
    return 0;
}
