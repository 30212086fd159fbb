#include <config.h>

#include "cmd/reading.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int unpack(void *, int fd, size_t budget_bytes, struct members *,
    enum extract_status *, char reason[160], struct error *);

int
reader_open(const struct corpus *corpus, const char *program,
    const char *texts_dir, bool is_ocr, struct reader *r, struct error *err)
{
	CLEAN(str_free) char *nopdf = xasprintf("%s-nopdf", program);

	*r = (struct reader){
		.corpus = corpus, .program = program, .texts_dir = texts_dir,
		.is_ocr = is_ocr,
		.unpacker = { .walk = &corpus->walk, .unpack = unpack,
		    .arg = r },
	};
	/* Without poppler an extractor forks faster. */
	return extractor_start(access(nopdf, X_OK) == 0 ? nopdf : program,
	    &extract_limits_default, &r->light, err);
}

void
reader_close(struct reader *r)
{
	unpacker_clear(&r->unpacker);
	extractor_free(&r->light);
	extractor_free(&r->full);
	extractor_free(&r->ocr);
}

bool
reader_has_landlock(const struct reader *r)
{
	return extractor_has_landlock(r->light);
}

static enum extract_status
status_of_errno(int error)
{
	switch (error) {
	case EACCES:
	case EPERM:
		return EXTRACT_DENIED;
	case ELOOP:
	case EXDEV:
	case EINVAL:
		return EXTRACT_NOT_REGULAR;
	case ENOENT:
	case ENOTDIR:
		return EXTRACT_CHANGED;
	default:
		return EXTRACT_IO;
	}
}

static int
start_full(struct reader *r, struct error *err)
{
	return r->full != NULL ? 0 : extractor_start(r->program,
	    &extract_limits_default, &r->full, err);
}

/*
 * These bytes make a PDF of whatever follows: for it, the light extractor need
 * not be asked.
 */
static bool
begins_as_pdf(int fd)
{
	static const char magic[] = { '%', 'P', 'D', 'F', '-' };
	char s[sizeof magic];

	return pread(fd, s, sizeof s, 0) == (ssize_t)sizeof s &&
	    memcmp(s, magic, sizeof s) == 0;
}

/*
 * Extract what the descriptors hold.  Most documents are no PDF; the content
 * decides, so it is the light extractor that says what else is one.
 */
static int
extract(struct reader *r, int fd, int sidecar, struct extracted *ex,
    struct error *err)
{
	if (!begins_as_pdf(fd)) {
		if (extractor_read(r->light, fd, sidecar, ex, err) == -1)
			return -1;
		if (ex->status != EXTRACT_UNSUPPORTED ||
		    strcmp(ex->format, "pdf") != 0)
			return 0;
		extracted_clear(ex);
	}
	if (start_full(r, err) == -1)
		return -1;
	return extractor_read(r->full, fd, sidecar, ex, err);
}

/* The same for what lies within: what the light one cannot is a PDF. */
static int
unpack(void *arg, int fd, size_t budget_bytes, struct members *out,
    enum extract_status *status, char reason[160], struct error *err)
{
	struct reader *r = arg;

	if (!begins_as_pdf(fd)) {
		if (extractor_unpack(r->light, fd, budget_bytes, out, status,
		    reason, err) == -1)
			return -1;
		if (*status != EXTRACT_UNSUPPORTED)
			return 0;
		members_clear(out);
	}
	if (start_full(r, err) == -1)
		return -1;
	return extractor_unpack(r->full, fd, budget_bytes, out, status, reason,
	    err);
}

/* ---- the sidecar and the file apart ---- */

static void
add_meta(struct extracted *ex, struct extract_meta m)
{
	GROW(ex->meta, ex->nmeta, ex->cap_meta);
	ex->meta[ex->nmeta++] = m;
}

/* Put the sidecar's properties that other has before those of *ex. */
static void
take_sidecar(struct extracted *ex, struct extracted *other)
{
	struct extracted all = { 0 };
	size_t i;

	for (i = 0; i < other->nmeta; i++)
		if (texts_is_sidecar(&other->meta[i])) {
			add_meta(&all, other->meta[i]);
			other->meta[i] = (struct extract_meta){ NULL, NULL };
		}
	for (i = 0; i < ex->nmeta; i++)
		add_meta(&all, ex->meta[i]);
	free(ex->meta);
	ex->meta = all.meta;
	ex->nmeta = all.nmeta;
	ex->cap_meta = all.cap_meta;
}

/* Read the sidecar alone, for a text that came from the cache. */
static int
add_sidecar(struct reader *r, int sidecar, struct extracted *ex,
    struct error *err)
{
	CLEAN(extracted_clear) struct extracted alone = { 0 };

	if (sidecar == -1)
		return 0;
	if (extractor_read(r->light, -1, sidecar, &alone, err) == -1)
		return -1;
	take_sidecar(ex, &alone);
	return 0;
}

/* ---- contents ---- */

