#include <config.h>

#include "cmd/progress.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"

#define INTERVAL 0.1		/* seconds between two lines */
#define DEFAULT_WIDTH 80
#define MIN_BAR 10		/* a shorter one says nothing */
#define MAX_BAR 40
#define MAX_NUMBERS 37		/* " 100 %   of   12:34:56 left  12345/s" */
/*
 * The rate follows what was done in about this many seconds: documents differ
 * a thousandfold in size, so a shorter memory makes the time left jump.
 */
#define MEMORY 15.0

static struct {
	bool is_shown;		/* standard error is a terminal that can */
	const char *what;	/* NULL: no work */
	size_t all, done;
	double begun, drawn;	/* seconds of the monotonic clock */
	double rate;		/* a second */
	size_t counted;		/* in the rate */
} now;

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
can_show(void)
{
	const char *term = getenv("TERM");

	return isatty(STDERR_FILENO) && term != NULL && *term != '\0' &&
	    strcmp(term, "dumb") != 0;
}

/* Asked each time: a window may change. */
static unsigned
width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == -1 || size.ws_col == 0)
		return DEFAULT_WIDTH;
	return size.ws_col;
}

/* ---- the line ---- */

static void
add_number(size_t n, struct buf *out)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%zu", n), i;

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, digits[i]);
	}
}

/* 1:02:03 or 2:03 */
static void
add_time(double left, struct buf *out)
{
	unsigned long s = (unsigned long)ceil(left);

	if (s >= 3600)
		buf_addf(out, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
	else
		buf_addf(out, "%lu:%02lu", s / 60, s % 60);
}

static void
add_bar(size_t done, size_t all, unsigned length, struct buf *out)
{
	unsigned full = (unsigned)((double)done / (double)all * length), i;

	buf_addc(out, '[');
	for (i = 0; i < length; i++)
		buf_addc(out, i < full ? '=' : i == full ? '>' : ' ');
	buf_addc(out, ']');
}

/* The length of a number as it is shown. */
static size_t
digits(size_t n)
{
	CLEAN(buf_clear) struct buf b = BUF_INIT;

	add_number(n, &b);
	return b.len;
}

/* What stands behind the bar, the most wanted first: it may be cut. */
static void
add_numbers(size_t done, size_t all, double rate, struct buf *out)
{
	buf_addf(out, " %3u %%  ", (unsigned)((double)done / (double)all * 100));
	add_number(done, out);
	buf_adds(out, " of ");
	add_number(all, out);
	if (rate <= 0)
		return;
	if ((double)(all - done) / rate < 100 * 3600) {
		buf_adds(out, "  ");
		add_time((double)(all - done) / rate, out);
		buf_adds(out, " left");
	}
	buf_addf(out, rate < 10 ? "  %.1f/s" : "  %.0f/s", rate);
}

void
progress_print(const char *what, size_t done, size_t all, double rate,
    unsigned columns, struct buf *out)
{
	CLEAN(buf_clear) struct buf numbers = BUF_INIT;
	size_t begin = out->len, used, room;

	buf_adds(out, what);
	if (all > 0) {
		done = done < all ? done : all;
		add_numbers(done, all, rate, &numbers);
		/* The bar stays as long as it is while the numbers grow. */
		room = MAX_NUMBERS + 2 * digits(all);
		/* "reading [===>  ]  50 %": the brackets, and a space. */
		used = strlen(what) + 3 +
		    (numbers.len > room ? numbers.len : room);
		buf_addc(out, ' ');
		if (used + MIN_BAR <= columns)
			add_bar(done, all, columns - used < MAX_BAR ?
			    (unsigned)(columns - used) : MAX_BAR, out);
		buf_add(out, numbers.s, numbers.len);
	}
	if (out->len - begin > columns)
		buf_cut(out, begin + columns);
}

/* ---- showing it ---- */

static void
measure(double time)
{
	double passed = time - now.drawn, weight;
	double rate;

	if (passed <= 0)
		return;
	rate = (double)(now.done - now.counted) / passed;
	/* In the beginning the mean of all there is, later of what is recent. */
	weight = passed / (time - now.begun < MEMORY ? time - now.begun : MEMORY);
	now.rate += (rate - now.rate) * (weight < 1 ? weight : 1);
	now.counted = now.done;
}

static void
draw(double time)
{
	CLEAN(buf_clear) struct buf line = BUF_INIT;
	unsigned columns = width();

	/* The last column stays free: some terminals wrap when it is filled. */
	progress_print(now.what, now.done, now.all, time - now.begun < 1 ? 0 :
	    now.rate, columns > 1 ? columns - 1 : 1, &line);
	fprintf(stderr, "\r%s\033[K", line.s);
	fflush(stderr);
	now.drawn = time;
}

void
progress_begin(const char *what, size_t all)
{
	progress_end();
	now.is_shown = can_show();
	now.what = what;
	now.all = all;
	now.done = now.counted = 0;
	now.rate = 0;
	now.begun = now.drawn = seconds();
	if (now.is_shown)
		draw(now.begun);
}

void
progress_step(size_t done)
{
	double time;

	if (!now.is_shown || now.what == NULL)
		return;
	now.done = done;
	time = seconds();
	if (time - now.drawn < INTERVAL)
		return;
	measure(time);
	draw(time);
}

void
progress_end(void)
{
	if (now.is_shown && now.what != NULL) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	now.what = NULL;
}
