#include <config.h>

#include "index/verify.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/aside.h"
#include "index/columns.h"
#include "index/database.h"
#include "index/questions.h"
#include "index/store.h"
#include "xapw.h"

/* What is damaged may go round in circles; 5 s a gigabyte is what it takes. */
#define MAX_CPU_S 1800

struct child {
	struct aside aside;
	const char *what;	/* it does */
};

/* What takes longest comes first. */
static const char *const tables[] = {
	"position.glass", "termlist.glass", "postlist.glass", "docdata.glass",
	DATABASE_DELTA,
};

struct verification {
	char *dir;
	struct child children[NELEM(tables) + 1];
	size_t count;
};

/* ---- in a child ---- */

static int
need_file(const char *dir, const char *name, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, name);
	struct stat st;

	if (lstat(path, &st) == -1 || access(path, R_OK) == -1)
		return error_errno(err, ERROR_INDEX, "%s", path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_INDEX, "%s: no regular file", path);
	return 0;
}

/* Is there something of that name, whatever it is? */
static bool
is_there(const char *dir, const char *name)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", dir, name);
	struct stat st;

	return lstat(path, &st) == 0;
}

/*
 * Xapian takes a table that is not there, or cannot be read, for an empty
 * one, and waits for a FIFO.  The tables of data and positions are not made
 * if nothing is in them.
 */
static int
check_files(const struct verify *v, struct error *err)
{
	const struct {
		const char *name;
		bool is_needed;
	} files[] = {
		{ "iamglass", true }, { "postlist.glass", true },
		{ "termlist.glass", true },
		{ "docdata.glass", v->documents > 0 },
		{ "position.glass", false }, { DATABASE_DELTA, false },
		{ DATABASE_HIDDEN, database_has_delta(v->dir) },
	};
	size_t i;

	for (i = 0; i < NELEM(files); i++)
		if ((files[i].is_needed || is_there(v->dir, files[i].name)) &&
		    need_file(v->dir, files[i].name, err) == -1)
			return -1;
	return 0;
}

/* While a generation is made its columns may still be on their way. */
static int
check_columns(const struct verify *v, const struct store *s,
    struct error *err)
{
	const struct columns *c = store_columns(s);

	return c == NULL ? 0 : columns_check(c, v->dir, store_db(s), err);
}

static int
ask(const struct verify *v, struct analyser *a, struct error *err)
{
	CLEAN(store_free) struct store *s = NULL;
	struct store_facts f;

	if (store_open_database(v->dir, a, &s, err) == -1)
		return -1;
	store_facts(s, &f);
	if (f.documents != v->documents)
		return error_set(err, ERROR_INDEX,
		    "%s: has %u documents instead of %u", v->dir, f.documents,
		    v->documents);
	if (check_columns(v, s, err) == -1 || questions_implied(s, err) == -1)
		return -1;
	if (v->canaries == NULL)
		return 0;
	return questions_canaries(s, v->canaries, v->today_ymd, err);
}

static int
check_table(const struct verify *v, const char *table, struct error *err)
{
	CLEAN(str_free) char *path = xasprintf("%s/%s", v->dir, table);
	struct xap_error x;
	size_t n;

	/* Whether it has to be there is found by asking. */
	if (!is_there(v->dir, table))
		return 0;
	if (xap_check(path, &n, &x) == -1)
		return store_error(&x, path, err);
	return n == 0 ? 0 : error_set(err, ERROR_INDEX,
	    "%s: Xapian finds %zu faults", path, n);
}

/* All but these is the database's fault. */
static enum error_kind
kind_of(enum error_kind kind)
{
	static const enum error_kind others[] = {
		ERROR_REFUSED,	/* a canary that fails */
		ERROR_CONFIG,	/* our own data */
		ERROR_IO, ERROR_SPACE,
	};
	size_t i;

	for (i = 0; i < NELEM(others); i++)
		if (kind == others[i])
			return kind;
	return ERROR_INDEX;
}

/* What a child is to do. */
struct duty {
	const struct verify *v;
	struct analyser *analyser;
	const char *table;	/* NULL: to ask */
};

