/*
 * jsonput: values of reports into JSON objects; the values themselves are those
 * of show/jsonval.h.
 *
 * Used by report/.
 */
#ifndef JSONPUT_H
#define JSONPUT_H

#include <stdint.h>
#include <time.h>

#include <jansson.h>

/* A moment as UTC, ISO 8601; null for 0. */
json_t *json_moment(time_t);

void json_put_text(json_t *object, const char *key, const char *);
void json_put_size(json_t *object, const char *key, uint64_t);

#endif
