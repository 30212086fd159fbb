#include <config.h>

#include "index/canaries.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "model/query.h"

#define DEFAULT_RANK 10

/* A line of a file, without its end. */
struct line {
	const char *path;
	unsigned number;	/* from 1 */
	char *text;
};

static int
refuse(const struct line *l, struct error *err, const char *why)
{
	return error_set(err, ERROR_CONFIG, "%s:%u: %s", l->path, l->number, why);
}

/* Returns NULL, or what is wrong with it. */
static const char *
parse_rank(const char *s, unsigned *out)
{
	size_t n = strlen(s);
	unsigned long rank;

	if (n == 0 || n > 9 || strspn(s, "0123456789") != n)
		return "the rank is no number";
	rank = strtoul(s, NULL, 10);
	if (rank < 1 || rank > QUERY_MAX_COUNT)
		return "the rank is not from 1 to 1000";
	*out = (unsigned)rank;
	return NULL;
}

/* A question that cannot be asked is the file's fault, not the index's. */
static int
check_question(const struct line *l, const char *question, struct error *err)
{
	CLEAN(query_clear) struct query q;
	struct error why = ERROR_INIT;

	query_init(&q, 20000101);
	if (query_set(&q, "q", question, &why) == 0)
		return 0;
	return refuse(l, err, why.msg);
}

/* "question TAB document [TAB rank]" */
static int
parse(const struct line *l, struct canaries *out, struct error *err)
{
	struct canary c = { .rank = DEFAULT_RANK, .line = l->number };
	char *rest = l->text, *question = strsep(&rest, "\t");
	char *document = strsep(&rest, "\t"), *rank = strsep(&rest, "\t");
	const char *wrong = NULL;

	if (!utf8_valid(question, strlen(question)) ||
	    (document != NULL && !utf8_valid(document, strlen(document))))
		wrong = "not UTF-8";
	else if (document == NULL || *question == '\0' || *document == '\0')
		wrong = "not of the form QUESTION TAB DOCUMENT [TAB RANK]";
	else if (rest != NULL)
		wrong = "more than three cells";
	else if (rank != NULL)
		wrong = parse_rank(rank, &c.rank);
	if (wrong != NULL)
		return refuse(l, err, wrong);
	if (check_question(l, question, err) == -1)
		return -1;
	c.question = xstrdup(question);
	c.document = xstrdup(document);
	GROW(out->items, out->count, out->cap);
	out->items[out->count++] = c;
	return 0;
}

static int
read_lines(FILE *f, struct canaries *out, struct error *err)
{
	struct line l = { .path = out->path };
	CLEAN(str_free) char *line = NULL;
	size_t cap = 0;
	ssize_t n;

	while ((n = getline(&line, &cap, f)) != -1) {
		l.number++;
		while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			line[--n] = '\0';
		l.text = line;
		if (strlen(line) != (size_t)n)
			return refuse(&l, err, "not text");
		if (n > 0 && *line != '#' && parse(&l, out, err) == -1)
			return -1;
	}
	if (ferror(f))
		return error_errno(err, ERROR_CONFIG, "cannot read %s",
		    out->path);
	return 0;
}

int
canaries_read(const char *path, struct canaries *out, struct error *err)
{
	CLEAN(canaries_clear) struct canaries c = { .path = xstrdup(path) };
	FILE *f = fopen(path, "re");
	int rc;

	if (f == NULL)
		return error_errno(err, ERROR_CONFIG, "cannot read %s", path);
	rc = read_lines(f, &c, err);
	fclose(f);
	if (rc == -1)
		return -1;
	*out = c;
	c = (struct canaries){ 0 };
	return 0;
}

void
canaries_clear(struct canaries *l)
{
	size_t i;

	for (i = 0; i < l->count; i++) {
		free(l->items[i].question);
		free(l->items[i].document);
	}
	free(l->items);
	free(l->path);
	*l = (struct canaries){ 0 };
}
