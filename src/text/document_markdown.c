/* SPDX-License-Identifier: MIT */
/*
 * document_markdown.c: a report as a comment on a git host.
 *
 * Text must come out as the same words and do nothing. Two things read it: first a parser of GitHub's Markdown, for which
 * signs are escaped or written as character references; then the host's own filters, which look for references (@name,
 * #1, !1, GH-1), addresses and :names: in what the parser gave, so that no escape stops them. What they look for is
 * broken by a space of no width (U+200B), as bots on these hosts do. Each paragraph is one line, since no host needs it
 * wrapped and the beginning of a line is where most of Markdown's markup lives.
 */
#include <string.h>

#include "text/document_priv.h"

#define NO_WIDTH "&#8203;"

struct writer {
    struct buf *out;
    struct arena *scratch;
    enum span_kind whole; /* of the row that is written */
    bool cell; /* a cell of a table is written: nothing in it begins a block, and a bar would end it */
};

static bool is_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(uint32_t c) {
    return is_digit(c) || is_letter(c) || c == '_';
}

/* ---- text ---- */

/* "GH-1"; other letters before a hyphen, as of a reference to a rule, lead nowhere. */
static bool is_issue(struct str s, size_t hyphen) {
    return hyphen >= 2 && hyphen + 1 < s.len && is_digit((unsigned char)s.at[hyphen + 1]) &&
           str_eq_fold(str_sub(s, hyphen - 2, hyphen), STR("gh"));
}

/* What some host takes for a reference: a sign, and what stands directly after it. GitLab's may be quoted. */
static bool is_reference(struct str s, size_t at) {
    char after = at + 1 < s.len ? s.at[at + 1] : 0;
    bool word = is_word((unsigned char)after) || (unsigned char)after >= 0x80;
    switch (s.at[at]) {
    case '@': return after && after != ' ';
    case '#': return is_digit((unsigned char)after) || after == '"';
    case '$':
    case '~':
    case '%': return word || after == '"';
    case '!':
    case '&':
    case '^': return word;
    case ':': return word || after == '/' || after == '+' || after == '-';
    case '-': return is_issue(s, at);
    case '{': return after == '+' || after == '-';
    case '[': return after == '+' || after == '-' || after == '[';
    default: return false;
    }
}

static bool is_plain(char c) {
    return is_digit((unsigned char)c) || is_letter((unsigned char)c);
}

/* Signs that may begin markup wherever they stand. What would be looked at by more than the parser is a character
 * reference. */
static const struct {
    char sign;
    const char *written;
} signs[] = {{'\\', "\\\\"}, {'`', "\\`"},  {'*', "\\*"},   {'_', "\\_"},    {'[', "\\["},
             {']', "\\]"},   {'~', "\\~"},  {'#', "\\#"},   {'{', "\\{"},    {'}', "\\}"},
             {'<', "&lt;"},  {'>', "&gt;"}, {'&', "&amp;"}, {'|', "&#124;"}, {'$', "&#36;"}};

/* Whether such a sign is only itself where it stands, so that whoever reads the source is spared an escape. 0 is the end of
 * the words, beyond which anything may stand. What could end a link, "](" or "]:", is always escaped, so that what is left
 * of a bracket refers to nothing. */
static bool is_bare(const struct writer *w, char before, char c, char after) {
    switch (c) {
    case '|': return !w->cell;
    case '&': return after == ' ';
    case '*': return before == ' ' && after == ' ';
    case '_': return is_plain(before) && is_plain(after);
    case '<': return after == ' ' || after == '=';
    case '>': return before != 0;
    case '[': return before != 0 && (is_plain(after) || after == ' ');
    case ']': return after && !strchr("([:", after);
    default: return false;
    }
}

static void write_sign(const struct writer *w, char before, char c, char after) {
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
        if (signs[i].sign == c && !is_bare(w, before, c, after)) {
            buf_add(w->out, str_from(signs[i].written));
            return;
        }
    buf_byte(w->out, c);
}

/* Bytes at the beginning of a block that would make it a list, a rule, a heading or a host's command: they end in the sign
 * to escape. 0: none. A list's sign has a space or nothing after it, so that "+4" and "2.5" begin none. */
static size_t opening(struct str s) {
    size_t digits = 0;
    while (digits < s.len && is_digit((unsigned char)s.at[digits]))
        digits++;
    if (digits && digits < s.len && (s.at[digits] == '.' || s.at[digits] == ')'))
        return digits + 1 < s.len && s.at[digits + 1] != ' ' ? 0 : digits + 1;
    if (s.len > 1 && (s.at[0] == '-' || s.at[0] == '+') && is_plain(s.at[1]))
        return 0;
    return s.len && strchr("-+=/:", s.at[0]) ? 1 : 0;
}

static bool is_www(struct str s, size_t i) {
    return i >= 3 && s.at[i] == '.' && str_eq_fold(str_sub(s, i - 3, i), STR("www"));
}

