/* SPDX-License-Identifier: MIT */
/* source.c: the checks that every text goes through once. */
#include "text/source.h"

#include <string.h>

static bool is_utf16(struct str s) {
    return s.len >= 2 && (memcmp(s.at, "\xFF\xFE", 2) == 0 || memcmp(s.at, "\xFE\xFF", 2) == 0 ||
                          (s.at[0] == 0 && s.at[1] != 0) || (s.at[0] != 0 && s.at[1] == 0));
}

/* "U+0085", as the character is called. */
static struct str code_name(struct arena *arena, uint32_t c) {
    struct buf b = {.arena = arena};
    buf_printf(&b, "U+%04X", c);
    return buf_str(&b);
}

static bool is_text_control(unsigned char c) {
    return c == '\t' || c == '\n' || c == '\r';
}

/* One pass over bytes that are UTF-8 already; the first of each kind is reported. */
static void check_characters(const struct source *source, struct diags *diags) {
    struct str s = source->text;
    bool nul = false, control = false, separator = false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0x20 && c < 0x7F)
            continue;
        if (c == 0 && !nul) {
            diag_plain(diags, DIAG_TEXT_NUL, place_at(source, i));
            nul = true;
        } else if (c && (c < 0x20 || c == 0x7F) && !is_text_control(c) && !control) {
            diag(diags, DIAG_TEXT_CONTROL, place_at(source, i), code_name(diags->arena, c));
            control = true;
        } else if ((c == 0xC2 || c == 0xE2) && !separator) {
            size_t at = i;
            uint32_t code = str_next(s, &at);
            separator = code == 0x85 || code == 0x2028 || code == 0x2029;
            if (separator)
                diag(diags, DIAG_TEXT_LINE_SEPARATOR, place_at(source, i), code_name(diags->arena, code));
        }
    }
}

const struct source *source_new(struct arena *arena, struct str path, struct str bytes, struct diags *diags) {
    struct source *source = arena_new(arena, struct source);
    bool bom = str_starts(bytes, STR("\xEF\xBB\xBF"));
    *source = (struct source){path, str_sub(bytes, bom ? 3 : 0, bytes.len)};
    size_t errors = diags->errors;
    size_t bad = str_utf8_bad(source->text);
    if (is_utf16(bytes))
        diag_plain(diags, DIAG_TEXT_UTF16, place_file(source));
    else if (bad < source->text.len)
        diag_plain(diags, DIAG_TEXT_NOT_UTF8, place_at(source, bad));
    else
        check_characters(source, diags);
    if (diags->errors > errors)
        return NULL;
    if (bom)
        diag_plain(diags, DIAG_TEXT_BOM, place_file(source));
    if (str_has(source->text, STR("\r\n")))
        diag_plain(diags, DIAG_TEXT_CRLF, place_file(source));
    return source;
}
