/* SPDX-License-Identifier: MIT */
/*
 * feel_name.c: what a name stands for.
 *
 * FEEL's names may have spaces, so where one ends is known only by knowing the names. The innermost that knows some words
 * from here has them, the longest first: the variables and entries of the expression, the fields of the items that a filter
 * goes through, then the scope, whose names may have dots.
 */
#include "policy/feel_priv.h"

#define NAME_PARTS_MAX 8

static const struct feel_token *token_at(const struct feel_parser *p, size_t i) {
    return &p->tokens.items[i < p->tokens.count ? i : p->tokens.count - 1];
}

static bool is_word(const struct feel_parser *p, size_t i) {
    return token_at(p, i)->kind == TOKEN_WORD;
}

size_t feel_word_count(const struct feel_parser *p, size_t from) {
    size_t n = 0;
    while (n < NAME_PARTS_MAX && is_word(p, from + n))
        n++;
    return n;
}

struct str feel_words(const struct feel_parser *p, size_t from, size_t count) {
    if (count == 1)
        return token_at(p, from)->text;
    struct buf out = {.arena = p->arena};
    for (size_t i = 0; i < count; i++) {
        if (i)
            buf_byte(&out, ' ');
        buf_add(&out, token_at(p, from + i)->text);
    }
    return buf_str(&out);
}

/* ---- keys of several words ---- */

void feel_key_add(struct feel_parser *p, struct str key) {
    if (str_find(key, ' ', 0) < key.len)
        map_add(&p->keys, key, NULL, NULL);
}

static bool knows_key(const struct feel_parser *p, struct str key) {
    if (str_eq(key, STR("start included")) || str_eq(key, STR("end included")))
        return true;
    for (size_t i = 0; i < p->keys.count; i++)
        if (str_eq(p->keys.items[i].key, key))
            return true;
    return false;
}

size_t feel_key_words(const struct feel_parser *p, size_t from) {
    size_t n = feel_word_count(p, from);
    while (n > 1 && !knows_key(p, feel_words(p, from, n)))
        n--;
    return n ? n : 1;
}

/* ---- dotted names ---- */

/* A chain of words with dots between them, without spaces, so that the name `a` and its path `.b` are told from the name
 * `a.b` only by who knows it. */
static struct str dotted(const struct feel_parser *p, size_t from, size_t parts) {
    if (parts == 1)
        return token_at(p, from)->text;
    struct buf out = {.arena = p->arena};
    for (size_t i = 0; i < parts; i++) {
        if (i)
            buf_byte(&out, '.');
        buf_add(&out, token_at(p, from + 2 * i)->text);
    }
    return buf_str(&out);
}

static size_t dotted_count(const struct feel_parser *p, size_t from) {
    size_t n = 1;
    while (n < NAME_PARTS_MAX && token_at(p, from + 2 * n - 1)->kind == TOKEN_DOT && is_word(p, from + 2 * n))
        n++;
    return n;
}

/* Either of the two who know dotted names. */
struct knower {
    const struct feel_scope *scope;
    const struct feel_record_class *class;
};

/* How many tokens from `from` are the longest name known; 0: none. */
static size_t find_dotted(const struct feel_parser *p, struct knower who, size_t from, struct str *name,
                          struct feel_name *out) {
    for (size_t n = dotted_count(p, from); n; n--) {
        *name = dotted(p, from, n);
        *out = (struct feel_name){0};
        if (who.scope ? who.scope->find(who.scope->context, *name, out)
                      : who.class->find(who.class, *name, out))
            return 2 * n - 1;
    }
    return 0;
}

/* ---- resolving ---- */

static struct feel_node *variable(struct feel_parser *p, const struct feel_local *local, struct place at) {
    struct feel_node *node = feel_node_new(p, FEEL_VARIABLE, at, NULL, 0);
    node->name = local->name;
    node->slot = local->slot;
    node->type = local->type;
    return node;
}

