/* SPDX-License-Identifier: MIT */
/* theme.c: the portal's templates over the program's own. */
#include "publish/theme.h"

#include <errno.h>

#include "publish/brand.h"
#include "text/source.h"

/* Assets may be larger than texts: a logo, a font. */
#define ASSET_SIZE_MAX ((size_t)8 * 1024 * 1024)
#define ASSET_SIZE_WORDS "8 MiB"

static const char folder[] = "templates";

static void put_asset(struct theme *theme, struct str address, struct str bytes) {
    struct str *kept = arena_new(theme->arena, struct str);
    *kept = bytes;
    map_add(&theme->assets, address, kept, NULL); /* the first, the portal's, stays */
}

static void put_template(struct theme *theme, struct str path, const struct source *source) {
    bool added;
    struct str name = str_sub(path, 0, path.len - STR(".mustache").len);
    union {
        const struct source *source;
        void *value;
    } u = {.source = source};
    map_add(&theme->sources, name, u.value, &added);
}

static void load_file(struct theme *theme, struct str path) {
    struct arena *arena = theme->site->arena; /* messages outlive the theme, and point into its files */
    struct str inside = str_sub(path, sizeof(folder), path.len); /* after "templates/" */
    bool template = str_ends(inside, STR(".mustache")), asset = str_starts(inside, STR("assets/"));
    size_t limit = template ? SOURCE_SIZE_MAX : ASSET_SIZE_MAX;
    struct str bytes;
    if (!template && !asset) {
        struct source *named = arena_new(arena, struct source);
        named->path = path;
        diag(theme->diags, DIAG_FILE_UNEXPECTED, place_file(named), path,
             STR("templates/ holds .mustache files, and other files in templates/assets"));
    } else if (!file_read(arena, &theme->site->folder, str_z(arena, path), limit, &bytes)) {
        source_refused(arena, path, errno, template ? SOURCE_SIZE_WORDS : ASSET_SIZE_WORDS, theme->diags);
    } else if (template) {
        const struct source *source = source_new(arena, path, bytes, theme->diags);
        if (source)
            put_template(theme, inside, source);
    } else {
        put_asset(theme, inside, bytes);
    }
}

static void load_own(struct theme *theme) {
    struct entries entries;
    struct arena *arena = theme->site->arena;
    if (!folder_list(arena, &theme->site->folder, folder, &entries))
        source_refused(arena, str_from(folder), errno, SOURCE_SIZE_WORDS, theme->diags);
    for (size_t i = 0; i < entries.count; i++) {
        const struct entry *e = &entries.items[i];
        if (e->unreadable)
            source_refused(arena, e->path, e->error, SOURCE_SIZE_WORDS, theme->diags);
        else if (e->kind != ENTRY_FOLDER && !str_ends(e->path, STR(".md")))
            load_file(theme, e->path);
    }
}

static void load_default(struct theme *theme) {
    for (const struct theme_file *f = theme_files; f->path; f++) {
        struct str path = str_from(f->path);
        struct str bytes = {(const char *)f->bytes, f->size};
        if (!str_ends(path, STR(".mustache"))) {
            put_asset(theme, path, bytes);
            continue;
        }
        struct source *source = arena_new(theme->site->arena, struct source);
        *source = (struct source){str_join(theme->site->arena, STR("templates/"), path), bytes};
        put_template(theme, path, source);
    }
}

static void make_brand(struct theme *theme) {
    struct buf css = {.arena = theme->arena};
    brand_css(&css, value_words(value_at(&theme->site->portal, "brand")));
    put_asset(theme, STR("assets/brand.css"), buf_str(&css));
}

void theme_load(struct theme *theme, struct arena *arena, const struct site *site, struct diags *diags) {
    *theme = (struct theme){.arena = arena, .site = site, .diags = diags};
    theme->sources.arena = theme->assets.arena = arena;
    load_own(theme);
    load_default(theme);
    make_brand(theme);
    theme->names = arena_array(arena, struct str, theme->sources.count);
    for (; theme->name_count < theme->sources.count; theme->name_count++)
        theme->names[theme->name_count] = theme->sources.items[theme->name_count].key;
}

static const struct source *find(void *context, struct str name) {
    return map_get(&((struct theme *)context)->sources, name);
}

static size_t names(void *context, const struct str **out) {
    struct theme *theme = context;
    *out = theme->names;
    return theme->name_count;
}

struct mustache_loader theme_loader(struct theme *theme) {
    return (struct mustache_loader){.find = find, .names = names, .context = theme};
}
