#include <config.h>

#include "show/sru.h"

#include <string.h>

#include "model/cql.h"
#include "show/html.h"
#include "show/xml.h"

/* Explanations are ZeeRex records. */
#define ZEEREX "http://explain.z3950.org/dtd/2.0/"

static const char *const supports[][2] = {
	{ "relation", "=" }, { "relation", "==" }, { "relation", "adj" },
	{ "relation", "any" }, { "relation", "all" }, { "relation", "<" },
	{ "relation", "<=" }, { "relation", ">" }, { "relation", ">=" },
	{ "relation", "within" }, { "proximity", "" },
	{ "booleanModifier", "distance" }, { "booleanModifier", "unit" },
	{ "maskingCharacter", "*" }, { "sort", "" },
	{ "sortModifier", "sort.ascending" },
	{ "sortModifier", "sort.descending" },
};

/* ---- where ---- */

static void
add_server(const struct site *site, struct buf *out)
{
	const char *origin = site->origin != NULL ? site->origin :
	    "http://localhost", *host = strstr(origin, "://") + 3, *port;
	bool is_https = strncmp(origin, "https:", 6) == 0;
	CLEAN(buf_clear) struct buf path = BUF_INIT;
	CLEAN(str_free) char *name = NULL;
	size_t n = strcspn(host, "]");

	/* The colon of a port is behind the bracket of an IPv6 address. */
	port = strchr(host[n] == ']' ? host + n : host, ':');
	name = port != NULL ? xstrndup(host, (size_t)(port - host)) :
	    xstrdup(host);
	site_url(site, "/sru", NULL, false, &path);
	buf_addf(out, "<serverInfo protocol=\"SRU\" version=\"1.2\" "
	    "transport=\"%s\" method=\"GET\">\n", is_https ? "https" : "http");
	xml_element("host", name, out);
	xml_element("port", port != NULL ? port + 1 : is_https ? "443" : "80",
	    out);
	xml_element("database", path.s + 1, out);
	buf_adds(out, "</serverInfo>\n");
}

static void
add_database(const char *contact, struct buf *out)
{
	buf_adds(out, "<databaseInfo>\n"
	    "<title lang=\"nl\" primary=\"true\">naslag</title>\n"
	    "<description lang=\"nl\" primary=\"true\">De documenten van het "
	    "portaal: landenrapporten, werkinstructies, informatieberichten "
	    "en meer.</description>\n");
	if (contact != NULL)
		xml_element("contact", contact, out);
	buf_adds(out, "</databaseInfo>\n");
}

/* ---- what ---- */

static void
add_name(const char *set, const char *name, struct buf *out)
{
	buf_addf(out, "<map><name set=\"%s\">%s</name></map>\n", set, name);
}

/* All the names of one field. */
static void
add_index(const struct field *f, struct buf *out)
{
	size_t i;

	buf_addf(out, "<index search=\"true\" scan=\"false\" sort=\"%s\">\n",
	    f->flags & FIELD_SORT ? "true" : "false");
	buf_adds(out, "<title lang=\"nl\">");
	html_text(f->label, out);
	buf_adds(out, "</title>\n");
	for (i = 0; i < ncql_indexes; i++)
		if (cql_indexes[i].field == f->id)
			add_name(cql_indexes[i].set, cql_indexes[i].name, out);
	if (*f->name != '\0')
		add_name("naslag", f->name, out);
	buf_adds(out, "</index>\n");
}

static void
add_indexes(struct buf *out)
{
	size_t i;

	buf_adds(out, "<indexInfo>\n");
	for (i = 0; i < ncql_sets; i++)
		buf_addf(out, "<set name=\"%s\" identifier=\"%s\"/>\n",
		    cql_sets[i].name, cql_sets[i].identifier);
	for (i = 0; i < NFIELDS; i++)
		add_index(&fields[i], out);
	buf_adds(out, "</indexInfo>\n");
}

static void
add_config(const struct sru_place *p, struct buf *out)
{
	size_t i;

	buf_adds(out, "<schemaInfo>\n<schema identifier=\"" SRU_SCHEMA "\" "
	    "name=\"" SRU_SCHEMA_NAME "\" sort=\"false\" retrieve=\"true\">"
	    "<title lang=\"en\">Dublin Core</title></schema>\n</schemaInfo>\n"
	    "<configInfo>\n");
	buf_addf(out, "<default type=\"numberOfRecords\">%u</default>\n",
	    p->count);
	buf_adds(out, "<default type=\"contextSet\">cql</default>\n"
	    "<default type=\"index\">cql.serverChoice</default>\n"
	    "<default type=\"retrieveSchema\">" SRU_SCHEMA_NAME "</default>\n");
	buf_addf(out, "<setting type=\"maximumRecords\">%u</setting>\n",
	    p->max_count);
	for (i = 0; i < NELEM(supports); i++) {
		buf_addf(out, "<supports type=\"%s\">", supports[i][0]);
		html_text(supports[i][1], out);
		buf_adds(out, "</supports>\n");
	}
	buf_adds(out, "</configInfo>\n");
}

void
sru_print_explain(const struct sru_place *p, const struct sru_diagnostic *d,
    struct buf *out)
{
	xml_begin(out);
	buf_adds(out, "<explainResponse "
	    "xmlns=\"http://www.loc.gov/zing/srw/\">\n");
	xml_element("version", p->version, out);
	buf_adds(out, "<record>\n");
	xml_element("recordSchema", ZEEREX, out);
	xml_element("recordPacking", "xml", out);
	buf_adds(out, "<recordData>\n<explain xmlns=\"" ZEEREX "\">\n");
	add_server(p->site, out);
	add_database(p->contact, out);
	add_indexes(out);
	add_config(p, out);
	buf_adds(out, "</explain>\n</recordData>\n</record>\n");
	sru_print_diagnostic(d, out);
	buf_adds(out, "</explainResponse>\n");
}
