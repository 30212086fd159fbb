#include <config.h>

#include "index/passages.h"

#include <stdlib.h>
#include <string.h>

#include "model/passage.h"
#include "xap.h"

/* Up to this many passages of each hit are shown. */
#define MAX_PASSAGES	3

/* A further passage is shown if it says this share of what the best says. */
#define PASSAGE_SHARE	0.6

/* Words that so many terms stand for are not looked up in each document. */
#define MAX_LEAF_TERMS	100

/* The positions of one leaf: the union over its terms. */
static int
spots_of(const struct store *s, uint32_t docid, const struct leaf *l,
    struct spots *out, struct error *err)
{
	size_t n = 0, i, j;
	uint32_t *all = NULL;
	struct xap_error x;

	for (i = 0; i < l->nterms && i < MAX_LEAF_TERMS; i++) {
		struct xap_list *list = NULL;
		const uint32_t *items;

		if (xap_positions(store_db(s), docid, l->terms[i],
		    strlen(l->terms[i]), &list, &x) == -1) {
			free(all);
			return store_error(&x, store_path(s), err);
		}
		items = xap_list_items(list);
		all = xrealloc(all, (n + xap_list_count(list)) * sizeof *all);
		for (j = 0; j < xap_list_count(list); j++)
			all[n++] = items[j];
		xap_list_free(&list);
	}
	/* passages_find() sorts over all leaves, so order plays no part here. */
	*out = (struct spots){ all, n, l->weight };
	return 0;
}

static void
spots_free(struct spots *spots, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free((uint32_t *)(uintptr_t)spots[i].positions);
	free(spots);
}

static int
add_passage(const struct store *s, const struct compiled *o, uint32_t docid,
    const struct layout *l, const struct stretch *stretch, struct hit *hit,
    struct error *err)
{
	size_t first = layout_chunk_of_pos(l, stretch->begin);
	size_t last = layout_chunk_of_pos(l, stretch->end);
	const struct layout_heading *h;
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct passage *p = &hit->passages[hit->npassages];

	if (store_text(s, docid, first, last, &text, err) == -1)
		return -1;
	snippet_make(store_analyser(s), buf_str(&text), text.len,
	    l->chunks[first].pos, stretch, &o->marks, first == 0,
	    last + 1 == l->nchunks, p);
	p->page = layout_page_of(l, stretch->begin);
	if ((h = layout_heading_of(l, stretch->begin)) != NULL)
		p->heading = xstrdup(h->text);
	hit->npassages++;
	return 0;
}

int
passages_read(const struct store *s, const struct compiled *o, uint32_t docid,
    struct hit *hit, struct error *err)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	struct stretch found[MAX_PASSAGES];
	size_t n = o->nleaves, i, k;
	struct spots *spots;
	int rc = 0;

	if (store_layout(s, docid, &l, err) == -1)
		return -1;
	if (l.nchunks == 0)
		return 0;
	spots = xcalloc(n, sizeof *spots);
	for (i = 0; i < n && rc == 0; i++)
		rc = spots_of(s, docid, &o->leaves[i], &spots[i], err);
	k = rc == 0 ? passages_find(spots, n, l.first_pos, found,
	    NELEM(found)) : 0;
	spots_free(spots, n);
	if (rc == 0 && k == 0)		/* nothing to show but the beginning */
		found[k++] = (struct stretch){ l.first_pos, l.first_pos, 0 };
	hit->passages = xcalloc(NELEM(found), sizeof *hit->passages);
	for (i = 0; i < k && rc == 0; i++)
		if (found[i].score >= PASSAGE_SHARE * found[0].score)
			rc = add_passage(s, o, docid, &l, &found[i], hit, err);
	return rc;
}
