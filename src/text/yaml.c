/* SPDX-License-Identifier: MIT */
/* yaml.c: libyaml's events into a tree of values. */
#include "text/yaml.h"

#include <string.h>
#include <yaml.h>

#include "base/map.h"

struct reader {
    struct arena *arena;
    const struct source *source;
    struct diags *diags;
    yaml_parser_t parser;
    size_t base;   /* where the document begins in the source */
    size_t end;    /* and where it ends */
    bool ascii;    /* code points are bytes */
    size_t offset; /* a cursor that turns libyaml's code points into bytes: events come in order */
    size_t point;
    size_t innermost;      /* where the list or map that is being read begins */
    bool failed;           /* nothing more can be read */
    struct arena scratch;  /* for the length of one reading */
    struct value *pending; /* items and, in maps, keys of the containers that are open */
    size_t pending_count, pending_room;
    uint32_t *lines; /* where each line begins; made for the first key that is there twice */
    size_t line_count;
};

/* Bytes from code points. libyaml counts the latter, and calls them index and column. */
static size_t offset_of(struct reader *r, size_t point) {
    if (r->ascii)
        return r->end - r->base < point ? r->end : r->base + point;
    if (point < r->point) {
        r->point = 0;
        r->offset = r->base;
    }
    const char *text = r->source->text.at;
    while (r->point < point && r->offset < r->end) {
        r->offset++;
        while (r->offset < r->end && ((unsigned char)text[r->offset] & 0xC0) == 0x80)
            r->offset++;
        r->point++;
    }
    return r->offset;
}

static struct place place_of(struct reader *r, yaml_mark_t mark) {
    return place_at(r->source, offset_of(r, mark.index));
}

/* What libyaml says, and what an author needs to hear instead. Some problems are noticed long after their cause:
 * then the place is that of the context, where a quote, a bracket or a key began. */
static const struct {
    const char *problem;
    enum diag_id id;
    bool at_context;
} problems[] = {
    {"found character that cannot start any token", DIAG_YAML_START, false},
    {"did not find expected node content", DIAG_YAML_START, false},
    {"block sequence entries are not allowed in this context", DIAG_YAML_START, false},
    {"found a tab character", DIAG_YAML_TAB, false},
    {"mapping values are not allowed in this context", DIAG_YAML_COLON, false},
    {"could not find expected ':'", DIAG_YAML_NO_COLON, true},
    {"did not find expected key", DIAG_YAML_INDENT, false},
    {"did not find expected '-' indicator", DIAG_YAML_INDENT, false},
    {"found unexpected end of stream", DIAG_YAML_UNCLOSED, true},
    {"did not find expected ',' or ']'", DIAG_YAML_UNCLOSED, true},
    {"did not find expected ',' or '}'", DIAG_YAML_UNCLOSED, true},
    {"found unknown escape character", DIAG_YAML_ESCAPE, false},
    {"did not find expected hexdecimal number", DIAG_YAML_ESCAPE, false},
    {"found invalid Unicode character escape code", DIAG_YAML_ESCAPE, false},
    {"did not find expected alphabetic or numeric character", DIAG_YAML_ALIAS, true},
};

static size_t line_start(const struct reader *r, size_t offset) {
    while (offset > r->base && r->source->text.at[offset - 1] != '\n')
        offset--;
    return offset;
}

/* What stands before an offset in its line. */
static struct str line_before(const struct reader *r, size_t offset) {
    return str_sub(r->source->text, line_start(r, offset), offset);
}

/* `name: Birch` and, indented by mistake, `  phase: primary`: YAML reads on, and trips over the second colon. The line
 * that has only one is the one out of place. */
static bool is_indented_key(const struct reader *r, struct place at) {
    struct str before = line_before(r, at.offset);
    return line_start(r, at.offset) > r->base && !str_has(before, STR(": "));
}

/* The character at the place, for messages. */
static struct str character_at(const struct reader *r, struct place at) {
    size_t end = at.offset;
    if (end < r->end)
        str_next(r->source->text, &end);
    return str_sub(r->source->text, at.offset, end);
}