static struct feel_node *path(struct feel_parser *p, const struct feel_node *of, struct str name,
                              struct place at) {
    struct feel_node *node = feel_node_of(p, FEEL_PATH, at, of);
    if (node)
        node->name = name;
    return node;
}

/* The type of a field of what `of` is: of each item, where it is a list. */
static void set_field_type(struct feel_parser *p, struct feel_node *node, const struct feel_node *of,
                           const struct feel_name *name) {
    node->bound = name->bound;
    if (of->type.type != FEEL_LIST) {
        node->type = name->type;
        return;
    }
    struct feel_static *item = arena_new(p->arena, struct feel_static);
    *item = name->type;
    node->type = (struct feel_static){.type = FEEL_LIST, .item = item};
}

static bool may_have_fields(const struct feel_static *type) {
    return type->type == FEEL_NULL || type->type == FEEL_UNKNOWN || type->type == FEEL_CONTEXT;
}

/* What the words from the next token are in `local` and beyond it, and how many tokens that takes. NULL, and nothing said,
 * where nobody knows them. */
static struct feel_node *resolve(struct feel_parser *p, const struct feel_local *local, size_t *taken);

static struct feel_node *resolve_scope(struct feel_parser *p, size_t *taken) {
    struct str text;
    struct feel_name name;
    *taken = p->scope ? find_dotted(p, (struct knower){.scope = p->scope}, p->next, &text, &name) : 0;
    if (!*taken)
        return NULL;
    struct feel_node *node = feel_node_new(p, FEEL_NAME, feel_place(p, token_at(p, p->next)), NULL, 0);
    node->name = text;
    node->bound = name.bound;
    node->type = name.type;
    return node;
}

static struct feel_node *resolve_field(struct feel_parser *p, const struct feel_local *local, size_t *taken) {
    struct place at = feel_place(p, token_at(p, p->next));
    struct str text;
    struct feel_name name;
    *taken = find_dotted(p, (struct knower){.class = local->type.record}, p->next, &text, &name);
    if (!*taken)
        return NULL;
    const struct feel_node *item = variable(p, local, at);
    struct feel_node *node = path(p, item, text, at);
    if (node)
        set_field_type(p, node, item, &name);
    return node;
}

/* Nothing is known of the items: a name may be a key of theirs, and else what it is outside. */
static struct feel_node *resolve_shadowed(struct feel_parser *p, const struct feel_local *local,
                                          size_t *taken) {
    struct place at = feel_place(p, token_at(p, p->next));
    size_t words = feel_key_words(p, p->next), outer_taken = 0;
    bool is_item = words == 1 && str_eq(token_at(p, p->next)->text, local->name);
    if (is_item && token_at(p, p->next + 1)->kind == TOKEN_DOT) {
        *taken = 1; /* of `item.x` the item is the item, even where it has a key of that name */
        return variable(p, local, at);
    }
    struct feel_node *field = path(p, variable(p, local, at), feel_words(p, p->next, words), at);
    struct feel_node *outer = is_item ? variable(p, local, at) : resolve(p, local->outer, &outer_taken);
    *taken = is_item ? 1 : outer_taken > words ? outer_taken : words;
    if (!outer || !field || (!is_item && outer_taken < words))
        return field;
    return outer_taken > words ? outer : feel_node_of(p, FEEL_SHADOWED, at, field, outer);
}

static struct feel_node *resolve(struct feel_parser *p, const struct feel_local *local, size_t *taken) {
    for (; local; local = local->outer) {
        struct feel_node *node = NULL;
        if (local->item && may_have_fields(&local->type))
            return resolve_shadowed(p, local, taken);
        for (*taken = feel_word_count(p, p->next); *taken; --*taken)
            if (str_eq(feel_words(p, p->next, *taken), local->name))
                return variable(p, local, feel_place(p, token_at(p, p->next)));
        if (local->item && local->type.record)
            node = resolve_field(p, local, taken);
        if (node)
            return node;
    }
    return resolve_scope(p, taken);
}

/* ---- names that nobody knows ---- */

