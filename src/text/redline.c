/* SPDX-License-Identifier: MIT */
/*
 * redline.c: blocks that are the same, then those that moved, then those that are alike, then their words.
 *
 * Each step only takes blocks that the one before left over, so that a paragraph that stands where it stood is never
 * said to have moved, and one that moved is never said to have been rewritten.
 */
#include "text/redline.h"

#include <stdlib.h>

#include "base/map.h"

/* Words kept between two changes that are too few to find one's way by are marked as well: "the" alone, between two
 * sentences that have nothing else in common, makes four marks of two. */
#define ISLAND_WORDS 1

/* ---- words ---- */

static size_t words_in(struct str text) {
    size_t count = 0;
    for (struct str rest = text, word; str_cut(&rest, ' ', &word);)
        count += word.len > 0;
    return count;
}

static struct str *words_of(struct arena *arena, struct str text, size_t *count) {
    struct str *words = arena_array(arena, struct str, words_in(text));
    *count = 0;
    for (struct str rest = text, word; str_cut(&rest, ' ', &word);)
        if (word.len)
            words[(*count)++] = word;
    return words;
}

/* From the first word to the last, of one text. */
static struct str stretch(const struct str *words, size_t from, size_t to) {
    const char *end = words[to - 1].at + words[to - 1].len;
    return (struct str){words[from].at, (size_t)(end - words[from].at)};
}

struct spans {
    struct redline_span *items;
    size_t count;
    size_t words; /* added and removed */
};

static void span_add(struct spans *spans, enum redline_part part, const struct str *words, size_t from,
                     size_t to) {
    if (from == to)
        return;
    spans->items[spans->count++] = (struct redline_span){part, stretch(words, from, to)};
    spans->words += part == REDLINE_KEPT ? 0 : to - from;
}

/* Whether a run is a few words between two changes that are larger. */
static bool is_island(const struct difference *d, size_t i) {
    if (!i || i + 2 >= d->count || d->runs[i].count > ISLAND_WORDS)
        return false;
    const struct difference_run *before = &d->runs[i - 1], *run = &d->runs[i], *after = &d->runs[i + 1];
    size_t left = (run->base - before->base - before->count) + (run->head - before->head - before->count);
    size_t right = (after->base - run->base - run->count) + (after->head - run->head - run->count);
    return left > 2 * run->count && right > 2 * run->count;
}

struct redline_change redline_words(struct differ *differ, struct str base, struct str head) {
    struct arena *scratch = differ->scratch;
    struct arena_mark mark = arena_mark(scratch);
    size_t base_count, head_count, x = 0, y = 0;
    struct str *old = words_of(scratch, base, &base_count), *new = words_of(scratch, head, &head_count);
    struct difference d = differ_compare(differ, old, base_count, new, head_count);
    struct spans spans = {arena_array(differ->arena, struct redline_span, 3 * d.count), 0, 0};
    for (size_t i = 0; i < d.count; i++) {
        const struct difference_run *run = &d.runs[i];
        if (is_island(&d, i))
            continue;
        span_add(&spans, REDLINE_REMOVED, old, x, run->base);
        span_add(&spans, REDLINE_ADDED, new, y, run->head);
        span_add(&spans, REDLINE_KEPT, new, run->head, run->head + run->count);
        x = run->base + run->count;
        y = run->head + run->count;
    }
    arena_rewind(scratch, mark);
    return (struct redline_change){
        .kind = REDLINE_CHANGE,
        .count = 1,
        .words = spans.words,
        .spans = spans.items,
        .span_count = spans.count,
    };
}

/* ---- likeness ---- */

void redline_bag_add(struct redline_bag *bag, struct arena *arena, struct str text) {
    for (struct str rest = text, word; str_cut(&rest, ' ', &word);) {
        if (!word.len)
            continue;
        if (bag->count == bag->room) {
            size_t size = sizeof(*bag->hashes), room = bag->room ? 2 * bag->room : 16;
            bag->hashes = arena_grow(arena, bag->hashes, bag->room * size, room * size, alignof(uint32_t));
            bag->room = room;
        }
        bag->hashes[bag->count++] = str_hash(word);
    }
}

