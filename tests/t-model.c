/*
 * The pure middle: layout, passages, snippets, plans, validity, facets, and
 * what goes into the index for one document.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "dutch/analyse.h"
#include "model/entry.h"
#include "model/layout.h"
#include "model/passage.h"
#include "model/plan.h"
#include "model/result.h"
#include "model/snippet.h"
#include "model/validity.h"
#include "tap.h"

static struct analyser *analyser;

/* ---- layout ---- */

static void
fill_layout(struct layout *l)
{
	static struct layout_chunk chunks[] = { { 0, 103 }, { 9000, 1500 },
	    { 20000, 1500 }, { 4000000000, 3000000000 } };
	static struct layout_page pages[] = { { 0, 103, 1 }, { 50, 110, 3 } };
	static struct layout_heading headings[] = { { 103, 1, "Inleiding" },
	    { 103, 2, "" }, { 200, 6, "3.4 Bekeerlingen uit Syri\xC3\xAB" } };

	*l = (struct layout){
		.text_bytes = 4100000000, .first_pos = 103,
		.end_pos = 3000000500,
		.chunks = chunks, .nchunks = NELEM(chunks),
		.pages = pages, .npages = NELEM(pages),
		.headings = headings, .nheadings = NELEM(headings),
	};
}

static bool
same_layout(const struct layout *a, const struct layout *b)
{
	size_t i;

	if (a->text_bytes != b->text_bytes || a->first_pos != b->first_pos ||
	    a->end_pos != b->end_pos || a->nchunks != b->nchunks ||
	    a->npages != b->npages || a->nheadings != b->nheadings)
		return false;
	for (i = 0; i < a->nchunks; i++)
		if (a->chunks[i].at != b->chunks[i].at ||
		    a->chunks[i].pos != b->chunks[i].pos)
			return false;
	for (i = 0; i < a->npages; i++)
		if (a->pages[i].at != b->pages[i].at ||
		    a->pages[i].pos != b->pages[i].pos ||
		    a->pages[i].number != b->pages[i].number)
			return false;
	for (i = 0; i < a->nheadings; i++)
		if (a->headings[i].pos != b->headings[i].pos ||
		    a->headings[i].level != b->headings[i].level ||
		    strcmp(a->headings[i].text, b->headings[i].text) != 0)
			return false;
	return true;
}

static void
test_layout(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(layout_clear) struct layout got = { 0 };
	struct layout l, none = { .first_pos = 101, .end_pos = 101 };
	struct error err = ERROR_INIT;

	fill_layout(&l);
	layout_print(&l, &b);
	ok(layout_parse(b.s, b.len, &got, &err) == 0 && same_layout(&l, &got),
	    "a layout is read as it was written");
	ok(layout_chunk_of_pos(&l, 0) == 0 && layout_chunk_of_pos(&l, 103) == 0 &&
	    layout_chunk_of_pos(&l, 1499) == 0 &&
	    layout_chunk_of_pos(&l, 1500) == 2 &&
	    layout_chunk_of_pos(&l, UINT32_MAX) == 3,
	    "a position lies in the last chunk that begins before it");
	ok(layout_chunk_of_byte(&l, 8999) == 0 &&
	    layout_chunk_of_byte(&l, 9000) == 1 &&
	    layout_chunk_of_byte(&l, UINT32_MAX) == 3, "so does a byte");
	ok(layout_page_of(&l, 103) == 1 && layout_page_of(&l, 109) == 1 &&
	    layout_page_of(&l, 110) == 3, "a page ends where the next begins");
	ok(layout_page_of(&l, 1) == 1, "the title stands on the first");
	ok(layout_heading_of(&l, 102) == NULL &&
	    layout_heading_of(&l, 103) == &l.headings[1] &&
	    layout_heading_of(&l, 5000) == &l.headings[2],
	    "a position stands under the last heading before it");
	layout_clear(&got);
	buf_cut(&b, 0);
	layout_print(&none, &b);
	ok(layout_parse(b.s, b.len, &got, &err) == 0 && same_layout(&none, &got),
	    "an empty layout too");
	ok(layout_page_of(&got, 101) == 0 && layout_chunk_of_pos(&got, 101) == 0 &&
	    layout_heading_of(&got, 101) == NULL, "in it there is nothing");
}

