/* SPDX-License-Identifier: MIT */
/* explain.c: `signpost explain`, why a record has the category it has, down to a row and a line. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "portal/explain.h"
#include "text/json.h"

/* ---- text ---- */

static struct str word(const struct value *map, const char *key) {
    const struct value *v = value_get(map, str_from(key));
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

static struct str digits(const struct value *map, const char *key) {
    const struct value *v = value_get(map, str_from(key));
    return v && v->kind == VALUE_NUMBER ? value_str(v) : word(map, key);
}

static const struct value *list(const struct value *map, const char *key) {
    static const struct value none;
    const struct value *v = value_get(map, str_from(key));
    return v && v->kind == VALUE_LIST ? v : &none;
}

/* " (schools/ashdown.yaml:14)" */
static void print_place(struct buf *out, const struct value *of) {
    if (!word(of, "page").len)
        return;
    buf_printf(out, " (" STR_FMT, STR_ARG(word(of, "page")));
    if (digits(of, "line").len)
        buf_printf(out, ":" STR_FMT, STR_ARG(digits(of, "line")));
    buf_lit(out, ")");
}

static void print_spaces(struct buf *out, int count) {
    for (int i = 0; i < count; i++)
        buf_byte(out, ' ');
}

/* A label in a column of its own, then what it labels. */
static void print_label(struct buf *out, int indent, struct str label, size_t width) {
    print_spaces(out, indent);
    buf_add(out, label);
    for (size_t n = str_count(label); n < width; n++)
        buf_byte(out, ' ');
    buf_lit(out, "  ");
}

static void print_fact(struct buf *out, const struct value *fact) {
    print_label(out, 2, word(fact, "label"), 30);
    buf_add(out, word(fact, "value"));
    if (value_is_true(fact, "derived"))
        buf_lit(out, ", worked out");
    if (value_is_true(fact, "presumed"))
        buf_lit(out, ", since nothing is recorded");
    print_place(out, fact);
    if (word(fact, "since").len && word(fact, "by").len)
        buf_printf(out, " since " STR_FMT, STR_ARG(word(fact, "since")));
    if (word(fact, "by").len)
        buf_printf(out, ", " STR_FMT, STR_ARG(word(fact, "by")));
    if (word(fact, "note").len)
        buf_printf(out, ": " STR_FMT, STR_ARG(word(fact, "note")));
    buf_byte(out, '\n');
}

static void print_recorded(struct buf *out, const struct value *output) {
    static const char *const more[] = {"how", "by", "reason", "note"};
    const struct value *r = value_get(output, STR("recorded"));
    if (!r || r->kind != VALUE_MAP)
        return;
    print_label(out, 2, STR("recorded"), 11);
    buf_add(out, word(r, "value"));
    if (word(r, "from_words").len)
        buf_printf(out, " since " STR_FMT, STR_ARG(word(r, "from_words")));
    for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
        if (word(r, more[i]).len)
            buf_printf(out, ", " STR_FMT, STR_ARG(word(r, more[i])));
    print_place(out, r);
    if (value_is_true(output, "differs"))
        buf_lit(out, "; this differs from the suggestion");
    buf_byte(out, '\n');
}

static void print_output(struct buf *out, const struct value *o) {
    const struct value *automatic = value_get(o, STR("automatic")), *candidates = list(o, "candidates");
    buf_printf(out, STR_FMT ": " STR_FMT, STR_ARG(word(o, "label")), STR_ARG(word(o, "answer")));
    if (candidates->count > 1)
        buf_lit(out, " (candidates)");
    if (value_is_true(o, "or_nothing"))
        buf_lit(out, ", or nothing");
    buf_byte(out, '\n');
    if (word(o, "suggestion").len && !word(o, "value").len) {
        print_label(out, 2, STR("suggestion"), 11);
        buf_printf(out, STR_FMT "\n", STR_ARG(word(o, "suggestion")));
    }
    print_recorded(out, o);
    if (automatic && automatic->kind == VALUE_MAP) {
        print_label(out, 2, STR("automatic"), 11);
        buf_add(out, word(automatic, "value"));
        if (word(automatic, "since_words").len)
            buf_printf(out, " since " STR_FMT, STR_ARG(word(automatic, "since_words")));
        buf_lit(out, ", not yet recorded\n");
    }
    if (!str_eq(word(o, "stands"), word(o, "answer"))) {
        print_label(out, 2, STR("stands"), 11);
        buf_printf(out, STR_FMT "\n", STR_ARG(word(o, "stands")));
    }
}

static void print_reasons(struct buf *out, const struct value *item) {
    const struct value *reasons = list(item, "reasons");
    for (uint32_t i = 0; i < reasons->count; i++) {
        buf_printf(out, "%s" STR_FMT, i ? ", " : ": ", STR_ARG(word(&reasons->items[i], "text")));
        print_place(out, &reasons->items[i]);
    }
    buf_byte(out, '\n');
}

/* The members behind a row: who is counted, or who breaks what is asked of each, and why. */
static void print_members(struct buf *out, const struct value *row) {
    const struct value *members = list(row, "members"), *settled = list(row, "settled");
    for (uint32_t i = 0; i < members->count; i++) {
        const struct value *items = list(&members->items[i], "items");
        if (members->count > 1) {
            print_spaces(out, 17);
            buf_printf(out, STR_FMT ": " STR_FMT "\n", STR_ARG(word(&members->items[i], "label")),
                       STR_ARG(word(&members->items[i], "value")));
        }
        for (uint32_t j = 0; j < items->count; j++) {
            const struct value *with = list(&items->items[j], "with");
            print_spaces(out, 19);
            buf_printf(out, STR_FMT " " STR_FMT, STR_ARG(word(&items->items[j], "name")),
                       STR_ARG(word(&items->items[j], "state")));
            print_reasons(out, &items->items[j]);
            for (uint32_t k = 0; k < with->count; k++) {
                print_spaces(out, 21);
                buf_printf(out, "with " STR_FMT, STR_ARG(word(&with->items[k], "name")));
                print_reasons(out, &with->items[k]);
            }
        }
    }
    for (uint32_t i = 0; i < settled->count; i++) {
        const struct value *ways = list(&settled->items[i], "if");
        print_spaces(out, 17);
        buf_printf(out, "settled by " STR_FMT ": " STR_FMT, STR_ARG(word(&settled->items[i], "name")),
                   STR_ARG(word(&settled->items[i], "label")));
        for (uint32_t j = 0; j < ways->count; j++)
            buf_printf(out, "%s" STR_FMT ": " STR_FMT, j ? "; " : " - ",
                       STR_ARG(word(&ways->items[j], "value")), STR_ARG(word(&ways->items[j], "then")));
        buf_byte(out, '\n');
    }
}

/* A row that does not speak is said in one line, one that does with what it says. */
static void print_row(struct buf *out, const struct value *row, struct str verdict) {
    bool fails = value_is_true(row, "fails");
    print_label(out, 2, verdict, 11);
    buf_add(out, word(row, "label"));
    if (word(row, "answer").len && !fails)
        buf_printf(out, " -> " STR_FMT, STR_ARG(word(row, "answer")));
    print_place(out, row);
    if (word(row, "because").len && fails)
        buf_printf(out, " " STR_FMT, STR_ARG(word(row, "because")));
    buf_byte(out, '\n');
    if (word(row, "because").len && !fails) {
        print_label(out, 2, STR(""), 11);
        buf_printf(out, "  " STR_FMT "\n", STR_ARG(word(row, "because")));
    }
    print_members(out, row);
}

/* The pipeline: what exempts, what bounds, then criteria and rows; what failed comes last. */
static void print_rows(struct buf *out, const struct value *rows, bool collects) {
    static const char *const forces[] = {"exempts", "bounds", "criterion", "row"};
    static const char *const others[] = {"not known", "holds", "later", "fails"};
    for (size_t f = 0; f < sizeof(forces) / sizeof(forces[0]); f++)
        for (uint32_t i = 0; i < rows->count && !collects; i++) /* its entries have been said */
            if (value_is_true(&rows->items[i], "decides") &&
                str_eq(word(&rows->items[i], "force"), str_from(forces[f])))
                print_row(out, &rows->items[i], f == 3 ? STR("decides") : str_from(forces[f]));
    for (size_t v = 0; v < sizeof(others) / sizeof(others[0]); v++)
        for (uint32_t i = 0; i < rows->count; i++)
            if (str_eq(word(&rows->items[i], "verdict"), str_from(others[v])))
                print_row(out, &rows->items[i], v == 2 ? STR("not asked") : str_from(others[v]));
}

static void print_missing(struct buf *out, const struct value *missing) {
    for (uint32_t i = 0; i < missing->count; i++) {
        const struct value *ways = list(&missing->items[i], "if");
        print_label(out, 2, i ? STR("") : STR("settled by"), 11);
        buf_printf(out, STR_FMT, STR_ARG(word(&missing->items[i], "label")));
        for (uint32_t j = 0; j < ways->count; j++)
            buf_printf(out, "%s" STR_FMT ": " STR_FMT, j ? "; " : " - ",
                       STR_ARG(word(&ways->items[j], "value")), STR_ARG(word(&ways->items[j], "then")));
        buf_byte(out, '\n');
    }
}

static void print_entries(struct buf *out, const struct value *entries) {
    for (uint32_t i = 0; i < entries->count; i++) {
        const struct value *e = &entries->items[i], *cells = list(e, "values");
        print_label(out, 2, value_is_true(e, "certain") ? STR("certain") : STR("possible"), 11);
        buf_add(out, word(e, "key"));
        for (uint32_t j = 0; j < cells->count; j++)
            buf_printf(out, "; " STR_FMT ": " STR_FMT, STR_ARG(word(&cells->items[j], "label")),
                       STR_ARG(word(&cells->items[j], "value")));
        print_place(out, e);
        buf_byte(out, '\n');
    }
}

static void print_decision(struct buf *out, const struct value *d) {
    const struct value *outputs = list(d, "outputs");
    struct str status = value_is_true(d, "hidden") ? STR("not for this audience") : word(d, "status");
    buf_printf(out, "\n" STR_FMT ": " STR_FMT, STR_ARG(word(d, "label")), STR_ARG(status));
    print_place(out, d);
    buf_byte(out, '\n');
    if (value_is_true(d, "hidden"))
        return;
    for (uint32_t i = 0; i < outputs->count && !value_is_true(d, "collects"); i++)
        print_output(out, &outputs->items[i]);
    if (word(d, "applies").len)
        buf_printf(out, "  does not apply: " STR_FMT "\n", STR_ARG(word(d, "applies")));
    if (value_is_true(d, "when_recorded"))
        buf_lit(out, "  stands only when a person has recorded it\n");
    if (value_is_true(d, "bounded"))
        buf_lit(out, "  too much is missing to try everything: taken row by row, perhaps too wide\n");
    print_entries(out, list(d, "entries"));
    print_rows(out, list(d, "rows"), value_is_true(d, "collects"));
    print_missing(out, list(d, "missing"));
}

/* "not concerned  Hard; Loose; Associates" */
static void print_unconcerned(struct buf *out, const struct value *rows) {
    bool some = false;
    for (uint32_t i = 0; i < rows->count; i++) {
        if (!str_eq(word(&rows->items[i], "state"), STR("not concerned")))
            continue;
        buf_add(out, some ? STR("; ") : STR("  not concerned  "));
        buf_add(out, word(&rows->items[i], "label"));
        some = true;
    }
    buf_add(out, some ? STR("\n") : STR(""));
}

static void print_check(struct buf *out, const struct value *c) {
    const struct value *rows = list(c, "rows");
    buf_printf(out, "\n" STR_FMT ": " STR_FMT, STR_ARG(word(c, "label")), STR_ARG(word(c, "verdict")));
    print_place(out, c);
    buf_byte(out, '\n');
    for (uint32_t i = 0; i < rows->count; i++)
        if (value_is_true(&rows->items[i],
                          "applied") && /* a principle of proposals alone is none of what exists */
            !str_eq(word(&rows->items[i], "state"), STR("not concerned")))
            print_row(out, &rows->items[i], word(&rows->items[i], "state"));
    print_unconcerned(out, rows);
}

/* Whose agreement a partnership waits for, and what becomes of the rest without it. */
static void print_consent(struct buf *out, const struct value *consent) {
    const struct value *members = list(consent, "members");
    if (!members->count)
        return;
    buf_printf(out, "\nGoverning bodies: " STR_FMT " outstanding, " STR_FMT " declined\n",
               STR_ARG(digits(consent, "outstanding")), STR_ARG(digits(consent, "declined")));
    for (uint32_t i = 0; i < members->count; i++) {
        const struct value *m = &members->items[i];
        print_label(out, 2, word(m, "answer"), 11);
        buf_add(out, word(m, "name"));
        if (word(m, "words").len && !str_eq_fold(word(m, "words"), word(m, "answer")))
            buf_printf(out, ": " STR_FMT, STR_ARG(word(m, "words")));
        if (word(m, "date_words").len)
            buf_printf(out, ", " STR_FMT, STR_ARG(word(m, "date_words")));
        print_place(out, m);
        buf_byte(out, '\n');
        if (word(m, "declines").len || word(m, "outcome").len) {
            print_spaces(out, 17);
            buf_printf(out, "if it declines: " STR_FMT "%s" STR_FMT "\n", STR_ARG(word(m, "outcome")),
                       word(m, "outcome").len && word(m, "declines").len ? "; " : "",
                       STR_ARG(word(m, "declines")));
        }
    }
    if (word(consent, "next").len) {
        print_label(out, 2, STR("next"), 11);
        buf_printf(out, STR_FMT "\n", STR_ARG(word(consent, "next")));
    }
    if (word(consent, "rest").len) {
        print_label(out, 2, STR("the rest"), 11);
        buf_printf(out, STR_FMT "\n", STR_ARG(word(consent, "rest")));
    }
}

static void print_explanation(struct buf *out, const struct value *all) {
    const struct value *facts = list(all, "facts"), *decisions = list(all, "decisions"),
                       *checks = list(all, "checks");
    buf_printf(out, STR_FMT ", as of " STR_FMT, STR_ARG(word(all, "name")),
               STR_ARG(word(all, "as_of_words")));
    print_place(out, all);
    buf_add(out, facts->count ? STR("\n\nFacts that the tables read\n") : STR("\n"));
    for (uint32_t i = 0; i < facts->count; i++)
        print_fact(out, &facts->items[i]);
    for (uint32_t i = 0; i < decisions->count; i++)
        print_decision(out, &decisions->items[i]);
    for (uint32_t i = 0; i < checks->count; i++)
        print_check(out, &checks->items[i]);
    print_consent(out, value_get(all, STR("consent")));
}

/* Of a row of a check: how it stands, who is behind it, and what would mend it. */
static void print_mending(struct buf *out, const struct value *row) {
    const struct value *without = list(row, "without");
    print_members(out, row);
    for (uint32_t i = 0; i < without->count; i++) {
        buf_add(out, i ? STR(" or ") : STR("    met without "));
        buf_add(out, value_str(&without->items[i]));
    }
    buf_add(out, without->count ? STR("\n") : STR(""));
}

static void print_asked(struct buf *out, const struct value *asked, bool first) {
    struct str decision = word(asked, "decision");
    buf_add(out, first ? STR("") : STR("\n"));
    if (!str_eq(word(asked, "value"), STR("passes")))
        buf_printf(out, "What " STR_FMT " (" STR_FMT ") would have needed, nearest first\n",
                   STR_ARG(word(asked, "value")), STR_ARG(decision));
    else if (list(asked, "rows")->count)
        buf_printf(out, STR_FMT " would pass with these met\n", STR_ARG(decision));
    else
        buf_printf(out, STR_FMT " passes\n", STR_ARG(decision));
}

static void print_why_not(struct buf *out, const struct value *all) {
    for (uint32_t i = 0; i < all->count; i++) {
        const struct value *one = &all->items[i], *rows = list(one, "rows");
        print_asked(out, one, !i);
        for (uint32_t j = 0; j < rows->count; j++) {
            const struct value *row = &rows->items[j], *needs = list(row, "needs");
            buf_printf(out, "  " STR_FMT, STR_ARG(word(row, "label")));
            print_place(out, row);
            if (word(row, "state").len)
                buf_printf(out, ": " STR_FMT, STR_ARG(word(row, "state")));
            buf_add(out, needs->count || word(row, "after").len ? STR("\n") : STR(": holds\n"));
            if (word(row, "after").len)
                buf_printf(out, "    asked only where no row before it holds; " STR_FMT " does\n",
                           STR_ARG(word(row, "after")));
            for (uint32_t k = 0; k < needs->count; k++) {
                const struct value *n = &needs->items[k];
                buf_printf(out, "    " STR_FMT "; asks for " STR_FMT, STR_ARG(word(n, "found")),
                           STR_ARG(word(n, "text")));
                if (word(n, "short_by").len)
                    buf_printf(out, "; " STR_FMT " away", STR_ARG(word(n, "short_by")));
                buf_byte(out, '\n');
            }
            print_mending(out, row);
        }
    }
}

/* ---- the command ---- */

/* By its id, or by its file where it is the whole of one: a school and a partnership may share a slug. */
static bool is_named(const struct policy_record *record, struct str name) {
    const struct value *whole = record->school ? &record->school->record
                                : record->page ? &record->page->front
                                               : NULL;
    return str_eq(record->id, name) ||
           (record->record == whole && record->at.source && str_eq(record->at.source->path, name));
}

/* Every kind of record by its id: a school by its slug, a group's meeting as ashdown/tib/1/2. */
static bool find_record(const struct site *site, struct str id, struct arena *arena,
                        struct policy_record *out) {
    struct str *names = arena_array(arena, struct str, site->school_count);
    for (size_t k = 0; k < site->policy.kind_count; k++) {
        struct policy_records records = records_of(site, site->policy.kinds[k]->id, arena);
        for (size_t i = 0; i < records.count; i++)
            if (is_named(&records.items[i], id)) {
                *out = records.items[i];
                return true;
            }
    }
    for (size_t i = 0; i < site->school_count; i++)
        names[i] = site->schools[i]->slug;
    struct str near = str_nearest(id, names, site->school_count);
    if (near.len)
        say_error("there is no record \"" STR_FMT "\"; did you mean \"" STR_FMT "\"?", STR_ARG(id),
                  STR_ARG(near));
    else
        say_error("there is no record \"" STR_FMT "\"", STR_ARG(id));
    return false;
}

/* The decision or check that was named must be one of this kind of record. */
static bool has_decision(const struct policy_kind *kind, struct str id, struct arena *arena) {
    struct str *names = arena_array(arena, struct str, kind->decision_count + kind->check_count);
    size_t n = 0;
    for (size_t i = 0; i < kind->decision_count; i++)
        names[n++] = kind->decisions[i]->id;
    for (size_t i = 0; i < kind->check_count; i++)
        names[n++] = kind->checks[i]->id;
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], id))
            return true;
    struct str near = str_nearest(id, names, n);
    if (near.len)
        say_error("there is no decision \"" STR_FMT "\" about such a record; did you mean \"" STR_FMT "\"?",
                  STR_ARG(id), STR_ARG(near));
    else
        say_error("there is no decision \"" STR_FMT "\" about such a record", STR_ARG(id));
    return false;
}

