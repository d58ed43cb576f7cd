/* SPDX-License-Identifier: MIT */
/* source.c: the checks that every text goes through once. */
#include "text/source.h"

#include <errno.h>
#include <string.h>

#include "base/file.h"

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

/* Characters that no text needs: what steers a terminal, and what Unicode promises never to be a character. A CR without
 * its LF ends a line in YAML and in Markdown, and in no editor. */
static bool is_control(struct str s, size_t i, uint32_t c) {
    if (c == '\r')
        return i + 1 == s.len || s.at[i + 1] != '\n';
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

static bool is_separator(uint32_t c) {
    return c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* One pass over bytes that are UTF-8 already; the first of each kind is reported. */
static void check_characters(const struct source *source, struct diags *diags) {
    struct str s = source->text;
    bool nul = false, control = false, separator = false;
    for (size_t i = 0; i < s.len;) {
        unsigned char byte = (unsigned char)s.at[i];
        if (byte >= 0x20 && byte < 0x7F) {
            i++;
            continue;
        }
        size_t at = i;
        uint32_t c = str_next(s, &i);
        if (!c && !nul) {
            diag_plain(diags, DIAG_TEXT_NUL, place_at(source, at));
            nul = true;
        } else if (is_separator(c) && !separator) {
            diag(diags, DIAG_TEXT_LINE_SEPARATOR, place_at(source, at), code_name(diags->arena, c));
            separator = true;
        } else if (c && !is_separator(c) && is_control(s, at, c) && !control) {
            diag(diags, DIAG_TEXT_CONTROL, place_at(source, at), code_name(diags->arena, c));
            control = true;
        }
    }
}

void source_refused(struct arena *arena, struct str path, int error, const char *limit, struct diags *diags) {
    struct source *named = arena_new(arena, struct source);
    named->path = path;
    struct place at = place_file(named);
    switch (error) {
    case EFBIG: diag(diags, DIAG_FILE_TOO_LARGE, at, path, str_from(limit)); break;
    case EXDEV: diag(diags, DIAG_FILE_OUTSIDE, at, path); break;
    case EINVAL: diag(diags, DIAG_FILE_NOT_REGULAR, at, path); break;
    default: diag(diags, DIAG_FILE_UNREADABLE, at, path, file_reason(error)); break;
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
    if (str_find(source->text, '\r', 0) < source->text.len && str_has(source->text, STR("\r\n")))
        diag_plain(diags, DIAG_TEXT_CRLF, place_file(source));
    return source;
}
