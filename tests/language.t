#!/bin/sh
# Word forms that belong together meet, others do not.  Needs LANGUAGE_DIR
# with stemgroups.txt (a group of forms a line) and clashes.tsv (pairs).
. "${srcdir:-.}/tests/lib.sh"

if [ -z "${LANGUAGE_DIR-}" ]; then
	skip "annotated word forms" "LANGUAGE_DIR is not set"
	tap_done
fi

groups=$LANGUAGE_DIR/stemgroups.txt
clashes=$LANGUAGE_DIR/clashes.tsv
cat "$groups" "$clashes" | grep -v '^#' | tr -s '\t ' '\n\n' | grep . |
    sort -u | tr '\n' '\0' | xargs -0 "$NASLAG" terms >"$scratch/stems"
ok "80 % of the pairs that belong together share a stem, no others do" \
    awk -f "$srcdir/tests/stemgroups.awk" "$scratch/stems" "$groups" "$clashes"
note "$(awk -f "$srcdir/tests/stemgroups.awk" "$scratch/stems" "$groups" \
    "$clashes" | tail -n 1)"
tap_done
