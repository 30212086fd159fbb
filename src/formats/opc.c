#include <config.h>

#include "formats/opc.h"

#include <stdlib.h>
#include <string.h>

#include "formats/office.h"
#include "formats/xmlread.h"

/* What one package may have of them; Office's own limits are lower. */
#define MAX_RELATIONS 16384

static const struct xml_ns namespaces[] = {
	{ "http://schemas.openxmlformats.org/package/2006/relationships", "rel" },
	{ NULL, NULL }
};

/* The last words of the types: what stands before them depends on the edition. */
static const struct {
	const char *type;
	enum opc_kind kind;
} kinds[] = {
	{ "/officeDocument", OPC_MAIN },
	{ "/core-properties", OPC_PROPERTIES },
	{ "/custom-properties", OPC_PROPERTIES },
	{ "/slide", OPC_SLIDE },
	{ "/notesSlide", OPC_NOTES },
	{ "/diagramData", OPC_DIAGRAM },
	{ "/chart", OPC_CHART },
	{ "/chartUserShapes", OPC_DRAWING },
	{ "/slideLayout", OPC_LAYOUT },
	{ "/slideMaster", OPC_MASTER },
	{ "/worksheet", OPC_SHEET },
	{ "/chartsheet", OPC_SHEET },
	{ "/sharedStrings", OPC_STRINGS },
	{ "/styles", OPC_STYLES },
	{ "/drawing", OPC_DRAWING },
	{ "/comments", OPC_COMMENTS },
	{ "/threadedComment", OPC_THREADS },
	{ "/numbering", OPC_NUMBERING },
	{ "/footnotes", OPC_FOOTNOTES },
	{ "/endnotes", OPC_ENDNOTES },
	{ "/header", OPC_HEADER },
	{ "/footer", OPC_FOOTER },
};

#define WORD "word/document.xml"

/* Where Word puts them. */
static const struct {
	const char *from, *to;
	enum opc_kind kind;
} usual[] = {
	{ "", WORD, OPC_MAIN },
	{ "", "docProps/core.xml", OPC_PROPERTIES },
	{ "", "docProps/custom.xml", OPC_PROPERTIES },
	{ WORD, "word/styles.xml", OPC_STYLES },
	{ WORD, "word/numbering.xml", OPC_NUMBERING },
	{ WORD, "word/footnotes.xml", OPC_FOOTNOTES },
	{ WORD, "word/endnotes.xml", OPC_ENDNOTES },
	{ WORD, "word/comments.xml", OPC_COMMENTS },
	{ WORD, "word/header1.xml", OPC_HEADER },
	{ WORD, "word/footer1.xml", OPC_FOOTER },
};

/* While one part of relations is read. */
struct reading {
	struct opc *opc;
	const char *from;
};

void
opc_clear(struct opc *o)
{
	size_t i;

	for (i = 0; i < o->nrelations; i++) {
		free(o->relations[i].from);
		free(o->relations[i].id);
		free(o->relations[i].to);
	}
	free(o->relations);
	zip_members_clear(o->parts, o->nparts);
	free(o->parts);
}

static void
add_relation(struct opc *o, char *from, char *id, enum opc_kind kind, char *to)
{
	GROW(o->relations, o->nrelations, o->cap_relations);
	o->relations[o->nrelations++] = (struct opc_relation){ from, id, kind,
	    to };
}

static void
relation_start(void *arg, const struct xml_element *e)
{
	struct reading *r = arg;
	struct opc *o = r->opc;
	const char *type, *target, *id;
	size_t type_len, len, id_len, i, n;

	if (!xml_is(e, "rel", "Relationship") ||
	    (type = xml_attr(e, "Type", &type_len)) == NULL ||
	    (target = xml_attr(e, "Target", &len)) == NULL ||
	    (id = xml_attr(e, "Id", &id_len)) == NULL ||
	    xml_attr_is(e, "TargetMode", "External") ||
	    o->nrelations == MAX_RELATIONS)
		return;
	for (i = 0; i < NELEM(kinds); i++) {
		n = strlen(kinds[i].type);
		if (type_len > n && memcmp(type + type_len - n, kinds[i].type,
		    n) == 0)
			break;
	}
	if (i == NELEM(kinds))
		return;
	add_relation(o, xstrdup(r->from), xstrndup(id, id_len), kinds[i].kind,
	    member_path(r->from, target, len));
}

/* Parts by name, without their bytes. */
struct list {
	struct zip_member *a;
	char **names;		/* the same: a member only borrows its name */
	size_t n, cap, cap_names;
};

static void
list_add(struct list *l, const char *name, size_t len)
{
	size_t names = l->n;

	GROW(l->a, l->n, l->cap);
	GROW(l->names, names, l->cap_names);
	l->names[l->n] = xstrndup(name, len);
	l->a[l->n] = (struct zip_member){ l->names[l->n], false, BUF_INIT };
	l->n++;
}

static void
list_clear(struct list *l)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		free(l->names[i]);
	free(l->names);
	zip_members_clear(l->a, l->n);
	free(l->a);
}

static bool
add_relations(const struct zip_entry *e, void *arg)
{
	struct list *l = arg;

	if (e->len > 5 && memcmp(e->name + e->len - 5, ".rels", 5) == 0)
		list_add(l, e->name, e->len);
	return l->n < MAX_RELATIONS;
}

