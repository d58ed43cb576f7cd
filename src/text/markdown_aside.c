/* SPDX-License-Identifier: MIT */
/* markdown_aside.c: what stands beside the text: asides, key facts, footnotes. */
#include "text/markdown_priv.h"

/* ---- asides ---- */

struct aside {
    struct str name;  /* as written: [!NOTE] */
    struct str class; /* empty: key facts, which are no aside */
    struct str title; /* printed first, so that colour is never the only sign */
};

static const struct aside asides[] = {
    {{"NOTE", 4}, {"note", 4}, {"Note", 4}},
    {{"IMPORTANT", 9}, {"note important", 14}, {"Important", 9}},
    {{"WARNING", 7}, {"note warning", 12}, {"Warning", 7}},
    {{"FACTS", 5}, {0}, {0}},
};

#define ASIDES (sizeof(asides) / sizeof(*asides))

/* The mark at the beginning of a quote, `[!NOTE]`, and the words after it on its line. */
static bool aside_mark(cmark_node *mark, struct str *name, struct str *rest) {
    if (!md_is(mark, CMARK_NODE_TEXT))
        return false;
    struct str s = md_literal(mark);
    size_t close = str_find(s, ']', 0);
    if (!str_starts(s, STR("[!")) || close < 3 || close == s.len)
        return false;
    *name = str_sub(s, 2, close);
    *rest = str_trim(str_sub(s, close + 1, s.len));
    for (size_t i = 0; i < name->len; i++)
        if ((name->at[i] | 0x20) < 'a' || (name->at[i] | 0x20) > 'z')
            return false;
    return true;
}

static const struct aside *aside_find(struct md *md, struct str name, struct place at) {
    struct str names[ASIDES];
    for (size_t i = 0; i < ASIDES; i++) {
        names[i] = asides[i].name;
        if (str_eq_fold(name, asides[i].name))
            return &asides[i];
    }
    diag(md->diags, DIAG_ASIDE_UNKNOWN, at, str_copy(md->arena, name), str_nearest(name, names, ASIDES));
    return NULL;
}

/* Takes the mark out of the quote, and the paragraph with it if it held nothing else. */
static void aside_unmark(struct md *md, cmark_node *paragraph, struct str rest) {
    cmark_node *mark = cmark_node_first_child(paragraph), *next = cmark_node_next(mark);
    if (rest.len) {
        cmark_node_set_literal(mark, str_z(md->arena, rest));
        return;
    }
    cmark_node_free(mark);
    if (md_is(next, CMARK_NODE_SOFTBREAK) || md_is(next, CMARK_NODE_LINEBREAK))
        cmark_node_free(next);
    if (!cmark_node_first_child(paragraph))
        cmark_node_free(paragraph);
}

static void aside_print(struct md *md, const struct aside *aside, cmark_node *quote) {
    buf_lit(&md->out, "<div class=\"");
    buf_add(&md->out, aside->class);
    buf_lit(&md->out, "\" role=\"note\">\n<p><strong>");
    buf_add(&md->out, aside->title);
    buf_lit(&md->out, "</strong></p>\n");
    md_blocks(md, cmark_node_first_child(quote));
    buf_lit(&md->out, "</div>\n");
}

/* ---- key facts ---- */

/* Cuts the colon off the term, where it ends the strong words or follows them. */
static bool facts_colon(struct md *md, cmark_node *strong) {
    cmark_node *last = cmark_node_last_child(strong), *next = cmark_node_next(strong);
    if (md_is(last, CMARK_NODE_TEXT) && str_ends(md_literal(last), STR(":"))) {
        struct str s = md_literal(last);
        cmark_node_set_literal(last, str_z(md->arena, str_sub(s, 0, s.len - 1)));
    } else if (md_is(next, CMARK_NODE_TEXT) && str_starts(md_literal(next), STR(":"))) {
        struct str s = md_literal(next);
        cmark_node_set_literal(next, str_z(md->arena, str_sub(s, 1, s.len)));
    } else {
        return false;
    }
    return md_text(md, strong).len > 0;
}

