/* SPDX-License-Identifier: MIT */
/* query.c: `signpost query`, a FEEL expression asked of every record. */
#include <stdio.h>

#include "command.h"
#include "policy/expression.h"
#include "portal/decided.h"
#include "text/json.h"

struct query {
    const struct site *site;
    const struct feel_node *node;
    struct policy_kind *kind;
    struct arena arena, scratch; /* of one record */
    struct buf *out;
    bool json, yes_no;
    size_t asked, answered, unknown;
};

static void print_json(struct query *q, const struct policy_record *record, struct feel_value v) {
    buf_printf(q->out, "%s\n  {\"record\": ", q->answered ? "," : "");
    json_string(q->out, record->id);
    buf_lit(q->out, ", \"name\": ");
    json_string(q->out, record->label);
    buf_printf(q->out, ", \"known\": %s, \"value\": ", v.type == FEEL_UNKNOWN ? "false" : "true");
    feel_print_json(q->out, v);
    buf_lit(q->out, "}");
}

/* Most ids are shorter. */
#define RECORD_WIDTH 32

static void print_text(struct query *q, const struct policy_record *record, struct feel_value v) {
    buf_add(q->out, record->id);
    for (size_t n = record->id.len; n < RECORD_WIDTH; n++)
        buf_byte(q->out, ' ');
    buf_lit(q->out, "  ");
    if (v.type == FEEL_UNKNOWN)
        buf_lit(q->out, "not known");
    else if (!q->yes_no)
        feel_print(q->out, v);
    else
        buf_add(q->out, record->label);
    buf_byte(q->out, '\n');
}

/* Of a condition, the records for which it is true are the answer, and those of which it is not known are said. */
static void ask(struct query *q, const struct policy_record *record) {
    struct arena_mark mark = arena_mark(&q->arena), scratch = arena_mark(&q->scratch);
    struct decided decided;
    if (decided_run(q->site, record, q->site->as_of, &q->arena, &q->scratch, &decided)) {
        struct state state;
        state_init(&state, &decided.subject, &q->scratch);
        struct feel_value v = state_eval(&state, q->node);
        bool unknown = v.type == FEEL_UNKNOWN, said = unknown || !q->yes_no || feel_is_true(v);
        q->asked++;
        q->unknown += unknown;
        if (said && q->json)
            print_json(q, record, v);
        else if (said)
            print_text(q, record, v);
        q->answered += said;
    }
    arena_rewind(&q->scratch, scratch);
    arena_rewind(&q->arena, mark);
}

static enum exit_code query(const struct invocation *invocation, struct site *site, size_t form,
                            struct arena *arena, struct diags *diags) {
    struct str kind = invocation->operand_count > 1 ? str_from(invocation->operands[1]) : STR("school");
    struct source *source = arena_new(arena, struct source);
    struct buf out = {.arena = arena};
    struct query q = {
        .site = site, .json = form == ANSWER_JSON, .kind = policy_kind(&site->policy, kind), .out = &out};
    const struct variable **reads;
    size_t count;
    *source = (struct source){STR("expression"), str_from(invocation->operands[0])};
    if (!q.kind) {
        say_error("framework.yaml has no facts of \"" STR_FMT "\"", STR_ARG(kind));
        return EXIT_USAGE;
    }
    q.node =
        expression_value(&site->policy, q.kind, source->text, place_at(source, 0), &reads, &count, diags);
    if (!q.node)
        return report(&(struct invocation){0}, diags);
    q.yes_no = q.node->type.type == FEEL_BOOL;
    struct policy_records records = records_of(site, kind, arena);
    for (size_t i = 0; i < records.count; i++)
        ask(&q, &records.items[i]);
    arena_release(&q.arena);
    arena_release(&q.scratch);
    if (q.json && q.answered)
        buf_lit(&out, "\n");
    struct str body = buf_str(&out);
    if (q.json)
        body = str_join(arena, STR("["), body, STR("]\n"));
    if (!print_out(body))
        return EXIT_MACHINE;
    if (!q.json && q.yes_no)
        printf("%zu of %zu, and %zu not known\n", q.answered - q.unknown, q.asked, q.unknown);
    return EXIT_FINE;
}

static enum exit_code run(const struct invocation *invocation) {
    return invocation_answer(invocation, answer_forms, query);
}

const struct command command_query = {
    .name = "query",
    .operands = "EXPRESSION [KIND]",
    .operands_min = 1,
    .operands_max = 2,
    .operands_dash = true,
    .summary = "Ask a FEEL expression of every record: which schools, or what value",
    .help = "The names are those of framework.yaml and of the decisions: 'ofsted.overall = \"good\" and "
            "not(leader)'.\n"
            "KIND is school unless it is given. Of a condition the records for which it is true are\n"
            "listed, and those of which it is not known. Officers' view unless --audience says otherwise.",
    .options =
        OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(AUDIENCE) | OPTION(FORMAT) | OPTION(THREADS) | OPTION(REV),
    .run = run,
};
