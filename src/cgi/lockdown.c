#include <config.h>

#include "cgi/lockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/confine.h"

#if defined __x86_64__
#define OWN_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OWN_ARCH AUDIT_ARCH_AARCH64
#elif defined __i386__
#define OWN_ARCH AUDIT_ARCH_I386
#elif defined __arm__
#define OWN_ARCH AUDIT_ARCH_ARM
#elif defined __powerpc64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define OWN_ARCH AUDIT_ARCH_PPC64LE
#elif defined __s390x__
#define OWN_ARCH AUDIT_ARCH_S390X
#elif defined __riscv && __riscv_xlen == 64
#define OWN_ARCH AUDIT_ARCH_RISCV64
#else
#error "which AUDIT_ARCH_* is this?  See linux/audit.h"
#endif

/* ---- last words ---- */

static struct {
	const char *answer, *note;
	size_t len;
	volatile sig_atomic_t is_answering;
} last;

static void
say_last_words(void)
{
	ssize_t ignored;

	if (last.is_answering || last.answer == NULL)
		return;
	last.is_answering = 1;
	ignored = write(STDOUT_FILENO, last.answer, last.len);
	ignored = write(STDERR_FILENO, last.note, strlen(last.note));
	(void)ignored;
}

static void
time_is_up(int sig)
{
	(void)sig;
	say_last_words();
	_exit(0);
}

void
lockdown_last_words(const char *answer, size_t n, const char *note)
{
	last.answer = answer;
	last.len = n;
	last.note = note;
}

void
lockdown_answering(void)
{
	last.is_answering = 1;
}

/* ---- limits ---- */

int
lockdown_limits(struct error *err)
{
	static const struct itimerval wall = { .it_value = {
		LOCKDOWN_WALL_MS / 1000, LOCKDOWN_WALL_MS % 1000 * 1000
	} };
	struct sigaction act = { .sa_handler = time_is_up };

	/* A client that has gone is told by write(). */
	signal(SIGPIPE, SIG_IGN);
	if (confine_limit(RLIMIT_CPU, LOCKDOWN_CPU_S, LOCKDOWN_CPU_S + 1) == -1 ||
	    confine_limit(RLIMIT_CORE, 0, 0) == -1 ||
	    (!HAS_SANITIZER && confine_limit(RLIMIT_AS, LOCKDOWN_MEMORY,
	    LOCKDOWN_MEMORY) == -1))
		return error_errno(err, ERROR_BUG, "setrlimit");
	sigemptyset(&act.sa_mask);
	if (sigaction(SIGALRM, &act, NULL) == -1 ||
	    sigaction(SIGXCPU, &act, NULL) == -1 ||
	    setitimer(ITIMER_REAL, &wall, NULL) == -1 ||
	    atexit(say_last_words) != 0)
		return error_errno(err, ERROR_BUG, "setitimer");
	return 0;
}

/* ---- Landlock ---- */

bool
lockdown_confines_files(void)
{
	return confine_landlock_abi() > 0;
}

