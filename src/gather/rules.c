#include <config.h>

#include "gather/rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int
rules_load(struct rules *r, const char *name, const char *const *names,
    size_t n, struct error *err)
{
	size_t i, k;

	*r = (struct rules){ 0 };
	if (tsv_load(name, 2, &r->table, err) == -1)
		return -1;
	r->items = xcalloc(r->table.nrow + 1, sizeof *r->items);
	for (i = 0; i < r->table.nrow; i++) {
		const char *rule = tsv_cell(&r->table, i, 0);
		const char *text = tsv_cell(&r->table, i, 1);

		for (k = 0; k < n && strcmp(names[k], rule) != 0; k++)
			;
		if (k == n)
			return error_set(err, ERROR_CONFIG, "%s: no rule '%s'",
			    name, rule);
		r->items[r->count++] = (struct rules_item){ k, text, strlen(text) };
	}
	return 0;
}

void
rules_clear(struct rules *r)
{
	tsv_clear(&r->table);
	free(r->items);
	*r = (struct rules){ 0 };
}
