/* SPDX-License-Identifier: MIT */
/*
 * feel_call.c: the table of built-in functions, and how one is called.
 *
 * The table is all that is known of a function: parsing, checking, "did you mean" and calling read it. It is DMN's list
 * without times of day, without sort's own function, and without the three that take patterns (matches, replace, split).
 */
#include "policy/feel_priv.h"

#define TEXT TAKES(TEXT)
#define NUMBER TAKES(NUMBER)
#define LIST TAKES(LIST)
#define DATE TAKES(DATE)
#define RANGE TAKES(RANGE)
#define CONTEXT (TAKES(CONTEXT) | TAKES(RECORD))
#define POINT (NUMBER | TEXT | DATE | TAKES(MONTHS) | TAKES(TIME))
#define AMOUNT (NUMBER | TAKES(MONTHS) | TAKES(TIME))

#define FIRST "range1|point1|range|point|value1"
#define SECOND "range2|point2|point|range|value2"

#define GIVEN(name, takes) \
    { name, takes, false }
#define MAYBE(name, takes) \
    { name, takes, true }

const struct feel_builtin feel_builtins[] = {
    /* numbers */
    {"abs", feel_fn_abs, FEEL_UNKNOWN, 0, {GIVEN("n", AMOUNT)}},
    {"ceiling", feel_fn_ceiling, FEEL_NUMBER, 0, {GIVEN("n", NUMBER), MAYBE("scale", NUMBER)}},
    {"decimal", feel_fn_decimal, FEEL_NUMBER, 0, {GIVEN("n", NUMBER), GIVEN("scale", NUMBER)}},
    {"even", feel_fn_even, FEEL_BOOL, 0, {GIVEN("number", NUMBER)}},
    {"exp", feel_fn_exp, FEEL_NUMBER, 0, {GIVEN("number", NUMBER)}},
    {"floor", feel_fn_floor, FEEL_NUMBER, 0, {GIVEN("n", NUMBER), MAYBE("scale", NUMBER)}},
    {"log", feel_fn_log, FEEL_NUMBER, 0, {GIVEN("number", NUMBER)}},
    {"modulo", feel_fn_modulo, FEEL_NUMBER, 0, {GIVEN("dividend", NUMBER), GIVEN("divisor", NUMBER)}},
    {"number", feel_fn_number, FEEL_NUMBER, 0, {GIVEN("from", TEXT | NUMBER)}},
    {"number",
     feel_fn_number,
     FEEL_NUMBER,
     0,
     {GIVEN("from", TEXT), MAYBE("grouping separator", TEXT | TAKES(NULL)),
      MAYBE("decimal separator", TEXT | TAKES(NULL))}},
    {"odd", feel_fn_odd, FEEL_BOOL, 0, {GIVEN("number", NUMBER)}},
    {"round down", feel_fn_round_down, FEEL_NUMBER, 0, {GIVEN("n", NUMBER), GIVEN("scale", NUMBER)}},
    {"round half down",
     feel_fn_round_half_down,
     FEEL_NUMBER,
     0,
     {GIVEN("n", NUMBER), GIVEN("scale", NUMBER)}},
    {"round half up", feel_fn_round_half_up, FEEL_NUMBER, 0, {GIVEN("n", NUMBER), GIVEN("scale", NUMBER)}},
    {"round up", feel_fn_round_up, FEEL_NUMBER, 0, {GIVEN("n", NUMBER), GIVEN("scale", NUMBER)}},
    {"sqrt", feel_fn_sqrt, FEEL_NUMBER, 0, {GIVEN("number", NUMBER)}}, /* texts */
    {"contains", feel_fn_contains, FEEL_BOOL, 0, {GIVEN("string", TEXT), GIVEN("match", TEXT)}},
    {"ends with", feel_fn_ends_with, FEEL_BOOL, 0, {GIVEN("string", TEXT), GIVEN("match", TEXT)}},
    {"lower case", feel_fn_lower_case, FEEL_TEXT, 0, {GIVEN("string", TEXT)}},
    {"starts with", feel_fn_starts_with, FEEL_BOOL, 0, {GIVEN("string", TEXT), GIVEN("match", TEXT)}},
    {"string", feel_fn_string, FEEL_TEXT, 0, {GIVEN("from", ~TAKES(NULL))}},
    {"string join",
     feel_fn_string_join,
     FEEL_TEXT,
     0,
     {GIVEN("list", LIST), MAYBE("delimiter", TEXT | TAKES(NULL)), MAYBE("prefix", TEXT),
      MAYBE("suffix", TEXT)}},
    {"string length", feel_fn_string_length, FEEL_NUMBER, 0, {GIVEN("string", TEXT)}},
    {"substring",
     feel_fn_substring,
     FEEL_TEXT,
     0,
     {GIVEN("string", TEXT), GIVEN("start position", NUMBER), MAYBE("length", NUMBER)}},
    {"substring after", feel_fn_substring_after, FEEL_TEXT, 0, {GIVEN("string", TEXT), GIVEN("match", TEXT)}},
    {"substring before",
     feel_fn_substring_before,
     FEEL_TEXT,
     0,
     {GIVEN("string", TEXT), GIVEN("match", TEXT)}},
    {"upper case", feel_fn_upper_case, FEEL_TEXT, 0, {GIVEN("string", TEXT)}}, /* lists */
    {"all", feel_fn_all, FEEL_BOOL, FEEL_SPREAD | FEEL_CAREFUL, {GIVEN("list", LIST)}},
    {"any", feel_fn_any, FEEL_BOOL, FEEL_SPREAD | FEEL_CAREFUL, {GIVEN("list", LIST)}},
    {"append",
     feel_fn_append,
     FEEL_LIST,
     FEEL_CAREFUL | FEEL_REPEATS,
     {GIVEN("list", LIST), GIVEN("item", TAKES_ANY)}},
    {"concatenate", feel_fn_concatenate, FEEL_LIST, FEEL_CAREFUL | FEEL_REPEATS, {GIVEN("list", LIST)}},
    {"count", feel_fn_count, FEEL_NUMBER, FEEL_SPREAD | FEEL_CAREFUL, {GIVEN("list", LIST)}},
    {"distinct values", feel_fn_distinct, FEEL_LIST, 0, {GIVEN("list", LIST)}},
    {"flatten", feel_fn_flatten, FEEL_LIST, 0, {GIVEN("list", LIST)}},
    {"index of", feel_fn_index_of, FEEL_LIST, 0, {GIVEN("list", LIST), GIVEN("match", TAKES_ANY)}},
    {"insert before",
     feel_fn_insert_before,
     FEEL_LIST,
     0,
     {GIVEN("list", LIST), GIVEN("position", NUMBER), GIVEN("newItem", TAKES_ANY)}},
    {"list contains",
     feel_fn_list_contains,
     FEEL_BOOL,
     FEEL_CAREFUL,
     {GIVEN("list", LIST), GIVEN("element", TAKES_ANY)}},
    {"list replace",
     feel_fn_list_replace,
     FEEL_LIST,
     0,
     {GIVEN("list", LIST), GIVEN("position", NUMBER), GIVEN("newItem", TAKES_ANY)}},
    {"max", feel_fn_max, FEEL_UNKNOWN, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"mean", feel_fn_mean, FEEL_NUMBER, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"median", feel_fn_median, FEEL_NUMBER, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"min", feel_fn_min, FEEL_UNKNOWN, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"mode", feel_fn_mode, FEEL_LIST, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"product", feel_fn_product, FEEL_NUMBER, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"remove", feel_fn_remove, FEEL_LIST, 0, {GIVEN("list", LIST), GIVEN("position", NUMBER)}},
    {"reverse", feel_fn_reverse, FEEL_LIST, FEEL_CAREFUL, {GIVEN("list", LIST)}},
    {"sort", feel_fn_sort, FEEL_LIST, 0, {GIVEN("list", LIST)}},
    {"stddev", feel_fn_stddev, FEEL_NUMBER, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"sublist",
     feel_fn_sublist,
     FEEL_LIST,
     0,
     {GIVEN("list", LIST), GIVEN("start position", NUMBER), MAYBE("length", NUMBER)}},
    {"sum", feel_fn_sum, FEEL_UNKNOWN, FEEL_SPREAD, {GIVEN("list", LIST)}},
    {"union", feel_fn_union, FEEL_LIST, FEEL_REPEATS, {GIVEN("list", LIST)}}, /* contexts, and any value */
    {"context", feel_fn_context, FEEL_CONTEXT, FEEL_CAREFUL, {GIVEN("entries", LIST)}},
    {"context merge", feel_fn_context_merge, FEEL_CONTEXT, FEEL_CAREFUL, {GIVEN("contexts", LIST)}},
    {"context put",
     feel_fn_context_put,
     FEEL_CONTEXT,
     FEEL_CAREFUL,
     {GIVEN("context", TAKES(CONTEXT)), GIVEN("key|keys", TEXT | LIST), GIVEN("value", TAKES_ANY)}},
    {"get entries", feel_fn_get_entries, FEEL_LIST, FEEL_CAREFUL, {GIVEN("m", TAKES(CONTEXT))}},
    {"get value", feel_fn_get_value, FEEL_UNKNOWN, FEEL_CAREFUL, {GIVEN("m", CONTEXT), GIVEN("key", TEXT)}},
    {"is", feel_fn_is, FEEL_BOOL, 0, {GIVEN("value1", TAKES_ANY), GIVEN("value2", TAKES_ANY)}},
    {"not", feel_fn_not, FEEL_BOOL, FEEL_CAREFUL, {GIVEN("negand", TAKES_ANY)}}, /* dates and durations */
    {"date", feel_fn_date, FEEL_DATE, 0, {GIVEN("from", TEXT | DATE)}},
    {"date",
     feel_fn_date_parts,
     FEEL_DATE,
     0,
     {GIVEN("year", NUMBER), GIVEN("month", NUMBER), GIVEN("day", NUMBER)}},
    {"day of week", feel_fn_day_of_week, FEEL_TEXT, 0, {GIVEN("date", DATE)}},
    {"day of year", feel_fn_day_of_year, FEEL_NUMBER, 0, {GIVEN("date", DATE)}},
    {"duration", feel_fn_duration, FEEL_UNKNOWN, 0, {GIVEN("from", TEXT | TAKES(MONTHS) | TAKES(TIME))}},
    {"month of year", feel_fn_month_of_year, FEEL_TEXT, 0, {GIVEN("date", DATE)}},
    {"today", feel_fn_today, FEEL_DATE, FEEL_IMPURE, {GIVEN(NULL, 0)}},
    {"week of year", feel_fn_week_of_year, FEEL_NUMBER, 0, {GIVEN("date", DATE)}},
    {"years and months duration",
     feel_fn_years_and_months,
     FEEL_MONTHS,
     0,
     {GIVEN("from", DATE), GIVEN("to", DATE)}}, /* ranges */
    {"after", feel_fn_after, FEEL_BOOL, 0, {GIVEN(FIRST, POINT | RANGE), GIVEN(SECOND, POINT | RANGE)}},
    {"before", feel_fn_before, FEEL_BOOL, 0, {GIVEN(FIRST, POINT | RANGE), GIVEN(SECOND, POINT | RANGE)}},
    {"coincides",
     feel_fn_coincides,
     FEEL_BOOL,
     0,
     {GIVEN(FIRST, POINT | RANGE), GIVEN(SECOND, POINT | RANGE)}},
    {"during", feel_fn_during, FEEL_BOOL, 0, {GIVEN(FIRST, POINT | RANGE), GIVEN(SECOND, RANGE)}},
    {"finished by", feel_fn_finished_by, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, POINT | RANGE)}},
    {"finishes", feel_fn_finishes, FEEL_BOOL, 0, {GIVEN(FIRST, POINT | RANGE), GIVEN(SECOND, RANGE)}},
    {"includes", feel_fn_includes, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, POINT | RANGE)}},
    {"meets", feel_fn_meets, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, RANGE)}},
    {"met by", feel_fn_met_by, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, RANGE)}},
    {"overlaps", feel_fn_overlaps, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, RANGE)}},
    {"overlaps after", feel_fn_overlaps_after, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, RANGE)}},
    {"overlaps before", feel_fn_overlaps_before, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, RANGE)}},
    {"started by", feel_fn_started_by, FEEL_BOOL, 0, {GIVEN(FIRST, RANGE), GIVEN(SECOND, POINT | RANGE)}},
    {"starts", feel_fn_starts, FEEL_BOOL, 0, {GIVEN(FIRST, POINT | RANGE), GIVEN(SECOND, RANGE)}}};

