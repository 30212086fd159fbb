#include <config.h>

#include "dutch/spelldist.h"

#include <string.h>

#include "base/mem.h"

/* In tenths of an edit.  Set by hand, and checked with tests/spelling.tsv. */
#define COST_OTHER	10	/* one letter for another */
#define COST_NEAR	8	/* for one that lies beside it on the keyboard */
#define COST_MORE	10	/* a letter more or less */
#define COST_DOUBLE	5	/* the same letter twice or once */
#define COST_SWAP	6	/* two letters in the other order */
/* Beside what it costs: people know how a word begins. */
#define COST_FIRST	5

enum place { ANYWHERE, INSIDE, AT_END };

/*
 * Letters that are not heard, or that link compounds: there or not.  At the end
 * of a word they are forgotten, hardly ever added.
 */
static const struct {
	char letter;
	uint8_t cost;
	enum place place;
} unheard[] = {
	{ 'n', 6, AT_END },
	{ 's', 6, INSIDE },
	{ 'n', 7, INSIDE },
	{ 'h', 8, INSIDE },
};

/* What stands for what in Dutch misspellings, in either direction. */
static const struct rule {
	const char *a, *b;
	uint8_t cost;
	enum place place;
} rules[] = {
	/* the same sound */
	{ "ei", "ij", 4, ANYWHERE },
	{ "au", "ou", 4, ANYWHERE },
	{ "c", "k", 4, ANYWHERE },
	{ "c", "s", 6, ANYWHERE },
	{ "ch", "g", 4, ANYWHERE },
	{ "cht", "gd", 5, ANYWHERE },
	{ "d", "t", 4, ANYWHERE },
	{ "dt", "d", 4, ANYWHERE },
	{ "dt", "t", 4, ANYWHERE },
	{ "eau", "o", 6, ANYWHERE },
	{ "f", "v", 5, ANYWHERE },
	{ "i", "ie", 4, ANYWHERE },
	{ "i", "y", 5, ANYWHERE },
	{ "ij", "y", 4, ANYWHERE },
	{ "ies", "isch", 6, AT_END },
	{ "iese", "ische", 6, AT_END },
	{ "k", "q", 4, ANYWHERE },
	{ "ks", "x", 4, ANYWHERE },
	{ "ct", "x", 8, ANYWHERE },
	{ "kw", "qu", 5, ANYWHERE },
	{ "f", "ph", 5, ANYWHERE },
	{ "s", "z", 5, ANYWHERE },
	{ "s", "sch", 7, ANYWHERE },
	{ "sg", "sch", 4, ANYWHERE },
	{ "cie", "tie", 5, ANYWHERE },
	{ "sie", "tie", 5, ANYWHERE },
	{ "t", "th", 5, ANYWHERE },
	{ "ng", "nk", 6, ANYWHERE },
	{ "b", "p", 7, ANYWHERE },
	{ "v", "w", 7, ANYWHERE },
	{ "e", "i", 8, ANYWHERE },
	{ "a", "e", 9, ANYWHERE },
	{ "gn", "nj", 6, ANYWHERE },
	/* foreign names */
	{ "oe", "u", 5, ANYWHERE },
	{ "oe", "ou", 6, ANYWHERE },
	{ "j", "y", 5, ANYWHERE },
	{ "dj", "j", 6, ANYWHERE },
	{ "ch", "kh", 5, ANYWHERE },
	{ "sh", "sj", 5, ANYWHERE },
	{ "aa", "ae", 6, ANYWHERE },
};

/* The keys beside each letter's. */
static const char *const beside[26] = {
	"qwsz", "vghn", "xdfv", "serfcx", "wsdr", "drtgvc", "ftyhbv",
	"gyujnb", "ujko", "huikmn", "jiolm", "kop", "njk", "bhjm", "iklp",
	"ol", "wa", "edft", "awedxz", "rfgy", "yhji", "cfgb", "qase",
	"zsdc", "tghu", "asx",
};

/* ---- preparing ---- */

static void
use_rule(struct spelldist *d, size_t rule, const char *side, uint8_t is_swapped)
{
	size_t n = strlen(side), i;

	for (i = n; i <= d->n; i++) {
		if (memcmp(d->typed + i - n, side, n) != 0 ||
		    d->nuses[i] == SPELLDIST_MAX_RULES)
			continue;
		d->uses[i][d->nuses[i]++] = (struct spelldist_use){
			(uint8_t)rule, is_swapped
		};
	}
}

void
spelldist_init(struct spelldist *d, const char *typed, size_t n)
{
	size_t i;

	d->typed = typed;
	d->n = n;
	memset(d->places, 0, sizeof d->places);
	memset(d->nuses, 0, sizeof d->nuses);
	for (i = 0; i < n; i++)
		d->places[(unsigned char)typed[i]] |= UINT64_C(1) << i;
	for (i = 0; i < NELEM(rules); i++) {
		use_rule(d, i, rules[i].a, 0);
		use_rule(d, i, rules[i].b, 1);
	}
}

