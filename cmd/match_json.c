/* SPDX-License-Identifier: MIT */
/* match_json.c: proposals for other programs. */
#include "match_print.h"
#include "text/json.h"

static struct value number(struct decimal n, struct arena *arena) {
    struct buf b = {.arena = arena};
    decimal_print(&b, n);
    return value_number(buf_str(&b));
}

static struct value slugs(const struct match_school **schools, size_t count, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        list_add(&list, value_text(schools[i]->id));
    return list_done(&list);
}

static struct value texts(const struct str *items, size_t count, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < count; i++)
        list_add(&list, value_text(items[i]));
    return list_done(&list);
}

static struct value checks(const struct match_proposal *p, struct arena *arena) {
    static const char *const states[] = {[CHECK_MET] = "met",
                                         [CHECK_NOT_MET] = "not met",
                                         [CHECK_NOT_KNOWN] = "not known",
                                         [CHECK_NOT_CONCERNED] = "not concerned"};
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < p->check_count; i++) {
        struct value_map m = {.arena = arena};
        map_text(&m, "row", p->checks[i].row->address);
        map_text(&m, "label", p->checks[i].row->label);
        map_text(&m, "state", str_from(states[p->checks[i].state]));
        map_text(&m, "found", p->checks[i].words);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

static struct value proposals(const struct match_result *r, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < r->proposal_count; i++) {
        const struct match_proposal *p = &r->proposals[i];
        struct value_map m = {.arena = arena}, score = {.arena = arena};
        for (size_t j = 0; j < r->step_count; j++)
            map_set(&score, str_z(arena, r->steps[j].id), number(p->score[j], arena));
        map_text(&m, "id", p->id);
        map_text(&m, "title", p->title);
        map_text(&m, "kind", p->kind);
        map_text(&m, "extends", p->extends ? p->extends->slug : (struct str){0});
        map_bool(&m, "stays", !p->joining_count);
        map_set(&m, "members", slugs(p->members, p->member_count, arena));
        map_set(&m, "joining", slugs(p->joining, p->joining_count, arena));
        map_set(&m, "associates", slugs(p->associates, p->associate_count, arena));
        map_set(&m, "score", map_done(&score));
        map_set(&m, "reasons", texts(p->reasons, p->reason_count, arena));
        map_set(&m, "checks", checks(p, arena));
        map_text(&m, "neighbour", p->neighbour);
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

static struct value left_over(const struct match_result *r, struct arena *arena) {
    struct value_list list = {.arena = arena};
    for (size_t i = 0; i < r->left_count; i++) {
        const struct match_left *left = &r->left[i];
        struct value_map m = {.arena = arena};
        map_text(&m, "school", left->school->id);
        map_set(&m, "reasons", texts(left->reasons, left->reason_count, arena));
        map_text(&m, "associate_of",
                 left->proposal      ? left->proposal->id
                 : left->partnership ? left->partnership->slug
                                     : (struct str){0});
        list_add(&list, map_done(&m));
    }
    return list_done(&list);
}

/* By step, in their order; null where nothing is proved. */
static struct value steps(const struct match_result *r, bool bounds, struct arena *arena) {
    struct value_map m = {.arena = arena};
    for (size_t i = 0; i < r->step_count; i++) {
        const struct match_step_result *step = &r->steps[i];
        bool known = !bounds || step->bounded;
        map_set(&m, str_z(arena, step->id),
                known ? number(bounds ? step->bound : step->value, arena) : value_null());
    }
    return map_done(&m);
}

void match_json(struct buf *out, const struct match_result *r, struct arena *arena) {
    struct value_map m = {.arena = arena};
    struct value_list kept = {.arena = arena};
    for (size_t i = 0; i < r->kept_count; i++)
        list_add(&kept, value_text(r->kept[i]->slug));
    map_whole(&m, "pool", (long long)r->pool);
    map_set(&m, "kept", list_done(&kept));
    map_set(&m, "proposals", proposals(r, arena));
    map_set(&m, "left_over", left_over(r, arena));
    map_set(&m, "objective", steps(r, false, arena));
    map_set(&m, "bound", steps(r, true, arena));
    map_bool(&m, "exact", r->exact);
    map_bool(&m, "proved", match_proved(r));
    map_bool(&m, "short_search", r->slow);
    map_whole(&m, "steps", (long long)r->counted);
    map_set(&m, "not_known", texts(r->conditions, r->condition_count, arena));
    struct value all = map_done(&m);
    json_write(out, &all, 2);
    buf_byte(out, '\n');
}
