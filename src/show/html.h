/*
 * html: text into HTML, and into XML (SVG), so that it stays text.
 *
 * Whatever comes from outside (paths, titles, messages, what a visitor typed)
 * is written by these functions and by no other; then the text of a page is
 * what its author wrote and nothing else.
 *
 * Used by show/ and report/.
 */
#ifndef HTML_H
#define HTML_H

#include <stddef.h>

#include "base/buf.h"

/*
 * Append as the content of an element.  Any bytes will do: they are cleaned
 * to UTF-8 (utf8_clean).  Not for what is inside <script> and <style>.
 */
void html_text(const char *, struct buf *out);
/* The same for n bytes. */
void html_slice(const char *, size_t n, struct buf *out);
/* Append as the value of an attribute, of which the quotes are the caller's. */
void html_attr(const char *, struct buf *out);

#endif
