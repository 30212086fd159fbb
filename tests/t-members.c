#include <config.h>

#include "gather/members.h"

#include <stdlib.h>
#include <string.h>

#include "formats/out.h"
#include "formats/wire.h"
#include "tap.h"

/* A generator of our own: the same numbers everywhere. */
static uint32_t seed = 20261122;

static uint32_t
pick(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static bool
takes(const char *s, size_t n, struct members *m,
    enum extract_status *status, char reason[160])
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	*m = (struct members){ 0 };
	buf_add(&b, s, n);
	return members_read(&b, m, status, reason);
}

#define OK "status 2\nok\nend 0\n\n"

/* Complete records that are right, or wrong in one way. */
static const struct {
	const char *s;
	bool is_right;
	const char *title;
} cases[] = {
	{ OK, true, "none" },
	{ "member 8\na\nok\nxyz\n" OK, true, "one" },
	{ "member 5\na\nok\n\n" OK, true, "an empty one" },
	{ "member 4\n\nok\n\n" OK, true, "the only one without a name" },
	{ "member 12\na\nencrypted\n\nmember 10\nb\ntoo-big\n\n"
	    "member 12\nc\nmalformed\n\n" OK, true, "those without bytes" },
	{ "status 4\nbomb\nreason 3\nwhy\nend 0\n\n", true, "a bomb" },
	{ "member 5\na\nok\n\nstatus 9\nmalformed\nend 0\n\n", true,
	    "damage behind the first" },
	{ "", false, "nothing" },
	{ "member 5\na\nok\n\n", false, "no status" },
	{ "member 5\na\nok\n\nstatus 2\nok\n", false, "no end" },
	{ OK "x", false, "a byte behind the end" },
	{ OK "member 5\na\nok\n\n", false, "one behind the end" },
	{ "status 7\ncrashed\nend 0\n\n", false, "a status of others" },
	{ "reason 1\nx\n" OK, false, "a reason before the status" },
	{ "text 1\nt\n" OK, false, "text" },
	{ "meta 3\na=b\n" OK, false, "a property" },
	{ "member 9\na\nok\nxyz\n" OK, false, "a length that is too long" },
	{ "member 7\na\nok\nxyz\n" OK, false, "a length that is too short" },
	{ "member 99999999999\na\nok\n\n" OK, false, "an endless length" },
	{ "member 1\na\n" OK, false, "a name alone" },
	{ "member 4\na\nok\n" OK, false, "no bytes, not even none" },
	{ "member 8\na\nempty\n\n" OK, false, "a status that is none here" },
	{ "member 13\na\nencrypted\nx\n" OK, false,
	    "bytes that are not there" },
	{ "member 5\n/\nok\n\n" OK, false, "the root" },
	{ "member 6\n/a\nok\n\n" OK, false, "a path from the root" },
	{ "member 6\na/\nok\n\n" OK, false, "a folder" },
	{ "member 5\n.\nok\n\n" OK, false, "here" },
	{ "member 6\n..\nok\n\n" OK, false, "above" },
	{ "member 10\na/../b\nok\n\n" OK, false, "above, in the middle" },
	{ "member 8\na//b\nok\n\n" OK, false, "an empty segment" },
	{ "member 7\na\\b\nok\n\n" OK, false, "a backslash" },
	{ "member 7\na\tb\nok\n\n" OK, false, "a tab" },
	{ "member 7\na\x1B" "b\nok\n\n" OK, false, "an escape" },
	{ "member 6\n\xC3\xAB\nok\n\n" OK, true, "a letter of two bytes" },
	{ "member 5\n\xC3\nok\n\n" OK, false, "half of it" },
	{ "member 8\na\xE2\x80\xAE\nok\n\n" OK, false, "a change of direction" },
	{ "member 5\na\nok\n\nmember 5\na\nok\n\n" OK, false, "the same twice" },
	{ "member 5\na\nok\n\nmember 7\na-b\nok\n\nmember 7\na/b\nok\n\n" OK,
	    false, "a file that is a folder, too" },
	{ "member 4\n\nok\n\nmember 5\na\nok\n\n" OK, false,
	    "one without a name among others" },
};

static void
test_cases(void)
{
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		CLEAN(members_clear) struct members m;
		enum extract_status status;
		char reason[160];

		ok(takes(cases[i].s, strlen(cases[i].s), &m, &status,
		    reason) == cases[i].is_right,
		    "%s %s", cases[i].title, cases[i].is_right ?
		    "is taken in" : "is refused");
	}
}

static void
test_nul(void)
{
	static const char s[] = "member 7\na\0b\nok\n\n" OK;
	CLEAN(members_clear) struct members m;
	enum extract_status status;
	char reason[160];

	ok(!takes(s, sizeof s - 1, &m, &status, reason),
	    "a name with a NUL in it is refused");
}

