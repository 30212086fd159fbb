#include <config.h>

#include "model/versions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "model/validity.h"

/*
 * Texts this much alike are versions of one another.  Of the pairs with one
 * title in a corpus of Vreemdelingencirculaire texts, true versions shared
 * 0.34 to 0.76 of their runs of three words, others at most 0.28, most of them
 * less than 0.15.
 */
#define LIKE_TEXT	0.30

/* ---- what belongs together ---- */

static bool
list_has(const char *list, const char *kenmerk)
{
	size_t n = strlen(kenmerk);
	const char *end;

	for (; n > 0 && (end = strchr(list, '\n')) != NULL; list = end + 1)
		if ((size_t)(end - list) == n && memcmp(list, kenmerk, n) == 0)
			return true;
	return false;
}

/* Whether a says that it replaces b, or b that a does. */
static bool
replaces(const struct version *a, const struct version *b)
{
	return list_has(a->vervangt, b->kenmerk) ||
	    list_has(b->vervangen_door, a->kenmerk);
}

static bool
has_period(const struct version *v)
{
	return v->van_ymd != DATE_NONE || v->tot_ymd != DATE_NONE;
}

/* Whether there is a day on which both hold. */
static bool
overlap(const struct version *a, const struct version *b)
{
	int end_a = a->tot_ymd != DATE_NONE ? a->tot_ymd : DATE_OPEN_END;
	int end_b = b->tot_ymd != DATE_NONE ? b->tot_ymd : DATE_OPEN_END;

	return has_period(a) && has_period(b) &&
	    a->van_ymd <= end_b && b->van_ymd <= end_a;
}

bool
version_is_like(const struct version *a, const struct version *b)
{
	return textprint_likeness(&a->print, &b->print) >= LIKE_TEXT;
}

/* Whether v is like any other with its key. */
static bool
is_like_any(const struct version *all, size_t n, const struct version *v)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (&all[i] != v && strcmp(all[i].key, v->key) == 0 &&
		    version_is_like(&all[i], v))
			return true;
	return false;
}

/*
 * Whether the title of v tells what it is: of those that share it no two hold
 * at one time, and what is known is enough to say that.
 */
static bool
title_tells(const struct version *all, size_t n, const struct version *v)
{
	size_t i, j;

	for (i = 0; i < n; i++) {
		if (strcmp(all[i].key, v->key) != 0)
			continue;
		if (!has_period(&all[i]) && !all[i].has_country &&
		    !is_like_any(all, n, &all[i]))
			return false;
		for (j = 0; j < i; j++)
			if (strcmp(all[j].key, v->key) == 0 &&
			    overlap(&all[i], &all[j]))
				return false;
	}
	return true;
}

static void
join(struct version *all, size_t n, size_t a, size_t b)
{
	size_t from = all[a].family, to = all[b].family, i;

	for (i = 0; i < n; i++)
		if (all[i].family == from)
			all[i].family = to;
}

/* Would a family of both hold two documents that hold at one time? */
static bool
clash(const struct version *all, size_t n, size_t a, size_t b)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		for (j = 0; all[i].family == all[a].family && j < n; j++)
			if (all[j].family == all[b].family &&
			    overlap(&all[i], &all[j]))
				return true;
	return false;
}

static void
make_families(struct version *all, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++)
		all[i].family = i;
	for (i = 0; i < n; i++)
		for (j = 0; j < i; j++)
			if (replaces(&all[i], &all[j]) ||
			    replaces(&all[j], &all[i]))
				join(all, n, i, j);
	for (i = 0; i < n; i++) {
		bool tells = title_tells(all, n, &all[i]);

		for (j = 0; j < i; j++)
			if (all[i].family != all[j].family &&
			    strcmp(all[i].key, all[j].key) == 0 &&
			    (tells || (has_period(&all[i]) &&
			    has_period(&all[j]) &&
			    version_is_like(&all[i], &all[j]) &&
			    !clash(all, n, i, j))))
				join(all, n, i, j);
	}
	for (i = 0; i < n; i++) {
		all[i].is_alone = true;
		for (j = 0; j < n; j++)
			if (j != i && all[j].family == all[i].family)
				all[i].is_alone = false;
	}
}

/* ---- age ---- */

/* A number of a series that counts within a year: "WI 2014/60". */
struct number {
	size_t series;		/* bytes of the kenmerk that name the series */
	unsigned long year, count;
};

static bool
read_number(const char *kenmerk, struct number *out)
{
	size_t n = strcspn(kenmerk, "0123456789");
	char *end;

	out->series = n;
	if (n == 0 || !isdigit((unsigned char)kenmerk[n]))
		return false;
	out->year = strtoul(kenmerk + n, &end, 10);
	if (end - (kenmerk + n) != 4 || out->year < 1900 || out->year > 2099)
		return false;
	while (*end != '\0' && !isalnum((unsigned char)*end))
		end++;
	out->count = 0;
	if (isdigit((unsigned char)*end))
		out->count = strtoul(end, &end, 10);
	return *end == '\0';
}

