#include <config.h>

#include "formats/format.h"

#include <string.h>

#include "formats/xmlread.h"

static const struct xml_ns namespaces[] = {
	{ "https://standaarden.overheid.nl/diwoo/metadata/", "diwoo" },
	{ "https://standaarden.overheid.nl/diwoo/metadata", "diwoo" },
	{ "http://standaarden.overheid.nl/diwoo/metadata/", "diwoo" },
	{ NULL, NULL }
};

struct sidecar {
	struct out *out;
	struct buf value;	/* text of the innermost element */
	struct buf key;		/* of the extra field we are in */
	bool is_leaf;		/* nothing has begun within it */
	bool is_diwoo;		/* the document is one */
};

static void
emit(struct sidecar *s, const char *name, const char *more, const char *value,
    size_t len)
{
	struct buf b CLEAN(buf_clear) = BUF_INIT;

	buf_addf(&b, "%s%s", name, more);
	out_sidecar_meta(s->out, b.s, value, len);
}

static void
start(void *arg, const struct xml_element *e)
{
	struct sidecar *s = arg;
	size_t len;
	const char *resource;

	buf_cut(&s->value, 0);
	s->is_leaf = true;
	if (strcmp(e->ns, "diwoo") != 0)
		return;
	s->is_diwoo = true;
	if (strcmp(e->name, "extraMetadataveld") == 0)
		buf_cut(&s->key, 0);
	else if ((resource = xml_attr(e, "resource", &len)) != NULL)
		emit(s, e->name, "@resource", resource, len);
}

static void
end(void *arg, const struct xml_element *e)
{
	struct sidecar *s = arg;
	const char *value = buf_str(&s->value);

	if (!s->is_leaf || strcmp(e->ns, "diwoo") != 0)
		return;
	s->is_leaf = false;
	if (strcmp(e->name, "key") == 0) {
		buf_cut(&s->key, 0);
		buf_add(&s->key, value, s->value.len);
	} else if (strcmp(e->name, "value") == 0 && s->key.len > 0)
		emit(s, "extra:", s->key.s, value, s->value.len);
	else
		emit(s, e->name, "", value, s->value.len);
}

static void
text(void *arg, const char *str, size_t n)
{
	struct sidecar *s = arg;

	if (s->is_leaf)
		buf_add(&s->value, str, n);
}

enum extract_status
format_sidecar(const struct input *in, struct out *out)
{
	static const struct xml_reader reader = { namespaces, true, start, end,
	    text };
	struct sidecar s = { .out = out };
	enum extract_status status;

	status = xml_read(&reader, &s, in->bytes, in->size, out);
	if (status == EXTRACT_OK && !s.is_diwoo) {
		out_reason(out, "no DiWoo metadata");
		status = EXTRACT_UNKNOWN;
	}
	buf_clear(&s.value);
	buf_clear(&s.key);
	return status;
}
