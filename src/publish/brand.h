/* SPDX-License-Identifier: MIT */
/*
 * brand.h: one colour of the council's, made safe to read.
 *
 * A portal states one colour. The style sheet needs two: one that white text can stand on and that can be text on
 * white, and one for dark mode. Each is the stated colour where its contrast is enough, else the nearest step
 * towards black or white that is; the file says what was changed. Contrast is WCAG 2's, in integers, so that every
 * machine writes the same bytes.
 */
#ifndef SIGNPOST_PUBLISH_BRAND_H
#define SIGNPOST_PUBLISH_BRAND_H

#include "base/buf.h"

#define BRAND_DEFAULT "#0b5351"

/* Appends the style sheet for `colour` ("#0b5351"), or for the default where it is empty. */
void brand_css(struct buf *out, struct str colour);

/* WCAG 2 contrast of two colours (0xRRGGBB), in hundredths: 2100 is black on white. */
unsigned brand_contrast(uint32_t a, uint32_t b);

#endif
