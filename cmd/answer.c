/* SPDX-License-Identifier: MIT */
/* answer.c: what commands share that answer about a portal: it is loaded, bound and let go in one place. */
#include "command.h"

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
    site_load(&site, &arena, &options, &diags);
    if (diags.errors) {
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
