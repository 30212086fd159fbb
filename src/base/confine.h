/*
 * confine: what a process gives up for good, as far as all who do so agree:
 * limits, and the rights of Landlock.  Which system calls are left is theirs.
 *
 * Used by formats/sandbox.c and cgi/lockdown.c.
 */
#ifndef CONFINE_H
#define CONFINE_H

#include <sys/resource.h>

/* A sanitizer needs more memory and more calls than the program itself. */
#if defined __SANITIZE_ADDRESS__
#define HAS_SANITIZER 1
#elif defined __has_feature
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

/* Set a RLIMIT_; a lower one from outside stays.  Returns -1 with errno. */
int confine_limit(int what, rlim_t soft, rlim_t hard);

/* Privileges that are never gained again, and no tracing; -1 with errno. */
int confine_privileges(void);

/* The ABI of Landlock that the running kernel has; 0: none. */
int confine_landlock_abi(void);
/*
 * A set in which every right that the running kernel knows is handled and none
 * is granted.  Returns its descriptor, closed on exec, which the caller closes;
 * -1 with errno.
 */
int confine_landlock_ruleset(void);

#endif
