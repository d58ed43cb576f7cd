/* SPDX-License-Identifier: MIT */
/* test_watch.c: what is told of changed files, in a real folder, and when it is quiet enough to look. */
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "deny.h"
#include "edge/watch.h"

struct room {
    char path[64]; /* of the test; the portal is the folder "p" in it */
    struct arena arena;
    struct diags diags;
    struct watch *watch;
};

static void put(const char *path) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("x", f);
    fclose(f);
}

static int enter(void **state) {
    struct room *r = calloc(1, sizeof(*r));
    strcpy(r->path, "/tmp/signpost-watch-XXXXXX");
    assert_non_null(mkdtemp(r->path));
    assert_int_equal(chdir(r->path), 0);
    static const char *const folders[] = {"p",      "p/content", "p/content/policy", "p/schools",
                                          "p/site", "p/tests",   "p/tests/policy"};
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        assert_int_equal(mkdir(folders[i], 0755), 0);
    put("p/portal.yaml");
    put("p/content/policy/x.md");
    r->diags.arena = &r->arena;
    r->watch = watch_new(str_join(&r->arena, str_from(r->path), STR("/p")), &r->diags);
    assert_non_null(r->watch);
    *state = r;
    return 0;
}

static int leave(void **state) {
    struct room *r = *state;
    struct folder tmp;
    watch_release(r->watch);
    assert_int_equal(chdir("/"), 0);
    assert_true(folder_open(&tmp, "/tmp"));
    assert_true(folder_remove(&tmp, r->path + strlen("/tmp/")));
    folder_close(&tmp);
    arena_release(&r->arena);
    free(r);
    return 0;
}

/* What has changed: "nothing", "anything", or paths with a space after each. Events of what this process has done are there
 * when it has done it. */
static const char *told(struct room *r) {
    struct watch_changes changes;
    struct buf out = {.arena = &r->arena};
    watch_read(r->watch);
    if (!watch_take(r->watch, &r->arena, &changes, &r->diags))
        return "nothing";
    if (changes.anything)
        return "anything";
    for (size_t i = 0; i < changes.count; i++)
        buf_printf(&out, STR_FMT " ", STR_ARG(changes.paths[i]));
    return str_z(&r->arena, buf_str(&out));
}

static void a_saved_file_is_told_once_by_its_path(void **state) {
    struct room *r = *state;
    assert_string_equal(told(r), "nothing");
    put("p/content/policy/x.md");
    put("p/content/policy/x.md");
    assert_string_equal(told(r), "content/policy/x.md ");
    assert_string_equal(told(r), "nothing");
    put("p/portal.yaml");
    put("p/tests/policy/t.yaml");
    assert_string_equal(told(r), "portal.yaml tests/policy/t.yaml ");
}

static void a_renamed_file_is_told_by_both_names(void **state) {
    struct room *r = *state;
    put("p/content/policy/.x.md.swp");
    assert_string_equal(told(r), "nothing");
    assert_int_equal(rename("p/content/policy/.x.md.swp", "p/content/policy/x.md"), 0);
    assert_string_equal(told(r), "content/policy/x.md ");
    assert_int_equal(rename("p/content/policy/x.md", "p/content/policy/y.md"), 0);
    assert_string_equal(told(r), "content/policy/x.md content/policy/y.md ");
    assert_int_equal(unlink("p/content/policy/y.md"), 0);
    assert_string_equal(told(r), "content/policy/y.md ");
}

static void other_names_of_files_are_told(void **state) {
    struct room *r = *state;
    assert_int_equal(link("p/portal.yaml", "p/content/linked.md"), 0);
    assert_int_equal(symlink("policy/x.md", "p/content/leading.md"), 0);
    assert_string_equal(told(r), "content/linked.md content/leading.md ");
}

static void what_is_no_source_is_not_told(void **state) {
    struct room *r = *state;
    put("p/site/index.html");
    put("p/notes.txt");
    put("p/tests/lib.sh");
    put("q");
    assert_int_equal(mkdir("p/.git", 0755), 0);
    put("p/.git/index");
    assert_int_equal(rename("p/site", "p/site-old"), 0);
    assert_int_equal(mkdir("p/schoolsx", 0755), 0);
    assert_string_equal(told(r), "nothing");
}

static void a_folder_that_comes_goes_or_moves_is_anything_and_is_watched(void **state) {
    struct room *r = *state;
    assert_int_equal(mkdir("p/content/new", 0755), 0);
    put("p/content/new/before.md");
    assert_string_equal(told(r), "anything");
    put("p/content/new/after.md");
    assert_string_equal(told(r), "content/new/after.md ");
    assert_int_equal(rename("p/content/new", "p/content/other"), 0);
    assert_string_equal(told(r), "anything");
    put("p/content/other/x.md");
    assert_string_equal(told(r), "content/other/x.md ");
    assert_int_equal(rename("p/content/other", "elsewhere"), 0);
    assert_string_equal(told(r), "anything");
    put("elsewhere/x.md");
    assert_string_equal(told(r), "nothing");
    assert_int_equal(mkdir("p/officers", 0755), 0);
    assert_string_equal(told(r), "anything");
    put("p/officers/a.yaml");
    assert_string_equal(told(r), "officers/a.yaml ");
}

