/* SPDX-License-Identifier: MIT */
/* test_tree.c: what is published, what is refused, and what is left when something goes wrong. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/pool.h"
#include "deny.h"
#include "publish/tree.h"

/* A new folder in which each test works and which it is in, and what the last build in it said. */
struct room {
    char path[64];
    struct arena arena;
    struct folder here;
    struct tree_options options;
    struct tree_outcome outcome;
    struct diags diags;
};

static int enter(void **state) {
    struct room *room = calloc(1, sizeof(*room));
    strcpy(room->path, "/tmp/signpost-tree-XXXXXX");
    assert_non_null(mkdtemp(room->path));
    assert_int_equal(chmod(room->path, 0755), 0);
    assert_int_equal(chdir(room->path), 0);
    assert_true(folder_open(&room->here, "."));
    room->options = (struct tree_options){.path = "site", .audience = STR("public"), .no_sync = true};
    *state = room;
    return 0;
}

static int leave(void **state) {
    struct room *room = *state;
    struct folder tmp;
    assert_int_equal(chdir("/tmp"), 0);
    assert_true(folder_open(&tmp, "."));
    assert_true(folder_remove(&tmp, room->path + strlen("/tmp/")));
    folder_close(&tmp);
    folder_close(&room->here);
    arena_release(&room->arena);
    free(room);
    return 0;
}

static void put(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void make(const char *path) {
    assert_int_equal(mkdir(path, 0755), 0);
}

static struct stat stat_of(const char *path) {
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    return st;
}

static bool is_there(const char *path) {
    struct stat st;
    return !lstat(path, &st);
}

static void assert_text(struct room *room, const char *path, const char *text) {
    struct str got;
    assert_true(file_read(&room->arena, &room->here, path, (size_t)1 << 20, &got));
    assert_int_equal(got.len, strlen(text));
    assert_memory_equal(got.at, text, got.len);
}

/* A portal as path, text, path, text ..., NULL. */
static bool build(struct room *room, const char *const *files) {
    room->diags = (struct diags){.arena = &room->arena};
    room->outcome = (struct tree_outcome){0};
    struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
    if (!t)
        return false;
    for (; *files; files += 2)
        tree_put(t, str_from(files[0]), str_from(files[1]));
    return tree_publish(t, &room->outcome, &room->diags);
}

#define BUILD(room, ...) build((room), (const char *const[]){__VA_ARGS__, NULL})

/* The last build said this one thing. */
static void assert_said(const struct room *room, enum diag_id id, const char *text) {
    assert_int_equal(room->diags.count, 1);
    assert_int_equal(room->diags.items[0].id, id);
    assert_int_equal(room->diags.items[0].text.len, strlen(text));
    assert_memory_equal(room->diags.items[0].text.at, text, strlen(text));
}

static void assert_outcome(const struct room *room, size_t written, size_t kept, size_t removed,
                           bool unchanged) {
    assert_int_equal(room->diags.count, 0);
    assert_int_equal(room->outcome.written, written);
    assert_int_equal(room->outcome.kept, kept);
    assert_int_equal(room->outcome.removed, removed);
    assert_int_equal(room->outcome.unchanged, unchanged);
}

/* Beside a published folder there is its state folder, and in that the lock and nothing else. */
static void assert_swept(struct room *room) {
    struct entries list;
    assert_true(folder_list_all(&room->arena, &room->here, ".site.signpost", &list));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].path.at, ".site.signpost/lock");
}

/* Runs in a child that some calls fail in, and hands back what it said through its exit status. */
#define CHILD_SKIPS 77

static int wait_for(pid_t pid) {
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CHILD_SKIPS) {
        print_message("not permitted here\n");
        skip();
    }
    return WEXITSTATUS(status);
}

/* 0 when the build succeeded and said nothing, 1 when it said just this, else 2. */
static int verdict(const struct room *room, bool built, enum diag_id id, const char *text) {
    if (built)
        return room->diags.count ? 2 : 0;
    const struct diag *d = room->diags.items;
    bool right = room->diags.count == 1 && d->id == id && str_eq(d->text, str_from(text));
    if (!right && room->diags.count)
        print_message(STR_FMT "\n", STR_ARG(d->text));
    return right ? 1 : 2;
}

/* ---- what is published */

static void a_first_build_makes_the_folder(void **state) {
    struct room *room = *state;
    mode_t old = umask(077);
    assert_true(BUILD(room, "index.html", "home", "schools/ashdown.html", "a", "a/b/c.css", "c"));
    umask(old);
    assert_outcome(room, 3, 0, 0, false);
    assert_text(room, "site/index.html", "home");
    assert_text(room, "site/a/b/c.css", "c");
    assert_text(
        room, "site/.signpost",
        "Signpost published this folder, and replaces all of it each time.\nformat: 1\naudience: public\n");
    assert_int_equal(stat_of("site").st_mode & 07777, 0755);
    assert_int_equal(stat_of("site/a/b").st_mode & 07777, 0755);
    assert_int_equal(stat_of("site/a/b/c.css").st_mode & 07777, 0644);
    assert_int_equal(stat_of("site/.signpost").st_mode & 07777, 0644);
    assert_int_equal(stat_of(".site.signpost").st_mode & 07777, 0700);
    assert_swept(room);
}

