/* SPDX-License-Identifier: MIT */
/* answer.c: what commands share that are about a portal: it is loaded, bound and let go in one place. */
#include "command.h"
#include "edge/history.h"
#include "portal/mask.h"

/* The sources are in the arena, so nothing of the repository is needed once they are read. */
static void load_revision(struct str name, struct site_options *options, struct arena *arena,
                          struct diags *diags) {
    struct revision revision;
    struct history *history = history_open(options->path, arena, diags);
    if (!history && !diags->errors)
        history_absent(diags);
    if (history && history_revision(history, name, &revision, diags)) {
        options->files = history_files(history, &revision, arena, diags);
        options->today = revision.day;
    }
    history_close(history);
}

void invocation_load(const struct invocation *invocation, struct site_options *options, struct site *site,
                     struct arena *arena, struct diags *diags) {
    const char *revision = invocation->options[OPTION_REV];
    *site = (struct site){0};
    if (revision)
        load_revision(str_from(revision), options, arena, diags);
    if (!revision || options->files)
        site_load(site, arena, options, diags);
}

void invocation_mask(const struct invocation *invocation, const struct site *site, enum audience audience,
                     struct diags *diags) {
    if (invocation->options[OPTION_AUDIENCE])
        diags_mask(site, audience, 0, diags);
}

enum exit_code invocation_answer(const struct invocation *given, const char *const *forms, answer *say) {
    struct invocation invocation = *given;
    struct site_options options;
    enum audience audience;
    size_t form;
    if (!invocation.options[OPTION_AUDIENCE])
        invocation.options[OPTION_AUDIENCE] = "officers"; /* who has to defend what is decided */
    if (!invocation_word(&invocation, OPTION_FORMAT, forms, &form) ||
        !invocation_portal(&invocation, &options, &audience))
        return EXIT_USAGE;
    invocation.options[OPTION_FORMAT] =
        answer_forms[form == ANSWER_JSON]; /* of what is wrong with the portal */
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct site site;
    enum exit_code code;
    invocation_load(&invocation, &options, &site, &arena, &diags);
    if (diags.errors) {
        invocation_mask(&invocation, &site, audience, &diags);
        code = report(&invocation, &diags);
    } else {
        site_bind(&site, audience);
        diags = (struct diags){.arena = &arena}; /* its warnings are for `check` */
        code = say(&invocation, &site, form, &arena, &diags);
    }
    site_release(&site);
    arena_release(&arena);
    return code;
}
