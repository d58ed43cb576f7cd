/* SPDX-License-Identifier: MIT */
/*
 * schema_school.c: the record of a school, as tables.
 *
 * The shape follows what councils hold and what the five authorities' frameworks read. Three things in it are
 * deliberate. Inspections of different frameworks stand side by side: older grades under `grades`, the areas of report
 * cards (since 10 November 2025) under `areas`, each with its own scale, so that nothing can map one onto the other.
 * A figure may be a reason instead of a number. And whatever could tell something about a school that was agreed in
 * private (judgements, decisions, groups, wishes, notes) is for officers.
 */
#include "portal/schema.h"

/* A row a field: the tables read better wide than wrapped. */
/* clang-format off */
#define OFFICERS AUDIENCE_OFFICERS
#define SCHOOLS AUDIENCE_SCHOOLS
#define PUBLIC AUDIENCE_PUBLIC

static const struct choice status_choices[] = {
    {"open", "Open", NULL},
    {"proposed_to_close", "Open, but proposed to close", NULL},
    {"closed", "Closed", NULL},
    {"proposed_to_open", "Proposed to open", NULL},
    {NULL, NULL, NULL},
};

const struct choice phase_choices[] = {
    {"nursery", "Nursery", NULL},
    {"infant", "Infant", NULL},
    {"junior", "Junior", NULL},
    {"primary", "Primary", NULL},
    {"middle", "Middle", NULL},
    {"secondary", "Secondary", NULL},
    {"all_through", "All-through", "all through"},
    {"special", "Special", NULL},
    {"pru", "Pupil referral unit", "alternative provision"},
    {NULL, NULL, NULL},
};

const struct choice school_type_choices[] = {
    {"community", "Community school", "community"},
    {"foundation", "Foundation school", "foundation|trust school"},
    {"va", "Voluntary aided school", "voluntary aided"},
    {"vc", "Voluntary controlled school", "voluntary controlled"},
    {"nursery", "Local authority nursery school", "maintained nursery"},
    {"community_special", "Community special school", NULL},
    {"foundation_special", "Foundation special school", NULL},
    {"pru", "Pupil referral unit", NULL},
    {"academy", "Academy", "academy converter|academy sponsor led"},
    {"academy_special", "Special academy", "academy special"},
    {"academy_ap", "Alternative provision academy", "academy alternative provision"},
    {"free", "Free school", NULL},
    {"independent", "Independent school", NULL},
    {NULL, NULL, NULL},
};

static const struct choice gender_choices[] = {
    {"mixed", "Girls and boys", NULL}, {"girls", "Girls", NULL}, {"boys", "Boys", NULL}, {NULL, NULL, NULL}};

static const struct choice faith_choices[] = {
    {"none", "No religious character", NULL},
    {"ce", "Church of England", "cofe"},
    {"rc", "Roman Catholic", "catholic"},
    {"methodist", "Methodist", NULL},
    {"jewish", "Jewish", NULL},
    {"muslim", "Muslim", NULL},
    {"hindu", "Hindu", NULL},
    {"sikh", "Sikh", NULL},
    {"christian", "Christian", NULL},
    {"other", "Other faith", NULL},
    {NULL, NULL, NULL},
};

const struct choice member_role_choices[] = {
    {"member", "Member", NULL}, {"lead", "Lead", NULL}, {"associate", "Associate", NULL}, {NULL, NULL, NULL}};

static const struct choice body_choices[] = {
    {"not_asked", "Not asked", NULL},
    {"pending", "Pending", NULL},
    {"agreed", "Agreed", NULL},
    {"declined", "Declined", NULL},
    {NULL, NULL, NULL},
};

const struct choice partnership_kinds[] = {
    {"hard", "Hard", NULL}, {"structured", "Structured", NULL}, {"loose", "Loose", NULL}, {NULL, NULL, NULL}};

const struct choice inspection_framework_choices[] = {
    {"2005", "2005 framework", NULL},
    {"2009", "2009 framework", NULL},
    {"2012", "2012 framework", NULL},
    {"cif", "Common inspection framework (2015)", "2015"},
    {"eif", "Education inspection framework (2019)", "2019"},
    {"report_card", "Report card (from November 2025)", "2025"},
    {NULL, NULL, NULL},
};

