#include <config.h>

#include "model/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "dutch/cite.h"
#include "model/entrykeys.h"
#include "model/entryvalues.h"
#include "model/termlist.h"

#define HEAD_BYTES 2000		/* of a text, where it says what it is */

/* The kinds of terms that have positions, and their prefixes. */
enum kind {
	KIND_WORD, KIND_STEM, KIND_TITLE_WORD, KIND_TITLE_STEM,
	KIND_CITED, KIND_OWN, NKINDS
};
static const char *const kind_prefix[NKINDS] = {
	"", "Z", "S", "ZS", ENTRY_PREFIX_CITED, ENTRY_PREFIX_OWN
};

/* A word under one kind; key = word_id * NKINDS + kind. */
struct occurrence {
	uint32_t key;
	uint32_t pos;
};

/* What is known of a key within the document at hand. */
struct tally {
	uint32_t wdf;
	uint32_t npos;
	uint32_t last_pos;
	uint32_t at;		/* where its next position goes */
};

struct entry_builder {
	struct analyser *analyser;
	bool has_compounds;	/* the document is Dutch */
	const char *regulation;	/* that it is (part of); NULL if of none */
	struct citations citations;
	struct occurrence *occs;
	size_t noccs, cap_occs;
	struct tally *tallies;	/* by key */
	size_t ntallies;
	struct termlist terms;	/* those of words by key */
	uint32_t *positions;
	size_t cap_positions;
	struct entry entry;
	size_t cap_entry_terms;
	size_t *cuts;
	size_t ncuts, cap_cuts;
};

void
entry_builder_open(struct analyser *a, struct entry_builder **out)
{
	struct entry_builder *b = xcalloc(1, sizeof *b);

	b->analyser = a;
	*out = b;
}

void
entry_builder_free(struct entry_builder **bp)
{
	struct entry_builder *b = *bp;

	if (b == NULL)
		return;
	entry_values_clear(&b->entry);
	layout_clear(&b->entry.layout);
	citations_clear(&b->citations);
	free(b->entry.terms);
	free(b->occs);
	free(b->tallies);
	termlist_clear(&b->terms);
	free(b->positions);
	free(b->cuts);
	free(b);
	*bp = NULL;
}

/* ---- words ---- */

static void
add_occurrence(struct entry_builder *b, word_id word, enum kind kind,
    uint32_t pos, uint32_t wdf)
{
	uint32_t key = word * NKINDS + (uint32_t)kind;
	struct tally *t;

	if (key >= b->ntallies) {
		size_t n = (size_t)word_count(b->analyser) * NKINDS;

		n += n / 2;
		b->tallies = xrealloc(b->tallies, n * sizeof *b->tallies);
		memset(b->tallies + b->ntallies, 0,
		    (n - b->ntallies) * sizeof *b->tallies);
		b->ntallies = n;
	}
	t = &b->tallies[key];
	if (t->npos > 0 && t->last_pos == pos)
		return;
	t->wdf += wdf;
	t->npos++;
	t->last_pos = pos;
	GROW(b->occs, b->noccs, b->cap_occs);
	b->occs[b->noccs++] = (struct occurrence){ key, pos };
}

static void
add_token(struct entry_builder *b, const struct token *t, uint32_t pos,
    enum kind word, uint32_t wdf)
{
	struct word_parts parts;
	size_t i;

	if (t->word == WORD_NONE)
		return;
	add_occurrence(b, t->word, word, pos, wdf);
	if (t->stem != t->word)
		add_occurrence(b, t->stem, word + 1, pos, wdf);
	if (!b->has_compounds || t->is_extra)
		return;
	parts = word_parts(b->analyser, t->word);
	for (i = 0; i < parts.count; i++)
		add_occurrence(b, parts.items[i].stem, word + 1, pos, wdf);
}

/* ---- citations ---- */

/* A citation, and all that it is a part of, as terms of a kind. */
static void
add_citation(struct entry_builder *b, const struct citation *c, uint32_t pos,
    enum kind kind)
{
	const char *key = b->citations.strings.s + c->key;
	size_t n = c->nkey;

	add_occurrence(b, word_intern(b->analyser, key, n), kind, pos, 1);
	/* What has one article of a law is not that law. */
	if (kind == KIND_OWN)
		return;
	while ((n = citation_parent(key, n)) > 0)
		add_occurrence(b, word_intern(b->analyser, key, n), kind, pos, 1);
}

/* The number or place that a short text, such as a kenmerk, begins with. */
static void
add_own(struct entry_builder *b, const char *text)
{
	struct citations *c = &b->citations;
	size_t i;

	if (text == NULL)
		return;
	citations_find(analyser_citer(b->analyser), text, strlen(text),
	    b->regulation, c);
	for (i = 0; i < c->count && c->items[i].begin == 0; i++)
		add_citation(b, &c->items[i], 1, KIND_OWN);
}

