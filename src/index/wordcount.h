/*
 * wordcount: how many documents of a database hold each of its words.
 *
 * A word has two letters at least, no digits, and no more than SPELL_MAX_WORD
 * bytes.  Documents whose language is known to be neither Dutch nor English
 * are foreign: they do not count.
 *
 * Used by vocabulary.c.
 */
#ifndef WORDCOUNT_H
#define WORDCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "dutch/spell.h"
#include "model/fields.h"

struct xap_db;

/* Words in byte order, each once, as struct spell_words has them. */
struct words {
	struct buf strings;
	uint32_t *offsets, *freqs, *shapes;
	size_t count, cap;
};

void words_clear(struct words *);
/* Append one; it comes behind the last. */
void words_add(struct words *, const char *word, size_t n, uint32_t freq,
    uint32_t shape);
/* The same, to look at; as long as nothing is added. */
struct spell_words words_view(const struct words *);

/*
 * A database, and the ids of its documents that do not count, ascending: the
 * foreign ones.  Clear it with wordcount_close().
 */
struct wordcount {
	char *path;
	struct xap_db *db;
	uint32_t *omitted;
	size_t nomitted, cap;
};

int wordcount_open(const char *path, struct wordcount *out, struct error *);
void wordcount_close(struct wordcount *);
/* Let n more documents not count. */
void wordcount_omit(struct wordcount *, const uint32_t *docids, size_t n);

/*
 * Append the words that at least min documents hold, or the title of one.
 * All terms of the database are read.
 */
int wordcount_all(const struct wordcount *, uint32_t min, struct words *out,
    struct error *);
/* The words of n documents, with how many of them that count hold each. */
int wordcount_documents(const struct wordcount *, const uint32_t *docids,
    size_t n, struct words *out, struct error *);
/* 1 if a document that counts has the word in the field, 0 if none, or -1. */
int wordcount_has(const struct wordcount *, enum field_id, const char *word,
    size_t n, struct error *);

#endif
