#include <config.h>

#include "formats/sandbox.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/confine.h"

/* Where a filter finds the half of the first argument that holds an int. */
#define ARG0_LOW (offsetof(struct seccomp_data, args) +			\
	(__BYTE_ORDER == __BIG_ENDIAN ? 4 : 0))

struct sandbox {
	int landlock_fd;	/* -1 if there is none */
	int landlock_abi;
};

/*
 * What may be called; anything else kills the process with SIGSYS, which is
 * an alarm.  So whatever a library may do in good faith is let through where
 * it is harmless, or refused:
 *
 *    SELF	only on the process itself
 *    WORKER	only before sandbox_enter()
 *    REFUSE	answers EACCES: libraries try to open their data files, to
 *		ask about terminals and to find out where they are (glib also
 *		whether it writes to the journal), and live without
 *
 * Without writev, getpid, gettid and tgkill an abort() would look like an
 * attack; sysinfo is how qsort() finds out how much memory there is; fstat()
 * is newfstatat() with AT_EMPTY_PATH in this glibc.
 */
enum rule_kind {
	ALLOW, ALLOW_IF_CLEAR, ALLOW_IF_SET,
	REFUSE, REFUSE_IF_CLEAR,
	SELF, WORKER,
};

static const struct rule {
	int call;
	enum rule_kind kind;
	unsigned arg;		/* the argument that an _IF looks at */
	scmp_datum_t value;	/* bits of it, or all of it */
} rules[] = {
	{ SCMP_SYS(read), ALLOW, 0, 0 },
	{ SCMP_SYS(write), ALLOW, 0, 0 },
	{ SCMP_SYS(writev), ALLOW, 0, 0 },
	{ SCMP_SYS(close), ALLOW, 0, 0 },
	{ SCMP_SYS(lseek), ALLOW, 0, 0 },
	{ SCMP_SYS(pread64), ALLOW, 0, 0 },
	{ SCMP_SYS(fstat), ALLOW, 0, 0 },
	{ SCMP_SYS(newfstatat), ALLOW_IF_SET, 3, AT_EMPTY_PATH },
	{ SCMP_SYS(newfstatat), REFUSE_IF_CLEAR, 3, AT_EMPTY_PATH },
	{ SCMP_SYS(brk), ALLOW, 0, 0 },
	{ SCMP_SYS(mmap), ALLOW_IF_CLEAR, 2, PROT_EXEC },
	{ SCMP_SYS(mprotect), ALLOW_IF_CLEAR, 2, PROT_EXEC },
	{ SCMP_SYS(munmap), ALLOW, 0, 0 },
	{ SCMP_SYS(mremap), ALLOW, 0, 0 },
	{ SCMP_SYS(madvise), ALLOW, 0, 0 },
	{ SCMP_SYS(futex), ALLOW, 0, 0 },
	{ SCMP_SYS(sched_yield), ALLOW, 0, 0 },
	{ SCMP_SYS(clock_gettime), ALLOW, 0, 0 },
	{ SCMP_SYS(gettimeofday), ALLOW, 0, 0 },
	{ SCMP_SYS(getrandom), ALLOW, 0, 0 },
	{ SCMP_SYS(sysinfo), ALLOW, 0, 0 },
	{ SCMP_SYS(uname), ALLOW, 0, 0 },
	{ SCMP_SYS(sched_getaffinity), ALLOW, 0, 0 },
	{ SCMP_SYS(getuid), ALLOW, 0, 0 },
	{ SCMP_SYS(geteuid), ALLOW, 0, 0 },
	{ SCMP_SYS(getgid), ALLOW, 0, 0 },
	{ SCMP_SYS(getegid), ALLOW, 0, 0 },
	{ SCMP_SYS(rt_sigprocmask), ALLOW, 0, 0 },
	{ SCMP_SYS(rt_sigreturn), ALLOW, 0, 0 },
	{ SCMP_SYS(getpid), ALLOW, 0, 0 },
	{ SCMP_SYS(gettid), ALLOW, 0, 0 },
	{ SCMP_SYS(tgkill), SELF, 0, 0 },
	{ SCMP_SYS(exit), ALLOW, 0, 0 },
	{ SCMP_SYS(exit_group), ALLOW, 0, 0 },
	{ SCMP_SYS(open), REFUSE, 0, 0 },
	{ SCMP_SYS(openat), REFUSE, 0, 0 },
	{ SCMP_SYS(openat2), REFUSE, 0, 0 },
	{ SCMP_SYS(creat), REFUSE, 0, 0 },
	{ SCMP_SYS(access), REFUSE, 0, 0 },
	{ SCMP_SYS(faccessat), REFUSE, 0, 0 },
	{ SCMP_SYS(faccessat2), REFUSE, 0, 0 },
	{ SCMP_SYS(stat), REFUSE, 0, 0 },
	{ SCMP_SYS(lstat), REFUSE, 0, 0 },
	{ SCMP_SYS(statx), REFUSE, 0, 0 },
	{ SCMP_SYS(statfs), REFUSE, 0, 0 },
	{ SCMP_SYS(readlink), REFUSE, 0, 0 },
	{ SCMP_SYS(readlinkat), REFUSE, 0, 0 },
	{ SCMP_SYS(getcwd), REFUSE, 0, 0 },
	{ SCMP_SYS(getdents64), REFUSE, 0, 0 },
	{ SCMP_SYS(ioctl), REFUSE, 0, 0 },
	{ SCMP_SYS(fcntl), REFUSE, 0, 0 },
	{ SCMP_SYS(getpeername), REFUSE, 0, 0 },
	{ SCMP_SYS(clone), WORKER, 0, 0 },
	{ SCMP_SYS(clone3), WORKER, 0, 0 },
	{ SCMP_SYS(set_robust_list), WORKER, 0, 0 },
	{ SCMP_SYS(wait4), WORKER, 0, 0 },
	{ SCMP_SYS(recvmsg), WORKER, 0, 0 },
	{ SCMP_SYS(sendto), WORKER, 0, 0 },
	{ SCMP_SYS(getppid), WORKER, 0, 0 },
	{ SCMP_SYS(prctl), WORKER, 0, 0 },
	{ SCMP_SYS(prlimit64), WORKER, 0, 0 },
	{ SCMP_SYS(landlock_restrict_self), WORKER, 0, 0 },
	{ SCMP_SYS(seccomp), WORKER, 0, 0 },
#if HAS_SANITIZER
	{ SCMP_SYS(sigaltstack), ALLOW, 0, 0 },
	{ SCMP_SYS(rt_sigaction), ALLOW, 0, 0 },
#endif
};

