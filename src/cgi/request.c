#include <config.h>

#include "cgi/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/utf8.h"
#include "cgi/caps.h"

/* ---- text from outside ---- */

/* Decode a part of a query string; -1 at an escape that is none, or %00. */
static int
decode(const char *s, size_t n, struct buf *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		int c = (unsigned char)s[i];

		if (c == '+')
			c = ' ';
		if (c == '%') {
			c = hex_byte(s + i + 1, n - i - 1);
			if (c == -1)
				return -1;
			i += 2;
		}
		/* Browsers let a tab through that comes with what is pasted. */
		if (c == '\t')
			c = ' ';
		if (c == '\0')
			return -1;
		buf_addc(out, (char)c);
	}
	return 0;
}

/* Valid UTF-8 without controls, C0, DEL and C1. */
static bool
is_clean(const char *s, size_t n)
{
	uint32_t c;
	size_t i, k;

	for (i = 0; i < n; i += k)
		if ((k = utf8_decode(s + i, n - i, &c)) == 0 || c < 0x20 ||
		    (c >= 0x7F && c < 0xA0))
			return false;
	return true;
}

static int
bad(struct error *err, const char *what)
{
	error_set(err, ERROR_QUERY, "%s", what);
	return 400;
}

/* ---- the query string ---- */

static int
add_pair(struct request *r, const char *s, size_t n, struct error *err)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT, value = BUF_INIT;
	const char *equals = memchr(s, '=', n);
	size_t nkey = equals != NULL ? (size_t)(equals - s) : n;

	if (decode(s, nkey, &key) == -1 || (equals != NULL &&
	    decode(equals + 1, n - nkey - 1, &value) == -1))
		return bad(err, "het adres bevat een procentteken waar geen "
		    "twee hexadecimale cijfers achter staan");
	if (!is_clean(buf_str(&key), key.len) ||
	    !is_clean(buf_str(&value), value.len))
		return bad(err, "het adres bevat stuurtekens, of tekst die "
		    "geen UTF-8 is");
	if (key.len > REQUEST_MAX_Q || value.len > REQUEST_MAX_Q) {
		r->is_long = true;
		error_set(err, ERROR_QUERY, "een waarde is te lang: hoogstens "
		    "%d bytes", REQUEST_MAX_Q);
		return 400;
	}
	if (r->npairs == REQUEST_MAX_PAIRS)
		return bad(err, "het adres bevat te veel sleutels");
	GROW(r->pairs, r->npairs, r->cap_pairs);
	buf_adds(&key, "");
	buf_adds(&value, "");
	r->pairs[r->npairs++] = (struct request_pair){
		buf_steal(&key), buf_steal(&value)
	};
	return 200;
}

static int
read_query_string(struct request *r, const char *s, struct error *err)
{
	size_t n;
	int status = 200;

	if (strnlen(s, REQUEST_MAX_STRING + 1) > REQUEST_MAX_STRING) {
		r->is_long = true;
		error_set(err, ERROR_QUERY, "de vraag is te lang: hoogstens "
		    "%d bytes", REQUEST_MAX_STRING);
		return 400;
	}
	for (; *s != '\0' && status == 200; s += n + (s[n] == '&')) {
		n = strcspn(s, "&");
		if (n > 0)
			status = add_pair(r, s, n, err);
	}
	return status;
}

/* ---- the rest ---- */

/* The web server has decoded it. */
static int
read_path(struct request *r, const char *s, struct error *err)
{
	if (*s == '\0')
		s = "/";
	if (*s != '/' || strnlen(s, REQUEST_MAX_PATH + 1) > REQUEST_MAX_PATH ||
	    !is_clean(s, strlen(s)))
		return bad(err, "het adres is te lang, of bevat stuurtekens of "
		    "tekst die geen UTF-8 is");
	r->path = xstrdup(s);
	r->rest = r->path + strlen(s);
	return 200;
}

int
request_read(request_getenv *get, void *arg, struct request *out,
    struct error *err)
{
	const char *method = get("REQUEST_METHOD", arg);
	const char *path = get("PATH_INFO", arg);
	const char *string = get("QUERY_STRING", arg);
	const char *tags = get("HTTP_IF_NONE_MATCH", arg);
	int status;

	*out = (struct request){ .path = xstrdup("/"), .rest = "" };
	if (method == NULL || (strcmp(method, "GET") != 0 &&
	    strcmp(method, "HEAD") != 0)) {
		error_set(err, ERROR_QUERY, "alleen GET en HEAD kunnen");
		return 405;
	}
	out->is_head = strcmp(method, "HEAD") == 0;
	str_free(&out->path);
	if ((status = read_path(out, path != NULL ? path : "", err)) != 200)
		return status;
	if (tags != NULL &&
	    strnlen(tags, REQUEST_MAX_TAGS + 1) <= REQUEST_MAX_TAGS)
		out->if_none_match = xstrdup(tags);
	return read_query_string(out, string != NULL ? string : "", err);
}

void
request_clear(struct request *r)
{
	size_t i;

	for (i = 0; i < r->npairs; i++) {
		free(r->pairs[i].key);
		free(r->pairs[i].value);
	}
	free(r->pairs);
	free(r->path);
	free(r->if_none_match);
	*r = (struct request){ 0 };
}

const char *
request_value(const struct request *r, const char *key)
{
	size_t i;

	for (i = 0; i < r->npairs; i++)
		if (strcmp(r->pairs[i].key, key) == 0)
			return r->pairs[i].value;
	return NULL;
}

/* ---- keys ---- */

static int
check_once(const struct request *r, size_t i, struct error *err)
{
	const char *key = r->pairs[i].key;
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(r->pairs[k].key, key) == 0)
			return error_set(err, ERROR_QUERY,
			    "%s is meer dan eens gegeven", key);
	return 0;
}

static int
is_among(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return 1;
	return 0;
}

int
request_only(const struct request *r, const char *const *keys,
    struct error *err)
{
	CLEAN(buf_clear) struct buf all = BUF_INIT;
	const char *const *k;
	size_t i;

	for (i = 0; i < r->npairs; i++) {
		if (is_among(keys, r->pairs[i].key)) {
			if (check_once(r, i, err) == -1)
				return -1;
			continue;
		}
		for (k = keys; *k != NULL; k++)
			buf_addf(&all, "%s%s", all.len > 0 ? ", " : "", *k);
		return error_set(err, ERROR_QUERY,
		    "sleutel ‘%s’ bestaat niet; mogelijk is: %s",
		    r->pairs[i].key, all.len > 0 ? all.s : "geen");
	}
	return 0;
}

int
request_query(const struct request *r, const char *const *others,
    struct query *q, struct error *err)
{
	size_t i;

	for (i = 0; i < r->npairs; i++) {
		const struct request_pair *p = &r->pairs[i];
		bool is_other = others != NULL && is_among(others, p->key);
		bool is_known = query_key_exists(p->key);

		if ((is_other || (is_known && field_by_name(p->key) == NULL)) &&
		    check_once(r, i, err) == -1)
			return -1;
		/* A form sends what was left empty, too. */
		if (is_other || (is_known && *p->value == '\0'))
			continue;
		if (query_set(q, p->key, p->value, err) == -1)
			return -1;
	}
	return caps_check(q, err);
}
