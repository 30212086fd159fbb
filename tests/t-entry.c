/*
 * What goes into the index for one document, as model/entry.h says it.
 */
#include <config.h>

#include "model/entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "tap.h"

#define MAX_TERM 245		/* Xapian's limit, in bytes */

static struct analyser *analyser;
static struct entry_builder *builder;

/* ---- documents ---- */

static void
doc_make(struct doc *d, const char *id, const char *title, const char *text)
{
	*d = (struct doc){ .id = xstrdup(id), .pad = xstrdup(id),
	    .status = xstrdup("ok") };
	doc_add(d, FIELD_TITEL, title, ORIGIN_TITLE);
	buf_adds(&d->text, text);
}

static void
add_mark(struct doc *d, size_t at, uint32_t page, uint32_t level, uint32_t len)
{
	d->marks = xrealloc(d->marks, (d->nmarks + 1) * sizeof *d->marks);
	d->marks[d->nmarks++] = (struct doc_mark){ at, page, level, len };
}

/* ---- looking things up ---- */

static const struct entry_term *
term_of(const struct entry *e, const char *term, const uint32_t **positions)
{
	const uint32_t *p = e->positions;
	size_t i;

	for (i = 0; i < e->nterms; i++) {
		if (e->terms[i].len == strlen(term) &&
		    memcmp(e->terms[i].s, term, e->terms[i].len) == 0) {
			if (positions != NULL)
				*positions = p;
			return &e->terms[i];
		}
		p += e->terms[i].npos;
	}
	return NULL;
}

static bool
has_term(const struct entry *e, const char *term)
{
	return term_of(e, term, NULL) != NULL;
}

/* Does the term stand at just these positions? */
static bool
stands_at(const struct entry *e, const char *term, const uint32_t *want,
    uint32_t n)
{
	const uint32_t *p = NULL;
	const struct entry_term *t = term_of(e, term, &p);

	return t != NULL && t->npos == n &&
	    memcmp(p, want, n * sizeof *want) == 0;
}

