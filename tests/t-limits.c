/*
 * t-limits: what costs an attacker a few bytes costs us no more than the
 * limits: each of these documents has its verdict from the real
 * naslag-extract within its processor time and a second, and within its
 * memory.
 *
 * The limits are those of RELIABILITY, but for less time, so that the test is
 * short, and a clock that a busy machine does not beat.
 */
#include <config.h>

#include "gather/extract.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "makehostile.h"
#include "tap.h"

#define CPU_S	4

static const struct extract_limits limits = {
	.wall_ms = 120000,
	.cpu_s = CPU_S,
	.memory_bytes = (size_t)512 << 20,
	.output_bytes = (size_t)32 << 20,
	.file_bytes = (size_t)64 << 20,
};
#define BUDGET_BYTES	((size_t)256 << 20)

/* What naslag-extract has to say of a document; any of the statuses is right. */
struct verdict {
	const char *title;
	bool is_unpacked;
	const char *statuses;
};

static const struct {
	struct verdict verdict;
	const char *format, *filter, *name;
} bombs[] = {
	{ { "a package that inflates a thousandfold", false, "bomb" },
	    "zip", NULL, "word/document.xml" },
	{ { "an archive that does", true, "bomb" }, "zip", NULL, "nul.txt" },
	{ { "a tar.gz that does", true, "bomb" }, "paxr", "gzip", "nul.txt" },
	{ { "a tar.bz2 that does", true, "bomb limit-cpu" },
	    "paxr", "bzip2", "nul.txt" },
	{ { "a 7-Zip that does", true, "bomb" }, "7zip", NULL, "nul.txt" },
};

/* Documents of much of the same. */
static const struct {
	struct verdict verdict;
	const char *head, *part;
	size_t times;
	const char *tail;
} repeated[] = {
	{ { "XML a million deep", false, "malformed bomb" },
	    "<?xml version='1.0'?>", "<x>", 1000000, "" },
	{ { "an attribute of 30 MB", false, "malformed ok" },
	    "<?xml version='1.0'?><x a='",
	    "aaaaaaaaaa", 3000000, "'>tekst</x>" },
	{ { "HTML a million deep", false, "ok" },
	    "<!DOCTYPE html><html><body><p>tekst ", "<div>", 1000000, "" },
	{ { "a million cells", false, "ok" },
	    "<!DOCTYPE html><html><body><table><tr>", "<td>x", 1000000, "" },
	{ { "comments that never end", false, "ok" },
	    "<!DOCTYPE html><html><body><p>tekst ",
	    "<!--<a b=\"", 1000000, "" },
	{ { "RTF ten million deep", false, "ok malformed" },
	    "{\\rtf1 tekst ", "{", 10000000, "" },
	{ { "RTF with binary data of 2 GB", false, "ok malformed" },
	    "{\\rtf1 tekst ", "\\cell x", 3000000, "\\row\\bin2147483647 x}" },
	{ { "Markdown two million deep", false, "ok" },
	    "# Kop\n\n- een\n- twee\n\n", "> [*_`", 2000000, "" },
	{ { "a word of 37 MB", false, "ok limit-output" },
	    "", "woordwoordwoord", 2500000, "" },
	{ { "a message with 200,000 files", true, "bomb" },
	    "From: a@example.nl\nSubject: x\nMIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=b\n\n",
	    "--b\nContent-Disposition: attachment; filename=a\n\nx\n",
	    200000, "" },
	{ { "arrays two million deep", false, "malformed empty limit-memory" },
	    PDF "2 0 obj<</Type/Pages/Count 1/Kids",
	    "[", 2000000, "]>>endobj\n" PDF_END },
	{ { "a list of 25 million pages", false, "limit-memory" },
	    PDF "2 0 obj<</Type/Pages/Count 1/Kids[",
	    "0 0 0 0 0 0 0 0 0 0 ", 2500000,
	    "]>>endobj\n" PDF_END },
};

static const struct {
	struct verdict verdict;
	void (*make)(struct buf *);
} documents[] = {
	{ { "a bomb that is packed six times", true, "ok" }, nested_bomb },
	{ { "members that share their bytes", false, "bomb" }, overlap },
	{ { "30,000 members", true, "bomb" }, many_members },
	{ { "a billion laughs", false, "bomb malformed" }, laughs },
	{ { "a quadratic blow-up", false, "bomb malformed" }, quadratic },
	{ { "a short word a million times", false, "bomb" }, references },
	{ { "an entity that is a file", false, "bomb malformed ok" }, outside },
	{ { "laughs in a package", false, "bomb malformed" }, laughs_in_docx },
	{ { "a message 100,000 deep", false, "ok empty" }, deep_mail },
	{ { "100,000 empty files", true, "bomb" }, empty_members },
	{ { "a cell that is repeated 10^18 times", false, "ok" },
	    repeated_cells },
	{ { "two billion spaces", false, "ok" }, repeated_spaces },
	{ { "a cell that is too far", false, "ok" }, far_cell },
	{ { "pages that are their own pages", false, "malformed empty scan" },
	    page_loop },
	{ { "10^12 pages", false, "malformed empty scan limit-cpu" },
	    endless_pages },
	{ { "300,000 pages", false, "limit-cpu limit-memory" }, many_pages },
	{ { "10^15 forms", false, "limit-cpu" }, forms },
	{ { "an image of 4 10^18 points", false, "scan empty" }, huge_image },
	{ { "sectors that follow themselves", false, "malformed empty" },
	    ole_loop },
	{ { "a PDF with a password", false, "encrypted" }, locked_pdf },
	{ { "an office document with one", false, "encrypted" },
	    locked_office },
	{ { "a text with one", false, "encrypted" }, locked_odt },
	{ { "a sheet with one", false, "encrypted" }, locked_ods },
	{ { "an archive with one", false, "encrypted" }, locked_zip },
	{ { "the same, unpacked", true, "encrypted" }, locked_zip },
	{ { "a 7-Zip with one", false, "encrypted" }, locked_7z },
};

