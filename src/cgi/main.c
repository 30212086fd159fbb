#include <config.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "base/fd.h"
#include "base/tsv.h"
#include "cgi/answer.h"
#include "cgi/lockdown.h"
#include "dutch/analyse.h"
#include "index/store.h"
#include "model/lists.h"
#include "show/translate.h"

/* Bytes of a body that nobody needs, read at most. */
#define MAX_DRAINED (1 << 20)

/* One run of the program: one request. */
struct run {
	struct timespec begin;
	struct opened opened;
	struct answer answer;
	struct buf last_answer, last_note;
};

static const char *
environment(const char *name, void *arg)
{
	(void)arg;
	return getenv(name);
}

static long
milliseconds(const struct run *r)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - r->begin.tv_sec) * 1000 +
	    (now.tv_nsec - r->begin.tv_nsec) / 1000000;
}

/* ---- opening ---- */

/* All that the route reads is opened, and nothing else. */
static int
open_index(struct opened *o, unsigned needs, struct error *err)
{
	if (lists_load(err) == -1 ||
	    analyser_open_for_questions(&o->analyser, err) == -1 ||
	    store_open(o->settings.index, o->analyser, &o->store, err) == -1)
		return -1;
	if ((needs & NEEDS_SEARCH) && store_expander(o->store, err) == NULL)
		return -1;
	/* Few questions need these, and files of the index may be opened later. */
	if (!lockdown_confines_files()) {
		store_columns(o->store);
		store_vocabulary(o->store);
		store_suggestions(o->store);
	}
	return 0;
}

static int
open_all(struct run *r)
{
	unsigned needs = r->answer.route != NULL ? r->answer.route->needs : 0;
	struct error *err = &r->answer.err;
	struct opened *o = &r->opened;

	/*
	 * Before what may fail: an error page is in English, too.  Without
	 * the catalogue pages are in Dutch, and the log says so.
	 */
	if (o->settings.site.is_english)
		translate_load(err);
	if ((needs & NEEDS_INDEX) && open_index(o, needs, err) == -1)
		return -1;
	if ((needs & NEEDS_OPENAPI) &&
	    data_read("openapi.json", &o->openapi, err) == -1)
		return -1;
	if ((needs & NEEDS_STYLESHEET) &&
	    data_read("stijl.css", &o->stylesheet, err) == -1)
		return -1;
	return 0;
}

/* Hash tables of JSON would read their seed from a device, too late. */
static void
seed(void)
{
	size_t n = 0;

	if (getrandom(&n, sizeof n, 0) == sizeof n)
		json_object_seed(n | 1);
}

/* ---- main ---- */

/* Else what is opened first would be written into. */
static void
open_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/*
 * What was sent along is read, and that is all: some web servers lose the
 * answer of a program that leaves it.
 */
static void
drain(void)
{
	const char *length = getenv("CONTENT_LENGTH");
	size_t left = length != NULL ? strtoul(length, NULL, 10) : 0;
	char bytes[4096];
	ssize_t n;

	if (left > MAX_DRAINED)
		left = MAX_DRAINED;
	while (left > 0 && (n = read(STDIN_FILENO, bytes, left < sizeof bytes ?
	    left : sizeof bytes)) > 0)
		left -= (size_t)n;
}

/* What is said when the time is up. */
static void
prepare_last_words(struct run *r)
{
	CLEAN(response_clear) struct response late = RESPONSE_INIT;
	struct error err = { .kind = ERROR_BUSY,
	    .msg = "out of time or memory" };
	struct log_entry entry = { .status = 503, .ms = LOCKDOWN_WALL_MS,
	    .incident = r->answer.incident.number, .err = &err };

	incident_answer(&r->answer.incident, 503, NULL, &late);
	answer_headers(&r->answer, &late);
	response_write(&late, r->answer.is_head, &r->last_answer);
	log_line(&entry, &r->last_note);
	lockdown_last_words(r->last_answer.s, r->last_answer.len,
	    r->last_note.s);
}

static int
run(struct run *r)
{
	struct settings *settings = &r->opened.settings;
	struct answer *a = &r->answer;
	bool has_settings = settings_read(settings, &a->err) == 0;

	answer_begin(a, settings, environment, NULL);
	prepare_last_words(r);
	if (!has_settings || lockdown_limits(&a->err) == -1 ||
	    open_all(r) == -1 || lockdown_enter(r->opened.store != NULL ?
	    settings->index : NULL, &a->err) == -1)
		return error_http_status(a->err.kind);
	return answer_make(a, &r->opened, environment, NULL);
}

static void
finish(struct run *r, int status)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT, note = BUF_INIT;
	struct log_entry entry;

	answer_print(&r->answer, &r->opened, status, &out, &entry);
	lockdown_answering();
	drain();
	/* A client that has gone needs no answer. */
	fd_put(STDOUT_FILENO, out.s, out.len);
	entry.ms = milliseconds(r);
	log_line(&entry, &note);
	fd_put(STDERR_FILENO, note.s, note.len);
}

/*
 * Arguments are not looked at: some web servers make them of a query without
 * an equals sign.
 */
int
main(void)
{
	struct run r = { .answer = ANSWER_INIT,
	    .opened.settings.site.base = "" };
	int status;

	clock_gettime(CLOCK_MONOTONIC, &r.begin);
	open_standard_descriptors();
	seed();
	status = run(&r);
	finish(&r, status);
	/* The kernel frees it all faster than we could. */
	_exit(0);
}
