/*
 * output: the forms an answer can be shown in.
 *
 * An output is one file, one function and one row in outputs[].
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/query.h"
#include "model/result.h"
#include "show/site.h"

struct view {
	const struct query *query;
	const struct result *result;
	bool has_color;		/* a terminal, and no NO_COLOR */
	unsigned width;		/* of the terminal, in columns */
	const struct site *site;	/* where links lead; NULL: site_none */
	const char *made;	/* when the index was, UTC, ISO 8601; or NULL */
};

struct output {
	const char *name;	/* value of the key vorm */
	const char *mime;
	/* Append the whole answer; without hits, too, it is complete. */
	void (*render)(const struct view *, struct buf *out);
};

extern const struct output outputs[];
extern const size_t noutputs;

/* The output of that name; NULL if there is none. */
const struct output *output_by_name(const char *);
/* The same, from outside.  Returns -1 with ERROR_QUERY, which has the names. */
int output_find(const char *name, const struct output **out, struct error *);

void out_terminal(const struct view *, struct buf *);
void out_json(const struct view *, struct buf *);
void out_jsonl(const struct view *, struct buf *);
void out_csv(const struct view *, struct buf *);
void out_tsv(const struct view *, struct buf *);
void out_html(const struct view *, struct buf *);
void out_atom(const struct view *, struct buf *);

#endif
