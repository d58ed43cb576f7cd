/* SPDX-License-Identifier: MIT */
/* explain_consent.c: whose agreement a partnership still waits for, as a tree. */
#include "portal/consent.h"
#include "portal/explain_priv.h"

static const char *const answers[] = {[CONSENT_AGREED] = "agreed",
                                      [CONSENT_OUTSTANDING] = "outstanding",
                                      [CONSENT_DECLINED] = "declined",
                                      [CONSENT_SILENT] = "not recorded"};

static struct value member_value(const struct consent_member *member, struct arena *arena) {
    struct value_map m = {.arena = arena};
    const struct membership *of = member->membership;
    const struct value *decided = value_at(of->record, "governing_body");
    map_text(&m, "name", of->school->short_name);
    map_text(&m, "school", of->school->slug);
    map_text(&m, "answer", str_from(answers[member->answer]));
    map_text(&m, "words", member->words);
    map_text(&m, "date", member->decided == DATE_NONE ? (struct str){0} : date_iso(arena, member->decided));
    map_text(&m, "date_words",
             member->decided == DATE_NONE ? (struct str){0} : date_long(arena, member->decided));
    explain_place(&m, value_place(decided ? decided : of->record));
    map_text(&m, "declines", consent_rest_words(&member->declines, arena));
    map_text(&m, "outcome", member->declines.outcome);
    return map_done(&m);
}

struct value explain_consent(const struct site *site, const struct page *partnership, struct arena *arena,
                             struct arena *scratch) {
    struct consent consent;
    struct value_map m = {.arena = arena};
    struct value_list members = {.arena = arena};
    consent_of(site, partnership, arena, scratch, &consent);
    if (consent.over || (!consent.outstanding && !consent.declined))
        return value_null();
    for (size_t i = 0; i < consent.count; i++)
        list_add(&members, member_value(&consent.members[i], arena));
    map_text(&m, "next", consent_next_words(&consent, arena));
    map_whole(&m, "outstanding", (int64_t)consent.outstanding);
    map_whole(&m, "declined", (int64_t)consent.declined);
    map_text(&m, "rest", consent.declined ? consent_rest_words(&consent.now, arena) : (struct str){0});
    map_set(&m, "members", list_done(&members));
    return map_done(&m);
}
