/* SPDX-License-Identifier: MIT */
/* feel_builtin_number.c: FEEL's functions on numbers. */
#include "policy/feel_priv.h"

static struct feel_value number_or_null(bool ok, struct decimal n) {
    return ok ? feel_number(n) : feel_null();
}

/* Rounds args[0] to the scale args[1], which is 0 where it was not given. */
static struct feel_value round_to(const struct feel_value *args, size_t count, enum decimal_rounding how) {
    int64_t scale = 0;
    struct decimal n = {0};
    if (count > 1 && !decimal_to_int64(args[1].number, &scale))
        return feel_null();
    return number_or_null(decimal_round(args[0].number, scale, how, &n), n);
}

struct feel_value feel_fn_abs(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    struct feel_value v = args[0];
    if (v.type == FEEL_MONTHS)
        v.months = v.months < 0 ? -v.months : v.months;
    else
        v.number = decimal_abs(v.number);
    return v;
}

struct feel_value feel_fn_ceiling(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_CEILING);
}

struct feel_value feel_fn_decimal(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_HALF_EVEN);
}

struct feel_value feel_fn_floor(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_FLOOR);
}

struct feel_value feel_fn_round_down(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_DOWN);
}

struct feel_value feel_fn_round_half_down(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_HALF_DOWN);
}

struct feel_value feel_fn_round_half_up(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_HALF_UP);
}

struct feel_value feel_fn_round_up(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run;
    return round_to(args, count, DECIMAL_UP);
}

/* Whether what remains of a division by 2 is `rest`; what is not whole is neither even nor odd. */
static struct feel_value parity(struct decimal n, int64_t rest) {
    struct decimal left;
    if (!decimal_modulo(n, decimal_whole(2), &left))
        return feel_null();
    return feel_bool(decimal_cmp(left, decimal_whole(rest)) == 0);
}

struct feel_value feel_fn_even(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return parity(args[0].number, 0);
}

struct feel_value feel_fn_odd(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    return parity(args[0].number, 1);
}

struct feel_value feel_fn_exp(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    struct decimal n = {0};
    return number_or_null(decimal_exp(args[0].number, &n), n);
}

struct feel_value feel_fn_log(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    struct decimal n = {0};
    return number_or_null(decimal_log(args[0].number, &n), n);
}

struct feel_value feel_fn_sqrt(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    struct decimal n = {0};
    return number_or_null(decimal_sqrt(args[0].number, &n), n);
}

struct feel_value feel_fn_modulo(struct feel_run *run, const struct feel_value *args, size_t count) {
    (void)run, (void)count;
    struct decimal n = {0};
    return number_or_null(decimal_modulo(args[0].number, args[1].number, &n), n);
}

/* A separator that was given: one byte of `allowed`, or 0 for null. False for anything else. */
static bool separator(const struct feel_value *args, size_t count, size_t i, const char *allowed, char *out) {
    *out = 0;
    if (i >= count || args[i].type == FEEL_NULL)
        return true;
    if (args[i].text.len != 1 || !strchr(allowed, args[i].text.at[0]))
        return false;
    *out = args[i].text.at[0];
    return true;
}

struct feel_value feel_fn_number(struct feel_run *run, const struct feel_value *args, size_t count) {
    char grouping, point;
    if (args[0].type == FEEL_NUMBER)
        return args[0];
    if (!separator(args, count, 1, " ,.", &grouping) || !separator(args, count, 2, ".,", &point))
        return feel_null();
    if (grouping && grouping == (point ? point : '.'))
        return feel_null();
    struct buf out = {.arena = run->arena};
    for (size_t i = 0; i < args[0].text.len; i++) {
        char c = args[0].text.at[i];
        if (point == ',' && (c == ',' || (c == '.' && c != grouping)))
            buf_byte(&out, c == ',' ? '.' : ','); /* a full stop that is none of the two makes it no number */
        else if (!grouping || c != grouping)
            buf_byte(&out, c);
    }
    struct decimal n = {0};
    return number_or_null(decimal_parse(buf_str(&out), &n), n);
}
