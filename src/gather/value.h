/*
 * value: one value, as a file or a text gives it, into the field it is for.
 *
 * Used by gather/portal.c, claims.c, head.c and heard.c.
 */
#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "gather/labels.h"
#include "gather/language.h"
#include "gather/numbers.h"
#include "gather/replaces.h"
#include "gather/soort.h"
#include "gather/title.h"
#include "model/doc.h"

/* All that values are read with. */
struct tables {
	struct labels *labels;
	struct numbers *numbers;
	struct titles *titles;
	struct soorten *soorten;
	struct languages *languages;
	struct replaces *replaces;
};

/* Whether what the target is for has been filled. */
bool value_is_known(const struct doc *, enum target);

/* Read the n bytes at s as a target and put it in *doc, as doc_add() does. */
void value_put(const struct tables *, struct doc *doc, enum target,
    const char *s, size_t n, enum origin);

/*
 * Whether a value that stands with a label in a text can be what the label
 * promises; is_sure asks for a value that could hardly be anything else.
 */
bool value_accepts(const struct tables *, enum target, const char *s, size_t n,
    bool is_sure);

/*
 * Add the countries that are named in a title or file name, by their names
 * only: "De Syriër" and "in" name none.
 */
void value_put_countries(struct doc *, const char *s, size_t n, enum origin);

#endif
