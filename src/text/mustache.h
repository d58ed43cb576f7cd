/* SPDX-License-Identifier: MIT */
/*
 * mustache.h: Mustache templates, compiled once and run by many threads.
 *
 * The language is the public specification (github.com/mustache/spec, version 1.4 with inheritance and dynamic
 * names, without lambdas). A template is compiled to an immutable array of operations. Two modes:
 *
 * strict (the portal's): a name is known if a map around it has the key; an unknown name is an error, in sections
 * too; a known name that is null, false, an empty list or the empty string is falsy, and the parts of null are null.
 * {{x}} is escaped, and takes any text but VALUE_HTML. {{{x}}} takes only VALUE_HTML and only in plain text. A
 * <script type="application/ld+json"> takes only {{{x}}} with VALUE_JSON. Any other tag that prints is refused, when
 * the template is compiled, in a script, a style, a comment, a tag's or attribute's name, an unquoted attribute and
 * an attribute that holds code (on..., style, srcdoc). In an attribute that holds an address (href, src, action, ...)
 * no value may give the address a scheme other than http, https, mailto or tel.
 *
 * So that this holds whatever the data are: a template begins and ends in plain text; a section's or block's body
 * ends in the place of HTML where it began; partials and parents stand in plain text (blocks anywhere that sections
 * may: in text, between attributes, in quoted values); a block that is passed is checked wherever the parent has it,
 * and must fit all of these places. Dynamic names are for partials alone ({{>*name}}), which do not see the blocks
 * passed to the templates around them. Refused too is what browsers read in two ways: half a name, a `<` apart from
 * what follows it, and anything that looks like a tag or comment in a script, a style, a title or a textarea.
 *
 * lenient (`render --lenient`): the specification as it stands; unknown names and partials are empty, {{{ }}} and &
 * take any value, no HTML context is enforced.
 *
 * What the specification leaves open, in both modes. Truth is as above; 0 is true. A line with several tags vanishes
 * when none of them prints. Of two passed blocks of one name the outermost wins, and a passed block sees the blocks
 * passed to the template it was written in, not those passed along with it.
 *
 * Sections nest at most MUSTACHE_DEPTH_MAX deep in a template, and partials, parents and passed blocks as deep while
 * rendering. A template may call itself.
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

/* Where templates come from. What it gives outlives the set. */
struct mustache_loader {
    /* The source of a name ("partials/head"), or NULL where there is none. */
    const struct source *(*find)(void *context, struct str name);
    /* Every name, for "did you mean" and to have at hand whatever a dynamic name may say. May be NULL; then a
     * dynamic name finds the templates that were compiled. */
    size_t (*names)(void *context, const struct str **names);
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

/* Compiles a template, and the partials and parents it names. NULL with diagnostics where it, or one of those, has
 * errors or is not there. Compiling the same name twice gives the same template, and no diagnostic twice. */
const struct mustache *mustache_compile(struct mustache_set *set, struct str name);

/* Appends the template's text for `data` to `out`. Working memory comes from `frame`, which the caller rewinds; `out`
 * must not be in it. Errors go to `diags`, each mistake once, with a note of `note` ("while rendering x.html") and
 * the places the template was called from. False when there were any. */
bool mustache_render(const struct mustache_set *set, const struct mustache *template,
                     const struct value *data, struct arena *frame, struct buf *out, struct diags *diags,
                     struct str note);

#endif
