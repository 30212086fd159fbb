#include <config.h>

#include "cmd/builder.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fd.h"
#include "dutch/analyse.h"
#include "index/writer.h"
#include "model/entry.h"

/*
 * Bytes of files in a shard.  Xapian's inverter is a tree of trees that slows
 * down as it outgrows the processor's caches: shards of 2 MB took 40 % less
 * time than shards of 48 MB.  Larger ones keep their number within what can be
 * compacted at once; the largest keep a process below 300 MB.  At least so
 * many shards a worker, so that none waits long for another at the end.
 */
#define SHARD_BYTES	((uint64_t)2 << 20)
#define SHARD_MAX_BYTES	((uint64_t)24 << 20)
#define SHARD_MIN_BYTES	((uint64_t)512 << 10)
#define SHARDS		200
#define SHARDS_PER_JOB	3

/* When so many different words are known, they are forgotten. */
#define MAX_WORDS	250000

/* What a worker tells; smaller than PIPE_BUF, so never torn. */
struct message {
	enum { MESSAGE_DOCUMENT, MESSAGE_ERROR } what;
	size_t document;	/* index in build->files */
	struct built built;
	struct error error;
};
_Static_assert(sizeof(struct message) <= 4096, "a message fits PIPE_BUF");

struct shard {
	size_t begin, end;	/* in build->files */
};

struct worker {
	const struct build *build;
	size_t number;		/* from 0 */
	int out;
	struct analyser *analyser;
	struct entry_builder *entries;
	struct reader reader;
};

/* ---- shards ---- */

char *
shard_path(const char *work_dir, size_t shard)
{
	return xasprintf("%s/shard-%zu", work_dir, shard);
}

static uint64_t
file_bytes(const struct build *b, size_t i)
{
	return b->corpus->files[b->files[i]].entry->stamp.size_bytes;
}

static struct shard *
cut_shards(const struct build *b, size_t *count)
{
	struct shard *shards = NULL;
	size_t n = 0, cap = 0, i;
	uint64_t all = 0, bytes = 0, limit;

	for (i = 0; i < b->nfiles; i++)
		all += file_bytes(b, i);
	limit = all / (SHARDS_PER_JOB * b->jobs);
	if (limit > SHARD_BYTES)
		limit = all / SHARDS > SHARD_BYTES ? all / SHARDS : SHARD_BYTES;
	if (limit > SHARD_MAX_BYTES)
		limit = SHARD_MAX_BYTES;
	if (limit < SHARD_MIN_BYTES)
		limit = SHARD_MIN_BYTES;
	for (i = 0; i < b->nfiles; i++) {
		if (n == 0 || bytes >= limit) {
			GROW(shards, n, cap);
			shards[n++] = (struct shard){ i, i };
			bytes = 0;
		}
		bytes += file_bytes(b, i);
		shards[n - 1].end = i + 1;
	}
	*count = n;
	return shards;
}

/* ---- a worker ---- */

static void
add_copies(const struct corpus *c, const struct corpus_file *f, struct doc *doc)
{
	size_t i;

	if (f->ncopies == 0)
		return;
	doc->ook_als = xcalloc(f->ncopies, sizeof *doc->ook_als);
	for (i = 0; i < f->ncopies; i++)
		doc->ook_als[doc->nook_als++] =
		    xstrdup(c->files[f->copies[i]].entry->path);
}

static int
tell(struct worker *w, const struct message *m, struct error *err)
{
	if (fd_put(w->out, m, sizeof *m) == -1)
		return error_errno(err, ERROR_IO, "cannot write to the parent");
	return 0;
}

/* Of a worker's process; see error_end(). */
static struct worker *this_worker;

static int
tell_end(const struct error *err)
{
	struct message m = { .what = MESSAGE_ERROR, .error = *err };
	struct error ignored;

	return tell(this_worker, &m, &ignored);
}

