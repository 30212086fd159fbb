#include <config.h>

#include "show/site.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/percent.h"

const struct site site_none = { 0 };

/* ---- percent-encoding ---- */

static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "abcdefghijklmnopqrstuvwxyz0123456789-._~";
/* What a URL may hold besides, as its own punctuation. */
static const char reserved[] = ":/?#[]@!$&()*+,;=%";

static void
add_pair(const char *key, const char *value, size_t begin, struct buf *out)
{
	buf_addf(out, "%c%s=", out->len == begin ? '?' : '&', key);
	percent_encode_url(value, "", out);
}

static void
add_number(const char *key, unsigned n, size_t begin, struct buf *out)
{
	CLEAN(str_free) char *digits = xasprintf("%u", n);

	add_pair(key, digits, begin, out);
}

/* ---- what a question says ---- */

/* The bits of keys_seen are the keys that may be given once, in their order. */
static bool
was_given(const struct query *q, const char *key)
{
	const char *const *keys = query_keys();
	size_t i;

	for (i = 0; keys[i] != NULL && strcmp(keys[i], key) != 0; i++)
		;
	return keys[i] != NULL && (q->keys_seen & (1U << i)) != 0;
}

static char *
filter_value(const struct filter *f)
{
	struct buf b = BUF_INIT;

	filter_print_value(f, &b);
	return buf_steal(&b);
}

static bool
has_filter(const struct query *q, const struct filter *f)
{
	size_t i;

	for (i = 0; i < q->nfilters; i++)
		if (filter_equal(&q->filters[i], f))
			return true;
	return false;
}

static char *
printed(const struct node *n)
{
	struct buf b = BUF_INIT;

	if (n != NULL)
		node_print(n, &b);
	buf_adds(&b, "");
	return buf_steal(&b);
}

void
site_question_read(const struct query *q, struct site_question *out)
{
	CLEAN(query_clear) struct query typed;
	CLEAN(str_free) char *words = NULL;
	CLEAN(buf_clear) struct buf day = BUF_INIT;
	struct error ignored = ERROR_INIT;
	bool is_as_typed;
	size_t i;

	/* Typed text never fails; what is too long is no q at all. */
	query_init(&typed, q->peil_ymd);
	query_set(&typed, "q", q->q, &ignored);
	words = printed(typed.text);
	*out = (struct site_question){ .words = printed(q->text),
	    .vanaf = q->vanaf, .is_literal = q->is_literal };
	if (q->sort != SORT_RELEVANCE)
		out->sort = query_sort_name(q->sort);
	if (q->aantal != typed.aantal)
		out->aantal = q->aantal;
	if (was_given(q, "peildatum")) {
		date_print(q->peil_ymd, &day);
		memcpy(out->day, day.s, day.len + 1);
		out->peildatum = out->day;
	}
	/* titel=word is part of the text: then that is printed whole. */
	is_as_typed = strcmp(words, out->words) == 0;
	out->typed = is_as_typed ? q->q : out->words;
	out->filters = xcalloc(q->nfilters + 1, sizeof *out->filters);
	for (i = 0; i < q->nfilters; i++)
		out->filters[out->nfilters++] = (struct site_filter){
			.key = q->filters[i].field->name,
			.value = filter_value(&q->filters[i]),
			.is_typed = is_as_typed &&
			    has_filter(&typed, &q->filters[i]),
		};
}

void
site_question_clear(struct site_question *sq)
{
	size_t i;

	for (i = 0; i < sq->nfilters; i++)
		free(sq->filters[i].value);
	free(sq->filters);
	free(sq->words);
	*sq = (struct site_question){ 0 };
}

/* ---- printing it ---- */

/* A filter that comes or goes: which, and whether it was there. */
struct change {
	const char *key, *value;
	size_t at;		/* its place; nfilters: it is new */
};

static bool
is_same(const struct site_filter *f, const char *key, const char *value)
{
	return strcmp(f->key, key) == 0 && strcmp(f->value, value) == 0;
}

static size_t
place_of(const struct site_question *sq, const char *key, const char *value)
{
	size_t i;

	for (i = 0; i < sq->nfilters && !is_same(&sq->filters[i], key, value);
	    i++)
		;
	return i;
}

/* To choose what is excluded is to exclude it no longer, and back. */
static bool
is_opposite(const struct site_filter *f, const struct change *c)
{
	const char *a = f->value, *b = c->value;

	return strcmp(f->key, c->key) == 0 && (*a == '!') != (*b == '!') &&
	    strcmp(a + (*a == '!'), b + (*b == '!')) == 0;
}

static bool
is_dropped(const struct site_question *sq, size_t i, const struct change *c)
{
	return c != NULL && (i == c->at ||
	    (c->at == sq->nfilters && is_opposite(&sq->filters[i], c)));
}

/* The filters, in the order of the fields. */
static void
print_filters(const struct site_question *sq, const struct change *c,
    bool with_typed, size_t begin, struct buf *out)
{
	const char *const *key;
	size_t i;

	for (key = query_keys(); *key != NULL; key++) {
		for (i = 0; i < sq->nfilters; i++)
			if (strcmp(sq->filters[i].key, *key) == 0 &&
			    !is_dropped(sq, i, c) &&
			    (with_typed || !sq->filters[i].is_typed))
				add_pair(*key, sq->filters[i].value, begin, out);
		if (c != NULL && c->at == sq->nfilters &&
		    strcmp(c->key, *key) == 0)
			add_pair(*key, c->value, begin, out);
	}
}