static void a_restricted_tree_is_closed_to_others(void **state) {
    struct room *room = *state;
    room->options.restricted = true;
    room->options.audience = STR("officers");
    assert_true(BUILD(room, "schools/ashdown.html", "a"));
    assert_int_equal(stat_of("site").st_mode & 07777, 0750);
    assert_int_equal(stat_of("site/schools").st_mode & 07777, 0750);
    assert_int_equal(stat_of("site/schools/ashdown.html").st_mode & 07777, 0640);
    assert_int_equal(stat_of("site/.signpost").st_mode & 07777, 0640);
}

static void an_empty_folder_is_taken_over_and_slashes_at_its_end_do_not_matter(void **state) {
    struct room *room = *state;
    make("site");
    room->options.path = "./site//";
    assert_true(BUILD(room, "index.html", "home"));
    assert_text(room, "site/index.html", "home");
    assert_swept(room);
}

static void assert_untouched(const struct stat *before, const char *path) {
    struct stat now = stat_of(path);
    assert_int_equal(now.st_ino, before->st_ino);
    assert_int_equal(now.st_nlink, before->st_nlink);
    assert_memory_equal(&now.st_mtim, &before->st_mtim, sizeof(now.st_mtim));
    assert_memory_equal(&now.st_ctim, &before->st_ctim, sizeof(now.st_ctim));
}

static void a_build_without_changes_touches_nothing(void **state) {
    struct room *room = *state;
    const char *paths[] = {
        ".", "site", "site/index.html", "site/.signpost", "site/schools", "site/schools/a.html"};
    struct stat before[sizeof(paths) / sizeof(*paths)];
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "a"));
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
        before[i] = stat_of(paths[i]);
    nanosleep(&(struct timespec){.tv_nsec = 20000000},
              NULL); /* longer than the kernel's clock for files ticks */
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "a"));
    assert_outcome(room, 0, 2, 0, true);
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++)
        assert_untouched(&before[i], paths[i]);
    assert_swept(room);
}

static void files_that_are_equal_stay_the_same_files(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "a", "schools/b.html", "b"));
    struct stat home = stat_of("site/index.html"), a = stat_of("site/schools/a.html");
    struct stat b = stat_of("site/schools/b.html");
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "A", "schools/b.html", "b"));
    assert_outcome(room, 1, 2, 0, false);
    struct stat now = stat_of("site/index.html");
    assert_int_equal(now.st_ino, home.st_ino);
    assert_memory_equal(&now.st_mtim, &home.st_mtim, sizeof(home.st_mtim));
    assert_int_equal(now.st_nlink, 1);
    assert_int_equal(stat_of("site/schools/b.html").st_ino, b.st_ino);
    assert_int_not_equal(stat_of("site/schools/a.html").st_ino, a.st_ino);
    assert_text(room, "site/schools/a.html", "A");
    assert_swept(room);
}

static void what_the_sources_do_not_make_is_gone(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "a", "schools/b.html", "b"));
    put("site/dropped.txt", "by hand");
    put("site/.htaccess", "by hand");
    make("site/uploads");
    put("site/uploads/photo.jpg", "by hand");
    assert_int_equal(symlink("index.html", "site/link.html"), 0);
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "a"));
    assert_outcome(room, 0, 2, 5, false);
    const char *gone[] = {"site/dropped.txt", "site/.htaccess", "site/uploads", "site/link.html",
                          "site/schools/b.html"};
    for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++)
        assert_false(is_there(gone[i]));
    make("site/empty");
    assert_true(BUILD(room, "index.html", "home", "schools/a.html", "a"));
    assert_outcome(room, 0, 2, 0, false);
    assert_false(is_there("site/empty"));
}

/* Bytes, kind, mode and marker are looked at on the disk, so whatever somebody did to the folder is undone.
 * */
