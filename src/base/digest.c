#include <config.h>

#include "base/digest.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <nettle/sha2.h>

static void
finish(struct sha256_ctx *ctx, char hex[DIGEST_HEX + 1])
{
	unsigned char sum[SHA256_DIGEST_SIZE];
	size_t i;

	sha256_digest(ctx, sizeof sum, sum);
	for (i = 0; i < sizeof sum; i++)
		sprintf(hex + 2 * i, "%02x", sum[i]);
}

int
digest_fd(int fd, char hex[DIGEST_HEX + 1])
{
	unsigned char buf[65536];
	struct sha256_ctx ctx;
	off_t at = 0;

	sha256_init(&ctx);
	for (;;) {
		ssize_t n = pread(fd, buf, sizeof buf, at);

		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		sha256_update(&ctx, (size_t)n, buf);
		at += n;
	}
	finish(&ctx, hex);
	return 0;
}

void
digest_bytes(const void *bytes, size_t n, char hex[DIGEST_HEX + 1])
{
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	sha256_update(&ctx, n, bytes);
	finish(&ctx, hex);
}
