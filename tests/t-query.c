/*
 * How questions are read: the cases of queries.tsv, and what holds for any
 * question at all.
 */
#include <config.h>

#include "model/query.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "model/lists.h"
#include "cases.h"
#include "tap.h"

#define TODAY 20261122

/* ---- asking ---- */

/* Set keys from key=value&key=value, or typed text.  Changes its argument. */
static int
ask(struct query *q, char *question, struct error *err)
{
	size_t n = strspn(question, "abcdefghijklmnopqrstuvwxyz");
	char *pair, *value;

	query_init(q, TODAY);
	if (n == 0 || question[n] != '=')
		return query_set(q, "q", question, err);
	while ((pair = strsep(&question, "&")) != NULL) {
		value = strchr(pair, '=');
		*value++ = '\0';
		if (query_set(q, pair, value, err) == -1)
			return -1;
	}
	return 0;
}

static int
is_read_as(const char *text, const char *want, struct buf *got)
{
	CLEAN(query_clear) struct query q;
	struct error err = ERROR_INIT;

	query_init(&q, TODAY);
	buf_cut(got, 0);
	if (query_set(&q, "q", text, &err) == -1) {
		buf_adds(got, err.msg);
		return 0;
	}
	query_print(&q, got);
	return strcmp(buf_str(got), want) == 0;
}

static int
has_note(const struct query *q, const char *fragment)
{
	size_t i;

	for (i = 0; i < q->notes.count; i++) {
		CLEAN(buf_clear) struct buf note = BUF_INIT;

		note_print(&q->notes.items[i], &note);
		if (strstr(note.s, fragment) != NULL)
			return 1;
	}
	return *fragment == '\0' && q->notes.count == 0;
}

static bool
same_filters(const struct query *a, const struct query *b)
{
	size_t i;

	if (a->nfilters != b->nfilters)
		return false;
	for (i = 0; i < a->nfilters; i++) {
		const struct filter *f = &a->filters[i], *g = &b->filters[i];

		if (f->field != g->field || f->is_excluded != g->is_excluded ||
		    f->from_ymd != g->from_ymd || f->to_ymd != g->to_ymd ||
		    (f->value != NULL) != (g->value != NULL) ||
		    (f->value != NULL && strcmp(f->value, g->value) != 0))
			return false;
	}
	return true;
}

static bool
same_tree(const struct node *a, const struct node *b)
{
	size_t i;

	if (a == NULL || b == NULL)
		return a == b;
	if (a->op != b->op || a->need != b->need || a->field != b->field ||
	    a->nkids != b->nkids || a->window != b->window ||
	    a->value.field != b->value.field ||
	    (a->text != NULL) != (b->text != NULL) ||
	    (a->text != NULL && strcmp(a->text, b->text) != 0))
		return false;
	for (i = 0; i < a->nkids; i++)
		if (!same_tree(a->kids[i], b->kids[i]))
			return false;
	return true;
}

/* Printing a question and parsing that gives the question. */
static bool
survives(const struct query *q)
{
	CLEAN(query_clear) struct query again;
	CLEAN(buf_clear) struct buf once = BUF_INIT;
	CLEAN(buf_clear) struct buf twice = BUF_INIT;
	struct error err = ERROR_INIT;

	query_init(&again, TODAY);
	query_print(q, &once);
	if (query_set(&again, "q", buf_str(&once), &err) == -1) {
		printf("# %s\n", err.msg);
		return false;
	}
	query_print(&again, &twice);
	if (strcmp(buf_str(&once), buf_str(&twice)) == 0 &&
	    same_tree(q->text, again.text) && same_filters(q, &again))
		return true;
	printf("# '%s' gave '%s', that '%s'\n", q->q, buf_str(&once),
	    buf_str(&twice));
	return false;
}

/* ---- the table ---- */

