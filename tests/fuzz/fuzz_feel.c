/* SPDX-License-Identifier: MIT */
/* fuzz_feel.c: no expression crashes, and what a value prints is read again as an equal value. */
#include <assert.h>

#include "policy/feel.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* False where it is no expression, which must have been said. */
static bool eval(struct arena *arena, struct str text, struct feel_value *out) {
    struct diags diags = {.arena = arena};
    struct source source = {STR("input"), text};
    const struct feel_node *node = feel_parse(arena, text, place_at(&source, 0), NULL, &diags);
    assert(!node == !!diags.count);
    if (node) {
        const struct feel_env env = {.arena = arena, .today = date_make(2020, 2, 29)};
        feel_check(node, &diags);
        *out = feel_eval(node, &env);
    }
    for (size_t i = 0; i < diags.count; i++) {
        struct buf message = {.arena = arena};
        diag_print(&message, &diags.items[i]);
    }
    return node;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct str text = size ? (struct str){(const char *)data, size} : STR("");
    struct feel_value value, again;
    if (str_utf8_bad(text) == size && eval(&arena, text, &value)) {
        struct buf printed = {.arena = &arena}, json = {.arena = &arena}, twice = {.arena = &arena};
        feel_print(&printed, value);
        feel_print_json(&json, value);
        if (value.type < FEEL_LIST && printed.len < FEEL_SIZE_MAX) {
            bool read = eval(&arena, buf_str(&printed), &again);
            assert(read);
            feel_print(&twice, again);
            assert(str_eq(buf_str(&printed), buf_str(&twice)));
        }
    }
    arena_release(&arena);
    return 0;
}
