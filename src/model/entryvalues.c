#include <config.h>

#include "model/entryvalues.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "model/version.h"

#define SORT_BYTES 64		/* of a title, to sort by */

static void
empty(struct entry *e)
{
	size_t i;

	for (i = 0; i < e->nvalues; i++)
		free(e->values[i].s);
	e->nvalues = 0;
}

void
entry_values_clear(struct entry *e)
{
	empty(e);
	free(e->values);
	e->values = NULL;
	e->cap_values = 0;
}

static void
add_value(struct entry *e, uint32_t slot, struct buf *value)
{
	size_t len = value->len;

	GROW(e->values, e->nvalues, e->cap_values);
	e->values[e->nvalues++] = (struct entry_value){
		slot, buf_steal(value), len
	};
}

static void
add_date(struct entry *e, uint32_t slot, int ymd)
{
	struct buf v = BUF_INIT;

	if (ymd == DATE_NONE)
		return;
	buf_addf(&v, "%08d", ymd);
	add_value(e, slot, &v);
}

static void
add_facets(struct entry *e, const struct doc *doc)
{
	struct buf v = BUF_INIT;
	enum field_id f;
	size_t i;

	for (f = 0; f < NFIELDS; f++) {
		if (fields[f].kind != FIELD_KEYWORD ||
		    !(fields[f].flags & FIELD_FACET))
			continue;
		for (i = 0; i < doc->values[f].count; i++) {
			if (i > 0)
				buf_addc(&v, ENTRY_VALUE_SEP);
			buf_adds(&v, doc->values[f].items[i].text);
		}
		buf_addc(&v, ENTRY_FIELD_SEP);
	}
	add_value(e, SLOT_FACETS, &v);
}

void
entry_values_set(struct entry *e, const struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	uint32_t slot = fields[FIELD_GELDIGHEID].slot;
	struct buf v = BUF_INIT;

	empty(e);
	utf8_fold(title, strlen(title), &v);
	if (v.len > SORT_BYTES)
		buf_cut(&v, SORT_BYTES);
	if (v.len > 0)
		add_value(e, fields[FIELD_TITEL].slot, &v);
	buf_clear(&v);
	add_date(e, fields[FIELD_DATUM].slot, doc->datum_ymd);
	add_facets(e, doc);
	if (doc->van_ymd == DATE_NONE && doc->tot_ymd == DATE_NONE) {
		buf_addc(&v, '-');
	} else {
		/* One side may be open, never absent: ranges need both. */
		int van = doc->van_ymd != DATE_NONE ? doc->van_ymd : DATE_OPEN_BEGIN;
		int tot = doc->tot_ymd != DATE_NONE ? doc->tot_ymd : DATE_OPEN_END;

		add_date(e, slot, van);
		add_date(e, slot + 1, tot);
		buf_addf(&v, "%08d%08d", van, tot);
	}
	add_value(e, SLOT_PERIOD, &v);
	version_print(doc, &v);
	if (v.len > 0)
		add_value(e, SLOT_VERSION, &v);
}