static bool
is_line_begin(const char *text, size_t at)
{
	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	return at == 0 || text[at - 1] == '\n';
}

/*
 * Is a citation what the text at its place is about, rather than what it
 * refers to?  Headings begin with their own number; so do the articles of a
 * regulation; a ruling states its ECLI at its head.
 */
static bool
is_own(const struct entry_builder *b, const struct doc *doc,
    const struct citation *c, const struct doc_mark *heading)
{
	const char *key = b->citations.strings.s + c->key;
	const char *soort = doc_first(doc, FIELD_SOORT);
	size_t n;

	if (heading != NULL && heading->at == c->begin)
		return true;
	if (c->begin < HEAD_BYTES && strncmp(key, "ecli:", 5) == 0)
		return soort != NULL && strcmp(soort, "uitspraak") == 0;
	if (b->regulation == NULL)
		return false;
	n = strlen(b->regulation);
	return strncmp(key, b->regulation, n) == 0 && key[n] == ':' &&
	    is_line_begin(doc->text.s, c->begin);
}

/* ---- title and text ---- */

/* A title, at positions from pos on; returns the position behind it. */
static uint32_t
add_title(struct entry_builder *b, const char *title, uint32_t pos)
{
	struct tokens tokens;
	struct token t;

	add_own(b, title);
	tokens_init(&tokens, b->analyser, title, strlen(title));
	while (tokens_next(&tokens, &t)) {
		add_token(b, &t, pos, KIND_WORD, TITLE_WDF);
		add_token(b, &t, pos, KIND_TITLE_WORD, 1);
		pos += !t.is_extra;
	}
	return pos;
}

/* A short title that the title holds counts once, but is its own as well. */
static uint32_t
add_titles(struct entry_builder *b, const struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	uint32_t pos = add_title(b, title, 1);

	if (doc->citeertitel == NULL)
		return pos;
	if (strstr(title, doc->citeertitel) == NULL)
		return add_title(b, doc->citeertitel, pos + SHORT_GAP);
	add_own(b, doc->citeertitel);
	return pos;
}

/*
 * Where the text is cut into chunks: before the first paragraph past
 * CHUNK_BYTES, or at a space when a paragraph is much longer.
 */
static void
cut_chunks(struct entry_builder *b, const char *text, size_t len)
{
	size_t begin = 0, at;
	const char *p;

	b->ncuts = 0;
	while (begin < len) {
		GROW(b->cuts, b->ncuts, b->cap_cuts);
		b->cuts[b->ncuts++] = begin;
		at = begin + CHUNK_BYTES;
		if (at >= len)
			break;
		p = memchr(text + at, '\n', len - at);
		if (p == NULL || p - (text + begin) > 2 * CHUNK_BYTES) {
			const char *space = memchr(text + at, ' ', len - at);

			if (space != NULL && (p == NULL || space < p))
				p = space;
		}
		if (p == NULL)
			break;
		begin = (size_t)(p - text) + 1;
	}
}

static void
begin_chunk(struct layout *l, size_t at, uint32_t pos)
{
	GROW(l->chunks, l->nchunks, l->cap_chunks);
	l->chunks[l->nchunks++] = (struct layout_chunk){ (uint32_t)at, pos };
}

static void
begin_mark(struct layout *l, const struct doc *doc, const struct doc_mark *m,
    uint32_t pos)
{
	if (m->page != 0) {
		GROW(l->pages, l->npages, l->cap_pages);
		l->pages[l->npages++] = (struct layout_page){
			(uint32_t)m->at, pos, m->page
		};
	}
	if (m->level != 0) {
		GROW(l->headings, l->nheadings, l->cap_headings);
		l->headings[l->nheadings++] = (struct layout_heading){
			pos, m->level, l->strings.s + l->strings.len
		};
		buf_add(&l->strings, doc->text.s + m->at, m->len);
		buf_addc(&l->strings, '\0');
	}
}

