#include <config.h>

#include "index/widen.h"

#include <stdlib.h>
#include <string.h>

#include "dutch/cite.h"
#include "dutch/expand.h"
#include "index/correct.h"
#include "index/store.h"
#include "index/words.h"
#include "model/entry.h"

/*
 * Weights beside that of the words typed, decided with the judged queries
 * (make eval).
 */
#define OWN_WEIGHT	4.0	/* the document that has this number itself */
#define OWN_PARENT_WEIGHT 2.0	/* that this is a part of */
#define CITED_WEIGHT	1.5	/* a document that cites it */
#define CITED_PARENT_WEIGHT 0.4
#define CITED_WORDS	0.2	/* the words of a citation, as words */
#define SAME_WEIGHT	0.8	/* another name for the same */
#define KIN_WEIGHT	0.5	/* a wider or related word */
#define SAME_FROM	0.7	/* of a table's weight: is it the same? */
#define PAIR_SHARE	0.3	/* of the documents, at most, have a word */
#define JOINED_WEIGHT	SAME_WEIGHT	/* asielzoeker for asiel zoeker */
#define NEAR_WEIGHT	0.4	/* neighbours in the question near each other */

/* Within so many words, their own two included. */
#define NEAR_WORDS	8

/* A name of several words may have others between them. */
#define NAME_GAP	2

#define MAX_EXPANSIONS	64

/* A number that more documents have is the name of none. */
#define MAX_NAMED	50

struct run {
	struct typed words[QUERY_MAX_WORDS];
	size_t count;
	struct buf text;
};

/* ---- alternatives ---- */

/* What count words mean together is an alternative for each of them. */
static void
add_to_words(struct compiler *c, struct run *r, size_t first, size_t count,
    struct xap_query *q, struct xap_query *title, double weight, uint32_t docs,
    enum reason_kind kind, const char *text)
{
	size_t i;

	for (i = first; i < first + count; i++)
		unit_add(c, r->words[i].unit, qb_copy(&c->qb, q),
		    title == NULL ? NULL : qb_copy(&c->qb, title), weight,
		    docs, kind, text);
	xap_query_free(&q);
	xap_query_free(&title);
}

/* Tell the visitor, once. */
static void
note_also(struct compiler *c, const char *text)
{
	struct compiled *o = c->out;
	size_t i;

	for (i = 0; i < o->nalso; i++)
		if (strcmp(o->also[i], text) == 0)
			return;
	GROW(o->also, o->nalso, o->cap_also);
	o->also[o->nalso++] = xstrdup(text);
}

/* ---- citations ---- */

/* Tell the visitor that a number is not there, rather than what it is. */
static void
note_absent(struct compiler *c, const char *text)
{
	struct compiled *o = c->out;

	GROW(o->notes, o->nnotes, o->cap_notes);
	o->notes[o->nnotes++] = xasprintf("Geen document is of noemt %s.", text);
}

struct cited {
	struct xap_query *query;	/* NULL: nothing has it */
	uint32_t docs;
};

/* Documents with the key as their own, or citing it. */
static void
add_key(struct compiler *c, struct cited *out, const char *key, double own,
    double cited)
{
	static const char *const prefixes[] = {
		ENTRY_PREFIX_OWN, ENTRY_PREFIX_CITED
	};
	const double weights[] = { own, cited };
	struct leaf *l;
	struct xap_query *q;
	size_t i;

	for (i = 0; i < NELEM(prefixes); i++) {
		l = leaf_new(c);
		if (!leaf_add(c, l, prefixes[i], key)) {
			leaves_cut(c->out, c->out->nleaves - 1);
			continue;
		}
		q = qb_scale(&c->qb, leaf_query(c, l, XAP_OR), weights[i]);
		out->query = out->query == NULL ? q :
		    qb_two(&c->qb, XAP_OR, out->query, q);
		if (l->docs > out->docs)
			out->docs = l->docs;
	}
}