static void what_was_changed_by_hand_is_put_right(void **state) {
    struct room *room = *state;
    const char *const files[] = {"index.html", "home", "schools/a.html", "a", NULL};
    assert_true(build(room, files));
    put("site/index.html", "homf");
    assert_true(build(room, files));
    assert_outcome(room, 1, 1, 0, false);
    assert_text(room, "site/index.html", "home");
    assert_int_equal(chmod("site/index.html", 0600), 0);
    assert_true(build(room, files));
    assert_outcome(room, 1, 1, 0, false);
    assert_int_equal(chmod("site/schools", 0777), 0);
    assert_true(build(room, files));
    assert_outcome(room, 0, 2, 0, false);
    assert_int_equal(stat_of("site/schools").st_mode & 07777, 0755);
    assert_int_equal(chmod("site", 0700), 0);
    assert_true(build(room, files));
    assert_outcome(room, 0, 2, 0, false);
    assert_int_equal(chmod("site/.signpost", 0666), 0);
    assert_true(build(room, files));
    assert_outcome(room, 0, 2, 0, false);
    assert_true(build(room, files));
    assert_outcome(room, 0, 2, 0, true);
}

static void symbolic_links_in_the_folder_are_replaced_not_followed(void **state) {
    struct room *room = *state;
    const char *const files[] = {"index.html", "home", "schools/a.html", "a", NULL};
    assert_true(build(room, files));
    make("elsewhere");
    put("elsewhere/a.html", "a");
    assert_int_equal(rename("site/index.html", "elsewhere/home"), 0);
    assert_int_equal(symlink("../elsewhere/home", "site/index.html"), 0);
    assert_int_equal(unlink("site/schools/a.html") | rmdir("site/schools"), 0);
    assert_int_equal(symlink("../elsewhere", "site/schools"), 0);
    assert_true(build(room, files));
    assert_int_equal(room->outcome.written, 2);
    assert_true(S_ISREG(stat_of("site/index.html").st_mode));
    assert_true(S_ISDIR(stat_of("site/schools").st_mode));
    assert_text(room, "elsewhere/a.html", "a");
    assert_text(room, "elsewhere/home", "home");
}

static void a_file_may_become_a_folder_and_a_folder_a_file(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "a", "file", "b/c", "file"));
    assert_true(BUILD(room, "a/c", "file", "b", "file"));
    assert_outcome(room, 2, 0, 2, false);
    assert_text(room, "site/a/c", "file");
    assert_text(room, "site/b", "file");
}

struct work {
    struct tree *tree;
    const char *text;
};

static void put_one(void *context, size_t task, size_t worker) {
    const struct work *work = context;
    char path[64], text[64];
    (void)worker;
    snprintf(path, sizeof(path), "folder-%zu/page-%zu.html", task % 7, task);
    snprintf(text, sizeof(text), "%s %zu", task % 3 ? "always" : work->text, task);
    tree_put(work->tree, str_from(path), str_from(text));
}

static void many_threads_put_files_into_folders_that_are_not_there_yet(void **state) {
    struct room *room = *state;
    const char *const texts[] = {"first", "second", "second"};
    for (size_t i = 0; i < 3; i++) {
        struct work work = {tree_open(&room->arena, &room->options, &room->diags), texts[i]};
        assert_non_null(work.tree);
        pool_run(8, 300, put_one, &work);
        room->diags = (struct diags){.arena = &room->arena};
        assert_true(tree_publish(work.tree, &room->outcome, &room->diags));
        assert_outcome(room, i == 0 ? 300 : i == 1 ? 100 : 0, i == 0 ? 0 : i == 1 ? 200 : 300, 0, i == 2);
        assert_text(room, "site/folder-2/page-9.html", i ? "second 9" : "first 9");
        assert_text(room, "site/folder-3/page-10.html", "always 10");
    }
}

/* ---- what is refused */

static void a_folder_without_a_name_of_its_own_is_refused(void **state) {
    struct room *room = *state;
    const char *const names[] = {"", ".", "..", "/", "site/..", "site/."};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        char text[100];
        room->options.path = names[i];
        snprintf(text, sizeof(text), "\"%s\" does not name a folder of its own", names[i]);
        assert_false(BUILD(room, "index.html", "home"));
        assert_said(room, DIAG_TREE_NAME, text);
    }
}

static void a_parent_that_is_absent_is_refused(void **state) {
    struct room *room = *state;
    room->options.path = "out/site";
    assert_false(BUILD(room, "index.html", "home"));
    assert_said(room, DIAG_TREE_PARENT,
                "the folder that is to hold \"out/site\" cannot be used: it is not there");
}

static void a_symbolic_link_is_refused(void **state) {
    struct room *room = *state;
    make("real");
    assert_int_equal(symlink("real", "site"), 0);
    room->options.path = "site/";
    assert_false(BUILD(room, "index.html", "home"));
    assert_said(room, DIAG_TREE_SYMLINK, "\"site\" is a symbolic link");
    assert_true(S_ISLNK(stat_of("site").st_mode));
    assert_false(is_there(".site.signpost"));
}

static void a_file_is_refused(void **state) {
    struct room *room = *state;
    put("site", "mine");
    assert_false(BUILD(room, "index.html", "home"));
    assert_said(room, DIAG_TREE_NOT_FOLDER, "\"site\" is there and is not a folder");
    assert_text(room, "site", "mine");
}

