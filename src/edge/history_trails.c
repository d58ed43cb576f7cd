/* SPDX-License-Identifier: MIT */
/*
 * history_trails.c: the versions of files, along the line of first parents.
 *
 * From each commit to its parent only the folders whose tree differs are opened, and of those only the ones on the
 * way to a file that is followed: a commit that touches none of them costs two lookups, however many files there
 * are. That is why git's own log is not asked file by file.
 */
#include "edge/history_inside.h"

/* Among more pairs of added and removed files than this, only a file that kept every byte is found again under its
 * new name; comparing all pairs would take longer than all the rest. */
#define RENAME_PAIRS_MAX ((size_t)10000)

/* A file on its way back. */
struct tracked {
    struct history_trail *trail;
    size_t room;
    struct str path; /* from the repository's root, as of the commit we stand at */
    git_oid blob;
    bool open;  /* it is there, and what is older has still to be looked for */
    bool added; /* the parent does not have it */
    struct tracked *next_added;
};

/* Who has, or had, a path: no two at once, but one after the other. */
struct claim {
    struct tracked *tracked;
    struct claim *next;
};

struct walk {
    struct history *history;
    struct arena *arena;
    struct arena scratch;
    struct tracked *tracked;
    size_t count, open;
    struct map claims;        /* path -> struct claim */
    struct map folders;       /* those on the way to a claimed path -> anything */
    bool started;             /* what is followed has been found */
    struct buf path;          /* of the folder that is compared, with a slash at the end */
    git_commit *commit;       /* the one we stand at */
    struct revision revision; /* of that commit; without an id until it is needed */
    struct tracked *added;
};

static void claim(struct walk *w, struct tracked *t, struct str path) {
    struct claim *claim = arena_new(&w->scratch, struct claim);
    t->path = str_copy(&w->scratch, path);
    struct map_item *item = map_add(&w->claims, t->path, NULL, NULL);
    *claim = (struct claim){t, item->value};
    item->value = claim;
    for (size_t i = str_find(t->path, '/', 0); i < t->path.len; i = str_find(t->path, '/', i + 1))
        map_add(&w->folders, str_sub(t->path, 0, i), w, NULL);
}

/* ---- versions ------------------------------------------------------------------------------------------ */

/* What the portal calls a path; one from before the portal moved here keeps that of the repository. */
static struct str portal_path(const struct walk *w, struct str path) {
    struct str prefix = w->history->prefix;
    return str_copy(w->arena, str_starts(path, prefix) ? str_sub(path, prefix.len, path.len) : path);
}

/* The file as it stands came with this commit. */
static void add_version(struct walk *w, struct tracked *t) {
    struct history_trail *trail = t->trail;
    if (!w->revision.id.len)
        history_describe(w->history, w->commit, &w->revision);
    if (trail->count == t->room) {
        size_t old = t->room * sizeof(*trail->versions);
        t->room = t->room ? t->room * 2 : 4;
        trail->versions = arena_grow(w->arena, trail->versions, old, t->room * sizeof(*trail->versions),
                                     alignof(struct history_version));
    }
    struct str id = {(const char *)t->blob.id, sizeof(t->blob.id)};
    trail->versions[trail->count++] =
        (struct history_version){w->revision, portal_path(w, t->path), str_copy(w->arena, id)};
}

/* Where the clone ends in the middle of a comparison, some files have had their version of this commit already. */
static bool has_version(const struct walk *w, const struct history_trail *trail) {
    return trail->count && w->revision.id.len &&
           str_eq(trail->versions[trail->count - 1].revision.id, w->revision.id);
}

static void end_trail(struct walk *w, struct tracked *t, bool cut) {
    if (!cut || !has_version(w, t->trail))
        add_version(w, t);
    t->trail->cut = cut;
    t->open = false;
    w->open--;
}

/* ---- comparing a commit with its parent ---------------------------------------------------------------- */

static const git_oid *file_id(const git_tree_entry *entry) {
    git_filemode_t mode = entry ? git_tree_entry_filemode(entry) : GIT_FILEMODE_UNREADABLE;
    bool file = mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
    return file ? git_tree_entry_id(entry) : NULL;
}

static const git_oid *folder_id(const git_tree_entry *entry) {
    return entry && git_tree_entry_type(entry) == GIT_OBJECT_TREE ? git_tree_entry_id(entry) : NULL;
}

