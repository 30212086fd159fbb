/*
 * hostile: an answer of which one part is as hostile as can be, and what
 * hostile visitors and documents say.
 *
 * For the tests of outputs.
 */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/query.h"
#include "model/result.h"

#define TODAY 20261122
#define MAX_PAYLOADS 400

enum part {
	PART_NONE, PART_Q, PART_FILTER, PART_TITLE, PART_PASSAGE, PART_HEADING,
	PART_KENMERK, PART_THEME, PART_PATH, PART_ALSO, PART_URL, PART_FORMAT,
	PART_LANGUAGE, PART_STATUS, PART_SUCCESSOR, PART_CORRECTION, PART_NOTE,
	PART_ALSO_NOTE, NPARTS
};

__attribute__((unused))
static const char *const part_names[NPARTS] = {
	"nothing", "the question", "a value asked for", "a title", "a passage",
	"a heading", "a kenmerk", "a value of a facet", "a path",
	"another path", "a url", "a format", "a language", "a status",
	"a successor", "a correction", "a remark", "words also looked for",
};

struct hostile {
	struct query q;
	struct result r;
};

static void
hostile_clear(struct hostile *a)
{
	query_clear(&a->q);
	result_clear(&a->r);
}

static char *
text(enum part part, enum part bad, const char *payload, const char *good)
{
	return xstrdup(part == bad ? payload : good);
}

static void
add_value(struct result *r, enum field_id f, const char *value, uint32_t docs,
    bool is_chosen)
{
	struct facet *facet = result_facet(r, f);

	facet_add(facet, value, strlen(value), docs);
	facet->values[facet->nvalues - 1].is_chosen = is_chosen;
}

static void
make_doc(struct doc *d, enum part bad, const char *s)
{
	CLEAN(str_free) char *title = text(PART_TITLE, bad, s, "Titel");
	CLEAN(str_free) char *kenmerk = text(PART_KENMERK, bad, s, "WI 2014/60");
	CLEAN(str_free) char *format = text(PART_FORMAT, bad, s, "pdf");
	CLEAN(str_free) char *language = text(PART_LANGUAGE, bad, s, "en");

	d->id = xstrdup("PUC_1_1");
	d->pad = text(PART_PATH, bad, s, "map/a.pdf");
	d->url = bad == PART_URL ? xstrdup(s) : NULL;
	d->status = text(PART_STATUS, bad, s, "ok");
	d->van_ymd = 20140701;
	d->tot_ymd = 20150630;
	d->datum_ymd = 20140701;
	d->paginas = 12;
	doc_add(d, FIELD_TITEL, title, ORIGIN_TITLE);
	doc_add(d, FIELD_SOORT, "werkinstructie", ORIGIN_TITLE);
	doc_add(d, FIELD_KENMERK, kenmerk, ORIGIN_TITLE);
	doc_add(d, FIELD_LAND, "SY", ORIGIN_TITLE);
	doc_add(d, FIELD_FORMAAT, format, ORIGIN_DERIVED);
	doc_add(d, FIELD_TAAL, language, ORIGIN_DERIVED);
	doc_list_add(&d->ook_als, &d->nook_als,
	    text(PART_ALSO, bad, s, "map/a.docx"));
}

/* Marks that no text has, too: what is stored may be damaged. */
static void
make_hit(struct hit *h, enum part bad, const char *s)
{
	static const struct mark marks[] = { { 0, 1 }, { 2, 5 }, { 90, 999 } };

	h->rank = 1;
	h->validity = VALIDITY_VERVALLEN;
	make_doc(&h->doc, bad, s);
	h->replaced_by = text(PART_SUCCESSOR, bad, s, "WI 2015/1");
	h->passages = xcalloc(3, sizeof *h->passages);
	for (h->npassages = 0; h->npassages < 3; h->npassages++) {
		struct passage *p = &h->passages[h->npassages];

		p->text = text(PART_PASSAGE, bad, s, "Een stuk tekst");
		p->heading = text(PART_HEADING, bad, s, "1.1 Kop");
		p->page = 3;
		p->marks = xmalloc(sizeof marks);
		memcpy(p->marks, marks, sizeof marks);
		p->nmarks = NELEM(marks);
	}
}

