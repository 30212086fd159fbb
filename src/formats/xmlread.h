/*
 * xmlread: XML as events, from untrusted bytes.
 *
 * Over libxml2's SAX2.  Nothing is ever loaded, no entity is ever expanded:
 * entity declarations end the parse.  Elements are told apart by a short name
 * for their namespace, so that "w:p" is one whatever prefix a file uses.
 *
 * Used by the formats that are XML, or have XML inside.
 */
#ifndef XMLREAD_H
#define XMLREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/format.h"

struct xml_ns {
	const char *uri;
	const char *name;	/* ours for it */
};

struct xml_element {
	const char *ns;		/* a name of the table; "" for any other */
	const char *name;	/* local */
	const unsigned char **attrs;	/* libxml2's, five a piece */
	int nattr;
};

struct xml_reader {
	const struct xml_ns *ns;	/* ended by a NULL uri */
	bool no_doctype;	/* refuse a document with one */
	/* NULL: of no interest. */
	void (*start)(void *arg, const struct xml_element *);
	void (*end)(void *arg, const struct xml_element *);	/* no attrs */
	void (*text)(void *arg, const char *, size_t);
};

/*
 * Read a document.  EXTRACT_OK, or EXTRACT_MALFORMED or EXTRACT_BOMB with a
 * reason in *out; events that came before it stay.
 */
enum extract_status xml_read(const struct xml_reader *, void *arg,
    const char *bytes, size_t size, struct out *);

bool xml_is(const struct xml_element *, const char *ns, const char *name);

/*
 * The attribute with that local name: its value, not NUL-terminated, and its
 * length; NULL if there is none.
 */
const char *xml_attr(const struct xml_element *, const char *name, size_t *len);
/* The same, of an attribute that is written with a prefix: "r:id", not "id". */
const char *xml_attr_prefixed(const struct xml_element *, const char *name,
    size_t *len);
/* The same as xml_attr(), compared with a value. */
bool xml_attr_is(const struct xml_element *, const char *name,
    const char *value);

/* The libxml2 library, before the process is confined. */
void xml_init(void);

#endif
