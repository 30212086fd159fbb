#include <config.h>

#include "model/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "dutch/wordscan.h"

#define ELLIPSIS "\xE2\x80\xA6"		/* U+2026 */

/* ---- what to mark ---- */

static bool
has_id(const word_id *ids, size_t n, word_id id)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return false;
}

void
highlight_add_stem(struct highlight *h, word_id id)
{
	if (has_id(h->stems, h->nstems, id))
		return;
	GROW(h->stems, h->nstems, h->cap_stems);
	h->stems[h->nstems++] = id;
}

void
highlight_add_word(struct highlight *h, word_id id)
{
	if (has_id(h->words, h->nwords, id))
		return;
	GROW(h->words, h->nwords, h->cap_words);
	h->words[h->nwords++] = id;
}

void
highlight_add_prefix(struct highlight *h, const char *folded, size_t n)
{
	GROW(h->prefixes, h->nprefixes, h->cap_prefixes);
	h->prefixes[h->nprefixes++] = xstrndup(folded, n);
}

void
highlight_clear(struct highlight *h)
{
	size_t i;

	for (i = 0; i < h->nprefixes; i++)
		free(h->prefixes[i]);
	free(h->prefixes);
	free(h->stems);
	free(h->words);
	*h = (struct highlight){ 0 };
}

static bool
has_word(const struct highlight *h, const struct analyser *a,
    const struct token *t)
{
	const char *s;
	size_t i;

	if (has_id(h->stems, h->nstems, t->stem) ||
	    has_id(h->words, h->nwords, t->word))
		return true;
	s = word_string(a, t->word, NULL);
	for (i = 0; i < h->nprefixes; i++)
		if (strncmp(s, h->prefixes[i], strlen(h->prefixes[i])) == 0)
			return true;
	return false;
}

/* The bytes of the folded word from the first part asked for to the last. */
static bool
find_parts(const struct highlight *h, const struct word_parts *parts,
    size_t *begin, size_t *end)
{
	bool is_found = false;
	size_t i;

	for (i = 0; i < parts->count; i++) {
		const struct word_part *p = &parts->items[i];

		if (!has_id(h->stems, h->nstems, p->stem))
			continue;
		if (!is_found || p->begin < *begin)
			*begin = p->begin;
		if (!is_found || p->end > *end)
			*end = p->end;
		is_found = true;
	}
	return is_found;
}

bool
highlight_find(const struct highlight *h, struct analyser *a,
    const char *text, const struct token *t, size_t *begin, size_t *end)
{
	struct word_parts parts;
	size_t first = 0, last = 0;

	if (t->word == WORD_NONE)
		return false;
	*begin = t->begin;
	*end = t->end;
	if (has_word(h, a, t))
		return true;
	if (t->is_extra)	/* its halves come as words of their own */
		return false;
	parts = word_parts(a, t->word);
	if (!find_parts(h, &parts, &first, &last))
		return false;
	token_span(t, text, first, last, begin, end);
	return true;
}

/* ---- cutting ---- */

struct span {
	size_t begin, end;
};

/*
 * The bytes that a stretch of positions takes.  Which words stand there plays
 * no part, so none is looked up: a chunk has a thousand of them.
 */
static struct span
span_of(const char *text, size_t len, uint32_t pos,
    const struct stretch *stretch)
{
	struct span s = { 0, 0 };
	struct wordscan w;
	size_t at = 0;
	bool has_begun = false;

	for (; pos <= stretch->end && wordscan_next(text, len, at, &w); pos++) {
		if (pos >= stretch->begin && !has_begun) {
			s.begin = w.begin;
			has_begun = true;
		}
		if (has_begun)
			s.end = w.end;
		at = w.end;
	}
	return s;
}

static bool
is_sentence_end(const char *text, size_t at)
{
	return text[at] == '\n' || (at > 0 && text[at] == ' ' &&
	    strchr(".?!:", text[at - 1]) != NULL);
}

