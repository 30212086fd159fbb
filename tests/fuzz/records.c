/*
 * records: what naslag-extract says, taken in by naslag.
 */
#include <config.h>

#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "dutch/analyse.h"
#include "gather/extract.h"
#include "gather/members.h"
#include "gather/portal.h"
#include "gather/records.h"
#include "model/entry.h"
#include "model/versions.h"

static struct portal *portal;
static struct analyser *analyser;
static struct entry_builder *builder;

static void
open_tables(void)
{
	struct error err = ERROR_INIT;

	if (portal != NULL)
		return;
	fuzz_check(portal_load(&portal, &err) == 0 &&
	    analyser_open(&analyser, &err) == 0, "the tables can be read");
	entry_builder_open(analyser, &builder);
}

/* A name, then the records: what a document of them becomes in the index. */
static void
make_document(const char *name, struct extracted *x)
{
	CLEAN(doc_clear) struct doc d = { 0 };
	CLEAN(doc_clear) struct doc again = { 0 };
	CLEAN(buf_clear) struct buf record = BUF_INIT;
	struct error err = ERROR_INIT;
	const struct entry *e;
	size_t i;

	open_tables();
	portal_fill(portal, name, x, &d);
	fuzz_check(utf8_valid(buf_str(&d.text), d.text.len), "text is UTF-8");
	for (i = 0; i < d.nmarks; i++)
		fuzz_check(d.marks[i].at + d.marks[i].len <= d.text.len &&
		    (i == 0 || d.marks[i - 1].at <= d.marks[i].at),
		    "marks lie in the text");
	e = entry_build(builder, &d);
	for (i = 0; i < e->nterms; i++)
		fuzz_check(e->terms[i].len > 0 && e->terms[i].len <= 245,
		    "a term fits");
	doc_record_print(&d, &record);
	fuzz_check(doc_record_parse(buf_str(&record), record.len, &again,
	    &err) == 0, "a document has a record");
	buf_cut(&record, 0);
	version_print(&d, &record);
	analyser_forget(analyser);
}

static void
take_members(const char *s, size_t n)
{
	CLEAN(members_clear) struct members m = { 0 };
	CLEAN(buf_clear) struct buf records = BUF_INIT;
	enum extract_status status;
	char reason[160];
	size_t i;

	buf_add(&records, s, n);
	if (!members_read(&records, &m, &status, reason))
		fuzz_check(m.count == 0, "what is wrong has no members");
	for (i = 0; i < m.count; i++)
		fuzz_check(m.items[i].at + m.items[i].len <= m.bytes.len,
		    "a member has its bytes");
	for (i = 0; i < m.count; i++)
		if (*m.items[i].name != '\0')
			fuzz_check_path(m.items[i].name);
}

/* The first line is the path of the document. */
void
fuzz_records(const char *s, size_t n)
{
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(extracted_clear) struct extracted kept = { 0 };
	size_t len = strcspn(s, "\n");
	CLEAN(str_free) char *name = xstrdup(s);
	const char *records = s + len + (len < n);

	name[len] = '\0';
	n -= (size_t)(records - s);
	take_members(records, n);
	records_read_kept(records, n, &kept);
	if (records_read(records, n, &x) && *name != '\0')
		make_document(name, &x);
}

/* ---- the protocol ---- */

/* Short, so that what does not answer costs little. */
static const struct extract_limits limits = {
	.wall_ms = 15,
	.cpu_s = 1,
	.memory_bytes = (size_t)64 << 20,
	.output_bytes = 1 << 16,
	.file_bytes = 1 << 20,
};

static struct extractor *e;

static struct extractor *
talker(void)
{
	const char *dir = getenv("builddir");
	CLEAN(str_free) char *program = NULL;
	struct error err = ERROR_INIT;

	if (e != NULL)
		return e;
	program = xasprintf("%s/tests/fuzz/talker", dir != NULL ? dir : ".");
	if (extractor_start(program, &limits, &e, &err) == -1) {
		fprintf(stderr, "fuzz: %s\n", err.msg);
		exit(2);
	}
	return e;
}

/*
 * The bytes are what a worker does that has been taken over, see talker.c; it
 * reads them as its document.
 */
void
fuzz_worker(const char *s, size_t n)
{
	static int fd = -1;
	CLEAN(extracted_clear) struct extracted x = { 0 };
	CLEAN(members_clear) struct members m = { 0 };
	enum extract_status status;
	struct error err = ERROR_INIT;
	char reason[160];
	int rc;

	if (fd == -1)
		fd = memfd_create("document", MFD_CLOEXEC);
	if (n == 0)
		return;
	fuzz_check(fd != -1 && ftruncate(fd, 0) == 0 &&
	    pwrite(fd, s, n, 0) == (ssize_t)n, "a document can be made");
	if (n % 4 == 0)
		rc = extractor_unpack(talker(), fd, 1 << 16, &m, &status,
		    reason, &err);
	else
		rc = extractor_read(talker(), fd, -1, &x, &err);
	if (rc == -1)			/* it died too often in a row */
		extractor_free(&e);
	else
		fuzz_check(x.status < EXTRACT_NSTATUS &&
		    utf8_valid(buf_str(&x.text), x.text.len),
		    "what was taken in is text");
}
