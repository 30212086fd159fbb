/*
 * harness: one target under libFuzzer: FUZZ_TARGET=NAME harness [options]
 * [corpus ...].
 *
 * Made and run by `make fuzz` (tests/fuzz.sh); also by hand, to look at what it
 * found: FUZZ_TARGET=NAME harness FILE.
 */
#include <config.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "target.h"

static const struct fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *name = getenv("FUZZ_TARGET");

	(void)argc, (void)argv;
	if (name == NULL || (target = fuzz_target(name)) == NULL) {
		fputs("harness: FUZZ_TARGET names no target\n", stderr);
		exit(2);
	}
	fuzz_init();
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	fuzz_run(target, bytes, n);
	return 0;
}
