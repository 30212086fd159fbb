#include <config.h>

#include "model/lists.h"

#include <string.h>

#include "tap.h"

static int
is(const char *got, const char *wanted)
{
	if (got == NULL || wanted == NULL)
		return got == wanted;
	return strcmp(got, wanted) == 0;
}

static void
test_values(void)
{
	static const struct {
		enum field_id field;
		const char *typed, *value;
	} cases[] = {
		{ FIELD_SOORT, "werkinstructie", "werkinstructie" },
		{ FIELD_SOORT, "WI", "werkinstructie" },
		{ FIELD_SOORT, "Werkinstructies", "werkinstructie" },
		{ FIELD_SOORT, "VDL factsheet", "vdl-factsheet" },
		{ FIELD_SOORT, "factsheets-vdl", "vdl-factsheet" },
		{ FIELD_SOORT, "Portaalpagina\xE2\x80\x99s", "portaalpagina" },
		{ FIELD_SOORT, "roman", NULL },
		{ FIELD_SOORT, "", NULL },
		{ FIELD_LAND, "Syri\xC3\xAB", "SY" },
		{ FIELD_LAND, "syrie", "SY" },
		{ FIELD_LAND, "SY", "SY" },
		{ FIELD_LAND, "syr", "SY" },
		{ FIELD_LAND, "Syri\xC3\xABrs", "SY" },
		{ FIELD_LAND, "Congo (DRC)", "CD" },
		{ FIELD_LAND, "Congo, Democratische Republiek", "CD" },
		{ FIELD_LAND, "congo", "CG" },
		{ FIELD_LAND, "Guinee-Bissau", "GW" },
		{ FIELD_LAND, "Guinee", "GN" },
		{ FIELD_LAND, "Tsjetsjeni\xC3\xAB", "RU" },
		{ FIELD_LAND, "Atlantis", NULL },
		{ FIELD_GELDIGHEID, "Nog niet geldig", "toekomstig" },
		{ FIELD_GELDIGHEID, "verlopen", "vervallen" },
		{ FIELD_TAAL, "Nederlands", "nl" },
		{ FIELD_TAAL, "NLD", "nl" },
		{ FIELD_THEMA, "toezicht", "Toezicht en terugkeer" },
		{ FIELD_KENMERK, "WI 2014/60", NULL },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++)
		ok(is(list_value(cases[i].field, cases[i].typed),
		    cases[i].value), "%s:%s is %s",
		    fields[cases[i].field].name, cases[i].typed,
		    cases[i].value != NULL ? cases[i].value : "nothing");
	ok(list_find(FIELD_LAND, "in", 2, LIST_NAME) == NULL,
	    "a country code is no name of a country");
	ok(is(list_find(FIELD_LAND, "in", 2, LIST_ANY), "IN"),
	    "but stands for it");
}

/* Every list reads its own values and labels back, whatever stands in it. */
static void
test_lists(void)
{
	static const enum field_id closed[] = { FIELD_SOORT, FIELD_LAND,
	    FIELD_THEMA, FIELD_GELDIGHEID, FIELD_FORMAAT, FIELD_TAAL };
	const char *value;
	size_t i, k;
	int values, labels;

	for (i = 0; i < NELEM(closed); i++) {
		values = labels = 1;
		for (k = 0; (value = list_item(closed[i], k)) != NULL; k++) {
			values &= is(list_value(closed[i], value), value);
			labels &= is(list_value(closed[i],
			    list_label(closed[i], value)), value);
		}
		ok(k > 0 && values, "%s: each of %zu values is its own spelling",
		    fields[closed[i]].name, k);
		ok(labels, "%s: each label means its value",
		    fields[closed[i]].name);
	}
	for (i = 0; i < NFIELDS; i++)
		if (fields[i].flags & FIELD_CLOSED)
			ok(list_item(fields[i].id, 0) != NULL,
			    "the closed field %s has a list", fields[i].name);
	ok(list_item(FIELD_KENMERK, 0) == NULL, "an open field has none");
}

static void
test_labels(void)
{
	static const char *const with_disclaimer[] = { "vdl-factsheet",
	    "werkinstructie", "informatiebericht" };
	const struct disclaimer *d;
	size_t i;

	ok(is(list_label(FIELD_LAND, "SY"), "Syri\xC3\xAB"),
	    "a visitor reads the name of a country");
	ok(is(list_label(FIELD_SOORT, "vdl-factsheet"),
	    "Factsheet veilig derde land"), "and of a soort");
	ok(is(list_label(FIELD_THEMA, "Iets nieuws"), "Iets nieuws"),
	    "an unknown value is its own label");
	for (i = 0; i < NELEM(with_disclaimer); i++) {
		d = list_disclaimer(with_disclaimer[i]);
		ok(d != NULL && *d->kort != '\0' &&
		    strlen(d->kort) < strlen(d->tekst),
		    "%s has a disclaimer, long and short", with_disclaimer[i]);
	}
	ok(list_disclaimer("uitspraak") == NULL, "a ruling has none");
	d = list_disclaimer("werkinstructie");
	ok(d != NULL && strstr(d->tekst, "nadrukkelijk g\xC3\xA9\xC3\xA9n "
	    "beleidsregels") != NULL, "the long text is the portal's");
}

static void
test_fields(void)
{
	unsigned char used[256] = { 0 };
	int distinct = 1;
	size_t i, k, n;

	for (i = 0; i < NFIELDS; i++) {
		n = fields[i].slot == 0 ? 0 : fields[i].kind == FIELD_PERIOD ? 2 : 1;
		for (k = 0; k < n; k++)
			distinct &= fields[i].slot + k > 4 &&
			    !used[fields[i].slot + k]++;
	}
	ok(distinct && !used[SLOT_FACETS] && !used[SLOT_PERIOD],
	    "no two fields share a slot, nor use Omega's or ours");
	for (i = 0; i < NFIELDS; i++)
		for (k = 0; k < i; k++)
			distinct &= strcmp(fields[i].name, fields[k].name) != 0 &&
			    (*fields[i].prefix == '\0' ||
			    strcmp(fields[i].prefix, fields[k].prefix) != 0);
	ok(distinct, "no two fields share a name or a prefix");
	ok(field_by_name("land") == &fields[FIELD_LAND],
	    "a field is found by its name");
	ok(field_by_name("") == NULL && field_by_name("lan") == NULL,
	    "and by nothing else");
	ok(fields_hash() == fields_hash() && fields_hash() != 0,
	    "the table has a fingerprint");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	test_fields();
	if (!ok(lists_load(&err) == 0, "the lists load %s", err.msg))
		return tap_done();
	ok(lists_load(&err) == 0, "and again");
	test_values();
	test_lists();
	test_labels();
	ok(lists_hash() != 0, "the lists have a fingerprint");
	lists_free();
	return tap_done();
}
