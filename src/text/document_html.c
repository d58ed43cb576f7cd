/* SPDX-License-Identifier: MIT */
/*
 * document_html.c: a report as one page that needs nothing else: no script, no other file.
 *
 * It has to read on a telephone, on paper, in the dark and aloud. Its style is a few tokens of the default theme; its policy
 * (CSP) allows that style by its hash and nothing more, so that even markup that slipped through could do nothing.
 */
#include "text/document_priv.h"
#include "text/html.h"

/* Of the bytes between <style> and </style>; tests/cli/review.sh works it out again. The Nu checker, which does not, notes
 * that the style could be blocked. */
#define STYLE_HASH "sha256-yx/8G/a8HwtkkHYucKau2ed87NLI9WFq5U+6+rrZYvw="

static const char style[] =
    ":root{color-scheme:light dark;--paper:#fff;--wash:#f3f5f1;--ink:#16211f;--soft:#4a5855;--line:#ccd4cf;"
    "--link:#0b5351;--ok:#1b6537;--ok-bg:#e6f2e9;--stop:#9c1f2b;--stop-bg:#fbe9e8}\n"
    "@media(prefers-color-scheme:dark){:root{--paper:#111817;--wash:#1a2422;--ink:#edf2ef;--soft:#b4c1bc;"
    "--line:#38463f;--link:#86d3c6;--ok:#8fd6a4;--ok-bg:#16291d;--stop:#ffa9a4;--stop-bg:#341b1b}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.55 -apple-system,\"Segoe "
    "UI\",Roboto,"
    "\"Noto Sans\",\"Liberation Sans\",Arial,system-ui,sans-serif;overflow-wrap:break-word}\n"
    "main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 3rem}\n"
    "h1{font-size:clamp(1.75rem,1.4rem + 1.8vw,2.5rem);line-height:1.1;margin:0 0 1rem}\n"
    "h2{font-size:clamp(1.35rem,1.2rem + .7vw,1.7rem);line-height:1.2;margin:2.5rem 0 "
    ".75rem;padding-top:.75rem;"
    "border-top:3px solid var(--ink)}\n"
    "h3{font-size:1.1875rem;line-height:1.3;margin:1.75rem 0 .5rem}h4{font-size:1.0625rem;margin:1.25rem 0 "
    ".5rem}\n"
    "p,ul{max-width:48rem;margin:0 0 1rem}ul{padding-inline-start:1.25rem}li{margin:.25rem "
    "0}li>ul{margin:.25rem 0}\n"
    "a{color:var(--link);text-underline-offset:.16em}\n"
    "a:focus-visible{outline:3px solid transparent;background:#ffd43b;color:#111;text-decoration:none;"
    "box-shadow:0 -2px #ffd43b,0 4px #111}\n"
    "code{font:.9em ui-monospace,Menlo,Consolas,\"Liberation Mono\",monospace;overflow-wrap:anywhere}\n"
    "nav ul{list-style:none;padding:0;columns:18rem;column-gap:2rem;max-width:none}\n"
    "nav li{break-inside:avoid;margin:0}nav a{display:inline-block;padding:.2rem 0}\n"
    ".skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:.5rem;padding:.5rem}\n"
    ".vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\n"
    ".rows{overflow-x:auto;margin:0 0 1.5rem;position:relative}\n"
    ".rows:focus-visible{outline:3px solid #ffd43b;box-shadow:inset 0 0 0 2px #111}\n"
    "table{border-collapse:collapse;font-size:.9375rem;min-width:100%}\n"
    "caption{text-align:start;font-weight:650;padding:.25rem 0 .5rem}\n"
    "th,td{text-align:start;vertical-align:top;padding:.45rem .75rem .45rem 0;border-bottom:1px solid "
    "var(--line)}\n"
    "thead th{border-bottom:2px solid var(--ink)}th{font-weight:650}\n"
    ".n{text-align:end;font-variant-numeric:tabular-nums}\n"
    "ins{background:var(--ok-bg);color:var(--ok);text-decoration:underline;text-decoration-thickness:2px}\n"
    "del{background:var(--stop-bg);color:var(--stop);text-decoration:line-through}\n"
    ".sign{color:var(--soft);font-weight:400}\n"
    "@media(forced-colors:active){ins{text-decoration:underline double}}\n"
    "@media print{:root{color-scheme:light}body{font-size:10.5pt}main{padding:0}.skip,nav{display:none}"
    "h1,h2,h3,h4,caption{break-after:avoid}tr,li{break-inside:avoid}.rows{overflow:visible}a{color:inherit}}"
    "\n";