static const struct choice inspection_kind_choices[] = {
    {"graded", "Graded inspection", "section 5"},
    {"ungraded", "Ungraded inspection", "section 8"},
    {"full", "Full inspection", NULL},
    {"monitoring", "Monitoring inspection", NULL},
    {"urgent", "Urgent inspection", NULL},
    {NULL, NULL, NULL},
};

static const struct choice grade_choices[] = {
    {"outstanding", "Outstanding", "1"},
    {"good", "Good", "2"},
    {"requires_improvement", "Requires improvement", "ri|3"},
    {"satisfactory", "Satisfactory", NULL},
    {"inadequate", "Inadequate", "4"},
    {"not_judged", "Not judged", NULL},
    {NULL, NULL, NULL},
};

static const struct choice standard_choices[] = {
    {"exceptional", "Exceptional", NULL},
    {"strong_standard", "Strong standard", NULL},
    {"expected_standard", "Expected standard", NULL},
    {"needs_attention", "Needs attention", NULL},
    {"urgent_improvement", "Urgent improvement", NULL},
    {NULL, NULL, NULL},
};

static const struct choice safeguarding_choices[] = {
    {"met", "Met", "effective"}, {"not_met", "Not met", "not effective"}, {NULL, NULL, NULL}};

static const struct choice concern_choices[] = {
    {"none", "No category of concern", NULL},
    {"notice_to_improve", "Notice to improve", NULL},
    {"serious_weaknesses", "Serious weaknesses", "sw"},
    {"significant_improvement", "Requires significant improvement", NULL},
    {"special_measures", "Special measures", "sm"},
    {NULL, NULL, NULL},
};

static const struct choice release_choices[] = {
    {"provisional", "Provisional", NULL}, {"revised", "Revised", NULL}, {"final", "Final", NULL}, {NULL, NULL, NULL}};

const struct choice figure_reasons[] = {
    {"suppressed", "Withheld: five pupils or fewer, who might be recognised", "supp|c"},
    {"no_entries", "No entries", "ne"},
    {"not_applicable", "Not applicable", "na|z"},
    {"not_published", "Not published", "np"},
    {"low_coverage", "Fewer than half of the pupils are covered", "lowcov"},
    {"new", "New school: no results yet", NULL},
    {"rounds_to_zero", "More than zero, but less than half of one per cent", "sp"},
    {"redacted", "Withheld by the Department for Education", "re"},
    {"not_available", "Not available for this year", "x"},
    {NULL, NULL, NULL},
};

#define GRADE(name, label)                                                                                   \
    {name, TYPE_CHOICE, 0, PUBLIC, label, "Grade of this judgement under the framework of its day.", "good", grade_choices, NULL, 0}
#define AREA(name, label)                                                                                    \
    {name, TYPE_CHOICE, 0, PUBLIC, label, "Grade of this area on the report card.", "expected standard", standard_choices, NULL, 0}
#define FIGURE(name, label, help, example)                                                                   \
    {name, TYPE_FIGURE, 0, PUBLIC, label, help, example, NULL, NULL, 0}
#define END                                                                                                  \
    { 0 }

static const struct schema grades = {
    "grades",
    "Judgements beside the overall grade, in frameworks up to 2019.",
    (const struct schema_field[]){
        GRADE("quality_of_education", "Quality of education"),
        GRADE("quality_of_teaching", "Quality of teaching, learning and assessment"),
        GRADE("achievement", "Achievement or outcomes of pupils"),
        GRADE("behaviour_and_attitudes", "Behaviour and attitudes"),
        GRADE("behaviour_and_safety", "Behaviour and safety"),
        GRADE("personal_development", "Personal development"),
        GRADE("leadership_and_management", "Leadership and management"),
        GRADE("early_years", "Early years provision"),
        GRADE("sixth_form", "Sixth form provision"),
        END,
    },
};

static const struct schema areas = {
    "areas",
    "Areas of a report card. Ofsted gives no overall grade with them, and neither does anybody else.",
    (const struct schema_field[]){
        AREA("inclusion", "Inclusion"),
        AREA("curriculum_and_teaching", "Curriculum and teaching"),
        AREA("achievement", "Achievement"),
        AREA("attendance_and_behaviour", "Attendance and behaviour"),
        AREA("personal_development_and_well_being", "Personal development and well-being"),
        AREA("leadership_and_governance", "Leadership and governance"),
        AREA("early_years", "Early years"),
        AREA("post_16", "Post-16 provision"),
        END,
    },
};