static void
print(const struct site_question *sq, const char *q, unsigned vanaf,
    const struct change *c, struct buf *out)
{
	size_t begin = out->len, i;
	bool with_typed = false;

	for (i = 0; i < sq->nfilters; i++)
		with_typed |= sq->filters[i].is_typed && is_dropped(sq, i, c);
	if (q == NULL)
		q = with_typed ? sq->words : sq->typed;
	if (*q != '\0')
		add_pair("q", q, begin, out);
	if (sq->peildatum != NULL)
		add_pair("peildatum", sq->peildatum, begin, out);
	if (sq->sort != NULL)
		add_pair("sorteer", sq->sort, begin, out);
	if (vanaf != 0)
		add_number("vanaf", vanaf, begin, out);
	if (sq->aantal != 0)
		add_number("aantal", sq->aantal, begin, out);
	if (sq->is_literal)
		add_pair("uitbreiden", "nee", begin, out);
	print_filters(sq, c, with_typed, begin, out);
}

void
site_question_print(const struct site_question *sq, struct buf *out)
{
	print(sq, NULL, sq->vanaf, NULL, out);
}

void
site_question_print_typed(const struct site_question *sq, const char *q,
    struct buf *out)
{
	print(sq, q, 0, NULL, out);
}

void
site_question_print_toggled(const struct site_question *sq, enum field_id f,
    const char *value, struct buf *out)
{
	struct change c = { fields[f].name, value, 0 };

	c.at = place_of(sq, c.key, c.value);
	print(sq, NULL, 0, &c, out);
}

/* ---- pages of the endpoint ---- */

/* Where a page is, without its question. */
static void
add_path(const struct site *s, const char *path, bool is_absolute,
    struct buf *out)
{
	if (is_absolute && s->origin != NULL)
		buf_adds(out, s->origin);
	if (s->base != NULL)
		buf_adds(out, s->base);
	if (s->is_english && strcmp(path, "/") == 0)
		buf_adds(out, "/en");
	percent_encode_url(path, "/", out);
}

void
site_url(const struct site *s, const char *path, const struct query *q,
    bool is_absolute, struct buf *out)
{
	CLEAN(site_question_clear) struct site_question sq = { 0 };

	add_path(s, path, is_absolute, out);
	if (q == NULL)
		return;
	site_question_read(q, &sq);
	site_question_print(&sq, out);
}

void
site_url_at(const struct site *s, const char *path, const struct query *q,
    unsigned vanaf, bool is_absolute, struct buf *out)
{
	CLEAN(site_question_clear) struct site_question sq = { 0 };

	add_path(s, path, is_absolute, out);
	site_question_read(q, &sq);
	sq.vanaf = vanaf;
	site_question_print(&sq, out);
}

/* ---- documents ---- */

/*
 * The length of scheme and host of a URL that may be linked to; 0 if it may
 * not be.  A host that begins with punctuation, or a name before it ("@"),
 * would show another place than it leads to.
 */
static size_t
origin_length(const char *url)
{
	static const char *const schemes[] = { "https://", "http://" };
	size_t i, n, host;

	for (i = 0; i < NELEM(schemes); i++) {
		n = strlen(schemes[i]);
		if (strncasecmp(url, schemes[i], n) != 0)
			continue;
		host = strspn(url + n, unreserved);
		if (host == 0 || strchr(".-_~", url[n]) != NULL)
			return 0;
		n += host;
		if (url[n] == ':')
			n += 1 + strspn(url + n + 1, "0123456789");
		return strchr("/?#", url[n]) != NULL ? n : 0;
	}
	return 0;
}

/* Whether a URL is that of a file in PDF, rather than of a page about one. */
static bool
is_pdf(const char *url)
{
	static const char ending[] = ".pdf";
	size_t n = strcspn(url, "?#"), len = sizeof ending - 1;

	return n > len && strncasecmp(url + n - len, ending, len) == 0;
}

static void
add_file_url(const char *documents, const char *pad, struct buf *out)
{
	percent_encode_url(documents, reserved, out);
	buf_addc(out, '/');
	percent_encode_url(pad, "/", out);
}

void
site_document_url(const struct site *s, const struct doc *d, uint32_t page,
    struct buf *out)
{
	const char *format = doc_first(d, FIELD_FORMAAT);
	bool has_url = d->url != NULL && origin_length(d->url) > 0;
	bool has_file = s->documents != NULL && origin_length(s->documents) > 0;
	bool has_pages = page != 0 && format != NULL &&
	    strcmp(format, "pdf") == 0 && d->bestand == NULL;

	if (has_url && has_pages && is_pdf(d->url)) {
		CLEAN(str_free) char *file =
		    xstrndup(d->url, strcspn(d->url, "#"));

		percent_encode_url(file, reserved, out);
	} else if (has_file && (has_pages || !has_url)) {
		add_file_url(s->documents, d->bestand != NULL ? d->bestand :
		    d->pad, out);
	} else if (has_url) {
		percent_encode_url(d->url, reserved, out);
		return;
	} else
		return;
	if (has_pages)
		buf_addf(out, "#page=%u", page);
}
