/* SPDX-License-Identifier: MIT */
/* match_text.c: proposals as advice that can be taken to headteachers. */
#include "match_print.h"

/* ---- numbers ---- */

static struct str number(struct decimal n, struct arena *arena) {
    struct buf b = {.arena = arena};
    int64_t whole;
    if (decimal_is_whole(n) && decimal_sign(n) >= 0 && decimal_to_int64(n, &whole))
        return str_grouped(arena, whole);
    decimal_print(&b, n);
    return buf_str(&b);
}

static void add_value(struct buf *out, const struct match_step_result *step, struct decimal value,
                      struct arena *arena) {
    struct str n = number(value, arena);
    if (step->measure == MATCH_DISTANCE)
        buf_printf(out, STR_FMT " metres between them", STR_ARG(n));
    else if (step->measure == MATCH_PLACED)
        buf_printf(out, STR_FMT " school%s placed", STR_ARG(n), str_eq(n, STR("1")) ? "" : "s");
    else
        buf_printf(out, STR_FMT " " STR_FMT, STR_ARG(str_uncapital(arena, step->label)), STR_ARG(n));
}

/* ---- a proposal ---- */

/* The width of help and of pages that are read in a terminal. */
#define WIDTH 100

/* A sentence at an indent, broken between words. */
static void add_wrapped(struct buf *out, size_t indent, struct str first, struct str text) {
    size_t column = indent + str_count(first);
    struct str word, rest = text;
    for (size_t i = 0; i < indent; i++)
        buf_byte(out, ' ');
    buf_add(out, first);
    bool begun = false;
    while (str_cut(&rest, ' ', &word)) {
        size_t length = str_count(word);
        if (begun && column + 1 + length > WIDTH) {
            buf_byte(out, '\n');
            for (size_t i = 0; i < indent + 2; i++)
                buf_byte(out, ' ');
            column = indent + 2;
        } else if (begun) {
            buf_byte(out, ' ');
            column++;
        }
        buf_add(out, word);
        column += length;
        begun = true;
    }
    buf_byte(out, '\n');
}

/* Many schools may fit one group best as associates; a list that nobody reads to its end is cut. */
#define NAMES_MAX 12

static void add_names(struct buf *out, const struct match_school **schools, size_t count) {
    for (size_t i = 0; i < count && i < NAMES_MAX; i++)
        buf_printf(out, "%s" STR_FMT, i ? ", " : "", STR_ARG(schools[i]->name));
    if (count > NAMES_MAX)
        buf_printf(out, " and %zu more", count - NAMES_MAX);
}

static void add_schools(struct buf *out, const char *what, const struct match_school **schools, size_t count,
                        struct arena *arena) {
    struct buf names = {.arena = arena};
    add_names(&names, schools, count);
    if (count)
        add_wrapped(out, 3, str_from(what), buf_str(&names));
}

static const char *const states[] = {[CHECK_MET] = "met",
                                     [CHECK_NOT_MET] = "not met",
                                     [CHECK_NOT_KNOWN] = "not known",
                                     [CHECK_NOT_CONCERNED] = "not concerned"};

static void add_checks(struct buf *out, const struct match_proposal *p, struct arena *arena) {
    for (size_t i = 0; i < p->check_count; i++) {
        const struct match_check *check = &p->checks[i];
        struct str what = str_join(arena, str_from(states[check->state]), STR("  "), check->row->label,
                                   check->words.len ? STR(": ") : STR(""));
        add_wrapped(out, 5, what, check->words);
    }
}

static void add_proposal(struct buf *out, const struct match_result *r, size_t index, struct arena *arena) {
    const struct match_proposal *p = &r->proposals[index];
    struct buf score = {.arena = arena};
    buf_printf(out, "\n%zu. " STR_FMT "\n", index + 1, STR_ARG(p->title));
    buf_printf(out, "   %s " STR_FMT " partnership of %zu\n", p->extends ? "A larger" : "A new",
               STR_ARG(str_uncapital(arena, p->kind_label)), p->member_count);
    add_schools(out, "Members: ", p->members, p->member_count, arena);
    if (p->extends)
        add_schools(out, "New to it: ", p->joining, p->joining_count, arena);
    add_schools(out, "Might be asked as associates: ", p->associates, p->associate_count, arena);
    for (size_t i = 0; i < p->reason_count; i++)
        add_wrapped(out, 3, (struct str){0}, p->reasons[i]);
    buf_lit(out, "   The rules\n");
    add_checks(out, p, arena);
    for (size_t i = 0; i < r->step_count; i++) {
        buf_add(&score, i ? STR("; ") : STR(""));
        add_value(&score, &r->steps[i], p->score[i], arena);
    }
    add_wrapped(out, 3, STR("It counts: "), buf_str(&score));
    if (p->neighbour.len)
        add_wrapped(out, 3, (struct str){0}, p->neighbour);
}

