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
#include "formats/htmlnote.h"
#include "formats/htmltags.h"

/* A page that keeps less than this without its frame is read with it. */
#define LEAST_BYTES 60

struct open {
	const char *name;	/* libxml2's, as long as its parser */
	enum html_kind kind;
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
	struct html_note note;	/* what may be the mark of one */
	size_t time_len;	/* of the paragraph, where a known time ended */
	unsigned last_level;
	struct {
		const char *name;
		const struct html_tag *tag;
	} seen[64];
	struct buf text;
	struct record *records;
	size_t nrecords, cap_records;
};

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

static bool
take_period(struct html *h, const char *s, size_t n)
{
	const char *period;
	size_t len;

	if (!boilerplate_period(s, n, &period, &len))
		return false;
	meta(h, "label:Geldend", period, len);
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
	const char *name = html_attribute(attrs, "name");
	const char *content = html_attribute(attrs, "content");

	if (name == NULL)
		name = html_attribute(attrs, "property");
	if (name == NULL)
		name = html_attribute(attrs, "itemprop");
	if (name != NULL && content != NULL)
		meta(h, name, content, strlen(content));
}

static void
on_link(struct html *h, const xmlChar **attrs)
{
	const char *rel = html_attribute(attrs, "rel");
	const char *href = html_attribute(attrs, "href");

	if (rel != NULL && href != NULL && strcasecmp(rel, "canonical") == 0)
		meta(h, "link:canonical", href, strlen(href));
}

