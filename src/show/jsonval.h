/*
 * jsonval: what naslag says, as JSON values (DESIGN.md 3).
 *
 * Used by json.c, docjson.c, openapi.c, suggest.c and report/.
 */
#ifndef JSONVAL_H
#define JSONVAL_H

#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/buf.h"
#include "model/doc.h"
#include "model/note.h"
#include "show/site.h"

/* The version of the shape, "versie". */
#define JSONVAL_VERSION 1

/* A string of any bytes, cleaned to UTF-8; null for NULL. */
json_t *jsonval_text(const char *);
json_t *jsonval_texts(char *const *, size_t n);
/* Notes, as Dutch sentences. */
json_t *jsonval_notes(const struct notes *);
/* A day; null for none and for an open end. */
json_t *jsonval_day(int ymd);
/* null for 0. */
json_t *jsonval_number(uint32_t);
/* All values of a field, an array. */
json_t *jsonval_values(const struct doc *, enum field_id);
/* Put id to ookAls and tekstherkenning into an object, as every hit has them. */
void jsonval_put_doc(json_t *object, const struct doc *, const char *geldigheid);
/* The links of one document: itself in the API, and what is published. */
json_t *jsonval_doc_links(const struct doc *, const struct site *);
/* Put links[rel] = {"href": url}. */
void jsonval_put_link(json_t *links, const char *rel, const char *url);

/* Append it as text, ended by a newline.  Takes the reference. */
void jsonval_print(json_t *, size_t flags, struct buf *out);

#endif