/* The first day that the file could not be read. */
static char *
stale_since(const struct build *b, const struct corpus_file *f)
{
	struct buf day = BUF_INIT;

	date_print(f->old->failed_ymd != 0 ? f->old->failed_ymd :
	    b->today_ymd, &day);
	return buf_steal(&day);
}

/* The file of a directory that a file lies within; the caller frees it. */
static char *
file_around(const struct corpus_file *f)
{
	const struct within *w = f->within;

	while (w != NULL && w->outer != NULL)
		w = w->outer;
	return w != NULL ? xstrdup(w->container->path) : NULL;
}

static int
build_document(struct worker *w, struct writer *writer, size_t shard,
    size_t number, struct error *err)
{
	const struct corpus *c = w->build->corpus;
	const struct corpus_file *f = &c->files[w->build->files[number]];
	CLEAN(doc_clear) struct doc doc = { 0 };
	CLEAN(extracted_clear) struct extracted ex = { 0 };
	struct message m = { .what = MESSAGE_DOCUMENT, .document = number };

	if (reader_read(&w->reader, f, &ex, &m.built.reading, err) == -1)
		return -1;
	m.built.shard = shard;
	m.built.is_kept = m.built.reading.is_lost && w->build->has_live;
	if (m.built.is_kept) {
		snprintf(m.built.id, sizeof m.built.id, "%s", f->old->id);
		return tell(w, &m, err);
	}
	portal_fill(w->build->portal, f->entry->path, &ex, &doc);
	add_copies(c, f, &doc);
	doc.bestand = file_around(f);
	if (m.built.reading.is_stale)
		doc.verouderd = stale_since(w->build, f);
	m.built.text_bytes = doc.text.len;
	quality_measure(buf_str(&doc.text), doc.text.len, &m.built.quality);
	textid_make(&doc, f->sidecar != NULL, &m.built.textid);
	snprintf(m.built.id, sizeof m.built.id, "%s", doc.id);
	if (writer_put(writer, &doc, entry_build(w->entries, &doc), err) == -1)
		return -1;
	return tell(w, &m, err);
}

static int
build_shard(struct worker *w, const struct shard *s, size_t number,
    struct error *err)
{
	size_t shard = w->build->first_shard + number;
	CLEAN(str_free) char *path = shard_path(w->build->work_dir, shard);
	CLEAN(writer_free) struct writer *writer = NULL;
	size_t i;

	if (writer_create(path, &writer, err) == -1)
		return -1;
	for (i = s->begin; i < s->end; i++) {
		if (build_document(w, writer, shard, i, err) == -1)
			return -1;
		if (word_count(w->analyser) > MAX_WORDS)
			analyser_forget(w->analyser);
	}
	return writer_commit(writer, err);
}

static int
start_reader(struct worker *w, struct error *err)
{
	const struct build *b = w->build;

	if (reader_open(b->corpus, b->extractor, b->texts_dir, b->is_ocr,
	    &w->reader, err) == -1)
		return -1;
	/* One worker says it for all. */
	if (w->number == 0 && !reader_has_landlock(&w->reader))
		fputs("naslag: this kernel has no Landlock, so seccomp alone "
		    "confines the extractor\n", stderr);
	return 0;
}

static int
work(struct worker *w, const struct shard *shards, size_t nshards,
    atomic_size_t *next, struct error *err)
{
	size_t i;

	if (analyser_open(&w->analyser, err) == -1)
		return -1;
	entry_builder_open(w->analyser, &w->entries);
	if (start_reader(w, err) == -1)
		return -1;
	while ((i = atomic_fetch_add(next, 1)) < nshards)
		if (build_shard(w, &shards[i], i, err) == -1)
			return -1;
	reader_close(&w->reader);
	return 0;
}

static _Noreturn void
worker_main(const struct build *b, size_t number, const struct shard *shards,
    size_t nshards, atomic_size_t *next, int out)
{
	struct worker w = { .build = b, .number = number, .out = out };
	struct error err;

	this_worker = &w;
	error_end_tells(tell_end);
	if (work(&w, shards, nshards, next, &err) == 0)
		_exit(0);
	tell_end(&err);
	_exit(1);
}

