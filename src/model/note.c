#include <config.h>

#include "model/note.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* What marks a text for the translator: tools/en.po.sh. */
#define SAID(dutch) dutch

static const char *const sentences[NNOTES] = {
	[NOTE_ALSO] = SAID("Ook gezocht naar: %s."),
	[NOTE_ALSO_MORE] = SAID("Ook gezocht naar: %s en %s andere."),
	[NOTE_CORRECTED] = SAID("Niets gevonden voor ‘%s’; dit zijn de "
	    "antwoorden op ‘%s’."),
	[NOTE_ABSENT] = SAID("Geen document is of noemt %s."),
	[NOTE_NEAR] = SAID("NABIJ werkt alleen tussen losse woorden; gelezen "
	    "als EN."),
	[NOTE_CUT] = SAID("Alleen de eerste %s woorden zijn gebruikt."),
	[NOTE_SHORT] = SAID("Vóór een sterretje zijn ten minste %s tekens "
	    "nodig; ‘%s’ is als gewoon woord gelezen."),
	[NOTE_NO_VALUE] = SAID("%s; als gewone woorden gelezen."),
	[NOTE_STALE] = SAID("De gevonden tekst van %s is die van een eerdere "
	    "versie: het bestand is sinds %s niet te lezen."),
	[NOTE_LIKE] = SAID("Documenten die lijken op ‘%s’."),
	[NOTE_LIKE_NONE] = SAID("Daarin staat geen woord waarmee andere "
	    "documenten te vinden zijn."),
};

static size_t
count_slots(const char *s)
{
	size_t n = 0;

	for (; (s = strstr(s, "%s")) != NULL; s += 2)
		n++;
	return n;
}

static struct note *
add(struct notes *notes, enum note_kind kind)
{
	GROW(notes->items, notes->count, notes->cap);
	notes->items[notes->count] = (struct note){ .kind = kind };
	return &notes->items[notes->count++];
}

void
notes_add(struct notes *notes, enum note_kind kind, ...)
{
	struct note *note = add(notes, kind);
	size_t n = count_slots(sentences[kind]), i;
	va_list ap;

	va_start(ap, kind);
	for (i = 0; i < n; i++)
		note->arguments[i] = xstrdup(va_arg(ap, const char *));
	va_end(ap);
}

void
notes_add_error(struct notes *notes, enum note_kind kind,
    const struct error *why)
{
	struct note *note = add(notes, kind);

	note->error = xmalloc(sizeof *note->error);
	*note->error = *why;
}

void
notes_copy(struct notes *notes, const struct notes *from)
{
	size_t i, k;

	for (i = 0; i < from->count; i++) {
		const struct note *note = &from->items[i];

		if (note->error != NULL) {
			notes_add_error(notes, note->kind, note->error);
			continue;
		}
		struct note *copy = add(notes, note->kind);

		for (k = 0; k < NOTE_MAX_ARGUMENTS; k++)
			if (note->arguments[k] != NULL)
				copy->arguments[k] = xstrdup(note->arguments[k]);
	}
}

void
notes_clear(struct notes *notes)
{
	size_t i, k;

	for (i = 0; i < notes->count; i++) {
		for (k = 0; k < NOTE_MAX_ARGUMENTS; k++)
			free(notes->items[i].arguments[k]);
		free(notes->items[i].error);
	}
	free(notes->items);
	*notes = (struct notes){ 0 };
}

const char *
note_sentence(enum note_kind kind)
{
	return sentences[kind];
}

void
note_print(const struct note *note, struct buf *out)
{
	const char *s = sentences[note->kind], *slot;
	size_t begin = out->len, i = 0;

	for (; (slot = strstr(s, "%s")) != NULL; s = slot + 2) {
		buf_add(out, s, (size_t)(slot - s));
		buf_adds(out, note->error != NULL ? note->error->msg :
		    note->arguments[i++]);
	}
	buf_adds(out, s);
	/* The message of an error is no sentence yet. */
	out->s[begin] = (char)toupper((unsigned char)out->s[begin]);
}
