#!/bin/sh
# The crash laboratory: whatever stops the indexer, at any moment, the index
# answers as before or as after, and the next run goes well.  This is the quick
# form; TORTURE=long, which is `make torture`, asks for the long one.
#
#    ONLY='kills power'   only these experiments
#    STEP=N      of the calls that can fail, every N-th does
#    CALLS='look:24'      only these, with this error
#    MEMORY=N    of the allocations
#    KILLS=N     kills at random moments
#    FULL=N      disks that fill at a random size
#    PAIRS=N     times two jobs at once
#    LOST=N      states that a power loss may leave
#    FLIPS=N     flipped bits, in each file of a generation
#    SWITCHES=N  publications, while QUERIES=N questions are asked, and VISITS=N
#                requests are made to the endpoint
#    CHURN=N     files that are written while they are read
#    SEED=N      of what is random
#    KEEP=DIR    where to leave the first index that went wrong
. "${srcdir:-.}/tests/lib.sh"
. "$srcdir/tests/naslag.sh"
. "$srcdir/tests/lab/torture.sh"
. "$srcdir/tests/lab/states.sh"

if [ "${TORTURE-}" = long ]; then
	: "${STEP:=1}" "${MEMORY:=1}" "${KILLS:=1000}" "${FULL:=40}"
	: "${PAIRS:=100}" "${LOST:=500}" "${FLIPS:=50}" "${SWITCHES:=300}"
	: "${QUERIES:=1000000}" "${VISITS:=100000}" "${CHURN:=100}"
elif $is_sanitized; then
	: "${STEP:=200}" "${MEMORY:=1}" "${KILLS:=5}" "${FULL:=2}"
	: "${PAIRS:=2}" "${LOST:=10}" "${FLIPS:=1}" "${SWITCHES:=5}"
	: "${QUERIES:=200}" "${VISITS:=64}" "${CHURN:=5}"
else
	: "${STEP:=60}" "${MEMORY:=250}" "${KILLS:=20}" "${FULL:=4}"
	: "${PAIRS:=5}" "${LOST:=50}" "${FLIPS:=1}" "${SWITCHES:=20}"
	: "${QUERIES:=4000}" "${VISITS:=800}" "${CHURN:=30}"
fi

# However small the base is, little that changes is put beside it.
echo 'delta = 0' >"$NASLAG_CONF"
lab_make
for experiment in ${ONLY-failing memory steps kills full walk search pairs \
    power rot switches visits churn}; do
	began=$(now_ms)
	"lab_$experiment"
	note "$experiment took $(($(now_ms) - began)) ms"
done
tap_done
