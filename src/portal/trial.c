/* SPDX-License-Identifier: MIT */
/* trial.c: policy tests, and the rows that nothing reaches. */
#include "portal/trial_inside.h"

#include <errno.h>

#include "policy/words.h"
#include "text/source.h"
#include "text/yaml.h"

/* ---- reach ---- */

void reached_init(struct reached *reached, const struct policy *policy, struct arena *arena) {
    *reached = (struct reached){policy, arena_array(arena, bool *, policy->decision_count)};
    for (size_t i = 0; i < policy->decision_count; i++)
        reached->rows[i] = arena_array(arena, bool, policy->decisions[i]->row_count);
}

/* A row is reached where it counts in some completion. */
static void reach_decision(struct reached *reached, struct search *search, const struct decision *d) {
    search->decision = d;
    for (size_t i = 0; i < d->row_count; i++)
        if (!d->rows[i]->marker && !reached->rows[d->index][i])
            reached->rows[d->index][i] = search_ever(search, d->rows[i]);
}

void reached_add(struct reached *reached, const struct decided *decided, struct arena *scratch) {
    struct arena_mark mark = arena_mark(scratch);
    struct search search = {.believed = true};
    search_open(&search, &decided->subject, scratch);
    for (size_t i = 0; i < reached->policy->decision_count; i++)
        if (str_eq(reached->policy->decisions[i]->record, decided->subject.kind->id))
            reach_decision(reached, &search, reached->policy->decisions[i]);
    arena_rewind(scratch, mark);
}

void reached_site(struct reached *reached, const struct site *site) {
    struct arena arena = {0}, scratch = {0};
    for (size_t k = 0; k < site->policy.kind_count; k++) {
        struct policy_records records = records_of(site, site->policy.kinds[k]->id, &arena);
        for (size_t i = 0; i < records.count; i++) {
            struct arena_mark mark = arena_mark(&arena);
            struct decided decided;
            if (decided_run(site, &records.items[i], site->as_of, &arena, &scratch, &decided))
                reached_add(reached, &decided, &scratch);
            arena_rewind(&arena, mark);
        }
    }
    arena_release(&arena);
    arena_release(&scratch);
}

void reached_report(const struct reached *reached, struct diags *diags) {
    for (size_t i = 0; i < reached->policy->decision_count; i++) {
        const struct decision *d = reached->policy->decisions[i];
        for (size_t j = 0; j < d->row_count && d->kind != TABLE_MATCH; j++)
            if (!d->rows[j]->marker && !reached->rows[i][j])
                diag(diags, DIAG_ROW_UNREACHED, d->rows[j]->at, d->rows[j]->label, d->label);
    }
}

/* ---- one test ---- */

#define KEYS_MAX 16

static const char *const keys[] = {"name",         "source",       "subject",    "as_of",   "facts",
                                   "decisions",    "members",      "associates", "schools", "expect",
                                   "expect total", "expect match", NULL};

static struct str text_of(const struct value *v) {
    return v && value_is_text(v) ? value_str(v) : (struct str){0};
}

/* Keys of a map that mean nothing here would be expectations that nobody holds. */
void trial_known(struct trial *t, const struct value *map, const char *const *known, struct str of) {
    struct str names[KEYS_MAX];
    size_t n = 0;
    for (; known[n]; n++)
        names[n] = str_from(known[n]);
    for (uint32_t i = 0; i < map->count; i++) {
        bool found = false;
        for (size_t j = 0; j < n; j++)
            found = found || str_eq(names[j], map->fields[i].key);
        if (!found)
            diag(t->diags, DIAG_UNKNOWN_KEY, place_at(map->source, map->fields[i].key_offset),
                 map->fields[i].key, of, str_nearest(map->fields[i].key, names, n));
    }
}

void trial_fail(struct trial *t, const struct value *at, struct str what, struct str is,
                struct str expected) {
    diag(t->diags, DIAG_POLICY_TEST, value_place(at), t->name, what, is.len ? is : STR("nothing"),
         expected.len ? expected : STR("nothing"));
}

/* ---- what is expected ---- */

static struct str answers(struct trial *t, const struct output *o, const struct output_result *r,
                          values mask) {
    struct buf out = {.arena = &t->arena};
    if (r->number) {
        decimal_print(&out, r->low);
        if (decimal_cmp(r->low, r->high)) {
            buf_lit(&out, " to ");
            decimal_print(&out, r->high);
        }
    } else {
        words_answers(&out, o, mask);
    }
    return buf_str(&out);
}