/* What if: each FACT=VALUE of --set. False when one is no setting at all; what is wrong in one is a diagnostic. */
static bool read_settings(const struct invocation *invocation, const struct site *site,
                          const struct policy_kind *kind, struct arena *arena, struct decided_change *change,
                          struct diags *diags) {
    for (size_t i = 0; i < invocation->repeated_count; i++) {
        if (!strchr(invocation->repeated[i], '=')) {
            say_error("--set needs FACT=VALUE, not \"%s\"", invocation->repeated[i]);
            return false;
        }
        decided_replace(site, kind, str_from(invocation->repeated[i]), arena, change, diags);
    }
    return true;
}

/* What a partnership waits for is told beside what is. Of what-ifs it would tell what the record says. */
static struct value with_consent(const struct site *site, const struct page *page, const struct value *tree,
                                 struct arena *arena, struct arena *scratch) {
    struct value_map m = {.arena = arena};
    for (uint32_t i = 0; i < tree->count; i++)
        map_set(&m, str_z(arena, tree->fields[i].key), tree->fields[i].value);
    map_set(&m, "consent", explain_consent(site, page, arena, scratch));
    return map_done(&m);
}

static enum exit_code explain(const struct invocation *invocation, struct site *site, size_t form,
                              struct arena *arena, struct diags *diags) {
    struct arena scratch = {0};
    struct policy_record record;
    struct decided decided;
    struct buf out = {.arena = arena};
    const char *why_not = invocation->options[OPTION_WHY_NOT];
    struct str decision = invocation->operand_count > 1 ? str_from(invocation->operands[1]) : (struct str){0};
    if (!find_record(site, str_from(invocation->operands[0]), arena, &record))
        return EXIT_USAGE;
    const struct policy_kind *kind = policy_kind(&site->policy, record.kind);
    struct decided_change change = decided_no_change(kind, arena);
    if (decision.len && !has_decision(kind, decision, arena))
        return EXIT_USAGE;
    if (!read_settings(invocation, site, kind, arena, &change, diags))
        return EXIT_USAGE;
    if (diags->errors)
        return report(invocation, diags);
    decided_run_with(site, &record, site->as_of, &change, arena, &scratch, &decided);
    struct value tree = why_not ? explain_why_not(&decided, decision, str_from(why_not), arena, &scratch)
                                : explain_record(&decided, decision, arena, &scratch);
    bool partnership = record.page && record.page->kind == CONTENT_PARTNERSHIP && !record.membership;
    if (partnership && !why_not && !decision.len && !invocation->repeated_count)
        tree = with_consent(site, record.page, &tree, arena, &scratch);
    arena_release(&scratch);
    if (why_not && !tree.count) {
        say_error("no table gives \"%s\"", why_not);
        return EXIT_USAGE;
    }
    if (form == ANSWER_JSON) {
        json_write(&out, &tree, 2);
        buf_byte(&out, '\n');
    } else if (why_not) {
        print_why_not(&out, &tree);
    } else {
        print_explanation(&out, &tree);
    }
    return print_out(buf_str(&out)) ? EXIT_FINE : EXIT_MACHINE;
}

static enum exit_code run(const struct invocation *invocation) {
    return invocation_answer(invocation, answer_forms, explain);
}

const struct command command_explain = {
    .name = "explain",
    .operands = "RECORD [DECISION]",
    .operands_min = 1,
    .operands_max = 2,
    .summary = "Say why: facts, rows and lines behind each decision about a school",
    .help = "RECORD is a school by the name of its file, or a group, a meeting, a page or a deployment:\n"
            "ashdown, ashdown/tib/1, jo-penhallow/2; or a whole file, where two records share a name:\n"
            "content/partnerships/ashdown.md. Explains for officers unless --audience says otherwise.\n"
            "--why-not VALUE says what each row that gives it would have needed, nearest first; --why-not\n"
            "passes, which rows of checks are not met or not known. --set FACT=VALUE asks what if, and may\n"
            "be given several times; --set SCHOOL.FACT=VALUE changes a member of a group.",
    .options = OPTION(DIRECTORY) | OPTION(AS_OF) | OPTION(AUDIENCE) | OPTION(FORMAT) | OPTION(THREADS) |
               OPTION(WHY_NOT) | OPTION(SET) | OPTION(REV),
    .run = run,
};
