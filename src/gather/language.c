#include <config.h>

#include "gather/language.h"

#include <stdlib.h>
#include <string.h>

#include "base/tsv.h"

enum {
	COL_WORDS = 3,
	SAMPLE_BYTES = 4096,	/* the beginning says enough */
	MIN_WORDS = 5,		/* stop words that have to be seen */
	MAX_LANGUAGES = 32,
	MAX_WORD_BYTES = 32,
};

struct stop_word {
	char *word;
	size_t row;
};

struct languages {
	struct tsv table;
	struct stop_word *words;	/* sorted */
	size_t count, cap;
	size_t first[257];	/* of the words that begin with a byte */
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct stop_word *)a)->word,
	    ((const struct stop_word *)b)->word);
}

static void
add_words(struct languages *l, size_t row)
{
	const char *s = tsv_cell(&l->table, row, COL_WORDS);
	size_t n;

	for (; *s != '\0'; s += n + (s[n] == ' ')) {
		n = strcspn(s, " ");
		GROW(l->words, l->count, l->cap);
		l->words[l->count++] =
		    (struct stop_word){ xstrndup(s, n), row };
	}
}

/* Most words of a text are no stop words, and seen not to be by this. */
static void
index_words(struct languages *l)
{
	size_t i = 0, byte;

	for (byte = 0; byte <= 256; byte++) {
		while (i < l->count && (unsigned char)l->words[i].word[0] < byte)
			i++;
		l->first[byte] = i;
	}
}

int
languages_load(struct languages **out, struct error *err)
{
	CLEAN(languages_free) struct languages *l = xcalloc(1, sizeof *l);
	size_t i;

	if (tsv_load("talen.tsv", COL_WORDS + 1, &l->table, err) == -1)
		return -1;
	if (l->table.nrow > MAX_LANGUAGES)
		return error_set(err, ERROR_CONFIG,
		    "talen.tsv: more than %d languages", MAX_LANGUAGES);
	for (i = 0; i < l->table.nrow; i++)
		add_words(l, i);
	qsort(l->words, l->count, sizeof *l->words, compare);
	index_words(l);
	*out = l;
	l = NULL;
	return 0;
}

void
languages_free(struct languages **l)
{
	size_t i;

	if (*l == NULL)
		return;
	for (i = 0; i < (*l)->count; i++)
		free((*l)->words[i].word);
	free((*l)->words);
	tsv_clear(&(*l)->table);
	free(*l);
	*l = NULL;
}

/*
 * Letters are those of ASCII, in lower case, and all bytes of other
 * characters: stop words are common words, so that is near enough, and fast.
 */
static char
letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + 32);
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80 ? c : '\0';
}

/* Count a word for every language that has it. */
static void
count_word(const struct languages *l, const char *word, size_t *counts)
{
	size_t byte = (unsigned char)word[0], mid;
	size_t low = l->first[byte], high = l->first[byte + 1];

	while (low < high) {
		mid = low + (high - low) / 2;
		if (strcmp(l->words[mid].word, word) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < l->count && strcmp(l->words[low].word, word) == 0; low++)
		counts[l->words[low].row]++;
}

static void
count_words(const struct languages *l, const char *text, size_t n,
    size_t *counts)
{
	char word[MAX_WORD_BYTES];
	size_t i, len = 0;

	for (i = 0; i < n; i++) {
		char c = letter(text[i]);

		if (c != '\0') {
			if (len < sizeof word)
				word[len++] = c;
			continue;
		}
		if (len > 0 && len < sizeof word) {
			word[len] = '\0';
			count_word(l, word, counts);
		}
		len = 0;
	}
}

const char *
language_of(const struct languages *l, const char *text, size_t n)
{
	size_t counts[MAX_LANGUAGES] = { 0 }, best = 0, second = 0, i;

	count_words(l, text, n < SAMPLE_BYTES ? n : SAMPLE_BYTES, counts);
	for (i = 1; i < l->table.nrow; i++)
		if (counts[i] > counts[best])
			best = i;
	for (i = 0; i < l->table.nrow; i++)
		if (i != best && counts[i] > second)
			second = counts[i];
	if (counts[best] < MIN_WORDS || counts[best] < 2 * second)
		return NULL;
	return tsv_cell(&l->table, best, 0);
}
