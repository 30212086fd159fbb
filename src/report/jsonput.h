/*
 * jsonput: values into JSON objects.
 *
 * Used by report/.
 */
#ifndef JSONPUT_H
#define JSONPUT_H

#include <stdint.h>
#include <time.h>

#include <jansson.h>

#include "base/buf.h"

/* A string of any bytes, cleaned to UTF-8; null for NULL. */
json_t *json_text(const char *);
/* A moment as UTC, ISO 8601; null for 0. */
json_t *json_moment(time_t);
/* A day YYYYMMDD as 2014-07-01; null for 0. */
json_t *json_day(int ymd);

void json_put_text(json_t *object, const char *key, const char *);
void json_put_size(json_t *object, const char *key, uint64_t);

/*
 * Append it as text, a line or, indented, several.  Takes the reference.
 */
void json_print(json_t *, size_t flags, struct buf *out);

#endif