static const char *const statuses[] = {[DECISION_SETTLED] = "settled",
                                       [DECISION_CANDIDATES] = "candidates",
                                       [DECISION_UNDETERMINED] = "undetermined",
                                       [DECISION_NOT_APPLICABLE] = "not-applicable"};

static void expect_mask(struct trial *t, const struct output *o, const struct output_result *r,
                        struct str what, values is, const struct value *v) {
    values expected;
    if (trial_answers(t, o, v, &expected) && !trial_same(o, is, expected))
        trial_fail(t, v, what, is ? answers(t, o, r, is) : STR("none"),
                   expected ? answers(t, o, r, expected) : STR("none"));
}

/* An answer as it is printed, or by its id; an amount also in another period. */
static void expect_answer(struct trial *t, const struct output *o, const struct output_result *r,
                          struct str what, const struct value *v) {
    struct str is = answers(t, o, r, r->candidates), expected = text_of(v);
    values mask = trial_mask(t, o, expected);
    bool same = str_eq_fold(is, expected) || (r->status == DECISION_SETTLED && !r->number && expected.len &&
                                              trial_same(o, mask, r->candidates));
    bool unsettled = r->nothing && r->candidates;
    bool worded = o->type == OUTPUT_SCALE || o->type == OUTPUT_YES_NO;
    bool several = str_find(expected, ' ', 0) < expected.len; /* "amber or red", "not determined" */
    if (!same && worded && !several && !mask && !str_eq(expected, STR("none")))
        trial_no_answer(t, o, v);
    else if (!same || unsettled)
        trial_fail(t, v, what, unsettled ? str_join(&t->arena, is, STR(", or nothing")) : is,
                   worded && mask ? answers(t, o, r, mask) : expected);
}

/* "Category", which is what its one output is called too; or "Support, Visits". */
static struct str output_words(struct trial *t, const struct output *o) {
    return str_eq_fold(o->decision->label, o->label)
               ? o->label
               : str_join(&t->arena, o->decision->label, STR(", "), o->label);
}

static const char *const parts[] = {"status",   "value",  "candidates", "suggestion",
                                    "recorded", "stands", NULL};

static void expect_output(struct trial *t, const struct output *o, const struct output_result *r,
                          const struct value *v) {
    struct str what = output_words(t, o);
    if (v->kind != VALUE_MAP) {
        expect_answer(t, o, r, what, v);
        return;
    }
    trial_known(t, v, parts, STR("what is expected of an output"));
    for (uint32_t i = 0; i < v->count; i++) {
        const struct value *of = &v->fields[i].value;
        struct str key = v->fields[i].key;
        struct str part = str_join(&t->arena, what, STR(", "), key);
        if (str_eq(key, STR("status"))) {
            if (!str_eq(text_of(of), str_from(statuses[r->status])))
                trial_fail(t, of, part, str_from(statuses[r->status]), text_of(of));
        } else if (str_eq(key, STR("value"))) {
            expect_answer(t, o, r, what, of);
        } else if (str_eq(key, STR("candidates"))) {
            expect_mask(t, o, r, part, r->candidates, of);
        } else if (str_eq(key, STR("suggestion"))) {
            expect_mask(t, o, r, part, r->suggestion, of);
        } else if (str_eq(key, STR("recorded"))) {
            expect_mask(t, o, r, part, r->recorded, of);
        } else if (str_eq(key, STR("stands"))) {
            expect_mask(t, o, r, part, r->stands, of);
        }
    }
}

static const struct output *output_named(const struct policy_kind *kind, struct str name, size_t *decision,
                                         size_t *index) {
    for (size_t i = 0; i < kind->decision_count; i++) {
        const struct decision *d = kind->decisions[i];
        for (size_t j = 0; j < d->output_count; j++) {
            bool dotted = name.len == d->id.len + 1 + d->outputs[j].id.len && str_starts(name, d->id) &&
                          name.at[d->id.len] == '.' && str_ends(name, d->outputs[j].id);
            bool alone = d->output_count == 1 && str_eq(name, d->id);
            *decision = i;
            *index = j;
            if (dotted || alone)
                return &d->outputs[j];
        }
    }
    return NULL;
}

static bool is_row(const struct row *row, struct str name) {
    return str_eq_fold(name, row->label) || str_eq_fold(name, row->id);
}

