/*
 * Is a database fit to be published?  Whole ones are, and each way of not
 * being whole is found, whatever it does to the process that looks.
 */
#include <config.h>

#include "index/verify.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "index/store.h"
#include "index/writer.h"
#include "model/entry.h"
#include "model/lists.h"
#include "scratch.h"
#include "tap.h"

#define NDOCS 300
#define TODAY 20260101

static struct analyser *analyser;

static void
run(const char *fmt, const char *a, const char *b)
{
	CLEAN(str_free) char *line = xasprintf("cd '%s' && %s %s %s", scratch,
	    fmt, a, b);

	if (system(line) != 0)
		abort();
}

/* ---- databases ---- */

/* Every word of them has its own place, so that order can be wrong. */
static void
make_doc(struct doc *d, unsigned number)
{
	static const char *const words[] = { "asiel", "bekering", "christen",
	    "verblijf", "vergunning", "niet-begeleide", "a.m.v.", "gezin",
	    "Syri\xC3\xABrs", "foto's", "toets", "de", "van", "art. 3.51" };
	unsigned n = number % 10 == 9 ? 0 : 40 + number % 50 +
	    (number % 60 == 0) * 3000, i;

	d->id = xasprintf("PUC_%u_1", number);
	d->pad = xasprintf("map %u/%u%%.txt", number % 7, number);
	d->status = xstrdup(n > 0 ? "ok" : "scan");
	doc_add(d, FIELD_TITEL, words[number % 5], ORIGIN_TITLE);
	if (number == 42)
		doc_add(d, FIELD_KENMERK, "WI 2014/42", ORIGIN_TEXT);
	for (i = 0; i < n; i++)
		buf_addf(&d->text, "%s%s", words[(i * i + number) % NELEM(words)],
		    i % 11 ? " " : ".\n");
	if (number == 42)
		buf_adds(&d->text, " zeegras");
}

/*
 * Make a database of the documents made by make().  What lies() makes of one
 * is what is stored, the index being that of the document as it was.
 */
static void
make_database(const char *name, unsigned n,
    void (*make)(struct doc *, unsigned), void (*lie)(struct doc *))
{
	CLEAN(writer_free) struct writer *w = NULL;
	struct entry_builder *b;
	struct error err = ERROR_INIT;
	char print[20];
	unsigned i;
	int rc = writer_create(at(name), &w, &err);

	entry_builder_open(analyser, &b);
	for (i = 0; i < n && rc == 0; i++) {
		CLEAN(doc_clear) struct doc d = { 0 };
		const struct entry *e;

		make(&d, i);
		e = entry_build(b, &d);
		if (lie != NULL)
			lie(&d);
		rc = writer_put(w, &d, e, &err);
	}
	entry_builder_free(&b);
	snprintf(print, sizeof print, "%016llx",
	    (unsigned long long)store_fingerprint(analyser));
	if (rc == -1 || writer_set_fact(w, "fingerprint", print, &err) == -1 ||
	    writer_commit(w, &err) == -1) {
		printf("# %s\n", err.msg);
		abort();
	}
}

static int
verify(const char *name, uint32_t documents, const struct canaries *canaries,
    bool check_tables, struct error *err)
{
	CLEAN(str_free) char *dir = xstrdup(at(name));
	const struct verify v = {
		.dir = dir, .documents = documents, .canaries = canaries,
		.today_ymd = TODAY, .check_tables = check_tables,
	};

	*err = (struct error)ERROR_INIT;
	return verify_database(&v, analyser, err);
}

/* Is it refused as damaged, saying what? */
static bool
is_damaged(const char *name, const char *what)
{
	struct error err;

	if (verify(name, NDOCS, NULL, true, &err) == -1 &&
	    err.kind == ERROR_INDEX && strstr(err.msg, what) != NULL)
		return true;
	printf("# kind %d: %s\n", (int)err.kind, err.msg);
	return false;
}

/* ---- whole ones ---- */