struct writer {
    struct buf *out;
    const struct document *document;
    struct str above; /* the last heading */
    int depth;        /* lists that are open, each with an item that is */
    size_t sections;  /* that were begun; the last is open */
    size_t tables;
};

/* Elements, with words for who cannot see them. */
static const struct {
    const char *open, *close;
} elements[] = {
    [SPAN_TEXT] = {"", ""},
    [SPAN_STRONG] = {"<strong>", "</strong>"},
    [SPAN_CODE] = {"<code>", "</code>"},
    [SPAN_ADDED] = {"<ins><span class=\"vh\">added: </span>", "</ins>"},
    [SPAN_REMOVED] = {"<del><span class=\"vh\">removed: </span>", "</del>"},
};

static void write_words(struct buf *out, const struct document_words *words) {
    for (const struct document_run *run = words->first; run; run = run->next) {
        if (run->gap)
            buf_byte(out, ' ');
        buf_add(out, str_from(elements[run->span].open));
        html_escape(out, run->text);
        buf_add(out, str_from(elements[run->span].close));
    }
}

/* The same where all of it comes or goes, which is said around it. */
static void write_plain(struct buf *out, const struct document_words *words) {
    for (const struct document_run *run = words->first; run; run = run->next) {
        bool code = run->span == SPAN_CODE;
        if (run->gap)
            buf_byte(out, ' ');
        buf_add(out, str_from(code ? elements[SPAN_CODE].open : ""));
        html_escape(out, run->text);
        buf_add(out, str_from(code ? elements[SPAN_CODE].close : ""));
    }
}

/* ---- lists ---- */

static void close_lists(struct writer *w, int depth) {
    for (; w->depth > depth; w->depth--)
        buf_lit(w->out, "</li>\n</ul>\n");
}

static void item(struct writer *w, const struct document_block *b) {
    int depth = b->level + 1;
    bool open = w->depth >= depth;
    close_lists(w, depth);
    if (open)
        buf_lit(w->out, "</li>\n<li>");
    for (; w->depth < depth; w->depth++)
        buf_lit(w->out, "<ul>\n<li>");
    write_words(w->out, &b->words);
}

/* ---- tables ---- */

static void table_head(struct writer *w, const struct document_block *b, const bool *numeric) {
    struct str caption = b->words.first ? b->words.first->text : w->above;
    buf_printf(w->out,
               "<div class=\"rows\" role=\"region\" tabindex=\"0\" aria-labelledby=\"table-%zu\">"
               "<table>\n<caption id=\"table-%zu\">",
               w->tables, w->tables);
    html_escape(w->out, caption.len ? caption : DOCUMENT_BLANK);
    buf_lit(w->out, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < b->columns; c++) {
        buf_lit(w->out, "<th scope=\"col\"");
        buf_add(w->out, numeric[c] ? STR(" class=\"n\">") : STR(">"));
        html_escape(w->out, b->headers[c].len ? b->headers[c] : DOCUMENT_BLANK);
        buf_lit(w->out, "</th>");
    }
    buf_lit(w->out, "</tr></thead>\n<tbody>\n");
}

/* In a row that comes or goes, each cell does; the words for it are said once. */
static void cell_words(struct writer *w, const struct document_row *row, const struct document_words *words) {
    const char *element = row->whole == SPAN_ADDED ? "ins" : row->whole == SPAN_REMOVED ? "del" : NULL;
    if (element && words->first)
        buf_printf(w->out, "<%s>", element);
    if (element)
        write_plain(w->out, words);
    else
        write_words(w->out, words);
    if (element && words->first)
        buf_printf(w->out, "</%s>", element);
}