static bool has_row(const struct value *list, const struct row *row) {
    for (uint32_t i = 0; i < list->count; i++)
        if (is_row(row, text_of(&list->items[i])))
            return true;
    return false;
}

static void add_row(struct buf *out, struct str label) {
    buf_printf(out, "%s" STR_FMT, out->len ? ", " : "", STR_ARG(label));
}

/* The rows that certainly count, and no others; what both have is passed over, since a list may have twenty. */
static void expect_rows(struct trial *t, const struct decided *decided, const struct decision *d,
                        const struct value *v) {
    if (v->kind != VALUE_LIST) {
        diag(t->diags, DIAG_SCHEMA_TYPE, value_place(v), str_join(&t->arena, d->id, STR(" rows")),
             STR("a list of rows"), v->kind == VALUE_MAP ? STR("a map") : STR("text"), STR(""));
        return;
    }
    struct state state;
    struct arena_mark mark = arena_mark(&t->scratch);
    struct buf found = {.arena = &t->arena}, expected = {.arena = &t->arena};
    bool *holds = arena_array(&t->scratch, bool, v->count + 1);
    size_t tier = SIZE_MAX, n = 0;
    state_init(&state, &decided->subject, &t->scratch);
    for (size_t i = 0; i < d->row_count; i++)
        if (d->rows[i]->tier < tier && row_truth(&state, d->rows[i]) == TRUTH_YES)
            tier = d->rows[i]->tier;
    for (size_t i = 0; i < d->row_count; i++) {
        const struct row *row = d->rows[i];
        if (row->tier > tier || row_truth(&state, row) != TRUTH_YES)
            continue;
        n++;
        if (!has_row(v, row))
            add_row(&found, row->label);
        for (uint32_t j = 0; j < v->count; j++)
            holds[j] = holds[j] || is_row(row, text_of(&v->items[j]));
    }
    for (uint32_t i = 0; i < v->count; i++)
        if (!holds[i])
            add_row(&expected, text_of(&v->items[i]));
    arena_rewind(&t->scratch, mark);
    if (!found.len && !expected.len &&
        n != v->count) { /* of one label there are several, or one is listed twice */
        buf_printf(&found, "%zu", n);
        buf_printf(&expected, "%u", v->count);
    }
    if (found.len || expected.len)
        trial_fail(t, v, str_join(&t->arena, STR("rows of "), d->label), buf_str(&found), buf_str(&expected));
}

static const char *const check_words[] = {
    [CHECK_PASSES] = "passes", [CHECK_FAILS] = "fails", [CHECK_UNCERTAIN] = "not-known"};
static const char *const row_words[] = {[CHECK_MET] = "met",
                                        [CHECK_NOT_MET] = "not met",
                                        [CHECK_NOT_KNOWN] = "not known",
                                        [CHECK_NOT_CONCERNED] = "not concerned"};

/* {result, rows}, or the result alone. */
static void expect_check(struct trial *t, const struct check_result *c, const struct value *v) {
    bool map = v->kind == VALUE_MAP;
    const struct value *result = map ? value_at(v, "result") : v, *rows = map ? value_at(v, "rows") : NULL;
    if (map)
        trial_known(t, v, (const char *const[]){"result", "rows", NULL}, STR("what is expected of a check"));
    if (result && !str_eq(text_of(result), str_from(check_words[c->verdict])))
        trial_fail(t, result, c->check->label, str_from(check_words[c->verdict]), text_of(result));
    for (uint32_t i = 0; rows && rows->kind == VALUE_MAP && i < rows->count; i++) {
        const struct check_row *found = NULL;
        for (size_t j = 0; j < c->count; j++)
            if (str_eq_fold(c->rows[j].row->label, rows->fields[i].key) ||
                str_eq_fold(c->rows[j].row->id, rows->fields[i].key))
                found = &c->rows[j];
        struct str is = found ? str_from(row_words[found->state]) : STR("no such row");
        if (!str_eq(is, text_of(&rows->fields[i].value)))
            trial_fail(t, &rows->fields[i].value,
                       str_join(&t->arena, c->check->label, STR(", "), rows->fields[i].key), is,
                       text_of(&rows->fields[i].value));
    }
}

static const struct decision *decision_of(const struct policy_kind *kind, struct str id, size_t *index) {
    for (*index = 0; *index < kind->decision_count; ++*index)
        if (str_eq(kind->decisions[*index]->id, id))
            return kind->decisions[*index];
    return NULL;
}