/* Refused, or read as some layout: what is read can be looked into. */
static int
try_layout(const char *bytes, size_t n)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	struct error err = ERROR_INIT;
	const struct layout_heading *h;
	size_t i, len = 0;

	if (layout_parse(bytes, n, &l, &err) == -1)
		return err.kind == ERROR_INDEX && l.chunks == NULL;
	for (i = 0; i < l.nheadings; i++)
		len += strlen(l.headings[i].text);
	h = layout_heading_of(&l, 150);
	return (h == NULL || h->text != NULL) && len < 1000 &&
	    layout_chunk_of_pos(&l, 150) <= l.nchunks;
}

static void
test_damaged_layout(void)
{
	CLEAN(buf_clear) struct buf packed = BUF_INIT;
	CLEAN(buf_clear) struct buf plain = BUF_INIT;
	CLEAN(buf_clear) struct buf again = BUF_INIT;
	CLEAN(layout_clear) struct layout l = { 0 };
	struct error err = ERROR_INIT;
	struct layout good;
	size_t i, n;
	int cut = 1, flipped = 1, inside = 1;

	fill_layout(&good);
	layout_print(&good, &packed);
	for (n = 0; n < packed.len; n++)
		cut &= layout_parse(packed.s, n, &l, &err) == -1 &&
		    err.kind == ERROR_INDEX;
	ok(cut, "a layout that is cut off is refused");
	for (i = 0; i < packed.len * 8; i++) {
		packed.s[i / 8] ^= (char)(1 << i % 8);
		flipped &= try_layout(packed.s, packed.len);
		packed.s[i / 8] ^= (char)(1 << i % 8);
	}
	ok(flipped, "one with a bit flipped is refused, or is a layout");
	if (chunk_unpack(packed.s, packed.len, 1000, &plain, &err) == -1)
		abort();
	for (i = 0; i < plain.len * 256; i++) {
		char was = plain.s[i / 256];

		plain.s[i / 256] = (char)(i % 256);
		buf_cut(&again, 0);
		chunk_pack(plain.s, plain.len, &again);
		inside &= try_layout(again.s, again.len);
		plain.s[i / 256] = was;
	}
	ok(inside, "so is one that was damaged before it was packed");
	buf_cut(&again, 0);
	chunk_pack(plain.s, plain.len - 1, &again);
	ok(layout_parse(again.s, again.len, &l, &err) == -1,
	    "numbers that end too early are refused");
	buf_addc(&plain, 'x');
	buf_cut(&again, 0);
	chunk_pack(plain.s, plain.len, &again);
	ok(layout_parse(again.s, again.len, &l, &err) == -1,
	    "and so are bytes that are left over");
}

static void
test_chunks(void)
{
	CLEAN(buf_clear) struct buf packed = BUF_INIT;
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	struct error err = ERROR_INIT;

	buf_adds(&out, "eerst ");
	chunk_pack("asiel", 5, &packed);
	ok(chunk_unpack(packed.s, packed.len, 5, &out, &err) == 0 &&
	    strcmp(out.s, "eerst asiel") == 0, "unpacking appends");
	ok(chunk_unpack(packed.s, packed.len, 4, &out, &err) == -1 &&
	    err.kind == ERROR_INDEX && out.len == 11,
	    "more than was allowed is refused");
	ok(chunk_unpack("geen zstd", 9, 100, &out, &err) == -1,
	    "so is what was never packed");
	ok(chunk_unpack("", 0, 100, &out, &err) == -1, "and nothing at all");
	buf_cut(&packed, 0);
	chunk_pack("", 0, &packed);
	ok(chunk_unpack(packed.s, packed.len, 0, &out, &err) == 0 && out.len == 11,
	    "an empty chunk is empty");
}

/* ---- passages ---- */

static bool
is_stretch(const struct stretch *s, uint32_t begin, uint32_t end)
{
	return s->begin == begin && s->end == end;
}

