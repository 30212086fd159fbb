/*
 * Versions of one thing, as model/versions.h says it, the prints of texts, and
 * one text in several formats.
 */
#include <config.h>

#include "model/versions.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "gather/replaces.h"
#include "gather/sametext.h"
#include "model/lists.h"
#include "tap.h"

#define TODAY 20260101

/* Two texts of which about two thirds are the same, and one that is other. */
static const char text_old[] =
    "De ambtenaar beoordeelt of een inreisverbod wordt uitgevaardigd. Een "
    "inreisverbod wordt niet uitgevaardigd als de vreemdeling minderjarig is "
    "of als er sprake is van familieleven in de zin van het verdrag. De duur "
    "van het verbod bedraagt ten hoogste twee jaren en wordt berekend vanaf "
    "het tijdstip van feitelijk vertrek uit het grondgebied.";
static const char text_new[] =
    "De ambtenaar beoordeelt of een inreisverbod wordt uitgevaardigd. Een "
    "inreisverbod wordt niet uitgevaardigd als de vreemdeling minderjarig is "
    "of als er sprake is van familieleven in de zin van het verdrag. De duur "
    "van het verbod bedraagt ten hoogste vijf jaren, tenzij er redenen zijn "
    "om daarvan af te wijken wegens humanitaire omstandigheden.";
static const char text_other[] =
    "Het hoger beroep heeft geen schorsende werking. Tegen de uitspraak van "
    "de rechtbank staat beroep open bij de afdeling, binnen vier weken nadat "
    "de griffier een afschrift aan partijen heeft verzonden of uitgereikt.";

/* ---- documents ---- */

struct row {
	const char *soort, *land, *titel, *kenmerk;
	int van, tot;
	const char *text, *vervangt, *door;
};

static void
make_doc(const struct row *r, const char *pad, struct doc *d)
{
	*d = (struct doc){ .id = xstrdup(pad), .pad = xstrdup(pad),
	    .van_ymd = r->van, .tot_ymd = r->tot };
	doc_add(d, FIELD_SOORT, r->soort, ORIGIN_EMBEDDED);
	doc_add(d, FIELD_TITEL, r->titel, ORIGIN_EMBEDDED);
	if (r->land != NULL)
		doc_add(d, FIELD_LAND, r->land, ORIGIN_EMBEDDED);
	if (r->kenmerk != NULL)
		doc_add(d, FIELD_KENMERK, r->kenmerk, ORIGIN_EMBEDDED);
	if (r->vervangt != NULL)
		doc_list_add(&d->vervangt, &d->nvervangt, xstrdup(r->vervangt));
	if (r->door != NULL)
		doc_list_add(&d->vervangen_door, &d->nvervangen_door,
		    xstrdup(r->door));
	if (r->text != NULL)
		buf_adds(&d->text, r->text);
	textprint_make(buf_str(&d->text), d->text.len, &d->print);
}

#define MAX 8
static struct version versions[MAX];

static void
order_on(const struct row *rows, size_t n, int peil_ymd)
{
	size_t i;

	for (i = 0; i < MAX; i++)
		version_clear(&versions[i]);
	for (i = 0; i < n; i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		CLEAN(doc_clear) struct doc d;

		make_doc(&rows[i], "pad", &d);
		version_print(&d, &b);
		if (!version_parse(buf_str(&b), b.len, &versions[i]))
			ok(0, "what is printed can be parsed");
	}
	versions_order(versions, n, peil_ymd);
}

/* Whether a goes before b, and b not before a. */
static bool
before(size_t a, size_t b)
{
	return version_precedes(&versions[a], &versions[b]) &&
	    !version_precedes(&versions[b], &versions[a]);
}

static bool
apart(size_t a, size_t b)
{
	return !version_precedes(&versions[a], &versions[b]) &&
	    !version_precedes(&versions[b], &versions[a]);
}

/* ---- families ---- */

#define WI(titel, kenmerk, van, tot, text) \
	{ "werkinstructie", NULL, titel, kenmerk, van, tot, text, NULL, NULL }
#define LR(land, kenmerk, van, tot) \
	{ "landenrapport", land, "Landenrapport " land " " kenmerk, kenmerk, \
	    van, tot, NULL, NULL, NULL }