/* ---- edits ---- */

/*
 * Hyyrö's bit-vector algorithm for the restricted Damerau-Levenshtein
 * distance (2003): a column of the matrix at a time, its differences as bits.
 */
unsigned
spelldist_edits(const struct spelldist *d, const char *word, size_t n,
    unsigned limit)
{
	uint64_t up = ~UINT64_C(0), down = 0, zero = 0, last = 0;
	uint64_t end = UINT64_C(1) << (d->n - 1);
	unsigned score = (unsigned)d->n;
	size_t j;

	for (j = 0; j < n; j++) {
		uint64_t here = d->places[(unsigned char)word[j]];
		uint64_t swapped = ((~zero & here) << 1) & last;
		uint64_t right, left;

		zero = (((here & up) + up) ^ up) | here | down | swapped;
		right = down | ~(zero | up);
		left = zero & up;
		score += (right & end) != 0;
		score -= (left & end) != 0;
		if (score > limit + (n - 1 - j))
			return limit + 1;
		right = right << 1 | 1;
		left <<= 1;
		up = left | ~(zero | right);
		down = right & zero;
		last = here;
	}
	return score;
}

/* ---- cost ---- */

static int
is_in_place(enum place place, size_t begin, size_t end, size_t n)
{
	switch (place) {
	case INSIDE:
		return begin > 0 && end < n;
	case AT_END:
		return end == n;
	case ANYWHERE:
		break;
	}
	return 1;
}

static int
is_beside(char a, char b)
{
	return a >= 'a' && a <= 'z' && strchr(beside[a - 'a'], b) != NULL;
}

struct matrix {
	const struct spelldist *d;
	const char *word;
	size_t n;
	uint16_t cost[SPELL_MAX_WORD + 1][SPELL_MAX_WORD + 1];
};

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * The cost of the letter before i in s of n, which the other word has not where
 * it is at at_other; was it typed, or should it have been?
 */
static unsigned
cost_of_more(const char *s, size_t n, size_t i, size_t at_other, int is_typed)
{
	unsigned best = COST_MORE;
	size_t k;

	if (i > 1 && s[i - 1] == s[i - 2])
		return COST_DOUBLE;
	if (i == 1 && at_other == 0)
		return COST_MORE + COST_FIRST;
	for (k = 0; k < NELEM(unheard); k++)
		if (s[i - 1] == unheard[k].letter &&
		    !(is_typed && unheard[k].place == AT_END) &&
		    is_in_place(unheard[k].place, i - 1, i, n))
			best = least(best, unheard[k].cost);
	return best;
}

static unsigned
simple_edits(const struct matrix *m, size_t i, size_t j)
{
	const char *a = m->d->typed, *b = m->word;
	unsigned best = UINT16_MAX;

	if (i > 0)
		best = least(best, m->cost[i - 1][j] +
		    cost_of_more(a, m->d->n, i, j, 1));
	if (j > 0)
		best = least(best, m->cost[i][j - 1] +
		    cost_of_more(b, m->n, j, i, 0));
	if (i > 0 && j > 0)
		best = least(best, m->cost[i - 1][j - 1] +
		    (a[i - 1] == b[j - 1] ? 0u :
		    (is_beside(a[i - 1], b[j - 1]) ? COST_NEAR : COST_OTHER) +
		    (i == 1 && j == 1 ? COST_FIRST : 0u)));
	if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
		best = least(best, m->cost[i - 2][j - 2] + COST_SWAP);
	return best;
}

/* The rules whose typed side ends before i and whose other ends before j. */
static unsigned
rule_edits(const struct matrix *m, size_t i, size_t j)
{
	unsigned best = UINT16_MAX;
	size_t k;

	for (k = 0; k < m->d->nuses[i]; k++) {
		const struct spelldist_use *u = &m->d->uses[i][k];
		const struct rule *r = &rules[u->rule];
		const char *typed = u->is_swapped ? r->b : r->a;
		const char *other = u->is_swapped ? r->a : r->b;
		size_t nt = strlen(typed), no = strlen(other);

		if (no > j || memcmp(m->word + j - no, other, no) != 0 ||
		    !is_in_place(r->place, i - nt, i, m->d->n))
			continue;
		best = least(best, m->cost[i - nt][j - no] + r->cost);
	}
	return best;
}

unsigned
spelldist_cost(const struct spelldist *d, const char *word, size_t n,
    unsigned limit)
{
	struct matrix m = { .d = d, .word = word, .n = n };
	size_t i, j;

	for (i = 0; i <= d->n; i++)
		for (j = 0; j <= n; j++) {
			unsigned best = i + j == 0 ? 0 : simple_edits(&m, i, j);

			m.cost[i][j] = (uint16_t)least(best,
			    rule_edits(&m, i, j));
		}
	return least(m.cost[d->n][n], limit + 1);
}
