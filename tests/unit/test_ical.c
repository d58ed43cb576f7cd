/* SPDX-License-Identifier: MIT */
/* test_ical.c: calendars as RFC 5545 has them, read back by rules of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text.h"
#include "text/ical.h"

static struct ical_event event_of(const char *summary) {
    return (struct ical_event){.uid = STR("a@b"),
                               .stamp = date_make(2026, 5, 1),
                               .first = date_make(2024, 2, 28),
                               .last = date_make(2024, 2, 29),
                               .summary = str_from(summary)};
}

/* Lines put back together: CR LF and a space are nothing. */
static struct str unfolded(struct arena *arena, struct str s) {
    struct buf out = {.arena = arena};
    for (size_t i = 0; i < s.len; i++) {
        if (str_starts(str_sub(s, i, s.len), STR("\r\n ")))
            i += 2;
        else
            buf_byte(&out, s.at[i]);
    }
    return buf_str(&out);
}

/* The value of a property's first line, its escapes undone. */
static struct str value_of(struct arena *arena, struct str calendar, const char *name) {
    struct str rest = unfolded(arena, calendar), line;
    struct buf out = {.arena = arena};
    size_t length = strlen(name);
    while (str_cut(&rest, '\n', &line))
        if (str_starts(line, str_from(name)) && line.at[length] == ':')
            break;
    for (size_t i = length + 1; i < line.len && line.at[i] != '\r'; i++) {
        bool escape = line.at[i] == '\\';
        i += escape;
        buf_byte(&out, escape && line.at[i] == 'n' ? '\n' : line.at[i]);
    }
    return buf_str(&out);
}

static void a_calendar_is_these_lines(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    struct ical_event event = event_of("Visit");
    event.url = STR("https://a.example/b,c");
    event.description = STR("One\nTwo");
    event.tentative = true;
    ical_begin(&out, STR("The year"));
    ical_event(&out, &event);
    ical_end(&out);
    assert_text(buf_str(&out), "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Signpost//The year//EN\r\n"
                               "CALSCALE:GREGORIAN\r\nX-WR-CALNAME:The year\r\nBEGIN:VEVENT\r\nUID:a@b\r\n"
                               "DTSTAMP:20260501T000000Z\r\nDTSTART;VALUE=DATE:20240228\r\n"
                               "DTEND;VALUE=DATE:20240301\r\nSUMMARY:Visit\r\nDESCRIPTION:One\\nTwo\r\n"
                               "URL:https://a.example/b,c\r\nSTATUS:TENTATIVE\r\nTRANSP:TRANSPARENT\r\n"
                               "END:VEVENT\r\nEND:VCALENDAR\r\n");
    arena_release(&arena);
}

static void text_comes_back_as_it_was(void **state) {
    (void)state;
    static const char *const texts[] = {
        "plain",
        "commas, semicolons; and \\ strokes",
        "St Brónagh’s, École Sacré-Cœur; Ysgol Gymraeg Tŷ’r Felin, 学校, 🏫",
        "a line that is longer than seventy-five octets, so that it has to go on in another, and in another",
        "’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’’",
        "two\nlines",
        "",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct buf out = {.arena = &arena};
        struct ical_event event = event_of(texts[i]);
        ical_event(&out, &event);
        assert_text(value_of(&arena, buf_str(&out), "SUMMARY"), texts[i]);
    }
    arena_release(&arena);
}

/* Whatever the width of its characters and wherever they fall. */
static void no_line_is_too_long_or_cut_within_a_character(void **state) {
    (void)state;
    static const char *const wide[] = {"a", "é", "’", "🏫"};
    struct arena arena = {0};
    for (size_t w = 0; w < 4; w++)
        for (size_t lead = 0; lead < 80; lead++) {
            struct buf text = {.arena = &arena}, out = {.arena = &arena};
            for (size_t i = 0; i < lead; i++)
                buf_byte(&text, 'x');
            for (size_t i = 0; i < 60; i++)
                buf_add(&text, str_from(wide[w]));
            buf_byte(&text, '\0');
            struct ical_event event = event_of(text.at);
            ical_event(&out, &event);
            struct str rest = buf_str(&out), line;
            while (str_cut(&rest, '\n', &line) && line.len) {
                assert_true(line.at[line.len - 1] == '\r');
                assert_true(line.len <= 76); /* with its CR */
                assert_true(((unsigned char)line.at[0] & 0xc0) != 0x80);
                assert_false(line.at[0] == ' ' && ((unsigned char)line.at[1] & 0xc0) == 0x80);
            }
            assert_text(value_of(&arena, buf_str(&out), "SUMMARY"), text.at);
        }
    arena_release(&arena);
}

static void a_line_of_75_octets_is_not_folded(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    char text[69] = {0};
    memset(text, 'x', 67); /* with "SUMMARY:" 75 */
    struct ical_event event = event_of(text);
    ical_event(&out, &event);
    assert_false(str_has(buf_str(&out), STR("\r\n ")));
    text[67] = 'x';
    event = event_of(text);
    buf_clear(&out);
    ical_event(&out, &event);
    assert_true(str_has(buf_str(&out), STR("xxx\r\n x\r\n")));
    arena_release(&arena);
}

static void control_characters_are_left_out(void **state) {
    (void)state;
    struct arena arena = {0};
    struct buf out = {.arena = &arena};
    struct ical_event event = event_of("a\rb\tc\x7f"
                                       "d\x01");
    ical_event(&out, &event);
    assert_text(value_of(&arena, buf_str(&out), "SUMMARY"), "abcd");
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_calendar_is_these_lines),
        cmocka_unit_test(text_comes_back_as_it_was),
        cmocka_unit_test(no_line_is_too_long_or_cut_within_a_character),
        cmocka_unit_test(a_line_of_75_octets_is_not_folded),
        cmocka_unit_test(control_characters_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
