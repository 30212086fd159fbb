#include <config.h>

#include "index/named.h"

#include <string.h>

#include "dutch/analyse.h"
#include "dutch/cite.h"
#include "dutch/docname.h"
#include "model/entry.h"

/*
 * Weights of a name, beside 5 to 50 for the words of a question.  Decided with
 * make eval and tests/bench/wetten.sh.
 */
#define NAME_WEIGHT	100	/* the question says nothing else */
#define NAME_SHARED	50	/* regelingen.tsv knows who goes first */
#define NAME_BESIDE	4	/* it has other words as well */

/* What so many documents are called names none of them. */
#define MAX_DOCS	60

/* A question, as words. */
struct words {
	struct compiler *compiler;
	const struct docnamer *namer;
	struct buf text;
	struct token t[QUERY_MAX_WORDS];
	enum docname_word kind[QUERY_MAX_WORDS];
	size_t count;
	bool is_cited;		/* as a law or number that is known */
	struct xap_query *found;	/* NULL: it names nothing yet */
};

static void
add_words(struct words *w)
{
	struct analyser *a = w->compiler->analyser;
	struct tokens tokens;
	struct token t;

	tokens_init(&tokens, a, buf_str(&w->text), w->text.len);
	while (w->count < QUERY_MAX_WORDS && tokens_next(&tokens, &t)) {
		if (t.is_extra || t.word == WORD_NONE)
			continue;
		w->kind[w->count] = docname_word(w->namer, a, t.word);
		w->t[w->count++] = t;
	}
}

static bool
add_node(struct buf *text, const struct node *n)
{
	if (n->op != NODE_WORD || n->field != NULL || n->need != NEED_NONE)
		return false;
	if (text->len > 0)
		buf_addc(text, ' ');
	buf_adds(text, n->text);
	return true;
}

/* Read a question of nothing but words; false if it is more. */
static bool
read_words(struct words *w, const struct node *node)
{
	size_t i;

	if (node->op != NODE_GROUP && !add_node(&w->text, node))
		return false;
	for (i = 0; node->op == NODE_GROUP && i < node->nkids; i++)
		if (!add_node(&w->text, node->kids[i]))
			return false;
	add_words(w);
	return w->count > 0;
}

/* Do the words from first to end say no more than a place in a regulation? */
static bool
is_beside(const struct words *w, size_t first, size_t end)
{
	for (; first < end; first++)
		if (w->kind[first] != DOCNAME_PLACE &&
		    w->kind[first] != DOCNAME_SMALL)
			return false;
	return true;
}

static bool
is_alone(const struct words *w, size_t first, size_t count)
{
	return is_beside(w, 0, first) && is_beside(w, first + count, w->count);
}

/* The weight of a name when there is nothing else. */
static double
weight_alone(const struct words *w)
{
	return w->is_cited ? NAME_SHARED : NAME_WEIGHT;
}

/* One more query for what is named, taken over. */
static void
add_found(struct words *w, struct xap_query *q)
{
	struct compiler *c = w->compiler;
	struct compiled *o = c->out;

	GROW(o->reasons, o->nreasons, o->cap_reasons);
	o->reasons[o->nreasons++] = (struct reason){
		REASON_NAME, xstrdup(buf_str(&w->text)), qb_copy(&c->qb, q)
	};
	w->found = w->found == NULL ? q :
	    qb_two(&c->qb, XAP_OR, w->found, q);
}

/* The documents that have a term, if they are few. */
static bool
take(struct words *w, const char *prefix, const char *key, double weight)
{
	struct compiler *c = w->compiler;
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	uint32_t docs;

	entry_bytes_term(prefix, key, &term);
	docs = term_docs(c, buf_str(&term));
	if (docs == 0 || docs > MAX_DOCS)
		return false;
	add_found(w, qb_fixed(&c->qb, qb_term(&c->qb, buf_str(&term)), weight));
	return true;
}

/* ---- numbers and articles ---- */

