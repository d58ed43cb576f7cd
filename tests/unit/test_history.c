/* SPDX-License-Identifier: MIT */
/* test_history.c: revisions, files and trails, in repositories that git itself makes. Skipped where git is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "edge/history.h"

/* A new folder with a repository "r", which each test is in; commands run with tests/cli/repository.inc. */
struct room {
    char path[64];
    char root[4096]; /* of the source tree */
    struct arena arena;
    struct diags diags;
    struct history *history;
};

static void sh(struct room *room, const char *script) {
    static char command[20000];
    snprintf(command, sizeof(command),
             "T=%s; . %s/tests/cli/repository.inc; repository_begin; set -e; cd %s\n%s", room->path,
             room->root, room->path, script);
    if (system(command) != 0)
        fail_msg("%s", script);
}

static int enter(void **state) {
    struct room *room = calloc(1, sizeof(*room));
    assert_non_null(getcwd(room->root, sizeof(room->root)));
    strcpy(room->path, "/tmp/signpost-history-XXXXXX");
    assert_non_null(mkdtemp(room->path));
    room->diags.arena = &room->arena;
    sh(room, "repository_init r");
    assert_int_equal(chdir(room->path), 0);
    *state = room;
    return 0;
}

static int leave(void **state) {
    struct room *room = *state;
    char command[200];
    history_close(room->history);
    arena_release(&room->arena);
    assert_int_equal(chdir(room->root), 0);
    snprintf(command, sizeof(command), "chmod -R u+rwx %s && rm -rf %s", room->path, room->path);
    assert_int_equal(system(command), 0);
    free(room);
    return 0;
}

static struct history *history_of(struct room *room, const char *portal) {
    room->history = history_open(portal, &room->arena, &room->diags);
    for (size_t i = 0; i < room->diags.count; i++)
        print_message("%.*s\n", STR_ARG(room->diags.items[i].text));
    assert_non_null(room->history);
    return room->history;
}

static struct revision revision_of(struct room *room, const char *name) {
    struct revision revision;
    if (!history_revision(room->history, str_from(name), &revision, &room->diags))
        fail_msg("%.*s", STR_ARG(room->diags.items[room->diags.count - 1].text));
    return revision;
}

static const struct files *files_of(struct room *room, const char *name) {
    struct revision revision = revision_of(room, name);
    const struct files *files = history_files(room->history, &revision, &room->arena, &room->diags);
    if (!files)
        fail_msg("%.*s", STR_ARG(room->diags.items[room->diags.count - 1].text));
    return files;
}

static void assert_str(struct str s, const char *expected) {
    char text[2000];
    snprintf(text, sizeof(text), STR_FMT, STR_ARG(s));
    assert_string_equal(text, expected);
}

/* "path=bytes|path=bytes" */
static void assert_files(const struct files *files, const char *expected) {
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    for (size_t i = 0; i < files->count; i++) {
        const struct kept_file *f = &files->items[i];
        static const char *const signs[] = {"=", "/", "->", "?"};
        buf_printf(&out, "%s" STR_FMT "%s" STR_FMT, i ? "|" : "", STR_ARG(f->path), signs[f->kind],
                   STR_ARG(f->bytes));
    }
    assert_str(buf_str(&out), expected);
    arena_release(&arena);
}

static void assert_said(const struct room *room, enum diag_id id, const char *text) {
    assert_int_equal(room->diags.count, 1);
    assert_int_equal(room->diags.items[0].id, id);
    assert_str(room->diags.items[0].text, text);
}

static void assert_refused(struct room *room, const char *name, enum diag_id id, const char *text,
                           const char *hint) {
    struct revision revision;
    room->diags = (struct diags){.arena = &room->arena};
    assert_false(history_revision(room->history, str_from(name), &revision, &room->diags));
    assert_said(room, id, text);
    assert_str(room->diags.items[0].hint, hint);
}

/* ---- opening */

static void a_portal_in_no_repository_has_none_and_nothing_is_said(void **state) {
    struct room *room = *state;
    sh(room, "mkdir elsewhere");
    assert_null(history_open("elsewhere", &room->arena, &room->diags));
    assert_int_equal(room->diags.count, 0);
    history_absent(&room->diags);
    assert_said(room, DIAG_GIT_NONE, "the portal lies in no git repository");
}

static void a_portal_may_lie_below_the_root_of_its_repository(void **state) {
    struct room *room = *state;
    sh(room, "mkdir -p r/a/portal/content r/content; echo x > r/content/not-ours.md\n"
             "printf y > r/a/portal/content/ours.md; repository_commit r 2026-05-01 Begin");
    history_of(room, "r/a/portal");
    assert_files(files_of(room, "HEAD"), "content/ours.md=y");
    assert_files(history_staged(room->history, &room->arena, &room->diags), "content/ours.md=y");
}

