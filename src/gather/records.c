#include <config.h>

#include "gather/records.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "formats/wire.h"

/* How far a document is; records never go back. */
enum stage { AT_HEAD, AT_BODY, AT_STATUS, AT_REASON, AT_END };

struct reader {
	const char *at, *end;
	struct extracted *out;
	enum stage stage;
	enum extract_status last_status;	/* the last that may be given */
	size_t nheadings;
	struct buf clean;
};

static bool take_meta(struct reader *, const struct record *);
static bool take_format(struct reader *, const struct record *);
static bool take_page(struct reader *, const struct record *);
static bool take_heading(struct reader *, const struct record *);
static bool take_text(struct reader *, const struct record *);
static bool take_members(struct reader *, const struct record *);
static bool take_pictures(struct reader *, const struct record *);
static bool take_recognised(struct reader *, const struct record *);
static bool take_status(struct reader *, const struct record *);
static bool take_reason(struct reader *, const struct record *);
static bool take_end(struct reader *, const struct record *);

static const struct {
	const char *name;
	enum stage first, last;	/* where it may stand */
	enum stage next;	/* where the document is behind it, at least */
	bool (*take)(struct reader *, const struct record *);
} kinds[] = {
	{ "text", AT_HEAD, AT_BODY, AT_BODY, take_text },
	{ "meta", AT_HEAD, AT_BODY, AT_HEAD, take_meta },
	{ "page", AT_HEAD, AT_BODY, AT_BODY, take_page },
	{ "heading1", AT_HEAD, AT_BODY, AT_BODY, take_heading },
	{ "heading2", AT_HEAD, AT_BODY, AT_BODY, take_heading },
	{ "heading3", AT_HEAD, AT_BODY, AT_BODY, take_heading },
	{ "heading4", AT_HEAD, AT_BODY, AT_BODY, take_heading },
	{ "heading5", AT_HEAD, AT_BODY, AT_BODY, take_heading },
	{ "heading6", AT_HEAD, AT_BODY, AT_BODY, take_heading },
	{ "members", AT_HEAD, AT_BODY, AT_HEAD, take_members },
	{ "pictures", AT_HEAD, AT_BODY, AT_HEAD, take_pictures },
	{ "recognised", AT_HEAD, AT_BODY, AT_HEAD, take_recognised },
	{ "format", AT_HEAD, AT_HEAD, AT_HEAD, take_format },
	{ "status", AT_HEAD, AT_BODY, AT_STATUS, take_status },
	{ "reason", AT_STATUS, AT_STATUS, AT_REASON, take_reason },
	{ "end", AT_STATUS, AT_REASON, AT_END, take_end },
};

/*
 * Read a number that is written as we write them: digits, no sign, no zero in
 * front.  Returns its length in bytes, 0 if there is none.
 */
static size_t
read_number(const char *s, size_t n, size_t *out)
{
	size_t i, value = 0;

	for (i = 0; i < n && i < 10 && s[i] >= '0' && s[i] <= '9'; i++)
		value = value * 10 + (size_t)(s[i] - '0');
	if (i == 0 || i == 10 || (s[0] == '0' && i > 1))
		return 0;
	*out = value;
	return i;
}

bool
record_next(const char **at, const char *end, struct record *rec)
{
	size_t left = (size_t)(end - *at), digits;
	const char *space = memchr(*at, ' ', left < 16 ? left : 16);

	if (space == NULL)
		return false;
	rec->name = *at;
	rec->name_len = (size_t)(space - *at);
	rec->s = space + 1;
	left = (size_t)(end - rec->s);
	digits = read_number(rec->s, left, &rec->len);
	if (digits == 0 || left - digits < 2 || rec->s[digits] != '\n')
		return false;
	rec->s += digits + 1;
	left -= digits + 1;
	if (rec->len >= left || rec->s[rec->len] != '\n')
		return false;
	*at = rec->s + rec->len + 1;
	return true;
}

bool
record_is(const struct record *rec, const char *name)
{
	return strlen(name) == rec->name_len &&
	    memcmp(name, rec->name, rec->name_len) == 0;
}

