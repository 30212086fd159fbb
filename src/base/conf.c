#include <config.h>

#include "base/conf.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

static const char *const names[] = {
	[CONF_CANARIES] = "canaries",
	[CONF_CONTACT] = "contact",
	[CONF_DELTA] = "delta",
	[CONF_DOCUMENTS] = "documents",
	[CONF_INDEX] = "index",
	[CONF_JOBS] = "jobs",
	[CONF_KNOWN] = "known",
	[CONF_METRICS] = "metrics",
	[CONF_SENTINEL] = "sentinel",
	[CONF_URL] = "url",
};

static char *
trim(char *s)
{
	char *end = s + strlen(s);

	while (isspace((unsigned char)*s))
		s++;
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return s;
}

static int
unknown(const struct conf *c, unsigned line, const char *name,
    struct error *err)
{
	CLEAN(buf_clear) struct buf all = BUF_INIT;
	size_t i;

	for (i = 0; i < NCONF; i++)
		buf_addf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
	return error_set(err, ERROR_CONFIG,
	    "%s:%u: unknown setting '%s'; known are: %s", c->path, line, name,
	    buf_str(&all));
}

static int
read_line(struct conf *c, char *line, unsigned number, struct error *err)
{
	char *equals, *name = trim(line);
	size_t i;

	if (*name == '\0' || *name == '#')
		return 0;
	if ((equals = strchr(name, '=')) == NULL)
		return error_set(err, ERROR_CONFIG,
		    "%s:%u: not of the form NAME = VALUE", c->path, number);
	*equals = '\0';
	name = trim(name);
	for (i = 0; i < NCONF; i++)
		if (strcmp(names[i], name) == 0)
			break;
	if (i == NCONF)
		return unknown(c, number, name, err);
	free(c->values[i].text);
	c->values[i].text = xstrdup(trim(equals + 1));
	c->values[i].line = number;
	return 0;
}

int
conf_read(const char *path, bool must_exist, struct conf *out,
    struct error *err)
{
	CLEAN(conf_clear) struct conf c = { .path = xstrdup(path) };
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	unsigned number = 0;
	int rc = 0;

	if (f == NULL && (errno != ENOENT || must_exist))
		return error_errno(err, ERROR_CONFIG, "cannot read %s", path);
	while (f != NULL && rc == 0 && getline(&line, &cap, f) != -1)
		rc = read_line(&c, line, ++number, err);
	free(line);
	if (f != NULL)
		fclose(f);
	if (rc == -1)
		return -1;
	*out = c;
	c = (struct conf){ 0 };
	return 0;
}

void
conf_clear(struct conf *c)
{
	size_t i;

	for (i = 0; i < NCONF; i++)
		free(c->values[i].text);
	free(c->path);
	*c = (struct conf){ 0 };
}

const char *
conf_text(const struct conf *c, enum conf_key key)
{
	return c->values[key].text;
}

int
conf_refuse(const struct conf *c, enum conf_key key, struct error *err)
{
	return error_set(err, ERROR_CONFIG, "%s:%u: bad value for '%s'",
	    c->path, c->values[key].line, names[key]);
}
