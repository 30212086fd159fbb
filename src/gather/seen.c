#include <config.h>

#include "gather/seen.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/percent.h"
#include "base/tsv.h"
#include "base/wholefile.h"

#define NAME "seen"
#define HEAD "# naslag seen 1 %zu\n"	/* how many follow */

/*
 * So close to the time of reading a second change may bear the same times:
 * two seconds is the coarsest clock of a file system (FAT).
 */
#define UNSETTLED_NS INT64_C(2000000000)

#define DAY_NS (INT64_C(86400) * 1000000000)

void
seen_add(struct seen *l, const char *path, const struct content *content)
{
	GROW(l->items, l->count, l->cap);
	l->items[l->count++] = (struct seen_file){ xstrdup(path), *content };
}

void
seen_clear(struct seen *l)
{
	size_t i;

	for (i = 0; i < l->count; i++)
		free(l->items[i].path);
	free(l->items);
	*l = (struct seen){ 0 };
}

static bool
is_unsettled(int64_t time_ns, int64_t now_ns)
{
	return time_ns > now_ns - UNSETTLED_NS &&
	    time_ns < now_ns + UNSETTLED_NS;
}

uint32_t
seen_day(const struct stamp *s, int64_t now_ns)
{
	if (is_unsettled(s->mtime_ns, now_ns) ||
	    is_unsettled(s->ctime_ns, now_ns))
		return 0;
	return (uint32_t)(now_ns / DAY_NS);
}

bool
seen_is_good(const struct seen_file *f, const struct stamp *now,
    uint32_t today)
{
	uint32_t day = f->content.day;

	if (*f->content.digest == '\0' || day == 0 ||
	    !stamp_equal(&f->content.stamp, now))
		return false;
	if (day == today)
		return true;
	/* A clock that was set back says nothing about the age. */
	if (day > today || today - day >= SEEN_DAYS)
		return false;
	return (hash_str(HASH_INIT, f->path) + today) % SEEN_DAYS != 0;
}

/* ---- the file ---- */

static void
print(const struct seen_file *f, struct buf *out)
{
	const struct stamp *s = &f->content.stamp;

	buf_addf(out, "%llu\t%llu\t%lld\t%lld\t%u\t%s\t",
	    (unsigned long long)s->size_bytes, (unsigned long long)s->inode,
	    (long long)s->mtime_ns, (long long)s->ctime_ns, f->content.day,
	    f->content.digest);
	percent_encode(f->path, out);
	buf_addc(out, '\n');
}

int
seen_write(const struct seen *l, const char *index, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/" NAME, index);
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	buf_addf(&b, HEAD, l->count);
	for (i = 0; i < l->count; i++)
		print(&l->items[i], &b);
	return wholefile_write(path, b.s, b.len, err);
}

/* One number and the tab behind it; NULL if there is none. */
static char *
take_number(char *s, int64_t *out)
{
	char *end;

	if (s == NULL || (!isdigit((unsigned char)*s) && *s != '-'))
		return NULL;
	*out = *s == '-' ? strtoll(s, &end, 10) : (int64_t)strtoull(s, &end, 10);
	return *end == '\t' ? end + 1 : NULL;
}

static bool
parse(char *line, struct seen *out)
{
	struct content c = { .day = 0 };
	int64_t n[5];
	size_t i, len;

	for (i = 0; i < NELEM(n); i++)
		line = take_number(line, &n[i]);
	if (line == NULL)
		return false;
	c.stamp = (struct stamp){
		(uint64_t)n[0], (uint64_t)n[1], n[2], n[3]
	};
	c.day = (uint32_t)n[4];
	len = strcspn(line, "\t");
	if ((len != DIGEST_HEX && len != 0) || line[len] != '\t' ||
	    line[len + 1] == '\0')
		return false;
	memcpy(c.digest, line, len);
	seen_add(out, percent_decode(line + len + 1), &c);
	return true;
}

void
seen_read(const char *index, struct seen *out)
{
	CLEAN(str_free) char *path = xasprintf("%s/" NAME, index);
	CLEAN(str_free) char *line = NULL;
	struct seen l = { 0 };
	FILE *f = fopen(path, "rbe");
	size_t cap = 0, count = 0;
	bool is_good;
	ssize_t n;

	*out = l;
	if (f == NULL)
		return;
	is_good = getline(&line, &cap, f) > 0 && sscanf(line, HEAD, &count) == 1;
	while (is_good && (n = getline(&line, &cap, f)) > 0) {
		is_good = line[n - 1] == '\n';
		line[n - 1] = '\0';
		is_good = is_good && parse(line, &l) && (l.count == 1 ||
		    strcmp(l.items[l.count - 2].path,
		    l.items[l.count - 1].path) < 0);
	}
	fclose(f);
	if (is_good && l.count == count)
		*out = l;
	else
		seen_clear(&l);
}
