#include <config.h>

#include "formats/docfile.h"

#include <stdlib.h>

#include "formats/charset.h"
#include "formats/le.h"

/* The places in the header that say where they are. */
#define FIB_NUMBERINGS 0x2E2
#define FIB_LISTS 0x2EA

/* Bytes of a numbering, of a level without its text, of a list, of a change. */
#define NUMBERING_BYTES 28
#define LEVEL_BYTES 28
#define LIST_BYTES 16
#define CHANGE_BYTES 8

#define MAX_LISTS 4096

/* Bytes that are left; what is cut short is none. */
struct bytes {
	const char *s;
	size_t len;
};

static const char *
take(struct bytes *b, size_t n)
{
	const char *s = b->s;

	if (n > b->len)
		return NULL;
	b->s += n;
	b->len -= n;
	return s;
}

static enum listnum_format
format_of(unsigned number)
{
	static const struct {
		unsigned number;
		enum listnum_format format;
	} names[] = {
		{ 1, LISTNUM_UPPER_ROMAN }, { 2, LISTNUM_LOWER_ROMAN },
		{ 3, LISTNUM_UPPER_LETTER }, { 4, LISTNUM_LOWER_LETTER },
		{ 5, LISTNUM_ORDINAL }, { 6, LISTNUM_WORDS },
		{ 7, LISTNUM_ORDINAL_WORDS }, { 22, LISTNUM_DECIMAL_ZERO },
		{ 23, LISTNUM_BULLET }, { 255, LISTNUM_NONE },
	};
	size_t i;

	for (i = 0; i < NELEM(names); i++)
		if (names[i].number == number)
			return names[i].format;
	return LISTNUM_DECIMAL;
}

/* UTF-16, in which the characters 0 to 8 are the numbers of levels. */
static char *
level_text(const char *s, size_t n)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		if (le16(s + 2 * i) < LISTNUM_LEVELS)
			buf_addf(&b, "%%%u", le16(s + 2 * i) + 1);
		else
			charset_decode(charset_codepage(1200), s + 2 * i, 2,
			    &b);
	return xstrdup(buf_str(&b));
}

/* A level: what it is, properties that are no concern of ours, its text. */
static bool
read_level(struct bytes *b, unsigned level, struct listnum_level *l)
{
	const char *fixed = take(b, LEVEL_BYTES), *length, *text;
	unsigned flags;
	size_t n;

	if (fixed == NULL || take(b, (size_t)(unsigned char)fixed[24] +
	    (unsigned char)fixed[25]) == NULL ||
	    (length = take(b, 2)) == NULL)
		return false;
	n = le16(length);
	if ((text = take(b, 2 * n)) == NULL)
		return false;
	flags = (unsigned char)fixed[5];
	l->start = le32(fixed) & 0xFFFF;
	l->format = format_of((unsigned char)fixed[4]);
	l->is_legal = (flags & 4) != 0;
	l->restart = (flags & 8) != 0 && (unsigned char)fixed[26] < level ?
	    (unsigned char)fixed[26] : level;
	free(l->text);
	l->text = level_text(text, n);
	return true;
}

/* The numberings in a row; behind them, beyond their length, their levels. */
static void
read_numberings(struct doc_file *d)
{
	size_t len, n, i;
	const char *p = doc_table_part(d, FIB_NUMBERINGS, &len);
	struct bytes levels;

	if (p == NULL || len < 2)
		return;
	n = le16(p);
	if (n > (len - 2) / NUMBERING_BYTES || n > MAX_LISTS)
		return;
	levels.s = p + len;
	levels.len = (size_t)(d->table.s + d->table.len - levels.s);
	for (i = 0, p += 2; i < n; i++, p += NUMBERING_BYTES) {
		struct listnum_numbering *numbering =
		    listnum_add_numbering(&d->lists, (long)le32(p));
		unsigned level, last = p[26] & 1 ? 1 : LISTNUM_LEVELS;

		for (level = 0; level < last; level++)
			if (!read_level(&levels, level,
			    &numbering->levels[level]))
				return;
	}
}

/* What a list has otherwise than its numbering. */
static bool
read_change(struct bytes *b, struct listnum_list *l)
{
	const char *p = take(b, CHANGE_BYTES);
	unsigned flags, level;

	if (p == NULL)
		return false;
	flags = le32(p + 4) & 0x3F;
	if ((level = flags & 0xF) >= LISTNUM_LEVELS)
		return false;
	if (flags & 0x10)
		l->restart[level] = (int)(le32(p) & 0xFFFF);
	if (!(flags & 0x20))
		return true;
	l->is_own[level] = true;
	return read_level(b, level, &l->own[level]);
}

/* The lists in a row, behind them what each changes; they count from 1. */
void
doc_read_lists(struct doc_file *d)
{
	struct bytes b;
	const char *p, *rows;
	size_t n, i;
	unsigned k;

	read_numberings(d);
	b.s = doc_table_part(d, FIB_LISTS, &b.len);
	if (b.s == NULL || (p = take(&b, 4)) == NULL)
		return;
	n = le32(p);
	if (n > MAX_LISTS || (rows = take(&b, n * LIST_BYTES)) == NULL)
		return;
	for (i = 0; i < n; i++)
		listnum_add_list(&d->lists, (long)i + 1)->numbering =
		    (long)le32(rows + i * LIST_BYTES);
	for (i = 0; i < n; i++) {
		if (take(&b, 4) == NULL)
			return;
		for (k = (unsigned char)rows[i * LIST_BYTES + 12]; k > 0; k--)
			if (!read_change(&b, &d->lists.lists[i]))
				return;
	}
}
