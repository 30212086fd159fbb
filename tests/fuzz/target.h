/*
 * target: what is fuzzed, one row each: the name of a target and a function
 * that takes any bytes.
 *
 * A target feeds bytes to parsers of ours and checks what has to be so of
 * whatever they say; what is not is a crash, by fuzz_check().  The bytes come
 * from libFuzzer (harness.c, `make fuzz`) or from files that are kept: seeds,
 * and what once went wrong (t-fuzz.c, `make check`).  How a target reads its
 * bytes stands above its function.
 */
#ifndef TARGET_H
#define TARGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "formats/format.h"

struct fuzz_target {
	const char *name;	/* of its seeds' directory, too */
	/* The bytes have their own size and are followed by a NUL. */
	void (*run)(const char *, size_t);
};

extern const struct fuzz_target fuzz_targets[];
extern const size_t nfuzz_targets;

/* NULL: there is none of that name. */
const struct fuzz_target *fuzz_target(const char *name);
/* Load the tables in data/; ends the program if they cannot be read. */
void fuzz_init(void);
/* Run a target on a copy of the bytes, of just their size. */
void fuzz_run(const struct fuzz_target *, const void *, size_t);

/* Ends the program with the claim, unless it holds. */
void fuzz_check(bool holds, const char *claim);

/* ---- for the targets ---- */

/* It is relative, and leads nowhere but down. */
void fuzz_check_path(const char *);

/*
 * The directory that files are written to which a target reads by name: in
 * TMPDIR, removed at the end.
 */
const char *fuzz_dir(void);
/* Replace a file in it. */
void fuzz_put(const char *name, const void *, size_t);

/*
 * Cut a section off: "--- NAME\n" and what follows up to the next such line.
 * False at the end.
 */
struct fuzz_section {
	const char *name;
	size_t name_len;
	const char *bytes;
	size_t len;
};
bool fuzz_section(const char **at, const char *end, struct fuzz_section *);

/*
 * Read a document as naslag-extract does and take its records in as naslag
 * does; the same with the files within it.
 */
void fuzz_read(const struct format *, const char *, size_t);
void fuzz_unpack(const struct format *, const char *, size_t);
/* The row of formats[]; there is one. */
const struct format *fuzz_format(const char *name);

#define FUZZ_TARGET(name) void fuzz_##name(const char *, size_t)
FUZZ_TARGET(archive);
FUZZ_TARGET(decoders);
FUZZ_TARGET(html);
FUZZ_TARGET(language);
FUZZ_TARGET(mail);
FUZZ_TARGET(ole);
FUZZ_TARGET(outputs);
FUZZ_TARGET(package);
FUZZ_TARGET(pdflines);
FUZZ_TARGET(picture);
FUZZ_TARGET(plain);
FUZZ_TARGET(query);
FUZZ_TARGET(records);
FUZZ_TARGET(request);
FUZZ_TARGET(rtf);
FUZZ_TARGET(stored);
FUZZ_TARGET(streams);
FUZZ_TARGET(worker);
FUZZ_TARGET(xml);

#endif
