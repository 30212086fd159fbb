#include <config.h>

#include "formats/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "formats/le.h"

/* What one file may inflate to, all that we read of it together. */
#define BUDGET_BYTES ((size_t)256 << 20)
/*
 * The XML of a document of thousands of like rows packs 100 : 1, deflate ends
 * at 1030 : 1.  Only what is big as well is a bomb.
 */
#define RATIO 250
#define RATIO_FROM_BYTES ((size_t)8 << 20)

#define MAX_ENTRIES 20000

/* Behind a damaged member we begin again, no more often than this. */
#define MAX_DAMAGED 16

/*
 * Sizes of all ones stand in the ZIP64 extra field (number 1) instead, in the
 * order size, packed, and only those that are.
 */
static void
large_sizes(struct zip_entry *e, const char *extra, size_t len)
{
	const char *p = extra, *end = extra + len, *stop;
	uint64_t *const sizes[] = { &e->size, &e->packed };
	size_t i;

	for (; end - p >= 4; p = stop) {
		if ((size_t)(end - p) - 4 < le16(p + 2))
			return;
		stop = p + 4 + le16(p + 2);
		if (le16(p) == 1)
			break;
	}
	if (end - p < 4)
		return;
	for (i = 0, p += 4; i < NELEM(sizes); i++) {
		if (*sizes[i] != UINT32_MAX)
			continue;
		if (stop - p < 8)
			return;
		*sizes[i] = le64(p);
		p += 8;
	}
}

/* The end record lies within the last 64 kB, behind it only a comment. */
static const char *
find_end_record(const struct input *in)
{
	size_t back;

	if (in->size < 22)
		return NULL;
	for (back = 22; back <= in->size && back <= 22 + 0xFFFF; back++) {
		const char *p = in->bytes + in->size - back;

		if (*p == 'P' && memcmp(p, "PK\5\6", 4) == 0)
			return p;
	}
	return NULL;
}

/* Where the entries are, and how many. */
struct directory {
	const char *p, *end;
	uint64_t n;
};

/*
 * Numbers that do not fit the end record stand in one of ZIP64, which a locator
 * right before the end record leads to.
 */
static bool
find_large(const struct input *in, const char *end, struct directory *d,
    uint64_t *size, uint64_t *offset)
{
	const char *locator = end - 20, *record;
	uint64_t at;

	if (end - in->bytes < 20 + 56 || memcmp(locator, "PK\6\7", 4) != 0)
		return false;
	at = le64(locator + 8);
	/* Bytes before the archive move it. */
	record = at <= (uint64_t)(locator - 56 - in->bytes) &&
	    memcmp(in->bytes + at, "PK\6\6", 4) == 0 ? in->bytes + at :
	    locator - 56;
	if (memcmp(record, "PK\6\6", 4) != 0)
		return false;
	d->n = le64(record + 32);
	d->end = record;
	*size = le64(record + 40);
	*offset = le64(record + 48);
	return true;
}

static bool
find_directory(const struct input *in, struct directory *d)
{
	const char *end = find_end_record(in);
	uint64_t size, offset;
	size_t left;

	if (end == NULL)
		return false;
	d->n = le16(end + 10);
	d->end = end;
	size = le32(end + 12);
	offset = le32(end + 16);
	if ((d->n == UINT16_MAX || size == UINT32_MAX ||
	    offset == UINT32_MAX) && !find_large(in, end, d, &size, &offset) &&
	    size == UINT32_MAX)
		return false;
	left = (size_t)(d->end - in->bytes);
	if (size > left)
		return false;
	/* Found from its end, so that bytes before the archive do no harm. */
	d->p = d->end - size;
	if (d->n > 0 && (size < 46 || memcmp(d->p, "PK\1\2", 4) != 0)) {
		if (offset > left)
			return false;
		d->p = in->bytes + offset;
	}
	return true;
}

int
zip_walk(const struct input *in, bool (*each)(const struct zip_entry *,
    void *), void *arg)
{
	struct directory d;
	struct zip_entry e;
	size_t left, len;
	const char *p;
	uint64_t i;

	if (!find_directory(in, &d))
		return -1;
	for (i = 0, p = d.p; i < d.n; i++, p += len) {
		left = (size_t)(d.end - p);
		if (left < 46 || memcmp(p, "PK\1\2", 4) != 0)
			return -1;
		e.len = le16(p + 28);
		len = 46 + e.len + le16(p + 30) + le16(p + 32);
		if (len > left)
			return -1;
		e.name = p + 46;
		e.packed = le32(p + 20);
		e.size = le32(p + 24);
		large_sizes(&e, p + 46 + e.len, le16(p + 30));
		e.encrypted = (le16(p + 8) & 1) != 0;
		if (!each(&e, arg))
			return 0;
	}
	return 0;
}

/* Some writers part folders with a backslash. */
static bool
same_name(const char *a, size_t len, const char *name)
{
	size_t i;

	if (strlen(name) != len)
		return false;
	for (i = 0; i < len; i++)
		if (a[i] != name[i] && (a[i] != '\\' || name[i] != '/'))
			return false;
	return true;
}

bool
zip_entry_is(const struct zip_entry *e, const char *name)
{
	return same_name(e->name, e->len, name);
}

static bool
survey(const struct zip_entry *e, void *arg)
{
	struct zip_survey *s = arg;

	s->packed += e->packed;
	s->entries++;
	s->encrypted += e->encrypted;
	return true;
}

/*
 * Entries that share bytes hold more packed bytes than the file has: the
 * bombs that inflate 10 MB to 281 TB are made so.
 */