bool
record_is_clean(const char *s, size_t n, struct buf *scratch)
{
	if (memchr(s, '\n', n) != NULL)
		return false;
	buf_cut(scratch, 0);
	utf8_clean(s, n, scratch);
	return scratch->len == n &&
	    (n == 0 || memcmp(scratch->s, s, n) == 0);
}

bool
record_status(const char *s, size_t n, enum extract_status last,
    enum extract_status *out)
{
	const char *name;
	int i;

	for (i = 0; i <= (int)last; i++) {
		name = extract_status_name((enum extract_status)i);
		if (n == strlen(name) && memcmp(s, name, n) == 0) {
			*out = (enum extract_status)i;
			return true;
		}
	}
	return false;
}

bool
record_reason(const struct record *rec, char reason[160])
{
	CLEAN(buf_clear) struct buf scratch = BUF_INIT;

	_Static_assert(WIRE_REASON_BYTES < 160, "a reason fits");
	if (rec->len == 0 || rec->len > WIRE_REASON_BYTES ||
	    !record_is_clean(rec->s, rec->len, &scratch))
		return false;
	memcpy(reason, rec->s, rec->len);
	reason[rec->len] = '\0';
	return true;
}

static bool
take_meta(struct reader *r, const struct record *rec)
{
	struct extracted *x = r->out;
	const char *eq = memchr(rec->s, '=', rec->len);
	size_t name_len, value_len;

	if (eq == NULL || x->nmeta >= WIRE_METAS ||
	    !record_is_clean(rec->s, rec->len, &r->clean))
		return false;
	name_len = (size_t)(eq - rec->s);
	value_len = rec->len - name_len - 1;
	if (name_len == 0 || name_len > WIRE_NAME_BYTES ||
	    value_len == 0 || value_len > WIRE_VALUE_BYTES)
		return false;
	GROW(x->meta, x->nmeta, x->cap_meta);
	x->meta[x->nmeta++] = (struct extract_meta){
		xstrndup(rec->s, name_len), xstrndup(eq + 1, value_len),
	};
	return true;
}

/* A format is a lower-case word. */
static bool
take_format(struct reader *r, const struct record *rec)
{
	size_t i;

	if (r->out->format[0] != '\0' || rec->len == 0 ||
	    rec->len >= sizeof r->out->format)
		return false;
	for (i = 0; i < rec->len; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-",
		    rec->s[i]) == NULL || rec->s[i] == '\0')
			return false;
	memcpy(r->out->format, rec->s, rec->len);
	r->out->format[rec->len] = '\0';
	return true;
}

static struct extract_mark *
add_mark(struct extracted *x)
{
	GROW(x->marks, x->nmarks, x->cap_marks);
	x->marks[x->nmarks] = (struct extract_mark){ .at = x->text.len };
	return &x->marks[x->nmarks++];
}

static bool
take_page(struct reader *r, const struct record *rec)
{
	size_t n;

	if (read_number(rec->s, rec->len, &n) != rec->len || rec->len == 0 ||
	    n <= r->out->pages || n > WIRE_PAGES)
		return false;
	r->out->pages = (uint32_t)n;
	add_mark(r->out)->page = (uint32_t)n;
	return true;
}

static bool
take_text(struct reader *r, const struct record *rec)
{
	if (rec->len == 0 || !record_is_clean(rec->s, rec->len, &r->clean))
		return false;
	buf_add(&r->out->text, rec->s, rec->len);
	buf_addc(&r->out->text, '\n');
	return true;
}

static bool
take_heading(struct reader *r, const struct record *rec)
{
	struct extract_mark *m;

	if (r->nheadings++ >= WIRE_HEADINGS)
		return false;
	m = add_mark(r->out);
	m->level = (uint32_t)(rec->name[7] - '0');
	m->len = (uint32_t)rec->len;
	return take_text(r, rec);
}

