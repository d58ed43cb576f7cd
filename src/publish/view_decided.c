/* SPDX-License-Identifier: MIT */
/* view_decided.c: how a record's decisions were reached: the tree that `signpost explain` prints, for an officers' page. */
#include "portal/explain.h"
#include "publish/lexicon.h"
#include "publish/view_page.h"
#include "publish/worklist.h"

static struct value tree_date(const struct view *view, const struct value *map, const char *path) {
    return part_date(view, date_parse_iso(part_told(map, path)));
}

/* "schools/ashdown.yaml:14" */
static struct str place(const struct view *view, const struct value *of) {
    struct str page = part_told(of, "page"), line = part_told(of, "line");
    return line.len ? str_join(view->arena, page, STR(":"), line) : page;
}

static struct str href(const struct view *view, const struct value *of) {
    return part_href(view, part_told(of, "href"));
}

static const struct tag_word statuses[] = {{"settled", "Settled", "ok"},
                                           {"candidates", "One of several", "info"},
                                           {"undetermined", "Not determined", "open"},
                                           {"not-applicable", "Not applicable", "plain"},
                                           {NULL, NULL, NULL}};

/* ---- rows ---- */

static const struct tag_word verdicts[] = {
    {"decides", "Decides", "ok"},       {"holds", "Holds, outranked", "plain"},
    {"later", "Not reached", "plain"},  {"fails", "Does not hold", "plain"},
    {"not known", "Not known", "open"}, {NULL, NULL, NULL}};

/* Of a row that decides with others: what it does to the answer. */
static const struct tag_word forces[] = {{"exempts", "Exempts", "info"},
                                         {"bounds", "Floor", "warn"},
                                         {"criterion", "Criterion met", "ok"},
                                         {"row", "Decides", "ok"},
                                         {NULL, NULL, NULL}};

static struct value row(const struct view *view, const struct value *of) {
    struct value_map m = part_map(view);
    map_text(&m, "label", part_told(of, "label"));
    map_text(&m, "href", href(view, of));
    map_set(&m, "verdict",
            value_is_true(of, "decides") ? part_tag_of(view, forces, part_told(of, "force"))
                                         : part_tag_of(view, verdicts, part_told(of, "verdict")));
    map_text(&m, "answer", part_told(of, "answer"));
    map_text(&m, "because", part_told(of, "because"));
    return map_done(&m);
}

static void rows(const struct view *view, struct value_map *m, const struct value *decision) {
    static const char *const order[] = {"exempts", "bounds", "criterion", "row"};
    struct value_list hold = part_list_new(view), all = part_list_new(view);
    const struct value *of = part_told_list(decision, "rows");
    for (size_t f = 0; f < sizeof(order) / sizeof(order[0]); f++)
        for (uint32_t i = 0; i < of->count; i++)
            if (value_is_true(&of->items[i], "decides") &&
                str_eq(part_told(&of->items[i], "force"), str_from(order[f])))
                list_add(&hold, row(view, &of->items[i]));
    for (uint32_t i = 0; i < of->count; i++) {
        if (str_eq(part_told(&of->items[i], "verdict"), STR("not known")))
            list_add(&hold, row(view, &of->items[i]));
        list_add(&all, row(view, &of->items[i]));
    }
    map_text(m, "rows_text", part_count_of(view, of->count, "row", "rows"));
    part_list(view, m, "hold", &hold);
    part_list(view, m, "rows", &all);
}

/* ---- what was recorded ---- */

static const struct value *recorded_list(const struct value *record, const struct output *o) {
    const struct value *of = value_get(value_at(record, "decisions"), o->decision->id);
    return of && of->kind == VALUE_MAP ? value_get(of, o->id) : of;
}

/* What was recorded before; of an entry that has not begun nothing is said. */
static void earlier(const struct view *view, struct value_map *m, const struct value *record,
                    const struct output *o, const struct output_result *r) {
    struct value_list list = part_list_new(view);
    const struct value *entries = recorded_list(record, o);
    for (uint32_t i = entries && entries->kind == VALUE_LIST ? entries->count : 0; i-- > 0;) {
        const struct value *e = &entries->items[i];
        values answer = output_value(o, part_field(e, "value"));
        date from = value_date(value_at(e, "from"));
        if ((r->record && r->record->record == e) || from > view->site->as_of)
            continue;
        struct value_map v = part_map(view);
        map_text(&v, "value", answer ? o->answers[__builtin_ctzll(answer)].label : part_field(e, "value"));
        map_set(&v, "date", part_date(view, from));
        map_text(&v, "by", part_field(e, "by"));
        map_text(&v, "note", part_field(e, "note"));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "earlier", &list);
}

