#include <config.h>

#include "base/confine.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

int
confine_limit(int what, rlim_t soft, rlim_t hard)
{
	struct rlimit now, r = { soft, hard };

	if (getrlimit((__rlimit_resource_t)what, &now) == -1)
		return -1;
	if (r.rlim_max > now.rlim_max)
		r.rlim_max = now.rlim_max;
	if (r.rlim_cur > r.rlim_max)
		r.rlim_cur = r.rlim_max;
	return setrlimit((__rlimit_resource_t)what, &r);
}

int
confine_privileges(void)
{
	/* Not dumpable: no ptrace by others of the same user, no core. */
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == -1 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == -1 ? -1 : 0;
}

int
confine_landlock_abi(void)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return abi > 0 ? (int)abi : 0;
}

int
confine_landlock_ruleset(void)
{
	/* Written out: the header at hand may be older than the kernel. */
	static const uint64_t fs_bits[] = { 0, 13, 14, 15, 15, 16 };
	struct {
		uint64_t fs, net, scoped;
	} rights;
	size_t size = sizeof rights.fs;
	int abi = confine_landlock_abi(), fd;

	rights.fs = (UINT64_C(1) << fs_bits[abi < 5 ? abi : 5]) - 1;
	rights.net = 3;			/* bind and connect TCP, ABI 4 */
	rights.scoped = 3;		/* sockets and signals, ABI 6 */
	if (abi >= 4)
		size = 2 * sizeof rights.fs;
	if (abi >= 6)
		size = sizeof rights;
	fd = (int)syscall(SYS_landlock_create_ruleset, &rights, size, 0);
	if (fd != -1)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}