static void report_problem(struct reader *r) {
    r->failed = true;
    if (r->parser.error == YAML_MEMORY_ERROR) {
        diag_plain(r->diags, DIAG_YAML_MEMORY, place_file(r->source));
        return;
    }
    struct str problem = str_from(r->parser.problem);
    size_t i = 0, count = sizeof(problems) / sizeof(problems[0]);
    while (i < count && !str_starts(problem, str_from(problems[i].problem)))
        i++;
    enum diag_id id = i < count ? problems[i].id : DIAG_YAML_SYNTAX;
    bool at_context = i < count && problems[i].at_context && r->parser.context;
    struct place at = place_of(r, at_context ? r->parser.context_mark : r->parser.problem_mark);
    struct str subject = problem;
    if (id == DIAG_YAML_START) {
        subject = character_at(r, at);
        if (!subject.len) { /* the file ends in brackets */
            diag_plain(r->diags, DIAG_YAML_UNCLOSED, place_at(r->source, r->innermost));
            return;
        }
        id = subject.at[0] == '\t' ? DIAG_YAML_TAB : id;
    } else if (id == DIAG_YAML_INDENT && str_trim(line_before(r, at.offset)).len) {
        id = DIAG_YAML_AFTER;
    } else if (id == DIAG_YAML_COLON && is_indented_key(r, at)) {
        id = DIAG_YAML_INDENT;
        struct str key = str_trim(line_before(r, at.offset));
        at = place_at(r->source, (size_t)(key.at - r->source->text.at));
    }
    diag(r->diags, id, at, subject);
}

static bool next_event(struct reader *r, yaml_event_t *event) {
    if (!r->failed && yaml_parser_parse(&r->parser, event))
        return true;
    if (!r->failed)
        report_problem(r);
    memset(event, 0, sizeof(*event));
    return false;
}

/* Reports and goes on; the value is read all the same, so that later mistakes are found in the same run. */
static void refuse(struct reader *r, enum diag_id id, yaml_mark_t mark) {
    diag_plain(r->diags, id, place_of(r, mark));
}

static void refuse_anchor_and_tag(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag,
                                  yaml_mark_t mark) {
    if (anchor)
        refuse(r, DIAG_YAML_ALIAS, mark);
    if (tag)
        refuse(r, DIAG_YAML_TAG, mark);
}

/* The scalar's text: a view of the source where it stands there as it is (nearly always), else a copy. */
static struct str scalar_text(struct reader *r, const yaml_event_t *event, size_t offset) {
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    size_t at = offset + (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE);
    struct str here = str_sub(r->source->text, at, at + text.len);
    return str_eq(here, text) ? here : str_copy(r->arena, text);
}

/* `name: St Mary #1`: a plain value, white space, and a number sign without a space after it. */
static void check_cut(struct reader *r, const yaml_event_t *event) {
    struct str text = r->source->text;
    size_t i = offset_of(r, event->end_mark.index);
    size_t from = i;
    while (i < r->end && (text.at[i] == ' ' || text.at[i] == '\t'))
        i++;
    bool sign = i < r->end && text.at[i] == '#' && i > from;
    if (sign && i + 1 < r->end && !strchr(" \t\r\n#", text.at[i + 1]))
        diag(r->diags, DIAG_YAML_CUT, place_at(r->source, i), str_sub(text, i, str_find(text, '\n', i)));
}

static struct value read_scalar(struct reader *r, const yaml_event_t *event) {
    size_t offset = offset_of(r, event->start_mark.index);
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    struct value v = {.offset = (uint32_t)offset, .source = r->source, .plain = plain};
    refuse_anchor_and_tag(r, event->data.scalar.anchor, event->data.scalar.tag, event->start_mark);
    struct str text = scalar_text(r, event, offset);
    if (plain)
        check_cut(r, event);
    if (plain && (!text.len || str_eq(text, STR("~")) || str_eq(text, STR("null"))))
        return v;
    v.kind = VALUE_TEXT;
    v.text = text.at;
    v.count = (uint32_t)text.len;
    return v;
}

