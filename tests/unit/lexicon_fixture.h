/* SPDX-License-Identifier: MIT */
/*
 * lexicon_fixture.h: a vocabulary and pages with tables, compiled, in a site that has nothing else.
 *
 *     struct bench b;
 *     bench_make(&b, "facts: ...");
 *     const struct page *page = bench_page(&b, "chart", "<!-- decision: ... -->\n| ...", AUDIENCE_PUBLIC);
 *     bench_read(&b);                                   // b.site.policy
 *     bench_release(&b);
 */
#ifndef SIGNPOST_TESTS_LEXICON_FIXTURE_H
#define SIGNPOST_TESTS_LEXICON_FIXTURE_H

#include "portal/site.h"
#include "text/yaml.h"

#define BENCH_PAGES_MAX 4

struct bench {
    struct arena arena;
    struct diags diags;
    struct site site;
    struct page pages[BENCH_PAGES_MAX];
    size_t count;
};

static inline void bench_make(struct bench *b, const char *framework) {
    *b = (struct bench){.count = 0};
    struct source *source = arena_new(&b->arena, struct source);
    struct value root;
    *source = (struct source){STR("content/framework.yaml"), str_from(framework)};
    b->diags.arena = b->site.page_by_path.arena = &b->arena;
    b->site.arena = &b->arena;
    b->site.audience = AUDIENCE_OFFICERS;
    assert_true(yaml_read(&b->arena, source, 0, source->text.len, &b->diags, &root));
    vocabulary_read(&b->arena, &root, &b->site.vocabulary, &b->diags);
}

/* A page of the policy; `widest` is who may see it. */
static inline struct page *bench_page(struct bench *b, const char *slug, const char *text,
                                      enum audience widest) {
    struct source *source = arena_new(&b->arena, struct source);
    struct str name = str_from(slug);
    *source = (struct source){str_join(&b->arena, STR("content/policy/"), name, STR(".md")), str_from(text)};
    struct page *page = &b->pages[b->count++];
    *page = (struct page){.kind = CONTENT_POLICY,
                          .slug = name,
                          .address = str_join(&b->arena, STR("policy/"), name, STR(".html")),
                          .source = source,
                          .audience = widest,
                          .visible = true};
    map_add(&b->site.page_by_path, source->path, page, NULL);
    return page;
}

/* What an audience has. */
static inline void bench_bind(struct bench *b, enum audience audience) {
    b->site.audience = audience;
    for (size_t i = 0; i < b->count; i++)
        b->pages[i].visible = audience_may_see(audience, b->pages[i].audience);
}

static inline void bench_read(struct bench *b) {
    struct policy_page *pages = arena_array(&b->arena, struct policy_page, b->count);
    for (size_t i = 0; i < b->count; i++) {
        struct markdown_tables *tables = arena_new(&b->arena, struct markdown_tables);
        *tables = markdown_tables(&b->arena, b->pages[i].source, 0, &b->diags);
        pages[i] = (struct policy_page){b->pages[i].source, tables, b->pages[i].address};
    }
    policy_new(&b->arena, &b->site.vocabulary, &b->site.policy, &b->diags);
    policy_read(&b->site.policy, pages, b->count, &b->diags);
    if (b->diags.count)
        fail_msg("%s", str_z(&b->arena, b->diags.items[0].text));
}

static inline void bench_release(struct bench *b) {
    arena_release(&b->arena);
}

#endif
