#include <config.h>

#include "gather/members.h"

#include <stdlib.h>
#include <string.h>

#include "formats/wire.h"
#include "gather/records.h"

void
members_clear(struct members *m)
{
	size_t i;

	for (i = 0; i < m->count; i++)
		free(m->items[i].name);
	free(m->items);
	buf_clear(&m->bytes);
	*m = (struct members){ 0 };
}

static bool
is_segment(const char *s, size_t n)
{
	return n > 0 && !(n == 1 && s[0] == '.') &&
	    !(n == 2 && s[0] == '.' && s[1] == '.');
}

/* The rules of members.h for one name alone. */
static bool
is_path(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf scratch = BUF_INIT;
	const char *end = s + n, *slash;

	if (n > WIRE_MEMBER_NAME_BYTES || memchr(s, '\\', n) != NULL ||
	    memchr(s, '\t', n) != NULL || !record_is_clean(s, n, &scratch))
		return false;
	for (; (slash = memchr(s, '/', (size_t)(end - s))) != NULL;
	    s = slash + 1)
		if (!is_segment(s, (size_t)(slash - s)))
			return false;
	return is_segment(s, (size_t)(end - s));
}

static bool
is_member_status(enum extract_status status)
{
	return status == EXTRACT_OK || status == EXTRACT_ENCRYPTED ||
	    status == EXTRACT_TOO_BIG || status == EXTRACT_MALFORMED ||
	    status == EXTRACT_UNSUPPORTED;
}

/* A record is NAME, STATUS and bytes, parted by line ends. */
static bool
take_member(const struct buf *records, const struct record *rec,
    struct members *m)
{
	const char *end = rec->s + rec->len;
	const char *name_end = memchr(rec->s, '\n', rec->len), *word, *bytes;
	enum extract_status status;

	if (name_end == NULL || m->count >= WIRE_MEMBERS)
		return false;
	word = name_end + 1;
	bytes = memchr(word, '\n', (size_t)(end - word));
	if (bytes == NULL || !record_status(word, (size_t)(bytes - word),
	    EXTRACT_TOO_BIG, &status) || !is_member_status(status))
		return false;
	bytes++;
	if (status != EXTRACT_OK && bytes != end)
		return false;
	if (name_end > rec->s && !is_path(rec->s, (size_t)(name_end - rec->s)))
		return false;
	GROW(m->items, m->count, m->cap);
	m->items[m->count++] = (struct member){
		.name = xstrndup(rec->s, (size_t)(name_end - rec->s)),
		.at = status == EXTRACT_OK ? (size_t)(bytes - records->s) : 0,
		.len = (size_t)(end - bytes),
		.status = status,
	};
	return true;
}

/* In an order in which what is within a folder follows it at once. */
static int
compare_paths(const void *a, const void *b)
{
	const unsigned char *s = *(const unsigned char *const *)a;
	const unsigned char *t = *(const unsigned char *const *)b;

	for (; *s == *t && *s != '\0'; s++, t++)
		;
	return (*s == '/' ? 1 : *s) - (*t == '/' ? 1 : *t);
}

/* No two names alike, none a folder of another, none empty among others. */
static bool
are_apart(const struct members *m)
{
	const char **names = xcalloc(m->count, sizeof *names);
	bool is_right = true;
	size_t i, len;

	for (i = 0; i < m->count; i++)
		names[i] = m->items[i].name;
	qsort(names, m->count, sizeof *names, compare_paths);
	for (i = 0; i + 1 < m->count && is_right; i++) {
		len = strlen(names[i]);
		is_right = len > 0 &&
		    (strncmp(names[i], names[i + 1], len) != 0 ||
		    (names[i + 1][len] != '\0' && names[i + 1][len] != '/'));
	}
	free(names);
	return is_right;
}

/* The records behind the members: status, perhaps a reason, and the end. */
static bool
take_end(const char *at, const char *end, struct record *rec,
    enum extract_status *status, char reason[160])
{
	if (!record_is(rec, "status") || !record_status(rec->s, rec->len,
	    EXTRACT_BOMB, status) || !record_next(&at, end, rec))
		return false;
	reason[0] = '\0';
	if (record_is(rec, "reason") && (!record_reason(rec, reason) ||
	    !record_next(&at, end, rec)))
		return false;
	return record_is(rec, "end") && rec->len == 0 && at == end;
}

bool
members_read(struct buf *records, struct members *out,
    enum extract_status *status, char reason[160])
{
	CLEAN(members_clear) struct members m = { 0 };
	const char *at = buf_str(records), *end = at + records->len;
	enum extract_status ended;
	char why[160];
	struct record rec;

	do
		if (!record_next(&at, end, &rec))
			return false;
	while (record_is(&rec, "member") && take_member(records, &rec, &m));
	if (!take_end(at, end, &rec, &ended, why) || !are_apart(&m))
		return false;
	*status = ended;
	memcpy(reason, why, sizeof why);
	if (ended != EXTRACT_OK || m.count == 0)
		return true;
	m.bytes = *records;
	*records = (struct buf)BUF_INIT;
	*out = m;
	m = (struct members){ 0 };
	return true;
}
