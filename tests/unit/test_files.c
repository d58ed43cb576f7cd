/* SPDX-License-Identifier: MIT */
/* test_files.c: the same files in a directory and in memory, and every question answered alike, down to the errno. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"

#define LIMIT ((size_t)100)

#define TEXT(literal) \
    { literal, sizeof(literal) - 1 }
#define FILE_OF(name, text) \
    { .path = TEXT(name), .bytes = TEXT(text) }
#define LINK_OF(name, to) \
    { .path = TEXT(name), .bytes = TEXT(to), .kind = ENTRY_LINK }

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define NAME_255 HUNDRED HUNDRED TEN TEN TEN TEN TEN "01234"

/* Sorted by path. */
static const struct kept_file kept[] = {
    FILE_OF(".hidden", "h"),
    FILE_OF("a-b.md", "between a and a/b, as bytes go"),
    FILE_OF("a.md", "a"),
    FILE_OF("a/.hidden/x", "deep"),
    FILE_OF("a/b/.only", ""),
    FILE_OF("a/b/c/d.md", "d"),
    FILE_OF("a/z.md", "z"),
    LINK_OF("door", "a"),
    FILE_OF("empty", ""),
    FILE_OF("hundred", HUNDRED),
    FILE_OF("hundred-and-one", HUNDRED "!"),
    LINK_OF("links/absent", "nothing"),
    LINK_OF("links/absolute", "/etc/passwd"),
    LINK_OF("links/b", "../door/b"),
    LINK_OF("links/dots", ".././a/../a.md"),
    LINK_OF("links/file", "../a.md"),
    LINK_OF("links/folder-of-file", "../a.md/"),
    LINK_OF("links/itself", "itself"),
    LINK_OF("links/out", "../../a.md"),
    LINK_OF("links/root", ".."),
    LINK_OF("links/round/one", "two"),
    LINK_OF("links/round/two", "../round/one"),
    LINK_OF("links/through-out", "../../out/../a.md"),
    FILE_OF("only/.hidden/x", "x"),
    FILE_OF("\xc3\xa9t\xc3\xa9.md", "summer"),
};

/* What may be asked of a folder, whatever it is. */
static const char *const paths[] = {
    "",
    ".",
    "..",
    "/",
    "/etc/passwd",
    "a",
    "a/",
    "a/.",
    "a/..",
    "a/../..",
    "./a.md",
    "a//z.md",
    "a.md",
    "a.md/",
    "a.md/x",
    "a.md/..",
    "a.m",
    "a.mdx",
    "a/b",
    "a/b/",
    "a/b/c",
    "a/b/c/d.md",
    "a/b/c/d.md/e",
    "a/../a.md",
    "a/b/../z.md",
    "absent",
    "absent/x",
    "absent/..",
    "absent/../a.md",
    "a/absent",
    "empty",
    "hundred",
    "hundred-and-one",
    ".hidden",
    "a/.hidden/x",
    "only",
    "only/.hidden",
    "door",
    "door/",
    "door/z.md",
    "door/../a.md",
    "door/b/c",
    "links",
    "links/absent",
    "links/absent/x",
    "links/absolute",
    "links/b",
    "links/b/c/d.md",
    "links/b/..",
    "links/b/../z.md",
    "links/dots",
    "links/file",
    "links/file/",
    "links/file/x",
    "links/folder-of-file",
    "links/itself",
    "links/itself/x",
    "links/out",
    "links/root",
    "links/root/a.md",
    "links/root/links/root/a/z.md",
    "links/root/..",
    "links/round",
    "links/round/one",
    "links/through-out",
    "\xc3\xa9t\xc3\xa9.md",
    "e\xcc\x81t\xc3\xa9.md",
    NAME_255,
    NAME_255 "6",
    "a/" NAME_255 "6/../z.md",
};

struct both {
    char path[64];
    struct folder disk, memory;
    struct files files;
    struct arena arena;
};