const size_t feel_builtin_count = sizeof(feel_builtins) / sizeof(feel_builtins[0]);

const struct feel_builtin *feel_builtin_find(struct str name) {
    for (size_t i = 0; i < feel_builtin_count; i++)
        if (str_eq(name, str_from(feel_builtins[i].name)))
            return &feel_builtins[i];
    return NULL;
}

struct str feel_builtin_nearest(struct str name) {
    struct str names[sizeof(feel_builtins) / sizeof(feel_builtins[0])];
    for (size_t i = 0; i < feel_builtin_count; i++)
        names[i] = str_from(feel_builtins[i].name);
    return str_nearest(name, names, feel_builtin_count);
}

size_t feel_parameter_count(const struct feel_builtin *b) {
    size_t n = 0;
    while (n < FEEL_PARAMETERS_MAX && b->parameters[n].name)
        n++;
    return n;
}

/* ---- calling ---- */

/* Whether something in it is not known, or not certainly in it. */
static bool is_doubtful(struct feel_value v) {
    if (v.type == FEEL_UNKNOWN)
        return true;
    if (v.type == FEEL_LIST && v.list->sure < v.list->count)
        return true;
    for (size_t i = 0; v.type == FEEL_LIST && i < v.list->count; i++)
        if (is_doubtful(v.list->items[i]))
            return true;
    for (size_t i = 0; v.type == FEEL_CONTEXT && i < v.context->count; i++)
        if (is_doubtful(v.context->entries[i].value))
            return true;
    return v.type == FEEL_RANGE && (is_doubtful(v.range->from) || is_doubtful(v.range->to));
}

