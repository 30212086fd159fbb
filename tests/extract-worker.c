/*
 * extract-worker: naslag-extract with formats that misbehave, for t-extract.
 *
 * Linked with extractor.c in the place of the real formats.  The first word
 * of a document says what its parser does.
 */
#include <config.h>

#include <errno.h>
#include <linux/futex.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "formats/format.h"
#include "formats/out.h"
#include "formats/unpack.h"
#include "formats/wire.h"

/* What the compiler cannot know to be false and nothing. */
static volatile bool never;
static int *volatile nowhere;
static char *volatile kept;

static void
say(const char *records)
{
	if (write(WIRE_OUTPUT_FD, records, strlen(records)) == -1)
		_exit(1);
}

static enum extract_status
read_good(const struct input *in, struct out *o)
{
	out_meta(o, "test:size", "12", 2);
	out_page(o, 1);
	out_heading(o, 1, "Kop", 3);
	out_text(o, in->bytes, in->size);
	return EXTRACT_OK;
}

/* For measuring: the document as one paragraph. */
static enum extract_status
read_plain(const struct input *in, struct out *o)
{
	out_text(o, in->bytes, in->size);
	return EXTRACT_OK;
}

static enum extract_status
read_broken(const struct input *in, struct out *o)
{
	(void)in;
	out_text(o, "half", 4);
	out_reason(o, "no trailer");
	return EXTRACT_MALFORMED;
}

static enum extract_status
do_crash(const struct input *in, struct out *o)
{
	(void)in;
	out_meta(o, "test:before", "crash", 5);
	*nowhere = 1;
	return EXTRACT_OK;
}

static enum extract_status
do_abort(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	abort();
}

/* Frees twice: the allocator finds it out, says so and aborts. */
static enum extract_status
do_corrupt(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	kept = malloc(100);
	free(kept);
	free(kept);
	return EXTRACT_OK;
}

static enum extract_status
do_loop(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	while (!never)
		;
	return EXTRACT_OK;
}

static enum extract_status
do_recurse(const struct input *in, struct out *o)
{
	volatile char frame[4096];

	if (never)
		return EXTRACT_OK;
	frame[0] = (char)do_recurse(in, o);
	return frame[0] ? EXTRACT_EMPTY : EXTRACT_OK;
}

/* Takes memory as our own code does: out of it ends the process. */
static enum extract_status
do_hog(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	while (!never)
		memset(xmalloc(1 << 20), 1, 1 << 20);
	return EXTRACT_OK;
}

/* As C++ does: out of it is an exception that nobody catches. */
static enum extract_status
do_hog_abort(const struct input *in, struct out *o)
{
	char *p;

	(void)in, (void)o;
	while ((p = malloc(1 << 20)) != NULL)
		kept = p;
	abort();
}

/* As libxml2 does: out of it is a broken document. */
static enum extract_status
do_hog_malformed(const struct input *in, struct out *o)
{
	char *p;

	(void)in, (void)o;
	while ((p = malloc(1 << 20)) != NULL)
		kept = p;
	return EXTRACT_MALFORMED;
}

static enum extract_status
do_flood(const struct input *in, struct out *o)
{
	(void)in;
	while (!never)
		out_text(o, "flood flood flood", 17);
	return EXTRACT_OK;
}

static enum extract_status
do_sleep(const struct input *in, struct out *o)
{
	int word = 0;

	(void)in, (void)o;
	while (!never)
		syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
	return EXTRACT_OK;
}

static enum extract_status
do_exit(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	exit(0);
}

/* Ends its own records and begins those of the next document. */
static enum extract_status
do_forge(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	say("status 2\nok\nend 0\n\nmeta 8\nname=lie\ntext 3\nlie\n");
	_exit(0);
}

/* Begins a record that would swallow the next document. */
static enum extract_status
do_swallow(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	say("text 30000000\n");
	_exit(0);
}

/* Claims what only the supervisor may say. */
static enum extract_status
do_claim(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	say("status 7\ntoo-big\nend 0\n\n");
	_exit(0);
}

