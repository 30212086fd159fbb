#include <config.h>

#include "model/termlist.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"

#define MAX_TERM 245		/* Xapian's limit, in bytes */
#define HASH_TEXT 17		/* bytes that the hash takes, in print */

void
termlist_empty(struct termlist *l)
{
	l->count = 0;
	buf_cut(&l->strings, 0);
}

void
termlist_clear(struct termlist *l)
{
	free(l->items);
	buf_clear(&l->strings);
	*l = (struct termlist){ 0 };
}

void
term_print(const char *prefix, const char *s, size_t n, struct buf *out)
{
	size_t begin = out->len, room;

	buf_adds(out, prefix);
	room = MAX_TERM - (out->len - begin);
	if (n <= room) {
		buf_add(out, s, n);
		return;
	}
	buf_add(out, s, room - HASH_TEXT);
	buf_addf(out, "#%016llx",
	    (unsigned long long)hash_bytes(HASH_INIT, s, n));
}

void
termlist_add(struct termlist *l, const char *prefix, const char *s, size_t n,
    uint32_t key)
{
	unsigned char head[8] = { 0 };
	size_t at = l->strings.len, len, i;
	uint64_t h = 0;

	term_print(prefix, s, n, &l->strings);
	len = l->strings.len - at;
	memcpy(head, l->strings.s + at, len < 8 ? len : 8);
	for (i = 0; i < 8; i++)
		h = h << 8 | head[i];
	GROW(l->items, l->count, l->cap);
	l->items[l->count++] = (struct listed_term){
		h, key, (uint32_t)at, (uint32_t)len
	};
}

static const char *sort_base;

static int
compare_terms(const void *va, const void *vb)
{
	const struct listed_term *a = va, *b = vb;
	uint32_t n = a->len < b->len ? a->len : b->len;
	int c;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	c = memcmp(sort_base + a->at, sort_base + b->at, n);
	return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

void
termlist_sort(struct termlist *l)
{
	size_t n = 0, i;

	if (l->count == 0)
		return;
	sort_base = l->strings.s;
	qsort(l->items, l->count, sizeof *l->items, compare_terms);
	for (i = 1; i < l->count; i++)
		if (compare_terms(&l->items[n], &l->items[i]) != 0 && ++n < i)
			l->items[n] = l->items[i];
	l->count = n + 1;
}
