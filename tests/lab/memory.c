/*
 * memory: the k-th allocation of a job fails.
 *
 * An LD_PRELOAD library; see state.h for what the environment asks for.  With
 * LAB_STACKS=1 allocations count once for every way along which they are
 * reached, which is all that a program can do differently about them.
 */
#include <config.h>
#undef _FORTIFY_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <unwind.h>

#include "state.h"

/* Frames that make a stack another one. */
#define FRAMES 10

/* Initial-exec: another model would allocate to find the variable. */
static __thread int depth __attribute__((tls_model("initial-exec")));
static int is_ready;

/* What dlsym() wants before there is a malloc(). */
static char early[16384] __attribute__((aligned(16)));
static size_t nearly;

static void *
early_alloc(size_t size)
{
	void *p = early + nearly;

	size = (size + 15) & ~(size_t)15;
	if (size > sizeof early - nearly)
		_exit(99);
	nearly += size;
	return p;
}

static int
is_early(const void *p)
{
	return (const char *)p >= early &&
	    (const char *)p < early + sizeof early;
}

#define NEXT(fn) ({							\
	static __typeof__(fn) *next_;					\
	if (next_ == NULL) {						\
		depth++;						\
		*(void **)&next_ = dlsym(RTLD_NEXT, #fn);		\
		depth--;						\
	}								\
	next_;								\
})

struct stack {
	uint64_t hash;
	int frames;
};

static _Unwind_Reason_Code
add_frame(struct _Unwind_Context *context, void *varg)
{
	struct stack *s = varg;

	s->hash = (s->hash ^ _Unwind_GetIP(context)) *
	    UINT64_C(0x9e3779b97f4a7c15);
	s->hash ^= s->hash >> 29;
	return ++s->frames < FRAMES ? _URC_NO_REASON : _URC_END_OF_STACK;
}

/* Is this way to an allocation gone for the first time? */
static bool
is_new_stack(struct lab_state *state)
{
	struct stack s = { UINT64_C(0x243f6a8885a308d3), 0 };
	uint64_t none;
	size_t i;

	_Unwind_Backtrace(add_frame, &s);
	s.hash |= s.hash == 0;
	for (i = s.hash % LAB_STACKS;; i = (i + 1) % LAB_STACKS) {
		none = 0;
		if (atomic_compare_exchange_strong(&state->stacks[i], &none,
		    s.hash))
			return true;
		if (none == s.hash)
			return false;
	}
}

static bool
must_fail(size_t size)
{
	const struct lab *l;
	char what[32];
	bool is_due;

	if (!is_ready || depth > 0)
		return false;
	depth++;
	l = lab();
	is_due = l->state != NULL && l->counts[CALL_MEMORY] &&
	    (!l->has_stacks || is_new_stack(l->state));
	if (is_due) {
		snprintf(what, sizeof what, "of %zu bytes", size);
		is_due = lab_is_due(l, CALL_MEMORY, what);
	}
	depth--;
	if (is_due)
		errno = ENOMEM;
	return is_due;
}

void *
malloc(size_t size)
{
	if (depth > 0 && !is_ready)
		return early_alloc(size);
	return must_fail(size) ? NULL : NEXT(malloc)(size);
}

void *
calloc(size_t n, size_t size)
{
	if (depth > 0 && !is_ready)
		return early_alloc(n * size);
	return must_fail(n * size) ? NULL : NEXT(calloc)(n, size);
}

void *
realloc(void *p, size_t size)
{
	return must_fail(size) ? NULL : NEXT(realloc)(p, size);
}

void
free(void *p)
{
	if (!is_early(p))
		NEXT(free)(p);
}

/*
 * C++ allocates by operators, which a library for allocation may have for its
 * own; these are new(size_t) and new[](size_t).
 */
void *_Znwm(size_t);
void *_Znam(size_t);
_Noreturn void _ZSt17__throw_bad_allocv(void) __attribute__((weak));
void (*_ZSt15get_new_handlerv(void))(void) __attribute__((weak));

/* As an operator fails: the program may have its own way to do so. */
static void
fail_new(size_t size)
{
	void (*handler)(void);

	if (!must_fail(size) || _ZSt17__throw_bad_allocv == NULL)
		return;
	if ((handler = _ZSt15get_new_handlerv()) != NULL)
		handler();
	_ZSt17__throw_bad_allocv();
}

void *
_Znwm(size_t size)
{
	fail_new(size);
	return NEXT(_Znwm)(size);
}

void *
_Znam(size_t size)
{
	fail_new(size);
	return NEXT(_Znam)(size);
}

/* When all libraries are loaded; what they allocate for themselves is theirs. */
__attribute__((constructor)) static void
begin(void)
{
	(void)NEXT(malloc);
	(void)NEXT(calloc);
	(void)NEXT(realloc);
	(void)NEXT(free);
	lab();
	is_ready = 1;
}
