/*
 * rules: a table of data/ whose rows are a rule, by its name, and a text.
 *
 * Used by shorttitle.c and title.c.
 */
#ifndef RULES_H
#define RULES_H

#include <stddef.h>

#include "base/error.h"
#include "base/tsv.h"

struct rules {
	struct tsv table;
	struct rules_item {
		size_t kind;	/* where its name stands among the names */
		const char *text;
		size_t len;
	} *items;
	size_t count;
};

/*
 * Load data file NAME; the rules are those of the n names.  Returns -1 with
 * ERROR_CONFIG; rules_clear() it all the same.
 */
int rules_load(struct rules *, const char *name, const char *const *names,
    size_t n, struct error *);
void rules_clear(struct rules *);

#endif
