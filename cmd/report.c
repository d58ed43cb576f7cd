/* SPDX-License-Identifier: MIT */
/* report.c: diagnostics, as people and as machines want them. */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "text/json.h"

static struct str path_of(const struct diag *d) {
    return d->at.source ? d->at.source->path : (struct str){0};
}

static void report_text(struct buf *out, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++)
        diag_print(out, &diags->items[i]);
}

static void json_member(struct buf *out, const char *name, struct str value) {
    buf_printf(out, ", \"%s\": ", name);
    json_string(out, value);
}

static void report_json(struct buf *out, const struct diags *diags) {
    buf_lit(out, "[");
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        const struct diag_kind *kind = &diag_catalogue[d->id];
        struct position p = d->position;
        buf_printf(out, "%s\n  {\"level\": \"%s\", \"slug\": \"%s\"", i ? "," : "",
                   diag_level_name(kind->level), kind->slug);
        json_member(out, "path", path_of(d));
        buf_printf(out, ", \"line\": %u, \"column\": %u", p.line, p.column);
        json_member(out, "message", d->text);
        if (d->hint.len)
            json_member(out, "hint", d->hint);
        if (d->note.len)
            json_member(out, "note", d->note);
        buf_lit(out, "}");
    }
    buf_lit(out, "\n]\n");
}

/* SARIF 2.1.0, as code-scanning services read it. */
static void report_sarif(struct buf *out, const struct diags *diags) {
    buf_lit(out, "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\", \"version\": \"2.1.0\", "
                 "\"runs\": [{\n"
                 "  \"tool\": {\"driver\": {\"name\": \"signpost\", \"rules\": []}},\n"
                 "  \"columnKind\": \"unicodeCodePoints\",\n  \"results\": [");
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        const struct diag_kind *kind = &diag_catalogue[d->id];
        struct position p = d->position;
        buf_printf(out,
                   "%s\n    {\"ruleId\": \"%s\", \"level\": \"%s\", \"message\": {\"text\": ", i ? "," : "",
                   kind->slug, diag_level_name(kind->level));
        json_string(out, d->text);
        buf_lit(out, "}, \"locations\": [");
        if (d->at.source) {
            buf_lit(out, "{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ");
            json_string(out, path_of(d));
            buf_lit(out, "}");
            if (p.line)
                buf_printf(out, ", \"region\": {\"startLine\": %u, \"startColumn\": %u}", p.line, p.column);
            buf_lit(out, "}}");
        }
        buf_lit(out, "]}");
    }
    buf_lit(out, "\n  ]\n}]}\n");
}

/* GitHub's workflow commands want %, CR and LF escaped, and in properties : and , too. */
static void github_escape(struct buf *out, struct str s, bool property) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        bool escape = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
        if (escape)
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            buf_byte(out, c);
    }
}

/* What GitHub calls a note. */
static const char *github_level(enum diag_level level) {
    return level == DIAG_NOTE ? "notice" : diag_level_name(level);
}

static void report_github(struct buf *out, const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *d = &diags->items[i];
        const struct diag_kind *kind = &diag_catalogue[d->id];
        struct position p = d->position;
        buf_printf(out, "::%s ", github_level(kind->level));
        if (d->at.source) {
            buf_lit(out, "file=");
            github_escape(out, path_of(d), true);
            if (p.line)
                buf_printf(out, ",line=%u,col=%u", p.line, p.column);
            buf_lit(out, ",");
        }
        buf_printf(out, "title=%s::", kind->slug);
        github_escape(out, d->text, false);
        if (d->hint.len) {
            buf_lit(out, " (hint: ");
            github_escape(out, d->hint, false);
            buf_lit(out, ")");
        }
        buf_lit(out, "\n");
    }
}

static const struct {
    const char *name;
    void (*write)(struct buf *out, const struct diags *diags);
    bool machine; /* to standard output, and always, even when there is nothing to say */
} forms[] = {
    {"text", report_text, false},
    {"json", report_json, true},
    {"sarif", report_sarif, true},
    {"github", report_github, true},
};

enum exit_code report(const struct invocation *invocation, struct diags *diags) {
    const char *name = invocation->options[OPTION_FORMAT] ? invocation->options[OPTION_FORMAT] : "text";
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    diags_sort(diags);
    size_t form = 0;
    while (form < sizeof(forms) / sizeof(forms[0]) && strcmp(forms[form].name, name) != 0)
        form++;
    if (form == sizeof(forms) / sizeof(forms[0])) {
        say_error("--format must be text, json, sarif or github, not \"%s\"", name);
        arena_release(&arena);
        return EXIT_USAGE;
    }
    forms[form].write(&out, diags);
    if (forms[form].machine)
        print_out(buf_str(&out));
    else
        fwrite(out.at ? out.at : "", 1, out.len, stderr);
    arena_release(&arena);
    bool strict = invocation->options[OPTION_STRICT] && diags_warnings(diags);
    return diags->machine ? EXIT_MACHINE : diags->errors || strict ? EXIT_AUTHOR : EXIT_FINE;
}
