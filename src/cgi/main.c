#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "base/digest.h"
#include "base/tsv.h"
#include "cgi/incident.h"
#include "cgi/lockdown.h"
#include "cgi/log.h"
#include "cgi/routes.h"
#include "cgi/settings.h"
#include "dutch/analyse.h"
#include "index/store.h"
#include "model/lists.h"
#include "show/translate.h"

/* Bytes of a digest in an ETag: 128 bits. */
#define TAG_DIGITS 32

/* Bytes of a body that nobody needs, read at most. */
#define MAX_DRAINED (1 << 20)

/* One run of the program: one request. */
struct run {
	struct timespec begin;
	struct settings settings;
	const struct route *route;
	bool is_head;
	struct incident incident;
	struct request request;
	struct analyser *analyser;
	struct store *store;
	struct buf openapi, stylesheet;
	struct response response;
	struct error err;
	bool has_question;	/* the request has been looked into */
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

static int
open_data(struct run *r, const char *name, struct buf *out)
{
	return data_read(name, out, &r->err);
}

/* All that the route reads is opened, and nothing else. */
static int
open_index(struct run *r, unsigned needs)
{
	if (lists_load(&r->err) == -1 ||
	    analyser_open_for_questions(&r->analyser, &r->err) == -1 ||
	    store_open(r->settings.index, r->analyser, &r->store,
	    &r->err) == -1)
		return -1;
	if ((needs & NEEDS_SEARCH) && store_expander(r->store, &r->err) == NULL)
		return -1;
	/* Few questions need these, and files of the index may be opened later. */
	if (!lockdown_confines_files()) {
		store_columns(r->store);
		store_vocabulary(r->store);
		store_suggestions(r->store);
	}
	return 0;
}

static int
open_all(struct run *r)
{
	unsigned needs = r->route != NULL ? r->route->needs : 0;

	/*
	 * Before what may fail: an error page is in English, too.  Without
	 * the catalogue pages are in Dutch, and the log says so.
	 */
	if (r->settings.site.is_english)
		translate_load(&r->err);
	if ((needs & NEEDS_INDEX) && open_index(r, needs) == -1)
		return -1;
	if ((needs & NEEDS_OPENAPI) &&
	    open_data(r, "openapi.json", &r->openapi) == -1)
		return -1;
	if ((needs & NEEDS_STYLESHEET) &&
	    open_data(r, "stijl.css", &r->stylesheet) == -1)
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

/* ---- answering ---- */

/*
 * What decides the answer: the program, its tables, the generation, the day,
 * and what was asked.
 */
static void
set_tag(struct run *r)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	char hex[DIGEST_HEX + 1];
	struct store_facts facts;
	size_t i;

	store_facts(r->store, &facts);
	buf_addf(&b, "%s %016llx %016llx %u %s %d %s", PACKAGE_VERSION,
	    (unsigned long long)store_fingerprint(r->analyser),
	    (unsigned long long)lists_hash(), facts.generation, facts.made,
	    r->settings.today_ymd, r->request.path);
	for (i = 0; i < r->request.npairs; i++) {
		const struct request_pair *p = &r->request.pairs[i];

		buf_add(&b, p->key, strlen(p->key) + 1);
		buf_add(&b, p->value, strlen(p->value) + 1);
	}
	digest_bytes(b.s, b.len, hex);
	snprintf(r->response.etag, sizeof r->response.etag, "%u-%.*s",
	    facts.generation, TAG_DIGITS, hex);
}

static void
set_asset_tag(struct response *r)
{
	char hex[DIGEST_HEX + 1];

	digest_bytes(buf_str(&r->body), r->body.len, hex);
	snprintf(r->etag, sizeof r->etag, "%.*s", TAG_DIGITS, hex);
}

/* Is the tag among those of If-None-Match?  Weak comparison. */
static bool
has_tag(const struct run *r)
{
	CLEAN(str_free) char *quoted = xasprintf("\"%s\"", r->response.etag);

	return r->request.if_none_match != NULL && *r->response.etag != '\0' &&
	    strstr(r->request.if_none_match, quoted) != NULL;
}

static int
handle(struct run *r)
{
	struct context c = {
		.store = r->store, .site = &r->settings.site,
		.request = &r->request, .contact = r->settings.contact,
		.openapi = r->openapi.s, .stylesheet = r->stylesheet.s,
		.today_ymd = r->settings.today_ymd,
	};

	if (r->store != NULL) {
		set_tag(r);
		if (has_tag(r)) {
			r->response.status = 304;
			return 0;
		}
	}
	if (r->route->handle(&c, &r->response, &r->err) == -1)
		return -1;
	if (r->response.is_asset)
		set_asset_tag(&r->response);
	if (has_tag(r))
		r->response.status = 304;
	return 0;
}

/* From here on the request is looked into.  Returns the status. */
static int
answer(struct run *r)
{
	bool is_english;
	int status;

	r->has_question = true;
	status = request_read(environment, NULL, &r->request, &r->err);
	if (status != 200)
		return status;
	r->incident.typed = request_value(&r->request, "q");
	if (r->route == NULL)
		return 404;
	route_find(r->request.path, &is_english, &r->request.rest);
	if (handle(r) == -1)
		return error_http_status(r->err.kind);
	return r->response.status;
}

static void
add_api_headers(const struct run *r, struct response *to)
{
	if (!r->incident.is_api) {
		response_header(to, "Cross-Origin-Resource-Policy",
		    "same-origin");
		return;
	}
	response_header(to, "API-Version", "1.0.0");
	response_header(to, "Access-Control-Allow-Origin", "*");
	response_header(to, "Access-Control-Expose-Headers",
	    "API-Version, ETag, Retry-After");
	response_header(to, "Cross-Origin-Resource-Policy", "cross-origin");
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

static void
write_all(int fd, const struct buf *b)
{
	size_t done = 0;
	ssize_t n;

	/* A client that has gone needs no answer. */
	while (done < b->len && (n = write(fd, b->s + done, b->len - done)) > 0)
		done += (size_t)n;
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
	    .incident = r->incident.number, .err = &err };

	incident_answer(&r->incident, 503, NULL, &late);
	add_api_headers(r, &late);
	response_write(&late, r->is_head, &r->last_answer);
	log_line(&entry, &r->last_note);
	lockdown_last_words(r->last_answer.s, r->last_answer.len,
	    r->last_note.s);
}

/* Only compared with names that we know. */
static void
find_route(struct run *r)
{
	const char *path = getenv("PATH_INFO"), *method, *rest;
	bool is_english;

	if (path == NULL)
		path = "";
	r->route = route_find(path, &is_english, &rest);
	method = getenv("REQUEST_METHOD");
	r->is_head = method != NULL && strcmp(method, "HEAD") == 0;
	r->settings.site.is_english = is_english;
	incident_init(&r->incident, r->route != NULL ? r->route->is_api :
	    strncmp(path, "/v1/", 4) == 0, &r->settings.site);
}

static int
run(struct run *r)
{
	bool has_settings = settings_read(&r->settings, &r->err) == 0;

	find_route(r);
	prepare_last_words(r);
	if (!has_settings || lockdown_limits(&r->err) == -1 ||
	    open_all(r) == -1 || lockdown_enter(r->store != NULL ?
	    r->settings.index : NULL, &r->err) == -1)
		return error_http_status(r->err.kind);
	return answer(r);
}

static void
finish(struct run *r, int status)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT, note = BUF_INIT;
	struct log_entry entry = { .status = status, .err = &r->err,
	    .response = &r->response, .has_question = r->has_question };
	struct store_facts facts;

	if (status != 200 && status != 304) {
		entry.incident = r->incident.number;
		incident_answer(&r->incident, status, &r->err, &r->response);
	}
	add_api_headers(r, &r->response);
	response_write(&r->response, r->is_head, &out);
	lockdown_answering();
	drain();
	write_all(STDOUT_FILENO, &out);
	if (r->store != NULL) {
		store_facts(r->store, &facts);
		entry.generation = facts.generation;
	}
	entry.ms = milliseconds(r);
	log_line(&entry, &note);
	write_all(STDERR_FILENO, &note);
}

/*
 * Arguments are not looked at: some web servers make them of a query without
 * an equals sign.
 */
int
main(void)
{
	struct run r = { .err = ERROR_INIT, .settings.site.base = "" };
	int status;

	clock_gettime(CLOCK_MONOTONIC, &r.begin);
	open_standard_descriptors();
	seed();
	status = run(&r);
	finish(&r, status);
	/* The kernel frees it all faster than we could. */
	_exit(0);
}