static void a_revision_from_before_the_portal_has_no_files(void **state) {
    struct room *room = *state;
    sh(room, "echo x > r/x; repository_commit r 2026-05-01 Before; git -C r tag before\n"
             "mkdir r/sub; echo y > r/sub/portal.yaml; repository_commit r 2026-05-02 Portal");
    history_of(room, "r/sub");
    struct revision before = revision_of(room, "before");
    assert_null(history_files(room->history, &before, &room->arena, &room->diags));
    assert_said(room, DIAG_GIT_NO_PORTAL, "revision \"before\" has no folder \"sub/\"");
}

static void a_worktree_has_the_history_of_its_repository_and_an_index_of_its_own(void **state) {
    struct room *room = *state;
    sh(room, "printf one > r/portal.yaml; repository_commit r 2026-05-01 Begin\n"
             "git -C r worktree add -q ../w -b side 2> /dev/null; printf two > w/portal.yaml; git -C w add "
             "portal.yaml");
    history_of(room, "w");
    assert_true(history_has_tree(room->history));
    assert_files(files_of(room, "side"), "portal.yaml=one");
    assert_files(history_staged(room->history, &room->arena, &room->diags), "portal.yaml=two");
    history_close(room->history);
    history_of(room, "r");
    assert_files(history_staged(room->history, &room->arena, &room->diags), "portal.yaml=one");
}

static void a_bare_repository_has_revisions_and_no_working_tree(void **state) {
    struct room *room = *state;
    sh(room,
       "printf one > r/portal.yaml; repository_commit r 2026-05-01 Begin; git clone -q --bare r bare.git");
    history_of(room, "bare.git");
    assert_false(history_has_tree(room->history));
    assert_files(files_of(room, "main"), "portal.yaml=one");
}

static void a_repository_by_sha_256_is_named_as_such(void **state) {
    struct room *room = *state;
    sh(room, "repository_init s --object-format=sha256; echo x > s/x; repository_commit s 2026-05-01 Begin");
    assert_null(history_open("s", &room->arena, &room->diags));
    assert_said(room, DIAG_GIT_HASH,
                "the repository names its objects by sha256, which cannot be read; only SHA-1 can");
}

static void assert_owner_refused(struct room *room, const char *portal, const char *folder) {
    char text[200];
    room->diags = (struct diags){.arena = &room->arena};
    assert_null(history_open(portal, &room->arena, &room->diags));
    snprintf(text, sizeof(text), "the repository in \"%s/%s\" belongs to another user", room->path, folder);
    assert_said(room, DIAG_GIT_OWNER, text);
    char script[200];
    snprintf(script, sizeof(script), "git config --global --add safe.directory $T/%s", folder);
    sh(room, script);
    history_close(history_of(room, portal));
    room->history = NULL;
}

/* libgit2 asks the environment where the user's configuration is; the test's own stands in for it. */
static void somebody_else_s_repository_is_read_only_where_the_user_trusts_it(void **state) {
    struct room *room = *state;
    char home[100];
    const char *old = getenv("HOME");
    if (geteuid() != 0)
        skip();
    snprintf(home, sizeof(home), "%s/home", room->path);
    assert_int_equal(setenv("HOME", home, 1), 0);
    sh(room, "mkdir r/sub; repository_commit r 2026-05-01 A; git clone -q --bare r bare.git\n"
             "git -C r worktree add -q ../w 2> /dev/null; chown -R 12345 r w bare.git; rm home/.gitconfig");
    assert_owner_refused(room, "r/sub", "r");
    assert_owner_refused(room, "bare.git", "bare.git");
    assert_owner_refused(room, "w", "w");
    if (old)
        setenv("HOME", old, 1);
    else
        unsetenv("HOME");
}

static void an_extension_nobody_knows_is_not_guessed_at(void **state) {
    struct room *room = *state;
    sh(room, "git -C r config core.repositoryFormatVersion 1; git -C r config extensions.surprise true");
    assert_null(history_open("r", &room->arena, &room->diags));
    assert_int_equal(room->diags.count, 1);
    assert_int_equal(room->diags.items[0].id, DIAG_GIT_FAILED);
}

/* ---- revisions */

static void a_revision_is_found_by_every_name_it_has(void **state) {
    struct room *room = *state;
    sh(room, "repository_commit r 2026-05-01 First; repository_commit r 2026-05-02 Second\n"
             "repository_commit r 2026-05-03 Third; git -C r branch topic HEAD~1\n"
             "on_day 2026-05-04 git -C r tag -a v1 -m Tag HEAD~2; git -C r checkout -q --detach");
    history_of(room, "r");
    struct revision third = revision_of(room, "HEAD");
    assert_str(third.summary, "Third");
    assert_str(third.author, "Alex Morgan");
    assert_int_equal(third.id.len, 40);
    assert_int_equal(third.short_id.len, 10);
    assert_int_equal(third.day, date_make(2026, 5, 3));
    assert_str(revision_of(room, "main").summary, "Third");
    assert_str(revision_of(room, "topic").summary, "Second");
    assert_str(revision_of(room, "refs/heads/topic").summary, "Second");
    assert_str(revision_of(room, "v1").summary, "First");
    assert_str(revision_of(room, "main~2").summary, "First");
    assert_str(revision_of(room, "v1").name, "v1");
    char id[41];
    snprintf(id, sizeof(id), STR_FMT, STR_ARG(third.id));
    assert_str(revision_of(room, id).summary, "Third");
    id[7] = 0;
    assert_str(revision_of(room, id).summary, "Third");
}