static void a_folder_of_somebody_elses_files_is_refused(void **state) {
    struct room *room = *state;
    make("site");
    put("site/thesis.txt", "mine");
    assert_false(BUILD(room, "index.html", "home"));
    assert_said(room, DIAG_TREE_FOREIGN, "\"site\" holds files, and was not published by Signpost");
    put("site/.signpost", "something else\n");
    assert_false(BUILD(room, "index.html", "home"));
    assert_said(room, DIAG_TREE_FOREIGN, "\"site\" holds files, and was not published by Signpost");
    assert_text(room, "site/thesis.txt", "mine");
    assert_false(is_there(".site.signpost"));
}

static void a_folder_of_another_audience_is_refused(void **state) {
    struct room *room = *state;
    room->options.audience = STR("officers");
    room->options.restricted = true;
    assert_true(BUILD(room, "index.html", "for officers"));
    room->options.audience = STR("public");
    room->options.restricted = false;
    assert_false(BUILD(room, "index.html", "for all"));
    assert_said(room, DIAG_TREE_AUDIENCE,
                "\"site\" is the portal for the audience \"officers\", and this one is for \"public\"");
    assert_text(room, "site/index.html", "for officers");
}

static void a_git_repository_is_refused(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    make("site/.git");
    assert_false(BUILD(room, "index.html", "new"));
    assert_said(room, DIAG_TREE_REPOSITORY, "\"site\" is a git repository, and its history would be removed");
    assert_true(is_there("site/.git"));
}

static void a_mount_point_is_refused(void **state) {
    struct room *room = *state;
    make("other");
    make("site");
    if (mount("other", "site", "none", MS_BIND, "")) {
        print_message("mounting is not permitted here\n");
        skip();
    }
    bool built = BUILD(room, "index.html", "home");
    assert_int_equal(umount2("site", MNT_DETACH), 0);
    assert_false(built);
    assert_said(room, DIAG_TREE_MOUNT,
                "\"site\" is a mount point, which cannot be exchanged for another folder");
}

static void something_mounted_inside_is_refused_and_survives(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    make("other");
    put("other/theirs", "x");
    make("site/uploads");
    if (mount("other", "site/uploads", "none", MS_BIND, "")) {
        print_message("mounting is not permitted here\n");
        skip();
    }
    bool built = BUILD(room, "index.html", "new");
    assert_int_equal(umount2("site/uploads", MNT_DETACH), 0);
    assert_false(built);
    assert_said(room, DIAG_TREE_MOUNT_INSIDE,
                "something is mounted at \"site/uploads\", inside the published folder");
    assert_text(room, "other/theirs", "x");
    assert_text(room, "site/index.html", "home");
}

static void a_read_only_parent_is_refused(void **state) {
    struct room *room = *state;
    make("disk");
    if (mount("disk", "disk", "none", MS_BIND, "")) {
        print_message("mounting is not permitted here\n");
        skip();
    }
    bool sealed = !mount("none", "disk", "none", MS_BIND | MS_REMOUNT | MS_RDONLY, "");
    room->options.path = "disk/site";
    bool built = BUILD(room, "index.html", "home");
    assert_int_equal(umount2("disk", MNT_DETACH), 0);
    assert_true(sealed);
    assert_false(built);
    assert_said(room, DIAG_TREE_PARENT,
                "the folder that is to hold \"disk/site\" cannot be used: the file system is read-only");
}

/* Root may do anything anywhere, so somebody else tries. */
static int build_as_nobody(struct room *room, enum diag_id id, const char *text) {
    pid_t pid = fork();
    if (!pid) {
        if (geteuid() != 0 || setgid(65534) || setuid(65534))
            _exit(CHILD_SKIPS);
        _exit(verdict(room, BUILD(room, "index.html", "new"), id, text));
    }
    return wait_for(pid);
}

static void a_parent_in_which_nothing_may_be_made_is_refused(void **state) {
    struct room *room = *state;
    assert_int_equal(
        build_as_nobody(room, DIAG_TREE_PARENT,
                        "the folder that is to hold \"site\" cannot be used: permission is denied"),
        1);
}

static void the_folder_of_another_user_is_refused(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    assert_int_equal(chmod(".", 0777), 0);
    assert_int_equal(build_as_nobody(room, DIAG_TREE_OWNER, "\"site\" belongs to another user"), 1);
    assert_true(folder_remove(&room->here, "site"));
    assert_int_equal(chmod(".site.signpost", 0777),
                     0); /* as somebody might who would like to write our pages */
    assert_int_equal(
        build_as_nobody(room, DIAG_TREE_STATE, "\".site.signpost\" cannot be used: permission is denied"), 1);
    assert_int_equal(chmod(".", 0755), 0);
}

