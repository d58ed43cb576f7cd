/* SPDX-License-Identifier: MIT */
/* invent.c: from a number to a school. */
#include "invent.h"

#include <stdint.h>
#include <stdio.h>

#define SEED 900001u

#define PICK(random, table) (table)[below((random), sizeof(table) / sizeof((table)[0]))]

const char *const grade_names[GRADES] = {"quality_of_education", "personal_development",
                                         "leadership_and_management"};
const char *const area_names[GRADES] = {"curriculum_and_teaching", "attendance_and_behaviour",
                                        "leadership_and_governance"};

#define KS2                          \
    "ks2", {                         \
        "rwm_expected", "rwm_higher" \
    }
#define KS4                    \
    "ks4", {                   \
        "basics_4", "basics_5" \
    }
#define PHONICS                \
    "phonics", {               \
        "expected", "expected" \
    }
static const struct form forms[12] = {
    {"Primary School", "primary", "primary", "community", "none", "3 to 11", KS2, "primary"},
    {"Infant School", "infant", "infant", "community", "none", "4 to 7", PHONICS, "infant"},
    {"Junior School", "junior", "junior", "community", "none", "7 to 11", KS2, "junior"},
    {"Church of England Primary School", "ce-primary", "primary", "va", "ce", "4 to 11", KS2, "primary"},
    {"Academy", "academy", "secondary", "academy", "none", "11 to 16", KS4, "secondary"},
    {"Primary Academy", "primary-academy", "primary", "academy", "none", "3 to 11", KS2, "primary"},
    {"Community School", "community", "primary", "community", "none", "3 to 11", KS2, "primary"},
    {"Catholic Primary School", "rc-primary", "primary", "va", "rc", "4 to 11", KS2, "primary"},
    {"Foundation School", "foundation", "primary", "foundation", "none", "4 to 11", KS2, "primary"},
    {"High School", "high", "secondary", "community", "none", "11 to 16", KS4, "secondary"},
    {"Free School", "free", "primary", "free", "none", "4 to 11", KS2, "primary"},
    {"Methodist Primary School", "methodist", "primary", "vc", "methodist", "4 to 11", KS2, "primary"},
};

static const char *const place_first[64] = {
    "Alder",  "Amber", "Apple", "Ash",    "Barley", "Beech", "Birch",   "Black",  "Bramble", "Broad", "Brown",
    "Cedar",  "Chalk", "Clay",  "Cold",   "Copper", "Crane", "Dove",    "East",   "Elder",   "Elm",   "Fair",
    "Fern",   "Flax",  "Fox",   "Glen",   "Gold",   "Grey",  "Hazel",   "Heron",  "Holly",   "Honey", "Iron",
    "Ivy",    "Jay",   "Juni",  "Kings",  "Knap",   "Lark",  "Lime",    "Long",   "Maple",   "Mill",  "Moss",
    "Nether", "North", "Oak",   "Orchid", "Otter",  "Pear",  "Quarry",  "Quill",  "Raven",   "Red",   "Rush",
    "Silver", "Stone", "Swan",  "Thorn",  "Under",  "Vine",  "Whistle", "Willow", "Yew",
};
static const char *const place_second[64] = {
    "acre",  "bank",  "barn",  "beck",  "bourne", "bridge", "brook", "burn",  "bury",  "by",    "church",
    "cliff", "combe", "cote",  "croft", "cross",  "dale",   "dean",  "don",   "edge",  "end",   "fell",
    "field", "firth", "fold",  "ford",  "garth",  "gate",   "grove", "hall",  "ham",   "haven", "head",
    "hill",  "holm",  "hurst", "ing",   "keld",   "land",   "leigh", "ley",   "low",   "marsh", "mead",
    "mere",  "moor",  "mount", "ness",  "over",   "path",   "pool",  "ridge", "side",  "stead", "stile",
    "stoke", "ton",   "tree",  "vale",  "wall",   "water",  "wick",  "wood",  "worth",
};

static const char *const streets[] = {"Birch Lane",   "Chapel Street", "Station Road", "Church Walk",
                                      "Mill Lane",    "Green Street",  "High Street",  "Orchard Way",
                                      "Meadow Close", "The Crescent",  "Park Avenue",  "Canal Road"};
