/* SPDX-License-Identifier: MIT */
/*
 * markdown_scan.c: the lines of a text, before cmark sees them.
 *
 * Some of cmark-gfm's searches are quadratic or worse: a table of 2,000 columns in 16 KB takes 12 seconds and a
 * gigabyte, 100 KB of "![[]()" a second and a megabyte of it two minutes. So each run of lines without a blank one
 * among them is measured first, and one that would be slow is reported and overwritten with spaces; offsets and line
 * numbers stay as they are and the rest is read. Nothing in cmark spans a blank line and is quadratic too, except
 * nesting, which is measured line by line.
 *
 * The measures err on one side: they do not know code from words, and count what cmark might not. Limits are far
 * from anything that is written by people.
 */
#include "text/markdown_priv.h"

#include <string.h>

/* A run of lines, and what cmark could have to do for it. */
struct run {
    size_t start;        /* of its first byte */
    size_t first;        /* its first line */
    size_t delimiters;   /* runs of * and _, and images: each may be looked at for each closing bracket */
    size_t brackets;     /* ] */
    size_t declarations; /* <! and <?: each is searched to the end of the paragraph */
    size_t columns;      /* most cells in a line */
    size_t columns_line; /* where that is */
    size_t rules;        /* lines that look like a rule under a header */
    size_t rule;         /* the first of them */
    size_t rule_columns; /* its columns */
    uint64_t above;      /* cmark's cost of reading the lines so far as the header of a table */
    uint64_t work;       /* sum of `above` over the rules */
    size_t since_pipe;   /* bytes since the last | */
    struct str line;     /* the last line */
    bool open;
};

/* What one line shows. */
struct tally {
    size_t delimiters, brackets, declarations, pipes;
};

/* ---- rows and rules, as cmark's table extension reads them ---- */

/* A | that parts cells. cmark looks at the character before and no further: in `\\|` the | is escaped too, and a
 * code span protects nothing. */