/* The decision of "category rows" and the like, or NULL. */
static const struct decision *decision_with(const struct policy_kind *kind, struct str key, struct str ending,
                                            size_t *index) {
    return str_ends(key, ending) ? decision_of(kind, str_sub(key, 0, key.len - ending.len), index) : NULL;
}

/* A key that names nothing; a decision or check that is nearly it is the hint. */
static void report_key(struct trial *t, const struct policy_kind *kind, struct str key, struct place at) {
    size_t n = 0;
    struct str *ids = arena_array(t->diags->arena, struct str, kind->decision_count + kind->check_count);
    for (size_t i = 0; i < kind->decision_count; i++)
        ids[n++] = kind->decisions[i]->id;
    for (size_t i = 0; i < kind->check_count; i++)
        ids[n++] = kind->checks[i]->id;
    struct str near = str_nearest(key, ids, n);
    diag(t->diags, DIAG_POLICY_TEST_KEY, at, key,
         near.len ? str_join(t->diags->arena, STR("did you mean \""), near, STR("\"?"))
                  : STR("name a decision, decision.output, a check, a fact that is worked out, \"<decision> "
                        "rows\", or of a table that "
                        "collects "
                        "\"<decision> entries\""));
}

/* Of a check by the strength that it has first, and by any other as `<check>.<output>`: what a match holds proposals to. */
static bool expect_checked(struct trial *t, const struct decided *d, const struct field *f) {
    const struct policy_kind *kind = d->subject.kind;
    for (size_t i = 0; i < kind->check_count; i++) {
        const struct decision *check = kind->checks[i];
        for (size_t j = 0; j < check->output_count; j++) {
            struct str dotted = str_join(&t->arena, check->id, STR("."), check->outputs[j].id);
            if (!str_eq(f->key, dotted) && (j || !str_eq(f->key, check->id)))
                continue;
            struct check_result result;
            subject_check(&d->subject, check, j, &t->arena, &t->scratch, &result);
            expect_check(t, &result, &f->value);
            return true;
        }
    }
    return false;
}

/* What is worked out of a fact: a number, or the bounds of one, as members that are not known leave them. */
static void print_fact(struct state *state, const struct variable *v, struct buf *out) {
    struct feel_value value;
    bool known = state_value(state, v, &value);
    values mask = state_mask(state, v);
    if (known && value.type == FEEL_NUMBER)
        words_number(out, v, value.number);
    else if (!known && value.unknown.bounded)
        buf_printf(out, "%d to %d", (int)value.unknown.least, (int)value.unknown.most);
    else if (values_single(mask) && (known || v->line == LINE_NONE))
        words_values(out, v, mask);
    else
        buf_lit(out, "not known");
}

/* A fact that is worked out. What a test gives itself it need not expect. */
static bool expect_fact(struct trial *t, const struct decided *d, const struct field *f) {
    const struct variable *v = map_get(&d->subject.kind->by_id, f->key);
    if (!v || !v->fact || !v->fact->derived || v->item.len)
        return false;
    struct arena_mark mark = arena_mark(&t->scratch);
    struct state state;
    struct buf is = {.arena = &t->arena};
    state_init(&state, &d->subject, &t->scratch);
    print_fact(&state, v, &is);
    arena_rewind(&t->scratch, mark);
    if (!str_eq_fold(buf_str(&is), text_of(&f->value)))
        trial_fail(t, &f->value, v->fact->label, buf_str(&is), text_of(&f->value));
    return true;
}

static void expect_one(struct trial *t, const struct decided *d, const struct field *f,
                       const struct value *map) {
    const struct policy_kind *kind = d->subject.kind;
    size_t decision, index;
    const struct output *o = output_named(kind, f->key, &decision, &index);
    if (o && !value_get(&f->value, o->id)) {
        expect_output(t, o, &d->results[decision].outputs[index], &f->value);
        return;
    }
    const struct decision *of = decision_of(kind, f->key, &decision);
    if (of && f->value.kind == VALUE_MAP) {
        for (uint32_t i = 0; i < f->value.count; i++) {
            struct str name = str_join(&t->arena, of->id, STR("."), f->value.fields[i].key);
            o = output_named(kind, name, &decision, &index);
            if (o)
                expect_output(t, o, &d->results[decision].outputs[index], &f->value.fields[i].value);
            else
                report_key(t, kind, name, place_at(map->source, f->value.fields[i].key_offset));
        }
        return;
    }
    of = decision_with(kind, f->key, STR(" rows"), &decision);
    if (of) {
        expect_rows(t, d, of, &f->value);
        return;
    }
    of = decision_with(kind, f->key, STR(" entries"), &decision);
    if (of && of->hit == HIT_COLLECT) {
        trial_entries(t, &d->results[decision], &f->value);
        return;
    }
    if (!expect_checked(t, d, f) && !expect_fact(t, d, f))
        report_key(t, kind, f->key, place_at(map->source, f->key_offset));
}

