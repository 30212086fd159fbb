#include <config.h>

#include "model/doc.h"

#include <stdlib.h>
#include <string.h>

static const char *const origin_names[NORIGINS] = {
	[ORIGIN_SIDECAR] = "sidecar",
	[ORIGIN_EMBEDDED] = "embedded",
	[ORIGIN_TEXT] = "text",
	[ORIGIN_TITLE] = "title",
	[ORIGIN_NAME] = "name",
	[ORIGIN_FOLDER] = "folder",
	[ORIGIN_DERIVED] = "derived",
};

const char *
origin_name(enum origin origin)
{
	return origin_names[origin];
}

static void
values_clear(struct doc_values *v)
{
	size_t i;

	for (i = 0; i < v->count; i++)
		free(v->items[i].text);
	free(v->items);
	*v = (struct doc_values){ 0 };
}

#define MEMBER(doc, offset, type) ((type *)(void *)((char *)(doc) + (offset)))
#define MEMBER_OF(doc, offset, type) \
	((type const *)(const void *)((const char *)(doc) + (offset)))

/* The members that are lists of strings. */
static const struct {
	const char *name;
	size_t items, count;	/* offsets in struct doc */
} lists[] = {
	{ "ook", offsetof(struct doc, ook_als),
	    offsetof(struct doc, nook_als) },
	{ "vervangt", offsetof(struct doc, vervangt),
	    offsetof(struct doc, nvervangt) },
	{ "vervangenDoor", offsetof(struct doc, vervangen_door),
	    offsetof(struct doc, nvervangen_door) },
	{ "conflict", offsetof(struct doc, conflicts),
	    offsetof(struct doc, nconflicts) },
};

static void
list_clear(char ***items, size_t *n)
{
	while (*n > 0)
		free((*items)[--*n]);
	free(*items);
	*items = NULL;
}

void
doc_list_add(char ***items, size_t *n, char *s)
{
	*items = xrealloc(*items, (*n + 1) * sizeof **items);
	(*items)[(*n)++] = s;
}

void
doc_clear(struct doc *doc)
{
	size_t i;

	free(doc->id);
	free(doc->pad);
	free(doc->bestand);
	free(doc->url);
	free(doc->citeertitel);
	free(doc->status);
	free(doc->verouderd);
	free(doc->herkend);
	free(doc->paginering);
	for (i = 0; i < NFIELDS; i++)
		values_clear(&doc->values[i]);
	for (i = 0; i < NELEM(lists); i++)
		list_clear(MEMBER(doc, lists[i].items, char **),
		    MEMBER(doc, lists[i].count, size_t));
	free(doc->marks);
	buf_clear(&doc->text);
	*doc = (struct doc){ 0 };
}

static void
values_push(struct doc_values *v, char *text, enum origin origin)
{
	GROW(v->items, v->count, v->cap);
	v->items[v->count++] = (struct doc_value){ text, origin };
}

static int
values_have(const struct doc_values *v, const char *text)
{
	size_t i;

	for (i = 0; i < v->count; i++)
		if (strcmp(v->items[i].text, text) == 0)
			return 1;
	return 0;
}

void
doc_add(struct doc *doc, enum field_id field, const char *value,
    enum origin origin)
{
	struct doc_values *v = &doc->values[field];
	int is_many = (fields[field].flags & FIELD_MANY) != 0;

	/* Origins are not mixed, so the first value's is that of all. */
	if (v->count > 0) {
		enum origin old = v->items[0].origin;

		if (old < origin || (old == origin && !is_many))
			return;
		if (old == origin && values_have(v, value))
			return;
		if (old > origin)
			values_clear(v);
	}
	values_push(v, xstrdup(value), origin);
}

const char *
doc_first(const struct doc *doc, enum field_id field)
{
	const struct doc_values *v = &doc->values[field];

	return v->count > 0 ? v->items[0].text : NULL;
}

