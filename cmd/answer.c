/* SPDX-License-Identifier: MIT */
/* answer.c: what commands share that answer about a portal: it is loaded, bound and let go in one place. */
#include "command.h"

enum exit_code invocation_answer(const struct invocation *given, answer *say) {
    struct invocation invocation = *given;
    struct site_options options;
    enum audience audience;
    bool json;
    if (!invocation.options[OPTION_AUDIENCE])
        invocation.options[OPTION_AUDIENCE] = "officers"; /* who has to defend what is decided */
    if (!invocation_json(&invocation, &json) || !invocation_portal(&invocation, &options, &audience))
        return EXIT_USAGE;
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
        code = say(&invocation, &site, json, &arena, &diags);
    }
    site_release(&site);
    arena_release(&arena);
    return code;
}
