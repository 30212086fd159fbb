#include <config.h>

#include "show/translate.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/tsv.h"

#define CATALOGUE "en.po"

struct text {
	const char *dutch, *english;
};

static struct {
	struct buf bytes;	/* of the file; strings are unescaped in place */
	struct text *texts;	/* by their Dutch */
	size_t count, cap;
	bool is_loaded;
} catalogue;

/* ---- reading ---- */

/* The strings of an entry.  A plural is a text of its own. */
enum part { PART_ONE, PART_MANY, PART_ONE_IN_ENGLISH, PART_MANY_IN_ENGLISH,
	NPARTS };

/* Longest first: "msgid" begins "msgid_plural". */
static const struct {
	const char *word;
	enum part part;
} keywords[] = {
	{ "msgid_plural ", PART_MANY },
	{ "msgid ", PART_ONE },
	{ "msgstr[0] ", PART_ONE_IN_ENGLISH },
	{ "msgstr[1] ", PART_MANY_IN_ENGLISH },
	{ "msgstr ", PART_ONE_IN_ENGLISH },
};

struct reader {
	char *to;		/* where unescaped text goes: never past from */
	unsigned line;
	bool is_fuzzy;		/* the entry is a guess of msgmerge */
	enum part part;		/* the last string; NPARTS: none yet */
	char *parts[NPARTS];
};

static void
add(const char *dutch, const char *english)
{
	if (dutch == NULL || english == NULL || *dutch == '\0' ||
	    *english == '\0')
		return;
	GROW(catalogue.texts, catalogue.count, catalogue.cap);
	catalogue.texts[catalogue.count++] = (struct text){ dutch, english };
}

static void
end_entry(struct reader *r)
{
	if (!r->is_fuzzy) {
		add(r->parts[PART_ONE], r->parts[PART_ONE_IN_ENGLISH]);
		add(r->parts[PART_MANY], r->parts[PART_MANY_IN_ENGLISH]);
	}
	memset(r->parts, 0, sizeof r->parts);
	r->is_fuzzy = false;
	r->part = NPARTS;
}

/* Unescape a string in quotes behind what r->part has so far. */
static int
read_string(struct reader *r, const char *from)
{
	/* A NUL ends what is written so far: a string goes on over it. */
	char *to = r->to;

	if (*from++ != '"')
		return -1;
	for (; *from != '"'; from++) {
		if (*from == '\0')
			return -1;
		if (*from == '\\' && from[1] != '\0') {
			from++;
			*to++ = *from == 'n' ? '\n' : *from == 't' ? '\t' :
			    *from;
		} else
			*to++ = *from;
	}
	if (from[1] != '\0')
		return -1;
	*to = '\0';
	r->to = to;
	return 0;
}

static int
read_line(struct reader *r, char *line)
{
	size_t i, n;

	if (*line == '\0')
		return 0;
	if (*line == '#') {
		if (line[1] == ',' && strstr(line, "fuzzy") != NULL)
			r->is_fuzzy = true;
		return 0;
	}
	if (*line == '"')
		return r->part == NPARTS ? -1 : read_string(r, line);
	for (i = 0; i < NELEM(keywords); i++) {
		n = strlen(keywords[i].word);
		if (strncmp(line, keywords[i].word, n) != 0)
			continue;
		r->part = keywords[i].part;
		r->parts[r->part] = ++r->to;
		return read_string(r, line + n);
	}
	return -1;
}

/* An entry begins where comments do, behind its strings, or with its msgid. */
static bool
begins_entry(const struct reader *r, const char *line)
{
	return r->parts[PART_ONE_IN_ENGLISH] != NULL &&
	    (*line == '#' || strncmp(line, "msgid ", 6) == 0);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct text *)a)->dutch,
	    ((const struct text *)b)->dutch);
}

static int
read_catalogue(struct error *err)
{
	struct reader r = { .part = NPARTS };
	char *line, *rest;

	if (data_read(CATALOGUE, &catalogue.bytes, err) == -1)
		return -1;
	if (catalogue.bytes.len == 0)
		return 0;
	rest = r.to = catalogue.bytes.s;
	while ((line = strsep(&rest, "\n")) != NULL) {
		r.line++;
		if (begins_entry(&r, line))
			end_entry(&r);
		if (read_line(&r, line) == -1)
			return error_set(err, ERROR_CONFIG,
			    CATALOGUE ": line %u is no part of a catalogue",
			    r.line);
	}
	end_entry(&r);
	qsort(catalogue.texts, catalogue.count, sizeof *catalogue.texts,
	    compare);
	return 0;
}

/* ---- use ---- */

int
translate_load(struct error *err)
{
	if (catalogue.is_loaded)
		return 0;
	if (read_catalogue(err) == -1) {
		translate_free();
		return -1;
	}
	catalogue.is_loaded = true;
	return 0;
}

void
translate_free(void)
{
	buf_clear(&catalogue.bytes);
	free(catalogue.texts);
	memset(&catalogue, 0, sizeof catalogue);
}

const char *
translate(bool is_english, const char *dutch)
{
	struct text wanted = { dutch, NULL };
	struct error ignored = ERROR_INIT;
	const struct text *found;

	if (!is_english)
		return dutch;
	/* Without a catalogue the page is in Dutch, which is better than none. */
	if (translate_load(&ignored) == -1)
		catalogue.is_loaded = true;
	if (catalogue.count == 0)
		return dutch;
	found = bsearch(&wanted, catalogue.texts, catalogue.count,
	    sizeof *catalogue.texts, compare);
	return found != NULL ? found->english : dutch;
}