static int
add_rule(scmp_filter_ctx ctx, const struct rule *r)
{
	uint32_t refuse = SCMP_ACT_ERRNO(EACCES);
	struct scmp_arg_cmp is_clear =
	    SCMP_CMP(r->arg, SCMP_CMP_MASKED_EQ, r->value, 0);
	struct scmp_arg_cmp is_set =
	    SCMP_CMP(r->arg, SCMP_CMP_MASKED_EQ, r->value, r->value);

	switch (r->kind) {
	case ALLOW:
	case SELF:
	case WORKER:
		return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, r->call, 0);
	case ALLOW_IF_CLEAR:
		return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, r->call, 1,
		    is_clear);
	case ALLOW_IF_SET:
		return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, r->call, 1,
		    is_set);
	case REFUSE:
		return seccomp_rule_add(ctx, refuse, r->call, 0);
	case REFUSE_IF_CLEAR:
		return seccomp_rule_add(ctx, refuse, r->call, 1, is_clear);
	}
	return -EINVAL;
}

static int
add_rules(scmp_filter_ctx ctx)
{
	size_t i;
	int rc;

	/* A binary tree: it is run for each system call of every document. */
	if ((rc = seccomp_attr_set(ctx, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_KILL_PROCESS)) < 0 ||
	    (rc = seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2)) < 0)
		return rc;
	for (i = 0; i < NELEM(rules); i++)
		if ((rc = add_rule(ctx, &rules[i])) < 0)
			return rc;
	return 0;
}

