/* SPDX-License-Identifier: MIT */
/*
 * feel_builtin_range.c: FEEL's functions on points and ranges.
 *
 * A point is the range that has only it, which gives every function one definition where DMN writes two or three. They come
 * in pairs: `after` is `before` with its arguments exchanged.
 */
#include "policy/feel_priv.h"

struct span {
    struct feel_value start, end;
    bool start_in, end_in;
};

/* Of a range without two ends, which can be neither before nor after anything, the missing one is null. */
static struct span span_of(struct feel_value v) {
    if (v.type != FEEL_RANGE)
        return (struct span){v, v, true, true};
    const struct feel_range *r = v.range;
    struct feel_value ends[4];
    static const char *const names[] = {"start", "end", "start included", "end included"};
    for (size_t i = 0; i < 4; i++)
        feel_property((struct feel_value){.type = FEEL_RANGE, .range = r}, str_from(names[i]), &ends[i]);
    return (struct span){ends[0], ends[1], ends[2].truth, ends[3].truth};
}

/* How the ends of a stand to those of b; below, at or above 0. */
struct relation {
    struct span a, b;
    int start_start, start_end, end_start, end_end;
};

typedef bool relation_test(const struct relation *r);

static struct feel_value relate(struct feel_value a, struct feel_value b, relation_test *test) {
    struct relation r = {.a = span_of(a), .b = span_of(b)};
    if (!feel_compare(r.a.start, r.b.start, &r.start_start) ||
        !feel_compare(r.a.start, r.b.end, &r.start_end) || !feel_compare(r.a.end, r.b.start, &r.end_start) ||
        !feel_compare(r.a.end, r.b.end, &r.end_end))
        return feel_null();
    return feel_bool(test(&r));
}

static bool is_before(const struct relation *r) {
    return r->end_start < 0 || (r->end_start == 0 && !(r->a.end_in && r->b.start_in));
}

static bool meets(const struct relation *r) {
    return r->end_start == 0 && r->a.end_in && r->b.start_in;
}

static bool overlaps(const struct relation *r) {
    return (r->end_start > 0 || (r->end_start == 0 && r->a.end_in && r->b.start_in)) &&
           (r->start_end < 0 || (r->start_end == 0 && r->a.start_in && r->b.end_in));
}

static bool overlaps_before(const struct relation *r) {
    return (r->start_start < 0 || (r->start_start == 0 && r->a.start_in && !r->b.start_in)) &&
           (r->end_start > 0 || (r->end_start == 0 && r->a.end_in && r->b.start_in)) &&
           (r->end_end < 0 || (r->end_end == 0 && (!r->a.end_in || r->b.end_in)));
}

static bool finishes(const struct relation *r) {
    return r->end_end == 0 && r->a.end_in == r->b.end_in &&
           (r->start_start > 0 || (r->start_start == 0 && (!r->a.start_in || r->b.start_in)));
}

static bool starts(const struct relation *r) {
    return r->start_start == 0 && r->a.start_in == r->b.start_in &&
           (r->end_end < 0 || (r->end_end == 0 && (!r->a.end_in || r->b.end_in)));
}

static bool includes(const struct relation *r) {
    return (r->start_start < 0 || (r->start_start == 0 && (r->a.start_in || !r->b.start_in))) &&
           (r->end_end > 0 || (r->end_end == 0 && (r->a.end_in || !r->b.end_in)));
}

static bool coincides(const struct relation *r) {
    return r->start_start == 0 && r->end_end == 0 && r->a.start_in == r->b.start_in &&
           r->a.end_in == r->b.end_in;
}

#define RELATION(name, test, first, second)                                                               \
    struct feel_value feel_fn_##name(struct feel_run *run, const struct feel_value *args, size_t count) { \
        (void)run, (void)count;                                                                           \
        return relate(args[first], args[second], test);                                                   \
    }

RELATION(before, is_before, 0, 1)
RELATION(after, is_before, 1, 0)
RELATION(meets, meets, 0, 1)
RELATION(met_by, meets, 1, 0)
RELATION(overlaps, overlaps, 0, 1)
RELATION(overlaps_before, overlaps_before, 0, 1)
RELATION(overlaps_after, overlaps_before, 1, 0)
RELATION(finishes, finishes, 0, 1)
RELATION(finished_by, finishes, 1, 0)
RELATION(includes, includes, 0, 1)
RELATION(during, includes, 1, 0)
RELATION(starts, starts, 0, 1)
RELATION(started_by, starts, 1, 0)
RELATION(coincides, coincides, 0, 1)