#define AT(e, term, ...) stands_at((e), (term), \
    (const uint32_t[]){ __VA_ARGS__ }, \
    sizeof((uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static bool
value_is(const struct entry *e, uint32_t slot, const char *want)
{
	size_t i;

	for (i = 0; i < e->nvalues; i++)
		if (e->values[i].slot == slot)
			return want != NULL &&
			    e->values[i].len == strlen(want) &&
			    memcmp(e->values[i].s, want, strlen(want)) == 0;
	return want == NULL;
}

/* What Xapian asks of every entry. */
static bool
is_sound(const struct entry *e)
{
	const uint32_t *p = e->positions;
	size_t i, sum = 0;
	uint32_t k;
	bool good = true;

	for (i = 0; i < e->nterms; i++) {
		const struct entry_term *t = &e->terms[i], *u = t - 1;
		size_t n = i > 0 && u->len < t->len ? u->len : t->len;
		int c = i == 0 ? -1 : memcmp(u->s, t->s, n);

		good &= t->len > 0 && t->len <= MAX_TERM;
		good &= c < 0 || (c == 0 && u->len < t->len);
		for (k = 1; k < t->npos; k++)
			good &= p[k - 1] < p[k];
		good &= t->npos == 0 || (p[0] > 0 && t->wdf >= t->npos);
		p += t->npos;
		sum += t->npos;
	}
	return good && sum == e->npositions;
}

/* ---- terms ---- */

static void
test_words(void)
{
	CLEAN(doc_clear) struct doc d;
	const struct entry *e;

	doc_make(&d, "PUC_1_1", "Asielen in Syri\xC3\xAB",
	    "Het asiel. De niet-begeleide asiel a.m.v.");
	e = entry_build(builder, &d);
	ok(is_sound(e), "terms ascend without doubles, positions add up");
	ok(AT(e, "asielen", 1) && AT(e, "syrie", 3), "the title begins at 1");
	ok(AT(e, "het", 104) && e->layout.first_pos == 104,
	    "the text stands %d behind it", TEXT_GAP);
	ok(AT(e, "asiel", 105, 109), "a word has all its positions");
	ok(AT(e, "Zasiel", 1) && !has_term(e, "Zsyrie"),
	    "a stem stands by itself only where it differs");
	ok(AT(e, "Sasielen", 1) && AT(e, "ZSasiel", 1) && AT(e, "Ssyrie", 3) &&
	    !has_term(e, "Shet"), "the title has terms of its own");
	ok(AT(e, "nietbegeleide", 107) && AT(e, "niet", 107) &&
	    AT(e, "begeleide", 108), "a closed form stands where its first "
	    "half does");
	ok(AT(e, "amv", 110) && e->layout.end_pos == 111,
	    "the text ends behind its last word");
	ok(term_of(e, "asielen", NULL)->wdf == TITLE_WDF &&
	    term_of(e, "asiel", NULL)->wdf == 2 &&
	    term_of(e, "Sasielen", NULL)->wdf == 1,
	    "a word of the title counts for more");
}

static void
test_fields(void)
{
	CLEAN(doc_clear) struct doc d;
	const struct entry *e;

	doc_make(&d, "a/b.pdf", "Een", "twee");
	free(d.id);
	d.id = xstrdup("PUC_1_1");
	doc_add(&d, FIELD_SOORT, "werkinstructie", ORIGIN_TEXT);
	doc_add(&d, FIELD_LAND, "SY", ORIGIN_TEXT);
	doc_add(&d, FIELD_LAND, "IR", ORIGIN_TEXT);
	doc_add(&d, FIELD_KENMERK, "WI 2014/60", ORIGIN_TEXT);
	doc_add(&d, FIELD_THEMA, "Asiel", ORIGIN_TEXT);
	doc_add(&d, FIELD_THEMA, "asiel", ORIGIN_TEXT);
	d.ook_als = xcalloc(2, sizeof *d.ook_als);
	d.nook_als = 2;
	d.ook_als[0] = xstrdup("A/B.pdf");
	d.ook_als[1] = xstrdup("a/b.pdf");
	d.datum_ymd = 20140701;
	d.van_ymd = 20140701;
	e = entry_build(builder, &d);
	ok(is_sound(e), "fields keep an entry sound, doubles too");
	ok(has_term(e, "XSOORTwerkinstructie") && has_term(e, "Nsy") &&
	    has_term(e, "Nir") && has_term(e, "XKENMwi 2014/60") &&
	    has_term(e, "Kasiel"), "a value is a term, folded");
	ok(has_term(e, "Qa/b.pdf") && has_term(e, "XIDPUC_1_1") &&
	    has_term(e, "XPADa/b.pdf") && has_term(e, "XPADA/B.pdf") &&
	    !has_term(e, "QA/B.pdf"),
	    "it is found by its id and each of its paths, as they are written");
	ok(has_term(e, "XSTATUSok") && !has_term(e, "XGELDonbekend"),
	    "it says whether it is searchable");
	ok(value_is(e, 16, "20140701") && value_is(e, 17, "20140701") &&
	    value_is(e, 18, "99991231") && value_is(e, 11, "een") &&
	    value_is(e, SLOT_PERIOD, "2014070199991231"),
	    "values are there to sort and narrow by; a missing end is open");
	ok(value_is(e, SLOT_FACETS, "werkinstructie\x1ESY\x1FIR\x1E"
	    "Asiel\x1F" "asiel\x1E\x1E\x1E\x1E"),
	    "all facets stand in one value, in the order of the fields");
	d.van_ymd = DATE_NONE;
	d.datum_ymd = DATE_NONE;
	e = entry_build(builder, &d);
	ok(has_term(e, "XGELDonbekend") && value_is(e, 17, NULL) &&
	    value_is(e, 18, NULL) && value_is(e, SLOT_PERIOD, "-") &&
	    value_is(e, 16, NULL), "what is unknown has no value");
	d.tot_ymd = 20200101;
	e = entry_build(builder, &d);
	ok(value_is(e, SLOT_PERIOD, "0000010120200101") &&
	    !has_term(e, "XGELDonbekend"), "a missing begin is open");
}

static void
test_long(void)
{
	CLEAN(buf_clear) struct buf id = BUF_INIT;
	CLEAN(buf_clear) struct buf one = BUF_INIT;
	CLEAN(buf_clear) struct buf two = BUF_INIT;
	CLEAN(doc_clear) struct doc d;
	const struct entry *e;
	size_t i;

	for (i = 0; i < 1000; i++)
		buf_adds(&id, "\xC3\xAB");
	doc_make(&d, id.s, id.s, id.s);
	doc_add(&d, FIELD_KENMERK, id.s, ORIGIN_TEXT);
	e = entry_build(builder, &d);
	ok(is_sound(e), "no term is longer than %d bytes", MAX_TERM);
	ok(e->npositions == 0 && e->layout.end_pos == e->layout.first_pos + 1,
	    "words that are too long have positions but no terms");
	entry_bytes_term("XID", id.s, &one);
	ok(one.len == MAX_TERM && has_term(e, one.s),
	    "a long id is found by its beginning and a hash");
	buf_addc(&id, 'x');
	entry_bytes_term("XID", id.s, &two);
	ok(two.len == MAX_TERM && strcmp(one.s, two.s) != 0,
	    "another end is another term");
	buf_cut(&one, 0);
	buf_cut(&two, 0);
	id.s[242] = '\0';
	entry_bytes_term("XID", id.s, &one);
	ok(one.len == MAX_TERM && strcmp(one.s + 3, id.s) == 0,
	    "what just fits is itself");
	buf_adds(&two, "voor");
	entry_keyword_term("N", "Syri\xC3\xAB", &two);
	ok(strcmp(two.s, "voorNsyrie") == 0, "a term is appended");
}

/* ---- layout ---- */

static void
test_marks(void)
{
	static const char text[] = "Inleiding\nEen zin. Twee zinnen.\nSlot\n";
	CLEAN(doc_clear) struct doc d;
	const struct layout *l;

	doc_make(&d, "x", "Titel", text);
	add_mark(&d, 0, 1, 0, 0);
	add_mark(&d, 0, 0, 1, 9);
	add_mark(&d, 19, 2, 0, 0);
	add_mark(&d, 32, 0, 2, 4);
	add_mark(&d, sizeof text - 1, 3, 0, 0);
	l = &entry_build(builder, &d)->layout;
	ok(l->first_pos == 102 && l->end_pos == 108 &&
	    l->text_bytes == sizeof text - 1, "a layout knows its text");
	ok(l->npages == 3 && l->pages[0].pos == 102 && l->pages[1].pos == 105 &&
	    l->pages[1].at == 19 && l->pages[1].number == 2,
	    "a page begins at its first word");
	ok(l->pages[2].pos == 108, "one without words behind the last");
	ok(l->nheadings == 2 && l->headings[0].pos == 102 &&
	    strcmp(l->headings[0].text, "Inleiding") == 0 &&
	    l->headings[1].pos == 107 && l->headings[1].level == 2 &&
	    strcmp(l->headings[1].text, "Slot") == 0,
	    "a heading too, with its text");
	ok(l->nchunks == 1 && l->chunks[0].at == 0 && l->chunks[0].pos == 102,
	    "a short text is one chunk");
	buf_cut(&d.text, 0);
	d.nmarks = 0;
	l = &entry_build(builder, &d)->layout;
	ok(l->nchunks == 0 && l->end_pos == l->first_pos,
	    "a document without text has none");
}

/* Analysed by itself, each chunk gives the words the whole text has there. */
static bool
chunks_agree(const struct doc *d, const struct layout *l)
{
	size_t i;

	for (i = 0; i < l->nchunks; i++) {
		size_t end = i + 1 < l->nchunks ? l->chunks[i + 1].at :
		    d->text.len;
		uint32_t pos = l->chunks[i].pos, next = i + 1 < l->nchunks ?
		    l->chunks[i + 1].pos : l->end_pos;
		struct tokens tokens;
		struct token t;

		if (end <= l->chunks[i].at)
			return false;
		tokens_init(&tokens, analyser, d->text.s + l->chunks[i].at,
		    end - l->chunks[i].at);
		while (tokens_next(&tokens, &t))
			pos += !t.is_extra;
		if (pos != next || !utf8_valid(d->text.s + l->chunks[i].at,
		    end - l->chunks[i].at))
			return false;
	}
	return true;
}

static void
test_chunks(void)
{
	static const char *const parts[] = { "asiel ", "niet-begeleide-x ",
	    "a.m.v. ", "\xE2\x82\xAC\xC3\xAB ", "foto's\n", "3.51", "-", ".\n",
	    "\xF0\x9F\x98\x80", "lang" };
	CLEAN(doc_clear) struct doc d;
	const struct entry *e;
	int sound = 1, agree = 1, round;
	size_t i, n = 0;

	doc_make(&d, "x", "Titel", "");
	srand(9);
	for (round = 0; round < 60; round++) {
		buf_cut(&d.text, 0);
		for (i = (size_t)rand() % 20000; i > 0; i--)
			buf_adds(&d.text, parts[(size_t)rand() %
			    (NELEM(parts) - (size_t)round % 8)]);
		e = entry_build(builder, &d);
		sound &= is_sound(e);
		agree &= chunks_agree(&d, &e->layout);
		n += e->layout.nchunks;
	}
	ok(sound, "large texts make sound entries");
	ok(agree && n > 200, "%zu chunks are text, with the words they say", n);
	buf_cut(&d.text, 0);
	for (i = 0; i < 5 * CHUNK_BYTES; i++)
		buf_addc(&d.text, 'a');
	e = entry_build(builder, &d);
	ok(e->layout.nchunks == 1, "a word is never cut, however long");
	for (i = 0; i < CHUNK_BYTES; i++)
		buf_adds(&d.text, "aa ");
	e = entry_build(builder, &d);
	ok(e->layout.nchunks == 4 && chunks_agree(&d, &e->layout),
	    "a paragraph that does not end is cut between words");
}

/* ---- the builder ---- */

static void
print_entry(const struct entry *e, struct buf *out)
{
	size_t i;

	for (i = 0; i < e->nterms; i++) {
		buf_add(out, e->terms[i].s, e->terms[i].len);
		buf_addf(out, " %u %u\n", e->terms[i].wdf, e->terms[i].npos);
	}
	buf_add(out, e->positions, e->npositions * sizeof *e->positions);
	for (i = 0; i < e->nvalues; i++)
		buf_add(out, e->values[i].s, e->values[i].len);
}

static void
test_reuse(void)
{
	CLEAN(buf_clear) struct buf before = BUF_INIT;
	CLEAN(buf_clear) struct buf after = BUF_INIT;
	struct entry_builder *fresh;
	CLEAN(doc_clear) struct doc d;
	CLEAN(doc_clear) struct doc other;

	doc_make(&d, "x", "Een titel", "Een tekst met niet-begeleide woorden.");
	doc_make(&other, "y", "Titel", "Andere tekst, andere woorden, a.m.v.");
	entry_builder_open(analyser, &fresh);
	print_entry(entry_build(fresh, &d), &before);
	entry_build(fresh, &other);
	print_entry(entry_build(fresh, &d), &after);
	ok(before.len == after.len &&
	    memcmp(before.s, after.s, after.len) == 0,
	    "a document gives the same entry, whatever was built before it");
	analyser_forget(analyser);
	entry_build(fresh, &other);
	buf_cut(&after, 0);
	print_entry(entry_build(fresh, &d), &after);
	ok(before.len == after.len &&
	    memcmp(before.s, after.s, after.len) == 0,
	    "and whatever the analyser forgot");
	entry_builder_free(&fresh);
	ok(fresh == NULL, "a freed builder is gone");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(analyser_open(&analyser, &err) == 0, "it opens %s", err.msg))
		return tap_done();
	entry_builder_open(analyser, &builder);
	test_words();
	test_fields();
	test_long();
	test_marks();
	test_chunks();
	test_reuse();
	entry_builder_free(&builder);
	analyser_free(&analyser);
	return tap_done();
}
