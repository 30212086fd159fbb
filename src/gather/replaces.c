#include <config.h>

#include "gather/replaces.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"

/* How far from either end of the text documents speak of each other. */
#define HEAD_BYTES	2000
#define FOOT_BYTES	1000

/* The number stands so near the words: "vervangt de eerdere WI 2014/13". */
#define NEAR_BYTES	60

/* What stands between the numbers of a list: ", ", " en ", " alsmede ". */
#define LIST_BYTES	12

enum { COL_WOORDEN, COL_ZEGT, COL_NUMMER, NCOLS };

struct replaces {
	struct tsv table;
};

int
replaces_load(struct replaces **out, struct error *err)
{
	CLEAN(replaces_free) struct replaces *r = xcalloc(1, sizeof *r);
	size_t i;

	if (tsv_load("vervangen.tsv", NCOLS, &r->table, err) == -1)
		return -1;
	for (i = 0; i < r->table.nrow; i++) {
		const char *says = tsv_cell(&r->table, i, COL_ZEGT);
		const char *side = tsv_cell(&r->table, i, COL_NUMMER);

		if ((strcmp(says, "vervangt") != 0 && strcmp(says, "door") != 0) ||
		    (strcmp(side, "na") != 0 && strcmp(side, "voor") != 0))
			return error_set(err, ERROR_CONFIG, "vervangen.tsv: "
			    "'%s' '%s' is neither vervangt nor door, na nor "
			    "voor", says, side);
	}
	*out = r;
	r = NULL;
	return 0;
}

void
replaces_free(struct replaces **r)
{
	if (*r == NULL)
		return;
	tsv_clear(&(*r)->table);
	free(*r);
	*r = NULL;
}

uint64_t
replaces_hash(const struct replaces *r)
{
	return r->table.hash;
}

/* ---- sentences ---- */

struct sentence {
	const char *s;
	size_t n;
	struct number *numbers;	/* of series, in order */
	size_t count, cap;
};

static bool
is_letter(char c)
{
	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c & 0x80) != 0;
}

static bool
begins_word(const char *s, size_t at)
{
	return at == 0 || !(is_letter(s[at - 1]) ||
	    (s[at - 1] >= '0' && s[at - 1] <= '9'));
}

static void
find_numbers(const struct numbers *t, struct sentence *x)
{
	struct number number;
	size_t at;

	x->count = 0;
	for (at = 0; at < x->n; at++) {
		if (!begins_word(x->s, at) || x->s[at] == ' ' ||
		    !numbers_match(t, x->s + at, x->n - at, &number) ||
		    number.is_id)
			continue;
		number.end += at;
		number.at = at;
		GROW(x->numbers, x->count, x->cap);
		x->numbers[x->count++] = number;
		at = number.end - 1;
	}
}

/* The bytes that words (folded) take at s; 0 if they do not stand there. */
static size_t
match_words(const char *words, const char *s, size_t n)
{
	size_t at = 0;

	for (; *words != '\0'; words++) {
		if (*words == ' ') {
			if (at == n || is_letter(s[at]))
				return 0;
			while (at < n && !is_letter(s[at]))
				at++;
		} else {
			if (at == n || (s[at] | 0x20) != *words)
				return 0;
			at++;
		}
	}
	return at < n && is_letter(s[at]) ? 0 : at;
}

/* The longest row of the table that stands at x->s[at]. */
static size_t
find_row(const struct replaces *r, const struct sentence *x, size_t at,
    size_t *len)
{
	size_t best = SIZE_MAX, i, n;

	*len = 0;
	for (i = 0; i < r->table.nrow; i++) {
		n = match_words(tsv_cell(&r->table, i, COL_WOORDEN), x->s + at,
		    x->n - at);
		if (n > *len) {
			*len = n;
			best = i;
		}
	}
	return best;
}

