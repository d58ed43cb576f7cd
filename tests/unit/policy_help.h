/* SPDX-License-Identifier: MIT */
/*
 * policy_help.h: a policy from the text of a framework.yaml and of pages.
 *
 *     struct fixture f;
 *     policy_make(&f, FRAMEWORK, (const char *const[]){PAGE}, 1);   // f.policy, f.diags
 *     policy_release(&f);
 */
#ifndef SIGNPOST_TESTS_POLICY_HELP_H
#define SIGNPOST_TESTS_POLICY_HELP_H

#include "policy/policy.h"
#include "text/yaml.h"

#define FIXTURE_PAGES 16

struct fixture {
    struct arena arena, scratch;
    struct diags diags;
    struct source framework, pages[FIXTURE_PAGES];
    struct value root;
    struct vocabulary vocabulary;
    struct markdown_tables tables[FIXTURE_PAGES];
    struct policy policy;
};

/* The text of a page begins after its front matter, where it has any. */
static inline size_t policy_page_text(struct str page) {
    if (!str_starts(page, STR("---\n")))
        return 0;
    size_t at = 4;
    while (at < page.len && !str_starts(str_sub(page, at, page.len), STR("\n---\n")))
        at++;
    return at + 5 < page.len ? at + 5 : 0;
}

static inline void policy_make(struct fixture *f, const char *framework, const char *const *pages,
                               size_t count) {
    *f = (struct fixture){0};
    struct policy_page read[FIXTURE_PAGES];
    f->diags.arena = &f->arena;
    f->framework = (struct source){STR("framework.yaml"), str_from(framework)};
    markdown_setup();
    yaml_read(&f->arena, &f->framework, 0, f->framework.text.len, &f->diags, &f->root);
    vocabulary_read(&f->arena, &f->root, &f->vocabulary, &f->diags);
    policy_new(&f->arena, &f->vocabulary, &f->policy, &f->diags);
    for (size_t i = 0; i < count; i++) {
        struct str path = str_join(&f->arena, STR("page-"), str_whole(&f->arena, (long long)i), STR(".md"));
        f->pages[i] = (struct source){path, str_from(pages[i])};
        size_t from = policy_page_text(f->pages[i].text);
        f->tables[i] = markdown_tables(&f->arena, &f->pages[i], from, &f->diags);
        read[i] = (struct policy_page){&f->pages[i], &f->tables[i], path};
    }
    policy_read(&f->policy, read, count, &f->diags);
}

static inline void policy_release(struct fixture *f) {
    arena_release(&f->scratch);
    arena_release(&f->arena);
}

#endif
