#include <config.h>

#include "index/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/wholefile.h"
#include "index/parts.h"

/*
 * The file: a head with the number of files, the facts, a line for each file
 * sorted by name, and the digest of all those lines.
 */
#define HEAD	"naslag manifest 1 %zu\n"
#define FACTS	"generation %" PRIu32 "\ndocuments %" PRIu32 "\n" \
		"fingerprint %016" PRIx64 "\nmade %s\nextractor %s\n"

/* A generation has a dozen files; this is for what is no manifest. */
#define MAX_BYTES ((off_t)1 << 20)

/* ---- damage ---- */

void
damages_add(struct damages *l, const char *name, const char *fmt, ...)
{
	char what[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	GROW(l->items, l->count, l->cap);
	l->items[l->count++] = (struct damage){ xstrdup(name), xstrdup(what) };
}

void
damages_clear(struct damages *l)
{
	size_t i;

	for (i = 0; i < l->count; i++) {
		free(l->items[i].name);
		free(l->items[i].what);
	}
	free(l->items);
	*l = (struct damages){ 0 };
}

/* ---- writing ---- */

/* Text of one line. */
static void
print_text(const char *s, size_t size, char *out)
{
	size_t i;

	for (i = 0; i + 1 < size && s[i] != '\0'; i++)
		out[i] = (unsigned char)s[i] < 0x20 ? ' ' : s[i];
	out[i] = '\0';
}

static void
print(const struct manifest_facts *f, const struct parts *l, struct buf *out)
{
	struct manifest_facts clean = *f;
	char digest[DIGEST_HEX + 1];
	size_t i;

	print_text(f->made, sizeof f->made, clean.made);
	print_text(f->extractor, sizeof f->extractor, clean.extractor);
	buf_addf(out, HEAD, l->count);
	buf_addf(out, FACTS, f->generation, f->documents, f->fingerprint,
	    clean.made, clean.extractor);
	for (i = 0; i < l->count; i++)
		buf_addf(out, "%s %" PRIu64 " %s\n", l->items[i].digest,
		    l->items[i].size_bytes, l->items[i].name);
	digest_bytes(out->s, out->len, digest);
	buf_addf(out, "%s\n", digest);
}

/* ---- reading ---- */

/* Returns NULL, or what is the matter. */
static const char *
read_bytes(const char *path, struct buf *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	const char *wrong = NULL;
	struct stat st;
	ssize_t n;

	if (fd == -1)
		return errno == ENOENT ? "missing" : strerror(errno);
	if (fstat(fd, &st) == -1)
		wrong = strerror(errno);
	else if (!S_ISREG(st.st_mode) || st.st_size > MAX_BYTES)
		wrong = "damaged";
	while (wrong == NULL &&
	    (n = read(fd, buf_room(out, 65536), 65536)) != 0) {
		if (n > 0)
			buf_grew(out, (size_t)n);
		else if (errno != EINTR)
			wrong = strerror(errno);
	}
	close(fd);
	return wrong;
}

/* Cut the digest off the end; it must be that of what stands before it. */
static int
cut_digest(struct buf *b)
{
	char want[DIGEST_HEX + 1];
	size_t n;

	if (b->len <= DIGEST_HEX + 1)
		return -1;
	n = b->len - (DIGEST_HEX + 1);
	digest_bytes(b->s, n, want);
	if (memcmp(b->s + n, want, DIGEST_HEX) != 0 || b->s[b->len - 1] != '\n')
		return -1;
	buf_cut(b, n);
	return 0;
}

/* "DIGEST SIZE NAME" */
static int
parse_part(char *line, struct parts *out)
{
	struct part p = { .name = NULL };
	char *end;

	if (strspn(line, "0123456789abcdef") != DIGEST_HEX ||
	    line[DIGEST_HEX] != ' ')
		return -1;
	memcpy(p.digest, line, DIGEST_HEX);
	p.size_bytes = strtoull(line + DIGEST_HEX + 1, &end, 10);
	if (end == line + DIGEST_HEX + 1 || end[0] != ' ' || end[1] == '\0')
		return -1;
	p.name = xstrdup(end + 1);
	GROW(out->items, out->count, out->cap);
	out->items[out->count++] = p;
	return 0;
}

/* The value of the next line, which must begin with key and a space. */
static const char *
fact(char **rest, const char *key)
{
	char *line = strsep(rest, "\n");
	size_t n = strlen(key);

	if (line == NULL || strncmp(line, key, n) != 0 || line[n] != ' ')
		return "";
	return line + n + 1;
}

static int
parse(struct buf *b, struct manifest_facts *facts, struct parts *out)
{
	char *rest = b->s, *line;
	size_t count;

	if (cut_digest(b) == -1)
		return -1;
	line = strsep(&rest, "\n");
	if (line == NULL || sscanf(line, HEAD, &count) != 1 || rest == NULL)
		return -1;
	facts->generation = (uint32_t)strtoul(fact(&rest, "generation"),
	    NULL, 10);
	facts->documents = (uint32_t)strtoul(fact(&rest, "documents"),
	    NULL, 10);
	facts->fingerprint = strtoull(fact(&rest, "fingerprint"), NULL, 16);
	snprintf(facts->made, sizeof facts->made, "%s", fact(&rest, "made"));
	snprintf(facts->extractor, sizeof facts->extractor, "%s",
	    fact(&rest, "extractor"));
	while ((line = strsep(&rest, "\n")) != NULL && *line != '\0')
		if (parse_part(line, out) == -1)
			return -1;
	return out->count == count ? 0 : -1;
}

/* ---- comparing ---- */

static void
compare_part(struct part *want, const struct part *have,
    enum manifest_depth depth, struct damages *out)
{
	want->is_seen = true;
	if (have->size_bytes != want->size_bytes)
		damages_add(out, have->name, "%s: %" PRIu64 " bytes instead of "
		    "%" PRIu64, have->size_bytes < want->size_bytes ? "cut" :
		    "other content", have->size_bytes, want->size_bytes);
	else if (have->error != 0)
		damages_add(out, have->name, "cannot be read: %s",
		    strerror(have->error));
	else if (depth == MANIFEST_CONTENTS &&
	    strcmp(have->digest, want->digest) != 0)
		damages_add(out, have->name, "other content");
}

static void
compare_parts(struct parts *want, const struct parts *have,
    enum manifest_depth depth, struct damages *out)
{
	size_t i;

	for (i = 0; i < have->count; i++) {
		struct part *p = parts_find(want, have->items[i].name);

		if (p != NULL)
			compare_part(p, &have->items[i], depth, out);
		else
			damages_add(out, have->items[i].name,
			    "not part of the generation");
	}
	for (i = 0; i < want->count; i++)
		if (!want->items[i].is_seen)
			damages_add(out, want->items[i].name, "missing");
}

/* The manifest in dir.  Returns NULL, or what is the matter with it. */
static const char *
read_manifest(const char *dir, struct manifest_facts *facts, struct parts *out)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, MANIFEST_NAME);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	const char *wrong = read_bytes(path, &b);

	if (wrong == NULL && parse(&b, facts, out) == -1)
		wrong = "damaged";
	return wrong;
}

