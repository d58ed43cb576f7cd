/* SPDX-License-Identifier: MIT */
/*
 * json.h: JSON in and out.
 *
 * The reader takes RFC 8259 (surrogate pairs, which YAML's reader refuses) and gives the same tree as YAML does:
 * numbers keep their text. Depth is bounded by JSON_DEPTH_MAX, duplicate names and bad UTF-8 are errors with a
 * place; half a surrogate pair, which no UTF-8 can say, is an error too. The writer escapes so that its text may
 * stand inside a <script> element: <, >, &, U+2028, U+2029 as \u.
 */
#ifndef SIGNPOST_TEXT_JSON_H
#define SIGNPOST_TEXT_JSON_H

#include "base/buf.h"
#include "base/diag.h"
#include "text/value.h"

#define JSON_DEPTH_MAX 64

/* False with one or more diagnostics when the source is not one JSON text. Strings without escapes are views of the
 * source. */
bool json_read(struct arena *arena, const struct source *source, struct diags *diags, struct value *out);

void json_string(struct buf *out, struct str s); /* with its quotes */

/* indent: spaces a level; -1 for one line without any. Fields keep their order, numbers and VALUE_JSON their text. */
void json_write(struct buf *out, const struct value *v, int indent);

#endif
