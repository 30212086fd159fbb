#include <config.h>

#include "formats/xmlread.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <stdlib.h>
#include <string.h>

#include "formats/charset.h"

/* Namespaces a document has in use at once, as libxml2 interned them. */
#define CACHED 8

/* Entities that a document may declare, of so many bytes, and use. */
#define ENTITIES	100
#define ENTITY_BYTES	256
#define REFERENCES	100000

struct reading {
	const struct xml_reader *reader;
	void *arg;
	xmlParserCtxtPtr ctxt;
	struct out *out;
	enum extract_status refused;	/* EXTRACT_OK: not */
	unsigned entities, references;
	struct {
		const xmlChar *uri;
		const char *name;
	} cache[CACHED];
	unsigned oldest;
};

void
xml_init(void)
{
	xmlInitParser();
}

bool
xml_is(const struct xml_element *e, const char *ns, const char *name)
{
	return strcmp(e->name, name) == 0 && strcmp(e->ns, ns) == 0;
}

static const char *
find_attr(const struct xml_element *e, const char *name, bool is_prefixed,
    size_t *len)
{
	const unsigned char **a = e->attrs;
	int i;

	for (i = 0; i < e->nattr; i++, a += 5) {
		if (strcmp((const char *)a[0], name) != 0 ||
		    (is_prefixed && a[1] == NULL))
			continue;
		*len = (size_t)(a[4] - a[3]);
		return (const char *)a[3];
	}
	return NULL;
}

const char *
xml_attr(const struct xml_element *e, const char *name, size_t *len)
{
	return find_attr(e, name, false, len);
}

const char *
xml_attr_prefixed(const struct xml_element *e, const char *name, size_t *len)
{
	return find_attr(e, name, true, len);
}

bool
xml_attr_is(const struct xml_element *e, const char *name, const char *value)
{
	size_t len;
	const char *s = xml_attr(e, name, &len);

	return s != NULL && strlen(value) == len && memcmp(s, value, len) == 0;
}

static const char *
ns_name(struct reading *r, const xmlChar *uri)
{
	const struct xml_ns *n;
	unsigned i;

	if (uri == NULL)
		return "";
	for (i = 0; i < CACHED; i++)
		if (r->cache[i].uri == uri)
			return r->cache[i].name;
	for (n = r->reader->ns; n->uri != NULL; n++)
		if (strcmp(n->uri, (const char *)uri) == 0)
			break;
	i = r->oldest++ % CACHED;
	r->cache[i].uri = uri;
	r->cache[i].name = n->uri != NULL ? n->name : "";
	return r->cache[i].name;
}

static void
start(void *arg, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri, int nns, const xmlChar **ns, int nattr, int ndefault,
    const xmlChar **attrs)
{
	struct reading *r = arg;
	struct xml_element e = { ns_name(r, uri), (const char *)name, attrs,
	    nattr };

	(void)prefix, (void)nns, (void)ns, (void)ndefault;
	if (r->reader->start != NULL)
		r->reader->start(r->arg, &e);
}

static void
end(void *arg, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct reading *r = arg;
	struct xml_element e = { ns_name(r, uri), (const char *)name, NULL, 0 };

	(void)prefix;
	if (r->reader->end != NULL)
		r->reader->end(r->arg, &e);
}

static void
text(void *arg, const xmlChar *s, int len)
{
	struct reading *r = arg;

	if (r->reader->text != NULL)
		r->reader->text(r->arg, (const char *)s, (size_t)len);
}

static void
refuse(struct reading *r, enum extract_status status, const char *reason)
{
	if (r->refused == EXTRACT_OK) {
		r->refused = status;
		out_reason(r->out, reason);
	}
	xmlStopParser(r->ctxt);
}

static void
doctype(void *arg, const xmlChar *name, const xmlChar *public,
    const xmlChar *system)
{
	struct reading *r = arg;

	(void)name, (void)public, (void)system;
	if (r->reader->no_doctype)
		refuse(r, EXTRACT_MALFORMED, "document type declaration");
}

