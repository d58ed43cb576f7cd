/* SPDX-License-Identifier: MIT */
/*
 * decimal.c: decimals packed into 16 bytes, and decNumber for what two words cannot do.
 *
 * Numbers in policies are counts, percentages and short fractions, so adding, multiplying and comparing small
 * coefficients is done here in integers; everything else is unpacked into a decNumber on the stack and packed again. A
 * context is made for each call: keeping one would be state that threads share.
 */
#include "base/decimal.h"

#include <decnumber/decContext.h>

#define DECNUMDIGITS DECIMAL_DIGITS
#include <decnumber/decNumber.h>

__extension__ typedef unsigned __int128 wide;

#define EXPONENT_SHIFT 49
#define EXPONENT_MASK 0x3fffu
#define SIGN ((uint64_t)1 << 63)

/* The exponent of the last digit, which is what is stored. */
#define LAST_MAX (DECIMAL_EXPONENT_MAX - DECIMAL_DIGITS + 1)

struct parts {
    wide coefficient; /* below 10^34 */
    int exponent;
    bool negative;
};

static struct parts unpack(struct decimal d) {
    int exponent = (int)(d.high >> EXPONENT_SHIFT & EXPONENT_MASK);
    return (struct parts){
        .coefficient = (wide)(d.high & (((uint64_t)1 << EXPONENT_SHIFT) - 1)) << 64 | d.low,
        .exponent = exponent & 0x2000 ? exponent - 0x4000 : exponent,
        .negative = d.high & SIGN,
    };
}

static struct decimal pack(struct parts p) {
    uint64_t exponent = (uint64_t)p.exponent & EXPONENT_MASK;
    bool negative = p.negative && p.coefficient;
    return (struct decimal){
        (uint64_t)p.coefficient,
        (uint64_t)(p.coefficient >> 64) | exponent << EXPONENT_SHIFT | (negative ? SIGN : 0),
    };
}

/* ---- decNumber ---- */

static decContext context_of(enum rounding rounding) {
    decContext context;
    decContextDefault(&context, DEC_INIT_DECIMAL128);
    context.round = rounding;
    return context;
}

static decNumber to_number(struct decimal d) {
    struct parts p = unpack(d);
    decNumber n;
    decNumberZero(&n);
    n.exponent = p.exponent;
    n.bits = p.negative ? DECNEG : 0;
    int units = 0;
    for (wide rest = p.coefficient; rest; rest /= 1000)
        n.lsu[units++] = (decNumberUnit)(rest % 1000);
    if (units) {
        decNumberUnit top = n.lsu[units - 1];
        n.digits = (units - 1) * DECDPUN + (top > 99 ? 3 : top > 9 ? 2 : 1);
    }
    return n;
}

static bool from_number(const decNumber *n, struct decimal *out) {
    if (decNumberIsSpecial(n))
        return false;
    struct parts p = {.exponent = n->exponent, .negative = decNumberIsNegative(n)};
    for (int unit = (n->digits + DECDPUN - 1) / DECDPUN; unit-- > 0;)
        p.coefficient = p.coefficient * 1000 + n->lsu[unit];
    *out = pack(p);
    return true;
}

typedef decNumber *unary(decNumber *, const decNumber *, decContext *);
typedef decNumber *binary(decNumber *, const decNumber *, const decNumber *, decContext *);

static bool apply(unary *operation, struct decimal a, struct decimal *out) {
    decContext context = context_of(DEC_ROUND_HALF_EVEN);
    decNumber x = to_number(a), result;
    return from_number(operation(&result, &x, &context), out);
}

static bool apply_two(binary *operation, struct decimal a, struct decimal b, struct decimal *out) {
    decContext context = context_of(DEC_ROUND_HALF_EVEN);
    decNumber x = to_number(a), y = to_number(b), result;
    return from_number(operation(&result, &x, &y, &context), out);
}

/* ---- in and out of text ---- */