/* The walk starts from nothing at all, so that finding the files is a comparison like any other. */
static void file_differs(struct walk *w, struct tracked *t, const git_oid *newer, const git_oid *older) {
    if (!w->started && older) {
        t->blob = *older;
        t->open = true;
        w->open++;
    } else if (newer && t->open && older) {
        add_version(w, t);
        t->blob = *older;
    } else if (newer && t->open) {
        t->next_added = w->added;
        w->added = t;
    }
}

static int compare(struct walk *w, const git_oid *newer, const git_oid *older);

static int entry_differs(struct walk *w, const git_tree_entry *newer, const git_tree_entry *older) {
    size_t len = w->path.len;
    int code = 0;
    buf_add(&w->path, str_from(git_tree_entry_name(newer ? newer : older)));
    if (folder_id(newer) || folder_id(older)) {
        if (map_get(&w->folders, buf_str(&w->path))) {
            buf_byte(&w->path, '/');
            code = compare(w, folder_id(newer), folder_id(older));
        }
    } else {
        struct str path = buf_str(&w->path);
        for (struct claim *c = map_get(&w->claims, path); c; c = c->next)
            if (str_eq(c->tracked->path, path))
                file_differs(w, c->tracked, file_id(newer), file_id(older));
    }
    w->path.len = len;
    return code;
}

/* Both sides' entries are in git's order, so one pass over the two finds all that differ. */
static int compare_trees(struct walk *w, const git_tree *newer, const git_tree *older) {
    size_t i = 0, j = 0, most_i = newer ? git_tree_entrycount(newer) : 0,
           most_j = older ? git_tree_entrycount(older) : 0;
    int code = 0;
    while (!code && (i < most_i || j < most_j)) {
        const git_tree_entry *a = i < most_i ? git_tree_entry_byindex(newer, i) : NULL;
        const git_tree_entry *b = j < most_j ? git_tree_entry_byindex(older, j) : NULL;
        int order = !a ? 1 : !b ? -1 : git_tree_entry_cmp(a, b);
        i += order <= 0;
        j += order >= 0;
        if (order || !git_oid_equal(git_tree_entry_id(a), git_tree_entry_id(b)))
            code = entry_differs(w, order <= 0 ? a : NULL, order >= 0 ? b : NULL);
    }
    return code;
}

/* Of the folder at w->path. Only folders on the way to a claimed path come here, so the depth is theirs. */
static int compare(struct walk *w, const git_oid *newer, const git_oid *older) {
    git_tree *a = NULL, *b = NULL;
    int code = newer ? git_tree_lookup(&a, w->history->repository, newer) : 0;
    if (!code && older)
        code = git_tree_lookup(&b, w->history->repository, older);
    if (!code)
        code = compare_trees(w, a, b);
    git_tree_free(a);
    git_tree_free(b);
    return code;
}

/* ---- renames ------------------------------------------------------------------------------------------- */

static void follow(struct walk *w, struct tracked *t, const git_diff_file *old) {
    add_version(w, t);
    t->blob = old->id;
    t->added = false;
    claim(w, t, str_from(old->path));
}

/* What the new name of a file was before: a file that is gone with the commit and has most of its bytes, or, where
 * there are too many to compare, all of them. */
static void find_old_name(struct walk *w, git_diff *diff, bool compared) {
    for (size_t i = 0; i < git_diff_num_deltas(diff); i++) {
        const git_diff_delta *d = git_diff_get_delta(diff, i);
        if (d->status != (compared ? GIT_DELTA_RENAMED : GIT_DELTA_DELETED))
            continue;
        for (struct tracked *t = w->added; t; t = t->next_added)
            if (t->added && (compared ? str_eq(t->path, str_from(d->new_file.path))
                                      : git_oid_equal(&t->blob, &d->old_file.id)))
                follow(w, t, &d->old_file);
    }
}

static int find_old_names(struct walk *w, git_tree *newer, git_tree *older) {
    git_diff *diff = NULL;
    git_diff_options options;
    git_diff_find_options find;
    git_diff_similarity_metric alike;
    history_alike(&alike);
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    git_diff_find_options_init(&find, GIT_DIFF_FIND_OPTIONS_VERSION);
    options.flags = GIT_DIFF_SKIP_BINARY_CHECK;
    find.flags = GIT_DIFF_FIND_RENAMES;
    find.metric = &alike;
    int code = git_diff_tree_to_tree(&diff, w->history->repository, older, newer, &options);
    if (code)
        return code;
    size_t added = git_diff_num_deltas_of_type(diff, GIT_DELTA_ADDED),
           removed = git_diff_num_deltas_of_type(diff, GIT_DELTA_DELETED);
    bool compared = removed && added <= RENAME_PAIRS_MAX / removed;
    if (compared)
        code = git_diff_find_similar(diff, &find);
    if (!code && removed)
        find_old_name(w, diff, compared);
    git_diff_free(diff);
    return code;
}

