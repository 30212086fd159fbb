/*
 * labels: which property of a file, and which label in a text, fills what:
 * the table data/labels.tsv.
 *
 * Used by gather/portal.c, claims.c, block.c, head.c, heard.c and value.c.
 */
#ifndef LABELS_H
#define LABELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "model/doc.h"

/* What a value can be for. */
enum target {
	TARGET_ID,
	TARGET_URL,
	TARGET_TITEL,
	TARGET_SOORT,
	TARGET_SOORT_ZWAK,
	TARGET_KENMERK,
	TARGET_NUMMER,
	TARGET_NUMMER_ZWAK,
	TARGET_LAND,
	TARGET_THEMA,
	TARGET_TREFWOORD,
	TARGET_DATUM,
	TARGET_VAN,
	TARGET_TOT,
	TARGET_PERIODE,
	TARGET_TAAL,
	NTARGETS
};

struct labels;

/* Returns -1 with ERROR_CONFIG. */
int labels_load(struct labels **out, struct error *);
void labels_free(struct labels **);
uint64_t labels_hash(const struct labels *);

/* A row of the table; a smaller number is better. */
struct label {
	const char *name;
	enum target target;
	enum origin origin;
	bool is_compared;	/* with others of the target: one may be wrong */
};
const struct label *labels_row(const struct labels *, size_t row);

/*
 * The rows for a property: calls each(arg, row) for every one, in no order.
 * Case plays no part in names, and '_' is a space.
 */
void labels_of(const struct labels *, const char *name,
    void (*each)(void *arg, size_t row), void *arg);

/*
 * The label ("Geldig tot en met") that the text at s, up to end, begins with:
 * its length, the longest one's, and its row; 0 if there is none.
 */
size_t labels_at(const struct labels *, const char *s, const char *end,
    size_t *row);

#endif