/* Schools that are best left together are no proposal: nobody has to be asked. */
static void add_staying(struct buf *out, const struct match_result *r, struct arena *arena) {
    size_t count = match_joined(r);
    if (count < r->proposal_count)
        buf_lit(out, "\nBest left as they are\n");
    for (size_t i = count; i < r->proposal_count; i++) {
        const struct match_proposal *p = &r->proposals[i];
        struct buf line = {.arena = arena};
        buf_printf(&line, ", " STR_FMT "%s: ", STR_ARG(str_uncapital(arena, p->kind_label)),
                   match_is_formed(p) ? "" : ", not formed yet");
        add_names(&line, p->members, p->member_count);
        add_wrapped(out, 3, p->title, buf_str(&line));
    }
}

/* ---- the whole ---- */

/* "which is the most that there can be"; what is only bounded says how far it might be from that. */
static void add_bound(struct buf *out, const struct match_result *r, size_t index, struct arena *arena) {
    const struct match_step_result *step = &r->steps[index];
    if (match_step_proved(r, index))
        buf_add(out, step->measure == MATCH_DISTANCE ? STR(" (no set has less)") : STR(" (no set has more)"));
    else if (step->bounded)
        buf_printf(out, " (none can have %s than " STR_FMT ")",
                   step->measure == MATCH_DISTANCE ? "less" : "more", STR_ARG(number(step->bound, arena)));
    else
        buf_lit(out, " (how much better there might be is not proved)");
}

static void add_objective(struct buf *out, const struct match_result *r, struct arena *arena) {
    for (size_t i = 0; i < r->step_count; i++) {
        struct buf line = {.arena = arena};
        add_value(&line, &r->steps[i], r->steps[i].value, arena);
        buf_printf(out, "  %zu. " STR_FMT, i + 1, STR_ARG(str_capital(arena, buf_str(&line))));
        add_bound(out, r, i, arena);
        buf_byte(out, '\n');
    }
}

static void add_left(struct buf *out, const struct match_left *left, struct arena *arena) {
    buf_printf(out, "\n   " STR_FMT "\n", STR_ARG(left->school->name));
    for (size_t i = 0; i < left->reason_count; i++)
        add_wrapped(out, 5, (struct str){0}, left->reasons[i]);
    struct str with = left->proposal      ? left->proposal->title
                      : left->partnership ? left->partnership->title
                                          : (struct str){0};
    if (with.len)
        add_wrapped(out, 5, STR("Might be asked to join as an associate: "), with);
    (void)arena;
}

void match_text(struct buf *out, const struct site *site, const struct match_result *r, struct arena *arena) {
    buf_printf(out, "Proposals of partners, as of " STR_FMT "\n\n", STR_ARG(date_long(arena, site->as_of)));
    buf_printf(out, "%zu school%s take%s part, and %zu partnership%s stay%s. ", r->pool,
               r->pool == 1 ? "" : "s", r->pool == 1 ? "s" : "", r->kept_count, r->kept_count == 1 ? "" : "s",
               r->kept_count == 1 ? "s" : "");
    if (!r->proposal_count)
        buf_lit(out, "No group of them keeps to the rules.\n");
    else
        buf_printf(out, STR_FMT "\n", STR_ARG(match_how_good(r)));
    add_objective(out, r, arena);
    for (size_t i = 0; i < match_joined(r); i++)
        add_proposal(out, r, i, arena);
    add_staying(out, r, arena);
    if (r->left_count)
        buf_printf(out, "\nLeft over: %zu\n", r->left_count);
    for (size_t i = 0; i < r->left_count; i++)
        add_left(out, &r->left[i], arena);
    if (r->condition_count)
        buf_lit(out, "\nWhat is not known\n");
    for (size_t i = 0; i < r->condition_count; i++)
        add_wrapped(out, 3, (struct str){0}, r->conditions[i]);
}
