/*
 * What in a text is personal data, and what may be shown of it.  The cases are
 * in persoonsgegevens.tsv.
 */
#include <config.h>

#include "model/personal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cases.h"
#include "tap.h"

static struct personal *tables;

/* "bsn:******782 e-mail:j***@e***.nl", "-" for nothing. */
static char *
findings(const struct personal *p, const char *text)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	struct personal_scan scan;
	struct personal_finding f;

	personal_scan_init(&scan, p, text, strlen(text));
	while (personal_scan_next(&scan, &f)) {
		CLEAN(buf_clear) struct buf key = BUF_INIT;

		personal_key(f.kind, text + f.at, f.len, &key);
		buf_addf(&out, "%s%s:", out.len > 0 ? " " : "",
		    personal_name(f.kind));
		personal_mask(f.kind, buf_str(&key), &out);
	}
	if (out.len == 0)
		buf_adds(&out, "-");
	return buf_steal(&out);
}

static void
test_text(char *text, const char *expected)
{
	CLEAN(str_free) char *title = xstrdup(text), *got = NULL;
	char *bar;

	/* With blanks around it, it stands between the columns of a table. */
	for (bar = text; (bar = strchr(bar, '|')) != NULL; bar++)
		if (bar > text && bar[1] != ' ' && bar[-1] != ' ')
			*bar = '\n';
	got = findings(tables, text);
	if (!ok(strcmp(got, expected) == 0, "%.60s: %s", title, expected))
		printf("# got %s\n", got);
}

static void
test_table(void)
{
	CLEAN(str_free) char *path = cases_path("persoonsgegevens.tsv");
	CLEAN(cases_close) struct cases c = cases_open(path);
	char *line, *cells[2];
	int row = 0;

	ok(c.f != NULL, "%s is there", path);
	while ((line = cases_next(&c)) != NULL) {
		cases_cut(line, cells, 2);
		if (row++ > 0)		/* names */
			test_text(cells[0], cells[1]);
	}
	ok(row > 100, "the cases were read");
}

/* How many of ten numbers, the same but for one digit, are found. */
static int
count_found(const char *format, unsigned number)
{
	int n = 0, digit;

	for (digit = 0; digit < 10; digit++) {
		CLEAN(str_free) char *text = xasprintf(format, number, digit);
		CLEAN(str_free) char *got = findings(tables, text);

		n += strcmp(got, "-") != 0;
	}
	return n;
}

/* What check digits are for: of ten last digits at most one is right. */
static void
test_check_digits(void)
{
	unsigned i, number, more = 0, none = 0;

	for (i = 0; i < 500; i++) {
		number = 10000000 + i * 178873;
		switch (count_found("BSN %08u%d", number)) {
		case 0:
			none++;
			break;
		case 1:
			break;
		default:
			more++;
		}
	}
	ok(more == 0, "of ten BSNs that differ in a digit, one passes at most");
	/* The sum of the others is 10 modulo 11 in one of eleven cases. */
	ok(none > 20 && none < 70, "and mostly one does (%u of 500 not)", none);
	for (i = more = 0; i < 500; i++)
		more += count_found("NL91ABNA%08u%d0", 4171643 + i) > 1;
	ok(more == 0, "of ten IBANs that differ in a digit, one passes at most");
}

/* Long or odd texts: each returns, and finds nothing outside itself. */
static void
test_odd(void)
{
	static const char *const odd[] = {
		"", "0", "+", "@", "06", "06-", "+31", "00", "0031", "NL91",
		"NL91 ABNA 0417 1643 0", "a@", "@b.nl", "a@b.", "\302\24006",
		"BSN 12345678", "(((((0)))))", "+0 0 0", "- - - 0", "1234.56.",
	};
	size_t i, n;

	for (i = n = 0; i < NELEM(odd); i++) {
		CLEAN(str_free) char *got = findings(tables, odd[i]);

		n += strcmp(got, "-") == 0;
	}
	ok(n == NELEM(odd), "what ends too early is nothing");
	{
		CLEAN(buf_clear) struct buf text = BUF_INIT;
		CLEAN(str_free) char *got = NULL;

		for (i = 0; i < 20000; i++)
			buf_adds(&text, "1 2-3.4(5)a@NL91 +");
		got = findings(tables, buf_str(&text));
		ok(strcmp(got, "-") == 0, "nor is a long text of pieces");
	}
}

static char known_path[] = "/tmp/t-personal.XXXXXX";

static void
test_known(void)
{
	static const char lines[] =
	    "# van de organisatie\n"
	    "070 - 234 5678\n"
	    "+31 (0)592-345678\n"
	    "nl91 abna 0417 1643 00\r\n"
	    "Jan.de.Vries@Example.nl\n"
	    "@dienst.example\n"
	    "1234.56.782";
	CLEAN(personal_free) struct personal *p = NULL;
	CLEAN(str_free) char *got = NULL;
	struct error err = ERROR_INIT;
	FILE *f = fopen(known_path, "we");

	if (f == NULL || fputs(lines, f) == EOF || fclose(f) == EOF)
		abort();
	if (!ok(personal_open(known_path, &p, &err) == 0, "a file of what is "
	    "known is read %s", err.msg))
		return;
	got = findings(p, "tel. (070) 2345678, 0592 34 56 78, +31702345678; "
	    "NL91ABNA0417164300; jan.de.vries@example.nl, "
	    "p.puk@dienst.example; BSN 123456782; tel. 070-2345679, "
	    "p.puk@geen-dienst.example");
	if (!ok(strcmp(got, "telefoon:*********679 e-mail:p***@g***.example")
	    == 0, "in any spelling it is no finding; what is near it is"))
		printf("# got %s\n", got);
	unlink(known_path);
	personal_free(&p);
	ok(personal_open(known_path, &p, &err) == -1 &&
	    err.kind == ERROR_CONFIG, "one that is not there is refused: %s",
	    err.msg);
}

int
main(void)
{
	struct error err = ERROR_INIT;
	int fd = mkstemp(known_path);

	if (fd == -1)
		abort();
	close(fd);
	if (ok(personal_open(NULL, &tables, &err) == 0, "the table is read %s",
	    err.msg)) {
		test_table();
		test_check_digits();
		test_odd();
		test_known();
	}
	personal_free(&tables);
	return tap_done();
}