static void
test_passages(void)
{
	static const uint32_t a[] = { 10, 500, 505, 900 };
	static const uint32_t b[] = { 902, 12, 2 };
	struct spots spots[] = { { a, NELEM(a), 1 }, { b, NELEM(b), 3 } };
	struct stretch out[5];
	size_t n;

	ok(passages_find(spots, 0, 0, out, 5) == 0, "no words, no passages");
	n = passages_find(spots, 2, 0, out, 5);
	ok(n == 3 && is_stretch(&out[0], 2, 12) && is_stretch(&out[1], 900, 902) &&
	    is_stretch(&out[2], 500, 505),
	    "the stretch with most of the question is first, in any order");
	n = passages_find(spots, 2, 5, out, 5);
	ok(n == 3 && is_stretch(&out[0], 10, 12) &&
	    is_stretch(&out[1], 900, 902),
	    "what stands before first does not count; of equals the first wins");
	ok(passages_find(spots, 2, 0, out, 1) == 1 &&
	    is_stretch(&out[0], 2, 12), "with room for one the best is kept");
	ok(passages_find(spots, 2, 0, out, 0) == 0, "with no room none is");
	ok(passages_find(spots, 2, 1000, out, 5) == 0,
	    "nothing stands behind the end");
}

static void
test_passage_scores(void)
{
	static const uint32_t near[] = { 100, 1000 }, far[] = { 101, 1030 };
	static const uint32_t twice[] = { 1, 5, 1000 };
	uint32_t *many = xcalloc(50000, sizeof *many), rare = 400000;
	struct spots pair[] = { { near, 2, 1 }, { far, 2, 1 } };
	struct spots one[] = { { twice, 3, 1 } };
	struct spots crowd[] = { { many, 50000, 0.1 }, { &rare, 1, 5 } };
	struct stretch out[3];
	uint32_t i;

	ok(passages_find(pair, 2, 0, out, 3) == 2 && out[0].begin == 100 &&
	    out[0].score > out[1].score, "nearer words make a better passage");
	ok(passages_find(one, 1, 0, out, 3) == 2 && out[0].begin == 1 &&
	    out[0].score > out[1].score, "a word that repeats, too");
	for (i = 0; i < 50000; i++)
		many[i] = 10 * i;
	ok(passages_find(crowd, 2, 0, out, 3) == 3 &&
	    out[0].begin <= rare && out[0].end >= rare,
	    "a rare word is found, however often a common one occurs");
	free(many);
}

static void
test_passages_random(void)
{
	uint32_t positions[4][40];
	struct spots spots[4];
	struct stretch out[6];
	size_t n, i, j;
	int good = 1, round;

	srand(5);
	for (round = 0; round < 20000; round++) {
		for (i = 0; i < 4; i++) {
			spots[i] = (struct spots){ positions[i],
			    (size_t)rand() % 40, 0.5 + rand() % 5 };
			for (j = 0; j < spots[i].count; j++)
				positions[i][j] = (uint32_t)rand() % 600;
		}
		n = passages_find(spots, 4, 50, out, 6);
		for (i = 0; i < n; i++) {
			good &= out[i].begin >= 50 && out[i].begin <= out[i].end &&
			    out[i].end - out[i].begin < PASSAGE_WORDS &&
			    (i == 0 || out[i].score <= out[i - 1].score);
			for (j = 0; j < i; j++)
				good &= out[i].end < out[j].begin ||
				    out[j].end < out[i].begin;
		}
	}
	ok(good, "passages are short, best first, and never overlap");
}

/* ---- plan ---- */

