#include <config.h>

#include "gather/texts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <zstd.h>

#include "base/fd.h"
#include "base/tsv.h"
#include "formats/wire.h"
#include "gather/records.h"

/*
 * An entry is a line with its key, so that one in the wrong place is none, and
 * the hash of what follows: a zstd frame.  (A frame has bits that mean nothing,
 * so its own checksum would not find every change.)  In it are records, as in
 * formats/out.h.
 */
#define HEAD "naslag text 1 %s %016llx\n"

/* Fast to write: parsing took longer than any level saves. */
#define PACK_LEVEL 1
/* The extractor writes no more than 32 MiB: it bounds what damage can cost. */
#define MAX_BYTES ((size_t)64 << 20)

/* What is being written is KEY.PID.tmp. */
#define TMP_SUFFIX ".tmp"

void
texts_key(const char digest[DIGEST_HEX + 1], const char *version,
    char key[TEXTS_KEY])
{
	snprintf(key, TEXTS_KEY, "%.*s-%016llx", DIGEST_HEX, digest,
	    (unsigned long long)hash_str(HASH_INIT, version));
}

bool
texts_is_sidecar(const struct extract_meta *m)
{
	return strncmp(m->name, WIRE_SIDECAR_PREFIX,
	    sizeof WIRE_SIDECAR_PREFIX - 1) == 0;
}

static char *
entry_path(const char *dir, const char *key)
{
	return xasprintf("%s/%.2s/%s", dir, key, key);
}

/* The head of n bytes that are kept under a key. */
static void
add_head(const char *key, const char *frame, size_t n, struct buf *out)
{
	buf_addf(out, HEAD, key,
	    (unsigned long long)hash_bytes(HASH_INIT, frame, n));
}

/* ---- reading ---- */

/* Append a whole file; false if that cannot be done. */
static bool
read_all(const char *path, struct buf *out)
{
	CLEAN(fd_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW |
	    O_NONBLOCK);
	struct stat st;
	size_t size;
	ssize_t n;

	if (fd == -1 || fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) ||
	    st.st_size < 0 || (uintmax_t)st.st_size > MAX_BYTES)
		return false;
	size = (size_t)st.st_size;
	buf_room(out, size);
	while (out->len < size) {
		n = read(fd, out->s + out->len, size - out->len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		buf_grew(out, (size_t)n);
	}
	return true;
}

/* The frame of an entry; NULL if it is not whole. */
static const char *
find_frame(const struct buf *entry, const char *key, size_t *n)
{
	CLEAN(buf_clear) struct buf head = BUF_INIT;
	const char *eol = memchr(buf_str(entry), '\n', entry->len);

	if (eol == NULL)
		return NULL;
	*n = entry->len - (size_t)(eol + 1 - entry->s);
	add_head(key, eol + 1, *n, &head);
	if (head.len != entry->len - *n ||
	    memcmp(entry->s, head.s, head.len) != 0)
		return NULL;
	return eol + 1;
}

/* The records of an entry; false if it is not whole. */
static bool
unpack(const struct buf *entry, const char *key, struct buf *out)
{
	static ZSTD_DCtx *context;
	unsigned long long size;
	size_t n;
	const char *frame = find_frame(entry, key, &n);

	if (frame == NULL)
		return false;
	size = ZSTD_getFrameContentSize(frame, n);
	if (size == ZSTD_CONTENTSIZE_UNKNOWN ||
	    size == ZSTD_CONTENTSIZE_ERROR || size > MAX_BYTES)
		return false;
	if (context == NULL && (context = ZSTD_createDCtx()) == NULL)
		return false;
	n = ZSTD_decompressDCtx(context, buf_room(out, (size_t)size),
	    (size_t)size, frame, n);
	if (ZSTD_isError(n) || n != size)
		return false;
	buf_grew(out, n);
	return true;
}

bool
texts_get(const char *dir, const char *key, struct extracted *out)
{
	CLEAN(str_free) char *path = entry_path(dir, key);
	CLEAN(buf_clear) struct buf entry = BUF_INIT;
	CLEAN(buf_clear) struct buf records = BUF_INIT;
	CLEAN(extracted_clear) struct extracted x = { 0 };

	if (!read_all(path, &entry) || !unpack(&entry, key, &records) ||
	    !records_read_kept(buf_str(&records), records.len, &x))
		return false;
	*out = x;
	x = (struct extracted){ 0 };
	return true;
}

bool
texts_has(const char *dir, const char *key)
{
	CLEAN(str_free) char *path = entry_path(dir, key);

	return access(path, F_OK) == 0;
}

/* ---- writing ---- */

static void
print_records(const struct extracted *x, struct buf *out)
{
	struct extracted bare = *x;
	size_t i;

	bare.meta = xcalloc(x->nmeta, sizeof *bare.meta);
	bare.nmeta = 0;
	for (i = 0; i < x->nmeta; i++)
		if (!texts_is_sidecar(&x->meta[i]))
			bare.meta[bare.nmeta++] = x->meta[i];
	records_print(&bare, out);
	free(bare.meta);
}