static int
do_duty(void *varg, struct error *err)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	struct rlimit cpu = { MAX_CPU_S, MAX_CPU_S }, core = { 0, 0 };
	const struct duty *d = varg;
	size_t i;
	int rc;

	/* It does not clean up for the job. */
	for (i = 0; i < NELEM(signals); i++)
		signal(signals[i], SIG_DFL);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &core);
	rc = check_files(d->v, err);
	if (rc == 0)
		rc = d->table != NULL ? check_table(d->v, d->table, err) :
		    ask(d->v, d->analyser, err);
	if (rc == -1)
		err->kind = kind_of(err->kind);
	return rc;
}

/* ---- in the parent ---- */

static int
start(struct verification *vn, const struct verify *v, struct analyser *a,
    const char *table, struct error *err)
{
	struct child *c = &vn->children[vn->count];
	struct duty duty = { v, a, table };

	if (aside_start(do_duty, &duty, &c->aside, err) == -1)
		return -1;
	c->what = table != NULL ? table : "questions";
	vn->count++;
	return 0;
}

int
verify_start(const struct verify *v, struct analyser *a,
    struct verification **out, struct error *err)
{
	CLEAN(verify_free) struct verification *vn = xcalloc(1, sizeof *vn);
	size_t i;

	vn->dir = xstrdup(v->dir);
	for (i = 0; v->check_tables && i < NELEM(tables); i++)
		if (start(vn, v, a, tables[i], err) == -1)
			return -1;
	if (start(vn, v, a, NULL, err) == -1)
		return -1;
	*out = vn;
	vn = NULL;
	return 0;
}

static int
finish(const struct verification *vn, struct child *c, struct error *err)
{
	CLEAN(str_free) char *what = xasprintf("%s: the check of its %s",
	    vn->dir, c->what);

	return aside_finish(&c->aside, what, err);
}

int
verify_finish(struct verification **vp, struct error *err)
{
	struct verification *vn = *vp;
	struct error first = ERROR_INIT, other;
	size_t i;
	int rc = 0;

	/* What was found by asking says most. */
	for (i = vn->count; i-- > 0;)
		if (finish(vn, &vn->children[i], rc == 0 ? &first : &other) == -1)
			rc = -1;
	verify_free(vp);
	if (rc == -1)
		*err = first;
	return rc;
}

void
verify_free(struct verification **vp)
{
	struct verification *vn = *vp;
	size_t i;

	if (vn == NULL)
		return;
	for (i = 0; i < vn->count; i++)
		aside_stop(&vn->children[i].aside);
	free(vn->dir);
	free(vn);
	*vp = NULL;
}

int
verify_database(const struct verify *v, struct analyser *a, struct error *err)
{
	struct verification *vn = NULL;

	if (verify_start(v, a, &vn, err) == -1)
		return -1;
	return verify_finish(&vn, err);
}

/* ---- a generation ---- */

/* "DIR/NAME: WHAT", or "DIR: WHAT", or a message about something else. */
static void
add_damage(const char *dir, const struct error *err, struct damages *out)
{
	CLEAN(str_free) char *name = NULL;
	const char *s = err->msg, *colon;
	size_t n = strlen(dir);

	if (strncmp(s, dir, n) == 0 && strncmp(s + n, ": ", 2) == 0)
		s += n + 2;
	else if (strncmp(s, dir, n) == 0 && s[n] == '/' &&
	    (colon = strstr(s + n, ": ")) != NULL) {
		name = xstrndup(s + n + 1, (size_t)(colon - (s + n + 1)));
		s = colon + 2;
	}
	damages_add(out, name != NULL ? name : ".", "%s", s);
}

int
verify_generation(const struct verify *v, struct analyser *a,
    struct manifest_facts *facts, struct damages *out, struct error *err)
{
	CLEAN(verify_free) struct verification *vn = NULL;
	struct verify database = *v;
	size_t before = out->count;
	int rc;

	/* Without a whole manifest there is nothing to compare with. */
	if (manifest_verify(v->dir, MANIFEST_HEAD, facts, err) == -1) {
		add_damage(v->dir, err, out);
		return -1;
	}
	database.documents = facts->documents;
	rc = verify_start(&database, a, &vn, err);
	manifest_check(v->dir, MANIFEST_CONTENTS, NULL, out);
	if (rc == 0)
		rc = verify_finish(&vn, err);
	if (rc == -1)
		add_damage(v->dir, err, out);
	if (out->count == before + (rc == -1))
		return rc;
	return error_set(err, ERROR_INDEX, "%s/%s: %s", v->dir,
	    out->items[before].name, out->items[before].what);
}
