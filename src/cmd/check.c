#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "cmd/command.h"
#include "cmd/privacy.h"
#include "index/files.h"
#include "index/generation.h"
#include "index/manifest.h"
#include "index/spare.h"
#include "index/store.h"
#include "index/tree.h"
#include "index/verify.h"

static const struct option check_options[] = {
	{ "privacy", NULL, "list what personal data the documents show instead" },
	{ NULL, NULL, NULL },
};

struct check {
	const struct settings *settings;
	struct analyser *analyser;
	struct canaries canaries;
	uint32_t live;
	char *live_dir;
	struct manifest_facts facts;	/* of the live one */
	enum error_kind wrong;	/* with it; ERROR_NONE: it is intact */
	size_t damages, conflicts, unreadable, stale;
	struct buf whole;	/* older generations that are */
	struct buf *out;
};

/* ---- lines ---- */

/* Text of one cell, whatever is in it. */
static void
add_text(struct buf *out, const char *s)
{
	size_t from = out->len;

	utf8_clean(s, strlen(s), out);
	for (; from < out->len; from++)
		if (out->s[from] == '\t' || out->s[from] == '\n')
			out->s[from] = ' ';
}

static void
add_line(struct check *c, const char *kind, const char *path,
    const char *detail)
{
	buf_addf(c->out, "%s\t", kind);
	percent_encode(path, c->out);
	buf_addc(c->out, '\t');
	add_text(c->out, detail);
	buf_addc(c->out, '\n');
}

/* The first thing that is wrong decides on the status. */
static void
add_wrong(struct check *c, const char *kind, const char *path,
    const struct error *err)
{
	add_line(c, kind, path, err->msg);
	if (c->wrong == ERROR_NONE)
		c->wrong = err->kind;
	c->damages++;
}

/* ---- generations ---- */

/*
 * Xapian checks a table only if it could write to it: who may read the index
 * only is told so.
 */
static bool
can_check_tables(struct check *c)
{
	CLEAN(str_free) char *table = xasprintf("%s/postlist.glass",
	    c->live_dir);
	CLEAN(str_free) char *name = xasprintf("gen-%u", c->live);

	if (access(table, F_OK) == -1 || access(table, W_OK) == 0)
		return true;
	add_line(c, "note", name,
	    "without the right to write, Xapian's own check is left out");
	return false;
}

static void
check_live(struct check *c)
{
	CLEAN(damages_clear) struct damages found = { 0 };
	struct verify v = {
		.dir = c->live_dir, .canaries = &c->canaries,
		.today_ymd = c->settings->today_ymd,
		.check_tables = can_check_tables(c),
	};
	struct error err = ERROR_INIT;
	size_t i;

	if (verify_generation(&v, c->analyser, &c->facts, &found, &err) == 0)
		return;
	c->wrong = err.kind;
	for (i = 0; i < found.count; i++) {
		const struct damage *d = &found.items[i];
		CLEAN(str_free) char *path = strcmp(d->name, ".") == 0 ?
		    xasprintf("gen-%u", c->live) :
		    xasprintf("gen-%u/%s", c->live, d->name);

		/* The names of a manifest are encoded already. */
		buf_addf(c->out, "%s\t%s\t", err.kind == ERROR_REFUSED ?
		    "canary" : "damage", path);
		add_text(c->out, d->what);
		buf_addc(c->out, '\n');
		c->damages++;
	}
}

/* One that is older, or that nothing published says is live. */
static void
check_other(struct check *c, uint32_t number)
{
	CLEAN(str_free) char *dir = generation_path(c->settings->index, number);
	CLEAN(str_free) char *name = xasprintf("gen-%u", number);
	CLEAN(str_free) char *detail = NULL;
	CLEAN(damages_clear) struct damages found = { 0 };
	struct verify v = { .dir = dir, .today_ymd = c->settings->today_ymd };
	struct manifest_facts facts;
	struct error err;

	if (verify_generation(&v, c->analyser, &facts, &found, &err) == -1) {
		/* One that a job removed meanwhile is no damage. */
		if (access(dir, F_OK) == 0)
			add_line(c, "generation", name, err.msg);
		return;
	}
	detail = xasprintf("whole: %u documents, made %s", facts.documents,
	    facts.made);
	add_line(c, "generation", name, detail);
	if (c->live == 0 || number < c->live)
		buf_addf(&c->whole, "%s%s", c->whole.len > 0 ? ", " : "", name);
}

/* The copy of the live base, where there is one. */
static void
check_spare(struct check *c)
{
	CLEAN(str_free) char *dir = spare_path(c->settings->index);
	struct error err;

	if (c->live == 0 || access(dir, F_OK) == -1)
		return;
	add_line(c, "generation", "spare", manifest_verify_as(dir, c->live_dir,
	    generation_is_base, &err) == 0 ? "whole: a copy of the base" :
	    err.msg);
}

static int
check_generations(struct check *c, struct error *err)
{
	CLEAN(str_free) char *memory = NULL;
	struct error stub;
	uint32_t *numbers;
	size_t n, i;

	if (generation_list(c->settings->index, &numbers, &n, err) == -1)
		return -1;
	memory = (char *)numbers;
	if (generation_find(c->settings->index, &c->live_dir, &c->live,
	    &stub) == 0)
		check_live(c);
	else if (n == 0) {
		*err = stub;
		return -1;
	} else {
		c->live = 0;
		if (stub.kind == ERROR_NOINDEX)
			error_set(&stub, ERROR_INDEX, "missing");
		add_wrong(c, "damage", STORE_CURRENT, &stub);
	}
	for (i = 0; i < n; i++)
		if (numbers[i] != c->live)
			check_other(c, numbers[i]);
	check_spare(c);
	return 0;
}

