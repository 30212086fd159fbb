/*
 * privacy: what personal data the documents of an index show.
 *
 * Used by cmd/check.c.
 */
#ifndef PRIVACY_H
#define PRIVACY_H

#include "base/buf.h"
#include "cmd/settings.h"

/*
 * Append a line for each finding in the title or the text of a document of
 * the published index, and one that sums up; cells separated by tabs: kind,
 * path, page, masked value.  Returns -1 with *err set.
 */
int privacy_list(const struct settings *, struct buf *out, struct error *);

#endif