/* The content of what is open at fd; that of the plan if it is the same. */
static int
read_content(int fd, const struct corpus_file *f, struct content *c)
{
	if (f->content.digest[0] != '\0' &&
	    stamp_equal(&f->content.stamp, &c->stamp)) {
		*c = f->content;
		return 0;
	}
	c->day = seen_day(&c->stamp, corpus_now_ns());
	return digest_fd(fd, c->digest);
}

/* ---- scans ---- */

static int
start_recogniser(const char *program, struct extractor **out,
    struct error *err)
{
	CLEAN(str_free) char *ocr = xasprintf("%s-ocr", program);

	if (extractor_ocr_version() == NULL || access(ocr, X_OK) == -1)
		return error_set(err, ERROR_CONFIG, "there is no %s: naslag was "
		    "built without tesseract, and recognises no scans", ocr);
	return extractor_start(ocr, &extract_limits_ocr, out, err);
}

int
reader_check_ocr(const char *program, struct error *err)
{
	CLEAN(extractor_free) struct extractor *e = NULL;

	return start_recogniser(program, &e, err);
}

/* The text of content c that this version recognised, if it is kept. */
static bool
take_recognised(struct reader *r, const struct content *c,
    struct extracted *ex, struct reading *reading)
{
	const char *version = extractor_ocr_version();

	if (version == NULL)
		return false;
	texts_key(c->digest, version, reading->text_key);
	return texts_get(r->texts_dir, reading->text_key, ex);
}

/* Replace *ex by other, but for what the sidecar said. */
static void
replace(struct extracted *ex, struct extracted *other)
{
	take_sidecar(other, ex);
	extracted_clear(ex);
	*ex = *other;
	*other = (struct extracted){ 0 };
}

/* That which another version recognised in the same content. */
static void
recall_recognised(struct reader *r, const struct corpus_file *f,
    const struct content *c, struct extracted *ex, struct reading *reading)
{
	CLEAN(extracted_clear) struct extracted old = { 0 };

	if (f->old == NULL || f->old->recognised == 0 ||
	    strncmp(f->old->text_key, c->digest, strlen(c->digest)) != 0 ||
	    !texts_get(r->texts_dir, f->old->text_key, &old))
		return;
	replace(ex, &old);
	snprintf(reading->text_key, sizeof reading->text_key, "%s",
	    f->old->text_key);
	reading->is_parsed = false;
}

/*
 * Only who recognises a picture unpacks it, and may find that it is damaged;
 * whatever else was read is worth more than that.
 */
static bool
is_better(const struct extracted *seen, const struct extracted *ex)
{
	return seen->status == EXTRACT_OK || seen->status == EXTRACT_SCAN ||
	    (seen->status == EXTRACT_MALFORMED && ex->status == EXTRACT_SCAN);
}

/*
 * Recognise what is open at fd.  If that ends badly what was read without it
 * stays, as the last word on this content; but another time it may be faster.
 */
static int
recognise(struct reader *r, int fd, const struct content *c,
    struct extracted *ex, struct reading *reading, struct error *err)
{
	CLEAN(extracted_clear) struct extracted seen = { 0 };
	enum extract_status status;

	if ((r->ocr == NULL &&
	    start_recogniser(r->program, &r->ocr, err) == -1) ||
	    extractor_read(r->ocr, fd, -1, &seen, err) == -1)
		return -1;
	status = seen.status;
	if (is_better(&seen, ex))
		replace(ex, &seen);
	else
		snprintf(ex->reason, sizeof ex->reason,
		    "recognising it ended with %s",
		    extract_status_name(status));
	if (status != EXTRACT_LIMIT_WALL)
		texts_key(c->digest, extractor_ocr_version(),
		    reading->text_key);
	reading->is_parsed = true;
	return 0;
}

/* ---- a file ---- */

/* Read content c once. */
static int
read_once(struct reader *r, int fd, int sidecar, const struct corpus_file *f,
    const struct content *c, struct extracted *ex, struct reading *reading,
    struct error *err)
{
	if (take_recognised(r, c, ex, reading)) {
		reading->is_parsed = false;
		return add_sidecar(r, sidecar, ex, err);
	}
	texts_key(c->digest, extractor_version(), reading->text_key);
	reading->is_parsed = !texts_get(r->texts_dir, reading->text_key, ex);
	if ((reading->is_parsed ? extract(r, fd, sidecar, ex, err) :
	    add_sidecar(r, sidecar, ex, err)) == -1)
		return -1;
	if (ex->pictures == 0)
		return 0;
	if (r->is_ocr)
		return recognise(r, fd, c, ex, reading, err);
	recall_recognised(r, f, c, ex, reading);
	return 0;
}

/*
 * Read what is open at fd; once more if it changes meanwhile, so that text
 * and digest belong together.
 */
static int
read_stable(struct reader *r, int fd, int sidecar, const struct corpus_file *f,
    struct extracted *ex, struct reading *reading, struct error *err)
{
	struct content *c = &reading->content;
	struct stamp after;
	int tries;

