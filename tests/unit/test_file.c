/* SPDX-License-Identifier: MIT */
/* test_file.c: reading and writing in a real folder, with the things that other people leave in folders. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "deny.h"

#define LIMIT ((size_t)1 << 20)

/* A new folder in which each test works, and which it is in. */
struct room {
    char path[64];
    struct folder here;
    struct arena arena;
};

static int enter(void **state) {
    struct room *room = calloc(1, sizeof(*room));
    strcpy(room->path, "/tmp/signpost-file-XXXXXX");
    assert_non_null(mkdtemp(room->path));
    assert_int_equal(chdir(room->path), 0);
    assert_true(folder_open(&room->here, "."));
    *state = room;
    return 0;
}

static int leave(void **state) {
    struct room *room = *state;
    struct folder tmp;
    assert_true(folder_open(&tmp, "/tmp"));
    assert_true(folder_remove(&tmp, room->path + strlen("/tmp/")));
    assert_int_equal(access(room->path, F_OK), -1);
    folder_close(&tmp);
    folder_close(&room->here);
    arena_release(&room->arena);
    assert_int_equal(chdir("/"), 0);
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

static void assert_text(struct room *room, const char *path, const char *text) {
    struct str got;
    assert_true(file_read(&room->arena, &room->here, path, LIMIT, &got));
    assert_int_equal(got.len, strlen(text));
    assert_memory_equal(got.at ? got.at : "", text, got.len);
}

static void assert_unread(struct room *room, const char *path, int error) {
    struct str got = STR("left over");
    errno = 0;
    assert_false(file_read(&room->arena, &room->here, path, LIMIT, &got));
    assert_int_equal(errno, error);
    assert_int_equal(got.len, 0);
}

static unsigned mode_of(const char *path) {
    struct stat st;
    assert_int_equal(lstat(path, &st), 0);
    return st.st_mode & 07777;
}

#define CHILD_SKIPS 77

static void assert_child_succeeds(pid_t pid) {
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == CHILD_SKIPS)
        skip();
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* ---- reading */

static void a_file_is_read_whole(void **state) {
    struct room *room = *state;
    make("schools");
    put("schools/ashdown.yaml", "name: Ashdown\n");
    put("empty", "");
    assert_text(room, "schools/ashdown.yaml", "name: Ashdown\n");
    assert_text(room, "empty", "");
}

static void a_limit_is_the_largest_size_that_is_read(void **state) {
    struct room *room = *state;
    struct str got;
    put("ten", "0123456789");
    assert_true(file_read(&room->arena, &room->here, "ten", 10, &got));
    assert_int_equal(got.len, 10);
    assert_false(file_read(&room->arena, &room->here, "ten", 9, &got));
    assert_int_equal(errno, EFBIG);
}

static void what_is_not_a_regular_file_is_neither_read_nor_waited_for(void **state) {
    struct room *room = *state;
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (const struct sockaddr *)&name, sizeof(name)), 0);
    assert_int_equal(mkfifo("pipe", 0644), 0);
    make("folder");
    assert_unread(room, "pipe", EINVAL);
    assert_unread(room, "socket", EINVAL);
    assert_unread(room, "folder", EINVAL);
    assert_unread(room, "absent", ENOENT);
    close(fd);
}

static void nothing_outside_the_folder_is_read(void **state) {
    struct room *room = *state;
    make("portal");
    put("secret", "x");
    put("portal/inside", "y");
    assert_int_equal(symlink("../secret", "portal/out"), 0);
    assert_int_equal(symlink("/etc/passwd", "portal/root"), 0);
    assert_int_equal(symlink("..", "portal/up"), 0);
    assert_int_equal(symlink("inside", "portal/in"), 0);
    struct room portal = {0};
    assert_true(folder_open_in(&portal.here, &room->here, "portal"));
    assert_unread(&portal, "out", EXDEV);
    assert_unread(&portal, "root", EXDEV);
    assert_unread(&portal, "up/secret", EXDEV);
    assert_unread(&portal, "../secret", EXDEV);
    assert_unread(&portal, "/etc/passwd", EXDEV);
    assert_text(&portal, "in", "y");
    struct folder up;
    assert_false(folder_open_in(&up, &portal.here, "up"));
    assert_int_equal(errno, EXDEV);
    assert_int_equal(up.held, 0);
    folder_close(&portal.here);
    arena_release(&portal.arena);
}