/* `first`: the words begin a block. */
static void write_text(const struct writer *w, struct str s, bool first) {
    size_t escaped = first && !w->cell ? opening(s) : 0;
    for (size_t i = 0; i < s.len; i++) {
        if (i + 1 == escaped)
            buf_byte(w->out, '\\');
        if (is_www(s, i))
            buf_lit(w->out, NO_WIDTH);
        write_sign(w, i ? s.at[i - 1] : 0, s.at[i], i + 1 < s.len ? s.at[i + 1] : 0);
        if (is_reference(s, i))
            buf_lit(w->out, NO_WIDTH);
    }
}

/* ---- spans ---- */

/* A sign beside a mark decides whether the mark opens or closes anything (CommonMark, "left-flanking"): next to a letter
 * outside, a mark is only one if a letter stands inside as well. A character reference counts as a sign, so that what
 * stands outside is written as one where it matters. */
static void write_reference(struct buf *out, uint32_t c) {
    buf_printf(out, "&#%u;", c);
}

static char last_byte(struct str s) {
    return s.len ? s.at[s.len - 1] : 0;
}

/* The last code point of a text, and where it begins. */
static size_t last_point(struct str s) {
    size_t at = s.len;
    while (at && ((unsigned char)s.at[--at] & 0xC0) == 0x80)
        ;
    return at;
}

static const char *const marks[] = {[SPAN_STRONG] = "**", [SPAN_ADDED] = "**", [SPAN_REMOVED] = "~~"};

/* Code cannot be escaped: a longer fence holds shorter ones, but a table's bar would end the cell. */
static bool may_be_code(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '|' || s.at[i] == '\\')
            return false;
    return true;
}

static void write_code(struct buf *out, struct str s) {
    size_t longest = 0, length = 0;
    for (size_t i = 0; i < s.len; i++) {
        length = s.at[i] == '`' ? length + 1 : 0;
        longest = length > longest ? length : longest;
    }
    for (size_t i = 0; i <= longest; i++)
        buf_byte(out, '`');
    if (longest)
        buf_byte(out, ' ');
    buf_add(out, s);
    if (longest)
        buf_byte(out, ' ');
    for (size_t i = 0; i <= longest; i++)
        buf_byte(out, '`');
}

/* Runs that are printed in one way, as one text: a reference could begin in one and end in the next. */
struct piece {
    enum span_kind span;
    bool gap;
    struct str text;
};

static enum span_kind span_of(const struct document_run *run, enum span_kind whole) {
    enum span_kind span = run->span == SPAN_CODE && !may_be_code(run->text) ? SPAN_TEXT : run->span;
    return span == SPAN_TEXT ? whole : span;
}

/* In a row that comes or goes (`whole`), all of it does. */
static struct piece *pieces_of(struct arena *arena, const struct document_words *words, enum span_kind whole,
                               size_t *count) {
    size_t room = 0;
    for (const struct document_run *run = words->first; run; run = run->next)
        room++;
    struct piece *pieces = arena_array(arena, struct piece, room), *last = NULL;
    for (const struct document_run *run = words->first; run; run = run->next) {
        enum span_kind span = span_of(run, whole);
        if (last && last->span == span && (span != SPAN_CODE || !run->gap)) {
            last->text = str_join(arena, last->text, run->gap ? STR(" ") : STR(""), run->text);
        } else {
            last = last ? last + 1 : pieces;
            *last = (struct piece){span, run->gap, run->text};
        }
    }
    *count = last ? (size_t)(last - pieces) + 1 : 0;
    return pieces;
}

static bool is_marked(enum span_kind span) {
    return span == SPAN_STRONG || span == SPAN_ADDED || span == SPAN_REMOVED;
}

/* Text between its neighbours: its ends are character references where a mark that touches them needs it. */
static void write_between(const struct writer *w, const struct piece *before, const struct piece *piece,
                          const struct piece *after) {
    struct str s = piece->text;
    bool first = !before;
    bool left = before && !piece->gap && is_marked(before->span) && !is_plain(last_byte(before->text));
    bool right = after && !after->gap && is_marked(after->span) && !is_plain(after->text.at[0]);
    if (left) {
        size_t at = 0;
        write_reference(w->out, str_next(s, &at));
        s = str_sub(s, at, s.len);
    }
    size_t last = last_point(s);
    write_text(w, right ? str_sub(s, 0, last) : s, first);
    if (right && s.len)
        write_reference(w->out, str_next(s, &last));
}

/* The outer characters of marked words are references unless they are of ASCII, since white space that only Unicode knows
 * would undo the mark. */
static void write_marked(const struct writer *w, const char *mark, struct str s) {
    size_t at = 0;
    buf_add(w->out, str_from(mark));
    if ((unsigned char)s.at[0] >= 0x80)
        write_reference(w->out, str_next(s, &at));
    s = str_sub(s, at, s.len);
    size_t last = last_point(s);
    bool wide = s.len && (unsigned char)s.at[last] >= 0x80;
    write_text(w, wide ? str_sub(s, 0, last) : s, false);
    if (wide)
        write_reference(w->out, str_next(s, &last));
    buf_add(w->out, str_from(mark));
}