static const char *const titles[] = {"Mrs", "Mr", "Ms", "Dr", "Miss"};
static const char *const given[] = {"Amina", "Bernard", "Ceri",  "Dilip",  "Eve",   "Farid", "Grace",
                                    "Hamza", "Ines",    "Jonah", "Keziah", "Lloyd", "Mei",   "Noor"};
static const char *const family[] = {"Adeyemi", "Brannigan", "Castell",  "Drake",  "Ellery", "Fenwick",
                                     "Gill",    "Hartnell",  "Ibbotson", "Jessop", "Khatun", "Lowther",
                                     "Marsden", "Nowak",     "Oyelaran", "Pryce",  "Quiller"};
static const char *const old_grades[] = {"outstanding", "good", "good", "good", "requires_improvement"};
static const char *const standards[] = {"strong_standard", "expected_standard", "expected_standard",
                                        "needs_attention"};
static const char *const levels[] = {"light touch", "universal", "targeted", "intensive"};

/* Two sentences from each row make a paragraph. */
static const char *const sentences[3][4] = {
    {"The school stands between the canal and the old market, and takes its children from both sides.",
     "It was built for four hundred children and has kept its hall, its orchard and its bell.",
     "Most children walk here, and many of their grandparents did.",
     "It serves an estate of the 1950s and the *new streets* beyond the railway."},
    {"Reading comes first: every class hears a story a day, and **nobody leaves** without one of their own.",
     "Teachers plan in pairs with those of the next school, and visit each other's lessons twice a term.",
     "Its maths lead works one day a week for other schools, on number facts and how they are kept.",
     "Music is taught by people who play, and the choir sings wherever it is asked."},
    {"Governors meet in a different classroom each time and read a book from its shelf before they begin.",
     "The school shares a behaviour mentor, a kiln and a minibus with its neighbours.",
     "Last year it helped two others to write their plans; this year it has asked for help with attendance.",
     "Parents are welcome on Friday mornings, and *most weeks* some forty come."},
};