static bool reads(struct room *room, const char *path, int error) {
    struct str got;
    return file_read(&room->arena, &room->here, path, LIMIT, &got) ? !error : errno == error;
}

static void a_kernel_without_openat2_follows_no_link_at_all(void **state) {
    struct room *room = *state;
    make("a");
    make("a/b");
    put("a/b/file", "x");
    assert_int_equal(symlink("b", "a/link"), 0);
    assert_int_equal(symlink("file", "a/b/link"), 0);
    pid_t pid = fork();
    if (!pid) {
        if (!deny(SYS_openat2, DENY_ANY, 0, ENOSYS))
            _exit(CHILD_SKIPS);
        bool ok = reads(room, "a/b/file", 0) && reads(room, "a//b/file", 0) && reads(room, "./a/b/file", 0);
        ok = ok && reads(room, "a/link/file", EXDEV) && reads(room, "a/b/link", EXDEV);
        ok = ok && reads(room, "a/../a/b/file", EXDEV) && reads(room, "/etc/passwd", EXDEV);
        ok = ok && reads(room, "a/b/file/x", ENOTDIR) && reads(room, "a/absent/x", ENOENT);
        ok = ok && file_same(&room->here, "a/b/file", STR("x"), 0644);
        ok = ok && !file_same(&room->here, "a/link/file", STR("x"), 0644);
        _exit(ok ? 0 : 1);
    }
    assert_child_succeeds(pid);
}

static atomic_bool writer_stops;

/* Makes the file longer and shorter for as long as the reader reads. */
static void *change_size(void *context) {
    int fd = open(context, O_WRONLY | O_TRUNC);
    char piece[5000];
    memset(piece, 'x', sizeof(piece));
    while (!atomic_load(&writer_stops)) {
        for (int i = 0; i < 10; i++)
            if (write(fd, piece, sizeof(piece)) < 0)
                break;
        if (ftruncate(fd, 0) || lseek(fd, 0, SEEK_SET))
            break;
    }
    close(fd);
    return NULL;
}

static void a_file_that_changes_its_size_is_read_without_harm(void **state) {
    struct room *room = *state;
    pthread_t writer;
    char path[] = "changing";
    put(path, "x");
    atomic_store(&writer_stops, false);
    assert_int_equal(pthread_create(&writer, NULL, change_size, path), 0);
    bool ok = true;
    for (int i = 0; i < 2000; i++) {
        struct arena_mark mark = arena_mark(&room->arena);
        struct str got;
        ok = file_read(&room->arena, &room->here, path, LIMIT, &got) && ok;
        for (size_t j = 0; ok && j < got.len; j++)
            ok = got.at[j] == 'x' || got.at[j] == 0;
        arena_rewind(&room->arena, mark);
    }
    atomic_store(&writer_stops, true);
    pthread_join(writer, NULL);
    assert_true(ok);
}

/* Files in /proc are said to have no bytes, and have some: the same as a file that grows after it was looked
 * at. */
static void a_file_larger_than_it_is_said_to_be_is_read_to_its_end(void **state) {
    struct room *room = *state;
    struct folder proc;
    struct str got;
    if (!folder_open(&proc, "/proc/self"))
        skip();
    assert_true(file_read(&room->arena, &proc, "status", LIMIT, &got));
    assert_true(got.len > 100);
    assert_false(file_read(&room->arena, &proc, "status", 100, &got));
    assert_int_equal(errno, EFBIG);
    folder_close(&proc);
}

