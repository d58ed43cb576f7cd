/* SPDX-License-Identifier: MIT */
/*
 * yaml.h: YAML as data, through libyaml's events.
 *
 * Scalars stay text: what `no`, `0123` or `1.10` mean is for the schema. Refused, each with a place: duplicate keys,
 * keys that are not plain text, merge keys, anchors and aliases, tags, directives, a second document, nesting deeper
 * than YAML_DEPTH_MAX (libyaml is quadratic in depth: 160 KB of `[` took 106 s), and a plain value that a comment
 * sign cuts short (`name: St Mary #1`: a comment has a space after its sign).
 *
 * Only yaml.c includes <yaml.h>.
 */
#ifndef SIGNPOST_TEXT_YAML_H
#define SIGNPOST_TEXT_YAML_H

#include "base/diag.h"
#include "text/value.h"

#define YAML_DEPTH_MAX 64

/* Reads text [from, to) of a source as one document. Offsets are those of the whole source. An empty document is
 * VALUE_NULL and true. False with diagnostics when it is not YAML, or not ours. Safe on several threads at once. */
bool yaml_read(struct arena *arena, const struct source *source, size_t from, size_t to, struct diags *diags,
               struct value *out);

#endif