static bool
is_one_of(const char *statuses, const char *status)
{
	size_t n = strlen(status);
	const char *at;

	for (at = statuses; (at = strstr(at, status)) != NULL; at += n)
		if ((at == statuses || at[-1] == ' ') &&
		    (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static double
used_s(const struct rusage *u)
{
	return (double)(u->ru_utime.tv_sec + u->ru_stime.tv_sec) +
	    (double)(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1e6;
}

/* The sanitizers take their time, and have no limit of memory. */
static bool
is_right(const struct verdict *v, enum extract_status status)
{
#ifdef SANITIZERS
	if (status == EXTRACT_LIMIT_CPU || (status < EXTRACT_NSTATUS &&
	    is_one_of(v->statuses,
	    extract_status_name(EXTRACT_LIMIT_MEMORY))))
		return true;
#endif
	return status < EXTRACT_NSTATUS &&
	    is_one_of(v->statuses, extract_status_name(status));
}

/* With an extractor of its own, so that what it used is known. */
static enum extract_status
judge(const char *program, const struct verdict *v, int fd,
    char reason[160])
{
	CLEAN(extractor_free) struct extractor *e = NULL;
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(members_clear) struct members m = { 0 };
	enum extract_status status = EXTRACT_NSTATUS;
	struct error err = ERROR_INIT;

	snprintf(reason, 160, "no extractor");
	if (extractor_start(program, &limits, &e, &err) == -1)
		return status;
	if (v->is_unpacked) {
		extractor_unpack(e, fd, BUDGET_BYTES, &m, &status, reason,
		    &err);
		return status;
	}
	if (extractor_read(e, fd, -1, &x, &err) == 0) {
		snprintf(reason, 160, "%s", x.reason);
		status = x.status;
	}
	return status;
}

static void
test(const char *program, const struct verdict *v, const struct buf *b)
{
	int fd = memfd_create("document", MFD_CLOEXEC);
	enum extract_status status;
	struct rusage before, after;
	char reason[160];
	double s;

	if (fd == -1 || write(fd, b->s, b->len) != (ssize_t)b->len) {
		ok(0, "%s can be made", v->title);
		return;
	}
	getrusage(RUSAGE_CHILDREN, &before);
	status = judge(program, v, fd, reason);
	getrusage(RUSAGE_CHILDREN, &after);
	close(fd);
	s = used_s(&after) - used_s(&before);
	ok(is_right(v, status) && s < CPU_S + 1, "%s (%zu bytes): %s",
	    v->title, b->len, status < EXTRACT_NSTATUS ?
	    extract_status_name(status) : "none");
	printf("# %s; %.2f s, at most %ld MB\n", reason, s,
	    after.ru_maxrss / 1024);
}

static void
test_all(const char *program)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < NELEM(bombs); i++, buf_clear(&b)) {
		zeros(bombs[i].format, bombs[i].filter, bombs[i].name, &b);
		test(program, &bombs[i].verdict, &b);
	}
	for (i = 0; i < NELEM(repeated); i++, buf_clear(&b)) {
		buf_adds(&b, repeated[i].head);
		repeat(&b, repeated[i].part, repeated[i].times);
		buf_adds(&b, repeated[i].tail);
		test(program, &repeated[i].verdict, &b);
	}
	for (i = 0; i < NELEM(documents); i++, buf_clear(&b)) {
		documents[i].make(&b);
		test(program, &documents[i].verdict, &b);
	}
}

int
main(void)
{
	const char *program = getenv("NASLAG_EXTRACT");
	struct rusage all;

	if (program == NULL || access(program, X_OK) == -1) {
		puts("1..0 # SKIP NASLAG_EXTRACT is not set");
		return 0;
	}
	test_all(program);
	getrusage(RUSAGE_CHILDREN, &all);
#ifndef SANITIZERS
	ok((size_t)all.ru_maxrss * 1024 <= limits.memory_bytes,
	    "none takes more memory than it may");
#endif
	return tap_done();
}