static struct value recorded(const struct view *view, const struct value *of, const struct output_result *r) {
    const struct value *entry = value_at(of, "recorded");
    struct value_map m = part_map(view);
    if (!entry || entry->kind != VALUE_MAP)
        return value_null();
    map_text(&m, "value", part_told(entry, "value"));
    map_set(&m, "date", tree_date(view, entry, "from"));
    map_text(&m, "by", part_told(entry, "by"));
    map_text(&m, "how", part_told(entry, "how"));
    map_text(&m, "reason", part_told(entry, "reason"));
    map_text(&m, "note", part_told(entry, "note"));
    map_set(&m, "letter", r->record ? part_date_at(view, r->record->record, "letter") : value_null());
    map_text(&m, "place", place(view, entry));
    return map_done(&m);
}

/* ---- outputs ---- */

/* What the tables say, in a few words under the answer. */
static struct str says(const struct view *view, const struct value *of, bool several) {
    struct str status = part_told(of, "status"), suggestion = part_told(of, "suggestion"),
               answer = part_told(of, "answer");
    if (str_eq(status, STR("settled")))
        return several ? (struct str){0} : STR("Settled");
    if (str_eq(status, STR("not-applicable")))
        return (struct str){0};
    if (str_eq(status, STR("undetermined")))
        return STR("Nothing in the tables answers it yet");
    struct str one =
        part_told_list(of, "candidates")->count > 1 ? STR("One of these") : STR("Possible, not certain");
    if (suggestion.len && !str_eq(suggestion, answer))
        return str_join(view->arena, one, STR("; suggested: "), suggestion);
    return suggestion.len ? str_join(view->arena, one, STR("; suggested"))
                          : str_join(view->arena, one, STR("; no suggestion"));
}

static struct value automatic(const struct view *view, const struct value *of) {
    const struct value *a = value_at(of, "automatic");
    struct value_map m = part_map(view);
    if (!a || a->kind != VALUE_MAP)
        return value_null();
    map_text(&m, "value", part_told(a, "value"));
    map_set(&m, "since", tree_date(view, a, "since"));
    return map_done(&m);
}

static struct value output(const struct view *view, const struct value *of, const struct value *record,
                           const struct output *o, const struct output_result *r) {
    struct value_map m = part_map(view);
    struct str answer = part_told(of, "answer"), stands = part_told(of, "stands");
    bool same = str_eq(stands, answer) || (r->recorded && r->stands == r->recorded);
    map_text(&m, "label", part_told(of, "label"));
    map_text(&m, "answer", part_answer(view, answer));
    map_text(&m, "says", says(view, of, o->decision->output_count > 1));
    map_set(&m, "recorded", recorded(view, of, r));
    map_bool(&m, "differs", value_is_true(of, "differs"));
    map_text(&m, "stands", same ? (struct str){0} : part_answer(view, stands));
    map_set(&m, "automatic", automatic(view, of));
    earlier(view, &m, record, o, r);
    return map_done(&m);
}

/* ---- decisions ---- */

static void missing(const struct view *view, struct value_map *m, const struct value *decision) {
    struct value_list list = part_list_new(view);
    const struct value *of = part_told_list(decision, "missing");
    for (uint32_t i = 0; i < of->count; i++) {
        struct value_map v = part_map(view);
        struct value_list ways = part_list_new(view);
        const struct value *ifs = part_told_list(&of->items[i], "if");
        for (uint32_t j = 0; j < ifs->count; j++) {
            struct value_map way = part_map(view);
            map_text(&way, "value", part_told(&ifs->items[j], "value"));
            map_text(&way, "then", part_told(&ifs->items[j], "then"));
            list_add(&ways, map_done(&way));
        }
        map_text(&v, "label", part_told(&of->items[i], "label"));
        map_set(&v, "ways", list_done(&ways));
        list_add(&list, map_done(&v));
    }
    part_list(view, m, "missing", &list);
}

static void entries(const struct view *view, struct value_map *m, const struct value *decision) {
    struct value_list list = part_list_new(view);
    const struct value *of = part_told_list(decision, "entries");
    for (uint32_t i = 0; i < of->count; i++) {
        struct value_map v = part_map(view);
        struct value_list cells = part_list_new(view);
        const struct value *told = part_told_list(&of->items[i], "values");
        for (uint32_t j = 0; j < told->count; j++)
            list_add(&cells, part_row(view, part_told(&told->items[j], "label"),
                                      part_told(&told->items[j], "value")));
        map_text(&v, "title", part_told(&of->items[i], "key"));
        map_text(&v, "href", href(view, &of->items[i]));
        map_bool(&v, "certain", value_is_true(&of->items[i], "certain"));
        map_set(&v, "values", list_done(&cells));
        list_add(&list, map_done(&v));
    }
    map_text(m, "entries_text", part_count_of(view, of->count, "entry", "entries"));
    part_list(view, m, "entries", &list);
}

