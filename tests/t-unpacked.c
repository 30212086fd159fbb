/*
 * What naslag takes out of files by way of naslag-extract, confined: archives
 * made here, and collections in HOSTILE_DIR and CORPUS_DIR where there are.
 */
#include <config.h>

#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "gather/extract.h"

#include "makearchive.h"
#include "tap.h"

static bool
is_unpacked(struct extractor *e, const struct buf *b, const char *name)
{
	CLEAN(members_clear) struct members m = { 0 };
	struct error err = ERROR_INIT;
	enum extract_status status;
	char reason[160];
	int fd = memfd_create("archive", MFD_CLOEXEC);
	bool is_good;

	if (fd == -1 || write(fd, b->s, b->len) != (ssize_t)b->len)
		return false;
	is_good = extractor_unpack(e, fd, 1 << 20, &m, &status, reason,
	    &err) == 0 && status == EXTRACT_OK && m.count > 0 &&
	    strcmp(m.items[0].name, name) == 0;
	if (!is_good)
		printf("# %s %s\n", extract_status_name(status), reason);
	close(fd);
	return is_good;
}

static void
test_confined(struct extractor *e)
{
	size_t i;

	for (i = 0; i < NELEM(kinds); i++) {
		struct buf b CLEAN(buf_clear) = BUF_INIT;

		make_archive(kinds[i].format, kinds[i].filter, NULL, usual,
		    NELEM(usual), &b);
		ok(is_unpacked(e, &b, "map/een.txt"),
		    "the sandbox lets %s be unpacked", kinds[i].title);
	}
}

/* ---- collections from elsewhere ---- */

static const struct {
	const char *path;
	size_t count;
	const char *first;
	enum extract_status status;	/* of the first */
} hostile[] = {
	{ "tika/testEmbedded.zip", 2, "test1.txt", EXTRACT_OK },
	{ "tika/testZipEntryNameCharsetShiftSJIS.zip", 2,
	    "\xE6\x96\x87\xE7\xAB\xA0" "1.txt", EXTRACT_OK },
	{ "tika/testPDFPackage.pdf", 2, "PDF1.pdf", EXTRACT_OK },
	{ "tika/testMSG_chinese.msg", 0, NULL, EXTRACT_OK },
	{ "tika/test-file-2.csv.bz2", 1, "", EXTRACT_OK },
	{ "tika/embedded_to_parent_metadata.xml.gz", 1, "", EXTRACT_OK },
	{ "pdfjs/encrypted-attachment.pdf", 1, "attachment.pdf",
	    EXTRACT_ENCRYPTED },
};

static void
test_hostile(struct extractor *e, const char *folder)
{
	size_t i;

	for (i = 0; i < NELEM(hostile); i++) {
		CLEAN(members_clear) struct members m = { 0 };
		CLEAN(str_free) char *path = xasprintf("%s/%s", folder,
		    hostile[i].path);
		struct error err = ERROR_INIT;
		enum extract_status status = EXTRACT_NSTATUS;
		char reason[160];
		int fd = open(path, O_RDONLY | O_CLOEXEC);

		if (fd == -1) {
			ok(1, "%s # SKIP not there", hostile[i].path);
			continue;
		}
		if (!ok(extractor_unpack(e, fd, 1 << 24, &m, &status, reason,
		    &err) == 0 && status == EXTRACT_OK &&
		    m.count == hostile[i].count && (m.count == 0 ||
		    (strcmp(m.items[0].name, hostile[i].first) == 0 &&
		    m.items[0].status == hostile[i].status)),
		    "%s gives what it has", hostile[i].path))
			printf("# %s, %zu\n", status < EXTRACT_NSTATUS ?
			    extract_status_name(status) : "-", m.count);
		close(fd);
	}
}

/* A file of the portal: as many as reading it says, all of them whole. */
static bool
is_whole(struct extractor *e, const char *path)
{
	CLEAN(members_clear) struct members m = { 0 };
	CLEAN(extracted_clear) struct extracted x = { 0 };
	struct error err = ERROR_INIT;
	enum extract_status status = EXTRACT_NSTATUS;
	char reason[160];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t i;
	bool is_good;

	is_good = fd != -1 && extractor_read(e, fd, -1, &x, &err) == 0 &&
	    extractor_unpack(e, fd, (size_t)256 << 20, &m, &status, reason,
	    &err) == 0 && status == EXTRACT_OK && x.members == m.count &&
	    (x.status == EXTRACT_OK || (x.status == EXTRACT_EMPTY &&
	    x.members > 0));
	for (i = 0; i < m.count && is_good; i++)
		is_good = m.items[i].status == EXTRACT_OK &&
		    m.items[i].len > 0;
	if (fd != -1)
		close(fd);
	if (!is_good)
		printf("# %s\n", path);
	return is_good;
}

static void
test_portal(struct extractor *e, char *folder)
{
	char *const folders[] = { folder, NULL };
	FTS *fts = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *f;
	int files = 0, bad = 0;

	while (fts != NULL && (f = fts_read(fts)) != NULL) {
		const char *dot = strrchr(f->fts_name, '.');

		if (f->fts_info != FTS_F || dot == NULL ||
		    (strcmp(dot, ".zip") != 0 && strcmp(dot, ".eml") != 0))
			continue;
		files++;
		bad += !is_whole(e, f->fts_path);
	}
	if (fts != NULL)
		fts_close(fts);
	ok(files > 0 && bad == 0, "%d archives and messages of the portal",
	    files);
}

int
main(void)
{
	const char *program = getenv("NASLAG_EXTRACT");
	char *hostile_dir = getenv("HOSTILE_DIR");
	char *corpus_dir = getenv("CORPUS_DIR");
	struct error err = ERROR_INIT;
	struct extractor *e = NULL;

	if (program == NULL || extractor_start(program,
	    &extract_limits_default, &e, &err) == -1) {
		ok(1, "in the sandbox # SKIP no NASLAG_EXTRACT");
		return tap_done();
	}
	test_confined(e);
	if (hostile_dir != NULL)
		test_hostile(e, hostile_dir);
	else
		ok(1, "hostile files # SKIP HOSTILE_DIR is not set");
	if (corpus_dir != NULL)
		test_portal(e, corpus_dir);
	else
		ok(1, "those of a portal # SKIP CORPUS_DIR is not set");
	extractor_free(&e);
	return tap_done();
}