static void table_row(struct writer *w, const struct document_row *row, const bool *numeric, size_t columns) {
    buf_lit(w->out, "<tr>");
    for (size_t c = 0; c < columns; c++) {
        buf_add(w->out, !c ? STR("<th scope=\"row\">") : numeric[c] ? STR("<td class=\"n\">") : STR("<td>"));
        if (!c && row->whole != SPAN_TEXT)
            buf_printf(w->out, "<span class=\"sign\">" STR_FMT "</span>", STR_ARG(document_row_word(row)));
        if (!c && !row->cells[c].first)
            buf_add(w->out, DOCUMENT_BLANK);
        cell_words(w, row, &row->cells[c]);
        buf_add(w->out, c ? STR("</td>") : STR("</th>"));
    }
    buf_lit(w->out, "</tr>\n");
}

static void table(struct writer *w, const struct document_block *b) {
    struct arena scratch = {0};
    const bool *numeric = document_numeric(b, &scratch);
    w->tables++;
    table_head(w, b, numeric);
    for (const struct document_row *row = b->rows; row; row = row->next)
        table_row(w, row, numeric, b->columns);
    buf_lit(w->out, "</tbody>\n</table></div>\n");
    arena_release(&scratch);
}

/* ---- headings ---- */

/* Links to the sections, where there are enough of them to get lost among. */
#define SECTIONS_FEW 3

static void contents(struct writer *w) {
    size_t count = 0;
    for (const struct document_block *b = w->document->first; b; b = b->next)
        count += b->kind == DOCUMENT_HEADING && b->level == 2;
    if (count < SECTIONS_FEW)
        return;
    buf_lit(w->out, "<nav aria-label=\"Sections\"><ul>\n");
    count = 0;
    for (const struct document_block *b = w->document->first; b; b = b->next)
        if (b->kind == DOCUMENT_HEADING && b->level == 2) {
            buf_printf(w->out, "<li><a href=\"#section-%zu\">", ++count);
            write_words(w->out, &b->words);
            buf_lit(w->out, "</a></li>\n");
        }
    buf_lit(w->out, "</ul></nav>\n");
}

static void heading(struct writer *w, const struct document_block *b) {
    w->above = b->words.first->text;
    if (b->level == 2) {
        if (w->sections)
            buf_lit(w->out, "</section>\n");
        else
            contents(w);
        w->sections++;
        buf_printf(w->out, "<section aria-labelledby=\"section-%zu\">\n<h2 id=\"section-%zu\">", w->sections,
                   w->sections);
    } else {
        buf_printf(w->out, "<h%d>", b->level);
    }
    write_words(w->out, &b->words);
    buf_printf(w->out, "</h%d>\n", b->level);
}

/* ---- the whole ---- */

static void block(struct writer *w, const struct document_block *b) {
    if (b->kind != DOCUMENT_ITEM)
        close_lists(w, 0);
    switch (b->kind) {
    case DOCUMENT_HEADING: heading(w, b); break;
    case DOCUMENT_PARAGRAPH:
        buf_lit(w->out, "<p>");
        write_words(w->out, &b->words);
        buf_lit(w->out, "</p>\n");
        break;
    case DOCUMENT_ITEM: item(w, b); break;
    case DOCUMENT_TABLE: table(w, b); break;
    }
}

static void page_head(struct buf *out, struct str title) {
    buf_lit(out, "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src '" STYLE_HASH "'; base-uri 'none'; form-action 'none'\">\n"
                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                 "<meta name=\"robots\" content=\"noindex\">\n<title>");
    html_escape(out, title);
    buf_lit(out, "</title>\n<style>");
    buf_add(out, (struct str){style, sizeof(style) - 1});
    buf_lit(out, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
                 "<main id=\"main\">\n");
}

void document_html(const struct document *document, struct buf *out) {
    struct writer w = {.out = out, .document = document};
    const struct document_block *title = document->first;
    bool named = title && title->kind == DOCUMENT_HEADING && title->words.first;
    page_head(out, named ? title->words.first->text : STR("Report"));
    for (const struct document_block *b = document->first; b; b = b->next)
        if (b->kind == DOCUMENT_TABLE ? b->rows != NULL : b->words.first != NULL)
            block(&w, b);
    close_lists(&w, 0);
    if (w.sections)
        buf_lit(out, "</section>\n");
    buf_lit(out, "</main>\n</body>\n</html>\n");
}
