#include <config.h>

#include "index/files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/percent.h"
#include "base/wholefile.h"

#define NAME "files"
/* How many follow; device and file system of the corpus. */
#define HEAD "# naslag files 8 %zu %llx %llx\n"

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
	new->text_key = xstrdup(f->text_key != NULL ? f->text_key : "");
}

static int
compare(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	return strcmp(a->path, b->path);
}

size_t
files_within(const struct files *l)
{
	size_t n = 0, i;

	for (i = 0; i < l->count; i++)
		n += l->items[i].within > 0;
	return n;
}

const struct file *
files_find(const struct files *l, const char *path)
{
	struct file key = { .path = (char *)(uintptr_t)path };

	if (l->count == 0)
		return NULL;
	return bsearch(&key, l->items, l->count, sizeof *l->items, compare);
}

bool
file_is_stale(const struct file *f)
{
	return strcmp(f->status, "ok") != 0 && *f->text_key != '\0';
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
		free(l->items[i].text_key);
	}
	free(l->items);
	*l = (struct files){ 0 };
}

static void
print(const struct file *f, struct buf *out)
{
	buf_addf(out, "%016llx\t%s\t", (unsigned long long)f->stamp,
	    f->digest);
	percent_encode(f->status, out);
	buf_addc(out, '\t');
	percent_encode(f->reason, out);
	buf_addc(out, '\t');
	percent_encode(f->id, out);
	buf_addc(out, '\t');
	percent_encode(f->copy_of != NULL ? f->copy_of : "", out);
	buf_addf(out, "\t%016llx\t%s\t%s\t%u\t%d\t",
	    (unsigned long long)f->read_stamp, f->textid, f->text_key,
	    f->attempts, f->failed_ymd);
	buf_addf(out, "%llu\t%zu\t%s\t", (unsigned long long)f->size_bytes,
	    f->within, f->sidecar);
	quality_print(&f->quality, out);
	buf_addf(out, "\t%u\t%u\t", f->pictures, f->recognised);
	percent_encode(f->path, out);
	buf_addc(out, '\n');
}

int
files_write(const struct files *l, const char *dir, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, NAME);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	buf_addf(&b, HEAD, l->count, (unsigned long long)l->device,
	    (unsigned long long)l->fsid);
	for (i = 0; i < l->count; i++)
		print(&l->items[i], &b);
	return wholefile_create(path, b.s, b.len, err);
}

#define NCELLS 18

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
parse_number(const char *s, unsigned long *out)
{
	size_t n = strlen(s);

	if (n == 0 || n > 18 || strspn(s, "0123456789") != n)
		return -1;
	*out = strtoul(s, NULL, 10);
	return 0;
}

static int
parse(char *line, struct files *out)
{
	struct file f = { 0 };
	unsigned long attempts, failed_ymd, size, within, pictures,
	    recognised;
	char *c[NCELLS];

	if (split(line, c) == -1 || strlen(c[1]) > DIGEST_HEX ||
	    parse_stamp(c[0], &f.stamp) == -1 ||
	    parse_stamp(c[6], &f.read_stamp) == -1 ||
	    parse_number(c[9], &attempts) == -1 ||
	    parse_number(c[10], &failed_ymd) == -1 ||
	    parse_number(c[11], &size) == -1 ||
	    parse_number(c[12], &within) == -1 ||
	    strlen(c[13]) > DIGEST_HEX ||
	    !quality_parse(c[14], &f.quality) ||
	    parse_number(c[15], &pictures) == -1 ||
	    parse_number(c[16], &recognised) == -1 || *c[17] == '\0')
		return -1;
	memcpy(f.digest, c[1], strlen(c[1]) + 1);
	f.status = percent_decode(c[2]);
	f.reason = percent_decode(c[3]);
	f.id = percent_decode(c[4]);
	f.copy_of = *c[5] != '\0' ? percent_decode(c[5]) : NULL;
	f.textid = c[7];
	f.text_key = c[8];
	f.pictures = (uint32_t)pictures;
	f.recognised = (uint32_t)recognised;
	f.attempts = (uint32_t)attempts;
	f.failed_ymd = (int)failed_ymd;
	f.size_bytes = size;
	memcpy(f.sidecar, c[13], strlen(c[13]) + 1);
	f.path = percent_decode(c[17]);
	/* The place of the slash behind the file that it lies in. */
	if (within > 0 && (within >= strlen(f.path) || f.path[within] != '/'))
		return -1;
	f.within = within;
	files_add(out, &f);
	return 0;
}

/* Returns -1 with errno; it is 0 if reading went well, but makes no sense. */
static int
read_lines(FILE *f, struct files *l)
{
	CLEAN(str_free) char *line = NULL;
	unsigned long long device, fsid;
	size_t cap = 0, count;
	ssize_t n;

	errno = 0;
	if (getline(&line, &cap, f) == -1 || sscanf(line, HEAD, &count,
	    &device, &fsid) != 3)
		return -1;
	l->device = device;
	l->fsid = fsid;
	while ((errno = 0, n = getline(&line, &cap, f)) > 0) {
		if (line[n - 1] != '\n')
			return -1;
		line[n - 1] = '\0';
		if (parse(line, l) == -1)
			return -1;
	}
	return errno == 0 && l->count == count ? 0 : -1;
}

int
files_read(const char *dir, struct files *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, NAME);
	CLEAN(files_clear) struct files l = { 0 };
	FILE *f = fopen(path, "rbe");
	int rc, error;

	if (f == NULL)
		return error_errno(err, ERROR_INDEX, "cannot open %s", path);
	rc = read_lines(f, &l);
	error = errno;
	fclose(f);
	errno = error;
	if (rc == -1 && error != 0)
		return error_errno(err, ERROR_INDEX, "cannot read %s", path);
	if (rc == -1)
		return error_set(err, ERROR_INDEX, "%s is damaged", path);
	*out = l;
	l = (struct files){ 0 };
	return 0;
}
