#include <config.h>

#include "report/status.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "formats/format.h"

time_t
status_moment(const char *s)
{
	struct tm tm = { 0 };

	return strptime(s, "%Y-%m-%dT%H:%M:%SZ", &tm) != NULL ? timegm(&tm) : 0;
}

void
status_find_state(struct status *s)
{
	size_t i;

	for (i = s->history.count; i > 0 && s->last == NULL; i--)
		if (s->history.runs[i - 1].exit_status !=
		    error_exit_status(ERROR_BUSY))
			s->last = &s->history.runs[i - 1];
	s->good = history_last_good(&s->history);
	s->fresh = status_moment(s->facts.made);
	if (s->good != NULL && past_run_ended(s->good) > s->fresh)
		s->fresh = past_run_ended(s->good);
	s->state = s->problem.kind != ERROR_NONE ? STATUS_DAMAGED :
	    s->last != NULL && s->last->exit_status != 0 ? STATUS_FAILED :
	    difftime(s->now, s->fresh) > STATUS_OLD_HOURS * 3600 ? STATUS_OLD :
	    STATUS_GOOD;
}

const char *
status_state_name(enum status_state state)
{
	static const char *const names[] = {
		[STATUS_GOOD] = "good", [STATUS_OLD] = "old",
		[STATUS_FAILED] = "failed", [STATUS_DAMAGED] = "damaged",
	};

	return names[state];
}

const char *
status_meaning(const char *status)
{
	static const char *const meanings[EXTRACT_NSTATUS] = {
		[EXTRACT_OK] = "read",
		[EXTRACT_EMPTY] = "no text at all",
		[EXTRACT_SCAN] = "pages are pictures, without a text layer",
		[EXTRACT_ENCRYPTED] = "needs a password",
		[EXTRACT_UNSUPPORTED] = "a known format that is not read",
		[EXTRACT_UNKNOWN] = "no known format",
		[EXTRACT_MALFORMED] = "damaged beyond reading",
		[EXTRACT_BOMB] = "inflates beyond the limits",
		[EXTRACT_TOO_BIG] = "larger than the limit",
		[EXTRACT_DENIED] = "no permission to read it",
		[EXTRACT_NOT_REGULAR] = "a link, pipe, device or socket",
		[EXTRACT_CHANGED] = "changed while it was read",
		[EXTRACT_IO] = "reading the file failed",
		[EXTRACT_LIMIT_CPU] = "took too much processor time",
		[EXTRACT_LIMIT_MEMORY] = "took too much memory",
		[EXTRACT_LIMIT_WALL] = "took too long",
		[EXTRACT_LIMIT_OUTPUT] = "gave too much text",
		[EXTRACT_CRASHED] = "the extractor crashed on it",
		[EXTRACT_VIOLATION] = "tried what the sandbox forbids",
	};
	int i;

	for (i = 0; i < EXTRACT_NSTATUS; i++)
		if (strcmp(extract_status_name((enum extract_status)i),
		    status) == 0)
			return meanings[i];
	return "";
}

/* ---- numbers ---- */

void
say_count(uint64_t n, struct buf *out)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%llu",
	    (unsigned long long)n), i;

	for (i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(out, ',');
		buf_addc(out, digits[i]);
	}
}

struct unit {
	double size;
	const char *name;
};

/* In the largest unit that it fills. */
static const struct unit *
unit_for(double v, const struct unit *units, size_t n)
{
	while (n > 1 && v < units[n - 1].size)
		n--;
	return &units[n - 1];
}

void
say_bytes(double bytes, struct buf *out)
{
	static const struct unit units[] = {
		{ 1, "B" }, { 1e3, "kB" }, { 1e6, "MB" }, { 1e9, "GB" },
		{ 1e12, "TB" },
	};
	const struct unit *u = unit_for(bytes, units, NELEM(units));
	double v = bytes / u->size;

	buf_addf(out, "%.*f %s", u == units || v >= 100 ? 0 : v >= 10 ? 1 : 2, v,
	    u->name);
}

void
say_seconds(double seconds, struct buf *out)
{
	static const struct unit units[] = {
		{ 1, "s" }, { 60, "min" }, { 3600, "h" },
	};
	const struct unit *u = unit_for(seconds, units, NELEM(units));

	buf_addf(out, "%.1f %s", seconds / u->size, u->name);
}

void
say_age(time_t then, time_t now, struct buf *out)
{
	double minutes = difftime(now, then) / 60;

	if (minutes < -1)
		buf_adds(out, "in the future");
	else if (minutes < 1)
		buf_adds(out, "just now");
	else if (minutes < 60)
		buf_addf(out, "%.0f minute%s ago", floor(minutes),
		    minutes < 2 ? "" : "s");
	else if (minutes < 48 * 60)
		buf_addf(out, "%.1f hours ago", minutes / 60);
	else
		buf_addf(out, "%.0f days ago", floor(minutes / 60 / 24));
}

/* ---- runs and the whole ---- */

static const struct {
	enum error_kind kind;
	const char *what;
} ends[] = {
	{ ERROR_QUERY, "was called wrongly" },
	{ ERROR_REFUSED, "was refused" },
	{ ERROR_INDEX, "found the index damaged" },
	{ ERROR_BUG, "met a bug" },
	{ ERROR_SPACE, "could not write" },
	{ ERROR_IO, "met an input or output error" },
	{ ERROR_BUSY, "found another run at work" },
	{ ERROR_CONFIG, "found its configuration wrong" },
};

void
status_say_end(const struct past_run *r, struct buf *out)
{
	const char *what = "failed";
	size_t i;

	if (r->rolled_back_from != 0) {
		buf_addf(out, "rolled back from generation %llu to %llu",
		    (unsigned long long)r->rolled_back_from,
		    (unsigned long long)r->generation);
		return;
	}
	if (r->exit_status == 0 && r->is_published) {
		buf_addf(out, "published generation %llu",
		    (unsigned long long)r->generation);
		return;
	}
	if (r->exit_status == 0) {
		buf_adds(out, "found nothing changed");
		return;
	}
	for (i = 0; i < NELEM(ends); i++)
		if (error_exit_status(ends[i].kind) == r->exit_status)
			what = ends[i].what;
	buf_addf(out, "%s (status %d)", what, r->exit_status);
	if (r->error != NULL)
		buf_addf(out, ": %s", r->error);
}

void
status_say_state(const struct status *s, struct buf *out)
{
	switch (s->state) {
	case STATUS_DAMAGED:
		buf_adds(out, s->problem.msg);
		return;
	case STATUS_FAILED:
		buf_adds(out, "the last run, ");
		say_age(past_run_ended(s->last), s->now, out);
		buf_adds(out, ", ");
		status_say_end(s->last, out);
		return;
	case STATUS_OLD:
	case STATUS_GOOD:
		buf_adds(out, s->good != NULL ? "the last run that ended well was " :
		    "there is no history of runs; the generation was made ");
		say_age(s->fresh, s->now, out);
		if (s->state == STATUS_OLD)
			buf_addf(out, ", more than %d hours", STATUS_OLD_HOURS);
		return;
	}
}
