/*
 * cite: citations and document numbers in a text, as canonical keys.
 *
 *    Werkinstructie 2021/13, WI2021-13       wi-2021-13
 *    artikel 29, eerste lid, onder b, Vw     vw2000:art-29:1:b
 *    C2/4.4 Vc                               vc:c2/4.4
 *    ECLI:NL:RVS:2019:1234                   ecli:nl:rvs:2019:1234
 *    Richtlijn 2011/95/EU                    eu-2011/95
 *
 * A key has ancestors: vw2000:art-29:1, vw2000:art-29, vw2000.  Laws and
 * series of numbers are data: regelingen.tsv, nummers.tsv.
 *
 * Used by model/entry.c, and what asks in index/: the same for index and query.
 */
#ifndef CITE_H
#define CITE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"

struct citer;

struct citation {
	size_t begin, end;	/* bytes in the text */
	size_t key, nkey;	/* the canonical key, in strings */
};

/* Reused from text to text; free with citations_clear(). */
struct citations {
	struct citation *items;	/* by begin; a list or range gives several
				 * of the same begin and end */
	size_t count, cap;
	struct buf strings;
};

/* Returns -1 with ERROR_CONFIG if a table in data/ cannot be read. */
int citer_open(struct citer **out, struct error *);
/*
 * The same for texts as short as questions: names are read when one of their
 * letters comes up, and that two regulations share one is not found out.  Not
 * for several threads.
 */
int citer_open_for_questions(struct citer **out, struct error *);
void citer_free(struct citer **);
/* What keys depend on: the rules and the tables. */
uint64_t citer_fingerprint(const struct citer *);

/*
 * Find the citations in a text of len bytes of UTF-8.  context is the key of
 * the regulation to which articles belong that name none ("vw2000", "vc"), or
 * NULL: then these are no citations.
 */
void citations_find(const struct citer *, const char *text, size_t len,
    const char *context, struct citations *out);
void citations_clear(struct citations *);

/* The length of the key of which this one (n bytes) is a part; 0: of none. */
size_t citation_parent(const char *key, size_t n);

/*
 * The key of the regulation that a title names as its own: "Vreemdelingenwet
 * 2000", "Vw 2000 - hoofdstuk 3"; NULL if none of regelingen.tsv begins it.
 */
const char *citer_regulation(const struct citer *, const char *title);

/* A key as people write it: "artikel 29, eerste lid, onder b, Vw 2000". */
void citation_print(const struct citer *, const char *key, size_t n,
    struct buf *out);

#endif
