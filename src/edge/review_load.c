/* SPDX-License-Identifier: MIT */
/* review_load.c: what stands on either side of a range, loaded; what both sides have is read once. */
#include "edge/review_load.h"

#include "edge/history.h"
#include "edge/review_check.h"
#include "edge/review_withheld.h"
#include "portal/release.h"
#include "portal/store.h"
#include "portal/trial.h"

struct loaded {
    struct arena arena;
    struct site site;
    struct diags diags;
    struct site_options options;
    bool complete;
    struct str name, id;
};

struct review_sources {
    struct arena arena; /* and this */
    struct history *history;
    struct store *store;    /* of both: most of what they say is the same */
    struct loaded sides[2]; /* the base, the head */
    enum audience audience;
};

/* ---- which two ---- */

struct range {
    struct str base, head;
    bool parted; /* the base is where the head parted from it */
    bool head_is_revision;
};

static struct str or_head(struct str name) {
    return name.len ? name : STR("HEAD");
}

static struct range range_of(struct str text) {
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] != '.' || text.at[i + 1] != '.')
            continue;
        bool parted = i + 2 < text.len && text.at[i + 2] == '.';
        return (struct range){or_head(str_sub(text, 0, i)), or_head(str_sub(text, i + 2 + parted, text.len)),
                              parted, true};
    }
    return (struct range){.base = or_head(text)};
}

static bool take_revision(struct review_sources *s, size_t side, const struct revision *revision,
                          struct diags *diags) {
    s->sides[side].id = revision->short_id;
    s->sides[side].name = revision->name;
    s->sides[side].options.files = history_files(s->history, revision, &s->arena, diags);
    return s->sides[side].options.files != NULL;
}

static bool take_range(struct review_sources *s, const struct range *range, struct diags *diags) {
    struct revision base, head, parted;
    if (!history_revision(s->history, range->base, &base, diags) ||
        !history_revision(s->history, range->head, &head, diags))
        return false;
    if (range->parted) {
        if (!history_base(s->history, &base, &head, &parted, diags))
            return false;
        parted.name = str_join(&s->arena, base.name, STR("..."), head.name);
        base = parted;
    }
    return take_revision(s, 0, &base, diags) && take_revision(s, 1, &head, diags);
}

/* What is not a revision: the index, or the folder. */
static bool take_unrecorded(struct review_sources *s, struct str name, bool staged, struct diags *diags) {
    struct revision base;
    struct loaded *head = &s->sides[1];
    if (!history_revision(s->history, name, &base, diags) || !take_revision(s, 0, &base, diags))
        return false;
    head->name = staged ? STR("what is staged") : STR("the working tree");
    if (!history_has_tree(s->history)) {
        diag(diags, DIAG_REVIEW_BARE, (struct place){0}, name);
        return false;
    }
    if (staged)
        head->options.files = history_staged(s->history, &s->arena, diags);
    return !staged || head->options.files;
}

static bool take_sides(struct review_sources *s, const struct review_options *options, struct diags *diags) {
    struct range range = range_of(options->range);
    s->history = history_open(options->path, &s->arena, diags);
    if (!s->history) {
        if (!diags->errors)
            history_absent(diags);
        return false;
    }
    return range.head_is_revision ? take_range(s, &range, diags)
                                  : take_unrecorded(s, range.base, options->staged, diags);
}

/* ---- one after the other ---- */

static void load_side(struct review_sources *s, struct loaded *side) {
    side->options.store = s->store;
    store_suspect(s->store, NULL, 0);
    side->diags.arena = &side->arena;
    site_load(&side->site, &side->arena, &side->options, &side->diags);
}

/* What a change most often breaks: a proof, or what was recorded under the table as it was. The portal cannot be published so,
 * but its model stands, and what it comes to is what a reviewer has asked. */
static const enum diag_id judgements[] = {
    DIAG_RECORDED_OUTSIDE, DIAG_RECORDED_BELOW,        DIAG_POLICY_GAP,
    DIAG_POLICY_DEAD_ROW,  DIAG_POLICY_DEAD_ROW_NEVER, DIAG_POLICY_CONFLICT,
    DIAG_POLICY_NEVER,     DIAG_POLICY_NOBODY,         DIAG_POLICY_UNPROVED};