/* ---- listing */

static void assert_entry(const struct entries *list, size_t i, const char *path, enum entry_kind kind) {
    assert_true(i < list->count);
    assert_string_equal(list->items[i].path.at, path);
    assert_int_equal(list->items[i].path.len, strlen(path));
    assert_int_equal(list->items[i].kind, kind);
    assert_false(list->items[i].unreadable);
}

static void a_listing_is_sorted_and_names_every_kind(void **state) {
    struct room *room = *state;
    struct entries list;
    make("content");
    make("content/b");
    put("content/b/z.md", "");
    put("content/b-a.md", "");
    put("content/a.md", "");
    put("content/.hidden", "");
    put("content/b/.hidden", "");
    assert_int_equal(symlink("b", "content/link"), 0);
    assert_int_equal(mkfifo("content/pipe", 0600), 0);
    assert_true(folder_list(&room->arena, &room->here, "content", &list));
    assert_int_equal(list.count, 6);
    assert_entry(&list, 0, "content/a.md", ENTRY_FILE);
    assert_entry(&list, 1, "content/b", ENTRY_FOLDER);
    assert_entry(&list, 2, "content/b-a.md", ENTRY_FILE);
    assert_entry(&list, 3, "content/b/z.md", ENTRY_FILE);
    assert_entry(&list, 4, "content/link", ENTRY_LINK);
    assert_entry(&list, 5, "content/pipe", ENTRY_OTHER);
    assert_true(folder_list_all(&room->arena, &room->here, "content", &list));
    assert_int_equal(list.count, 8);
    assert_entry(&list, 0, "content/.hidden", ENTRY_FILE);
    assert_true(folder_list(&room->arena, &room->here, ".", &list));
    assert_int_equal(list.count, 7);
    assert_entry(&list, 1, "content/a.md", ENTRY_FILE);
}

static void an_absent_folder_lists_as_nothing_and_a_file_not_at_all(void **state) {
    struct room *room = *state;
    struct entries list;
    put("file", "");
    assert_true(folder_list(&room->arena, &room->here, "absent", &list));
    assert_int_equal(list.count, 0);
    assert_false(folder_list(&room->arena, &room->here, "file", &list));
    assert_int_equal(errno, ENOTDIR);
}

/* Makes d/d/d/... of this depth below the folder "deep". */
static void make_deep(int depth) {
    char path[4 * FOLDER_DEPTH_MAX + 16] = "deep";
    make(path);
    for (int i = 1; i < depth; i++) {
        strcat(path, "/d");
        make(path);
    }
}

static void folders_are_listed_to_the_greatest_depth_and_no_further(void **state) {
    struct room *room = *state;
    struct entries list;
    make_deep(FOLDER_DEPTH_MAX);
    assert_true(folder_list(&room->arena, &room->here, "deep", &list));
    assert_int_equal(list.count, FOLDER_DEPTH_MAX - 1);
    for (size_t i = 0; i < list.count; i++)
        assert_false(list.items[i].unreadable);
    assert_true(folder_remove(&room->here, "deep"));
    make_deep(FOLDER_DEPTH_MAX + 1);
    assert_true(folder_list(&room->arena, &room->here, "deep", &list));
    assert_int_equal(list.count, FOLDER_DEPTH_MAX);
    assert_true(list.items[list.count - 1].unreadable);
    assert_int_equal(list.items[list.count - 1].error, ELOOP);
    assert_false(folder_remove(&room->here, "deep"));
    assert_int_equal(errno, ELOOP);
    assert_int_equal(system("rm -r deep"), 0);
}

