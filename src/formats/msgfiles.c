/*
 * The files sent with a message that Outlook kept.
 */
#include <config.h>

#include <stdlib.h>
#include <strings.h>

#include "formats/membername.h"
#include "formats/mime.h"
#include "formats/msgfile.h"
#include "formats/unpack.h"
#include "formats/wire.h"

/* Messages within messages; those deeper are left out. */
#define MAX_DEPTH 4

/* How something is attached: as bytes, or as a message. */
#define BY_VALUE 1
#define AS_MESSAGE 5

/* A picture that the page of the message shows. */
#define SHOWN_IN_PAGE 4

#define BOUNDARY "=_naslag"

enum kind { NOTHING, BYTES, MESSAGE };

static enum kind
kind_of(const struct msg *a)
{
	struct buf type CLEAN(buf_clear) = BUF_INIT;
	uint32_t method = msg_number(a, MSG_METHOD, BY_VALUE);

	msg_text(a, MSG_MIME, &type);
	if ((msg_number(a, MSG_HIDDEN, 0) & 0xFF) != 0 ||
	    ((msg_number(a, MSG_FLAGS, 0) & SHOWN_IN_PAGE) != 0 &&
	    strncasecmp(buf_str(&type), "image/", 6) == 0))
		return NOTHING;
	if (method == BY_VALUE && msg_has_bytes(a, MSG_DATA))
		return BYTES;
	if (method == AS_MESSAGE && msg_object(a, MSG_DATA) != OLE_NONE)
		return MESSAGE;
	return NOTHING;
}

static void
name_of(const struct msg *a, struct buf *name)
{
	if (msg_text(a, MSG_LONG_NAME, name) ||
	    msg_text(a, MSG_SHORT_NAME, name)) {
		membername_base(name);
		return;
	}
	msg_text(a, MSG_DISPLAY_NAME, name);
	membername_flatten(name);
}

/* Storages in the order in which they were made. */
static int
compare_ids(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/*
 * Call each() for everything that is attached to a message, until it says
 * otherwise than OK.
 */
static enum extract_status
each_file(const struct msg *m, enum extract_status (*each)(const struct msg *,
    enum kind, void *arg), void *arg)
{
	uint32_t *ids = xcalloc(WIRE_MEMBERS + 1, sizeof *ids);
	size_t n = ole_list(m->ole, m->storage, "__attach_version1.0_*", ids,
	    WIRE_MEMBERS + 1), i;
	enum extract_status status = EXTRACT_OK;

	qsort(ids, n, sizeof *ids, compare_ids);
	for (i = 0; i < n && status == EXTRACT_OK; i++) {
		struct msg a CLEAN(msg_clear) = { 0 };
		enum kind kind;

		msg_open(m->ole, ids[i], MSG_ATTACHED, m, &a);
		if ((kind = kind_of(&a)) != NOTHING)
			status = each(&a, kind, arg);
	}
	free(ids);
	return status;
}

static enum extract_status
count(const struct msg *a, enum kind kind, void *arg)
{
	(void)a, (void)kind;
	++*(size_t *)arg;
	return EXTRACT_OK;
}

size_t
msg_count_files(const struct msg *m)
{
	size_t n = 0;

	each_file(m, count, &n);
	return n;
}

/* ---- messages within, which become mail ---- */

struct composing {
	struct buf *out;
	unsigned depth;
};

static void compose(const struct msg *, unsigned depth, struct buf *);

static void
add_word(const char *before, const struct buf *text, struct buf *out)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t i;

	mime_encode(buf_str(text), text->len, &b);
	buf_adds(out, before);
	buf_adds(out, "=?utf-8?B?");
	for (i = 0; i < b.len; i++)
		if (b.s[i] != '\n')
			buf_addc(out, b.s[i]);
	buf_adds(out, "?=");
}

static void
add_part(const char *type, const struct buf *name, const struct buf *bytes,
    struct buf *out)
{
	buf_addf(out, "\n--" BOUNDARY "\nContent-Type: %s\n"
	    "Content-Transfer-Encoding: base64\n", type);
	if (name != NULL) {
		add_word("Content-Disposition: attachment; filename=\"", name,
		    out);
		buf_adds(out, "\"\n");
	}
	buf_addc(out, '\n');
	mime_encode(buf_str(bytes), bytes->len, out);
}

static enum extract_status
add_file(const struct msg *a, enum kind kind, void *arg)
{
	struct composing *c = arg;
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	struct msg inner CLEAN(msg_clear) = { 0 };

	name_of(a, &name);
	if (kind == MESSAGE && c->depth < MAX_DEPTH) {
		msg_open(a->ole, msg_object(a, MSG_DATA), MSG_WITHIN, a,
		    &inner);
		compose(&inner, c->depth + 1, &bytes);
		add_part("message/rfc822", &name, &bytes, c->out);
	} else if (kind == BYTES && msg_bytes(a, MSG_DATA, &bytes))
		add_part("application/octet-stream", &name, &bytes, c->out);
	return EXTRACT_OK;
}

/*
 * A message within has no file of its own that could be taken out: it is
 * written as mail with the same subject, body and files.
 */
static void
compose(const struct msg *m, unsigned depth, struct buf *out)
{
	static const char *const types[] = {
		[MSG_PLAIN] = "text/plain; charset=utf-8",
		[MSG_PAGE] = "text/html", [MSG_RICH] = "text/rtf",
	};
	static const struct buf rich_name = {
		(char *)(uintptr_t)"bericht.rtf", 11, 0,
	};
	struct buf subject CLEAN(buf_clear) = BUF_INIT;
	struct buf body CLEAN(buf_clear) = BUF_INIT;
	struct composing c = { out, depth };
	enum msg_form form;

	msg_text(m, MSG_SUBJECT, &subject);
	add_word("Subject: ", &subject, out);
	buf_adds(out, "\nMIME-Version: 1.0\n"
	    "Content-Type: multipart/mixed; boundary=\"" BOUNDARY "\"\n");
	form = msg_body(m, &body);
	if (form != MSG_NO_BODY)
		add_part(types[form], form == MSG_RICH ? &rich_name : NULL,
		    &body, out);
	each_file(m, add_file, &c);
	buf_adds(out, "\n--" BOUNDARY "--\n");
}

/* ---- unpacking ---- */

static enum extract_status
take(const struct msg *a, enum kind kind, void *arg)
{
	struct unpack *u = arg;
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct buf name CLEAN(buf_clear) = BUF_INIT;
	struct msg inner CLEAN(msg_clear) = { 0 };
	enum extract_status status;

	name_of(a, &name);
	if (kind == MESSAGE) {
		msg_open(a->ole, msg_object(a, MSG_DATA), MSG_WITHIN, a,
		    &inner);
		compose(&inner, 1, &bytes);
		buf_adds(&name, ".eml");
	} else
		msg_bytes(a, MSG_DATA, &bytes);
	status = unpack_spend(u, bytes.len);
	return status != EXTRACT_OK ? status : unpack_add(u, buf_str(&name),
	    name.len, EXTRACT_OK, buf_str(&bytes), bytes.len);
}

enum extract_status
unpack_msg(const struct input *in, struct unpack *u)
{
	struct ole o CLEAN(ole_clear);
	struct msg m CLEAN(msg_clear) = { 0 };

	if (ole_open(in, &o) == -1)
		return EXTRACT_MALFORMED;
	msg_open(&o, OLE_ROOT, MSG_MESSAGE, NULL, &m);
	return each_file(&m, take, u);
}
