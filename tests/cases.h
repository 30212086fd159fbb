/*
 * cases: tables of cases, tests/ *.tsv: lines of cells behind comments, as in
 * data/.
 */
#ifndef CASES_H
#define CASES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct cases {
	FILE *f;		/* NULL: there is no such table */
	char *line;
	size_t cap;
};

/* Where tests/NAME is; the caller frees it. */
static inline char *
cases_path(const char *name)
{
	const char *top = getenv("srcdir");

	return xasprintf("%s/tests/%s", top != NULL ? top : ".", name);
}

static inline struct cases
cases_open(const char *path)
{
	return (struct cases){ .f = fopen(path, "re") };
}

static inline void
cases_close(struct cases *c)
{
	if (c->f != NULL)
		fclose(c->f);
	free(c->line);
}

/* The next line that is no comment and not empty; NULL: that was all. */
static inline char *
cases_next(struct cases *c)
{
	while (c->f != NULL && getline(&c->line, &c->cap, c->f) > 0) {
		c->line[strcspn(c->line, "\n")] = '\0';
		if (*c->line != '#' && *c->line != '\0')
			return c->line;
	}
	return NULL;
}

/* Cut a line into n cells; those that it has not are "". */
static inline void
cases_cut(char *line, char **cells, size_t n)
{
	char *end = line + strlen(line), *rest = line;
	size_t i;

	for (i = 0; i < n; i++)
		if ((cells[i] = strsep(&rest, "\t")) == NULL)
			cells[i] = end;
}

#endif
