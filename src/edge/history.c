/* SPDX-License-Identifier: MIT */
/* history.c: the repository that a portal lies in, and its revisions by name. */
#include "edge/history.h"

#include <limits.h>
#include <stdlib.h>

#include "edge/history_inside.h"

#define ID_LEN 40
#define SHORT_ID_LEN 10 /* unique among a few hundred thousand objects, with room to spare */

static const struct place nowhere = {0};

struct str history_reason(struct arena *arena) {
    const git_error *error = git_error_last();
    return error && error->message ? str_copy(arena, str_from(error->message)) : STR("it gives no reason");
}

/* ---- opening ------------------------------------------------------------------------------------------- */

/* Additions to git's format that change nothing about reading objects; libgit2 refuses those that it is not told of.
 * Whatever else a repository may say it needs, it is not to be read by guesswork. */
static const char *const extensions[] = {"partialclone", "preciousobjects", "worktreeconfig"};

static void library_begin(void) {
    const char *known[sizeof(extensions) / sizeof(extensions[0])];
    memcpy(known, extensions, sizeof(extensions));
    git_libgit2_init();
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, known, sizeof(known) / sizeof(known[0]));
    /* git does not hash again what it reads from a pack either; it would double the time. */
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

/* The folder of a repository's own files, where there is one for the portal; else empty. */
static struct str discover(const char *portal, struct arena *arena) {
    git_buf found = {0};
    struct str path = {0};
    if (!git_repository_discover(&found, portal, 0, NULL))
        path = str_copy(arena, str_from(found.ptr));
    git_buf_dispose(&found);
    return path;
}

/* The name of the hash by which the repository names its objects, where it is not SHA-1; else empty. */
static struct str foreign_hash(struct str repository, struct arena *arena) {
    git_buf value = {0};
    git_config *config = NULL;
    struct str hash = {0};
    if (!git_config_open_ondisk(&config, str_z(arena, str_join(arena, repository, STR("config")))) &&
        !git_config_get_string_buf(&value, config, "extensions.objectformat"))
        hash = str_copy(arena, str_from(value.ptr));
    git_config_free(config);
    git_buf_dispose(&value);
    return str_eq(hash, STR("sha1")) ? (struct str){0} : hash;
}

static bool has_git(const char *path) {
    struct folder folder;
    struct look look;
    if (!folder_open(&folder, path))
        return false;
    bool has = file_look(&folder, ".git", &look);
    folder_close(&folder);
    return has;
}

/* As it has to be named in safe.directory: the working tree, which for a worktree or a submodule is not where the
 * repository is. */
static struct str trusted_name(const char *portal, struct str repository, struct arena *arena) {
    char path[PATH_MAX];
    for (char *end = realpath(portal, path); end && *path; *end = 0) {
        if (has_git(path))
            return str_copy(arena, str_from(path));
        end = strrchr(path, '/');
    }
    return repository.len > 1 ? str_sub(repository, 0, repository.len - 1) : repository;
}

/* libgit2 1.5 also says that there is no repository where there is somebody else's and nobody has set
 * safe.directory: what it did not find is the setting. */
static void refuse(int code, const char *portal, struct diags *diags) {
    struct arena *arena = diags->arena;
    struct str reason = history_reason(arena), repository = discover(portal, arena);
    struct str hash = repository.len ? foreign_hash(repository, arena) : (struct str){0};
    if (code == GIT_ENOTFOUND && !repository.len)
        return;
    if (code == GIT_EOWNER || code == GIT_ENOTFOUND)
        diag(diags, DIAG_GIT_OWNER, nowhere, trusted_name(portal, repository, arena));
    else if (hash.len)
        diag(diags, DIAG_GIT_HASH, nowhere, hash);
    else
        diag(diags, DIAG_GIT_FAILED, nowhere, STR("the repository"), reason);
}

/* Where the portal lies beneath the repository's root. False where it does not: inside .git, say. */
static bool find_prefix(struct history *history, const char *portal) {
    char path[PATH_MAX];
    const char *root = git_repository_workdir(history->repository);
    if (!root)
        return true;
    if (!realpath(portal, path))
        return false;
    struct str folder = str_join(history->arena, str_from(path), STR("/"));
    history->prefix = str_sub(folder, strlen(root), folder.len);
    return str_starts(folder, str_from(root)) && !str_starts(history->prefix, STR(".git/"));
}

/* By looking, not git_repository_is_shallow: that asks a worktree's own folder, where the list never is. */
static bool is_shallow(const struct history *history) {
    struct folder folder;
    struct look look;
    if (!folder_open(&folder, git_repository_commondir(history->repository)))
        return false;
    bool shallow = file_look(&folder, "shallow", &look);
    folder_close(&folder);
    return shallow;
}

