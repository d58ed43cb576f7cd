/* SPDX-License-Identifier: MIT */
/* review_schools_write.c: whose decisions change, in words. */
#include "edge/review_schools.h"

#include "edge/review_text.h"

/* Names in one list; JSON has them all. */
#define NAMES_MAX 24

static size_t count_at(const struct value *v, const char *path) {
    const struct value *list = value_at(v, path);
    return list ? list->count : 0;
}

/* What is said beside a change whose two answers do not say it. */
static const struct {
    const char *happened, *words;
} notes[] = {
    {"settled", "now settled"},
    {"undetermined", "no longer settled"},
    {"narrowed", "fewer answers are possible"},
    {"widened", "more answers are possible"},
    {"differs", "what is recorded now differs from what the tables say"},
    {"agrees", "what is recorded agrees with the tables again"},
};

static bool is_entry(const struct value *output) {
    return str_starts(review_words(output, "happened"), STR("entry-"));
}

/* An entry is new or gone as a whole; what is said of it is in its table. */
static void write_entry(const struct value *o, struct document *out) {
    struct str label = review_words(o, "label"), happened = review_words(o, "happened");
    bool is_new = str_eq(happened, STR("entry-new")), gone = str_eq(happened, STR("entry-gone"));
    if (is_new || gone) {
        document_change(out, gone ? label : (struct str){0}, gone ? (struct str){0} : label);
        return;
    }
    document_printf(out, STR_FMT " ", STR_ARG(label));
    document_change(out, review_words(o, "before"), review_words(o, "after"));
}

static void write_outputs(const struct value *group, struct document *out) {
    const struct value *outputs = value_at(group, "outputs");
    for (uint32_t i = 0; i < outputs->count; i++) {
        const struct value *o = &outputs->items[i];
        document_printf(out, "%s", i ? "; " : "");
        if (is_entry(o)) {
            write_entry(o, out);
            continue;
        }
        if (outputs->count > 1 || !str_eq(review_words(o, "label"), review_words(group, "label")))
            document_printf(out, STR_FMT " ", STR_ARG(review_words(o, "label")));
        document_change(out, review_words(o, "before"), review_words(o, "after"));
        for (size_t n = 0; n < sizeof(notes) / sizeof(notes[0]); n++)
            if (str_eq(review_words(o, "happened"), str_from(notes[n].happened)))
                document_printf(out, " (%s)", notes[n].words);
    }
}

/* Whether an earlier group, of this decision or another, was told to have this cause: then it need not be told whole. */
static bool is_told(const struct value *groups, const struct value *group, struct str words) {
    for (uint32_t i = 0; &groups->items[i] < group; i++) {
        const struct value *causes = value_at(&groups->items[i], "causes");
        for (uint32_t j = 0; j < causes->count; j++)
            if (str_eq(review_words(&causes->items[j], "words"), words))
                return true;
    }
    return false;
}

static void write_causes(const struct value *groups, const struct value *group, struct document *out) {
    const struct value *causes = value_at(group, "causes");
    document_item(out, 0);
    for (uint32_t i = 0; i < causes->count; i++) {
        const struct value *c = &causes->items[i];
        bool told = is_told(groups, group, review_words(c, "words"));
        document_printf(out, "%s" STR_FMT, i ? "; and " : "Because ",
                        STR_ARG(review_words(c, told ? "short" : "words")));
        if (!told && review_words(c, "page").len)
            document_place(out, review_words(c, "page"), review_whole(c, "line"));
    }
    document_printf(out, ":");
}

static bool same_list(const struct value *a, const struct value *b, const char *list, const char *key) {
    const struct value *x = value_at(a, list), *y = value_at(b, list);
    bool same = x->count == y->count;
    for (uint32_t i = 0; same && i < x->count; i++)
        same = str_eq(review_words(&x->items[i], key), review_words(&y->items[i], key));
    return same;
}

