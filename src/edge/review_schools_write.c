/* SPDX-License-Identifier: MIT */
/* review_schools_write.c: whose decisions change, in words. */
#include "edge/review_schools.h"

/* Names in one list; JSON has them all. */
#define NAMES_MAX 40

static struct str words_at(const struct value *v, const char *path) {
    return value_words(value_at(v, path));
}

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

static void write_outputs(const struct value *group, struct document *out) {
    const struct value *outputs = value_at(group, "outputs");
    bool one = outputs->count == 1;
    for (uint32_t i = 0; i < outputs->count; i++) {
        const struct value *o = &outputs->items[i];
        struct str label = words_at(o, "label"), happened = words_at(o, "happened");
        document_printf(out, "%s", i ? "; " : "");
        if (!one || !str_eq(label, words_at(group, "label")))
            document_printf(out, STR_FMT " ", STR_ARG(label));
        document_change(out, words_at(o, "before"), words_at(o, "after"));
        for (size_t n = 0; n < sizeof(notes) / sizeof(notes[0]); n++)
            if (str_eq(happened, str_from(notes[n].happened)))
                document_printf(out, " (%s)", notes[n].words);
    }
}

static void write_causes(const struct value *group, struct document *out) {
    const struct value *causes = value_at(group, "causes");
    for (uint32_t i = 0; i < causes->count; i++) {
        const struct value *c = &causes->items[i], *line = value_at(c, "line");
        struct str digits = line ? (struct str){line->text, line->count} : (struct str){0};
        size_t number = 0;
        for (size_t k = 0; k < digits.len; k++)
            number = 10 * number + (size_t)(digits.at[k] - '0');
        document_item(out, 1);
        document_printf(out, "%s " STR_FMT, i ? "and" : "because of", STR_ARG(words_at(c, "words")));
        if (words_at(c, "page").len)
            document_place(out, words_at(c, "page"), number);
    }
}

static bool same_records(const struct value *a, const struct value *b) {
    const struct value *x = value_at(a, "records"), *y = value_at(b, "records");
    bool same = x->count == y->count && str_eq(words_at(a, "kind"), words_at(b, "kind"));
    for (uint32_t i = 0; same && i < x->count; i++)
        same = str_eq(words_at(&x->items[i], "id"), words_at(&y->items[i], "id"));
    return same;
}

static bool same_causes(const struct value *a, const struct value *b) {
    const struct value *x = value_at(a, "causes"), *y = value_at(b, "causes");
    bool same = x->count == y->count;
    for (uint32_t i = 0; same && i < x->count; i++)
        same = str_eq(words_at(&x->items[i], "words"), words_at(&y->items[i], "words"));
    return same;
}

static void write_names(const struct value *group, struct document *out) {
    const struct value *records = value_at(group, "records");
    document_item(out, 1);
    for (uint32_t i = 0; i < records->count && i < NAMES_MAX; i++)
        document_printf(out, "%s" STR_FMT, i ? ", " : "", STR_ARG(words_at(&records->items[i], "name")));
    if (records->count > NAMES_MAX)
        document_printf(out, " and %zu more", (size_t)records->count - NAMES_MAX);
}

/* `earlier` is a group of another decision to which the same happened for the same reason, or NULL. */
static void write_group(const struct value *group, const struct value *earlier, struct document *out) {
    const struct value *records = value_at(group, "records");
    bool schools = str_eq(words_at(group, "kind"), STR("school"));
    document_item(out, 0);
    if (records->count == 1)
        document_span(out, SPAN_STRONG, words_at(&records->items[0], "name"));
    else if (earlier)
        document_printf(out, "The same %zu %s as under " STR_FMT, (size_t)records->count,
                        schools ? "schools" : "records", STR_ARG(words_at(earlier, "label")));
    else
        document_printf(out, "%zu %s", (size_t)records->count, schools ? "schools" : "records");
    document_printf(out, ": ");
    write_outputs(group, out);
    if (!earlier || !same_causes(group, earlier))
        write_causes(group, out);
    else
        document_printf(out, ", for the same reason");
    if (records->count > 1 && !earlier)
        write_names(group, out);
}

static const struct value *earlier_of(const struct value *groups, uint32_t index) {
    for (uint32_t i = 0; i < index; i++)
        if (same_records(&groups->items[i], &groups->items[index]) &&
            !str_eq(words_at(&groups->items[i], "decision"), words_at(&groups->items[index], "decision")) &&
            groups->items[i].fields && value_at(&groups->items[i], "records")->count > 1)
            return &groups->items[i];
    return NULL;
}

static void write_uncompared(const struct value *v, struct document *out) {
    for (uint32_t i = 0; i < v->count; i++) {
        const struct value *d = &v->items[i];
        document_item(out, 0);
        document_span(out, SPAN_STRONG, words_at(d, "label"));
        document_printf(out, value_is_true(d, "new") ? " is a new decision: there is nothing to compare it with"
                                                     : " is no longer decided");
        document_place(out, words_at(d, "page"), 0);
    }
}

void review_schools_write(const struct value *value, struct document *out) {
    const struct value *groups = value_at(value, "groups"), *uncompared = value_at(value, "uncompared");
    if (!count_at(value, "groups") && !count_at(value, "uncompared"))
        return;
    document_heading(out, 2, STR("Schools whose decisions change"));
    for (uint32_t i = 0; i < groups->count; i++) {
        const struct value *g = &groups->items[i];
        bool first = !i || !str_eq(words_at(g, "decision"), words_at(g - 1, "decision"));
        if (first)
            document_heading(out, 3, words_at(g, "label"));
        write_group(g, earlier_of(groups, i), out);
    }
    if (!uncompared->count)
        return;
    document_heading(out, 3, STR("Decisions that were not compared"));
    write_uncompared(uncompared, out);
}
