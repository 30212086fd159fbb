#include <config.h>

#include "formats/listnum.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "formats/numwords.h"

/* Beyond these, programs write digits as well. */
#define MAX_LETTERS 780
#define MAX_ROMAN 3999

void
listnum_init(struct listnum_level levels[LISTNUM_LEVELS])
{
	unsigned i;

	for (i = 0; i < LISTNUM_LEVELS; i++)
		levels[i] = (struct listnum_level){ .start = 1, .restart = i };
}

void
listnum_clear(struct listnum_level levels[LISTNUM_LEVELS])
{
	unsigned i;

	for (i = 0; i < LISTNUM_LEVELS; i++)
		free(levels[i].text);
}

/*
 * Levels above it that were not used have their first number from then on, as
 * if they had been.
 */
void
listnum_count(struct listnum_counts *c, const struct listnum_level *levels,
    unsigned level)
{
	unsigned i;

	for (i = 0; i <= level; i++) {
		if (!c->is_begun[i])
			c->n[i] = levels[i].start;
		else if (i == level)
			c->n[i]++;
		c->is_begun[i] = true;
	}
	for (; i < LISTNUM_LEVELS; i++)
		if (level < levels[i].restart)
			c->is_begun[i] = false;
}

void
listnum_set(struct listnum_counts *c, unsigned level, unsigned number)
{
	c->n[level] = number - 1;
	c->is_begun[level] = true;
}

static void
add_letters(unsigned n, char first, struct buf *b)
{
	unsigned times = (n - 1) / 26 + 1;

	while (times-- > 0)
		buf_addc(b, (char)(first + (int)((n - 1) % 26)));
}

