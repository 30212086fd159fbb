#include <config.h>

#include "formats/format.h"

#include <stdlib.h>
#include <string.h>

#include "formats/container.h"
#include "formats/flow.h"
#include "formats/office.h"
#include "formats/xmlread.h"

/* How many styles a style may be based on, one upon the other. */
#define MAX_BASES 12

static const struct xml_ns namespaces[] = {
	{ "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w" },
	{ "http://purl.oclc.org/ooxml/wordprocessingml/main", "w" },
	{ "http://schemas.openxmlformats.org/markup-compatibility/2006", "mc" },
	{ "http://schemas.openxmlformats.org/package/2006/relationships", "rel" },
	{ NULL, NULL }
};

struct style {
	char *id;
	char *base;		/* the id it is based on, or NULL */
	unsigned level;		/* its own, 0 if it says nothing */
	bool is_body;		/* it says that it is no heading */
};

struct styles {
	struct style *a;
	size_t n, cap;
};

/* A comment, which stands in a part of its own; each is used once. */
struct comment {
	char *id;
	struct buf text;
};

struct comments {
	struct comment *a;
	size_t n, cap;
	size_t next;		/* the one that is likely asked for next */
	bool in_text;
};

struct word {
	struct flow flow;
	struct styles styles;
	struct comments comments;
	unsigned dropping;	/* depth within what is not text, or 0 */
	unsigned runs;		/* depth of runs */
	bool in_text;
	bool is_contents;	/* a paragraph of a table of contents */
};

static void
word_clear(struct word *w)
{
	size_t i;

	for (i = 0; i < w->styles.n; i++) {
		free(w->styles.a[i].id);
		free(w->styles.a[i].base);
	}
	free(w->styles.a);
	for (i = 0; i < w->comments.n; i++) {
		free(w->comments.a[i].id);
		buf_clear(&w->comments.a[i].text);
	}
	free(w->comments.a);
	flow_clear(&w->flow);
}

/* The value of w:val as a number, -1 if it is none. */
static int
number_of(const struct xml_element *e)
{
	size_t len;
	const char *s = xml_attr(e, "val", &len);

	return s != NULL && len == 1 && *s >= '0' && *s <= '9' ? *s - '0' : -1;
}

static void
style_start(void *arg, const struct xml_element *e)
{
	struct styles *styles = arg;
	struct style *s = styles->n > 0 ? &styles->a[styles->n - 1] : NULL;
	const char *val;
	size_t len;
	int outline;

	if (xml_is(e, "w", "style")) {
		if ((val = xml_attr(e, "styleId", &len)) == NULL)
			return;
		GROW(styles->a, styles->n, styles->cap);
		styles->a[styles->n++] = (struct style){
		    .id = xstrndup(val, len) };
		return;
	}
	if (s == NULL || (val = xml_attr(e, "val", &len)) == NULL)
		return;
	if (xml_is(e, "w", "name") && s->level == 0)
		s->level = office_style_level(val, len);
	else if (xml_is(e, "w", "basedOn") && s->base == NULL)
		s->base = xstrndup(val, len);
	else if (xml_is(e, "w", "outlineLvl") && s->level == 0) {
		outline = number_of(e);
		s->level = outline >= 0 && outline < 9 ?
		    (unsigned)(outline > 5 ? 6 : outline + 1) : 0;
		s->is_body = outline == 9;
	}
}

static void
nothing_end(void *arg, const struct xml_element *e)
{
	(void)arg, (void)e;
}

static void
nothing_text(void *arg, const char *s, size_t n)
{
	(void)arg, (void)s, (void)n;
}

static unsigned
style_level(const struct styles *styles, const char *id, size_t len)
{
	size_t i;
	unsigned bases;

	for (bases = 0; bases < MAX_BASES; bases++) {
		for (i = 0; i < styles->n; i++)
			if (strlen(styles->a[i].id) == len &&
			    memcmp(styles->a[i].id, id, len) == 0)
				break;
		if (i == styles->n)
			return bases == 0 ? office_style_level(id, len) : 0;
		if (styles->a[i].level > 0 || styles->a[i].is_body ||
		    styles->a[i].base == NULL)
			return styles->a[i].level;
		id = styles->a[i].base;
		len = strlen(id);
	}
	return 0;
}

static void
comment_start(void *arg, const struct xml_element *e)
{
	struct comments *c = arg;
	size_t len;
	const char *id;

	if (xml_is(e, "w", "comment") && (id = xml_attr(e, "id", &len)) != NULL) {
		GROW(c->a, c->n, c->cap);
		c->a[c->n++] = (struct comment){ xstrndup(id, len), BUF_INIT };
	} else if (c->n > 0 && strcmp(e->ns, "w") == 0 &&
	    (strcmp(e->name, "p") == 0 || strcmp(e->name, "br") == 0 ||
	    strcmp(e->name, "tab") == 0))
		buf_addc(&c->a[c->n - 1].text, ' ');
	c->in_text = xml_is(e, "w", "t");
}

