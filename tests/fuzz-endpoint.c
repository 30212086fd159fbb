/*
 * fuzz-endpoint: requests as nobody should make them, to the endpoint.
 *
 *    fuzz-endpoint SEED COUNT PROCESSES
 *
 * The index, settings and tables are those that naslag.cgi would read; what it
 * does from its variables to its answer is done here for COUNT requests
 * (oddrequest.h).  Whatever comes, the answer has to be one of ours: a status
 * below 500, headers that are headers, a body as long as they say, in UTF-8,
 * well-formed after its kind, and for pages made of elements and attributes
 * that are ours.
 *
 * Request N is made from SEED and N alone.  One that fails is printed with its
 * number, also if it ends the process or takes minutes.
 */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>
#include <libxml/parser.h>

#include "base/tsv.h"
#include "base/utf8.h"
#include "cgi/answer.h"
#include "dutch/analyse.h"
#include "index/store.h"
#include "model/lists.h"
#include "show/translate.h"

#include "oddrequest.h"
#include "pagecheck.h"

#define MAX_SECONDS	300	/* that one request may take */
#define MAX_PROCESSES	64

/* A process has one index and what it has read so long. */
#define REQUESTS_AN_OPENING 2000

/* ---- answers ---- */

static const char *
header_fault(const char *s, size_t n)
{
	const char *colon = memchr(s, ':', n);
	size_t i;

	if (colon == NULL || colon == s || colon[1] != ' ')
		return "a header that is none";
	for (i = 0; i < n; i++)
		if (s[i] < ' ' || s[i] > '~')
			return "a header with other bytes than ASCII's";
	if (n > 6 && memcmp(s, "X-Erin", 6) == 0)
		return "a header that is not ours";
	return NULL;
}

/* Sets *body to where it begins. */
static const char *
headers_fault(const struct buf *out, const char **body)
{
	const char *at = out->s, *end, *fault;

	while ((end = strstr(at, "\r\n")) != NULL && end != at) {
		if ((fault = header_fault(at, (size_t)(end - at))) != NULL)
			return fault;
		at = end + 2;
	}
	if (end == NULL)
		return "no empty line behind the headers";
	*body = end + 2;
	return NULL;
}

