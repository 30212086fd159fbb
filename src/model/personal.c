#include <config.h>

#include "model/personal.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/wholefile.h"
#include "model/personalint.h"

#define TABLE		"persoonsgegevens.tsv"
#define SHOWN		3	/* characters of a number */

static const char *const kind_names[NPERSONAL] = {
	[PERSONAL_BSN] = "bsn",
	[PERSONAL_VNUMMER] = "v-nummer",
	[PERSONAL_IBAN] = "iban",
	[PERSONAL_PHONE] = "telefoon",
	[PERSONAL_EMAIL] = "e-mail",
};

static const char *const row_names[NROWS] = {
	[ROW_FORM] = "vorm",
	[ROW_FORM_BY_WORD] = "vorm bij woord",
	[ROW_WORD] = "woord",
	[ROW_OTHER] = "ander",
	[ROW_NEVER] = "nooit",
	[ROW_MOBILE] = "mobiel",
	[ROW_PLACE] = "plaats",
	[ROW_ANYWHERE] = "overal",
	[ROW_COUNTRY] = "land",
	[ROW_FUNCTION] = "functie",
	[ROW_PUBLIC_BODY] = "overheid",
	[ROW_PROVIDER] = "particulier",
};

const char *
personal_name(enum personal_kind kind)
{
	return kind_names[kind];
}

/* ---- tables ---- */

static size_t
find_name(const char *const *names, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(names[i], name) == 0)
			break;
	return i;
}

static int
add_row(struct personal *p, size_t row, struct error *err)
{
	size_t kind = find_name(kind_names, NPERSONAL,
	    tsv_cell(&p->table, row, 0));
	size_t what = find_name(row_names, NROWS, tsv_cell(&p->table, row, 1));
	const char *value = tsv_cell(&p->table, row, 2);
	struct personal_list *l;

	if (kind == NPERSONAL || what == NROWS || *value == '\0')
		return error_set(err, ERROR_CONFIG,
		    TABLE ": row %zu says nothing that is known", row + 1);
	l = &p->lists[kind][what];
	GROW(l->items, l->count, l->cap);
	l->items[l->count++] = value;
	return 0;
}

static void
add_known(struct personal *p, struct buf *key)
{
	if (key->len == 0)
		return;
	GROW(p->known, p->nknown, p->cap_known);
	p->known[p->nknown++] = buf_steal(key);
}

/* A line may be read as any kind that it can be. */
static void
add_known_line(struct personal *p, const char *line, size_t n)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	enum personal_kind kind;

	for (kind = 0; kind < NPERSONAL; kind++) {
		personal_key(kind, line, n, &key);
		add_known(p, &key);
	}
}

static int
read_known(struct personal *p, const char *path, struct error *err)
{
	CLEAN(buf_clear) struct buf bytes = BUF_INIT;
	const char *s, *end;
	size_t n;

	if (wholefile_read(path, &bytes, err) == -1) {
		err->kind = ERROR_CONFIG;
		return -1;
	}
	end = buf_str(&bytes) + bytes.len;
	for (s = buf_str(&bytes); s < end; s += n + 1) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));

		n = (size_t)((newline != NULL ? newline : end) - s);
		if (n > 0 && *s != '#')
			add_known_line(p, s, n);
	}
	return 0;
}

int
personal_open(const char *known, struct personal **out, struct error *err)
{
	CLEAN(personal_free) struct personal *p = xcalloc(1, sizeof *p);
	size_t row;

	if (tsv_load_unhashed(TABLE, 3, &p->table, err) == -1)
		return -1;
	for (row = 0; row < p->table.nrow; row++)
		if (add_row(p, row, err) == -1)
			return -1;
	if (known != NULL && read_known(p, known, err) == -1)
		return -1;
	*out = p;
	p = NULL;
	return 0;
}

void
personal_free(struct personal **pp)
{
	struct personal *p = *pp;
	size_t i, k;

	*pp = NULL;
	if (p == NULL)
		return;
	for (i = 0; i < NPERSONAL; i++)
		for (k = 0; k < NROWS; k++)
			free(p->lists[i][k].items);
	for (i = 0; i < p->nknown; i++)
		free(p->known[i]);
	free(p->known);
	tsv_clear(&p->table);
	free(p);
}

