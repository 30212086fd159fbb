#include <config.h>

#include "dutch/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* What characters count as. */
enum { OTHER, GAP, LETTER_A, DIGIT_0 = LETTER_A + 26, FOREIGN = DIGIT_0 + 10,
	NSYMS };

enum { GAP_MAX_BYTES = 24, NONE = 0 };

/*
 * Room from the start: what is not used takes no memory, and the regulations,
 * which need half of it, are not copied again and again.
 */
enum { NODES = 65536 };

/*
 * A tree of characters.  Names that begin with the same two characters share
 * a root; those below one node are a list.  Node 0 is no node.
 */
struct node {
	uint32_t child, next;
	uint32_t value;		/* the first, in values */
	uint8_t sym;
};

struct value {
	int value;
	uint32_t next;
};

/* A name that was not looked at yet. */
struct pending {
	const char *name;
	size_t len;
	int value;
	uint8_t first;		/* its first sym */
	bool is_put;		/* by names_put() */
};

struct names {
	bool is_lazy;
	bool is_ready[NSYMS];	/* of lazy ones: names that begin with it */
	struct pending *pending;
	size_t npending, cap_pending;
	struct node *nodes;
	size_t nnodes, cap_nodes;
	struct value *values;
	size_t nvalues, cap_values;
	uint32_t roots[NSYMS * NSYMS];
	struct names_filter filter;
};

/* Latin-1 letters from U+00C0 on as their base letters. */
static const char latin1[] =
    "aaaaaa\1ceeeeiiii\1nooooo\1ouuuuy\1\1"
    "aaaaaa\1ceeeeiiii\1nooooo\1ouuuuy\1y";

static const uint8_t ascii[128] = {
	['\t'] = GAP, ['\n'] = GAP, ['\r'] = GAP, [' '] = GAP, ['-'] = GAP,
	[','] = GAP, ['('] = GAP, [')'] = GAP, ['.'] = GAP, ['/'] = GAP,
	['_'] = GAP,
	['0'] = 28, 29, 30, 31, 32, 33, 34, 35, 36, 37,
	['A'] = 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
	19, 20, 21, 22, 23, 24, 25, 26, 27,
	['a'] = 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18,
	19, 20, 21, 22, 23, 24, 25, 26, 27,
};

#define SPACES ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '

const uint8_t names_folded[128] = {
	SPACES, SPACES, SPACES, SPACES, SPACES, SPACES,
	'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ', ' ', ' ', ' ',
	' ', ' ', ' ', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k',
	'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y',
	'z', ' ', ' ', ' ', ' ', ' ', ' ', 'a', 'b', 'c', 'd', 'e', 'f', 'g',
	'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
	'v', 'w', 'x', 'y', 'z', ' ', ' ', ' ', ' ', ' ',
};

_Static_assert(DIGIT_0 == 28, "the table of ASCII agrees");

static int
sym_of(uint32_t c)
{
	if (c < 128)
		return ascii[c];
	if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
	    (c >= 0x2010 && c <= 0x2015) || c == 0x202F)
		return GAP;
	if (c >= 0xC0 && c <= 0xFF && latin1[c - 0xC0] != '\1')
		return latin1[c - 0xC0] - 'a' + LETTER_A;
	return utf8_is_word(c) ? FOREIGN : OTHER;
}

/*
 * What stands at byte at, and where it ends.  Soft hyphens and marks before
 * it are passed over.
 */
static int
next_sym(const char *s, size_t len, size_t at, size_t *end)
{
	uint32_t c;
	size_t n;
	int i;

	for (i = 0; i < 4 && at < len; i++) {
		if ((signed char)s[at] >= 0) {
			*end = at + 1;
			return ascii[(unsigned char)s[at]];
		}
		if ((n = utf8_decode(s + at, len - at, &c)) == 0)
			break;
		at += n;
		*end = at;
		if (!utf8_is_ignorable(c) && !utf8_is_mark(c))
			return sym_of(c);
	}
	*end = at;
	return OTHER;
}

/* Bytes of what may stand between words at s; 0 for none. */
static size_t
gap_at(const char *s, size_t len, size_t at)
{
	size_t begin = at, end;
	int lines = 0;

	while (at - begin < GAP_MAX_BYTES && at < len &&
	    next_sym(s, len, at, &end) == GAP) {
		if (s[at] == '\n' && lines++ == 1)
			break;
		at = end;
	}
	return at - begin;
}

static bool
is_word_sym(int sym)
{
	return sym >= LETTER_A;
}

static bool
is_digit_sym(int sym)
{
	return sym >= DIGIT_0 && sym < FOREIGN;
}

/* ---- making ---- */

