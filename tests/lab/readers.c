/*
 * readers: visitors who search while generations are published.
 *
 *    readers INDEX PROCESSES QUERIES DOCUMENTS STOP
 *
 * Every document of every generation holds the word zeegras, and its title and
 * text hold "merkN", of one number for the whole generation.  Each process
 * asks; all but the last open the index for every question, as naslag.cgi
 * does; the last keeps the first that it opened.  An answer has to hold all
 * DOCUMENTS with one and the same number, which never goes back; that of the
 * last process stays.  Ends when QUERIES were asked and the file STOP exists.
 */
#include <config.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "index/search.h"
#include "index/store.h"
#include "model/lists.h"

#define TODAY 20260101
/* Every so many questions one with a mistake, which needs other files. */
#define MISTAKES 32

struct counts {
	atomic_ulong queries, failures, mixed, back, switches;
	char first_failure[512];
};

struct reader {
	const char *index;
	uint32_t documents;
	bool keeps;		/* the store that it opened first */
	struct counts *counts;
	struct analyser *analyser;
	struct store *store;
	long number;		/* of the last answer */
};

/* The number behind the first "merk" of a text; -1: there is none. */
static long
number_in(const char *s)
{
	const char *at = s != NULL ? strstr(s, "merk") : NULL;

	return at != NULL ? strtol(at + 4, NULL, 10) : -1;
}

/* The number that a whole answer has; -1: none, or more than one. */
static long
number_of(const struct result *r, uint32_t documents)
{
	long number = -1;
	size_t i, k;

	if (r->total != documents || r->nhits != documents)
		return -1;
	for (i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		long n = number_in(doc_first(&h->doc, FIELD_TITEL));

		if (n == -1 || (number != -1 && n != number))
			return -1;
		number = n;
		for (k = 0; k < h->npassages; k++)
			if (number_in(h->passages[k].text) != n)
				return -1;
	}
	return number;
}

static int
ask(struct reader *r, const char *words, struct result *out,
    struct error *err)
{
	CLEAN(query_clear) struct query q;

	query_init(&q, TODAY);
	if (query_set(&q, "q", words, err) == -1 ||
	    query_set(&q, "aantal", "100", err) == -1 ||
	    (r->store == NULL && store_open(r->index, r->analyser, &r->store,
	    err) == -1))
		return -1;
	return search(r->store, &q, out, err);
}

static void
look(struct reader *r, unsigned long turn)
{
	CLEAN(result_clear) struct result result = { 0 };
	bool is_mistaken = turn % MISTAKES == MISTAKES - 1;
	struct error err = ERROR_INIT;
	struct counts *c = r->counts;
	long number;

	if (ask(r, is_mistaken ? "zeegrsa" : "zeegras", &result, &err) == -1) {
		if (atomic_fetch_add(&c->failures, 1) == 0)
			snprintf(c->first_failure, sizeof c->first_failure,
			    "%s", err.msg);
	} else if (!is_mistaken) {
		number = number_of(&result, r->documents);
		if (number == -1)
			atomic_fetch_add(&c->mixed, 1);
		else if (number < r->number || (r->keeps && r->number != -1 &&
		    number != r->number))
			atomic_fetch_add(&c->back, 1);
		if (number != -1 && number != r->number)
			atomic_fetch_add(&c->switches, 1);
		if (number != -1)
			r->number = number;
	}
	if (!r->keeps)
		store_free(&r->store);
}

static int
work(struct reader *r, unsigned long queries, const char *stop)
{
	struct error err = ERROR_INIT;
	unsigned long turn;

	if (lists_load(&err) == -1 ||
	    analyser_open(&r->analyser, &err) == -1) {
		fprintf(stderr, "readers: %s\n", err.msg);
		return 2;
	}
	for (turn = 0; atomic_load(&r->counts->queries) < queries ||
	    access(stop, F_OK) == -1; turn++) {
		look(r, turn);
		atomic_fetch_add(&r->counts->queries, 1);
	}
	store_free(&r->store);
	analyser_free(&r->analyser);
	lists_free();
	return 0;
}

int
main(int argc, char **argv)
{
	struct counts *c = mmap(NULL, sizeof *c, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	unsigned long processes, queries, i;
	int status, bad = 0;

	if (argc != 6 || c == MAP_FAILED) {
		fputs("usage: readers INDEX PROCESSES QUERIES DOCUMENTS STOP\n",
		    stderr);
		return 2;
	}
	processes = strtoul(argv[2], NULL, 10);
	queries = strtoul(argv[3], NULL, 10);
	for (i = 0; i < processes; i++) {
		struct reader r = {
			.index = argv[1], .counts = c, .number = -1,
			.documents = (uint32_t)strtoul(argv[4], NULL, 10),
			.keeps = i + 1 == processes,
		};

		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			exit(work(&r, queries, argv[5]));
		}
	}
	while (wait(&status) != -1)
		bad += status != 0;
	printf("%lu queries, %lu failures, %lu mixed, %lu gone back, "
	    "%lu switches seen\n", c->queries, c->failures, c->mixed, c->back,
	    c->switches);
	if (c->first_failure[0] != '\0')
		printf("first failure: %s\n", c->first_failure);
	if (bad > 0)
		printf("%d readers ended badly\n", bad);
	return bad > 0 || c->failures + c->mixed + c->back > 0;
}
