/* SPDX-License-Identifier: MIT */
/*
 * buf.h: bytes that grow, in an arena.
 *
 * A buf is for building one text from front to back. Growing doubles, so a buf costs at most twice its text in its
 * arena; keep one for a worker's lifetime and buf_clear it for each page.
 */
#ifndef SIGNPOST_BASE_BUF_H
#define SIGNPOST_BASE_BUF_H

#include <stdarg.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
    struct arena *arena; /* the only field to set; the rest starts at zero */
    char *at;
    size_t len;
    size_t size;
};

void buf_reserve(struct buf *buf, size_t more); /* room for `more` bytes without growing */
void buf_add(struct buf *buf, struct str s);
void buf_byte(struct buf *buf, char c);
void buf_code_point(struct buf *buf, uint32_t c); /* as UTF-8 */
void buf_whole(struct buf *buf, long long n);     /* in decimal */
void buf_clear(struct buf *buf);                  /* empty again, keeping its room */
struct str buf_str(const struct buf *buf);        /* a view, valid until the buf changes */

#define buf_lit(buf, literal) buf_add((buf), STR(literal))

/* printf with %s %.*s (STR_FMT) %d %u %x %X %%, the sizes l and z, and zeros up to a width (%04x): what machine output
 * needs. */
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
