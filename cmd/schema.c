/* SPDX-License-Identifier: MIT */
/* schema.c: `signpost schema KIND`, JSON Schema for editors, from the table that validates. */
#include "command.h"
#include "kinds.h"
#include "portal/schema_out.h"

static enum exit_code run(const struct invocation *invocation) {
    const struct schema *schema = kind_schema(invocation->operands[0]);
    if (!schema)
        return EXIT_USAGE;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    schema_write_json(&out, schema);
    bool printed = print_out(buf_str(&out));
    arena_release(&arena);
    return printed ? EXIT_FINE : EXIT_MACHINE;
}

const struct command command_schema = {
    .name = "schema",
    .operands = "KIND",
    .operands_min = 1,
    .operands_max = 1,
    .summary = "Print JSON Schema for a kind of record, for editors that check as you type",
    .help = "KIND is portal, school, page, policy, cluster, partnership, offer, role, person or body.",
    .options = 0,
    .run = run,
};
