#include <config.h>

#include "formats/unpack.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "formats/membername.h"
#include "formats/out.h"
#include "formats/wire.h"

/* A path that is taken, by a file or as a folder. */
struct unpack_name {
	char *path;
	bool is_file;
	unsigned next;		/* the number of the next such name */
	UT_hash_handle hh;
};

/* What an archive may inflate to when only its names are asked for. */
#define COUNTING_BYTES ((size_t)256 << 20)
#define COUNTING_FILE_BYTES ((size_t)64 << 20)

void
unpack_init(struct unpack *u, struct out *out, size_t budget_bytes,
    size_t file_bytes)
{
	*u = (struct unpack){
		.out = out, .left_bytes = budget_bytes,
		.file_bytes = file_bytes,
	};
}

void
unpack_init_counting(struct unpack *u, struct out *out)
{
	unpack_init(u, out, COUNTING_BYTES, COUNTING_FILE_BYTES);
	u->is_counting = true;
}

void
unpack_end_counting(struct unpack *u)
{
	out_members(u->out, u->count);
}

void
unpack_clear(struct unpack *u)
{
	struct unpack_name *n, *next;

	HASH_ITER(hh, u->names, n, next) {
		HASH_DEL(u->names, n);
		free(n->path);
		free(n);
	}
	buf_clear(&u->name);
}

static struct unpack_name *
find(struct unpack *u, const char *path, size_t len)
{
	struct unpack_name *n;

	HASH_FIND(hh, u->names, path, len, n);
	return n;
}

static void
take(struct unpack *u, const char *path, size_t len, bool is_file)
{
	struct unpack_name *n;

	if (find(u, path, len) != NULL)
		return;
	n = xcalloc(1, sizeof *n);
	n->path = xstrndup(path, len);
	n->is_file = is_file;
	n->next = 2;
	HASH_ADD_KEYPTR(hh, u->names, n->path, len, n);
}

/* May the path so far be the file, or a folder on the way to it? */
static bool
is_free(struct unpack *u, const struct buf *path, bool is_file)
{
	const struct unpack_name *n = find(u, path->s, path->len);

	return n == NULL || (!is_file && !n->is_file);
}

/*
 * Put a segment behind a path, with a number before its extension if that
 * path is taken.
 */
static void
add_segment(struct unpack *u, const char *s, size_t len, bool is_file,
    struct buf *path)
{
	struct buf segment CLEAN(buf_clear) = BUF_INIT;
	const char *extension;
	struct unpack_name *n;
	size_t from = path->len;

	buf_add(&segment, s, len);
	buf_adds(path, segment.s);
	if (!is_free(u, path, is_file)) {
		n = find(u, path->s, path->len);
		extension = membername_extension(segment.s);
		do {
			buf_cut(path, from);
			buf_add(path, segment.s,
			    (size_t)(extension - segment.s));
			buf_addf(path, " (%u)%s", n->next++, extension);
		} while (!is_free(u, path, is_file));
	}
	take(u, path->s, path->len, is_file);
}

/* Into u->name: what no other file or folder is called. */
static void
make_unique(struct unpack *u, const char *clean)
{
	const char *s = clean, *slash;

	buf_cut(&u->name, 0);
	while ((slash = strchr(s, '/')) != NULL) {
		add_segment(u, s, (size_t)(slash - s), false, &u->name);
		buf_addc(&u->name, '/');
		s = slash + 1;
	}
	add_segment(u, s, strlen(s), true, &u->name);
}

enum extract_status
unpack_spend(struct unpack *u, size_t bytes)
{
	if (bytes > u->left_bytes) {
		out_reason(u->out, "inflates beyond the limit");
		return EXTRACT_BOMB;
	}
	u->left_bytes -= bytes;
	return EXTRACT_OK;
}

/* The name is in u->name. */
static enum extract_status
send(struct unpack *u, enum extract_status status, const char *bytes,
    size_t nbytes)
{
	if (++u->count > WIRE_MEMBERS) {
		out_reason(u->out, "too many files within");
		return EXTRACT_BOMB;
	}
	if (u->is_counting)
		return EXTRACT_OK;
	if (status == EXTRACT_OK && nbytes > u->file_bytes)
		status = EXTRACT_TOO_BIG;
	out_member(u->out, buf_str(&u->name), status, bytes,
	    status == EXTRACT_OK ? nbytes : 0);
	return EXTRACT_OK;
}

enum extract_status
unpack_add(struct unpack *u, const char *name, size_t len,
    enum extract_status status, const char *bytes, size_t nbytes)
{
	struct buf clean CLEAN(buf_clear) = BUF_INIT;
	struct buf stem CLEAN(buf_clear) = BUF_INIT;
	const char *last;

	membername_clean(name, len, &clean);
	last = strrchr(buf_str(&clean), '/');
	last = last != NULL ? last + 1 : buf_str(&clean);
	if (*last == '\0' || *last == '.') {
		buf_add(&stem, buf_str(&clean), clean.len - strlen(last));
		buf_addf(&stem, "naamloos%s", last);
	} else
		buf_add(&stem, clean.s, clean.len);
	make_unique(u, stem.s);
	return send(u, status, bytes, nbytes);
}

enum extract_status
unpack_add_only(struct unpack *u, enum extract_status status,
    const char *bytes, size_t nbytes)
{
	buf_cut(&u->name, 0);
	return send(u, status, bytes, nbytes);
}