/* ---- documents ---- */

static void
check_file(struct check *c, const struct file *f)
{
	CLEAN(buf_clear) struct buf detail = BUF_INIT;

	/* A copy is as readable as what it is a copy of. */
	if (strcmp(f->status, "ok") == 0 || f->copy_of != NULL)
		return;
	buf_adds(&detail, f->status);
	if (*f->reason != '\0')
		buf_addf(&detail, ": %s", f->reason);
	if (f->failed_ymd != 0) {
		buf_adds(&detail, "; since ");
		date_print(f->failed_ymd, &detail);
		buf_addf(&detail, "; attempts %u", f->attempts);
	}
	if (file_is_stale(f))
		buf_adds(&detail, "; found by its last good text");
	add_line(c, file_is_stale(f) ? "stale" : "unreadable", f->path,
	    buf_str(&detail));
	if (file_is_stale(f))
		c->stale++;
	else
		c->unreadable++;
}

/* Of a damaged index the list may be damaged too: that is said already. */
static void
check_files(struct check *c)
{
	CLEAN(files_clear) struct files l = { 0 };
	CLEAN(str_free) char *name = xasprintf("gen-%u/files", c->live);
	struct error err;
	size_t i;

	if (files_read(c->live_dir, &l, &err) == -1) {
		if (c->wrong == ERROR_NONE)
			add_wrong(c, "damage", name, &err);
		return;
	}
	for (i = 0; i < l.count; i++)
		check_file(c, &l.items[i]);
}

/* What the sources of a document say of it, and contradict. */
static int
check_document(struct check *c, const struct store *s, uint32_t docid,
    struct error *err)
{
	CLEAN(doc_clear) struct doc doc = { 0 };
	size_t i;

	if (store_doc(s, docid, &doc, err) == -1)
		return -1;
	for (i = 0; i < doc.nconflicts; i++)
		add_line(c, "conflict", doc.pad, doc.conflicts[i]);
	c->conflicts += doc.nconflicts;
	return 0;
}

static int
check_documents(struct check *c, struct error *err)
{
	CLEAN(store_free) struct store *s = NULL;
	uint32_t *ids;
	size_t n, i;
	int rc = 0;

	if (store_open_database(c->live_dir, c->analyser, &s, err) == -1 ||
	    store_documents(s, &ids, &n, err) == -1)
		return -1;
	for (i = 0; i < n && rc == 0; i++)
		rc = check_document(c, s, ids[i], err);
	free(ids);
	return rc;
}

/*
 * What an editor has to know.  Damaged tables are not read here, where that
 * may crash; that they are is said.
 */
static void
check_contents(struct check *c)
{
	struct error err = ERROR_INIT;

	if (c->live == 0)
		return;
	check_files(c);
	if (c->wrong != ERROR_NONE && c->wrong != ERROR_REFUSED)
		return;
	if (check_documents(c, &err) == -1) {
		err.kind = ERROR_INDEX;
		add_wrong(c, "damage", "documents", &err);
	}
}

/* ---- the command ---- */

static void
add_summary(struct check *c)
{
	CLEAN(buf_clear) struct buf detail = BUF_INIT;
	CLEAN(str_free) char *name = c->live != 0 ?
	    xasprintf("gen-%u", c->live) : xstrdup(STORE_CURRENT);

	if (c->wrong != ERROR_NONE)
		buf_addf(&detail, "%s: %zu found",
		    c->wrong == ERROR_REFUSED ? "refused" : "damaged",
		    c->damages);
	else
		buf_addf(&detail, "intact: %u documents, made %s, %.1f MB",
		    c->facts.documents, c->facts.made,
		    (double)tree_bytes(c->live_dir, NULL) / 1e6);
	buf_addf(&detail, "; %zu conflicts, %zu unreadable, %zu stale; "
	    "can roll back to: %s", c->conflicts, c->unreadable, c->stale,
	    c->whole.len > 0 ? c->whole.s : "none");
	add_line(c, "summary", name, buf_str(&detail));
}

static void
check_clear(struct check *c)
{
	analyser_free(&c->analyser);
	canaries_clear(&c->canaries);
	free(c->live_dir);
	buf_clear(&c->whole);
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(check_clear) struct check c = { .settings = settings, .out = out };

	if (argument_word(args, 0) != NULL)
		return error_set(err, ERROR_QUERY,
		    "naslag check heeft geen argumenten");
	if (argument_given(args, "privacy"))
		return privacy_list(settings, out, err);
	if (settings->canaries != NULL &&
	    canaries_read(settings->canaries, &c.canaries, err) == -1)
		return -1;
	if (analyser_open(&c.analyser, err) == -1 ||
	    check_generations(&c, err) == -1)
		return -1;
	check_contents(&c);
	add_summary(&c);
	return error_exit_status(c.wrong);
}

const struct command cmd_check = {
	.name = "check",
	.usage = "[--privacy]",
	.summary = "look for damage and contradictions in the index",
	.is_long = true,
	.options = check_options,
	.run = run,
};
