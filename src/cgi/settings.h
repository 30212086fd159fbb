/*
 * settings: what naslag.conf says of the endpoint.
 *
 *    index      directory of the index
 *    url        where the endpoint is seen from outside
 *    documents  URL below which the corpus is published
 *    contact    whom to ask about the API
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/error.h"
#include "show/site.h"

struct settings {
	char *index;
	char *contact;		/* NULL: none */
	char *base, *origin, *documents;
	struct site site;	/* borrows those three */
	int today_ymd;
};

/*
 * Read them: of the environment NASLAG_CONF and NASLAG_INDEX, which only the
 * web server's own configuration can set, and SCRIPT_NAME where no url is
 * set.  Returns -1 with ERROR_CONFIG.  Free with settings_clear().
 */
int settings_read(struct settings *out, struct error *);
void settings_clear(struct settings *);

#endif