static void put_on_disk(const struct folder *folder, const struct kept_file *f) {
    struct arena arena = {0};
    const char *path = str_z(&arena, f->path), *slash = strrchr(path, '/');
    if (slash)
        assert_true(folder_make(folder, str_z(&arena, str_sub(f->path, 0, (size_t)(slash - path))), 0755));
    if (f->kind == ENTRY_LINK)
        assert_int_equal(symlink(str_z(&arena, f->bytes), path), 0);
    else
        assert_true(file_write(folder, path, f->bytes, 0644));
    arena_release(&arena);
}

static int enter(void **state) {
    struct both *both = calloc(1, sizeof(*both));
    strcpy(both->path, "/tmp/signpost-files-XXXXXX");
    assert_non_null(mkdtemp(both->path));
    assert_int_equal(chdir(both->path), 0);
    assert_true(folder_open(&both->disk, "."));
    both->files = (struct files){kept, sizeof(kept) / sizeof(kept[0])};
    for (size_t i = 0; i < both->files.count; i++)
        put_on_disk(&both->disk, &kept[i]);
    folder_keep(&both->memory, &both->files);
    *state = both;
    return 0;
}

static int leave(void **state) {
    struct both *both = *state;
    struct folder tmp;
    assert_true(folder_open(&tmp, "/tmp"));
    assert_true(folder_remove(&tmp, both->path + strlen("/tmp/")));
    folder_close(&tmp);
    folder_close(&both->disk);
    folder_close(&both->memory);
    arena_release(&both->arena);
    assert_int_equal(chdir("/"), 0);
    free(both);
    return 0;
}

/* ---- the same as on disk */

static void every_path_is_read_as_it_would_be_from_a_disk(void **state) {
    struct both *both = *state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct str disk, memory;
        errno = 0;
        bool from_disk = file_read(&both->arena, &both->disk, paths[i], LIMIT, &disk);
        int error = from_disk ? 0 : errno;
        errno = 0;
        bool from_memory = file_read(&both->arena, &both->memory, paths[i], LIMIT, &memory);
        if (from_disk != from_memory || (!from_disk && error != errno) || !str_eq(disk, memory))
            fail_msg("\"%s\": %d %s on disk, %d %s in memory", paths[i], from_disk, strerror(error),
                     from_memory, strerror(errno));
    }
}

static void assert_same_list(struct both *both, const char *path,
                             bool (*list)(struct arena *, const struct folder *, const char *,
                                          struct entries *)) {
    struct entries disk, memory;
    errno = 0;
    bool from_disk = list(&both->arena, &both->disk, path, &disk);
    int error = from_disk ? 0 : errno;
    errno = 0;
    bool from_memory = list(&both->arena, &both->memory, path, &memory);
    if (from_disk != from_memory || (!from_disk && error != errno) || disk.count != memory.count)
        fail_msg("\"%s\": %d %s, %zu entries on disk, %d %s, %zu in memory", path, from_disk, strerror(error),
                 disk.count, from_memory, strerror(errno), memory.count);
    for (size_t i = 0; i < disk.count; i++) {
        assert_string_equal(disk.items[i].path.at, memory.items[i].path.at);
        assert_int_equal(disk.items[i].path.len, memory.items[i].path.len);
        assert_int_equal(disk.items[i].kind, memory.items[i].kind);
        assert_int_equal(disk.items[i].unreadable, memory.items[i].unreadable);
        assert_int_equal(disk.items[i].error, memory.items[i].error);
    }
}

static void every_path_is_listed_as_it_would_be_from_a_disk(void **state) {
    struct both *both = *state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        size_t len = strlen(paths[i]);
        if (len && paths[i][len - 1] == '/') /* which folder_list does not take */
            continue;
        assert_same_list(both, paths[i], folder_list);
        assert_same_list(both, paths[i], folder_list_all);
    }
}

