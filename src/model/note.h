/*
 * note: a remark that comes with an answer, on how the question was read or
 * what was found.
 *
 * A note is what kind it is and what is filled into its sentence, so that it
 * can be said in another language; the sentences stand in note.c.
 *
 * Used by query.c, result.c, what answers in index/, and the outputs.
 */
#ifndef NOTE_H
#define NOTE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"

enum note_kind {
	NOTE_ALSO,		/* other words that were looked for */
	NOTE_ALSO_MORE,		/* the same, and how many that are not named */
	NOTE_CORRECTED,		/* what was typed, what is answered */
	NOTE_ABSENT,		/* a number that no document has */
	NOTE_NEAR,
	NOTE_CUT,		/* how many words */
	NOTE_SHORT,		/* how many characters; a beginning */
	NOTE_NO_VALUE,		/* why it is none */
	NOTE_STALE,		/* a path, since when */
	NOTE_LIKE,		/* the title of what was to be like */
	NOTE_LIKE_NONE,
	NNOTES
};

#define NOTE_MAX_ARGUMENTS	2

struct note {
	enum note_kind kind;
	/* One for each %s of the sentence; NULL: what error says. */
	char *arguments[NOTE_MAX_ARGUMENTS];
	struct error *error;
};

struct notes {
	struct note *items;
	size_t count, cap;
};

/* Add a note; behind its kind a string for each %s of its sentence. */
void notes_add(struct notes *, enum note_kind, ...);
/* The same, where what is filled in is the message of an error. */
void notes_add_error(struct notes *, enum note_kind, const struct error *);
/* Add copies of the notes of from. */
void notes_copy(struct notes *, const struct notes *from);
void notes_clear(struct notes *);

/* The sentence of a kind, Dutch, with a %s for each argument. */
const char *note_sentence(enum note_kind);
/* Append the note in Dutch. */
void note_print(const struct note *, struct buf *out);

#endif