static void
test_whole(void)
{
	struct error err;

	make_database("db", NDOCS, make_doc, NULL);
	ok(verify("db", NDOCS, NULL, false, &err) == 0,
	    "a whole database is fit %s", err.msg);
	ok(verify("db", NDOCS, NULL, true, &err) == 0,
	    "its tables are, too %s", err.msg);
	ok(verify("db", NDOCS + 1, NULL, false, &err) == -1 &&
	    err.kind == ERROR_INDEX, "one document less is not: %s", err.msg);
	make_database("one", 1, make_doc, NULL);
	ok(verify("one", 1, NULL, true, &err) == 0, "one document is enough %s",
	    err.msg);
	make_database("none", 0, make_doc, NULL);
	ok(verify("none", 0, NULL, false, &err) == 0,
	    "and none, where none has to be %s", err.msg);
}

/* ---- tables ---- */

static const char *const tables[] = {
	"postlist.glass", "termlist.glass", "docdata.glass", "position.glass",
	"iamglass",
};

static void
copy_database(void)
{
	run("rm -rf copy && cp -R", "db", "copy");
}

static void
test_tables(void)
{
	size_t i;

	for (i = 0; i < NELEM(tables); i++) {
		CLEAN(str_free) char *path = xasprintf("copy/%s", tables[i]);

		copy_database();
		run("rm", path, "");
		ok(is_damaged("copy", path), "%s is missing", tables[i]);
		run(": >", path, "");
		ok(is_damaged("copy", "copy"), "%s is empty", tables[i]);
		run("rm", path, "");
		run("mkfifo", path, "");
		ok(is_damaged("copy", "copy"),
		    "%s is a FIFO, on which no one waits", tables[i]);
		run("rm", path, "");
		run("head -c 5000 </dev/zero >", path, "");
		ok(is_damaged("copy", "copy"), "%s is zeros", tables[i]);
	}
	run("rm -rf copy && mkdir", "copy", "");
	ok(is_damaged("copy", "copy"), "an empty directory");
	ok(is_damaged("nowhere", "nowhere"), "no directory");
}

static off_t
size_of(const char *name)
{
	struct stat st;

	return stat(at(name), &st) == 0 ? st.st_size : 0;
}

/* Each block of each table in turn: found, or said by a child that died. */
static void
test_blocks(void)
{
	static const char zeros[8192];
	size_t i, n = 0, found = 0;
	off_t block;

	copy_database();
	for (i = 0; i < NELEM(tables) - 1; i++) {
		CLEAN(str_free) char *name = xasprintf("copy/%s", tables[i]);
		off_t step = size_of(name) / 8192 / 12 + 1;

		for (block = 0; block * 8192 < size_of(name); block += step) {
			char was[8192];
			struct error err;
			int fd = open(at(name), O_RDWR | O_CLOEXEC);

			if (fd == -1 || pread(fd, was, 8192, block * 8192) !=
			    8192 || pwrite(fd, zeros, 8192, block * 8192) != 8192)
				abort();
			n++;
			found += verify("copy", NDOCS, NULL, true, &err) == -1 &&
			    err.kind == ERROR_INDEX;
			if (pwrite(fd, was, 8192, block * 8192) != 8192)
				abort();
			close(fd);
		}
	}
	ok(found == n && n > 20, "of %zu blocks of zeros %zu are found", n,
	    found);
}

/* ---- databases that contradict themselves ---- */

static void
lie_words(struct doc *d)
{
	size_t i;

	if (strcmp(d->id, "PUC_100_1") != 0)
		return;
	for (i = 0; i < d->text.len; i++)
		if (d->text.s[i] == 'i')
			d->text.s[i] = 'o';
}

static void
lie_id(struct doc *d)
{
	if (strcmp(d->id, "PUC_150_1") == 0)
		d->id[4] = '9';
}

static void
lie_path(struct doc *d)
{
	if (strcmp(d->id, "PUC_150_1") == 0)
		d->pad[0] = 'n';
}

static void
make_ordered(struct doc *d, unsigned number)
{
	d->id = xasprintf("PUC_%u_1", number);
	d->pad = xasprintf("%u", number);
	d->status = xstrdup("ok");
	doc_add(d, FIELD_TITEL, "Leesplank", ORIGIN_TITLE);
	buf_adds(&d->text, "een aap een noot een mies zus en jet met hun schapen");
}

