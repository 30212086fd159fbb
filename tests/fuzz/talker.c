/*
 * talker: a naslag-extract that has been taken over, for the target "worker":
 * it does what its document says.
 *
 *    o LENGTH BYTES     write so many bytes to the pipe
 *    c LENGTH BYTES     send them as a message
 *    r                  send the reply there should be, which comes at the end
 *                       if there was no message
 *    s                  send none at the end
 *    h                  send a hello
 *    e                  end
 *    w                  wait for a millisecond
 *
 * LENGTH is two bytes, the low one first.  Anything else is passed over.
 */
#include <config.h>

#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "formats/wire.h"

static void
tell(const void *bytes, size_t n)
{
	if (send(WIRE_CONTROL_FD, bytes, n, MSG_NOSIGNAL) == -1)
		_exit(1);
}

static void
say(const char *bytes, size_t n)
{
	if (write(WIRE_OUTPUT_FD, bytes, n) == -1)
		_exit(1);
}

static const struct wire_reply reply = { 0, 0, 0 };
static int is_said;		/* enough */

/* Returns how many bytes it took. */
static size_t
obey(const char *s, size_t n)
{
	static const struct timespec pause = { 0, 1000000 };
	static const struct wire_hello hello = { 0, 0 };
	size_t len = 0;

	is_said |= strchr("crs", s[0]) != NULL;
	switch (s[0]) {
	case 'o':
	case 'c':
		if (n < 3)
			return n;
		len = (unsigned char)s[1] | (size_t)(unsigned char)s[2] << 8;
		if (len > n - 3)
			len = n - 3;
		if (s[0] == 'o')
			say(s + 3, len);
		else
			tell(s + 3, len);
		return len + 3;
	case 'r':
		tell(&reply, sizeof reply);
		break;
	case 'h':
		tell(&hello, sizeof hello);
		break;
	case 'e':
		_exit(0);
	case 'w':
		nanosleep(&pause, NULL);
	}
	return 1;
}

/* The document of a request; false: there are no more. */
static int
receive(void)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct wire_request req;
	struct iovec iov = { &req, sizeof req };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = &control, .msg_controllen = sizeof control };
	struct cmsghdr *c;
	int fd;

	if (recvmsg(WIRE_CONTROL_FD, &msg, 0) != sizeof req ||
	    (c = CMSG_FIRSTHDR(&msg)) == NULL)
		return -1;
	memcpy(&fd, CMSG_DATA(c), sizeof fd);
	return fd;
}

int
main(void)
{
	static char bytes[1 << 16];
	struct wire_hello hello = { 0, 0 };
	ssize_t n, at;
	int fd;

	tell(&hello, sizeof hello);
	while ((fd = receive()) != -1) {
		n = pread(fd, bytes, sizeof bytes, 0);
		close(fd);
		is_said = 0;
		for (at = 0; at < n; )
			at += (ssize_t)obey(bytes + at, (size_t)(n - at));
		if (!is_said)
			tell(&reply, sizeof reply);
	}
	return 0;
}