static void
on_root(struct html *h, const xmlChar **attrs)
{
	const char *lang = html_attribute(attrs, "lang");

	if (lang == NULL)
		lang = html_attribute(attrs, "xml:lang");
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

static void
on_time(struct html *h, const xmlChar **attrs)
{
	const char *datetime = html_attribute(attrs, "datetime");
	const struct buf *before = &h->flow.text;
	size_t len = boilerplate_label_length(buf_str(before), before->len);

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
	size_t len = boilerplate_label_length(buf_str(&h->label), h->label.len);

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

static bool
is_frame(const struct html *h, const struct open *o, const xmlChar **attrs)
{
	if (o->kind == HTML_DROP)
		return true;
	if (h->keep_frame || o->kind == HTML_BODY || o->kind == HTML_ROOT ||
	    o->kind == HTML_CONTENT || o->kind == HTML_HEADING)
		return false;
	return o->kind == HTML_FRAME ||
	    (o->kind == HTML_FRAME_OUTSIDE && !o->is_content) ||
	    (o->kind == HTML_BUTTON && !html_is_panel_head(o->name, attrs)) ||
	    html_is_called_frame(attrs);
}

static void
put_text(struct html *h, const char *s, size_t n)
{
	if (h->capture != NULL)
		buf_add(h->capture, s, n);
	else
		flow_text(&h->flow, s, n);
}

/* Where text goes now. */
static const struct buf *
text_before(const struct html *h)
{
	return h->capture != NULL ? h->capture : &h->flow.text;
}

/* There is text before what comes next, and white space between. */
static bool
is_apart(const struct html *h)
{
	const struct buf *b = text_before(h);

	if (b->len == 0)
		return false;
	return strchr(" \t\r\n", b->s[b->len - 1]) != NULL ||
	    (h->capture == NULL && (h->flow.sep != 0 || h->flow.line_end));
}

/* What may be the mark of a note is over; it is one, or text. */
static void
end_note(struct html *h, bool may_be_mark)
{
	struct html_note *n = &h->note;
	bool is_behind = !is_apart(h);

	if (!may_be_mark || !html_note_is_mark(n, !is_behind)) {
		if (is_behind && html_note_is_number(n, text_before(h)))
			put_text(h, " ", 1);
		put_text(h, buf_str(&n->text), n->text.len);
	}
	html_note_end(n);
}

static void
push(struct html *h, const char *name, const struct html_tag *e,
    const xmlChar **attrs)
{
	struct open o = { name, e != NULL ? e->kind : HTML_INLINE, false, false };
	const char *classes;

	if (h->depth > 0) {
		o.is_metadata = h->stack[h->depth - 1].is_metadata;
		o.is_content = h->stack[h->depth - 1].is_content;
	}
	o.is_content = o.is_content || o.kind == HTML_CONTENT;
	if (attrs != NULL && o.kind != HTML_INLINE &&
	    (classes = html_attribute(attrs, "class")) != NULL)
		o.is_metadata = o.is_metadata || boilerplate_is_metadata(classes);
	GROW(h->stack, h->depth, h->cap_stack);
	h->stack[h->depth++] = o;
	if (h->dropping == 0 && (o.kind != HTML_INLINE || attrs != NULL) &&
	    is_frame(h, &o, attrs))
		h->dropping = h->depth;
}

/* libxml2 has one string for a name, so its address finds it again. */
static const struct html_tag *
tag_of(struct html *h, const char *name)
{
	size_t i = ((uintptr_t)name >> 2) % NELEM(h->seen);

	if (h->seen[i].name != name) {
		h->seen[i].name = name;
		h->seen[i].tag = html_tag(name);
	}
	return h->seen[i].tag;
}

static void
start(void *arg, const xmlChar *xname, const xmlChar **attrs)
{
	struct html *h = arg;
	const char *name = (const char *)xname;
	const struct html_tag *e = tag_of(h, name);
	struct flow *f = &h->flow;

	push(h, name, e, attrs);
	if (h->dropping > 0)
		return;
	if (e == NULL || e->kind == HTML_INLINE) {
		html_note_begin(&h->note, name, attrs, h->depth);
		return;
	}
	if (h->note.depth > 0)
		end_note(h, false);
	if (h->capture != NULL) {
		buf_addc(h->capture, ' ');
		return;
	}
	switch (e->kind) {
	case HTML_HEADING:
		flow_heading(f, e->level);
		h->last_level = e->level;
		break;
	case HTML_BUTTON:
		if (f->level == 0)
			flow_heading(f, h->last_level < 6 ?
			    h->last_level + 1 : 6);
		break;
	case HTML_LINE:
		flow_line(f);
		break;
	case HTML_ROW:
		flow_row(f);
		break;
	case HTML_CELL:
		flow_cell(f);
		break;
	case HTML_TITLE:
		capture(h, &h->title);
		break;
	case HTML_TERM:
		capture(h, &h->label);
		break;
	case HTML_VALUE:
		if (h->label.len > 0)
			capture(h, &h->value);
		else
			flow_break(f);
		break;
	case HTML_META:
		on_meta(h, attrs);
		break;
	case HTML_LINK:
		on_link(h, attrs);
		break;
	case HTML_ROOT:
		on_root(h, attrs);
		break;
	case HTML_TIME:
		on_time(h, attrs);
		break;
	case HTML_INLINE:
	case HTML_DROP:
		break;
	case HTML_BLOCK:
	case HTML_FRAME:
	case HTML_FRAME_OUTSIDE:
	case HTML_CONTENT:
	case HTML_BODY:
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
		if (o->kind == HTML_TERM)
			on_term_end(h);
		else if (o->kind == HTML_VALUE)
			on_value_end(h);
		else if (o->kind == HTML_TITLE && h->title.len > 0)
			meta(h, "html:title", h->title.s, h->title.len);
		h->capture = NULL;
		return;
	}
	switch (o->kind) {
	case HTML_HEADING:
	case HTML_BUTTON:
		/* A button within a heading is one with it. */
		if (o->kind == HTML_HEADING || h->depth < 2 ||
		    h->stack[h->depth - 2].kind != HTML_HEADING)
			flow_heading_end(f);
		break;
	case HTML_ROW:
		flow_row_end(f);
		break;
	case HTML_TIME:
		if (h->time_len == SIZE_MAX)
			h->time_len = f->text.len;
		break;
	case HTML_LINE:
	case HTML_CELL:
	case HTML_META:
	case HTML_LINK:
	case HTML_INLINE:
	case HTML_DROP:
	case HTML_TITLE:
		break;
	case HTML_BLOCK:
	case HTML_FRAME:
	case HTML_FRAME_OUTSIDE:
	case HTML_CONTENT:
	case HTML_ROOT:
	case HTML_TERM:
	case HTML_VALUE:
	case HTML_BODY:
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
		if (h->stack[i - 1].name == (const char *)name ||
		    strcmp(h->stack[i - 1].name, (const char *)name) == 0)
			break;
	if (i == 0)
		return;
	for (; h->depth >= i; h->depth--) {
		if (h->note.depth == h->depth)
			end_note(h, true);
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
		if (h->stack[h->dropping - 1].kind != HTML_DROP)
			h->dropped_bytes += (size_t)len;
	} else if (h->note.depth == 0)
		put_text(h, (const char *)s, (size_t)len);
	else if (!html_note_text(&h->note, (const char *)s, (size_t)len))
		end_note(h, false);
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

static void
html_clear(struct html *h)
{
	flow_clear(&h->flow);
	free(h->stack);
	free(h->records);
	buf_clear(&h->title);
	buf_clear(&h->label);
	buf_clear(&h->value);
	buf_clear(&h->note.text);
	buf_clear(&h->text);
}

enum extract_status
format_html(const struct input *in, struct out *out)
{
	struct buf utf8 CLEAN(buf_clear) = BUF_INIT;
	struct html h CLEAN(html_clear) = { .out = out };
	size_t i, frame;

	charset_decode(charset_of_page(in->bytes, in->size), in->bytes,
	    in->size, &utf8);
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
