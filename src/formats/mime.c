#include <config.h>

#include "formats/mime.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/hex.h"
#include "base/percent.h"
#include "formats/charset.h"

/* Pieces that a value may come in. */
#define MAX_PIECES 100

void
mime_split(const char *s, size_t n, struct mime *m)
{
	const char *end = s + n, *p = s, *eol, *next;

	m->head = s;
	for (; p < end; p = next) {
		eol = memchr(p, '\n', (size_t)(end - p));
		next = eol != NULL ? eol + 1 : end;
		if (next - p == 1 || (next - p == 2 && *p == '\r')) {
			m->head_len = (size_t)(p - s);
			m->body = next;
			m->body_len = (size_t)(end - next);
			return;
		}
	}
	m->head_len = n;
	m->body = end;
	m->body_len = 0;
}

bool
mime_field(const struct mime *m, const char *name, struct buf *out)
{
	const char *p = m->head, *end = p + m->head_len, *eol;
	size_t len = strlen(name), line;
	bool is_in = false;

	for (; p < end; p = eol + 1) {
		eol = memchr(p, '\n', (size_t)(end - p));
		if (eol == NULL)
			eol = end;
		line = (size_t)(eol - p);
		if (line > 0 && p[line - 1] == '\r')
			line--;
		if (*p == ' ' || *p == '\t') {
			if (is_in)
				buf_add(out, p, line);
		} else if (is_in)
			return true;
		else if (line > len && p[len] == ':' &&
		    strncasecmp(p, name, len) == 0) {
			is_in = true;
			p += len + 1;
			line -= len + 1;
			for (; line > 0 && (*p == ' ' || *p == '\t'); line--)
				p++;
			buf_add(out, p, line);
		}
		if (eol == end)
			break;
	}
	return is_in;
}

/* In header fields an underline is a space. */
static void
quoted_printable(const char *s, size_t n, bool in_field, struct buf *out)
{
	size_t i, k;
	int c;

	for (i = 0; i < n; i++) {
		if (s[i] == '_' && in_field) {
			buf_addc(out, ' ');
			continue;
		}
		if (s[i] != '=') {
			buf_addc(out, s[i]);
			continue;
		}
		if ((c = hex_byte(s + i + 1, n - i - 1)) != -1) {
			buf_addc(out, (char)c);
			i += 2;
			continue;
		}
		/* At the end of a line it says that the line goes on. */
		for (k = i + 1; k < n && (s[k] == ' ' || s[k] == '\t' ||
		    s[k] == '\r'); k++)
			;
		if (k == n || s[k] == '\n')
			i = k;
		else
			buf_addc(out, '=');
	}
}

static int
base64_value(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' :
	    c >= 'a' && c <= 'z' ? c - 'a' + 26 :
	    c >= '0' && c <= '9' ? c - '0' + 52 :
	    c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static void
base64(const char *s, size_t n, struct buf *out)
{
	unsigned bits = 0, have = 0;
	char *to = buf_room(out, n / 4 * 3 + 3);
	size_t i, len = 0;
	int v;

	for (i = 0; i < n && s[i] != '='; i++) {
		if ((v = base64_value(s[i])) == -1)
			continue;
		bits = bits << 6 | (unsigned)v;
		if ((have += 6) >= 8) {
			have -= 8;
			to[len++] = (char)(bits >> have);
			bits &= (1U << have) - 1;
		}
	}
	buf_grew(out, len);
}

void
mime_encode(const char *s, size_t n, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *u = (const unsigned char *)s;
	uint32_t three;
	size_t i, k, have;

	for (i = 0; i < n; i += 3) {
		have = n - i < 3 ? n - i : 3;
		for (three = 0, k = 0; k < 3; k++)
			three = three << 8 | (k < have ? u[i + k] : 0);
		for (k = 0; k < 4; k++)
			buf_addc(out, k > have ? '=' :
			    digits[three >> (18 - 6 * k) & 0x3F]);
		if (i % 57 == 54)
			buf_addc(out, '\n');
	}
}

/*
 * An encoded word at s, "=?charset?B?text?=": decode it.  Returns its length,
 * 0 if it is none.
 */
static size_t
encoded_word(const char *s, size_t n, struct buf *out)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	const char *end = s + n, *set = s + 2, *how, *text, *stop;
	const struct charset *cs;

	if (n < 8 || s[0] != '=' || s[1] != '?' ||
	    (how = memchr(set, '?', (size_t)(end - set))) == NULL ||
	    end - how < 4 || how[2] != '?')
		return 0;
	text = how + 3;
	if ((stop = memmem(text, (size_t)(end - text), "?=", 2)) == NULL)
		return 0;
	if ((how[1] | 32) == 'b')
		base64(text, (size_t)(stop - text), &bytes);
	else
		quoted_printable(text, (size_t)(stop - text), true, &bytes);
	/* A language may stand behind it: "utf-8*nl". */
	cs = charset_find(set, strcspn(set, "?*"));
	cs = charset_choose(cs, buf_str(&bytes), bytes.len);
	charset_decode(cs, buf_str(&bytes), bytes.len, out);
	return (size_t)(stop + 2 - s);
}

