/*
 * citeart: the parts of a citation of articles, for the files that read them.
 *
 * "artikel 29, eerste lid, aanhef en onder b, en artikel 30 Vw" is a chain of
 * two groups; a group is a list of articles, each with its parts.  The law
 * behind the last group is that of all.
 *
 *    citenum.c    numbers of articles, and ranges of them
 *    citepart.c   lid, onder, aanhef
 *    citeart.c    groups and chains, and where they belong
 */
#ifndef CITEART_H
#define CITEART_H

#include "dutch/citeint.h"

enum { MAX_KEYS = 64, MAX_GROUPS = 12, MAX_PARTS = 24, MAX_RUN = 40,
	NUMBER_BYTES = 20, PART_BYTES = 8,
	KEY_BYTES = NUMBER_BYTES + 3 * PART_BYTES };

struct group {
	size_t begin, end;
	char keys[MAX_KEYS][KEY_BYTES];		/* "29:1:b" */
	size_t count;
	size_t sure;		/* keys before an item that may be no article */
	char first[NUMBER_BYTES];		/* as written: "3:2" */
};

/* The articles that parts belong to: the last of a list or range. */
struct run {
	char numbers[MAX_RUN][NUMBER_BYTES];
	size_t count;
};

/*
 * The number of an article at byte at: 29, 30a, 3.51, 6:162, 1F, 1(F), 4 bis.
 * A colon or dot belongs to it if a digit follows.
 */
size_t article_number(const struct scan *, size_t at,
    char number[NUMBER_BYTES]);
/* IV of "artikel IV": a Roman number in capitals. */
size_t article_roman(const struct scan *, size_t at,
    char number[NUMBER_BYTES]);

void run_add(struct run *, const char *number);
/*
 * Add what is behind the last number of the run, up to and with number: all
 * that can be counted, else the end alone.  3.6a to 3.6c, 29 to 31.
 */
void run_range(struct run *, const char *number);

/* Add a key, of an article or of parts that are not "". */
void group_add(struct group *, const char *number, const char *lid,
    const char *letter, const char *sub);
/*
 * All parts behind a number, which ends at byte at; adds the keys of that
 * article.  Returns where they end.
 */
size_t article_parts(const struct scan *, size_t at, const char *number,
    struct group *);
/* A connector: "," or "en" or both; or of a range, "tot en met", a dash. */
size_t cite_connector(const struct scan *, size_t at, bool *is_range);

#endif
