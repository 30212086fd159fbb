/*
 * questions: does a database answer as it should?
 *
 * Used by verify.c.
 */
#ifndef QUESTIONS_H
#define QUESTIONS_H

#include "base/error.h"
#include "index/canaries.h"
#include "index/store.h"

/*
 * Ask what the database itself implies, of documents spread over all of it:
 * each is found by its id and by its path, and by words that stand in its
 * text, in that order, so that text, postings and positions agree.  Returns
 * -1 if one is not; the message names the document.
 */
int questions_implied(const struct store *, struct error *);

/*
 * Ask the operator's.  Returns -1 with ERROR_REFUSED if one does not find its
 * document early enough.
 */
int questions_canaries(const struct store *, const struct canaries *,
    int today_ymd, struct error *);

#endif
