#include <config.h>

#include "show/pageparts.h"

#include <ctype.h>
#include <string.h>

/* A sentence while it is written. */
struct sentence {
	struct page *page;
	bool is_begun;		/* its first letter has been */
	bool is_dutch;		/* in an element that says so */
};

/* ---- parts ---- */

/* Errors have numbers in their formats, too. */
static size_t
length_of_slot(const char *s)
{
	return s[1] == 'z' ? 3 : 2;
}

static void
add(struct sentence *s, const char *text, size_t n)
{
	CLEAN(str_free) char *part = xstrndup(text, n);

	if (n == 0)
		return;
	if (!s->is_begun)
		*part = (char)toupper((unsigned char)*part);
	s->is_begun = true;
	page_escape(s->page, part);
}

static bool
is_number(const char *s)
{
	return s[strspn(s, "0123456789")] == '\0';
}

/* What stands between quotes is the visitor's, and stays as it is. */
static void
add_argument(struct sentence *s, const char *text, bool is_quoted)
{
	const char *said = is_quoted ? text : page_said(s->page, text);
	bool is_marked = !s->is_dutch && said == text && !is_number(text);

	if (is_marked) {
		page_html(s->page, "<span");
		page_lang(s->page, "nl");
		page_html(s->page, ">");
	}
	add(s, said, strlen(said));
	if (is_marked)
		page_html(s->page, "</span>");
}

static bool
is_quoted(const char *text, const char *slot)
{
	static const char quote[] = "‘";
	size_t n = sizeof quote - 1;

	return (size_t)(slot - text) >= n &&
	    memcmp(slot - n, quote, n) == 0;
}

/* ---- sentences ---- */

/* In Dutch as a whole, where there is no translation of it. */
static void
begin(struct sentence *s, const char *dutch, const char *said)
{
	s->is_dutch = !s->page->site->is_english || said == dutch;
	if (s->is_dutch && s->page->site->is_english)
		page_html(s->page, "<span lang=\"nl\">");
}

static void
end(struct sentence *s)
{
	if (s->is_dutch && s->page->site->is_english)
		page_html(s->page, "</span>");
}

/* The arguments stand one behind another, each ended by a NUL. */
static void
add_error(struct sentence *s, const struct error *err)
{
	struct sentence part = *s;
	const char *dutch = err->format != NULL ? err->format : err->msg;
	const char *said = page_said(s->page, dutch);
	const char *text = said, *slot, *argument = err->arguments;

	begin(&part, dutch, said);
	while (err->format != NULL && (slot = strchr(text, '%')) != NULL) {
		add(&part, text, (size_t)(slot - text));
		add_argument(&part, argument, is_quoted(said, slot));
		argument += strlen(argument) + 1;
		text = slot + length_of_slot(slot);
	}
	add(&part, text, strlen(text));
	end(&part);
	s->is_begun = part.is_begun;
}

void
page_message(struct page *p, const struct error *err)
{
	struct sentence s = { .page = p };

	add_error(&s, err);
}

void
page_note(struct page *p, const struct note *note)
{
	const char *dutch = note_sentence(note->kind);
	const char *said = page_said(p, dutch), *text = said, *slot;
	struct sentence s = { .page = p };
	size_t i = 0;

	begin(&s, dutch, said);
	for (; (slot = strstr(text, "%s")) != NULL; text = slot + 2) {
		add(&s, text, (size_t)(slot - text));
		if (note->error != NULL)
			add_error(&s, note->error);
		else
			add_argument(&s, note->arguments[i++], true);
	}
	add(&s, text, strlen(text));
	end(&s);
}