/* What is said of the term: the words after it, NULL where there are none. */
static cmark_node *facts_words(struct md *md, cmark_node *strong) {
    cmark_node *words = cmark_node_next(strong);
    if (md_is(words, CMARK_NODE_SOFTBREAK))
        words = cmark_node_next(words);
    if (!md_is(words, CMARK_NODE_TEXT))
        return words;
    struct str s = md_literal(words);
    size_t from = 0;
    while (from < s.len && s.at[from] == ' ')
        from++;
    cmark_node_set_literal(words, str_z(md->arena, str_sub(s, from, s.len)));
    return from < s.len ? words : cmark_node_next(words);
}

static void facts_entry(struct md *md, cmark_node *item) {
    cmark_node *paragraph = cmark_node_first_child(item), *strong = cmark_node_first_child(paragraph);
    bool term =
        md_is(paragraph, CMARK_NODE_PARAGRAPH) && md_is(strong, CMARK_NODE_STRONG) && facts_colon(md, strong);
    cmark_node *words = term ? facts_words(md, strong) : NULL;
    cmark_node *more = cmark_node_next(paragraph);
    if (!term || (!words && !more)) {
        diag_plain(md->diags, DIAG_FACTS_ENTRY, md_place_line(md, md_node_line(md, item)));
        return;
    }
    md_block_begin(md, paragraph);
    md_gap(md);
    buf_lit(&md->out, "<div><dt>");
    md_inlines(md, cmark_node_first_child(strong));
    buf_lit(&md->out, "</dt><dd>");
    md_gap(md);
    if (words) {
        buf_add(&md->out, more ? STR("<p>") : STR(""));
        md_inlines(md, words);
        buf_add(&md->out, more ? STR("</p>\n") : STR(""));
    }
    if (more)
        md_blocks(md, more);
    buf_lit(&md->out, "</dd></div>\n");
}

static void facts_print(struct md *md, cmark_node *quote, struct place at) {
    cmark_node *list = cmark_node_first_child(quote);
    if (!md_is(list, CMARK_NODE_LIST) || cmark_node_next(list)) {
        diag_plain(md->diags, DIAG_FACTS_LIST, at);
        md_blocks(md, list);
        return;
    }
    buf_lit(&md->out, "<dl class=\"sum\">\n");
    for (cmark_node *item = cmark_node_first_child(list); item; item = cmark_node_next(item))
        facts_entry(md, item);
    buf_lit(&md->out, "</dl>\n");
}

/* Which aside a quote is, and where that stands; the mark is taken off it. NULL: it is a plain quote. */
static const struct aside *aside_take(struct md *md, cmark_node *quote, struct place *at) {
    cmark_node *paragraph = cmark_node_first_child(quote);
    cmark_node *mark = md_is(paragraph, CMARK_NODE_PARAGRAPH) ? cmark_node_first_child(paragraph) : NULL;
    struct str name, rest;
    if (!aside_mark(mark, &name, &rest))
        return NULL;
    md_block_begin(md, paragraph);
    *at = md_place_of(md, mark, STR("[!"));
    const struct aside *aside = aside_find(md, name, *at);
    if (!aside)
        return NULL;
    if (rest.len)
        diag(md->diags, DIAG_ASIDE_LINE, *at, aside->name);
    aside_unmark(md, paragraph, rest);
    return aside;
}

bool md_aside(struct md *md, cmark_node *quote) {
    struct place at;
    const struct aside *aside = aside_take(md, quote, &at);
    if (!aside)
        return false;
    if (!cmark_node_first_child(quote))
        diag(md->diags, DIAG_ASIDE_EMPTY, at, aside->name);
    else if (aside->class.len)
        aside_print(md, aside, quote);
    else
        facts_print(md, quote, at);
    return true;
}

struct str md_aside_title(struct md *md, cmark_node *quote) {
    struct place at;
    const struct aside *aside = aside_take(md, quote, &at);
    return aside ? aside->title : (struct str){0};
}

