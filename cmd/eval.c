/* SPDX-License-Identifier: MIT */
/* eval.c: `signpost eval`: the value of FEEL expressions. */
#include "command.h"
#include "policy/feel.h"

/* One line an expression, so that whoever asked for several knows whose is whose: in JSON, one that cannot be read has the
 * null that DMN gives it. */
static void eval_one(struct arena *arena, const char *text, date today, bool json, struct diags *diags,
                     struct buf *out) {
    struct source *source = arena_new(arena, struct source);
    *source = (struct source){STR("expression"), str_from(text)};
    size_t bad = str_utf8_bad(source->text);
    if (bad < source->text.len) {
        diag_plain(diags, DIAG_TEXT_NOT_UTF8, place_at(source, bad));
        return;
    }
    const struct feel_node *node = feel_parse(arena, source->text, place_at(source, 0), NULL, diags);
    if (!node && !json)
        return;
    const struct feel_env env = {.arena = arena, .today = today};
    struct feel_value v = node ? feel_eval(node, &env) : feel_null();
    if (node && v.type == FEEL_NULL) /* DMN's answer to a mistake; whoever asks here wants to know which */
        feel_check(node, diags);
    if (json)
        feel_print_json(out, v);
    else
        feel_print(out, v);
    buf_byte(out, '\n');
}

static enum exit_code run(const struct invocation *invocation) {
    size_t form;
    struct site_options options;
    enum audience audience;
    if (!invocation_word(invocation, OPTION_FORMAT, answer_forms, &form) ||
        !invocation_portal(invocation, &options, &audience))
        return EXIT_USAGE;
    struct arena arena = {0};
    struct diags diags = {.arena = &arena};
    struct buf out = {.arena = &arena};
    date today = options.as_of == DATE_NONE ? options.today : options.as_of;
    for (size_t i = 0; i < invocation->operand_count; i++)
        eval_one(&arena, invocation->operands[i], today, form == ANSWER_JSON, &diags, &out);
    bool printed = print_out(buf_str(&out));
    const struct invocation plain = {0}; /* JSON is the values' form: what is wrong is told to people */
    enum exit_code code = report(&plain, &diags);
    arena_release(&arena);
    return printed ? code : EXIT_MACHINE;
}

const struct command command_eval = {
    .name = "eval",
    .operands = "EXPRESSION...",
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .operands_dash = true,
    .summary = "Print the value of FEEL expressions, the language of policies",
    .help = "One line each; with --format json a JSON value, dates and durations as their ISO text.\n"
            "today() is the day of --as-of.",
    .options = OPTION(AS_OF) | OPTION(FORMAT),
    .run = run,
};
