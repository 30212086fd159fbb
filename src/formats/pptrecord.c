#include <config.h>

#include "formats/pptrecord.h"

#include "formats/le.h"

bool
ppt_record_at(const char *s, size_t n, struct ppt_record *r)
{
	if (n < 8)
		return false;
	r->is_container = (le16(s) & 0xF) == 0xF;
	r->instance = le16(s) >> 4;
	r->type = le16(s + 2);
	r->len = le32(s + 4);
	r->s = s + 8;
	return r->len <= n - 8;
}

bool
ppt_next(struct ppt_walk *w, struct ppt_record *r)
{
	while (!ppt_record_at(w->p, (size_t)(w->end - w->p), r)) {
		if (w->depth == 0)
			return false;
		w->p = w->end;
		w->end = w->ends[--w->depth];
	}
	if (r->is_container && w->depth < PPT_DEPTH) {
		w->ends[w->depth++] = w->end;
		w->p = r->s;
		w->end = r->s + r->len;
	} else
		w->p = r->s + r->len;
	return true;
}
