/*
 * vocabulary: the words of a generation, to correct questions with.
 *
 * Words of title and text that two documents hold, or the title of one, with
 * how many hold them; in documents whose language is known to be neither
 * Dutch nor English they do not count.  No numbers, nothing of one letter,
 * nothing longer than SPELL_MAX_WORD.
 *
 * They lie in the file words of the generation's directory.  With a delta
 * (database.h) that is the file of its base, and the words of both, without
 * those of hidden documents, lie in words-delta.
 *
 * Used by store.c and the commands.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stdint.h>

#include "base/error.h"
#include "dutch/spell.h"

#define VOCABULARY_FILE "words"
#define VOCABULARY_DELTA_FILE "words-delta"

struct vocabulary;

/*
 * Make the vocabulary of the database in directory dir and write it there.
 * With a delta it is that of the base, changed by the words of what is hidden
 * or new; without a file of the base, its words are counted again.
 * id is store_fingerprint().
 */
int vocabulary_write(const char *dir, uint64_t id, struct error *);

/* The file's id: what it was made with, and how it is laid out. */
uint64_t vocabulary_file_id(uint64_t id);

/* Open it; NULL if there is none for that id, or it is damaged. */
struct vocabulary *vocabulary_open(const char *dir, uint64_t id);
void vocabulary_free(struct vocabulary **);

/* The words themselves; they live as long as the vocabulary. */
const struct spell_words *vocabulary_words(const struct vocabulary *);

#endif
