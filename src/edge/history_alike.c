/* SPDX-License-Identifier: MIT */
/*
 * history_alike.c: how alike two files are, for finding a file again under its new name.
 *
 * libgit2 would compare all their bytes. What a page keeps from its readers is among them, so that whoever renames a page
 * and rewrites a note for officers on it would give the page another history in public. Only what everybody reads is
 * compared: the text below the front matter and, of that, keys with one plain value.
 */
#include <git2/sys/hashsig.h>

#include "edge/history_inside.h"
#include "portal/schema.h"

/* Whether everybody reads what stands under the key, on every kind of page that has it. */
static bool is_public(struct str key) {
    bool known = false;
    for (int kind = 0; kind < CONTENT_COUNT; kind++) {
        const struct schema_field *field = schema_find(schema_content[kind], key);
        if (field && field->audience != AUDIENCE_PUBLIC)
            return false;
        known = known || field;
    }
    return known;
}

/* A line "title: Principles". What a list or a map holds may be for others than the whole. */
static bool is_compared(struct str line) {
    size_t colon = str_find(line, ':', 0);
    struct str value = str_trim(str_sub(line, colon + (colon < line.len), line.len));
    return value.len && value.at[0] != '{' && value.at[0] != '[' && is_public(str_sub(line, 0, colon));
}

static bool is_rule(struct str line) {
    return str_eq(str_trim(line), STR("---"));
}

/* Takes the front matter off the text, where there is one, and adds what is compared of it. */
static void take_front(struct buf *out, struct str *text) {
    struct str rest = *text, line;
    size_t begun = out->len;
    if (!str_cut(&rest, '\n', &line) || !is_rule(line))
        return;
    while (str_cut(&rest, '\n', &line)) {
        if (is_rule(line)) {
            *text = rest;
            return;
        }
        if (is_compared(line)) {
            buf_add(out, line);
            buf_byte(out, '\n');
        }
    }
    out->len = begun;
}

static int sign(void **out, const git_diff_file *file, const char *bytes, size_t size, void *context) {
    struct arena arena = {0};
    struct buf compared = {.arena = &arena};
    struct str text = {bytes, size};
    git_hashsig *signature = NULL;
    (void)file, (void)context;
    take_front(&compared, &text);
    buf_add(&compared, text);
    int code = git_hashsig_create(&signature, compared.at ? compared.at : "", compared.len,
                                  GIT_HASHSIG_SMART_WHITESPACE | GIT_HASHSIG_ALLOW_SMALL_FILES);
    *out = signature;
    arena_release(&arena);
    return code;
}

/* Of a file in a working tree; only trees of commits are compared. */
static int sign_file(void **out, const git_diff_file *file, const char *path, void *context) {
    (void)file, (void)path, (void)context;
    *out = NULL;
    return GIT_ENOTFOUND;
}

static void forget(void *signature, void *context) {
    (void)context;
    git_hashsig_free(signature);
}

static int compare(int *score, void *a, void *b, void *context) {
    (void)context;
    *score = git_hashsig_compare(a, b);
    return *score < 0 ? *score : 0;
}

void history_alike(git_diff_similarity_metric *out) {
    *out = (git_diff_similarity_metric){sign_file, sign, forget, compare, NULL};
}