/*
 * The record.  A line is
 *
 *    NAME=VALUE          id, pad, url, citeertitel, status, paginas, ook,
 *                        vervangt, vervangenDoor
 *    NAME:ORIGIN=VALUE   a field, once for each value; datum, van and tot as
 *                        YYYYMMDD
 *
 * with newline as "\n" and backslash as "\\".
 */

static void
print_escaped(const char *s, struct buf *out)
{
	size_t n;

	for (;;) {
		n = strcspn(s, "\\\n");
		buf_add(out, s, n);
		if (s[n] == '\0')
			return;
		buf_adds(out, s[n] == '\n' ? "\\n" : "\\\\");
		s += n + 1;
	}
}

static void
print_line(const char *name, const char *origin, const char *value,
    struct buf *out)
{
	if (value == NULL)
		return;
	buf_adds(out, name);
	if (origin != NULL) {
		buf_addc(out, ':');
		buf_adds(out, origin);
	}
	buf_addc(out, '=');
	print_escaped(value, out);
	buf_addc(out, '\n');
}

/* The members that are dates, in the order in which they are printed. */
static const struct {
	const char *name;
	size_t ymd, origin;	/* offsets in struct doc */
} dates[] = {
	{ "datum", offsetof(struct doc, datum_ymd),
	    offsetof(struct doc, datum_origin) },
	{ "van", offsetof(struct doc, van_ymd),
	    offsetof(struct doc, van_origin) },
	{ "tot", offsetof(struct doc, tot_ymd),
	    offsetof(struct doc, tot_origin) },
};

/* The members that are one string. */
static const struct {
	const char *name;
	size_t text;
} strings[] = {
	{ "id", offsetof(struct doc, id) },
	{ "pad", offsetof(struct doc, pad) },
	{ "bestand", offsetof(struct doc, bestand) },
	{ "url", offsetof(struct doc, url) },
	{ "citeertitel", offsetof(struct doc, citeertitel) },
	{ "status", offsetof(struct doc, status) },
	{ "verouderd", offsetof(struct doc, verouderd) },
	{ "herkend", offsetof(struct doc, herkend) },
	{ "paginering", offsetof(struct doc, paginering) },
};

void
doc_record_print(const struct doc *doc, struct buf *out)
{
	size_t i, k;

	for (i = 0; i < NELEM(strings); i++)
		print_line(strings[i].name, NULL,
		    *MEMBER_OF(doc, strings[i].text, char *), out);
	for (i = 0; i < NFIELDS; i++)
		for (k = 0; k < doc->values[i].count; k++)
			print_line(fields[i].name,
			    origin_names[doc->values[i].items[k].origin],
			    doc->values[i].items[k].text, out);
	for (i = 0; i < NELEM(dates); i++) {
		int ymd = *MEMBER_OF(doc, dates[i].ymd, int);

		if (ymd != 0)
			buf_addf(out, "%s:%s=%08d\n", dates[i].name,
			    origin_names[*MEMBER_OF(doc, dates[i].origin,
			    enum origin)], ymd);
	}
	if (doc->paginas != 0)
		buf_addf(out, "paginas=%u\n", (unsigned)doc->paginas);
	for (i = 0; i < NELEM(lists); i++)
		for (k = 0; k < *MEMBER_OF(doc, lists[i].count, size_t); k++)
			print_line(lists[i].name, NULL,
			    (*MEMBER_OF(doc, lists[i].items, char **))[k], out);
}

/* The n bytes of a value, unescaped; NULL if an escape is wrong. */
static char *
unescape(const char *s, size_t n)
{
	char *out = xmalloc(n + 1), *to = out;
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] != '\\') {
			*to++ = s[i];
			continue;
		}
		if (++i == n || (s[i] != 'n' && s[i] != '\\')) {
			free(out);
			return NULL;
		}
		*to++ = s[i] == 'n' ? '\n' : '\\';
	}
	*to = '\0';
	return out;
}

