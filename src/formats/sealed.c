#include <config.h>

#include "formats/sealed.h"

#include <string.h>

#include "formats/format.h"
#include "formats/out.h"

/* What CMS says of its content, as an object identifier in DER. */
static const struct {
	const char *oid;
	size_t len;
	bool is_enveloped;
} contents[] = {
	{ "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 11, false },
	{ "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03", 11, true },
	{ "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x06", 11, true },
	/* Authenticated as well. */
	{ "\x06\x0B\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17", 13, true },
};

/* Packets that a message begins with: a session key, and what follows. */
#define KEY_FOR_HOLDER 1
#define KEY_FOR_PASSWORD 3
#define MAX_ALGORITHM 30

bool
sealed_is_armour(const char *s, size_t n)
{
	static const char first[] = "-----BEGIN PGP MESSAGE-----";
	size_t i = 0;

	while (i < n && strchr(" \t\r\n", s[i]) != NULL && s[i] != '\0')
		i++;
	return n - i >= sizeof first - 1 &&
	    memcmp(s + i, first, sizeof first - 1) == 0;
}

/* A sequence, of any length, that begins with one of those; -1: none. */
static int
content_of(const char *s, size_t n)
{
	size_t at = 2, i;

	if (n < 2 || s[0] != 0x30)
		return -1;
	/* Long lengths say in how many bytes they stand. */
	if (((unsigned char)s[1] & 0x80) != 0)
		at += (unsigned char)s[1] & 0x7F;
	for (i = 0; i < NELEM(contents); i++)
		if (n > at && n - at >= contents[i].len &&
		    memcmp(s + at, contents[i].oid, contents[i].len) == 0)
			return (int)i;
	return -1;
}

bool
sealed_is_enveloped(const char *s, size_t n)
{
	int content = content_of(s, n);

	return content != -1 && contents[content].is_enveloped;
}

/*
 * The first packet is a session key: its tag and length in the old form or
 * the new one, then its version and an algorithm.
 */
static bool
is_pgp(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	unsigned tag, body;

	if (n < 16 || (u[0] & 0x80) == 0)
		return false;
	if ((u[0] & 0x40) != 0) {
		tag = u[0] & 0x3F;
		body = u[1] < 192 ? 2 : u[1] < 224 ? 3 : 6;
	} else {
		tag = u[0] >> 2 & 0x0F;
		if ((u[0] & 3) == 3)
			return false;	/* only data goes on to the end */
		body = 1 + (1U << (u[0] & 3));
	}
	if (tag == KEY_FOR_PASSWORD)
		return u[body] >= 4 && u[body] <= 6 && u[body + 1] > 0 &&
		    u[body + 1] <= MAX_ALGORITHM;
	/* Version 3 has the number of the key before its algorithm. */
	return tag == KEY_FOR_HOLDER && u[body] == 3 && u[body + 9] > 0 &&
	    u[body + 9] <= MAX_ALGORITHM;
}

const char *
sealed_format(const char *s, size_t n)
{
	return is_pgp(s, n) ? "pgp" : content_of(s, n) != -1 ? "p7m" : NULL;
}

bool
sealed_is_part(const struct mime *m, const struct buf *type)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	struct buf kind CLEAN(buf_clear) = BUF_INIT;

	if (mime_is(type, "multipart/encrypted"))
		return true;
	if (!mime_is(type, "application/pkcs7-mime") &&
	    !mime_is(type, "application/x-pkcs7-mime"))
		return false;
	if (mime_parameter(type, "smime-type", &kind) &&
	    (mime_is(&kind, "enveloped-data") ||
	    mime_is(&kind, "authEnveloped-data")))
		return true;
	mime_body(m, &bytes);
	return sealed_is_enveloped(buf_str(&bytes), bytes.len);
}

enum extract_status
refuse_sealed(const struct input *in, struct out *out)
{
	if (content_of(in->bytes, in->size) == -1 ||
	    sealed_is_enveloped(in->bytes, in->size))
		return EXTRACT_ENCRYPTED;
	out_reason(out, "a signed message");
	return EXTRACT_UNSUPPORTED;
}