enum extract_status
zip_guard(const struct input *in, struct zip_survey *s, struct out *out)
{
	*s = (struct zip_survey){ 0, 0, 0 };
	if (zip_walk(in, survey, s) == -1) {
		out_reason(out, "damaged ZIP directory");
		return EXTRACT_MALFORMED;
	}
	if (s->packed > in->size) {
		out_reason(out, "overlapping ZIP entries");
		return EXTRACT_BOMB;
	}
	if (s->entries > MAX_ENTRIES) {
		out_reason(out, "too many ZIP entries");
		return EXTRACT_BOMB;
	}
	return EXTRACT_OK;
}

bool
container_is_bomb(uint64_t inflated_bytes, size_t packed_bytes)
{
	return inflated_bytes > RATIO_FROM_BYTES &&
	    inflated_bytes / RATIO > packed_bytes;
}

/* It names the method itself: "... method (9: deflation-64-bit)". */
bool
container_is_unread(struct archive *a, struct out *out)
{
	static const char words[] = "nsupported ZIP compression method";
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	const char *why = archive_error_string(a);

	if (why == NULL || (why = strstr(why, words)) == NULL)
		return false;
	buf_addf(&b, "u%s", why);
	out_reason(out, b.s);
	return true;
}

static enum extract_status
load_data(struct archive *a, struct zip_member *m, const struct input *in,
    size_t *budget, struct out *out)
{
	size_t room = 65536;
	la_ssize_t n;

	for (;;) {
		char *at = buf_room(&m->bytes, room);

		if ((n = archive_read_data(a, at, room)) == 0)
			return EXTRACT_OK;
		if (n < 0) {
			if (container_is_unread(a, out))
				return EXTRACT_UNSUPPORTED;
			out_reason(out, "damaged ZIP member");
			return EXTRACT_MALFORMED;
		}
		buf_grew(&m->bytes, (size_t)n);
		if ((size_t)n > *budget ||
		    container_is_bomb(m->bytes.len, in->size)) {
			out_reason(out, "inflates beyond the limit");
			return EXTRACT_BOMB;
		}
		*budget -= (size_t)n;
	}
}

static struct zip_member *
wanted(struct zip_member *m, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!m[i].is_found && same_name(name, strlen(name), m[i].name))
			return &m[i];
	return NULL;
}

static void
archive_close(struct archive **a)
{
	if (*a != NULL)
		archive_read_free(*a);
	*a = NULL;
}

/* What load_once() has to do, and has done. */
struct load {
	const struct input *in;
	struct out *out;
	struct zip_member *members;
	size_t n, found;
	size_t budget;		/* bytes */
};

/*
 * One walk along the archive for what is not yet found.  *is_over is false
 * behind a damaged member, which ends libarchive's reading.
 */
static enum extract_status
load_once(struct load *l, bool *is_over)
{
	struct archive *a CLEAN(archive_close) = archive_read_new();
	struct archive_entry *entry;
	struct zip_member *w;
	enum extract_status status;
	const char *name;
	int rc;

	if (a == NULL)
		abort();
	*is_over = true;
	archive_read_support_format_zip_seekable(a);
	if (archive_read_open_memory(a, l->in->bytes, l->in->size) !=
	    ARCHIVE_OK) {
		out_reason(l->out, "no ZIP archive");
		return EXTRACT_MALFORMED;
	}
	while (l->found < l->n &&
	    (rc = archive_read_next_header(a, &entry)) != ARCHIVE_EOF) {
		if (rc < ARCHIVE_WARN) {
			out_reason(l->out, "damaged ZIP entry");
			return EXTRACT_MALFORMED;
		}
		name = archive_entry_pathname_utf8(entry);
		if (name == NULL ||
		    (w = wanted(l->members, l->n, name)) == NULL)
			continue;
		status = load_data(a, w, l->in, &l->budget, l->out);
		if (status != EXTRACT_OK && status != EXTRACT_MALFORMED)
			return status;
		w->is_found = true;
		l->found++;
		if (status == EXTRACT_MALFORMED) {
			buf_cut(&w->bytes, 0);
			*is_over = false;
			return EXTRACT_OK;
		}
	}
	return EXTRACT_OK;
}

enum extract_status
container_load(const struct input *in, struct zip_member *m, size_t n,
    struct out *out)
{
	struct load l = { .in = in, .out = out, .members = m, .n = n,
	    .budget = BUDGET_BYTES };
	struct zip_survey s;
	enum extract_status status = zip_guard(in, &s, out);
	bool is_over = false;
	unsigned tries;

	if (status != EXTRACT_OK)
		return status;
	if (s.encrypted > 0)
		return EXTRACT_ENCRYPTED;
	for (tries = 0; !is_over && tries < MAX_DAMAGED; tries++)
		if ((status = load_once(&l, &is_over)) != EXTRACT_OK)
			return status;
	return is_over ? EXTRACT_OK : EXTRACT_MALFORMED;
}

void
zip_members_clear(struct zip_member *m, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		buf_clear(&m[i].bytes);
}

char *
member_path(const char *from, const char *target, size_t len)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	const char *slash = strrchr(from, '/'), *end = target + len, *step;

	if (slash != NULL && (len == 0 || *target != '/'))
		buf_add(&b, from, (size_t)(slash - from));
	while (target < end) {
		step = memchr(target, '/', (size_t)(end - target));
		len = (size_t)((step != NULL ? step : end) - target);
		if (len == 2 && memcmp(target, "..", 2) == 0) {
			slash = b.len > 0 ? memrchr(b.s, '/', b.len) : NULL;
			buf_cut(&b, slash != NULL ? (size_t)(slash - b.s) : 0);
		} else if (len > 0 && (len != 1 || *target != '.')) {
			if (b.len > 0)
				buf_addc(&b, '/');
			buf_add(&b, target, len);
		}
		target += len + (step != NULL);
	}
	return xstrdup(buf_str(&b));
}
