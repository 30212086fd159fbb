#include <config.h>

#include "formats/msgfile.h"

#include <stdio.h>

#include "formats/le.h"

/* Types of properties, in the names of their streams. */
enum type {
	OBJECT = 0x000D, TEXT_8 = 0x001E, TEXT_16 = 0x001F, BYTES = 0x0102,
};

#define ENTRY_BYTES 16

/* What stands before the numbers. */
static const size_t header_bytes[] = {
	[MSG_MESSAGE] = 32, [MSG_WITHIN] = 24, [MSG_ATTACHED] = 8,
};

void
msg_open(const struct ole *ole, uint32_t storage, enum msg_kind kind,
    const struct msg *outer, struct msg *m)
{
	struct buf all CLEAN(buf_clear) = BUF_INIT;
	uint32_t number;

	*m = (struct msg){ .ole = ole, .storage = storage };
	ole_read_at(ole, ole_find(ole, storage, "__properties_version1.0"),
	    &all);
	if (all.len > header_bytes[kind])
		buf_add(&m->numbers, all.s + header_bytes[kind],
		    all.len - header_bytes[kind]);
	if (kind == MSG_ATTACHED) {
		m->charset = outer->charset;
		return;
	}
	number = msg_number(m, MSG_CODEPAGE, 0);
	if (number == 0 || charset_codepage(number) == NULL)
		number = msg_number(m, MSG_INTERNET_CODEPAGE, 0);
	m->charset = charset_codepage(number);
}

void
msg_clear(struct msg *m)
{
	buf_clear(&m->numbers);
}

static uint32_t
stream_of(const struct msg *m, enum msg_property p, enum type type)
{
	char name[32];

	snprintf(name, sizeof name, "__substg1.0_%04X%04X", (unsigned)p,
	    (unsigned)type);
	return ole_find(m->ole, m->storage, name);
}

bool
msg_text(const struct msg *m, enum msg_property p, struct buf *out)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	const struct charset *cs = charset_codepage(1200);

	if (ole_read_at(m->ole, stream_of(m, p, TEXT_16), &bytes) == -1) {
		if (ole_read_at(m->ole, stream_of(m, p, TEXT_8), &bytes) == -1)
			return false;
		cs = charset_choose(m->charset, buf_str(&bytes), bytes.len);
	}
	charset_decode(cs, buf_str(&bytes), bytes.len, out);
	return bytes.len > 0;
}

bool
msg_bytes(const struct msg *m, enum msg_property p, struct buf *out)
{
	return ole_read_at(m->ole, stream_of(m, p, BYTES), out) == 0;
}

bool
msg_has_bytes(const struct msg *m, enum msg_property p)
{
	return stream_of(m, p, BYTES) != OLE_NONE;
}

uint32_t
msg_object(const struct msg *m, enum msg_property p)
{
	return stream_of(m, p, OBJECT);
}

/* An entry is type, property, four bytes of flags, and the number. */
uint32_t
msg_number(const struct msg *m, enum msg_property p, uint32_t otherwise)
{
	const char *s = buf_str(&m->numbers);
	size_t at;

	for (at = 0; at + ENTRY_BYTES <= m->numbers.len; at += ENTRY_BYTES)
		if (le16(s + at + 2) == (unsigned)p)
			return le32(s + at + 8);
	return otherwise;
}

enum msg_form
msg_body(const struct msg *m, struct buf *out)
{
	struct buf packed CLEAN(buf_clear) = BUF_INIT;

	if (msg_text(m, MSG_BODY, out))
		return MSG_PLAIN;
	if ((msg_bytes(m, MSG_HTML, out) && out->len > 0) ||
	    msg_text(m, MSG_HTML, out))
		return MSG_PAGE;
	if (msg_bytes(m, MSG_RTF, &packed) &&
	    lzfu_decode(buf_str(&packed), packed.len, out) == 0 &&
	    out->len > 0)
		return MSG_RICH;
	return MSG_NO_BODY;
}