static int
load_filter(struct error *err)
{
	scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc;

	if (ctx == NULL)
		return error_set(err, ERROR_BUG, "seccomp: no filter");
	if ((rc = add_rules(ctx)) == 0)
		rc = seccomp_load(ctx);
	seccomp_release(ctx);
	if (rc < 0) {
		errno = -rc;
		return error_errno(err, ERROR_BUG, "seccomp");
	}
	return 0;
}

static void
prepare_landlock(struct sandbox *s)
{
	s->landlock_fd = -1;
	if (confine_landlock_abi() == 0)
		return;
	s->landlock_fd = confine_landlock_ruleset();
	if (s->landlock_fd != -1)
		s->landlock_abi = confine_landlock_abi();
}

int
sandbox_prepare(struct sandbox **out, struct error *err)
{
	CLEAN(sandbox_free) struct sandbox *s = xcalloc(1, sizeof *s);

	if (confine_privileges() == -1)
		return error_errno(err, ERROR_BUG, "prctl");
	prepare_landlock(s);
	if (load_filter(err) == -1)
		return -1;
	*out = s;
	s = NULL;
	return 0;
}

void
sandbox_free(struct sandbox **s)
{
	if (*s != NULL && (*s)->landlock_fd != -1)
		close((*s)->landlock_fd);
	free(*s);
	*s = NULL;
}

int
sandbox_landlock_abi(const struct sandbox *s)
{
	return s->landlock_abi;
}

/*
 * The soft limit of CPU sends SIGXCPU, which says what happened; the hard one
 * a second later SIGKILL, which cannot be caught.
 */
static int
set_limits(const struct sandbox_limits *l)
{
	if (confine_limit(RLIMIT_CPU, l->cpu_s, l->cpu_s + 1) == -1 ||
	    confine_limit(RLIMIT_NOFILE, 16, 16) == -1 ||
	    confine_limit(RLIMIT_NPROC, 0, 0) == -1 ||
	    confine_limit(RLIMIT_CORE, 0, 0) == -1 ||
	    confine_limit(RLIMIT_STACK, 8 << 20, 8 << 20) == -1)
		return -1;
	if (!l->may_grow_files && confine_limit(RLIMIT_FSIZE, 0, 0) == -1)
		return -1;
	if (!HAS_SANITIZER &&
	    confine_limit(RLIMIT_AS, l->memory_bytes, l->memory_bytes) == -1)
		return -1;
	return 0;
}

/*
 * The second filter, on top of the first: no SELF call on another process, no
 * WORKER call at all.  Installing it is the dearest part of entering, so it is
 * as short as can be; what the first one kills, it need not know.
 */
static int
forbid_worker_calls(void)
{
	struct sock_filter f[NELEM(rules) + 6];
	struct sock_fprog program = { .filter = f };
	unsigned short n = 0;
	uint32_t own_pid = (uint32_t)getpid();
	size_t i;

	f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
	    offsetof(struct seccomp_data, nr));
	for (i = 0; i < NELEM(rules); i++)
		if (rules[i].kind == WORKER)
			f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP |
			    BPF_JEQ | BPF_K, (uint32_t)rules[i].call, 0, 0);
	for (i = 1; i < n; i++)
		f[i].jt = (uint8_t)(n + 3 - i);		/* to the killing */
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    SCMP_SYS(tgkill), 0, 2);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARG0_LOW);
	f[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
	    own_pid, 0, 1);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_ALLOW);
	f[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
	    SECCOMP_RET_KILL_PROCESS);
	program.len = n;
	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0,
	    &program);
}

/*
 * Limits, then Landlock, then seccomp: each step needs system calls that the
 * later ones forbid.
 */
int
sandbox_enter(struct sandbox *s, const struct sandbox_limits *l)
{
	if (set_limits(l) == -1)
		return -1;
	if (s->landlock_fd != -1) {
		if (syscall(SYS_landlock_restrict_self, s->landlock_fd, 0) == -1)
			return -1;
		close(s->landlock_fd);
		s->landlock_fd = -1;
	}
	return forbid_worker_calls();
}
