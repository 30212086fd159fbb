#include <config.h>

#include "show/opensearch.h"

#include <string.h>

#include "show/xml.h"

/* What is left out of a question is empty, which the endpoint reads as such. */
#define WORDS	"?q={searchTerms}"
#define PAGED	WORDS "&vanaf={startIndex?}&aantal={count?}"

/* The pages one can search by, and what they give. */
static const struct {
	const char *rel, *type, *path, *question;
} pages[] = {
	{ "results", "text/html", "/", PAGED },
	{ "results", "application/atom+xml", "/feed.atom", PAGED },
	{ "results", "application/json", "/v1/documenten", PAGED },
	{ "suggestions", "application/x-suggestions+json", "/v1/suggesties",
	    WORDS },
	{ "self", OPENSEARCH_TYPE, "/opensearch.xml", "" },
};

void
opensearch_print(const struct site *site, const char *contact, struct buf *out)
{
	size_t i;

	xml_begin(out);
	buf_adds(out, "<OpenSearchDescription xmlns=\""
	    "http://a9.com/-/spec/opensearch/1.1/\">\n");
	xml_element("ShortName", "naslag", out);	/* 16 characters at most */
	xml_element("Description", "Zoek in de documenten van het portaal: "
	    "landenrapporten, werkinstructies, informatieberichten en meer.",
	    out);
	if (contact != NULL && strchr(contact, '@') != NULL)
		xml_element("Contact", contact, out);
	for (i = 0; i < NELEM(pages); i++) {
		CLEAN(buf_clear) struct buf url = BUF_INIT;

		site_url(site, pages[i].path, NULL, true, &url);
		buf_adds(&url, pages[i].question);
		/* The first document is number 0 of vanaf. */
		buf_addf(out, "<Url rel=\"%s\" type=\"%s\" indexOffset=\"0\"",
		    pages[i].rel, pages[i].type);
		xml_attribute("template", url.s, out);
		buf_adds(out, "/>\n");
	}
	xml_element("Language", site->is_english ? "en" : "nl", out);
	xml_element("InputEncoding", "UTF-8", out);
	xml_element("OutputEncoding", "UTF-8", out);
	buf_adds(out, "</OpenSearchDescription>\n");
}
