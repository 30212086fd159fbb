#include <config.h>

#include "report/status.h"

#include <string.h>

#include "cmd/command.h"

static const struct option status_options[] = {
	{ "failures", NULL, "list the files that cannot be read" },
	{ "quality", NULL, "list the documents by the quality of their text" },
	{ "vorm", "FORM", "tekst, json, html or metrics [tekst]" },
	{ NULL, NULL, NULL },
};

static const struct form {
	const char *name;
	/* It tells that the index is damaged; else that is an error. */
	bool tells_damage;
	void (*print)(const struct status *, struct buf *out);
} forms[] = {
	{ "tekst", false, status_print_text },
	{ "json", true, status_print_json },
	{ "html", true, status_print_html },
	{ "metrics", true, status_print_metrics },
};
/* Options that are forms; they need the list of files and nothing else. */
static const struct form lists[] = {
	{ "failures", false, status_print_failures },
	{ "quality", false, status_print_quality },
};

static bool
is_list(const struct form *form)
{
	return form >= lists && form < lists + NELEM(lists);
}

/* An option that is a form goes with no other. */
static int
find_list(const struct arguments *args, const struct form **out,
    struct error *err)
{
	size_t i;

	for (i = 0; i < NELEM(lists); i++) {
		if (!argument_given(args, lists[i].name))
			continue;
		if (is_list(*out))
			return error_set(err, ERROR_QUERY, "--%s en --%s gaan "
			    "niet samen", (*out)->name, lists[i].name);
		if (*out != &forms[0])
			return error_set(err, ERROR_QUERY, "--%s en --vorm=%s "
			    "gaan niet samen; --vorm=json noemt die bestanden "
			    "ook", lists[i].name, (*out)->name);
		*out = &lists[i];
	}
	return 0;
}

static int
find_form(const struct arguments *args, const struct form **out,
    struct error *err)
{
	const char *name = argument_value(args, "vorm");
	CLEAN(buf_clear) struct buf names = BUF_INIT;
	size_t i;

	*out = &forms[0];
	for (i = 0; name != NULL && i < NELEM(forms); i++) {
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", forms[i].name);
		if (strcmp(forms[i].name, name) == 0) {
			*out = &forms[i];
			break;
		}
	}
	if (name != NULL && i == NELEM(forms))
		return error_set(err, ERROR_QUERY,
		    "vorm ‘%s’ bestaat niet; mogelijk is: %s", name, names.s);
	return find_list(args, out, err);
}

static int
run(const struct settings *settings, const struct arguments *args,
    struct buf *out, struct error *err)
{
	CLEAN(status_clear) struct status s = { 0 };
	const struct form *form;

	if (argument_word(args, 0) != NULL)
		return error_set(err, ERROR_QUERY,
		    "naslag status heeft geen argumenten");
	if (find_form(args, &form, err) == -1 ||
	    status_read(settings->index, time(NULL), &s, err) == -1)
		return -1;
	if (s.state == STATUS_DAMAGED && !form->tells_damage &&
	    !(is_list(form) && s.has_files)) {
		*err = s.problem;
		return -1;
	}
	form->print(&s, out);
	return s.state == STATUS_DAMAGED ?
	    error_exit_status(s.problem.kind) : 0;
}

const struct command cmd_status = {
	.name = "status",
	.usage = "[--failures] [--quality] [--vorm=FORM]",
	.summary = "tell about the published index and its runs",
	.options = status_options,
	.run = run,
};
