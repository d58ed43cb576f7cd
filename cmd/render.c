/* SPDX-License-Identifier: MIT */
/* render.c: `signpost render TEMPLATE DATA`, one template on one file of data. */
#include <errno.h>
#include <string.h>

#include "command.h"
#include "text/json.h"
#include "text/mustache.h"
#include "text/source.h"
#include "text/yaml.h"

/* Templates and data come from wherever the user says; only partials are looked up beneath a folder. */
struct rendering {
    struct arena *arena;
    struct diags *diags;
    struct folder partials;
    const struct source *template; /* is the template named "" */
};

static const struct source *read_path(struct rendering *r, const char *path) {
    size_t slash = strlen(path);
    while (slash && path[slash - 1] != '/')
        slash--;
    struct str all = str_from(path);
    const char *folder_path = slash ? str_z(r->arena, str_sub(all, 0, slash)) : ".";
    struct folder folder = {0};
    struct str bytes;
    const struct source *source = NULL;
    if (folder_open(&folder, folder_path) &&
        file_read(r->arena, &folder, path + slash, SOURCE_SIZE_MAX, &bytes))
        source = source_new(r->arena, all, bytes, r->diags);
    else
        source_refused(r->arena, all, errno, SOURCE_SIZE_WORDS, r->diags);
    folder_close(&folder);
    return source;
}

static const struct source *find_template(void *context, struct str name) {
    struct rendering *r = context;
    if (!name.len)
        return r->template;
    struct str path = str_join(r->arena, name, STR(".mustache"));
    struct str bytes;
    if (!file_read(r->arena, &r->partials, str_z(r->arena, path), SOURCE_SIZE_MAX, &bytes))
        return NULL;
    return source_new(r->arena, path, bytes, r->diags);
}

/* What a dynamic name may say: every template beneath the partials' folder. */
static size_t find_names(void *context, const struct str **out) {
    struct rendering *r = context;
    struct entries entries;
    struct str suffix = STR(".mustache");
    if (!folder_list(r->arena, &r->partials, ".", &entries))
        entries.count = 0;
    struct str *names = arena_array(r->arena, struct str, entries.count);
    size_t count = 0;
    for (size_t i = 0; i < entries.count; i++)
        if (entries.items[i].kind != ENTRY_FOLDER && str_ends(entries.items[i].path, suffix))
            names[count++] = str_sub(entries.items[i].path, 0, entries.items[i].path.len - suffix.len);
    *out = names;
    return count;
}

static bool read_data(struct rendering *r, const char *path, struct value *out) {
    const struct source *source = read_path(r, path);
    if (!source)
        return false;
    if (str_ends(str_from(path), STR(".json")))
        return json_read(r->arena, source, r->diags, out);
    return yaml_read(r->arena, source, 0, source->text.len, r->diags, out);
}

static bool open_partials(struct rendering *r, const struct invocation *invocation) {
    const char *given = invocation->options[OPTION_PARTIALS];
    struct str template = str_from(invocation->operands[0]);
    size_t slash = template.len;
    while (slash && template.at[slash - 1] != '/')
        slash--;
    const char *path = given ? given : slash ? str_z(r->arena, str_sub(template, 0, slash)) : ".";
    if (folder_open(&r->partials, path))
        return true;
    source_refused(r->arena, str_from(path), errno, SOURCE_SIZE_WORDS, r->diags);
    return false;
}

static enum exit_code render(const struct invocation *invocation) {
    struct arena arena = {0}, frame = {0};
    struct diags diags = {.arena = &arena};
    struct rendering r = {.arena = &arena, .diags = &diags};
    struct mustache_set set = {.arena = &arena,
                               .loader = {find_template, find_names, &r},
                               .lenient = invocation->options[OPTION_LENIENT],
                               .diags = &diags};
    struct value data = {0};
    struct buf out = {.arena = &arena};
    bool ok = open_partials(&r, invocation);
    r.template = ok ? read_path(&r, invocation->operands[0]) : NULL;
    ok = read_data(&r, invocation->operands[1], &data) && r.template;
    const struct mustache *template = ok ? mustache_compile(&set, STR("")) : NULL;
    if (template)
        mustache_render(&set, template, &data, &frame, &out, &diags, (struct str){0});
    enum exit_code code = report(invocation, &diags);
    if (template && code == EXIT_FINE && !print_out(buf_str(&out)))
        code = EXIT_MACHINE;
    folder_close(&r.partials);
    arena_release(&frame);
    arena_release(&arena);
    return code;
}

const struct command command_render = {
    .name = "render",
    .operands = "TEMPLATE DATA",
    .operands_min = 2,
    .operands_max = 2,
    .summary = "Print one Mustache template filled with one file of YAML or JSON data",
    .help = "DATA is JSON when its name ends in .json, else YAML. Nothing is printed when there are errors.",
    .options = OPTION(DIRECTORY) | OPTION(PARTIALS) | OPTION(LENIENT) | OPTION(FORMAT),
    .run = render,
};
