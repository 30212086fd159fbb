/*
 * Requests that grow out of the cases of other tests: keys and values are put
 * together anew, and bytes changed.
 */
#include <config.h>

#include "oddrequest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "model/query.h"

#define MAX_SEEDS	4000

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
	while (n-- > 0 && n < ASKED_BYTES)
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

size_t
asked_begin(const char *dir)
{
	size_t i;

	for (i = 0; i < NELEM(sources); i++)
		read_seeds(dir, sources[i].file, sources[i].column);
	return nseeds;
}

static const char *const variables[ASKED_VARIABLES] = {
	"REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_IF_NONE_MATCH",
};

static void
set(struct asked *a, int which, const char *s)
{
	a->is_set[which] = true;
	snprintf(a->text[which], ASKED_BYTES, "%s", s);
}

void
asked_make(struct asked *a, uint64_t seed, unsigned long number)
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
		set(a, ASKED_PATH, buf_str(&path));
	if (!once_in(200))
		set(a, ASKED_STRING, buf_str(&string));
	if (once_in(40)) {
		mutate("HEAD", &method);
		set(a, ASKED_METHOD, buf_str(&method));
	} else if (!once_in(200))
		set(a, ASKED_METHOD, once_in(20) ? "HEAD" : "GET");
	if (once_in(20)) {
		mutate("W/\"1-0123456789abcdef0123456789abcdef\"", &tags);
		set(a, ASKED_TAGS, buf_str(&tags));
	}
}

const char *
asked_variable(const char *name, void *arg)
{
	const struct asked *a = arg;
	size_t i;

	for (i = 0; i < ASKED_VARIABLES; i++)
		if (strcmp(variables[i], name) == 0 && a->is_set[i])
			return a->text[i];
	return NULL;
}

void
asked_print(const struct asked *a)
{
	const char *s;
	size_t i;

	printf("# request %lu:", a->number);
	for (i = 0; i < ASKED_VARIABLES; i++) {
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