static void write_words(struct writer *w, const struct document_words *words) {
    size_t count;
    struct piece *pieces = pieces_of(w->scratch, words, w->whole, &count);
    for (size_t i = 0; i < count; i++) {
        const struct piece *p = &pieces[i], *before = i ? p - 1 : NULL, *after = i + 1 < count ? p + 1 : NULL;
        if (p->gap)
            buf_byte(w->out, ' ');
        else if (before && is_marked(before->span) && is_marked(p->span))
            buf_lit(w->out, NO_WIDTH); /* two marks side by side would be read as one */
        if (is_marked(p->span))
            write_marked(w, marks[p->span], p->text);
        else if (p->span == SPAN_CODE)
            write_code(w->out, p->text);
        else
            write_between(w, before, p, after);
    }
}

/* ---- blocks ---- */

static void heading(struct writer *w, const struct document_block *b) {
    for (int i = 0; i < b->level; i++)
        buf_byte(w->out, '#');
    buf_byte(w->out, ' ');
    write_words(w, &b->words);
}

static void item(struct writer *w, const struct document_block *b) {
    for (int i = 0; i < b->level; i++)
        buf_lit(w->out, "  ");
    buf_lit(w->out, "- ");
    write_words(w, &b->words);
}

static void table_caption(struct writer *w, const struct document_block *b) {
    if (b->words.first) {
        write_marked(w, marks[SPAN_STRONG], b->words.first->text);
        buf_lit(w->out, "\n\n");
    }
}

static void table_head(struct writer *w, const struct document_block *b) {
    for (size_t c = 0; c < b->columns; c++) {
        buf_lit(w->out, "| ");
        write_text(w, b->headers[c].len ? b->headers[c] : DOCUMENT_BLANK, false);
        buf_byte(w->out, ' ');
    }
    buf_lit(w->out, "|\n");
    const bool *numeric = document_numeric(b, w->scratch);
    for (size_t c = 0; c < b->columns; c++)
        buf_add(w->out, numeric[c] ? STR("| ---: ") : STR("| --- "));
    buf_byte(w->out, '|');
}

static void table_row(struct writer *w, const struct document_block *b, const struct document_row *row) {
    w->whole = row->whole;
    for (size_t c = 0; c < b->columns; c++) {
        buf_lit(w->out, "| ");
        if (!c && row->whole != SPAN_TEXT)
            buf_add(w->out, document_row_word(row));
        if (!c && !row->cells[c].first)
            buf_add(w->out, DOCUMENT_BLANK);
        write_words(w, &row->cells[c]);
        if (row->cells[c].first || !c)
            buf_byte(w->out, ' ');
    }
    buf_byte(w->out, '|');
    w->whole = SPAN_TEXT;
}

/* Where a comment may end: what came before this many bytes stands by itself. */
struct cut {
    size_t most; /* bytes that may stand before the last line */
    size_t at;   /* the last such place */
};

static void may_cut(const struct writer *w, struct cut *cut) {
    if (w->out->len <= cut->most)
        cut->at = w->out->len;
}

static void table(struct writer *w, const struct document_block *b, struct cut *cut) {
    table_caption(w, b);
    w->cell = true;
    table_head(w, b);
    for (const struct document_row *row = b->rows; row; row = row->next) {
        buf_byte(w->out, '\n');
        table_row(w, b, row);
        may_cut(w, cut);
    }
    w->cell = false;
}

static void block(struct writer *w, const struct document_block *b, struct cut *cut) {
    switch (b->kind) {
    case DOCUMENT_HEADING: heading(w, b); return; /* nothing ends after a heading */
    case DOCUMENT_PARAGRAPH: write_words(w, &b->words); break;
    case DOCUMENT_ITEM: item(w, b); break;
    case DOCUMENT_TABLE: table(w, b, cut); return;
    }
    may_cut(w, cut);
}

#define CUT_WORDS "\n\n**The report is longer than a comment may be: the rest of it is left out here.**"

void document_markdown(const struct document *document, size_t limit, struct buf *out) {
    struct arena scratch = {0};
    struct writer w = {.out = out, .scratch = &scratch};
    size_t start = out->len, note = sizeof(CUT_WORDS);
    struct cut cut = {.most = !limit ? SIZE_MAX : start + (limit > note ? limit - note : 0), .at = start};
    const struct document_block *before = NULL;
    for (const struct document_block *b = document->first; b; b = b->next) {
        if (b->kind == DOCUMENT_TABLE ? !b->rows : !b->words.first)
            continue;
        if (before)
            buf_byte(out, '\n');
        if (before && !(before->kind == DOCUMENT_ITEM && b->kind == DOCUMENT_ITEM))
            buf_byte(out, '\n');
        before = b;
        block(&w, b, &cut);
    }
    if (limit && out->len + 1 - start > limit) {
        out->len = cut.at;
        buf_lit(out, CUT_WORDS);
    }
    if (out->len > start)
        buf_byte(out, '\n');
    arena_release(&scratch);
}