static void a_name_that_is_none_is_refused_with_what_to_do(void **state) {
    struct room *room = *state;
    history_of(room, "r");
    assert_false(history_begun(room->history));
    assert_refused(room, "HEAD", DIAG_GIT_EMPTY,
                   "there is no revision \"HEAD\", since nothing has been committed",
                   "commit the portal first");
    sh(room, "echo x > r/x; repository_commit r 2026-05-01 First; git -C r branch charter-2027");
    assert_true(history_begun(room->history));
    assert_refused(room, "chater-2027", DIAG_GIT_REVISION, "there is no revision \"chater-2027\"",
                   "did you mean \"charter-2027\"?");
    assert_refused(
        room, "HEAD~5", DIAG_GIT_REVISION, "there is no revision \"HEAD~5\"",
        "`git branch --all` and `git tag` list the names; a branch of a remote begins with origin/");
    assert_refused(room, "HEAD:x", DIAG_GIT_NOT_COMMIT, "\"HEAD:x\" names a blob, not a commit",
                   "name a branch, a tag or a commit");
    assert_refused(
        room, "", DIAG_GIT_REVISION, "there is no revision \"\"",
        "`git branch --all` and `git tag` list the names; a branch of a remote begins with origin/");
    assert_refused(
        room, "a", DIAG_GIT_REVISION, "there is no revision \"a\"",
        "`git branch --all` and `git tag` list the names; a branch of a remote begins with origin/");
    assert_refused(
        room, "a..b", DIAG_GIT_REVISION, "there is no revision \"a..b\"",
        "`git branch --all` and `git tag` list the names; a branch of a remote begins with origin/");
}

/* Four digits are enough to be ambiguous among a few hundred objects. */
static void a_beginning_of_two_ids_is_ambiguous(void **state) {
    struct room *room = *state;
    sh(room, "for i in $(seq 1500); do echo $i; done | sed 's/.*/blob\\ndata <<E\\n&\\nE/' | git -C r "
             "fast-import --quiet\n"
             "repository_commit r 2026-05-01 First\n"
             "git -C r cat-file --batch-all-objects --batch-check='%(objectname)' | cut -c1-4 | sort | uniq "
             "-d | head -1 > id");
    char id[8] = {0};
    FILE *f = fopen("id", "r");
    assert_int_equal(fread(id, 1, 4, f), 4);
    fclose(f);
    history_of(room, "r");
    char text[100];
    snprintf(text, sizeof(text), "more than one object has an id that begins with \"%s\"", id);
    assert_refused(room, id, DIAG_GIT_AMBIGUOUS, text, "write more of it");
}

static void the_day_is_that_of_the_committer_s_own_clock(void **state) {
    struct room *room = *state;
    sh(room, "for d in 2026-05-01T00:30:00+0100 2026-05-01T23:30:00-0500; do\n"
             "GIT_AUTHOR_DATE=2001-01-01T12:00:00+0000 GIT_COMMITTER_DATE=$d git -C r commit -q "
             "--allow-empty -m x\n"
             "done; GIT_COMMITTER_DATE='@1 -0100' GIT_AUTHOR_DATE='@1 +0000' git -C r commit -q "
             "--allow-empty -m x");
    history_of(room, "r");
    assert_int_equal(revision_of(room, "HEAD").day, date_make(1969, 12, 31));
    assert_int_equal(revision_of(room, "HEAD~1").day, date_make(2026, 5, 1));
    assert_int_equal(revision_of(room, "HEAD~2").day, date_make(2026, 5, 1));
}

static void what_is_not_utf_8_in_a_commit_is_read_as_latin_1(void **state) {
    struct room *room = *state;
    sh(room, "tree=$(git -C r write-tree)\n"
             "printf 'tree %s\\nauthor Jos\\351 <j@x> 1700000000 +0000\\ncommitter Jos\\351 <j@x> 1700000000 "
             "+0000\\n\\n"
             "Caf\\351\\001\\nmore\\n' $tree > commit\n"
             "git -C r update-ref refs/heads/main $(git -C r hash-object -t commit -w ../commit)");
    history_of(room, "r");
    struct revision revision = revision_of(room, "main");
    assert_str(revision.author, "Jos\xc3\xa9");
    assert_str(revision.summary, "Caf\xc3\xa9  more");
}

