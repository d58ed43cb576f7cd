/* SPDX-License-Identifier: MIT */
/*
 * feel_lex.c: FEEL's text into tokens.
 *
 * A word is a token whatever it means: keywords are told from names by the parser, because "and" is a part of the name
 * "years and months duration".
 */
#include "policy/feel_priv.h"

struct lexer {
    struct arena *arena;
    struct str text;
    size_t at;
    struct place place;
    struct diags *diags;
};

static struct place here(const struct lexer *l, size_t offset) {
    return place_at(l->place.source, l->place.offset + offset);
}

static char peek(const struct lexer *l, size_t ahead) {
    return l->at + ahead < l->text.len ? l->text.at[l->at + ahead] : 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Letters beyond ASCII are not told apart: whatever stands there is part of a word, and a word that nobody knows is an
 * error with its place. */
static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?' ||
           (unsigned char)c >= 0x80;
}

/* White space and comments. False where a comment has no end. */
static bool skip_space(struct lexer *l) {
    for (;;) {
        if (is_space(peek(l, 0))) {
            l->at++;
        } else if (peek(l, 0) == '/' && peek(l, 1) == '/') {
            l->at = str_find(l->text, '\n', l->at);
        } else if (peek(l, 0) == '/' && peek(l, 1) == '*') {
            size_t from = l->at;
            for (l->at += 2; l->at < l->text.len && (peek(l, 0) != '*' || peek(l, 1) != '/'); l->at++)
                ;
            if (l->at == l->text.len) {
                diag(l->diags, DIAG_FEEL_UNCLOSED, here(l, from), STR("comment"), STR("*/"));
                return false;
            }
            l->at += 2;
        } else {
            return true;
        }
    }
}

/* ---- text ---- */

/* Up to `count` hexadecimal digits at `from`, all of them; UINT32_MAX where they are not there. */
static uint32_t read_hex(struct str s, size_t from, size_t count) {
    uint32_t n = 0;
    for (size_t i = from; i < from + count; i++) {
        char c = i < s.len ? s.at[i] : 0;
        int digit = is_digit(c)              ? c - '0'
                    : (c >= 'a' && c <= 'f') ? c - 'a' + 10
                    : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                             : -1;
        if (digit < 0)
            return UINT32_MAX;
        n = n * 16 + (uint32_t)digit;
    }
    return n;
}

/* \uXXXX, two of them for a pair of surrogates, or \UXXXXXX, at s.at[i]; its length, or 0 where it is none. */
static size_t read_code_point(struct str s, size_t i, uint32_t *out) {
    if (s.at[i + 1] == 'U') {
        *out = read_hex(s, i + 2, 6);
        return *out <= 0x10ffff && (*out < 0xd800 || *out > 0xdfff) ? 8 : 0;
    }
    *out = read_hex(s, i + 2, 4);
    if (*out == UINT32_MAX || (*out >= 0xdc00 && *out <= 0xdfff))
        return 0;
    if (*out < 0xd800 || *out > 0xdbff)
        return 6;
    uint32_t low = str_starts(str_sub(s, i + 6, s.len), STR("\\u")) ? read_hex(s, i + 8, 4) : UINT32_MAX;
    if (low < 0xdc00 || low > 0xdfff)
        return 0;
    *out = 0x10000 + ((*out - 0xd800) << 10) + (low - 0xdc00);
    return 12;
}

/* What stands between the quotes. A backslash before a character that has no escape stays what it is, so that patterns may
 * be written as elsewhere ("\d"). */
static struct str unescape(struct arena *arena, struct str s) {
    static const char from[] = "nrt\"'\\", to[] = "\n\r\t\"'\\";
    if (str_find(s, '\\', 0) == s.len)
        return s;
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < s.len; i++) {
        const char *known = s.at[i] == '\\' && i + 1 < s.len ? strchr(from, s.at[i + 1]) : NULL;
        bool unicode = s.at[i] == '\\' && i + 1 < s.len && (s.at[i + 1] == 'u' || s.at[i + 1] == 'U');
        uint32_t c;
        size_t len = unicode ? read_code_point(s, i, &c) : 0;
        if (len) {
            buf_code_point(&out, c);
            i += len - 1;
        } else if (known) {
            buf_byte(&out, to[known - from]);
            i++;
        } else {
            buf_byte(&out, s.at[i]);
        }
    }
    return buf_str(&out);
}

