/*
 * stored: what naslag keeps on disk, for itself and for its index.
 */
#include <config.h>

#include "target.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/digest.h"
#include "dutch/spell.h"
#include "gather/sametext.h"
#include "gather/seen.h"
#include "gather/texts.h"
#include "index/canaries.h"
#include "index/database.h"
#include "index/files.h"
#include "index/manifest.h"
#include "index/mapped.h"
#include "index/suggest.h"
#include "index/suggestfile.h"
#include "index/vocabulary.h"
#include "model/doc.h"
#include "model/layout.h"
#include "model/versions.h"
#include "report/history.h"

/* ---- in the index ---- */

static void
read_record(const char *s, size_t n)
{
	CLEAN(doc_clear) struct doc d = { 0 };
	CLEAN(doc_clear) struct doc again = { 0 };
	CLEAN(buf_clear) struct buf first = BUF_INIT, second = BUF_INIT;
	struct error err = ERROR_INIT;

	if (doc_record_parse(s, n, &d, &err) == -1)
		return;
	doc_record_print(&d, &first);
	fuzz_check(doc_record_parse(buf_str(&first), first.len, &again,
	    &err) == 0, "a record that is written can be read");
	doc_record_print(&again, &second);
	fuzz_check(strcmp(buf_str(&first), buf_str(&second)) == 0,
	    "it is the same then");
}

/* As it is packed; a packed one would only be found damaged. */
static void
read_layout(const char *s, size_t n)
{
	CLEAN(layout_clear) struct layout l = { 0 };
	CLEAN(buf_clear) struct buf packed = BUF_INIT, again = BUF_INIT;
	struct error err = ERROR_INIT;
	uint32_t i;

	chunk_pack(s, n, &packed);
	if (layout_parse(packed.s, packed.len, &l, &err) == -1)
		return;
	for (i = 0; i < 64; i++) {
		uint32_t at = i * (l.text_bytes / 64 + 1);

		fuzz_check(l.nchunks == 0 ||
		    (layout_chunk_of_pos(&l, at) < l.nchunks &&
		    layout_chunk_of_byte(&l, at) < l.nchunks),
		    "every place is in a chunk");
		layout_page_of(&l, at);
		layout_heading_of(&l, at);
	}
	layout_print(&l, &again);
	fuzz_check(again.len > 0, "a layout can be kept");
}

static void
read_chunk(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	struct error err = ERROR_INIT;

	chunk_unpack(s, n, 1 << 20, &out, &err);
}

static void
read_version(const char *s, size_t n)
{
	CLEAN(version_clear) struct version v = { 0 };

	if (version_parse(s, n, &v))
		versions_order(&v, 1, 20261122);
}

static void
read_textid(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf out = BUF_INIT;
	struct textid id, again;

	(void)n;
	if (!textid_parse(s, &id))
		return;
	textid_print(&id, &out);
	fuzz_check(textid_parse(buf_str(&out), &again),
	    "what a text is like can be kept");
	textid_same(&id, &again);
}

/* ---- files of a generation ---- */

static void
read_files(const char *s, size_t n)
{
	CLEAN(files_clear) struct files f = { 0 };
	struct error err = ERROR_INIT;

	fuzz_put("files", s, n);
	if (files_read(fuzz_dir(), &f, &err) == -1)
		return;
	files_find(&f, "map/a.pdf");
	files_within(&f);
	fuzz_check(files_write(&f, fuzz_dir(), &err) == 0,
	    "a list that is read can be kept");
}

/* With the digest that it ends in. */
static void
read_manifest(const char *s, size_t n)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;
	char digest[DIGEST_HEX + 1];
	struct manifest_facts facts;
	struct error err = ERROR_INIT;

	digest_bytes(s, n, digest);
	buf_add(&b, s, n);
	buf_addf(&b, "%s\n", digest);
	fuzz_put("MANIFEST", b.s, b.len);
	manifest_verify(fuzz_dir(), MANIFEST_HEAD, &facts, &err);
	manifest_verify(fuzz_dir(), MANIFEST_SIZES, &facts, &err);
}

static void
read_hidden(const char *s, size_t n)
{
	CLEAN(hidden_clear) struct hidden h = { .count = 0 };
	struct error err = ERROR_INIT;

	fuzz_put(DATABASE_HIDDEN, s, n);
	if (hidden_read(fuzz_dir(), &h, &err) == 0)
		fuzz_check(hidden_write(&h, fuzz_dir(), &err) == 0,
		    "a list that is read can be kept");
}

/* ---- files beside it ---- */

static void
read_seen(const char *s, size_t n)
{
	CLEAN(seen_clear) struct seen l = { 0 };
	struct error err = ERROR_INIT;

	fuzz_put("seen", s, n);
	seen_read(fuzz_dir(), &l);
	fuzz_check(seen_write(&l, fuzz_dir(), &err) == 0,
	    "a list that is read can be kept");
}

