#!/bin/sh
# The endpoint is asked what nobody should ask: no crash, no hang, no status
# that is not one of ours, and answers that stay well-formed.  FUZZ requests
# are asked, from SEED; `make fuzz` asks as many as it has time for.
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"

fuzz=$builddir/tests/fuzz-endpoint
if [ ! -x "$fuzz" ]; then
	echo "1..0 # SKIP fuzz-endpoint is not built; make check does it"
	exit 0
fi
: "${FUZZ:=4000}" "${SEED:=1}"

"$NASLAG" index "$corpus" >"$scratch/out" 2>&1
"$fuzz" "$SEED" "$FUZZ" 2 >"$scratch/fuzz" 2>&1
is "$FUZZ requests from seed $SEED are answered well" \
    "$? $(grep -v '^# [0-9]* requests' "$scratch/fuzz")" "0 "
note "$(tail -n 1 "$scratch/fuzz")"

# An index that is none is said to be none, whatever is asked.
mkdir "$scratch/none"
NASLAG_INDEX=$scratch/none "$fuzz" "$SEED" 10 1 >"$scratch/fuzz" 2>&1
is "the program notices when it has no index" "$?" 1

tap_done