static void
test_bytes(void)
{
	CLEAN(members_clear) struct members m;
	CLEAN(out_clear) struct out o;
	enum extract_status status;
	char reason[160];

	out_init(&o, -1);
	o.is_unpacking = true;
	out_member(&o, "a/b.txt", EXTRACT_OK, "x\n\0end 0\n\n", 10);
	out_member(&o, "a/c.txt", EXTRACT_ENCRYPTED, "", 0);
	out_member(&o, "leeg", EXTRACT_OK, "", 0);
	out_end(&o, EXTRACT_OK);
	ok(takes(o.records.s, o.records.len, &m, &status, reason) &&
	    status == EXTRACT_OK && m.count == 3 && *reason == '\0' &&
	    strcmp(m.items[0].name, "a/b.txt") == 0 &&
	    m.items[0].len == 10 && m.items[2].len == 0 &&
	    memcmp(m.bytes.s + m.items[0].at, "x\n\0end 0\n\n", 10) == 0 &&
	    m.items[1].status == EXTRACT_ENCRYPTED && m.items[1].len == 0,
	    "what is written is read, whatever its bytes");
}

static void
test_refusal(void)
{
	CLEAN(members_clear) struct members m;
	CLEAN(out_clear) struct out o;
	enum extract_status status = EXTRACT_OK;
	char reason[160] = "";

	out_init(&o, -1);
	o.is_unpacking = true;
	out_member(&o, "a", EXTRACT_OK, "x", 1);
	out_reason(&o, "inflates beyond the limit");
	out_end(&o, EXTRACT_BOMB);
	ok(takes(o.records.s, o.records.len, &m, &status, reason) &&
	    status == EXTRACT_BOMB && m.count == 0 && m.bytes.len == 0 &&
	    strcmp(reason, "inflates beyond the limit") == 0,
	    "of what ended badly nothing is kept but why");
}

static void
test_number(void)
{
	static const unsigned numbers[] = { WIRE_MEMBERS, WIRE_MEMBERS + 1 };
	size_t i;
	unsigned k;

	for (i = 0; i < NELEM(numbers); i++) {
		CLEAN(members_clear) struct members m;
		CLEAN(out_clear) struct out o;
		enum extract_status status;
		char reason[160], name[12];

		out_init(&o, -1);
		o.is_unpacking = true;
		for (k = 0; k < numbers[i]; k++) {
			snprintf(name, sizeof name, "%u", k);
			out_member(&o, name, EXTRACT_OK, "", 0);
		}
		out_end(&o, EXTRACT_OK);
		ok(takes(o.records.s, o.records.len, &m, &status, reason) ==
		    (i == 0), "%u are %s", numbers[i],
		    i == 0 ? "not too many" : "one too many");
	}
}

static void
test_long_name(void)
{
	char name[WIRE_MEMBER_NAME_BYTES + 2];
	size_t len;

	memset(name, 'x', sizeof name);
	for (len = WIRE_MEMBER_NAME_BYTES; len < sizeof name; len++) {
		CLEAN(members_clear) struct members m;
		CLEAN(out_clear) struct out o;
		enum extract_status status;
		char reason[160];

		name[len] = '\0';
		out_init(&o, -1);
		o.is_unpacking = true;
		out_member(&o, name, EXTRACT_OK, "", 0);
		out_end(&o, EXTRACT_OK);
		ok(takes(o.records.s, o.records.len, &m, &status, reason) ==
		    (len == WIRE_MEMBER_NAME_BYTES),
		    "a name of %zu bytes is %s", len,
		    len == WIRE_MEMBER_NAME_BYTES ? "long enough" : "too long");
		name[len] = 'x';
	}
}

/* What the rest of naslag relies on. */
static bool
promises_hold(const struct members *m)
{
	size_t i;

	for (i = 0; i < m->count; i++) {
		const struct member *x = &m->items[i];

		if (x->at > m->bytes.len || x->len > m->bytes.len - x->at ||
		    strstr(x->name, "..") == x->name || x->name[0] == '/' ||
		    strpbrk(x->name, "\n\\") != NULL)
			return false;
	}
	return true;
}

static void
test_mutants(void)
{
	static const char whole[] = "member 12\na/b.txt\nok\nx\n"
	    "member 14\nc\nencrypted\n\n\nmember 9\nd.e\nok\nyz\n" OK;
	int i, k, taken = 0;

	for (i = 0; i < 20000; i++) {
		CLEAN(buf_clear) struct buf b = BUF_INIT;
		CLEAN(members_clear) struct members m = { 0 };
		enum extract_status status;
		char reason[160];

		buf_add(&b, whole, sizeof whole - 1);
		for (k = 0; k < 1 + i % 3; k++)
			b.s[pick((uint32_t)b.len)] = "a/.\\\n 0129"[pick(10)];
		if (members_read(&b, &m, &status, reason)) {
			taken++;
			if (!promises_hold(&m))
				ok(0, "a mutant breaks a promise");
		}
	}
	ok(taken < 10000, "20,000 mutants do no harm (%d pass)", taken);
}

int
main(void)
{
	test_cases();
	test_nul();
	test_bytes();
	test_refusal();
	test_number();
	test_long_name();
	test_mutants();
	return tap_done();
}