static enum extract_status
do_socket(const struct input *in, struct out *o)
{
	(void)in, (void)o;
	return socket(AF_INET, SOCK_STREAM, 0) == -1 ? EXTRACT_BOMB :
	    EXTRACT_OK;
}

/* Looks for the control socket, to speak for the worker. */
static enum extract_status
do_control(const struct input *in, struct out *o)
{
	struct wire_reply lie = { 0, 0, 0 };

	(void)in, (void)o;
	if (write(WIRE_CONTROL_FD, &lie, sizeof lie) == -1 && errno == EBADF)
		return EXTRACT_SCAN;
	return EXTRACT_OK;
}

/* Two files within, each as big as the document. */
static enum extract_status
unpack_good(const struct input *in, struct unpack *u)
{
	enum extract_status status = unpack_add(u, "map/a", 5, EXTRACT_OK,
	    in->bytes, in->size);

	return status != EXTRACT_OK ? status : unpack_add(u, "b", 1,
	    EXTRACT_OK, in->bytes, in->size);
}

static enum extract_status
unpack_too_much(const struct input *in, struct unpack *u)
{
	unpack_add(u, "a", 1, EXTRACT_OK, in->bytes, in->size);
	return unpack_spend(u, SIZE_MAX);
}

/* Without regard to the budget. */
static enum extract_status
unpack_flood(const struct input *in, struct unpack *u)
{
	static const char bytes[65536];

	(void)in;
	while (!never)
		out_member(u->out, "a", EXTRACT_OK, bytes, sizeof bytes);
	return EXTRACT_OK;
}

/* A name that out.c would not write. */
static enum extract_status
unpack_lie(const struct input *in, struct unpack *u)
{
	(void)in, (void)u;
	say("member 13\n../../etc\nok\n\nstatus 2\nok\nend 0\n\n");
	_exit(0);
}

static enum extract_status
unpack_loop(const struct input *in, struct unpack *u)
{
	unpack_add(u, "a", 1, EXTRACT_OK, in->bytes, in->size);
	while (!never)
		;
	return EXTRACT_OK;
}

static enum extract_status
unpack_abort(const struct input *in, struct unpack *u)
{
	unpack_add(u, "a", 1, EXTRACT_OK, in->bytes, in->size);
	abort();
}

#define FORMAT(name, read) { name, "text/x-" name, read, NULL }
#define WITHIN(name, unpack) { name, "text/x-" name, NULL, unpack }

const struct format formats[] = {
	FORMAT("good", read_good),
	FORMAT("plain", read_plain),
	FORMAT("broken", read_broken),
	FORMAT("unread", NULL),
	FORMAT("crash", do_crash),
	FORMAT("abort", do_abort),
	FORMAT("corrupt", do_corrupt),
	FORMAT("loop", do_loop),
	FORMAT("recurse", do_recurse),
	FORMAT("hog", do_hog),
	FORMAT("hog-abort", do_hog_abort),
	FORMAT("hog-broken", do_hog_malformed),
	FORMAT("flood", do_flood),
	FORMAT("sleep", do_sleep),
	FORMAT("exit", do_exit),
	FORMAT("forge", do_forge),
	FORMAT("swallow", do_swallow),
	FORMAT("claim", do_claim),
	FORMAT("socket", do_socket),
	FORMAT("control", do_control),
	WITHIN("pack", unpack_good),
	WITHIN("pack-much", unpack_too_much),
	WITHIN("pack-flood", unpack_flood),
	WITHIN("pack-lie", unpack_lie),
	WITHIN("pack-loop", unpack_loop),
	WITHIN("pack-abort", unpack_abort),
};
const size_t nformats = NELEM(formats);

void
formats_init(void)
{
}

const struct format *
format_detect(const struct input *in)
{
	size_t i, n;

	for (i = 0; i < nformats; i++) {
		n = strlen(formats[i].name);
		if (in->size > n && in->bytes[n] == '\n' &&
		    memcmp(in->bytes, formats[i].name, n) == 0)
			return &formats[i];
	}
	return NULL;
}

enum extract_status
format_sidecar(const struct input *in, struct out *o)
{
	out_sidecar_meta(o, "all", in->bytes, in->size);
	return EXTRACT_OK;
}
