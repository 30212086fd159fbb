/*
 * settings: the settings of naslag.conf and of the environment.
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "base/error.h"

struct settings {
	char *index;		/* directory of the index */
	unsigned jobs;		/* processes that build; 0: one a processor */
	unsigned delta_mb;	/* a base this large gets deltas, see merge.h */
	char *sentinel;		/* a name that the corpus has to have; NULL: none */
	char *canaries;		/* path of a file, see canaries.h; NULL: none */
	char *known;		/* path of a file, see personal.h; NULL: none */
	char *metrics;		/* path of a file to write; NULL: none */
	int today_ymd;		/* the clock is read here, once */
};

/*
 * Read them: the option --index (may be NULL) wins over NASLAG_INDEX, that
 * over naslag.conf ($NASLAG_CONF, else the installed one, if it is there),
 * that over naslag/index in the user's data directory.  Returns -1 with
 * ERROR_CONFIG.  Free with settings_clear().
 */
int settings_read(const char *index_option, struct settings *out, struct error *);
void settings_clear(struct settings *);

#endif
