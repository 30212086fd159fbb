#include <config.h>

#include "formats/format.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/boilerplate.h"
#include "formats/charset.h"
#include "formats/flow.h"

/* Where a page may declare its charset. */
#define PROLOGUE_BYTES 4096
/* A page that keeps less than this without its frame is read with it. */
#define LEAST_BYTES 60

enum kind {
	INLINE,			/* not in the table, mostly */
	BLOCK,
	LINE,			/* <br> */
	HEADING,
	ROW,
	CELL,
	DROP,			/* never text */
	FRAME,			/* page frame: not its text */
	FRAME_OUTSIDE,		/* page frame unless within main or article */
	CONTENT,		/* block; its parts are not page frame */
	TITLE, META, LINK, ROOT, TIME, TERM, VALUE, BUTTON,
	BODY,			/* block that is never dropped */
};

static const struct element {
	const char *name;
	enum kind kind;
	unsigned level;
} elements[] = {		/* sorted */
	{ "address", BLOCK, 0 },
	{ "article", CONTENT, 0 },
	{ "aside", BLOCK, 0 },
	{ "blockquote", BLOCK, 0 },
	{ "body", BODY, 0 },
	{ "br", LINE, 0 },
	{ "button", BUTTON, 0 },
	{ "canvas", DROP, 0 },
	{ "caption", BLOCK, 0 },
	{ "center", BLOCK, 0 },
	{ "datalist", DROP, 0 },
	{ "dd", VALUE, 0 },
	{ "details", BLOCK, 0 },
	{ "dialog", FRAME, 0 },
	{ "dir", BLOCK, 0 },
	{ "div", BLOCK, 0 },
	{ "dl", BLOCK, 0 },
	{ "dt", TERM, 0 },
	{ "fieldset", BLOCK, 0 },
	{ "figcaption", BLOCK, 0 },
	{ "figure", BLOCK, 0 },
	{ "footer", FRAME_OUTSIDE, 0 },
	{ "form", BLOCK, 0 },
	{ "h1", HEADING, 1 },
	{ "h2", HEADING, 2 },
	{ "h3", HEADING, 3 },
	{ "h4", HEADING, 4 },
	{ "h5", HEADING, 5 },
	{ "h6", HEADING, 6 },
	{ "header", FRAME_OUTSIDE, 0 },
	{ "hgroup", BLOCK, 0 },
	{ "hr", BLOCK, 0 },
	{ "html", ROOT, 0 },
	{ "iframe", DROP, 0 },
	{ "legend", BLOCK, 0 },
	{ "li", BLOCK, 0 },
	{ "link", LINK, 0 },
	{ "main", CONTENT, 0 },
	{ "menu", FRAME, 0 },
	{ "meta", META, 0 },
	{ "nav", FRAME, 0 },
	{ "noscript", FRAME, 0 },
	{ "ol", BLOCK, 0 },
	{ "option", FRAME, 0 },
	{ "p", BLOCK, 0 },
	{ "pre", BLOCK, 0 },
	{ "script", DROP, 0 },
	{ "section", BLOCK, 0 },
	{ "select", FRAME, 0 },
	{ "style", DROP, 0 },
	{ "summary", BUTTON, 0 },
	{ "svg", DROP, 0 },
	{ "table", BLOCK, 0 },
	{ "tbody", BLOCK, 0 },
	{ "td", CELL, 0 },
	{ "template", DROP, 0 },
	{ "textarea", FRAME, 0 },
	{ "tfoot", BLOCK, 0 },
	{ "th", CELL, 0 },
	{ "thead", BLOCK, 0 },
	{ "time", TIME, 0 },
	{ "title", TITLE, 0 },
	{ "tr", ROW, 0 },
	{ "ul", BLOCK, 0 },
};

struct open {
	const char *name;	/* libxml2's, as long as its parser */
	enum kind kind;
	bool is_metadata;	/* so is all within */
	bool is_content;
};

/* A record that waits until we know that the page has text of its own. */
struct record {
	size_t at, len;
	unsigned level;
};

struct html {
	struct out *out;
	struct flow flow;
	struct open *stack;
	size_t depth, cap_stack;
	size_t dropping;	/* depth of the element being dropped, or 0 */
	bool keep_frame;	/* second reading: the frame is all there is */
	size_t dropped_bytes;	/* text within the frame */
	struct buf *capture;	/* where text goes instead of the flow */
	size_t capture_depth;
	struct buf title, label, value;
	size_t time_len;	/* of the paragraph, where a known time ended */
	unsigned last_level;
	struct buf text;
	struct record *records;
	size_t nrecords, cap_records;
};