static void
lie_order(struct doc *d)
{
	if (strcmp(d->pad, "2") == 0)
		memcpy(d->text.s, "hun schapen met jet en zus een mies een noot "
		    "een aap", d->text.len);
}

static void
test_lies(void)
{
	struct error err;

	make_database("words", 150, make_doc, lie_words);
	ok(verify("words", 150, NULL, false, &err) == -1 &&
	    strstr(err.msg, "100%") != NULL, "other words than the text: %s",
	    err.msg);
	make_database("id", 151, make_doc, lie_id);
	ok(verify("id", 151, NULL, false, &err) == -1 &&
	    strstr(err.msg, "PUC_950_1") != NULL, "another id: %s", err.msg);
	make_database("path", 151, make_doc, lie_path);
	ok(verify("path", 151, NULL, false, &err) == -1 &&
	    strstr(err.msg, "path") != NULL, "another path: %s", err.msg);
	make_database("order", 3, make_ordered, NULL);
	ok(verify("order", 3, NULL, false, &err) == 0,
	    "words in their order are found %s", err.msg);
	make_database("disorder", 3, make_ordered, lie_order);
	ok(verify("disorder", 3, NULL, false, &err) == -1 &&
	    err.kind == ERROR_INDEX, "the same in another order not: %s",
	    err.msg);
}

static void
test_analysis(void)
{
	CLEAN(writer_free) struct writer *w = NULL;
	struct error err = ERROR_INIT;

	copy_database();
	if (writer_open(at("copy"), &w, &err) == -1 ||
	    writer_set_fact(w, "fingerprint", "0123456789abcdef", &err) == -1 ||
	    writer_commit(w, &err) == -1)
		abort();
	writer_free(&w);
	ok(is_damaged("copy", "made with other analysis"),
	    "one made with other analysis is not fit");
}

/* ---- canaries ---- */

static struct canary canary = { NULL, NULL, 10, 7 };
static struct canaries canaries = { &canary, 1, 1, NULL };

/* Returns what is said of a canary; "" if it lives. */
static const char *
sing(const char *question, const char *document, unsigned rank)
{
	static struct error err;

	canary.question = (char *)(uintptr_t)question;
	canary.document = (char *)(uintptr_t)document;
	canary.rank = rank;
	canaries.path = (char *)(uintptr_t)"kanaries.tsv";
	if (verify("db", NDOCS, &canaries, false, &err) == 0)
		return "";
	return err.kind == ERROR_REFUSED ? err.msg : "another kind";
}

static void
test_canaries(void)
{
	const char *said;

	ok(*sing("zeegras", "PUC_42_1", 1) == '\0', "a canary by id lives");
	ok(*sing("zeegras", "map 0/42%.txt", 1) == '\0', "one by path");
	ok(*sing("zeegras", "wi2014-42", 1) == '\0', "one by kenmerk");
	said = sing("zeegras", "PUC_41_1", 5);
	ok(strcmp(said, "kanaries.tsv:7: the question 'zeegras' does not find "
	    "'PUC_41_1', which has to be among the first 5") == 0,
	    "one that is not found dies: %s", said);
	said = sing("zeegras", "PUC_1000_1", 5);
	ok(strcmp(said, "kanaries.tsv:7: there is no document 'PUC_1000_1', "
	    "which 'zeegras' has to find among the first 5") == 0,
	    "one without its document: %s", said);
	said = sing("asiel -zeegras", "PUC_295_1", 1);
	ok(strstr(said, "the question 'asiel -zeegras' finds 'PUC_295_1' at "
	    "rank ") != NULL && strstr(said, ", not among the first 1") != NULL,
	    "one that is found too late: %s", said);
	ok(*sing("asiel -zeegras", "PUC_295_1", 1000) == '\0',
	    "and lives where that will do");
}

/* ---- children ---- */

static void
test_signal(void)
{
#ifdef SANITIZERS
	ok(1, "a child that crashes # SKIP sanitizers catch it");
#else
	const struct verify v = { .dir = at("db"), .documents = NDOCS };
	struct error err = ERROR_INIT;

	/* What it would read there is not there. */
	ok(verify_database(&v, NULL, &err) == -1 && err.kind == ERROR_INDEX &&
	    strstr(err.msg, "ended by signal 11") != NULL,
	    "a child that crashes is said to: %s", err.msg);
#endif
}

