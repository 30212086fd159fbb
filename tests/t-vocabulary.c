/*
 * What is made from an index when it is published: the vocabulary and the
 * suggestions.
 */
#include <config.h>

#include "index/vocabulary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "index/generation.h"
#include "index/mapped.h"
#include "index/store.h"
#include "index/suggest.h"
#include "index/writer.h"
#include "model/entry.h"
#include "scratch.h"
#include "tap.h"

static struct analyser *analyser;
static char *dir;		/* of the generation */

/* ---- an index ---- */

static const struct {
	const char *title, *kenmerk, *taal, *text;
	const char *headings[4];
} documents[] = {
	{ "WI 2014/60 Besluitmoratorium Syri\xC3\xAB", "WI 2014/60", "nl",
	    "asiel vergunning 2014 c2 x opmerkelijk",
	    { "Verblijf op medische gronden", "De aanvraag", NULL } },
	{ "WI 2014/61 Asiel: verlening", "WI 2014/61", "nl",
	    "asiel vergunning opmerkelijke syri\xC3\xABrs",
	    { "Verblijf op medische gronden in 2014", NULL } },
	{ "Asiel: co\xC3\xB6rdinatie", "BWBR0011825", "nl",
	    "asiel syri\xC3\xABrs syriers",
	    { "VERBLIJF OP MEDISCHE GRONDEN", "De aanvraag", NULL } },
	{ "asiel: Co\xC3\xB6rdinatie", "BWBR0011825", "nl", "verblijf",
	    { "1.2 Het verblijf op medische gronden, de aanvraag", NULL } },
	{ "Asyl", NULL, "de", "asiel der die das der verfahren", { NULL } },
	{ "Asyle", NULL, "de", "asiel der die das verfahren", { NULL } },
};

static void
make_doc(struct doc *d, size_t number)
{
	const char *const *h;

	d->id = xasprintf("PUC_%zu_1", number);
	d->pad = xasprintf("map/%zu.txt", number);
	d->status = xstrdup("ok");
	doc_add(d, FIELD_TITEL, documents[number].title, ORIGIN_TITLE);
	doc_add(d, FIELD_TAAL, documents[number].taal, ORIGIN_DERIVED);
	if (documents[number].kenmerk != NULL)
		doc_add(d, FIELD_KENMERK, documents[number].kenmerk,
		    ORIGIN_TEXT);
	d->marks = xcalloc(4, sizeof *d->marks);
	for (h = documents[number].headings; *h != NULL; h++) {
		d->marks[d->nmarks++] = (struct doc_mark){
			.at = d->text.len, .level = 1,
			.len = (uint32_t)strlen(*h)
		};
		buf_addf(&d->text, "%s\n", *h);
	}
	buf_adds(&d->text, documents[number].text);
}

static int
put_all(struct writer *w, struct error *err)
{
	struct entry_builder *b;
	size_t i;
	int rc = 0;

	entry_builder_open(analyser, &b);
	for (i = 0; i < NELEM(documents) && rc == 0; i++) {
		CLEAN(doc_clear) struct doc d = { 0 };

		make_doc(&d, i);
		rc = writer_put(w, &d, entry_build(b, &d), err);
	}
	entry_builder_free(&b);
	return rc;
}

static void
make_index(void)
{
	CLEAN(writer_free) struct writer *w = NULL;
	CLEAN(str_free) char *built = NULL;
	struct error err = ERROR_INIT;
	struct generation g;
	char print[20];
	int rc;

	rc = generation_begin(scratch, false, &g, &err);
	built = xasprintf("%s/db", g.work_dir);
	rc |= writer_create(built, &w, &err);
	rc |= put_all(w, &err);
	snprintf(print, sizeof print, "%016llx",
	    (unsigned long long)store_fingerprint(analyser));
	rc |= writer_set_fact(w, "fingerprint", print, &err);
	rc |= writer_set_fact(w, "generatie", "1", &err);
	rc |= writer_commit(w, &err);
	writer_free(&w);
	rc |= vocabulary_write(built, store_fingerprint(analyser), &err);
	rc |= suggestions_write(built, analyser, &err);
	rc |= generation_publish(&g, built,
	    time(NULL) + 2 * GENERATION_KEPT_S, &err);
	generation_end(&g);
	dir = xasprintf("%s/gen-1", scratch);
	ok(rc == 0, "an index is made %s", err.msg);
}

/* ---- the vocabulary ---- */

static uint32_t
freq_of(const struct spell_words *w, const char *word)
{
	uint32_t i = spell_find(w, word, strlen(word));

	return i != SPELL_NONE ? w->freqs[i] : 0;
}

