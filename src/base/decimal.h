/* SPDX-License-Identifier: MIT */
/*
 * decimal.h: exact decimal numbers, as people write them: 0.1 + 0.2 is 0.3.
 *
 * A decimal has up to 34 digits and an exponent, and rounds half to even when 34 are not enough: the decimal128 of
 * IEEE 754 without its infinities and NaNs, which is what DMN asks of FEEL. It is passed by value; zero is the number
 * 0. There is no context to keep and no state: any thread may call anything.
 *
 * What has no result (division by zero, a power too large, the logarithm of 0) returns false and leaves *out alone.
 * Equal numbers may be held differently (1 and 1.0), so compare with decimal_cmp, never with memcmp. Only decimal.c
 * includes decNumber.
 */
#ifndef SIGNPOST_BASE_DECIMAL_H
#define SIGNPOST_BASE_DECIMAL_H

#include "base/buf.h"
#include "base/str.h"

#define DECIMAL_DIGITS 34

/* The exponents that a result may have, of its first digit and of its last. */
#define DECIMAL_EXPONENT_MAX 6144
#define DECIMAL_EXPONENT_MIN (-6176)

/* The coefficient is the low 113 bits; above it 14 bits of exponent, in two's complement; the highest is the sign. */
struct decimal {
    uint64_t low;
    uint64_t high;
};

enum decimal_rounding {
    DECIMAL_HALF_EVEN,
    DECIMAL_FLOOR,
    DECIMAL_CEILING,
    DECIMAL_UP,   /* away from zero */
    DECIMAL_DOWN, /* towards zero */
    DECIMAL_HALF_UP,
    DECIMAL_HALF_DOWN,
};

struct decimal decimal_whole(int64_t n);

/* `-12.5`, `.5`, `1.5e-3`: digits with at most one point, a sign before them, an exponent after them, and nothing else
 * (no white space, no NaN). */
bool decimal_parse(struct str s, struct decimal *out);

bool decimal_add(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_subtract(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_multiply(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_divide(struct decimal a, struct decimal b, struct decimal *out);
bool decimal_power(struct decimal a, struct decimal b, struct decimal *out);

/* a - b * floor(a / b): what remains has the sign of b. */
bool decimal_modulo(struct decimal a, struct decimal b, struct decimal *out);

bool decimal_sqrt(struct decimal a, struct decimal *out);
bool decimal_log(struct decimal a, struct decimal *out); /* natural */
bool decimal_exp(struct decimal a, struct decimal *out);

/* To `scale` digits after the point; a negative scale rounds before it (-2: to hundreds). */
bool decimal_round(struct decimal a, int64_t scale, enum decimal_rounding how, struct decimal *out);

struct decimal decimal_negate(struct decimal a);
struct decimal decimal_abs(struct decimal a);

int decimal_cmp(struct decimal a, struct decimal b); /* below, at or above 0 */
int decimal_sign(struct decimal a);                  /* -1, 0 or 1 */
bool decimal_is_whole(struct decimal a);

/* The whole part, towards zero; false where it does not fit. */
bool decimal_to_int64(struct decimal a, int64_t *out);

/* Without zeros at the end: 1.50 is "1.5", 100 is "100". Numbers with more than DECIMAL_DIGITS zeros before or after
 * their digits have an exponent (1e40), so that a text stays short. */
void decimal_print(struct buf *out, struct decimal a);

#endif
