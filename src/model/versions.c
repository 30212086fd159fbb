#include <config.h>

#include "model/versions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "model/validity.h"

/*
 * Texts this much alike are versions of one another.  Of the pairs with one
 * title in a corpus of Vreemdelingencirculaire texts, true versions shared
 * 0.34 to 0.76 of their runs of three words, others at most 0.28, most of them
 * less than 0.15.
 */
#define LIKE_TEXT	0.30

#define SEP '\x1F'
#define NCELLS 8

/* ---- the key ---- */

static const char *const version_words[] = {
	"versie", "version", "herzien", "herziene", "gewijzigd", "gewijzigde",
	"concept", "definitief",
};

static bool
is_number(const char *s, size_t n)
{
	while (n > 0 && isdigit((unsigned char)s[n - 1]))
		n--;
	return n == 0;
}

static bool
is_version_word(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < NELEM(version_words); i++)
		if (strlen(version_words[i]) == n &&
		    memcmp(version_words[i], s, n) == 0)
			return true;
	return false;
}

/* Append the words of s, folded, a space behind each. */
static void
add_words(const char *s, struct buf *out)
{
	CLEAN(buf_clear) struct buf folded = BUF_INIT;
	size_t at = 0, len, begin = out->len;
	uint32_t c;

	utf8_fold(s, strlen(s), &folded);
	while (at < folded.len &&
	    (len = utf8_decode(folded.s + at, folded.len - at, &c)) > 0) {
		if (utf8_is_word(c))
			buf_add(out, folded.s + at, len);
		else if (out->len > begin && out->s[out->len - 1] != ' ')
			buf_addc(out, ' ');
		at += len;
	}
	if (out->len > begin && out->s[out->len - 1] != ' ')
		buf_addc(out, ' ');
}

/*
 * The words of a title without the document's own number and without "versie
 * 3".  Other numbers stay, since a yearly decision is not a
 * version of last year's; those in titles about countries go.
 */
static void
add_title(const char *title, const char *kenmerk, bool has_country,
    struct buf *out)
{
	CLEAN(buf_clear) struct buf words = BUF_INIT, own = BUF_INIT;
	bool after_version = false;
	const char *s, *space;

	add_words(title, &words);
	if (kenmerk != NULL)
		add_words(kenmerk, &own);
	for (s = buf_str(&words); (space = strchr(s, ' ')) != NULL;
	    s = space + 1) {
		size_t n = (size_t)(space - s);
		bool is_version = is_version_word(s, n);

		if (own.len > 0 && strncmp(s, own.s, own.len) == 0) {
			space = s + own.len - 1;
			continue;
		}
		if (!is_version && !(is_number(s, n) &&
		    (has_country || after_version)))
			buf_add(out, s, n + 1);
		after_version = is_version;
	}
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void
version_key(const struct doc *doc, struct buf *out)
{
	const struct doc_values *v = &doc->values[FIELD_LAND];
	const char *soort = doc_first(doc, FIELD_SOORT), **lands;
	size_t i;

	lands = xcalloc(v->count + 1, sizeof *lands);
	for (i = 0; i < v->count; i++)
		lands[i] = v->items[i].text;
	qsort(lands, v->count, sizeof *lands, compare_strings);
	buf_adds(out, soort != NULL ? soort : "");
	for (i = 0; i < v->count; i++)
		buf_addf(out, "|%s", lands[i]);
	buf_adds(out, "||");
	add_title(doc_first(doc, FIELD_TITEL), doc_first(doc, FIELD_KENMERK),
	    v->count > 0, out);
	free(lands);
}

/* ---- what is kept ---- */

static void
add_cell(const char *s, struct buf *out)
{
	buf_adds(out, s);
	buf_addc(out, SEP);
}

static void
add_kenmerken(char *const *items, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		utf8_fold(items[i], strlen(items[i]), out);
		buf_addc(out, '\n');
	}
	buf_addc(out, SEP);
}

void
version_print(const struct doc *doc, struct buf *out)
{
	const char *kenmerk = doc_first(doc, FIELD_KENMERK);

	if (doc_first(doc, FIELD_TITEL) == NULL)
		return;
	version_key(doc, out);
	buf_addc(out, SEP);
	if (kenmerk != NULL)
		utf8_fold(kenmerk, strlen(kenmerk), out);
	buf_addc(out, SEP);
	add_kenmerken(doc->vervangt, doc->nvervangt, out);
	add_kenmerken(doc->vervangen_door, doc->nvervangen_door, out);
	add_cell(doc->values[FIELD_LAND].count > 0 ? "1" : "", out);
	buf_addf(out, "%d%c%d%c", doc->van_ymd, SEP, doc->tot_ymd, SEP);
	textprint_print(&doc->print, out);
}

bool
version_parse(const char *s, size_t n, struct version *out)
{
	char *bytes = xstrndup(s, n), *cells[NCELLS], *rest = bytes;
	size_t i;

	for (i = 0; i < NCELLS; i++) {
		char *sep = rest != NULL ? strchr(rest, SEP) : NULL;

		cells[i] = rest;
		if (sep != NULL)
			*sep = '\0';
		rest = sep != NULL ? sep + 1 : NULL;
	}
	*out = (struct version){ .bytes = bytes };
	if (cells[NCELLS - 1] == NULL || !textprint_parse(cells[7],
	    strlen(cells[7]), &out->print)) {
		version_clear(out);
		return false;
	}
	out->key = cells[0];
	out->kenmerk = cells[1];
	out->vervangt = cells[2];
	out->vervangen_door = cells[3];
	out->has_country = *cells[4] != '\0';
	out->van_ymd = atoi(cells[5]);
	out->tot_ymd = atoi(cells[6]);
	return true;
}

void
version_clear(struct version *v)
{
	free(v->bytes);
	*v = (struct version){ 0 };
}

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