struct names *
names_new(bool is_lazy)
{
	struct names *n = xcalloc(1, sizeof *n);

	n->is_lazy = is_lazy;
	if (is_lazy)
		memset(&n->filter, 0xFF, sizeof n->filter);
	n->cap_nodes = NODES;
	n->nodes = xcalloc(n->cap_nodes, sizeof *n->nodes);
	n->nnodes = 1;
	GROW(n->values, n->nvalues, n->cap_values);
	n->nvalues = 1;
	return n;
}

void
names_free(struct names **n)
{
	if (*n == NULL)
		return;
	free((*n)->pending);
	free((*n)->nodes);
	free((*n)->values);
	free(*n);
	*n = NULL;
}

static uint32_t
child(const struct names *n, uint32_t node, int sym)
{
	uint32_t i;

	for (i = n->nodes[node].child; i != NONE; i = n->nodes[i].next)
		if (n->nodes[i].sym == sym)
			break;
	return i;
}

static uint32_t
new_node(struct names *n, int sym)
{
	GROW(n->nodes, n->nnodes, n->cap_nodes);
	n->nodes[n->nnodes] = (struct node){ .sym = (uint8_t)sym };
	return (uint32_t)n->nnodes++;
}

static uint32_t
grow_child(struct names *n, uint32_t node, int sym)
{
	uint32_t i = child(n, node, sym);

	if (i == NONE) {
		i = new_node(n, sym);
		n->nodes[i].next = n->nodes[node].child;
		n->nodes[node].child = i;
	}
	return i;
}

static void
set_value(struct names *n, uint32_t node, int value)
{
	GROW(n->values, n->nvalues, n->cap_values);
	n->values[n->nvalues] = (struct value){ value, n->nodes[node].value };
	n->nodes[node].value = (uint32_t)n->nvalues++;
}

static void
set_bit(uint32_t *bits, uint32_t bytes)
{
	uint32_t h = bytes * 2654435761U >> (32 - NAMES_FILTER_BITS);

	bits[h / 32] |= UINT32_C(1) << h % 32;
}

/* So many syms of a name decide whether it is looked for. */
enum { FILTERED = 4 };

/* What a character that counts as sym may be folded to. */
static const char *
folds_of(int sym, char own[2])
{
	if (!is_word_sym(sym))
		return " ";
	own[0] = '\0';
	if (sym < FOREIGN)
		own[0] = (char)(is_digit_sym(sym) ? sym - DIGIT_0 + '0' :
		    sym - LETTER_A + 'a');
	own[1] = '\0';
	return own;
}

/*
 * Let a name through the filter: bytes are those of its first at syms.
 * Behind a name stands no letter; behind a gap may stand more of it.
 */
static void
filter_add(struct names *n, const uint8_t *syms, size_t count, size_t at,
    uint32_t bytes)
{
	static const char folded[] = " 0123456789abcdefghijklmnopqrstuvwxyz";
	static const char behind[] = " 0123456789";
	size_t last = count == 2 ? 3 : FILTERED;
	char own[2];
	const char *c;

	if (at == last) {
		set_bit(count == 2 ? n->filter.two : n->filter.four, bytes);
		return;
	}
	if (at > 0 && at <= count && syms[at - 1] == GAP)
		c = folded;
	else
		c = at < count ? folds_of(syms[at], own) : behind;
	for (; *c != '\0'; c++)
		filter_add(n, syms, count, at + 1,
		    bytes | (uint32_t)*c << 8 * at);
}

/* Add a name as a string of syms, of which there are two at least. */
static void
add_syms(struct names *n, const uint8_t *syms, size_t count, int value)
{
	size_t root = (size_t)(syms[0] * NSYMS + syms[1]), i;
	size_t before = n->nnodes;
	bool is_known = count >= FILTERED;
	uint32_t node = n->roots[root];

	if (node == NONE)
		node = n->roots[root] = new_node(n, syms[1]);
	for (i = 2; i < count; i++) {
		node = grow_child(n, node, syms[i]);
		if (i < FILTERED && n->nnodes > before)
			is_known = false;
	}
	set_value(n, node, value);
	/* A name that begins as another one is through already. */
	if (!is_known)
		filter_add(n, syms, count, 0, 0);
}

enum { MAX_SYMS = 480 };

/* A name as syms; 0 if it is too long or too short. */
static size_t
to_syms(const char *name, size_t len, uint8_t *syms)
{
	size_t at = 0, count = 0, end;

	while (at < len && count < MAX_SYMS) {
		int sym;

		if ((signed char)name[at] >= 0) {
			sym = ascii[(unsigned char)name[at]];
			end = at + 1;
		} else
			sym = next_sym(name, len, at, &end);

		at = end;
		if (sym == GAP && (count == 0 || syms[count - 1] == GAP))
			continue;
		syms[count++] = (uint8_t)sym;
	}
	while (count > 0 && syms[count - 1] == GAP)
		count--;
	if (at < len || count < 2 || (signed char)name[0] < 0 ||
	    (signed char)name[1] < 0)
		return 0;
	return count;
}