/* Is everything outside the citations a small word? */
static bool
is_citation(const struct words *w, const struct citations *found)
{
	size_t i, k;

	for (i = 0; i < w->count; i++) {
		for (k = 0; k < found->count; k++)
			if (found->items[k].begin <= w->t[i].begin &&
			    found->items[k].end >= w->t[i].end)
				break;
		if (k == found->count && w->kind[i] != DOCNAME_SMALL)
			return false;
	}
	return found->count > 0;
}

/*
 * What has the number for its own, or is the regulation of the place.  Sets
 * *is_place if a document has just that place: then no more need be named.
 */
static bool
find_cited(struct words *w, bool *is_place)
{
	struct citations found = { 0 };
	CLEAN(str_free) char *key = NULL;
	bool is_found = false;
	size_t n, parent;

	citations_find(analyser_citer(w->compiler->analyser),
	    buf_str(&w->text), w->text.len, NULL, &found);
	if (is_citation(w, &found)) {
		n = found.items[0].nkey;
		key = xstrndup(found.strings.s + found.items[0].key, n);
		*is_place = strchr(key, ':') != NULL &&
		    take(w, ENTRY_PREFIX_OWN, key, NAME_WEIGHT);
		is_found = *is_place;
		while (!is_found && !(is_found = take(w, ENTRY_PREFIX_WHOLE,
		    key, NAME_WEIGHT)) &&
		    (parent = citation_parent(key, n)) > 0)
			key[n = parent] = '\0';
	}
	citations_clear(&found);
	return is_found;
}

/* ---- titles and abbreviations ---- */

/*
 * Any title may be the whole of a question; among other words it must be that
 * of a regulation, and have two words.
 */
static bool
can_be_title(const struct words *w, size_t first, size_t count)
{
	size_t i, weighty = 0;
	bool is_law = false;

	if (w->kind[first] == DOCNAME_SMALL ||
	    w->kind[first + count - 1] == DOCNAME_SMALL)
		return false;
	if (is_alone(w, first, count))
		return !is_beside(w, first, first + count);
	for (i = first; i < first + count; i++) {
		weighty += w->kind[i] != DOCNAME_SMALL &&
		    w->kind[i] != DOCNAME_PLACE;
		is_law |= w->kind[i] == DOCNAME_LAW;
	}
	return is_law && weighty > 1;
}

static bool
find_title(struct words *w, size_t first, size_t count)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	return can_be_title(w, first, count) &&
	    docname_title_key(w->namer, w->compiler->analyser, w->t + first,
	    count, &key) && take(w, ENTRY_PREFIX_NAME, buf_str(&key),
	    is_alone(w, first, count) ? weight_alone(w) : NAME_BESIDE);
}

/*
 * An abbreviation is known as one only when there is nothing else.  The key of
 * a law often is one: so wnt is found, too, which in a text is no citation.
 */
static bool
find_acronym(struct words *w, size_t first, size_t count)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	return is_alone(w, first, count) &&
	    docname_acronym_key(w->namer, w->compiler->analyser, w->t + first,
	    count, &key) &&
	    ((!w->is_cited && take(w, ENTRY_PREFIX_WHOLE, buf_str(&key),
	    NAME_WEIGHT)) ||
	    take(w, ENTRY_PREFIX_ACRONYM, buf_str(&key), weight_alone(w)) ||
	    take(w, ENTRY_PREFIX_ACRONYM_OTHER, buf_str(&key),
	    weight_alone(w)));
}

/* The longest name there is. */
static void
find_name(struct words *w)
{
	size_t count, first;

	for (count = w->count; count > 0; count--)
		for (first = 0; first + count <= w->count; first++)
			if (find_title(w, first, count) ||
			    find_acronym(w, first, count))
				return;
}

struct xap_query *
add_named(struct compiler *c, const struct node *question,
    struct xap_query *words)
{
	struct words w = {
		.compiler = c, .namer = analyser_namer(c->analyser),
		.text = BUF_INIT,
	};
	bool is_place = false;

	if (read_words(&w, question)) {
		w.is_cited = find_cited(&w, &is_place);
		if (!is_place)
			find_name(&w);
	}
	buf_clear(&w.text);
	return w.found == NULL ? words :
	    qb_two(&c->qb, XAP_OR, words, w.found);
}