static void two_builds_at_once_are_kept_apart(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    struct tree *first = tree_open(&room->arena, &room->options, &room->diags);
    assert_non_null(first);
    tree_put(first, STR("index.html"), STR("first"));
    assert_false(BUILD(room, "index.html", "second"));
    assert_said(room, DIAG_TREE_BUSY, "another build is publishing \"site\"");
    assert_true(tree_publish(first, &room->outcome, &room->diags));
    assert_text(room, "site/index.html", "first");
    assert_true(BUILD(room, "index.html", "second"));
    assert_text(room, "site/index.html", "second");
}

static void a_build_that_is_abandoned_leaves_nothing(void **state) {
    struct room *room = *state;
    struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
    tree_put(t, STR("index.html"), STR("home"));
    tree_abandon(t);
    assert_false(is_there("site"));
    assert_swept(room);
    assert_true(BUILD(room, "index.html", "home"));
}

static void a_folder_that_somebody_replaced_meanwhile_is_left_alone(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
    tree_put(t, STR("index.html"), STR("new"));
    assert_int_equal(rename("site", "aside"), 0);
    make("site");
    put("site/theirs", "x");
    room->diags = (struct diags){.arena = &room->arena};
    assert_false(tree_publish(t, &room->outcome, &room->diags));
    assert_said(room, DIAG_TREE_CHANGED, "\"site\" was replaced by somebody else while the build ran");
    assert_text(room, "site/theirs", "x");
    assert_text(room, "aside/index.html", "home");

    assert_true(folder_remove(&room->here, "site"));
    t = tree_open(&room->arena, &room->options, &room->diags);
    tree_put(t, STR("index.html"), STR("new"));
    make("site");
    put("site/theirs", "x");
    room->diags = (struct diags){.arena = &room->arena};
    assert_false(tree_publish(t, &room->outcome, &room->diags));
    assert_said(room, DIAG_TREE_CHANGED, "\"site\" was replaced by somebody else while the build ran");
    assert_swept(room);
}

/* ---- the removal guard */

static bool build_pages(struct room *room, size_t pages) {
    char(*text)[32] = arena_alloc(&room->arena, pages * sizeof(*text), 1);
    const char **files = arena_array(&room->arena, const char *, 2 * pages + 3);
    files[0] = "style.css";
    files[1] = "css";
    for (size_t i = 0; i < pages; i++) {
        snprintf(text[i], sizeof(text[i]), "page-%zu.html", i);
        files[2 * i + 2] = files[2 * i + 3] = text[i];
    }
    return build(room, files);
}

static void removing_more_than_ten_pages_and_a_fifth_is_refused(void **state) {
    struct room *room = *state;
    assert_true(build_pages(room, 11));
    assert_true(build_pages(room, 1)); /* ten are free, whatever their share */
    assert_true(build_pages(room, 12));
    assert_false(build_pages(room, 1));
    assert_said(room, DIAG_TREE_REMOVALS, "11 of 12 pages of \"site\" would be removed");
    assert_true(is_there("site/page-11.html"));
    assert_swept(room);
    assert_true(build_pages(room, 55));
    assert_true(build_pages(room, 44)); /* a fifth is free, whatever their number */
    assert_true(build_pages(room, 54));
    assert_false(build_pages(room, 43));
    assert_said(room, DIAG_TREE_REMOVALS, "11 of 54 pages of \"site\" would be removed");
    room->options.allow_removals = true;
    assert_true(build_pages(room, 43));
    assert_int_equal(room->outcome.removed, 11);
}

/* ---- the machine says no */

static void a_full_disk_leaves_the_old_portal(void **state) {
    struct room *room = *state;
    static char large[600 * 1024];
    memset(large, 'x', sizeof(large) - 1);
    make("disk");
    if (mount("none", "disk", "tmpfs", 0, "size=1m")) {
        print_message("mounting is not permitted here\n");
        skip();
    }
    room->options.path = "disk/site";
    bool first = BUILD(room, "index.html", "home", "schools/a.html", "a");
    bool full = BUILD(room, "index.html", "new", "one.html", large, "two.html", large, "three.html", large);
    struct diags said = room->diags;
    struct str home;
    bool kept = file_read(&room->arena, &room->here, "disk/site/index.html", 100, &home);
    bool clean = !is_there("disk/.site.signpost/new") && !is_there("disk/site/one.html");
    bool again = BUILD(room, "index.html", "new", "one.html", large); /* what was written is free again */
    assert_int_equal(umount2("disk", MNT_DETACH), 0);
    assert_true(first);
    assert_false(full);
    room->diags = said;
    assert_said(room, DIAG_TREE_WRITE, "\"disk/site/two.html\" cannot be written: the disk is full");
    assert_true(kept && str_eq(home, STR("home")) && clean && again);
}

