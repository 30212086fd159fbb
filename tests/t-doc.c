#include <config.h>

#include "model/doc.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "tap.h"

static void
test_add(void)
{
	struct doc d = { 0 };

	ok(doc_first(&d, FIELD_SOORT) == NULL, "a new document has no values");
	doc_add(&d, FIELD_SOORT, "overig", ORIGIN_FOLDER);
	doc_add(&d, FIELD_SOORT, "tabel", ORIGIN_FOLDER);
	ok(strcmp(doc_first(&d, FIELD_SOORT), "overig") == 0,
	    "of one origin the first value stays");
	doc_add(&d, FIELD_SOORT, "werkinstructie", ORIGIN_SIDECAR);
	doc_add(&d, FIELD_SOORT, "presentatie", ORIGIN_TEXT);
	ok(strcmp(doc_first(&d, FIELD_SOORT), "werkinstructie") == 0 &&
	    d.values[FIELD_SOORT].count == 1, "a better origin replaces it");
	doc_add(&d, FIELD_LAND, "SY", ORIGIN_TITLE);
	doc_add(&d, FIELD_LAND, "IQ", ORIGIN_TITLE);
	doc_add(&d, FIELD_LAND, "SY", ORIGIN_TITLE);
	ok(d.values[FIELD_LAND].count == 2,
	    "a field of many takes several, each once");
	doc_add(&d, FIELD_LAND, "IR", ORIGIN_NAME);
	ok(d.values[FIELD_LAND].count == 2, "but not of a worse origin");
	doc_add(&d, FIELD_LAND, "TR", ORIGIN_EMBEDDED);
	ok(d.values[FIELD_LAND].count == 1 &&
	    strcmp(doc_first(&d, FIELD_LAND), "TR") == 0,
	    "and a better one replaces them all");
	doc_clear(&d);
	ok(d.values[FIELD_LAND].items == NULL, "clearing leaves nothing");
}

/* ---- the record ---- */

static char *
random_text(void)
{
	static const char *const bits[] = { "a", "=", ":", "\n", "\\", "n",
	    "\\n", " ", "\xC3\xAB", "\xFF", "sidecar", "." };
	struct buf b = BUF_INIT;
	int n = rand() % 12;

	while (n-- > 0)
		buf_adds(&b, bits[(size_t)rand() % NELEM(bits)]);
	return buf_steal(&b);
}

static void
random_doc(struct doc *d)
{
	size_t i;
	int n;

	*d = (struct doc){ .id = random_text(), .pad = random_text(),
	    .url = rand() % 2 ? random_text() : NULL,
	    .status = random_text(), .paginas = (uint32_t)rand() };
	for (i = 0; i < NFIELDS; i++) {
		if (i == FIELD_TEKST || i == FIELD_DATUM ||
		    i == FIELD_GELDIGHEID)
			continue;
		for (n = rand() % 4; n > 0; n--) {
			char *s = random_text();

			doc_add(d, (enum field_id)i, s,
			    (enum origin)(rand() % NORIGINS));
			free(s);
		}
	}
	if (rand() % 2) {
		d->datum_ymd = 20140701;
		d->datum_origin = (enum origin)(rand() % NORIGINS);
	}
	if (rand() % 2) {
		d->van_ymd = rand() % 2 ? DATE_OPEN_BEGIN : 20150101;
		d->tot_ymd = rand() % 2 ? DATE_OPEN_END : 20991231;
		d->van_origin = (enum origin)(rand() % NORIGINS);
		d->tot_origin = (enum origin)(rand() % NORIGINS);
	}
	d->nook_als = (size_t)rand() % 3;
	d->ook_als = calloc(d->nook_als + 1, sizeof *d->ook_als);
	for (i = 0; i < d->nook_als; i++)
		d->ook_als[i] = random_text();
	for (n = rand() % 3; n > 0; n--)
		doc_list_add(&d->conflicts, &d->nconflicts, random_text());
}

