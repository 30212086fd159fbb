#include <config.h>

#include "model/entry.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "dutch/cite.h"
#include "dutch/docname.h"
#include "model/versions.h"

#define MAX_TERM 245		/* Xapian's limit, in bytes */
#define SORT_BYTES 64		/* of a title, to sort by */
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

struct sortable {
	uint64_t head;		/* first 8 bytes, so that most comparisons are one */
	uint32_t key;		/* UINT32_MAX: no word, a term of its own */
	uint32_t at, len;	/* in strings */
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
	struct sortable *terms;
	size_t nterms, cap_terms;
	struct buf strings;
	uint32_t *positions;
	size_t cap_positions;
	struct entry entry;
	size_t cap_entry_terms, cap_values;
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

static void
clear_values(struct entry_builder *b)
{
	size_t i;

	for (i = 0; i < b->entry.nvalues; i++)
		free(b->entry.values[i].s);
	b->entry.nvalues = 0;
}

void
entry_builder_free(struct entry_builder **bp)
{
	struct entry_builder *b = *bp;

	if (b == NULL)
		return;
	clear_values(b);
	layout_clear(&b->entry.layout);
	citations_clear(&b->citations);
	free(b->entry.terms);
	free(b->entry.values);
	free(b->occs);
	free(b->tallies);
	free(b->terms);
	buf_clear(&b->strings);
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

/* ---- terms without positions ---- */

static void
add_suffix(const char *s, size_t n, size_t begin, struct buf *out)
{
	size_t room = MAX_TERM - (out->len - begin);

	if (n <= room) {
		buf_add(out, s, n);
		return;
	}
	buf_add(out, s, room - 17);
	buf_addf(out, "#%016llx",
	    (unsigned long long)hash_bytes(HASH_INIT, s, n));
}

void
entry_keyword_term(const char *prefix, const char *value, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t begin = out->len;

	buf_adds(out, prefix);
	utf8_fold(value, strlen(value), &folded);
	add_suffix(buf_str(&folded), folded.len, begin, out);
}

void
entry_bytes_term(const char *prefix, const char *bytes, struct buf *out)
{
	size_t begin = out->len;

	buf_adds(out, prefix);
	add_suffix(bytes, strlen(bytes), begin, out);
}

static void
add_sortable(struct entry_builder *b, uint32_t key, size_t at)
{
	unsigned char head[8] = { 0 };
	size_t len = b->strings.len - at;
	uint64_t h = 0;
	size_t i;

	memcpy(head, b->strings.s + at, len < 8 ? len : 8);
	for (i = 0; i < 8; i++)
		h = h << 8 | head[i];
	GROW(b->terms, b->nterms, b->cap_terms);
	b->terms[b->nterms++] = (struct sortable){
		h, key, (uint32_t)at, (uint32_t)len
	};
}

static void
add_bytes_term(struct entry_builder *b, const char *prefix, const char *bytes)
{
	size_t at = b->strings.len;

	entry_bytes_term(prefix, bytes, &b->strings);
	add_sortable(b, UINT32_MAX, at);
}

static void
add_keyword_term(struct entry_builder *b, const char *prefix, const char *value)
{
	size_t at = b->strings.len;

	entry_keyword_term(prefix, value, &b->strings);
	add_sortable(b, UINT32_MAX, at);
}

/* By what its versions are found. */
static void
add_version_terms(struct entry_builder *b, const struct doc *doc)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	size_t i;

	if (doc_first(doc, FIELD_TITEL) == NULL)
		return;
	version_key(doc, &key);
	add_bytes_term(b, ENTRY_PREFIX_FAMILY, buf_str(&key));
	for (i = 0; i < doc->nvervangt; i++)
		add_keyword_term(b, ENTRY_PREFIX_REPLACED, doc->vervangt[i]);
	for (i = 0; i < doc->nvervangen_door; i++)
		add_keyword_term(b, ENTRY_PREFIX_REPLACED,
		    doc->vervangen_door[i]);
}

static void
add_keyword_terms(struct entry_builder *b, const struct doc *doc)
{
	enum field_id f;
	size_t i, at;

	for (f = 0; f < NFIELDS; f++) {
		const struct doc_values *v = &doc->values[f];

		if (fields[f].kind != FIELD_KEYWORD)
			continue;
		for (i = 0; i < v->count; i++) {
			at = b->strings.len;
			entry_keyword_term(fields[f].prefix, v->items[i].text,
			    &b->strings);
			add_sortable(b, UINT32_MAX, at);
		}
	}
	if (doc->van_ymd == DATE_NONE && doc->tot_ymd == DATE_NONE)
		add_bytes_term(b, fields[FIELD_GELDIGHEID].prefix,
		    ENTRY_VALUE_UNKNOWN);
	add_bytes_term(b, ENTRY_PREFIX_UNIQUE, doc->pad);
	add_bytes_term(b, ENTRY_PREFIX_ID, doc->id);
	add_bytes_term(b, ENTRY_PREFIX_PATH, doc->pad);
	for (i = 0; i < doc->nook_als; i++)
		add_bytes_term(b, ENTRY_PREFIX_PATH, doc->ook_als[i]);
	add_bytes_term(b, ENTRY_PREFIX_STATUS, doc->status);
	add_version_terms(b, doc);
}

/* A term for each of the keys, which end in NUL. */
static void
add_keys(struct entry_builder *b, const char *prefix, const struct buf *keys)
{
	const char *s = buf_str(keys), *end = s + keys->len;

	for (; s < end; s += strlen(s) + 1)
		add_bytes_term(b, prefix, s);
}

/* A law or number that is the whole of a text, save for what is in brackets. */
static void
add_whole(struct entry_builder *b, const char *text)
{
	struct citations *c = &b->citations;
	const char *rest;

	citations_find(analyser_citer(b->analyser), text, strlen(text), NULL,
	    c);
	if (c->count != 1 || c->items[0].begin != 0)
		return;
	rest = text + c->items[0].end;
	if (*rest == '\0' || strncmp(rest, " (", 2) == 0) {
		CLEAN(str_free) char *key = xstrndup(c->strings.s +
		    c->items[0].key, c->items[0].nkey);

		add_bytes_term(b, ENTRY_PREFIX_WHOLE, key);
	}
}

static void
add_names(struct entry_builder *b, const struct doc *doc)
{
	const char *called[] = {
		doc_first(doc, FIELD_TITEL), doc->citeertitel,
		doc_first(doc, FIELD_KENMERK),
	};
	const struct docnamer *namer = analyser_namer(b->analyser);
	CLEAN(docnames_clear) struct docnames names = { 0 };
	size_t i;

	for (i = 0; i < NELEM(called); i++) {
		if (called[i] == NULL)
			continue;
		add_whole(b, called[i]);
		docnames_of_title(namer, b->analyser, called[i], &names);
	}
	add_keys(b, ENTRY_PREFIX_NAME, &names.titles);
	add_keys(b, ENTRY_PREFIX_ACRONYM, &names.acronyms);
	add_keys(b, ENTRY_PREFIX_ACRONYM_OTHER, &names.others);
}

/* ---- values ---- */

static void
add_value(struct entry_builder *b, uint32_t slot, struct buf *value)
{
	size_t len = value->len;

	GROW(b->entry.values, b->entry.nvalues, b->cap_values);
	b->entry.values[b->entry.nvalues++] = (struct entry_value){
		slot, buf_steal(value), len
	};
}

static void
add_date(struct entry_builder *b, uint32_t slot, int ymd)
{
	struct buf v = BUF_INIT;

	if (ymd == DATE_NONE)
		return;
	buf_addf(&v, "%08d", ymd);
	add_value(b, slot, &v);
}

static void
add_facets(struct entry_builder *b, const struct doc *doc)
{
	struct buf v = BUF_INIT;
	enum field_id f;
	size_t i;

	for (f = 0; f < NFIELDS; f++) {
		if (fields[f].kind != FIELD_KEYWORD ||
		    !(fields[f].flags & FIELD_FACET))
			continue;
		for (i = 0; i < doc->values[f].count; i++) {
			if (i > 0)
				buf_addc(&v, ENTRY_VALUE_SEP);
			buf_adds(&v, doc->values[f].items[i].text);
		}
		buf_addc(&v, ENTRY_FIELD_SEP);
	}
	add_value(b, SLOT_FACETS, &v);
}

static void
add_values(struct entry_builder *b, const struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	uint32_t slot = fields[FIELD_GELDIGHEID].slot;
	struct buf v = BUF_INIT;

	clear_values(b);
	utf8_fold(title, strlen(title), &v);
	if (v.len > SORT_BYTES)
		buf_cut(&v, SORT_BYTES);
	if (v.len > 0)
		add_value(b, fields[FIELD_TITEL].slot, &v);
	buf_clear(&v);
	add_date(b, fields[FIELD_DATUM].slot, doc->datum_ymd);
	add_facets(b, doc);
	if (doc->van_ymd == DATE_NONE && doc->tot_ymd == DATE_NONE) {
		buf_addc(&v, '-');
	} else {
		/* One side may be open, never absent: ranges need both. */
		int van = doc->van_ymd != DATE_NONE ? doc->van_ymd : DATE_OPEN_BEGIN;
		int tot = doc->tot_ymd != DATE_NONE ? doc->tot_ymd : DATE_OPEN_END;

		add_date(b, slot, van);
		add_date(b, slot + 1, tot);
		buf_addf(&v, "%08d%08d", van, tot);
	}
	add_value(b, SLOT_PERIOD, &v);
	version_print(doc, &v);
	if (v.len > 0)
		add_value(b, SLOT_VERSION, &v);
}

/* ---- the entry ---- */

static const char *sort_base;

static int
compare_terms(const void *va, const void *vb)
{
	const struct sortable *a = va, *b = vb;
	uint32_t n = a->len < b->len ? a->len : b->len;
	int c;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	c = memcmp(sort_base + a->at, sort_base + b->at, n);
	return c != 0 ? c : (a->len > b->len) - (a->len < b->len);
}

/* One sortable for each word of the document, with its term's string. */
static void
collect_words(struct entry_builder *b)
{
	size_t i, at, len;

	for (i = 0; i < b->noccs; i++) {
		uint32_t key = b->occs[i].key;
		struct tally *t = &b->tallies[key];
		const char *s;

		if (t->at != 0)
			continue;
		t->at = 1;
		at = b->strings.len;
		buf_adds(&b->strings, kind_prefix[key % NKINDS]);
		s = word_string(b->analyser, key / NKINDS, &len);
		add_suffix(s, len, at, &b->strings);
		add_sortable(b, key, at);
	}
}

/* Turn the sorted terms into the entry's arrays; doubles are dropped. */
static void
place_terms(struct entry_builder *b)
{
	struct entry *e = &b->entry;
	uint32_t at = 0;
	size_t i;

	if (b->nterms > b->cap_entry_terms) {
		b->cap_entry_terms = b->nterms + b->nterms / 2;
		e->terms = xrealloc(e->terms,
		    b->cap_entry_terms * sizeof *e->terms);
	}
	e->nterms = 0;
	for (i = 0; i < b->nterms; i++) {
		const struct sortable *s = &b->terms[i];
		struct entry_term *t = &e->terms[e->nterms];

		if (i > 0 && compare_terms(s - 1, s) == 0)
			continue;
		*t = (struct entry_term){ b->strings.s + s->at, s->len, 0, 0 };
		if (s->key != UINT32_MAX) {
			struct tally *y = &b->tallies[s->key];

			t->wdf = y->wdf;
			t->npos = y->npos;
			y->at = at;
			at += y->npos;
		}
		e->nterms++;
	}
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
	b->nterms = 0;
	buf_cut(&b->strings, 0);
	layout_clear(&b->entry.layout);
	pos = add_titles(b, doc);
	add_own(b, doc_first(doc, FIELD_KENMERK));
	add_text(b, doc, pos + TEXT_GAP);
	collect_words(b);
	add_keyword_terms(b, doc);
	add_names(b, doc);
	add_values(b, doc);
	sort_base = b->strings.s;
	qsort(b->terms, b->nterms, sizeof *b->terms, compare_terms);
	place_terms(b);
	place_positions(b);
	return &b->entry;
}