/* ---- footnotes ---- */

/* The id of a footnote's nth reference, without prefix. */
static struct str reference_id(struct md *md, size_t number, size_t nth) {
    struct str id = str_join(md->arena, STR("fr-"), str_whole(md->arena, (long long)number));
    return nth == 1 ? id : str_join(md->arena, id, STR("-"), str_whole(md->arena, (long long)nth));
}

static void write_fragment(struct md *md, struct str id) {
    buf_lit(&md->out, "<a href=\"#");
    html_escape(&md->out, md->options->id_prefix);
    buf_add(&md->out, id);
    buf_byte(&md->out, '"');
}

static void reference_add(struct md *md, struct md_footnote *footnote) {
    struct md_reference *reference = arena_new(md->arena, struct md_reference);
    reference->paragraph = md->paragraph_now;
    *(footnote->last ? footnote->last : &footnote->first) = reference;
    footnote->last = &reference->next;
    footnote->count++;
}

/* The number that a reference has, from 1; 0: beyond `most`. cmark puts it where the label was. */
static size_t footnote_number(cmark_node *node, size_t most) {
    struct str digits = md_literal(node);
    size_t number = 0;
    for (size_t i = 0; i < digits.len && number <= most; i++)
        number = number * 10 + (size_t)(digits.at[i] - '0');
    return number <= most ? number : 0;
}

void md_footnote_reference(struct md *md, cmark_node *node) {
    size_t number = footnote_number(node, md->footnote_count);
    if (!number)
        return;
    buf_lit(&md->out, "<sup>");
    if (md->in_link) { /* no link within a link: the number alone */
        buf_whole(&md->out, (long long)number);
    } else {
        reference_add(md, &md->footnotes[number - 1]);
        struct str id = reference_id(md, number, md->footnotes[number - 1].count);
        write_fragment(md, str_join(md->arena, STR("fn-"), str_whole(md->arena, (long long)number)));
        buf_lit(&md->out, " id=\"");
        html_escape(&md->out, md_id_print(md, id));
        buf_lit(&md->out, "\" aria-label=\"Footnote ");
        buf_whole(&md->out, (long long)number);
        buf_lit(&md->out, "\">");
        buf_whole(&md->out, (long long)number);
        buf_lit(&md->out, "</a>");
    }
    buf_lit(&md->out, "</sup>");
}

/* One link back for each reference; the names say which is which. */
static void footnote_back(struct md *md, size_t number) {
    size_t nth = 0;
    for (struct md_reference *r = md->footnotes[number - 1].first; r; r = r->next) {
        if (nth++)
            buf_byte(&md->out, ' ');
        write_fragment(md, reference_id(md, number, nth));
        buf_lit(&md->out, " aria-label=\"Back to ");
        if (r->paragraph) {
            buf_lit(&md->out, "paragraph ");
            buf_whole(&md->out, (long long)r->paragraph);
        } else {
            buf_lit(&md->out, "footnote ");
            buf_whole(&md->out, (long long)number);
            buf_lit(&md->out, " in the text");
        }
        if (nth > 1) {
            buf_lit(&md->out, ", place ");
            buf_whole(&md->out, (long long)nth);
        }
        buf_lit(&md->out, "\">Back</a>");
    }
}

/* A footnote of one paragraph, which is nearly all, is printed without <p>. */
static bool is_single(cmark_node *definition) {
    cmark_node *paragraph = cmark_node_first_child(definition);
    return md_is(paragraph, CMARK_NODE_PARAGRAPH) && !cmark_node_next(paragraph);
}

static void footnote_text(struct md *md, cmark_node *definition) {
    md_gap(md);
    if (is_single(definition)) {
        md_block_begin(md, cmark_node_first_child(definition));
        md_inlines(md, cmark_node_first_child(cmark_node_first_child(definition)));
    } else {
        md_blocks(md, cmark_node_first_child(definition));
    }
    md_gap(md);
}

