/*
 * query: one question, however it was asked.
 *
 * query_set() is the only way in: options, URL parameters and field:value in
 * typed text all pass through it, so all accept the same and complain alike.
 */
#ifndef QUERY_H
#define QUERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "model/fields.h"
#include "model/note.h"

/* ---- typed text, parsed ---- */

enum node_op {
	NODE_GROUP,		/* juxtaposed items, each with its need */
	NODE_AND,
	NODE_OR,
	NODE_WORD,		/* text: what was typed between spaces */
	NODE_PREFIX,		/* text: without the asterisk */
	NODE_PHRASE,		/* text: literal words in this order */
	NODE_NEAR,		/* kids within window words of each other */
	NODE_VALUE,		/* a field's value inside brackets or OF */
};

enum need { NEED_NONE, NEED_MUST, NEED_NOT };

struct filter {
	const struct field *field;
	char *value;		/* stored form; NULL for a range of dates */
	int from_ymd, to_ymd;	/* FIELD_DATE: both ends included */
	bool is_excluded;
};

struct node {
	enum node_op op;
	enum need need;		/* within a NODE_GROUP */
	const struct field *field;	/* of words: NULL for the whole text */
	char *text;
	uint32_t window;
	struct filter value;	/* NODE_VALUE */
	struct node **kids;
	size_t nkids, cap_kids;
};

void node_free(struct node **);

/* ---- the question ---- */

enum query_sort { SORT_RELEVANCE, SORT_DATE, SORT_TITLE };

/* The greatest rank and page that can be asked for. */
#define QUERY_MAX_RANK	10000
#define QUERY_MAX_COUNT	1000
#define QUERY_MAX_EXPANSION 50000	/* struct query_limits */
#define QUERY_MAX_WORK	10000000
#define QUERY_WORD_WORK	2
#define QUERY_LIGHT_WORK 500
/* The same for visitors of the endpoint, who wait in a queue: cgi/caps.h. */
#define QUERY_SITE_RANK	990
#define QUERY_SITE_COUNT 50
#define QUERY_MAX_BYTES	4096	/* of typed text */
#define QUERY_MAX_WORDS	64
#define QUERY_MAX_VALUE	200	/* bytes of a field's value */
#define QUERY_MIN_PREFIX 3	/* characters before an asterisk */
#define QUERY_MAX_DEPTH	8	/* brackets within brackets */

/*
 * What a question may cost to search for, beyond what query_set() allows.
 * What costs more is refused, never answered in part.
 */
struct query_limits {
	/* Words that an asterisk may stand for. */
	uint32_t expansion;
	/*
	 * What "...", NABIJ and asterisks may take together: documents in
	 * which places of words are compared, and words that an asterisk
	 * stands for, which take as long as QUERY_WORD_WORK documents each.
	 * One of them by itself is always answered.
	 */
	uint32_t work;
	/* What takes less than this counts for nothing. */
	uint32_t light;
};

struct query {
	char *q;		/* as typed; "" if nothing was */
	struct node *text;	/* NULL: no words, all documents */
	struct node *titles;	/* in text: the alternatives given as a key */
	struct filter *filters;	/* alternatives within a field, all fields */
	size_t nfilters, cap_filters;
	int peil_ymd;		/* date of reference for validity */
	enum query_sort sort;
	char *like;		/* the id of the document that answers are to be
				 * like; NULL: of none */
	unsigned vanaf, aantal;
	bool is_literal;	/* look for no other words than those typed */
	bool is_corrected;	/* as it was meant, not as it was typed */
	bool is_explained;	/* say what each hit was found by */
	struct notes notes;	/* on how it was read */
	uint32_t keys_seen;	/* to refuse a key given twice */
	struct query_limits limits;
};

/*
 * An empty question; today_ymd is the date of reference until one is set.  Its
 * limits are those of the terminal, whose user waits for nobody else.
 */
void query_init(struct query *, int today_ymd);
void query_clear(struct query *);

/*
 * Set one key.  Returns -1 with ERROR_QUERY, in Dutch, for an unknown key, an
 * impossible value, a key given twice that may not be, or bytes that are not
 * UTF-8.  q parses typed text and never fails otherwise.
 */
int query_set(struct query *, const char *key, const char *value, struct error *);

/* Is there a key of that name? */
bool query_key_exists(const char *key);
/* The names of all keys, "q", "soort", ...; NULL-terminated. */
const char *const *query_keys(void);

/* How the question was read, in the syntax that query_set("q") reads. */
void query_print(const struct query *, struct buf *out);
void node_print(const struct node *, struct buf *out);
/* How many brackets lie within each other in typed text, those in quotes not. */
unsigned query_depth(const char *);


/* The name of a sort order: "relevantie". */
const char *query_sort_name(enum query_sort);

/* ---- for parse.c, cql.c, filter.c and query.c ---- */

struct node *node_new(enum node_op);
/* Append a kid, which is the parent's then; NULL is none. */
void node_add(struct node *parent, struct node *kid);

/* Parse typed text into q->text and q->filters; remarks into q->notes. */
void query_parse(struct query *, const char *text);
/*
 * The value of a key such as titel: a word, a beginning with an asterisk, or
 * literal words; NULL if no letter or digit is in it.
 */
struct node *query_parse_words(struct query *, const struct field *,
    const char *words);
/*
 * Read value as a value of f ("!" before it excludes).  Returns -1 with
 * ERROR_QUERY if it cannot be one.  The caller frees out->value.
 */
int filter_parse(const struct field *f, const char *value, struct filter *out,
    struct error *);
/* Returns -1 with ERROR_QUERY if a value is empty or too long to be one. */
int filter_check_length(const struct field *, const char *value, struct error *);
void filter_print(const struct filter *, struct buf *out);
/* As behind the key of its field: "!SY", "2020..2023". */
void filter_print_value(const struct filter *, struct buf *out);
bool filter_equal(const struct filter *, const struct filter *);
void query_add_filter(struct query *, struct filter *);

#endif
