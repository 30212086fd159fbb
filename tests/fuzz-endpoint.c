/*
 * fuzz-endpoint: requests as nobody should make them, to the endpoint.
 *
 *    fuzz-endpoint SEED COUNT PROCESSES
 *
 * The index, settings and tables are those that naslag.cgi would read; what it
 * does from its variables to its answer is done here for COUNT requests.  These
 * grow out of the cases of other tests (tests/ *.tsv): keys and values are put
 * together anew, and bytes changed.  Whatever comes, the answer has to be one of
 * ours: a status below 500, headers that are headers, a body as long as they
 * say, in UTF-8, well-formed after its kind, and for pages made of elements and
 * attributes that are ours.
 *
 * Request N is made from SEED and N alone.  One that fails is printed with its
 * number, also if it ends the process or takes minutes.
 */
#include <config.h>

#include <signal.h>
#include <stdarg.h>
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

#include "pagecheck.h"

#define MAX_SEEDS	4000
#define MAX_BYTES	4096	/* of a variable */
#define MAX_SECONDS	300	/* that one request may take */
#define MAX_PROCESSES	64

/* A process has one index and what it has read so long. */
#define REQUESTS_AN_OPENING 2000

/* ---- chance ---- */

static uint64_t state;

static void
start_from(uint64_t seed)
{
	state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
}

/* One of 0 to n - 1 (xorshift*). */
static size_t
below(size_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)((state * UINT64_C(0x2545F4914F6CDD1D)) >> 33) % n;
}

static bool
once_in(size_t n)
{
	return below(n) == 0;
}

/* ---- what requests grow out of ---- */

static const struct {
	const char *file;
	int column;		/* -1: the whole line */
} sources[] = {
	{ "aanvallen.tsv", -1 }, { "verzoeken.tsv", 1 }, { "cql.tsv", 0 },
	{ "queries.tsv", 0 }, { "words.tsv", 0 }, { "spelling.tsv", 0 },
	{ "citaten.tsv", 0 }, { "uitbreiden.tsv", 0 },
	{ "oordelen/topics.tsv", 1 },
};

static char *seeds[MAX_SEEDS];
static size_t nseeds;

