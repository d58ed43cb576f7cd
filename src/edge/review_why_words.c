/* SPDX-License-Identifier: MIT */
/* review_why_words.c: causes in words, for people and as data. */
#include "edge/review_why.h"

/* ---- edits ---- */

static const char *const edit_kinds[] = {
    [EDIT_ROW_CHANGED] = "row-changed",
    [EDIT_ROW_MOVED] = "row-moved",
    [EDIT_ROW_NEW] = "row-new",
    [EDIT_ROW_GONE] = "row-gone",
    [EDIT_TABLE] = "table-changed",
    [EDIT_TABLE_NEW] = "table-new",
    [EDIT_TABLE_GONE] = "table-gone",
    [EDIT_VOCABULARY] = "vocabulary-changed",
    [EDIT_VOCABULARY_NEW] = "vocabulary-new",
    [EDIT_VOCABULARY_GONE] = "vocabulary-gone",
};

static const char *const edit_verbs[] = {
    [EDIT_ROW_CHANGED] = "changed",   [EDIT_ROW_MOVED] = "stands in another tier",
    [EDIT_ROW_NEW] = "is new",        [EDIT_ROW_GONE] = "is gone",
    [EDIT_TABLE] = "changed",         [EDIT_TABLE_NEW] = "is new",
    [EDIT_TABLE_GONE] = "is gone",    [EDIT_VOCABULARY] = "changed",
    [EDIT_VOCABULARY_NEW] = "is new", [EDIT_VOCABULARY_GONE] = "is gone",
};

static void quoted(struct buf *out, struct str s) {
    if (!s.len || str_eq(s, STR("nothing"))) {
        buf_lit(out, "nothing");
        return;
    }
    buf_lit(out, "“");
    buf_add(out, s);
    buf_lit(out, "”");
}

static void from_to(struct buf *out, struct str from, struct str to) {
    buf_lit(out, " from ");
    quoted(out, from);
    buf_lit(out, " to ");
    quoted(out, to);
}

/* What a key of an entry holds, where its name alone would be read as a word of the sentence. */
static struct str part_words(const struct edit *e, struct str what) {
    if (e->kind >= EDIT_VOCABULARY && str_eq(what, STR("is")))
        return STR("formula");
    return e->kind >= EDIT_VOCABULARY && str_eq(what, STR("when")) ? STR("condition") : what;
}

/* "row “A5” of Chart changed: Score from “below 60” to “below 65”"; in short without what it was and is. */
static void edit_words(struct buf *out, const struct edit *e, bool in_short) {
    const struct row *row = e->head_row ? e->head_row : e->base_row;
    if (row) {
        buf_lit(out, "row ");
        quoted(out, e->label);
        buf_lit(out, " of ");
        buf_add(out, row->table->decision->label);
    } else if (e->kind < EDIT_VOCABULARY) {
        buf_lit(out, "the table ");
        buf_add(out, e->label);
    } else {
        buf_add(out, e->fact.len ? STR("the fact ") : STR("the entry "));
        quoted(out, e->label);
    }
    buf_printf(out, " %s", edit_verbs[e->kind]);
    for (size_t i = 0; i < e->part_count && !in_short; i++) {
        buf_add(out, i ? STR("; ") : STR(": "));
        buf_add(out, part_words(e, e->parts[i].what));
        from_to(out, e->parts[i].from, e->parts[i].to);
    }
}

/* ---- causes ---- */

static const char *const cause_kinds[] = {
    [CAUSE_FACT] = "record", [CAUSE_RECORDED] = "recorded", [CAUSE_LAPSE] = "dated",
    [CAUSE_DAY] = "day",     [CAUSE_OTHERS] = "others",     [CAUSE_WITHHELD] = "withheld"};

/* "Score is “75” on 1 June 2026 and was “55” on 1 May 2026". */
static void lapse_words(struct buf *out, const struct cause *c) {
    buf_add(out, c->label);
    buf_lit(out, " is ");
    quoted(out, c->to);
    buf_lit(out, " on ");
    buf_add(out, date_long(out->arena, c->days[1]));
    buf_lit(out, " and was ");
    quoted(out, c->from);
    buf_lit(out, " on ");
    buf_add(out, date_long(out->arena, c->days[0]));
}

static struct str cause_words(const struct cause *c, bool in_short, struct arena *arena) {
    struct buf out = {.arena = arena};
    switch (c->kind) {
    case CAUSE_EDIT: edit_words(&out, c->edit, in_short || c->bare); break;
    case CAUSE_FACT:
    case CAUSE_RECORDED:
        if (c->kind == CAUSE_RECORDED)
            buf_lit(&out, "what is recorded for ");
        buf_add(&out, c->label);
        buf_lit(&out, " changed");
        from_to(&out, c->from, c->to);
        break;
    case CAUSE_LAPSE: lapse_words(&out, c); break;
    case CAUSE_DAY:
        buf_lit(&out, "the day is ");
        buf_add(&out, date_long(arena, c->days[1]));
        buf_lit(&out, " and was ");
        buf_add(&out, date_long(arena, c->days[0]));
        break;
    case CAUSE_OTHERS:
        buf_lit(&out, "other records changed");
        if (c->label.len) {
            buf_lit(&out, ": ");
            buf_add(&out, c->label);
        }
        if (c->from.len || c->to.len)
            from_to(&out, c->from, c->to);
        break;
    case CAUSE_WITHHELD: buf_lit(&out, "something changed that is not told here"); break;
    }
    return buf_str(&out);
}

static struct value parts_value(const struct edit *e, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < e->part_count; i++) {
        struct value_map m = {.arena = arena};
        map_text(&m, "what", e->parts[i].what);
        map_text(&m, "from", e->parts[i].from);
        map_text(&m, "to", e->parts[i].to);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* Outlives the cause, whose words are a worker's. */
static struct value cause_value(const struct cause *c, bool placed, struct arena *arena) {
    struct value_map m = {.arena = arena};
    map_text(&m, "id", str_copy(arena, c->id));
    map_text(&m, "kind", str_from(c->edit ? edit_kinds[c->edit->kind] : cause_kinds[c->kind]));
    map_text(&m, "label", str_copy(arena, c->label));
    map_text(&m, "words", cause_words(c, false, arena));
    map_text(&m, "short", cause_words(c, true, arena));
    map_text(&m, "from", str_copy(arena, c->from));
    map_text(&m, "to", str_copy(arena, c->to));
    if (c->at.source && placed) {
        map_text(&m, "page", c->at.source->path);
        if (c->at.offset != DIAG_NOWHERE)
            map_whole(&m, "line", place_position(c->at).line);
    }
    map_bool(&m, "gone", c->edit && c->edit->gone);
    map_set(&m, "parts",
            c->edit && !c->bare ? parts_value(c->edit, arena)
                                : list_done(&(struct value_list){.arena = arena}));
    return map_done(&m);
}

struct value causes_value(const struct causes *causes, bool placed, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < causes->count; i++)
        list_add(&list, cause_value(&causes->items[i], placed || causes->items[i].kind == CAUSE_EDIT, arena));
    return list_done(&list);
}