/* What a reader should know first: what a person has to see to, what was recorded, or how settled it is. */
static struct value status(const struct view *view, const struct value *of, const struct decision_result *r) {
    bool differs = false, automatic = false, recorded = false, open = false;
    const struct value *outputs = part_told_list(of, "outputs");
    for (size_t i = 0; i < r->decision->output_count; i++) {
        const struct output_result *o = &r->outputs[i];
        differs = differs || value_is_true(&outputs->items[i], "differs");
        automatic = automatic || o->automatic;
        recorded = recorded || o->record;
        open = open || finding_is_suggested(r, i);
    }
    if (r->decision->hit == HIT_COLLECT)
        return value_null();
    return automatic  ? part_tag(view, STR("Automatic, not yet recorded"), "warn")
           : differs  ? part_tag(view, STR("Differs from suggestion"), "warn")
           : recorded ? part_tag(view, STR("Recorded"), "ok")
           : open     ? part_tag(view, STR("Suggested, not agreed"), "open")
                      : part_tag_of(view, statuses, part_told(of, "status"));
}

static struct value decision(const struct view *view, const struct value *of, const struct value *record,
                             const struct decision_result *r) {
    struct value_map m = part_map(view);
    struct value_list outputs = part_list_new(view);
    const struct value *list = part_told_list(of, "outputs");
    bool collects = r->decision->hit == HIT_COLLECT;
    for (uint32_t i = 0; !collects && i < list->count; i++)
        list_add(&outputs, output(view, &list->items[i], record, &r->decision->outputs[i], &r->outputs[i]));
    map_text(&m, "id", str_join(view->arena, STR("decided-"), str_slug(view->arena, part_told(of, "id"))));
    map_text(&m, "label", part_told(of, "label"));
    map_text(&m, "href", href(view, of));
    map_set(&m, "status", status(view, of, r));
    map_bool(&m, "several", r->decision->output_count > 1);
    map_text(&m, "applies", part_told(of, "applies"));
    map_bool(&m, "when_recorded", value_is_true(of, "when_recorded"));
    map_bool(&m, "bounded", value_is_true(of, "bounded"));
    part_list(view, &m, "outputs", &outputs);
    entries(view, &m, of);
    rows(view, &m, of);
    missing(view, &m, of);
    return map_done(&m);
}

/* ---- facts ---- */

static struct value fact(const struct view *view, const struct value *of) {
    struct value_map m = part_map(view);
    map_text(&m, "label", part_told(of, "label"));
    map_text(&m, "value", part_answer(view, part_told(of, "value")));
    map_bool(&m, "derived", value_is_true(of, "derived"));
    map_text(&m, "place", place(view, of));
    map_set(&m, "date", tree_date(view, of, "since"));
    map_text(&m, "by", part_told(of, "by"));
    map_text(&m, "note", part_told(of, "note"));
    return map_done(&m);
}

/* The decision by which schools are grouped comes first, lists of what a school may ask for last. */
static int place_of(const struct view *view, const struct decision *d) {
    const struct output *main = view->plan->worklists ? view->plan->worklists->caseload->main : NULL;
    return main && main->decision == d ? 0 : d->hit == HIT_COLLECT ? 2 : 1;
}

/* Otherwise they stand in the order of the policy pages, as their readers know them. */
static void decisions(const struct view *view, struct value_map *m, const struct decided *decided,
                      const struct value *tree) {
    struct value_list list = part_list_new(view);
    const struct policy_kind *kind = decided->subject.kind;
    const struct decision **read;
    size_t count = decisions_as_read(view->site, kind->id, view->arena, &read);
    for (int at = 0; at < 3; at++)
        for (size_t i = 0; i < count; i++)
            for (size_t j = 0; j < kind->decision_count; j++)
                if (kind->decisions[j] == read[i] && place_of(view, read[i]) == at)
                    list_add(&list, decision(view, &part_told_list(tree, "decisions")->items[j],
                                             decided->record.record, &decided->results[j]));
    part_list(view, m, "decisions", &list);
}

struct value view_decided(const struct view *view, const struct decided *decided) {
    if (!decided || view->site->audience != AUDIENCE_OFFICERS)
        return value_null();
    struct value tree = view_tree(view, decided);
    struct value_map m = part_map(view);
    struct value_list facts = part_list_new(view);
    const struct value *of_facts = part_told_list(&tree, "facts");
    for (uint32_t i = 0; i < of_facts->count; i++)
        list_add(&facts, fact(view, &of_facts->items[i]));
    map_set(&m, "as_of", part_date(view, view->site->as_of));
    decisions(view, &m, decided, &tree);
    view_tree_checks(view, &m, &tree);
    part_list(view, &m, "facts", &facts);
    return map_done(&m);
}

bool view_is_decided(const struct decided *decided, struct str decision, struct str output) {
    const struct policy_kind *kind = decided ? decided->subject.kind : NULL;
    for (size_t i = 0; kind && i < kind->decision_count; i++) {
        const struct decision *d = kind->decisions[i];
        for (size_t j = 0; str_eq(d->id, decision) && j < d->output_count; j++)
            if (!output.len || str_eq(d->outputs[j].id, output))
                return true;
    }
    return false;
}