static int
by_name(const void *key, const void *row)
{
	return strcmp(key, ((const struct element *)row)->name);
}

static const char *
attribute(const xmlChar **attrs, const char *name)
{
	for (; attrs != NULL && *attrs != NULL; attrs += 2)
		if (strcmp((const char *)attrs[0], name) == 0)
			return attrs[1] != NULL ? (const char *)attrs[1] : "";
	return NULL;
}

static void
meta(struct html *h, const char *name, const char *value, size_t len)
{
	if (!h->keep_frame)
		out_meta(h->out, name, value, len);
}

static void
meta_named(struct html *h, const char *space, const char *name, size_t len,
    const char *value, size_t value_len)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	buf_adds(&b, space);
	buf_add(&b, name, len);
	meta(h, b.s, value, value_len);
}

/*
 * wetten.overheid.nl's line above a regulation: "Wettelijke regelingen |
 * Geldend van 2015-07-15 t/m heden".
 */
static bool
take_period(struct html *h, const char *s, size_t n)
{
	static const char word[] = "Geldend ";
	const char *p = memmem(s, n, word, sizeof word - 1), *end = s + n;
	size_t len;

	if (n > 160 || p == NULL || (p > s && (p < s + 2 || p[-2] != '|')))
		return false;
	p += sizeof word - 1;
	len = (size_t)(end - p);
	if (memchr(p, '|', len) != NULL)
		len = (size_t)((const char *)memchr(p, '|', len) - p);
	meta(h, "label:Geldend", p, len);
	return true;
}

static void
on_record(void *arg, unsigned level, const char *s, size_t n)
{
	struct html *h = arg;
	bool is_time = h->time_len == n;

	h->time_len = 0;
	if ((is_time && level == 0) || take_period(h, s, n) ||
	    boilerplate_line(s, n))
		return;
	GROW(h->records, h->nrecords, h->cap_records);
	h->records[h->nrecords++] = (struct record){ h->text.len, n, level };
	buf_add(&h->text, s, n);
}

static void
on_meta(struct html *h, const xmlChar **attrs)
{
	const char *name = attribute(attrs, "name");
	const char *content = attribute(attrs, "content");

	if (name == NULL)
		name = attribute(attrs, "property");
	if (name == NULL)
		name = attribute(attrs, "itemprop");
	if (name != NULL && content != NULL)
		meta(h, name, content, strlen(content));
}

static void
on_link(struct html *h, const xmlChar **attrs)
{
	const char *rel = attribute(attrs, "rel");
	const char *href = attribute(attrs, "href");

	if (rel != NULL && href != NULL && strcasecmp(rel, "canonical") == 0)
		meta(h, "link:canonical", href, strlen(href));
}

static void
on_root(struct html *h, const xmlChar **attrs)
{
	const char *lang = attribute(attrs, "lang");

	if (lang == NULL)
		lang = attribute(attrs, "xml:lang");
	if (lang != NULL)
		meta(h, "html:lang", lang, strlen(lang));
}

static void
capture(struct html *h, struct buf *into)
{
	flow_break(&h->flow);
	buf_cut(into, 0);
	h->capture = into;
	h->capture_depth = h->depth;
}

/* The label the paragraph so far is: "Publicatiedatum: " without the colon. */
static size_t
label_length(const char *s, size_t n)
{
	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == ':'))
		n--;
	return boilerplate_label(s, n) ? n : 0;
}

static void
on_time(struct html *h, const xmlChar **attrs)
{
	const char *datetime = attribute(attrs, "datetime");
	const struct buf *before = &h->flow.text;
	size_t len = label_length(buf_str(before), before->len);

	h->time_len = 0;
	if (datetime == NULL || len == 0)
		return;
	meta_named(h, "time:", before->s, len, datetime, strlen(datetime));
	h->time_len = SIZE_MAX;		/* until it ends */
}

/* A definition list is a property list by its place or by its label. */
static void
on_term_end(struct html *h)
{
	size_t len = label_length(buf_str(&h->label), h->label.len);

	h->capture = NULL;
	if (h->stack[h->depth - 1].is_metadata && len == 0)
		for (len = h->label.len; len > 0 && strchr(": ",
		    h->label.s[len - 1]) != NULL; len--)
			;
	if (len == 0 || len > 60) {
		flow_text(&h->flow, buf_str(&h->label), h->label.len);
		flow_break(&h->flow);
		len = 0;
	}
	buf_cut(&h->label, len);
}

static void
on_value_end(struct html *h)
{
	h->capture = NULL;
	if (!h->keep_frame)
		meta_named(h, "label:", h->label.s, h->label.len,
		    buf_str(&h->value), h->value.len);
}

