/* SPDX-License-Identifier: MIT */
/* schema_out.c: the tables as JSON Schema, as a commented starting point, and as a manual page. */
#include "portal/schema_out.h"

#include "text/json.h"

/* ---- JSON Schema ---- */

/* Patterns for editors; schema_check is stricter (it knows which days exist). Types without one take any text. */
static const struct {
    enum schema_type type;
    const char *pattern;
} patterns[] = {
    {TYPE_WHOLE, "^[0-9]{1,9}$"},
    {TYPE_NUMBER, "^-?[0-9]+([.][0-9]+)?$"},
    {TYPE_DATE, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    {TYPE_MONTH, "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"},
    {TYPE_YEAR, "^[0-9]{4}$"},
    {TYPE_AGES, "^[0-9]{1,2} to [0-9]{1,2}$"},
    {TYPE_URN, "^[0-9]{6}$"},
    {TYPE_LAESTAB, "^[0-9]{3}/[0-9]{4}$"},
    {TYPE_DIGITS, "^[0-9]{1,12}$"},
    {TYPE_POSTCODE, "^[A-Z][A-Z0-9]{1,3} [0-9][A-Z]{2}$"},
    {TYPE_EMAIL, "^[^ @]+@[^ @]+[.][^ @]+$"},
    {TYPE_WEB, "^https?://"},
    {TYPE_COLOUR, "^#[0-9a-fA-F]{6}$"},
    {TYPE_SLUG, "^[a-z0-9]+(-[a-z0-9]+)*$"},
};

static void write_enum(struct buf *out, const struct choice *choices) {
    buf_lit(out, "{\"enum\": [");
    for (const struct choice *c = choices; c->id; c++) {
        buf_add(out, c == choices ? STR("") : STR(", "));
        json_string(out, str_from(c->id));
        if (!str_eq(str_from(c->id), str_from(c->label))) {
            buf_lit(out, ", ");
            json_string(out, str_from(c->label));
        }
    }
    buf_lit(out, "]}");
}

/* Digits are numbers to an editor, `yes` may be a boolean: all scalars are let through to the pattern. */
static void write_scalar(struct buf *out, const struct schema_field *f) {
    if (f->type == TYPE_CHOICE) {
        write_enum(out, f->choices);
        return;
    }
    if (f->type == TYPE_YES_NO) {
        buf_lit(out, "{\"enum\": [\"yes\", \"no\", true, false]}");
        return;
    }
    buf_lit(out, "{\"type\": [\"string\", \"number\"]");
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++)
        if (patterns[i].type == f->type) {
            buf_lit(out, ", \"pattern\": ");
            json_string(out, str_from(patterns[i].pattern));
        }
    buf_lit(out, "}");
}

static void write_object(struct buf *out, const struct schema *schema, int depth);

static void write_one(struct buf *out, const struct schema_field *f, int depth) {
    if (f->type == TYPE_RECORD)
        write_object(out, f->record, depth + 1);
    else if (f->type == TYPE_FACTS || f->type == TYPE_DECISIONS)
        buf_lit(out, "{\"type\": \"object\"}");
    else if (f->type == TYPE_CONDITION)
        buf_lit(out, "{\"type\": [\"string\", \"object\"], \"additionalProperties\": {\"type\": [\"string\", "
                     "\"number\", \"boolean\"]}}");
    else if (f->type == TYPE_ANY)
        buf_lit(out, "{}");
    else
        write_scalar(out, f);
}

static void write_field(struct buf *out, const struct schema_field *f, int depth) {
    buf_lit(out, "{\"description\": ");
    json_string(out, str_from(f->help));
    buf_lit(out, ", \"anyOf\": [");
    write_one(out, f, depth);
    if (f->flags & FIELD_LIST) {
        buf_lit(out, ", {\"type\": \"array\", \"items\": ");
        write_one(out, f, depth);
        buf_lit(out, "}");
    }
    if (f->flags & FIELD_DATED) {
        buf_lit(out, ", {\"type\": \"array\", \"items\": ");
        write_object(out, &schema_dated, depth + 1);
        buf_lit(out, "}");
    }
    if (f->flags & FIELD_OR_NONE)
        buf_lit(out, ", {\"const\": \"none\"}");
    buf_lit(out, "]}");
}

static void indent(struct buf *out, int depth) {
    buf_byte(out, '\n');
    for (int i = 0; i < depth; i++)
        buf_lit(out, "  ");
}

static void write_object(struct buf *out, const struct schema *schema, int depth) {
    buf_lit(out, "{\"type\": \"object\", \"additionalProperties\": false, \"properties\": {");
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        buf_add(out, f == schema->fields ? STR("") : STR(","));
        indent(out, depth + 1);
        json_string(out, str_from(f->name));
        buf_lit(out, ": ");
        write_field(out, f, depth + 1);
    }
    buf_lit(out, "}, \"required\": [");
    bool first = true;
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        if (!(f->flags & FIELD_REQUIRED))
            continue;
        buf_add(out, first ? STR("") : STR(", "));
        json_string(out, str_from(f->name));
        first = false;
    }
    buf_lit(out, "]}");
}