struct refusal {
    uint32_t call, arg, value, error;
    bool replace;
};

/* Builds in a child that is refused a call. */
static int build_denied(struct room *room, struct refusal no, enum diag_id id, const char *text) {
    pid_t pid = fork();
    if (!pid) {
        if (!deny(no.call, no.arg, no.value, no.error))
            _exit(CHILD_SKIPS);
        room->options.replace = no.replace;
        room->options.no_sync = false;
        _exit(verdict(room, BUILD(room, "index.html", "new", "same.html", "same"), id, text));
    }
    return wait_for(pid);
}

#define NO_EXCHANGE(error, replace) ((struct refusal){SYS_renameat2, 4, RENAME_EXCHANGE, error, replace})

static void folders_that_cannot_be_exchanged_are_left_unless_two_renames_are_permitted(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home", "same.html", "same"));
    const char *text = "\"site\" cannot be exchanged for its new generation in one step: "
                       "the file system cannot do that";
    assert_int_equal(build_denied(room, NO_EXCHANGE(EINVAL, false), DIAG_TREE_EXCHANGE, text), 1);
    text = "\"site\" cannot be exchanged for its new generation in one step: it lies on another file system";
    assert_int_equal(build_denied(room, NO_EXCHANGE(EXDEV, false), DIAG_TREE_EXCHANGE, text), 1);
    text = "\"site\" cannot be exchanged for its new generation in one step: it is in use";
    assert_int_equal(build_denied(room, NO_EXCHANGE(EBUSY, false), DIAG_TREE_EXCHANGE, text), 1);
    text = "\"site\" cannot be written: the disk reports an error"; /* which two renames would not mend */
    assert_int_equal(build_denied(room, NO_EXCHANGE(EIO, true), DIAG_TREE_WRITE, text), 1);
    assert_text(room, "site/index.html", "home");
    assert_swept(room);
    assert_int_equal(build_denied(room, NO_EXCHANGE(EINVAL, true), DIAG_COUNT, ""), 0);
    assert_text(room, "site/index.html", "new");
    assert_swept(room);
}

static void a_folder_that_cannot_even_be_renamed_is_left(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home", "same.html", "same"));
    pid_t pid = fork();
    if (!pid) {
        if (!deny(SYS_renameat2, DENY_ANY, 0, EXDEV) || !deny(SYS_renameat, DENY_ANY, 0, EXDEV))
            _exit(CHILD_SKIPS);
        room->options.replace = true;
        _exit(
            verdict(room, BUILD(room, "index.html", "new"), DIAG_TREE_REPLACE,
                    "\"site\" cannot be replaced, not even by two renames: it lies on another file system"));
    }
    assert_int_equal(wait_for(pid), 1);
    assert_text(room, "site/index.html", "home");
    assert_swept(room);
}

static void a_file_that_cannot_be_linked_is_copied(void **state) {
    struct room *room = *state;
    const uint32_t errors[] = {EMLINK, EPERM};
    assert_true(BUILD(room, "index.html", "home", "same.html", "same"));
    for (size_t i = 0; i < 2; i++) {
        ino_t before = stat_of("site/same.html").st_ino;
        assert_int_equal(
            build_denied(room, (struct refusal){SYS_linkat, DENY_ANY, 0, errors[i], false}, DIAG_COUNT, ""),
            0);
        assert_text(room, "site/same.html", "same");
        assert_int_not_equal(stat_of("site/same.html").st_ino, before);
        assert_true(BUILD(room, "index.html", "home", "same.html", "same"));
    }
    struct refusal broken = {SYS_linkat, DENY_ANY, 0, EIO, false};
    assert_int_equal(build_denied(room, broken, DIAG_TREE_WRITE,
                                  "\"site/same.html\" cannot be written: the disk reports an error"),
                     1);
    assert_text(room, "site/index.html", "home");
}

static void a_disk_that_cannot_flush_leaves_the_old_portal(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home", "same.html", "same"));
    struct refusal broken = {SYS_syncfs, DENY_ANY, 0, EIO, false};
    assert_int_equal(
        build_denied(room, broken, DIAG_TREE_WRITE, "\"site\" cannot be written: the disk reports an error"),
        1);
    assert_text(room, "site/index.html", "home");
    assert_swept(room);
    assert_true(BUILD(room, "index.html", "new", "same.html", "same")); /* which does not flush */
    broken.call = SYS_fsync;
    assert_int_equal(build_denied(room, broken, DIAG_COUNT, ""), 0);
}

