#include <config.h>

#include "index/correct.h"

#include <ctype.h>
#include <string.h>

#include "index/store.h"
#include "index/vocabulary.h"

/* Do documents have a word's stem, as a word or as a part of one? */
static uint32_t
stem_docs(struct compiler *c, word_id stem)
{
	CLEAN(buf_clear) struct buf term = BUF_INIT;
	uint32_t docs;

	buf_addf(&term, "Z%s", word_string(c->analyser, stem, NULL));
	docs = term_docs(c, term.s);
	return docs + term_docs(c, term.s + 1);
}

/*
 * A word that some documents have is right.  One of which only another form
 * occurs may be, and so may a compound of words that occur.
 */
static enum spell_standing
standing(void *arg, const char *word, size_t n)
{
	struct compiler *c = arg;
	word_id id = word_intern(c->analyser, word, n);
	uint32_t docs = term_docs(c, word_string(c->analyser, id, NULL));
	struct word_parts parts;
	size_t i;

	if (docs > 0)
		return docs > 2 ? SPELL_RIGHT : SPELL_RARE;
	if (stem_docs(c, word_stem(c->analyser, id)) > 0)
		return SPELL_PLAUSIBLE;
	parts = word_parts(c->analyser, id);
	for (i = 0; i < parts.nsmallest; i++)
		if (stem_docs(c, parts.items[i].stem) == 0)
			return SPELL_UNKNOWN;
	return parts.nsmallest > 0 ? SPELL_PLAUSIBLE : SPELL_UNKNOWN;
}

/* Numbers, and what is part of a citation or has another name, stay. */
static bool
is_fixed(struct compiler *c, const struct typed *t)
{
	const char *s;

	if (t->is_cited || t->has_name || t->token.word == WORD_NONE)
		return true;
	s = word_string(c->analyser, t->token.word, NULL);
	return strpbrk(s, "0123456789.&*") != NULL || term_docs(c, s) > 2;
}

size_t
correct_words(struct compiler *c, const struct typed *typed, size_t n,
    struct spell_change *out, size_t max)
{
	const struct vocabulary *v;
	struct spell_judge judge = { standing, c };
	struct spell_word words[QUERY_MAX_WORDS];
	bool is_any = false;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct token *t = &typed[i].token;
		struct spell_word *w = &words[i];

		*w = (struct spell_word){ "", 0, is_fixed(c, &typed[i]), false };
		if (t->word != WORD_NONE)
			w->word = word_string(c->analyser, t->word, &w->len);
		is_any |= !w->is_fixed;
	}
	/* Most questions are right, and most indexes large: look only then. */
	if (!is_any || (v = store_vocabulary(c->store)) == NULL)
		return 0;
	return spell_question(vocabulary_words(v), &judge, words, n, out, max);
}

void
correction_note(struct compiler *c, const char *first, const char *last,
    const char *text)
{
	struct compiled *o = c->out;

	GROW(o->corrections, o->ncorrections, o->cap_corrections);
	o->corrections[o->ncorrections++] = (struct correction){
		xstrdup(first), xstrdup(last), xstrdup(text)
	};
}

/* Where a word stands by itself, from at on; NULL if nowhere. */
static const char *
find_word(const char *at, const char *word)
{
	size_t n = strlen(word);
	const char *s;

	for (s = at; (s = strstr(s, word)) != NULL; s++)
		if ((s == at || !isalnum((unsigned char)s[-1])) &&
		    !isalnum((unsigned char)s[n]))
			return s;
	return NULL;
}

char *
correct_question(const struct compiled *c, const char *q)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	const char *at = q, *first, *last;
	size_t i;

	for (i = 0; i < c->ncorrections; i++) {
		const struct correction *k = &c->corrections[i];

		if ((first = find_word(at, k->first)) == NULL ||
		    (last = find_word(first, k->last)) == NULL)
			continue;
		buf_add(&b, at, (size_t)(first - at));
		buf_adds(&b, k->text);
		at = last + strlen(k->last);
	}
	if (at == q)
		return NULL;
	buf_adds(&b, at);
	return buf_steal(&b);
}