void schema_write_json(struct buf *out, const struct schema *schema) {
    buf_lit(out, "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n \"title\": ");
    json_string(out, str_from(schema->name));
    buf_lit(out, ", \"description\": ");
    json_string(out, str_from(schema->help));
    buf_lit(out, ",\n \"allOf\": [");
    write_object(out, schema, 1);
    buf_lit(out, "]}\n");
}

/* ---- a starting point ---- */

struct start {
    struct buf *out;
    struct str name; /* of the record */
};

static bool has_required(const struct schema *schema) {
    for (const struct schema_field *f = schema->fields; f->name; f++)
        if (f->flags & FIELD_REQUIRED)
            return true;
    return false;
}

/* A value in double quotes, unless it is the example, which is written as it should be. */
static void start_value(const struct start *s, const struct schema_field *f, int depth) {
    struct str key = str_from(f->name);
    bool named = !depth && s->name.len && (str_eq(key, STR("name")) || str_eq(key, STR("title")));
    buf_add(s->out, named || *f->example ? STR(" ") : STR(""));
    if (named)
        json_string(s->out, s->name);
    else
        buf_add(s->out, str_from(f->example));
    buf_byte(s->out, '\n');
}

/* `prefix` comments an optional record out; `item` puts the hyphen of a list before the first key. What may be added
 * to a record within the record is in the manual: only what it must have is shown, or else its first field. */
static void write_start(const struct start *s, const struct schema *schema, const char *prefix, int depth,
                        bool item) {
    bool needs = has_required(schema);
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        bool optional = !(f->flags & FIELD_REQUIRED);
        if (depth && optional && (needs || f != schema->fields))
            continue;
        const char *mark = optional && !depth ? "# " : prefix;
        if (!depth)
            buf_printf(s->out, "# %s\n", f->help);
        buf_add(s->out, str_from(mark));
        for (int i = item ? 1 : 0; i < depth; i++)
            buf_lit(s->out, "  ");
        buf_add(s->out, item ? STR("- ") : STR(""));
        buf_printf(s->out, "%s:", f->name);
        item = false;
        if (f->type == TYPE_RECORD) {
            bool list = f->flags & FIELD_LIST;
            buf_byte(s->out, '\n');
            write_start(s, f->record, mark, depth + (list ? 2 : 1), list);
        } else {
            start_value(s, f, depth);
        }
    }
}

void schema_write_start(struct buf *out, const struct schema *schema, struct str name) {
    struct start s = {out, name};
    write_start(&s, schema, "", 0, false);
}

/* ---- the manual ---- */

static const char *const audiences[AUDIENCE_COUNT] = {
    [AUDIENCE_OFFICERS] = "officers", [AUDIENCE_SCHOOLS] = "schools", [AUDIENCE_PUBLIC] = "public"};

/* A new sentence begins a new line, and a backslash is written as an escape. */
void schema_write_mdoc_text(struct buf *out, const char *s) {
    for (; *s; s++) {
        if (*s == '\\')
            buf_lit(out, "\\e");
        else
            buf_byte(out, *s == ' ' && out->len && out->at[out->len - 1] == '.' ? '\n' : *s);
    }
}

static void mdoc_choices(struct buf *out, const struct schema_field *f) {
    buf_lit(out, "One of");
    for (const struct choice *c = f->choices; c->id; c++)
        buf_printf(out, "%s\n.Li %s", c == f->choices ? "" : " ,", c->id);
    buf_lit(out, " .\n");
}

static void mdoc_fields(struct buf *out, const struct schema *schema, const char *path) {
    for (const struct schema_field *f = schema->fields; f->name; f++) {
        struct buf full = {.arena = out->arena};
        buf_printf(&full, "%s%s", path, f->name);
        buf_byte(&full, 0);
        buf_printf(out, ".It Cm %s Pq %s%s%s\n", full.at, audiences[f->audience],
                   f->flags & FIELD_REQUIRED ? ", required" : "",
                   f->flags & FIELD_LIST    ? ", list"
                   : f->flags & FIELD_DATED ? ", may be dated"
                                            : "");
        schema_write_mdoc_text(out, f->help);
        buf_byte(out, '\n');
        if (f->type == TYPE_CHOICE)
            mdoc_choices(out, f);
        else if (*f->example && f->type != TYPE_RECORD) {
            buf_lit(out, "Example:\n.Ql ");
            schema_write_mdoc_text(out, f->example);
            buf_lit(out, " .\n");
        }
        if (f->type == TYPE_RECORD) {
            full.len--;
            buf_lit(&full, ".");
            buf_byte(&full, 0);
            mdoc_fields(out, f->record, full.at);
        }
    }
}

void schema_write_mdoc(struct buf *out, const struct schema *schema) {
    buf_printf(out, ".Ss The %s record\n", schema->name);
    schema_write_mdoc_text(out, schema->help);
    buf_lit(out, "\n.Bl -tag -width Ds\n");
    mdoc_fields(out, schema, "");
    buf_lit(out, ".El\n");
}