static void
read_history(const char *s, size_t n)
{
	CLEAN(history_clear) struct history h = { 0 };
	struct error err = ERROR_INIT;

	fuzz_put("runs.jsonl", s, n);
	if (history_read(fuzz_dir(), &h, &err) == -1)
		return;
	history_newest(&h);
	history_last_good(&h);
	history_last_knowing(&h);
}

static void
read_conf(const char *s, size_t n)
{
	CLEAN(str_free) char *path = xasprintf("%s/naslag.conf", fuzz_dir());
	CLEAN(conf_clear) struct conf c = { 0 };
	struct error err = ERROR_INIT;

	fuzz_put("naslag.conf", s, n);
	conf_read(path, true, &c, &err);
}

static void
read_canaries(const char *s, size_t n)
{
	CLEAN(str_free) char *path = xasprintf("%s/canaries", fuzz_dir());
	CLEAN(canaries_clear) struct canaries c = { 0 };
	struct error err = ERROR_INIT;

	fuzz_put("canaries", s, n);
	canaries_read(path, &c, &err);
}

/* ---- mapped files ---- */

#define ID 7

static void
use_words(const struct spell_words *words)
{
	static const char *const typed[] = { "asiel", "verblijfsvergunnign" };
	struct spell_word question[NELEM(typed)];
	struct spell_change changes[NELEM(typed)];
	size_t i;

	for (i = 0; i < NELEM(typed); i++) {
		question[i] = (struct spell_word){ typed[i], strlen(typed[i]),
		    false, false };
		spell_find(words, typed[i], strlen(typed[i]));
		spell_nearest(words, typed[i], strlen(typed[i]), NULL);
	}
	spell_question(words, NULL, question, NELEM(question), changes,
	    NELEM(changes));
}

static void
use_suggestions(const struct suggestions *s, const struct spell_words *words)
{
	static const char *const typed[] = { "a", "asiel", "wi 2014", "wet op" };
	struct suggestion found[SUGGEST_MAX];
	size_t i, k, n, bytes = 0;

	for (i = 0; i < NELEM(typed); i++) {
		n = suggestions_find(s, words, typed[i], found, SUGGEST_MAX);
		for (k = 0; k < n; k++)
			bytes += strlen(found[k].text);
	}
	fuzz_check(bytes < SIZE_MAX, "suggestions are text");
}

/* Its sections are the parts of the file, which is whole. */
static void
write_mapped(const char *name, uint64_t id, const char *s, size_t n)
{
	struct mapped_part parts[MAPPED_PARTS];
	const char *at = s;
	struct fuzz_section part;
	struct error err = ERROR_INIT;
	size_t count = 0;

	for (; count < MAPPED_PARTS && fuzz_section(&at, s + n, &part); count++)
		parts[count] = (struct mapped_part){ part.bytes, part.len };
	fuzz_check(mapped_write(fuzz_dir(), name, id, parts, count, &err) == 0,
	    "a file can be written");
}

static void
read_words(const char *s, size_t n)
{
	CLEAN(vocabulary_free) struct vocabulary *v = NULL;

	write_mapped(VOCABULARY_FILE, vocabulary_file_id(ID), s, n);
	if ((v = vocabulary_open(fuzz_dir(), ID)) != NULL) {
		use_words(vocabulary_words(v));
		use_suggestions(NULL, vocabulary_words(v));
	}
}

static void
read_suggestions(const char *s, size_t n)
{
	CLEAN(suggestions_free) struct suggestions *g = NULL;

	write_mapped(SUGGEST_FILE, suggest_file_id(ID), s, n);
	if ((g = suggestions_open(fuzz_dir(), ID)) != NULL)
		use_suggestions(g, NULL);
}

/* The first line says which; the rest is what was stored. */
void
fuzz_stored(const char *s, size_t n)
{
	static const struct {
		const char *name;
		void (*read)(const char *, size_t);
	} kinds[] = {
		{ "canaries", read_canaries },
		{ "chunk", read_chunk },
		{ "conf", read_conf },
		{ "files", read_files },
		{ "hidden", read_hidden },
		{ "history", read_history },
		{ "layout", read_layout },
		{ "manifest", read_manifest },
		{ "record", read_record },
		{ "seen", read_seen },
		{ "suggestions", read_suggestions },
		{ "textid", read_textid },
		{ "version", read_version },
		{ "words", read_words },
	};
	size_t len = strcspn(s, "\n"), i;

	if (len == n)
		return;
	for (i = 0; i < NELEM(kinds); i++)
		if (strlen(kinds[i].name) == len &&
		    memcmp(kinds[i].name, s, len) == 0)
			kinds[i].read(s + len + 1, n - len - 1);
}
