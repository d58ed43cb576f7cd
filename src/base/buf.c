/* SPDX-License-Identifier: MIT */
/* buf.c: bytes that grow, in an arena. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
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

void buf_whole(struct buf *buf, long long n) {
    char digits[24];
    size_t i = sizeof(digits);
    unsigned long long left = n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n;
    do
        digits[--i] = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        digits[--i] = '-';
    buf_add(buf, (struct str){digits + i, sizeof(digits) - i});
}

void buf_clear(struct buf *buf) {
    buf->len = 0;
}

struct str buf_str(const struct buf *buf) {
    return (struct str){buf->at, buf->len};
}

/* Most texts fit into the room there is; only one that does not is formatted twice. */
void buf_printf(struct buf *buf, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    buf_reserve(buf, 64);
    int n = vsnprintf(buf->at + buf->len, buf->size - buf->len, format, args);
    va_end(args);
    if (n > 0 && (size_t)n >= buf->size - buf->len) {
        buf_reserve(buf, (size_t)n + 1);
        vsnprintf(buf->at + buf->len, (size_t)n + 1, format, again);
    }
    buf->len += n > 0 ? (size_t)n : 0;
    va_end(again);
}
