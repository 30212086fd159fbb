#include <config.h>

#include "cgi/settings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/conf.h"
#include "base/mem.h"

#define DEFAULT_INDEX "/var/lib/naslag/index"
#define MAX_URL 200

static const char path_characters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789-._~/%";

/* The length of "https://host:port" in a URL; 0 if it is none of ours. */
static size_t
origin_length(const char *url)
{
	size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 :
	    strncmp(url, "http://", 7) == 0 ? 7 : 0;
	size_t host = scheme == 0 ? 0 : strcspn(url + scheme, "/");

	if (host == 0 || strspn(url + scheme, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-.:[]") < host)
		return 0;
	return scheme + host;
}

/* A path of nothing that would have to be escaped anywhere. */
static bool
is_path(const char *s)
{
	return strlen(s) <= MAX_URL && s[strspn(s, path_characters)] == '\0' &&
	    (*s == '\0' || (*s == '/' && s[1] != '/'));
}

static char *
without_slash(const char *s)
{
	size_t n = strlen(s);

	while (n > 0 && s[n - 1] == '/')
		n--;
	return xstrndup(s, n);
}

static int
set_url(struct settings *s, const struct conf *c, struct error *err)
{
	const char *url = conf_text(c, CONF_URL);
	const char *script = getenv("SCRIPT_NAME");
	size_t n;

	if (url != NULL) {
		n = origin_length(url);
		if (n == 0 || !is_path(url + n))
			return conf_refuse(c, CONF_URL, err);
		s->origin = xstrndup(url, n);
		s->base = without_slash(url + n);
	} else {
		s->base = without_slash(script != NULL && is_path(script) ?
		    script : "");
	}
	return 0;
}

static int
set_documents(struct settings *s, const struct conf *c, struct error *err)
{
	const char *url = conf_text(c, CONF_DOCUMENTS);
	size_t n;

	if (url == NULL)
		return 0;
	n = origin_length(url);
	if (!is_path(url + n) || (n == 0 && *url != '/'))
		return conf_refuse(c, CONF_DOCUMENTS, err);
	s->documents = without_slash(url);
	return 0;
}

static int
read_conf(struct conf *out, struct error *err)
{
	const char *named = getenv("NASLAG_CONF");

	return conf_read(named != NULL ? named : SYSCONFDIR "/naslag.conf",
	    named != NULL, out, err);
}

static int
today(void)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 +
	    tm.tm_mday;
}

int
settings_read(struct settings *out, struct error *err)
{
	CLEAN(settings_clear) struct settings s = { 0 };
	CLEAN(conf_clear) struct conf c = { 0 };
	const char *index = getenv("NASLAG_INDEX");

	if (read_conf(&c, err) == -1 || set_url(&s, &c, err) == -1 ||
	    set_documents(&s, &c, err) == -1)
		return -1;
	if (index == NULL || *index == '\0')
		index = conf_text(&c, CONF_INDEX);
	s.index = xstrdup(index != NULL ? index : DEFAULT_INDEX);
	if (conf_text(&c, CONF_CONTACT) != NULL)
		s.contact = xstrdup(conf_text(&c, CONF_CONTACT));
	s.today_ymd = today();
	s.site = (struct site){ .base = s.base, .origin = s.origin,
	    .documents = s.documents };
	*out = s;
	s = (struct settings){ 0 };
	return 0;
}

void
settings_clear(struct settings *s)
{
	free(s->index);
	free(s->contact);
	free(s->base);
	free(s->origin);
	free(s->documents);
	*s = (struct settings){ 0 };
}