static void
read_seeds(const char *dir, const char *name, int column)
{
	CLEAN(str_free) char *path = xasprintf("%s/tests/%s", dir, name);
	char line[1024], *at;
	FILE *f = fopen(path, "r");
	int i;

	while (f != NULL && nseeds < MAX_SEEDS &&
	    fgets(line, sizeof line, f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		at = line;
		for (i = 0; i < column && at != NULL; i++)
			if ((at = strchr(at, '\t')) != NULL)
				at++;
		if (at == NULL || *line == '#')
			continue;
		if (column >= 0)
			at[strcspn(at, "\t")] = '\0';
		seeds[nseeds++] = xstrdup(at);
	}
	if (f != NULL)
		fclose(f);
}

static const char *const paths[] = {
	"/", "/en/", "/v1/documenten", "/v1/documenten/", "/v1/suggesties",
	"/v1/openapi.json", "/feed.atom", "/opensearch.xml", "/sru",
	"/stijl.css", "", "/nix", "/v1/", "/en/sru",
};

static const char *const other_keys[] = {
	"vorm", "operation", "version", "query", "startRecord",
	"maximumRecords", "recordPacking", "recordSchema", "sortKeys", "x-a",
};

static const char *const values[] = {
	"", "1", "0", "10", "50", "990", "-1", "1e9", "ja", "nee", "json",
	"jsonl", "csv", "tsv", "tekst", "html", "atom", "datum", "titel",
	"relevantie", "2014", "2014-07-01", "2014-01-01..2015-12-31", "..2020",
	"9999-12-31", "2014-02-30", "SY", "!SY", "werkinstructie", "Asiel",
	"geldig", "vervallen", "pdf", "nl", "1.2", "1.1", "dc", "xml",
	"searchRetrieve", "explain", "asiel", "ver*", "v*", "\"de van\"",
	"asiel NABIJ/3 bepaalde", "((((((((((", "))))", "\"", "*", "-", "+",
	"EN", "OF NIET", "titel:", "soort:", "land:!", "art. 29 Vw",
};

/* What a key may well be given. */
static const struct {
	const char *key;
	const char *values[8];
} apt[] = {
	{ "vorm", { "json", "jsonl", "csv", "tsv", "tekst", "html", "atom",
	    "json" } },
	{ "sorteer", { "datum", "titel", "relevantie" } },
	{ "uitbreiden", { "ja", "nee" } },
	{ "aantal", { "1", "2", "10", "50", "51" } },
	{ "vanaf", { "0", "1", "5", "10", "50", "990" } },
	{ "peildatum", { "2014-07-01", "2026-01-01", "1-7-2014", "2020" } },
	{ "datum", { "2014", "2014-01-01..2015-12-31", "..2020", "2000.." } },
	{ "jaar", { "2014", "!2020", "1999" } },
	{ "land", { "SY", "!SY", "Syrië", "AF", "Syria" } },
	{ "soort", { "werkinstructie", "wi", "!regelgeving", "landenrapport" } },
	{ "geldigheid", { "geldig", "vervallen", "!onbekend", "toekomstig" } },
	{ "formaat", { "pdf", "html", "!docx" } },
	{ "taal", { "nl", "en", "!fr" } },
	{ "thema", { "Asiel", "!asiel", "Regulier" } },
	{ "startRecord", { "1", "2", "50", "991", "992", "0" } },
	{ "maximumRecords", { "0", "1", "10", "50", "99" } },
	{ "sortKeys", { "date,,1", "title", "date,,0 title" } },
};

/* ---- mutation ---- */

static void
insert_odd(struct buf *b)
{
	static const char *const odd[] = {
		"\r\n", "\n", "\r", "\t", "\x1b", "\x7f", "\xff", "\xc0\x80",
		"\xed\xa0\x80", "\xef\xbf\xbe", "\xe2\x80\xae", "\xcc\x81",
		"\xf4\x8f\xbf\xbf", "\xc2\x9b", "%", "%00", "%0d%0aX-Erin: 1",
		"%zz", "%f", "&", "&&", "=", ";", "?", "#", "<", ">", "\"",
		"'", "`", "\\", "*", "(", ")", ":", "..", "/", "*/", "<!--",
		"]]>", "\xc3\xab", "\xef\xac\x81", "\xe2\x82\xac", "\xc7\x86",
		"NABIJ/10", " EN ", " OF ", "titel:",
	};

	buf_adds(b, odd[below(NELEM(odd))]);
}

/* Append s, changed here and there. */
static void
mutate(const char *s, struct buf *out)
{
	size_t n = strlen(s), i, times;

	if (!once_in(3)) {
		buf_add(out, s, n);
		return;
	}
	for (i = 0; i < n; i++) {
		if (once_in(24))
			insert_odd(out);
		if (once_in(24))
			continue;
		if (once_in(48))
			buf_addc(out, (char)(1 + below(255)));
		else
			buf_addc(out, s[i]);
	}
	if (once_in(8))
		insert_odd(out);
	for (times = once_in(20) ? below(30) : 0; times > 0; times--) {
		if (once_in(2))
			buf_addc(out, ' ');
		buf_add(out, s, n);
	}
}

static const char *
any_value(void)
{
	return once_in(3) ? values[below(NELEM(values))] :
	    seeds[below(nseeds)];
}

static const char *
apt_value(const char *key)
{
	size_t i, n;

	for (i = 0; i < NELEM(apt); i++) {
		if (strcmp(apt[i].key, key) != 0)
			continue;
		for (n = 0; n < NELEM(apt[i].values) &&
		    apt[i].values[n] != NULL; n++)
			;
		return apt[i].values[below(n)];
	}
	return NULL;
}

/* For a key; NULL: for none. */
static void
add_text(const char *key, struct buf *out)
{
	const char *fit = key != NULL ? apt_value(key) : NULL;
	size_t n = once_in(4) ? 1 + below(6) : 1;

	if (fit != NULL && !once_in(4)) {
		buf_adds(out, fit);
		return;
	}
	while (n-- > 0) {
		mutate(any_value(), out);
		if (n > 0)
			buf_addc(out, ' ');
	}
}

static void
encode(const struct buf *text, struct buf *out)
{
	bool is_raw = once_in(12);
	size_t i;

	for (i = 0; i < text->len; i++) {
		unsigned char c = (unsigned char)text->s[i];

		if (is_raw || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'))
			buf_addc(out, (char)c);
		else if (c == ' ')
			buf_addc(out, '+');
		else
			buf_addf(out, "%%%02X", c);
	}
}

static const char *
any_key(void)
{
	const char *const *keys = query_keys();
	size_t n;

	for (n = 0; keys[n] != NULL; n++)
		;
	if (once_in(2))
		return "q";
	return once_in(3) ? other_keys[below(NELEM(other_keys))] :
	    keys[below(n)];
}

static void
add_pair(const char *key, struct buf *out)
{
	CLEAN(buf_clear) struct buf text = BUF_INIT;

	if (out->len > 0)
		buf_addc(out, '&');
	if (once_in(40))
		mutate(key, out);
	else
		buf_adds(out, key);
	if (!once_in(40))
		buf_addc(out, '=');
	add_text(key, &text);
	encode(&text, out);
}

static void
make_string(const char *path, struct buf *out)
{
	size_t n = once_in(3) ? below(8) : 1;

	if (once_in(16)) {
		mutate(seeds[below(nseeds)], out);
		return;
	}
	if (strcmp(path, "/sru") == 0 && !once_in(8)) {
		buf_adds(out, "operation=searchRetrieve&version=1.2");
		add_pair("query", out);
		n = once_in(4);
	} else if (!once_in(4)) {
		add_pair("q", out);
		n--;
	}
	while (n-- > 0 && n < MAX_BYTES)
		add_pair(any_key(), out);
	if (once_in(24)) {
		CLEAN(buf_clear) struct buf whole = BUF_INIT;

		buf_add(&whole, out->s, out->len);
		buf_adds(&whole, "");
		buf_cut(out, 0);
		mutate(buf_str(&whole), out);
	}
}

/* ---- requests ---- */

enum { METHOD, PATH, STRING, TAGS, NVARIABLES };
static const char *const variables[NVARIABLES] = {
	"REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_IF_NONE_MATCH",
};

/* The variables of one request; in memory that outlives the process. */
struct asked {
	unsigned long number;
	bool is_set[NVARIABLES];
	char text[NVARIABLES][MAX_BYTES];
};

static void
set(struct asked *a, int which, const char *s)
{
	a->is_set[which] = true;
	snprintf(a->text[which], MAX_BYTES, "%s", s);
}

static void
make(struct asked *a, uint64_t seed, unsigned long number)
{
	CLEAN(buf_clear) struct buf path = BUF_INIT, string = BUF_INIT,
	    tags = BUF_INIT, method = BUF_INIT;

	start_from(seed + number * 2654435761u);
	a->number = number;
	memset(a->is_set, 0, sizeof a->is_set);
	buf_adds(&path, paths[once_in(2) ? 2 : below(NELEM(paths))]);
	if (path.len > 0 && strcmp(path.s, "/v1/documenten/") == 0)
		add_text(NULL, &path);
	make_string(buf_str(&path), &string);
	if (once_in(24))
		mutate(seeds[below(nseeds)], &path);
	if (!once_in(200))
		set(a, PATH, buf_str(&path));
	if (!once_in(200))
		set(a, STRING, buf_str(&string));
	if (once_in(40)) {
		mutate("HEAD", &method);
		set(a, METHOD, buf_str(&method));
	} else if (!once_in(200))
		set(a, METHOD, once_in(20) ? "HEAD" : "GET");
	if (once_in(20)) {
		mutate("W/\"1-0123456789abcdef0123456789abcdef\"", &tags);
		set(a, TAGS, buf_str(&tags));
	}
}

static const char *
variable(const char *name, void *arg)
{
	const struct asked *a = arg;
	size_t i;

	for (i = 0; i < NVARIABLES; i++)
		if (strcmp(variables[i], name) == 0 && a->is_set[i])
			return a->text[i];
	return NULL;
}

static void
print_asked(const struct asked *a)
{
	const char *s;
	size_t i;

	printf("# request %lu:", a->number);
	for (i = 0; i < NVARIABLES; i++) {
		if (!a->is_set[i])
			continue;
		printf(" %s='", variables[i]);
		for (s = a->text[i]; *s != '\0'; s++) {
			if (*s > ' ' && *s < 0x7F && *s != '\'' && *s != '\\')
				putchar(*s);
			else
				printf("\\x%02x", (unsigned char)*s);
		}
		putchar('\'');
	}
	putchar('\n');
	fflush(stdout);
}

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
	answer_begin(&a, &o->settings, variable, asked);
	status = answer_make(&a, o, variable, asked);
	answer_print(&a, o, status, &out, &entry);
	log_line(&entry, &note);
	fault = answer_fault(&a, status, &out);
	if (fault == NULL && strlen(note.s) != strcspn(note.s, "\n") + 1)
		fault = "more than a line in the log";
	if (fault != NULL) {
		printf("# %s (status %d, %s)\n", fault, status, a.err.msg);
		print_asked(asked);
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
		make(asked, seed, i);
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
	for (i = 0; i < NELEM(sources); i++)
		read_seeds(dir != NULL ? dir : ".", sources[i].file,
		    sources[i].column);
	if (nseeds == 0) {
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
			print_asked(&t->asked[i]);
	}
	print_tally(t);
	return bad > 0 || t->faults > 0 || t->done != count;
}
