#!/bin/sh
# Word forms that belong together meet, others do not.  Needs LANGUAGE_DIR
# with stemgroups.txt (a group of forms a line) and clashes.tsv (pairs).
. "${srcdir:-.}/tests/lib.sh"

if [ -z "${LANGUAGE_DIR-}" ]; then
	skip "annotated word forms" "LANGUAGE_DIR is not set"
	tap_done
fi

# terms FILE: each word of the file and its stem.
terms() {
	grep -v '^#' "$1" | tr -s '\t ' '\n\n' | grep . | sort -u |
	    tr '\n' '\0' | xargs -0 "$NASLAG" terms
}

terms "$LANGUAGE_DIR/stemgroups.txt" >"$scratch/group-terms"
awk -F '\t' '
NR == FNR { split($2, t, " "); stem[$1] = t[1]; next }
/^#/ { next }
{
	n = split($0, w, " ")
	for (i = 1; i <= n; i++)
		for (j = i + 1; j <= n; j++) {
			pairs++
			joined += stem[w[i]] == stem[w[j]]
		}
}
END { print joined, pairs }' "$scratch/group-terms" \
    "$LANGUAGE_DIR/stemgroups.txt" >"$scratch/joined"
read -r joined pairs <"$scratch/joined"
ok "$joined of $pairs pairs of forms share their stem, at least 75 %" \
    test "$((joined * 100))" -ge "$((pairs * 75))"

terms "$LANGUAGE_DIR/clashes.tsv" >"$scratch/clash-terms"
awk -F '\t' '
NR == FNR { term[$1] = $2; next }
/^#/ { next }
{
	n = split(term[$1], a, " ")
	m = split(term[$2], b, " ")
	for (i = 1; i <= n; i++)
		for (j = 1; j <= m; j++)
			if (a[i] == b[j])
				print $1, $2
}' "$scratch/clash-terms" "$LANGUAGE_DIR/clashes.tsv" >"$scratch/clashes"
is "no two words that must stay apart share a term" \
    "$(cat "$scratch/clashes")" ""
tap_done