/* Looking on disk may climb out, since its paths are the program's own; in memory there is nowhere to climb to. */
static void every_path_within_is_looked_at_as_it_would_be_on_a_disk(void **state) {
    struct both *both = *state;
    size_t looked = 0;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct look disk, memory;
        errno = 0;
        bool in_memory = file_look(&both->memory, paths[i], &memory);
        int error = in_memory ? 0 : errno;
        if (error == EXDEV)
            continue;
        errno = 0;
        bool on_disk = file_look(&both->disk, paths[i], &disk);
        if (on_disk != in_memory || (!on_disk && error != errno) || disk.kind != memory.kind)
            fail_msg("\"%s\": %d %s, kind %d on disk, %d %s, kind %d in memory", paths[i], on_disk,
                     strerror(errno), (int)disk.kind, in_memory, strerror(error), (int)memory.kind);
        looked++;
    }
    assert_true(looked > sizeof(paths) / sizeof(paths[0]) * 3 / 4);
}

/* ---- limits, on both sides */

static bool read_through(struct both *both, int links, int *error) {
    struct kept_file files[64];
    static char names[64][8];
    struct str got;
    struct folder memory, disk;
    struct files chain = {files, (size_t)links + 1};
    assert_true(folder_make(&both->disk, "chain", 0755) && folder_open_in(&disk, &both->disk, "chain"));
    assert_int_equal(chdir("chain"), 0);
    for (int i = 0; i <= links; i++)
        snprintf(names[i], sizeof(names[i]), "link%02d", i);
    for (int i = 0; i <= links; i++) {
        bool last = i == links;
        files[i] = (struct kept_file){.path = str_from(names[i]),
                                      .bytes = last ? STR("x") : str_from(names[i + 1]),
                                      .kind = last ? ENTRY_FILE : ENTRY_LINK};
        put_on_disk(&disk, &files[i]);
    }
    folder_keep(&memory, &chain);
    errno = 0;
    bool on_disk = file_read(&both->arena, &disk, "link00", LIMIT, &got);
    int disk_error = errno;
    errno = 0;
    bool in_memory = file_read(&both->arena, &memory, "link00", LIMIT, &got);
    *error = errno;
    assert_int_equal(on_disk, in_memory);
    assert_int_equal(on_disk ? 0 : disk_error, in_memory ? 0 : *error);
    assert_int_equal(chdir(both->path), 0);
    folder_close(&disk);
    assert_true(folder_remove(&both->disk, "chain"));
    return in_memory;
}

static void as_many_links_are_followed_as_the_kernel_follows(void **state) {
    int error;
    assert_true(read_through(*state, 40, &error));
    assert_false(read_through(*state, 41, &error));
    assert_int_equal(error, ELOOP);
}

/* d/d/d/.../file, so that `depth` folders stand one in another. */
static size_t list_deep(int depth, struct arena *arena, struct entries *out) {
    char path[2 * FOLDER_DEPTH_MAX + 16] = "";
    for (int i = 0; i < depth; i++)
        strcat(path, "d/");
    strcat(path, "file");
    struct kept_file file = {.path = str_from(path), .bytes = STR("x")};
    struct files files = {&file, 1};
    struct folder folder;
    folder_keep(&folder, &files);
    assert_true(folder_list(arena, &folder, ".", out));
    return out->count;
}

static void folders_are_listed_to_the_greatest_depth_and_no_further(void **state) {
    struct both *both = *state;
    struct entries list;
    assert_int_equal(list_deep(FOLDER_DEPTH_MAX - 1, &both->arena, &list), FOLDER_DEPTH_MAX);
    for (size_t i = 0; i < list.count; i++)
        assert_false(list.items[i].unreadable);
    assert_int_equal(list_deep(FOLDER_DEPTH_MAX, &both->arena, &list), FOLDER_DEPTH_MAX);
    assert_true(list.items[list.count - 1].unreadable);
    assert_int_equal(list.items[list.count - 1].error, ELOOP);
}

static void a_path_may_be_as_long_as_the_kernel_takes(void **state) {
    struct both *both = *state;
    char path[4200];
    struct str got;
    for (size_t len = 4090; len < 4100; len++) {
        for (size_t i = 0; i < len; i++)
            path[i] = i % 2 ? '/' : '.';
        memcpy(path + len - 4, "a.md", 5);
        path[len - 5] = '/';
        bool on_disk = file_read(&both->arena, &both->disk, path, LIMIT, &got);
        assert_int_equal(on_disk, len <= 4095);
        assert_int_equal(file_read(&both->arena, &both->memory, path, LIMIT, &got), on_disk);
        assert_true(on_disk || errno == ENAMETOOLONG);
    }
}

