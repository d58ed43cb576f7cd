/* SPDX-License-Identifier: MIT */
/*
 * fuzz_mustache.c: templates from anywhere, in both modes.
 *
 * The input's parts, parted by `~`, are the templates main, a, b and c. For a strict set that compiles, what is
 * promised is checked from the other end: the finished page, read from its beginning as one piece of HTML, ends in
 * plain text, and each value in it (all begin with the same mark) stands where values may stand.
 */
#include <assert.h>

#include "text/json.h"
#include "text/mustache_priv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MARK '\x02'
#define PARTS 4

struct input {
    struct source sources[PARTS];
};

static const struct str names[PARTS] = {{"main", 4}, {"a", 1}, {"b", 1}, {"c", 1}};

static const struct source *find(void *context, struct str name) {
    struct input *input = context;
    for (size_t i = 0; i < PARTS; i++)
        if (str_eq(names[i], name))
            return &input->sources[i];
    return NULL;
}

static size_t list_names(void *context, const struct str **out) {
    (void)context;
    *out = names;
    return PARTS;
}

static const char page[] = "{\"x\": \"\\u0002\\\"'><script>&--!>\", \"y\": {\"x\": \"\\u0002javascript:1\", "
                           "\"y\": null}, \"t\": true, \"f\": false,"
                           "\"l\": [{\"x\": \"\\u0002java\"}, {\"x\": \"\\u0002script:1\", \"l\": []}], "
                           "\"n\": 7, \"d\": \"a\", \"e\": \"b\"}";

static bool may_hold_values(struct html_state s) {
    bool quoted = s.where == IN_DOUBLE || s.where == IN_SINGLE;
    bool harmless = s.attribute == ATTRIBUTE_PLAIN || s.attribute == ATTRIBUTE_ADDRESS;
    return s.where == IN_TEXT || s.where == IN_TITLE || (quoted && harmless);
}

/* What the whole page is, up to here. */
static struct html_state state_after(struct str text) {
    struct html_state state = {0};
    size_t at = html_state_read(&state, text);
    assert(at == text.len);
    return state;
}

static void check_page(struct str text) {
    assert(state_after(text).where == IN_TEXT);
    for (size_t i = str_find(text, MARK, 0), n = 0; i < text.len && n < 100;
         i = str_find(text, MARK, i + 1), n++)
        assert(may_hold_values(state_after(str_sub(text, 0, i))));
}

static bool has_mark(const struct input *input) {
    for (size_t i = 0; i < PARTS; i++)
        if (str_find(input->sources[i].text, MARK, 0) < input->sources[i].text.len)
            return true;
    return false;
}

static void run(struct input *input, const struct value *data, bool lenient) {
    struct arena arena = {0}, frame = {0};
    struct diags diags = {.arena = &arena};
    struct mustache_set set = {.arena = &arena, .loader = {find, list_names, input}};
    set.lenient = lenient;
    set.diags = &diags;
    const struct mustache *template = mustache_compile(&set, names[0]);
    assert(template || diags.errors);
    size_t compiled = diags.count;
    struct buf out = {.arena = &arena};
    bool ok = template && mustache_render(&set, template, data, &frame, &out, &diags, STR("while fuzzing"));
    assert(!template || ok == (diags.count == compiled));
    if (template && !lenient && !has_mark(input) && out.len < 100000 && ok)
        check_page(buf_str(&out));
    diags_sort(&diags);
    for (size_t i = 0; i < diags.count && i < 100; i++) {
        struct buf message = {.arena = &arena};
        diag_print(&message, &diags.items[i]);
    }
    arena_release(&frame);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct source source = {STR("page.json"), {page, sizeof(page) - 1}};
    struct value data;
    bool ok = json_read(&arena, &source, &diags, &data);
    assert(ok);
    struct input input = {0};
    struct str part, rest = {(const char *)bytes, size};
    for (size_t i = 0; i < PARTS; i++) {
        input.sources[i].path = names[i];
        input.sources[i].text = size && str_cut(&rest, '~', &part) ? part : STR("");
    }
    run(&input, &data, false);
    run(&input, &data, true);
    arena_release(&arena);
    return 0;
}
