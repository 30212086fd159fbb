#include <config.h>

#include "gather/sametext.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/tsv.h"
#include "model/lists.h"

/*
 * The best format to show first: what opens in a browser, what looks the same
 * everywhere, what others can edit, what is only text.
 */
static const char *const formats[] = {
	"html", "pdf", "docx", "odt", "rtf", "doc", "epub", "txt",
};

/* Shorter texts are the same by chance, and say so little that it may be. */
#define MIN_WORDS	20
/* Word for word the same at this length, titles do not matter. */
#define SURE_WORDS	100

/*
 * How much of the texts of one document in two formats is the same: formats
 * differ in running heads, notes, the order of tables and hyphens.
 */
#define SAME_LENGTH	0.97
#define SAME_RUNS	0.85
/* The same for documents of one id or kenmerk. */
#define ID_LENGTH	0.90
#define ID_RUNS		0.75

/* ---- what is known of one ---- */

static uint64_t
hash_key(const char *s)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;

	if (s == NULL)
		return 0;
	list_key(s, strlen(s), &key);
	return key.len > 0 ? hash_str(HASH_INIT, buf_str(&key)) : 0;
}

/* The order of countries says nothing. */
static uint64_t
hash_values(const struct doc_values *v)
{
	uint64_t sum = 0;
	size_t i;

	for (i = 0; i < v->count; i++)
		sum += hash_str(HASH_INIT, v->items[i].text);
	return sum;
}

/* A year at s that is no part of a longer number; 0 if there is none. */
static unsigned
year_at(const char *s, bool is_first)
{
	if (strspn(s, "0123456789") != 4 || !is_first ||
	    (strncmp(s, "19", 2) != 0 && strncmp(s, "20", 2) != 0))
		return 0;
	return (unsigned)atoi(s);
}

/* Mark the years from 1900 to 2099 in s. */
static void
mark_years(const char *s, bool years[200])
{
	bool is_first = true;
	unsigned year;

	for (; *s != '\0'; s++) {
		if ((year = year_at(s, is_first)) != 0)
			years[year - 1900] = true;
		is_first = *s < '0' || *s > '9';
	}
}

static uint64_t
hash_years(const struct doc *doc)
{
	const char *title = doc_first(doc, FIELD_TITEL);
	const char *slash = strrchr(doc->pad, '/');
	bool years[200] = { false };
	uint64_t h = 0;
	unsigned i;

	if (title != NULL)
		mark_years(title, years);
	mark_years(slash != NULL ? slash + 1 : doc->pad, years);
	for (i = 0; i < 200; i++)
		if (years[i])
			h = hash_bytes(h != 0 ? h : HASH_INIT, &i, sizeof i);
	return h;
}

static uint8_t
format_rank(const char *format)
{
	uint8_t i;

	for (i = 0; i < NELEM(formats); i++)
		if (format != NULL && strcmp(formats[i], format) == 0)
			break;
	return i;
}

void
textid_make(const struct doc *doc, bool has_sidecar, struct textid *out)
{
	bool has_id = strcmp(doc->id, doc->pad) != 0;

	*out = (struct textid){
		.print = doc->print,
		.id = has_id ? hash_str(HASH_INIT, doc->id) : 0,
		.kenmerk = hash_key(doc_first(doc, FIELD_KENMERK)),
		.soort = hash_key(doc_first(doc, FIELD_SOORT)),
		.countries = hash_values(&doc->values[FIELD_LAND]),
		.title = hash_key(doc_first(doc, FIELD_TITEL)),
		.years = hash_years(doc),
		.van_ymd = doc->van_ymd, .tot_ymd = doc->tot_ymd,
		.merit = (uint8_t)(2 * has_sidecar + has_id),
		.format = format_rank(doc_first(doc, FIELD_FORMAAT)),
	};
}

/* ---- two of them ---- */

static bool
differ(uint64_t a, uint64_t b)
{
	return a != 0 && b != 0 && a != b;
}

