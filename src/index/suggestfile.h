/*
 * suggestfile: the file of suggestions, as suggest.c reads and suggestfile.c
 * writes it.
 */
#ifndef SUGGESTFILE_H
#define SUGGESTFILE_H

#include <stdint.h>

#include "index/mapped.h"

#define SUGGEST_FILE "suggestions"
/* Of the documents of a delta (database.h) alone, beside that of the base. */
#define SUGGEST_DELTA_FILE "suggestions-delta"

enum {
	SUGGEST_PART_TEXTS,	/* NUL-terminated */
	SUGGEST_PART_KEYS,	/* the same, by suggest_key() */
	SUGGEST_PART_ENTRIES,
	SUGGEST_PART_PLACES,	/* in the order of what stands there */
	NSUGGEST_PARTS
};

struct suggest_entry {
	uint32_t text, key;	/* in their parts */
	uint32_t kind;
	uint32_t documents;
};

/* Where a word begins. */
struct suggest_place {
	uint32_t key;		/* in the keys */
	uint32_t entry;
};

/* The file's id: what it was made with, and how it is laid out. */
uint64_t suggest_file_id(uint64_t id);

#endif
