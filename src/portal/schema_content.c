/* SPDX-License-Identifier: MIT */
/*
 * schema_content.c: portal.yaml and the front matter of content pages, as tables.
 *
 * A content page is public unless its own `audience` says otherwise; a field is as public as the table says, and
 * never more than its page.
 */
#include "portal/schema.h"

/* A row a field: the tables read better wide than wrapped. */
/* clang-format off */
#define OFFICERS AUDIENCE_OFFICERS
#define SCHOOLS AUDIENCE_SCHOOLS
#define PUBLIC AUDIENCE_PUBLIC
#define END                                                                                                  \
    { 0 }

static const struct choice history_choices[] = {
    {"dates", "Dates", NULL}, {"none", "None", NULL}, {"public", "Public", NULL}, {NULL, NULL, NULL}};

static const struct choice audience_choices[] = {
    {"public", "Everyone", NULL}, {"schools", "Schools", NULL}, {"officers", "Officers", NULL}, {NULL, NULL, NULL}};

static const struct choice cluster_choices[] = {
    {"geographic", "Geographic", NULL}, {"faith", "Faith", NULL}, {"phase", "Phase", NULL}, {NULL, NULL, NULL}};

const struct choice partnership_states[] = {
    {"consulted", "Consulted", NULL},
    {"proposed", "Proposed", NULL},
    {"agreed_in_principle", "Agreed in principle", NULL},
    {"governing_bodies_agreed", "Governing bodies agreed", NULL},
    {"statutory_step", "Statutory step under way", NULL},
    {"formed", "Formed", NULL},
    {"declined", "Declined", NULL},
    {"dissolved", "Dissolved", NULL},
    {NULL, NULL, NULL},
};

static const struct choice need_choices[] = {
    {"leadership", "Leadership", NULL},
    {"governance", "Governance", NULL},
    {"teaching", "Teaching and learning", NULL},
    {"reading_writing", "Reading and writing", NULL},
    {"maths", "Maths", NULL},
    {"curriculum", "Curriculum", NULL},
    {"assessment", "Data and assessment", NULL},
    {"inclusion", "Inclusion and SEND", NULL},
    {"disadvantage", "Disadvantaged pupils", NULL},
    {"attendance", "Attendance and behaviour", NULL},
    {"early_years", "Early years", NULL},
    {"wellbeing", "Wellbeing and mental health", NULL},
    {"partnership", "Working in partnership", NULL},
    {NULL, NULL, NULL},
};

static const struct choice level_choices[] = {
    {"universal", "Universal", NULL}, {"targeted", "Targeted", NULL}, {"intensive", "Intensive", NULL}, {NULL, NULL, NULL}};

static const struct choice role_choices[] = {
    {"officer", "Council officer", NULL},
    {"system_leader", "System leader", NULL},
    {"partner", "Partner", NULL},
    {"governance", "Governance", NULL},
    {NULL, NULL, NULL},
};

static const struct choice body_kind_choices[] = {
    {"trust", "Academy trust", NULL},
    {"federation", "Federation", NULL},
    {"diocese", "Diocese", NULL},
    {"teaching_school", "Teaching school", NULL},
    {"alliance", "Alliance", NULL},
    {"network", "Network", NULL},
    {"programme", "Programme", NULL},
    {"cross_border", "Cross-border body", "Cross-border partnership"},
    {"authority", "Local authority", "Council"},
    {"board", "Board", NULL},
    {"service", "Service", NULL},
    {NULL, NULL, NULL},
};

static const struct choice compliance_choices[] = {
    {"full", "fully compliant", "fully"},
    {"partial", "partially compliant", "partially"},
    {"not", "not compliant", NULL},
    {NULL, NULL, NULL},
};

static const struct schema contact = {
    "contact", "Whom to ring or write to.",
    (const struct schema_field[]){
        {"name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Name", "Person or team.", "Priya Venning", NULL, NULL, 0},
        {"post", TYPE_TEXT, 0, PUBLIC, "Post", "What the person does there.", "Coordinator", NULL, NULL, 0},
        {"telephone", TYPE_TELEPHONE, 0, PUBLIC, "Telephone", "Number to ring.", "020 7946 0150", NULL, NULL, 0},
        {"email", TYPE_EMAIL, 0, PUBLIC, "Email", "Address to write to.", "coordinator@brookvalley.example", NULL, NULL, 0},
        END,
    }};

