/* SPDX-License-Identifier: MIT */
/* history_files.c: the portal's files in a revision, and in the index. */
#include "edge/history_inside.h"

#include <stdlib.h>

/* ---- blobs --------------------------------------------------------------------------------------------- */

int history_blob(struct history *history, const git_oid *id, const struct blob **out) {
    struct str key = {(const char *)id->id, sizeof(id->id)};
    const struct blob *known = map_get(&history->blobs, key);
    git_odb_object *object = NULL;
    git_object_t type;
    size_t size;
    *out = known;
    if (known)
        return 0;
    int code = git_odb_read_header(&size, &type, history->objects, id);
    bool too_large = size > HISTORY_BLOB_MAX;
    if (!code && !too_large)
        code = git_odb_read(&object, history->objects, id);
    if (code)
        return code;
    struct blob *blob = arena_new(history->arena, struct blob);
    blob->id = str_copy(history->arena, key);
    blob->too_large = too_large;
    if (object)
        blob->bytes =
            str_copy(history->arena, (struct str){git_odb_object_data(object), git_odb_object_size(object)});
    git_odb_object_free(object);
    map_add(&history->blobs, blob->id, blob, NULL);
    *out = blob;
    return 0;
}

/* ---- collecting ---------------------------------------------------------------------------------------- */

/* What a portal reads, in its folder. */
static const char *const read_by_portal[] = {"content", "officers",  "portal.yaml",
                                             "schools", "templates", "tests/policy"};

struct collection {
    struct history *history;
    struct arena *arena;
    struct diags *diags;
    struct str name; /* of the revision, for messages */
    struct kept_file *items;
    size_t count, room;
    bool linked; /* a link was found */
    bool all;    /* keep everything beneath the portal's folder, where a link may lead */
};

static bool is_within(struct str path, struct str folder) {
    return str_starts(path, folder) && (path.len == folder.len || path.at[folder.len] == '/');
}

/* Whether a file at the path is kept; and of a folder, whether something in it may be. */
static bool is_wanted(const struct collection *c, struct str path, bool folder) {
    if (c->all)
        return true;
    for (size_t i = 0; i < sizeof(read_by_portal) / sizeof(read_by_portal[0]); i++) {
        struct str root = str_from(read_by_portal[i]);
        if (is_within(path, root) || (folder && is_within(root, path)))
            return true;
    }
    return false;
}

static void damaged(struct collection *c, struct str path) {
    diag(c->diags, DIAG_GIT_FAILED, (struct place){0}, c->name,
         str_join(c->diags->arena, STR("it holds \""), path, STR("\", which no folder could")));
}

/* Says why a file's bytes are not to be had. */
static void missing(struct collection *c, int code, struct str path) {
    struct str what = str_join(c->diags->arena, STR("\""), path, STR("\" in "), c->name);
    history_failed(c->history, code, what, c->diags);
}

/* Paths come in the order of their bytes: that is how git sorts both a tree and the index. A path out of order was
 * written by something else than git, and may be there twice. */
static bool in_order(const struct collection *c, struct str path) {
    return !c->count || str_cmp(c->items[c->count - 1].path, path) < 0;
}

static struct kept_file *add(struct collection *c, struct str path, enum entry_kind kind) {
    if (c->count == c->room) {
        size_t old = c->room * sizeof(*c->items);
        c->room = c->room ? c->room * 2 : 1024;
        c->items =
            arena_grow(c->arena, c->items, old, c->room * sizeof(*c->items), alignof(struct kept_file));
    }
    c->items[c->count] = (struct kept_file){.path = path, .kind = kind};
    return &c->items[c->count++];
}

/* `path` is in the arena. A submodule is named and not entered: it is another repository. */
static bool keep(struct collection *c, struct str path, unsigned mode, const git_oid *id) {
    const struct blob *blob = NULL;
    enum entry_kind kind = mode == GIT_FILEMODE_LINK     ? ENTRY_LINK
                           : mode == GIT_FILEMODE_COMMIT ? ENTRY_OTHER
                                                         : ENTRY_FILE;
    int code = kind == ENTRY_OTHER ? 0 : history_blob(c->history, id, &blob);
    if (code || !in_order(c, path)) {
        if (code)
            missing(c, code, path);
        else
            damaged(c, path);
        return false;
    }
    struct kept_file *file = add(c, path, kind);
    c->linked = c->linked || kind == ENTRY_LINK;
    if (blob) {
        file->bytes = blob->bytes;
        file->id = blob->id;
        file->too_large = blob->too_large;
    }
    return true;
}

static const struct files *collected(const struct collection *c) {
    struct files *files = arena_new(c->arena, struct files);
    *files = (struct files){c->items, c->count};
    return files;
}