static void expect_all(struct trial *t, const struct decided *d, const struct value *expect) {
    for (uint32_t i = 0; expect && expect->kind == VALUE_MAP && i < expect->count; i++)
        expect_one(t, d, &expect->fields[i], expect);
}

/* ---- totals ---- */

static void add_stands(struct trial *t, const struct decided *d, const struct value *expect,
                       struct quantity_sum *sums, size_t *yes) {
    for (uint32_t i = 0; i < expect->count; i++) {
        size_t decision, index;
        const struct output *o = output_named(d->subject.kind, expect->fields[i].key, &decision, &index);
        if (!o)
            continue;
        const struct output_result *r = &d->results[decision].outputs[index];
        if (o->type == OUTPUT_QUANTITY)
            output_add(o, r->stands, &t->arena, &sums[i]);
        else
            yes[i] += r->stands == VALUES_YES;
    }
}

static void expect_totals(struct trial *t, const struct policy_kind *kind, const struct trial_list *records,
                          const struct value *expect) {
    struct quantity_sum *sums = arena_array(&t->arena, struct quantity_sum, expect->count);
    size_t *yes = arena_array(&t->arena, size_t, expect->count);
    for (size_t i = 0; i < records->count; i++)
        add_stands(t, &records->items[i], expect, sums, yes);
    for (uint32_t i = 0; i < expect->count; i++) {
        size_t decision, index;
        const struct field *f = &expect->fields[i];
        const struct output *o = output_named(kind, f->key, &decision, &index);
        struct buf is = {.arena = &t->arena};
        if (!o) {
            report_key(t, kind, f->key, place_at(expect->source, f->key_offset));
            continue;
        }
        if (o->type == OUTPUT_QUANTITY)
            quantity_sum_print(&is, &sums[i]);
        else
            buf_whole(&is, (long long)yes[i]);
        if (!str_eq(buf_str(&is), text_of(&f->value)))
            trial_fail(t, &f->value, str_join(&t->arena, STR("total of "), o->label), buf_str(&is),
                       text_of(&f->value));
    }
}

/* ---- all of them ---- */

static bool check_shapes(struct trial *t, const struct value *test) {
    static const struct trial_shape shapes[] = {{"subject", VALUE_TEXT, "text"},
                                                {"facts", VALUE_MAP, "a map of facts"},
                                                {"decisions", VALUE_MAP, "a map"},
                                                {"members", VALUE_LIST, "a list of schools"},
                                                {"associates", VALUE_LIST, "a list of schools"},
                                                {"schools", VALUE_LIST, "a list of schools"},
                                                {"expect", VALUE_MAP, "a map"},
                                                {"expect total", VALUE_MAP, "a map"},
                                                {"expect match", VALUE_MAP, "a map"}};
    bool ok = trial_shapes(t, test, shapes, sizeof(shapes) / sizeof(shapes[0]));
    bool total = value_get(test, STR("expect total")), expect = value_get(test, STR("expect"));
    bool match = value_get(test, STR("expect match"));
    bool totals =
        value_at(test, "schools") && !value_at(test, "subject"); /* of schools, and of none of them */
    const char *wanted = total || match ? "schools" : totals ? "expect total" : "expect";
    if (ok && total + expect + match > 1) {
        diag(t->diags, DIAG_ONE_OF, value_place(test), STR("a policy test"),
             STR("expect, expect total, expect match"));
        return false;
    }
    if (!ok || value_get(test, str_from(wanted)))
        return ok;
    diag(t->diags, DIAG_MISSING_FIELD, value_place(test), STR("policy test"), str_from(wanted),
         STR("what the tables should give: without it nothing is tested"));
    return false;
}

/* The kind of record that a test is about; NULL after a diagnostic. */
static const struct policy_kind *subject_of(struct trial *t, const struct value *test) {
    const struct value *at = value_at(test, "subject");
    struct str subject = at ? text_of(at) : STR("school");
    const struct policy_kind *kind = policy_kind(&t->site->policy, subject);
    if (!kind)
        diag(t->diags, DIAG_POLICY_TEST_SUBJECT, value_place(at ? at : test), subject,
             policy_kind_nearest(&t->site->policy, t->diags->arena, subject));
    return kind;
}