static void
decode_words(const struct buf *raw, struct buf *out)
{
	size_t i = 0, from = 0, space, len;
	bool after_word = false;

	while (i < raw->len) {
		/* White space between two such words is not part of them. */
		for (space = i; space < raw->len && strchr(" \t",
		    raw->s[space]) != NULL && raw->s[space] != '\0'; space++)
			;
		if (!after_word)
			buf_add(out, raw->s + i, space - i);
		len = space < raw->len ? encoded_word(raw->s + space,
		    raw->len - space, out) : 0;
		if (len > 0) {
			i = space + len;
			after_word = true;
			continue;
		}
		if (after_word)
			buf_add(out, raw->s + i, space - i);
		after_word = false;
		for (from = i = space; i < raw->len && raw->s[i] != ' ' &&
		    raw->s[i] != '\t' && (i == from || raw->s[i] != '='); i++)
			;
		charset_decode(charset_detect(raw->s + from, i - from),
		    raw->s + from, i - from, out);
	}
}

bool
mime_text_field(const struct mime *m, const char *name, struct buf *out)
{
	struct buf raw CLEAN(buf_clear) = BUF_INIT;

	if (!mime_field(m, name, &raw))
		return false;
	decode_words(&raw, out);
	return true;
}

bool
mime_is(const struct buf *value, const char *word)
{
	return strncasecmp(buf_str(value), word, strlen(word)) == 0;
}

/* ---- parameters ---- */

struct parameter {
	const char *name;
	size_t len;
	bool is_quoted;
	struct buf value;
};

/*
 * A quoted value at p.  A backslash says that a quote is no end; before other
 * letters it is what stands in the paths of Windows.
 */
static const char *
take_quoted(const char *p, struct buf *value)
{
	for (; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		buf_addc(value, *p);
	}
	return *p == '"' ? p + 1 : p;
}

/* The next parameter behind *p, which moves behind it; false: no more. */
static bool
next_parameter(const char **p, struct parameter *out)
{
	size_t len;

	for (;;) {
		*p += strcspn(*p, ";");
		if (**p == '\0')
			return false;
		*p += 1 + strspn(*p + 1, " \t");
		out->name = *p;
		out->len = strcspn(*p, "=; \t");
		*p += out->len;
		*p += strspn(*p, " \t");
		if (out->len > 0 && **p == '=')
			break;
	}
	*p += 1 + strspn(*p + 1, " \t");
	buf_cut(&out->value, 0);
	out->is_quoted = **p == '"';
	if (out->is_quoted) {
		*p = take_quoted(*p + 1, &out->value);
		return true;
	}
	len = strcspn(*p, ";");
	buf_add(&out->value, *p, len);
	*p += len;
	return true;
}

static bool
is_called(const struct parameter *p, const char *name)
{
	return strlen(name) == p->len &&
	    strncasecmp(name, p->name, p->len) == 0;
}

static bool
find_parameter(const struct buf *value, const char *name,
    struct parameter *out)
{
	const char *p = buf_str(value);

	while (next_parameter(&p, out))
		if (is_called(out, name))
			return true;
	return false;
}