static const struct schema inspection = {
    "inspection",
    "One inspection, under the framework of its day.",
    (const struct schema_field[]){
        {"date", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "Date", "First day of the inspection.", "2022-03-08", NULL, NULL, 0},
        {"end", TYPE_DATE, 0, PUBLIC, "Last day", "Last day, where there were several.", "2022-03-09", NULL, NULL, 0},
        {"published", TYPE_DATE, 0, PUBLIC, "Published", "Day on which the report was published.", "2022-04-25", NULL, NULL, 0},
        {"framework", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Framework", "Framework it was held under.", "eif", inspection_framework_choices, NULL, 0},
        {"kind", TYPE_CHOICE, 0, PUBLIC, "Kind of inspection", "Graded unless it says otherwise; report cards come from full inspections.", "graded", inspection_kind_choices, NULL, 0},
        {"overall", TYPE_CHOICE, 0, PUBLIC, "Overall effectiveness", "Overall grade, as given at the time. None since September 2024.", "good", grade_choices, NULL, 0},
        {"grades", TYPE_RECORD, 0, PUBLIC, "Other judgements", "Judgements beside the overall grade, in frameworks up to 2019.", "", NULL, &grades, 0},
        {"areas", TYPE_RECORD, 0, PUBLIC, "Areas", "Areas of a report card; only under that framework.", "", NULL, &areas, 0},
        {"safeguarding", TYPE_CHOICE, 0, PUBLIC, "Safeguarding", "Whether safeguarding was effective, or its standard met.", "met", safeguarding_choices, NULL, 0},
        {"category", TYPE_CHOICE, 0, PUBLIC, "Category of concern", "Category in which the inspection placed the school.", "special_measures", concern_choices, NULL, 0},
        {"outcome", TYPE_TEXT, 0, PUBLIC, "Outcome", "Outcome of an ungraded inspection, in Ofsted's words.", "School remains Good", NULL, NULL, 0},
        {"urn", TYPE_URN, 0, PUBLIC, "URN inspected", "URN of the predecessor that was inspected, where it was not this school.", "\"900900\"", NULL, NULL, 0},
        {"report", TYPE_WEB, 0, PUBLIC, "Report", "Address of the published report.", "https://reports.example/900001", NULL, NULL, 0},
        END,
    },
};

#define YEAR_AND_STATUS                                                                                      \
    {"year", TYPE_YEAR, FIELD_REQUIRED, PUBLIC, "Year", "Year in which the school year ended.", "2025", NULL, NULL, 0}, \
    {"status", TYPE_CHOICE, 0, PUBLIC, "Status of the figures", "Release they come from.", "final", release_choices, NULL, 0}, \
    FIGURE("pupils", "Number of pupils", "Pupils at the end of the stage, or on whom the figures rest.", "58")

static const struct schema early_years = {
    "early_years", "The early years foundation stage profile of one year.",
    (const struct schema_field[]){
        YEAR_AND_STATUS,
        FIGURE("good_level", "Good level of development", "Percentage of pupils.", "68"),
        END,
    }};

static const struct schema phonics = {
    "phonics", "The phonics screening check of one year.",
    (const struct schema_field[]){
        YEAR_AND_STATUS,
        FIGURE("expected", "Expected standard in phonics", "Percentage of pupils in year 1.", "81"),
        END,
    }};

static const struct schema ks2 = {
    "ks2", "Results at the end of key stage 2 in one year.",
    (const struct schema_field[]){
        YEAR_AND_STATUS,
        FIGURE("rwm_expected", "Expected standard", "Percentage in reading, writing and maths combined.", "66"),
        FIGURE("rwm_higher", "Higher standard", "Percentage in reading, writing and maths combined.", "9"),
        FIGURE("rwm_expected_disadvantaged", "Expected standard, disadvantaged pupils", "Percentage in reading, writing and maths combined.", "suppressed"),
        FIGURE("reading_expected", "Reading", "Percentage at the expected standard.", "74"),
        FIGURE("writing_expected", "Writing", "Percentage at the expected standard.", "71"),
        FIGURE("maths_expected", "Maths", "Percentage at the expected standard.", "73"),
        FIGURE("reading_progress", "Reading progress", "Progress score from key stage 1.", "-0.4"),
        FIGURE("writing_progress", "Writing progress", "Progress score from key stage 1.", "1.2"),
        FIGURE("maths_progress", "Maths progress", "Progress score from key stage 1.", "0.6"),
        END,
    }};

static const struct schema ks4 = {
    "ks4", "Results at the end of key stage 4 in one year.",
    (const struct schema_field[]){
        YEAR_AND_STATUS,
        FIGURE("attainment_8", "Attainment 8", "Average score.", "48.2"),
        FIGURE("progress_8", "Progress 8", "Score; none for 2024 to 2025 and 2025 to 2026.", "not_available"),
        FIGURE("progress_8_lower", "Progress 8, lower limit", "Lower limit of the 95% confidence interval.", "-0.31"),
        FIGURE("progress_8_upper", "Progress 8, upper limit", "Upper limit of the 95% confidence interval.", "0.12"),
        FIGURE("basics_4", "Grade 4 or above in English and maths", "Percentage of pupils.", "68"),
        FIGURE("basics_5", "Grade 5 or above in English and maths", "Percentage of pupils.", "47"),
        FIGURE("ebacc_aps", "EBacc average point score", "Points.", "4.31"),
        END,
    }};

static const struct schema post_16 = {
    "post_16", "Results at 16 to 18 in one year.",
    (const struct schema_field[]){
        YEAR_AND_STATUS,
        FIGURE("points_per_entry", "Average points per A level entry", "Points.", "34.1"),
        FIGURE("level_3", "Level 3 at 19", "Percentage of students.", "62"),
        END,
    }};

static const struct schema attendance = {
    "attendance", "Absence in one year.",
    (const struct schema_field[]){
        YEAR_AND_STATUS,
        FIGURE("overall", "Overall absence", "Percentage of sessions.", "5.9"),
        FIGURE("persistent", "Persistent absence", "Percentage of pupils who miss 10% of sessions or more.", "14.2"),
        END,
    }};

#define YEARS(name, label, help, of)                                                                         \
    {name, TYPE_RECORD, FIELD_LIST, PUBLIC, label, help, "", NULL, of, 0}

static const struct schema results = {
    "results", "Published results by stage, each a list of years.",
    (const struct schema_field[]){
        YEARS("early_years", "Early years", "Early years foundation stage profile.", &early_years),
        YEARS("phonics", "Phonics", "Phonics screening check.", &phonics),
        YEARS("ks2", "Key stage 2", "End of primary school.", &ks2),
        YEARS("ks4", "Key stage 4", "GCSEs and equivalents.", &ks4),
        YEARS("post_16", "Post-16", "A levels and equivalents.", &post_16),
        YEARS("attendance", "Attendance", "Absence by school year.", &attendance),
        END,
    }};

static const struct schema address = {
    "address", "Where post is sent and visitors come.",
    (const struct schema_field[]){
        {"street", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Street", "Number and street.", "41 Birchwood Lane", NULL, NULL, 0},
        {"locality", TYPE_TEXT, 0, PUBLIC, "Locality", "Part of the town.", "Brookside", NULL, NULL, 0},
        {"town", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Town", "Town.", "Hartmere", NULL, NULL, 0},
        {"postcode", TYPE_POSTCODE, FIELD_REQUIRED, PUBLIC, "Postcode", "Postcode; ZZ99 for an invented school.", "ZZ99 1AB", NULL, NULL, 0},
        END,
    }};

static const struct schema location = {
    "location", "A point of the Ordnance Survey national grid (EPSG:27700), in metres.",
    (const struct schema_field[]){
        {"easting", TYPE_WHOLE, FIELD_REQUIRED, PUBLIC, "Easting", "Metres east of the grid's origin.", "524300", NULL, NULL, 0},
        {"northing", TYPE_WHOLE, FIELD_REQUIRED, PUBLIC, "Northing", "Metres north of the grid's origin.", "190250", NULL, NULL, 0},
        END,
    }};

static const struct schema head = {
    "head", "Who leads the school; several where the headship is shared.",
    (const struct schema_field[]){
        {"name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Name", "As the person is addressed.", "Ms R. Okafor-Lindley", NULL, NULL, 0},
        {"post", TYPE_TEXT, 0, PUBLIC, "Post", "Headteacher unless it says otherwise.", "Executive headteacher", NULL, NULL, 0},
        {"from", TYPE_MONTH, 0, PUBLIC, "Since", "Month or day on which the headship began.", "2023-09", NULL, NULL, 0},
        {"substantive", TYPE_YES_NO, 0, OFFICERS, "Substantive", "No for an acting or interim head.", "yes", NULL, NULL, 0},
        {"first_headship", TYPE_YES_NO, 0, OFFICERS, "First headship", "Whether it is this person's first.", "no", NULL, NULL, 0},
        END,
    }};

static const struct schema pupils = {
    "pupils", "Pupils on roll at a census.",
    (const struct schema_field[]){
        {"count", TYPE_WHOLE, FIELD_REQUIRED, PUBLIC, "Pupils", "Pupils on roll.", "418", NULL, NULL, 0},
        {"on", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "Census", "Census day.", "2026-01-15", NULL, NULL, 0},
        {"free_meals", TYPE_FIGURE, 0, PUBLIC, "Free school meals", "Percentage of pupils eligible.", "21.4", NULL, NULL, 0},
        {"sen_support", TYPE_FIGURE, 0, PUBLIC, "SEN support", "Percentage of pupils.", "13.1", NULL, NULL, 0},
        END,
    }};

static const struct schema relative = {
    "predecessor or successor", "Another school that this one came from or became.",
    (const struct schema_field[]){
        {"urn", TYPE_URN, FIELD_REQUIRED, PUBLIC, "URN", "URN of the other school.", "\"900901\"", NULL, NULL, 0},
        {"name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Name", "Name of the other school.", "Birchwood Infant School", NULL, NULL, 0},
        {"on", TYPE_DATE, 0, PUBLIC, "Date", "Day of the change.", "2014-09-01", NULL, NULL, 0},
        {"how", TYPE_TEXT, 0, PUBLIC, "How", "What happened.", "amalgamated", NULL, NULL, 0},
        END,
    }};

static const struct schema membership = {
    "membership", "Belonging to one cluster, partnership or other body, for a time.",
    (const struct schema_field[]){
        {"cluster", TYPE_SLUG, FIELD_ONE_OF, PUBLIC, "Cluster", "Name of a page in content/clusters.", "brookside", NULL, NULL, CONTENT_CLUSTER},
        {"partnership", TYPE_SLUG, FIELD_ONE_OF, PUBLIC, "Partnership", "Name of a page in content/partnerships.", "brook-valley", NULL, NULL, CONTENT_PARTNERSHIP},
        {"body", TYPE_SLUG, FIELD_ONE_OF, PUBLIC, "Body", "Name of a page in content/bodies: a network, an alliance, a board. A trust or federation is named under trust.", "peer-review", NULL, NULL, CONTENT_BODY},
        {"role", TYPE_CHOICE, 0, PUBLIC, "Part", "Part the school takes: member unless it says otherwise.", "lead", member_role_choices, NULL, 0},
        {"from", TYPE_DATE, 0, PUBLIC, "From", "First day of membership.", "2015-04-01", NULL, NULL, 0},
        {"to", TYPE_DATE, 0, PUBLIC, "To", "Day on which it ended.", "2025-08-31", NULL, NULL, 0},
        {"governing_body", TYPE_CHOICE, 0, SCHOOLS, "Governing body", "What the governing body decided.", "agreed", body_choices, NULL, 0},
        {"decided", TYPE_DATE, 0, SCHOOLS, "Decided on", "Day of that decision.", "2015-01-28", NULL, NULL, 0},
        {"note", TYPE_TEXT, 0, OFFICERS, "Note", "For officers.", "", NULL, NULL, 0},
        END,
    }};

static const struct schema group_member = {
    "group member", "Somebody who belongs to a group.",
    (const struct schema_field[]){
        {"role", TYPE_TEXT, FIELD_REQUIRED, OFFICERS, "Role", "Part in the group.", "governor", NULL, NULL, 0},
        {"name", TYPE_TEXT, 0, OFFICERS, "Name", "Who it is.", "Chair of governors", NULL, NULL, 0},
        {"chair", TYPE_YES_NO, 0, OFFICERS, "Chair", "Whether this member chairs.", "yes", NULL, NULL, 0},
        END,
    }};

static const struct schema group_meeting = {
    "group meeting", "A meeting and its papers.",
    (const struct schema_field[]){
        {"on", TYPE_DATE, FIELD_REQUIRED, OFFICERS, "Date", "Day of the meeting.", "2025-10-08", NULL, NULL, 0},
        {"agenda_sent", TYPE_DATE, 0, OFFICERS, "Agenda sent", "Day on which the agenda went out.", "2025-10-03", NULL, NULL, 0},
        {"minutes_sent", TYPE_DATE, 0, OFFICERS, "Minutes sent", "Day on which the minutes went out.", "2025-10-15", NULL, NULL, 0},
        {"note", TYPE_TEXT, 0, OFFICERS, "Note", "What it settled.", "", NULL, NULL, 0},
        END,
    }};

static const struct schema group = {
    "group", "A group that supports and challenges this school: a support and challenge group, an improvement board, a review meeting.",
    (const struct schema_field[]){
        {"kind", TYPE_TEXT, FIELD_REQUIRED, OFFICERS, "Kind", "What the framework calls it.", "Support and Challenge Group", NULL, NULL, 0},
        {"recommended", TYPE_DATE, 0, OFFICERS, "Recommended", "Day on which it was recommended.", "2025-09-12", NULL, NULL, 0},
        {"endorsed", TYPE_DATE, 0, OFFICERS, "Endorsed", "Day on which it was endorsed.", "2025-09-19", NULL, NULL, 0},
        {"start", TYPE_DATE, 0, OFFICERS, "Began", "Day of its first meeting.", "2025-10-08", NULL, NULL, 0},
        {"planned_end", TYPE_DATE, 0, OFFICERS, "Planned end", "Day by which it should have done its work.", "2026-10-08", NULL, NULL, 0},
        {"ended", TYPE_DATE, 0, OFFICERS, "Ended", "Day on which it was disbanded.", "2026-07-10", NULL, NULL, 0},
        {"reason", TYPE_TEXT, 0, OFFICERS, "Reason", "Why it was set up, or ended.", "", NULL, NULL, 0},
        {"members", TYPE_RECORD, FIELD_LIST, OFFICERS, "Members", "Who belongs to it.", "", NULL, &group_member, 0},
        {"meetings", TYPE_RECORD, FIELD_LIST, OFFICERS, "Meetings", "Its meetings.", "", NULL, &group_meeting, 0},
        {"exit", TYPE_FACTS, 0, OFFICERS, "Exit", "What must be met before it ends.", "", NULL, NULL, 0},
        END,
    }};

static const struct schema wishes = {
    "wishes", "What the school has said, in confidence, about partnership.",
    (const struct schema_field[]){
        {"existing_links", TYPE_SLUG, FIELD_LIST, OFFICERS, "Existing links", "Schools it works with already.", "[alder-grove]", NULL, NULL, CONTENT_SCHOOL},
        {"schools", TYPE_SLUG, FIELD_LIST, OFFICERS, "Wishes", "Schools it would like to be with.", "[cedar-road]", NULL, NULL, CONTENT_SCHOOL},
        {"not_with", TYPE_SLUG, FIELD_LIST, OFFICERS, "Refusals", "Schools it would not be with in any partnership.", "[birchwood-lane]", NULL, NULL, CONTENT_SCHOOL},
        {"kinds", TYPE_CHOICE, FIELD_LIST, OFFICERS, "Kinds accepted", "Kinds of partnership it would accept, the most welcome first.", "[structured, loose]", partnership_kinds, NULL, 0},
        {"accepts_cross_phase", TYPE_YES_NO, 0, OFFICERS, "Accepts another phase", "Whether partners of another phase are welcome.", "no", NULL, NULL, 0},
        {"wants_brokering", TYPE_YES_NO, 0, OFFICERS, "Asked for brokering", "Whether it asked the council to help find partners.", "yes", NULL, NULL, 0},
        {"objects_joint_governance", TYPE_YES_NO, 0, OFFICERS, "Objects to joint governance", "Whether its faith forbids a joint governing body with schools that do not share it.", "no", NULL, NULL, 0},
        {"by", TYPE_TEXT, 0, OFFICERS, "Said by", "Who said so.", "Headteacher and chair", NULL, NULL, 0},
        {"on", TYPE_DATE, 0, OFFICERS, "Said on", "When.", "2026-02-11", NULL, NULL, 0},
        {"note", TYPE_TEXT, 0, OFFICERS, "Note", "For officers.", "", NULL, NULL, 0},
        END,
    }};

static const struct schema note = {
    "note", "A dated note.",
    (const struct schema_field[]){
        {"on", TYPE_DATE, FIELD_REQUIRED, OFFICERS, "Date", "When it was written.", "2026-02-03", NULL, NULL, 0},
        {"by", TYPE_TEXT, 0, OFFICERS, "By", "Who wrote it.", "J. Penhallow", NULL, NULL, 0},
        {"text", TYPE_TEXT, FIELD_REQUIRED, OFFICERS, "Note", "What it says.", "", NULL, NULL, 0},
        END,
    }};

static const struct schema as_at = {
    "sources", "The day at which each source stood when its figures were copied.",
    (const struct schema_field[]){
        {"gias", TYPE_DATE, 0, PUBLIC, "Get Information about Schools", "As-at date.", "2026-04-24", NULL, NULL, 0},
        {"ofsted", TYPE_DATE, 0, PUBLIC, "Ofsted management information", "As-at date.", "2026-03-31", NULL, NULL, 0},
        {"results", TYPE_DATE, 0, PUBLIC, "School results", "Day of release.", "2025-12-11", NULL, NULL, 0},
        {"absence", TYPE_DATE, 0, PUBLIC, "Pupil absence in schools", "Day of release.", "2026-03-19", NULL, NULL, 0},
        END,
    }};

const struct schema schema_school = {
    "school",
    "One school: schools/<slug>.yaml. The file's name is its address on the portal.",
    (const struct schema_field[]){
        {"urn", TYPE_URN, FIELD_REQUIRED, PUBLIC, "URN", "Unique reference number; from 900001 for an invented school.", "\"900001\"", NULL, NULL, 0},
        {"laestab", TYPE_LAESTAB, 0, PUBLIC, "LAESTAB", "Authority code and establishment number.", "999/2001", NULL, NULL, 0},
        {"ukprn", TYPE_DIGITS, 0, PUBLIC, "UKPRN", "UK provider reference number.", "\"10099001\"", NULL, NULL, 0},
        {"uprn", TYPE_DIGITS, 0, PUBLIC, "UPRN", "Unique property reference number.", "\"100000000001\"", NULL, NULL, 0},
        {"name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Name", "Full name, as on the school's sign.", "Birchwood Lane Primary School", NULL, NULL, 0},
        {"short_name", TYPE_TEXT, 0, PUBLIC, "Short name", "For maps and lists.", "Birchwood Lane", NULL, NULL, 0},
        {"former_names", TYPE_TEXT, FIELD_LIST, PUBLIC, "Former names", "Names that people may still search for.", "[Birchwood Infants]", NULL, NULL, 0},
        {"formerly", TYPE_TEXT, FIELD_LIST, PUBLIC, "Formerly", "Addresses or source paths that its page had; whoever follows one is led here.", "[schools/birchwood-infants.html]", NULL, NULL, 0},
        {"status", TYPE_CHOICE, 0, PUBLIC, "Status", "Open unless it says otherwise.", "open", status_choices, NULL, 0},
        {"opened", TYPE_DATE, 0, PUBLIC, "Opened", "Day on which this URN opened.", "2014-09-01", NULL, NULL, 0},
        {"closed", TYPE_DATE, 0, PUBLIC, "Closed", "Day on which it closed, or will.", "2026-08-31", NULL, NULL, 0},
        {"predecessors", TYPE_RECORD, FIELD_LIST, PUBLIC, "Predecessors", "Schools that this one came from.", "", NULL, &relative, 0},
        {"successors", TYPE_RECORD, FIELD_LIST, PUBLIC, "Successors", "Schools that took its place.", "", NULL, &relative, 0},
        {"phase", TYPE_CHOICE, FIELD_REQUIRED | FIELD_DATED, PUBLIC, "Phase", "Phase of education.", "primary", phase_choices, NULL, 0},
        {"type", TYPE_CHOICE, FIELD_REQUIRED | FIELD_DATED, PUBLIC, "Type", "Type of establishment.", "community", school_type_choices, NULL, 0},
        {"ages", TYPE_AGES, 0, PUBLIC, "Ages", "Youngest and oldest.", "3 to 11", NULL, NULL, 0},
        {"gender", TYPE_CHOICE, 0, PUBLIC, "Pupils admitted", "Girls, boys, or both.", "mixed", gender_choices, NULL, 0},
        {"religious_character", TYPE_CHOICE, FIELD_DATED, PUBLIC, "Religious character", "Designated religious character.", "none", faith_choices, NULL, 0},
        {"diocese", TYPE_TEXT, 0, PUBLIC, "Diocese", "Diocese or other religious authority.", "Diocese of Hartmere", NULL, NULL, 0},
        {"nursery", TYPE_YES_NO, 0, PUBLIC, "Nursery", "Whether it has nursery classes.", "yes", NULL, NULL, 0},
        {"sixth_form", TYPE_YES_NO, 0, PUBLIC, "Sixth form", "Whether it has a sixth form.", "no", NULL, NULL, 0},
        {"resourced_provision", TYPE_TEXT, 0, PUBLIC, "Resourced provision", "What the provision is for.", "Speech, language and communication", NULL, NULL, 0},
        {"capacity", TYPE_WHOLE, FIELD_DATED, PUBLIC, "Places", "Places for pupils.", "420", NULL, NULL, 0},
        {"pupils", TYPE_RECORD, FIELD_LIST, PUBLIC, "Pupils", "Pupils on roll, census by census.", "", NULL, &pupils, 0},
        {"address", TYPE_RECORD, FIELD_REQUIRED, PUBLIC, "Address", "Postal address.", "", NULL, &address, 0},
        {"location", TYPE_RECORD, 0, PUBLIC, "Location", "Position on the national grid.", "", NULL, &location, 0},
        {"telephone", TYPE_TELEPHONE, 0, PUBLIC, "Telephone", "School office.", "020 7946 0102", NULL, NULL, 0},
        {"email", TYPE_EMAIL, 0, PUBLIC, "Email", "School office.", "office@birchwoodlane.example", NULL, NULL, 0},
        {"website", TYPE_WEB, 0, PUBLIC, "Website", "The school's own.", "https://birchwoodlane.example/", NULL, NULL, 0},
        {"head", TYPE_RECORD, FIELD_LIST, PUBLIC, "Headteacher", "Who leads the school.", "", NULL, &head, 0},
        {"trust", TYPE_SLUG, FIELD_DATED, PUBLIC, "Trust or federation", "Name of a page in content/bodies.", "larkfield-trust", NULL, NULL, CONTENT_BODY},
        {"converted_on", TYPE_DATE, 0, PUBLIC, "Became an academy", "Day of conversion.", "2017-04-01", NULL, NULL, 0},
        {"link_officer", TYPE_SLUG, 0, PUBLIC, "Link officer", "Name of a page in content/people.", "jo-penhallow", NULL, NULL, CONTENT_PERSON},
        {"memberships", TYPE_RECORD, FIELD_LIST, PUBLIC, "Memberships", "Clusters, partnerships and other bodies, with dates.", "", NULL, &membership, 0},
        {"inspections", TYPE_RECORD, FIELD_LIST | FIELD_OR_NONE, PUBLIC, "Inspections", "Inspections, or none for a school that was never inspected.", "", NULL, &inspection, 0},
        {"results", TYPE_RECORD, 0, PUBLIC, "Results", "Published results.", "", NULL, &results, 0},
        {"sources", TYPE_RECORD, 0, PUBLIC, "Sources", "As-at dates of what was copied.", "", NULL, &as_at, 0},
        {"profile", TYPE_MARKDOWN, 0, PUBLIC, "Profile", "A few paragraphs about the school, in Markdown.", "", NULL, NULL, 0},
        {"academy_order", TYPE_DATE, 0, OFFICERS, "Academy order", "Day on which an academy order was made.", "2026-02-20", NULL, NULL, 0},
        {"commissions_service", TYPE_YES_NO, FIELD_DATED, OFFICERS, "Buys the service", "Whether an academy buys the council's service.", "yes", NULL, NULL, 0},
        {"facts", TYPE_FACTS, 0, PUBLIC, "Facts", "Other facts that framework.yaml declares, each for the audience that it states.", "", NULL, NULL, 0},
        {"judgements", TYPE_FACTS, 0, PUBLIC, "Judgements", "What the council believes of the school, each for the audience that framework.yaml states; officers where it states none.", "", NULL, NULL, 0},
        {"decisions", TYPE_DECISIONS, 0, OFFICERS, "Decisions", "What was decided, as dated lists: record and history in one.", "", NULL, NULL, 0},
        {"groups", TYPE_RECORD, FIELD_LIST, OFFICERS, "Groups", "Groups set up for this school.", "", NULL, &group, 0},
        {"wishes", TYPE_RECORD, 0, OFFICERS, "Wishes", "What it has said about partnership.", "", NULL, &wishes, 0},
        {"notes", TYPE_RECORD, FIELD_LIST, OFFICERS, "Notes", "Dated notes for officers.", "", NULL, &note, 0},
        END,
    },
};