static void
test_plan(void)
{
	static const struct stamped disk[] = { { "a", 1 }, { "b", 2 },
	    { "b/c", 3 }, { "d", 4 } };
	static const struct stamped index[] = { { "a", 1 }, { "b", 9 },
	    { "c", 3 }, { "d", 4 }, { "e", 5 } };
	static const enum plan_what want[] = { PLAN_KEEP, PLAN_UPDATE, PLAN_ADD,
	    PLAN_DELETE, PLAN_KEEP, PLAN_DELETE };
	struct plan p;
	size_t i;
	int good = 1;

	plan_make(disk, NELEM(disk), index, NELEM(index), &p);
	for (i = 0; i < p.nsteps && i < NELEM(want); i++)
		good &= p.steps[i].what == want[i];
	ok(p.nsteps == NELEM(want) && good,
	    "what is new, changed, gone or the same is seen, by path");
	ok(p.steps[1].disk == 1 && p.steps[1].index == 1 &&
	    p.steps[2].disk == 2 && p.steps[5].index == 4,
	    "each step says where in the lists");
	ok(p.counts[PLAN_KEEP] == 2 && p.counts[PLAN_ADD] == 1 &&
	    p.counts[PLAN_UPDATE] == 1 && p.counts[PLAN_DELETE] == 2,
	    "and the steps are counted");
	plan_clear(&p);
	plan_make(disk, NELEM(disk), disk, NELEM(disk), &p);
	ok(p.nsteps == 4 && p.counts[PLAN_KEEP] == 4,
	    "nothing has to change when nothing did");
	plan_clear(&p);
	plan_make(NULL, 0, index, NELEM(index), &p);
	ok(p.counts[PLAN_DELETE] == 5, "an empty disk empties the index");
	plan_clear(&p);
	plan_make(disk, NELEM(disk), NULL, 0, &p);
	ok(p.counts[PLAN_ADD] == 4, "an empty index is filled");
	plan_clear(&p);
	plan_make(NULL, 0, NULL, 0, &p);
	ok(p.nsteps == 0, "of nothing comes nothing");
	plan_clear(&p);
}

/* ---- validity and facets ---- */

static uint32_t
facet_docs(struct result *r, enum field_id field, const char *value)
{
	struct facet *f = result_facet(r, field);
	size_t i;

	for (i = 0; f != NULL && i < f->nvalues; i++)
		if (strcmp(f->values[i].value, value) == 0)
			return f->values[i].docs;
	return 0;
}

/* The packed period of a document, as entry_build() makes it. */
static void
pack_period(struct entry_builder *b, int van, int tot, struct buf *out)
{
	static char id[] = "x", title[] = "x", status[] = "ok";
	struct doc_value value = { title, ORIGIN_TITLE };
	struct doc d = { .id = id, .pad = id, .status = status, .van_ymd = van,
	    .tot_ymd = tot };
	const struct entry *e;
	size_t i;

	d.values[FIELD_TITEL] = (struct doc_values){ &value, 1, 1 };
	e = entry_build(b, &d);
	buf_cut(out, 0);
	for (i = 0; i < e->nvalues; i++)
		if (e->values[i].slot == SLOT_PERIOD)
			buf_add(out, e->values[i].s, e->values[i].len);
}

static void
test_validity(void)
{
	static const int days[] = { DATE_NONE, DATE_OPEN_BEGIN, 10101, 20240228,
	    20240229, 20240301, 99991230, DATE_OPEN_END };
	CLEAN(buf_clear) struct buf packed = BUF_INIT;
	struct entry_builder *b;
	size_t v, t, p;
	int rule = 1, facets = 1;

	entry_builder_open(analyser, &b);
	for (v = 0; v < NELEM(days); v++)
		for (t = 0; t < NELEM(days); t++)
			for (p = 2; p < NELEM(days); p++) {
				int van = days[v], tot = days[t], on = days[p];
				enum validity want = van == 0 && tot == 0 ?
				    VALIDITY_ONBEKEND : tot != 0 && tot < on ?
				    VALIDITY_VERVALLEN : van > on ?
				    VALIDITY_TOEKOMSTIG : VALIDITY_GELDIG;
				struct result r = { 0 };

				rule &= validity_on(van, tot, on) == want;
				pack_period(b, van, tot, &packed);
				result_init_facets(&r);
				result_count_period(&r, packed.s, packed.len, 3,
				    on);
				facets &= facet_docs(&r, FIELD_GELDIGHEID,
				    validity_name(want)) == 3;
				result_clear(&r);
			}
	entry_builder_free(&b);
	ok(rule, "validity follows from begin, end and day, in that order");
	ok(facets, "the facet of what is indexed says the same");
	ok(validity_on(DATE_NONE, DATE_NONE, 20240101) == VALIDITY_ONBEKEND,
	    "without dates it is unknown, never geldig");
	ok(validity_on(20240101, DATE_OPEN_END, 99991231) == VALIDITY_GELDIG &&
	    validity_on(20240101, DATE_NONE, 99991231) == VALIDITY_GELDIG,
	    "an open end is valid forever");
	ok(validity_on(20240101, 20240101, 20240101) == VALIDITY_GELDIG,
	    "first and last day are included");
	for (v = 0, rule = 1; v < NVALIDITIES; v++)
		rule &= validity_by_name(validity_name((enum validity)v)) == v;
	ok(rule && validity_by_name("Geldig") == NVALIDITIES &&
	    validity_by_name("") == NVALIDITIES,
	    "each has a name, and there are no others");
}