static void
run_case(const char *question, const char *want, const char *note)
{
	CLEAN(query_clear) struct query q;
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	CLEAN(str_free) char *copy = xstrdup(question);
	struct error err = ERROR_INIT;
	int rc = ask(&q, copy, &err);

	if (strncmp(want, "! ", 2) == 0) {
		if (!ok(rc == -1 && err.kind == ERROR_QUERY &&
		    strstr(err.msg, want + 2) != NULL, "%s: %s", question, want))
			printf("# %s\n", err.msg);
		return;
	}
	query_print(&q, &got);
	if (!ok(rc == 0 && strcmp(buf_str(&got), want) == 0 &&
	    has_note(&q, note), "%s: %s", question, want))
		printf("# '%s', %zu remarks %s\n", buf_str(&got), q.notes.count,
		    err.msg);
	if (!survives(&q))
		ok(0, "%s: read back as it was printed", question);
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
	ok(rows > 100, "%s has cases", path);
}

/* ---- any question ---- */

/* Strings of what means something, glued with and without spaces. */
static void
random_question(char *out, size_t size)
{
	static const char *const parts[] = { " ", " ", " ", " ", "(", ")", "\"",
	    "+", "-", "*", ":", "!", "/", ".", "'", "&", "EN", "OF", "NIET",
	    "NABIJ", "NABIJ/3", "AND", "land:", "land:SY", "land:!IR", "soort:wi",
	    "titel:", "datum:", "datum:2020..2021", "kenmerk:", "jaar:2020", "a",
	    "asiel", "vreem", "1(F)", "\xC3\xAB", "\n", "3.51", "..",
	    "geldigheid:geldig", "\xE2\x80\x99", "SY" };
	size_t used = 0, n, len;
	const char *part;

	*out = '\0';
	for (n = (size_t)rand() % 24; n > 0; n--) {
		part = parts[(size_t)rand() % NELEM(parts)];
		len = strlen(part);
		if (used + len + 2 > size)
			return;
		memcpy(out + used, part, len + 1);
		used += len;
		if (rand() % 2) {
			memcpy(out + used, " ", 2);
			used++;
		}
	}
}

static void
test_random(void)
{
	char question[512];
	int failed = 0, changed = 0, round;

	srand(7);
	for (round = 0; round < 60000 && changed < 10; round++) {
		CLEAN(query_clear) struct query q;
		struct error err = ERROR_INIT;

		random_question(question, sizeof question);
		query_init(&q, TODAY);
		if (query_set(&q, "q", question, &err) == -1) {
			printf("# '%s': %s\n", question, err.msg);
			failed++;
		} else
			changed += !survives(&q);
	}
	ok(failed == 0, "typed text never fails");
	ok(changed == 0, "a question is read back as it was printed");
}

/* Any bytes: an error in Dutch that is text, or an answer that is. */
static void
test_bytes(void)
{
	char bytes[80];
	int good = 1, round;
	size_t i, n;

	for (round = 0; round < 20000; round++) {
		CLEAN(query_clear) struct query q;
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		struct error err = ERROR_INIT;

		n = (size_t)rand() % (sizeof bytes - 1);
		for (i = 0; i < n; i++)
			bytes[i] = (char)(rand() % 4 ? ' ' + rand() % 95 :
			    1 + rand() % 255);
		bytes[n] = '\0';
		query_init(&q, TODAY);
		if (query_set(&q, "q", bytes, &err) == 0)
			query_print(&q, &b);
		else
			buf_adds(&b, err.msg);
		good &= utf8_valid(buf_str(&b), b.len);
	}
	ok(good, "whatever the bytes, what comes out is UTF-8");
}

/* ---- limits ---- */

