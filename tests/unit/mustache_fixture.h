/* SPDX-License-Identifier: MIT */
/*
 * mustache_fixture.h: templates and JSON data in, text or a diagnostic out. For the tests of the template engine.
 *
 * JSON has no HTML, so a text under a key that begins with `html` becomes VALUE_HTML, and one under a key that begins
 * with `json` becomes VALUE_JSON.
 */
#ifndef SIGNPOST_TESTS_MUSTACHE_FIXTURE_H
#define SIGNPOST_TESTS_MUSTACHE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "text/json.h"
#include "text/mustache.h"

#define TEMPLATES_MAX 80

struct fixture {
    struct arena arena;
    struct source sources[TEMPLATES_MAX];
    struct str names[TEMPLATES_MAX];
    size_t count;
    struct diags diags;
    struct mustache_set set;
    const struct mustache *main;
    struct buf out;
    bool ok;
};

static const struct source *fixture_find(void *context, struct str name) {
    struct fixture *f = context;
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->names[i], name))
            return &f->sources[i];
    return NULL;
}

static size_t fixture_names(void *context, const struct str **names) {
    struct fixture *f = context;
    *names = f->names;
    return f->count;
}

/* Forgets everything but the arena; templates are strict until said otherwise. */
static void fixture_clear(struct fixture *f) {
    f->count = 0;
    f->diags = (struct diags){.arena = &f->arena};
    f->set = (struct mustache_set){.arena = &f->arena, .diags = &f->diags};
    f->set.loader = (struct mustache_loader){fixture_find, fixture_names, f};
    f->out = (struct buf){.arena = &f->arena};
    f->main = NULL;
    f->ok = false;
}

static int setup(void **state) {
    struct fixture *f = calloc(1, sizeof(struct fixture));
    *state = f;
    if (!f)
        return -1;
    fixture_clear(f);
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    free(f);
    return 0;
}

static inline void add_str(struct fixture *f, const char *name, struct str text) {
    assert_true(f->count < TEMPLATES_MAX);
    f->names[f->count] = str_from(name);
    f->sources[f->count++] = (struct source){str_from(name), text};
}

static inline void add(struct fixture *f, const char *name, const char *text) {
    add_str(f, name, str_from(text));
}

static inline void compile(struct fixture *f) {
    f->main = mustache_compile(&f->set, STR("main"));
}

static inline void mark_kinds(struct value *v) {
    for (uint32_t i = 0; i < v->count && v->kind == VALUE_LIST; i++)
        mark_kinds(&v->items[i]);
    for (uint32_t i = 0; i < v->count && v->kind == VALUE_MAP; i++) {
        struct field *field = &v->fields[i];
        mark_kinds(&field->value);
        if (field->value.kind == VALUE_TEXT && str_starts(field->key, STR("html")))
            field->value.kind = VALUE_HTML;
        if (field->value.kind == VALUE_TEXT && str_starts(field->key, STR("json")))
            field->value.kind = VALUE_JSON;
    }
}

static inline struct value data_from(struct fixture *f, const char *json) {
    struct source *source = arena_new(&f->arena, struct source);
    struct diags diags = {.arena = &f->arena};
    struct value v;
    *source = (struct source){STR("data.json"), str_from(json)};
    assert_true(json_read(&f->arena, source, &diags, &v));
    mark_kinds(&v);
    return v;
}

static inline void render(struct fixture *f, const char *json) {
    assert_non_null(f->main);
    struct value data = data_from(f, json);
    struct arena frame = {0};
    f->diags.count = f->diags.errors = 0;
    buf_clear(&f->out);
    f->ok =
        mustache_render(&f->set, f->main, &data, &frame, &f->out, &f->diags, STR("while rendering x.html"));
    assert_int_equal(f->ok, f->diags.count == 0);
    arena_release(&frame);
}

static inline void assert_str(struct str s, const char *expected) {
    struct str e = str_from(expected);
    if (!str_eq(s, e))
        fail_msg("got \"" STR_FMT "\", expected \"%s\"", STR_ARG(s), expected);
}

/* Nothing was reported; says what was, otherwise. */
static inline void assert_clean(struct fixture *f) {
    struct buf said = {.arena = &f->arena};
    for (size_t i = 0; i < f->diags.count; i++)
        diag_print(&said, &f->diags.items[i]);
    if (f->diags.count)
        fail_msg(STR_FMT, STR_ARG(buf_str(&said)));
}

/* Diagnostic i has this slug and stands at path:line:column. */
static inline void assert_said(struct fixture *f, size_t i, const char *slug, const char *place) {
    assert_true(i < f->diags.count);
    const struct diag *d = &f->diags.items[i];
    struct position p = place_position(d->at);
    struct buf at = {.arena = &f->arena};
    buf_add(&at, d->at.source ? d->at.source->path : STR("-"));
    buf_printf(&at, ":%u:%u", p.line, p.column);
    assert_string_equal(diag_catalogue[d->id].slug, slug);
    assert_str(buf_str(&at), place);
}

/* One template, compiled afresh. */
static inline void compile_one(struct fixture *f, const char *text) {
    fixture_clear(f);
    add(f, "main", text);
    compile(f);
}

static inline void assert_prints(struct fixture *f, const char *text, const char *json,
                                 const char *expected) {
    compile_one(f, text);
    assert_clean(f);
    render(f, json);
    assert_clean(f);
    assert_str(buf_str(&f->out), expected);
}

/* The template is refused for exactly one reason. */
static inline void assert_refused(struct fixture *f, const char *text, const char *slug, const char *place) {
    compile_one(f, text);
    assert_null(f->main);
    assert_said(f, 0, slug, place);
    assert_int_equal(f->diags.count, 1);
}

/* It compiles, and rendering it with these data reports exactly one mistake. */
static inline void assert_fails(struct fixture *f, const char *text, const char *json, const char *slug,
                                const char *place) {
    compile_one(f, text);
    assert_clean(f);
    render(f, json);
    assert_said(f, 0, slug, place);
    assert_int_equal(f->diags.count, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
