/*
 * page: an answer, or why there is none, as a page of HTML.
 *
 * The page needs no script and says nothing by colour alone.  With an endpoint
 * (site.base) it has a form, and every value of a facet is a link to the page
 * with that value chosen; without one it is complete in itself, style sheet
 * included, and links to documents only.
 *
 * Used by cgi/incident.c and page*.c.
 */
#ifndef PAGE_H
#define PAGE_H

#include "base/buf.h"
#include "base/error.h"
#include "show/site.h"

/* What a form may hold: the endpoint's limit of a value, in bytes. */
#define PAGE_MAX_Q	256

/*
 * Append the page for an HTTP status that is no answer (400, 404, 405, 500,
 * 503); other ones are said to be a failure.  why is for visitors, in Dutch,
 * and may hold what they typed; NULL: the fixed text of the status is enough.
 * typed is what they looked for, to be mended; NULL: nothing.  number is by
 * what the log knows of it; NULL: it does not.
 */
void page_error(const struct site *, int status, const struct error *why,
    const char *typed, const char *number, struct buf *out);

#endif