static void
make_notes(struct result *r, enum part bad, const char *s)
{
	CLEAN(str_free) char *also = text(PART_ALSO_NOTE, bad, s, "bekeerling");
	CLEAN(str_free) char *value = text(PART_NOTE, bad, s, "3..2");
	struct error err = ERROR_INIT;

	r->correction = text(PART_CORRECTION, bad, s, "bekering");
	notes_add(&r->notes, NOTE_ALSO, also);
	notes_add(&r->notes, NOTE_CORRECTED, also, also);
	notes_add(&r->notes, NOTE_CUT, "64");
	error_set(&err, ERROR_QUERY, "ongeldige %s ‘%s’: het begin ligt na "
	    "het einde", "datum", value);
	notes_add_error(&r->notes, NOTE_NO_VALUE, &err);
}

/* The payload goes in as it would: past query_set(), which refuses some. */
__attribute__((unused))
static void
hostile_make(struct hostile *a, enum part bad, const char *s)
{
	CLEAN(str_free) char *theme = text(PART_THEME, bad, s, "Asiel");
	struct error err = ERROR_INIT;
	struct filter f = { .field = &fields[FIELD_THEMA] };

	*a = (struct hostile){ .r = { .total = 42, .with_all_words = 7,
	    .coverage_documents = 1252, .coverage_unsearchable = 9 } };
	query_init(&a->q, TODAY);
	query_set(&a->q, "q", "bekering", &err);
	query_set(&a->q, "soort", "werkinstructie", &err);
	query_set(&a->q, "datum", "2014", &err);
	query_set(&a->q, "peildatum", "2014-07-01", &err);
	query_set(&a->q, "vanaf", "10", &err);
	if (bad == PART_Q) {
		free(a->q.q);
		a->q.q = xstrdup(s);
	}
	f.value = text(PART_FILTER, bad, s, "Asiel");
	query_add_filter(&a->q, &f);
	a->r.hits = xcalloc(1, sizeof *a->r.hits);
	a->r.nhits = 1;
	make_hit(&a->r.hits[0], bad, s);
	make_notes(&a->r, bad, s);
	result_init_facets(&a->r);
	add_value(&a->r, FIELD_SOORT, "werkinstructie", 42, true);
	add_value(&a->r, FIELD_THEMA, theme, 12, false);
	add_value(&a->r, FIELD_GELDIGHEID, "geldig", 42, false);
	add_value(&a->r, FIELD_GELDIGHEID, "toekomstig", 0, false);
}

/* ---- payloads ---- */

/* Unescape \xNN and \\ in place. */
static void
unescape(char *s)
{
	char *to = s, hex[3] = "";

	for (; *s != '\0'; s++) {
		if (s[0] == '\\' && s[1] == '\\')
			*to++ = *s++;
		else if (s[0] == '\\' && s[1] == 'x') {
			memcpy(hex, s + 2, 2);
			*to++ = (char)strtoul(hex, NULL, 16);
			s += 3;
		} else
			*to++ = *s;
	}
	*to = '\0';
}

/* Those of tests/aanvallen.tsv; returns how many there are. */
__attribute__((unused))
static size_t
read_payloads(char **payloads)
{
	const char *top = getenv("srcdir");
	CLEAN(str_free) char *path = xasprintf("%s/tests/aanvallen.tsv",
	    top != NULL ? top : ".");
	FILE *f = fopen(path, "r");
	char line[512];
	size_t n = 0;

	if (f == NULL)
		return 0;
	while (n < MAX_PAYLOADS && fgets(line, sizeof line, f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "# ", 2) == 0)
			continue;
		unescape(line);
		payloads[n++] = xstrdup(line);
	}
	fclose(f);
	return n;
}

#endif
