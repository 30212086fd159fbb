#include <config.h>

#include "dutch/compound.h"

#include "base/mem.h"
#include "base/tsv.h"
#include "dutch/lexicon.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define WORD_MAX 64		/* bytes; a longer word is not split */
#define WORD_MIN 6
#define PART_MIN 3

/*
 * The values of a split's parts are added up, less CUT for each of them; it
 * must be worth more than LEAST.  Both as in tools/samenstellingen.py, which
 * makes the values: measured with them, they change with them.
 */
#define CUT 16
#define LEAST (-6)
#define BY_HAND 60	/* an exception that is never split: more than its parts */

struct compounds {
	struct lexicon *parts;
	struct lexicon *exceptions;
};

/* What inflection may add to a word of the exceptions. */
static const char *const endings[] = { "", "s", "n", "en", "e" };

/* The best way to a place in the word: where its last part begins. */
struct step {
	int value;
	uint8_t from;
	uint8_t base;
	bool is_reached;
};

static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : -1;
}

static size_t
link_letters(const struct lexicon_row *r)
{
	int n = r->nvalue == 3 ? digit(r->value[2]) : 0;

	return n > 0 && (size_t)n < r->nform ? (size_t)n : 0;
}

/* -1: not a left part, or not a right one. */
static int
value(const struct lexicon_row *r, bool is_right)
{
	return r->nvalue >= 2 ? digit(r->value[is_right]) : -1;
}

static bool
is_split(const struct lexicon_row *r)
{
	return memchr(r->value, '|', r->nvalue) != NULL;
}

static bool
is_ending(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < NELEM(endings); i++)
		if (strlen(endings[i]) == n && memcmp(endings[i], s, n) == 0)
			return true;
	return false;
}

/*
 * The split of an exception, "volk+s|gezondheid", to a word with its ending.
 * One that does not spell its word is none.
 */
static void
split_by_hand(const struct lexicon_row *r, size_t n, struct compound *out)
{
	struct compound_part *p = out->parts;
	uint8_t at = 0;
	size_t i;

	*p = (struct compound_part){ 0 };
	for (i = 0; i < r->nvalue; i++) {
		if (r->value[i] == '+') {
			p->base = at;
		} else if (r->value[i] == '|') {
			p->end = at;
			if (p->base == 0)
				p->base = at;
			if (p + 1 == out->parts + COMPOUND_MAX_PARTS)
				return;
			*++p = (struct compound_part){ .begin = at };
		} else if (at == r->nform || r->value[i] != r->form[at++]) {
			return;
		}
	}
	p->base = p->end = (uint8_t)n;
	if (at == r->nform)
		out->nparts = (size_t)(p - out->parts) + 1;
}

/* Whether the word, or what it inflects, stands in the exceptions. */
static bool
find_exception(const struct compounds *c, const char *w, size_t n,
    struct compound *out)
{
	struct lexicon_row r;

	if (!lexicon_longest(c->exceptions, w, n, &r) ||
	    !is_ending(w + r.nform, n - r.nform))
		return false;
	if (is_split(&r))
		split_by_hand(&r, n, out);
	return true;
}

static void
reach(struct step *steps, size_t from, size_t base, size_t to, int worth)
{
	struct step *s = &steps[to];

	worth += steps[from].value - CUT;
	if (s->is_reached && worth <= s->value)
		return;
	*s = (struct step){ .value = worth, .from = (uint8_t)from,
		.base = (uint8_t)base, .is_reached = true };
}

/* Go on from a place with each part that begins there. */
static void
parts_from(const struct compounds *c, const char *w, size_t n, size_t from,
    struct step *steps)
{
	struct lexicon_row r;
	size_t most = n - from;