static void
add_text(struct entry_builder *b, const struct doc *doc, uint32_t pos)
{
	struct layout *l = &b->entry.layout;
	const struct citations *cited = &b->citations;
	const struct doc_mark *heading = NULL;
	size_t cut = 0, mark = 0, cite = 0, i, room = 0;
	struct tokens tokens;
	struct token t;
	bool more;

	for (i = 0; i < doc->nmarks; i++)
		room += doc->marks[i].len + 1;
	buf_room(&l->strings, room);	/* so that headings do not move */
	l->first_pos = pos;
	l->text_bytes = (uint32_t)doc->text.len;
	cut_chunks(b, buf_str(&doc->text), doc->text.len);
	citations_find(analyser_citer(b->analyser), buf_str(&doc->text),
	    doc->text.len, b->regulation, &b->citations);
	tokens_init(&tokens, b->analyser, buf_str(&doc->text), doc->text.len);
	do {
		more = tokens_next(&tokens, &t);
		/* What begins at or before this word begins at its position. */
		while (cut < b->ncuts && (!more || b->cuts[cut] <= t.begin))
			begin_chunk(l, b->cuts[cut++], pos);
		while (mark < doc->nmarks &&
		    (!more || doc->marks[mark].at <= t.begin)) {
			if (doc->marks[mark].level != 0)
				heading = &doc->marks[mark];
			begin_mark(l, doc, &doc->marks[mark++], pos);
		}
		for (; more && cite < cited->count &&
		    cited->items[cite].begin < t.end; cite++) {
			const struct citation *c = &cited->items[cite];

			add_citation(b, c, pos, KIND_CITED);
			if (is_own(b, doc, c, heading))
				add_citation(b, c, pos, KIND_OWN);
		}
		if (more) {
			add_token(b, &t, pos, KIND_WORD, 1);
			pos += !t.is_extra;
		}
	} while (more);
	l->end_pos = pos;
}

/* ---- the entry ---- */

/* A term for each word of the document, under each kind. */
static void
collect_words(struct entry_builder *b)
{
	size_t i, len;

	for (i = 0; i < b->noccs; i++) {
		uint32_t key = b->occs[i].key;
		struct tally *t = &b->tallies[key];
		const char *s;

		if (t->at != 0)
			continue;
		t->at = 1;
		s = word_string(b->analyser, key / NKINDS, &len);
		termlist_add(&b->terms, kind_prefix[key % NKINDS], s, len, key);
	}
}

/* Turn the sorted terms into the entry's array. */
static void
place_terms(struct entry_builder *b)
{
	const struct termlist *l = &b->terms;
	struct entry *e = &b->entry;
	uint32_t at = 0;
	size_t i;

	if (l->count > b->cap_entry_terms) {
		b->cap_entry_terms = l->count + l->count / 2;
		e->terms = xrealloc(e->terms,
		    b->cap_entry_terms * sizeof *e->terms);
	}
	for (i = 0; i < l->count; i++) {
		const struct listed_term *from = &l->items[i];
		struct entry_term *t = &e->terms[i];

		*t = (struct entry_term){
			l->strings.s + from->at, from->len, 0, 0
		};
		if (from->key != TERMLIST_NO_KEY) {
			struct tally *y = &b->tallies[from->key];

			t->wdf = y->wdf;
			t->npos = y->npos;
			y->at = at;
			at += y->npos;
		}
	}
	e->nterms = l->count;
}

static void
place_positions(struct entry_builder *b)
{
	size_t i;

	if (b->noccs > b->cap_positions) {
		b->cap_positions = b->noccs + b->noccs / 2;
		b->positions = xrealloc(b->positions,
		    b->cap_positions * sizeof *b->positions);
	}
	for (i = 0; i < b->noccs; i++)
		b->positions[b->tallies[b->occs[i].key].at++] = b->occs[i].pos;
	for (i = 0; i < b->noccs; i++)
		b->tallies[b->occs[i].key] = (struct tally){ 0 };
	b->entry.positions = b->positions;
	b->entry.npositions = b->noccs;
}

/* The regulation that it is (part of), by its title or short title. */
static const char *
regulation_of(const struct entry_builder *b, const struct doc *doc)
{
	const struct citer *citer = analyser_citer(b->analyser);
	const char *key = citer_regulation(citer, doc_first(doc, FIELD_TITEL));

	if (key == NULL && doc->citeertitel != NULL)
		key = citer_regulation(citer, doc->citeertitel);
	return key;
}

const struct entry *
entry_build(struct entry_builder *b, const struct doc *doc)
{
	const char *taal = doc_first(doc, FIELD_TAAL);
	uint32_t pos;

	b->has_compounds = taal == NULL || strcmp(taal, "nl") == 0;
	b->regulation = regulation_of(b, doc);
	b->noccs = 0;
	termlist_empty(&b->terms);
	layout_clear(&b->entry.layout);
	pos = add_titles(b, doc);
	add_own(b, doc_first(doc, FIELD_KENMERK));
	add_text(b, doc, pos + TEXT_GAP);
	collect_words(b);
	entry_keys_add(b->analyser, doc, &b->terms);
	entry_values_set(&b->entry, doc);
	termlist_sort(&b->terms);
	place_terms(b);
	place_positions(b);
	return &b->entry;
}

/* ---- terms by themselves ---- */

void
entry_keyword_term(const char *prefix, const char *value, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;

	utf8_fold(value, strlen(value), &folded);
	term_print(prefix, buf_str(&folded), folded.len, out);
}

void
entry_bytes_term(const char *prefix, const char *bytes, struct buf *out)
{
	term_print(prefix, bytes, strlen(bytes), out);
}