static void a_folder_that_cannot_be_listed_says_so(void **state) {
    struct room *room = *state;
    struct entries list;
    make("closed");
    put("file", "");
    assert_int_equal(chmod("closed", 0), 0);
    pid_t pid = fork();
    if (!pid) { /* root may list anything, so somebody else tries */
        if (geteuid() == 0 && (chmod(room->path, 0755) || setgid(65534) || setuid(65534)))
            _exit(CHILD_SKIPS);
        bool ok = folder_list(&room->arena, &room->here, ".", &list) && list.count == 2;
        _exit(ok && list.items[0].unreadable && list.items[0].error == EACCES ? 0 : 1);
    }
    assert_child_succeeds(pid);
    assert_int_equal(chmod("closed", 0755), 0);
}

/* ---- looking */

static void looking_tells_kinds_and_does_not_follow_links(void **state) {
    struct room *room = *state;
    struct look look, again;
    put("file", "");
    make("folder");
    assert_int_equal(chmod("file", 0640), 0);
    assert_int_equal(symlink("file", "link"), 0);
    assert_true(file_look(&room->here, "file", &look));
    assert_int_equal(look.kind, ENTRY_FILE);
    assert_int_equal(look.mode, 0640);
    assert_true(look.mine);
    assert_true(file_look(&room->here, "link", &look));
    assert_int_equal(look.kind, ENTRY_LINK);
    assert_true(file_look(&room->here, "folder", &look));
    assert_int_equal(look.kind, ENTRY_FOLDER);
    assert_false(look.mount);
    struct folder folder;
    assert_true(folder_open_in(&folder, &room->here, "folder"));
    assert_true(file_look(&folder, "", &again));
    assert_true(look.device == again.device && look.number == again.number);
    folder_close(&folder);
    assert_false(file_look(&room->here, "absent", &look));
    assert_int_equal(errno, ENOENT);
}

static void a_mount_point_is_seen_and_never_emptied(void **state) {
    struct room *room = *state;
    struct look look;
    make("other");
    put("other/theirs", "x");
    make("site");
    make("site/mounted");
    if (mount("other", "site/mounted", "none", MS_BIND, "")) {
        print_message("mounting is not permitted here\n");
        skip();
    }
    bool seen = file_look(&room->here, "site/mounted", &look) && look.mount;
    bool removed = folder_remove(&room->here, "site");
    int error = errno;
    assert_int_equal(umount2("site/mounted", MNT_DETACH), 0);
    assert_true(seen);
    assert_false(removed);
    assert_int_equal(error, EXDEV);
    assert_text(room, "other/theirs", "x");
}

static void a_file_is_the_same_only_with_its_kind_mode_and_every_byte(void **state) {
    struct room *room = *state;
    const struct folder *here = &room->here;
    static char large[100000];
    memset(large, 'a', sizeof(large));
    struct str text = {large, sizeof(large)};
    assert_true(file_write(here, "file", text, 0644));
    assert_true(file_same(here, "file", text, 0644));
    assert_false(file_same(here, "file", text, 0640));
    assert_false(file_same(here, "file", str_sub(text, 0, text.len - 1), 0644));
    large[sizeof(large) - 1] = 'b';
    assert_false(file_same(here, "file", text, 0644));
    large[sizeof(large) - 1] = 'a';
    make("folder");
    put("folder/x", "x");
    assert_int_equal(symlink("folder", "door"), 0);
    assert_int_equal(symlink("file", "link"), 0);
    assert_false(file_same(here, "link", text, 0644));
    assert_true(file_same(here, "folder/x", STR("x"), 0644));
    assert_false(file_same(here, "door/x", STR("x"), 0644));
    assert_false(file_same(here, "folder", STR(""), 0755));
    assert_false(file_same(here, "absent", STR(""), 0644));
    assert_int_equal(mkfifo("pipe", 0644), 0);
    assert_false(file_same(here, "pipe", STR(""), 0644));
}

static void reasons_are_in_words_that_fit_a_message(void **state) {
    (void)state;
    assert_string_equal(file_reason(ENOSPC).at, "the disk is full");
    assert_string_equal(file_reason(EDOM).at, "Numerical argument out of domain"); /* the C library's */
    assert_string_equal(file_reason(99999).at, "an unknown error");
}