/* ---- what only memory has */

static void a_file_whose_bytes_were_not_kept_is_too_large_for_any_limit(void **state) {
    struct both *both = *state;
    struct kept_file file = {.path = STR("large"), .too_large = true};
    struct files files = {&file, 1};
    struct folder folder;
    struct str got;
    folder_keep(&folder, &files);
    assert_false(file_read(&both->arena, &folder, "large", SIZE_MAX - 1, &got));
    assert_int_equal(errno, EFBIG);
}

static void what_is_neither_file_nor_link_is_named_and_not_entered(void **state) {
    struct both *both = *state;
    struct kept_file file = {.path = STR("a/module"), .kind = ENTRY_OTHER};
    struct files files = {&file, 1};
    struct folder folder;
    struct str got;
    struct entries list;
    folder_keep(&folder, &files);
    assert_true(folder_list(&both->arena, &folder, "a", &list));
    assert_int_equal(list.count, 1);
    assert_int_equal(list.items[0].kind, ENTRY_OTHER);
    assert_false(file_read(&both->arena, &folder, "a/module", LIMIT, &got));
    assert_int_equal(errno, EINVAL);
    assert_false(file_read(&both->arena, &folder, "a/module/x", LIMIT, &got));
    assert_int_equal(errno, ENOTDIR);
}

/* git keeps a link's way as it keeps a file's bytes: it may be empty, or of any length. */
static void a_link_that_no_disk_could_hold_leads_nowhere(void **state) {
    struct both *both = *state;
    static char far[20000];
    memset(far, 'x', sizeof(far));
    struct kept_file links[] = {{.path = STR("empty"), .kind = ENTRY_LINK},
                                {.path = STR("far"), .bytes = {far, sizeof(far)}, .kind = ENTRY_LINK}};
    struct files files = {links, 2};
    struct folder folder;
    struct str got;
    folder_keep(&folder, &files);
    assert_false(file_read(&both->arena, &folder, "empty", LIMIT, &got));
    assert_int_equal(errno, ENOENT);
    assert_false(file_read(&both->arena, &folder, "far", LIMIT, &got));
    assert_int_equal(errno, ENAMETOOLONG);
}

static void a_folder_of_no_files_is_empty_and_there(void **state) {
    struct both *both = *state;
    const struct files files = {0};
    struct folder folder;
    struct entries list;
    struct look look;
    folder_keep(&folder, &files);
    assert_true(folder_list(&both->arena, &folder, ".", &list));
    assert_int_equal(list.count, 0);
    assert_true(file_look(&folder, "", &look));
    assert_int_equal(look.kind, ENTRY_FOLDER);
}

static void nothing_is_written_into_memory(void **state) {
    struct both *both = *state;
    bool empty;
    assert_false(file_write(&both->memory, "new", STR("x"), 0644));
    assert_int_equal(errno, EBADF);
    assert_false(folder_empty(&both->memory, &empty));
    assert_int_equal(errno, EBADF);
    assert_false(folder_remove(&both->memory, "a.md"));
}

#define IN_BOTH(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_BOTH(every_path_is_read_as_it_would_be_from_a_disk),
        IN_BOTH(every_path_is_listed_as_it_would_be_from_a_disk),
        IN_BOTH(every_path_within_is_looked_at_as_it_would_be_on_a_disk),
        IN_BOTH(as_many_links_are_followed_as_the_kernel_follows),
        IN_BOTH(folders_are_listed_to_the_greatest_depth_and_no_further),
        IN_BOTH(a_path_may_be_as_long_as_the_kernel_takes),
        IN_BOTH(a_file_whose_bytes_were_not_kept_is_too_large_for_any_limit),
        IN_BOTH(what_is_neither_file_nor_link_is_named_and_not_entered),
        IN_BOTH(a_link_that_no_disk_could_hold_leads_nowhere),
        IN_BOTH(a_folder_of_no_files_is_empty_and_there),
        IN_BOTH(nothing_is_written_into_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