static void another_folder_in_the_portals_place_is_watched(void **state) {
    struct room *r = *state;
    assert_int_equal(rename("p", "old"), 0);
    assert_string_equal(told(r), "anything");
    put("old/portal.yaml");
    assert_string_equal(told(r), "nothing");
    assert_int_equal(mkdir("next", 0755), 0);
    assert_int_equal(mkdir("next/content", 0755), 0);
    assert_int_equal(rename("next", "p"), 0);
    assert_string_equal(told(r), "anything");
    put("p/content/x.md");
    assert_string_equal(told(r), "content/x.md ");
}

static void many_changes_at_once_are_anything(void **state) {
    struct room *r = *state;
    for (int i = 0; i < 1100; i++) {
        char path[64];
        snprintf(path, sizeof(path), "p/schools/s%d.yaml", i);
        put(path);
        if (i % 100 == 0)
            watch_read(r->watch);
    }
    assert_string_equal(told(r), "anything");
    assert_string_equal(told(r), "nothing");
}

static void more_than_the_kernel_keeps_is_anything(void **state) {
    struct room *r = *state;
    long kept = 16384;
    FILE *f = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
    if (f && fscanf(f, "%ld", &kept) != 1)
        kept = 16384;
    if (f)
        fclose(f);
    if (kept > 200000)
        skip();
    for (long i = 0; i <= kept; i++) /* by turns, since equal events in a row are kept as one */
        put(i % 2 ? "p/content/a.md" : "p/content/b.md");
    assert_string_equal(told(r), "anything");
    put("p/content/a.md");
    assert_string_equal(told(r), "content/a.md ");
}

/* In a child, from which the kernel takes the call. */
static void refused(struct room *r, uint32_t call, int error, enum diag_id id) {
    pid_t child = fork();
    if (child == 0) {
        struct diags diags = {.arena = &r->arena};
        if (!deny(call, DENY_ANY, 0, (uint32_t)error))
            _exit(77);
        struct watch *w = watch_new(str_join(&r->arena, str_from(r->path), STR("/p")), &diags);
        _exit(!w && diags.count == 1 && diags.items[0].id == id ? 0 : 1);
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void a_kernel_that_refuses_is_said(void **state) {
    refused(*state, SYS_inotify_init1, EMFILE, DIAG_WATCH_FAILED);
    refused(*state, SYS_inotify_add_watch, ENOSPC, DIAG_WATCH_TOO_MANY);
    refused(*state, SYS_inotify_add_watch, EACCES, DIAG_WATCH_FAILED);
}

static void sources_what_leads_to_them_and_the_rest_are_told_apart(void **state) {
    (void)state;
    assert_int_equal(watch_place(STR("portal.yaml")), WATCH_INSIDE);
    assert_int_equal(watch_place(STR("content")), WATCH_INSIDE);
    assert_int_equal(watch_place(STR("content/a/b.md")), WATCH_INSIDE);
    assert_int_equal(watch_place(STR("contents")), WATCH_ELSEWHERE);
    assert_int_equal(watch_place(STR("tests/policy/x.yaml")), WATCH_INSIDE);
    assert_int_equal(watch_place(STR("tests")), WATCH_ABOVE);
    assert_int_equal(watch_place(STR("tests/cli")), WATCH_ELSEWHERE);
    assert_int_equal(watch_place(STR("")), WATCH_ABOVE);
    assert_int_equal(watch_place(STR("site/content/x.md")), WATCH_ELSEWHERE);
}

static void it_is_time_when_it_was_quiet_or_has_been_long_enough(void **state) {
    (void)state;
    struct settle s = {0};
    assert_int_equal(settle_wait(&s, 5000), -1);
    settle_note(&s, 5000);
    assert_int_equal(settle_wait(&s, 5000), SETTLE_QUIET_MS);
    assert_int_equal(settle_wait(&s, 5000 + SETTLE_QUIET_MS - 1), 1);
    assert_int_equal(settle_wait(&s, 5000 + SETTLE_QUIET_MS), 0);
    settle_note(&s, 5000 + SETTLE_QUIET_MS - 1);
    assert_int_equal(settle_wait(&s, 5000 + SETTLE_QUIET_MS), SETTLE_QUIET_MS - 1);
    for (uint64_t now = 5000; now < 5000 + SETTLE_MOST_MS; now++)
        settle_note(&s, now);
    assert_int_equal(settle_wait(&s, 5000 + SETTLE_MOST_MS - 1), 1);
    assert_int_equal(settle_wait(&s, 5000 + SETTLE_MOST_MS), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_saved_file_is_told_once_by_its_path, enter, leave),
        cmocka_unit_test_setup_teardown(a_renamed_file_is_told_by_both_names, enter, leave),
        cmocka_unit_test_setup_teardown(other_names_of_files_are_told, enter, leave),
        cmocka_unit_test_setup_teardown(what_is_no_source_is_not_told, enter, leave),
        cmocka_unit_test_setup_teardown(a_folder_that_comes_goes_or_moves_is_anything_and_is_watched, enter,
                                        leave),
        cmocka_unit_test_setup_teardown(another_folder_in_the_portals_place_is_watched, enter, leave),
        cmocka_unit_test_setup_teardown(many_changes_at_once_are_anything, enter, leave),
        cmocka_unit_test_setup_teardown(more_than_the_kernel_keeps_is_anything, enter, leave),
        cmocka_unit_test_setup_teardown(a_kernel_that_refuses_is_said, enter, leave),
        cmocka_unit_test(sources_what_leads_to_them_and_the_rest_are_told_apart),
        cmocka_unit_test(it_is_time_when_it_was_quiet_or_has_been_long_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
