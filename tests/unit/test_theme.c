/* SPDX-License-Identifier: MIT */
/*
 * test_theme.c: the contract between the program and a theme, held to from both sides.
 *
 * tests/theme/<template>.json are complete examples of what templates are given. Every example must render with the
 * default theme, strictly; and what the views make of the portal at the root must have the very keys that the
 * examples have. Runs from the top of the source tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "portal/chronicle.h"
#include "publish/theme.h"
#include "publish/view.h"
#include "text/json.h"

struct example {
    struct str template; /* "school" of school-officers.json */
    struct value data;
};

struct fixture {
    struct arena arena;
    struct diags diags;
    struct site site;
    struct example examples[64];
    size_t count;
};

static void mark_markup(struct value *v) {
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++)
        mark_markup(&v->items[i]);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        struct value *of = &v->fields[i].value;
        if (of->kind == VALUE_TEXT && str_ends(v->fields[i].key, STR("_html")))
            of->kind = VALUE_HTML;
        else if (of->kind == VALUE_TEXT && str_eq(v->fields[i].key, STR("ld_json")))
            of->kind = VALUE_JSON;
        mark_markup(of);
    }
}

static bool is_template(struct str name) {
    for (int k = 0; k < TEMPLATE_COUNT; k++)
        if (str_eq(name, template_name((enum template_kind)k)))
            return true;
    return false;
}

static void read_examples(struct fixture *f) {
    struct folder here = {0};
    struct entries entries;
    assert_true(folder_open(&here, "."));
    assert_true(folder_list(&f->arena, &here, "tests/theme", &entries));
    for (size_t i = 0; i < entries.count; i++) {
        struct str path = entries.items[i].path, bytes;
        struct source *source = arena_new(&f->arena, struct source);
        struct example *e = &f->examples[f->count++];
        assert_true(file_read(&f->arena, &here, str_z(&f->arena, path), 1 << 20, &bytes));
        *source = (struct source){path, bytes};
        assert_true(json_read(&f->arena, source, &f->diags, &e->data));
        mark_markup(&e->data);
        e->template = str_sub(path, 12, path.len - 5);
        while (!is_template(e->template)) { /* school-officers is a second example of school */
            size_t hyphen = e->template.len;
            while (hyphen && e->template.at[hyphen - 1] != '-')
                hyphen--;
            assert_true(hyphen > 0);
            e->template.len = hyphen - 1;
        }
    }
    folder_close(&here);
}

/* The portal at the root tells no history, so it is given one: each page was once without its first word. */
static bool read_version(void *context, const struct chronicle_version *version, struct arena *arena,
                         struct str *out) {
    const struct page *page = version->held;
    struct str text = page->source->text;
    size_t word = str_find(text, ' ', page->body);
    (void)context;
    *out = version->day < 0 ? str_join(arena, str_sub(text, 0, page->body), str_sub(text, word, text.len))
                            : text;
    return true;
}

static void give_history(struct fixture *f) {
    size_t count = f->site.all.count;
    struct chronicle_trail *trails = arena_array(&f->arena, struct chronicle_trail, count);
    struct chronicle *chronicle = arena_new(&f->arena, struct chronicle);
    for (size_t i = 0; i < count; i++) {
        const struct page *page = f->site.all.items[i];
        struct chronicle_version *versions = arena_array(&f->arena, struct chronicle_version, 2);
        for (int v = 0; v < 2; v++)
            versions[v] = (struct chronicle_version){
                .day = -v, .short_id = STR("abc1234"), .path = page->source->path, .held = page};
        trails[page->number] = (struct chronicle_trail){versions, 2, false};
    }
    *chronicle = (struct chronicle){trails, count, read_version, NULL};
    f->site.chronicle = chronicle;
}

static int setup(void **state) {
    static struct fixture f; /* one for the whole program; cmocka hands it from test to test */
    f.diags.arena = &f.arena;
    struct site_options options = {.path = ".", .as_of = DATE_NONE, .today = DATE_NONE, .threads = 1};
    site_load(&f.site, &f.arena, &options, &f.diags);
    read_examples(&f);
    give_history(&f);
    *state = &f;
    return (int)f.diags.errors;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    site_release(&f->site);
    arena_release(&f->arena);
    return 0;
}

static void fail_with(const struct diags *diags) {
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    for (size_t i = 0; i < diags->count; i++)
        diag_print(&out, &diags->items[i]);
    print_error(STR_FMT, STR_ARG(buf_str(&out)));
    arena_release(&arena);
    fail();
}