/* Whether the numbers of both say that a came after b. */
static bool
number_is_later(const struct version *a, const struct version *b)
{
	struct number x, y;

	if (!read_number(a->kenmerk, &x) || !read_number(b->kenmerk, &y) ||
	    x.series != y.series || memcmp(a->kenmerk, b->kenmerk, x.series) != 0)
		return false;
	return x.year != y.year ? x.year > y.year : x.count > y.count;
}

static void
insert(struct version **list, size_t *n, size_t at, struct version *v)
{
	memmove(list + at + 1, list + at, (*n - at) * sizeof *list);
	list[at] = v;
	++*n;
}

/* Where a document of known begin stands in a list from old to new. */
static size_t
place_by_begin(struct version *const *list, size_t n, const struct version *v)
{
	size_t at = n;

	while (at > 0 && (list[at - 1]->van_ymd > v->van_ymd ||
	    (list[at - 1]->van_ymd == v->van_ymd &&
	    number_is_later(list[at - 1], v))))
		at--;
	return at;
}

/*
 * Where a document stands by its number: behind the last one of an earlier
 * number; SIZE_MAX if there is none to compare with.
 */
static size_t
place_by_number(struct version *const *list, size_t n, const struct version *v)
{
	size_t at = SIZE_MAX, i;

	for (i = 0; i < n; i++)
		if (number_is_later(v, list[i]))
			at = i + 1;
		else if (at == SIZE_MAX && number_is_later(list[i], v))
			at = i;
	return at;
}

/* Behind what it says it replaces, or before what replaces it. */
static size_t
place_by_word(struct version *const *list, size_t n, const struct version *v)
{
	size_t at = SIZE_MAX, i;

	for (i = 0; i < n; i++)
		if (replaces(v, list[i]))
			at = i + 1;
		else if (at == SIZE_MAX && replaces(list[i], v))
			at = i;
	return at;
}

/* What is said outright counts more than dates. */
static void
obey_words(struct version **list, size_t n)
{
	size_t i, j, pass;

	for (pass = 0; pass < n; pass++)
		for (i = 0; i < n; i++)
			for (j = i + 1; j < n; j++) {
				struct version *v = list[i];

				if (!replaces(v, list[j]) ||
				    replaces(list[j], v))
					continue;
				memmove(list + i, list + i + 1,
				    (j - i) * sizeof *list);
				list[j] = v;
			}
}

/* Put the members of a family that have an age into list, oldest first. */
static size_t
sort_family(struct version *all, size_t n, size_t family,
    struct version **list)
{
	size_t count = 0, at, i, before;
	struct number number;

	for (i = 0; i < n; i++)
		if (all[i].family == family && has_period(&all[i]))
			insert(list, &count, place_by_begin(list, count,
			    &all[i]), &all[i]);
	/* One that has found its place may give another one its own. */
	do {
		before = count;
		for (i = 0; i < n; i++) {
			if (all[i].family != family || all[i].age != 0 ||
			    has_period(&all[i]))
				continue;
			at = place_by_word(list, count, &all[i]);
			if (at == SIZE_MAX)
				at = place_by_number(list, count, &all[i]);
			if (at == SIZE_MAX && count == 0 &&
			    read_number(all[i].kenmerk, &number))
				at = 0;
			if (at == SIZE_MAX)
				continue;
			insert(list, &count, at, &all[i]);
			all[i].age = 1;
		}
	} while (count > before);
	obey_words(list, count);
	/* A lone one is only called the oldest if there is one beside it. */
	for (i = 0; i < count; i++)
		list[i]->age = count > 1 ? i + 1 : 0;
	return count;
}

/* Whether another of the list has replaced v by the date of reference. */
static bool
is_replaced(struct version *const *list, size_t n, const struct version *v,
    int peil_ymd)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (list[i] != v && replaces(list[i], v) &&
		    !replaces(v, list[i]) && list[i]->van_ymd <= peil_ymd)
			return true;
	return false;
}

void
versions_order(struct version *all, size_t n, int peil_ymd)
{
	struct version **list = xcalloc(n, sizeof(struct version *));
	size_t i, j, count;

	make_families(all, n);
	for (i = 0; i < n; i++) {
		all[i].age = 0;
		all[i].is_valid = validity_on(all[i].van_ymd, all[i].tot_ymd,
		    peil_ymd) == VALIDITY_GELDIG;
	}
	for (i = 0; i < n; i++) {
		if (all[i].family != i)		/* once for each family */
			continue;
		count = sort_family(all, n, i, list);
		for (j = 0; j < count; j++)
			if (is_replaced(list, count, list[j], peil_ymd))
				list[j]->is_valid = false;
	}
	free(list);
}

bool
version_precedes(const struct version *a, const struct version *b)
{
	if (a->family != b->family)
		return false;
	if (a->is_valid != b->is_valid)
		return a->is_valid;
	return a->age != 0 && b->age != 0 && a->age > b->age;
}

bool
version_is_newer(const struct version *a, const struct version *b)
{
	return a->family == b->family && a->age != 0 && b->age != 0 &&
	    a->age > b->age;
}