bool
personal_has_word(const struct personal_list *l, const char *word, size_t n)
{
	size_t i, len;

	for (i = 0; i < l->count; i++) {
		len = strlen(l->items[i]);
		if (l->items[i][len - 1] == '*' ?
		    n >= len - 1 && memcmp(word, l->items[i], len - 1) == 0 :
		    n == len && memcmp(word, l->items[i], n) == 0)
			return true;
	}
	return false;
}

/* ---- values ---- */

static void
add_alnum(const char *s, size_t n, bool with_letters, struct buf *out)
{
	for (; n > 0; s++, n--)
		if (isdigit((unsigned char)*s) ||
		    (with_letters && isalpha((unsigned char)*s)))
			buf_addc(out, (char)toupper((unsigned char)*s));
}

void
personal_key(enum personal_kind kind, const char *value, size_t n,
    struct buf *out)
{
	struct phone phone;

	switch (kind) {
	case PERSONAL_PHONE:
		for (; n > 0 && (*value == ' ' || *value == '('); n--)
			value++;
		if (phone_read(value, n, &phone) > 0)
			buf_adds(out, phone.key);
		break;
	case PERSONAL_EMAIL:
		if (memchr(value, '@', n) == NULL)
			break;
		for (; n > 0; value++, n--)
			if (!isspace((unsigned char)*value))
				buf_addc(out,
				    (char)tolower((unsigned char)*value));
		break;
	case PERSONAL_BSN:
	case PERSONAL_VNUMMER:
	case PERSONAL_IBAN:
	case NPERSONAL:
		if (memchr(value, '@', n) == NULL)
			add_alnum(value, n, kind == PERSONAL_IBAN, out);
		break;
	}
}

/* A letter says little of a name of at least three. */
static void
mask_name(const char *s, size_t n, struct buf *out)
{
	if (n >= 3)
		buf_addc(out, *s);
	buf_adds(out, "***");
}

static void
mask_address(const char *key, struct buf *out)
{
	size_t n = strcspn(key, "@");
	const char *domain = key + n + (key[n] == '@');
	const char *dot = strrchr(domain, '.');

	mask_name(key, n, out);
	buf_addc(out, '@');
	mask_name(domain, strcspn(domain, "."), out);
	buf_adds(out, dot != NULL ? dot : "");
}

void
personal_mask(enum personal_kind kind, const char *key, struct buf *out)
{
	size_t n = strlen(key), i;

	if (kind == PERSONAL_EMAIL) {
		mask_address(key, out);
		return;
	}
	for (i = 0; i + SHOWN < n; i++)
		buf_addc(out, '*');
	buf_adds(out, key + i);
}

static bool
is_known(const struct personal *p, const struct personal_scan *s,
    const struct personal_finding *f)
{
	CLEAN(buf_clear) struct buf key = BUF_INIT;
	const char *domain;
	size_t i;

	if (p->nknown == 0)
		return false;
	personal_key(f->kind, s->text + f->at, f->len, &key);
	domain = strchr(buf_str(&key), '@');
	for (i = 0; i < p->nknown; i++)
		if (strcmp(p->known[i], buf_str(&key)) == 0 ||
		    (domain != NULL && strcmp(p->known[i], domain) == 0))
			return true;
	return false;
}

/* ---- the text ---- */

void
personal_scan_init(struct personal_scan *s, const struct personal *p,
    const char *text, size_t len)
{
	*s = (struct personal_scan){ .tables = p, .text = text, .len = len };
}

static bool
find_at(struct personal_scan *s, struct personal_finding *f)
{
	char c = s->text[s->at];

	f->at = s->at;
	if (isdigit((unsigned char)c) || c == '+')
		f->len = personal_number(s, &f->kind);
	else if (isalpha((unsigned char)c)) {
		f->kind = PERSONAL_IBAN;
		f->len = personal_account(s);
	} else if (c == '@') {
		f->kind = PERSONAL_EMAIL;
		f->len = personal_address(s, &f->at);
	} else
		f->len = 0;
	return f->len > 0;
}

bool
personal_scan_next(struct personal_scan *s, struct personal_finding *out)
{
	struct personal_finding f;

	while (s->at < s->len) {
		if (!find_at(s, &f)) {
			s->at++;
			continue;
		}
		s->at = f.at + f.len;
		s->last = f;
		if (!is_known(s->tables, s, &f)) {
			*out = f;
			return true;
		}
	}
	return false;
}