static void one_path_put_twice_publishes_nothing(void **state) {
    struct room *room = *state;
    assert_false(BUILD(room, "a.html", "one", "a.html", "two", "b.html", "three"));
    assert_said(room, DIAG_TREE_WRITE,
                "\"site/a.html\" cannot be written: something of that name is there already");
    assert_true(BUILD(room, "a.html", "one"));
    assert_false(BUILD(room, "a.html", "one", "a.html", "one"));
    assert_text(room, "site/a.html", "one");
}

/* ---- builds that were stopped */

static void the_leftovers_of_a_stopped_build_are_swept_up(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    make(".site.signpost/new");
    make(".site.signpost/new/schools");
    put(".site.signpost/new/schools/half.html", "hal");
    make(".site.signpost/old");
    put(".site.signpost/old/index.html", "older");
    assert_true(BUILD(room, "index.html", "home"));
    assert_outcome(room, 0, 1, 0, true);
    assert_swept(room);
    make(".site.signpost/old");
    put(".site.signpost/old/index.html",
        "older"); /* where the first of two renames would put the old portal */
    assert_int_equal(build_denied(room, NO_EXCHANGE(EINVAL, true), DIAG_COUNT, ""), 0);
    assert_swept(room);
}

static void a_build_stopped_between_two_renames_is_undone_by_the_next(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    make(".site.signpost/new");
    assert_int_equal(rename("site", ".site.signpost/old"), 0);
    struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
    assert_non_null(t);
    assert_text(room, "site/index.html", "home");
    tree_abandon(t);
    assert_text(room, "site/index.html", "home");
    assert_swept(room);
    assert_int_equal(rename("site", ".site.signpost/old"), 0);
    assert_true(BUILD(room, "index.html", "home"));
    assert_outcome(room, 0, 1, 0, true);
}

static bool deny_renames(void) {
    return deny(SYS_renameat2, DENY_ANY, 0, EIO) && deny(SYS_renameat, DENY_ANY, 0, EIO);
}

/* The old portal lies in the state folder and cannot go back: then it is all there is. */
static void a_portal_that_cannot_be_put_back_is_kept(void **state) {
    struct room *room = *state;
    assert_true(BUILD(room, "index.html", "home"));
    assert_int_equal(rename("site", ".site.signpost/old"), 0);
    pid_t pid = fork();
    if (!pid) {
        if (!deny_renames())
            _exit(CHILD_SKIPS);
        _exit(verdict(
            room, BUILD(room, "index.html", "new"), DIAG_TREE_RESTORE,
            "\".site.signpost/old\", the portal before a build that was stopped, cannot be put back: the "
            "disk reports an error"));
    }
    assert_int_equal(wait_for(pid), 1);
    assert_text(room, ".site.signpost/old/index.html", "home");
    assert_true(BUILD(room, "index.html", "home"));
    pid = fork();
    if (!pid) {
        struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
        if (!t || rename("site", ".site.signpost/old"))
            _exit(1);
        if (!deny_renames())
            _exit(CHILD_SKIPS);
        tree_abandon(t);
        _exit(0);
    }
    assert_int_equal(wait_for(pid), 0);
    assert_text(room, ".site.signpost/old/index.html", "home");
}

/* A portal whose every page but the constant ones tells its generation. */
#define KILL_PAGES 40
#define KILL_ROUNDS 60

static bool build_generation(struct room *room, int generation) {
    char paths[KILL_PAGES][32], text[32];
    room->diags = (struct diags){.arena = &room->arena};
    struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
    if (!t)
        return false;
    snprintf(text, sizeof(text), "generation %d", generation);
    for (int i = 0; i < KILL_PAGES; i++) {
        snprintf(paths[i], sizeof(paths[i]), "%c/%d.html", 'a' + i % 4, i);
        tree_put(t, str_from(paths[i]), i % 2 ? str_from(text) : STR("constant"));
    }
    return tree_publish(t, &room->outcome, &room->diags);
}

/* The generation that every page of the folder is of. */
static int served_generation(struct room *room) {
    int generation = -1;
    for (int i = 0; i < KILL_PAGES; i++) {
        char path[32], text[32] = "";
        struct str got;
        snprintf(path, sizeof(path), "site/%c/%d.html", 'a' + i % 4, i);
        assert_true(file_read(&room->arena, &room->here, path, sizeof(text) - 1, &got));
        memcpy(text, got.at, got.len);
        if (i % 2 == 0) {
            assert_string_equal(text, "constant");
            continue;
        }
        int found = -1;
        assert_int_equal(sscanf(text, "generation %d", &found), 1);
        assert_true(generation == -1 || generation == found);
        generation = found;
    }
    return generation;
}

/* The child that is to be killed: tells once when its first build is out, then builds on and on. */
static void build_on_and_on(struct room *room, int generation, bool two_renames, int tell) {
    room->options.replace = two_renames;
    if (two_renames && !deny(SYS_renameat2, 4, RENAME_EXCHANGE, EINVAL))
        two_renames = room->options.replace = false;
    while (build_generation(room, generation))
        if (generation++, tell >= 0) {
            close(tell);
            tell = -1;
        }
    _exit(1);
}