/* ---- writing */

static void a_file_is_written_with_its_mode_whatever_the_umask(void **state) {
    struct room *room = *state;
    mode_t old = umask(077);
    assert_true(folder_make(&room->here, "a/b", 0755));
    assert_true(file_write(&room->here, "a/b/file", STR("text"), 0644));
    umask(old);
    assert_int_equal(mode_of("a"), 0755);
    assert_int_equal(mode_of("a/b"), 0755);
    assert_int_equal(mode_of("a/b/file"), 0644);
    assert_text(room, "a/b/file", "text");
}

static void a_file_that_is_there_is_never_overwritten(void **state) {
    struct room *room = *state;
    put("file", "old");
    assert_int_equal(symlink("nowhere", "link"), 0);
    assert_false(file_write(&room->here, "file", STR("new"), 0644));
    assert_int_equal(errno, EEXIST);
    assert_text(room, "file", "old");
    assert_false(file_write(&room->here, "link", STR("new"), 0644));
    assert_false(file_write(&room->here, "absent/file", STR("new"), 0644));
    assert_int_equal(errno, ENOENT);
}

static void a_file_that_does_not_fit_leaves_nothing(void **state) {
    struct room *room = *state;
    static char large[1 << 20];
    make("small");
    if (mount("none", "small", "tmpfs", 0, "size=64k")) {
        print_message("mounting is not permitted here\n");
        skip();
    }
    bool written = file_write(&room->here, "small/file", (struct str){large, sizeof(large)}, 0644);
    int error = errno;
    struct look look;
    bool there = file_look(&room->here, "small/file", &look);
    assert_int_equal(umount2("small", MNT_DETACH), 0);
    assert_false(written);
    assert_int_equal(error, ENOSPC);
    assert_false(there);
}

static void folders_hand_their_group_down(void **state) {
    struct room *room = *state;
    make("shared");
    assert_int_equal(chmod("shared", 02775), 0);
    mode_t old = umask(077);
    assert_true(folder_make(&room->here, "shared/a/b", 0750));
    umask(old);
    assert_int_equal(mode_of("shared"), 02775);
    assert_int_equal(mode_of("shared/a"), 02750);
    assert_int_equal(mode_of("shared/a/b"), 02750);
}

static void a_link_is_a_second_name_of_one_file(void **state) {
    struct room *room = *state;
    struct folder old, new;
    struct look a, b;
    make("old");
    make("new");
    put("old/file", "x");
    assert_true(folder_open(&old, "old") && folder_open(&new, "new"));
    assert_true(file_link(&old, &new, "file"));
    assert_false(file_link(&old, &new, "file"));
    assert_int_equal(errno, EEXIST);
    assert_true(file_look(&room->here, "old/file", &a) && file_look(&room->here, "new/file", &b));
    assert_int_equal(a.number, b.number);
    folder_close(&old);
    folder_close(&new);
}

static void two_folders_change_places(void **state) {
    struct room *room = *state;
    make("site");
    make("hidden");
    make("hidden/new");
    put("site/page", "old");
    put("hidden/new/page", "new");
    struct folder hidden;
    assert_true(folder_open(&hidden, "hidden"));
    assert_true(folder_exchange(&room->here, "site", &hidden, "new"));
    assert_text(room, "site/page", "new");
    assert_text(room, "hidden/new/page", "old");
    assert_false(folder_exchange(&room->here, "site", &hidden, "absent"));
    assert_int_equal(errno, ENOENT);
    folder_close(&hidden);
}