static void
add_roman(unsigned n, bool is_upper, struct buf *b)
{
	static const struct {
		unsigned value;
		const char *lower, *upper;
	} digits[] = {
		{ 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" },
		{ 400, "cd", "CD" }, { 100, "c", "C" }, { 90, "xc", "XC" },
		{ 50, "l", "L" }, { 40, "xl", "XL" }, { 10, "x", "X" },
		{ 9, "ix", "IX" }, { 5, "v", "V" }, { 4, "iv", "IV" },
		{ 1, "i", "I" },
	};
	size_t i;

	for (i = 0; i < NELEM(digits); i++)
		for (; n >= digits[i].value; n -= digits[i].value)
			buf_adds(b, is_upper ? digits[i].upper :
			    digits[i].lower);
}

static void
add_number(unsigned n, enum listnum_format format, struct buf *b)
{
	bool is_upper = format == LISTNUM_UPPER_LETTER ||
	    format == LISTNUM_UPPER_ROMAN;

	switch (format) {
	case LISTNUM_NONE:
	case LISTNUM_BULLET:
		return;
	case LISTNUM_LOWER_LETTER:
	case LISTNUM_UPPER_LETTER:
		if (n == 0 || n > MAX_LETTERS)
			break;
		add_letters(n, is_upper ? 'A' : 'a', b);
		return;
	case LISTNUM_LOWER_ROMAN:
	case LISTNUM_UPPER_ROMAN:
		if (n == 0 || n > MAX_ROMAN)
			break;
		add_roman(n, is_upper, b);
		return;
	case LISTNUM_ORDINAL:
		buf_addf(b, "%ue", n);
		return;
	case LISTNUM_WORDS:
	case LISTNUM_ORDINAL_WORDS:
		if (n > NUMWORDS_MAX)
			break;
		numwords_print(n, format == LISTNUM_ORDINAL_WORDS, b);
		return;
	case LISTNUM_DECIMAL_ZERO:
		buf_addf(b, "%02u", n);
		return;
	case LISTNUM_DECIMAL:
		break;
	}
	buf_addf(b, "%u", n);
}

void
listnum_label(const struct listnum_counts *c,
    const struct listnum_level *levels, unsigned level, struct buf *b)
{
	const struct listnum_level *l = &levels[level];
	const char *s = l->text;

	if (s == NULL || l->format == LISTNUM_BULLET)
		return;
	for (; *s != '\0'; s++) {
		unsigned i = (unsigned)(s[0] == '%' ? s[1] - '1' :
		    LISTNUM_LEVELS);

		if (i >= LISTNUM_LEVELS) {
			buf_addc(b, *s);
			continue;
		}
		s++;
		if (i > level)
			continue;
		add_number(c->n[i], l->is_legal &&
		    levels[i].format != LISTNUM_NONE ? LISTNUM_DECIMAL :
		    levels[i].format, b);
	}
}

enum listnum_format
listnum_of_sample(const char *s, size_t n)
{
	static const struct {
		const char *sample;
		enum listnum_format format;
	} samples[] = {
		{ "1", LISTNUM_DECIMAL }, { "01", LISTNUM_DECIMAL_ZERO },
		{ "01, 02, 03, ...", LISTNUM_DECIMAL_ZERO },
		{ "a", LISTNUM_LOWER_LETTER }, { "A", LISTNUM_UPPER_LETTER },
		{ "i", LISTNUM_LOWER_ROMAN }, { "I", LISTNUM_UPPER_ROMAN },
		{ "1st", LISTNUM_ORDINAL }, { "One", LISTNUM_WORDS },
		{ "First", LISTNUM_ORDINAL_WORDS }, { "", LISTNUM_NONE },
	};
	size_t i;

	for (i = 0; i < NELEM(samples); i++)
		if (strlen(samples[i].sample) == n &&
		    memcmp(samples[i].sample, s, n) == 0)
			return samples[i].format;
	return LISTNUM_DECIMAL;
}

/* ---- lists of Word ---- */

void
listnum_lists_clear(struct listnum_lists *l)
{
	size_t i;

	for (i = 0; i < l->nnumberings; i++)
		listnum_clear(l->numberings[i].levels);
	for (i = 0; i < l->nlists; i++)
		listnum_clear(l->lists[i].own);
	free(l->numberings);
	free(l->lists);
}

struct listnum_numbering *
listnum_add_numbering(struct listnum_lists *l, long id)
{
	struct listnum_numbering *n;

	GROW(l->numberings, l->nnumberings, l->cap_numberings);
	n = &l->numberings[l->nnumberings];
	*n = (struct listnum_numbering){ .id = id, .as = l->nnumberings++ };
	listnum_init(n->levels);
	return n;
}

struct listnum_list *
listnum_add_list(struct listnum_lists *l, long id)
{
	struct listnum_list *list;
	unsigned i;

	GROW(l->lists, l->nlists, l->cap_lists);
	list = &l->lists[l->nlists++];
	*list = (struct listnum_list){ .id = id, .numbering = LISTNUM_UNSAID };
	listnum_init(list->own);
	for (i = 0; i < LISTNUM_LEVELS; i++)
		list->restart[i] = LISTNUM_UNSAID;
	return list;
}

static struct listnum_list *
find_list(struct listnum_lists *l, long id)
{
	size_t i;

	for (i = 0; i < l->nlists; i++)
		if (l->lists[i].id == id)
			return &l->lists[i];
	return NULL;
}

static struct listnum_numbering *
find_numbering(struct listnum_lists *l, long id)
{
	size_t i;

	for (i = 0; i < l->nnumberings; i++)
		if (l->numberings[i].id == id)
			return &l->numberings[l->numberings[i].as];
	return NULL;
}

void
listnum_next(struct listnum_lists *lists, long id, int level, struct buf *b)
{
	struct listnum_list *l = find_list(lists, id);
	struct listnum_numbering *n;
	struct listnum_level levels[LISTNUM_LEVELS];
	unsigned i;

	if (l == NULL || level < 0 || level >= LISTNUM_LEVELS ||
	    (n = find_numbering(lists, l->numbering)) == NULL)
		return;
	if (l->restart[level] != LISTNUM_UNSAID) {
		listnum_set(&n->counts, (unsigned)level,
		    (unsigned)l->restart[level]);
		l->restart[level] = LISTNUM_UNSAID;
	}
	for (i = 0; i < LISTNUM_LEVELS; i++)
		levels[i] = l->is_own[i] ? l->own[i] : n->levels[i];
	listnum_count(&n->counts, levels, (unsigned)level);
	listnum_label(&n->counts, levels, (unsigned)level, b);
}
