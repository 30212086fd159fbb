#include <config.h>

#include "cmd/settings.h"

#include <ctype.h>
#include <stdlib.h>
#include <time.h>

#include "base/conf.h"
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
set_known(struct settings *s, const char *value)
{
	return set_text(&s->known, value);
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
	enum conf_key key;
	int (*set)(struct settings *, const char *);
} keys[] = {
	{ CONF_CANARIES, set_canaries },
	{ CONF_DELTA, set_delta },
	{ CONF_INDEX, set_index },
	{ CONF_JOBS, set_jobs },
	{ CONF_KNOWN, set_known },
	{ CONF_METRICS, set_metrics },
	{ CONF_SENTINEL, set_sentinel },
};

/* What is not among the keys is the endpoint's. */
static int
read_file(struct settings *s, struct error *err)
{
	CLEAN(conf_clear) struct conf c = { 0 };
	const char *named = getenv("NASLAG_CONF"), *value;
	size_t i;

	if (conf_read(named != NULL ? named : SYSCONFDIR "/naslag.conf",
	    named != NULL, &c, err) == -1)
		return -1;
	for (i = 0; i < NELEM(keys); i++)
		if ((value = conf_text(&c, keys[i].key)) != NULL &&
		    keys[i].set(s, value) == -1)
			return conf_refuse(&c, keys[i].key, err);
	return 0;
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
	free(s->known);
	free(s->metrics);
	*s = (struct settings){ 0 };
}