static int by_hash(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

void redline_bag_done(struct redline_bag *bag) {
    if (bag->count)
        qsort(bag->hashes, bag->count, sizeof(*bag->hashes), by_hash);
}

unsigned redline_like(const struct redline_bag *a, const struct redline_bag *b) {
    size_t both = 0;
    if (!a->count && !b->count)
        return 100;
    for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
        uint32_t x = a->hashes[i], y = b->hashes[j];
        both += x == y;
        i += x <= y;
        j += y <= x;
    }
    return (unsigned)(200 * both / (a->count + b->count));
}

/* ---- blocks ---- */

enum fate { GONE, SAME, MOVED, CHANGED };

struct side {
    const struct markdown_block **blocks; /* those that are compared */
    size_t *index;                        /* in the prose */
    struct str *keys;
    size_t *pair; /* in the other side; REDLINE_NONE */
    enum fate *fate;
    size_t count;
};

struct work {
    struct differ *differ;
    struct side base, head;
    struct redline out;
    size_t room;
};

/* What makes two blocks the same: all that a reader meets. */
static struct str key_of(struct arena *arena, const struct markdown_block *block) {
    struct buf key = {.arena = arena};
    buf_byte(&key, (char)('a' + (int)block->kind));
    buf_whole(&key, block->level);
    buf_byte(&key, ' ');
    buf_add(&key, block->text);
    for (size_t i = 0; i < block->link_count; i++) {
        buf_byte(&key, '\n');
        buf_add(&key, block->links[i]);
    }
    return buf_str(&key);
}

static void side_make(struct side *side, struct arena *arena, const struct markdown_prose *prose,
                      enum redline_what what) {
    side->blocks = arena_array(arena, const struct markdown_block *, prose->count);
    side->index = arena_array(arena, size_t, prose->count);
    side->keys = arena_array(arena, struct str, prose->count);
    side->pair = arena_array(arena, size_t, prose->count);
    side->fate = arena_array(arena, enum fate, prose->count);
    for (size_t i = 0; i < prose->count; i++) {
        const struct markdown_block *block = &prose->blocks[i];
        if (what == REDLINE_NO_PROGRAMS && block->program && block->kind == MARKDOWN_ROW)
            continue;
        side->blocks[side->count] = block;
        side->index[side->count] = i;
        side->keys[side->count] = key_of(arena, block);
        side->pair[side->count++] = REDLINE_NONE;
    }
}

static void pair_up(struct work *w, size_t base, size_t head, enum fate fate) {
    w->base.pair[base] = head;
    w->head.pair[head] = base;
    w->base.fate[base] = w->head.fate[head] = fate;
}

static void pair_same(struct work *w) {
    struct difference d = differ_compare(w->differ, w->base.keys, w->base.count, w->head.keys, w->head.count);
    w->out.coarse = w->out.coarse || d.coarse;
    for (size_t i = 0; i < d.count; i++)
        for (size_t j = 0; j < d.runs[i].count; j++)
            pair_up(w, d.runs[i].base + j, d.runs[i].head + j, SAME);
}

/* The first of a key that is left over in the base, and so on: of two alike, the first is the first. */
static void pair_moved(struct work *w, struct arena *scratch) {
    struct map left = {.arena = scratch}; /* key -> the chain of those that have it, by `next` */
    size_t *next = arena_array(scratch, size_t, w->base.count);
    map_reserve(&left, w->base.count);
    for (size_t i = w->base.count; i-- > 0;) {
        if (w->base.pair[i] != REDLINE_NONE)
            continue;
        size_t *first = map_get(&left, w->base.keys[i]);
        if (!first) {
            first = arena_new(scratch, size_t);
            *first = REDLINE_NONE;
            map_add(&left, w->base.keys[i], first, NULL);
        }
        next[i] = *first;
        *first = i;
    }
    for (size_t j = 0; j < w->head.count; j++) {
        size_t *first = w->head.pair[j] == REDLINE_NONE ? map_get(&left, w->head.keys[j]) : NULL;
        if (!first || *first == REDLINE_NONE)
            continue;
        size_t base = *first;
        *first = next[base];
        pair_up(w, base, j, MOVED);
    }
}

