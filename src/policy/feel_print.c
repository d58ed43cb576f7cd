/* SPDX-License-Identifier: MIT */
/* feel_print.c: values as texts: as FEEL reads them again, as string() gives them, as JSON. */
#include "policy/feel_priv.h"
#include "text/json.h"

enum style { STYLE_FEEL, STYLE_BARE, STYLE_JSON };

static void print(struct buf *out, struct feel_value v, enum style style);

static void print_quoted(struct buf *out, struct str s) {
    static const char from[] = "\n\r\t\"\\", to[] = "nrt\"\\";
    buf_byte(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        const char *escape = s.at[i] ? strchr(from, s.at[i]) : NULL;
        if (escape)
            buf_byte(out, '\\');
        buf_byte(out, escape ? to[escape - from] : s.at[i]);
    }
    buf_byte(out, '"');
}

static void print_date(struct buf *out, int64_t days) {
    struct feel_date_parts p = feel_date_parts(days);
    int64_t year = p.year < 0 ? -p.year : p.year;
    if (p.year < 0)
        buf_byte(out, '-');
    for (int64_t pad = 1000; pad > year && pad > 1; pad /= 10)
        buf_byte(out, '0');
    buf_whole(out, year);
    buf_printf(out, "-%02d-%02d", p.month, p.day);
}

static void print_part(struct buf *out, int64_t n, char unit) {
    if (!n)
        return;
    buf_whole(out, n);
    buf_byte(out, unit);
}

static void print_months(struct buf *out, int64_t months) {
    int64_t n = months < 0 ? -months : months;
    buf_printf(out, months < 0 ? "-P" : "P");
    print_part(out, n / 12, 'Y');
    if (n % 12 || !n) {
        buf_whole(out, n % 12);
        buf_byte(out, 'M');
    }
}

/* The shortest form, as XML Schema's canonical one: no parts that are 0, PT0S for nothing. */
static void print_time(struct buf *out, struct decimal number) {
    struct decimal size = decimal_abs(number), rest = {0};
    int64_t n = feel_seconds(size);
    decimal_subtract(size, decimal_whole(n - n % 60), &rest);
    buf_printf(out, decimal_sign(number) < 0 ? "-P" : "P");
    print_part(out, n / 86400, 'D');
    if (n % 86400 || decimal_sign(rest) || !n)
        buf_byte(out, 'T');
    print_part(out, n / 3600 % 24, 'H');
    print_part(out, n / 60 % 60, 'M');
    if (decimal_sign(rest) || !n) {
        decimal_print(out, rest);
        buf_byte(out, 'S');
    }
}

static void print_list(struct buf *out, const struct feel_list *list, enum style style) {
    buf_byte(out, '[');
    for (size_t i = 0; i < list->count; i++) {
        if (i)
            buf_lit(out, ", ");
        print(out, list->items[i], style == STYLE_JSON ? STYLE_JSON : STYLE_FEEL);
    }
    buf_byte(out, ']');
}

static bool is_plain_key(struct str key) {
    for (size_t i = 0; i < key.len; i++) {
        char c = key.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && (!i || ((c < '0' || c > '9') && c != ' ')))
            return false;
    }
    return key.len && key.at[key.len - 1] != ' ' && !str_has(key, STR("  "));
}

static void print_context(struct buf *out, const struct feel_context *context, enum style style) {
    buf_byte(out, '{');
    for (size_t i = 0; i < context->count; i++) {
        struct str key = context->entries[i].key;
        if (i)
            buf_lit(out, ", ");
        if (style == STYLE_JSON)
            json_string(out, key);
        else if (is_plain_key(key))
            buf_add(out, key);
        else
            print_quoted(out, key);
        buf_lit(out, ": ");
        print(out, context->entries[i].value, style == STYLE_JSON ? STYLE_JSON : STYLE_FEEL);
    }
    buf_byte(out, '}');
}

static void print_range(struct buf *out, const struct feel_range *range) {
    static const char *const signs[] = {"", "< ", "<= ", "> ", ">= ", "= ", "!= "};
    if (range->test != FEEL_TEST_WITHIN) {
        buf_printf(out, "(%s", signs[range->test]);
        print(out, range->from, STYLE_FEEL);
        buf_byte(out, ')');
        return;
    }
    buf_byte(out, range->from_included ? '[' : '(');
    print(out, range->from, STYLE_FEEL);
    buf_lit(out, "..");
    print(out, range->to, STYLE_FEEL);
    buf_byte(out, range->to_included ? ']' : ')');
}

/* What is an ISO text in every style, and a call of FEEL's in its own. */
static void print_dated(struct buf *out, struct feel_value v, enum style style) {
    if (style == STYLE_FEEL)
        buf_printf(out, v.type == FEEL_DATE ? "date(" : "duration(");
    if (style != STYLE_BARE)
        buf_byte(out, '"');
    if (v.type == FEEL_DATE)
        print_date(out, v.days);
    else if (v.type == FEEL_MONTHS)
        print_months(out, v.months);
    else
        print_time(out, v.number);
    if (style != STYLE_BARE)
        buf_byte(out, '"');
    if (style == STYLE_FEEL)
        buf_byte(out, ')');
}

static void print_text(struct buf *out, struct str s, enum style style) {
    if (style == STYLE_JSON)
        json_string(out, s);
    else if (style == STYLE_FEEL)
        print_quoted(out, s);
    else
        buf_add(out, s);
}

static void print(struct buf *out, struct feel_value v, enum style style) {
    switch (v.type) {
    case FEEL_BOOL: buf_printf(out, v.truth ? "true" : "false"); return;
    case FEEL_NUMBER: decimal_print(out, v.number); return;
    case FEEL_TEXT: print_text(out, v.text, style); return;
    case FEEL_DATE:
    case FEEL_MONTHS:
    case FEEL_TIME: print_dated(out, v, style); return;
    case FEEL_LIST: print_list(out, v.list, style); return;
    case FEEL_CONTEXT: print_context(out, v.context, style); return;
    case FEEL_RANGE:
        if (style == STYLE_JSON) {
            struct buf text = {.arena = out->arena};
            print_range(&text, v.range);
            json_string(out, buf_str(&text));
            return;
        }
        print_range(out, v.range);
        return;
    case FEEL_UNKNOWN: buf_printf(out, style == STYLE_JSON ? "null" : "unknown"); return;
    case FEEL_RECORD:
        if (style != STYLE_JSON) {
            buf_add(out, v.record.class->name);
            return;
        }
        break;
    case FEEL_NULL: break;
    }
    buf_lit(out, "null");
}

void feel_print(struct buf *out, struct feel_value v) {
    print(out, v, STYLE_FEEL);
}

void feel_print_bare(struct buf *out, struct feel_value v) {
    print(out, v, STYLE_BARE);
}

void feel_print_json(struct buf *out, struct feel_value v) {
    print(out, v, STYLE_JSON);
}

struct str feel_type_name(enum feel_type type) {
    static const char *const names[] = {
        [FEEL_NULL] = "null",
        [FEEL_BOOL] = "a yes or no",
        [FEEL_NUMBER] = "a number",
        [FEEL_TEXT] = "a text",
        [FEEL_DATE] = "a date",
        [FEEL_MONTHS] = "a duration of years and months",
        [FEEL_TIME] = "a duration of days",
        [FEEL_LIST] = "a list",
        [FEEL_CONTEXT] = "a context",
        [FEEL_RANGE] = "a range",
        [FEEL_RECORD] = "a record",
        [FEEL_UNKNOWN] = "a value",
    };
    return str_from(names[type]);
}