static void
comment_end(void *arg, const struct xml_element *e)
{
	struct comments *c = arg;

	(void)e;
	c->in_text = false;
}

static void
comment_text(void *arg, const char *s, size_t n)
{
	struct comments *c = arg;

	if (c->in_text && c->n > 0)
		buf_add(&c->a[c->n - 1].text, s, n);
}

/* Where a comment belongs.  They come in the order of their part, mostly. */
static void
on_comment(struct word *w, const struct xml_element *e)
{
	struct comments *c = &w->comments;
	struct comment *found;
	size_t len, i;
	const char *id = xml_attr(e, "id", &len);

	for (i = 0; id != NULL && i < c->n; i++) {
		found = &c->a[(c->next + i) % c->n];
		if (strlen(found->id) != len || memcmp(found->id, id, len) != 0)
			continue;
		c->next = (c->next + i + 1) % c->n;
		flow_comment(&w->flow);
		flow_text(&w->flow, buf_str(&found->text), found->text.len);
		flow_note_end(&w->flow);
		buf_cut(&found->text, 0);
		return;
	}
}

/* Parts of a paragraph's text are not text: the text it once was, or will be. */
static bool
is_dropped(const struct xml_element *e)
{
	return xml_is(e, "mc", "Fallback") || xml_is(e, "w", "moveFrom") ||
	    xml_is(e, "w", "del") || xml_is(e, "w", "instrText") ||
	    (xml_is(e, "w", "footnote") && xml_attr_is(e, "type", "separator"));
}

static void
on_style(struct word *w, const struct xml_element *e)
{
	size_t len;
	const char *id = xml_attr(e, "val", &len);
	unsigned level = id != NULL ? style_level(&w->styles, id, len) : 0;

	if (level == OFFICE_CONTENTS)
		w->is_contents = true;
	else if (level > 0 && w->flow.rows == 0)
		flow_heading(&w->flow, level);
}

static void
on_outline(struct word *w, const struct xml_element *e)
{
	int outline = number_of(e);

	if (outline >= 0 && outline < 9 && w->flow.rows == 0)
		flow_heading(&w->flow, outline > 5 ? 6 : (unsigned)outline + 1);
}

static void
on_run(struct word *w, const struct xml_element *e)
{
	if (strcmp(e->name, "t") == 0)
		w->in_text = true;
	else if (strcmp(e->name, "tab") == 0 ||
	    strcmp(e->name, "ptab") == 0)
		flow_tab(&w->flow);
	else if (strcmp(e->name, "br") == 0 || strcmp(e->name, "cr") == 0)
		flow_line(&w->flow);
	else if (strcmp(e->name, "noBreakHyphen") == 0)
		flow_text(&w->flow, "-", 1);
	else if (strcmp(e->name, "commentReference") == 0)
		on_comment(w, e);
}

static void
word_start(void *arg, const struct xml_element *e)
{
	struct word *w = arg;
	struct flow *f = &w->flow;

	if (w->dropping > 0 || is_dropped(e)) {
		w->dropping++;
		return;
	}
	if (strcmp(e->ns, "w") != 0)
		return;
	if (strcmp(e->name, "p") == 0) {
		flow_break(f);
		w->is_contents = false;
	} else if (strcmp(e->name, "pStyle") == 0)
		on_style(w, e);
	else if (strcmp(e->name, "outlineLvl") == 0)
		on_outline(w, e);
	else if (strcmp(e->name, "tr") == 0)
		flow_row(f);
	else if (strcmp(e->name, "tc") == 0)
		flow_cell(f);
	else if (strcmp(e->name, "r") == 0)
		w->runs++;
	else if (w->runs > 0)
		on_run(w, e);
}

static void
word_end(void *arg, const struct xml_element *e)
{
	struct word *w = arg;

	if (w->dropping > 0) {
		w->dropping--;
		return;
	}
	if (strcmp(e->ns, "w") != 0)
		return;
	if (strcmp(e->name, "t") == 0)
		w->in_text = false;
	else if (strcmp(e->name, "r") == 0 && w->runs > 0)
		w->runs--;
	else if (strcmp(e->name, "p") == 0) {
		if (w->flow.level > 0)
			flow_heading_end(&w->flow);
		else
			flow_break(&w->flow);
		w->is_contents = false;
	} else if (strcmp(e->name, "tr") == 0)
		flow_row_end(&w->flow);
}

static void
word_text(void *arg, const char *s, size_t n)
{
	struct word *w = arg;

	if (w->in_text && w->dropping == 0 && !w->is_contents)
		flow_text(&w->flow, s, n);
}

enum part { CORE, CUSTOM, STYLES, COMMENTS, MAIN, FOOTNOTES, ENDNOTES, NPARTS };