/*
 * Where to begin: at a sentence or paragraph within room bytes before the
 * stretch, else at a word.
 */
static size_t
begin_near(const char *text, size_t at, size_t room)
{
	size_t lowest = at > room ? at - room : 0, p, space = at;

	for (p = at; p > lowest; p--) {
		if (is_sentence_end(text, p - 1))
			return p;
		if (text[p - 1] == ' ' || text[p - 1] == '\t')
			space = p;
	}
	return lowest == 0 ? 0 : space;
}

/* Where to end: at a paragraph or sentence if one ends in the last third. */
static size_t
end_near(const char *text, size_t len, size_t at, size_t most)
{
	size_t p, space = at, sentence = 0;

	if (most >= len)
		most = len;
	for (p = at; p < most; p++) {
		if (text[p] == ' ' || text[p] == '\t' || text[p] == '\n')
			space = p;
		if (is_sentence_end(text, p))
			sentence = p;
	}
	if (most == len)
		return len;
	return sentence > at + (most - at) * 2 / 3 ? sentence : space;
}

/* Append a part of the text: white space is one space. */
static void
add_plain(const char *s, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		bool is_space = s[i] == ' ' || s[i] == '\n' || s[i] == '\t';

		if (!is_space)
			buf_addc(out, s[i]);
		else if (out->len > 0 && out->s[out->len - 1] != ' ')
			buf_addc(out, ' ');
	}
}

static void
add_mark(struct passage *p, size_t *cap, uint32_t begin, uint32_t end)
{
	if (begin >= end)
		return;
	/* A hyphenated word and its halves mark one stretch. */
	if (p->nmarks > 0 && begin <= p->marks[p->nmarks - 1].end) {
		if (end > p->marks[p->nmarks - 1].end)
			p->marks[p->nmarks - 1].end = end;
		return;
	}
	GROW(p->marks, p->nmarks, *cap);
	p->marks[p->nmarks++] = (struct mark){ begin, end };
}

static uint32_t
chars(const struct buf *b)
{
	return (uint32_t)utf8_count(buf_str(b), b->len);
}

void
snippet_make(struct analyser *a, const char *text, size_t len,
    uint32_t first_pos, const struct stretch *stretch,
    const struct highlight *h, bool is_begin, bool is_end, struct passage *out)
{
	struct span s = span_of(text, len, first_pos, stretch);
	struct passage p = { 0 };
	struct buf line = BUF_INIT;
	struct tokens tokens;
	struct token t;
	size_t cap = 0, at, width, room;

	width = s.end > s.begin ? s.end - s.begin : 0;
	room = width < SNIPPET_CHARS ? (SNIPPET_CHARS - width) / 2 : 0;
	s.begin = begin_near(text, s.begin, room);
	s.end = end_near(text, len, s.end, s.begin + SNIPPET_CHARS > s.end ?
	    s.begin + SNIPPET_CHARS : s.end);
	if (!(is_begin && s.begin == 0))
		buf_adds(&line, ELLIPSIS " ");
	tokens_init(&tokens, a, text + s.begin, s.end - s.begin);
	at = 0;
	while (tokens_next(&tokens, &t)) {
		size_t from, to;
		uint32_t begin;

		if (!highlight_find(h, a, text + s.begin, &t, &from, &to) ||
		    from < at)
			continue;
		add_plain(text + s.begin + at, from - at, &line);
		begin = chars(&line);
		add_plain(text + s.begin + from, to - from, &line);
		add_mark(&p, &cap, begin, chars(&line));
		at = to;
	}
	add_plain(text + s.begin + at, s.end - s.begin - at, &line);
	while (line.len > 0 && line.s[line.len - 1] == ' ')
		buf_cut(&line, line.len - 1);
	if (!(is_end && s.end == len))
		buf_adds(&line, " " ELLIPSIS);
	p.text = buf_steal(&line);
	*out = p;
}