/* Note the few documents that have the key as their own. */
static void
note_named(struct compiler *c, const char *key)
{
	CLEAN(str_free) char *term = xasprintf("%s%s", ENTRY_PREFIX_OWN, key);
	struct compiled *o = c->out;
	struct xap_list *list = NULL;
	struct xap_error x;
	size_t i;

	if (term_docs(c, term) > MAX_NAMED)
		return;
	if (xap_postings(store_db(c->store), term, strlen(term), &list,
	    &x) == -1) {
		qb_fail(&c->qb, &x);
		return;
	}
	for (i = 0; i < xap_list_count(list); i++) {
		GROW(o->named, o->nnamed, o->cap_named);
		o->named[o->nnamed++] = xap_list_items(list)[i];
	}
	xap_list_free(&list);
}

/* A citation, and at less weight what it is a part of, save a whole law. */
static struct cited
find_key(struct compiler *c, const char *key, size_t n)
{
	CLEAN(str_free) char *s = xstrndup(key, n);
	struct cited out = { NULL, 0 };

	note_named(c, s);
	add_key(c, &out, s, OWN_WEIGHT, CITED_WEIGHT);
	while ((n = citation_parent(s, n)) > 0 && strchr(s, ':') != NULL) {
		s[n] = '\0';
		if (strchr(s, ':') == NULL && out.query != NULL)
			break;
		add_key(c, &out, s, OWN_PARENT_WEIGHT, CITED_PARENT_WEIGHT);
	}
	return out;
}

static void
add_citation(struct compiler *c, struct run *r, const struct citations *found,
    const struct citation *cite)
{
	const char *key = found->strings.s + cite->key;
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct cited cited = find_key(c, key, cite->nkey);
	size_t first = r->count, count = 0, i;

	for (i = 0; i < r->count; i++)
		if (r->words[i].begin < cite->end &&
		    r->words[i].end > cite->begin) {
			if (count++ == 0)
				first = i;
		}
	citation_print(analyser_citer(c->analyser), key, cite->nkey, &text);
	for (i = first; i < first + count; i++)
		r->words[i].is_cited = true;
	if (cited.query == NULL) {
		note_absent(c, buf_str(&text));
		return;
	}
	for (i = first; i < first + count; i++) {
		struct unit *u = r->words[i].unit;

		u->factor = CITED_WORDS;
		u->is_cited = true;
		unit_boost(c, u, qb_copy(&c->qb, cited.query),
		    1 / (double)count, true, REASON_CITED, buf_str(&text));
		u->docs = cited.docs;
		u->weight = unit_weight(c, cited.docs) / (double)count;
	}
	xap_query_free(&cited.query);
}

static void
add_citations(struct compiler *c, struct run *r)
{
	struct citations found = { 0 };
	size_t i;

	citations_find(analyser_citer(c->analyser), buf_str(&r->text),
	    r->text.len, NULL, &found);
	for (i = 0; i < found.count; i++)
		add_citation(c, r, &found, &found.items[i]);
	citations_clear(&found);
}

/* ---- neighbours ---- */

/* The words of a pair written as one: asielzoeker for asiel zoeker. */
static struct leaf *
leaf_of_joined(struct compiler *c, const struct token *left,
    const struct token *right, struct buf *text)
{
	static const char *const links[] = { "", "s", "e", "en", "n", "er" };
	CLEAN(buf_clear) struct buf word = BUF_INIT;
	struct leaf *l = leaf_new(c);
	size_t i, n;

	for (i = 0; i < NELEM(links); i++) {
		word_id closed, stem;
		const char *s;

		buf_cut(&word, 0);
		buf_addf(&word, "%s%s%s",
		    word_string(c->analyser, left->word, NULL), links[i],
		    word_string(c->analyser, right->word, NULL));
		if (word.len > ANALYSE_MAX_WORD)
			continue;
		closed = word_intern(c->analyser, word.s, word.len);
		stem = word_stem(c->analyser, closed);
		s = word_string(c->analyser, stem, NULL);
		n = l->nterms;
		leaf_add(c, l, "Z", s);
		leaf_add(c, l, "", s);
		if (l->nterms == n)
			continue;
		highlight_add_stem(&c->out->marks, stem);
		if (text->len == 0)
			buf_adds(text, word.s);
	}
	return l;
}

