/*
 * language: what is found in a text: words, parts of compounds, citations,
 * names, personal data, passages.
 */
#include <config.h>

#include "target.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "dutch/analyse.h"
#include "dutch/cite.h"
#include "dutch/docname.h"
#include "dutch/expand.h"
#include "gather/language.h"
#include "gather/numbers.h"
#include "model/personal.h"
#include "model/snippet.h"
#include "model/textprint.h"

#define MAX_WORDS 64

static struct analyser *analyser;
static struct expander *expander;
static struct personal *personal;
static struct numbers *numbers;
static struct languages *languages;

static void
open_tables(void)
{
	struct error err = ERROR_INIT;

	if (analyser != NULL)
		return;
	fuzz_check(analyser_open(&analyser, &err) == 0 &&
	    expander_open(analyser, &expander, &err) == 0 &&
	    personal_open(NULL, &personal, &err) == 0 &&
	    numbers_load(&numbers, &err) == 0 &&
	    languages_load(&languages, &err) == 0, "the tables can be read");
}

static void
check_parts(const struct token *t, const char *s)
{
	struct word_parts p = word_parts(analyser, t->word);
	size_t len, i, begin, end;

	word_string(analyser, t->word, &len);
	for (i = 0; i < p.count; i++) {
		fuzz_check(p.items[i].begin < p.items[i].end &&
		    p.items[i].end <= len, "a part lies in its word");
		token_span(t, s, p.items[i].begin, p.items[i].end, &begin,
		    &end);
		fuzz_check(t->begin <= begin && begin <= end && end <= t->end,
		    "and in its token");
	}
}

/* Returns how many of the words are kept. */
static size_t
find_words(const char *s, size_t n, struct expand_word *words,
    struct token *kept)
{
	struct tokens tokens;
	struct token t;
	size_t last = 0, count = 0, len;
	const char *word;

	tokens_init(&tokens, analyser, s, n);
	while (tokens_next(&tokens, &t)) {
		fuzz_check(t.begin < t.end && t.end <= n && t.begin >= last,
		    "words stand in the text, in its order");
		last = t.begin;
		if (t.word != WORD_NONE) {
			word = word_string(analyser, t.word, &len);
			fuzz_check(utf8_valid(word, len) &&
			    len <= ANALYSE_MAX_WORD, "a word is text");
			check_parts(&t, s);
		}
		if (!t.is_extra && t.word != WORD_NONE && count < MAX_WORDS) {
			words[count] = (struct expand_word){ s + t.begin,
			    t.end - t.begin, t.word, t.stem };
			kept[count++] = t;
		}
	}
	return count;
}

static void
find_citations(const char *s, size_t n)
{
	CLEAN(citations_clear) struct citations c = { 0 };
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	const struct citer *citer = analyser_citer(analyser);
	size_t i, k;

	citations_find(citer, s, n, "vw2000", &c);
	for (i = 0; i < c.count; i++) {
		const char *key = c.strings.s + c.items[i].key;

		k = c.items[i].nkey;
		fuzz_check(c.items[i].begin < c.items[i].end &&
		    c.items[i].end <= n && k > 0, "citations are in the text");
		citation_print(citer, key, k, &out);
		while (k > 0) {
			size_t parent = citation_parent(key, k);

			fuzz_check(parent < k, "an ancestor is shorter");
			k = parent;
		}
	}
	citer_regulation(citer, s);
}

static void
find_names(const char *s, size_t n, const struct token *words, size_t count)
{
	const struct docnamer *namer = analyser_namer(analyser);
	CLEAN(docnames_clear) struct docnames names = { 0 };
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	struct number number;

	docnames_of_title(namer, analyser, s, &names);
	docname_is_law(namer, s, n);
	if (count > DOCNAME_MAX_WORDS)
		count = DOCNAME_MAX_WORDS;
	docname_title_key(namer, analyser, words, count, &out);
	docname_acronym_key(namer, analyser, words, count, &out);
	if (numbers_find(numbers, s, n, &number)) {
		fuzz_check(number.at <= number.end && number.end <= n,
		    "a number stands in the text");
		number_leads(&number, s, n);
	}
	language_of(languages, s, n);
}

static void
find_personal(const char *s, size_t n)
{
	struct personal_scan scan;
	struct personal_finding f;
	size_t last = 0;

	personal_scan_init(&scan, personal, s, n);
	while (personal_scan_next(&scan, &f)) {
		CLEAN(buf_clear) struct buf key = BUF_INIT, mask = BUF_INIT;

		fuzz_check(f.len > 0 && f.at >= last && f.at + f.len <= n,
		    "findings stand in the text, in its order");
		last = f.at + f.len;
		personal_key(f.kind, s + f.at, f.len, &key);
		personal_mask(f.kind, buf_str(&key), &mask);
		fuzz_check(strstr(buf_str(&mask), buf_str(&key)) == NULL ||
		    key.len <= 3, "a mask hides");
	}
}

static void
cut_snippet(const char *s, size_t n, const struct token *words, size_t count)
{
	CLEAN(highlight_clear) struct highlight h = { 0 };
	struct stretch stretch = { 1, (uint32_t)count / 2 + 1, 1 };
	struct passage p = { 0 };
	size_t i;

	for (i = 0; i < count; i += 3) {
		highlight_add_stem(&h, words[i].stem);
		highlight_add_word(&h, words[i].word);
	}
	highlight_add_prefix(&h, "as", 2);
	snippet_make(analyser, s, n, 1, &stretch, &h, true, false, &p);
	fuzz_check(utf8_valid(p.text, strlen(p.text)), "a snippet is text");
	for (i = 0; i < p.nmarks; i++)
		fuzz_check(p.marks[i].begin < p.marks[i].end &&
		    p.marks[i].end <= utf8_count(p.text, strlen(p.text)),
		    "marks stand in the snippet");
	free(p.text);
	free(p.heading);
	free(p.marks);
}

/* Any bytes: they are cleaned, as all text is. */
void
fuzz_language(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct expand_word words[MAX_WORDS];
	struct token tokens[MAX_WORDS];
	struct expansion found[32];
	struct textprint print;
	size_t count;

	open_tables();
	utf8_clean(s, n, &text);
	s = buf_str(&text);
	n = text.len;
	count = find_words(s, n, words, tokens);
	expander_find(expander, words, count, found, NELEM(found));
	find_citations(s, n);
	find_names(s, n, tokens, count);
	find_personal(s, n);
	cut_snippet(s, n, tokens, count);
	textprint_make(s, n, &print);
	analyser_forget(analyser);
}
