/* SPDX-License-Identifier: MIT */
/*
 * feel_tck.c: literal expressions of the public DMN Technology Compatibility Kit.
 *
 * SIGNPOST_CONFORMANCE names a folder that has them in feel.json: a list of {id, expr, expected}, where null also stands
 * for an error. Without it the cases are skipped, and that is no failure: the suite is not ours to ship.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "policy/feel.h"
#include "text/json.h"

#define SUITE_SIZE_MAX ((size_t)8 * 1024 * 1024)

static bool same(struct arena *arena, const struct feel_value *got, const struct value *expected);

static bool same_number(struct decimal got, struct str expected) {
    struct decimal number;
    return decimal_parse(expected, &number) && decimal_cmp(got, number) == 0;
}

/* Dates and durations come as texts, and a duration has more than one of them (P0D is PT0S). */
static bool same_text(struct arena *arena, const struct feel_value *got, struct str expected) {
    if (got->type == FEEL_TEXT)
        return str_eq(got->text, expected);
    struct str function = got->type == FEEL_DATE ? STR("date(\"") : STR("duration(\"");
    struct diags diags = {.arena = arena};
    const struct feel_node *node =
        feel_parse(arena, str_join(arena, function, expected, STR("\")")), (struct place){0}, NULL, &diags);
    const struct feel_env env = {.arena = arena, .today = DATE_NONE};
    return node && feel_is_true(feel_equal(feel_eval(node, &env), *got));
}

static bool same_list(struct arena *arena, const struct feel_list *got, const struct value *expected) {
    bool ok = got->count == expected->count;
    for (uint32_t i = 0; ok && i < expected->count; i++)
        ok = same(arena, &got->items[i], &expected->items[i]);
    return ok;
}

static bool same_context(struct arena *arena, const struct feel_context *got, const struct value *expected) {
    bool ok = got->count == expected->count;
    for (size_t i = 0; ok && i < got->count; i++) {
        const struct value *other = value_get(expected, got->entries[i].key);
        ok = other && same(arena, &got->entries[i].value, other);
    }
    return ok;
}

static bool same(struct arena *arena, const struct feel_value *got, const struct value *expected) {
    switch (expected->kind) {
    case VALUE_NULL: return got->type == FEEL_NULL;
    case VALUE_BOOL: return got->type == FEEL_BOOL && got->truth == expected->truth;
    case VALUE_NUMBER: return got->type == FEEL_NUMBER && same_number(got->number, value_str(expected));
    case VALUE_LIST: return got->type == FEEL_LIST && same_list(arena, got->list, expected);
    case VALUE_MAP: return got->type == FEEL_CONTEXT && same_context(arena, got->context, expected);
    default: return same_text(arena, got, value_str(expected));
    }
}

static bool run_case(struct arena *arena, const struct value *test) {
    const struct value *id = value_at(test, "id"), *text = value_at(test, "expr"),
                       *expected = value_at(test, "expected");
    if (!id || !text || !expected)
        return false;
    struct diags diags = {.arena = arena};
    const struct feel_node *node = feel_parse(arena, value_str(text), (struct place){0}, NULL, &diags);
    const struct feel_env env = {.arena = arena, .today = DATE_NONE};
    struct feel_value got = node ? feel_eval(node, &env) : feel_null();
    if (same(arena, &got, expected))
        return true;
    struct buf out = {.arena = arena};
    buf_printf(&out, "[  FAILED  ] " STR_FMT ": " STR_FMT "\n    expected ", STR_ARG(value_str(id)),
               STR_ARG(value_str(text)));
    json_write(&out, expected, -1);
    buf_lit(&out, ", got ");
    feel_print(&out, got);
    for (size_t i = 0; i < diags.count; i++)
        buf_printf(&out, " (" STR_FMT ")", STR_ARG(diags.items[i].text));
    printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
    return false;
}

static int run_suite(struct arena *arena, const struct source *source) {
    struct diags diags = {.arena = arena};
    struct value suite;
    if (!json_read(arena, source, &diags, &suite) || suite.kind != VALUE_LIST || !suite.count) {
        printf("[  FAILED  ] feel.json: no cases in it\n");
        return 1;
    }
    size_t failed = 0;
    for (uint32_t i = 0; i < suite.count; i++) {
        struct arena frame = {0};
        failed += !run_case(&frame, &suite.items[i]);
        arena_release(&frame);
    }
    printf("[==========] %u case(s) run.\n[  PASSED  ] %zu case(s).\n", suite.count, suite.count - failed);
    if (failed)
        printf("[  FAILED  ] %zu case(s).\n", failed);
    return failed ? 1 : 0;
}

int main(void) {
    const char *root = getenv("SIGNPOST_CONFORMANCE");
    struct folder folder;
    struct arena arena = {0};
    struct source source = {.path = STR("feel.json")};
    if (!root) {
        printf("feel_tck: skipped, SIGNPOST_CONFORMANCE is not set\n");
        return 0;
    }
    if (!folder_open(&folder, root) ||
        !file_read(&arena, &folder, "feel.json", SUITE_SIZE_MAX, &source.text)) {
        bool absent = errno == ENOENT;
        printf("feel_tck: %s%s/feel.json: %s\n", absent ? "skipped, " : "", root, strerror(errno));
        folder_close(&folder);
        return !absent;
    }
    int code = run_suite(&arena, &source);
    folder_close(&folder);
    arena_release(&arena);
    return code;
}