int
manifest_check(const char *dir, enum manifest_depth depth,
    struct manifest_facts *facts, struct damages *out)
{
	CLEAN(parts_clear) struct parts want = { 0 };
	CLEAN(parts_clear) struct parts have = { 0 };
	struct manifest_facts f = { 0 };
	const char *wrong = read_manifest(dir, &f, &want);
	size_t before = out->count;

	if (wrong != NULL) {
		damages_add(out, MANIFEST_NAME, "%s", wrong);
		return -1;
	}
	if (facts != NULL)
		*facts = f;
	if (depth == MANIFEST_HEAD)
		return 0;
	if (parts_list(dir, &have, out) == -1) {
		if (errno == ENOMEM)
			out_of_memory();
		damages_add(out, ".", "%s", strerror(errno));
		return -1;
	}
	if (depth == MANIFEST_CONTENTS)
		parts_hash(&have);
	compare_parts(&want, &have, depth, out);
	return out->count == before ? 0 : -1;
}

int
manifest_verify(const char *dir, enum manifest_depth depth,
    struct manifest_facts *facts, struct error *err)
{
	CLEAN(damages_clear) struct damages found = { 0 };

	if (manifest_check(dir, depth, facts, &found) == 0)
		return 0;
	return error_set(err, ERROR_INDEX, "%s/%s: %s", dir,
	    found.items[0].name, found.items[0].what);
}