static void
test_periods(void)
{
	static const struct row rows[] = {
		WI("WI 2014/24 Het inreisverbod", "WI 2014/24", 20140123,
		    20140406, text_old),
		WI("WI 2015/61 Het inreisverbod", "WI 2015/61", 20150128,
		    DATE_OPEN_END, text_new),
		WI("WI 2011/7 Het inreisverbod (versie 2011)", "WI 2011/7",
		    20110619, 20131231, text_other),
		WI("WI 2015/62 Het vertrek", "WI 2015/62", 20150128,
		    DATE_OPEN_END, text_new),
	};

	order_on(rows, 4, TODAY);
	ok(before(1, 0), "what is valid goes before what it replaced");
	ok(before(1, 2) && before(0, 2),
	    "of what is not valid any more the newer goes first");
	ok(apart(1, 3) && apart(0, 3), "another title is another thing");
	ok(version_is_newer(&versions[1], &versions[0]) &&
	    !version_is_newer(&versions[0], &versions[1]), "newer is newer");
	order_on(rows, 4, 20140201);
	ok(before(0, 1) && before(0, 2),
	    "on a date of reference goes first what was valid then");
	ok(version_is_newer(&versions[1], &versions[0]),
	    "which does not make it newer");
	order_on(rows, 4, 20140701);
	ok(before(1, 0), "in a gap the newer goes first");
}

static void
test_side_by_side(void)
{
	static const struct row rows[] = {
		WI("Ongewenstverklaring", "WI 2013/8", 20131010, DATE_OPEN_END,
		    text_old),
		WI("Ongewenstverklaring", "WI 2013/9", 20131010, DATE_OPEN_END,
		    text_other),
		WI("Ongewenstverklaring", "WI 2011/2", 20110619, 20131009,
		    text_new),
		WI("Rechtsmiddelen", "WI 2011/56", 20110619, 20131231,
		    text_old),
		WI("Rechtsmiddelen", "WI 2015/104", 20150701, DATE_OPEN_END,
		    text_new),
		WI("Rechtsmiddelen", "WI 2015/105", DATE_NONE, DATE_NONE,
		    text_other),
	};

	order_on(rows, 6, TODAY);
	ok(apart(0, 1), "what holds at one time is no version of the other");
	ok(before(0, 2) && apart(1, 2),
	    "then only texts that are alike are versions");
	ok(before(4, 3), "alike in spite of another of that title");
	ok(apart(4, 5) && apart(3, 5), "which stays apart");
}

static void
test_unknown(void)
{
	static const struct row rows[] = {
		LR("AZ", "LR 2014/4", 20140101, 20150703),
		LR("AZ", "LR 2011/4", 20110619, 20131231),
		LR("AZ", "LR 2015/5", DATE_NONE, DATE_NONE),
		LR("AM", "LR 2015/3", DATE_NONE, DATE_NONE),
		LR("AM", "LR 2015/4", 20150728, DATE_OPEN_END),
		{ "landenrapport", "AM", "Landenrapport AM", NULL, DATE_NONE,
		    DATE_NONE, NULL, NULL, NULL },
	};

	order_on(rows, 6, TODAY);
	ok(before(2, 0) && before(2, 1),
	    "without dates the number says what is newer");
	ok(before(4, 3), "what is valid goes before what may be");
	ok(before(4, 5) && apart(3, 5),
	    "without date or number it only goes behind what is valid");
	ok(apart(2, 3) && apart(0, 4), "another country is another thing");
}

static void
test_words(void)
{
	static const struct row rows[] = {
		WI("Iets", "WI 2014/13", 20140101, DATE_OPEN_END, text_old),
		{ "werkinstructie", NULL, "Heel anders", "WI 2015/25", 20150601,
		    DATE_OPEN_END, text_other, "WI 2014/13", NULL },
		{ "werkinstructie", NULL, "Nog anders", "WI 2016/1", DATE_NONE,
		    DATE_NONE, NULL, NULL, NULL },
		{ "werkinstructie", NULL, "Oud", "WI 2012/1", DATE_NONE,
		    DATE_NONE, NULL, NULL, "WI 2016/1" },
	};

	order_on(rows, 4, TODAY);
	ok(before(1, 0), "what says that it replaces another goes before it");
	order_on(rows, 4, 20150101);
	ok(before(0, 1), "but not before it holds");
	ok(before(2, 3), "what says that it was replaced goes behind");
	ok(apart(1, 2) && apart(0, 3), "and no one else does");
}