/* Rows with rows and so on; a heading only with a heading. */
static bool kinds_pair(const struct markdown_block *a, const struct markdown_block *b) {
    bool apart = a->kind == MARKDOWN_HEADING || a->kind == MARKDOWN_ROW || a->kind == MARKDOWN_CODE ||
                 b->kind == MARKDOWN_HEADING || b->kind == MARKDOWN_ROW || b->kind == MARKDOWN_CODE;
    return a->kind == b->kind || !apart;
}

/* Bags of the left-over blocks of a stretch of one side. */
static struct redline_bag *bags_of(const struct side *side, struct arena *scratch, size_t from,
                                   size_t count) {
    struct redline_bag *bags = arena_array(scratch, struct redline_bag, count);
    for (size_t i = 0; i < count; i++) {
        if (side->pair[from + i] != REDLINE_NONE)
            continue;
        redline_bag_add(&bags[i], scratch, side->blocks[from + i]->text);
        redline_bag_done(&bags[i]);
    }
    return bags;
}

/* Two stretches between blocks that are the same. */
struct gap {
    size_t base, old; /* where it begins, and how many blocks it has */
    size_t head, new;
    const struct redline_bag *old_bags, *new_bags;
};

/* Which of the head's blocks, from `after` on, is most like the base's. Of two that stand alone against each other, the
 * one has taken the other's place, whatever it says. */
static size_t most_like(const struct work *w, const struct gap *gap, size_t i, size_t after) {
    size_t best = REDLINE_NONE;
    unsigned most = gap->old == 1 && gap->new == 1 ? 0 : REDLINE_LIKE;
    for (size_t j = after; j < gap->new && w->differ->work; j++) {
        if (w->head.pair[gap->head + j] != REDLINE_NONE ||
            !kinds_pair(w->base.blocks[gap->base + i], w->head.blocks[gap->head + j]))
            continue;
        size_t cost = gap->old_bags[i].count + gap->new_bags[j].count + 1;
        w->differ->work -= cost < w->differ->work ? cost : w->differ->work;
        unsigned like = redline_like(&gap->old_bags[i], &gap->new_bags[j]);
        if (like < most || (best != REDLINE_NONE && like == most))
            continue;
        best = j;
        most = like;
    }
    return best;
}

/* In order, so that what is paired does not cross. */
static void pair_alike(struct work *w, struct arena *scratch, struct gap *gap) {
    if (!gap->old || !gap->new || gap->old > REDLINE_PAIRS_MAX / gap->new)
        return;
    struct arena_mark mark = arena_mark(scratch);
    gap->old_bags = bags_of(&w->base, scratch, gap->base, gap->old);
    gap->new_bags = bags_of(&w->head, scratch, gap->head, gap->new);
    for (size_t i = 0, after = 0; i < gap->old; i++) {
        if (w->base.pair[gap->base + i] != REDLINE_NONE)
            continue;
        size_t best = most_like(w, gap, i, after);
        if (best == REDLINE_NONE)
            continue;
        pair_up(w, gap->base + i, gap->head + best, CHANGED);
        after = best + 1;
    }
    arena_rewind(scratch, mark);
}

static void pair_gaps(struct work *w, struct arena *scratch) {
    size_t base = 0, head = 0;
    for (size_t j = 0; j <= w->head.count; j++) {
        bool end = j == w->head.count;
        if (!end && w->head.fate[j] != SAME)
            continue;
        size_t i = end ? w->base.count : w->head.pair[j];
        pair_alike(w, scratch, &(struct gap){base, i - base, head, j - head, NULL, NULL});
        base = i + 1;
        head = j + 1;
    }
}

/* ---- the changes ---- */

static struct redline_change *change_add(struct work *w, struct redline_change change) {
    if (w->out.count == w->room) {
        size_t size = sizeof(change), room = w->room ? 2 * w->room : 16;
        w->out.changes = arena_grow(w->differ->arena, w->out.changes, w->room * size, room * size,
                                    alignof(struct redline_change));
        w->room = room;
    }
    w->out.changes[w->out.count] = change;
    return &w->out.changes[w->out.count++];
}

/* How many blocks the section has that the block heads; 1 of what is no heading. */
static size_t section_of(const struct side *side, size_t at) {
    size_t end = at + 1;
    if (side->blocks[at]->kind != MARKDOWN_HEADING)
        return 1;
    while (
        end < side->count && side->blocks[end]->kind != MARKDOWN_FOOTNOTE &&
        (side->blocks[end]->kind != MARKDOWN_HEADING || side->blocks[end]->level > side->blocks[at]->level))
        end++;
    return end - at;
}