	for (; most >= PART_MIN && lexicon_longest(c->exceptions, w + from, most,
	    &r) && r.nform >= PART_MIN; most = r.nform - 1)
		if (!is_split(&r) && (from > 0 || r.nform < n))
			reach(steps, from, from + r.nform, from + r.nform,
			    BY_HAND);
	for (most = n - from; most >= PART_MIN && lexicon_longest(c->parts,
	    w + from, most, &r) && r.nform >= PART_MIN; most = r.nform - 1) {
		size_t to = from + r.nform;
		int worth = value(&r, to == n);

		if (worth >= 0 && (to == n || n - to >= PART_MIN))
			reach(steps, from, to == n ? n : to - link_letters(&r),
			    to, worth);
	}
}

/* Whether the table says of this very word that it is no compound. */
static bool
is_simple(const struct compounds *c, const char *w, size_t n)
{
	struct lexicon_row r;

	return lexicon_longest(c->parts, w, n, &r) && r.nform == n &&
	    (value(&r, true) >= 0 || r.value[0] == '.');
}

/* The compounds among the parts: those that the table has. */
static void
find_larger(const struct compounds *c, const char *w, struct compound *out)
{
	struct lexicon_row r;
	size_t i, j;

	for (i = 0; i < out->nparts; i++)
		for (j = i + 1; j < out->nparts; j++) {
			const struct compound_part *a = &out->parts[i];
			const struct compound_part *z = &out->parts[j];
			size_t n = (size_t)(z->base - a->begin);

			if (j - i + 1 == out->nparts ||
			    out->nlarger == COMPOUND_MAX_PARTS ||
			    !lexicon_longest(c->parts, w + a->begin, n, &r) ||
			    r.nform != n || r.value[0] != '=')
				continue;
			out->larger[out->nlarger++] = (struct compound_part){
				a->begin, z->base, z->end };
		}
}

/*
 * 1. A word of the exceptions, and one the table calls simple, is done.
 * 2. From the left, find the most valuable chain of left parts to each place.
 * 3. The whole must end in a right part and be worth enough.
 */
void
compounds_split(const struct compounds *c, const char *w, size_t n,
    struct compound *out)
{
	struct step steps[WORD_MAX + 1] = { { .is_reached = true } };
	size_t at, nparts = 0;

	out->nparts = out->nlarger = 0;
	if (n < WORD_MIN || n > WORD_MAX || find_exception(c, w, n, out) ||
	    is_simple(c, w, n))
		goto done;
	for (at = 0; at + PART_MIN <= n; at++)
		if (steps[at].is_reached)
			parts_from(c, w, n, at, steps);
	if (!steps[n].is_reached || steps[n].value <= LEAST)
		return;
	for (at = n; at > 0; at = steps[at].from)
		nparts++;
	if (nparts < 2 || nparts > COMPOUND_MAX_PARTS)
		return;
	out->nparts = nparts;
	for (at = n; at > 0; at = steps[at].from)
		out->parts[--nparts] = (struct compound_part){
			steps[at].from, steps[at].base, (uint8_t)at };
done:
	if (out->nparts > 2)
		find_larger(c, w, out);
}

int
compounds_open(struct compounds **out, struct error *err)
{
	CLEAN(compounds_free) struct compounds *c = xcalloc(1, sizeof *c);

	if (lexicon_open("samenstellingen.tsv", &c->parts, err) == -1 ||
	    lexicon_open("samenstellingen-uitzonderingen.tsv",
	    &c->exceptions, err) == -1)
		return -1;
	*out = c;
	c = NULL;
	return 0;
}

void
compounds_free(struct compounds **c)
{
	if (*c == NULL)
		return;
	lexicon_free(&(*c)->parts);
	lexicon_free(&(*c)->exceptions);
	free(*c);
	*c = NULL;
}

uint64_t
compounds_fingerprint(const struct compounds *c)
{
	const uint64_t of[] = { CUT, (uint64_t)LEAST, BY_HAND,
		lexicon_hash(c->parts), lexicon_hash(c->exceptions) };

	return hash_bytes(HASH_INIT, of, sizeof of);
}
