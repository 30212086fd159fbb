/*
 * attack: what a parser that has been taken over would try.
 *
 *    attack [--nobody] [--free] NAME
 *    attack --list
 *
 * Confines itself and tries one thing.  Says "denied" and exits 0 if that was
 * refused; being killed by SIGSYS is being refused too.  Says "done" and exits
 * 1 if it succeeded.  --free leaves the sandbox out, to show that the attack
 * is one; --nobody gives root away first.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/bpf.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "formats/sandbox.h"

#define NOBODY 65534

/* Made before the sandbox closes, as a document's descriptor is. */
static int document_fd = -1;
static void *page;

static long
try_read(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static long
try_create(void)
{
	return open("attack.tmp", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static long
try_write(void)
{
	return write(document_fd, "x", 1);
}

static long
try_unlink(void)
{
	return unlink("victim");
}

static long
try_rename(void)
{
	return rename("victim", "victim2");
}

static long
try_chmod(void)
{
	return chmod("victim", 0600);
}

static long
try_connect(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static long
try_socketpair(void)
{
	int fds[2];

	return socketpair(AF_UNIX, SOCK_DGRAM, 0, fds);
}

static long
try_exec(void)
{
	execl("/bin/false", "false", (char *)NULL);
	return -1;
}

static long
try_fork(void)
{
	pid_t pid = (pid_t)syscall(SYS_fork);

	if (pid == 0)
		_exit(0);
	return pid;
}

static long
try_clone(void)
{
	long pid = syscall(SYS_clone, CLONE_FS | SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid;
}

static long
try_kill(void)
{
	return kill(getppid(), SIGCONT);
}

static long
try_tgkill(void)
{
	return syscall(SYS_tgkill, getppid(), getppid(), SIGCONT);
}

static long
try_ptrace(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static long
try_peek(void)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { &document_fd, 1 };

	return process_vm_readv(getpid(), &here, 1, &there, 1, 0);
}

static long
try_io_uring(void)
{
	char params[120] = { 0 };

	return syscall(SYS_io_uring_setup, 1, params);
}

static long
try_mmap(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}

static long
try_mprotect(void)
{
	return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}

static long
try_bpf(void)
{
	union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4,
		.value_size = 4, .max_entries = 1,
	};

	return syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof attr);
}

static long
try_userns(void)
{
	return unshare(CLONE_NEWUSER);
}

static long
try_prctl(void)
{
	return prctl(PR_SET_NAME, "other", 0, 0, 0);
}

static long
try_setuid(void)
{
	return setuid(getuid());
}

static long
try_limit(void)
{
	struct rlimit none = { RLIM_INFINITY, RLIM_INFINITY };

	return setrlimit(RLIMIT_STACK, &none);
}

static long
try_mount(void)
{
	return mount("none", "/mnt", "tmpfs", 0, NULL);
}

static long
try_memfd(void)
{
	return memfd_create("code", 0);
}

static const struct attack {
	const char *name;
	long (*try)(void);
} attacks[] = {
	{ "open a file for reading", try_read },
	{ "create a file", try_create },
	{ "write to the document", try_write },
	{ "unlink a file", try_unlink },
	{ "rename a file", try_rename },
	{ "chmod a file", try_chmod },
	{ "make a network socket", try_connect },
	{ "make a socket pair", try_socketpair },
	{ "exec a program", try_exec },
	{ "fork", try_fork },
	{ "clone", try_clone },
	{ "kill another process", try_kill },
	{ "tgkill another process", try_tgkill },
	{ "ptrace", try_ptrace },
	{ "read another memory", try_peek },
	{ "io_uring", try_io_uring },
	{ "map memory to write and execute", try_mmap },
	{ "make memory executable", try_mprotect },
	{ "bpf", try_bpf },
	{ "enter a user namespace", try_userns },
	{ "prctl", try_prctl },
	{ "change user", try_setuid },
	{ "raise a limit", try_limit },
	{ "mount", try_mount },
	{ "make a memory file", try_memfd },
};

static const struct attack *
attack_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < NELEM(attacks); i++)
		if (strcmp(attacks[i].name, name) == 0)
			return &attacks[i];
	return NULL;
}

static int
list(void)
{
	size_t i;

	for (i = 0; i < NELEM(attacks); i++)
		puts(attacks[i].name);
	return 0;
}

/* Become nobody, as whom one would be wise to index. */
static void
drop_root(void)
{
	if (setgroups(0, NULL) == -1 || setgid(NOBODY) == -1 ||
	    setuid(NOBODY) == -1)
		_exit(99);
}

static void
confine(void)
{
	static const struct sandbox_limits limits = {
		.cpu_s = 5, .memory_bytes = (size_t)1 << 30,
	};
	struct sandbox *box = NULL;
	struct error err = ERROR_INIT;

	if (sandbox_prepare(&box, &err) == -1 ||
	    sandbox_enter(box, &limits) == -1)
		_exit(99);
}

int
main(int argc, char **argv)
{
	const struct attack *a;
	bool is_free = false;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--list") == 0)
			return list();
		if (strcmp(argv[i], "--nobody") == 0)
			drop_root();
		is_free |= strcmp(argv[i], "--free") == 0;
	}
	if (i + 1 != argc || (a = attack_by_name(argv[i])) == NULL)
		return 99;
	document_fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!is_free)
		confine();
	if (a->try() == -1) {
		dprintf(STDOUT_FILENO, "denied: %s\n", strerror(errno));
		_exit(0);
	}
	dprintf(STDOUT_FILENO, "done\n");
	_exit(1);
}
