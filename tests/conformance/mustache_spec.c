/* SPDX-License-Identifier: MIT */
/*
 * mustache_spec.c: the public Mustache specification's own tests, in lenient mode.
 *
 * SIGNPOST_CONFORMANCE names a folder that has the specification's JSON files in its own folder `mustache`. Without
 * it the tests are skipped, and that is no failure: the suite is not ours to ship.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "text/json.h"
#include "text/mustache.h"

/* Lambdas are left out: data here have no functions. */
static const char *const suites[] = {
    "comments", "delimiters", "interpolation", "inverted",
    "partials", "sections",   "~inheritance",  "~dynamic-names",
};

#define SUITE_SIZE_MAX ((size_t)1024 * 1024)

struct totals {
    size_t run;
    size_t failed;
};

/* Where a case's templates come from: its partials, and itself under a name that no partial can have. */
struct templates {
    struct arena *arena;
    const struct value *partials;
    struct source main;
};

static const struct source *find_template(void *context, struct str name) {
    struct templates *t = context;
    if (!name.len)
        return &t->main;
    const struct value *text = value_get(t->partials, name);
    if (!text)
        return NULL;
    struct source *source = arena_new(t->arena, struct source);
    *source = (struct source){name, value_str(text)};
    return source;
}

static struct str text_of(const struct value *map, const char *key) {
    const struct value *v = value_at(map, key);
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

static void print_diags(const struct diags *diags, struct arena *arena) {
    for (size_t i = 0; i < diags->count; i++) {
        struct buf out = {.arena = arena};
        diag_print(&out, &diags->items[i]);
        printf(STR_FMT, STR_ARG(buf_str(&out)));
    }
}

/* Renders one case and compares. Partials are compiled first: a dynamic name finds only what was compiled. */
static bool run_case(struct arena *arena, const struct value *test) {
    struct diags diags = {.arena = arena};
    struct templates templates = {
        arena, value_at(test, "partials"), {STR("template"), text_of(test, "template")}};
    struct mustache_set set = {.arena = arena, .loader = {find_template, NULL, &templates}};
    set.lenient = true;
    set.diags = &diags;
    for (uint32_t i = 0; templates.partials && i < templates.partials->count; i++)
        mustache_compile(&set, templates.partials->fields[i].key);
    const struct mustache *template = mustache_compile(&set, STR(""));
    const struct value nothing = {0};
    const struct value *data = value_at(test, "data");
    struct arena frame = {0};
    struct buf out = {.arena = arena};
    bool ok = template &&
              mustache_render(&set, template, data ? data : &nothing, &frame, &out, &diags, (struct str){0});
    arena_release(&frame);
    struct str expected = text_of(test, "expected"), got = buf_str(&out);
    if (ok && str_eq(expected, got))
        return true;
    printf("expected: \"" STR_FMT "\"\n     got: \"" STR_FMT "\"\n", STR_ARG(expected), STR_ARG(got));
    print_diags(&diags, arena);
    return false;
}

static void run_suite(struct arena *arena, const char *name, const struct source *source,
                      struct totals *totals) {
    struct diags diags = {.arena = arena};
    struct value suite;
    const struct value *tests = json_read(arena, source, &diags, &suite) ? value_at(&suite, "tests") : NULL;
    print_diags(&diags, arena);
    if (!tests || tests->kind != VALUE_LIST || !tests->count) {
        printf("[  FAILED  ] %s: no tests in it\n", name);
        totals->failed++;
        return;
    }
    for (uint32_t i = 0; i < tests->count; i++) {
        const struct value *test = &tests->items[i];
        struct str title = text_of(test, "name");
        printf("[ RUN      ] %s: " STR_FMT "\n", name, STR_ARG(title));
        bool ok = run_case(arena, test);
        printf("%s %s: " STR_FMT "\n", ok ? "[       OK ]" : "[  FAILED  ]", name, STR_ARG(title));
        totals->run++;
        totals->failed += !ok;
    }
}

int main(void) {
    const char *root = getenv("SIGNPOST_CONFORMANCE");
    if (!root) {
        printf("mustache_spec: skipped, SIGNPOST_CONFORMANCE is not set\n");
        return 0;
    }
    struct folder folder;
    if (!folder_open(&folder, root)) {
        printf("mustache_spec: %s: %s\n", root, strerror(errno));
        return 1;
    }
    struct totals totals = {0};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(suites) / sizeof(suites[0]); i++) {
        struct buf path = {.arena = &arena};
        buf_printf(&path, "mustache/%s.json", suites[i]);
        struct source source = {.path = buf_str(&path)};
        if (file_read(&arena, &folder, str_z(&arena, source.path), SUITE_SIZE_MAX, &source.text)) {
            run_suite(&arena, suites[i], &source, &totals);
        } else {
            printf("[  FAILED  ] " STR_FMT ": %s\n", STR_ARG(source.path), strerror(errno));
            totals.failed++;
        }
    }
    printf("[==========] %zu test(s) run.\n[  PASSED  ] %zu test(s).\n", totals.run,
           totals.run - totals.failed);
    if (totals.failed)
        printf("[  FAILED  ] %zu test(s).\n", totals.failed);
    folder_close(&folder);
    arena_release(&arena);
    return totals.failed ? 1 : 0;
}
