/* SPDX-License-Identifier: MIT */
/* brand.c: one colour of the council's, made safe to read. */
#include "publish/brand.h"

/* Linear light of an sRGB byte, in millionths (IEC 61966-2-1). */
static const uint32_t linear[256] = {
    0,      304,    607,    911,    1214,   1518,   1821,   2125,   2428,    2732,   3035,   3347,   3677,
    4025,   4391,   4777,   5182,   5605,   6049,   6512,   6995,   7499,    8023,   8568,   9134,   9721,
    10330,  10960,  11612,  12286,  12983,  13702,  14444,  15209,  15996,   16807,  17642,  18500,  19382,
    20289,  21219,  22174,  23153,  24158,  25187,  26241,  27321,  28426,   29557,  30713,  31896,  33105,
    34340,  35601,  36889,  38204,  39546,  40915,  42311,  43735,  45186,   46665,  48172,  49707,  51269,
    52861,  54480,  56128,  57805,  59511,  61246,  63010,  64803,  66626,   68478,  70360,  72272,  74214,
    76185,  78187,  80220,  82283,  84376,  86500,  88656,  90842,  93059,   95307,  97587,  99899,  102242,
    104616, 107023, 109462, 111932, 114435, 116971, 119538, 122139, 124772,  127438, 130136, 132868, 135633,
    138432, 141263, 144128, 147027, 149960, 152926, 155926, 158961, 162029,  165132, 168269, 171441, 174647,
    177888, 181164, 184475, 187821, 191202, 194618, 198069, 201556, 205079,  208637, 212231, 215861, 219526,
    223228, 226966, 230740, 234551, 238398, 242281, 246201, 250158, 254152,  258183, 262251, 266356, 270498,
    274677, 278894, 283149, 287441, 291771, 296138, 300544, 304987, 309469,  313989, 318547, 323143, 327778,
    332452, 337164, 341914, 346704, 351533, 356400, 361307, 366253, 371238,  376262, 381326, 386429, 391572,
    396755, 401978, 407240, 412543, 417885, 423268, 428690, 434154, 439657,  445201, 450786, 456411, 462077,
    467784, 473531, 479320, 485150, 491021, 496933, 502886, 508881, 514918,  520996, 527115, 533276, 539479,
    545724, 552011, 558340, 564712, 571125, 577580, 584078, 590619, 597202,  603827, 610496, 617207, 623960,
    630757, 637597, 644480, 651406, 658375, 665387, 672443, 679542, 686685,  693872, 701102, 708376, 715694,
    723055, 730461, 737910, 745404, 752942, 760525, 768151, 775822, 783538,  791298, 799103, 806952, 814847,
    822786, 830770, 838799, 846873, 854993, 863157, 871367, 879622, 887923,  896269, 904661, 913099, 921582,
    930111, 938686, 947307, 955973, 964686, 973445, 982251, 991102, 1000000,
};

/* WCAG 2 relative luminance, in millionths. */
static uint64_t luminance(uint32_t c) {
    return (2126 * (uint64_t)linear[c >> 16 & 0xFF] + 7152 * (uint64_t)linear[c >> 8 & 0xFF] +
            722 * (uint64_t)linear[c & 0xFF]) /
           10000;
}

unsigned brand_contrast(uint32_t a, uint32_t b) {
    uint64_t x = luminance(a) + 50000, y = luminance(b) + 50000;
    return (unsigned)(x > y ? x * 100 / y : y * 100 / x);
}

/* `step` hundredths of the way from a colour to another. */
static uint32_t towards(uint32_t from, uint32_t to, uint32_t step) {
    uint32_t out = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        uint32_t a = from >> shift & 0xFF, b = to >> shift & 0xFF;
        out |= ((a * (100 - step) + b * step + 50) / 100) << shift;
    }
    return out;
}

/* What each colour is for: it needs `contrast` against every one of its grounds. */
struct use {
    uint32_t grounds[2];
    unsigned contrast; /* hundredths */
    uint32_t end;      /* where to step when it falls short */
};

static const struct use light = {{0xFFFFFF, 0xF3F5F1}, 450, 0x000000};
static const struct use dark = {{0x111817, 0x1A2422}, 700, 0xFFFFFF};

static uint32_t made_safe(uint32_t colour, const struct use *use) {
    for (uint32_t step = 0; step < 100; step++) {
        uint32_t c = towards(colour, use->end, step);
        if (brand_contrast(c, use->grounds[0]) >= use->contrast &&
            brand_contrast(c, use->grounds[1]) >= use->contrast)
            return c;
    }
    return use->end;
}

static uint32_t hex(struct str colour) {
    uint32_t c = 0;
    for (size_t i = 1; i < colour.len && i < 7; i++) {
        unsigned char d = (unsigned char)colour.at[i];
        c = c << 4 | (uint32_t)(d <= '9' ? d - '0' : (d | 0x20) - 'a' + 10);
    }
    return c;
}

void brand_css(struct buf *out, struct str colour) {
    uint32_t stated = hex(colour.len ? colour : STR(BRAND_DEFAULT));
    uint32_t on_light = made_safe(stated, &light), on_dark = made_safe(stated, &dark);
    if (on_light != stated)
        buf_printf(out, "/* #%06x has too little contrast with white: it was darkened. */\n", stated);
    buf_printf(out, ":root { --brand: #%06x; --brand-dark: #%06x; }\n", on_light, on_dark);
}
