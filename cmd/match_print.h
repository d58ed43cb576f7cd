/* SPDX-License-Identifier: MIT */
/* match_print.h: two of the three forms of what `signpost match` found. */
#ifndef SIGNPOST_CMD_MATCH_PRINT_H
#define SIGNPOST_CMD_MATCH_PRINT_H

#include "base/buf.h"
#include "portal/match.h"

void match_text(struct buf *out, const struct site *site, const struct match_result *result,
                struct arena *arena);
void match_json(struct buf *out, const struct match_result *result, struct arena *arena);

#endif