bool
mime_parameter(const struct buf *value, const char *name, struct buf *out)
{
	struct parameter p = { 0 };
	bool found = find_parameter(value, name, &p);

	if (found)
		buf_add(out, buf_str(&p.value), p.is_quoted ? p.value.len :
		    strcspn(buf_str(&p.value), " \t"));
	buf_clear(&p.value);
	return found;
}

/*
 * One piece of a value as RFC 2231 has it: "name*0=", or with a charset before
 * the first and percents "name*0*=utf-8'nl'".
 */
static void
take_piece(const struct parameter *p, bool is_first,
    const struct charset **cs, struct buf *bytes)
{
	const char *s = buf_str(&p->value), *quote;

	if (p->name[p->len - 1] != '*') {
		buf_add(bytes, s, p->value.len);
		return;
	}
	if (is_first && (quote = strchr(s, '\'')) != NULL) {
		*cs = charset_find(s, (size_t)(quote - s));
		s = quote + 1;
		if ((quote = strchr(s, '\'')) != NULL)
			s = quote + 1;
	}
	percent_decode_to(s, strlen(s), bytes);
}

/* The pieces name*0, name*1, ... in their order, or name* alone. */
static bool
extended_parameter(const struct buf *value, const char *name, struct buf *out)
{
	struct buf bytes CLEAN(buf_clear) = BUF_INIT;
	const struct charset *cs = NULL;
	struct parameter p = { 0 };
	char piece[80];
	unsigned i;

	snprintf(piece, sizeof piece, "%s*", name);
	if (find_parameter(value, piece, &p))
		take_piece(&p, true, &cs, &bytes);
	else for (i = 0; i < MAX_PIECES; i++) {
		snprintf(piece, sizeof piece, "%s*%u", name, i);
		if (!find_parameter(value, piece, &p)) {
			snprintf(piece, sizeof piece, "%s*%u*", name, i);
			if (!find_parameter(value, piece, &p))
				break;
		}
		take_piece(&p, i == 0, &cs, &bytes);
	}
	buf_clear(&p.value);
	cs = charset_choose(cs, buf_str(&bytes), bytes.len);
	charset_decode(cs, buf_str(&bytes), bytes.len, out);
	return bytes.len > 0;
}

bool
mime_text_parameter(const struct buf *value, const char *name,
    struct buf *out)
{
	struct parameter p = { 0 };
	bool found = extended_parameter(value, name, out);

	if (!found && (found = find_parameter(value, name, &p)))
		decode_words(&p.value, out);
	buf_clear(&p.value);
	return found;
}

void
mime_body(const struct mime *m, struct buf *out)
{
	struct buf how CLEAN(buf_clear) = BUF_INIT;

	mime_field(m, "Content-Transfer-Encoding", &how);
	if (mime_is(&how, "base64"))
		base64(m->body, m->body_len, out);
	else if (mime_is(&how, "quoted-printable"))
		quoted_printable(m->body, m->body_len, false, out);
	else
		buf_add(out, m->body, m->body_len);
}

/* Where a line "--boundary" begins, from at on; the length if there is none. */
static size_t
find_boundary(const struct mime *m, const struct buf *boundary, size_t at)
{
	const char *p;

	while (at < m->body_len && (p = memmem(m->body + at,
	    m->body_len - at, boundary->s, boundary->len)) != NULL) {
		size_t i = (size_t)(p - m->body);

		if (i >= 2 && p[-1] == '-' && p[-2] == '-' &&
		    (i == 2 || p[-3] == '\n'))
			return i - 2;
		at = i + 1;
	}
	return m->body_len;
}

bool
mime_next(const struct mime *m, const struct buf *boundary, size_t *at,
    struct mime *part)
{
	size_t from, end;
	const char *eol;

	if (boundary->len == 0)
		return false;
	from = find_boundary(m, boundary, *at);
	if (from == m->body_len)
		return false;
	from += 2 + boundary->len;
	/* Two more dashes end it all. */
	if (m->body_len - from >= 2 && memcmp(m->body + from, "--", 2) == 0)
		return false;
	eol = memchr(m->body + from, '\n', m->body_len - from);
	from = eol != NULL ? (size_t)(eol + 1 - m->body) : m->body_len;
	end = find_boundary(m, boundary, from);
	mime_split(m->body + from, end - from, part);
	*at = end;
	return true;
}