static void a_move_replaces_an_empty_folder_and_nothing_else(void **state) {
    struct room *room = *state;
    const struct folder *here = &room->here;
    make("new");
    put("new/page", "new");
    make("empty");
    make("full");
    put("full/page", "theirs");
    put("file", "theirs");
    assert_int_equal(symlink("empty", "link"), 0);
    assert_false(folder_move(here, "new", here, "full"));
    assert_int_equal(errno, ENOTEMPTY);
    assert_false(folder_move(here, "new", here, "file"));
    assert_false(folder_move(here, "new", here, "link"));
    assert_true(folder_move(here, "new", here, "empty"));
    assert_text(room, "empty/page", "new");
}

static void removing_takes_links_away_but_not_what_they_lead_to(void **state) {
    struct room *room = *state;
    make("kept");
    put("kept/file", "x");
    make("gone");
    make("gone/inner");
    put("gone/inner/.hidden", "");
    assert_int_equal(symlink("../kept", "gone/link"), 0);
    assert_true(folder_remove(&room->here, "gone"));
    assert_int_equal(access("gone", F_OK), -1);
    assert_text(room, "kept/file", "x");
    assert_true(folder_remove(&room->here, "gone"));
}

static void flushing_succeeds_on_what_can_be_flushed(void **state) {
    struct room *room = *state;
    const struct folder closed = {0};
    assert_true(folder_flush(&room->here));
    assert_true(folder_flush_all(&room->here));
    assert_false(folder_flush(&closed));
    assert_false(folder_flush_all(&closed));
}

static void a_lock_keeps_others_out_until_it_is_given_back(void **state) {
    struct room *room = *state;
    struct file_lock first = {0}, second = {0};
    assert_true(file_lock_take(&first, &room->here, "lock"));
    assert_false(file_lock_take(&second, &room->here, "lock"));
    assert_int_equal(errno, EWOULDBLOCK);
    file_lock_give(&second);
    file_lock_give(&first);
    assert_true(file_lock_take(&second, &room->here, "lock"));
    file_lock_give(&second);
    assert_int_equal(mode_of("lock"), 0600);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_file_is_read_whole),
        IN_A_FOLDER(a_limit_is_the_largest_size_that_is_read),
        IN_A_FOLDER(what_is_not_a_regular_file_is_neither_read_nor_waited_for),
        IN_A_FOLDER(nothing_outside_the_folder_is_read),
        IN_A_FOLDER(a_kernel_without_openat2_follows_no_link_at_all),
        IN_A_FOLDER(a_file_that_changes_its_size_is_read_without_harm),
        IN_A_FOLDER(a_file_larger_than_it_is_said_to_be_is_read_to_its_end),
        IN_A_FOLDER(a_listing_is_sorted_and_names_every_kind),
        IN_A_FOLDER(an_absent_folder_lists_as_nothing_and_a_file_not_at_all),
        IN_A_FOLDER(folders_are_listed_to_the_greatest_depth_and_no_further),
        IN_A_FOLDER(a_folder_that_cannot_be_listed_says_so),
        IN_A_FOLDER(looking_tells_kinds_and_does_not_follow_links),
        IN_A_FOLDER(a_mount_point_is_seen_and_never_emptied),
        IN_A_FOLDER(a_file_is_the_same_only_with_its_kind_mode_and_every_byte),
        IN_A_FOLDER(reasons_are_in_words_that_fit_a_message),
        IN_A_FOLDER(a_file_is_written_with_its_mode_whatever_the_umask),
        IN_A_FOLDER(a_file_that_is_there_is_never_overwritten),
        IN_A_FOLDER(a_file_that_does_not_fit_leaves_nothing),
        IN_A_FOLDER(folders_hand_their_group_down),
        IN_A_FOLDER(a_link_is_a_second_name_of_one_file),
        IN_A_FOLDER(two_folders_change_places),
        IN_A_FOLDER(a_move_replaces_an_empty_folder_and_nothing_else),
        IN_A_FOLDER(removing_takes_links_away_but_not_what_they_lead_to),
        IN_A_FOLDER(flushing_succeeds_on_what_can_be_flushed),
        IN_A_FOLDER(a_lock_keeps_others_out_until_it_is_given_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
