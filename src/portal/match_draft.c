/* SPDX-License-Identifier: MIT */
/* match_draft.c: a proposal as a page and memberships. */
#include "portal/match_draft.h"

static void add_quoted(struct buf *out, struct str text) {
    buf_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"' || text.at[i] == '\\')
            buf_byte(out, '\\');
        buf_byte(out, text.at[i]);
    }
    buf_byte(out, '"');
}

static void add_link(struct buf *out, const struct match_school *school) {
    buf_printf(out, "[" STR_FMT "](../../schools/" STR_FMT ".yaml)", STR_ARG(school->name),
               STR_ARG(school->id));
}

/* The body is a beginning: what is proposed, and to whom. Reasons are left out, since they quote what schools said in
 * confidence, and a page may one day be published. */
static void add_page(struct buf *out, const struct match_proposal *p, struct arena *arena) {
    buf_printf(out, "# content/partnerships/" STR_FMT ".md\n---\ntitle: ", STR_ARG(p->id));
    add_quoted(out, p->title);
    buf_printf(out, "\naudience: officers\nkind: " STR_FMT "\nstate: proposed\n---\n\n", STR_ARG(p->kind));
    buf_printf(out, "## What is proposed\n\nA " STR_FMT " partnership of ",
               STR_ARG(str_uncapital(arena, p->kind_label)));
    for (size_t i = 0; i < p->member_count; i++) {
        buf_add(out, str_joint(i, p->member_count));
        add_link(out, p->members[i]);
    }
    buf_lit(out, ".\n\n");
}

/* Everybody sees the members of a partnership that works, so a school's line there has to wait until it has agreed. */
static void add_membership(struct buf *out, const struct match_school *school,
                           const struct match_proposal *p) {
    bool works = match_is_formed(p);
    buf_printf(out, "# schools/" STR_FMT ".yaml, among its memberships%s\nmemberships:\n",
               STR_ARG(school->id),
               works ? ", once it has agreed: the partnership works, and its members are public" : "");
    buf_printf(out, "  - partnership: " STR_FMT "\n    role: member\n    governing_body: %s\n\n",
               STR_ARG(p->id), works ? "agreed" : "not_asked");
}

void match_draft(const struct match_proposal *p, struct arena *arena, struct buf *out) {
    if (!p->extends)
        add_page(out, p, arena);
    for (size_t i = 0; i < p->joining_count; i++)
        add_membership(out, p->joining[i], p);
}