/* The token of a text whose opening quote is at l->at + ahead. */
static bool lex_text(struct lexer *l, size_t ahead, struct feel_token *out) {
    size_t from = l->at + ahead + 1, end = from;
    while (end < l->text.len && l->text.at[end] != '"')
        end += l->text.at[end] == '\\' ? 2 : 1;
    if (end >= l->text.len) {
        diag(l->diags, DIAG_FEEL_UNCLOSED, here(l, from - 1), STR("text"), STR("\""));
        return false;
    }
    out->kind = ahead ? TOKEN_AT : TOKEN_TEXT;
    out->text = unescape(l->arena, str_sub(l->text, from, end));
    l->at = end + 1;
    return true;
}

/* ---- numbers, words, signs ---- */

static void lex_number(struct lexer *l) {
    while (is_digit(peek(l, 0)))
        l->at++;
    if (peek(l, 0) == '.' && is_digit(peek(l, 1))) /* not the dots of 1..2 */
        for (l->at++; is_digit(peek(l, 0));)
            l->at++;
    if (peek(l, 0) == 'e' || peek(l, 0) == 'E') {
        size_t sign = peek(l, 1) == '-' || peek(l, 1) == '+';
        if (is_digit(peek(l, 1 + sign)))
            for (l->at += 1 + sign; is_digit(peek(l, 0));)
                l->at++;
    }
}

static const struct {
    char text[3];
    enum feel_token_kind kind;
} signs[] = {
    /* the longer first */
    {"**", TOKEN_POWER},    {"!=", TOKEN_NE},   {"<=", TOKEN_LE},     {">=", TOKEN_GE},
    {"..", TOKEN_DOTS},     {"(", TOKEN_OPEN},  {")", TOKEN_CLOSE},   {"[", TOKEN_BRACKET},
    {"]", TOKEN_UNBRACKET}, {"{", TOKEN_BRACE}, {"}", TOKEN_UNBRACE}, {",", TOKEN_COMMA},
    {":", TOKEN_COLON},     {".", TOKEN_DOT},   {"+", TOKEN_PLUS},    {"-", TOKEN_MINUS},
    {"*", TOKEN_TIMES},     {"/", TOKEN_OVER},  {"=", TOKEN_EQ},      {"<", TOKEN_LT},
    {">", TOKEN_GT},
};

/* Signs of other languages, and what FEEL has instead. */
static struct str sign_hint(char c) {
    switch (c) {
    case '\'': return STR("text stands in double quotes");
    case '&': return STR("write \"and\"");
    case '|': return STR("write \"or\"");
    case '!': return STR("write not(...), or != between two values");
    default: return STR("");
    }
}

static bool lex_sign(struct lexer *l, struct feel_token *out) {
    struct str rest = str_sub(l->text, l->at, l->text.len);
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        if (str_starts(rest, str_from(signs[i].text))) {
            out->kind = signs[i].kind;
            l->at += strlen(signs[i].text);
            return true;
        }
    }
    diag(l->diags, DIAG_FEEL_CHARACTER, here(l, l->at), str_sub(rest, 0, 1), sign_hint(rest.at[0]));
    return false;
}

static bool lex_token(struct lexer *l, struct feel_token *out) {
    size_t from = l->at;
    char c = peek(l, 0);
    if (c == '"' || (c == '@' && peek(l, 1) == '"')) {
        if (!lex_text(l, c == '@', out))
            return false;
    } else if (is_digit(c) || (c == '.' && is_digit(peek(l, 1)))) {
        out->kind = TOKEN_NUMBER;
        lex_number(l);
    } else if (is_word(c)) {
        out->kind = TOKEN_WORD;
        while (is_word(peek(l, 0)) || is_digit(peek(l, 0)))
            l->at++;
    } else if (!lex_sign(l, out)) {
        return false;
    }
    out->offset = (uint32_t)from;
    out->len = (uint32_t)(l->at - from);
    if (out->kind != TOKEN_TEXT && out->kind != TOKEN_AT)
        out->text = str_sub(l->text, from, l->at);
    return true;
}

bool feel_lex(struct arena *arena, struct str text, struct place at, struct diags *diags,
              struct feel_tokens *out) {
    struct lexer l = {arena, text, 0, at, diags};
    out->items = arena_array(arena, struct feel_token, text.len + 1); /* none is shorter than a byte */
    out->count = 0;
    for (;;) {
        if (!skip_space(&l))
            return false;
        struct feel_token *token = &out->items[out->count++];
        if (l.at == text.len) {
            *token = (struct feel_token){.kind = TOKEN_END, .offset = (uint32_t)text.len};
            return true;
        }
        if (!lex_token(&l, token))
            return false;
    }
}
