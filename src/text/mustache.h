/* SPDX-License-Identifier: MIT */
/*
 * mustache.h: Mustache templates, compiled once and run by many threads.
 *
 * The language is the public specification (github.com/mustache/spec, version 1.4 with inheritance and dynamic
 * names). A template is compiled to an immutable array of operations. Two modes:
 *
 * strict (the portal's): a name is known if a map around it has the key; an unknown name is an error, in sections
 * too; a known name that is null, false, an empty list or the empty string is falsy. {{x}} is escaped by where it
 * stands: text, or a quoted attribute. {{{x}}} takes only VALUE_HTML and only in text. A <script
 * type="application/ld+json"> takes only VALUE_JSON. Any other interpolation in a script, a style, a tag's name or an
 * unquoted attribute is refused when the template is compiled. In an attribute that holds an address (href, src,
 * action, ...) a value must not begin with a scheme other than http, https, mailto or tel. Dynamic names ({{>*name}})
 * only where the text around is plain text.
 *
 * lenient (`render --lenient`): the specification as it stands; unknown names and partials are empty, {{{ }}} and &
 * take any value, no HTML context is enforced.
 *
 * Partials are looked up when the template is compiled, through the set; nesting is at most MUSTACHE_DEPTH_MAX deep.
 * In strict mode a partial is followed at compile time to learn the HTML context it leaves behind, so a partial in
 * strict mode must begin and end in plain text or be used in one context only.
 */
#ifndef SIGNPOST_TEXT_MUSTACHE_H
#define SIGNPOST_TEXT_MUSTACHE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"
#include "text/value.h"

#define MUSTACHE_DEPTH_MAX 64

struct mustache; /* one compiled template */

/* Where templates come from: gives the source of a name ("partials/head"), or NULL where there is none. */
struct mustache_loader {
    const struct source *(*find)(void *context, struct str name);
    void *context;
};

/* The templates of a run, by name. Built on one thread; const, and shared, while rendering. */
struct mustache_set {
    struct arena *arena;
    struct mustache_loader loader;
    bool lenient;
    struct diags *diags; /* of compiling */
    struct map templates;
};

/* Compiles a template and, first, the partials and parents it names. NULL with diagnostics where it has errors or is
 * not there. Compiling the same name twice gives the same template. */
const struct mustache *mustache_compile(struct mustache_set *set, struct str name);

/* Appends the template's text for `data` to `out`. Working memory comes from `frame`, which the caller rewinds.
 * Errors (strict) go to `diags` with the stack of templates and `note`, which says what is being rendered; false
 * when there were any. */
bool mustache_render(const struct mustache_set *set, const struct mustache *template,
                     const struct value *data, struct arena *frame, struct buf *out, struct diags *diags,
                     struct str note);

#endif
