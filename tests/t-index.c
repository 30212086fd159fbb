/*
 * The index on disk: the list of files, generations and their publication,
 * and what the store says when something is wrong.
 */
#include <config.h>

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "index/files.h"
#include "index/generation.h"
#include "index/store.h"
#include "index/tree.h"
#include "index/writer.h"
#include "scratch.h"
#include "tap.h"

static struct analyser *analyser;

/* ---- the file system ---- */

static bool
is_there(const char *name)
{
	return access(at(name), F_OK) == 0;
}

static void
get_file(const char *name, struct buf *out)
{
	FILE *f = fopen(at(name), "re");

	buf_cut(out, 0);
	if (f == NULL)
		return;
	buf_grew(out, fread(buf_room(out, 65536), 1, 65536, f));
	fclose(f);
}

static void
make_directory(const char *name)
{
	if (mkdir(at(name), 0755) == -1)
		abort();
}

/* ---- files ---- */

static void
add_file(struct files *l, const char *path, const char *copy_of,
    const char *reason)
{
	struct file f = { .path = (char *)(uintptr_t)path,
	    .stamp = l->count,
	    .copy_of = (char *)(uintptr_t)copy_of,
	    .reason = (char *)(uintptr_t)reason };

	if (l->count % 2)
		memset(f.digest, 'a', DIGEST_HEX);
	files_add(l, &f);
}

static int
by_path(const void *va, const void *vb)
{
	const struct file *a = va, *b = vb;

	return strcmp(a->path, b->path);
}

static void
fill_files(struct files *l)
{
	add_file(l, "b c.pdf", NULL, NULL);
	add_file(l, "a", "b c.pdf", "");
	add_file(l, "new\nline\ttab", NULL, "cannot open: \t\n%41%");
	add_file(l, "100%", "100%25", "%");
	add_file(l, "%41", NULL, "Syri\xC3\xAB");
	add_file(l, "Syri\xC3\xABrs/\xE2\x82\xAC.doc", NULL, NULL);
	add_file(l, "latin1-\xEB\xFF", NULL, "\x01\x1F\x7F");
	add_file(l, "# naslag files 2 8", NULL, NULL);
	qsort(l->items, l->count, sizeof *l->items, by_path);
}

static bool
same_str(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
same_files(const struct files *a, const struct files *b)
{
	size_t i;

	for (i = 0; i < a->count && a->count == b->count; i++) {
		const struct file *f = &a->items[i], *g = &b->items[i];

		if (!same_str(f->path, g->path) || f->stamp != g->stamp ||
		    !same_str(f->digest, g->digest) ||
		    !same_str(f->copy_of, g->copy_of) ||
		    !same_str(f->status, g->status) ||
		    !same_str(f->reason, g->reason) || !same_str(f->id, g->id))
			return false;
	}
	return a->count == b->count;
}

static void
test_files(void)
{
	CLEAN(files_clear) struct files l = { 0 };
	CLEAN(files_clear) struct files none = { 0 };
	CLEAN(files_clear) struct files got = { 0 };
	struct error err = ERROR_INIT;
	size_t i;
	int found = 1;

	fill_files(&l);
	for (i = 1; i < l.count; i++)
		found &= strcmp(l.items[i - 1].path, l.items[i].path) < 0;
	for (i = 0; i < l.count; i++)
		found &= files_find(&l, l.items[i].path) == &l.items[i];
	ok(found, "a sorted list finds each path");
	ok(files_find(&l, "b") == NULL && files_find(&none, "b") == NULL,
	    "and no other");
	ok(strcmp(l.items[0].status, "ok") == 0 && *l.items[0].id == '\0',
	    "what is not said of a file is ok and empty");
	make_directory("list");
	ok(files_write(&l, at("list"), &err) == 0 &&
	    files_read(at("list"), &got, &err) == 0 && same_files(&l, &got),
	    "the list is read as it was written, odd names and all %s", err.msg);
	files_clear(&got);
	ok(files_write(&none, at("list"), &err) == 0 &&
	    files_read(at("list"), &got, &err) == 0 && got.count == 0,
	    "an empty list too");
	ok(files_write(&l, at("nowhere"), &err) == -1 &&
	    err.kind == ERROR_SPACE, "a list is not written where nothing is");
	ok(files_read(at("nowhere"), &got, &err) == -1 &&
	    err.kind == ERROR_INDEX && got.items == NULL, "nor read");
}

static bool
is_refused(const char *bytes, size_t n)
{
	CLEAN(files_clear) struct files got = { 0 };
	struct error err = ERROR_INIT;

	put_file("list/files", bytes, n);
	return files_read(at("list"), &got, &err) == -1 &&
	    err.kind == ERROR_INDEX && got.items == NULL;
}

static void
test_damaged_files(void)
{
	CLEAN(files_clear) struct files l = { 0 };
	CLEAN(buf_clear) struct buf good = BUF_INIT;
	struct error err = ERROR_INIT;
	size_t n, i, first;
	int cut = 1, flipped = 1;

	fill_files(&l);
	if (files_write(&l, at("list"), &err) == -1)
		abort();
	get_file("list/files", &good);
	for (n = 0; n < good.len; n++)
		cut &= is_refused(good.s, n);
	ok(cut, "a list that is cut off anywhere is refused");
	for (i = 0; i < good.len; i++) {
		char was = good.s[i];
		CLEAN(files_clear) struct files got = { 0 };

		good.s[i] = (char)(was ^ 1 << rand() % 8);
		put_file("list/files", good.s, good.len);
		if (files_read(at("list"), &got, &err) == 0)
			flipped &= got.count == l.count;
		good.s[i] = was;
	}
	ok(flipped, "a flipped bit never changes how many there are");
	first = (size_t)(strchr(good.s, '\n') - good.s) + 1;
	good.s[first] = 'x';
	ok(is_refused(good.s, good.len), "a stamp that is none is refused");
	ok(is_refused("# naslag files 1\n", 17), "so is another version");
}

/* ---- generations ---- */

/* Begin, build what looks like a database, publish, end. */
static int
publish_one(const char *root, struct error *err)
{
	struct generation g;
	CLEAN(str_free) char *built = NULL;
	CLEAN(str_free) char *file = NULL;
	FILE *f;
	int rc;

	if (generation_begin(at(root), false, &g, err) == -1)
		return -1;
	built = xasprintf("%s/db", g.work_dir);
	file = xasprintf("%s/db/table.glass", g.work_dir);
	if (mkdir(built, 0755) == -1 || (f = fopen(file, "we")) == NULL)
		abort();
	fprintf(f, "generation %u", g.number);
	fclose(f);
	rc = generation_publish(&g, built,
	    time(NULL) + 2 * GENERATION_KEPT_S, err);
	generation_end(&g);
	return rc;
}

static bool
stub_is(const char *root, const char *want)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(str_free) char *name = xasprintf("%s/current", root);

	get_file(name, &b);
	return strcmp(buf_str(&b), want) == 0;
}