static void the_base_is_where_two_lines_part(void **state) {
    struct room *room = *state;
    sh(room,
       "repository_commit r 2026-05-01 Base; git -C r checkout -q -b topic; repository_commit r 2026-05-02 "
       "Topic\n"
       "git -C r checkout -q main; repository_commit r 2026-05-03 Main; git -C r checkout -q --orphan other\n"
       "repository_commit r 2026-05-04 Other");
    history_of(room, "r");
    struct revision topic = revision_of(room, "topic"), trunk = revision_of(room, "main"),
                    other = revision_of(room, "other"), base;
    assert_true(history_base(room->history, &trunk, &topic, &base, &room->diags));
    assert_str(base.summary, "Base");
    assert_false(history_base(room->history, &trunk, &other, &base, &room->diags));
    assert_said(room, DIAG_GIT_NO_BASE, "\"main\" and \"other\" have no commit in common");
}

/* ---- files */

static void only_what_a_portal_reads_is_kept_in_the_order_of_bytes(void **state) {
    struct room *room = *state;
    sh(room, "cd r; mkdir -p content/a schools officers templates tests/policy tests/cli src\n"
             "for f in portal.yaml portal.yaml.bak content/a/z.md content/a.md content/a-b.md schools/x.yaml "
             "officers/x.yaml\n"
             "do printf 1 > $f; done; printf 1 > templates/t; printf 1 > tests/policy/t.yaml\n"
             "printf 2 > tests/cli/x; printf 2 > src/x; printf 2 > README.md; cd ..; repository_commit r "
             "2026-05-01 All");
    history_of(room, "r");
    const char *all = "content/a-b.md=1|content/a.md=1|content/a/z.md=1|officers/x.yaml=1|portal.yaml=1|"
                      "schools/x.yaml=1|templates/t=1|tests/policy/t.yaml=1";
    assert_files(files_of(room, "HEAD"), all);
    assert_files(history_staged(room->history, &room->arena, &room->diags), all);
}

static void links_are_kept_with_all_that_they_may_lead_to(void **state) {
    struct room *room = *state;
    sh(room, "mkdir r/content r/shared; printf z > r/shared/z.md; ln -s ../shared/z.md r/content/z.md\n"
             "repository_commit r 2026-05-01 Link");
    history_of(room, "r");
    const struct files *files = files_of(room, "HEAD");
    assert_files(files, "content/z.md->../shared/z.md|shared/z.md=z");
    assert_files(history_staged(room->history, &room->arena, &room->diags),
                 "content/z.md->../shared/z.md|shared/z.md=z");
    struct folder folder;
    struct str bytes;
    folder_keep(&folder, files);
    assert_true(file_read(&room->arena, &folder, "content/z.md", 10, &bytes));
    assert_str(bytes, "z");
}

static void a_submodule_is_named_and_not_entered(void **state) {
    struct room *room = *state;
    sh(room, "repository_init sub; mkdir sub/content; printf s > sub/content/s.md; repository_commit sub "
             "2026-05-01 Sub\n"
             "mkdir r/content; printf x > r/content/x.md; git -C r submodule --quiet add ../sub content/sub "
             "> /dev/null\n"
             "repository_commit r 2026-05-01 Begin");
    history_of(room, "r");
    assert_files(files_of(room, "HEAD"), "content/sub?|content/x.md=x");
    assert_files(history_staged(room->history, &room->arena, &room->diags), "content/sub?|content/x.md=x");
    history_close(room->history);
    history_of(room, "r/content/sub"); /* is a portal of its own */
    assert_files(files_of(room, "HEAD"), "content/s.md=s");
}

static void names_and_line_ends_come_as_they_were_committed(void **state) {
    struct room *room = *state;
    sh(room, "git -C r config core.autocrlf false; mkdir r/content; printf 'a\\r\\nb' > r/content/$(printf "
             "'\\303\\251t\\303\\251').md\n"
             "repository_commit r 2026-05-01 Summer");
    history_of(room, "r");
    assert_files(files_of(room, "HEAD"), "content/\xc3\xa9t\xc3\xa9.md=a\r\nb");
}

static void bytes_that_two_revisions_share_are_read_once(void **state) {
    struct room *room = *state;
    sh(room, "printf one > r/portal.yaml; mkdir r/content; printf same > r/content/x.md; repository_commit r "
             "2026-05-01 A\n"
             "printf two > r/portal.yaml; repository_commit r 2026-05-02 B");
    history_of(room, "r");
    const struct files *a = files_of(room, "HEAD~1"), *b = files_of(room, "HEAD");
    assert_ptr_equal(a->items[0].bytes.at, b->items[0].bytes.at);
    assert_true(str_eq(a->items[0].id, b->items[0].id));
    assert_false(str_eq(a->items[1].id, b->items[1].id));
}