static void write_names(const struct value *records, struct document *out) {
    for (uint32_t i = 0; i < records->count && i < NAMES_MAX; i++)
        document_printf(out, "%s" STR_FMT, i ? ", " : " (",
                        STR_ARG(review_words(&records->items[i], "name")));
    document_printf(out, records->count > NAMES_MAX ? " and others)" : ")");
}

/* `earlier` is a group of another decision that has the same records, or NULL. */
static void write_group(const struct value *group, const struct value *earlier, struct document *out) {
    const struct value *records = value_at(group, "records");
    const char *noun = str_eq(review_words(group, "kind"), STR("school")) ? "schools" : "records";
    document_item(out, 1);
    if (records->count == 1) {
        document_span(out, SPAN_STRONG, review_words(&records->items[0], "name"));
        document_printf(out, ": ");
        write_outputs(group, out);
        return;
    }
    document_printf(out, "%s" STR_FMT " %s", earlier ? "The same " : "", STR_ARG(review_words(group, "many")),
                    noun);
    if (earlier)
        document_printf(out, " as under " STR_FMT, STR_ARG(review_words(earlier, "label")));
    document_printf(out, ": ");
    write_outputs(group, out);
    if (!earlier)
        write_names(records, out);
}

static const struct value *earlier_of(const struct value *groups, const struct value *group) {
    for (const struct value *g = groups->items; g < group; g++)
        if (str_eq(review_words(g, "kind"), review_words(group, "kind")) &&
            !str_eq(review_words(g, "decision"), review_words(group, "decision")) &&
            same_list(g, group, "records", "id"))
            return g;
    return NULL;
}

/* Groups of one decision that have the same causes stand together. */
static void write_decision(const struct value *groups, uint32_t from, uint32_t to, struct document *out) {
    for (uint32_t i = from; i < to; i++) {
        bool before = false;
        for (uint32_t j = from; j < i && !before; j++)
            before = same_list(&groups->items[j], &groups->items[i], "causes", "words");
        if (before)
            continue;
        write_causes(groups, &groups->items[i], out);
        for (uint32_t j = i; j < to; j++)
            if (same_list(&groups->items[j], &groups->items[i], "causes", "words"))
                write_group(&groups->items[j], earlier_of(groups, &groups->items[j]), out);
    }
}

static void write_uncompared(const struct value *v, struct document *out) {
    for (uint32_t i = 0; i < v->count; i++) {
        const struct value *d = &v->items[i];
        document_item(out, 0);
        document_span(out, SPAN_STRONG, review_words(d, "label"));
        document_printf(out, value_is_true(d, "new")
                                 ? " is a new decision: there is nothing to compare it with"
                                 : " is no longer decided");
        document_place(out, review_words(d, "page"), 0);
    }
}

static bool same_decision(const struct value *a, const struct value *b) {
    return str_eq(review_words(a, "decision"), review_words(b, "decision"));
}

void review_schools_write(const struct value *value, struct document *out) {
    const struct value *groups = value_at(value, "groups"), *uncompared = value_at(value, "uncompared");
    if (!count_at(value, "groups") && !count_at(value, "uncompared"))
        return;
    bool schools = true;
    for (uint32_t i = 0; i < groups->count; i++)
        schools = schools && str_eq(review_words(&groups->items[i], "kind"), STR("school"));
    document_heading(out, 2, schools ? STR("Schools whose decisions change") : STR("Decisions that change"));
    for (uint32_t i = 0, end; i < groups->count; i = end) {
        for (end = i; end < groups->count && same_decision(&groups->items[i], &groups->items[end]);)
            end++;
        document_heading(out, 3, review_words(&groups->items[i], "label"));
        write_decision(groups, i, end, out);
    }
    if (!uncompared->count)
        return;
    document_heading(out, 3, STR("Decisions that were not compared"));
    write_uncompared(uncompared, out);
}
