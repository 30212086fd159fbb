#include <config.h>

#include "cmd/settings.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"

#define MAX_JOBS 256
#define MAX_DELTA_MB 1000000
/* A smaller base is made anew in a second, which keeps statistics exact. */
#define DELTA_MB 64

static int
set_text(char **to, const char *value)
{
	if (*value == '\0')
		return -1;
	free(*to);
	*to = xstrdup(value);
	return 0;
}

static int
set_index(struct settings *s, const char *value)
{
	/* An empty one is found out when all sources have been heard. */
	free(s->index);
	s->index = xstrdup(value);
	return 0;
}

static int
set_sentinel(struct settings *s, const char *value)
{
	return set_text(&s->sentinel, value);
}

static int
set_canaries(struct settings *s, const char *value)
{
	return set_text(&s->canaries, value);
}

static int
set_metrics(struct settings *s, const char *value)
{
	return set_text(&s->metrics, value);
}

static int
set_number(unsigned *to, const char *value, unsigned long max)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (!isdigit((unsigned char)*value) || *end != '\0' || n > max)
		return -1;
	*to = (unsigned)n;
	return 0;
}

static int
set_jobs(struct settings *s, const char *value)
{
	return set_number(&s->jobs, value, MAX_JOBS);
}

static int
set_delta(struct settings *s, const char *value)
{
	return set_number(&s->delta_mb, value, MAX_DELTA_MB);
}

static const struct {
	const char *name;
	int (*set)(struct settings *, const char *);
} keys[] = {
	{ "canaries", set_canaries },
	{ "delta", set_delta },
	{ "index", set_index },
	{ "jobs", set_jobs },
	{ "metrics", set_metrics },
	{ "sentinel", set_sentinel },
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
set_line(struct settings *s, char *line, const char *path, unsigned lineno,
    struct error *err)
{
	char *equals, *name = trim(line);
	size_t i;

	if (*name == '\0' || *name == '#')
		return 0;
	if ((equals = strchr(name, '=')) == NULL)
		return error_set(err, ERROR_CONFIG,
		    "%s:%u: not of the form NAME = VALUE", path, lineno);
	*equals = '\0';
	name = trim(name);
	for (i = 0; i < NELEM(keys); i++)
		if (strcmp(keys[i].name, name) == 0)
			break;
	if (i == NELEM(keys))
		return error_set(err, ERROR_CONFIG, "%s:%u: unknown setting '%s'; "
		    "known are: canaries, delta, index, jobs, metrics, sentinel",
		    path, lineno, name);
	if (keys[i].set(s, trim(equals + 1)) == -1)
		return error_set(err, ERROR_CONFIG, "%s:%u: bad value for '%s'",
		    path, lineno, name);
	return 0;
}

static int
read_file(struct settings *s, struct error *err)
{
	const char *named = getenv("NASLAG_CONF");
	const char *path = named != NULL ? named : SYSCONFDIR "/naslag.conf";
	FILE *f = fopen(path, "re");
	char *line = NULL;
	size_t cap = 0;
	unsigned lineno = 0;
	int rc = 0;

	if (f == NULL && errno == ENOENT && named == NULL)
		return 0;
	if (f == NULL)
		return error_errno(err, ERROR_CONFIG, "cannot read %s", path);
	while (rc == 0 && getline(&line, &cap, f) != -1)
		rc = set_line(s, line, path, ++lineno, err);
	free(line);
	fclose(f);
	return rc;
}

static char *
default_index(void)
{
	const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");

	if (data != NULL && *data == '/')
		return xasprintf("%s/naslag/index", data);
	if (home != NULL && *home == '/')
		return xasprintf("%s/.local/share/naslag/index", home);
	return xstrdup("/var/lib/naslag/index");
}

int
settings_read(const char *index_option, struct settings *out, struct error *err)
{
	CLEAN(settings_clear) struct settings s = { .delta_mb = DELTA_MB };
	const char *env = getenv("NASLAG_INDEX");
	time_t now = time(NULL);
	struct tm tm;

	if (read_file(&s, err) == -1)
		return -1;
	if (env != NULL && *env != '\0')
		set_index(&s, env);
	if (index_option != NULL)
		set_index(&s, index_option);
	if (s.index == NULL)
		s.index = default_index();
	if (*s.index == '\0')
		return error_set(err, ERROR_CONFIG, "the index has no name");
	localtime_r(&now, &tm);
	s.today_ymd = (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 +
	    tm.tm_mday;
	*out = s;
	s = (struct settings){ 0 };
	return 0;
}

void
settings_clear(struct settings *s)
{
	free(s->index);
	free(s->sentinel);
	free(s->canaries);
	free(s->metrics);
	*s = (struct settings){ 0 };
}