static void what_is_staged_is_what_would_be_committed(void **state) {
    struct room *room = *state;
    sh(room,
       "printf one > r/portal.yaml; mkdir r/content; printf g > r/content/gone.md; repository_commit r "
       "2026-05-01 A\n"
       "printf two > r/portal.yaml; git -C r add portal.yaml; printf three > r/portal.yaml\n"
       "printf n > r/content/named.md; git -C r add -N content/named.md; printf u > r/content/untracked.md\n"
       "git -C r rm -q content/gone.md; printf n > r/content/new.md; git -C r add content/new.md");
    history_of(room, "r");
    assert_files(history_staged(room->history, &room->arena, &room->diags),
                 "content/new.md=n|portal.yaml=two");
}

static void an_index_with_conflicts_is_refused(void **state) {
    struct room *room = *state;
    sh(room, "printf a > r/portal.yaml; repository_commit r 2026-05-01 A; git -C r checkout -q -b b\n"
             "printf b > r/portal.yaml; repository_commit r 2026-05-02 B; git -C r checkout -q main\n"
             "printf c > r/portal.yaml; repository_commit r 2026-05-03 C; ! on_day 2026-05-04 git -C r merge "
             "-q b > /dev/null");
    history_of(room, "r");
    assert_null(history_staged(room->history, &room->arena, &room->diags));
    assert_said(room, DIAG_GIT_CONFLICT, "\"portal.yaml\" is not merged yet");
}

/* d/d/.../x.md in content, so that `depth` folders stand in the portal one in another. */
static void deep_files(struct room *room, int depth, struct entries *list) {
    char script[400];
    snprintf(script, sizeof(script),
             "rm -rf r/content; d=r/content; for i in $(seq 2 %d); do d=$d/d; done; mkdir -p $d; echo x > "
             "$d/x.md\n"
             "repository_commit r 2026-05-01 Deep",
             depth);
    sh(room, script);
    struct folder folder;
    folder_keep(&folder, files_of(room, "HEAD"));
    assert_true(folder_list(&room->arena, &folder, ".", list));
}

static void folders_are_entered_to_the_greatest_depth_and_no_further(void **state) {
    struct room *room = *state;
    struct entries list;
    history_of(room, "r");
    deep_files(room, FOLDER_DEPTH_MAX - 1, &list);
    assert_int_equal(list.count, FOLDER_DEPTH_MAX);
    assert_int_equal(list.items[list.count - 1].kind, ENTRY_FILE);
    deep_files(room, FOLDER_DEPTH_MAX, &list);
    assert_int_equal(list.count, FOLDER_DEPTH_MAX);
    assert_true(list.items[list.count - 1].unreadable);
    deep_files(room, 300, &list);
    assert_int_equal(list.count, FOLDER_DEPTH_MAX);
    assert_true(list.items[list.count - 1].unreadable);
}

/* git itself writes no such tree, but whoever sends a pull request may. */
static void a_tree_that_no_folder_could_hold_is_refused(void **state) {
    struct room *room = *state;
    sh(room, "blob=$(printf x | git -C r hash-object -w --stdin)\n"
             "tree() { commit=$(git -C r -c core.protectNTFS=false commit-tree -m x $(git -C r hash-object "
             "--literally -t tree -w ../tree))\n"
             "git -C r branch $1 $commit; }\n"
             "raw=$(echo $blob | sed 's/../\\\\x&/g'); row() { printf \"100644 $1\\\\000\"; bash -c \"printf "
             "'$raw'\"; }\n"
             "{ row 'content/../../x'; } > tree; tree slash\n"
             "{ row 'portal.yaml'; row 'portal.yaml'; } > tree; tree twice\n"
             "{ row 'schools'; row 'portal.yaml'; } > tree; tree order\n"
             "{ row '..'; } > tree; tree dots");
    history_of(room, "r");
    static const char *const names[] = {"slash", "twice", "order", "dots"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        struct revision revision = revision_of(room, names[i]);
        assert_null(history_files(room->history, &revision, &room->arena, &room->diags));
        assert_int_equal(room->diags.count, i + 1);
        assert_int_equal(room->diags.items[i].id, DIAG_GIT_FAILED);
    }
}

static void what_a_partial_clone_left_out_is_said(void **state) {
    struct room *room = *state;
    sh(room, "printf one > r/portal.yaml; repository_commit r 2026-05-01 A; printf two > r/portal.yaml\n"
             "repository_commit r 2026-05-02 B; git -C r config uploadpack.allowFilter true\n"
             "git clone -q --filter=blob:none file://$T/r p");
    history_of(room, "p");
    assert_files(files_of(room, "HEAD"), "portal.yaml=two");
    struct revision old = revision_of(room, "HEAD~1");
    assert_null(history_files(room->history, &old, &room->arena, &room->diags));
    assert_said(room, DIAG_GIT_PARTIAL,
                "\"portal.yaml\" in revision \"HEAD~1\" is not in this clone, which is partial");
}

