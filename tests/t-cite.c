/*
 * t-cite: citations, by the spellings in citaten.tsv; and properties on
 * hostile and mutated text.  With the argument "-" a filter: reads lines and
 * prints BEGIN-END KEY for each citation, with a second argument as context.
 */
#include <config.h>

#include "dutch/cite.h"

#include "base/mem.h"
#include "base/utf8.h"

#include "cases.h"
#include "tap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *
key_of(const struct citations *found, size_t i)
{
	return buf_str(&found->strings) + found->items[i].key;
}

/* The keys found in s, in their order, separated by spaces; "-" for none. */
static void
find_keys(const struct citer *c, const char *s, const char *context,
    struct buf *out)
{
	struct citations found = { 0 };
	size_t i;

	citations_find(c, s, strlen(s), *context != '\0' ? context : NULL,
	    &found);
	buf_cut(out, 0);
	for (i = 0; i < found.count; i++)
		buf_addf(out, "%s%s", i > 0 ? " " : "", key_of(&found, i));
	if (found.count == 0)
		buf_addc(out, '-');
	citations_clear(&found);
}

/* Replace "\n" by an end of line, in place. */
static void
unescape(char *s)
{
	char *t;

	while ((t = strstr(s, "\\n")) != NULL) {
		*t = '\n';
		memmove(t + 1, t + 2, strlen(t + 2) + 1);
	}
}

/* A row: the keys, the context, and spellings separated by " | ". */
static size_t
run_row(const struct citer *c, char *line)
{
	char *keys = strsep(&line, "\t"), *context = strsep(&line, "\t");
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	char *s = line, *end;
	size_t n = 0;

	for (; s != NULL && *s != '\0'; s = end, n++) {
		if ((end = strstr(s, " | ")) != NULL) {
			*end = '\0';
			end += 3;
		}
		unescape(s);
		find_keys(c, s, context, &got);
		if (!ok(strcmp(got.s, keys) == 0, "%s: %s", s, keys))
			printf("# found %s\n", got.s);
	}
	return n;
}

static void
run_rows(const struct citer *c, const char *path)
{
	CLEAN(cases_close) struct cases table = cases_open(path);
	size_t positive = 0, negative = 0, n;
	bool is_negative;
	char *line;

	ok(table.f != NULL, "%s opens", path);
	while ((line = cases_next(&table)) != NULL) {
		is_negative = *line == '-';
		n = run_row(c, line);
		*(is_negative ? &negative : &positive) += n;
	}
	ok(positive >= 60 && negative >= 40,
	    "%zu spellings and %zu near misses", positive, negative);
}

static void
test_parents(void)
{
	static const char *const chains[][8] = {
		{ "vc:c2/4.4.1", "vc:c2/4.4", "vc:c2/4", "vc:c2", "vc:c",
		    "vc" },
		{ "vc:b12", "vc:b", "vc" },
		{ "vw2000:art-29:1:b", "vw2000:art-29:1", "vw2000:art-29",
		    "vw2000" },
		{ "vb2000:art-3.51:1", "vb2000:art-3.51", "vb2000" },
		{ "ecli:nl:rvs:2019:1234" },
		{ "wi-2021-13" },
		{ "stb-2013-478" },
		{ "kst-19637-1234", "kst-19637" },
		{ "kst-33750-vi-4", "kst-33750-vi", "kst-33750" },
		{ "eu-2011/95:art-15:c", "eu-2011/95:art-15", "eu-2011/95" },
		{ "bw:boek-6", "bw" },
		{ "hrwn:art-8", "hrwn" },
	};
	size_t i, k, n;

	for (i = 0; i < NELEM(chains); i++)
		for (k = 0; chains[i][k] != NULL; k++) {
			const char *next = chains[i][k + 1];

			n = citation_parent(chains[i][k],
			    strlen(chains[i][k]));
			ok(next == NULL ? n == 0 : n == strlen(next) &&
			    strncmp(chains[i][k], next, n) == 0,
			    "%s is part of %s", chains[i][k],
			    next != NULL ? next : "nothing");
		}
}