static void
test_limits(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	CLEAN(query_clear) struct query q;
	struct error err = ERROR_INIT;
	size_t i;

	for (i = 0; i < QUERY_MAX_BYTES; i++)
		buf_addc(&b, '(');
	query_init(&q, TODAY);
	ok(query_set(&q, "q", b.s, &err) == 0 && q.text == NULL,
	    "%d brackets say nothing", QUERY_MAX_BYTES);
	query_clear(&q);
	buf_addc(&b, 'a');
	query_init(&q, TODAY);
	ok(query_set(&q, "q", b.s, &err) == -1 && err.kind == ERROR_QUERY &&
	    strstr(err.msg, "te lang") != NULL, "one byte more is too long");
	query_clear(&q);
	buf_cut(&b, 0);
	for (i = 0; i < QUERY_MAX_WORDS + 1; i++)
		buf_addf(&b, "%sw%zu", i > 0 ? " " : "", i);
	query_init(&q, TODAY);
	ok(query_set(&q, "q", b.s, &err) == 0 &&
	    q.text->nkids == QUERY_MAX_WORDS && q.notes.count == 1 &&
	    has_note(&q, "Alleen de eerste"),
	    "of %d words all but the last count, and it is said once",
	    QUERY_MAX_WORDS + 1);
	query_clear(&q);
	buf_cut(&b, 0);
	for (i = 0; i < QUERY_MAX_VALUE + 1; i++)
		buf_addc(&b, 'k');
	query_init(&q, TODAY);
	ok(query_set(&q, "kenmerk", b.s + 1, &err) == 0 && q.nfilters == 1,
	    "a value has up to %d bytes", QUERY_MAX_VALUE);
	ok(query_set(&q, "kenmerk", b.s, &err) == -1 && q.nfilters == 1,
	    "not one more");
	ok(query_set(&q, "titel", b.s, &err) == -1 && q.text == NULL,
	    "a title's neither");
	ok(!is_read_as("a", "b", &got) && is_read_as("a", "a", &got),
	    "the tests can fail");
}

/* A value of an open field may hold anything but quotes and controls. */
static void
test_values(void)
{
	static const char odd[] = " \t\n\v\f\r()!+-*:/.&'";
	struct error err = ERROR_INIT;
	size_t i;
	int good = 1;

	for (i = 0; i < sizeof odd - 1; i++) {
		CLEAN(query_clear) struct query q;
		CLEAN(str_free) char *value = xasprintf("a%cb", odd[i]);

		query_init(&q, TODAY);
		good &= query_set(&q, "kenmerk", value, &err) == 0 &&
		    strcmp(q.filters[0].value, value) == 0 && survives(&q);
	}
	ok(good, "the value of a key is read back as it was printed");
}

static void
test_keys(void)
{
	CLEAN(query_clear) struct query q;
	struct error err = ERROR_INIT;
	const char *const *k;
	size_t n = 0;

	query_init(&q, TODAY);
	ok(q.peil_ymd == TODAY && q.aantal == 10 && q.vanaf == 0 &&
	    q.sort == SORT_RELEVANCE && q.text == NULL && *q.q == '\0',
	    "an empty question is about today, the ten most relevant");
	ok(query_set(&q, "peildatum", "2012-07-12", &err) == 0 &&
	    query_set(&q, "sorteer", "titel", &err) == 0 &&
	    query_set(&q, "vanaf", "20", &err) == 0 &&
	    query_set(&q, "aantal", "0", &err) == 0 && q.peil_ymd == 20120712 &&
	    q.sort == SORT_TITLE && q.vanaf == 20 && q.aantal == 0,
	    "each key sets what it says");
	ok(query_set(&q, "vanaf", "30", &err) == -1 && q.vanaf == 20,
	    "a second one changes nothing");
	ok(query_set(&q, "q", "a", &err) == 0 && strcmp(q.q, "a") == 0,
	    "the question is kept as typed");
	ok(strcmp(query_sort_name(q.sort), "titel") == 0,
	    "a sort order has the name it is asked by");
	ok(query_set(&q, "land", "\xFF", &err) == -1 &&
	    query_set(&q, "\xFF", "x", &err) == -1 &&
	    strstr(err.msg, "UTF-8") != NULL, "keys and values are UTF-8");
	ok(query_set(&q, "kenmerk", "a\x1E" "b", &err) == -1 &&
	    strstr(err.msg, "stuurtekens") != NULL, "without controls");
	for (k = query_keys(); *k != NULL; k++)
		n += query_key_exists(*k);
	ok(n == 6 + NFIELDS - 1, "each key exists");
	ok(!query_key_exists("") && !query_key_exists("tekst"), "and no others");
}

int
main(void)
{
	CLEAN(str_free) char *path = cases_path("queries.tsv");
	struct error err = ERROR_INIT;

	if (!ok(lists_load(&err) == 0, "the lists load %s", err.msg))
		return tap_done();
	run_cases(path);
	test_random();
	test_bytes();
	test_limits();
	test_values();
	test_keys();
	lists_free();
	return tap_done();
}