/* ---- a revision ---------------------------------------------------------------------------------------- */

static bool is_name(struct str name) {
    return name.len && str_find(name, '/', 0) == name.len && !str_eq(name, STR(".")) &&
           !str_eq(name, STR(".."));
}

static bool read_tree(struct collection *c, const git_oid *id, struct str folder, int depth);

static bool read_entry(struct collection *c, const git_tree_entry *entry, struct str folder, int depth) {
    struct str name = str_from(git_tree_entry_name(entry));
    unsigned mode = git_tree_entry_filemode(entry);
    bool tree = mode == GIT_FILEMODE_TREE;
    struct str path = str_join(c->arena, folder, name);
    if (!is_name(name)) {
        damaged(c, path);
        return false;
    }
    if (!is_wanted(c, path, tree))
        return true;
    if (!tree)
        return keep(c, path, mode, git_tree_entry_id(entry));
    return read_tree(c, git_tree_entry_id(entry), str_join(c->arena, path, STR("/")), depth + 1);
}

/* Deeper than folders are listed, there is one name, so that the listing can say that there is more. */
static bool read_tree(struct collection *c, const git_oid *id, struct str folder, int depth) {
    git_tree *tree;
    if (depth > FOLDER_DEPTH_MAX) {
        add(c, str_join(c->arena, folder, STR("deeper")), ENTRY_OTHER);
        return true;
    }
    int code = git_tree_lookup(&tree, c->history->repository, id);
    if (code) {
        missing(c, code, folder.len ? str_sub(folder, 0, folder.len - 1) : STR("."));
        return false;
    }
    bool ok = true;
    for (size_t i = 0; ok && i < git_tree_entrycount(tree); i++)
        ok = read_entry(c, git_tree_entry_byindex(tree, i), folder, depth);
    git_tree_free(tree);
    return ok;
}

static struct str spoken_name(const struct revision *revision) {
    return revision->name.len ? revision->name : revision->short_id;
}

const struct files *history_files(struct history *history, const struct revision *revision,
                                  struct arena *arena, struct diags *diags) {
    struct collection c = {.history = history,
                           .arena = arena,
                           .diags = diags,
                           .name = str_join(arena, STR("revision \""), spoken_name(revision), STR("\""))};
    git_commit *commit;
    git_tree *tree = NULL;
    int code = history_commit(history, revision, &commit);
    if (!code)
        code = history_tree(history, commit, &tree);
    bool ok = !code && read_tree(&c, git_tree_id(tree), (struct str){0}, 1);
    if (ok && c.linked) {
        c.all = true;
        c.count = 0;
        ok = read_tree(&c, git_tree_id(tree), (struct str){0}, 1);
    }
    if (code == GIT_ENOTFOUND && commit && !history_partial(history))
        diag(diags, DIAG_GIT_NO_PORTAL, (struct place){0}, spoken_name(revision), history->prefix);
    else if (code)
        history_failed(history, code, c.name, diags);
    git_tree_free(tree);
    git_commit_free(commit);
    return ok ? collected(&c) : NULL;
}

/* ---- the index ----------------------------------------------------------------------------------------- */

/* A path that is not merged yet stands there up to three times. `git add --intent-to-add` stages a name without its
 * bytes; git takes it for absent, and so do we. */
static bool read_staged(struct collection *c, const git_index_entry *entry) {
    struct str prefix = c->history->prefix, path = str_from(entry->path);
    if (!str_starts(path, prefix) || entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD)
        return true;
    path = str_copy(c->arena, str_sub(path, prefix.len, path.len));
    if (!is_wanted(c, path, false))
        return true;
    if (git_index_entry_is_conflict(entry)) {
        diag(c->diags, DIAG_GIT_CONFLICT, (struct place){0}, path);
        return false;
    }
    return keep(c, path, entry->mode, &entry->id);
}

static bool read_index(struct collection *c, git_index *index) {
    bool ok = true;
    c->count = 0;
    for (size_t i = 0; ok && i < git_index_entrycount(index); i++)
        ok = read_staged(c, git_index_get_byindex(index, i));
    return ok;
}

const struct files *history_staged(struct history *history, struct arena *arena, struct diags *diags) {
    struct collection c = {.history = history, .arena = arena, .diags = diags, .name = STR("the index")};
    git_index *index = NULL;
    int code = git_repository_index(&index, history->repository);
    bool ok = !code && read_index(&c, index);
    if (ok && c.linked) {
        c.all = true;
        ok = read_index(&c, index);
    }
    if (code)
        history_failed(history, code, c.name, diags);
    git_index_free(index);
    return ok ? collected(&c) : NULL;
}