struct decimal decimal_whole(int64_t n) {
    wide size = (wide)(n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
    return pack((struct parts){.coefficient = size, .negative = n < 0});
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Digits beyond those that decide the rounding are told by one more digit, so that a number of any length fits the
 * buffer that decNumber reads. */
#define KEPT_DIGITS (DECIMAL_DIGITS + 2)

struct reading {
    char digits[KEPT_DIGITS + 1];
    int kept;
    int exponent; /* of the last digit kept */
    bool any, sticky;
};

static void read_digit(struct reading *r, char c, bool fraction) {
    r->any = true;
    if (r->kept < KEPT_DIGITS) {
        if (c != '0' || r->kept)
            r->digits[r->kept++] = c;
        r->exponent -= fraction;
    } else {
        r->sticky |= c != '0';
        r->exponent += !fraction;
    }
}

/* The whole of `s` as an exponent; beyond what any number here has, it stops counting. */
static bool read_exponent(struct str s, int *out) {
    bool negative = s.len && s.at[0] == '-';
    size_t i = s.len && (s.at[0] == '-' || s.at[0] == '+');
    int n = 0;
    if (i == s.len)
        return false;
    for (; i < s.len; i++) {
        if (!is_digit(s.at[i]))
            return false;
        n = n < 100000 ? n * 10 + (s.at[i] - '0') : n;
    }
    *out = negative ? -n : n;
    return true;
}

bool decimal_parse(struct str s, struct decimal *out) {
    struct reading r = {0};
    bool negative = s.len && s.at[0] == '-', point = false;
    size_t i = negative;
    for (; i < s.len && (is_digit(s.at[i]) || (s.at[i] == '.' && !point)); i++) {
        if (s.at[i] == '.')
            point = true;
        else
            read_digit(&r, s.at[i], point);
    }
    int exponent = 0;
    if (!r.any || s.at[i - 1] == '.')
        return false;
    if (i < s.len &&
        ((s.at[i] != 'e' && s.at[i] != 'E') || !read_exponent(str_sub(s, i + 1, s.len), &exponent)))
        return false;
    if (r.sticky && r.digits[KEPT_DIGITS - 1] == '0')
        r.digits[KEPT_DIGITS - 1] = '1';
    char text[KEPT_DIGITS + 32];
    snprintf(text, sizeof(text), "%s%se%d", negative ? "-" : "", r.kept ? r.digits : "0",
             exponent + r.exponent);
    decContext context = context_of(DEC_ROUND_HALF_EVEN);
    decNumber n;
    return from_number(decNumberFromString(&n, text, &context), out);
}

void decimal_print(struct buf *out, struct decimal a) {
    struct parts p = unpack(a);
    for (; p.coefficient && p.coefficient % 10 == 0; p.exponent++)
        p.coefficient /= 10;
    if (!p.coefficient)
        p.exponent = 0;
    char digits[DECIMAL_DIGITS + 6];
    int count = 0;
    do
        digits[sizeof(digits) - 1 - (size_t)count++] = (char)('0' + (int)(p.coefficient % 10));
    while (p.coefficient /= 10);
    const char *first = digits + sizeof(digits) - count;
    if (p.negative)
        buf_byte(out, '-');
    int whole = count + p.exponent; /* digits before the point */
    if (p.exponent > DECIMAL_DIGITS || whole < -DECIMAL_DIGITS) {
        buf_add(out, (struct str){first, 1});
        if (count > 1)
            buf_byte(out, '.');
        buf_add(out, (struct str){first + 1, (size_t)count - 1});
        buf_printf(out, "e%d", whole - 1);
        return;
    }
    for (int i = whole < 1 ? whole - 1 : 0; i < (whole > count ? whole : count); i++) {
        if (i == whole)
            buf_byte(out, '.');
        buf_byte(out, i >= 0 && i < count ? first[i] : '0');
    }
}

/* ---- arithmetic ---- */

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out) {
    struct parts p = unpack(a), q = unpack(b);
    if (p.exponent != q.exponent || (p.coefficient | q.coefficient) >> 64)
        return apply_two(decNumberAdd, a, b, out);
    struct parts sum = {.exponent = p.exponent};
    if (p.negative == q.negative) {
        sum.coefficient = p.coefficient + q.coefficient;
        sum.negative = p.negative;
    } else {
        bool more = p.coefficient >= q.coefficient;
        sum.coefficient = more ? p.coefficient - q.coefficient : q.coefficient - p.coefficient;
        sum.negative = more ? p.negative : q.negative;
    }
    *out = pack(sum);
    return true;
}

bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out) {
    return decimal_add(a, decimal_negate(b), out);
}

bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out) {
    struct parts p = unpack(a), q = unpack(b);
    int exponent = p.exponent + q.exponent;
    if ((p.coefficient | q.coefficient) >> 56 || exponent < DECIMAL_EXPONENT_MIN || exponent > LAST_MAX)
        return apply_two(decNumberMultiply, a, b, out);
    *out = pack((struct parts){p.coefficient * q.coefficient, exponent, p.negative != q.negative});
    return true;
}

bool decimal_divide(struct decimal a, struct decimal b, struct decimal *out) {
    return apply_two(decNumberDivide, a, b, out);
}

bool decimal_power(struct decimal a, struct decimal b, struct decimal *out) {
    return apply_two(decNumberPower, a, b, out);
}

bool decimal_modulo(struct decimal a, struct decimal b, struct decimal *out) {
    struct decimal rest;
    if (!apply_two(decNumberRemainder, a, b, &rest))
        return false;
    if (decimal_sign(rest) && decimal_sign(rest) != decimal_sign(b))
        return decimal_add(rest, b, out);
    *out = rest;
    return true;
}

bool decimal_sqrt(struct decimal a, struct decimal *out) {
    return apply(decNumberSquareRoot, a, out);
}

bool decimal_log(struct decimal a, struct decimal *out) {
    return decimal_sign(a) > 0 && apply(decNumberLn, a, out);
}

bool decimal_exp(struct decimal a, struct decimal *out) {
    return apply(decNumberExp, a, out);
}

bool decimal_round(struct decimal a, int64_t scale, enum decimal_rounding how, struct decimal *out) {
    static const enum rounding modes[] = {
        [DECIMAL_HALF_EVEN] = DEC_ROUND_HALF_EVEN, [DECIMAL_FLOOR] = DEC_ROUND_FLOOR,
        [DECIMAL_CEILING] = DEC_ROUND_CEILING,     [DECIMAL_UP] = DEC_ROUND_UP,
        [DECIMAL_DOWN] = DEC_ROUND_DOWN,           [DECIMAL_HALF_UP] = DEC_ROUND_HALF_UP,
        [DECIMAL_HALF_DOWN] = DEC_ROUND_HALF_DOWN,
    };
    if (scale < -LAST_MAX || scale > -DECIMAL_EXPONENT_MIN)
        return false;
    *out = a;
    if (unpack(a).exponent >= -scale)
        return true;
    decContext context = context_of(modes[how]);
    decNumber n = to_number(a), exponent, result;
    decNumberFromInt32(&exponent, (int32_t)-scale);
    return from_number(decNumberRescale(&result, &n, &exponent, &context), out);
}

struct decimal decimal_negate(struct decimal a) {
    struct parts p = unpack(a);
    p.negative = !p.negative;
    return pack(p);
}

struct decimal decimal_abs(struct decimal a) {
    struct parts p = unpack(a);
    p.negative = false;
    return pack(p);
}

/* ---- questions ---- */

int decimal_sign(struct decimal a) {
    struct parts p = unpack(a);
    return !p.coefficient ? 0 : p.negative ? -1 : 1;
}

int decimal_cmp(struct decimal a, struct decimal b) {
    struct parts p = unpack(a), q = unpack(b);
    if (decimal_sign(a) != decimal_sign(b))
        return decimal_sign(a) < decimal_sign(b) ? -1 : 1;
    if (p.exponent != q.exponent) {
        struct decimal order = {0};
        apply_two(decNumberCompare, a, b, &order);
        return decimal_sign(order);
    }
    int size = (p.coefficient > q.coefficient) - (p.coefficient < q.coefficient);
    return p.negative ? -size : size;
}

bool decimal_is_whole(struct decimal a) {
    struct parts p = unpack(a);
    for (; p.exponent < 0 && p.coefficient; p.exponent++) {
        if (p.coefficient % 10)
            return false;
        p.coefficient /= 10;
    }
    return true;
}

bool decimal_to_int64(struct decimal a, int64_t *out) {
    struct parts p = unpack(a);
    for (; p.exponent < 0 && p.coefficient; p.exponent++)
        p.coefficient /= 10;
    for (; p.exponent > 0 && p.coefficient; p.exponent--) {
        if (p.coefficient > INT64_MAX)
            return false;
        p.coefficient *= 10;
    }
    if (p.coefficient > INT64_MAX)
        return false;
    *out = p.negative ? -(int64_t)p.coefficient : (int64_t)p.coefficient;
    return true;
}
