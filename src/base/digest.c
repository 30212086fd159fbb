#include <config.h>

#include "base/digest.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <sys/types.h>
#include <sha2.h>

int
digest_fd(int fd, char hex[DIGEST_HEX + 1])
{
	unsigned char buf[65536], sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX ctx;
	off_t at = 0;
	size_t i;

	SHA256Init(&ctx);
	for (;;) {
		ssize_t n = pread(fd, buf, sizeof buf, at);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		SHA256Update(&ctx, buf, (size_t)n);
		at += n;
	}
	SHA256Final(sum, &ctx);
	for (i = 0; i < sizeof sum; i++)
		sprintf(hex + 2 * i, "%02x", sum[i]);
	return 0;
}
