/* SPDX-License-Identifier: MIT */
/* svg.h: how every picture begins: one image to a screen reader, with a name and a description. */
#ifndef SIGNPOST_PUBLISH_SVG_H
#define SIGNPOST_PUBLISH_SVG_H

#include "base/buf.h"
#include "base/str.h"

/* Appends <svg ...><title id="ID-t">...</title><desc id="ID-d">...</desc>; whoever opens it writes </svg>. */
void svg_open(struct buf *out, const char *class, int width, int height, struct str id, struct str title,
              struct str desc);

#endif