static void
test_facets(void)
{
	/* In the order of fields.def: soort, land, thema, jaar, formaat, taal */
	static const char one[] = "uitspraak\x1ESY\x1FIR\x1E\x1E" "2020\x1Epdf\x1E"
	    "nl\x1E";
	static const char two[] = "wet\x1ESY\x1E" "Asiel\x1E\x1E\x1E\x1E";
	static const char cut[] = "wet\x1ESY\x1F";
	struct result r = { 0 };
	struct facet *land;

	result_init_facets(&r);
	ok(result_facet(&r, FIELD_TITEL) == NULL &&
	    result_facet(&r, FIELD_LAND) != NULL &&
	    result_facet(&r, FIELD_GELDIGHEID)->nvalues == NVALIDITIES,
	    "facet fields have a facet, and geldigheid all its values");
	result_count_packed(&r, NULL, one, sizeof one - 1, 2);
	result_count_packed(&r, NULL, two, sizeof two - 1, 5);
	result_count_packed(&r, NULL, cut, sizeof cut - 1, 1);
	result_count_packed(&r, NULL, "", 0, 7);
	ok(facet_docs(&r, FIELD_LAND, "SY") == 8 &&
	    facet_docs(&r, FIELD_LAND, "IR") == 2 &&
	    facet_docs(&r, FIELD_SOORT, "wet") == 6 &&
	    facet_docs(&r, FIELD_THEMA, "Asiel") == 5 &&
	    facet_docs(&r, FIELD_JAAR, "2020") == 2 &&
	    facet_docs(&r, FIELD_TAAL, "nl") == 2, "packed values are counted");
	ok(result_facet(&r, FIELD_THEMA)->nvalues == 1,
	    "where there is no value none is counted");
	result_count_packed(&r, &fields[FIELD_SOORT], one, sizeof one - 1, 10);
	ok(facet_docs(&r, FIELD_SOORT, "uitspraak") == 12 &&
	    facet_docs(&r, FIELD_LAND, "IR") == 2, "one facet alone, too");
	facet_add(result_facet(&r, FIELD_LAND), "AFx", 2, 2);
	result_sort_facets(&r);
	land = result_facet(&r, FIELD_LAND);
	ok(land->nvalues == 3 && strcmp(land->values[0].value, "SY") == 0 &&
	    strcmp(land->values[1].value, "AF") == 0 &&
	    strcmp(land->values[2].value, "IR") == 0,
	    "most documents come first, then by value");
	ok(strcmp(result_facet(&r, FIELD_GELDIGHEID)->values[0].value,
	    "geldig") == 0, "geldigheid keeps its order");
	result_clear(&r);
	ok(r.facets == NULL && r.nfacets == 0, "a cleared result is empty");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(analyser_open(&analyser, &err) == 0, "it opens %s", err.msg))
		return tap_done();
	test_layout();
	test_damaged_layout();
	test_chunks();
	test_passages();
	test_passage_scores();
	test_passages_random();
	test_plan();
	test_validity();
	test_facets();
	analyser_free(&analyser);
	return tap_done();
}