static void push(struct reader *r, struct value v) {
    if (r->pending_count == r->pending_room) {
        size_t room = r->pending_room ? r->pending_room * 2 : 64;
        r->pending = arena_grow(&r->scratch, r->pending, r->pending_room * sizeof(v), room * sizeof(v),
                                alignof(struct value));
        r->pending_room = room;
    }
    r->pending[r->pending_count++] = v;
}

static struct value read_value(struct reader *r, const yaml_event_t *event, int depth);

static struct value read_list(struct reader *r, struct value list, int depth) {
    size_t from = r->pending_count;
    yaml_event_t event;
    while (next_event(r, &event) && event.type != YAML_SEQUENCE_END_EVENT) {
        push(r, read_value(r, &event, depth + 1));
        yaml_event_delete(&event);
    }
    yaml_event_delete(&event);
    list.kind = VALUE_LIST;
    list.count = (uint32_t)(r->pending_count - from);
    list.items = arena_array(r->arena, struct value, list.count);
    if (list.count)
        memcpy(list.items, r->pending + from, list.count * sizeof(struct value));
    r->pending_count = from;
    return list;
}

/* The number of an offset's line. By an index, since a hostile file asks for as many as it has lines. */
static long long line_of(struct reader *r, size_t offset) {
    struct str text = r->source->text;
    for (size_t i = 0; !r->lines && i < text.len; i++)
        r->line_count += text.at[i] == '\n';
    if (!r->lines) {
        r->lines = arena_array(&r->scratch, uint32_t, r->line_count + 1);
        size_t n = 1;
        for (size_t i = 0; i < text.len; i++)
            if (text.at[i] == '\n')
                r->lines[n++] = (uint32_t)i + 1;
    }
    size_t low = 0, high = r->line_count + 1; /* the line is in [low, high) */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(r->lines[middle] <= offset ? &low : &high) = middle;
    }
    return (long long)low + 1;
}

/* Long maps are searched by a table: comparing each key with all before would be quadratic in a hostile file. */
static void check_duplicates(struct reader *r, const struct value *map) {
    struct map seen = {.arena = &r->scratch};
    for (uint32_t i = 0; i < map->count; i++) {
        struct field *f = &map->fields[i];
        bool fresh = true;
        struct field *first = f;
        if (map->count > 16)
            first = map_add(&seen, f->key, f, &fresh)->value;
        else
            for (uint32_t j = 0; j < i && fresh; j++)
                if (map->fields[j].hash == f->hash && str_eq(map->fields[j].key, f->key)) {
                    first = &map->fields[j];
                    fresh = false;
                }
        if (fresh)
            continue;
        diag(r->diags, DIAG_YAML_DUPLICATE, place_at(r->source, f->key_offset), f->key,
             str_whole(r->diags->arena, line_of(r, first->key_offset)));
    }
}

static struct value read_key(struct reader *r, const yaml_event_t *event, int depth) {
    if (event->type != YAML_SCALAR_EVENT) {
        refuse(r, DIAG_YAML_COMPLEX_KEY, event->start_mark);
        return read_value(r, event, depth + 1);
    }
    struct value key = read_scalar(r, event);
    if (key.kind != VALUE_TEXT)
        refuse(r, DIAG_YAML_COMPLEX_KEY, event->start_mark);
    else if (key.plain && str_eq(value_str(&key), STR("<<")))
        refuse(r, DIAG_YAML_MERGE, event->start_mark);
    return key;
}

