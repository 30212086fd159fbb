/*
 * The bottom layer: bytes that grow, days, tables, errors, digests.
 */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/aside.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/percent.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "scratch.h"
#include "tap.h"

static int
is(const struct buf *b, const char *want)
{
	return b->len == strlen(want) && strcmp(buf_str(b), want) == 0;
}

/* ---- buf ---- */

static void
test_buf(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(str_free) char *stolen = NULL;
	size_t i;
	int good = 1;

	ok(strcmp(buf_str(&b), "") == 0, "a new buf reads as the empty string");
	buf_add(&b, NULL, 0);
	ok(b.s != NULL && b.len == 0, "adding nothing makes the string be there");
	for (i = 0; i < 5000; i++) {
		buf_addf(&b, "%zu,", i % 10);
		good &= b.s[b.len] == '\0' && b.len == 2 * (i + 1);
	}
	ok(good, "after each append the NUL stands behind the text");
	buf_cut(&b, 4);
	ok(is(&b, "0,1,"), "cut keeps the beginning");
	memcpy(buf_room(&b, 3), "xyz", 3);
	buf_grew(&b, 2);
	ok(is(&b, "0,1,xy"), "only what grew is taken in");
	buf_add(&b, "\0a", 2);
	ok(b.len == 8 && b.s[7] == 'a', "a NUL is a byte like any other");
	stolen = buf_steal(&b);
	ok(strcmp(stolen, "0,1,xy") == 0 && b.s == NULL && b.len == 0,
	    "what is stolen is no longer in the buf");
	free(stolen);
	stolen = buf_steal(&b);
	ok(strcmp(stolen, "") == 0, "of an empty buf the empty string is stolen");
}

static void
test_varint(void)
{
	static const uint64_t edges[] = { 0, 1, 127, 128, 16383, 16384,
	    UINT32_MAX, UINT64_MAX - 1, UINT64_MAX };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	const char *p;
	uint64_t v = 42;
	size_t i, cut;
	int good = 1, refused = 1;

	for (i = 0; i < NELEM(edges); i++)
		buf_add_varint(&b, edges[i]);
	for (i = 0, p = b.s; i < NELEM(edges); i++)
		good &= varint_read(&p, b.s + b.len, &v) == 0 && v == edges[i];
	ok(good && p == b.s + b.len, "numbers come back as they were written");
	for (i = 0; i < NELEM(edges); i++) {
		buf_cut(&b, 0);
		buf_add_varint(&b, edges[i]);
		for (cut = 0; cut < b.len; cut++) {
			p = b.s;
			v = 42;
			refused &= varint_read(&p, b.s + cut, &v) == -1 &&
			    p == b.s && v == 42;
		}
	}
	ok(refused, "a number cut off is refused, and nothing is touched");
	p = "\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01";
	ok(varint_read(&p, p + 11, &v) == -1, "eleven bytes are too long");
	p = "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02";
	ok(varint_read(&p, p + 10, &v) == -1, "so is bit 65 in the tenth");
}

/* ---- date ---- */

static void
test_date_parse(void)
{
	static const struct {
		const char *s;
		int ymd, iso;
	} cases[] = {
		{ "2014-07-01", 20140701, 20140701 },
		{ "2014-07-01T10:00:00Z", 20140701, 0 },
		{ "2014-07-01 10:00", 20140701, 0 },
		{ "20140701", 20140701, 0 },
		{ "01-07-2014", 20140701, 0 },
		{ "1-7-2014", 20140701, 0 },
		{ "1/7/2014", 20140701, 0 },
		{ "1.7.2014", 20140701, 0 },
		{ "1-7/2014", 0, 0 },
		{ "1 juli 2014", 20140701, 0 },
		{ "  1 JULI 2014 ", 20140701, 0 },
		{ "1 jul. 2014", 20140701, 0 },
		{ "1 mrt 2014", 20140301, 0 },
		{ "1\xC2\xA0juli\xC2\xA0" "2014", 20140701, 0 },
		{ "1 juni", 0, 0 },
		{ "1 ju 2014", 0, 0 },
		{ "2024-02-29", 20240229, 20240229 },
		{ "2023-02-29", 0, 0 },
		{ "2000-02-29", 20000229, 20000229 },
		{ "1900-02-29", 0, 0 },
		{ "2014-00-10", 0, 0 },
		{ "2014-13-01", 0, 0 },
		{ "2014-04-31", 0, 0 },
		{ "0000-01-01", 0, 0 },
		{ "9999-12-31", 99991231, 99991231 },
		{ "31-11-2014", 0, 0 },
		{ "2014-7-1", 0, 0 },
		{ "2014-07-011", 0, 0 },
		{ "2014-07-01x", 0, 0 },
		{ "2014", 0, 0 },
		{ "", 0, 0 },
		{ "gisteren", 0, 0 },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		ok(date_parse(cases[i].s) == cases[i].ymd, "'%s' is %s",
		    cases[i].s, cases[i].ymd ? "a date" : "no date");
		ok(date_parse_iso(cases[i].s) == cases[i].iso, "and %s",
		    cases[i].iso ? "one a visitor may type" :
		    "none a visitor may type");
	}
}