	for (tries = 0; tries < 2; tries++) {
		extracted_clear(ex);
		if (read_content(fd, f, c) == -1) {
			c->digest[0] = '\0';
			ex->status = EXTRACT_IO;
			snprintf(ex->reason, sizeof ex->reason, "%s",
			    strerror(errno));
			return add_sidecar(r, sidecar, ex, err);
		}
		if (read_once(r, fd, sidecar, f, c, ex, reading,
		    err) == -1)
			return -1;
		if (stamp_read(fd, &after) == 0 &&
		    stamp_equal(&after, &c->stamp))
			return 0;
		c->stamp = after;
	}
	c->digest[0] = '\0';
	buf_clear(&ex->text);
	ex->nmarks = 0;
	ex->status = EXTRACT_CHANGED;
	return 0;
}

/* What can be had of a file that was not, or cannot be, opened. */
static int
read_unopened(struct reader *r, int sidecar, int error,
    const struct corpus_file *f, struct extracted *ex, struct error *err)
{
	if (extractor_read(r->light, -1, sidecar, ex, err) == -1)
		return -1;
	ex->status = status_of_errno(error);
	if (f->entry->kind == WALK_FILE)
		snprintf(ex->reason, sizeof ex->reason, "%s", strerror(error));
	return 0;
}

/* The last good text of a file that cannot be read any more. */
static void
recall(struct reader *r, const struct corpus_file *f, struct extracted *ex,
    struct reading *reading)
{
	struct extracted good;

	if (f->old == NULL || *f->old->text_key == '\0')
		return;
	reading->is_stale = texts_get(r->texts_dir, f->old->text_key, &good);
	/* A copy has no document that could stay. */
	reading->is_lost = !reading->is_stale && f->old->copy_of == NULL;
	if (!reading->is_stale)
		return;
	replace(ex, &good);
	snprintf(reading->text_key, sizeof reading->text_key, "%s",
	    f->old->text_key);
}

static void
judge(struct reader *r, const struct corpus_file *f, struct extracted *ex,
    struct reading *reading)
{
	/* It has nothing to say but what the files within it do. */
	if (ex->status == EXTRACT_EMPTY && ex->members > 0)
		ex->status = EXTRACT_OK;
	reading->status = ex->status;
	memcpy(reading->reason, ex->reason, sizeof reading->reason);
	reading->members = ex->members;
	reading->pictures = ex->pictures;
	reading->recognised = ex->recognised;
	/* What cannot be kept is read again, no more. */
	if (reading->is_parsed && reading->content.digest[0] != '\0' &&
	    extract_status_is_final(ex->status))
		texts_put(r->texts_dir, reading->text_key, ex);
	if (ex->status == EXTRACT_OK)
		return;
	reading->text_key[0] = '\0';
	recall(r, f, ex, reading);
}

/* A file that lies within another. */
static int
read_inner(struct reader *r, const struct corpus_file *f,
    struct extracted *ex, struct reading *reading, struct error *err)
{
	enum extract_status status;
	char reason[sizeof ex->reason];
	int fd, sidecar = -1, rc;

	if ((f->within->sidecar != NULL && unpacker_open(&r->unpacker,
	    f->within->sidecar, &sidecar, &status, reason, err) == -1) ||
	    unpacker_open(&r->unpacker, f->within, &fd, &status, reason,
	    err) == -1)
		return -1;
	if (fd != -1 && stamp_read(fd, &reading->content.stamp) == 0)
		rc = read_stable(r, fd, sidecar, f, ex, reading, err);
	else if ((rc = extractor_read(r->light, -1, sidecar, ex, err)) == 0) {
		ex->status = fd != -1 ? EXTRACT_IO : status;
		memcpy(ex->reason, reason, sizeof reason);
	}
	if (fd != -1)
		close(fd);
	if (sidecar != -1)
		close(sidecar);
	return rc;
}

/* A file that lies in a directory, and its sidecar. */
static int
read_outer(struct reader *r, const struct corpus_file *f,
    struct extracted *ex, struct reading *reading, struct error *err)
{
	struct stamp now;
	int fd = -1, sidecar = -1, rc, error = EINVAL;

	if (f->sidecar != NULL)
		sidecar = walk_open(&r->corpus->walk, f->sidecar->path, &now);
	if (f->entry->kind == WALK_FILE) {
		fd = walk_open(&r->corpus->walk, f->entry->path,
		    &reading->content.stamp);
		error = errno;
	}
	if (fd == -1)
		rc = read_unopened(r, sidecar, error, f, ex, err);
	else if (reading->content.stamp.size_bytes >
	    extract_limits_default.file_bytes)
		rc = extractor_read(r->light, fd, sidecar, ex, err);
	else
		rc = read_stable(r, fd, sidecar, f, ex, reading, err);
	if (fd != -1)
		close(fd);
	if (sidecar != -1)
		close(sidecar);
	return rc;
}

int
reader_read(struct reader *r, const struct corpus_file *f,
    struct extracted *ex, struct reading *reading, struct error *err)
{
	int rc;

	*reading = (struct reading){ .status = EXTRACT_OK };
	rc = (f->within != NULL ? read_inner : read_outer)(r, f, ex, reading,
	    err);
	if (rc == 0)
		judge(r, f, ex, reading);
	return rc;
}
