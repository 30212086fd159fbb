#!/bin/sh
# The judged questions: does naslag rank at least as well as omindex and quest
# do on the same documents (nDCG@10 0.565)?  Needs what eval.sh needs.
. "${srcdir:-.}/tests/lib.sh"

if [ -z "${EVAL_DIR-}" ] || [ -z "${EVAL_CORPUS-}" ]; then
	skip "the judged questions" "EVAL_DIR and EVAL_CORPUS are not set"
	tap_done
fi

builddir=$scratch
ok "the evaluation runs to its end" \
    sh -c 'sh "$srcdir/tests/eval.sh" >"$builddir/scores"'
note "$(grep '^all' "$scratch/scores")"
ndcg=$(sed -n 's/^all .*nDCG@10=\([0-9.]*\).*/\1/p' "$scratch/scores")
ok "nDCG@10 is $ndcg, at least the 0.565 of omindex and quest" \
    awk -v got="${ndcg:-0}" 'BEGIN { exit !(got >= 0.565) }'
tap_done