/*
 * A few short words, as Illustrator declares for the names of namespaces.
 * libxml2 keeps them; others are refused, and it never sees one used.
 */
static void
entity(void *arg, const xmlChar *name, int type, const xmlChar *public,
    const xmlChar *system, xmlChar *content)
{
	struct reading *r = arg;

	(void)name, (void)public, (void)system;
	if (content != NULL && xmlStrchr(content, '&') != NULL)
		refuse(r, EXTRACT_BOMB, "entities within entities");
	else if (type != XML_INTERNAL_GENERAL_ENTITY || content == NULL)
		refuse(r, EXTRACT_MALFORMED, "entity from elsewhere");
	else if (xmlStrlen(content) > ENTITY_BYTES || ++r->entities > ENTITIES)
		refuse(r, EXTRACT_BOMB, "large entities");
	else if (strpbrk((const char *)content, "<%") != NULL)
		refuse(r, EXTRACT_MALFORMED, "entity with markup");
}

static xmlEntityPtr
get_entity(void *arg, const xmlChar *name)
{
	struct reading *r = arg;

	if (++r->references > REFERENCES)
		refuse(r, EXTRACT_BOMB, "too many references to entities");
	return xmlSAX2GetEntity(r->ctxt, name);
}

/* The charset that the XML declaration names, or NULL. */
static const struct charset *
declared(const char *s, size_t n)
{
	const char *end, *e, *from;
	char quote;

	if (n < 6 || memcmp(s, "<?xml", 5) != 0 || (end =
	    memmem(s, n > 200 ? 200 : n, "?>", 2)) == NULL || (e = memmem(s,
	    (size_t)(end - s), "encoding", 8)) == NULL)
		return NULL;
	e += 8 + strspn(e + 8, " \t\r\n=");
	if (e >= end || (*e != '"' && *e != '\''))
		return NULL;
	quote = *e;
	from = ++e;
	while (e < end && *e != quote)
		e++;
	return charset_find(from, (size_t)(e - from));
}

static void
reason_of(xmlParserCtxtPtr ctxt, struct out *out)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	const xmlError *e = xmlCtxtGetLastError(ctxt);

	if (e == NULL || e->message == NULL)
		return;
	buf_addf(&b, "line %d: %.*s", e->line,
	    (int)strcspn(e->message, "\r\n"), e->message);
	out_reason(out, buf_str(&b));
}

enum extract_status
xml_read(const struct xml_reader *reader, void *arg, const char *bytes,
    size_t size, struct out *out)
{
	struct reading r = { .reader = reader, .arg = arg, .out = out };
	struct buf decoded CLEAN(buf_clear) = BUF_INIT;
	const struct charset *cs = charset_choose(declared(bytes, size), bytes,
	    size);
	enum extract_status status;
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = start, .endElementNs = end,
		.characters = text, .cdataBlock = text,
		.ignorableWhitespace = text,
		.internalSubset = doctype, .entityDecl = entity,
		.getEntity = get_entity,
	};

	charset_decode(cs, bytes, size, &decoded);
	if ((r.ctxt = xmlNewParserCtxt()) == NULL)
		abort();
	*r.ctxt->sax = sax;
	r.ctxt->userData = &r;
	/* Entity declarations make it begin a document behind our back. */
	xmlFreeDoc(xmlCtxtReadMemory(r.ctxt, buf_str(&decoded),
	    (int)decoded.len, NULL, "UTF-8", XML_PARSE_NOENT |
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
	status = r.refused;
	if (status == EXTRACT_OK && !r.ctxt->wellFormed) {
		status = EXTRACT_MALFORMED;
		reason_of(r.ctxt, out);
	}
	xmlFreeParserCtxt(r.ctxt);
	return status;
}
