/*
 * pdfspeed EXTRACT DIR [ROUNDS]: what naslag-extract costs beside poppler.
 *
 * The PDFs below DIR are read by naslag-extract, a confined process each, as
 * naslag does it; by the same reader in one process, to tell what reading costs
 * from what a process does; by poppler's own library in one process that takes
 * the text of their pages and does nothing else; and by pdftotext, a process
 * each.
 * Then what a document costs apart from reading it: a tiny one that
 * naslag-extract reads a thousand times, less what reading it takes here.
 *
 * All in one run and in turn; processor time, the median of the rounds.
 * `make bench` runs it.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "formats/format.h"
#include "formats/out.h"
#include "gather/extract.h"

#define MAX_ROUNDS 99
#define TINY_TIMES 1000

static char **files;
static size_t nfiles, cap_files;

static _Noreturn void
die(const char *what, const char *why)
{
	fprintf(stderr, "pdfspeed: %s: %s\n", what, why);
	exit(1);
}

static int
add_file(const char *path, const struct stat *st, int type, struct FTW *at)
{
	const char *dot = strrchr(path, '.');

	(void)st;
	(void)at;
	if (type == FTW_F && dot != NULL && strcasecmp(dot, ".pdf") == 0) {
		GROW(files, nfiles, cap_files);
		files[nfiles++] = xstrdup(path);
	}
	return 0;
}

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* What this process and those that have ended used. */
static double
used_s(void)
{
	struct rusage self, others;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &others);
	return seconds(self.ru_utime) + seconds(self.ru_stime) +
	    seconds(others.ru_utime) + seconds(others.ru_stime);
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *a, size_t n)
{
	qsort(a, n, sizeof *a, compare);
	return n % 2 == 1 ? a[n / 2] : (a[n / 2 - 1] + a[n / 2]) / 2;
}

/* ---- poppler alone ---- */

static unsigned
read_by_poppler(const char *path)
{
	char *uri = g_filename_to_uri(path, NULL, NULL);
	PopplerDocument *doc = poppler_document_new_from_file(uri, NULL, NULL);
	unsigned pages = 0;
	int i;

	g_free(uri);
	for (i = 0; doc != NULL && i < poppler_document_get_n_pages(doc); i++) {
		PopplerPage *page = poppler_document_get_page(doc, i);

		if (page == NULL)
			continue;
		g_free(poppler_page_get_text(page));
		g_object_unref(page);
		pages++;
	}
	g_clear_object(&doc);
	return pages;
}

/* ---- naslag's reader alone ---- */

static unsigned
read_by_format(const char *path)
{
	const struct format *f;
	struct input in;
	struct out o;
	char *bytes;
	gsize size;

	if (!g_file_get_contents(path, &bytes, &size, NULL))
		die(path, "cannot be read");
	in = (struct input){ bytes, size };
	if ((f = format_detect(&in)) != NULL) {
		out_init(&o, -1);
		f->read(&in, &o);
		out_clear(&o);
	}
	g_free(bytes);
	return 0;
}

