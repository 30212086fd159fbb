#include <config.h>

#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cmd/command.h"
#include "model/lists.h"

/*
 * For jemalloc, if naslag is linked with it: the inverter walks trees of
 * millions of small nodes, which huge pages make a fifth faster.  A command
 * that ends in milliseconds would only spend them on clearing such pages.
 */
extern const char *malloc_conf;
const char *malloc_conf = "thp:always,metadata_thp:always";

static const struct command *const commands[] = {
	&cmd_index,
	&cmd_search,
	&cmd_show,
	&cmd_similar,
	&cmd_suggest,
	&cmd_terms,
	&cmd_fields,
	&cmd_status,
	&cmd_check,
	&cmd_rollback,
	&cmd_whynot,
};

/* Every command has these. */
static const struct option common_options[] = {
	{ "index", "DIR", "the directory of the index" },
	{ "help", NULL, "say how it is used" },
	{ NULL, NULL, NULL },
};

static void
print_help(struct buf *out)
{
	size_t i;

	buf_adds(out, "usage: naslag COMMAND [options] [arguments]\n\n");
	for (i = 0; i < NELEM(commands); i++)
		buf_addf(out, "  %-8s %s\n", commands[i]->name,
		    commands[i]->summary);
	buf_adds(out, "\n'naslag COMMAND --help' tells about one, "
	    "'man naslag' about all.\n");
}

static void
print_options(const struct option *o, struct buf *out)
{
	for (; o != NULL && o->name != NULL; o++) {
		CLEAN(str_free) char *left = xasprintf("--%s%s%s", o->name,
		    o->value != NULL ? "=" : "",
		    o->value != NULL ? o->value : "");

		buf_addf(out, "  %-22s %s\n", left, o->help);
	}
}

static void
print_usage(const struct command *c, struct buf *out)
{
	buf_addf(out, "usage: naslag %s%s%s\n%s\n\n", c->name,
	    *c->usage != '\0' ? " " : "", c->usage, c->summary);
	print_options(c->options, out);
	if (c->more_options != NULL)
		print_options(c->more_options(), out);
	print_options(common_options, out);
}

static int
run(const struct command *c, int argc, char **argv, struct buf *out,
    struct error *err)
{
	static const struct option none[] = { { NULL, NULL, NULL } };
	const struct option *tables[] = {
		c->options != NULL ? c->options : none,
		c->more_options != NULL ? c->more_options() : none,
		common_options,
	};
	CLEAN(arguments_clear) struct arguments args = { 0 };
	CLEAN(settings_clear) struct settings settings = { 0 };

	if (argc > 1 && strcmp(argv[1], "-h") == 0) {
		print_usage(c, out);
		return 0;
	}
	if (options_read(tables, NELEM(tables), argc, argv, &args, err) == -1)
		return -1;
	if (argument_given(&args, "help")) {
		print_usage(c, out);
		return 0;
	}
	if (settings_read(argument_value(&args, "index"), &settings, err) == -1 ||
	    lists_load(err) == -1)
		return -1;
	return c->run(&settings, &args, out, err);
}

static const struct command *
find_command(const char *name)
{
	size_t i;

	for (i = 0; i < NELEM(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int
dispatch(int argc, char **argv, struct buf *out, struct error *err)
{
	const struct command *c;
	const char *name = argc > 1 ? argv[1] : NULL;

	if (name == NULL)
		return error_set(err, ERROR_QUERY,
		    "noem een opdracht; ‘naslag --help’ noemt ze");
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
		print_help(out);
		return 0;
	}
	if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
		buf_adds(out, "naslag " PACKAGE_VERSION "\n");
		return 0;
	}
	if ((c = find_command(name)) == NULL)
		return error_set(err, ERROR_QUERY, "opdracht ‘%s’ bestaat niet; "
		    "‘naslag --help’ noemt ze", name);
	if (!c->is_long)
		prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	return run(c, argc - 1, argv + 1, out, err);
}

/* A message on one line of UTF-8, whatever is in it. */
static void
complain(const struct error *err)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT;
	char *s;

	utf8_clean(err->msg, strlen(err->msg), &clean);
	for (s = clean.s; s != NULL && *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7F)
			*s = '?';
	fprintf(stderr, "naslag: %s\n", buf_str(&clean));
}

int
main(int argc, char **argv)
{
	struct error err = ERROR_INIT;
	struct buf out = BUF_INIT;
	int status;

	json_set_alloc_funcs(xmalloc, free);
	/* A reader that has seen enough (head) is no failure of ours. */
	signal(SIGPIPE, SIG_DFL);
	status = dispatch(argc, argv, &out, &err);
	if (status == -1) {
		complain(&err);
		status = error_exit_status(err.kind);
	} else if (fwrite(buf_str(&out), 1, out.len, stdout) != out.len ||
	    fflush(stdout) == EOF) {
		error_errno(&err, ERROR_IO, "cannot write to standard output");
		complain(&err);
		status = error_exit_status(err.kind);
	}
	buf_clear(&out);
	lists_free();
	return status;
}