/* Without the gap before a digit, where a letter stands before that. */
static size_t
glue(uint8_t *syms, size_t count)
{
	size_t i, k = 0;

	for (i = 0; i < count; i++)
		if (syms[i] != GAP || i == 0 || is_digit_sym(syms[i - 1]) ||
		    !is_digit_sym(syms[i + 1]))
			syms[k++] = syms[i];
	return k;
}

/* Add a name as it is, and without gaps before digits. */
static void
add_both(struct names *n, uint8_t *syms, size_t count, int value)
{
	size_t glued;

	add_syms(n, syms, count, value);
	glued = glue(syms, count);
	if (glued < count && glued > 1)
		add_syms(n, syms, glued, value);
}

static void
add_now(struct names *n, const char *name, size_t len, int value)
{
	uint8_t syms[MAX_SYMS];
	size_t count = to_syms(name, len, syms);

	if (count > 0)
		add_both(n, syms, count, value);
}

static int
put_now(struct names *n, const char *name, size_t len, int value)
{
	uint8_t syms[MAX_SYMS];
	size_t count = to_syms(name, len, syms), i;
	uint32_t node;

	if (count == 0)
		return -1;
	node = n->roots[syms[0] * NSYMS + syms[1]];
	for (i = 2; i < count && node != NONE; i++)
		node = child(n, node, syms[i]);
	if (node != NONE && n->nodes[node].value != NONE)
		return n->values[n->nodes[node].value].value;
	add_both(n, syms, count, value);
	return value;
}

/* ---- later ---- */

static void
add_later(struct names *n, const char *name, size_t len, int value,
    bool is_put)
{
	size_t at = 0;
	int first = GAP;

	while (first == GAP && at < len)
		first = next_sym(name, len, at, &at);
	GROW(n->pending, n->npending, n->cap_pending);
	n->pending[n->npending++] = (struct pending){ name, len, value,
		(uint8_t)first, is_put };
}

/* Add the names that begin with a sym, in the order in which they came. */
static void
make_ready(struct names *n, int first)
{
	size_t i;

	n->is_ready[first] = true;
	for (i = 0; i < n->npending; i++) {
		const struct pending *p = &n->pending[i];

		if (p->first != first)
			continue;
		if (p->is_put)
			put_now(n, p->name, p->len, p->value);
		else
			add_now(n, p->name, p->len, p->value);
	}
}

void
names_add(struct names *n, const char *name, size_t len, int value)
{
	if (n->is_lazy)
		add_later(n, name, len, value, false);
	else
		add_now(n, name, len, value);
}

void
names_add_list(struct names *n, const char *list, int value)
{
	size_t len;

	for (; *list != '\0'; list += len + (list[len] == ';')) {
		len = strcspn(list, ";");
		names_add(n, list, len, value);
	}
}

int
names_put(struct names *n, const char *name, size_t len, int value)
{
	if (!n->is_lazy)
		return put_now(n, name, len, value);
	add_later(n, name, len, value, true);
	return value;
}

/* ---- looking ---- */

const struct names_filter *
names_filter(const struct names *n)
{
	return &n->filter;
}

static size_t
take_values(const struct names *n, uint32_t node, size_t end, bool is_glued,
    struct name_hit *hits, size_t nhits)
{
	uint32_t v;

	for (v = n->nodes[node].value; v != NONE; v = n->values[v].next) {
		if (nhits == NAMES_HITS) {	/* the longest ones matter */
			memmove(hits, hits + 1, (nhits - 1) * sizeof *hits);
			nhits--;
		}
		hits[nhits++] = (struct name_hit){ end, n->values[v].value,
		    is_glued };
	}
	return nhits;
}

size_t
names_find(const struct names *n, const char *s, size_t len, size_t at,
    struct name_hit hits[NAMES_HITS])
{
	size_t i = at, next, nhits = 0;
	uint32_t node;
	int sym, before;

	sym = next_sym(s, len, i, &i);
	if (n->is_lazy && !n->is_ready[sym])
		make_ready((struct names *)(uintptr_t)n, sym);
	before = next_sym(s, len, i, &i);
	if (before == GAP)
		i += gap_at(s, len, i);
	node = n->roots[sym * NSYMS + before];
	while (node != NONE) {
		sym = next_sym(s, len, i, &next);
		if (n->nodes[node].value != NONE &&
		    (!is_word_sym(sym) ||
		    (is_digit_sym(sym) && !is_digit_sym(before))))
			nhits = take_values(n, node, i, is_word_sym(sym),
			    hits, nhits);
		if (sym == GAP)
			next = i + gap_at(s, len, i);
		if (next == i)
			break;
		before = sym;
		node = child(n, node, sym);
		i = next;
	}
	return nhits;
}