static void
test_words(const struct spell_words *w)
{
	static const struct {
		const char *word;
		uint32_t freq;
		const char *why;
	} cases[] = {
		{ "vergunning", 2, "two documents hold it" },
		{ "asiel", 4, "documents in German do not count" },
		{ "syriers", 2, "accents and doubles do not count" },
		{ "besluitmoratorium", 1, "one title does" },
		{ "opmerkelijk", 0, "one text does not" },
		{ "coordinatie", 2, "it is folded" },
		{ "verfahren", 0, "no document in Dutch or English holds it" },
		{ "asyl", 0, "nor does such a title" },
		{ "2014", 0, "it is a number" },
		{ "c2", 0, "it has a digit" },
		{ "x", 0, "it is one letter" },
		{ "wi", 2, "two letters are a word" },
	};
	uint32_t i;
	bool is_sorted = true;

	for (i = 0; i < NELEM(cases); i++)
		ok(freq_of(w, cases[i].word) == cases[i].freq, "%s: %u, %s (%u)",
		    cases[i].word, cases[i].freq, cases[i].why,
		    freq_of(w, cases[i].word));
	for (i = 1; i < w->count; i++)
		is_sorted &= strcmp(w->strings + w->offsets[i - 1],
		    w->strings + w->offsets[i]) < 0;
	ok(is_sorted, "the words are in order");
}

/* ---- suggestions ---- */

static void
suggests(const struct suggestions *s, const struct spell_words *w,
    const char *typed, size_t max, const char *expected)
{
	CLEAN(buf_clear) struct buf got = BUF_INIT;
	struct suggestion found[SUGGEST_MAX];
	size_t n = suggestions_find(s, w, typed, found, max), i;

	for (i = 0; i < n; i++)
		buf_addf(&got, "%s%s:%s:%u", i > 0 ? "; " : "",
		    suggest_kind_name(found[i].kind), found[i].text,
		    found[i].documents);
	if (!ok(strcmp(buf_str(&got), expected) == 0, "'%s' suggests: %s",
	    typed, expected))
		printf("# got %s\n", buf_str(&got));
}

static void
test_suggestions(const struct suggestions *s, const struct spell_words *w)
{
	suggests(s, NULL, "syrie", 10,
	    "titel:WI 2014/60 Besluitmoratorium Syri\xC3\xAB:1");
	suggests(s, NULL, "SYRI\xC3\x8B", 10,
	    "titel:WI 2014/60 Besluitmoratorium Syri\xC3\xAB:1");
	suggests(s, NULL, "syrie besluitm", 10,
	    "titel:WI 2014/60 Besluitmoratorium Syri\xC3\xAB:1");
	suggests(s, NULL, "moratorium", 10,
	    "titel:WI 2014/60 Besluitmoratorium Syri\xC3\xAB:1");
	suggests(s, NULL, "wi2014-60", 10, "kenmerk:WI 2014/60:1; "
	    "titel:WI 2014/60 Besluitmoratorium Syri\xC3\xAB:1");
	suggests(s, NULL, "bwbr", 10, "kenmerk:BWBR0011825:2");
	suggests(s, NULL, "0011825", 10, "kenmerk:BWBR0011825:2");
	suggests(s, NULL, "asiel co", 10, "titel:asiel: Co\xC3\xB6rdinatie:2");
	suggests(s, NULL, "medisch", 10,
	    "woordgroep:verblijf op medische gronden:4");
	suggests(s, NULL, "de aanvraag", 10, "");
	suggests(s, w, "vergun", 10, "woord:vergunning:2");
	suggests(NULL, w, "vergun", 10, "woord:vergunning:2");
	suggests(s, w, "vergunning ", 10, "");
	suggests(s, w, "besluitm", 10, "titel:WI 2014/60 Besluitmoratorium "
	    "Syri\xC3\xAB:1");
	suggests(s, w, "asiel", 1, "woord:asiel:4");
	suggests(s, w, "xyzzy", 10, "");
	suggests(s, w, "", 10, "");
	suggests(s, w, " ,./", 10, "");
	suggests(s, w, "asiel", 0, "");
	suggests(NULL, NULL, "asiel", 10, "");
}

