/* SPDX-License-Identifier: MIT */
/* fuzz_due.c: whatever is read as a time comes to days of its school year; with those days a calendar's file is one of whole
 * lines and characters, whatever the words. */
#include <assert.h>

#include "policy/due.h"
#include "text/ical.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct days halves[] = {{20335, 20385}, {20395, 20440}, {20458, 20497},
                               {20507, 20539}, {20556, 20595}, {20605, 20656}};

static void check_file(struct str file) {
    size_t from = 0;
    for (size_t i = 0; i < file.len; i++) {
        unsigned char c = (unsigned char)file.at[i];
        assert(c >= 0x20 || c == '\r' || c == '\n');
        assert((c == '\n') == (i && file.at[i - 1] == '\r'));
        if (c == '\n') {
            assert(i - 1 - from <= 75);
            from = i + 1;
        }
    }
    assert(from == file.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena = {0};
    struct str text = {(const char *)data, size};
    struct calendar_year year = {STR("2025 to 2026"), date_make(2025, 9, 1), halves};
    struct calendar calendar = {3, 6, &year, 1};
    struct due due;
    struct due_fault fault;
    struct due_windows windows = {0};
    struct buf out = {.arena = &arena};
    date as_of = date_make(2026, 5, 1);
    if (due_parse(&arena, NULL, &calendar, text, &due, &fault))
        due_windows(&due, NULL, &calendar, as_of, &arena, &windows);
    ical_begin(&out, text);
    for (size_t i = 0; i < windows.count; i++) {
        struct days days = windows.items[i].days;
        assert(year.begins <= days.first && days.first <= days.last && days.last <= calendar_ends(as_of));
    }
    ical_event(&out, &(struct ical_event){.uid = text,
                                          .stamp = as_of,
                                          .first = as_of,
                                          .last = as_of,
                                          .summary = text,
                                          .description = text,
                                          .tentative = size % 2});
    ical_end(&out);
    check_file(buf_str(&out));
    arena_release(&arena);
    return 0;
}