static void
test_print(const struct citer *c)
{
	static const struct {
		const char *key, *text;
	} cases[] = {
		{ "vw2000:art-29:1:b",
		    "artikel 29, eerste lid, onder b, Vw 2000" },
		{ "vw2000", "Vreemdelingenwet 2000" },
		{ "awb:art-3.2", "artikel 3:2, Awb" },
		{ "vb2000:art-3.51:1:a:2o",
		    "artikel 3.51, eerste lid, onder a, 2\xC2\xB0, Vb 2000" },
		{ "vc:c2/4.4", "paragraaf C2/4.4 Vc 2000" },
		{ "vc:c2", "hoofdstuk C2 Vc 2000" },
		{ "wi-2021-13", "WI 2021/13" },
		{ "vdl-nga-2020", "VDL NGA 2020" },
		{ "puc-1839-1", "PUC_1839_1" },
		{ "ecli:nl:rvs:2019:1234", "ECLI:NL:RVS:2019:1234" },
		{ "ljn-bz1234", "LJN BZ1234" },
		{ "stb-2013-478", "Stb. 2013, 478" },
		{ "pbeu-2011-l337", "PbEU 2011, L 337" },
		{ "kst-19637-1234", "Kamerstukken 19637, nr. 1234" },
		{ "kst-19637", "Kamerstukken 19637" },
		{ "eu-2011/95", "Kwalificatierichtlijn" },
		{ "eu-2019/9999", "EU-regeling 2019/9999" },
		{ "bwbr0001234", "BWBR0001234" },
		{ "vluchtelingenverdrag:art-1:f",
		    "artikel 1F Vluchtelingenverdrag" },
	};
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&out, 0);
		citation_print(c, cases[i].key, strlen(cases[i].key), &out);
		if (!ok(strcmp(out.s, cases[i].text) == 0, "%s reads %s",
		    cases[i].key, cases[i].text))
			printf("# printed %s\n", out.s);
	}
}

static void
test_titles(const struct citer *c)
{
	static const struct {
		const char *title, *key;
	} cases[] = {
		{ "Vreemdelingenwet 2000", "vw2000" },
		{ "Vw 2000 - Hoofdstuk 3 Afdeling 1", "vw2000" },
		{ "Vw 2000, Hoofdstuk 3", "vw2000" },
		{ "Wet van 23 november 2000 tot algehele herziening van de "
		    "Vreemdelingenwet (Vreemdelingenwet 2000)", "vw2000" },
		{ "Vreemdelingencirculaire 2000 (C)", "vc:c" },
		{ "Vreemdelingencirculaire 2000", "vc" },
		{ "Voorschrift Vreemdelingen 2000", "vv2000" },
		{ "Handleiding RWN 2003, Artikel 8: 8-1-a Toelichting",
		    "hrwn" },
		{ "Burgerlijk Wetboek Boek 6, Verbintenissenrecht",
		    "bw:boek-6" },
		{ "Grondwet voor het Koninkrijk der Nederlanden van 24 "
		    "augustus 1815", "gw" },
		{ "Besluit van 1 mei 2010 houdende wijziging van het "
		    "Vreemdelingenbesluit 2000", NULL },
		{ "Regeling instelling Commissie Evaluatie Vreemdelingenwet "
		    "2000", NULL },
		{ "Wijzigingsbesluit Vreemdelingencirculaire 2000 (B)",
		    NULL },
		{ "Vreemdelingenwet 2000 BES", NULL },
		{ "WI 2021/13 Bekering", NULL },
		{ "Handleiding voor tolken", NULL },
		{ "", NULL },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		const char *key = citer_regulation(c, cases[i].title);

		if (!ok(cases[i].key == NULL ? key == NULL : key != NULL &&
		    strcmp(key, cases[i].key) == 0, "\"%s\" is %s",
		    cases[i].title, cases[i].key ? cases[i].key :
		    "no regulation"))
			printf("# is %s\n", key ? key : "none");
	}
}

/* What holds for every text: in order, within it, at characters. */
static bool
is_right(const char *s, size_t len, const struct citations *found)
{
	size_t i, before = 0;

	for (i = 0; i < found->count; i++) {
		const struct citation *x = &found->items[i];

		if (x->begin >= x->end || x->end > len || x->begin < before ||
		    x->nkey == 0 || strlen(key_of(found, i)) != x->nkey ||
		    ((unsigned char)s[x->begin] & 0xC0) == 0x80 ||
		    (x->end < len &&
		    ((unsigned char)s[x->end] & 0xC0) == 0x80))
			return false;
		before = x->begin;
	}
	return true;
}

static uint32_t
next_random(uint32_t *state)
{
	return *state = *state * 1664525 + 1013904223;
}

/* Pieces of text as they come: every order of them must do no harm. */
static void
test_mixtures(const struct citer *c)
{
	static const char *const pieces[] = { "artikel ", "art. ", "29", "30a",
		"3.51", ", ", " en ", " tot en met ", "eerste ", "lid ", "1",
		"onder ", "a", "b", " Vw", " Vw 2000", "van ", "de ", "wet ",
		"C2/4.4", "Richtlijn ", "2011/95/EU", "WI ", "2021/13",
		"Kamerstukken II ", "19 637", "nr. ", "Stb. ", "\n", "(", ")",
		"-", "\xE2\x80\x93", "\xC2\xA0", "\xC3\xAB", "\xC2\xB0",
		"\xC2\xAD", "BWBR0011823", "&artikel=", "ECLI:NL:RVS:",
		"1F", "jo. ", "boek 6 ", "BW", ":", "/", "." };
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct citations found = { 0 };
	uint32_t state = 20221126;
	bool good = true;
	int i, k;

	for (i = 0; i < 20000 && good; i++) {
		char *s;

		buf_cut(&text, 0);
		for (k = 0; k < 24; k++)
			buf_adds(&text, pieces[(next_random(&state) >> 8) %
			    NELEM(pieces)]);
		/* Without a NUL behind it, for the address sanitizer. */
		s = memcpy(xmalloc(text.len), text.s, text.len);
		citations_find(c, s, text.len, i % 2 ? "vw2000" : NULL,
		    &found);
		good = is_right(s, text.len, &found);
		free(s);
	}
	ok(good, "citations lie within the text, in order, at characters");
	citations_clear(&found);
}

