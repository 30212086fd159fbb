/*
 * mdmarks: text that is marked up as Markdown, and what its marks hide.
 *
 * Used by format.c and markdown.c.
 */
#ifndef MDMARKS_H
#define MDMARKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Text that was written as Markdown, as far as its beginning shows: it has
 * headings of the form "# Titel" that stand as headings do, and one more mark
 * that settings and scripts with comments have not.  Text in doubt is none.
 */
bool markdown_is(const char *, size_t);

/* The level of a line "## Titel"; 0 if it is no heading. */
unsigned markdown_heading(const char *line, size_t len);
/* The line opens or closes a fence (``` or ~~~). */
bool markdown_fence(const char *line, size_t len);
/* The line is the rule between a table's head and body: |---|:--:|. */
bool markdown_table_rule(const char *line, size_t len);

/*
 * Append text without its marks: emphasis, links (their text stays),
 * pictures (their description stays), code, tags, escapes, entities.
 */
void markdown_plain(struct buf *, const char *, size_t);

#endif
