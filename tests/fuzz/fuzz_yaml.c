/* SPDX-License-Identifier: MIT */
/*
 * fuzz_yaml.c: any bytes, as a school's record, as front matter and as framework.yaml.
 *
 * Whatever is read has its places within the file, and whatever is said of it is well-formed text in whole lines.
 */
#include <assert.h>

#include "policy/vocabulary.h"
#include "text/source.h"
#include "text/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_places(const struct value *v, int depth) {
    assert(depth <= YAML_DEPTH_MAX && v->offset <= v->source->text.len);
    for (uint32_t i = 0; v->kind == VALUE_LIST && i < v->count; i++)
        check_places(&v->items[i], depth + 1);
    for (uint32_t i = 0; v->kind == VALUE_MAP && i < v->count; i++) {
        assert(v->fields[i].key_offset <= v->source->text.len);
        check_places(&v->fields[i].value, depth + 1);
    }
}

static bool read(struct arena *arena, const struct source *source, struct diags *diags, struct value *out) {
    size_t errors = diags->errors;
    bool ok = yaml_read(arena, source, 0, source->text.len, diags, out);
    assert(ok == (diags->errors == errors));
    check_places(out, 0);
    return ok;
}

static void check_messages(struct arena *arena, struct diags *diags) {
    struct buf out = {.arena = arena};
    diags_sort(diags);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        size_t before = out.len;
        diag_print(&out, d);
        assert(d->text.len && !str_has(d->text, STR("\n")));
        assert(out.len - before < 4096);
    }
    assert(str_utf8_bad(buf_str(&out)) == out.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct str bytes = {(const char *)data, size};
    const struct source *source = source_new(&arena, STR("schools/a.yaml"), bytes, &diags);
    struct value framework = {0}, school = {0}, front = {0};
    struct vocabulary vocabulary = {0};
    if (source && read(&arena, source, &diags, &framework)) {
        vocabulary_read(&arena, &framework, &vocabulary, &diags);
        struct schema_check check = {&arena, &vocabulary, &diags};
        read(&arena, source, &diags, &school);
        schema_check(&check, &school, &schema_school);
        schema_project(&school, &schema_school, AUDIENCE_PUBLIC, &vocabulary, NULL);
        read(&arena, source, &diags, &front);
        schema_check(&check, &front, schema_content[size % CONTENT_COUNT]);
    }
    check_messages(&arena, &diags);
    arena_release(&arena);
    return 0;
}