/* Is another process told that a job is running, and at once? */
static bool
is_busy(const char *root)
{
	struct timespec begun, now;
	struct generation g = { .lock_fd = -42 };
	struct error err = ERROR_INIT;
	int status = -1;

	clock_gettime(CLOCK_MONOTONIC, &begun);
	fflush(stdout);
	if (fork() == 0)
		_exit(generation_begin(at(root), false, &g, &err) == -1 &&
		    err.kind == ERROR_BUSY && g.lock_fd == -42 ? 0 : 1);
	wait(&status);
	clock_gettime(CLOCK_MONOTONIC, &now);
	return status == 0 && now.tv_sec - begun.tv_sec <= 1;
}

static void
test_generation(void)
{
	struct generation g;
	struct error err = ERROR_INIT;
	char *dir = NULL;
	uint32_t number;

	ok(generation_find(at("deep/er/index"), &dir, &number, &err) == -1 &&
	    err.kind == ERROR_NOINDEX && dir == NULL,
	    "where nothing is there is no index");
	ok(generation_begin(at("deep/er/index"), false, &g, &err) == 0 &&
	    g.live == 0 && g.live_dir == NULL && g.number == 1 &&
	    is_there("deep/er/index/work.1"),
	    "beginning makes the directories %s", err.msg);
	ok(is_busy("deep/er/index") && is_there("deep/er/index/work.1"),
	    "a second job is told that it is busy, and harms nothing");
	ok(generation_find(at("deep/er/index"), &dir, &number, &err) == -1 &&
	    err.kind == ERROR_NOINDEX, "what was begun is not yet an index");
	generation_end(&g);
	ok(!is_there("deep/er/index/work.1") && g.lock_fd == -1,
	    "ending removes the work");
	ok(publish_one("deep/er/index", &err) == 0 &&
	    stub_is("deep/er/index", "auto gen-1\n") &&
	    is_there("deep/er/index/gen-1/table.glass") &&
	    !is_there("deep/er/index/current.tmp"),
	    "publishing names the generation in the stub %s", err.msg);
	ok(generation_find(at("deep/er/index"), &dir, &number, &err) == 0 &&
	    number == 1 && strcmp(dir, at("deep/er/index/gen-1")) == 0,
	    "there it is found");
	str_free(&dir);
}