struct history *history_open(const char *portal, struct arena *arena, struct diags *diags) {
    struct history *history = arena_new(arena, struct history);
    history->arena = history->blobs.arena = arena;
    library_begin();
    int code = git_repository_open_ext(&history->repository, portal, 0, NULL);
    if (!code)
        code = git_repository_odb(&history->objects, history->repository);
    if (!code && find_prefix(history, portal)) {
        history->shallow = is_shallow(history);
        return history;
    }
    if (code)
        refuse(code, portal, diags);
    history_close(history);
    return NULL;
}

void history_close(struct history *history) {
    if (!history)
        return;
    git_odb_free(history->objects);
    git_repository_free(history->repository);
    history->objects = NULL;
    history->repository = NULL;
    git_libgit2_shutdown();
}

void history_absent(struct diags *diags) {
    diag_plain(diags, DIAG_GIT_NONE, nowhere);
}

bool history_begun(const struct history *history) {
    return git_repository_head_unborn(history->repository) == 0;
}

bool history_has_tree(const struct history *history) {
    return git_repository_workdir(history->repository);
}

/* ---- what went wrong ----------------------------------------------------------------------------------- */

/* A remote from which git fetches what it left out when it is needed. We never fetch. */
static int find_promisor(const git_config_entry *entry, void *found) {
    struct str name = str_from(entry->name);
    if (str_starts(name, STR("remote.")) && str_ends(name, STR(".promisor")))
        *(bool *)found = *(bool *)found || !entry->value || strcmp(entry->value, "true") == 0;
    return 0;
}

bool history_partial(const struct history *history) {
    git_config *config;
    bool found = false;
    if (git_repository_config_snapshot(&config, history->repository))
        return false;
    git_config_foreach(config, find_promisor, &found); /* git_config_foreach_match leaks, in libgit2 1.5 */
    git_config_free(config);
    return found;
}

void history_failed(struct history *history, int code, struct str what, struct diags *diags) {
    if (code == GIT_ENOTFOUND && history_partial(history))
        diag(diags, DIAG_GIT_PARTIAL, nowhere, what);
    else
        diag(diags, DIAG_GIT_FAILED, nowhere, what, history_reason(diags->arena));
}

/* ---- revisions ----------------------------------------------------------------------------------------- */

/* What is not UTF-8 is read as Latin-1, which is what git wrote before; and it is all one line. */
static struct str one_line(struct arena *arena, const char *text) {
    struct str s = str_from(text);
    bool latin = str_utf8_bad(s) < s.len;
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c < ' ' || c == 0x7f) {
            buf_byte(&out, ' ');
        } else if (c < 0x80 || !latin) {
            buf_byte(&out, (char)c);
        } else {
            buf_byte(&out, (char)(0xc0 | c >> 6));
            buf_byte(&out, (char)(0x80 | (c & 0x3f)));
        }
    }
    return str_trim(buf_str(&out));
}

/* The day that a calendar on the committer's wall showed. */
static date day_of(git_time_t seconds, int minutes) {
    int64_t local = seconds + (int64_t)minutes * 60, day = local / 86400 - (local % 86400 < 0);
    return day < date_make(1, 1, 1)        ? date_make(1, 1, 1)
           : day > date_make(9999, 12, 31) ? date_make(9999, 12, 31)
                                           : (date)day;
}

void history_describe(struct history *history, git_commit *commit, struct revision *out) {
    char id[ID_LEN + 1];
    const git_signature *author = git_commit_author(commit);
    git_oid_tostr(id, sizeof(id), git_commit_id(commit));
    out->id = str_copy(history->arena, str_from(id));
    out->short_id = str_sub(out->id, 0, SHORT_ID_LEN);
    out->author = one_line(history->arena, author ? author->name : NULL);
    out->summary = one_line(history->arena, git_commit_summary(commit));
    out->day = day_of(git_commit_time(commit), git_commit_time_offset(commit));
}

int history_commit(const struct history *history, const struct revision *revision, git_commit **out) {
    git_oid id;
    *out = NULL;
    int code = git_oid_fromstrn(&id, revision->id.at, revision->id.len);
    return code ? code : git_commit_lookup(out, history->repository, &id);
}

int history_tree(const struct history *history, git_commit *commit, git_tree **out) {
    git_tree *root;
    git_tree_entry *entry = NULL;
    int code = git_commit_tree(&root, commit);
    *out = root;
    if (code || !history->prefix.len)
        return code;
    *out = NULL;
    const char *path = str_z(history->arena, str_sub(history->prefix, 0, history->prefix.len - 1));
    code = git_tree_entry_bypath(&entry, root, path);
    if (!code && git_tree_entry_type(entry) != GIT_OBJECT_TREE)
        code = GIT_ENOTFOUND;
    if (!code)
        code = git_tree_lookup(out, history->repository, git_tree_entry_id(entry));
    git_tree_entry_free(entry);
    git_tree_free(root);
    return code;
}