/* Returns after the child has published something and was killed a random moment later. */
static void kill_a_builder(struct room *room, int generation, bool two_renames) {
    int told[2], status;
    char none;
    assert_int_equal(pipe(told), 0);
    pid_t pid = fork();
    if (!pid) {
        close(told[0]);
        build_on_and_on(room, generation, two_renames, told[1]);
    }
    close(told[1]);
    assert_int_equal(read(told[0], &none, 1), 0);
    close(told[0]);
    nanosleep(&(struct timespec){.tv_nsec = rand() % 8000 * 1000L}, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status)); /* else a build had failed */
}

static void killing_builds_at_any_moment_leaves_one_whole_generation(void **state) {
    struct room *room = *state;
    int generation = 0;
    srand(1);
    assert_true(build_generation(room, generation++));
    for (int round = 0; round < KILL_ROUNDS; round++) {
        struct arena_mark mark = arena_mark(&room->arena);
        bool two_renames = round % 2;
        kill_a_builder(room, generation, two_renames);
        if (two_renames) { /* perhaps no folder is there now; the next build puts it back as it opens */
            room->diags = (struct diags){.arena = &room->arena};
            struct tree *t = tree_open(&room->arena, &room->options, &room->diags);
            assert_non_null(t);
            tree_abandon(t);
        }
        int served = served_generation(room);
        assert_true(served >= generation);
        generation = served + 1;
        assert_true(build_generation(room, generation));
        assert_int_equal(served_generation(room), generation++);
        assert_swept(room);
        arena_rewind(&room->arena, mark);
    }
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_first_build_makes_the_folder),
        IN_A_FOLDER(a_restricted_tree_is_closed_to_others),
        IN_A_FOLDER(an_empty_folder_is_taken_over_and_slashes_at_its_end_do_not_matter),
        IN_A_FOLDER(a_build_without_changes_touches_nothing),
        IN_A_FOLDER(files_that_are_equal_stay_the_same_files),
        IN_A_FOLDER(what_the_sources_do_not_make_is_gone),
        IN_A_FOLDER(what_was_changed_by_hand_is_put_right),
        IN_A_FOLDER(symbolic_links_in_the_folder_are_replaced_not_followed),
        IN_A_FOLDER(a_file_may_become_a_folder_and_a_folder_a_file),
        IN_A_FOLDER(many_threads_put_files_into_folders_that_are_not_there_yet),
        IN_A_FOLDER(a_folder_without_a_name_of_its_own_is_refused),
        IN_A_FOLDER(a_parent_that_is_absent_is_refused),
        IN_A_FOLDER(a_symbolic_link_is_refused),
        IN_A_FOLDER(a_file_is_refused),
        IN_A_FOLDER(a_folder_of_somebody_elses_files_is_refused),
        IN_A_FOLDER(a_folder_of_another_audience_is_refused),
        IN_A_FOLDER(a_git_repository_is_refused),
        IN_A_FOLDER(a_mount_point_is_refused),
        IN_A_FOLDER(something_mounted_inside_is_refused_and_survives),
        IN_A_FOLDER(a_read_only_parent_is_refused),
        IN_A_FOLDER(a_parent_in_which_nothing_may_be_made_is_refused),
        IN_A_FOLDER(the_folder_of_another_user_is_refused),
        IN_A_FOLDER(two_builds_at_once_are_kept_apart),
        IN_A_FOLDER(a_build_that_is_abandoned_leaves_nothing),
        IN_A_FOLDER(a_folder_that_somebody_replaced_meanwhile_is_left_alone),
        IN_A_FOLDER(removing_more_than_ten_pages_and_a_fifth_is_refused),
        IN_A_FOLDER(a_full_disk_leaves_the_old_portal),
        IN_A_FOLDER(folders_that_cannot_be_exchanged_are_left_unless_two_renames_are_permitted),
        IN_A_FOLDER(a_folder_that_cannot_even_be_renamed_is_left),
        IN_A_FOLDER(a_file_that_cannot_be_linked_is_copied),
        IN_A_FOLDER(a_disk_that_cannot_flush_leaves_the_old_portal),
        IN_A_FOLDER(one_path_put_twice_publishes_nothing),
        IN_A_FOLDER(the_leftovers_of_a_stopped_build_are_swept_up),
        IN_A_FOLDER(a_build_stopped_between_two_renames_is_undone_by_the_next),
        IN_A_FOLDER(a_portal_that_cannot_be_put_back_is_kept),
        IN_A_FOLDER(killing_builds_at_any_moment_leaves_one_whole_generation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
