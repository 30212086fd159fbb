#include <config.h>

#include "gather/head.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "gather/block.h"

enum {
	NUMBER_LINES = 8,	/* at the head of a text */
	PLAIN_LINES = 3,	/* of those, ones that need be no heading */
	MAX_NUMBER_LINE = 300,
};

/* Cut the bytes from at to end; a heading among them vanishes, a page stays. */
static void
cut_text(struct doc *doc, size_t at, size_t end)
{
	struct buf *text = &doc->text;
	size_t i, n = 0;

	memmove(text->s + at, text->s + end, text->len - end);
	buf_cut(text, text->len - (end - at));
	for (i = 0; i < doc->nmarks; i++) {
		struct doc_mark m = doc->marks[i];

		if (m.at >= end)
			m.at -= end - at;
		else if (m.at >= at && m.level > 0)
			continue;
		else if (m.at > at)
			m.at = at;
		else if (m.level > 0 && m.at + m.len >= end)
			m.len -= (uint32_t)(end - at);
		doc->marks[n++] = m;
	}
	doc->nmarks = n;
}

static int
compare_pairs(const void *va, const void *vb)
{
	const struct block_pair *a = va, *b = vb;

	return (a->row > b->row) - (a->row < b->row);
}

static void
put_pairs(const struct tables *t, const struct block *block,
    struct heard *heard, struct doc *doc)
{
	const struct label *label;
	const char *value;
	size_t i;

	for (i = 0; i < block->count; i++) {
		const struct block_pair *p = &block->pairs[i];

		label = labels_row(t->labels, p->row);
		value = doc->text.s + p->value;
		heard_value(heard, t, label, value, p->len, ORIGIN_TEXT);
		if (!value_is_known(doc, label->target))
			value_put(t, doc, label->target, value, p->len,
			    ORIGIN_TEXT);
	}
}

struct range {
	size_t at, end;
};

static int
compare_ranges(const void *va, const void *vb)
{
	const struct range *a = va, *b = vb;

	return (a->at < b->at) - (a->at > b->at);
}

/* Cut a block from the text, from its end to its beginning. */
static void
cut_block(const struct block *block, struct doc *doc)
{
	struct range *ranges = xcalloc(2 * block->count, sizeof *ranges);
	size_t i, n = 0;

	for (i = 0; i < block->count; i++) {
		const struct block_pair *p = &block->pairs[i];

		ranges[n++] = (struct range){ p->at, p->end };
		if (p->label_end > p->label_at)
			ranges[n++] = (struct range){ p->label_at,
			    p->label_end };
	}
	qsort(ranges, n, sizeof *ranges, compare_ranges);
	for (i = 0; i < n; i++)
		cut_text(doc, ranges[i].at, ranges[i].end);
	free(ranges);
}

static bool
accepts(void *arg, enum target target, const char *s, size_t n, bool is_sure)
{
	return value_accepts(arg, target, s, n, is_sure);
}

void
head_take_block(const struct tables *t, struct heard *heard, struct doc *doc)
{
	CLEAN(block_clear) struct block block = { 0 };

	block_find(t->labels, buf_str(&doc->text), doc->text.len,
	    accepts, (void *)(uintptr_t)t, &block);
	if (block.count == 0)
		return;
	qsort(block.pairs, block.count, sizeof *block.pairs, compare_pairs);
	put_pairs(t, &block, heard, doc);
	if (block.count > 1)
		cut_block(&block, doc);
}

static bool
is_heading(const struct doc *doc, size_t at)
{
	size_t i;

	for (i = 0; i < doc->nmarks && doc->marks[i].at <= at; i++)
		if (doc->marks[i].at == at && doc->marks[i].level > 0)
			return true;
	return false;
}

void
head_take_number(const struct tables *t, struct heard *heard,
    struct doc *doc)
{
	const char *line = buf_str(&doc->text), *start = line, *eol;
	struct number number;
	size_t i, n;

	for (i = 0; i < NUMBER_LINES; i++, line = eol + 1) {
		if ((eol = strchr(line, '\n')) == NULL)
			return;
		n = (size_t)(eol - line);
		if (n > MAX_NUMBER_LINE ||
		    !numbers_match(t->numbers, line, n, &number))
			continue;
		if (!is_heading(doc, (size_t)(line - start)) &&
		    (i >= PLAIN_LINES || !number_leads(&number, line, n)))
			continue;
		if (!number.is_id) {
			heard_say(heard, FIELD_KENMERK, number.text, "text");
			doc_add(doc, FIELD_KENMERK, number.text, ORIGIN_TEXT);
		} else if (doc->id == NULL)
			doc->id = xstrdup(number.text);
	}
}