static double
seconds_for(const struct citer *c, const char *piece, size_t bytes)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct citations found = { 0 };
	clock_t begin;

	while (text.len < bytes)
		buf_adds(&text, piece);
	begin = clock();
	citations_find(c, text.s, text.len, "vw2000", &found);
	citations_clear(&found);
	return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static void
test_hostile(const struct citer *c)
{
	static const char *const texts[] = { "artikel ", "artikel 1 en ",
		"1, 2, 3, ", "artikelen 1, 2, 3, 4, ", "a b c d ", "(((((",
		"Vw ", "Vw art. ", "lid 1 ", "eerste en tweede ", "     ",
		"\n\n\n", "1:1.", "BWBR0011823/", "\xC2\xAD", "2011/95 ",
		"Richtlijn (", "WI 2021/", "artikel 1 tot en met 40, ",
		"artikel 1, eerste tot en met twintigste lid, onder a t/m z, ",
		"Landenrapport ", "Verdrag tegen foltering en " };
	size_t i;

	for (i = 0; i < NELEM(texts); i++) {
		double all = seconds_for(c, texts[i], 1 << 20);

		ok(all < 2.0, "1 MB of \"%.20s\" is read in %.3f s",
		    *texts[i] == '\n' ? "\\n" : texts[i], all);
	}
}

static int
filter(const struct citer *c, const char *context)
{
	struct citations found = { 0 };
	char *line = NULL;
	size_t cap = 0, i;
	ssize_t n;

	while ((n = getline(&line, &cap, stdin)) > 0) {
		if (line[n - 1] == '\n')
			n--;
		citations_find(c, line, (size_t)n, context, &found);
		for (i = 0; i < found.count; i++)
			printf("%s%zu-%zu %s", i > 0 ? " " : "",
			    found.items[i].begin, found.items[i].end,
			    key_of(&found, i));
		putchar('\n');
	}
	free(line);
	citations_clear(&found);
	return 0;
}

/* One for questions finds the same: each text by a fresh one. */
static void
test_questions(const struct citer *c, const char *path)
{
	struct citations found = { 0 }, again = { 0 };
	struct citer *lazy = NULL;
	struct error err = ERROR_INIT;
	char *line = NULL;
	size_t cap = 0, count = 0, wrong = 0;
	ssize_t n;
	FILE *f = fopen(path, "r");

	while (f != NULL && (n = getline(&line, &cap, f)) > 0) {
		/* All of them by one would have all names ready soon. */
		if (count++ % 8 == 0) {
			citer_free(&lazy);
			if (citer_open_for_questions(&lazy, &err) == -1)
				break;
		}
		citations_find(c, line, (size_t)n, NULL, &found);
		citations_find(lazy, line, (size_t)n, NULL, &again);
		wrong += found.count != again.count ||
		    found.strings.len != again.strings.len ||
		    (found.strings.len > 0 && memcmp(found.strings.s,
		    again.strings.s, found.strings.len) != 0);
	}
	ok(count > 100 && wrong == 0, "in questions the same is found %s",
	    err.msg);
	if (f != NULL)
		fclose(f);
	free(line);
	citer_free(&lazy);
	citations_clear(&found);
	citations_clear(&again);
}

int
main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct citer *c = NULL;
	int status = 0;
	char *path;

	if (citer_open(&c, &err) == -1) {
		ok(0, "the tables load: %s", err.msg);
		return tap_done();
	}
	if (argc > 1 && strcmp(argv[1], "-") == 0) {
		status = filter(c, argc > 2 ? argv[2] : NULL);
		citer_free(&c);
		return status;
	}
	path = argc > 1 ? xstrdup(argv[1]) : cases_path("citaten.tsv");
	run_rows(c, path);
	test_parents();
	test_print(c);
	test_titles(c);
	test_mixtures(c);
	test_hostile(c);
	test_questions(c, path);
	ok(citer_fingerprint(c) != 0, "rules and tables have a fingerprint");
	free(path);
	citer_free(&c);
	return tap_done();
}
