#include <config.h>

#include "report/history.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/wholefile.h"

#define NAME "runs.jsonl"

/* ---- one line ---- */

static time_t
moment_of(const json_t *o)
{
	const char *s = json_string_value(json_object_get(o, "begun"));
	struct tm tm = { 0 };

	if (s == NULL || strptime(s, "%Y-%m-%dT%H:%M:%SZ", &tm) == NULL)
		return 0;
	return timegm(&tm);
}

/* What is missing or is no number counts as 0. */
static uint64_t
size_of(const json_t *o, const char *key)
{
	json_int_t n = json_integer_value(json_object_get(o, key));

	return n > 0 ? (uint64_t)n : 0;
}

int
past_run_parse(json_t *o, struct past_run *run)
{
	struct past_run r = { .record = o };
	const struct { const char *key; uint64_t *to; } numbers[] = {
		{ "rolledBackFrom", &r.rolled_back_from },
		{ "generation", &r.generation }, { "documents", &r.documents },
		{ "indexBytes", &r.index_bytes }, { "files", &r.files },
		{ "within", &r.within },
		{ "added", &r.added }, { "changed", &r.changed },
		{ "deleted", &r.deleted }, { "renamed", &r.renamed },
		{ "unchanged", &r.unchanged }, { "unknown", &r.unknown },
		{ "notSearchable", &r.not_searchable }, { "stale", &r.stale },
		{ "poorText", &r.poor_text },
		{ "newlyFailing", &r.newly_failing },
	};
	const json_t *exit_status = json_object_get(o, "exitStatus");
	size_t i;

	r.begun = moment_of(o);
	if (r.begun <= 0 || !json_is_integer(exit_status))
		return -1;
	r.exit_status = (int)json_integer_value(exit_status);
	r.seconds = json_number_value(json_object_get(o, "seconds"));
	if (!(r.seconds >= 0 && r.seconds < 1e9))
		r.seconds = 0;
	r.error = json_string_value(json_object_get(o, "error"));
	r.is_published = json_is_true(json_object_get(o, "published"));
	r.has_files = json_is_integer(json_object_get(o, "files"));
	for (i = 0; i < NELEM(numbers); i++)
		*numbers[i].to = size_of(o, numbers[i].key);
	*run = r;
	return 0;
}

/* ---- the list ---- */

int
history_add(struct history *h, json_t *record)
{
	struct past_run run;

	if (past_run_parse(record, &run) == -1) {
		json_decref(record);
		return -1;
	}
	GROW(h->runs, h->count, h->cap);
	h->runs[h->count++] = run;
	return 0;
}

void
history_clear(struct history *h)
{
	size_t i;

	for (i = 0; i < h->count; i++)
		json_decref(h->runs[i].record);
	free(h->runs);
	*h = (struct history){ 0 };
}

time_t
past_run_ended(const struct past_run *r)
{
	return r->begun + (time_t)r->seconds;
}

bool
past_run_knows(const struct past_run *r)
{
	return r->exit_status == 0 && r->has_files && r->index_bytes > 0;
}

static bool
is_any(const struct past_run *r)
{
	(void)r;
	return true;
}

static bool
is_good(const struct past_run *r)
{
	return r->exit_status == 0;
}

/* The newest run of which that is so. */
static const struct past_run *
newest(const struct history *h, bool (*is_so)(const struct past_run *))
{
	size_t i;

	for (i = h->count; i > 0; i--)
		if (h->runs[i - 1].rolled_back_from == 0 &&
		    is_so(&h->runs[i - 1]))
			return &h->runs[i - 1];
	return NULL;
}

const struct past_run *
history_newest(const struct history *h)
{
	return newest(h, is_any);
}

const struct past_run *
history_last_good(const struct history *h)
{
	return newest(h, is_good);
}

const struct past_run *
history_last_knowing(const struct history *h)
{
	return newest(h, past_run_knows);
}

/* ---- the file ---- */

/* Cut the next line off the text; its length, without the newline. */
static size_t
next_line(const char **p, const char *end, const char **line)
{
	const char *newline = memchr(*p, '\n', (size_t)(end - *p));

	*line = *p;
	*p = newline != NULL ? newline + 1 : end;
	return (size_t)((newline != NULL ? newline : end) - *line);
}

static void
add_line(struct history *h, const char *line, size_t n)
{
	json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, NULL);

	if (o == NULL || history_add(h, o) == -1)
		h->ndamaged++;
}

static int
read_text(const char *root, struct buf *out, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, NAME);
	struct error why;

	if (wholefile_read(path, out, &why) == 0 || why.kind == ERROR_ABSENT)
		return 0;
	*err = why;
	return -1;
}

int
history_read(const char *root, struct history *out, struct error *err)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	struct history h = { 0 };
	const char *p, *end, *line;

	if (read_text(root, &text, err) == -1)
		return -1;
	p = buf_str(&text);
	end = p + text.len;
	while (p < end) {
		size_t n = next_line(&p, end, &line);

		if (n > 0)
			add_line(&h, line, n);
	}
	*out = h;
	return 0;
}

/* The good lines among the newest, as they are written, and the new one. */
static void
keep_newest(const struct buf *old, const char *line, size_t n, struct buf *out)
{
	const char *p = buf_str(old), *end = p + old->len;
	struct { const char *s; size_t n; } kept[HISTORY_KEPT];
	size_t count = 0, i;

	while (p < end) {
		struct history one = { 0 };
		const char *s;
		size_t len = next_line(&p, end, &s);

		add_line(&one, s, len);
		if (one.count == 1) {
			kept[count % HISTORY_KEPT].s = s;
			kept[count++ % HISTORY_KEPT].n = len;
		}
		history_clear(&one);
	}
	i = count >= HISTORY_KEPT ? count - HISTORY_KEPT + 1 : 0;
	for (; i < count; i++) {
		buf_add(out, kept[i % HISTORY_KEPT].s, kept[i % HISTORY_KEPT].n);
		buf_addc(out, '\n');
	}
	buf_add(out, line, n);
}

int
history_append(const char *root, const char *line, size_t n, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", root, NAME);
	CLEAN(buf_clear) struct buf old = BUF_INIT, new = BUF_INIT;
	int rc, dir = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	/* Not the lock of the index: a run that is refused it tells, too. */
	if (dir == -1 || flock(dir, LOCK_EX) == -1) {
		error_errno(err, ERROR_IO, "cannot lock %s", root);
		if (dir != -1)
			close(dir);
		return -1;
	}
	rc = read_text(root, &old, err);
	if (rc == 0) {
		keep_newest(&old, line, n, &new);
		rc = wholefile_write(path, new.s, new.len, err);
	}
	close(dir);
	return rc;
}