static void every_example_renders_strictly(void **state) {
    struct fixture *f = *state;
    struct theme theme;
    struct arena frame = {0};
    struct buf out = {.arena = &f->arena};
    theme_load(&theme, &f->arena, &f->site, &f->diags);
    struct mustache_set set = {.arena = &f->arena, .loader = theme_loader(&theme), .diags = &f->diags};
    for (size_t i = 0; i < f->count; i++) {
        const struct mustache *t = mustache_compile(&set, f->examples[i].template);
        assert_non_null(t);
        buf_clear(&out);
        mustache_render(&set, t, &f->examples[i].data, &frame, &out, &f->diags, f->examples[i].template);
        assert_true(str_starts(buf_str(&out), STR("<!DOCTYPE html>")));
    }
    if (f->diags.count)
        fail_with(&f->diags);
    arena_release(&frame);
}

static void every_template_has_an_example(void **state) {
    struct fixture *f = *state;
    for (int k = 0; k < TEMPLATE_COUNT; k++) {
        bool found = false;
        for (size_t i = 0; i < f->count; i++)
            found = found || str_eq(f->examples[i].template, template_name((enum template_kind)k));
        if (!found)
            fail_msg("no example for " STR_FMT, STR_ARG(template_name((enum template_kind)k)));
    }
}

/* ---- the views against the examples ---- */

/* What the examples of a template say may stand at one place: every map seen there. */
struct shape {
    const struct value *maps[512];
    size_t count;
};

static void shape_add(struct shape *s, const struct value *v) {
    if (v && v->kind == VALUE_LIST)
        for (uint32_t i = 0; i < v->count; i++)
            shape_add(s, &v->items[i]);
    else if (v && v->kind == VALUE_MAP && s->count < 512)
        s->maps[s->count++] = v;
}

static bool same_keys(const struct value *a, const struct value *b) {
    for (uint32_t i = 0; i < a->count; i++)
        if (!value_get(b, a->fields[i].key))
            return false;
    return a->count == b->count;
}

static void compare(const struct value *made, const struct shape *shape, const char *path) {
    if (made->kind == VALUE_LIST) {
        for (uint32_t i = 0; i < made->count; i++)
            compare(&made->items[i], shape, path);
        return;
    }
    if (made->kind != VALUE_MAP ||
        !shape->count) /* the examples have nothing there: the manual alone says what it is */
        return;
    bool known = false;
    for (size_t i = 0; i < shape->count && !known; i++)
        known = same_keys(made, shape->maps[i]);
    if (!known) {
        print_error("%s: no example has the keys that the view makes:", path);
        for (uint32_t i = 0; i < made->count; i++)
            print_error(" " STR_FMT, STR_ARG(made->fields[i].key));
        print_error("\n");
        fail();
    }
    for (uint32_t i = 0; i < made->count; i++) {
        char inner[512];
        struct shape below = {.count = 0};
        snprintf(inner, sizeof(inner), "%s." STR_FMT, path, STR_ARG(made->fields[i].key));
        for (size_t j = 0; j < shape->count; j++)
            shape_add(&below, value_get(shape->maps[j], made->fields[i].key));
        compare(&made->fields[i].value, &below, inner);
    }
}

static void views_have_the_keys_of_the_examples(void **state) {
    struct fixture *f = *state;
    struct plan plan;
    struct bodies bodies;
    struct figures figures;
    for (int a = AUDIENCE_OFFICERS; a <= AUDIENCE_PUBLIC; a++) {
        site_bind(&f->site, (enum audience)a);
        plan_make(&plan, &f->arena, &f->site);
        figures_make(&figures, &f->arena, &f->site);
        bodies_render(&bodies, &f->site, f->site.worker_arenas, 1, &f->diags);
        for (size_t i = 0; i < plan.count; i++) {
            struct arena arena = {0};
            struct shape shape = {.count = 0};
            struct value made = view_make(&plan, &bodies, &figures, &plan.outputs[i], &arena, &f->diags);
            for (size_t e = 0; e < f->count; e++)
                if (str_eq(f->examples[e].template, template_name(plan.outputs[i].kind)))
                    shape_add(&shape, &f->examples[e].data);
            compare(&made, &shape, str_z(&arena, plan.outputs[i].address));
            arena_release(&arena);
        }
    }
    if (f->diags.errors)
        fail_with(&f->diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_renders_strictly),
        cmocka_unit_test(every_template_has_an_example),
        cmocka_unit_test(views_have_the_keys_of_the_examples),
    };
    return cmocka_run_group_tests_name("theme", tests, setup, teardown);
}