/* ---- the parent ---- */

/*
 * Keep worker number i, and the extractor that works in turn with it, on one
 * processor: what it builds stays in that one's caches.  Where there are more
 * workers than processors the system knows better.
 */
static void
pin_worker(const struct build *b, size_t i)
{
	cpu_set_t all, one;
	int cpu;

	if (sched_getaffinity(0, sizeof all, &all) == -1 ||
	    b->jobs > (unsigned)CPU_COUNT(&all))
		return;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET(cpu, &all) && i-- == 0)
			break;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	sched_setaffinity(0, sizeof one, &one);
}

static pid_t
start_worker(const struct build *b, size_t number, const struct shard *shards,
    size_t nshards, atomic_size_t *next, const int pipe_fds[2])
{
	pid_t parent = getpid(), pid = fork();

	if (pid != 0)
		return pid;
	/* A worker does not outlive the job that it works for. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	close(pipe_fds[0]);
	pin_worker(b, number);
	worker_main(b, number, shards, nshards, next, pipe_fds[1]);
}

/* Take in messages until all workers have closed the pipe. */
static int
listen_to_workers(const struct build *b, int in, struct built *out,
    struct error *err)
{
	struct message m;
	size_t done = 0, got = 0;
	ssize_t n;
	int rc = 0;

	for (;;) {
		n = read(in, (char *)&m + got, sizeof m - got);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return rc;
		got += (size_t)n;
		if (got < sizeof m)
			continue;
		got = 0;
		if (m.what == MESSAGE_ERROR) {
			if (rc == 0)
				*err = m.error;
			rc = -1;
		} else {
			out[m.document] = m.built;
			if (b->progress != NULL)
				b->progress(++done, b->nfiles);
		}
	}
}

static int
reap_workers(const pid_t *pids, size_t n, int rc, struct error *err)
{
	size_t i;
	int status;

	for (i = 0; i < n; i++) {
		while (waitpid(pids[i], &status, 0) == -1 && errno == EINTR)
			;
		if (rc == 0 && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
			rc = error_set(err, ERROR_BUG,
			    "a process that builds the index ended %s %d",
			    WIFSIGNALED(status) ? "by signal" : "with status",
			    WIFSIGNALED(status) ? WTERMSIG(status) :
			    WEXITSTATUS(status));
	}
	return rc;
}

static int
run_workers(const struct build *b, const struct shard *shards, size_t nshards,
    atomic_size_t *next, struct built *out, struct error *err)
{
	size_t jobs = b->jobs < nshards ? b->jobs : nshards, n;
	CLEAN(str_free) char *memory = xcalloc(jobs, sizeof(pid_t));
	pid_t *pids = (pid_t *)(void *)memory;
	int fds[2], rc = 0;

	if (pipe2(fds, O_CLOEXEC) == -1)
		return error_errno(err, ERROR_IO, "cannot make a pipe");
	for (n = 0; n < jobs; n++)
		if ((pids[n] = start_worker(b, n, shards, nshards, next,
		    fds)) == -1) {
			rc = error_errno(err, ERROR_IO, "cannot start a process");
			break;
		}
	close(fds[1]);
	if (listen_to_workers(b, fds[0], out, err) == -1)
		rc = -1;
	close(fds[0]);
	return reap_workers(pids, n, rc, err);
}

int
build_shards(const struct build *b, struct built *out, size_t *nshards,
    struct error *err)
{
	size_t n;
	struct shard *shards = cut_shards(b, &n);
	atomic_size_t *next = mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int rc;

	if (next == MAP_FAILED) {
		free(shards);
		return error_errno(err, ERROR_IO, "cannot share memory");
	}
	rc = run_workers(b, shards, n, next, out, err);
	munmap(next, sizeof *next);
	free(shards);
	*nshards = n;
	return rc;
}
