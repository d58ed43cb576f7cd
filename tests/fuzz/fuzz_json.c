/* SPDX-License-Identifier: MIT */
/* fuzz_json.c: whatever the reader takes, the writer writes so that it is read again as the same. */
#include <assert.h>

#include "text/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read(struct arena *arena, struct str text, struct value *out) {
    struct diags diags = {.arena = arena};
    struct source *source = arena_new(arena, struct source);
    *source = (struct source){STR("input"), text};
    bool ok = json_read(arena, source, &diags, out);
    assert(ok == !diags.count);
    for (size_t i = 0; i < diags.count; i++) {
        struct buf message = {.arena = arena};
        diag_print(&message, &diags.items[i]);
    }
    return ok;
}

static struct str write(struct arena *arena, const struct value *v, int indent) {
    struct buf out = {.arena = arena};
    json_write(&out, v, indent);
    for (size_t i = 0; i < out.len; i++)
        assert(out.at[i] != '<' && out.at[i] != '>' && out.at[i] != '&');
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct value first, second;
    if (read(&arena, (struct str){(const char *)data, size}, &first)) {
        struct str text = write(&arena, &first, 2);
        bool again = read(&arena, text, &second);
        assert(again);
        assert(str_eq(write(&arena, &second, 2), text));
        assert(str_eq(write(&arena, &second, -1), write(&arena, &first, -1)));
    }
    arena_release(&arena);
    return 0;
}
