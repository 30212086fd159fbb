#!/bin/sh
# The judged questions: does the ranking still find what it found?
#
# The bars stand a little below what is reached, so that a change of taste
# passes and a fault does not.  Questions over the sample portal are asked
# everywhere; those over a real portal need EVAL_CORPUS, and EVAL_DIR for
# judgments beside our own (see eval.sh).
. "${srcdir:-.}/tests/lib.sh"

# gate NAME JUDGMENTS CORPUS BAR: nDCG@10 over all questions is at least BAR.
gate() {
	if [ -z "$2" ] || [ -z "$3" ]; then
		skip "the questions of $1" "EVAL_DIR or EVAL_CORPUS is not set"
		return
	fi
	mkdir -p "$scratch/$1"
	ok "the questions of $1 are asked" sh -c 'builddir=$1 EVAL_DIR=$2 \
	    EVAL_CORPUS=$3 sh "$srcdir/tests/eval.sh" >"$1/scores"' - \
	    "$scratch/$1" "$2" "$3"
	note "$(cat "$scratch/$1/scores")"
	ndcg=$(sed -n 's/^all .*nDCG@10=\([0-9.]*\).*/\1/p' "$scratch/$1/scores")
	ok "nDCG@10 is ${ndcg:-nothing}, at least $4" \
	    awk -v got="${ndcg:-0}" -v bar="$4" 'BEGIN { exit !(got >= bar) }'
}

gate sample "$srcdir/tests/oordelen/klein" "$srcdir/data/corpus" 0.90
gate own "$srcdir/tests/oordelen" "${EVAL_CORPUS-}" 0.74
gate others "${EVAL_DIR-}" "${EVAL_CORPUS-}" 0.76
tap_done