/* "ppt/_rels/presentation.xml.rels" are the relations of this: */
static char *
part_of(const char *rels)
{
	const char *folder = strstr(rels, "_rels/");
	struct buf b CLEAN(buf_clear) = BUF_INIT;
	size_t len = strlen(rels) - strlen(".rels");

	if (folder == NULL || (size_t)(folder - rels) + 6 > len)
		return xstrdup("");
	buf_add(&b, rels, (size_t)(folder - rels));
	buf_add(&b, folder + 6, len - (size_t)(folder - rels) - 6);
	return xstrdup(buf_str(&b));
}

static enum extract_status
load_relations(const struct input *in, struct opc *o, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true,
	    relation_start, NULL, NULL };
	struct list l CLEAN(list_clear) = { 0 };
	enum extract_status status;
	size_t i;

	zip_walk(in, add_relations, &l);
	status = container_load(in, l.a, l.n, out);
	for (i = 0; i < l.n && status == EXTRACT_OK; i++) {
		char *from CLEAN(str_free) = part_of(l.a[i].name);
		struct reading r = { o, from };

		/* A damaged one costs what only it names. */
		if (l.a[i].is_found && xml_read(&reader, &r,
		    buf_str(&l.a[i].bytes), l.a[i].bytes.len, out) ==
		    EXTRACT_BOMB)
			status = EXTRACT_BOMB;
	}
	return status;
}

static void
assume_usual(struct opc *o)
{
	bool has_own = false;
	size_t i;

	for (i = 0; i < o->nrelations; i++)
		has_own |= strcmp(o->relations[i].from, WORD) == 0;
	for (i = 0; i < NELEM(usual); i++)
		if (*usual[i].from == '\0' || !has_own)
			add_relation(o, xstrdup(usual[i].from), xstrdup(""),
			    usual[i].kind, xstrdup(usual[i].to));
}

static int
by_name(const void *a, const void *b)
{
	const struct zip_member *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* A part is wanted once, whoever needs it. */
static enum extract_status
load_parts(const struct input *in, struct opc *o, struct out *out)
{
	size_t i, n = 0;

	o->parts = xcalloc(o->nrelations + 1, sizeof *o->parts);
	for (i = 0; i < o->nrelations; i++)
		o->parts[i].name = o->relations[i].to;
	qsort(o->parts, o->nrelations, sizeof *o->parts, by_name);
	for (i = 0; i < o->nrelations; i++)
		if (n == 0 || strcmp(o->parts[n - 1].name,
		    o->parts[i].name) != 0)
			o->parts[n++] = o->parts[i];
	o->nparts = n;
	return container_load(in, o->parts, n, out);
}

enum extract_status
opc_open(const struct input *in, struct opc *o, struct out *out)
{
	const struct opc_relation *r = NULL;
	const struct buf *part;
	enum extract_status status;

	if ((status = load_relations(in, o, out)) != EXTRACT_OK)
		return status;
	if (opc_main(o) == NULL)
		assume_usual(o);
	if ((status = load_parts(in, o, out)) != EXTRACT_OK)
		return status;
	while ((r = opc_next(o, "", OPC_PROPERTIES, r)) != NULL)
		if ((part = opc_part(o, r->to)) != NULL)
			office_properties(part->s, part->len, out);
	return EXTRACT_OK;
}

const struct opc_relation *
opc_next(const struct opc *o, const char *from, enum opc_kind kind,
    const struct opc_relation *after)
{
	size_t i = after == NULL ? 0 : (size_t)(after - o->relations) + 1;

	for (; i < o->nrelations; i++)
		if (o->relations[i].kind == kind &&
		    strcmp(o->relations[i].from, from) == 0)
			return &o->relations[i];
	return NULL;
}

const struct opc_relation *
opc_by_id(const struct opc *o, const char *from, const char *id, size_t len)
{
	size_t i;

	for (i = 0; i < o->nrelations; i++)
		if (strlen(o->relations[i].id) == len &&
		    memcmp(o->relations[i].id, id, len) == 0 &&
		    strcmp(o->relations[i].from, from) == 0)
			return &o->relations[i];
	return NULL;
}

const char *
opc_main(const struct opc *o)
{
	const struct opc_relation *r = opc_next(o, "", OPC_MAIN, NULL);

	return r != NULL ? r->to : NULL;
}

static struct zip_member *
find_part(const struct opc *o, const char *name)
{
	struct zip_member key = { name, false, BUF_INIT };
	struct zip_member *m = o->nparts == 0 ? NULL : bsearch(&key,
	    o->parts, o->nparts, sizeof *o->parts, by_name);

	return m != NULL && m->is_found && m->bytes.len > 0 ? m : NULL;
}

const struct buf *
opc_part(const struct opc *o, const char *name)
{
	const struct zip_member *m = find_part(o, name);

	return m != NULL ? &m->bytes : NULL;
}

const struct buf *
opc_part_once(struct opc *o, const char *name)
{
	struct zip_member *m = find_part(o, name);

	if (m == NULL)
		return NULL;
	m->is_found = false;
	return &m->bytes;
}
