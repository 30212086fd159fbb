#include <config.h>

#include "show/said.h"

size_t
disclaimers_of(const struct result *r, const struct disclaimer **out, size_t max)
{
	size_t n = 0, i, j;

	for (i = 0; i < r->nhits && n < max; i++) {
		const char *soort = doc_first(&r->hits[i].doc, FIELD_SOORT);
		const struct disclaimer *d;

		if (soort == NULL || (d = list_disclaimer(soort)) == NULL)
			continue;
		for (j = 0; j < n && out[j] != d; j++)
			;
		if (j == n)
			out[n++] = d;
	}
	return n;
}
