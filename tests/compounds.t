#!/bin/sh
# Compounds are cut where a reader cuts them: samenstellingen.tsv beside this
# test, and compounds.tsv in LANGUAGE_DIR.
. "${srcdir:-.}/tests/lib.sh"

# The cuts in FILE against ours; FILE has a word and its parts a line.
measure() {
	sed '1d; /^#/d; s/\t.*//' "$1" | "$builddir/tests/t-compound" - \
	    >"$scratch/splits"
	ok "95 % of the cuts in $(basename "$1") are found, and so many right" \
	    awk -f "$srcdir/tests/compounds.awk" "$scratch/splits" "$1"
	note "$(awk -f "$srcdir/tests/compounds.awk" "$scratch/splits" "$1" |
	    tail -n 1)"
}

is "each exception spells its word" "$(awk -F '\t' '/^#/ { next }
    n++ { spelt = $2; gsub(/[+|]/, "", spelt) }
    n > 1 && (NF != 2 || spelt != $1 || $2 ~ /^[+|]|[+|][+|]|[+|]$/)' \
    "$NASLAG_DATA/samenstellingen-uitzonderingen.tsv")" ""
measure "$srcdir/tests/samenstellingen.tsv"
if [ -n "${LANGUAGE_DIR-}" ]; then
	measure "$LANGUAGE_DIR/compounds.tsv"
else
	skip "annotated compounds" "LANGUAGE_DIR is not set"
fi
tap_done
