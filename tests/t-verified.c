/*
 * Files that were compared with their manifests are believed until they
 * change, or for a time.
 */
#include <config.h>

#include "index/verified.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "scratch.h"
#include "tap.h"

#define NOW	1795000000


/* An index of two generations, where all of the first is believed. */
static void
make(void)
{
	CLEAN(verified_clear) struct verified v = { 0 };
	struct error err;

	remove_all(scratch);
	if (mkdir(scratch, 0755) == -1 || mkdir(at("gen-1"), 0755) == -1 ||
	    mkdir(at("gen-2"), 0755) == -1)
		abort();
	put_text("gen-1/postlist.glass", "postings");
	put_text("gen-1/files", "files");
	put_text("gen-2/files", "others");
	verified_note(&v, at("gen-1"), NOW);
	if (verified_write(&v, scratch, &err) == -1)
		abort();
}

static bool
is_believed(const char *dir, int64_t now)
{
	CLEAN(verified_clear) struct verified v = { 0 };

	verified_read(scratch, now, &v);
	return verified_has(&v, at(dir), NULL);
}

/* The same file, with the same size and time of modification. */
static void
change_secretly(void)
{
	struct timespec times[2];
	struct stat st;
	int fd = open(at("gen-1/files"), O_WRONLY | O_CLOEXEC);

	/* The kernel's clock of files ticks a hundred times a second. */
	usleep(20000);
	if (fd == -1 || fstat(fd, &st) == -1 || write(fd, "F", 1) != 1)
		abort();
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	if (futimens(fd, times) == -1 || close(fd) == -1)
		abort();
}

static void
add_file(void)
{
	put_text("gen-1/words", "new");
}

static void
replace_file(void)
{
	put_text("new", "files");
	if (rename(at("new"), at("gen-1/files")) == -1)
		abort();
}

static void
make_link(void)
{
	usleep(20000);
	if (link(at("gen-1/files"), at("gen-2/more")) == -1)
		abort();
}

static void
put_link_in_place(void)
{
	unlink(at("gen-1/files"));
	if (symlink(at("gen-2/files"), at("gen-1/files")) == -1)
		abort();
}

static void
lose_record(void)
{
	unlink(at("verified"));
}

static void
break_record(void)
{
	put_text("verified", "1 2 drie\n");
}

static void
do_nothing(void)
{
}

static void
test_cases(void)
{
	static const struct {
		const char *title;
		void (*happens)(void);
		int64_t later;
		bool is_believed;
	} cases[] = {
		{ "what was compared is believed", do_nothing, 1, true },
		{ "nearly a day", do_nothing, VERIFIED_S - 1, true },
		{ "and no longer", do_nothing, VERIFIED_S, false },
		{ "nor by a clock that was set back", do_nothing, -1, false },
		{ "nor when it changed, whatever its times say",
		    change_secretly, 1, false },
		{ "or got one more file", add_file, 1, false },
		{ "or an equal one in its place", replace_file, 1, false },
		{ "or a link", put_link_in_place, 1, false },
		{ "or someone else made a link to it", make_link, 1, false },
		{ "without a record nothing is", lose_record, 1, false },
		{ "nor with a damaged one", break_record, 1, false },
	};
	size_t i;

	for (i = 0; i < NELEM(cases); i++) {
		make();
		cases[i].happens();
		ok(is_believed("gen-1", NOW + cases[i].later) ==
		    cases[i].is_believed, "%s", cases[i].title);
	}
}

/* What a job itself links keeps the day that it was compared. */
static void
test_links(void)
{
	CLEAN(verified_clear) struct verified v = { 0 };
	struct error err;

	make();
	verified_read(scratch, NOW + 10, &v);
	make_link();
	verified_note(&v, at("gen-2"), NOW + 10);
	ok(verified_has(&v, at("gen-2"), NULL) &&
	    verified_write(&v, scratch, &err) == 0 &&
	    is_believed("gen-1", NOW + 11) && is_believed("gen-2", NOW + 11),
	    "what the job itself linked is believed");
	ok(!is_believed("gen-2", NOW + VERIFIED_S) &&
	    !is_believed("gen-1", NOW + VERIFIED_S),
	    "from the day that it was compared");
}

int
main(void)
{
	scratch_make();
	make();
	ok(!is_believed("gen-2", NOW + 1), "what was not compared is not");
	ok(!is_believed("gen-9", NOW + 1), "nor what is not there");
	test_cases();
	test_links();
	scratch_remove();
	return tap_done();
}