/* All files, in a process of its own.  Returns the sum of what it says. */
static unsigned
in_one_process(unsigned (*reader)(const char *path))
{
	unsigned *sum = mmap(NULL, sizeof *sum, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0), n;
	char path[4096];
	pid_t pid;
	size_t i;

	if (sum == MAP_FAILED || (pid = fork()) == -1)
		die("fork", strerror(errno));
	if (pid == 0) {
		for (i = 0; i < nfiles; i++)
			if (realpath(files[i], path) != NULL)
				*sum += reader(path);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
	n = *sum;
	munmap(sum, sizeof *sum);
	return n;
}

/* ---- pdftotext ---- */

static void
pdftotext(const char *path)
{
	int null;
	pid_t pid = fork();

	if (pid == 0) {
		null = open("/dev/null", O_RDWR);
		dup2(null, 1);
		dup2(null, 2);
		execlp("pdftotext", "pdftotext", path, "-", (char *)NULL);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

/* ---- naslag-extract ---- */

static void
read_by_extractor(struct extractor *e, int fd)
{
	CLEAN(extracted_clear) struct extracted ex = { 0 };
	struct error err = ERROR_INIT;

	if (extractor_read(e, fd, -1, &ex, &err) == -1)
		die("naslag-extract", err.msg);
}

static struct extractor *
start(const char *program)
{
	struct extractor *e;
	struct error err = ERROR_INIT;

	if (extractor_start(program, &extract_limits_default, &e, &err) == -1)
		die(program, err.msg);
	return e;
}

static void
extract_all(const char *program)
{
	struct extractor *e = start(program);
	size_t i;
	int fd;

	for (i = 0; i < nfiles; i++) {
		if ((fd = open(files[i], O_RDONLY | O_CLOEXEC)) == -1)
			die(files[i], strerror(errno));
		read_by_extractor(e, fd);
		close(fd);
	}
	extractor_free(&e);
}

/* ---- what a document costs apart ---- */

static const char tiny_text[] = "Een zin van een kleine tekst.\n";
static const char tiny_pdf[] = "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 30>>stream\n"
    "BT /F 9 Tf 9 9 Td (naslag) Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "trailer<</Root 1 0 R>>\n%%EOF\n";

static double
read_here_s(const struct input *in)
{
	const struct format *f = format_detect(in);
	double before = used_s();
	int i;

	for (i = 0; i < TINY_TIMES; i++) {
		struct out o;

		out_init(&o, -1);
		f->read(in, &o);
		out_clear(&o);
	}
	return used_s() - before;
}

static double
apart_ms(const char *program, const struct input *in)
{
	int fd = memfd_create("tiny", MFD_CLOEXEC), i;
	struct extractor *e;
	double before, there, here;

	if (fd == -1 || write(fd, in->bytes, in->size) != (ssize_t)in->size)
		die("memfd", strerror(errno));
	before = used_s();
	e = start(program);
	extractor_free(&e);
	before += used_s() - before;	/* less what starting costs */
	e = start(program);
	for (i = 0; i < TINY_TIMES; i++)
		read_by_extractor(e, fd);
	extractor_free(&e);
	there = used_s() - before;
	here = read_here_s(in);
	close(fd);
	return (there - here) * 1000 / TINY_TIMES;
}

enum { OURS, HERE, ALONE, EACH, NWAYS, TEXT_APART = NWAYS, PDF_APART,
    NMEASURES };

static unsigned
measure_round(const char *program, int round, double s[][MAX_ROUNDS])
{
	char *light = xasprintf("%s-nopdf", program);
	const struct input text = { tiny_text, sizeof tiny_text - 1 };
	const struct input pdf = { tiny_pdf, sizeof tiny_pdf - 1 };
	unsigned pages = 0;
	double before;
	size_t i;
	int k;

	for (k = 0; k < NWAYS; k++) {
		int which = round % 2 == 0 ? k : NWAYS - 1 - k;

		before = used_s();
		if (which == OURS)
			extract_all(program);
		else if (which == HERE)
			in_one_process(read_by_format);
		else if (which == ALONE)
			pages = in_one_process(read_by_poppler);
		else
			for (i = 0; i < nfiles; i++)
				pdftotext(files[i]);
		s[which][round] = used_s() - before;
	}
	s[TEXT_APART][round] = apart_ms(light, &text);
	s[PDF_APART][round] = apart_ms(program, &pdf);
	free(light);
	return pages;
}

int
main(int argc, char **argv)
{
	static double s[NMEASURES][MAX_ROUNDS];
	int rounds = argc > 3 ? atoi(argv[3]) : 3, r;
	double pages = 0, m[NMEASURES];
	size_t i;

	if (argc < 3 || rounds < 1 || rounds > MAX_ROUNDS)
		die("usage", "pdfspeed EXTRACT DIR [ROUNDS]");
	if (nftw(argv[2], add_file, 16, FTW_PHYS) == -1)
		die(argv[2], strerror(errno));
	if (nfiles == 0)
		die(argv[2], "no PDF in it");
	formats_init();
	for (r = 0; r < rounds; r++)
		pages = measure_round(argv[1], r, s);
	for (i = 0; i < NMEASURES; i++)
		m[i] = median(s[i], (size_t)rounds);
	printf("pdf\t%zu files, %.0f pages; pages a second and core\n"
	    "\tnaslag-extract, a process a file\t%.0f\n"
	    "\tits reader, in one process\t%.0f\n"
	    "\tpoppler, in one process\t%.0f\tratio %.2f, reader %.2f\n"
	    "\tpdftotext, a process a file\t%.0f\tratio %.2f\n"
	    "a document apart from reading it, ms (at most 1)\n"
	    "\ttext, naslag-extract-nopdf\t%.2f\n"
	    "\tpdf, naslag-extract\t%.2f\n", nfiles, pages, pages / m[OURS],
	    pages / m[HERE], pages / m[ALONE], m[ALONE] / m[OURS],
	    m[ALONE] / m[HERE], pages / m[EACH], m[EACH] / m[OURS],
	    m[TEXT_APART], m[PDF_APART]);
	return 0;
}