/*
 * Neighbours in the question that are neighbours in the text, or one word
 * there: what BM25 cannot see in a long document.
 */
static void
add_pair(struct compiler *c, struct run *r, size_t first)
{
	const struct typed *a = &r->words[first], *b = a + 1;
	size_t nleaves = c->out->nleaves;
	CLEAN(buf_clear) struct buf joined = BUF_INIT, text = BUF_INIT;
	struct xap_query *near[2], *q, *closed;
	struct leaf *l;

	near[0] = leaf_query(c, leaf_of_stem(c, a->token.stem, NULL), XAP_OR);
	near[1] = leaf_query(c, leaf_of_stem(c, b->token.stem, NULL), XAP_OR);
	leaves_cut(c->out, nleaves);
	q = qb_op(&c->qb, XAP_NEAR, near, 2, NEAR_WORDS);
	buf_addf(&text, "%s %s", a->node->text, b->node->text);
	l = leaf_of_joined(c, &a->token, &b->token, &joined);
	if (l->nterms > 0) {
		closed = leaf_query(c, l, XAP_SYNONYM);
		q = qb_two(&c->qb, XAP_SYNONYM, q, qb_copy(&c->qb, closed));
		add_to_words(c, r, first, 2, closed, NULL, JOINED_WEIGHT, l->docs,
		    REASON_JOINED, joined.s);
	} else
		leaves_cut(c->out, c->out->nleaves - 1);
	unit_boost(c, a->unit, q, NEAR_WEIGHT, false, REASON_NEAR, text.s);
}

/* Long enough to be part of a compound, and no number. */
static bool
may_pair(struct compiler *c, const struct typed *t)
{
	const char *s;
	size_t n;

	if (t->token.word == WORD_NONE || t->is_cited)
		return false;
	s = word_string(c->analyser, t->token.word, &n);
	return n >= 3 && !word_is_function(c->analyser, t->token.word) &&
	    strpbrk(s, "0123456789.&") == NULL;
}

/*
 * Is one of two words in few enough documents for their nearness to say
 * something?  Positions are dear to compare, and of common words for nothing.
 */
static bool
is_telling(const struct compiler *c, const struct unit *a,
    const struct unit *b)
{
	return is_few(c, a->docs < b->docs ? a->docs : b->docs, PAIR_SHARE);
}

static void
add_pairs(struct compiler *c, struct run *r)
{
	size_t i;

	for (i = 0; i + 1 < r->count; i++)
		if (may_pair(c, &r->words[i]) &&
		    may_pair(c, &r->words[i + 1]) &&
		    is_telling(c, r->words[i].unit, r->words[i + 1].unit))
			add_pair(c, r, i);
}

/* ---- other words ---- */

/*
 * What a name of one or more words asks for, in titles or in the text; NULL if
 * no document has it.  Leaves are kept for the text only.
 */
static struct xap_query *
name_query(struct compiler *c, const char *name, const struct field *f,
    double weight, uint32_t *docs)
{
	struct token t[QUERY_MAX_WORDS];
	size_t nleaves = c->out->nleaves, n, i;
	struct xap_query *q;

	n = typed_tokens(c, name, t, NELEM(t));
	if (n == 0)
		return NULL;
	q = stems_query(c, t, n, f, n > 1 ? (uint32_t)n + NAME_GAP : 0, docs);
	if (*docs == 0)
		xap_query_free(&q);
	if (*docs == 0 || f != NULL)
		leaves_cut(c->out, nleaves);
	for (i = nleaves; i < c->out->nleaves; i++)
		c->out->leaves[i].weight *= weight;
	return q;
}

/* Another name for some of the words. */
static void
add_name(struct compiler *c, struct run *r, size_t first, size_t count,
    const char *name, bool is_same, enum reason_kind kind)
{
	double weight = is_same ? SAME_WEIGHT : KIN_WEIGHT;
	uint32_t docs, titles;
	struct xap_query *q = name_query(c, name, NULL, weight, &docs);
	size_t i;

	for (i = first; i < first + count; i++)
		r->words[i].has_name = true;
	if (q == NULL)
		return;
	note_also(c, name);
	add_to_words(c, r, first, count, q, name_query(c, name,
	    &fields[FIELD_TITEL], weight, &titles), weight, docs, kind, name);
}

