#include <config.h>

#include "formats/out.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/fd.h"
#include "base/utf8.h"
#include "formats/wire.h"

/* Writes of less are not worth their system call. */
#define FLUSH_BYTES 65536

void
out_init(struct out *o, int fd)
{
	*o = (struct out){ .fd = fd };
}

void
out_clear(struct out *o)
{
	buf_clear(&o->records);
	buf_clear(&o->scratch);
	buf_clear(&o->reason);
}

static void
put(struct out *o, const void *bytes, size_t n)
{
	if (!o->has_failed && fd_put(o->fd, bytes, n) == -1)
		o->has_failed = true;
}

int
out_flush(struct out *o)
{
	if (o->fd == -1)
		return 0;
	put(o, o->records.s, o->records.len);
	buf_cut(&o->records, 0);
	return o->has_failed ? -1 : 0;
}

static void
record(struct out *o, const char *name, const char *s, size_t len)
{
	if (o->has_failed)
		return;
	wire_record(&o->records, name, s, len);
	if (o->records.len >= FLUSH_BYTES)
		out_flush(o);
}

/* The length in bytes of the white space at s, 0 if there is none. */
static size_t
space_at(const char *s, size_t n)
{
	uint32_t c;
	size_t len;

	if ((unsigned char)*s < 0x80)
		return *s == ' ' || *s == '\t' || *s == '\n';
	len = utf8_decode(s, n, &c);
	return utf8_is_space(c) ? len : 0;
}

/* How many of n > 0 bytes at s, which is no white space, folding leaves alone. */
static size_t
unchanged(const char *s, size_t n)
{
	size_t i;

	for (i = 1; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		unsigned char next = i + 1 < n ? (unsigned char)s[i + 1] : ' ';

		/* All other white space begins with one of these. */
		if (c > ' ' && c < 0xC2)
			continue;
		if (c == ' ' && next > ' ' && next < 0x80)
			continue;
		if (space_at(s + i, n - i) > 0)
			break;
	}
	return i;
}

/*
 * Fold white space in n bytes of clean text at s, in place.  Returns what is
 * left of n.  Most text is folded already: then nothing moves.
 */
static size_t
fold_in_place(char *s, size_t n)
{
	size_t i = 0, to = 0, len;
	bool has_tab;

	for (;;) {
		has_tab = false;
		for (; i < n && (len = space_at(s + i, n - i)) > 0; i += len)
			has_tab |= s[i] == '\t';
		if (i == n)
			return to;
		if (to > 0)
			s[to++] = has_tab ? '\t' : ' ';
		len = unchanged(s + i, n - i);
		if (to != i)
			memmove(s + to, s + i, len);
		to += len;
		i += len;
	}
}

/*
 * Append s, cleaned and with its white space folded, to b; at most max bytes
 * of it, cut at a character.
 */
static void
add_folded(struct buf *b, const char *s, size_t n, size_t max)
{
	size_t start = b->len, len;

	utf8_clean(s, n, b);
	if (b->len == start)
		return;
	len = fold_in_place(b->s + start, b->len - start);
	if (len > max) {
		for (len = max; ((unsigned char)b->s[start + len] & 0xC0) ==
		    0x80; len--)
			;
		while (len > 0 && (unsigned char)b->s[start + len - 1] <= ' ')
			len--;
	}
	buf_cut(b, start + len);
}

/* The text folded into scratch; false if nothing is left of it. */
static bool
fold(struct out *o, const char *s, size_t n)
{
	buf_cut(&o->scratch, 0);
	add_folded(&o->scratch, s, n, (size_t)-1);
	return o->scratch.len > 0;
}

/* A name is one word: '=' ends it, and white space would look like a record. */
static void
add_name(struct buf *b, const char *name)
{
	size_t i = b->len;

	add_folded(b, name, strlen(name), WIRE_NAME_BYTES);
	for (; i < b->len; i++)
		if (b->s[i] == '=' || b->s[i] == ' ' || b->s[i] == '\t')
			b->s[i] = '_';
}

