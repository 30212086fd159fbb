/*
 * result: one answer, however it is shown.
 */
#ifndef RESULT_H
#define RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/doc.h"
#include "model/fields.h"
#include "model/note.h"
#include "model/validity.h"

/* A marked part of a passage: code points of its text, end excluded. */
struct mark {
	uint32_t begin, end;
};

struct passage {
	char *text;		/* one line of plain text */
	struct mark *marks;
	size_t nmarks;
	uint32_t page;		/* 0: the document has no pages */
	char *heading;		/* NULL: under none */
};

/* A part of the question that a hit was found by. */
struct hit_reason {
	const char *kind;	/* Dutch: "woord", "verwijzing" */
	char *text;
	double weight;		/* of its score */
};

struct hit {
	unsigned rank;		/* from 1 */
	double score;
	struct doc doc;		/* without text */
	enum validity validity;	/* on the date of reference */
	char *replaced_by;	/* kenmerk, or id, of the version that took
				 * its place; NULL if none did */
	struct passage *passages;
	size_t npassages;
	struct hit_reason *reasons;	/* when they were asked for */
	size_t nreasons;
};

struct facet_value {
	char *value;
	uint32_t docs;
	bool is_chosen;
};

struct facet {
	const struct field *field;
	struct facet_value *values;	/* most documents first */
	size_t nvalues, cap_values;
};

struct result {
	uint32_t total;		/* exact */
	uint32_t with_all_words;
	struct hit *hits;
	size_t nhits;
	struct facet *facets;	/* one for each facet field, in their order */
	size_t nfacets;
	char *correction;	/* the question as it may have been meant */
	struct notes notes;
	uint32_t coverage_documents;	/* files of the corpus */
	uint32_t coverage_unsearchable;	/* of which the text is not searchable */
	uint32_t generation;
};

void result_clear(struct result *);

/* Set up an empty facet for every facet field. */
void result_init_facets(struct result *);
/* The facet of a field; NULL if the field is none. */
struct facet *result_facet(struct result *, enum field_id);
/* Count docs more documents for a value (n bytes). */
void facet_add(struct facet *, const char *value, size_t n, uint32_t docs);
/*
 * Take in the packed facet values of a group of documents (entry.h, slot 30)
 * for one facet, or for all keyword facets if only is NULL.
 */
void result_count_packed(struct result *, const struct field *only,
    const char *packed, size_t n, uint32_t docs);
/* The same for a packed period (slot 31), on a date of reference. */
void result_count_period(struct result *, const char *packed, size_t n,
    uint32_t docs, int peil_ymd);
/* Put the values in order: most documents first, then by value. */
void result_sort_facets(struct result *);

#endif
