#include <config.h>

#include "cmd/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

static const struct option *
find(const struct option *const *tables, size_t ntables, const char *name,
    size_t n)
{
	const struct option *o;
	size_t i;

	for (i = 0; i < ntables; i++)
		for (o = tables[i]; o->name != NULL; o++)
			if (strlen(o->name) == n && memcmp(o->name, name, n) == 0)
				return o;
	return NULL;
}

static int
unknown(const struct option *const *tables, size_t ntables, const char *name,
    size_t n, struct error *err)
{
	CLEAN(buf_clear) struct buf clean = BUF_INIT, all = BUF_INIT;
	const struct option *o;
	size_t i;

	utf8_clean(name, n, &clean);
	for (i = 0; i < ntables; i++)
		for (o = tables[i]; o->name != NULL; o++)
			buf_addf(&all, "%s--%s", all.len > 0 ? ", " : "",
			    o->name);
	return error_set(err, ERROR_QUERY,
	    "optie --%s bestaat niet; mogelijk is: %s", buf_str(&clean),
	    buf_str(&all));
}

static void
add(struct arguments *a, const char *name, const char *value)
{
	GROW(a->items, a->count, a->cap);
	a->items[a->count++] = (struct argument){ name, value };
}

int
options_read(const struct option *const *tables, size_t ntables, int argc,
    char **argv, struct arguments *out, struct error *err)
{
	CLEAN(arguments_clear) struct arguments a = { 0 };
	bool only_words = false;
	int i;

	for (i = 1; i < argc; i++) {
		const struct option *o;
		const char *name = argv[i] + 2, *equals;
		size_t n;

		if (only_words || strncmp(argv[i], "--", 2) != 0) {
			add(&a, NULL, argv[i]);
			continue;
		}
		if (*name == '\0') {
			only_words = true;
			continue;
		}
		n = strcspn(name, "=");
		equals = name[n] == '=' ? name + n + 1 : NULL;
		if ((o = find(tables, ntables, name, n)) == NULL)
			return unknown(tables, ntables, name, n, err);
		if (o->value == NULL && equals != NULL)
			return error_set(err, ERROR_QUERY,
			    "optie --%s heeft geen waarde", o->name);
		if (o->value != NULL && equals == NULL) {
			if (i + 1 == argc)
				return error_set(err, ERROR_QUERY,
				    "optie --%s mist een waarde", o->name);
			equals = argv[++i];
		}
		add(&a, o->name, equals);
	}
	*out = a;
	a = (struct arguments){ 0 };
	return 0;
}

void
arguments_clear(struct arguments *a)
{
	free(a->items);
	*a = (struct arguments){ 0 };
}

static const struct argument *
last(const struct arguments *a, const char *name)
{
	size_t i;

	for (i = a->count; i > 0; i--)
		if (a->items[i - 1].name != NULL &&
		    strcmp(a->items[i - 1].name, name) == 0)
			return &a->items[i - 1];
	return NULL;
}

const char *
argument_value(const struct arguments *a, const char *name)
{
	const struct argument *arg = last(a, name);

	return arg != NULL ? arg->value : NULL;
}

bool
argument_given(const struct arguments *a, const char *name)
{
	return last(a, name) != NULL;
}

const char *
argument_word(const struct arguments *a, size_t i)
{
	size_t k;

	for (k = 0; k < a->count; k++)
		if (a->items[k].name == NULL && i-- == 0)
			return a->items[k].value;
	return NULL;
}