/* ---- the walk ------------------------------------------------------------------------------------------ */

/* Follows what the parent has under another name, and ends what it does not have. */
static int settle_added(struct walk *w, git_tree *newer, git_tree *older) {
    for (struct tracked *t = w->added; t; t = t->next_added)
        t->added = true;
    int code = w->added ? find_old_names(w, newer, older) : 0;
    for (struct tracked *t = w->added; !code && t; t = t->next_added)
        if (t->added)
            end_trail(w, t, false);
    w->added = NULL;
    return code;
}

static int step(struct walk *w, git_commit *parent) {
    git_tree *newer = NULL, *older = NULL;
    int code = git_commit_tree(&newer, w->commit);
    if (!code)
        code = git_commit_tree(&older, parent);
    if (!code && !git_oid_equal(git_tree_id(newer), git_tree_id(older))) {
        code = compare_trees(w, newer, older);
        code = code ? code : settle_added(w, newer, older);
    }
    git_tree_free(newer);
    git_tree_free(older);
    return code;
}

static void end_all(struct walk *w, bool cut) {
    for (size_t i = 0; i < w->count; i++)
        if (w->tracked[i].open)
            end_trail(w, &w->tracked[i], cut);
}

static int walk_back(struct walk *w) {
    int code = compare(w, NULL, git_commit_tree_id(w->commit));
    w->started = true;
    while (!code && w->open) {
        git_commit *parent;
        if (!git_commit_parentcount(w->commit)) {
            end_all(w, false);
            break;
        }
        code = git_commit_parent(&parent, w->commit, 0);
        if (code)
            break;
        code = step(w, parent);
        if (!code) {
            git_commit_free(w->commit);
            w->commit = parent;
            w->revision = (struct revision){0};
        } else {
            git_commit_free(parent);
        }
    }
    return code;
}

static void say_cut(const struct history *history, date day, struct diags *diags) {
    diag(diags, DIAG_GIT_CUT, (struct place){0}, history->shallow ? STR("shallow") : STR("partial"),
         date_long(diags->arena, day),
         history->shallow ? STR("get the rest with `git fetch --unshallow`, or fetch-depth: 0 in CI")
                          : STR("clone the repository without --filter"));
}

bool history_trails(struct history *history, const struct revision *from, const struct str *paths,
                    size_t count, struct arena *arena, struct history_trail *out, struct diags *diags) {
    struct walk w = {.history = history, .arena = arena, .count = count};
    w.claims.arena = w.folders.arena = w.path.arena = &w.scratch;
    w.tracked = arena_array(&w.scratch, struct tracked, count);
    for (size_t i = 0; i < count; i++) {
        out[i] = (struct history_trail){0};
        w.tracked[i].trail = &out[i];
        claim(&w, &w.tracked[i], str_join(&w.scratch, history->prefix, paths[i]));
    }
    int code = history_commit(history, from, &w.commit);
    if (!code)
        code = walk_back(&w);
    if (code == GIT_ENOTFOUND && w.commit && (history->shallow || history_partial(history))) {
        bool any = w.open;
        end_all(&w, true);
        if (any)
            say_cut(history, w.revision.day, diags);
        code = 0;
    }
    if (code)
        history_failed(history, code, STR("the history"), diags);
    git_commit_free(w.commit);
    arena_release(&w.scratch);
    return !code;
}

bool history_bytes(struct history *history, const struct history_version *version, struct arena *arena,
                   struct str *out, struct diags *diags) {
    git_odb_object *object = NULL;
    git_oid id;
    *out = (struct str){0};
    int code = git_oid_fromraw(&id, (const unsigned char *)version->blob.at);
    if (!code)
        code = git_odb_read(&object, history->objects, &id);
    if (!code)
        *out = str_copy(arena, (struct str){git_odb_object_data(object), git_odb_object_size(object)});
    else if (code == GIT_ENOTFOUND && history_partial(history))
        say_cut(history, version->revision.day, diags);
    else
        history_failed(history, code, version->path, diags);
    git_odb_object_free(object);
    return !code;
}