static bool is_pipe(struct str s, size_t i) {
    return s.at[i] == '|' && !(i > 0 && s.at[i - 1] == '\\');
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

struct str md_unquote(struct str line) {
    size_t i = 0;
    while (i < line.len && (is_space(line.at[i]) || line.at[i] == '>'))
        i++;
    return str_sub(line, i, line.len);
}

static struct str trim(struct str s) {
    size_t from = 0, to = s.len;
    while (from < to && is_space(s.at[from]))
        from++;
    while (to > from && is_space(s.at[to - 1]))
        to--;
    return str_sub(s, from, to);
}

size_t md_cells(struct str line, struct str *cells, size_t room) {
    struct str s = trim(line);
    if (s.len && is_pipe(s, 0))
        s = str_sub(s, 1, s.len);
    size_t count = 0, from = 0;
    for (size_t i = 0; i <= s.len && from < s.len; i++) {
        if (i < s.len && !is_pipe(s, i))
            continue;
        if (count < room)
            cells[count] = trim((struct str){s.at + from, i - from});
        count++;
        from = i + 1;
    }
    return count;
}

size_t md_rule_columns(struct str line) {
    struct str s = md_unquote(line);
    size_t columns = 0, i = s.len && s.at[0] == '|';
    bool marked = i;
    for (;;) {
        while (i < s.len && is_space(s.at[i]))
            i++;
        if (i == s.len)
            break; /* after a last | */
        size_t colons = s.at[i] == ':';
        i += colons;
        size_t dashes = i;
        while (i < s.len && s.at[i] == '-')
            i++;
        if (i == dashes)
            return 0;
        if (i < s.len && s.at[i] == ':') {
            colons++;
            i++;
        }
        while (i < s.len && is_space(s.at[i]))
            i++;
        marked = marked || colons;
        columns++;
        if (i == s.len)
            break;
        if (s.at[i++] != '|')
            return 0;
        marked = true;
    }
    return marked ? columns : 0; /* without | and : it is a heading's underline */
}

/* ---- refusing ---- */

/* Spaces over [from, to), so that the lines are blank and stand where they stood. */
static void blank_out(struct md *md, size_t from, size_t to) {
    if (!md->copy) {
        md->copy = arena_alloc(md->arena, md->text.len, 1);
        memcpy(md->copy, md->text.at, md->text.len);
        md->text.at = md->copy;
    }
    for (size_t i = from; i < to; i++)
        if (md->copy[i] != '\n' && md->copy[i] != '\r')
            md->copy[i] = ' ';
    while (md->rule_count && md->lines[md->rules[md->rule_count - 1]] >= from)
        md->rule_count--;
    while (md->definition_count && md->definitions[md->definition_count - 1].at >= from)
        md->definition_count--;
}

static uint64_t run_work(const struct run *run, size_t end) {
    uint64_t inlines = (uint64_t)run->delimiters * run->brackets;
    uint64_t html = (uint64_t)run->declarations * (end - run->start);
    return inlines + html + run->work;
}

static struct str count_str(struct md *md, size_t n) {
    return str_whole(md->arena, (long long)n);
}

/* Reports what is wrong with the run; false where nothing is. */
static bool run_refuse(struct md *md, const struct run *run, size_t end) {
    size_t rows = md->line_count - run->rule;
    if (run->rules && run->columns > MARKDOWN_TABLE_COLUMNS_MAX)
        diag(md->diags, DIAG_TABLE_COLUMNS, md_place_line(md, run->columns_line), count_str(md, run->columns),
             count_str(md, MARKDOWN_TABLE_COLUMNS_MAX));
    else if (run->rules && run->rule_columns * rows > MARKDOWN_TABLE_CELLS_MAX)
        diag(md->diags, DIAG_TABLE_LARGE, md_place_line(md, run->rule - 1),
             count_str(md, run->rule_columns * rows), count_str(md, MARKDOWN_TABLE_CELLS_MAX));
    else if (run_work(run, end) > MARKDOWN_WORK_MAX)
        diag_plain(md->diags, DIAG_MARKDOWN_TANGLED, md_place_line(md, run->first));
    else
        return false;
    return true;
}

/* ---- measuring ---- */

static void run_end(struct md *md, struct run *run, size_t end) {
    if (run->open && run_refuse(md, run, end))
        blank_out(md, run->start, end);
    *run = (struct run){0};
}

/* A rule makes cmark read all of the paragraph so far as a possible header. Where the header fits, a table begins
 * and the paragraph has ended; where it does not, the paragraph goes on and the next rule reads it again. */
static void run_rule(struct md *md, struct run *run, size_t line, struct str words) {
    size_t columns = md_rule_columns(words);
    if (!columns)
        return;
    if (!run->rules++) {
        run->rule = line;
        run->rule_columns = columns;
    }
    md->rules = md_grow(md->arena, md->rules, md->rule_count, &md->rule_room, sizeof(*md->rules));
    md->rules[md->rule_count++] = (uint32_t)line;
    run->work += run->above;
    if (md_cells(md_unquote(run->line), NULL, 0) == columns)
        run->above = 0;
}

static void run_line(struct md *md, struct run *run, size_t line, struct str words,
                     const struct tally *tally) {
    if (run->open)
        run_rule(md, run, line, words);
    else
        *run = (struct run){.open = true, .start = md->lines[line], .first = line};
    run->delimiters += tally->delimiters;
    run->brackets += tally->brackets;
    run->declarations += tally->declarations;
    if (tally->pipes >= MARKDOWN_TABLE_COLUMNS_MAX) { /* there may be a cell more than there are pipes */
        size_t cells = md_cells(words, NULL, 0);
        if (cells > run->columns) {
            run->columns = cells;
            run->columns_line = line;
        }
    }
    /* Each cell is a few allocations, and is traced back to the | before it. */
    run->since_pipe = tally->pipes ? words.len : run->since_pipe + words.len;
    run->above += run->since_pipe + 16 * (tally->pipes + 1);
    run->line = words;
}

/* What tally_line stops at. */
static const bool interest[256] = {
    ['*'] = true, ['_'] = true, ['!'] = true, [']'] = true,
    ['<'] = true, ['|'] = true, ['['] = true, ['{'] = true,
};

static void tally_mark(struct md *md, struct tally *t, struct str s, size_t i) {
    char next = i + 1 < s.len ? s.at[i + 1] : '\0';
    switch (s.at[i]) {
    case '*':
    case '_': t->delimiters += next != s.at[i]; break;
    case '!': t->delimiters += next == '[' ? 3 : 0; break; /* an open image costs as much as three of them */
    case ']': t->brackets++; break;
    case '<': t->declarations += next == '!' || next == '?'; break;
    case '|': t->pipes += is_pipe(s, i); break;
    case '[': md->has_notes = md->has_notes || next == '^'; break;
    case '{': md->has_ids = md->has_ids || next == '#'; break;
    default: break;
    }
}

/* Of the whole line: in the middle of a paragraph its marks may be words. */
static struct tally tally_line(struct md *md, struct str s) {
    struct tally t = {0};
    unsigned char seen = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        seen |= c;
        if (interest[c])
            tally_mark(md, &t, s, i);
    }
    if (seen & 0x80)
        md->bad_utf8 = md->bad_utf8 || str_utf8_bad(s) < s.len;
    return t;
}

/* ---- the marks at the beginning of a line ---- */