/* Every day there is: printed and read again. */
static void
test_date_days(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	int ymd, iso = 1, dutch = 1, next = 1, last = 20221231, days = 0;

	for (ymd = 20230000; ymd <= 20241300; ymd++) {
		if (!date_is_valid(ymd))
			continue;
		days++;
		next &= date_after(last) == ymd && date_before(ymd) == last;
		last = ymd;
		buf_cut(&b, 0);
		date_print(ymd, &b);
		iso &= date_parse_iso(buf_str(&b)) == ymd;
		buf_cut(&b, 0);
		date_print_dutch(ymd, &b);
		dutch &= date_parse(buf_str(&b)) == ymd;
	}
	ok(days == 365 + 366, "2023 and 2024 have 731 days");
	ok(next, "each comes after the day before");
	ok(date_after(DATE_OPEN_END) == DATE_NONE &&
	    date_before(10101) == DATE_NONE, "there are no others");
	ok(iso, "each is read back from 2024-02-29");
	ok(dutch, "each is read back from 29 februari 2024");
	ok(!date_is_valid(0) && !date_is_valid(-20240101) &&
	    !date_is_valid(DATE_OPEN_BEGIN) && date_is_valid(DATE_OPEN_END),
	    "before memory is no day");
}

/* ---- percent ---- */

static void
test_percent(void)
{
	static const char text[] = "a b/\"%\n\xC3\xAB.~?";
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	percent_encode_url(text, "/", &b);
	ok(strcmp(b.s, "a%20b/%22%25%0A%C3%AB.~%3F") == 0,
	    "in a URL all but the unreserved and those named is encoded");
	ok(strcmp(percent_decode(b.s), text) == 0, "and is read back");
	buf_cut(&b, 0);
	percent_encode(text, &b);
	ok(strcmp(b.s, "a b/\"%25%0A\xC3\xAB.~?") == 0,
	    "in a cell only what breaks it");
	ok(strcmp(percent_decode(b.s), text) == 0, "and is read back, too");
	buf_cut(&b, 0);
	percent_decode_to("100% %4a%4 %zz+%41", 17, &b);
	ok(strcmp(buf_str(&b), "100% J%4 %zz+%4") == 0,
	    "what is no whole escape stays, and so does a plus sign");
}

static void
test_hex(void)
{
	ok(hex_byte("aF0", 3) == 0xAF, "two digits, in either case, are a byte");
	ok(hex_byte("a", 1) == -1 && hex_byte("", 0) == -1 &&
	    hex_byte("af", 1) == -1, "one is not");
	ok(hex_byte("g0", 2) == -1 && hex_byte("0g", 2) == -1 &&
	    hex_byte("\xB0\xB0", 2) == -1, "nor is anything else");
}

/* ---- tsv ---- */

static int
tsv_fails(const char *bytes, const char *why)
{
	struct error err = ERROR_INIT;
	struct tsv t = { .nrow = 99 };

	put_text("bad.tsv", bytes);
	return tsv_load("bad.tsv", 2, &t, &err) == -1 && t.nrow == 99 &&
	    err.kind == ERROR_CONFIG && strstr(err.msg, why) != NULL;
}