static void
test_strict_order(void)
{
	static const struct row rows[] = {
		LR("SY", "LR 2011/1", 20110101, 20111231),
		LR("SY", "LR 2012/1", 20120101, 20121231),
		LR("SY", "LR 2013/1", DATE_NONE, DATE_NONE),
		LR("SY", "LR 2014/1", 20140101, 20141231),
		LR("SY", "LR 2015/1", 20150101, DATE_OPEN_END),
		LR("SY", "LR 2010/1", DATE_NONE, DATE_NONE),
		{ "landenrapport", "SY", "Landenrapport SY", NULL, DATE_NONE,
		    DATE_NONE, NULL, NULL, NULL },
	};
	static const int days[] = { 20110601, 20120601, 20130601, 20140601,
	    20260101, 20000101 };
	size_t d, i, j, k;
	bool is_strict = true;

	for (d = 0; d < NELEM(days); d++) {
		order_on(rows, NELEM(rows), days[d]);
		for (i = 0; i < NELEM(rows); i++)
			for (j = 0; j < NELEM(rows); j++) {
				const struct version *a = &versions[i];
				const struct version *b = &versions[j];

				is_strict &= !version_precedes(a, b) ||
				    !version_precedes(b, a);
				for (k = 0; k < NELEM(rows); k++)
					is_strict &=
					    !version_precedes(a, b) ||
					    !version_precedes(b, &versions[k]) ||
					    version_precedes(a, &versions[k]);
			}
	}
	ok(is_strict, "before is never mutual, and before before is before");
}

static void
test_keys(void)
{
	static const struct {
		const char *a, *b;
		const char *land;
		bool is_same;
		const char *why;
	} cases[] = {
		{ "WI 2014/24 Het inreisverbod", "Het Inreisverbod.", NULL,
		    true, "case, punctuation and the own number do not count" },
		{ "Geldigheidsduur (versie 2011)", "Geldigheidsduur", NULL,
		    true, "nor does a version" },
		{ "Leges 2014", "Leges 2015", NULL, false,
		    "the year of a yearly decision does" },
		{ "Factsheet Iran 2014", "Factsheet Iran 2015", "IR", true,
		    "unless it is about a country" },
		{ "Factsheet Iran", "Landenrapport Iran", "IR", false,
		    "other words do" },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		struct row a = WI(cases[i].a, "WI 2014/24", 0, 0, NULL);
		struct row b = WI(cases[i].b, NULL, 0, 0, NULL);
		CLEAN(buf_clear) struct buf x = BUF_INIT, y = BUF_INIT;
		CLEAN(doc_clear) struct doc d = { 0 }, e = { 0 };

		a.land = b.land = cases[i].land;
		make_doc(&a, "a", &d);
		make_doc(&b, "b", &e);
		version_key(&d, &x);
		version_key(&e, &y);
		ok((strcmp(buf_str(&x), buf_str(&y)) == 0) == cases[i].is_same,
		    "key: %s", cases[i].why);
	}
}

/* ---- prints ---- */

static double
likeness(const char *a, const char *b)
{
	struct textprint x, y;

	textprint_make(a, strlen(a), &x);
	textprint_make(b, strlen(b), &y);
	return textprint_likeness(&x, &y);
}

static bool
is_exact(const char *a, const char *b)
{
	struct textprint x, y;

	textprint_make(a, strlen(a), &x);
	textprint_make(b, strlen(b), &y);
	return x.words == y.words && x.hash == y.hash && x.numbers == y.numbers;
}

