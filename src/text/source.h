/* SPDX-License-Identifier: MIT */
/*
 * source.h: bytes become text, or are refused.
 *
 * Every reader behind this door may rely on: UTF-8 without a byte order mark, no NUL, no control characters but tab,
 * LF and a CR before it, and no character that breaks lines in one language and not in another (U+0085, U+2028,
 * U+2029).
 */
#ifndef SIGNPOST_TEXT_SOURCE_H
#define SIGNPOST_TEXT_SOURCE_H

#include "base/diag.h"

/* Files of a portal are written by people; a larger one is a mistake, or an attack. */
#define SOURCE_SIZE_MAX ((size_t)1024 * 1024)
#define SOURCE_SIZE_WORDS "1 MiB"

/* A source in the arena over bytes that outlive it, or NULL with diagnostics (all that are wrong, the first of each
 * kind). Warns of a byte order mark and of CR LF. */
const struct source *source_new(struct arena *arena, struct str path, struct str bytes, struct diags *diags);

/* Says why the file at `path` could not be read, from the errno that file_read or folder_list left: it is larger than
 * `limit` (in words), leads out of its folder, or what the system says. `path` and the arena must outlive `diags`. */
void source_refused(struct arena *arena, struct str path, int error, const char *limit, struct diags *diags);

#endif
