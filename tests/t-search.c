/*
 * Searching a small index: what is found must be what the documents that were
 * put in say, and limits must hold.
 */
#include <config.h>

#include "index/search.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "smallindex.h"
#include "tap.h"

/* Are the hits just the documents that the rule holds for? */
static bool
hits_are(const char *text, const char *keys, bool (*rule)(const struct doc *))
{
	struct result r;
	size_t i, n = 0;
	bool good = true;

	ask(text, keys, &r);
	for (i = 0; i < NDOCS; i++) {
		good &= is_hit(&r, &docs[i]) == rule(&docs[i]);
		n += rule(&docs[i]);
	}
	good &= r.total == n && r.nhits == n;
	result_clear(&r);
	return good && n > 0 && n < NDOCS;
}

static bool
has_land(const struct doc *d, const char *land)
{
	size_t i;

	for (i = 0; i < d->values[FIELD_LAND].count; i++)
		if (strcmp(d->values[FIELD_LAND].items[i].text, land) == 0)
			return true;
	return false;
}

/* ---- the documents that were put in ---- */

static bool
rule_asiel(const struct doc *d)
{
	return has(d, "asiel");
}

static bool
rule_both(const struct doc *d)
{
	return has(d, "asiel") && has(d, "toets");
}

static bool
rule_either(const struct doc *d)
{
	return has(d, "asiel") || has(d, "toets");
}

static bool
rule_not(const struct doc *d)
{
	return has(d, "asiel") && !has(d, "toets");
}

static bool
rule_without(const struct doc *d)
{
	return !has(d, "asiel");
}

static bool
rule_phrase(const struct doc *d)
{
	return strstr(buf_str(&d->text), "asiel toets") != NULL ||
	    strstr(buf_str(&d->text), "asiel.\ntoets") != NULL;
}

static bool
rule_title(const struct doc *d)
{
	return strcmp(doc_first(d, FIELD_TITEL), "asiel") == 0;
}

static bool
rule_prefix(const struct doc *d)
{
	return has(d, "verblijf") || has(d, "vergunning");
}

static bool
rule_land(const struct doc *d)
{
	return has_land(d, "SY") || has_land(d, "IR");
}

static bool
rule_no_land(const struct doc *d)
{
	return !has_land(d, "SY") && has(d, "asiel");
}

static bool
rule_date(const struct doc *d)
{
	return d->datum_ymd >= 20240101 && d->datum_ymd <= 20241231;
}

static void
test_rules(void)
{
	static const struct {
		const char *text, *keys;
		bool (*rule)(const struct doc *);
		const char *claim;
	} cases[] = {
		{ "asiel", "", rule_asiel, "a word finds what has it" },
		{ "ASI\xC3\x89L", "", rule_asiel, "however it is written" },
		{ "asielen", "", rule_asiel, "in any form" },
		{ "+asiel +toets", "", rule_both, "what must be there is" },
		{ "asiel EN toets", "", rule_both, "EN asks for both" },
		{ "asiel OF toets", "", rule_either, "OF for either" },
		{ "asiel -toets", "", rule_not, "what must not is not" },
		{ "asiel NIET toets", "", rule_not, "NIET says the same" },
		{ "-asiel", "", rule_without, "an exclusion may stand alone" },
		{ "\"asiel toets\"", "", rule_phrase, "a phrase is literal" },
		{ "titel:asiel", "", rule_title, "titel: looks there only" },
		{ "", "titel=asiel", rule_title, "as a key, too" },
		{ "ver*", "", rule_prefix, "an asterisk finds beginnings" },
		{ "land:SY land:IR", "", rule_land,
		    "values of a field are alternatives" },
		{ "", "land=SY&land=IR", rule_land, "as keys, too" },
		{ "asiel", "land=!SY", rule_no_land, "an excluded value" },
		{ "asiel -land:SY", "", rule_no_land, "as it is typed" },
		{ "", "datum=2024", rule_date, "a year is all its days" },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++)
		ok(hits_are(cases[i].text, cases[i].keys, cases[i].rule), "%s",
		    cases[i].claim);
	ok(total("", "") == NDOCS, "no question finds all");
	ok(total("zeegras", "") == 0 && total("+asiel +zeegras", "") == 0,
	    "a word that is nowhere finds nothing");
	ok(total("-zeegras", "") == NDOCS, "and excludes nothing");
	ok(total("\xCC\x88", "") == total("", ""),
	    "a mark without a letter is no word");
}

/* ---- limits ---- */

