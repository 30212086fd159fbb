#!/bin/sh
# eval.sh: how well naslag ranks, against judged questions.  `make eval` runs
# it; these variables set it up:
#
#    EVAL_DIR      holds topics.tsv and qrels.txt; by default our own
#    EVAL_CORPUS   the documents; a path in qrels.txt begins with the last
#                  part of its name; by default the sample portal
#    EVAL_OPTIONS  more options for naslag search
#
# The index stays in eval-index, the ranking in eval-run.tsv and the scores
# of every class on standard output.
set -eu

die() {
	printf 'eval: %s\n' "$*" >&2
	exit 1
}

here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${EVAL_CORPUS-}" ]; then
	EVAL_CORPUS=$here/../data/corpus
	: "${EVAL_DIR:=$here/oordelen/klein}"
fi
: "${EVAL_DIR:=$here/oordelen}"
[ -r "$EVAL_DIR/topics.tsv" ] || die "no $EVAL_DIR/topics.tsv"

index=$builddir/eval-index
run=$builddir/eval-run.tsv
prefix=$(basename "$EVAL_CORPUS")

"$NASLAG" index --index="$index" "$EVAL_CORPUS" >"$builddir/eval-index.log" \
    2>&1 || die "indexing failed, see $builddir/eval-index.log"

# A question without hits is no error here: naslag ends with 1 then.
tail -n +2 "$EVAL_DIR/topics.tsv" | tr '\t' '\037' |
    while IFS="$(printf '\037')" read -r topic query rest; do
	# shellcheck disable=SC2086 # options are words
	"$NASLAG" search --index="$index" --aantal=20 --vorm=jsonl \
	    ${EVAL_OPTIONS-} --q="$query" >"$run.one" </dev/null ||
	    [ $? -eq 1 ] || die "$topic: the search failed"
	# A copy, or the same text in another format, is found where its hit is.
	jq -r '.pad, .ookAls[]' "$run.one" | awk -v topic="$topic" \
	    -v prefix="$prefix" \
	    '{ printf "%s\t%d\t%s/%s\n", topic, NR, prefix, $0 }'
done >"$run"
rm -f "$run.one"
awk -f "$here/score.awk" "$EVAL_DIR/topics.tsv" "$EVAL_DIR/qrels.txt" "$run"
