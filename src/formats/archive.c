#include <config.h>

#include "formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "formats/container.h"
#include "formats/membername.h"
#include "formats/rar5.h"
#include "formats/unpack.h"

/*
 * A member of a ZIP file that is too damaged to be inflated ends libarchive's
 * reading; we begin again behind it, no more often than this.
 */
#define MAX_DAMAGED 16

#define CHUNK_BYTES 65536

struct walk {
	const struct input *in;
	struct unpack *unpack;
	void (*support)(struct archive *);
	bool is_seekable;	/* a member left out costs nothing */
	uint64_t inflated;
	size_t encrypted, unread;	/* members */
	struct buf sealed;	/* a byte for each entry of RAR 5 */
	struct buf bytes;
};

/* libarchive turns UTF-16 names into the charset of the locale. */
static locale_t utf8_locale;

void
archive_init(void)
{
	if (utf8_locale == (locale_t)0)
		utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

static void
archive_close(struct archive **a)
{
	if (*a != NULL)
		archive_read_free(*a);
	*a = NULL;
}

static enum extract_status
fail(struct walk *w, enum extract_status status, const char *reason)
{
	out_reason(w->unpack->out, reason);
	return status;
}

/* Which filters there are: those that need no other program. */
static void
support_packed(struct archive *a)
{
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_bzip2(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_zstd(a);
	archive_read_support_format_raw(a);
	archive_read_support_format_empty(a);
}

static void
support_tar(struct archive *a)
{
	support_packed(a);
	archive_read_support_format_tar(a);
}

static void
support_zip(struct archive *a)
{
	archive_read_support_format_zip_seekable(a);
}

static void
support_7z(struct archive *a)
{
	archive_read_support_format_7zip(a);
}

static void
support_rar(struct archive *a)
{
	archive_read_support_format_rar(a);
	archive_read_support_format_rar5(a);
}

/* Why libarchive cannot go on with an archive that it could open. */
static enum extract_status
judge(struct walk *w, struct archive *a)
{
	const char *why = archive_error_string(a);

	/* It has no code for it, and does not say it otherwise of 7-Zip. */
	if (archive_read_has_encrypted_entries(a) == 1 || (why != NULL &&
	    (strcasestr(why, "encrypt") != NULL ||
	    strcasestr(why, "crypto") != NULL)))
		return fail(w, EXTRACT_ENCRYPTED, "");
	return fail(w, EXTRACT_MALFORMED, "damaged archive");
}

/* Why it could not be opened; nothing else may be asked of such an archive. */
static enum extract_status
judge_unopened(struct walk *w, struct archive *a)
{
	const char *why = archive_error_string(a);

	if (why != NULL && strstr(why, "too many filters") != NULL)
		return fail(w, EXTRACT_BOMB, "packed too many times");
	return fail(w, EXTRACT_MALFORMED, "damaged archive");
}

static enum extract_status
spend(struct walk *w, size_t n)
{
	w->inflated += n;
	if (container_is_bomb(w->inflated, w->in->size))
		return fail(w, EXTRACT_BOMB, "inflates beyond the limit");
	return unpack_spend(w->unpack, n);
}

/*
 * The bytes of a member into w->bytes; *member is what became of it.  What is
 * too big is left out, and read on only where what follows lies behind it.
 * Returns a status that ends the archive, or EXTRACT_OK.
 */
static enum extract_status
load(struct walk *w, struct archive *a, enum extract_status *member)
{
	enum extract_status status;
	la_ssize_t n;

	buf_cut(&w->bytes, 0);
	*member = EXTRACT_OK;
	for (;;) {
		n = archive_read_data(a, buf_room(&w->bytes, CHUNK_BYTES),
		    CHUNK_BYTES);
		if (n == 0)
			return EXTRACT_OK;
		if (n < 0) {
			*member = container_is_unread(a, w->unpack->out) ?
			    EXTRACT_UNSUPPORTED : EXTRACT_MALFORMED;
			w->unread += *member == EXTRACT_UNSUPPORTED;
			return EXTRACT_OK;
		}
		if ((status = spend(w, (size_t)n)) != EXTRACT_OK)
			return status;
		if (*member != EXTRACT_OK)
			continue;
		buf_grew(&w->bytes, (size_t)n);
		if (w->bytes.len > w->unpack->file_bytes) {
			*member = EXTRACT_TOO_BIG;
			buf_cut(&w->bytes, 0);
			if (w->is_seekable)
				return EXTRACT_OK;
		}
	}
}

/* Neither a folder, nor a link, nor what its system left there. */
static bool
is_member(struct archive_entry *e, const struct buf *name)
{
	struct buf clean CLEAN(buf_clear) = BUF_INIT;
	bool is_dir = name->len > 0 && strchr("/\\", name->s[name->len - 1]) !=
	    NULL;

	if (archive_entry_hardlink(e) != NULL || is_dir ||
	    (archive_entry_filetype(e) != AE_IFREG &&
	    archive_entry_filetype(e) != 0))
		return false;
	membername_clean(buf_str(name), name->len, &clean);
	return !membername_is_hidden(buf_str(&clean));
}

/* Most say how big a member is: then it need not be inflated to find out. */
static bool
is_too_big(const struct walk *w, struct archive_entry *e)
{
	return archive_entry_size_is_set(e) &&
	    archive_entry_size(e) > 0 &&
	    (uint64_t)archive_entry_size(e) > w->unpack->file_bytes;
}

/* What is no member lies before what is one, in a stream. */
static enum extract_status
pass_over(struct walk *w, struct archive *a)
{
	enum extract_status member, status;

	if (w->is_seekable)
		return EXTRACT_OK;
	status = load(w, a, &member);
	return status == EXTRACT_OK && member == EXTRACT_MALFORMED ?
	    judge(w, a) : status;
}

/* Of RAR 5, libarchive does not tell. */
static bool
is_encrypted(const struct walk *w, struct archive_entry *e, size_t number)
{
	return archive_entry_is_data_encrypted(e) == 1 ||
	    (number < w->sealed.len && w->sealed.s[number] != 0);
}

static enum extract_status
take_member(struct walk *w, struct archive *a, struct archive_entry *e,
    size_t number, const struct buf *name)
{
	bool is_raw = archive_format(a) == ARCHIVE_FORMAT_RAW;
	enum extract_status status = EXTRACT_OK, member = EXTRACT_OK;

	if (is_encrypted(w, e, number)) {
		member = EXTRACT_ENCRYPTED;
		w->encrypted++;
	} else if (is_too_big(w, e)) {
		if (container_is_bomb((uint64_t)archive_entry_size(e),
		    w->in->size))
			return fail(w, EXTRACT_BOMB,
			    "inflates beyond the limit");
		status = pass_over(w, a);
		member = EXTRACT_TOO_BIG;
	} else
		status = load(w, a, &member);
	if (status != EXTRACT_OK)
		return status;
	/* Behind damage in a stream nothing can be found. */
	if (member == EXTRACT_MALFORMED && !w->is_seekable)
		return judge(w, a);
	return is_raw ? unpack_add_only(w->unpack, member,
	    buf_str(&w->bytes), w->bytes.len) :
	    unpack_add(w->unpack, buf_str(name), name->len, member,
	    buf_str(&w->bytes), w->bytes.len);
}

static enum extract_status
take_entry(struct walk *w, struct archive *a, struct archive_entry *e,
    size_t number)
{
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	const char *raw = archive_entry_pathname(e);

	if (raw == NULL)
		raw = archive_entry_pathname_utf8(e);
	if (raw != NULL)
		membername_decode(raw, strlen(raw), &name);
	return is_member(e, &name) ? take_member(w, a, e, number, &name) :
	    pass_over(w, a);
}

/* Bytes that only look like an archive: raw is what anything is. */
static bool
is_nothing(struct archive *a)
{
	return archive_format(a) == ARCHIVE_FORMAT_RAW &&
	    archive_filter_code(a, 0) == ARCHIVE_FILTER_NONE;
}

/*
 * Zero bytes, however many, are the end of a tar file, and libarchive stops
 * there.  When nothing came before it, they are inflated, and forgotten.
 */
static enum extract_status
drain(struct walk *w)
{
	struct archive *a CLEAN(archive_close) = archive_read_new();
	struct archive_entry *e;
	enum extract_status member;

	if (a == NULL)
		abort();
	support_packed(a);
	if (archive_read_open_memory(a, w->in->bytes, w->in->size) !=
	    ARCHIVE_OK || archive_read_next_header(a, &e) != ARCHIVE_OK)
		return EXTRACT_OK;
	return load(w, a, &member);
}

/*
 * One walk along the members behind the first *done.  EXTRACT_OK with *is_over
 * false if it has to be begun again.
 */
static enum extract_status
walk_once(struct walk *w, size_t *done, bool *is_over)
{
	struct archive *a CLEAN(archive_close) = archive_read_new();
	struct archive_entry *e;
	enum extract_status status;
	size_t i;
	int rc;

	if (a == NULL)
		abort();
	w->support(a);
	*is_over = true;
	if (archive_read_open_memory(a, w->in->bytes, w->in->size) !=
	    ARCHIVE_OK)
		return judge_unopened(w, a);
	for (i = 0; (rc = archive_read_next_header(a, &e)) != ARCHIVE_EOF;
	    i++) {
		/* Only behind damage, which the state of it ends. */
		if (rc == ARCHIVE_FATAL && i > 0 && i == *done &&
		    w->is_seekable) {
			*is_over = false;
			return EXTRACT_OK;
		}
		if (rc < ARCHIVE_WARN || is_nothing(a))
			return judge(w, a);
		if (i < *done)
			continue;
		*done = i + 1;
		if ((status = take_entry(w, a, e, i)) != EXTRACT_OK)
			return status;
	}
	return i == 0 && w->support == support_tar ? drain(w) : EXTRACT_OK;
}

static enum extract_status
walk(const struct input *in, struct unpack *u,
    void (*support)(struct archive *), bool is_seekable)
{
	struct walk w = { .in = in, .unpack = u, .support = support,
	    .is_seekable = is_seekable };
	locale_t before = uselocale(utf8_locale);
	enum extract_status status;
	bool is_over = false;
	size_t done = 0, tries = 0;

	if (support == support_rar)
		rar5_encrypted(in, &w.sealed);
	do
		status = walk_once(&w, &done, &is_over);
	while (!is_over && tries++ < MAX_DAMAGED);
	uselocale(before);
	buf_clear(&w.bytes);
	buf_clear(&w.sealed);
	if (!is_over)
		return fail(&w, EXTRACT_MALFORMED, "damaged archive");
	if (status == EXTRACT_OK && w.encrypted > 0 && w.encrypted == u->count)
		return EXTRACT_ENCRYPTED;
	if (status == EXTRACT_OK && w.unread > 0 && w.unread == u->count)
		return EXTRACT_UNSUPPORTED;
	return status;
}

static bool
is_no_marker(const struct zip_entry *e, void *arg)
{
	/* At the top of packages: of office programs, of Apple's, of Java. */
	static const char *const markers[] = {
		"mimetype", "[Content_Types].xml", "META-INF/MANIFEST.MF",
		"META-INF/container.xml", "buildVersionHistory.plist",
		"Index/Document.iwa",
	};
	bool *is_package = arg;
	size_t i;

	for (i = 0; i < NELEM(markers); i++)
		*is_package |= zip_entry_is(e, markers[i]);
	return !*is_package;
}

/*
 * A document of a format that is not read: the pieces of it are no documents
 * to anyone.
 */
static bool
is_package(const struct input *in)
{
	bool found = false;

	zip_walk(in, is_no_marker, &found);
	return found;
}

enum extract_status
unpack_zip(const struct input *in, struct unpack *u)
{
	struct zip_survey s;
	enum extract_status status = zip_guard(in, &s, u->out);

	/* libarchive takes the end of an empty archive, alone, for damage. */
	if (status != EXTRACT_OK || is_package(in) ||
	    (in->size >= 4 && memcmp(in->bytes, "PK\5\6", 4) == 0))
		return status;
	return walk(in, u, support_zip, true);
}

enum extract_status
unpack_tar(const struct input *in, struct unpack *u)
{
	return walk(in, u, support_tar, false);
}

enum extract_status
unpack_7z(const struct input *in, struct unpack *u)
{
	return walk(in, u, support_7z, false);
}

enum extract_status
unpack_rar(const struct input *in, struct unpack *u)
{
	return walk(in, u, support_rar, false);
}

/*
 * An archive has no text but that of its members, which are documents of their
 * own; their names would only stand before those.  They are inflated and
 * forgotten, so that damage and bombs are found out.
 */
static enum extract_status
survey(const struct input *in, struct out *out,
    enum extract_status (*unpack)(const struct input *, struct unpack *))
{
	struct unpack u CLEAN(unpack_clear);
	enum extract_status status;

	unpack_init_counting(&u, out);
	status = unpack(in, &u);
	if (status == EXTRACT_OK)
		unpack_end_counting(&u);
	return status;
}

enum extract_status
format_zip(const struct input *in, struct out *out)
{
	return is_package(in) ? EXTRACT_UNSUPPORTED :
	    survey(in, out, unpack_zip);
}

enum extract_status
format_tar(const struct input *in, struct out *out)
{
	return survey(in, out, unpack_tar);
}

enum extract_status
format_7z(const struct input *in, struct out *out)
{
	return survey(in, out, unpack_7z);
}

enum extract_status
format_rar(const struct input *in, struct out *out)
{
	return survey(in, out, unpack_rar);
}