static enum extract_status
read_parts(const struct zip_member *parts, struct out *out)
{
	static const struct xml_reader styles = { namespaces, true, style_start,
	    nothing_end, nothing_text };
	static const struct xml_reader reader = { namespaces, true, word_start,
	    word_end, word_text };
	static const struct xml_reader comments = { namespaces, true,
	    comment_start, comment_end, comment_text };
	struct word w CLEAN(word_clear) = { 0 };
	enum extract_status status;
	enum part part;

	office_properties(buf_str(&parts[CORE].bytes), parts[CORE].bytes.len,
	    out);
	office_properties(buf_str(&parts[CUSTOM].bytes),
	    parts[CUSTOM].bytes.len, out);
	if (parts[STYLES].is_found && (status = xml_read(&styles, &w.styles,
	    parts[STYLES].bytes.s, parts[STYLES].bytes.len, out)) != EXTRACT_OK)
		return status;
	if (parts[COMMENTS].is_found && (status = xml_read(&comments,
	    &w.comments, parts[COMMENTS].bytes.s, parts[COMMENTS].bytes.len,
	    out)) != EXTRACT_OK)
		return status;
	flow_init(&w.flow, out);
	for (part = MAIN; part < NPARTS; part++) {
		if (!parts[part].is_found)
			continue;
		status = xml_read(&reader, &w, buf_str(&parts[part].bytes),
		    parts[part].bytes.len, out);
		if (status != EXTRACT_OK)
			return status;
		flow_end(&w.flow);
	}
	return w.flow.has_text ? EXTRACT_OK : EXTRACT_EMPTY;
}

/* Where the package says its main part is, if not where Word puts it. */
static void
relation_start(void *arg, const struct xml_element *e)
{
	struct buf *main_part = arg;
	size_t type_len, len;
	const char *type, *target;

	if (!xml_is(e, "rel", "Relationship") || main_part->len > 0 ||
	    (type = xml_attr(e, "Type", &type_len)) == NULL ||
	    (target = xml_attr(e, "Target", &len)) == NULL)
		return;
	if (memmem(type, type_len, "/officeDocument", 15) == NULL ||
	    memchr(type + type_len - 15, '/', 15) != type + type_len - 15)
		return;
	if (len > 0 && *target == '/') {
		target++;
		len--;
	}
	buf_add(main_part, target, len);
}

static void
find_main(const struct input *in, struct buf *main_part, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true,
	    relation_start, nothing_end, nothing_text };
	struct zip_member rels = { "_rels/.rels", false, BUF_INIT };

	if (container_load(in, &rels, 1, out) == EXTRACT_OK && rels.is_found)
		xml_read(&reader, main_part, buf_str(&rels.bytes),
		    rels.bytes.len, out);
	zip_members_clear(&rels, 1);
}

/* The parts of the package, with the main part's folder before their names. */
static enum extract_status
read_package(const struct input *in, const char *main_part, struct out *out,
    bool *found)
{
	static const char *const names[NPARTS] = { "docProps/core.xml",
	    "docProps/custom.xml", "styles.xml", "comments.xml", "",
	    "footnotes.xml", "endnotes.xml" };
	const char *slash = strrchr(main_part, '/');
	int folder = slash != NULL ? (int)(slash + 1 - main_part) : 0;
	struct zip_member parts[NPARTS];
	char *paths[NPARTS];
	enum extract_status status;
	enum part p;

	for (p = CORE; p < NPARTS; p++) {
		paths[p] = p < STYLES ? xstrdup(names[p]) : p == MAIN ?
		    xstrdup(main_part) :
		    xasprintf("%.*s%s", folder, main_part, names[p]);
		parts[p] = (struct zip_member){ paths[p], false, BUF_INIT };
	}
	status = container_load(in, parts, NPARTS, out);
	*found = parts[MAIN].is_found;
	if (status == EXTRACT_OK && *found)
		status = read_parts(parts, out);
	zip_members_clear(parts, NPARTS);
	for (p = CORE; p < NPARTS; p++)
		free(paths[p]);
	return status;
}

enum extract_status
format_docx(const struct input *in, struct out *out)
{
	struct buf main_part CLEAN(buf_clear) = BUF_INIT;
	enum extract_status status;
	bool found;

	/* A package with a password is wrapped in an old Office file. */
	if (in->size > 4 && memcmp(in->bytes, "\xD0\xCF\x11\xE0", 4) == 0)
		return EXTRACT_ENCRYPTED;
	status = read_package(in, "word/document.xml", out, &found);
	if (found || status != EXTRACT_OK)
		return status;
	find_main(in, &main_part, out);
	if (main_part.len > 0)
		status = read_package(in, main_part.s, out, &found);
	if (status == EXTRACT_OK && !found) {
		out_reason(out, "no main part");
		status = EXTRACT_MALFORMED;
	}
	return status;
}
