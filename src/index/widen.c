#include <config.h>

#include "index/widen.h"

#include <stdlib.h>
#include <string.h>

#include "dutch/cite.h"
#include "dutch/expand.h"
#include "index/correct.h"
#include "index/pairs.h"
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
#define KIN_WEIGHT	0.5	/* a wider or related word */

/* A name of several words may have others between them. */
#define NAME_GAP	2

#define MAX_EXPANSIONS	64

/* A number that more documents have is the name of none. */
#define MAX_NAMED	50

/* ---- alternatives ---- */

void
run_extend(struct compiler *c, struct run *r, size_t first, size_t count,
    struct xap_query *q, struct xap_query *title, double weight, uint32_t docs,
    enum reason_kind kind, const char *text)
{
	bool is_carried = false;
	size_t i;

	for (i = first; i < first + count; i++)
		is_carried |= !r->words[i].unit->is_function;
	for (i = first; i < first + count; i++) {
		/* "hoe lang": one of them is enough to carry it. */
		if (r->words[i].unit->is_function && (is_carried || i > first))
			continue;
		unit_add(c, r->words[i].unit, qb_copy(&c->qb, q),
		    title == NULL ? NULL : qb_copy(&c->qb, title), weight,
		    docs, kind, text);
	}
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
		notes_add(&c->out->notes, NOTE_ABSENT, buf_str(&text));
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
	run_extend(c, r, first, count, q, name_query(c, name,
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
			    found[i].text, found[i].is_same, REASON_SYNONYM);
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
run_take(struct compiler *c, struct run *r, const struct node *n,
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
		add_separated(c, r);
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
			run_take(c, &r, group->kids[i], &units[i]);
		else
			run_end(c, &r);
	}
	run_end(c, &r);
	buf_clear(&r.text);
}