/* The head of an accordion panel is a heading; other buttons are controls. */
static bool
is_panel_head(const char *name, const xmlChar **attrs)
{
	return strcmp(name, "summary") == 0 ||
	    attribute(attrs, "aria-expanded") != NULL;
}

static bool
is_frame(const struct html *h, const struct open *o, const xmlChar **attrs)
{
	const char *s;

	if (o->kind == DROP)
		return true;
	if (h->keep_frame || o->kind == BODY || o->kind == ROOT ||
	    o->kind == CONTENT || o->kind == HEADING)
		return false;
	if (o->kind == FRAME || (o->kind == FRAME_OUTSIDE && !o->is_content) ||
	    (o->kind == BUTTON && !is_panel_head(o->name, attrs)))
		return true;
	return ((s = attribute(attrs, "class")) != NULL && boilerplate_class(s)) ||
	    ((s = attribute(attrs, "id")) != NULL && boilerplate_class(s)) ||
	    ((s = attribute(attrs, "role")) != NULL && boilerplate_role(s));
}

static void
push(struct html *h, const char *name, const struct element *e,
    const xmlChar **attrs)
{
	struct open o = { name, e != NULL ? e->kind : INLINE, false, false };
	const char *classes;

	if (h->depth > 0) {
		o.is_metadata = h->stack[h->depth - 1].is_metadata;
		o.is_content = h->stack[h->depth - 1].is_content;
	}
	o.is_content = o.is_content || o.kind == CONTENT;
	if (attrs != NULL && o.kind != INLINE &&
	    (classes = attribute(attrs, "class")) != NULL)
		o.is_metadata = o.is_metadata || boilerplate_is_metadata(classes);
	GROW(h->stack, h->depth, h->cap_stack);
	h->stack[h->depth++] = o;
	if (h->dropping == 0 && (o.kind != INLINE || attrs != NULL) &&
	    is_frame(h, &o, attrs))
		h->dropping = h->depth;
}

static void
start(void *arg, const xmlChar *xname, const xmlChar **attrs)
{
	struct html *h = arg;
	const char *name = (const char *)xname;
	const struct element *e = bsearch(name, elements, NELEM(elements),
	    sizeof *elements, by_name);
	struct flow *f = &h->flow;

	push(h, name, e, attrs);
	if (h->dropping > 0 || e == NULL)
		return;
	if (h->capture != NULL && e->kind != INLINE) {
		buf_addc(h->capture, ' ');
		return;
	}
	switch (e->kind) {
	case HEADING:
		flow_heading(f, e->level);
		h->last_level = e->level;
		break;
	case BUTTON:
		if (f->level == 0)
			flow_heading(f, h->last_level < 6 ?
			    h->last_level + 1 : 6);
		break;
	case LINE:
		flow_line(f);
		break;
	case ROW:
		flow_row(f);
		break;
	case CELL:
		flow_cell(f);
		break;
	case TITLE:
		capture(h, &h->title);
		break;
	case TERM:
		capture(h, &h->label);
		break;
	case VALUE:
		if (h->label.len > 0)
			capture(h, &h->value);
		else
			flow_break(f);
		break;
	case META:
		on_meta(h, attrs);
		break;
	case LINK:
		on_link(h, attrs);
		break;
	case ROOT:
		on_root(h, attrs);
		break;
	case TIME:
		on_time(h, attrs);
		break;
	case INLINE:
	case DROP:
		break;
	case BLOCK:
	case FRAME:
	case FRAME_OUTSIDE:
	case CONTENT:
	case BODY:
		flow_break(f);
		break;
	}
}

static void
close_element(struct html *h, const struct open *o)
{
	struct flow *f = &h->flow;

	if (h->capture != NULL) {
		if (h->capture_depth < h->depth)
			return;
		if (o->kind == TERM)
			on_term_end(h);
		else if (o->kind == VALUE)
			on_value_end(h);
		else if (o->kind == TITLE && h->title.len > 0)
			meta(h, "html:title", h->title.s, h->title.len);
		h->capture = NULL;
		return;
	}
	switch (o->kind) {
	case HEADING:
	case BUTTON:
		/* A button within a heading is one with it. */
		if (o->kind == HEADING || h->depth < 2 ||
		    h->stack[h->depth - 2].kind != HEADING)
			flow_heading_end(f);
		break;
	case ROW:
		flow_row_end(f);
		break;
	case TIME:
		if (h->time_len == SIZE_MAX)
			h->time_len = f->text.len;
		break;
	case LINE:
	case CELL:
	case META:
	case LINK:
	case INLINE:
	case DROP:
	case TITLE:
		break;
	case BLOCK:
	case FRAME:
	case FRAME_OUTSIDE:
	case CONTENT:
	case ROOT:
	case TERM:
	case VALUE:
	case BODY:
		flow_break(f);
		break;
	}
}

