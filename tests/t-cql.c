/*
 * How CQL is read: the cases of cql.tsv, and what holds for any text at all.
 */
#include <config.h>

#include "model/cql.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/lists.h"
#include "cases.h"
#include "tap.h"

#define TODAY 20261122

/* How it is read, as a row of cql.tsv says it; the order, too. */
static void
read_as(const char *cql, struct buf *out, const char **sort)
{
	CLEAN(query_clear) struct query q;
	struct cql_fault fault = { 0 };

	buf_cut(out, 0);
	query_init(&q, TODAY);
	*sort = "";
	if (cql_parse(cql, &q, &fault) == -1) {
		buf_addf(out, "! %u %s", fault.code, fault.details);
		return;
	}
	query_print(&q, out);
	*sort = query_sort_name(q.sort);
}

static void
run_case(const char *cql, const char *want, const char *order)
{
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	const char *sort, *number = want + 2, *details;
	bool is_right;

	read_as(cql, &got, &sort);
	is_right = strcmp(buf_str(&got), want) == 0 &&
	    (*order == '\0' || strcmp(sort, order) == 0);
	if (*want == '!') {
		/* The number as it is; of the details a part. */
		details = number + strspn(number, "0123456789");
		is_right = strncmp(buf_str(&got), want,
		    (size_t)(details - want)) == 0 &&
		    strstr(buf_str(&got) + (details - want),
		    details + (*details == ' ')) != NULL;
	}
	if (!ok(is_right, "%s: %s", cql, want))
		printf("# '%s' %s\n", buf_str(&got), sort);
}

static void
run_cases(const char *path)
{
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line, *cells[3];
	size_t rows = 0;

	while ((line = cases_next(&c)) != NULL) {
		if (rows++ == 0)	/* names */
			continue;
		cases_cut(line, cells, 3);
		run_case(cells[0], cells[1], cells[2]);
	}
	ok(rows > 150, "%s has cases", path);
}

/* ---- any text ---- */

static void
random_text(char *out, size_t size)
{
	static const char *const parts[] = { "(", ")", "\"", "\\", "/", "=",
	    "<", ">", "==", "*", "?", "^", "and", "or", "not", "prox", "sortby",
	    "any", "all", "within", "title", "dc.title", "type", "date", "land",
	    "cql.allRecords", "distance", "dublin", "asiel", "SY", "2020",
	    "werkinstructie", "\xC3\xAB", "\xF0\x9F\x98\x80", ",", ":", "!" };
	size_t used = 0, n, len;
	const char *part;

	*out = '\0';
	for (n = (size_t)rand() % 20; n > 0; n--) {
		part = parts[(size_t)rand() % NELEM(parts)];
		len = strlen(part);
		if (used + len + 2 > size)
			return;
		memcpy(out + used, part, len + 1);
		used += len;
		if (rand() % 3) {
			memcpy(out + used, " ", 2);
			used++;
		}
	}
}

static void
test_random(void)
{
	int round, read = 0, bad = 0;
	char text[512];

	srand(11);
	for (round = 0; round < 100000; round++) {
		CLEAN(query_clear) struct query q;
		struct cql_fault fault = { 0 };

		random_text(text, sizeof text);
		query_init(&q, TODAY);
		if (cql_parse(text, &q, &fault) == 0) {
			CLEAN(buf_clear) struct buf b = BUF_INIT;

			query_print(&q, &b);
			read++;
			bad += !utf8_valid(buf_str(&b), b.len);
		} else if (fault.code < 10 || fault.code > 90 ||
		    !utf8_valid(fault.details, strlen(fault.details)) ||
		    q.text != NULL || q.nfilters > 0) {
			printf("# '%s': %u %s\n", text, fault.code,
			    fault.details);
			bad++;
		}
	}
	ok(bad == 0 && read > 1000, "any text is read or has its diagnostic: "
	    "%d of %d read", read, round);
}

static void
add_many(const char *first, const char *part, size_t n, struct buf *out)
{
	buf_cut(out, 0);
	buf_adds(out, first);
	while (n-- > 0)
		buf_adds(out, part);
}

static unsigned
code_of(const char *cql)
{
	CLEAN(query_clear) struct query q;
	struct cql_fault fault = { 0 };

	query_init(&q, TODAY);
	return cql_parse(cql, &q, &fault) == 0 ? 0 : fault.code;
}

static void
test_limits(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	add_many("a1", " and b1", QUERY_MAX_WORDS - 1, &b);
	ok(code_of(b.s) == 0, "%d words are read", QUERY_MAX_WORDS);
	add_many("a1", " or b1", QUERY_MAX_WORDS, &b);
	ok(code_of(b.s) == 38, "more are not");
	add_many("", "a", QUERY_MAX_VALUE + 1, &b);
	ok(code_of(b.s) == 12, "nor is a longer word");
	add_many("", " ", QUERY_MAX_BYTES + 1, &b);
	ok(code_of(b.s) == 12, "nor a longer question");
	add_many("", "(", 1000, &b);
	ok(code_of(b.s) == 13, "nor are deeper brackets");
}

static void
sorted_by(const char *keys, unsigned code, enum query_sort sort)
{
	CLEAN(query_clear) struct query q;
	struct cql_fault fault = { 0 };
	int rc;

	query_init(&q, TODAY);
	rc = cql_sort_keys(keys, &q, &fault);
	if (!ok(code == 0 ? rc == 0 && q.sort == sort :
	    rc == -1 && fault.code == code, "sortKeys '%s': %u", keys, code))
		printf("# %u %s\n", fault.code, fault.details);
}

int
main(void)
{
	CLEAN(str_free) char *path = cases_path("cql.tsv");
	struct error err = ERROR_INIT;

	if (!ok(lists_load(&err) == 0, "the lists load %s", err.msg))
		return tap_done();
	run_cases(path);
	test_random();
	test_limits();
	sorted_by("date", 0, SORT_DATE);
	sorted_by("dc.date,,0", 0, SORT_DATE);
	sorted_by("date,http://www.loc.gov/,0,1,highValue", 0, SORT_DATE);
	sorted_by("title,,1", 0, SORT_TITLE);
	sorted_by("title", 0, SORT_TITLE);
	sorted_by("date,,1", 90, SORT_DATE);
	sorted_by("type", 80, SORT_DATE);
	sorted_by("", 80, SORT_DATE);
	sorted_by("date,,0 title,,1", 84, SORT_DATE);
	sorted_by("date title", 84, SORT_DATE);
	lists_free();
	return tap_done();
}