/* As many blocks from there on as have gone the same way: those of a whole section, or one. */
static size_t together(const struct side *side, const struct side *other, size_t at) {
    size_t count = section_of(side, at);
    for (size_t i = 1; i < count; i++)
        if (side->fate[at + i] != side->fate[at] ||
            (side->fate[at] == MOVED && side->pair[at + i] != side->pair[at] + i))
            return 1;
    bool whole = side->fate[at] != MOVED || section_of(other, side->pair[at]) == count;
    return whole ? count : 1;
}

static size_t words_together(const struct side *side, size_t at, size_t count) {
    size_t words = 0;
    for (size_t i = 0; i < count; i++)
        words += words_in(side->blocks[at + i]->text);
    return words;
}

static bool leads_elsewhere(const struct markdown_block *a, const struct markdown_block *b) {
    if (a->link_count != b->link_count)
        return true;
    for (size_t i = 0; i < a->link_count; i++)
        if (!str_eq(a->links[i], b->links[i]))
            return true;
    return false;
}

static void tell_change(struct work *w, size_t base, size_t head) {
    const struct markdown_block *old = w->base.blocks[base], *new = w->head.blocks[head];
    bool coarse = !w->differ->work;
    struct redline_change change = redline_words(w->differ, old->text, new->text);
    w->out.coarse = w->out.coarse || coarse || !w->differ->work;
    change.base = w->base.index[base];
    change.head = w->head.index[head];
    change.level = old->kind == new->kind && old->level != new->level;
    change.links = leads_elsewhere(old, new);
    for (size_t i = 0; i < change.span_count; i++) {
        w->out.added += change.spans[i].part == REDLINE_ADDED ? words_in(change.spans[i].text) : 0;
        w->out.removed += change.spans[i].part == REDLINE_REMOVED ? words_in(change.spans[i].text) : 0;
    }
    change_add(w, change);
}

/* What is in one side only, or elsewhere in the other; gives how many blocks that were. */
static size_t tell_blocks(struct work *w, bool of_head, size_t at) {
    const struct side *side = of_head ? &w->head : &w->base, *other = of_head ? &w->base : &w->head;
    size_t count = together(side, other, at), words = words_together(side, at, count);
    bool moved = side->fate[at] == MOVED;
    struct redline_change change = {
        .kind = moved     ? REDLINE_MOVE
                : of_head ? REDLINE_ADD
                          : REDLINE_REMOVE,
        .base = REDLINE_NONE,
        .head = REDLINE_NONE,
        .count = count,
        .words = words,
    };
    *(of_head ? &change.head : &change.base) = side->index[at];
    if (moved)
        change.base = other->index[side->pair[at]];
    else
        *(of_head ? &w->out.added : &w->out.removed) += words;
    change_add(w, change);
    return count;
}

/* What was removed from a gap comes before what was added there. */
static void tell(struct work *w) {
    size_t i = 0, j = 0;
    while (i < w->base.count || j < w->head.count) {
        if (i < w->base.count && w->base.fate[i] == GONE) {
            i += tell_blocks(w, false, i);
        } else if (i < w->base.count && w->base.fate[i] == MOVED) {
            i++; /* told where it is now */
        } else if (w->head.fate[j] == GONE || w->head.fate[j] == MOVED) {
            j += tell_blocks(w, true, j);
        } else {
            if (w->head.fate[j] == CHANGED)
                tell_change(w, i, j);
            i++;
            j++;
        }
    }
}

struct redline redline_make(struct differ *differ, const struct markdown_prose *base,
                            const struct markdown_prose *head, enum redline_what what) {
    struct arena *scratch = differ->scratch;
    struct arena_mark mark = arena_mark(scratch);
    struct work w = {.differ = differ};
    side_make(&w.base, scratch, base, what);
    side_make(&w.head, scratch, head, what);
    pair_same(&w);
    pair_moved(&w, scratch);
    pair_gaps(&w, scratch);
    tell(&w);
    arena_rewind(scratch, mark);
    return w.out;
}
