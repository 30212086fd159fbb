/*
 * questions: what visitors ask, in typed text, in CQL and in requests.
 */
#include <config.h>

#include "target.h"

#include <stdio.h>
#include <string.h>

#include "pagecheck.h"
#include "cgi/caps.h"
#include "cgi/incident.h"
#include "cgi/log.h"
#include "cgi/request.h"
#include "cgi/response.h"
#include "cgi/routes.h"
#include "model/cql.h"
#include "model/query.h"

#define TODAY 20261122

static const char *const others[] = { "vorm", "operation", NULL };

/* A message in Dutch that may quote what was typed. */
static void
check_message(const struct error *err)
{
	fuzz_check(err->msg[0] != '\0' &&
	    utf8_valid(err->msg, strlen(err->msg)), "a message is text");
}

/*
 * What keys narrow stands in brackets of its own, around as many as may be
 * typed: such a question is printed for people only.
 */
static bool
can_be_typed(const char *printed)
{
	return strlen(printed) < QUERY_MAX_BYTES &&
	    query_depth(printed) <= QUERY_MAX_DEPTH;
}

/* How it was read is read the same way. */
static void
check_print(const struct query *q)
{
	CLEAN(buf_clear) struct buf first = BUF_INIT, second = BUF_INIT;
	CLEAN(query_clear) struct query again;
	struct error err = ERROR_INIT;

	query_print(q, &first);
	fuzz_check(utf8_valid(buf_str(&first), first.len) &&
	    strlen(buf_str(&first)) == first.len, "a question is text");
	query_init(&again, TODAY);
	if (query_set(&again, "q", buf_str(&first), &err) == 0) {
		query_print(&again, &second);
		if (again.notes.count == 0 && can_be_typed(buf_str(&first)))
			fuzz_check(strcmp(buf_str(&first),
			    buf_str(&second)) == 0,
			    "a question that is printed is read as it was");
	}
}

static void
check_notes(const struct query *q)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < q->notes.count; i++)
		note_print(&q->notes.items[i], &b);
	fuzz_check(utf8_valid(buf_str(&b), b.len), "a remark is text");
}

static void
check_query(struct query *q)
{
	struct error err = ERROR_INIT;

	check_print(q);
	check_notes(q);
	caps_words(q);
	if (caps_check(q, &err) == -1)
		check_message(&err);
}

/* Typed text, or lines KEY=VALUE. */
static void
ask(const char *s)
{
	CLEAN(str_free) char *copy = xstrdup(s);
	CLEAN(query_clear) struct query q;
	struct error err = ERROR_INIT;
	char *rest = copy, *line, *value;
	int rc = 0;

	query_init(&q, TODAY);
	if (strchr(s, '\n') == NULL)
		rc = query_set(&q, "q", s, &err);
	else while (rc == 0 && (line = strsep(&rest, "\n")) != NULL) {
		if ((value = strchr(line, '=')) == NULL)
			continue;
		*value++ = '\0';
		rc = query_set(&q, line, value, &err);
	}
	if (rc == -1)
		check_message(&err);
	else
		check_query(&q);
}

static void
ask_cql(const char *s, int (*parse)(const char *, struct query *,
    struct cql_fault *))
{
	CLEAN(query_clear) struct query q;
	struct cql_fault fault = { 0, "" };

	query_init(&q, TODAY);
	if (!utf8_valid(s, strlen(s)))
		return;
	if (parse(s, &q, &fault) == 0)
		check_query(&q);
	else
		fuzz_check(fault.code != 0 && utf8_valid(fault.details,
		    strlen(fault.details)), "a diagnostic is one");
}

/* Behind "cql:" or "sort:" CQL. */
void
fuzz_query(const char *s, size_t n)
{
	(void)n;
	if (strncmp(s, "cql:", 4) == 0)
		ask_cql(s + 4, cql_parse);
	else if (strncmp(s, "sort:", 5) == 0)
		ask_cql(s + 5, cql_sort_keys);
	else
		ask(s);
}

/* ---- requests ---- */

enum { STRING, PATH, METHOD, TAGS, NVARIABLES };
static const char *const names[NVARIABLES] = {
	"QUERY_STRING", "PATH_INFO", "REQUEST_METHOD", "HTTP_IF_NONE_MATCH",
};

static const char *
variable(const char *name, void *arg)
{
	char *const *values = arg;
	size_t i;

	for (i = 0; i < NVARIABLES; i++)
		if (strcmp(names[i], name) == 0)
			return values[i];
	return NULL;
}

/* An answer that is no answer. */
static void
refuse(int status, const struct error *err, const char *typed, bool is_api)
{
	static const struct site site = { .base = "/zoek" };
	CLEAN(response_clear) struct response r = RESPONSE_INIT;
	CLEAN(buf_clear) struct buf note = BUF_INIT;
	struct log_entry entry = { .status = status, .response = &r,
	    .err = err, .has_question = true };
	struct incident in;

	incident_init(&in, is_api, &site);
	in.typed = typed;
	incident_answer(&in, status, err, &r);
	fuzz_check(is_api || page_fault(&r.body) == NULL, "a page is one");
	log_line(&entry, &note);
	fuzz_check(strcspn(buf_str(&note), "\n") + 1 == note.len,
	    "the log has a line for it");
}

/* Lines: the query string, path, method, tags; the first two are usual. */
void
fuzz_request(const char *s, size_t n)
{
	CLEAN(str_free) char *copy = xstrdup(s);
	char *values[NVARIABLES] = { NULL }, *rest = copy;
	CLEAN(request_clear) struct request r = { 0 };
	CLEAN(query_clear) struct query q;
	struct error err = ERROR_INIT;
	const char *after;
	bool is_english;
	int status;
	size_t i;

	(void)n;
	for (i = 0; i < NVARIABLES; i++)
		values[i] = strsep(&rest, "\n");
	if (values[METHOD] == NULL || *values[METHOD] == '\0')
		values[METHOD] = (char *)(uintptr_t)"GET";
	query_init(&q, TODAY);
	status = request_read(variable, values, &r, &err);
	fuzz_check(status == 200 || status == 400 || status == 405,
	    "a request is right or refused");
	if (status == 200) {
		route_find(r.path, &is_english, &after);
		if (request_query(&r, others, &q, &err) == -1)
			status = 400;
		else
			check_query(&q);
	}
	if (status != 200)
		refuse(status, &err, request_value(&r, "q"), n % 2 != 0);
}