static void
test_prints(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct textprint p, q;

	ok(likeness(text_old, text_old) == 1, "a text is like itself");
	ok(likeness(text_old, text_other) < 0.1, "and not like another");
	ok(likeness(text_old, text_new) > 0.3, "but like a version of it");
	ok(likeness("", "") == 0, "no text is like no text at all");
	ok(is_exact("Het b\xC3\xA9sluit, van de Minister",
	    "het besluit\nVAN   de minister 12"),
	    "case, accents, spaces and short numbers do not count");
	ok(!is_exact("bedrag 1250 euro", "bedrag 1300 euro"), "long ones do");
	ok(!is_exact("van de minister", "de van minister"), "order does");
	textprint_make(text_old, strlen(text_old), &p);
	textprint_print(&p, &b);
	ok(textprint_parse(buf_str(&b), b.len, &q) &&
	    p.words == q.words && p.hash == q.hash &&
	    p.numbers == q.numbers && memcmp(p.sketch, q.sketch,
	    sizeof p.sketch) == 0, "print and parse are inverse");
	ok(!textprint_parse(buf_str(&b), b.len - 1, &q), "what is cut is none");
}

/* ---- one text in several formats ---- */

struct sheet {
	struct row row;
	const char *pad, *format;
	bool has_sidecar;
};

static struct textid ids[MAX];

static void
make_textid(const struct sheet *s, struct textid *out)
{
	CLEAN(doc_clear) struct doc d = { 0 };

	make_doc(&s->row, s->pad, &d);
	if (strncmp(s->pad, "PUC_", 4) == 0) {
		free(d.id);
		d.id = xstrndup(s->pad, strcspn(s->pad, "-."));
	}
	doc_add(&d, FIELD_FORMAAT, s->format, ORIGIN_DERIVED);
	textid_make(&d, s->has_sidecar, out);
}

static bool
same(const struct sheet *a, const struct sheet *b)
{
	make_textid(a, &ids[0]);
	make_textid(b, &ids[1]);
	return textid_same(&ids[0], &ids[1]) && textid_same(&ids[1], &ids[0]);
}

static void
test_same(void)
{
	static const struct row plain = WI("Het inreisverbod", NULL, 0, 0,
	    text_old);
	static const struct row numbered = WI("Het inreisverbod", "WI 2014/24",
	    0, 0, text_old);
	static const struct row other_number = WI("Het inreisverbod",
	    "WI 2015/61", 0, 0, text_old);
	static const struct row near_text = WI("Het inreisverbod", NULL, 0, 0,
	    text_new);
	static const struct row year_one = WI("Kaart", "WI 2014/24", 20140101,
	    20141231, text_old);
	static const struct row year_two = WI("Kaart", NULL, 20150101,
	    20151231, text_old);
	static const struct row short_text = WI("Bijlage", NULL, 0, 0,
	    "Zie ommezijde.");

	ok(same(&(struct sheet){ plain, "a.html", "html", false },
	    &(struct sheet){ numbered, "b.pdf", "pdf", false }),
	    "one text in two formats is one document");
	ok(!same(&(struct sheet){ numbered, "a.html", "html", false },
	    &(struct sheet){ other_number, "b.pdf", "pdf", false }),
	    "not with different numbers");
	ok(!same(&(struct sheet){ plain, "PUC_1_1.html", "html", false },
	    &(struct sheet){ plain, "PUC_2_1.pdf", "pdf", false }),
	    "nor with different ids");
	ok(!same(&(struct sheet){ year_one, "a.html", "html", false },
	    &(struct sheet){ year_two, "b.pdf", "pdf", false }),
	    "nor with different periods");
	ok(!same(&(struct sheet){ plain, "kaart-2014.html", "html", false },
	    &(struct sheet){ plain, "kaart-2015.pdf", "pdf", false }),
	    "nor of different years");
	ok(!same(&(struct sheet){ plain, "a.html", "html", false },
	    &(struct sheet){ near_text, "b.pdf", "pdf", false }),
	    "nor with a text that is only alike");
	ok(!same(&(struct sheet){ short_text, "a.html", "html", false },
	    &(struct sheet){ short_text, "b.pdf", "pdf", false }),
	    "nor when there is too little text to tell");
}