int
manifest_verify_as(const char *dir, const char *as,
    int (*wanted)(const char *name), struct error *err)
{
	CLEAN(parts_clear) struct parts want = { 0 };
	CLEAN(parts_clear) struct parts have = { 0 };
	CLEAN(damages_clear) struct damages found = { 0 };
	struct manifest_facts facts;
	const char *wrong = read_manifest(as, &facts, &want);

	if (wrong != NULL)
		return error_set(err, ERROR_INDEX, "%s/%s: %s", as,
		    MANIFEST_NAME, wrong);
	if (parts_list(dir, &have, &found) == -1)
		return error_errno(err, ERROR_INDEX, "cannot list %s", dir);
	damages_clear(&found);		/* which may be in what is not wanted */
	parts_keep(&want, wanted);
	parts_keep(&have, wanted);
	parts_hash(&have);
	compare_parts(&want, &have, MANIFEST_CONTENTS, &found);
	if (found.count == 0)
		return 0;
	return error_set(err, ERROR_INDEX, "%s/%s: %s", dir,
	    found.items[0].name, found.items[0].what);
}

bool
manifest_is_twin(const char *dir, const char *other,
    int (*wanted)(const char *name))
{
	CLEAN(parts_clear) struct parts a = { 0 };
	CLEAN(parts_clear) struct parts b = { 0 };
	struct manifest_facts facts;
	size_t i;

	if (read_manifest(dir, &facts, &a) != NULL ||
	    read_manifest(other, &facts, &b) != NULL)
		return false;
	parts_keep(&a, wanted);
	parts_keep(&b, wanted);
	for (i = 0; i < a.count && i < b.count; i++)
		if (strcmp(a.items[i].name, b.items[i].name) != 0 ||
		    strcmp(a.items[i].digest, b.items[i].digest) != 0)
			return false;
	return a.count == b.count && a.count > 0;
}

/* ---- writing the whole ---- */

/* What is the same file as one of twin has the digest that is known of that. */
static void
take_digests(struct parts *l, const char *twin)
{
	CLEAN(parts_clear) struct parts want = { 0 };
	CLEAN(parts_clear) struct parts have = { 0 };
	CLEAN(damages_clear) struct damages odd = { 0 };
	struct manifest_facts facts;
	size_t i;

	if (read_manifest(twin, &facts, &want) != NULL ||
	    parts_list(twin, &have, &odd) == -1)
		return;
	for (i = 0; i < l->count; i++) {
		struct part *p = &l->items[i];
		const struct part *known = parts_find(&want, p->name);
		const struct part *same = parts_find(&have, p->name);

		if (known != NULL && same != NULL && same->inode == p->inode &&
		    known->size_bytes == p->size_bytes)
			memcpy(p->digest, known->digest, sizeof p->digest);
	}
}

int
manifest_write(const char *dir, const struct manifest_facts *facts,
    const char *twin, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, MANIFEST_NAME);
	CLEAN(parts_clear) struct parts l = { 0 };
	CLEAN(damages_clear) struct damages odd = { 0 };
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	if (parts_list(dir, &l, &odd) == -1)
		return error_errno(err, ERROR_IO, "cannot list %s", dir);
	if (odd.count > 0)
		return error_set(err, ERROR_INDEX, "%s/%s: %s", dir,
		    odd.items[0].name, odd.items[0].what);
	if (twin != NULL)
		take_digests(&l, twin);
	parts_hash(&l);
	for (i = 0; i < l.count; i++)
		if (l.items[i].error != 0) {
			errno = l.items[i].error;
			return error_errno(err, ERROR_IO, "cannot read %s",
			    l.items[i].path);
		}
	print(facts, &l, &b);
	return wholefile_create(path, b.s, b.len, err);
}