static void
test_tsv(void)
{
	struct error err = ERROR_INIT;
	struct tsv t, u;

	put_text("good.tsv", "# why\nnaam\tcode\tmeer\n\nSyri\xC3\xAB\tSY\n"
	    "# x\nIran\tIR\tIRN\n\t\t\nlaatste");
	ok(tsv_load("good.tsv", 3, &t, &err) == 0 && t.nrow == 4 && t.ncol == 3,
	    "comments, empty lines and the names of columns are no rows");
	ok(strcmp(tsv_cell(&t, 0, 0), "Syri\xC3\xAB") == 0 &&
	    strcmp(tsv_cell(&t, 1, 2), "IRN") == 0, "a cell is its text");
	ok(strcmp(tsv_cell(&t, 0, 2), "") == 0 &&
	    strcmp(tsv_cell(&t, 2, 0), "") == 0, "missing cells are empty");
	ok(strcmp(tsv_cell(&t, 3, 0), "laatste") == 0,
	    "the last line needs no newline");
	put_text("other.tsv", "naam\tcode\tmeer\nIran\tIR\n");
	ok(tsv_load("other.tsv", 3, &u, &err) == 0 && t.hash != u.hash,
	    "another table has another hash");
	tsv_clear(&u);
	tsv_clear(&t);
	ok(tsv_fails("a\tb\n1\t2\t3\n", "bad.tsv:2"),
	    "a row with too many cells is refused, with its line");
	ok(tsv_fails("a\tb\nSyri\xEB\tSY\n", "not UTF-8"), "so is Latin-1");
	put_text("empty.tsv", "");
	ok(tsv_load("empty.tsv", 1, &t, &err) == 0 && t.nrow == 0,
	    "an empty file is a table without rows");
	tsv_clear(&t);
	ok(tsv_load("absent.tsv", 1, &t, &err) == -1 &&
	    err.kind == ERROR_CONFIG && strstr(err.msg, "absent.tsv") != NULL,
	    "a missing table is named");
	ok(hash_str(hash_str(HASH_INIT, "ab"), "c") !=
	    hash_str(hash_str(HASH_INIT, "a"), "bc"),
	    "hashing strings keeps their ends apart");
}

/* ---- error, digest ---- */

static int
without_memory(void *arg, struct error *err)
{
	(void)arg;
	(void)err;
	out_of_memory();
}

/* Its standard error, one line, in a buf; returns its status. */
static int
run_aside(struct buf *said, struct error *err)
{
	struct aside a;
	int fds[2], saved = dup(2), rc;
	ssize_t n;

	if (pipe(fds) == -1)
		exit(99);
	dup2(fds[1], 2);
	rc = aside_start(without_memory, NULL, &a, err);
	dup2(saved, 2);
	close(fds[1]);
	if (rc == 0)
		rc = aside_finish(&a, "this", err);
	while ((n = read(fds[0], buf_room(said, 100), 100)) > 0)
		buf_grew(said, (size_t)n);
	close(fds[0]);
	close(saved);
	return rc;
}

static void
test_end(void)
{
	CLEAN(buf_clear) struct buf said = BUF_INIT;
	struct error err = ERROR_INIT;
	char line[100] = "";
	int fds[2], status = 0;
	pid_t child;

	ok(run_aside(&said, &err) == -1 && err.kind == ERROR_BUG &&
	    strcmp(err.msg, "out of memory") == 0 && said.len == 0,
	    "who works for another tells that one how it ends, and no one else");
	if (pipe(fds) == -1)
		exit(99);
	fflush(stdout);
	if ((child = fork()) == 0) {
		dup2(fds[1], 2);
		out_of_memory();
	}
	close(fds[1]);
	waitpid(child, &status, 0);
	ok(read(fds[0], line, sizeof line - 1) > 0 &&
	    strcmp(line, "naslag: out of memory\n") == 0 &&
	    WIFEXITED(status) && WEXITSTATUS(status) == 70,
	    "who does not says it, and ends with the status of the kind");
	close(fds[0]);
}

