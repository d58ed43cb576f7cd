/* SPDX-License-Identifier: MIT */
/*
 * markdown_directive.c: the comments that make a table a program.
 *
 * A directive that is not where it is looked for would be a rule that nobody applies, and nobody would see it: a
 * comment is invisible on the page. So whatever may have been meant as one is reported, by rendering and reading
 * alike.
 */
#include "text/markdown_priv.h"

#include <string.h>

static const struct str words[] = {{"decision", 8}, {"check", 5}, {"match", 5}, {"measures", 8}};

#define WORDS (sizeof(words) / sizeof(*words))

/* Comments that may stand between a directive and its table, so that a page of nothing else is read in no time. */
#define COMMENTS_MAX 16

/* The word before the colon that the text begins with; empty where there is none. */
static struct str first_word(struct str text) {
    size_t i = 0;
    while (i < text.len && (text.at[i] | 0x20) >= 'a' && (text.at[i] | 0x20) <= 'z')
        i++;
    return i < text.len && text.at[i] == ':' ? str_sub(text, 0, i) : (struct str){0};
}

static bool is_known(struct str word) {
    for (size_t i = 0; i < WORDS; i++)
        if (str_eq(word, words[i]))
            return true;
    return false;
}

/* What stands between <!-- and -->, trimmed. */
static struct str comment_text(struct str comment) {
    size_t from = 4, to = from;
    while (to < comment.len && !str_starts(str_sub(comment, to, comment.len), STR("-->")))
        to++;
    return str_trim(str_sub(comment, from, to));
}

/* The same of a comment that is a block, in the text. */
static struct str block_text(const struct md *md, cmark_node *comment) {
    size_t from = md->lines[md_node_line(md, comment)];
    struct str rest = str_sub(md->text, from, md->text.len);
    const char *open = memmem(rest.at, rest.len, "<!--", 4);
    rest = open ? str_sub(rest, (size_t)(open - rest.at), rest.len) : str_sub(rest, rest.len, rest.len);
    return comment_text(rest);
}

static struct place text_place(const struct md *md, struct str text) {
    return md_place(md, (size_t)(text.at - md->text.at));
}

/* Text that touches a table from above is cut off it, and has no line of its own. */
static bool is_cut_off(cmark_node *node) {
    return md_is(node, CMARK_NODE_PARAGRAPH) && !cmark_node_get_start_line(node);
}

/* A comment above a table that is meant as a directive and does not read as one. */
static void check_comment(struct md *md, struct str text) {
    struct str word = first_word(text), near = str_nearest(word, words, WORDS);
    if (word.len && near.len) {
        diag(md->diags, DIAG_DIRECTIVE_UNKNOWN, text_place(md, text), word, near);
        return;
    }
    for (struct str rest = text, line; str_cut(&rest, '\n', &line);) {
        word = first_word(line);
        if (is_known(word)) {
            diag(md->diags, DIAG_DIRECTIVE_FIRST, text_place(md, line), word);
            return;
        }
    }
}

struct str md_directive_above(struct md *md, cmark_node *table) {
    struct str directive = {0};
    size_t count = 0, passed = 0;
    struct place later = {0};
    if (!md_is(cmark_node_parent(table), CMARK_NODE_DOCUMENT))
        return directive;
    cmark_node *node = cmark_node_previous(table);
    for (; passed <= COMMENTS_MAX && (md_is_comment(node) || is_cut_off(node));
         node = cmark_node_previous(node)) {
        passed++;
        if (is_cut_off(node))
            continue;
        struct str text = block_text(md, node);
        if (!is_known(first_word(text))) {
            check_comment(md, text);
            continue;
        }
        if (count++)
            diag_plain(md->diags, DIAG_DIRECTIVE_TWICE, later);
        later = text_place(md, text);
        directive = text;
    }
    return directive;
}

void md_directive_block(struct md *md, cmark_node *comment) {
    if (!md_comment_check(md, comment))
        return;
    struct str text = md_literal(comment), word = first_word(comment_text(str_trim(text)));
    if (!is_known(word))
        return;
    word = str_copy(md->arena, word);
    if (!md_is(cmark_node_parent(comment), CMARK_NODE_DOCUMENT)) {
        diag(md->diags, DIAG_DIRECTIVE_NESTED, md_place_line(md, md_node_line(md, comment)), word);
        return;
    }
    cmark_node *below = cmark_node_next(comment);
    for (size_t passed = 0; passed < COMMENTS_MAX && (md_is_comment(below) || is_cut_off(below)); passed++)
        below = cmark_node_next(below);
    if (md_is_table(below) || md->copy) /* a table that was refused is no longer seen */
        return;
    if (md_is(below, CMARK_NODE_PARAGRAPH)) {
        md_block_begin(md, below);
        if (md_rules_check(md, below))
            return;
    }
    diag(md->diags, DIAG_DIRECTIVE_ALONE, text_place(md, block_text(md, comment)), word);
}

void md_directive_inline(struct md *md, cmark_node *comment) {
    struct str word = first_word(comment_text(md_literal(comment)));
    if (is_known(word))
        diag(md->diags, DIAG_DIRECTIVE_ALONE, md_place_of(md, comment, word), str_copy(md->arena, word));
}