static const struct schema event = {
    "event", "Something that happens on a day.",
    (const struct schema_field[]){
        {"on", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "Date", "Day of the event.", "2026-05-21", NULL, NULL, 0},
        {"time", TYPE_TEXT, 0, PUBLIC, "Time", "Time of day, as GOV.UK writes it.", "4pm", NULL, NULL, 0},
        {"what", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "What", "What happens.", "Heads' forum", NULL, NULL, 0},
        {"where", TYPE_TEXT, 0, PUBLIC, "Where", "Place.", "Civic Rooms, Hartmere", NULL, NULL, 0},
        END,
    }};

static const struct schema change = {
    "change", "What changed in this page, in the author's words.",
    (const struct schema_field[]){
        {"on", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "Date", "Day of the change.", "2026-04-14", NULL, NULL, 0},
        {"what", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "What", "What changed.", "Structured partnerships now lead on support.", NULL, NULL, 0},
        END,
    }};

static const struct schema price = {
    "price", "What an offer costs to whom.",
    (const struct schema_field[]){
        {"for", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "School", "Who pays this price.", "Member of a partnership", NULL, NULL, 0},
        {"price", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Price", "Price with its unit.", "£1,450 a school", NULL, NULL, 0},
        {"paid_by", TYPE_TEXT, 0, PUBLIC, "Paid by", "Who bears it.", "The network's pooled fund", NULL, NULL, 0},
        END,
    }};

static const struct schema deployment = {
    "deployment", "A system leader's work at a school, for a time.",
    (const struct schema_field[]){
        {"role", TYPE_SLUG, FIELD_REQUIRED, OFFICERS, "Role", "Name of a page in content/roles.", "lle", NULL, NULL, CONTENT_ROLE},
        {"school", TYPE_SLUG, FIELD_REQUIRED, OFFICERS, "School", "The school supported.", "hazel-bank", NULL, NULL, CONTENT_SCHOOL},
        {"from", TYPE_DATE, FIELD_REQUIRED, OFFICERS, "From", "First day.", "2025-09-01", NULL, NULL, 0},
        {"to", TYPE_DATE, 0, OFFICERS, "To", "Last day.", "2026-03-31", NULL, NULL, 0},
        {"days_a_week", TYPE_NUMBER, 0, OFFICERS, "Days a week", "Days a week.", "0.5", NULL, NULL, 0},
        {"aim", TYPE_TEXT, 0, OFFICERS, "Aim", "What it is for, in a sentence.", "Settle a new team in year 2.", NULL, NULL, 0},
        {"facts", TYPE_FACTS, 0, OFFICERS, "Facts", "Other facts of a deployment that framework.yaml declares.", "", NULL, NULL, 0},
        END,
    }};

/* As a school's record has it, without what only a school's governors decide. */
static const struct schema membership = {
    "membership of a person or body", "Belonging of a person or a body to a body, a partnership or a cluster, for a time.",
    (const struct schema_field[]){
        {"body", TYPE_SLUG, FIELD_ONE_OF, PUBLIC, "Body", "Name of a page in content/bodies: a programme, a network, an alliance.", "primary-expert-teachers", NULL, NULL, CONTENT_BODY},
        {"partnership", TYPE_SLUG, FIELD_ONE_OF, PUBLIC, "Partnership", "Name of a page in content/partnerships.", "brook-valley", NULL, NULL, CONTENT_PARTNERSHIP},
        {"cluster", TYPE_SLUG, FIELD_ONE_OF, PUBLIC, "Cluster", "Name of a page in content/clusters.", "brookside", NULL, NULL, CONTENT_CLUSTER},
        {"role", TYPE_CHOICE, 0, PUBLIC, "Part", "Part taken: member unless it says otherwise.", "lead", member_role_choices, NULL, 0},
        {"from", TYPE_DATE, 0, PUBLIC, "From", "First day of membership.", "2019-09-01", NULL, NULL, 0},
        {"to", TYPE_DATE, 0, PUBLIC, "To", "Day on which it ended.", "2025-08-31", NULL, NULL, 0},
        {"note", TYPE_TEXT, 0, OFFICERS, "Note", "For officers.", "", NULL, NULL, 0},
        END,
    }};

#define MEMBERSHIPS                                                                                          \
    {"memberships", TYPE_RECORD, FIELD_LIST, PUBLIC, "Memberships", "Bodies, partnerships and clusters it belongs to, with dates.", "", NULL, &membership, 0}

/* What every page of content may say of itself. */
#define COMMON                                                                                               \
    {"title", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Title", "The page's heading and the words of links to it.", "Working in partnership", NULL, NULL, 0}, \
    {"summary", TYPE_TEXT, 0, PUBLIC, "Summary", "One sentence for lists, and the lead paragraph.", "How schools work together.", NULL, NULL, 0}, \
    {"short_title", TYPE_TEXT, 0, PUBLIC, "Short title", "For maps, menus and narrow lists.", "Partnership", NULL, NULL, 0}, \
    {"audience", TYPE_CHOICE, 0, PUBLIC, "Audience", "The widest audience that may read the page: public unless it says otherwise.", "public", audience_choices, NULL, 0}, \
    {"order", TYPE_WHOLE, 0, PUBLIC, "Order", "Place among its siblings; then by title.", "3", NULL, NULL, 0}, \
    {"owner", TYPE_TEXT, 0, PUBLIC, "Owner", "Team or post that answers for the page.", "Education and Skills", NULL, NULL, 0}, \
    {"reviewed", TYPE_DATE, 0, PUBLIC, "Reviewed", "Day of the last review.", "2025-10-01", NULL, NULL, 0}, \
    {"review_by", TYPE_DATE, 0, PUBLIC, "Next review by", "Day by which it should be reviewed again.", "2026-10-01", NULL, NULL, 0}, \
    {"formerly", TYPE_TEXT, FIELD_LIST, PUBLIC, "Formerly", "Addresses or source paths that the page had; whoever follows one is led here.", "[policy/working-together.html]", NULL, NULL, 0}, \
    {"changes", TYPE_RECORD, FIELD_LIST, PUBLIC, "Changes", "Changes worth telling, newest first.", "", NULL, &change, 0}

#define CONTACTS                                                                                             \
    {"contacts", TYPE_RECORD, FIELD_LIST, PUBLIC, "Who to ring", "Whom to ring or write to.", "", NULL, &contact, 0}
#define EVENTS                                                                                               \
    {"events", TYPE_RECORD, FIELD_LIST, PUBLIC, "Dates", "What happens when.", "", NULL, &event, 0}
#define NOTES                                                                                                \
    {"officers_note", TYPE_MARKDOWN, 0, OFFICERS, "Officers' note", "What officers should know; on no other portal.", "", NULL, NULL, 0}
#define FACTS                                                                                                \
    {"facts", TYPE_FACTS, 0, PUBLIC, "Facts", "Other facts that framework.yaml declares, each for the audience that it states.", "", NULL, NULL, 0}

static const struct schema content_page = {
    "page", "A plain page: content/<slug>.md.",
    (const struct schema_field[]){COMMON, END}};

static const struct schema content_policy = {
    "policy page", "A part of the strategy: content/policy/<slug>.md. Its paragraphs are numbered and can be cited.",
    (const struct schema_field[]){
        COMMON,
        {"part", TYPE_TEXT, 0, PUBLIC, "Part", "Number of the part, as it is printed.", "5", NULL, NULL, 0},
        {"numbered", TYPE_YES_NO, 0, PUBLIC, "Numbered", "Whether paragraphs are numbered; yes unless it says no.", "yes", NULL, NULL, 0},
        END,
    }};

static const struct schema content_cluster = {
    "cluster", "A cluster of schools: content/clusters/<slug>.md.",
    (const struct schema_field[]){
        COMMON,
        {"kind", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Kind", "What its schools have in common.", "geographic", cluster_choices, NULL, 0},
        {"link_officer", TYPE_SLUG, 0, PUBLIC, "Link officer", "Name of a page in content/people.", "jo-penhallow", NULL, NULL, CONTENT_PERSON},
        CONTACTS, EVENTS, FACTS, NOTES, END,
    }};

static const struct schema content_partnership = {
    "partnership", "A partnership of schools: content/partnerships/<slug>.md. Its members say so in their own records.",
    (const struct schema_field[]){
        COMMON,
        {"kind", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Kind", "Hard, structured or loose.", "structured", partnership_kinds, NULL, 0},
        {"state", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "State", "How far it has come. Only formed and dissolved partnerships may be public.", "formed", partnership_states, NULL, 0},
        {"formed", TYPE_DATE, 0, PUBLIC, "Formed", "Day on which it began to work.", "2015-04-01", NULL, NULL, 0},
        {"ended", TYPE_DATE, 0, PUBLIC, "Ended", "Day on which it was dissolved.", "2025-08-31", NULL, NULL, 0},
        {"body", TYPE_SLUG, 0, PUBLIC, "Legal body", "The trust or federation that holds it together.", "larkfield-trust", NULL, NULL, CONTENT_BODY},
        {"link_officer", TYPE_SLUG, 0, PUBLIC, "Link officer", "Name of a page in content/people.", "jo-penhallow", NULL, NULL, CONTENT_PERSON},
        CONTACTS, EVENTS, FACTS, NOTES, END,
    }};

static const struct schema content_offer = {
    "offer", "An offer of support: content/offers/<slug>.md.",
    (const struct schema_field[]){
        COMMON,
        {"need", TYPE_CHOICE, FIELD_REQUIRED | FIELD_LIST, PUBLIC, "Need", "What it helps with.", "leadership", need_choices, NULL, 0},
        {"level", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Level", "Universal: any school may ask; targeted and intensive: agreed with the school.", "universal", level_choices, NULL, 0},
        {"phases", TYPE_CHOICE, FIELD_LIST, PUBLIC, "Phases", "Phases it is for; any where it says none.", "[infant, primary]", phase_choices, NULL, 0},
        {"types", TYPE_CHOICE, FIELD_LIST, PUBLIC, "Types", "Types of school it is for; any where it says none.", "[community, academy]", school_type_choices, NULL, 0},
        {"for", TYPE_CONDITION, 0, PUBLIC, "For", "Whom it is open to: facts of schools or results of tables, by label or id, and what each must be; all must hold. Or an expression.", "{Ofsted grade: Good or better}", NULL, NULL, 0},
        {"condition", TYPE_TEXT, 0, PUBLIC, "Condition", "What else must hold, in words.", "A head in the first 24 months of a first headship", NULL, NULL, 0},
        {"provider", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Provided by", "Who gives it.", "Hartmere headteachers, for the network", NULL, NULL, 0},
        {"body", TYPE_SLUG, 0, PUBLIC, "Provider's page", "Name of a page in content/bodies.", "learning-service", NULL, NULL, CONTENT_BODY},
        {"funding", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Funding", "Who pays, in a few words, for lists.", "Free to members", NULL, NULL, 0},
        {"prices", TYPE_RECORD, FIELD_LIST, PUBLIC, "Prices", "What it costs to whom.", "", NULL, &price, 0},
        {"duration", TYPE_TEXT, 0, PUBLIC, "Length", "How long it takes.", "Six sessions over a year", NULL, NULL, 0},
        {"booking", TYPE_TEXT, 0, PUBLIC, "How to book", "One sentence.", "Email the coordinator with two dates.", NULL, NULL, 0},
        {"policy", TYPE_PATH, 0, PUBLIC, "Policy", "The part of the strategy it rests on.", "policy/support.md#universal", NULL, NULL, 0},
        {"related", TYPE_SLUG, FIELD_LIST, PUBLIC, "Related support", "Names of pages in content/offers.", "[peer-review]", NULL, NULL, CONTENT_OFFER},
        CONTACTS, EVENTS, FACTS, NOTES, END,
    }};

static const struct schema content_role = {
    "role", "A role that people hold: content/roles/<slug>.md.",
    (const struct schema_field[]){
        COMMON,
        {"kind", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Kind", "Whose role it is.", "system_leader", role_choices, NULL, 0},
        {"abbreviation", TYPE_TEXT, 0, PUBLIC, "Abbreviation", "As it is written for short.", "NLE", NULL, NULL, 0},
        CONTACTS, FACTS, NOTES, END,
    }};

static const struct schema content_person = {
    "person", "A person in a public role: content/people/<slug>.md. The title is the name.",
    (const struct schema_field[]){
        COMMON,
        {"post", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Post", "The post held.", "Link officer, north of the borough", NULL, NULL, 0},
        {"roles", TYPE_SLUG, FIELD_LIST, PUBLIC, "Roles", "Names of pages in content/roles.", "[link-officer]", NULL, NULL, CONTENT_ROLE},
        {"school", TYPE_SLUG, 0, PUBLIC, "School", "The school the person works at.", "alder-grove", NULL, NULL, CONTENT_SCHOOL},
        {"telephone", TYPE_TELEPHONE, 0, PUBLIC, "Telephone", "Number to ring.", "020 7946 0150", NULL, NULL, 0},
        {"email", TYPE_EMAIL, 0, PUBLIC, "Email", "Address to write to.", "jo.penhallow@hartmere.example", NULL, NULL, 0},
        {"deployments", TYPE_RECORD, FIELD_LIST, OFFICERS, "Deployments", "Where this person supports whom.", "", NULL, &deployment, 0},
        MEMBERSHIPS, FACTS, NOTES, END,
    }};

static const struct schema seat = {
    "seat", "A place on a board. Which places a board has is public; who holds them is for officers.",
    (const struct schema_field[]){
        {"role", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Role", "The post, or whom the seat speaks for.", "Headteacher, primary", NULL, NULL, 0},
        {"name", TYPE_TEXT, 0, OFFICERS, "Name", "Who holds it.", "Ms R. Okafor", NULL, NULL, 0},
        {"chair", TYPE_YES_NO, 0, PUBLIC, "Chair", "Whether whoever holds it chairs.", "yes", NULL, NULL, 0},
        END,
    }};

static const struct schema content_body = {
    "body", "A body that schools belong to or deal with: content/bodies/<slug>.md.",
    (const struct schema_field[]){
        COMMON,
        {"kind", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Kind", "What it is.", "trust", body_kind_choices, NULL, 0},
        {"chair", TYPE_TEXT, 0, PUBLIC, "Chair", "Who chairs it.", "The director of children's services", NULL, NULL, 0},
        {"meets", TYPE_TEXT, 0, PUBLIC, "Meets", "How often; where it is a time as tables have it, the officers' year has it too.", "half-termly", NULL, NULL, 0},
        {"members", TYPE_WHOLE, 0, PUBLIC, "Members", "How many members it has, where they are neither schools nor people of the portal; as many as it lists seats.", "12", NULL, NULL, 0},
        {"seats", TYPE_RECORD, FIELD_LIST, PUBLIC, "Seats", "The places of a board.", "", NULL, &seat, 0},
        {"held", TYPE_DATE, FIELD_LIST, PUBLIC, "Held", "Days on which it met, or will.", "[2026-01-21, 2026-03-11]", NULL, NULL, 0},
        {"terms", TYPE_PATH, 0, PUBLIC, "Terms of reference", "The part of the policy that has them.", "policy/boards.md#terms", NULL, NULL, 0},
        {"website", TYPE_WEB, 0, PUBLIC, "Website", "Its own.", "https://larkfield.example/", NULL, NULL, 0},
        MEMBERSHIPS, CONTACTS, EVENTS, FACTS, NOTES, END,
    }};

const struct schema *const schema_content[CONTENT_COUNT] = {
    [CONTENT_PAGE] = &content_page,         [CONTENT_POLICY] = &content_policy,
    [CONTENT_CLUSTER] = &content_cluster,   [CONTENT_PARTNERSHIP] = &content_partnership,
    [CONTENT_OFFER] = &content_offer,       [CONTENT_ROLE] = &content_role,
    [CONTENT_PERSON] = &content_person,     [CONTENT_BODY] = &content_body,
};

const struct schema schema_dated = {
    "dated entry",
    "One entry of a dated list: a value in force from a day until, not including, another, or until the next entry.",
    (const struct schema_field[]){
        {"value", TYPE_ANY, FIELD_REQUIRED, PUBLIC, "Value", "The value.", "", NULL, NULL, 0},
        {"from", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "From", "First day on which it holds.", "2019-09-20", NULL, NULL, 0},
        {"to", TYPE_DATE, 0, PUBLIC, "To", "First day on which it no longer holds.", "2020-09-20", NULL, NULL, 0},
        {"by", TYPE_TEXT, 0, OFFICERS, "By", "Who judged or decided.", "Head of School Improvement", NULL, NULL, 0},
        {"note", TYPE_TEXT, 0, OFFICERS, "Note", "Why, in a sentence.", "second acting head since January", NULL, NULL, 0},
        {"how", TYPE_TEXT, 0, OFFICERS, "How", "Of a decision: agreed, without agreement, automatic.", "agreed", NULL, NULL, 0},
        {"letter", TYPE_DATE, 0, OFFICERS, "Letter", "Of a decision: day on which the school was written to.", "2019-09-27", NULL, NULL, 0},
        {"reason", TYPE_TEXT, 0, OFFICERS, "Reason", "Of a decision: why it differs from the suggestion.", "", NULL, NULL, 0},
        END,
    }};

const struct schema schema_measure = {
    "measure",
    "A row of a table of measures. Nobody writes it: figures are what the row's cells and the portal's counting give.",
    (const struct schema_field[]){
        {"table", TYPE_TEXT, 0, PUBLIC, "Table", "The id of its table.", "aims", NULL, NULL, 0},
        {"name", TYPE_TEXT, 0, PUBLIC, "Name", "What it measures, in words.", "Good or outstanding schools", NULL, NULL, 0},
        {"value", TYPE_FIGURE, 0, PUBLIC, "Value", "A percentage as a number of a hundred, points, an average.", "92", NULL, NULL, 0},
        {"comparator", TYPE_FIGURE, 0, PUBLIC, "Comparator", "What it is compared with.", "88", NULL, NULL, 0},
        {"aim", TYPE_FIGURE, 0, PUBLIC, "Aim", "What it should be.", "100", NULL, NULL, 0},
        {"earlier", TYPE_FIGURE, 0, PUBLIC, "Earlier", "What it was.", "66", NULL, NULL, 0},
        {"quartile", TYPE_TEXT, 0, PUBLIC, "Quartile", "A to D.", "A", NULL, NULL, 0},
        {"rating", TYPE_TEXT, 0, PUBLIC, "Rating", "red, amber or green.", "green", NULL, NULL, 0},
        {"trend", TYPE_TEXT, 0, PUBLIC, "Trend", "improving, steady, declining, or words.", "improving", NULL, NULL, 0},
        END,
    }};

static const struct schema authority = {
    "authority", "Who publishes the portal.",
    (const struct schema_field[]){
        {"name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Name", "Name of the publisher.", "Hartmere Council", NULL, NULL, 0},
        {"la_code", TYPE_DIGITS, 0, PUBLIC, "Authority code", "Three digits; 999 for an invented authority.", "\"999\"", NULL, NULL, 0},
        {"area", TYPE_TEXT, 0, PUBLIC, "Area", "What the place is called in running text.", "Hartmere", NULL, NULL, 0},
        {"website", TYPE_WEB, 0, PUBLIC, "Website", "The publisher's own site.", "https://hartmere.example/", NULL, NULL, 0},
        END,
    }};

static const struct schema accessibility = {
    "accessibility", "The facts of the accessibility statement, which the law asks for; no portal is built without them.",
    (const struct schema_field[]){
        {"status", TYPE_CHOICE, FIELD_REQUIRED, PUBLIC, "Status", "Fully, partially or not compliant with WCAG 2.2 AA.", "full", compliance_choices, NULL, 0},
        {"email", TYPE_EMAIL, FIELD_REQUIRED, PUBLIC, "Contact", "Where problems are reported.", "access@hartmere.example", NULL, NULL, 0},
        {"telephone", TYPE_TELEPHONE, 0, PUBLIC, "Telephone", "Where problems are reported by telephone.", "020 7946 0140", NULL, NULL, 0},
        {"reply_days", TYPE_WHOLE, 0, PUBLIC, "Reply within", "Working days within which reports are answered; 5 where it says none.", "5", NULL, NULL, 0},
        {"prepared", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "Prepared", "Day on which the statement was prepared.", "2026-03-02", NULL, NULL, 0},
        {"reviewed", TYPE_DATE, 0, PUBLIC, "Reviewed", "Day of its last review.", "2026-04-20", NULL, NULL, 0},
        {"tested", TYPE_DATE, FIELD_REQUIRED, PUBLIC, "Tested", "Day of the last test.", "2026-04-16", NULL, NULL, 0},
        {"tested_by", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Tested by", "Who tested, and how.", "Hartmere Council, with axe-core and by keyboard", NULL, NULL, 0},
        {"problems", TYPE_TEXT, FIELD_LIST, PUBLIC, "Known problems", "What is not accessible, and which criterion it fails; needed unless fully compliant.", "", NULL, NULL, 0},
        END,
    }};

static const struct schema source = {
    "source", "Data that the portal shows and did not make.",
    (const struct schema_field[]){
        {"name", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Name", "Name of the data.", "Get Information about Schools", NULL, NULL, 0},
        {"publisher", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Publisher", "Who publishes it.", "Department for Education", NULL, NULL, 0},
        {"website", TYPE_WEB, 0, PUBLIC, "Address", "Where it is published.", "https://get-information-schools.service.gov.uk/", NULL, NULL, 0},
        {"as_at", TYPE_DATE, 0, PUBLIC, "As at", "Day at which it stood.", "2026-04-24", NULL, NULL, 0},
        {"licence", TYPE_TEXT, 0, PUBLIC, "Licence", "Open Government Licence v3.0 where it says none.", "Open Government Licence v3.0", NULL, NULL, 0},
        {"use", TYPE_TEXT, 0, PUBLIC, "Used for", "What the portal takes from it.", "Names, addresses, phases and types", NULL, NULL, 0},
        END,
    }};

static const struct schema post = {
    "route", "A quick route from the home page.",
    (const struct schema_field[]){
        {"title", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Title", "Words of the link.", "Find a school", NULL, NULL, 0},
        {"text", TYPE_TEXT, 0, PUBLIC, "Text", "What is found there.", "Its cluster, its partnership and whom to ring", NULL, NULL, 0},
        {"to", TYPE_PATH, FIELD_REQUIRED, PUBLIC, "Leads to", "A page by source path, or a folder such as offers/.", "schools/", NULL, NULL, 0},
        END,
    }};

static const struct schema home = {
    "home", "Words of the home page.",
    (const struct schema_field[]){
        {"heading", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Heading", "The largest words on the page.", "Schools that support and challenge each other", NULL, NULL, 0},
        {"lead", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Lead", "What the portal is for, in a sentence.", "Find out which partnership a school belongs to.", NULL, NULL, 0},
        {"routes", TYPE_RECORD, FIELD_LIST, PUBLIC, "Routes", "Up to four quick routes.", "", NULL, &post, 0},
        END,
    }};

static const struct schema letter_sender = {
    "sender", "Who signs the letters to schools, and whom a school may ring about one.",
    (const struct schema_field[]){
        {"name", TYPE_TEXT, FIELD_REQUIRED, OFFICERS, "Name", "Who signs.", "Dr Y. Ashcroft", NULL, NULL, 0},
        {"post", TYPE_TEXT, FIELD_REQUIRED, OFFICERS, "Post", "The post held.", "Head of School Improvement", NULL, NULL, 0},
        {"address", TYPE_TEXT, FIELD_LIST, OFFICERS, "Address", "Lines of the sender's address, without the authority's name.", "[Civic Centre, Hartmere, ZZ99 1AA]", NULL, NULL, 0},
        {"telephone", TYPE_TELEPHONE, 0, OFFICERS, "Telephone", "Number to ring.", "020 7946 0150", NULL, NULL, 0},
        {"email", TYPE_EMAIL, 0, OFFICERS, "Email", "Address to write to.", "improvement@hartmere.example", NULL, NULL, 0},
        END,
    }};

static const struct schema letters = {
    "letters", "Letters to schools about what was decided, one printable page each, in the officers' portal.",
    (const struct schema_field[]){
        {"about", TYPE_TEXT, FIELD_REQUIRED | FIELD_LIST, OFFICERS, "About", "Decisions, or outputs as decision.output, that the letter tells; a school has a letter where the first is recorded or suggested.", "[category, level]", NULL, NULL, 0},
        {"follows", TYPE_TEXT, FIELD_LIST, OFFICERS, "Follows", "Decisions, or outputs, that follow from it: quantities, offers, groups.", "[support]", NULL, NULL, 0},
        {"from", TYPE_RECORD, FIELD_REQUIRED, OFFICERS, "From", "Who signs.", "", NULL, &letter_sender, 0},
        END,
    }};

const struct schema schema_portal = {
    "portal",
    "The portal as a whole: portal.yaml.",
    (const struct schema_field[]){
        {"title", TYPE_TEXT, FIELD_REQUIRED, PUBLIC, "Title", "Name of the portal.", "Hartmere Schools Network", NULL, NULL, 0},
        {"strapline", TYPE_TEXT, 0, PUBLIC, "Strapline", "A few words under the title.", "Hartmere Council and its schools", NULL, NULL, 0},
        {"link_officer", TYPE_TEXT, 0, PUBLIC, "Link officer", "What the portal calls the officer of a school; Link officer where it says none.", "Improvement partner", NULL, NULL, 0},
        {"authority", TYPE_RECORD, FIELD_REQUIRED, PUBLIC, "Authority", "Who publishes it.", "", NULL, &authority, 0},
        {"base", TYPE_WEB, FIELD_REQUIRED, PUBLIC, "Base address", "Where the portal will live; used where an address must be whole.", "https://schools.hartmere.example/", NULL, NULL, 0},
        {"as_of", TYPE_DATE, 0, PUBLIC, "As of", "The day the portal speaks of; today where it says none.", "2026-05-01", NULL, NULL, 0},
        {"invented", TYPE_TEXT, 0, PUBLIC, "Invented", "Says on every page that the portal is a demonstration, in these words.", "Hartmere and its schools are invented.", NULL, NULL, 0},
        {"noindex", TYPE_YES_NO, 0, PUBLIC, "Not indexed", "Asks search engines to stay away; yes for a demonstration.", "yes", NULL, NULL, 0},
        {"brand", TYPE_COLOUR, 0, PUBLIC, "Brand", "The council's colour.", "\"#0b5351\"", NULL, NULL, 0},
        {"home", TYPE_RECORD, FIELD_REQUIRED, PUBLIC, "Home page", "Words of the home page.", "", NULL, &home, 0},
        {"navigation", TYPE_RECORD, FIELD_LIST | FIELD_REQUIRED, PUBLIC, "Navigation", "The menu at the top, at most six.", "", NULL, &post, 0},
        {"contacts", TYPE_RECORD, FIELD_LIST | FIELD_REQUIRED, PUBLIC, "Contacts", "Whom to ring about the portal.", "", NULL, &contact, 0},
        {"accessibility", TYPE_RECORD, FIELD_REQUIRED, PUBLIC, "Accessibility", "Facts of the accessibility statement.", "", NULL, &accessibility, 0},
        {"sources", TYPE_RECORD, FIELD_LIST, PUBLIC, "Sources", "Data that others publish.", "", NULL, &source, 0},
        {"licence", TYPE_TEXT, 0, PUBLIC, "Licence", "Under what terms the portal's own text may be used.", "Text and data may be used under the Open Government Licence v3.0.", NULL, NULL, 0},
        {"events", TYPE_RECORD, FIELD_LIST, PUBLIC, "Dates", "Network events, for the home page.", "", NULL, &event, 0},
        {"history", TYPE_CHOICE, 0, PUBLIC, "History", "What the git history of the portal's pages tells: dates (everybody the day on which a page's text last changed, officers every version; so where it says nothing), none, or public (everybody each version in which their text changed, with its day, author, message and differences).", "dates", history_choices, NULL, 0},
        {"history_from", TYPE_DATE, 0, PUBLIC, "History from", "Day from which the history counts: no day of a change before it is shown, and public history begins there.", "2026-01-05", NULL, NULL, 0},
        {"letters", TYPE_RECORD, 0, OFFICERS, "Letters", "What letters to schools are about.", "", NULL, &letters, 0},
        END,
    }};