static bool takes(const struct feel_parameter *parameter, struct feel_value v) {
    return parameter->takes & 1u << v.type;
}

/* DMN's conversions: a list of one is its item, and a value a list of it, where the other is asked for. */
static bool convert(struct feel_run *run, const struct feel_parameter *parameter, struct feel_value *v) {
    if (takes(parameter, *v))
        return true;
    if (v->type == FEEL_LIST && v->list->count == 1 && takes(parameter, v->list->items[0])) {
        *v = v->list->items[0];
        return true;
    }
    if (parameter->takes != LIST || v->type == FEEL_NULL)
        return false;
    struct feel_value *item = arena_new(run->arena, struct feel_value);
    *item = *v;
    *v = feel_list(run->arena, item, 1);
    return true;
}

struct feel_value feel_call(struct feel_run *run, const struct feel_builtin *b,
                            const struct feel_value *given, size_t count) {
    size_t parameters = feel_parameter_count(b);
    struct feel_value few[FEEL_PARAMETERS_MAX] = {0}, *args = few;
    if (count > FEEL_PARAMETERS_MAX)
        args = arena_array(run->arena, struct feel_value, count);
    bool doubtful = false, fit = true;
    for (size_t i = 0; i < count; i++) {
        const struct feel_parameter *parameter = &b->parameters[i < parameters ? i : parameters - 1];
        args[i] = given[i];
        if ((b->how & FEEL_CAREFUL) ? args[i].type == FEEL_UNKNOWN && parameter->takes != TAKES_ANY
                                    : is_doubtful(args[i]))
            doubtful = true;
        else
            fit &= convert(run, parameter, &args[i]);
    }
    if (!fit) /* whatever is not known: it would be null */
        return feel_null();
    return doubtful ? feel_unknown() : b->function(run, args, count);
}