/* The branch or tag that a misspelt name may have meant. */
static struct str nearest_name(const struct history *history, struct str name, struct arena *arena) {
    git_strarray all = {0};
    struct str nearest = {0};
    if (git_reference_list(&all, history->repository))
        return nearest;
    struct str *names = arena_array(arena, struct str, all.count);
    for (size_t i = 0; i < all.count; i++) {
        static const char *const folders[] = {"refs/heads/", "refs/tags/", "refs/remotes/"};
        names[i] = str_from(all.strings[i]);
        for (size_t j = 0; j < sizeof(folders) / sizeof(folders[0]); j++)
            if (str_starts(names[i], str_from(folders[j])))
                names[i] = str_sub(names[i], strlen(folders[j]), names[i].len);
    }
    nearest = str_copy(arena, str_nearest(name, names, all.count));
    git_strarray_dispose(&all);
    return nearest;
}

/* Whether there is a branch or a tag of that name: then it is the commit that is missing. */
static bool is_named(const struct history *history, const char *name) {
    git_reference *reference = NULL;
    bool named = git_reference_dwim(&reference, history->repository, name) == 0;
    git_reference_free(reference);
    return named;
}

static void say_unknown(struct history *history, int code, struct str name, struct diags *diags) {
    struct arena *arena = diags->arena;
    struct str reason = history_reason(arena), nearest = nearest_name(history, name, arena);
    if (code == GIT_EAMBIGUOUS && name.len >= GIT_OID_MINPREFIXLEN) /* what is shorter is no beginning */
        diag(diags, DIAG_GIT_AMBIGUOUS, nowhere, name);
    else if (!history_begun(history))
        diag(diags, DIAG_GIT_EMPTY, nowhere, name);
    else if (name.len && is_named(history, str_z(arena, name)))
        diag(diags, DIAG_GIT_FAILED, nowhere, str_join(arena, STR("revision \""), name, STR("\"")), reason);
    else if (nearest.len)
        diag(diags, DIAG_GIT_REVISION, nowhere, name,
             str_join(arena, STR("did you mean \""), nearest, STR("\"?")));
    else if (history->shallow)
        diag(diags, DIAG_GIT_REVISION, nowhere, name,
             STR("the clone is shallow: get the rest with `git fetch --unshallow`, or fetch-depth: 0 in CI"));
    else
        diag(
            diags, DIAG_GIT_REVISION, nowhere, name,
            STR("`git branch --all` and `git tag` list the names; a branch of a remote begins with origin/"));
}

bool history_revision(struct history *history, struct str name, struct revision *out, struct diags *diags) {
    git_object *named = NULL, *commit = NULL;
    *out = (struct revision){.name = name};
    int code = git_revparse_single(&named, history->repository, str_z(diags->arena, name));
    if (code) {
        say_unknown(history, code, name, diags);
        return false;
    }
    code = git_object_peel(&commit, named, GIT_OBJECT_COMMIT);
    if (code)
        diag(diags, DIAG_GIT_NOT_COMMIT, nowhere, name,
             str_from(git_object_type2string(git_object_type(named))));
    else
        history_describe(history, (git_commit *)commit, out);
    git_object_free(commit);
    git_object_free(named);
    return !code;
}

bool history_base(struct history *history, const struct revision *a, const struct revision *b,
                  struct revision *out, struct diags *diags) {
    git_oid left, right, base;
    git_commit *commit = NULL;
    *out = (struct revision){0};
    int code = git_oid_fromstrn(&left, a->id.at, a->id.len);
    if (!code)
        code = git_oid_fromstrn(&right, b->id.at, b->id.len);
    if (!code)
        code = git_merge_base(&base, history->repository, &left, &right);
    if (!code)
        code = git_commit_lookup(&commit, history->repository, &base);
    if (!code)
        history_describe(history, commit, out);
    else if (code == GIT_ENOTFOUND)
        diag(diags, DIAG_GIT_NO_BASE, nowhere, a->name, b->name,
             history->shallow ? STR("the clone is shallow: get the rest with `git fetch --unshallow`, or "
                                    "fetch-depth: 0 in CI")
                              : STR("compare the two as they are: BASE..HEAD"));
    else
        history_failed(history, code, STR("a commit"), diags);
    git_commit_free(commit);
    return !code;
}
