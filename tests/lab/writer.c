/*
 * writer: somebody who writes files while they are read.
 *
 *    writer DIRECTORY FILES [TURNS]
 *
 * Writes 1.txt, 2.txt, ... in place, each with one write(), in every turn with
 * another number in all its lines.  Without TURNS until SIGTERM; then it says
 * what it did.
 */
#include <config.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

#define LINES 1500

static volatile sig_atomic_t is_over;

static void
stop(int sig)
{
	(void)sig;
	is_over = 1;
}

static int
write_file(const char *dir, unsigned long file, unsigned long turn)
{
	CLEAN(str_free) char *path = xasprintf("%s/%lu.txt", dir, file);
	CLEAN(buf_clear) struct buf text = BUF_INIT;
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644), rc, i;

	/* Nothing but the number tells files apart, so say which this is. */
	buf_addf(&text, "Bestand %lu.\n", file);
	for (i = 0; i < LINES; i++)
		buf_addf(&text, "Regel over zeegras, nummer%08lu.\n", turn);
	rc = fd != -1 && write(fd, text.s, text.len) == (ssize_t)text.len ?
	    0 : -1;
	if (fd != -1)
		close(fd);
	return rc;
}

int
main(int argc, char **argv)
{
	unsigned long files, turns, turn, done = 0, i;

	if (argc < 3) {
		fputs("usage: writer DIRECTORY FILES [TURNS]\n", stderr);
		return 2;
	}
	files = strtoul(argv[2], NULL, 10);
	turns = argc > 3 ? strtoul(argv[3], NULL, 10) : 0;
	signal(SIGTERM, stop);
	for (turn = 1; !is_over && (turns == 0 || turn <= turns); turn++)
		for (i = 1; i <= files && !is_over; i++) {
			if (write_file(argv[1], i, turn) == -1) {
				perror(argv[1]);
				return 1;
			}
			done++;
			usleep(200);
		}
	printf("%lu files written %lu times\n", files, done);
	return 0;
}