static bool
is_xml(const struct buf *b)
{
	xmlDoc *doc = xmlReadMemory(b->s, (int)b->len, "answer", NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	bool is_good = doc != NULL && doc->intSubset == NULL;

	if (doc != NULL)
		xmlFreeDoc(doc);
	return is_good;
}

static bool
is_json(const struct buf *b)
{
	json_t *v = json_loadb(b->s, b->len, JSON_REJECT_DUPLICATES, NULL);

	json_decref(v);
	return v != NULL;
}

static const char *
body_fault(const struct response *r)
{
	bool is_lines = strstr(r->type, "jsonl") != NULL;
	const struct buf *b = &r->body;

	/* Without hits there is no line. */
	if (b->len == 0)
		return is_lines ? NULL : "no body";
	if (strlen(b->s) != b->len || !utf8_valid(b->s, b->len))
		return "a body that is not text in UTF-8";
	if (strncmp(r->type, "text/html", 9) == 0)
		return page_fault(b);
	if (strstr(r->type, "xml") != NULL && !is_xml(b))
		return "XML that is none";
	if (strstr(r->type, "json") != NULL && !is_lines && !is_json(b))
		return "JSON that is none";
	return NULL;
}

static const char *
answer_fault(const struct answer *a, int status, const struct buf *out)
{
	const struct response *r = &a->response;
	const char *fault, *body = NULL;

	if (status != 200 && status != 304 && status != 400 && status != 404 &&
	    status != 405)
		return "a status that nobody asked for";
	if ((fault = headers_fault(out, &body)) != NULL)
		return fault;
	if (strlen(body) != (a->is_head || status == 304 ? 0 : r->body.len))
		return "a body of another length";
	return status == 304 ? NULL : body_fault(r);
}

/* ---- a process ---- */

struct tally {
	unsigned long done, faults, statuses[600];
	struct asked asked[MAX_PROCESSES];
};

static int
open_index(struct opened *o, struct error *err)
{
	if (analyser_open_for_questions(&o->analyser, err) == -1 ||
	    store_open(o->settings.index, o->analyser, &o->store, err) == -1 ||
	    store_expander(o->store, err) == NULL)
		return -1;
	return 0;
}

static void
close_index(struct opened *o)
{
	store_free(&o->store);
	analyser_free(&o->analyser);
}

static void
ask(struct opened *o, struct asked *asked, struct tally *t)
{
	CLEAN(answer_clear) struct answer a = ANSWER_INIT;
	CLEAN(buf_clear) struct buf out = BUF_INIT, note = BUF_INIT;
	struct log_entry entry;
	const char *fault;
	int status;

	alarm(MAX_SECONDS);
	answer_begin(&a, &o->settings, asked_variable, asked);
	status = answer_make(&a, o, asked_variable, asked);
	answer_print(&a, o, status, &out, &entry);
	log_line(&entry, &note);
	fault = answer_fault(&a, status, &out);
	if (fault == NULL && strlen(note.s) != strcspn(note.s, "\n") + 1)
		fault = "more than a line in the log";
	if (fault != NULL) {
		printf("# %s (status %d, %s)\n", fault, status, a.err.msg);
		asked_print(asked);
		__atomic_add_fetch(&t->faults, 1, __ATOMIC_RELAXED);
	}
	__atomic_add_fetch(&t->statuses[status], 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&t->done, 1, __ATOMIC_RELAXED);
}

static int
work(struct tally *t, struct asked *asked, uint64_t seed, unsigned long first,
    unsigned long step, unsigned long count)
{
	struct error err = ERROR_INIT;
	struct opened o = { .settings.site.base = "" };
	unsigned long i, n = 0;

	if (settings_read(&o.settings, &err) == -1 || lists_load(&err) == -1 ||
	    translate_load(&err) == -1 ||
	    data_read("openapi.json", &o.openapi, &err) == -1 ||
	    data_read("stijl.css", &o.stylesheet, &err) == -1 ||
	    open_index(&o, &err) == -1) {
		printf("# %s\n", err.msg);
		return 2;
	}
	for (i = first; i < count; i += step) {
		if (++n % REQUESTS_AN_OPENING == 0) {
			close_index(&o);
			if (open_index(&o, &err) == -1)
				return 2;
		}
		asked_make(asked, seed, i);
		ask(&o, asked, t);
	}
	close_index(&o);
	return 0;
}

static void
print_tally(const struct tally *t)
{
	size_t i;

	printf("# %lu requests, %lu faults;", t->done, t->faults);
	for (i = 0; i < NELEM(t->statuses); i++)
		if (t->statuses[i] > 0)
			printf(" %zu: %lu", i, t->statuses[i]);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct tally *t = mmap(NULL, sizeof *t, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const char *dir = getenv("srcdir");
	unsigned long count, processes, i;
	pid_t pids[MAX_PROCESSES], pid;
	uint64_t seed;
	int status, bad = 0;

	if (argc != 4 || t == MAP_FAILED ||
	    (processes = strtoul(argv[3], NULL, 10)) == 0 ||
	    processes > MAX_PROCESSES) {
		fputs("usage: fuzz-endpoint SEED COUNT PROCESSES\n", stderr);
		return 2;
	}
	seed = strtoul(argv[1], NULL, 10);
	count = strtoul(argv[2], NULL, 10);
	if (asked_begin(dir != NULL ? dir : ".") == 0) {
		puts("# nothing to start from");
		return 2;
	}
	fflush(stdout);
	for (i = 0; i < processes; i++) {
		if ((pids[i] = fork()) == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			exit(work(t, &t->asked[i], seed, i, processes, count));
		}
	}
	while ((pid = wait(&status)) != -1) {
		if (status == 0)
			continue;
		bad++;
		for (i = 0; i < processes && pids[i] != pid; i++)
			;
		printf("# ended by %s %d\n", WIFSIGNALED(status) ? "signal" :
		    "status", WIFSIGNALED(status) ? WTERMSIG(status) :
		    WEXITSTATUS(status));
		if (i < processes)
			asked_print(&t->asked[i]);
	}
	print_tally(t);
	return bad > 0 || t->faults > 0 || t->done != count;
}