static void
end(void *arg, const xmlChar *name)
{
	struct html *h = arg;
	size_t i;

	for (i = h->depth; i > 0; i--)
		if (strcmp(h->stack[i - 1].name, (const char *)name) == 0)
			break;
	if (i == 0)
		return;
	for (; h->depth >= i; h->depth--) {
		if (h->dropping == 0)
			close_element(h, &h->stack[h->depth - 1]);
		else if (h->dropping == h->depth)
			h->dropping = 0;
	}
}

static void
characters(void *arg, const xmlChar *s, int len)
{
	struct html *h = arg;

	if (h->dropping > 0) {
		if (h->stack[h->dropping - 1].kind != DROP)
			h->dropped_bytes += (size_t)len;
	} else if (h->capture != NULL)
		buf_add(h->capture, s, (size_t)len);
	else
		flow_text(&h->flow, (const char *)s, (size_t)len);
}

static void
parse(struct html *h, const struct buf *utf8)
{
	htmlParserCtxtPtr ctxt = htmlCreateMemoryParserCtxt(buf_str(utf8),
	    (int)utf8->len);
	xmlSAXHandler sax = {
		.startElement = start, .endElement = end,
		.characters = characters, .ignorableWhitespace = characters,
		.cdataBlock = characters,
	};

	if (ctxt == NULL)
		return;
	*ctxt->sax = sax;
	ctxt->userData = h;
	htmlCtxtUseOptions(ctxt, HTML_PARSE_NONET | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(ctxt, XML_CHAR_ENCODING_UTF8);
	htmlParseDocument(ctxt);
	flow_end(&h->flow);
	htmlFreeParserCtxt(ctxt);
}

/* The value of charset= or encoding= in the first bytes; NULL if none. */
static const struct charset *
declared(const struct input *in)
{
	static const char *const keys[] = { "charset=", "encoding=" };
	size_t n = in->size < PROLOGUE_BYTES ? in->size : PROLOGUE_BYTES;
	size_t i, k, len;

	for (k = 0; k < NELEM(keys); k++) {
		size_t key = strlen(keys[k]);

		for (i = 0; i + key < n; i++) {
			const char *p = in->bytes + i;

			if (strncasecmp(p, keys[k], key) != 0)
				continue;
			p += key;
			i += key;
			if (i < n && (*p == '"' || *p == '\''))
				p++;
			for (len = 0; p + len < in->bytes + n &&
			    strchr("\"' \t\r\n;/>?", p[len]) == NULL; len++)
				;
			return charset_find(p, len);
		}
	}
	return NULL;
}

/*
 * The byte order mark decides; then bytes that can only be UTF-8; then what
 * the page declares, unless it declares UTF-8 and is not.
 */
static const struct charset *
page_charset(const struct input *in)
{
	const struct charset *said = declared(in);
	const struct charset *seen = charset_detect(in->bytes, in->size);

	if (said == NULL || seen != charset_codepage(1252))
		return seen;
	return said == charset_codepage(65001) ||
	    said == charset_codepage(1200) ? seen : said;
}

static void
html_clear(struct html *h)
{
	flow_clear(&h->flow);
	free(h->stack);
	free(h->records);
	buf_clear(&h->title);
	buf_clear(&h->label);
	buf_clear(&h->value);
	buf_clear(&h->text);
}

enum extract_status
format_html(const struct input *in, struct out *out)
{
	struct buf utf8 CLEAN(buf_clear) = BUF_INIT;
	struct html h CLEAN(html_clear) = { .out = out };
	size_t i, frame;

	charset_decode(page_charset(in), in->bytes, in->size, &utf8);
	if (utf8.len == 0)
		return EXTRACT_EMPTY;
	flow_init_to(&h.flow, on_record, &h);
	parse(&h, &utf8);
	if (h.text.len < LEAST_BYTES && h.dropped_bytes > h.text.len) {
		frame = h.dropped_bytes;
		html_clear(&h);
		h = (struct html){ .out = out, .keep_frame = frame > 0 };
		flow_init_to(&h.flow, on_record, &h);
		parse(&h, &utf8);
	}
	for (i = 0; i < h.nrecords; i++) {
		const struct record *r = &h.records[i];

		if (r->level > 0)
			out_heading(out, r->level, h.text.s + r->at, r->len);
		else
			out_text(out, h.text.s + r->at, r->len);
	}
	return h.nrecords > 0 ? EXTRACT_OK : EXTRACT_EMPTY;
}