static void
test_group(void)
{
	static const struct row plain = WI("Het inreisverbod", NULL, 0, 0,
	    text_old);
	static const struct row one = WI("Het inreisverbod", "WI 2014/24", 0, 0,
	    text_old);
	static const struct row two = WI("Het inreisverbod", "WI 2015/61", 0, 0,
	    text_old);
	const struct sheet sheets[] = {
		{ plain, "a.txt", "txt", false },
		{ plain, "b.docx", "docx", false },
		{ plain, "c.html", "html", false },
		{ one, "d.odt", "odt", true },
		{ two, "e.pdf", "pdf", false },
	};
	const struct textid *list[NELEM(sheets)];
	size_t leader[NELEM(sheets)], i;

	for (i = 0; i < NELEM(sheets); i++) {
		make_textid(&sheets[i], &ids[i]);
		list[i] = &ids[i];
	}
	sametext_group(list, NELEM(sheets), leader);
	ok(leader[0] == 3 && leader[1] == 3 && leader[2] == 3 && leader[3] == 3,
	    "the one with a sidecar stands for the group");
	ok(leader[4] == 4, "which no two of different numbers share");
	list[3] = NULL;
	sametext_group(list, NELEM(sheets), leader);
	ok(leader[0] == 2 && leader[1] == 2 && leader[2] == 2,
	    "without a sidecar the best format does");
}

static void
test_textid(void)
{
	static const struct sheet sheet = { WI("Titel", "WI 2014/24", 20140101,
	    DATE_OPEN_END, text_old), "PUC_1_1.pdf", "pdf", true };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	struct textid back;

	make_textid(&sheet, &ids[0]);
	textid_print(&ids[0], &b);
	ok(textid_parse(buf_str(&b), &back) && textid_same(&ids[0], &back) &&
	    back.merit == ids[0].merit && back.format == ids[0].format,
	    "a textid is read back as it was");
	buf_cut(&b, b.len - 2);
	ok(!textid_parse(buf_str(&b), &back) && !textid_parse("", &back),
	    "or not at all");
}

/* ---- what documents say ---- */

static void
test_replaces(void)
{
	static const struct {
		const char *text, *vervangt, *door;
	} cases[] = {
		{ "Deze werkinstructie vervangt WI 2014/13.", "WI 2014/13", "" },
		{ "Ter vervanging van de werkinstructie 2014/13 en WI 2014/14.",
		    "WI 2014/13 WI 2014/14", "" },
		{ "Vervangen door WI2019-3.", "", "WI 2019/3" },
		{ "WI 2014/13 is hiermee ingetrokken.", "WI 2014/13", "" },
		{ "WI 2012/9 vervangt WI 2010/4.", "", "" },
		{ "WI 2015/25 vervangt WI 2010/4.", "WI 2010/4", "" },
		{ "De gemachtigde vervangt de advocaat. Zie WI 2014/13.", "",
		    "" },
		{ "Zie WI 2014/13 en WI 2014/14.", "", "" },
	};
	struct numbers *numbers = NULL;
	struct replaces *r = NULL;
	struct error err;
	size_t i, j;

	if (lists_load(&err) == -1 || numbers_load(&numbers, &err) == -1 ||
	    replaces_load(&r, &err) == -1) {
		ok(0, "the tables are read: %s", err.msg);
		return;
	}
	for (i = 0; i < NELEM(cases); i++) {
		struct row row = WI("T", "WI 2015/25", 0, 0, cases[i].text);
		CLEAN(buf_clear) struct buf a = BUF_INIT, b = BUF_INIT;
		CLEAN(doc_clear) struct doc d = { 0 };

		make_doc(&row, "pad", &d);
		replaces_find(r, numbers, &d);
		for (j = 0; j < d.nvervangt; j++)
			buf_addf(&a, "%s%s", j > 0 ? " " : "", d.vervangt[j]);
		for (j = 0; j < d.nvervangen_door; j++)
			buf_addf(&b, "%s%s", j > 0 ? " " : "",
			    d.vervangen_door[j]);
		ok(strcmp(buf_str(&a), cases[i].vervangt) == 0 &&
		    strcmp(buf_str(&b), cases[i].door) == 0, "%s",
		    cases[i].text);
	}
	replaces_free(&r);
	numbers_free(&numbers);
	lists_free();
}

int
main(void)
{
	size_t i;

	test_periods();
	test_side_by_side();
	test_unknown();
	test_words();
	test_strict_order();
	test_keys();
	test_prints();
	test_same();
	test_group();
	test_textid();
	test_replaces();
	for (i = 0; i < MAX; i++)
		version_clear(&versions[i]);
	return tap_done();
}
