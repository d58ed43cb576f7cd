/* SPDX-License-Identifier: MIT */
/* buf.c: bytes that grow, in an arena. */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

void buf_reserve(struct buf *buf, size_t more) {
    if (buf->size - buf->len >= more)
        return;
    size_t size = buf->size ? buf->size * 2 : 256;
    while (size - buf->len < more)
        size *= 2;
    buf->at = arena_grow(buf->arena, buf->at, buf->size, size, 1);
    buf->size = size;
}

void buf_add(struct buf *buf, struct str s) {
    if (!s.len)
        return;
    buf_reserve(buf, s.len);
    memcpy(buf->at + buf->len, s.at, s.len);
    buf->len += s.len;
}

void buf_byte(struct buf *buf, char c) {
    buf_reserve(buf, 1);
    buf->at[buf->len++] = c;
}

void buf_code_point(struct buf *buf, uint32_t c) {
    if (c < 0x80) {
        buf_byte(buf, (char)c);
        return;
    }
    int tail = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    buf_byte(buf, (char)(lead[tail] | c >> (6 * tail)));
    while (tail--)
        buf_byte(buf, (char)(0x80 | (c >> (6 * tail) & 0x3F)));
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
}

struct str buf_str(const struct buf *buf) {
    return (struct str){buf->at, buf->len};
}

/* How a number is to be written: `%04x` in hexadecimal with zeros up to a width of 4. */
struct number {
    const char *hex; /* its digits; NULL: in decimal */
    size_t width;
};

static void add_number(struct buf *buf, unsigned long long n, const struct number *how) {
    char digits[24];
    size_t i = sizeof(digits);
    do
        digits[--i] = how->hex ? how->hex[n & 15] : (char)('0' + n % 10);
    while ((n = how->hex ? n >> 4 : n / 10));
    for (size_t width = sizeof(digits) - i; width < how->width; width++)
        buf_byte(buf, '0');
    buf_add(buf, (struct str){digits + i, sizeof(digits) - i});
}

static void add_signed(struct buf *buf, long long n, const struct number *how) {
    if (n < 0)
        buf_byte(buf, '-');
    add_number(buf, n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n, how);
}

void buf_whole(struct buf *buf, long long n) {
    add_signed(buf, n, &(struct number){0});
}

/* Drawings are mostly numbers in text, and the C library's printf takes four times as long over them. */
void buf_vprintf(struct buf *buf, const char *format, va_list args) {
    for (const char *p = format; *p; p++) {
        size_t text = (size_t)(strchrnul(p, '%') - p);
        buf_add(buf, (struct str){p, text});
        p += text;
        if (!*p)
            break;
        struct number how = {0};
        if (strncmp(p, "%.*s", 4) == 0) { /* STR_FMT */
            int len = va_arg(args, int);
            buf_add(buf, (struct str){va_arg(args, const char *), (size_t)len});
            p += 3;
            continue;
        }
        if (*++p == '0')
            for (p++; *p >= '0' && *p <= '9'; p++)
                how.width = how.width * 10 + (size_t)(*p - '0');
        char size = *p == 'l' || *p == 'z' ? *p++ : 0;
        how.hex = *p == 'x' ? "0123456789abcdef" : *p == 'X' ? "0123456789ABCDEF" : NULL;
        switch (*p) {
        case '%': buf_byte(buf, '%'); break;
        case 's': buf_add(buf, str_from(va_arg(args, const char *))); break;
        case 'd': add_signed(buf, size == 'l' ? va_arg(args, long) : va_arg(args, int), &how); break;
        case 'u':
        case 'x':
        case 'X':
            add_number(buf,
                       size == 'z'   ? va_arg(args, size_t)
                       : size == 'l' ? va_arg(args, unsigned long)
                                     : va_arg(args, unsigned),
                       &how);
            break;
        default: assert(false); /* a conversion that buf_printf does not have */
        }
    }
}

void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args;
    va_start(args, format);
    buf_vprintf(buf, format, args);
    va_end(args);
}