static void
test_error(void)
{
	struct error err = ERROR_INIT;
	size_t pad;
	int good = 1;

	ok(error_set(&err, ERROR_QUERY, "land '%s'", "X") == -1 &&
	    err.kind == ERROR_QUERY && strcmp(err.msg, "land 'X'") == 0,
	    "a message is what was said");
	error_set(&err, ERROR_INDEX, "open: %s", err.msg);
	ok(strcmp(err.msg, "open: land 'X'") == 0,
	    "a message may quote the one it replaces");
	ok(err.format == NULL, "what operators read is in English only");
	error_set(&err, ERROR_QUERY, "%s ‘%s’: %d, %u of %zu", "land", "",
	    -1, 2U, (size_t)3);
	ok(strcmp(err.format, "%s ‘%s’: %d, %u of %zu") == 0 &&
	    memcmp(err.arguments, "land\0\0-1\0002\0003", 13) == 0,
	    "what visitors read can be said in another language");
	error_set(&err, ERROR_QUERY, "%*d", 600, 1);
	ok(err.format == NULL, "but not what is filled in otherwise");
	error_set(&err, ERROR_ABSENT, "%s%s", err.msg, err.msg);
	ok(err.format == NULL, "nor what there is no room for");
	errno = ENOENT;
	error_errno(&err, ERROR_IO, "cannot open %s", "x");
	ok(strcmp(err.msg, "cannot open x: No such file or directory") == 0,
	    "the text of errno stands behind it");
	errno = ENOMEM;
	error_errno(&err, ERROR_CONFIG, "cannot open %s", "x");
	ok(err.kind == ERROR_BUG &&
	    strncmp(err.msg, "cannot open x: ", 15) == 0,
	    "without memory nothing is wrong with the configuration");
	for (pad = 0; pad < 8; pad++) {
		error_set(&err, ERROR_BUG, "%0*d%s%s", (int)(500 + pad), 0,
		    "\xE2\x82\xAC\xC3\xAB\xF0\x9F\x98\x80",
		    "\xE2\x82\xAC\xC3\xAB\xF0\x9F\x98\x80");
		good &= utf8_valid(err.msg, strlen(err.msg)) &&
		    strlen(err.msg) > 500;
	}
	ok(good, "a long message is cut between characters");
	ok(error_exit_status(ERROR_NONE) == 0 &&
	    error_exit_status(ERROR_QUERY) == 2 &&
	    error_exit_status(ERROR_ABSENT) == 1 &&
	    error_exit_status(ERROR_NOINDEX) == 66 &&
	    error_exit_status(ERROR_INDEX) == 69 &&
	    error_exit_status(ERROR_BUSY) == 75 &&
	    error_exit_status(ERROR_CONFIG) == 78, "kinds have exit statuses");
	ok(error_http_status(ERROR_QUERY) == 400 &&
	    error_http_status(ERROR_ABSENT) == 404 &&
	    error_http_status(ERROR_NOINDEX) == 503,
	    "and statuses for the web");
}

static void
test_digest(void)
{
	char hex[DIGEST_HEX + 1];
	FILE *f = tmpfile();
	int fd = f != NULL ? fileno(f) : -1, i;

	ok(digest_fd(fd, hex) == 0 && strcmp(hex, "e3b0c44298fc1c149afbf4c8996fb"
	    "92427ae41e4649b934ca495991b7852b855") == 0, "SHA-256 of nothing");
	for (i = 0; i < 1000000; i++)
		putc('a', f);
	fflush(f);
	lseek(fd, 1234, SEEK_SET);
	ok(digest_fd(fd, hex) == 0 && strcmp(hex, "cdc76e5c9914fb9281a1c7e284d73"
	    "e67f1809a48a497200e046d39ccc7112cd0") == 0,
	    "SHA-256 of a million times a, wherever the offset stood");
	ok(lseek(fd, 0, SEEK_CUR) == 1234, "the offset stays there");
	fclose(f);
	errno = 0;
	ok(digest_fd(-1, hex) == -1 && errno == EBADF,
	    "what cannot be read has no digest");
}

int
main(void)
{
	test_buf();
	test_varint();
	test_date_parse();
	test_date_days();
	test_percent();
	test_hex();
	scratch_make();
	if (setenv("NASLAG_DATA", scratch, 1) == -1)
		return 1;
	test_tsv();
	test_error();
	test_end();
	test_digest();
	scratch_remove();
	return tap_done();
}
