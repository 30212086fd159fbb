#include <config.h>

#include "cgi/caps.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* What a walk over the typed text has met. */
struct tally {
	char **words;		/* folded, each once */
	size_t nwords, cap;
	size_t nall;
	size_t longest_phrase, nprefixes, nvalues;
	uint32_t widest;
	unsigned depth;
};

static void
tally_clear(struct tally *t)
{
	size_t i;

	for (i = 0; i < t->nwords; i++)
		free(t->words[i]);
	free(t->words);
	*t = (struct tally){ 0 };
}

static void
add_word(struct tally *t, const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t i;

	t->nall++;
	utf8_fold(s, n, &folded);
	for (i = 0; i < t->nwords; i++)
		if (strcmp(t->words[i], buf_str(&folded)) == 0)
			return;
	GROW(t->words, t->nwords, t->cap);
	buf_adds(&folded, "");
	t->words[t->nwords++] = buf_steal(&folded);
}

/*
 * Add the words of a text: runs of letters and digits, as anything else parts
 * them.  Returns how many there are.
 */
static size_t
add_words(struct tally *t, const char *s)
{
	const char *begin = NULL;
	size_t n = strlen(s), i, k, count = 0;
	uint32_t c;

	for (i = 0; i < n; i += k) {
		if ((k = utf8_decode(s + i, n - i, &c)) == 0)
			break;
		if (utf8_is_word(c) || utf8_is_ignorable(c)) {
			if (begin == NULL)
				begin = s + i;
			continue;
		}
		if (begin != NULL) {
			add_word(t, begin, (size_t)(s + i - begin));
			count++;
		}
		begin = NULL;
	}
	if (begin != NULL) {
		add_word(t, begin, (size_t)(s + i - begin));
		count++;
	}
	return count;
}

static void
walk(struct tally *t, const struct node *n, unsigned depth)
{
	size_t i, words = n->text != NULL ? add_words(t, n->text) : 0;

	if (depth > t->depth)
		t->depth = depth;
	if (n->op == NODE_PHRASE && words > t->longest_phrase)
		t->longest_phrase = words;
	t->nprefixes += n->op == NODE_PREFIX;
	t->nvalues += n->op == NODE_VALUE;
	if (n->op == NODE_NEAR && n->window > t->widest)
		t->widest = n->window;
	for (i = 0; i < n->nkids; i++)
		walk(t, n->kids[i], depth + 1);
}

static int
check(const struct query *q, const struct tally *t, struct error *err)
{
	/* Each level of brackets may be a group in an AND in an OR. */
	const struct {
		size_t has, may;
		const char *what;
	} caps[] = {
		{ t->nwords, CAPS_TERMS, "verschillende woorden" },
		{ t->longest_phrase, CAPS_PHRASE,
		    "woorden tussen aanhalingstekens" },
		{ t->widest, CAPS_NEAR, "woorden afstand bij NABIJ" },
		{ t->nprefixes, CAPS_PREFIXES, "woorden met een sterretje" },
		{ t->depth, 3 * CAPS_DEPTH + 3, "haakjes in elkaar" },
		{ q->nfilters + t->nvalues, CAPS_FILTERS,
		    "gekozen waarden" },
		{ q->vanaf, QUERY_SITE_RANK, "overgeslagen treffers (vanaf)" },
		{ q->aantal, QUERY_SITE_COUNT, "treffers tegelijk (aantal)" },
	};
	size_t i;

	for (i = 0; i < NELEM(caps); i++)
		if (caps[i].has > caps[i].may)
			return error_set(err, ERROR_QUERY,
			    "de vraag is te zwaar: %zu %s, hoogstens %zu",
			    caps[i].has, caps[i].what, caps[i].may);
	return 0;
}

int
caps_check(struct query *q, struct error *err)
{
	CLEAN(tally_clear) struct tally t = { 0 };

	if (q->text != NULL)
		walk(&t, q->text, 0);
	q->limits = (struct query_limits){ CAPS_EXPANSION, CAPS_WORK,
	    QUERY_LIGHT_WORK };
	return check(q, &t, err);
}

size_t
caps_words(const struct query *q)
{
	CLEAN(tally_clear) struct tally t = { 0 };

	if (q->text != NULL)
		walk(&t, q->text, 0);
	return t.nall;
}