/* Is it a citation, or has a word a plus: this one, and no other for it? */
static bool
is_literal(const struct run *r, size_t first, size_t count)
{
	size_t i;

	for (i = first; i < first + count; i++)
		if (r->words[i].node->need == NEED_MUST || r->words[i].is_cited)
			return true;
	return false;
}

static void
expand(struct compiler *c, struct run *r)
{
	const struct expander *expander = store_expander(c->store, c->qb.err);
	struct expand_word words[QUERY_MAX_WORDS];
	struct expansion found[MAX_EXPANSIONS];
	size_t i, n;

	if (expander == NULL) {
		c->qb.has_failed = true;
		return;
	}
	for (i = 0; i < r->count; i++)
		words[i] = (struct expand_word){
			r->words[i].node->text, strlen(r->words[i].node->text),
			r->words[i].token.word, r->words[i].token.stem
		};
	n = expander_find(expander, words, r->count, found, NELEM(found));
	for (i = 0; i < n; i++)
		if (!is_literal(r, found[i].first, found[i].count))
			add_name(c, r, found[i].first, found[i].count,
			    found[i].text, found[i].weight >= SAME_FROM,
			    REASON_SYNONYM);
}

/* ---- spelling ---- */

/*
 * Words that no document has may be misspelt: what they may have been meant
 * to be is looked for, too.  Others are only offered.
 */
static void
add_correction(struct compiler *c, struct run *r,
    const struct spell_change *change)
{
	size_t i;

	correction_note(c, r->words[change->first].node->text,
	    r->words[change->first + change->count - 1].node->text,
	    change->text);
	for (i = 0; i < change->count; i++)
		if (r->words[change->first + i].unit->main != NULL)
			return;
	if (c->is_expanding)
		add_name(c, r, change->first, change->count, change->text,
		    true, REASON_SPELLING);
}

static void
correct(struct compiler *c, struct run *r)
{
	struct spell_change found[QUERY_MAX_WORDS];
	size_t n = correct_words(c, r->words, r->count, found, NELEM(found));
	size_t i;

	for (i = 0; i < n; i++)
		add_correction(c, r, &found[i]);
}

/* ---- runs ---- */

static bool
is_plain_word(const struct node *n)
{
	return n->op == NODE_WORD && n->field == NULL && n->need != NEED_NOT;
}

/*
 * The token of a word by itself; of niet-begeleide, the closed form.  WORD_NONE
 * stands for what is several words.
 */
static struct token
single_token(struct compiler *c, const char *text)
{
	struct token t[QUERY_MAX_WORDS], none = { .word = WORD_NONE };
	size_t n = typed_tokens(c, text, t, NELEM(t));

	if (n == 1 || (n == 3 && t[0].is_extra))
		return t[0];
	return none;
}

static void
run_add(struct compiler *c, struct run *r, const struct node *n,
    struct unit *u)
{
	struct typed *t = &r->words[r->count++];

	if (r->text.len > 0)
		buf_addc(&r->text, ' ');
	t->node = n;
	t->unit = u;
	t->token = single_token(c, n->text);
	t->begin = r->text.len;
	buf_adds(&r->text, n->text);
	t->end = r->text.len;
	t->is_cited = t->has_name = false;
}

static void
run_end(struct compiler *c, struct run *r)
{
	if (r->count > 0) {
		add_citations(c, r);
		add_pairs(c, r);
		if (c->is_expanding)
			expand(c, r);
		correct(c, r);
	}
	r->count = 0;
	buf_cut(&r->text, 0);
}

void
widen(struct compiler *c, const struct node *group, struct unit *units)
{
	struct run r = { .count = 0 };
	size_t i;

	for (i = 0; i < group->nkids; i++) {
		if (is_plain_word(group->kids[i]) &&
		    r.count < NELEM(r.words))
			run_add(c, &r, group->kids[i], &units[i]);
		else
			run_end(c, &r);
	}
	run_end(c, &r);
	buf_clear(&r.text);
}
