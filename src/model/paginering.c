#include <config.h>

#include "model/paginering.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The last entry that begins at a page or before it; NULL if there is none. */
static const char *
entry_of(const char *paginering, uint32_t page, unsigned long *begins)
{
	const char *found = NULL, *s = paginering;
	char *end;

	for (; s != NULL && *s != '\0'; s += strcspn(s, " ")) {
		unsigned long at;

		s += strspn(s, " ");
		at = strtoul(s, &end, 10);
		if (end == s || *end != '=' || at > page)
			break;
		found = end + 1;
		*begins = at;
	}
	return found;
}

bool
paginering_label(const char *paginering, uint32_t page,
    char out[PAGINERING_BYTES])
{
	unsigned long begins = 0, first;
	const char *label = entry_of(paginering, page, &begins);
	size_t n = label != NULL ? strcspn(label, " ") : 0;

	if (n == 0 || n >= PAGINERING_BYTES)
		return false;
	if (strspn(label, "0123456789") < n) {
		snprintf(out, PAGINERING_BYTES, "%.*s", (int)n, label);
		return begins == page;
	}
	first = strtoul(label, NULL, 10);
	snprintf(out, PAGINERING_BYTES, "%lu", first + (page - begins));
	return first != begins;
}
