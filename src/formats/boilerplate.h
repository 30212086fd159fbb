/*
 * boilerplate: what stands on a page but is not its text.
 *
 * The tables of elements, classes, phrases and labels that government pages
 * and print-outs are framed with.  A new site is a few new rows.
 *
 * Used by html.c, text.c, pdf.c and its parts.
 */
#ifndef BOILERPLATE_H
#define BOILERPLATE_H

#include <stdbool.h>
#include <stddef.h>

/* A class or id attribute that marks navigation, tools, icons, cookie bars. */
bool boilerplate_class(const char *classes);
/* A class attribute that marks a block of properties of the document. */
bool boilerplate_is_metadata(const char *classes);
/* A role attribute that marks a part of the page that is not its content. */
bool boilerplate_role(const char *role);

/*
 * A line that holds only phrases of the page frame ("Alles uitklappen | Print").
 * White space in it is folded.
 */
bool boilerplate_line(const char *line, size_t len);

/*
 * A line at the top or bottom of a printed page that is not its text:
 * "Pagina 1 van 3", "Voor intern gebruik | Pagina 1 van 3", "VERTROUWELIJK".
 */
bool boilerplate_running(const char *line, size_t len);

/* "3", "xii": nothing but a number, as pages have below or above. */
bool boilerplate_number(const char *, size_t len);

/* A label of the portal's own property lists ("Geldig van"), without colon. */
bool boilerplate_label(const char *label, size_t len);
/* The length of one, with a colon and spaces behind it or not; 0: it is none. */
size_t boilerplate_label_length(const char *, size_t len);
/* A line that begins with one and its colon: "Geldig van: 1 juli 2014". */
bool boilerplate_is_labelled(const char *line, size_t len);

/*
 * wetten.overheid.nl's line above a regulation: "Wettelijke regelingen |
 * Geldend van 2015-07-15 t/m heden".  The period is "van 2015-07-15 t/m heden".
 */
bool boilerplate_period(const char *line, size_t len, const char **period,
    size_t *period_len);

#endif