/* The name is in scratch. */
static void
add_meta(struct out *o, const char *value, size_t len, unsigned *count)
{
	struct buf *b = &o->scratch;
	size_t before;

	buf_addc(b, '=');
	before = b->len;
	add_folded(b, value, len, WIRE_VALUE_BYTES);
	if (b->len == before)
		return;
	++*count;
	record(o, "meta", b->s, b->len);
}

/* Names are compared without regard to case, so this is, too. */
static bool
poses_as_sidecar(const char *name)
{
	return strncasecmp(name, WIRE_SIDECAR_PREFIX,
	    sizeof WIRE_SIDECAR_PREFIX - 1) == 0;
}

void
out_meta(struct out *o, const char *name, const char *value, size_t len)
{
	if (o->metas >= WIRE_METAS - WIRE_SIDECAR_METAS || o->is_part)
		return;
	buf_cut(&o->scratch, 0);
	add_name(&o->scratch, name);
	if (o->scratch.len > 0 && !poses_as_sidecar(o->scratch.s))
		add_meta(o, value, len, &o->metas);
}

void
out_sidecar_meta(struct out *o, const char *name, const char *value, size_t len)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	if (o->sidecar_metas >= WIRE_SIDECAR_METAS)
		return;
	buf_addf(&b, WIRE_SIDECAR_PREFIX "%s", name);
	buf_cut(&o->scratch, 0);
	add_name(&o->scratch, b.s);
	add_meta(o, value, len, &o->sidecar_metas);
}

void
out_format(struct out *o, const char *name)
{
	record(o, "format", name, strlen(name));
}

void
out_page(struct out *o, unsigned number)
{
	char s[12];

	if (number <= o->last_page || number > WIRE_PAGES)
		return;
	o->last_page = number;
	snprintf(s, sizeof s, "%u", number);
	record(o, "page", s, strlen(s));
}

void
out_text(struct out *o, const char *text, size_t len)
{
	if (!fold(o, text, len))
		return;
	o->has_text = true;
	record(o, "text", o->scratch.s, o->scratch.len);
}

void
out_heading(struct out *o, unsigned level, const char *text, size_t len)
{
	char name[] = "heading1";

	if (o->headings >= WIRE_HEADINGS) {
		out_text(o, text, len);
		return;
	}
	if (!fold(o, text, len))
		return;
	name[7] = (char)('0' + (level < 1 ? 1 : level > 6 ? 6 : level));
	o->has_text = true;
	o->headings++;
	record(o, name, o->scratch.s, o->scratch.len);
}

/* A number that is none if it is 0. */
static void
add_number(struct out *o, const char *name, size_t n, unsigned most)
{
	char s[12];

	if (n == 0)
		return;
	snprintf(s, sizeof s, "%u", n < most ? (unsigned)n : most);
	record(o, name, s, strlen(s));
}

void
out_members(struct out *o, size_t n)
{
	add_number(o, "members", n, WIRE_MEMBERS);
}

void
out_pictures(struct out *o, size_t pages)
{
	add_number(o, "pictures", pages, WIRE_PAGES);
}

void
out_recognised(struct out *o, size_t pages)
{
	add_number(o, "recognised", pages, WIRE_PAGES);
}

void
out_member(struct out *o, const char *name, enum extract_status status,
    const char *bytes, size_t len)
{
	const char *word = extract_status_name(status);

	buf_addf(&o->records, "member %zu\n%s\n%s\n",
	    strlen(name) + strlen(word) + 2 + len, name, word);
	if (o->fd == -1)
		buf_add(&o->records, bytes, len);
	else {
		out_flush(o);
		put(o, bytes, len);
	}
	buf_addc(&o->records, '\n');
}

void
out_reason(struct out *o, const char *reason)
{
	buf_cut(&o->reason, 0);
	add_folded(&o->reason, reason, strlen(reason), WIRE_REASON_BYTES);
}

int
out_end(struct out *o, enum extract_status status)
{
	const char *name;

	if (status == EXTRACT_OK && !o->has_text && !o->is_unpacking)
		status = EXTRACT_EMPTY;
	name = extract_status_name(status);
	record(o, "status", name, strlen(name));
	if (o->reason.len > 0)
		record(o, "reason", o->reason.s, o->reason.len);
	record(o, "end", "", 0);
	return out_flush(o);
}