static int
strings_equal(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static int
docs_equal(const struct doc *a, const struct doc *b)
{
	size_t i, k;
	int same;

	same = strings_equal(a->id, b->id) && strings_equal(a->pad, b->pad) &&
	    strings_equal(a->url, b->url) &&
	    strings_equal(a->status, b->status) &&
	    a->paginas == b->paginas && a->datum_ymd == b->datum_ymd &&
	    a->datum_origin == b->datum_origin && a->van_ymd == b->van_ymd &&
	    a->van_origin == b->van_origin && a->tot_ymd == b->tot_ymd &&
	    a->tot_origin == b->tot_origin && a->nook_als == b->nook_als &&
	    a->nconflicts == b->nconflicts;
	for (i = 0; same && i < a->nconflicts; i++)
		same = strcmp(a->conflicts[i], b->conflicts[i]) == 0;
	for (i = 0; same && i < a->nook_als; i++)
		same = strcmp(a->ook_als[i], b->ook_als[i]) == 0;
	for (i = 0; same && i < NFIELDS; i++) {
		const struct doc_values *v = &a->values[i], *w = &b->values[i];

		same = v->count == w->count;
		for (k = 0; same && k < v->count; k++)
			same = v->items[k].origin == w->items[k].origin &&
			    strcmp(v->items[k].text, w->items[k].text) == 0;
	}
	return same;
}

static void
test_round_trip(void)
{
	struct error err = ERROR_INIT;
	int i, good = 1, cut_good = 1;

	srand(20260701);
	for (i = 0; i < 2000 && good && cut_good; i++) {
		struct doc a, b = { 0 }, c = { 0 };
		struct buf s = BUF_INIT;

		random_doc(&a);
		doc_record_print(&a, &s);
		good = doc_record_parse(s.s, s.len, &b, &err) == 0 &&
		    docs_equal(&a, &b);
		cut_good = doc_record_parse(s.s, s.len - 1, &c, &err) == -1 &&
		    c.id == NULL && err.kind == ERROR_INDEX;
		buf_clear(&s);
		doc_clear(&a);
		doc_clear(&b);
		doc_clear(&c);
	}
	ok(good, "printing and parsing a record gives the document back");
	ok(cut_good, "a record without its end is an error");
}

static void
test_damage(void)
{
	static const char *const wrong[] = {
		"", "id=a\n", "pad=a\n", "id=a\npad=b\nx=y\n",
		"id=a\npad=b\nid=c\n", "id=a\npad=b\nsoort:elders=x\n",
		"id=a\npad=b\nsoort=x\n", "id=a\npad=b\n:sidecar=x\n",
		"id=a\npad=b\ndatum:text=2014\xC2\xBD\n",
		"id=a\npad=b\ndatum:text=\n", "id=a\npad=b\npaginas=-1\n",
		"id=a\npad=b\npaginas=99999999999\n", "id=a\npad=b\\\n",
		"id=a\npad=b\\t\n", "id=a\npad=b\n\n", "=a\n",
		"id=a\npad=b\ngeldigheid:text=geldig\n",
	};
	struct error err = ERROR_INIT;
	struct doc d = { 0 };
	size_t i;

	for (i = 0; i < NELEM(wrong); i++)
		ok(doc_record_parse(wrong[i], strlen(wrong[i]), &d, &err) == -1 &&
		    err.kind == ERROR_INDEX && d.id == NULL,
		    "damaged record %zu is refused and leaves no document", i);
	ok(doc_record_parse("id=a\npad=b\n", 11, &d, &err) == 0,
	    "the smallest record has an id and a path");
	doc_clear(&d);
}

static void
test_readable(void)
{
	struct doc d = { .id = xstrdup("PUC_1_1"), .pad = xstrdup("a\nb.pdf"),
	    .datum_ymd = 20140701, .datum_origin = ORIGIN_SIDECAR };
	struct buf s = BUF_INIT;

	doc_add(&d, FIELD_KENMERK, "WI 2014/60", ORIGIN_TEXT);
	doc_record_print(&d, &s);
	ok(strcmp(buf_str(&s), "id=PUC_1_1\npad=a\\nb.pdf\n"
	    "kenmerk:text=WI 2014/60\ndatum:sidecar=20140701\n") == 0,
	    "a record is lines that people can read");
	buf_clear(&s);
	doc_clear(&d);
}

int
main(void)
{
	test_add();
	test_readable();
	test_round_trip();
	test_damage();
	return tap_done();
}