static struct value read_map(struct reader *r, struct value map, int depth) {
    size_t from = r->pending_count;
    yaml_event_t event;
    while (next_event(r, &event) && event.type != YAML_MAPPING_END_EVENT) {
        push(r, read_key(r, &event, depth));
        yaml_event_delete(&event);
        if (!next_event(r, &event))
            break;
        push(r, read_value(r, &event, depth + 1));
        yaml_event_delete(&event);
    }
    yaml_event_delete(&event);
    map.kind = VALUE_MAP;
    map.count = (uint32_t)((r->pending_count - from) / 2);
    map.fields = arena_array(r->arena, struct field, map.count);
    for (uint32_t i = 0; i < map.count; i++) {
        const struct value *key = &r->pending[from + 2 * i];
        struct str name = key->kind == VALUE_TEXT ? value_str(key) : (struct str){0};
        map.fields[i] = (struct field){name, str_hash(name), key->offset, key[1]};
    }
    r->pending_count = from;
    check_duplicates(r, &map);
    return map;
}

static struct value read_container(struct reader *r, const yaml_event_t *event, struct value v, int depth) {
    size_t outer = r->innermost;
    bool list = event->type == YAML_SEQUENCE_START_EVENT;
    if (list)
        refuse_anchor_and_tag(r, event->data.sequence_start.anchor, event->data.sequence_start.tag,
                              event->start_mark);
    else
        refuse_anchor_and_tag(r, event->data.mapping_start.anchor, event->data.mapping_start.tag,
                              event->start_mark);
    r->innermost = v.offset;
    v = list ? read_list(r, v, depth) : read_map(r, v, depth);
    r->innermost = outer;
    return v;
}

static struct value read_value(struct reader *r, const yaml_event_t *event, int depth) {
    struct value v = {.offset = (uint32_t)offset_of(r, event->start_mark.index), .source = r->source};
    bool container = event->type == YAML_SEQUENCE_START_EVENT || event->type == YAML_MAPPING_START_EVENT;
    if (container && depth >= YAML_DEPTH_MAX) {
        refuse(r, DIAG_YAML_DEPTH, event->start_mark);
        r->failed = true;
    } else if (container) {
        v = read_container(r, event, v, depth);
    } else if (event->type == YAML_SCALAR_EVENT) {
        v = read_scalar(r, event);
    } else if (event->type == YAML_ALIAS_EVENT) {
        refuse(r, DIAG_YAML_ALIAS, event->start_mark);
    }
    return v;
}

static void read_document(struct reader *r, const yaml_event_t *start, struct value *out) {
    if (start->data.document_start.version_directive ||
        start->data.document_start.tag_directives.start != start->data.document_start.tag_directives.end)
        refuse(r, DIAG_YAML_DIRECTIVE, start->start_mark);
    yaml_event_t event;
    if (!next_event(r, &event))
        return;
    *out = read_value(r, &event, 0);
    yaml_event_delete(&event);
    if (next_event(r, &event)) /* the document's end */
        yaml_event_delete(&event);
}

bool yaml_read(struct arena *arena, const struct source *source, size_t from, size_t to, struct diags *diags,
               struct value *out) {
    struct reader r = {
        .arena = arena, .source = source, .diags = diags, .base = from, .end = to, .offset = from};
    r.ascii = str_is_ascii(str_sub(source->text, from, to));
    size_t errors = diags->errors;
    *out = (struct value){.source = source, .offset = (uint32_t)from};
    if (!yaml_parser_initialize(&r.parser)) {
        diag_plain(diags, DIAG_YAML_MEMORY, place_file(source));
        return false;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(to > from ? source->text.at + from : ""),
                                 to - from);
    yaml_event_t event;
    size_t documents = 0;
    bool done = false;
    while (!done && next_event(&r, &event)) {
        done = event.type == YAML_STREAM_END_EVENT;
        if (event.type == YAML_DOCUMENT_START_EVENT && documents++ == 0)
            read_document(&r, &event, out);
        else if (event.type == YAML_DOCUMENT_START_EVENT) {
            refuse(&r, DIAG_YAML_SECOND_DOCUMENT, event.start_mark);
            done = true;
        }
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&r.parser);
    arena_release(&r.scratch);
    return diags->errors == errors;
}