static bool is_judgement(enum diag_id id) {
    for (size_t i = 0; i < sizeof(judgements) / sizeof(judgements[0]); i++)
        if (judgements[i] == id)
            return true;
    return false;
}

static bool is_complete(const struct diags *diags) {
    for (size_t i = 0; i < diags->count; i++)
        if (diag_catalogue[diags->items[i].id].level != DIAG_WARNING && !is_judgement(diags->items[i].id))
            return false;
    return true;
}

/* A site with errors cannot be joined up; what its records and pages say can still be read. A test that fails is a finding
 * of its own, and leaves what is computed as good as it was. */
static void bind_side(struct review_sources *s, struct loaded *side) {
    side->complete = is_complete(&side->diags);
    if (!side->complete) {
        site_project(&side->site, s->audience);
        return;
    }
    release_bind(&side->site, s->audience);
    if (s->audience == AUDIENCE_OFFICERS)
        trials_check(&side->site, &side->arena, &side->diags);
}

static struct review_side side_of(const struct loaded *side) {
    return (struct review_side){.site = &side->site,
                                .diags = &side->diags,
                                .complete = side->complete,
                                .name = side->name,
                                .id = side->id};
}

/* A broken link is found when pages are made, which takes two sides that can be bound. */
static void check_sides(struct review_sources *s, struct review *review) {
    struct diags found[2] = {{.arena = &s->sides[0].arena}, {.arena = &s->sides[1].arena}};
    struct review_checked base = {.diags = &found[0]}, head = {.diags = &found[1]};
    review_check(&s->sides[0].site, &s->sides[1].site, review->threads, review->arena, &base, &head);
    review->base.addresses = base.addresses;
    review->base.address_count = base.address_count;
    review->head.addresses = head.addresses;
    review->head.address_count = head.address_count;
    for (size_t i = 0; i < 2; i++) {
        diags_take(&s->sides[i].diags, &found[i]);
        diags_sort(&s->sides[i].diags);
    }
}

/* A folder that was no portal before and is none now is the wrong folder: "nothing changes" would be true and mislead. */
struct review_sources *review_load(struct review *review, const struct review_options *options,
                                   struct diags *diags) {
    struct arena arena = {0};
    struct review_sources *s = arena_new(&arena, struct review_sources);
    s->arena = arena;
    s->audience = options->audience;
    for (size_t i = 0; i < 2; i++)
        s->sides[i].options = (struct site_options){.path = options->path,
                                                    .as_of = options->as_of,
                                                    .today = options->today,
                                                    .threads = options->threads};
    if (!take_sides(s, options, diags)) {
        review_release(s);
        return NULL;
    }
    s->store = store_new();
    for (size_t i = 0; i < 2; i++)
        load_side(s, &s->sides[i]);
    if (!s->sides[0].site.portal_source && !s->sides[1].site.portal_source) {
        diag(diags, DIAG_PORTAL_MISSING, (struct place){0}, STR("portal.yaml"));
        review_release(s);
        return NULL;
    }
    review->withheld = review_withheld(&s->sides[0].site, &s->sides[1].site, options->audience);
    for (size_t i = 0; i < 2; i++) {
        bind_side(s, &s->sides[i]);
        diags_sort(&s->sides[i].diags);
    }
    review->base = side_of(&s->sides[0]);
    review->head = side_of(&s->sides[1]);
    review->audience = options->audience;
    review->threads = options->threads;
    if (review_is_complete(review))
        check_sides(s, review);
    return s;
}

void review_release(struct review_sources *sources) {
    if (!sources)
        return;
    for (size_t i = 0; i < 2; i++) {
        site_release(&sources->sides[i].site);
        arena_release(&sources->sides[i].arena);
    }
    store_release(sources->store);
    history_close(sources->history);
    struct arena arena = sources->arena;
    arena_release(&arena);
}
