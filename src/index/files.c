#include <config.h>

#include "index/files.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define NAME "files"
#define HEAD "# naslag files 3 %zu\n"	/* how many follow */

void
files_add(struct files *l, const struct file *f)
{
	struct file *new;

	GROW(l->items, l->count, l->cap);
	new = &l->items[l->count++];
	*new = *f;
	new->path = xstrdup(f->path);
	new->copy_of = f->copy_of != NULL ? xstrdup(f->copy_of) : NULL;
	new->status = xstrdup(f->status != NULL ? f->status : "ok");
	new->reason = xstrdup(f->reason != NULL ? f->reason : "");
	new->id = xstrdup(f->id != NULL ? f->id : "");
	new->textid = xstrdup(f->textid != NULL ? f->textid : "");
}

static int
compare(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	return strcmp(a->path, b->path);
}

void
files_sort(struct files *l)
{
	if (l->count > 0)
		qsort(l->items, l->count, sizeof *l->items, compare);
}

const struct file *
files_find(const struct files *l, const char *path)
{
	struct file key = { .path = (char *)(uintptr_t)path };

	if (l->count == 0)
		return NULL;
	return bsearch(&key, l->items, l->count, sizeof *l->items, compare);
}

void
files_clear(struct files *l)
{
	size_t i;

	for (i = 0; i < l->count; i++) {
		free(l->items[i].path);
		free(l->items[i].copy_of);
		free(l->items[i].status);
		free(l->items[i].reason);
		free(l->items[i].id);
		free(l->items[i].textid);
	}
	free(l->items);
	*l = (struct files){ 0 };
}

/* Percent-encode what would break a line or a cell. */
static void
encode(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c < 0x20 || c == '%' || c == 0x7F)
			buf_addf(out, "%%%02X", c);
		else
			buf_addc(out, *s);
	}
}

static int
hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : (c | 32) - 'a' + 10;
}

static char *
decode(char *s)
{
	char *from, *to;

	for (from = to = s; *from != '\0'; to++) {
		if (from[0] == '%' && isxdigit((unsigned char)from[1]) &&
		    isxdigit((unsigned char)from[2])) {
			*to = (char)(hex(from[1]) << 4 | hex(from[2]));
			from += 3;
		} else
			*to = *from++;
	}
	*to = '\0';
	return s;
}

static void
print(const struct file *f, struct buf *out)
{
	buf_addf(out, "%016llx\t%016llx\t%s\t",
	    (unsigned long long)f->raw_stamp, (unsigned long long)f->stamp,
	    f->digest);
	encode(f->status, out);
	buf_addc(out, '\t');
	encode(f->reason, out);
	buf_addc(out, '\t');
	encode(f->id, out);
	buf_addc(out, '\t');
	encode(f->copy_of != NULL ? f->copy_of : "", out);
	buf_addf(out, "\t%016llx\t%s\t", (unsigned long long)f->read_stamp,
	    f->textid);
	encode(f->path, out);
	buf_addc(out, '\n');
}

int
files_write(const struct files *l, const char *dir, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, NAME);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	FILE *f = fopen(path, "wbe");
	size_t i;

	if (f == NULL)
		return error_errno(err, ERROR_SPACE, "cannot create %s", path);
	buf_addf(&b, HEAD, l->count);
	for (i = 0; i < l->count; i++)
		print(&l->items[i], &b);
	if (fwrite(b.s, 1, b.len, f) != b.len || fflush(f) == EOF) {
		error_errno(err, ERROR_SPACE, "cannot write %s", path);
		fclose(f);
		return -1;
	}
	if (fclose(f) == EOF)
		return error_errno(err, ERROR_SPACE, "cannot write %s", path);
	return 0;
}

#define NCELLS 10

/* Cut a line into its cells; -1 if it has another number of them. */
static int
split(char *line, char *cells[NCELLS])
{
	size_t n;

	for (n = 0; n < NCELLS; n++) {
		cells[n] = strsep(&line, "\t");
		if (cells[n] == NULL)
			return -1;
	}
	return line == NULL ? 0 : -1;
}

/* A stamp has 16 hexadecimal digits. */
static int
parse_stamp(const char *s, uint64_t *out)
{
	if (strlen(s) != 16 || strspn(s, "0123456789abcdef") != 16)
		return -1;
	*out = strtoull(s, NULL, 16);
	return 0;
}

static int
parse(char *line, struct files *out)
{
	struct file f = { 0 };
	char *c[NCELLS];

	if (split(line, c) == -1 || strlen(c[2]) > DIGEST_HEX ||
	    parse_stamp(c[0], &f.raw_stamp) == -1 ||
	    parse_stamp(c[1], &f.stamp) == -1 ||
	    parse_stamp(c[7], &f.read_stamp) == -1 || *c[9] == '\0')
		return -1;
	memcpy(f.digest, c[2], strlen(c[2]) + 1);
	f.status = decode(c[3]);
	f.reason = decode(c[4]);
	f.id = decode(c[5]);
	f.copy_of = *c[6] != '\0' ? decode(c[6]) : NULL;
	f.textid = c[8];
	f.path = decode(c[9]);
	files_add(out, &f);
	return 0;
}

int
files_read(const char *dir, struct files *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, NAME);
	CLEAN(files_clear) struct files l = { 0 };
	FILE *f = fopen(path, "rbe");
	char *line = NULL;
	size_t cap = 0, count;
	ssize_t n;
	int rc = 0;

	if (f == NULL)
		return error_errno(err, ERROR_INDEX, "cannot open %s", path);
	if (getline(&line, &cap, f) == -1 || sscanf(line, HEAD, &count) != 1)
		rc = -1;
	while (rc == 0 && (n = getline(&line, &cap, f)) > 0) {
		if (line[n - 1] != '\n')
			rc = -1;
		else {
			line[n - 1] = '\0';
			rc = parse(line, &l);
		}
	}
	free(line);
	fclose(f);
	if (rc == -1 || l.count != count)
		return error_set(err, ERROR_INDEX, "%s is damaged", path);
	*out = l;
	l = (struct files){ 0 };
	return 0;
}