static struct str nearest_name(const struct feel_parser *p, struct str name) {
    struct str nearest = {0};
    for (const struct feel_local *local = p->locals; local && !nearest.len; local = local->outer) {
        nearest = str_nearest(name, &local->name, 1);
        if (!nearest.len && local->item && local->type.record && local->type.record->nearest)
            nearest = local->type.record->nearest(local->type.record, name);
    }
    if (!nearest.len && p->scope && p->scope->nearest)
        nearest = p->scope->nearest(p->scope->context, name);
    return nearest;
}

/* `level > and`: a word that joins values is no name of one. */
static bool joins_values(struct str word) {
    static const char *const words[] = {"and", "or", "in", "between", "then", "else", "satisfies", "return"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_eq(word, str_from(words[i])))
            return true;
    return false;
}

static void say_unknown(struct feel_parser *p) {
    size_t words = feel_word_count(p, p->next);
    struct place at = feel_place(p, token_at(p, p->next));
    p->failed = true;
    if (joins_values(token_at(p, p->next)->text)) {
        diag(p->diags, DIAG_FEEL_SYNTAX, at, STR("a value"), STR(""));
        return;
    }
    if (token_at(p, p->next + words)->kind == TOKEN_OPEN) {
        struct str name = feel_words(p, p->next, words);
        diag(p->diags, DIAG_FEEL_FUNCTION, at, name, feel_builtin_nearest(name));
        return;
    }
    struct str name = dotted(p, p->next, dotted_count(p, p->next));
    struct str nearest = nearest_name(p, name);
    if (!nearest.len && dotted_count(p, p->next) > 1)
        nearest = nearest_name(p, name = token_at(p, p->next)->text);
    diag(p->diags, DIAG_FEEL_NAME, at, name, nearest);
}

struct feel_node *feel_read_name(struct feel_parser *p) {
    size_t taken = 0;
    struct feel_node *node = resolve(p, p->locals, &taken);
    if (node)
        p->next += taken;
    else if (!p->failed)
        say_unknown(p);
    return node;
}

/* ---- fields ---- */

static const struct feel_record_class *class_of(const struct feel_static *type) {
    if (type->type == FEEL_RECORD)
        return type->record;
    return type->type == FEEL_LIST && type->item && type->item->type == FEEL_RECORD ? type->item->record
                                                                                    : NULL;
}

static struct feel_node *read_known_field(struct feel_parser *p, const struct feel_node *of,
                                          const struct feel_record_class *class) {
    const struct feel_token *token = token_at(p, p->next);
    struct str text;
    struct feel_name name;
    size_t taken = find_dotted(p, (struct knower){.class = class}, p->next, &text, &name);
    if (!taken) {
        struct str nearest = class->nearest ? class->nearest(class, token->text) : (struct str){0};
        diag(p->diags, DIAG_FEEL_FIELD, feel_place(p, token), class->name, token->text, nearest);
        p->failed = true;
        return NULL;
    }
    struct feel_node *node = path(p, of, text, feel_place(p, token));
    if (node)
        set_field_type(p, node, of, &name);
    p->next += taken;
    return node;
}

struct feel_node *feel_read_field(struct feel_parser *p, const struct feel_node *of) {
    const struct feel_token *token = token_at(p, p->next);
    const struct feel_record_class *class = class_of(&of->type);
    if (token->kind != TOKEN_WORD) {
        diag(p->diags, DIAG_FEEL_SYNTAX, feel_place(p, token), STR("a name"), STR(""));
        p->failed = true;
        return NULL;
    }
    if (class)
        return read_known_field(p, of, class);
    size_t words = feel_key_words(p, p->next);
    struct feel_node *node = path(p, of, feel_words(p, p->next, words), feel_place(p, token));
    p->next += words;
    if (node && of->type.type == FEEL_LIST)
        node->type = (struct feel_static){.type = FEEL_LIST};
    else if (node &&
             (of->type.type == FEEL_DATE || of->type.type == FEEL_MONTHS || of->type.type == FEEL_TIME))
        node->type = (struct feel_static){.type = FEEL_NUMBER};
    return node;
}