static int
pack(const struct buf *records, struct buf *out)
{
	static ZSTD_CCtx *context;
	size_t room = ZSTD_compressBound(records->len), n;

	/* With room for the worst case the only failure is lack of memory. */
	errno = ENOMEM;
	if (context == NULL && (context = ZSTD_createCCtx()) == NULL)
		return -1;
	n = ZSTD_compressCCtx(context, buf_room(out, room), room,
	    buf_str(records), records->len, PACK_LEVEL);
	if (ZSTD_isError(n))
		return -1;
	buf_grew(out, n);
	return 0;
}

/* Create a file; its directories, too, where there are none yet. */
static int
create(const char *dir, const char *key, const char *path)
{
	static const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC |
	    O_NOFOLLOW;
	CLEAN(str_free) char *below = NULL;
	int fd = open(path, flags, 0666);

	if (fd != -1 || errno != ENOENT)
		return fd;
	below = xasprintf("%s/%.2s", dir, key);
	if (mkdir(dir, 0777) == -1 && errno != EEXIST)
		return -1;
	if (mkdir(below, 0777) == -1 && errno != EEXIST)
		return -1;
	return open(path, flags, 0666);
}

/* Write two pieces; most entries take one call. */
static int
write_all(int fd, const struct buf *head, const struct buf *frame)
{
	struct iovec v[2] = {
		{ head->s, head->len }, { frame->s, frame->len },
	};
	struct iovec *at = v;
	ssize_t n;

	while (at < v + 2) {
		n = writev(fd, at, (int)(v + 2 - at));
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		for (; at < v + 2 && (size_t)n >= at->iov_len; at++)
			n -= (ssize_t)at->iov_len;
		if (at < v + 2) {
			at->iov_base = (char *)at->iov_base + n;
			at->iov_len -= (size_t)n;
		}
	}
	return 0;
}

/* Without fsync: what a crash tears is found out and made again. */
static int
put_file(const char *dir, const char *key, const struct buf *head,
    const struct buf *frame)
{
	CLEAN(str_free) char *path = entry_path(dir, key);
	CLEAN(str_free) char *tmp = xasprintf("%s.%ld" TMP_SUFFIX, path,
	    (long)getpid());
	int fd = create(dir, key, tmp), saved;

	if (fd == -1)
		return -1;
	if (write_all(fd, head, frame) == -1) {
		saved = errno;
		close(fd);
		errno = saved;
	} else if (close(fd) == 0 && rename(tmp, path) == 0)
		return 0;
	saved = errno;
	unlink(tmp);
	errno = saved;
	return -1;
}

int
texts_put(const char *dir, const char *key, const struct extracted *x)
{
	CLEAN(buf_clear) struct buf records = BUF_INIT;
	CLEAN(buf_clear) struct buf frame = BUF_INIT;
	CLEAN(buf_clear) struct buf head = BUF_INIT;

	print_records(x, &records);
	if (pack(&records, &frame) == -1)
		return -1;
	add_head(key, frame.s, frame.len, &head);
	return put_file(dir, key, &head, &frame);
}

/* ---- pruning ---- */

/* The bytes of a key that a name begins with; 0 if it begins with none. */
static size_t
key_length(const char *name)
{
	static const char digits[] = "0123456789abcdef";

	if (strspn(name, digits) != DIGEST_HEX || name[DIGEST_HEX] != '-' ||
	    strspn(name + DIGEST_HEX + 1, digits) != 16)
		return 0;
	return TEXTS_KEY - 1;
}

static bool
is_unfinished(const char *name)
{
	size_t n = key_length(name), len = strlen(name);

	return n > 0 && name[n] == '.' && len > n + sizeof TMP_SUFFIX - 1 &&
	    strcmp(name + len + 1 - sizeof TMP_SUFFIX, TMP_SUFFIX) == 0;
}

static int
compare_keys(const void *key, const void *item)
{
	return strcmp(key, *(const char *const *)item);
}

/* The entries of one directory "ab" in fd, which it closes. */
static size_t
prune_dir(int fd, const char *const *keys, size_t n)
{
	DIR *d = fdopendir(fd);
	const struct dirent *e;
	size_t count = 0, len;

	if (d == NULL) {
		close(fd);
		return 0;
	}
	while ((e = readdir(d)) != NULL) {
		len = key_length(e->d_name);
		if (is_unfinished(e->d_name))
			unlinkat(fd, e->d_name, 0);
		else if (len > 0 && e->d_name[len] == '\0' && (n == 0 ||
		    bsearch(e->d_name, keys, n, sizeof *keys,
		    compare_keys) == NULL))
			count += unlinkat(fd, e->d_name, 0) == 0;
	}
	closedir(d);
	return count;
}

size_t
texts_prune(const char *dir, const char *const *keys, size_t n)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	size_t count = 0;
	int fd;

	if (d == NULL)
		return 0;
	while ((e = readdir(d)) != NULL) {
		if (strlen(e->d_name) != 2 ||
		    strspn(e->d_name, "0123456789abcdef") != 2)
			continue;
		fd = openat(dirfd(d), e->d_name, O_RDONLY | O_DIRECTORY |
		    O_NOFOLLOW | O_CLOEXEC);
		if (fd != -1)
			count += prune_dir(fd, keys, n);
	}
	closedir(d);
	return count;
}
