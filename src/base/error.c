#include <config.h>

#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
	int exit;
	int http;
} kinds[] = {
	[ERROR_NONE]	 = {  0, 200 },
	[ERROR_QUERY]	 = {  2, 400 },
	[ERROR_ABSENT]	 = {  1, 404 },
	[ERROR_DOCUMENT] = { 74, 500 },
	[ERROR_REFUSED]	 = { 65, 503 },
	[ERROR_NOINDEX]	 = { 66, 503 },
	[ERROR_INDEX]	 = { 69, 503 },
	[ERROR_BUG]	 = { 70, 500 },
	[ERROR_SPACE]	 = { 73, 500 },
	[ERROR_IO]	 = { 74, 500 },
	[ERROR_BUSY]	 = { 75, 503 },
	[ERROR_CONFIG]	 = { 78, 500 },
};

/* Do not leave half a UTF-8 character at the end of a cut message. */
static void
trim_utf8(char *s, size_t size)
{
	size_t n = strlen(s), start;

	if (n + 1 < size)
		return;
	for (start = n; start > 0 && (s[start - 1] & 0xC0) == 0x80; start--)
		;
	if (start > 0 && (s[start - 1] & 0xC0) == 0xC0)
		start--;
	s[start] = '\0';
}

/*
 * What is filled into a format, each as text with a NUL behind it.  False if
 * there is no room for it, or a conversion is not among ours.
 */
static bool
keep_arguments(const char *fmt, va_list ap, char *to, size_t room)
{
	int n;

	memset(to, 0, room);
	for (; (fmt = strchr(fmt, '%')) != NULL; fmt++) {
		switch (*++fmt) {
		case 's':
			n = snprintf(to, room, "%s", va_arg(ap, const char *));
			break;
		case 'd':
			n = snprintf(to, room, "%d", va_arg(ap, int));
			break;
		case 'u':
			n = snprintf(to, room, "%u", va_arg(ap, unsigned));
			break;
		case 'z':
			n = *++fmt != 'u' ? -1 :
			    snprintf(to, room, "%zu", va_arg(ap, size_t));
			break;
		default:
			n = -1;
		}
		if (n < 0 || (size_t)n >= room)
			return false;
		to += n + 1;
		room -= (size_t)n + 1;
	}
	return true;
}

static int
set(struct error *err, enum error_kind kind, const char *fmt, va_list ap,
    const char *cause)
{
	/* The message may quote the one it replaces. */
	char msg[sizeof err->msg];
	int n = vsnprintf(msg, sizeof msg, fmt, ap);

	if (cause != NULL && n >= 0 && (size_t)n < sizeof msg)
		snprintf(msg + n, sizeof msg - (size_t)n, ": %s", cause);
	trim_utf8(msg, sizeof msg);
	err->kind = kind;
	err->format = NULL;
	memcpy(err->msg, msg, sizeof msg);
	return -1;
}

int
error_set(struct error *err, enum error_kind kind, const char *fmt, ...)
{
	bool is_for_visitors = kind == ERROR_QUERY || kind == ERROR_ABSENT;
	char arguments[sizeof err->arguments];
	va_list ap;

	va_start(ap, fmt);
	is_for_visitors = is_for_visitors &&
	    keep_arguments(fmt, ap, arguments, sizeof arguments);
	va_end(ap);
	va_start(ap, fmt);
	set(err, kind, fmt, ap, NULL);
	va_end(ap);
	if (is_for_visitors) {
		err->format = fmt;
		memcpy(err->arguments, arguments, sizeof arguments);
	}
	return -1;
}

int
error_errno(struct error *err, enum error_kind kind, const char *fmt, ...)
{
	va_list ap;
	const char *cause = strerror(errno);

	va_start(ap, fmt);
	set(err, errno == ENOMEM ? ERROR_BUG : kind, fmt, ap, cause);
	va_end(ap);
	return -1;
}

/* ---- the end ---- */

static int (*end_tells)(const struct error *);

void
error_end_tells(int (*tell)(const struct error *))
{
	end_tells = tell;
}

/* There may be no memory, so nothing is tidied up. */
void
error_end(const struct error *err)
{
	if (end_tells == NULL || end_tells(err) == -1)
		fprintf(stderr, "naslag: %s\n", err->msg);
	_exit(error_exit_status(err->kind));
}

int
error_exit_status(enum error_kind kind)
{
	return kinds[kind].exit;
}

int
error_http_status(enum error_kind kind)
{
	return kinds[kind].http;
}