/* Nothing is granted but reading the files below dir. */
static int
enter_landlock(const char *dir)
{
	struct landlock_path_beneath_attr beneath = {
		.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE,
		.parent_fd = -1,
	};
	int fd, rc = 0;

	if (!lockdown_confines_files())
		return 0;
	if ((fd = confine_landlock_ruleset()) == -1)
		return -1;
	if (dir != NULL) {
		beneath.parent_fd = open(dir, O_PATH | O_CLOEXEC);
		if (beneath.parent_fd == -1 || syscall(SYS_landlock_add_rule,
		    fd, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == -1)
			rc = -1;
	}
	if (rc == 0)
		rc = (int)syscall(SYS_landlock_restrict_self, fd, 0);
	if (beneath.parent_fd != -1)
		close(beneath.parent_fd);
	close(fd);
	return rc;
}

/* ---- seccomp ---- */

/*
 * What may still be called.  Anything else answers EACCES: a library that
 * opens a table, asks about a terminal or does what a newer one will do lives
 * without it, and the visitor gets an answer.
 */
static const int allowed[] = {
	SYS_read, SYS_pread64, SYS_readv, SYS_write, SYS_writev, SYS_close,
	SYS_lseek, SYS_fstat, SYS_fadvise64,
	SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise,
	SYS_futex, SYS_sched_yield, SYS_getrandom, SYS_clock_gettime,
	SYS_gettimeofday, SYS_sysinfo,
	SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_getpid, SYS_gettid,
	SYS_exit, SYS_exit_group,
#if HAS_SANITIZER
	SYS_sigaltstack, SYS_rt_sigaction, SYS_sched_getaffinity, SYS_prctl,
	SYS_getrlimit, SYS_prlimit64, SYS_pipe2, SYS_readlinkat,
#ifdef SYS_pipe
	SYS_pipe, SYS_readlink,
#endif
#endif
};

/*
 * What may be called if an argument has none of some bits, or one of them.
 * Opening comes first: it is refused where Landlock does not say which files.
 */
static const struct condition {
	int call;
	unsigned arg;
	uint32_t bits;
	bool are_set;
} conditions[] = {
	{ SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND |
	    (O_TMPFILE & ~O_DIRECTORY), false },
	{ SYS_mmap, 2, PROT_EXEC, false },
	{ SYS_mprotect, 2, PROT_EXEC, false },
	{ SYS_newfstatat, 3, AT_EMPTY_PATH, true },	/* fstat() */
};

#define STATEMENT(code, k) (struct sock_filter)BPF_STMT(code, k)
#define JUMP(test, k, yes, no)						\
	(struct sock_filter)BPF_JUMP(BPF_JMP | BPF_K | (test), k,	\
	    (uint8_t)(yes), (uint8_t)(no))
#define LOAD(member) STATEMENT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(member))
#define RETURN(what) STATEMENT(BPF_RET | BPF_K, what)

/* The half of an argument that holds an int. */
static size_t
low_half(unsigned arg)
{
	return offsetof(struct seccomp_data, args) + arg * sizeof(uint64_t) +
	    (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4 : 0);
}

/*
 * The filter: the conditions, each of which ends in allow or refuse, then the
 * other calls; what is left is refused.
 */
static int
enter_seccomp(bool may_open)
{
	struct sock_filter f[NELEM(allowed) + 3 * NELEM(conditions) + 6];
	struct sock_fprog program = { .filter = f };
	size_t n = 0, i, first = may_open ? 0 : 1, refuse, allow;

	refuse = 4 + 3 * (NELEM(conditions) - first) + NELEM(allowed);
	allow = refuse + 1;
	f[n++] = LOAD(offsetof(struct seccomp_data, arch));
	f[n++] = JUMP(BPF_JEQ, OWN_ARCH, 1, 0);
	f[n++] = RETURN(SECCOMP_RET_KILL_PROCESS);
	f[n++] = LOAD(offsetof(struct seccomp_data, nr));
	for (i = first; i < NELEM(conditions); i++) {
		const struct condition *c = &conditions[i];
		size_t end = n + 3;

		f[n++] = JUMP(BPF_JEQ, (uint32_t)c->call, 0, 2);
		f[n++] = LOAD(low_half(c->arg));
		f[n++] = c->are_set ?
		    JUMP(BPF_JSET, c->bits, allow - end, refuse - end) :
		    JUMP(BPF_JSET, c->bits, refuse - end, allow - end);
	}
	for (i = 0; i < NELEM(allowed); i++, n++)
		f[n] = JUMP(BPF_JEQ, (uint32_t)allowed[i], allow - n - 1, 0);
	f[n++] = RETURN(SECCOMP_RET_ERRNO | EACCES);
	f[n++] = RETURN(SECCOMP_RET_ALLOW);
	program.len = (unsigned short)n;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

int
lockdown_enter(const char *dir, struct error *err)
{
	if (confine_privileges() == -1)
		return error_errno(err, ERROR_BUG, "prctl");
	if (enter_landlock(dir) == -1)
		return error_errno(err, ERROR_BUG, "landlock");
	if (enter_seccomp(dir != NULL && lockdown_confines_files()) == -1)
		return error_errno(err, ERROR_BUG, "seccomp");
	return 0;
}