/* What a killed job forked may hold its lock for a moment longer. */
static void
test_lock(void)
{
	static const struct timespec moment = { 0, 100000000 };
	struct generation g;
	struct error err = ERROR_INIT;
	int fds[2], status;
	pid_t job;
	char c;

	if (pipe(fds) == -1)
		abort();
	fflush(stdout);
	if ((job = fork()) == 0) {
		generation_begin(at("index"), false, &g, &err);
		if (fork() == 0) {
			nanosleep(&moment, NULL);
			_exit(0);
		}
		_exit(write(fds[1], "", 1) != 1);
	}
	ok(read(fds[0], &c, 1) == 1 && waitpid(job, &status, 0) == job &&
	    generation_begin(at("index"), false, &g, &err) == 0,
	    "what a job that is gone left is waited for");
	ok(is_busy("index"), "a job that is not gone is not waited for");
	generation_end(&g);
	close(fds[0]);
	close(fds[1]);
}

/* Files are written, and take their name, while what is there is synced. */
static void
test_busy(void)
{
	CLEAN(str_free) char *tmp = xstrdup(at("busy/report.tmp"));
	struct error err = ERROR_INIT;
	int i, bad = 0, status;
	pid_t child;

	make_directory("busy");
	fflush(stdout);
	if ((child = fork()) == 0) {
		for (i = 0; i < 3000; i++) {
			put_text("busy/report.tmp", "x");
			if (rename(tmp, at("busy/report")) == -1)
				_exit(1);
		}
		_exit(0);
	}
	while (waitpid(child, &status, WNOHANG) == 0)
		bad += tree_sync(at("busy"), &err) == -1;
	ok(bad == 0 && status == 0,
	    "what is renamed meanwhile is no hindrance %s", err.msg);
}

static void
test_leftovers(void)
{
	struct generation g;
	struct error err = ERROR_INIT;
	int i, rc = 0;

	rc |= publish_one("index", &err);
	make_directory("index/work.2");
	make_directory("index/work.2/shard-0");
	put_text("index/work.2/shard-0/table", "x");
	make_directory("index/gen-7");
	put_text("index/gen-7/table", "x");
	make_directory("index/mine");
	make_directory("index/gen-7.old");
	if (symlink("/etc", at("index/work.9")) == -1)
		abort();
	ok(rc == 0 && generation_begin(at("index"), false, &g, &err) == 0 &&
	    !is_there("index/work.2") && !is_there("index/work.9"),
	    "what a stopped job left is removed");
	ok(access("/etc/passwd", F_OK) == 0, "links are not followed");
	ok(is_there("index/mine") && is_there("index/gen-7.old"),
	    "what is not ours stays");
	ok(g.number == 8 && g.live == 1,
	    "a number that was ever used is not given again");
	generation_end(&g);
	for (i = 0; i < GENERATIONS_KEPT + 1; i++)
		rc |= publish_one("index", &err);
	ok(rc == 0 && stub_is("index", "auto gen-13\n") &&
	    is_there("index/gen-9") && is_there("index/gen-13"),
	    "the last %d generations stay", GENERATIONS_KEPT);
	ok(!is_there("index/gen-8") && !is_there("index/gen-7") &&
	    !is_there("index/gen-1"), "older ones go");
}

static void
test_failures(void)
{
	struct generation g;
	struct error err = ERROR_INIT;
	int rc;

	put_text("plain", "x");
	ok(generation_begin(at("plain"), false, &g, &err) == -1 &&
	    err.kind == ERROR_SPACE, "a file is no index directory");
	if (generation_begin(at("index"), false, &g, &err) == -1)
		abort();
	rc = generation_publish(&g, at("index/nowhere"),
	    time(NULL), &err);
	generation_end(&g);
	ok(rc == -1 && err.kind == ERROR_IO && stub_is("index", "auto gen-13\n"),
	    "what cannot be published leaves the published one as it was");
	make_directory("odd");
	put_text("odd/current", "auto gen-3x\n");
	ok(generation_begin(at("odd"), false, &g, &err) == -1 &&
	    err.kind == ERROR_INDEX, "a stub that names something else is told");
	put_text("odd/current", "");
	ok(generation_begin(at("odd"), false, &g, &err) == -1 &&
	    err.kind == ERROR_INDEX, "and an empty one");
	ok(generation_begin(at("odd"), true, &g, &err) == 0 && g.live == 0,
	    "unless nothing of it is wanted");
	generation_end(&g);
	put_text("odd/current", "auto gen-3");
	ok(generation_begin(at("odd"), false, &g, &err) == 0 && g.live == 3 &&
	    g.number == 4, "it needs no newline");
	generation_end(&g);
}