static void what_a_shallow_clone_left_out_is_said(void **state) {
    struct room *room = *state;
    sh(room, "printf one > r/portal.yaml; repository_commit r 2026-05-01 A; printf two > r/portal.yaml\n"
             "repository_commit r 2026-05-02 B; git clone -q --depth 1 file://$T/r s; git -C s worktree add "
             "-q ../w 2> /dev/null");
    const char *hint =
        "the clone is shallow: get the rest with `git fetch --unshallow`, or fetch-depth: 0 in CI";
    history_of(room, "s");
    assert_files(files_of(room, "HEAD"), "portal.yaml=two");
    assert_refused(room, "HEAD~1", DIAG_GIT_REVISION, "there is no revision \"HEAD~1\"", hint);
    history_close(room->history);
    history_of(room, "w");
    assert_refused(room, "HEAD~1", DIAG_GIT_REVISION, "there is no revision \"HEAD~1\"", hint);
}

static void a_repository_that_has_lost_an_object_is_damaged(void **state) {
    struct room *room = *state;
    sh(room, "printf one > r/portal.yaml; repository_commit r 2026-05-01 A\n"
             "id=$(git -C r rev-parse HEAD:portal.yaml); rm -f r/.git/objects/$(echo $id | cut -c1-2)/$(echo "
             "$id | cut -c3-)");
    history_of(room, "r");
    struct revision head = revision_of(room, "HEAD");
    assert_null(history_files(room->history, &head, &room->arena, &room->diags));
    assert_int_equal(room->diags.count, 1);
    assert_int_equal(room->diags.items[0].id, DIAG_GIT_FAILED);
}

/* ---- trails */

/* "Summary:path=bytes" of each version, newest first; a cut one ends in "...". */
static void assert_trail_from(struct room *room, const char *name, const char *path, const char *expected) {
    struct revision head = revision_of(room, name);
    struct str paths[] = {str_from(path)};
    struct history_trail trail;
    struct buf out = {.arena = &room->arena};
    assert_true(history_trails(room->history, &head, paths, 1, &room->arena, &trail, &room->diags));
    for (size_t i = 0; i < trail.count; i++) {
        const struct history_version *v = &trail.versions[i];
        struct str bytes;
        assert_true(history_bytes(room->history, v, &room->arena, &bytes, &room->diags));
        buf_printf(&out, "%s" STR_FMT ":" STR_FMT "=" STR_FMT, i ? "|" : "", STR_ARG(v->revision.summary),
                   STR_ARG(v->path), STR_ARG(bytes));
    }
    if (trail.cut)
        buf_lit(&out, "...");
    assert_str(buf_str(&out), expected);
}

static void assert_trail(struct room *room, const char *path, const char *expected) {
    assert_trail_from(room, "HEAD", path, expected);
}

static void a_trail_has_the_versions_that_differ_and_no_others(void **state) {
    struct room *room = *state;
    sh(room,
       "mkdir -p r/content/policy; printf 1 > r/content/policy/a.md; printf b > r/content/b.md; "
       "repository_commit r 2026-05-01 A\n"
       "printf 2 > r/content/b.md; repository_commit r 2026-05-02 B; printf 3 > r/content/policy/a.md; "
       "repository_commit r 2026-05-03 C\n"
       "chmod +x r/content/policy/a.md; repository_commit r 2026-05-04 D; repository_commit r 2026-05-05 E\n"
       "printf n > r/content/new.md; rm r/content/b.md; repository_commit r 2026-05-06 F");
    history_of(room, "r");
    assert_trail(room, "content/policy/a.md", "C:content/policy/a.md=3|A:content/policy/a.md=1");
    assert_trail(room, "content/new.md", "F:content/new.md=n");
    assert_trail(room, "content/b.md", "");
    assert_trail(room, "content/absent.md", "");
    assert_trail(room, "content", "");
    assert_trail_from(room, "HEAD~1", "content/b.md", "B:content/b.md=2|A:content/b.md=b");
    assert_int_equal(room->diags.count, 0);
}

#define TEN_LINES "1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n10\\n"