/* splitmix64, by Sebastiano Vigna, in the public domain: small, and good from any seed. */
static uint64_t next(uint64_t *random) {
    uint64_t z = (*random += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static unsigned below(uint64_t *random, uint64_t n) {
    return (unsigned)(next(random) % n);
}

static unsigned between(uint64_t *random, unsigned from, unsigned to) {
    return from + below(random, to - from + 1);
}

/* An odd factor visits each of the 4,096 places once before it comes back to the first. */
static unsigned place_of(unsigned number, unsigned factor) {
    return number * factor & 4095;
}

static void name_place(unsigned place, char *slug, size_t slug_size, char *name, size_t name_size) {
    const char *first = place_first[place >> 6], *second = place_second[place & 63];
    snprintf(name, name_size, "%s%s", first, second);
    snprintf(slug, slug_size, "%c%s%s", first[0] | 0x20, first + 1, second);
}

static void name_group(struct group *out, unsigned place, const char *kind) {
    name_place(place, out->slug, sizeof(out->slug), out->place, sizeof(out->place));
    snprintf(out->title, sizeof(out->title), "%s %s", out->place, kind);
}

void invent_partnership(unsigned number, struct group *out) {
    name_group(out, place_of(number, 1597), "Partnership");
}

void invent_cluster(unsigned number, struct group *out) {
    name_group(out, place_of(number, 2749), "Vale");
}

void invent_formed(unsigned number, char out[11]) {
    snprintf(out, 11, "%u-09-01", 2014 + number % 9);
}

static void invent_day(uint64_t *random, char out[11], unsigned year) {
    snprintf(out, 11, "%u-%02u-%02u", year, between(random, 1, 3), between(random, 1, 28));
}

static void invent_inspection(uint64_t *random, struct inspection *out, unsigned year, bool report_card) {
    invent_day(random, out->date, year);
    snprintf(out->published, sizeof(out->published), "%u-04-%02u", year, between(random, 1, 28));
    out->report_card = report_card;
    out->overall = report_card ? NULL : PICK(random, old_grades);
    for (int i = 0; i < GRADES; i++)
        out->grades[i] = report_card ? PICK(random, standards) : PICK(random, old_grades);
}

static void invent_results(uint64_t *random, struct school *out) {
    unsigned level = between(random, 45, 85);
    for (int i = 0; i < YEARS; i++) {
        out->cohort[i] = between(random, 28, 92);
        out->first[i] = level + below(random, 12);
        out->second[i] = level / 4 + below(random, 8);
        out->absence_tenths[i] = between(random, 38, 79);
        out->persistent_tenths[i] = between(random, 91, 249);
    }
}

/* Clusters are 8 km apart and partnerships within them 2 km, so that every map has neighbours to leave out. */
static void invent_position(uint64_t *random, struct school *out) {
    unsigned cluster = out->number / IN_CLUSTER, partnership = out->number / IN_PARTNERSHIP % 5;
    out->easting = 200000 + cluster % 32 * 8000 + partnership % 3 * 2400 + below(random, 1900);
    out->northing = 150000 + cluster / 32 * 8000 + partnership / 3 * 3100 + below(random, 1900);
}

static void invent_profile(uint64_t *random, struct school *out) {
    for (unsigned p = 0; p < 3; p++) {
        unsigned first = below(random, 4), second = (first + 1 + below(random, 3)) % 4;
        snprintf(out->profile[p], sizeof(out->profile[p]), "%s %s", sentences[p][first],
                 sentences[p][second]);
    }
}

void invent_school(unsigned number, struct school *out) {
    uint64_t random = SEED * 1000003ull + number;
    char slug[32];
    *out = (struct school){.number = number, .urn = 900001 + number};
    /* Each place has its forms in another order: a small network has them all, and no name comes twice. */
    out->form = &forms[(number / 4096 + number) % 12];
    name_place(place_of(number, 2531), slug, sizeof(slug), out->place, sizeof(out->place));
    snprintf(out->slug, sizeof(out->slug), "%s-%s", slug, out->form->slug);
    snprintf(out->name, sizeof(out->name), "%s %s", out->place, out->form->suffix);
    snprintf(out->street, sizeof(out->street), "%u %s", between(&random, 1, 180), PICK(&random, streets));
    const char *title = PICK(&random, titles), *first = PICK(&random, given), *last = PICK(&random, family);
    snprintf(out->head, sizeof(out->head), "%s %s %s", title, first, last);
    snprintf(out->since, sizeof(out->since), "%u-%s", between(&random, 2008, 2025),
             below(&random, 3) ? "09" : "01");
    snprintf(out->telephone, sizeof(out->telephone), "020 7946 0%03u", number % 1000);
    out->postcode = number;
    out->places = between(&random, 7, 42) * 15;
    out->pupils = out->places - below(&random, out->places / 5);
    out->meals_tenths = between(&random, 40, 460);
    out->support_tenths = between(&random, 60, 220);
    out->lead = number % IN_PARTNERSHIP == 0;
    invent_formed(number / IN_PARTNERSHIP, out->joined);
    snprintf(out->decided, sizeof(out->decided), "%.4s-0%u-%02u", out->joined, between(&random, 2, 6),
             between(&random, 1, 28));
    invent_day(&random, out->agreed, 2025);
    snprintf(out->letter, sizeof(out->letter), "2025-04-%02u", between(&random, 1, 28));
    out->support = PICK(&random, levels);
    invent_inspection(&random, &out->inspections[0], between(&random, 2020, 2021), false);
    bool card = number % 5 == 0;
    invent_inspection(&random, &out->inspections[1], card ? 2026 : between(&random, 2022, 2024), card);
    invent_results(&random, out);
    invent_position(&random, out);
    invent_profile(&random, out);
    invent_cluster(number / IN_CLUSTER, &out->cluster);
    invent_partnership(number / IN_PARTNERSHIP, &out->partnership);
}

void invent_text(const struct group *group, unsigned number, char out[1200]) {
    uint64_t random = SEED * 2000003ull + number;
    unsigned minibus = between(&random, 2, 9), days = between(&random, 3, 12);
    snprintf(
        out, 1200,
        "The schools round %s have worked together since before anyone wrote it down. Each heads' meeting "
        "begins in a classroom, and the minutes are two pages at most.\n\n"
        "## What we have agreed\n\n"
        "- Each school is reviewed once a year by the heads of two others, over two days.\n"
        "- We share a training budget of %u days a term and a minibus with %u owners.\n"
        "- A teacher who asks for help has a visitor within a fortnight.\n\n"
        "## How we work\n\n"
        "Heads meet every half-term and governors once a year. Subject leaders choose their own days, and "
        "**tell the others** what they found. What one school learns the hard way, the rest should not "
        "have to.\n",
        group->place, days, minibus);
}