void trial_reach(struct trial *t, const struct trial_list *list) {
    for (size_t i = 0; i < list->count; i++)
        reached_add(t->reached, &list->items[i], &t->scratch);
}

static void run_total(struct trial *t, const struct policy_kind *kind, const struct value *schools,
                      const struct value *expect) {
    struct trial_list list;
    if (!trial_list(t, kind, schools, NULL, &list))
        return;
    trial_reach(t, &list);
    expect_totals(t, kind, &list, expect);
}

static void run_one(struct trial *t, const struct policy_kind *kind, const struct value *test,
                    const struct value *expect) {
    struct trial_group group;
    struct decided d;
    if (!trial_group(t, kind, test, &group, &d))
        return;
    trial_reach(t, &group.members);
    trial_reach(t, &group.associates);
    trial_reach(t, &group.schools);
    reached_add(t->reached, &d, &t->scratch);
    expect_all(t, &d, expect);
}

static void run_trial(struct trial *t, const struct value *test) {
    const struct value *expect = value_at(test, "expect"), *total = value_get(test, STR("expect total"));
    const struct value *match = value_get(test, STR("expect match"));
    const struct value *schools = value_at(test, "schools"), *as_of = value_at(test, "as_of");
    t->name = text_of(value_at(test, "name"));
    t->day = as_of ? date_parse_iso(text_of(as_of)) : t->site->as_of;
    trial_known(t, test, keys, STR("a policy test"));
    if (!t->name.len)
        diag(t->diags, DIAG_MISSING_FIELD, value_place(test), STR("policy test"), STR("name"),
             STR("\"name: what it shows\""));
    if (!check_shapes(t, test))
        return;
    if (as_of && t->day == DATE_NONE) {
        diag(t->diags, DIAG_SCHEMA_FORMAT, value_place(as_of), text_of(as_of), STR("a date"), STR(""));
        return;
    }
    const struct policy_kind *kind = subject_of(t, test);
    if (kind && total && schools)
        run_total(t, kind, schools, total);
    else if (kind && match && schools)
        trial_match(t, schools, match);
    else if (kind && expect)
        run_one(t, kind, test, expect);
}

static size_t run_file(struct trial *t, struct str path) {
    struct arena *kept = t->diags->arena; /* messages point into the source */
    struct str bytes;
    struct value *tests = arena_new(kept, struct value);
    if (!file_read(kept, &t->site->folder, str_z(kept, path), SOURCE_SIZE_MAX, &bytes)) {
        source_refused(kept, path, errno, SOURCE_SIZE_WORDS, t->diags);
        return 0;
    }
    const struct source *source = source_new(kept, path, bytes, t->diags);
    if (!source || !yaml_read(kept, source, 0, source->text.len, t->diags, tests))
        return 0;
    if (tests->kind != VALUE_LIST) {
        diag_plain(t->diags, DIAG_POLICY_TEST_LIST, value_place(tests));
        return 0;
    }
    for (uint32_t i = 0; i < tests->count; i++) {
        struct arena_mark mark = arena_mark(&t->arena);
        if (tests->items[i].kind == VALUE_MAP)
            run_trial(t, &tests->items[i]);
        else
            diag_plain(t->diags, DIAG_POLICY_TEST_LIST, value_place(&tests->items[i]));
        arena_rewind(&t->arena, mark);
    }
    return tests->count;
}

size_t trials_run(const struct site *site, struct reached *reached, struct diags *diags) {
    struct trial t = {.site = site, .reached = reached, .diags = diags};
    struct entries entries;
    size_t count = 0;
    if (!folder_list(diags->arena, &site->folder, "tests/policy", &entries))
        return 0;
    for (size_t i = 0; i < entries.count; i++)
        if (entries.items[i].kind != ENTRY_FOLDER && str_ends(entries.items[i].path, STR(".yaml")))
            count += run_file(&t, entries.items[i].path);
    arena_release(&t.arena);
    arena_release(&t.scratch);
    return count;
}

size_t trials_check(const struct site *site, struct arena *arena, struct diags *diags) {
    struct reached reached;
    reached_init(&reached, &site->policy, arena);
    if (site->policy.decision_count)
        reached_site(&reached, site);
    size_t tests = trials_run(site, &reached, diags);
    reached_report(&reached, diags);
    return tests;
}
