#include <config.h>

#include "gather/block.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	HEAD_BYTES = 8192,
	HEAD_LINES = 40,
	MAX_WAITING = 16,
	MAX_MISSES = 2,		/* lines between a label and its value */
	MAX_GAP_LINES = 12,	/* lines without a pair that end a block */
	DATE_WORDS = 3,		/* "1 juli 2014" */
};

/* What parts a label from its value. */
enum separator { SEP_COLON, SEP_TAB, SEP_SPACE, SEP_LINE };

struct finder {
	const struct labels *labels;
	const char *text;
	block_accepts *accepts;
	void *arg;
	struct block *out;
	/* Labels that stand alone and wait for their values. */
	struct { size_t row, at, end; } waiting[MAX_WAITING];
	size_t nwaiting, misses;
	size_t quiet;		/* lines since the last pair */
	bool is_contradicted;	/* a label came again with another value */
	bool is_sure;		/* one pair would do */
};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t';
}

static const char *
skip_spaces(const char *s, const char *end)
{
	while (s < end && is_space(*s))
		s++;
	return s;
}

/* What stands between the label that ends at *s and its value, at *s then. */
static enum separator
separator_at(const char **s, const char *end)
{
	enum separator sep = SEP_SPACE;

	for (; *s < end && (is_space(**s) || **s == ':'); ++*s) {
		if (**s == ':')
			sep = SEP_COLON;
		else if (**s == '\t' && sep == SEP_SPACE)
			sep = SEP_TAB;
	}
	return *s == end ? SEP_LINE : sep;
}

/* Where the value at s ends: at a tab, or before a label with a colon. */
static const char *
value_end(const struct labels *l, enum separator sep, const char *s,
    const char *end)
{
	const char *p, *after;
	size_t row, len;

	if (sep == SEP_TAB) {
		p = memchr(s, '\t', (size_t)(end - s));
		return p != NULL ? p : end;
	}
	if (sep != SEP_COLON)
		return end;
	for (p = s + 1; p < end; p++) {
		if (!is_space(p[-1]) || is_space(*p) ||
		    (len = labels_at(l, p, end, &row)) == 0)
			continue;
		after = skip_spaces(p + len, end);
		if (after < end && *after == ':')
			break;
	}
	for (end = p; end > s && is_space(end[-1]); end--)
		;
	return end;
}

/* A label may come again, on the next page, but not to say something else. */
static void
check_repeat(struct finder *f, size_t row, const char *value, size_t len)
{
	size_t i;

	for (i = 0; i < f->out->count; i++) {
		const struct block_pair *p = &f->out->pairs[i];

		if (p->row == row && (p->len != len ||
		    memcmp(f->text + p->value, value, len) != 0))
			f->is_contradicted = true;
	}
}

/*
 * Find a date that shares its line with something else: in a cell of its own
 * below the label, or before the text that goes on behind it.
 */
static bool
find_date(struct finder *f, enum target target, enum separator sep,
    const char **s, const char **end)
{
	const char *p, *cell;
	size_t words;

	for (cell = *s; cell < *end && sep == SEP_LINE; cell = p + 1) {
		if ((p = memchr(cell, '\t', (size_t)(*end - cell))) == NULL)
			p = *end;
		if (f->accepts(f->arg, target, cell, (size_t)(p - cell),
		    true)) {
			*s = cell;
			*end = p;
			return true;
		}
	}
	for (p = *s, words = 0; p < *end && words < DATE_WORDS; words++) {
		for (p = skip_spaces(p, *end); p < *end && !is_space(*p); p++)
			;
		if (f->accepts(f->arg, target, *s, (size_t)(p - *s), true)) {
			*end = p;
			return true;
		}
	}
	return false;
}

/* Narrow *s and *end to the value that the label promises. */
static bool
find_value(struct finder *f, enum target target, enum separator sep,
    const char **s, const char **end)
{
	size_t len = (size_t)(*end - *s);

	if (len == 0)
		return false;
	if (f->accepts(f->arg, target, *s, len, true)) {
		f->is_sure |= sep == SEP_COLON;
		return true;
	}
	if (target == TARGET_DATUM || target == TARGET_VAN ||
	    target == TARGET_TOT)
		return find_date(f, target, sep, s, end);
	return sep != SEP_SPACE &&
	    f->accepts(f->arg, target, *s, len, false);
}

