/*
 * unpacked: the files within a file in memory, as lines a test can look for:
 * made by the format, and taken in as naslag does.
 */
#ifndef UNPACKED_H
#define UNPACKED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/format.h"
#include "formats/out.h"
#include "formats/unpack.h"
#include "gather/members.h"

struct unpacked {
	struct members members;
	struct buf lines;	/* "\nNAME STATUS BYTES\n..." */
	const char *format;
	enum extract_status status;
	char reason[160];
	bool is_right;		/* naslag takes the records in */
	uint32_t counted;	/* by reading it */
	enum extract_status read;
};

static inline void
unpacked_clear(struct unpacked *u)
{
	members_clear(&u->members);
	buf_clear(&u->lines);
}

static inline void
list_members(struct unpacked *u)
{
	const struct members *m = &u->members;
	size_t i;

	buf_adds(&u->lines, "\n");
	for (i = 0; i < m->count; i++) {
		buf_addf(&u->lines, "%s %s ", m->items[i].name,
		    extract_status_name(m->items[i].status));
		buf_add(&u->lines, buf_str(&m->bytes) + m->items[i].at,
		    m->items[i].len);
		buf_addc(&u->lines, '\n');
	}
}

static inline uint32_t
count_members(const struct format *f, const struct input *in,
    enum extract_status *status)
{
	struct out out;
	const char *at;
	uint32_t n = 0;

	out_init(&out, -1);
	*status = f->read(in, &out);
	at = memmem(buf_str(&out.records), out.records.len, "\nmembers ", 9);
	if (at == NULL && strncmp(buf_str(&out.records), "members ", 8) == 0)
		at = out.records.s - 1;
	if (at != NULL)
		n = (uint32_t)strtoul(strchr(at + 1, '\n'), NULL, 10);
	out_clear(&out);
	return n;
}

static inline void
unpack_within(const char *bytes, size_t size, size_t budget_bytes,
    size_t file_bytes, struct unpacked *u)
{
	/* A copy of its own size, so that reading past its end is noticed. */
	char *copy = memcpy(xmalloc(size + 1), bytes, size);
	struct input in = { copy, size };
	const struct format *f;
	enum extract_status status = EXTRACT_OK;
	struct unpack unpack;
	struct out out;

	copy[size] = '\0';
	f = format_detect(&in);
	*u = (struct unpacked){ .format = f != NULL ? f->name : "" };
	out_init(&out, -1);
	out.is_unpacking = true;
	unpack_init(&unpack, &out, budget_bytes, file_bytes);
	if (f != NULL && f->unpack != NULL) {
		status = f->unpack(&in, &unpack);
		u->counted = count_members(f, &in, &u->read);
	}
	unpack_clear(&unpack);
	out_end(&out, status);
	u->is_right = members_read(&out.records, &u->members, &u->status,
	    u->reason);
	out_clear(&out);
	free(copy);
	list_members(u);
}

static inline void
unpack_file(const char *bytes, size_t size, struct unpacked *u)
{
	unpack_within(bytes, size, (size_t)256 << 20, (size_t)64 << 20, u);
}

#define BYTES_OF(s) s, sizeof s - 1

/* Is it well, with these members, a line each?  Says so if not. */
static inline bool
has_listed(const struct unpacked *u, const char *lines)
{
	bool is_good = u->is_right && strcmp(buf_str(&u->lines), lines) == 0;

	if (!is_good)
		printf("# %s: %s %s%s, %s\n", u->format,
		    u->is_right ? extract_status_name(u->status) : "wrong",
		    u->reason, buf_str(&u->lines), lines);
	return is_good;
}

/* Is it refused so, for that reason, without a member?  Says so if not. */
static inline bool
is_refused(const struct unpacked *u, enum extract_status status,
    const char *reason)
{
	bool is_good = u->is_right && u->status == status &&
	    u->members.count == 0 && strcmp(u->reason, reason) == 0;

	if (!is_good)
		printf("# %s: %s '%s'\n", u->format,
		    u->is_right ? extract_status_name(u->status) : "wrong",
		    u->reason);
	return is_good;
}

#endif