static int
name_is(const char *s, size_t n, const char *name)
{
	return strlen(name) == n && memcmp(s, name, n) == 0;
}

static int
parse_number(const char *s, uint32_t *out)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; s[i] != '\0'; i++) {
		if (s[i] < '0' || s[i] > '9' || i == 10)
			return -1;
		n = n * 10 + (uint64_t)(s[i] - '0');
	}
	if (i == 0 || n > UINT32_MAX)
		return -1;
	*out = (uint32_t)n;
	return 0;
}

/* Take "NAME=VALUE".  Takes over *value, or leaves it. */
static int
parse_plain(struct doc *doc, const char *name, size_t n, char **value)
{
	size_t i;

	for (i = 0; i < NELEM(strings); i++) {
		char **to = MEMBER(doc, strings[i].text, char *);

		if (!name_is(name, n, strings[i].name))
			continue;
		if (*to != NULL)
			return -1;
		*to = *value;
		*value = NULL;
		return 0;
	}
	if (name_is(name, n, "paginas"))
		return parse_number(*value, &doc->paginas);
	for (i = 0; i < NELEM(lists); i++) {
		if (!name_is(name, n, lists[i].name))
			continue;
		doc_list_add(MEMBER(doc, lists[i].items, char **),
		    MEMBER(doc, lists[i].count, size_t), *value);
		*value = NULL;
		return 0;
	}
	return -1;
}

/* Take "NAME:ORIGIN=VALUE".  Takes over *value, or leaves it. */
static int
parse_field(struct doc *doc, const char *name, size_t n, enum origin origin,
    char **value)
{
	uint32_t ymd;
	size_t i;

	for (i = 0; i < NFIELDS; i++) {
		if (!name_is(name, n, fields[i].name))
			continue;
		if (fields[i].kind != FIELD_KEYWORD &&
		    fields[i].kind != FIELD_TEXT)
			break;
		values_push(&doc->values[i], *value, origin);
		*value = NULL;
		return 0;
	}
	for (i = 0; i < NELEM(dates); i++) {
		if (!name_is(name, n, dates[i].name))
			continue;
		if (parse_number(*value, &ymd) == -1 || ymd > 99991231)
			return -1;
		*MEMBER(doc, dates[i].ymd, int) = (int)ymd;
		*MEMBER(doc, dates[i].origin, enum origin) = origin;
		return 0;
	}
	return -1;
}

static int
parse_line(struct doc *doc, const char *line, const char *end)
{
	const char *equals = memchr(line, '=', (size_t)(end - line)), *colon;
	CLEAN(str_free) char *value = NULL;
	size_t origin;

	if (equals == NULL || equals == line)
		return -1;
	value = unescape(equals + 1, (size_t)(end - equals - 1));
	if (value == NULL)
		return -1;
	colon = memchr(line, ':', (size_t)(equals - line));
	if (colon == NULL)
		return parse_plain(doc, line, (size_t)(equals - line), &value);
	if (colon == line)
		return -1;
	for (origin = 0; origin < NORIGINS; origin++)
		if (name_is(colon + 1, (size_t)(equals - colon - 1),
		    origin_names[origin]))
			return parse_field(doc, line, (size_t)(colon - line),
			    (enum origin)origin, &value);
	return -1;
}

int
doc_record_parse(const char *bytes, size_t n, struct doc *out,
    struct error *err)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	const char *line = bytes, *end = bytes + n, *eol;

	for (; line < end; line = eol + 1) {
		eol = memchr(line, '\n', (size_t)(end - line));
		if (eol == NULL || parse_line(&doc, line, eol) == -1)
			return error_set(err, ERROR_INDEX,
			    "a document record is damaged at byte %zu",
			    (size_t)(line - bytes));
	}
	if (doc.id == NULL || doc.pad == NULL)
		return error_set(err, ERROR_INDEX,
		    "a document record without id or path");
	*out = doc;
	doc = (struct doc){ 0 };
	return 0;
}
