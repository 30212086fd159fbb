#include <config.h>

#include "formats/odfobject.h"

#include <stdlib.h>
#include <string.h>

#include "formats/chart.h"

/* More objects no document shows. */
#define MAX_OBJECTS 256

#define CONTENT "/content.xml"

/* What one with a chart begins with; old formulas are no XML that we take. */
#define CHARTS "urn:oasis:names:tc:opendocument:xmlns:chart:1.0"

static bool
add_object(const struct zip_entry *e, void *arg)
{
	struct odf_objects *o = arg;
	const size_t n = sizeof CONTENT - 1;
	size_t names = o->n;

	if (e->len > n && memcmp(e->name + e->len - n, CONTENT, n) == 0) {
		GROW(o->a, o->n, o->cap);
		GROW(o->names, names, o->cap_names);
		o->names[o->n] = xstrndup(e->name, e->len);
		o->a[o->n] = (struct zip_member){ o->names[o->n], false,
		    BUF_INIT };
		o->n++;
	}
	return o->n < MAX_OBJECTS;
}

enum extract_status
odf_objects_load(struct odf_objects *o, const struct input *in,
    struct out *out)
{
	zip_walk(in, add_object, o);
	return o->n == 0 ? EXTRACT_OK : container_load(in, o->a, o->n, out);
}

void
odf_objects_clear(struct odf_objects *o)
{
	size_t i;

	zip_members_clear(o->a, o->n);
	for (i = 0; i < o->n; i++)
		free(o->names[i]);
	free(o->names);
	free(o->a);
}

static bool
has_chart(const struct zip_member *m)
{
	return m->is_found && memmem(buf_str(&m->bytes), m->bytes.len, CHARTS,
	    sizeof CHARTS - 1) != NULL;
}

void
odf_object_read(struct odf_objects *o, const struct xml_element *e,
    bool has_cells, struct flow *flow, struct out *out)
{
	size_t len, i;
	const char *href = xml_attr(e, "href", &len);
	char *path CLEAN(str_free) = href != NULL ?
	    member_path("content.xml", href, len) : NULL;

	for (i = 0; path != NULL && i < o->n; i++) {
		const char *name = o->a[i].name;

		len = strlen(path);
		if (strncmp(name, path, len) != 0 ||
		    strcmp(name + len, CONTENT) != 0)
			continue;
		if (has_chart(&o->a[i]))
			chart_read(&o->a[i].bytes, has_cells, flow, out);
		o->a[i].is_found = false;
		return;
	}
}