/* Ask within limits; -1: refused, with *says, which the caller frees. */
static int
ask_within(const char *text, struct query_limits limits, uint32_t *n,
    char **says)
{
	CLEAN(query_clear) struct query q;
	CLEAN(result_clear) struct result r = { 0 };
	struct error err = ERROR_INIT;

	query_init(&q, TODAY);
	q.limits = limits;
	if (query_set(&q, "q", text, &err) == -1 ||
	    search(store, &q, &r, &err) == -1) {
		*says = xstrdup(err.msg);
		return err.kind == ERROR_QUERY ? -1 : -2;
	}
	*n = r.total;
	return 0;
}

static void
test_limits(void)
{
	static const struct {
		const char *text;
		struct query_limits limits;
		const char *says;	/* NULL: it is answered */
		const char *claim;
	} cases[] = {
		{ "ver*", { 2, 0, 1 }, NULL, "as many words as may be" },
		{ "ver*", { 1, 1000, 1 },
		    "met ‘ver’ beginnen meer dan 1 woorden: typ meer letters",
		    "one word more is refused, not left out" },
		{ "titel:ver*", { 1, 1000, 1 }, "typ meer letters",
		    "in titles, too" },
		{ "asiel -ver*", { 1, 1000, 1 }, "typ meer letters",
		    "and where they must not be" },
		{ "zeegras*", { 1, 0, 1 }, NULL, "of no word there is nothing" },
		{ "\"asiel toets\"", { 9, 0, 1 }, NULL,
		    "one phrase is always answered" },
		{ "asiel NABIJ/3 toets", { 9, 0, 1 }, NULL, "one NABIJ, too" },
		{ "\"asiel toets\" OF \"toets asiel\"", { 9, 20, 1 },
		    "te zwaar", "two may be too much" },
		{ "\"asiel toets\" OF \"toets asiel\"", { 9, 2 * NDOCS, 1 },
		    NULL, "or may not" },
		{ "\"asiel toets\" OF \"toets asiel\"", { 9, 20, NDOCS + 1 },
		    NULL, "and count for nothing when they are light" },
		{ "\"asiel toets\" (toets NABIJ/2 asiel)", { 9, 20, 1 },
		    "te zwaar", "a phrase and a NABIJ" },
		{ "ver* \"asiel toets\"", { 9, 4, 1 }, "te zwaar",
		    "an asterisk and a phrase" },
		{ "-ver* -\"asiel toets\"", { 9, 4, 1 }, "te zwaar",
		    "excluded" },
	};
	const struct query_limits none = { 1000, 1000000, 1000000 };
	uint32_t n = 0, same = 0;
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		CLEAN(str_free) char *says = NULL, *ignored = NULL;
		int rc = ask_within(cases[i].text, cases[i].limits, &n, &says);

		if (cases[i].says != NULL)
			ok(rc == -1 && strstr(says, cases[i].says) != NULL,
			    "limits: %s", cases[i].claim);
		else
			ok(rc == 0 && ask_within(cases[i].text, none, &same,
			    &ignored) == 0 && n == same, "limits: %s",
			    cases[i].claim);
	}
}

/* What is worked out once is found with the same score. */
static void
test_once(void)
{
	static const char *const questions[] = { "ver*", "\"asiel toets\"",
	    "asiel NABIJ/3 toets", "ver* \"asiel toets\" bekering",
	    "+christen -\"asiel toets\"", "titel:ver* OF asiel" };
	struct query_limits once = { 1000, 1000000, 1 };
	struct error err = ERROR_INIT;
	size_t i, k;

	for (i = 0; i < NELEM(questions); i++) {
		CLEAN(query_clear) struct query q;
		CLEAN(result_clear) struct result a = { 0 }, b = { 0 };
		bool same;

		query_init(&q, TODAY);
		query_set(&q, "q", questions[i], &err);
		query_set(&q, "aantal", "1000", &err);
		same = search(store, &q, &a, &err) == 0;
		q.limits = once;
		same = same && search(store, &q, &b, &err) == 0 &&
		    a.nhits > 0 && a.nhits == b.nhits &&
		    a.with_all_words == b.with_all_words;
		for (k = 0; same && k < a.nhits; k++)
			same = strcmp(a.hits[k].doc.id, b.hits[k].doc.id) == 0 &&
			    fabs(a.hits[k].score - b.hits[k].score) < 1e-9;
		ok(same, "once or more times, the same hits: %s", questions[i]);
	}
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(small_open(&err) == 0, "it opens %s", err.msg))
		return 1;
	ok(small_make(&err) == 0, "an index of %d documents is made %s", NDOCS,
	    err.msg);
	test_rules();
	test_limits();
	test_once();
	small_free();
	return tap_done();
}