static bool
periods_differ(const struct textid *a, const struct textid *b)
{
	if ((a->van_ymd == DATE_NONE && a->tot_ymd == DATE_NONE) ||
	    (b->van_ymd == DATE_NONE && b->tot_ymd == DATE_NONE))
		return false;
	return a->van_ymd != b->van_ymd || a->tot_ymd != b->tot_ymd;
}

static bool
is_near(const struct textid *a, const struct textid *b, double length,
    double runs)
{
	double x = a->print.words, y = b->print.words;

	return x >= y * length && y >= x * length &&
	    textprint_likeness(&a->print, &b->print) >= runs;
}

bool
textid_same(const struct textid *a, const struct textid *b)
{
	bool is_exact, has_number;

	if (a->print.words < MIN_WORDS || b->print.words < MIN_WORDS ||
	    differ(a->id, b->id) || differ(a->kenmerk, b->kenmerk) ||
	    differ(a->soort, b->soort) ||
	    differ(a->countries, b->countries) || periods_differ(a, b))
		return false;
	has_number = (a->id != 0 && a->id == b->id) ||
	    (a->kenmerk != 0 && a->kenmerk == b->kenmerk);
	is_exact = a->print.words == b->print.words &&
	    a->print.hash == b->print.hash &&
	    a->print.numbers == b->print.numbers;
	if (has_number)
		return is_exact || (a->format != b->format &&
		    is_near(a, b, ID_LENGTH, ID_RUNS));
	if (differ(a->years, b->years))
		return false;
	if (is_exact && a->print.words >= SURE_WORDS)
		return true;
	if (a->title == 0 || a->title != b->title)
		return false;
	return is_exact || (a->format != b->format &&
	    a->print.numbers == b->print.numbers &&
	    is_near(a, b, SAME_LENGTH, SAME_RUNS));
}

/* ---- in files ---- */

void
textid_print(const struct textid *t, struct buf *out)
{
	textprint_print(&t->print, out);
	buf_addf(out, ".%llx.%llx.%llx.%llx.%llx.%llx.%x.%x.%x.%x",
	    (unsigned long long)t->id, (unsigned long long)t->kenmerk,
	    (unsigned long long)t->soort,
	    (unsigned long long)t->countries, (unsigned long long)t->title,
	    (unsigned long long)t->years, (unsigned)t->van_ymd,
	    (unsigned)t->tot_ymd, t->merit, t->format);
}

/* Read ".HEX" at *s and go behind it. */
static bool
parse_part(const char **s, uint64_t *out)
{
	char *end;

	if (**s != '.' || strspn(*s + 1, "0123456789abcdef") == 0)
		return false;
	*out = strtoull(*s + 1, &end, 16);
	*s = end;
	return true;
}

bool
textid_parse(const char *s, struct textid *out)
{
	uint64_t part[10];
	struct textid t;
	size_t i;

	if (strlen(s) < TEXTPRINT_HEX ||
	    !textprint_parse(s, TEXTPRINT_HEX, &t.print))
		return false;
	s += TEXTPRINT_HEX;
	for (i = 0; i < NELEM(part); i++)
		if (!parse_part(&s, &part[i]))
			return false;
	if (*s != '\0')
		return false;
	*out = (struct textid){
		t.print, part[0], part[1], part[2], part[3], part[4], part[5],
		(int)part[6], (int)part[7], (uint8_t)part[8], (uint8_t)part[9]
	};
	return true;
}

/* ---- all of them ---- */

/*
 * Texts that are nearly the same agree in some band of their sketches: with
 * three quarters of the places equal, 4 of them are in one band of 16 in all
 * but 0.2 of a hundred cases.
 */
#define BANDS	16
#define BAND_PLACES (TEXTPRINT_PLACES / BANDS)

/* So many before it in a band are compared with each file. */
#define BAND_WIDTH 32

struct banded {
	uint64_t band;
	uint32_t rank;		/* of the file, best first */
};

static const struct textid *const *sort_ids;