static size_t list_mark(struct str s, size_t i) {
    size_t digits = i;
    while (digits < s.len && digits < i + 9 && s.at[digits] >= '0' && s.at[digits] <= '9')
        digits++;
    size_t end = digits;
    if (end == s.len)
        return 0;
    if (digits > i ? s.at[end] != '.' && s.at[end] != ')'
                   : s.at[end] != '-' && s.at[end] != '*' && s.at[end] != '+')
        return 0;
    end++;
    return end == s.len || is_space(s.at[end]) ? end - i : 0;
}

static size_t footnote_mark(struct str s, size_t i) {
    if (i + 3 >= s.len || s.at[i] != '[' || s.at[i + 1] != '^')
        return 0;
    size_t end = str_find(s, ']', i + 2);
    for (size_t j = i + 2; j < end; j++)
        if (is_space(s.at[j]))
            return 0;
    return end > i + 2 && end + 1 < s.len && s.at[end + 1] == ':' ? end + 2 - i : 0;
}

static void definition_add(struct md *md, size_t line, size_t at, struct str label) {
    md->definitions = md_grow(md->arena, md->definitions, md->definition_count, &md->definition_room,
                              sizeof(*md->definitions));
    md->definitions[md->definition_count++] = (struct md_definition){.line = line, .at = at, .label = label};
}

/* Passes over the marks of quotes, lists and footnotes. Gives where the words begin; *depth is at least as deep as
 * cmark could nest them (a list that goes on takes two columns of indentation or more), 0 where there is no mark;
 * *blank is set for a line without words, which may be in quotes. */
static size_t pass_marks(struct md *md, size_t line, struct str s, size_t *depth, bool *blank) {
    size_t i = 0, columns = 0, marks = 0;
    *blank = true;
    for (;;) {
        size_t indent = 0;
        for (; i < s.len && (s.at[i] == ' ' || s.at[i] == '\t'); i++)
            indent += s.at[i] == ' ' ? 1 : 4;
        columns += indent - (marks && indent); /* the space after a mark is its own */
        if (i == s.len)
            break;
        size_t mark = s.at[i] == '>' ? 1 : list_mark(s, i);
        if (mark != 1 || s.at[i] != '>' || indent > 3)
            *blank = false; /* four spaces before a > may make it a word */
        if (!mark && (mark = footnote_mark(s, i)))
            definition_add(md, line, md->lines[line] + i, str_sub(s, i + 2, i + mark - 2));
        if (!mark)
            break;
        i += mark;
        marks++;
    }
    *depth = marks ? marks + columns / 2 : 0;
    return i;
}

/* ---- lines ---- */

/* Takes the line at *at; *newline is where the next LF is, so that a text of CRs alone is not searched again for
 * each. cmark ends a line at CR, LF and CR LF. */
static struct str next_line(struct md *md, size_t *at, size_t *newline) {
    if (*newline < *at || !*at)
        *newline = str_find(md->text, '\n', *at);
    const char *p = md->text.at + *at;
    size_t len = *newline - *at;
    const char *cr = memchr(p, '\r', len);
    if (cr)
        len = (size_t)(cr - p);
    md->lines = md_grow(md->arena, md->lines, md->line_count, &md->line_room, sizeof(*md->lines));
    md->lines[md->line_count++] = (uint32_t)*at;
    *at += len;
    if (*at < md->text.len && md->text.at[*at] == '\r')
        ++*at;
    if (*at < md->text.len && md->text.at[*at] == '\n')
        ++*at;
    return (struct str){p, len};
}

static void refuse_deep(struct md *md, size_t line, struct str s) {
    if (!md->too_deep)
        diag(md->diags, DIAG_MARKDOWN_DEPTH, md_place_line(md, line), count_str(md, MARKDOWN_DEPTH_MAX));
    md->too_deep = true;
    blank_out(md, md->lines[line], md->lines[line] + s.len);
}

void md_scan(struct md *md) {
    struct run run = {0};
    for (size_t at = 0, newline = 0; at < md->text.len;) {
        size_t line = md->line_count, depth;
        bool blank;
        struct str s = next_line(md, &at, &newline);
        size_t words = pass_marks(md, line, s, &depth, &blank);
        if (depth > MARKDOWN_DEPTH_MAX) {
            refuse_deep(md, line, s);
            blank = true;
        }
        if (blank) {
            md->line_count--; /* the run ended before this line */
            run_end(md, &run, md->lines[line]);
            md->line_count++;
            continue;
        }
        struct tally tally = tally_line(md, s);
        run_line(md, &run, line, str_sub(s, words, s.len), &tally);
    }
    run_end(md, &run, md->text.len);
}