static void
test_copy(void)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	CLEAN(str_free) char *to = NULL;
	struct generation g;
	struct error err = ERROR_INIT;

	if (generation_begin(at("index"), false, &g, &err) == -1)
		abort();
	to = xasprintf("%s/copy", g.work_dir);
	ok(generation_copy(&g, to, &err) == 0, "the live one is copied %s",
	    err.msg);
	get_file("index/work.14/copy/table.glass", &b);
	ok(strcmp(buf_str(&b), "generation 13") == 0, "byte by byte");
	ok(generation_copy(&g, to, &err) == -1 && err.kind == ERROR_SPACE,
	    "never over what is there");
	generation_end(&g);
}

/* ---- store ---- */

static int
store_fails(const char *root, enum error_kind kind, const char *why)
{
	struct store *s = NULL;
	struct error err = ERROR_INIT;
	int good = store_open(at(root), analyser, &s, &err) == -1 &&
	    s == NULL && err.kind == kind && strstr(err.msg, why) != NULL;

	if (!good)
		printf("# %d %s\n", (int)err.kind, err.msg);
	store_free(&s);
	return good;
}

/* Publish an empty database with a fingerprint. */
static void
publish_database(const char *root, const char *fingerprint)
{
	CLEAN(writer_free) struct writer *w = NULL;
	CLEAN(str_free) char *built = NULL;
	struct generation g;
	struct error err = ERROR_INIT;

	if (generation_begin(at(root), false, &g, &err) == -1)
		abort();
	built = xasprintf("%s/db", g.work_dir);
	if (writer_create(built, &w, &err) == -1 ||
	    writer_set_fact(w, "fingerprint", fingerprint, &err) == -1 ||
	    writer_set_fact(w, "generatie", "12", &err) == -1 ||
	    writer_set_fact(w, "corpus", "/srv/portaal", &err) == -1 ||
	    writer_commit(w, &err) == -1)
		abort();
	writer_free(&w);
	if (generation_publish(&g, built,
	    time(NULL) + 2 * GENERATION_KEPT_S, &err) == -1)
		abort();
	generation_end(&g);
}

static void
test_store(void)
{
	CLEAN(str_free) char *print = xasprintf("%016llx",
	    (unsigned long long)store_fingerprint(analyser));
	struct store_facts facts;
	struct store *s = NULL;
	struct error err = ERROR_INIT;
	uint32_t *docids = NULL;
	struct doc d;

	make_directory("empty");
	ok(store_fails("nowhere", ERROR_NOINDEX, "there is no index"),
	    "where nothing is there is no index");
	ok(store_fails("empty", ERROR_NOINDEX, "naslag index"),
	    "nor in an empty directory, and how to make one is told");
	ok(store_fails("index", ERROR_INDEX, ""),
	    "a generation that is no database is damaged");
	publish_database("store", "0123456789abcdef");
	ok(store_fails("store", ERROR_INDEX, "--rebuild"),
	    "an index of other analysis is refused, and what to do is told");
	publish_database("store", print);
	ok(store_open(at("store"), analyser, &s, &err) == 0,
	    "one of ours opens %s", err.msg);
	store_facts(s, &facts);
	ok(facts.generation == 12 && facts.documents == 0 && facts.files == 0 &&
	    strcmp(facts.corpus, "/srv/portaal") == 0 && *facts.made == '\0',
	    "it says what it is");
	ok(store_find(s, "PUC_1_1", &docids, &err) == -1 &&
	    err.kind == ERROR_ABSENT && docids == NULL &&
	    strstr(err.msg, "PUC_1_1") != NULL, "a missing document is named");
	ok(store_doc(s, 1, &d, &err) == -1 && err.kind == ERROR_ABSENT,
	    "and has no record");
	store_free(&s);
	ok(s == NULL, "a freed store is gone");
	put_text("store/gen-2/postlist.glass", "x");
	ok(store_fails("store", ERROR_INDEX, ""), "damage is told");
	put_text("store/current", "auto gen-99\n");
	ok(store_fails("store", ERROR_INDEX, "") ||
	    store_fails("store", ERROR_NOINDEX, ""),
	    "so is a stub that names nothing");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(analyser_open(&analyser, &err) == 0, "it opens %s", err.msg))
		return 1;
	scratch_make();
	test_files();
	test_damaged_files();
	test_generation();
	test_leftovers();
	test_lock();
	test_busy();
	test_failures();
	test_copy();
	test_store();
	analyser_free(&analyser);
	scratch_remove();
	return tap_done();
}