static int
compare_files(const void *va, const void *vb)
{
	size_t i = *(const size_t *)va, j = *(const size_t *)vb;
	const struct textid *a = sort_ids[i], *b = sort_ids[j];

	if (a->merit != b->merit)
		return a->merit > b->merit ? -1 : 1;
	if (a->format != b->format)
		return a->format < b->format ? -1 : 1;
	return (i > j) - (i < j);
}

static int
compare_banded(const void *va, const void *vb)
{
	const struct banded *a = va, *b = vb;

	if (a->band != b->band)
		return a->band < b->band ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

static size_t
make_bands(const struct textid *const *ids, const size_t *order, size_t n,
    struct banded *out)
{
	size_t i, k, count = 0;

	for (i = 0; i < n; i++)
		for (k = 0; k < BANDS; k++) {
			uint64_t h = hash_bytes(HASH_INIT + k,
			    ids[order[i]]->print.sketch + k * BAND_PLACES,
			    BAND_PLACES);

			out[count++] = (struct banded){ h, (uint32_t)i };
		}
	if (count > 0)
		qsort(out, count, sizeof *out, compare_banded);
	return count;
}

/* Two files that may hold one document, the better one first. */
struct pair {
	uint32_t worse, better;
};

static int
compare_pairs(const void *va, const void *vb)
{
	const struct pair *a = va, *b = vb;

	if (a->worse != b->worse)
		return a->worse < b->worse ? -1 : 1;
	return (a->better > b->better) - (a->better < b->better);
}

struct pairs {
	struct pair *items;
	size_t count, cap;
};

static void
find_pairs(const struct textid *const *ids, const size_t *order,
    const struct banded *bands, size_t n, struct pairs *out)
{
	size_t i, j;

	for (i = 1; i < n; i++)
		for (j = i; j-- > 0 && i - j <= BAND_WIDTH &&
		    bands[j].band == bands[i].band;) {
			if (!textid_same(ids[order[bands[i].rank]],
			    ids[order[bands[j].rank]]))
				continue;
			GROW(out->items, out->count, out->cap);
			out->items[out->count++] = (struct pair){
				bands[i].rank, bands[j].rank
			};
		}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof *out->items,
		    compare_pairs);
}

/* Whether file i agrees with every member of a group. */
static bool
agrees(const struct textid *const *ids, const size_t *next, size_t leader,
    size_t i)
{
	size_t k;

	for (k = leader; k != SIZE_MAX; k = next[k])
		if (!textid_same(ids[k], ids[i]))
			return false;
	return true;
}

/*
 * From the best file on, each joins the group of the best file that it is the
 * same as, if it is the same as every other of that group.
 */
static void
join_pairs(const struct textid *const *ids, const size_t *order,
    const struct pairs *pairs, size_t n, size_t *leader)
{
	size_t *next = xcalloc(n, sizeof *next), i, k;

	for (i = 0; i < n; i++)
		next[i] = SIZE_MAX;
	for (i = 0; i < pairs->count; i++) {
		size_t worse = order[pairs->items[i].worse];
		size_t to = leader[order[pairs->items[i].better]];

		/* Two bands of one file may be alike: it is its own copy then. */
		if (to == worse || leader[worse] != worse ||
		    !agrees(ids, next, to, worse))
			continue;
		leader[worse] = to;
		for (k = to; next[k] != SIZE_MAX; k = next[k])
			;
		next[k] = worse;
	}
	free(next);
}

void
sametext_group(const struct textid *const *ids, size_t n, size_t *leader)
{
	size_t *order = xcalloc(n + 1, sizeof *order), count = 0, i;
	struct pairs pairs = { 0 };
	struct banded *bands;

	for (i = 0; i < n; i++) {
		leader[i] = i;
		if (ids[i] != NULL && ids[i]->print.words >= MIN_WORDS)
			order[count++] = i;
	}
	sort_ids = ids;
	if (count > 0)
		qsort(order, count, sizeof *order, compare_files);
	bands = xcalloc(count * BANDS + 1, sizeof *bands);
	find_pairs(ids, order, bands, make_bands(ids, order, count, bands),
	    &pairs);
	join_pairs(ids, order, &pairs, n, leader);
	free(pairs.items);
	free(bands);
	free(order);
}