static bool
is_own(const struct doc *doc, const struct number *number)
{
	const char *own = doc_first(doc, FIELD_KENMERK);

	return own != NULL && strcmp(own, number->text) == 0;
}

static void
add(struct doc *doc, const char *says, const struct number *number)
{
	bool is_door = strcmp(says, "door") == 0;
	char ***items = is_door ? &doc->vervangen_door : &doc->vervangt;
	size_t *n = is_door ? &doc->nvervangen_door : &doc->nvervangt, i;

	for (i = 0; i < *n; i++)
		if (strcmp((*items)[i], number->text) == 0)
			return;
	doc_list_add(items, n, xstrdup(number->text));
}

/* Numbers behind the words; another document's before them is the subject. */
static void
take_after(const struct sentence *x, const char *says, size_t begin,
    size_t end, struct doc *doc)
{
	size_t i, limit = end + NEAR_BYTES;

	for (i = 0; i < x->count && x->numbers[i].at < begin; i++)
		if (!is_own(doc, &x->numbers[i]))
			return;
	for (; i < x->count && x->numbers[i].at <= limit; i++) {
		if (!is_own(doc, &x->numbers[i]))
			add(doc, says, &x->numbers[i]);
		limit = x->numbers[i].end + LIST_BYTES;
	}
}

static void
take_before(const struct sentence *x, const char *says, size_t begin,
    struct doc *doc)
{
	size_t i = x->count, limit = begin;
	size_t room = NEAR_BYTES;

	while (i > 0 && x->numbers[i - 1].at >= begin)
		i--;
	for (; i > 0 && x->numbers[i - 1].end + room >= limit; i--) {
		if (!is_own(doc, &x->numbers[i - 1]))
			add(doc, says, &x->numbers[i - 1]);
		limit = x->numbers[i - 1].at;
		room = LIST_BYTES;
	}
}

static void
read_sentence(const struct replaces *r, const struct numbers *t,
    struct sentence *x, struct doc *doc)
{
	bool has_numbers = false;
	size_t at, len, row;

	for (at = 0; at < x->n; at++) {
		if (!begins_word(x->s, at) ||
		    (row = find_row(r, x, at, &len)) == SIZE_MAX)
			continue;
		/* Seldom: looking for numbers costs more than for the words. */
		if (!has_numbers)
			find_numbers(t, x);
		has_numbers = true;
		if (strcmp(tsv_cell(&r->table, row, COL_NUMMER), "na") == 0)
			take_after(x, tsv_cell(&r->table, row, COL_ZEGT), at,
			    at + len, doc);
		else
			take_before(x, tsv_cell(&r->table, row, COL_ZEGT), at,
			    doc);
		at += len - 1;
	}
}

/* A sentence ends with its line, or at a full stop with a space behind it. */
static size_t
sentence_length(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] == '\n' || (s[i] == '.' && i + 1 < n &&
		    s[i + 1] == ' ' && i > 2 && is_letter(s[i - 3])))
			return i + 1;
	return n;
}

static void
read_part(const struct replaces *r, const struct numbers *t, const char *s,
    size_t n, struct doc *doc)
{
	struct sentence x = { 0 };
	size_t at;

	for (at = 0; at < n; at += x.n) {
		x.s = s + at;
		x.n = sentence_length(x.s, n - at);
		read_sentence(r, t, &x, doc);
	}
	free(x.numbers);
}

void
replaces_find(const struct replaces *r, const struct numbers *t,
    struct doc *doc)
{
	const char *s = buf_str(&doc->text), *line;
	size_t n = doc->text.len, at;

	if (n <= HEAD_BYTES + FOOT_BYTES) {
		read_part(r, t, s, n, doc);
		return;
	}
	read_part(r, t, s, HEAD_BYTES, doc);
	at = n - FOOT_BYTES;
	if ((line = memchr(s + at, '\n', n - at)) != NULL)
		at = (size_t)(line - s) + 1;
	read_part(r, t, s + at, n - at, doc);
}