/* A number from 1, said once. */
static bool
take_number(const struct record *rec, size_t most, uint32_t *out)
{
	size_t n;

	if (*out != 0 || rec->len == 0 ||
	    read_number(rec->s, rec->len, &n) != rec->len || n == 0 || n > most)
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool
take_members(struct reader *r, const struct record *rec)
{
	return take_number(rec, WIRE_MEMBERS, &r->out->members);
}

static bool
take_pictures(struct reader *r, const struct record *rec)
{
	return take_number(rec, WIRE_PAGES, &r->out->pictures);
}

static bool
take_recognised(struct reader *r, const struct record *rec)
{
	return take_number(rec, WIRE_PAGES, &r->out->recognised);
}

static bool
take_status(struct reader *r, const struct record *rec)
{
	return record_status(rec->s, rec->len, r->last_status,
	    &r->out->status);
}

static bool
take_reason(struct reader *r, const struct record *rec)
{
	return record_reason(rec, r->out->reason);
}

static bool
take_end(struct reader *r, const struct record *rec)
{
	return rec->len == 0 && r->at == r->end;
}

static bool
take(struct reader *r, const struct record *rec)
{
	size_t i;

	for (i = 0; i < NELEM(kinds); i++)
		if (record_is(rec, kinds[i].name))
			break;
	if (i == NELEM(kinds) ||
	    r->stage < kinds[i].first || r->stage > kinds[i].last)
		return false;
	if (r->stage < kinds[i].next)
		r->stage = kinds[i].next;
	return kinds[i].take(r, rec);
}

static bool
read_all(const char *s, size_t n, enum extract_status last_status,
    struct extracted *out)
{
	struct reader r = {
		.at = s, .end = s + n, .out = out, .last_status = last_status,
	};
	struct record rec;
	bool is_right = true;

	while (r.stage != AT_END && is_right)
		is_right = record_next(&r.at, r.end, &rec) && take(&r, &rec);
	buf_clear(&r.clean);
	return is_right;
}

/* Later statuses than EXTRACT_BOMB are not the worker's to give. */
bool
records_read(const char *s, size_t n, struct extracted *out)
{
	return read_all(s, n, EXTRACT_BOMB, out);
}

bool
records_read_kept(const char *s, size_t n, struct extracted *out)
{
	return read_all(s, n, EXTRACT_NSTATUS - 1, out);
}

/* ---- writing ---- */

static void
print_metas(const struct extracted *x, struct buf *out)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	size_t i;

	for (i = 0; i < x->nmeta; i++) {
		buf_cut(&b, 0);
		buf_adds(&b, x->meta[i].name);
		buf_addc(&b, '=');
		buf_adds(&b, x->meta[i].value);
		wire_record(out, "meta", b.s, b.len);
	}
}

/* A mark; returns how many bytes of the text it takes. */
static size_t
print_mark(const struct extract_mark *m, const char *text, struct buf *out)
{
	char name[] = "heading1", number[12];

	if (m->level == 0) {
		snprintf(number, sizeof number, "%u", (unsigned)m->page);
		wire_record(out, "page", number, strlen(number));
		return 0;
	}
	name[7] = (char)('0' + m->level);
	wire_record(out, name, text + m->at, m->len);
	return m->len + 1;
}

static void
print_body(const struct extracted *x, struct buf *out)
{
	const char *text = buf_str(&x->text);
	size_t at = 0, i = 0, len;

	while (at < x->text.len || i < x->nmarks) {
		if (i < x->nmarks && x->marks[i].at == at) {
			at += print_mark(&x->marks[i++], text, out);
			continue;
		}
		assert(at < x->text.len);
		len = strcspn(text + at, "\n");
		wire_record(out, "text", text + at, len);
		at += len + 1;
	}
}

static void
print_number(const char *name, uint32_t n, struct buf *out)
{
	char s[12];

	if (n == 0)
		return;
	snprintf(s, sizeof s, "%u", (unsigned)n);
	wire_record(out, name, s, strlen(s));
}

void
records_print(const struct extracted *x, struct buf *out)
{
	const char *status = extract_status_name(x->status);

	print_metas(x, out);
	if (x->format[0] != '\0')
		wire_record(out, "format", x->format, strlen(x->format));
	print_body(x, out);
	print_number("members", x->members, out);
	print_number("pictures", x->pictures, out);
	print_number("recognised", x->recognised, out);
	wire_record(out, "status", status, strlen(status));
	if (x->reason[0] != '\0')
		wire_record(out, "reason", x->reason, strlen(x->reason));
	wire_record(out, "end", "", 0);
}