/* Add a pair whose value is from s to end; it takes all from at to next. */
static struct block_pair *
add_pair(struct finder *f, size_t row, const char *s, const char *end,
    const char *at, const char *next)
{
	struct block *b = f->out;

	f->quiet = 0;
	check_repeat(f, row, s, (size_t)(end - s));
	GROW(b->pairs, b->count, b->cap);
	b->pairs[b->count] = (struct block_pair){ .row = row,
	    .value = (size_t)(s - f->text), .len = (size_t)(end - s),
	    .at = (size_t)(at - f->text), .end = (size_t)(next - f->text) };
	return &b->pairs[b->count++];
}

/* Keep a label that stands alone until its value comes. */
static bool
wait_for_value(struct finder *f, size_t row, const char *line, const char *eol)
{
	if (f->nwaiting == MAX_WAITING)
		return false;
	f->waiting[f->nwaiting].row = row;
	f->waiting[f->nwaiting].at = (size_t)(line - f->text);
	f->waiting[f->nwaiting++].end = (size_t)(eol - f->text) + 1;
	f->misses = 0;
	return true;
}

/* The pairs of a line that begins with a label; false if it has none. */
static bool
line_pairs(struct finder *f, const char *line, const char *eol)
{
	const char *s = line, *value, *end, *next;
	bool has_pair = false;
	enum separator sep;
	size_t row, len;

	for (; s < eol; s = next) {
		if ((len = labels_at(f->labels, s, eol, &row)) == 0)
			break;
		value = s + len;
		sep = separator_at(&value, eol);
		if (sep == SEP_LINE)
			return has_pair || wait_for_value(f, row, line, eol);
		end = value_end(f->labels, sep, value, eol);
		if (!find_value(f, labels_row(f->labels, row)->target, sep,
		    &value, &end))
			break;
		next = skip_spaces(end, eol);
		add_pair(f, row, value, end, s, next + (next == eol));
		has_pair = true;
	}
	return has_pair;
}

/* A line that may be what a label above it waits for. */
static void
line_value(struct finder *f, const char *line, const char *eol)
{
	const char *s = line, *end = eol, *next, *at;
	struct block_pair *p;

	if (f->nwaiting == 0)
		return;
	if (!find_value(f, labels_row(f->labels, f->waiting[0].row)->target,
	    SEP_LINE, &s, &end)) {
		if (++f->misses > MAX_MISSES)
			f->nwaiting = 0;
		return;
	}
	next = skip_spaces(end, eol);
	for (at = s; at > line && is_space(at[-1]); at--)
		;
	p = add_pair(f, f->waiting[0].row, s, end, at,
	    next + (next == eol && at == line));
	p->label_at = f->waiting[0].at;
	p->label_end = f->waiting[0].end;
	f->nwaiting--;
	memmove(f->waiting, f->waiting + 1, f->nwaiting * sizeof *f->waiting);
	f->misses = 0;
}

void
block_find(const struct labels *l, const char *text, size_t n,
    block_accepts *accepts, void *arg, struct block *out)
{
	struct finder f = { .labels = l, .text = text, .accepts = accepts,
	    .arg = arg, .out = out };
	const char *line = text, *end = text + n, *eol;
	size_t i;

	*out = (struct block){ 0 };
	for (i = 0; i < HEAD_LINES && line < end &&
	    line - text < HEAD_BYTES; i++, line = eol + 1) {
		if ((eol = memchr(line, '\n', (size_t)(end - line))) == NULL)
			break;
		if (!line_pairs(&f, line, eol))
			line_value(&f, line, eol);
		if (out->count > 0 && ++f.quiet > MAX_GAP_LINES)
			break;
	}
	if (f.is_contradicted || (out->count < 2 && !f.is_sure))
		block_clear(out);
}

void
block_clear(struct block *b)
{
	free(b->pairs);
	*b = (struct block){ 0 };
}