/* The texts come first, into a buffer of their own: a footnote may refer to one before it, which must know. */
void md_footnotes(struct md *md, cmark_node *first) {
    size_t *ends = arena_array(md->arena, size_t, md->footnote_count), number = 0;
    struct buf page = md->out;
    md->out = (struct buf){.arena = md->arena};
    for (cmark_node *definition = first; definition; definition = cmark_node_next(definition)) {
        md_definitions_seen(md, definition);
        footnote_text(md, definition);
        ends[number++] = md->out.len;
    }
    struct buf texts = md->out;
    md->out = page;

    struct str id = md_id_print(md, STR("fn"));
    md_section_open(md, id, STR("Footnotes"), STR(" class=\"footnotes\""));
    int level = 2 + md->options->heading_shift;
    level = level > 6 ? 6 : level;
    md_heading_open(md, level, id, STR("Footnotes"));
    buf_lit(&md->out, "Footnotes");
    md_heading_close(md, level);
    buf_lit(&md->out, "<ol>\n");
    number = 0;
    for (cmark_node *definition = first; definition; definition = cmark_node_next(definition), number++) {
        bool single = is_single(definition);
        buf_lit(&md->out, "<li id=\"");
        html_escape(&md->out, md_id_number(md, STR("fn-"), number + 1));
        buf_lit(&md->out, "\">");
        buf_add(&md->out, str_sub(buf_str(&texts), number ? ends[number - 1] : 0, ends[number]));
        buf_add(&md->out, single ? STR(" ") : STR("<p>"));
        footnote_back(md, number + 1);
        buf_add(&md->out, single ? STR("</li>\n") : STR("</p></li>\n"));
    }
    buf_lit(&md->out, "</ol></section>\n");
}

/* ---- footnotes that lead nowhere ---- */

/* cmark turns a reference without a definition back into text. If the source has it without a backslash before it, it
 * was meant: the nth in the text is the nth in the source. */
void md_footnotes_missing(struct md *md, struct str text) {
    for (size_t i = 0; i + 3 < text.len && !md->unfound; i++) {
        if (text.at[i] != '[' || text.at[i + 1] != '^')
            continue;
        size_t close = str_find(text, ']', i);
        if (close == text.len)
            return;
        if (close < i + 3)
            continue;
        struct str what = str_sub(text, i, close + 1);
        size_t at = md_find(md, md->block_line, what, SIZE_MAX);
        if (at == SIZE_MAX)
            md->unfound = true; /* written otherwise (&#91;); one long search in a block is enough */
        else if (!at || md->text.at[at - 1] != '\\')
            diag(md->diags, DIAG_FOOTNOTE_MISSING, md_place(md, at), str_sub(what, 2, what.len - 1));
        i = close;
    }
}

void md_definitions_seen(struct md *md, cmark_node *block) {
    size_t first = md_node_line(md, block), end = (size_t)cmark_node_get_end_line(block);
    if (md_is(block, CMARK_NODE_FOOTNOTE_DEFINITION))
        end = first + 1;
    size_t low = 0, high = md->definition_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (md->definitions[middle].line < first)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < md->definition_count && md->definitions[low].line < end; low++)
        md->definitions[low].seen = true;
}

/* What the tree does not account for is a second definition or one that nothing refers to. */
void md_footnotes_unused(struct md *md) {
    struct map seen = {.arena = md->arena};
    for (size_t i = 0; i < md->definition_count; i++)
        if (md->definitions[i].seen)
            map_add(&seen, md_fold(md, md->definitions[i].label), md, NULL);
    for (size_t i = 0; i < md->definition_count; i++) {
        const struct md_definition *d = &md->definitions[i];
        if (d->seen)
            continue;
        bool twice = map_get(&seen, md_fold(md, d->label));
        diag(md->diags, twice ? DIAG_FOOTNOTE_TWICE : DIAG_FOOTNOTE_UNUSED, md_place(md, d->at),
             str_copy(md->arena, d->label));
    }
}
