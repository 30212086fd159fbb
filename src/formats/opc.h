/*
 * opc: a package of Office Open XML, its parts found by how they relate.
 *
 * No name of a part is fixed: the package names its main part, and each part
 * the parts it needs, by relations in a part of its own.
 *
 * Used by chart.c, docx.c, pptx.c, xlsx.c.
 */
#ifndef OPC_H
#define OPC_H

#include <stdbool.h>
#include <stddef.h>

#include "formats/container.h"
#include "formats/format.h"

enum opc_kind {
	OPC_MAIN, OPC_PROPERTIES,
	OPC_SLIDE, OPC_NOTES, OPC_DIAGRAM, OPC_CHART, OPC_LAYOUT, OPC_MASTER,
	OPC_SHEET, OPC_STRINGS, OPC_STYLES, OPC_DRAWING,
	OPC_COMMENTS, OPC_THREADS,
	OPC_NUMBERING, OPC_FOOTNOTES, OPC_ENDNOTES, OPC_HEADER, OPC_FOOTER,
};

struct opc_relation {
	char *from;		/* the name of a part; "" is the package */
	char *id;
	enum opc_kind kind;
	char *to;		/* the name of a part */
};

struct opc {
	struct opc_relation *relations;
	size_t nrelations, cap_relations;
	struct zip_member *parts;
	size_t nparts;
};

/*
 * Load the relations of those kinds and the parts they lead to, and emit the
 * properties.  A package that does not name its main part is taken for one of
 * Word, with its parts where Word puts them.  EXTRACT_OK, or what
 * container_load() says.  The caller clears it with opc_clear() in every case.
 */
enum extract_status opc_open(const struct input *, struct opc *,
    struct out *);
void opc_clear(struct opc *);

/*
 * The next relation from that part of that kind, behind after or from the
 * first; NULL if there is none.
 */
const struct opc_relation *opc_next(const struct opc *, const char *from,
    enum opc_kind, const struct opc_relation *after);
/* The relation from that part with that id, or NULL. */
const struct opc_relation *opc_by_id(const struct opc *, const char *from,
    const char *id, size_t len);

/* The name of the main part, or NULL. */
const char *opc_main(const struct opc *);
/* The bytes of a part, or NULL if the package has it not. */
const struct buf *opc_part(const struct opc *, const char *name);
/*
 * The same, and NULL from then on: a part that a document shows, which costs no
 * more than itself however often it is referred to.
 */
const struct buf *opc_part_once(struct opc *, const char *name);

#endif