/* A verification that takes its time. */
static void
start_long(struct verification **out)
{
	static struct canary many[100000];
	const struct canaries all = { many, NELEM(many), NELEM(many),
	    (char *)(uintptr_t)"x" };
	const struct verify v = { .dir = at("db"), .documents = NDOCS,
	    .canaries = &all, .today_ymd = TODAY, .check_tables = true };
	struct error err;
	size_t i;

	for (i = 0; i < NELEM(many); i++)
		many[i] = (struct canary){ (char *)(uintptr_t)"zeegras",
		    (char *)(uintptr_t)"PUC_42_1", 10, 1 };
	if (verify_start(&v, analyser, out, &err) == -1)
		abort();
}

static void
test_stop(void)
{
	struct verification *v = NULL;
	time_t begun = time(NULL);

	verify_free(&v);
	start_long(&v);
	verify_free(&v);
	ok(v == NULL && time(NULL) - begun < 5 && wait(NULL) == -1,
	    "one that is stopped leaves no process");
}

static void
test_orphan(void)
{
	struct verification *v = NULL;
	time_t begun = time(NULL);
	int fds[2];
	char c;
	pid_t pid;

	if (pipe(fds) == -1 || (pid = fork()) == -1)
		abort();
	if (pid == 0) {
		start_long(&v);
		_exit(0);
	}
	close(fds[1]);
	/* The end of this pipe comes when all that have it are gone. */
	ok(read(fds[0], &c, 1) == 0 && time(NULL) - begun < 5,
	    "no child outlives the job");
	close(fds[0]);
	waitpid(pid, NULL, 0);
}

/* ---- generations ---- */

/* Is that the only thing wrong with a generation, and named as such? */
static bool
is_only(const char *name, const char *what)
{
	CLEAN(damages_clear) struct damages found = { 0 };
	CLEAN(str_free) char *dir = xstrdup(at("copy"));
	const struct verify v = { .dir = dir, .check_tables = true };
	struct manifest_facts facts;
	struct error err = ERROR_INIT;
	size_t i;

	if (verify_generation(&v, analyser, &facts, &found, &err) == -1 &&
	    err.kind == ERROR_INDEX && found.count >= 1 &&
	    strcmp(found.items[0].name, name) == 0 &&
	    strstr(found.items[0].what, what) != NULL)
		return true;
	for (i = 0; i < found.count; i++)
		printf("# %s: %s\n", found.items[i].name, found.items[i].what);
	return false;
}

static void
test_generation(void)
{
	CLEAN(damages_clear) struct damages found = { 0 };
	CLEAN(str_free) char *dir = xstrdup(at("copy"));
	const struct verify v = { .dir = dir };
	struct manifest_facts facts = { .documents = NDOCS, .generation = 3 };
	struct error err = ERROR_INIT;

	copy_database();
	ok(is_only("MANIFEST", "missing"), "a generation has a manifest");
	if (manifest_write(dir, &facts, NULL, &err) == -1)
		abort();
	facts = (struct manifest_facts){ 0 };
	ok(verify_generation(&v, analyser, &facts, &found, &err) == 0 &&
	    facts.generation == 3 && facts.documents == NDOCS,
	    "a whole one has nothing wrong %s", err.msg);
	run("rm", "copy/termlist.glass", "");
	ok(is_only("termlist.glass", "missing"), "a table is missing");
	copy_database();
	facts.documents++;
	if (manifest_write(dir, &facts, NULL, &err) == -1)
		abort();
	ok(is_only(".", "has 300 documents instead of 301"),
	    "it has the documents that its manifest says");
}

int
main(void)
{
	struct error err = ERROR_INIT;

	if (!ok(lists_load(&err) == 0 && analyser_open(&analyser, &err) == 0,
	    "it opens %s", err.msg))
		return 1;
	scratch_make();
	test_whole();
	test_tables();
	test_blocks();
	test_lies();
	test_analysis();
	test_canaries();
	test_signal();
	test_stop();
	test_orphan();
	test_generation();
	analyser_free(&analyser);
	lists_free();
	scratch_remove();
	return tap_done();
}
