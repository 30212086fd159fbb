#include <config.h>

#include "formats/pdfoutline.h"

#include <stdlib.h>

#include "base/mem.h"

/* Of an outline that goes round in circles so much is read. */
#define MAX_ITEMS 10000
#define MAX_DEPTH 16

/* Where an item leads to; page 0 if not to a place in this document. */
static void
find_place(PopplerDocument *doc, const PopplerDest *dest,
    struct pdf_item *item)
{
	PopplerDest *found = NULL;

	if (dest != NULL && dest->type == POPPLER_DEST_NAMED)
		dest = found = dest->named_dest == NULL ? NULL :
		    poppler_document_find_dest(doc, dest->named_dest);
	if (dest != NULL && dest->page_num > 0) {
		item->page = (unsigned)dest->page_num;
		item->up = (dest->type == POPPLER_DEST_XYZ &&
		    dest->change_top) || dest->type == POPPLER_DEST_FITH ?
		    (float)dest->top : 0;
	}
	if (found != NULL)
		poppler_dest_free(found);
}

static void
add_item(PopplerDocument *doc, PopplerIndexIter *at, unsigned level,
    struct pdf_lines *l)
{
	PopplerAction *action = poppler_index_iter_get_action(at);
	struct pdf_item item = { .level = level };

	if (action == NULL)
		return;
	if (action->type == POPPLER_ACTION_GOTO_DEST &&
	    action->any.title != NULL)
		find_place(doc, action->goto_dest.dest, &item);
	if (item.page > 0) {
		item.title = xstrdup(action->any.title);
		GROW(l->items, l->nitems, l->cap_items);
		l->items[l->nitems++] = item;
	}
	poppler_action_free(action);
}

static void
read_items(PopplerDocument *doc, PopplerIndexIter *at, unsigned level,
    unsigned *left, struct pdf_lines *l)
{
	do {
		PopplerIndexIter *child;

		if (*left == 0)
			return;
		--*left;
		add_item(doc, at, level, l);
		if (level < MAX_DEPTH &&
		    (child = poppler_index_iter_get_child(at)) != NULL) {
			read_items(doc, child, level + 1, left, l);
			poppler_index_iter_free(child);
		}
	} while (poppler_index_iter_next(at));
}

void
pdf_outline_read(PopplerDocument *doc, struct pdf_lines *l)
{
	PopplerIndexIter *first = poppler_index_iter_new(doc);
	unsigned left = MAX_ITEMS;

	if (first == NULL)
		return;
	read_items(doc, first, 1, &left, l);
	poppler_index_iter_free(first);
}
