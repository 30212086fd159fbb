/*
 * xml: elements of XML, their text escaped as in html.h: what XML 1.0 forbids
 * is not among what that lets through.
 *
 * Used by the outputs that are XML: atom, opensearch, sru.
 */
#ifndef XML_H
#define XML_H

#include "base/buf.h"

/* The first line of every document. */
void xml_begin(struct buf *out);
/* Append <name>text</name> and a new line; any bytes will do. */
void xml_element(const char *name, const char *text, struct buf *out);
void xml_number(const char *name, unsigned long n, struct buf *out);
/* Append a space and name="value". */
void xml_attribute(const char *name, const char *value, struct buf *out);

#endif