static void renames_are_followed_with_and_without_changes(void **state) {
    struct room *room = *state;
    sh(room, "mkdir -p r/content/old; printf '" TEN_LINES
             "' > r/content/old/a.md; repository_commit r 2026-05-01 A\n"
             "mkdir r/content/new; git -C r mv content/old/a.md content/new/a.md; repository_commit r "
             "2026-05-02 Moved\n"
             "printf '" TEN_LINES
             "11\\n' > r/content/new/b.md; rm r/content/new/a.md; repository_commit r 2026-05-03 Renamed\n"
             "printf 'another page' > r/content/new/a.md; repository_commit r 2026-05-04 Another");
    history_of(room, "r");
    assert_trail(room, "content/new/b.md",
                 "Renamed:content/new/b.md=1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n|"
                 "Moved:content/new/a.md=1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n|A:content/old/"
                 "a.md=1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
    assert_trail(room, "content/new/a.md", "Another:content/new/a.md=another page");
}

static void a_portal_that_moves_within_its_repository_keeps_its_history(void **state) {
    struct room *room = *state;
    sh(room, "mkdir r/content; printf 1 > r/content/a.md; repository_commit r 2026-05-01 A; mkdir r/portal\n"
             "git -C r mv content portal; repository_commit r 2026-05-02 Moved");
    history_of(room, "r/portal");
    assert_trail(room, "content/a.md", "Moved:content/a.md=1|A:content/a.md=1");
}

/* Two folders of this many files change places in one commit: far more pairs than can be compared. */
static void among_many_renames_those_that_change_nothing_are_found(void **state) {
    struct room *room = *state;
    sh(room, "mkdir -p r/content/old; for i in $(seq 150); do echo $i > r/content/old/p$i.md; done; "
             "repository_commit r 2026-05-01 A\n"
             "git -C r mv content/old content/new; echo more >> r/content/new/p2.md; repository_commit r "
             "2026-05-02 Moved");
    history_of(room, "r");
    assert_trail(room, "content/new/p1.md", "Moved:content/new/p1.md=1\n|A:content/old/p1.md=1\n");
    assert_trail(room, "content/new/p2.md", "Moved:content/new/p2.md=2\nmore\n");
}

static void what_a_merge_brought_came_with_the_merge(void **state) {
    struct room *room = *state;
    sh(room, "mkdir r/content; printf 1 > r/content/a.md; repository_commit r 2026-05-01 A; git -C r "
             "checkout -q -b topic\n"
             "printf 2 > r/content/a.md; repository_commit r 2026-05-02 Topic; git -C r checkout -q main\n"
             "printf b > r/content/b.md; repository_commit r 2026-05-03 B\n"
             "on_day 2026-05-04 git -C r merge -q --no-ff -m Merge topic");
    history_of(room, "r");
    assert_trail(room, "content/a.md", "Merge:content/a.md=2|A:content/a.md=1");
}

static void two_files_may_have_had_one_name_one_after_the_other(void **state) {
    struct room *room = *state;
    sh(room, "mkdir r/content; printf '" TEN_LINES "x' > r/content/a.md; repository_commit r 2026-05-01 A\n"
             "git -C r mv content/a.md content/b.md; repository_commit r 2026-05-02 B\n"
             "printf 'something else' > r/content/a.md; repository_commit r 2026-05-03 C\n"
             "git -C r mv content/a.md content/c.md; repository_commit r 2026-05-04 D");
    history_of(room, "r");
    struct revision head = revision_of(room, "HEAD");
    struct str paths[] = {STR("content/b.md"), STR("content/c.md"), STR("content/a.md"), STR("content/c.md")};
    struct history_trail trails[4];
    assert_true(history_trails(room->history, &head, paths, 4, &room->arena, trails, &room->diags));
    assert_int_equal(trails[0].count, 2);
    assert_str(trails[0].versions[1].path, "content/a.md");
    assert_str(trails[0].versions[1].revision.summary, "A");
    assert_int_equal(trails[1].count, 2);
    assert_str(trails[1].versions[1].path, "content/a.md");
    assert_str(trails[1].versions[1].revision.summary, "C");
    assert_int_equal(trails[2].count, 0);
    assert_int_equal(trails[3].count, 2);
}

static void a_shallow_clone_cuts_the_trails_that_are_still_open(void **state) {
    struct room *room = *state;
    sh(room, "mkdir r/content; printf 1 > r/content/a.md; printf 1 > r/content/b.md; repository_commit r "
             "2026-05-01 A\n"
             "repository_commit r 2026-05-02 B; printf 2 > r/content/a.md; printf c > r/content/c.md; "
             "repository_commit r 2026-05-03 C\n"
             "git clone -q --depth 2 file://$T/r s");
    history_of(room, "s");
    assert_trail(room, "content/c.md", "C:content/c.md=c");
    assert_int_equal(room->diags.count, 0);
    assert_trail(room, "content/a.md", "C:content/a.md=2|B:content/a.md=1...");
    assert_said(room, DIAG_GIT_CUT, "the clone is shallow, so what changed before 2 May 2026 is not known");
    assert_int_equal(room->diags.errors, 0);
    assert_trail(room, "content/b.md", "B:content/b.md=1...");
}

static void a_clone_without_old_trees_or_bytes_cuts_too(void **state) {
    struct room *room = *state;
    sh(room, "mkdir -p r/content/x; printf 1 > r/content/x/a.md; repository_commit r 2026-05-01 A\n"
             "printf 2 > r/content/x/a.md; repository_commit r 2026-05-02 B; printf 3 > r/content/x/a.md; "
             "repository_commit r 2026-05-03 C\n"
             "git -C r config uploadpack.allowFilter true; git clone -q --filter=tree:0 file://$T/r t\n"
             "git clone -q --filter=blob:none file://$T/r b");
    history_of(room, "t");
    assert_trail(room, "content/x/a.md", "C:content/x/a.md=3...");
    assert_said(room, DIAG_GIT_CUT, "the clone is partial, so what changed before 3 May 2026 is not known");
    history_close(room->history);
    room->diags = (struct diags){.arena = &room->arena};
    history_of(room, "b");
    struct revision head = revision_of(room, "HEAD");
    struct str paths[] = {STR("content/x/a.md")}, bytes;
    struct history_trail trail;
    assert_true(history_trails(room->history, &head, paths, 1, &room->arena, &trail, &room->diags));
    assert_int_equal(trail.count, 3);
    assert_int_equal(room->diags.count, 0);
    assert_true(history_bytes(room->history, &trail.versions[0], &room->arena, &bytes, &room->diags));
    assert_false(history_bytes(room->history, &trail.versions[1], &room->arena, &bytes, &room->diags));
    assert_said(room, DIAG_GIT_CUT, "the clone is partial, so what changed before 2 May 2026 is not known");
}

static void nothing_in_the_repository_is_touched(void **state) {
    struct room *room = *state;
    sh(room,
       "printf one > r/portal.yaml; repository_commit r 2026-05-01 A; printf two > r/portal.yaml\n"
       "repository_commit r 2026-05-02 B; sleep 0.01; touch r/portal.yaml; repository_state r > before");
    history_of(room, "r");
    files_of(room, "HEAD~1");
    assert_trail(room, "portal.yaml", "B:portal.yaml=two|A:portal.yaml=one");
    assert_non_null(history_staged(room->history, &room->arena, &room->diags));
    history_close(room->history);
    room->history = NULL;
    sh(room, "repository_state r > after; cmp before after");
}

#define IN_A_REPOSITORY(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_A_REPOSITORY(a_portal_in_no_repository_has_none_and_nothing_is_said),
        IN_A_REPOSITORY(a_portal_may_lie_below_the_root_of_its_repository),
        IN_A_REPOSITORY(a_revision_from_before_the_portal_has_no_files),
        IN_A_REPOSITORY(a_worktree_has_the_history_of_its_repository_and_an_index_of_its_own),
        IN_A_REPOSITORY(a_bare_repository_has_revisions_and_no_working_tree),
        IN_A_REPOSITORY(a_repository_by_sha_256_is_named_as_such),
        IN_A_REPOSITORY(somebody_else_s_repository_is_read_only_where_the_user_trusts_it),
        IN_A_REPOSITORY(an_extension_nobody_knows_is_not_guessed_at),
        IN_A_REPOSITORY(a_revision_is_found_by_every_name_it_has),
        IN_A_REPOSITORY(a_name_that_is_none_is_refused_with_what_to_do),
        IN_A_REPOSITORY(a_beginning_of_two_ids_is_ambiguous),
        IN_A_REPOSITORY(the_day_is_that_of_the_committer_s_own_clock),
        IN_A_REPOSITORY(what_is_not_utf_8_in_a_commit_is_read_as_latin_1),
        IN_A_REPOSITORY(the_base_is_where_two_lines_part),
        IN_A_REPOSITORY(only_what_a_portal_reads_is_kept_in_the_order_of_bytes),
        IN_A_REPOSITORY(links_are_kept_with_all_that_they_may_lead_to),
        IN_A_REPOSITORY(a_submodule_is_named_and_not_entered),
        IN_A_REPOSITORY(names_and_line_ends_come_as_they_were_committed),
        IN_A_REPOSITORY(bytes_that_two_revisions_share_are_read_once),
        IN_A_REPOSITORY(what_is_staged_is_what_would_be_committed),
        IN_A_REPOSITORY(an_index_with_conflicts_is_refused),
        IN_A_REPOSITORY(folders_are_entered_to_the_greatest_depth_and_no_further),
        IN_A_REPOSITORY(a_tree_that_no_folder_could_hold_is_refused),
        IN_A_REPOSITORY(what_a_partial_clone_left_out_is_said),
        IN_A_REPOSITORY(what_a_shallow_clone_left_out_is_said),
        IN_A_REPOSITORY(a_repository_that_has_lost_an_object_is_damaged),
        IN_A_REPOSITORY(a_trail_has_the_versions_that_differ_and_no_others),
        IN_A_REPOSITORY(renames_are_followed_with_and_without_changes),
        IN_A_REPOSITORY(a_portal_that_moves_within_its_repository_keeps_its_history),
        IN_A_REPOSITORY(among_many_renames_those_that_change_nothing_are_found),
        IN_A_REPOSITORY(what_a_merge_brought_came_with_the_merge),
        IN_A_REPOSITORY(two_files_may_have_had_one_name_one_after_the_other),
        IN_A_REPOSITORY(a_shallow_clone_cuts_the_trails_that_are_still_open),
        IN_A_REPOSITORY(a_clone_without_old_trees_or_bytes_cuts_too),
        IN_A_REPOSITORY(nothing_in_the_repository_is_touched),
    };
    if (system("git --version > /dev/null 2>&1") != 0) {
        print_message("skipped: git is not installed\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