static void
test_key(void)
{
	static const struct {
		const char *text, *key;
	} cases[] = {
		{ "WI 2014/60", "wi 2014 60" },
		{ "wi2014-60", "wi 2014 60" },
		{ "Foto\xE2\x80\x99s van Syri\xC3\xABrs", "fotos van syriers" },
		{ "asiel, ", "asiel " },
		{ "  (asiel)", "asiel " },
		{ "", "" },
		{ "...", "" },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		CLEAN(buf_clear) struct buf key = BUF_INIT;

		suggest_key(cases[i].text, strlen(cases[i].text), &key);
		ok(strcmp(buf_str(&key), cases[i].key) == 0,
		    "'%s' is compared as '%s' (%s)", cases[i].text,
		    cases[i].key, buf_str(&key));
	}
}

/* ---- files that are none ---- */

static bool
is_opened(uint64_t id)
{
	CLEAN(vocabulary_free) struct vocabulary *v = vocabulary_open(dir, id);
	CLEAN(suggestions_free) struct suggestions *s =
	    suggestions_open(dir, id);

	return v != NULL || s != NULL;
}

/* Flip a bit at each of some places; none may pass. */
static void
test_flips(const char *path, uint64_t id)
{
	struct stat st;
	long at, step;
	bool is_ever = false;
	FILE *f = fopen(path, "r+e");

	if (!ok(f != NULL && stat(path, &st) == 0, "%s is there", path))
		return;
	step = (long)st.st_size / 50 + 1;
	for (at = 0; at < (long)st.st_size; at += step) {
		int c;

		fseek(f, at, SEEK_SET);
		c = fgetc(f);
		fseek(f, at, SEEK_SET);
		fputc(c ^ 1, f);
		fflush(f);
		is_ever |= strstr(path, "words") != NULL ?
		    vocabulary_open(dir, id) != NULL :
		    suggestions_open(dir, id) != NULL;
		fseek(f, at, SEEK_SET);
		fputc(c, f);
		fflush(f);
	}
	fclose(f);
	ok(!is_ever, "with any bit flipped it is not opened");
}

static void
test_damage(void)
{
	static const char *const names[] = { "words", "suggestions" };
	uint64_t id = store_fingerprint(analyser);
	struct error err = ERROR_INIT;
	size_t i;

	ok(!is_opened(id + 1), "of another analysis they are not opened");
	for (i = 0; i < NELEM(names); i++) {
		CLEAN(str_free) char *path = xasprintf("%s/%s", dir, names[i]);
		struct stat st;

		test_flips(path, id);
		if (stat(path, &st) == 0 &&
		    truncate(path, st.st_size - 8) == -1)
			abort();
	}
	ok(!is_opened(id), "cut off they are not opened");
	for (i = 0; i < NELEM(names); i++) {
		CLEAN(str_free) char *path = xasprintf("%s/%s", dir, names[i]);

		if (truncate(path, 0) == -1)
			abort();
	}
	ok(!is_opened(id), "empty ones are not opened");
	for (i = 0; i < NELEM(names); i++) {
		CLEAN(str_free) char *path = xasprintf("%s/%s", dir, names[i]);

		unlink(path);
	}
	ok(!is_opened(id), "nor those that are not there");
	ok(mapped_write("/nonexistent", "words", 1, NULL, 0, &err) == -1 &&
	    err.kind == ERROR_SPACE, "what cannot be written is said: %s",
	    err.msg);
}

static void
test_store(bool has_them)
{
	CLEAN(store_free) struct store *s = NULL;
	struct error err = ERROR_INIT;

	if (!ok(store_open(scratch, analyser, &s, &err) == 0,
	    "the index opens %s %s", has_them ? "with them" : "without them",
	    err.msg))
		return;
	ok((store_vocabulary(s) != NULL) == has_them &&
	    (store_suggestions(s) != NULL) == has_them,
	    "and has %s", has_them ? "both" : "neither");
	ok(store_vocabulary(s) == store_vocabulary(s), "opened once");
}

int
main(void)
{
	CLEAN(vocabulary_free) struct vocabulary *v = NULL;
	CLEAN(suggestions_free) struct suggestions *s = NULL;
	struct error err = ERROR_INIT;
	uint64_t id;

	if (analyser_open(&analyser, &err) == -1)
		abort();
	scratch_make();
	make_index();
	id = store_fingerprint(analyser);
	v = vocabulary_open(dir, id);
	s = suggestions_open(dir, id);
	if (ok(v != NULL && s != NULL, "both are opened")) {
		test_words(vocabulary_words(v));
		test_suggestions(s, vocabulary_words(v));
	}
	test_key();
	test_store(true);
	test_damage();
	test_store(false);
	analyser_free(&analyser);
	scratch_remove();
	free(dir);
	return tap_done();
}
